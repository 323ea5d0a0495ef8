//! What the registry stores, and the rules that live on it.

use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use cti_envelope::{Audience, MAX_PAYLOAD};
use cti_primitives::{
	record::SightingKind, Epoch, GroupId, Hash, KeyOwnerId, RecordId, RecordStatus, Text, Tlp, WRAP_LEN,
};
use frame::prelude::{BoundedVec, ConstU32};
use scale_info::TypeInfo;

/// Seconds of a day.
const DAY: u64 = 86_400;

/// A sealed envelope: header, wraps and body.
pub type Payload = BoundedVec<u8, ConstU32<{ MAX_PAYLOAD as u32 }>>;

/// Number of a block, and index in it of the extrinsic that carries an envelope. A hint: the envelope's id is the
/// truth.
pub type Location = (u32, u32);

/// Where an envelope lies that is not in a block: `https://` or `ipfs://`, and what follows.
pub type Url = Text<MAX_URL>;

/// Most bytes of an address.
pub const MAX_URL: u32 = 256;

/// A number whose encoding sorts like the number itself, so that a map under `Identity` is in its order.
#[derive(
	Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct BigEndian([u8; 4]);

impl From<u32> for BigEndian {
	fn from(n: u32) -> Self {
		Self(n.to_be_bytes())
	}
}

impl BigEndian {
	/// The number.
	pub const fn get(self) -> u32 {
		u32::from_be_bytes(self.0)
	}
}

/// A day, counted from the first of January 1970, at whose beginning (UTC) something ends.
#[derive(
	Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Day(BigEndian);

impl Day {
	/// The first day that begins at or after `seconds` (unix); `None` if no day of the calendar does.
	pub fn not_before(seconds: u64) -> Option<Self> {
		u32::try_from(seconds.div_ceil(DAY)).ok().map(|day| Self(day.into()))
	}

	/// Unix seconds of its beginning.
	pub fn begins(self) -> u64 {
		u64::from(self.0.get()).saturating_mul(DAY)
	}

	/// Has it begun at `now` (unix seconds)?
	pub fn has_begun(self, now: u64) -> bool {
		self.begins() <= now
	}
}

/// Where an entry of the index stands among those of its technique: by block, extrinsic, and order in the extrinsic.
/// Opaque to clients, who hand it back as the cursor of the next page.
#[derive(
	Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Place {
	block: BigEndian,
	extrinsic: BigEndian,
	order: BigEndian,
}

impl Place {
	/// The place of something that happened at `at`, after all with a smaller `order`.
	pub fn new((block, extrinsic): Location, order: u32) -> Self {
		Self { block: block.into(), extrinsic: extrinsic.into(), order: order.into() }
	}

	/// Block and extrinsic.
	pub const fn at(self) -> Location {
		(self.block.get(), self.extrinsic.get())
	}
}

/// A registered envelope: what the chain vouches for. The envelope itself stays in the block, or
/// lies elsewhere.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Record {
	/// The envelope's id.
	pub id: Hash,
	/// Ed25519 key with which whoever can read the envelope signs.
	pub reader_key: [u8; 32],
	/// Merkle root over the envelope's objects.
	pub objects_root: Hash,
	/// Height of that tree; it has two to the height leaves.
	pub height: u8,
	/// Bytes of the envelope.
	pub bytes: u32,
	/// How far the content may travel.
	pub tlp: Tlp,
	/// The groups that can open it, ascending, each with the epoch it was sealed to.
	pub audience: Audience,
	/// How many direct wraps it has, padding included.
	pub direct: u8,
	/// Where the envelope is.
	pub at: Location,
	/// Unix seconds of its registration.
	#[codec(compact)]
	pub published: u64,
	/// The day at whose beginning the content ends to be valid.
	pub end: Option<Day>,
	/// The number of the author's record that this one replaces.
	pub revises: Option<u32>,
	/// Where it stands, but for an end that passed since (see [`Record::status_at`]).
	pub status: RecordStatus,
	/// How many members have met what it describes.
	pub sightings: u32,
	/// How many members have met it and found it harmless.
	pub false_positives: u32,
}

impl Record {
	/// Where it stands at `now` (unix seconds): a live record expires with its end, before the chain finds time to
	/// note it.
	pub fn status_at(&self, now: u64) -> RecordStatus {
		match self.end {
			Some(end) if self.status.is_live() && end.has_begun(now) => RecordStatus::Expired,
			_ => self.status,
		}
	}

	/// Leaves of the tree over its objects.
	pub fn leaves(&self) -> u32 {
		1u32.checked_shl(self.height.into()).unwrap_or_default()
	}

	/// Counts one more member that reported `kind`.
	pub fn add_reporter(&mut self, kind: SightingKind) {
		let reporters = match kind {
			SightingKind::Seen => &mut self.sightings,
			SightingKind::FalsePositive => &mut self.false_positives,
		};
		*reporters = reporters.saturating_add(1);
	}
}

/// What one member has reported of one record: its latest counts. Zero stands for no report.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Report {
	/// How many times it met what the record describes.
	pub seen: u32,
	/// How many times it met it and found it harmless.
	pub false_positives: u32,
}

impl Report {
	/// Takes the newest count of `kind` and gives the one it replaces, if there was a report.
	pub fn replace(&mut self, kind: SightingKind, count: u32) -> Option<u32> {
		let latest = match kind {
			SightingKind::Seen => &mut self.seen,
			SightingKind::FalsePositive => &mut self.false_positives,
		};
		Some(core::mem::replace(latest, count)).filter(|previous| *previous > 0)
	}
}

/// Most recipients of one grant.
pub const MAX_GRANTS: u32 = 16;

/// A content key sealed to one reader.
pub type Wrap = [u8; WRAP_LEN];

/// To whom access to a record is granted.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub enum Recipient {
	/// A member, or the key of an analyst by its number: the author's word, which the chain cannot check.
	Open(KeyOwnerId),
	/// Not said.
	Hidden,
}

/// Access for one more reader.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Grant {
	/// For whom.
	pub recipient: Recipient,
	/// The record's content key, sealed to the reader and bound to the record's header. It stays in the block.
	pub wrap: Wrap,
}

/// What one `grant` brings.
pub type Grants = BoundedVec<Grant, ConstU32<MAX_GRANTS>>;

/// Why a record was withdrawn.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub enum WithdrawalReason {
	/// The content is wrong.
	Incorrect,
	/// It was published wider than its marking or its source allow.
	WronglyShared,
	/// It holds personal data that should not be in it.
	PersonalData,
	/// Who it came from asked for it.
	SourceRequest,
	/// The same content is in another record.
	Duplicate,
	/// None of the above.
	Other,
}

/// A record as the runtime API and the view functions show it.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct RecordInfo {
	/// Author and number.
	pub record: RecordId,
	/// The envelope's id.
	pub id: Hash,
	/// Ed25519 key with which whoever can read the envelope signs.
	pub reader_key: [u8; 32],
	/// Merkle root over the envelope's objects.
	pub objects_root: Hash,
	/// Leaves of that tree, a power of two.
	pub leaves: u32,
	/// Bytes of the envelope.
	pub bytes: u32,
	/// How far the content may travel.
	pub tlp: Tlp,
	/// The groups that can open it, ascending, each with the epoch it was sealed to.
	pub audience: Vec<(GroupId, Epoch)>,
	/// How many direct wraps it has, padding included.
	pub direct: u8,
	/// Block and extrinsic that carry the envelope: a hint, the id is the truth.
	pub at: Location,
	/// Unix seconds of its registration.
	pub published: u64,
	/// Unix seconds at which the content ends to be valid.
	pub valid_until: Option<u64>,
	/// The number of the author's record that this one replaces.
	pub revises: Option<u32>,
	/// Where it stands now.
	pub status: RecordStatus,
	/// How many members have met what it describes.
	pub sightings: u32,
	/// How many members have met it and found it harmless.
	pub false_positives: u32,
}

impl RecordInfo {
	/// `record` as it stands at `now` (unix seconds).
	pub fn new(id: RecordId, record: Record, now: u64) -> Self {
		Self {
			record: id,
			leaves: record.leaves(),
			status: record.status_at(now),
			valid_until: record.end.map(Day::begins),
			id: record.id,
			reader_key: record.reader_key,
			objects_root: record.objects_root,
			bytes: record.bytes,
			tlp: record.tlp,
			audience: record.audience.into_inner(),
			direct: record.direct,
			at: record.at,
			published: record.published,
			revises: record.revises,
			sightings: record.sightings,
			false_positives: record.false_positives,
		}
	}
}
