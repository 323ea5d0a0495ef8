//! What a person can get wrong at the command line: each mistake is told by its own name and code, and changes nothing.

use std::sync::LazyLock;
use testudo_e2e::{
	data::{bundle, indicators},
	free_port, Cli, Folder, Node,
};

/// Exit codes as `testudo --help` lists them.
const USAGE: i32 = 2;
const UNREACHABLE: i32 = 3;
const REFUSED: i32 = 4;
const BAD_INPUT: i32 = 5;
const IDENTITY: i32 = 6;
const NOT_FOUND: i32 = 7;

struct Desk {
	folder: Folder,
	node: Node,
	alice: Cli,
	bob: Cli,
	/// A bundle with which nothing is wrong.
	good: String,
}

static DESK: LazyLock<Desk> = LazyLock::new(|| {
	let folder = Folder::new("bad-input");
	let node = Node::start(&folder.join("node"), &["--sealing", "instant"]);
	let (alice, bob) = (Cli::new(&node, "alice", &folder), Cli::new(&node, "bob", &folder));
	bob.ok(&["sync"]);
	let good = folder.write("good.json", bundle(&indicators(0, 2)));
	Desk { folder, node, alice, bob, good }
});

/// A bundle of one more object beside a good one; its path.
fn bundle_with(name: &str, object: &str) -> String {
	let mut all = indicators(0, 1);
	all.push(object.into());
	DESK.folder.write(name, bundle(&all))
}

fn publish_refused(file: &str, code: i32, words: &[&str]) {
	let arguments = ["publish", file, "--group", "0", "--marking", "green"];
	DESK.alice.refused(&arguments, code, words);
}

#[test]
fn node_that_is_down_should_be_named() {
	let Desk { folder, good, .. } = &*DESK;
	let url = format!("ws://127.0.0.1:{}", free_port());
	let alice = Cli::at(&url, "alice", folder);
	let commands: [&[&str]; 5] =
		[&["members"], &["sync"], &["publish", good, "--group", "0"], &["feeds", "status"], &["groups", "rekey", "0"]];
	for command in commands {
		alice.refused(command, UNREACHABLE, &[&url, "start the node"]);
	}
}

#[test]
fn unusable_files_should_be_told_apart() {
	let file = |name: &str, content: &str| DESK.folder.write(name, content);
	publish_refused("/nonexistent/bundle.json", BAD_INPUT, &["/nonexistent/bundle.json", "No such file"]);
	publish_refused(&file("page.html", "<html>Log in</html>"), BAD_INPUT, &["page.html", "web page"]);
	publish_refused(
		&file("cut.json", r#"{"type":"bundle","objects":[{"#),
		BAD_INPUT,
		&["cut.json", "ends in the middle"],
	);
	publish_refused(&file("wrong.json", r#"{"type":"bundle","objects":7}"#), BAD_INPUT, &["wrong.json", "objects"]);
	publish_refused(
		&file("none.json", r#"{"type":"bundle","objects":[]}"#),
		BAD_INPUT,
		&["none.json", "nothing to publish"],
	);
	publish_refused(&file("empty.json", ""), BAD_INPUT, &["empty.json", "empty"]);
}

#[test]
fn unusable_objects_should_be_named_and_the_good_ones_published_on_wish() {
	let Desk { alice, bob, .. } = &*DESK;
	let deep = format!(
		r#"{{"type":"x-deep","id":"x-deep--5f0e7b1c-8d3a-4c5e-9a57-0d6a1f2b3c4e","x":{}{}}}"#,
		"[".repeat(10_000),
		"]".repeat(10_000)
	);
	publish_refused(&bundle_with("deep.json", &deep), BAD_INPUT, &["1 object refused", "too-deep", "deeper than 64"]);
	publish_refused(&bundle_with("json.json", r#"{"type":"tool","id":}"#), BAD_INPUT, &["object 1", "malformed-json"]);
	publish_refused(&bundle_with("id.json", r#"{"type":"tool"}"#), BAD_INPUT, &["object 1", "no-id"]);
	let marked = indicators(9, 1)[0].replace(
		"\"pattern_type\"",
		"\"object_marking_refs\":[\"marking-definition--00000000-0000-4000-8000-000000000000\"],\"pattern_type\"",
	);
	let file = bundle_with("marking.json", &marked);
	publish_refused(
		&file,
		REFUSED,
		&["unresolved-marking", "marking-definition--00000000-0000-4000-8000-000000000000"],
	);

	let made = alice.json(&["publish", &file, "--group", "0", "--marking", "green", "--skip-refused"]);
	assert_eq!(made["records"][0]["objects"], 1);
	assert_eq!(made["refused"][0]["reason"], "unresolved-marking");
	bob.ok(&["sync"]);
	assert_eq!(bob.json(&["show", made["records"][0]["record"].as_str().unwrap()])["content"], "open");
}

#[test]
fn bundle_of_100_megabytes_should_be_refused_with_the_limit() {
	let mut body = bundle(&indicators(0, 2)).into_bytes();
	body.resize(100 << 20, b' ');
	publish_refused(&DESK.folder.write("huge.json", body), BAD_INPUT, &["huge.json", "larger than 67108864 bytes"]);
}

#[test]
fn wrong_markings_should_be_named() {
	let Desk { folder, node, alice, good, .. } = &*DESK;
	alice.refused(&["publish", good, "--group", "0", "--marking", "purple"], USAGE, &["purple"]);
	alice.refused(&["publish", good, "--group", "0"], REFUSED, &["2 objects refused", "unmarked", "--marking"]);
	alice.refused(&["publish", good, "--group", "0", "--marking", "red"], REFUSED, &["RED"]);
	let dave = Cli::new(node, "dave", folder);
	dave.refused(&["groups", "create", "persons", "--ceiling", "red"], REFUSED, &["create_group"]);
}

#[test]
fn unknown_techniques_groups_members_and_records_should_be_named() {
	let Desk { alice, bob, good, .. } = &*DESK;
	let publish = ["publish", good, "--group", "0", "--marking", "green"];
	alice.refused(&[&publish[..], &["--technique", "T9999"]].concat(), NOT_FOUND, &["T9999", "ATT&CK"]);
	alice.refused(&[&publish[..], &["--technique", "powershell"]].concat(), USAGE, &["powershell"]);
	alice.refused(&["publish", good, "--group", "99", "--marking", "green"], NOT_FOUND, &["group 99", "groups list"]);
	alice.refused(&["publish", good, "--to", "Zeta", "--marking", "green"], NOT_FOUND, &["Zeta", "testudo members"]);
	alice.refused(&["groups", "show", "99"], NOT_FOUND, &["group 99"]);
	alice.refused(&["withdraw", "0/999"], NOT_FOUND, &["0/999"]);
	bob.refused(&["show", "0/999"], NOT_FOUND, &["0/999"]);
	bob.refused(&["prove", "0/999", "0"], NOT_FOUND, &["0/999"]);
	bob.refused(&["show", "nonsense"], USAGE, &["nonsense"]);
	bob.refused(&["records", "--author", "Zeta"], NOT_FOUND, &["Zeta"]);
}

#[test]
fn who_may_not_publish_should_be_told_why() {
	let Desk { folder, node, good, .. } = &*DESK;
	let publish = ["publish", good, "--group", "0", "--marking", "green"];
	let auditor = Cli::new(node, "alice/auditor", folder);
	auditor.refused(&publish, REFUSED, &["publish", "role"]);
	let eve = Cli::new(node, &folder.path_of("eve.json"), folder).with_passphrase("correct horse");
	eve.ok(&["keys", "new"]);
	eve.refused(&publish, IDENTITY, &["eve.json", "acts for no member"]);
	eve.refused(&["groups", "create", "outsiders"], IDENTITY, &["eve.json", "acts for no member"]);
	Cli::new(node, "alice/analyst", folder).ok(&publish);
}

#[test]
fn wrong_and_missing_passphrases_should_be_told() {
	let Desk { folder, node, .. } = &*DESK;
	let name = folder.path_of("work.json");
	let nobody = Cli::new(node, &name, folder);
	let owner = nobody.clone().with_passphrase("correct horse");
	owner.ok(&["keys", "new"]);
	owner.ok(&["keys", "show"]);
	owner.refused(&["keys", "new"], IDENTITY, &["exists already"]);
	nobody.refused(&["keys", "show"], IDENTITY, &["TESTUDO_PASSPHRASE"]);
	let complaint = nobody.clone().with_passphrase("wrong horse").refused(&["keys", "show"], IDENTITY, &["passphrase"]);
	assert!(!complaint.contains("horse"), "{complaint}");
	Cli::new(node, "nobody-made-this", folder).refused(&["keys", "show"], IDENTITY, &["nobody-made-this"]);
}

#[test]
fn wrong_feeds_files_should_be_told_by_line_and_feed() {
	let Desk { folder, alice, .. } = &*DESK;
	let apply = |toml: &str, words: &[&str]| {
		let file = folder.write("feeds.toml", toml);
		alice.refused(&["feeds", "apply", &file], BAD_INPUT, words);
	};
	let feed = |rest: &str| format!("[[feed]]\nid = 0\nkind = \"stix-bundle\"\nurl = \"http://127.0.0.1:1/x\"\n{rest}");
	apply(&feed("interval = \"5s\"\ncolour = 1"), &["line 6", "colour"]);
	apply(&feed("interval = \"soon\""), &["feed 0", "soon"]);
	apply(&feed("interval = \"5s\"\nusername = \"u\"\npassword_env = \"NOT_SET_ANYWHERE\""), &["NOT_SET_ANYWHERE"]);
	apply(&feed("interval = \"5s\"").replace("id = 0", "id = 77"), &["feed 77", "not registered"]);
}

#[test]
fn nothing_refused_should_have_reached_the_chain() {
	let Desk { bob, folder, good, .. } = &*DESK;
	let records = || bob.json(&["members"])["members"][1]["records"].clone();
	let before = records();
	let broken = folder.write("broken.json", bundle(&["7".into()]));
	bob.refused(&["publish", &broken, "--group", "0", "--marking", "green"], BAD_INPUT, &["object 0"]);
	bob.refused(&["publish", good, "--group", "0"], REFUSED, &["unmarked"]);
	assert_eq!(records(), before);
	bob.ok(&["publish", good, "--group", "0", "--marking", "green"]);
	assert_eq!(records().as_u64(), before.as_u64().map(|count| count + 1));
}
