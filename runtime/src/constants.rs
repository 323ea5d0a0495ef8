//! Time, money and room in a block.

use crate::{Balance, BlockNumber};
use polkadot_sdk::{
	cumulus_primitives_core::relay_chain,
	frame_support::weights::{constants::WEIGHT_REF_TIME_PER_SECOND, Weight},
	sp_runtime::Perbill,
};

/// A slot, of the relay chain and of Aura alike, in milliseconds.
pub const SLOT_DURATION: u64 = 6_000;
/// Blocks that may be made in one relay chain slot.
pub const BLOCK_PROCESSING_VELOCITY: u32 = 12;
/// Blocks that may await inclusion at the relay chain.
pub const UNINCLUDED_SEGMENT_CAPACITY: u32 = 36;
/// Blocks in a day, for periods that are counted in blocks: one in each slot, as collators make them.
pub const DAY: BlockNumber = (24 * 60 * 60 * 1_000 / SLOT_DURATION) as BlockNumber;

/// One TUDO.
pub const UNIT: Balance = 1_000_000_000_000;
/// One thousandth.
pub const MILLI: Balance = UNIT / 1_000;
/// The least an account must hold to exist by its balance.
pub const EXISTENTIAL_DEPOSIT: Balance = MILLI;

/// What hooks may take of a block before any call.
pub const AVERAGE_ON_INITIALIZE: Perbill = Perbill::from_percent(5);
/// The part of a block that normal calls may take.
pub const NORMAL_DISPATCH: Perbill = Perbill::from_percent(75);
/// What a block may take: two seconds of a core and the relay chain's limit of proof.
pub const MAXIMUM_BLOCK_WEIGHT: Weight =
	Weight::from_parts(WEIGHT_REF_TIME_PER_SECOND.saturating_mul(2), relay_chain::MAX_POV_SIZE as u64);
/// The part of a block's weight that normal calls may take.
pub fn normal_part(of: Weight) -> Weight {
	NORMAL_DISPATCH * of
}
/// Bytes that normal calls may take of a block. Clients read a block in one answer, in hexadecimal, and nodes answer with
/// 15 MiB at most unless they are told otherwise.
pub const NORMAL_LENGTH: u32 = 7 * 1024 * 1024;
/// What any one call may take: a twelfth of a core's block, so that half-second blocks remain possible.
pub const MAXIMUM_CALL_WEIGHT: Weight = Weight::from_parts(WEIGHT_REF_TIME_PER_SECOND / 1_000 * 110, 600_000);
