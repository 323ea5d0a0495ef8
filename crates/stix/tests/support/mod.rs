//! What the tests share.
#![allow(dead_code)] // each test file uses its part

use cti_stix::{read_object, Cut, FatalError, Limits, Object, Refusal, Splitter, Tail};
use serde_json::{json, Value};

pub type Cuts = Vec<Result<Cut, Refusal>>;

/// Splits a document that arrives in chunks of the given sizes, over and over.
pub fn split_in(document: &[u8], sizes: &[usize], limits: Limits) -> (Cuts, Result<Tail, FatalError>) {
	let mut splitter = Splitter::new(limits);
	let mut cuts = Vec::new();
	let mut sizes = sizes.iter().cycle();
	let mut rest = document;
	while !rest.is_empty() {
		let (chunk, after) = rest.split_at((*sizes.next().unwrap()).clamp(1, rest.len()));
		rest = after;
		splitter.push(chunk);
		cuts.extend(splitter.by_ref());
	}
	(cuts, splitter.finish())
}

/// Splits a document that arrives at once.
pub fn split(document: impl AsRef<[u8]>) -> (Cuts, Result<Tail, FatalError>) {
	split_in(document.as_ref(), &[usize::MAX], Limits::default())
}

pub fn bundle_of(objects: &[&str]) -> String {
	format!(
		r#"{{"type":"bundle","id":"bundle--5d0092c5-5f74-4287-9642-33f4c354e56d","objects":[{}]}}"#,
		objects.join(",")
	)
}

pub fn raws(cuts: &Cuts) -> Vec<&str> {
	cuts.iter().map(|cut| std::str::from_utf8(&cut.as_ref().unwrap().raw).unwrap()).collect()
}

pub fn read(value: &Value) -> Result<Object, Refusal> {
	read_raw(value.to_string())
}

pub fn read_raw(raw: impl Into<Vec<u8>>) -> Result<Object, Refusal> {
	read_object(raw.into(), &Limits::default())
}

/// An id of a type, the `n`th.
pub fn id(kind: &str, n: u32) -> String {
	format!("{kind}--00000000-0000-4000-8000-{n:012x}")
}

pub fn marking(uuid: &str) -> String {
	format!("marking-definition--{uuid}")
}

/// An object of a type with further properties.
pub fn object(kind: &str, n: u32, further: Value) -> Object {
	let mut value = json!({ "type": kind, "spec_version": "2.1", "id": id(kind, n) });
	value.as_object_mut().unwrap().extend(further.as_object().unwrap().clone());
	read(&value).unwrap()
}

/// The same with the times every object but an observable has.
pub fn dated(kind: &str, n: u32, further: Value) -> Object {
	let mut value = json!({ "created": "2025-01-01T00:00:00.000Z", "modified": "2025-01-01T00:00:00.000Z" });
	value.as_object_mut().unwrap().extend(further.as_object().unwrap().clone());
	object(kind, n, value)
}
