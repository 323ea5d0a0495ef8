//! What the store knows of itself: whose it is, and what the next round still has to do.

use super::{Batch, Store};
use crate::error::Error;
use cti_primitives::{Hash, MemberId};
use rusqlite::{types::FromSql, OptionalExtension, ToSql};

/// Which closed records are to be tried again.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Retry {
	/// Those sealed to a group: an epoch's secret may be known now.
	Groups,
	/// Those sealed to single members too: the member's own keys changed.
	All,
}

impl Store {
	/// Binds the store to a chain, or checks that it belongs to it.
	pub fn require_chain(&mut self, genesis: &Hash) -> Result<(), Error> {
		match self.genesis()? {
			Some(known) if known == *genesis => Ok(()),
			Some(_) => Err(self.of_another(
				"it belongs to another chain",
				"name another --store or --url, or empty this one with `testudo sync --restart`",
			)),
			None => self.batch(|batch| batch.set_meta("genesis", genesis)),
		}
	}

	/// Binds the store to the member whose keys opened what is in it, or checks that it is this member.
	pub fn require_member(&mut self, member: MemberId) -> Result<(), Error> {
		match self.meta::<u32>("member")?.map(MemberId) {
			Some(known) if known == member => Ok(()),
			Some(known) => Err(self.of_another(
				&format!("it holds what member {known} can read, and --identity acts for member {member}"),
				"name a --store of this identity's own, or empty this one with `testudo sync --restart`",
			)),
			None => self.batch(|batch| batch.set_meta("member", member.0)),
		}
	}

	fn of_another(&self, reason: &str, advice: &str) -> Error {
		Error::Store { path: self.path.clone(), reason: reason.into(), advice: advice.into() }
	}

	/// The chain's genesis hash; `None` before the first sync.
	pub fn genesis(&self) -> Result<Option<Hash>, Error> {
		self.meta("genesis")
	}

	/// Notes with which keys the member reads. What other keys could not open so far is tried again.
	pub fn note_keys(&mut self, fingerprint: &Hash) -> Result<(), Error> {
		match self.meta::<Hash>("keys")? {
			Some(known) if known == *fingerprint => Ok(()),
			_ => {
				let retry = self.has_closed()?;
				self.batch(|batch| {
					batch.set_meta("keys", fingerprint)?;
					if retry {
						batch.note_retry(Retry::All)
					} else {
						Ok(())
					}
				})
			}
		}
	}

	/// Which closed records are to be tried again; `None` where nothing changed since they were.
	pub fn retry(&self) -> Result<Option<Retry>, Error> {
		Ok(self.meta::<u8>("retry")?.map(|level| match level {
			1 => Retry::Groups,
			_ => Retry::All,
		}))
	}

	/// Is deleted content in the log still?
	pub fn truncation_is_due(&self) -> Result<bool, Error> {
		Ok(self.meta::<u8>("truncate")?.is_some())
	}

	/// Writes the log into the file and empties it, so that deleted content is in neither. Whoever reads at the
	/// same time keeps it from that: then it stays due.
	pub fn truncate_log(&mut self) -> Result<(), Error> {
		let busy: bool =
			self.db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0)).map_err(|e| self.failed(e))?;
		match busy {
			true => Ok(()),
			false => self.batch(|batch| batch.clear_meta("truncate")),
		}
	}

	fn meta<T: FromSql>(&self, key: &str) -> Result<Option<T>, Error> {
		let row = self.db.query_row("SELECT value FROM meta WHERE key = ?1", [key], |row| row.get(0)).optional();
		row.map_err(|e| self.failed(e))
	}
}

impl Batch<'_> {
	/// Notes that closed records are to be tried again, in the transaction that notes why: an interruption between
	/// the two would keep them closed for ever.
	pub fn note_retry(&self, retry: Retry) -> rusqlite::Result<()> {
		let level: u8 = match retry {
			Retry::Groups => 1,
			Retry::All => 2,
		};
		self.transaction.execute(
			"INSERT INTO meta (key, value) VALUES ('retry', ?1)
			ON CONFLICT (key) DO UPDATE SET value = max(value, excluded.value)",
			[level],
		)?;
		Ok(())
	}

	/// Notes that all closed records were tried with all keys of now.
	pub fn clear_retry(&self) -> rusqlite::Result<()> {
		self.clear_meta("retry")
	}

	pub(super) fn note_truncation(&self) -> rusqlite::Result<()> {
		self.set_meta("truncate", 1)
	}

	fn set_meta(&self, key: &str, value: impl ToSql) -> rusqlite::Result<()> {
		self.transaction.execute("INSERT OR REPLACE INTO meta (key, value) VALUES (?1, ?2)", (key, value))?;
		Ok(())
	}

	fn clear_meta(&self, key: &str) -> rusqlite::Result<()> {
		self.transaction.execute("DELETE FROM meta WHERE key = ?1", [key])?;
		Ok(())
	}
}
