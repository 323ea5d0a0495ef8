//! Scripts that tests run with Node.js, beside their packages from the npm registry.

use crate::checkout;
use std::{
	env, fs,
	path::{Path, PathBuf},
	process::Command,
};

/// The files of a folder of the checkout with the packages that its lock file names, in the cache: the checkout stays as it is.
/// `name` is that of the folder in the cache.
pub fn installed(source: &str, name: &str) -> PathBuf {
	let home = env::var_os("HOME").expect("a user has a home");
	let (source, folder) = (checkout().join(source), Path::new(&home).join(".cache/testudo").join(name));
	fs::create_dir_all(&folder).expect("the cache can be written");
	let lock = |folder: &Path| fs::read(folder.join("package-lock.json")).ok();
	let is_installed = folder.join("node_modules/.package-lock.json").exists() && lock(&folder) == lock(&source);
	for file in fs::read_dir(&source).expect("the scripts are there").flatten().filter(|file| file.path().is_file()) {
		fs::copy(file.path(), folder.join(file.file_name())).expect("the cache can be written");
	}
	if !is_installed {
		let made = Command::new("npm").arg("ci").current_dir(&folder).output();
		let made = made.unwrap_or_else(|error| panic!("npm could not be started ({error}): run ./scripts/setup tests"));
		assert!(made.status.success(), "npm ci: {}", String::from_utf8_lossy(&made.stderr));
	}
	folder
}
