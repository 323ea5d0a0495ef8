use crate::mock::*;
use crate::*;
use frame::{prelude::fungible::Mutate, testing_prelude::*};

/// Gives the account enough to bond and to live on.
fn fund(account: AccountId) {
	assert_ok!(Balances::mint_into(&account, BOND + 10));
}

fn bond(account: AccountId) -> DispatchResult {
	Membership::bond_collator(signed(account))
}

fn unbond(account: AccountId) -> DispatchResult {
	Membership::unbond_collator(signed(account))
}

#[test]
fn bonded_members_should_collate_while_they_are_active() {
	build_and_execute(|| {
		fund(BOB);
		assert_ok!(bond(BOB));
		assert_eq!(last_event(), Event::CollatorBonded { member: B, bond: BOND });
		assert_ok!(bond(ALICE));
		assert_eq!(Membership::collators(), vec![ALICE, BOB]);
		assert_eq!(Balances::free_balance(BOB), 10);
		assert_ok!(Membership::suspend(root(), B));
		assert_eq!(Membership::collators(), vec![ALICE]);
		assert_ok!(Membership::reinstate(root(), B));
		assert_eq!(Membership::collators(), vec![ALICE, BOB]);
	});
}

#[test]
fn bond_should_come_back_when_the_member_stops_or_departs() {
	type Departure = fn() -> DispatchResult;
	let departures: [Departure; 3] =
		[|| unbond(BOB), || Membership::expel(root(), B), || Membership::leave(signed(BOB))];
	for depart in departures {
		build_and_execute(|| {
			fund(BOB);
			assert_ok!(bond(ALICE));
			assert_ok!(bond(BOB));
			assert_ok!(depart());
			assert!(events().contains(&Event::CollatorUnbonded { member: B, bond: BOND }));
			assert_eq!(Balances::free_balance(BOB), BOND + 10);
			assert_eq!(Membership::collators(), vec![ALICE]);
		});
	}
}

#[test]
fn last_active_collator_should_not_stop() {
	build_and_execute(|| {
		fund(BOB);
		assert_ok!(bond(ALICE));
		refused(|| unbond(ALICE), PalletError::LastCollator);
		assert_ok!(bond(BOB));
		assert_ok!(Membership::suspend(root(), B));
		refused(|| unbond(ALICE), PalletError::LastCollator);
		assert_ok!(unbond(BOB));
	});
}

#[test]
fn bond_without_keys_should_not_count_as_a_collator() {
	build_and_execute(|| {
		fund(BOB);
		fund(CHARLIE);
		Keyless::set(vec![BOB]);
		assert_ok!(bond(ALICE));
		assert_ok!(bond(BOB));
		refused(|| unbond(ALICE), PalletError::LastCollator);
		// Who makes no blocks goes when it will.
		assert_ok!(unbond(BOB));
		assert_ok!(bond(CHARLIE));
		assert_ok!(unbond(ALICE));
		Keyless::set(Vec::new());
	});
}

#[test]
fn bonding_should_be_refused_by_each_rule() {
	build_and_execute(|| {
		refused(|| bond(BOB), PalletError::BondNotCovered);
		refused(|| bond(ALICE_ANALYST), PalletError::WrongRole);
		refused(|| bond(ERIN), PalletError::NotMember);
		refused(|| unbond(ALICE), PalletError::NotCollator);
		refused(|| unbond(ALICE_ANALYST), PalletError::WrongRole);
		assert_ok!(bond(ALICE));
		refused(|| bond(ALICE), PalletError::AlreadyCollator);
		assert_ok!(Membership::suspend(root(), C));
		refused(|| bond(CHARLIE), PalletError::NotActive);
	});
}

#[test]
fn collators_should_be_bonded_at_genesis() {
	let mut config = genesis();
	config.members[0].collates = true;
	build_and_execute_with(config, || assert_eq!(Membership::collators(), vec![ALICE]));
}
