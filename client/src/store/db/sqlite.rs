//! SQLite's file, and what only SQLite has.

use crate::{error::Error, private};
use rusqlite::{Connection, ErrorCode};
use std::{
	fs::{self, File, TryLockError},
	io,
	path::{Path, PathBuf},
	time::Duration,
};

/// How long to wait for another process that writes.
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);
/// Statements that are kept prepared: more than there are.
const PREPARED: usize = 128;
/// The file in the store's folder.
const FILE: &str = "store.sqlite";
/// And the one that whoever keeps the store up to date holds.
const LOCK: &str = "sync.lock";

/// The file in the folder.
pub(super) struct Sqlite {
	folder: PathBuf,
	/// The open file.
	pub connection: Connection,
	/// Held by the one process that keeps the store up to date.
	lock: Option<File>,
}

impl Sqlite {
	/// Opens the file in the folder, making both if they are not there.
	pub fn open(folder: &Path) -> Result<Self, Error> {
		let failed = |doing, path| move |source| Error::Io { doing, path, source };
		make_private_folder(folder).map_err(failed("create the folder", folder.into()))?;
		let path = file(folder);
		// SQLite would make it as readable as the user's other files, and its log like it.
		if !path.exists() {
			private::open(&path).map_err(failed("create", path.clone()))?;
		}
		let connection = set_up(&path).map_err(|e| Error::Store {
			store: path.display().to_string(),
			reason: e.to_string(),
			advice: super::BROKEN_FILE.into(),
		})?;
		Ok(Self { folder: folder.into(), connection, lock: None })
	}

	/// Keeps others from keeping the store up to date as long as this one is open; `false` if another one does.
	pub fn keep(&mut self) -> Result<bool, Error> {
		let path = self.folder.join(LOCK);
		let failed = |source| Error::Io { doing: "lock", path: path.clone(), source };
		let lock = private::open(&path).map_err(failed)?;
		match lock.try_lock() {
			Ok(()) => self.lock = Some(lock),
			Err(TryLockError::Error(source)) => return Err(failed(source)),
			Err(TryLockError::WouldBlock) => return Ok(false),
		}
		Ok(true)
	}

	/// Does a process keep the store up to date?
	pub fn is_kept(&self) -> Result<bool, Error> {
		let path = self.folder.join(LOCK);
		let Ok(lock) = File::open(&path) else { return Ok(false) };
		match lock.try_lock_shared() {
			Ok(()) => Ok(false),
			Err(TryLockError::WouldBlock) => Ok(true),
			Err(TryLockError::Error(source)) => Err(Error::Io { doing: "lock", path, source }),
		}
	}

	/// The number of the tables' version; 0 if there are none.
	pub fn version(&self) -> rusqlite::Result<i64> {
		self.connection.pragma_query_value(None, "user_version", |row| row.get(0))
	}

	/// Notes it.
	pub fn set_version(&self, version: i64) -> rusqlite::Result<()> {
		self.connection.pragma_update(None, "user_version", version)
	}

	/// Writes the log into the file and empties it; `false` if somebody who reads keeps it from that.
	pub fn truncate_log(&self) -> rusqlite::Result<bool> {
		let busy: bool = self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
		Ok(!busy)
	}
}

/// The file of a folder.
pub(super) fn file(folder: &Path) -> PathBuf {
	folder.join(FILE)
}

fn set_up(path: &Path) -> rusqlite::Result<Connection> {
	let db = Connection::open(path)?;
	db.busy_timeout(BUSY_TIMEOUT)?;
	db.set_prepared_statement_cache_capacity(PREPARED);
	// The log is asked for first: outside of it, a new file would be written twice.
	db.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))?;
	db.pragma_update_and_check(None, "secure_delete", true, |_| Ok(()))?;
	db.pragma_update(None, "synchronous", "NORMAL")?;
	db.pragma_update(None, "foreign_keys", true)?;
	Ok(db)
}

/// Removes the file in the folder if it is damaged.
pub(super) fn remove_if_damaged(folder: &Path) -> Result<(), Error> {
	let path = file(folder);
	if !path.exists() || !is_damaged(&path) {
		return Ok(());
	}
	for end in ["", "-wal", "-shm"] {
		let path = folder.join(format!("{FILE}{end}"));
		match fs::remove_file(&path) {
			Err(source) if source.kind() != io::ErrorKind::NotFound => {
				return Err(Error::Io { doing: "remove", path, source })
			}
			_ => {}
		}
	}
	Ok(())
}

/// Does SQLite say that this is no database, or none that is whole?
fn is_damaged(path: &Path) -> bool {
	let checked =
		Connection::open(path).and_then(|db| db.query_row("PRAGMA quick_check", [], |row| row.get::<_, String>(0)));
	match checked {
		Ok(said) => said != "ok",
		Err(error) => {
			matches!(error.sqlite_error_code(), Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase))
		}
	}
}

#[cfg(unix)]
fn make_private_folder(folder: &Path) -> io::Result<()> {
	use std::os::unix::fs::DirBuilderExt;
	fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

#[cfg(not(unix))]
fn make_private_folder(folder: &Path) -> io::Result<()> {
	fs::create_dir_all(folder)
}

#[cfg(test)]
#[path = "sqlite_tests.rs"]
mod tests;
