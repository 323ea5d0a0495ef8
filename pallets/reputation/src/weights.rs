
//! Weights of `pallet_reputation`, written by `scripts/weights`: do not edit.
//!
//! Measured 2026-11-28 with 10 steps and 5 repeats, Wasm execution Compiled, on Intel(R) Xeon(R) Processor.

#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(unused_parens)]
#![allow(unused_imports)]
#![allow(missing_docs)]

use frame::weights_prelude::*;

/// Weight functions needed for `pallet_reputation`.
pub trait WeightInfo {
	fn set_parameters() -> Weight;
	fn give_verdict(m: u32, ) -> Weight;
	fn change_verdict(m: u32, ) -> Weight;
	fn report_malformed(m: u32, ) -> Weight;
	fn close(m: u32, ) -> Weight;
	fn reward(m: u32, ) -> Weight;
}

/// Weights of `pallet_reputation` with the runtime's database.
pub struct SubstrateWeight<T>(PhantomData<T>);
impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	/// Storage: `Reputation::Parameters` (r:1 w:1)
	/// Proof: `Reputation::Parameters` (`max_values`: Some(1), `max_size`: Some(10), added: 505, mode: `MaxEncodedLen`)
	fn set_parameters() -> Weight {
		// Proof size, measured: 76 bytes.
		// Shortest run: 14_218_000 picoseconds.
		Weight::from_parts(24_566_000, 1495)
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Membership::Accounts` (r:255 w:0)
	/// Proof: `Membership::Accounts` (`max_values`: None, `max_size`: Some(53), added: 2528, mode: `Measured`)
	/// Storage: `Membership::Activity` (r:255 w:0)
	/// Proof: `Membership::Activity` (`max_values`: None, `max_size`: Some(29), added: 2504, mode: `Measured`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `Measured`)
	/// Storage: `ThreatRegistry::Records` (r:1 w:1)
	/// Proof: `ThreatRegistry::Records` (`max_values`: None, `max_size`: Some(179), added: 2654, mode: `Measured`)
	/// Storage: `Membership::FirstIdentities` (r:255 w:0)
	/// Proof: `Membership::FirstIdentities` (`max_values`: None, `max_size`: Some(16), added: 2491, mode: `Measured`)
	/// Storage: `Reputation::Cases` (r:1 w:1)
	/// Proof: `Reputation::Cases` (`max_values`: None, `max_size`: Some(61), added: 2536, mode: `Measured`)
	/// Storage: `System::BlockHash` (r:1 w:0)
	/// Proof: `System::BlockHash` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `Measured`)
	/// Storage: `Reputation::Ballots` (r:255 w:254)
	/// Proof: `Reputation::Ballots` (`max_values`: None, `max_size`: Some(34), added: 2509, mode: `Measured`)
	/// Storage: `Reputation::Judges` (r:254 w:254)
	/// Proof: `Reputation::Judges` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `Measured`)
	/// Storage: `Membership::ActiveMembers` (r:1 w:0)
	/// Proof: `Membership::ActiveMembers` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `Measured`)
	/// Storage: `Reputation::Parameters` (r:1 w:0)
	/// Proof: `Reputation::Parameters` (`max_values`: Some(1), `max_size`: Some(10), added: 505, mode: `Measured`)
	/// Storage: `Membership::SeatHolders` (r:1 w:0)
	/// Proof: `Membership::SeatHolders` (`max_values`: Some(1), `max_size`: Some(8162), added: 8657, mode: `Measured`)
	/// Storage: `Reputation::Evidence` (r:1 w:1)
	/// Proof: `Reputation::Evidence` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `Measured`)
	/// Storage: `Reputation::Pairs` (r:254 w:254)
	/// Proof: `Reputation::Pairs` (`max_values`: None, `max_size`: Some(56), added: 2531, mode: `Measured`)
	/// Storage: `Reputation::Judgements` (r:254 w:254)
	/// Proof: `Reputation::Judgements` (`max_values`: None, `max_size`: Some(56), added: 2531, mode: `Measured`)
	/// Storage: `Reputation::Deadlines` (r:0 w:1)
	/// Proof: `Reputation::Deadlines` (`max_values`: None, `max_size`: Some(16), added: 2491, mode: `Measured`)
	/// Storage: `ThreatRegistry::ExpiryQueue` (r:0 w:1)
	/// Proof: `ThreatRegistry::ExpiryQueue` (`max_values`: None, `max_size`: Some(12), added: 2487, mode: `Measured`)
	/// The range of component `m` is `[4, 255]`.
	fn give_verdict(m: u32, ) -> Weight {
		// Proof size, measured: 2443 + m * (295 ±0) bytes.
		// Shortest run: 617_885_000 picoseconds.
		Weight::from_parts(237_444_407, 5900)
			// Standard error: 2_745_782
			.saturating_add(Weight::from_parts(64_973_986, 0).saturating_mul(m.into()))
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().reads((7_u64).saturating_mul(m.into())))
			.saturating_add(T::DbWeight::get().writes(1_u64))
			.saturating_add(T::DbWeight::get().writes((4_u64).saturating_mul(m.into())))
			.saturating_add(Weight::from_parts(0, 2770).saturating_mul(m.into()))
	}
	/// Storage: `Membership::Accounts` (r:255 w:0)
	/// Proof: `Membership::Accounts` (`max_values`: None, `max_size`: Some(53), added: 2528, mode: `Measured`)
	/// Storage: `Membership::Activity` (r:255 w:0)
	/// Proof: `Membership::Activity` (`max_values`: None, `max_size`: Some(29), added: 2504, mode: `Measured`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `Measured`)
	/// Storage: `ThreatRegistry::Records` (r:1 w:1)
	/// Proof: `ThreatRegistry::Records` (`max_values`: None, `max_size`: Some(179), added: 2654, mode: `Measured`)
	/// Storage: `Membership::FirstIdentities` (r:255 w:0)
	/// Proof: `Membership::FirstIdentities` (`max_values`: None, `max_size`: Some(16), added: 2491, mode: `Measured`)
	/// Storage: `Reputation::Cases` (r:1 w:1)
	/// Proof: `Reputation::Cases` (`max_values`: None, `max_size`: Some(61), added: 2536, mode: `Measured`)
	/// Storage: `Reputation::Ballots` (r:255 w:254)
	/// Proof: `Reputation::Ballots` (`max_values`: None, `max_size`: Some(34), added: 2509, mode: `Measured`)
	/// Storage: `Membership::ActiveMembers` (r:1 w:0)
	/// Proof: `Membership::ActiveMembers` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `Measured`)
	/// Storage: `Reputation::Parameters` (r:1 w:0)
	/// Proof: `Reputation::Parameters` (`max_values`: Some(1), `max_size`: Some(10), added: 505, mode: `Measured`)
	/// Storage: `Membership::SeatHolders` (r:1 w:0)
	/// Proof: `Membership::SeatHolders` (`max_values`: Some(1), `max_size`: Some(8162), added: 8657, mode: `Measured`)
	/// Storage: `Reputation::Evidence` (r:1 w:1)
	/// Proof: `Reputation::Evidence` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `Measured`)
	/// Storage: `Reputation::Pairs` (r:254 w:254)
	/// Proof: `Reputation::Pairs` (`max_values`: None, `max_size`: Some(56), added: 2531, mode: `Measured`)
	/// Storage: `Reputation::Judges` (r:254 w:254)
	/// Proof: `Reputation::Judges` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `Measured`)
	/// Storage: `Reputation::Judgements` (r:254 w:254)
	/// Proof: `Reputation::Judgements` (`max_values`: None, `max_size`: Some(56), added: 2531, mode: `Measured`)
	/// Storage: `Reputation::Deadlines` (r:0 w:1)
	/// Proof: `Reputation::Deadlines` (`max_values`: None, `max_size`: Some(16), added: 2491, mode: `Measured`)
	/// Storage: `ThreatRegistry::ExpiryQueue` (r:0 w:1)
	/// Proof: `ThreatRegistry::ExpiryQueue` (`max_values`: None, `max_size`: Some(12), added: 2487, mode: `Measured`)
	/// The range of component `m` is `[4, 255]`.
	fn change_verdict(m: u32, ) -> Weight {
		// Proof size, measured: 2413 + m * (295 ±0) bytes.
		// Shortest run: 496_194_000 picoseconds.
		Weight::from_parts(566_437_926, 5867)
			// Standard error: 3_094_223
			.saturating_add(Weight::from_parts(60_118_937, 0).saturating_mul(m.into()))
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().reads((7_u64).saturating_mul(m.into())))
			.saturating_add(T::DbWeight::get().writes(1_u64))
			.saturating_add(T::DbWeight::get().writes((4_u64).saturating_mul(m.into())))
			.saturating_add(Weight::from_parts(0, 2770).saturating_mul(m.into()))
	}
	/// Storage: `Membership::Accounts` (r:255 w:0)
	/// Proof: `Membership::Accounts` (`max_values`: None, `max_size`: Some(53), added: 2528, mode: `Measured`)
	/// Storage: `Membership::Activity` (r:255 w:0)
	/// Proof: `Membership::Activity` (`max_values`: None, `max_size`: Some(29), added: 2504, mode: `Measured`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `Measured`)
	/// Storage: `ThreatRegistry::Records` (r:1 w:1)
	/// Proof: `ThreatRegistry::Records` (`max_values`: None, `max_size`: Some(179), added: 2654, mode: `Measured`)
	/// Storage: `Membership::FirstIdentities` (r:255 w:0)
	/// Proof: `Membership::FirstIdentities` (`max_values`: None, `max_size`: Some(16), added: 2491, mode: `Measured`)
	/// Storage: `Reputation::Cases` (r:1 w:1)
	/// Proof: `Reputation::Cases` (`max_values`: None, `max_size`: Some(61), added: 2536, mode: `Measured`)
	/// Storage: `ThreatRegistry::Granted` (r:1 w:0)
	/// Proof: `ThreatRegistry::Granted` (`max_values`: None, `max_size`: Some(12), added: 2487, mode: `Measured`)
	/// Storage: `ThreatRegistry::GrantedUnnamed` (r:1 w:0)
	/// Proof: `ThreatRegistry::GrantedUnnamed` (`max_values`: None, `max_size`: Some(8), added: 2483, mode: `Measured`)
	/// Storage: `Membership::Groups` (r:1 w:0)
	/// Proof: `Membership::Groups` (`max_values`: None, `max_size`: Some(56), added: 2531, mode: `Measured`)
	/// Storage: `Reputation::Ballots` (r:255 w:254)
	/// Proof: `Reputation::Ballots` (`max_values`: None, `max_size`: Some(34), added: 2509, mode: `Measured`)
	/// Storage: `Reputation::Judges` (r:254 w:254)
	/// Proof: `Reputation::Judges` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `Measured`)
	/// Storage: `Membership::ActiveMembers` (r:1 w:0)
	/// Proof: `Membership::ActiveMembers` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `Measured`)
	/// Storage: `Reputation::Parameters` (r:1 w:0)
	/// Proof: `Reputation::Parameters` (`max_values`: Some(1), `max_size`: Some(10), added: 505, mode: `Measured`)
	/// Storage: `Membership::SeatHolders` (r:1 w:0)
	/// Proof: `Membership::SeatHolders` (`max_values`: Some(1), `max_size`: Some(8162), added: 8657, mode: `Measured`)
	/// Storage: `Reputation::Evidence` (r:1 w:1)
	/// Proof: `Reputation::Evidence` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `Measured`)
	/// Storage: `Reputation::Pairs` (r:254 w:254)
	/// Proof: `Reputation::Pairs` (`max_values`: None, `max_size`: Some(56), added: 2531, mode: `Measured`)
	/// Storage: `Reputation::Judgements` (r:254 w:254)
	/// Proof: `Reputation::Judgements` (`max_values`: None, `max_size`: Some(56), added: 2531, mode: `Measured`)
	/// Storage: `Reputation::Deadlines` (r:0 w:1)
	/// Proof: `Reputation::Deadlines` (`max_values`: None, `max_size`: Some(16), added: 2491, mode: `Measured`)
	/// Storage: `ThreatRegistry::ExpiryQueue` (r:0 w:1)
	/// Proof: `ThreatRegistry::ExpiryQueue` (`max_values`: None, `max_size`: Some(12), added: 2487, mode: `Measured`)
	/// The range of component `m` is `[4, 255]`.
	fn report_malformed(m: u32, ) -> Weight {
		// Proof size, measured: 2497 + m * (295 ±0) bytes.
		// Shortest run: 611_014_000 picoseconds.
		Weight::from_parts(81_954_859, 5953)
			// Standard error: 5_481_881
			.saturating_add(Weight::from_parts(75_433_123, 0).saturating_mul(m.into()))
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().reads((7_u64).saturating_mul(m.into())))
			.saturating_add(T::DbWeight::get().writes(1_u64))
			.saturating_add(T::DbWeight::get().writes((4_u64).saturating_mul(m.into())))
			.saturating_add(Weight::from_parts(0, 2770).saturating_mul(m.into()))
	}
	/// Storage: `Membership::Accounts` (r:1 w:0)
	/// Proof: `Membership::Accounts` (`max_values`: None, `max_size`: Some(53), added: 2528, mode: `Measured`)
	/// Storage: `Membership::Activity` (r:1 w:0)
	/// Proof: `Membership::Activity` (`max_values`: None, `max_size`: Some(29), added: 2504, mode: `Measured`)
	/// Storage: `Reputation::Cases` (r:1 w:1)
	/// Proof: `Reputation::Cases` (`max_values`: None, `max_size`: Some(61), added: 2536, mode: `Measured`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `Measured`)
	/// Storage: `Membership::ActiveMembers` (r:1 w:0)
	/// Proof: `Membership::ActiveMembers` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `Measured`)
	/// Storage: `Reputation::Parameters` (r:1 w:0)
	/// Proof: `Reputation::Parameters` (`max_values`: Some(1), `max_size`: Some(10), added: 505, mode: `Measured`)
	/// Storage: `Membership::FirstIdentities` (r:1 w:0)
	/// Proof: `Membership::FirstIdentities` (`max_values`: None, `max_size`: Some(16), added: 2491, mode: `Measured`)
	/// Storage: `Reputation::Evidence` (r:1 w:1)
	/// Proof: `Reputation::Evidence` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `Measured`)
	/// Storage: `Reputation::Ballots` (r:255 w:254)
	/// Proof: `Reputation::Ballots` (`max_values`: None, `max_size`: Some(34), added: 2509, mode: `Measured`)
	/// Storage: `Reputation::Pairs` (r:254 w:254)
	/// Proof: `Reputation::Pairs` (`max_values`: None, `max_size`: Some(56), added: 2531, mode: `Measured`)
	/// Storage: `Reputation::Judges` (r:254 w:254)
	/// Proof: `Reputation::Judges` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `Measured`)
	/// Storage: `Reputation::Judgements` (r:254 w:254)
	/// Proof: `Reputation::Judgements` (`max_values`: None, `max_size`: Some(56), added: 2531, mode: `Measured`)
	/// Storage: `ThreatRegistry::Records` (r:1 w:1)
	/// Proof: `ThreatRegistry::Records` (`max_values`: None, `max_size`: Some(179), added: 2654, mode: `Measured`)
	/// Storage: `Reputation::Deadlines` (r:0 w:1)
	/// Proof: `Reputation::Deadlines` (`max_values`: None, `max_size`: Some(16), added: 2491, mode: `Measured`)
	/// Storage: `ThreatRegistry::ExpiryQueue` (r:0 w:1)
	/// Proof: `ThreatRegistry::ExpiryQueue` (`max_values`: None, `max_size`: Some(12), added: 2487, mode: `Measured`)
	/// The range of component `m` is `[4, 255]`.
	fn close(m: u32, ) -> Weight {
		// Proof size, measured: 3154 + m * (175 ±0) bytes.
		// Shortest run: 387_450_000 picoseconds.
		Weight::from_parts(408_116_000, 6408)
			// Standard error: 2_253_138
			.saturating_add(Weight::from_parts(53_052_741, 0).saturating_mul(m.into()))
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().reads((4_u64).saturating_mul(m.into())))
			.saturating_add(T::DbWeight::get().writes(1_u64))
			.saturating_add(T::DbWeight::get().writes((4_u64).saturating_mul(m.into())))
			.saturating_add(Weight::from_parts(0, 2651).saturating_mul(m.into()))
	}
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `Measured`)
	/// Storage: `System::Account` (r:256 w:256)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `Measured`)
	/// Storage: `Membership::SeatHolders` (r:1 w:0)
	/// Proof: `Membership::SeatHolders` (`max_values`: Some(1), `max_size`: Some(8162), added: 8657, mode: `Measured`)
	/// Storage: `Membership::Accounts` (r:255 w:0)
	/// Proof: `Membership::Accounts` (`max_values`: None, `max_size`: Some(53), added: 2528, mode: `Measured`)
	/// Storage: `Membership::Activity` (r:255 w:0)
	/// Proof: `Membership::Activity` (`max_values`: None, `max_size`: Some(29), added: 2504, mode: `Measured`)
	/// Storage: `Membership::FirstIdentities` (r:255 w:0)
	/// Proof: `Membership::FirstIdentities` (`max_values`: None, `max_size`: Some(16), added: 2491, mode: `Measured`)
	/// Storage: `Reputation::Evidence` (r:255 w:0)
	/// Proof: `Reputation::Evidence` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `Measured`)
	/// Storage: `Membership::ActiveMembers` (r:1 w:0)
	/// Proof: `Membership::ActiveMembers` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `Measured`)
	/// The range of component `m` is `[4, 255]`.
	fn reward(m: u32, ) -> Weight {
		// Proof size, measured: 803 + m * (248 ±0) bytes.
		// Shortest run: 377_531_000 picoseconds.
		Weight::from_parts(1_801_860_153, 4309)
			// Standard error: 6_088_704
			.saturating_add(Weight::from_parts(92_618_759, 0).saturating_mul(m.into()))
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().reads((5_u64).saturating_mul(m.into())))
			.saturating_add(T::DbWeight::get().writes(1_u64))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(m.into())))
			.saturating_add(Weight::from_parts(0, 2723).saturating_mul(m.into()))
	}
}

/// For tests, which measure nothing.
impl WeightInfo for () {
	fn set_parameters() -> Weight {
		Weight::from_parts(24_566_000, 1495)
	}
	fn give_verdict(_: u32, ) -> Weight {
		Weight::from_parts(237_444_407, 5900)
	}
	fn change_verdict(_: u32, ) -> Weight {
		Weight::from_parts(566_437_926, 5867)
	}
	fn report_malformed(_: u32, ) -> Weight {
		Weight::from_parts(81_954_859, 5953)
	}
	fn close(_: u32, ) -> Weight {
		Weight::from_parts(408_116_000, 6408)
	}
	fn reward(_: u32, ) -> Weight {
		Weight::from_parts(1_801_860_153, 4309)
	}
}
