use crate::{
	mock::*, Ballots, Cases, Deadlines, Evidence, Judges, Ledger, Ledgers, Outcome, Pairs, Parameters, Reports, Rules,
	Tally,
};
use cti_primitives::{AuthorId, Credibility, MemberId, Role, SightingKind};
use cti_scoring::{Held, Scale};
use frame::testing_prelude::*;

#[track_caller]
fn assert_rejected(reason: &'static str) {
	assert_eq!(Reputation::do_try_state(), Err(DispatchError::Other(reason)));
}

fn seen_once() -> Reports {
	Reports { seen: Tally { reports: 1, times: 1 }, ..Default::default() }
}

#[test]
fn used_state_should_be_accepted() {
	build_and_execute(|| {
		sight(AuthorId(0), 1, SightingKind::Seen, 4, None);
		sight(AuthorId(1 << 31), 0, SightingKind::FalsePositive, 1, None);
		give_evidence(4, 24, 24, START);
	});
}

#[test]
fn unusable_parameters_should_be_rejected() {
	new_test_ext().execute_with(|| {
		Parameters::<Test>::put(Rules { scale: Scale { d: 0, ..Scale::default() }, quorum: 2 });
		assert_rejected("parameters leave a letter out of reach");
	});
}

#[test]
fn evidence_about_nobody_should_be_rejected() {
	new_test_ext().execute_with(|| {
		Evidence::<Test>::insert(AuthorId(5), cti_scoring::Evidence::default());
		assert_rejected("evidence about nobody");
	});
}

#[test]
fn evidence_from_the_future_should_be_rejected() {
	new_test_ext().execute_with(|| {
		Evidence::<Test>::insert(AuthorId(0), cti_scoring::Evidence::default().at(START + 1));
		assert_rejected("evidence from the future");
	});
}

#[test]
fn ledger_of_nobody_should_be_rejected() {
	new_test_ext().execute_with(|| {
		Ledgers::<Test>::insert(AuthorId(5), Ledger::default());
		assert_rejected("a ledger of nobody");
	});
}

#[test]
fn one_sided_ledger_should_be_rejected() {
	for ledger in [
		Ledger { received: seen_once(), ..Default::default() },
		Ledger { given: seen_once(), ..Default::default() },
		Ledger { received: seen_once(), given: Reports { false_positives: seen_once().seen, ..Default::default() } },
		Ledger { received: seen_once(), given: Reports { seen: Tally { reports: 1, times: 2 }, ..seen_once() } },
	] {
		new_test_ext().execute_with(|| {
			Ledgers::<Test>::insert(AuthorId(0), ledger);
			assert_rejected("the ledger does not balance");
		});
	}
}

/// A state in which member 1 has judged record 0/0.
fn judged() -> cti_primitives::RecordId {
	let record = publish(0, 0);
	let origin = RuntimeOrigin::signed(account(1, Role::Analyst));
	assert_ok!(Reputation::give_verdict(origin, record, Credibility::Confirmed, proof(record, 1)));
	record
}

#[test]
fn evidence_from_nowhere_should_be_rejected() {
	new_test_ext().execute_with(|| {
		give_evidence(0, 5, 0, START);
		Pairs::<Test>::insert(AuthorId(0), MemberId(1), Held::default());
		assert_rejected("an author's evidence is not what its peers' votes make");
	});
}

#[test]
fn evidence_from_oneself_should_be_rejected() {
	new_test_ext().execute_with(|| {
		give_evidence(0, 5, 0, START);
		Pairs::<Test>::insert(AuthorId(0), MemberId(0), Held::default());
		assert_rejected("an author's evidence comes from itself");
	});
}

#[test]
fn votes_without_evidence_should_be_rejected() {
	new_test_ext().execute_with(|| {
		Pairs::<Test>::insert(AuthorId(0), MemberId(1), Held::default());
		assert_rejected("votes on an author without evidence");
	});
}

#[test]
fn judge_out_of_time_should_be_rejected() {
	new_test_ext().execute_with(|| {
		Judges::<Test>::insert(MemberId(0), cti_scoring::Evidence::default().at(START + 1));
		assert_rejected("a judge's history from the future");
	});
	new_test_ext().execute_with(|| {
		Judges::<Test>::insert(MemberId(5), cti_scoring::Evidence::default());
		assert_rejected("a judge that nobody knows");
	});
}

#[test]
fn judge_without_verdicts_should_be_rejected() {
	new_test_ext().execute_with(|| {
		make_judge(0);
		assert_eq!(Reputation::do_try_state(), Ok(()));
		let _ = crate::Judgements::<Test>::clear(u32::MAX, None);
		assert_rejected("a judge's history is not what its verdicts make");
	});
}

#[test]
fn miscounted_case_should_be_rejected() {
	new_test_ext().execute_with(|| {
		let record = judged();
		Ballots::<Test>::remove(record, MemberId(1));
		assert_rejected("a case miscounts its votes");
	});
}

#[test]
fn decided_record_with_ballots_should_be_rejected() {
	new_test_ext().execute_with(|| {
		let record = judged();
		Cases::<Test>::mutate(record, |case| case.as_mut().unwrap().outcome = Some(Outcome::Undecided));
		assert_rejected("a decided record keeps ballots");
	});
}

#[test]
fn ballot_without_a_case_should_be_rejected() {
	new_test_ext().execute_with(|| {
		let record = judged();
		Cases::<Test>::remove(record);
		assert_rejected("a ballot without a case");
	});
}

#[test]
fn open_case_outside_the_queue_should_be_rejected() {
	new_test_ext().execute_with(|| {
		judged();
		let _ = Deadlines::<Test>::clear(u32::MAX, None);
		assert_rejected("an open case waits for nothing");
	});
}

#[test]
fn queue_of_what_is_decided_should_be_rejected() {
	new_test_ext().execute_with(|| {
		let record = judged();
		Deadlines::<Test>::insert(crate::Deadline::from(1), record, ());
		assert_rejected("the queue holds what is decided");
	});
}
