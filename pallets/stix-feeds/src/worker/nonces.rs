//! Which numbers the transactions of an account have. Feeds that one account publishes for share them.

use super::{
	lease::Lease,
	store::{self, LocalFeed},
};
use alloc::{collections::BTreeSet, vec::Vec};
use codec::{Decode, Encode};
use cti_primitives::FeedId;

/// Milliseconds to wait for another feed of the same account.
pub(crate) const PATIENCE_MS: u64 = 2_000;

/// As they are kept.
#[derive(Debug, Default, Encode, Decode)]
struct Kept {
	/// Numbers that are under way, and whose pages have them.
	used: Vec<(u32, FeedId)>,
	/// Block at which all were last forgotten.
	cleared: u64,
}

/// The numbers of an account's transactions under way. One run at a time has them.
#[derive(Debug)]
pub(crate) struct Nonces {
	key: Vec<u8>,
	kept: Kept,
	_lease: Lease,
}

impl Nonces {
	/// The numbers of `account`; `None` if other feeds hold them for `patience` milliseconds.
	pub(crate) fn lock(account: &[u8], patience: u64) -> Option<Self> {
		let key = [b"testudo/account/".as_slice(), account].concat();
		let lease = Lease::wait([key.as_slice(), b"/lease"].concat(), patience)?;
		let kept = store::get(&key).unwrap_or_default();
		Some(Self { key, kept, _lease: lease })
	}

	/// The number a page of `feed` had, or the first free one after `own`: those of the pages before it.
	pub(crate) fn choose(&mut self, feed: FeedId, had: Option<u32>, own: &BTreeSet<u32>, next: u32) -> u32 {
		self.kept.used.retain(|(nonce, of)| *nonce >= next && (*of != feed || own.contains(nonce)));
		if let Some(had) = had {
			self.kept.used.retain(|(nonce, _)| *nonce != had);
			return had;
		}
		let first = own.last().map_or(next, |last| last.saturating_add(1).max(next));
		let taken: BTreeSet<u32> = self.kept.used.iter().map(|(nonce, _)| *nonce).collect();
		(first..u32::MAX).find(|nonce| !taken.contains(nonce)).unwrap_or(first)
	}

	/// The pool took a page of `feed` with this number.
	pub(crate) fn note(&mut self, nonce: u32, feed: FeedId) {
		self.kept.used.push((nonce, feed));
		self.save();
	}

	/// Forgets all numbers, unless another feed did in the last `blocks`: none of them lands, so one of them is missing.
	pub(crate) fn clear(&mut self, block: u64, blocks: u64) {
		if block >= self.kept.cleared.saturating_add(blocks) {
			self.kept = Kept { used: Vec::new(), cleared: block };
			self.save();
		}
	}

	fn save(&self) {
		store::set(&self.key, &self.kept);
	}
}

/// Gives back the numbers of the feed's pages under way: the pool drops what the chain does not accept, and no number
/// after theirs can be used before they are. If another feed holds the numbers now, the next run does it.
pub(crate) fn release(local: &mut LocalFeed, feed: FeedId) {
	let is_held = local.pages.iter().any(|page| page.landed.is_none() && page.nonce.is_some());
	let Some(mut nonces) = is_held.then(|| Nonces::lock(&local.signer, 0)).flatten() else { return };
	nonces.kept.used.retain(|(_, of)| *of != feed);
	nonces.save();
	local.pages.iter_mut().filter(|page| page.landed.is_none()).for_each(|page| page.nonce = None);
}
