//! Options of the commands that help with the others.

use clap::Args;
use clap_complete::Shell;
use std::path::PathBuf;

/// `testudo completions`
#[derive(Args, Debug, Clone, Copy)]
pub struct Completions {
	/// For which shell: bash, elvish, fish, powershell, zsh.
	pub shell: Shell,
}

/// `testudo man`
#[derive(Args, Debug, Clone)]
pub struct Man {
	/// Write a page for each command into this folder [default: the first page to standard output].
	#[arg(long, value_name = "DIR")]
	pub out: Option<PathBuf>,
}
