
//! Weights of `pallet_threat_registry`, written by `scripts/weights`: do not edit.
//!
//! Measured 2026-11-27 with 10 steps and 5 repeats, Wasm execution Compiled, on Intel(R) Xeon(R) Processor.

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
	/// The range of component `g` is `[0, 4]`.
	/// The range of component `e` is `[0, 1]`.
	fn publish(b: u32, t: u32, g: u32, e: u32, ) -> Weight {
		// Proof size, measured: 8762 + g * (191 ±0) bytes.
		// Shortest run: 757_810_000 picoseconds.
		Weight::from_parts(108_338_678, 46543)
			// Standard error: 30
			.saturating_add(Weight::from_parts(2_546, 0).saturating_mul(b.into()))
			// Standard error: 231_369
			.saturating_add(Weight::from_parts(6_007_128, 0).saturating_mul(t.into()))
			// Standard error: 1_695_115
			.saturating_add(Weight::from_parts(113_720_947, 0).saturating_mul(g.into()))
			// Standard error: 5_172_186
			.saturating_add(Weight::from_parts(21_061_867, 0).saturating_mul(e.into()))
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().reads((2_u64).saturating_mul(g.into())))
			.saturating_add(T::DbWeight::get().writes(2_u64))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(t.into())))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(e.into())))
			.saturating_add(Weight::from_parts(0, 2627).saturating_mul(g.into()))
			// What a group's gate on reliability reads since the measurement, until it is repeated.
			.saturating_add(Weight::from_parts(15_000_000, 7_600))
			.saturating_add(T::DbWeight::get().reads(3_u64))
	}
	/// Storage: `Membership::Accounts` (r:1 w:0)
	/// Proof: `Membership::Accounts` (`max_values`: None, `max_size`: Some(53), added: 2528, mode: `MaxEncodedLen`)
	/// Storage: `ThreatRegistry::Records` (r:1 w:2)
	/// Proof: `ThreatRegistry::Records` (`max_values`: None, `max_size`: Some(179), added: 2654, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Activity` (r:1 w:1)
	/// Proof: `Membership::Activity` (`max_values`: None, `max_size`: Some(29), added: 2504, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Groups` (r:4 w:0)
	/// Proof: `Membership::Groups` (`max_values`: None, `max_size`: Some(49), added: 2524, mode: `MaxEncodedLen`)
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
	/// The range of component `g` is `[0, 4]`.
	/// The range of component `e` is `[0, 1]`.
	fn revise(b: u32, t: u32, g: u32, e: u32, ) -> Weight {
		// Proof size, measured: 8961 + g * (191 ±0) bytes.
		// Shortest run: 785_236_000 picoseconds.
		Weight::from_parts(84_855_082, 46543)
			// Standard error: 119
			.saturating_add(Weight::from_parts(2_322, 0).saturating_mul(b.into()))
			// Standard error: 909_162
			.saturating_add(Weight::from_parts(3_379_984, 0).saturating_mul(t.into()))
			// Standard error: 6_660_937
			.saturating_add(Weight::from_parts(121_983_571, 0).saturating_mul(g.into()))
			// Standard error: 20_324_049
			.saturating_add(Weight::from_parts(148_537_257, 0).saturating_mul(e.into()))
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().reads((2_u64).saturating_mul(g.into())))
			.saturating_add(T::DbWeight::get().writes(4_u64))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(t.into())))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(e.into())))
			.saturating_add(Weight::from_parts(0, 2627).saturating_mul(g.into()))
			// What a group's gate on reliability reads since the measurement, until it is repeated.
			.saturating_add(Weight::from_parts(15_000_000, 7_600))
			.saturating_add(T::DbWeight::get().reads(3_u64))
	}
	/// Storage: `Membership::Accounts` (r:1 w:0)
	/// Proof: `Membership::Accounts` (`max_values`: None, `max_size`: Some(53), added: 2528, mode: `MaxEncodedLen`)
	/// Storage: `ThreatRegistry::Records` (r:1 w:1)
	/// Proof: `ThreatRegistry::Records` (`max_values`: None, `max_size`: Some(179), added: 2654, mode: `MaxEncodedLen`)
	/// Storage: `ThreatRegistry::ExpiryQueue` (r:0 w:1)
	/// Proof: `ThreatRegistry::ExpiryQueue` (`max_values`: None, `max_size`: Some(12), added: 2487, mode: `MaxEncodedLen`)
	fn withdraw() -> Weight {
		// Proof size, measured: 815 bytes.
		// Shortest run: 54_206_000 picoseconds.
		Weight::from_parts(104_212_000, 3644)
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
		// Shortest run: 138_488_000 picoseconds.
		Weight::from_parts(170_547_000, 6092)
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
			// What reputation does since the measurement, until it is repeated: five reads and three writes.
			.saturating_add(Weight::from_parts(60_000_000, 12_500))
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
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
		// Shortest run: 61_338_000 picoseconds.
		Weight::from_parts(74_238_000, 3644)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	/// Storage: `Membership::Accounts` (r:1 w:0)
	/// Proof: `Membership::Accounts` (`max_values`: None, `max_size`: Some(53), added: 2528, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Activity` (r:17 w:0)
	/// Proof: `Membership::Activity` (`max_values`: None, `max_size`: Some(29), added: 2504, mode: `MaxEncodedLen`)
	/// Storage: `ThreatRegistry::Records` (r:1 w:0)
	/// Proof: `ThreatRegistry::Records` (`max_values`: None, `max_size`: Some(179), added: 2654, mode: `MaxEncodedLen`)
	/// Storage: `ThreatRegistry::Granted` (r:0 w:16)
	/// Proof: `ThreatRegistry::Granted` (`max_values`: None, `max_size`: Some(12), added: 2487, mode: `MaxEncodedLen`)
	/// Storage: `ThreatRegistry::Requests` (r:0 w:16)
	/// Proof: `ThreatRegistry::Requests` (`max_values`: None, `max_size`: Some(20), added: 2495, mode: `MaxEncodedLen`)
	/// The range of component `g` is `[1, 16]`.
	fn grant(g: u32, ) -> Weight {
		// Proof size, measured: 987 + g * (49 ±0) bytes.
		// Shortest run: 65_210_000 picoseconds.
		Weight::from_parts(87_278_677, 3644)
			// Standard error: 345_647
			.saturating_add(Weight::from_parts(13_538_417, 0).saturating_mul(g.into()))
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().reads((1_u64).saturating_mul(g.into())))
			.saturating_add(T::DbWeight::get().writes((2_u64).saturating_mul(g.into())))
			.saturating_add(Weight::from_parts(0, 2504).saturating_mul(g.into()))
			// That a grant names nobody is noted since the measurement, until it is repeated.
			.saturating_add(Weight::from_parts(5_000_000, 0))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Membership::Accounts` (r:1 w:0)
	/// Proof: `Membership::Accounts` (`max_values`: None, `max_size`: Some(53), added: 2528, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Activity` (r:1 w:0)
	/// Proof: `Membership::Activity` (`max_values`: None, `max_size`: Some(29), added: 2504, mode: `MaxEncodedLen`)
	/// Storage: `ThreatRegistry::Records` (r:1 w:0)
	/// Proof: `ThreatRegistry::Records` (`max_values`: None, `max_size`: Some(179), added: 2654, mode: `MaxEncodedLen`)
	/// Storage: `ThreatRegistry::Requests` (r:1 w:1)
	/// Proof: `ThreatRegistry::Requests` (`max_values`: None, `max_size`: Some(20), added: 2495, mode: `MaxEncodedLen`)
	fn request_access() -> Weight {
		// Proof size, measured: 949 bytes.
		// Shortest run: 58_210_000 picoseconds.
		Weight::from_parts(73_346_000, 3644)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Membership::Accounts` (r:1 w:0)
	/// Proof: `Membership::Accounts` (`max_values`: None, `max_size`: Some(53), added: 2528, mode: `MaxEncodedLen`)
	/// Storage: `ThreatRegistry::Requests` (r:1 w:1)
	/// Proof: `ThreatRegistry::Requests` (`max_values`: None, `max_size`: Some(20), added: 2495, mode: `MaxEncodedLen`)
	fn decline() -> Weight {
		// Proof size, measured: 731 bytes.
		// Shortest run: 46_058_000 picoseconds.
		Weight::from_parts(82_867_000, 3518)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Membership::Accounts` (r:1 w:0)
	/// Proof: `Membership::Accounts` (`max_values`: None, `max_size`: Some(53), added: 2528, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Activity` (r:1 w:0)
	/// Proof: `Membership::Activity` (`max_values`: None, `max_size`: Some(29), added: 2504, mode: `MaxEncodedLen`)
	/// Storage: `ThreatRegistry::Records` (r:1 w:0)
	/// Proof: `ThreatRegistry::Records` (`max_values`: None, `max_size`: Some(179), added: 2654, mode: `MaxEncodedLen`)
	/// Storage: `ThreatRegistry::Acknowledged` (r:1 w:1)
	/// Proof: `ThreatRegistry::Acknowledged` (`max_values`: None, `max_size`: Some(12), added: 2487, mode: `MaxEncodedLen`)
	fn acknowledge() -> Weight {
		// Proof size, measured: 949 bytes.
		// Shortest run: 57_020_000 picoseconds.
		Weight::from_parts(73_280_000, 3644)
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
		// Shortest run: 11_037_000 picoseconds.
		Weight::from_parts(47_528_904, 3477)
			// Standard error: 31_029
			.saturating_add(Weight::from_parts(18_987_799, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().reads((2_u64).saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes((2_u64).saturating_mul(n.into())))
			.saturating_add(Weight::from_parts(0, 2654).saturating_mul(n.into()))
	}
}

/// For tests, which measure nothing.
impl WeightInfo for () {
	fn publish(_: u32, _: u32, _: u32, _: u32, ) -> Weight {
		Weight::from_parts(108_338_678, 46543)
	}
	fn revise(_: u32, _: u32, _: u32, _: u32, ) -> Weight {
		Weight::from_parts(84_855_082, 46543)
	}
	fn withdraw() -> Weight {
		Weight::from_parts(104_212_000, 3644)
	}
	fn sight() -> Weight {
		Weight::from_parts(170_547_000, 6092)
	}
	fn extend() -> Weight {
		Weight::from_parts(74_238_000, 3644)
	}
	fn grant(_: u32, ) -> Weight {
		Weight::from_parts(87_278_677, 3644)
	}
	fn request_access() -> Weight {
		Weight::from_parts(73_346_000, 3644)
	}
	fn decline() -> Weight {
		Weight::from_parts(82_867_000, 3518)
	}
	fn acknowledge() -> Weight {
		Weight::from_parts(73_280_000, 3644)
	}
	fn expire(_: u32, ) -> Weight {
		Weight::from_parts(47_528_904, 3477)
	}
}
