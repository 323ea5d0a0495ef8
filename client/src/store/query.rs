//! Reading from the store.

use super::{
	db::{values, Row, Value},
	write::NewRecord,
	Store,
};
use crate::error::Error;
use cti_primitives::{AuthorId, Epoch, GroupId, Hash, MemberId, RecordId, RecordStatus, TechniqueId, Tlp};
use serde::Serialize;
use std::{
	collections::{BTreeMap, HashMap},
	fmt::Display,
	str::FromStr,
};

/// Which records.
#[derive(Clone, Copy, Debug, Default)]
pub struct RecordFilter {
	/// About this technique or one of its sub-techniques.
	pub technique: Option<TechniqueId>,
	/// By this author.
	pub author: Option<AuthorId>,
	/// So many, the newest first; all in the order of the chain without.
	pub newest: Option<u32>,
}

/// A record in the store.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RecordRow {
	/// What the chain announced; its techniques are in `techniques` below.
	pub announced: NewRecord,
	/// The author's name, if known.
	pub author_name: Option<String>,
	/// Where it stands, as far as the chain has said.
	pub noted_status: RecordStatus,
	/// `open`, `closed` or `malformed`.
	pub content: String,
	/// Why it is malformed.
	pub problem: Option<String>,
	/// How many objects it has, if it is open.
	pub objects: u64,
	/// Techniques it names in public or in its objects, and their names.
	pub techniques: BTreeMap<TechniqueId, Option<String>>,
}

impl RecordRow {
	/// Where it stands at `now` (unix seconds).
	pub fn status(&self, now: u64) -> RecordStatus {
		status_at(self.noted_status, self.announced.valid_until, now)
	}
}

/// An object in the store, without its bytes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ObjectRow {
	/// Its place in the record.
	pub position: u32,
	/// STIX id.
	pub id: String,
	/// STIX type.
	pub kind: String,
	/// Its name.
	pub name: Option<String>,
	/// When it was last changed, as it says.
	pub modified: Option<String>,
	/// The first record that carries the same bytes, if it is another one.
	pub first: Option<RecordId>,
	/// Which bytes: the same where they are equal.
	pub(crate) content: i64,
}

/// A record that carries certain bytes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Carrier {
	/// Which.
	pub record: RecordId,
	/// Its marking.
	pub tlp: Tlp,
	/// The groups it was sealed to.
	pub groups: Vec<GroupId>,
	/// The block it was published in.
	pub block: u32,
	/// Unix seconds at which its validity ends.
	pub valid_until: Option<u64>,
	noted_status: RecordStatus,
}

impl Carrier {
	/// Where it stands at `now` (unix seconds), as far as the chain has said.
	pub fn status(&self, now: u64) -> RecordStatus {
		status_at(self.noted_status, self.valid_until, now)
	}
}

impl Carrier {
	/// From author, n, tlp, audience, valid_until, status and block.
	pub(super) fn read(row: &Row) -> Result<Self, Error> {
		Ok(Self {
			record: record_id(row, 0, 1)?,
			tlp: parsed(row, 2)?,
			groups: audience(row, 3)?.into_iter().map(|(group, _)| group).collect(),
			valid_until: row.get::<Option<i64>>(4)?.map(i64::unsigned_abs),
			noted_status: status(row, 5)?,
			block: row.get(6)?,
		})
	}
}

/// Its validity ends before the chain finds time to note it.
fn status_at(noted: RecordStatus, valid_until: Option<u64>, now: u64) -> RecordStatus {
	match valid_until {
		Some(end) if noted.is_live() && end <= now => RecordStatus::Expired,
		_ => noted,
	}
}

/// Where the secret of an epoch was handed to this member.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct WelcomeRow {
	/// The group.
	pub group: GroupId,
	/// The epoch.
	pub epoch: Epoch,
	/// Block and extrinsic.
	pub at: (u32, u32),
}

/// A record, and where wraps of its content key were given out: block and extrinsic.
pub type GrantRow = (RecordId, (u32, u32));

/// How much is in the store.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Totals {
	/// All records.
	pub records: u64,
	/// Those of them that are open and not withdrawn.
	pub open: u64,
	/// Objects, counted in every record that carries them.
	pub objects: u64,
	/// Objects, equal bytes counted once.
	pub distinct: u64,
}

const RECORD_COLUMNS: &str =
	"r.author, r.n, r.id, r.tlp, r.audience, r.direct, r.block, r.extrinsic, r.bytes, r.leaves,
	r.published, r.valid_until, r.revises, r.status, r.content, r.problem, m.name,
	(SELECT count(*) FROM objects o WHERE o.author = r.author AND o.n = r.n)";

impl Store {
	/// Records in the order of the chain.
	pub fn records(&self, filter: RecordFilter) -> Result<Vec<RecordRow>, Error> {
		let mut conditions = vec!["1 = 1"];
		let mut values: Vec<Value> = Vec::new();
		if let Some(author) = filter.author {
			conditions.push("r.author = ?");
			values.push(author.0.into());
		}
		if let Some(technique) = filter.technique {
			conditions.push(
				"EXISTS (SELECT 1 FROM record_techniques t WHERE t.author = r.author AND t.n = r.n
					AND (t.technique = ? OR t.technique LIKE ?))",
			);
			values.push(technique.to_string().into());
			values.push(format!("{technique}.%").into());
		}
		let order = match filter.newest {
			Some(newest) => format!("r.block DESC, r.extrinsic DESC, r.author DESC, r.n DESC LIMIT {newest}"),
			None => "r.block, r.extrinsic, r.author, r.n".into(),
		};
		self.records_where(&format!("{} ORDER BY {order}", conditions.join(" AND ")), &values)
	}

	/// One record.
	pub fn record(&self, record: RecordId) -> Result<RecordRow, Error> {
		let found = self.records_where("r.author = ? AND r.n = ?", &values![record.author.0, record.n])?.pop();
		found.ok_or_else(|| {
			Error::not_found(
				format!("record {record} is not in the local store"),
				"bring it up to date with `testudo sync`, and see `testudo records`",
			)
		})
	}

	/// The records of a condition, in the order that is behind it.
	fn records_where(&self, condition: &str, values: &[Value]) -> Result<Vec<RecordRow>, Error> {
		let sql = format!(
			"SELECT {RECORD_COLUMNS} FROM records r LEFT JOIN members m ON m.member = r.author WHERE {condition}"
		);
		let mut rows = self.db.query(&sql, values, read_record)?;
		let sql = format!(
			"SELECT t.author, t.n, t.technique, n.name FROM (SELECT r.author, r.n FROM records r WHERE {condition}) AS r
			JOIN record_techniques t ON t.author = r.author AND t.n = r.n
			LEFT JOIN techniques n ON n.technique = t.technique"
		);
		let named = self.db.query(&sql, values, |row| Ok((record_id(row, 0, 1)?, parsed(row, 2)?, row.get(3)?)))?;
		let mut techniques: HashMap<RecordId, BTreeMap<_, _>> = HashMap::new();
		for (record, technique, name) in named {
			techniques.entry(record).or_default().insert(technique, name);
		}
		for row in &mut rows {
			row.techniques = techniques.remove(&row.announced.record).unwrap_or_default();
		}
		Ok(rows)
	}

	/// The records that could not be opened and may be one day, in the order of the chain.
	pub fn closed_records(&self) -> Result<Vec<NewRecord>, Error> {
		self.records_with("closed")
	}

	/// The records that lie elsewhere and were not to be had from there, in the order of the chain.
	pub fn missing_records(&self) -> Result<Vec<NewRecord>, Error> {
		self.records_with("missing")
	}

	fn records_with(&self, content: &str) -> Result<Vec<NewRecord>, Error> {
		let sql = format!(
			"SELECT {RECORD_COLUMNS} FROM records r LEFT JOIN members m ON m.member = r.author
			WHERE r.content = ? AND r.status != 'withdrawn' ORDER BY r.block, r.extrinsic"
		);
		Ok(self.db.query(&sql, &values![content], read_record)?.into_iter().map(|row| row.announced).collect())
	}

	/// Withdrawn records. What of their content waits in the log is gone when the log is truncated.
	pub(super) fn withdrawn_records(&self) -> Result<Vec<RecordId>, Error> {
		let sql = "SELECT author, n FROM records WHERE status = 'withdrawn' ORDER BY block, extrinsic";
		self.db.query(sql, &[], |row| record_id(row, 0, 1))
	}

	/// Are there such records?
	pub fn has_closed(&self) -> Result<bool, Error> {
		let sql = "SELECT EXISTS (SELECT 1 FROM records WHERE content = 'closed' AND status != 'withdrawn')";
		self.db.query_one(sql, &[], |row| row.get(0))
	}

	/// A record's objects, in their order.
	pub fn objects(&self, record: RecordId) -> Result<Vec<ObjectRow>, Error> {
		// Author and number of the first record in one: a subquery gives one column.
		let sql = "SELECT o.position, o.id, o.type, o.name, o.modified, o.content, (
				SELECT (c.author << 32) | c.n FROM objects c JOIN records r ON r.author = c.author AND r.n = c.n
				WHERE c.content = o.content AND c.id = o.id
				ORDER BY r.block, r.extrinsic, c.author, c.n, c.position LIMIT 1)
			FROM objects o WHERE o.author = ?1 AND o.n = ?2 ORDER BY o.position";
		self.db.query(sql, &values![record.author.0, record.n], |row| {
			let first = row
				.get::<Option<i64>>(6)?
				.map(|both| RecordId { author: AuthorId((both >> 32) as u32), n: both as u32 });
			Ok(ObjectRow { first: first.filter(|first| *first != record), ..read_object(row)? })
		})
	}

	/// The object that `selector` names in a record: by its place counted from 0, or its STIX id.
	pub fn object(&self, record: RecordId, selector: &str) -> Result<ObjectRow, Error> {
		let objects = self.objects(record)?;
		let position = selector.parse::<u32>().ok();
		let matches = |object: &ObjectRow| object.id == selector || position == Some(object.position);
		let has_objects = !objects.is_empty();
		objects.into_iter().find(matches).ok_or_else(|| match has_objects {
			true => Error::not_found(
				format!("record {record} has no object {selector}"),
				format!("see its objects with `testudo show {record}`"),
			),
			false => Error::not_found(
				format!(
					"the store holds no objects of record {record}: it is not sealed to you, malformed, or withdrawn"
				),
				format!(
					"see which with `testudo show {record}`; what is not sealed to you you ask for with `testudo request {record}`"
				),
			),
		})
	}

	/// An object's original bytes.
	pub fn raw(&self, object: &ObjectRow) -> Result<Vec<u8>, Error> {
		self.db.query_one("SELECT raw FROM contents WHERE content = ?1", &values![object.content], |row| row.get(0))
	}

	/// The records that carry just these bytes, in the order of the chain.
	pub fn carriers(&self, raw: &[u8]) -> Result<Vec<Carrier>, Error> {
		let sql = "SELECT DISTINCT r.author, r.n, r.tlp, r.audience, r.valid_until, r.status, r.block, r.extrinsic
			FROM contents c JOIN objects o ON o.content = c.content JOIN records r ON r.author = o.author AND r.n = o.n
			WHERE c.digest = ? ORDER BY r.block, r.extrinsic, r.author, r.n";
		self.db.query(sql, &values![&super::write::digest(raw)], Carrier::read)
	}

	/// The records that carry an object of this id, whatever its bytes, in the order of the chain.
	pub fn carriers_of(&self, id: &str) -> Result<Vec<Carrier>, Error> {
		let sql = "SELECT DISTINCT r.author, r.n, r.tlp, r.audience, r.valid_until, r.status, r.block, r.extrinsic
			FROM objects o JOIN records r ON r.author = o.author AND r.n = o.n
			WHERE o.id = ? ORDER BY r.block, r.extrinsic, r.author, r.n";
		self.db.query(sql, &values![id], Carrier::read)
	}

	/// How much is in the store.
	pub fn totals(&self) -> Result<Totals, Error> {
		let sql = "SELECT (SELECT count(*) FROM records),
			(SELECT count(*) FROM records WHERE content = 'open' AND status != 'withdrawn'),
			(SELECT count(*) FROM objects), (SELECT count(*) FROM (SELECT DISTINCT id, content FROM objects) AS different)";
		self.db.query_one(sql, &[], |row| {
			Ok(Totals {
				records: unsigned(row, 0)?,
				open: unsigned(row, 1)?,
				objects: unsigned(row, 2)?,
				distinct: unsigned(row, 3)?,
			})
		})
	}

	/// Places where wraps for this member were handed over.
	pub fn welcomes(&self) -> Result<Vec<WelcomeRow>, Error> {
		let sql = "SELECT group_id, epoch, block, extrinsic FROM welcomes";
		self.db.query(sql, &[], |row| {
			Ok(WelcomeRow { group: GroupId(row.get(0)?), epoch: Epoch(row.get(1)?), at: (row.get(2)?, row.get(3)?) })
		})
	}

	/// Places where wraps of records' content keys were given out.
	pub fn grants(&self) -> Result<Vec<GrantRow>, Error> {
		let sql = "SELECT author, n, block, extrinsic FROM grants ORDER BY block, extrinsic";
		self.db.query(sql, &[], |row| Ok((record_id(row, 0, 1)?, (row.get(2)?, row.get(3)?))))
	}

	/// Techniques that records name and whose names are not known yet.
	pub fn unnamed_techniques(&self) -> Result<Vec<TechniqueId>, Error> {
		let sql = "SELECT DISTINCT technique FROM record_techniques WHERE technique NOT IN (SELECT technique FROM techniques)";
		self.db.query(sql, &[], |row| parsed(row, 0))
	}

	/// Members by id.
	pub fn members(&self) -> Result<BTreeMap<MemberId, String>, Error> {
		let sql = "SELECT member, name FROM members";
		let rows = self.db.query(sql, &[], |row| Ok((MemberId(row.get(0)?), row.get(1)?)))?;
		Ok(rows.into_iter().collect())
	}

	/// May AMBER that was sealed to this group in that block be passed on to clients? Not if nothing is known of the group, and not
	/// if its policy permits that only since.
	pub fn may_pass_on(&self, group: GroupId, block: u32) -> Result<bool, Error> {
		let sql = "SELECT pass_on_to_clients != 0 AND pass_on_since <= ?2 FROM groups WHERE id = ?1";
		Ok(self.db.query_opt(sql, &values![group.0, block], |row| row.get(0))?.unwrap_or(false))
	}
}

fn read_record(row: &Row) -> Result<RecordRow, Error> {
	let announced = NewRecord {
		record: record_id(row, 0, 1)?,
		id: row.get::<Hash>(2)?,
		tlp: parsed::<Tlp>(row, 3)?,
		audience: audience(row, 4)?,
		direct: row.get(5)?,
		at: (row.get(6)?, row.get(7)?),
		bytes: row.get(8)?,
		leaves: row.get(9)?,
		published: unsigned(row, 10)?,
		valid_until: row.get::<Option<i64>>(11)?.map(i64::unsigned_abs),
		revises: row.get(12)?,
		techniques: Vec::new(),
	};
	Ok(RecordRow {
		announced,
		noted_status: status(row, 13)?,
		content: row.get(14)?,
		problem: row.get(15)?,
		author_name: row.get(16)?,
		objects: unsigned(row, 17)?,
		techniques: BTreeMap::new(),
	})
}

pub(super) fn audience(row: &Row, column: usize) -> Result<Vec<(GroupId, Epoch)>, Error> {
	serde_json::from_str(&row.get::<String>(column)?).map_err(|e| row.unreadable(column, e))
}

fn status(row: &Row, column: usize) -> Result<RecordStatus, Error> {
	let status = format!("\"{}\"", row.get::<String>(column)?);
	serde_json::from_str(&status).map_err(|e| row.unreadable(column, e))
}

/// From position, id, type, name, modified and content.
pub(super) fn read_object(row: &Row) -> Result<ObjectRow, Error> {
	Ok(ObjectRow {
		position: row.get(0)?,
		id: row.get(1)?,
		kind: row.get(2)?,
		name: row.get(3)?,
		modified: row.get(4)?,
		content: row.get(5)?,
		first: None,
	})
}

pub(super) fn record_id(row: &Row, author: usize, n: usize) -> Result<RecordId, Error> {
	Ok(RecordId { author: AuthorId(row.get(author)?), n: row.get(n)? })
}

fn unsigned(row: &Row, column: usize) -> Result<u64, Error> {
	row.get::<i64>(column).map(i64::unsigned_abs)
}

pub(super) fn parsed<T: FromStr<Err: Display>>(row: &Row, column: usize) -> Result<T, Error> {
	row.get::<String>(column)?.parse().map_err(|e| row.unreadable(column, e))
}
