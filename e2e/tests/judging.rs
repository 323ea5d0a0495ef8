//! Readers judge what they were given: verdicts, sightings, what follows from them, and what leaves the consortium with them.

use serde_json::Value;
use testudo_e2e::{medallion::python, Cli, Dev};

const USAGE: i32 = 2;
const REFUSED: i32 = 4;
const IDENTITY: i32 = 6;

fn standing(reader: &Cli, member: &str) -> Value {
	reader.json(&["standing", member])
}

#[test]
fn verdicts_of_peers_should_decide_a_record_and_go_with_its_export() {
	let chain = Dev::start("judging");
	let [alice, bob, charlie, dave] = chain.members(["alice", "bob", "charlie", "dave"]);
	let record = chain.publish(&alice, 1, "0", "green");
	assert_eq!(standing(&bob, "aldgate")["reliability"], "F");
	alice.refused(&["verdict", &record, "1"], REFUSED, &["OwnRecord"]);
	bob.refused(&["verdict", &record, "7"], USAGE, &["7"]);

	for (judge, credibility) in [(&bob, "2"), (&charlie, "4")] {
		judge.ok(&["sync"]);
		judge.ok(&["verdict", &record, credibility]);
	}
	let open = dave.json(&["credibility", &record]);
	assert_eq!((&open["outcome"], &open["pair"], &open["voters"]), (&"open".into(), &"F4".into(), &2.into()));
	assert_eq!(open["votes"][1]["credibility"], 4);
	assert!(charlie.ok(&["verdict", &record, "3"]).contains("in place of 4"));
	dave.ok(&["sync"]);
	dave.ok(&["verdict", &record, "2"]);

	let decided = bob.json(&["credibility", &record]);
	assert_eq!((&decided["outcome"], &decided["pair"]), (&"confirmed".into(), &"F2".into()));
	let scores = &decided["scores"];
	assert!(scores["indicator"].as_u64().unwrap() > 50, "{scores}");
	bob.refused(&["verdict", &record, "5"], REFUSED, &["NothingToJudge"]);
	let of_alice = standing(&bob, "aldgate");
	assert!((999_990..=1_000_000).contains(&of_alice["confirmed"].as_u64().unwrap()), "{of_alice}");
	assert_eq!(of_alice["evidence"].as_array().unwrap().len(), 2);
	assert!(bob.ok(&["standing", "aldgate"]).contains("F: 1.0 confirmed, 0.0 refuted"));
	bob.ok(&["sync"]);
	assert_eq!(bob.records()[0]["status"], "confirmed");

	exported_opinion_should_be_valid(&chain, &bob);
}

fn exported_opinion_should_be_valid(chain: &Dev, bob: &Cli) {
	let file = chain.folder.path_of("bundle.json");
	assert!(bob.ok(&["export", "--out", &file]).contains("1 opinion of the consortium's"));
	let bundle: Value = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
	let opinion = bundle["objects"].as_array().unwrap().iter().find(|object| object["type"] == "opinion").unwrap();
	assert_eq!(
		(&opinion["opinion"], &opinion["explanation"]),
		(&"agree".into(), &"F2, 1.0 confirmed, 0.0 refuted".into())
	);
	let said = std::process::Command::new(python("stix2_validator"))
		.args(["--version", "2.1", "-d", "270", &file])
		.output()
		.unwrap();
	assert!(
		said.status.success(),
		"{}{}",
		String::from_utf8_lossy(&said.stdout),
		String::from_utf8_lossy(&said.stderr)
	);
	let plain = bob.json(&["export", "--offline", "--out", &file]);
	assert_eq!(plain["exported"]["opinions"], 0);
}

#[test]
fn sightings_should_count_use_and_half_a_vote() {
	let chain = Dev::start("sighting");
	let [alice, bob, charlie] = chain.members(["alice", "bob", "charlie"]);
	let record = chain.publish(&alice, 1, "0", "green");
	bob.ok(&["sync"]);
	charlie.ok(&["sync"]);
	bob.refused(&["sight", &record, "--last", "2999-01-01T00:00:00Z"], REFUSED, &["SightingInFuture"]);
	bob.ok(&["sight", &record, "--count", "3"]);
	charlie.ok(&["sight", &record, "--false-positive"]);
	let info = alice.json(&["credibility", &record]);
	assert_eq!((&info["confirming"], &info["refuting"], &info["outcome"]), (&8.into(), &8.into(), &"open".into()));
	assert!(info["last_seen"].is_u64());
	let members = alice.json(&["reciprocity"])["members"].clone();
	assert_eq!(
		(&members[0]["given"], &members[0]["taken"], &members[0]["false_positives"]),
		(&1.into(), &0.into(), &1.into())
	);
	assert_eq!((&members[1]["given"], &members[1]["taken"]), (&0.into(), &1.into()));
	assert!(alice.ok(&["reciprocity"]).contains('█'));
}

#[test]
fn judging_should_not_give_a_hidden_reader_away_unasked() {
	let chain = Dev::start("discreet");
	let [alice, bob, charlie] = chain.members(["alice", "bob", "charlie"]);
	let record = alice.publish(&[&chain.file(1), "--to", "Borealis", "--marking", "amber"]);
	for reader in [&bob, &charlie] {
		reader.ok(&["sync"]);
	}
	bob.refused(&["verdict", &record, "2"], USAGE, &["shows to everybody that you can read it"]);
	bob.refused(&["sight", &record], USAGE, &["--yes"]);
	bob.ok(&["verdict", &record, "2", "--yes"]);
	// Who cannot open it cannot judge it, nor say that it is malformed.
	charlie.refused(&["verdict", &record, "5", "--yes"], IDENTITY, &["not sealed to it"]);
	charlie.refused(&["verdict", &record, "--malformed", "--yes"], REFUSED, &["NothingToJudge"]);
}

#[test]
fn votes_should_change_the_rules_and_pay_who_was_confirmed() {
	let chain = Dev::start("rewarded");
	let [alice, bob, charlie, dave] = chain.members(["alice", "bob", "charlie", "dave"]);
	alice.refused(&["govern", "propose", "rules", "--quorum", "30"], USAGE, &["30"]);
	alice.refused(&["govern", "propose", "rules", "--a", "700"], USAGE, &["descend"]);
	alice.refused(&["govern", "propose", "rules", "--quorum", "2"], USAGE, &["changes no rule"]);
	chain.vote(&["rules", "--quorum", "3"]);
	let record = chain.publish(&alice, 1, "0", "green");
	for judge in [&bob, &charlie] {
		judge.ok(&["sync"]);
		judge.ok(&["verdict", &record, "1"]);
	}
	// Two would have been enough before.
	assert_eq!(bob.json(&["credibility", &record])["outcome"], "open");
	dave.ok(&["sync"]);
	dave.ok(&["verdict", &record, "1"]);
	assert_eq!(bob.json(&["credibility", &record])["outcome"], "confirmed");
	alice.refused(&["govern", "propose", "reward", "0"], USAGE, &["pays nobody"]);
	// Closing says so where the call of a motion that was carried fails.
	chain.vote(&["reward", "5000000000000"]);
}
