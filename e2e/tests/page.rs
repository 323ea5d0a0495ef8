//! The analysts' page in a real browser, over the real chain.

use serde_json::{json, Value};
use std::{fs, path::Path, process::Command, time::Duration};
use testudo_e2e::{
	data::{bundle, report},
	http, npm, wait_for, Dev, PATIENCE,
};

/// What the server that was started said: the page's address.
fn address(log: &Path) -> String {
	wait_for("the page", Duration::from_secs(30), || {
		let log = fs::read_to_string(log).map_err(|error| error.to_string())?;
		let said =
			log.lines().find_map(|line| serde_json::from_str::<Value>(line).ok()?["page"].as_str().map(String::from));
		said.ok_or(log)
	})
}

#[test]
fn page_should_show_and_judge_what_is_shared_and_be_for_nobody_else() {
	let chain = Dev::start("page");
	let [alice, bob] = chain.members(["alice", "bob"]);
	let ivy: Vec<String> = report("poisonivy.json").iter().map(|object| object.get().to_string()).collect();
	let file = chain.folder.write("poisonivy.json", bundle(&ivy));
	let record = alice.publish(&[&file, "--group", "0", "--marking", "green", "--technique", "T1059.001"]);
	bob.ok(&["sync"]);
	let _agent = bob.agent_of_store(&[]);
	wait_for("the record in Bob's store", PATIENCE, || match bob.records().len() {
		0 => Err("none".into()),
		_ => Ok(()),
	});
	let _server = bob.start_logging("page.log", &["--json", "serve", "--ui", "--listen", "127.0.0.1:0"]);
	let page = address(&bob.store().with_extension("page.log"));
	let origin = page.split("/ui/").next().unwrap();

	strangers_should_get_nothing(origin, &page, &record);
	let shown = bob.json(&["show", &record]);
	let objects = shown["objects"].as_array().unwrap();
	let feed = bob.json(&["feeds", "list"])["feeds"][0]["name"].clone();
	let expected = json!({
		"technique": "T1059.001",
		"record": record,
		"author": shown["author_name"],
		"objects": objects.len(),
		"object": "Poison Ivy",
		"feed": feed,
		"member": "Cobalt ISAC",
		"lookup": "219[.]76[.]208[.]163",
		"verdict": 2,
	});
	let scripts = npm::installed("e2e/page", "page");
	let pictures = chain.folder.path_of("pictures");
	let made = Command::new("node")
		.arg("test.mjs")
		.args([&page, &pictures, &expected.to_string()])
		.current_dir(&scripts)
		.output()
		.expect("node starts: run ./scripts/setup tests");
	let said = String::from_utf8_lossy(&made.stdout);
	assert!(made.status.success(), "{said}\n{}", String::from_utf8_lossy(&made.stderr));
	if let Some(kept) = std::env::var_os("TESTUDO_PICTURES") {
		let copied = Command::new("cp").arg("-r").arg(&pictures).arg(kept).status();
		assert!(copied.is_ok_and(|status| status.success()), "pictures can be kept");
	}
	// What the page signed is on chain.
	let credibility = alice.json(&["credibility", &record]);
	assert!(credibility["sightings"].as_u64() > Some(0), "{credibility}");
	let votes = credibility["votes"].as_array().unwrap();
	assert!(votes.iter().any(|vote| vote["by"] == 1 && vote["credibility"] == 2), "{credibility}");
}

/// Without the secret of the address there is nothing, and with the cookie alone nothing is signed.
fn strangers_should_get_nothing(origin: &str, page: &str, record: &str) {
	let get = |path: &str, headers: &[&str]| http::send("GET", &format!("{origin}{path}"), headers, b"").unwrap().0;
	for path in ["/ui/", "/ui/app.js", "/ui/api/about", "/ui/?token=", "/ui/?token=0123"] {
		assert_eq!(get(path, &[]), 401, "{path}");
	}
	let (head, _) = http::exchange("GET", page, &[], b"").unwrap();
	assert!(head.starts_with("HTTP/1.1 303") && head.contains("HttpOnly; SameSite=Strict"), "{head}");
	let cookie = format!("Cookie: testudo={}", page.rsplit("token=").next().unwrap());
	assert_eq!(get("/ui/api/about", &[&cookie]), 200);
	assert_eq!(get("/ui", &[&cookie]), 308, "its address without the last slash");
	assert_eq!(get("/ui/api/keys", &[&cookie]), 404);
	let sighting = format!("{origin}/ui/api/record/{record}/sighting");
	assert_eq!(http::send("POST", &sighting, &[&cookie], b"{}").unwrap().0, 403, "another site can do as much");
	assert_eq!(get("/taxii2/", &[&cookie]), 401, "the page opens no account");
}
