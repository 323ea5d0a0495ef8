//! Whatever somebody else changes, moves, cuts or repeats does not open.

use crate::{
	fixtures::{object, request, Group, Member, ENTROPY, GENESIS},
	forge::Forge,
};
use cti_envelope::{
	open, parse, seal,
	wrap::{self, Purpose, WrapRefused},
	OpenError, SealRequest,
};
use cti_primitives::{Epoch, GroupId, KeyOwnerId};

/// Three chunks: the last one short.
fn large() -> (Group, Member, Vec<u8>) {
	let (group, member) = (Group::new(1, 4), Member::new(7, 2));
	let objects = [object(1, 100_000), object(2, 40_000)];
	let slices: Vec<&[u8]> = objects.iter().map(Vec::as_slice).collect();
	let payload = seal(&request(&[group.recipient()], &[member.recipient()], &slices), &ENTROPY).unwrap();
	(group, member, payload)
}

#[test]
fn every_byte_of_the_header_should_count() {
	let (group, member) = (Group::new(1, 4), Member::new(7, 2));
	let payload = seal(&request(&[group.recipient()], &[member.recipient()], &[b"x"]), &ENTROPY).unwrap();
	let header_len = parse(&payload).unwrap().header_bytes.len();
	for at in 0..header_len {
		// What comes first has the most structure: every bit of it.
		for bit in if at < 64 { 0..8 } else { 0..2 } {
			let mut changed = payload.clone();
			changed[at] ^= 1 << bit;
			assert!(open(&changed, &group.opener()).is_err(), "byte {at}, bit {bit}");
		}
		let mut changed = payload.clone();
		changed[at] ^= 0x80;
		assert!(open(&changed, &member.opener()).is_err(), "byte {at}");
	}
}

#[test]
fn every_region_of_the_own_wrap_should_count() {
	let (group, member) = (Group::new(1, 4), Member::new(7, 2));
	let payload = seal(&request(&[group.recipient()], &[member.recipient()], &[b"x"]), &ENTROPY).unwrap();
	let parsed = parse(&payload).unwrap();
	let wraps_at = parsed.header_bytes.len();
	for offset in (0..1168).step_by(13).chain([1087, 1088, 1119, 1120, 1151, 1152, 1167]) {
		for bit in [0, 7] {
			let mut changed = payload.clone();
			changed[wraps_at + offset] ^= 1 << bit;
			// X25519 ignores the highest bit of a point, the combiner of X-Wing does not.
			assert_eq!(open(&changed, &group.opener()), Err(OpenError::WrapRefused), "byte {offset}");
			assert_ne!(open(&changed, &member.opener()).unwrap().id, parsed.id());
			let mut changed = payload.clone();
			changed[wraps_at + 1168 + offset] ^= 1 << bit;
			assert_eq!(open(&changed, &member.opener()), Err(OpenError::NotAddressed), "byte {offset}");
			assert_ne!(open(&changed, &group.opener()).unwrap().id, parsed.id());
		}
	}
}

#[test]
fn every_region_of_the_body_should_count() {
	let (group, _, payload) = large();
	let parsed = parse(&payload).unwrap();
	let body_at = payload.len() - parsed.body.len();
	let chunk = 65_536 + 16;
	let edges = [0, 65_535, 65_536, chunk - 1, chunk, 2 * chunk - 1, 2 * chunk, parsed.body.len() - 1];
	for at in (0..parsed.body.len()).step_by(9_973).chain(edges) {
		let mut changed = payload.clone();
		changed[body_at + at] ^= 0x10;
		assert_eq!(open(&changed, &group.opener()), Err(OpenError::BodyRefused), "byte {at}");
	}
}

#[test]
fn chunks_should_not_be_moved_repeated_or_taken_from_elsewhere() {
	let (group, _, payload) = large();
	let body_at = payload.len() - parse(&payload).unwrap().body.len();
	let chunk = 65_536 + 16;
	let refused = |change: &dyn Fn(&mut [u8])| {
		let mut changed = payload.clone();
		change(&mut changed[body_at..]);
		assert_ne!(changed, payload);
		assert_eq!(open(&changed, &group.opener()), Err(OpenError::BodyRefused));
	};
	refused(&|body| {
		let (first, rest) = body.split_at_mut(chunk);
		first.swap_with_slice(&mut rest[..chunk]);
	});
	refused(&|body| body.copy_within(..chunk, chunk));
	let other = seal(&request(&[group.recipient()], &[], &[&object(9, 140_000)]), &ENTROPY).unwrap();
	let other_body = parse(&other).unwrap().body.to_vec();
	refused(&|body| body[..chunk].copy_from_slice(&other_body[..chunk]));
}

#[test]
fn parts_should_not_be_transplanted_between_envelopes() {
	let group = Group::new(1, 4);
	let one = seal(&request(&[group.recipient()], &[], &[b"one"]), &ENTROPY).unwrap();
	let two = seal(&request(&[group.recipient()], &[], &[b"two"]), &ENTROPY).unwrap();
	let (one, two) = (parse(&one).unwrap(), parse(&two).unwrap());
	let opened = |header: &[u8], wraps: &[u8], body: &[u8]| {
		open(&[header, wraps, body].concat(), &group.opener()).map(|opened| opened.objects)
	};
	assert_eq!(opened(one.header_bytes, one.wraps, one.body), Ok(vec![b"one".to_vec()]));
	assert_eq!(opened(one.header_bytes, two.wraps, one.body), Err(OpenError::WrapRefused));
	assert_eq!(opened(one.header_bytes, one.wraps, two.body), Err(OpenError::BodyRefused));
	assert_eq!(opened(two.header_bytes, one.wraps, one.body), Err(OpenError::WrapRefused));
}

#[test]
fn groups_and_epochs_should_not_stand_for_each_other() {
	let group = Group::new(1, 4);
	let payload = seal(&request(&[group.recipient()], &[], &[b"x"]), &ENTROPY).unwrap();
	for (other_group, other_epoch) in [(1, 3), (1, 5), (2, 4)] {
		let other = Group::new(other_group, other_epoch);
		assert_eq!(open(&payload, &other.opener()), Err(OpenError::NotAddressed));
		let claims = cti_envelope::Recipient::Group { group: group.group, epoch: group.epoch, seed: &other.seed };
		assert_eq!(open(&payload, &claims), Err(OpenError::WrapRefused));
	}
	let member = Member::new(7, 2);
	assert_eq!(open(&payload, &member.opener()), Err(OpenError::NotAddressed));
	// The group's key in the place of a member's: direct wraps are looked for behind the audience's.
	let direct = cti_envelope::Recipient::Direct { owner: KeyOwnerId(1), key_version: 4, seed: &group.seed };
	assert_eq!(open(&payload, &direct), Err(OpenError::NotAddressed));
}

#[test]
fn envelope_should_not_open_on_another_chain() {
	let group = Group::new(1, 4);
	let groups = [group.recipient()];
	let request = SealRequest { genesis: [0x48; 32], ..request(&groups, &[], &[b"x"]) };
	let payload = seal(&request, &ENTROPY).unwrap();
	assert!(open(&payload, &group.opener()).is_ok());
	// The other chain's genesis hash written into the header.
	let mut changed = payload;
	changed[2..34].copy_from_slice(&GENESIS);
	assert_eq!(open(&changed, &group.opener()), Err(OpenError::WrapRefused));
}

#[test]
fn wraps_of_two_groups_should_not_be_swapped() {
	let (one, two) = (Group::new(1, 1), Group::new(2, 1));
	let payload = seal(&request(&[one.recipient(), two.recipient()], &[], &[b"x"]), &ENTROPY).unwrap();
	let at = parse(&payload).unwrap().header_bytes.len();
	let mut swapped = payload;
	let (first, rest) = swapped[at..].split_at_mut(1168);
	first.swap_with_slice(&mut rest[..1168]);
	assert_eq!(open(&swapped, &one.opener()), Err(OpenError::WrapRefused));
	assert_eq!(open(&swapped, &two.opener()), Err(OpenError::WrapRefused));
}

#[test]
fn wrap_should_open_only_for_its_purpose_place_and_key() {
	let member = Member::new(7, 2);
	let purpose = Purpose::Direct { owner: member.owner.into(), key_version: 2 };
	let (aad, secret) = ([3; 32], [4; 32]);
	let sealed = wrap::seal_to(&member.key, purpose, &GENESIS, &aad, &secret, &[5; 64]).unwrap();
	assert_eq!(*wrap::open(&member.seed, purpose, &GENESIS, &aad, &sealed).unwrap(), secret);
	let refused = |seed, purpose, genesis, aad: &[u8], wrap: &[u8]| {
		assert_eq!(wrap::open(seed, purpose, genesis, aad, wrap), Err(WrapRefused));
	};
	for other in [
		Purpose::Direct { owner: KeyOwnerId(8), key_version: 2 },
		Purpose::Direct { owner: member.owner.into(), key_version: 3 },
		Purpose::Group { group: GroupId(7), epoch: Epoch(2) },
		Purpose::EpochSecret { member: member.owner, key_version: 2 },
	] {
		refused(&member.seed, other, &GENESIS, &aad, &sealed);
	}
	let other = Member::new(8, 2);
	refused(&other.seed, purpose, &GENESIS, &aad, &sealed);
	refused(&member.seed, purpose, &[0; 32], &aad, &sealed);
	refused(&member.seed, purpose, &GENESIS, &[0; 32], &sealed);
	refused(&member.seed, purpose, &GENESIS, &aad, &sealed[..1167]);
	refused(&member.seed, purpose, &GENESIS, &aad, &[&sealed[..], &[0]].concat());
	refused(&member.seed, purpose, &GENESIS, &aad, &[]);
	let short = wrap::seal_to(&member.key, purpose, &GENESIS, &aad, &secret, &[6; 64]).unwrap();
	refused(&member.seed, purpose, &GENESIS, &aad, &[&sealed[..1120], &short[1120..]].concat());
}

#[test]
fn no_group_should_be_addressed_by_a_header_with_other_epochs() {
	let group = Group::new(1, 4);
	let mut forged = Forge::new(&group, &[object(1, 10)]);
	forged.header.audience = vec![(group.group, Epoch(5))].try_into().unwrap();
	assert_eq!(open(&forged.finish(), &group.opener()), Err(OpenError::NotAddressed));
}
