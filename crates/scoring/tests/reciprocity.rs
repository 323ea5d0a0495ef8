//! Given and taken, and what is divided.

use cti_scoring::{divided, reciprocity, Millionths};
use num_bigint::BigUint;
use proptest::prelude::*;

#[test]
fn reciprocity_should_follow_the_table() {
	let table = [
		(0, 0, 1_000_000),
		(1, 0, 2_000_000),
		(0, 1, 500_000),
		(0, 2, 333_333),
		(9, 4, 2_000_000),
		(u64::MAX, u64::MAX, 1_000_000),
		(0, u64::MAX, 0),
		(u64::MAX, 0, u32::MAX),
	];
	for (given, taken, ratio) in table {
		assert_eq!(reciprocity(given, taken), Millionths(ratio), "{given} given, {taken} taken");
	}
}

#[test]
fn divided_should_follow_the_table() {
	assert_eq!(divided(100, &[]), Vec::<u128>::new());
	assert_eq!(divided(100, &[0, 0]), [0, 0]);
	assert_eq!(divided(100, &[5]), [100]);
	assert_eq!(divided(100, &[1, 1, 1]), [33, 33, 33]);
	assert_eq!(divided(100, &[3, 0, 1]), [75, 0, 25]);
	assert_eq!(divided(0, &[1, 2]), [0, 0]);
	assert_eq!(divided(u128::MAX, &[u32::MAX]), [u128::MAX]);
	assert_eq!(divided(u128::MAX, &[1, 1]), [u128::MAX / 2; 2]);
}

fn amount() -> impl Strategy<Value = u128> {
	prop_oneof![any::<u128>(), 0u128..1_000_000, Just(u128::MAX)]
}

fn parts() -> impl Strategy<Value = Vec<u32>> {
	prop::collection::vec(prop_oneof![any::<u32>(), 0u32..10, Just(u32::MAX)], 0..300)
}

proptest! {
	#[test]
	fn reciprocity_should_be_the_fraction_rounded_down(given: u64, taken: u64) {
		let exact = (BigUint::from(given) + 1u8) * 1_000_000u32 / (BigUint::from(taken) + 1u8);
		prop_assert_eq!(BigUint::from(reciprocity(given, taken).0), exact.min(BigUint::from(u32::MAX)));
	}

	#[test]
	fn giving_should_raise_and_taking_lower(given: u64, taken: u64, more: u64) {
		prop_assert!(reciprocity(given.saturating_add(more), taken) >= reciprocity(given, taken));
		prop_assert!(reciprocity(given, taken.saturating_add(more)) <= reciprocity(given, taken));
	}

	#[test]
	fn each_part_should_be_its_proportion_rounded_down(amount in amount(), parts in parts()) {
		let all: u64 = parts.iter().map(|part| u64::from(*part)).sum();
		let exact = |part: &u32| BigUint::from(amount) * *part / all.max(1);
		let got = divided(amount, &parts);
		prop_assert_eq!(got.iter().map(|share| BigUint::from(*share)).collect::<Vec<_>>(), parts.iter().map(exact).collect::<Vec<_>>());
	}

	/// Nothing is made out of nothing, and less than one is lost for each part that is not 0.
	#[test]
	fn the_shares_should_make_up_the_amount_but_for_rounding(amount in amount(), parts in parts()) {
		let sum: BigUint = divided(amount, &parts).into_iter().map(BigUint::from).sum();
		prop_assert!(sum <= BigUint::from(amount));
		let takers = parts.iter().filter(|part| **part > 0).count();
		if takers > 0 {
			prop_assert!(BigUint::from(amount) - sum < BigUint::from(takers));
		}
	}
}
