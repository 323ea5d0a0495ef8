//! The store's objects in the order in which they became readable, page by page, as one reader may see them.
//!
//! A page begins behind a moment and not at a count: what is added comes at the end, what is taken away leaves no gap, and
//! nothing is skipped or told twice.

use super::{
	db::{values, Row, Value},
	query::{read_object, record_id},
	schema::rank,
	Carrier, ObjectRow, Store,
};
use crate::{error::Error, export::may_hand_on};
use cti_primitives::{GroupId, RecordId, Scope, Tlp};
use std::{collections::HashMap, ops::ControlFlow};

/// Bytes of one page, about; a page has one object at least.
const PAGE_BYTES: usize = 16 << 20;

/// Who reads, and what of the store.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Reader {
	/// For whom it is: decides which markings are handed on.
	pub scope: Scope,
	/// The strictest marking.
	pub ceiling: Tlp,
	/// Only what was sealed to this group.
	pub group: Option<GroupId>,
	/// Unix seconds: what is no longer valid is left out.
	pub now: u64,
}

impl Reader {
	/// May it see anything that is marked so?
	fn permits(&self, tlp: Tlp) -> bool {
		tlp <= self.ceiling && tlp.permits_export(self.scope)
	}
}

/// Which versions of an object.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Version {
	/// The newest.
	Last,
	/// The oldest.
	First,
	/// Every one.
	All,
	/// The one of this moment, in microseconds since 1970.
	At(i64),
}

/// Which objects.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Filter {
	/// Only those that became readable after this moment, in microseconds since 1970.
	pub after: Option<i64>,
	/// Only these ids; all if there are none.
	pub ids: Vec<String>,
	/// Only these types; all if there are none.
	pub types: Vec<String>,
	/// Any of these.
	pub versions: Vec<Version>,
	/// Only those that have all that STIX 2.1 requires, or only those that lack something; `None` is both.
	pub strict: Option<bool>,
}

impl Default for Filter {
	fn default() -> Self {
		Self { after: None, ids: Vec::new(), types: Vec::new(), versions: vec![Version::Last], strict: Some(true) }
	}
}

/// An object on a page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Placed {
	/// When it became readable, in microseconds since 1970.
	pub added: i64,
	/// Its version, in microseconds since 1970.
	pub version: i64,
	/// The object.
	pub object: ObjectRow,
	/// The record that carries it.
	pub record: RecordId,
	/// Has it all that STIX 2.1 requires?
	pub strict: bool,
	/// Another one has or had its id.
	shared: bool,
}

/// A page.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Page {
	/// Objects, and their bytes if they were asked for.
	pub objects: Vec<(Placed, Vec<u8>)>,
	/// Are there more behind it?
	pub more: bool,
}

const COLUMNS: &str =
	"o.position, o.id, o.type, o.name, o.modified, o.content, NULL, NULL, o.author, o.n, o.added, o.version, o.shared, o.strict";

impl Store {
	/// The next at most `limit` objects that match and that the reader may see; `with_bytes` brings their bytes, too.
	pub fn page(&self, reader: &Reader, filter: &Filter, limit: usize, with_bytes: bool) -> Result<Page, Error> {
		let mut looking = Looking { store: self, reader, seen: HashMap::new() };
		let (sql, values) = select(reader, filter);
		let (mut page, mut bytes) = (Page::default(), 0);
		self.db.each(&sql, &values, |row| {
			let placed = read_placed(row)?;
			if !looking.shows(&placed, &filter.versions)? {
				return Ok(ControlFlow::Continue(()));
			}
			if page.objects.len() >= limit || bytes >= PAGE_BYTES {
				page.more = true;
				return Ok(ControlFlow::Break(()));
			}
			let raw = if with_bytes { self.raw(&placed.object)? } else { Vec::new() };
			bytes += raw.len();
			page.objects.push((placed, raw));
			Ok(ControlFlow::Continue(()))
		})?;
		Ok(page)
	}
}

/// What one request has found out of records.
struct Looking<'a> {
	store: &'a Store,
	reader: &'a Reader,
	seen: HashMap<RecordId, bool>,
}

impl Looking<'_> {
	fn shows(&mut self, placed: &Placed, versions: &[Version]) -> Result<bool, Error> {
		if !self.may_see(placed.record)? {
			return Ok(false);
		}
		for version in versions {
			let matches = match version {
				Version::At(moment) => placed.version == *moment,
				Version::Last | Version::First | Version::All => true,
			};
			if matches && (!placed.shared || self.is_chosen(placed, *version)?) {
				return Ok(true);
			}
		}
		Ok(false)
	}

	/// Is it the version that is asked for, and the first of its kind?
	fn is_chosen(&mut self, placed: &Placed, version: Version) -> Result<bool, Error> {
		let outermost = match version {
			Version::Last => Some("ORDER BY version DESC, added DESC"),
			Version::First => Some("ORDER BY version, added"),
			Version::All | Version::At(_) => None,
		};
		if let Some(order) = outermost {
			let sql = format!("SELECT author, n, version FROM objects WHERE id = ?1 {order}");
			if self.first_seen(&sql, &values![&placed.object.id])? != Some(placed.version) {
				return Ok(false);
			}
		}
		let sql = "SELECT author, n, added FROM objects WHERE id = ?1 AND version = ?2 ORDER BY added";
		Ok(self.first_seen(sql, &values![&placed.object.id, placed.version])? == Some(placed.added))
	}

	/// The third column of the first row whose record the reader may see.
	fn first_seen(&mut self, sql: &str, values: &[Value]) -> Result<Option<i64>, Error> {
		let (store, mut found) = (self.store, None);
		store.db.each(sql, values, |row| {
			if !self.may_see(record_id(row, 0, 1)?)? {
				return Ok(ControlFlow::Continue(()));
			}
			found = Some(row.get(2)?);
			Ok(ControlFlow::Break(()))
		})?;
		Ok(found)
	}

	fn may_see(&mut self, record: RecordId) -> Result<bool, Error> {
		if let Some(seen) = self.seen.get(&record) {
			return Ok(*seen);
		}
		let Reader { scope, group, now, .. } = self.reader;
		let seen = match self.store.carrier(record)? {
			None => false,
			Some(carrier) => {
				carrier.status(*now).is_live()
					&& self.reader.permits(carrier.tlp)
					&& group.is_none_or(|group| carrier.groups.contains(&group))
					&& may_hand_on(self.store, carrier.tlp, &carrier.groups, carrier.block, *scope)?
			}
		};
		self.seen.insert(record, seen);
		Ok(seen)
	}
}

impl Store {
	/// Groups of which anything is here, and their names.
	pub fn filled_groups(&self) -> Result<Vec<(GroupId, String)>, Error> {
		let sql = "SELECT id, name FROM groups g WHERE EXISTS (SELECT 1 FROM object_groups o WHERE o.group_id = g.id) ORDER BY id";
		self.db.query(sql, &[], |row| Ok((GroupId(row.get(0)?), row.get(1)?)))
	}

	fn carrier(&self, record: RecordId) -> Result<Option<Carrier>, Error> {
		let sql = "SELECT author, n, tlp, audience, valid_until, status, block FROM records WHERE author = ? AND n = ?";
		self.db.query_opt(sql, &values![record.author.0, record.n], Carrier::read)
	}
}

/// The statement that gives what may match, in order, and its values. It goes through what the reader may see by its marking, and by
/// ids or types through those alone.
fn select(reader: &Reader, filter: &Filter) -> (String, Vec<Value<'static>>) {
	// Which of its two values `strict` may have: one, or both.
	let strict = [Value::from(filter.strict.unwrap_or(false)), Value::from(filter.strict.unwrap_or(true))];
	let after = Value::from(filter.after.unwrap_or(i64::MIN));
	let one = |source: &str, added: &str, condition: &str| {
		let columns = COLUMNS.replace("o.added", added);
		format!("SELECT {columns} FROM {source} WHERE {condition} AND {added} > ? AND o.strict BETWEEN ? AND ?")
	};
	let all = |sql: String, keys: Vec<Vec<Value<'static>>>| {
		let sql = vec![sql; keys.len()].join(" UNION ALL ");
		let values = keys.into_iter().flat_map(|key| [key, vec![after.clone()], strict.to_vec()].concat());
		(sql, values.collect::<Vec<_>>())
	};
	let markings: Vec<Value> =
		Tlp::ALL.into_iter().filter(|tlp| reader.permits(*tlp)).map(rank).map(Value::from).collect();
	let with_marking = |key: Value<'static>| markings.iter().map(move |marking| vec![key.clone(), marking.clone()]);
	let (sql, values) = match (filter.ids.as_slice(), filter.types.as_slice(), reader.group) {
		([], [], None) => {
			all(one("objects o", "o.added", "o.marking = ?"), markings.iter().map(|one| vec![one.clone()]).collect())
		}
		([], [], Some(group)) => {
			let places = "object_groups g
				JOIN objects o ON o.author = g.author AND o.n = g.n AND o.position = g.position AND o.added = g.added";
			let condition = "g.group_id = ? AND g.marking = ?";
			all(one(places, "g.added", condition), with_marking(Value::from(group.0)).collect())
		}
		([], types, _) => {
			let keys = types.iter().flat_map(|kind| with_marking(Value::from(kind.clone())));
			all(one("objects o", "o.added", "o.type = ? AND o.marking = ?"), keys.collect())
		}
		(ids, types, _) => {
			let keys = ids.iter().map(|id| vec![Value::from(id.clone())]).collect();
			let (sql, mut values) = all(one("objects o", "o.added", "o.id = ?"), keys);
			let types_too = vec!["?"; types.len()].join(", ");
			values.extend(types.iter().cloned().map(Value::from));
			match types {
				[] => (sql, values),
				_ => (format!("SELECT * FROM ({sql}) AS o WHERE type IN ({types_too})"), values),
			}
		}
	};
	// The eleventh column is `added`.
	(format!("{sql} ORDER BY 11"), values)
}

fn read_placed(row: &Row) -> Result<Placed, Error> {
	Ok(Placed {
		object: read_object(row)?,
		record: record_id(row, 8, 9)?,
		added: row.get(10)?,
		version: row.get(11)?,
		shared: row.get(12)?,
		strict: row.get(13)?,
	})
}

#[cfg(test)]
#[path = "pages_tests.rs"]
mod tests;
