//! The TAXII 2.1 gateway before real clients, section by section of the specification (OASIS, TAXII Version 2.1).

use serde_json::{json, Value};
use std::{collections::BTreeSet, process::Command};
use testudo_e2e::{
	data::{bundle, report},
	gateway::{Account, Gateway, MEDIA_TYPE},
	http, wait_for, Cli, Dev, PATIENCE,
};

const STAFF: &str = "for = \"own-staff\"\nwrite = [0]";

/// A tool whose id ends with the number.
fn tool(number: u32, name: &str, more: &str) -> String {
	let id = format!("tool--{number:08}-0000-4000-8000-000000000000");
	json!({
		"type": "tool", "spec_version": "2.1", "id": id, "name": name,
		"created": "2025-01-31T12:00:00.000Z", "modified": format!("2025-01-31T12:00:00.{more:0<3}Z"),
	})
	.to_string()
}

fn id(number: u32) -> String {
	format!("tool--{number:08}-0000-4000-8000-000000000000")
}

/// A chain, its members Alice and Bob, and Bob's agent, which keeps the store that his gateway reads.
struct Scene {
	chain: Dev,
	alice: Cli,
	bob: Cli,
	_agent: testudo_e2e::process::Process,
}

impl Scene {
	fn new(name: &str) -> Self {
		let chain = Dev::start(name);
		let [alice, bob] = chain.members(["alice", "bob"]);
		bob.ok(&["sync"]);
		let agent = bob.agent_of_store(&[]);
		Self { chain, alice, bob, _agent: agent }
	}

	fn publish(&self, name: &str, objects: &[String], marking: &str) -> String {
		let file = self.chain.folder.write(name, bundle(objects));
		self.alice.publish(&[&file, "--group", "0", "--marking", marking, "--skip-refused"])
	}

	fn gateway(&self, accounts: &[&Account], more: &str) -> Gateway {
		Gateway::start(&self.bob, &self.chain.folder, accounts, more, &[])
	}

	/// Waits until Bob's store has what the gateway is to serve.
	fn wait_for_objects(&self, count: u64) {
		wait_for("the objects in Bob's store", PATIENCE, || match self.bob.objects() {
			found if found >= count => Ok(()),
			found => Err(format!("{found} of {count}")),
		});
	}
}

fn collection_of(gateway: &Gateway, account: &Account, alias: &str) -> String {
	let listed = gateway.get(account, "/testudo/collections/").body;
	let found = listed["collections"].as_array().into_iter().flatten().find(|one| one["alias"] == alias);
	found.unwrap_or_else(|| panic!("no {alias} in {listed}"))["id"].as_str().unwrap().into()
}

#[test]
fn integrators_programs_should_read_every_object_and_only_what_their_account_may_have() {
	let scene = Scene::new("gateway-clients");
	let reports: Vec<String> = ["apt1.json", "poisonivy.json"]
		.iter()
		.flat_map(|name| report(name))
		.map(|object| object.get().to_string())
		.collect();
	scene.publish("reports.json", &reports, "green");
	scene.publish("clear.json", &[tool(1, "clear", "")], "clear");
	scene.publish("amber.json", &[tool(2, "amber", "")], "amber");
	scene.wait_for_objects(reports.len() as u64 + 2);
	let staff = Account::new(&scene.bob, "siem", STAFF);
	let community = Account::new(&scene.bob, "isac", "for = \"community\"");
	let anyone = Account::new(&scene.bob, "web", "for = \"anyone\"");
	let gateway = scene.gateway(&[&staff, &community, &anyone], "");

	let read = |account: &Account, collection: &str, more: &[&str]| {
		let options = [&["--user", &account.name, "--password", &account.password], more].concat();
		gateway.read_by_python(collection, &options)
	};
	let all = read(&staff, "Everything", &["--misp"]);
	let ids: Vec<&str> = all["ids"].as_array().unwrap().iter().map(|id| id.as_str().unwrap()).collect();
	let sent: BTreeSet<String> = reports
		.iter()
		.map(|raw| serde_json::from_str::<Value>(raw).unwrap()["id"].as_str().unwrap().to_string())
		.collect();
	assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "none twice");
	assert_eq!(ids.len(), sent.len() + 2, "none lost");
	assert!(all["pages"].as_u64().unwrap() > 1);
	assert_eq!(all["manifest"].as_array().unwrap().len(), ids.len());
	assert_eq!(all["complaints"], json!([]), "the validator's");
	assert!(all["misp"]["attributes"].as_u64().unwrap() > 100, "{}", all["misp"]);
	assert_eq!(all["misp"]["errors"], json!([]));

	let seen = |account: &Account| read(account, "Everything", &[])["ids"].as_array().unwrap().len();
	assert_eq!((seen(&community), seen(&anyone)), (sent.len() + 1, 1));
	let by_token = gateway.read_by_python("Everything", &["--token", &anyone.token]);
	assert_eq!(by_token["ids"], json!([id(1)]));
	assert!(by_token["collections"].as_array().unwrap().iter().all(|title| !title.as_str().unwrap().contains("GREEN")));
	// The same by the group's collections: each holds what is as wide as its ceiling.
	let count = |alias: &str| gateway.all(&staff, alias, 1_000).len();
	assert_eq!(count("group-0-clear"), 1);
	assert_eq!(count("group-0-green"), sent.len() + 1);
	assert_eq!(count("group-0-amber"), sent.len() + 2);
	assert_eq!(gateway.get(&community, "/testudo/collections/group-0-amber/objects/").status, 404);
	nobody_should_learn_of_a_group_by_what_it_may_not_see(&scene, &gateway, &staff, &anyone);
	gateway.stop();
}

/// That there is a group is told by its collections.
fn nobody_should_learn_of_a_group_by_what_it_may_not_see(
	scene: &Scene,
	gateway: &Gateway,
	staff: &Account,
	anyone: &Account,
) {
	let group = scene.bob.json(&["groups", "create", "Merger"])["group"].to_string();
	let file = scene.chain.folder.write("merger.json", bundle(&[tool(3, "merger", "")]));
	scene.bob.publish(&[&file, "--group", &group, "--marking", "amber"]);
	wait_for("the group's collections", PATIENCE, || {
		let listed = gateway.get(staff, "/testudo/collections/").body.to_string();
		if listed.contains("Merger") {
			Ok(())
		} else {
			Err(listed)
		}
	});
	assert!(!gateway.get(anyone, "/testudo/collections/").body.to_string().contains("Merger"));
}

#[test]
fn every_endpoint_should_answer_as_the_specification_says() {
	let scene = Scene::new("gateway-sections");
	scene.publish("first.json", &[tool(1, "one", "1"), tool(2, "two", "1"), tool(3, "three", "1")], "green");
	scene.publish("second.json", &[tool(1, "one, anew", "2")], "green");
	// What STIX 2.0 wrote has no spec_version.
	let old = tool(4, "four", "1").replace(r#""spec_version":"2.1","#, "");
	scene.publish("old.json", &[old], "green");
	// What lacks a property of its type, a strict reader refuses with all that comes beside it.
	let sloppy = tool(5, "five", "1").replace("tool", "malware");
	scene.publish("sloppy.json", &[sloppy], "green");
	scene.wait_for_objects(6);
	let staff = Account::new(&scene.bob, "siem", STAFF);
	let gateway =
		scene.gateway(&[&staff], "title = \"Bank\"\ncontact = \"soc@bank.example\"\nmax_content_length = 4096");
	let get = |path: &str| gateway.get(&staff, path);
	let everything = collection_of(&gateway, &staff, "everything");
	let at = |rest: &str| format!("/testudo/collections/{everything}/{rest}");

	// 4.1 discovery, 4.2 API root
	let discovery = get("/taxii2/");
	let root = format!("{}/testudo/", gateway.url);
	assert_eq!(
		discovery.body,
		json!({ "title": "Bank", "contact": "soc@bank.example", "default": root, "api_roots": [root] })
	);
	assert_eq!(discovery.header("content-type"), Some(MEDIA_TYPE));
	let information = get("/testudo/");
	assert_eq!(information.body["versions"], json!([MEDIA_TYPE]));
	assert_eq!(information.body["max_content_length"], 4096);

	// 5.1 collections, 5.2 one collection
	let listed = get("/testudo/collections/").body;
	let one = get(&at(""));
	assert_eq!(&one.body, &listed["collections"][0]);
	assert_eq!((&one.body["can_read"], &one.body["can_write"]), (&json!(true), &json!(false)));
	assert_eq!(get("/testudo/collections/everything").body, one.body, "by its alias, and without the last slash");

	// 5.4 objects: the newest versions, in the order in which they were added
	let objects = get(&at("objects/"));
	assert_eq!(objects.ids(), [id(2), id(3), id(1)]);
	let (first, last) = (objects.header("x-taxii-date-added-first"), objects.header("x-taxii-date-added-last"));
	let manifest = get(&at("manifest/"));
	let added: Vec<&str> =
		manifest.body["objects"].as_array().unwrap().iter().map(|one| one["date_added"].as_str().unwrap()).collect();
	let lower: Vec<String> = added.iter().map(|added| added.to_lowercase()).collect();
	assert_eq!((first, last), (Some(lower[0].as_str()), Some(lower[2].as_str())));
	assert!(added.windows(2).all(|pair| pair[0] < pair[1]), "{added:?}");
	assert_eq!(manifest.ids(), objects.ids());
	assert_eq!(manifest.body["objects"][2]["version"], "2025-01-31T12:00:00.200000Z");
	assert_eq!(manifest.body["objects"][0]["media_type"], "application/stix+json;version=2.1");

	// 3.4 and 3.5: filters and pages
	let ids = |query: &str| get(&at(&format!("objects/?{query}"))).ids();
	assert_eq!(ids(&format!("added_after={}", added[0])), [id(3), id(1)]);
	assert_eq!(ids(&format!("match[id]={},{}", id(3), id(9))), [id(3)]);
	assert!(ids("match[type]=malware").is_empty());
	assert_eq!(get(&at("objects/?match[type]=malware")).body, json!({}), "an envelope without objects");
	assert_eq!(ids("match[type]=malware,tool").len(), 3);
	assert_eq!(ids("match[version]=all").len(), 4);
	assert_eq!(ids("match[version]=first"), [id(1), id(2), id(3)]);
	assert_eq!(ids("match[version]=2025-01-31T12:00:00.2Z"), [id(1)]);
	assert_eq!(ids("match[spec_version]=2.0"), [id(4), id(5).replace("tool", "malware")]);
	assert_eq!(ids("match[spec_version]=2.0,2.1").len(), 5);
	assert_eq!(ids(&format!("match[id]={0},{0}", id(3))), [id(3)], "once");
	assert_eq!(
		get(&at("manifest/?match[spec_version]=2.0")).body["objects"][0]["media_type"],
		"application/stix+json;version=2.0"
	);
	let page = get(&at("objects/?limit=2"));
	assert_eq!((page.ids(), &page.body["more"]), (vec![id(2), id(3)], &json!(true)));
	let rest = get(&at(&format!("objects/?limit=2&next={}", page.body["next"].as_str().unwrap())));
	assert_eq!(rest.ids(), [id(1)]);
	assert!(rest.body.get("more").is_none() && rest.body.get("next").is_none());

	// 5.6 one object, 5.8 its versions
	assert_eq!(get(&at(&format!("objects/{}/", id(1)))).body["objects"][0]["name"], "one, anew");
	assert_eq!(get(&at(&format!("objects/{}/?match[version]=all", id(1)))).ids().len(), 2);
	let versions = get(&at(&format!("objects/{}/versions/", id(1))));
	assert_eq!(versions.body["versions"], json!(["2025-01-31T12:00:00.100000Z", "2025-01-31T12:00:00.200000Z"]));

	refusals(&gateway, &staff, &at);
	gateway.stop();
}

/// Section 3.6: each wrong request gets its own status, with a body that says why.
fn refusals(gateway: &Gateway, staff: &Account, at: &dyn Fn(&str) -> String) {
	let accept = format!("Accept: {MEDIA_TYPE}");
	let content = format!("Content-Type: {MEDIA_TYPE}");
	let writable = "/testudo/collections/group-0-green/objects/";
	let envelope = format!(r#"{{"objects":[{}]}}"#, tool(8, "eight", ""));
	let large = format!(r#"{{"objects":[{}]}}"#, tool(8, &"x".repeat(5_000), ""));
	let cases: [(&str, String, Vec<&str>, &[u8], u16, &str); 17] = [
		("GET", "/taxii2/".into(), vec!["Accept: text/html"], b"", 406, "taxii+json"),
		("GET", "/taxii2/".into(), vec!["Accept: application/taxii+json;version=2.0"], b"", 406, "taxii+json"),
		("GET", "/nothing/".into(), vec![&accept], b"", 404, "/taxii2/"),
		("GET", "/testudo/collections/nothing/".into(), vec![&accept], b"", 404, "nothing"),
		("GET", "/testudo/status/nothing/".into(), vec![&accept], b"", 404, "nothing"),
		("GET", at(&format!("objects/{}/", id(9))), vec![&accept], b"", 404, "tool--00000009"),
		("GET", at(&format!("objects/{}/versions/", id(9))), vec![&accept], b"", 404, "tool--00000009"),
		("GET", at("objects/?limit=0"), vec![&accept], b"", 400, "limit=0"),
		("GET", at("objects/?added_after=yesterday"), vec![&accept], b"", 400, "yesterday"),
		("GET", at("objects/?next=1"), vec![&accept], b"", 400, "next=1"),
		("GET", at("objects/?match[colour]=red"), vec![&accept], b"", 400, "match[colour]"),
		("DELETE", at(&format!("objects/{}/", id(1))), vec![&accept], b"", 405, "DELETE"),
		("POST", at("objects/"), vec![&accept, &content], envelope.as_bytes(), 403, "does not publish"),
		(
			"POST",
			writable.into(),
			vec![&accept, "Content-Type: application/json"],
			envelope.as_bytes(),
			415,
			"Content-Type",
		),
		("POST", writable.into(), vec![&accept, &content], b"{\"objects\":[", 400, "envelope"),
		("POST", writable.into(), vec![&accept, &content], b"{\"objects\":[]}", 422, "no objects"),
		("POST", writable.into(), vec![&accept, &content], large.as_bytes(), 413, "4096"),
	];
	for (method, path, headers, body, status, word) in cases {
		let answer = gateway.send(staff, method, &path, &headers, body);
		assert_eq!(answer.status, status, "{method} {path}: {answer:?}");
		assert_eq!(answer.body["http_status"], status.to_string(), "{method} {path}");
		assert!(answer.body["title"].is_string() && answer.body["error_code"].is_string(), "{method} {path}");
		let said = answer.body["description"].as_str().unwrap();
		assert!(said.contains(word), "{method} {path}: {said}");
		assert_eq!(answer.header("content-type"), Some(MEDIA_TYPE));
	}
	let unknown = gateway.send_plain("GET", "/taxii2/", &[&accept], b"");
	assert_eq!(unknown.status, 401);
	assert!(unknown.head.contains("www-authenticate: basic") && unknown.head.contains("www-authenticate: bearer"));
	let deleted = gateway.send(staff, "DELETE", &at("objects/"), &[&accept], b"");
	assert_eq!(deleted.header("allow"), Some("get, post, head"));
	assert_eq!(gateway.send(staff, "HEAD", "/taxii2/", &[&accept], b"").status, 200);
	let wrong = format!("Authorization: Basic {}", http::base64(&format!("{}:wrong", staff.name)));
	assert_eq!(gateway.send_plain("GET", "/taxii2/", &[&accept, &wrong], b"").status, 401);
}

#[test]
fn pages_should_lose_nothing_while_records_come_and_go() {
	let scene = Scene::new("gateway-pages");
	let batch = |from: u32| (from..from + 10).map(|number| tool(number, "t", "")).collect::<Vec<_>>();
	let doomed = scene.publish("0.json", &batch(0), "green");
	let gone = scene.publish("1.json", &batch(10), "green");
	scene.publish("2.json", &batch(20), "green");
	scene.wait_for_objects(30);
	let staff = Account::new(&scene.bob, "siem", STAFF);
	let gateway = scene.gateway(&[&staff], "");
	let path = "/testudo/collections/everything/objects/?limit=4";
	let (mut told, mut next, mut pages) = (Vec::new(), String::new(), 0);
	loop {
		let page = gateway.get(&staff, &format!("{path}{next}"));
		told.extend(page.ids());
		pages += 1;
		match pages {
			// One record that was told is withdrawn, one that was not, and one more comes.
			1 => {
				scene.alice.ok(&["withdraw", &doomed]);
				scene.alice.ok(&["withdraw", &gone]);
				scene.publish("3.json", &batch(30), "green");
				wait_for("the store", PATIENCE, || {
					let live = gateway.all(&staff, "everything", 1_000);
					if live.len() == 20 && live.contains(&id(39)) {
						Ok(())
					} else {
						Err(format!("{live:?}"))
					}
				});
			}
			_ => assert!(pages < 100),
		}
		match page.body["next"].as_str() {
			Some(place) => next = format!("&next={place}"),
			None => break,
		}
	}
	let expected: Vec<String> = (0..4).chain(20..40).map(id).collect();
	assert_eq!(told, expected, "what was told before it went, and all that stays, each once");
	let object = format!("/testudo/collections/everything/objects/{}/", id(0));
	assert_eq!(gateway.get(&staff, &object).status, 404, "what was withdrawn disappears");
	gateway.stop();
}

#[test]
fn what_is_posted_should_be_published_once_and_through_the_leak_guard() {
	let scene = Scene::new("gateway-post");
	let [amber] = [tool(1, "given as amber", "")];
	scene.publish("given.json", std::slice::from_ref(&amber), "amber");
	scene.wait_for_objects(1);
	let own = scene.chain.folder.write("own.toml", "domains = [\"bank.example\"]\n");
	let first = scene.chain.folder.write("first.json", bundle(&[tool(99, "the first to this group", "")]));
	let writer = Account::new(&scene.bob, "misp", STAFF);
	let reader = Account::new(&scene.bob, "siem", "for = \"own-staff\"");
	let gateway = Gateway::start(&scene.bob, &scene.chain.folder, &[&writer, &reader], "", &["--own", &own]);
	let envelope = |objects: &[String]| format!(r#"{{"objects":[{}]}}"#, objects.join(","));

	let unusual = gateway.post(&writer, "group-0-green", &envelope(&[tool(2, "two", "")]));
	assert!(unusual["failures"][0]["message"].as_str().unwrap().contains("never published to before"), "{unusual}");
	scene.bob.publish(&[&first, "--group", "0", "--marking", "green"]);

	let leak = r#"{"type":"domain-name","spec_version":"2.1","id":"domain-name--00000003-0000-4000-8000-000000000000","value":"vpn.bank.example"}"#;
	let red = r#""object_marking_refs":["marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1"],"name""#;
	let stricter = tool(4, "red", "").replace("\"name\"", red);
	let objects = [tool(2, "two", ""), leak.into(), amber, stricter];
	let status = gateway.post(&writer, "group-0-green", &envelope(&objects));
	assert_eq!(
		(&status["total_count"], &status["success_count"], &status["failure_count"]),
		(&json!(4), &json!(1), &json!(3)),
		"{status}"
	);
	assert_eq!(status["successes"][0]["id"], id(2));
	let record = status["successes"][0]["message"].as_str().unwrap().rsplit(' ').next().unwrap().to_string();
	let message = |id: &str| {
		let failures = status["failures"].as_array().unwrap();
		failures.iter().find(|one| one["id"] == id).unwrap()["message"].as_str().unwrap().to_string()
	};
	assert!(message("domain-name--00000003-0000-4000-8000-000000000000").contains("bank.example"));
	assert!(message(&id(1)).contains("more strictly"), "{status}");
	assert!(message(&id(4)).contains("red") || message(&id(4)).contains("ceiling"), "{status}");

	// A client that got no answer posts again; nothing is published twice.
	let again = gateway.post(&writer, "group-0-green", &envelope(&[tool(2, "two", "")]));
	assert!(again["successes"][0]["message"].as_str().unwrap().contains("already"), "{again}");
	scene.alice.ok(&["sync"]);
	let shown = scene.alice.json(&["show", &record]);
	assert_eq!((&shown["marking"], shown["objects"].as_array().unwrap().len()), (&json!("green"), 1));
	let holders = scene.alice.records().iter().filter(|one| one["author_name"] == shown["author_name"]).count();
	assert_eq!(holders, 2, "the first, and one for what was posted twice");

	let path = "/testudo/collections/group-0-green/objects/";
	let content = format!("Content-Type: {MEDIA_TYPE}");
	let refused = gateway.send(&reader, "POST", path, &[&content], envelope(&[tool(5, "x", "")]).as_bytes());
	assert_eq!(refused.status, 403);
	let another = gateway.get(&reader, &format!("/testudo/status/{}/", status["id"].as_str().unwrap()));
	assert_eq!(another.status, 404, "another account's status");
	gateway.stop();
}

#[test]
fn what_the_store_does_not_know_yet_should_keep_a_posting_back() {
	let chain = Dev::start("gateway-behind");
	let [alice, bob] = chain.members(["alice", "bob"]);
	bob.publish(&[&chain.file(1), "--group", "0", "--marking", "green"]);
	bob.ok(&["sync"]);
	let writer = Account::new(&bob, "misp", STAFF);
	let gateway = Gateway::start(&bob, &chain.folder, &[&writer], "", &[]);
	let given = tool(1, "given as amber", "");
	let file = chain.folder.write("given.json", bundle(std::slice::from_ref(&given)));
	alice.publish(&[&file, "--group", "0", "--marking", "amber"]);
	let status = gateway.post(&writer, "group-0-green", &format!(r#"{{"objects":[{given}]}}"#));
	let message = status["failures"][0]["message"].as_str().unwrap();
	assert!(message.contains("store is at block") && message.contains("testudo agent"), "{status}");

	// Killed while it waits for the store: what it took is published by the next one.
	let promised = tool(2, "promised", "");
	let id = gateway.hand_in(&writer, "group-0-green", &format!(r#"{{"objects":[{promised}]}}"#));
	drop(gateway);
	let known = bob.json(&["records"])["records"].as_array().unwrap().len();
	let _agent = bob.agent_of_store(&[]);
	let gateway = Gateway::start(&bob, &chain.folder, &[&writer], "", &[]);
	let status = gateway.status(&writer, &id);
	assert_eq!((&status["success_count"], &status["failure_count"]), (&json!(1), &json!(0)), "{status}");
	wait_for("both records", PATIENCE, || match bob.json(&["records"])["records"].as_array().unwrap().len() {
		found if found == known + 2 => Ok(()),
		found => Err(format!("{found}, {known} before")),
	});
	gateway.stop();
}

#[test]
fn secrets_should_cross_a_network_by_tls_alone_and_a_flood_be_slowed() {
	let scene = Scene::new("gateway-tls");
	scene.publish("one.json", &[tool(1, "one", "")], "green");
	scene.wait_for_objects(1);
	let (certificate, key) = (scene.chain.folder.path_of("cert.pem"), scene.chain.folder.path_of("key.pem"));
	let make = || {
		let made = Command::new("openssl")
			.args(["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"])
			.args(["-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1"])
			.args(["-keyout", &key, "-out", &certificate])
			.output()
			.expect("openssl starts: scripts/setup installs it");
		assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
	};
	make();
	let slow = Account::new(&scene.bob, "siem", "for = \"own-staff\"\nrequests_per_minute = 3");
	let gateway = scene.gateway(&[&slow], "[tls]\ncertificate = \"cert.pem\"\nkey = \"key.pem\"");
	assert!(gateway.url.starts_with("https://"));
	let try_to_ask = || {
		let made = Command::new("curl")
			.args(["-sS", "--cacert", &certificate, "-H", &format!("Authorization: Bearer {}", slow.token)])
			.args(["-o", "/dev/null", "-w", "%{http_code} %header{retry-after}", &format!("{}/taxii2/", gateway.url)])
			.output()
			.expect("curl starts");
		let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_string();
		if made.status.success() {
			Ok(text(&made.stdout))
		} else {
			Err(text(&made.stderr))
		}
	};
	let ask = || try_to_ask().unwrap();
	assert_eq!([ask(), ask(), ask()], ["200", "200", "200"]);
	let refused = ask();
	assert!(refused.starts_with("429 "), "{refused}");
	assert!(refused[4..].parse::<u32>().unwrap() > 0, "seconds to wait");
	// A certificate in the place of the old one, which the client does not trust any more.
	make();
	try_to_ask().unwrap_err();
	wait_for("the new certificate", PATIENCE, &try_to_ask);
	gateway.stop();

	let open = scene.chain.folder.write("open.toml", "listen = \"0.0.0.0:0\"\n");
	scene.bob.refused(&["serve", "--config", &open], 5, &["in the clear", "[tls]"]);
}
