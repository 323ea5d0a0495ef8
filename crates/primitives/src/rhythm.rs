//! How fast the chain goes: what its collators are asked for.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// Most blocks in a slot: half a second each.
pub const MAX_BLOCKS_PER_SLOT: u8 = 12;
/// Fewest slots in a session: what decides about the next collators must be final before they begin.
pub const MIN_SESSION_SLOTS: u16 = 4;

/// How often the chain makes blocks, and for how long the same collators do.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Rhythm {
	/// Blocks that collators aim for in each slot of six seconds: 1, 2, 3, 4, 6 or 12. They share what the slot's cores can do.
	pub blocks_per_slot: u8,
	/// Slots in a session, 4 at least, as far as a block is made for each that is aimed for.
	pub session_slots: u16,
}

impl Default for Rhythm {
	/// A block in a slot, six hours in a session.
	fn default() -> Self {
		Self { blocks_per_slot: 1, session_slots: 3_600 }
	}
}

impl Rhythm {
	/// Do the blocks divide a slot evenly, and is the session long enough?
	pub fn is_possible(&self) -> bool {
		let divides = MAX_BLOCKS_PER_SLOT.checked_rem(self.blocks_per_slot) == Some(0);
		divides && self.session_slots >= MIN_SESSION_SLOTS
	}

	/// Blocks in a session.
	pub fn session_blocks(&self) -> u32 {
		u32::from(self.session_slots).saturating_mul(self.blocks_per_slot.into())
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn rhythm_should_divide_a_slot_evenly_and_leave_sessions_time_to_be_final() {
		let possible = |blocks_per_slot, session_slots| Rhythm { blocks_per_slot, session_slots }.is_possible();
		let fitting: Vec<u8> = (0..=255).filter(|blocks| possible(*blocks, 4)).collect();
		assert_eq!(fitting, [1, 2, 3, 4, 6, 12]);
		assert!(!possible(1, 3));
		assert!(Rhythm::default().is_possible());
	}

	#[test]
	fn session_should_have_the_blocks_of_its_slots() {
		assert_eq!(Rhythm::default().session_blocks(), 3_600);
		assert_eq!(Rhythm { blocks_per_slot: 12, session_slots: u16::MAX }.session_blocks(), 786_420);
	}
}
