use crate::mock::*;
use crate::*;
use cti_primitives::{GroupId, MemberId};
use frame::testing_prelude::*;

fn remove(account: AccountId, group: GroupId, member: MemberId) -> DispatchResult {
	Membership::remove_from_group(signed(account), group, member)
}

#[test]
fn owner_should_remove_a_member_and_stale_the_group() {
	build_and_execute(|| {
		make_group(&[B, C]);
		assert_ok!(remove(ALICE, G1, B));
		let after = group(G1);
		assert_eq!((after.members, after.is_stale(Departures::<Test>::get), after.roster_version), (2, true, 2));
		assert_eq!(Membership::groups_of(B), vec![CONSORTIUM]);
		// Nobody else's business.
		assert!(!group(CONSORTIUM).is_stale(Departures::<Test>::get));
		assert_eq!(Departures::<Test>::get(), 0);
		assert_eq!(last_event(), Event::MemberRemovedFromGroup { group: G1, member: B });
	});
}

#[test]
fn member_should_leave_a_group_by_itself() {
	build_and_execute(|| {
		make_group(&[B, C]);
		assert_ok!(remove(BOB, G1, B));
		assert!(group(G1).is_stale(Departures::<Test>::get));
	});
}

#[test]
fn suspended_member_should_be_removed_without_being_counted_twice() {
	build_and_execute(|| {
		make_group(&[B, C]);
		assert_ok!(Membership::suspend(root(), B));
		assert_ok!(remove(ALICE, G1, B));
		assert_eq!(group(G1).members, 2);
		assert_ok!(Membership::reinstate(root(), B));
		assert_eq!(group(G1).members, 2);
	});
}

#[test]
fn remove_from_group_should_be_refused_when_the_signer_is_neither_owner_nor_the_member() {
	build_and_execute(|| {
		make_group(&[B, C]);
		refused(|| remove(CHARLIE, G1, B), PalletError::NotOwner);
		refused(|| remove(BOB_ANALYST, G1, B), PalletError::WrongRole);
		refused(|| remove(ERIN, G1, B), PalletError::NotMember);
		assert_ok!(Membership::suspend(root(), B));
		refused(|| remove(BOB, G1, B), PalletError::NotActive);
	});
}

#[test]
fn remove_from_group_should_be_refused_when_the_group_has_no_roster_to_keep() {
	build_and_execute(|| {
		refused(|| remove(BOB, CONSORTIUM, B), PalletError::RosterIsEveryone);
		refused(|| remove(BOB, G1, B), PalletError::UnknownGroup);
	});
}

#[test]
fn remove_from_group_should_be_refused_for_the_owner() {
	build_and_execute(|| {
		make_group(&[B]);
		refused(|| remove(ALICE, G1, A), PalletError::OwnerStays);
	});
}

#[test]
fn remove_from_group_should_be_refused_when_the_member_is_not_in_it() {
	build_and_execute(|| {
		make_group(&[B]);
		refused(|| remove(ALICE, G1, C), PalletError::NotInGroup);
		refused(|| remove(CHARLIE, G1, C), PalletError::NotInGroup);
	});
}

#[test]
fn remove_from_group_should_be_refused_when_the_version_is_at_its_end() {
	build_and_execute(|| {
		make_group(&[B]);
		let before = group(G1);
		Groups::<Test>::mutate(G1, |group| group.as_mut().unwrap().roster_version = u32::MAX);
		refused(|| remove(ALICE, G1, B), PalletError::Exhausted);
		Groups::<Test>::insert(G1, before);
	});
}
