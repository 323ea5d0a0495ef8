//! A fifth organisation is admitted by vote, reads, publishes, is expelled by vote, and is shut out; nobody administers.

use serde_json::{json, Value};
use std::time::Duration;
use testudo_e2e::{data::bundle, wait_for, Cli, Dev, PATIENCE};

/// Blocks of a second: an agent waits for 0 to 15 of them, that not all do it at once.
const SECONDS: Duration = Duration::from_secs(30);
const USAGE: i32 = 2;
const REFUSED: i32 = 4;
const BAD_INPUT: i32 = 5;
const IDENTITY: i32 = 6;

/// The first proposes, the others vote aye, the first closes.
fn decide(voters: &[&Cli], proposal: &[&str]) {
	let (first, others) = voters.split_first().expect("somebody proposes");
	let made = first.json(&[&["govern", "propose"], proposal].concat());
	let motion = made["motion"].to_string();
	for voter in others {
		voter.ok(&["govern", "vote", &motion, "aye"]);
	}
	assert_eq!(first.json(&["govern", "close", &motion])["carried"], true);
}

fn wait_for_content(member: &Cli, record: &str, expected: &str) {
	wait_for(&format!("record {record} {expected}"), PATIENCE, || match member.content(record) {
		found if found == expected => Ok(()),
		found => Err(format!("it is {found}")),
	});
}

fn is_stale(member: &Cli) -> bool {
	member.json(&["groups", "show", "0"])["stale"] == true
}

#[test]
fn fifth_organisation_should_be_admitted_publish_and_be_expelled() {
	let chain = Dev::start("governance");
	let [alice, bob, charlie, dave] = chain.members(["alice", "bob", "charlie", "dave"]);
	let eve = chain.member(&chain.folder.path_of("eve.json")).with_passphrase("correct horse");
	eve.ok(&["keys", "new"]);
	let keys = eve.json(&["keys", "show"]);
	let (account, key) = (keys["account"].as_str().unwrap(), keys["encryption_key"].as_str().unwrap());
	let _agents = [&alice, &bob].map(Cli::agent);

	// Two of four are no two thirds; one without a seat is none.
	let admit = ["admit", account, "Eastern Exchange", "--encryption-key", key];
	eve.refused(&[&["govern", "propose"], &admit[..]].concat(), IDENTITY, &["holds no seat"]);
	let motion = alice.json(&[&["govern", "propose"], &admit[..]].concat())["motion"].to_string();
	bob.ok(&["govern", "vote", &motion, "aye"]);
	alice.refused(&["govern", "close", &motion], REFUSED, &["2 of 3 ayes"]);
	let listed = bob.json(&["govern", "list"]);
	assert_eq!((listed["threshold"].clone(), listed["motions"][0]["ayes"].as_array().unwrap().len()), (3.into(), 2));
	let call = listed["motions"][0]["call"].as_str().unwrap();
	assert!(call.starts_with("Membership.admit {"), "{call}");
	charlie.ok(&["govern", "vote", &motion, "aye"]);
	assert_eq!(alice.json(&["govern", "close", &motion])["carried"], true);
	assert_eq!(alice.json(&["govern", "list"])["motions"], Value::Array(vec![]));

	// Her agent asks for the group's secret, and another's answers.
	let before = chain.publish(&alice, 1, "0", "green");
	let wait = ["publish", &chain.file(9), "--group", "0", "--marking", "green"];
	eve.cautious().refused(&wait, REFUSED, &["you hold no secret of its groups yet", "testudo agent"]);
	let looked = eve.json(&["doctor"])["findings"].to_string();
	assert!(looked.contains("holds no secret of 0"), "{looked}");
	let eves_agent = eve.agent();
	wait_for_content(&eve, &before, "open");
	let hers = chain.publish(&eve, 2, "0", "green");
	wait_for_content(&bob, &hers, "open");

	// A stolen key is replaced while her agent runs: it goes on with the new one.
	eve.ok(&["keys", "new", "--rotate"]);
	eve.ok(&["keys", "register", "--reason", "compromised"]);
	wait_for("the rekey without the stolen key", SECONDS, || match is_stale(&alice) {
		false => Ok(()),
		true => Err("group 0 is stale".into()),
	});
	let rotated = chain.publish(&alice, 5, "0", "green");
	let in_her_agents_store = eve.with_store(eve.store().with_extension("agent"));
	wait_for("her agent to open it", PATIENCE, || {
		let shown = in_her_agents_store.try_run(&["--json", "show", &rotated])?;
		if shown.contains("\"content\":\"open\"") || shown.contains("\"content\": \"open\"") {
			return Ok(());
		}
		Err(shown)
	});

	// Five seats: two thirds are four.
	decide(&[&alice, &bob, &charlie, &dave], &["expel", "Eastern"]);
	wait_for("the agents' rekey", SECONDS, || match is_stale(&alice) {
		false => Ok(()),
		true => Err("group 0 is stale".into()),
	});
	let after = chain.publish(&alice, 3, "0", "green");
	wait_for_content(&bob, &after, "open");
	drop(eves_agent);
	// Her keys open nothing new, with an old store or an empty one.
	for store in ["old", "new"] {
		let eve = match store {
			"old" => eve.clone(),
			_ => eve.with_store(chain.folder.join("eve-anew")),
		};
		assert_eq!((eve.content(&before), eve.content(&after)), ("open".into(), "closed".into()), "{store} store");
	}
	let file = chain.file(4);
	eve.refused(&["publish", &file, "--group", "0", "--marking", "green"], REFUSED, &["NotActive"]);
}

#[test]
fn lost_controller_key_should_be_replaced_by_vote_and_delegates_stay() {
	let chain = Dev::start("controller");
	let [alice, bob, charlie] = chain.members(["alice", "bob", "charlie"]);
	let new = chain.member(&chain.folder.path_of("new.json")).with_passphrase("correct horse");
	new.ok(&["keys", "new"]);
	let account = new.json(&["keys", "show"])["account"].as_str().unwrap().to_string();
	decide(&[&alice, &bob, &charlie], &["replace-controller", "Dynamo", &account]);
	assert_eq!(new.json(&["keys", "show"])["chain"]["role"], "controller");
	let dave = chain.member("dave");
	dave.refused(&["govern", "propose", "suspend", "0"], IDENTITY, &["holds no seat"]);
	new.ok(&["delegates", "remove", analyst_of(&new).as_str()]);
	let analyst = chain.member("dave/analyst");
	let file = chain.file(1);
	analyst.refused(&["publish", &file, "--group", "0", "--marking", "green"], IDENTITY, &["acts for no member"]);
}

#[test]
fn member_should_leave_by_itself_for_good() {
	let chain = Dev::start("leave");
	let [alice, bob, dave] = chain.members(["alice", "bob", "dave"]);
	let before = chain.publish(&alice, 1, "0", "green");
	assert_eq!(dave.content(&before), "open");
	dave.ok(&["verdict", &before, "3"]);

	dave.refused(&["leave"], USAGE, &["for good", "--yes"]);
	chain.member("dave/analyst").refused(&["leave", "--yes"], IDENTITY, &["controller"]);
	assert_eq!(dave.json(&["leave", "--yes"]), json!({ "member": 3, "left": true }));
	assert_eq!(alice.json(&["members"])["members"][3]["standing"], "left");
	assert!(is_stale(&alice));

	alice.ok(&["groups", "rekey", "0"]);
	let after = chain.publish(&alice, 2, "0", "green");
	assert_eq!((bob.content(&after), dave.content(&after)), ("open".into(), "closed".into()));
	let file = chain.file(3);
	dave.refused(&["publish", &file, "--group", "0", "--marking", "green"], REFUSED, &["member 3 left"]);
	dave.refused(&["govern", "propose", "suspend", "0"], IDENTITY, &["holds no seat"]);

	// What would fail after the vote is not put to it.
	let bobs = bob.json(&["keys", "show"])["account"].as_str().unwrap().to_string();
	alice.refused(&["govern", "propose", "admit", &bobs, "Dynamo Energy"], USAGE, &["acts for member 1 already"]);
	// It comes back under another number, and its vote is still its one.
	let back = chain.member(&chain.folder.path_of("back.json")).with_passphrase("correct horse");
	back.ok(&["keys", "new"]);
	let account = back.json(&["keys", "show"])["account"].as_str().unwrap().to_string();
	decide(&[&alice, &bob], &["admit", &account, "Dynamo Energy", "--former", "Dynamo"]);
	assert_eq!(back.json(&["verdict", &before, "4", "--yes"])["earlier"], 3);
	let votes = &alice.json(&["credibility", &before])["votes"];
	assert_eq!((votes.as_array().unwrap().len(), &votes[0]["credibility"]), (1, &json!(4)));
}

#[test]
fn motion_that_new_seats_made_short_should_be_closed_on_insistence_and_any_be_taken_down_by_vote() {
	let chain = Dev::start("short-motion");
	let [alice, bob, charlie, dave] = chain.members(["alice", "bob", "charlie", "dave"]);
	let eve = chain.member(&chain.folder.path_of("eve.json")).with_passphrase("correct horse");
	eve.ok(&["keys", "new"]);
	let account = eve.json(&["keys", "show"])["account"].as_str().unwrap().to_string();
	let open = || alice.json(&["govern", "list"])["motions"].as_array().unwrap().len();

	let motion = alice.json(&["govern", "propose", "suspend", "Dynamo"])["motion"].to_string();
	for voter in [&bob, &charlie] {
		voter.ok(&["govern", "vote", &motion, "aye"]);
	}
	// With the fifth seat two thirds are four.
	decide(&[&alice, &bob, &charlie], &["admit", &account, "Eastern Exchange"]);
	alice.refused(&["govern", "close", &motion], REFUSED, &["TwoThirds", "--yes"]);
	assert_eq!(open(), 1);
	alice.refused(&["govern", "close", &motion, "--yes"], REFUSED, &["was carried, and its call failed"]);
	assert_eq!(open(), 0);
	assert_eq!(alice.json(&["members"])["members"][3]["standing"], "active");

	let unwanted = bob.json(&["govern", "propose", "expel", "Dynamo"])["motion"].to_string();
	decide(&[&alice, &bob, &charlie, &dave], &["drop", &unwanted]);
	assert_eq!(open(), 0);
}

#[test]
fn owner_should_change_what_its_group_takes_and_nothing_else_of_its_policy() {
	let chain = Dev::start("group-policy");
	let [alice, bob] = chain.members(["alice", "bob"]);
	let created = alice.json(&["groups", "create", "near", "--ceiling", "green", "--history"]);
	let group = created["group"].to_string();
	let policy = |options: &[&'static str]| -> Vec<String> {
		["groups", "policy", &group].iter().chain(options).map(ToString::to_string).collect()
	};
	let refused = |member: &Cli, options: &[&'static str], code: i32, words: &[&str]| {
		let arguments = policy(options);
		member.refused(&arguments.iter().map(String::as_str).collect::<Vec<_>>(), code, words);
	};
	let file = chain.file(1);
	let amber = ["publish", &file, "--group", &group, "--marking", "amber"];
	alice.refused(&amber, REFUSED, &["above-ceiling"]);

	refused(&bob, &["--ceiling", "amber"], REFUSED, &["NotOwner"]);
	refused(&alice, &["--ceiling", "green", "--history", "true"], USAGE, &["changes nothing"]);
	alice.refused(&["groups", "policy", "0", "--ceiling", "clear"], USAGE, &["consortium"]);
	let set = policy(&["--ceiling", "amber", "--techniques-required", "true"]);
	let set = alice.json(&set.iter().map(String::as_str).collect::<Vec<_>>());
	let expected = json!({
		"ceiling": "amber",
		"techniques_required": true,
		"pass_on_to_clients": false,
		"history": true,
		"drop_box": false,
		"min_reliability": null,
		"min_reciprocity": null,
		"require": [],
		"warning_lists": false,
	});
	assert_eq!((&set["policy"], &alice.json(&["groups", "show", &group])["policy"]), (&expected, &expected));
	alice.refused(&amber, REFUSED, &["TechniquesRequired"]);
	alice.ok(&["groups", "policy", &group, "--techniques-required", "false", "--min-reliability", "c"]);
	alice.refused(&amber, REFUSED, &["BelowReliability", "asks for a reliability of C"]);
	alice.ok(&["groups", "policy", &group, "--min-reliability", "none", "--min-reciprocity", "1.5"]);
	assert!(alice.ok(&["groups", "show", &group]).contains("at least 1.5"));
	alice.refused(&["groups", "add", &group, "cobalt"], REFUSED, &["BelowReciprocity"]);
	alice.ok(&amber);
}

fn analyst_of(controller: &Cli) -> String {
	let listed = controller.json(&["delegates"]);
	let accounts = listed["accounts"].as_array().unwrap();
	let analyst = accounts.iter().find(|account| account["role"] == "analyst").expect("there is an analyst");
	analyst["account"].as_str().unwrap().into()
}

/// A catalogue of one technique more than the chain's, as ATT&CK 99.0.
fn small_catalogue() -> String {
	let kill_chain = r#"[{"kill_chain_name":"mitre-ics-attack","phase_name":"impact"}]"#;
	let identified = |kind: &str, n: u32, id: &str, more: &str| {
		format!(
			r#"{{"type":"{kind}","spec_version":"2.1","id":"{kind}--0000000{n}-0000-4000-8000-000000000000","created":"2026-01-01T00:00:00Z",
			"modified":"2026-01-01T00:00:00Z","name":"{id}","x_mitre_domains":["ics-attack"],{more}
			"external_references":[{{"source_name":"mitre-attack","external_id":"{id}"}}]}}"#
		)
	};
	let tactic = identified("x-mitre-tactic", 1, "TA0105", r#""x_mitre_shortname":"impact","#);
	let technique = identified("attack-pattern", 2, "T0999", &format!(r#""kill_chain_phases":{kill_chain},"#));
	let matrix = identified(
		"x-mitre-matrix",
		3,
		"ics-attack",
		r#""tactic_refs":["x-mitre-tactic--00000001-0000-4000-8000-000000000000"],"#,
	);
	bundle(&[tactic, technique, matrix])
}

#[test]
fn catalogue_should_be_imported_by_vote_and_brought_by_anybody() {
	let chain = Dev::start("import");
	let [alice, bob, charlie] = chain.members(["alice", "bob", "charlie"]);
	let file = chain.folder.write("ics.json", small_catalogue());
	let import = ["import", &file, "--version", "99.0"];
	bob.refused(&["attack", "bring", &file, "--version", "99.0"], REFUSED, &["import_page"]);
	decide(&[&alice, &bob, &charlie], &import);
	assert_eq!(bob.json(&["attack", "bring", &file, "--version", "99.0"])["techniques"], 1);
	let tagged = chain.file(1);
	let publish = |technique| ["publish", &tagged, "--group", "0", "--marking", "green", "--technique", technique];
	alice.ok(&publish("T0999"));
	alice.refused(&publish("T0800"), 7, &["T0800"]);
}

#[test]
fn motion_that_cannot_be_done_should_say_why_and_a_fourth_one_should_be_explained() {
	let chain = Dev::start("motions");
	let [alice, bob, charlie] = chain.members(["alice", "bob", "charlie"]);
	let propose = |arguments: &[&str]| alice.json(&[&["govern", "propose"], arguments].concat())["motion"].to_string();
	// Dynamo is active: there is nothing to reinstate.
	let motion = propose(&["reinstate", "Dynamo"]);
	for voter in [&bob, &charlie] {
		voter.ok(&["govern", "vote", &motion, "aye"]);
	}
	let told = alice.refused(
		&["govern", "close", &motion],
		REFUSED,
		&["Membership.WrongStanding", "was carried, and its call failed"],
	);
	assert!(!told.contains("index"), "{told}");
	for member in ["1", "2", "3"] {
		propose(&["suspend", member]);
	}
	alice.refused(&["govern", "propose", "expel", "3"], REFUSED, &["at most 3 open motions", "propose drop"]);
	let account = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";
	alice.refused(&["govern", "propose", "admit", account, ""], USAGE, &["not empty"]);
	let file = chain.file(1);
	alice.refused(&["govern", "propose", "upgrade", &file], BAD_INPUT, &["neither Wasm"]);
	let auditor = chain.member("alice/auditor");
	auditor.refused(&["groups", "create", "x"], IDENTITY, &["as Auditor", "only a controller"]);
	auditor.refused(&["collators", "bond"], IDENTITY, &["only a controller"]);
}

#[test]
fn code_that_is_no_later_version_should_be_said_to_be_refused() {
	let chain = Dev::start("upgrade");
	let [alice, bob, charlie, dave] = chain.members(["alice", "bob", "charlie", "dave"]);
	let file = chain.folder.write("same.wasm", chain.node.runtime_blob());
	dave.refused(&["govern", "apply-upgrade", &file], REFUSED, &["NothingAuthorized"]);
	decide(&[&alice, &bob, &charlie], &["upgrade", &file]);
	dave.refused(&["govern", "apply-upgrade", &file], REFUSED, &["no later version", "propose upgrade"]);
	dave.refused(&["govern", "apply-upgrade", &file], REFUSED, &["NothingAuthorized"]);
}

#[test]
fn rhythm_should_be_decided_for_the_next_session_if_it_is_possible_and_another_one() {
	let chain = Dev::start("rhythm");
	let [alice, bob, charlie] = chain.members(["alice", "bob", "charlie"]);
	let propose = ["govern", "propose", "rhythm"];
	alice.refused(&propose, USAGE, &["1 blocks in a slot and 3600 slots in a session are so already"]);
	let impossible = [&propose[..], &["--blocks-per-slot", "5"]].concat();
	alice.refused(&impossible, USAGE, &["1, 2, 3, 4, 6 or 12 blocks"]);
	decide(&[&alice, &bob, &charlie], &["rhythm", "--blocks-per-slot", "12", "--session-slots", "4"]);
	let rate = chain.node.rpc("state_call", json!(["TargetBlockRate_target_block_rate", "0x"]));
	assert_eq!(rate, "0x01000000", "the session goes on as it began");
}
