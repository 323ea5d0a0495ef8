//! Real threat data, and made-up data of a given size.

use crate::checkout;
use flate2::read::GzDecoder;
use serde_json::value::RawValue;
use std::{
	env,
	fs::{self, File},
	io::{stderr, Read, Write},
	path::PathBuf,
};

/// Copies of the two reports that are as large as Enterprise ATT&CK, about: 34 MB, five full blocks of pages. Tests that stop a node
/// in the middle need a middle.
const COPIES: u32 = 240;

/// A bundle of some 25,000 objects or more of real threat data: Enterprise ATT&CK as its file has it, or, where that is not in the
/// data folder beside the checkout (or in the one that `TESTUDO_DATA` names), two reports many times over. Says on
/// standard error which.
pub fn threat_data() -> Vec<u8> {
	let beside = || checkout().join("../shared/data");
	let folder = env::var_os("TESTUDO_DATA").map_or_else(beside, PathBuf::from);
	let path = folder.join("attack-enterprise-18.1.json.gz");
	// Past the test harness, which shows what a test prints only if it fails.
	let say = |what: &str| drop(writeln!(stderr(), "threat data: {what}"));
	let Ok(file) = File::open(&path) else {
		say(&format!("{COPIES} copies of two reports of stix2-validator, as {} is absent", path.display()));
		return bundle(&copies(&reports(), COPIES)).into_bytes();
	};
	say(&path.display().to_string());
	let mut bytes = Vec::new();
	GzDecoder::new(file).read_to_end(&mut bytes).expect("the bundle is a gzip file");
	bytes
}

/// The reports on APT1 and on Poison Ivy.
fn reports() -> Vec<Box<RawValue>> {
	["apt1.json", "poisonivy.json"].into_iter().flat_map(report).collect()
}

/// The objects of a report that comes with the Python package stix2-validator.
pub fn report(name: &str) -> Vec<Box<RawValue>> {
	let folder = python_package("stix2validator/schemas-2.1/examples/threat-reports");
	objects(&fs::read(folder.join(name)).expect("the package has its reports"))
}

/// A file of MISP's warning lists, as the Python package pymispwarninglists brings it.
pub fn warning_list(name: &str) -> PathBuf {
	python_package("pymispwarninglists/data/misp-warninglists/lists").join(name).join("list.json")
}

/// A folder in the Python environment that `scripts/setup` makes.
fn python_package(path: &str) -> PathBuf {
	let home = PathBuf::from(env::var_os("HOME").expect("there is a home folder"));
	let libraries = home.join(".cache/testudo/python/lib");
	let versions = fs::read_dir(&libraries).into_iter().flatten().flatten().map(|entry| entry.path());
	let folder = versions.map(|version| version.join("site-packages").join(path)).find(|folder| folder.is_dir());
	folder.unwrap_or_else(|| panic!("there is no {path} under {}: run ./scripts/setup", libraries.display()))
}

/// The objects so many times, with ids of their own in each copy; the first are as they came.
fn copies(objects: &[Box<RawValue>], count: u32) -> Vec<String> {
	let copy = |number| objects.iter().map(move |raw| renumbered(raw.get(), number));
	(0..count).flat_map(copy).collect()
}

/// The text with `number` added to the first eight digits of each id in it: what referred to one another still does.
fn renumbered(text: &str, number: u32) -> String {
	let mut renumbered = String::with_capacity(text.len());
	let mut rest = text;
	while let Some(dashes) = rest.find("--") {
		let (before, after) = rest.split_at(dashes + 2);
		renumbered += before;
		rest = after;
		if let Some(first) =
			after.get(..36).filter(|id| is_uuid(id)).and_then(|id| u32::from_str_radix(&id[..8], 16).ok())
		{
			renumbered += &format!("{:08x}", first.wrapping_add(number));
			rest = &after[8..];
		}
	}
	renumbered + rest
}

fn is_uuid(text: &str) -> bool {
	text.bytes().enumerate().all(|(at, byte)| match at {
		8 | 13 | 18 | 23 => byte == b'-',
		_ => matches!(byte, b'0'..=b'9' | b'a'..=b'f'),
	})
}

/// The objects of a bundle, byte for byte, cut by another parser than the product's.
pub fn objects(bundle: &[u8]) -> Vec<Box<RawValue>> {
	#[derive(serde::Deserialize)]
	struct Bundle {
		objects: Vec<Box<RawValue>>,
	}
	serde_json::from_slice::<Bundle>(bundle).expect("a bundle has objects").objects
}

/// `count` indicators, numbered from `first`, each valid STIX 2.1.
pub fn indicators(first: usize, count: usize) -> Vec<String> {
	(first..first + count)
		.map(|n| {
			format!(
				r#"{{"type":"indicator","spec_version":"2.1","id":"indicator--{n:08x}-0000-4000-8000-{n:012x}","created":"2026-01-01T00:00:00.000Z","modified":"2026-01-01T00:00:00.000Z","pattern":"[ipv4-addr:value = '198.51.100.{}']","pattern_type":"stix","valid_from":"2026-01-01T00:00:00Z"}}"#,
				n % 256
			)
		})
		.collect()
}

/// A bundle of objects.
pub fn bundle(objects: &[String]) -> String {
	format!(
		r#"{{"type":"bundle","id":"bundle--5f0e7b1c-8d3a-4c5e-9a57-0d6a1f2b3c4d","objects":[{}]}}"#,
		objects.join(",")
	)
}

/// Objects' bytes in an order of their own, to compare what two sides have: none lost, none twice.
pub fn sorted(objects: &[Box<RawValue>]) -> Vec<&str> {
	let mut all: Vec<&str> = objects.iter().map(|object| object.get()).collect();
	all.sort_unstable();
	all
}

/// Asserts that two sides have the same objects, byte for byte and as often.
pub fn assert_same(found: &[Box<RawValue>], expected: &[Box<RawValue>]) {
	let (found, expected) = (sorted(found), sorted(expected));
	let differs = found.iter().zip(&expected).find(|(found, expected)| found != expected);
	assert_eq!(differs, None, "{} objects found, {} expected", found.len(), expected.len());
	assert_eq!(found.len(), expected.len());
}

#[cfg(test)]
mod tests {
	use super::*;
	use serde_json::Value;
	use std::collections::BTreeSet;

	const REPORT: &str = r#"{"type":"bundle","id":"bundle--00000000-0000-4000-8000-000000000000","objects":[
		{"type":"malware","id":"malware--fffffffe-d66f-4e14-a8e6-5927b597f920",
			"description":"A -- dash, malware--x and indicator--81cade27-7df8-4730-836b-62d880e6d9d3."},
		{"type":"indicator","id":"indicator--81cade27-7df8-4730-836b-62d880e6d9d3"},
		{"type":"relationship","id":"relationship--752c225d-d6f6-4456-9130-d9580fd4007b",
			"source_ref":"indicator--81cade27-7df8-4730-836b-62d880e6d9d3",
			"target_ref":"malware--fffffffe-d66f-4e14-a8e6-5927b597f920"}]}"#;

	#[test]
	fn copies_should_have_ids_of_their_own_and_refer_to_themselves() {
		let source = objects(REPORT.as_bytes());
		let all = copies(&source, 3);
		assert_eq!((all[0].as_str(), all[2].as_str()), (source[0].get(), source[2].get()), "the first is as it came");
		let read = |text: &String| serde_json::from_str::<Value>(text).expect("a copy is JSON");
		let ids: BTreeSet<String> = all.iter().map(|text| read(text)["id"].to_string()).collect();
		assert_eq!(ids.len(), 9);
		for copy in all.chunks(3) {
			let [malware, indicator, relationship] = [0, 1, 2].map(|place| read(&copy[place]));
			assert_eq!((&relationship["source_ref"], &relationship["target_ref"]), (&indicator["id"], &malware["id"]));
			assert!(malware["description"].as_str().unwrap().contains(indicator["id"].as_str().unwrap()));
			let known = |text: &str| text.replace(|c: char| c.is_ascii_hexdigit(), "");
			assert_eq!(known(&copy[0]), known(source[0].get()), "nothing else changes");
		}
		assert!(all[6].contains("malware--00000000-d66f"), "{}", all[6]);
	}

	#[test]
	fn reports_should_make_thousands_of_distinct_objects() {
		let all = copies(&reports(), COPIES);
		let ids: BTreeSet<String> = all
			.iter()
			.map(|text| serde_json::from_str::<Value>(text).expect("a copy is JSON")["id"].to_string())
			.collect();
		assert_eq!((all.len(), ids.len()), (55_440, 55_440));
	}
}
