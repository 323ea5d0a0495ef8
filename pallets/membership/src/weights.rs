
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
	fn set_rhythm() -> Weight;
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
	/// Proof: `Membership::Activity` (`max_values`: None, `max_size`: Some(33), added: 2508, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Successors` (r:1 w:1)
	/// Proof: `Membership::Successors` (`max_values`: None, `max_size`: Some(16), added: 2491, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Membership::NextMember` (r:1 w:1)
	/// Proof: `Membership::NextMember` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Membership::SeatHolders` (r:1 w:1)
	/// Proof: `Membership::SeatHolders` (`max_values`: Some(1), `max_size`: Some(8162), added: 8657, mode: `MaxEncodedLen`)
	/// Storage: `Membership::SeatedMembers` (r:1 w:1)
	/// Proof: `Membership::SeatedMembers` (`max_values`: Some(1), `max_size`: Some(1022), added: 1517, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:2 w:2)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Membership::ActiveMembers` (r:1 w:1)
	/// Proof: `Membership::ActiveMembers` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
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
		// Proof size, measured: 176420 bytes.
		// Shortest run: 589_002_000 picoseconds.
		Weight::from_parts(642_422_000, 226910)
			.saturating_add(T::DbWeight::get().reads(33_u64))
			.saturating_add(T::DbWeight::get().writes(34_u64))
	}
	/// Storage: `Membership::Activity` (r:1 w:1)
	/// Proof: `Membership::Activity` (`max_values`: None, `max_size`: Some(33), added: 2508, mode: `MaxEncodedLen`)
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
		// Proof size, measured: 4336 bytes.
		// Shortest run: 458_757_000 picoseconds.
		Weight::from_parts(574_535_000, 165505)
			.saturating_add(T::DbWeight::get().reads(70_u64))
			.saturating_add(T::DbWeight::get().writes(68_u64))
	}
	/// Storage: `Membership::Activity` (r:1 w:1)
	/// Proof: `Membership::Activity` (`max_values`: None, `max_size`: Some(33), added: 2508, mode: `MaxEncodedLen`)
	/// Storage: `Membership::ActiveMembers` (r:1 w:1)
	/// Proof: `Membership::ActiveMembers` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Membership::GroupsOf` (r:1 w:0)
	/// Proof: `Membership::GroupsOf` (`max_values`: None, `max_size`: Some(270), added: 2745, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Groups` (r:65 w:65)
	/// Proof: `Membership::Groups` (`max_values`: None, `max_size`: Some(56), added: 2531, mode: `MaxEncodedLen`)
	/// Storage: `Membership::EncryptionKeys` (r:1 w:0)
	/// Proof: `Membership::EncryptionKeys` (`max_values`: None, `max_size`: Some(1269), added: 3744, mode: `MaxEncodedLen`)
	fn reinstate() -> Weight {
		// Proof size, measured: 4297 bytes.
		// Shortest run: 480_286_000 picoseconds.
		Weight::from_parts(775_858_000, 165505)
			.saturating_add(T::DbWeight::get().reads(69_u64))
			.saturating_add(T::DbWeight::get().writes(67_u64))
	}
	/// Storage: `Membership::Activity` (r:1 w:1)
	/// Proof: `Membership::Activity` (`max_values`: None, `max_size`: Some(33), added: 2508, mode: `MaxEncodedLen`)
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
	/// Storage: `Membership::SeatedMembers` (r:1 w:1)
	/// Proof: `Membership::SeatedMembers` (`max_values`: Some(1), `max_size`: Some(1022), added: 1517, mode: `MaxEncodedLen`)
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
		// Proof size, measured: 181073 bytes.
		// Shortest run: 1_025_303_000 picoseconds.
		Weight::from_parts(1_376_496_000, 231563)
			.saturating_add(T::DbWeight::get().reads(95_u64))
			.saturating_add(T::DbWeight::get().writes(159_u64))
	}
	/// Storage: `Membership::Accounts` (r:1 w:0)
	/// Proof: `Membership::Accounts` (`max_values`: None, `max_size`: Some(53), added: 2528, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Activity` (r:1 w:1)
	/// Proof: `Membership::Activity` (`max_values`: None, `max_size`: Some(33), added: 2508, mode: `MaxEncodedLen`)
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
	/// Storage: `Membership::SeatedMembers` (r:1 w:1)
	/// Proof: `Membership::SeatedMembers` (`max_values`: Some(1), `max_size`: Some(1022), added: 1517, mode: `MaxEncodedLen`)
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
		// Proof size, measured: 181954 bytes.
		// Shortest run: 1_031_925_000 picoseconds.
		Weight::from_parts(1_175_219_000, 232444)
			.saturating_add(T::DbWeight::get().reads(96_u64))
			.saturating_add(T::DbWeight::get().writes(159_u64))
	}
	/// Storage: `Membership::Accounts` (r:2 w:1)
	/// Proof: `Membership::Accounts` (`max_values`: None, `max_size`: Some(53), added: 2528, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Activity` (r:1 w:0)
	/// Proof: `Membership::Activity` (`max_values`: None, `max_size`: Some(33), added: 2508, mode: `MaxEncodedLen`)
	/// Storage: `Membership::RetiredAccounts` (r:1 w:0)
	/// Proof: `Membership::RetiredAccounts` (`max_values`: None, `max_size`: Some(52), added: 2527, mode: `MaxEncodedLen`)
	/// Storage: `Membership::DelegatesOf` (r:1 w:1)
	/// Proof: `Membership::DelegatesOf` (`max_values`: None, `max_size`: Some(525), added: 3000, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Members` (r:1 w:1)
	/// Proof: `Membership::Members` (`max_values`: None, `max_size`: Some(121), added: 2596, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	fn add_delegate() -> Weight {
		// Proof size, measured: 1170 bytes.
		// Shortest run: 67_033_000 picoseconds.
		Weight::from_parts(78_462_000, 6046)
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	/// Storage: `Membership::Accounts` (r:2 w:1)
	/// Proof: `Membership::Accounts` (`max_values`: None, `max_size`: Some(53), added: 2528, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Activity` (r:1 w:0)
	/// Proof: `Membership::Activity` (`max_values`: None, `max_size`: Some(33), added: 2508, mode: `MaxEncodedLen`)
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
		// Proof size, measured: 1405 bytes.
		// Shortest run: 82_241_000 picoseconds.
		Weight::from_parts(115_295_000, 6046)
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().writes(7_u64))
	}
	/// Storage: `Membership::Accounts` (r:1 w:0)
	/// Proof: `Membership::Accounts` (`max_values`: None, `max_size`: Some(53), added: 2528, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Activity` (r:1 w:0)
	/// Proof: `Membership::Activity` (`max_values`: None, `max_size`: Some(33), added: 2508, mode: `MaxEncodedLen`)
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
		// Proof size, measured: 5983 bytes.
		// Shortest run: 559_416_000 picoseconds.
		Weight::from_parts(836_392_000, 165505)
			.saturating_add(T::DbWeight::get().reads(72_u64))
			.saturating_add(T::DbWeight::get().writes(68_u64))
	}
	/// Storage: `Membership::Accounts` (r:1 w:0)
	/// Proof: `Membership::Accounts` (`max_values`: None, `max_size`: Some(53), added: 2528, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Activity` (r:1 w:0)
	/// Proof: `Membership::Activity` (`max_values`: None, `max_size`: Some(33), added: 2508, mode: `MaxEncodedLen`)
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
		// Proof size, measured: 1525 bytes.
		// Shortest run: 96_514_000 picoseconds.
		Weight::from_parts(122_610_000, 4734)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	/// Storage: `Membership::Accounts` (r:1 w:0)
	/// Proof: `Membership::Accounts` (`max_values`: None, `max_size`: Some(53), added: 2528, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Activity` (r:1 w:0)
	/// Proof: `Membership::Activity` (`max_values`: None, `max_size`: Some(33), added: 2508, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Groups` (r:1 w:1)
	/// Proof: `Membership::Groups` (`max_values`: None, `max_size`: Some(56), added: 2531, mode: `MaxEncodedLen`)
	fn set_group_policy() -> Weight {
		// Proof size, measured: 1066 bytes.
		// Shortest run: 42_806_000 picoseconds.
		Weight::from_parts(56_133_000, 3521)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Membership::Accounts` (r:1 w:0)
	/// Proof: `Membership::Accounts` (`max_values`: None, `max_size`: Some(53), added: 2528, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Activity` (r:1 w:0)
	/// Proof: `Membership::Activity` (`max_values`: None, `max_size`: Some(33), added: 2508, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Groups` (r:1 w:0)
	/// Proof: `Membership::Groups` (`max_values`: None, `max_size`: Some(56), added: 2531, mode: `MaxEncodedLen`)
	/// Storage: `Membership::GroupQuality` (r:0 w:1)
	/// Proof: `Membership::GroupQuality` (`max_values`: None, `max_size`: Some(9534), added: 12009, mode: `MaxEncodedLen`)
	fn set_group_quality() -> Weight {
		// Proof size, measured: 1066 bytes.
		// Shortest run: 100_240_000 picoseconds.
		Weight::from_parts(125_667_000, 3521)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Membership::Accounts` (r:1 w:0)
	/// Proof: `Membership::Accounts` (`max_values`: None, `max_size`: Some(53), added: 2528, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Activity` (r:2 w:0)
	/// Proof: `Membership::Activity` (`max_values`: None, `max_size`: Some(33), added: 2508, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Groups` (r:64 w:1)
	/// Proof: `Membership::Groups` (`max_values`: None, `max_size`: Some(56), added: 2531, mode: `MaxEncodedLen`)
	/// Storage: `Membership::EncryptionKeys` (r:1 w:0)
	/// Proof: `Membership::EncryptionKeys` (`max_values`: None, `max_size`: Some(1269), added: 3744, mode: `MaxEncodedLen`)
	/// Storage: `Reputation::Ledgers` (r:1 w:0)
	/// Proof: `Reputation::Ledgers` (`max_values`: None, `max_size`: Some(76), added: 2551, mode: `MaxEncodedLen`)
	/// Storage: `Membership::GroupsOf` (r:1 w:1)
	/// Proof: `Membership::GroupsOf` (`max_values`: None, `max_size`: Some(270), added: 2745, mode: `MaxEncodedLen`)
	/// Storage: `Membership::GroupMembers` (r:0 w:1)
	/// Proof: `Membership::GroupMembers` (`max_values`: None, `max_size`: Some(24), added: 2499, mode: `MaxEncodedLen`)
	fn add_to_group() -> Weight {
		// Proof size, measured: 4866 bytes.
		// Shortest run: 362_172_000 picoseconds.
		Weight::from_parts(405_743_000, 162974)
			.saturating_add(T::DbWeight::get().reads(70_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	/// Storage: `Membership::Accounts` (r:1 w:0)
	/// Proof: `Membership::Accounts` (`max_values`: None, `max_size`: Some(53), added: 2528, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Activity` (r:2 w:0)
	/// Proof: `Membership::Activity` (`max_values`: None, `max_size`: Some(33), added: 2508, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Groups` (r:1 w:1)
	/// Proof: `Membership::Groups` (`max_values`: None, `max_size`: Some(56), added: 2531, mode: `MaxEncodedLen`)
	/// Storage: `Membership::GroupMembers` (r:1 w:1)
	/// Proof: `Membership::GroupMembers` (`max_values`: None, `max_size`: Some(24), added: 2499, mode: `MaxEncodedLen`)
	/// Storage: `Membership::GroupsOf` (r:1 w:1)
	/// Proof: `Membership::GroupsOf` (`max_values`: None, `max_size`: Some(270), added: 2745, mode: `MaxEncodedLen`)
	fn remove_from_group() -> Weight {
		// Proof size, measured: 2840 bytes.
		// Shortest run: 93_860_000 picoseconds.
		Weight::from_parts(116_352_000, 6006)
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	/// Storage: `Membership::Accounts` (r:1 w:0)
	/// Proof: `Membership::Accounts` (`max_values`: None, `max_size`: Some(53), added: 2528, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Activity` (r:1 w:0)
	/// Proof: `Membership::Activity` (`max_values`: None, `max_size`: Some(33), added: 2508, mode: `MaxEncodedLen`)
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
		// Proof size, measured: 1177 bytes.
		// Shortest run: 101_892_000 picoseconds.
		Weight::from_parts(139_714_323, 3521)
			// Standard error: 19_149
			.saturating_add(Weight::from_parts(1_011_693, 0).saturating_mul(w.into()))
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	/// Storage: `Membership::Accounts` (r:1 w:0)
	/// Proof: `Membership::Accounts` (`max_values`: None, `max_size`: Some(53), added: 2528, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Activity` (r:2 w:0)
	/// Proof: `Membership::Activity` (`max_values`: None, `max_size`: Some(33), added: 2508, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Groups` (r:1 w:0)
	/// Proof: `Membership::Groups` (`max_values`: None, `max_size`: Some(56), added: 2531, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Epochs` (r:1 w:0)
	/// Proof: `Membership::Epochs` (`max_values`: None, `max_size`: Some(152), added: 2627, mode: `MaxEncodedLen`)
	/// Storage: `Membership::GroupMembers` (r:2 w:0)
	/// Proof: `Membership::GroupMembers` (`max_values`: None, `max_size`: Some(24), added: 2499, mode: `MaxEncodedLen`)
	/// Storage: `Membership::BadWraps` (r:1 w:0)
	/// Proof: `Membership::BadWraps` (`max_values`: None, `max_size`: Some(33), added: 2508, mode: `MaxEncodedLen`)
	fn welcome() -> Weight {
		// Proof size, measured: 1216 bytes.
		// Shortest run: 75_090_000 picoseconds.
		Weight::from_parts(89_731_000, 6006)
			.saturating_add(T::DbWeight::get().reads(8_u64))
	}
	/// Storage: `Membership::Accounts` (r:1 w:0)
	/// Proof: `Membership::Accounts` (`max_values`: None, `max_size`: Some(53), added: 2528, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Activity` (r:1 w:0)
	/// Proof: `Membership::Activity` (`max_values`: None, `max_size`: Some(33), added: 2508, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Groups` (r:1 w:0)
	/// Proof: `Membership::Groups` (`max_values`: None, `max_size`: Some(56), added: 2531, mode: `MaxEncodedLen`)
	/// Storage: `Membership::GroupMembers` (r:1 w:0)
	/// Proof: `Membership::GroupMembers` (`max_values`: None, `max_size`: Some(24), added: 2499, mode: `MaxEncodedLen`)
	/// Storage: `Membership::BadWraps` (r:1 w:1)
	/// Proof: `Membership::BadWraps` (`max_values`: None, `max_size`: Some(33), added: 2508, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Disputes` (r:1 w:1)
	/// Proof: `Membership::Disputes` (`max_values`: None, `max_size`: Some(22), added: 2497, mode: `MaxEncodedLen`)
	fn report_bad_wrap() -> Weight {
		// Proof size, measured: 1153 bytes.
		// Shortest run: 71_278_000 picoseconds.
		Weight::from_parts(84_028_000, 3521)
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	/// Storage: `Membership::Groups` (r:1 w:1)
	/// Proof: `Membership::Groups` (`max_values`: None, `max_size`: Some(56), added: 2531, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Activity` (r:1 w:0)
	/// Proof: `Membership::Activity` (`max_values`: None, `max_size`: Some(33), added: 2508, mode: `MaxEncodedLen`)
	/// Storage: `Membership::EncryptionKeys` (r:1 w:0)
	/// Proof: `Membership::EncryptionKeys` (`max_values`: None, `max_size`: Some(1269), added: 3744, mode: `MaxEncodedLen`)
	/// Storage: `Membership::GroupMembers` (r:1 w:0)
	/// Proof: `Membership::GroupMembers` (`max_values`: None, `max_size`: Some(24), added: 2499, mode: `MaxEncodedLen`)
	/// Storage: `Membership::GroupDeputies` (r:0 w:1)
	/// Proof: `Membership::GroupDeputies` (`max_values`: None, `max_size`: Some(45), added: 2520, mode: `MaxEncodedLen`)
	fn set_group_owner() -> Weight {
		// Proof size, measured: 930 bytes.
		// Shortest run: 54_993_000 picoseconds.
		Weight::from_parts(96_617_000, 4734)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	/// Storage: `Membership::Accounts` (r:1 w:0)
	/// Proof: `Membership::Accounts` (`max_values`: None, `max_size`: Some(53), added: 2528, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Activity` (r:9 w:0)
	/// Proof: `Membership::Activity` (`max_values`: None, `max_size`: Some(33), added: 2508, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Groups` (r:1 w:0)
	/// Proof: `Membership::Groups` (`max_values`: None, `max_size`: Some(56), added: 2531, mode: `MaxEncodedLen`)
	/// Storage: `Membership::GroupDeputies` (r:1 w:1)
	/// Proof: `Membership::GroupDeputies` (`max_values`: None, `max_size`: Some(45), added: 2520, mode: `MaxEncodedLen`)
	fn set_deputies() -> Weight {
		// Proof size, measured: 1711 bytes.
		// Shortest run: 99_377_000 picoseconds.
		Weight::from_parts(131_487_000, 23562)
			.saturating_add(T::DbWeight::get().reads(12_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Membership::Activity` (r:1 w:0)
	/// Proof: `Membership::Activity` (`max_values`: None, `max_size`: Some(33), added: 2508, mode: `MaxEncodedLen`)
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
		// Proof size, measured: 191004 bytes.
		// Shortest run: 1_669_183_000 picoseconds.
		Weight::from_parts(1_818_330_000, 241494)
			.saturating_add(T::DbWeight::get().reads(133_u64))
			.saturating_add(T::DbWeight::get().writes(181_u64))
	}
	/// Storage: `System::AuthorizedUpgrade` (r:0 w:1)
	/// Proof: `System::AuthorizedUpgrade` (`max_values`: Some(1), `max_size`: Some(33), added: 528, mode: `MaxEncodedLen`)
	fn enact() -> Weight {
		// Proof size, measured: 0 bytes.
		// Shortest run: 18_907_000 picoseconds.
		Weight::from_parts(25_319_000, 0)
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Membership::Accounts` (r:1 w:0)
	/// Proof: `Membership::Accounts` (`max_values`: None, `max_size`: Some(53), added: 2528, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Activity` (r:1 w:0)
	/// Proof: `Membership::Activity` (`max_values`: None, `max_size`: Some(33), added: 2508, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Collators` (r:1 w:1)
	/// Proof: `Membership::Collators` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Members` (r:1 w:0)
	/// Proof: `Membership::Members` (`max_values`: None, `max_size`: Some(121), added: 2596, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(121), added: 2596, mode: `MaxEncodedLen`)
	fn bond_collator() -> Weight {
		// Proof size, measured: 1220 bytes.
		// Shortest run: 114_967_000 picoseconds.
		Weight::from_parts(137_804_000, 3593)
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	/// Storage: `Membership::ChainRhythm` (r:1 w:0), `Membership::NextRhythm` (r:0 w:1)
	/// Proof: `Membership::ChainRhythm` (`max_values`: Some(1), `max_size`: Some(3), added: 498, mode: `MaxEncodedLen`)
	fn set_rhythm() -> Weight {
		// Estimated.
		Weight::from_parts(30_000_000, 1489)
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Membership::Accounts` (r:1 w:0)
	/// Proof: `Membership::Accounts` (`max_values`: None, `max_size`: Some(53), added: 2528, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Activity` (r:196 w:0)
	/// Proof: `Membership::Activity` (`max_values`: None, `max_size`: Some(33), added: 2508, mode: `MaxEncodedLen`)
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
		// Proof size, measured: 41041 bytes.
		// Shortest run: 3_170_683_000 picoseconds.
		Weight::from_parts(3_521_083_000, 524656)
			.saturating_add(T::DbWeight::get().reads(786_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	/// Storage: `Membership::Accounts` (r:1 w:0)
	/// Proof: `Membership::Accounts` (`max_values`: None, `max_size`: Some(53), added: 2528, mode: `MaxEncodedLen`)
	/// Storage: `Membership::Activity` (r:1 w:1)
	/// Proof: `Membership::Activity` (`max_values`: None, `max_size`: Some(33), added: 2508, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	fn quota_or_fee() -> Weight {
		// Proof size, measured: 804 bytes.
		// Shortest run: 29_159_000 picoseconds.
		Weight::from_parts(36_537_000, 3518)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
}

/// For tests, which measure nothing.
impl WeightInfo for () {
	fn admit() -> Weight {
		Weight::from_parts(642_422_000, 226910)
	}
	fn suspend() -> Weight {
		Weight::from_parts(574_535_000, 165505)
	}
	fn reinstate() -> Weight {
		Weight::from_parts(775_858_000, 165505)
	}
	fn expel() -> Weight {
		Weight::from_parts(1_376_496_000, 231563)
	}
	fn leave() -> Weight {
		Weight::from_parts(1_175_219_000, 232444)
	}
	fn add_delegate() -> Weight {
		Weight::from_parts(78_462_000, 6046)
	}
	fn remove_delegate() -> Weight {
		Weight::from_parts(115_295_000, 6046)
	}
	fn set_encryption_key() -> Weight {
		Weight::from_parts(836_392_000, 165505)
	}
	fn create_group() -> Weight {
		Weight::from_parts(122_610_000, 4734)
	}
	fn set_group_policy() -> Weight {
		Weight::from_parts(56_133_000, 3521)
	}
	fn set_group_quality() -> Weight {
		Weight::from_parts(125_667_000, 3521)
	}
	fn add_to_group() -> Weight {
		Weight::from_parts(405_743_000, 162974)
	}
	fn remove_from_group() -> Weight {
		Weight::from_parts(116_352_000, 6006)
	}
	fn rekey(_: u32, ) -> Weight {
		Weight::from_parts(139_714_323, 3521)
	}
	fn welcome() -> Weight {
		Weight::from_parts(89_731_000, 6006)
	}
	fn report_bad_wrap() -> Weight {
		Weight::from_parts(84_028_000, 3521)
	}
	fn set_group_owner() -> Weight {
		Weight::from_parts(96_617_000, 4734)
	}
	fn set_deputies() -> Weight {
		Weight::from_parts(131_487_000, 23562)
	}
	fn replace_controller() -> Weight {
		Weight::from_parts(1_818_330_000, 241494)
	}
	fn enact() -> Weight {
		Weight::from_parts(25_319_000, 0)
	}
	fn bond_collator() -> Weight {
		Weight::from_parts(137_804_000, 3593)
	}
	fn unbond_collator() -> Weight {
		Weight::from_parts(3_521_083_000, 524656)
	}
	fn set_rhythm() -> Weight {
		Weight::from_parts(30_000_000, 1489)
	}
	fn quota_or_fee() -> Weight {
		Weight::from_parts(36_537_000, 3518)
	}
}
