//! What an operator looks at: doctor, metrics, logs, completions, manual pages.

use serde_json::Value;
use std::fs;
use testudo_e2e::{
	data::indicators,
	free_port,
	gateway::{Account, Gateway},
	http, wait_for, Cli, Dev, PATIENCE,
};

/// How a thing was found; `None` if it was not looked at.
fn health(findings: &Value, what: &str) -> Option<String> {
	let found = findings["findings"].as_array().unwrap().iter().find(|one| one["what"] == what)?;
	assert_eq!(found["health"] == "well", found["advice"].is_null(), "who is not well is told what to do: {found}");
	Some(found["health"].as_str().unwrap().into())
}

fn doctor(cli: &Cli) -> (Option<i32>, Value) {
	let output = cli.output(&["--json", "doctor"]);
	let first = String::from_utf8_lossy(&output.stdout).lines().next().unwrap_or_default().to_string();
	(output.status.code(), serde_json::from_str(&first).unwrap_or_else(|error| panic!("{error}: {output:?}")))
}

/// A metric's value, by the beginning of its line.
fn metric(port: u16, name: &str) -> Result<f64, String> {
	let (status, text) = http::send("GET", &format!("http://127.0.0.1:{port}/metrics"), &[], b"")?;
	assert_eq!(status, 200);
	let text = String::from_utf8_lossy(&text).into_owned();
	let line = text.lines().find_map(|line| line.strip_prefix(name)?.trim().parse().ok());
	line.ok_or_else(|| format!("{name} is not in {text}"))
}

#[test]
fn doctor_should_find_what_is_wrong_and_say_what_to_do() {
	let chain = Dev::start("operations-doctor");
	let [bob] = chain.members(["bob"]);
	let (code, found) = doctor(&bob);
	assert_eq!((code, &found["healthy"]), (Some(0), &Value::Bool(true)), "{found}");
	for what in ["identity", "node", "clock", "membership", "encryption key", "quota", "groups"] {
		assert_eq!(health(&found, what).as_deref(), Some("well"), "{what}: {found}");
	}
	assert_eq!(health(&found, "store").as_deref(), Some("look"), "there is none");
	let agent = bob.agent_of_store(&[]);
	wait_for("the agent to keep the store", PATIENCE, || match health(&doctor(&bob).1, "store").as_deref() {
		Some("well") => Ok(()),
		other => Err(format!("{other:?}")),
	});
	drop(agent);
	assert_eq!(health(&doctor(&bob).1, "store").as_deref(), Some("look"), "nobody keeps it");

	let stale = chain.member("charlie");
	stale.ok(&["keys", "show"]);
	chain.vote(&["suspend", "3"]);
	assert_eq!(health(&doctor(&bob).1, "groups").as_deref(), Some("look"), "group 0 waits for a rekey");
	let (code, lost) = doctor(&bob.at_url("ws://127.0.0.1:1"));
	assert_eq!((code, health(&lost, "node").as_deref()), (Some(1), Some("ill")));
	assert_eq!(health(&lost, "store").as_deref(), Some("look"), "what needs no node is looked at all the same");
}

#[test]
fn agent_and_gateway_should_be_counted_and_logged() {
	let chain = Dev::start("operations-metrics");
	let [alice, bob] = chain.members(["alice", "bob"]);
	chain.publish(&alice, 1, "0", "green");
	let [agents, gateways] = [free_port(), free_port()];
	let listen = |port: u16| format!("127.0.0.1:{port}");
	let _agent = bob.agent_of_store(&["--metrics", &listen(agents)]);
	wait_for("the agent's metrics", PATIENCE, || match metric(agents, "testudo_store_entries{what=\"objects\"}")? {
		objects if objects >= indicators(1, 1).len() as f64 => Ok(()),
		objects => Err(format!("{objects} objects")),
	});
	let block = metric(agents, "testudo_agent_block ").unwrap();
	wait_for("the next block", PATIENCE, || match metric(agents, "testudo_agent_block ")? {
		now if now > block => Ok(()),
		now => Err(now.to_string()),
	});
	let account = Account::new(&bob, "siem", "for = \"own-staff\"");
	let gateway = Gateway::start(&bob, &chain.folder, &[&account], "", &["--metrics", &listen(gateways)]);
	assert_eq!(gateway.get(&account, "/taxii2/").status, 200);
	assert_eq!(gateway.get(&account, "/nothing/").status, 404);
	let counted = |endpoint: &str, status: u16| {
		metric(gateways, &format!("testudo_gateway_requests_total{{endpoint=\"{endpoint}\",status=\"{status}\"}}"))
	};
	assert_eq!((counted("discovery", 200), counted("api-root", 404)), (Ok(1.0), Ok(1.0)));
	assert_eq!(metric(gateways, "testudo_gateway_seconds_count{endpoint=\"discovery\"}"), Ok(1.0));
	let log = fs::read_to_string(bob.store().with_extension("gateway.log")).unwrap();
	let logged = log.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
	let request =
		logged.map(|line| line["fields"].clone()).find(|fields| fields["path"] == "/taxii2/").expect("a line");
	assert_eq!((&request["status"], &request["account"]), (&200.into(), &"siem".into()));
	assert!(!log.contains(&account.password), "no secret is logged");
	gateway.stop();
}

#[test]
fn completions_and_manual_pages_should_know_the_commands() {
	let nobody = testudo_e2e::Folder::new("operations-pages");
	let cli = Cli::at("ws://127.0.0.1:1", "nobody", &nobody);
	for shell in ["bash", "zsh", "fish"] {
		let script = cli.ok(&["completions", shell]);
		assert!(script.contains("publish") && script.contains("new-account"), "{shell}");
	}
	let pages = nobody.path_of("man1");
	cli.ok(&["man", "--out", &pages]);
	let page = fs::read_to_string(format!("{pages}/testudo-publish.1")).unwrap();
	assert!(page.starts_with(".ie") && page.contains("skip\\-known"), "{page}");
}
