//! X-Wing keys: the 32-byte seed its owner keeps and the public key others seal to.

use crate::secret::secret;
use core::fmt;
use cti_primitives::ENCRYPTION_KEY_LEN;
use hpke::{kem::XWing, Deserializable, Kem, Serializable};

/// An X-Wing public key: ML-KEM-768's 1184 bytes, then X25519's 32.
pub type PublicKey = [u8; ENCRYPTION_KEY_LEN];

secret!(
	/// The seed of an X-Wing key: the whole secret half.
	Seed
);

impl Seed {
	/// The public half.
	pub fn public_key(&self) -> PublicKey {
		XWing::sk_to_pk(&self.secret_key()).to_bytes().into()
	}

	#[allow(clippy::expect_used)]
	pub(crate) fn secret_key(&self) -> <XWing as Kem>::PrivateKey {
		Deserializable::from_bytes(self.as_bytes()).expect("any 32 bytes are a seed; qed")
	}
}

/// The bytes are not a key that one can seal to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct InvalidKey;

impl fmt::Display for InvalidKey {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str("the encryption key is not a valid X-Wing public key")
	}
}

impl core::error::Error for InvalidKey {}

/// Can one seal to this key? Checks that the 768 coefficients of its ML-KEM half are below 3329, and that its X25519
/// half is no point of small order, to which other implementations refuse to seal.
pub fn is_valid_public_key(key: &PublicKey) -> bool {
	decode(key).is_ok()
}

pub(crate) fn decode(key: &PublicKey) -> Result<<XWing as Kem>::PublicKey, InvalidKey> {
	let (_, x25519) = key.split_last_chunk::<32>().ok_or(InvalidKey)?;
	if has_small_order(x25519) {
		return Err(InvalidKey);
	}
	Deserializable::from_bytes(key).map_err(|_| InvalidKey)
}

/// The X25519 points of small order: 0, 1, two of order 8, p - 1, and p and p + 1, which are 0 and 1 not reduced.
const SMALL_ORDER: [[u8; 32]; 7] = [
	[0; 32],
	low_byte(1),
	[
		0xe0, 0xeb, 0x7a, 0x7c, 0x3b, 0x41, 0xb8, 0xae, 0x16, 0x56, 0xe3, 0xfa, 0xf1, 0x9f, 0xc4, 0x6a, 0xda, 0x09,
		0x8d, 0xeb, 0x9c, 0x32, 0xb1, 0xfd, 0x86, 0x62, 0x05, 0x16, 0x5f, 0x49, 0xb8, 0x00,
	],
	[
		0x5f, 0x9c, 0x95, 0xbc, 0xa3, 0x50, 0x8c, 0x24, 0xb1, 0xd0, 0xb1, 0x55, 0x9c, 0x83, 0xef, 0x5b, 0x04, 0x44,
		0x5c, 0xc4, 0x58, 0x1c, 0x8e, 0x86, 0xd8, 0x22, 0x4e, 0xdd, 0xd0, 0x9f, 0x11, 0x57,
	],
	near_p(0xec),
	near_p(0xed),
	near_p(0xee),
];

const fn low_byte(byte: u8) -> [u8; 32] {
	let mut point = [0; 32];
	point[0] = byte;
	point
}

const fn near_p(low: u8) -> [u8; 32] {
	let mut point = [0xff; 32];
	point[0] = low;
	point[31] = 0x7f;
	point
}

/// X25519 ignores the highest bit of a point.
fn has_small_order(point: &[u8; 32]) -> bool {
	let mut point = *point;
	if let Some(top) = point.last_mut() {
		*top &= 0x7f;
	}
	SMALL_ORDER.contains(&point)
}

#[cfg(test)]
mod tests {
	use super::*;
	use x25519_dalek::{PublicKey as Point, StaticSecret};

	#[test]
	fn small_order_should_mean_that_no_secret_comes_of_it() {
		let secret = StaticSecret::from([7; 32]);
		for mut point in SMALL_ORDER {
			assert!(!secret.diffie_hellman(&Point::from(point)).was_contributory(), "{point:?}");
			assert!(has_small_order(&point));
			point[31] |= 0x80;
			assert!(!secret.diffie_hellman(&Point::from(point)).was_contributory(), "{point:?}");
			assert!(has_small_order(&point));
		}
		assert!(!has_small_order(Point::from(&secret).as_bytes()));
	}

	#[test]
	fn key_should_be_refused_when_its_x25519_half_has_small_order() {
		let mut key = Seed::new([1; 32]).public_key();
		assert!(is_valid_public_key(&key));
		key[1184..].fill(0);
		assert!(!is_valid_public_key(&key));
	}

	#[test]
	fn key_should_be_refused_when_a_coefficient_is_too_large() {
		let valid = Seed::new([1; 32]).public_key();
		for coefficient in [0, 1, 2, 255, 256, 766, 767] {
			let mut key = valid;
			let value = set_coefficient(&mut key, coefficient, 3328);
			assert!(value < 3329 && is_valid_public_key(&key), "coefficient {coefficient}");
			set_coefficient(&mut key, coefficient, 3329);
			assert!(!is_valid_public_key(&key), "coefficient {coefficient}");
		}
	}

	/// Coefficients are packed two to three bytes, the lower nibble first. Gives the value there was.
	fn set_coefficient(key: &mut PublicKey, index: usize, value: u16) -> u16 {
		let at = index / 2 * 3;
		let (low, high) = (u16::from(key[at]), u16::from(key[at + 1]));
		let last = u16::from(key[at + 2]);
		let old;
		if index.is_multiple_of(2) {
			old = low | (high & 0x0f) << 8;
			key[at] = value as u8;
			key[at + 1] = (high & 0xf0) as u8 | (value >> 8) as u8;
		} else {
			old = high >> 4 | last << 4;
			key[at + 1] = (high & 0x0f) as u8 | ((value & 0x0f) << 4) as u8;
			key[at + 2] = (value >> 4) as u8;
		}
		old
	}

	#[test]
	fn seed_should_not_be_printed() {
		assert_eq!(alloc::format!("{:?}", Seed::new([9; 32])), "Seed(..)");
	}
}
