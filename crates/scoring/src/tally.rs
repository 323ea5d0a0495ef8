//! The votes on one record, and what they decide.

use crate::{vote::Vote, Side, Weight};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use cti_primitives::Credibility;
use scale_info::TypeInfo;

/// Seconds after its publication in which a record can be judged: 7 days.
pub const WINDOW: u64 = 7 * 24 * 60 * 60;

/// Fewest members that agree on a decision.
pub const LEAST_WINNERS: u16 = 2;

/// Votes of one credibility.
#[derive(
	Clone, Copy, PartialEq, Eq, Debug, Default, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Count {
	/// How many members.
	pub members: u16,
	/// What their votes weigh together, in 64ths of a full vote.
	pub weight: u16,
}

/// The votes on one record, by credibility, in the order of the Admiralty numbers 1 to 6. 24 bytes.
#[derive(
	Clone, Copy, PartialEq, Eq, Debug, Default, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Tally(pub [Count; 6]);

/// Who could still vote on a record.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Outstanding {
	/// What their votes would weigh together, in 64ths of a full vote.
	pub weight: u32,
}

impl Tally {
	/// With one vote more. 1,023 full votes at most are counted.
	pub fn add(&mut self, vote: Vote) {
		let count = self.count_mut(vote.credibility);
		count.members = count.members.saturating_add(1);
		count.weight = count.weight.saturating_add(u16::from(vote.weight.get()));
	}

	/// Without a vote that was added before.
	pub fn remove(&mut self, vote: Vote) {
		let count = self.count_mut(vote.credibility);
		count.members = count.members.saturating_sub(1);
		count.weight = count.weight.saturating_sub(u16::from(vote.weight.get()));
	}

	fn count_mut(&mut self, credibility: Credibility) -> &mut Count {
		let [confirmed, probable, possible, doubtful, improbable, unknown] = &mut self.0;
		match credibility {
			Credibility::Confirmed => confirmed,
			Credibility::ProbablyTrue => probable,
			Credibility::PossiblyTrue => possible,
			Credibility::Doubtful => doubtful,
			Credibility::Improbable => improbable,
			Credibility::CannotBeJudged => unknown,
		}
	}

	/// Members that voted, on whichever side.
	pub fn voters(&self) -> u32 {
		self.0.iter().map(|count| u32::from(count.members)).fold(0, u32::saturating_add)
	}

	/// Members on a side, and what their votes weigh in 64ths of a full vote.
	pub fn side(&self, side: Side) -> (u32, u32) {
		let [confirmed, probable, _, doubtful, improbable, _] = self.0;
		let (one, other) = match side {
			Side::For => (confirmed, probable),
			Side::Against => (doubtful, improbable),
		};
		let sum = |a: u16, b: u16| u32::from(a).saturating_add(u32::from(b));
		(sum(one.members, other.members), sum(one.weight, other.weight))
	}

	/// The side that has won whatever the outstanding votes say: `quorum` members voted, two at least are on the side, and
	/// two thirds of the weight that takes sides are on it, also if all that is outstanding goes to the other. With nothing
	/// outstanding, the side that has won when voting is over.
	pub fn decided(&self, quorum: u8, outstanding: Outstanding) -> Option<Side> {
		if self.voters() < u32::from(quorum) {
			return None;
		}
		let (for_it, against) = (self.side(Side::For), self.side(Side::Against));
		let wins = |(members, weight): (u32, u32), (_, other): (u32, u32)| {
			let cast = weight.saturating_add(other).saturating_add(outstanding.weight);
			members >= u32::from(LEAST_WINNERS) && weight > 0 && weight.saturating_mul(3) >= cast.saturating_mul(2)
		};
		if wins(for_it, against) {
			Some(Side::For)
		} else if wins(against, for_it) {
			Some(Side::Against)
		} else {
			None
		}
	}

	/// The record's credibility by these votes: their weighted median among 1 to 5, the more cautious of two in the middle.
	/// 6 while fewer than `quorum` members voted, or none of them could judge.
	///
	/// A median, so that less than half of the weight cannot drag it beyond what the others say.
	pub fn credibility(&self, quorum: u8) -> Credibility {
		let [judged @ .., _] = self.0;
		let total = judged.iter().map(|count| u32::from(count.weight)).fold(0, u32::saturating_add);
		if self.voters() < u32::from(quorum) || total == 0 {
			return Credibility::CannotBeJudged;
		}
		let mut below = 0u32;
		let with = Credibility::ALL.iter().zip(judged);
		for (credibility, count) in with {
			below = below.saturating_add(u32::from(count.weight));
			if below.saturating_mul(2) > total {
				return *credibility;
			}
		}
		Credibility::CannotBeJudged
	}
}

impl Outstanding {
	/// With one more who has not voted, a judge of weight `judge`.
	#[must_use]
	pub fn and(self, judge: Weight) -> Self {
		Self { weight: self.weight.saturating_add(u32::from(judge.get())) }
	}
}
