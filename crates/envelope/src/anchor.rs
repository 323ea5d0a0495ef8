//! An envelope that lies elsewhere, as the chain knows it.

use crate::{
	hash,
	header::{Header, Parsed},
};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use cti_primitives::Hash;
use scale_info::TypeInfo;

/// All of an envelope but its wraps and its body, of which it has the hashes: enough to check it as if it were there, and to
/// compute its id. Whoever fetches the bytes knows by that id whether they are the ones.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Anchor {
	/// The public part.
	pub header: Header,
	/// BLAKE2b-256 of the wraps.
	pub wraps: Hash,
	/// BLAKE2b-256 of the body.
	pub body: Hash,
}

impl Anchor {
	/// Of an envelope that is here.
	pub fn of(envelope: &Parsed) -> Self {
		Self {
			header: envelope.header.clone(),
			wraps: hash::blake2_256(envelope.wraps),
			body: hash::blake2_256(envelope.body),
		}
	}

	/// The envelope's id.
	pub fn id(&self) -> Hash {
		self.id_with(hash::blake2_256)
	}

	/// Like [`Self::id`], with the caller's BLAKE2b-256.
	pub fn id_with(&self, blake2_256: impl Fn(&[u8]) -> Hash) -> Hash {
		hash::id(&self.header.encode(), &self.wraps, &self.body, blake2_256)
	}

	/// Bytes of the envelope.
	pub fn envelope_len(&self) -> u64 {
		self.header.envelope_len(self.header.encoded_size())
	}
}
