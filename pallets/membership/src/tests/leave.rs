use crate::mock::*;
use crate::*;
use cti_primitives::Standing;
use frame::testing_prelude::*;

#[test]
fn leave_should_take_seat_key_and_groups_and_stale_them() {
	build_and_execute(|| {
		make_group(&[B]);
		assert_ok!(Membership::leave(signed(BOB)));
		assert_eq!(standing(B), Standing::Left);
		assert_eq!(Collective::get(), vec![ALICE, CHARLIE, DAVE]);
		assert!(Membership::groups_of(B).is_empty());
		assert!(group(G1).is_stale(Departures::<Test>::get) && group(CONSORTIUM).is_stale(Departures::<Test>::get));
		assert_eq!(last_event(), Event::MemberLeft { member: B, was: Standing::Active });
	});
}

#[test]
fn leave_should_let_a_groups_remaining_members_rekey_when_the_owner_left() {
	build_and_execute(|| {
		make_group(&[B]);
		assert_ok!(Membership::leave(signed(ALICE)));
		assert_eq!(group(G1).members, 1);
		assert_ok!(rekey(BOB, G1));
		assert!(!group(G1).is_stale(Departures::<Test>::get));
	});
}

#[test]
fn leave_should_be_open_to_a_suspended_member() {
	build_and_execute(|| {
		assert_ok!(Membership::suspend(root(), B));
		assert_ok!(Membership::leave(signed(BOB)));
		assert_eq!(last_event(), Event::MemberLeft { member: B, was: Standing::Suspended });
	});
}

#[test]
fn leave_should_be_refused_when_the_signer_is_no_controller() {
	build_and_execute(|| {
		refused(|| Membership::leave(signed(ERIN)), PalletError::NotMember);
		refused(|| Membership::leave(signed(ALICE_ANALYST)), PalletError::WrongRole);
		refused(|| Membership::leave(root()), DispatchError::BadOrigin);
	});
}

#[test]
fn leave_should_be_refused_when_the_member_departed_before() {
	build_and_execute(|| {
		assert_ok!(Membership::leave(signed(BOB)));
		refused(|| Membership::leave(signed(BOB)), PalletError::NotActive);
	});
}

#[test]
fn leave_should_be_refused_when_nobody_would_be_left() {
	build_and_execute(|| {
		for account in [BOB, CHARLIE, DAVE] {
			assert_ok!(Membership::leave(signed(account)));
		}
		refused(|| Membership::leave(signed(ALICE)), PalletError::LastSeat);
	});
}
