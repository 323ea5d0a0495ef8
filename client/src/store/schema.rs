//! The store's tables.

use super::{
	db::{values, Db},
	moments::put_place,
	query::{audience, parsed, record_id},
	write::{put_keys, NewObject},
};
use crate::{error::Error, time};
use cti_primitives::Tlp;
use cti_stix::Limits;
use std::ops::ControlFlow;

/// Counts changes of the tables; kept in SQLite's `user_version`, or PostgreSQL's table `store_version`.
const VERSION: i64 = 6;
/// The oldest version that is brought up to date; what is older is made anew from the chain.
const OLDEST: i64 = 3;

/// The tables of the oldest version.
pub(super) const TABLES: &str = "
CREATE TABLE meta (
	key TEXT PRIMARY KEY,
	value BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE retried_groups (
	id INTEGER PRIMARY KEY
);
CREATE TABLE retried_records (
	author INTEGER NOT NULL,
	n INTEGER NOT NULL,
	PRIMARY KEY (author, n)
) WITHOUT ROWID;
CREATE TABLE synced (
	number INTEGER PRIMARY KEY,
	hash BLOB NOT NULL
);
CREATE TABLE members (
	member INTEGER PRIMARY KEY,
	name TEXT NOT NULL
);
CREATE TABLE groups (
	id INTEGER PRIMARY KEY,
	name TEXT NOT NULL,
	pass_on_to_clients INTEGER NOT NULL
);
CREATE TABLE techniques (
	technique TEXT PRIMARY KEY,
	name TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE welcomes (
	group_id INTEGER NOT NULL,
	epoch INTEGER NOT NULL,
	block INTEGER NOT NULL,
	extrinsic INTEGER NOT NULL,
	PRIMARY KEY (group_id, epoch, block, extrinsic)
) WITHOUT ROWID;
CREATE TABLE grants (
	author INTEGER NOT NULL,
	n INTEGER NOT NULL,
	block INTEGER NOT NULL,
	extrinsic INTEGER NOT NULL,
	PRIMARY KEY (author, n, block, extrinsic)
) WITHOUT ROWID;
CREATE TABLE records (
	author INTEGER NOT NULL,
	n INTEGER NOT NULL,
	id BLOB NOT NULL,
	tlp TEXT NOT NULL,
	audience TEXT NOT NULL,
	direct INTEGER NOT NULL,
	block INTEGER NOT NULL,
	extrinsic INTEGER NOT NULL,
	bytes INTEGER NOT NULL,
	leaves INTEGER NOT NULL,
	published INTEGER NOT NULL,
	valid_until INTEGER,
	revises INTEGER,
	status TEXT NOT NULL,
	content TEXT NOT NULL,
	problem TEXT,
	PRIMARY KEY (author, n)
) WITHOUT ROWID;
CREATE INDEX records_by_place ON records (block, extrinsic);
CREATE INDEX records_by_content ON records (content);
CREATE TABLE record_techniques (
	technique TEXT NOT NULL,
	author INTEGER NOT NULL,
	n INTEGER NOT NULL,
	public INTEGER NOT NULL,
	PRIMARY KEY (technique, author, n)
) WITHOUT ROWID;
CREATE INDEX techniques_of_record ON record_techniques (author, n);
CREATE TABLE contents (
	content INTEGER PRIMARY KEY, --sqlite
	--postgres:content INTEGER PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
	digest BLOB NOT NULL UNIQUE,
	raw BLOB NOT NULL
);
CREATE TABLE objects (
	author INTEGER NOT NULL,
	n INTEGER NOT NULL,
	position INTEGER NOT NULL,
	id TEXT NOT NULL,
	type TEXT NOT NULL,
	name TEXT,
	modified TEXT,
	content INTEGER NOT NULL,
	PRIMARY KEY (author, n, position)
) WITHOUT ROWID;
CREATE INDEX objects_by_id ON objects (id);
CREATE INDEX objects_by_content ON objects (content);
";

/// Version 4: `added` is when an object became readable here, in microseconds since 1970, and no two have the same. `version` is
/// its time of modification, of creation, or `added`, in microseconds. `shared` says that another one has or had its id, `strict` that
/// it has all that STIX 2.1 requires.
/// `object_groups` has the moments of each group's objects, also of some that are gone since; `sought` the keys under which values
/// are looked up. Texts as long as may be among those do not fit PostgreSQL's trees.
pub(super) const STEP_4: &str = "
ALTER TABLE objects ADD COLUMN added INTEGER NOT NULL DEFAULT 0;
ALTER TABLE objects ADD COLUMN version INTEGER NOT NULL DEFAULT 0;
ALTER TABLE objects ADD COLUMN shared INTEGER NOT NULL DEFAULT 0;
ALTER TABLE objects ADD COLUMN strict INTEGER NOT NULL DEFAULT 1;
CREATE TABLE object_groups (
	group_id INTEGER NOT NULL,
	added INTEGER NOT NULL,
	author INTEGER NOT NULL,
	n INTEGER NOT NULL,
	position INTEGER NOT NULL,
	PRIMARY KEY (group_id, added)
) WITHOUT ROWID;
CREATE TABLE sought (
	key TEXT NOT NULL,
	content INTEGER NOT NULL REFERENCES contents ON DELETE CASCADE,
	path TEXT NOT NULL,
	value TEXT NOT NULL
	, PRIMARY KEY (key, content, path, value) --sqlite
) WITHOUT ROWID;
--postgres:CREATE INDEX sought_by_key ON sought USING hash (key);
CREATE INDEX sought_by_content ON sought (content);
";
/// After the rows have their moments.
pub(super) const STEP_4_INDEXES: &str = "
CREATE UNIQUE INDEX objects_by_added ON objects (added);
DROP INDEX objects_by_id;
CREATE INDEX objects_by_version ON objects (id, version, added);
CREATE INDEX objects_by_type ON objects (type, added);
";

/// Version 5: the numbers in `meta` are bytes, too: their digits.
const STEP_5: &str = "UPDATE meta SET value = CAST(value AS BLOB);";

/// Version 6: `marking` is the record's, from 0 (CLEAR) to 4 (RED): who may see little finds it without going past the rest.
/// `pass_on_since` is the block from which on what is published may be passed on to clients, where that was not so before.
const STEP_6: &str = "
ALTER TABLE objects ADD COLUMN marking INTEGER NOT NULL DEFAULT 4;
ALTER TABLE object_groups ADD COLUMN marking INTEGER NOT NULL DEFAULT 4;
ALTER TABLE groups ADD COLUMN pass_on_since INTEGER NOT NULL DEFAULT 0;
";
/// After the rows have their markings.
const STEP_6_INDEXES: &str = "
CREATE INDEX objects_by_marking ON objects (marking, added);
CREATE INDEX places_by_marking ON object_groups (group_id, marking, added);
DROP INDEX objects_by_type;
CREATE INDEX objects_by_type ON objects (type, marking, added);
";

const CLEAR: &str = "
DELETE FROM sought; DELETE FROM object_groups; DELETE FROM objects; DELETE FROM contents; DELETE FROM record_techniques;
DELETE FROM records; DELETE FROM welcomes; DELETE FROM grants; DELETE FROM techniques; DELETE FROM groups;
DELETE FROM members; DELETE FROM synced; DELETE FROM meta; DELETE FROM retried_groups; DELETE FROM retried_records;
";

/// Makes the tables in a new database and brings older ones up to date.
pub fn prepare(db: &Db) -> Result<(), Error> {
	match db.version()? {
		VERSION => Ok(()),
		0 | OLDEST..VERSION => bring_up_to_date(db),
		other => Err(Error::Store {
			store: db.name().into(),
			reason: format!("it has version {other} of the tables, this release knows version {VERSION}"),
			advice: "use the release that made it, or name another --store and run `testudo sync`".into(),
		}),
	}
}

/// Makes what is missing, unless another process did while this one waited for its turn.
pub fn bring_up_to_date(db: &Db) -> Result<(), Error> {
	let turn = db.begin()?;
	let found = turn.version()?;
	if found == 0 {
		turn.define(TABLES)?;
	}
	if found < 4 {
		turn.define(STEP_4)?;
	}
	if found < 6 {
		turn.define(STEP_6)?;
	}
	if found < 4 {
		fill_step_4(&turn)?;
		turn.define(STEP_4_INDEXES)?;
	}
	if found < 5 {
		turn.define(STEP_5)?;
	}
	if found < 6 {
		fill_step_6(&turn)?;
		turn.define(STEP_6_INDEXES)?;
	}
	turn.set_version(VERSION)?;
	turn.commit()
}

/// Gives what an older release stored its moments and its keys.
fn fill_step_4(turn: &Db) -> Result<(), Error> {
	turn.each("SELECT content, raw FROM contents", &[], |row| {
		let (content, raw): (i64, Vec<u8>) = (row.get(0)?, row.get(1)?);
		if let Ok(object) = cti_stix::read_object(raw, &Limits::default()) {
			let object = NewObject::from(object);
			put_keys(turn, content, &object.sought)?;
			let values = values![object.version.unwrap_or(0), object.is_strict, content];
			turn.execute("UPDATE objects SET version = ?1, strict = ?2 WHERE content = ?3", &values)?;
		}
		Ok(ControlFlow::Continue(()))
	})?;
	let objects = "SELECT o.author, o.n, o.position, r.audience, r.tlp FROM objects o
		JOIN records r ON r.author = o.author AND r.n = o.n ORDER BY r.block, r.extrinsic, o.author, o.n, o.position";
	let mut added = time::now_micros();
	turn.each(objects, &[], |row| {
		let (record, position): (_, i64) = (record_id(row, 0, 1)?, row.get(2)?);
		turn.execute(
			"UPDATE objects SET added = ?1, version = CASE version WHEN 0 THEN ?1 ELSE version END,
				shared = CASE WHEN EXISTS (SELECT 1 FROM objects o
					WHERE o.id = objects.id AND (o.author, o.n, o.position) != (?2, ?3, ?4)) THEN 1 ELSE 0 END
			WHERE author = ?2 AND n = ?3 AND position = ?4",
			&values![added, record.author.0, record.n, position],
		)?;
		for (group, _) in audience(row, 3)? {
			put_place(turn, group, parsed(row, 4)?, added, record, position)?;
		}
		added += 1;
		Ok(ControlFlow::Continue(()))
	})
}

/// Gives what an older release stored its markings, and looks once more at what STIX 2.1 requires: releases before did not know all
/// of it.
fn fill_step_6(turn: &Db) -> Result<(), Error> {
	for table in ["objects", "object_groups"] {
		for tlp in Tlp::ALL {
			let update = format!(
				"UPDATE {table} SET marking = ?1 WHERE EXISTS
				(SELECT 1 FROM records r WHERE r.author = {table}.author AND r.n = {table}.n AND r.tlp = ?2)"
			);
			turn.execute(&update, &values![rank(tlp), tlp.name()])?;
		}
	}
	turn.each("SELECT content, raw FROM contents", &[], |row| {
		let (content, raw): (i64, Vec<u8>) = (row.get(0)?, row.get(1)?);
		if let Ok(object) = cti_stix::read_object(raw, &Limits::default()) {
			let values = values![NewObject::from(object).is_strict, content];
			turn.execute("UPDATE objects SET strict = ?1 WHERE content = ?2 AND strict != ?1", &values)?;
		}
		Ok(ControlFlow::Continue(()))
	})
}

/// A marking as the tables have it.
pub(super) fn rank(tlp: Tlp) -> i64 {
	tlp as i64
}

/// Empties every table.
pub fn clear(db: &Db) -> Result<(), Error> {
	db.execute_batch(CLEAR)
}
