//! From a decided record to evidence.

use core::num::NonZeroU32;
use cti_primitives::Credibility::*;
use cti_scoring::{
	credited, judged, pair_limit, share, side_of, Amount, Count, Evidence, Held, Side, Tally, Vote, Weight, HALF_LIFE,
};
use proptest::prelude::*;

/// An author's evidence as a whole and by voter.
#[derive(Clone, Debug, PartialEq)]
struct Ledger {
	whole: Evidence,
	pairs: Vec<Held>,
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
		Self { whole: Evidence::default(), pairs: vec![Held::default(); voters] }
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
	for now in 0..4 {
		ledger.credit(Credit { voter: 0, side: Side::For, amount: Amount::units(3) }, limit, now);
	}
	assert_eq!(ledger.pairs[0].at(3).alpha, limit);
	assert!(ledger.whole.alpha.to_bits().abs_diff(limit.to_bits()) <= 9);
	ledger.credit(Credit { voter: 1, side: Side::Against, amount: Amount::ONE }, limit, 3);
	assert_eq!((ledger.whole.beta, ledger.pairs[1].at(3).beta), (Amount::ONE, Amount::ONE));
	assert_eq!(ledger.pairs[0].at(3).beta, Amount::ZERO);
}

/// However busy: who is right nine times in ten counts as nine to one.
#[test]
fn what_is_beyond_the_limit_should_leave_the_proportion() {
	for records in [10u16, 100, 1_000] {
		let mut ledger = Ledger::of(1);
		let limit = Amount::units(8);
		ledger.credit(Credit { voter: 0, side: Side::For, amount: Amount::units(records * 9) }, limit, 0);
		ledger.credit(Credit { voter: 0, side: Side::Against, amount: Amount::units(records) }, limit, 0);
		assert_eq!(ledger.whole.alpha, limit);
		assert_eq!(ledger.whole.beta.to_bits(), limit.to_bits() / 9);
	}
}

/// A consortium that has grown: who speaks again counts for less from then on, who does not keeps what fades.
#[test]
fn a_limit_that_falls_should_hold_for_who_speaks_again() {
	let mut ledger = Ledger::of(2);
	for voter in 0..2 {
		ledger.credit(Credit { voter, side: Side::For, amount: Amount::units(8) }, Amount::units(8), 0);
	}
	ledger.credit(Credit { voter: 0, side: Side::For, amount: Amount::ONE }, Amount::units(2), HALF_LIFE);
	assert_eq!(ledger.pairs[0].at(HALF_LIFE).alpha, Amount::units(2));
	assert_eq!(ledger.pairs[1].at(HALF_LIFE).alpha, Amount::units(4));
	assert_eq!(ledger.whole.alpha, Amount::units(6));
}

/// A judge's history with one author's records.
fn history(agreed: u16, disagreed: u16, now: u64) -> (Evidence, Held) {
	let mut ledger = Ledger::of(1);
	for (side, amount) in [(Side::For, agreed), (Side::Against, disagreed)] {
		ledger.credit(Credit { voter: 0, side, amount: Amount::units(amount) }, Evidence::LIMIT, now);
	}
	(ledger.whole, ledger.pairs[0])
}

/// Whoever agrees with every decision on one author's records, be they as many as they will.
#[test]
fn judging_one_author_should_not_make_a_judge_that_weighs() {
	let (mut whole, mut pair) = Default::default();
	for _ in 0..100 {
		(whole, pair) = judged(&whole, &pair, Some(Side::For), Side::For, pair_limit(25), 0);
	}
	assert_eq!(whole.alpha, Amount::ONE);
	assert_eq!(Weight::of_judge(&whole).get(), 18);
}

#[test]
fn judges_should_be_judged_by_the_table() {
	let (known, agreed, disagreed) = (history(8, 4, 0), history(5, 2, HALF_LIFE), history(4, 3, HALF_LIFE));
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
		assert_eq!(
			judged(&known.0, &known.1, side_of(verdict), outcome, Evidence::LIMIT, HALF_LIFE),
			expected,
			"{verdict:?}, {outcome:?}"
		);
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
		before in credits(5),
		(credits, shuffled) in credits(5).prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle())),
		active in 2u32..30,
		now in 1..HALF_LIFE,
		later in 0..HALF_LIFE,
	) {
		let run = |credits: &[Credit]| {
			let mut ledger = Ledger::of(5);
			before.iter().for_each(|credit| ledger.credit(*credit, pair_limit(active), 0));
			credits.iter().for_each(|credit| ledger.credit(*credit, pair_limit(active), now));
			(ledger.whole.at(now + later), ledger.pairs.iter().map(|pair| pair.at(now + later)).collect::<Vec<_>>())
		};
		prop_assert_eq!(run(&credits), run(&shuffled));
	}

	/// But for two steps for each decision and each decay.
	#[test]
	fn the_whole_should_be_the_sum_of_its_pairs(
		steps in prop::collection::vec((0usize..5, any_side(), amount(), 0..HALF_LIFE), 0..60),
		active in 2u32..30,
	) {
		let mut ledger = Ledger::of(5);
		let (limit, mut now, mut decays) = (pair_limit(active), 0, 5);
		for (voter, side, amount, pause) in steps {
			now += pause;
			decays += 1;
			ledger.credit(Credit { voter, side, amount }, limit, now);
			for side in [Side::For, Side::Against] {
				let pairs: u64 = ledger.pairs.iter().map(|pair| pair.at(now).on(side).to_bits()).sum();
				prop_assert!(ledger.pairs.iter().all(|pair| pair.at(now).on(side) <= limit));
				prop_assert!(ledger.whole.on(side).to_bits().abs_diff(pairs) <= 2 * decays);
			}
		}
	}

	/// Confirmation never hurts an author, refutation never helps it.
	#[test]
	fn a_decision_should_move_the_whole_towards_its_side(
		before in credits(3),
		(voter, side, amount) in (0usize..3, any_side(), amount()),
		active in 2u32..30,
		now in 0..HALF_LIFE,
	) {
		let mut ledger = Ledger::of(3);
		before.iter().for_each(|credit| ledger.credit(*credit, pair_limit(active), 0));
		let earlier = ledger.whole.at(now);
		ledger.credit(Credit { voter, side, amount }, pair_limit(active), now);
		let other = if side == Side::For { Side::Against } else { Side::For };
		prop_assert!(ledger.whole.on(side).to_bits() + 4 >= earlier.on(side).to_bits());
		prop_assert!(ledger.whole.on(other).to_bits() <= earlier.on(other).to_bits() + 4);
	}

	#[test]
	fn judging_should_not_depend_on_the_order_within_a_moment(
		(verdicts, shuffled) in prop::collection::vec((prop::option::of(any_side()), any_side()), 0..60)
			.prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle())),
		(agreed, disagreed) in (0u16..60, 0u16..60),
		now in 0..HALF_LIFE,
	) {
		let run = |verdicts: &[(Option<Side>, Side)]| {
			let known = history(agreed, disagreed, 0);
			let judge = |(whole, pair): (Evidence, Held), (side, outcome): &(Option<Side>, Side)| {
				judged(&whole, &pair, *side, *outcome, Evidence::LIMIT, now)
			};
			let (whole, pair) = verdicts.iter().fold(known, judge);
			(whole.at(now), pair.at(now))
		};
		prop_assert_eq!(run(&verdicts), run(&shuffled));
		prop_assert!(run(&verdicts).1.is_bounded());
	}
}
