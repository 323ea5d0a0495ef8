//! The local store: what was read from the chain and could be opened, in SQLite.
//!
//! Deleted content is overwritten (`secure_delete`), and no secret is ever in it. Object bytes are kept once
//! however many records carry them.

mod lookup;
mod meta;
mod moments;
mod pages;
mod query;
mod rollback;
#[cfg(test)]
pub(crate) mod samples;
mod schema;
mod write;

pub use lookup::Match;
pub use meta::{Retries, Retry};
pub use pages::{Filter, Page, Placed, Reader, Version};
pub use query::{Carrier, ObjectRow, RecordFilter, RecordRow, Totals, WelcomeRow};
pub use write::{status_name, Batch, Content, NewObject, NewRecord, Sought};

use crate::{error::Error, private};
use cti_primitives::Hash;
use rusqlite::Connection;
use std::{
	fs::{self, File, TryLockError},
	path::{Path, PathBuf},
	time::Duration,
};

/// How long to wait for another process that writes.
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);
/// How many of the last blocks are remembered: as many as a node may lose without the store being read anew.
pub const KEPT_BLOCKS: usize = 64;

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
	/// Held by the one process that writes.
	lock: Option<File>,
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
		// SQLite would make it as readable as the user's other files, and its log like it.
		if !path.exists() {
			private::open(&path).map_err(|source| Error::Io { doing: "create", path: path.clone(), source })?;
		}
		let db = Connection::open(&path).map_err(failed)?;
		db.busy_timeout(BUSY_TIMEOUT).map_err(failed)?;
		schema::prepare(&db, &path)?;
		Ok(Self { path, db, lock: None })
	}

	/// Opens the store in `folder` for writing, making it if there is none, and keeps others from writing as long as
	/// it is open: two that read the same blocks would bring back what a withdrawal deleted.
	pub fn open_to_write(folder: &Path) -> Result<Self, Error> {
		let mut store = Self::open(folder)?;
		let path = folder.join("sync.lock");
		let failed = |source| Error::Io { doing: "lock", path: path.clone(), source };
		let lock = private::open(&path).map_err(failed)?;
		match lock.try_lock() {
			Ok(()) => store.lock = Some(lock),
			Err(TryLockError::Error(source)) => return Err(failed(source)),
			Err(TryLockError::WouldBlock) => {
				return Err(Error::Store {
					path: store.path,
					reason: "another `testudo sync` or `testudo agent` is bringing it up to date".into(),
					advice: "let it end, or end it, or name another --store".into(),
				})
			}
		}
		Ok(store)
	}

	/// Does a `testudo sync` or `testudo agent` bring the store in `folder` up to date at this moment?
	pub fn is_being_written(folder: &Path) -> Result<bool, Error> {
		let path = folder.join("sync.lock");
		let Ok(lock) = File::open(&path) else { return Ok(false) };
		match lock.try_lock_shared() {
			Ok(()) => Ok(false),
			Err(TryLockError::WouldBlock) => Ok(true),
			Err(TryLockError::Error(source)) => Err(Error::Io { doing: "lock", path, source }),
		}
	}

	/// Removes the store in `folder` if its file is damaged: nothing in it can be read any more, and all of it comes from the
	/// chain.
	pub fn remove_if_damaged(folder: &Path) -> Result<(), Error> {
		let path = folder.join("store.sqlite");
		if !path.exists() || !is_damaged(&path) {
			return Ok(());
		}
		for end in ["", "-wal", "-shm"] {
			let path = folder.join(format!("store.sqlite{end}"));
			match fs::remove_file(&path) {
				Err(source) if source.kind() != std::io::ErrorKind::NotFound => {
					return Err(Error::Io { doing: "remove", path, source })
				}
				_ => {}
			}
		}
		Ok(())
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

	/// The last block that was read.
	pub fn synced(&self) -> Result<Option<Synced>, Error> {
		Ok(self.synced_blocks()?.first().copied())
	}

	/// The last blocks that were read, the newest first.
	pub fn synced_blocks(&self) -> Result<Vec<Synced>, Error> {
		let sql = "SELECT number, hash FROM synced ORDER BY number DESC";
		self.rows(sql, &[], |row| Ok(Synced { number: row.get(0)?, hash: row.get(1)? }))
	}

	/// Empties the store.
	pub fn clear(&mut self) -> Result<(), Error> {
		schema::clear(&self.db).map_err(|e| self.failed(e))?;
		self.truncate_log()
	}

	fn failed(&self, error: rusqlite::Error) -> Error {
		refused(&self.path, error)
	}
}

/// Does SQLite say that this is no database, or none that is whole?
fn is_damaged(path: &Path) -> bool {
	use rusqlite::ErrorCode::{DatabaseCorrupt, NotADatabase};
	let checked =
		Connection::open(path).and_then(|db| db.query_row("PRAGMA quick_check", [], |row| row.get::<_, String>(0)));
	match checked {
		Ok(said) => said != "ok",
		Err(error) => matches!(error.sqlite_error_code(), Some(DatabaseCorrupt | NotADatabase)),
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
