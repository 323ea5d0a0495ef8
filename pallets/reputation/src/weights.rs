
//! Weights of `pallet_reputation`, written by `scripts/weights`: do not edit.
//!
//! `set_parameters` was measured 2026-11-27 with 10 steps and 5 repeats, Wasm execution Compiled, on Intel(R) Xeon(R) Processor.
//! The others are estimates from above, until `scripts/weights` is run again.

#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(unused_parens)]
#![allow(unused_imports)]
#![allow(missing_docs)]

use frame::weights_prelude::*;

/// Weight functions needed for `pallet_reputation`.
pub trait WeightInfo {
	fn set_parameters() -> Weight;
	fn give_verdict(m: u32) -> Weight;
	fn change_verdict(m: u32) -> Weight;
	fn report_malformed(m: u32) -> Weight;
	fn close(m: u32) -> Weight;
	fn reward(m: u32) -> Weight;
}

/// Weights of `pallet_reputation` with the runtime's database.
pub struct SubstrateWeight<T>(PhantomData<T>);
impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	/// Storage: `Reputation::Parameters` (r:1 w:1)
	/// Proof: `Reputation::Parameters` (`max_values`: Some(1), `max_size`: Some(9), added: 504, mode: `MaxEncodedLen`)
	fn set_parameters() -> Weight {
		// Proof size, measured: 75 bytes.
		// Shortest run: 14_932_000 picoseconds.
		Weight::from_parts(19_217_000, 1494)
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	fn give_verdict(m: u32) -> Weight {
		Weight::from_parts(100_000_000, 10_000)
			.saturating_add(Weight::from_parts(40_000_000, 1_500).saturating_mul(m.into()))
			.saturating_add(T::DbWeight::get().reads(10_u64))
			.saturating_add(T::DbWeight::get().reads(8_u64).saturating_mul(m.into()))
			.saturating_add(T::DbWeight::get().writes(5_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64).saturating_mul(m.into()))
	}
	fn change_verdict(m: u32) -> Weight {
		Weight::from_parts(100_000_000, 10_000)
			.saturating_add(Weight::from_parts(40_000_000, 1_500).saturating_mul(m.into()))
			.saturating_add(T::DbWeight::get().reads(10_u64))
			.saturating_add(T::DbWeight::get().reads(8_u64).saturating_mul(m.into()))
			.saturating_add(T::DbWeight::get().writes(5_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64).saturating_mul(m.into()))
	}
	fn report_malformed(m: u32) -> Weight {
		Weight::from_parts(100_000_000, 10_000)
			.saturating_add(Weight::from_parts(40_000_000, 1_500).saturating_mul(m.into()))
			.saturating_add(T::DbWeight::get().reads(10_u64))
			.saturating_add(T::DbWeight::get().reads(8_u64).saturating_mul(m.into()))
			.saturating_add(T::DbWeight::get().writes(5_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64).saturating_mul(m.into()))
	}
	fn close(m: u32) -> Weight {
		Weight::from_parts(100_000_000, 10_000)
			.saturating_add(Weight::from_parts(40_000_000, 1_500).saturating_mul(m.into()))
			.saturating_add(T::DbWeight::get().reads(10_u64))
			.saturating_add(T::DbWeight::get().reads(8_u64).saturating_mul(m.into()))
			.saturating_add(T::DbWeight::get().writes(5_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64).saturating_mul(m.into()))
	}
	fn reward(m: u32) -> Weight {
		Weight::from_parts(100_000_000, 10_000)
			.saturating_add(Weight::from_parts(40_000_000, 1_500).saturating_mul(m.into()))
			.saturating_add(T::DbWeight::get().reads(10_u64))
			.saturating_add(T::DbWeight::get().reads(8_u64).saturating_mul(m.into()))
			.saturating_add(T::DbWeight::get().writes(5_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64).saturating_mul(m.into()))
	}
}

/// For tests, which measure nothing.
impl WeightInfo for () {
	fn set_parameters() -> Weight {
		Weight::from_parts(19_217_000, 1494)
	}
	fn give_verdict(m: u32) -> Weight {
		Weight::from_parts(100_000_000, 10_000)
			.saturating_add(Weight::from_parts(150_000, 1_500).saturating_mul(m.into()))
	}
	fn change_verdict(m: u32) -> Weight {
		Weight::from_parts(100_000_000, 10_000)
			.saturating_add(Weight::from_parts(150_000, 1_500).saturating_mul(m.into()))
	}
	fn report_malformed(m: u32) -> Weight {
		Weight::from_parts(100_000_000, 10_000)
			.saturating_add(Weight::from_parts(150_000, 1_500).saturating_mul(m.into()))
	}
	fn close(m: u32) -> Weight {
		Weight::from_parts(100_000_000, 10_000)
			.saturating_add(Weight::from_parts(150_000, 1_500).saturating_mul(m.into()))
	}
	fn reward(m: u32) -> Weight {
		Weight::from_parts(100_000_000, 10_000)
			.saturating_add(Weight::from_parts(150_000, 1_500).saturating_mul(m.into()))
	}
}
