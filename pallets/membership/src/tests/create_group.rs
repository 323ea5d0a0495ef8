use crate::mock::*;
use crate::*;
use cti_primitives::{Epoch, Groups as _, Tlp};
use frame::testing_prelude::*;

fn create(account: AccountId) -> DispatchResult {
	Membership::create_group(signed(account), name("banks"), policy(), Visibility::Open)
}

#[test]
fn create_group_should_make_an_unkeyed_group_with_its_owner_in_it() {
	build_and_execute(|| {
		assert_ok!(create(ALICE));
		let made = group(G1);
		assert_eq!((made.owner, made.roster, made.members), (Some(A), Roster::Open, 1));
		assert_eq!((made.epoch, made.roster_version, made.keyed_version), (Epoch(0), 1, 0));
		assert!(made.is_stale(Departures::<Test>::get) && !made.is_keyed());
		assert_eq!(made.policy, policy());
		assert_eq!(Membership::groups_of(A), vec![CONSORTIUM, G1]);
		assert_eq!(Membership::sealing_key(G1), None);
		assert_eq!(Membership::group_info(G1).unwrap().name, "banks");
		assert_eq!(
			events(),
			vec![
				Event::GroupCreated {
					group: G1,
					owner: A,
					visibility: Visibility::Open,
					name: name("banks"),
					policy: policy()
				},
				Event::MemberAddedToGroup { group: G1, member: A },
			]
		);
	});
}

#[test]
fn create_group_should_be_refused_when_the_signer_is_no_active_controller() {
	build_and_execute(|| {
		refused(|| create(ERIN), PalletError::NotMember);
		refused(|| create(ALICE_ANALYST), PalletError::WrongRole);
		assert_ok!(Membership::suspend(root(), B));
		refused(|| create(BOB), PalletError::NotActive);
	});
}

#[test]
fn create_group_should_be_refused_when_the_name_is_no_name() {
	build_and_execute(|| {
		refused(
			|| Membership::create_group(signed(ALICE), name(""), policy(), Visibility::Open),
			PalletError::InvalidName,
		);
	});
}

#[test]
fn create_group_should_be_refused_when_it_would_take_red() {
	build_and_execute(|| {
		let red = GroupPolicy { ceiling: Tlp::Red, ..policy() };
		refused(
			|| Membership::create_group(signed(ALICE), name("x"), red, Visibility::Open),
			PalletError::CeilingTooStrict,
		);
		let strict = GroupPolicy { ceiling: Tlp::AmberStrict, ..policy() };
		assert_ok!(Membership::create_group(signed(ALICE), name("x"), strict, Visibility::Open));
	});
}

#[test]
fn create_group_should_be_refused_when_the_owner_has_no_key() {
	build_and_execute(|| {
		assert_ok!(Membership::admit(root(), ERIN, name("Eastgate Water"), None, None));
		refused(|| create(ERIN), PalletError::NoEncryptionKey);
	});
}

#[test]
fn create_group_should_be_refused_after_the_members_64th() {
	build_and_execute(|| {
		for _ in 0..MAX_GROUPS {
			assert_ok!(create(ALICE));
		}
		refused(|| create(ALICE), PalletError::TooManyGroups);
		assert_ok!(create(BOB));
	});
}

#[test]
fn create_group_should_be_refused_when_ids_are_used_up() {
	build_and_execute(|| {
		NextGroup::<Test>::put(u32::MAX);
		refused(|| create(ALICE), PalletError::Exhausted);
	});
}
