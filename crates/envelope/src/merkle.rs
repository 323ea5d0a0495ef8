//! The tree over an envelope's objects: each can be shown to a third party, and the others stay hidden.

use crate::hash::{concat, Derivation};
use alloc::vec::Vec;
use codec::{Decode, Encode};
use cti_primitives::Hash;

use crate::header::MAX_OBJECTS;

/// That an object is in an envelope, for whoever has the envelope's header. Reveals nothing of the other objects.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Proof {
	/// The object's place in the envelope, from 0.
	pub index: u32,
	/// The leaf's salt.
	pub salt: [u8; 32],
	/// The object's original bytes.
	pub object: Vec<u8>,
	/// The hashes beside the path, from the leaf's neighbour up.
	pub siblings: Vec<Hash>,
}

/// Does the proof show its object under this root, in a tree of so many leaves?
pub fn verify(proof: &Proof, objects_root: &Hash, leaves: u32) -> bool {
	let depth = leaves.checked_ilog2().and_then(|depth| usize::try_from(depth).ok());
	if !leaves.is_power_of_two() || leaves > MAX_OBJECTS || proof.index >= leaves || depth != Some(proof.siblings.len())
	{
		return false;
	}
	let mut index = proof.index;
	let mut hash = object_leaf(&proof.salt, &proof.object);
	for sibling in &proof.siblings {
		hash = if index & 1 == 0 { node(&hash, sibling) } else { node(sibling, &hash) };
		index >>= 1;
	}
	root(leaves, &hash) == *objects_root
}

/// `objects_root` of the objects in a tree of `leaves` leaves, at least as many as there are objects.
pub(crate) fn objects_root<T: AsRef<[u8]>>(content: &Derivation, objects: &[T], leaves: u32) -> Hash {
	let mut level = leaf_hashes(content, objects, leaves);
	while level.len() > 1 {
		level = parents(&level);
	}
	root(leaves, &level.first().copied().unwrap_or_default())
}

/// The proof of the object at `index`; `None` if there is none.
pub(crate) fn prove<T: AsRef<[u8]>>(content: &Derivation, objects: &[T], leaves: u32, index: u32) -> Option<Proof> {
	let mut at = usize::try_from(index).ok()?;
	let object = objects.get(at)?.as_ref().to_vec();
	let mut siblings = Vec::new();
	let mut level = leaf_hashes(content, objects, leaves);
	while level.len() > 1 {
		siblings.push(*level.get(at ^ 1)?);
		level = parents(&level);
		at >>= 1;
	}
	Some(Proof { index, salt: leaf_salt(content, index), object, siblings })
}

fn leaf_hashes<T: AsRef<[u8]>>(content: &Derivation, objects: &[T], leaves: u32) -> Vec<Hash> {
	let mut objects = objects.iter();
	(0..leaves)
		.map(|i| {
			let salt = leaf_salt(content, i);
			match objects.next() {
				Some(object) => object_leaf(&salt, object.as_ref()),
				None => concat(&[&[0x02], &salt]),
			}
		})
		.collect()
}

fn leaf_salt(content: &Derivation, index: u32) -> [u8; 32] {
	*content.expand(&[b"cti/v1/leaf", &index.to_le_bytes()])
}

fn object_leaf(salt: &[u8; 32], object: &[u8]) -> Hash {
	concat(&[&[0x00], salt, object])
}

fn parents(level: &[Hash]) -> Vec<Hash> {
	level.as_chunks().0.iter().map(|[left, right]| node(left, right)).collect()
}

fn node(left: &Hash, right: &Hash) -> Hash {
	concat(&[&[0x01], left, right])
}

fn root(leaves: u32, top: &Hash) -> Hash {
	concat(&[&[0x03], &leaves.to_le_bytes(), top])
}
