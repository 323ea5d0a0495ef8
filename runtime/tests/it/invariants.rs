//! What must hold of the composed runtime's state between any two calls, read from storage: the pallets' own checks are not
//! part of the runtime that is tested here.

use cti_primitives::{GroupId, MemberId, Role, Standing};
use pallet_cti_membership::{
	Accounts, ActiveMembers, Activity, Collators, Delegation, Departures, EncryptionKeys, Group, GroupMembers, Groups,
	GroupsOf, KeyOwner, Members, RetiredAccounts, Roster, SeatHolders, CONSORTIUM,
};
use pallet_stix_feeds::{Feeds, FeedsOf};
use pallet_threat_registry::Records;
use polkadot_sdk::pallet_collective::{Instance1, Members as Seats};
use std::collections::BTreeMap;
use testudo_runtime::{AccountId, Runtime, System};

fn standing(member: MemberId) -> Option<Standing> {
	Activity::<Runtime>::get(member).map(|activity| activity.standing)
}

fn is_active(member: MemberId) -> bool {
	standing(member) == Some(Standing::Active)
}

fn is_seated(member: MemberId) -> bool {
	matches!(standing(member), Some(Standing::Active | Standing::Suspended))
}

fn has_key(member: MemberId) -> bool {
	EncryptionKeys::<Runtime>::contains_key(KeyOwner::<AccountId>::Member(member))
}

/// Panics with the first that does not hold.
pub fn check() {
	seats_are_those_of_the_seated();
	accounts_act_for_members();
	groups_know_their_members();
	records_and_feeds_are_counted();
}

/// The collective's members, the seat holders and the controllers of active and suspended members are the same, ascending.
fn seats_are_those_of_the_seated() {
	let seated = Members::<Runtime>::iter().filter(|(member, _)| is_seated(*member));
	let mut expected: Vec<AccountId> = seated.map(|(_, profile)| profile.controller).collect();
	expected.sort();
	assert_eq!(SeatHolders::<Runtime>::get().into_inner(), expected, "seats are those of the seated members");
	assert_eq!(Seats::<Runtime, Instance1>::get(), expected, "the collective is those who hold seats");

	let active = Activity::<Runtime>::iter_values().filter(|activity| activity.standing == Standing::Active);
	assert_eq!(ActiveMembers::<Runtime>::get() as usize, active.count(), "active members are counted");
	assert!(Collators::<Runtime>::iter_keys().all(is_seated), "collators hold seats");
}

/// Every account acts for a member that exists and was never retired; a member has one controller.
fn accounts_act_for_members() {
	for (account, Delegation { member, role }) in Accounts::<Runtime>::iter() {
		let profile = Members::<Runtime>::get(member).expect("an account acts for a member that exists");
		assert_eq!(profile.controller == account, role == Role::Controller, "{member} has one controller");
		assert!(!RetiredAccounts::<Runtime>::contains_key(&account), "a retired account acts");
		assert!(System::sufficients(&account) > 0, "an account that acts is kept alive");
	}
	for (member, profile) in Members::<Runtime>::iter() {
		let acts_for = Accounts::<Runtime>::get(&profile.controller).map(|delegation| delegation.member);
		assert_eq!(acts_for, Some(member), "a controller acts for its member");
	}
}

/// A group counts its active members, and members know the groups they are in; of a hidden one nobody is known.
fn groups_know_their_members() {
	for (id, group) in Groups::<Runtime>::iter() {
		assert_eq!(usize::from(group.members), active_in(id, &group), "group {id} counts its active members");
		let is_bare = GroupMembers::<Runtime>::iter_key_prefix(id).next().is_none();
		assert!(group.roster == Roster::Open || is_bare, "group {id} keeps a roster that it must not");
	}
	let mut places = 0;
	for (member, groups) in GroupsOf::<Runtime>::iter() {
		assert!(groups.is_empty() || is_seated(member) && has_key(member), "{member} is in groups without a right to");
		let is_mirrored = groups.iter().all(|group| GroupMembers::<Runtime>::contains_key(group, member));
		assert!(is_mirrored, "a group of {member} does not know it");
		places += groups.len();
	}
	assert_eq!(GroupMembers::<Runtime>::iter_keys().count(), places, "a group's member does not know the group");
	let consortium = Groups::<Runtime>::get(CONSORTIUM).expect("the consortium has a group");
	assert_eq!(
		consortium.roster_version,
		Departures::<Runtime>::get() + 1,
		"every departure closes the consortium's group"
	);
}

fn active_in(id: GroupId, group: &Group) -> usize {
	match group.roster {
		Roster::Everyone => Activity::<Runtime>::iter_keys().filter(|one| is_active(*one) && has_key(*one)).count(),
		Roster::Open => GroupMembers::<Runtime>::iter_key_prefix(id).filter(|one| is_active(*one)).count(),
		Roster::Hidden => 0,
	}
}

/// An author's records lie below its next number, and its feeds are as many as it is said to have.
fn records_and_feeds_are_counted() {
	for id in Records::<Runtime>::iter_keys() {
		let author = id.author.member().and_then(Activity::<Runtime>::get).expect("a record's author is a member");
		assert!(id.n < author.records, "record {id} lies below its author's next");
	}
	let mut feeds = BTreeMap::<MemberId, u32>::new();
	for feed in Feeds::<Runtime>::iter_values() {
		*feeds.entry(feed.owner).or_default() += 1;
	}
	assert_eq!(feeds, FeedsOf::<Runtime>::iter().collect::<BTreeMap<_, _>>(), "feeds are counted");
}
