
//! Weights of `pallet_threat_registry`, written by `scripts/weights`: do not edit.
//!
//! Measured 2026-11-28 with 10 steps and 5 repeats, Wasm execution Compiled, on Intel(R) Xeon(R) Processor.

#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(unused_parens)]
#![allow(unused_imports)]
#![allow(missing_docs)]

use frame::weights_prelude::*;

/// Weight functions needed for `pallet_threat_registry`.
pub trait WeightInfo {
	fn publish(b: u32, t: u32, g: u32, e: u32, ) -> Weight;
	fn publish_to_all() -> Weight;
	fn revise(b: u32, t: u32, g: u32, e: u32, ) -> Weight;
	fn withdraw() -> Weight;
	fn sight() -> Weight;
	fn extend() -> Weight;
	fn grant(g: u32, ) -> Weight;
	fn request_access() -> Weight;
	fn decline() -> Weight;
	fn acknowledge() -> Weight;
	fn expire(n: u32, ) -> Weight;
	fn anchor(t: u32, g: u32, e: u32, ) -> Weight;
}

/// Weights of `pallet_threat_registry` with the runtime's database.
pub struct SubstrateWeight<T>(PhantomData<T>);
impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	/// Storage: `Membership::Accounts` (r:1 w:0)
	/// Proof: `Membership::Accounts` (`max_values`: None, `max_size`: Some(53), added: 2528, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Activity` (r:1 w:1)
	/// Proof: `Membership::Activity` (`max_values`: None, `max_size`: Some(33), added: 2508, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Groups` (r:4 w:0)
	/// Proof: `Membership::Groups` (`max_values`: None, `max_size`: Some(56), added: 2531, mode: `MaxEncodedLen`)
	/// Storage: `Reputation::Parameters` (r:1 w:0)
	/// Proof: `Reputation::Parameters` (`max_values`: Some(1), `max_size`: Some(10), added: 505, mode: `MaxEncodedLen`)
	/// Storage: `Reputation::Evidence` (r:1 w:0)
	/// Proof: `Reputation::Evidence` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Departures` (r:1 w:0)
	/// Proof: `Membership::Departures` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Epochs` (r:4 w:0)
	/// Proof: `Membership::Epochs` (`max_values`: None, `max_size`: Some(152), added: 2627, mode: `MaxEncodedLen`)
	/// Storage: `AttckTaxonomy::TechniqueIndex` (r:1 w:0)
	/// Proof: `AttckTaxonomy::TechniqueIndex` (`max_values`: Some(1), `max_size`: Some(45058), added: 45553, mode: `MaxEncodedLen`)
	/// Storage: `ThreatRegistry::ExpiryQueue` (r:0 w:1)
	/// Proof: `ThreatRegistry::ExpiryQueue` (`max_values`: None, `max_size`: Some(12), added: 2487, mode: `MaxEncodedLen`)
	/// Storage: `ThreatRegistry::ByTechnique` (r:0 w:32)
	/// Proof: `ThreatRegistry::ByTechnique` (`max_values`: None, `max_size`: Some(24), added: 2499, mode: `MaxEncodedLen`)
	/// Storage: `ThreatRegistry::Records` (r:0 w:1)
	/// Proof: `ThreatRegistry::Records` (`max_values`: None, `max_size`: Some(179), added: 2654, mode: `MaxEncodedLen`)
	/// The range of component `b` is `[16384, 262144]`.
	/// The range of component `t` is `[0, 32]`.
	/// The range of component `g` is `[1, 4]`.
	/// The range of component `e` is `[0, 1]`.
	fn publish(b: u32, t: u32, g: u32, e: u32, ) -> Weight {
		// Proof size, measured: 8854 + g * (160 ±0) bytes.
		// Shortest run: 506_092_000 picoseconds.
		Weight::from_parts(109_592_754, 46543)
			// Standard error: 81
			.saturating_add(Weight::from_parts(2_431, 0).saturating_mul(b.into()))
			// Standard error: 615_063
			.saturating_add(Weight::from_parts(3_273_329, 0).saturating_mul(t.into()))
			// Standard error: 5_879_005
			.saturating_add(Weight::from_parts(46_669_416, 0).saturating_mul(g.into()))
			// Standard error: 13_180_703
			.saturating_add(Weight::from_parts(55_575_633, 0).saturating_mul(e.into()))
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().reads((2_u64).saturating_mul(g.into())))
			.saturating_add(T::DbWeight::get().writes(2_u64))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(t.into())))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(e.into())))
			.saturating_add(Weight::from_parts(0, 2627).saturating_mul(g.into()))
	}
	/// Storage: `Membership::Accounts` (r:1 w:0)
	/// Proof: `Membership::Accounts` (`max_values`: None, `max_size`: Some(53), added: 2528, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Activity` (r:1 w:1)
	/// Proof: `Membership::Activity` (`max_values`: None, `max_size`: Some(33), added: 2508, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Groups` (r:1 w:0)
	/// Proof: `Membership::Groups` (`max_values`: None, `max_size`: Some(56), added: 2531, mode: `MaxEncodedLen`)
	/// Storage: `ThreatRegistry::Records` (r:0 w:1)
	/// Proof: `ThreatRegistry::Records` (`max_values`: None, `max_size`: Some(179), added: 2654, mode: `MaxEncodedLen`)
	fn publish_to_all() -> Weight {
		// Proof size, measured: 873 bytes.
		// Shortest run: 85_015_000 picoseconds.
		Weight::from_parts(102_915_000, 3521)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	/// Storage: `Membership::Accounts` (r:1 w:0)
	/// Proof: `Membership::Accounts` (`max_values`: None, `max_size`: Some(53), added: 2528, mode: `MaxEncodedLen`)
	/// Storage: `ThreatRegistry::Records` (r:1 w:2)
	/// Proof: `ThreatRegistry::Records` (`max_values`: None, `max_size`: Some(179), added: 2654, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Activity` (r:1 w:1)
	/// Proof: `Membership::Activity` (`max_values`: None, `max_size`: Some(33), added: 2508, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Groups` (r:4 w:0)
	/// Proof: `Membership::Groups` (`max_values`: None, `max_size`: Some(56), added: 2531, mode: `MaxEncodedLen`)
	/// Storage: `Reputation::Parameters` (r:1 w:0)
	/// Proof: `Reputation::Parameters` (`max_values`: Some(1), `max_size`: Some(10), added: 505, mode: `MaxEncodedLen`)
	/// Storage: `Reputation::Evidence` (r:1 w:0)
	/// Proof: `Reputation::Evidence` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Departures` (r:1 w:0)
	/// Proof: `Membership::Departures` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Epochs` (r:4 w:0)
	/// Proof: `Membership::Epochs` (`max_values`: None, `max_size`: Some(152), added: 2627, mode: `MaxEncodedLen`)
	/// Storage: `AttckTaxonomy::TechniqueIndex` (r:1 w:0)
	/// Proof: `AttckTaxonomy::TechniqueIndex` (`max_values`: Some(1), `max_size`: Some(45058), added: 45553, mode: `MaxEncodedLen`)
	/// Storage: `ThreatRegistry::ExpiryQueue` (r:0 w:2)
	/// Proof: `ThreatRegistry::ExpiryQueue` (`max_values`: None, `max_size`: Some(12), added: 2487, mode: `MaxEncodedLen`)
	/// Storage: `ThreatRegistry::ByTechnique` (r:0 w:32)
	/// Proof: `ThreatRegistry::ByTechnique` (`max_values`: None, `max_size`: Some(24), added: 2499, mode: `MaxEncodedLen`)
	/// The range of component `b` is `[16384, 262144]`.
	/// The range of component `t` is `[0, 32]`.
	/// The range of component `g` is `[1, 4]`.
	/// The range of component `e` is `[0, 1]`.
	fn revise(b: u32, t: u32, g: u32, e: u32, ) -> Weight {
		// Proof size, measured: 9053 + g * (160 ±0) bytes.
		// Shortest run: 521_216_000 picoseconds.
		Weight::from_parts(241_013_025, 46543)
			// Standard error: 95
			.saturating_add(Weight::from_parts(2_176, 0).saturating_mul(b.into()))
			// Standard error: 727_233
			.saturating_add(Weight::from_parts(683_573, 0).saturating_mul(t.into()))
			// Standard error: 7_260_156
			.saturating_add(Weight::from_parts(49_170_153, 0).saturating_mul(g.into()))
			// Standard error: 16_258_561
			.saturating_add(Weight::from_parts(64_312_082, 0).saturating_mul(e.into()))
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().reads((2_u64).saturating_mul(g.into())))
			.saturating_add(T::DbWeight::get().writes(4_u64))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(t.into())))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(e.into())))
			.saturating_add(Weight::from_parts(0, 2627).saturating_mul(g.into()))
	}
	/// Storage: `Membership::Accounts` (r:1 w:0)
	/// Proof: `Membership::Accounts` (`max_values`: None, `max_size`: Some(53), added: 2528, mode: `MaxEncodedLen`)
	/// Storage: `ThreatRegistry::Records` (r:1 w:1)
	/// Proof: `ThreatRegistry::Records` (`max_values`: None, `max_size`: Some(179), added: 2654, mode: `MaxEncodedLen`)
	/// Storage: `ThreatRegistry::ExpiryQueue` (r:0 w:1)
	/// Proof: `ThreatRegistry::ExpiryQueue` (`max_values`: None, `max_size`: Some(12), added: 2487, mode: `MaxEncodedLen`)
	fn withdraw() -> Weight {
		// Proof size, measured: 815 bytes.
		// Shortest run: 45_214_000 picoseconds.
		Weight::from_parts(59_323_000, 3644)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	/// Storage: `Membership::Accounts` (r:1 w:0)
	/// Proof: `Membership::Accounts` (`max_values`: None, `max_size`: Some(53), added: 2528, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Activity` (r:2 w:0)
	/// Proof: `Membership::Activity` (`max_values`: None, `max_size`: Some(33), added: 2508, mode: `MaxEncodedLen`)
	/// Storage: `ThreatRegistry::Records` (r:1 w:1)
	/// Proof: `ThreatRegistry::Records` (`max_values`: None, `max_size`: Some(179), added: 2654, mode: `MaxEncodedLen`)
	/// Storage: `ThreatRegistry::Sightings` (r:1 w:1)
	/// Proof: `ThreatRegistry::Sightings` (`max_values`: None, `max_size`: Some(20), added: 2495, mode: `MaxEncodedLen`)
	/// Storage: `Reputation::Ledgers` (r:2 w:2)
	/// Proof: `Reputation::Ledgers` (`max_values`: None, `max_size`: Some(76), added: 2551, mode: `MaxEncodedLen`)
	/// Storage: `Reputation::Cases` (r:1 w:1)
	/// Proof: `Reputation::Cases` (`max_values`: None, `max_size`: Some(61), added: 2536, mode: `MaxEncodedLen`)
	/// Storage: `Reputation::Ballots` (r:1 w:1)
	/// Proof: `Reputation::Ballots` (`max_values`: None, `max_size`: Some(34), added: 2509, mode: `MaxEncodedLen`)
	/// Storage: `Reputation::Judges` (r:1 w:0)
	/// Proof: `Reputation::Judges` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `Reputation::Deadlines` (r:0 w:1)
	/// Proof: `Reputation::Deadlines` (`max_values`: None, `max_size`: Some(16), added: 2491, mode: `MaxEncodedLen`)
	fn sight() -> Weight {
		// Proof size, measured: 1003 bytes.
		// Shortest run: 168_831_000 picoseconds.
		Weight::from_parts(186_197_000, 6092)
			.saturating_add(T::DbWeight::get().reads(10_u64))
			.saturating_add(T::DbWeight::get().writes(7_u64))
	}
	/// Storage: `Membership::Accounts` (r:1 w:0)
	/// Proof: `Membership::Accounts` (`max_values`: None, `max_size`: Some(53), added: 2528, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Activity` (r:1 w:0)
	/// Proof: `Membership::Activity` (`max_values`: None, `max_size`: Some(33), added: 2508, mode: `MaxEncodedLen`)
	/// Storage: `ThreatRegistry::Records` (r:1 w:1)
	/// Proof: `ThreatRegistry::Records` (`max_values`: None, `max_size`: Some(179), added: 2654, mode: `MaxEncodedLen`)
	/// Storage: `ThreatRegistry::ExpiryQueue` (r:0 w:2)
	/// Proof: `ThreatRegistry::ExpiryQueue` (`max_values`: None, `max_size`: Some(12), added: 2487, mode: `MaxEncodedLen`)
	fn extend() -> Weight {
		// Proof size, measured: 964 bytes.
		// Shortest run: 54_651_000 picoseconds.
		Weight::from_parts(76_287_000, 3644)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	/// Storage: `Membership::Accounts` (r:1 w:0)
	/// Proof: `Membership::Accounts` (`max_values`: None, `max_size`: Some(53), added: 2528, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Activity` (r:17 w:0)
	/// Proof: `Membership::Activity` (`max_values`: None, `max_size`: Some(33), added: 2508, mode: `MaxEncodedLen`)
	/// Storage: `ThreatRegistry::Records` (r:1 w:0)
	/// Proof: `ThreatRegistry::Records` (`max_values`: None, `max_size`: Some(179), added: 2654, mode: `MaxEncodedLen`)
	/// Storage: `ThreatRegistry::Granted` (r:0 w:16)
	/// Proof: `ThreatRegistry::Granted` (`max_values`: None, `max_size`: Some(12), added: 2487, mode: `MaxEncodedLen`)
	/// Storage: `ThreatRegistry::Requests` (r:0 w:16)
	/// Proof: `ThreatRegistry::Requests` (`max_values`: None, `max_size`: Some(20), added: 2495, mode: `MaxEncodedLen`)
	/// The range of component `g` is `[1, 16]`.
	fn grant(g: u32, ) -> Weight {
		// Proof size, measured: 998 + g * (54 ±0) bytes.
		// Shortest run: 60_898_000 picoseconds.
		Weight::from_parts(92_776_371, 3644)
			// Standard error: 372_515
			.saturating_add(Weight::from_parts(13_839_979, 0).saturating_mul(g.into()))
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().reads((1_u64).saturating_mul(g.into())))
			.saturating_add(T::DbWeight::get().writes((2_u64).saturating_mul(g.into())))
			.saturating_add(Weight::from_parts(0, 2508).saturating_mul(g.into()))
	}
	/// Storage: `Membership::Accounts` (r:1 w:0)
	/// Proof: `Membership::Accounts` (`max_values`: None, `max_size`: Some(53), added: 2528, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Activity` (r:1 w:0)
	/// Proof: `Membership::Activity` (`max_values`: None, `max_size`: Some(33), added: 2508, mode: `MaxEncodedLen`)
	/// Storage: `ThreatRegistry::Records` (r:1 w:0)
	/// Proof: `ThreatRegistry::Records` (`max_values`: None, `max_size`: Some(179), added: 2654, mode: `MaxEncodedLen`)
	/// Storage: `ThreatRegistry::Requests` (r:1 w:1)
	/// Proof: `ThreatRegistry::Requests` (`max_values`: None, `max_size`: Some(20), added: 2495, mode: `MaxEncodedLen`)
	fn request_access() -> Weight {
		// Proof size, measured: 957 bytes.
		// Shortest run: 50_495_000 picoseconds.
		Weight::from_parts(59_559_000, 3644)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Membership::Accounts` (r:1 w:0)
	/// Proof: `Membership::Accounts` (`max_values`: None, `max_size`: Some(53), added: 2528, mode: `MaxEncodedLen`)
	/// Storage: `ThreatRegistry::Requests` (r:1 w:1)
	/// Proof: `ThreatRegistry::Requests` (`max_values`: None, `max_size`: Some(20), added: 2495, mode: `MaxEncodedLen`)
	fn decline() -> Weight {
		// Proof size, measured: 731 bytes.
		// Shortest run: 34_317_000 picoseconds.
		Weight::from_parts(41_794_000, 3518)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Membership::Accounts` (r:1 w:0)
	/// Proof: `Membership::Accounts` (`max_values`: None, `max_size`: Some(53), added: 2528, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Activity` (r:1 w:0)
	/// Proof: `Membership::Activity` (`max_values`: None, `max_size`: Some(33), added: 2508, mode: `MaxEncodedLen`)
	/// Storage: `ThreatRegistry::Records` (r:1 w:0)
	/// Proof: `ThreatRegistry::Records` (`max_values`: None, `max_size`: Some(179), added: 2654, mode: `MaxEncodedLen`)
	/// Storage: `ThreatRegistry::Acknowledged` (r:1 w:1)
	/// Proof: `ThreatRegistry::Acknowledged` (`max_values`: None, `max_size`: Some(12), added: 2487, mode: `MaxEncodedLen`)
	fn acknowledge() -> Weight {
		// Proof size, measured: 957 bytes.
		// Shortest run: 47_372_000 picoseconds.
		Weight::from_parts(58_227_000, 3644)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `ThreatRegistry::ExpiryQueue` (r:65 w:64)
	/// Proof: `ThreatRegistry::ExpiryQueue` (`max_values`: None, `max_size`: Some(12), added: 2487, mode: `MaxEncodedLen`)
	/// Storage: `ThreatRegistry::Records` (r:64 w:64)
	/// Proof: `ThreatRegistry::Records` (`max_values`: None, `max_size`: Some(179), added: 2654, mode: `MaxEncodedLen`)
	/// The range of component `n` is `[0, 64]`.
	fn expire(n: u32, ) -> Weight {
		// Proof size, measured: 313 + n * (32 ±0) bytes.
		// Shortest run: 8_714_000 picoseconds.
		Weight::from_parts(29_081_661, 3477)
			// Standard error: 20_154
			.saturating_add(Weight::from_parts(11_244_846, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().reads((2_u64).saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes((2_u64).saturating_mul(n.into())))
			.saturating_add(Weight::from_parts(0, 2654).saturating_mul(n.into()))
	}	/// Reckoned from `revise`, with the shortest envelope.
	/// The range of component `t` is `[0, 32]`.
	/// The range of component `g` is `[1, 4]`.
	/// The range of component `e` is `[0, 1]`.
	fn anchor(t: u32, g: u32, e: u32, ) -> Weight {
		Weight::from_parts(276_664_609, 46543)
			.saturating_add(Weight::from_parts(3_273_329, 0).saturating_mul(t.into()))
			.saturating_add(Weight::from_parts(49_170_153, 0).saturating_mul(g.into()))
			.saturating_add(Weight::from_parts(64_312_082, 0).saturating_mul(e.into()))
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().reads((2_u64).saturating_mul(g.into())))
			.saturating_add(T::DbWeight::get().writes(4_u64))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(t.into())))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(e.into())))
			.saturating_add(Weight::from_parts(0, 2627).saturating_mul(g.into()))
	}

}

/// For tests, which measure nothing.
impl WeightInfo for () {
	fn publish(_: u32, _: u32, _: u32, _: u32, ) -> Weight {
		Weight::from_parts(109_592_754, 46543)
	}
	fn publish_to_all() -> Weight {
		Weight::from_parts(102_915_000, 3521)
	}
	fn revise(_: u32, _: u32, _: u32, _: u32, ) -> Weight {
		Weight::from_parts(241_013_025, 46543)
	}
	fn withdraw() -> Weight {
		Weight::from_parts(59_323_000, 3644)
	}
	fn sight() -> Weight {
		Weight::from_parts(186_197_000, 6092)
	}
	fn extend() -> Weight {
		Weight::from_parts(76_287_000, 3644)
	}
	fn grant(_: u32, ) -> Weight {
		Weight::from_parts(92_776_371, 3644)
	}
	fn request_access() -> Weight {
		Weight::from_parts(59_559_000, 3644)
	}
	fn decline() -> Weight {
		Weight::from_parts(41_794_000, 3518)
	}
	fn acknowledge() -> Weight {
		Weight::from_parts(58_227_000, 3644)
	}
	fn expire(_: u32, ) -> Weight {
		Weight::from_parts(29_081_661, 3477)
	}
	fn anchor(_: u32, _: u32, _: u32, ) -> Weight {
		Weight::from_parts(276_664_609, 46543)
	}
}
