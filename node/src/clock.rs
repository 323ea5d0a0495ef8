//! The chain's clock without a relay chain: real time, cut in slots.
//!
//! The runtime's consensus hook wants the parachain's slot to equal the relay chain's and takes only so many blocks in one.
//! So the relay slot is the real one, unless that is full, and the timestamp is the slot's beginning.

use codec::Decode;
use testudo_runtime::{BLOCK_PROCESSING_VELOCITY, SLOT_DURATION};

/// `AuraExt::RelaySlotInfo`: the last relay slot and how many blocks were made in it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Decode)]
pub struct SlotInfo {
	/// The slot, counted from the Unix epoch.
	pub slot: u64,
	/// Blocks made in it.
	pub authored: u32,
}

/// The slot of the next block: the real one; the one after the last if that is full; never an earlier one.
pub fn next_slot(now_ms: u64, last: Option<SlotInfo>) -> u64 {
	let real = now_ms / SLOT_DURATION;
	match last {
		None => real,
		Some(SlotInfo { slot, authored }) if authored >= BLOCK_PROCESSING_VELOCITY => real.max(slot + 1),
		Some(SlotInfo { slot, .. }) => real.max(slot),
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	const NOW: u64 = 1_795_000_000_000;
	const SLOT: u64 = NOW / SLOT_DURATION;

	#[test]
	fn the_first_block_should_stand_in_the_real_slot() {
		assert_eq!(next_slot(NOW, None), SLOT);
	}

	#[test]
	fn blocks_should_share_the_slot_until_it_is_full() {
		for authored in 1..BLOCK_PROCESSING_VELOCITY {
			assert_eq!(next_slot(NOW, Some(SlotInfo { slot: SLOT, authored })), SLOT);
		}
		let full = SlotInfo { slot: SLOT, authored: BLOCK_PROCESSING_VELOCITY };
		assert_eq!(next_slot(NOW, Some(full)), SLOT + 1);
	}

	#[test]
	fn a_clock_that_ran_ahead_should_wait_and_never_go_back() {
		let ahead = SlotInfo { slot: SLOT + 5, authored: 1 };
		assert_eq!(next_slot(NOW, Some(ahead)), SLOT + 5);
		let full = SlotInfo { slot: SLOT + 5, authored: BLOCK_PROCESSING_VELOCITY };
		assert_eq!(next_slot(NOW, Some(full)), SLOT + 6);
	}

	#[test]
	fn after_a_pause_the_slot_should_be_the_real_one_again() {
		assert_eq!(next_slot(NOW, Some(SlotInfo { slot: SLOT - 1_000, authored: BLOCK_PROCESSING_VELOCITY })), SLOT);
	}
}
