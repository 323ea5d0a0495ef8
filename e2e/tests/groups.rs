//! Sharing groups: who is in reads, who is out does not, and a removal bites.

use serde_json::Value;
use std::sync::LazyLock;
use testudo_e2e::{Cli, Dev};

/// A node for all tests.
static CONSORTIUM: LazyLock<Dev> = LazyLock::new(|| Dev::start("groups"));

/// A member's person with a store that no other test uses. Each test publishes from an account of its own.
fn member(test: &str, identity: &str) -> Cli {
	Cli::new(&CONSORTIUM.node, identity, &CONSORTIUM.folder.join(test))
}

/// Makes a group; its number.
fn create(owner: &Cli, arguments: &[&str]) -> String {
	let made = owner.json(&[&["groups", "create"], arguments].concat());
	assert_eq!((&made["epoch"], &made["members"]), (&1.into(), &1.into()));
	made["group"].to_string()
}

/// Publishes one AMBER indicator to a group; its record.
fn publish(author: &Cli, number: usize, group: &str) -> String {
	CONSORTIUM.publish(author, number, group, "amber")
}

#[test]
fn removal_from_a_group_should_bite_from_the_rekey_on_and_stop_publishing_before_it() {
	let [alice, bob, charlie] = ["alice", "bob", "charlie"].map(|name| member("removal", name));
	let group = create(&alice, &["bank-cert", "--ceiling", "amber"]);
	assert_eq!(alice.json(&["groups", "add", &group, "bor"])["welcomed"], true);

	let first = publish(&alice, 1, &group);
	for (member, expected) in [(&alice, "open"), (&bob, "open"), (&charlie, "closed")] {
		assert_eq!(member.content(&first), expected);
	}
	assert_eq!(bob.json(&["show", &first])["marking"], "amber");
	assert_eq!(charlie.json(&["show", &first])["objects"], Value::Array(vec![]));

	bob.refused(&["groups", "remove", &group, "0"], 4, &["NotOwner"]);
	alice.ok(&["groups", "remove", &group, "bor"]);
	assert_eq!(alice.json(&["groups", "show", &group])["stale"], true);
	let to_group =
		|number| ["publish".into(), CONSORTIUM.file(number), "--group".into(), group.clone(), "--marking".into()];
	let refused = |member: &Cli, marking: &str, code: i32, words: &[&str]| {
		let arguments = to_group(2);
		let arguments: Vec<&str> = arguments.iter().map(String::as_str).chain([marking]).collect();
		member.refused(&arguments, code, words);
	};
	refused(&alice, "amber", 4, &["StaleGroup", "groups rekey"]);

	assert_eq!(alice.json(&["groups", "rekey", &group])["epoch"], 2);
	let second = publish(&alice, 3, &group);
	assert_eq!(alice.content(&second), "open");
	assert_eq!(bob.content(&second), "closed", "who was removed opens nothing new");
	assert_eq!(bob.content(&first), "open", "what was read stays read");
	// With an empty store, too, Bob's keys open what they opened, and nothing more.
	let anew = bob.with_store(CONSORTIUM.folder.join("anew"));
	assert_eq!((anew.content(&first), anew.content(&second)), ("open".into(), "closed".into()));

	refused(&bob, "amber", 4, &["NotInGroup"]);
	bob.refused(&["groups", "rekey", &group], 4, &["NotInGroup"]);
	refused(&alice, "amber+strict", 4, &["AMBER+STRICT", "AMBER"]);
}

#[test]
fn newcomer_should_read_the_past_where_the_group_keeps_history_and_only_there() {
	let [dave, charlie] = ["dave", "charlie"].map(|name| member("history", name));
	let with_history = create(&dave, &["with-history", "--history"]);
	let without = create(&dave, &["without-history"]);
	let groups = [&with_history, &without];
	let records = groups.map(|group| {
		let first = publish(&dave, 10, group);
		dave.ok(&["groups", "rekey", group]);
		(first, publish(&dave, 20, group))
	});
	for (first, second) in &records {
		assert_eq!((charlie.content(first), charlie.content(second)), ("closed".into(), "closed".into()));
	}
	for group in groups {
		assert_eq!(dave.json(&["groups", "add", group, "2"])["welcomed"], true);
	}
	// What was closed at an earlier sync opens now.
	let [(first, second), (past, present)] = &records;
	assert_eq!((charlie.content(first), charlie.content(second)), ("open".into(), "open".into()));
	assert_eq!((charlie.content(past), charlie.content(present)), ("closed".into(), "open".into()));
	assert_eq!(charlie.content(&publish(&dave, 30, &without)), "open");
	// Whom history lets in, the audit names, too.
	let readers = |record: &str| -> Vec<String> {
		let audit = dave.json(&["audit", record]);
		audit["readers"].as_object().expect("readers are named").keys().cloned().collect()
	};
	assert_eq!((readers(first), readers(past)), (vec!["2".into(), "3".into()], vec!["3".into()]));
}

#[test]
fn direct_recipients_should_read_what_no_group_gets() {
	let [analyst, alice, bob, charlie] =
		["alice/analyst", "alice", "bob", "charlie"].map(|name| member("direct", name));
	let record = analyst.publish(&[&CONSORTIUM.file(40), "--to", "Borealis CERT", "--marking", "amber+strict"]);
	for (member, expected) in [(&analyst, "open"), (&alice, "open"), (&bob, "open"), (&charlie, "closed")] {
		assert_eq!(member.content(&record), expected);
	}
}

#[test]
fn record_should_reach_all_of_its_audiences_and_nobody_else() {
	let [alice, bob, charlie, dave] = ["alice", "bob", "charlie", "dave"].map(|name| member("audiences", name));
	let ceiling = ["--ceiling", "amber+strict"];
	let open = create(&alice, &[&["audience-open"], &ceiling[..]].concat());
	alice.ok(&["groups", "add", &open, "bor"]);
	// Two hidden groups: each is signed for by its own secret, in the order of the groups.
	let hidden = |name: &str, other: &str| {
		let group = create(&alice, &[&[name, "--hidden"], &ceiling[..]].concat());
		alice.ok(&["groups", "add", &group, other]);
		group
	};
	let [first, second] =
		[("audience-first", "cob"), ("audience-second", "bor")].map(|(name, other)| hidden(name, other));
	let marked = |number: usize, marking: &str, audience: &[&str]| {
		let file = CONSORTIUM.file(number);
		alice.publish(&[&[file.as_str(), "--marking", marking], audience].concat())
	};
	let groups = ["--group", &second, "--group", &open, "--group", &first];
	let several = marked(30, "amber", &groups);
	let contents = |record: &str| [&alice, &bob, &charlie, &dave].map(|member| member.content(record));
	assert_eq!(contents(&several), ["open", "open", "open", "closed"]);
	let beside = marked(31, "amber", &["--group", &open, "--to", "dynamo"]);
	assert_eq!(contents(&beside), ["open", "open", "closed", "open"]);

	// The same object under another marking in another community.
	let wide = marked(32, "amber", &["--group", &open]);
	let strict = marked(32, "amber+strict", &["--group", &first]);
	let marking = |member: &Cli, record: &str| member.json(&["show", record])["marking"].clone();
	assert_eq!((bob.content(&wide), bob.content(&strict)), ("open".into(), "closed".into()));
	assert_eq!((charlie.content(&wide), charlie.content(&strict)), ("closed".into(), "open".into()));
	assert_eq!((marking(&bob, &wide), marking(&charlie, &strict)), ("amber".into(), "amber+strict".into()));
	let raw = |member: &Cli, record: &str| member.ok(&["show", record, "0", "--raw"]);
	assert_eq!(raw(&bob, &wide), raw(&charlie, &strict));
}
