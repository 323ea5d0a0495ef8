//! After publication: requests, grants, recall, the audit of who was given what; and the look twice before it.

use serde_json::{json, Value};
use testudo_e2e::{
	data::{bundle, indicators},
	wait_for, Cli, Folder, Node, PATIENCE,
};

const REFUSED: i32 = 4;
const IDENTITY: i32 = 6;

struct Chain {
	folder: Folder,
	node: Node,
}

impl Chain {
	fn start(name: &str) -> Self {
		let folder = Folder::new(name);
		let node = Node::start(&folder.join("node"), &["--sealing", "instant"]);
		Self { folder, node }
	}

	fn member(&self, name: &str) -> Cli {
		Cli::new(&self.node, name, &self.folder)
	}

	fn file(&self, number: usize) -> String {
		self.folder.write(&format!("{number}.json"), bundle(&indicators(number, 1)))
	}
}

fn record(made: Value) -> String {
	made["records"][0]["record"].as_str().expect("a record").into()
}

fn content(member: &Cli, record: &str) -> Value {
	member.ok(&["sync"]);
	member.json(&["show", record])["content"].take()
}

#[test]
fn reader_should_ask_be_granted_and_be_named_in_the_audit_of_an_outsider() {
	let chain = Chain::start("access");
	let [alice, bob, charlie, dave] = ["alice", "bob", "charlie", "dave"].map(|name| chain.member(name));
	let one = record(alice.json(&["publish", &chain.file(1), "--to", "Borealis", "--marking", "amber"]));
	assert_eq!((content(&bob, &one), content(&charlie, &one)), ("open".into(), "closed".into()));

	charlie.ok(&["request", &one]);
	dave.ok(&["request", &one]);
	charlie.refused(&["request", &one], REFUSED, &["AlreadyRequested"]);
	let asking = alice.json(&["requests", &one]);
	assert_eq!(asking["requests"].as_array().unwrap().len(), 2);
	bob.refused(&["grant", &one, "--to", "Cobalt"], IDENTITY, &["not by member"]);
	alice.ok(&["grant", &one, "--to", "Cobalt"]);
	alice.ok(&["decline", &one, "Dynamo"]);
	// What was closed opens, with an old store and a new one.
	assert_eq!((content(&charlie, &one), content(&dave, &one)), ("open".into(), "closed".into()));
	assert_eq!(content(&charlie.with_store(chain.folder.join("anew")), &one), "open");
	let object = charlie.json(&["show", &one])["objects"][0]["id"].clone();
	assert!(object.as_str().unwrap().starts_with("indicator--"));

	alice.ok(&["withdraw", &one, "--reason", "incorrect"]);
	let outsider = Cli::at(&chain.node.url(), "nobody", &chain.folder);
	let audit = outsider.json(&["audit", &one]);
	assert_eq!(audit["readers"].as_object().unwrap().keys().collect::<Vec<_>>(), ["0", "2"]);
	assert_eq!(audit["unnamed"], 2, "the direct wraps do not say whose they are");
	let trail: Vec<Value> = audit["trail"].as_array().unwrap().iter().map(|entry| entry["what"].clone()).collect();
	let expected = [
		json!("published"),
		json!({ "requested": { "by": 2 } }),
		json!({ "requested": { "by": 3 } }),
		json!({ "granted": { "to": [2], "hidden": 0 } }),
		json!({ "declined": { "member": 3 } }),
		json!("withdrawn"),
	];
	assert_eq!(trail, expected);
}

#[test]
fn recall_should_be_acknowledged_by_agents_and_the_audit_should_tell_who_has_not() {
	let chain = Chain::start("recall");
	let [alice, bob] = ["alice", "bob"].map(|name| chain.member(name));
	let one = record(alice.json(&["publish", &chain.file(1), "--group", "0", "--marking", "green"]));
	let _agent = bob.agent();
	alice.ok(&["withdraw", &one, "--reason", "personal-data"]);
	wait_for("Bob's acknowledgement", PATIENCE, || {
		let audit = alice.json(&["audit", &one]);
		match audit["pending"] == json!([2, 3]) {
			true => Ok(()),
			false => Err(audit.to_string()),
		}
	});
	let audit = alice.json(&["audit", &one]);
	assert_eq!(audit["readers"].as_object().unwrap().len(), 4);
	assert!(alice.ok(&["audit", &one]).contains("not acknowledged by: 2 Cobalt ISAC, 3 Dynamo Energy"));
}

#[test]
fn what_names_the_members_own_or_goes_somewhere_new_should_be_looked_at_twice() {
	let chain = Chain::start("guard");
	let alice = chain.member("alice").cautious();
	let own = chain.folder.write("own.toml", "networks = [\"198.51.100.0/24\"]\n");
	let nothing = chain.folder.write("nothing.toml", "");
	let file = chain.file(1);
	let publish = |own| ["publish", &file, "--group", "0", "--marking", "green", "--own", own];
	let insist = |own| [&publish(own)[..], &["--yes"]].concat();
	alice.refused(&publish(&nothing), REFUSED, &["group 0 was never published to before", "--yes"]);
	alice.ok(&insist(&nothing));
	alice.ok(&publish(&nothing));
	alice.refused(&publish(&own), REFUSED, &["names the network 198.51.100.0/24"]);
	alice.ok(&insist(&own));
	// Never against a marking.
	let group = alice.json(&["groups", "create", "narrow", "--ceiling", "green"])["group"].to_string();
	let strict = ["publish", &chain.file(2), "--group", &group, "--marking", "amber", "--yes"];
	alice.refused(&strict, REFUSED, &["above-ceiling"]);
	let alone = ["publish", &chain.file(3), "--group", &group, "--marking", "green"];
	alice.refused(&alone, REFUSED, &["nobody in it but you"]);
}
