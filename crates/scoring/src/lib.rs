//! The arithmetic of trust in a source, as everybody computes it alike from facts on the chain.
//!
//! | step | formula | where |
//! |---|---|---|
//! | votes on a record decide it | two members, two thirds of the weight that takes sides | [`Tally::decided`] |
//! | a decision is evidence about the author, by voter | shares of one record, held to a limit | [`credited`], [`Held`] |
//! | and about its judges | agreed or disagreed | [`judged`], [`Weight::of_judge`] |
//! | evidence for and against a source fades | `x · 2^(-t / 180 days)` | [`Amount::decayed`] |
//! | what is left makes its standing | `(alpha + 2) / (alpha + beta + 4)` | [`Evidence::standing`] |
//! | a record has a score from 0 to 100 | votes, standing, age | [`score`] |
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

extern crate alloc;

mod amount;
mod credibility;
mod evidence;
mod millionths;
mod outcome;
mod reciprocity;
mod scale;
mod tally;
mod vote;

pub use amount::{Amount, HALF_LIFE};
pub use credibility::{half_life, score, Facts};
pub use evidence::{Evidence, Held, Side};
pub use millionths::Millionths;
pub use outcome::{credited, judged, pair_limit, share};
pub use reciprocity::{divided, reciprocity};
pub use scale::{InvalidScale, Scale};
pub use tally::{Count, Outstanding, Tally, LEAST_WINNERS, WINDOW};
pub use vote::{side_of, Ballot, Vote, Weight};

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
