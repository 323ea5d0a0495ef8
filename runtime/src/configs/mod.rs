//! What each pallet is configured with.

mod consensus;
mod consortium;
mod system;
mod testudo;

pub use consensus::ConsensusHook;
