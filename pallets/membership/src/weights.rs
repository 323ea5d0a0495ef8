
//! Weights of `pallet_cti_membership`, written by `scripts/weights`: do not edit.
//!
//! Measured 2026-11-25 with 2 steps and 1 repeats, Wasm execution Compiled, on AMD EPYC.

#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(unused_parens)]
#![allow(unused_imports)]
#![allow(missing_docs)]

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
	fn report_bad_wrap() -> Weight;
	fn set_group_owner() -> Weight;
	fn set_deputies() -> Weight;
	fn replace_controller() -> Weight;
	fn enact() -> Weight;
	fn bond_collator() -> Weight;
	fn unbond_collator() -> Weight;
	fn quota_or_fee() -> Weight;
}

/// Weights of `pallet_cti_membership` with the runtime's database.
pub struct SubstrateWeight<T>(PhantomData<T>);
impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	/// Storage: `Membership::Accounts` (r:1 w:1)
	/// Proof: `Membership::Accounts` (`max_values`: None, `max_size`: Some(53), added: 2528, mode: `MaxEncodedLen`)
	/// Storage: `Membership::RetiredAccounts` (r:1 w:0)
	/// Proof: `Membership::RetiredAccounts` (`max_values`: None, `max_size`: Some(52), added: 2527, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Activity` (r:1 w:1)
	/// Proof: `Membership::Activity` (`max_values`: None, `max_size`: Some(29), added: 2504, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Membership::NextMember` (r:1 w:1)
	/// Proof: `Membership::NextMember` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Membership::SeatHolders` (r:1 w:1)
	/// Proof: `Membership::SeatHolders` (`max_values`: Some(1), `max_size`: Some(8162), added: 8657, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:2 w:2)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Membership::ActiveMembers` (r:1 w:1)
	/// Proof: `Membership::ActiveMembers` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Consortium::Proposals` (r:1 w:0)
	/// Proof: `Consortium::Proposals` (`max_values`: Some(1), `max_size`: None, mode: `Measured`)
	/// Storage: `Consortium::Voting` (r:20 w:20)
	/// Proof: `Consortium::Voting` (`max_values`: None, `max_size`: None, mode: `Measured`)
	/// Storage: `Membership::Groups` (r:1 w:1)
	/// Proof: `Membership::Groups` (`max_values`: None, `max_size`: Some(49), added: 2524, mode: `MaxEncodedLen`)
	/// Storage: `Membership::EncryptionKeys` (r:0 w:1)
	/// Proof: `Membership::EncryptionKeys` (`max_values`: None, `max_size`: Some(1269), added: 3744, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Members` (r:0 w:1)
	/// Proof: `Membership::Members` (`max_values`: None, `max_size`: Some(121), added: 2596, mode: `MaxEncodedLen`)
	/// Storage: `Consortium::Members` (r:0 w:1)
	/// Proof: `Consortium::Members` (`max_values`: Some(1), `max_size`: None, mode: `Measured`)
	/// Storage: `Consortium::Prime` (r:0 w:1)
	/// Proof: `Consortium::Prime` (`max_values`: Some(1), `max_size`: None, mode: `Measured`)
	fn admit() -> Weight {
		// Proof size, measured: 175296 bytes.
		// Shortest run: 836_288_000 picoseconds.
		Weight::from_parts(944_652_000, 225786)
			.saturating_add(T::DbWeight::get().reads(31_u64))
			.saturating_add(T::DbWeight::get().writes(32_u64))
	}
	/// Storage: `Membership::Activity` (r:1 w:1)
	/// Proof: `Membership::Activity` (`max_values`: None, `max_size`: Some(29), added: 2504, mode: `MaxEncodedLen`)
	/// Storage: `Membership::ActiveMembers` (r:1 w:1)
	/// Proof: `Membership::ActiveMembers` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Membership::GroupsOf` (r:1 w:0)
	/// Proof: `Membership::GroupsOf` (`max_values`: None, `max_size`: Some(270), added: 2745, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Groups` (r:65 w:65)
	/// Proof: `Membership::Groups` (`max_values`: None, `max_size`: Some(49), added: 2524, mode: `MaxEncodedLen`)
	/// Storage: `Membership::EncryptionKeys` (r:1 w:0)
	/// Proof: `Membership::EncryptionKeys` (`max_values`: None, `max_size`: Some(1269), added: 3744, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Departures` (r:1 w:1)
	/// Proof: `Membership::Departures` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	fn suspend() -> Weight {
		// Proof size, measured: 4205 bytes.
		// Shortest run: 536_406_000 picoseconds.
		Weight::from_parts(703_460_000, 165050)
			.saturating_add(T::DbWeight::get().reads(70_u64))
			.saturating_add(T::DbWeight::get().writes(68_u64))
	}
	/// Storage: `Membership::Activity` (r:1 w:1)
	/// Proof: `Membership::Activity` (`max_values`: None, `max_size`: Some(29), added: 2504, mode: `MaxEncodedLen`)
	/// Storage: `Membership::ActiveMembers` (r:1 w:1)
	/// Proof: `Membership::ActiveMembers` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Membership::GroupsOf` (r:1 w:0)
	/// Proof: `Membership::GroupsOf` (`max_values`: None, `max_size`: Some(270), added: 2745, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Groups` (r:65 w:65)
	/// Proof: `Membership::Groups` (`max_values`: None, `max_size`: Some(49), added: 2524, mode: `MaxEncodedLen`)
	/// Storage: `Membership::EncryptionKeys` (r:1 w:0)
	/// Proof: `Membership::EncryptionKeys` (`max_values`: None, `max_size`: Some(1269), added: 3744, mode: `MaxEncodedLen`)
	fn reinstate() -> Weight {
		// Proof size, measured: 4174 bytes.
		// Shortest run: 536_186_000 picoseconds.
		Weight::from_parts(702_288_000, 165050)
			.saturating_add(T::DbWeight::get().reads(69_u64))
			.saturating_add(T::DbWeight::get().writes(67_u64))
	}
	/// Storage: `Membership::Activity` (r:1 w:1)
	/// Proof: `Membership::Activity` (`max_values`: None, `max_size`: Some(29), added: 2504, mode: `MaxEncodedLen`)
	/// Storage: `Membership::ActiveMembers` (r:1 w:1)
	/// Proof: `Membership::ActiveMembers` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Membership::GroupsOf` (r:1 w:1)
	/// Proof: `Membership::GroupsOf` (`max_values`: None, `max_size`: Some(270), added: 2745, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Groups` (r:65 w:65)
	/// Proof: `Membership::Groups` (`max_values`: None, `max_size`: Some(49), added: 2524, mode: `MaxEncodedLen`)
	/// Storage: `Membership::EncryptionKeys` (r:1 w:1)
	/// Proof: `Membership::EncryptionKeys` (`max_values`: None, `max_size`: Some(1269), added: 3744, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Departures` (r:1 w:1)
	/// Proof: `Membership::Departures` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Members` (r:1 w:0)
	/// Proof: `Membership::Members` (`max_values`: None, `max_size`: Some(121), added: 2596, mode: `MaxEncodedLen`)
	/// Storage: `Membership::SeatHolders` (r:1 w:1)
	/// Proof: `Membership::SeatHolders` (`max_values`: Some(1), `max_size`: Some(8162), added: 8657, mode: `MaxEncodedLen`)
	/// Storage: `Consortium::Proposals` (r:1 w:0)
	/// Proof: `Consortium::Proposals` (`max_values`: Some(1), `max_size`: None, mode: `Measured`)
	/// Storage: `Consortium::Voting` (r:20 w:20)
	/// Proof: `Consortium::Voting` (`max_values`: None, `max_size`: None, mode: `Measured`)
	/// Storage: `Membership::GroupMembers` (r:0 w:64)
	/// Proof: `Membership::GroupMembers` (`max_values`: None, `max_size`: Some(24), added: 2499, mode: `MaxEncodedLen`)
	/// Storage: `Membership::LastKeyReport` (r:0 w:1)
	/// Proof: `Membership::LastKeyReport` (`max_values`: None, `max_size`: Some(20), added: 2495, mode: `MaxEncodedLen`)
	/// Storage: `Consortium::Members` (r:0 w:1)
	/// Proof: `Consortium::Members` (`max_values`: Some(1), `max_size`: None, mode: `Measured`)
	/// Storage: `Consortium::Prime` (r:0 w:1)
	/// Proof: `Consortium::Prime` (`max_values`: Some(1), `max_size`: None, mode: `Measured`)
	fn expel() -> Weight {
		// Proof size, measured: 179901 bytes.
		// Shortest run: 1_317_241_000 picoseconds.
		Weight::from_parts(1_785_589_000, 230391)
			.saturating_add(T::DbWeight::get().reads(93_u64))
			.saturating_add(T::DbWeight::get().writes(158_u64))
	}
	/// Storage: `Membership::Accounts` (r:1 w:0)
	/// Proof: `Membership::Accounts` (`max_values`: None, `max_size`: Some(53), added: 2528, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Activity` (r:1 w:1)
	/// Proof: `Membership::Activity` (`max_values`: None, `max_size`: Some(29), added: 2504, mode: `MaxEncodedLen`)
	/// Storage: `Membership::ActiveMembers` (r:1 w:1)
	/// Proof: `Membership::ActiveMembers` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Membership::GroupsOf` (r:1 w:1)
	/// Proof: `Membership::GroupsOf` (`max_values`: None, `max_size`: Some(270), added: 2745, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Groups` (r:65 w:65)
	/// Proof: `Membership::Groups` (`max_values`: None, `max_size`: Some(49), added: 2524, mode: `MaxEncodedLen`)
	/// Storage: `Membership::EncryptionKeys` (r:1 w:1)
	/// Proof: `Membership::EncryptionKeys` (`max_values`: None, `max_size`: Some(1269), added: 3744, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Departures` (r:1 w:1)
	/// Proof: `Membership::Departures` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Members` (r:1 w:0)
	/// Proof: `Membership::Members` (`max_values`: None, `max_size`: Some(121), added: 2596, mode: `MaxEncodedLen`)
	/// Storage: `Membership::SeatHolders` (r:1 w:1)
	/// Proof: `Membership::SeatHolders` (`max_values`: Some(1), `max_size`: Some(8162), added: 8657, mode: `MaxEncodedLen`)
	/// Storage: `Consortium::Proposals` (r:1 w:0)
	/// Proof: `Consortium::Proposals` (`max_values`: Some(1), `max_size`: None, mode: `Measured`)
	/// Storage: `Consortium::Voting` (r:20 w:20)
	/// Proof: `Consortium::Voting` (`max_values`: None, `max_size`: None, mode: `Measured`)
	/// Storage: `Membership::GroupMembers` (r:0 w:64)
	/// Proof: `Membership::GroupMembers` (`max_values`: None, `max_size`: Some(24), added: 2499, mode: `MaxEncodedLen`)
	/// Storage: `Membership::LastKeyReport` (r:0 w:1)
	/// Proof: `Membership::LastKeyReport` (`max_values`: None, `max_size`: Some(20), added: 2495, mode: `MaxEncodedLen`)
	/// Storage: `Consortium::Members` (r:0 w:1)
	/// Proof: `Consortium::Members` (`max_values`: Some(1), `max_size`: None, mode: `Measured`)
	/// Storage: `Consortium::Prime` (r:0 w:1)
	/// Proof: `Consortium::Prime` (`max_values`: Some(1), `max_size`: None, mode: `Measured`)
	fn leave() -> Weight {
		// Proof size, measured: 180782 bytes.
		// Shortest run: 1_428_570_000 picoseconds.
		Weight::from_parts(2_309_502_000, 231272)
			.saturating_add(T::DbWeight::get().reads(94_u64))
			.saturating_add(T::DbWeight::get().writes(158_u64))
	}
	/// Storage: `Membership::Accounts` (r:2 w:1)
	/// Proof: `Membership::Accounts` (`max_values`: None, `max_size`: Some(53), added: 2528, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Activity` (r:1 w:0)
	/// Proof: `Membership::Activity` (`max_values`: None, `max_size`: Some(29), added: 2504, mode: `MaxEncodedLen`)
	/// Storage: `Membership::RetiredAccounts` (r:1 w:0)
	/// Proof: `Membership::RetiredAccounts` (`max_values`: None, `max_size`: Some(52), added: 2527, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Members` (r:1 w:1)
	/// Proof: `Membership::Members` (`max_values`: None, `max_size`: Some(121), added: 2596, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	fn add_delegate() -> Weight {
		// Proof size, measured: 967 bytes.
		// Shortest run: 75_853_000 picoseconds.
		Weight::from_parts(113_292_000, 6046)
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	/// Storage: `Membership::Accounts` (r:2 w:1)
	/// Proof: `Membership::Accounts` (`max_values`: None, `max_size`: Some(53), added: 2528, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Activity` (r:1 w:0)
	/// Proof: `Membership::Activity` (`max_values`: None, `max_size`: Some(29), added: 2504, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Members` (r:1 w:1)
	/// Proof: `Membership::Members` (`max_values`: None, `max_size`: Some(121), added: 2596, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Membership::RetiredAccounts` (r:0 w:1)
	/// Proof: `Membership::RetiredAccounts` (`max_values`: None, `max_size`: Some(52), added: 2527, mode: `MaxEncodedLen`)
	/// Storage: `Membership::EncryptionKeys` (r:0 w:1)
	/// Proof: `Membership::EncryptionKeys` (`max_values`: None, `max_size`: Some(1269), added: 3744, mode: `MaxEncodedLen`)
	fn remove_delegate() -> Weight {
		// Proof size, measured: 1128 bytes.
		// Shortest run: 86_532_000 picoseconds.
		Weight::from_parts(138_640_000, 6046)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	/// Storage: `Membership::Accounts` (r:1 w:0)
	/// Proof: `Membership::Accounts` (`max_values`: None, `max_size`: Some(53), added: 2528, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Activity` (r:1 w:0)
	/// Proof: `Membership::Activity` (`max_values`: None, `max_size`: Some(29), added: 2504, mode: `MaxEncodedLen`)
	/// Storage: `Membership::EncryptionKeys` (r:1 w:1)
	/// Proof: `Membership::EncryptionKeys` (`max_values`: None, `max_size`: Some(1269), added: 3744, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Membership::LastKeyReport` (r:1 w:1)
	/// Proof: `Membership::LastKeyReport` (`max_values`: None, `max_size`: Some(20), added: 2495, mode: `MaxEncodedLen`)
	/// Storage: `Membership::GroupsOf` (r:1 w:0)
	/// Proof: `Membership::GroupsOf` (`max_values`: None, `max_size`: Some(270), added: 2745, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Groups` (r:65 w:65)
	/// Proof: `Membership::Groups` (`max_values`: None, `max_size`: Some(49), added: 2524, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Departures` (r:1 w:1)
	/// Proof: `Membership::Departures` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	fn set_encryption_key() -> Weight {
		// Proof size, measured: 5819 bytes.
		// Shortest run: 668_574_000 picoseconds.
		Weight::from_parts(1_144_677_000, 165050)
			.saturating_add(T::DbWeight::get().reads(72_u64))
			.saturating_add(T::DbWeight::get().writes(68_u64))
	}
	/// Storage: `Membership::Accounts` (r:1 w:0)
	/// Proof: `Membership::Accounts` (`max_values`: None, `max_size`: Some(53), added: 2528, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Activity` (r:1 w:0)
	/// Proof: `Membership::Activity` (`max_values`: None, `max_size`: Some(29), added: 2504, mode: `MaxEncodedLen`)
	/// Storage: `Membership::EncryptionKeys` (r:1 w:0)
	/// Proof: `Membership::EncryptionKeys` (`max_values`: None, `max_size`: Some(1269), added: 3744, mode: `MaxEncodedLen`)
	/// Storage: `Membership::NextGroup` (r:1 w:1)
	/// Proof: `Membership::NextGroup` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Membership::GroupsOf` (r:1 w:1)
	/// Proof: `Membership::GroupsOf` (`max_values`: None, `max_size`: Some(270), added: 2745, mode: `MaxEncodedLen`)
	/// Storage: `Membership::GroupMembers` (r:0 w:1)
	/// Proof: `Membership::GroupMembers` (`max_values`: None, `max_size`: Some(24), added: 2499, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Groups` (r:0 w:1)
	/// Proof: `Membership::Groups` (`max_values`: None, `max_size`: Some(49), added: 2524, mode: `MaxEncodedLen`)
	/// Storage: `Membership::GroupNames` (r:0 w:1)
	/// Proof: `Membership::GroupNames` (`max_values`: None, `max_size`: Some(78), added: 2553, mode: `MaxEncodedLen`)
	fn create_group() -> Weight {
		// Proof size, measured: 1417 bytes.
		// Shortest run: 114_014_000 picoseconds.
		Weight::from_parts(214_402_000, 4734)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	/// Storage: `Membership::Accounts` (r:1 w:0)
	/// Proof: `Membership::Accounts` (`max_values`: None, `max_size`: Some(53), added: 2528, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Activity` (r:1 w:0)
	/// Proof: `Membership::Activity` (`max_values`: None, `max_size`: Some(29), added: 2504, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Groups` (r:1 w:1)
	/// Proof: `Membership::Groups` (`max_values`: None, `max_size`: Some(49), added: 2524, mode: `MaxEncodedLen`)
	fn set_group_policy() -> Weight {
		// Proof size, measured: 1022 bytes.
		// Shortest run: 58_129_000 picoseconds.
		Weight::from_parts(104_166_000, 3518)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Membership::Accounts` (r:1 w:0)
	/// Proof: `Membership::Accounts` (`max_values`: None, `max_size`: Some(53), added: 2528, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Activity` (r:2 w:0)
	/// Proof: `Membership::Activity` (`max_values`: None, `max_size`: Some(29), added: 2504, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Groups` (r:1 w:1)
	/// Proof: `Membership::Groups` (`max_values`: None, `max_size`: Some(49), added: 2524, mode: `MaxEncodedLen`)
	/// Storage: `Membership::EncryptionKeys` (r:1 w:0)
	/// Proof: `Membership::EncryptionKeys` (`max_values`: None, `max_size`: Some(1269), added: 3744, mode: `MaxEncodedLen`)
	/// Storage: `Membership::GroupsOf` (r:1 w:1)
	/// Proof: `Membership::GroupsOf` (`max_values`: None, `max_size`: Some(270), added: 2745, mode: `MaxEncodedLen`)
	/// Storage: `Membership::GroupMembers` (r:0 w:1)
	/// Proof: `Membership::GroupMembers` (`max_values`: None, `max_size`: Some(24), added: 2499, mode: `MaxEncodedLen`)
	fn add_to_group() -> Weight {
		// Proof size, measured: 2316 bytes.
		// Shortest run: 126_327_000 picoseconds.
		Weight::from_parts(197_531_000, 5998)
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	/// Storage: `Membership::Accounts` (r:1 w:0)
	/// Proof: `Membership::Accounts` (`max_values`: None, `max_size`: Some(53), added: 2528, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Activity` (r:2 w:0)
	/// Proof: `Membership::Activity` (`max_values`: None, `max_size`: Some(29), added: 2504, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Groups` (r:1 w:1)
	/// Proof: `Membership::Groups` (`max_values`: None, `max_size`: Some(49), added: 2524, mode: `MaxEncodedLen`)
	/// Storage: `Membership::GroupMembers` (r:1 w:1)
	/// Proof: `Membership::GroupMembers` (`max_values`: None, `max_size`: Some(24), added: 2499, mode: `MaxEncodedLen`)
	/// Storage: `Membership::GroupsOf` (r:1 w:1)
	/// Proof: `Membership::GroupsOf` (`max_values`: None, `max_size`: Some(270), added: 2745, mode: `MaxEncodedLen`)
	fn remove_from_group() -> Weight {
		// Proof size, measured: 2654 bytes.
		// Shortest run: 118_743_000 picoseconds.
		Weight::from_parts(219_752_000, 5998)
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	/// Storage: `Membership::Accounts` (r:1 w:0)
	/// Proof: `Membership::Accounts` (`max_values`: None, `max_size`: Some(53), added: 2528, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Activity` (r:1 w:0)
	/// Proof: `Membership::Activity` (`max_values`: None, `max_size`: Some(29), added: 2504, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Groups` (r:1 w:1)
	/// Proof: `Membership::Groups` (`max_values`: None, `max_size`: Some(49), added: 2524, mode: `MaxEncodedLen`)
	/// Storage: `Membership::GroupMembers` (r:1 w:0)
	/// Proof: `Membership::GroupMembers` (`max_values`: None, `max_size`: Some(24), added: 2499, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Departures` (r:1 w:0)
	/// Proof: `Membership::Departures` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Epochs` (r:0 w:1)
	/// Proof: `Membership::Epochs` (`max_values`: None, `max_size`: Some(152), added: 2627, mode: `MaxEncodedLen`)
	/// Storage: `Membership::GroupKeys` (r:0 w:1)
	/// Proof: `Membership::GroupKeys` (`max_values`: None, `max_size`: Some(1228), added: 3703, mode: `MaxEncodedLen`)
	/// The range of component `w` is `[1, 255]`.
	fn rekey(w: u32, ) -> Weight {
		// Proof size, measured: 1149 bytes.
		// Shortest run: 162_265_000 picoseconds.
		Weight::from_parts(284_189_409, 3518)
			// Standard error: 28_501
			.saturating_add(Weight::from_parts(3_918_989, 0).saturating_mul(w.into()))
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	/// Storage: `Membership::Accounts` (r:1 w:0)
	/// Proof: `Membership::Accounts` (`max_values`: None, `max_size`: Some(53), added: 2528, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Activity` (r:2 w:0)
	/// Proof: `Membership::Activity` (`max_values`: None, `max_size`: Some(29), added: 2504, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Groups` (r:1 w:0)
	/// Proof: `Membership::Groups` (`max_values`: None, `max_size`: Some(49), added: 2524, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Epochs` (r:1 w:0)
	/// Proof: `Membership::Epochs` (`max_values`: None, `max_size`: Some(152), added: 2627, mode: `MaxEncodedLen`)
	/// Storage: `Membership::GroupMembers` (r:2 w:0)
	/// Proof: `Membership::GroupMembers` (`max_values`: None, `max_size`: Some(24), added: 2499, mode: `MaxEncodedLen`)
	fn welcome() -> Weight {
		// Proof size, measured: 1169 bytes.
		// Shortest run: 97_883_000 picoseconds.
		Weight::from_parts(170_840_000, 5998)
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	// Not measured yet, like those that follow without storage items above them: rough estimates.
	fn report_bad_wrap() -> Weight {
		Weight::from_parts(300_000_000, 11257)
			.saturating_add(T::DbWeight::get().reads(30_u64))
			.saturating_add(T::DbWeight::get().writes(30_u64))
	}
	fn set_group_owner() -> Weight {
		Weight::from_parts(300_000_000, 11257)
			.saturating_add(T::DbWeight::get().reads(30_u64))
			.saturating_add(T::DbWeight::get().writes(30_u64))
	}
	fn set_deputies() -> Weight {
		Weight::from_parts(300_000_000, 11257)
			.saturating_add(T::DbWeight::get().reads(30_u64))
			.saturating_add(T::DbWeight::get().writes(30_u64))
	}
	fn replace_controller() -> Weight {
		Weight::from_parts(300_000_000, 11257)
			.saturating_add(T::DbWeight::get().reads(30_u64))
			.saturating_add(T::DbWeight::get().writes(30_u64))
	}
	fn enact() -> Weight {
		Weight::from_parts(300_000_000, 11257)
			.saturating_add(T::DbWeight::get().reads(30_u64))
			.saturating_add(T::DbWeight::get().writes(30_u64))
	}
	fn bond_collator() -> Weight {
		Weight::from_parts(300_000_000, 11257)
			.saturating_add(T::DbWeight::get().reads(30_u64))
			.saturating_add(T::DbWeight::get().writes(30_u64))
	}
	fn unbond_collator() -> Weight {
		Weight::from_parts(300_000_000, 11257)
			.saturating_add(T::DbWeight::get().reads(30_u64))
			.saturating_add(T::DbWeight::get().writes(30_u64))
	}
	/// Storage: `Membership::Accounts` (r:1 w:0)
	/// Proof: `Membership::Accounts` (`max_values`: None, `max_size`: Some(53), added: 2528, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Activity` (r:1 w:1)
	/// Proof: `Membership::Activity` (`max_values`: None, `max_size`: Some(29), added: 2504, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	fn quota_or_fee() -> Weight {
		// Proof size, measured: 797 bytes.
		// Shortest run: 45_275_000 picoseconds.
		Weight::from_parts(69_600_000, 3518)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
}

/// For tests, which measure nothing.
impl WeightInfo for () {
	fn admit() -> Weight {
		Weight::from_parts(944_652_000, 225786)
	}
	fn suspend() -> Weight {
		Weight::from_parts(703_460_000, 165050)
	}
	fn reinstate() -> Weight {
		Weight::from_parts(702_288_000, 165050)
	}
	fn expel() -> Weight {
		Weight::from_parts(1_785_589_000, 230391)
	}
	fn leave() -> Weight {
		Weight::from_parts(2_309_502_000, 231272)
	}
	fn add_delegate() -> Weight {
		Weight::from_parts(113_292_000, 6046)
	}
	fn remove_delegate() -> Weight {
		Weight::from_parts(138_640_000, 6046)
	}
	fn set_encryption_key() -> Weight {
		Weight::from_parts(1_144_677_000, 165050)
	}
	fn create_group() -> Weight {
		Weight::from_parts(214_402_000, 4734)
	}
	fn set_group_policy() -> Weight {
		Weight::from_parts(104_166_000, 3518)
	}
	fn add_to_group() -> Weight {
		Weight::from_parts(197_531_000, 5998)
	}
	fn remove_from_group() -> Weight {
		Weight::from_parts(219_752_000, 5998)
	}
	fn rekey(_: u32, ) -> Weight {
		Weight::from_parts(284_189_409, 3518)
	}
	fn welcome() -> Weight {
		Weight::from_parts(170_840_000, 5998)
	}
	fn report_bad_wrap() -> Weight {
		Weight::from_parts(300_000_000, 11257)
	}
	fn set_group_owner() -> Weight {
		Weight::from_parts(300_000_000, 11257)
	}
	fn set_deputies() -> Weight {
		Weight::from_parts(300_000_000, 11257)
	}
	fn replace_controller() -> Weight {
		Weight::from_parts(300_000_000, 11257)
	}
	fn enact() -> Weight {
		Weight::from_parts(300_000_000, 11257)
	}
	fn bond_collator() -> Weight {
		Weight::from_parts(300_000_000, 11257)
	}
	fn unbond_collator() -> Weight {
		Weight::from_parts(300_000_000, 11257)
	}
	fn quota_or_fee() -> Weight {
		Weight::from_parts(69_600_000, 3518)
	}
}
