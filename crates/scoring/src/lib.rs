//! The arithmetic of trust in a source, as everybody computes it alike from facts on the chain.
//!
//! | step | formula | where |
//! |---|---|---|
//! | evidence for and against a source fades | `x · 2^(-t / 180 days)` | [`Amount::decayed`] |
//! | what is left makes its standing | `(alpha + 2) / (alpha + beta + 4)` | [`Evidence::standing`] |
//! | a standing has a letter of the Admiralty code | thresholds, `F` while `alpha + beta` is small | [`Scale::grade`] |
//!
//! Unsigned fixed point throughout: no floats, no panics, every rounding is downwards and documented. `no_std`, no I/O,
//! no clock: time comes in as unix seconds.
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

mod amount;
mod evidence;
mod millionths;
mod scale;

pub use amount::{Amount, HALF_LIFE};
pub use evidence::Evidence;
pub use millionths::Millionths;
pub use scale::{InvalidScale, Scale};

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
