//! One member publishes, another opens; and who may not publish learns why.

use crate::chain::{account, technique, Chain, Refusal, GENESIS};
use cti_envelope::{development, open, parse, reader::Statement, Anchor, Author, Header, Recipient};
use cti_primitives::{
	record::{Sighting, SightingKind},
	Draft, Epoch, GroupId, MemberId, RecordId, RecordStatus, Reliability, TechniqueId,
};
use pallet_threat_registry::{Call as Registry, WithdrawalReason};
use polkadot_sdk::pallet_balances::Call as Transfer;
use testudo_runtime::{
	configs::code, Membership, Reputation, Runtime, RuntimeCall, RuntimeEvent, ThreatRegistry, UNIT,
};

const OBJECT: &[u8] = br#"{"type":"malware","id":"malware--1"}"#;

pub fn draft(techniques: &[&str]) -> Draft {
	let techniques: Vec<TechniqueId> = techniques.iter().map(|id| technique(id)).collect();
	Draft { techniques: techniques.try_into().unwrap(), ..Default::default() }
}

pub fn publish(payload: Vec<u8>) -> RuntimeCall {
	publish_with(draft(&[]), payload)
}

fn publish_with(draft: Draft, payload: Vec<u8>) -> RuntimeCall {
	Registry::publish { draft, payload: payload.try_into().unwrap() }.into()
}

fn records(chain: &mut Chain, technique: TechniqueId) -> Vec<RecordId> {
	let (found, _) = chain.read(|| ThreatRegistry::records_by_technique(technique, None, 10));
	found.into_iter().map(|info| info.record).collect()
}

#[test]
fn what_one_member_publishes_another_should_find_by_technique_and_open() {
	let mut chain = Chain::new();
	let payload = chain.seal(0, 0, None, OBJECT);
	let call = publish_with(draft(&["T1059.001"]), payload.clone());
	assert_eq!(chain.submit("//Alice//analyst", call), Ok(()));

	let record = RecordId { author: 0.into(), n: 0 };
	assert_eq!(records(&mut chain, technique("T1059.001")), [record]);
	assert_eq!(records(&mut chain, technique("T1059")), []);
	let info = chain.read(|| ThreatRegistry::record(record)).unwrap();
	let seed = development::epoch_secret().kem_seed(&[0; 32], GroupId(0), Epoch(0));
	let opened = open(&payload, &Recipient::Group { group: GroupId(0), epoch: Epoch(0), seed: &seed }).unwrap();
	assert_eq!((opened.id, opened.header.genesis), (info.id, GENESIS));
	assert_eq!(opened.objects, [OBJECT]);
	let published = chain.events().into_iter().any(|event| {
		matches!(event, RuntimeEvent::ThreatRegistry(pallet_threat_registry::Event::RecordPublished { record: r, .. }) if r == record)
	});
	assert!(published);
}

#[test]
fn envelope_that_lies_elsewhere_should_be_registered_by_its_header_and_hashes() {
	let mut chain = Chain::new();
	let payload = chain.seal(0, 0, None, OBJECT);
	let anchor = Anchor::of(&parse(&payload).unwrap());
	let call = |anchor: &Anchor, location: &str| -> RuntimeCall {
		let location = location.as_bytes().to_vec().try_into().unwrap();
		Registry::anchor { draft: draft(&["T1059.001"]), anchor: Box::new(anchor.clone()), location, revises: None }
			.into()
	};
	let place = "https://files.bank.example/cti/1.envelope";
	let other =
		Anchor { header: Header { author: Author::Member(MemberId(1)), ..anchor.header.clone() }, ..anchor.clone() };
	assert_eq!(chain.submit("//Alice", call(&other, place)), Err(Refusal::Code(code::OTHER_AUTHOR)));
	let unheard = Anchor { header: Header { suite: 9, ..anchor.header.clone() }, ..anchor.clone() };
	assert_eq!(chain.submit("//Alice", call(&unheard, place)), Err(Refusal::Code(code::MALFORMED_ENVELOPE)));
	assert_eq!(chain.submit("//Alice//auditor", call(&anchor, place)), Err(Refusal::Code(code::WRONG_ROLE)));

	assert_eq!(chain.submit("//Alice//analyst", call(&anchor, place)), Ok(()));
	let record = RecordId { author: 0.into(), n: 0 };
	assert_eq!(records(&mut chain, technique("T1059.001")), [record]);
	let info = chain.read(|| ThreatRegistry::record(record)).unwrap();
	assert_eq!((info.id, info.bytes as usize), (parse(&payload).unwrap().id(), payload.len()));
}

#[test]
fn withdrawn_record_should_stay_known_as_withdrawn() {
	let mut chain = Chain::new();
	let payload = chain.seal(0, 0, None, OBJECT);
	assert_eq!(chain.submit("//Alice", publish(payload)), Ok(()));
	let withdraw = Registry::withdraw { n: 0, reason: WithdrawalReason::Other };
	assert_eq!(chain.submit("//Bob", withdraw.clone()), Err(Refusal::Code(code::NOTHING_TO_WITHDRAW)));
	assert_eq!(chain.submit("//Alice", withdraw), Ok(()));
	let info = chain.read(|| ThreatRegistry::record(RecordId { author: 0.into(), n: 0 })).unwrap();
	assert_eq!(info.status, RecordStatus::Withdrawn);
}

#[test]
fn grants_and_acknowledgements_of_the_wrong_records_should_be_refused_in_the_pool() {
	let mut chain = Chain::new();
	let given = pallet_threat_registry::Grant {
		recipient: pallet_threat_registry::Recipient::Open(MemberId(1).into()),
		wrap: [7; cti_primitives::WRAP_LEN],
	};
	let grant: RuntimeCall = Registry::grant { n: 0, grants: vec![given].try_into().unwrap() }.into();
	assert_eq!(chain.submit("//Alice", grant.clone()), Err(Refusal::Code(code::NO_LIVE_RECORD)));
	let payload = chain.seal(0, 0, None, OBJECT);
	chain.submit("//Alice", publish(payload)).unwrap();
	assert_eq!(chain.submit("//Bob", grant.clone()), Err(Refusal::Code(code::NO_LIVE_RECORD)));
	assert_eq!(chain.submit("//Alice", grant.clone()), Ok(()));
	let acknowledge = Registry::acknowledge { record: RecordId { author: 0.into(), n: 0 } };
	assert_eq!(chain.submit("//Bob", acknowledge.clone()), Err(Refusal::Code(code::NOTHING_TO_ACKNOWLEDGE)));
	chain.submit("//Alice", Registry::withdraw { n: 0, reason: WithdrawalReason::Other }).unwrap();
	assert_eq!(chain.submit("//Alice", grant), Err(Refusal::Code(code::NO_LIVE_RECORD)));
	assert_eq!(chain.submit("//Bob//feed", acknowledge.clone()), Err(Refusal::Code(code::WRONG_ROLE)));
	assert_eq!(chain.submit("//Bob", acknowledge.clone()), Ok(()));
	assert_eq!(chain.submit("//Bob", acknowledge), Err(Refusal::Code(code::NOTHING_TO_ACKNOWLEDGE)));
}

#[test]
fn auditors_feeds_and_strangers_should_be_refused_in_the_pool() {
	let mut chain = Chain::new();
	// A stranger with money: one without is not even heard.
	let gift = Transfer::<Runtime>::transfer_allow_death { dest: account("//Eve").into(), value: UNIT };
	chain.submit("//Bob", gift).unwrap();
	for (who, refusal) in
		[("//Alice//auditor", code::WRONG_ROLE), ("//Alice//feed", code::WRONG_ROLE), ("//Eve", code::NOT_MEMBER)]
	{
		let payload = chain.seal(0, 0, None, OBJECT);
		assert_eq!(chain.submit(who, publish(payload)), Err(Refusal::Code(refusal)), "{who}");
	}
}

#[test]
fn envelope_of_another_member_chain_or_epoch_should_be_refused() {
	let mut chain = Chain::new();
	let others = chain.seal(1, 0, None, OBJECT);
	assert_eq!(chain.submit("//Alice", publish(others)), Err(Refusal::Code(code::OTHER_AUTHOR)));
	let early = chain.seal(0, 0, Some(1), OBJECT);
	assert_eq!(chain.submit("//Alice", publish(early)), Err(Refusal::Code(code::WRONG_EPOCH)));
	let mut other_chain = chain.seal(0, 0, None, OBJECT);
	other_chain[2] ^= 1;
	assert_eq!(chain.submit("//Alice", publish(other_chain)), Err(Refusal::Code(code::OTHER_CHAIN)));
}

#[test]
fn technique_that_is_not_in_the_catalogue_should_be_refused() {
	let mut chain = Chain::new();
	let payload = chain.seal(0, 0, None, OBJECT);
	let call = publish_with(draft(&["T9999"]), payload);
	assert_eq!(chain.submit("//Alice", call), Err(Refusal::Call("UnknownTechnique")));
}

#[test]
fn bytes_that_are_no_envelope_should_be_refused_in_the_pool() {
	let mut chain = Chain::new();
	assert_eq!(chain.submit("//Alice", publish(b"{}".to_vec())), Err(Refusal::Code(code::MALFORMED_ENVELOPE)));
}

#[test]
fn what_the_pool_refuses_should_cost_nothing() {
	let mut chain = Chain::new();
	let available = |chain: &mut Chain| chain.read(|| Membership::available_bytes(MemberId(0)));
	let before = available(&mut chain);
	let early = chain.seal(0, 0, Some(1), OBJECT);
	assert_eq!(chain.submit("//Alice", publish(early)), Err(Refusal::Code(code::WRONG_EPOCH)));
	assert!(available(&mut chain) >= before);
}

#[test]
fn sighting_of_a_reader_should_be_counted_and_a_copied_proof_should_not() {
	let mut chain = Chain::new();
	let payload = chain.seal(0, 0, None, OBJECT);
	assert_eq!(chain.submit("//Alice", publish(payload.clone())), Ok(()));
	let record = RecordId { author: 0.into(), n: 0 };
	let seed = development::epoch_secret().kem_seed(&[0; 32], GroupId(0), Epoch(0));
	let opened = open(&payload, &Recipient::Group { group: GroupId(0), epoch: Epoch(0), seed: &seed }).unwrap();
	let proof = opened.sign(Statement::Sight, record, MemberId(1));
	let now = chain.read(|| testudo_runtime::Timestamp::get() / 1_000);
	let sighting = Sighting { kind: SightingKind::Seen, count: 3, first_seen: now, last_seen: now };
	let sight = Registry::sight { record, sighting, proof };
	assert_eq!(chain.submit("//Charlie//analyst", sight.clone()), Err(Refusal::Call("InvalidProof")));
	assert_eq!(chain.submit("//Bob//analyst", sight), Ok(()));

	assert_eq!(chain.read(|| ThreatRegistry::record(record)).unwrap().sightings, 1);
	let (alice, bob) = chain.read(|| (Reputation::reciprocity(MemberId(0)), Reputation::reciprocity(MemberId(1))));
	assert_eq!((alice.received.seen.times, bob.given.seen.times), (3, 3));
	let standing = chain.read(|| Reputation::standing(0.into()));
	assert_eq!(standing.reliability, Reliability::F, "sightings are no evidence of their own");
}

#[test]
fn record_should_expire_by_itself() {
	const DAY: u64 = 86_400;
	let mut chain = Chain::new();
	let payload = chain.seal(0, 0, None, OBJECT);
	let now = chain.read(|| testudo_runtime::Timestamp::get() / 1_000);
	let draft = Draft { valid_until: Some(now + DAY), ..Default::default() };
	assert_eq!(chain.submit("//Alice", publish_with(draft, payload)), Ok(()));
	let queued = || pallet_threat_registry::ExpiryQueue::<Runtime>::iter_keys().count();
	assert_eq!(chain.read(queued), 1);
	chain.wait(3 * DAY);
	assert_eq!(chain.read(queued), 0);
	let stored = pallet_threat_registry::Records::<Runtime>::get;
	let record = RecordId { author: 0.into(), n: 0 };
	assert_eq!(chain.read(|| stored(record)).unwrap().status, RecordStatus::Expired);
}
