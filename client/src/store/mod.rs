//! The local store: what was read from the chain and could be opened, in SQLite.
//!
//! Deleted content is overwritten (`secure_delete`), and no secret is ever in it. Object bytes are kept once
//! however many records carry them.

mod query;
mod schema;
mod write;

pub use query::{ObjectRow, RecordFilter, RecordRow, Totals, WelcomeRow};
pub use write::{status_name, Batch, Content, NewObject, NewRecord};

use crate::error::Error;
use cti_primitives::Hash;
use rusqlite::{Connection, OptionalExtension};
use std::{
	fs,
	path::{Path, PathBuf},
	time::Duration,
};

/// How long to wait for another process that writes.
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);

/// The last block that was read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Synced {
	/// Its number.
	pub number: u32,
	/// Its hash.
	pub hash: Hash,
}

/// An open store.
pub struct Store {
	path: PathBuf,
	db: Connection,
}

impl Store {
	/// Opens the store in `folder`, making it if there is none.
	pub fn open(folder: &Path) -> Result<Self, Error> {
		make_private_folder(folder).map_err(|e| Error::Io {
			doing: "create the folder",
			path: folder.into(),
			source: e,
		})?;
		let path = folder.join("store.sqlite");
		let failed = |e: rusqlite::Error| refused(&path, e);
		let db = Connection::open(&path).map_err(failed)?;
		db.busy_timeout(BUSY_TIMEOUT).map_err(failed)?;
		schema::prepare(&db, &path)?;
		Ok(Self { path, db })
	}

	/// Opens the store in `folder` if there is one.
	pub fn open_existing(folder: &Path) -> Result<Self, Error> {
		match folder.join("store.sqlite").exists() {
			true => Self::open(folder),
			false => Err(Error::not_found(
				format!("there is no local store in {}", folder.display()),
				"run `testudo sync` first, with the same --identity and --store",
			)),
		}
	}

	/// Binds the store to a chain, or checks that it belongs to it.
	pub fn require_chain(&mut self, genesis: &Hash) -> Result<(), Error> {
		match self.genesis()? {
			Some(known) if known == *genesis => Ok(()),
			Some(_) => Err(Error::Store {
				path: self.path.clone(),
				reason: "it belongs to another chain".into(),
				advice: "name another --store or --url, or empty this one with `testudo sync --restart`".into(),
			}),
			None => self.set_meta("genesis", genesis),
		}
	}

	/// The chain's genesis hash; `None` before the first sync.
	pub fn genesis(&self) -> Result<Option<Hash>, Error> {
		self.meta("genesis")
	}

	/// The last block that was read.
	pub fn synced(&self) -> Result<Option<Synced>, Error> {
		let row = self
			.db
			.query_row("SELECT number, hash FROM synced", [], |row| {
				Ok(Synced { number: row.get(0)?, hash: row.get(1)? })
			})
			.optional();
		row.map_err(|e| self.failed(e))
	}

	/// Empties the store.
	pub fn clear(&mut self) -> Result<(), Error> {
		schema::clear(&self.db).map_err(|e| self.failed(e))?;
		self.truncate_log()
	}

	/// Writes the log into the file and empties it, so that deleted content is in neither.
	pub fn truncate_log(&self) -> Result<(), Error> {
		let done = self.db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
		done.map_err(|e| self.failed(e))
	}

	fn meta(&self, key: &str) -> Result<Option<Hash>, Error> {
		let row = self.db.query_row("SELECT value FROM meta WHERE key = ?1", [key], |row| row.get(0)).optional();
		row.map_err(|e| self.failed(e))
	}

	fn set_meta(&mut self, key: &str, value: &Hash) -> Result<(), Error> {
		let done = self.db.execute("INSERT OR REPLACE INTO meta (key, value) VALUES (?1, ?2)", (key, value));
		done.map(|_| ()).map_err(|e| self.failed(e))
	}

	fn failed(&self, error: rusqlite::Error) -> Error {
		refused(&self.path, error)
	}
}

fn refused(path: &Path, error: rusqlite::Error) -> Error {
	Error::Store {
		path: path.into(),
		reason: error.to_string(),
		advice: "check that no other testudo is writing to it and that there is space; `testudo sync --restart` builds it anew"
			.into(),
	}
}

#[cfg(unix)]
fn make_private_folder(folder: &Path) -> std::io::Result<()> {
	use std::os::unix::fs::DirBuilderExt;
	fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

#[cfg(not(unix))]
fn make_private_folder(folder: &Path) -> std::io::Result<()> {
	fs::create_dir_all(folder)
}

#[cfg(test)]
mod tests;
