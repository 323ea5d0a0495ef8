//! Options of the commands that help with the others.

use clap::Args;
use clap_complete::Shell;
use std::path::PathBuf;

/// `testudo lookup`
#[derive(Args, Debug, Clone)]
pub struct Lookup {
	/// The value.
	pub value: String,
	/// At most so many matches, the likest first and then the newest.
	#[arg(long, value_name = "N", default_value_t = 100, value_parser = clap::value_parser!(u32).range(1..))]
	pub limit: u32,
}

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
