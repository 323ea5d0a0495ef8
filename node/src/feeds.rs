//! `--feeds`: hands the operator's file to the off-chain worker.

use cti_primitives::{
	feed::{FeedConfig, FeedFile, FEEDS_KEY},
	warning::WARNING_LISTS_KEY,
};
use cti_stix::{WarningFiles, WorkerLists};
use polkadot_sdk::{sp_core::offchain::OffchainStorage, sp_offchain::STORAGE_PREFIX};
use std::path::Path;

/// What the worker goes by.
pub struct Feeds {
	/// The feeds, secrets resolved.
	pub configs: Vec<FeedConfig>,
	/// For groups that ask for them.
	pub lists: WorkerLists,
}

/// Reads and checks a feeds file and the lists that it names; its secrets come from the environment.
pub fn read(path: &Path) -> Result<Feeds, String> {
	let text = std::fs::read_to_string(path).map_err(|error| format!("cannot read {}: {error}", path.display()))?;
	let named = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
	let file: FeedFile = toml::from_str(&text).map_err(|error| named(&error))?;
	let folder = path.parent().unwrap_or(Path::new("."));
	let lists = WarningFiles::for_worker(&file.warning_lists, folder).map_err(|error| named(&error))?;
	let configs = file.resolve(|name| std::env::var(name).ok()).map_err(|error| named(&error))?;
	Ok(Feeds { configs, lists })
}

/// Stores the feeds and lists where the worker looks for them.
pub fn store(storage: &mut impl OffchainStorage, feeds: &Feeds) -> Result<(), serde_json::Error> {
	storage.set(STORAGE_PREFIX, WARNING_LISTS_KEY, &feeds.lists.encoded);
	storage.set(STORAGE_PREFIX, FEEDS_KEY, &serde_json::to_vec(&feeds.configs)?);
	Ok(())
}

#[cfg(test)]
mod tests {
	use super::*;
	use polkadot_sdk::sp_core::offchain::storage::InMemOffchainStorage;

	#[test]
	fn a_file_should_reach_the_storage_with_its_secret_resolved() {
		let path = std::env::temp_dir().join(format!("testudo-feeds-{}.toml", std::process::id()));
		let toml = "[[feed]]\nid = 0\nkind = \"taxii21\"\nurl = \"http://127.0.0.1:1/root\"\ncollection = \"c\"\n\
			username = \"admin\"\npassword_env = \"PATH\"\ninterval = \"5s\"\n";
		std::fs::write(&path, toml).unwrap();
		let feeds = read(&path).unwrap();
		std::fs::remove_file(&path).unwrap();

		let mut storage = InMemOffchainStorage::default();
		store(&mut storage, &feeds).unwrap();
		let stored = storage.get(STORAGE_PREFIX, FEEDS_KEY).unwrap();
		assert_eq!(serde_json::from_slice::<Vec<FeedConfig>>(&stored).unwrap(), feeds.configs);
		assert_eq!(storage.get(STORAGE_PREFIX, WARNING_LISTS_KEY).unwrap(), feeds.lists.encoded);
		assert!(String::from_utf8(stored).unwrap().contains(&std::env::var("PATH").unwrap()));
	}

	#[test]
	fn an_error_should_name_the_file_and_the_line() {
		let path = std::env::temp_dir().join(format!("testudo-wrong-feeds-{}.toml", std::process::id()));
		std::fs::write(&path, "[[feed]]\nid = 0\ncolour = 1\n").unwrap();
		let error = read(&path).err().unwrap();
		std::fs::remove_file(&path).unwrap();
		assert!(
			error.contains("testudo-wrong-feeds") && error.contains("colour") && error.contains("line 3"),
			"{error}"
		);
	}
}
