//! What people and JSON write: every value prints to what parses back to it, and nothing else parses.

use core::{fmt::Debug, str::FromStr};
use cti_primitives::{
	AuthorId, Domain, MemberId, RecordId, Reliability, Sighting, SightingKind, TechniqueId, TechniqueStatus, Tlp,
};
use proptest::prelude::*;
use serde::{de::DeserializeOwned, Serialize};
use serde_json::{from_value, json, to_value, Value};

fn technique_id() -> impl Strategy<Value = TechniqueId> {
	(1u16..=9_999, prop_oneof![Just(0u16), 1u16..=999])
		.prop_map(|(technique, sub_technique)| TechniqueId { technique, sub_technique })
}

fn tlp() -> impl Strategy<Value = Tlp> {
	prop::sample::select(Tlp::ALL.to_vec())
}

/// The same letters, some of them in the other case.
fn recased(text: String, flips: u64) -> String {
	let flip = |(i, c): (usize, char)| {
		if flips >> (i % 64) & 1 == 1 {
			c.to_ascii_uppercase()
		} else {
			c.to_ascii_lowercase()
		}
	};
	text.chars().enumerate().map(flip).collect()
}

#[track_caller]
fn refused<T: FromStr + Debug>(texts: &[&str]) {
	for text in texts {
		assert!(text.parse::<T>().is_err(), "{text:?} was read as {:?}", text.parse::<T>().ok());
	}
}

#[track_caller]
fn json_pinned<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: T, json: Value) {
	assert_eq!(to_value(&value).expect("serialises"), json);
	assert_eq!(from_value::<T>(json).expect("deserialises"), value);
}

proptest! {
	#[test]
	fn technique_should_parse_what_it_prints(id in technique_id()) {
		prop_assert_eq!(id.to_string().parse(), Ok(id));
	}

	#[test]
	fn technique_should_print_what_it_parses(text in "T[0-9]{4}(\\.[0-9]{3})?") {
		if let Ok(id) = text.parse::<TechniqueId>() {
			prop_assert_eq!(id.to_string(), text);
		} else {
			prop_assert!(text.starts_with("T0000") || text.ends_with(".000"));
		}
	}

	#[test]
	fn technique_should_never_panic_or_read_what_it_does_not_print(text in "\\PC{0,12}") {
		if let Ok(id) = text.parse::<TechniqueId>() {
			prop_assert_eq!(id.to_string(), text);
		}
	}

	#[test]
	fn sub_technique_should_print_below_its_parent(id in technique_id()) {
		match id.parent() {
			Some(parent) => {
				prop_assert_eq!(parent.parent(), None);
				prop_assert!(id.to_string().starts_with(&(parent.to_string() + ".")));
				prop_assert!(parent < id);
			},
			None => prop_assert_eq!(id.sub_technique, 0),
		}
	}

	#[test]
	fn record_should_parse_what_it_prints(author: u32, n: u32) {
		let record = RecordId { author: AuthorId(author), n };
		prop_assert_eq!(record.to_string(), format!("{author}/{n}"));
		prop_assert_eq!(record.to_string().parse(), Ok(record));
	}

	#[test]
	fn record_should_never_panic(text in "\\PC{0,24}") {
		let _ = text.parse::<RecordId>();
	}

	#[test]
	fn marking_should_parse_what_it_prints_in_any_case(tlp in tlp(), flips: u64) {
		prop_assert_eq!(recased(tlp.to_string(), flips).parse(), Ok(tlp));
		prop_assert_eq!(recased(tlp.name().to_string(), flips).parse(), Ok(tlp));
	}

	#[test]
	fn marking_should_never_panic(text in "\\PC{0,16}") {
		let _ = text.parse::<Tlp>();
	}
}

#[test]
fn technique_should_be_written_as_mitre_writes_it() {
	assert_eq!(TechniqueId { technique: 1059, sub_technique: 1 }.to_string(), "T1059.001");
	assert_eq!(TechniqueId { technique: 803, sub_technique: 0 }.to_string(), "T0803");
	refused::<TechniqueId>(&[
		"",
		"T",
		"1059",
		"t1059",
		"T105",
		"T10590",
		"T1059.",
		"T1059.1",
		"T1059.01",
		"T1059.0001",
		"T1059.000",
		"T0000",
		"T0000.001",
		"T+105",
		"T1059.+01",
		"T1059.001.001",
		" T1059",
		"T1059 ",
		"T١٠٥٩",
		"TA0001",
	]);
}

#[test]
fn record_should_be_two_numbers_and_a_slash() {
	refused::<RecordId>(&[
		"",
		"/",
		"1",
		"1/",
		"/1",
		"1/2/3",
		"-1/2",
		"1/-2",
		"1 / 2",
		"a/b",
		"4294967296/0",
		"0/4294967296",
	]);
	assert_eq!("x".parse::<RecordId>().unwrap_err().to_string(), "a record is written AUTHOR/N, for example 0/12");
}

#[test]
fn marking_should_be_read_as_the_standards_write_it() {
	let read = |text: &str| text.parse::<Tlp>();
	assert_eq!(read("TLP:WHITE"), Ok(Tlp::Clear));
	assert_eq!(read("white"), Ok(Tlp::Clear));
	assert_eq!(read("tlp:amber-strict"), Ok(Tlp::AmberStrict));
	assert_eq!(read("TLP:AMBER+STRICT"), Ok(Tlp::AmberStrict));
	refused::<Tlp>(&[
		"",
		"TLP:",
		"tlp",
		"TLP:TLP:RED",
		"TLP: RED",
		"RED ",
		"amber strict",
		"amberstrict",
		"purple",
		"ré",
	]);
	assert_eq!(read("x").unwrap_err().to_string(), "a marking is one of clear, green, amber, amber+strict, red");
}

#[test]
fn json_forms_should_not_change() {
	for (tlp, json) in Tlp::ALL.into_iter().zip(["clear", "green", "amber", "amber+strict", "red"]) {
		json_pinned(tlp, json!(json));
	}
	assert_eq!(from_value::<Tlp>(json!("amber-strict")).expect("an alias"), Tlp::AmberStrict);
	json_pinned(MemberId(3), json!(3));
	json_pinned(RecordId { author: AuthorId(1), n: 2 }, json!({ "author": 1, "n": 2 }));
	json_pinned(TechniqueId { technique: 1059, sub_technique: 1 }, json!("T1059.001"));
	json_pinned(TechniqueStatus::<TechniqueId>::Revoked(None), json!({ "revoked": null }));
	json_pinned(
		Sighting { kind: SightingKind::FalsePositive, count: 1, first_seen: 2, last_seen: 3 },
		json!({ "kind": "false-positive", "count": 1, "first_seen": 2, "last_seen": 3 }),
	);
	json_pinned(SightingKind::Seen, json!("seen"));
	json_pinned(Reliability::F, json!("F"));
	assert!(from_value::<TechniqueId>(json!("T1059.1")).is_err());
	assert!(from_value::<TechniqueId>(json!(1059)).is_err());
}

#[test]
fn domains_should_have_the_names_of_the_official_bundles() {
	assert_eq!(Domain::ALL.map(Domain::name), ["enterprise-attack", "mobile-attack", "ics-attack"]);
}
