//! Writing into the store: one [`Batch`] is one transaction.

use super::{
	db::{values, Db, Transaction},
	moments::put_place,
	schema::rank,
	Store, Synced, KEPT_BLOCKS,
};
use crate::{error::Error, time};
use blake2::{digest::consts::U32, Blake2b, Digest};
use cti_primitives::{AuthorId, Epoch, GroupId, Hash, MemberId, RecordId, RecordStatus, TechniqueId, Tlp};
use cti_stix::Observable;

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
	/// It lies elsewhere, and was not to be had from there: why.
	Missing(String),
}

impl Content {
	fn name(&self) -> &'static str {
		match self {
			Content::Open(_) => "open",
			Content::Closed => "closed",
			Content::Malformed(_) => "malformed",
			Content::Missing(_) => "missing",
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
	pub fn batch<T>(&mut self, write: impl FnOnce(&Batch) -> Result<T, Error>) -> Result<T, Error> {
		let batch = Batch { transaction: self.db.begin()? };
		let written = write(&batch)?;
		batch.transaction.commit()?;
		Ok(written)
	}
}

impl Batch<'_> {
	/// Notes a record, or notes anew what became of its envelope.
	pub fn put_record(&self, record: &NewRecord, content: &Content) -> Result<(), Error> {
		let RecordId { author, n } = record.record;
		let problem = match content {
			Content::Malformed(reason) | Content::Missing(reason) => Some(reason.as_str()),
			_ => None,
		};
		self.transaction.execute(
			"INSERT INTO records (author, n, id, tlp, audience, direct, block, extrinsic, bytes, leaves, published,
				valid_until, revises, status, content, problem)
			VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, 'open', ?14, ?15)
			ON CONFLICT (author, n) DO UPDATE SET content = excluded.content, problem = excluded.problem",
			&values![
				author.0,
				n,
				&record.id,
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
			],
		)?;
		for technique in &record.techniques {
			self.put_technique(record.record, *technique, true)?;
		}
		match content {
			// What was withdrawn stays deleted, whoever still has it in hand.
			Content::Open(objects) if !self.is_withdrawn(record.record)? => self.put_objects(record, objects),
			_ => Ok(()),
		}
	}

	fn is_withdrawn(&self, RecordId { author, n }: RecordId) -> Result<bool, Error> {
		let sql = "SELECT status = 'withdrawn' FROM records WHERE author = ?1 AND n = ?2";
		self.transaction.query_one(sql, &values![author.0, n], |row| row.get(0))
	}

	fn put_objects(&self, record: &NewRecord, objects: &[NewObject]) -> Result<(), Error> {
		// A record that was read before is read again after its end was taken back: it is new to readers.
		self.take_objects(record.record)?;
		let mut insert = self.transaction.prepare(
			"INSERT INTO objects (author, n, position, id, type, name, modified, content, added, version, shared, strict,
				marking)
			VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
		)?;
		let RecordId { author, n } = record.record;
		let first = self.next_moment()?;
		for (added, (position, object)) in (first..).zip(objects.iter().enumerate()) {
			let position = position as i64;
			let content = self.put_content(object)?;
			let shared = self.note_shared(&object.id)?;
			let version = object.version.unwrap_or(added);
			insert.execute(&values![
				author.0,
				n,
				position,
				&object.id,
				&object.kind,
				object.name.as_deref(),
				object.modified.as_deref(),
				content,
				added,
				version,
				shared,
				object.is_strict,
				rank(record.tlp),
			])?;
			for (group, _) in &record.audience {
				put_place(&self.transaction, *group, record.tlp, added, record.record, position)?;
			}
			for technique in &object.techniques {
				self.put_technique(record.record, *technique, false)?;
			}
		}
		Ok(())
	}

	fn put_content(&self, object: &NewObject) -> Result<i64, Error> {
		let digest = digest(&object.raw);
		let find = "SELECT content FROM contents WHERE digest = ?1";
		if let Some(content) = self.transaction.query_opt(find, &values![&digest], |row| row.get(0))? {
			return Ok(content);
		}
		let insert = "INSERT INTO contents (digest, raw) VALUES (?1, ?2)";
		let content = self.transaction.insert(insert, "content", &values![&digest, object.raw.as_slice()])?;
		put_keys(&self.transaction, content, &object.sought)?;
		Ok(content)
	}

	fn put_technique(&self, record: RecordId, technique: TechniqueId, public: bool) -> Result<(), Error> {
		let RecordId { author, n } = record;
		self.transaction.execute(
			"INSERT INTO record_techniques (technique, author, n, public) VALUES (?1, ?2, ?3, ?4)
			ON CONFLICT (technique, author, n) DO UPDATE SET public = excluded.public WHERE excluded.public = 1",
			&values![technique.to_string(), author.0, n, public],
		)?;
		Ok(())
	}

	/// Notes where a record stands now. The content of a withdrawn one is deleted, unless a live record or another
	/// author's carries it too: its author's superseded, refuted and expired ones lose it with the withdrawn.
	pub fn set_status(&self, record: RecordId, status: RecordStatus) -> Result<(), Error> {
		let was_live = self.is_live(record)?;
		let values = values![status_name(status), record.author.0, record.n];
		self.transaction.execute("UPDATE records SET status = ?1 WHERE author = ?2 AND n = ?3", &values)?;
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

	fn is_live(&self, RecordId { author, n }: RecordId) -> Result<bool, Error> {
		let sql =
			"SELECT EXISTS (SELECT 1 FROM records WHERE author = ?1 AND n = ?2 AND status IN ('open', 'confirmed'))";
		self.transaction.query_one(sql, &values![author.0, n], |row| row.get(0))
	}

	fn delete_content(&self, record: RecordId) -> Result<(), Error> {
		let key = values![record.author.0, record.n];
		self.transaction.execute("DELETE FROM record_techniques WHERE author = ?1 AND n = ?2 AND public = 0", &key)?;
		for content in self.take_objects(record)? {
			self.delete_unless_kept(content, record.author)?;
		}
		self.note_truncation()
	}

	/// Takes the record's objects away; says which contents they were.
	pub(super) fn take_objects(&self, record: RecordId) -> Result<Vec<i64>, Error> {
		let key = values![record.author.0, record.n];
		let carried = "SELECT content FROM objects WHERE author = ?1 AND n = ?2";
		let carried = self.transaction.query(carried, &key, |row| row.get(0))?;
		self.take_places(record)?;
		self.transaction.execute("DELETE FROM objects WHERE author = ?1 AND n = ?2", &key)?;
		Ok(carried)
	}

	/// Nobody deletes what another author shared, live or not, by publishing it too and withdrawing that.
	fn delete_unless_kept(&self, content: i64, author: AuthorId) -> Result<(), Error> {
		let carriers = "SELECT EXISTS (SELECT 1 FROM objects o JOIN records r ON r.author = o.author AND r.n = o.n
			WHERE o.content = ?1 AND (r.author != ?2 OR r.status IN ('open', 'confirmed')))";
		if self.transaction.query_one(carriers, &values![content, author.0], |row| row.get(0))? {
			return Ok(());
		}
		for deletion in ["DELETE FROM objects WHERE content = ?1", "DELETE FROM contents WHERE content = ?1"] {
			self.transaction.execute(deletion, &values![content])?;
		}
		Ok(())
	}

	/// Notes until when a record is valid.
	pub fn set_valid_until(&self, record: RecordId, valid_until: u64) -> Result<(), Error> {
		let RecordId { author, n } = record;
		let ended = "SELECT EXISTS (SELECT 1 FROM records WHERE author = ?1 AND n = ?2 AND valid_until <= ?3)";
		let had_ended =
			self.transaction.query_one(ended, &values![author.0, n, time::now() as i64], |row| row.get(0))?;
		let values = values![valid_until as i64, author.0, n];
		self.transaction.execute("UPDATE records SET valid_until = ?1 WHERE author = ?2 AND n = ?3", &values)?;
		match had_ended {
			true => self.renew(record),
			false => Ok(()),
		}
	}

	/// Notes where a wrap for this member was handed over.
	pub fn put_welcome(&self, group: GroupId, epoch: Epoch, at: (u32, u32)) -> Result<(), Error> {
		let insert = "INSERT INTO welcomes VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING";
		self.transaction.execute(insert, &values![group.0, epoch.0, at.0, at.1])?;
		Ok(())
	}

	/// Notes where wraps of a record's content key were given out, one of which may be for this member.
	pub fn put_grant(&self, record: RecordId, at: (u32, u32)) -> Result<(), Error> {
		let insert = "INSERT INTO grants VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING";
		self.transaction.execute(insert, &values![record.author.0, record.n, at.0, at.1])?;
		Ok(())
	}

	/// Notes a member's name.
	pub fn put_member(&self, member: MemberId, name: &str) -> Result<(), Error> {
		let put = "INSERT INTO members VALUES (?1, ?2) ON CONFLICT (member) DO UPDATE SET name = excluded.name";
		self.transaction.execute(put, &values![member.0, name])?;
		Ok(())
	}

	/// Notes a group's name and whether AMBER may be passed on to clients. Of a group that was not known it was always so.
	pub fn put_group(&self, group: GroupId, name: &str, pass_on_to_clients: bool) -> Result<(), Error> {
		let known = "SELECT EXISTS (SELECT 1 FROM groups WHERE id = ?1)";
		let known: bool = self.transaction.query_one(known, &values![group.0], |row| row.get(0))?;
		if known {
			let next: i64 =
				self.transaction.query_one("SELECT COALESCE(max(number) + 1, 0) FROM synced", &[], |row| row.get(0))?;
			self.set_pass_on(group, pass_on_to_clients, next)?;
			let rename = "UPDATE groups SET name = ?2 WHERE id = ?1";
			self.transaction.execute(rename, &values![group.0, name])?;
			return Ok(());
		}
		let put = "INSERT INTO groups (id, name, pass_on_to_clients, pass_on_since) VALUES (?1, ?2, ?3, 0)";
		self.transaction.execute(put, &values![group.0, name, pass_on_to_clients])?;
		match pass_on_to_clients {
			true => self.renew_group(group),
			false => Ok(()),
		}
	}

	/// Notes whether AMBER may be passed on to clients, from that block on. What was published while it might not stays with
	/// those it was sealed to.
	pub fn set_pass_on(&self, group: GroupId, pass_on_to_clients: bool, block: i64) -> Result<(), Error> {
		// A group whose policy changes before it is named was not passed on before.
		let put = "INSERT INTO groups (id, name, pass_on_to_clients, pass_on_since) VALUES (?1, '', ?2, ?3)
			ON CONFLICT (id) DO UPDATE SET pass_on_to_clients = excluded.pass_on_to_clients,
				pass_on_since = CASE WHEN groups.pass_on_to_clients = 0 THEN excluded.pass_on_since ELSE groups.pass_on_since END";
		self.transaction.execute(put, &values![group.0, pass_on_to_clients, block])?;
		Ok(())
	}

	/// Notes a technique's name.
	pub fn put_technique_name(&self, technique: TechniqueId, name: &str) -> Result<(), Error> {
		let put = "INSERT INTO techniques VALUES (?1, ?2) ON CONFLICT (technique) DO UPDATE SET name = excluded.name";
		self.transaction.execute(put, &values![technique.to_string(), name])?;
		Ok(())
	}

	/// Notes the last block that was read, and forgets those far behind it.
	pub fn set_synced(&self, synced: Synced) -> Result<(), Error> {
		let put = "INSERT INTO synced VALUES (?1, ?2) ON CONFLICT (number) DO UPDATE SET hash = excluded.hash";
		self.transaction.execute(put, &values![synced.number, &synced.hash])?;
		let forget = "DELETE FROM synced WHERE number NOT IN (SELECT number FROM synced ORDER BY number DESC LIMIT ?1)";
		self.transaction.execute(forget, &values![KEPT_BLOCKS as i64])?;
		Ok(())
	}
}

/// Notes by what the values of an object's bytes are found.
pub(super) fn put_keys(db: &Db, content: i64, sought: &[Sought]) -> Result<(), Error> {
	let insert = "INSERT INTO sought (key, content, path, value) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING";
	let mut insert = db.prepare(insert)?;
	for Sought { key, path, value } in sought {
		insert.execute(&values![key, content, path, value])?;
	}
	Ok(())
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
