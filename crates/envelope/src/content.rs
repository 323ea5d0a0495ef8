//! The plaintext: objects in SCALE, padded with zeros. And the body, which is the plaintext sealed in chunks.

use crate::{
	hash::Derivation,
	header::{self, CHUNK_LEN, MAX_OBJECTS, TAG_LEN},
	open::OpenError,
	seal::SealError,
};
use alloc::vec::Vec;
use chacha20poly1305::{aead::AeadInOut, ChaCha20Poly1305, KeyInit, Nonce, Tag};
use codec::{Compact, CompactLen, Decode, Encode};
use cti_primitives::Hash;

/// Bytes of `len` in SCALE's compact form.
pub(crate) fn compact_len(len: u32) -> usize {
	Compact::<u32>::compact_len(&len)
}

/// The objects as SCALE `Vec<Vec<u8>>`, padded.
pub(crate) fn encode(objects: &[&[u8]]) -> Result<Vec<u8>, SealError> {
	let count = match u32::try_from(objects.len()) {
		Ok(0) => return Err(SealError::NoObjects),
		Ok(count) if count <= MAX_OBJECTS => count,
		_ => return Err(SealError::TooManyObjects(objects.len())),
	};
	let mut len = compact_len(count) as u64;
	for object in objects {
		let object_len = u32::try_from(object.len()).map_err(|_| SealError::TooLarge)?;
		len = len.saturating_add(u64::from(object_len)).saturating_add(compact_len(object_len) as u64);
	}
	let padded = u32::try_from(len).ok().and_then(header::padded_len).ok_or(SealError::TooLarge)?;
	let padded = usize::try_from(padded).map_err(|_| SealError::TooLarge)?;
	let mut plaintext = Vec::with_capacity(padded);
	Compact(count).encode_to(&mut plaintext);
	for object in objects {
		object.encode_to(&mut plaintext);
	}
	plaintext.resize(padded, 0);
	Ok(plaintext)
}

/// The objects of a plaintext, whose padding must be exactly what [`encode`] makes.
pub(crate) fn decode(plaintext: &[u8]) -> Result<Vec<Vec<u8>>, OpenError> {
	let mut rest = plaintext;
	let Compact(count) = Compact::<u32>::decode(&mut rest).map_err(|_| OpenError::UnreadableObjects)?;
	if count == 0 || count > MAX_OBJECTS {
		return Err(OpenError::UnreadableObjects);
	}
	let mut objects = Vec::new();
	for _ in 0..count {
		objects.push(read_object(&mut rest).ok_or(OpenError::UnreadableObjects)?);
	}
	let content_len = u32::try_from(plaintext.len().saturating_sub(rest.len())).ok();
	let padded = content_len.and_then(header::padded_len).and_then(|len| usize::try_from(len).ok());
	if padded != Some(plaintext.len()) || rest.iter().any(|byte| *byte != 0) {
		return Err(OpenError::WrongPadding);
	}
	Ok(objects)
}

fn read_object(rest: &mut &[u8]) -> Option<Vec<u8>> {
	let Compact(len) = Compact::<u32>::decode(rest).ok()?;
	let (object, after) = rest.split_at_checked(usize::try_from(len).ok()?)?;
	*rest = after;
	Some(object.to_vec())
}

/// STREAM over ChaCha20-Poly1305: chunks are numbered and the last one is marked, so that none can be moved, left out or
/// appended.
pub(crate) struct Stream {
	cipher: ChaCha20Poly1305,
	header_hash: Hash,
}

impl Stream {
	pub(crate) fn new(content: &Derivation, header_hash: Hash) -> Self {
		let key = content.expand::<32>(&[b"cti/v1/payload"]);
		Self { cipher: ChaCha20Poly1305::new((&*key).into()), header_hash }
	}

	/// Appends the sealed plaintext to `out`. `None` if memory's bounds do not hold, which they do.
	pub(crate) fn seal(&self, plaintext: &[u8], out: &mut Vec<u8>) -> Option<()> {
		let mut chunks = plaintext.chunks(CHUNK_LEN).enumerate().peekable();
		while let Some((i, chunk)) = chunks.next() {
			let nonce = nonce(i, chunks.peek().is_none());
			let start = out.len();
			out.extend_from_slice(chunk);
			let sealed = out.get_mut(start..)?;
			let tag = self.cipher.encrypt_inout_detached(&nonce, &self.header_hash, sealed.into()).ok()?;
			out.extend_from_slice(&tag);
		}
		Some(())
	}

	/// The plaintext, once every tag has verified; `None` otherwise.
	pub(crate) fn open(&self, body: &[u8]) -> Option<Vec<u8>> {
		let mut plaintext = Vec::with_capacity(body.len());
		let mut chunks = body.chunks(CHUNK_LEN.saturating_add(TAG_LEN)).enumerate().peekable();
		while let Some((i, chunk)) = chunks.next() {
			let nonce = nonce(i, chunks.peek().is_none());
			let (sealed, tag) = chunk.split_last_chunk::<TAG_LEN>()?;
			let start = plaintext.len();
			plaintext.extend_from_slice(sealed);
			let opened = plaintext.get_mut(start..)?;
			let tag = Tag::from(*tag);
			self.cipher.decrypt_inout_detached(&nonce, &self.header_hash, opened.into(), &tag).ok()?;
		}
		Some(plaintext)
	}
}

/// Eleven bytes of counter, big endian, and the mark of the last chunk.
fn nonce(chunk: usize, last: bool) -> Nonce {
	let numbered = (chunk as u128) << 8 | u128::from(last);
	let [_, _, _, _, nonce @ ..] = numbered.to_be_bytes();
	nonce.into()
}
