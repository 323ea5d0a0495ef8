//! The main job: Alice's node pulls her feed, checks, encrypts and publishes it; Bob syncs, decrypts and uses it.
//!
//! All tests look at one chain, onto which a real TAXII server's reports were published. Bob's store is as his first sync
//! left it; tests that bring in more do so into stores of their own.

use cti_envelope::{development, open, parse, Recipient, Seed};
use cti_primitives::{Epoch, GroupId};
use serde_json::{value::RawValue, Value};
use std::{fs, process::Command, sync::LazyLock};
use testudo_e2e::{
	data::{assert_same, bundle, indicators, objects},
	feed,
	medallion::{python, Medallion, PASSWORD},
	scan::Scanner,
	wait_for, Cli, Folder, Node, PATIENCE,
};

struct Journey {
	folder: Folder,
	node: Node,
	alice: Cli,
	bob: Cli,
	_server: Medallion,
	/// What the TAXII server serves, byte for byte.
	source: Vec<Box<RawValue>>,
}

static JOURNEY: LazyLock<Journey> = LazyLock::new(|| {
	let folder = Folder::new("journey");
	let server = Medallion::start(&folder.join("taxii"));
	let node = Node::start(&folder.join("node"), &["--sealing", "500"]);
	let (alice, bob) = (Cli::new(&node, "alice", &folder), Cli::new(&node, "bob", &folder));
	server.feed().apply(&alice, &folder);
	wait_for("all objects at Bob", PATIENCE, || {
		bob.try_run(&["sync"])?;
		match bob.objects() {
			count if count >= server.objects as u64 => Ok(()),
			count => Err(format!("{count} of {}; status {}", server.objects, feed::status(&alice))),
		}
	});
	let source = server.served();
	assert_eq!(source.len(), server.objects);
	Journey { folder, node, alice, bob, _server: server, source }
});

/// All objects that a store may hand to its own staff, byte for byte.
fn exported(reader: &Cli) -> Vec<Box<RawValue>> {
	objects(reader.ok(&["export", "--out", "-"]).as_bytes())
}

/// An object of the source of that type.
fn find(source: &[Box<RawValue>], kind: &str) -> (String, Value) {
	let mut parsed =
		source.iter().map(|raw| (raw.get().to_string(), serde_json::from_str::<Value>(raw.get()).unwrap()));
	parsed.find(|(_, object)| object["type"] == kind).expect("the reports hold one")
}

/// The record that carries an object.
fn record_of(reader: &Cli, id: &Value) -> String {
	let carries = |record: &&Value| {
		let shown = reader.json(&["show", record["record"].as_str().unwrap()]);
		shown["objects"].as_array().unwrap().iter().any(|object| object["id"] == *id)
	};
	let records = reader.records();
	records.iter().find(carries).expect("a record carries it")["record"].as_str().unwrap().into()
}

#[test]
fn bob_should_hold_every_object_once_and_byte_for_byte() {
	let Journey { bob, source, .. } = &*JOURNEY;
	assert_same(&exported(bob), source);
	assert_eq!(bob.objects(), source.len() as u64, "no record should carry an object that another carries");
}

#[test]
fn records_should_name_author_marking_objects_and_techniques() {
	let Journey { bob, .. } = &*JOURNEY;
	for record in bob.records() {
		assert_eq!(record["author_name"], "Aldgate Bank");
		assert_eq!(record["marking"], "green");
		assert_eq!(record["content"], "open");
		assert_eq!(record["status"], "open");
	}
	let table = bob.ok(&["records"]);
	for word in ["Aldgate Bank", "GREEN", "T1003.001 OS Credential Dumping: LSASS Memory", "more"] {
		assert!(table.contains(word), "{word:?} should be in:\n{table}");
	}
	let matching = bob.json(&["records", "--technique", "T1550.002", "--author", "aldgate"]);
	assert_eq!(matching["records"].as_array().unwrap().len(), 1);
	assert_eq!(bob.json(&["records", "--technique", "T1059.010"])["records"], Value::Array(vec![]));
}

#[test]
fn feed_status_should_count_what_was_fetched_and_published() {
	let Journey { alice, source, .. } = &*JOURNEY;
	let status = wait_for("the worker's last count", PATIENCE, || {
		let status = feed::status(alice);
		let is_done = status["waiting"] == 0 && status["published"] == source.len();
		if is_done {
			Ok(status)
		} else {
			Err(status.to_string())
		}
	});
	assert_eq!(status["fetched"], source.len());
	assert_eq!(status["refused"], serde_json::json!({}));
	assert_eq!(status["last_error"], Value::Null);
}

#[test]
fn show_should_give_one_object_in_full_and_raw() {
	let Journey { bob, source, .. } = &*JOURNEY;
	let (raw, object) = find(source, "campaign");
	let record = record_of(bob, &object["id"]);
	let id = object["id"].as_str().unwrap();
	assert_eq!(bob.ok(&["show", &record, id, "--raw"]), raw);
	let shown = bob.ok(&["show", &record, id]);
	for word in [object["name"].as_str().unwrap(), "Aldgate Bank", "GREEN", id] {
		assert!(shown.contains(word), "{word:?} should be in:\n{shown}");
	}
}

#[test]
fn proof_should_convince_who_holds_no_store_and_fail_when_tampered_with() {
	let Journey { folder, node, bob, source, .. } = &*JOURNEY;
	let (raw, object) = find(source, "threat-actor");
	let (id, name) = (object["id"].as_str().unwrap(), object["name"].as_str().unwrap());
	let record = record_of(bob, &object["id"]);
	let file = folder.path_of("proof.json");
	bob.ok(&["prove", &record, id, "--out", &file]);

	let judge = Cli::new(node, "dave", &folder.join("judge"));
	let said = judge.json(&["verify", &file]);
	assert_eq!(
		(&said["verified"], &said["object"], &said["record"]),
		(&true.into(), &object["id"], &record.clone().into())
	);
	let proof: Value = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
	assert_eq!(proof["object"], raw);
	assert!(!judge.store().exists(), "verifying needs no store");

	let other = source.iter().map(|raw| raw.get()).find(|other| *other != raw).unwrap();
	let forgeries = [
		("object", Value::from(raw.replace(name, "Somebody Else"))),
		("object", Value::from(other)),
		("index", Value::from(proof["index"].as_u64().unwrap() ^ 1)),
		("record", Value::from("1/0")),
		("leaves", Value::from(proof["leaves"].as_u64().unwrap() * 2)),
		("objects_root", Value::from("00".repeat(32))),
		("envelope", Value::from("00".repeat(32))),
		("genesis", Value::from("00".repeat(32))),
		("marking", Value::from("clear")),
	];
	for (field, value) in forgeries {
		let mut forged = proof.clone();
		assert_ne!(forged[field], value);
		forged[field] = value;
		let file = folder.write("forged.json", forged.to_string());
		let code = if field == "record" { 7 } else { 8 };
		judge.refused(&["verify", &file], code, &[]);
	}
}

#[test]
fn export_should_be_a_valid_stix_bundle() {
	let Journey { folder, bob, source, .. } = &*JOURNEY;
	let file = folder.path_of("export.json");
	let said = bob.json(&["export", "--out", &file]);
	assert_eq!(said["exported"]["objects"], source.len());
	// 270: does not ask the network for media types and the like.
	let checked = Command::new(python("stix2_validator")).args(["--version", "2.1", "-d", "270"]).arg(&file).output();
	let checked = checked.expect("stix2_validator starts");
	let said = String::from_utf8_lossy(&checked.stdout);
	assert!(checked.status.success() && said.contains("STIX JSON: Valid"), "{said}");
}

#[test]
fn export_should_hold_nothing_that_its_markings_forbid() {
	let Journey { bob, .. } = &*JOURNEY;
	let complaint = bob.refused(&["export", "--out", "-", "--for", "anyone"], 7, &["nothing to export"]);
	assert!(complaint.contains("withheld"), "{complaint}");
}

#[test]
fn every_member_of_the_group_should_read_it() {
	let Journey { folder, node, source, .. } = &*JOURNEY;
	let charlie = Cli::new(node, "charlie", folder);
	charlie.ok(&["sync"]);
	let of_the_feed: Vec<_> = exported(&charlie).into_iter().filter(|raw| !raw.get().contains("198.51.100.")).collect();
	assert_same(&of_the_feed, source);
}

#[test]
fn outsider_should_read_nothing() {
	let Journey { folder, node, .. } = &*JOURNEY;
	let eve = Cli::new(node, &folder.path_of("eve.json"), folder).with_passphrase("correct horse");
	eve.ok(&["keys", "new"]);
	assert_eq!(eve.json(&["keys", "show"])["chain"]["member"], Value::Null);
	eve.refused(&["sync"], 6, &["acts for no member"]);
}

#[test]
fn envelopes_should_open_with_the_groups_key_and_with_no_other() {
	let Journey { node, .. } = &*JOURNEY;
	let envelopes = node.envelopes();
	let genesis = parse(&envelopes[0]).expect("an envelope is found whole").header.genesis;
	let opened = |seed: &Seed| {
		let recipient = Recipient::Group { group: GroupId(0), epoch: Epoch(0), seed };
		envelopes.iter().filter(|envelope| open(envelope, &recipient).is_ok()).count()
	};
	let of_group = development::epoch_secret().kem_seed(&genesis, GroupId(0), Epoch(0));
	assert!(
		envelopes.len() > 1 && opened(&of_group) == envelopes.len(),
		"{} of {}",
		opened(&of_group),
		envelopes.len()
	);
	let others = ["alice", "bob", "eve"].map(development::member_seed);
	let derived = development::epoch_secret().kem_seed(&genesis, GroupId(0), Epoch(1));
	for other in others.iter().chain([&derived, &Seed::new([0; 32])]) {
		assert_eq!(opened(other), 0);
	}
}

#[test]
fn withdrawn_record_should_disappear_at_the_next_sync() {
	let Journey { folder, node, alice, .. } = &*JOURNEY;
	let made = indicators(9_000, 3);
	let file = folder.write("withdrawn.json", bundle(&made));
	let published = alice.json(&["publish", &file, "--group", "0", "--marking", "green"]);
	let record = published["records"][0]["record"].as_str().unwrap().to_string();
	let reader = Cli::new(node, "bob", &folder.join("second"));
	reader.ok(&["sync"]);
	assert_eq!(reader.json(&["show", &record])["objects"].as_array().unwrap().len(), 3);

	reader.refused(&["withdraw", &record], 6, &["not by member 1"]);
	alice.ok(&["withdraw", &record, "--reason", "incorrect"]);
	assert_eq!(reader.json(&["sync"])["new"]["withdrawn"], 1);
	let shown = reader.json(&["show", &record]);
	assert_eq!((&shown["status"], &shown["objects"]), (&"withdrawn".into(), &Value::Array(vec![])));
	let ids: Vec<String> = (9_000..9_003).map(|n| format!("indicator--{n:08x}-")).collect();
	assert!(!exported(&reader).iter().any(|raw| ids.iter().any(|id| raw.get().contains(id))));
	// Deleted means overwritten.
	Scanner::new(ids.iter().map(String::as_str)).assert_absent_under(reader.store());
}

#[test]
fn chain_database_and_log_should_hold_no_plaintext() {
	let Journey { node, source, .. } = &*JOURNEY;
	let parsed: Vec<Value> = source.iter().map(|raw| serde_json::from_str(raw.get()).unwrap()).collect();
	// Techniques' names are public: the catalogue on chain has them.
	let is_secret = |object: &&Value| object["type"] != "attack-pattern";
	let names = parsed.iter().filter(is_secret).filter_map(|object| object["name"].as_str());
	let words: Vec<&str> =
		parsed.iter().map(|object| object["id"].as_str().unwrap()).chain(names.filter(|name| name.len() > 7)).collect();
	assert!(words.len() > source.len() + 50);

	let scanner = Scanner::new(words.iter().copied());
	// The database compresses what can be compressed, so blocks and state are looked at as they are, too.
	for bytes in node.extrinsics().into_iter().chain(node.state()).chain([node.log().into_bytes()]) {
		assert_eq!(scanner.find(&bytes), None, "plaintext on chain or in the log");
	}
	assert!(scanner.assert_absent_under(&node.database()) > 1_000_000);
}

#[test]
fn password_of_the_feed_should_be_on_no_chain_and_in_no_log() {
	let Journey { node, alice, .. } = &*JOURNEY;
	let said = alice.ok(&["feeds", "status"]) + &alice.ok(&["feeds", "list"]) + &node.log();
	let scanner = Scanner::new([PASSWORD]);
	for bytes in node.extrinsics().into_iter().chain(node.state()).chain([said.into_bytes()]) {
		assert_eq!(scanner.find(&bytes), None);
	}
}
