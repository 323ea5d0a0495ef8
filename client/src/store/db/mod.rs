//! The store's database: SQLite's file, or one of a PostgreSQL server. The same statements for both.
//!
//! They are written for SQLite, such that PostgreSQL understands them: `?` and `?N` stand for values, columns keep truth
//! as 0 or 1, a derived table has a name. What only one of the two has is here and not in the statements.

mod dialect;
mod server;
mod sqlite;
mod tls;
mod url;
mod value;

pub(super) use url::{is_url, shown};
pub(super) use value::values;
pub use value::{Column, Value};

use super::Place;
use crate::error::Error;
use server::Server;
use sqlite::Sqlite;
use std::{
	cell::Cell,
	fmt::Display,
	ops::{ControlFlow, Deref},
};

const BROKEN_FILE: &str =
	"check that no other testudo is writing to it and that there is space; `testudo sync --restart` builds it anew";
const REFUSED: &str = "check that the server runs and that the URL's user may do this; the server's log says more";
const UNREACHED: &str =
	"check that the server runs and takes connections from here, and the URL's user, password, database and \
	sslmode";

/// An open database.
pub struct Db {
	/// For people.
	name: String,
	link: Link,
	in_transaction: Cell<bool>,
}

enum Link {
	File(Sqlite),
	Server(Server),
}

impl Db {
	/// Opens the database; a file is made if there is none.
	pub fn open(place: &Place) -> Result<Self, Error> {
		let (name, link) = match place {
			Place::Folder(folder) => (sqlite::file(folder).display().to_string(), Link::File(Sqlite::open(folder)?)),
			Place::Server(url) => {
				let name = place.to_string();
				let server = Server::connect(url::target(url.text())?);
				let store = name.clone();
				let failed = |reason| Error::Store { store, reason, advice: UNREACHED.into() };
				(name, Link::Server(server.map_err(failed)?))
			}
		};
		Ok(Self { name, link, in_transaction: Cell::new(false) })
	}

	/// Opens the database if it is one with tables.
	pub fn open_existing(place: &Place) -> Result<Option<Self>, Error> {
		if matches!(place, Place::Folder(folder) if !sqlite::file(folder).exists()) {
			return Ok(None);
		}
		let db = Self::open(place)?;
		Ok((db.version()? != 0).then_some(db))
	}

	/// Removes the file of a folder if it is damaged. A server looks after its own.
	pub fn remove_if_damaged(place: &Place) -> Result<(), Error> {
		match place {
			Place::Folder(folder) => sqlite::remove_if_damaged(folder),
			Place::Server(_) => Ok(()),
		}
	}

	/// The file or the URL, without a password.
	pub fn name(&self) -> &str {
		&self.name
	}

	/// Keeps other processes from keeping the store up to date as long as this is open; `false` if another one does.
	pub fn keep(&mut self) -> Result<bool, Error> {
		match &mut self.link {
			Link::File(file) => file.keep(),
			Link::Server(server) => server.keep().map_err(|e| self.failed(e)),
		}
	}

	/// Does a process keep the store up to date, this one or another?
	pub fn is_kept(&self) -> Result<bool, Error> {
		match &self.link {
			Link::File(file) => file.is_kept(),
			Link::Server(server) => server.is_kept().map_err(|e| self.failed(e)),
		}
	}

	/// The number of the tables' version; 0 if there are none.
	pub fn version(&self) -> Result<i64, Error> {
		match &self.link {
			Link::File(file) => file.version().map_err(|e| self.failed(e)),
			Link::Server(_) => {
				let are_there = "SELECT to_regclass('store_version') IS NOT NULL";
				match self.query_one(are_there, &[], |row| row.get(0))? {
					true => self.query_one("SELECT version FROM store_version", &[], |row| row.get(0)),
					false => Ok(0),
				}
			}
		}
	}

	/// Notes the number of the tables' version.
	pub fn set_version(&self, version: i64) -> Result<(), Error> {
		match &self.link {
			Link::File(file) => file.set_version(version).map_err(|e| self.failed(e)),
			Link::Server(_) => self.execute_batch(&format!(
				"CREATE TABLE IF NOT EXISTS store_version (version BIGINT NOT NULL);
				DELETE FROM store_version; INSERT INTO store_version VALUES ({version});"
			)),
		}
	}

	/// Makes and changes tables. Lines that end in `--sqlite`, and what follows `--postgres:`, are for one of the two.
	pub fn define(&self, sql: &str) -> Result<(), Error> {
		match &self.link {
			Link::File(_) => self.execute_batch(sql),
			Link::Server(_) => self.execute_batch(&dialect::tables(sql)),
		}
	}

	/// Does what the database can that deleted content is not only forgotten, but gone; `false` if somebody who reads
	/// keeps it from that.
	///
	/// SQLite overwrites it in the file and empties its log. PostgreSQL gives its place free, so that no query and no
	/// later copy of the tables has it. It does not overwrite it: until the place is used again, the bytes may be in the
	/// server's files, and longer in its write-ahead log, in replicas and in backups.
	pub fn overwrite_deleted(&self) -> Result<bool, Error> {
		match &self.link {
			Link::File(file) => file.truncate_log().map_err(|e| self.failed(e)),
			Link::Server(_) => {
				// Who reads from before the last change: of its rows, none is given free.
				let readers = "SELECT EXISTS (SELECT 1 FROM pg_stat_activity WHERE datname = current_database()
					AND pid != pg_backend_pid() AND backend_type = 'client backend' AND age(backend_xmin) > 0)";
				if self.query_one(readers, &[], |row| row.get(0))? {
					return Ok(false);
				}
				self.execute_batch("VACUUM contents, objects, object_groups, sought, record_techniques, records")?;
				Ok(true)
			}
		}
	}

	/// Begins a transaction that writes. Others that write are waited for.
	pub fn begin(&self) -> Result<Transaction<'_>, Error> {
		match &self.link {
			Link::File(file) => file.connection.execute_batch("BEGIN IMMEDIATE").map_err(|e| self.failed(e))?,
			Link::Server(server) => server.begin().map_err(|e| self.failed(e))?,
		}
		Ok(Transaction::of(self))
	}

	/// Hands on the rows, one after the other as they are found, until there are no more or `read` says to stop. It may
	/// ask the database meanwhile, which answers as it stood at the beginning.
	pub fn each(
		&self,
		sql: &str,
		values: &[Value],
		mut read: impl FnMut(&Row) -> Result<ControlFlow<()>, Error>,
	) -> Result<(), Error> {
		match &self.link {
			Link::File(file) => {
				let mut statement = file.connection.prepare_cached(sql).map_err(|e| self.failed(e))?;
				let mut rows = statement.query(rusqlite::params_from_iter(values)).map_err(|e| self.failed(e))?;
				while let Some(row) = rows.next().map_err(|e| self.failed(e))? {
					if read(&Row { db: self, cells: Cells::File(row) })?.is_break() {
						break;
					}
				}
				Ok(())
			}
			Link::Server(server) => {
				let view = (!self.in_transaction.get())
					.then(|| server.begin_reading().map(|()| Transaction::of(self)).map_err(|e| self.failed(e)));
				let view = view.transpose()?;
				self.fetch_each(server, sql, values, read)?;
				view.map_or(Ok(()), Transaction::commit)
			}
		}
	}

	fn fetch_each(
		&self,
		server: &Server,
		sql: &str,
		values: &[Value],
		mut read: impl FnMut(&Row) -> Result<ControlFlow<()>, Error>,
	) -> Result<(), Error> {
		let mut cursor = server.rows(sql, values).map_err(|e| self.failed(e))?;
		while let Some(rows) = cursor.fetch().map_err(|e| self.failed(e))? {
			for row in &rows {
				if read(&Row { db: self, cells: Cells::Server(row) })?.is_break() {
					return Ok(());
				}
			}
		}
		Ok(())
	}

	/// All rows.
	pub fn query<T>(
		&self,
		sql: &str,
		values: &[Value],
		mut read: impl FnMut(&Row) -> Result<T, Error>,
	) -> Result<Vec<T>, Error> {
		match &self.link {
			Link::File(_) => {
				let mut found = Vec::new();
				self.each(sql, values, |row| {
					found.push(read(row)?);
					Ok(ControlFlow::Continue(()))
				})?;
				Ok(found)
			}
			Link::Server(server) => {
				let rows = server.query(sql, values).map_err(|e| self.failed(e))?;
				rows.iter().map(|row| read(&Row { db: self, cells: Cells::Server(row) })).collect()
			}
		}
	}

	/// The first row, if there is one.
	pub fn query_opt<T>(
		&self,
		sql: &str,
		values: &[Value],
		mut read: impl FnMut(&Row) -> Result<T, Error>,
	) -> Result<Option<T>, Error> {
		match &self.link {
			Link::File(_) => {
				let mut found = None;
				self.each(sql, values, |row| {
					found = Some(read(row)?);
					Ok(ControlFlow::Break(()))
				})?;
				Ok(found)
			}
			Link::Server(_) => Ok(self.query(sql, values, read)?.into_iter().next()),
		}
	}

	/// The row of a statement that always has one.
	pub fn query_one<T>(
		&self,
		sql: &str,
		values: &[Value],
		read: impl FnMut(&Row) -> Result<T, Error>,
	) -> Result<T, Error> {
		self.query_opt(sql, values, read)?.ok_or_else(|| self.failed("a row that must be there is missing"))
	}

	/// Runs a statement; says how many rows it changed.
	pub fn execute(&self, sql: &str, values: &[Value]) -> Result<usize, Error> {
		self.prepare(sql)?.execute(values)
	}

	/// A statement that is run several times.
	pub fn prepare<'a>(&'a self, sql: &'a str) -> Result<Prepared<'a>, Error> {
		let statement = match &self.link {
			Link::File(file) => Statement::File(file.connection.prepare_cached(sql).map_err(|e| self.failed(e))?),
			Link::Server(server) => Statement::Server(server, sql),
		};
		Ok(Prepared { db: self, statement })
	}

	/// Adds a row; says which number the database gave it, in this column.
	pub fn insert(&self, sql: &str, column: &str, values: &[Value]) -> Result<i64, Error> {
		match &self.link {
			Link::File(file) => {
				let statement = file.connection.prepare_cached(sql);
				let values = rusqlite::params_from_iter(values);
				statement.and_then(|mut statement| statement.insert(values)).map_err(|e| self.failed(e))
			}
			Link::Server(_) => self.query_one(&format!("{sql} RETURNING {column}"), values, |row| row.get(0)),
		}
	}

	/// Runs several statements that have no values.
	pub fn execute_batch(&self, sql: &str) -> Result<(), Error> {
		match &self.link {
			Link::File(file) => file.connection.execute_batch(sql).map_err(|e| self.failed(e)),
			Link::Server(server) => server.batch(sql).map_err(|e| self.failed(e)),
		}
	}

	fn failed(&self, reason: impl Display) -> Error {
		let advice = match &self.link {
			Link::File(_) => BROKEN_FILE,
			Link::Server(_) => REFUSED,
		};
		Error::Store { store: self.name.clone(), reason: reason.to_string(), advice: advice.into() }
	}
}

/// A statement that is ready to be run.
pub struct Prepared<'a> {
	db: &'a Db,
	statement: Statement<'a>,
}

enum Statement<'a> {
	File(rusqlite::CachedStatement<'a>),
	Server(&'a Server, &'a str),
}

impl Prepared<'_> {
	/// Runs it; says how many rows it changed.
	pub fn execute(&mut self, values: &[Value]) -> Result<usize, Error> {
		match &mut self.statement {
			Statement::File(statement) => {
				statement.execute(rusqlite::params_from_iter(values)).map_err(|e| self.db.failed(e))
			}
			Statement::Server(server, sql) => server.execute(sql, values).map_err(|e| self.db.failed(e)),
		}
	}
}

/// A transaction: kept as a whole when it is committed, and else nothing of it.
pub struct Transaction<'a> {
	db: &'a Db,
	is_open: bool,
}

impl<'a> Transaction<'a> {
	fn of(db: &'a Db) -> Self {
		db.in_transaction.set(true);
		Self { db, is_open: true }
	}

	/// Keeps it.
	pub fn commit(mut self) -> Result<(), Error> {
		match &self.link {
			Link::File(_) => self.execute_batch("COMMIT")?,
			Link::Server(server) => server.commit().map_err(|e| self.failed(e))?,
		}
		self.is_open = false;
		Ok(())
	}
}

impl Deref for Transaction<'_> {
	type Target = Db;

	fn deref(&self) -> &Db {
		self.db
	}
}

impl Drop for Transaction<'_> {
	fn drop(&mut self) {
		if self.is_open {
			let _ = self.execute_batch("ROLLBACK");
		}
		self.db.in_transaction.set(false);
	}
}

/// One row of an answer.
pub struct Row<'a> {
	db: &'a Db,
	cells: Cells<'a>,
}

enum Cells<'a> {
	File(&'a rusqlite::Row<'a>),
	Server(&'a postgres::Row),
}

impl Row<'_> {
	/// Reads a column, counted from 0.
	pub fn get<T: Column>(&self, column: usize) -> Result<T, Error> {
		let value = match self.cells {
			Cells::File(row) => row
				.get_ref(column)
				.map_err(|e| self.unreadable(column, e))
				.and_then(|value| Value::of_sqlite(value).map_err(|e| self.unreadable(column, e))),
			Cells::Server(row) => row.try_get::<_, Value>(column).map_err(|e| self.unreadable(column, e)),
		};
		T::read(value?).map_err(|e| self.unreadable(column, e))
	}

	/// What is in a column cannot be what belongs there.
	pub fn unreadable(&self, column: usize, reason: impl Display) -> Error {
		self.db.failed(format!("column {column} of a row cannot be read: {reason}"))
	}
}
