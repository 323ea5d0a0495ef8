//! A runtime with this pallet, the clock, and five members whose standing a test can set.

use crate as pallet_reputation;
use cti_primitives::{Actor, MemberId, Members, Refusal, Standing};
use frame::testing_prelude::*;
use polkadot_sdk::pallet_timestamp;

#[frame_construct_runtime]
mod runtime {
	#[runtime::runtime]
	#[runtime::derive(
		RuntimeCall,
		RuntimeEvent,
		RuntimeError,
		RuntimeOrigin,
		RuntimeFreezeReason,
		RuntimeHoldReason,
		RuntimeSlashReason,
		RuntimeLockId,
		RuntimeTask,
		RuntimeViewFunction
	)]
	pub struct Test;

	#[runtime::pallet_index(0)]
	pub type System = frame_system;
	#[runtime::pallet_index(1)]
	pub type Timestamp = pallet_timestamp;
	#[runtime::pallet_index(53)]
	pub type Reputation = pallet_reputation;
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = MockBlock<Test>;
}

#[derive_impl(pallet_timestamp::config_preludes::TestDefaultConfig)]
impl pallet_timestamp::Config for Test {}

impl pallet_reputation::Config for Test {
	type Members = Roster;
	type Time = Timestamp;
	type ParametersOrigin = EnsureRoot<u64>;
	type WeightInfo = ();
}

parameter_types! {
	/// The standing of every member ever admitted, by number.
	pub static Admitted: Vec<Standing> = vec![Standing::Active; 5];
}

/// Reads [`Admitted`]; no account acts and no record is numbered here.
pub struct Roster;

impl Members<u64> for Roster {
	fn actor(account: &u64) -> Option<Actor> {
		<()>::actor(account)
	}
	fn standing(member: MemberId) -> Option<Standing> {
		Admitted::get().get(member.0 as usize).copied()
	}
	fn take_record_number(member: MemberId) -> Result<u32, Refusal> {
		<() as Members<u64>>::take_record_number(member)
	}
	fn next_record_number(member: MemberId) -> u32 {
		<() as Members<u64>>::next_record_number(member)
	}
	fn active_members() -> u32 {
		Admitted::get().iter().filter(|standing| **standing == Standing::Active).count() as u32
	}
}

/// When the tests begin, in unix seconds.
pub const START: u64 = 1_790_000_000;

/// Moves the clock to `seconds` of unix time.
pub fn set_time(seconds: u64) {
	pallet_timestamp::Now::<Test>::put(seconds * 1_000);
}

/// An empty state in block 1 at [`START`].
pub fn new_test_ext() -> TestState {
	let storage = frame_system::GenesisConfig::<Test>::default().build_storage().expect("no genesis of our own; qed");
	let mut state = TestState::new(storage);
	state.execute_with(|| {
		System::set_block_number(1);
		set_time(START);
	});
	state
}

/// Runs a test and then checks the invariants.
pub fn build_and_execute(test: impl FnOnce()) {
	new_test_ext().execute_with(|| {
		test();
		Reputation::do_try_state().expect("the invariants hold after every test");
	});
}
