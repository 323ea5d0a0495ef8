//! Opening an envelope, and everything that must hold before its content is believed.

use crate::{
	content::{self, Stream},
	hash::Derivation,
	header::{parse, Header, HeaderError, Parsed},
	keys::Seed,
	merkle::{self, Proof},
	reader::{self, Statement},
	seal,
	wrap::{self, Opener, Purpose, WrapRefused},
};
use alloc::vec::Vec;
use core::fmt;
use cti_primitives::{Epoch, GroupId, Hash, KeyOwnerId, MemberId, RecordId, WRAP_LEN};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

/// Who opens, with which key.
#[derive(Clone, Copy, Debug)]
pub enum Recipient<'a> {
	/// As a member of a group.
	Group {
		/// The group.
		group: GroupId,
		/// The epoch of the seed.
		epoch: Epoch,
		/// The seed of the group's key, see [`crate::epoch::EpochSecret::kem_seed`].
		seed: &'a Seed,
	},
	/// With an own key.
	Direct {
		/// Whose key.
		owner: KeyOwnerId,
		/// Its version on chain.
		key_version: u32,
		/// Its seed.
		seed: &'a Seed,
	},
}

/// Why an envelope, a wrap or a link was not opened.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum OpenError {
	/// Not a well-formed envelope.
	Header(HeaderError),
	/// The envelope has no wrap for this recipient.
	NotAddressed,
	/// The wrap does not open with this key, in this place.
	WrapRefused,
	/// The wrap holds another key than the one the header commits to.
	WrongCommitment,
	/// The header's reader key does not come of the content key.
	WrongReaderKey,
	/// The body was changed, cut or moved from another envelope.
	BodyRefused,
	/// The plaintext is not a list of objects.
	UnreadableObjects,
	/// The padding is not zeros, or not of the length it must have.
	WrongPadding,
	/// The tree has not the leaves that the objects ask for.
	WrongLeaves,
	/// The header's root is not that of the objects.
	WrongObjectsRoot,
	/// The link to the previous epoch does not open.
	LinkRefused,
	/// The epoch secret is not the one of the public key on chain.
	WrongEpochSecret,
}

impl OpenError {
	/// Is the author to blame? Then the record is malformed: to be shown as such, reported and not stored. Otherwise the
	/// key may be the wrong one, or the bytes may not be those that the chain registered.
	pub const fn is_malformed(&self) -> bool {
		matches!(
			self,
			Self::WrongCommitment
				| Self::WrongReaderKey
				| Self::BodyRefused
				| Self::UnreadableObjects
				| Self::WrongPadding
				| Self::WrongLeaves
				| Self::WrongObjectsRoot
		)
	}
}

impl fmt::Display for OpenError {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str(match self {
			Self::Header(error) => return error.fmt(f),
			Self::NotAddressed => "the envelope is not sealed to this key",
			Self::WrapRefused => return WrapRefused.fmt(f),
			Self::WrongCommitment => "malformed envelope: its wrap holds another key than its header commits to",
			Self::WrongReaderKey => "malformed envelope: its reader key does not belong to its content key",
			Self::BodyRefused => "malformed envelope: its content does not open with the key in its wrap",
			Self::UnreadableObjects => "malformed envelope: its content is not a list of objects",
			Self::WrongPadding => "malformed envelope: its content is not padded as it must be",
			Self::WrongLeaves => "malformed envelope: its number of leaves does not fit its objects",
			Self::WrongObjectsRoot => "malformed envelope: its objects are not those its header commits to",
			Self::LinkRefused => "the link to the previous epoch does not open",
			Self::WrongEpochSecret => "the epoch secret does not belong to the group's key on chain",
		})
	}
}

impl core::error::Error for OpenError {}

impl From<HeaderError> for OpenError {
	fn from(error: HeaderError) -> Self {
		Self::Header(error)
	}
}

impl From<WrapRefused> for OpenError {
	fn from(_: WrapRefused) -> Self {
		Self::WrapRefused
	}
}

/// An envelope's content, after every check that needs no chain and no STIX.
#[derive(Clone, PartialEq, Eq)]
pub struct Opened {
	/// The public part.
	pub header: Header,
	/// The envelope's id. The content counts only if the chain registered this id.
	pub id: Hash,
	/// The objects' original bytes.
	pub objects: Vec<Vec<u8>>,
	cek: Zeroizing<[u8; 32]>,
}

/// Never prints the content key.
impl fmt::Debug for Opened {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.debug_struct("Opened")
			.field("header", &self.header)
			.field("id", &self.id)
			.field("objects", &self.objects.len())
			.finish_non_exhaustive()
	}
}

impl Opened {
	/// The content key, for grants and for the member's own store.
	pub fn cek(&self) -> &[u8; 32] {
		&self.cek
	}

	/// The proof that the object at `index` is in this envelope; `None` if there is no such object.
	pub fn prove(&self, index: u32) -> Option<Proof> {
		merkle::prove(&Derivation::new(&self.cek, &self.header.salt), &self.objects, self.header.leaves, index)
	}

	/// The reader proof with which `voter` states something of the record that this envelope is.
	pub fn sign(&self, statement: Statement, record: RecordId, voter: MemberId) -> [u8; 64] {
		let message = reader::message(statement, &self.header.genesis, record, &self.id, voter);
		reader::sign(&self.cek, &self.header.salt, &message)
	}
}

/// Opens `header | wraps | body` and checks it: commitment, reader key, every tag, padding, root. The caller compares the
/// id with the registered one and the objects' markings with the header's.
pub fn open(payload: &[u8], recipient: &Recipient) -> Result<Opened, OpenError> {
	let parsed = parse(payload)?;
	let header_hash = parsed.header_hash();
	let cek = match *recipient {
		Recipient::Group { group, epoch, seed } => group_key(&parsed, &header_hash, group, epoch, seed)?,
		Recipient::Direct { owner, key_version, seed } => {
			let purpose = Purpose::Direct { owner, key_version };
			direct_key(&parsed, &header_hash, &Opener::new(seed, purpose, &parsed.header.genesis))?
		}
	};
	open_parsed(parsed, &header_hash, cek)
}

/// Opens with the content key itself, as from a grant's wrap; the checks are those of [`open`].
pub fn open_with_cek(payload: &[u8], cek: &[u8; 32]) -> Result<Opened, OpenError> {
	let parsed = parse(payload)?;
	let header_hash = parsed.header_hash();
	open_parsed(parsed, &header_hash, Zeroizing::new(*cek))
}

fn group_key(
	parsed: &Parsed,
	header_hash: &Hash,
	group: GroupId,
	epoch: Epoch,
	seed: &Seed,
) -> Result<Zeroizing<[u8; 32]>, OpenError> {
	let mut wraps = parsed.header.audience.iter().zip(parsed.wraps.chunks(WRAP_LEN));
	let (_, wrap) = wraps.find(|(entry, _)| **entry == (group, epoch)).ok_or(OpenError::NotAddressed)?;
	Ok(wrap::open(seed, Purpose::Group { group, epoch }, &parsed.header.genesis, header_hash, wrap)?)
}

/// Direct wraps do not say whose they are: each is tried.
fn direct_key(parsed: &Parsed, header_hash: &Hash, opener: &Opener) -> Result<Zeroizing<[u8; 32]>, OpenError> {
	parsed.direct_wraps().find_map(|wrap| opener.open(header_hash, wrap).ok()).ok_or(OpenError::NotAddressed)
}

fn open_parsed(parsed: Parsed, header_hash: &Hash, cek: Zeroizing<[u8; 32]>) -> Result<Opened, OpenError> {
	let header = &parsed.header;
	let content = Derivation::new(&cek, &header.salt);
	if !bool::from(seal::commitment(&content).ct_eq(&header.commitment)) {
		return Err(OpenError::WrongCommitment);
	}
	if reader::public_key(&content) != header.reader_key {
		return Err(OpenError::WrongReaderKey);
	}
	let plaintext = Stream::new(&content, *header_hash).open(parsed.body).ok_or(OpenError::BodyRefused)?;
	let objects = content::decode(&plaintext)?;
	if seal::leaves(objects.len()) != Some(header.leaves) {
		return Err(OpenError::WrongLeaves);
	}
	if merkle::objects_root(&content, &objects, header.leaves) != header.objects_root {
		return Err(OpenError::WrongObjectsRoot);
	}
	Ok(Opened { id: parsed.id(), header: parsed.header, objects, cek })
}
