//! Epoch secrets: who gets one, and that nobody can be given another than the rest.

use crate::{
	fixtures::{Group, Member, GENESIS},
	forge::{derive, h},
};
use cti_envelope::{development, epoch::public_key_hash, EpochSecret, OpenError, SeedWrapContext};
use cti_primitives::{Epoch, GroupId, MemberId};

fn place(group: u32, epoch: u32) -> Vec<u8> {
	[group.to_le_bytes(), epoch.to_le_bytes()].concat()
}

#[test]
fn keys_should_come_of_secret_chain_group_and_epoch() {
	let secret = EpochSecret::new([8; 32]);
	let seed = |genesis: [u8; 32], group, epoch| secret.kem_seed(&genesis, GroupId(group), Epoch(epoch));
	let expected = derive(&[8; 32], &GENESIS, &[b"cti/v1/kem", &place(3, 9)[..]].concat());
	assert_eq!(seed(GENESIS, 3, 9).as_bytes(), &expected);
	let others = [seed(GENESIS, 3, 8), seed(GENESIS, 4, 9), seed([0; 32], 3, 9)];
	assert!(others.iter().all(|other| *other != seed(GENESIS, 3, 9)));
	let auth = derive(&[8; 32], &GENESIS, &[b"cti/v1/auth", &place(3, 9)[..]].concat());
	let auth = ed25519_dalek::SigningKey::from_bytes(&auth).verifying_key();
	assert_eq!(secret.auth_public(&GENESIS, GroupId(3), Epoch(9)), auth.to_bytes());
	let signature = secret.auth_sign(&GENESIS, GroupId(3), Epoch(9), b"message");
	assert!(auth.verify_strict(b"message", &ed25519_dalek::Signature::from_bytes(&signature)).is_ok());
}

#[test]
fn keys_of_epoch_zero_should_not_depend_on_the_chain() {
	let secret = development::epoch_secret();
	let zero = |genesis: [u8; 32]| {
		let (group, epoch) = (GroupId(0), Epoch(0));
		(secret.kem_seed(&genesis, group, epoch), secret.auth_public(&genesis, group, epoch))
	};
	assert_eq!(zero(GENESIS), zero([0; 32]));
	let expected = derive(secret.as_bytes(), &[0; 32], &[b"cti/v1/kem", &place(0, 0)[..]].concat());
	assert_eq!(zero(GENESIS).0.as_bytes(), &expected);
}

#[test]
fn every_member_should_unwrap_the_secret() {
	for group in [Group::new(2, 5), Group::new(0, 0)] {
		let context = group.secret.context(&GENESIS, group.group, group.epoch, 6);
		assert_eq!(context.pk_hash, h(&[&group.key]));
		for member in [Member::new(0, 0), Member::new(1, 3)] {
			let (id, version) = (member.owner, member.key_version);
			let wrap = group.secret.wrap_for(&context, id, version, &member.key).unwrap();
			let unwrapped = EpochSecret::unwrap(&context, id, version, &member.seed, &wrap).unwrap();
			assert_eq!(unwrapped, group.secret);
			// Every holder of the secret can make everybody's wrap again.
			assert_eq!(unwrapped.wrap_for(&context, id, version, &member.key).unwrap(), wrap);
		}
	}
}

#[test]
fn wrap_should_be_bound_to_everything_the_chain_says_of_the_epoch() {
	let (group, member) = (Group::new(2, 5), Member::new(1, 3));
	let context = group.secret.context(&GENESIS, group.group, group.epoch, 6);
	let wrap = group.secret.wrap_for(&context, member.owner, 3, &member.key).unwrap();
	let changes: [fn(&mut SeedWrapContext); 6] = [
		|context| context.genesis[0] ^= 1,
		|context| context.group.0 += 1,
		|context| context.epoch.0 += 1,
		|context| context.roster_version += 1,
		|context| context.pk_hash[0] ^= 1,
		|context| context.auth[0] ^= 1,
	];
	for change in changes {
		let mut changed = context.clone();
		change(&mut changed);
		let refused = EpochSecret::unwrap(&changed, member.owner, 3, &member.seed, &wrap);
		assert_eq!(refused, Err(OpenError::WrapRefused), "{changed:?}");
	}
	for (id, version) in [(MemberId(2), 3), (member.owner, 4)] {
		let refused = EpochSecret::unwrap(&context, id, version, &member.seed, &wrap);
		assert_eq!(refused, Err(OpenError::WrapRefused));
	}
	let other = Member::new(2, 3);
	let refused = EpochSecret::unwrap(&context, member.owner, 3, &other.seed, &wrap);
	assert_eq!(refused, Err(OpenError::WrapRefused));
}

#[test]
fn secret_should_be_refused_when_it_is_not_the_one_on_chain() {
	let (group, member) = (Group::new(2, 5), Member::new(1, 3));
	let context = group.secret.context(&GENESIS, group.group, group.epoch, 6);
	let other = EpochSecret::new([0x66; 32]);
	let wrap = other.wrap_for(&context, member.owner, 3, &member.key).unwrap();
	let refused = EpochSecret::unwrap(&context, member.owner, 3, &member.seed, &wrap);
	assert_eq!(refused, Err(OpenError::WrongEpochSecret));
}

#[test]
fn link_should_open_the_epoch_before_and_no_other() {
	for (epoch, previous) in [(4, Group::new(2, 4)), (0, Group::new(2, 0))] {
		let epoch = Epoch(epoch);
		let newer = EpochSecret::new([0x77; 32]);
		let link = newer.link(&GENESIS, previous.group, epoch, &previous.secret).unwrap();
		let pk_hash = public_key_hash(&previous.key);
		let opened = newer.open_link(&GENESIS, previous.group, epoch, &link, &pk_hash);
		assert_eq!(opened.as_ref(), Ok(&previous.secret));

		let refused = |secret: &EpochSecret, genesis: [u8; 32], group: u32, epoch: u32, link: &[u8; 48]| {
			let refused = secret.open_link(&genesis, GroupId(group), Epoch(epoch), link, &pk_hash);
			assert_eq!(refused, Err(OpenError::LinkRefused));
		};
		refused(&previous.secret, GENESIS, 2, epoch.0, &link);
		refused(&newer, [0; 32], 2, epoch.0, &link);
		refused(&newer, GENESIS, 3, epoch.0, &link);
		refused(&newer, GENESIS, 2, epoch.0 + 1, &link);
		for at in 0..48 {
			let mut changed = link;
			changed[at] ^= 1;
			refused(&newer, GENESIS, 2, epoch.0, &changed);
		}
		let other = newer.open_link(&GENESIS, previous.group, epoch, &link, &[0; 32]);
		assert_eq!(other, Err(OpenError::WrongEpochSecret));
	}
}

#[test]
fn the_last_epoch_there_can_be_should_have_no_link_after_it() {
	let group = Group::new(2, 4);
	assert_eq!(group.secret.link(&GENESIS, group.group, Epoch(u32::MAX), &group.secret), None);
	let refused = group.secret.open_link(&GENESIS, group.group, Epoch(u32::MAX), &[0; 48], &[0; 32]);
	assert_eq!(refused, Err(OpenError::LinkRefused));
}

#[test]
fn wrap_should_be_refused_for_an_invalid_key() {
	let group = Group::new(2, 5);
	let context = group.secret.context(&GENESIS, group.group, group.epoch, 6);
	assert!(group.secret.wrap_for(&context, MemberId(0), 0, &[0xff; 1216]).is_err());
}

#[test]
fn development_keys_should_differ_by_name() {
	let names = ["alice", "bob", "charlie", "dave"];
	for (i, name) in names.iter().enumerate() {
		assert_eq!(development::member_seed(name), development::member_seed(name));
		for other in &names[..i] {
			assert_ne!(development::member_seed(name), development::member_seed(other));
		}
	}
}
