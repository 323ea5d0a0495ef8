//! A member is suspended by vote: it publishes nothing more, the consortium's group is closed until it has a new key, and
//! that key is not the suspended member's.

use serde_json::json;
use testudo_e2e::{
	consortium,
	data::{bundle, indicators},
	wait_for, Cli, Dev, Folder, Node, PATIENCE,
};

/// `testudo`'s exit code for what the chain refuses.
const REFUSED: i32 = 4;
const IDENTITY: i32 = 6;

#[test]
fn suspended_member_should_be_told_and_shut_out() {
	let folder = Folder::new("suspension");
	let node = Node::start(&folder.join("node"), &["--sealing", "instant"]);
	let [alice, bob, dave] = ["alice", "bob", "dave"].map(|name| Cli::new(&node, name, &folder));
	let file = |first| folder.write(&format!("{first}.json"), bundle(&indicators(first, 1)));
	let publish = |reader: &Cli, file: &str| reader.json(&["publish", file, "--group", "0", "--marking", "green"]);
	let first = publish(&alice, &file(1));
	let first = first["records"][0]["record"].as_str().expect("a record");

	consortium::decide(&node, &["alice", "bob", "charlie"], consortium::suspend(3));
	let by_alice = ["publish", &file(3), "--group", "0", "--marking", "green"];
	alice.refused(&by_alice, REFUSED, &["rekey"]);

	bob.ok(&["groups", "rekey", "0"]);
	let by_dave = ["publish", &file(2), "--group", "0", "--marking", "green"];
	dave.refused(&by_dave, REFUSED, &["suspended"]);
	publish(&alice, &file(4));

	// It keeps its key, and is given nothing by it, named or not.
	let directly = ["publish", &file(5), "--to", "Dynamo", "--marking", "amber"];
	alice.refused(&directly, REFUSED, &["ThreatRegistry.publish", "member 3 is suspended"]);
	let grant = ["grant", first, "--to", "Dynamo"];
	alice.refused(&grant, REFUSED, &["ThreatRegistry.grant", "member 3 is suspended"]);
	alice.refused(&[&grant[..], &["--hidden"]].concat(), REFUSED, &["ThreatRegistry.grant", "member 3 is suspended"]);
	bob.ok(&["sync"]);
	assert_eq!(bob.objects(), 2);
	dave.ok(&["sync"]);
	let contents: Vec<_> = dave.records().iter().map(|record| record["content"].clone()).collect();
	assert_eq!(contents, ["open", "closed"], "only what was published before");
}

#[test]
fn suspended_member_should_acknowledge_and_who_was_expelled_should_stay_named() {
	let chain = Dev::start("suspended-agent");
	let [alice, charlie, dave] = chain.members(["alice", "charlie", "dave"]);
	let one = chain.publish(&alice, 1, "0", "green");
	assert_eq!(dave.content(&one), "open");
	let voters = ["alice", "bob", "charlie"];
	consortium::decide(&chain.node, &voters, consortium::suspend(3));
	consortium::decide(&chain.node, &voters, consortium::expel(2));
	alice.ok(&["withdraw", &one, "--reason", "personal-data"]);
	let audit = || alice.json(&["audit", &one]);
	assert_eq!(audit()["pending"], json!([1, 2, 3]), "they were given it, whatever became of them");
	assert_eq!(audit()["became"], json!({ "2": "expelled", "3": "suspended" }));
	let text = alice.ok(&["audit", &one]);
	assert!(text.contains("by: 1 Borealis CERT, 2 Cobalt ISAC (expelled), 3 Dynamo Energy (suspended)"), "{text}");

	charlie.refused(&["agent"], IDENTITY, &["member 2 is not in the consortium"]);
	let mut agent = dave.agent_of_store(&[]);
	wait_for("Dave's acknowledgement", PATIENCE, || match audit()["pending"] == json!([1, 2]) {
		true => Ok(()),
		false => Err(dave.log()),
	});
	// Group 0 waits for a rekey all the while, which is not its to make.
	chain.node.wait_for_blocks(20);
	assert_eq!(agent.ended(), None, "it goes on");
	drop(agent);
	let log = dave.log();
	assert_eq!(log.matches("member 3 is suspended").count(), 1, "{log}");
	assert!(!log.contains("rekey") && !log.contains("NotActive"), "{log}");
}
