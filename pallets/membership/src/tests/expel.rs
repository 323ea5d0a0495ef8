use crate::mock::*;
use crate::*;
use cti_primitives::Standing;
use frame::testing_prelude::*;

#[test]
fn expel_should_take_seat_key_and_groups_and_stale_them() {
	build_and_execute(|| {
		make_group(&[B, C]);
		assert_ok!(Membership::expel(root(), B));

		assert_eq!(standing(B), Standing::Expelled);
		assert_eq!(Collective::get(), vec![ALICE, CHARLIE, DAVE]);
		assert_eq!(ActiveMembers::<Test>::get(), 3);
		assert_eq!(Departures::<Test>::get(), 1);
		assert!(EncryptionKeys::<Test>::get(KeyOwner::Member(B)).is_none());
		assert!(Membership::groups_of(B).is_empty());
		assert!(!GroupMembers::<Test>::contains_key(G1, B));
		assert_eq!((group(G1).members, group(CONSORTIUM).members), (2, 3));
		assert!(group(G1).is_stale(Departures::<Test>::get) && group(CONSORTIUM).is_stale(Departures::<Test>::get));
		assert_eq!(last_event(), Event::MemberExpelled { member: B, was: Standing::Active });
	});
}

#[test]
fn expel_should_count_a_suspended_member_once() {
	build_and_execute(|| {
		make_group(&[B]);
		assert_ok!(Membership::suspend(root(), B));
		let members = (group(G1).members, group(CONSORTIUM).members, ActiveMembers::<Test>::get());
		assert_ok!(Membership::expel(root(), B));
		assert_eq!((group(G1).members, group(CONSORTIUM).members, ActiveMembers::<Test>::get()), members);
		assert_eq!(Departures::<Test>::get(), 2);
		assert_eq!(last_event(), Event::MemberExpelled { member: B, was: Standing::Suspended });
	});
}

#[test]
fn expel_should_leave_the_accounts_registered_without_rights() {
	build_and_execute(|| {
		assert_ok!(Membership::expel(root(), B));
		assert_eq!(Accounts::<Test>::get(BOB_ANALYST).unwrap().member, B);
		assert_eq!(System::sufficients(&BOB), 1);
		refused(|| Membership::add_delegate(signed(BOB), 77, cti_primitives::Role::Feed), PalletError::NotActive);
		refused(|| rekey(BOB_ANALYST, CONSORTIUM), PalletError::NotActive);
		refused(
			|| Membership::add_delegate(signed(ALICE), BOB_ANALYST, cti_primitives::Role::Feed),
			PalletError::AccountInUse,
		);
	});
}

#[test]
fn expel_should_be_refused_when_it_is_no_vote() {
	build_and_execute(|| refused(|| Membership::expel(signed(ALICE), B), DispatchError::BadOrigin));
}

#[test]
fn expel_should_be_refused_when_the_member_is_unknown() {
	build_and_execute(|| refused(|| Membership::expel(root(), E), PalletError::UnknownMember));
}

#[test]
fn expel_should_be_refused_when_the_member_departed_before() {
	build_and_execute(|| {
		assert_ok!(Membership::leave(signed(BOB)));
		refused(|| Membership::expel(root(), B), PalletError::WrongStanding);
	});
}

#[test]
fn expel_should_be_refused_when_nobody_would_be_left() {
	build_and_execute(|| {
		for member in [B, C, D] {
			assert_ok!(Membership::expel(root(), member));
		}
		refused(|| Membership::expel(root(), A), PalletError::LastSeat);
	});
}
