//! From a decided record to evidence about its author and about its judges.

use crate::{tally::Tally, Amount, Evidence, Held, Side, Weight};
use core::num::NonZeroU32;

/// Most evidence for an author, and as much against it, that one voter's verdicts ever make up, with `active` members in the
/// consortium: `24 / (active - 1)` records' worth, so that all others together make up [`Evidence::LIMIT`].
pub fn pair_limit(active: u32) -> Amount {
	let others = NonZeroU32::new(active.saturating_sub(1)).unwrap_or(NonZeroU32::MIN);
	Amount::fraction(24, others)
}

/// The part of one record's worth that a winning voter's vote of `weight` carries: its share of the winning side. Rounded
/// down; nothing if nobody is on the side.
pub fn share(tally: &Tally, side: Side, weight: Weight) -> Amount {
	let (_, winning) = tally.side(side);
	NonZeroU32::new(winning).map_or(Amount::ZERO, |all| Amount::fraction(u32::from(weight.get()), all)).min(Amount::ONE)
}

/// What a decision adds to what is known of its author: to the evidence as a whole, and to the part of it that comes of one
/// voter, `pair`.
///
/// `pair` never counts for more than `limit` on either side (see [`pair_limit`]), and the whole changes just by as much as
/// what `pair` counts for does: however many records a voter praises, and however often, it counts as one voter. The whole
/// is the sum of its parts, but for two steps of 2^-48 records for each decision.
#[must_use]
pub fn credited(
	whole: &Evidence,
	pair: &Held,
	side: Side,
	amount: Amount,
	limit: Amount,
	now: u64,
) -> (Evidence, Held) {
	let (before, after) = (pair.at(now), pair.with(side, amount, limit, now));
	let (counts, current) = (after.at(now), whole.at(now));
	let changed = |whole: Amount, before: Amount, after: Amount| whole.saturating_add(after).saturating_sub(before);
	let whole = Evidence {
		alpha: changed(current.alpha, before.alpha, counts.alpha),
		beta: changed(current.beta, before.beta, counts.beta),
		..current
	};
	(whole, after)
}

/// What a decision for `outcome` adds to a judge's history, that gave a verdict on `side`: to the whole, and to the part of it
/// that comes of one author's records, `pair`. A verdict on neither side changes nothing.
///
/// `pair` is held to `limit` as in [`credited`]: with one author's records nobody becomes a judge that weighs. The history
/// makes the weight of the judge's votes ([`Weight::of_judge`]) and is never evidence about the judge as a source.
#[must_use]
pub fn judged(
	whole: &Evidence,
	pair: &Held,
	side: Option<Side>,
	outcome: Side,
	limit: Amount,
	now: u64,
) -> (Evidence, Held) {
	let agreed = |side| if side == outcome { Side::For } else { Side::Against };
	side.map_or((*whole, *pair), |side| credited(whole, pair, agreed(side), Amount::ONE, limit, now))
}
