//! The unit in which results are shown.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use core::fmt;
use scale_info::TypeInfo;

/// A number in millionths: 0 to 4,294.967295, for a standing 0 to 1. Prints as `0.916666`.
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
pub struct Millionths(pub u32);

impl Millionths {
	const IN_ONE: u32 = 1_000_000;

	/// `numerator / denominator`, rounded down, saturating; `None` if the denominator is 0.
	///
	/// Exact for numerators below 2^108.
	pub fn ratio(numerator: u128, denominator: u128) -> Option<Self> {
		let millionths = numerator.saturating_mul(u128::from(Self::IN_ONE)).checked_div(denominator)?;
		Some(Self(u32::try_from(millionths).unwrap_or(u32::MAX)))
	}
}

impl fmt::Display for Millionths {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "{}.{:06}", self.0 / Self::IN_ONE, self.0 % Self::IN_ONE)
	}
}
