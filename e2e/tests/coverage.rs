//! The consortium's picture of ATT&CK, and what it knows of a value, on the real node.

use serde_json::Value;
use std::fs;
use testudo_e2e::{
	data::{bundle, report},
	Dev,
};

#[test]
fn coverage_layer_and_lookup_should_tell_what_records_say() {
	let chain = Dev::start("coverage");
	let [alice, bob] = chain.members(["alice", "bob"]);
	let ivy: Vec<String> = report("poisonivy.json").iter().map(|object| object.get().to_string()).collect();
	let ivy = chain.folder.write("poisonivy.json", bundle(&ivy));
	let record = alice.publish(&[&ivy, "--group", "0", "--marking", "green", "--technique", "T1059.001"]);
	bob.ok(&["sync"]);

	let coverage = bob.json(&["attack", "coverage"]);
	let tactics = coverage["tactics"].as_array().unwrap();
	assert_eq!((tactics.len(), tactics[0]["tactic"].as_str()), (14, Some("reconnaissance")));
	let covered = |name: &str| {
		let tactic = tactics.iter().find(|tactic| tactic["tactic"] == name).unwrap();
		tactic["covered"].as_array().unwrap().iter().map(|one| one["technique"].clone()).collect::<Vec<Value>>()
	};
	assert!(covered("execution").contains(&"T1059.001".into()), "{coverage}");
	let none = |arguments: &[&str]| bob.json(&[&["attack", "coverage"], arguments].concat())["records"] == 0;
	assert!(none(&["--group", "7"]) && none(&["--since", "2100-01-01"]) && none(&["--min-credibility", "5"]));
	assert!(none(&["--domain", "mobile"]) && none(&["--for", "anyone"]) && !none(&["--group", "0"]));
	assert!(!none(&["--since", "2020-01-01"]) && !none(&["--domain", "enterprise"]));
	assert!(bob.ok(&["attack", "coverage"]).contains("T1059.001 PowerShell"));

	let (layer, svg) = (chain.folder.path_of("layer.json"), chain.folder.path_of("matrix.svg"));
	bob.ok(&["attack", "layer", "--out", &layer, "--svg", &svg]);
	let layer: Value = serde_json::from_str(&fs::read_to_string(layer).unwrap()).unwrap();
	let found = layer["techniques"].as_array().unwrap().iter().find(|one| one["techniqueID"] == "T1059.001").unwrap();
	assert_eq!((&found["tactic"], &found["score"]), (&"execution".into(), &1.into()));
	assert!(fs::read_to_string(svg).unwrap().contains("T1059.001 · 1"));

	let known = bob.json(&["lookup", "219[.]76[.]208[.]163"]);
	let matches = known["matches"].as_array().unwrap();
	assert!(!matches.is_empty() && matches.iter().all(|one| one["record"] == record.as_str()), "{known}");
	assert_eq!(matches[0]["match"], "same");
	assert!(matches.iter().any(|one| !one["related"].as_array().unwrap().is_empty()), "{known}");
	assert_eq!(bob.json(&["lookup", "unknown.example"])["matches"], Value::Array(Vec::new()));
	bob.refused(&["lookup", "..."], 2, &["no value to look up"]);
	alice.ok(&["withdraw", &record]);
	bob.ok(&["sync"]);
	assert_eq!(bob.json(&["lookup", "219.76.208.163"])["matches"], Value::Array(Vec::new()));
}
