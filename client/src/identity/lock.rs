//! What a passphrase locks: Argon2id makes its key, ChaCha20Poly1305 seals with it.

use crate::error::Error;
use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::{
	aead::{Aead, Payload},
	ChaCha20Poly1305, KeyInit,
};
use codec::Encode;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

/// KiB beyond which a file is taken for an attack on memory.
const MAX_MEMORY_KIB: u32 = 1 << 20;
const MAX_ITERATIONS: u32 = 64;
const MAX_LANES: u32 = 16;

/// What a guess at the passphrase costs.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Serialize, Deserialize)]
pub struct Cost {
	/// KiB of memory.
	pub memory_kib: u32,
	/// Passes over it.
	pub iterations: u32,
	/// Lanes.
	pub lanes: u32,
}

/// 64 MiB and three passes: the second choice of RFC 9106, for machines of every size.
impl Default for Cost {
	fn default() -> Self {
		Self { memory_kib: 1 << 16, iterations: 3, lanes: 4 }
	}
}

impl Cost {
	/// Can a file that somebody hands over ask for it?
	pub(super) fn is_sane(self) -> bool {
		(8..=MAX_MEMORY_KIB).contains(&self.memory_kib)
			&& (1..=MAX_ITERATIONS).contains(&self.iterations)
			&& (1..=MAX_LANES).contains(&self.lanes)
	}
}

/// The public half of what is locked.
#[derive(Clone, Copy)]
pub(super) struct Lock {
	pub cost: Cost,
	pub salt: [u8; 32],
	pub nonce: [u8; 12],
}

impl Lock {
	/// A new one. `entropy` is fresh randomness.
	pub fn new(cost: Cost, entropy: &[u8; 44]) -> Self {
		let (mut salt, mut nonce) = ([0; 32], [0; 12]);
		salt.copy_from_slice(&entropy[..32]);
		nonce.copy_from_slice(&entropy[32..]);
		Self { cost, salt, nonce }
	}

	/// Seals, and authenticates what is not secret with it.
	pub fn seal(&self, passphrase: &str, header: &[u8], plain: &[u8]) -> Result<Vec<u8>, Error> {
		let failed = || Error::Internal("the secrets cannot be sealed".into());
		let cipher = self.cipher(passphrase).ok_or_else(failed)?;
		cipher.encrypt(&self.nonce.into(), Payload { msg: plain, aad: header }).map_err(|_| failed())
	}

	/// Opens; nothing if the passphrase is another, or anything was changed.
	pub fn open(&self, passphrase: &str, header: &[u8], sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
		let payload = Payload { msg: sealed, aad: header };
		self.cipher(passphrase)?.decrypt(&self.nonce.into(), payload).map(Zeroizing::new).ok()
	}

	fn cipher(&self, passphrase: &str) -> Option<ChaCha20Poly1305> {
		let Cost { memory_kib, iterations, lanes } = self.cost;
		let params = Params::new(memory_kib, iterations, lanes, Some(32)).ok()?;
		let mut key = Zeroizing::new([0; 32]);
		let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
		argon2.hash_password_into(passphrase.as_bytes(), &self.salt, key.as_mut_slice()).ok()?;
		Some(ChaCha20Poly1305::new((&*key).into()))
	}
}
