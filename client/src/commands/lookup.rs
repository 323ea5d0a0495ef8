//! `testudo lookup`: what the local store knows of a value, without a node.

use super::{
	records::{author, may_show},
	Context, Output,
};
use crate::{
	cli::Lookup,
	error::Error,
	render,
	store::{status_name, Found, Match, ObjectRow, RecordRow, Store},
	time,
};
use cti_primitives::RecordId;
use cti_stix::Likeness;
use serde_json::{json, Value};
use std::collections::BTreeMap;

/// Relations of one object that a table names.
const NAMED: usize = 4;

/// What a relationship in the same record says of an object.
struct Relation {
	/// `indicates`, `uses`; the other way round with `of` behind it.
	kind: String,
	/// The object at the other end.
	other: String,
	/// Its name, if the record has it.
	name: Option<String>,
}

pub fn run(context: &Context, Lookup { value, limit }: &Lookup) -> Result<Output, Error> {
	let store = context.store()?;
	if cti_stix::asked(value).is_empty() {
		let advice = "give an address, a domain, a URL, a hash, a name; defanged or not";
		return Err(Error::usage(format!("{value:?} is no value to look up"), advice));
	}
	let Found { mut matches, more } = store.look_up(value, *limit as usize)?;
	let records = store.records_of(&matches)?;
	matches.retain(|found| may_show(context, &records[&found.record]));
	let relations = relations(&store, &matches)?;
	let now = time::now();
	let documents = matches.iter().zip(&relations).map(|(found, of)| document(found, &records[&found.record], of, now));
	let json = json!({ "value": value, "matches": documents.collect::<Vec<_>>(), "more": more });
	let text = match matches.is_empty() {
		true => format!("nothing in the store speaks of {}; is it up to date? `testudo sync`", render::clean(value)),
		false => {
			let more = if more { "\nthere is more: name a higher --limit\n" } else { "" };
			table(&matches, &records, &relations, now) + more
		}
	};
	Output::report(json, text)
}

fn table(matches: &[Match], records: &BTreeMap<RecordId, RecordRow>, relations: &[Vec<Relation>], now: u64) -> String {
	let cells = matches.iter().zip(relations).map(|(found, relations)| {
		let row = &records[&found.record];
		[
			render::clean(&found.value),
			likeness(found.likeness).into(),
			named(&found.object),
			related(relations),
			found.record.to_string(),
			author(row),
			row.announced.tlp.name().into(),
			status_name(row.status(now)).into(),
			time::readable(row.announced.published),
		]
	});
	let columns = ["Value", "Match", "Object", "Related", "Record", "Author", "Marking", "Status", "Published (UTC)"];
	render::table(columns, cells)
}

fn likeness(likeness: Likeness) -> &'static str {
	match likeness {
		Likeness::Same => "same",
		Likeness::Host => "its host",
		Likeness::Network => "network around it",
	}
}

fn named(object: &ObjectRow) -> String {
	match &object.name {
		Some(name) => format!("{} {}", render::clean(&object.kind), render::clean(name)),
		None => render::clean(&object.kind),
	}
}

fn related(relations: &[Relation]) -> String {
	let line = |Relation { kind, other, name }: &Relation| {
		let other_kind = other.split("--").next().unwrap_or_default();
		let name = name.as_deref().unwrap_or(other_kind);
		format!("{} {}", render::clean(kind), render::clean(name))
	};
	let mut lines: Vec<String> = relations.iter().take(NAMED).map(line).collect();
	if relations.len() > NAMED {
		lines.push(format!("and {} more", relations.len() - NAMED));
	}
	lines.join("\n")
}

fn document(found: &Match, row: &RecordRow, relations: &[Relation], now: u64) -> Value {
	let Match { likeness, path, value, object, record } = found;
	let relations =
		relations.iter().map(|Relation { kind, other, name }| json!({ "type": kind, "object": other, "name": name }));
	json!({
		"match": match likeness {
			Likeness::Same => "same",
			Likeness::Host => "host",
			Likeness::Network => "network",
		},
		"path": path,
		"value": value,
		"object": object.id,
		"name": object.name,
		"related": relations.collect::<Vec<_>>(),
		"record": record.to_string(),
		"author": record.author,
		"author_name": row.author_name,
		"marking": row.announced.tlp,
		"status": status_name(row.status(now)),
		"published": row.announced.published,
		"valid_until": row.announced.valid_until,
	})
}

/// For each match, what the relationships of its record say of it.
fn relations(store: &Store, matches: &[Match]) -> Result<Vec<Vec<Relation>>, Error> {
	let mut known: BTreeMap<RecordId, Relationships> = BTreeMap::new();
	for found in matches {
		if let std::collections::btree_map::Entry::Vacant(place) = known.entry(found.record) {
			place.insert(Relationships::of(store, found.record)?);
		}
	}
	Ok(matches.iter().map(|found| known[&found.record].about(&found.object.id)).collect())
}

/// The relationships of one record.
struct Relationships {
	/// Source, kind, target.
	all: Vec<(String, String, String)>,
	names: BTreeMap<String, String>,
}

impl Relationships {
	fn of(store: &Store, record: RecordId) -> Result<Self, Error> {
		let objects = store.objects(record)?;
		let mut all = Vec::new();
		for object in objects.iter().filter(|object| object.kind == "relationship") {
			let read: Value = serde_json::from_slice(&store.raw(object)?).unwrap_or_default();
			let text = |name: &str| read[name].as_str().map(str::to_string);
			let ends = text("source_ref").zip(text("target_ref"));
			all.extend(ends.zip(text("relationship_type")).map(|((source, target), kind)| (source, kind, target)));
		}
		let named = objects.into_iter().filter_map(|object| Some((object.id, object.name?)));
		Ok(Self { all, names: named.collect() })
	}

	fn about(&self, id: &str) -> Vec<Relation> {
		let name = |other: &String| self.names.get(other).cloned();
		let relation = |(source, kind, target): &(String, String, String)| match (source == id, target == id) {
			(true, _) => Some(Relation { kind: kind.clone(), other: target.clone(), name: name(target) }),
			(_, true) => Some(Relation { kind: format!("{kind} of"), other: source.clone(), name: name(source) }),
			_ => None,
		};
		self.all.iter().filter_map(relation).collect()
	}
}
