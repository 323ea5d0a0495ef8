//! Weights of `pallet_attck_taxonomy`.
//!
//! Estimates with the storage accesses of the README's table; a run of the benchmarks writes the measured ones here.

#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(unused_parens)]
#![allow(unused_imports)]
#![allow(missing_docs)]
#![allow(dead_code)]

use frame::weights_prelude::*;

/// Weight functions needed for `pallet_attck_taxonomy`.
pub trait WeightInfo {
	fn authorize_import(p: u32, ) -> Weight;
	fn import_page(n: u32, ) -> Weight;
	fn import_last_page(n: u32, ) -> Weight;
	fn abort_import() -> Weight;
	fn clear_retired(n: u32, ) -> Weight;
}

/// Weights for `pallet_attck_taxonomy`.
pub struct SubstrateWeight<T>(PhantomData<T>);
impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	/// The range of component `p` is `[1, 64]`.
	fn authorize_import(p: u32, ) -> Weight {
		Weight::from_parts(20_000_000, 5_700)
			.saturating_add(Weight::from_parts(40_000, 0).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	/// The range of component `n` is `[0, 64]`.
	fn import_page(n: u32, ) -> Weight {
		Weight::from_parts(900_000_000, 60_000)
			.saturating_add(Weight::from_parts(8_000_000, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(n.into())))
			.saturating_add(Weight::from_parts(0, 2_700).saturating_mul(n.into()))
	}
	/// The range of component `n` is `[1, 64]`.
	fn import_last_page(n: u32, ) -> Weight {
		Weight::from_parts(9_000_000_000, 115_000)
			.saturating_add(Weight::from_parts(8_000_000, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().writes(7_u64))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(n.into())))
			.saturating_add(Weight::from_parts(0, 2_700).saturating_mul(n.into()))
	}
	fn abort_import() -> Weight {
		Weight::from_parts(30_000_000, 5_700)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	/// The range of component `n` is `[0, 32]`.
	fn clear_retired(n: u32, ) -> Weight {
		Weight::from_parts(15_000_000, 3_000)
			.saturating_add(Weight::from_parts(2_000_000, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().reads((1_u64).saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(1_u64))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(n.into())))
			.saturating_add(Weight::from_parts(0, 2_700).saturating_mul(n.into()))
	}
}

// For backwards compatibility and tests.
impl WeightInfo for () {
	/// The range of component `p` is `[1, 64]`.
	fn authorize_import(p: u32, ) -> Weight {
		Weight::from_parts(20_000_000, 5_700)
			.saturating_add(Weight::from_parts(40_000, 0).saturating_mul(p.into()))
			.saturating_add(ParityDbWeight::get().reads(2_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	/// The range of component `n` is `[0, 64]`.
	fn import_page(n: u32, ) -> Weight {
		Weight::from_parts(900_000_000, 60_000)
			.saturating_add(Weight::from_parts(8_000_000, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads(5_u64))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
			.saturating_add(ParityDbWeight::get().writes((1_u64).saturating_mul(n.into())))
			.saturating_add(Weight::from_parts(0, 2_700).saturating_mul(n.into()))
	}
	/// The range of component `n` is `[1, 64]`.
	fn import_last_page(n: u32, ) -> Weight {
		Weight::from_parts(9_000_000_000, 115_000)
			.saturating_add(Weight::from_parts(8_000_000, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads(8_u64))
			.saturating_add(ParityDbWeight::get().writes(7_u64))
			.saturating_add(ParityDbWeight::get().writes((1_u64).saturating_mul(n.into())))
			.saturating_add(Weight::from_parts(0, 2_700).saturating_mul(n.into()))
	}
	fn abort_import() -> Weight {
		Weight::from_parts(30_000_000, 5_700)
			.saturating_add(ParityDbWeight::get().reads(2_u64))
			.saturating_add(ParityDbWeight::get().writes(4_u64))
	}
	/// The range of component `n` is `[0, 32]`.
	fn clear_retired(n: u32, ) -> Weight {
		Weight::from_parts(15_000_000, 3_000)
			.saturating_add(Weight::from_parts(2_000_000, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads(1_u64))
			.saturating_add(ParityDbWeight::get().reads((1_u64).saturating_mul(n.into())))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
			.saturating_add(ParityDbWeight::get().writes((1_u64).saturating_mul(n.into())))
			.saturating_add(Weight::from_parts(0, 2_700).saturating_mul(n.into()))
	}
}
