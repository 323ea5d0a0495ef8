//! A member's encryption keys on their way from who holds them to a delegate's seed file: a file of its own, sealed by a
//! passphrase of its own.

use super::{
	lock::{Cost, Lock},
	Identity,
};
use crate::{error::Error, private};
use codec::{Decode, DecodeAll, Encode};
use cti_envelope::{PublicKey, Seed};
use cti_primitives::{Hash, MemberId, Role};
use serde::{Deserialize, Serialize};
use std::{fs, io, path::Path};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

const FORMAT: u32 = 1;

/// Seeds of a member's encryption keys, the newest last.
#[derive(Clone, PartialEq, Eq, Encode, Decode, Zeroize, ZeroizeOnDrop)]
pub struct MemberSeeds(pub Vec<[u8; 32]>);

/// Never prints a secret.
impl std::fmt::Debug for MemberSeeds {
	fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
		write!(f, "MemberSeeds({})", self.0.len())
	}
}

impl MemberSeeds {
	/// Those of the member among an identity's seeds, if the one that the member registered is among them. A controller's
	/// are all its member's. In a delegate's file they come first, and its own after them: nobody else is given those.
	pub fn among(identity: &Identity, role: Role, registered: &PublicKey) -> Option<Self> {
		let seeds = &identity.seeds;
		let place = seeds.iter().position(|seed| seed.public_key() == *registered)?;
		let of_member = if role == Role::Controller { seeds.get(..) } else { seeds.get(..=place) };
		Some(Self(of_member?.iter().map(|seed| *seed.as_bytes()).collect()))
	}

	/// Is the key of one of them this one?
	pub fn hold(&self, registered: &PublicKey) -> bool {
		self.0.iter().any(|seed| Seed::new(*seed).public_key() == *registered)
	}

	/// Puts them before the seeds of a file, each there once; says how many were not there. The file's newest seed stays
	/// the newest: it is the one that its holder registers.
	pub fn add_to(&self, seeds: &mut Vec<[u8; 32]>) -> usize {
		let added = self.0.iter().filter(|seed| !seeds.contains(seed)).count();
		if added > 0 {
			let own = seeds.iter().filter(|seed| !self.0.contains(seed));
			let all = self.0.iter().chain(own).copied().collect();
			std::mem::replace(seeds, all).zeroize();
		}
		added
	}
}

/// The file as JSON. Everything outside `sealed` is authenticated with it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShareFile {
	format: u32,
	/// The chain's first block.
	#[serde(with = "hex::serde")]
	pub genesis: Hash,
	/// The member.
	pub member: MemberId,
	argon2id: Cost,
	#[serde(with = "hex::serde")]
	salt: [u8; 32],
	#[serde(with = "hex::serde")]
	nonce: [u8; 12],
	#[serde(with = "hex::serde")]
	sealed: Vec<u8>,
}

impl ShareFile {
	/// Seals the seeds of a chain's member. `entropy` is fresh randomness.
	pub fn seal(
		(genesis, member): (Hash, MemberId),
		seeds: &MemberSeeds,
		passphrase: &str,
		(cost, entropy): (Cost, [u8; 44]),
	) -> Result<Self, Error> {
		let lock = Lock::new(cost, &entropy);
		let Lock { salt, nonce, .. } = lock;
		let mut file = Self { format: FORMAT, genesis, member, argon2id: cost, salt, nonce, sealed: Vec::new() };
		let plain = Zeroizing::new(seeds.encode());
		file.sealed = lock.seal(passphrase, &file.header(), &plain)?;
		Ok(file)
	}

	/// Opens the file at `path` with its passphrase.
	pub fn open(&self, path: &Path, passphrase: &str) -> Result<MemberSeeds, Error> {
		let lock = Lock { cost: self.argon2id, salt: self.salt, nonce: self.nonce };
		let plain = lock.open(passphrase, &self.header(), &self.sealed).ok_or_else(|| Error::Identity {
			name: path.display().to_string(),
			reason: "wrong passphrase of the shared keys, or the file was changed on its way".into(),
			advice: "check TESTUDO_SHARE_PASSPHRASE with whoever made the file, or ask for a new one".into(),
		})?;
		MemberSeeds::decode_all(&mut &plain[..]).map_err(|e| damaged(path, e))
	}

	/// Reads the file.
	pub fn read(path: &Path) -> Result<Self, Error> {
		let text =
			fs::read(path).map_err(|e| Error::input(path, e, "name the file that `testudo keys share` wrote"))?;
		let file: Self = serde_json::from_slice(&text).map_err(|e| damaged(path, e))?;
		match file.format == FORMAT && file.argon2id.is_sane() {
			true => Ok(file),
			false => Err(damaged(path, "its format or its cost is not one that this release knows")),
		}
	}

	/// Writes a new file, readable by its owner only.
	pub fn write(&self, path: &Path) -> Result<(), Error> {
		let text = serde_json::to_vec_pretty(self).map_err(|e| Error::Internal(e.to_string()))?;
		private::put_new(path, &text).map_err(|source| match source.kind() {
			io::ErrorKind::AlreadyExists => Error::usage(
				format!("{} exists already", path.display()),
				"name another file with --out, or remove that one first",
			),
			_ => Error::Io { doing: "write", path: path.into(), source },
		})
	}

	fn header(&self) -> Vec<u8> {
		let public = (self.format, self.genesis, self.member, self.argon2id, self.salt, self.nonce);
		("testudo/shared-keys", public).encode()
	}
}

fn damaged(path: &Path, reason: impl std::fmt::Display) -> Error {
	let reason = format!("this is no file of shared keys: {reason}");
	Error::input(path, reason, "name the file that `testudo keys share` wrote, or ask for a new one")
}

#[cfg(test)]
#[path = "share_tests.rs"]
mod tests;
