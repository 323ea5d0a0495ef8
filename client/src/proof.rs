//! Proofs that one object is in a record, as files to hand to others.

use crate::error::Error;
use cti_envelope::{verify, Opened, Proof};
use cti_primitives::{Hash, RecordId, Tlp};
use serde::{Deserialize, Serialize};
use std::path::Path;

const FORMAT: &str = "testudo-proof-1";

/// The proof of one object: enough to check it against the record on chain, and nothing of the other objects.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProofFile {
	format: String,
	/// Hash of the chain's block 0.
	#[serde(with = "hex::serde")]
	pub genesis: Hash,
	/// The record.
	#[serde(with = "record_text")]
	pub record: RecordId,
	/// The envelope's id.
	#[serde(with = "hex::serde")]
	pub envelope: Hash,
	/// The object's marking: how far this file may travel.
	pub marking: Tlp,
	/// The root over the envelope's objects.
	#[serde(with = "hex::serde")]
	pub objects_root: Hash,
	/// Leaves of the tree.
	pub leaves: u32,
	/// The object's place.
	pub index: u32,
	/// Salt of the object's leaf.
	#[serde(with = "hex::serde")]
	pub salt: [u8; 32],
	/// Hashes beside the way to the root, from the leaf up, in hexadecimal.
	pub siblings: Vec<String>,
	/// The object, as its source wrote it.
	pub object: String,
}

mod record_text {
	use super::*;
	use serde::{de::Error as _, Deserializer, Serializer};

	pub fn serialize<S: Serializer>(record: &RecordId, serializer: S) -> Result<S::Ok, S::Error> {
		serializer.collect_str(record)
	}

	pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<RecordId, D::Error> {
		String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
	}
}

/// What the chain has registered of a record, as far as a proof needs it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Registered {
	/// Hash of the chain's block 0.
	pub genesis: Hash,
	/// The envelope's id.
	pub id: Hash,
	/// The root over its objects.
	pub objects_root: Hash,
	/// Leaves of the tree.
	pub leaves: u32,
}

impl ProofFile {
	/// Proves the object at `index` of an opened record.
	pub fn make(record: RecordId, opened: &Opened, index: u32) -> Result<Self, Error> {
		let proof = opened.prove(index).ok_or_else(|| {
			Error::not_found(format!("record {record} has no object {index}"), format!("see `testudo show {record}`"))
		})?;
		let object = String::from_utf8(proof.object)
			.map_err(|_| Error::Internal(format!("object {index} of record {record} is not UTF-8")))?;
		Ok(Self {
			format: FORMAT.into(),
			genesis: opened.header.genesis,
			record,
			envelope: opened.id,
			marking: opened.header.tlp,
			objects_root: opened.header.objects_root,
			leaves: opened.header.leaves,
			index,
			salt: proof.salt,
			siblings: proof.siblings.iter().map(hex::encode).collect(),
			object,
		})
	}

	/// Reads a proof from a file's bytes.
	pub fn read(bytes: &[u8], path: &Path) -> Result<Self, Error> {
		const ADVICE: &str = "give a file that `testudo prove` wrote";
		let file: Self = serde_json::from_slice(bytes).map_err(|e| Error::input(path, e, ADVICE))?;
		match file.format == FORMAT {
			true => Ok(file),
			false => Err(Error::input(path, format!("its format is {:?}, not {FORMAT:?}", file.format), ADVICE)),
		}
	}

	/// Checks that the object belongs under the root that the file itself names.
	pub fn check(&self) -> Result<(), Error> {
		let refused = |reason: &str| Error::Verification { reason: reason.into() };
		let siblings = self.siblings.iter().map(|text| {
			let mut hash = [0; 32];
			hex::decode_to_slice(text, &mut hash).map(|()| hash)
		});
		let siblings =
			siblings.collect::<Result<_, _>>().map_err(|_| refused("a hash is not 64 hexadecimal digits"))?;
		let proof = Proof { index: self.index, salt: self.salt, object: self.object.clone().into_bytes(), siblings };
		match verify(&proof, &self.objects_root, self.leaves) {
			true => Ok(()),
			false => Err(refused(
				"the object does not belong under the record's root: it was changed, or is of another record",
			)),
		}
	}

	/// Checks that the root is the one that the chain has registered.
	pub fn check_registered(&self, chain: &Registered) -> Result<(), Error> {
		let refused = |reason: String| Err(Error::Verification { reason });
		if self.genesis != chain.genesis {
			return refused("it is of another chain than the one at --url".into());
		}
		if self.envelope != chain.id {
			return refused(format!("the chain has another envelope registered as {}", self.record));
		}
		if (self.objects_root, self.leaves) != (chain.objects_root, chain.leaves) {
			return refused(format!("the root is not the one that the chain has registered for {}", self.record));
		}
		Ok(())
	}

	/// The object's STIX id.
	pub fn object_id(&self) -> Option<String> {
		let object: serde_json::Value = serde_json::from_str(&self.object).ok()?;
		Some(object.get("id")?.as_str()?.to_string())
	}
}

#[cfg(test)]
#[path = "proof_tests.rs"]
mod tests;
