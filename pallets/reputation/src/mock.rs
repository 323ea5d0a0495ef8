//! A runtime with this pallet, the clock, balances, five members whose standing a test can set, and records.

use crate as pallet_reputation;
use cti_envelope::reader::{self, Statement};
use cti_primitives::{
	Actor, AuthorId, Hash, MemberId, Members, OnSighting, Peers, RecordFacts, RecordId, RecordStatus, Records, Refusal,
	Role, Sighting, SightingKind, Standing,
};
use cti_scoring::{Amount, Held, Side};
use frame::testing_prelude::*;
use polkadot_sdk::{pallet_balances, pallet_timestamp};
use std::collections::BTreeMap;

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
	#[runtime::pallet_index(10)]
	pub type Balances = pallet_balances;
	#[runtime::pallet_index(53)]
	pub type Reputation = pallet_reputation;
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = MockBlock<Test>;
	type AccountData = pallet_balances::AccountData<u64>;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
	type AccountStore = System;
}

#[derive_impl(pallet_timestamp::config_preludes::TestDefaultConfig)]
impl pallet_timestamp::Config for Test {}

impl pallet_reputation::Config for Test {
	type Members = Roster;
	type Records = Shelf;
	type Currency = Balances;
	type Pot = Pot;
	type Time = Timestamp;
	type ParametersOrigin = EnsureRoot<u64>;
	type WeightInfo = ();
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Shelf;
}

/// A record as the tests publish it.
#[derive(Clone)]
pub struct Published {
	/// What the chain knows of it.
	pub facts: RecordFacts,
	/// Who is in its open groups; none if it may have others.
	pub readers: Option<Vec<MemberId>>,
}

parameter_types! {
	/// The standing of every member ever admitted, by number.
	pub static Admitted: Vec<Standing> = vec![Standing::Active; 5];
	/// The members that came back, each with the number it had first.
	pub static Formers: BTreeMap<MemberId, MemberId> = BTreeMap::new();
	/// All records.
	pub static Publications: BTreeMap<RecordId, Published> = BTreeMap::new();
	/// Where rewards come from.
	pub const Pot: u64 = 999_999;
}

/// The account that acts for a member in a role.
/// Asserts that a call is refused, whatever it weighed, and changes nothing.
macro_rules! assert_refused {
	($call:expr, $error:expr) => {
		frame::testing_prelude::assert_noop!($call.map_err(|refused| refused.error), $error)
	};
}
pub(crate) use assert_refused;

pub fn account(member: u32, role: Role) -> u64 {
	u64::from(member) + 1_000 * role as u64
}

/// Reads [`Admitted`] and [`Formers`]; no record is numbered here.
pub struct Roster;

impl Members<u64> for Roster {
	fn actor(account: &u64) -> Option<Actor> {
		let roles = [Role::Controller, Role::Analyst, Role::Feed, Role::Auditor];
		let member = MemberId((account % 1_000) as u32);
		let role = *roles.get((account / 1_000) as usize)?;
		Self::standing(member).map(|_| Actor { member, role })
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
	fn first_identity(member: MemberId) -> MemberId {
		Formers::get().get(&member).copied().unwrap_or(member)
	}
}

impl Peers<u64> for Roster {
	fn active_ids() -> Vec<MemberId> {
		Self::active().into_iter().map(|(member, _)| member).collect()
	}
	fn active() -> Vec<(MemberId, u64)> {
		let active = |member: &MemberId| Self::standing(*member) == Some(Standing::Active);
		let all = (0..Admitted::get().len() as u32).map(MemberId);
		all.filter(active).map(|member| (member, account(member.0, Role::Controller))).collect()
	}
}

/// Reads and changes [`Publications`].
pub struct Shelf;

impl Records for Shelf {
	fn facts(record: RecordId) -> Option<RecordFacts> {
		Publications::get().get(&record).map(|published| published.facts)
	}
	fn is_reader(record: RecordId, member: MemberId) -> Option<bool> {
		let published = Publications::get();
		published.get(&record)?.readers.as_ref().map(|readers| readers.contains(&member))
	}
	fn is_for_all(record: RecordId) -> bool {
		let is_known = |member: &MemberId| Self::is_reader(record, *member) == Some(true);
		<Roster as Peers<u64>>::active().iter().all(|(member, _)| is_known(member))
	}
	fn decide(record: RecordId, confirmed: bool) {
		change(record, |facts| {
			if facts.status == RecordStatus::Open {
				facts.status = if confirmed { RecordStatus::Confirmed } else { RecordStatus::Refuted };
			}
		});
	}
}

#[cfg(feature = "runtime-benchmarks")]
impl crate::benchmarking::BenchmarkHelper<u64> for Shelf {
	fn members(count: u32) {
		Admitted::set(vec![Standing::Active; count as usize]);
	}
	fn record(author: MemberId, reader_key: [u8; 32]) -> (RecordId, Hash) {
		let record = publish(author.0, 0);
		change(record, |facts| facts.reader_key = reader_key);
		(record, facts(record).envelope)
	}
}

const SALT: [u8; 32] = [9; 32];

fn cek(record: RecordId) -> [u8; 32] {
	let mut cek = [1; 32];
	cek[..8].copy_from_slice(&codec::Encode::encode(&record));
	cek
}

/// A record of a member, to the whole consortium, published now.
pub fn publish(author: u32, n: u32) -> RecordId {
	let record = RecordId { author: MemberId(author).into(), n };
	let facts = RecordFacts {
		envelope: [n as u8; 32],
		reader_key: reader::key(&cek(record), &SALT),
		published: pallet_timestamp::Now::<Test>::get() / 1_000,
		valid_until: None,
		status: RecordStatus::Open,
	};
	let readers = Some((0..Admitted::get().len() as u32).map(MemberId).collect());
	Publications::mutate(|all| all.insert(record, Published { facts, readers }));
	record
}

/// Changes what the chain knows of a record.
pub fn change(record: RecordId, change: impl FnOnce(&mut RecordFacts)) {
	Publications::mutate(|all| change(&mut all.get_mut(&record).expect("it was published").facts));
}

/// Changes who is known to be able to read a record.
pub fn set_readers(record: RecordId, readers: Option<&[u32]>) {
	let readers = readers.map(|readers| readers.iter().copied().map(MemberId).collect());
	Publications::mutate(|all| all.get_mut(&record).expect("it was published").readers = readers);
}

/// What the chain knows of a record.
pub fn facts(record: RecordId) -> RecordFacts {
	Shelf::facts(record).expect("it was published")
}

/// The signature of a reader of the record for a member.
pub fn proof(record: RecordId, by: u32) -> [u8; 64] {
	let genesis: Hash = System::block_hash(0).into();
	let message = reader::message(Statement::Verdict, &genesis, record, &facts(record).envelope, MemberId(by));
	reader::sign(&cek(record), &SALT, &message)
}

/// `by` reports a record of `author`'s that was published when the tests began.
pub fn sight(author: AuthorId, by: u32, kind: SightingKind, count: u32, previous: Option<u32>) {
	let sighting = Sighting { kind, count, first_seen: START, last_seen: START };
	Reputation::on_sighting(RecordId { author, n: 0 }, START, MemberId(by), &sighting, previous);
}

/// So many records' worth of evidence about a member, all of it by one voter.
pub fn give_evidence(author: u32, alpha: u16, beta: u16, at: u64) {
	let evidence =
		cti_scoring::Evidence::default().confirmed(Amount::units(alpha), at).refuted(Amount::units(beta), at);
	let add = |held: Held, side, amount| held.with(side, Amount::units(amount), cti_scoring::Evidence::LIMIT, at);
	let held = add(add(Held::default(), Side::For, alpha), Side::Against, beta);
	crate::Evidence::<Test>::insert(AuthorId(author), evidence);
	crate::Pairs::<Test>::insert(AuthorId(author), MemberId((author + 1) % 5), held);
}

/// Gives a member the history of a judge whose votes are full ones.
pub fn make_judge(member: u32) {
	let history = cti_scoring::Evidence::default().confirmed(Amount::units(24), START);
	let part = Held::default().with(Side::For, Amount::units(24), Amount::units(24), START);
	crate::Judges::<Test>::insert(MemberId(member), history);
	crate::Judgements::<Test>::insert(MemberId(member), AuthorId((member + 1) % 5), part);
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
		Publications::set(BTreeMap::new());
		Formers::set(BTreeMap::new());
		Admitted::set(vec![Standing::Active; 5]);
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
