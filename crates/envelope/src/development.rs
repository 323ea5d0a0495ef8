//! The keys of the development identities. They are published here: nothing sealed to them is secret.

use crate::{epoch::EpochSecret, hash, keys::Seed};

/// The seed of a development member's key at version 0: `alice`, `bob`, `charlie`, `dave`, or any other name.
pub fn member_seed(name: &str) -> Seed {
	Seed::new(hash::concat(&[b"cti/v1/development/member", name.as_bytes()]))
}

/// The secret of group 0 at epoch 0 in the development preset.
pub fn epoch_secret() -> EpochSecret {
	EpochSecret::new(hash::concat(&[b"cti/v1/development/epoch"]))
}
