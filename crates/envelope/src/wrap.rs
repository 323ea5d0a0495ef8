//! A wrap: 32 secret bytes sealed to one X-Wing key by a single shot of HPKE in base mode.

use crate::keys::{self, InvalidKey, PublicKey, Seed};
use alloc::vec::Vec;
use core::{convert::Infallible, fmt};
use cti_primitives::{Epoch, GroupId, Hash, KeyOwnerId, MemberId, WRAP_LEN};
use hpke::{aead::ChaCha20Poly1305, kdf::HkdfSha256, kem::XWing, Deserializable, Kem, OpModeR, OpModeS, Serializable};
use rand_core::{TryCryptoRng, TryRng};
use zeroize::{Zeroize, Zeroizing};

/// The encapsulation (1120 bytes), then the sealed secret with its tag (48).
pub type Wrap = [u8; WRAP_LEN];

/// Bytes of the encapsulation.
const ENCAPSULATION_LEN: usize = 1120;
/// Random bytes one encapsulation takes.
pub const RANDOMNESS_LEN: usize = 64;

/// What a wrap is for. Part of its info, so that a wrap made for one purpose opens for no other.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Purpose {
	/// 0x00: an envelope's content key, for a group at an epoch.
	Group {
		/// The group.
		group: GroupId,
		/// The epoch whose key it is sealed to.
		epoch: Epoch,
	},
	/// 0x01: an envelope's content key, for one key.
	Direct {
		/// Whose key.
		owner: KeyOwnerId,
		/// Its version.
		key_version: u32,
	},
	/// 0x02: an epoch secret, for a member of the group.
	EpochSecret {
		/// The member.
		member: MemberId,
		/// The version of its key.
		key_version: u32,
	},
}

impl Purpose {
	fn info(self, genesis: &Hash) -> Vec<u8> {
		let (kind, a, b) = match self {
			Purpose::Group { group, epoch } => (0x00, group.0, epoch.0),
			Purpose::Direct { owner, key_version } => (0x01, owner.0, key_version),
			Purpose::EpochSecret { member, key_version } => (0x02, member.0, key_version),
		};
		[&b"cti/v1/wrap"[..], &[kind], genesis, &a.to_le_bytes(), &b.to_le_bytes()].concat()
	}
}

/// The wrap does not open with this key, for this purpose, in this place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct WrapRefused;

impl fmt::Display for WrapRefused {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str("the wrap does not open: it is for another key or another place, or was changed")
	}
}

impl core::error::Error for WrapRefused {}

/// Seals `secret` to `key`, bound to `purpose`, the chain and `aad`.
///
/// The same `randomness` must never be used twice, except to make the same wrap again.
pub fn seal_to(
	key: &PublicKey,
	purpose: Purpose,
	genesis: &Hash,
	aad: &[u8],
	secret: &[u8; 32],
	randomness: &[u8; RANDOMNESS_LEN],
) -> Result<Wrap, InvalidKey> {
	let key = keys::decode(key)?;
	let mut random = FixedRandomness { bytes: randomness, asked: 0 };
	let (encapsulation, sealed) = hpke::single_shot_seal_with_rng::<ChaCha20Poly1305, HkdfSha256, XWing>(
		&OpModeS::Base,
		&key,
		&purpose.info(genesis),
		secret,
		aad,
		&mut random,
	)
	.map_err(|_| InvalidKey)?;
	// An encapsulation that draws more, or less, is not the one of the protocol.
	if random.asked != RANDOMNESS_LEN {
		return Err(InvalidKey);
	}
	[encapsulation.to_bytes().as_slice(), &sealed].concat().try_into().map_err(|_| InvalidKey)
}

/// Opens a wrap with the seed of the key it was sealed to; everything else must be as when it was sealed.
pub fn open(
	seed: &Seed,
	purpose: Purpose,
	genesis: &Hash,
	aad: &[u8],
	wrap: &[u8],
) -> Result<Zeroizing<[u8; 32]>, WrapRefused> {
	Opener::new(seed, purpose, genesis).open(aad, wrap)
}

/// Opens many wraps with one key and purpose.
pub(crate) struct Opener {
	key: <XWing as Kem>::PrivateKey,
	info: Vec<u8>,
}

impl Opener {
	pub(crate) fn new(seed: &Seed, purpose: Purpose, genesis: &Hash) -> Self {
		Self { key: seed.secret_key(), info: purpose.info(genesis) }
	}

	pub(crate) fn open(&self, aad: &[u8], wrap: &[u8]) -> Result<Zeroizing<[u8; 32]>, WrapRefused> {
		let (encapsulation, sealed) = wrap.split_at_checked(ENCAPSULATION_LEN).ok_or(WrapRefused)?;
		let encapsulation = Deserializable::from_bytes(encapsulation).map_err(|_| WrapRefused)?;
		let mut opened = hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, XWing>(
			&OpModeR::Base,
			&self.key,
			&encapsulation,
			&self.info,
			sealed,
			aad,
		)
		.map_err(|_| WrapRefused)?;
		let secret = opened.as_slice().try_into().map(Zeroizing::new).map_err(|_| WrapRefused);
		opened.zeroize();
		secret
	}
}

/// The randomness of one encapsulation, handed to a library that wants a generator.
struct FixedRandomness<'a> {
	bytes: &'a [u8],
	asked: usize,
}

impl TryRng for FixedRandomness<'_> {
	type Error = Infallible;

	fn try_next_u32(&mut self) -> Result<u32, Infallible> {
		let mut bytes = [0; 4];
		self.try_fill_bytes(&mut bytes).map(|()| u32::from_le_bytes(bytes))
	}

	fn try_next_u64(&mut self) -> Result<u64, Infallible> {
		let mut bytes = [0; 8];
		self.try_fill_bytes(&mut bytes).map(|()| u64::from_le_bytes(bytes))
	}

	/// Beyond its end it gives zeros; `asked` then tells, and the wrap is thrown away.
	fn try_fill_bytes(&mut self, out: &mut [u8]) -> Result<(), Infallible> {
		self.asked = self.asked.saturating_add(out.len());
		let given = out.len().min(self.bytes.len());
		let (now, later) = self.bytes.split_at_checked(given).unwrap_or_default();
		out.fill(0);
		out.iter_mut().zip(now).for_each(|(to, from)| *to = *from);
		self.bytes = later;
		Ok(())
	}
}

impl TryCryptoRng for FixedRandomness<'_> {}
