use crate::mock::*;
use crate::*;
use cti_primitives::MemberId;
use frame::testing_prelude::*;

fn set(by: AccountId, deputies: &[MemberId]) -> DispatchResult {
	Membership::set_deputies(signed(by), G1, deputies.to_vec().try_into().unwrap())
}

#[test]
fn owner_should_name_and_change_deputies() {
	build_and_execute(|| {
		hide_group();
		assert_ok!(set(ALICE, &[B, C]));
		assert_eq!(Membership::group_info(G1).unwrap().deputies, vec![B, C]);
		assert_ok!(set(ALICE, &[D]));
		let (old, new) = (vec![B, C].try_into().unwrap(), vec![D].try_into().unwrap());
		assert_eq!(last_event(), Event::GroupDeputiesSet { group: G1, old, new });
		assert_ok!(set(ALICE, &[]));
		assert!(!GroupDeputies::<Test>::contains_key(G1));
	});
}

#[test]
fn deputies_should_be_refused_by_each_rule() {
	build_and_execute(|| {
		hide_group();
		refused(|| set(BOB, &[B]), PalletError::NotOwner);
		refused(|| set(ALICE_ANALYST, &[B]), PalletError::WrongRole);
		refused(|| set(ERIN, &[B]), PalletError::NotMember);
		refused(|| set(ALICE, &[C, B]), PalletError::DeputiesNotAscending);
		refused(|| set(ALICE, &[B, B]), PalletError::DeputiesNotAscending);
		refused(|| set(ALICE, &[E]), PalletError::UnknownMember);
		assert_ok!(Membership::suspend(root(), B));
		refused(|| set(ALICE, &[B]), PalletError::MemberNotActive);
		let some = |group| Membership::set_deputies(signed(ALICE), group, Default::default());
		refused(|| some(CONSORTIUM), PalletError::RosterIsEveryone);
		refused(|| some(cti_primitives::GroupId(9)), PalletError::UnknownGroup);
	});
}

#[test]
fn open_group_should_have_no_deputies() {
	build_and_execute(|| {
		make_group(&[B]);
		refused(|| set(ALICE, &[B]), PalletError::RosterIsOpen);
	});
}
