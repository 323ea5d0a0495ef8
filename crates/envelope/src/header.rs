//! What an envelope says in public, and the checks anybody can make without a key.

use crate::hash;
use alloc::vec::Vec;
use bounded_collections::{BoundedVec, ConstU32};
use codec::{Compact, Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use core::fmt;
use cti_primitives::{Epoch, GroupId, Hash, MemberId, Tlp, WRAP_LEN};
use scale_info::TypeInfo;

/// The only version of the envelope.
pub const VERSION: u8 = 1;
/// The only suite: X-Wing, HKDF-SHA256, ChaCha20Poly1305, BLAKE2b-256, Ed25519.
pub const SUITE: u8 = 1;
/// Most groups one envelope is sealed to.
pub const MAX_AUDIENCE: u32 = 4;
/// Most direct wraps of one envelope, padding included.
pub const MAX_DIRECT: u8 = 16;
/// Most objects one envelope holds.
pub const MAX_OBJECTS: u32 = 65_536;
/// Most bytes of `header | wraps | body` that the chain accepts. Sealing and opening have no such bound.
pub const MAX_PAYLOAD: usize = 262_144;

/// Bytes of plaintext in every chunk of the body but the last.
pub(crate) const CHUNK_LEN: usize = 65_536;
/// Bytes that authentication adds to a chunk.
pub(crate) const TAG_LEN: usize = 16;
/// Bytes of the shortest padded plaintext.
const MIN_PADDED_LEN: u32 = 4_096;

/// Who an envelope is by.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub enum Author {
	/// A member, under its own name.
	Member(MemberId),
	/// A member under an alias.
	Pseudonym([u8; 32]),
}

/// The groups an envelope is sealed to, each at one epoch; ascending by group.
pub type Audience = BoundedVec<(GroupId, Epoch), ConstU32<MAX_AUDIENCE>>;

/// The public part of an envelope. Everything in it is authenticated by every wrap and every chunk.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Header {
	/// [`VERSION`].
	pub version: u8,
	/// [`SUITE`].
	pub suite: u8,
	/// Hash of the chain's block 0.
	pub genesis: Hash,
	/// Who it is by.
	pub author: Author,
	/// How far its content may travel.
	pub tlp: Tlp,
	/// The groups that can open it.
	pub audience: Audience,
	/// How many wraps follow those of the audience: single recipients and padding.
	pub direct: u8,
	/// Salt of every derivation from the content key.
	pub salt: [u8; 32],
	/// Commits to the content key.
	pub commitment: [u8; 32],
	/// Ed25519 key with which whoever can read signs.
	pub reader_key: [u8; 32],
	/// Merkle root over the objects.
	pub objects_root: Hash,
	/// Leaves of that tree, a power of two.
	pub leaves: u32,
	/// Bytes of the plaintext with its padding.
	pub padded_len: u32,
}

/// Why a payload is not a well-formed envelope.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum HeaderError {
	/// The bytes end inside the header, or hold an unknown author kind or marking.
	Unreadable,
	/// Of another version.
	UnknownVersion(u8),
	/// Of another suite.
	UnknownSuite(u8),
	/// More than [`MAX_AUDIENCE`] groups.
	TooManyGroups(u32),
	/// The groups are not ascending, or one is there twice.
	AudienceNotAscending,
	/// More than [`MAX_DIRECT`] direct wraps.
	TooManyDirect(u8),
	/// The direct wraps are not ascending by their bytes, or one is there twice.
	DirectNotAscending,
	/// Neither a group nor a direct recipient.
	NoRecipient,
	/// The number of leaves is no power of two up to [`MAX_OBJECTS`].
	InvalidLeaves(u32),
	/// The plaintext's length is not one that padding produces.
	InvalidPaddedLen(u32),
	/// More or fewer bytes than the header announces.
	WrongLength {
		/// Bytes the header announces.
		expected: u64,
		/// Bytes there are.
		actual: u64,
	},
}

impl fmt::Display for HeaderError {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::Unreadable => f.write_str("the envelope's header cannot be read"),
			Self::UnknownVersion(version) => {
				write!(f, "the envelope has version {version}; this software knows version {VERSION}")
			}
			Self::UnknownSuite(suite) => {
				write!(f, "the envelope has cipher suite {suite}; this software knows suite {SUITE}")
			}
			Self::TooManyGroups(groups) => {
				write!(f, "the envelope is sealed to {groups} groups; at most {MAX_AUDIENCE} are allowed")
			}
			Self::AudienceNotAscending => f.write_str("the envelope's groups must be ascending, each there once"),
			Self::TooManyDirect(direct) => {
				write!(f, "the envelope has {direct} direct wraps; at most {MAX_DIRECT} are allowed")
			}
			Self::DirectNotAscending => {
				f.write_str("the envelope's direct wraps must be ascending by their bytes, each there once")
			}
			Self::NoRecipient => f.write_str("the envelope is sealed to nobody"),
			Self::InvalidLeaves(leaves) => {
				write!(f, "the envelope's {leaves} leaves must be a power of two, at most {MAX_OBJECTS}")
			}
			Self::InvalidPaddedLen(len) => {
				write!(f, "the envelope's plaintext of {len} bytes is not padded as it must be")
			}
			Self::WrongLength { expected, actual } => {
				write!(f, "the envelope has {actual} bytes where its header announces {expected}")
			}
		}
	}
}

impl core::error::Error for HeaderError {}

impl Header {
	/// Checks everything that does not need the bytes behind the header.
	pub fn check(&self) -> Result<(), HeaderError> {
		if self.version != VERSION {
			return Err(HeaderError::UnknownVersion(self.version));
		}
		if self.suite != SUITE {
			return Err(HeaderError::UnknownSuite(self.suite));
		}
		if !self.audience.is_sorted_by(|(a, _), (b, _)| a < b) {
			return Err(HeaderError::AudienceNotAscending);
		}
		if self.direct > MAX_DIRECT {
			return Err(HeaderError::TooManyDirect(self.direct));
		}
		if self.wraps() == 0 {
			return Err(HeaderError::NoRecipient);
		}
		if !self.leaves.is_power_of_two() || self.leaves > MAX_OBJECTS {
			return Err(HeaderError::InvalidLeaves(self.leaves));
		}
		if padded_len(self.padded_len) != Some(self.padded_len) {
			return Err(HeaderError::InvalidPaddedLen(self.padded_len));
		}
		Ok(())
	}

	/// How many wraps follow the header.
	pub fn wraps(&self) -> usize {
		self.audience.len().saturating_add(usize::from(self.direct))
	}

	/// Bytes of the envelope whose encoded header has so many.
	pub(crate) fn envelope_len(&self, header_len: usize) -> u64 {
		let wraps_len = self.wraps().saturating_mul(WRAP_LEN);
		(header_len as u64).saturating_add(wraps_len as u64).saturating_add(body_len(self.padded_len))
	}

	/// `hh`: what every wrap and every chunk of the body is bound to.
	pub fn hash(&self) -> Hash {
		hash::header(&self.encode())
	}

	/// Decodes field by field, so that what is refused can be named. The layout is the derived one.
	fn read(input: &mut &[u8]) -> Result<Self, HeaderError> {
		// Version and suite come first: behind an unknown one the layout may be any.
		let version = field(input)?;
		if version != VERSION {
			return Err(HeaderError::UnknownVersion(version));
		}
		let suite = field(input)?;
		if suite != SUITE {
			return Err(HeaderError::UnknownSuite(suite));
		}
		Ok(Self {
			version,
			suite,
			genesis: field(input)?,
			author: field(input)?,
			tlp: field(input)?,
			audience: read_audience(input)?,
			direct: field(input)?,
			salt: field(input)?,
			commitment: field(input)?,
			reader_key: field(input)?,
			objects_root: field(input)?,
			leaves: field(input)?,
			padded_len: field(input)?,
		})
	}
}

fn field<T: Decode>(input: &mut &[u8]) -> Result<T, HeaderError> {
	T::decode(input).map_err(|_| HeaderError::Unreadable)
}

fn read_audience(input: &mut &[u8]) -> Result<Audience, HeaderError> {
	let Compact(groups) = field::<Compact<u32>>(input)?;
	if groups > MAX_AUDIENCE {
		return Err(HeaderError::TooManyGroups(groups));
	}
	let audience = (0..groups).map(|_| field(input)).collect::<Result<Vec<_>, _>>()?;
	Audience::try_from(audience).map_err(|_| HeaderError::TooManyGroups(groups))
}

/// A payload cut into its parts. Nothing in it is verified beyond the form.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Parsed<'a> {
	/// The decoded header.
	pub header: Header,
	/// Its bytes.
	pub header_bytes: &'a [u8],
	/// The wraps, [`WRAP_LEN`] bytes each: one per group, in order, then the direct ones.
	pub wraps: &'a [u8],
	/// The sealed objects.
	pub body: &'a [u8],
}

impl Parsed<'_> {
	/// `hh`: what every wrap and every chunk of the body is bound to.
	pub fn header_hash(&self) -> Hash {
		hash::header(self.header_bytes)
	}

	/// The wraps behind those of the audience.
	pub fn direct_wraps(&self) -> impl Iterator<Item = &[u8]> {
		self.wraps.chunks(WRAP_LEN).skip(self.header.audience.len())
	}

	/// The envelope's id, by which the chain registers it.
	pub fn id(&self) -> Hash {
		self.id_with(hash::blake2_256)
	}

	/// Like [`Self::id`], with the caller's BLAKE2b-256: a runtime passes the host's, which is faster than its own.
	pub fn id_with(&self, blake2_256: impl Fn(&[u8]) -> Hash) -> Hash {
		hash::id(self.header_bytes, &blake2_256(self.wraps), &blake2_256(self.body), blake2_256)
	}
}

/// Cuts `header | wraps | body` into its parts and checks their form: version, suite, recipients and every length.
///
/// Says nothing of who may publish it, and opens nothing.
pub fn parse(payload: &[u8]) -> Result<Parsed<'_>, HeaderError> {
	let mut rest = payload;
	let header = Header::read(&mut rest)?;
	header.check()?;
	let header_len = payload.len().saturating_sub(rest.len());
	let wraps_len = header.wraps().saturating_mul(WRAP_LEN);
	let expected = header.envelope_len(header_len);
	let actual = payload.len() as u64;
	let wrong_length = HeaderError::WrongLength { expected, actual };
	if expected != actual {
		return Err(wrong_length);
	}
	let (header_bytes, rest) = payload.split_at_checked(header_len).ok_or(wrong_length)?;
	let (wraps, body) = rest.split_at_checked(wraps_len).ok_or(wrong_length)?;
	let parsed = Parsed { header, header_bytes, wraps, body };
	// Any other order could tell who is who.
	match parsed.direct_wraps().is_sorted_by(|a, b| a < b) {
		true => Ok(parsed),
		false => Err(HeaderError::DirectNotAscending),
	}
}

/// Bytes of the body that a plaintext of `padded_len` bytes becomes: a tag for every chunk.
pub(crate) fn body_len(padded_len: u32) -> u64 {
	let chunks = u64::from(padded_len).div_ceil(CHUNK_LEN as u64);
	u64::from(padded_len).saturating_add(chunks.saturating_mul(TAG_LEN as u64))
}

/// The length to which `len` bytes of plaintext are padded: Padmé, which tells at most the order of magnitude and a few
/// bits below, and at least 4 KiB. `None` if that does not fit.
pub(crate) fn padded_len(len: u32) -> Option<u32> {
	let len = len.max(MIN_PADDED_LEN);
	// Of a length with exponent e, Padmé keeps the first floor(log2(e)) + 1 bits below the leading one.
	let exponent = len.ilog2();
	let kept = exponent.ilog2().saturating_add(1);
	let mask = 1u32.checked_shl(exponent.saturating_sub(kept))?.checked_sub(1)?;
	Some(len.checked_add(mask)? & !mask)
}
