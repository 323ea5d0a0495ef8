//! From a decided record to evidence about its author and about its judges.

use crate::{tally::Tally, Amount, Evidence, Side, Weight};
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

/// What a decision adds to what is known of its author: to the evidence that comes from one voter, `pair`, and to the
/// author's evidence as a whole.
///
/// `pair` never grows beyond `limit` (see [`pair_limit`]), and the whole only by as much as `pair` did: however many of its
/// records a voter praises, and however often, it has said so once.
#[must_use]
pub fn credited(
	whole: &Evidence,
	pair: &Evidence,
	side: Side,
	amount: Amount,
	limit: Amount,
	now: u64,
) -> (Evidence, Evidence) {
	let before = pair.at(now);
	let after = before.with(side, amount, limit, now);
	let gained = after.on(side).saturating_sub(before.on(side));
	(whole.with(side, gained, Evidence::LIMIT, now), after)
}

/// A judge's history after a decision for `outcome` on a record of which it gave a verdict on `side`. A verdict on neither
/// side changes nothing.
///
/// It makes the weight of the judge's votes ([`Weight::of_judge`]) and is never evidence about the judge as a source.
#[must_use]
pub fn judged(history: &Evidence, side: Option<Side>, outcome: Side, now: u64) -> Evidence {
	match side {
		Some(side) if side == outcome => history.confirmed(Amount::ONE, now),
		Some(_) => history.refuted(Amount::ONE, now),
		None => *history,
	}
}
