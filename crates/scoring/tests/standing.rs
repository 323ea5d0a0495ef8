//! Evidence, standing and letters.

use codec::{Decode, Encode, MaxEncodedLen};
use core::num::NonZeroU32;
use cti_primitives::Reliability::{self, *};
use cti_scoring::{Amount, Evidence, InvalidScale, Millionths, Scale, HALF_LIFE};
use num_bigint::BigUint;
use proptest::prelude::*;

/// `alpha` and `beta` in thousandths of a record.
fn evidence(alpha: u32, beta: u32) -> Evidence {
	let thousandths = |n| Amount::fraction(n, NonZeroU32::new(1_000).expect("not 0"));
	Evidence { alpha: thousandths(alpha), beta: thousandths(beta), updated: 0 }
}

fn side() -> impl Strategy<Value = u64> {
	0..=Evidence::LIMIT.to_bits()
}

fn any_evidence() -> impl Strategy<Value = Evidence> {
	(side(), side(), 0u64..1 << 40).prop_map(|(alpha, beta, updated)| Evidence {
		alpha: Amount::from_bits(alpha),
		beta: Amount::from_bits(beta),
		updated,
	})
}

fn any_scale() -> impl Strategy<Value = Scale> {
	(1..=Scale::MAX_JUDGED_FROM, prop::collection::btree_set(Scale::LOWEST..=Scale::HIGHEST, 4)).prop_map(
		|(judged_from, thresholds)| {
			let t: Vec<u16> = thresholds.into_iter().collect();
			Scale { judged_from, a: t[3], b: t[2], c: t[1], d: t[0] }
		},
	)
}

#[test]
fn standing_should_follow_the_table() {
	// alpha and beta in thousandths of a record; standing in millionths.
	let table: &[(u32, u32, u32, Reliability)] = &[
		(0, 0, 500_000, F),
		(2_999, 0, 714_244, F),
		(0, 2_999, 285_755, F),
		(1_500, 1_499, 500_071, F),
		(3_000, 0, 714_285, C),
		(0, 3_000, 285_714, E),
		(1_500, 1_500, 500_000, C),
		(4_000, 0, 750_000, B),
		(3_999, 0, 749_968, C),
		(8_000, 0, 833_333, B),
		(16_000, 0, 900_000, A),
		(15_999, 0, 899_994, B),
		(24_000, 0, 928_571, A),
		(24_000, 24_000, 500_000, C),
		(23_999, 24_000, 499_990, D),
		(0, 2_667, 299_985, F),
		(1_000, 5_000, 300_000, D),
		(1_000, 5_001, 299_970, E),
		(0, 24_000, 71_428, E),
	];
	for &(alpha, beta, standing, reliability) in table {
		let evidence = evidence(alpha, beta);
		assert_eq!(evidence.standing(), Millionths(standing), "{alpha} for, {beta} against");
		assert_eq!(Scale::default().grade(&evidence), reliability, "{alpha} for, {beta} against");
	}
}

#[test]
fn nobody_should_be_judged_without_evidence() {
	assert_eq!(Evidence::default().standing(), Millionths(500_000));
	assert_eq!(Scale::default().grade(&Evidence::default()), F);
}

#[test]
fn a_source_that_falls_silent_should_fade_to_f() {
	let scale = Scale::default();
	let earned = Evidence::default().confirmed(Amount::units(24), 1_000);
	let after = |half_lives: u64| scale.grade(&earned.at(1_000 + half_lives * HALF_LIFE));
	assert_eq!([0, 1, 2, 3].map(after), [A, B, B, C]);
	assert_eq!(after(4), F);
}

#[test]
fn evidence_should_be_added_to_what_is_left() {
	let first = Evidence::default().confirmed(Amount::units(4), 100);
	assert_eq!(first, Evidence { alpha: Amount::units(4), beta: Amount::ZERO, updated: 100 });
	let second = first.refuted(Amount::units(1), 100 + HALF_LIFE);
	assert_eq!(second, Evidence { alpha: Amount::units(2), beta: Amount::units(1), updated: 100 + HALF_LIFE });
	let third = second.confirmed(Amount::units(1), 100 + 2 * HALF_LIFE);
	assert_eq!(third.alpha, Amount::units(2));
	assert_eq!(third.beta, Amount::fraction(1, NonZeroU32::new(2).expect("not 0")));
}

#[test]
fn a_clock_that_runs_backwards_should_change_nothing() {
	let earned = Evidence::default().confirmed(Amount::units(4), 1_000);
	assert_eq!(earned.at(999), earned);
	assert_eq!(earned.refuted(Amount::ONE, 999), earned.refuted(Amount::ONE, 1_000));
}

#[test]
fn scale_should_be_refused_by_the_rule_it_breaks() {
	use InvalidScale::*;
	let good = Scale::default();
	assert_eq!(good, Scale { judged_from: 3, a: 900, b: 750, c: 500, d: 300 });
	let table = [
		(good, Ok(())),
		(Scale { judged_from: 0, ..good }, Err(JudgedFromOutOfRange)),
		(Scale { judged_from: 25, ..good }, Err(JudgedFromOutOfRange)),
		(Scale { judged_from: 1, ..good }, Ok(())),
		(Scale { judged_from: 24, ..good }, Ok(())),
		(Scale { a: 929, ..good }, Err(ThresholdOutOfRange)),
		(Scale { a: 928, ..good }, Ok(())),
		(Scale { d: 71, ..good }, Err(ThresholdOutOfRange)),
		(Scale { d: 72, ..good }, Ok(())),
		(Scale { a: 750, ..good }, Err(ThresholdsNotDescending)),
		(Scale { b: 500, ..good }, Err(ThresholdsNotDescending)),
		(Scale { c: 300, ..good }, Err(ThresholdsNotDescending)),
		(Scale { d: 500, ..good }, Err(ThresholdsNotDescending)),
	];
	for (scale, expected) in table {
		assert_eq!(scale.check(), expected, "{scale:?}");
	}
}

#[test]
fn every_invalid_scale_should_say_what_is_allowed() {
	assert_eq!(InvalidScale::JudgedFromOutOfRange.to_string(), "judged_from must be 1 to 24");
	assert_eq!(InvalidScale::ThresholdOutOfRange.to_string(), "thresholds must be 72 to 928 thousandths");
	assert_eq!(InvalidScale::ThresholdsNotDescending.to_string(), "thresholds must descend from A to D");
}

#[test]
fn millionths_should_print_as_a_number() {
	assert_eq!(Millionths(916_666).to_string(), "0.916666");
	assert_eq!(Millionths(24_000_001).to_string(), "24.000001");
	assert_eq!(Millionths(7).to_string(), "0.000007");
	assert_eq!(Amount::units(24).to_millionths(), Millionths(24_000_000));
	assert_eq!(Amount::units(u16::MAX).to_millionths(), Millionths(u32::MAX));
	assert_eq!(Millionths::ratio(2, 3), Some(Millionths(666_666)));
	assert_eq!(Millionths::ratio(1, 0), None);
}

#[test]
fn fraction_should_round_down_and_saturate() {
	let of = |n, d| Amount::fraction(n, NonZeroU32::new(d).expect("not 0"));
	assert_eq!(of(1, 3).to_bits(), (1 << 48) / 3);
	assert_eq!(of(65_535, 1), Amount::units(65_535));
	assert_eq!(of(65_536, 1), Amount::from_bits(u64::MAX));
}

#[test]
fn encodings_should_not_change() {
	let evidence = Evidence { alpha: Amount::ONE, beta: Amount::from_bits(2), updated: 3 };
	let bytes = [0, 0, 0, 0, 0, 0, 1, 0, 2, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0];
	assert_eq!(evidence.encode(), bytes);
	assert_eq!(Evidence::decode(&mut &bytes[..]), Ok(evidence));
	assert_eq!(Evidence::max_encoded_len(), 24);
	assert_eq!(Scale::default().encode(), [3, 0x84, 3, 0xee, 2, 0xf4, 1, 0x2c, 1]);
	assert_eq!(Millionths(1).encode(), [1, 0, 0, 0]);
}

proptest! {
	#[test]
	fn standing_should_be_the_fraction_rounded_down(e in any_evidence()) {
		let with_prior = |a: Amount| BigUint::from(a.to_bits()) + (BigUint::from(2u8) << Amount::FRACTION_BITS);
		let exact = with_prior(e.alpha) * 1_000_000u32 / (with_prior(e.alpha) + with_prior(e.beta));
		prop_assert_eq!(BigUint::from(e.standing().0), exact);
	}

	#[test]
	fn reliability_should_agree_with_cross_multiplication(e in any_evidence(), scale in any_scale()) {
		let with_prior = |a: Amount| u128::from(a.to_bits()) + (2 << Amount::FRACTION_BITS);
		let (good, all) = (with_prior(e.alpha), with_prior(e.alpha) + with_prior(e.beta));
		// A millionth below is reached.
		let reaches = |t: u16| good * 1_000_000 / all + 1 >= u128::from(t) * 1_000;
		let expected = if u128::from(e.total().to_bits()) < u128::from(scale.judged_from) << 48 { F }
			else if reaches(scale.a) { A }
			else if reaches(scale.b) { B }
			else if reaches(scale.c) { C }
			else if reaches(scale.d) { D }
			else { E };
		prop_assert_eq!(scale.grade(&e), expected);
	}

	/// Each threshold of a valid scale is met by 24 records' worth in the right proportion, and missed two millionths below.
	#[test]
	fn every_letter_should_be_reachable_on_a_valid_scale(scale in any_scale()) {
		prop_assert_eq!(scale.check(), Ok(()));
		prop_assert_eq!(scale.grade(&evidence(24_000, 0)), A);
		prop_assert_eq!(scale.grade(&evidence(0, 24_000)), E);
		for (threshold, at, below) in [(scale.a, A, B), (scale.b, B, C), (scale.c, C, D), (scale.d, D, E)] {
			// (alpha + 2) / 28 = threshold / 1000, that is, 26 - beta = 28 threshold / 1000
			let beta = evidence(0, 26_000 - 28 * u32::from(threshold)).beta.to_bits();
			let of = |beta| Evidence {
				alpha: Amount::from_bits(Evidence::LIMIT.to_bits() - beta),
				beta: Amount::from_bits(beta),
				updated: 0,
			};
			prop_assert_eq!(scale.grade(&of(beta)), at);
			// 28 · 2 / 1,000,000 of a record more.
			let missed = beta + (57 << Amount::FRACTION_BITS) / 1_000_000;
			prop_assert_eq!(scale.grade(&of(missed)), below);
		}
	}

	#[test]
	fn confirmation_should_never_harm_and_refutation_never_help(e in any_evidence(), more in side()) {
		let more = Amount::from_bits(more);
		prop_assert!(e.confirmed(more, e.updated).standing() >= e.standing());
		prop_assert!(e.refuted(more, e.updated).standing() <= e.standing());
	}

	#[test]
	fn no_history_should_pass_the_bounds(steps in prop::collection::vec((any::<bool>(), any::<u64>(), 0..HALF_LIFE), 1..40)) {
		let (mut e, mut now) = (Evidence::default(), 0);
		for (confirm, amount, pause) in steps {
			now += pause;
			let amount = Amount::from_bits(amount);
			e = if confirm { e.confirmed(amount, now) } else { e.refuted(amount, now) };
			prop_assert!(e.is_bounded());
			prop_assert_eq!(e.updated, now);
			prop_assert!((Millionths(71_428)..=Millionths(928_571)).contains(&e.standing()));
		}
	}

	/// Time forgives and forgets: a standing moves towards one half and does not cross it.
	#[test]
	fn time_should_move_a_standing_towards_one_half(e in any_evidence(), elapsed in 0..20 * HALF_LIFE) {
		let (before, after) = (e.standing().0, e.at(e.updated + elapsed).standing().0);
		if e.alpha >= e.beta {
			prop_assert!((499_999..=before + 1).contains(&after));
		} else {
			prop_assert!((before.saturating_sub(1)..=500_000).contains(&after));
		}
	}
}
