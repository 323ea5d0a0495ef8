//! Why something is not taken.

use alloc::string::String;
use core::fmt;
use cti_primitives::Tlp;

/// Most characters of a source's own words that a message repeats.
const MAX_SHOWN: usize = 100;

/// A source's own words in a message: quoted, with nothing in them that could move a terminal's cursor, and cut.
struct Said<'a>(&'a str);

impl fmt::Display for Said<'_> {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let shown = cut(self.0);
		write!(f, "{shown:?}{}", if shown.len() < self.0.len() { "..." } else { "" })
	}
}

/// What the parser says. It escapes what it repeats of the object, and says at its end where that is.
struct Detail<'a>(&'a str);

impl fmt::Display for Detail<'_> {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let (begin, end) = (cut(self.0), self.0.rfind(" at line ").and_then(|at| self.0.get(at..)).unwrap_or_default());
		match begin.len().saturating_add(end.len()) < self.0.len() {
			true => write!(f, "{begin}...{}", cut(end)),
			false => f.write_str(self.0),
		}
	}
}

fn cut(text: &str) -> &str {
	let end = text.char_indices().nth(MAX_SHOWN).map_or(text.len(), |(at, _)| at);
	text.get(..end).unwrap_or_default()
}

/// Why one object is refused. The objects around it are not touched by it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Refusal {
	/// More bytes than [`Limits::object_bytes`](crate::Limits::object_bytes).
	TooLarge {
		/// The limit, in bytes.
		limit: usize,
	},
	/// More levels of nesting than [`Limits::depth`](crate::Limits::depth).
	TooDeep {
		/// The limit.
		limit: usize,
	},
	/// Not UTF-8.
	InvalidUtf8,
	/// Not JSON.
	MalformedJson {
		/// What the parser says, with line and column.
		detail: String,
	},
	/// JSON, but no object.
	NotAnObject,
	/// A property of another type than it must be, or twice inside another.
	InvalidProperty {
		/// What the parser says, with line and column.
		detail: String,
	},
	/// The same property twice: two readers could see two different objects.
	DuplicateKey {
		/// The property.
		key: String,
	},
	/// No `type`.
	NoType,
	/// A `type` of other characters than `a` to `z`, `0` to `9`, hyphen and underscore, or of more than 250; or `bundle`.
	InvalidType {
		/// What it says.
		value: String,
	},
	/// No `id`.
	NoId,
	/// An `id` that is not the object's type, two hyphens and a UUID.
	InvalidId {
		/// What it says.
		value: String,
	},
	/// A time that is not one of RFC 3339.
	InvalidTimestamp {
		/// The property.
		field: &'static str,
		/// What it says.
		value: String,
	},
	/// A marking definition that says it is a TLP and names none, or names two.
	InvalidDefinition {
		/// Its id.
		id: String,
	},
	/// A marking definition with an id whose meaning is fixed, and another meaning.
	FalseDefinition {
		/// The id.
		id: String,
	},
	/// A marking definition that is itself marked above CLEAR, or too often to tell: it travels with what it marks.
	MarkedDefinition {
		/// Its id.
		id: String,
		/// Its own marking.
		tlp: Tlp,
	},
	/// More definitions than [`MAX_DEFINITIONS`](crate::MAX_DEFINITIONS) from one source.
	TooManyDefinitions,
	/// A marking that nothing known defines.
	UnresolvedMarking {
		/// The definition's id.
		id: String,
	},
	/// No marking, and the feed has no default.
	Unmarked,
	/// Marked stricter than the audience's ceiling, or RED, which goes to persons only.
	AboveCeiling {
		/// The object's effective marking.
		tlp: Tlp,
		/// The ceiling.
		ceiling: Tlp,
	},
	/// A group asks for a property that the object does not have, or that says nothing in it.
	MissingProperty {
		/// The object's type.
		kind: String,
		/// The property.
		property: String,
	},
	/// A value of the object is on a warning list.
	WarningListed {
		/// The value.
		value: String,
		/// The list's name.
		list: String,
	},
}

impl Refusal {
	/// The reason as a stable word, for counters and logs.
	pub const fn reason(&self) -> &'static str {
		match self {
			Refusal::TooLarge { .. } => "too-large",
			Refusal::TooDeep { .. } => "too-deep",
			Refusal::InvalidUtf8 => "invalid-utf8",
			Refusal::MalformedJson { .. } => "malformed-json",
			Refusal::NotAnObject => "not-an-object",
			Refusal::InvalidProperty { .. } => "invalid-property",
			Refusal::DuplicateKey { .. } => "duplicate-key",
			Refusal::NoType => "no-type",
			Refusal::InvalidType { .. } => "invalid-type",
			Refusal::NoId => "no-id",
			Refusal::InvalidId { .. } => "invalid-id",
			Refusal::InvalidTimestamp { .. } => "invalid-timestamp",
			Refusal::InvalidDefinition { .. } => "invalid-definition",
			Refusal::FalseDefinition { .. } => "false-definition",
			Refusal::MarkedDefinition { .. } => "marked-definition",
			Refusal::TooManyDefinitions => "too-many-definitions",
			Refusal::UnresolvedMarking { .. } => "unresolved-marking",
			Refusal::Unmarked => "unmarked",
			Refusal::AboveCeiling { .. } => "above-ceiling",
			Refusal::MissingProperty { .. } => "missing-property",
			Refusal::WarningListed { .. } => "warning-listed",
		}
	}
}

impl fmt::Display for Refusal {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Refusal::TooLarge { limit } => write!(f, "the object is larger than {limit} bytes"),
			Refusal::TooDeep { limit } => write!(f, "the object is nested deeper than {limit} levels"),
			Refusal::InvalidUtf8 => f.write_str("the object is not UTF-8"),
			Refusal::MalformedJson { detail } => write!(f, "the object is not JSON: {}", Detail(detail)),
			Refusal::NotAnObject => f.write_str("this is JSON, but not an object"),
			Refusal::InvalidProperty { detail } => write!(f, "a property is not what it must be: {}", Detail(detail)),
			Refusal::DuplicateKey { key } => write!(f, "the property {} is there twice", Said(key)),
			Refusal::NoType => f.write_str("the object has no type"),
			Refusal::InvalidType { value } => write!(f, "{} is no type of a STIX object", Said(value)),
			Refusal::NoId => f.write_str("the object has no id"),
			Refusal::InvalidId { value } => write!(f, "{} is no id of its type: it must be TYPE--UUID", Said(value)),
			Refusal::InvalidTimestamp { field, value } => {
				write!(f, "{field} is {}, not a time like 2025-01-31T12:00:00Z", Said(value))
			}
			Refusal::InvalidDefinition { id } => write!(f, "{id} says it is a TLP, but not which one"),
			Refusal::FalseDefinition { id } => write!(f, "{id} has a fixed meaning and is defined with another"),
			Refusal::MarkedDefinition { id, tlp } => {
				write!(f, "{id} travels with all it marks and is itself {tlp}: mark it TLP:CLEAR or not at all")
			}
			Refusal::TooManyDefinitions => f.write_str("the source defines too many markings"),
			Refusal::UnresolvedMarking { id } => {
				write!(f, "nothing says what the marking {} means: define it in the source, or, for a feed, in its marking_map", Said(id))
			}
			Refusal::Unmarked => f.write_str("the object has no TLP marking, and nothing says which it is to have: --marking, or a feed's default_marking"),
			Refusal::AboveCeiling { tlp, ceiling } => {
				write!(f, "the object is {tlp}, the audience takes at most {ceiling}")
			}
			Refusal::MissingProperty { kind, property } => {
				write!(f, "a group asks for the property {property} in every {kind}, and the object says nothing there")
			}
			Refusal::WarningListed { value, list } => {
				write!(f, "{} is on the warning list {}: it says nothing of a threat", Said(value), Said(list))
			}
		}
	}
}

impl core::error::Error for Refusal {}

/// Why a document ends before its end. What was cut out before stays good.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum FatalError {
	/// Nothing, or white space only.
	Empty,
	/// Does not begin with `{`: HTML, a list, a text.
	NotJson,
	/// Not JSON at the given byte.
	Malformed {
		/// Bytes before it.
		offset: u64,
		/// What belongs there.
		expected: &'static str,
	},
	/// Ends in the middle.
	Truncated {
		/// Bytes that came.
		offset: u64,
	},
	/// Something follows the end.
	TrailingData {
		/// Bytes before it.
		offset: u64,
	},
	/// More bytes than [`Limits::total_bytes`](crate::Limits::total_bytes).
	TooLarge {
		/// The limit, in bytes.
		limit: u64,
	},
	/// More objects than [`Limits::objects`](crate::Limits::objects).
	TooManyObjects {
		/// The limit.
		limit: u64,
	},
	/// A member of the document itself is of the wrong type, not JSON, or too large.
	InvalidMember {
		/// The member.
		name: String,
	},
	/// The same member of the document twice.
	DuplicateMember {
		/// The member.
		name: String,
	},
	/// JSON, but neither a bundle nor a TAXII envelope.
	NotStix,
}

impl FatalError {
	/// The reason as a stable word, for counters and logs.
	pub const fn reason(&self) -> &'static str {
		match self {
			FatalError::Empty => "empty-document",
			FatalError::NotJson => "not-json",
			FatalError::Malformed { .. } => "malformed-document",
			FatalError::Truncated { .. } => "truncated-document",
			FatalError::TrailingData { .. } => "trailing-data",
			FatalError::TooLarge { .. } => "document-too-large",
			FatalError::TooManyObjects { .. } => "too-many-objects",
			FatalError::InvalidMember { .. } => "invalid-member",
			FatalError::DuplicateMember { .. } => "duplicate-member",
			FatalError::NotStix => "not-stix",
		}
	}
}

impl fmt::Display for FatalError {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			FatalError::Empty => f.write_str("the document is empty"),
			FatalError::NotJson => f.write_str("this is no JSON object; is it a web page or a login form?"),
			FatalError::Malformed { offset, expected } => {
				write!(f, "the document is not JSON at byte {offset}: {expected} expected")
			}
			FatalError::Truncated { offset } => write!(f, "the document ends in the middle, after {offset} bytes"),
			FatalError::TrailingData { offset } => {
				write!(f, "the document ended, and something else follows at byte {offset}")
			}
			FatalError::TooLarge { limit } => {
				write!(f, "the document is larger than {limit} bytes: split it, or serve it by TAXII in pages")
			}
			FatalError::TooManyObjects { limit } => write!(f, "the document has more than {limit} objects"),
			FatalError::InvalidMember { name } => write!(f, "the document's {} is not what it must be", Said(name)),
			FatalError::DuplicateMember { name } => write!(f, "the document's {} is there twice", Said(name)),
			FatalError::NotStix => f.write_str("this is neither a STIX bundle nor a TAXII envelope"),
		}
	}
}

impl core::error::Error for FatalError {}
