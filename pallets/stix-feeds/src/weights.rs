
//! Weights of `pallet_stix_feeds`, written by `scripts/weights`: do not edit.
//!
//! Measured 2026-11-27 with 10 steps and 5 repeats, Wasm execution Compiled, on Intel(R) Xeon(R) Processor.

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
	/// Proof: `Membership::Activity` (`max_values`: None, `max_size`: Some(29), added: 2504, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Groups` (r:1 w:0)
	/// Proof: `Membership::Groups` (`max_values`: None, `max_size`: Some(49), added: 2524, mode: `MaxEncodedLen`)
	/// Storage: `Membership::GroupKeys` (r:1 w:0)
	/// Proof: `Membership::GroupKeys` (`max_values`: None, `max_size`: Some(1228), added: 3703, mode: `MaxEncodedLen`)
	/// Storage: `Membership::GroupMembers` (r:1 w:0)
	/// Proof: `Membership::GroupMembers` (`max_values`: None, `max_size`: Some(24), added: 2499, mode: `MaxEncodedLen`)
	/// Storage: `StixFeeds::FeedsOf` (r:1 w:1)
	/// Proof: `StixFeeds::FeedsOf` (`max_values`: None, `max_size`: Some(16), added: 2491, mode: `MaxEncodedLen`)
	/// Storage: `StixFeeds::NextFeedId` (r:1 w:1)
	/// Proof: `StixFeeds::NextFeedId` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `StixFeeds::Feeds` (r:0 w:1)
	/// Proof: `StixFeeds::Feeds` (`max_values`: None, `max_size`: Some(168), added: 2643, mode: `MaxEncodedLen`)
	fn register_feed() -> Weight {
		// Proof size, measured: 2367 bytes.
		// Shortest run: 91_167_000 picoseconds.
		Weight::from_parts(106_496_000, 4693)
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	/// Storage: `Membership::Accounts` (r:1 w:0)
	/// Proof: `Membership::Accounts` (`max_values`: None, `max_size`: Some(53), added: 2528, mode: `MaxEncodedLen`)
	/// Storage: `StixFeeds::Feeds` (r:1 w:1)
	/// Proof: `StixFeeds::Feeds` (`max_values`: None, `max_size`: Some(168), added: 2643, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Activity` (r:1 w:0)
	/// Proof: `Membership::Activity` (`max_values`: None, `max_size`: Some(29), added: 2504, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Groups` (r:1 w:0)
	/// Proof: `Membership::Groups` (`max_values`: None, `max_size`: Some(49), added: 2524, mode: `MaxEncodedLen`)
	/// Storage: `Membership::GroupKeys` (r:1 w:0)
	/// Proof: `Membership::GroupKeys` (`max_values`: None, `max_size`: Some(1228), added: 3703, mode: `MaxEncodedLen`)
	/// Storage: `Membership::GroupMembers` (r:1 w:0)
	/// Proof: `Membership::GroupMembers` (`max_values`: None, `max_size`: Some(24), added: 2499, mode: `MaxEncodedLen`)
	fn update_feed() -> Weight {
		// Proof size, measured: 2530 bytes.
		// Shortest run: 87_147_000 picoseconds.
		Weight::from_parts(101_082_000, 4693)
			.saturating_add(T::DbWeight::get().reads(6_u64))
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
		// Shortest run: 55_526_000 picoseconds.
		Weight::from_parts(68_734_000, 3633)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	/// Storage: `Membership::Accounts` (r:1 w:0)
	/// Proof: `Membership::Accounts` (`max_values`: None, `max_size`: Some(53), added: 2528, mode: `MaxEncodedLen`)
	/// Storage: `StixFeeds::Feeds` (r:1 w:1)
	/// Proof: `StixFeeds::Feeds` (`max_values`: None, `max_size`: Some(168), added: 2643, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Activity` (r:1 w:1)
	/// Proof: `Membership::Activity` (`max_values`: None, `max_size`: Some(29), added: 2504, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Groups` (r:1 w:0)
	/// Proof: `Membership::Groups` (`max_values`: None, `max_size`: Some(49), added: 2524, mode: `MaxEncodedLen`)
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
		// Proof size, measured: 9073 bytes.
		// Shortest run: 252_587_000 picoseconds.
		Weight::from_parts(190_380_733, 46543)
			// Standard error: 90
			.saturating_add(Weight::from_parts(2_839, 0).saturating_mul(b.into()))
			// Standard error: 710_978
			.saturating_add(Weight::from_parts(6_370_828, 0).saturating_mul(t.into()))
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(t.into())))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(e.into())))
			// What a group's gate on reliability reads since the measurement, until it is repeated.
			.saturating_add(Weight::from_parts(15_000_000, 7_600))
			.saturating_add(T::DbWeight::get().reads(3_u64))
	}
}

/// For tests, which measure nothing.
impl WeightInfo for () {
	fn register_feed() -> Weight {
		Weight::from_parts(106_496_000, 4693)
	}
	fn update_feed() -> Weight {
		Weight::from_parts(101_082_000, 4693)
	}
	fn remove_feed() -> Weight {
		Weight::from_parts(68_734_000, 3633)
	}
	fn publish_page(_: u32, _: u32, _: u32, ) -> Weight {
		Weight::from_parts(190_380_733, 46543)
	}
}
