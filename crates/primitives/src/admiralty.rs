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

impl Credibility {
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
