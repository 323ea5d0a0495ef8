//! What groups take and ask for, as the command line changes it and as calls say it.

use crate::{
	chain::types::GroupPolicy,
	cli::{Least, PolicyChanges},
	error::Error,
};
use cti_primitives::{Quality, Requirement};
use serde_json::{json, Value as Json};
use subxt::{dynamic::Value, utils::Static};

/// The policy with what is named changed.
pub fn changed(old: &GroupPolicy, changes: &PolicyChanges) -> GroupPolicy {
	let least = |Least(least)| least;
	GroupPolicy {
		ceiling: Static(changes.ceiling.unwrap_or(*old.ceiling)),
		techniques_required: changes.techniques_required.unwrap_or(old.techniques_required),
		pass_on_to_clients: changes.pass_on_to_clients.unwrap_or(old.pass_on_to_clients),
		history: changes.history.unwrap_or(old.history),
		drop_box: changes.drop_box.unwrap_or(old.drop_box),
		min_reliability: changes.min_reliability.map_or(old.min_reliability.clone(), |new| least(new).map(Static)),
		min_reciprocity: changes.min_reciprocity.map_or(old.min_reciprocity, |Least(least)| least),
	}
}

/// What is asked of objects, with what is named changed: requirements of types that are named take the place of theirs, and
/// `none` of all.
pub fn changed_quality(old: &Quality, changes: &PolicyChanges) -> Result<Quality, Error> {
	const ADVICE: &str = "write --require indicator:description,valid_until, once for each type, or --require none";
	let mut requirements: Vec<Requirement> = old.requirements.to_vec();
	for text in &changes.require {
		if text == "none" {
			requirements.clear();
			continue;
		}
		let new: Requirement =
			text.parse().map_err(|e: cti_primitives::quality::InvalidQuality| Error::usage(e.to_string(), ADVICE))?;
		requirements.retain(|one| one.object_type != new.object_type);
		requirements.push(new);
	}
	requirements.sort_by(|a, b| a.object_type.cmp(&b.object_type));
	let requirements = requirements.try_into().map_err(|_| {
		let most = cti_primitives::quality::MAX_REQUIREMENTS;
		Error::usage(format!("a group asks for properties of at most {most} types"), ADVICE)
	})?;
	Ok(Quality { requirements, warning_lists: changes.warning_lists.unwrap_or(old.warning_lists) })
}

/// For machines.
pub fn document(policy: &GroupPolicy, quality: &Quality) -> Json {
	let GroupPolicy { ceiling, techniques_required, pass_on_to_clients, history, drop_box, .. } = policy;
	json!({
		"ceiling": **ceiling,
		"techniques_required": techniques_required,
		"pass_on_to_clients": pass_on_to_clients,
		"history": history,
		"drop_box": drop_box,
		"min_reliability": policy.min_reliability.as_deref(),
		"min_reciprocity": policy.min_reciprocity,
		"require": required(quality),
		"warning_lists": quality.warning_lists,
	})
}

/// The requirements as the command line takes them.
pub fn required(quality: &Quality) -> Vec<String> {
	quality.requirements.iter().map(Requirement::to_string).collect()
}

fn option(value: Option<Value>) -> Value {
	match value {
		Some(value) => Value::unnamed_variant("Some", [value]),
		None => Value::unnamed_variant("None", []),
	}
}

/// The policy as an argument of a call.
pub fn policy_value(policy: &GroupPolicy) -> Value {
	let variant = |name: String| Value::unnamed_variant(name, []);
	let reliability = policy.min_reliability.as_deref().map(|least| variant(least.to_string()));
	Value::named_composite([
		("ceiling", variant(format!("{:?}", *policy.ceiling))),
		("techniques_required", Value::bool(policy.techniques_required)),
		("pass_on_to_clients", Value::bool(policy.pass_on_to_clients)),
		("history", Value::bool(policy.history)),
		("drop_box", Value::bool(policy.drop_box)),
		("min_reliability", option(reliability)),
		("min_reciprocity", option(policy.min_reciprocity.map(|least| Value::u128(least.into())))),
	])
}

/// What is asked of objects as an argument of a call.
pub fn quality_value(quality: &Quality) -> Value {
	let requirement = |one: &Requirement| {
		let properties = one.properties.iter().map(Value::from_bytes);
		Value::named_composite([
			("object_type", Value::from_bytes(&one.object_type)),
			("properties", Value::unnamed_composite(properties)),
		])
	};
	let requirements = quality.requirements.iter().map(requirement);
	Value::named_composite([
		("requirements", Value::unnamed_composite(requirements)),
		("warning_lists", Value::bool(quality.warning_lists)),
	])
}

#[cfg(test)]
mod tests {
	use super::*;
	use cti_primitives::{Reliability, Tlp};

	fn policy() -> GroupPolicy {
		GroupPolicy {
			ceiling: Static(Tlp::Amber),
			techniques_required: true,
			pass_on_to_clients: false,
			history: true,
			drop_box: false,
			min_reliability: Some(Static(Reliability::C)),
			min_reciprocity: None,
		}
	}

	#[test]
	fn policy_should_change_in_what_is_named_alone() {
		let old = policy();
		assert_eq!(changed(&old, &PolicyChanges::default()), old);
		let named = PolicyChanges { ceiling: Some(Tlp::Green), history: Some(false), ..PolicyChanges::default() };
		assert_eq!(changed(&old, &named), GroupPolicy { ceiling: Static(Tlp::Green), history: false, ..old.clone() });
		let others = PolicyChanges {
			techniques_required: Some(false),
			pass_on_to_clients: Some(true),
			drop_box: Some(true),
			min_reliability: Some(Least(None)),
			min_reciprocity: Some(Least(Some(500_000))),
			..PolicyChanges::default()
		};
		let expected = GroupPolicy {
			ceiling: Static(Tlp::Amber),
			techniques_required: false,
			pass_on_to_clients: true,
			history: true,
			drop_box: true,
			min_reliability: None,
			min_reciprocity: Some(500_000),
		};
		assert_eq!(changed(&old, &others), expected);
	}

	fn after(old: &Quality, require: &[&str], warning_lists: Option<bool>) -> Result<Quality, Error> {
		let require = require.iter().map(ToString::to_string).collect();
		changed_quality(old, &PolicyChanges { require, warning_lists, ..PolicyChanges::default() })
	}

	#[test]
	fn requirements_should_take_the_place_of_those_of_their_type() {
		let two = after(&Quality::default(), &["malware:name", "indicator:description"], None).unwrap();
		assert!(two.is_valid());
		assert_eq!(required(&two), ["indicator:description", "malware:name"]);
		let other = after(&two, &["indicator:valid_until"], Some(true)).unwrap();
		assert_eq!(
			(required(&other), other.warning_lists),
			(vec!["indicator:valid_until".into(), "malware:name".into()], true)
		);
		assert_eq!(after(&other, &[], None).unwrap(), other);
		assert_eq!(required(&after(&other, &["none", "tool:name"], None).unwrap()), ["tool:name"]);
		assert!(after(&other, &["none"], Some(false)).unwrap().is_empty());
		let error = after(&other, &["indicator"], None).unwrap_err();
		assert!(error.to_string().contains("indicator"), "{error}");
		let many: Vec<String> = (0..17).map(|n| format!("t{n}:a")).collect();
		let many: Vec<&str> = many.iter().map(String::as_str).collect();
		assert!(after(&Quality::default(), &many, None).is_err());
		assert!(after(&Quality::default(), &many[1..], None).unwrap().is_valid());
	}
}
