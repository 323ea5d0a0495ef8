//! A small runtime: the pallet, balances, fees, time, batches.

use crate::{self as pallet_cti_membership, Metering, Precheck, *};
use alloc::boxed::Box;
use cti_envelope::{development, keys::Seed};
use cti_primitives::{Actor, Epoch, GroupId, MemberId, Reliability, Reputations, Role, Standing, Tlp};
use frame::{deps::sp_runtime, testing_prelude::*};
use polkadot_sdk::{
	pallet_balances, pallet_timestamp, pallet_transaction_payment,
	pallet_transaction_payment::{ChargeTransactionPayment, FungibleAdapter},
	pallet_utility,
};
use std::{collections::BTreeMap, sync::Mutex};

type Block = frame_system::mocking::MockBlock<Test>;
pub type AccountId = u64;
pub type PalletError = Error<Test>;
pub type PalletEvent = Event<Test>;
pub type Extension = QuotaOrFee<Test, ChargeTransactionPayment<Test>>;

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
	#[runtime::pallet_index(2)]
	pub type Timestamp = pallet_timestamp;
	#[runtime::pallet_index(10)]
	pub type Balances = pallet_balances;
	#[runtime::pallet_index(11)]
	pub type TransactionPayment = pallet_transaction_payment;
	#[runtime::pallet_index(33)]
	pub type Utility = pallet_utility;
	#[runtime::pallet_index(50)]
	pub type Membership = pallet_cti_membership;
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = Block;
	type AccountData = pallet_balances::AccountData<u64>;
}

#[derive_impl(pallet_timestamp::config_preludes::TestDefaultConfig)]
impl pallet_timestamp::Config for Test {}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
	type AccountStore = System;
}

#[derive_impl(pallet_transaction_payment::config_preludes::TestDefaultConfig)]
impl pallet_transaction_payment::Config for Test {
	type OnChargeTransaction = FungibleAdapter<Balances, ()>;
	type WeightToFee = FixedFee<10, u64>;
	type LengthToFee = frame::runtime::prelude::weights::IdentityFee<u64>;
}

impl pallet_utility::Config for Test {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeCall = RuntimeCall;
	type PalletsOrigin = OriginCaller;
	type WeightInfo = ();
}

pub const BUCKET: u32 = 16 * 1024 * 1024;
pub const REFILL: u32 = 1_000;
pub const ENDOWMENT: u64 = 50;
pub const BOND: u64 = 1_000;

parameter_types! {
	pub const PotId: PalletId = PalletId(*b"cti/potm");
	/// The collective as it was told.
	pub storage Collective: Vec<AccountId> = Vec::new();
	/// The number that the next numbered remark must have.
	pub storage NextRemark: u64 = 5;
}

/// Keeps the collective's members, and refuses what does not follow from what it was told before.
pub struct Seats;
impl InitializeMembers<AccountId> for Seats {
	fn initialize_members(members: &[AccountId]) {
		assert!(Collective::get().is_empty());
		Collective::set(&members.to_vec());
	}
}
impl ChangeMembers<AccountId> for Seats {
	fn change_members_sorted(incoming: &[AccountId], outgoing: &[AccountId], sorted_new: &[AccountId]) {
		let (expected_in, expected_out) = Self::compute_members_diff_sorted(sorted_new, &Collective::get());
		assert_eq!((incoming, outgoing), (&expected_in[..], &expected_out[..]));
		Collective::set(&sorted_new.to_vec());
	}
}

parameter_types! {
	/// Accounts without the keys that make blocks.
	pub static Keyless: Vec<AccountId> = Vec::new();
	/// What peers' votes made of every member: reliability, and reciprocity in millionths.
	pub static Reputed: (Reliability, u32) = (Reliability::F, 1_000_000);
}

pub struct WithKeys;
impl Contains<AccountId> for WithKeys {
	fn contains(account: &AccountId) -> bool {
		!Keyless::get().contains(account)
	}
}

pub struct MockReputation;
impl Reputations for MockReputation {
	fn reliability(_: MemberId) -> Reliability {
		Reputed::get().0
	}
	fn reciprocity(_: MemberId) -> u32 {
		Reputed::get().1
	}
}

/// Meters remarks, the pallet's own metered calls, and a call that a signer cannot make.
pub struct MockMetering;
impl Metering<RuntimeCall> for MockMetering {
	fn is_metered(call: &RuntimeCall) -> bool {
		match call {
			RuntimeCall::Membership(call) => <Membership as Metering<Call<Test>>>::is_metered(call),
			RuntimeCall::System(call) => {
				matches!(call, frame_system::Call::remark { .. } | frame_system::Call::set_heap_pages { .. })
			}
			_ => false,
		}
	}

	/// The remark `suspended` is for suspended members, too.
	fn is_for(call: &RuntimeCall, standing: Standing) -> bool {
		let remark =
			matches!(call, RuntimeCall::System(frame_system::Call::remark { remark }) if remark == b"suspended");
		standing == Standing::Active || (remark && standing == Standing::Suspended)
	}

	/// The remark `dear` costs at least so much.
	fn least_bytes(call: &RuntimeCall) -> u32 {
		let remark = matches!(call, RuntimeCall::System(frame_system::Call::remark { remark }) if remark == b"dear");
		if remark {
			LEAST_BYTES
		} else {
			0
		}
	}

	fn precheck(call: &RuntimeCall, actor: Actor) -> Precheck {
		match call {
			RuntimeCall::Membership(call) => <Membership as Metering<Call<Test>>>::precheck(call, actor),
			RuntimeCall::System(frame_system::Call::remark { remark }) => match remark.as_slice() {
				[b'!', code] => Precheck::Invalid(*code),
				[b'#', at] => {
					Precheck::Numbered { stream: b"remark".to_vec(), at: u64::from(*at), next: NextRemark::get() }
				}
				_ => Precheck::Ready,
			},
			_ => Precheck::Ready,
		}
	}
}

/// What may be enacted.
pub struct Remarks;
impl Contains<RuntimeCall> for Remarks {
	fn contains(call: &RuntimeCall) -> bool {
		let RuntimeCall::System(call) = call else { return false };
		matches!(call, frame_system::Call::remark_with_event { .. } | frame_system::Call::set_heap_pages { .. })
	}
}

#[cfg(feature = "runtime-benchmarks")]
impl benchmarking::BenchmarkHelper<AccountId, RuntimeCall> for Remarks {
	fn open_motions(_: &[AccountId]) {}

	fn enactable() -> RuntimeCall {
		frame_system::Call::set_heap_pages { pages: 64 }.into()
	}
}

impl pallet_cti_membership::Config for Test {
	type AdmitOrigin = EnsureRoot<AccountId>;
	type Seats = Seats;
	type Decision = RuntimeCall;
	type Enactable = Remarks;
	type Currency = Balances;
	type RuntimeHoldReason = RuntimeHoldReason;
	type CollatorBond = ConstU64<BOND>;
	type CollatorKeys = WithKeys;
	type PotId = PotId;
	type Endowment = ConstU64<ENDOWMENT>;
	type Time = Timestamp;
	type Reputation = MockReputation;
	type Metering = MockMetering;
	type BucketBytes = ConstU32<BUCKET>;
	type RefillBytesPerSecond = ConstU32<REFILL>;
	type WeightInfo = ();
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Remarks;
}

/// What the remark `dear` takes out of the bucket.
pub const LEAST_BYTES: u32 = 3_000;

// Controllers.
pub const ALICE: AccountId = 1;
pub const BOB: AccountId = 2;
pub const CHARLIE: AccountId = 3;
pub const DAVE: AccountId = 4;
/// Acts for nobody.
pub const ERIN: AccountId = 5;
// Delegates.
pub const ALICE_ANALYST: AccountId = 11;
pub const ALICE_FEED: AccountId = 12;
pub const ALICE_AUDITOR: AccountId = 13;
pub const BOB_ANALYST: AccountId = 21;

// Their members.
pub const A: MemberId = MemberId(0);
pub const B: MemberId = MemberId(1);
pub const C: MemberId = MemberId(2);
pub const D: MemberId = MemberId(3);
/// The first that is admitted by vote.
pub const E: MemberId = MemberId(4);

/// The first group that is made.
pub const G1: GroupId = GroupId(1);

/// Unix seconds when each test begins.
pub const START: u64 = 1_750_000_000;

/// A valid public key, another for each `n`. Kept, as making one is slow without optimisation.
pub fn key(n: u8) -> Box<EncryptionKey> {
	static KEYS: Mutex<BTreeMap<u8, EncryptionKey>> = Mutex::new(BTreeMap::new());
	let mut keys = KEYS.lock().unwrap();
	Box::new(*keys.entry(n).or_insert_with(|| Seed::new([n; 32]).public_key()))
}

/// A key with a coefficient that is too large.
pub fn invalid_key() -> Box<EncryptionKey> {
	Box::new([0xff; 1216])
}

pub fn name(text: &str) -> Name {
	text.as_bytes().to_vec().try_into().unwrap()
}

pub fn wraps(n: usize) -> Wraps {
	vec![[7; 1168]; n].try_into().unwrap()
}

pub fn policy() -> GroupPolicy {
	GroupPolicy { ceiling: Tlp::Green, ..Default::default() }
}

pub fn genesis_member(
	controller: AccountId,
	name: &str,
	delegates: Vec<(AccountId, Role)>,
) -> GenesisMember<AccountId> {
	let key = key(controller as u8).to_vec();
	GenesisMember { controller, name: name.into(), encryption_key: key, delegates, collates: false }
}

pub fn genesis() -> GenesisConfig<Test> {
	let alices = vec![(ALICE_ANALYST, Role::Analyst), (ALICE_FEED, Role::Feed), (ALICE_AUDITOR, Role::Auditor)];
	GenesisConfig {
		members: vec![
			genesis_member(ALICE, "Aldgate Bank", alices),
			genesis_member(BOB, "Borealis CERT", vec![(BOB_ANALYST, Role::Analyst)]),
			genesis_member(CHARLIE, "Cobalt ISAC", vec![]),
			genesis_member(DAVE, "Dynamo Energy", vec![]),
		],
		consortium_key: Some(GenesisKey { public_key: key(100).to_vec(), auth: vec![9; 32] }),
		consortium_policy: Default::default(),
		rhythm: Default::default(),
	}
}

/// A state made from a genesis, at block 1.
pub fn state(genesis: GenesisConfig<Test>) -> TestState {
	let balances = pallet_balances::GenesisConfig::<Test> {
		balances: vec![(ALICE, 1_000_000_000), (Membership::pot(), 10_000)],
		dev_accounts: None,
	};
	let config = RuntimeGenesisConfig { membership: genesis, balances, ..Default::default() };
	let storage = config.build_storage().unwrap();
	let mut state: TestState = storage.into();
	state.execute_with(|| {
		System::set_block_number(1);
		System::set_extrinsic_index(3);
		Timestamp::set_timestamp(START * 1_000);
	});
	state
}

/// Runs a test on the four members and the keyed consortium; the invariants must hold after it.
pub fn build_and_execute(test: impl FnOnce()) {
	build_and_execute_with(genesis(), test)
}

/// As [`build_and_execute`], with another genesis.
pub fn build_and_execute_with(genesis: GenesisConfig<Test>, test: impl FnOnce()) {
	state(genesis).execute_with(|| {
		assert_ok!(Membership::do_try_state());
		test();
		check_state();
	});
}

/// The invariants, and that the collective is what it was told to be.
pub fn check_state() {
	assert_ok!(Membership::do_try_state());
	assert_eq!(Collective::get(), SeatHolders::<Test>::get().into_inner());
}

pub fn signed(account: AccountId) -> RuntimeOrigin {
	RuntimeOrigin::signed(account)
}

pub fn root() -> RuntimeOrigin {
	RuntimeOrigin::root()
}

/// Lets time pass.
pub fn wait(seconds: u64) {
	Timestamp::set_timestamp(pallet_timestamp::Now::<Test>::get() + seconds * 1_000);
}

pub fn group(id: GroupId) -> Group {
	Groups::<Test>::get(id).unwrap()
}

pub fn standing(member: MemberId) -> Standing {
	Activity::<Test>::get(member).unwrap().standing
}

/// Rekeys as whoever builds on the newest state does.
pub fn rekey(by: AccountId, id: GroupId) -> DispatchResult {
	let group = group(id);
	let key = key(101 + group.epoch.0 as u8);
	Membership::rekey(
		signed(by),
		id,
		group.epoch,
		group.roster_version,
		key,
		[1; 32],
		None,
		wraps(group.members.into()),
	)
}

/// A hidden group's wraps: distinct and ascending.
pub fn hidden_wraps(n: usize) -> Wraps {
	let wrap = |n: usize| {
		let mut wrap = [7; 1168];
		wrap[..8].copy_from_slice(&(n as u64).to_be_bytes());
		wrap
	};
	(0..n).map(wrap).collect::<Vec<_>>().try_into().unwrap()
}

/// Rekeys a hidden group as whoever builds on the newest state does.
pub fn rekey_hidden(by: AccountId, id: GroupId, wraps: Wraps) -> DispatchResult {
	let (epoch, departures) = (group(id).epoch, Departures::<Test>::get());
	let key = key(151 + epoch.0 as u8);
	Membership::rekey(signed(by), id, epoch, departures, key, [2; 32], None, wraps)
}

/// Makes a hidden group of Alice's and keys it.
pub fn hide_group() {
	assert_ok!(Membership::create_group(signed(ALICE), name("hidden"), policy(), Visibility::Hidden));
	assert_ok!(rekey_hidden(ALICE, G1, hidden_wraps(8)));
}

/// Makes a group of Alice's, with Bob in it if he is named, and keys it.
pub fn make_group(members: &[MemberId]) {
	assert_ok!(Membership::create_group(signed(ALICE), name("banks"), policy(), Visibility::Open));
	for member in members {
		assert_ok!(Membership::add_to_group(signed(ALICE), G1, *member));
	}
	assert_ok!(rekey(ALICE, G1));
}

pub fn last_event() -> PalletEvent {
	events().pop().unwrap()
}

pub fn events() -> Vec<PalletEvent> {
	System::read_events_for_pallet::<PalletEvent>()
}

/// The epoch that the development preset starts with.
pub fn development_epoch_key() -> EncryptionKey {
	development::epoch_secret().kem_seed(&[0; 32], GroupId(0), Epoch(0)).public_key()
}

/// Refuses with `error` and changes nothing.
pub fn refused(result: impl FnOnce() -> DispatchResult, error: impl Into<sp_runtime::DispatchError>) {
	let error = error.into();
	assert_noop!(result(), error);
}
