
//! Weights of `pallet_threat_registry`, written by `scripts/weights`: do not edit.
//!
//! Measured 2026-11-28 with 10 steps and 5 repeats, Wasm execution Compiled, on AMD EPYC.

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
	fn anchor(t: u32, g: u32, e: u32, ) -> Weight;
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
		// Shortest run: 364_333_000 picoseconds.
		Weight::from_parts(80_479_839, 46543)
			// Standard error: 17
			.saturating_add(Weight::from_parts(1_549, 0).saturating_mul(b.into()))
			// Standard error: 133_032
			.saturating_add(Weight::from_parts(2_737_865, 0).saturating_mul(t.into()))
			// Standard error: 1_271_573
			.saturating_add(Weight::from_parts(50_153_114, 0).saturating_mul(g.into()))
			// Standard error: 2_850_861
			.saturating_add(Weight::from_parts(9_755_955, 0).saturating_mul(e.into()))
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
		// Shortest run: 54_572_000 picoseconds.
		Weight::from_parts(60_971_000, 3521)
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
		// Shortest run: 380_909_000 picoseconds.
		Weight::from_parts(82_483_177, 46543)
			// Standard error: 17
			.saturating_add(Weight::from_parts(1_655, 0).saturating_mul(b.into()))
			// Standard error: 133_856
			.saturating_add(Weight::from_parts(2_784_006, 0).saturating_mul(t.into()))
			// Standard error: 1_279_446
			.saturating_add(Weight::from_parts(51_063_999, 0).saturating_mul(g.into()))
			// Standard error: 2_868_513
			.saturating_add(Weight::from_parts(4_791_932, 0).saturating_mul(e.into()))
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().reads((2_u64).saturating_mul(g.into())))
			.saturating_add(T::DbWeight::get().writes(4_u64))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(t.into())))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(e.into())))
			.saturating_add(Weight::from_parts(0, 2627).saturating_mul(g.into()))
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
	/// The range of component `t` is `[0, 32]`.
	/// The range of component `g` is `[1, 4]`.
	/// The range of component `e` is `[0, 1]`.
	fn anchor(t: u32, g: u32, e: u32, ) -> Weight {
		// Proof size, measured: 9048 + g * (162 ±0) bytes.
		// Shortest run: 202_502_000 picoseconds.
		Weight::from_parts(89_560_581, 46543)
			// Standard error: 40_593
			.saturating_add(Weight::from_parts(2_497_246, 0).saturating_mul(t.into()))
			// Standard error: 391_535
			.saturating_add(Weight::from_parts(52_673_037, 0).saturating_mul(g.into()))
			// Standard error: 885_852
			.saturating_add(Weight::from_parts(5_315_909, 0).saturating_mul(e.into()))
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
		// Shortest run: 22_723_000 picoseconds.
		Weight::from_parts(25_859_000, 3644)
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
		// Shortest run: 97_626_000 picoseconds.
		Weight::from_parts(115_893_000, 6092)
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
		// Shortest run: 29_424_000 picoseconds.
		Weight::from_parts(32_779_000, 3644)
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
		// Shortest run: 33_500_000 picoseconds.
		Weight::from_parts(29_376_682, 3644)
			// Standard error: 12_892
			.saturating_add(Weight::from_parts(6_655_409, 0).saturating_mul(g.into()))
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
		// Shortest run: 27_161_000 picoseconds.
		Weight::from_parts(29_745_000, 3644)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Membership::Accounts` (r:1 w:0)
	/// Proof: `Membership::Accounts` (`max_values`: None, `max_size`: Some(53), added: 2528, mode: `MaxEncodedLen`)
	/// Storage: `ThreatRegistry::Requests` (r:1 w:1)
	/// Proof: `ThreatRegistry::Requests` (`max_values`: None, `max_size`: Some(20), added: 2495, mode: `MaxEncodedLen`)
	fn decline() -> Weight {
		// Proof size, measured: 731 bytes.
		// Shortest run: 17_717_000 picoseconds.
		Weight::from_parts(19_670_000, 3518)
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
		// Shortest run: 26_199_000 picoseconds.
		Weight::from_parts(28_352_000, 3644)
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
		// Shortest run: 3_855_000 picoseconds.
		Weight::from_parts(10_613_195, 3477)
			// Standard error: 3_583
			.saturating_add(Weight::from_parts(6_759_236, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().reads((2_u64).saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes((2_u64).saturating_mul(n.into())))
			.saturating_add(Weight::from_parts(0, 2654).saturating_mul(n.into()))
	}
}

/// For tests, which measure nothing.
impl WeightInfo for () {
	fn publish(_: u32, _: u32, _: u32, _: u32, ) -> Weight {
		Weight::from_parts(80_479_839, 46543)
	}
	fn publish_to_all() -> Weight {
		Weight::from_parts(60_971_000, 3521)
	}
	fn revise(_: u32, _: u32, _: u32, _: u32, ) -> Weight {
		Weight::from_parts(82_483_177, 46543)
	}
	fn anchor(_: u32, _: u32, _: u32, ) -> Weight {
		Weight::from_parts(89_560_581, 46543)
	}
	fn withdraw() -> Weight {
		Weight::from_parts(25_859_000, 3644)
	}
	fn sight() -> Weight {
		Weight::from_parts(115_893_000, 6092)
	}
	fn extend() -> Weight {
		Weight::from_parts(32_779_000, 3644)
	}
	fn grant(_: u32, ) -> Weight {
		Weight::from_parts(29_376_682, 3644)
	}
	fn request_access() -> Weight {
		Weight::from_parts(29_745_000, 3644)
	}
	fn decline() -> Weight {
		Weight::from_parts(19_670_000, 3518)
	}
	fn acknowledge() -> Weight {
		Weight::from_parts(28_352_000, 3644)
	}
	fn expire(_: u32, ) -> Weight {
		Weight::from_parts(10_613_195, 3477)
	}
}
