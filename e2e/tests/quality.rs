//! Groups that ask something of objects, with a real report and real warning lists: fifteen indicators on Poison Ivy speak
//! of dynamic DNS, of which MISP's list warns.

use serde_json::value::RawValue;
use std::{collections::BTreeSet, time::Duration};
use testudo_e2e::{
	data::{bundle, objects, report, warning_list},
	feed,
	http::{Response, Server},
	wait_for, Cli, Dev, Feed,
};

const BAD_INPUT: i32 = 5;
const USAGE: i32 = 2;
/// Indicators of the report that name a domain of a provider of dynamic DNS.
const LISTED: usize = 15;

fn poison_ivy() -> Vec<Box<RawValue>> {
	report("poisonivy.json")
}

fn text(objects: &[Box<RawValue>]) -> String {
	bundle(&objects.iter().map(|raw| raw.get().to_string()).collect::<Vec<_>>())
}

/// What a reader has, byte for byte.
fn read_by(reader: &Cli) -> BTreeSet<String> {
	reader.ok(&["sync"]);
	let exported = reader.ok(&["export", "--offline", "--out", "-"]);
	objects(exported.as_bytes()).iter().map(|raw| raw.get().to_string()).collect()
}

#[test]
fn values_on_warning_lists_should_stay_behind_by_hand_and_by_feed() {
	let chain = Dev::start("warned");
	let [alice, bob] = chain.members(["alice", "bob"]);
	chain.vote(&["policy", "--warning-lists", "true"]);
	assert!(alice.ok(&["groups", "show", "0"]).contains("no value on a warning list"));
	let (all, list) = (poison_ivy(), warning_list("dynamic-dns"));
	let file = chain.folder.write("poisonivy.json", text(&all));
	let publish = ["publish", &file, "--group", "0", "--marking", "green"];

	let none = alice.output_with(&publish, &[("XDG_CONFIG_HOME", &chain.folder.path_of("nothing"))]);
	let complaint = String::from_utf8_lossy(&none.stderr);
	assert_eq!(none.status.code(), Some(USAGE), "{complaint}");
	assert!(complaint.contains("there are none here") && complaint.contains("--warning-lists"), "{complaint}");

	let with_list = [&publish[..], &["--warning-lists", list.to_str().unwrap()]].concat();
	alice.refused(&with_list, BAD_INPUT, &["15 warning-listed", "dynamic DNS"]);
	let published = alice.json(&[&with_list[..], &["--skip-refused"]].concat());
	assert_eq!(published["refused"].as_array().unwrap().len(), LISTED);
	let by_hand = read_by(&bob);
	assert_eq!(by_hand.len(), all.len() - LISTED);
	assert!(all.iter().filter(|raw| by_hand.contains(raw.get())).count() == all.len() - LISTED);

	// The same by the worker of a node, to a reader who has nothing yet.
	let body = text(&all);
	let server = Server::start(move |_| Response::ok("application/json", body.clone()));
	Feed::bundle(&server.url()).warning_list(list).apply(&alice, &chain.folder);
	let status = wait_for("the feed", Duration::from_secs(40), || {
		let status = feed::status(&alice);
		let is_done = status["published"].as_u64() == Some((all.len() - LISTED) as u64);
		is_done.then(|| status.clone()).ok_or(status.to_string())
	});
	assert_eq!(status["refused"], serde_json::json!({ "warning-listed": LISTED }));
	assert!(alice.ok(&["feeds", "status", "0"]).contains("warning-listed"));
}

#[test]
fn properties_that_a_group_asks_for_should_be_there() {
	let chain = Dev::start("required");
	let [alice, bob] = chain.members(["alice", "bob"]);
	let group = alice.json(&["groups", "create", "careful"])["group"].to_string();
	alice.ok(&["groups", "add", &group, "Borealis"]);
	alice.refused(
		&["groups", "policy", &group, "--require", "indicator"],
		USAGE,
		&["indicator:description,valid_until"],
	);
	alice.ok(&["groups", "policy", &group, "--require", "indicator:x_reviewed"]);
	let shown = alice.json(&["groups", "show", &group]);
	assert_eq!(shown["policy"]["require"], serde_json::json!(["indicator:x_reviewed"]));
	let lacking = chain.file(1);
	let to_group = ["--group", &group, "--marking", "green"];
	let publish =
		|file: &str| [&["publish", file], &to_group[..]].concat().iter().map(ToString::to_string).collect::<Vec<_>>();
	let lacks = publish(&lacking);
	alice.refused(
		&lacks.iter().map(String::as_str).collect::<Vec<_>>(),
		BAD_INPUT,
		&["missing-property", "x_reviewed"],
	);
	let reviewed =
		std::fs::read_to_string(&lacking).unwrap().replace("\"pattern_type\"", "\"x_reviewed\":true,\"pattern_type\"");
	let good = chain.folder.write("reviewed.json", reviewed);
	alice.ok(&publish(&good).iter().map(String::as_str).collect::<Vec<_>>());
	assert_eq!(read_by(&bob).len(), 1);
	// Other groups take it as before.
	alice.ok(&["publish", &lacking, "--group", "0", "--marking", "green"]);
}
