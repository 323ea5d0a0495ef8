//! One STIX 2.1 bundle out of many records, as their markings permit.

use crate::{
	error::Error,
	opinions::Opinions,
	store::{ObjectRow, RecordFilter, RecordRow, Store},
};
use cti_primitives::{GroupId, RecordId, RecordStatus, Scope, Tlp};
use serde::{Serialize, Serializer};
use std::{
	collections::{hash_map::Entry, BTreeMap, BTreeSet, HashMap},
	io::Write,
};

/// An object that there is something to say of.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Named {
	/// The record it is in.
	#[serde(serialize_with = "as_text")]
	pub record: RecordId,
	/// Its STIX id.
	pub object: String,
}

fn as_text<S: Serializer>(record: &RecordId, serializer: S) -> Result<S::Ok, S::Error> {
	serializer.collect_str(record)
}

/// What an export holds and what it leaves out.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Exported {
	/// Records whose objects are in it.
	pub records: u64,
	/// Objects in it.
	pub objects: u64,
	/// Records left out because their marking, or their group, does not permit it.
	pub withheld: u64,
	/// Records left out because they are withdrawn, superseded, refuted or expired.
	pub not_live: u64,
	/// Opinions of the consortium in it.
	pub opinions: u64,
	/// Objects left out because they differ from an earlier one of the same id.
	pub differing: Vec<Named>,
	/// Objects in it that lack a property that STIX 2.1 requires: a strict reader refuses them.
	pub incomplete: Vec<Named>,
	/// Objects in it whose bytes are also in a record that peers refuted, which is named.
	pub refuted: Vec<Named>,
	/// Records in it by marking: objects that do not say so themselves are no wider.
	pub markings: BTreeMap<Tlp, u64>,
}

/// The records that match and are live at `now` (unix seconds), whether they can be opened or not: a node that is asked about
/// them does not learn which can.
pub fn candidates(store: &Store, filter: RecordFilter, now: u64) -> Result<Vec<RecordId>, Error> {
	let live = store.records(filter)?.into_iter().filter(|row| row.status(now).is_live());
	let refuted = refuted(store)?.into_iter();
	Ok(live.chain(refuted).map(|row| row.announced.record).collect())
}

/// The records that peers refuted: what they carry may be in others, too.
fn refuted(store: &Store) -> Result<Vec<RecordRow>, Error> {
	let all = store.records(RecordFilter::default())?.into_iter();
	Ok(all.filter(|row| row.noted_status == RecordStatus::Refuted).collect())
}

/// May the objects of a record be handed to `scope`?
pub fn may_export(store: &Store, row: &RecordRow, scope: Scope) -> Result<bool, Error> {
	let groups: Vec<GroupId> = row.announced.audience.iter().map(|(group, _)| *group).collect();
	may_hand_on(store, row.announced.tlp, &groups, row.announced.at.0, scope)
}

/// May what is marked so and was sealed to these groups, in that block, be handed to `scope`?
pub fn may_hand_on(store: &Store, tlp: Tlp, groups: &[GroupId], block: u32, scope: Scope) -> Result<bool, Error> {
	if !tlp.permits_export(scope) {
		return Ok(false);
	}
	if tlp != Tlp::Amber || scope <= Scope::OwnStaff {
		return Ok(true);
	}
	for group in groups {
		if !store.may_pass_on(*group, block)? {
			return Ok(false);
		}
	}
	Ok(true)
}

/// Writes a bundle with the objects of all matching records, each as its source wrote it and equal ones once. Of objects
/// that differ under the same id and time of modification the first publisher's is taken, and the others are named.
/// `now` is in unix seconds; `uuid` names the bundle. What the consortium holds of the records comes last.
pub fn export(
	store: &Store,
	filter: RecordFilter,
	scope: Scope,
	now: u64,
	uuid: [u8; 16],
	opinions: Option<&Opinions>,
	out: &mut dyn Write,
) -> Result<Exported, Error> {
	let failed = |source| Error::Io { doing: "write", path: "the bundle".into(), source };
	let mut exported = Exported::default();
	let mut seen = Seen::default();
	let mut written = Vec::new();
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
		*exported.markings.entry(row.announced.tlp).or_default() += 1;
		let objects = store.objects(row.announced.record)?;
		seen.note(&objects);
		written.push((row.clone(), objects.iter().map(|object| object.id.clone()).collect::<Vec<_>>()));
		for object in objects {
			if !seen.is_first(row.announced.record, &object, &mut exported.differing) {
				continue;
			}
			match exported.objects {
				0 => write!(out, "{}", head(uuid)).map_err(failed)?,
				_ => out.write_all(b",\n").map_err(failed)?,
			}
			let raw = store.raw(&object)?;
			out.write_all(&raw).map_err(failed)?;
			exported.objects += 1;
			if is_incomplete(raw) {
				exported.incomplete.push(Named { record: row.announced.record, object: object.id });
			}
		}
	}
	if exported.objects == 0 {
		return Err(nothing(&exported));
	}
	written.extend(refutations(store, scope, &seen, &mut exported)?);
	let about = |(row, ids): &(RecordRow, Vec<String>)| {
		let certain: Vec<String> = ids.iter().filter(|id| seen.is_one(id)).cloned().collect();
		opinions.filter(|_| !certain.is_empty())?.about(row, &certain)
	};
	let held: Vec<_> = written.iter().filter_map(about).collect();
	exported.opinions = held.len() as u64;
	if let Some(opinions) = opinions.filter(|_| !held.is_empty()) {
		for object in opinions.context().into_iter().chain(held) {
			write!(out, ",\n{object}").map_err(failed)?;
		}
	}
	out.write_all(b"\n]}\n").and_then(|()| out.flush()).map_err(failed)?;
	Ok(exported)
}

fn is_incomplete(raw: Vec<u8>) -> bool {
	!cti_stix::read_object(raw, &cti_stix::Limits::default())
		.is_ok_and(|object| crate::strict::lacks(&object).is_none())
}

/// Refuted records that carry objects of the bundle byte for byte, with the ids of those: who reads them elsewhere must know.
fn refutations(
	store: &Store,
	scope: Scope,
	seen: &Seen,
	exported: &mut Exported,
) -> Result<Vec<(RecordRow, Vec<String>)>, Error> {
	let mut found = Vec::new();
	for row in refuted(store)? {
		let record = row.announced.record;
		if !may_export(store, &row, scope)? {
			continue;
		}
		let objects = store.objects(record)?.into_iter().filter(|object| seen.has(object));
		let ids: Vec<String> = objects.map(|object| object.id).collect();
		exported.refuted.extend(ids.iter().map(|id| Named { record, object: id.clone() }));
		if !ids.is_empty() {
			found.push((row, ids));
		}
	}
	Ok(found)
}

/// The objects that a bundle has so far: which bytes, by id and time of modification.
#[derive(Default)]
struct Seen {
	first: HashMap<(String, Option<String>), i64>,
	/// All bytes that records carry under an id.
	all: HashMap<String, BTreeSet<i64>>,
}

impl Seen {
	/// Takes note of what a record carries.
	fn note(&mut self, objects: &[ObjectRow]) {
		for object in objects {
			self.all.entry(object.id.clone()).or_default().insert(object.content);
		}
	}

	/// Are these bytes in the bundle?
	fn has(&self, object: &ObjectRow) -> bool {
		self.first.get(&(object.id.clone(), object.modified.clone())) == Some(&object.content)
	}

	/// Do all records carry the same bytes under this id? An opinion names ids: where they do not, it would vouch for others.
	fn is_one(&self, id: &str) -> bool {
		self.all.get(id).is_some_and(|contents| contents.len() == 1)
	}

	/// Is it the first of its id and time of modification? One that differs from the first is noted.
	fn is_first(&mut self, record: RecordId, object: &ObjectRow, differing: &mut Vec<Named>) -> bool {
		match self.first.entry((object.id.clone(), object.modified.clone())) {
			Entry::Vacant(place) => {
				place.insert(object.content);
				return true;
			}
			Entry::Occupied(first) if *first.get() != object.content => {
				differing.push(Named { record, object: object.id.clone() });
			}
			Entry::Occupied(_) => {}
		}
		false
	}
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
pub(crate) fn random_uuid(mut bytes: [u8; 16]) -> String {
	bytes[6] = bytes[6] & 0x0f | 0x40;
	bytes[8] = bytes[8] & 0x3f | 0x80;
	let text = hex::encode(bytes);
	format!("{}-{}-{}-{}-{}", &text[..8], &text[8..12], &text[12..16], &text[16..20], &text[20..])
}

#[cfg(test)]
#[path = "export_tests.rs"]
mod tests;
