use super::*;
use crate::{
	error::Exit,
	store::{Content, NewObject, NewRecord},
};
use cti_primitives::{AuthorId, Epoch, GroupId, RecordStatus};
use serde_json::Value;

const NOW: u64 = 1_000;
const FORBIDDING: GroupId = GroupId(7);

fn object(id: &str, modified: &str, text: &str) -> NewObject {
	let raw = format!("{{ \"id\" : \"{id}\", \"text\": \"{text}\" }}");
	NewObject {
		kind: "tool".into(),
		modified: Some(modified.into()),
		..crate::store::samples::object(id, raw.as_bytes())
	}
}

fn record(n: u32, tlp: Tlp, group: GroupId) -> NewRecord {
	NewRecord { tlp, audience: vec![(group, Epoch(1))], ..crate::store::samples::record(0, n) }
}

fn store(folder: &std::path::Path) -> Store {
	let mut store = Store::open(folder).unwrap();
	store
		.batch(|batch| {
			batch.put_group(GroupId(0), "consortium", true)?;
			batch.put_group(FORBIDDING, "closed", false)?;
			let put = |n, tlp, group, name: &str| {
				batch.put_record(&record(n, tlp, group), &Content::Open(vec![object(name, "1", "first")]))
			};
			put(0, Tlp::Clear, GroupId(0), "tool--clear")?;
			put(1, Tlp::Green, GroupId(0), "tool--green")?;
			put(2, Tlp::Amber, GroupId(0), "tool--amber")?;
			put(3, Tlp::Amber, FORBIDDING, "tool--kept")?;
			put(4, Tlp::AmberStrict, GroupId(0), "tool--strict")?;
			put(5, Tlp::Red, GroupId(0), "tool--red")?;
			put(6, Tlp::Clear, GroupId(0), "tool--withdrawn")?;
			batch.set_status(record(6, Tlp::Clear, GroupId(0)).record, RecordStatus::Superseded)?;
			let again = vec![object("tool--clear", "1", "second"), object("tool--clear", "2", "newer")];
			batch.put_record(&record(8, Tlp::Clear, GroupId(0)), &Content::Open(again))
		})
		.unwrap();
	store
}

fn exported(scope: Scope) -> (Exported, Value, String) {
	let folder = tempfile::tempdir().unwrap();
	let mut out = Vec::new();
	let store = store(folder.path());
	let summary = export(&store, RecordFilter::default(), scope, NOW, [0xff; 16], None, &mut out).unwrap();
	let text = String::from_utf8(out).unwrap();
	(summary, serde_json::from_str(&text).unwrap(), text)
}

fn ids(bundle: &Value) -> Vec<&str> {
	bundle["objects"].as_array().unwrap().iter().map(|object| object["id"].as_str().unwrap()).collect()
}

#[test]
fn markings_should_decide_who_gets_what() {
	let both = ["tool--clear", "tool--clear"];
	let expected = [
		(Scope::Anyone, vec![both[0], both[1]]),
		(Scope::Community, vec![both[0], "tool--green", both[1]]),
		(Scope::OwnClient, vec![both[0], "tool--green", "tool--amber", both[1]]),
		(Scope::OwnStaff, vec![both[0], "tool--green", "tool--amber", "tool--kept", "tool--strict", both[1]]),
	];
	for (scope, expected) in expected {
		let (summary, bundle, _) = exported(scope);
		assert_eq!(ids(&bundle), expected, "{scope:?}");
		assert_eq!(summary.objects, expected.len() as u64);
		assert_eq!(summary.withheld + summary.records, 7);
		assert_eq!(summary.not_live, 1);
	}
}

#[test]
fn bundle_should_be_valid_and_hold_the_first_publishers_original_bytes() {
	let (summary, bundle, text) = exported(Scope::Anyone);
	assert_eq!(bundle["type"], "bundle");
	assert_eq!(bundle["id"], "bundle--ffffffff-ffff-4fff-bfff-ffffffffffff");
	assert!(text.contains("{ \"id\" : \"tool--clear\", \"text\": \"first\" }"), "{text}");
	assert!(!text.contains("second") && text.contains("newer"), "{text}");
	assert_eq!(summary.differing, [Named { record: "0/8".parse().unwrap(), object: "tool--clear".into() }]);
	assert_eq!(serde_json::to_value(&summary.differing).unwrap()[0]["record"], "0/8");
	let (objects, refused) =
		crate::publish::read_bundle(text.replace("tool--clear", "x-a--1").as_bytes(), "b".as_ref()).unwrap();
	assert_eq!((objects.len(), refused.len()), (0, 2));
}

#[test]
fn equal_objects_should_be_exported_once_and_not_be_called_differing() {
	let folder = tempfile::tempdir().unwrap();
	let mut store = store(folder.path());
	let same = Content::Open(vec![object("tool--clear", "1", "first")]);
	store.batch(|batch| batch.put_record(&record(9, Tlp::Clear, GroupId(0)), &same)).unwrap();
	let mut out = Vec::new();
	let summary = export(&store, RecordFilter::default(), Scope::Anyone, NOW, [0; 16], None, &mut out).unwrap();
	assert_eq!((summary.records, summary.objects, summary.differing.len()), (3, 2, 1));
}

#[test]
fn expired_records_should_stay_behind() {
	let folder = tempfile::tempdir().unwrap();
	let mut store = store(folder.path());
	store.batch(|batch| batch.set_valid_until(record(0, Tlp::Clear, GroupId(0)).record, NOW)).unwrap();
	let mut out = Vec::new();
	let summary = export(&store, RecordFilter::default(), Scope::Anyone, NOW, [0; 16], None, &mut out).unwrap();
	assert_eq!((summary.records, summary.not_live), (1, 2));
}

#[test]
fn export_of_nothing_should_be_not_found_and_write_nothing() {
	let folder = tempfile::tempdir().unwrap();
	let store = store(folder.path());
	let nobody = RecordFilter { author: Some(AuthorId(9)), ..RecordFilter::default() };
	let mut out = Vec::new();
	let error = export(&store, nobody, Scope::OwnStaff, NOW, [0; 16], None, &mut out).unwrap_err();
	assert_eq!((error.exit(), out.len()), (Exit::NotFound, 0));
}

#[test]
fn what_the_consortium_holds_should_come_last_as_opinions_on_what_could_be_judged() {
	use crate::opinions::{Judged, Opinions};
	use cti_primitives::{Credibility, Reliability};
	let folder = tempfile::tempdir().unwrap();
	let store = store(folder.path());
	let now = NOW + 365 * 86_400;
	let facts = cti_scoring::Facts {
		tally: Default::default(),
		standing: cti_scoring::Millionths(600_000),
		is_live: true,
		valid_until: None,
		refreshed: now - 365 * 86_400,
	};
	let judged = |n, credibility| {
		let evidence = "12.4 confirmed, 1.1 refuted".to_string();
		(record(n, Tlp::Clear, GroupId(0)).record, Judged { reliability: Reliability::B, credibility, evidence, facts })
	};
	// Of record 0's object there are other bytes in record 8: an opinion on it would vouch for both.
	let held = [
		judged(1, Credibility::ProbablyTrue),
		judged(2, Credibility::CannotBeJudged),
		judged(0, Credibility::Confirmed),
	];
	let opinions = Opinions::new([7; 32], now, held.into());
	let mut out = Vec::new();
	let summary =
		export(&store, RecordFilter::default(), Scope::OwnStaff, NOW, [0; 16], Some(&opinions), &mut out).unwrap();
	assert_eq!((summary.opinions, summary.objects), (1, 6));
	let bundle: Value = serde_json::from_slice(&out).unwrap();
	let kinds: Vec<_> = bundle["objects"].as_array().unwrap()[6..].iter().map(|object| &object["type"]).collect();
	assert_eq!(kinds, ["identity", "extension-definition", "opinion"]);
	let opinion = &bundle["objects"][8];
	assert_eq!(opinion["opinion"], "agree");
	assert_eq!(opinion["explanation"], "B2, 12.4 confirmed, 1.1 refuted");
	assert_eq!(opinion["object_refs"], serde_json::json!(["tool--green"]));
	assert_eq!(opinion["created_by_ref"], bundle["objects"][6]["id"]);
	let extension = &opinion["extensions"][bundle["objects"][7]["id"].as_str().unwrap()];
	assert_eq!((&extension["credibility_confidence"], &extension["credibility"]), (&70.into(), &2.into()));
	// Nobody voted: the score began with the standing, 60, and that of a tool halves in a year.
	assert_eq!((&extension["reliability"], &extension["scores"]), (&"B".into(), &serde_json::json!({ "tool": 30 })));
	// What the source wrote is as it was: no confidence is put into it.
	assert_eq!(out.windows(10).filter(|window| window == b"confidence").count(), 2);
}

#[test]
fn what_a_bundle_holds_should_be_told_where_its_objects_do_not() {
	let (summary, ..) = exported(Scope::OwnStaff);
	let markings = [(Tlp::Clear, 2), (Tlp::Green, 1), (Tlp::Amber, 2), (Tlp::AmberStrict, 1)];
	assert_eq!(summary.markings, markings.into());
	// None of them says its version, or when it was made.
	assert_eq!(summary.incomplete.len() as u64, summary.objects);
	assert_eq!(summary.refuted, []);
}

#[test]
fn bytes_that_peers_refuted_elsewhere_should_come_with_that_verdict() {
	use crate::opinions::{Judged, Opinions};
	use cti_primitives::{Credibility, Reliability};
	let folder = tempfile::tempdir().unwrap();
	let mut store = store(folder.path());
	let refuted = record(9, Tlp::Green, GroupId(0));
	let objects = vec![object("tool--green", "1", "first"), object("tool--other", "1", "other")];
	store
		.batch(|batch| {
			batch.put_record(&refuted, &Content::Open(objects))?;
			batch.set_status(refuted.record, RecordStatus::Refuted)
		})
		.unwrap();
	assert!(candidates(&store, RecordFilter::default(), NOW).unwrap().contains(&refuted.record));
	let facts = cti_scoring::Facts {
		tally: Default::default(),
		standing: cti_scoring::Millionths(500_000),
		is_live: false,
		valid_until: None,
		refreshed: NOW,
	};
	let (reliability, credibility) = (Reliability::E, Credibility::Improbable);
	let judged = Judged { reliability, credibility, evidence: "0.0 confirmed, 3.0 refuted".into(), facts };
	let opinions = Opinions::new([7; 32], NOW, [(refuted.record, judged)].into());
	let mut out = Vec::new();
	let summary =
		export(&store, RecordFilter::default(), Scope::OwnStaff, NOW, [0; 16], Some(&opinions), &mut out).unwrap();
	assert_eq!(summary.refuted, [Named { record: refuted.record, object: "tool--green".into() }]);
	let bundle: Value = serde_json::from_slice(&out).unwrap();
	let opinion = bundle["objects"].as_array().unwrap().last().unwrap();
	assert_eq!((&opinion["opinion"], &opinion["object_refs"][0]), (&"strongly-disagree".into(), &"tool--green".into()));
	assert_eq!(opinion["object_refs"].as_array().unwrap().len(), 1, "the other is not in the bundle");
}
