//! The reader proof: whoever holds an envelope's content key can sign for one member, and only for that one.

use crate::hash::Derivation;
use alloc::vec::Vec;
use codec::Encode;
use cti_primitives::{Hash, MemberId, RecordId};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};

/// What a reader states of a record.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Statement {
	/// How credible it is.
	Verdict,
	/// That it was seen, or was a false positive.
	Sight,
}

/// The bytes to sign: of this statement, chain, record, envelope and voter, and of no other.
pub fn message(statement: Statement, genesis: &Hash, record: RecordId, envelope_id: &Hash, voter: MemberId) -> Vec<u8> {
	let label: &[u8] = match statement {
		Statement::Verdict => b"cti/v1/verdict",
		Statement::Sight => b"cti/v1/sight",
	};
	[label, genesis, &record.encode(), envelope_id, &voter.0.to_le_bytes()].concat()
}

/// Signs with the reader key that comes of the content key and the header's salt.
pub fn sign(cek: &[u8; 32], salt: &[u8; 32], message: &[u8]) -> [u8; 64] {
	signing_key(&Derivation::new(cek, salt)).sign(message).to_bytes()
}

/// The reader key, as the header names it, that comes of the content key and the header's salt.
pub fn key(cek: &[u8; 32], salt: &[u8; 32]) -> [u8; 32] {
	public_key(&Derivation::new(cek, salt))
}

/// Did the holder of the header's `reader_key` sign this?
pub fn verify(reader_key: &[u8; 32], signature: &[u8; 64], message: &[u8]) -> bool {
	VerifyingKey::from_bytes(reader_key)
		.is_ok_and(|key| key.verify_strict(message, &Signature::from_bytes(signature)).is_ok())
}

pub(crate) fn public_key(content: &Derivation) -> [u8; 32] {
	signing_key(content).verifying_key().to_bytes()
}

fn signing_key(content: &Derivation) -> SigningKey {
	SigningKey::from_bytes(&content.expand(&[b"cti/v1/reader"]))
}
