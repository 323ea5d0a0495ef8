//! Options of `testudo keys`.

use clap::{Args, Subcommand, ValueEnum};
use std::path::PathBuf;

/// `testudo keys`
#[derive(Subcommand, Debug)]
pub enum Keys {
	/// Make a seed file with a new account and a new encryption key, sealed by a passphrase (TESTUDO_PASSPHRASE, or
	/// asked).
	New(NewKeys),
	/// Show account, encryption key and what the chain knows of them.
	Show,
	/// Print what a consortium that begins needs of its member: a [[member]] table for its consortium.toml. Nothing in it is secret.
	Card(Card),
	/// Register the seed file's newest encryption key on chain.
	Register {
		/// Why the key changes.
		#[arg(long, value_enum, default_value = "routine")]
		reason: KeyReason,
		/// Register it though the seed file does not hold the key that it takes the place of.
		#[arg(long)]
		yes: bool,
	},
	/// Write the member's encryption keys to a file for its delegates, sealed by a passphrase of its own
	/// (TESTUDO_SHARE_PASSPHRASE, or asked).
	Share {
		/// The file to write.
		#[arg(long, value_name = "FILE")]
		out: PathBuf,
	},
	/// Add the keys of such a file to your own seed file: it reads what its member reads.
	Receive {
		/// The file.
		file: PathBuf,
	},
}

/// `testudo keys new`
#[derive(Args, Debug)]
pub struct NewKeys {
	/// Add a new encryption key to the existing seed file instead; register it with `testudo keys register`.
	#[arg(long)]
	pub rotate: bool,
	/// Take the account from the secret (mnemonic or 0x seed, with //derivation) in this environment variable.
	#[arg(long, value_name = "VARIABLE", conflicts_with = "rotate")]
	pub account_env: Option<String>,
}

/// `testudo keys card`
#[derive(Args, Debug)]
pub struct Card {
	/// The member's name, 1 to 64 bytes.
	#[arg(long)]
	pub name: String,
	/// The public key that signs the blocks of the member's collator: SS58, or 0x and 64 digits.
	#[arg(long, value_name = "KEY")]
	pub session_key: Option<String>,
}

/// Why an encryption key changes.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum KeyReason {
	/// Rotation: nothing else happens.
	Routine,
	/// Somebody else may have the seed: your groups must be rekeyed.
	Compromised,
	/// The seed is gone: your groups must be rekeyed.
	Lost,
}

impl KeyReason {
	/// The variant's name.
	pub const fn variant(self) -> &'static str {
		match self {
			KeyReason::Routine => "Routine",
			KeyReason::Compromised => "Compromised",
			KeyReason::Lost => "Lost",
		}
	}
}
