//! What holds for any input.

mod support;

use cti_stix::{raise, read_object, Limits, Markings, Mode, Object, Splitter, Tlp};
use proptest::{collection::vec, prelude::*, sample::Index};
use serde_json::{json, Value};
use support::{bundle_of, dated, id, marking, object, split_in};

/// Any JSON value.
fn value() -> impl Strategy<Value = Value> {
	let leaf = prop_oneof![
		Just(Value::Null),
		any::<bool>().prop_map(Value::from),
		any::<i64>().prop_map(Value::from),
		any::<f64>().prop_map(Value::from),
		any::<String>().prop_map(Value::from),
		r#"[\[\]{}",:\\/u é\n]{0,12}"#.prop_map(Value::from),
	];
	leaf.prop_recursive(6, 40, 6, |inner| {
		prop_oneof![
			vec(inner.clone(), 0..6).prop_map(Value::from),
			vec((any::<String>(), inner), 0..6).prop_map(|members| Value::Object(members.into_iter().collect())),
		]
	})
}

/// The text of any JSON object, compact or not.
fn json_object() -> impl Strategy<Value = String> {
	let members = vec((".{0,8}", value()), 0..6);
	(members, any::<bool>()).prop_map(|(members, pretty)| {
		let object = Value::Object(members.into_iter().collect());
		if pretty {
			serde_json::to_string_pretty(&object).unwrap()
		} else {
			object.to_string()
		}
	})
}

/// Bytes that often look like a document.
fn nearly_json() -> impl Strategy<Value = Vec<u8>> {
	let pieces = prop_oneof![
		r#"[\[\]{}",:\\ 0-9a-z]{1,6}"#.prop_map(String::into_bytes),
		Just(br#"{"type":"bundle","objects":["#.to_vec()),
		Just(br#"{"objects":[{"#.to_vec()),
		Just(br#"{"a":"b"},"#.to_vec()),
		Just(br#"],"more":true,"next":"x"}"#.to_vec()),
		vec(any::<u8>(), 1..4),
	];
	vec(pieces, 0..24).prop_map(|pieces| pieces.concat())
}

/// A STIX object with any further properties, some of which are read.
fn stix_object() -> impl Strategy<Value = Value> {
	let key = prop_oneof![
		Just("name".to_string()),
		Just("object_marking_refs".to_string()),
		Just("granular_markings".to_string()),
		Just("external_references".to_string()),
		Just("extensions".to_string()),
		Just("definition".to_string()),
		Just("x_any_refs".to_string()),
		any::<String>(),
	];
	let kind = prop_oneof![Just("indicator"), Just("marking-definition"), Just("x-acme")];
	(kind, vec((key, value()), 0..8)).prop_map(|(kind, members)| {
		let mut object: Value = Value::Object(members.into_iter().collect());
		object["type"] = kind.into();
		object["id"] = id(kind, 1).into();
		object
	})
}

proptest! {
	#![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

	#[test]
	fn any_objects_should_come_out_byte_for_byte(objects in vec(json_object(), 0..8), sizes in vec(1usize..40, 1..8)) {
		let texts: Vec<_> = objects.iter().map(String::as_str).collect();
		let document = bundle_of(&texts);
		let (cuts, tail) = split_in(document.as_bytes(), &sizes, Limits::default());
		prop_assert_eq!(support::raws(&cuts), texts);
		for cut in cuts.iter().flatten() {
			let end = cut.offset as usize;
			prop_assert_eq!(&document.as_bytes()[end - cut.raw.len()..end], cut.raw.as_slice());
		}
		prop_assert_eq!(tail.unwrap().objects, objects.len() as u64);
	}

	#[test]
	fn any_chunks_should_give_the_same_cuts(document in nearly_json(), sizes in vec(1usize..12, 1..8)) {
		let limits = Limits { object_bytes: 40, depth: 3, total_bytes: 120, objects: 4 };
		let whole = split_in(&document, &[usize::MAX], limits);
		prop_assert_eq!(split_in(&document, &sizes, limits), whole);
	}

	#[test]
	fn any_bytes_should_be_survived(document in vec(any::<u8>(), 0..200), at in any::<Index>(), byte: u8) {
		let _ = split_in(&document, &[7], Limits::default());
		let _ = read_object(document, &Limits::default());
		let mut nearly = bundle_of(&[r#"{"type":"file","id":"file--1","a":[{"b":"\""}]}"#]).into_bytes();
		let at = at.index(nearly.len());
		nearly[at] = byte;
		for cut in split_in(&nearly, &[usize::MAX], Limits::default()).0.into_iter().flatten() {
			let _ = read_object(cut.raw, &Limits::default());
		}
	}

	#[test]
	fn what_json_parses_should_be_split_alike(document in nearly_json(), objects in vec(json_object(), 0..4)) {
		let texts: Vec<_> = objects.iter().map(String::as_str).collect();
		for document in [document, bundle_of(&texts).into_bytes()] {
			let Ok(Value::Object(parsed)) = serde_json::from_slice(&document) else { continue };
			let (cuts, tail) = split_in(&document, &[5], Limits::default());
			let (Ok(tail), Some(expected)) = (tail, parsed.get("objects").and_then(Value::as_array)) else { continue };
			prop_assert_eq!(tail.objects, expected.len() as u64);
			for (cut, expected) in cuts.iter().zip(expected) {
				match cut {
					Ok(cut) => prop_assert_eq!(&serde_json::from_slice::<Value>(&cut.raw).unwrap(), expected),
					Err(_) => prop_assert!(!expected.is_object()),
				}
			}
		}
	}

	#[test]
	fn reading_should_never_change_an_object(value in stix_object()) {
		let raw = value.to_string().into_bytes();
		if let Ok(object) = read_object(raw.clone(), &Limits::default()) {
			prop_assert_eq!(object.raw, raw);
			prop_assert_eq!(object.name.as_deref(), value["name"].as_str());
		}
	}

	#[test]
	fn buffered_bytes_should_be_what_the_pusher_did_not_take(objects in vec(json_object(), 1..5)) {
		let texts: Vec<_> = objects.iter().map(String::as_str).collect();
		let mut splitter = Splitter::new(Limits::default());
		splitter.push(bundle_of(&texts).as_bytes());
		let taken = splitter.by_ref().take(1).count();
		prop_assert_eq!(taken + splitter.by_ref().count(), objects.len());
		prop_assert_eq!(splitter.next(), None);
	}
}

/// Ids of every kind: fixed, defined on the page, mapped, a statement's, unknown.
fn any_marking() -> impl Strategy<Value = String> {
	prop_oneof![
		Just("bab4a63c-aed9-4cf5-a766-dfca5abac2bb"),
		Just("f88d31f6-486f-44da-b317-01333bde0b82"),
		Just("fa42a846-8d90-4e51-bc29-71d5b4802168"),
		Just("00000000-0000-4000-8000-000000000001"),
		Just("00000000-0000-4000-8000-000000000002"),
		Just("00000000-0000-4000-8000-000000000003"),
		Just("00000000-0000-4000-8000-000000000004"),
	]
	.prop_map(marking)
}

fn any_definition() -> impl Strategy<Value = Object> {
	let content = prop_oneof![
		Just(json!({ "definition_type": "statement", "definition": { "statement": "x" } })),
		(0usize..5).prop_map(|at| json!({ "definition_type": "tlp", "definition": { "tlp": Tlp::ALL[at].name() } })),
	];
	(1u32..4, content).prop_map(|(n, content)| dated("marking-definition", n, content))
}

fn any_tlp() -> impl Strategy<Value = Tlp> {
	(0usize..5).prop_map(|at| Tlp::ALL[at])
}

/// A page of objects that refer to one another at random, each with its own marking.
fn any_page() -> impl Strategy<Value = Vec<(Object, Tlp)>> {
	let kind = prop_oneof![
		Just("relationship"),
		Just("report"),
		Just("note"),
		Just("malware"),
		Just("file"),
		Just("observed-data")
	];
	let refs = vec((0u32..8, 0u32..6), 0..4);
	let names = ["relationship", "report", "note", "malware", "file", "observed-data"];
	vec((kind, 0u32..8, refs, any_tlp()), 0..24).prop_map(move |objects| {
		let id = |(n, kind): &(u32, u32)| id(names[*kind as usize], *n);
		let read = |(kind, n, refs, tlp): (&str, u32, Vec<(u32, u32)>, Tlp)| {
			let listed: Vec<_> = refs.iter().map(id).collect();
			let further = json!({ "object_refs": listed, "target_ref": refs.first().map(id) });
			(if kind == "file" { object(kind, n, further) } else { dated(kind, n, further) }, tlp)
		};
		objects.into_iter().map(read).collect()
	})
}

fn raised(page: &[(Object, Tlp)]) -> Vec<Tlp> {
	raise(&page.iter().map(|(object, tlp)| (object, *tlp)).collect::<Vec<_>>())
}

proptest! {
	#[test]
	fn marking_should_not_depend_on_any_order(
		refs in vec(any_marking(), 0..6),
		definitions in vec(any_definition(), 0..6),
		seed in any::<Index>(),
		reading: bool,
	) {
		let resolve = |refs: &[String], definitions: &[Object]| {
			let mut markings = Markings::new([(marking("00000000-0000-4000-8000-000000000003"), Tlp::AmberStrict)].into());
			for definition in definitions {
				markings.learn(definition).unwrap();
			}
			let object = dated("indicator", 1, json!({ "object_marking_refs": refs }));
			let mode = if reading { Mode::Reading } else { Mode::Publishing };
			markings.resolve(&object, None, mode).map_err(|refusal| refusal.reason())
		};
		let expected = resolve(&refs, &definitions);
		let (mut turned, mut other) = (refs.clone(), definitions.clone());
		turned.rotate_left(seed.index(refs.len().max(1)).min(refs.len()));
		other.rotate_left(seed.index(definitions.len().max(1)).min(definitions.len()));
		prop_assert_eq!(resolve(&turned, &other), expected);
		turned.reverse();
		other.reverse();
		prop_assert_eq!(resolve(&turned, &other), expected);
	}

	#[test]
	fn raising_should_never_lower_and_end_in_one_go(page in any_page(), turn in any::<Index>()) {
		let levels = raised(&page);
		prop_assert!(levels.iter().zip(&page).all(|(level, (_, own))| level >= own));
		prop_assert!(levels.iter().max() == page.iter().map(|(_, own)| own).max());
		let again: Vec<_> = page.iter().zip(&levels).map(|((object, _), level)| (object.clone(), *level)).collect();
		prop_assert_eq!(&raised(&again), &levels);

		let at = turn.index(page.len().max(1)).min(page.len());
		let (mut turned, mut expected) = (page.clone(), levels.clone());
		turned.rotate_left(at);
		expected.rotate_left(at);
		prop_assert_eq!(raised(&turned), expected);
	}

	#[test]
	fn speaker_should_never_stay_below_what_it_speaks_of(page in any_page()) {
		let levels = raised(&page);
		for ((object, _), level) in page.iter().zip(&levels).filter(|((object, _), _)| object.kind != "malware") {
			let is_raised = |(other, _): &(&(Object, Tlp), &Tlp)| {
				object.kind != "file" && object.refs.contains(&other.0.id)
					|| object.kind == "file" && other.0.refs.contains(&object.id)
			};
			let strictest = page.iter().zip(&levels).filter(is_raised).map(|(_, level)| *level).max();
			prop_assert!(Some(*level) >= strictest);
		}
	}
}
