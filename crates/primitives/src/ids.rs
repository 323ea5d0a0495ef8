//! Identifiers. Every one is a newtype, so that a group can never be passed where a member is meant.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// A BLAKE2b-256 digest.
pub type Hash = [u8; 32];

/// Bytes of an X-Wing public key.
pub const ENCRYPTION_KEY_LEN: usize = 1216;
/// Bytes of one wrap: the X-Wing encapsulation (1120) and the sealed 32-byte secret with its tag (48).
pub const WRAP_LEN: usize = 1168;

macro_rules! id {
	($(#[$doc:meta])* $name:ident) => {
		$(#[$doc])*
		#[derive(
			Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Encode, Decode, DecodeWithMemTracking,
			MaxEncodedLen, TypeInfo, Serialize, Deserialize,
		)]
		#[serde(transparent)]
		pub struct $name(pub u32);

		impl core::fmt::Display for $name {
			fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
				write!(f, "{}", self.0)
			}
		}

		impl From<u32> for $name {
			fn from(n: u32) -> Self {
				Self(n)
			}
		}

		impl core::str::FromStr for $name {
			type Err = core::num::ParseIntError;
			fn from_str(s: &str) -> Result<Self, Self::Err> {
				s.parse().map(Self)
			}
		}
	};
}

id!(
	/// A member organisation, numbered in order of admission.
	MemberId
);
id!(
	/// A sharing group; 0 is the consortium.
	GroupId
);
id!(
	/// A group's key epoch.
	Epoch
);
id!(
	/// A feed registered on chain.
	FeedId
);
id!(
	/// Who a record is by: a member (its own number). The upper half of the range is left for interned pseudonyms.
	AuthorId
);

id!(
	/// Whose encryption key: a member's, by its own number, or an analyst's, by a number in the upper half of the range.
	KeyOwnerId
);

impl KeyOwnerId {
	/// The first analyst's.
	pub const FIRST_ANALYST: Self = Self(1 << 31);

	/// Is it a person's key, and not an organisation's?
	pub const fn is_analyst(self) -> bool {
		self.0 >= Self::FIRST_ANALYST.0
	}

	/// The member whose own key it is.
	pub const fn member(self) -> Option<MemberId> {
		if self.is_analyst() {
			None
		} else {
			Some(MemberId(self.0))
		}
	}
}

impl From<MemberId> for KeyOwnerId {
	fn from(member: MemberId) -> Self {
		Self(member.0)
	}
}

impl AuthorId {
	/// The member behind this author, unless it is a pseudonym.
	pub const fn member(self) -> Option<MemberId> {
		if self.0 < 1 << 31 {
			Some(MemberId(self.0))
		} else {
			None
		}
	}
}

impl From<MemberId> for AuthorId {
	fn from(member: MemberId) -> Self {
		Self(member.0)
	}
}

/// One registered publication: the author's `n`th record, counted from 0. Printed and parsed as `author/n`.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Hash,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
)]
pub struct RecordId {
	/// Who published it.
	pub author: AuthorId,
	/// Its number among the author's records.
	pub n: u32,
}

impl core::fmt::Display for RecordId {
	fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
		write!(f, "{}/{}", self.author, self.n)
	}
}

/// A record id is written `author/n`, two decimal numbers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct InvalidRecordId;

impl core::fmt::Display for InvalidRecordId {
	fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
		f.write_str("a record is written AUTHOR/N, for example 0/12")
	}
}

impl core::error::Error for InvalidRecordId {}

impl core::str::FromStr for RecordId {
	type Err = InvalidRecordId;
	fn from_str(s: &str) -> Result<Self, Self::Err> {
		let (author, n) = s.split_once('/').ok_or(InvalidRecordId)?;
		Ok(Self { author: author.parse().map_err(|_| InvalidRecordId)?, n: n.parse().map_err(|_| InvalidRecordId)? })
	}
}
