//! The Admiralty code: how reliable a source is, how credible a piece of information.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use core::fmt;
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// How reliable a source has proved.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
)]
#[scale_info(capture_docs = "always")]
pub enum Reliability {
	/// Completely reliable.
	A,
	/// Usually reliable.
	B,
	/// Fairly reliable.
	C,
	/// Not usually reliable.
	D,
	/// Unreliable.
	E,
	/// Cannot be judged: too little evidence. Not worse than E.
	F,
}

impl Reliability {
	/// Is it at least `least`? Who cannot be judged is not worse than E, and not better.
	pub fn meets(self, least: Self) -> bool {
		match least {
			Self::F => true,
			_ => self <= least || (self, least) == (Self::F, Self::E),
		}
	}
}

impl fmt::Display for Reliability {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		fmt::Debug::fmt(self, f)
	}
}

/// How credible one piece of information is, 1 to 6.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
)]
#[scale_info(capture_docs = "always")]
pub enum Credibility {
	/// 1: confirmed by other sources.
	Confirmed,
	/// 2: probably true.
	ProbablyTrue,
	/// 3: possibly true.
	PossiblyTrue,
	/// 4: doubtful.
	Doubtful,
	/// 5: improbable.
	Improbable,
	/// 6: cannot be judged.
	CannotBeJudged,
}

impl fmt::Display for Credibility {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		fmt::Display::fmt(&self.number(), f)
	}
}

impl Credibility {
	/// All, by their numbers.
	pub const ALL: [Self; 6] = [
		Credibility::Confirmed,
		Credibility::ProbablyTrue,
		Credibility::PossiblyTrue,
		Credibility::Doubtful,
		Credibility::Improbable,
		Credibility::CannotBeJudged,
	];

	/// What the Admiralty code calls it.
	pub const fn meaning(self) -> &'static str {
		match self {
			Credibility::Confirmed => "confirmed by other sources",
			Credibility::ProbablyTrue => "probably true",
			Credibility::PossiblyTrue => "possibly true",
			Credibility::Doubtful => "doubtful",
			Credibility::Improbable => "improbable",
			Credibility::CannotBeJudged => "truth cannot be judged",
		}
	}

	/// The value of STIX 2.1's `opinion`; none if it cannot be judged.
	pub const fn opinion(self) -> Option<&'static str> {
		match self {
			Credibility::Confirmed => Some("strongly-agree"),
			Credibility::ProbablyTrue => Some("agree"),
			Credibility::PossiblyTrue => Some("neutral"),
			Credibility::Doubtful => Some("disagree"),
			Credibility::Improbable => Some("strongly-disagree"),
			Credibility::CannotBeJudged => None,
		}
	}

	/// The number that appendix A of STIX 2.1 gives it on its scale of confidence; none if it cannot be judged.
	pub const fn confidence(self) -> Option<u8> {
		match self {
			Credibility::Confirmed => Some(90),
			Credibility::ProbablyTrue => Some(70),
			Credibility::PossiblyTrue => Some(50),
			Credibility::Doubtful => Some(30),
			Credibility::Improbable => Some(10),
			Credibility::CannotBeJudged => None,
		}
	}

	/// The number of the Admiralty code, 1 to 6.
	pub const fn number(self) -> u8 {
		match self {
			Credibility::Confirmed => 1,
			Credibility::ProbablyTrue => 2,
			Credibility::PossiblyTrue => 3,
			Credibility::Doubtful => 4,
			Credibility::Improbable => 5,
			Credibility::CannotBeJudged => 6,
		}
	}
}
