//! Wraps of a hidden group: those who are in open them, and nobody sees who they are or how many.

use crate::fixtures::{Group, Member, GENESIS};
use cti_envelope::{
	epoch::publication,
	hidden::{HiddenError, MAX_WRAPS, MIN_WRAPS},
	EpochSecret, PublicKey, SeedWrapContext, Wrap,
};
use cti_primitives::MemberId;

fn context(group: &Group) -> SeedWrapContext {
	group.secret.context(&GENESIS, group.group, group.epoch, 6)
}

fn wraps(group: &Group, members: &[Member], entropy: u8) -> Vec<Wrap> {
	let keys: Vec<(MemberId, u32, &PublicKey)> = members.iter().map(|m| (m.owner, m.key_version, &m.key)).collect();
	group.secret.hidden_wraps(&context(group), &keys, &[entropy; 32]).unwrap()
}

/// What the member finds by trying every wrap.
fn found(group: &Group, member: &Member, wraps: &[Wrap]) -> Option<EpochSecret> {
	let open = |wrap| EpochSecret::unwrap(&context(group), member.owner, member.key_version, &member.seed, wrap).ok();
	wraps.iter().find_map(open)
}

#[test]
fn those_in_a_hidden_group_should_find_the_secret_and_others_should_not() {
	let group = Group::new(2, 5);
	let members: Vec<Member> = (0..3).map(|member| Member::new(member, member)).collect();
	let wraps = wraps(&group, &members, 1);
	for member in &members {
		assert_eq!(found(&group, member, &wraps).as_ref(), Some(&group.secret));
	}
	assert_eq!(found(&group, &Member::new(7, 0), &wraps), None);
}

#[test]
fn groups_of_every_size_up_to_eight_should_look_the_same() {
	let group = Group::new(2, 5);
	for count in [0, 1, 7, 8] {
		let members: Vec<Member> = (0..count).map(|member| Member::new(member, 0)).collect();
		let wraps = wraps(&group, &members, 1);
		assert_eq!(wraps.len(), MIN_WRAPS, "{count} members");
		assert!(wraps.is_sorted_by(|a, b| a < b));
	}
	let members: Vec<Member> = (0..9).map(|member| Member::new(member, 0)).collect();
	assert_eq!(wraps(&group, &members, 1).len(), 16);
}

#[test]
fn place_of_a_wrap_should_say_nothing() {
	let group = Group::new(2, 5);
	let alice = Member::new(0, 0);
	let place = |entropy| {
		let wraps = wraps(&group, std::slice::from_ref(&alice), entropy);
		let context = context(&group);
		let opens = |wrap: &Wrap| EpochSecret::unwrap(&context, alice.owner, 0, &alice.seed, wrap).is_ok();
		wraps.iter().position(opens).unwrap()
	};
	let places: std::collections::BTreeSet<usize> = (0..12).map(place).collect();
	assert!(places.len() > 1, "{places:?}");
}

#[test]
fn holder_of_the_secret_should_not_be_able_to_make_a_wrap_again() {
	let (group, alice) = (Group::new(2, 5), Member::new(0, 0));
	let wraps = wraps(&group, std::slice::from_ref(&alice), 1);
	let again = group.secret.wrap_for(&context(&group), alice.owner, 0, &alice.key).unwrap();
	assert!(!wraps.contains(&again));
}

#[test]
fn too_many_members_and_bad_keys_should_be_refused() {
	let (group, alice) = (Group::new(2, 5), Member::new(0, 0));
	let many = vec![(alice.owner, 0, &alice.key); MAX_WRAPS + 1];
	let refused = |members: &[(MemberId, u32, &PublicKey)]| {
		group.secret.hidden_wraps(&context(&group), members, &[1; 32]).unwrap_err()
	};
	assert_eq!(refused(&many), HiddenError::TooManyMembers(257));
	let bad = [0xff; 1216];
	assert_eq!(refused(&[(MemberId(3), 0, &bad)]), HiddenError::InvalidKey(MemberId(3)));
}

#[test]
fn publication_should_be_signed_by_the_epochs_key_for_one_member_and_envelope() {
	let group = Group::new(2, 5);
	let place = (group.group, group.epoch);
	let signature = group.secret.sign_publication(&GENESIS, place, MemberId(1), &[7; 32]);
	let message = [&b"cti/v1/publish"[..], &GENESIS, &1u32.to_le_bytes(), &[7; 32]].concat();
	assert_eq!(publication(&GENESIS, MemberId(1), &[7; 32]), message);
	let key = group.secret.auth_public(&GENESIS, group.group, group.epoch);
	let key = ed25519_dalek::VerifyingKey::from_bytes(&key).unwrap();
	let signature = ed25519_dalek::Signature::from_bytes(&signature);
	assert!(key.verify_strict(&message, &signature).is_ok());
	assert!(key.verify_strict(&publication(&GENESIS, MemberId(2), &[7; 32]), &signature).is_err());
}
