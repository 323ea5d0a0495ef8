//! From a decided record to evidence.

use core::num::NonZeroU32;
use cti_primitives::Credibility::*;
use cti_scoring::{
	credited, judged, pair_limit, share, side_of, Amount, Count, Evidence, Side, Tally, Vote, Weight, HALF_LIFE,
};
use proptest::prelude::*;

/// An author's evidence as a whole and by voter.
#[derive(Clone, Debug, PartialEq)]
struct Ledger {
	whole: Evidence,
	pairs: Vec<Evidence>,
}

/// One voter's part of one decision.
#[derive(Clone, Copy, Debug)]
struct Credit {
	voter: usize,
	side: Side,
	amount: Amount,
}

impl Ledger {
	fn of(voters: usize) -> Self {
		Self { whole: Evidence::default(), pairs: vec![Evidence::default(); voters] }
	}

	fn credit(&mut self, credit: Credit, limit: Amount, now: u64) {
		let pair = &mut self.pairs[credit.voter];
		(self.whole, *pair) = credited(&self.whole, pair, credit.side, credit.amount, limit, now);
	}
}

fn any_side() -> impl Strategy<Value = Side> {
	prop::sample::select(vec![Side::For, Side::Against])
}

fn amount() -> impl Strategy<Value = Amount> {
	(0..=Amount::ONE.to_bits()).prop_map(Amount::from_bits)
}

fn credits(voters: usize) -> impl Strategy<Value = Vec<Credit>> {
	let credit = (0..voters, any_side(), amount()).prop_map(|(voter, side, amount)| Credit { voter, side, amount });
	prop::collection::vec(credit, 0..60)
}

/// Both sides anywhere up to the limit.
fn any_evidence() -> impl Strategy<Value = Evidence> {
	let side = || (0..=Evidence::LIMIT.to_bits()).prop_map(Amount::from_bits);
	(side(), side(), 0u64..1_000).prop_map(|(alpha, beta, updated)| Evidence { alpha, beta, updated })
}

#[test]
fn pair_limits_should_follow_the_table() {
	let of = |denominator| Amount::fraction(24, NonZeroU32::new(denominator).expect("not 0"));
	let table =
		[(0, of(1)), (1, of(1)), (2, of(1)), (4, Amount::units(8)), (24, of(23)), (25, Amount::ONE), (255, of(254))];
	for (active, limit) in table {
		assert_eq!(pair_limit(active), limit, "{active} members");
	}
	assert_eq!(pair_limit(u32::MAX), of(u32::MAX - 1));
}

#[test]
fn shares_should_follow_the_table() {
	let mut tally = Tally::default();
	assert_eq!(share(&tally, Side::For, Weight::NEWCOMER), Amount::ZERO);
	tally.add(Vote { credibility: Confirmed, weight: Weight::NEWCOMER });
	assert_eq!(share(&tally, Side::For, Weight::NEWCOMER), Amount::ONE);
	tally.add(Vote { credibility: ProbablyTrue, weight: Weight::NEWCOMER.halved() });
	tally.add(Vote { credibility: Improbable, weight: Weight::NEWCOMER });
	assert_eq!(share(&tally, Side::For, Weight::NEWCOMER).to_bits(), (1 << 49) / 3);
	assert_eq!(share(&tally, Side::For, Weight::NEWCOMER.halved()).to_bits(), (1 << 48) / 3);
	assert_eq!(share(&tally, Side::Against, Weight::NEWCOMER), Amount::ONE);
}

/// Of a tally in which the vote is not.
#[test]
fn a_share_should_never_be_more_than_a_record() {
	let mut tally = Tally::default();
	tally.0[0] = Count { members: 1, weight: 1 };
	assert_eq!(share(&tally, Side::For, Weight::NEWCOMER), Amount::ONE);
}

#[test]
fn praise_should_count_up_to_the_limit_only() {
	let limit = Amount::units(8);
	let mut ledger = Ledger::of(2);
	for now in 0..3 {
		ledger.credit(Credit { voter: 0, side: Side::For, amount: Amount::units(3) }, limit, now);
	}
	assert_eq!(ledger.pairs[0].alpha, limit);
	assert!(ledger.whole.alpha <= limit && ledger.whole.alpha.to_bits() >= limit.to_bits() - 9);
	ledger.credit(Credit { voter: 1, side: Side::Against, amount: Amount::ONE }, limit, 2);
	assert_eq!((ledger.whole.beta, ledger.pairs[1].beta), (Amount::ONE, Amount::ONE));
	assert_eq!(ledger.pairs[0].beta, Amount::ZERO);
}

/// A consortium that has grown: what counted before stays and fades, and nothing is added to it.
#[test]
fn a_limit_that_falls_should_take_nothing_away() {
	let held = Evidence { alpha: Amount::units(8), ..Evidence::default() };
	let (whole, pair) = credited(&held, &held, Side::For, Amount::ONE, Amount::ONE, 0);
	assert_eq!((whole, pair), (held, held));
	let (whole, pair) = credited(&held, &held, Side::For, Amount::ONE, Amount::ONE, HALF_LIFE);
	assert_eq!((whole.alpha, pair.alpha), (Amount::units(4), Amount::units(4)));
}

#[test]
fn judges_should_be_judged_by_the_table() {
	let known = Evidence { alpha: Amount::units(8), beta: Amount::units(4), updated: 0 };
	let half = Evidence { alpha: Amount::units(4), beta: Amount::units(2), updated: HALF_LIFE };
	let agreed = Evidence { alpha: Amount::units(5), ..half };
	let disagreed = Evidence { beta: Amount::units(3), ..half };
	let table = [
		(Confirmed, Side::For, agreed),
		(ProbablyTrue, Side::For, agreed),
		(PossiblyTrue, Side::For, known),
		(Doubtful, Side::For, disagreed),
		(Improbable, Side::For, disagreed),
		(CannotBeJudged, Side::For, known),
		(Confirmed, Side::Against, disagreed),
		(ProbablyTrue, Side::Against, disagreed),
		(PossiblyTrue, Side::Against, known),
		(Doubtful, Side::Against, agreed),
		(Improbable, Side::Against, agreed),
		(CannotBeJudged, Side::Against, known),
	];
	for (verdict, outcome, expected) in table {
		assert_eq!(judged(&known, side_of(verdict), outcome, HALF_LIFE), expected, "{verdict:?}, {outcome:?}");
	}
}

proptest! {
	/// A record is worth one, however many confirm it.
	#[test]
	fn shares_should_make_up_one_record_but_for_rounding(
		voters in prop::collection::vec((prop::sample::select(vec![Confirmed, ProbablyTrue]), Weight::JUDGES, any::<bool>()), 1..255),
	) {
		let votes: Vec<Vote> = voters.into_iter().map(|(credibility, sixty_fourths, halved)| {
			let agreed = Amount::from_bits(u64::from(sixty_fourths - 16) << 47);
			let judge = Weight::of_judge(&Evidence { alpha: agreed, ..Evidence::default() });
			Vote { credibility, weight: if halved { judge.halved() } else { judge } }
		}).collect();
		let mut tally = Tally::default();
		votes.iter().for_each(|vote| tally.add(*vote));
		let sum: u64 = votes.iter().map(|vote| share(&tally, Side::For, vote.weight).to_bits()).sum();
		prop_assert!(sum <= Amount::ONE.to_bits());
		prop_assert!(Amount::ONE.to_bits() - sum < votes.len() as u64);
	}

	#[test]
	fn pair_limits_should_make_up_the_whole_but_for_rounding(active in 2u32..=255) {
		let all = pair_limit(active).to_bits() * u64::from(active - 1);
		prop_assert!(all <= Evidence::LIMIT.to_bits());
		prop_assert!(Evidence::LIMIT.to_bits() - all < u64::from(active - 1));
	}

	#[test]
	fn order_should_not_matter_within_a_moment(
		(credits, shuffled) in credits(5).prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle())),
		whole in any_evidence(),
		pairs in prop::collection::vec(any_evidence(), 5),
		active in 2u32..30,
		now in 1_000..HALF_LIFE,
	) {
		let run = |credits: &[Credit]| {
			let mut ledger = Ledger { whole, pairs: pairs.clone() };
			credits.iter().for_each(|credit| ledger.credit(*credit, pair_limit(active), now));
			// Those who said nothing are brought to the same moment.
			ledger.pairs.iter_mut().for_each(|pair| *pair = pair.at(now));
			ledger.whole = ledger.whole.at(now);
			ledger
		};
		prop_assert_eq!(run(&credits), run(&shuffled));
	}

	/// Each decay of a pair leaves it less than two steps below exact arithmetic; the whole is never above it.
	#[test]
	fn the_whole_should_be_no_more_than_its_pairs(
		steps in prop::collection::vec((0usize..5, any_side(), amount(), 0..HALF_LIFE), 0..60),
		active in 2u32..30,
	) {
		let mut ledger = Ledger::of(5);
		let (limit, mut now, mut decays) = (pair_limit(active), 0, 5);
		for (voter, side, amount, pause) in steps {
			now += pause;
			decays += 1;
			ledger.credit(Credit { voter, side, amount }, limit, now);
			prop_assert!(ledger.whole.is_bounded());
			for side in [Side::For, Side::Against] {
				let pairs: u64 = ledger.pairs.iter().map(|pair| pair.at(now).on(side).to_bits()).sum();
				prop_assert!(ledger.pairs.iter().all(|pair| pair.on(side) <= limit));
				prop_assert!(ledger.whole.on(side).to_bits() <= pairs + 2 * decays);
			}
		}
	}

	#[test]
	fn a_decision_should_touch_its_side_only(whole in any_evidence(), pair in any_evidence(), amount in amount(), side in any_side(), now in 0..HALF_LIFE) {
		let (whole_after, pair_after) = credited(&whole, &pair, side, amount, Evidence::LIMIT, now);
		let other = if side == Side::For { Side::Against } else { Side::For };
		prop_assert_eq!(whole_after.on(other), whole.at(now).on(other));
		prop_assert_eq!(pair_after.on(other), pair.at(now).on(other));
		prop_assert!(whole_after.on(side) >= whole.at(now).on(side));
		let gained = pair_after.on(side).saturating_sub(pair.at(now).on(side));
		prop_assert!(gained <= amount);
		prop_assert_eq!(whole_after.on(side), whole.at(now).on(side).saturating_add(gained).min(Evidence::LIMIT));
	}

	#[test]
	fn judging_should_not_depend_on_the_order_within_a_moment(
		(verdicts, shuffled) in prop::collection::vec((prop::option::of(any_side()), any_side()), 0..60)
			.prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle())),
		history in any_evidence(),
		now in 0..HALF_LIFE,
	) {
		let run = |verdicts: &[(Option<Side>, Side)]| {
			verdicts.iter().fold(history, |known, (side, outcome)| judged(&known, *side, *outcome, now)).at(now)
		};
		prop_assert_eq!(run(&verdicts), run(&shuffled));
		prop_assert!(run(&verdicts).is_bounded());
	}
}
