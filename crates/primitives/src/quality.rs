//! What a sharing group asks of objects before they are sealed to it. The chain keeps it; since the chain does not see the
//! objects, the worker and the clients of those who publish go by it.

use alloc::{
	format,
	string::{String, ToString},
	vec::Vec,
};
use bounded_collections::{BoundedVec, ConstU32};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use core::{fmt, str::FromStr};
use scale_info::TypeInfo;

/// Most object types of which a group asks for properties.
pub const MAX_REQUIREMENTS: u32 = 16;
/// Most properties it asks for of one type.
pub const MAX_PROPERTIES: u32 = 8;
/// Most bytes of a type's or a property's name.
pub const MAX_WORD: u32 = 64;

/// The name of an object type or of a property.
pub type Word = BoundedVec<u8, ConstU32<MAX_WORD>>;

/// Properties that every object of one type must have: the minimum of that type.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Requirement {
	/// The STIX type, such as `indicator`.
	pub object_type: Word,
	/// The properties, ascending, without repeats, such as `description`.
	pub properties: BoundedVec<Word, ConstU32<MAX_PROPERTIES>>,
}

/// What a group asks of objects. The default asks for nothing.
#[derive(Clone, PartialEq, Eq, Debug, Default, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Quality {
	/// By object type, ascending, each once.
	pub requirements: BoundedVec<Requirement, ConstU32<MAX_REQUIREMENTS>>,
	/// Objects whose values are on the publisher's warning lists are refused; who publishes must have such lists.
	pub warning_lists: bool,
}

/// Why something is no quality that a group can ask for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct InvalidQuality(String);

impl fmt::Display for InvalidQuality {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str(&self.0)
	}
}

impl core::error::Error for InvalidQuality {}

impl Requirement {
	fn is_valid(&self) -> bool {
		is_type(&self.object_type)
			&& !self.properties.is_empty()
			&& self.properties.iter().all(|property| is_property(property))
			&& self.properties.is_sorted_by(|a, b| a < b)
	}
}

/// Lower case letters, digits, hyphens: how STIX names types.
fn is_type(word: &[u8]) -> bool {
	!word.is_empty() && word.iter().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || *byte == b'-')
}

/// Lower case letters, digits, underscores: how STIX names properties.
fn is_property(word: &[u8]) -> bool {
	!word.is_empty() && word.iter().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || *byte == b'_')
}

impl Quality {
	/// Does it ask for nothing?
	pub fn is_empty(&self) -> bool {
		self.requirements.is_empty() && !self.warning_lists
	}

	/// Are its words such as STIX has, in their order, and nothing there twice?
	pub fn is_valid(&self) -> bool {
		let types = || self.requirements.iter().map(|requirement| &requirement.object_type);
		self.requirements.iter().all(Requirement::is_valid) && types().is_sorted_by(|a, b| a < b)
	}

	/// What of `object_type` is asked for; nothing for a type that is not named.
	pub fn properties_of<'a>(&'a self, object_type: &'a str) -> impl Iterator<Item = &'a str> {
		let of_type = self.requirements.iter().filter(move |one| one.object_type.as_slice() == object_type.as_bytes());
		of_type.flat_map(|one| &one.properties).filter_map(|word| core::str::from_utf8(word).ok())
	}
}

/// `indicator:description,valid_until`
impl FromStr for Requirement {
	type Err = InvalidQuality;

	fn from_str(text: &str) -> Result<Self, InvalidQuality> {
		let wrong = || {
			InvalidQuality(format!(
				"{text:?} is no requirement; write a STIX type and at most {MAX_PROPERTIES} of its properties, like \
				 indicator:description,valid_until"
			))
		};
		let (object_type, properties) = text.split_once(':').ok_or_else(wrong)?;
		let word = |word: &str| Word::try_from(word.trim().as_bytes().to_vec()).map_err(|_| wrong());
		let mut properties: Vec<Word> = properties.split(',').map(word).collect::<Result<_, _>>()?;
		properties.sort_unstable();
		properties.dedup();
		let properties = properties.try_into().map_err(|_| wrong())?;
		let requirement = Self { object_type: word(object_type)?, properties };
		requirement.is_valid().then_some(requirement).ok_or_else(wrong)
	}
}

impl fmt::Display for Requirement {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let text = |word: &Word| String::from_utf8_lossy(word).to_string();
		let properties: Vec<String> = self.properties.iter().map(text).collect();
		write!(f, "{}:{}", text(&self.object_type), properties.join(","))
	}
}
