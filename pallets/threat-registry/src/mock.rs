//! A runtime of this pallet alone. Members, groups and techniques are kept in storage, so that they roll back with
//! a refused call and take the reads and writes that the real ones take.

use crate::{self as pallet_threat_registry, types::*};
use cti_envelope::{
	development, open, reader::Statement, Author, DirectRecipient, GroupRecipient, Header, Opened, Recipient, Seed,
};
use cti_primitives::{
	record::Sighting, Actor, Draft, Epoch, GroupId, Groups, Hash, MemberId, Members, OnSighting, RecordId, Refusal,
	Role, Standing, Taxonomy, TechniqueId, TechniqueStatus, Tlp, ENCRYPTION_KEY_LEN,
};
use frame::{deps::frame_support::weights::RuntimeDbWeight, storage_alias, testing_prelude::*};
use polkadot_sdk::*;

pub type AccountId = u64;

pub const ALICE: MemberId = MemberId(0);
pub const BOB: MemberId = MemberId(1);
pub const CHARLIE: MemberId = MemberId(2);
/// A number no member has.
pub const NOBODY: MemberId = MemberId(99);

/// The consortium; takes everything but RED.
pub const CONSORTIUM: GroupId = GroupId(0);
/// Takes up to GREEN.
pub const OPEN_GROUP: GroupId = GroupId(1);
/// Takes up to AMBER and asks for techniques.
pub const TAGGED_GROUP: GroupId = GroupId(2);
/// Takes everything but RED; Alice is not in it.
pub const OTHERS_GROUP: GroupId = GroupId(3);
/// Takes everything but RED and waits for a rekey.
pub const STALE_GROUP: GroupId = GroupId(4);
/// Takes everything but RED; nobody knows who is in it.
pub const HIDDEN_GROUP: GroupId = GroupId(5);

pub const TECHNIQUE: TechniqueId = TechniqueId { technique: 1059, sub_technique: 0 };
pub const SUB_TECHNIQUE: TechniqueId = TechniqueId { technique: 1059, sub_technique: 1 };
pub const OTHER_TECHNIQUE: TechniqueId = TechniqueId { technique: 1566, sub_technique: 0 };
pub const NO_TECHNIQUE: TechniqueId = TechniqueId { technique: 9999, sub_technique: 0 };

/// Noon of a day of 2026, in unix seconds.
pub const NOON: u64 = 20_600 * DAY + DAY / 2;
pub const DAY: u64 = 86_400;

#[frame_construct_runtime]
mod runtime {
	#[runtime::runtime]
	#[runtime::derive(RuntimeCall, RuntimeEvent, RuntimeError, RuntimeOrigin, RuntimeTask, RuntimeViewFunction)]
	pub struct Test;

	#[runtime::pallet_index(0)]
	pub type System = frame_system;
	#[runtime::pallet_index(3)]
	pub type Timestamp = pallet_timestamp;
	#[runtime::pallet_index(52)]
	pub type ThreatRegistry = pallet_threat_registry;
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = MockBlock<Test>;
	type AccountId = AccountId;
	type DbWeight = CountedAccesses;
}

/// Weights so far apart that the number of each can be read out of a sum: of less than a second of computing, of less than
/// 4,096 reads.
pub const READ: u64 = 1 << 40;
pub const WRITE: u64 = 1 << 52;

parameter_types! {
	pub static CountedAccesses: RuntimeDbWeight = RuntimeDbWeight { read: 1, write: 1 };
}

#[derive_impl(pallet_timestamp::config_preludes::TestDefaultConfig)]
impl pallet_timestamp::Config for Test {}

impl pallet_threat_registry::Config for Test {
	type Members = World;
	type Groups = World;
	type Taxonomy = World;
	type OnSighting = World;
	type Time = Timestamp;
	type WeightInfo = pallet_threat_registry::weights::SubstrateWeight<Test>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = World;
}

/// What a group demands.
#[derive(Clone, Copy, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Policy {
	pub epoch: Epoch,
	pub stale: bool,
	pub ceiling: Tlp,
	pub techniques_required: bool,
	pub hidden: bool,
}

#[storage_alias]
pub type Accounts = StorageMap<Mock, Twox64Concat, AccountId, (MemberId, Role)>;
#[storage_alias]
pub type Activity = StorageMap<Mock, Twox64Concat, MemberId, (Standing, u32)>;
/// Members that continue departed ones, with the numbers under which they were first admitted.
#[storage_alias]
pub type Formers = StorageMap<Mock, Twox64Concat, MemberId, MemberId>;
#[storage_alias]
pub type Policies = StorageMap<Mock, Twox64Concat, GroupId, Policy>;
#[storage_alias]
pub type HiddenAuths = StorageMap<Mock, Twox64Concat, GroupId, [u8; 32]>;
#[storage_alias]
pub type Roster = StorageDoubleMap<Mock, Twox64Concat, GroupId, Twox64Concat, MemberId, ()>;
#[storage_alias]
pub type Catalogue = StorageValue<Mock, Vec<TechniqueId>, ValueQuery>;
#[storage_alias]
pub type Heard = StorageValue<Mock, Vec<(RecordId, MemberId, Sighting, Option<u32>)>, ValueQuery>;

/// Members, groups, catalogue and reputation in one.
pub struct World;

impl Members<AccountId> for World {
	fn actor(account: &AccountId) -> Option<Actor> {
		Accounts::get(account).map(|(member, role)| Actor { member, role })
	}

	fn standing(member: MemberId) -> Option<Standing> {
		Activity::get(member).map(|(standing, _)| standing)
	}

	fn take_record_number(member: MemberId) -> Result<u32, Refusal> {
		let (standing, n) = Activity::get(member).ok_or(Refusal::UnknownMember)?;
		if standing != Standing::Active {
			return Err(Refusal::NotActive);
		}
		Activity::insert(member, (standing, n.checked_add(1).ok_or(Refusal::Exhausted)?));
		Ok(n)
	}

	fn next_record_number(member: MemberId) -> u32 {
		Activity::get(member).map_or(0, |(_, n)| n)
	}

	fn active_members() -> u32 {
		Activity::iter_values().filter(|(standing, _)| *standing == Standing::Active).count() as u32
	}

	fn first_identity(member: MemberId) -> MemberId {
		Formers::get(member).unwrap_or(member)
	}
}

impl Groups for World {
	fn may_publish(
		member: MemberId,
		group: GroupId,
		epoch: Epoch,
		tlp: Tlp,
		has_techniques: bool,
	) -> Result<Option<[u8; 32]>, Refusal> {
		let policy = Policies::get(group).ok_or(Refusal::UnknownGroup)?;
		let rules = [
			(policy.stale, Refusal::StaleGroup),
			(policy.epoch != epoch, Refusal::WrongEpoch),
			(!tlp.permits_group(policy.ceiling), Refusal::MarkingTooStrict),
			(policy.techniques_required && !has_techniques, Refusal::TechniquesRequired),
			(!policy.hidden && group != CONSORTIUM && !Roster::contains_key(group, member), Refusal::NotInGroup),
		];
		match rules.into_iter().find(|(broken, _)| *broken) {
			Some((_, refusal)) => Err(refusal),
			None => Ok(policy.hidden.then(|| HiddenAuths::get(group).unwrap())),
		}
	}

	fn roster(group: GroupId) -> Option<Vec<MemberId>> {
		let members = match group {
			CONSORTIUM => vec![ALICE, BOB, CHARLIE],
			_ => Roster::iter_key_prefix(group).collect(),
		};
		Policies::get(group).filter(|policy| !policy.hidden).map(|_| members)
	}

	fn can_read(group: GroupId, epoch: Epoch, member: MemberId) -> Option<bool> {
		let policy = Policies::get(group)?;
		let is_in = Self::roster(group)?.contains(&member);
		(is_in || policy.epoch == epoch && !policy.stale).then_some(is_in)
	}

	fn is_of_all(group: GroupId) -> bool {
		group == CONSORTIUM
	}

	fn sealing_key(group: GroupId) -> Option<(Epoch, Box<[u8; ENCRYPTION_KEY_LEN]>)> {
		let policy = Policies::get(group).filter(|policy| !policy.stale)?;
		Some((policy.epoch, Box::new(group_seed(group, policy.epoch).public_key())))
	}

	fn is_stale(group: GroupId) -> bool {
		Policies::get(group).is_some_and(|policy| policy.stale)
	}
}

impl Taxonomy for World {
	fn resolve(id: TechniqueId) -> Option<(TechniqueId, TechniqueStatus)> {
		Catalogue::get().contains(&id).then_some((id, TechniqueStatus::Active))
	}
}

impl OnSighting for World {
	fn on_sighting(record: RecordId, published: u64, by: MemberId, sighting: &Sighting, previous: Option<u32>) {
		assert_eq!(Some(published), ThreatRegistry::record(record).map(|info| info.published));
		Heard::append((record, by, *sighting, previous));
	}
}

#[cfg(feature = "runtime-benchmarks")]
use cti_envelope::EpochSecret;

#[cfg(feature = "runtime-benchmarks")]
impl crate::benchmarking::BenchmarkHelper<AccountId> for World {
	fn member(seed: u32) -> (AccountId, MemberId) {
		let member = MemberId(50 + seed);
		Activity::insert(member, (Standing::Active, 0));
		Accounts::insert(account(member, Role::Controller), (member, Role::Controller));
		(account(member, Role::Controller), member)
	}

	fn group_of_all() -> (GroupId, Epoch) {
		(CONSORTIUM, Epoch(0))
	}

	fn hidden_groups(count: u32, secret: &EpochSecret) -> Vec<(GroupId, Epoch)> {
		let hide = |n| {
			let (group, epoch) = (GroupId(100 + n), Epoch(0));
			let auth = secret.auth_public(&genesis(), group, epoch);
			HiddenAuths::insert(group, auth);
			let policy = Policies::get(HIDDEN_GROUP).unwrap();
			Policies::insert(group, policy);
			(group, epoch)
		};
		(0..count).map(hide).collect()
	}

	fn techniques(count: u32) -> Vec<TechniqueId> {
		let all: Vec<_> = (1..=count as u16).map(|technique| TechniqueId { technique, sub_technique: 0 }).collect();
		Catalogue::put(all.clone());
		all
	}
}

/// The account of a member in a role.
pub fn account(member: MemberId, role: Role) -> AccountId {
	u64::from(member.0) * 10 + role as u64
}

pub fn controller(member: MemberId) -> RuntimeOrigin {
	RuntimeOrigin::signed(account(member, Role::Controller))
}

pub fn set_standing(member: MemberId, standing: Standing) {
	Activity::mutate(member, |activity| activity.as_mut().unwrap().0 = standing);
}

fn put_up_members() {
	for member in [ALICE, BOB, CHARLIE] {
		Activity::insert(member, (Standing::Active, 0));
		for role in [Role::Controller, Role::Analyst, Role::Feed, Role::Auditor] {
			Accounts::insert(account(member, role), (member, role));
		}
	}
	Accounts::insert(account(NOBODY, Role::Controller), (NOBODY, Role::Controller));
}

fn put_up_groups() {
	let usual =
		Policy { epoch: Epoch(0), stale: false, ceiling: Tlp::AmberStrict, techniques_required: false, hidden: false };
	Policies::insert(CONSORTIUM, usual);
	Policies::insert(OPEN_GROUP, Policy { ceiling: Tlp::Green, epoch: Epoch(3), ..usual });
	Policies::insert(TAGGED_GROUP, Policy { ceiling: Tlp::Amber, techniques_required: true, ..usual });
	Policies::insert(OTHERS_GROUP, usual);
	Policies::insert(HIDDEN_GROUP, Policy { hidden: true, ..usual });
	HiddenAuths::insert(HIDDEN_GROUP, development::epoch_secret().auth_public(&genesis(), HIDDEN_GROUP, Epoch(0)));
	Policies::insert(STALE_GROUP, Policy { stale: true, ..usual });
	for group in [OPEN_GROUP, TAGGED_GROUP, STALE_GROUP] {
		Roster::insert(group, ALICE, ());
	}
	Roster::insert(OTHERS_GROUP, BOB, ());
}

pub fn new_test_ext() -> TestState {
	let mut state: TestState = frame_system::GenesisConfig::<Test>::default().build_storage().unwrap().into();
	state.execute_with(|| {
		put_up_members();
		put_up_groups();
		Catalogue::put(vec![TECHNIQUE, SUB_TECHNIQUE, OTHER_TECHNIQUE]);
		enter(1, 0);
		set_time(NOON);
	});
	// The tests of the benchmarks wipe what is not committed.
	state.commit_all().unwrap();
	state
}

/// Runs `test` and then checks the invariants.
pub fn build_and_execute(test: impl FnOnce()) {
	new_test_ext().execute_with(|| {
		test();
		ThreatRegistry::do_try_state().unwrap();
	});
}

/// Goes on at the extrinsic of this index in this block.
pub fn enter(block: u64, extrinsic: u32) {
	System::set_block_number(block);
	System::set_extrinsic_index(extrinsic);
}

pub fn set_time(seconds: u64) {
	Timestamp::set_timestamp(seconds * 1_000);
}

pub fn genesis() -> Hash {
	System::block_hash(0).into()
}

pub fn group_seed(group: GroupId, epoch: Epoch) -> Seed {
	development::epoch_secret().kem_seed(&genesis(), group, epoch)
}

/// What to seal.
#[derive(Clone)]
pub struct Envelope {
	pub author: MemberId,
	pub tlp: Tlp,
	pub groups: Vec<(GroupId, Epoch)>,
	pub direct: Vec<MemberId>,
	pub objects: Vec<Vec<u8>>,
}

/// One object of Alice's for the consortium, marked GREEN.
impl Default for Envelope {
	fn default() -> Self {
		Self {
			author: ALICE,
			tlp: Tlp::Green,
			groups: vec![(CONSORTIUM, Epoch(0))],
			direct: vec![],
			objects: vec![br#"{"type":"indicator"}"#.to_vec()],
		}
	}
}

impl Envelope {
	pub fn seal(&self) -> Payload {
		let groups: Vec<_> = self.groups.iter().map(|(g, e)| (*g, *e, group_seed(*g, *e).public_key())).collect();
		let groups: Vec<_> =
			groups.iter().map(|(group, epoch, key)| GroupRecipient { group: *group, epoch: *epoch, key }).collect();
		let keys: Vec<_> = self.direct.iter().map(|owner| (*owner, direct_seed(*owner).public_key())).collect();
		let direct: Vec<_> =
			keys.iter().map(|(owner, key)| DirectRecipient { owner: (*owner).into(), key_version: 0, key }).collect();
		let objects: Vec<_> = self.objects.iter().map(Vec::as_slice).collect();
		let request = cti_envelope::SealRequest {
			genesis: genesis(),
			author: Author::Member(self.author),
			tlp: self.tlp,
			groups: &groups,
			direct: &direct,
			pad_direct: false,
			objects: &objects,
		};
		cti_envelope::seal(&request, &[7; 32]).unwrap().try_into().unwrap()
	}
}

pub fn direct_seed(member: MemberId) -> Seed {
	development::member_seed(&member.to_string())
}

/// Opens an envelope that is for the consortium.
pub fn read(payload: &Payload) -> Opened {
	let seed = group_seed(CONSORTIUM, Epoch(0));
	open(payload, &Recipient::Group { group: CONSORTIUM, epoch: Epoch(0), seed: &seed }).unwrap()
}

/// The proof that somebody who could read `payload`, registered as `record`, signed for `member`.
pub fn proof(payload: &Payload, record: RecordId, member: MemberId) -> [u8; 64] {
	read(payload).sign(Statement::Sight, record, member)
}

/// The payload with another header in front of what follows it.
pub fn with_header(payload: &Payload, change: impl FnOnce(&mut Header)) -> Payload {
	let parsed = cti_envelope::parse(payload).unwrap();
	let mut header = parsed.header.clone();
	change(&mut header);
	[&header.encode(), parsed.wraps, parsed.body].concat().try_into().unwrap()
}

pub fn draft(techniques: &[TechniqueId], valid_until: Option<u64>) -> Draft {
	Draft { techniques: techniques.to_vec().try_into().unwrap(), valid_until, ..Draft::default() }
}

/// What somebody in the hidden group signs for that member.
pub fn group_proof(payload: &Payload, member: MemberId) -> [u8; 64] {
	let id = cti_envelope::parse(payload).unwrap().id();
	development::epoch_secret().sign_publication(&genesis(), (HIDDEN_GROUP, Epoch(0)), member, &id)
}

pub fn record_id(author: MemberId, n: u32) -> RecordId {
	RecordId { author: author.into(), n }
}

/// Publishes as the envelope's author and gives the record.
pub fn published(envelope: &Envelope, draft: Draft) -> RecordId {
	let id = record_id(envelope.author, World::next_record_number(envelope.author));
	assert_ok!(ThreatRegistry::publish(controller(envelope.author), draft, envelope.seal()));
	id
}

pub fn registered(id: RecordId) -> Record {
	pallet_threat_registry::Records::<Test>::get(id).unwrap()
}
