use crate::mock::*;
use crate::*;
use cti_primitives::MemberId;
use frame::testing_prelude::*;

fn set(origin: RuntimeOrigin, owner: MemberId) -> DispatchResult {
	Membership::set_group_owner(origin, G1, owner)
}

#[test]
fn vote_should_give_a_group_another_owner() {
	build_and_execute(|| {
		make_group(&[B]);
		assert_ok!(set(root(), B));
		assert_eq!(last_event(), Event::GroupOwnerSet { group: G1, old: Some(A), new: B });
		refused(|| Membership::add_to_group(signed(ALICE), G1, C), PalletError::NotOwner);
		assert_ok!(Membership::remove_from_group(signed(BOB), G1, A));
	});
}

#[test]
fn vote_should_give_an_orphaned_group_an_owner() {
	build_and_execute(|| {
		make_group(&[B]);
		assert_ok!(Membership::expel(root(), A));
		refused(|| Membership::add_to_group(signed(BOB), G1, C), PalletError::NotOwner);
		assert_ok!(set(root(), B));
		assert_ok!(Membership::add_to_group(signed(BOB), G1, C));
	});
}

#[test]
fn new_owner_of_a_hidden_group_should_rekey_it() {
	build_and_execute(|| {
		hide_group();
		let deputies = vec![B].try_into().unwrap();
		assert_ok!(Membership::set_deputies(signed(ALICE), G1, deputies));
		assert_ok!(set(root(), C));
		refused(|| rekey_hidden(BOB, G1, hidden_wraps(8)), PalletError::NotDeputy);
		refused(|| rekey_hidden(ALICE, G1, hidden_wraps(8)), PalletError::NotDeputy);
		assert_ok!(rekey_hidden(CHARLIE, G1, hidden_wraps(8)));
	});
}

#[test]
fn owner_should_be_refused_by_each_rule() {
	build_and_execute(|| {
		make_group(&[B]);
		refused(|| set(signed(ALICE), B), DispatchError::BadOrigin);
		refused(|| set(root(), C), PalletError::NotInGroup);
		refused(|| set(root(), E), PalletError::UnknownMember);
		refused(|| set(RuntimeOrigin::none(), B), DispatchError::BadOrigin);
		refused(|| Membership::set_group_owner(root(), CONSORTIUM, B), PalletError::RosterIsEveryone);
		refused(|| Membership::set_group_owner(root(), cti_primitives::GroupId(9), B), PalletError::UnknownGroup);
		assert_ok!(Membership::suspend(root(), B));
		refused(|| set(root(), B), PalletError::MemberNotActive);
		assert_ok!(Membership::admit(root(), ERIN, name("Keyless"), None, None));
		refused(|| set(root(), E), PalletError::NoEncryptionKey);
	});
}
