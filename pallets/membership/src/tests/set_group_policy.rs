use crate::mock::*;
use crate::*;
use cti_primitives::Tlp;
use frame::testing_prelude::*;

fn closed() -> GroupPolicy {
	GroupPolicy { ceiling: Tlp::Clear, history: false, ..policy() }
}

#[test]
fn owner_should_set_its_groups_policy() {
	build_and_execute(|| {
		make_group(&[B]);
		let before = group(G1);
		assert_ok!(Membership::set_group_policy(signed(ALICE), G1, closed()));
		assert_eq!(group(G1), Group { policy: closed(), ..before });
		assert_eq!(last_event(), Event::GroupPolicySet { group: G1, old: policy(), new: closed() });
	});
}

#[test]
fn vote_should_set_the_consortiums_policy() {
	build_and_execute(|| {
		assert_ok!(Membership::set_group_policy(root(), CONSORTIUM, closed()));
		assert_eq!(group(CONSORTIUM).policy, closed());
	});
}

#[test]
fn policy_should_be_refused_when_the_signer_does_not_own_the_group() {
	build_and_execute(|| {
		make_group(&[B]);
		let set = |origin, group| Membership::set_group_policy(origin, group, closed());
		refused(|| set(signed(BOB), G1), PalletError::NotOwner);
		refused(|| set(signed(ALICE), CONSORTIUM), PalletError::NotOwner);
		refused(|| set(root(), G1), PalletError::NotOwner);
		refused(|| set(signed(ALICE_ANALYST), G1), PalletError::WrongRole);
		refused(|| set(signed(ERIN), G1), PalletError::NotMember);
		refused(|| set(RuntimeOrigin::none(), G1), DispatchError::BadOrigin);
		assert_ok!(Membership::suspend(root(), A));
		refused(|| set(signed(ALICE), G1), PalletError::NotActive);
	});
}

#[test]
fn policy_should_be_refused_when_the_group_is_unknown() {
	build_and_execute(|| {
		refused(|| Membership::set_group_policy(signed(ALICE), G1, closed()), PalletError::UnknownGroup);
	});
}

#[test]
fn policy_should_be_refused_when_it_takes_red() {
	build_and_execute(|| {
		let red = GroupPolicy { ceiling: Tlp::Red, ..policy() };
		refused(|| Membership::set_group_policy(root(), CONSORTIUM, red), PalletError::CeilingTooStrict);
	});
}
