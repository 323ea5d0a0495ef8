use crate::{mock::*, Error, Event, Evidence, Parameters, Rules};
use cti_primitives::{AuthorId, Reliability};
use cti_scoring::Scale;
use frame::testing_prelude::*;

const STRICTER: Rules = Rules { scale: Scale { judged_from: 10, a: 928, b: 800, c: 600, d: 400 }, quorum: 5 };

#[test]
fn parameters_should_be_the_designed_ones_from_the_start() {
	build_and_execute(|| {
		let scale = Scale { judged_from: 3, a: 900, b: 750, c: 500, d: 300 };
		assert_eq!(Parameters::<Test>::get(), Rules { scale, quorum: 2 });
	});
}

#[test]
fn set_parameters_should_move_the_letters_at_once() {
	build_and_execute(|| {
		let author = AuthorId(2);
		give_evidence(author.0, 16, 0, START);
		let evidence = Evidence::<Test>::get(author);
		assert_eq!(Reputation::standing(author).reliability, Reliability::A);

		assert_ok!(Reputation::set_parameters(RuntimeOrigin::root(), STRICTER));

		assert_eq!(Reputation::standing(author).reliability, Reliability::B);
		assert_eq!(Evidence::<Test>::get(author), evidence);
		System::assert_last_event(Event::ParametersSet { old: Rules::default(), new: STRICTER }.into());
	});
}

#[test]
fn set_parameters_should_move_where_judging_begins() {
	build_and_execute(|| {
		let author = AuthorId(2);
		give_evidence(author.0, 9, 0, START);
		assert_eq!(Reputation::standing(author).reliability, Reliability::B);

		assert_ok!(Reputation::set_parameters(RuntimeOrigin::root(), STRICTER));

		assert_eq!(Reputation::standing(author).reliability, Reliability::F);
	});
}

#[test]
fn set_parameters_should_be_refused_without_the_vote() {
	build_and_execute(|| {
		for origin in [RuntimeOrigin::signed(1), RuntimeOrigin::none()] {
			assert_noop!(Reputation::set_parameters(origin, STRICTER), BadOrigin);
		}
	});
}

#[test]
fn set_parameters_should_be_refused_by_the_rule_it_breaks() {
	build_and_execute(|| {
		let good = Scale::default();
		let refused = [
			(Scale { judged_from: 0, ..good }, Error::<Test>::JudgedFromOutOfRange),
			(Scale { judged_from: 25, ..good }, Error::<Test>::JudgedFromOutOfRange),
			(Scale { a: 929, ..good }, Error::<Test>::ThresholdOutOfRange),
			(Scale { d: 71, ..good }, Error::<Test>::ThresholdOutOfRange),
			(Scale { b: 900, ..good }, Error::<Test>::ThresholdsNotDescending),
			(Scale { d: 501, ..good }, Error::<Test>::ThresholdsNotDescending),
		];
		for (scale, error) in refused {
			let rules = Rules { scale, ..Rules::default() };
			assert_noop!(Reputation::set_parameters(RuntimeOrigin::root(), rules), error);
		}
		for quorum in [0, 1, 25, u8::MAX] {
			let rules = Rules { quorum, ..Rules::default() };
			assert_noop!(Reputation::set_parameters(RuntimeOrigin::root(), rules), Error::<Test>::QuorumOutOfRange);
		}
	});
}
