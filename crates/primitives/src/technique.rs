//! MITRE ATT&CK identifiers.

use crate::text::Text;
use alloc::string::ToString;
use codec::{Decode, DecodeWithMemTracking, Encode, EncodeLike, Input, MaxEncodedLen};
use core::{fmt, str::FromStr};
use scale_info::{Type, TypeInfo};
use serde::{de, Deserialize, Deserializer, Serialize, Serializer};

/// The three ATT&CK matrices.
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
#[scale_info(capture_docs = "always")]
#[serde(rename_all = "lowercase")]
pub enum Domain {
	/// `enterprise-attack`
	Enterprise,
	/// `mobile-attack`
	Mobile,
	/// `ics-attack`
	Ics,
}

impl Domain {
	/// All domains.
	pub const ALL: [Domain; 3] = [Domain::Enterprise, Domain::Mobile, Domain::Ics];

	/// The name ATT&CK's own bundles and the Navigator use.
	pub const fn name(self) -> &'static str {
		match self {
			Domain::Enterprise => "enterprise-attack",
			Domain::Mobile => "mobile-attack",
			Domain::Ics => "ics-attack",
		}
	}
}

/// A technique or sub-technique, `T1059` or `T1059.001`. `sub_technique` is 0 for a technique itself. It is encoded as that text,
/// so that every client shows and takes it as analysts write it; what is no such text does not decode.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct TechniqueId {
	/// The four digits after the `T`, not all 0.
	pub technique: u16,
	/// The three digits after the dot, or 0.
	pub sub_technique: u16,
}

/// Bytes of the longest id.
const MAX_TEXT: u32 = 9;

impl TechniqueId {
	/// The technique this is a sub-technique of.
	pub const fn parent(self) -> Option<TechniqueId> {
		if self.sub_technique == 0 {
			None
		} else {
			Some(TechniqueId { technique: self.technique, sub_technique: 0 })
		}
	}
}

impl Encode for TechniqueId {
	fn size_hint(&self) -> usize {
		Self::max_encoded_len()
	}

	fn using_encoded<R, F: FnOnce(&[u8]) -> R>(&self, f: F) -> R {
		self.to_string().using_encoded(f)
	}
}

impl EncodeLike for TechniqueId {}

impl Decode for TechniqueId {
	fn decode<I: Input>(input: &mut I) -> Result<Self, codec::Error> {
		let text = Text::<MAX_TEXT>::decode(input)?;
		let id = core::str::from_utf8(&text).ok().and_then(|text| text.parse().ok());
		id.ok_or_else(|| NOT_A_TECHNIQUE.into())
	}
}

impl DecodeWithMemTracking for TechniqueId {}

impl MaxEncodedLen for TechniqueId {
	fn max_encoded_len() -> usize {
		Text::<MAX_TEXT>::max_encoded_len()
	}
}

impl TypeInfo for TechniqueId {
	type Identity = str;

	fn type_info() -> Type {
		str::type_info()
	}
}

/// A technique where the chain keeps many: four bytes.
#[derive(
	Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct TechniqueKey {
	/// The four digits after the `T`.
	pub technique: u16,
	/// The three digits after the dot, or 0.
	pub sub_technique: u16,
}

impl From<TechniqueId> for TechniqueKey {
	fn from(TechniqueId { technique, sub_technique }: TechniqueId) -> Self {
		Self { technique, sub_technique }
	}
}

impl From<TechniqueKey> for TechniqueId {
	fn from(TechniqueKey { technique, sub_technique }: TechniqueKey) -> Self {
		Self { technique, sub_technique }
	}
}

/// What the official catalogue says of a technique.
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
#[serde(rename_all = "lowercase")]
pub enum TechniqueStatus<Id = TechniqueId> {
	/// In use.
	Active,
	/// Kept, no longer maintained.
	Deprecated,
	/// Replaced, by its successor where there is one.
	Revoked(Option<Id>),
}

impl<Id> TechniqueStatus<Id> {
	/// The same, with its successor written in another way.
	pub fn map<Other>(self, write: impl FnOnce(Id) -> Other) -> TechniqueStatus<Other> {
		match self {
			Self::Active => TechniqueStatus::Active,
			Self::Deprecated => TechniqueStatus::Deprecated,
			Self::Revoked(successor) => TechniqueStatus::Revoked(successor.map(write)),
		}
	}
}

const NOT_A_TECHNIQUE: &str = "a technique is written T1059 or T1059.001";

/// Not of the form `T1059` or `T1059.001`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct InvalidTechniqueId;

impl fmt::Display for InvalidTechniqueId {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str(NOT_A_TECHNIQUE)
	}
}

impl core::error::Error for InvalidTechniqueId {}

impl fmt::Display for TechniqueId {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self.sub_technique {
			0 => write!(f, "T{:04}", self.technique),
			sub => write!(f, "T{:04}.{:03}", self.technique, sub),
		}
	}
}

fn digits(s: &str, count: usize) -> Result<u16, InvalidTechniqueId> {
	if s.len() != count || !s.bytes().all(|b| b.is_ascii_digit()) {
		return Err(InvalidTechniqueId);
	}
	s.parse().map_err(|_| InvalidTechniqueId)
}

impl FromStr for TechniqueId {
	type Err = InvalidTechniqueId;
	fn from_str(s: &str) -> Result<Self, Self::Err> {
		let rest = s.strip_prefix('T').ok_or(InvalidTechniqueId)?;
		let (technique, sub_technique) = match rest.split_once('.') {
			None => (digits(rest, 4)?, 0),
			Some((technique, sub)) => match digits(sub, 3)? {
				0 => return Err(InvalidTechniqueId),
				sub => (digits(technique, 4)?, sub),
			},
		};
		if technique == 0 {
			return Err(InvalidTechniqueId);
		}
		Ok(Self { technique, sub_technique })
	}
}

impl Serialize for TechniqueId {
	fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
		serializer.collect_str(self)
	}
}

impl<'de> Deserialize<'de> for TechniqueId {
	fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
		let text = alloc::string::String::deserialize(deserializer)?;
		text.parse().map_err(de::Error::custom)
	}
}
