//! Who the user is: an account that signs, and the seeds that open what is sealed to the member.

pub mod file;
mod lock;
mod passphrase;
pub mod share;

pub use passphrase::{passphrase, share_passphrase, Asking, PASSPHRASE_VARIABLE, SHARE_VARIABLE};

use crate::error::Error;
use blake2::{
	digest::{consts::U32, Digest},
	Blake2b,
};
use cti_envelope::{development, EpochSecret, Seed};
use std::{
	env,
	path::{Path, PathBuf},
	str::FromStr,
};
use subxt::utils::AccountId32;
use subxt_signer::{sr25519::Keypair, SecretUri};

const DEVELOPMENT: [&str; 4] = ["alice", "bob", "charlie", "dave"];
const ROLES: [&str; 3] = ["analyst", "feed", "auditor"];

/// An account, and the seeds of the member it acts for.
#[derive(Clone)]
pub struct Identity {
	/// As the user names it.
	pub name: String,
	/// The account that signs.
	pub account: Keypair,
	/// Seeds of the member's encryption keys, the newest last.
	pub seeds: Vec<Seed>,
	/// The secret of group 0's epoch 0, which development identities know. Whether it is the one of a chain, that
	/// chain's public key tells.
	pub genesis_epoch: Option<EpochSecret>,
}

impl Identity {
	/// Loads the identity of that name: a development identity, or a seed file, for which it needs the passphrase.
	pub fn load(name: &str) -> Result<Self, Error> {
		if let Some(identity) = Self::development(name)? {
			return Ok(identity);
		}
		let path = seed_file(name)?;
		let sealed = file::SeedFile::read(&path, name)?;
		let secrets = sealed.open(&path, &passphrase(name, Asking::Once)?)?;
		Self::from_secrets(name, &secrets)
	}

	/// The development identity of that name, if it is one. Its secrets are published: it is for trying out.
	pub fn development(name: &str) -> Result<Option<Self>, Error> {
		let (member, role) = match name.split_once('/') {
			Some((member, role)) => (member, Some(role)),
			None => (name, None),
		};
		if !DEVELOPMENT.contains(&member) || role.is_some_and(|role| !ROLES.contains(&role)) {
			return Ok(None);
		}
		let is_analyst = role == Some("analyst");
		let (first, rest) = member.split_at(1);
		let account = format!("//{}{rest}", first.to_uppercase());
		let account = role.map_or(account.clone(), |role| format!("{account}//{role}"));
		Ok(Some(Self {
			name: name.into(),
			account: keypair(name, &account)?,
			seeds: [member].into_iter().chain(is_analyst.then_some(name)).map(development::member_seed).collect(),
			genesis_epoch: Some(development::epoch_secret()),
		}))
	}

	/// An identity from what a seed file holds.
	pub fn from_secrets(name: &str, secrets: &file::Secrets) -> Result<Self, Error> {
		Ok(Self {
			name: name.into(),
			account: keypair(name, &secrets.account)?,
			seeds: secrets.seeds.iter().map(|seed| Seed::new(*seed)).collect(),
			genesis_epoch: None,
		})
	}

	/// The account's id.
	pub fn account_id(&self) -> AccountId32 {
		self.account.public_key().to_account_id()
	}

	/// The seed of the newest encryption key.
	pub fn newest_seed(&self) -> Result<&Seed, Error> {
		self.seeds.last().ok_or_else(|| Error::Identity {
			name: self.name.clone(),
			reason: "its seed file holds no encryption key".into(),
			advice: "add one with `testudo keys new --rotate` and register it with `testudo keys register`".into(),
		})
	}
}

/// The key pair of a secret URI: mnemonic or `0x` seed, with `//derivations`.
pub fn keypair(name: &str, uri: &str) -> Result<Keypair, Error> {
	let parsed = SecretUri::from_str(uri).map_err(|e| e.to_string());
	parsed.and_then(|uri| Keypair::from_uri(&uri).map_err(|e| e.to_string())).map_err(|reason| Error::Identity {
		name: name.into(),
		reason: format!("its account secret is unusable: {reason}"),
		advice: "give a mnemonic of 12 to 24 words or 0x and 64 hexadecimal digits, with //derivations if any".into(),
	})
}

/// Is it a name that stands for a development identity?
pub fn is_development(name: &str) -> bool {
	matches!(Identity::development(name), Ok(Some(_)))
}

/// Where identities and the lists of a member's own names are.
pub fn config_folder() -> Result<PathBuf, Error> {
	Ok(home_folder("XDG_CONFIG_HOME", ".config")?.join("testudo"))
}

/// The seed file behind a name: the path itself if it looks like one, else a file in the configuration folder.
pub fn seed_file(name: &str) -> Result<PathBuf, Error> {
	if is_path(name) {
		return Ok(name.into());
	}
	Ok(config_folder()?.join(format!("{name}.json")))
}

fn is_path(name: &str) -> bool {
	let path = Path::new(name);
	path.extension().is_some_and(|extension| extension == "json") || path.components().count() > 1
}

/// The default folder of an identity's local store.
pub fn store_folder(name: &str) -> Result<PathBuf, Error> {
	let folder = match (is_development(name), is_path(name)) {
		(true, _) => name.replace('/', "-"),
		(false, true) => folder_of_path(Path::new(name)),
		(false, false) => name.into(),
	};
	Ok(home_folder("XDG_DATA_HOME", ".local/share")?.join("testudo").join(folder))
}

/// Seed files of one name in several folders are several identities, and so is a named one beside them.
fn folder_of_path(path: &Path) -> String {
	let whole = path.canonicalize().or_else(|_| std::path::absolute(path)).unwrap_or_else(|_| path.into());
	let digest = Blake2b::<U32>::digest(whole.as_os_str().as_encoded_bytes());
	let stem = path.file_stem().map_or("identity".into(), |stem| stem.to_string_lossy());
	format!("{stem}-{}", hex::encode(&digest[..4]))
}

fn home_folder(variable: &str, below_home: &str) -> Result<PathBuf, Error> {
	if let Some(folder) = env::var_os(variable).filter(|folder| !folder.is_empty()) {
		return Ok(folder.into());
	}
	let home = env::var_os("HOME").filter(|home| !home.is_empty());
	home.map(|home| Path::new(&home).join(below_home)).ok_or_else(|| {
		Error::usage("there is no home folder", "set HOME, or give --identity as a path and --store a folder")
	})
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn development_identities_should_be_the_well_known_accounts() {
		let alice = Identity::development("alice").unwrap().unwrap();
		assert_eq!(alice.account_id().to_string(), "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY");
		assert_eq!(alice.seeds, [development::member_seed("alice")]);
		let analyst = Identity::development("alice/analyst").unwrap().unwrap();
		assert_ne!(analyst.account_id(), alice.account_id());
		assert_eq!(analyst.account_id(), keypair("x", "//Alice//analyst").unwrap().public_key().to_account_id());
		assert_eq!(analyst.seeds, ["alice", "alice/analyst"].map(development::member_seed));
		assert_eq!(Identity::development("alice/feed").unwrap().unwrap().seeds, alice.seeds);
	}

	#[test]
	fn other_names_should_not_be_development_identities() {
		for name in ["eve", "Alice", "alice/", "alice/controller", "alice/analyst/x", ""] {
			assert!(!is_development(name), "{name}");
		}
	}

	#[test]
	fn names_and_paths_should_lead_to_different_files() {
		assert_eq!(seed_file("./keys/a.json").unwrap(), Path::new("./keys/a.json"));
		assert_eq!(seed_file("a.json").unwrap(), Path::new("a.json"));
		assert!(seed_file("work").unwrap().ends_with("testudo/work.json"));
		assert!(store_folder("alice/analyst").unwrap().ends_with("testudo/alice-analyst"));
		assert!(store_folder("work").unwrap().ends_with("testudo/work"));
	}

	#[test]
	fn seed_files_of_one_name_should_have_stores_of_their_own() {
		let folders = ["a", "keys/a.json", "old/a.json"].map(|name| store_folder(name).unwrap());
		assert!(folders[1].file_name().unwrap().to_string_lossy().starts_with("a-"), "{folders:?}");
		assert_ne!(folders[0], folders[1]);
		assert_ne!(folders[1], folders[2]);
		let absolute = std::path::absolute("keys/a.json").unwrap();
		assert_eq!(store_folder(absolute.to_str().unwrap()).unwrap(), folders[1]);
	}

	#[test]
	fn unusable_account_secret_should_be_an_identity_error() {
		assert_eq!(keypair("x", "not a mnemonic").unwrap_err().exit(), crate::error::Exit::Identity);
	}
}
