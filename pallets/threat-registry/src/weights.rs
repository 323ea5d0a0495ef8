//! Weights of `pallet_threat_registry`.
//!
//! Estimates with the storage accesses of the README's table; a run of the benchmarks writes the measured ones here.

#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(unused_parens)]
#![allow(unused_imports)]
#![allow(missing_docs)]
#![allow(dead_code)]

use frame::weights_prelude::*;

/// Weight functions needed for `pallet_threat_registry`.
pub trait WeightInfo {
	fn publish(b: u32, t: u32, g: u32, e: u32, ) -> Weight;
	fn revise(b: u32, t: u32, g: u32, e: u32, ) -> Weight;
	fn withdraw() -> Weight;
	fn sight() -> Weight;
	fn extend() -> Weight;
	fn expire(n: u32, ) -> Weight;
}

/// Weights for `pallet_threat_registry`.
pub struct SubstrateWeight<T>(PhantomData<T>);
impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	/// The range of component `b` is `[8192, 262144]`.
	/// The range of component `t` is `[0, 32]`.
	/// The range of component `g` is `[0, 4]`.
	/// The range of component `e` is `[0, 1]`.
	fn publish(b: u32, t: u32, g: u32, e: u32, ) -> Weight {
		Weight::from_parts(40_000_000, 45_000)
			.saturating_add(Weight::from_parts(2_000, 0).saturating_mul(b.into()))
			.saturating_add(Weight::from_parts(5_000_000, 0).saturating_mul(t.into()))
			.saturating_add(Weight::from_parts(10_000_000, 0).saturating_mul(g.into()))
			.saturating_add(Weight::from_parts(5_000_000, 0).saturating_mul(e.into()))
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().reads((2_u64).saturating_mul(g.into())))
			.saturating_add(T::DbWeight::get().writes(2_u64))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(t.into())))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(e.into())))
			.saturating_add(Weight::from_parts(0, 5_100).saturating_mul(g.into()))
	}
	/// The range of component `b` is `[8192, 262144]`.
	/// The range of component `t` is `[0, 32]`.
	/// The range of component `g` is `[0, 4]`.
	/// The range of component `e` is `[0, 1]`.
	fn revise(b: u32, t: u32, g: u32, e: u32, ) -> Weight {
		Weight::from_parts(55_000_000, 48_000)
			.saturating_add(Weight::from_parts(2_000, 0).saturating_mul(b.into()))
			.saturating_add(Weight::from_parts(5_000_000, 0).saturating_mul(t.into()))
			.saturating_add(Weight::from_parts(10_000_000, 0).saturating_mul(g.into()))
			.saturating_add(Weight::from_parts(5_000_000, 0).saturating_mul(e.into()))
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().reads((2_u64).saturating_mul(g.into())))
			.saturating_add(T::DbWeight::get().writes(4_u64))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(t.into())))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(e.into())))
			.saturating_add(Weight::from_parts(0, 5_100).saturating_mul(g.into()))
	}
	fn withdraw() -> Weight {
		Weight::from_parts(25_000_000, 6_000)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	fn sight() -> Weight {
		Weight::from_parts(90_000_000, 12_000)
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	fn extend() -> Weight {
		Weight::from_parts(30_000_000, 9_000)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	/// The range of component `n` is `[0, 64]`.
	fn expire(n: u32, ) -> Weight {
		Weight::from_parts(10_000_000, 3_500)
			.saturating_add(Weight::from_parts(15_000_000, 5_300).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().reads((2_u64).saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes((2_u64).saturating_mul(n.into())))
	}
}

// For backwards compatibility and tests.
impl WeightInfo for () {
	fn publish(b: u32, t: u32, g: u32, e: u32, ) -> Weight {
		Weight::from_parts(40_000_000, 45_000)
			.saturating_add(Weight::from_parts(2_000, 0).saturating_mul(b.into()))
			.saturating_add(Weight::from_parts(5_000_000, 0).saturating_mul(t.into()))
			.saturating_add(Weight::from_parts(10_000_000, 0).saturating_mul(g.into()))
			.saturating_add(Weight::from_parts(5_000_000, 0).saturating_mul(e.into()))
			.saturating_add(RocksDbWeight::get().reads(3_u64))
			.saturating_add(RocksDbWeight::get().reads((2_u64).saturating_mul(g.into())))
			.saturating_add(RocksDbWeight::get().writes(2_u64))
			.saturating_add(RocksDbWeight::get().writes((1_u64).saturating_mul(t.into())))
			.saturating_add(RocksDbWeight::get().writes((1_u64).saturating_mul(e.into())))
			.saturating_add(Weight::from_parts(0, 5_100).saturating_mul(g.into()))
	}
	fn revise(b: u32, t: u32, g: u32, e: u32, ) -> Weight {
		Weight::from_parts(55_000_000, 48_000)
			.saturating_add(Weight::from_parts(2_000, 0).saturating_mul(b.into()))
			.saturating_add(Weight::from_parts(5_000_000, 0).saturating_mul(t.into()))
			.saturating_add(Weight::from_parts(10_000_000, 0).saturating_mul(g.into()))
			.saturating_add(Weight::from_parts(5_000_000, 0).saturating_mul(e.into()))
			.saturating_add(RocksDbWeight::get().reads(4_u64))
			.saturating_add(RocksDbWeight::get().reads((2_u64).saturating_mul(g.into())))
			.saturating_add(RocksDbWeight::get().writes(4_u64))
			.saturating_add(RocksDbWeight::get().writes((1_u64).saturating_mul(t.into())))
			.saturating_add(RocksDbWeight::get().writes((1_u64).saturating_mul(e.into())))
			.saturating_add(Weight::from_parts(0, 5_100).saturating_mul(g.into()))
	}
	fn withdraw() -> Weight {
		Weight::from_parts(25_000_000, 6_000)
			.saturating_add(RocksDbWeight::get().reads(2_u64))
			.saturating_add(RocksDbWeight::get().writes(2_u64))
	}
	fn sight() -> Weight {
		Weight::from_parts(90_000_000, 12_000)
			.saturating_add(RocksDbWeight::get().reads(6_u64))
			.saturating_add(RocksDbWeight::get().writes(4_u64))
	}
	fn extend() -> Weight {
		Weight::from_parts(30_000_000, 9_000)
			.saturating_add(RocksDbWeight::get().reads(3_u64))
			.saturating_add(RocksDbWeight::get().writes(3_u64))
	}
	/// The range of component `n` is `[0, 64]`.
	fn expire(n: u32, ) -> Weight {
		Weight::from_parts(10_000_000, 3_500)
			.saturating_add(Weight::from_parts(15_000_000, 5_300).saturating_mul(n.into()))
			.saturating_add(RocksDbWeight::get().reads(1_u64))
			.saturating_add(RocksDbWeight::get().reads((2_u64).saturating_mul(n.into())))
			.saturating_add(RocksDbWeight::get().writes((2_u64).saturating_mul(n.into())))
	}
}
