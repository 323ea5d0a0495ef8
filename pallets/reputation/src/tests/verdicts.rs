use crate::{mock::*, Ballots, Cases, Error, Event, Evidence, Judges, Outcome, Pairs, Rules};
use cti_primitives::{
	AuthorId,
	Credibility::{self, *},
	MemberId, RecordId, RecordStatus, Role, SightingKind, Standing,
};
use cti_scoring::{Amount, Count, Side, WINDOW};
use frame::testing_prelude::*;

fn analyst(member: u32) -> RuntimeOrigin {
	RuntimeOrigin::signed(account(member, Role::Analyst))
}

/// A verdict of the member with its own proof.
fn judge(record: RecordId, by: u32, credibility: Credibility) -> DispatchResultWithPostInfo {
	Reputation::give_verdict(analyst(by), record, credibility, proof(record, by))
}

fn judge_all(members: std::ops::Range<u32>, record: RecordId, credibility: Credibility) {
	members.for_each(|by| {
		assert_ok!(judge(record, by, credibility));
	});
}

fn outcome(record: RecordId) -> Option<Outcome> {
	Cases::<Test>::get(record).and_then(|case| case.outcome)
}

#[test]
fn give_verdict_should_count_the_vote_and_say_so() {
	build_and_execute(|| {
		let record = publish(0, 0);
		assert_ok!(judge(record, 1, ProbablyTrue));
		let case = Cases::<Test>::get(record).unwrap();
		assert_eq!(case.tally.0[1], Count { members: 1, weight: 16 });
		assert_eq!((case.closes, case.outcome), (START + WINDOW, None));
		System::assert_last_event(
			Event::VerdictGiven { record, by: MemberId(1), credibility: ProbablyTrue, weight: 16 }.into(),
		);
		let verdicts = Reputation::verdicts(record);
		assert_eq!(verdicts.len(), 1);
		assert_eq!((verdicts[0].by, verdicts[0].ballot.verdict), (MemberId(1), Some(ProbablyTrue)));
	});
}

#[test]
fn record_should_be_decided_when_nothing_outstanding_can_change_it() {
	build_and_execute(|| {
		let record = publish(0, 0);
		for by in 1..3 {
			assert_ok!(judge(record, by, Confirmed));
			// Two of four: the other two could still make it one half.
			assert_eq!(outcome(record), None);
		}
		assert_ok!(judge(record, 3, ProbablyTrue));
		assert_eq!(outcome(record), Some(Outcome::Confirmed));
		assert_eq!(facts(record).status, RecordStatus::Confirmed);
		assert_eq!(Ballots::<Test>::iter().count(), 0);
		System::assert_last_event(
			Event::RecordDecided {
				record,
				outcome: Outcome::Confirmed,
				confirming: 48,
				refuting: 0,
				voters: 3,
				evidence: Evidence::<Test>::get(AuthorId(0)),
			}
			.into(),
		);
	});
}

#[test]
fn decision_should_be_evidence_for_the_author_in_equal_parts_and_for_the_judges() {
	build_and_execute(|| {
		let record = publish(0, 0);
		judge_all(1..4, record, Confirmed);
		let evidence = Evidence::<Test>::get(AuthorId(0));
		let third = Amount::fraction(1, core::num::NonZeroU32::new(3).unwrap());
		assert_eq!(evidence.alpha.to_bits(), 3 * third.to_bits());
		assert_eq!(evidence.beta, Amount::ZERO);
		for by in 1..4 {
			assert_eq!(Pairs::<Test>::get(AuthorId(0), MemberId(by)).at(START).alpha, third);
			assert_eq!(Judges::<Test>::get(MemberId(by)).alpha, Amount::ONE);
		}
		// Who did not vote is no judge, and judging is no evidence about the judge.
		assert_eq!(Judges::<Test>::get(MemberId(4)), Default::default());
		assert_eq!(Evidence::<Test>::iter_keys().collect::<Vec<_>>(), [AuthorId(0)]);
	});
}

#[test]
fn refuted_record_should_be_no_longer_live_and_count_against_its_author() {
	build_and_execute(|| {
		let record = publish(0, 0);
		assert_ok!(judge(record, 4, Confirmed));
		judge_all(1..4, record, Improbable);
		assert_eq!(outcome(record), Some(Outcome::Refuted));
		assert_eq!(facts(record).status, RecordStatus::Refuted);
		assert_eq!(Evidence::<Test>::get(AuthorId(0)).on(Side::For), Amount::ZERO);
		assert!(Evidence::<Test>::get(AuthorId(0)).beta > Amount::ZERO);
		assert_eq!(Judges::<Test>::get(MemberId(4)).beta, Amount::ONE);
	});
}

#[test]
fn judges_weight_should_grow_with_agreement_and_count_in_later_votes() {
	build_and_execute(|| {
		for n in 0..4 {
			let record = publish(0, n);
			judge_all(1..4, record, Confirmed);
		}
		let record = publish(0, 9);
		assert_ok!(judge(record, 1, Confirmed));
		assert_ok!(judge(record, 4, Confirmed));
		let weights: Vec<_> = Reputation::verdicts(record).into_iter().map(|verdict| verdict.weight).collect();
		assert_eq!(weights, [16 + 8, 16]);
	});
}

#[test]
fn possibly_true_and_cannot_be_judged_should_count_for_the_quorum_only() {
	build_and_execute(|| {
		Reputation::set_parameters(RuntimeOrigin::root(), Rules { quorum: 4, ..Rules::default() }).unwrap();
		let record = publish(0, 0);
		assert_ok!(judge(record, 1, PossiblyTrue));
		assert_ok!(judge(record, 2, Confirmed));
		assert_ok!(judge(record, 3, Confirmed));
		assert_eq!(outcome(record), None);
		assert_ok!(judge(record, 4, CannotBeJudged));
		assert_eq!(outcome(record), Some(Outcome::Confirmed));
		assert_eq!(Judges::<Test>::get(MemberId(1)), Default::default());
		assert_eq!(Pairs::<Test>::get(AuthorId(0), MemberId(4)), Default::default());
	});
}

#[test]
fn quorum_of_more_than_can_vote_should_be_one_of_all() {
	build_and_execute(|| {
		Reputation::set_parameters(RuntimeOrigin::root(), Rules { quorum: 24, ..Rules::default() }).unwrap();
		let record = publish(0, 0);
		judge_all(1..4, record, Confirmed);
		assert_eq!(outcome(record), None);
		assert_ok!(judge(record, 4, Confirmed));
		assert_eq!(outcome(record), Some(Outcome::Confirmed));
	});
}

#[test]
fn members_that_cannot_read_should_not_be_waited_for() {
	build_and_execute(|| {
		let record = publish(0, 0);
		set_readers(record, Some(&[0, 1, 2]));
		assert_ok!(judge(record, 1, Confirmed));
		assert_ok!(judge(record, 2, Confirmed));
		assert_eq!(outcome(record), Some(Outcome::Confirmed));
		// Where it is not known who can read, everybody may.
		let record = publish(0, 1);
		set_readers(record, None);
		assert_ok!(judge(record, 1, Confirmed));
		assert_ok!(judge(record, 2, Confirmed));
		assert_eq!(outcome(record), None);
	});
}

#[test]
fn sighting_should_be_half_a_vote_until_there_is_a_verdict() {
	build_and_execute(|| {
		let record = publish(0, 0);
		sight(AuthorId(0), 1, SightingKind::Seen, 3, None);
		sight(AuthorId(0), 2, SightingKind::FalsePositive, 3, None);
		let tally = || Cases::<Test>::get(record).unwrap().tally;
		assert_eq!((tally().side(Side::For), tally().side(Side::Against)), ((1, 8), (1, 8)));
		assert_ok!(judge(record, 1, Doubtful));
		assert_eq!((tally().side(Side::For), tally().side(Side::Against)), ((0, 0), (2, 24)));
		// Both reports together say nothing.
		sight(AuthorId(0), 2, SightingKind::Seen, 3, None);
		assert_eq!((tally().side(Side::For), tally().side(Side::Against)), ((0, 0), (1, 16)));
		assert_eq!(Cases::<Test>::get(record).unwrap().sighted, Some(START));
	});
}

#[test]
fn who_only_sighted_should_not_make_a_second_winner_before_the_end() {
	build_and_execute(|| {
		// A judge that weighs a full vote beside newcomers.
		make_judge(1);
		let record = publish(0, 0);
		set_readers(record, Some(&[0, 1, 2]));
		sight(AuthorId(0), 2, SightingKind::Seen, 1, None);
		assert_ok!(judge(record, 1, Confirmed));
		assert_eq!(outcome(record), None);
		assert_ok!(judge(record, 2, Confirmed));
		assert_eq!(outcome(record), Some(Outcome::Confirmed));
	});
}

#[test]
fn who_only_sighted_should_be_waited_for() {
	build_and_execute(|| {
		let record = publish(0, 0);
		sight(AuthorId(0), 3, SightingKind::Seen, 1, None);
		sight(AuthorId(0), 4, SightingKind::Seen, 1, None);
		assert_ok!(judge(record, 1, Confirmed));
		assert_ok!(judge(record, 2, Confirmed));
		// The half votes may become whole ones for the other side.
		assert_eq!(outcome(record), None);
		assert_ok!(judge(record, 3, Confirmed));
		assert_eq!(outcome(record), Some(Outcome::Confirmed));
	});
}

#[test]
fn give_verdict_should_be_refused_by_the_rule_it_breaks() {
	build_and_execute(|| {
		let record = publish(0, 0);
		let give = |origin, proof| Reputation::give_verdict(origin, record, Confirmed, proof);
		let good = proof(record, 1);
		assert_refused!(give(RuntimeOrigin::none(), good), BadOrigin);
		assert_refused!(give(RuntimeOrigin::root(), good), BadOrigin);
		assert_refused!(give(RuntimeOrigin::signed(77), good), Error::<Test>::NotAMember);
		for role in [Role::Feed, Role::Auditor] {
			assert_refused!(give(RuntimeOrigin::signed(account(1, role)), good), Error::<Test>::RoleMayNotJudge);
		}
		// Another member's proof, one over another record, and none.
		assert_refused!(give(analyst(2), good), Error::<Test>::InvalidProof);
		let other = publish(0, 1);
		assert_refused!(give(analyst(1), proof(other, 1)), Error::<Test>::InvalidProof);
		assert_refused!(give(analyst(1), [0; 64]), Error::<Test>::InvalidProof);
		for role in [Role::Controller, Role::Analyst] {
			assert_refused!(give(RuntimeOrigin::signed(account(0, role)), proof(record, 0)), Error::<Test>::OwnRecord);
		}
		let nowhere = RecordId { author: AuthorId(0), n: 7 };
		assert_refused!(Reputation::give_verdict(analyst(1), nowhere, Confirmed, good), Error::<Test>::RecordNotFound);
		assert_ok!(give(analyst(1), good));
		assert_refused!(give(RuntimeOrigin::signed(account(1, Role::Controller)), good), Error::<Test>::AlreadyJudged);
	});
}

#[test]
fn refused_verdict_should_weigh_what_it_looked_at() {
	build_and_execute(|| {
		let record = publish(0, 0);
		let refused = Reputation::give_verdict(analyst(1), record, Confirmed, [0; 64]).unwrap_err();
		let looked_at_nobody = <() as crate::WeightInfo>::give_verdict(0);
		assert_eq!(refused.post_info.actual_weight, Some(looked_at_nobody));
	});
}

#[test]
fn give_verdict_should_be_refused_of_members_that_are_not_active() {
	build_and_execute(|| {
		let record = publish(0, 0);
		let mut standings = vec![Standing::Active; 5];
		for standing in [Standing::Suspended, Standing::Left, Standing::Expelled] {
			standings[1] = standing;
			Admitted::set(standings.clone());
			assert_refused!(judge(record, 1, Confirmed), Error::<Test>::NotActive);
		}
	});
}

#[test]
fn organisation_should_not_judge_what_it_published_under_another_number() {
	build_and_execute(|| {
		let record = publish(0, 0);
		Formers::set([(MemberId(4), MemberId(0))].into());
		assert_refused!(judge(record, 4, Confirmed), Error::<Test>::OwnRecord);
	});
}

#[test]
fn organisation_that_came_back_should_have_one_vote() {
	build_and_execute(|| {
		let record = publish(0, 0);
		assert_ok!(judge(record, 3, Confirmed));
		Formers::set([(MemberId(4), MemberId(3))].into());
		assert_refused!(judge(record, 4, Confirmed), Error::<Test>::AlreadyJudged);
		assert_ok!(Reputation::change_verdict(analyst(4), record, Doubtful));
		assert_eq!(Cases::<Test>::get(record).unwrap().tally.voters(), 1);
	});
}

#[test]
fn author_should_not_stop_the_votes_by_taking_its_record_back() {
	build_and_execute(|| {
		for (n, status) in
			[RecordStatus::Withdrawn, RecordStatus::Superseded, RecordStatus::Expired].into_iter().enumerate()
		{
			let record = publish(0, n as u32);
			assert_ok!(judge(record, 1, Improbable));
			change(record, |facts| facts.status = status);
			assert_ok!(judge(record, 2, Improbable));
			assert_ok!(judge(record, 3, Improbable));
			assert_eq!(outcome(record), Some(Outcome::Refuted));
			assert_eq!(facts(record).status, status);
		}
		assert!(Evidence::<Test>::get(AuthorId(0)).beta > Amount::units(2));
	});
}

#[test]
fn judging_one_author_should_not_make_a_judge_that_weighs() {
	build_and_execute(|| {
		for n in 0..60 {
			let record = publish(0, n);
			judge_all(1..4, record, Confirmed);
		}
		// One of four others: a quarter of what all of them would make.
		assert_eq!(Judges::<Test>::get(MemberId(1)).alpha, Amount::units(6));
		let record = publish(3, 0);
		assert_ok!(judge(record, 1, Confirmed));
		assert_eq!(Reputation::verdicts(record)[0].weight, 16 + 12);
	});
}

#[test]
fn judging_out_of_the_others_sight_should_make_no_judge() {
	build_and_execute(|| {
		let record = publish(0, 0);
		set_readers(record, Some(&[0, 1, 2]));
		assert_ok!(judge(record, 1, Confirmed));
		assert_ok!(judge(record, 2, Confirmed));
		assert_eq!(Cases::<Test>::get(record).unwrap().outcome, Some(Outcome::Confirmed));
		assert!(
			Reputation::standing(AuthorId(0)).confirmed > cti_scoring::Millionths::default(),
			"its author is confirmed all the same"
		);
		assert!(!Judges::<Test>::contains_key(MemberId(1)));
		// Nor can friends make up for what they said in everybody's sight.
		let lie = publish(0, 1);
		assert_ok!(judge(lie, 1, Confirmed));
		assert_ok!(judge(lie, 2, Improbable));
		assert_ok!(judge(lie, 3, Improbable));
		assert_ok!(judge(lie, 4, Improbable));
		assert_eq!(Cases::<Test>::get(lie).unwrap().outcome, Some(Outcome::Refuted));
		let disagreed = || Judges::<Test>::get(MemberId(1)).beta;
		assert_eq!(disagreed(), Amount::ONE);
		for n in 2..40 {
			let record = publish(0, n);
			set_readers(record, Some(&[0, 1, 2]));
			assert_ok!(judge(record, 1, Confirmed));
			assert_ok!(judge(record, 2, Confirmed));
		}
		assert_eq!(disagreed(), Amount::ONE);
	});
}

#[test]
fn organisation_that_came_back_should_keep_its_evidence_and_its_limit() {
	build_and_execute(|| {
		let record = publish(0, 0);
		judge_all(1..4, record, Improbable);
		let before = Reputation::standing(AuthorId(0));
		Formers::set([(MemberId(4), MemberId(0))].into());
		assert_eq!(Reputation::standing(AuthorId(4)).refuted, before.refuted);
		let record = publish(4, 0);
		judge_all(1..3, record, Improbable);
		assert_eq!(Evidence::<Test>::iter_keys().collect::<Vec<_>>(), [AuthorId(0)]);
		assert!(Reputation::standing(AuthorId(4)).refuted > before.refuted);
	});
}

#[test]
fn verdict_should_be_refused_when_it_is_too_late() {
	build_and_execute(|| {
		let record = publish(0, 0);
		set_time(START + WINDOW - 1);
		assert_ok!(judge(record, 1, Confirmed));
		set_time(START + WINDOW);
		assert_refused!(judge(record, 2, Confirmed), Error::<Test>::WindowClosed);
		assert_refused!(Reputation::change_verdict(analyst(1), record, Doubtful), Error::<Test>::WindowClosed);
		let decided = publish(0, 1);
		judge_all(1..4, decided, Confirmed);
		assert_refused!(judge(decided, 4, Confirmed), Error::<Test>::Decided);
		assert_refused!(Reputation::change_verdict(analyst(1), decided, Doubtful), Error::<Test>::Decided);
	});
}

#[test]
fn change_verdict_should_move_the_vote_and_keep_its_weight() {
	build_and_execute(|| {
		let record = publish(0, 0);
		assert_refused!(Reputation::change_verdict(analyst(1), record, Doubtful), Error::<Test>::NotJudged);
		sight(AuthorId(0), 1, SightingKind::Seen, 1, None);
		assert_refused!(Reputation::change_verdict(analyst(1), record, Doubtful), Error::<Test>::NotJudged);
		assert_ok!(judge(record, 1, Confirmed));
		assert_refused!(Reputation::change_verdict(analyst(1), record, Confirmed), Error::<Test>::SameVerdict);
		assert_ok!(Reputation::change_verdict(analyst(1), record, Doubtful));
		let tally = Cases::<Test>::get(record).unwrap().tally;
		assert_eq!((tally.side(Side::For), tally.side(Side::Against)), ((0, 0), (1, 16)));
		System::assert_last_event(
			Event::VerdictChanged { record, by: MemberId(1), old: Confirmed, new: Doubtful }.into(),
		);
		assert_ok!(judge(record, 2, Doubtful));
		assert_ok!(judge(record, 3, Confirmed));
		assert_eq!(outcome(record), None);
		assert_ok!(Reputation::change_verdict(analyst(3), record, Doubtful));
		assert_eq!(outcome(record), Some(Outcome::Refuted));
	});
}

#[test]
fn report_malformed_should_need_an_open_audience_instead_of_a_proof() {
	build_and_execute(|| {
		let record = publish(0, 0);
		set_readers(record, Some(&[0, 1, 2]));
		assert_ok!(Reputation::report_malformed(analyst(1), record));
		System::assert_last_event(Event::MalformedReported { record, by: MemberId(1), weight: 16 }.into());
		assert_refused!(Reputation::report_malformed(analyst(1), record), Error::<Test>::AlreadyJudged);
		// A report is no way around the proof.
		assert_refused!(Reputation::change_verdict(analyst(1), record, Confirmed), Error::<Test>::InvalidProof);
		assert_refused!(Reputation::report_malformed(analyst(3), record), Error::<Test>::NotInAudience);
		assert_refused!(Reputation::report_malformed(analyst(0), record), Error::<Test>::OwnRecord);
		assert_ok!(Reputation::report_malformed(analyst(2), record));
		assert_eq!(outcome(record), Some(Outcome::Refuted));
		let record = publish(0, 1);
		set_readers(record, None);
		assert_refused!(Reputation::report_malformed(analyst(1), record), Error::<Test>::NotInAudience);
	});
}

#[test]
fn one_voter_should_never_make_more_than_its_limit() {
	build_and_execute(|| {
		set_time(START);
		for n in 0..60 {
			let record = publish(0, n);
			set_readers(record, Some(&[0, 1, 2]));
			assert_ok!(judge(record, 1, Confirmed));
			assert_ok!(judge(record, 2, Confirmed));
			assert_eq!(outcome(record), Some(Outcome::Confirmed));
		}
		// Two of four others: each makes at most 24 / 4.
		assert_eq!(Pairs::<Test>::get(AuthorId(0), MemberId(1)).at(START).alpha, Amount::units(6));
		assert_eq!(Evidence::<Test>::get(AuthorId(0)).alpha, Amount::units(12));
		assert_eq!(Reputation::standing(AuthorId(0)).standing.0, 875_000);
		let from = Reputation::evidence(AuthorId(0));
		assert_eq!(
			from.iter().map(|from| (from.voter.0, from.confirmed.0)).collect::<Vec<_>>(),
			[(1, 6_000_000), (2, 6_000_000)]
		);
	});
}
