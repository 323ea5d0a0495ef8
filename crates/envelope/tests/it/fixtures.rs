//! The chain, groups, members and requests that the tests share. Nothing here is random.

use cti_envelope::{Author, DirectRecipient, EpochSecret, GroupRecipient, PublicKey, Recipient, SealRequest, Seed};
use cti_primitives::{Epoch, GroupId, Hash, MemberId, Tlp};

pub const GENESIS: Hash = [0x47; 32];
pub const ENTROPY: [u8; 32] = [0x45; 32];
pub const AUTHOR: Author = Author::Member(MemberId(3));

/// A group at an epoch, with its key.
pub struct Group {
	pub group: GroupId,
	pub epoch: Epoch,
	pub secret: EpochSecret,
	pub seed: Seed,
	pub key: PublicKey,
}

impl Group {
	pub fn new(group: u32, epoch: u32) -> Self {
		let (group, epoch) = (GroupId(group), Epoch(epoch));
		let secret = EpochSecret::new([(group.0 * 16 + epoch.0) as u8; 32]);
		let seed = secret.kem_seed(&GENESIS, group, epoch);
		let key = seed.public_key();
		Self { group, epoch, secret, seed, key }
	}

	pub fn recipient(&self) -> GroupRecipient<'_> {
		GroupRecipient { group: self.group, epoch: self.epoch, key: &self.key }
	}

	pub fn opener(&self) -> Recipient<'_> {
		Recipient::Group { group: self.group, epoch: self.epoch, seed: &self.seed }
	}
}

/// A member with its own key.
pub struct Member {
	pub owner: MemberId,
	pub key_version: u32,
	pub seed: Seed,
	pub key: PublicKey,
}

impl Member {
	pub fn new(owner: u32, key_version: u32) -> Self {
		let seed = Seed::new([(0x80 + owner * 8 + key_version) as u8; 32]);
		let key = seed.public_key();
		Self { owner: MemberId(owner), key_version, seed, key }
	}

	pub fn recipient(&self) -> DirectRecipient<'_> {
		DirectRecipient { owner: self.owner.into(), key_version: self.key_version, key: &self.key }
	}

	pub fn opener(&self) -> Recipient<'_> {
		Recipient::Direct { owner: self.owner.into(), key_version: self.key_version, seed: &self.seed }
	}
}

pub fn request<'a>(
	groups: &'a [GroupRecipient<'a>],
	direct: &'a [DirectRecipient<'a>],
	objects: &'a [&'a [u8]],
) -> SealRequest<'a> {
	SealRequest { genesis: GENESIS, author: AUTHOR, tlp: Tlp::Green, groups, direct, pad_direct: false, objects }
}

/// Bytes that look like an object and differ by `seed`.
pub fn object(seed: usize, len: usize) -> Vec<u8> {
	(0..len).map(|i| (i.wrapping_mul(31).wrapping_add(seed.wrapping_mul(17)) % 251) as u8).collect()
}
