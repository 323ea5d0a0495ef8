//! BLAKE2b-256 and HKDF-SHA256, the two functions every value of the protocol comes from.

use alloc::vec::Vec;
use blake2::{digest::consts::U32, Blake2b, Digest};
use cti_primitives::Hash;
use hkdf::Hkdf;
use sha2::Sha256;
use zeroize::Zeroizing;

const HEADER_LABEL: &[u8] = b"cti/v1/header";
const ID_LABEL: &[u8] = b"cti/v1/id";

/// BLAKE2b with 32 bytes out.
pub(crate) fn blake2_256(bytes: &[u8]) -> Hash {
	Blake2b::<U32>::digest(bytes).into()
}

/// BLAKE2b-256 of the parts one after another.
pub(crate) fn concat(parts: &[&[u8]]) -> Hash {
	let mut hasher = Blake2b::<U32>::new();
	for part in parts {
		hasher.update(part);
	}
	hasher.finalize().into()
}

/// `hh` of an encoded header.
pub(crate) fn header(encoded: &[u8]) -> Hash {
	concat(&[HEADER_LABEL, encoded])
}

/// An envelope's id, of its encoded header and the hashes of its wraps and its body.
pub(crate) fn id(header: &[u8], wraps: &Hash, body: &Hash, blake2_256: impl Fn(&[u8]) -> Hash) -> Hash {
	let mut preimage = Vec::with_capacity(HEADER_LABEL.len().saturating_add(header.len()));
	preimage.extend_from_slice(HEADER_LABEL);
	preimage.extend_from_slice(header);
	let header = blake2_256(&preimage);
	preimage.clear();
	preimage.extend_from_slice(ID_LABEL);
	preimage.extend_from_slice(&header);
	preimage.extend_from_slice(wraps);
	preimage.extend_from_slice(body);
	blake2_256(&preimage)
}

/// HKDF after its extraction: one input and salt, many labels.
pub(crate) struct Derivation(Hkdf<Sha256>);

impl Derivation {
	pub(crate) fn new(input: &[u8; 32], salt: &[u8; 32]) -> Self {
		Self(Hkdf::new(Some(salt), input))
	}

	/// The 32 or 64 bytes for the info that the parts make one after another.
	#[allow(clippy::expect_used)]
	pub(crate) fn expand<const N: usize>(&self, info: &[&[u8]]) -> Zeroizing<[u8; N]> {
		const { assert!(N == 32 || N == 64) };
		let mut out = Zeroizing::new([0; N]);
		self.0.expand_multi_info(info, out.as_mut()).expect("at most 64 bytes out, HKDF-SHA256 gives 8160; qed");
		out
	}
}
