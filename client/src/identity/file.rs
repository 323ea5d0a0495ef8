//! The seed file: an account secret and encryption seeds, sealed by a passphrase with Argon2id and ChaCha20Poly1305.

pub use super::lock::Cost;

use super::{keypair, lock::Lock};
use crate::{error::Error, private};
use codec::{Decode, DecodeAll, Encode};
use serde::{Deserialize, Serialize};
use std::{fs, io, path::Path};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

const FORMAT: u32 = 1;

/// What the file keeps.
#[derive(Clone, PartialEq, Eq, Encode, Decode, Zeroize, ZeroizeOnDrop)]
pub struct Secrets {
	/// The account's secret URI.
	pub account: String,
	/// Seeds of encryption keys, the newest last.
	pub seeds: Vec<[u8; 32]>,
}

/// Never prints a secret.
impl std::fmt::Debug for Secrets {
	fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
		write!(f, "Secrets({} seeds)", self.seeds.len())
	}
}

/// The file as JSON. Everything outside `sealed` is authenticated with it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeedFile {
	format: u32,
	/// The account's address, readable without the passphrase.
	pub account: String,
	argon2id: Cost,
	#[serde(with = "hex::serde")]
	salt: [u8; 32],
	#[serde(with = "hex::serde")]
	nonce: [u8; 12],
	#[serde(with = "hex::serde")]
	sealed: Vec<u8>,
}

impl SeedFile {
	/// Seals secrets. `entropy` is fresh randomness.
	pub fn seal(secrets: &Secrets, passphrase: &str, cost: Cost, entropy: [u8; 44]) -> Result<Self, Error> {
		let account = keypair("the new one", &secrets.account)?.public_key().to_account_id().to_string();
		let lock = Lock::new(cost, &entropy);
		let Lock { salt, nonce, .. } = lock;
		let mut file = Self { format: FORMAT, account, argon2id: cost, salt, nonce, sealed: Vec::new() };
		let plain = Zeroizing::new(secrets.encode());
		file.sealed = lock.seal(passphrase, &file.header(), &plain)?;
		Ok(file)
	}

	/// Opens the file at `path` with its passphrase.
	pub fn open(&self, path: &Path, passphrase: &str) -> Result<Secrets, Error> {
		let lock = Lock { cost: self.argon2id, salt: self.salt, nonce: self.nonce };
		let plain = lock.open(passphrase, &self.header(), &self.sealed).ok_or_else(|| Error::Identity {
			name: path.display().to_string(),
			reason: "wrong passphrase, or the file was changed".into(),
			advice:
				"check TESTUDO_PASSPHRASE or type the passphrase again; a changed file can only come back from a backup"
					.into(),
		})?;
		Secrets::decode_all(&mut &plain[..]).map_err(|e| damaged(path, e))
	}

	/// Reads the seed file of the identity `name`.
	pub fn read(path: &Path, name: &str) -> Result<Self, Error> {
		let text = fs::read(path).map_err(|e| match e.kind() {
			io::ErrorKind::NotFound => Error::Identity {
				name: name.into(),
				reason: format!("there is no seed file {}", path.display()),
				advice: format!(
					"make one with `testudo --identity {name} keys new`, or take a development identity: alice, bob, charlie, dave"
				),
			},
			_ => Error::Io { doing: "read", path: path.into(), source: e },
		})?;
		let file: Self = serde_json::from_slice(&text).map_err(|e| damaged(path, e))?;
		match file.format == FORMAT && file.argon2id.is_sane() {
			true => Ok(file),
			false => Err(damaged(path, "its format or its cost is not one that this release knows")),
		}
	}

	/// Writes the file, readable by its owner only. A new one never takes the place of another.
	pub fn write(&self, path: &Path, replace: bool) -> Result<(), Error> {
		let failed = |doing| move |source| Error::Io { doing, path: path.into(), source };
		if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
			fs::create_dir_all(folder).map_err(failed("create the folder of"))?;
		}
		let text = serde_json::to_vec_pretty(self).map_err(|e| Error::Internal(e.to_string()))?;
		if replace {
			return private::put(path, |file| file.write_all(&text).map_err(failed("write")));
		}
		private::put_new(path, &text).map_err(|source| match source.kind() {
			io::ErrorKind::AlreadyExists => Error::Identity {
				name: path.display().to_string(),
				reason: "the seed file exists already".into(),
				advice: "choose another --identity, or add an encryption key with `keys new --rotate`".into(),
			},
			_ => Error::Io { doing: "write", path: path.into(), source },
		})
	}

	fn header(&self) -> Vec<u8> {
		("testudo/seed-file", self.format, &self.account, self.argon2id, self.salt, self.nonce).encode()
	}
}

fn damaged(path: &Path, reason: impl std::fmt::Display) -> Error {
	Error::input(path, format!("this is no seed file: {reason}"), "restore it from a backup, or make a new identity")
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::error::Exit;

	const CHEAP: Cost = Cost { memory_kib: 64, iterations: 1, lanes: 1 };

	fn secrets() -> Secrets {
		Secrets { account: "//Alice//work".into(), seeds: vec![[3; 32], [4; 32]] }
	}

	fn sealed() -> SeedFile {
		SeedFile::seal(&secrets(), "correct horse", CHEAP, [9; 44]).unwrap()
	}

	#[test]
	fn seed_file_should_open_with_its_passphrase_after_a_round_trip_through_the_disk() {
		let folder = tempfile::tempdir().unwrap();
		let path = folder.path().join("deep/work.json");
		sealed().write(&path, false).unwrap();
		let read = SeedFile::read(&path, "work").unwrap();
		assert_eq!(read.open(&path, "correct horse").unwrap(), secrets());
		assert_eq!(read.account, keypair("x", "//Alice//work").unwrap().public_key().to_account_id().to_string());
	}

	#[test]
	fn wrong_passphrase_should_be_an_identity_error() {
		let error = sealed().open(Path::new("x.json"), "Correct horse").unwrap_err();
		assert_eq!(error.exit(), Exit::Identity);
		assert!(error.to_string().contains("wrong passphrase"), "{error}");
	}

	#[test]
	fn changed_file_should_not_open() {
		let mut other_account = sealed();
		other_account.account = "5x".into();
		let mut other_cost = sealed();
		other_cost.argon2id.iterations = 2;
		let mut other_content = sealed();
		other_content.sealed[0] ^= 1;
		for file in [other_account, other_cost, other_content] {
			assert!(file.open(Path::new("x.json"), "correct horse").is_err());
		}
	}

	#[test]
	fn file_should_not_hold_secrets_in_the_clear() {
		let text = serde_json::to_string(&sealed()).unwrap();
		assert!(!text.contains("Alice") && !text.contains(&hex::encode([3; 32])), "{text}");
	}

	#[test]
	fn existing_file_should_not_be_overwritten_by_a_new_one() {
		let folder = tempfile::tempdir().unwrap();
		let path = folder.path().join("work.json");
		sealed().write(&path, false).unwrap();
		assert_eq!(sealed().write(&path, false).unwrap_err().exit(), Exit::Identity);
		sealed().write(&path, true).unwrap();
	}

	#[test]
	fn missing_and_damaged_files_should_be_told_apart() {
		let folder = tempfile::tempdir().unwrap();
		let path = folder.path().join("work.json");
		assert_eq!(SeedFile::read(&path, "work").unwrap_err().exit(), Exit::Identity);
		fs::write(&path, b"{}").unwrap();
		assert_eq!(SeedFile::read(&path, "work").unwrap_err().exit(), Exit::BadInput);
		let mut greedy = sealed();
		greedy.argon2id.memory_kib = u32::MAX;
		greedy.write(&path, true).unwrap();
		assert_eq!(SeedFile::read(&path, "work").unwrap_err().exit(), Exit::BadInput);
	}

	#[cfg(unix)]
	#[test]
	fn file_should_be_readable_by_its_owner_only() {
		use std::os::unix::fs::PermissionsExt;
		let folder = tempfile::tempdir().unwrap();
		let path = folder.path().join("work.json");
		sealed().write(&path, false).unwrap();
		assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
	}
}
