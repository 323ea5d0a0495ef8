//! What the splitter makes of documents.

mod support;

use cti_stix::{DocumentKind, FatalError, Limits, Refusal, Splitter, Tail};
use support::{bundle_of, raws, split, split_in};

fn envelope(objects: u64) -> Tail {
	Tail { kind: DocumentKind::Envelope, more: None, next: None, objects }
}

#[test]
fn bundle_should_give_its_objects_byte_for_byte() {
	let objects = [r#"{"a" : "x" , "b":[1,2, {"c":"}]"}]}"#, "{\n\t\"é\": \"\\\"\\\\\" }", "{}"];
	let (cuts, tail) = split(bundle_of(&objects));
	assert_eq!(raws(&cuts), objects);
	assert_eq!(tail, Ok(Tail { kind: DocumentKind::Bundle, ..envelope(3) }));
}

#[test]
fn offsets_should_point_behind_each_object() {
	let document = bundle_of(&["{\"a\":1}", "{}", "[1]", "{\"b\":2}"]);
	let mut splitter = Splitter::new(Limits::default());
	splitter.push(document.as_bytes());
	let mut ends = Vec::new();
	while let Some(cut) = splitter.next() {
		let offset = splitter.offset() as usize;
		if let Ok(cut) = cut {
			assert_eq!(cut.offset, splitter.offset());
			assert_eq!(&document.as_bytes()[offset - cut.raw.len()..offset], cut.raw);
		}
		ends.push(&document[offset..offset + 1]);
	}
	assert_eq!(ends, [",", ",", ",", "]"]);
}

#[test]
fn members_should_be_taken_in_any_order() {
	for document in [
		r#"{"objects":[{"a":1}],"more":true,"next":"p\u00e4ge 2"}"#,
		r#"{"next":"päge 2","objects":[{"a":1}],"more":true}"#,
		r#" { "x_custom" : {"objects":[{"no":[]}]} , "more" : true , "next" : "päge 2" , "objects" : [ {"a":1} ] } "#,
	] {
		let (cuts, tail) = split(document);
		assert_eq!(raws(&cuts), [r#"{"a":1}"#], "{document}");
		assert_eq!(tail, Ok(Tail { more: Some(true), next: Some("päge 2".into()), ..envelope(1) }), "{document}");
	}
	for document in [
		r#"{"objects":[{}],"spec_version":"2.0","id":"bundle--1","type":"bundle"}"#,
		r#"{"id":1,"objects":[{}],"type":"bundle","x":null,"y":-1.5e300,"z":[true,"]"]}"#,
	] {
		let (cuts, tail) = split(document);
		assert_eq!((cuts.len(), tail.unwrap().kind), (1, DocumentKind::Bundle), "{document}");
	}
}

#[test]
fn document_without_objects_should_be_an_empty_page() {
	assert_eq!(split("{}").1, Ok(envelope(0)));
	assert_eq!(split(r#"{"objects":[]}"#).1, Ok(envelope(0)));
	assert_eq!(split(r#"{"objects":[ ] , "more":false}"#).1, Ok(Tail { more: Some(false), ..envelope(0) }));
	assert_eq!(split(r#"{"more":false,"next":null}"#).1, Ok(Tail { more: Some(false), ..envelope(0) }));
	assert_eq!(split(r#"{"type":"bundle","id":"b"}"#).1, Ok(Tail { kind: DocumentKind::Bundle, ..envelope(0) }));
}

#[test]
fn name_of_the_list_should_be_found_behind_escapes() {
	assert_eq!(split(r#"{"\u006fbjects":[{"a":1}]}"#).0.len(), 1);
}

#[test]
fn byte_order_mark_should_be_passed_over() {
	let document = [b"\xEF\xBB\xBF".as_slice(), br#"{"objects":[{}]}"#].concat();
	for size in [1, 2, 3, 4, 100] {
		let (cuts, tail) = split_in(&document, &[size], Limits::default());
		assert_eq!((cuts.len(), tail), (1, Ok(envelope(1))));
	}
}

#[test]
fn malformed_object_should_not_touch_its_neighbours() {
	let broken = r#"{"id": ,,, nonsense "x" }"#;
	let (cuts, tail) = split(bundle_of(&["{\"a\":1}", broken, "{\"b\":2}"]));
	assert_eq!(raws(&cuts), ["{\"a\":1}", broken, "{\"b\":2}"]);
	assert_eq!(support::read_raw(broken).unwrap_err().reason(), "malformed-json");
	assert_eq!(tail.unwrap().objects, 3);
}

#[test]
fn element_that_is_no_object_should_be_refused_alone() {
	let (cuts, tail) = split(bundle_of(&["1", "null", "\"{}\"", "[{}]", "{\"a\":1}", "nonsense"]));
	assert_eq!(cuts.iter().filter(|cut| **cut == Err(Refusal::NotAnObject)).count(), 5);
	assert!(cuts[4].is_ok());
	assert_eq!(tail.unwrap().objects, 6);
}

#[test]
fn object_at_the_limit_should_pass_and_one_byte_more_should_not() {
	let limits = Limits { object_bytes: 100, ..Limits::default() };
	let of = |len: usize| format!("{{\"a\":\"{}\"}}", "x".repeat(len - 8));
	let document = bundle_of(&[&of(100), &of(101), &of(5_000), "{}"]);
	for size in [1, 7, 64, 10_000] {
		let (cuts, tail) = split_in(document.as_bytes(), &[size], limits);
		assert_eq!(cuts[0].as_ref().unwrap().raw, of(100).as_bytes());
		assert_eq!(cuts[1], Err(Refusal::TooLarge { limit: 100 }));
		assert_eq!(cuts[2], Err(Refusal::TooLarge { limit: 100 }));
		assert!(cuts[3].is_ok() && tail.is_ok());
	}
}

#[test]
fn depth_at_the_limit_should_pass_and_one_level_more_should_not() {
	let of = |levels: usize| format!("{}{}{}", "{\"a\":".repeat(levels - 1), "{}", "}".repeat(levels - 1));
	let (cuts, tail) = split(bundle_of(&[&of(64), &of(65), &of(10_000), "{}"]));
	assert!(cuts[0].is_ok() && cuts[3].is_ok() && tail.is_ok());
	assert_eq!(cuts[1], Err(Refusal::TooDeep { limit: 64 }));
	assert_eq!(cuts[2], Err(Refusal::TooDeep { limit: 64 }));
}

#[test]
fn invalid_utf8_should_be_refused_alone() {
	let mut document = bundle_of(&["{\"a\":\"?\"}", "{\"b\":1}"]).into_bytes();
	let at = document.iter().position(|byte| *byte == b'?').unwrap();
	document[at] = 0xFF;
	let (cuts, tail) = split(&document);
	assert_eq!(cuts[0], Err(Refusal::InvalidUtf8));
	assert!(cuts[1].is_ok() && tail.is_ok());
}

#[test]
fn object_after_the_last_allowed_should_end_the_document() {
	let limits = Limits { objects: 2, ..Limits::default() };
	let of = |count| bundle_of(&vec!["{}"; count]);
	assert!(split_in(of(2).as_bytes(), &[9], limits).1.is_ok());
	let (cuts, tail) = split_in(of(3).as_bytes(), &[9], limits);
	assert_eq!((cuts.len(), tail), (2, Err(FatalError::TooManyObjects { limit: 2 })));
}

#[test]
fn byte_after_the_last_allowed_should_end_the_document_and_keep_what_came_before() {
	let document = bundle_of(&["{\"a\":1}", "{\"b\":2}"]);
	let limits = |total_bytes| Limits { total_bytes, ..Limits::default() };
	let whole = document.len() as u64;
	for size in [1, 10, 1_000] {
		assert!(split_in(document.as_bytes(), &[size], limits(whole)).1.is_ok());
		let (cuts, tail) = split_in(document.as_bytes(), &[size], limits(whole - 1));
		assert_eq!((cuts.len(), tail), (2, Err(FatalError::TooLarge { limit: whole - 1 })));
	}
}

#[test]
fn document_cut_short_anywhere_should_be_truncated() {
	let document = r#"{"type":"bundle","objects":[{"a":"\"x\""},{"b":[1]}],"more":true}"#;
	for end in 1..document.len() {
		let (_, tail) = split(&document[..end]);
		assert_eq!(tail, Err(FatalError::Truncated { offset: end as u64 }), "{}", &document[..end]);
	}
}

#[test]
fn nothing_should_be_an_empty_document() {
	assert_eq!(split("").1, Err(FatalError::Empty));
	assert_eq!(split(" \r\n\t").1, Err(FatalError::Empty));
	assert_eq!(split("\u{feff}").1, Err(FatalError::Empty));
}

#[test]
fn anything_but_an_object_should_not_be_json() {
	for document in ["<!DOCTYPE html><html>", "[{}]", "\"text\"", "null", "\u{0}", "\u{feff}[", "\u{fee}"] {
		assert_eq!(split(document).1, Err(FatalError::NotJson), "{document}");
	}
	assert_eq!(split(b"\xEF\xBB").1, Err(FatalError::NotJson));
}

#[test]
fn anything_after_the_end_should_be_trailing_data() {
	let document = bundle_of(&["{}"]);
	let offset = document.len() as u64;
	assert!(split(format!("{document}\n \t\r")).1.is_ok());
	let (cuts, tail) = split(format!("{document}{{"));
	assert_eq!((cuts.len(), tail), (1, Err(FatalError::TrailingData { offset })));
	assert_eq!(split(format!("{document}\n\u{0}")).1, Err(FatalError::TrailingData { offset: offset + 1 }));
}

#[test]
fn malformed_structure_should_say_where_and_what_was_expected() {
	for (document, offset, expected) in [
		(r#"{,}"#, 1, "a member's name or '}'"),
		(r#"{"a":1,}"#, 7, "a member's name"),
		(r#"{"a" 1}"#, 5, "':'"),
		(r#"{"a":}"#, 5, "a value"),
		(r#"{"a":1 "b":2}"#, 7, "',' or '}'"),
		(r#"{"a":1]"#, 6, "',' or '}'"),
		(r#"{"objects":[,]}"#, 12, "a value"),
		(r#"{"objects":[{},]}"#, 15, "a value"),
		(r#"{"objects":[{} {}]}"#, 15, "',' or ']'"),
		(r#"{"objects":[{}}"#, 14, "',' or ']'"),
		(r#"{"objects":[{"a":[1}]}]}"#, 19, "the bracket that closes the one opened last"),
		(r#"{"\q":1}"#, 5, "a member's name before this"),
	] {
		assert_eq!(split(document).1, Err(FatalError::Malformed { offset, expected }), "{document}");
	}
}

#[test]
fn member_of_the_wrong_type_should_be_invalid() {
	for (document, name) in [
		(r#"{"objects":{}}"#, "objects"),
		(r#"{"objects":null}"#, "objects"),
		(r#"{"more":"yes"}"#, "more"),
		(r#"{"more":1}"#, "more"),
		(r#"{"next":5}"#, "next"),
		(r#"{"next":"\ud800"}"#, "next"),
		(r#"{"type":1}"#, "type"),
		(r#"{"x":{"a" 1}}"#, "x"),
		(r#"{"x":nul}"#, "x"),
		(r#"{"x":01}"#, "x"),
	] {
		assert_eq!(split(document).1, Err(FatalError::InvalidMember { name: name.into() }), "{document}");
	}
	let long = format!(r#"{{"x":"{}"}}"#, "x".repeat(200_000));
	assert_eq!(split(long).1, Err(FatalError::InvalidMember { name: "x".into() }));
	assert_eq!(split(b"{\"x\":\"\xFF\"}").1, Err(FatalError::InvalidMember { name: "x".into() }));
}

#[test]
fn member_should_not_come_twice() {
	for (document, name) in [
		(r#"{"objects":[],"objects":[]}"#, "objects"),
		(r#"{"more":true,"more":true}"#, "more"),
		(r#"{"more":null,"more":true}"#, "more"),
		(r#"{"next":"a","next":"b"}"#, "next"),
		(r#"{"type":"bundle","type":"bundle"}"#, "type"),
	] {
		assert_eq!(split(document).1, Err(FatalError::DuplicateMember { name: name.into() }), "{document}");
	}
}

#[test]
fn json_of_another_kind_should_not_be_stix() {
	for document in [
		r#"{"title":"Unauthorized","http_status":"401"}"#,
		r#"{"type":"indicator","id":"indicator--1"}"#,
		r#"{"objects":[{}],"type":"collection"}"#,
	] {
		assert_eq!(split(document).1, Err(FatalError::NotStix), "{document}");
	}
}

#[test]
fn error_should_stop_the_splitter_for_good() {
	let mut splitter = Splitter::new(Limits::default());
	splitter.push(br#"{"objects":[{}}"#);
	assert!(splitter.error().is_none());
	assert_eq!(splitter.by_ref().count(), 1);
	let error = splitter.error().cloned().unwrap();
	assert_eq!(error.reason(), "malformed-document");
	splitter.push(br#",{}]}"#);
	assert_eq!(splitter.next(), None);
	assert_eq!(splitter.finish(), Err(error));
}

#[test]
fn objects_not_taken_should_be_counted_at_the_end() {
	let mut splitter = Splitter::new(Limits::default());
	splitter.push(bundle_of(&["{}", "{}"]).as_bytes());
	assert_eq!(splitter.finish().unwrap().objects, 2);
}

#[test]
fn every_fatal_error_should_have_a_reason_and_a_text_of_its_own() {
	let name = || "more".to_string();
	let all = [
		FatalError::Empty,
		FatalError::NotJson,
		FatalError::Malformed { offset: 7, expected: "':'" },
		FatalError::Truncated { offset: 8 },
		FatalError::TrailingData { offset: 9 },
		FatalError::TooLarge { limit: 10 },
		FatalError::TooManyObjects { limit: 11 },
		FatalError::InvalidMember { name: name() },
		FatalError::DuplicateMember { name: name() },
		FatalError::NotStix,
	];
	let reasons: std::collections::BTreeSet<_> = all.iter().map(FatalError::reason).collect();
	let texts: std::collections::BTreeSet<_> = all.iter().map(FatalError::to_string).collect();
	assert_eq!((reasons.len(), texts.len()), (all.len(), all.len()));
	assert!(reasons.iter().all(|reason| reason.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')));
}
