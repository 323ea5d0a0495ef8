use crate::mock::*;
use crate::*;
use alloc::boxed::Box;
use cti_primitives::{Epoch, GroupId, MemberId};
use frame::testing_prelude::*;

fn welcome(by: AccountId, group: GroupId, epoch: u32, member: MemberId) -> DispatchResult {
	Membership::welcome(signed(by), group, Epoch(epoch), member, Box::new([7; 1168]))
}

#[test]
fn welcome_should_say_who_was_given_which_epoch_and_where() {
	build_and_execute(|| {
		make_group(&[B]);
		assert_ok!(Membership::add_to_group(signed(ALICE), G1, C));
		let before = group(G1);
		assert_ok!(welcome(BOB_ANALYST, G1, 1, C));
		assert_eq!(last_event(), Event::MemberWelcomed { group: G1, epoch: Epoch(1), member: C, by: B, at: (1, 3) });
		assert_eq!(group(G1), before);
	});
}

#[test]
fn welcome_should_open_an_earlier_epoch_only_where_history_is_kept() {
	build_and_execute(|| {
		make_group(&[B]);
		assert_ok!(rekey(ALICE, G1));
		assert_ok!(welcome(ALICE, G1, 1, B));
		let closed = GroupPolicy { history: false, ..policy() };
		assert_ok!(Membership::set_group_policy(signed(ALICE), G1, closed));
		refused(|| welcome(ALICE, G1, 1, B), PalletError::HistoryClosed);
		assert_ok!(welcome(ALICE, G1, 2, B));
	});
}

#[test]
fn welcome_should_be_refused_when_the_epoch_does_not_exist() {
	build_and_execute(|| {
		make_group(&[B]);
		refused(|| welcome(ALICE, G1, 2, B), PalletError::WrongEpoch);
		// The group was never keyed at epoch 0; the consortium was.
		refused(|| welcome(ALICE, G1, 0, B), PalletError::WrongEpoch);
		assert_ok!(welcome(ALICE, CONSORTIUM, 0, B));
	});
}

#[test]
fn welcome_should_be_refused_when_the_group_is_stale() {
	build_and_execute(|| {
		make_group(&[B, C]);
		assert_ok!(Membership::remove_from_group(signed(ALICE), G1, C));
		refused(|| welcome(ALICE, G1, 1, B), PalletError::StaleGroup);
	});
}

#[test]
fn welcome_should_be_refused_when_the_signer_holds_no_secret() {
	build_and_execute(|| {
		make_group(&[B]);
		refused(|| welcome(CHARLIE, G1, 1, B), PalletError::NotInGroup);
		refused(|| welcome(ALICE_FEED, G1, 1, B), PalletError::WrongRole);
		refused(|| welcome(ERIN, G1, 1, B), PalletError::NotMember);
		refused(|| welcome(ALICE, GroupId(9), 1, B), PalletError::UnknownGroup);
		assert_ok!(Membership::suspend(root(), B));
		refused(|| welcome(BOB, G1, 1, A), PalletError::NotActive);
	});
}

#[test]
fn welcome_should_be_refused_when_the_recipient_is_no_active_member_of_the_group() {
	build_and_execute(|| {
		make_group(&[B, C]);
		refused(|| welcome(ALICE, G1, 1, D), PalletError::RecipientNotInGroup);
		refused(|| welcome(ALICE, G1, 1, E), PalletError::RecipientNotInGroup);
		assert_ok!(Membership::suspend(root(), B));
		assert_ok!(rekey(ALICE, G1));
		refused(|| welcome(ALICE, G1, 2, B), PalletError::RecipientNotInGroup);
	});
}
