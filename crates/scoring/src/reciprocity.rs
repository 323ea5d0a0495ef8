//! Given and taken.

use crate::Millionths;
use alloc::vec::Vec;

/// How much a member's records were of use to others, `given`, for each use that it made of theirs, `taken`: `(given + 1) /
/// (taken + 1)`, rounded down to a millionth. One for who has neither given nor taken.
pub fn reciprocity(given: u64, taken: u64) -> Millionths {
	let plus_one = |uses: u64| u128::from(uses).saturating_add(1);
	Millionths::ratio(plus_one(given), plus_one(taken)).unwrap_or_default()
}

/// Divides `amount` in proportion to `parts`, each rounded down: together never more than `amount`. Nothing if there are no
/// parts.
pub fn divided(amount: u128, parts: &[u32]) -> Vec<u128> {
	let all = parts.iter().map(|part| u128::from(*part)).fold(0, u128::saturating_add);
	let share = |part: &u32| {
		let part = u128::from(*part);
		let whole = amount.checked_div(all)?.checked_mul(part)?;
		let rest = amount.checked_rem(all)?.checked_mul(part)?.checked_div(all)?;
		whole.checked_add(rest)
	};
	parts.iter().map(|part| share(part).unwrap_or(0)).collect()
}
