//! What the store knows of itself: whose it is, and what the next round still has to do.

use super::{Batch, NewRecord, Store};
use crate::error::Error;
use cti_primitives::{AuthorId, GroupId, Hash, MemberId, RecordId};
use rusqlite::{types::FromSql, OptionalExtension, ToSql};
use std::collections::BTreeSet;

/// Why closed records are to be tried again.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Retry {
	/// The secret of one of the group's epochs may be known now.
	Group(GroupId),
	/// A wrap of the record's content key may have been given out for this member.
	Record(RecordId),
	/// The member's own keys changed.
	All,
}

/// Which closed records are to be tried again.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Retries {
	/// Every one.
	pub all: bool,
	/// Those sealed to one of these groups.
	pub groups: BTreeSet<GroupId>,
	/// These.
	pub records: BTreeSet<RecordId>,
}

impl Retries {
	/// Are there none?
	pub fn is_empty(&self) -> bool {
		*self == Self::default()
	}

	/// May what is sealed to the group open now?
	pub fn concern_group(&self, group: GroupId) -> bool {
		self.all || self.groups.contains(&group)
	}

	/// Is the record to be tried again?
	pub fn concern(&self, record: &NewRecord) -> bool {
		self.all
			|| self.records.contains(&record.record)
			|| record.audience.iter().any(|(group, _)| self.groups.contains(group))
	}
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
		match self.member()? {
			Some(known) if known == member => Ok(()),
			Some(known) => Err(self.of_another(
				&format!("it holds what member {known} can read, and --identity acts for member {member}"),
				"name a --store of this identity's own, or empty this one with `testudo sync --restart`",
			)),
			None => self.batch(|batch| batch.set_meta("member", member.0)),
		}
	}

	/// The member whose keys opened what is in it; `None` before the first sync.
	pub fn member(&self) -> Result<Option<MemberId>, Error> {
		Ok(self.meta::<u32>("member")?.map(MemberId))
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

	/// Which closed records are to be tried again; none where nothing changed since they were.
	pub fn retries(&self) -> Result<Retries, Error> {
		let groups = self.rows("SELECT id FROM retried_groups", &[], |row| row.get(0).map(GroupId))?;
		let records = self.rows("SELECT author, n FROM retried_records", &[], |row| {
			Ok(RecordId { author: AuthorId(row.get(0)?), n: row.get(1)? })
		})?;
		let all = self.meta::<u8>("retry")?.is_some();
		Ok(Retries { all, groups: groups.into_iter().collect(), records: records.into_iter().collect() })
	}

	/// Is deleted content in the log still?
	pub fn truncation_is_due(&self) -> Result<bool, Error> {
		Ok(self.meta::<u8>("truncate")?.is_some())
	}

	/// Withdrawn records whose content is in neither the file nor its log: none while the log is not truncated.
	pub fn deleted_records(&self) -> Result<Vec<RecordId>, Error> {
		match self.truncation_is_due()? {
			true => Ok(Vec::new()),
			false => self.withdrawn_records(),
		}
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
		match retry {
			Retry::All => return self.set_meta("retry", 1),
			Retry::Group(group) => {
				self.transaction.execute("INSERT OR IGNORE INTO retried_groups VALUES (?1)", [group.0])?
			}
			Retry::Record(RecordId { author, n }) => {
				self.transaction.execute("INSERT OR IGNORE INTO retried_records VALUES (?1, ?2)", (author.0, n))?
			}
		};
		Ok(())
	}

	/// Notes that all closed records were tried with all keys of now.
	pub fn clear_retry(&self) -> rusqlite::Result<()> {
		self.transaction.execute_batch("DELETE FROM retried_groups; DELETE FROM retried_records;")?;
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
