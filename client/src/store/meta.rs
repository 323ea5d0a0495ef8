//! What the store knows of itself: whose it is, and what the next round still has to do.

use super::{
	db::{values, Column},
	query::record_id,
	Batch, NewRecord, Store,
};
use crate::error::Error;
use cti_primitives::{GroupId, Hash, MemberId, RecordId};
use std::collections::BTreeSet;

/// Something is noted, and that is all.
const NOTED: &[u8] = b"1";

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
			Some(_) => Err(self.refused(
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
			Some(known) => Err(self.refused(
				&format!("it holds what member {known} can read, and --identity acts for member {member}"),
				"name a --store of this identity's own, or empty this one with `testudo sync --restart`",
			)),
			None => self.batch(|batch| batch.set_meta("member", member.0.to_string().as_bytes())),
		}
	}

	/// The member whose keys opened what is in it; `None` before the first sync.
	pub fn member(&self) -> Result<Option<MemberId>, Error> {
		let digits = self.meta::<Vec<u8>>("member")?.map(|digits| String::from_utf8_lossy(&digits).into_owned());
		let id = digits.map(|digits| {
			digits
				.parse()
				.map_err(|_| self.refused("it does not say whose it is", "empty it with `testudo sync --restart`"))
		});
		Ok(id.transpose()?.map(MemberId))
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
		let groups = self.db.query("SELECT id FROM retried_groups", &[], |row| row.get(0).map(GroupId))?;
		let records = self.db.query("SELECT author, n FROM retried_records", &[], |row| record_id(row, 0, 1))?;
		let all = self.meta::<Vec<u8>>("retry")?.is_some();
		Ok(Retries { all, groups: groups.into_iter().collect(), records: records.into_iter().collect() })
	}

	/// Is deleted content in the log still?
	pub fn truncation_is_due(&self) -> Result<bool, Error> {
		Ok(self.meta::<Vec<u8>>("truncate")?.is_some())
	}

	/// Withdrawn records whose content is in neither the file nor its log: none while the log is not truncated.
	pub fn deleted_records(&self) -> Result<Vec<RecordId>, Error> {
		match self.truncation_is_due()? {
			true => Ok(Vec::new()),
			false => self.withdrawn_records(),
		}
	}

	/// SQLite: writes the log into the file and empties it, so that deleted content, which was overwritten, is in
	/// neither. PostgreSQL: gives the place of what was deleted free, so that no query and no later copy of the tables
	/// has it. That overwrites nothing: until the place is used again, the bytes may be in the server's files, and
	/// longer in its write-ahead log, in replicas and in backups.
	///
	/// Whoever reads at the same time keeps it from that: then it stays due.
	pub fn truncate_log(&mut self) -> Result<(), Error> {
		match self.db.overwrite_deleted()? {
			true => self.batch(|batch| batch.clear_meta("truncate")),
			false => Ok(()),
		}
	}

	fn meta<T: Column>(&self, key: &str) -> Result<Option<T>, Error> {
		self.db.query_opt("SELECT value FROM meta WHERE key = ?1", &values![key], |row| row.get(0))
	}
}

impl Batch<'_> {
	/// Notes that closed records are to be tried again, in the transaction that notes why: an interruption between
	/// the two would keep them closed for ever.
	pub fn note_retry(&self, retry: Retry) -> Result<(), Error> {
		match retry {
			Retry::All => return self.set_meta("retry", NOTED),
			Retry::Group(group) => {
				let insert = "INSERT INTO retried_groups VALUES (?1) ON CONFLICT DO NOTHING";
				self.transaction.execute(insert, &values![group.0])?
			}
			Retry::Record(RecordId { author, n }) => {
				let insert = "INSERT INTO retried_records VALUES (?1, ?2) ON CONFLICT DO NOTHING";
				self.transaction.execute(insert, &values![author.0, n])?
			}
		};
		Ok(())
	}

	/// Notes that all closed records were tried with all keys of now.
	pub fn clear_retry(&self) -> Result<(), Error> {
		self.transaction.execute_batch("DELETE FROM retried_groups; DELETE FROM retried_records;")?;
		self.clear_meta("retry")
	}

	pub(super) fn note_truncation(&self) -> Result<(), Error> {
		self.set_meta("truncate", NOTED)
	}

	fn set_meta(&self, key: &str, value: &[u8]) -> Result<(), Error> {
		let put =
			"INSERT INTO meta (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value";
		self.transaction.execute(put, &values![key, value])?;
		Ok(())
	}

	fn clear_meta(&self, key: &str) -> Result<(), Error> {
		self.transaction.execute("DELETE FROM meta WHERE key = ?1", &values![key])?;
		Ok(())
	}
}
