//! A group whose roster only its owner knows: those who are in read and publish, and the chain says neither who nor how many.

use serde_json::Value;
use testudo_e2e::{consortium, wait_for, Dev, PATIENCE};

const IDENTITY: i32 = 6;
const NOT_FOUND: i32 = 7;

#[test]
fn those_in_a_hidden_group_should_read_and_publish_and_a_removal_should_bite() {
	let chain = Dev::start("hidden");
	let [alice, bob, charlie] = chain.members(["alice", "bob", "charlie"]);
	let group = alice.json(&["groups", "create", "quiet", "--hidden", "--history"])["group"].to_string();
	alice.ok(&["groups", "add", &group, "bor"]);

	let first = chain.publish(&bob, 1, &group, "amber");
	for (member, expected) in [(&alice, "open"), (&bob, "open"), (&charlie, "closed")] {
		assert_eq!(member.content(&first), expected);
	}
	let by_charlie = ["publish", &chain.file(2), "--group", &group, "--marking", "amber"];
	charlie.refused(&by_charlie, IDENTITY, &["not in the hidden group"]);

	alice.ok(&["groups", "remove", &group, "bor"]);
	let second = chain.publish(&alice, 3, &group, "amber");
	assert_eq!((alice.content(&second), bob.content(&second)), ("open".into(), "closed".into()));
	let by_bob = ["publish", &chain.file(4), "--group", &group, "--marking", "amber"];
	bob.refused(&by_bob, IDENTITY, &["not in the hidden group"]);
}

#[test]
fn agent_should_key_a_hidden_group_anew_after_a_departure_without_who_departed() {
	let chain = Dev::start("hidden-agent");
	let [alice, bob, charlie] = chain.members(["alice", "bob", "charlie"]);
	let group = alice.json(&["groups", "create", "quiet", "--hidden"])["group"].to_string();
	alice.ok(&["groups", "rekey", &group, "--member", "1", "--member", "2"]);
	let before = chain.publish(&alice, 1, &group, "amber");
	assert_eq!((bob.content(&before), charlie.content(&before)), ("open".into(), "open".into()));

	consortium::decide(&chain.node, &["alice", "bob", "dave"], consortium::suspend(2));
	let shown = || alice.json(&["groups", "show", &group]);
	assert_eq!((shown()["stale"].clone(), shown()["epoch"].clone()), (true.into(), 2.into()));
	let agent = alice.agent_of_store(&[]);
	wait_for("the agent's rekey", PATIENCE, || match shown()["stale"] == false {
		true => Ok(()),
		false => Err("the group is stale".into()),
	});
	drop(agent);
	let after = chain.publish(&alice, 2, &group, "amber");
	assert_eq!((bob.content(&after), charlie.content(&after)), ("open".into(), "closed".into()));
}

#[test]
fn roster_that_somebody_else_changed_should_not_be_keyed_again() {
	let chain = Dev::start("deputy");
	let [alice, bob] = chain.members(["alice", "bob"]);
	let group = alice.json(&["groups", "create", "quiet", "--hidden"])["group"].to_string();
	alice.ok(&["groups", "rekey", &group, "--member", "1", "--member", "2"]);
	alice.ok(&["groups", "deputies", &group, "bor"]);
	// Bob leaves Charlie out, whom Alice's store still has in the group.
	bob.ok(&["groups", "rekey", &group, "--member", "0"]);
	alice.refused(&["groups", "add", &group, "3"], NOT_FOUND, &["keyed from another store", "--member"]);
	alice.refused(&["groups", "rekey", &group], NOT_FOUND, &["keyed from another store", "--member"]);
	alice.ok(&["groups", "rekey", &group, "--member", "1", "--member", "3"]);
	let record = chain.publish(&alice, 1, &group, "amber");
	let closed_to = |name: &str| chain.member(name).content(&record) == "closed";
	assert_eq!(["bob", "charlie", "dave"].map(closed_to), [false, true, false]);
}

/// What any validator sees of a group: everything in blocks and state but what is random.
fn seen(chain: &Dev, group: &str) -> (Value, Vec<usize>) {
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
			let chain = Dev::start("curious");
			let alice = chain.member("alice");
			let group = alice.json(&["groups", "create", "quiet", "--hidden"])["group"].to_string();
			let arguments: Vec<&str> = others.iter().flat_map(|other| ["--member", *other]).collect();
			alice.ok(&[&["groups", "rekey", &group], &arguments[..]].concat());
			chain.publish(&alice, 1, &group, "amber");
			let charlie = if others.len() > 1 { "open" } else { "closed" };
			assert_eq!(chain.member("bob").content("0/0"), "open");
			assert_eq!(chain.member("charlie").content("0/0"), charlie);
			seen(&chain, &group)
		})
		.collect();
	assert_eq!(views[0], views[1]);
}
