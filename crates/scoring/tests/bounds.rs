//! What a coalition can reach, over any sequence of decisions.

use cti_primitives::{Credibility, Reliability};
use cti_scoring::{
	credited, pair_limit, Amount, Evidence, Held, Outstanding, Scale, Side, Tally, Vote, Weight, HALF_LIFE,
};
use proptest::prelude::*;

/// A voter, its side, its part of the record in steps, and the seconds since the decision before.
type Decision = (usize, Side, u64, u64);

/// An author's evidence as a whole and by voter, with the count of decays that rounded.
struct Author {
	whole: Evidence,
	pairs: Vec<Held>,
	limit: Amount,
	now: u64,
	decays: u64,
}

impl Author {
	fn among(active: u32) -> Self {
		let pairs = vec![Held::default(); active as usize - 1];
		Self { whole: Evidence::default(), pairs, limit: pair_limit(active), now: 0, decays: 0 }
	}

	fn credit(&mut self, voter: usize, side: Side, amount: Amount) {
		let pair = &mut self.pairs[voter];
		(self.whole, *pair) = credited(&self.whole, pair, side, amount, self.limit, self.now);
		self.decays += 1;
	}

	/// Decides for all records that it takes to saturate, in this moment.
	fn saturate(&mut self, voter: usize, side: Side) {
		self.credit(voter, side, Evidence::LIMIT);
	}
}

fn decisions(longest_pause: u64) -> impl Strategy<Value = Vec<Decision>> {
	let side = prop::sample::select(vec![Side::For, Side::For, Side::Against]);
	let decision = (0usize..255, side, 0..=Amount::ONE.to_bits(), prop_oneof![Just(0), 0..longest_pause]);
	prop::collection::vec(decision, 0..120)
}

/// Members, and how many of an author's peers stand together.
fn coalition() -> impl Strategy<Value = (u32, u32)> {
	prop_oneof![2u32..=30, 2u32..=255].prop_flat_map(|active| (Just(active), 1..active))
}

/// `24 k / (n - 1)` rounded up to a step.
fn bound(coalition: u32, active: u32) -> u64 {
	let all = u128::from(Evidence::LIMIT.to_bits()) * u128::from(coalition);
	u64::try_from(all.div_ceil(u128::from(active - 1))).expect("at most the limit")
}

fn votes(tally: &mut Tally, side: Side, sixty_fourths: &[u8]) {
	let credibility = if side == Side::For { Credibility::ProbablyTrue } else { Credibility::Doubtful };
	for w in sixty_fourths {
		let alpha = Amount::from_bits(u64::from(w - 16) << 47);
		let weight = Weight::of_judge(&Evidence { alpha, ..Evidence::default() });
		tally.add(Vote { credibility, weight });
	}
}

fn sum(weights: &[u8]) -> u64 {
	weights.iter().map(|weight| u64::from(*weight)).sum()
}

proptest! {
	/// First bound: `24 f` on either side, for ever, but for two steps (2^-47 of a record) per decision.
	#[test]
	fn a_coalition_should_contribute_at_most_its_share(
		(active, coalition) in coalition(),
		decisions in decisions(2 * HALF_LIFE),
	) {
		let mut author = Author::among(active);
		for (voter, side, amount, pause) in decisions {
			author.now += pause;
			author.credit(voter % coalition as usize, side, Amount::from_bits(amount * 24));
			let most = bound(coalition, active) + 2 * author.decays;
			prop_assert!(author.whole.alpha.to_bits() <= most, "{} of {most}", author.whole.alpha.to_bits());
			prop_assert!(author.whole.beta.to_bits() <= most);
		}
	}

	/// The same beside the verdicts of all others: what it changes, with whatever they say.
	#[test]
	fn a_coalition_should_change_evidence_by_at_most_its_share(
		(active, coalition) in coalition(),
		decisions in decisions(HALF_LIFE),
	) {
		let (mut with, mut without) = (Author::among(active), Author::among(active));
		for (voter, side, amount, pause) in decisions {
			let voter = voter % (active as usize - 1);
			(with.now, without.now) = (with.now + pause, without.now + pause);
			with.credit(voter, side, Amount::from_bits(amount * 24));
			if voter >= coalition as usize {
				without.credit(voter, side, Amount::from_bits(amount * 24));
			}
			for side in [Side::For, Side::Against] {
				let changed = with.whole.on(side).to_bits().saturating_sub(without.whole.at(without.now).on(side).to_bits());
				prop_assert!(changed <= bound(coalition, active) + 4 * with.decays);
			}
		}
	}

	/// Alone it lifts nobody above `(24 f + 2) / (24 f + 4)`; the letter A takes two thirds of the peers.
	#[test]
	fn a_coalition_alone_should_not_reach_a(
		(active, coalition) in coalition(),
		decisions in decisions(HALF_LIFE),
	) {
		let mut author = Author::among(active);
		let (k, peers) = (u64::from(coalition), u64::from(active - 1));
		let highest = (24 * k + 2 * peers) * 1_000_000 / (24 * k + 4 * peers);
		for (voter, _, _, pause) in decisions {
			author.now += pause;
			author.saturate(voter % coalition as usize, Side::For);
			prop_assert!(u64::from(author.whole.standing().0) <= highest);
			let is_a = Scale::default().grade(&author.whole) == Reliability::A;
			prop_assert!(!is_a || 3 * k >= 2 * peers, "A by {k} of {peers}");
		}
	}

	/// Second bound: with nobody left to vote, liars decide just when the honest weight cast is at most half of theirs, that
	/// is, at a turnout of at most `f / (2 (1 - f))`; and honest members just when theirs is at least twice the liars'.
	#[test]
	fn liars_should_decide_only_where_honest_turnout_is_low(
		liars in prop::collection::vec(Weight::JUDGES, 2..20),
		honest in prop::collection::vec((Weight::JUDGES, any::<bool>()), 0..20),
		quorum in 0u8..8,
	) {
		let all: Vec<u8> = honest.iter().map(|(weight, _)| *weight).collect();
		let cast: Vec<u8> = honest.iter().filter(|(_, votes)| *votes).map(|(weight, _)| *weight).collect();
		let mut tally = Tally::default();
		votes(&mut tally, Side::For, &liars);
		votes(&mut tally, Side::Against, &cast);
		let takes_part = liars.len() + cast.len() >= usize::from(quorum);
		let outcome = tally.decided(quorum, Outstanding::default());
		// t <= f / (2 (1 - f)), with t = cast / all, f = liars / (liars + all): cast · 2 · all <= liars · all.
		let turnout_is_low = sum(&cast) * 2 * sum(&all) <= sum(&liars) * sum(&all);
		prop_assert_eq!(outcome == Some(Side::For), takes_part && turnout_is_low);
		let honest_win = takes_part && cast.len() >= 2 && sum(&cast) >= 2 * sum(&liars);
		prop_assert_eq!(outcome == Some(Side::Against), honest_win);
	}

	/// Third bound, as of the moment in which all are saturated: as many for as against make C or better.
	#[test]
	fn an_author_confirmed_by_as_many_as_refute_it_should_be_c(
		active in 3u32..=255,
		refuters in 1u32..128,
		decisions in decisions(HALF_LIFE),
	) {
		let refuters = refuters.min((active - 1) / 2) as usize;
		let mut author = Author::among(active);
		for (voter, _, amount, pause) in decisions {
			author.now += pause;
			let voter = voter % (2 * refuters);
			let side = if voter < refuters { Side::For } else { Side::Against };
			author.credit(voter, side, Amount::from_bits(amount));
		}
		for voter in 0..refuters {
			author.saturate(voter, Side::For);
			author.saturate(voter + refuters, Side::Against);
		}
		prop_assume!(author.whole.total() >= Amount::units(3));
		let grade = Scale::default().grade(&author.whole);
		prop_assert!(grade <= Reliability::C, "{grade}: {:?}, {}", author.whole, author.whole.standing());
	}
}

/// The third bound speaks of one moment: of two that are as many, those who spoke later weigh more.
#[test]
fn a_later_refutation_should_weigh_more() {
	let mut author = Author::among(25);
	(0..12).for_each(|voter| author.saturate(voter, Side::For));
	author.now += 24 * 60 * 60;
	(12..24).for_each(|voter| author.saturate(voter, Side::Against));
	assert_eq!(Scale::default().grade(&author.whole), Reliability::D);
	(0..12).for_each(|voter| author.saturate(voter, Side::For));
	author.now += 24 * 60 * 60;
	(0..12).for_each(|voter| author.saturate(voter, Side::For));
	assert_eq!(Scale::default().grade(&author.whole), Reliability::C);
}

#[test]
fn the_highest_standing_of_a_ring_should_follow_the_table() {
	// How many of 24 peers, and the standing in millionths and the letter to which a ring of as many lifts an author.
	let table = [
		(1, 600_000, Reliability::F),
		(2, 666_666, Reliability::F),
		(4, 749_999, Reliability::B),
		(5, 777_777, Reliability::B),
		(6, 799_999, Reliability::B),
		(8, 833_333, Reliability::B),
		(12, 875_000, Reliability::B),
		(15, 894_736, Reliability::B),
		(16, 899_999, Reliability::A),
		(17, 904_761, Reliability::A),
		(24, 928_571, Reliability::A),
	];
	for (k, standing, letter) in table {
		let mut author = Author::among(25);
		(0..k).for_each(|voter| author.saturate(voter, Side::For));
		assert!(author.whole.standing().0.abs_diff(standing) <= 1, "{k}: {}", author.whole.standing());
		assert_eq!(Scale::default().grade(&author.whole), letter, "{k}");
	}
}
