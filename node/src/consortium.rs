//! `--chain consortium.toml`: the chain of a consortium, from what its members say of themselves.
//!
//! Everything in the file is public. Each member makes its keys by itself and hands in its table (`testudo keys card`), and each
//! can build the same chain specification from the same file and compare.

use crate::chain_spec::{self, ChainSpec};
use cti_envelope::is_valid_public_key;
use cti_primitives::{Rhythm, Role};
use polkadot_sdk::{
	sc_service::ChainType,
	sp_core::{crypto::Ss58Codec, sr25519},
	sp_runtime::AccountId32,
};
use serde::Deserialize;
use std::{
	collections::BTreeSet,
	fmt,
	path::{Path, PathBuf},
};
use testudo_runtime::genesis::{Beginning, GenesisMember};

/// Most members a consortium begins with.
const MOST_MEMBERS: usize = 255;
/// Bytes of a name.
const MOST_NAME: usize = 64;

/// The file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Consortium {
	/// The chain's name for people.
	name: String,
	/// Its name for machines: lower case, digits, `_`.
	id: String,
	/// The parachain's id at its relay chain.
	para_id: u32,
	/// The relay chain: the name of one that the collator knows, or that of its specification.
	relay_chain: String,
	/// Blocks that collators aim for in a slot of six seconds [1].
	blocks_per_slot: Option<u8>,
	/// Slots in a session [3600].
	session_slots: Option<u16>,
	/// The first members, in order of their numbers.
	#[serde(rename = "member", default)]
	members: Vec<Member>,
	#[serde(skip)]
	path: PathBuf,
}

/// A member's table.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Member {
	/// Its name.
	name: String,
	/// The account that speaks and votes for it.
	controller: String,
	/// Its X-Wing public key: 0x and hexadecimal digits.
	encryption_key: String,
	/// The key that signs its collator's blocks, if it runs one.
	session_key: Option<String>,
	/// Accounts that act for it.
	#[serde(default)]
	analysts: Vec<String>,
	#[serde(default)]
	feeds: Vec<String>,
	#[serde(default)]
	auditors: Vec<String>,
}

/// Reads and checks the file.
pub fn read(path: &Path) -> Result<Consortium, String> {
	let text = std::fs::read_to_string(path).map_err(|error| format!("cannot read {}: {error}", path.display()))?;
	let mut consortium: Consortium = toml::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))?;
	consortium.path = path.into();
	Ok(consortium)
}

impl Consortium {
	/// The chain that begins so.
	pub fn chain_spec(&self) -> Result<ChainSpec, String> {
		let patch = self.beginning()?.patch();
		chain_spec::with_patch(&self.name, &self.id, ChainType::Live, &self.relay_chain, patch)
	}

	fn beginning(&self) -> Result<Beginning, String> {
		let plain = |letter: u8| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == b'_';
		if self.id.is_empty() || !self.id.bytes().all(plain) {
			return Err(self.wrong("id", "write it in lower case, digits and _"));
		}
		if self.members.is_empty() || self.members.len() > MOST_MEMBERS {
			return Err(self.wrong("member", format!("name 1 to {MOST_MEMBERS} members, each in a [[member]] table")));
		}
		let mut seen = Seen::default();
		let (mut members, mut collators) = (Vec::new(), Vec::new());
		for member in &self.members {
			let read =
				member.read(&mut seen).map_err(|reason| self.wrong(&format!("member {:?}", member.name), reason))?;
			if let Some(key) = read.session_key {
				collators.push((read.member.controller.clone(), key));
			}
			members.push(read.member);
		}
		if collators.is_empty() {
			return Err(self.wrong("member", "nobody runs a collator: give one member at least its session_key"));
		}
		// The group of all waits for its first rekey: nobody may know its secret before there is a chain to hand it out.
		Ok(Beginning {
			para_id: self.para_id,
			members,
			collators,
			funded: Vec::new(),
			consortium_key: None,
			feeds: Vec::new(),
			rhythm: self.rhythm()?,
		})
	}

	fn rhythm(&self) -> Result<Rhythm, String> {
		let usual = Rhythm::default();
		let rhythm = Rhythm {
			blocks_per_slot: self.blocks_per_slot.unwrap_or(usual.blocks_per_slot),
			session_slots: self.session_slots.unwrap_or(usual.session_slots),
		};
		let wrong = || self.wrong("blocks_per_slot, session_slots", "1, 2, 3, 4, 6 or 12 blocks; 4 slots at least");
		rhythm.is_possible().then_some(rhythm).ok_or_else(wrong)
	}

	fn wrong(&self, what: &str, reason: impl fmt::Display) -> String {
		format!("{}: {what}: {reason}", self.path.display())
	}
}

/// What must not be there twice.
#[derive(Default)]
struct Seen {
	names: BTreeSet<String>,
	accounts: BTreeSet<AccountId32>,
	keys: BTreeSet<Vec<u8>>,
}

/// A table, decoded.
struct Read {
	member: GenesisMember<AccountId32>,
	session_key: Option<sr25519::Public>,
}

impl Member {
	fn read(&self, seen: &mut Seen) -> Result<Read, String> {
		if self.name.trim().is_empty() || self.name.len() > MOST_NAME {
			return Err(format!("a name has 1 to {MOST_NAME} bytes"));
		}
		if !seen.names.insert(self.name.to_lowercase()) {
			return Err("another member has this name".into());
		}
		let mut account = |text: &str| {
			let account =
				AccountId32::from_ss58check(text).map_err(|error| format!("{text:?} is no account: {error}"))?;
			seen.accounts.insert(account.clone()).then_some(account).ok_or(format!("{text} is there twice"))
		};
		let controller = account(&self.controller)?;
		let roles = [(&self.analysts, Role::Analyst), (&self.feeds, Role::Feed), (&self.auditors, Role::Auditor)];
		let mut delegates = Vec::new();
		for (accounts, role) in roles {
			for text in accounts {
				delegates.push((account(text)?, role));
			}
		}
		let session_key = self.session_key.as_deref().map(session_key).transpose()?;
		let encryption_key = encryption_key(&self.encryption_key)?;
		let keys = session_key.iter().map(|key| key.0.to_vec()).chain([encryption_key.clone()]);
		if !keys.into_iter().all(|key| seen.keys.insert(key)) {
			return Err("another member has the same session_key or encryption_key: each makes its own".into());
		}
		let member = GenesisMember {
			controller,
			name: self.name.clone(),
			encryption_key,
			delegates,
			collates: session_key.is_some(),
		};
		Ok(Read { member, session_key })
	}
}

fn session_key(text: &str) -> Result<sr25519::Public, String> {
	let digits = text.strip_prefix("0x").and_then(|digits| <[u8; 32]>::try_from(bytes(digits)?).ok());
	match digits {
		Some(key) => Ok(key.into()),
		None => sr25519::Public::from_ss58check(text)
			.map_err(|error| format!("session_key {text:?} is no sr25519 public key: {error}")),
	}
}

fn encryption_key(text: &str) -> Result<Vec<u8>, String> {
	let key = text.strip_prefix("0x").and_then(bytes);
	let key = key.filter(|key| <&[u8; 1216]>::try_from(&key[..]).is_ok_and(is_valid_public_key));
	key.ok_or_else(|| {
		"encryption_key is no X-Wing public key of 1,216 bytes: take what `testudo keys card` prints".into()
	})
}

fn bytes(digits: &str) -> Option<Vec<u8>> {
	polkadot_sdk::sp_core::bytes::from_hex(&format!("0x{digits}")).ok()
}

#[cfg(test)]
mod tests {
	use super::*;
	use polkadot_sdk::sp_core::Pair;
	use serde_json::Value;

	fn public(name: &str) -> sr25519::Public {
		sr25519::Pair::from_string(&format!("//{name}"), None).unwrap().public()
	}

	fn table(name: &str, more: &str) -> String {
		let key = cti_envelope::development::member_seed(name).public_key();
		let key = polkadot_sdk::sp_core::bytes::to_hex(&key[..], false);
		let account = public(name).to_ss58check();
		format!("[[member]]\nname = \"{name}\"\ncontroller = \"{account}\"\nencryption_key = \"{key}\"\n{more}\n")
	}

	fn session(name: &str) -> String {
		format!("session_key = \"{}\"", public(&format!("{name}//collator")).to_ss58check())
	}

	fn consortium(tables: &[String]) -> Consortium {
		let head = "name = \"Example\"\nid = \"example\"\npara_id = 2001\nrelay_chain = \"rococo-local\"\n";
		toml::from_str(&format!("{head}{}", tables.concat())).unwrap()
	}

	fn refused(tables: &[String]) -> String {
		consortium(tables).beginning().err().expect("it is wrong")
	}

	#[test]
	fn every_member_should_be_in_the_chain_with_its_own_keys_and_nobody_elses() {
		let analyst = format!("analysts = [\"{}\"]", public("Bob//analyst").to_ss58check());
		let tables = [table("Bob", &analyst), table("Alice", &session("Alice"))];
		let patch = consortium(&tables).beginning().unwrap().patch();
		let members = patch["membership"]["members"].as_array().unwrap();
		assert_eq!(members.iter().map(|one| &one["name"]).collect::<Vec<_>>(), ["Bob", "Alice"]);
		assert_eq!(members[0]["delegates"][0][1], "analyst");
		assert_eq!((&members[0]["collates"], &members[1]["collates"]), (&Value::Bool(false), &Value::Bool(true)));
		assert_eq!(patch["membership"]["consortiumKey"], Value::Null, "nobody knows a secret of the group of all");
		assert_eq!(patch["parachainInfo"]["parachainId"], 2001);
		let sessions = patch["session"]["keys"].as_array().unwrap();
		let collator = public("Alice//collator").to_ss58check();
		assert_eq!((sessions.len(), &sessions[0][2]["aura"]), (1, &Value::String(collator)));
	}

	#[test]
	fn file_should_say_how_fast_the_chain_goes() {
		let with = |more: &str| {
			let head = "name = \"Example\"\nid = \"example\"\npara_id = 2001\nrelay_chain = \"rococo-local\"\n";
			let tables = table("Alice", &session("Alice"));
			toml::from_str::<Consortium>(&format!("{head}{more}\n{tables}")).unwrap().rhythm()
		};
		assert_eq!(with(""), Ok(Rhythm::default()));
		let fast = Rhythm { blocks_per_slot: 12, session_slots: 100 };
		assert_eq!(with("blocks_per_slot = 12\nsession_slots = 100"), Ok(fast));
		assert!(with("blocks_per_slot = 5").unwrap_err().contains("1, 2, 3, 4, 6 or 12 blocks"));
	}

	#[test]
	fn same_file_should_give_the_same_chain() {
		let raw = || consortium(&[table("Alice", &session("Alice"))]).chain_spec().unwrap().as_json(true).unwrap();
		let other = consortium(&[table("Bob", &session("Bob"))]).chain_spec().unwrap().as_json(true).unwrap();
		assert_eq!(raw(), raw());
		assert_ne!(raw(), other);
	}

	#[test]
	fn what_is_wrong_should_be_named() {
		let alice = || table("Alice", &session("Alice"));
		assert!(refused(&[]).contains("1 to 255 members"));
		assert!(refused(&[table("Alice", "")]).contains("nobody runs a collator"));
		assert!(refused(&[alice(), table("Alice", "")]).contains("another member has this name"));
		let twice = table("Bob", &format!("feeds = [\"{}\"]", public("Alice").to_ss58check()));
		assert!(refused(&[alice(), twice]).contains("twice"));
		assert!(refused(&[alice(), table("Bob", &session("Alice"))]).contains("each makes its own"));
		assert!(refused(&[alice().replace("encryption_key = \"0x", "encryption_key = \"0xff")]).contains("X-Wing"));
		assert!(refused(&[table("Alice", "session_key = \"5x\"")]).contains("sr25519"));
		assert!(refused(&[alice().replace("name = \"Alice\"", "name = \" \"")]).contains("1 to 64 bytes"));
		let unknown = toml::from_str::<Consortium>("name = \"x\"\nseed = \"word word\"\n").unwrap_err().to_string();
		assert!(unknown.contains("unknown field `seed`"), "{unknown}");
	}
}
