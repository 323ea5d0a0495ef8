//! How long an envelope will be, before anything is sealed.

use crate::{
	content::compact_len,
	header::{body_len, padded_len, Author, MAX_AUDIENCE, MAX_OBJECTS},
};
use codec::Encode;
use cti_primitives::{MemberId, Tlp, WRAP_LEN};

/// Header bytes of one audience entry.
const AUDIENCE_ENTRY_LEN: usize = 8;

/// Fills an envelope: says what fits without sealing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Packing {
	/// Bytes of header and wraps.
	fixed: usize,
	objects: u32,
	/// Bytes of the objects, each with its length in front.
	content: u64,
}

impl Packing {
	/// An empty envelope by `author`, to so many groups and with so many direct wraps, padding included (see
	/// [`crate::padded_direct`]).
	pub fn new(author: &Author, groups: usize, direct: usize) -> Self {
		let version_to_genesis = 2usize.saturating_add(32);
		let header = version_to_genesis
			.saturating_add(author.encoded_size())
			.saturating_add(Tlp::Clear.encoded_size())
			.saturating_add(compact_len(u32::try_from(groups).unwrap_or(u32::MAX)))
			.saturating_add(groups.saturating_mul(AUDIENCE_ENTRY_LEN))
			// direct; salt, commitment, reader_key, objects_root; leaves, padded_len
			.saturating_add(1 + 4 * 32 + 2 * 4);
		let wraps = groups.saturating_add(direct).saturating_mul(WRAP_LEN);
		Self { fixed: header.saturating_add(wraps), objects: 0, content: 0 }
	}

	/// How many objects are in it.
	pub const fn objects(&self) -> u32 {
		self.objects
	}

	/// This with one object more; `None` if the envelope would be longer than `limit` or hold too many objects.
	pub fn with(self, object_len: usize, limit: usize) -> Option<Self> {
		let next = self.add(object_len)?;
		(next.objects <= MAX_OBJECTS && next.sealed_len()? <= limit).then_some(next)
	}

	/// Bytes of the sealed envelope; `None` if that is more than an envelope can count.
	pub fn sealed_len(&self) -> Option<usize> {
		let content = self.content.checked_add(compact_len(self.objects) as u64)?;
		let padded = padded_len(u32::try_from(content).ok()?)?;
		self.fixed.checked_add(usize::try_from(body_len(padded)).ok()?)
	}

	fn add(self, object_len: usize) -> Option<Self> {
		let object_len = u32::try_from(object_len).ok()?;
		let content = self.content.checked_add(u64::from(object_len))?.checked_add(compact_len(object_len) as u64)?;
		Some(Self { objects: self.objects.checked_add(1)?, content, ..self })
	}
}

/// Bytes of a member's envelope with objects of these lengths and so many wraps, all of them for groups while there are
/// at most [`MAX_AUDIENCE`]: a direct wrap instead makes it 8 bytes shorter. [`Packing`] is exact for every envelope.
/// `usize::MAX` if no envelope can hold them.
pub fn sealed_len(object_lens: impl Iterator<Item = usize>, wraps: usize) -> usize {
	let groups = wraps.min(usize::try_from(MAX_AUDIENCE).unwrap_or(usize::MAX));
	let mut lens = object_lens;
	lens.try_fold(Packing::new(&Author::Member(MemberId(0)), groups, wraps.saturating_sub(groups)), Packing::add)
		.and_then(|packing| packing.sealed_len())
		.unwrap_or(usize::MAX)
}
