
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
		// Shortest run: 14_701_000 picoseconds.
		Weight::from_parts(34_112_000, 1495)
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Membership::Accounts` (r:1 w:0)
	/// Proof: `Membership::Accounts` (`max_values`: None, `max_size`: Some(53), added: 2033, mode: `Measured`)
	/// Storage: `Membership::Activity` (r:255 w:0)
	/// Proof: `Membership::Activity` (`max_values`: None, `max_size`: Some(33), added: 2013, mode: `Measured`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `Measured`)
	/// Storage: `ThreatRegistry::Records` (r:1 w:1)
	/// Proof: `ThreatRegistry::Records` (`max_values`: None, `max_size`: Some(179), added: 2159, mode: `Measured`)
	/// Storage: `Reputation::Cases` (r:1 w:1)
	/// Proof: `Reputation::Cases` (`max_values`: None, `max_size`: Some(61), added: 2041, mode: `Measured`)
	/// Storage: `System::BlockHash` (r:1 w:0)
	/// Proof: `System::BlockHash` (`max_values`: None, `max_size`: Some(44), added: 2024, mode: `Measured`)
	/// Storage: `Reputation::Ballots` (r:255 w:254)
	/// Proof: `Reputation::Ballots` (`max_values`: None, `max_size`: Some(34), added: 2014, mode: `Measured`)
	/// Storage: `Reputation::Judges` (r:254 w:254)
	/// Proof: `Reputation::Judges` (`max_values`: None, `max_size`: Some(36), added: 2016, mode: `Measured`)
	/// Storage: `Membership::ActiveMembers` (r:1 w:0)
	/// Proof: `Membership::ActiveMembers` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `Measured`)
	/// Storage: `Reputation::Parameters` (r:1 w:0)
	/// Proof: `Reputation::Parameters` (`max_values`: Some(1), `max_size`: Some(10), added: 505, mode: `Measured`)
	/// Storage: `Membership::SeatedMembers` (r:1 w:0)
	/// Proof: `Membership::SeatedMembers` (`max_values`: Some(1), `max_size`: Some(1022), added: 1517, mode: `Measured`)
	/// Storage: `Reputation::Evidence` (r:1 w:1)
	/// Proof: `Reputation::Evidence` (`max_values`: None, `max_size`: Some(36), added: 2016, mode: `Measured`)
	/// Storage: `Membership::Groups` (r:1 w:0)
	/// Proof: `Membership::Groups` (`max_values`: None, `max_size`: Some(56), added: 2036, mode: `Measured`)
	/// Storage: `Reputation::Pairs` (r:254 w:254)
	/// Proof: `Reputation::Pairs` (`max_values`: None, `max_size`: Some(56), added: 2036, mode: `Measured`)
	/// Storage: `Reputation::Judgements` (r:254 w:254)
	/// Proof: `Reputation::Judgements` (`max_values`: None, `max_size`: Some(56), added: 2036, mode: `Measured`)
	/// Storage: `Reputation::Deadlines` (r:0 w:1)
	/// Proof: `Reputation::Deadlines` (`max_values`: None, `max_size`: Some(16), added: 1996, mode: `Measured`)
	/// Storage: `ThreatRegistry::ExpiryQueue` (r:0 w:1)
	/// Proof: `ThreatRegistry::ExpiryQueue` (`max_values`: None, `max_size`: Some(12), added: 1992, mode: `Measured`)
	/// The range of component `m` is `[4, 255]`.
	fn give_verdict(m: u32, ) -> Weight {
		// Proof size, measured: 2790 + m * (215 ±0) bytes.
		// Shortest run: 858_767_000 picoseconds.
		Weight::from_parts(1_059_338_104, 5691)
			// Standard error: 2_849_233
			.saturating_add(Weight::from_parts(53_355_863, 0).saturating_mul(m.into()))
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().reads((5_u64).saturating_mul(m.into())))
			.saturating_add(T::DbWeight::get().writes(1_u64))
			.saturating_add(T::DbWeight::get().writes((4_u64).saturating_mul(m.into())))
			.saturating_add(Weight::from_parts(0, 2195).saturating_mul(m.into()))
	}
	/// Storage: `Membership::Accounts` (r:1 w:0)
	/// Proof: `Membership::Accounts` (`max_values`: None, `max_size`: Some(53), added: 2033, mode: `Measured`)
	/// Storage: `Membership::Activity` (r:255 w:0)
	/// Proof: `Membership::Activity` (`max_values`: None, `max_size`: Some(33), added: 2013, mode: `Measured`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `Measured`)
	/// Storage: `ThreatRegistry::Records` (r:1 w:1)
	/// Proof: `ThreatRegistry::Records` (`max_values`: None, `max_size`: Some(179), added: 2159, mode: `Measured`)
	/// Storage: `Reputation::Cases` (r:1 w:1)
	/// Proof: `Reputation::Cases` (`max_values`: None, `max_size`: Some(61), added: 2041, mode: `Measured`)
	/// Storage: `Reputation::Ballots` (r:255 w:254)
	/// Proof: `Reputation::Ballots` (`max_values`: None, `max_size`: Some(34), added: 2014, mode: `Measured`)
	/// Storage: `Membership::ActiveMembers` (r:1 w:0)
	/// Proof: `Membership::ActiveMembers` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `Measured`)
	/// Storage: `Reputation::Parameters` (r:1 w:0)
	/// Proof: `Reputation::Parameters` (`max_values`: Some(1), `max_size`: Some(10), added: 505, mode: `Measured`)
	/// Storage: `Membership::SeatedMembers` (r:1 w:0)
	/// Proof: `Membership::SeatedMembers` (`max_values`: Some(1), `max_size`: Some(1022), added: 1517, mode: `Measured`)
	/// Storage: `Reputation::Evidence` (r:1 w:1)
	/// Proof: `Reputation::Evidence` (`max_values`: None, `max_size`: Some(36), added: 2016, mode: `Measured`)
	/// Storage: `Membership::Groups` (r:1 w:0)
	/// Proof: `Membership::Groups` (`max_values`: None, `max_size`: Some(56), added: 2036, mode: `Measured`)
	/// Storage: `Reputation::Pairs` (r:254 w:254)
	/// Proof: `Reputation::Pairs` (`max_values`: None, `max_size`: Some(56), added: 2036, mode: `Measured`)
	/// Storage: `Reputation::Judges` (r:254 w:254)
	/// Proof: `Reputation::Judges` (`max_values`: None, `max_size`: Some(36), added: 2016, mode: `Measured`)
	/// Storage: `Reputation::Judgements` (r:254 w:254)
	/// Proof: `Reputation::Judgements` (`max_values`: None, `max_size`: Some(56), added: 2036, mode: `Measured`)
	/// Storage: `Reputation::Deadlines` (r:0 w:1)
	/// Proof: `Reputation::Deadlines` (`max_values`: None, `max_size`: Some(16), added: 1996, mode: `Measured`)
	/// Storage: `ThreatRegistry::ExpiryQueue` (r:0 w:1)
	/// Proof: `ThreatRegistry::ExpiryQueue` (`max_values`: None, `max_size`: Some(12), added: 1992, mode: `Measured`)
	/// The range of component `m` is `[4, 255]`.
	fn change_verdict(m: u32, ) -> Weight {
		// Proof size, measured: 2762 + m * (215 ±0) bytes.
		// Shortest run: 522_689_000 picoseconds.
		Weight::from_parts(217_830_865, 5658)
			// Standard error: 449_618
			.saturating_add(Weight::from_parts(47_989_075, 0).saturating_mul(m.into()))
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().reads((5_u64).saturating_mul(m.into())))
			.saturating_add(T::DbWeight::get().writes(1_u64))
			.saturating_add(T::DbWeight::get().writes((4_u64).saturating_mul(m.into())))
			.saturating_add(Weight::from_parts(0, 2195).saturating_mul(m.into()))
	}
	/// Storage: `Membership::Accounts` (r:1 w:0)
	/// Proof: `Membership::Accounts` (`max_values`: None, `max_size`: Some(53), added: 2033, mode: `Measured`)
	/// Storage: `Membership::Activity` (r:255 w:0)
	/// Proof: `Membership::Activity` (`max_values`: None, `max_size`: Some(33), added: 2013, mode: `Measured`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `Measured`)
	/// Storage: `ThreatRegistry::Records` (r:1 w:1)
	/// Proof: `ThreatRegistry::Records` (`max_values`: None, `max_size`: Some(179), added: 2159, mode: `Measured`)
	/// Storage: `Reputation::Cases` (r:1 w:1)
	/// Proof: `Reputation::Cases` (`max_values`: None, `max_size`: Some(61), added: 2041, mode: `Measured`)
	/// Storage: `ThreatRegistry::Granted` (r:1 w:0)
	/// Proof: `ThreatRegistry::Granted` (`max_values`: None, `max_size`: Some(12), added: 1992, mode: `Measured`)
	/// Storage: `ThreatRegistry::GrantedUnnamed` (r:1 w:0)
	/// Proof: `ThreatRegistry::GrantedUnnamed` (`max_values`: None, `max_size`: Some(8), added: 1988, mode: `Measured`)
	/// Storage: `Membership::Groups` (r:1 w:0)
	/// Proof: `Membership::Groups` (`max_values`: None, `max_size`: Some(56), added: 2036, mode: `Measured`)
	/// Storage: `Reputation::Ballots` (r:255 w:254)
	/// Proof: `Reputation::Ballots` (`max_values`: None, `max_size`: Some(34), added: 2014, mode: `Measured`)
	/// Storage: `Reputation::Judges` (r:254 w:254)
	/// Proof: `Reputation::Judges` (`max_values`: None, `max_size`: Some(36), added: 2016, mode: `Measured`)
	/// Storage: `Membership::ActiveMembers` (r:1 w:0)
	/// Proof: `Membership::ActiveMembers` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `Measured`)
	/// Storage: `Reputation::Parameters` (r:1 w:0)
	/// Proof: `Reputation::Parameters` (`max_values`: Some(1), `max_size`: Some(10), added: 505, mode: `Measured`)
	/// Storage: `Membership::SeatedMembers` (r:1 w:0)
	/// Proof: `Membership::SeatedMembers` (`max_values`: Some(1), `max_size`: Some(1022), added: 1517, mode: `Measured`)
	/// Storage: `Reputation::Evidence` (r:1 w:1)
	/// Proof: `Reputation::Evidence` (`max_values`: None, `max_size`: Some(36), added: 2016, mode: `Measured`)
	/// Storage: `Reputation::Pairs` (r:254 w:254)
	/// Proof: `Reputation::Pairs` (`max_values`: None, `max_size`: Some(56), added: 2036, mode: `Measured`)
	/// Storage: `Reputation::Judgements` (r:254 w:254)
	/// Proof: `Reputation::Judgements` (`max_values`: None, `max_size`: Some(56), added: 2036, mode: `Measured`)
	/// Storage: `Reputation::Deadlines` (r:0 w:1)
	/// Proof: `Reputation::Deadlines` (`max_values`: None, `max_size`: Some(16), added: 1996, mode: `Measured`)
	/// Storage: `ThreatRegistry::ExpiryQueue` (r:0 w:1)
	/// Proof: `ThreatRegistry::ExpiryQueue` (`max_values`: None, `max_size`: Some(12), added: 1992, mode: `Measured`)
	/// The range of component `m` is `[4, 255]`.
	fn report_malformed(m: u32, ) -> Weight {
		// Proof size, measured: 2736 + m * (215 ±0) bytes.
		// Shortest run: 501_816_000 picoseconds.
		Weight::from_parts(377_622_920, 5637)
			// Standard error: 558_539
			.saturating_add(Weight::from_parts(47_002_973, 0).saturating_mul(m.into()))
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().reads((5_u64).saturating_mul(m.into())))
			.saturating_add(T::DbWeight::get().writes(1_u64))
			.saturating_add(T::DbWeight::get().writes((4_u64).saturating_mul(m.into())))
			.saturating_add(Weight::from_parts(0, 2195).saturating_mul(m.into()))
	}
	/// Storage: `Membership::Accounts` (r:1 w:0)
	/// Proof: `Membership::Accounts` (`max_values`: None, `max_size`: Some(53), added: 2033, mode: `Measured`)
	/// Storage: `Membership::Activity` (r:2 w:0)
	/// Proof: `Membership::Activity` (`max_values`: None, `max_size`: Some(33), added: 2013, mode: `Measured`)
	/// Storage: `Reputation::Cases` (r:1 w:1)
	/// Proof: `Reputation::Cases` (`max_values`: None, `max_size`: Some(61), added: 2041, mode: `Measured`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `Measured`)
	/// Storage: `Membership::ActiveMembers` (r:1 w:0)
	/// Proof: `Membership::ActiveMembers` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `Measured`)
	/// Storage: `Reputation::Parameters` (r:1 w:0)
	/// Proof: `Reputation::Parameters` (`max_values`: Some(1), `max_size`: Some(10), added: 505, mode: `Measured`)
	/// Storage: `Reputation::Evidence` (r:1 w:1)
	/// Proof: `Reputation::Evidence` (`max_values`: None, `max_size`: Some(36), added: 2016, mode: `Measured`)
	/// Storage: `ThreatRegistry::Records` (r:1 w:1)
	/// Proof: `ThreatRegistry::Records` (`max_values`: None, `max_size`: Some(179), added: 2159, mode: `Measured`)
	/// Storage: `Membership::Groups` (r:1 w:0)
	/// Proof: `Membership::Groups` (`max_values`: None, `max_size`: Some(56), added: 2036, mode: `Measured`)
	/// Storage: `Reputation::Ballots` (r:255 w:254)
	/// Proof: `Reputation::Ballots` (`max_values`: None, `max_size`: Some(34), added: 2014, mode: `Measured`)
	/// Storage: `Reputation::Pairs` (r:254 w:254)
	/// Proof: `Reputation::Pairs` (`max_values`: None, `max_size`: Some(56), added: 2036, mode: `Measured`)
	/// Storage: `Reputation::Judges` (r:254 w:254)
	/// Proof: `Reputation::Judges` (`max_values`: None, `max_size`: Some(36), added: 2016, mode: `Measured`)
	/// Storage: `Reputation::Judgements` (r:254 w:254)
	/// Proof: `Reputation::Judgements` (`max_values`: None, `max_size`: Some(56), added: 2036, mode: `Measured`)
	/// Storage: `Reputation::Deadlines` (r:0 w:1)
	/// Proof: `Reputation::Deadlines` (`max_values`: None, `max_size`: Some(16), added: 1996, mode: `Measured`)
	/// Storage: `ThreatRegistry::ExpiryQueue` (r:0 w:1)
	/// Proof: `ThreatRegistry::ExpiryQueue` (`max_values`: None, `max_size`: Some(12), added: 1992, mode: `Measured`)
	/// The range of component `m` is `[4, 255]`.
	fn close(m: u32, ) -> Weight {
		// Proof size, measured: 3314 + m * (176 ±0) bytes.
		// Shortest run: 344_002_000 picoseconds.
		Weight::from_parts(151_761_464, 8063)
			// Standard error: 394_856
			.saturating_add(Weight::from_parts(33_694_930, 0).saturating_mul(m.into()))
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().reads((4_u64).saturating_mul(m.into())))
			.saturating_add(T::DbWeight::get().writes(1_u64))
			.saturating_add(T::DbWeight::get().writes((4_u64).saturating_mul(m.into())))
			.saturating_add(Weight::from_parts(0, 2157).saturating_mul(m.into()))
	}
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `Measured`)
	/// Storage: `System::Account` (r:256 w:256)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2108, mode: `Measured`)
	/// Storage: `Membership::SeatHolders` (r:1 w:0)
	/// Proof: `Membership::SeatHolders` (`max_values`: Some(1), `max_size`: Some(8162), added: 8657, mode: `Measured`)
	/// Storage: `Membership::Accounts` (r:255 w:0)
	/// Proof: `Membership::Accounts` (`max_values`: None, `max_size`: Some(53), added: 2033, mode: `Measured`)
	/// Storage: `Membership::Activity` (r:255 w:0)
	/// Proof: `Membership::Activity` (`max_values`: None, `max_size`: Some(33), added: 2013, mode: `Measured`)
	/// Storage: `Reputation::Evidence` (r:255 w:0)
	/// Proof: `Reputation::Evidence` (`max_values`: None, `max_size`: Some(36), added: 2016, mode: `Measured`)
	/// Storage: `Membership::ActiveMembers` (r:1 w:0)
	/// Proof: `Membership::ActiveMembers` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `Measured`)
	/// The range of component `m` is `[4, 255]`.
	fn reward(m: u32, ) -> Weight {
		// Proof size, measured: 798 + m * (253 ±0) bytes.
		// Shortest run: 362_955_000 picoseconds.
		Weight::from_parts(392_016_000, 3812)
			// Standard error: 1_987_526
			.saturating_add(Weight::from_parts(83_734_416, 0).saturating_mul(m.into()))
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().reads((4_u64).saturating_mul(m.into())))
			.saturating_add(T::DbWeight::get().writes(1_u64))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(m.into())))
			.saturating_add(Weight::from_parts(0, 2233).saturating_mul(m.into()))
	}
}

/// For tests, which measure nothing.
impl WeightInfo for () {
	fn set_parameters() -> Weight {
		Weight::from_parts(34_112_000, 1495)
	}
	fn give_verdict(_: u32, ) -> Weight {
		Weight::from_parts(1_059_338_104, 5691)
	}
	fn change_verdict(_: u32, ) -> Weight {
		Weight::from_parts(217_830_865, 5658)
	}
	fn report_malformed(_: u32, ) -> Weight {
		Weight::from_parts(377_622_920, 5637)
	}
	fn close(_: u32, ) -> Weight {
		Weight::from_parts(151_761_464, 8063)
	}
	fn reward(_: u32, ) -> Weight {
		Weight::from_parts(392_016_000, 3812)
	}
}
