//! Is an object good enough for a sharing group?

use crate::{object::Object, refusal::Refusal};
use cti_primitives::{warning::WarningLists, Quality};
use serde_json::Value;

impl Object {
	/// Checks what a group asks for; a marking definition, which travels with what it marks, is not looked at.
	pub fn check_quality(&self, quality: &Quality, lists: &WarningLists) -> Result<(), Refusal> {
		if quality.is_empty() || self.definition.is_some() {
			return Ok(());
		}
		self.check_properties(quality)?;
		match quality.warning_lists {
			true => self.check_values(lists),
			false => Ok(()),
		}
	}

	fn check_properties(&self, quality: &Quality) -> Result<(), Refusal> {
		let mut asked = quality.properties_of(&self.kind).peekable();
		if asked.peek().is_none() {
			return Ok(());
		}
		// The object was read before: it is JSON, and not deeper than the limits.
		let value: Value = serde_json::from_slice(&self.raw).unwrap_or_default();
		match asked.find(|property| value.get(property).is_none_or(is_void)) {
			Some(property) => Err(Refusal::MissingProperty { kind: self.kind.clone(), property: property.into() }),
			None => Ok(()),
		}
	}

	fn check_values(&self, lists: &WarningLists) -> Result<(), Refusal> {
		for observable in self.observables() {
			if let Some(list) = lists.find(&observable.value) {
				return Err(Refusal::WarningListed { value: observable.value, list: list.into() });
			}
		}
		Ok(())
	}
}

/// Does a property that is there say nothing?
fn is_void(value: &Value) -> bool {
	match value {
		Value::Null => true,
		Value::String(text) => text.trim().is_empty(),
		Value::Array(items) => items.is_empty(),
		Value::Object(fields) => fields.is_empty(),
		Value::Bool(_) | Value::Number(_) => false,
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::{read_object, Limits};
	use alloc::{format, string::String, vec, vec::Vec};
	use cti_primitives::warning::ReadList;

	fn indicator(more: &str) -> Object {
		let raw = format!(
			r#"{{"type":"indicator","id":"indicator--00000001-0000-4000-8000-000000000000","pattern_type":"stix"{more}}}"#
		);
		read_object(raw.into_bytes(), &Limits::default()).unwrap()
	}

	fn quality(requirements: &[&str], warning_lists: bool) -> Quality {
		let requirements: Vec<_> = requirements.iter().map(|text| text.parse().unwrap()).collect();
		Quality { requirements: requirements.try_into().unwrap(), warning_lists }
	}

	fn lists() -> WarningLists {
		let list = ReadList::parse("Resolvers", "string", vec!["8.8.8.8".into()]).unwrap();
		let ReadList::List(list) = list else { panic!("it is a list") };
		WarningLists::new(vec![list])
	}

	fn reason(object: &Object, quality: &Quality) -> Option<String> {
		object.check_quality(quality, &lists()).err().map(|refusal| format!("{} {refusal}", refusal.reason()))
	}

	#[test]
	fn properties_that_are_missing_or_say_nothing_should_refuse() {
		let asked = quality(&["indicator:description,valid_until", "malware:name"], false);
		let whole = r#","description":"C2","valid_until":"2030-01-01T00:00:00Z""#;
		assert_eq!(reason(&indicator(whole), &asked), None);
		assert_eq!(reason(&indicator(""), &Quality::default()), None);
		for void in ["null", r#""""#, r#"" ""#, "[]", "{}"] {
			let object = indicator(&format!(r#","description":{void},"valid_until":"2030-01-01T00:00:00Z""#));
			let reason = reason(&object, &asked).unwrap();
			assert!(reason.starts_with("missing-property") && reason.contains("description"), "{reason}");
		}
		let reason = reason(&indicator(r#","description":"C2""#), &asked).unwrap();
		assert!(reason.contains("valid_until"), "{reason}");
	}

	#[test]
	fn values_on_warning_lists_should_refuse_where_the_group_asks() {
		let listed = indicator(r#","pattern":"[ipv4-addr:value = '8.8.8.8']""#);
		let other = indicator(r#","pattern":"[ipv4-addr:value = '198.51.100.7']""#);
		let asked = quality(&[], true);
		let told = reason(&listed, &asked).unwrap();
		assert!(told.starts_with("warning-listed") && told.contains("8.8.8.8") && told.contains("Resolvers"), "{told}");
		assert_eq!(reason(&other, &asked), None);
		assert_eq!(reason(&listed, &quality(&["malware:name"], false)), None);
	}
}
