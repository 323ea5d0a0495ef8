//! What the newest block says of the feeds. A run works on the state of its own block for seconds; the runs of later
//! blocks tell it here how far the chain has come.

use super::{now, store, Run};
use crate::pallet::{Config, Feeds};
use alloc::vec::Vec;
use codec::{Decode, Encode};
use cti_primitives::{feed::FeedConfig, Epoch, FeedId, Groups, Hash};

const KEY: &[u8] = b"testudo/tip";
/// Milliseconds after which a tip says nothing any more: the chain may have been rolled back.
const STALE_MS: u64 = 30_000;

#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
struct Tip {
	genesis: Hash,
	block: u64,
	/// Unix milliseconds.
	at: u64,
	feeds: Vec<FeedTip>,
}

/// What a block says of one feed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub(crate) struct FeedTip {
	feed: FeedId,
	/// The block.
	pub(crate) block: u64,
	/// The feed's next number.
	pub(crate) sequence: u64,
	/// The epoch of the feed's group; `None` while it waits for a rekey.
	pub(crate) epoch: Option<Epoch>,
}

/// Tells other runs what this block says. `false` if a later block has told already: there is nothing to do for this one.
pub(crate) fn announce<T: Config>(run: &Run, configs: &[FeedConfig]) -> bool {
	let at = now();
	let known = store::get::<Tip>(KEY).filter(|tip| tip.genesis == run.genesis && at < tip.at.saturating_add(STALE_MS));
	if known.is_some_and(|tip| tip.block > run.block) {
		return false;
	}
	let feeds = configs.iter().filter_map(|config| {
		let feed = Feeds::<T>::get(config.id)?;
		let epoch = T::Groups::sealing_key(feed.settings.group).map(|(epoch, _)| epoch);
		Some(FeedTip { feed: config.id, block: run.block, sequence: feed.sequence, epoch })
	});
	store::set(KEY, &Tip { genesis: run.genesis, block: run.block, at, feeds: feeds.collect() });
	true
}

/// What the newest block known says of `feed`.
pub(crate) fn of(genesis: Hash, feed: FeedId) -> Option<FeedTip> {
	let tip = store::get::<Tip>(KEY).filter(|tip| tip.genesis == genesis)?;
	tip.feeds.into_iter().find(|known| known.feed == feed)
}
