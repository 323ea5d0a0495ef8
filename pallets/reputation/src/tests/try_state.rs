use crate::{mock::*, Evidence, Ledger, Ledgers, Parameters, Reports, Tally};
use cti_primitives::{AuthorId, MemberId, OnSighting, SightingKind};
use cti_scoring::{Amount, Scale};
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
		Reputation::on_sighting(AuthorId(0), MemberId(1), SightingKind::Seen, 4);
		Reputation::on_sighting(AuthorId(1 << 31), MemberId(0), SightingKind::FalsePositive, 1);
		Evidence::<Test>::insert(AuthorId(4), cti_scoring::Evidence::default().confirmed(Amount::units(24), START));
	});
}

#[test]
fn unusable_parameters_should_be_rejected() {
	new_test_ext().execute_with(|| {
		Parameters::<Test>::put(Scale { d: 0, ..Scale::default() });
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
fn evidence_beyond_its_limit_should_be_rejected() {
	for side in 0..2 {
		new_test_ext().execute_with(|| {
			let mut evidence = cti_scoring::Evidence::default();
			let amount = Amount::units(24).saturating_add(Amount::from_bits(1));
			*[&mut evidence.alpha, &mut evidence.beta][side] = amount;
			Evidence::<Test>::insert(AuthorId(0), evidence);
			assert_rejected("evidence beyond its limit");
		});
	}
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
