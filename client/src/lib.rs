//! Testudo for analysts and members: keys, publishing, reading, proving, exporting.
//!
//! [`chain`] talks to a node by its metadata; [`sync`] brings records into the local [`store`]; [`publish`] seals and
//! registers; [`keyring`] finds the secrets of group epochs; [`commands`] are the command line's.

#![warn(missing_docs)]

pub mod agent;
pub mod anchored;
pub mod attack;
pub mod audit;
pub mod chain;
pub mod cli;
pub mod commands;
pub mod doctor;
pub mod error;
pub mod export;
pub mod feeds;
pub mod gateway;
pub mod govern;
pub mod grants;
pub mod groups;
pub mod guard;
pub mod identity;
pub mod keyring;
pub mod logs;
pub mod member;
pub mod metrics;
pub mod opinions;
pub mod policies;
pub mod private;
pub mod proof;
pub mod publish;
pub mod reading;
pub mod render;
pub mod rosters;
pub mod store;
pub mod strict;
pub mod sync;
pub mod time;

use error::Error;

/// Fresh random bytes from the operating system.
pub fn entropy<const N: usize>() -> Result<[u8; N], Error> {
	let mut bytes = [0; N];
	getrandom::fill(&mut bytes)
		.map_err(|e| Error::Internal(format!("no randomness from the operating system: {e}")))?;
	Ok(bytes)
}
