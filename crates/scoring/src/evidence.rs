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
	/// For: records that peers confirmed.
	pub alpha: Amount,
	/// Against: records that peers refuted.
	pub beta: Amount,
	/// Unix seconds as of which both are counted.
	pub updated: u64,
}

impl Evidence {
	/// Neither side ever counts for more, so that what a source did counts for a bounded time against what it does.
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
		self.with(Side::For, amount, now).within(Self::LIMIT)
	}

	/// With `amount` more against the source, as of `now`, up to [`Evidence::LIMIT`].
	#[must_use]
	pub fn refuted(&self, amount: Amount, now: u64) -> Self {
		self.with(Side::Against, amount, now).within(Self::LIMIT)
	}

	/// With `amount` more on `side`, as of `now`.
	#[must_use]
	pub fn with(&self, side: Side, amount: Amount, now: u64) -> Self {
		let current = self.at(now);
		match side {
			Side::For => Self { alpha: current.alpha.saturating_add(amount), ..current },
			Side::Against => Self { beta: current.beta.saturating_add(amount), ..current },
		}
	}

	/// Both sides scaled by one factor so that neither exceeds `limit`; the same where neither does. Rounded down.
	///
	/// One factor, since cutting each side off by itself would make a source that is busy and mostly right look as bad as
	/// it looks good.
	#[must_use]
	pub fn within(&self, limit: Amount) -> Self {
		let most = self.alpha.max(self.beta);
		if most <= limit {
			return *self;
		}
		let scaled = |side: Amount| {
			let product = u128::from(side.to_bits()).saturating_mul(u128::from(limit.to_bits()));
			let steps = product.checked_div(u128::from(most.to_bits())).and_then(|steps| u64::try_from(steps).ok());
			Amount::from_bits(steps.unwrap_or_default())
		};
		Self { alpha: scaled(self.alpha), beta: scaled(self.beta), updated: self.updated }
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

/// Evidence that adds up freely within one moment and is held to a limit from one moment to the next. 32 bytes.
///
/// What it counts for is [`Held::at`]. Sums are kept as they are until time moves on, so that the order in which they were
/// added within a moment does not matter.
#[derive(
	Clone, Copy, PartialEq, Eq, Debug, Default, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Held {
	/// What was added, as of its moment.
	sums: Evidence,
	/// What neither side counts beyond.
	limit: Amount,
}

impl Held {
	/// What it counts for at `now` (unix seconds).
	pub fn at(&self, now: u64) -> Evidence {
		self.sums.within(self.limit).at(now)
	}

	/// With `amount` more on `side`, as of `now`, held to `limit` from now on.
	#[must_use]
	pub fn with(&self, side: Side, amount: Amount, limit: Amount, now: u64) -> Self {
		let sums = if now > self.sums.updated { self.at(now) } else { self.sums };
		Self { sums: sums.with(side, amount, now), limit }
	}

	/// Unix seconds of its moment.
	pub const fn updated(&self) -> u64 {
		self.sums.updated
	}
}
