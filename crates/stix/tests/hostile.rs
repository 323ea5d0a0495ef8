//! A source that means harm: each attack has its own answer, and what is good around it passes.

mod support;

use cti_stix::{read_object, FatalError, Limits, Markings, Mode, Refusal, Splitter, Tlp};
use serde_json::json;
use support::{bundle_of, dated, id, marking, read_raw, split};

const GOOD: &str = r#"{"type":"file","id":"file--00000000-0000-4000-8000-000000000001"}"#;

/// What becomes of an object between two good ones: the reason it is refused for, if it is.
fn fate(object: &[u8]) -> Option<&'static str> {
	let document = bundle_of(&[GOOD, "?", GOOD]).into_bytes();
	let at = document.iter().position(|byte| *byte == b'?').unwrap();
	let document = [&document[..at], object, &document[at + 1..]].concat();
	let (cuts, tail) = split(&document);
	assert_eq!(tail.expect("the document is good").objects, 3);
	let mut fates = cuts.into_iter().map(|cut| match cut.and_then(|cut| read_object(cut.raw, &Limits::default())) {
		Ok(_) => None,
		Err(refusal) => Some(refusal.reason()),
	});
	let [Some(None), Some(fate), Some(None), None] = [fates.next(), fates.next(), fates.next(), fates.next()] else {
		panic!("the good ones around it must pass");
	};
	fate
}

fn with(property: &str) -> Vec<u8> {
	format!(r#"{{"type":"file","id":"{}",{property}}}"#, id("file", 2)).into_bytes()
}

#[test]
fn hostile_object_should_be_refused_alone_for_its_own_reason() {
	let lists = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
	for (property, reason) in [
		(format!(r#""x":{}"#, lists(10_000)), "too-deep"),
		(format!(r#""name":{}"#, lists(10_000)), "too-deep"),
		(format!(r#""x":"{}""#, "x".repeat(200_000)), "too-large"),
		("\"x\":\u{0}".into(), "malformed-json"),
		("\"x\":\"\u{0}\"".into(), "malformed-json"),
		(r#""x":NaN"#.into(), "malformed-json"),
		(r#""x":-"#.into(), "malformed-json"),
		(r#""x":0x10"#.into(), "malformed-json"),
		(r#""x":"\x""#.into(), "malformed-json"),
		(r#""x":"\u12""#.into(), "malformed-json"),
		(r#""name":"\ud800""#.into(), "malformed-json"),
		(r#""x":/*comment*/1"#.into(), "malformed-json"),
		(r#""x":[1,]"#.into(), "malformed-json"),
		(r#""id":"file--00000000-0000-4000-8000-000000000003""#.into(), "duplicate-key"),
		(r#""object_marking_refs":[],"object_marking_refs":[]"#.into(), "duplicate-key"),
		(r#""object_marking_refs":{"0":"marking-definition--1"}"#.into(), "invalid-property"),
		(r#""created":"9999-99-99T99:99:99Z""#.into(), "invalid-timestamp"),
	] {
		assert_eq!(fate(&with(&property)), Some(reason), "{:.80}", property);
	}
	for (object, reason) in [
		(b"{\"type\":\"file\",\"x\":\"\xFF\xFE\"}".as_slice(), "invalid-utf8"),
		(b"{\"type\":\"file\",\"x\":\"\xC0\xAF\"}", "invalid-utf8"),
		(b"{\"type\":\"file\",\"x\":\"\xF8\x88\x80\x80\x80\"}", "invalid-utf8"),
		(b"{\xFF}", "invalid-utf8"),
		(b"[[[]]]", "not-an-object"),
		(b"-1e999999", "not-an-object"),
		(br#"{"type":"bundle","id":"bundle--00000000-0000-4000-8000-000000000001","objects":[]}"#, "invalid-type"),
	] {
		assert_eq!(fate(object), Some(reason), "{}", String::from_utf8_lossy(object));
	}
}

#[test]
fn strange_but_correct_object_should_pass() {
	for property in [
		format!(r#""x":{}1e{}"#, "1".repeat(50_000), "9".repeat(50_000)),
		r#""x":-0.0e-0"#.into(),
		r#""x":"\ud800""#.into(),
		r#""x":"\u0000""#.into(),
		r#""":{"":[]}"#.into(),
		"\"x\":\"\u{7f}\u{85}\u{2028}\u{feff}\u{10ffff}\"".into(),
		r#""x":"]}\\\"]}","y":"\\""#.into(),
	] {
		assert_eq!(fate(&with(&property)), None, "{:.80}", property);
	}
}

#[test]
fn object_of_many_keys_should_not_take_the_square_of_its_size() {
	let properties: Vec<_> = (0..18_000).map(|n| format!("\"k{n}\":0")).collect();
	let begun = std::time::Instant::now();
	assert_eq!(fate(&with(&properties.join(","))), None);
	assert!(begun.elapsed().as_secs() < 20, "{:?}", begun.elapsed());
}

#[test]
fn brackets_that_do_not_match_should_end_the_document_there() {
	let (cuts, tail) = split(bundle_of(&[GOOD, r#"{"a":[1}"#, GOOD]));
	assert_eq!(cuts.len(), 1);
	assert_eq!(tail.unwrap_err().reason(), "malformed-document");
}

#[test]
fn missing_end_should_lose_nothing_that_came_before() {
	let document = bundle_of(&[GOOD, GOOD]);
	for missing in 1..=GOOD.len() {
		let (cuts, tail) = split(&document[..document.len() - missing]);
		assert_eq!(cuts.iter().filter(|cut| cut.is_ok()).count(), if missing < 3 { 2 } else { 1 });
		assert_eq!(tail.unwrap_err().reason(), "truncated-document");
	}
}

/// Feeds `head` and then `filler` over and over, 100 MB of it. Tells how many objects came and what ended it.
fn endless(head: &str, filler: &str, limits: Limits) -> (usize, Result<(), FatalError>) {
	let mut splitter = Splitter::new(limits);
	splitter.push(head.as_bytes());
	let chunk = filler.repeat((1 << 16) / filler.len());
	let mut objects = splitter.by_ref().count();
	for _ in 0..100_000_000 / chunk.len() {
		splitter.push(chunk.as_bytes());
		objects += splitter.by_ref().count();
		if let Some(error) = splitter.error() {
			return (objects, Err(error.clone()));
		}
	}
	(objects, splitter.finish().map(|_| ()))
}

#[test]
fn endless_document_should_end_at_its_limit() {
	let limits = Limits { total_bytes: 8 << 20, ..Limits::default() };
	let too_large = Err(FatalError::TooLarge { limit: limits.total_bytes });
	for (head, filler) in [
		(r#"{"objects":[{"a":""#, "abcdefgh"),
		(r#"{"objects":[{"a":""#, "\\\"\\\\"),
		(r#"{"objects":[{"a":"#, "[[[[[[[["),
		(r#"{"objects":[{"a":"#, "99999999"),
		(r#"{"objects":["#, "        "),
		(r#"{"x":""#, "abcdefgh"),
		("", "\n\n\n\n"),
	] {
		assert_eq!(endless(head, filler, limits), (0, too_large.clone()), "{head}{filler}");
	}
	let (_, error) = endless(r#"{"objects":[{"a":""#, "abcdefgh", Limits::default());
	assert_eq!(error, Err(FatalError::TooLarge { limit: 64 << 20 }));
}

#[test]
fn endless_objects_should_end_at_their_limit() {
	let limits = Limits { objects: 10_000, ..Limits::default() };
	let (objects, error) = endless(&format!("{{\"objects\":[{GOOD}"), &format!(",{GOOD}"), limits);
	assert_eq!((objects, error), (10_000, Err(FatalError::TooManyObjects { limit: 10_000 })));
}

#[test]
#[cfg(target_os = "linux")]
fn endless_document_should_not_fill_the_memory() {
	let limits = Limits { total_bytes: u64::MAX, ..Limits::default() };
	let (objects, error) = endless(&format!("{{\"objects\":[{GOOD},{{\"a\":\""), "abcdefgh", limits);
	assert_eq!((objects, error.unwrap_err().reason()), (1, "truncated-document"));
	let status = std::fs::read_to_string("/proc/self/status").unwrap();
	let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
	let kilobytes: u64 = peak.trim().trim_end_matches(" kB").parse().unwrap();
	assert!(kilobytes < 64 * 1024, "{kilobytes} kB");
}

#[test]
fn object_should_not_escape_a_marking_by_form() {
	let red = "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1";
	let of = |refs: &str| {
		let object = read_raw(with(refs)).unwrap();
		Markings::default().resolve(&object, Some(Tlp::Clear), Mode::Publishing)
	};
	assert_eq!(of(&format!(r#""\u006fbject_marking_refs":["{red}"]"#)), Ok(Tlp::Red));
	assert_eq!(of(&format!(r#""object_marking_refs":["{}"]"#, red.replace('-', "\\u002d"))), Ok(Tlp::Red));
	assert_eq!(of(&format!(r#""object_marking_refs":["{}"]"#, red.to_uppercase())), Ok(Tlp::Red));
	for near in [format!(" {red}"), format!("{red} "), red.replace("--", "-"), String::new()] {
		let refused = Err(Refusal::UnresolvedMarking { id: near.clone() });
		assert_eq!(of(&format!(r#""object_marking_refs":["{near}"]"#)), refused);
	}
}

#[test]
fn definition_should_not_weaken_what_a_page_already_knows() {
	let uuid = "11111111-1111-4111-8111-111111111111";
	let define = |tlp: &str| {
		let raw = format!(
			r#"{{"type":"marking-definition","id":"{}","definition_type":"tlp","definition":{{"tlp":"{tlp}"}}}}"#,
			marking(uuid)
		);
		read_raw(raw).unwrap()
	};
	let mut markings = Markings::default();
	markings.learn(&define("red")).unwrap();
	markings.learn(&define("clear")).unwrap();
	let object = dated("indicator", 1, json!({ "object_marking_refs": [marking(uuid)] }));
	assert_eq!(markings.resolve(&object, None, Mode::Publishing), Ok(Tlp::Red));
}
