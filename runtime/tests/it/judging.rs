//! Peers judge what a member published, and what comes of it.

use crate::{
	chain::{account, Chain, Refusal},
	governance,
};
use cti_envelope::{development, open, reader::Statement, Opened, Recipient};
use cti_primitives::{
	AuthorId, Credibility, Epoch, GroupId, MemberId, RecordId, RecordStatus, Reliability, Sighting, SightingKind,
};
use pallet_cti_membership::Call as Members;
use pallet_reputation::{Call as Reputation_, Outcome};
use pallet_threat_registry::{Call as Registry, WithdrawalReason};
use polkadot_sdk::sp_runtime::traits::Dispatchable;
use testudo_runtime::{
	configs::code, Balances, Membership, Reputation, RuntimeCall, RuntimeOrigin, ThreatRegistry, UNIT,
};

const DAY: u64 = 86_400;
const OBJECT: &[u8] = br#"{"type":"malware","id":"malware--1"}"#;

/// Alice's next record, as its readers have it.
pub fn publish(chain: &mut Chain, n: u32) -> (RecordId, Opened) {
	publish_by(chain, (0, "//Alice"), n)
}

fn publish_by(chain: &mut Chain, (author, uri): (u32, &str), n: u32) -> (RecordId, Opened) {
	let payload = chain.seal(author, 0, None, OBJECT);
	assert_eq!(chain.submit(uri, crate::publishing::publish(payload.clone())), Ok(()));
	let seed = development::epoch_secret().kem_seed(&[0; 32], GroupId(0), Epoch(0));
	let opened = open(&payload, &Recipient::Group { group: GroupId(0), epoch: Epoch(0), seed: &seed }).unwrap();
	(RecordId { author: author.into(), n }, opened)
}

pub fn verdict(record: RecordId, opened: &Opened, by: u32, credibility: Credibility) -> RuntimeCall {
	let proof = opened.sign(Statement::Verdict, record, MemberId(by));
	Reputation_::give_verdict { record, credibility, proof }.into()
}

fn status(chain: &mut Chain, record: RecordId) -> RecordStatus {
	chain.read(|| ThreatRegistry::record(record)).unwrap().status
}

/// One refutes, another found it harmless: not enough for a decision as long as the third may vote.
fn refute_by_one_and_a_half(chain: &mut Chain, record: RecordId, opened: &Opened) {
	assert_eq!(chain.submit(JUDGES[0], verdict(record, opened, 1, Credibility::Improbable)), Ok(()));
	let now = chain.read(|| testudo_runtime::Timestamp::get() / 1_000);
	let sighting = Sighting { kind: SightingKind::FalsePositive, count: 1, first_seen: now, last_seen: now };
	let proof = opened.sign(Statement::Sight, record, MemberId(2));
	assert_eq!(chain.submit(JUDGES[1], Registry::sight { record, sighting, proof }), Ok(()));
}

pub const JUDGES: [&str; 3] = ["//Bob//analyst", "//Charlie//analyst", "//Dave//analyst"];

#[test]
fn what_two_of_three_peers_confirm_should_be_confirmed_at_once_and_without_a_fee() {
	let mut chain = Chain::new();
	let (record, opened) = publish(&mut chain, 0);
	for (by, who) in (1..3).zip(JUDGES) {
		assert_eq!(status(&mut chain, record), RecordStatus::Open);
		let before = chain.balance(who);
		let call = verdict(record, &opened, by, Credibility::ProbablyTrue);
		assert_eq!(chain.submit(who, call), Ok(()), "{who}");
		assert_eq!(chain.balance(who), before);
	}
	// The third could not change it any more.
	let late = verdict(record, &opened, 3, Credibility::Improbable);
	assert_eq!(chain.submit(JUDGES[2], late), Err(Refusal::Code(code::NOTHING_TO_JUDGE)));
	assert_eq!(status(&mut chain, record), RecordStatus::Confirmed);
	let standing = chain.read(|| Reputation::standing(AuthorId(0)));
	assert_eq!((standing.reliability, standing.refuted.0), (Reliability::F, 0));
	assert!((999_999..=1_000_000).contains(&standing.confirmed.0), "{standing:?}");
	let info = chain.read(|| Reputation::credibility(record, b"malware".to_vec())).unwrap();
	assert_eq!((info.credibility, info.outcome), (Credibility::ProbablyTrue, Some(Outcome::Confirmed)));
	assert!(info.score > 50, "{info:?}");
	let late = Reputation_::change_verdict { record, credibility: Credibility::Doubtful };
	assert_eq!(chain.submit(JUDGES[0], late), Err(Refusal::Code(code::NOT_JUDGED)));
}

#[test]
fn pool_should_refuse_what_dispatch_would() {
	let mut chain = Chain::new();
	let (record, opened) = publish(&mut chain, 0);
	let alices = verdict(record, &opened, 0, Credibility::Confirmed);
	assert_eq!(chain.submit("//Alice//analyst", alices), Err(Refusal::Code(code::NOTHING_TO_JUDGE)));
	let bobs = verdict(record, &opened, 1, Credibility::Confirmed);
	assert_eq!(chain.submit("//Bob//auditor", bobs.clone()), Err(Refusal::Code(code::WRONG_ROLE)));
	assert_eq!(chain.submit("//Charlie//analyst", bobs.clone()), Err(Refusal::Call("InvalidProof")));
	assert_eq!(chain.submit(JUDGES[0], bobs.clone()), Ok(()));
	assert_eq!(chain.submit(JUDGES[0], bobs), Err(Refusal::Code(code::ALREADY_JUDGED)));
	let sighted = opened.sign(Statement::Sight, record, MemberId(2));
	let others = Reputation_::give_verdict { record, credibility: Credibility::Confirmed, proof: sighted };
	assert_eq!(chain.submit(JUDGES[1], others), Err(Refusal::Call("InvalidProof")));
	assert_eq!(chain.submit(JUDGES[0], Reputation_::close { record }), Err(Refusal::Code(code::NOTHING_TO_DECIDE)));
}

#[test]
fn what_a_verdict_and_a_false_positive_refute_should_be_refuted_by_itself_when_the_week_is_over() {
	let mut chain = Chain::new();
	let (record, opened) = publish(&mut chain, 0);
	refute_by_one_and_a_half(&mut chain, record, &opened);
	assert_eq!(status(&mut chain, record), RecordStatus::Open);
	chain.wait(8 * DAY);
	assert_eq!(status(&mut chain, record), RecordStatus::Refuted);
	assert_eq!(chain.read(|| Reputation::credibility(record, b"malware".to_vec())).unwrap().score, 0);
	let standing = chain.read(|| Reputation::standing(AuthorId(0)));
	assert!(standing.standing.0 < 500_000, "{standing:?}");
}

#[test]
fn withdrawing_a_refuted_record_should_not_save_its_author() {
	let mut chain = Chain::new();
	let (record, opened) = publish(&mut chain, 0);
	refute_by_one_and_a_half(&mut chain, record, &opened);
	assert_eq!(chain.submit("//Alice", Registry::withdraw { n: 0, reason: WithdrawalReason::Other }), Ok(()));
	// Nor does it stop who has not voted yet.
	assert_eq!(chain.submit(JUDGES[2], verdict(record, &opened, 3, Credibility::Improbable)), Ok(()));
	assert_eq!(status(&mut chain, record), RecordStatus::Withdrawn);
	assert!(chain.read(|| Reputation::standing(AuthorId(0))).refuted.0 > 0);
}

#[test]
fn envelope_that_cannot_be_opened_should_be_reported_without_a_proof() {
	let mut chain = Chain::new();
	let (record, _) = publish(&mut chain, 0);
	for who in &JUDGES[..2] {
		assert_eq!(chain.submit(who, Reputation_::report_malformed { record }), Ok(()), "{who}");
	}
	assert_eq!(status(&mut chain, record), RecordStatus::Refuted);
}

#[test]
fn organisation_that_comes_back_should_bring_its_standing_its_weight_and_its_vote() {
	let mut chain = Chain::new();
	let (dave, eve) = (MemberId(3), MemberId(4));
	let (agreed, as_agreed) = publish(&mut chain, 0);
	let (pending, as_pending) = publish(&mut chain, 1);
	let (later, as_later) = publish(&mut chain, 2);
	let (own, as_own) = publish_by(&mut chain, (3, "//Dave"), 0);
	for (record, opened, by) in [(agreed, &as_agreed, [1, 3]), (own, &as_own, [1, 2])] {
		for by in by {
			let who = JUDGES[by as usize - 1];
			assert_eq!(chain.submit(who, verdict(record, opened, by, Credibility::Confirmed)), Ok(()));
		}
		assert_eq!(status(&mut chain, record), RecordStatus::Confirmed);
	}
	assert_eq!(chain.submit(JUDGES[2], verdict(pending, &as_pending, 3, Credibility::PossiblyTrue)), Ok(()));
	let sight = |chain: &mut Chain, record: RecordId, opened: &Opened, by: MemberId| {
		let now = chain.read(|| testudo_runtime::Timestamp::get() / 1_000);
		let sighting = Sighting { kind: SightingKind::Seen, count: 1, first_seen: now, last_seen: now };
		Registry::sight { record, sighting, proof: opened.sign(Statement::Sight, record, by) }
	};
	let seen = sight(&mut chain, agreed, &as_agreed, dave);
	assert_eq!(chain.submit("//Dave", seen), Ok(()));
	assert_eq!(chain.submit("//Dave", Members::leave {}), Ok(()));
	let name = b"Dynamo Energy".to_vec().try_into().unwrap();
	let controller = account("//Eve");
	let back = Members::admit { controller, name, encryption_key: None, former: Some(dave) };
	let voters = ["//Alice", "//Bob"];
	let motion = governance::propose(&mut chain, 2, &voters, back);
	assert_eq!(governance::close(&mut chain, "//Alice", &motion), Ok(()));

	let standing = |chain: &mut Chain, member: MemberId| chain.read(|| Reputation::standing(member.into()));
	let (before, after) = (standing(&mut chain, dave), standing(&mut chain, eve));
	assert!(after.confirmed.0 > 0 && (after.confirmed, after.standing) == (before.confirmed, before.standing));
	// One organisation, one vote: it may change its own, and has no second.
	let second = verdict(pending, &as_pending, 4, Credibility::Confirmed);
	assert_eq!(chain.submit("//Eve", second), Err(Refusal::Code(code::ALREADY_JUDGED)));
	let change = Reputation_::change_verdict { record: pending, credibility: Credibility::Doubtful };
	assert_eq!(chain.submit("//Eve", change), Ok(()));
	let votes = chain.read(|| Reputation::verdicts(pending));
	assert_eq!((votes.len(), votes[0].by, votes[0].ballot.verdict), (1, dave, Some(Credibility::Doubtful)));
	// One agreement, that has faded by a few seconds: more than the 16 of a newcomer.
	assert_eq!(chain.submit("//Eve", verdict(later, &as_later, 4, Credibility::Confirmed)), Ok(()));
	assert_eq!(chain.read(|| Reputation::verdicts(later))[0].weight, 17);
	// One reader of what others published, and none of its own.
	let seen = sight(&mut chain, agreed, &as_agreed, eve);
	assert_eq!(chain.submit("//Eve", seen), Ok(()));
	assert_eq!(chain.read(|| ThreatRegistry::record(agreed)).unwrap().sightings, 1);
	let seen = sight(&mut chain, own, &as_own, eve);
	assert!(chain.submit("//Eve", seen).is_err());
	let own_again = verdict(own, &as_own, 4, Credibility::Confirmed);
	assert_eq!(chain.submit("//Eve", own_again), Err(Refusal::Code(code::NOTHING_TO_JUDGE)));
}

#[test]
fn reward_should_be_paid_from_the_pot_by_a_vote() {
	let mut chain = Chain::new();
	let (record, opened) = publish(&mut chain, 0);
	for (by, who) in (1..3).zip(JUDGES) {
		assert_eq!(chain.submit(who, verdict(record, &opened, by, Credibility::Confirmed)), Ok(()));
	}
	let before = chain.balance("//Alice");
	let (pot, paid) = chain.read(|| {
		let pot = Balances::free_balance(Membership::pot());
		let vote =
			polkadot_sdk::pallet_collective::RawOrigin::<_, polkadot_sdk::pallet_collective::Instance1>::Members(3, 4);
		let call: RuntimeCall = Reputation_::reward { amount: 5 * UNIT }.into();
		call.dispatch(RuntimeOrigin::from(vote)).unwrap();
		(pot, pot - Balances::free_balance(Membership::pot()))
	});
	assert!(pot > 5 * UNIT);
	assert_eq!((chain.balance("//Alice") - before, paid), (5 * UNIT, 5 * UNIT));
}
