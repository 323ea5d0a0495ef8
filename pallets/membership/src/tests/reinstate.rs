use crate::mock::*;
use crate::*;
use cti_primitives::Standing;
use frame::testing_prelude::*;

#[test]
fn reinstate_should_put_the_member_back_where_it_was() {
	build_and_execute(|| {
		make_group(&[B]);
		let (consortium, banks) = (group(CONSORTIUM).members, group(G1).members);
		assert_ok!(Membership::suspend(root(), B));
		assert_ok!(Membership::reinstate(root(), B));

		assert_eq!(standing(B), Standing::Active);
		assert_eq!(ActiveMembers::<Test>::get(), 4);
		assert_eq!((group(CONSORTIUM).members, group(G1).members), (consortium, banks));
		assert_eq!(last_event(), Event::MemberReinstated { member: B });
	});
}

#[test]
fn reinstate_should_not_stale_groups_that_were_rekeyed_without_it() {
	build_and_execute(|| {
		make_group(&[B]);
		assert_ok!(Membership::suspend(root(), B));
		assert_ok!(rekey(ALICE, G1));
		assert_ok!(rekey(ALICE, CONSORTIUM));
		assert_ok!(Membership::reinstate(root(), B));
		assert!(!group(G1).is_stale(Departures::<Test>::get) && !group(CONSORTIUM).is_stale(Departures::<Test>::get));
		assert_eq!(Departures::<Test>::get(), 1);
		// It gets the epochs it missed from the others.
		assert_ok!(Membership::welcome(signed(ALICE), G1, group(G1).epoch, B, Box::new([0; 1168])));
	});
}

#[test]
fn reinstate_should_be_refused_when_it_is_no_vote() {
	build_and_execute(|| {
		assert_ok!(Membership::suspend(root(), B));
		refused(|| Membership::reinstate(signed(BOB), B), DispatchError::BadOrigin);
	});
}

#[test]
fn reinstate_should_be_refused_when_the_member_is_unknown() {
	build_and_execute(|| refused(|| Membership::reinstate(root(), E), PalletError::UnknownMember));
}

#[test]
fn reinstate_should_be_refused_when_the_member_is_not_suspended() {
	build_and_execute(|| {
		refused(|| Membership::reinstate(root(), B), PalletError::WrongStanding);
		assert_ok!(Membership::expel(root(), B));
		refused(|| Membership::reinstate(root(), B), PalletError::WrongStanding);
	});
}
