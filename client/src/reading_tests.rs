use super::*;
use crate::keyring::{EpochFacts, OwnKeys, Welcome};
use cti_envelope::{
	development::{epoch_secret, member_seed},
	seal, Author, DirectRecipient, GroupRecipient, SealRequest, Wrap,
};
use cti_primitives::{Epoch, GroupId, Hash, KeyOwnerId, MemberId, RecordId};

const GENESIS: Hash = [3; 32];
const AMBER: &str = "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421";

/// Knows group 0's epoch 0 only.
struct Genesis;

impl EpochSource for Genesis {
	async fn facts(&self, group: GroupId, epoch: Epoch) -> Result<Option<EpochFacts>, Error> {
		let context = epoch_secret().context(&GENESIS, GroupId(0), Epoch(0), 1);
		let facts = EpochFacts { context, link: None, wraps: Vec::new() };
		Ok(((group, epoch) == (GroupId(0), Epoch(0))).then_some(facts))
	}

	async fn welcome(&self, _: GroupId, _: Epoch, _: MemberId, _: Welcome) -> Result<Vec<Wrap>, Error> {
		Ok(Vec::new())
	}
}

fn keyring(member: u32, name: &str, in_group: bool) -> Keyring<Genesis> {
	let own = OwnKeys {
		member: MemberId(member),
		account: subxt::utils::AccountId32([member as u8; 32]),
		newest_version: 2.into(),
		analyst: None,
		seeds: vec![member_seed(name)],
		genesis_epoch: in_group.then(epoch_secret),
	};
	Keyring::new(Genesis, GENESIS, own)
}

fn envelope(tlp: Tlp, objects: &[&[u8]], to_group: bool, to_bob: bool) -> Vec<u8> {
	let key = epoch_secret().kem_seed(&GENESIS, GroupId(0), Epoch(0)).public_key();
	let bob = member_seed("bob").public_key();
	let groups = [GroupRecipient { group: GroupId(0), epoch: Epoch(0), key: &key }];
	let direct = [DirectRecipient { owner: KeyOwnerId(1), key_version: 1, key: &bob }];
	let request = SealRequest {
		genesis: GENESIS,
		author: Author::Member(MemberId(0)),
		tlp,
		groups: if to_group { &groups } else { &[] },
		direct: if to_bob { &direct } else { &[] },
		pad_direct: to_bob,
		objects,
	};
	seal(&request, &[1; 32]).unwrap()
}

fn indicator(marking: Option<&str>) -> Vec<u8> {
	let marking = marking.map(|id| format!(r#","object_marking_refs":["{id}"]"#)).unwrap_or_default();
	format!(
		r#"{{"type":"attack-pattern","spec_version":"2.1","id":"attack-pattern--0042a9f5-f053-4769-b3ef-9ad018dfa298",
		"created":"2020-01-14T17:18:32.126Z","modified":"2025-04-15T19:58:01.218Z","name":"Extra Window Memory Injection",
		"external_references":[{{"source_name":"mitre-attack","external_id":"T1055.011"}}]{marking}}}"#
	)
	.into_bytes()
}

async fn outcome(keyring: &Keyring<Genesis>, payload: &[u8]) -> Outcome {
	open_envelope(keyring, payload).await.unwrap()
}

async fn content(payload: &[u8]) -> Content {
	match outcome(&keyring(1, "bob", true), payload).await {
		Outcome::Opened(opened) => read_content(*opened),
		other => panic!("{other:?}"),
	}
}

fn problem(content: Content) -> String {
	match content {
		Content::Malformed(problem) => problem,
		other => panic!("{other:?}"),
	}
}

#[tokio::test]
async fn group_and_direct_recipients_should_open_and_others_should_not() {
	let object = indicator(None);
	let to_group = envelope(Tlp::Green, &[&object], true, false);
	let to_bob = envelope(Tlp::Red, &[&object], false, true);
	assert!(matches!(outcome(&keyring(0, "alice", true), &to_group).await, Outcome::Opened(_)));
	assert!(matches!(outcome(&keyring(0, "alice", false), &to_group).await, Outcome::Closed));
	assert!(matches!(outcome(&keyring(1, "bob", false), &to_bob).await, Outcome::Opened(_)));
	assert!(matches!(outcome(&keyring(2, "charlie", true), &to_bob).await, Outcome::Closed));
	assert!(matches!(outcome(&keyring(2, "bob", true), &to_bob).await, Outcome::Closed));
}

#[tokio::test]
async fn broken_content_behind_a_good_wrap_should_be_malformed() {
	let object = indicator(None);
	let mut payload = envelope(Tlp::Green, &[&object], true, true);
	*payload.last_mut().unwrap() ^= 1;
	assert!(matches!(outcome(&keyring(1, "bob", true), &payload).await, Outcome::Malformed(_)));
	assert!(matches!(outcome(&keyring(1, "bob", true), b"no envelope").await, Outcome::Malformed(_)));
}

#[tokio::test]
async fn opened_objects_should_keep_their_bytes_and_what_they_say() {
	let object = indicator(Some(AMBER));
	let Content::Open(objects) = content(&envelope(Tlp::Amber, &[&object], true, false)).await else { panic!() };
	let [found] = objects.as_slice() else { panic!("{objects:?}") };
	assert_eq!(found.raw, object);
	assert_eq!(found.name.as_deref(), Some("Extra Window Memory Injection"));
	assert_eq!(found.modified.as_deref(), Some("2025-04-15T19:58:01.218Z"));
	assert_eq!(found.techniques, ["T1055.011".parse().unwrap()]);
}

#[tokio::test]
async fn object_above_the_headers_marking_should_make_the_record_malformed() {
	let (wide, strict) = (indicator(None), indicator(Some(AMBER)));
	let found = problem(content(&envelope(Tlp::Green, &[&wide, &strict], true, false)).await);
	assert!(found.contains("TLP:AMBER") && found.contains("TLP:GREEN"), "{found}");
}

#[tokio::test]
async fn marking_that_only_the_author_knows_should_count_as_what_the_record_says() {
	let object = indicator(Some("marking-definition--11111111-1111-4111-8111-111111111111"));
	assert!(matches!(content(&envelope(Tlp::AmberStrict, &[&object], true, false)).await, Content::Open(_)));
	assert!(matches!(content(&envelope(Tlp::Red, &[&object], false, true)).await, Content::Open(_)));
}

#[tokio::test]
async fn what_is_not_stix_should_make_the_record_malformed() {
	let object = indicator(None);
	let found = problem(content(&envelope(Tlp::Green, &[&object, b"<html>"], true, false)).await);
	assert!(found.starts_with("object 1:"), "{found}");
}

#[tokio::test]
async fn envelope_that_is_not_what_the_chain_announced_should_make_the_record_malformed() {
	let payload = envelope(Tlp::Green, &[&indicator(None)], true, false);
	let header = parse(&payload).unwrap().header;
	let announced = || NewRecord {
		audience: vec![(GroupId(0), Epoch(0))],
		leaves: header.leaves,
		..crate::store::samples::record(0, 7)
	};
	let read = async |announced: NewRecord| match outcome(&keyring(1, "bob", true), &payload).await {
		Outcome::Opened(opened) => read_announced(*opened, &announced),
		other => panic!("{other:?}"),
	};
	assert!(matches!(read(announced()).await, Content::Open(_)));
	let others = [
		("author", NewRecord { record: RecordId { author: AuthorId(1), n: 7 }, ..announced() }),
		("marking", NewRecord { tlp: Tlp::Clear, ..announced() }),
		("audience", NewRecord { audience: vec![(GroupId(0), Epoch(1))], ..announced() }),
		("direct", NewRecord { direct: 1, ..announced() }),
		("leaves", NewRecord { leaves: header.leaves * 2, ..announced() }),
	];
	for (named, other) in others {
		let found = problem(read(other).await);
		assert!(found.contains(named), "{named}: {found}");
	}
}
