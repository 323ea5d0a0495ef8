//! One STIX 2.1 bundle out of many records, as their markings permit.

use crate::{
	error::Error,
	store::{RecordFilter, RecordRow, Store},
};
use cti_primitives::{Scope, Tlp};
use serde::Serialize;
use std::{collections::HashSet, io::Write};

/// What an export holds and what it leaves out.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Exported {
	/// Records whose objects are in it.
	pub records: u64,
	/// Objects in it.
	pub objects: u64,
	/// Records left out because their marking, or their group, does not permit it.
	pub withheld: u64,
	/// Records left out because they are withdrawn, superseded, refuted or expired.
	pub not_live: u64,
}

/// May the objects of a record be handed to `scope`?
pub fn may_export(store: &Store, row: &RecordRow, scope: Scope) -> Result<bool, Error> {
	let tlp = row.announced.tlp;
	if !tlp.permits_export(scope) {
		return Ok(false);
	}
	if tlp != Tlp::Amber || scope <= Scope::OwnStaff {
		return Ok(true);
	}
	for (group, _) in &row.announced.audience {
		if !store.may_pass_on(*group)? {
			return Ok(false);
		}
	}
	Ok(true)
}

/// Writes a bundle with the objects of all matching records, each as its source wrote it. Of objects with the same
/// id and time of modification the first publisher's is taken. `now` is in unix seconds; `uuid` names the bundle.
pub fn export(
	store: &Store,
	filter: RecordFilter,
	scope: Scope,
	now: u64,
	uuid: [u8; 16],
	out: &mut dyn Write,
) -> Result<Exported, Error> {
	let failed = |source| Error::Io { doing: "write", path: "the bundle".into(), source };
	let mut exported = Exported::default();
	let mut seen: HashSet<(String, Option<String>)> = HashSet::new();
	for row in store.records(filter)?.into_iter().filter(|row| row.content == "open") {
		if !row.status(now).is_live() {
			exported.not_live += 1;
			continue;
		}
		if !may_export(store, &row, scope)? {
			exported.withheld += 1;
			continue;
		}
		exported.records += 1;
		for object in store.objects(row.announced.record)? {
			if !seen.insert((object.id.clone(), object.modified.clone())) {
				continue;
			}
			match exported.objects {
				0 => write!(out, "{}", head(uuid)).map_err(failed)?,
				_ => out.write_all(b",\n").map_err(failed)?,
			}
			out.write_all(&store.raw(&object)?).map_err(failed)?;
			exported.objects += 1;
		}
	}
	if exported.objects == 0 {
		return Err(nothing(&exported));
	}
	out.write_all(b"\n]}\n").and_then(|()| out.flush()).map_err(failed)?;
	Ok(exported)
}

fn head(uuid: [u8; 16]) -> String {
	format!("{{\"type\":\"bundle\",\"id\":\"bundle--{}\",\"objects\":[\n", random_uuid(uuid))
}

fn nothing(exported: &Exported) -> Error {
	let Exported { withheld, not_live, .. } = exported;
	Error::not_found(
		format!("nothing to export: {withheld} records are withheld by their marking, {not_live} are no longer live"),
		"see `testudo records`; widen the filter, or narrow --for where the markings permit it",
	)
}

/// A version 4 UUID from random bytes.
fn random_uuid(mut bytes: [u8; 16]) -> String {
	bytes[6] = bytes[6] & 0x0f | 0x40;
	bytes[8] = bytes[8] & 0x3f | 0x80;
	let text = hex::encode(bytes);
	format!("{}-{}-{}-{}-{}", &text[..8], &text[8..12], &text[12..16], &text[16..20], &text[20..])
}

#[cfg(test)]
#[path = "export_tests.rs"]
mod tests;
