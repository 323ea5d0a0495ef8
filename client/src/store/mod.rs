//! The local store: what was read from the chain and could be opened, in SQLite or, for a team, in PostgreSQL.
//!
//! SQLite overwrites deleted content (`secure_delete`); PostgreSQL only gives its place free
//! ([`Store::truncate_log`]). No secret is ever in it. Object bytes are kept once however many records carry them.

mod db;
mod lookup;
mod meta;
mod moments;
mod pages;
mod place;
mod query;
mod rollback;
#[cfg(test)]
pub(crate) mod samples;
mod schema;
#[cfg(test)]
pub(crate) mod testing;
mod write;

pub use lookup::{Found, Match};
pub use meta::{Retries, Retry};
pub use pages::{Filter, Page, Placed, Reader, Version};
pub use place::{Place, Url};
pub use query::{Carrier, ObjectRow, RecordFilter, RecordRow, Totals, WelcomeRow};
pub use write::{status_name, Batch, Content, NewObject, NewRecord, Sought};

use crate::error::Error;
use cti_primitives::Hash;
use db::Db;

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
	db: Db,
}

impl Store {
	/// Opens the store, making it if there is none.
	pub fn open(place: impl Into<Place>) -> Result<Self, Error> {
		let db = Db::open(&place.into())?;
		schema::prepare(&db)?;
		Ok(Self { db })
	}

	/// Opens the store for writing, making it if there is none, and keeps others from writing as long as it is open:
	/// two that read the same blocks would bring back what a withdrawal deleted.
	pub fn open_to_write(place: impl Into<Place>) -> Result<Self, Error> {
		let mut store = Self::open(place)?;
		match store.db.keep()? {
			true => Ok(store),
			false => Err(store.refused(
				"another `testudo sync` or `testudo agent` is bringing it up to date",
				"let it end, or end it, or name another --store",
			)),
		}
	}

	/// Does a `testudo sync` or `testudo agent` bring it up to date at this moment?
	pub fn is_being_written(&self) -> Result<bool, Error> {
		self.db.is_kept()
	}

	/// Removes the store in a folder if its file is damaged: nothing in it can be read any more, and all of it comes
	/// from the chain.
	pub fn remove_if_damaged(place: impl Into<Place>) -> Result<(), Error> {
		Db::remove_if_damaged(&place.into())
	}

	/// Opens the store if there is one.
	pub fn open_existing(place: impl Into<Place>) -> Result<Self, Error> {
		let place = place.into();
		let db = Db::open_existing(&place)?.ok_or_else(|| {
			Error::not_found(
				format!("there is no local store in {place}"),
				"run `testudo sync` first, with the same --identity and --store",
			)
		})?;
		schema::prepare(&db)?;
		Ok(Self { db })
	}

	/// The file or the URL, for people: without a password.
	pub fn name(&self) -> &str {
		self.db.name()
	}

	/// The last block that was read.
	pub fn synced(&self) -> Result<Option<Synced>, Error> {
		Ok(self.synced_blocks()?.first().copied())
	}

	/// The last blocks that were read, the newest first.
	pub fn synced_blocks(&self) -> Result<Vec<Synced>, Error> {
		let sql = "SELECT number, hash FROM synced ORDER BY number DESC";
		self.db.query(sql, &[], |row| Ok(Synced { number: row.get(0)?, hash: row.get(1)? }))
	}

	/// Empties the store.
	pub fn clear(&mut self) -> Result<(), Error> {
		self.batch(|batch| {
			schema::clear(&batch.transaction)?;
			batch.note_truncation()
		})?;
		self.truncate_log()
	}

	fn refused(&self, reason: &str, advice: &str) -> Error {
		Error::Store { store: self.name().into(), reason: reason.into(), advice: advice.into() }
	}
}

#[cfg(test)]
mod tests;
