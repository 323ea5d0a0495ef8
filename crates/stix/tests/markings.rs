//! Under which TLP an object may travel.

mod support;

use cti_stix::{check_ceiling, MarkingDefinition, Markings, Mode, Object, Refusal, Tlp, MAX_DEFINITIONS};
use serde_json::{json, Value};
use support::{dated, id, marking, read};

const FIXED: [(&str, Tlp); 10] = [
	("94868c89-83c2-464b-929b-a1a8aa3c8487", Tlp::Clear),
	("bab4a63c-aed9-4cf5-a766-dfca5abac2bb", Tlp::Green),
	("55d920b0-5e8b-4f79-9ee9-91f868d9b421", Tlp::Amber),
	("939a9414-2ddd-4d32-a0cd-375ea402b003", Tlp::AmberStrict),
	("e828b379-4e03-4974-9ac4-e53a884c97c1", Tlp::Red),
	("613f2e26-407d-48c7-9eca-b8e91df99dc9", Tlp::Clear),
	("34098fce-860f-48ae-8e50-ebd3cc5e41da", Tlp::Green),
	("f88d31f6-486f-44da-b317-01333bde0b82", Tlp::Amber),
	("5e57c739-391a-4eb3-b6be-7d15ca92d5ed", Tlp::Red),
	("826578e1-40ad-459f-bc73-ede076f81f37", Tlp::AmberStrict),
];
const MITRE: &str = "fa42a846-8d90-4e51-bc29-71d5b4802168";
const TLP_2: &str = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d";
const UUID: &str = "11111111-1111-4111-8111-111111111111";

fn marked(refs: &[String]) -> Object {
	dated("indicator", 1, json!({ "object_marking_refs": refs }))
}

fn by(uuid: &str) -> Object {
	marked(&[marking(uuid)])
}

fn define(uuid: &str, content: Value) -> Result<Object, Refusal> {
	let mut value = json!({ "type": "marking-definition", "id": marking(uuid), "created": "2025-01-01T00:00:00Z" });
	value.as_object_mut().unwrap().extend(content.as_object().unwrap().clone());
	read(&value)
}

fn tlp_1(value: &str) -> Value {
	json!({ "definition_type": "tlp", "definition": { "tlp": value } })
}

fn tlp_2(value: &str) -> Value {
	json!({ "extensions": { TLP_2: { "extension_type": "property-extension", "tlp_2_0": value } } })
}

fn statement() -> Value {
	json!({ "definition_type": "statement", "definition": { "statement": "Copyright" } })
}

fn knowing(definitions: &[Object]) -> Markings {
	let mut markings = Markings::default();
	for definition in definitions {
		markings.learn(definition).unwrap();
	}
	markings
}

fn publish(markings: &Markings, object: &Object, default: Option<Tlp>) -> Result<Tlp, Refusal> {
	markings.resolve(object, default, Mode::Publishing)
}

#[test]
fn fixed_ids_should_mean_their_tlp() {
	for (uuid, tlp) in FIXED {
		assert_eq!(publish(&Markings::default(), &by(uuid), None), Ok(tlp), "{uuid}");
		assert_eq!(publish(&Markings::default(), &by(&uuid.to_uppercase()), Some(Tlp::Clear)), Ok(tlp), "{uuid}");
	}
}

#[test]
fn mitre_statement_should_be_no_tlp() {
	assert_eq!(publish(&Markings::default(), &by(MITRE), Some(Tlp::Green)), Ok(Tlp::Green));
	assert_eq!(publish(&Markings::default(), &by(MITRE), None), Err(Refusal::Unmarked));
}

#[test]
fn strictest_should_count_over_versions_of_tlp_objects_and_parts() {
	let refs = |uuids: &[&str]| marked(&uuids.iter().map(|uuid| marking(uuid)).collect::<Vec<_>>());
	let of = |object: &Object| publish(&Markings::default(), object, Some(Tlp::Clear));
	assert_eq!(of(&refs(&[FIXED[1].0, FIXED[7].0])), Ok(Tlp::Amber));
	assert_eq!(of(&refs(&[FIXED[3].0, FIXED[7].0, MITRE])), Ok(Tlp::AmberStrict));
	assert_eq!(of(&refs(&[FIXED[8].0, FIXED[0].0])), Ok(Tlp::Red));
	let part = json!({ "object_marking_refs": [marking(FIXED[1].0)],
		"granular_markings": [{ "marking_ref": marking(FIXED[4].0), "selectors": ["name"] }] });
	assert_eq!(of(&dated("indicator", 1, part)), Ok(Tlp::Red));
}

#[test]
fn default_should_be_for_objects_without_a_tlp_only() {
	let unmarked = dated("indicator", 1, json!({}));
	assert_eq!(publish(&Markings::default(), &unmarked, None), Err(Refusal::Unmarked));
	for tlp in Tlp::ALL {
		assert_eq!(publish(&Markings::default(), &unmarked, Some(tlp)), Ok(tlp));
		assert_eq!(publish(&Markings::default(), &by(FIXED[1].0), Some(tlp)), Ok(Tlp::Green));
	}
}

#[test]
fn definitions_should_be_learnt_from_both_versions_of_tlp() {
	for content in [tlp_1("amber"), tlp_2("amber"), tlp_1("TLP:AMBER"), tlp_2("Amber")] {
		let markings = knowing(&[define(UUID, content).unwrap()]);
		assert_eq!(publish(&markings, &by(UUID), None), Ok(Tlp::Amber));
	}
	let strict = knowing(&[define(UUID, tlp_2("amber+strict")).unwrap()]);
	assert_eq!(publish(&strict, &by(UUID), None), Ok(Tlp::AmberStrict));
	let white = knowing(&[define(UUID, tlp_1("white")).unwrap()]);
	assert_eq!(publish(&white, &by(UUID), None), Ok(Tlp::Clear));
}

#[test]
fn definition_that_is_no_tlp_should_have_no_effect() {
	let named = json!({ "name": "TLP:RED", "definition_type": "statement", "definition": { "tlp": "red" } });
	for content in
		[statement(), named, json!({ "extensions": { id("extension-definition", 7): { "tlp_2_0": "red" } } })]
	{
		let definition = define(UUID, content).unwrap();
		assert_eq!(definition.definition, Some(MarkingDefinition::Other));
		let markings = knowing(&[definition]);
		assert_eq!(publish(&markings, &by(UUID), Some(Tlp::Green)), Ok(Tlp::Green));
		assert_eq!(publish(&markings, &by(UUID), None), Err(Refusal::Unmarked));
	}
}

#[test]
fn definition_without_one_clear_value_should_be_refused() {
	let mut both = tlp_1("green");
	both.as_object_mut().unwrap().extend(tlp_2("red").as_object().unwrap().clone());
	for content in [
		tlp_1("purple"),
		tlp_1(""),
		tlp_2("white-ish"),
		json!({ "definition_type": "TLP" }),
		json!({ "definition_type": "tlp", "definition": {} }),
		json!({ "definition_type": "tlp", "definition": "green" }),
		json!({ "definition_type": "tlp", "definition": { "tlp": ["green"] } }),
		json!({ "extensions": { TLP_2: {} } }),
		json!({ "extensions": { TLP_2: "red" } }),
		json!({ "extensions": { TLP_2: { "tlp_2_0": 1 } } }),
		both,
	] {
		let refused = define(UUID, content.clone());
		assert_eq!(refused, Err(Refusal::InvalidDefinition { id: marking(UUID) }), "{content}");
	}
	let twice = format!(
		r#"{{"type":"marking-definition","id":"{}","definition_type":"tlp","definition":{{"tlp":"red","tlp":"clear"}}}}"#,
		marking(UUID)
	);
	assert_eq!(support::read_raw(twice), Err(Refusal::InvalidDefinition { id: marking(UUID) }));
}

#[test]
fn both_versions_in_one_definition_should_agree() {
	let mut both = tlp_1("white");
	both.as_object_mut().unwrap().extend(tlp_2("clear").as_object().unwrap().clone());
	assert_eq!(define(UUID, both).unwrap().definition, Some(MarkingDefinition::Tlp(Tlp::Clear)));
}

#[test]
fn fixed_id_should_not_be_defined_with_another_value() {
	for (uuid, tlp) in FIXED {
		for other in Tlp::ALL.into_iter().filter(|other| *other != tlp) {
			for content in [tlp_1(other.name()), tlp_2(other.name())] {
				let id = marking(uuid);
				assert_eq!(define(uuid, content.clone()), Err(Refusal::FalseDefinition { id: id.clone() }));
				assert_eq!(define(&uuid.to_uppercase(), content), Err(Refusal::FalseDefinition { id }));
			}
		}
		assert_eq!(define(uuid, tlp_2(tlp.name())).unwrap().definition, Some(MarkingDefinition::Tlp(tlp)));
	}
	assert_eq!(define(FIXED[4].0, statement()), Err(Refusal::FalseDefinition { id: marking(FIXED[4].0) }));
	assert_eq!(define(MITRE, tlp_1("red")), Err(Refusal::FalseDefinition { id: marking(MITRE) }));
	assert!(define(MITRE, statement()).is_ok());
}

#[test]
fn opencti_definitions_should_mean_what_opencti_means() {
	let strict = define(
		"826578e1-40ad-459f-bc73-ede076f81f37",
		json!({ "definition_type": "statement", "definition": { "statement": "custom" },
			"x_opencti_definition_type": "TLP", "x_opencti_definition": "TLP:AMBER+STRICT" }),
	);
	assert_eq!(strict.unwrap().definition, Some(MarkingDefinition::Tlp(Tlp::AmberStrict)));
	let mut clear = tlp_1("clear");
	clear["name"] = json!("TLP:CLEAR");
	assert_eq!(define(FIXED[5].0, clear).unwrap().definition, Some(MarkingDefinition::Tlp(Tlp::Clear)));
}

#[test]
fn unresolved_marking_should_be_refused_when_publishing_and_what_the_record_says_when_reading() {
	let object = marked(&[marking(FIXED[1].0), marking(UUID)]);
	let markings = Markings::default();
	let refused = Err(Refusal::UnresolvedMarking { id: marking(UUID) });
	assert_eq!(publish(&markings, &object, Some(Tlp::Green)), refused);
	assert_eq!(markings.resolve(&object, Some(Tlp::Amber), Mode::Reading), Ok(Tlp::Amber));
	assert_eq!(markings.resolve(&object, None, Mode::Reading), Ok(Tlp::Red));
	assert_eq!(markings.unresolved(&object).collect::<Vec<_>>(), [marking(UUID)]);
}

#[test]
fn map_should_tighten_a_definition_and_never_loosen_it() {
	for (tlp, expected) in [("green", Tlp::Amber), ("amber", Tlp::Amber), ("red", Tlp::Red)] {
		let mut markings = Markings::new([(marking(UUID), Tlp::Amber)].into());
		markings.learn(&define(UUID, tlp_2(tlp)).unwrap()).unwrap();
		assert_eq!(publish(&markings, &by(UUID), None), Ok(expected), "{tlp}");
	}
}

#[test]
fn map_should_resolve_what_is_unknown_or_no_tlp_and_nothing_fixed() {
	let map = |uuid: &str| Markings::new([(marking(&uuid.to_uppercase()), Tlp::Amber)].into());
	assert_eq!(publish(&map(UUID), &by(UUID), None), Ok(Tlp::Amber));
	assert_eq!(map(UUID).unresolved(&by(UUID)).count(), 0);

	let mut known_as_statement = map(UUID);
	known_as_statement.learn(&define(UUID, statement()).unwrap()).unwrap();
	assert_eq!(publish(&known_as_statement, &by(UUID), None), Ok(Tlp::Amber));

	assert_eq!(publish(&map(FIXED[4].0), &by(FIXED[4].0), None), Ok(Tlp::Red));
	assert_eq!(publish(&map(MITRE), &by(MITRE), None), Err(Refusal::Unmarked));
}

#[test]
fn of_two_definitions_with_one_id_the_stricter_should_count_in_any_order() {
	let definitions = [statement(), tlp_1("green"), tlp_2("amber")].map(|content| define(UUID, content).unwrap());
	for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
		let markings = knowing(&order.map(|at| definitions[at].clone()));
		assert_eq!(publish(&markings, &by(UUID), None), Ok(Tlp::Amber), "{order:?}");
		assert_eq!(markings.definition(&marking(UUID)), Some(definitions[2].raw.as_slice()));
	}
}

/// A definition of UUID with these markings of its own.
fn define_marked(own: &[String]) -> Object {
	let mut content = tlp_2("green");
	content["object_marking_refs"] = json!(own);
	define(UUID, content).unwrap()
}

const OTHER: &str = "22222222-2222-4222-8222-222222222222";

#[test]
fn definitions_of_definitions_should_be_needed_also_in_a_ring() {
	const THIRD: &str = "33333333-3333-4333-8333-333333333333";
	let marked = |uuid: &str, own: &str| {
		let mut content = statement();
		content["object_marking_refs"] = json!([marking(own)]);
		define(uuid, content).unwrap()
	};
	let definitions = [marked(UUID, OTHER), marked(OTHER, UUID), define(THIRD, statement()).unwrap()];
	let markings = knowing(&definitions);
	let needed = markings.needed_by(&by(UUID));
	let expected = [(UUID, &definitions[0]), (OTHER, &definitions[1])].map(|(id, of)| (marking(id), of.raw.clone()));
	assert_eq!(needed.into_iter().map(|(id, raw)| (id.to_string(), raw.to_vec())).collect::<Vec<_>>(), expected);
	assert_eq!(markings.needed_by(&by(THIRD)), [(marking(THIRD).as_str(), definitions[2].raw.as_slice())]);
	assert_eq!(markings.needed_by(&by(FIXED[0].0)), []);
}

#[test]
fn learning_should_say_what_is_new() {
	let mut markings = Markings::default();
	let mut learn = |content| markings.learn(&define(UUID, content).unwrap());
	let results = [statement(), statement(), tlp_1("green"), tlp_1("clear"), tlp_1("amber")].map(&mut learn);
	assert_eq!(results, [Ok(true), Ok(false), Ok(true), Ok(false), Ok(true)]);
	assert_eq!(markings.learn(&by(UUID)), Ok(false));
}

#[test]
fn definition_that_is_itself_marked_above_clear_should_be_refused_and_not_resolve() {
	let mut markings = knowing(&[define(OTHER, tlp_1("amber")).unwrap()]);
	for (own, tlp) in [(FIXED[1].0, Tlp::Green), (FIXED[4].0, Tlp::Red), (OTHER, Tlp::Amber)] {
		let definition = define_marked(&[marking(MITRE), marking(own)]);
		let refused = Refusal::MarkedDefinition { id: marking(UUID), tlp };
		assert_eq!(markings.learn(&definition), Err(refused), "{own}");
	}
	let part = json!({ "definition_type": "statement",
		"granular_markings": [{ "marking_ref": marking(FIXED[4].0), "selectors": ["definition"] }] });
	assert!(markings.learn(&define(UUID, part).unwrap()).is_err());
	let many: Vec<_> = (0..17).map(|n| id("marking-definition", n)).collect();
	assert!(markings.learn(&define_marked(&many)).is_err());
	let unresolved = Err(Refusal::UnresolvedMarking { id: marking(UUID) });
	assert_eq!(publish(&markings, &by(UUID), Some(Tlp::Green)), unresolved);
	assert_eq!(markings.definition(&marking(UUID)), None);
}

#[test]
fn definition_with_clear_or_no_tlp_of_its_own_should_resolve() {
	for own in [MITRE, FIXED[0].0, FIXED[5].0] {
		let markings = knowing(&[define_marked(&[marking(own)])]);
		assert_eq!(publish(&markings, &by(UUID), None), Ok(Tlp::Green), "{own}");
		assert!(markings.definition(&marking(UUID)).is_some());
	}
}

#[test]
fn definition_with_an_unknown_marking_should_resolve_once_that_is_known_in_any_order() {
	let definition = define_marked(&[marking(OTHER)]);
	let unresolved = Err(Refusal::UnresolvedMarking { id: marking(UUID) });
	let markings = knowing(std::slice::from_ref(&definition));
	assert_eq!(publish(&markings, &by(UUID), Some(Tlp::Green)), unresolved);
	assert_eq!(markings.unresolved(&definition).collect::<Vec<_>>(), [marking(OTHER)]);
	assert_eq!(markings.definition(&marking(UUID)), None);

	let other = define(OTHER, statement()).unwrap();
	for order in [[&definition, &other], [&other, &definition]] {
		assert_eq!(publish(&knowing(&order.map(Object::clone)), &by(UUID), None), Ok(Tlp::Green));
	}
	let markings = knowing(&[definition, define(OTHER, tlp_1("red")).unwrap()]);
	assert_eq!(publish(&markings, &by(UUID), Some(Tlp::Green)), unresolved);
	assert_eq!(markings.definition(&marking(UUID)), None);
}

#[test]
fn definitions_that_mark_each_other_should_not_recurse() {
	let content = |own: &str| {
		let mut content = statement();
		content["object_marking_refs"] = json!([marking(own)]);
		content
	};
	let ring = [define(UUID, content(OTHER)).unwrap(), define(OTHER, content(UUID)).unwrap()];
	assert_eq!(publish(&knowing(&ring), &by(UUID), Some(Tlp::Green)), Ok(Tlp::Green));
	assert_eq!(publish(&knowing(&[define(UUID, content(UUID)).unwrap()]), &by(UUID), Some(Tlp::Amber)), Ok(Tlp::Amber));
}

#[test]
fn definition_without_a_marking_should_be_clear_unless_there_is_a_default() {
	let mut marked = statement();
	marked["object_marking_refs"] = json!([marking(MITRE)]);
	for content in [statement(), tlp_1("red"), marked] {
		let definition = define(UUID, content).unwrap();
		assert_eq!(publish(&Markings::default(), &definition, None), Ok(Tlp::Clear));
		assert_eq!(publish(&Markings::default(), &definition, Some(Tlp::Amber)), Ok(Tlp::Amber));
	}
}

#[test]
fn definitions_should_be_kept_to_be_carried_along() {
	let definition = define(FIXED[2].0, tlp_2("amber")).unwrap();
	let markings = knowing(&[definition.clone(), by(UUID)]);
	assert_eq!(markings.definition(&marking(&FIXED[2].0.to_uppercase())), Some(definition.raw.as_slice()));
	assert_eq!(markings.definitions().collect::<Vec<_>>(), [definition.raw.as_slice()]);
}

#[test]
fn definitions_should_be_bounded_in_number_and_bytes() {
	let mut markings = Markings::default();
	let numbered = |n: usize, text: &str| {
		let content = json!({ "definition_type": "statement", "definition": { "statement": text } });
		define(&format!("00000000-0000-4000-8000-{n:012x}"), content).unwrap()
	};
	assert!((0..MAX_DEFINITIONS).all(|n| markings.learn(&numbered(n, "")).unwrap()));
	assert_eq!(markings.learn(&numbered(MAX_DEFINITIONS, "")), Err(Refusal::TooManyDefinitions));
	assert_eq!(markings.learn(&numbered(0, "")), Ok(false));

	let mut markings = Markings::default();
	let long = "x".repeat(190_000);
	let learnt = (0..30).take_while(|n| markings.learn(&numbered(*n, &long)).is_ok()).count();
	assert_eq!(learnt, (4 << 20) / numbered(0, &long).raw.len());
}

#[test]
fn ceiling_should_refuse_what_is_stricter_and_red_always() {
	for tlp in Tlp::ALL {
		for ceiling in Tlp::ALL {
			let expected = tlp <= ceiling && tlp != Tlp::Red;
			let refused = check_ceiling(tlp, ceiling);
			assert_eq!(refused.is_ok(), expected);
			assert!(expected || refused == Err(Refusal::AboveCeiling { tlp, ceiling }));
		}
	}
}

#[test]
fn page_should_be_resolved_and_raised() {
	let red = dated("malware", 1, json!({ "object_marking_refs": [marking(FIXED[4].0)] }));
	let unresolved = dated("malware", 2, json!({ "object_marking_refs": [marking(UUID)] }));
	let unmarked = dated("malware", 3, json!({}));
	let green = |n, target: &Object| {
		let refs = json!({ "object_marking_refs": [marking(FIXED[1].0)], "source_ref": id("tool", 9), "target_ref": target.id });
		dated("relationship", n, refs)
	};
	let page = [green(1, &red), green(2, &unresolved), green(3, &unmarked), red, unresolved, unmarked];
	assert_eq!(
		Markings::default().resolve_page(&page, None, Mode::Publishing),
		[
			Ok(Tlp::Red),
			Ok(Tlp::Red),
			Ok(Tlp::Green),
			Ok(Tlp::Red),
			Err(Refusal::UnresolvedMarking { id: marking(UUID) }),
			Err(Refusal::Unmarked),
		]
	);
}
