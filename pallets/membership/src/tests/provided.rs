//! What other pallets and clients are told.

use crate::mock::*;
use crate::*;
use cti_primitives::{Actor, Epoch, GroupId, Groups as _, Members as _, Refusal, Role, Standing, Tlp};
use frame::testing_prelude::*;

#[test]
fn actor_should_be_the_member_and_role_behind_an_account() {
	build_and_execute(|| {
		assert_eq!(Membership::actor(&ALICE), Some(Actor { member: A, role: Role::Controller }));
		assert_eq!(Membership::actor(&ALICE_FEED), Some(Actor { member: A, role: Role::Feed }));
		assert_eq!(Membership::actor(&ERIN), None);
		assert_eq!((Membership::standing(A), Membership::standing(E)), (Some(Standing::Active), None));
		assert_eq!(Membership::active_members(), 4);
	});
}

#[test]
fn record_numbers_should_follow_one_another_for_active_members_only() {
	build_and_execute(|| {
		assert_eq!(Membership::take_record_number(B), Ok(0));
		assert_eq!(Membership::take_record_number(B), Ok(1));
		assert_eq!((Membership::next_record_number(B), Membership::next_record_number(A)), (2, 0));
		assert_eq!(Membership::take_record_number(E), Err(Refusal::UnknownMember));
		assert_ok!(Membership::suspend(root(), B));
		assert_eq!(Membership::take_record_number(B), Err(Refusal::NotActive));
		assert_eq!(Membership::next_record_number(B), 2);
		Activity::<Test>::mutate(A, |activity| activity.as_mut().unwrap().records = u32::MAX);
		assert_eq!(Membership::take_record_number(A), Err(Refusal::Exhausted));
	});
}

#[test]
fn may_publish_should_name_the_rule_that_refuses() {
	build_and_execute(|| {
		make_group(&[B]);
		let may = |member, group, epoch, tlp, named| Membership::may_publish(member, group, Epoch(epoch), tlp, named);
		assert_eq!(may(B, G1, 1, Tlp::Green, false), Ok(None));
		assert_eq!(may(B, GroupId(9), 1, Tlp::Green, false), Err(Refusal::UnknownGroup));
		assert_eq!(may(C, G1, 1, Tlp::Green, false), Err(Refusal::NotInGroup));
		assert_eq!(may(B, G1, 0, Tlp::Green, false), Err(Refusal::WrongEpoch));
		assert_eq!(may(B, G1, 2, Tlp::Green, false), Err(Refusal::WrongEpoch));
		assert_eq!(may(B, G1, 1, Tlp::Amber, false), Err(Refusal::MarkingTooStrict));
		// Anybody may publish to the consortium, RED nobody to any group.
		assert_eq!(may(C, CONSORTIUM, 0, Tlp::Amber, false), Ok(None));
		assert_eq!(may(C, CONSORTIUM, 0, Tlp::Red, false), Err(Refusal::MarkingTooStrict));
	});
}

#[test]
fn who_can_read_should_be_unknown_once_somebody_left() {
	build_and_execute(|| {
		make_group(&[B, C]);
		let can = |epoch| [B, C, D].map(|member| Membership::can_read(G1, Epoch(epoch), member));
		assert_eq!(can(1), [Some(true), Some(true), Some(false)]);
		assert_ok!(Membership::remove_from_group(signed(ALICE), G1, B));
		assert_eq!(can(1), [None, Some(true), None]);
		assert_ok!(rekey(ALICE, G1));
		assert_eq!(can(1), [None, Some(true), None]);
		assert_eq!(can(2), [Some(false), Some(true), Some(false)]);
		assert_eq!(Membership::can_read(CONSORTIUM, Epoch(0), D), Some(true));
		assert_eq!(Membership::can_read(GroupId(9), Epoch(1), B), None);
		assert_ok!(Membership::create_group(signed(ALICE), name("hidden"), policy(), Visibility::Hidden));
		assert_eq!(Membership::can_read(GroupId(2), Epoch(0), A), None);
	});
}

#[test]
fn may_publish_should_follow_the_policy() {
	build_and_execute(|| {
		make_group(&[B]);
		let may = |member, named| Membership::may_publish(member, G1, Epoch(1), Tlp::Clear, named);
		let required = GroupPolicy { techniques_required: true, ..policy() };
		assert_ok!(Membership::set_group_policy(signed(ALICE), G1, required));
		assert_eq!((may(B, false), may(B, true)), (Err(Refusal::TechniquesRequired), Ok(None)));
		assert_eq!(may(C, true), Err(Refusal::NotInGroup));
		let drop_box = GroupPolicy { drop_box: true, ..policy() };
		assert_ok!(Membership::set_group_policy(signed(ALICE), G1, drop_box));
		assert_eq!(may(C, true), Ok(None));
	});
}

#[test]
fn members_should_be_listed_with_the_departed() {
	build_and_execute(|| {
		assert_ok!(Membership::set_encryption_key(signed(BOB), key(50), KeyChange::Routine));
		assert_ok!(Membership::leave(signed(DAVE)));
		let listed: Vec<_> = Membership::members()
			.into_iter()
			.map(|info| (info.member, info.controller, info.standing, info.encryption_key_version))
			.collect();
		assert_eq!(
			listed,
			vec![
				(A, ALICE, Standing::Active, Some(0)),
				(B, BOB, Standing::Active, Some(1)),
				(C, CHARLIE, Standing::Active, Some(0)),
				(D, DAVE, Standing::Left, None),
			]
		);
		assert_eq!(Membership::member(A).unwrap().name, "Aldgate Bank");
		let mut accounts = Membership::accounts_of(B);
		accounts.sort_by_key(|(account, _)| *account);
		assert_eq!(accounts, vec![(BOB, Role::Controller), (BOB_ANALYST, Role::Analyst)]);
	});
}

#[test]
fn roster_should_list_whom_the_next_rekey_has_wraps_for() {
	build_and_execute(|| {
		make_group(&[C, B, D]);
		assert_ok!(Membership::set_encryption_key(signed(BOB), key(50), KeyChange::Routine));
		assert_ok!(Membership::suspend(root(), C));
		assert_ok!(Membership::admit(root(), ERIN, name("Eastgate Water"), None, None));
		let entry = |member, key_version| RosterEntry { member, key_version };
		assert_eq!(Membership::roster(G1), vec![entry(A, 0), entry(B, 1), entry(D, 0)]);
		assert_eq!(Membership::roster(CONSORTIUM), vec![entry(A, 0), entry(B, 1), entry(D, 0)]);
		for id in [G1, CONSORTIUM] {
			assert_eq!(Membership::roster(id).len(), usize::from(group(id).members));
		}
		assert!(Membership::roster(GroupId(9)).is_empty());
	});
}

#[test]
fn keys_should_be_given_with_their_versions() {
	build_and_execute(|| {
		assert_eq!(Membership::encryption_key(A), Some((0, key(1).to_vec())));
		assert_eq!(Membership::encryption_key(E), None);
		assert_eq!(Membership::analyst_key(BOB_ANALYST), None);
		assert_ok!(Membership::set_encryption_key(signed(BOB_ANALYST), key(50), KeyChange::Routine));
		assert_eq!(Membership::analyst_key(BOB_ANALYST), Some((0, key(50).to_vec())));
		assert_ok!(Membership::leave(signed(BOB)));
		assert_eq!(Membership::analyst_key(BOB_ANALYST), None);
	});
}

#[test]
fn groups_and_epochs_should_be_listed_in_order() {
	build_and_execute(|| {
		make_group(&[B]);
		assert_ok!(rekey(ALICE, G1));
		let ids: Vec<_> = Membership::groups().into_iter().map(|info| info.group).collect();
		assert_eq!(ids, vec![CONSORTIUM, G1]);
		assert_eq!(Membership::groups()[0].name, "consortium");
		let epochs = |from, limit| -> Vec<u32> {
			Membership::epochs(G1, Epoch(from), limit).into_iter().map(|(epoch, _)| epoch.0).collect()
		};
		assert_eq!(epochs(0, 10), vec![1, 2]);
		assert_eq!(epochs(2, 10), vec![2]);
		assert_eq!(epochs(0, 2), vec![1]);
		assert_eq!(epochs(u32::MAX, u32::MAX), Vec::<u32>::new());
		assert_eq!(Membership::group_is_stale(G1), Some(false));
		assert_eq!(Membership::group_is_stale(GroupId(9)), None);
		assert!(!Membership::is_stale(GroupId(9)));
	});
}
