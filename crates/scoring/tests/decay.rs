//! Decay against exact arithmetic on big integers.

use cti_scoring::{Amount, HALF_LIFE};
use num_bigint::BigUint;
use proptest::prelude::*;

/// Bits after the binary point of the reference.
const REFERENCE_BITS: u32 = 256;

fn big(n: u64) -> BigUint {
	BigUint::from(n)
}

/// `2^(-rest / HALF_LIFE)` in steps of 2^-256 by repeated square roots: the product of `2^(-1 / 2^i)` over the binary
/// digits of `rest / HALF_LIFE`. Good to some 240 bits.
fn reference_factor(rest: u64) -> BigUint {
	assert!(rest < HALF_LIFE);
	let one = BigUint::from(1u8) << REFERENCE_BITS;
	let mut root = &one >> 1u32;
	let mut factor = one.clone();
	let mut remainder = rest;
	for _ in 0..REFERENCE_BITS {
		root = (root << REFERENCE_BITS).sqrt();
		remainder *= 2;
		if remainder >= HALF_LIFE {
			remainder -= HALF_LIFE;
			factor = (factor * &root) >> REFERENCE_BITS;
		}
	}
	factor
}

/// The exact result rounded down to a step.
fn reference(steps: u64, elapsed: u64) -> u64 {
	let exact = (big(steps) * reference_factor(elapsed % HALF_LIFE)) >> REFERENCE_BITS;
	let halvings = (elapsed / HALF_LIFE).min(64);
	u64::try_from(exact >> halvings).expect("decay does not grow")
}

fn decayed(steps: u64, elapsed: u64) -> u64 {
	Amount::from_bits(steps).decayed(elapsed).to_bits()
}

/// Up to 1,024 records.
fn usual_steps() -> impl Strategy<Value = u64> {
	0..=Amount::units(1_024).to_bits()
}

/// Up to some 27 years, most of it in the first few.
fn elapsed() -> impl Strategy<Value = u64> {
	prop_oneof![0..HALF_LIFE, 0..4 * HALF_LIFE, 0..55 * HALF_LIFE]
}

#[test]
fn half_life_should_be_180_days() {
	assert_eq!(HALF_LIFE, 15_552_000);
	assert_eq!(Amount::ONE.decayed(15_552_000), Amount::from_bits(Amount::ONE.to_bits() / 2));
	assert!(Amount::ONE.decayed(15_551_999) > Amount::from_bits(Amount::ONE.to_bits() / 2));
	assert!(Amount::ONE.decayed(15_552_001) < Amount::from_bits(Amount::ONE.to_bits() / 2));
}

#[test]
fn known_values_should_hold() {
	// 2^-0.5, 2^-0.25 and 2^-(1/180), each times 2^48 and rounded down.
	assert_eq!(decayed(1 << 48, HALF_LIFE / 2), 199_032_864_766_430);
	assert_eq!(decayed(1 << 48, HALF_LIFE / 4), 236_691_298_899_613);
	assert_eq!(decayed(1 << 48, HALF_LIFE / 180), 280_393_152_188_077);
}

/// To the last bit, where a step is finest: two implementations that differ here would fork the chain.
#[test]
fn results_should_not_change() {
	let pinned = [
		(1, 18_446_743_251_544_662_191),
		(HALF_LIFE / 3, 14_641_190_473_997_345_809),
		(HALF_LIFE - 1, 9_223_372_447_937_238_837),
		(5 * HALF_LIFE + HALF_LIFE / 7, 522_114_151_529_283_371),
	];
	for (elapsed, steps) in pinned {
		assert_eq!(decayed(u64::MAX, elapsed), steps, "after {elapsed} s");
	}
}

#[test]
fn evidence_should_be_gone_at_the_end_of_time() {
	assert_eq!(decayed(u64::MAX, u64::MAX), 0);
	assert_eq!(decayed(u64::MAX, 64 * HALF_LIFE), 0);
	assert_eq!(decayed(u64::MAX, 63 * HALF_LIFE), 1);
	assert_eq!(decayed(0, 0), 0);
}

/// Every half day of a half-life: the reference, exactly or one step below.
#[test]
fn every_half_day_of_a_half_life_should_be_exact_to_one_step() {
	let steps = Amount::units(24).to_bits();
	for elapsed in (0..=HALF_LIFE).step_by(12 * 3_600) {
		let (ours, exact) = (decayed(steps, elapsed), reference(steps, elapsed));
		assert!(ours == exact || ours + 1 == exact, "after {elapsed} s: {ours}, exactly {exact}");
	}
}

proptest! {
	#[test]
	fn decay_should_match_the_reference(steps in usual_steps(), elapsed in elapsed()) {
		let (ours, exact) = (decayed(steps, elapsed), reference(steps, elapsed));
		prop_assert!(ours == exact || ours + 1 == exact, "{ours}, exactly {exact}");
	}

	#[test]
	fn decay_should_stay_below_the_reference_over_the_whole_range(steps: u64, elapsed in elapsed()) {
		let (ours, exact) = (decayed(steps, elapsed), reference(steps, elapsed));
		prop_assert!(ours <= exact && exact - ours <= 64, "{ours}, exactly {exact}");
	}

	/// Without any approximation: `y <= x · 2^(-j/k) < y + 2` just when `y^k · 2^j <= x^k < (y + 2)^k · 2^j`.
	#[test]
	fn decay_should_satisfy_its_equation_in_integers(
		steps in usual_steps(),
		k in prop::sample::select(vec![2u32, 3, 4, 5, 6, 9, 25, 27, 45, 64, 125, 180]),
		j in 0u32..400,
	) {
		let ours = decayed(steps, HALF_LIFE / u64::from(k) * u64::from(j));
		let target = big(steps).pow(k);
		prop_assert!(big(ours).pow(k) << j <= target);
		prop_assert!(target < big(ours + 2).pow(k) << j);
	}

	#[test]
	fn whole_half_lives_should_halve_exactly(steps: u64, halvings in 0u64..64) {
		prop_assert_eq!(decayed(steps, halvings * HALF_LIFE), steps >> halvings);
	}

	#[test]
	fn decaying_twice_should_be_decaying_once(steps in usual_steps(), first in elapsed(), second in elapsed()) {
		let twice = decayed(decayed(steps, first), second);
		let once = decayed(steps, first + second);
		prop_assert!(twice.abs_diff(once) <= 3, "twice {twice}, once {once}");
	}

	#[test]
	fn a_whole_half_life_should_compose_in_any_order(steps in usual_steps(), rest in 0..HALF_LIFE, halvings in 0u64..20) {
		let shifted_last = decayed(decayed(steps, rest), halvings * HALF_LIFE);
		prop_assert_eq!(shifted_last, decayed(steps, rest + halvings * HALF_LIFE));
	}

	#[test]
	fn more_time_should_never_leave_more(steps: u64, elapsed in elapsed(), more in 0u64..HALF_LIFE) {
		prop_assert!(decayed(steps, elapsed + more) <= decayed(steps, elapsed));
	}

	#[test]
	fn one_second_should_be_seen_in_a_thousandth_of_a_record(elapsed in 0..4 * HALF_LIFE) {
		let steps = Amount::ONE.to_bits() / 1_000;
		prop_assert!(decayed(steps, elapsed + 1) < decayed(steps, elapsed));
	}

	#[test]
	fn more_evidence_should_never_leave_less(steps in 0..u64::MAX, more: u64, elapsed in elapsed()) {
		prop_assert!(decayed(steps, elapsed) <= decayed(steps.saturating_add(more), elapsed));
	}
}
