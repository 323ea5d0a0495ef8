use crate::mock::*;
use crate::*;
use cti_primitives::MemberId;
use frame::testing_prelude::*;

fn set(account: AccountId, n: u8, reason: KeyChange) -> DispatchResult {
	Membership::set_encryption_key(signed(account), key(n), reason)
}

fn entry(member: MemberId) -> KeyEntry {
	EncryptionKeys::<Test>::get(KeyOwner::Member(member)).unwrap()
}

#[test]
fn routine_change_should_raise_the_version_and_stale_nothing() {
	build_and_execute(|| {
		make_group(&[B]);
		let before = (group(G1), group(CONSORTIUM));
		assert_ok!(set(BOB, 50, KeyChange::Routine));
		assert_eq!((entry(B).version, entry(B).key), (1, *key(50)));
		assert_eq!((group(G1), group(CONSORTIUM)), before);
		assert_eq!(Departures::<Test>::get(), 0);
		assert_eq!(
			last_event(),
			Event::EncryptionKeySet { owner: KeyOwner::Member(B), version: 1, reason: KeyChange::Routine }
		);
		assert_ok!(set(BOB, 51, KeyChange::Routine));
		assert_eq!(entry(B).version, 2);
	});
}

#[test]
fn compromised_or_lost_key_should_stale_the_members_groups() {
	for reason in [KeyChange::Compromised, KeyChange::Lost] {
		build_and_execute(|| {
			make_group(&[B]);
			let members = (group(G1).members, group(CONSORTIUM).members);
			assert_ok!(set(BOB, 50, reason));
			assert!(group(G1).is_stale(Departures::<Test>::get) && group(CONSORTIUM).is_stale(Departures::<Test>::get));
			assert_eq!((group(G1).members, group(CONSORTIUM).members), members);
			assert_eq!(Departures::<Test>::get(), 1);
			assert_eq!(last_event(), Event::EncryptionKeySet { owner: KeyOwner::Member(B), version: 1, reason });
		});
	}
}

#[test]
fn compromised_key_should_leave_groups_of_others_fresh() {
	build_and_execute(|| {
		make_group(&[B]);
		assert_ok!(set(CHARLIE, 50, KeyChange::Compromised));
		assert!(!group(G1).is_stale(Departures::<Test>::get));
	});
}

#[test]
fn first_key_should_bring_the_member_into_the_consortiums_group() {
	build_and_execute(|| {
		assert_ok!(Membership::admit(root(), ERIN, name("Eastgate Water"), None, None));
		let before = group(CONSORTIUM);
		assert_ok!(set(ERIN, 50, KeyChange::Routine));
		assert_eq!(entry(E).version, 0);
		assert_eq!(
			(group(CONSORTIUM).members, group(CONSORTIUM).is_stale(Departures::<Test>::get)),
			(before.members + 1, false)
		);
	});
}

#[test]
fn first_key_of_a_suspended_member_should_count_when_it_is_reinstated() {
	build_and_execute(|| {
		assert_ok!(Membership::admit(root(), ERIN, name("Eastgate Water"), None, None));
		assert_ok!(Membership::suspend(root(), E));
		assert_ok!(set(ERIN, 50, KeyChange::Routine));
		assert_eq!(group(CONSORTIUM).members, 4);
		assert_ok!(Membership::reinstate(root(), E));
		assert_eq!(group(CONSORTIUM).members, 5);
	});
}

#[test]
fn analyst_should_set_its_own_key_and_stale_nothing() {
	build_and_execute(|| {
		let owner = KeyOwner::Analyst(ALICE_ANALYST);
		assert_ok!(set(ALICE_ANALYST, 50, KeyChange::Routine));
		assert_ok!(set(ALICE_ANALYST, 51, KeyChange::Compromised));
		assert_ok!(set(ALICE_ANALYST, 52, KeyChange::Lost));
		let stored = EncryptionKeys::<Test>::get(&owner).unwrap();
		assert_eq!((stored.version, stored.key), (2, *key(52)));
		assert_eq!(entry(A).version, 0);
		assert!(!group(CONSORTIUM).is_stale(Departures::<Test>::get));
		assert_eq!(last_event(), Event::EncryptionKeySet { owner, version: 2, reason: KeyChange::Lost });
	});
}

#[test]
fn report_should_be_refused_within_a_day_of_the_last() {
	build_and_execute(|| {
		assert_ok!(set(BOB, 50, KeyChange::Compromised));
		wait(DAY - 1);
		refused(|| set(BOB, 51, KeyChange::Lost), PalletError::KeyReportedRecently);
		// A rotation is free at any time, and another member may report.
		assert_ok!(set(BOB, 51, KeyChange::Routine));
		assert_ok!(set(CHARLIE, 52, KeyChange::Lost));
		wait(1);
		assert_ok!(set(BOB, 53, KeyChange::Lost));
	});
}

#[test]
fn report_of_a_suspended_member_should_stale_nothing() {
	build_and_execute(|| {
		assert_ok!(Membership::suspend(root(), B));
		assert_ok!(rekey(ALICE, CONSORTIUM));
		assert_ok!(set(BOB, 50, KeyChange::Compromised));
		assert!(!group(CONSORTIUM).is_stale(Departures::<Test>::get));
		assert_eq!(entry(B).version, 1);
	});
}

#[test]
fn report_should_be_refused_when_there_is_no_key() {
	build_and_execute(|| {
		assert_ok!(Membership::admit(root(), ERIN, name("Eastgate Water"), None, None));
		refused(|| set(ERIN, 50, KeyChange::Lost), PalletError::NoEncryptionKey);
		refused(|| set(ALICE_ANALYST, 50, KeyChange::Compromised), PalletError::NoEncryptionKey);
	});
}

#[test]
fn key_should_be_refused_when_nobody_could_seal_to_it() {
	build_and_execute(|| {
		for (account, reason) in [(BOB, KeyChange::Routine), (BOB, KeyChange::Lost), (BOB_ANALYST, KeyChange::Routine)]
		{
			let call = || Membership::set_encryption_key(signed(account), invalid_key(), reason);
			refused(call, PalletError::InvalidPublicKey);
		}
	});
}

#[test]
fn key_should_be_refused_when_the_signer_has_none_to_look_after() {
	build_and_execute(|| {
		refused(|| set(ERIN, 50, KeyChange::Routine), PalletError::NotMember);
		refused(|| set(ALICE_FEED, 50, KeyChange::Routine), PalletError::WrongRole);
		refused(|| set(ALICE_AUDITOR, 50, KeyChange::Routine), PalletError::WrongRole);
		assert_ok!(Membership::leave(signed(BOB)));
		refused(|| set(BOB, 50, KeyChange::Routine), PalletError::NotActive);
		refused(|| set(BOB_ANALYST, 50, KeyChange::Routine), PalletError::NotActive);
	});
}

#[test]
fn key_should_be_refused_when_its_version_is_at_its_end() {
	build_and_execute(|| {
		let last = KeyEntry { version: u32::MAX, key: *key(2) };
		EncryptionKeys::<Test>::insert(KeyOwner::Member(B), last);
		refused(|| set(BOB, 50, KeyChange::Routine), PalletError::Exhausted);
	});
}
