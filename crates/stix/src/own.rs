//! Does an object name what must not leave the house?

use crate::object::Object;
use alloc::{string::String, vec::Vec};
use cti_primitives::guard::OwnNames;
use serde_json::Value;

impl Object {
	/// What of the list a text in the object names, in words; `None` if nothing. Keys of properties do not count.
	pub fn names_own(&self, own: &OwnNames) -> Option<String> {
		if own.is_empty() {
			return None;
		}
		// The object was read before: it is JSON, and not deeper than the limits.
		let value: Value = serde_json::from_slice(&self.raw).ok()?;
		let mut open: Vec<&Value> = [&value].into();
		while let Some(value) = open.pop() {
			match value {
				Value::String(text) => {
					if let Some(found) = own.find(text) {
						return Some(found);
					}
				}
				Value::Array(items) => open.extend(items),
				Value::Object(fields) => open.extend(fields.values()),
				Value::Null | Value::Bool(_) | Value::Number(_) => {}
			}
		}
		None
	}
}
