//! What one member says, and what it weighs.

use codec::{Encode, MaxEncodedLen};
use core::num::NonZeroU32;
use cti_primitives::Credibility::{self, *};
use cti_scoring::{side_of, Amount, Ballot, Evidence, Side, Vote, Weight};
use num_bigint::BigInt;
use proptest::prelude::*;

const VERDICTS: [Credibility; 6] = [Confirmed, ProbablyTrue, PossiblyTrue, Doubtful, Improbable, CannotBeJudged];

/// `agreed` and `disagreed` in thousandths of a record.
fn history(agreed: u32, disagreed: u32) -> Evidence {
	let thousandths = |n| Amount::fraction(n, NonZeroU32::new(1_000).expect("not 0"));
	Evidence { alpha: thousandths(agreed), beta: thousandths(disagreed), updated: 0 }
}

fn weight(agreed: u64, disagreed: u64) -> u8 {
	let history = Evidence { alpha: Amount::from_bits(agreed), beta: Amount::from_bits(disagreed), updated: 0 };
	Weight::of_judge(&history).get()
}

/// A judge that weighs `64ths`, 16 to 64.
fn judge(sixty_fourths: u8) -> Weight {
	let agreed = u32::from(sixty_fourths - *Weight::JUDGES.start()) * 500;
	Weight::of_judge(&history(agreed, 0))
}

/// Most of them where weights differ, some anywhere.
fn side() -> impl Strategy<Value = u64> {
	prop_oneof![4 => 0..=Amount::units(30).to_bits(), 1 => any::<u64>()]
}

#[test]
fn weight_should_follow_the_table() {
	// Agreed and disagreed in thousandths of a record; the weight in 64ths.
	let table = [
		(0, 0, 16),
		(499, 0, 16),
		(500, 0, 17),
		(1_000, 0, 18),
		(12_000, 0, 40),
		(23_499, 0, 62),
		(23_500, 0, 63),
		(23_999, 0, 63),
		(24_000, 0, 64),
		(60_000, 0, 64),
		(0, 1_000, 16),
		(3_000, 1_000, 16),
		(3_499, 1_000, 16),
		(3_500, 1_000, 17),
		(24_000, 1_000, 58),
		(24_000, 4_000, 40),
		(24_000, 8_000, 16),
		(24_000, 24_000, 16),
	];
	for (agreed, disagreed, expected) in table {
		assert_eq!(Weight::of_judge(&history(agreed, disagreed)).get(), expected, "{agreed} agreed, {disagreed} not");
	}
	assert_eq!(weight(u64::MAX, 0), 64);
	assert_eq!(weight(u64::MAX, u64::MAX), 16);
	assert_eq!(Weight::of_judge(&Evidence::default()), Weight::NEWCOMER);
}

#[test]
fn every_judge_weight_should_be_reachable() {
	for sixty_fourths in Weight::JUDGES {
		assert_eq!(judge(sixty_fourths).get(), sixty_fourths);
	}
}

#[test]
fn half_a_vote_should_be_rounded_down() {
	assert_eq!(judge(64).halved().get(), 32);
	assert_eq!(judge(17).halved().get(), 8);
	assert_eq!(Weight::NEWCOMER.halved().get(), 8);
}

/// All 28 ballots: what each says, and whether it counts in full.
#[test]
fn ballots_should_follow_the_table() {
	const FULL: u8 = 41;
	const HALF: u8 = 20;
	let ballot = |verdict, seen, false_positive| Ballot { verdict, seen, false_positive }.vote(judge(FULL));
	let vote = |credibility, weight| Some((credibility, weight));
	let table = [
		((false, false), None),
		((true, false), vote(ProbablyTrue, HALF)),
		((false, true), vote(Doubtful, HALF)),
		((true, true), None),
	];
	for ((seen, false_positive), without_verdict) in table {
		let got = |verdict| ballot(verdict, seen, false_positive).map(|vote| (vote.credibility, vote.weight.get()));
		assert_eq!(got(None), without_verdict, "seen {seen}, false positive {false_positive}");
		for verdict in VERDICTS {
			assert_eq!(got(Some(verdict)), vote(verdict, FULL), "{verdict:?}, {seen}, {false_positive}");
		}
	}
}

#[test]
fn sides_should_follow_the_table() {
	let sides = [Some(Side::For), Some(Side::For), None, Some(Side::Against), Some(Side::Against), None];
	for (credibility, side) in VERDICTS.into_iter().zip(sides) {
		assert_eq!(side_of(credibility), side);
		assert_eq!(Vote { credibility, weight: Weight::NEWCOMER }.side(), side);
	}
}

#[test]
fn encodings_should_not_change() {
	assert_eq!(Weight::NEWCOMER.encode(), [16]);
	assert_eq!(Ballot::default().encode(), [0, 0, 0]);
	assert_eq!(Ballot { verdict: Some(Doubtful), seen: true, false_positive: false }.encode(), [1, 3, 1, 0]);
	assert_eq!(Ballot::max_encoded_len(), 4);
	assert_eq!((Side::For.encode(), Side::Against.encode()), (vec![0], vec![1]));
}

proptest! {
	/// `16 + floor(2 (alpha - 3 beta))`, from 16 to 64.
	#[test]
	fn weight_should_be_the_formula_in_integers(agreed in side(), disagreed in side()) {
		let net = BigInt::from(agreed) - BigInt::from(disagreed) * 3;
		let exact = if net < BigInt::from(0) { BigInt::from(16) } else { BigInt::from(16) + ((net * 2) >> 48) };
		prop_assert_eq!(BigInt::from(weight(agreed, disagreed)), exact.min(BigInt::from(64)));
	}

	#[test]
	fn weight_should_stay_in_range(agreed: u64, disagreed: u64) {
		prop_assert!(Weight::JUDGES.contains(&weight(agreed, disagreed)));
	}

	#[test]
	fn agreement_should_never_cost_and_disagreement_never_gain(agreed in side(), disagreed in side(), more in side()) {
		prop_assert!(weight(agreed.saturating_add(more), disagreed) >= weight(agreed, disagreed));
		prop_assert!(weight(agreed, disagreed.saturating_add(more)) <= weight(agreed, disagreed));
	}

	/// One disagreement takes what three agreements gave.
	#[test]
	fn disagreement_should_cost_three_agreements(agreed in 0..1u64 << 53, disagreed in 0..1u64 << 53, more in 0..1u64 << 53) {
		prop_assert_eq!(weight(agreed + 3 * more, disagreed + more), weight(agreed, disagreed));
	}
}
