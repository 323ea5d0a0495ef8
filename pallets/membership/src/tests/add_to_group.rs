use crate::mock::*;
use crate::*;
use cti_primitives::{GroupId, MemberId};
use frame::testing_prelude::*;

fn add(account: AccountId, group: GroupId, member: MemberId) -> DispatchResult {
	Membership::add_to_group(signed(account), group, member)
}

#[test]
fn add_to_group_should_count_the_newcomer_and_stale_nothing() {
	build_and_execute(|| {
		make_group(&[B]);
		let before = group(G1);
		assert_ok!(add(ALICE, G1, C));
		assert_eq!(group(G1), Group { members: 3, ..before });
		assert_eq!(Membership::groups_of(C), vec![CONSORTIUM, G1]);
		let members: Vec<_> = Membership::roster(G1).into_iter().map(|entry| entry.member).collect();
		assert_eq!(members, vec![A, B, C]);
		assert_eq!(last_event(), Event::MemberAddedToGroup { group: G1, member: C });
	});
}

#[test]
fn add_to_group_should_be_refused_when_the_signer_does_not_own_the_group() {
	build_and_execute(|| {
		make_group(&[B]);
		refused(|| add(BOB, G1, C), PalletError::NotOwner);
		refused(|| add(ALICE_ANALYST, G1, C), PalletError::WrongRole);
		refused(|| add(ERIN, G1, C), PalletError::NotMember);
		assert_ok!(Membership::suspend(root(), A));
		refused(|| add(ALICE, G1, C), PalletError::NotActive);
	});
}

#[test]
fn add_to_group_should_be_refused_when_the_group_has_no_roster_to_keep() {
	build_and_execute(|| {
		refused(|| add(ALICE, CONSORTIUM, B), PalletError::RosterIsEveryone);
		refused(|| add(ALICE, G1, B), PalletError::UnknownGroup);
	});
}

#[test]
fn add_to_group_should_be_refused_when_the_member_cannot_be_keyed_to() {
	build_and_execute(|| {
		make_group(&[]);
		refused(|| add(ALICE, G1, E), PalletError::UnknownMember);
		assert_ok!(Membership::admit(root(), ERIN, name("Eastgate Water"), None, None));
		refused(|| add(ALICE, G1, E), PalletError::NoEncryptionKey);
		assert_ok!(Membership::suspend(root(), B));
		refused(|| add(ALICE, G1, B), PalletError::MemberNotActive);
		assert_ok!(Membership::expel(root(), B));
		refused(|| add(ALICE, G1, B), PalletError::MemberNotActive);
	});
}

#[test]
fn add_to_group_should_be_refused_when_the_member_is_in_it() {
	build_and_execute(|| {
		make_group(&[B]);
		refused(|| add(ALICE, G1, B), PalletError::AlreadyInGroup);
		refused(|| add(ALICE, G1, A), PalletError::AlreadyInGroup);
	});
}

#[test]
fn owner_should_not_fill_all_places_of_another_member() {
	build_and_execute(|| {
		for n in 0..=MAX_GROUPS_OF_ONE_OWNER as u32 {
			assert_ok!(Membership::create_group(signed(ALICE), name("banks"), policy(), Visibility::Open));
			if n < MAX_GROUPS_OF_ONE_OWNER as u32 {
				assert_ok!(add(ALICE, GroupId(n + 1), B));
			} else {
				refused(|| add(ALICE, GroupId(n + 1), B), PalletError::TooManyGroups);
			}
		}
		assert_ok!(Membership::create_group(signed(BOB), name("own"), policy(), Visibility::Open));
	});
}

#[test]
fn add_to_group_should_be_refused_after_the_members_64th_group() {
	build_and_execute(|| {
		for n in 0..MAX_GROUPS {
			// No one owner could fill all places.
			let owner = if n < MAX_GROUPS_OF_ONE_OWNER as u32 { ALICE } else { DAVE };
			assert_ok!(Membership::create_group(signed(owner), name("banks"), policy(), Visibility::Open));
			assert_ok!(add(owner, GroupId(n + 1), B));
		}
		assert_ok!(Membership::create_group(signed(CHARLIE), name("certs"), policy(), Visibility::Open));
		let last = GroupId(MAX_GROUPS + 1);
		refused(|| add(CHARLIE, last, B), PalletError::TooManyGroups);
		// Who was put into groups against its will gets out by itself.
		assert_ok!(Membership::remove_from_group(signed(BOB), G1, B));
		assert_ok!(add(CHARLIE, last, B));
	});
}
