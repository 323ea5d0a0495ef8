//! Wraps of a group whose members are known to its owner alone.

use crate::{
	epoch::{EpochSecret, SeedWrapContext},
	hash::Derivation,
	keys::{InvalidKey, PublicKey, Seed},
	wrap::{self, Purpose, Wrap, RANDOMNESS_LEN},
};
use alloc::vec::Vec;
use core::fmt;
use cti_primitives::MemberId;
use zeroize::Zeroizing;

/// Fewest wraps of a hidden group's epoch.
pub const MIN_WRAPS: usize = 8;
/// Most wraps of a hidden group's epoch.
pub const MAX_WRAPS: usize = 256;

/// Why no wraps were made.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum HiddenError {
	/// More than [`MAX_WRAPS`] members.
	TooManyMembers(usize),
	/// A member's key is not valid.
	InvalidKey(MemberId),
}

impl fmt::Display for HiddenError {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::TooManyMembers(count) => {
				write!(f, "{count} members are too many for a hidden group; at most {MAX_WRAPS} are allowed")
			}
			Self::InvalidKey(member) => write!(f, "the key of member {member} is not a valid X-Wing public key"),
		}
	}
}

impl core::error::Error for HiddenError {}

impl EpochSecret {
	/// The secret, wrapped for the members of a hidden group: without saying for whom, padded to the next power of two that
	/// is at least [`MIN_WRAPS`], ascending by their bytes. `members` are given with the version of their key and the key.
	///
	/// `entropy` is 32 bytes nobody else knows: where the roster is open a wrap can be made again by every holder of the
	/// secret, and here that would tell them who is in.
	pub fn hidden_wraps(
		&self,
		context: &SeedWrapContext,
		members: &[(MemberId, u32, &PublicKey)],
		entropy: &[u8; 32],
	) -> Result<Vec<Wrap>, HiddenError> {
		let count = members.len().max(MIN_WRAPS).next_power_of_two();
		if count > MAX_WRAPS {
			return Err(HiddenError::TooManyMembers(members.len()));
		}
		let random = Randomness(Derivation::new(entropy, &context.pk_hash));
		let mut wraps = Vec::with_capacity(count);
		for (place, (member, key_version, key)) in members.iter().enumerate() {
			let purpose = Purpose::EpochSecret { member: *member, key_version: *key_version };
			let wrap = random.wrap(context, key, purpose, self.as_bytes(), place);
			wraps.push(wrap.map_err(|_| HiddenError::InvalidKey(*member))?);
		}
		for place in members.len()..count {
			wraps.push(random.padding(context, place).map_err(|_| HiddenError::InvalidKey(MemberId(u32::MAX)))?);
		}
		wraps.sort_unstable();
		Ok(wraps)
	}
}

/// Everything random in one epoch's wraps.
struct Randomness(Derivation);

impl Randomness {
	fn wrap(
		&self,
		context: &SeedWrapContext,
		key: &PublicKey,
		purpose: Purpose,
		secret: &[u8; 32],
		place: usize,
	) -> Result<Wrap, InvalidKey> {
		let randomness: Zeroizing<[u8; RANDOMNESS_LEN]> = self.expand(b"cti/v1/hidden/wrap", place);
		wrap::seal_to(key, purpose, &context.genesis, &context.aad(), secret, &randomness)
	}

	/// A real wrap of a secret that is none, to a key nobody keeps the seed of: random bytes could be told apart.
	fn padding(&self, context: &SeedWrapContext, place: usize) -> Result<Wrap, InvalidKey> {
		let seed = Seed::new(*self.expand::<32>(b"cti/v1/hidden/padding-seed", place));
		let secret = self.expand::<32>(b"cti/v1/hidden/padding-secret", place);
		let purpose = Purpose::EpochSecret { member: MemberId(u32::MAX), key_version: u32::MAX };
		self.wrap(context, &seed.public_key(), purpose, &secret, place)
	}

	fn expand<const N: usize>(&self, label: &[u8], place: usize) -> Zeroizing<[u8; N]> {
		self.0.expand(&[label, &(place as u64).to_le_bytes()])
	}
}
