//! What the benchmarks measure, and what they need to be there.

use crate::{
	configs::{ConsortiumCollective, TwoThirds},
	*,
};
use alloc::{boxed::Box, vec};
use cti_envelope::EpochSecret;
use cti_primitives::{Epoch, GroupId, MemberId, Members as _, RecordId, RecordStatus, Reliability, TechniqueId, Tlp};
use frame_support::{
	traits::{EnsureOrigin, UnixTime},
	BoundedVec,
};
use frame_system::RawOrigin;
use pallet_collective::{Proposals, Voting};
use pallet_cti_membership::{EncryptionKey, GroupPolicy, Groups, Members, Name, NextGroup, Visibility, MAX_SEATS};
use pallet_threat_registry::Day;
use polkadot_sdk::frame_benchmarking;

frame_benchmarking::define_benchmarks!(
	[pallet_cti_membership, Membership]
	[pallet_attck_taxonomy, AttckTaxonomy]
	[pallet_threat_registry, ThreatRegistry]
	[pallet_reputation, Reputation]
	[pallet_stix_feeds, StixFeeds]
);

/// As many motions as may be open.
const MAX_MOTIONS: u32 = 20;

/// Puts up members, groups and techniques by the calls that a person would make.
pub struct Helper;

fn key() -> Box<EncryptionKey> {
	Box::new(cti_envelope::development::member_seed("alice").public_key())
}

fn name() -> Name {
	Name::truncate_from("benchmark")
}

/// The account of another active member's controller for every `seed`, and the member.
fn member(seed: u32) -> (AccountId, MemberId) {
	let controller: AccountId = frame_benchmarking::account("benchmark", seed, 0);
	let vote = TwoThirds::try_successful_origin().expect("the origin of a vote can be made; qed");
	Membership::admit(vote, controller.clone(), name(), Some(key()), None).expect("there is a seat; qed");
	let member = Membership::actor(&controller).expect("it was admitted; qed").member;
	(controller, member)
}

/// The policy that costs publishers most: it looks at their reliability, and takes newcomers.
fn asking() -> GroupPolicy {
	GroupPolicy { ceiling: Tlp::AmberStrict, min_reliability: Some(Reliability::E), ..Default::default() }
}

/// A group of the member alone, keyed.
fn open_group(member: MemberId) -> (GroupId, Epoch) {
	let origin = RawOrigin::Signed(Members::<Runtime>::get(member).expect("it was admitted; qed").controller);
	let group = GroupId(NextGroup::<Runtime>::get());
	let policy = asking();
	Membership::create_group(origin.clone().into(), name(), policy, Visibility::Open).expect("there is room; qed");
	let made = Groups::<Runtime>::get(group).expect("it was created; qed");
	let wraps = vec![[7; 1168]].try_into().expect("one wrap fits; qed");
	Membership::rekey(origin.into(), group, made.epoch, made.roster_version, key(), [1; 32], None, wraps)
		.expect("its owner may; qed");
	(group, Groups::<Runtime>::get(group).expect("it was created; qed").epoch)
}

/// A hidden group of that member, keyed with that secret.
fn hidden_group(owner: AccountId, secret: &EpochSecret) -> (GroupId, Epoch) {
	let (group, epoch) = (GroupId(NextGroup::<Runtime>::get()), Epoch(1));
	let origin = RawOrigin::Signed(owner);
	let policy = asking();
	Membership::create_group(origin.clone().into(), name(), policy, Visibility::Hidden).expect("there is room; qed");
	let genesis = System::block_hash(0).0;
	let (key, auth) =
		(secret.kem_seed(&genesis, group, epoch).public_key(), secret.auth_public(&genesis, group, epoch));
	let wraps: Vec<_> = (0..8u8).map(|n| [n; 1168]).collect();
	let wraps = wraps.try_into().expect("eight wraps fit; qed");
	let departures = pallet_cti_membership::Departures::<Runtime>::get();
	Membership::rekey(origin.into(), group, Epoch(0), departures, Box::new(key), auth, None, wraps)
		.expect("its owner may; qed");
	(group, epoch)
}

fn techniques(count: u32) -> Vec<TechniqueId> {
	pallet_attck_taxonomy::TechniqueIndex::<Runtime>::get().iter().take(count as usize).map(|line| line.id).collect()
}

impl pallet_cti_membership::benchmarking::BenchmarkHelper<AccountId, RuntimeCall> for Helper {
	fn open_motions(voters: &[AccountId]) {
		let proposals: Vec<Hash> = (0..MAX_MOTIONS).map(|n| Hash::repeat_byte(n as u8 + 1)).collect();
		for (index, proposal) in proposals.iter().enumerate() {
			// The fields of the collective's votes, which it keeps to itself: index, threshold, ayes, nays, end.
			let votes = (index as u32, MAX_SEATS, voters, Vec::<AccountId>::new(), BlockNumber::MAX);
			let key = Voting::<Runtime, ConsortiumCollective>::hashed_key_for(proposal);
			frame_support::storage::unhashed::put(&key, &votes);
		}
		Proposals::<Runtime, ConsortiumCollective>::put(BoundedVec::truncate_from(proposals));
	}

	fn enactable() -> RuntimeCall {
		frame_system::Call::authorize_upgrade { code_hash: Hash::repeat_byte(1) }.into()
	}
}

impl pallet_attck_taxonomy::benchmarking::BenchmarkHelper<AccountId> for Helper {
	fn member() -> AccountId {
		member(0).0
	}
}

impl pallet_threat_registry::benchmarking::BenchmarkHelper<AccountId> for Helper {
	fn member(seed: u32) -> (AccountId, MemberId) {
		member(seed)
	}

	fn group_of_all() -> (GroupId, Epoch) {
		let group = Groups::<Runtime>::get(GroupId(0)).expect("genesis has it; qed");
		(GroupId(0), group.epoch)
	}

	fn hidden_groups(count: u32, secret: &EpochSecret) -> Vec<(GroupId, Epoch)> {
		let (controller, _) = member(u32::MAX);
		(0..count).map(|_| hidden_group(controller.clone(), secret)).collect()
	}

	fn techniques(count: u32) -> Vec<TechniqueId> {
		techniques(count)
	}
}

impl pallet_reputation::benchmarking::BenchmarkHelper<AccountId> for Helper {
	fn members(count: u32) {
		(Membership::active_members()..count).for_each(|seed| drop(member(seed)));
	}

	fn record(author: MemberId, reader_key: [u8; 32]) -> (RecordId, [u8; 32]) {
		let n = Membership::take_record_number(author).expect("it is active; qed");
		let id = RecordId { author: author.into(), n };
		let record = pallet_threat_registry::Record {
			id: [7; 32],
			reader_key,
			objects_root: [8; 32],
			height: 0,
			bytes: 8_192,
			tlp: Tlp::Green,
			audience: vec![(GroupId(0), Epoch(1))].try_into().expect("one group fits; qed"),
			direct: 0,
			at: (1, 1),
			published: Timestamp::now().as_secs(),
			end: Day::not_before(Timestamp::now().as_secs() + 86_400),
			revises: None,
			status: RecordStatus::Open,
			sightings: 0,
			false_positives: 0,
		};
		let end = record.end.expect("tomorrow is a day; qed");
		pallet_threat_registry::ExpiryQueue::<Runtime>::insert(end, id, ());
		pallet_threat_registry::Records::<Runtime>::insert(id, record);
		(id, [7; 32])
	}
}

impl pallet_stix_feeds::benchmarking::BenchmarkHelper<AccountId> for Helper {
	fn controller() -> AccountId {
		member(0).0
	}

	fn group(member: MemberId) -> GroupId {
		open_group(member).0
	}

	fn techniques(count: u32) -> Vec<TechniqueId> {
		techniques(count)
	}
}
