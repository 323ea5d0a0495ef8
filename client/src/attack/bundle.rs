//! Reads what matters of an ATT&CK bundle, one object at a time: 33 MB of JSON become a few hundred kilobytes.

use super::ImportError;
use serde::{
	de::{DeserializeSeed, Error, IgnoredAny, MapAccess, SeqAccess, Visitor},
	Deserialize, Deserializer,
};
use std::{collections::BTreeMap, fmt, io::Read};

/// An object, as far as the catalogue needs it.
#[derive(Deserialize)]
struct Object {
	#[serde(rename = "type")]
	kind: String,
	#[serde(default)]
	id: String,
	#[serde(default)]
	modified: String,
	#[serde(default)]
	name: String,
	#[serde(default)]
	revoked: bool,
	#[serde(default)]
	x_mitre_deprecated: bool,
	#[serde(default)]
	x_mitre_domains: Vec<String>,
	#[serde(default)]
	x_mitre_version: Option<String>,
	#[serde(default)]
	x_mitre_shortname: String,
	#[serde(default)]
	tactic_refs: Vec<String>,
	#[serde(default)]
	kill_chain_phases: Vec<Phase>,
	#[serde(default)]
	external_references: Vec<Reference>,
	#[serde(default)]
	relationship_type: String,
	#[serde(default)]
	source_ref: String,
	#[serde(default)]
	target_ref: String,
}

#[derive(Deserialize)]
struct Phase {
	kill_chain_name: String,
	phase_name: String,
}

#[derive(Deserialize)]
struct Reference {
	source_name: String,
	#[serde(default)]
	external_id: Option<String>,
}

/// The names under which MITRE cites itself and names its kill chains: one per domain, `mitre-attack` also for all.
const MITRE: [&str; 3] = ["mitre-attack", "mitre-mobile-attack", "mitre-ics-attack"];

/// An `attack-pattern`.
pub(super) struct Pattern {
	pub stix_id: String,
	pub attack_id: Option<String>,
	pub name: String,
	pub phases: Vec<String>,
	pub domains: Vec<String>,
	pub revoked: bool,
	pub deprecated: bool,
}

/// An `x-mitre-tactic`.
pub(super) struct RawTactic {
	pub attack_id: Option<String>,
	pub shortname: String,
	pub name: String,
}

/// An `x-mitre-matrix`.
pub(super) struct Matrix {
	pub attack_id: Option<String>,
	pub tactics: Vec<String>,
	pub retired: bool,
}

/// What the catalogue is derived from.
#[derive(Default)]
pub struct Bundle {
	/// The version that the bundle's `x-mitre-collection` states.
	pub(super) version: Option<String>,
	pub(super) patterns: Vec<Pattern>,
	/// By STIX id.
	pub(super) tactics: BTreeMap<String, RawTactic>,
	pub(super) matrices: Vec<Matrix>,
	/// The successor's STIX id and the relationship's time, by the revoked object's STIX id.
	pub(super) revoked_by: BTreeMap<String, (String, String)>,
	is_bundle: bool,
}

impl Bundle {
	/// Reads a bundle, keeping only what the catalogue needs.
	pub fn read(reader: impl Read) -> Result<Self, ImportError> {
		let mut bundle = Self::default();
		let mut deserializer = serde_json::Deserializer::from_reader(reader);
		(&mut deserializer).deserialize_map(Members(&mut bundle))?;
		deserializer.end()?;
		match bundle.is_bundle {
			true => Ok(bundle),
			false => Err(ImportError::NotABundle),
		}
	}

	fn take(&mut self, object: Object) {
		let attack_id = object.external_references.into_iter().find_map(|reference| {
			let by_mitre = MITRE.contains(&reference.source_name.as_str());
			reference.external_id.filter(|_| by_mitre)
		});
		let retired = object.revoked || object.x_mitre_deprecated;
		match object.kind.as_str() {
			"attack-pattern" => self.patterns.push(Pattern {
				stix_id: object.id,
				attack_id,
				name: object.name,
				phases: object
					.kill_chain_phases
					.into_iter()
					.filter(|phase| MITRE.contains(&phase.kill_chain_name.as_str()))
					.map(|phase| phase.phase_name)
					.collect(),
				domains: object.x_mitre_domains,
				revoked: object.revoked,
				deprecated: object.x_mitre_deprecated,
			}),
			"x-mitre-tactic" => {
				let tactic = RawTactic { attack_id, shortname: object.x_mitre_shortname, name: object.name };
				self.tactics.insert(object.id, tactic);
			}
			"x-mitre-matrix" => self.matrices.push(Matrix { attack_id, tactics: object.tactic_refs, retired }),
			"x-mitre-collection" => self.version = object.x_mitre_version,
			"relationship" if object.relationship_type == "revoked-by" && !retired => {
				self.take_successor(object.source_ref, object.target_ref, object.modified)
			}
			_ => (),
		}
	}

	/// Of several successors of one object the newest statement holds. The times are all UTC in one format.
	fn take_successor(&mut self, revoked: String, successor: String, modified: String) {
		let newer = self.revoked_by.get(&revoked).is_none_or(|(_, known)| *known < modified);
		if newer {
			self.revoked_by.insert(revoked, (successor, modified));
		}
	}
}

/// Visits the members of the bundle itself.
struct Members<'a>(&'a mut Bundle);

impl<'de> Visitor<'de> for Members<'_> {
	type Value = ();

	fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
		f.write_str("a STIX bundle")
	}

	fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
		let mut has_objects = false;
		while let Some(key) = map.next_key::<String>()? {
			match key.as_str() {
				"type" => self.0.is_bundle = map.next_value::<String>()? == "bundle",
				"objects" if has_objects => return Err(A::Error::duplicate_field("objects")),
				"objects" => {
					has_objects = true;
					map.next_value_seed(Objects(self.0))?;
				}
				_ => {
					map.next_value::<IgnoredAny>()?;
				}
			}
		}
		Ok(())
	}
}

/// Visits the array of objects.
struct Objects<'a>(&'a mut Bundle);

impl<'de> DeserializeSeed<'de> for Objects<'_> {
	type Value = ();

	fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
		deserializer.deserialize_seq(self)
	}
}

impl<'de> Visitor<'de> for Objects<'_> {
	type Value = ();

	fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
		f.write_str("an array of STIX objects")
	}

	fn visit_seq<A: SeqAccess<'de>>(self, mut objects: A) -> Result<(), A::Error> {
		while let Some(object) = objects.next_element()? {
			self.0.take(object);
		}
		Ok(())
	}
}
