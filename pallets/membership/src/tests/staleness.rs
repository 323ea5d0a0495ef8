//! A group takes nothing from a departure until its rekey, whatever happens in between.

use crate::mock::*;
use crate::*;
use cti_primitives::{Epoch, GroupId, Groups as _, Refusal, Tlp};
use frame::testing_prelude::*;

/// What happens to Bob.
type Departure = (&'static str, fn() -> DispatchResult);

fn may_publish(group: GroupId, epoch: u32) -> Result<(), Refusal> {
	Membership::may_publish(A, group, Epoch(epoch), Tlp::Clear, false).map(drop)
}

#[test]
fn each_kind_of_departure_should_stale_a_group_until_it_is_rekeyed() {
	let departures: [Departure; 6] = [
		("removal", || Membership::remove_from_group(signed(ALICE), G1, B)),
		("suspension", || Membership::suspend(root(), B)),
		("expulsion", || Membership::expel(root(), B)),
		("leaving", || Membership::leave(signed(BOB))),
		("compromise", || Membership::set_encryption_key(signed(BOB), key(50), KeyChange::Compromised)),
		("loss", || Membership::set_encryption_key(signed(BOB), key(50), KeyChange::Lost)),
	];
	for (kind, departure) in departures {
		build_and_execute(|| {
			make_group(&[B, C]);
			assert_eq!(may_publish(G1, 1), Ok(()), "{kind}");
			assert_ok!(departure());
			assert_eq!(may_publish(G1, 1), Err(Refusal::StaleGroup), "{kind}");
			assert_eq!((Membership::is_stale(G1), Membership::sealing_key(G1)), (true, None), "{kind}");
			assert_ok!(rekey(CHARLIE, G1));
			assert_eq!(may_publish(G1, 1), Err(Refusal::WrongEpoch), "{kind}");
			assert_eq!(may_publish(G1, 2), Ok(()), "{kind}");
			assert_eq!(Membership::group_key(G1), Some((Epoch(2), key(102).to_vec())), "{kind}");
		});
	}
}

#[test]
fn newcomers_should_stale_nothing() {
	let arrivals: [fn() -> DispatchResult; 3] = [
		|| Membership::add_to_group(signed(ALICE), G1, D),
		|| Membership::admit(root(), ERIN, name("Eastgate Water"), Some(key(5)), None),
		|| Membership::set_encryption_key(signed(BOB), key(50), KeyChange::Routine),
	];
	for arrival in arrivals {
		build_and_execute(|| {
			make_group(&[B, C]);
			assert_ok!(arrival());
			assert_eq!((may_publish(G1, 1), may_publish(CONSORTIUM, 0)), (Ok(()), Ok(())));
		});
	}
}

#[test]
fn two_departures_should_need_one_rekey() {
	build_and_execute(|| {
		make_group(&[B, C, D]);
		assert_ok!(Membership::suspend(root(), B));
		assert_ok!(Membership::expel(root(), C));
		assert_eq!(group(G1).roster_version, 3);
		assert_ok!(rekey(DAVE, G1));
		assert_ok!(rekey(DAVE, CONSORTIUM));
		assert!(!Membership::is_stale(G1) && !Membership::is_stale(CONSORTIUM));
		assert_eq!((Departures::<Test>::get(), group(CONSORTIUM).departures_seen), (2, 2));
	});
}

#[test]
fn departure_after_a_rekey_was_built_should_keep_the_group_stale() {
	build_and_execute(|| {
		make_group(&[B, C, D]);
		assert_ok!(Membership::suspend(root(), B));
		let built = group(G1);
		assert_ok!(Membership::suspend(root(), C));
		let late = Membership::rekey(
			signed(DAVE),
			G1,
			built.epoch,
			built.roster_version,
			key(120),
			[1; 32],
			None,
			wraps(built.members.into()),
		);
		assert_noop!(late, PalletError::StaleRoster);
		assert!(Membership::is_stale(G1));
	});
}

#[test]
fn unkeyed_group_should_take_nothing() {
	build_and_execute_with(GenesisConfig { consortium_key: None, ..genesis() }, || {
		assert_eq!(may_publish(CONSORTIUM, 0), Err(Refusal::StaleGroup));
		assert_eq!(Membership::sealing_key(CONSORTIUM), None);
		assert_ok!(rekey(BOB, CONSORTIUM));
		assert_eq!(may_publish(CONSORTIUM, 1), Ok(()));
	});
}
