//! Sharing groups: who is in reads, who is out does not, and a removal bites.

use serde_json::Value;
use testudo_e2e::{
	data::{bundle, indicators},
	Cli, Folder, Node,
};

/// A node and four members.
struct Consortium {
	folder: Folder,
	_node: Node,
	alice: Cli,
	bob: Cli,
	charlie: Cli,
}

impl Consortium {
	fn start(name: &str) -> Self {
		let folder = Folder::new(name);
		let node = Node::start(&folder.join("node"), &["--sealing", "instant"]);
		let member = |name| Cli::new(&node, name, &folder);
		let (alice, bob, charlie) = (member("alice"), member("bob"), member("charlie"));
		Self { folder, _node: node, alice, bob, charlie }
	}

	/// Makes a group of Alice's; its number.
	fn create(&self, arguments: &[&str]) -> String {
		let made = self.alice.json(&[&["groups", "create"], arguments].concat());
		assert_eq!((&made["epoch"], &made["members"]), (&1.into(), &1.into()));
		made["group"].to_string()
	}

	/// Publishes one AMBER indicator of Alice's to a group; its record.
	fn publish(&self, number: usize, group: &str) -> String {
		let file = self.folder.write("bundle.json", bundle(&indicators(number, 1)));
		let made = self.alice.json(&["publish", &file, "--group", group, "--marking", "amber"]);
		made["records"][0]["record"].as_str().expect("a record").into()
	}
}

/// What a member's store says of a record after a sync: `open` or `closed`.
fn content(member: &Cli, record: &str) -> Value {
	member.ok(&["sync"]);
	member.json(&["show", record])["content"].take()
}

#[test]
fn removal_from_a_group_should_bite_from_the_rekey_on_and_stop_publishing_before_it() {
	let consortium = Consortium::start("groups");
	let Consortium { folder, alice, bob, charlie, .. } = &consortium;
	let group = consortium.create(&["bank-cert", "--ceiling", "amber"]);
	assert_eq!(alice.json(&["groups", "add", &group, "bor"])["welcomed"], true);

	let first = consortium.publish(1, &group);
	for (member, expected) in [(alice, "open"), (bob, "open"), (charlie, "closed")] {
		assert_eq!(content(member, &first), expected);
	}
	assert_eq!(bob.json(&["show", &first])["marking"], "amber");
	assert_eq!(charlie.json(&["show", &first])["objects"], Value::Array(vec![]));

	bob.refused(&["groups", "remove", &group, "alice"], 7, &["alice"]);
	bob.refused(&["groups", "remove", &group, "0"], 4, &["NotOwner"]);
	alice.ok(&["groups", "remove", &group, "bor"]);
	assert_eq!(alice.json(&["groups", "show", &group])["stale"], true);
	let file = folder.write("stale.json", bundle(&indicators(2, 1)));
	alice.refused(&["publish", &file, "--group", &group, "--marking", "amber"], 4, &["StaleGroup", "groups rekey"]);

	assert_eq!(alice.json(&["groups", "rekey", &group])["epoch"], 2);
	let second = consortium.publish(3, &group);
	assert_eq!(content(alice, &second), "open");
	assert_eq!(content(bob, &second), "closed", "who was removed opens nothing new");
	assert_eq!(content(bob, &first), "open", "what was read stays read");
	// With an empty store, too, Bob's keys open what they opened, and nothing more.
	let anew = bob.with_store(folder.join("anew"));
	assert_eq!((content(&anew, &first), content(&anew, &second)), ("open".into(), "closed".into()));

	bob.refused(&["publish", &file, "--group", &group, "--marking", "amber"], 4, &["NotInGroup"]);
	bob.refused(&["groups", "rekey", &group], 4, &["NotInGroup"]);
	alice.refused(&["publish", &file, "--group", &group, "--marking", "amber+strict"], 5, &["AMBER+STRICT", "AMBER"]);
}

#[test]
fn newcomer_should_read_the_past_where_the_group_keeps_history_and_only_there() {
	let consortium = Consortium::start("groups-history");
	let Consortium { alice, charlie, .. } = &consortium;
	let with_history = consortium.create(&["with-history", "--history"]);
	let without = consortium.create(&["without-history"]);
	let mut records = Vec::new();
	for group in [&with_history, &without] {
		let first = consortium.publish(10 + records.len(), group);
		alice.ok(&["groups", "rekey", group]);
		let second = consortium.publish(20 + records.len(), group);
		records.push((first, second));
	}
	// Charlie has synced before: what was closed then opens now.
	assert_eq!(content(charlie, &records[0].0), "closed");
	for group in [&with_history, &without] {
		assert_eq!(alice.json(&["groups", "add", group, "2"])["welcomed"], true);
	}
	let (first, second) = &records[0];
	assert_eq!((content(charlie, first), content(charlie, second)), ("open".into(), "open".into()));
	let (first, second) = &records[1];
	assert_eq!((content(charlie, first), content(charlie, second)), ("closed".into(), "open".into()));

	let after = consortium.publish(30, &without);
	assert_eq!(content(charlie, &after), "open");
}

#[test]
fn direct_recipients_should_read_what_no_group_gets() {
	let consortium = Consortium::start("groups-direct");
	let Consortium { folder, alice, bob, charlie, .. } = &consortium;
	let file = folder.write("bundle.json", bundle(&indicators(40, 2)));
	let made = alice.json(&["publish", &file, "--to", "Borealis CERT", "--marking", "amber+strict"]);
	let record = made["records"][0]["record"].as_str().unwrap();
	for (member, expected) in [(alice, "open"), (bob, "open"), (charlie, "closed")] {
		assert_eq!(content(member, record), expected);
	}
}
