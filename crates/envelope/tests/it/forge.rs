//! A second way to make envelopes, from the specification and with plain functions, that can also make wrong ones.

use crate::fixtures::{Group, AUTHOR, GENESIS};
use blake2::{digest::consts::U32, Blake2b, Digest};
use chacha20poly1305::{
	aead::{Aead, Payload},
	ChaCha20Poly1305, KeyInit,
};
use codec::Encode;
use cti_envelope::{
	wrap::{self, Purpose},
	Header, PublicKey,
};
use cti_primitives::{Hash, Tlp};
use hkdf::Hkdf;
use sha2::Sha256;

pub fn h(parts: &[&[u8]]) -> Hash {
	Blake2b::<U32>::digest(parts.concat()).into()
}

pub fn derive(input: &[u8; 32], salt: &[u8; 32], info: &[u8]) -> [u8; 32] {
	let mut out = [0; 32];
	Hkdf::<Sha256>::new(Some(salt), input).expand(info, &mut out).unwrap();
	out
}

pub fn reader_key(cek: &[u8; 32], salt: &[u8; 32]) -> [u8; 32] {
	ed25519_dalek::SigningKey::from_bytes(&derive(cek, salt, b"cti/v1/reader")).verifying_key().to_bytes()
}

pub fn plaintext(objects: &[Vec<u8>], padded_len: usize) -> Vec<u8> {
	let mut plaintext = objects.to_vec().encode();
	assert!(plaintext.len() <= padded_len);
	plaintext.resize(padded_len, 0);
	plaintext
}

pub fn objects_root(cek: &[u8; 32], salt: &[u8; 32], objects: &[Vec<u8>], leaves: u32) -> Hash {
	let mut level: Vec<Hash> = (0..leaves)
		.map(|i| {
			let leaf_salt = derive(cek, salt, &[&b"cti/v1/leaf"[..], &i.to_le_bytes()].concat());
			match objects.get(i as usize) {
				Some(object) => h(&[&[0], &leaf_salt, object]),
				None => h(&[&[2], &leaf_salt]),
			}
		})
		.collect();
	while level.len() > 1 {
		level = level.chunks(2).map(|pair| h(&[&[1], &pair[0], &pair[1]])).collect();
	}
	h(&[&[3], &leaves.to_le_bytes(), &level[0]])
}

pub fn body(key: &[u8; 32], header_hash: &Hash, plaintext: &[u8]) -> Vec<u8> {
	let cipher = ChaCha20Poly1305::new(key.into());
	let chunks: Vec<&[u8]> = plaintext.chunks(65_536).collect();
	let mut body = Vec::new();
	for (i, chunk) in chunks.iter().enumerate() {
		let mut nonce = [0; 12];
		nonce[3..11].copy_from_slice(&(i as u64).to_be_bytes());
		nonce[11] = u8::from(i + 1 == chunks.len());
		body.extend(cipher.encrypt(&nonce.into(), Payload { msg: chunk, aad: header_hash }).unwrap());
	}
	body
}

/// An envelope in the making; change what should be wrong and [`Forge::finish`] it.
pub struct Forge {
	pub header: Header,
	pub cek: [u8; 32],
	pub plaintext: Vec<u8>,
	pub wraps: Vec<(PublicKey, Purpose, [u8; 32])>,
}

impl Forge {
	/// An honest one for a group.
	pub fn new(group: &Group, objects: &[Vec<u8>]) -> Self {
		let (cek, salt) = ([0xce; 32], [0x5a; 32]);
		let leaves = (objects.len() as u32).next_power_of_two();
		let plaintext = plaintext(objects, 4096);
		let header = Header {
			version: 1,
			suite: 1,
			genesis: GENESIS,
			author: AUTHOR,
			tlp: Tlp::Green,
			audience: vec![(group.group, group.epoch)].try_into().unwrap(),
			direct: 0,
			salt,
			commitment: derive(&cek, &salt, b"cti/v1/commit"),
			reader_key: reader_key(&cek, &salt),
			objects_root: objects_root(&cek, &salt, objects, leaves),
			leaves,
			padded_len: 4096,
		};
		let purpose = Purpose::Group { group: group.group, epoch: group.epoch };
		Self { header, cek, plaintext, wraps: vec![(group.key, purpose, cek)] }
	}

	/// Header and its hash, then the wraps, then the body.
	pub fn parts(&self) -> (Vec<u8>, Hash, Vec<u8>, Vec<u8>) {
		let header = self.header.encode();
		let header_hash = h(&[b"cti/v1/header", &header]);
		let wraps = self.wraps.iter().enumerate().flat_map(|(i, (key, purpose, secret))| {
			let randomness = [0xe0 + i as u8; 64];
			wrap::seal_to(key, *purpose, &self.header.genesis, &header_hash, secret, &randomness).unwrap()
		});
		let key = derive(&self.cek, &self.header.salt, b"cti/v1/payload");
		let body = body(&key, &header_hash, &self.plaintext);
		(header, header_hash, wraps.collect(), body)
	}

	pub fn finish(&self) -> Vec<u8> {
		let (header, _, wraps, body) = self.parts();
		[header, wraps, body].concat()
	}
}
