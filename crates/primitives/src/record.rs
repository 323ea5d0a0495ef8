//! What a publication says beside its envelope.

use crate::technique::TechniqueId;
use bounded_collections::{BoundedVec, ConstU32};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// Most techniques one record may name.
pub const MAX_TECHNIQUES: u32 = 32;

/// Most groups whose members the chain does not know that one record may go to.
pub const MAX_GROUP_PROOFS: u32 = 4;

/// What the publisher says of a record in public, beside what the envelope's header already says.
#[derive(Clone, PartialEq, Eq, Debug, Default, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Draft {
	/// ATT&CK techniques to find the record by, ascending, without repeats.
	pub techniques: BoundedVec<TechniqueId, ConstU32<MAX_TECHNIQUES>>,
	/// The author's flag that techniques of an AMBER record may be public.
	pub disclose_techniques: bool,
	/// Unix seconds after which the content is no longer valid; rounded up to a day.
	pub valid_until: Option<u64>,
	/// For each hidden group that is no drop box, in the order of the audience: a signature with the key of its newest
	/// epoch, which only who is in it has.
	pub group_proofs: BoundedVec<[u8; 64], ConstU32<MAX_GROUP_PROOFS>>,
}

/// Where a record stands.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
)]
#[scale_info(capture_docs = "always")]
#[serde(rename_all = "lowercase")]
pub enum RecordStatus {
	/// Published, not decided.
	Open,
	/// Peers confirmed it.
	Confirmed,
	/// Peers refuted it.
	Refuted,
	/// Its author withdrew it.
	Withdrawn,
	/// A later record of the author replaces it.
	Superseded,
	/// Its validity ended.
	Expired,
}

impl RecordStatus {
	/// May its content still be used and granted?
	pub const fn is_live(self) -> bool {
		matches!(self, RecordStatus::Open | RecordStatus::Confirmed)
	}
}

/// What a reader met.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
)]
#[scale_info(capture_docs = "always")]
#[serde(rename_all = "kebab-case")]
pub enum SightingKind {
	/// What the record describes was met in the reader's own network.
	Seen,
	/// What the record describes was met and proved harmless.
	FalsePositive,
}

/// A reader's report of what it met of a record.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
)]
pub struct Sighting {
	/// Seen, or a false positive.
	pub kind: SightingKind,
	/// How many times between `first_seen` and `last_seen`.
	pub count: u32,
	/// Unix seconds of the first time.
	pub first_seen: u64,
	/// Unix seconds of the last time.
	pub last_seen: u64,
}
