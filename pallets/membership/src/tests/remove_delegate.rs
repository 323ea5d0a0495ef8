use crate::mock::*;
use crate::*;
use cti_primitives::Role;
use frame::testing_prelude::*;

#[test]
fn remove_delegate_should_end_the_accounts_rights_for_good() {
	build_and_execute(|| {
		assert_ok!(Membership::set_encryption_key(signed(ALICE_ANALYST), key(60), KeyChange::Routine));
		assert_ok!(Membership::remove_delegate(signed(ALICE), ALICE_ANALYST));
		assert_eq!(Membership::member_of(ALICE_ANALYST), None);
		assert_eq!(RetiredAccounts::<Test>::get(ALICE_ANALYST), Some(A));
		assert_eq!(Members::<Test>::get(A).unwrap().delegates, 2);
		assert!(EncryptionKeys::<Test>::get(KeyOwner::Analyst(ALICE_ANALYST)).is_none());
		assert_eq!(last_event(), Event::DelegateRemoved { member: A, account: ALICE_ANALYST, role: Role::Analyst });
	});
}

#[test]
fn remove_delegate_should_let_go_of_an_account_that_nothing_else_holds() {
	build_and_execute(|| {
		assert!(System::account_exists(&ALICE_FEED));
		assert_ok!(Membership::remove_delegate(signed(ALICE), ALICE_FEED));
		assert!(!System::account_exists(&ALICE_FEED));
		// A balance holds the other one.
		assert_ok!(Balances::force_set_balance(root(), ALICE_AUDITOR, 100));
		assert_ok!(Membership::remove_delegate(signed(ALICE), ALICE_AUDITOR));
		assert!(System::account_exists(&ALICE_AUDITOR));
		assert_eq!(System::sufficients(&ALICE_AUDITOR), 0);
	});
}

#[test]
fn remove_delegate_should_be_refused_when_the_signer_is_no_controller() {
	build_and_execute(|| {
		refused(|| Membership::remove_delegate(signed(ERIN), ALICE_FEED), PalletError::NotMember);
		refused(|| Membership::remove_delegate(signed(ALICE_ANALYST), ALICE_FEED), PalletError::WrongRole);
		assert_ok!(Membership::leave(signed(BOB)));
		refused(|| Membership::remove_delegate(signed(BOB), BOB_ANALYST), PalletError::NotActive);
	});
}

#[test]
fn remove_delegate_should_be_refused_when_the_account_is_not_the_members() {
	build_and_execute(|| {
		for account in [ERIN, BOB, BOB_ANALYST] {
			refused(|| Membership::remove_delegate(signed(ALICE), account), PalletError::NotDelegate);
		}
	});
}

#[test]
fn remove_delegate_should_be_refused_for_the_controller() {
	build_and_execute(|| {
		refused(|| Membership::remove_delegate(signed(ALICE), ALICE), PalletError::ControllerIsFixed);
	});
}
