use super::*;
use crate::attack::{read, read_table, write_table};
use cti_primitives::{catalogue::Flaw, Domain};
use std::path::Path;

fn refusal(objects: Vec<Value>) -> ImportError {
	import(objects).expect_err("refused")
}

fn id(text: &str) -> cti_primitives::TechniqueId {
	text.parse().unwrap()
}

#[test]
fn what_is_no_bundle_should_be_refused() {
	let read = |text: &str| Bundle::read(text.as_bytes()).map(|_| ()).expect_err("refused");
	assert!(matches!(read(r#"{"objects": []}"#), ImportError::NotABundle));
	assert!(matches!(read(r#"{"type": "envelope", "objects": []}"#), ImportError::NotABundle));
	let deep = "[".repeat(10_000);
	let malformed = [
		"<html>",
		"[]",
		"",
		r#"{"type": "bundle", "objects": [{}]}"#,
		r#"{"type": "bundle", "objects": [{"type": "attack-pattern""#,
		r#"{"type": "bundle", "objects": []} {}"#,
		r#"{"type": "bundle", "objects": [], "objects": []}"#,
		&format!(r#"{{"type": "bundle", "objects": {deep}"#),
	];
	for text in malformed {
		assert!(matches!(read(text), ImportError::Malformed(_)), "{}", text.get(..60).unwrap_or(text));
	}
}

#[test]
fn bundle_should_have_matrices_of_exactly_one_domain() {
	assert!(matches!(refusal(vec![technique("T0001", &[])]), ImportError::NoMatrix));
	assert!(matches!(refusal(vec![matrix("pre-attack", &[])]), ImportError::NoMatrix));
	let both = vec![matrix("ics-attack", &[]), matrix("mobile-attack", &[])];
	assert!(matches!(refusal(both), ImportError::SeveralDomains(Domain::Ics, Domain::Mobile)));
}

#[test]
fn technique_without_id_should_be_refused() {
	for external in [json!([]), cited("T59"), cited("TA0001")] {
		let nameless = with(technique("T0001", &[]), "external_references", external);
		assert!(matches!(refusal(framed([nameless])), ImportError::NoTechniqueId { object } if object == "T0001"));
	}
}

#[test]
fn tactic_without_id_or_shortname_should_be_refused() {
	let expected = |error| matches!(error, ImportError::InvalidTactic { object } if object == "three");
	assert!(expected(refusal(framed([tactic("T0003", "three")]))));
	assert!(expected(refusal(framed([with(tactic("TA0003", "three"), "x_mitre_shortname", json!(""))]))));
}

#[test]
fn incomplete_bundle_should_be_refused() {
	let missing = vec![matrix("enterprise-attack", &["one"])];
	assert!(matches!(refusal(missing), ImportError::MissingTactic { object } if object == "one"));

	let unknown = refusal(framed([technique("T0001", &["three"])]));
	assert!(
		matches!(unknown, ImportError::UnknownPhase { technique, phase } if technique == id("T0001") && phase == "three")
	);

	let revoked = with(technique("T0001", &[]), "revoked", json!(true));
	let lost = refusal(framed([revoked, revoked_by("T0001", "T0009", "2024")]));
	assert!(
		matches!(lost, ImportError::MissingSuccessor { technique, object } if technique == id("T0001") && object == "T0009")
	);
}

#[test]
fn unsound_catalogue_should_be_refused_with_its_flaw() {
	let flaw = |objects: Vec<Value>| match refusal(framed(objects)) {
		ImportError::Unsound(flaw) => flaw,
		other => panic!("{other}"),
	};
	assert_eq!(flaw(vec![]), Flaw::Empty);
	assert_eq!(flaw(vec![technique("T0001.001", &[])]), Flaw::OrphanSubTechnique(id("T0001.001")));
	assert_eq!(flaw(vec![technique("T0001", &[]), technique("T0001", &[])]), Flaw::NotAscending(id("T0001")));
	let long = with(technique("T0001", &[]), "name", json!("x".repeat(97)));
	assert_eq!(flaw(vec![long]), Flaw::InvalidName(id("T0001")));
}

#[test]
fn table_should_be_read_as_it_was_written_and_nothing_else() {
	let folder = tempfile::tempdir().unwrap();
	let path = folder.path().join("table.scale");
	let catalogue = import(framed([technique("T0001", &["one"])])).unwrap();
	write_table(&catalogue, &path).unwrap();
	assert_eq!(read_table(&path).unwrap(), catalogue);

	let mut bytes = std::fs::read(&path).unwrap();
	bytes.push(0);
	std::fs::write(&path, bytes).unwrap();
	assert!(matches!(read_table(&path), Err(ImportError::NotATable { .. })));
	assert!(matches!(write_table(&catalogue, folder.path()), Err(ImportError::Unwritable { .. })));
	assert!(matches!(read_table(folder.path()), Err(ImportError::Unreadable { .. })));
	assert!(matches!(read(Path::new("/nowhere.json"), None), Err(ImportError::Unreadable { .. })));
}

#[test]
fn gzipped_bundle_should_be_told_by_its_content() {
	use std::io::Write;
	let folder = tempfile::tempdir().unwrap();
	let (plain, zipped) = (folder.path().join("plain"), folder.path().join("zipped"));
	let text = json!({ "type": "bundle", "objects": framed([technique("T0001", &["one"])]) }).to_string();
	std::fs::write(&plain, &text).unwrap();
	let mut encoder = flate2::write::GzEncoder::new(std::fs::File::create(&zipped).unwrap(), Default::default());
	encoder.write_all(text.as_bytes()).unwrap();
	encoder.finish().unwrap();
	assert_eq!(read(&zipped, Some(V18_1)).unwrap(), read(&plain, Some(V18_1)).unwrap());

	let bytes = std::fs::read(&zipped).unwrap();
	std::fs::write(&zipped, &bytes[..bytes.len() / 2]).unwrap();
	assert!(matches!(read(&zipped, Some(V18_1)), Err(ImportError::Malformed(_))));
}
