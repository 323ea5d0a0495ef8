
//! Weights of `pallet_threat_registry`, written by `scripts/weights`: do not edit.
//!
//! Measured 2026-11-25 with 5 steps and 3 repeats, Wasm execution Compiled, on AMD EPYC.

#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(unused_parens)]
#![allow(unused_imports)]
#![allow(missing_docs)]

use frame::weights_prelude::*;

/// Weight functions needed for `pallet_threat_registry`.
pub trait WeightInfo {
	fn publish(b: u32, t: u32, g: u32, e: u32, ) -> Weight;
	fn revise(b: u32, t: u32, g: u32, e: u32, ) -> Weight;
	fn withdraw() -> Weight;
	fn sight() -> Weight;
	fn extend() -> Weight;
	fn grant(g: u32, ) -> Weight;
	fn request_access() -> Weight;
	fn decline() -> Weight;
	fn acknowledge() -> Weight;
	fn expire(n: u32, ) -> Weight;
}

/// Weights of `pallet_threat_registry` with the runtime's database.
pub struct SubstrateWeight<T>(PhantomData<T>);
impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	/// Storage: `Membership::Accounts` (r:1 w:0)
	/// Proof: `Membership::Accounts` (`max_values`: None, `max_size`: Some(53), added: 2528, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Activity` (r:1 w:1)
	/// Proof: `Membership::Activity` (`max_values`: None, `max_size`: Some(29), added: 2504, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Groups` (r:4 w:0)
	/// Proof: `Membership::Groups` (`max_values`: None, `max_size`: Some(49), added: 2524, mode: `MaxEncodedLen`)
	/// Storage: `Membership::GroupMembers` (r:4 w:0)
	/// Proof: `Membership::GroupMembers` (`max_values`: None, `max_size`: Some(24), added: 2499, mode: `MaxEncodedLen`)
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
	/// The range of component `g` is `[0, 4]`.
	/// The range of component `e` is `[0, 1]`.
	fn publish(b: u32, t: u32, g: u32, e: u32, ) -> Weight {
		// Proof size, measured: 8695 + g * (76 ±0) bytes.
		// Shortest run: 329_188_000 picoseconds.
		Weight::from_parts(450_487_818, 46543)
			// Standard error: 457
			.saturating_add(Weight::from_parts(2_216, 0).saturating_mul(b.into()))
			// Standard error: 3_511_246
			.saturating_add(Weight::from_parts(131_669, 0).saturating_mul(t.into()))
			// Standard error: 84_269_909
			.saturating_add(Weight::from_parts(90_524_495, 0).saturating_mul(e.into()))
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().reads((2_u64).saturating_mul(g.into())))
			.saturating_add(T::DbWeight::get().writes(2_u64))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(t.into())))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(e.into())))
			.saturating_add(Weight::from_parts(0, 2524).saturating_mul(g.into()))
	}
	/// Storage: `Membership::Accounts` (r:1 w:0)
	/// Proof: `Membership::Accounts` (`max_values`: None, `max_size`: Some(53), added: 2528, mode: `MaxEncodedLen`)
	/// Storage: `ThreatRegistry::Records` (r:1 w:2)
	/// Proof: `ThreatRegistry::Records` (`max_values`: None, `max_size`: Some(179), added: 2654, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Activity` (r:1 w:1)
	/// Proof: `Membership::Activity` (`max_values`: None, `max_size`: Some(29), added: 2504, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Groups` (r:4 w:0)
	/// Proof: `Membership::Groups` (`max_values`: None, `max_size`: Some(49), added: 2524, mode: `MaxEncodedLen`)
	/// Storage: `Membership::GroupMembers` (r:4 w:0)
	/// Proof: `Membership::GroupMembers` (`max_values`: None, `max_size`: Some(24), added: 2499, mode: `MaxEncodedLen`)
	/// Storage: `AttckTaxonomy::TechniqueIndex` (r:1 w:0)
	/// Proof: `AttckTaxonomy::TechniqueIndex` (`max_values`: Some(1), `max_size`: Some(45058), added: 45553, mode: `MaxEncodedLen`)
	/// Storage: `ThreatRegistry::ExpiryQueue` (r:0 w:2)
	/// Proof: `ThreatRegistry::ExpiryQueue` (`max_values`: None, `max_size`: Some(12), added: 2487, mode: `MaxEncodedLen`)
	/// Storage: `ThreatRegistry::ByTechnique` (r:0 w:32)
	/// Proof: `ThreatRegistry::ByTechnique` (`max_values`: None, `max_size`: Some(24), added: 2499, mode: `MaxEncodedLen`)
	/// The range of component `b` is `[16384, 262144]`.
	/// The range of component `t` is `[0, 32]`.
	/// The range of component `g` is `[0, 4]`.
	/// The range of component `e` is `[0, 1]`.
	fn revise(b: u32, t: u32, g: u32, e: u32, ) -> Weight {
		// Proof size, measured: 8894 + g * (76 ±0) bytes.
		// Shortest run: 351_389_000 picoseconds.
		Weight::from_parts(316_185_461, 46543)
			// Standard error: 148
			.saturating_add(Weight::from_parts(2_090, 0).saturating_mul(b.into()))
			// Standard error: 1_142_584
			.saturating_add(Weight::from_parts(5_303_949, 0).saturating_mul(t.into()))
			// Standard error: 9_140_676
			.saturating_add(Weight::from_parts(24_720_635, 0).saturating_mul(g.into()))
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().reads((2_u64).saturating_mul(g.into())))
			.saturating_add(T::DbWeight::get().writes(4_u64))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(t.into())))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(e.into())))
			.saturating_add(Weight::from_parts(0, 2524).saturating_mul(g.into()))
	}
	/// Storage: `Membership::Accounts` (r:1 w:0)
	/// Proof: `Membership::Accounts` (`max_values`: None, `max_size`: Some(53), added: 2528, mode: `MaxEncodedLen`)
	/// Storage: `ThreatRegistry::Records` (r:1 w:1)
	/// Proof: `ThreatRegistry::Records` (`max_values`: None, `max_size`: Some(179), added: 2654, mode: `MaxEncodedLen`)
	/// Storage: `ThreatRegistry::ExpiryQueue` (r:0 w:1)
	/// Proof: `ThreatRegistry::ExpiryQueue` (`max_values`: None, `max_size`: Some(12), added: 2487, mode: `MaxEncodedLen`)
	fn withdraw() -> Weight {
		// Proof size, measured: 815 bytes.
		// Shortest run: 56_586_000 picoseconds.
		Weight::from_parts(109_846_000, 3644)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	/// Storage: `Membership::Accounts` (r:1 w:0)
	/// Proof: `Membership::Accounts` (`max_values`: None, `max_size`: Some(53), added: 2528, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Activity` (r:1 w:0)
	/// Proof: `Membership::Activity` (`max_values`: None, `max_size`: Some(29), added: 2504, mode: `MaxEncodedLen`)
	/// Storage: `ThreatRegistry::Records` (r:1 w:1)
	/// Proof: `ThreatRegistry::Records` (`max_values`: None, `max_size`: Some(179), added: 2654, mode: `MaxEncodedLen`)
	/// Storage: `ThreatRegistry::Sightings` (r:1 w:1)
	/// Proof: `ThreatRegistry::Sightings` (`max_values`: None, `max_size`: Some(20), added: 2495, mode: `MaxEncodedLen`)
	/// Storage: `Reputation::Ledgers` (r:2 w:2)
	/// Proof: `Reputation::Ledgers` (`max_values`: None, `max_size`: Some(76), added: 2551, mode: `MaxEncodedLen`)
	fn sight() -> Weight {
		// Proof size, measured: 991 bytes.
		// Shortest run: 159_369_000 picoseconds.
		Weight::from_parts(279_014_000, 6092)
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	/// Storage: `Membership::Accounts` (r:1 w:0)
	/// Proof: `Membership::Accounts` (`max_values`: None, `max_size`: Some(53), added: 2528, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Activity` (r:1 w:0)
	/// Proof: `Membership::Activity` (`max_values`: None, `max_size`: Some(29), added: 2504, mode: `MaxEncodedLen`)
	/// Storage: `ThreatRegistry::Records` (r:1 w:1)
	/// Proof: `ThreatRegistry::Records` (`max_values`: None, `max_size`: Some(179), added: 2654, mode: `MaxEncodedLen`)
	/// Storage: `ThreatRegistry::ExpiryQueue` (r:0 w:2)
	/// Proof: `ThreatRegistry::ExpiryQueue` (`max_values`: None, `max_size`: Some(12), added: 2487, mode: `MaxEncodedLen`)
	fn extend() -> Weight {
		// Proof size, measured: 957 bytes.
		// Shortest run: 68_098_000 picoseconds.
		Weight::from_parts(127_209_000, 3644)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	// Not measured yet, like those that follow without storage items above them: rough estimates.
	fn grant(g: u32, ) -> Weight {
		Weight::from_parts(200_000_000, 6000)
			.saturating_add(Weight::from_parts(50_000_000, 3000).saturating_mul(g.into()))
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().reads((2_u64).saturating_mul(g.into())))
			.saturating_add(T::DbWeight::get().writes(2_u64))
			.saturating_add(T::DbWeight::get().writes(g.into()))
	}
	fn request_access() -> Weight {
		Weight::from_parts(200_000_000, 6000)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	fn decline() -> Weight {
		Weight::from_parts(200_000_000, 6000)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	fn acknowledge() -> Weight {
		Weight::from_parts(200_000_000, 6000)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	/// Storage: `ThreatRegistry::ExpiryQueue` (r:65 w:64)
	/// Proof: `ThreatRegistry::ExpiryQueue` (`max_values`: None, `max_size`: Some(12), added: 2487, mode: `MaxEncodedLen`)
	/// Storage: `ThreatRegistry::Records` (r:64 w:64)
	/// Proof: `ThreatRegistry::Records` (`max_values`: None, `max_size`: Some(179), added: 2654, mode: `MaxEncodedLen`)
	/// The range of component `n` is `[0, 64]`.
	fn expire(n: u32, ) -> Weight {
		// Proof size, measured: 393 + n * (24 ±0) bytes.
		// Shortest run: 10_740_000 picoseconds.
		Weight::from_parts(40_359_147, 3477)
			// Standard error: 244_471
			.saturating_add(Weight::from_parts(17_441_005, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().reads((2_u64).saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes((2_u64).saturating_mul(n.into())))
			.saturating_add(Weight::from_parts(0, 2654).saturating_mul(n.into()))
	}
}

/// For tests, which measure nothing.
impl WeightInfo for () {
	fn publish(_: u32, _: u32, _: u32, _: u32, ) -> Weight {
		Weight::from_parts(450_487_818, 46543)
	}
	fn revise(_: u32, _: u32, _: u32, _: u32, ) -> Weight {
		Weight::from_parts(316_185_461, 46543)
	}
	fn withdraw() -> Weight {
		Weight::from_parts(109_846_000, 3644)
	}
	fn sight() -> Weight {
		Weight::from_parts(279_014_000, 6092)
	}
	fn extend() -> Weight {
		Weight::from_parts(127_209_000, 3644)
	}
	fn grant(g: u32, ) -> Weight {
		Weight::from_parts(200_000_000, 6000)
			.saturating_add(Weight::from_parts(50_000_000, 3000).saturating_mul(g.into()))
	}
	fn request_access() -> Weight {
		Weight::from_parts(200_000_000, 6000)
	}
	fn decline() -> Weight {
		Weight::from_parts(200_000_000, 6000)
	}
	fn acknowledge() -> Weight {
		Weight::from_parts(200_000_000, 6000)
	}
	fn expire(_: u32, ) -> Weight {
		Weight::from_parts(40_359_147, 3477)
	}
}
