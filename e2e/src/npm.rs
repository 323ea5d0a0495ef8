//! Packages from the npm registry, for scripts that tests run with Node.js.

use std::{fs, path::Path, process::Command};

/// `npm ci` in the folder, unless what is installed is what its lock file says.
pub fn install(folder: &Path) {
	let written = |file: &str| fs::metadata(folder.join(file)).and_then(|file| file.modified()).ok();
	let installed = written("node_modules/.package-lock.json");
	if installed.is_some() && installed >= written("package-lock.json") {
		return;
	}
	let output = Command::new("npm").args(["ci", "--no-audit", "--no-fund"]).current_dir(folder).output();
	let output = output.unwrap_or_else(|error| panic!("npm could not be started ({error}): run ./scripts/setup tests"));
	assert!(output.status.success(), "npm ci failed: {}", String::from_utf8_lossy(&output.stderr));
}
