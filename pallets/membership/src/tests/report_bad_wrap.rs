use crate::mock::*;
use crate::*;
use cti_primitives::Epoch;
use frame::testing_prelude::*;

fn report(by: AccountId) -> DispatchResult {
	Membership::report_bad_wrap(signed(by), G1, Epoch(1))
}

fn wait_blocks(blocks: u64) {
	System::set_block_number(System::block_number() + blocks);
}

#[test]
fn report_should_make_nothing_stale() {
	build_and_execute(|| {
		make_group(&[B]);
		assert_ok!(report(BOB_ANALYST));
		assert_eq!(last_event(), Event::BadWrapReported { group: G1, epoch: Epoch(1), member: B });
		assert!(!group(G1).is_stale(Departures::<Test>::get));
		refused(|| report(BOB), PalletError::AlreadyReported);
	});
}

#[test]
fn unanswered_report_should_let_the_reporter_rekey_after_fifty_blocks() {
	build_and_execute(|| {
		make_group(&[B, C]);
		assert_ok!(report(BOB));
		wait_blocks(u64::from(ANSWER_BLOCKS) - 1);
		refused(|| rekey(BOB, G1), PalletError::RekeyTooSoon);
		wait_blocks(1);
		refused(|| rekey(CHARLIE, G1), PalletError::RekeyTooSoon);
		assert_ok!(rekey(BOB, G1));
		// The report was of the epoch before.
		refused(|| rekey(BOB, G1), PalletError::RekeyTooSoon);
		assert_ok!(Membership::report_bad_wrap(signed(BOB), G1, Epoch(2)));
	});
}

#[test]
fn welcome_should_answer_a_report() {
	build_and_execute(|| {
		make_group(&[B]);
		assert_ok!(report(BOB));
		assert_ok!(Membership::welcome(signed(ALICE), G1, Epoch(1), B, Box::new([7; 1168])));
		wait_blocks(u64::from(ANSWER_BLOCKS));
		refused(|| rekey(BOB, G1), PalletError::RekeyTooSoon);
	});
}

#[test]
fn answer_that_one_member_disputes_should_give_no_right_to_rekey() {
	build_and_execute(|| {
		make_group(&[B, C]);
		assert_ok!(report(BOB));
		assert_eq!(Membership::bad_wraps(G1), [(B, Epoch(1))]);
		let welcome = || Membership::welcome(signed(ALICE), G1, Epoch(1), B, Box::new([7; 1168]));
		assert_ok!(welcome());
		assert_eq!(Membership::bad_wraps(G1), []);
		assert_ok!(report(BOB));
		refused(|| report(BOB), PalletError::AlreadyReported);
		// It is there for every holder to answer, whoever did.
		assert_ok!(welcome());
		assert_eq!(Membership::bad_wraps(G1), [(B, Epoch(1))]);
		wait_blocks(u64::from(ANSWER_BLOCKS));
		refused(|| rekey(BOB, G1), PalletError::RekeyTooSoon);
		assert_ok!(rekey(ALICE, G1));
		assert_eq!(Membership::bad_wraps(G1), []);
	});
}

#[test]
fn epoch_that_two_members_dispute_should_be_theirs_to_replace_after_fifty_blocks() {
	build_and_execute(|| {
		make_group(&[B, C, D]);
		let dispute = |by, member| {
			assert_ok!(report(by));
			assert_ok!(Membership::welcome(signed(ALICE), G1, Epoch(1), member, Box::new([7; 1168])));
			assert_ok!(report(by));
		};
		dispute(BOB, B);
		wait_blocks(u64::from(ANSWER_BLOCKS));
		refused(|| rekey(BOB, G1), PalletError::RekeyTooSoon);
		dispute(CHARLIE, C);
		wait_blocks(u64::from(ANSWER_BLOCKS) - 1);
		assert!(!Membership::may_replace_epoch(B, G1));
		refused(|| rekey(BOB, G1), PalletError::RekeyTooSoon);
		wait_blocks(1);
		// Who disputes nothing has no right to it.
		assert!(Membership::may_replace_epoch(B, G1) && !Membership::may_replace_epoch(D, G1));
		refused(|| rekey(DAVE, G1), PalletError::RekeyTooSoon);
		assert_ok!(rekey(BOB, G1));
		// That was the epoch before.
		refused(|| rekey(CHARLIE, G1), PalletError::RekeyTooSoon);
	});
}

#[test]
fn group_should_not_be_taken_by_who_makes_it_stale() {
	build_and_execute(|| {
		assert_ok!(rekey(ALICE, CONSORTIUM));
		assert_ok!(Membership::set_encryption_key(signed(BOB), key(50), KeyChange::Compromised));
		refused(|| rekey(BOB, CONSORTIUM), PalletError::RekeyTooSoon);
		wait(REPORT_PAUSE - 1);
		refused(|| rekey(BOB, CONSORTIUM), PalletError::RekeyTooSoon);
		wait(1);
		assert_ok!(rekey(BOB, CONSORTIUM));
	});
}

#[test]
fn report_should_be_refused_by_each_rule() {
	build_and_execute(|| {
		assert_ok!(Membership::create_group(signed(ALICE), name("banks"), policy(), Visibility::Open));
		let report_of = |by, group, epoch| Membership::report_bad_wrap(signed(by), group, Epoch(epoch));
		refused(|| report_of(ALICE, G1, 0), PalletError::WrongEpoch);
		assert_ok!(rekey(ALICE, G1));
		refused(|| report_of(ALICE, G1, 0), PalletError::WrongEpoch);
		refused(|| report_of(BOB, G1, 1), PalletError::NotInGroup);
		refused(|| report_of(ALICE_FEED, G1, 1), PalletError::WrongRole);
		refused(|| report_of(ERIN, G1, 1), PalletError::NotMember);
		refused(|| report_of(ALICE, cti_primitives::GroupId(9), 1), PalletError::UnknownGroup);
		assert_ok!(Membership::suspend(root(), A));
		refused(|| report_of(ALICE, G1, 1), PalletError::NotActive);
	});
}
