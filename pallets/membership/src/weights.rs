
//! Weights of `pallet_cti_membership`, written by `scripts/weights`: do not edit.
//!
//! Measured 2026-11-28 with 10 steps and 5 repeats, Wasm execution Compiled, on Intel(R) Xeon(R) Processor.

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
	fn set_group_quality() -> Weight;
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
	/// Storage: `Membership::Successors` (r:1 w:1)
	/// Proof: `Membership::Successors` (`max_values`: None, `max_size`: Some(16), added: 2491, mode: `MaxEncodedLen`)
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
	/// Storage: `Membership::FirstIdentities` (r:1 w:1)
	/// Proof: `Membership::FirstIdentities` (`max_values`: None, `max_size`: Some(16), added: 2491, mode: `MaxEncodedLen`)
	/// Storage: `Consortium::Proposals` (r:1 w:0)
	/// Proof: `Consortium::Proposals` (`max_values`: Some(1), `max_size`: None, mode: `Measured`)
	/// Storage: `Consortium::Voting` (r:20 w:20)
	/// Proof: `Consortium::Voting` (`max_values`: None, `max_size`: None, mode: `Measured`)
	/// Storage: `Membership::Groups` (r:1 w:1)
	/// Proof: `Membership::Groups` (`max_values`: None, `max_size`: Some(56), added: 2531, mode: `MaxEncodedLen`)
	/// Storage: `Membership::EncryptionKeys` (r:0 w:1)
	/// Proof: `Membership::EncryptionKeys` (`max_values`: None, `max_size`: Some(1269), added: 3744, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Members` (r:0 w:1)
	/// Proof: `Membership::Members` (`max_values`: None, `max_size`: Some(121), added: 2596, mode: `MaxEncodedLen`)
	/// Storage: `Consortium::Members` (r:0 w:1)
	/// Proof: `Consortium::Members` (`max_values`: Some(1), `max_size`: None, mode: `Measured`)
	/// Storage: `Consortium::Prime` (r:0 w:1)
	/// Proof: `Consortium::Prime` (`max_values`: Some(1), `max_size`: None, mode: `Measured`)
	fn admit() -> Weight {
		// Proof size, measured: 175332 bytes.
		// Shortest run: 670_250_000 picoseconds.
		Weight::from_parts(866_657_000, 225822)
			.saturating_add(T::DbWeight::get().reads(33_u64))
			.saturating_add(T::DbWeight::get().writes(34_u64))
	}
	/// Storage: `Membership::Activity` (r:1 w:1)
	/// Proof: `Membership::Activity` (`max_values`: None, `max_size`: Some(29), added: 2504, mode: `MaxEncodedLen`)
	/// Storage: `Membership::ActiveMembers` (r:1 w:1)
	/// Proof: `Membership::ActiveMembers` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Membership::GroupsOf` (r:1 w:0)
	/// Proof: `Membership::GroupsOf` (`max_values`: None, `max_size`: Some(270), added: 2745, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Groups` (r:65 w:65)
	/// Proof: `Membership::Groups` (`max_values`: None, `max_size`: Some(56), added: 2531, mode: `MaxEncodedLen`)
	/// Storage: `Membership::EncryptionKeys` (r:1 w:0)
	/// Proof: `Membership::EncryptionKeys` (`max_values`: None, `max_size`: Some(1269), added: 3744, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Departures` (r:1 w:1)
	/// Proof: `Membership::Departures` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	fn suspend() -> Weight {
		// Proof size, measured: 4320 bytes.
		// Shortest run: 483_351_000 picoseconds.
		Weight::from_parts(584_207_000, 165505)
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
	/// Proof: `Membership::Groups` (`max_values`: None, `max_size`: Some(56), added: 2531, mode: `MaxEncodedLen`)
	/// Storage: `Membership::EncryptionKeys` (r:1 w:0)
	/// Proof: `Membership::EncryptionKeys` (`max_values`: None, `max_size`: Some(1269), added: 3744, mode: `MaxEncodedLen`)
	fn reinstate() -> Weight {
		// Proof size, measured: 4289 bytes.
		// Shortest run: 475_921_000 picoseconds.
		Weight::from_parts(543_195_000, 165505)
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
	/// Proof: `Membership::Groups` (`max_values`: None, `max_size`: Some(56), added: 2531, mode: `MaxEncodedLen`)
	/// Storage: `Membership::EncryptionKeys` (r:1 w:1)
	/// Proof: `Membership::EncryptionKeys` (`max_values`: None, `max_size`: Some(1269), added: 3744, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Departures` (r:1 w:1)
	/// Proof: `Membership::Departures` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Members` (r:1 w:0)
	/// Proof: `Membership::Members` (`max_values`: None, `max_size`: Some(121), added: 2596, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Collators` (r:1 w:0)
	/// Proof: `Membership::Collators` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
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
		// Proof size, measured: 180034 bytes.
		// Shortest run: 1_115_840_000 picoseconds.
		Weight::from_parts(1_745_874_000, 230524)
			.saturating_add(T::DbWeight::get().reads(94_u64))
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
	/// Proof: `Membership::Groups` (`max_values`: None, `max_size`: Some(56), added: 2531, mode: `MaxEncodedLen`)
	/// Storage: `Membership::EncryptionKeys` (r:1 w:1)
	/// Proof: `Membership::EncryptionKeys` (`max_values`: None, `max_size`: Some(1269), added: 3744, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Departures` (r:1 w:1)
	/// Proof: `Membership::Departures` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Members` (r:1 w:0)
	/// Proof: `Membership::Members` (`max_values`: None, `max_size`: Some(121), added: 2596, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Collators` (r:1 w:0)
	/// Proof: `Membership::Collators` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
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
		// Proof size, measured: 180915 bytes.
		// Shortest run: 1_233_961_000 picoseconds.
		Weight::from_parts(1_371_761_000, 231405)
			.saturating_add(T::DbWeight::get().reads(95_u64))
			.saturating_add(T::DbWeight::get().writes(158_u64))
	}
	/// Storage: `Membership::Accounts` (r:2 w:1)
	/// Proof: `Membership::Accounts` (`max_values`: None, `max_size`: Some(53), added: 2528, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Activity` (r:1 w:0)
	/// Proof: `Membership::Activity` (`max_values`: None, `max_size`: Some(29), added: 2504, mode: `MaxEncodedLen`)
	/// Storage: `Membership::RetiredAccounts` (r:1 w:0)
	/// Proof: `Membership::RetiredAccounts` (`max_values`: None, `max_size`: Some(52), added: 2527, mode: `MaxEncodedLen`)
	/// Storage: `Membership::DelegatesOf` (r:1 w:1)
	/// Proof: `Membership::DelegatesOf` (`max_values`: None, `max_size`: Some(525), added: 3000, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Members` (r:1 w:1)
	/// Proof: `Membership::Members` (`max_values`: None, `max_size`: Some(121), added: 2596, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	fn add_delegate() -> Weight {
		// Proof size, measured: 1163 bytes.
		// Shortest run: 77_371_000 picoseconds.
		Weight::from_parts(97_605_000, 6046)
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	/// Storage: `Membership::Accounts` (r:2 w:1)
	/// Proof: `Membership::Accounts` (`max_values`: None, `max_size`: Some(53), added: 2528, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Activity` (r:1 w:0)
	/// Proof: `Membership::Activity` (`max_values`: None, `max_size`: Some(29), added: 2504, mode: `MaxEncodedLen`)
	/// Storage: `Membership::DelegatesOf` (r:1 w:1)
	/// Proof: `Membership::DelegatesOf` (`max_values`: None, `max_size`: Some(525), added: 3000, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Members` (r:1 w:1)
	/// Proof: `Membership::Members` (`max_values`: None, `max_size`: Some(121), added: 2596, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Membership::RetiredAccounts` (r:0 w:1)
	/// Proof: `Membership::RetiredAccounts` (`max_values`: None, `max_size`: Some(52), added: 2527, mode: `MaxEncodedLen`)
	/// Storage: `Membership::EncryptionKeys` (r:0 w:1)
	/// Proof: `Membership::EncryptionKeys` (`max_values`: None, `max_size`: Some(1269), added: 3744, mode: `MaxEncodedLen`)
	/// Storage: `Membership::AnalystNumbers` (r:0 w:1)
	/// Proof: `Membership::AnalystNumbers` (`max_values`: None, `max_size`: Some(52), added: 2527, mode: `MaxEncodedLen`)
	fn remove_delegate() -> Weight {
		// Proof size, measured: 1398 bytes.
		// Shortest run: 88_913_000 picoseconds.
		Weight::from_parts(113_393_000, 6046)
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().writes(7_u64))
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
	/// Proof: `Membership::Groups` (`max_values`: None, `max_size`: Some(56), added: 2531, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Departures` (r:1 w:1)
	/// Proof: `Membership::Departures` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	fn set_encryption_key() -> Weight {
		// Proof size, measured: 5967 bytes.
		// Shortest run: 548_626_000 picoseconds.
		Weight::from_parts(629_838_000, 165505)
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
	/// Proof: `Membership::Groups` (`max_values`: None, `max_size`: Some(56), added: 2531, mode: `MaxEncodedLen`)
	/// Storage: `Membership::GroupNames` (r:0 w:1)
	/// Proof: `Membership::GroupNames` (`max_values`: None, `max_size`: Some(78), added: 2553, mode: `MaxEncodedLen`)
	fn create_group() -> Weight {
		// Proof size, measured: 1517 bytes.
		// Shortest run: 100_606_000 picoseconds.
		Weight::from_parts(125_354_000, 4734)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	/// Storage: `Membership::Accounts` (r:1 w:0)
	/// Proof: `Membership::Accounts` (`max_values`: None, `max_size`: Some(53), added: 2528, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Activity` (r:1 w:0)
	/// Proof: `Membership::Activity` (`max_values`: None, `max_size`: Some(29), added: 2504, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Groups` (r:1 w:1)
	/// Proof: `Membership::Groups` (`max_values`: None, `max_size`: Some(56), added: 2531, mode: `MaxEncodedLen`)
	fn set_group_policy() -> Weight {
		// Proof size, measured: 1058 bytes.
		// Shortest run: 47_208_000 picoseconds.
		Weight::from_parts(58_587_000, 3521)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Membership::Accounts` (r:1 w:0)
	/// Proof: `Membership::Accounts` (`max_values`: None, `max_size`: Some(53), added: 2528, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Activity` (r:1 w:0)
	/// Proof: `Membership::Activity` (`max_values`: None, `max_size`: Some(29), added: 2504, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Groups` (r:1 w:0)
	/// Proof: `Membership::Groups` (`max_values`: None, `max_size`: Some(56), added: 2531, mode: `MaxEncodedLen`)
	/// Storage: `Membership::GroupQuality` (r:0 w:1)
	/// Proof: `Membership::GroupQuality` (`max_values`: None, `max_size`: Some(9534), added: 12009, mode: `MaxEncodedLen`)
	fn set_group_quality() -> Weight {
		// Proof size, measured: 1058 bytes.
		// Shortest run: 112_778_000 picoseconds.
		Weight::from_parts(136_370_000, 3521)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Membership::Accounts` (r:1 w:0)
	/// Proof: `Membership::Accounts` (`max_values`: None, `max_size`: Some(53), added: 2528, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Activity` (r:2 w:0)
	/// Proof: `Membership::Activity` (`max_values`: None, `max_size`: Some(29), added: 2504, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Groups` (r:64 w:1)
	/// Proof: `Membership::Groups` (`max_values`: None, `max_size`: Some(56), added: 2531, mode: `MaxEncodedLen`)
	/// Storage: `Membership::EncryptionKeys` (r:1 w:0)
	/// Proof: `Membership::EncryptionKeys` (`max_values`: None, `max_size`: Some(1269), added: 3744, mode: `MaxEncodedLen`)
	/// Storage: `Membership::FirstIdentities` (r:1 w:0)
	/// Proof: `Membership::FirstIdentities` (`max_values`: None, `max_size`: Some(16), added: 2491, mode: `MaxEncodedLen`)
	/// Storage: `Reputation::Ledgers` (r:1 w:0)
	/// Proof: `Reputation::Ledgers` (`max_values`: None, `max_size`: Some(76), added: 2551, mode: `MaxEncodedLen`)
	/// Storage: `Membership::GroupsOf` (r:1 w:1)
	/// Proof: `Membership::GroupsOf` (`max_values`: None, `max_size`: Some(270), added: 2745, mode: `MaxEncodedLen`)
	/// Storage: `Membership::GroupMembers` (r:0 w:1)
	/// Proof: `Membership::GroupMembers` (`max_values`: None, `max_size`: Some(24), added: 2499, mode: `MaxEncodedLen`)
	fn add_to_group() -> Weight {
		// Proof size, measured: 4853 bytes.
		// Shortest run: 418_850_000 picoseconds.
		Weight::from_parts(483_954_000, 162974)
			.saturating_add(T::DbWeight::get().reads(71_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	/// Storage: `Membership::Accounts` (r:1 w:0)
	/// Proof: `Membership::Accounts` (`max_values`: None, `max_size`: Some(53), added: 2528, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Activity` (r:2 w:0)
	/// Proof: `Membership::Activity` (`max_values`: None, `max_size`: Some(29), added: 2504, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Groups` (r:1 w:1)
	/// Proof: `Membership::Groups` (`max_values`: None, `max_size`: Some(56), added: 2531, mode: `MaxEncodedLen`)
	/// Storage: `Membership::GroupMembers` (r:1 w:1)
	/// Proof: `Membership::GroupMembers` (`max_values`: None, `max_size`: Some(24), added: 2499, mode: `MaxEncodedLen`)
	/// Storage: `Membership::GroupsOf` (r:1 w:1)
	/// Proof: `Membership::GroupsOf` (`max_values`: None, `max_size`: Some(270), added: 2745, mode: `MaxEncodedLen`)
	fn remove_from_group() -> Weight {
		// Proof size, measured: 2823 bytes.
		// Shortest run: 118_590_000 picoseconds.
		Weight::from_parts(147_592_000, 5998)
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	/// Storage: `Membership::Accounts` (r:1 w:0)
	/// Proof: `Membership::Accounts` (`max_values`: None, `max_size`: Some(53), added: 2528, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Activity` (r:1 w:0)
	/// Proof: `Membership::Activity` (`max_values`: None, `max_size`: Some(29), added: 2504, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Groups` (r:1 w:1)
	/// Proof: `Membership::Groups` (`max_values`: None, `max_size`: Some(56), added: 2531, mode: `MaxEncodedLen`)
	/// Storage: `Membership::GroupMembers` (r:1 w:0)
	/// Proof: `Membership::GroupMembers` (`max_values`: None, `max_size`: Some(24), added: 2499, mode: `MaxEncodedLen`)
	/// Storage: `Membership::LastKeyReport` (r:1 w:0)
	/// Proof: `Membership::LastKeyReport` (`max_values`: None, `max_size`: Some(20), added: 2495, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Departures` (r:1 w:0)
	/// Proof: `Membership::Departures` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Epochs` (r:0 w:1)
	/// Proof: `Membership::Epochs` (`max_values`: None, `max_size`: Some(152), added: 2627, mode: `MaxEncodedLen`)
	/// Storage: `Membership::GroupKeys` (r:0 w:1)
	/// Proof: `Membership::GroupKeys` (`max_values`: None, `max_size`: Some(1228), added: 3703, mode: `MaxEncodedLen`)
	/// The range of component `w` is `[1, 256]`.
	fn rekey(w: u32, ) -> Weight {
		// Proof size, measured: 1185 bytes.
		// Shortest run: 119_770_000 picoseconds.
		Weight::from_parts(236_945_297, 3521)
			// Standard error: 11_343
			.saturating_add(Weight::from_parts(1_712_493, 0).saturating_mul(w.into()))
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	/// Storage: `Membership::Accounts` (r:1 w:0)
	/// Proof: `Membership::Accounts` (`max_values`: None, `max_size`: Some(53), added: 2528, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Activity` (r:2 w:0)
	/// Proof: `Membership::Activity` (`max_values`: None, `max_size`: Some(29), added: 2504, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Groups` (r:1 w:0)
	/// Proof: `Membership::Groups` (`max_values`: None, `max_size`: Some(56), added: 2531, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Epochs` (r:1 w:0)
	/// Proof: `Membership::Epochs` (`max_values`: None, `max_size`: Some(152), added: 2627, mode: `MaxEncodedLen`)
	/// Storage: `Membership::GroupMembers` (r:2 w:0)
	/// Proof: `Membership::GroupMembers` (`max_values`: None, `max_size`: Some(24), added: 2499, mode: `MaxEncodedLen`)
	/// Storage: `Membership::BadWraps` (r:1 w:0)
	/// Proof: `Membership::BadWraps` (`max_values`: None, `max_size`: Some(33), added: 2508, mode: `MaxEncodedLen`)
	fn welcome() -> Weight {
		// Proof size, measured: 1204 bytes.
		// Shortest run: 86_624_000 picoseconds.
		Weight::from_parts(162_534_000, 5998)
			.saturating_add(T::DbWeight::get().reads(8_u64))
	}
	/// Storage: `Membership::Accounts` (r:1 w:0)
	/// Proof: `Membership::Accounts` (`max_values`: None, `max_size`: Some(53), added: 2528, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Activity` (r:1 w:0)
	/// Proof: `Membership::Activity` (`max_values`: None, `max_size`: Some(29), added: 2504, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Groups` (r:1 w:0)
	/// Proof: `Membership::Groups` (`max_values`: None, `max_size`: Some(56), added: 2531, mode: `MaxEncodedLen`)
	/// Storage: `Membership::GroupMembers` (r:1 w:0)
	/// Proof: `Membership::GroupMembers` (`max_values`: None, `max_size`: Some(24), added: 2499, mode: `MaxEncodedLen`)
	/// Storage: `Membership::BadWraps` (r:1 w:1)
	/// Proof: `Membership::BadWraps` (`max_values`: None, `max_size`: Some(33), added: 2508, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Disputes` (r:1 w:1)
	/// Proof: `Membership::Disputes` (`max_values`: None, `max_size`: Some(22), added: 2497, mode: `MaxEncodedLen`)
	fn report_bad_wrap() -> Weight {
		// Proof size, measured: 1145 bytes.
		// Shortest run: 83_600_000 picoseconds.
		Weight::from_parts(158_798_000, 3521)
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	/// Storage: `Membership::Groups` (r:1 w:1)
	/// Proof: `Membership::Groups` (`max_values`: None, `max_size`: Some(56), added: 2531, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Activity` (r:1 w:0)
	/// Proof: `Membership::Activity` (`max_values`: None, `max_size`: Some(29), added: 2504, mode: `MaxEncodedLen`)
	/// Storage: `Membership::EncryptionKeys` (r:1 w:0)
	/// Proof: `Membership::EncryptionKeys` (`max_values`: None, `max_size`: Some(1269), added: 3744, mode: `MaxEncodedLen`)
	/// Storage: `Membership::GroupMembers` (r:1 w:0)
	/// Proof: `Membership::GroupMembers` (`max_values`: None, `max_size`: Some(24), added: 2499, mode: `MaxEncodedLen`)
	/// Storage: `Membership::GroupDeputies` (r:0 w:1)
	/// Proof: `Membership::GroupDeputies` (`max_values`: None, `max_size`: Some(45), added: 2520, mode: `MaxEncodedLen`)
	fn set_group_owner() -> Weight {
		// Proof size, measured: 922 bytes.
		// Shortest run: 59_000_000 picoseconds.
		Weight::from_parts(80_599_000, 4734)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	/// Storage: `Membership::Accounts` (r:1 w:0)
	/// Proof: `Membership::Accounts` (`max_values`: None, `max_size`: Some(53), added: 2528, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Activity` (r:9 w:0)
	/// Proof: `Membership::Activity` (`max_values`: None, `max_size`: Some(29), added: 2504, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Groups` (r:1 w:0)
	/// Proof: `Membership::Groups` (`max_values`: None, `max_size`: Some(56), added: 2531, mode: `MaxEncodedLen`)
	/// Storage: `Membership::GroupDeputies` (r:1 w:1)
	/// Proof: `Membership::GroupDeputies` (`max_values`: None, `max_size`: Some(45), added: 2520, mode: `MaxEncodedLen`)
	fn set_deputies() -> Weight {
		// Proof size, measured: 1658 bytes.
		// Shortest run: 111_449_000 picoseconds.
		Weight::from_parts(143_543_000, 23526)
			.saturating_add(T::DbWeight::get().reads(12_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Membership::Activity` (r:1 w:0)
	/// Proof: `Membership::Activity` (`max_values`: None, `max_size`: Some(29), added: 2504, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Accounts` (r:17 w:18)
	/// Proof: `Membership::Accounts` (`max_values`: None, `max_size`: Some(53), added: 2528, mode: `MaxEncodedLen`)
	/// Storage: `Membership::RetiredAccounts` (r:1 w:17)
	/// Proof: `Membership::RetiredAccounts` (`max_values`: None, `max_size`: Some(52), added: 2527, mode: `MaxEncodedLen`)
	/// Storage: `Membership::EncryptionKeys` (r:1 w:17)
	/// Proof: `Membership::EncryptionKeys` (`max_values`: None, `max_size`: Some(1269), added: 3744, mode: `MaxEncodedLen`)
	/// Storage: `Membership::DelegatesOf` (r:1 w:1)
	/// Proof: `Membership::DelegatesOf` (`max_values`: None, `max_size`: Some(525), added: 3000, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:19 w:19)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Members` (r:1 w:1)
	/// Proof: `Membership::Members` (`max_values`: None, `max_size`: Some(121), added: 2596, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Membership::GroupsOf` (r:1 w:0)
	/// Proof: `Membership::GroupsOf` (`max_values`: None, `max_size`: Some(270), added: 2745, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Groups` (r:65 w:65)
	/// Proof: `Membership::Groups` (`max_values`: None, `max_size`: Some(56), added: 2531, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Departures` (r:1 w:1)
	/// Proof: `Membership::Departures` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Collators` (r:1 w:1)
	/// Proof: `Membership::Collators` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(121), added: 2596, mode: `MaxEncodedLen`)
	/// Storage: `Membership::SeatHolders` (r:1 w:1)
	/// Proof: `Membership::SeatHolders` (`max_values`: Some(1), `max_size`: Some(8162), added: 8657, mode: `MaxEncodedLen`)
	/// Storage: `Consortium::Proposals` (r:1 w:0)
	/// Proof: `Consortium::Proposals` (`max_values`: Some(1), `max_size`: None, mode: `Measured`)
	/// Storage: `Consortium::Voting` (r:20 w:20)
	/// Proof: `Consortium::Voting` (`max_values`: None, `max_size`: None, mode: `Measured`)
	/// Storage: `Membership::LastKeyReport` (r:0 w:1)
	/// Proof: `Membership::LastKeyReport` (`max_values`: None, `max_size`: Some(20), added: 2495, mode: `MaxEncodedLen`)
	/// Storage: `Membership::AnalystNumbers` (r:0 w:16)
	/// Proof: `Membership::AnalystNumbers` (`max_values`: None, `max_size`: Some(52), added: 2527, mode: `MaxEncodedLen`)
	/// Storage: `Consortium::Members` (r:0 w:1)
	/// Proof: `Consortium::Members` (`max_values`: Some(1), `max_size`: None, mode: `Measured`)
	/// Storage: `Consortium::Prime` (r:0 w:1)
	/// Proof: `Consortium::Prime` (`max_values`: Some(1), `max_size`: None, mode: `Measured`)
	fn replace_controller() -> Weight {
		// Proof size, measured: 190950 bytes.
		// Shortest run: 1_872_889_000 picoseconds.
		Weight::from_parts(2_133_720_000, 241440)
			.saturating_add(T::DbWeight::get().reads(133_u64))
			.saturating_add(T::DbWeight::get().writes(181_u64))
	}
	/// Storage: `System::AuthorizedUpgrade` (r:0 w:1)
	/// Proof: `System::AuthorizedUpgrade` (`max_values`: Some(1), `max_size`: Some(33), added: 528, mode: `MaxEncodedLen`)
	fn enact() -> Weight {
		// Proof size, measured: 0 bytes.
		// Shortest run: 19_728_000 picoseconds.
		Weight::from_parts(30_067_000, 0)
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Membership::Accounts` (r:1 w:0)
	/// Proof: `Membership::Accounts` (`max_values`: None, `max_size`: Some(53), added: 2528, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Activity` (r:1 w:0)
	/// Proof: `Membership::Activity` (`max_values`: None, `max_size`: Some(29), added: 2504, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Collators` (r:1 w:1)
	/// Proof: `Membership::Collators` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Members` (r:1 w:0)
	/// Proof: `Membership::Members` (`max_values`: None, `max_size`: Some(121), added: 2596, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(121), added: 2596, mode: `MaxEncodedLen`)
	fn bond_collator() -> Weight {
		// Proof size, measured: 1213 bytes.
		// Shortest run: 117_782_000 picoseconds.
		Weight::from_parts(142_456_000, 3593)
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	/// Storage: `Membership::Accounts` (r:1 w:0)
	/// Proof: `Membership::Accounts` (`max_values`: None, `max_size`: Some(53), added: 2528, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Activity` (r:196 w:0)
	/// Proof: `Membership::Activity` (`max_values`: None, `max_size`: Some(29), added: 2504, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Collators` (r:196 w:1)
	/// Proof: `Membership::Collators` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Members` (r:196 w:0)
	/// Proof: `Membership::Members` (`max_values`: None, `max_size`: Some(121), added: 2596, mode: `MaxEncodedLen`)
	/// Storage: `Session::NextKeys` (r:195 w:0)
	/// Proof: `Session::NextKeys` (`max_values`: None, `max_size`: None, mode: `Measured`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(121), added: 2596, mode: `MaxEncodedLen`)
	fn unbond_collator() -> Weight {
		// Proof size, measured: 40119 bytes.
		// Shortest run: 3_272_732_000 picoseconds.
		Weight::from_parts(3_546_937_000, 523734)
			.saturating_add(T::DbWeight::get().reads(786_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	/// Storage: `Membership::Accounts` (r:1 w:0)
	/// Proof: `Membership::Accounts` (`max_values`: None, `max_size`: Some(53), added: 2528, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Activity` (r:1 w:1)
	/// Proof: `Membership::Activity` (`max_values`: None, `max_size`: Some(29), added: 2504, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	fn quota_or_fee() -> Weight {
		// Proof size, measured: 797 bytes.
		// Shortest run: 32_688_000 picoseconds.
		Weight::from_parts(38_747_000, 3518)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
}

/// For tests, which measure nothing.
impl WeightInfo for () {
	fn admit() -> Weight {
		Weight::from_parts(866_657_000, 225822)
	}
	fn suspend() -> Weight {
		Weight::from_parts(584_207_000, 165505)
	}
	fn reinstate() -> Weight {
		Weight::from_parts(543_195_000, 165505)
	}
	fn expel() -> Weight {
		Weight::from_parts(1_745_874_000, 230524)
	}
	fn leave() -> Weight {
		Weight::from_parts(1_371_761_000, 231405)
	}
	fn add_delegate() -> Weight {
		Weight::from_parts(97_605_000, 6046)
	}
	fn remove_delegate() -> Weight {
		Weight::from_parts(113_393_000, 6046)
	}
	fn set_encryption_key() -> Weight {
		Weight::from_parts(629_838_000, 165505)
	}
	fn create_group() -> Weight {
		Weight::from_parts(125_354_000, 4734)
	}
	fn set_group_policy() -> Weight {
		Weight::from_parts(58_587_000, 3521)
	}
	fn set_group_quality() -> Weight {
		Weight::from_parts(136_370_000, 3521)
	}
	fn add_to_group() -> Weight {
		Weight::from_parts(483_954_000, 162974)
	}
	fn remove_from_group() -> Weight {
		Weight::from_parts(147_592_000, 5998)
	}
	fn rekey(_: u32, ) -> Weight {
		Weight::from_parts(236_945_297, 3521)
	}
	fn welcome() -> Weight {
		Weight::from_parts(162_534_000, 5998)
	}
	fn report_bad_wrap() -> Weight {
		Weight::from_parts(158_798_000, 3521)
	}
	fn set_group_owner() -> Weight {
		Weight::from_parts(80_599_000, 4734)
	}
	fn set_deputies() -> Weight {
		Weight::from_parts(143_543_000, 23526)
	}
	fn replace_controller() -> Weight {
		Weight::from_parts(2_133_720_000, 241440)
	}
	fn enact() -> Weight {
		Weight::from_parts(30_067_000, 0)
	}
	fn bond_collator() -> Weight {
		Weight::from_parts(142_456_000, 3593)
	}
	fn unbond_collator() -> Weight {
		Weight::from_parts(3_546_937_000, 523734)
	}
	fn quota_or_fee() -> Weight {
		Weight::from_parts(38_747_000, 3518)
	}
}
