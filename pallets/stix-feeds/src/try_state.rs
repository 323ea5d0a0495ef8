//! What always holds.

use crate::{
	pallet::{Config, Feeds, FeedsOf, NextFeedId, Pallet},
	position::Position,
	types::MAX_FEEDS,
};
use alloc::collections::BTreeMap;
use frame::deps::sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	pub(crate) fn do_try_state() -> Result<(), TryRuntimeError> {
		Self::ids_are_below_the_next()?;
		Self::counts_equal_feeds()?;
		Self::feeds_are_sound()
	}

	/// No feed has the id the next one gets, or a later one.
	fn ids_are_below_the_next() -> Result<(), TryRuntimeError> {
		let next = NextFeedId::<T>::get();
		if Feeds::<T>::iter_keys().any(|id| id >= next) {
			return Err("a feed has an id that was not given out".into());
		}
		Ok(())
	}

	/// Every member's count is the number of its feeds, at most the limit, and never a stored zero.
	fn counts_equal_feeds() -> Result<(), TryRuntimeError> {
		let mut counts = BTreeMap::new();
		for feed in Feeds::<T>::iter_values() {
			let count: &mut u32 = counts.entry(feed.owner).or_default();
			*count = count.saturating_add(1);
		}
		if counts.values().any(|count| *count > MAX_FEEDS) {
			return Err("a member has more feeds than it may have".into());
		}
		if counts != FeedsOf::<T>::iter().collect::<BTreeMap<_, _>>() {
			return Err("a member's count of feeds is not the number of its feeds".into());
		}
		Ok(())
	}

	/// A feed's settings agree, and it has a position exactly when it has published.
	fn feeds_are_sound() -> Result<(), TryRuntimeError> {
		for feed in Feeds::<T>::iter_values() {
			Self::check_settings(&feed.settings).map_err(TryRuntimeError::from)?;
			let sound = match feed.sequence {
				0 => feed.position.is_empty(),
				_ => Position::decode_from(&feed.position).is_some(),
			};
			if !sound {
				return Err("a feed's position does not fit its sequence".into());
			}
		}
		Ok(())
	}
}
