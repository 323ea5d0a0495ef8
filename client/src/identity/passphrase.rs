//! Passphrases: from the environment, or typed where there is a terminal.

use crate::error::Error;
use std::{env, io::IsTerminal};
use zeroize::Zeroizing;

/// The environment variable with the passphrase, for unattended use.
pub const PASSPHRASE_VARIABLE: &str = "TESTUDO_PASSPHRASE";
/// The one with the passphrase of keys on their way from one file to another: who has that knows nothing of either file's.
pub const SHARE_VARIABLE: &str = "TESTUDO_SHARE_PASSPHRASE";

/// How often the passphrase is typed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Asking {
	/// Once, to open.
	Once,
	/// Twice, to seal.
	Twice,
}

/// The passphrase of an identity's seed file.
pub fn passphrase(name: &str, asking: Asking) -> Result<Zeroizing<String>, Error> {
	from(PASSPHRASE_VARIABLE, name, name, asking)
}

/// The passphrase of the file in which `name` shares keys, or is given them.
pub fn share_passphrase(name: &str, asking: Asking) -> Result<Zeroizing<String>, Error> {
	from(SHARE_VARIABLE, name, "the shared keys", asking)
}

fn from(variable: &str, name: &str, of: &str, asking: Asking) -> Result<Zeroizing<String>, Error> {
	let refused = |reason: &str, advice: String| Error::Identity { name: name.into(), reason: reason.into(), advice };
	let empty = format!("the passphrase of {of} is empty");
	if let Ok(given) = env::var(variable) {
		return match given.is_empty() {
			true => Err(refused(&empty, format!("set {variable} to the passphrase"))),
			false => Ok(Zeroizing::new(given)),
		};
	}
	if !std::io::stdin().is_terminal() {
		let advice = format!("set {variable}, or run this in a terminal to type it");
		return Err(refused(&format!("there is no passphrase of {of}"), advice));
	}
	let ask = |prompt: &str| {
		let typed = rpassword::prompt_password(prompt).map(Zeroizing::new);
		typed.map_err(|e| refused(&format!("the passphrase cannot be read: {e}"), format!("set {variable} instead")))
	};
	let typed = ask(&format!("Passphrase of {of}: "))?;
	if typed.is_empty() {
		return Err(refused(&empty, "run the command again and type one".into()));
	}
	if asking == Asking::Twice && *ask("The same again: ")? != *typed {
		return Err(refused("the two passphrases differ", "run the command again".into()));
	}
	Ok(typed)
}
