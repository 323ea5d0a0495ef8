//! ChaCha20-Poly1305 does not commit to its key: a body can be made that two keys open to two contents. The commitment is
//! what stops an author from telling two members two stories in one record.

use crate::{
	fixtures::{object, Group},
	forge::{derive, h, Forge},
};
use chacha20::{
	cipher::{KeyIvInit, StreamCipher},
	ChaCha20,
};
use chacha20poly1305::{
	aead::{Aead, Payload},
	ChaCha20Poly1305, KeyInit,
};
use codec::Encode;
use cti_envelope::{open, wrap::Purpose, OpenError};
use num_bigint::BigInt;

const NONCE: [u8; 12] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1];

/// The one-time keys of Poly1305: `r`, clamped, and `s`.
fn poly_key(key: &[u8; 32]) -> (BigInt, BigInt) {
	let mut block = [0; 32];
	ChaCha20::new(key.into(), &NONCE.into()).apply_keystream(&mut block);
	for i in [3, 7, 11, 15] {
		block[i] &= 15;
	}
	for i in [4, 8, 12] {
		block[i] &= 252;
	}
	(number(&block[..16]), number(&block[16..]))
}

fn number(bytes: &[u8]) -> BigInt {
	BigInt::from_bytes_le(num_bigint::Sign::Plus, bytes)
}

fn modulo(n: BigInt, p: &BigInt) -> BigInt {
	((n % p) + p) % p
}

/// What Poly1305 sees: the associated data, the ciphertext and both lengths, all of them whole blocks here.
fn blocks(aad: &[u8; 32], ciphertext: &[u8]) -> Vec<BigInt> {
	let lengths = [(aad.len() as u64).to_le_bytes(), (ciphertext.len() as u64).to_le_bytes()].concat();
	let top = BigInt::from(1) << 128;
	[&aad[..], ciphertext, &lengths].concat().chunks(16).map(|block| number(block) + &top).collect()
}

/// A ciphertext of 4096 bytes with its tag that both keys accept: all blocks but one are free, that one is solved for.
fn body_for_two_keys(one: &[u8; 32], two: &[u8; 32], aad: &[u8; 32]) -> Vec<u8> {
	let p = (BigInt::from(1) << 130) - 5;
	let top = BigInt::from(1) << 128;
	let ((r1, s1), (r2, s2)) = (poly_key(one), poly_key(two));
	let evaluate = |blocks: &[BigInt], r: &BigInt| blocks.iter().fold(BigInt::from(0), |acc, b| (acc + b) * r % &p);
	let solved_at = 100;
	for attempt in 0.. {
		let mut ciphertext = object(attempt, 4096);
		let mut blocks = blocks(aad, &ciphertext);
		let block = 2 + solved_at;
		blocks[block] = BigInt::from(0);
		let power = BigInt::from(blocks.len() - block);
		let slope = modulo(r1.modpow(&power, &p) - r2.modpow(&power, &p), &p);
		let inverse = slope.modpow(&(&p - 2), &p);
		let rest = evaluate(&blocks, &r2) - evaluate(&blocks, &r1) + &s2 - &s1;
		let solution = modulo(rest * inverse, &p);
		if solution < top || solution >= &top * 2 {
			continue;
		}
		let bytes = (&solution - &top).to_bytes_le().1;
		ciphertext[solved_at * 16..][..16].fill(0);
		ciphertext[solved_at * 16..][..bytes.len()].copy_from_slice(&bytes);
		blocks[block] = solution;
		let tags = [(&r1, &s1), (&r2, &s2)].map(|(r, s)| (evaluate(&blocks, r) + s) % &top);
		if tags[0] == tags[1] {
			let mut tag = tags[0].to_bytes_le().1;
			tag.resize(16, 0);
			return [ciphertext, tag].concat();
		}
	}
	unreachable!("one attempt in four or so succeeds")
}

#[test]
fn body_that_two_keys_open_should_be_refused_by_the_commitment() {
	let (one, two) = (Group::new(1, 1), Group::new(2, 1));
	let mut forged = Forge::new(&one, &[object(1, 10)]);
	let (first, second) = (forged.cek, [0xdd; 32]);
	forged.header.audience = vec![(one.group, one.epoch), (two.group, two.epoch)].try_into().unwrap();
	forged.wraps.push((two.key, Purpose::Group { group: two.group, epoch: two.epoch }, second));
	let salt = forged.header.salt;
	let keys = [first, second].map(|cek| derive(&cek, &salt, b"cti/v1/payload"));

	for committed in [first, second] {
		forged.header.commitment = derive(&committed, &salt, b"cti/v1/commit");
		forged.header.reader_key = crate::forge::reader_key(&committed, &salt);
		let (header, header_hash, wraps, _) = forged.parts();
		assert_eq!(header_hash, h(&[b"cti/v1/header", &forged.header.encode()]));
		let body = body_for_two_keys(&keys[0], &keys[1], &header_hash);
		let contents = keys.map(|key| {
			let payload = Payload { msg: &body, aad: &header_hash };
			ChaCha20Poly1305::new(&key.into()).decrypt(&NONCE.into(), payload).unwrap()
		});
		assert_ne!(contents[0], contents[1], "the forgery works against the cipher alone");

		let payload = [header, wraps, body].concat();
		for (group, cek) in [(&one, first), (&two, second)] {
			let error = open(&payload, &group.opener()).unwrap_err();
			assert_eq!(error == OpenError::WrongCommitment, cek != committed, "{error:?}");
		}
	}
}
