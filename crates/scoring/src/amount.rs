//! Evidence in fixed point and its decay.

use crate::Millionths;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use core::num::NonZeroU32;
use scale_info::TypeInfo;

/// Seconds in which evidence loses half its weight: 180 days.
pub const HALF_LIFE: u64 = 180 * 24 * 60 * 60;

/// The natural logarithm of 2 in steps of 2^-64, rounded down.
const LN_2: u128 = 0xB172_17F7_D1CF_79AB;

/// An amount of evidence, counted in records, with 48 fraction bits: 0 up to 65,536 in steps of 2^-48.
///
/// SCALE: the steps as a `u64`.
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
pub struct Amount(u64);

impl Amount {
	/// Bits after the binary point.
	pub const FRACTION_BITS: u32 = 48;
	/// No evidence.
	pub const ZERO: Self = Self(0);
	/// One record's worth.
	pub const ONE: Self = Self::units(1);

	/// `records` whole records.
	pub const fn units(records: u16) -> Self {
		Self((records as u64) << Self::FRACTION_BITS)
	}

	/// `numerator / denominator` records, rounded down; the greatest amount if that is out of range.
	pub fn fraction(numerator: u32, denominator: NonZeroU32) -> Self {
		let steps = (u128::from(numerator) << Self::FRACTION_BITS).checked_div(u128::from(denominator.get()));
		Self(steps.and_then(|steps| u64::try_from(steps).ok()).unwrap_or(u64::MAX))
	}

	/// From a number of steps of 2^-48.
	pub const fn from_bits(steps: u64) -> Self {
		Self(steps)
	}

	/// The number of steps of 2^-48.
	pub const fn to_bits(self) -> u64 {
		self.0
	}

	/// The sum; the greatest amount if that is out of range.
	#[must_use]
	pub const fn saturating_add(self, other: Self) -> Self {
		Self(self.0.saturating_add(other.0))
	}

	/// The difference; none if `other` is greater.
	#[must_use]
	pub const fn saturating_sub(self, other: Self) -> Self {
		Self(self.0.saturating_sub(other.0))
	}

	/// In millionths of a record, rounded down.
	pub fn to_millionths(self) -> Millionths {
		Millionths::ratio(u128::from(self.0), 1 << Self::FRACTION_BITS).unwrap_or_default()
	}

	/// What is left after `elapsed` seconds: `self · 2^(-elapsed / HALF_LIFE)`.
	///
	/// Never above the exact value. Whole half-lives are exact (rounded down to a step); otherwise the result is that of
	/// exact arithmetic rounded down, or one step below it, for amounts up to 1,024 records, and at most 64 steps below
	/// it over the whole range. Hence decaying in two goes differs from decaying in one by at most 3 steps.
	#[must_use]
	pub fn decayed(self, elapsed: u64) -> Self {
		let halvings = elapsed / HALF_LIFE;
		let (mantissa, bits) = match elapsed % HALF_LIFE {
			0 => (1 << MANTISSA_BITS, MANTISSA_BITS),
			// One halving more than have passed, so that the mantissa lies above 1 and its series has no minus sign.
			rest => (exp2(HALF_LIFE.saturating_sub(rest)), MANTISSA_BITS.saturating_add(1)),
		};
		let shift = u32::try_from(halvings.saturating_add(u64::from(bits))).unwrap_or(u32::MAX);
		let steps = u128::from(self.0).saturating_mul(mantissa).checked_shr(shift).unwrap_or(0);
		Self(u64::try_from(steps).unwrap_or(self.0))
	}
}

/// Bits after the binary point of [`exp2`]'s result.
const MANTISSA_BITS: u32 = 62;
/// Terms of the series after the first. The next one is below ln(2)^19 / 19! < 2^-66.
const TERMS: u128 = 18;

/// `2^(seconds / HALF_LIFE)` for `seconds` below one half-life, in steps of 2^-62, at most 16 steps too low.
///
/// The exponential series in Horner's form, `1 + z (1 + z/2 (1 + z/3 (..)))` with `z = seconds · ln 2 / HALF_LIFE`: `z`
/// is below 2^62 and each bracket below 2^63, so that no product leaves 128 bits.
fn exp2(seconds: u64) -> u128 {
	const ONE: u128 = 1 << MANTISSA_BITS;
	const SECONDS_PER_UNIT: u128 = (HALF_LIFE as u128) << (64 - MANTISSA_BITS);
	let z = u128::from(seconds).saturating_mul(LN_2) / SECONDS_PER_UNIT;
	(1..=TERMS).rev().fold(ONE, |bracket, k| {
		let term = (z.saturating_mul(bracket) >> MANTISSA_BITS).checked_div(k).unwrap_or(0);
		ONE.saturating_add(term)
	})
}
