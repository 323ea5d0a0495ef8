use crate::mock::*;
use crate::*;
use cti_primitives::{MemberId, Role};
use frame::testing_prelude::*;

fn replace(member: MemberId, controller: AccountId) -> DispatchResult {
	Membership::replace_controller(root(), member, controller, None, false)
}

#[test]
fn new_controller_should_take_seat_and_rights_and_the_old_one_lose_them() {
	build_and_execute(|| {
		make_group(&[]);
		assert_ok!(replace(A, ERIN));
		assert_eq!(last_event(), Event::ControllerReplaced { member: A, old: ALICE, new: ERIN, endowment: ENDOWMENT });
		assert_eq!(Collective::get(), vec![BOB, CHARLIE, DAVE, ERIN]);
		assert_eq!(Membership::member_of(ERIN), Some((A, Role::Controller)));
		assert_eq!(Membership::member_of(ALICE), None);
		refused(|| Membership::add_to_group(signed(ALICE), G1, B), PalletError::NotMember);
		assert_ok!(Membership::add_to_group(signed(ERIN), G1, B));
		assert_eq!(Membership::member_of(ALICE_ANALYST), Some((A, Role::Analyst)));
		refused(|| replace(A, ALICE), PalletError::AccountRetired);
		assert_eq!(System::sufficients(&ALICE), 0);
	});
}

#[test]
fn what_follows_should_be_closed_to_whoever_had_the_old_key() {
	build_and_execute(|| {
		make_group(&[B]);
		let stale = |id| group(id).is_stale(Departures::<Test>::get);
		assert_ok!(rekey(ALICE, CONSORTIUM));
		// Who has the controller has reported the key today already.
		assert_ok!(Membership::set_encryption_key(signed(BOB), key(50), KeyChange::Compromised));
		assert_ok!(rekey(ALICE, CONSORTIUM));
		assert_ok!(rekey(ALICE, G1));
		assert_ok!(Membership::replace_controller(root(), B, ERIN, Some(key(51)), false));
		assert_eq!(Membership::encryption_key(B).map(|(version, _)| version), Some(2));
		assert!(stale(CONSORTIUM) && stale(G1));
		assert_ok!(Membership::set_encryption_key(signed(ERIN), key(52), KeyChange::Compromised));
		assert_ok!(rekey(ALICE, CONSORTIUM));
		// Also where nobody names a key.
		assert_ok!(replace(B, 77));
		assert!(stale(CONSORTIUM));
		assert_eq!(Membership::encryption_key(B).map(|(version, _)| version), Some(3));
	});
}

#[test]
fn delegates_should_end_with_a_stolen_controller_and_stay_with_a_lost_one() {
	build_and_execute(|| {
		assert_ok!(replace(B, ERIN));
		assert_eq!(Membership::member_of(BOB_ANALYST), Some((B, Role::Analyst)));
		assert_ok!(Membership::set_encryption_key(signed(ALICE_ANALYST), key(60), KeyChange::Routine));
		let steal = |key| Membership::replace_controller(root(), A, 77, key, true);
		refused(|| steal(None), PalletError::NoEncryptionKey);
		assert_ok!(steal(Some(key(61))));
		for delegate in [ALICE_ANALYST, ALICE_FEED, ALICE_AUDITOR] {
			assert_eq!(Membership::member_of(delegate), None);
			assert_eq!(System::sufficients(&delegate), 0);
		}
		refused(|| rekey(ALICE_ANALYST, CONSORTIUM), PalletError::NotMember);
		assert_eq!(Membership::analyst_keys(A), vec![]);
		assert_ok!(Membership::add_delegate(signed(77), 78, Role::Analyst));
		refused(|| Membership::add_delegate(signed(77), ALICE_FEED, Role::Feed), PalletError::AccountRetired);
	});
}

#[test]
fn suspended_member_should_get_a_controller_too() {
	build_and_execute(|| {
		assert_ok!(Membership::suspend(root(), B));
		assert_ok!(replace(B, ERIN));
		refused(
			|| Membership::create_group(signed(ERIN), name("x"), policy(), Visibility::Open),
			PalletError::NotActive,
		);
	});
}

#[test]
fn collators_bond_should_be_given_back() {
	build_and_execute(|| {
		assert_ok!(Membership::bond_collator(signed(ALICE)));
		assert_ok!(replace(A, ERIN));
		assert_eq!(Membership::collators(), Vec::<AccountId>::new());
		assert_eq!(Balances::free_balance(ALICE), 1_000_000_000);
	});
}

#[test]
fn replacement_should_be_refused_by_each_rule() {
	build_and_execute(|| {
		refused(|| Membership::replace_controller(signed(ALICE), A, ERIN, None, false), DispatchError::BadOrigin);
		refused(|| replace(E, ERIN), PalletError::UnknownMember);
		refused(|| replace(A, BOB), PalletError::AccountInUse);
		refused(|| replace(A, ALICE_FEED), PalletError::AccountInUse);
		assert_ok!(Membership::expel(root(), D));
		refused(|| replace(D, ERIN), PalletError::WrongStanding);
	});
}
