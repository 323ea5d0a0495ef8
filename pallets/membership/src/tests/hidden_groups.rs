//! Groups whose members the chain does not know.

use crate::mock::*;
use crate::*;
use cti_primitives::{Epoch, Groups as _, Refusal, Tlp};
use frame::testing_prelude::*;

/// May Bob publish to Alice's hidden group, and with which key must he sign?
fn bob_publishes() -> Result<Option<[u8; 32]>, Refusal> {
	Membership::may_publish(B, G1, group(G1).epoch, Tlp::Green, true)
}

#[test]
fn hidden_group_should_be_made_without_a_roster() {
	build_and_execute(|| {
		hide_group();
		let made = group(G1);
		assert_eq!((made.roster, made.members, made.owner), (Roster::Hidden, 0, Some(A)));
		assert_eq!(Membership::roster(G1), vec![]);
		assert_eq!(Membership::groups_of(A), vec![CONSORTIUM]);
		assert_eq!(Epochs::<Test>::get(G1, Epoch(1)).unwrap().wraps, 8);
		assert_eq!(Membership::sealing_key(G1), Some((Epoch(1), key(151))));
	});
}

#[test]
fn publishers_should_sign_with_the_epochs_key() {
	build_and_execute(|| {
		hide_group();
		assert_eq!(bob_publishes(), Ok(Some([2; 32])));
		let drop_box = GroupPolicy { drop_box: true, ..policy() };
		assert_ok!(Membership::set_group_policy(signed(ALICE), G1, drop_box));
		assert_eq!(bob_publishes(), Ok(None));
	});
}

#[test]
fn every_departure_should_make_hidden_groups_stale() {
	type Departure = fn() -> DispatchResult;
	let departures: [Departure; 5] = [
		|| Membership::suspend(root(), D),
		|| Membership::expel(root(), D),
		|| Membership::leave(signed(DAVE)),
		|| Membership::set_encryption_key(signed(DAVE), key(77), KeyChange::Compromised),
		|| Membership::set_encryption_key(signed(DAVE), key(77), KeyChange::Lost),
	];
	for depart in departures {
		build_and_execute(|| {
			hide_group();
			assert_ok!(depart());
			assert!(group(G1).is_stale(Departures::<Test>::get));
			assert_eq!(Membership::sealing_key(G1), None);
			assert_eq!(bob_publishes(), Err(Refusal::StaleGroup));
			assert!(Membership::group_info(G1).unwrap().stale);
			assert_ok!(rekey_hidden(ALICE, G1, hidden_wraps(16)));
			assert_eq!(bob_publishes(), Ok(Some([2; 32])));
		});
	}
}

#[test]
fn what_is_no_departure_should_leave_hidden_groups_fresh() {
	build_and_execute(|| {
		hide_group();
		assert_ok!(Membership::set_encryption_key(signed(DAVE), key(77), KeyChange::Routine));
		assert_ok!(Membership::admit(root(), ERIN, name("Eastgate Water"), Some(key(5)), None));
		assert!(!group(G1).is_stale(Departures::<Test>::get));
	});
}

#[test]
fn rekey_built_before_a_departure_should_never_land() {
	build_and_execute(|| {
		hide_group();
		let before = Departures::<Test>::get();
		assert_ok!(Membership::suspend(root(), D));
		let late = |departures| {
			Membership::rekey(signed(ALICE), G1, Epoch(1), departures, key(9), [2; 32], None, hidden_wraps(8))
		};
		refused(|| late(before), PalletError::StaleRoster);
		assert_eq!(Membership::group_info(G1).unwrap().roster_version, before + 1);
		assert_ok!(late(before + 1));
		refused(|| late(before + 1), PalletError::WrongEpoch);
	});
}

#[test]
fn wraps_of_a_hidden_group_should_be_padded_and_sorted() {
	build_and_execute(|| {
		hide_group();
		for count in [0, 1, 4, 7, 9, 12, 255] {
			refused(|| rekey_hidden(ALICE, G1, hidden_wraps(count)), PalletError::WrongNumberOfWraps);
		}
		let mut reversed = hidden_wraps(8);
		reversed.as_mut().reverse();
		refused(|| rekey_hidden(ALICE, G1, reversed), PalletError::WrapsNotAscending);
		refused(|| rekey_hidden(ALICE, G1, wraps(8)), PalletError::WrapsNotAscending);
		for count in [8, 16, 256] {
			assert_ok!(rekey_hidden(ALICE, G1, hidden_wraps(count)));
		}
	});
}

#[test]
fn only_owner_and_deputies_should_rekey_a_hidden_group() {
	build_and_execute(|| {
		hide_group();
		let by = |account| rekey_hidden(account, G1, hidden_wraps(8));
		refused(|| by(BOB), PalletError::NotDeputy);
		wait(DAY);
		refused(|| by(BOB), PalletError::NotDeputy);
		assert_ok!(Membership::set_deputies(signed(ALICE), G1, vec![B].try_into().unwrap()));
		assert_ok!(by(BOB));
		assert_ok!(by(BOB_ANALYST));
		assert_ok!(Membership::suspend(root(), A));
		refused(|| by(ALICE), PalletError::NotActive);
		assert_ok!(by(BOB));
		assert_ok!(Membership::suspend(root(), B));
		refused(|| by(BOB), PalletError::NotActive);
	});
}

#[test]
fn calls_that_name_members_should_be_refused_for_a_hidden_group() {
	build_and_execute(|| {
		hide_group();
		let error = PalletError::RosterIsHidden;
		refused(|| Membership::add_to_group(signed(ALICE), G1, B), error);
		let error = PalletError::RosterIsHidden;
		refused(|| Membership::remove_from_group(signed(ALICE), G1, B), error);
		let error = PalletError::RosterIsHidden;
		refused(|| Membership::welcome(signed(ALICE), G1, Epoch(1), B, Box::new([7; 1168])), error);
		let error = PalletError::RosterIsHidden;
		refused(|| Membership::report_bad_wrap(signed(ALICE), G1, Epoch(1)), error);
	});
}
