use crate::{mock::*, Error, Event, Evidence, Parameters};
use cti_primitives::{AuthorId, Reliability};
use cti_scoring::{Amount, Scale};
use frame::testing_prelude::*;

const STRICTER: Scale = Scale { judged_from: 10, a: 928, b: 800, c: 600, d: 400 };

#[test]
fn parameters_should_be_the_designed_ones_from_the_start() {
	build_and_execute(|| {
		assert_eq!(Parameters::<Test>::get(), Scale { judged_from: 3, a: 900, b: 750, c: 500, d: 300 });
	});
}

#[test]
fn set_parameters_should_move_the_letters_at_once() {
	build_and_execute(|| {
		let author = AuthorId(2);
		let evidence = cti_scoring::Evidence::default().confirmed(Amount::units(16), START);
		Evidence::<Test>::insert(author, evidence);
		assert_eq!(Reputation::standing(author).reliability, Reliability::A);

		assert_ok!(Reputation::set_parameters(RuntimeOrigin::root(), STRICTER));

		assert_eq!(Reputation::standing(author).reliability, Reliability::B);
		assert_eq!(Evidence::<Test>::get(author), evidence);
		System::assert_last_event(Event::ParametersSet { old: Scale::default(), new: STRICTER }.into());
	});
}

#[test]
fn set_parameters_should_move_where_judging_begins() {
	build_and_execute(|| {
		let author = AuthorId(2);
		Evidence::<Test>::insert(author, cti_scoring::Evidence::default().confirmed(Amount::units(9), START));
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
			assert_noop!(Reputation::set_parameters(RuntimeOrigin::root(), scale), error);
		}
	});
}
