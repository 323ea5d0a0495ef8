//! What is read of one object, and what is refused.

mod support;

use cti_stix::{read_object, FatalError, Limits, MarkingDefinition, Refusal, TechniqueId, Tlp};
use serde_json::{json, Value};
use support::{dated, id, marking, object, read, read_raw};

fn technique(text: &str) -> TechniqueId {
	text.parse().unwrap()
}

/// An indicator with one property set, or removed by null.
fn with(key: &str, value: Value) -> Result<cti_stix::Object, Refusal> {
	let mut indicator = json!({ "type": "indicator", "id": id("indicator", 1) });
	indicator[key] = value;
	read(&indicator)
}

#[test]
fn properties_that_sharing_needs_should_be_read() {
	let raw = json!({
		"type": "indicator", "spec_version": "2.1", "id": id("indicator", 1),
		"created_by_ref": id("identity", 9), "created": "2025-01-31T12:00:00.000Z", "modified": "2025-02-01T12:00:00.5Z",
		"revoked": true, "name": "Poison Ivy \u{e9}\n", "valid_until": "2025-03-01T00:00:00Z", "pattern": "[a:b = 'c']",
		"object_marking_refs": [marking("a"), marking("b")],
		"granular_markings": [{ "marking_ref": marking("c"), "selectors": ["name"] }, { "lang": "fr", "selectors": ["x"] },
			{ "marking_ref": marking("a"), "selectors": ["pattern"] }],
		"kill_chain_phases": [{ "kill_chain_name": "mitre-attack", "phase_name": "execution" }],
		"external_references": [{ "source_name": "mitre-attack", "external_id": "T1059.001" }],
		"x_found_ref": id("file", 2), "x_seen_refs": [id("file", 3), id("file", 4)],
	})
	.to_string();
	let read = read_raw(raw.clone()).unwrap();
	assert_eq!(read.raw, raw.as_bytes());
	assert_eq!((read.id, read.kind.as_str()), (id("indicator", 1), "indicator"));
	assert_eq!(read.spec_version.as_deref(), Some("2.1"));
	assert_eq!(read.created.unwrap().micros(), 1_738_324_800_000_000);
	assert_eq!(read.modified.unwrap().micros(), 1_738_411_200_500_000);
	assert_eq!(read.valid_until, Some(1_740_787_200));
	assert!(read.revoked);
	assert_eq!(read.name.as_deref(), Some("Poison Ivy é\n"));
	let mut marking_refs = read.marking_refs;
	marking_refs.sort();
	assert_eq!(marking_refs, [marking("a"), marking("b"), marking("c")]);
	assert_eq!(read.phases, [("mitre-attack".to_string(), "execution".to_string())]);
	assert_eq!(read.techniques, [technique("T1059.001")]);
	assert_eq!(read.refs, [id("file", 2), id("file", 3), id("file", 4)]);
	assert_eq!(read.definition, None);
}

#[test]
fn objects_of_every_kind_should_pass() {
	for kind in
		["indicator", "relationship", "sighting", "ipv4-addr", "x-acme-thing", "x_old-thing", "language-content"]
	{
		let read = read(&json!({ "type": kind, "id": id(kind, 1) })).unwrap();
		assert_eq!((read.kind.as_str(), read.spec_version, read.created, read.revoked), (kind, None, None, false));
	}
}

#[test]
fn null_should_be_as_good_as_absent() {
	for key in [
		"created",
		"modified",
		"valid_until",
		"revoked",
		"name",
		"object_marking_refs",
		"granular_markings",
		"external_references",
		"kill_chain_phases",
		"object_refs",
		"source_ref",
		"x_any_ref",
		"definition",
		"extensions",
	] {
		assert_eq!(with(key, Value::Null).map(|object| object.refs), Ok(vec![]), "{key}");
	}
	assert_eq!(with("id", Value::Null), Err(Refusal::NoId));
	assert_eq!(with("type", Value::Null), Err(Refusal::NoType));
}

#[test]
fn techniques_should_come_from_attack_sources_only() {
	let references = json!([
		{ "source_name": "mitre-attack", "external_id": "T1055" },
		{ "source_name": "mitre-mobile-attack", "external_id": "T1406" },
		{ "source_name": "mitre-ics-attack", "external_id": "T0803" },
		{ "source_name": "mitre-attack", "external_id": "T1055" },
		{ "source_name": "capec", "external_id": "T1001" },
		{ "source_name": "mitre-attack", "external_id": "G0007" },
		{ "source_name": "mitre-attack", "external_id": "TA0002" },
		{ "source_name": "mitre-attack", "external_id": 1055 },
		{ "source_name": "mitre-attack", "url": "https://attack.mitre.org" },
		{ "external_id": "T1002" },
	]);
	let read = with("external_references", references).unwrap();
	assert_eq!(read.techniques, ["T1055", "T1406", "T0803"].map(technique));
}

#[test]
fn techniques_should_come_from_phases_of_attack_chains_after_those_of_references() {
	let phase = |chain: &str, phase: &str| json!({ "kill_chain_name": chain, "phase_name": phase });
	let phases = json!([
		phase("mitre-attack", "T1059.001"),
		phase("mitre-mobile-attack", "T1406"),
		phase("mitre-attack", "T1055"),
		phase("mitre-attack", "execution"),
		phase("mitre-attack", "TA0002"),
		phase("lockheed-martin-cyber-kill-chain", "T1001"),
		phase("x-mitre-attack", "T1002"),
	]);
	assert_eq!(
		with("kill_chain_phases", phases.clone()).unwrap().techniques,
		["T1059.001", "T1406", "T1055"].map(technique)
	);
	let references = json!([{ "source_name": "mitre-attack", "external_id": "T1055" }]);
	let id = id("indicator", 1);
	for raw in [
		format!(
			r#"{{"type":"indicator","id":"{id}","kill_chain_phases":{phases},"external_references":{references}}}"#
		),
		format!(
			r#"{{"type":"indicator","id":"{id}","external_references":{references},"kill_chain_phases":{phases}}}"#
		),
	] {
		assert_eq!(read_raw(raw).unwrap().techniques, ["T1055", "T1059.001", "T1406"].map(technique));
	}
}

#[test]
fn references_to_makers_and_markings_should_not_count() {
	let relationship = dated(
		"relationship",
		1,
		json!({ "created_by_ref": id("identity", 1), "object_marking_refs": [marking("a")],
			"source_ref": id("malware", 2), "target_ref": id("tool", 3) }),
	);
	assert_eq!(relationship.refs, [id("malware", 2), id("tool", 3)]);
}

#[test]
fn custom_properties_of_any_type_should_pass() {
	for odd in [json!(5), json!({ "a": [1] }), json!(true), json!(-1.5), json!([[id("file", 1)], 7])] {
		for key in ["name", "x_any_ref", "x_any_refs", "definition", "definition_type", "extensions", "x_new"] {
			assert!(with(key, odd.clone()).is_ok(), "{key}: {odd}");
		}
	}
}

#[test]
fn wrong_types_should_be_refused() {
	for (key, value) in [
		("id", json!(5)),
		("type", json!(["indicator"])),
		("spec_version", json!(2.1)),
		("created", json!(1_700_000_000)),
		("revoked", json!("true")),
		("object_marking_refs", json!(marking("a"))),
		("object_marking_refs", json!([5])),
		("object_marking_refs", json!({})),
		("granular_markings", json!({ "marking_ref": marking("a") })),
		("granular_markings", json!([{ "marking_ref": [marking("a")] }])),
		("external_references", json!("T1059")),
		("kill_chain_phases", json!([1])),
		("source_ref", json!([id("file", 1)])),
		("sighting_of_ref", json!(1)),
		("object_ref", json!([id("file", 1)])),
		("object_refs", json!(id("file", 1))),
		("where_sighted_refs", json!([{}])),
	] {
		assert_eq!(with(key, value.clone()).unwrap_err().reason(), "invalid-property", "{key}: {value}");
	}
}

#[test]
fn property_should_not_come_twice() {
	let prefix = format!(r#"{{"type":"indicator","id":"{}""#, id("indicator", 1));
	for (further, key) in [
		(r#","object_marking_refs":["a"],"object_marking_refs":["b"]"#, "object_marking_refs"),
		(r#","x":1,"y":2,"\u0078":3"#, "x"),
		(r#","id":"x""#, "id"),
	] {
		assert_eq!(read_raw(format!("{prefix}{further}}}")), Err(Refusal::DuplicateKey { key: key.into() }));
	}
	let inside = r#","granular_markings":[{"marking_ref":"a","marking_ref":"b"}]"#;
	assert_eq!(read_raw(format!("{prefix}{inside}}}")).unwrap_err().reason(), "invalid-property");
	assert!(read_raw(format!(r#"{prefix},"x":{{"id":1,"id":2}}}}"#)).is_ok());
}

#[test]
fn type_should_be_there_and_well_formed() {
	assert_eq!(read_raw("{}"), Err(Refusal::NoType));
	for value in ["", "Indicator", "indi cator", "x/y", "é", "bundle", &"x".repeat(251)] {
		let refused = read(&json!({ "type": value, "id": id(value, 1) }));
		assert_eq!(refused, Err(Refusal::InvalidType { value: value.into() }));
	}
	assert!(read(&json!({ "type": "x".repeat(250), "id": id(&"x".repeat(250), 1) })).is_ok());
}

#[test]
fn id_should_be_there_and_of_its_type() {
	assert_eq!(read_raw(r#"{"type":"file"}"#), Err(Refusal::NoId));
	for value in [
		"",
		"file",
		"file--",
		"file--1",
		&id("url", 1),
		&id("file-", 1),
		&format!("{}0", id("file", 1)),
		"file--00000000000040008000000000000001----",
		"file--0000000g-0000-4000-8000-000000000001",
		"file--é0000000-0000-4000-8000-00000000001",
	] {
		let refused = read(&json!({ "type": "file", "id": value }));
		assert_eq!(refused, Err(Refusal::InvalidId { value: value.into() }));
	}
	assert!(read(&json!({ "type": "file", "id": "file--ABCDEF00-0000-4000-8000-000000000001" })).is_ok());
}

#[test]
fn times_should_be_times() {
	for field in ["created", "modified", "valid_until"] {
		for value in ["", "yesterday", "2025-02-30T00:00:00Z", "2025-01-01"] {
			let refused = with(field, json!(value));
			assert_eq!(refused, Err(Refusal::InvalidTimestamp { field, value: value.into() }));
		}
	}
	assert_eq!(with("valid_until", json!("1960-01-01T00:00:00Z")).unwrap().valid_until, Some(0));
}

#[test]
fn limits_should_hold_for_bytes_from_anywhere() {
	let raw = object("file", 1, json!({ "a": { "b": {} } })).raw;
	let limits = |object_bytes, depth| Limits { object_bytes, depth, ..Limits::default() };
	assert!(read_object(raw.clone(), &limits(raw.len(), 3)).is_ok());
	assert_eq!(read_object(raw.clone(), &limits(raw.len() - 1, 3)), Err(Refusal::TooLarge { limit: raw.len() - 1 }));
	assert_eq!(read_object(raw.clone(), &limits(raw.len(), 2)), Err(Refusal::TooDeep { limit: 2 }));
}

#[test]
fn anything_but_one_json_object_should_be_refused() {
	for raw in
		["", "{", "{\"a\"}", "{} {}", "{}x", "nonsense", "{\"a\":\"\n\"}", "{\"a\":\u{0}}", "{\"a\":01}", "{'a':1}"]
	{
		assert_eq!(read_raw(raw).unwrap_err().reason(), "malformed-json", "{raw:?}");
	}
	for raw in ["[]", "1", "\"{}\"", "null", " [{}]"] {
		assert_eq!(read_raw(raw), Err(Refusal::NotAnObject), "{raw:?}");
	}
	assert_eq!(read_raw(b"{\"a\":\"\xC3\x28\"}".to_vec()), Err(Refusal::InvalidUtf8));
	assert_eq!(read_raw(b"{\"a\":\"\xED\xA0\x80\"}".to_vec()), Err(Refusal::InvalidUtf8));
}

#[test]
fn white_space_around_an_object_should_stay() {
	let raw = format!(" {{ \"type\":\"file\",\r\n\"id\":\"{}\" }}\n", id("file", 1));
	assert_eq!(read_raw(raw.clone()).unwrap().raw, raw.as_bytes());
}

#[test]
fn definition_should_be_read_of_marking_definitions_only() {
	let tlp = json!({ "definition_type": "tlp", "definition": { "tlp": "amber" } });
	assert_eq!(dated("marking-definition", 1, tlp.clone()).definition, Some(MarkingDefinition::Tlp(Tlp::Amber)));
	assert_eq!(dated("x-marking", 1, tlp).definition, None);
}

#[test]
fn messages_should_escape_and_cut_what_a_source_says() {
	let long = || format!("\u{1b}[2J{}", "é".repeat(50_000));
	let read_refusals = [
		with("revoked", json!(long())).unwrap_err(),
		with("id", json!(long())).unwrap_err(),
		with("type", json!(long())).unwrap_err(),
		with("created", json!(long())).unwrap_err(),
		Refusal::DuplicateKey { key: long() },
		Refusal::UnresolvedMarking { id: long() },
	];
	for refusal in read_refusals {
		let text = refusal.to_string();
		assert!(text.len() < 400 && !text.contains('\u{1b}'), "{:.400}", text.escape_debug().to_string());
		assert!(text.contains(r"\u{1b}[2J") && text.contains("..."), "{text}");
	}
	assert!(with("revoked", json!(long())).unwrap_err().to_string().contains(" at line 1 column "));
	let fatal = FatalError::DuplicateMember { name: long() }.to_string();
	assert!(fatal.len() < 400 && fatal.contains(r"\u{1b}[2J"), "{fatal:.400}");
	let short = Refusal::UnresolvedMarking { id: marking("a") }.to_string();
	let expected = r#"nothing says what the marking "marking-definition--a" means: define it in the source, or, for a feed, in its marking_map"#;
	assert_eq!(short, expected);
}

#[test]
fn every_refusal_should_have_a_reason_and_a_text_of_its_own() {
	let text = || "x".to_string();
	let all = [
		Refusal::TooLarge { limit: 1 },
		Refusal::TooDeep { limit: 1 },
		Refusal::InvalidUtf8,
		Refusal::MalformedJson { detail: text() },
		Refusal::NotAnObject,
		Refusal::InvalidProperty { detail: text() },
		Refusal::DuplicateKey { key: text() },
		Refusal::NoType,
		Refusal::InvalidType { value: text() },
		Refusal::NoId,
		Refusal::InvalidId { value: text() },
		Refusal::InvalidTimestamp { field: "created", value: text() },
		Refusal::InvalidDefinition { id: text() },
		Refusal::FalseDefinition { id: text() },
		Refusal::MarkedDefinition { id: text(), tlp: Tlp::Red },
		Refusal::TooManyDefinitions,
		Refusal::UnresolvedMarking { id: text() },
		Refusal::Unmarked,
		Refusal::AboveCeiling { tlp: Tlp::Red, ceiling: Tlp::Amber },
	];
	let reasons: std::collections::BTreeSet<_> = all.iter().map(Refusal::reason).collect();
	let texts: std::collections::BTreeSet<_> = all.iter().map(Refusal::to_string).collect();
	assert_eq!((reasons.len(), texts.len()), (all.len(), all.len()));
	assert!(reasons
		.iter()
		.all(|reason| reason.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-' || byte == b'8')));
}

#[test]
fn what_stix_21_requires_of_a_type_should_be_missed() {
	let missing = |text: &str| {
		cti_stix::read_object(text.as_bytes().to_vec(), &cti_stix::Limits::default()).unwrap().missing_property()
	};
	let id = "00000001-2222-4333-8444-555555555555";
	let times = r#""created":"2026-01-01T00:00:00.000Z","modified":"2026-01-01T00:00:00.000Z""#;
	let malware = |more: &str| missing(&format!(r#"{{"type":"malware","id":"malware--{id}"{more}}}"#));
	assert_eq!(malware(&format!(r#","spec_version":"2.1",{times}"#)), None);
	assert_eq!(malware(&format!(",{times}")), Some("spec_version"));
	assert_eq!(malware(r#","spec_version":"2.1""#), Some("created"));
	assert_eq!(malware(r#","spec_version":"2.1","created":"2026-01-01T00:00:00.000Z""#), Some("modified"));
	assert_eq!(missing(&format!(r#"{{"type":"url","id":"url--{id}","value":"http://a.example"}}"#)), None);
	let definition = r#""spec_version":"2.1","created":"2026-01-01T00:00:00.000Z","definition_type":"statement""#;
	let of = format!(
		r#"{{"type":"marking-definition","id":"marking-definition--{id}",{definition},"definition":{{"statement":"x"}}}}"#
	);
	assert_eq!(missing(&of), None);
}
