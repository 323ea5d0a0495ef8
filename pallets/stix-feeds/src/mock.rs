//! A runtime of this pallet alone. Members, groups, catalogue and registry are kept in storage, so that they roll back
//! with what is refused, as the real ones do.

use crate::{
	self as pallet_stix_feeds,
	crypto::FeedKey,
	position::{Link, Place, Position, PrefixHash},
	types::*,
};
use cti_envelope::{development, open, Author, EpochSecret, GroupRecipient, PublicKey, Recipient, SealRequest, Seed};
use cti_primitives::{
	Actor, AuthorId, Draft, Epoch, FeedId, GroupId, Groups, Hash, MemberId, Members, Quality, RecordId, Refusal,
	Registry, Role, Standing, Taxonomy, TechniqueId, TechniqueStatus, Tlp, ENCRYPTION_KEY_LEN,
};
use frame::{
	deps::{
		sp_core::crypto::AccountId32,
		sp_runtime::{
			generic::UncheckedExtrinsic,
			traits::{IdentityLookup, Verify},
			MultiSignature,
		},
	},
	storage_alias,
	testing_prelude::*,
};
use std::{
	collections::BTreeMap,
	sync::{Mutex, PoisonError},
};

pub type AccountId = AccountId32;
pub type Extrinsic = UncheckedExtrinsic<AccountId, RuntimeCall, MultiSignature, frame_system::CheckNonce<Test>>;

pub const ALICE: MemberId = MemberId(0);
pub const BOB: MemberId = MemberId(1);
/// The consortium; takes everything but RED.
pub const CONSORTIUM: GroupId = GroupId(0);
/// Takes up to GREEN and asks for techniques; Alice is in it, Bob is not.
pub const TAGGED: GroupId = GroupId(1);
/// Nobody knows who is in it.
pub const HIDDEN: GroupId = GroupId(2);
/// No such group.
pub const NO_GROUP: GroupId = GroupId(9);
/// Alice's, to the consortium, up to AMBER, without a default marking.
pub const FEED: FeedId = FeedId(0);

#[frame_construct_runtime]
mod runtime {
	#[runtime::runtime]
	#[runtime::derive(RuntimeCall, RuntimeEvent, RuntimeError, RuntimeOrigin, RuntimeTask, RuntimeViewFunction)]
	pub struct Test;

	#[runtime::pallet_index(0)]
	pub type System = frame_system;
	#[runtime::pallet_index(54)]
	pub type StixFeeds = pallet_stix_feeds;
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = MockBlock<Test>;
	type AccountId = AccountId;
	type Lookup = IdentityLookup<AccountId>;
	type Nonce = u32;
}

impl SigningTypes for Test {
	type Public = <MultiSignature as Verify>::Signer;
	type Signature = MultiSignature;
}

impl<C> CreateTransactionBase<C> for Test
where
	RuntimeCall: From<C>,
{
	type Extrinsic = Extrinsic;
	type RuntimeCall = RuntimeCall;
}

impl<C> CreateSignedTransaction<C> for Test
where
	RuntimeCall: From<C>,
{
	fn create_signed_transaction<K: AppCrypto<Self::Public, Self::Signature>>(
		call: RuntimeCall,
		public: Self::Public,
		account: AccountId,
		nonce: u32,
	) -> Option<Extrinsic> {
		let signature = K::sign(&(&call, nonce).encode(), public)?;
		Some(Extrinsic::new_signed(call, account, signature, frame_system::CheckNonce::from(nonce)))
	}
}

impl pallet_stix_feeds::Config for Test {
	type AuthorityId = FeedKey;
	type Members = World;
	type Groups = World;
	type Taxonomy = World;
	type Registry = World;
	type BlocksPerSlot = ConstU32<1>;
	type WeightInfo = pallet_stix_feeds::weights::SubstrateWeight<Test>;
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
}

#[storage_alias]
pub type Accounts = StorageMap<Mock, Twox64Concat, AccountId, (MemberId, Role)>;
#[storage_alias]
pub type Activity = StorageMap<Mock, Twox64Concat, MemberId, (Standing, u32)>;
#[storage_alias]
pub type Policies = StorageMap<Mock, Twox64Concat, GroupId, Policy>;
#[storage_alias]
pub type Records = StorageMap<Mock, Twox64Concat, RecordId, (Draft, Vec<u8>)>;

/// Who is in a group, where that is known.
#[storage_alias]
pub type Rosters = StorageMap<Mock, Twox64Concat, GroupId, Vec<MemberId>>;

/// What a group asks of objects.
#[storage_alias]
pub type Qualities = StorageMap<Mock, Twox64Concat, GroupId, Quality, ValueQuery>;

/// Members, groups, catalogue and registry in one.
pub struct World;

impl Members<AccountId> for World {
	fn actor(account: &AccountId) -> Option<Actor> {
		Accounts::get(account).map(|(member, role)| Actor { member, role })
	}
	fn standing(member: MemberId) -> Option<Standing> {
		Activity::get(member).map(|(standing, _)| standing)
	}
	fn take_record_number(member: MemberId) -> Result<u32, Refusal> {
		match Activity::get(member) {
			Some((Standing::Active, n)) => {
				Activity::insert(member, (Standing::Active, n + 1));
				Ok(n)
			}
			Some(_) => Err(Refusal::NotActive),
			None => Err(Refusal::UnknownMember),
		}
	}
	fn next_record_number(member: MemberId) -> u32 {
		Activity::get(member).map_or(0, |(_, n)| n)
	}
	fn active_members() -> u32 {
		2
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
			(!tlp.permits_group(policy.ceiling), Refusal::MarkingTooStrict),
			(policy.techniques_required && !has_techniques, Refusal::TechniquesRequired),
			(group == TAGGED && member != ALICE, Refusal::NotInGroup),
			(policy.stale, Refusal::StaleGroup),
			(policy.epoch != epoch, Refusal::WrongEpoch),
		];
		match rules.into_iter().find(|(broken, _)| *broken) {
			Some((_, refusal)) => Err(refusal),
			None => Ok((group == HIDDEN).then_some([1; 32])),
		}
	}
	fn roster(group: GroupId) -> Option<Vec<MemberId>> {
		Rosters::get(group)
	}
	fn can_read(group: GroupId, _: Epoch, member: MemberId) -> Option<bool> {
		Self::roster(group).map(|roster| roster.contains(&member))
	}
	fn is_of_all(_: GroupId) -> bool {
		false
	}
	fn quality(group: GroupId) -> Quality {
		Qualities::get(group)
	}
	fn sealing_key(group: GroupId) -> Option<(Epoch, Box<[u8; ENCRYPTION_KEY_LEN]>)> {
		let policy = Policies::get(group).filter(|policy| !policy.stale)?;
		Some((policy.epoch, Box::new(group_key(group, policy.epoch))))
	}
	fn is_stale(group: GroupId) -> bool {
		Policies::get(group).is_some_and(|policy| policy.stale)
	}
}

impl Taxonomy for World {
	fn resolve(id: TechniqueId) -> Option<(TechniqueId, TechniqueStatus)> {
		(id.technique < 9_000).then_some((id, TechniqueStatus::Active))
	}
}

impl Registry for World {
	type Error = DispatchError;

	fn publish(member: MemberId, draft: Draft, payload: &[u8]) -> Result<RecordId, DispatchError> {
		System::extrinsic_index().ok_or("OutsideExtrinsic")?;
		let header = cti_envelope::parse(payload).map_err(|_| "Malformed")?.header;
		ensure!(header.genesis == genesis(), "OtherChain");
		ensure!(header.author == Author::Member(member), "OtherAuthor");
		let public = draft.techniques.is_empty() || header.tlp.permits_public_techniques(draft.disclose_techniques);
		ensure!(public, "TechniquesNotPublic");
		let n = World::take_record_number(member).map_err(refused)?;
		for (group, epoch) in &header.audience {
			World::may_publish(member, *group, *epoch, header.tlp, !draft.techniques.is_empty()).map_err(refused)?;
		}
		World::check_all(&draft.techniques).map_err(|_| "UnknownTechnique")?;
		let id = RecordId { author: AuthorId::from(member), n };
		Records::insert(id, (draft, payload.to_vec()));
		Ok(id)
	}
}

#[cfg(feature = "runtime-benchmarks")]
impl crate::benchmarking::BenchmarkHelper<AccountId> for World {
	fn controller() -> AccountId {
		account(ALICE, Role::Controller)
	}
	fn group(_: MemberId) -> GroupId {
		CONSORTIUM
	}
	fn techniques(count: u32) -> Vec<TechniqueId> {
		(0..count).map(|n| TechniqueId { technique: 1_000 + n as u16, sub_technique: 0 }).collect()
	}
}

fn refused(refusal: Refusal) -> DispatchError {
	DispatchError::Other(match refusal {
		Refusal::StaleGroup => "StaleGroup",
		Refusal::WrongEpoch => "WrongEpoch",
		Refusal::MarkingTooStrict => "MarkingTooStrict",
		Refusal::TechniquesRequired => "TechniquesRequired",
		Refusal::NotActive => "NotActive",
		_ => "Refused",
	})
}

/// The seed of a group's key.
pub fn group_seed(group: GroupId, epoch: Epoch) -> Seed {
	match epoch {
		Epoch(0) => development::epoch_secret().kem_seed(&[0; 32], group, epoch),
		_ => EpochSecret::new([epoch.0 as u8; 32]).kem_seed(&genesis(), group, epoch),
	}
}

/// The group's public key; made once, for it takes long.
pub fn group_key(group: GroupId, epoch: Epoch) -> PublicKey {
	static MADE: Mutex<BTreeMap<(GroupId, Epoch, Hash), PublicKey>> = Mutex::new(BTreeMap::new());
	let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
	*made.entry((group, epoch, genesis())).or_insert_with(|| group_seed(group, epoch).public_key())
}

pub fn genesis() -> Hash {
	System::block_hash(0).into()
}

/// The account of a member in a role.
pub fn account(member: MemberId, role: Role) -> AccountId {
	AccountId32::new([member.0 as u8 * 16 + role as u8 + 1; 32])
}

pub fn signed(member: MemberId, role: Role) -> RuntimeOrigin {
	RuntimeOrigin::signed(account(member, role))
}

pub fn text(text: &str) -> FeedName {
	FeedName::truncate_from(text)
}

/// An envelope by Alice to the consortium.
pub fn envelope(tlp: Tlp, objects: &[&[u8]]) -> Payload {
	envelope_to(CONSORTIUM, tlp, objects)
}

pub fn envelope_to(group: GroupId, tlp: Tlp, objects: &[&[u8]]) -> Payload {
	let epoch = Policies::get(group).unwrap().epoch;
	let key = group_key(group, epoch);
	let request = SealRequest {
		genesis: genesis(),
		author: Author::Member(ALICE),
		tlp,
		groups: &[GroupRecipient { group, epoch, key: &key }],
		direct: &[],
		pad_direct: false,
		objects,
	};
	Payload::truncate_from(cti_envelope::seal(&request, &[7; 32]).unwrap())
}

/// The position `offset` bytes into a file, after the one the feed stands at.
pub fn position(offset: u64) -> PositionBytes {
	let follows = Link::to(&StixFeeds::feed(FEED).map(|feed| feed.position).unwrap_or_default());
	let place = Place::File { offset, prefix: PrefixHash::default().value() };
	Position { follows, place, progress: None }.encode_to()
}

/// Publishes the feed's next page with one object.
pub fn publish_next() -> DispatchResult {
	let sequence = StixFeeds::next_sequence(FEED).unwrap();
	let payload = envelope(Tlp::Green, &[b"{}"]);
	StixFeeds::publish_page(signed(ALICE, Role::Feed), FEED, sequence, position(2), Draft::default(), payload)
}

/// The objects of a record, opened by a member of the group.
pub fn objects_of(record: RecordId) -> Vec<Vec<u8>> {
	let (_, payload) = Records::get(record).unwrap();
	let (group, epoch) = cti_envelope::parse(&payload).unwrap().header.audience[0];
	let seed = group_seed(group, epoch);
	open(&payload, &Recipient::Group { group, epoch, seed: &seed }).unwrap().objects
}

pub fn new_test_ext() -> TestState {
	let mut state: TestState = frame_system::GenesisConfig::<Test>::default().build_storage().unwrap().into();
	state.execute_with(|| {
		for member in [ALICE, BOB] {
			Activity::insert(member, (Standing::Active, 0));
			for role in [Role::Controller, Role::Analyst, Role::Feed, Role::Auditor] {
				Accounts::insert(account(member, role), (member, role));
			}
		}
		let usual = Policy { epoch: Epoch(0), stale: false, ceiling: Tlp::AmberStrict, techniques_required: false };
		Policies::insert(CONSORTIUM, usual);
		Policies::insert(TAGGED, Policy { ceiling: Tlp::Green, techniques_required: true, ..usual });
		Policies::insert(HIDDEN, usual);
		Rosters::insert(CONSORTIUM, vec![ALICE, BOB]);
		Rosters::insert(TAGGED, vec![ALICE, BOB]);
		let feeds = vec![(ALICE, "apt-reports".to_string(), CONSORTIUM, Tlp::Amber, None)];
		pallet_stix_feeds::GenesisConfig::<Test> { feeds, _config: PhantomData }.build();
		System::set_block_number(1);
		System::set_extrinsic_index(0);
	});
	// The tests of the benchmarks wipe what is not committed.
	state.commit_all().unwrap();
	state
}

/// Runs `test` and then checks the invariants.
pub fn build_and_execute(test: impl FnOnce()) {
	new_test_ext().execute_with(|| {
		test();
		StixFeeds::do_try_state().unwrap();
	});
}
