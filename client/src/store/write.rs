//! Writing into the store: one [`Batch`] is one transaction.

use super::{moments::put_place, Store, Synced, KEPT_BLOCKS};
use crate::{error::Error, time};
use blake2::{digest::consts::U32, Blake2b, Digest};
use cti_primitives::{AuthorId, Epoch, GroupId, Hash, MemberId, RecordId, RecordStatus, TechniqueId, Tlp};
use cti_stix::Observable;
use rusqlite::{params, OptionalExtension, Transaction};

/// A record as the chain announced it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewRecord {
	/// Author and number.
	pub record: RecordId,
	/// The envelope's id.
	pub id: Hash,
	/// How far it may travel.
	pub tlp: Tlp,
	/// Groups and epochs.
	pub audience: Vec<(GroupId, Epoch)>,
	/// Direct wraps.
	pub direct: u8,
	/// Block and extrinsic.
	pub at: (u32, u32),
	/// Bytes of the envelope.
	pub bytes: u32,
	/// Leaves of the tree over its objects.
	pub leaves: u32,
	/// Unix seconds.
	pub published: u64,
	/// Unix seconds.
	pub valid_until: Option<u64>,
	/// The author's record it replaces.
	pub revises: Option<u32>,
	/// The techniques it names in public.
	pub techniques: Vec<TechniqueId>,
}

/// What became of a record's envelope.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Content {
	/// Opened; these are its objects.
	Open(Vec<NewObject>),
	/// Not for this member.
	Closed,
	/// The author broke a rule; nothing of it is kept.
	Malformed(String),
}

impl Content {
	fn name(&self) -> &'static str {
		match self {
			Content::Open(_) => "open",
			Content::Closed => "closed",
			Content::Malformed(_) => "malformed",
		}
	}
}

/// One object of an opened record.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewObject {
	/// STIX id.
	pub id: String,
	/// STIX type.
	pub kind: String,
	/// Its name, if it has one.
	pub name: Option<String>,
	/// When it was last changed, as it says.
	pub modified: Option<String>,
	/// When it was last changed, or made, in microseconds since 1970; observables do not say.
	pub version: Option<i64>,
	/// Does it have all that STIX 2.1 requires of its type?
	pub is_strict: bool,
	/// Techniques it names.
	pub techniques: Vec<TechniqueId>,
	/// By what it is looked up.
	pub sought: Vec<Sought>,
	/// Its original bytes.
	pub raw: Vec<u8>,
}

/// A value that an object speaks of, and a key under which it is found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sought {
	/// The key ([`cti_stix::asked`]).
	pub key: String,
	/// Object type and property: `ipv4-addr:value`.
	pub path: String,
	/// The value as the object has it.
	pub value: String,
}

impl Sought {
	/// One for each of the observable's keys.
	pub fn of(observable: &Observable) -> impl Iterator<Item = Self> + use<'_> {
		let Observable { path, value } = observable;
		observable.keys().into_iter().map(|key| Self { key, path: path.clone(), value: value.clone() })
	}
}

/// One transaction.
pub struct Batch<'a> {
	pub(super) transaction: Transaction<'a>,
}

impl Store {
	/// Runs `write` in one transaction: all of it is kept, or nothing.
	pub fn batch<T>(&mut self, write: impl FnOnce(&Batch) -> rusqlite::Result<T>) -> Result<T, Error> {
		let path = self.path.clone();
		let failed = |e| super::refused(&path, e);
		let batch = Batch { transaction: self.db.transaction().map_err(failed)? };
		let written = write(&batch).map_err(failed)?;
		batch.transaction.commit().map_err(failed)?;
		Ok(written)
	}
}

impl Batch<'_> {
	/// Notes a record, or notes anew what became of its envelope.
	pub fn put_record(&self, record: &NewRecord, content: &Content) -> rusqlite::Result<()> {
		let RecordId { author, n } = record.record;
		let problem = match content {
			Content::Malformed(reason) => Some(reason.as_str()),
			_ => None,
		};
		self.transaction
			.prepare_cached(
				"INSERT INTO records (author, n, id, tlp, audience, direct, block, extrinsic, bytes, leaves, published,
					valid_until, revises, status, content, problem)
				VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, 'open', ?14, ?15)
				ON CONFLICT (author, n) DO UPDATE SET content = excluded.content, problem = excluded.problem",
			)?
			.execute(params![
				author.0,
				n,
				record.id,
				record.tlp.name(),
				serde_json::to_string(&record.audience).unwrap_or_default(),
				record.direct,
				record.at.0,
				record.at.1,
				record.bytes,
				record.leaves,
				record.published as i64,
				record.valid_until.map(|time| time as i64),
				record.revises,
				content.name(),
				problem,
			])?;
		for technique in &record.techniques {
			self.put_technique(record.record, *technique, true)?;
		}
		match content {
			// What was withdrawn stays deleted, whoever still has it in hand.
			Content::Open(objects) if !self.is_withdrawn(record.record)? => self.put_objects(record, objects),
			_ => Ok(()),
		}
	}

	fn is_withdrawn(&self, record: RecordId) -> rusqlite::Result<bool> {
		self.transaction
			.prepare_cached("SELECT status = 'withdrawn' FROM records WHERE author = ?1 AND n = ?2")?
			.query_row((record.author.0, record.n), |row| row.get(0))
	}

	fn put_objects(&self, record: &NewRecord, objects: &[NewObject]) -> rusqlite::Result<()> {
		// A record that was read before is read again after its end was taken back: it is new to readers.
		self.take_objects(record.record)?;
		let mut insert = self.transaction.prepare_cached(
			"INSERT INTO objects (author, n, position, id, type, name, modified, content, added, version, shared, strict)
			VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
		)?;
		let RecordId { author, n } = record.record;
		let first = self.next_moment()?;
		for (added, (position, object)) in (first..).zip(objects.iter().enumerate()) {
			let position = position as i64;
			let content = self.put_content(object)?;
			let shared = self.note_shared(&object.id)?;
			let version = object.version.unwrap_or(added);
			insert.execute(params![
				author.0,
				n,
				position,
				object.id,
				object.kind,
				object.name,
				object.modified,
				content,
				added,
				version,
				shared,
				object.is_strict
			])?;
			for (group, _) in &record.audience {
				put_place(&self.transaction, *group, added, record.record, position)?;
			}
			for technique in &object.techniques {
				self.put_technique(record.record, *technique, false)?;
			}
		}
		Ok(())
	}

	fn put_content(&self, object: &NewObject) -> rusqlite::Result<i64> {
		let digest = digest(&object.raw);
		let mut find = self.transaction.prepare_cached("SELECT content FROM contents WHERE digest = ?1")?;
		if let Some(content) = find.query_row([digest], |row| row.get(0)).optional()? {
			return Ok(content);
		}
		let mut insert = self.transaction.prepare_cached("INSERT INTO contents (digest, raw) VALUES (?1, ?2)")?;
		let content = insert.insert(params![digest, object.raw])?;
		put_keys(&self.transaction, content, &object.sought)?;
		Ok(content)
	}

	fn put_technique(&self, record: RecordId, technique: TechniqueId, public: bool) -> rusqlite::Result<()> {
		self.transaction
			.prepare_cached(
				"INSERT INTO record_techniques (technique, author, n, public) VALUES (?1, ?2, ?3, ?4)
				ON CONFLICT DO UPDATE SET public = max(public, excluded.public)",
			)?
			.execute(params![technique.to_string(), record.author.0, record.n, public])?;
		Ok(())
	}

	/// Notes where a record stands now. The content of a withdrawn one is deleted, unless a live record or another
	/// author's carries it too: its author's superseded, refuted and expired ones lose it with the withdrawn.
	pub fn set_status(&self, record: RecordId, status: RecordStatus) -> rusqlite::Result<()> {
		let was_live = self.is_live(record)?;
		let key = (status_name(status), record.author.0, record.n);
		self.transaction.execute("UPDATE records SET status = ?1 WHERE author = ?2 AND n = ?3", key)?;
		match (was_live, status.is_live()) {
			(true, false) => self.renew_others(record)?,
			(false, true) => self.renew(record)?,
			_ => {}
		}
		match status {
			RecordStatus::Withdrawn => self.delete_content(record),
			_ => Ok(()),
		}
	}

	fn is_live(&self, record: RecordId) -> rusqlite::Result<bool> {
		let sql =
			"SELECT EXISTS (SELECT 1 FROM records WHERE author = ?1 AND n = ?2 AND status IN ('open', 'confirmed'))";
		self.transaction.prepare_cached(sql)?.query_row((record.author.0, record.n), |row| row.get(0))
	}

	fn delete_content(&self, record: RecordId) -> rusqlite::Result<()> {
		let key = (record.author.0, record.n);
		self.transaction.execute("DELETE FROM record_techniques WHERE author = ?1 AND n = ?2 AND public = 0", key)?;
		for content in self.take_objects(record)? {
			self.delete_unless_kept(content, record.author)?;
		}
		self.note_truncation()
	}

	/// Takes the record's objects away; says which contents they were.
	pub(super) fn take_objects(&self, record: RecordId) -> rusqlite::Result<Vec<i64>> {
		let key = (record.author.0, record.n);
		let carried: Vec<i64> = self
			.transaction
			.prepare_cached("SELECT content FROM objects WHERE author = ?1 AND n = ?2")?
			.query_map(key, |row| row.get(0))?
			.collect::<Result<_, _>>()?;
		self.take_places(record)?;
		self.transaction.prepare_cached("DELETE FROM objects WHERE author = ?1 AND n = ?2")?.execute(key)?;
		Ok(carried)
	}

	/// Nobody deletes what another author shared, live or not, by publishing it too and withdrawing that.
	fn delete_unless_kept(&self, content: i64, author: AuthorId) -> rusqlite::Result<()> {
		let carriers = "SELECT EXISTS (SELECT 1 FROM objects o JOIN records r ON r.author = o.author AND r.n = o.n
			WHERE o.content = ?1 AND (r.author != ?2 OR r.status IN ('open', 'confirmed')))";
		let kept: bool = self.transaction.prepare_cached(carriers)?.query_row((content, author.0), |row| row.get(0))?;
		if kept {
			return Ok(());
		}
		for deletion in ["DELETE FROM objects WHERE content = ?1", "DELETE FROM contents WHERE content = ?1"] {
			self.transaction.prepare_cached(deletion)?.execute([content])?;
		}
		Ok(())
	}

	/// Notes until when a record is valid.
	pub fn set_valid_until(&self, record: RecordId, valid_until: u64) -> rusqlite::Result<()> {
		let RecordId { author, n } = record;
		let ended = "SELECT EXISTS (SELECT 1 FROM records WHERE author = ?1 AND n = ?2 AND valid_until <= ?3)";
		let key = (author.0, n, time::now() as i64);
		let had_ended: bool = self.transaction.prepare_cached(ended)?.query_row(key, |row| row.get(0))?;
		let key = (valid_until as i64, author.0, n);
		self.transaction.execute("UPDATE records SET valid_until = ?1 WHERE author = ?2 AND n = ?3", key)?;
		match had_ended {
			true => self.renew(record),
			false => Ok(()),
		}
	}

	/// Notes where a wrap for this member was handed over.
	pub fn put_welcome(&self, group: GroupId, epoch: Epoch, at: (u32, u32)) -> rusqlite::Result<()> {
		self.transaction
			.execute("INSERT OR IGNORE INTO welcomes VALUES (?1, ?2, ?3, ?4)", (group.0, epoch.0, at.0, at.1))?;
		Ok(())
	}

	/// Notes where wraps of a record's content key were given out, one of which may be for this member.
	pub fn put_grant(&self, record: RecordId, at: (u32, u32)) -> rusqlite::Result<()> {
		let values = (record.author.0, record.n, at.0, at.1);
		self.transaction.execute("INSERT OR IGNORE INTO grants VALUES (?1, ?2, ?3, ?4)", values)?;
		Ok(())
	}

	/// Notes a member's name.
	pub fn put_member(&self, member: MemberId, name: &str) -> rusqlite::Result<()> {
		self.transaction.execute("INSERT OR REPLACE INTO members VALUES (?1, ?2)", (member.0, name))?;
		Ok(())
	}

	/// Notes a group's name and whether AMBER may be passed on to clients.
	pub fn put_group(&self, group: GroupId, name: &str, pass_on_to_clients: bool) -> rusqlite::Result<()> {
		let could = "SELECT EXISTS (SELECT 1 FROM groups WHERE id = ?1 AND pass_on_to_clients)";
		let could: bool = self.transaction.prepare_cached(could)?.query_row([group.0], |row| row.get(0))?;
		let row = (group.0, name, pass_on_to_clients);
		self.transaction.execute("INSERT OR REPLACE INTO groups VALUES (?1, ?2, ?3)", row)?;
		match pass_on_to_clients && !could {
			true => self.renew_group(group),
			false => Ok(()),
		}
	}

	/// Notes a technique's name.
	pub fn put_technique_name(&self, technique: TechniqueId, name: &str) -> rusqlite::Result<()> {
		let row = (technique.to_string(), name);
		self.transaction.execute("INSERT OR REPLACE INTO techniques VALUES (?1, ?2)", row)?;
		Ok(())
	}

	/// Notes the last block that was read, and forgets those far behind it.
	pub fn set_synced(&self, synced: Synced) -> rusqlite::Result<()> {
		let row = (synced.number, synced.hash);
		self.transaction.prepare_cached("INSERT OR REPLACE INTO synced VALUES (?1, ?2)")?.execute(row)?;
		self.transaction
			.prepare_cached(
				"DELETE FROM synced WHERE number NOT IN (SELECT number FROM synced ORDER BY number DESC LIMIT ?1)",
			)?
			.execute([KEPT_BLOCKS as i64])?;
		Ok(())
	}
}

/// Notes by what the values of an object's bytes are found.
pub(super) fn put_keys(transaction: &Transaction, content: i64, sought: &[Sought]) -> rusqlite::Result<()> {
	let insert = "INSERT OR IGNORE INTO sought (key, content, path, value) VALUES (?1, ?2, ?3, ?4)";
	let mut insert = transaction.prepare_cached(insert)?;
	sought.iter().try_for_each(|Sought { key, path, value }| insert.execute((key, content, path, value)).map(|_| ()))
}

/// A status as the store spells it.
pub fn status_name(status: RecordStatus) -> &'static str {
	match status {
		RecordStatus::Open => "open",
		RecordStatus::Confirmed => "confirmed",
		RecordStatus::Refuted => "refuted",
		RecordStatus::Withdrawn => "withdrawn",
		RecordStatus::Superseded => "superseded",
		RecordStatus::Expired => "expired",
	}
}

/// Under which an object's bytes are found.
pub(super) fn digest(raw: &[u8]) -> Hash {
	Blake2b::<U32>::digest(raw).into()
}
