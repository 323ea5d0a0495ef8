
//! Weights of `pallet_attck_taxonomy`, written by `scripts/weights`: do not edit.
//!
//! Measured 2026-11-27 with 10 steps and 5 repeats, Wasm execution Compiled, on Intel(R) Xeon(R) Processor.

#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(unused_parens)]
#![allow(unused_imports)]
#![allow(missing_docs)]

use frame::weights_prelude::*;

/// Weight functions needed for `pallet_attck_taxonomy`.
pub trait WeightInfo {
	fn authorize_import(p: u32, ) -> Weight;
	fn import_page(n: u32, ) -> Weight;
	fn import_last_page(n: u32, ) -> Weight;
	fn abort_import() -> Weight;
	fn clear_retired(n: u32, ) -> Weight;
}

/// Weights of `pallet_attck_taxonomy` with the runtime's database.
pub struct SubstrateWeight<T>(PhantomData<T>);
impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	/// Storage: `AttckTaxonomy::Imports` (r:1 w:1)
	/// Proof: `AttckTaxonomy::Imports` (`max_values`: None, `max_size`: Some(2142), added: 4617, mode: `MaxEncodedLen`)
	/// Storage: `AttckTaxonomy::NextGeneration` (r:1 w:1)
	/// Proof: `AttckTaxonomy::NextGeneration` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// The range of component `p` is `[1, 64]`.
	fn authorize_import(p: u32, ) -> Weight {
		// Proof size, measured: 257 bytes.
		// Shortest run: 25_059_000 picoseconds.
		Weight::from_parts(36_015_930, 5607)
			// Standard error: 3_260
			.saturating_add(Weight::from_parts(49_888, 0).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	/// Storage: `Membership::Accounts` (r:1 w:0)
	/// Proof: `Membership::Accounts` (`max_values`: None, `max_size`: Some(53), added: 2528, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Activity` (r:1 w:0)
	/// Proof: `Membership::Activity` (`max_values`: None, `max_size`: Some(29), added: 2504, mode: `MaxEncodedLen`)
	/// Storage: `AttckTaxonomy::Imports` (r:1 w:1)
	/// Proof: `AttckTaxonomy::Imports` (`max_values`: None, `max_size`: Some(2142), added: 4617, mode: `MaxEncodedLen`)
	/// Storage: `AttckTaxonomy::Staged` (r:1 w:1)
	/// Proof: `AttckTaxonomy::Staged` (`max_values`: None, `max_size`: Some(45067), added: 47542, mode: `MaxEncodedLen`)
	/// Storage: `AttckTaxonomy::Tactics` (r:1 w:1)
	/// Proof: `AttckTaxonomy::Tactics` (`max_values`: None, `max_size`: Some(6358), added: 8833, mode: `MaxEncodedLen`)
	/// Storage: `AttckTaxonomy::Techniques` (r:0 w:64)
	/// Proof: `AttckTaxonomy::Techniques` (`max_values`: None, `max_size`: Some(154), added: 2629, mode: `MaxEncodedLen`)
	/// The range of component `n` is `[0, 64]`.
	fn import_page(n: u32, ) -> Weight {
		// Proof size, measured: 47068 bytes.
		// Shortest run: 281_335_000 picoseconds.
		Weight::from_parts(348_847_337, 48532)
			// Standard error: 36_581
			.saturating_add(Weight::from_parts(8_512_534, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(n.into())))
	}
	/// Storage: `Membership::Accounts` (r:1 w:0)
	/// Proof: `Membership::Accounts` (`max_values`: None, `max_size`: Some(53), added: 2528, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Activity` (r:1 w:0)
	/// Proof: `Membership::Activity` (`max_values`: None, `max_size`: Some(29), added: 2504, mode: `MaxEncodedLen`)
	/// Storage: `AttckTaxonomy::Imports` (r:1 w:1)
	/// Proof: `AttckTaxonomy::Imports` (`max_values`: None, `max_size`: Some(2142), added: 4617, mode: `MaxEncodedLen`)
	/// Storage: `AttckTaxonomy::Staged` (r:1 w:1)
	/// Proof: `AttckTaxonomy::Staged` (`max_values`: None, `max_size`: Some(45067), added: 47542, mode: `MaxEncodedLen`)
	/// Storage: `AttckTaxonomy::Tactics` (r:1 w:2)
	/// Proof: `AttckTaxonomy::Tactics` (`max_values`: None, `max_size`: Some(6358), added: 8833, mode: `MaxEncodedLen`)
	/// Storage: `AttckTaxonomy::TechniqueIndex` (r:1 w:1)
	/// Proof: `AttckTaxonomy::TechniqueIndex` (`max_values`: Some(1), `max_size`: Some(45058), added: 45553, mode: `MaxEncodedLen`)
	/// Storage: `AttckTaxonomy::Catalogues` (r:1 w:1)
	/// Proof: `AttckTaxonomy::Catalogues` (`max_values`: None, `max_size`: Some(19), added: 2494, mode: `MaxEncodedLen`)
	/// Storage: `AttckTaxonomy::Retired` (r:1 w:1)
	/// Proof: `AttckTaxonomy::Retired` (`max_values`: Some(1), `max_size`: Some(41), added: 536, mode: `MaxEncodedLen`)
	/// Storage: `AttckTaxonomy::Techniques` (r:0 w:64)
	/// Proof: `AttckTaxonomy::Techniques` (`max_values`: None, `max_size`: Some(154), added: 2629, mode: `MaxEncodedLen`)
	/// The range of component `n` is `[1, 64]`.
	fn import_last_page(n: u32, ) -> Weight {
		// Proof size, measured: 91052 bytes.
		// Shortest run: 3_907_843_000 picoseconds.
		Weight::from_parts(4_231_428_372, 48532)
			// Standard error: 228_952
			.saturating_add(Weight::from_parts(7_226_185, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().writes(7_u64))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(n.into())))
	}
	/// Storage: `AttckTaxonomy::Imports` (r:1 w:1)
	/// Proof: `AttckTaxonomy::Imports` (`max_values`: None, `max_size`: Some(2142), added: 4617, mode: `MaxEncodedLen`)
	/// Storage: `AttckTaxonomy::Retired` (r:1 w:1)
	/// Proof: `AttckTaxonomy::Retired` (`max_values`: Some(1), `max_size`: Some(41), added: 536, mode: `MaxEncodedLen`)
	/// Storage: `AttckTaxonomy::Staged` (r:0 w:1)
	/// Proof: `AttckTaxonomy::Staged` (`max_values`: None, `max_size`: Some(45067), added: 47542, mode: `MaxEncodedLen`)
	/// Storage: `AttckTaxonomy::Tactics` (r:0 w:1)
	/// Proof: `AttckTaxonomy::Tactics` (`max_values`: None, `max_size`: Some(6358), added: 8833, mode: `MaxEncodedLen`)
	fn abort_import() -> Weight {
		// Proof size, measured: 2368 bytes.
		// Shortest run: 37_943_000 picoseconds.
		Weight::from_parts(58_329_000, 5607)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	/// Storage: `AttckTaxonomy::Retired` (r:1 w:1)
	/// Proof: `AttckTaxonomy::Retired` (`max_values`: Some(1), `max_size`: Some(41), added: 536, mode: `MaxEncodedLen`)
	/// Storage: `AttckTaxonomy::Techniques` (r:32 w:32)
	/// Proof: `AttckTaxonomy::Techniques` (`max_values`: None, `max_size`: Some(154), added: 2629, mode: `MaxEncodedLen`)
	/// The range of component `n` is `[0, 32]`.
	fn clear_retired(n: u32, ) -> Weight {
		// Proof size, measured: 347 + n * (47 ±0) bytes.
		// Shortest run: 23_472_000 picoseconds.
		Weight::from_parts(30_181_100, 1526)
			// Standard error: 3_163
			.saturating_add(Weight::from_parts(1_812_159, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().reads((1_u64).saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(1_u64))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(n.into())))
			.saturating_add(Weight::from_parts(0, 2629).saturating_mul(n.into()))
	}
}

/// For tests, which measure nothing.
impl WeightInfo for () {
	fn authorize_import(_: u32, ) -> Weight {
		Weight::from_parts(36_015_930, 5607)
	}
	fn import_page(_: u32, ) -> Weight {
		Weight::from_parts(348_847_337, 48532)
	}
	fn import_last_page(_: u32, ) -> Weight {
		Weight::from_parts(4_231_428_372, 48532)
	}
	fn abort_import() -> Weight {
		Weight::from_parts(58_329_000, 5607)
	}
	fn clear_retired(_: u32, ) -> Weight {
		Weight::from_parts(30_181_100, 1526)
	}
}
