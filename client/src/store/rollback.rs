//! Taking back what was read from blocks that the chain does not have any more.

use super::{Batch, Retry, Synced};
use cti_primitives::{AuthorId, RecordId, RecordStatus};

impl Batch<'_> {
	/// Forgets what came after `block`: records with their content, welcomes and grants. What became of earlier records
	/// since then has to be told with [`Batch::set_status_again`].
	pub fn roll_back(&self, block: Synced) -> rusqlite::Result<()> {
		for record in self.records_after(block)? {
			self.forget(record)?;
		}
		for table in ["welcomes", "grants"] {
			self.transaction.execute(&format!("DELETE FROM {table} WHERE block > ?1"), [block.number])?;
		}
		self.transaction.execute("DELETE FROM synced WHERE number > ?1", [block.number])?;
		self.set_synced(block)?;
		self.note_truncation()
	}

	fn records_after(&self, block: Synced) -> rusqlite::Result<Vec<RecordId>> {
		let mut find = self.transaction.prepare_cached("SELECT author, n FROM records WHERE block > ?1")?;
		let found =
			find.query_map([block.number], |row| Ok(RecordId { author: AuthorId(row.get(0)?), n: row.get(1)? }))?;
		found.collect()
	}

	fn forget(&self, record: RecordId) -> rusqlite::Result<()> {
		let orphan = "DELETE FROM contents WHERE content = ?1
			AND NOT EXISTS (SELECT 1 FROM objects o WHERE o.content = contents.content)";
		for content in self.take_objects(record)? {
			self.transaction.prepare_cached(orphan)?.execute([content])?;
		}
		for table in ["record_techniques", "retried_records", "records"] {
			let deletion = format!("DELETE FROM {table} WHERE author = ?1 AND n = ?2");
			self.transaction.execute(&deletion, (record.author.0, record.n))?;
		}
		Ok(())
	}

	/// Notes where a record stands after a roll-back. One that is not withdrawn after all is read again.
	pub fn set_status_again(&self, record: RecordId, status: RecordStatus) -> rusqlite::Result<()> {
		let revived = "UPDATE records SET content = 'closed'
			WHERE author = ?1 AND n = ?2 AND status = 'withdrawn' AND content = 'open'";
		let key = (record.author.0, record.n);
		if status != RecordStatus::Withdrawn && self.transaction.execute(revived, key)? > 0 {
			self.note_retry(Retry::Record(record))?;
		}
		self.set_status(record, status)
	}
}
