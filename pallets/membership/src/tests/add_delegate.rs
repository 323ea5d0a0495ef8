use crate::mock::*;
use crate::*;
use cti_primitives::Role;
use frame::testing_prelude::*;

const NEW: AccountId = 99;

#[test]
fn add_delegate_should_let_an_account_without_balance_act() {
	build_and_execute(|| {
		assert!(!System::account_exists(&NEW));
		assert_ok!(Membership::add_delegate(signed(BOB), NEW, Role::Feed));
		assert_eq!(Membership::member_of(NEW), Some((B, Role::Feed)));
		assert_eq!(System::sufficients(&NEW), 1);
		assert_eq!(Members::<Test>::get(B).unwrap().delegates, 2);
		assert_eq!(last_event(), Event::DelegateAdded { member: B, account: NEW, role: Role::Feed });
	});
}

#[test]
fn add_delegate_should_be_open_to_a_suspended_member() {
	build_and_execute(|| {
		assert_ok!(Membership::suspend(root(), B));
		assert_ok!(Membership::add_delegate(signed(BOB), NEW, Role::Auditor));
	});
}

#[test]
fn add_delegate_should_be_refused_when_the_signer_is_no_controller() {
	build_and_execute(|| {
		refused(|| Membership::add_delegate(signed(ERIN), NEW, Role::Feed), PalletError::NotMember);
		for account in [ALICE_ANALYST, ALICE_FEED, ALICE_AUDITOR] {
			refused(|| Membership::add_delegate(signed(account), NEW, Role::Feed), PalletError::WrongRole);
		}
		assert_ok!(Membership::leave(signed(BOB)));
		refused(|| Membership::add_delegate(signed(BOB), NEW, Role::Feed), PalletError::NotActive);
	});
}

#[test]
fn add_delegate_should_be_refused_for_a_second_controller() {
	build_and_execute(|| {
		let call = || Membership::add_delegate(signed(BOB), NEW, Role::Controller);
		refused(call, PalletError::ControllerIsFixed);
	});
}

#[test]
fn add_delegate_should_be_refused_when_the_account_acts_already() {
	build_and_execute(|| {
		for account in [ALICE, ALICE_ANALYST, BOB, BOB_ANALYST] {
			refused(|| Membership::add_delegate(signed(BOB), account, Role::Feed), PalletError::AccountInUse);
		}
	});
}

#[test]
fn add_delegate_should_be_refused_when_the_account_was_removed_once() {
	build_and_execute(|| {
		assert_ok!(Membership::remove_delegate(signed(BOB), BOB_ANALYST));
		for account in [ALICE, BOB] {
			let call = || Membership::add_delegate(signed(account), BOB_ANALYST, Role::Analyst);
			refused(call, PalletError::AccountRetired);
		}
	});
}

#[test]
fn add_delegate_should_be_refused_after_the_64th() {
	build_and_execute(|| {
		for n in 0..u64::from(MAX_DELEGATES) {
			assert_ok!(Membership::add_delegate(signed(CHARLIE), 1_000 + n, Role::Feed));
		}
		refused(|| Membership::add_delegate(signed(CHARLIE), NEW, Role::Feed), PalletError::TooManyDelegates);
		assert_ok!(Membership::remove_delegate(signed(CHARLIE), 1_000));
		assert_ok!(Membership::add_delegate(signed(CHARLIE), NEW, Role::Feed));
	});
}
