use super::*;
use crate::error::Exit;
use cti_envelope::{
	development::{epoch_secret, member_seed},
	seal, DirectRecipient, GroupRecipient, SealRequest,
};
use cti_primitives::{Epoch, GroupId, KeyOwnerId, Quality, Requirement};

const GREEN: &str = "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb";
const AMBER: &str = "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421";
const RED_ID: &str = "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1";
const STATEMENT: &str = "marking-definition--22222222-2222-4222-8222-222222222222";

fn uuid(number: usize) -> String {
	format!("{number:08x}-0000-4000-8000-000000000000")
}

fn object(number: usize, marking: Option<&str>, technique: Option<&str>, padding: usize) -> String {
	let marking = marking.map(|id| format!(r#","object_marking_refs":["{id}"]"#)).unwrap_or_default();
	let technique = technique
		.map(|id| format!(r#","external_references":[{{"source_name":"mitre-attack","external_id":"{id}"}}]"#));
	format!(
		r#"{{"type":"malware","spec_version":"2.1","id":"malware--{}","created":"2020-01-14T17:18:32.126Z",
		"modified":"2020-01-14T17:18:32.126Z","is_family":true,"x_pad":"{}"{marking}{}}}"#,
		uuid(number),
		"x".repeat(padding),
		technique.unwrap_or_default()
	)
}

fn statement() -> String {
	format!(
		r#"{{"type":"marking-definition","spec_version":"2.1","id":"{STATEMENT}","created":"2020-01-14T17:18:32.126Z",
		"definition_type":"statement","definition":{{"statement":"Copyright"}}}}"#
	)
}

fn bundle(objects: &[String]) -> Vec<u8> {
	format!(r#"{{"type":"bundle","id":"bundle--{}","objects":[{}]}}"#, uuid(0), objects.join(",\n")).into_bytes()
}

fn read(objects: &[String]) -> Vec<Object> {
	let (read, refused) = read_bundle(&bundle(objects)[..], Path::new("b.json")).unwrap();
	assert_eq!(refused, []);
	read
}

fn packer(marking: Option<Tlp>) -> Packer {
	Packer {
		persons_only: false,
		author: MemberId(0),
		marking,
		ceiling: Some(Tlp::Amber),
		groups: 1,
		direct: 0,
		techniques: BTreeSet::new(),
		catalogue: (1..=400u16).map(|technique| TechniqueId { technique, sub_technique: 0 }).collect(),
		disclose: false,
		gate: Gate::default(),
		limit: MAX_PAYLOAD,
	}
}

fn texts(envelope: &Envelope) -> Vec<&str> {
	envelope.objects.iter().map(|raw| std::str::from_utf8(raw).unwrap()).collect()
}

#[test]
fn objects_should_be_grouped_by_marking_with_their_bytes_unchanged() {
	let objects = [object(1, Some(AMBER), None, 0), object(2, None, None, 0), object(3, Some(GREEN), None, 0)];
	let plan = packer(Some(Tlp::Clear)).plan(&read(&objects));
	assert_eq!(plan.refused, []);
	let found: Vec<_> = plan.envelopes.iter().map(|envelope| (envelope.tlp, texts(envelope))).collect();
	let [amber, clear, green] = [0, 1, 2].map(|place| objects[place].as_str());
	assert_eq!(found, [(Tlp::Clear, vec![clear]), (Tlp::Green, vec![green]), (Tlp::Amber, vec![amber])]);
}

#[test]
fn marking_option_should_be_default_and_floor() {
	let objects = [object(1, Some(AMBER), None, 0), object(2, None, None, 0), object(3, Some(GREEN), None, 0)];
	let plan = packer(Some(Tlp::Amber)).plan(&read(&objects));
	assert_eq!(plan.envelopes.len(), 1);
	assert_eq!((plan.envelopes[0].tlp, plan.envelopes[0].objects.len()), (Tlp::Amber, 3));
}

#[test]
fn unmarked_and_too_strict_objects_should_be_refused_alone() {
	let objects = [object(1, Some(AMBER), None, 0), object(2, None, None, 0), object(3, Some(GREEN), None, 0)];
	let packer = Packer { ceiling: Some(Tlp::Green), ..packer(None) };
	let plan = packer.plan(&read(&objects));
	let reasons: Vec<_> = plan.refused.iter().map(|refused| refused.reason).collect();
	assert_eq!(reasons, ["above-ceiling", "unmarked"]);
	assert_eq!(texts(&plan.envelopes[0]), [objects[2].as_str()]);
	let to_members = Packer { ceiling: None, marking: Some(Tlp::AmberStrict), ..packer };
	assert_eq!(to_members.plan(&read(&objects)).envelopes[0].tlp, Tlp::AmberStrict);
}

#[test]
fn red_should_not_be_sealed_to_members() {
	let objects = [object(1, Some(RED_ID), None, 0), object(2, Some(GREEN), None, 0)];
	let to_members = Packer { ceiling: None, ..packer(None) };
	let plan = to_members.plan(&read(&objects));
	assert_eq!(plan.refused.len(), 1);
	assert!(plan.refused[0].is_about_marking() && plan.refused[0].detail.contains("TLP:RED"), "{:?}", plan.refused);
	assert_eq!(texts(&plan.envelopes[0]), [objects[1].as_str()]);
	let floor = Packer { marking: Some(Tlp::Red), ..to_members };
	assert!(floor.plan(&read(&objects)).envelopes.is_empty());
	let to_persons = Packer { persons_only: true, ..floor };
	let plan = to_persons.plan(&read(&objects));
	assert_eq!((plan.envelopes[0].tlp, plan.envelopes[0].objects.len(), plan.refused), (Tlp::Red, 2, vec![]));
}

#[test]
fn unknown_marking_should_be_refused_when_publishing() {
	let objects = [object(1, Some("marking-definition--11111111-1111-4111-8111-111111111111"), None, 0)];
	let plan = packer(Some(Tlp::Green)).plan(&read(&objects));
	assert_eq!(plan.refused[0].reason, "unresolved-marking");
	assert!(plan.envelopes.is_empty());
}

#[test]
fn definitions_should_travel_along_with_every_envelope_that_needs_them() {
	let mut objects = vec![statement()];
	objects.extend((1..=5).map(|number| object(number, Some(STATEMENT), None, 90_000)));
	let plan = packer(Some(Tlp::Green)).plan(&read(&objects));
	assert_eq!(plan.envelopes.len(), 3);
	for envelope in &plan.envelopes {
		assert_eq!(texts(envelope)[0], objects[0]);
		assert_eq!(texts(envelope).iter().filter(|text| **text == objects[0]).count(), 1);
	}
	let alone = packer(Some(Tlp::Green)).plan(&read(&objects[..1]));
	assert_eq!(texts(&alone.envelopes[0]), [objects[0].as_str()]);
}

#[test]
fn what_lies_elsewhere_should_have_room_for_more_than_a_block() {
	let named = |n: usize| object(n, Some(GREEN), Some(&format!("T{:04}", n + 1)), 20_000);
	let objects: Vec<String> = (0..40).map(named).collect();
	let here = packer(None).plan(&read(&objects));
	assert!(here.envelopes.len() > 1 && here.envelopes.iter().all(|one| one.len <= MAX_PAYLOAD));
	let elsewhere = Packer { limit: 64 << 20, ..packer(None) }.plan(&read(&objects));
	let [one] = &elsewhere.envelopes[..] else { panic!("{}", elsewhere.envelopes.len()) };
	assert_eq!((one.objects.len(), one.techniques.len()), (40, 32));
	assert!(one.len > 800_000);
}

#[test]
fn techniques_should_follow_catalogue_marking_and_limit() {
	let ids: Vec<String> = (1..=70).map(|number| format!("T{number:04}")).collect();
	let objects: Vec<String> = ids.iter().enumerate().map(|(number, id)| object(number, None, Some(id), 0)).collect();
	let plan = packer(Some(Tlp::Green)).plan(&read(&objects));
	let counts: Vec<_> = plan.envelopes.iter().map(|envelope| envelope.techniques.len()).collect();
	assert_eq!(counts, [32, 32, 6]);
	let amber = packer(Some(Tlp::Amber)).plan(&read(&objects));
	assert_eq!((amber.envelopes.len(), amber.envelopes[0].techniques.len()), (1, 0));
	let disclosed = Packer { disclose: true, ..packer(Some(Tlp::Amber)) }.plan(&read(&objects[..1]));
	assert_eq!(disclosed.envelopes[0].techniques.len(), 1);
	let unknown = packer(Some(Tlp::Green)).plan(&read(&[object(1, None, Some("T0999"), 0)]));
	assert!(unknown.envelopes[0].techniques.is_empty());
	let named = Packer { techniques: ["T1059".parse().unwrap()].into(), ..packer(Some(Tlp::Green)) };
	assert_eq!(named.plan(&read(&objects[..40])).envelopes[1].techniques.len(), 10);
}

#[test]
fn envelopes_should_be_as_long_as_planned_and_fit_the_call() {
	let objects: Vec<String> = (0..40).map(|number| object(number, None, None, number * 1_337 % 30_000)).collect();
	let plan = Packer { direct: 2, ..packer(Some(Tlp::Green)) }.plan(&read(&objects));
	assert!(plan.envelopes.len() > 1);
	let mut seen = Vec::new();
	for envelope in &plan.envelopes {
		let key = epoch_secret().kem_seed(&[1; 32], GroupId(0), Epoch(1)).public_key();
		let member = member_seed("bob").public_key();
		let to = |owner| DirectRecipient { owner: KeyOwnerId(owner), key_version: 0, key: &member };
		let raw: Vec<&[u8]> = envelope.objects.iter().map(Vec::as_slice).collect();
		let request = SealRequest {
			genesis: [1; 32],
			author: Author::Member(MemberId(0)),
			tlp: envelope.tlp,
			groups: &[GroupRecipient { group: GroupId(0), epoch: Epoch(1), key: &key }],
			direct: &[to(0), to(1)],
			pad_direct: false,
			objects: &raw,
		};
		assert_eq!(seal(&request, &[1; 32]).unwrap().len(), envelope.len);
		assert!(envelope.len <= MAX_PAYLOAD);
		seen.extend(texts(envelope).into_iter().map(str::to_string));
	}
	assert_eq!(seen, objects);
}

#[test]
fn largest_object_should_fit_with_all_recipients() {
	let objects = [object(1, None, None, 199_000)];
	let plan = Packer { groups: 4, direct: 16, ..packer(Some(Tlp::Green)) }.plan(&read(&objects));
	assert_eq!((plan.envelopes.len(), plan.refused.len()), (1, 0));
}

#[test]
fn bad_objects_should_be_refused_alone() {
	let deep = format!("{}1{}", r#"{"a":"#.repeat(10_000), "}".repeat(10_000));
	let huge = object(7, None, None, 210_000);
	let text =
		bundle(&[object(1, None, None, 0), deep, r#"{"type":"malware"}"#.into(), huge, object(2, None, None, 0)]);
	let (objects, refused) = read_bundle(&text[..], Path::new("b.json")).unwrap();
	assert_eq!(objects.len(), 2);
	assert_eq!(refused.iter().map(|one| one.reason).collect::<Vec<_>>(), ["too-deep", "no-id", "too-large"]);
}

#[test]
fn bad_documents_should_be_bad_input() {
	let cut = &bundle(&[object(1, None, None, 0)])[..100];
	for text in [&b""[..], b"<html><body>login</body></html>", b"[]", br#"{"type":"report"}"#, cut] {
		let error = read_bundle(text, Path::new("b.json")).unwrap_err();
		assert_eq!(error.exit(), Exit::BadInput, "{}", String::from_utf8_lossy(text));
	}
	let endless = io::repeat(b' ').take(70 << 20);
	let document = io::Cursor::new(b"{\"type\":\"bundle\",").chain(endless);
	assert!(read_bundle(document, Path::new("b.json")).unwrap_err().to_string().contains("larger"));
}

#[test]
fn objects_that_a_group_does_not_take_should_stay_behind_and_be_told() {
	let objects = [object(1, Some(GREEN), None, 0), object(2, Some(GREEN), None, 0)];
	let kind = read(&objects)[0].kind.clone();
	let asked = |property: &str| {
		let requirement: Requirement = format!("{kind}:{property}").parse().unwrap();
		let quality = Quality { requirements: vec![requirement].try_into().unwrap(), warning_lists: false };
		Packer { gate: Gate::new(vec![quality], &[]).unwrap(), ..packer(None) }.plan(&read(&objects))
	};
	assert_eq!(asked("id").refused, []);
	let plan = asked("x_missing");
	assert!(plan.envelopes.is_empty());
	assert_eq!(plan.refused.iter().map(|one| one.reason).collect::<Vec<_>>(), ["missing-property"; 2]);
	assert!(plan.refused[0].detail.contains("x_missing"), "{}", plan.refused[0].detail);
}

#[test]
fn what_is_left_out_should_raise_what_refers_to_it_all_the_same() {
	let strict = object(1, Some(AMBER), None, 0);
	let link = format!(
		r#"{{"type":"relationship","spec_version":"2.1","id":"relationship--{}","created":"2020-01-14T17:18:32.126Z",
		"modified":"2020-01-14T17:18:32.126Z","relationship_type":"related-to","source_ref":"malware--{}",
		"target_ref":"malware--{}","object_marking_refs":["{GREEN}"]}}"#,
		uuid(3),
		uuid(1),
		uuid(2)
	);
	let objects = read(&[strict, object(2, Some(GREEN), None, 0), link]);
	let plan = packer(None).plan_without(&objects, &[0].into());
	let found: Vec<_> = plan.envelopes.iter().map(|envelope| (envelope.tlp, envelope.objects.len())).collect();
	assert_eq!(found, [(Tlp::Green, 1), (Tlp::Amber, 1)], "the link goes out as AMBER, without what it names");
}
