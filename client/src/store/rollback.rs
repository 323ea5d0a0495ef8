//! Taking back what was read from blocks that the chain does not have any more.

use super::{db::values, query::record_id, Batch, Retry, Synced};
use crate::error::Error;
use cti_primitives::{RecordId, RecordStatus};

impl Batch<'_> {
	/// Forgets what came after `block`: records with their content, welcomes and grants. What became of earlier records
	/// since then has to be told with [`Batch::set_status_again`].
	pub fn roll_back(&self, block: Synced) -> Result<(), Error> {
		for record in self.records_after(block)? {
			self.forget(record)?;
		}
		for table in ["welcomes", "grants"] {
			self.transaction.execute(&format!("DELETE FROM {table} WHERE block > ?1"), &values![block.number])?;
		}
		self.transaction.execute("DELETE FROM synced WHERE number > ?1", &values![block.number])?;
		self.set_synced(block)?;
		self.note_truncation()
	}

	fn records_after(&self, block: Synced) -> Result<Vec<RecordId>, Error> {
		let sql = "SELECT author, n FROM records WHERE block > ?1";
		self.transaction.query(sql, &values![block.number], |row| record_id(row, 0, 1))
	}

	fn forget(&self, record: RecordId) -> Result<(), Error> {
		let orphan = "DELETE FROM contents WHERE content = ?1
			AND NOT EXISTS (SELECT 1 FROM objects o WHERE o.content = contents.content)";
		for content in self.take_objects(record)? {
			self.transaction.execute(orphan, &values![content])?;
		}
		for table in ["record_techniques", "retried_records", "records"] {
			let deletion = format!("DELETE FROM {table} WHERE author = ?1 AND n = ?2");
			self.transaction.execute(&deletion, &values![record.author.0, record.n])?;
		}
		Ok(())
	}

	/// Notes where a record stands after a roll-back. One that is not withdrawn after all is read again.
	pub fn set_status_again(&self, record: RecordId, status: RecordStatus) -> Result<(), Error> {
		let revived = "UPDATE records SET content = 'closed'
			WHERE author = ?1 AND n = ?2 AND status = 'withdrawn' AND content = 'open'";
		let key = values![record.author.0, record.n];
		if status != RecordStatus::Withdrawn && self.transaction.execute(revived, &key)? > 0 {
			self.note_retry(Retry::Record(record))?;
		}
		self.set_status(record, status)
	}
}
