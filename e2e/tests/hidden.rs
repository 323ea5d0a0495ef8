//! A group whose roster only its owner knows: those who are in read and publish, and the chain says neither who nor how many.

use serde_json::Value;
use testudo_e2e::{
	data::{bundle, indicators},
	Cli, Folder, Node,
};

const IDENTITY: i32 = 6;

struct Hidden {
	folder: Folder,
	node: Node,
}

impl Hidden {
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

	fn publish(&self, author: &Cli, number: usize, group: &str) -> String {
		let made = author.json(&["publish", &self.file(number), "--group", group, "--marking", "amber"]);
		made["records"][0]["record"].as_str().expect("a record").into()
	}
}

fn content(member: &Cli, record: &str) -> Value {
	member.ok(&["sync"]);
	member.json(&["show", record])["content"].take()
}

#[test]
fn those_in_a_hidden_group_should_read_and_publish_and_a_removal_should_bite() {
	let chain = Hidden::start("hidden");
	let [alice, bob, charlie] = ["alice", "bob", "charlie"].map(|name| chain.member(name));
	let group = alice.json(&["groups", "create", "quiet", "--hidden", "--history"])["group"].to_string();
	alice.ok(&["groups", "add", &group, "bor"]);

	let first = chain.publish(&bob, 1, &group);
	for (member, expected) in [(&alice, "open"), (&bob, "open"), (&charlie, "closed")] {
		assert_eq!(content(member, &first), expected);
	}
	let by_charlie = ["publish", &chain.file(2), "--group", &group, "--marking", "amber"];
	charlie.refused(&by_charlie, IDENTITY, &["not in the hidden group"]);

	alice.ok(&["groups", "remove", &group, "bor"]);
	let second = chain.publish(&alice, 3, &group);
	assert_eq!((content(&alice, &second), content(&bob, &second)), ("open".into(), "closed".into()));
	let by_bob = ["publish", &chain.file(4), "--group", &group, "--marking", "amber"];
	bob.refused(&by_bob, IDENTITY, &["not in the hidden group"]);
}

/// What any validator sees of a group: everything in blocks and state but what is random.
fn seen(chain: &Hidden, group: &str) -> (Value, Vec<usize>) {
	let stranger = chain.member("dave");
	let shown = stranger.json(&["groups", "show", group]);
	let lengths = chain.node.extrinsics().iter().map(Vec::len).filter(|length| *length > 9_000).collect();
	(shown, lengths)
}

#[test]
fn groups_of_two_and_of_four_should_look_the_same() {
	let views: Vec<(Value, Vec<usize>)> = [&["1"][..], &["1", "2", "3"][..]]
		.into_iter()
		.map(|others| {
			let chain = Hidden::start("curious");
			let alice = chain.member("alice");
			let group = alice.json(&["groups", "create", "quiet", "--hidden"])["group"].to_string();
			let arguments: Vec<&str> = others.iter().flat_map(|other| ["--member", *other]).collect();
			alice.ok(&[&["groups", "rekey", &group], &arguments[..]].concat());
			chain.publish(&alice, 1, &group);
			let charlie = if others.len() > 1 { "open" } else { "closed" };
			assert_eq!(content(&chain.member("bob"), "0/0"), "open");
			assert_eq!(content(&chain.member("charlie"), "0/0"), charlie);
			seen(&chain, &group)
		})
		.collect();
	assert_eq!(views[0], views[1]);
}
