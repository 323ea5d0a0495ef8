//! How strict objects of earlier batches are, for what refers to them later.

use super::store::{self, Identity};
use crate::position::{short_hash, ShortHash};
use alloc::{collections::BTreeMap, vec::Vec};
use codec::Encode;
use cti_primitives::{FeedId, Tlp};
use cti_stix::Object;

/// Most entries kept for one feed, some 300 kB. The least strict go first, the oldest of them before the others: what
/// refers to an object that is forgotten travels under the marking it has without it.
const MAX: usize = 16_384;

/// What is remembered of an id.
#[derive(Clone, Copy, Encode)]
enum Of {
	/// An object has it.
	Object,
	/// An object lists it.
	Listing,
}

fn name(of: Of, id: &str) -> ShortHash {
	short_hash(&(of, id.to_ascii_lowercase()).encode())
}

/// For each name and marking the index of the first batch that gave it.
type Known = BTreeMap<(ShortHash, Tlp), u64>;

/// Objects of one feed that are stricter than CLEAR, without those that only have the feed's default.
#[derive(Debug)]
pub(crate) struct Earlier {
	feed: FeedId,
	source: Identity,
	/// [`Frontier::index`](store::Frontier::index) of the batch under way. What a batch and those after it gave does not
	/// count for it: else it would come out otherwise when it is read again.
	index: u64,
	known: Known,
	/// There is something to write down.
	is_new: bool,
}

impl cti_stix::Earlier for Earlier {
	fn of(&self, id: &str) -> Option<Tlp> {
		self.strictest(name(Of::Object, id))
	}

	fn listing(&self, id: &str) -> Option<Tlp> {
		self.strictest(name(Of::Listing, id))
	}
}

impl Earlier {
	/// What is kept for `feed` of this source, for the batch at `index`.
	pub(crate) fn load(feed: FeedId, source: Identity, index: u64) -> Self {
		let kept = store::get::<(Identity, Known)>(&Self::key(feed)).filter(|(of, _)| *of == source);
		// Also that nothing is strict is written down: it is not the same as not to know.
		let is_new = kept.is_none();
		Self { feed, source, index, known: kept.map(|(_, known)| known).unwrap_or_default(), is_new }
	}

	/// Was anything written down of this source, be it that nothing is strict?
	pub(crate) fn is_kept(feed: FeedId, source: Identity) -> bool {
		store::get::<Identity>(&Self::key(feed)) == Some(source)
	}

	/// Forgets all.
	pub(crate) fn forget(feed: FeedId) {
		store::clear(&Self::key(feed));
	}

	fn key(feed: FeedId) -> Vec<u8> {
		store::feed_key(feed, "strict")
	}

	fn strictest(&self, name: ShortHash) -> Option<Tlp> {
		let entries = self.known.range((name, Tlp::Clear)..=(name, Tlp::Red)).rev();
		entries.filter(|(_, at)| **at < self.index).map(|((_, tlp), _)| *tlp).next()
	}

	/// Remembers the object and what it lists, if it can raise anything.
	pub(crate) fn remember(&mut self, object: &Object, tlp: Tlp) {
		if tlp == Tlp::Clear {
			return;
		}
		let listed = object.listed().iter().map(|id| name(Of::Listing, id));
		for name in listed.chain([name(Of::Object, &object.id)]) {
			let first = self.known.entry((name, tlp)).or_insert(u64::MAX);
			if self.index < *first {
				*first = self.index;
				self.is_new = true;
			}
		}
	}

	/// Writes down what was learnt.
	pub(crate) fn save(mut self) {
		if !self.is_new {
			return;
		}
		let mut least: Vec<_> = self.known.iter().map(|(key, at)| (key.1, *at, *key)).collect();
		least.sort_unstable();
		least.truncate(least.len().saturating_sub(MAX));
		for (.., key) in &least {
			self.known.remove(key);
		}
		store::set(&Self::key(self.feed), &(self.source, &self.known));
	}
}
