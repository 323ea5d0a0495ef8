use crate::{mock::*, Ballots, Cases, Deadlines, Error, Evidence, Outcome, WeightInfo, MAX_DECISIONS};
use cti_primitives::{
	AuthorId,
	Credibility::{self, *},
	RecordId, RecordStatus, Role, SightingKind,
};
use cti_scoring::{Amount, WINDOW};
use frame::testing_prelude::*;

fn analyst(member: u32) -> RuntimeOrigin {
	RuntimeOrigin::signed(account(member, Role::Analyst))
}

fn judge(record: RecordId, by: u32, credibility: Credibility) {
	assert_ok!(Reputation::give_verdict(analyst(by), record, credibility, proof(record, by)));
}

fn outcome(record: RecordId) -> Option<Outcome> {
	Cases::<Test>::get(record).and_then(|case| case.outcome)
}

#[test]
fn close_should_decide_what_two_agree_on_when_the_window_is_over() {
	build_and_execute(|| {
		let record = publish(0, 0);
		judge(record, 1, Confirmed);
		judge(record, 2, ProbablyTrue);
		assert_refused!(Reputation::close(analyst(3), record), Error::<Test>::WindowOpen);
		set_time(START + WINDOW);
		assert_ok!(Reputation::close(analyst(3), record));
		assert_eq!(outcome(record), Some(Outcome::Confirmed));
		assert_refused!(Reputation::close(analyst(3), record), Error::<Test>::Decided);
	});
}

#[test]
fn close_should_leave_undecided_what_few_or_divided_members_said() {
	build_and_execute(|| {
		let (alone, divided) = (publish(0, 0), publish(0, 1));
		judge(alone, 1, Confirmed);
		judge(divided, 1, Confirmed);
		judge(divided, 2, Improbable);
		set_time(START + WINDOW);
		for record in [alone, divided] {
			assert_ok!(Reputation::close(analyst(1), record));
			assert_eq!(outcome(record), Some(Outcome::Undecided));
			assert_eq!(facts(record).status, RecordStatus::Open);
		}
		assert_eq!((Evidence::<Test>::iter().count(), Ballots::<Test>::iter().count()), (0, 0));
	});
}

#[test]
fn close_should_need_a_judge_and_a_case() {
	build_and_execute(|| {
		let record = publish(0, 0);
		set_time(START + WINDOW);
		assert_refused!(Reputation::close(analyst(1), record), Error::<Test>::NothingToDecide);
		assert_refused!(Reputation::close(RuntimeOrigin::signed(77), record), Error::<Test>::NotAMember);
		let auditor = RuntimeOrigin::signed(account(1, Role::Auditor));
		assert_refused!(Reputation::close(auditor, record), Error::<Test>::RoleMayNotJudge);
	});
}

#[test]
fn withdrawing_should_not_keep_a_record_from_being_decided() {
	build_and_execute(|| {
		let record = publish(0, 0);
		judge(record, 1, Improbable);
		judge(record, 2, Improbable);
		change(record, |facts| facts.status = RecordStatus::Withdrawn);
		set_time(START + WINDOW);
		assert_ok!(Reputation::close(analyst(1), record));
		assert_eq!(outcome(record), Some(Outcome::Refuted));
		assert!(Evidence::<Test>::get(AuthorId(0)).beta > Amount::ZERO);
		assert_eq!(facts(record).status, RecordStatus::Withdrawn);
	});
}

#[test]
fn idle_blocks_should_decide_what_is_due_the_earliest_first() {
	build_and_execute(|| {
		let early = publish(0, 0);
		judge(early, 1, Confirmed);
		judge(early, 2, Confirmed);
		set_time(START + 10);
		let late = publish(0, 1);
		judge(late, 1, Confirmed);
		judge(late, 2, Confirmed);
		let idle = || Reputation::on_idle(2, Weight::MAX);
		set_time(START + WINDOW - 1);
		idle();
		assert_eq!((outcome(early), outcome(late)), (None, None));
		set_time(START + WINDOW);
		idle();
		assert_eq!((outcome(early), outcome(late)), (Some(Outcome::Confirmed), None));
		set_time(START + WINDOW + 10);
		idle();
		assert_eq!(outcome(late), Some(Outcome::Confirmed));
		assert_eq!(Deadlines::<Test>::iter().count(), 0);
	});
}

#[test]
fn idle_blocks_should_keep_to_their_bounds() {
	build_and_execute(|| {
		let records: Vec<_> = (0..MAX_DECISIONS + 2).map(|n| publish(0, n)).collect();
		records.iter().for_each(|record| judge(*record, 1, Confirmed));
		set_time(START + WINDOW);
		let decided = || records.iter().filter(|record| outcome(**record).is_some()).count() as u32;
		let one = <() as WeightInfo>::close(5);
		assert!(Reputation::on_idle(2, Weight::zero()).is_zero());
		assert_eq!(decided(), 0);
		let used = Reputation::on_idle(2, one);
		assert!(used.all_lte(one));
		assert_eq!(decided(), 1);
		Reputation::on_idle(2, Weight::MAX);
		assert_eq!(decided(), 1 + MAX_DECISIONS);
		Reputation::on_idle(2, Weight::MAX);
		assert_eq!(decided(), MAX_DECISIONS + 2);
	});
}

#[test]
fn sighting_after_the_window_should_refresh_and_not_vote() {
	build_and_execute(|| {
		let (unspoken, open) = (RecordId { author: AuthorId(0), n: 0 }, publish(1, 0));
		publish(0, 0);
		judge(open, 2, Confirmed);
		set_time(START + WINDOW);
		sight(AuthorId(0), 2, SightingKind::Seen, 1, None);
		sight(AuthorId(1), 3, SightingKind::Seen, 1, None);
		assert_eq!(outcome(unspoken), Some(Outcome::Undecided));
		assert_eq!(Cases::<Test>::get(unspoken).unwrap().sighted, Some(START));
		// What waits for its decision is not touched by it.
		assert_eq!(outcome(open), None);
		assert_eq!(Cases::<Test>::get(open).unwrap().tally.voters(), 1);
	});
}
