//! Traffic Light Protocol 2.0 as an executable rule: the one function for worker, client, gateway and chain.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use core::{fmt, str::FromStr};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// A marking, from the widest to the strictest.
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
#[serde(rename_all = "kebab-case")]
pub enum Tlp {
	/// May be passed on to anyone.
	Clear,
	/// The community.
	Green,
	/// The member and its own clients.
	Amber,
	/// The member only.
	#[serde(rename = "amber+strict", alias = "amber-strict")]
	AmberStrict,
	/// The addressed persons only.
	Red,
}

/// Who an account of a gateway or an export is for, from the narrowest to the widest.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Scope {
	/// The member's own staff.
	OwnStaff,
	/// A client of the member.
	OwnClient,
	/// The member's community.
	Community,
	/// Anyone at all.
	Anyone,
}

impl Tlp {
	/// All markings, from the widest to the strictest.
	pub const ALL: [Tlp; 5] = [Tlp::Clear, Tlp::Green, Tlp::Amber, Tlp::AmberStrict, Tlp::Red];

	/// May something so marked be sealed to a group that takes at most `ceiling`? RED goes to persons, never to a group.
	pub fn permits_group(self, ceiling: Tlp) -> bool {
		self != Tlp::Red && self <= ceiling
	}

	/// May the techniques of something so marked be named in public? `disclosed` is the author's own flag.
	pub fn permits_public_techniques(self, disclosed: bool) -> bool {
		match self {
			Tlp::Clear | Tlp::Green => true,
			Tlp::Amber => disclosed,
			Tlp::AmberStrict | Tlp::Red => false,
		}
	}

	/// May something so marked be exported to `scope`? RED is shown to its reader and never exported.
	pub fn permits_export(self, scope: Scope) -> bool {
		match self {
			Tlp::Clear => true,
			Tlp::Green => scope <= Scope::Community,
			Tlp::Amber => scope <= Scope::OwnClient,
			Tlp::AmberStrict => scope == Scope::OwnStaff,
			Tlp::Red => false,
		}
	}

	/// The name as the standard writes it, without the `TLP:` in front.
	pub const fn name(self) -> &'static str {
		match self {
			Tlp::Clear => "CLEAR",
			Tlp::Green => "GREEN",
			Tlp::Amber => "AMBER",
			Tlp::AmberStrict => "AMBER+STRICT",
			Tlp::Red => "RED",
		}
	}
}

impl fmt::Display for Tlp {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "TLP:{}", self.name())
	}
}

/// Not one of the five markings.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct UnknownMarking;

impl fmt::Display for UnknownMarking {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str("a marking is one of clear, green, amber, amber+strict, red")
	}
}

impl core::error::Error for UnknownMarking {}

impl FromStr for Tlp {
	type Err = UnknownMarking;
	/// Reads `green`, `GREEN`, `TLP:GREEN` and, for TLP 1, `WHITE`.
	fn from_str(s: &str) -> Result<Self, Self::Err> {
		let name = match s.get(..4) {
			Some(prefix) if prefix.eq_ignore_ascii_case("tlp:") => s.get(4..).unwrap_or_default(),
			_ => s,
		};
		if name.eq_ignore_ascii_case("white") {
			return Ok(Tlp::Clear);
		}
		if name.eq_ignore_ascii_case("amber-strict") {
			return Ok(Tlp::AmberStrict);
		}
		Tlp::ALL.into_iter().find(|tlp| name.eq_ignore_ascii_case(tlp.name())).ok_or(UnknownMarking)
	}
}
