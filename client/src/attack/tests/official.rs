//! The committed tables against MITRE's bundles, object by object, read here a second time and in another way. The
//! bundles are not part of the project: without them these tests say so and pass.

use super::*;
use crate::attack::{read, read_table};
use cti_primitives::{
	catalogue::{resolve, text, Catalogue, IndexEntry},
	Domain, TechniqueId, TechniqueStatus,
};
use std::{
	collections::{BTreeMap, BTreeSet},
	fs::File,
	io::{stderr, Read, Write},
	path::{Path, PathBuf},
};

const DOMAINS: [(Domain, &str, u32); 3] =
	[(Domain::Enterprise, "enterprise", 835), (Domain::Mobile, "mobile", 190), (Domain::Ics, "ics", 95)];

/// From the folder that `TESTUDO_DATA` names, or the usual one as seen from the package's, where Cargo runs tests. Not compiled in: clones share what is built.
fn data(file: &str) -> Option<PathBuf> {
	let beside = || PathBuf::from("../../shared/data");
	let path = std::env::var_os("TESTUDO_DATA").map_or_else(beside, PathBuf::from).join(file);
	if !path.exists() {
		// Past the test harness, which shows what a test prints only if it fails.
		writeln!(stderr(), "skipped: {} is not here", path.display()).unwrap();
	}
	path.exists().then_some(path)
}

fn committed(name: &str) -> Catalogue {
	let folder = Path::new("../pallets/attck-taxonomy/src/official");
	read_table(&folder.join(format!("{name}-18.1.scale"))).unwrap()
}

fn unzipped(path: PathBuf) -> Vec<u8> {
	let mut bytes = Vec::new();
	flate2::read::GzDecoder::new(File::open(path).unwrap()).read_to_end(&mut bytes).unwrap();
	bytes
}

fn objects(path: PathBuf) -> Vec<Value> {
	let mut bundle: Value = serde_json::from_slice(&unzipped(path)).unwrap();
	let Value::Array(objects) = bundle["objects"].take() else { panic!("no objects") };
	objects
}

fn attack_id(object: &Value) -> &str {
	let references = object["external_references"].as_array().unwrap();
	let by_mitre = references.iter().find(|r| r["url"].as_str().is_some_and(|u| u.contains("attack.mitre.org/")));
	by_mitre.unwrap()["external_id"].as_str().unwrap()
}

fn is(object: &Value, flag: &str) -> bool {
	object[flag].as_bool().unwrap_or(false)
}

/// What the table should say of a technique, as text: name, tactics' shortnames, status, successor.
type Line = (String, BTreeSet<String>, &'static str, Option<String>);

fn expected(objects: &[Value]) -> BTreeMap<String, Line> {
	let ids: BTreeMap<&str, &str> = objects
		.iter()
		.filter(|object| object["type"] == "attack-pattern")
		.map(|object| (object["id"].as_str().unwrap(), attack_id(object)))
		.collect();
	let successors: BTreeMap<&str, &str> = objects
		.iter()
		.filter(|object| object["relationship_type"] == "revoked-by")
		.map(|by| (by["source_ref"].as_str().unwrap(), by["target_ref"].as_str().unwrap()))
		.collect();
	let successor = |id: &str| successors.get(id).map(|by| ids[by].to_owned());
	let mut lines = BTreeMap::new();
	for object in objects.iter().filter(|object| object["type"] == "attack-pattern") {
		let phases = object["kill_chain_phases"].as_array().cloned().unwrap_or_default();
		let tactics = phases.iter().map(|phase| phase["phase_name"].as_str().unwrap().to_owned()).collect();
		let (status, next) = match (is(object, "revoked"), is(object, "x_mitre_deprecated")) {
			(true, _) => ("revoked", successor(object["id"].as_str().unwrap())),
			(false, true) => ("deprecated", None),
			(false, false) => ("active", None),
		};
		let line = (object["name"].as_str().unwrap().to_owned(), tactics, status, next);
		assert!(lines.insert(attack_id(object).to_owned(), line).is_none());
	}
	lines
}

fn lines(catalogue: &Catalogue) -> BTreeMap<String, Line> {
	let shortnames: BTreeMap<_, _> = catalogue.tactics().map(|tactic| (tactic.id, text(&tactic.shortname))).collect();
	let line = |entry: &cti_primitives::catalogue::CatalogueEntry| {
		let tactics = entry.tactics.iter().map(|id| shortnames[id].clone()).collect();
		let (status, next) = match entry.status {
			TechniqueStatus::Active => ("active", None),
			TechniqueStatus::Deprecated => ("deprecated", None),
			TechniqueStatus::Revoked(next) => ("revoked", next.map(|id| id.to_string())),
		};
		(text(&entry.name), tactics, status, next)
	};
	catalogue.techniques().map(|entry| (entry.id.to_string(), line(entry))).collect()
}

#[test]
fn committed_tables_should_equal_the_official_bundles() {
	for (domain, name, count) in DOMAINS {
		let Some(path) = data(&format!("attack-{name}-18.1.json.gz")) else { return };
		let catalogue = committed(name);
		assert_eq!((catalogue.domain, catalogue.version, catalogue.count()), (domain, V18_1, count));
		assert_eq!(read(&path, Some(V18_1)).unwrap(), catalogue, "the importer makes another table for {name}");

		let objects = objects(path);
		let (expected, found) = (expected(&objects), lines(&catalogue));
		assert_eq!(expected.len(), count as usize);
		for (id, line) in &expected {
			assert_eq!(found.get(id), Some(line), "{id}");
		}
		assert_eq!(found.len(), expected.len());
		matrix_order_should_be_kept(&catalogue, &objects);
	}
}

fn matrix_order_should_be_kept(catalogue: &Catalogue, objects: &[Value]) {
	let tactics: BTreeMap<_, _> = objects
		.iter()
		.filter(|object| object["type"] == "x-mitre-tactic")
		.map(|object| (object["id"].as_str().unwrap(), object))
		.collect();
	let matrix = objects.iter().find(|o| o["type"] == "x-mitre-matrix" && !is(o, "x_mitre_deprecated")).unwrap();
	let listed = matrix["tactic_refs"].as_array().unwrap();
	for (tactic, stix_id) in catalogue.tactics().zip(listed) {
		let object = tactics[stix_id.as_str().unwrap()];
		assert_eq!(tactic.id.to_string(), attack_id(object));
		assert_eq!(text(&tactic.shortname), object["x_mitre_shortname"].as_str().unwrap());
		assert_eq!(text(&tactic.name), object["name"].as_str().unwrap());
	}
	assert_eq!(catalogue.tactics().count(), tactics.len());
	let place: BTreeMap<_, _> = catalogue.tactics().enumerate().map(|(place, tactic)| (tactic.id, place)).collect();
	for entry in catalogue.techniques() {
		assert!(entry.tactics.iter().map(|id| place[id]).is_sorted(), "{}", entry.id);
	}
}

/// What is known of v18.1, whether or not the bundles are here.
#[test]
fn committed_tables_should_have_what_is_known_of_the_version() {
	let catalogues = DOMAINS.map(|(_, name, _)| committed(name));
	for (catalogue, (domain, _, count)) in catalogues.iter().zip(DOMAINS) {
		assert_eq!((catalogue.domain, catalogue.count()), (domain, count));
	}
	let ids: BTreeSet<_> = catalogues.iter().flat_map(Catalogue::techniques).map(|entry| entry.id).collect();
	assert_eq!(ids.len(), 835 + 190 + 95, "an id is in two domains");

	let id = |text: &str| text.parse::<TechniqueId>().unwrap();
	let mobile = catalogues[1].index();
	let without_successor: Vec<_> =
		catalogues.iter().flat_map(Catalogue::index).filter(|e| e.status == TechniqueStatus::Revoked(None)).collect();
	let t1454 = IndexEntry { id: id("T1454"), domain: Domain::Mobile, status: TechniqueStatus::Revoked(None) };
	assert_eq!(without_successor, [t1454]);
	assert_eq!(resolve(&mobile, id("T1454")), None);

	let to_deprecated: Vec<_> = mobile
		.iter()
		.filter(|entry| matches!(entry.status, TechniqueStatus::Revoked(_)))
		.filter_map(|entry| Some((entry.id.to_string(), resolve(&mobile, entry.id)?)))
		.filter(|(_, (_, status))| *status == TechniqueStatus::Deprecated)
		.map(|(from, (to, _))| (from, to.to_string()))
		.collect();
	let expected = [
		("T1431", "T1476"),
		("T1434", "T1476"),
		("T1440", "T1475"),
		("T1441", "T1475"),
		("T1442", "T1475"),
		("T1443", "T1475"),
		("T1445", "T1476"),
		("T1455", "T1477"),
	];
	assert_eq!(to_deprecated, expected.map(|(from, to)| (from.to_string(), to.to_string())));
}

#[test]
fn older_bundle_in_stix_2_0_should_be_read() {
	let Some(path) = data("attack-enterprise-techniques-17.1.json.gz") else { return };
	let version = CatalogueVersion { major: 17, minor: 1 };
	let catalogue = read(&path, Some(version)).unwrap();
	assert_eq!(catalogue.count(), 823);
	assert_eq!(lines(&catalogue), expected(&objects(path)));
}
