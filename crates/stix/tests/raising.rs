//! Objects that say something of others are as strict as those.

mod support;

use cti_stix::{raise, Earlier, Markings, Mode, Object, Tlp};
use serde_json::json;
use support::{dated, id, object};

fn red() -> Object {
	dated("malware", 1, json!({}))
}

#[test]
fn what_speaks_of_others_should_be_as_strict_as_they_are() {
	for (kind, refs) in [
		("relationship", json!({ "source_ref": id("malware", 1), "target_ref": id("tool", 2) })),
		("relationship", json!({ "source_ref": id("tool", 2), "target_ref": id("malware", 1) })),
		("sighting", json!({ "sighting_of_ref": id("malware", 1) })),
		("sighting", json!({ "sighting_of_ref": id("tool", 2), "observed_data_refs": [id("malware", 1)] })),
		("sighting", json!({ "sighting_of_ref": id("tool", 2), "where_sighted_refs": [id("malware", 1)] })),
		("note", json!({ "object_refs": [id("tool", 2), id("malware", 1)] })),
		("opinion", json!({ "object_refs": [id("malware", 1)] })),
		("report", json!({ "object_refs": [id("malware", 1)] })),
		("grouping", json!({ "object_refs": [id("malware", 1)] })),
		("observed-data", json!({ "object_refs": [id("malware", 1)] })),
		("language-content", json!({ "object_ref": id("malware", 1) })),
	] {
		let (red, speaker) = (red(), dated(kind, 3, refs));
		assert_eq!(raise(&[(&red, Tlp::Red), (&speaker, Tlp::Clear)]), [Tlp::Red, Tlp::Red], "{kind}");
		assert_eq!(raise(&[(&speaker, Tlp::Clear), (&red, Tlp::Red)]), [Tlp::Red, Tlp::Red], "{kind}");
		assert_eq!(raise(&[(&speaker, Tlp::Amber), (&red, Tlp::Clear)]), [Tlp::Amber, Tlp::Clear], "{kind}");
		assert_eq!(raise(&[(&speaker, Tlp::Green)]), [Tlp::Green], "{kind}");
	}
}

#[test]
fn other_kinds_should_keep_their_marking() {
	for kind in ["indicator", "malware-analysis", "x-acme-thing"] {
		let speaker = dated(kind, 3, json!({ "x_ref": id("malware", 1), "x_refs": [id("malware", 1)] }));
		assert_eq!(raise(&[(&red(), Tlp::Red), (&speaker, Tlp::Clear)]), [Tlp::Red, Tlp::Clear], "{kind}");
	}
}

#[test]
fn observable_should_be_as_strict_as_the_strictest_that_lists_it() {
	let observed = dated("observed-data", 1, json!({ "object_refs": [id("file", 1), id("x-acme-sensor", 1)] }));
	let report = dated("report", 1, json!({ "object_refs": [id("file", 1)] }));
	let relationship = dated("relationship", 1, json!({ "source_ref": id("file", 2), "target_ref": id("file", 2) }));
	let (file, other, custom) =
		(object("file", 1, json!({})), object("file", 2, json!({})), object("x-acme-sensor", 1, json!({})));
	let page = [
		(&file, Tlp::Clear),
		(&other, Tlp::Clear),
		(&custom, Tlp::Clear),
		(&observed, Tlp::Green),
		(&report, Tlp::Amber),
		(&relationship, Tlp::Red),
	];
	// The observed-data refers to the file, which the report made AMBER.
	assert_eq!(raise(&page), [Tlp::Amber, Tlp::Clear, Tlp::Amber, Tlp::Amber, Tlp::Amber, Tlp::Red]);
}

#[test]
fn listed_object_that_is_no_observable_should_keep_its_marking() {
	let report = dated("report", 1, json!({ "object_refs": [id("malware", 1), id("marking-definition", 1)] }));
	let definition = object("marking-definition", 1, json!({ "definition_type": "statement" }));
	let raised = raise(&[(&red(), Tlp::Clear), (&report, Tlp::Amber), (&definition, Tlp::Clear)]);
	assert_eq!(raised, [Tlp::Clear, Tlp::Amber, Tlp::Clear]);
}

#[test]
fn raised_object_should_raise_in_its_turn_also_in_a_ring() {
	let note = dated("note", 1, json!({ "object_refs": [id("report", 1), id("note", 2)] }));
	let second = dated("note", 2, json!({ "object_refs": [id("note", 1)] }));
	let report = dated("report", 1, json!({ "object_refs": [id("relationship", 1)] }));
	let relationship = dated("relationship", 1, json!({ "source_ref": id("malware", 1), "target_ref": id("tool", 2) }));
	let page = [(&second, Tlp::Clear), (&note, Tlp::Green), (&report, Tlp::Clear), (&relationship, Tlp::Clear)];
	assert_eq!(raise(&page), [Tlp::Green, Tlp::Green, Tlp::Clear, Tlp::Clear]);
	let red = red();
	let page = [&page[..], &[(&red, Tlp::AmberStrict)]].concat();
	assert_eq!(raise(&page), [Tlp::AmberStrict; 5]);
}

#[test]
fn of_several_versions_the_strictest_should_raise_and_each_keep_its_own() {
	let (old, new) = (red(), red());
	let note = dated("note", 1, json!({ "object_refs": [id("malware", 1)] }));
	let page = [(&old, Tlp::Green), (&note, Tlp::Clear), (&new, Tlp::Amber)];
	assert_eq!(raise(&page), [Tlp::Green, Tlp::Amber, Tlp::Amber]);
}

#[test]
fn ids_should_be_compared_without_regard_to_case() {
	let (lower, upper) = ("abcdef00-0000-4000-8000-000000000001", "ABCDEF00-0000-4000-8000-000000000001");
	let malware = |uuid: &str| {
		let raw = json!({ "type": "malware", "id": format!("malware--{uuid}"), "created": "2025-01-01T00:00:00Z" });
		support::read(&raw).unwrap()
	};
	let file = |uuid: &str| support::read(&json!({ "type": "file", "id": format!("file--{uuid}") })).unwrap();
	for (here, there) in [(lower, upper), (upper, lower)] {
		let relationship = json!({ "source_ref": id("tool", 2), "target_ref": format!("malware--{there}") });
		let speaker = dated("relationship", 1, relationship);
		assert_eq!(raise(&[(&malware(here), Tlp::Red), (&speaker, Tlp::Clear)]), [Tlp::Red, Tlp::Red]);
		let report = dated("report", 1, json!({ "object_refs": [format!("file--{there}")] }));
		assert_eq!(raise(&[(&file(here), Tlp::Clear), (&report, Tlp::Amber)]), [Tlp::Amber, Tlp::Amber]);
	}
}

#[test]
fn page_of_repeats_should_not_take_the_square_of_its_size() {
	let refs: Vec<_> = (0..4_000).map(|_| id("report", 1)).collect();
	let report = dated("report", 1, json!({ "object_refs": refs }));
	let page = vec![(&report, Tlp::Clear); 500];
	let begun = std::time::Instant::now();
	assert_eq!(raise(&page), [Tlp::Clear; 500]);
	assert!(begun.elapsed().as_secs() < 20, "{:?}", begun.elapsed());
}

/// One object of an earlier page and one that listed something.
struct Seen {
	object: (String, Tlp),
	listed: (String, Tlp),
}

impl Earlier for Seen {
	fn of(&self, id: &str) -> Option<Tlp> {
		(self.object.0 == id).then_some(self.object.1)
	}

	fn listing(&self, id: &str) -> Option<Tlp> {
		(self.listed.0 == id).then_some(self.listed.1)
	}
}

#[test]
fn objects_of_earlier_pages_should_raise_those_of_this_one() {
	let seen = Seen { object: (id("malware", 1), Tlp::Amber), listed: (id("file", 1), Tlp::AmberStrict) };
	let page = [
		dated("relationship", 1, json!({ "source_ref": id("malware", 1), "target_ref": id("tool", 2) })),
		dated("note", 1, json!({ "object_refs": [id("relationship", 1)] })),
		object("file", 1, json!({})),
		object("file", 2, json!({})),
		dated("sighting", 1, json!({ "sighting_of_ref": id("malware", 2), "where_sighted_refs": [id("file", 1)] })),
		// Neither speaks of others nor is an observable.
		dated("indicator", 1, json!({ "x_ref": id("malware", 1) })),
		// The source lowered it: what refers to it stays as strict as it was.
		dated("malware", 1, json!({})),
	];
	let (markings, green) = (Markings::default(), Some(Tlp::Green));
	let next = markings.resolve_next_page(&page, green, Mode::Publishing, &seen);
	let expected =
		[Tlp::Amber, Tlp::Amber, Tlp::AmberStrict, Tlp::Green, Tlp::AmberStrict, Tlp::Green, Tlp::Green].map(Ok);
	assert_eq!(next, expected);
	let first = markings.resolve_page(&page, green, Mode::Publishing);
	assert!(first.iter().all(|tlp| *tlp == Ok(Tlp::Green)), "{first:?}");
}
