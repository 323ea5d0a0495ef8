//! When each object became readable here: what a client that asks for news since then must not miss.
//!
//! Every object has a moment of its own, later than those of all before it. One that becomes readable again, or in place of
//! another, gets a new one.

use super::{
	db::{values, Db, Value},
	query::audience,
	schema::rank,
	Batch,
};
use crate::{error::Error, time};
use cti_primitives::{AuthorId, GroupId, RecordId, Tlp};

/// One object of a record: its place there.
type Place = (u32, u32, i64);

impl Batch<'_> {
	/// The moment at which the next object becomes readable, in microseconds since 1970: after all others, whatever the clock says.
	pub(super) fn next_moment(&self) -> Result<i64, Error> {
		let newest: Option<i64> =
			self.transaction.query_one("SELECT max(added) FROM objects", &[], |row| row.get(0))?;
		Ok(time::now_micros().max(newest.map_or(0, |newest| newest.saturating_add(1))))
	}

	/// Is there another object of this id? Then it is noted of that, too.
	pub(super) fn note_shared(&self, id: &str) -> Result<bool, Error> {
		let others = "SELECT EXISTS (SELECT 1 FROM objects WHERE id = ?1)";
		let shared = self.transaction.query_one(others, &values![id], |row| row.get(0))?;
		if shared {
			let note = "UPDATE objects SET shared = 1 WHERE id = ?1 AND shared = 0";
			self.transaction.execute(note, &values![id])?;
		}
		Ok(shared)
	}

	/// Forgets the moments of a record's objects.
	pub(super) fn take_places(&self, record: RecordId) -> Result<(), Error> {
		let RecordId { author, n } = record;
		for group in self.groups_of(record)? {
			self.transaction.execute(
				"DELETE FROM object_groups WHERE author = ?2 AND n = ?3 AND group_id = ?1
				AND added >= (SELECT min(added) FROM objects WHERE author = ?2 AND n = ?3)
				AND added <= (SELECT max(added) FROM objects WHERE author = ?2 AND n = ?3)",
				&values![group.0, author.0, n],
			)?;
		}
		Ok(())
	}

	fn groups_of(&self, RecordId { author, n }: RecordId) -> Result<Vec<GroupId>, Error> {
		let sql = "SELECT audience FROM records WHERE author = ?1 AND n = ?2";
		let groups = self.transaction.query_opt(sql, &values![author.0, n], |row| audience(row, 0))?;
		Ok(groups.into_iter().flatten().map(|(group, _)| group).collect())
	}

	/// The record's objects may be handed on from now on, and could not before.
	pub(super) fn renew(&self, RecordId { author, n }: RecordId) -> Result<(), Error> {
		let sql = "SELECT author, n, position FROM objects WHERE author = ?1 AND n = ?2 ORDER BY position";
		self.renew_all(&self.places(sql, &values![author.0, n])?)
	}

	/// The record does not count any more: other objects of the same ids, that it stood before, come to light.
	pub(super) fn renew_others(&self, RecordId { author, n }: RecordId) -> Result<(), Error> {
		let sql = "SELECT o.author, o.n, o.position FROM objects gone JOIN objects o ON o.id = gone.id
			WHERE gone.author = ?1 AND gone.n = ?2 AND gone.shared = 1 AND o.content != gone.content
			AND (o.author, o.n) != (?1, ?2) ORDER BY o.added";
		self.renew_all(&self.places(sql, &values![author.0, n])?)
	}

	/// Records of the group may be passed on to clients from now on.
	pub(super) fn renew_group(&self, group: GroupId) -> Result<(), Error> {
		let sql =
			"SELECT g.author, g.n, g.position FROM object_groups g JOIN records r ON r.author = g.author AND r.n = g.n
			WHERE g.group_id = ?1 AND r.tlp = 'AMBER' ORDER BY g.added";
		self.renew_all(&self.places(sql, &values![group.0])?)
	}

	fn places(&self, sql: &str, values: &[Value]) -> Result<Vec<Place>, Error> {
		self.transaction.query(sql, values, |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
	}

	fn renew_all(&self, places: &[Place]) -> Result<(), Error> {
		for (added, &(author, n, position)) in (self.next_moment()?..).zip(places) {
			let of_groups =
				"UPDATE object_groups SET added = ?1 WHERE author = ?2 AND n = ?3 AND position = ?4 AND added =
				(SELECT added FROM objects WHERE author = ?2 AND n = ?3 AND position = ?4) AND group_id = ?5";
			for group in self.groups_of(RecordId { author: AuthorId(author), n })? {
				self.transaction.execute(of_groups, &values![added, author, n, position, group.0])?;
			}
			let own = "UPDATE objects SET added = ?1 WHERE author = ?2 AND n = ?3 AND position = ?4";
			self.transaction.execute(own, &values![added, author, n, position])?;
		}
		Ok(())
	}
}

/// Notes when an object became readable to those who read the group.
pub(super) fn put_place(
	db: &Db,
	group: GroupId,
	tlp: Tlp,
	added: i64,
	record: RecordId,
	position: i64,
) -> Result<(), Error> {
	let put =
		"INSERT INTO object_groups (group_id, added, author, n, position, marking) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
		ON CONFLICT (group_id, added) DO UPDATE
		SET author = excluded.author, n = excluded.n, position = excluded.position, marking = excluded.marking";
	db.execute(put, &values![group.0, added, record.author.0, record.n, position, rank(tlp)])?;
	Ok(())
}
