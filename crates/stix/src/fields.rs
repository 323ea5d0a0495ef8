//! The properties of an object that sharing needs; the rest is passed over.

use alloc::{
	borrow::Cow,
	string::{String, ToString},
	vec::Vec,
};
use core::fmt;
use cti_primitives::TechniqueId;
use serde::{
	de::{DeserializeSeed, Error, IgnoredAny, MapAccess, SeqAccess, Visitor},
	Deserialize, Deserializer,
};

/// The TLP 2.0 extension's id.
const TLP_2_EXTENSION: &str = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d";

/// Where ATT&CK's own identifiers come from.
const ATTACK_SOURCES: [&str; 3] = ["mitre-attack", "mitre-mobile-attack", "mitre-ics-attack"];

/// Properties that refer to other objects and on which a marking depends: of the right type, or the object is refused.
const REFERENCE: [&str; 4] = ["source_ref", "target_ref", "sighting_of_ref", "object_ref"];
const REFERENCES: [&str; 3] = ["object_refs", "observed_data_refs", "where_sighted_refs"];

/// What was read of one object.
#[derive(Default, Debug)]
pub struct Fields {
	pub id: Option<String>,
	pub kind: Option<String>,
	pub spec_version: Option<String>,
	pub created: Option<String>,
	pub modified: Option<String>,
	pub valid_until: Option<String>,
	pub revoked: Option<bool>,
	pub name: Option<String>,
	pub marking_refs: Vec<String>,
	pub techniques: Vec<TechniqueId>,
	pub phases: Vec<(String, String)>,
	/// From `*_ref`.
	pub refs: Vec<String>,
	/// From `*_refs`.
	pub listed: Vec<String>,
	pub definition_type: Option<String>,
	/// What `definition` gives as `tlp`: once for each time it does, `None` for anything but a text.
	pub tlp_1: Vec<Option<String>>,
	/// The same of the TLP 2.0 extension's `tlp_2_0`; one `None` if it is without.
	pub tlp_2: Vec<Option<String>>,
	/// A property that is there twice.
	pub duplicate: Option<String>,
}

/// A text, borrowed where it holds no escape.
struct Text<'a>(Cow<'a, str>);

impl<'de: 'a, 'a> Deserialize<'de> for Text<'a> {
	fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
		struct Str;

		impl<'de> Visitor<'de> for Str {
			type Value = Cow<'de, str>;
			fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
				f.write_str("a text")
			}
			fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Self::Value, E> {
				Ok(Cow::Borrowed(text))
			}
			fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
				Ok(Cow::Owned(text.to_string()))
			}
		}
		deserializer.deserialize_str(Str).map(Text)
	}
}

/// Any value, of which texts alone count.
#[derive(Default)]
enum Loose<'a> {
	Text(Cow<'a, str>),
	/// The texts of a list.
	List(Vec<String>),
	#[default]
	Other,
}

impl Loose<'_> {
	fn text(self) -> Option<String> {
		match self {
			Loose::Text(text) => Some(text.into_owned()),
			Loose::List(_) | Loose::Other => None,
		}
	}

	fn texts(self) -> Vec<String> {
		match self {
			Loose::Text(text) => Vec::from([text.into_owned()]),
			Loose::List(texts) => texts,
			Loose::Other => Vec::new(),
		}
	}
}

impl<'de: 'a, 'a> Deserialize<'de> for Loose<'a> {
	fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
		deserializer.deserialize_any(Anything)
	}
}

/// Accepts any value.
struct Anything;

impl<'de> Visitor<'de> for Anything {
	type Value = Loose<'de>;

	fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str("any value")
	}
	fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Self::Value, E> {
		Ok(Loose::Text(Cow::Borrowed(text)))
	}
	fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
		Ok(Loose::Text(Cow::Owned(text.to_string())))
	}
	fn visit_bool<E: Error>(self, _: bool) -> Result<Self::Value, E> {
		Ok(Loose::Other)
	}
	fn visit_i64<E: Error>(self, _: i64) -> Result<Self::Value, E> {
		Ok(Loose::Other)
	}
	fn visit_u64<E: Error>(self, _: u64) -> Result<Self::Value, E> {
		Ok(Loose::Other)
	}
	fn visit_f64<E: Error>(self, _: f64) -> Result<Self::Value, E> {
		Ok(Loose::Other)
	}
	fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
		Ok(Loose::Other)
	}
	fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
		let mut texts = Vec::new();
		while let Some(element) = list.next_element::<Loose>()? {
			texts.extend(element.text());
		}
		Ok(Loose::List(texts))
	}
	fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
		while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
		Ok(Loose::Other)
	}
}

#[derive(Deserialize)]
struct GranularMarking<'a> {
	#[serde(borrow)]
	marking_ref: Option<Text<'a>>,
}

#[derive(Deserialize)]
struct ExternalReference<'a> {
	#[serde(borrow, default)]
	source_name: Loose<'a>,
	#[serde(borrow, default)]
	external_id: Loose<'a>,
}

impl ExternalReference<'_> {
	fn technique(self) -> Option<TechniqueId> {
		let source = self.source_name.text()?;
		if !ATTACK_SOURCES.contains(&source.as_str()) {
			return None;
		}
		self.external_id.text()?.parse().ok()
	}
}

#[derive(Deserialize)]
struct Phase<'a> {
	#[serde(borrow, default)]
	kill_chain_name: Loose<'a>,
	#[serde(borrow, default)]
	phase_name: Loose<'a>,
}

/// Goes down a path of keys and keeps what is there at its end, once for each time.
struct Pick<'k, 'o> {
	path: &'k [&'k str],
	/// A text, or `None` for anything else.
	found: &'o mut Vec<Option<String>>,
	/// Is it a find, of nothing, if the path's last key is not there?
	must: bool,
}

impl<'de> DeserializeSeed<'de> for Pick<'_, '_> {
	type Value = ();

	fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
		match self.path {
			[] => {
				self.found.push(Loose::deserialize(deserializer)?.text());
				Ok(())
			}
			_ => deserializer.deserialize_any(self),
		}
	}
}

impl<'de> Visitor<'de> for Pick<'_, '_> {
	type Value = ();

	fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str("any value")
	}
	fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
		let before = self.found.len();
		let (first, path) = self.path.split_first().unzip();
		while let Some(Text(key)) = map.next_key()? {
			match (first, path) {
				(Some(first), Some(path)) if *first == key => {
					map.next_value_seed(Pick { path, found: self.found, must: true })?;
				}
				_ => {
					map.next_value::<IgnoredAny>()?;
				}
			}
		}
		if self.must && self.found.len() == before {
			self.found.push(None);
		}
		Ok(())
	}
	fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
		while list.next_element::<IgnoredAny>()?.is_some() {}
		self.visit_unit()
	}
	fn visit_str<E: Error>(self, _: &str) -> Result<(), E> {
		self.visit_unit()
	}
	fn visit_bool<E: Error>(self, _: bool) -> Result<(), E> {
		self.visit_unit()
	}
	fn visit_i64<E: Error>(self, _: i64) -> Result<(), E> {
		self.visit_unit()
	}
	fn visit_u64<E: Error>(self, _: u64) -> Result<(), E> {
		self.visit_unit()
	}
	fn visit_f64<E: Error>(self, _: f64) -> Result<(), E> {
		self.visit_unit()
	}
	fn visit_unit<E: Error>(self) -> Result<(), E> {
		if self.must {
			self.found.push(None);
		}
		Ok(())
	}
}

impl<'de> Deserialize<'de> for Fields {
	fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
		deserializer.deserialize_map(Properties)
	}
}

/// Reads an object property by property.
struct Properties;

impl<'de> Visitor<'de> for Properties {
	type Value = Fields;

	fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str("a STIX object")
	}

	fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields, A::Error> {
		let mut fields = Fields::default();
		let mut keys = Vec::new();
		while let Some(Text(key)) = map.next_key()? {
			fields.property(&key, &mut map)?;
			keys.push(key);
		}
		keys.sort_unstable();
		fields.duplicate = keys.array_windows().find(|[one, next]| one == next).map(|[one, _]| one.to_string());
		Ok(fields)
	}
}

fn text<'de, A: MapAccess<'de>>(map: &mut A) -> Result<Option<String>, A::Error> {
	Ok(map.next_value::<Option<Text>>()?.map(|Text(text)| text.into_owned()))
}

fn owned(texts: Option<Vec<Text<'_>>>) -> impl Iterator<Item = String> + '_ {
	texts.into_iter().flatten().map(|Text(text)| text.into_owned())
}

impl Fields {
	fn property<'de, A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
		match key {
			"id" => self.id = text(map)?,
			"type" => self.kind = text(map)?,
			"spec_version" => self.spec_version = text(map)?,
			"created" => self.created = text(map)?,
			"modified" => self.modified = text(map)?,
			"valid_until" => self.valid_until = text(map)?,
			"revoked" => self.revoked = map.next_value()?,
			"name" => self.name = map.next_value::<Loose>()?.text(),
			"object_marking_refs" => self.marking_refs.extend(owned(map.next_value()?)),
			"granular_markings" => {
				let markings = map.next_value::<Option<Vec<GranularMarking>>>()?.unwrap_or_default();
				self.marking_refs.extend(owned(Some(markings.into_iter().filter_map(|m| m.marking_ref).collect())));
			}
			"external_references" => {
				let references = map.next_value::<Option<Vec<ExternalReference>>>()?.unwrap_or_default();
				self.techniques.extend(references.into_iter().filter_map(ExternalReference::technique));
			}
			"kill_chain_phases" => {
				let phases = map.next_value::<Option<Vec<Phase>>>()?.unwrap_or_default().into_iter();
				let names = |p: Phase| Some((p.kill_chain_name.text()?, p.phase_name.text()?));
				self.phases.extend(phases.filter_map(names));
			}
			"definition_type" => self.definition_type = map.next_value::<Loose>()?.text(),
			"definition" => map.next_value_seed(Pick { path: &["tlp"], found: &mut self.tlp_1, must: false })?,
			"extensions" => {
				let path = &[TLP_2_EXTENSION, "tlp_2_0"];
				map.next_value_seed(Pick { path, found: &mut self.tlp_2, must: false })?;
			}
			_ => self.reference(key, map)?,
		}
		Ok(())
	}

	fn reference<'de, A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
		if REFERENCE.contains(&key) {
			self.refs.extend(text(map)?);
		} else if REFERENCES.contains(&key) {
			self.listed.extend(owned(map.next_value()?));
		} else if key.ends_with("_ref") && key != "created_by_ref" {
			self.refs.extend(map.next_value::<Loose>()?.texts());
		} else if key.ends_with("_refs") {
			self.listed.extend(map.next_value::<Loose>()?.texts());
		} else {
			map.next_value::<IgnoredAny>()?;
		}
		Ok(())
	}
}
