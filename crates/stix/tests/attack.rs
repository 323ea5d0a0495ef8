//! Published data as it is: nothing refused, nothing changed. The whole of ATT&CK where it is at hand, else two reports.

mod support;

use cti_stix::{read_object, DocumentKind, Limits, Markings, Mode, Object, Refusal, Tlp};
use flate2::read::GzDecoder;
use serde_json::Value;
use std::{
	collections::BTreeMap,
	env,
	fs::{self, File},
	io::{stderr, Read, Write},
	path::PathBuf,
};
use support::{marking, split_in};

/// From the package's folder, where Cargo runs tests. Not compiled in: clones share what is built.
const DATA: &str = "../../../shared/data";
const ADVICE: &str = "run scripts/setup, which brings the reports";

/// Says which data a test uses, also where the output of tests that pass is kept back.
fn say(what: &str) {
	let _ = writeln!(stderr(), "{what}");
}

fn attack(name: &str) -> Option<Vec<u8>> {
	let path = env::var_os("TESTUDO_DATA").map_or_else(|| PathBuf::from(DATA), PathBuf::from).join(name);
	let file = File::open(&path).ok()?;
	say(&format!("reads {}", path.display()));
	let mut document = Vec::new();
	GzDecoder::new(file).read_to_end(&mut document).unwrap();
	Some(document)
}

/// Two threat reports that come with the Python package stix2-validator.
fn reports() -> Option<Vec<Vec<u8>>> {
	let python = PathBuf::from(env::var_os("HOME")?).join(".cache/testudo/python/lib");
	let versions = fs::read_dir(python).ok()?.flatten().map(|version| version.path());
	let examples = "site-packages/stix2validator/schemas-2.1/examples/threat-reports";
	let folder = versions.map(|version| version.join(examples)).find(|folder| folder.is_dir())?;
	say(&format!("reads the reports in {}", folder.display()));
	["apt1.json", "poisonivy.json"].iter().map(|name| fs::read(folder.join(name)).ok()).collect()
}

/// Splits and reads a document; checks that the cuts and what lies between them are the document.
fn read_all(document: &[u8], sizes: &[usize]) -> Vec<Object> {
	let limits = Limits::default();
	let (cuts, tail) = split_in(document, sizes, limits);
	let tail = tail.unwrap();
	assert_eq!((tail.kind, tail.objects), (DocumentKind::Bundle, cuts.len() as u64));
	let mut end = 0;
	let objects: Vec<_> = cuts
		.into_iter()
		.map(|cut| {
			let cut = cut.unwrap();
			let start = cut.offset as usize - cut.raw.len();
			assert_eq!(&document[start..cut.offset as usize], cut.raw);
			let between = &document[end..start];
			assert!(end == 0 || between.trim_ascii() == b",", "{}", String::from_utf8_lossy(between));
			end = cut.offset as usize;
			let object = read_object(cut.raw.clone(), &limits).unwrap();
			assert_eq!(object.raw, cut.raw);
			object
		})
		.collect();
	let rest: Vec<_> = document[end..].iter().filter(|byte| !byte.is_ascii_whitespace()).collect();
	assert_eq!(rest, [&b']', &b'}']);
	objects
}

fn counted<'a>(kinds: impl Iterator<Item = &'a str>) -> BTreeMap<&'a str, usize> {
	let mut counts = BTreeMap::new();
	kinds.for_each(|kind| *counts.entry(kind).or_default() += 1);
	counts
}

fn text<'a>(value: &'a Value, key: &str) -> Option<&'a str> {
	value.get(key).and_then(Value::as_str)
}

/// Compares each object with what a full parser finds.
fn compare(objects: &[Object], document: &[u8]) {
	let parsed: Value = serde_json::from_slice(document).unwrap();
	let parsed = parsed["objects"].as_array().unwrap();
	assert_eq!(objects.len(), parsed.len());
	assert_eq!(
		counted(objects.iter().map(|object| object.kind.as_str())),
		counted(parsed.iter().map(|value| value["type"].as_str().unwrap()))
	);
	for (object, value) in objects.iter().zip(parsed) {
		assert_eq!(Some(object.id.as_str()), text(value, "id"));
		assert_eq!(object.name.as_deref(), text(value, "name"));
		assert_eq!(object.spec_version.as_deref(), text(value, "spec_version"));
		assert_eq!(object.revoked, value["revoked"] == true);
		assert_eq!(object.created.is_some(), value.get("created").is_some());
		let phases = value["kill_chain_phases"].as_array().map_or(0, Vec::len);
		assert_eq!(object.phases.len(), phases);
		let references = value["external_references"].as_array().into_iter().flatten();
		let techniques: Vec<_> = references
			.filter(|reference| text(reference, "source_name").is_some_and(|name| name.starts_with("mitre-")))
			.filter_map(|reference| text(reference, "external_id"))
			.filter(|id| id.starts_with('T') && !id.starts_with("TA"))
			.collect();
		let read: Vec<_> = object.techniques.iter().map(|id| id.to_string()).collect();
		assert_eq!(read, techniques, "{}", object.id);
	}
}

/// All but the statement itself carry MITRE's statement, which is no TLP.
fn check_markings(objects: &[Object]) {
	let mut markings = Markings::default();
	assert!(objects.iter().all(|object| markings.learn(object).is_ok()));
	let statement = marking("fa42a846-8d90-4e51-bc29-71d5b4802168");
	let (marked, others): (Vec<_>, Vec<_>) =
		objects.iter().partition(|object| object.marking_refs == [statement.clone()]);
	assert_eq!(marked.len(), objects.len() - 1);
	assert_eq!((others[0].kind.as_str(), &others[0].id), ("marking-definition", &statement));
	assert!(others[0].marking_refs.is_empty());
	for tlp in [Tlp::Clear, Tlp::Amber] {
		let resolved = markings.resolve_page(objects, Some(tlp), Mode::Publishing);
		assert!(resolved.iter().all(|resolved| *resolved == Ok(tlp)));
	}
	let without_default = markings.resolve_page(objects, None, Mode::Publishing);
	for (object, resolved) in objects.iter().zip(without_default) {
		let expected = if object.id == statement { Ok(Tlp::Clear) } else { Err(Refusal::Unmarked) };
		assert_eq!(resolved, expected, "{}", object.id);
	}
}

fn check_reports(reports: &[Vec<u8>], sizes: &[usize]) {
	for (document, objects) in reports.iter().zip([76, 155]) {
		let read = read_all(document, sizes);
		assert_eq!(read.len(), objects);
		compare(&read, document);
		let resolved = Markings::default().resolve_page(&read, Some(Tlp::Green), Mode::Publishing);
		assert!(resolved.iter().all(|resolved| *resolved == Ok(Tlp::Green)));
	}
}

fn check(name: &str, sizes: &[usize], objects: usize, attack_patterns: usize) {
	let Some(document) = attack(name) else {
		let reports = reports().unwrap_or_else(|| panic!("neither {DATA}/{name} nor the reports are there: {ADVICE}"));
		return check_reports(&reports, sizes);
	};
	let read = read_all(&document, sizes);
	assert_eq!(read.len(), objects);
	let patterns = read.iter().filter(|object| object.kind == "attack-pattern");
	let mut techniques: Vec<_> = patterns.flat_map(|pattern| pattern.techniques.clone()).collect();
	assert_eq!(techniques.len(), attack_patterns);
	techniques.sort();
	techniques.dedup();
	assert_eq!(techniques.len(), attack_patterns);
	compare(&read, &document);
	check_markings(&read);
}

#[test]
fn enterprise_should_be_read_whole() {
	check("attack-enterprise-18.1.json.gz", &[65_536], 24_771, 835);
}

#[test]
fn mobile_should_be_read_whole() {
	check("attack-mobile-18.1.json.gz", &[1_460, 3, 9_000], 2_535, 190);
}

#[test]
fn ics_should_be_read_whole() {
	check("attack-ics-18.1.json.gz", &[1], 1_825, 95);
}

#[test]
fn stix_2_0_should_be_read_whole() {
	check("attack-enterprise-techniques-17.1.json.gz", &[usize::MAX], 1_450, 823);
}

#[test]
fn reports_should_be_read_whole() {
	match reports() {
		Some(reports) => check_reports(&reports, &[1_460, 3]),
		None => assert!(PathBuf::from(DATA).is_dir(), "neither {DATA} nor the reports are there: {ADVICE}"),
	}
}
