//! Envelopes by an author who lies: each lie has its own refusal.

use crate::{
	fixtures::{object, Group},
	forge::{objects_root, plaintext, reader_key, Forge},
};
use codec::{Compact, Encode};
use cti_envelope::{open, OpenError};

fn objects() -> Vec<Vec<u8>> {
	vec![object(1, 100), object(2, 200), object(3, 300)]
}

fn opened(change: impl FnOnce(&mut Forge)) -> Result<(), OpenError> {
	let group = Group::new(2, 5);
	let mut forged = Forge::new(&group, &objects());
	change(&mut forged);
	open(&forged.finish(), &group.opener()).map(|_| ())
}

fn refused(change: impl FnOnce(&mut Forge)) -> OpenError {
	let error = opened(change).unwrap_err();
	assert!(error.is_malformed(), "{error:?}");
	assert!(error.to_string().starts_with("malformed envelope: "), "{error}");
	error
}

#[test]
fn nothing_should_be_refused_without_a_lie() {
	assert_eq!(opened(|_| ()), Ok(()));
}

#[test]
fn wrong_commitment_should_be_refused() {
	assert_eq!(refused(|forged| forged.header.commitment[31] ^= 1), OpenError::WrongCommitment);
	// A wrap with another key than the commitment's.
	assert_eq!(refused(|forged| forged.wraps[0].2[0] ^= 1), OpenError::WrongCommitment);
	// Another salt: everything derived from it differs.
	assert_eq!(refused(|forged| forged.header.salt[0] ^= 1), OpenError::WrongCommitment);
}

#[test]
fn wrong_reader_key_should_be_refused() {
	let error = refused(|forged| forged.header.reader_key = reader_key(&[1; 32], &forged.header.salt));
	assert_eq!(error, OpenError::WrongReaderKey);
}

#[test]
fn body_under_another_key_should_be_refused() {
	let error = refused(|forged| {
		// Header and wraps say one key, the body is sealed with another.
		forged.wraps[0].2 = forged.cek;
		forged.cek = [1; 32];
	});
	assert_eq!(error, OpenError::BodyRefused);
}

#[test]
fn wrong_padding_should_be_refused() {
	assert_eq!(refused(|forged| *forged.plaintext.last_mut().unwrap() = 1), OpenError::WrongPadding);
	let first_zero = objects().encode().len();
	assert_eq!(refused(|forged| forged.plaintext[first_zero] = 0x80), OpenError::WrongPadding);
	let longer = refused(|forged| {
		forged.plaintext = plaintext(&objects(), 4352);
		forged.header.padded_len = 4352;
	});
	assert_eq!(longer, OpenError::WrongPadding);
}

#[test]
fn unreadable_objects_should_be_refused() {
	let with = |bytes: &[u8]| {
		refused(|forged| {
			forged.plaintext.fill(0);
			forged.plaintext[..bytes.len()].copy_from_slice(bytes);
		})
	};
	let no_objects = [0];
	assert_eq!(with(&no_objects), OpenError::UnreadableObjects);
	assert_eq!(with(&Compact(65_537u32).encode()), OpenError::UnreadableObjects);
	assert_eq!(with(&Compact(5_000u32).encode()), OpenError::UnreadableObjects);
	let longer_than_there_is = (Compact(1u32), Compact(4_096u32)).encode();
	assert_eq!(with(&longer_than_there_is), OpenError::UnreadableObjects);
	let count_in_a_longer_form = [1 << 2 | 1, 0, 4, b'x'];
	assert_eq!(with(&count_in_a_longer_form), OpenError::UnreadableObjects);
	let length_in_a_longer_form = [1 << 2, 1 << 2 | 1, 0, b'x'];
	assert_eq!(with(&length_in_a_longer_form), OpenError::UnreadableObjects);
	assert_eq!(with(&[0xff; 8]), OpenError::UnreadableObjects);
}

#[test]
fn wrong_number_of_leaves_should_be_refused() {
	for leaves in [2, 8, 65_536] {
		let error = refused(|forged| {
			forged.header.leaves = leaves;
			forged.header.objects_root = objects_root(&forged.cek, &forged.header.salt, &objects(), leaves);
		});
		assert_eq!(error, OpenError::WrongLeaves);
	}
}

#[test]
fn wrong_root_should_be_refused() {
	assert_eq!(refused(|forged| forged.header.objects_root[0] ^= 1), OpenError::WrongObjectsRoot);
	let other_object = refused(|forged| {
		let mut others = objects();
		others[1][0] ^= 1;
		forged.header.objects_root = objects_root(&forged.cek, &forged.header.salt, &others, 4);
	});
	assert_eq!(other_object, OpenError::WrongObjectsRoot);
	let other_order = refused(|forged| {
		let mut others = objects();
		others.swap(0, 1);
		forged.header.objects_root = objects_root(&forged.cek, &forged.header.salt, &others, 4);
	});
	assert_eq!(other_order, OpenError::WrongObjectsRoot);
	// An empty object where there is none: its leaf is another than an empty leaf.
	let one_more = refused(|forged| {
		let mut others = objects();
		others.push(Vec::new());
		forged.header.objects_root = objects_root(&forged.cek, &forged.header.salt, &others, 4);
	});
	assert_eq!(one_more, OpenError::WrongObjectsRoot);
}

#[test]
fn a_lie_should_not_be_blamed_on_the_author_when_it_may_be_the_readers() {
	for error in [
		OpenError::NotAddressed,
		OpenError::WrapRefused,
		OpenError::LinkRefused,
		OpenError::WrongEpochSecret,
		OpenError::Header(cti_envelope::HeaderError::NoRecipient),
	] {
		assert!(!error.is_malformed());
	}
}
