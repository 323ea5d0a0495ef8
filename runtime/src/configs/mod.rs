//! What each pallet is configured with.

mod consensus;
mod consortium;
mod system;
mod testudo;

pub use consensus::ConsensusHook;
pub use consortium::{ConsortiumCollective, TwoThirds, MAX_OPEN_MOTIONS};
pub use system::ProxyType;
pub use testudo::{code, KEY_BYTES, LEAST_BYTES};
