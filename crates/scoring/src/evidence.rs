//! What speaks for and against a source.

use crate::{Amount, Millionths};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// For a source or a record, or against it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub enum Side {
	/// It holds.
	For,
	/// It does not.
	Against,
}

/// Evidence that a source's records hold, as it stood at `updated`. 24 bytes.
///
/// A source without any is `Evidence::default()`: its standing is one half and it cannot be judged.
#[derive(
	Clone, Copy, PartialEq, Eq, Debug, Default, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Evidence {
	/// For: records that peers confirmed. At most [`Evidence::LIMIT`].
	pub alpha: Amount,
	/// Against: records that peers refuted. At most [`Evidence::LIMIT`].
	pub beta: Amount,
	/// Unix seconds as of which both are counted.
	pub updated: u64,
}

impl Evidence {
	/// Neither side ever holds more, so that what a source did counts for a bounded time against what it does.
	pub const LIMIT: Amount = Amount::units(24);
	/// What every source is granted on either side, so that one verdict alone makes nobody.
	const PRIOR: Amount = Amount::units(2);

	/// The same evidence as it stands at `now` (unix seconds). A `now` before `updated` changes nothing.
	#[must_use]
	pub fn at(&self, now: u64) -> Self {
		let elapsed = now.saturating_sub(self.updated);
		Self { alpha: self.alpha.decayed(elapsed), beta: self.beta.decayed(elapsed), updated: self.updated.max(now) }
	}

	/// With `amount` more for the source, as of `now`, up to [`Evidence::LIMIT`].
	#[must_use]
	pub fn confirmed(&self, amount: Amount, now: u64) -> Self {
		self.with(Side::For, amount, Self::LIMIT, now)
	}

	/// With `amount` more against the source, as of `now`, up to [`Evidence::LIMIT`].
	#[must_use]
	pub fn refuted(&self, amount: Amount, now: u64) -> Self {
		self.with(Side::Against, amount, Self::LIMIT, now)
	}

	/// With `amount` more on `side`, as of `now`, up to `limit`. What is there beyond `limit` stays until it fades.
	#[must_use]
	pub fn with(&self, side: Side, amount: Amount, limit: Amount, now: u64) -> Self {
		let current = self.at(now);
		let grown = |held: Amount| held.saturating_add(amount).min(limit).max(held);
		match side {
			Side::For => Self { alpha: grown(current.alpha), ..current },
			Side::Against => Self { beta: grown(current.beta), ..current },
		}
	}

	/// The evidence on `side`. Not decayed: see [`Evidence::at`].
	pub const fn on(&self, side: Side) -> Amount {
		match side {
			Side::For => self.alpha,
			Side::Against => self.beta,
		}
	}

	/// Both sides together.
	pub const fn total(&self) -> Amount {
		self.alpha.saturating_add(self.beta)
	}

	/// `(alpha + 2) / (alpha + beta + 4)`, rounded down to a millionth. Not decayed: see [`Evidence::at`].
	pub fn standing(&self) -> Millionths {
		let side = |amount: Amount| u128::from(amount.to_bits()).saturating_add(u128::from(Self::PRIOR.to_bits()));
		let (good, bad) = (side(self.alpha), side(self.beta));
		Millionths::ratio(good, good.saturating_add(bad)).unwrap_or_default()
	}

	/// Is neither side above [`Evidence::LIMIT`]?
	pub fn is_bounded(&self) -> bool {
		self.alpha <= Self::LIMIT && self.beta <= Self::LIMIT
	}
}
