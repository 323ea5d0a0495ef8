//! A group's key epochs: the secret its members share, what is derived from it, and how it reaches them.

use crate::{
	hash::{self, Derivation},
	keys::{InvalidKey, PublicKey, Seed},
	open::OpenError,
	secret::secret,
	wrap::{self, Purpose, Wrap},
};
use alloc::vec::Vec;
use chacha20poly1305::{
	aead::{Aead, Payload},
	ChaCha20Poly1305, KeyInit, Nonce,
};
use cti_primitives::{Epoch, GroupId, Hash, MemberId};
use ed25519_dalek::{Signer, SigningKey};
use zeroize::{Zeroize, Zeroizing};

/// A link to the previous epoch: its secret, sealed, with the tag.
pub type Link = [u8; 48];

secret!(
	/// `E(g, e)`: what the members of a group share during one epoch.
	EpochSecret
);

/// What the chain says of an epoch, and every wrap of its secret is bound to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SeedWrapContext {
	/// Hash of the chain's block 0.
	pub genesis: Hash,
	/// The group.
	pub group: GroupId,
	/// The epoch.
	pub epoch: Epoch,
	/// The version of the roster the epoch was made for.
	pub roster_version: u32,
	/// BLAKE2b-256 of the epoch's public key, see [`public_key_hash`].
	pub pk_hash: Hash,
	/// The epoch's Ed25519 public key.
	pub auth: [u8; 32],
}

impl SeedWrapContext {
	pub(crate) fn aad(&self) -> Hash {
		hash::concat(&[
			b"cti/v1/epoch",
			&self.genesis,
			&place(self.group, self.epoch),
			&self.roster_version.to_le_bytes(),
			&self.pk_hash,
			&self.auth,
		])
	}
}

/// BLAKE2b-256 of a public key, as the chain keeps it for every epoch.
pub fn public_key_hash(key: &PublicKey) -> Hash {
	hash::blake2_256(key)
}

impl EpochSecret {
	/// The seed of the group's X-Wing key.
	pub fn kem_seed(&self, genesis: &Hash, group: GroupId, epoch: Epoch) -> Seed {
		Seed::new(*self.derive(genesis, b"cti/v1/kem", group, epoch))
	}

	/// The epoch's Ed25519 public key.
	pub fn auth_public(&self, genesis: &Hash, group: GroupId, epoch: Epoch) -> [u8; 32] {
		self.auth_key(genesis, group, epoch).verifying_key().to_bytes()
	}

	/// Signs as somebody who is in the group, without saying who.
	pub fn auth_sign(&self, genesis: &Hash, group: GroupId, epoch: Epoch, message: &[u8]) -> [u8; 64] {
		self.auth_key(genesis, group, epoch).sign(message).to_bytes()
	}

	/// The signature with which `member` shows that it may publish the envelope `id` to the group, without the chain knowing
	/// who is in it.
	pub fn sign_publication(&self, genesis: &Hash, place: (GroupId, Epoch), member: MemberId, id: &Hash) -> [u8; 64] {
		self.auth_sign(genesis, place.0, place.1, &publication(genesis, member, id))
	}

	/// What the chain will say of this epoch once it is keyed with this secret.
	pub fn context(&self, genesis: &Hash, group: GroupId, epoch: Epoch, roster_version: u32) -> SeedWrapContext {
		SeedWrapContext {
			genesis: *genesis,
			group,
			epoch,
			roster_version,
			pk_hash: public_key_hash(&self.kem_seed(genesis, group, epoch).public_key()),
			auth: self.auth_public(genesis, group, epoch),
		}
	}

	/// The secret, wrapped for a member. Always the same bytes for the same arguments, so that every holder of the secret
	/// can check everybody's wrap by making it again.
	pub fn wrap_for(
		&self,
		context: &SeedWrapContext,
		member: MemberId,
		key_version: u32,
		member_key: &PublicKey,
	) -> Result<Wrap, InvalidKey> {
		let randomness = self.derivation(&context.genesis, context.epoch).expand(&[
			b"cti/v1/enc",
			&place(context.group, context.epoch),
			&member.0.to_le_bytes(),
			&key_version.to_le_bytes(),
		]);
		let purpose = Purpose::EpochSecret { member, key_version };
		wrap::seal_to(member_key, purpose, &context.genesis, &context.aad(), self.as_bytes(), &randomness)
	}

	/// The secret in a member's wrap, if it is the one whose public key the chain has.
	pub fn unwrap(
		context: &SeedWrapContext,
		member: MemberId,
		key_version: u32,
		seed: &Seed,
		wrap: &Wrap,
	) -> Result<Self, OpenError> {
		let purpose = Purpose::EpochSecret { member, key_version };
		let secret = wrap::open(seed, purpose, &context.genesis, &context.aad(), wrap)?;
		Self::new(*secret).checked(&context.genesis, context.group, context.epoch, &context.pk_hash)
	}

	/// The link from this secret, of the epoch after `epoch`, back to `previous`, of `epoch`.
	pub fn link(&self, genesis: &Hash, group: GroupId, epoch: Epoch, previous: &EpochSecret) -> Option<Link> {
		let aad = link_aad(genesis, group, epoch);
		let payload = Payload { msg: previous.as_bytes(), aad: &aad };
		self.link_cipher(genesis, group, epoch)?.encrypt(&Nonce::default(), payload).ok()?.try_into().ok()
	}

	/// The secret of `epoch` that this one, of the epoch after it, links to; `pk_hash` is what the chain has for `epoch`.
	pub fn open_link(
		&self,
		genesis: &Hash,
		group: GroupId,
		epoch: Epoch,
		link: &Link,
		pk_hash: &Hash,
	) -> Result<EpochSecret, OpenError> {
		let aad = link_aad(genesis, group, epoch);
		let cipher = self.link_cipher(genesis, group, epoch).ok_or(OpenError::LinkRefused)?;
		let mut opened =
			cipher.decrypt(&Nonce::default(), Payload { msg: link, aad: &aad }).map_err(|_| OpenError::LinkRefused)?;
		let secret = opened.as_slice().try_into().map(Self::new).map_err(|_| OpenError::LinkRefused);
		opened.zeroize();
		secret?.checked(genesis, group, epoch, pk_hash)
	}

	/// Nobody can be given another secret than the others: what the chain's public key does not come of is refused.
	fn checked(self, genesis: &Hash, group: GroupId, epoch: Epoch, pk_hash: &Hash) -> Result<Self, OpenError> {
		match public_key_hash(&self.kem_seed(genesis, group, epoch).public_key()) == *pk_hash {
			true => Ok(self),
			false => Err(OpenError::WrongEpochSecret),
		}
	}

	fn auth_key(&self, genesis: &Hash, group: GroupId, epoch: Epoch) -> SigningKey {
		SigningKey::from_bytes(&self.derive(genesis, b"cti/v1/auth", group, epoch))
	}

	/// The link's key comes of the newer secret. `None` after the last epoch there can be.
	fn link_cipher(&self, genesis: &Hash, group: GroupId, epoch: Epoch) -> Option<ChaCha20Poly1305> {
		let newer = Epoch(epoch.0.checked_add(1)?);
		let key = self.derivation(genesis, newer).expand::<32>(&[b"cti/v1/prev", &place(group, epoch)]);
		Some(ChaCha20Poly1305::new((&*key).into()))
	}

	fn derive(&self, genesis: &Hash, label: &[u8], group: GroupId, epoch: Epoch) -> Zeroizing<[u8; 32]> {
		self.derivation(genesis, epoch).expand(&[label, &place(group, epoch)])
	}

	/// Only a genesis state has keys at epoch 0, and it cannot contain its own hash: zeros stand for it.
	fn derivation(&self, genesis: &Hash, epoch: Epoch) -> Derivation {
		let salt = if epoch == Epoch(0) { &[0; 32] } else { genesis };
		Derivation::new(self.as_bytes(), salt)
	}
}

/// What who publishes to a hidden group signs.
pub fn publication(genesis: &Hash, member: MemberId, id: &Hash) -> Vec<u8> {
	[b"cti/v1/publish", &genesis[..], &member.0.to_le_bytes(), id].concat()
}

/// `g | e`
fn place(group: GroupId, epoch: Epoch) -> [u8; 8] {
	let [a, b, c, d] = group.0.to_le_bytes();
	let [e, f, g, h] = epoch.0.to_le_bytes();
	[a, b, c, d, e, f, g, h]
}

fn link_aad(genesis: &Hash, group: GroupId, epoch: Epoch) -> Vec<u8> {
	[&genesis[..], &place(group, epoch)].concat()
}
