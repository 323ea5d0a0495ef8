//! The off-chain worker: pulls the feeds this node is configured for, checks and seals what is new, publishes it.
//!
//! Each block starts a run, beside those of earlier blocks that still work. A run serves one due feed after the other
//! within [`RUN_MS`], a feed at most once, and no two runs the same feed ([`lease`]). What it works with:
//!
//! * [`store`]: the node's local storage. All of it may be lost at any moment; the chain's position says where to go on.
//! * [`earlier`]: how strict earlier objects were, which is lost with it; [`learning`]: reading the source again for that.
//! * [`tip`]: what the newest block says of the feeds, told to runs of earlier blocks.
//! * [`http`], [`taxii`], [`file`]: the sources, as streams of objects; [`standing`]: a place in a collection.
//! * [`collection`], [`fetch`]: what a TAXII server is asked; marking definitions by their id.
//! * [`batch`]: markings, refusals, and how a batch is split into pages.
//! * [`pages`]: pages under way: sealed, submitted, landed, lost; [`nonces`]: the numbers they are submitted with.
//! * [`serving`]: one feed's turn.

mod batch;
mod collection;
mod definitions;
mod earlier;
mod fetch;
mod file;
mod headers;
mod http;
mod keys;
mod learning;
mod lease;
mod nonces;
mod pages;
mod serving;
mod standing;
mod store;
mod taxii;
mod tip;
mod trail;

use crate::pallet::Config;
use alloc::vec::Vec;
use cti_primitives::{feed::FeedConfig, FeedId, Hash};
use frame::{
	deps::{sp_core::offchain::Duration, sp_io::offchain},
	prelude::*,
};

use serving::Served;

/// Target of the worker's log lines.
pub const LOG: &str = "stix-feeds";
/// Milliseconds one run works at most.
pub const RUN_MS: u64 = 8_000;

/// What all of a run has in common.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Run {
	/// Hash of the chain's block 0.
	pub(crate) genesis: Hash,
	/// The block whose state the run works on.
	pub(crate) block: u64,
	/// Unix milliseconds at which the run ends.
	pub(crate) ends: u64,
}

/// Unix milliseconds.
pub(crate) fn now() -> u64 {
	offchain::timestamp().unix_millis()
}

/// Serves the feeds that are due at `block`.
pub fn run<T: Config>(block: BlockNumberFor<T>) {
	let Some(configs) = configured() else { return };
	let genesis: Hash = frame_system::Pallet::<T>::block_hash(BlockNumberFor::<T>::zero()).into();
	let run = Run { genesis, block: block.saturated_into(), ends: now().saturating_add(RUN_MS) };
	if !tip::announce::<T>(&run, &configs) {
		return;
	}
	for config in in_turn(configs) {
		if now() >= run.ends {
			return;
		}
		let id = config.id;
		if serving::serve::<T>(config, run) == Served::Yes {
			store::set_turn(id);
		}
	}
}

/// The feeds the operator configured; `None` if there are none or they cannot be read.
fn configured() -> Option<Vec<FeedConfig>> {
	let json = store::configuration()?;
	match serde_json::from_slice::<Vec<FeedConfig>>(&json) {
		Ok(configs) => (!configs.is_empty()).then_some(configs),
		// The parser's own words may quote a secret.
		Err(error) => {
			let (line, column) = (error.line(), error.column());
			log::error!(target: LOG, "the configuration of feeds is not readable at line {line}, column {column}");
			None
		}
	}
}

/// In order of their ids, beginning after the one served last.
fn in_turn(mut configs: Vec<FeedConfig>) -> Vec<FeedConfig> {
	configs.sort_by_key(|config| config.id);
	if let Some(FeedId(last)) = store::turn() {
		let first = configs.partition_point(|config| config.id <= FeedId(last));
		if first < configs.len() {
			configs.rotate_left(first);
		}
	}
	configs
}

/// Waits.
pub(crate) fn sleep(milliseconds: u64) {
	offchain::sleep_until(offchain::timestamp().add(Duration::from_millis(milliseconds)));
}
