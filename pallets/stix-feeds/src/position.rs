//! Where in its source a feed stands: at most 64 bytes on chain, enough for a node with an empty disk to go on.
//!
//! The worker takes a source in *batches* of objects. A batch may need several pages, because its objects have several
//! effective markings or are more than an envelope holds; [`Progress`] says how far into its batch a feed is. All of a
//! batch of lower marking come before those of a higher one, each in the source's order.
//!
//! A position names the one it follows ([`Link`]), and the chain accepts a page only at the end of that chain. Two nodes,
//! or a node and its own forgotten past, may cut a source into pages differently: none of them can then leave out an
//! object or publish it twice.

use crate::{moment::Moment, types::PositionBytes};
use codec::{Decode, DecodeAll, DecodeWithMemTracking, Encode, MaxEncodedLen};
use cti_primitives::Tlp;
use frame::deps::sp_io::hashing::{blake2_128, blake2_256};
use scale_info::TypeInfo;

/// The only version of the encoding, its first byte.
pub const VERSION: u8 = 1;

/// First 8 bytes of the hash of something.
pub type ShortHash = [u8; 8];

/// Names a position by its bytes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Link(pub ShortHash);

impl Link {
	/// The link to a position; of no bytes for the beginning.
	pub fn to(position: &[u8]) -> Self {
		Self(short_hash(position))
	}
}

/// First 8 bytes of the BLAKE2b-128 hash of `bytes`.
pub fn short_hash(bytes: &[u8]) -> ShortHash {
	let [a, b, c, d, e, f, g, h, ..] = blake2_128(bytes);
	[a, b, c, d, e, f, g, h]
}

/// A place between two objects of a source.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub enum Place {
	/// In a TAXII collection, whose objects are ordered by when they were added.
	Collection {
		/// First bytes of the hash of the collection's id: another collection is another source.
		collection: [u8; 4],
		/// Objects added up to here are done.
		added_after: Option<Moment>,
		/// Objects done of those added later.
		skip: u32,
		/// Short hash of the last object done, zeros before the first.
		last: ShortHash,
	},
	/// In a file.
	File {
		/// Bytes done.
		offset: u64,
		/// Hash of those bytes, see [`PrefixHash`].
		prefix: [u8; 16],
	},
}

/// How far into a batch a feed is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Progress {
	/// Objects in the batch, the refused ones among them.
	pub count: u16,
	/// Objects of a lower marking are done.
	pub tlp: Tlp,
	/// Objects of this marking are done up to this one of the batch.
	pub done: u16,
	/// First bytes of the hash of all the batch's markings: if it comes out otherwise, the batch was split otherwise.
	pub markings: [u8; 4],
}

/// Where in its source a feed stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Position {
	/// The position before this one.
	pub follows: Link,
	/// Before the batch under way, or after the last one.
	pub place: Place,
	/// The batch under way.
	pub progress: Option<Progress>,
}

impl Position {
	/// As it is stored on chain: a version byte and the SCALE encoding.
	pub fn encode_to(&self) -> PositionBytes {
		PositionBytes::truncate_from((VERSION, self).encode())
	}

	/// Reads what [`encode_to`](Self::encode_to) wrote; `None` for anything else.
	pub fn decode_from(bytes: &[u8]) -> Option<Self> {
		match bytes.split_first()? {
			(&VERSION, mut rest) => Self::decode_all(&mut rest).ok(),
			_ => None,
		}
	}
}

/// Hash of a file's first bytes for any number of them, made as they come: the file is hashed in blocks, each with the
/// hash before it, so that a host's hash function does the work and nothing is kept but one block.
#[derive(Clone, PartialEq, Eq, Debug, Default, Encode, Decode)]
pub struct PrefixHash {
	/// Hash over the whole blocks so far.
	chain: [u8; 32],
	/// Whole blocks so far.
	blocks: u64,
	/// The block under way.
	tail: alloc::vec::Vec<u8>,
}

impl PrefixHash {
	/// Bytes of a block.
	pub const BLOCK: usize = 65_536;

	/// Takes the file's next bytes.
	pub fn update(&mut self, mut bytes: &[u8]) {
		while !bytes.is_empty() {
			let room = Self::BLOCK.saturating_sub(self.tail.len());
			let (taken, rest) = bytes.split_at_checked(room).unwrap_or((bytes, &[]));
			self.tail.extend_from_slice(taken);
			bytes = rest;
			if self.tail.len() == Self::BLOCK {
				self.chain = blake2_256(&(self.chain, self.blocks, &self.tail).encode());
				self.blocks = self.blocks.saturating_add(1);
				self.tail.clear();
			}
		}
	}

	/// Bytes taken so far.
	pub fn len(&self) -> u64 {
		self.blocks.saturating_mul(Self::BLOCK as u64).saturating_add(self.tail.len() as u64)
	}

	/// Has nothing been taken?
	pub fn is_empty(&self) -> bool {
		self.len() == 0
	}

	/// The hash of what was taken.
	pub fn value(&self) -> [u8; 16] {
		blake2_128(&(self.chain, self.blocks, &self.tail).encode())
	}

	/// The state at the beginning of the block under way: what a node keeps to go on from there.
	pub fn at_block(&self) -> Self {
		Self { tail: alloc::vec::Vec::new(), ..*self }
	}
}
