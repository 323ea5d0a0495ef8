//! `testudo records`, `testudo show` and `testudo export`: what the local store says, without a node.

use super::{Context, Output};
use crate::{
	chain::View,
	cli::{Export, Filter, Show},
	error::Error,
	export, member,
	opinions::Opinions,
	private, render,
	store::{status_name, NewRecord, ObjectRow, RecordFilter, RecordRow, Store},
	time,
};
use cti_primitives::{AuthorId, RecordId, RecordStatus, Scope, TechniqueId, Tlp};
use futures::{stream, StreamExt};
use serde_json::{json, Value};
use std::path::Path;

/// Techniques of a record, or objects left out, that a text names before it counts the rest.
const NAMED: usize = 4;

fn resolve(store: &Store, filter: &Filter) -> Result<RecordFilter, Error> {
	let members = store.members()?;
	let author = filter.author.as_deref().map(|selector| member::find(&members, selector)).transpose()?;
	Ok(RecordFilter { technique: filter.technique, author: author.map(AuthorId::from), newest: filter.newest })
}

pub fn list(context: &Context, filter: &Filter) -> Result<Output, Error> {
	let store = context.store()?;
	let mut rows = store.records(resolve(&store, filter)?)?;
	if !context.is_read_by_a_person() {
		for_programs(&mut rows, filter.technique.is_some());
	}
	let is_filtered = filter.technique.is_some() || filter.author.is_some();
	let now = time::now();
	let documents: Vec<Value> = rows.iter().map(|row| document(row, now)).collect();
	let cells = rows.iter().map(|row| {
		[
			row.announced.record.to_string(),
			author(row),
			row.announced.tlp.name().into(),
			content(row),
			techniques(row),
			time::readable(row.announced.published),
			status_name(row.status(now)).into(),
		]
	});
	let columns = ["Record", "Author", "Marking", "Objects", "Techniques", "Published (UTC)", "Status"];
	let text = match rows.is_empty() {
		true if is_filtered => "no record matches; see all with `testudo records`".into(),
		true => "no records; bring the store up to date with `testudo sync`".into(),
		false => render::table(columns, cells),
	};
	Output::report(json!({ "records": documents }), text)
}

/// The same document with what the chain holds of each record, where a node answers.
pub(super) async fn rated(context: &Context, mut document: Value) -> Value {
	const AT_ONCE: usize = 16;
	let view = match context.chain().await {
		Ok(chain) => chain.head().await.ok(),
		Err(_) => None,
	};
	let view = view.as_ref();
	let records = document["records"].as_array_mut().map(std::mem::take).unwrap_or_default();
	let rated = stream::iter(records).map(|record| async move {
		let rating = match view {
			Some(view) => rating(view, &record).await,
			None => None,
		};
		let mut record = record;
		for name in ["reliability", "credibility", "score", "sightings", "false_positives"] {
			record[name] = rating.as_ref().map_or(Value::Null, |rating| rating[name].clone());
		}
		record
	});
	document["records"] = rated.buffered(AT_ONCE).collect::<Vec<Value>>().await.into();
	document
}

/// What the chain holds of a record; the score is that of an indicator.
async fn rating(view: &View, record: &Value) -> Option<Value> {
	let record = record["record"].as_str()?.parse().ok()?;
	let (info, announced) = (view.credibility(record).await.ok()??, view.record(record).await.ok()?);
	Some(json!({
		"reliability": *info.author.reliability,
		"credibility": info.credibility.number(),
		"score": info.score("indicator"),
		"sightings": announced.sightings,
		"false_positives": announced.false_positives,
	}))
}

/// What a program may know of RED records: nothing that is in them, and so not which techniques they name.
fn for_programs(rows: &mut Vec<RecordRow>, by_technique: bool) {
	rows.retain(|row| row.announced.tlp != Tlp::Red || !by_technique);
	rows.iter_mut().filter(|row| row.announced.tlp == Tlp::Red).for_each(|row| row.techniques.clear());
}

pub(super) fn author(row: &RecordRow) -> String {
	row.author_name.as_deref().map_or(row.announced.record.author.to_string(), render::clean)
}

/// What its author withdrew is not kept.
fn is_deleted(row: &RecordRow) -> bool {
	row.noted_status == RecordStatus::Withdrawn
}

fn content(row: &RecordRow) -> String {
	match row.content.as_str() {
		_ if is_deleted(row) => "deleted".into(),
		"open" => row.objects.to_string(),
		"closed" => "not for you".into(),
		other => other.into(),
	}
}

fn technique_line((id, name): (&TechniqueId, &Option<String>)) -> String {
	match name {
		Some(name) => format!("{id} {}", render::clean(name)),
		None => id.to_string(),
	}
}

fn techniques(row: &RecordRow) -> String {
	let mut lines: Vec<String> = row.techniques.iter().take(NAMED).map(technique_line).collect();
	if row.techniques.len() > NAMED {
		lines.push(format!("and {} more", row.techniques.len() - NAMED));
	}
	lines.join("\n")
}

fn document(row: &RecordRow, now: u64) -> Value {
	let announced = &row.announced;
	let techniques = row.techniques.iter().map(|(id, name)| json!({ "id": id, "name": name }));
	json!({
		"record": announced.record.to_string(),
		"id": hex::encode(announced.id),
		"author": announced.record.author,
		"author_name": row.author_name,
		"marking": announced.tlp,
		"audience": announced.audience.iter().map(|(group, epoch)| json!({ "group": group, "epoch": epoch })).collect::<Vec<_>>(),
		"direct": announced.direct,
		"content": if is_deleted(row) { "deleted" } else { &row.content },
		"problem": row.problem,
		"objects": row.objects,
		"techniques": techniques.collect::<Vec<_>>(),
		"published": announced.published,
		"valid_until": announced.valid_until,
		"revises": announced.revises,
		"status": status_name(row.status(now)),
		"block": announced.at.0,
		"extrinsic": announced.at.1,
		"bytes": announced.bytes,
	})
}

pub fn show(context: &Context, options: &Show) -> Result<Output, Error> {
	let store = context.store()?;
	let mut row = store.record(options.record)?;
	match &options.object {
		None => show_record(context, &store, &mut row),
		Some(selector) => {
			let object = store.object(options.record, selector)?;
			require_eyes(options.record, row.announced.tlp, context.is_read_by_a_person())?;
			let raw = store.raw(&object)?;
			match options.raw {
				true => Ok(Output::Raw(raw)),
				false => show_object(&row, &object, &raw),
			}
		}
	}
}

/// May what is in the record be printed to where the output goes?
pub(super) fn may_show(context: &Context, row: &RecordRow) -> bool {
	require_eyes(row.announced.record, row.announced.tlp, context.is_read_by_a_person()).is_ok()
}

/// RED is for the eyes of the person: what is in it goes to no other program.
fn require_eyes(record: RecordId, tlp: Tlp, at_terminal: bool) -> Result<(), Error> {
	match tlp == Tlp::Red && !at_terminal {
		true => Err(Error::Marking {
			reason: format!("record {record} is TLP:RED: it is shown, and handed on to no program"),
			advice: "look at it at a terminal, without a pipe and without a file".into(),
		}),
		false => Ok(()),
	}
}

fn show_record(context: &Context, store: &Store, row: &mut RecordRow) -> Result<Output, Error> {
	let now = time::now();
	let mut objects = store.objects(row.announced.record)?;
	if !may_show(context, row) {
		objects.clear();
		row.techniques.clear();
	}
	let cells = objects.iter().map(|object| {
		[
			object.position.to_string(),
			render::clean(&object.id),
			render::clean(object.name.as_deref().unwrap_or_default()),
			object.modified.clone().unwrap_or_default(),
			object.first.map_or(String::new(), |first| format!("in {first}")),
		]
	});
	let table = render::table(["#", "Object", "Name", "Modified", "First published"], cells);
	let head = head(row, now);
	let mut json = document(row, now);
	json["objects"] = objects.iter().map(object_document).collect();
	Output::report(json, if objects.is_empty() { head } else { format!("{head}\n{table}") })
}

fn head(row: &RecordRow, now: u64) -> String {
	let NewRecord { record, id, tlp, audience, direct, at, published, valid_until, revises, .. } = &row.announced;
	let groups = audience.iter().map(|(group, epoch)| format!("group {group} at epoch {epoch}"));
	let direct = (*direct > 0).then(|| render::count((*direct).into(), "direct wrap"));
	let published = format!("{} UTC, block {}, extrinsic {}", time::readable(*published), at.0, at.1);
	let techniques: Vec<String> = row.techniques.iter().map(technique_line).collect();
	render::fields([
		("Record", record.to_string()),
		("Author", author(row)),
		("Marking", tlp.to_string()),
		("Status", status_name(row.status(now)).into()),
		("Sealed to", groups.chain(direct).collect::<Vec<_>>().join("\n")),
		("Published", published),
		("Valid until", valid_until.map_or("no end".into(), |end| format!("{} UTC", time::readable(end)))),
		("Replaces", revises.map_or("nothing".into(), |n| format!("{}/{n}", record.author))),
		("Envelope", hex::encode(id)),
		("Techniques", techniques.join("\n")),
		("Content", problem(row)),
	])
}

fn problem(row: &RecordRow) -> String {
	match (&row.problem, row.content.as_str()) {
		_ if is_deleted(row) => {
			format!("deleted: its author withdrew it; `testudo audit {}` says why", row.announced.record)
		}
		(Some(problem), kind) => format!("{}: {}", render::clean(kind), render::clean(problem)),
		(None, "closed") => "not sealed to you".into(),
		(None, _) => render::count(row.objects, "object"),
	}
}

fn object_document(object: &ObjectRow) -> Value {
	json!({
		"position": object.position,
		"id": object.id,
		"type": object.kind,
		"name": object.name,
		"modified": object.modified,
		"first_published_in": object.first.map(|first| first.to_string()),
	})
}

fn show_object(row: &RecordRow, object: &ObjectRow, raw: &[u8]) -> Result<Output, Error> {
	let source = String::from_utf8_lossy(raw);
	let head = render::fields([
		("Record", row.announced.record.to_string()),
		("Author", author(row)),
		("Marking", row.announced.tlp.to_string()),
		("Object", format!("{} (number {})", render::clean(&object.id), object.position)),
	]);
	let mut json = object_document(object);
	json["record"] = row.announced.record.to_string().into();
	json["marking"] = json!(row.announced.tlp);
	json["author_name"] = json!(row.author_name);
	json["raw"] = source.clone().into();
	json["object"] = serde_json::from_slice(raw).unwrap_or(Value::Null);
	Output::report(json, format!("{head}\n\n{}", render::clean(&render::indent(&source))))
}

/// What the consortium holds of the records that are exported; nothing if no node is to be asked.
async fn opinions(context: &Context, store: &Store, options: &Export) -> Result<Option<Opinions>, Error> {
	if options.offline {
		return Ok(None);
	}
	let asked = async {
		let chain = context.chain().await?;
		// Another chain's records have the same numbers.
		if let Some(own) = store.genesis()? {
			chain.require_genesis(&own)?;
		}
		let now = time::now();
		let records = export::candidates(store, resolve(store, &options.filter)?, now)?;
		Opinions::ask(&chain.head().await?, chain.genesis(), now, &records).await
	};
	asked.await.map(Some).map_err(|error| match error {
		Error::Unreachable { url, reason } => {
			let reason = format!("{reason}; --offline exports without what the consortium holds of the records");
			Error::Unreachable { url, reason }
		}
		other => other,
	})
}

pub async fn export(context: &Context, options: &Export) -> Result<Output, Error> {
	let store = context.store()?;
	let filter = resolve(&store, &options.filter)?;
	let scope = Scope::from(options.audience);
	let opinions = opinions(context, &store, options).await?;
	let opinions = opinions.as_ref();
	if options.out.as_os_str() == "-" {
		let mut bundle = Vec::new();
		let exported = export::export(&store, filter, scope, time::now(), crate::entropy()?, opinions, &mut bundle)?;
		remarks(&exported).iter().for_each(|line| eprintln!("{line}"));
		return Ok(Output::Raw(bundle));
	}
	let exported = write_bundle(&store, filter, scope, opinions, &options.out)?;
	let export::Exported { records, objects, withheld, not_live, .. } = exported;
	let mut text = format!(
		"wrote {} of {} to {}; {} withheld by their marking, {not_live} no longer live",
		render::count(objects, "object"),
		render::count(records, "record"),
		options.out.display(),
		render::count(withheld, "record"),
	);
	if exported.opinions > 0 {
		text = format!("{text}; {} of the consortium's", render::count(exported.opinions, "opinion"));
	}
	for line in remarks(&exported) {
		text = format!("{text}\n{line}");
	}
	Output::report(json!({ "file": options.out, "exported": exported }), text)
}

/// What whoever hands the bundle on must know.
fn remarks(exported: &export::Exported) -> Vec<String> {
	let markings =
		exported.markings.iter().map(|(tlp, records)| format!("{} {tlp}", render::count(*records, "record")));
	let markings: Vec<String> = markings.collect();
	let strictest =
		(!markings.is_empty()).then(|| format!("markings, which not every object repeats: {}", markings.join(", ")));
	let listed = [
		listed(&exported.differing, "differs", "differ", "from an earlier one of the same id"),
		listed(&exported.incomplete, "lacks", "lack", "what STIX 2.1 requires, as the source wrote it"),
		listed(&exported.refuted, "was", "were", "refuted by peers in another record"),
	];
	strictest.into_iter().chain(listed.into_iter().flatten()).collect()
}

/// So many objects, of which the first are named.
fn listed(objects: &[export::Named], one: &str, several: &str, what: &str) -> Option<String> {
	let number = objects.len();
	let name = |object: &export::Named| format!("{} in {}", render::clean(&object.object), object.record);
	let mut named: Vec<String> = objects.iter().take(NAMED).map(name).collect();
	if number > NAMED {
		named.push(format!("and {} more, which --json lists", number - NAMED));
	}
	let verb = if number == 1 { one } else { several };
	let counted = render::count(number as u64, "object");
	let named = named.join(", ");
	(number > 0).then(|| format!("{counted} {verb} {what}: {named}; see `testudo show`"))
}

fn write_bundle(
	store: &Store,
	filter: RecordFilter,
	scope: Scope,
	opinions: Option<&Opinions>,
	out: &Path,
) -> Result<export::Exported, Error> {
	let uuid = crate::entropy()?;
	private::put(out, |file| export::export(store, filter, scope, time::now(), uuid, opinions, file))
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::error::Exit;

	#[test]
	fn red_should_be_shown_and_handed_on_to_no_program() {
		let record = RecordId { author: AuthorId(0), n: 7 };
		let refused = require_eyes(record, Tlp::Red, false).unwrap_err();
		assert_eq!(refused.exit(), Exit::Refused);
		assert!(refused.to_string().contains("record 0/7 is TLP:RED"), "{refused}");
		assert!(require_eyes(record, Tlp::Red, true).is_ok());
		assert!(require_eyes(record, Tlp::AmberStrict, false).is_ok());
	}

	#[test]
	fn objects_that_differ_should_be_counted_and_the_first_be_named() {
		let object = |n: usize| export::Named { record: "1/7".parse().unwrap(), object: format!("tool--{n}") };
		let what = "from an earlier one of the same id";
		let text = |number| listed(&(0..number).map(object).collect::<Vec<_>>(), "differs", "differ", what);
		assert_eq!(text(0), None);
		let one = text(1).unwrap();
		assert_eq!(one, "1 object differs from an earlier one of the same id: tool--0 in 1/7; see `testudo show`");
		let many = text(NAMED + 2).unwrap();
		assert!(many.starts_with("6 objects differ") && many.contains("and 2 more"), "{many}");
	}
}
