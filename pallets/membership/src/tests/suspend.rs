use crate::mock::*;
use crate::*;
use cti_primitives::Standing;
use frame::testing_prelude::*;

#[test]
fn suspend_should_stale_the_members_groups_and_keep_its_seat() {
	build_and_execute(|| {
		make_group(&[B, C]);
		let (consortium, banks) = (group(CONSORTIUM), group(G1));
		assert_ok!(Membership::suspend(root(), B));

		assert_eq!(standing(B), Standing::Suspended);
		assert_eq!(Collective::get(), vec![ALICE, BOB, CHARLIE, DAVE]);
		assert_eq!(ActiveMembers::<Test>::get(), 3);
		assert_eq!(Departures::<Test>::get(), 1);
		for (id, before) in [(CONSORTIUM, consortium), (G1, banks)] {
			let after = group(id);
			assert!(after.is_stale(Departures::<Test>::get));
			assert_eq!(after.members, before.members - 1);
			assert_eq!(after.roster_version, before.roster_version + 1);
		}
		// Its place is kept for the day it is back.
		assert_eq!(Membership::groups_of(B), vec![CONSORTIUM, G1]);
		assert_eq!(last_event(), Event::MemberSuspended { member: B });
	});
}

#[test]
fn suspend_should_leave_groups_of_others_fresh() {
	build_and_execute(|| {
		make_group(&[B]);
		assert_ok!(Membership::suspend(root(), C));
		assert!(!group(G1).is_stale(Departures::<Test>::get));
		assert!(group(CONSORTIUM).is_stale(Departures::<Test>::get));
	});
}

#[test]
fn suspend_should_take_every_right_but_the_seats() {
	build_and_execute(|| {
		assert_ok!(Membership::suspend(root(), A));
		assert_eq!(Membership::available_bytes(A), 0);
		refused(
			|| Membership::create_group(signed(ALICE), name("x"), policy(), Visibility::Open),
			PalletError::NotActive,
		);
		refused(|| rekey(ALICE, CONSORTIUM), PalletError::NotActive);
		refused(|| rekey(ALICE_ANALYST, CONSORTIUM), PalletError::NotActive);
		// It still looks after its accounts and keys.
		assert_ok!(Membership::remove_delegate(signed(ALICE), ALICE_FEED));
		assert_ok!(Membership::set_encryption_key(signed(ALICE), key(50), KeyChange::Routine));
	});
}

#[test]
fn suspend_should_stale_the_consortium_when_the_member_has_no_key_too() {
	build_and_execute(|| {
		assert_ok!(Membership::admit(root(), ERIN, name("Eastgate Water"), None, None));
		let before = group(CONSORTIUM);
		assert_ok!(Membership::suspend(root(), E));
		let after = group(CONSORTIUM);
		assert_eq!((after.members, after.is_stale(Departures::<Test>::get)), (before.members, true));
	});
}

#[test]
fn suspend_should_be_refused_when_it_is_no_vote() {
	build_and_execute(|| refused(|| Membership::suspend(signed(ALICE), B), DispatchError::BadOrigin));
}

#[test]
fn suspend_should_be_refused_when_the_member_is_unknown() {
	build_and_execute(|| refused(|| Membership::suspend(root(), E), PalletError::UnknownMember));
}

#[test]
fn suspend_should_be_refused_when_the_member_is_not_active() {
	build_and_execute(|| {
		assert_ok!(Membership::suspend(root(), B));
		refused(|| Membership::suspend(root(), B), PalletError::WrongStanding);
		assert_ok!(Membership::expel(root(), B));
		refused(|| Membership::suspend(root(), B), PalletError::WrongStanding);
	});
}

#[test]
fn suspend_should_be_refused_when_a_version_is_at_its_end() {
	build_and_execute(|| {
		let before = group(CONSORTIUM);
		Groups::<Test>::mutate(CONSORTIUM, |group| group.as_mut().unwrap().roster_version = u32::MAX);
		refused(|| Membership::suspend(root(), B), PalletError::Exhausted);
		Groups::<Test>::insert(CONSORTIUM, before);
	});
}
