//! From a standing to a letter of the Admiralty code.

use crate::{Amount, Evidence};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use core::fmt;
use cti_primitives::Reliability;
use scale_info::TypeInfo;

/// Where each letter begins. The letters' lower ends are in thousandths of a standing and belong to the letter.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Scale {
	/// Records' worth of evidence, for and against together, below which a source cannot be judged (F). 1 to 24.
	pub judged_from: u8,
	/// Lowest standing of A.
	pub a: u16,
	/// Lowest standing of B.
	pub b: u16,
	/// Lowest standing of C.
	pub c: u16,
	/// Lowest standing of D; E below.
	pub d: u16,
}

impl Default for Scale {
	fn default() -> Self {
		Self { judged_from: 3, a: 900, b: 750, c: 500, d: 300 }
	}
}

/// Why a [`Scale`] cannot be used: with it, some letter could not be reached.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum InvalidScale {
	/// `judged_from` is not 1 to 24.
	JudgedFromOutOfRange,
	/// `a` is above [`Scale::HIGHEST`] or `d` below [`Scale::LOWEST`].
	ThresholdOutOfRange,
	/// `a`, `b`, `c`, `d` do not strictly descend.
	ThresholdsNotDescending,
}

impl fmt::Display for InvalidScale {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str(match self {
			InvalidScale::JudgedFromOutOfRange => "judged_from must be 1 to 24",
			InvalidScale::ThresholdOutOfRange => "thresholds must be 72 to 928 thousandths",
			InvalidScale::ThresholdsNotDescending => "thresholds must descend from A to D",
		})
	}
}

impl core::error::Error for InvalidScale {}

impl Scale {
	/// Greatest threshold, in thousandths: nothing but 24 records' worth of confirmation gives 26 / 28.
	pub const HIGHEST: u16 = 928;
	/// Smallest threshold, in thousandths: nothing but 24 records' worth of refutation gives 2 / 28.
	pub const LOWEST: u16 = 72;
	/// Greatest `judged_from`: what one side can hold.
	pub const MAX_JUDGED_FROM: u8 = 24;

	/// Checks that every letter can be reached.
	pub fn check(&self) -> Result<(), InvalidScale> {
		if !(1..=Self::MAX_JUDGED_FROM).contains(&self.judged_from) {
			return Err(InvalidScale::JudgedFromOutOfRange);
		}
		if !(self.a > self.b && self.b > self.c && self.c > self.d) {
			return Err(InvalidScale::ThresholdsNotDescending);
		}
		if self.a > Self::HIGHEST || self.d < Self::LOWEST {
			return Err(InvalidScale::ThresholdOutOfRange);
		}
		Ok(())
	}

	/// The letter that `evidence`, as it stands, earns.
	///
	/// A standing that rounding has left a millionth below a threshold reaches it: as much for a source as against it is one
	/// half, also where decay took a step more of one side.
	pub fn grade(&self, evidence: &Evidence) -> Reliability {
		if evidence.total() < Amount::units(u16::from(self.judged_from)) {
			return Reliability::F;
		}
		let standing = evidence.standing().0.saturating_add(1);
		let reaches = |thousandths: u16| standing >= u32::from(thousandths).saturating_mul(1_000);
		if reaches(self.a) {
			Reliability::A
		} else if reaches(self.b) {
			Reliability::B
		} else if reaches(self.c) {
			Reliability::C
		} else if reaches(self.d) {
			Reliability::D
		} else {
			Reliability::E
		}
	}
}
