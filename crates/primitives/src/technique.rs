//! MITRE ATT&CK identifiers.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use core::{fmt, str::FromStr};
use scale_info::TypeInfo;
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

/// A technique or sub-technique, `T1059` or `T1059.001`. `sub_technique` is 0 for a technique itself.
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
)]
pub struct TechniqueId {
	/// The four digits after the `T`.
	pub technique: u16,
	/// The three digits after the dot, or 0.
	pub sub_technique: u16,
}

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
pub enum TechniqueStatus {
	/// In use.
	Active,
	/// Kept, no longer maintained.
	Deprecated,
	/// Replaced, by its successor where there is one.
	Revoked(Option<TechniqueId>),
}

/// Not of the form `T1059` or `T1059.001`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct InvalidTechniqueId;

impl fmt::Display for InvalidTechniqueId {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str("a technique is written T1059 or T1059.001")
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
