//! How strict objects of earlier batches are, for what refers to them later.

use super::store;
use crate::position::{short_hash, ShortHash};
use alloc::{collections::BTreeMap, vec::Vec};
use codec::Encode;
use cti_primitives::{FeedId, Tlp};
use cti_stix::Object;

/// Most entries kept for one feed, some 300 kB. The least strict go first, the oldest of them before the others.
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

/// Objects of one feed that are stricter than CLEAR, without those that only have the feed's default.
#[derive(Debug)]
pub(crate) struct Earlier {
	feed: FeedId,
	/// [`Frontier::index`](store::Frontier::index) of the batch under way. What a batch and those after it gave does not
	/// count for it: else it would come out otherwise when it is read again.
	index: u64,
	/// For each name and marking the index of the first batch that gave it.
	known: BTreeMap<(ShortHash, Tlp), u64>,
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
	/// What is kept for `feed`, for the batch at `index`.
	pub(crate) fn load(feed: FeedId, index: u64) -> Self {
		Self { feed, index, known: store::get(&Self::key(feed)).unwrap_or_default(), is_new: false }
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
		store::set(&Self::key(self.feed), &self.known);
	}
}
