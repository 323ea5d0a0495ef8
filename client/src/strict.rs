//! What STIX 2.1 requires of an object, as far as a strict reader refuses the whole for it (sections 3.2, 4, 5, 6 and 7).

use cti_stix::Object;
use serde_json::value::RawValue;
use std::{borrow::Cow, collections::BTreeMap};

/// Properties that a type must have beside the common ones.
const REQUIRED: &[(&str, &[&str])] = &[
	("attack-pattern", &["name"]),
	("campaign", &["name"]),
	("course-of-action", &["name"]),
	("grouping", &["context", "object_refs"]),
	("identity", &["name"]),
	("incident", &["name"]),
	("indicator", &["pattern", "pattern_type", "valid_from"]),
	("infrastructure", &["name"]),
	("intrusion-set", &["name"]),
	("malware", &["is_family"]),
	("malware-analysis", &["product"]),
	("note", &["content", "object_refs"]),
	("observed-data", &["first_observed", "last_observed", "number_observed"]),
	("opinion", &["opinion", "object_refs"]),
	("report", &["name", "published", "object_refs"]),
	("threat-actor", &["name"]),
	("tool", &["name"]),
	("vulnerability", &["name"]),
	("relationship", &["relationship_type", "source_ref", "target_ref"]),
	("sighting", &["sighting_of_ref"]),
	("language-content", &["object_ref", "contents"]),
	("extension-definition", &["name", "schema", "version", "extension_types"]),
	("autonomous-system", &["number"]),
	("directory", &["path"]),
	("domain-name", &["value"]),
	("email-addr", &["value"]),
	("email-message", &["is_multipart"]),
	("ipv4-addr", &["value"]),
	("ipv6-addr", &["value"]),
	("mac-addr", &["value"]),
	("mutex", &["name"]),
	("network-traffic", &["protocols"]),
	("software", &["name"]),
	("url", &["value"]),
];

/// What the object lacks, if anything.
pub fn lacks(object: &Object) -> Option<&'static str> {
	if let Some(missing) = object.missing_property() {
		return Some(missing);
	}
	let Ok(properties) = serde_json::from_slice::<BTreeMap<Cow<str>, &RawValue>>(&object.raw) else {
		return Some("properties that are each there once");
	};
	let required = REQUIRED.iter().find(|(kind, _)| *kind == object.kind).map_or(&[][..], |(_, required)| required);
	let missing = required.iter().copied().find(|name| !properties.contains_key(*name));
	missing.or_else(|| properties.values().any(|value| is_empty_list(value)).then_some("a value in one of its lists"))
}

/// STIX leaves a list out where it has nothing in it (section 2.9).
fn is_empty_list(value: &RawValue) -> bool {
	let inside = value.get().strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
	inside.is_some_and(|inside| inside.trim().is_empty())
}

#[cfg(test)]
mod tests {
	use super::*;
	use cti_stix::{read_object, Limits};

	fn found(kind: &str, more: &str) -> Option<&'static str> {
		let text = format!(
			r#"{{"type":"{kind}","spec_version":"2.1","id":"{kind}--00000001-0000-4000-8000-000000000000","created":"2025-01-31T12:00:00Z","modified":"2025-01-31T12:00:00Z"{more}}}"#
		);
		lacks(&read_object(text.into_bytes(), &Limits::default()).unwrap())
	}

	#[test]
	fn what_a_strict_reader_refuses_should_be_named() {
		assert_eq!(found("malware", r#","name":"x""#), Some("is_family"));
		assert_eq!(found("malware", r#","is_family":false"#), None);
		assert_eq!(found("indicator", r#","pattern":"[a:b='c']","pattern_type":"stix""#), Some("valid_from"));
		assert_eq!(found("tool", r#","name":"t","labels":[ ]"#), Some("a value in one of its lists"));
		assert_eq!(found("tool", r#","name":"t","labels":["a"]"#), None);
		assert_eq!(found("x-of-our-own", ""), None);
		assert_eq!(found("url", ""), Some("value"));
		assert_eq!(found("url", r#","value":"http://e.example""#), None);
	}
}
