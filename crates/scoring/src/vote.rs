//! What one member says of one record, and what that weighs.

use crate::{Amount, Evidence, Side};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use core::ops::RangeInclusive;
use cti_primitives::Credibility;
use scale_info::TypeInfo;

/// What a vote weighs, in 64ths of a full vote: 0 to 64.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Debug,
	Default,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Weight(u8);

impl Weight {
	/// A full vote, in 64ths.
	pub const FULL: u8 = 64;
	/// What a judge weighs: a quarter at least, a full vote at most.
	pub const JUDGES: RangeInclusive<u8> = 16..=Self::FULL;
	/// A judge that has not yet agreed with any decision.
	pub const NEWCOMER: Self = Self(16);

	/// The weight of a judge whose verdicts agreed with later decisions (`history.alpha`) and disagreed (`history.beta`), as it
	/// stands: `1/4 + (alpha - 3 beta) / 32` of a full vote, rounded down, from a quarter to a full one.
	///
	/// A disagreement costs three times what an agreement gains. Depends on nothing but the two sums, so that the order
	/// of decisions within a moment does not matter.
	pub fn of_judge(history: &Evidence) -> Self {
		let lost = Amount::from_bits(history.beta.to_bits().saturating_mul(3));
		let net = history.alpha.saturating_sub(lost).to_bits();
		// Two 64ths for each record's worth.
		let gained = net >> Amount::FRACTION_BITS.saturating_sub(1);
		let gained = u8::try_from(gained).unwrap_or(Self::FULL);
		Self(Self::JUDGES.start().saturating_add(gained).min(Self::FULL))
	}

	/// In 64ths of a full vote.
	pub const fn get(self) -> u8 {
		self.0
	}

	/// What a sighting weighs beside a verdict by the same judge: half.
	#[must_use]
	pub const fn halved(self) -> Self {
		Self(self.0 >> 1)
	}
}

/// What one member has said of one record so far. 4 bytes at most.
#[derive(
	Clone, Copy, PartialEq, Eq, Debug, Default, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Ballot {
	/// Its verdict.
	pub verdict: Option<Credibility>,
	/// Has it met what the record describes?
	pub seen: bool,
	/// Has it met that and found it harmless?
	pub false_positive: bool,
}

/// A vote as it is counted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Vote {
	/// How credible the record is by it.
	pub credibility: Credibility,
	/// What it weighs.
	pub weight: Weight,
}

impl Ballot {
	/// The one vote of this member, a judge of weight `judge`.
	///
	/// Its verdict, at full weight; without one, a sighting counts as *probably true* and a false positive as *doubtful*, at
	/// half the weight. Both together say nothing.
	pub fn vote(&self, judge: Weight) -> Option<Vote> {
		match (self.verdict, self.seen, self.false_positive) {
			(Some(credibility), ..) => Some(Vote { credibility, weight: judge }),
			(None, true, false) => Some(Vote { credibility: Credibility::ProbablyTrue, weight: judge.halved() }),
			(None, false, true) => Some(Vote { credibility: Credibility::Doubtful, weight: judge.halved() }),
			(None, ..) => None,
		}
	}
}

impl Vote {
	/// 1 and 2 confirm, 4 and 5 refute, 3 and 6 do neither.
	pub const fn side(&self) -> Option<Side> {
		side_of(self.credibility)
	}
}

/// The side that a verdict takes: 1 and 2 confirm, 4 and 5 refute, 3 and 6 do neither.
pub const fn side_of(credibility: Credibility) -> Option<Side> {
	match credibility {
		Credibility::Confirmed | Credibility::ProbablyTrue => Some(Side::For),
		Credibility::Doubtful | Credibility::Improbable => Some(Side::Against),
		Credibility::PossiblyTrue | Credibility::CannotBeJudged => None,
	}
}
