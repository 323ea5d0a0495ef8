//! Does an object name what must not leave the house?

use crate::object::Object;
use alloc::{string::String, vec::Vec};
use cti_primitives::guard::OwnNames;
use serde_json::Value;

impl Object {
	/// What of the list a text in the object names, in words; `None` if nothing. Keys count, too: those of dictionaries,
	/// such as headers and environment variables, are data.
	pub fn names_own(&self, own: &OwnNames) -> Option<String> {
		if own.is_empty() {
			return None;
		}
		// The object was read before: it is JSON, and not deeper than the limits.
		let value: Value = serde_json::from_slice(&self.raw).ok()?;
		let mut open: Vec<&Value> = [&value].into();
		while let Some(value) = open.pop() {
			let found = match value {
				Value::String(text) => own.find(text),
				Value::Array(items) => {
					open.extend(items);
					None
				}
				Value::Object(fields) => {
					open.extend(fields.values());
					fields.keys().find_map(|key| own.find(key))
				}
				Value::Null | Value::Bool(_) | Value::Number(_) => None,
			};
			if found.is_some() {
				return found;
			}
		}
		None
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::{read_object, Limits};
	use alloc::{format, vec};

	fn found(more: &str) -> Option<String> {
		let raw =
			format!(r#"{{"type":"process","id":"process--00000001-0000-4000-8000-000000000000","pid":314{more}}}"#);
		let own = OwnNames { domains: vec!["bank.example".into()], ..OwnNames::default() };
		read_object(raw.into_bytes(), &Limits::default()).unwrap().names_own(&own)
	}

	#[test]
	fn values_and_keys_at_any_depth_should_be_looked_at() {
		assert_eq!(found(""), None);
		assert_eq!(found(r#","environment_variables":{"PATH":"/bin","HOST":"evil.example"}"#), None);
		for more in [
			r#","command_line":"ssh vpn.bank.example""#,
			r#","environment_variables":{"PROXY_bank.example":"1"}"#,
			r#","extensions":{"http-request-ext":{"request_header":{"X-Bank.Example":[],"vpn.bank.example":["a"]}}}"#,
			r#","x_list":[{"deep":{"mail.bank.example":null}}]"#,
		] {
			assert!(found(more).is_some(), "{more}");
		}
	}
}
