use crate::mock::*;
use crate::*;
use alloc::boxed::Box;
use cti_primitives::{Epoch, GroupId, Groups as _};
use frame::testing_prelude::*;

/// A rekey that would land, to be spoilt by a test in one place.
struct Rekey {
	by: AccountId,
	group: GroupId,
	expected_epoch: Epoch,
	roster_version: u32,
	key: Box<EncryptionKey>,
	link: Option<Link>,
	wraps: usize,
}

impl Rekey {
	fn of(by: AccountId, id: GroupId) -> Self {
		let entry = group(id);
		Self {
			by,
			group: id,
			expected_epoch: entry.epoch,
			roster_version: entry.roster_version,
			key: key(120),
			link: None,
			wraps: entry.members.into(),
		}
	}

	fn submit(self) -> DispatchResult {
		Membership::rekey(
			signed(self.by),
			self.group,
			self.expected_epoch,
			self.roster_version,
			self.key,
			[1; 32],
			self.link,
			wraps(self.wraps),
		)
	}
}

/// A group of Alice, Bob and Charlie, stale because Dave was in it.
fn stale_group() {
	make_group(&[B, C, D]);
	assert_ok!(Membership::remove_from_group(signed(ALICE), G1, D));
}

#[test]
fn rekey_should_make_the_next_epoch() {
	build_and_execute(|| {
		stale_group();
		let link = Some([8; 48]);
		assert_ok!(Rekey { link, ..Rekey::of(BOB, G1) }.submit());

		let after = group(G1);
		assert_eq!((after.epoch, after.is_stale(Departures::<Test>::get), after.keyed_version), (Epoch(2), false, 2));
		assert_eq!(after.keyed_at, START);
		let pk_hash = blake2_256(&key(120)[..]);
		assert_eq!(
			Epochs::<Test>::get(G1, Epoch(2)),
			Some(EpochInfo { at: (1, 3), wraps: 3, pk_hash, auth: [1; 32], link, rekeyer: Some(B) })
		);
		assert_eq!(Membership::sealing_key(G1), Some((Epoch(2), key(120))));
		assert!(Epochs::<Test>::contains_key(G1, Epoch(1)));
		assert_eq!(
			last_event(),
			Event::GroupRekeyed {
				group: G1,
				epoch: Epoch(2),
				roster_version: 2,
				wraps: 3,
				rekeyer: B,
				pk_hash,
				at: (1, 3)
			}
		);
	});
}

#[test]
fn rekey_should_be_open_to_an_analyst_and_to_no_other_delegate() {
	build_and_execute(|| {
		stale_group();
		refused(|| Rekey::of(ALICE_FEED, G1).submit(), PalletError::WrongRole);
		refused(|| Rekey::of(ALICE_AUDITOR, G1).submit(), PalletError::WrongRole);
		refused(|| Rekey::of(ERIN, G1).submit(), PalletError::NotMember);
		assert_ok!(Rekey::of(ALICE_ANALYST, G1).submit());
	});
}

#[test]
fn rekey_should_give_a_group_its_first_epoch() {
	build_and_execute(|| {
		assert_ok!(Membership::create_group(signed(ALICE), name("banks"), policy(), Visibility::Open));
		assert_ok!(Rekey::of(ALICE, G1).submit());
		assert_eq!((group(G1).epoch, group(G1).is_stale(Departures::<Test>::get)), (Epoch(1), false));
		assert!(!Epochs::<Test>::contains_key(G1, Epoch(0)));
	});
}

#[test]
fn rekey_of_the_consortium_should_have_a_wrap_for_each_active_member_with_a_key() {
	build_and_execute(|| {
		assert_ok!(Membership::admit(root(), ERIN, name("Eastgate Water"), None, None));
		assert_ok!(Membership::suspend(root(), C));
		for wraps in [2, 4] {
			let spoilt = || Rekey { wraps, ..Rekey::of(DAVE, CONSORTIUM) }.submit();
			refused(spoilt, PalletError::WrongNumberOfWraps);
		}
		refused(|| Rekey::of(ERIN, CONSORTIUM).submit(), PalletError::NotInGroup);
		refused(|| Rekey::of(CHARLIE, CONSORTIUM).submit(), PalletError::NotActive);
		assert_ok!(Rekey { wraps: 3, ..Rekey::of(DAVE, CONSORTIUM) }.submit());
		assert_eq!(group(CONSORTIUM).departures_seen, 1);
	});
}

#[test]
fn rekey_should_be_refused_when_somebody_was_quicker() {
	build_and_execute(|| {
		stale_group();
		let (first, second) = (Rekey::of(BOB, G1), Rekey::of(CHARLIE, G1));
		assert_ok!(first.submit());
		refused(|| second.submit(), PalletError::WrongEpoch);
	});
}

#[test]
fn rekey_should_be_refused_when_it_names_another_epoch() {
	build_and_execute(|| {
		stale_group();
		for epoch in [0, 2, u32::MAX] {
			let spoilt = || Rekey { expected_epoch: Epoch(epoch), ..Rekey::of(BOB, G1) }.submit();
			refused(spoilt, PalletError::WrongEpoch);
		}
	});
}

#[test]
fn rekey_should_be_refused_when_somebody_departed_since_it_was_made() {
	build_and_execute(|| {
		stale_group();
		let built = Rekey::of(BOB, G1);
		// One leaves, one comes: the number of wraps still fits.
		assert_ok!(Membership::remove_from_group(signed(CHARLIE), G1, C));
		assert_ok!(Membership::add_to_group(signed(ALICE), G1, D));
		assert_eq!(usize::from(group(G1).members), built.wraps);
		refused(|| built.submit(), PalletError::StaleRoster);
	});
}

#[test]
fn rekey_should_be_refused_when_somebody_came_since_it_was_made() {
	build_and_execute(|| {
		stale_group();
		let built = Rekey::of(BOB, G1);
		assert_ok!(Membership::add_to_group(signed(ALICE), G1, D));
		refused(|| built.submit(), PalletError::WrongNumberOfWraps);
	});
}

#[test]
fn rekey_should_be_refused_when_the_group_is_unknown() {
	build_and_execute(|| {
		let spoilt = || Rekey { group: GroupId(9), ..Rekey::of(BOB, CONSORTIUM) }.submit();
		refused(spoilt, PalletError::UnknownGroup);
	});
}

#[test]
fn rekey_should_be_refused_when_the_signer_is_not_in_the_group() {
	build_and_execute(|| {
		stale_group();
		refused(|| Rekey::of(DAVE, G1).submit(), PalletError::NotInGroup);
	});
}

#[test]
fn fresh_group_should_be_rekeyed_by_its_owner_only_until_the_epoch_is_a_day_old() {
	build_and_execute(|| {
		make_group(&[B]);
		assert_ok!(Rekey::of(ALICE, G1).submit());
		wait(DAY - 1);
		refused(|| Rekey::of(BOB, G1).submit(), PalletError::RekeyTooSoon);
		wait(1);
		assert_ok!(Rekey::of(BOB, G1).submit());
		refused(|| Rekey::of(BOB, G1).submit(), PalletError::RekeyTooSoon);
		// Nobody owns the consortium's group.
		assert_ok!(Rekey::of(ALICE, CONSORTIUM).submit());
		refused(|| Rekey::of(ALICE, CONSORTIUM).submit(), PalletError::RekeyTooSoon);
	});
}

#[test]
fn link_should_be_refused_when_the_policy_closes_the_past() {
	build_and_execute(|| {
		stale_group();
		assert_ok!(Membership::set_group_policy(signed(ALICE), G1, GroupPolicy { history: false, ..policy() }));
		let linked = || Rekey { link: Some([8; 48]), ..Rekey::of(BOB, G1) }.submit();
		refused(linked, PalletError::HistoryClosed);
		assert_ok!(Rekey::of(BOB, G1).submit());
	});
}

#[test]
fn link_should_be_refused_when_there_is_no_epoch_before() {
	build_and_execute(|| {
		assert_ok!(Membership::create_group(signed(ALICE), name("banks"), policy(), Visibility::Open));
		let linked = || Rekey { link: Some([8; 48]), ..Rekey::of(ALICE, G1) }.submit();
		refused(linked, PalletError::NothingToLink);
	});
}

#[test]
fn link_should_reach_the_consortiums_genesis_epoch() {
	build_and_execute(|| {
		assert_ok!(Membership::suspend(root(), D));
		assert_ok!(Rekey { link: Some([8; 48]), ..Rekey::of(BOB, CONSORTIUM) }.submit());
		assert_eq!(Epochs::<Test>::get(CONSORTIUM, Epoch(1)).unwrap().link, Some([8; 48]));
	});
}

#[test]
fn rekey_should_be_refused_when_nobody_could_seal_to_the_key() {
	build_and_execute(|| {
		stale_group();
		let spoilt = || Rekey { key: invalid_key(), ..Rekey::of(BOB, G1) }.submit();
		refused(spoilt, PalletError::InvalidPublicKey);
	});
}

#[test]
fn rekey_should_be_refused_when_epochs_are_used_up() {
	build_and_execute(|| {
		stale_group();
		let before = group(G1);
		Groups::<Test>::mutate(G1, |group| group.as_mut().unwrap().epoch = Epoch(u32::MAX));
		refused(|| Rekey::of(BOB, G1).submit(), PalletError::Exhausted);
		Groups::<Test>::insert(G1, before);
	});
}
