#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]
#![cfg_attr(
	not(test),
	deny(
		clippy::unwrap_used,
		clippy::expect_used,
		clippy::panic,
		clippy::indexing_slicing,
		clippy::arithmetic_side_effects
	)
)]
#![deny(missing_docs)]

extern crate alloc;

pub mod anchor;
mod content;
pub mod development;
pub mod epoch;
pub mod grant;
mod hash;
pub mod header;
pub mod hidden;
pub mod keys;
pub mod merkle;
pub mod open;
pub mod packing;
pub mod reader;
pub mod seal;
mod secret;
pub mod wrap;

pub use anchor::Anchor;
pub use epoch::{EpochSecret, SeedWrapContext};
pub use grant::open_granted;
pub use header::{
	parse, Audience, Author, Header, HeaderError, Parsed, MAX_AUDIENCE, MAX_DIRECT, MAX_OBJECTS, MAX_PAYLOAD, SUITE,
	VERSION,
};
pub use keys::{is_valid_public_key, PublicKey, Seed};
pub use merkle::{verify, Proof};
pub use open::{open, open_with_cek, OpenError, Opened, Recipient};
pub use packing::{sealed_len, Packing};
pub use seal::{padded_direct, seal, DirectRecipient, GroupRecipient, SealError, SealRequest};
pub use wrap::Wrap;
