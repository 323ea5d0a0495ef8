use crate::{mock::*, Outcome, Rules};
use cti_primitives::{
	AuthorId,
	Credibility::{self, *},
	MemberId, OnSighting, RecordId, RecordStatus, Reliability, Role, Sighting, SightingKind,
};
use frame::testing_prelude::*;

const DAY: u64 = 86_400;

fn judge(record: RecordId, by: u32, credibility: Credibility) {
	let origin = RuntimeOrigin::signed(account(by, Role::Analyst));
	assert_ok!(Reputation::give_verdict(origin, record, credibility, proof(record, by)));
}

fn score(record: RecordId, object_type: &str) -> u8 {
	Reputation::credibility(record, object_type.into()).unwrap().score
}

#[test]
fn record_that_nobody_judged_should_have_its_authors_standing() {
	build_and_execute(|| {
		assert_eq!(Reputation::credibility(RecordId { author: AuthorId(0), n: 0 }, vec![]), None);
		give_evidence(0, 16, 0, START);
		let info = Reputation::credibility(publish(0, 0), b"indicator".to_vec()).unwrap();
		assert_eq!((info.author.reliability, info.credibility, info.score), (Reliability::A, CannotBeJudged, 90));
		assert_eq!((info.outcome, info.sighted), (None, None));
	});
}

#[test]
fn votes_should_move_the_score_and_the_number() {
	build_and_execute(|| {
		let record = publish(0, 0);
		assert_eq!(score(record, "indicator"), 50);
		judge(record, 1, Confirmed);
		// One vote is no quorum.
		let info = || Reputation::credibility(record, b"indicator".to_vec()).unwrap();
		assert_eq!(info().credibility, CannotBeJudged);
		let one = info().score;
		assert!(one > 50);
		judge(record, 2, ProbablyTrue);
		assert_eq!(info().credibility, ProbablyTrue);
		assert!(info().score > one);
		judge(record, 3, Confirmed);
		assert_eq!((info().credibility, info().outcome), (Confirmed, Some(Outcome::Confirmed)));
	});
}

#[test]
fn later_rules_should_not_change_what_was_decided() {
	build_and_execute(|| {
		let [decided, undecided] = [0, 1].map(|n| publish(0, n));
		(1..4).for_each(|by| judge(decided, by, Confirmed));
		(1..3).for_each(|by| judge(undecided, by, Confirmed));
		let credibility = |record| Reputation::credibility(record, vec![]).unwrap().credibility;
		let set_quorum = |quorum| {
			assert_ok!(Reputation::set_parameters(RuntimeOrigin::root(), Rules { quorum, ..Rules::default() }));
		};
		assert_eq!([decided, undecided].map(credibility), [Confirmed, Confirmed]);
		set_quorum(4);
		assert_eq!([decided, undecided].map(credibility), [Confirmed, CannotBeJudged], "three were enough then");
		set_time(START + cti_scoring::WINDOW);
		Reputation::on_idle(1, Weight::MAX);
		set_quorum(2);
		assert_eq!([decided, undecided].map(credibility), [Confirmed, CannotBeJudged], "two were not");
	});
}

#[test]
fn score_should_fade_by_type_and_be_refreshed_by_sightings() {
	build_and_execute(|| {
		give_evidence(0, 16, 0, START);
		let record = publish(0, 0);
		set_time(START + 90 * DAY);
		// The standing fades, too: by half an half-life of evidence.
		let fresh = score(record, "attack-pattern");
		assert!((80..90).contains(&fresh), "{fresh}");
		let half = score(record, "indicator");
		assert!(half == fresh / 2 || half == fresh.div_ceil(2), "{half} of {fresh}");
		assert!(score(record, "ipv4-addr") < half);
		let mut sighting =
			Sighting { kind: SightingKind::FalsePositive, count: 1, first_seen: START, last_seen: START + 90 * DAY };
		Reputation::on_sighting(record, START, MemberId(1), &sighting, None);
		assert_eq!(score(record, "indicator"), half);
		sighting.kind = SightingKind::Seen;
		Reputation::on_sighting(record, START, MemberId(1), &sighting, None);
		assert_eq!(score(record, "indicator"), fresh);
	});
}

#[test]
fn what_is_not_live_or_has_ended_should_have_no_score() {
	build_and_execute(|| {
		for status in [RecordStatus::Withdrawn, RecordStatus::Superseded, RecordStatus::Refuted, RecordStatus::Expired]
		{
			let record = publish(0, 0);
			assert_eq!(score(record, "malware"), 50);
			change(record, |facts| facts.status = status);
			assert_eq!(score(record, "malware"), 0);
		}
		let record = publish(0, 0);
		change(record, |facts| facts.valid_until = Some(START + DAY));
		set_time(START + DAY - 1);
		assert!(score(record, "malware") > 0);
		set_time(START + DAY);
		assert_eq!(score(record, "malware"), 0);
	});
}
