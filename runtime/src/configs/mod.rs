//! What each pallet is configured with.
// All of it runs in the pool and in blocks.
#![deny(
	clippy::unwrap_used,
	clippy::expect_used,
	clippy::panic,
	clippy::indexing_slicing,
	clippy::arithmetic_side_effects
)]

mod consensus;
mod consortium;
mod system;
mod testudo;

pub use consensus::{BlockWeight, BlocksPerSlot, ConsensusHook};
pub use consortium::{ConsortiumCollective, TwoThirds, MAX_OPEN_MOTIONS};
pub use system::ProxyType;
pub use testudo::{code, KEY_BYTES, LEAST_BYTES};
