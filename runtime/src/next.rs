//! A release that never was: what the network's tests upgrade a running chain to. Its migration goes through every record, in as
//! many blocks as it takes.

use crate::*;
use cti_primitives::RecordId;
use frame_support::{
	migrations::{MigrationId, SteppedMigration, SteppedMigrationError},
	parameter_types,
	weights::{constants::ParityDbWeight, WeightMeter},
};
use pallet_threat_registry::Records;
use sp_core::Get;

/// Records that one block goes through at most: a test shall see more blocks than one.
const AT_ONCE: usize = 16;

parameter_types! {
	/// How many records the migration has rewritten: `twox_128(":Rewritten:")`.
	pub storage Rewritten: u32 = 0;
}

/// Reads every record, writes it again, and counts.
pub struct RewriteRecords;

impl SteppedMigration for RewriteRecords {
	type Cursor = RecordId;
	type Identifier = MigrationId<7>;

	fn id() -> Self::Identifier {
		MigrationId { pallet_id: *b"records", version_from: 1, version_to: 2 }
	}

	fn step(from: Option<RecordId>, meter: &mut WeightMeter) -> Result<Option<RecordId>, SteppedMigrationError> {
		let database: frame_support::weights::RuntimeDbWeight = ParityDbWeight::get();
		let required = database.reads_writes(1, 1);
		let mut left = match from {
			None => Records::<Runtime>::iter(),
			Some(last) => Records::<Runtime>::iter_from_key(last),
		};
		let mut last = from;
		for _ in 0..AT_ONCE {
			if meter.try_consume(required).is_err() {
				return last.map(Some).ok_or(SteppedMigrationError::InsufficientWeight { required });
			}
			let Some((id, record)) = left.next() else { return Ok(None) };
			Records::<Runtime>::insert(id, record);
			Rewritten::set(&Rewritten::get().saturating_add(1));
			last = Some(id);
		}
		// What is left of the block's weight is not for this migration: the next block goes on.
		meter.consume(meter.remaining());
		Ok(last)
	}
}
