
//! Weights of `pallet_stix_feeds`, written by `scripts/weights`: do not edit.
//!
//! Measured 2026-11-28 with 10 steps and 5 repeats, Wasm execution Compiled, on Intel(R) Xeon(R) Processor.

#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(unused_parens)]
#![allow(unused_imports)]
#![allow(missing_docs)]

use frame::weights_prelude::*;

/// Weight functions needed for `pallet_stix_feeds`.
pub trait WeightInfo {
	fn register_feed() -> Weight;
	fn update_feed() -> Weight;
	fn remove_feed() -> Weight;
	fn publish_page(b: u32, t: u32, e: u32, ) -> Weight;
}

/// Weights of `pallet_stix_feeds` with the runtime's database.
pub struct SubstrateWeight<T>(PhantomData<T>);
impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	/// Storage: `Membership::Accounts` (r:1 w:0)
	/// Proof: `Membership::Accounts` (`max_values`: None, `max_size`: Some(53), added: 2528, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Activity` (r:1 w:0)
	/// Proof: `Membership::Activity` (`max_values`: None, `max_size`: Some(33), added: 2508, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Groups` (r:1 w:0)
	/// Proof: `Membership::Groups` (`max_values`: None, `max_size`: Some(56), added: 2531, mode: `MaxEncodedLen`)
	/// Storage: `Membership::GroupKeys` (r:1 w:0)
	/// Proof: `Membership::GroupKeys` (`max_values`: None, `max_size`: Some(1228), added: 3703, mode: `MaxEncodedLen`)
	/// Storage: `Reputation::Parameters` (r:1 w:0)
	/// Proof: `Reputation::Parameters` (`max_values`: Some(1), `max_size`: Some(10), added: 505, mode: `MaxEncodedLen`)
	/// Storage: `Reputation::Evidence` (r:1 w:0)
	/// Proof: `Reputation::Evidence` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `Membership::GroupMembers` (r:1 w:0)
	/// Proof: `Membership::GroupMembers` (`max_values`: None, `max_size`: Some(24), added: 2499, mode: `MaxEncodedLen`)
	/// Storage: `StixFeeds::FeedsOf` (r:1 w:1)
	/// Proof: `StixFeeds::FeedsOf` (`max_values`: None, `max_size`: Some(16), added: 2491, mode: `MaxEncodedLen`)
	/// Storage: `StixFeeds::NextFeedId` (r:1 w:1)
	/// Proof: `StixFeeds::NextFeedId` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `StixFeeds::Feeds` (r:0 w:1)
	/// Proof: `StixFeeds::Feeds` (`max_values`: None, `max_size`: Some(168), added: 2643, mode: `MaxEncodedLen`)
	fn register_feed() -> Weight {
		// Proof size, measured: 2456 bytes.
		// Shortest run: 91_130_000 picoseconds.
		Weight::from_parts(107_591_000, 4693)
			.saturating_add(T::DbWeight::get().reads(9_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	/// Storage: `Membership::Accounts` (r:1 w:0)
	/// Proof: `Membership::Accounts` (`max_values`: None, `max_size`: Some(53), added: 2528, mode: `MaxEncodedLen`)
	/// Storage: `StixFeeds::Feeds` (r:1 w:1)
	/// Proof: `StixFeeds::Feeds` (`max_values`: None, `max_size`: Some(168), added: 2643, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Activity` (r:1 w:0)
	/// Proof: `Membership::Activity` (`max_values`: None, `max_size`: Some(33), added: 2508, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Groups` (r:1 w:0)
	/// Proof: `Membership::Groups` (`max_values`: None, `max_size`: Some(56), added: 2531, mode: `MaxEncodedLen`)
	/// Storage: `Membership::GroupKeys` (r:1 w:0)
	/// Proof: `Membership::GroupKeys` (`max_values`: None, `max_size`: Some(1228), added: 3703, mode: `MaxEncodedLen`)
	/// Storage: `Reputation::Parameters` (r:1 w:0)
	/// Proof: `Reputation::Parameters` (`max_values`: Some(1), `max_size`: Some(10), added: 505, mode: `MaxEncodedLen`)
	/// Storage: `Reputation::Evidence` (r:1 w:0)
	/// Proof: `Reputation::Evidence` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `Membership::GroupMembers` (r:1 w:0)
	/// Proof: `Membership::GroupMembers` (`max_values`: None, `max_size`: Some(24), added: 2499, mode: `MaxEncodedLen`)
	fn update_feed() -> Weight {
		// Proof size, measured: 2619 bytes.
		// Shortest run: 88_638_000 picoseconds.
		Weight::from_parts(105_192_000, 4693)
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Membership::Accounts` (r:1 w:0)
	/// Proof: `Membership::Accounts` (`max_values`: None, `max_size`: Some(53), added: 2528, mode: `MaxEncodedLen`)
	/// Storage: `StixFeeds::Feeds` (r:1 w:1)
	/// Proof: `StixFeeds::Feeds` (`max_values`: None, `max_size`: Some(168), added: 2643, mode: `MaxEncodedLen`)
	/// Storage: `StixFeeds::FeedsOf` (r:1 w:1)
	/// Proof: `StixFeeds::FeedsOf` (`max_values`: None, `max_size`: Some(16), added: 2491, mode: `MaxEncodedLen`)
	fn remove_feed() -> Weight {
		// Proof size, measured: 998 bytes.
		// Shortest run: 49_966_000 picoseconds.
		Weight::from_parts(59_423_000, 3633)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	/// Storage: `Membership::Accounts` (r:1 w:0)
	/// Proof: `Membership::Accounts` (`max_values`: None, `max_size`: Some(53), added: 2528, mode: `MaxEncodedLen`)
	/// Storage: `StixFeeds::Feeds` (r:1 w:1)
	/// Proof: `StixFeeds::Feeds` (`max_values`: None, `max_size`: Some(168), added: 2643, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Activity` (r:1 w:1)
	/// Proof: `Membership::Activity` (`max_values`: None, `max_size`: Some(33), added: 2508, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Groups` (r:1 w:0)
	/// Proof: `Membership::Groups` (`max_values`: None, `max_size`: Some(56), added: 2531, mode: `MaxEncodedLen`)
	/// Storage: `Reputation::Parameters` (r:1 w:0)
	/// Proof: `Reputation::Parameters` (`max_values`: Some(1), `max_size`: Some(10), added: 505, mode: `MaxEncodedLen`)
	/// Storage: `Reputation::Evidence` (r:1 w:0)
	/// Proof: `Reputation::Evidence` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `Membership::GroupMembers` (r:1 w:0)
	/// Proof: `Membership::GroupMembers` (`max_values`: None, `max_size`: Some(24), added: 2499, mode: `MaxEncodedLen`)
	/// Storage: `AttckTaxonomy::TechniqueIndex` (r:1 w:0)
	/// Proof: `AttckTaxonomy::TechniqueIndex` (`max_values`: Some(1), `max_size`: Some(45058), added: 45553, mode: `MaxEncodedLen`)
	/// Storage: `ThreatRegistry::ExpiryQueue` (r:0 w:1)
	/// Proof: `ThreatRegistry::ExpiryQueue` (`max_values`: None, `max_size`: Some(12), added: 2487, mode: `MaxEncodedLen`)
	/// Storage: `ThreatRegistry::ByTechnique` (r:0 w:32)
	/// Proof: `ThreatRegistry::ByTechnique` (`max_values`: None, `max_size`: Some(24), added: 2499, mode: `MaxEncodedLen`)
	/// Storage: `ThreatRegistry::Records` (r:0 w:1)
	/// Proof: `ThreatRegistry::Records` (`max_values`: None, `max_size`: Some(179), added: 2654, mode: `MaxEncodedLen`)
	/// The range of component `b` is `[8192, 262144]`.
	/// The range of component `t` is `[0, 32]`.
	/// The range of component `e` is `[0, 1]`.
	fn publish_page(b: u32, t: u32, e: u32, ) -> Weight {
		// Proof size, measured: 9125 bytes.
		// Shortest run: 227_243_000 picoseconds.
		Weight::from_parts(229_014_065, 46543)
			// Standard error: 52
			.saturating_add(Weight::from_parts(2_075, 0).saturating_mul(b.into()))
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(t.into())))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(e.into())))
	}
}

/// For tests, which measure nothing.
impl WeightInfo for () {
	fn register_feed() -> Weight {
		Weight::from_parts(107_591_000, 4693)
	}
	fn update_feed() -> Weight {
		Weight::from_parts(105_192_000, 4693)
	}
	fn remove_feed() -> Weight {
		Weight::from_parts(59_423_000, 3633)
	}
	fn publish_page(_: u32, _: u32, _: u32, ) -> Weight {
		Weight::from_parts(229_014_065, 46543)
	}
}
