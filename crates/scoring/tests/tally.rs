//! The votes on one record, and what they decide.

use codec::{Decode, Encode, MaxEncodedLen};
use core::num::NonZeroU32;
use cti_primitives::Credibility::{self, *};
use cti_scoring::{Amount, Ballot, Count, Evidence, Outstanding, Side, Tally, Vote, Weight, LEAST_WINNERS};
use num_bigint::BigUint;
use proptest::prelude::*;

const VERDICTS: [Credibility; 6] = [Confirmed, ProbablyTrue, PossiblyTrue, Doubtful, Improbable, CannotBeJudged];

/// A judge that weighs `64ths`, 16 to 64.
fn judge(sixty_fourths: u8) -> Weight {
	let half = NonZeroU32::new(2).expect("not 0");
	let alpha = Amount::fraction(u32::from(sixty_fourths - *Weight::JUDGES.start()), half);
	Weight::of_judge(&Evidence { alpha, ..Evidence::default() })
}

fn full(credibility: Credibility, sixty_fourths: u8) -> Vote {
	Vote { credibility, weight: judge(sixty_fourths) }
}

fn any_judge() -> impl Strategy<Value = Weight> {
	// The few weights at which ties happen, and all others.
	prop_oneof![prop::sample::select(vec![16, 32, 64]), Weight::JUDGES].prop_map(judge)
}

/// A verdict, or at half weight a sighting or a false positive.
fn any_vote() -> impl Strategy<Value = Vote> {
	let ballot = (prop::option::weighted(0.8, prop::sample::select(VERDICTS.to_vec())), any::<bool>());
	(ballot, any_judge()).prop_map(|((verdict, seen), judge)| {
		let vote = Ballot { verdict, seen, false_positive: !seen }.vote(judge);
		vote.expect("a ballot with either mark is a vote")
	})
}

fn votes(most: usize) -> impl Strategy<Value = Vec<Vote>> {
	prop::collection::vec(any_vote(), 0..=most)
}

fn tally(votes: &[Vote]) -> Tally {
	let mut tally = Tally::default();
	votes.iter().for_each(|vote| tally.add(*vote));
	tally
}

fn outstanding(judges: &[Weight]) -> Outstanding {
	judges.iter().fold(Outstanding::default(), |sum, judge| sum.and(*judge))
}

/// Who wins when voting is over, from the list of votes.
fn final_outcome(votes: &[Vote], quorum: u8) -> Option<Side> {
	let on = |side| votes.iter().filter(move |vote| vote.side() == Some(side));
	let weight = |side| on(side).map(|vote| BigUint::from(vote.weight.get())).sum::<BigUint>();
	let cast = weight(Side::For) + weight(Side::Against);
	let enough = votes.len() >= usize::from(quorum) && cast > BigUint::ZERO;
	[Side::For, Side::Against].into_iter().find(|side| {
		enough && on(*side).count() >= usize::from(LEAST_WINNERS) && weight(*side) * 3u8 >= cast.clone() * 2u8
	})
}

/// Every outcome that the judges who have not voted can still bring about, each by staying away or by any kind of vote.
fn possible_outcomes(votes: &mut Vec<Vote>, judges: &[Weight], quorum: u8) -> Vec<Option<Side>> {
	let Some((first, rest)) = judges.split_first() else { return vec![final_outcome(votes, quorum)] };
	let mut outcomes = possible_outcomes(votes, rest, quorum);
	let full = [Confirmed, PossiblyTrue, Improbable].map(|credibility| Vote { credibility, weight: *first });
	let half = [ProbablyTrue, Doubtful].map(|credibility| Vote { credibility, weight: first.halved() });
	for vote in full.into_iter().chain(half) {
		votes.push(vote);
		outcomes.extend(possible_outcomes(votes, rest, quorum));
		votes.pop();
	}
	outcomes.sort_by_key(|outcome| outcome.map(|side| side as u8));
	outcomes.dedup();
	outcomes
}

/// The weighted median by sorting: the verdict of the 64th that lies just above the middle.
fn median(votes: &[Vote]) -> Credibility {
	let mut sixty_fourths: Vec<Credibility> = votes
		.iter()
		.filter(|vote| vote.credibility != CannotBeJudged)
		.flat_map(|vote| core::iter::repeat_n(vote.credibility, usize::from(vote.weight.get())))
		.collect();
	sixty_fourths.sort();
	sixty_fourths.get(sixty_fourths.len() / 2).copied().unwrap_or(CannotBeJudged)
}

#[test]
fn decisions_should_follow_the_table() {
	// Verdicts with their weights, the quorum, what is outstanding, and who has won.
	type Row = (&'static [(Credibility, u8)], u8, u32, Option<Side>);
	let table: [Row; 17] = [
		(&[], 0, 0, None),
		(&[(Confirmed, 64)], 1, 0, None),
		(&[(Confirmed, 16), (Confirmed, 16)], 2, 0, Some(Side::For)),
		(&[(Confirmed, 16), (Confirmed, 16)], 3, 0, None),
		(&[(Improbable, 16), (Improbable, 16)], 2, 0, Some(Side::Against)),
		(&[(Confirmed, 16), (Confirmed, 16), (Improbable, 16)], 3, 0, Some(Side::For)),
		(&[(Confirmed, 16), (Confirmed, 16), (Improbable, 17)], 3, 0, None),
		(&[(Improbable, 16), (Improbable, 16), (Confirmed, 16)], 3, 0, Some(Side::Against)),
		(&[(Confirmed, 64), (Improbable, 16), (Improbable, 16)], 3, 0, None),
		(&[(Confirmed, 64), (ProbablyTrue, 16), (Improbable, 40)], 3, 0, Some(Side::For)),
		(&[(Confirmed, 64), (ProbablyTrue, 16), (Improbable, 40)], 3, 1, None),
		(&[(Confirmed, 16), (Confirmed, 16)], 2, 16, Some(Side::For)),
		(&[(Confirmed, 16), (Confirmed, 16)], 2, 17, None),
		(&[(Confirmed, 16), (Confirmed, 16), (CannotBeJudged, 64)], 3, 0, Some(Side::For)),
		(&[(Confirmed, 16), (Confirmed, 16), (PossiblyTrue, 64)], 3, 0, Some(Side::For)),
		(&[(PossiblyTrue, 64), (PossiblyTrue, 64), (CannotBeJudged, 64)], 2, 0, None),
		(&[(Confirmed, 64), (PossiblyTrue, 64), (CannotBeJudged, 64)], 3, 0, None),
	];
	for (verdicts, quorum, weight, outcome) in table {
		let votes: Vec<Vote> = verdicts.iter().map(|(credibility, weight)| full(*credibility, *weight)).collect();
		assert_eq!(tally(&votes).decided(quorum, Outstanding { weight }), outcome, "{verdicts:?}, {quorum}, {weight}");
	}
}

#[test]
fn credibility_should_follow_the_table() {
	type Row = (&'static [(Credibility, u8)], u8, Credibility);
	let table: [Row; 9] = [
		(&[], 0, CannotBeJudged),
		(&[(Confirmed, 16)], 1, Confirmed),
		(&[(Confirmed, 16)], 2, CannotBeJudged),
		(&[(Confirmed, 16), (CannotBeJudged, 64)], 2, Confirmed),
		(&[(CannotBeJudged, 64), (CannotBeJudged, 64)], 2, CannotBeJudged),
		(&[(Confirmed, 16), (Improbable, 16)], 2, Improbable),
		(&[(Confirmed, 17), (Improbable, 16)], 2, Confirmed),
		(&[(Confirmed, 16), (ProbablyTrue, 16), (Doubtful, 16)], 2, ProbablyTrue),
		(&[(ProbablyTrue, 16), (PossiblyTrue, 16), (Doubtful, 16), (Improbable, 16)], 2, Doubtful),
	];
	for (verdicts, quorum, expected) in table {
		let votes: Vec<Vote> = verdicts.iter().map(|(credibility, weight)| full(*credibility, *weight)).collect();
		assert_eq!(tally(&votes).credibility(quorum), expected, "{verdicts:?}, quorum {quorum}");
	}
}

#[test]
fn a_whole_consortium_should_be_counted() {
	let votes = vec![full(Confirmed, 64); 1_023];
	assert_eq!(tally(&votes).side(Side::For), (1_023, 1_023 * 64));
	assert_eq!(tally(&votes).decided(u8::MAX, Outstanding::default()), Some(Side::For));
	let mut beyond = tally(&votes);
	beyond.add(full(Confirmed, 64));
	assert_eq!(beyond.side(Side::For), (1_024, u32::from(u16::MAX)));
}

#[test]
fn encodings_should_not_change() {
	let count = Count { members: 2, weight: 0x0180 };
	let of = Tally([count, Count::default(), Count::default(), Count::default(), Count::default(), count]);
	let mut bytes = [0; 24];
	bytes[..4].copy_from_slice(&[2, 0, 0x80, 1]);
	bytes[20..].copy_from_slice(&[2, 0, 0x80, 1]);
	assert_eq!(of.encode(), bytes);
	assert_eq!(Tally::decode(&mut &bytes[..]), Ok(of));
	assert_eq!(Tally::max_encoded_len(), 24);
}

proptest! {
	#[test]
	fn a_tally_should_hold_each_vote_in_its_place(votes in votes(40)) {
		let tally = tally(&votes);
		prop_assert_eq!(tally.voters() as usize, votes.len());
		for (count, credibility) in tally.0.iter().zip(VERDICTS) {
			let with = votes.iter().filter(|vote| vote.credibility == credibility);
			prop_assert_eq!(usize::from(count.members), with.clone().count());
			prop_assert_eq!(count.weight, with.map(|vote| u16::from(vote.weight.get())).sum::<u16>());
		}
		for side in [Side::For, Side::Against] {
			let on = votes.iter().filter(|vote| vote.side() == Some(side));
			let weight = on.clone().map(|vote| u32::from(vote.weight.get())).sum::<u32>();
			prop_assert_eq!(tally.side(side), (on.count() as u32, weight));
		}
	}

	#[test]
	fn removing_should_undo_adding(votes in votes(40), vote in any_vote()) {
		let before = tally(&votes);
		let mut after = before;
		after.add(vote);
		prop_assert_ne!(before, after);
		after.remove(vote);
		prop_assert_eq!(before, after);
	}

	#[test]
	fn order_should_not_matter((votes, shuffled) in votes(40).prop_flat_map(|votes| (Just(votes.clone()), Just(votes).prop_shuffle()))) {
		prop_assert_eq!(tally(&votes), tally(&shuffled));
	}

	#[test]
	fn the_final_outcome_should_match_the_list_of_votes(votes in votes(12), quorum in 0u8..14) {
		prop_assert_eq!(tally(&votes).decided(quorum, Outstanding::default()), final_outcome(&votes, quorum));
	}

	/// Decided early just when every way in which the rest may fall ends alike.
	#[test]
	fn an_early_decision_should_be_the_only_possible_one(
		votes in votes(9),
		judges in prop::collection::vec(any_judge(), 0..5),
		quorum in 0u8..9,
	) {
		let early = tally(&votes).decided(quorum, outstanding(&judges));
		let possible = possible_outcomes(&mut votes.clone(), &judges, quorum);
		match early {
			Some(side) => prop_assert_eq!(possible, vec![Some(side)]),
			None => prop_assert!(possible.contains(&None) || possible.len() == 2, "only {possible:?} is possible"),
		}
	}

	#[test]
	fn a_decision_should_have_two_winners_and_a_quorum(votes in votes(12), quorum in 0u8..14, weight in 0u32..200) {
		let tally = tally(&votes);
		if let Some(side) = tally.decided(quorum, Outstanding { weight }) {
			prop_assert!(tally.side(side).0 >= 2);
			prop_assert!(tally.voters() >= u32::from(quorum));
		}
	}

	/// 3 and 6 fill the quorum and change nothing else.
	#[test]
	fn undecided_votes_should_count_for_the_quorum_only(
		votes in votes(10),
		more in prop::collection::vec((prop::sample::select(vec![PossiblyTrue, CannotBeJudged]), Weight::JUDGES), 0..10),
		quorum in 0u8..20,
		weight in 0u32..100,
	) {
		let with: Vec<Vote> = votes.iter().copied().chain(more.iter().map(|(c, w)| full(*c, *w))).collect();
		let outstanding = Outstanding { weight };
		let takes_part = with.len() >= usize::from(quorum);
		let expected = tally(&votes).decided(0, outstanding).filter(|_| takes_part);
		prop_assert_eq!(tally(&with).decided(quorum, outstanding), expected);
	}

	#[test]
	fn a_vote_more_for_the_winner_should_never_lose(votes in votes(12), judge in any_judge(), quorum in 0u8..10) {
		let mut tally = tally(&votes);
		if let Some(side) = tally.decided(quorum, Outstanding::default()) {
			let credibility = if side == Side::For { ProbablyTrue } else { Doubtful };
			tally.add(Vote { credibility, weight: judge });
			prop_assert_eq!(tally.decided(quorum, Outstanding::default()), Some(side));
		}
	}

	#[test]
	fn credibility_should_be_the_median_of_the_sorted_votes(votes in votes(12), quorum in 0u8..14) {
		let expected = if votes.len() < usize::from(quorum) { CannotBeJudged } else { median(&votes) };
		prop_assert_eq!(tally(&votes).credibility(quorum), expected);
	}

	/// Whoever has less than half of the weight cannot move it beyond what all others say; with just half, only to the
	/// cautious side.
	#[test]
	fn a_minority_should_not_drag_credibility_beyond_the_others(mine in votes(8), others in votes(8)) {
		let judging = |votes: &[Vote]| -> Vec<Vote> { votes.iter().filter(|v| v.credibility != CannotBeJudged).copied().collect() };
		let weight = |votes: &[Vote]| judging(votes).iter().map(|vote| u32::from(vote.weight.get())).sum::<u32>();
		prop_assume!(weight(&mine) <= weight(&others) && weight(&others) > 0);
		let said = judging(&others);
		let (best, worst) = (
			said.iter().map(|vote| vote.credibility).min().expect("not empty"),
			said.iter().map(|vote| vote.credibility).max().expect("not empty"),
		);
		let all: Vec<Vote> = mine.iter().chain(&others).copied().collect();
		let credibility = tally(&all).credibility(0);
		prop_assert!(credibility >= best);
		prop_assert!(credibility <= worst || weight(&mine) == weight(&others));
	}
}
