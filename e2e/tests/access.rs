//! After publication: requests, grants, recall, the audit of who was given what; and the look twice before it.

use serde_json::{json, Value};
use testudo_e2e::{
	data::{bundle, indicators},
	wait_for, Cli, Dev, PATIENCE,
};

const USAGE: i32 = 2;
const REFUSED: i32 = 4;
const BAD_INPUT: i32 = 5;
const NOT_FOUND: i32 = 7;
const IDENTITY: i32 = 6;

#[test]
fn recipients_who_are_named_should_be_in_the_audit_and_asked_to_delete() {
	let chain = Dev::start("access-named");
	let [alice, bob, charlie] = chain.members(["alice", "bob", "charlie"]);
	let made = alice.json(&["publish", &chain.file(1), "--to", "Borealis", "--named", "--marking", "amber"]);
	assert_eq!(made["sealed_to"]["granted"], json!([1]));
	let one = made["records"][0]["record"].as_str().unwrap();
	assert_eq!((bob.content(one), charlie.content(one)), ("open".into(), "closed".into()));
	let outsider = Cli::at(&chain.node.url(), "nobody", &chain.folder);
	let audit = outsider.json(&["audit", one]);
	assert_eq!(audit["readers"].as_object().unwrap().keys().collect::<Vec<_>>(), ["0", "1"]);
	assert_eq!(audit["trail"][1]["what"], json!({ "granted": { "to": [1], "hidden": 0 } }));
	alice.ok(&["withdraw", one]);
	assert!(outsider.ok(&["audit", one]).contains("not acknowledged by: 1 Borealis"));
}

#[test]
fn reader_should_ask_be_granted_and_be_named_in_the_audit_of_an_outsider() {
	let chain = Dev::start("access");
	let [alice, bob, charlie, dave] = chain.members(["alice", "bob", "charlie", "dave"]);
	let one = alice.publish(&[&chain.file(1), "--to", "Borealis", "--marking", "amber"]);
	assert_eq!((bob.content(&one), charlie.content(&one)), ("open".into(), "closed".into()));

	charlie.ok(&["request", &one]);
	dave.ok(&["request", &one]);
	charlie.refused(&["request", &one], REFUSED, &["AlreadyRequested"]);
	let asking = alice.json(&["requests", &one]);
	assert_eq!(asking["requests"].as_array().unwrap().len(), 2);
	bob.refused(&["grant", &one, "--to", "Cobalt"], IDENTITY, &["not by member"]);
	alice.ok(&["grant", &one, "--to", "Cobalt"]);
	alice.ok(&["decline", &one, "Dynamo"]);
	// What was closed opens, with an old store and a new one.
	assert_eq!((charlie.content(&one), dave.content(&one)), ("open".into(), "closed".into()));
	assert_eq!(charlie.with_store(chain.folder.join("anew")).content(&one), "open");
	let object = charlie.json(&["show", &one])["objects"][0]["id"].clone();
	assert!(object.as_str().unwrap().starts_with("indicator--"));

	alice.ok(&["withdraw", &one, "--reason", "incorrect"]);
	let outsider = Cli::at(&chain.node.url(), "nobody", &chain.folder);
	let audit = outsider.json(&["audit", &one]);
	assert_eq!(audit["readers"].as_object().unwrap().keys().collect::<Vec<_>>(), ["0", "2"]);
	assert_eq!(audit["unnamed"], 2, "the direct wraps do not say whose they are");
	assert!(audit["trail"].as_array().unwrap().iter().all(|entry| entry["time"].as_u64() > Some(1_700_000_000)));
	let trail: Vec<Value> = audit["trail"].as_array().unwrap().iter().map(|entry| entry["what"].clone()).collect();
	let expected = [
		json!({ "published": { "by": 0 } }),
		json!({ "requested": { "by": 2 } }),
		json!({ "requested": { "by": 3 } }),
		json!({ "granted": { "to": [2], "hidden": 0 } }),
		json!({ "declined": { "member": 3 } }),
		json!({ "withdrawn": { "reason": "incorrect" } }),
	];
	assert_eq!(trail, expected);
	let text = outsider.ok(&["audit", &one]);
	for words in [
		"published by 0 Aldgate Bank",
		"granted by the author to 2 Cobalt ISAC",
		"its content is wrong",
		"not acknowledged by: 2 Cobalt",
	] {
		assert!(text.contains(words), "{words} in {text}");
	}

	// Whom the grant named is asked to delete it, too.
	assert_eq!(audit["pending"], json!([2]));
	let _agent = charlie.agent();
	wait_for("Charlie's acknowledgement", PATIENCE, || match outsider.json(&["audit", &one])["pending"] == json!([]) {
		true => Ok(()),
		false => Err("it is pending".into()),
	});
}

#[test]
fn agent_should_grant_what_the_policy_says_and_leave_the_rest_to_a_person() {
	let chain = Dev::start("policy");
	let [alice, bob, charlie] = chain.members(["alice", "bob", "charlie"]);
	let group = alice.json(&["groups", "create", "near"])["group"].to_string();
	alice.ok(&["groups", "add", &group, "bor"]);
	let policy = format!("[[grant]]\nceiling = \"green\"\ngroups = [{group}]\n");
	let policy = chain.folder.write("grants.toml", policy);
	let file = chain.file(1);
	let [green, amber] =
		["green", "amber"].map(|marking| alice.publish(&[&file, "--to", "Dynamo", "--marking", marking]));
	for (member, record) in [(&bob, &green), (&bob, &amber), (&charlie, &green)] {
		member.ok(&["request", record]);
	}
	let wrong = chain.folder.write("wrong.toml", "[[grant]]\nceiling = \"red\"\n");
	alice.refused(&["agent", "--grants", &wrong], BAD_INPUT, &["red"]);
	let _agent = alice.agent_of_store(&["--grants", &policy]);
	wait_for("the grant", PATIENCE, || match bob.content(&green).as_str() {
		"open" => Ok(()),
		other => Err(other.into()),
	});
	// Too strict for the rule; not in the group.
	let left = alice.json(&["requests"])["requests"].clone();
	let left: Vec<_> = left.as_array().unwrap().iter().map(|row| (&row["record"], &row["member"])).collect();
	assert_eq!(left, [(&json!(green), &json!(2)), (&json!(amber), &json!(1))]);
	assert_eq!((bob.content(&amber), charlie.content(&green)), ("closed".into(), "closed".into()));
}

#[test]
fn red_should_be_read_by_analysts_alone_and_never_leave() {
	let chain = Dev::start("red");
	let [alice, analyst, bob, reader, other] =
		chain.members(["alice", "alice/analyst", "bob", "bob/analyst", "charlie/analyst"]);
	let publish = ["publish", &chain.file(1), "--marking", "red"];
	let to = |to: &'static [&'static str]| [&publish[..], to].concat();
	analyst.refused(&to(&["--to", "Borealis"]), REFUSED, &["TLP:RED", "--to-analysts"]);
	analyst.refused(&to(&["--to-analysts", "Borealis"]), NOT_FOUND, &["no analyst of member", "keys register"]);
	// One that follows the chain since before hears of its own key.
	let follower = reader.with_store(chain.folder.join("follower"));
	let _follower = follower.start(&["sync", "--follow"]);
	wait_for("the follower's store", PATIENCE, || follower.try_run(&["records"]).map(drop));
	for person in [&analyst, &reader, &other] {
		person.ok(&["keys", "register"]);
	}
	assert_eq!(reader.json(&["keys", "show"])["chain"]["registered"], true);
	let red = analyst.publish(&to(&["--to-analysts", "Borealis"])[1..]);
	for (person, expected) in
		[(&analyst, "open"), (&reader, "open"), (&other, "closed"), (&alice, "closed"), (&bob, "closed")]
	{
		assert_eq!(person.content(&red), expected);
	}
	assert_eq!(reader.json(&["show", &red])["marking"], "red");
	wait_for("the follower to open it", PATIENCE, || {
		let shown = follower.try_run(&["--json", "show", &red])?;
		let shown: Value = serde_json::from_str(&shown).map_err(|error| error.to_string())?;
		if shown["content"] == "open" {
			Ok(())
		} else {
			Err(shown.to_string())
		}
	});
	for to_a_program in [&["show", &red, "0", "--raw"][..], &["--json", "show", &red, "0"], &["show", &red, "0"]] {
		reader.refused(to_a_program, REFUSED, &["TLP:RED", "terminal"]);
	}
	assert_eq!(reader.json(&["show", &red])["objects"], json!([]));
	assert!(reader.at_terminal(&["show", &red, "0"]).contains("198.51.100.1"));
	let out = chain.folder.path_of("out.json");
	reader.refused(&["export", "--out", &out], NOT_FOUND, &[]);
	analyst.refused(&["grant", &red, "--to", "Cobalt"], REFUSED, &["TLP:RED", "--to-analysts"]);
	analyst.ok(&["grant", &red, "--to-analysts", "Cobalt"]);
	assert_eq!((other.content(&red), bob.content(&red)), ("open".into(), "closed".into()));
	let named = || {
		let audit = bob.json(&["audit", &red]);
		audit["analysts"].as_array().unwrap().iter().map(|analyst| analyst["member"].clone()).collect::<Vec<_>>()
	};
	assert_eq!(named(), [json!(2)]);
	assert!(bob.ok(&["audit", &red]).contains("an analyst of 2 Cobalt ISAC"));
	// Whose analyst it was stays known when it is nobody's any more.
	let account = other.json(&["keys", "show"])["account"].as_str().unwrap().to_string();
	chain.member("charlie").ok(&["delegates", "remove", &account]);
	assert_eq!(named(), [json!(2)]);
}

#[test]
fn recall_should_be_acknowledged_by_agents_and_the_audit_should_tell_who_has_not() {
	let chain = Dev::start("recall");
	let [alice, bob] = chain.members(["alice", "bob"]);
	let one = chain.publish(&alice, 1, "0", "green");
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
fn who_was_removed_from_the_group_should_be_asked_and_who_came_later_should_not() {
	let chain = Dev::start("removed");
	let [alice, bob] = chain.members(["alice", "bob"]);
	let group = alice.json(&["groups", "create", "near"])["group"].to_string();
	alice.ok(&["groups", "add", &group, "bor"]);
	let one = chain.publish(&alice, 1, &group, "green");
	assert_eq!(bob.content(&one), "open");
	alice.ok(&["groups", "remove", &group, "bor"]);
	alice.ok(&["groups", "rekey", &group]);
	alice.ok(&["groups", "add", &group, "dyn"]);
	alice.ok(&["withdraw", &one, "--reason", "personal-data"]);
	let audit = || alice.json(&["audit", &one]);
	assert_eq!((audit()["pending"].clone(), audit()["became"].clone()), (json!([1]), json!({ "1": "removed" })));
	let _agent = bob.agent_of_store(&[]);
	wait_for("Bob's acknowledgement", PATIENCE, || match audit()["pending"] == json!([]) {
		true => Ok(()),
		false => Err(bob.log()),
	});
}

#[test]
fn auditor_with_a_file_of_its_own_should_read_what_its_member_reads() {
	let chain = Dev::start("auditor");
	let [alice, bob] = chain.members(["alice", "bob"]);
	let delegate_of = |controller: &Cli, file: &str| {
		let delegate = chain.member(&chain.folder.path_of(file)).with_passphrase("correct horse");
		delegate.ok(&["keys", "new"]);
		let account = delegate.json(&["keys", "show"])["account"].as_str().expect("an account").to_string();
		controller.ok(&["delegates", "add", &account, "auditor"]);
		delegate
	};
	let (auditor, stranger) = (delegate_of(&alice, "auditor.json"), delegate_of(&bob, "stranger.json"));
	let one = bob.publish(&[&chain.file(1), "--to", "Aldgate", "--marking", "amber"]);
	assert_eq!(auditor.content(&one), "closed");
	assert!(auditor.ok(&["keys", "show"]).contains("keys receive"), "it is told how to read");

	let keys = chain.folder.path_of("shared.json");
	let run = |person: &Cli, arguments: &[&str], passphrase| {
		let output = person.output_with(arguments, &[("TESTUDO_SHARE_PASSPHRASE", passphrase)]);
		let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
		let seed = hex::encode(cti_envelope::development::member_seed("alice").as_bytes());
		assert!(!said.contains(&seed), "a secret is printed");
		(output.status.code(), said)
	};
	let (code, said) = run(&alice, &["keys", "share", "--out", &keys], "battery staple");
	assert_eq!(code, Some(0), "{said}");
	let receive = ["keys", "receive", &keys];
	let (code, said) = run(&auditor, &receive, "Battery staple");
	assert!(code == Some(IDENTITY) && said.contains("wrong passphrase"), "{said}");
	let (code, said) = run(&stranger, &receive, "battery staple");
	assert!(code == Some(BAD_INPUT) && said.contains("member 0's"), "{said}");
	let (code, said) = run(&auditor, &receive, "battery staple");
	assert!(code == Some(0) && said.contains("added 1 encryption key of member 0"), "{said}");
	// What was closed opens, and so does what goes to a group of the member.
	assert_eq!(auditor.content(&one), "open");
	let group = bob.json(&["groups", "create", "near"])["group"].to_string();
	bob.ok(&["groups", "add", &group, "Aldgate"]);
	let two = chain.publish(&bob, 2, &group, "green");
	assert_eq!((auditor.content(&two), stranger.content(&two)), ("open".into(), "closed".into()));
	let (code, said) = run(&auditor, &receive, "battery staple");
	assert!(code == Some(0) && said.contains("nothing is new"), "{said}");
}

#[test]
fn what_names_the_members_own_or_goes_somewhere_new_should_be_looked_at_twice() {
	let chain = Dev::start("guard");
	let alice = chain.member("alice").cautious();
	let own = chain.folder.write("own.toml", "networks = [\"198.51.100.0/24\"]\n");
	let nothing = chain.folder.write("nothing.toml", "");
	let file = chain.file(1);
	let publish = |own| ["publish", &file, "--group", "0", "--marking", "green", "--own", own];
	let insist = |own| [&publish(own)[..], &["--yes"]].concat();
	alice.ok(&["sync"]);
	alice.refused(&publish(&nothing), REFUSED, &["group 0 was never published to before", "--yes"]);
	alice.ok(&insist(&nothing));
	// Where only what was withdrawn went, nothing was meant to go.
	alice.ok(&["withdraw", "0/0"]);
	alice.refused(&publish(&nothing), REFUSED, &["group 0 was never published to before"]);
	alice.ok(&insist(&nothing));
	alice.ok(&publish(&nothing));
	alice.refused(&publish(&own), REFUSED, &["names the network 198.51.100.0/24"]);
	let tried = alice.json(&[&publish(&own)[..], &["--dry-run"]].concat());
	assert!(tried["look_twice"][0].as_str().unwrap().contains("the network 198.51.100.0/24"), "{tried}");
	alice.ok(&insist(&own));
	// Never against a marking.
	let group = alice.json(&["groups", "create", "narrow", "--ceiling", "green"])["group"].to_string();
	let strict = ["publish", &chain.file(2), "--group", &group, "--marking", "amber", "--yes"];
	alice.refused(&strict, REFUSED, &["above-ceiling"]);
	let alone = ["publish", &chain.file(3), "--group", &group, "--marking", "green"];
	alice.refused(&alone, REFUSED, &["nobody in it but you"]);
	// Other readers do not make up for an empty group.
	for beside in [["--group", "0"], ["--to", "Borealis"]] {
		alice.refused(&[&alone[..], &beside].concat(), REFUSED, &["nobody in it but you"]);
	}
}

#[test]
fn what_the_store_knows_should_keep_from_publishing_twice_and_too_widely() {
	let chain = Dev::start("known");
	let [alice, bob] = chain.members(["alice", "bob"]);
	let one = chain.publish(&alice, 1, "0", "amber");
	let both = chain.folder.write("both.json", bundle(&indicators(1, 2)));
	let again = ["publish", &both, "--group", "0", "--marking", "amber", "--skip-known"];
	alice.refused(&again, USAGE, &["--skip-known", "testudo sync"]);
	alice.ok(&["sync"]);
	let to_one = [&again[..], &["--to", "Borealis"]].concat();
	alice.refused(&to_one, USAGE, &["--skip-known cannot tell"]);
	let made = alice.json(&again);
	assert_eq!((&made["known"], &made["records"][0]["objects"]), (&json!(1), &json!(1)));
	alice.ok(&["sync"]);
	alice.refused(&again, BAD_INPUT, &["2 objects in it are in your records"]);
	// What is withdrawn is not known any more.
	alice.ok(&["withdraw", &one]);
	alice.ok(&["sync"]);
	let anew = alice.json(&again);
	assert_eq!((&anew["known"], &anew["records"][0]["objects"]), (&json!(1), &json!(1)));

	let record = anew["records"][0]["record"].as_str().unwrap();
	assert_eq!(bob.content(record), "open");
	let wider = ["publish", &chain.file(1), "--group", "0", "--marking", "green"];
	bob.refused(&wider, REFUSED, &["wider than others gave it to you", record]);
	// Nor does it become Bob's by being written anew.
	let rewritten = indicators(1, 1)[0].replacen('{', "{ ", 1);
	let rewritten = chain.folder.write("rewritten.json", bundle(&[rewritten]));
	bob.refused(&["publish", &rewritten, "--group", "0", "--marking", "green"], REFUSED, &["wider", record]);
	let without_store = chain.member("charlie").cautious();
	without_store.refused(&wider, REFUSED, &["no local store", "testudo sync"]);
	bob.publish(&[&chain.file(1), "--group", "0", "--marking", "amber"]);
}
