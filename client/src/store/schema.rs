//! The store's tables.

use super::refused;
use crate::error::Error;
use rusqlite::{Connection, Transaction, TransactionBehavior};
use std::path::Path;

/// Counts changes of the tables below; kept in the file's `user_version`.
const VERSION: i64 = 3;

const TABLES: &str = "
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
	content INTEGER PRIMARY KEY,
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

const CLEAR: &str = "
BEGIN IMMEDIATE;
DELETE FROM objects; DELETE FROM contents; DELETE FROM record_techniques; DELETE FROM records; DELETE FROM welcomes; DELETE FROM grants;
DELETE FROM techniques; DELETE FROM groups; DELETE FROM members; DELETE FROM synced; DELETE FROM meta;
DELETE FROM retried_groups; DELETE FROM retried_records;
INSERT INTO meta (key, value) VALUES ('truncate', 1);
COMMIT;
";

/// Sets the connection up and makes the tables in a new file.
pub fn prepare(db: &Connection, path: &Path) -> Result<(), Error> {
	let failed = |e| refused(path, e);
	// The log is asked for first: outside of it, a new file would be written twice.
	db.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(())).map_err(failed)?;
	db.pragma_update_and_check(None, "secure_delete", true, |_| Ok(())).map_err(failed)?;
	db.pragma_update(None, "synchronous", "NORMAL").map_err(failed)?;
	match version(db).map_err(failed)? {
		VERSION => Ok(()),
		0 => make_tables(db).map_err(failed),
		other => Err(Error::Store {
			path: path.into(),
			reason: format!("it has version {other} of the tables, this release knows version {VERSION}"),
			advice: "use the release that made it, or name another --store and run `testudo sync`".into(),
		}),
	}
}

fn version(db: &Connection) -> rusqlite::Result<i64> {
	db.pragma_query_value(None, "user_version", |row| row.get(0))
}

/// Makes the tables, unless another process did while this one waited for its turn.
pub fn make_tables(db: &Connection) -> rusqlite::Result<()> {
	let turn = Transaction::new_unchecked(db, TransactionBehavior::Immediate)?;
	if version(&turn)? == 0 {
		turn.execute_batch(&format!("{TABLES} PRAGMA user_version = {VERSION};"))?;
	}
	turn.commit()
}

/// Empties every table.
pub fn clear(db: &Connection) -> rusqlite::Result<()> {
	db.execute_batch(CLEAR)
}
