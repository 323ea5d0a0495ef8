//! The command line of one member's person, at one of the network's nodes.

use crate::Failure;
use serde_json::Value;
use std::{
	env,
	path::{Path, PathBuf},
	process::Command,
};

/// One identity at one node, with a store of its own.
#[derive(Clone, Debug)]
pub struct Cli {
	url: String,
	identity: String,
	store: PathBuf,
}

impl Cli {
	/// `identity` at the node of this address, its store below `folder`.
	pub fn new(url: &str, identity: &str, folder: &Path) -> Self {
		Self { url: url.into(), identity: identity.into(), store: folder.join(format!("store-{identity}")) }
	}

	/// Runs a command that must succeed; its standard output.
	pub fn run(&self, arguments: &[&str]) -> Result<String, Failure> {
		let folder = env::var_os("TESTUDO_BIN").ok_or("TESTUDO_BIN names no folder: start it by scripts/network")?;
		let made = Command::new(PathBuf::from(folder).join("testudo"))
			.args(["--url", &self.url, "--identity", &self.identity, "--store"])
			.arg(&self.store)
			.args(arguments)
			.output()?;
		match made.status.success() {
			true => Ok(String::from_utf8(made.stdout)?),
			false => {
				let complaint = String::from_utf8_lossy(&made.stderr);
				Err(format!("testudo {arguments:?} as {}: {complaint}", self.identity).into())
			}
		}
	}

	/// The same, with what it says as JSON.
	pub fn json(&self, arguments: &[&str]) -> Result<Value, Failure> {
		Ok(serde_json::from_str(&self.run(&[&["--json"], arguments].concat())?)?)
	}
}
