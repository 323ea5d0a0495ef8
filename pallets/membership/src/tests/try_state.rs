//! Each corruption is noticed, by the invariant that it breaks.

use crate::mock::*;
use crate::*;
use cti_primitives::{Epoch, GroupId, Role, Standing};
use frame::{deps::sp_runtime::TryRuntimeError, testing_prelude::*};

/// Corrupts a state with a group in it and expects the complaint.
fn corrupted(complaint: &'static str, corrupt: impl FnOnce()) {
	state(genesis()).execute_with(|| {
		make_group(&[B, C]);
		assert_ok!(Membership::do_try_state());
		corrupt();
		assert_eq!(Membership::do_try_state(), Err(TryRuntimeError::Other(complaint)));
	});
}

#[test]
fn members_out_of_step_should_be_noticed() {
	corrupted("a member's id is not below the next", || NextMember::<Test>::put(3));
	corrupted("a member's activity has no member", || {
		let activity = Activity::<Test>::get(A).unwrap();
		Activity::<Test>::insert(E, activity);
	});
	corrupted("the count of active members is wrong", || ActiveMembers::<Test>::put(3));
	corrupted("a bucket holds more than it may", || {
		Activity::<Test>::mutate(A, |activity| activity.as_mut().unwrap().tokens = BUCKET + 1)
	});
}

#[test]
fn accounts_out_of_step_should_be_noticed() {
	let delegation = |member, role| Delegation { member, role };
	corrupted("an account's member does not exist", || Accounts::<Test>::insert(77, delegation(E, Role::Feed)));
	corrupted("a member has another controller", || {
		Accounts::<Test>::insert(BOB_ANALYST, delegation(B, Role::Controller))
	});
	corrupted("a retired account acts", || RetiredAccounts::<Test>::insert(BOB_ANALYST, B));
	corrupted("an account has no sufficient reference", || {
		System::dec_sufficients(&BOB_ANALYST);
	});
	corrupted("the count of delegates is wrong", || Accounts::<Test>::remove(BOB_ANALYST));
	corrupted("a controller does not act for its member", || Accounts::<Test>::remove(BOB));
}

#[test]
fn seats_out_of_step_should_be_noticed() {
	let complaint = "the seats are not those of the seated members";
	corrupted(complaint, || SeatHolders::<Test>::mutate(|seats| seats.retain(|seat| *seat != BOB)));
	corrupted(complaint, || SeatHolders::<Test>::mutate(|seats| seats.as_mut().reverse()));
	corrupted("the list of seated members is wrong", || {
		SeatedMembers::<Test>::mutate(|seated| seated.pop());
	});
	corrupted(complaint, || {
		Activity::<Test>::mutate(B, |activity| activity.as_mut().unwrap().standing = Standing::Expelled);
		ActiveMembers::<Test>::put(3);
	});
}

#[test]
fn keys_out_of_step_should_be_noticed() {
	let entry = || KeyEntry { version: 0, key: *key(50) };
	corrupted("an encryption key has no owner", || EncryptionKeys::<Test>::insert(KeyOwner::Member(E), entry()));
	corrupted("an encryption key has no owner", || {
		EncryptionKeys::<Test>::insert(KeyOwner::Analyst(ALICE_FEED), entry())
	});
	corrupted("a reported key does not exist", || LastKeyReport::<Test>::insert(E, 1));
}

#[test]
fn rosters_out_of_step_should_be_noticed() {
	corrupted("a member's group does not know it", || GroupMembers::<Test>::remove(G1, B));
	corrupted("a group's member does not know the group", || GroupMembers::<Test>::insert(G1, D, ()));
	corrupted("a member without a key is in a group", || {
		EncryptionKeys::<Test>::remove(KeyOwner::Member(B));
	});
	corrupted("an owner is not in its group", || {
		GroupMembers::<Test>::remove(G1, A);
		GroupsOf::<Test>::remove(A);
	});
	corrupted("a group's count of members is wrong", || {
		Groups::<Test>::mutate(G1, |group| group.as_mut().unwrap().members = 2)
	});
	corrupted("a group's count of members is wrong", || {
		Groups::<Test>::mutate(CONSORTIUM, |group| group.as_mut().unwrap().members = 5)
	});
	corrupted("a group takes RED", || {
		Groups::<Test>::mutate(G1, |group| group.as_mut().unwrap().policy.ceiling = cti_primitives::Tlp::Red)
	});
	corrupted("a group's id is not below the next", || NextGroup::<Test>::put(1));
	corrupted("only the consortium has everyone", || {
		Groups::<Test>::mutate(G1, |group| group.as_mut().unwrap().roster = Roster::Everyone)
	});
	corrupted("only the consortium has no owner", || {
		Groups::<Test>::mutate(G1, |group| group.as_mut().unwrap().owner = None)
	});
}

#[test]
fn epochs_out_of_step_should_be_noticed() {
	corrupted("a group was keyed for a roster to come", || {
		Groups::<Test>::mutate(G1, |group| group.as_mut().unwrap().keyed_version = 2)
	});
	corrupted("a group has seen departures to come", || {
		Groups::<Test>::mutate(G1, |group| group.as_mut().unwrap().departures_seen = 1)
	});
	corrupted("a group's key is not its newest epoch's", || GroupKeys::<Test>::insert(G1, *key(50)));
	corrupted("a group's key and its versions disagree", || {
		Groups::<Test>::mutate(G1, |group| group.as_mut().unwrap().keyed_version = 0)
	});
	corrupted("an epoch lies beyond the newest", || {
		let epoch = Epochs::<Test>::get(G1, Epoch(1)).unwrap();
		Epochs::<Test>::insert(G1, Epoch(2), epoch);
	});
	corrupted("an epoch has no group", || {
		let epoch = Epochs::<Test>::get(G1, Epoch(1)).unwrap();
		Epochs::<Test>::insert(GroupId(9), Epoch(1), epoch);
	});
	corrupted("a key has no group", || GroupKeys::<Test>::insert(GroupId(9), *key(50)));
	corrupted("a name has no group", || GroupNames::<Test>::insert(GroupId(9), name("x")));
}

#[test]
fn consortium_out_of_step_should_be_noticed() {
	corrupted("a departure left the consortium's group as is", || Departures::<Test>::put(1));
	corrupted("the consortium's group has not seen a departure", || {
		assert_ok!(Membership::suspend(root(), D));
		Groups::<Test>::mutate(CONSORTIUM, |group| group.as_mut().unwrap().departures_seen = 1);
	});
}
