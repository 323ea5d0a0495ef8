//! One object, as far as sharing must understand it.

use crate::{
	fields::Fields,
	marking::{defined, MarkingDefinition},
	refusal::Refusal,
	scan::{is_white, Scan},
	time::Timestamp,
	Limits,
};
use alloc::{
	borrow::Cow,
	collections::BTreeSet,
	string::{String, ToString},
	vec::Vec,
};
use cti_primitives::TechniqueId;

/// Most characters of a `type`.
const MAX_TYPE: usize = 250;

/// One STIX object: its bytes as they came, and what was read of them. Made by [`read_object`] only.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Object {
	/// The bytes as they came.
	pub raw: Vec<u8>,
	/// `id`, of the form `TYPE--UUID`.
	pub id: String,
	/// `type`.
	pub kind: String,
	/// `spec_version`; absent in STIX 2.0.
	pub spec_version: Option<String>,
	/// `created`; observables have none.
	pub created: Option<Timestamp>,
	/// `modified`; observables and marking definitions have none.
	pub modified: Option<Timestamp>,
	/// `revoked`.
	pub revoked: bool,
	/// `name`, where it is a text.
	pub name: Option<String>,
	/// Ids of every marking definition it refers to, for the whole object and for parts of it, without repeats.
	pub marking_refs: Vec<String>,
	/// ATT&CK techniques its `external_references` name, then those its `kill_chain_phases` do, in their order, without
	/// repeats. An attack-pattern's first is its own.
	pub techniques: Vec<TechniqueId>,
	/// `kill_chain_phases`: the chain and the phase, for ATT&CK the matrix and the tactic.
	pub phases: Vec<(String, String)>,
	/// Ids its `*_ref` and `*_refs` properties name, without those of markings and `created_by_ref`.
	pub refs: Vec<String>,
	/// `valid_until`, unix seconds.
	pub valid_until: Option<u64>,
	/// What it defines, if it is a marking definition.
	pub definition: Option<MarkingDefinition>,
	/// Which of `refs` come from a `*_refs` property: those from here on.
	pub(crate) listed_from: usize,
}

/// Types of STIX 2.1's cyber-observable objects (section 6), which have no times.
pub(crate) const OBSERVABLES: [&str; 18] = [
	"artifact",
	"autonomous-system",
	"directory",
	"domain-name",
	"email-addr",
	"email-message",
	"file",
	"ipv4-addr",
	"ipv6-addr",
	"mac-addr",
	"mutex",
	"network-traffic",
	"process",
	"software",
	"url",
	"user-account",
	"windows-registry-key",
	"x509-certificate",
];

impl Object {
	/// The first common property that STIX 2.1 requires of its type (section 3.2) and that it does not have: objects of STIX
	/// 2.0 and hasty exports are read all the same, and a strict reader refuses them.
	pub fn missing_property(&self) -> Option<&'static str> {
		if OBSERVABLES.contains(&self.kind.as_str()) {
			return None;
		}
		if self.spec_version.as_deref() != Some("2.1") {
			return Some("spec_version");
		}
		match (self.created, self.modified) {
			(None, _) => Some("created"),
			(_, None) if self.kind != "marking-definition" => Some("modified"),
			_ => None,
		}
	}
}

/// Reads one object. The bytes are kept as they are.
///
/// Works within `limits`, so that it is safe on bytes from anywhere: a [`Splitter`](crate::Splitter)'s cut, an opened
/// envelope, a file.
pub fn read_object(raw: Vec<u8>, limits: &Limits) -> Result<Object, Refusal> {
	let mut fields = fields(&raw, limits)?;
	if let Some(key) = fields.duplicate.take() {
		return Err(Refusal::DuplicateKey { key });
	}
	let kind = kind(fields.kind.take())?;
	let id = id(fields.id.take(), &kind)?;
	let definition = (kind == "marking-definition").then(|| defined(&id, &fields)).transpose()?;
	let listed_from = fields.refs.len();
	let mut refs = fields.refs;
	refs.append(&mut fields.listed);
	Ok(Object {
		definition,
		created: time("created", fields.created)?,
		modified: time("modified", fields.modified)?,
		valid_until: time("valid_until", fields.valid_until)?.map(Timestamp::seconds),
		marking_refs: unrepeated(fields.marking_refs),
		techniques: techniques(fields.techniques, &fields.phases),
		spec_version: fields.spec_version,
		revoked: fields.revoked.unwrap_or_default(),
		name: fields.name,
		phases: fields.phases,
		raw,
		id,
		kind,
		refs,
		listed_from,
	})
}

/// Cheap checks first: length, UTF-8, depth; then JSON.
fn fields(raw: &[u8], limits: &Limits) -> Result<Fields, Refusal> {
	if raw.len() > limits.object_bytes {
		return Err(Refusal::TooLarge { limit: limits.object_bytes });
	}
	let text = core::str::from_utf8(raw).map_err(|_| Refusal::InvalidUtf8)?;
	if Scan::depth_of(raw) > limits.depth {
		return Err(Refusal::TooDeep { limit: limits.depth });
	}
	serde_json::from_str(text).map_err(|error| {
		let detail = error.to_string();
		if !error.is_data() {
			Refusal::MalformedJson { detail }
		} else if raw.iter().find(|byte| !is_white(**byte)) != Some(&b'{') {
			Refusal::NotAnObject
		} else {
			Refusal::InvalidProperty { detail }
		}
	})
}

/// A bundle is no object: what it holds would travel without its markings being looked at.
fn kind(kind: Option<String>) -> Result<String, Refusal> {
	let kind = kind.ok_or(Refusal::NoType)?;
	let named = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'_');
	if kind.is_empty() || kind.len() > MAX_TYPE || !kind.bytes().all(named) || kind == "bundle" {
		return Err(Refusal::InvalidType { value: kind });
	}
	Ok(kind)
}

fn id(id: Option<String>, kind: &str) -> Result<String, Refusal> {
	let id = id.ok_or(Refusal::NoId)?;
	let uuid = id.strip_prefix(kind).and_then(|rest| rest.strip_prefix("--"));
	if !uuid.is_some_and(is_uuid) {
		return Err(Refusal::InvalidId { value: id });
	}
	Ok(id)
}

fn is_uuid(text: &str) -> bool {
	text.len() == 36
		&& text.bytes().enumerate().all(|(at, byte)| match at {
			8 | 13 | 18 | 23 => byte == b'-',
			_ => byte.is_ascii_hexdigit(),
		})
}

/// UUIDs are compared without regard to case.
pub(crate) fn normal(id: &str) -> Cow<'_, str> {
	if id.bytes().any(|byte| byte.is_ascii_uppercase()) {
		return Cow::Owned(id.to_ascii_lowercase());
	}
	Cow::Borrowed(id)
}

/// Techniques as phases come from producers without better: ATT&CK's own phases are tactics.
fn techniques(referenced: Vec<TechniqueId>, phases: &[(String, String)]) -> Vec<TechniqueId> {
	let phases = phases.iter().filter(|(chain, _)| chain.starts_with("mitre-"));
	let named = phases.filter_map(|(_, phase)| phase.parse().ok());
	unrepeated(referenced.into_iter().chain(named).collect())
}

fn time(field: &'static str, text: Option<String>) -> Result<Option<Timestamp>, Refusal> {
	let Some(value) = text else { return Ok(None) };
	value.parse().map(Some).map_err(|_| Refusal::InvalidTimestamp { field, value })
}

fn unrepeated<T: Ord + Clone>(list: Vec<T>) -> Vec<T> {
	if list.len() < 2 {
		return list;
	}
	let mut seen = BTreeSet::new();
	list.into_iter().filter(|item| seen.insert(item.clone())).collect()
}
