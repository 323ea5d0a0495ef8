//! The ATT&CK catalogue of a running chain: another version by a vote on page hashes, and what records mean after it.

use flate2::read::GzDecoder;
use serde_json::{json, Value};
use std::{
	env,
	fs::File,
	io::{stderr, Read, Write},
	path::PathBuf,
};
use testudo_e2e::{checkout, Cli, Dev};

const REFUSED: i32 = 4;
const BAD_INPUT: i32 = 5;
const NOT_FOUND: i32 = 7;

/// MITRE's file, if it is at hand.
fn data(name: &str) -> Option<PathBuf> {
	let beside = || checkout().join("../shared/data");
	let path = env::var_os("TESTUDO_DATA").map_or_else(beside, PathBuf::from).join(name);
	if !path.exists() {
		// Past the test harness, which shows what a test prints only if it fails.
		let _ = writeln!(stderr(), "skipped: {} is not here", path.display());
	}
	path.exists().then_some(path)
}

/// The bundle as it might be one day: one technique revoked in favour of another, one deprecated.
fn later(path: &PathBuf, revoked: &str, successor: &str, deprecated: &str) -> String {
	let mut text = String::new();
	GzDecoder::new(File::open(path).unwrap()).read_to_string(&mut text).unwrap();
	let mut bundle: Value = serde_json::from_str(&text).unwrap();
	let objects = bundle["objects"].as_array_mut().unwrap();
	let place = |objects: &[Value], id: &str| {
		objects
			.iter()
			.position(|one| one["type"] == "attack-pattern" && one["external_references"][0]["external_id"] == id)
			.unwrap()
	};
	let (from, to, old) = (place(objects, revoked), place(objects, successor), place(objects, deprecated));
	objects[from]["revoked"] = json!(true);
	objects[old]["x_mitre_deprecated"] = json!(true);
	let (from, to) = (objects[from]["id"].clone(), objects[to]["id"].clone());
	objects.retain(|one| {
		!(one["type"] == "relationship" && one["relationship_type"] == "subtechnique-of" && one["source_ref"] == from)
	});
	objects.push(json!({
		"type": "relationship", "spec_version": "2.1", "id": "relationship--00000001-0000-4000-8000-000000000001",
		"created": "2026-01-01T00:00:00.000Z", "modified": "2026-01-01T00:00:00.000Z",
		"relationship_type": "revoked-by", "source_ref": from, "target_ref": to,
	}));
	bundle.to_string()
}

fn import(chain: &Dev, file: &str, version: &str) {
	chain.vote(&["import", file, "--version", version]);
}

fn name(reader: &Cli, record: &str, technique: &str) -> String {
	let shown = reader.json(&["show", record]);
	let all = shown["techniques"].as_array().unwrap();
	all.iter().find(|one| one["id"] == technique).unwrap_or_else(|| panic!("{shown}"))["name"].as_str().unwrap().into()
}

/// The records that the picture has under a technique.
fn covered(reader: &Cli, technique: &str) -> usize {
	let coverage = reader.json(&["attack", "coverage"]);
	let tactics = coverage["tactics"].as_array().unwrap().iter();
	let cells = tactics.flat_map(|tactic| tactic["covered"].as_array().unwrap());
	cells
		.filter(|cell| cell["technique"] == technique)
		.map(|cell| cell["records"].as_array().unwrap().len())
		.max()
		.unwrap_or(0)
}

#[test]
fn upgrade_should_bring_new_and_renamed_techniques_and_keep_what_records_mean() {
	let (Some(old), Some(new)) =
		(data("attack-enterprise-techniques-17.1.json.gz"), data("attack-enterprise-18.1.json.gz"))
	else {
		return;
	};
	let chain = Dev::start("catalogue");
	let [alice, bob] = chain.members(["alice", "bob"]);
	let (old, newer) = (old.to_str().unwrap().to_string(), new.to_str().unwrap().to_string());
	let publish = |number: usize, technique: &str| {
		alice.publish(&[&chain.file(number), "--group", "0", "--marking", "green", "--technique", technique])
	};
	let reader = |name: &str| {
		let reader = bob.with_store(chain.folder.join(name));
		reader.ok(&["sync"]);
		reader
	};

	import(&chain, &old, "17.1");
	// Nobody brings what was not voted for, nor votes for a second one meanwhile.
	bob.refused(
		&["attack", "bring", &newer, "--version", "18.1"],
		BAD_INPUT,
		&["not the catalogue that the consortium voted for"],
	);
	let motion = alice.json(&["govern", "propose", "import", &newer, "--version", "18.1"])["motion"].to_string();
	for voter in chain.members(["bob", "charlie"]) {
		voter.ok(&["govern", "vote", &motion, "aye"]);
	}
	alice.refused(&["govern", "close", &motion], REFUSED, &["AttckTaxonomy"]);
	// An import can be given up, and voted for again.
	chain.vote(&["abort-import", "enterprise"]);
	bob.refused(&["attack", "bring", &old, "--version", "17.1"], REFUSED, &["AttckTaxonomy"]);
	import(&chain, &old, "17.1");
	assert_eq!(bob.json(&["attack", "bring", &old, "--version", "17.1"])["techniques"], 823);
	let record = publish(1, "T1552.003");
	assert_eq!(name(&reader("old"), &record, "T1552.003"), "Unsecured Credentials: Bash History");
	let unknown = ["publish", &chain.file(2), "--group", "0", "--marking", "green", "--technique", "T1204.005"];
	alice.refused(&unknown, NOT_FOUND, &["T1204.005", "not in the ATT&CK catalogue"]);

	import(&chain, &newer, "18.1");
	assert_eq!(bob.json(&["attack", "bring", &newer, "--version", "18.1"])["techniques"], 835);
	publish(2, "T1204.005");
	assert_eq!(name(&reader("new"), &record, "T1552.003"), "Unsecured Credentials: Shell History");
	let other = publish(3, "T1497.003");
	assert_eq!((covered(&reader("new"), "T1552.003"), covered(&reader("new"), "T1497.003")), (1, 1));

	let later = chain.folder.write("later.json", later(&new, "T1552.003", "T1552.004", "T1497.003"));
	import(&chain, &later, "19.0");
	bob.ok(&["attack", "bring", &later, "--version", "19.0"]);
	let reader = reader("new");
	assert_eq!((covered(&reader, "T1552.003"), covered(&reader, "T1552.004")), (0, 1), "it means its successor now");
	let coverage = reader.json(&["attack", "coverage"]);
	assert_eq!(coverage["elsewhere"][0]["technique"], "T1497.003", "what is deprecated has no place in the matrix");
	assert_eq!(coverage["elsewhere"][0]["records"], json!([other]));
	assert_eq!(coverage["version"], "19.0");
	// What the chain knows by a name, old or new.
	assert_eq!(reader.json(&["records", "--technique", "T1552.003"])["records"][0]["record"], record.as_str());
}
