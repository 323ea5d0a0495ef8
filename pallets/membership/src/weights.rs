//! Weights of `pallet_cti_membership`, in the form that `frame-omni-bencher` generates.

#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(unused_parens)]
#![allow(unused_imports)]
#![allow(missing_docs)]

use core::marker::PhantomData;
use frame::weights_prelude::*;

/// Weight functions needed for `pallet_cti_membership`.
pub trait WeightInfo {
	fn admit() -> Weight;
	fn suspend() -> Weight;
	fn reinstate() -> Weight;
	fn expel() -> Weight;
	fn leave() -> Weight;
	fn add_delegate() -> Weight;
	fn remove_delegate() -> Weight;
	fn set_encryption_key() -> Weight;
	fn create_group() -> Weight;
	fn set_group_policy() -> Weight;
	fn add_to_group() -> Weight;
	fn remove_from_group() -> Weight;
	fn rekey(w: u32, ) -> Weight;
	fn welcome() -> Weight;
	fn quota_or_fee() -> Weight;
}

/// Weights for `pallet_cti_membership` using the Substrate node and recommended hardware.
pub struct SubstrateWeight<T>(PhantomData<T>);
impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	fn admit() -> Weight {
		Weight::from_parts(250_000_000, 22000)
			.saturating_add(T::DbWeight::get().reads(12_u64))
			.saturating_add(T::DbWeight::get().writes(12_u64))
	}
	fn suspend() -> Weight {
		Weight::from_parts(900_000_000, 180000)
			.saturating_add(T::DbWeight::get().reads(70_u64))
			.saturating_add(T::DbWeight::get().writes(68_u64))
	}
	fn reinstate() -> Weight {
		Weight::from_parts(900_000_000, 180000)
			.saturating_add(T::DbWeight::get().reads(69_u64))
			.saturating_add(T::DbWeight::get().writes(67_u64))
	}
	fn expel() -> Weight {
		Weight::from_parts(1_400_000_000, 190000)
			.saturating_add(T::DbWeight::get().reads(73_u64))
			.saturating_add(T::DbWeight::get().writes(138_u64))
	}
	fn leave() -> Weight {
		Weight::from_parts(1_400_000_000, 190000)
			.saturating_add(T::DbWeight::get().reads(74_u64))
			.saturating_add(T::DbWeight::get().writes(138_u64))
	}
	fn add_delegate() -> Weight {
		Weight::from_parts(40_000_000, 6000)
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	fn remove_delegate() -> Weight {
		Weight::from_parts(45_000_000, 7000)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	fn set_encryption_key() -> Weight {
		Weight::from_parts(900_000_000, 180000)
			.saturating_add(T::DbWeight::get().reads(72_u64))
			.saturating_add(T::DbWeight::get().writes(68_u64))
	}
	fn create_group() -> Weight {
		Weight::from_parts(50_000_000, 8000)
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	fn set_group_policy() -> Weight {
		Weight::from_parts(25_000_000, 4000)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	fn add_to_group() -> Weight {
		Weight::from_parts(40_000_000, 8000)
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	fn remove_from_group() -> Weight {
		Weight::from_parts(35_000_000, 6000)
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	/// The range of component `w` is `[1, 255]`.
	fn rekey(w: u32, ) -> Weight {
		Weight::from_parts(110_000_000, 9000)
			.saturating_add(Weight::from_parts(400_000, 0).saturating_mul(w.into()))
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	fn welcome() -> Weight {
		Weight::from_parts(40_000_000, 12000)
			.saturating_add(T::DbWeight::get().reads(7_u64))
	}
	fn quota_or_fee() -> Weight {
		Weight::from_parts(12_000_000, 3600)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
}

// For backwards compatibility and tests.
impl WeightInfo for () {
	fn admit() -> Weight {
		Weight::from_parts(250_000_000, 22000)
			.saturating_add(ParityDbWeight::get().reads(12_u64))
			.saturating_add(ParityDbWeight::get().writes(12_u64))
	}
	fn suspend() -> Weight {
		Weight::from_parts(900_000_000, 180000)
			.saturating_add(ParityDbWeight::get().reads(70_u64))
			.saturating_add(ParityDbWeight::get().writes(68_u64))
	}
	fn reinstate() -> Weight {
		Weight::from_parts(900_000_000, 180000)
			.saturating_add(ParityDbWeight::get().reads(69_u64))
			.saturating_add(ParityDbWeight::get().writes(67_u64))
	}
	fn expel() -> Weight {
		Weight::from_parts(1_400_000_000, 190000)
			.saturating_add(ParityDbWeight::get().reads(73_u64))
			.saturating_add(ParityDbWeight::get().writes(138_u64))
	}
	fn leave() -> Weight {
		Weight::from_parts(1_400_000_000, 190000)
			.saturating_add(ParityDbWeight::get().reads(74_u64))
			.saturating_add(ParityDbWeight::get().writes(138_u64))
	}
	fn add_delegate() -> Weight {
		Weight::from_parts(40_000_000, 6000)
			.saturating_add(ParityDbWeight::get().reads(6_u64))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
	}
	fn remove_delegate() -> Weight {
		Weight::from_parts(45_000_000, 7000)
			.saturating_add(ParityDbWeight::get().reads(5_u64))
			.saturating_add(ParityDbWeight::get().writes(5_u64))
	}
	fn set_encryption_key() -> Weight {
		Weight::from_parts(900_000_000, 180000)
			.saturating_add(ParityDbWeight::get().reads(72_u64))
			.saturating_add(ParityDbWeight::get().writes(68_u64))
	}
	fn create_group() -> Weight {
		Weight::from_parts(50_000_000, 8000)
			.saturating_add(ParityDbWeight::get().reads(6_u64))
			.saturating_add(ParityDbWeight::get().writes(5_u64))
	}
	fn set_group_policy() -> Weight {
		Weight::from_parts(25_000_000, 4000)
			.saturating_add(ParityDbWeight::get().reads(3_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn add_to_group() -> Weight {
		Weight::from_parts(40_000_000, 8000)
			.saturating_add(ParityDbWeight::get().reads(6_u64))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
	}
	fn remove_from_group() -> Weight {
		Weight::from_parts(35_000_000, 6000)
			.saturating_add(ParityDbWeight::get().reads(6_u64))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
	}
	/// The range of component `w` is `[1, 255]`.
	fn rekey(w: u32, ) -> Weight {
		Weight::from_parts(110_000_000, 9000)
			.saturating_add(Weight::from_parts(400_000, 0).saturating_mul(w.into()))
			.saturating_add(ParityDbWeight::get().reads(6_u64))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
	}
	fn welcome() -> Weight {
		Weight::from_parts(40_000_000, 12000)
			.saturating_add(ParityDbWeight::get().reads(7_u64))
	}
	fn quota_or_fee() -> Weight {
		Weight::from_parts(12_000_000, 3600)
			.saturating_add(ParityDbWeight::get().reads(3_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
}
