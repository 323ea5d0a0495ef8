use crate::mock::*;
use crate::*;
use cti_primitives::{MemberId, Peers};
use frame::testing_prelude::*;

fn admit(controller: AccountId) -> DispatchResult {
	Membership::admit(root(), controller, name("Eastgate Water"), Some(key(5)), None)
}

#[test]
fn admit_should_seat_endow_and_key_the_newcomer() {
	build_and_execute(|| {
		let before = group(CONSORTIUM);
		assert_ok!(admit(ERIN));

		assert_eq!(Membership::member_of(ERIN), Some((E, cti_primitives::Role::Controller)));
		assert_eq!(Collective::get(), vec![ALICE, BOB, CHARLIE, DAVE, ERIN]);
		assert_eq!(Balances::free_balance(ERIN), ENDOWMENT);
		assert_eq!(Balances::free_balance(Membership::pot()), 10_000 - ENDOWMENT);
		assert_eq!(ActiveMembers::<Test>::get(), 5);
		let entry = EncryptionKeys::<Test>::get(KeyOwner::Member(E)).unwrap();
		assert_eq!((entry.version, entry.key), (0, *key(5)));
		assert_eq!(Members::<Test>::get(E).unwrap().joined_block, 1);
		assert_eq!(Membership::available_bytes(E), BUCKET);
		// It counts for the next rekey, and makes nothing stale.
		let after = group(CONSORTIUM);
		assert_eq!((after.members, after.is_stale(Departures::<Test>::get)), (before.members + 1, false));
		assert_eq!(
			events(),
			vec![
				Event::MemberAdmitted {
					member: E,
					controller: ERIN,
					name: name("Eastgate Water"),
					former: None,
					endowment: ENDOWMENT
				},
				Event::EncryptionKeySet { owner: KeyOwner::Member(E), version: 0, reason: KeyChange::Routine },
			]
		);
	});
}

#[test]
fn admit_should_leave_a_member_without_key_out_of_the_consortiums_group() {
	build_and_execute(|| {
		let before = group(CONSORTIUM);
		assert_ok!(Membership::admit(root(), ERIN, name("Eastgate Water"), None, None));
		assert_eq!(group(CONSORTIUM), before);
		assert_eq!(ActiveMembers::<Test>::get(), 5);
		assert!(Membership::groups_of(E).is_empty());
	});
}

#[test]
fn admit_should_pay_only_what_the_pot_has() {
	build_and_execute(|| {
		let pot = Membership::pot();
		// The pot keeps its existential deposit of 1.
		assert_ok!(Balances::force_set_balance(root(), pot, 21));
		assert_ok!(admit(ERIN));
		assert_eq!((Balances::free_balance(ERIN), Balances::free_balance(pot)), (20, 1));
		assert_ok!(Membership::admit(root(), 6, name("Fenland Rail"), None, None));
		assert_eq!(Balances::free_balance(6), 0);
		assert!(matches!(last_event(), Event::MemberAdmitted { endowment: 0, .. }));
	});
}

#[test]
fn admit_should_keep_what_the_newcomer_continues() {
	build_and_execute(|| {
		assert_ok!(Membership::leave(signed(DAVE)));
		assert_ok!(Membership::admit(root(), ERIN, name("Dynamo Power"), None, Some(D)));
		assert_eq!(Members::<Test>::get(E).unwrap().former, Some(D));
		assert!(matches!(last_event(), Event::MemberAdmitted { former: Some(former), .. } if former == D));
	});
}

#[test]
fn member_that_comes_back_again_and_again_should_keep_its_first_identity() {
	build_and_execute(|| {
		assert_ok!(Membership::leave(signed(DAVE)));
		assert_ok!(Membership::admit(root(), ERIN, name("Dynamo Power"), None, Some(D)));
		assert_ok!(Membership::leave(signed(ERIN)));
		assert_ok!(Membership::admit(root(), 6, name("Dynamo"), None, Some(E)));
		let first = |member| <Membership as cti_primitives::Members<_>>::first_identity(member);
		assert_eq!([A, D, E, MemberId(5)].map(first), [A, D, D, D]);
		let active = <Membership as Peers<_>>::active();
		assert_eq!(active, [(A, ALICE), (MemberId(1), BOB), (MemberId(2), CHARLIE), (MemberId(5), 6)]);
		assert_ok!(Membership::suspend(root(), MemberId(1)));
		assert_eq!(<Membership as Peers<_>>::active().len(), 3);
	});
}

#[test]
fn admit_should_be_refused_when_it_is_no_vote() {
	build_and_execute(|| {
		let call = || Membership::admit(signed(ALICE), ERIN, name("Eastgate Water"), None, None);
		refused(call, DispatchError::BadOrigin);
	});
}

#[test]
fn admit_should_be_refused_when_the_name_is_no_name() {
	build_and_execute(|| {
		refused(|| Membership::admit(root(), ERIN, name(""), None, None), PalletError::InvalidName);
		let binary: Name = vec![0xc3, 0x28].try_into().unwrap();
		refused(|| Membership::admit(root(), ERIN, binary, None, None), PalletError::InvalidName);
	});
}

#[test]
fn admit_should_be_refused_when_the_account_acts_already() {
	build_and_execute(|| {
		refused(|| admit(BOB), PalletError::AccountInUse);
		refused(|| admit(ALICE_ANALYST), PalletError::AccountInUse);
		// Departed members' accounts stay taken.
		assert_ok!(Membership::leave(signed(DAVE)));
		refused(|| admit(DAVE), PalletError::AccountInUse);
	});
}

#[test]
fn admit_should_be_refused_when_the_account_was_removed_once() {
	build_and_execute(|| {
		assert_ok!(Membership::remove_delegate(signed(ALICE), ALICE_FEED));
		refused(|| admit(ALICE_FEED), PalletError::AccountRetired);
	});
}

#[test]
fn admit_should_be_refused_when_nobody_could_seal_to_the_key() {
	build_and_execute(|| {
		let call = || Membership::admit(root(), ERIN, name("Eastgate Water"), Some(invalid_key()), None);
		refused(call, PalletError::InvalidPublicKey);
	});
}

#[test]
fn admit_should_be_refused_when_the_former_member_never_was_or_still_is() {
	build_and_execute(|| {
		let admit = |former| Membership::admit(root(), ERIN, name("Eastgate Water"), None, Some(former));
		refused(|| admit(E), PalletError::UnknownMember);
		refused(|| admit(D), PalletError::WrongStanding);
		assert_ok!(Membership::suspend(root(), D));
		refused(|| admit(D), PalletError::WrongStanding);
	});
}

#[test]
fn admit_should_be_refused_after_the_255th_seat() {
	build_and_execute(|| {
		for n in 4..255u64 {
			assert_ok!(Membership::admit(root(), 1_000 + n, name("Member"), None, None));
		}
		refused(|| admit(ERIN), PalletError::TooManyMembers);
		// A suspended member keeps its seat; a departed one frees it.
		assert_ok!(Membership::suspend(root(), D));
		refused(|| admit(ERIN), PalletError::TooManyMembers);
		assert_ok!(Membership::expel(root(), D));
		assert_ok!(admit(ERIN));
	});
}

#[test]
fn admit_should_be_refused_when_ids_are_used_up() {
	build_and_execute(|| {
		let next = NextMember::<Test>::get();
		NextMember::<Test>::put(END_OF_MEMBER_IDS);
		refused(|| admit(ERIN), PalletError::Exhausted);
		NextMember::<Test>::put(next);
	});
}
