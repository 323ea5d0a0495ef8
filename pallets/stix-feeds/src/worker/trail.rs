//! The hash of a file up to its last object, while the file goes by.

use crate::position::PrefixHash;
use alloc::vec::Vec;

/// Bytes after an object that are kept unhashed.
const TAIL_BYTES: usize = 1 << 20;

/// Follows the file's hash to the end of each object.
#[derive(Debug)]
pub(crate) struct Trail {
	/// Up to the end of the last object.
	pub(crate) hash: PrefixHash,
	/// The same and bytes after it that are no longer kept.
	ahead: Option<PrefixHash>,
	/// Bytes after those; the first `done` of them are in the hash.
	tail: Vec<u8>,
	done: usize,
}

impl Trail {
	/// From an object's end on, with what came after it.
	pub(crate) fn new(hash: PrefixHash, tail: Vec<u8>) -> Self {
		Self { hash, ahead: None, tail, done: 0 }
	}

	pub(crate) fn push(&mut self, bytes: &[u8]) {
		self.tail.drain(..self.done);
		self.done = 0;
		self.tail.extend_from_slice(bytes);
	}

	/// An object ended at byte `end` of the file.
	pub(crate) fn advance(&mut self, end: u64) {
		if let Some(ahead) = self.ahead.take() {
			self.hash = ahead;
		}
		let count = usize::try_from(end.saturating_sub(self.hash.len())).unwrap_or(usize::MAX);
		let to = self.done.saturating_add(count);
		self.hash.update(self.tail.get(self.done..to).unwrap_or_default());
		self.done = to.min(self.tail.len());
	}

	/// Keeps what follows the last object small: white space, or an object that is too large, may be endless.
	pub(crate) fn shrink(&mut self) {
		let rest = self.tail.get(self.done..).unwrap_or_default();
		if rest.len() > TAIL_BYTES {
			let ahead = self.ahead.get_or_insert_with(|| self.hash.clone());
			ahead.update(rest);
			self.tail.clear();
			self.done = 0;
		}
	}
}
