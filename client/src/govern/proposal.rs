//! What the consortium decides on, as the calls that do it.

use super::blake2_256;
use crate::{attack::fields, chain::types::GroupPolicy, error::Error, policies};
use cti_primitives::{catalogue::Catalogue, Domain, GroupId, Hash, MemberId, Quality, Rhythm};
use cti_scoring::Scale;
use std::{fs, path::Path};
use subxt::{dynamic::Value, utils::AccountId32};

/// How Wasm begins.
const WASM: &[u8] = b"\0asm";
/// How a compressed runtime begins.
const COMPRESSED: &[u8] = &[0x52, 0xbc, 0x53, 0x76, 0x46, 0xdb, 0x8e, 0x05];
/// Bytes of the longest name that a member has.
const MAX_NAME: usize = 64;

/// Refuses a name that the chain would refuse after the vote.
pub fn require_name(name: &str) -> Result<(), Error> {
	let problem = match name.len() {
		0 => "a member's name is not empty".into(),
		length if length > MAX_NAME => {
			format!("a member's name has at most {MAX_NAME} bytes, and this one has {length}")
		}
		_ => return Ok(()),
	};
	Err(Error::usage(problem, "give the name by which the others know it, in UTF-8"))
}

/// A runtime to be authorised.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Upgrade {
	/// BLAKE2b-256 of the code.
	pub code_hash: Hash,
}

impl Upgrade {
	/// Of the code in a file. Anything but a runtime would be voted on for nothing: its hash does not say what it is.
	pub fn of(path: &Path) -> Result<Self, Error> {
		Ok(Self { code_hash: blake2_256(&Self::code(path)?) })
	}

	/// The code itself.
	pub fn code(path: &Path) -> Result<Vec<u8>, Error> {
		const ADVICE: &str = "name the runtime's Wasm file, such as testudo_runtime.compact.compressed.wasm";
		let code = fs::read(path).map_err(|e| Error::input(path, e, ADVICE))?;
		match [WASM, COMPRESSED].iter().any(|beginning| code.starts_with(beginning)) {
			true => Ok(code),
			false => Err(Error::input(path, "it is neither Wasm nor a compressed runtime", ADVICE)),
		}
	}
}

/// What two thirds can decide.
#[derive(Clone, PartialEq, Debug)]
pub enum Proposal {
	/// Admit a member.
	Admit {
		/// The account that will speak and vote for it.
		controller: AccountId32,
		/// Its name.
		name: String,
		/// Its encryption key, if it is known already.
		encryption_key: Option<Vec<u8>>,
		/// The departed member that it continues.
		former: Option<MemberId>,
	},
	/// Suspend an active member.
	Suspend(MemberId),
	/// Reinstate a suspended member.
	Reinstate(MemberId),
	/// Expel a member.
	Expel(MemberId),
	/// Give a member another controller, and, if it is named, another encryption key. Where the old one was stolen, all
	/// delegates end.
	ReplaceController(MemberId, AccountId32, Option<Vec<u8>>, bool),
	/// Give a group another owner.
	SetGroupOwner(GroupId, MemberId),
	/// Import a catalogue by the hashes of its pages, which anybody then brings.
	Import(Catalogue),
	/// End an import that is under way.
	AbortImport(Domain),
	/// Authorise a runtime upgrade, which anybody then brings.
	Upgrade(Upgrade),
	/// Give the consortium's own group another policy.
	GroupPolicy(GroupPolicy),
	/// Ask other things of objects that go to the consortium's own group.
	GroupQuality(Quality),
	/// Change where letters begin, or how many votes a decision needs.
	Rules(Scale, u8),
	/// Make the chain go faster or slower.
	Rhythm(Rhythm),
	/// Pay a reward from the pot.
	Reward(u128),
	/// Pay from the pot.
	Pay(AccountId32, AccountId32, u128),
	/// Take down an open motion, named by the hash of its call.
	Drop(Hash),
}

fn member(member: MemberId) -> Value {
	Value::u128(member.0.into())
}

fn account(account: &AccountId32) -> Value {
	Value::from_bytes(account.0)
}

fn option(value: Option<Value>) -> Value {
	match value {
		Some(value) => Value::unnamed_variant("Some", [value]),
		None => Value::unnamed_variant("None", []),
	}
}

fn multi_address(id: &AccountId32) -> Value {
	Value::unnamed_variant("Id", [account(id)])
}

fn rules_value(Scale { judged_from, a, b, c, d }: &Scale, quorum: u8) -> Value {
	let numbers = [("judged_from", u16::from(*judged_from)), ("a", *a), ("b", *b), ("c", *c), ("d", *d)];
	let scale = Value::named_composite(numbers.map(|(name, number)| (name, Value::u128(number.into()))));
	Value::named_composite([("scale", scale), ("quorum", Value::u128(quorum.into()))])
}

impl Proposal {
	/// The call that does it.
	pub fn call(&self) -> Value {
		let membership = |name: &str, arguments: Vec<(&str, Value)>| {
			let arguments = arguments.into_iter().map(|(name, value)| (name.to_string(), value));
			Value::unnamed_variant("Membership", [Value::named_variant(name, arguments.collect::<Vec<_>>())])
		};
		match self {
			Proposal::Admit { controller, name, encryption_key, former } => membership(
				"admit",
				vec![
					("controller", account(controller)),
					("name", Value::string(name.clone())),
					("encryption_key", option(encryption_key.as_ref().map(Value::from_bytes))),
					("former", option(former.map(member))),
				],
			),
			Proposal::Suspend(id) => membership("suspend", vec![("member", member(*id))]),
			Proposal::Reinstate(id) => membership("reinstate", vec![("member", member(*id))]),
			Proposal::Expel(id) => membership("expel", vec![("member", member(*id))]),
			Proposal::ReplaceController(id, new, encryption_key, is_stolen) => membership(
				"replace_controller",
				vec![
					("member", member(*id)),
					("controller", account(new)),
					("encryption_key", option(encryption_key.as_ref().map(Value::from_bytes))),
					("is_stolen", Value::bool(*is_stolen)),
				],
			),
			Proposal::SetGroupOwner(group, owner) => {
				membership("set_group_owner", vec![("group", Value::u128(group.0.into())), ("owner", member(*owner))])
			}
			Proposal::Import(catalogue) => {
				let arguments = fields::authorize_import(catalogue);
				Value::unnamed_variant(fields::PALLET, [Value::unnamed_variant("authorize_import", arguments)])
			}
			Proposal::AbortImport(domain) => {
				let arguments = fields::abort_import(*domain);
				Value::unnamed_variant(fields::PALLET, [Value::unnamed_variant("abort_import", arguments)])
			}
			Proposal::Upgrade(Upgrade { code_hash }) => {
				let call = Value::named_variant("authorize_upgrade", [("code_hash", Value::from_bytes(code_hash))]);
				membership("enact", vec![("call", Value::unnamed_variant("System", [call]))])
			}
			Proposal::GroupPolicy(policy) => membership(
				"set_group_policy",
				vec![("group", Value::u128(0)), ("policy", policies::policy_value(policy))],
			),
			Proposal::GroupQuality(quality) => membership(
				"set_group_quality",
				vec![("group", Value::u128(0)), ("quality", policies::quality_value(quality))],
			),
			Proposal::Rules(scale, quorum) => {
				let rules = rules_value(scale, *quorum);
				Value::unnamed_variant("Reputation", [Value::named_variant("set_parameters", [("parameters", rules)])])
			}
			Proposal::Rhythm(Rhythm { blocks_per_slot, session_slots }) => {
				let fields = [("blocks_per_slot", u16::from(*blocks_per_slot)), ("session_slots", *session_slots)];
				let fields = fields.map(|(name, number)| (name, Value::u128(number.into())));
				membership("set_rhythm", vec![("rhythm", Value::named_composite(fields))])
			}
			Proposal::Reward(amount) => {
				let call = Value::named_variant("reward", [("amount", Value::u128(*amount))]);
				Value::unnamed_variant("Reputation", [call])
			}
			Proposal::Pay(pot, to, amount) => {
				let arguments =
					[("source", multi_address(pot)), ("dest", multi_address(to)), ("value", Value::u128(*amount))];
				let call = Value::named_variant("force_transfer", arguments);
				membership("enact", vec![("call", Value::unnamed_variant("Balances", [call]))])
			}
			Proposal::Drop(hash) => {
				let call = Value::named_variant("kill", [("proposal_hash", Value::from_bytes(hash))]);
				Value::unnamed_variant("Consortium", [call])
			}
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn upgrade_should_be_voted_on_by_its_hash() {
		let folder = tempfile::tempdir().unwrap();
		let file = folder.path().join("runtime.wasm");
		fs::write(&file, b"\0asm\x01\0\0\0").unwrap();
		let upgrade = Upgrade::of(&file).unwrap();
		assert_eq!(upgrade.code_hash, blake2_256(b"\0asm\x01\0\0\0"));
		let shown = Proposal::Upgrade(upgrade).call().to_string();
		assert!(shown.contains("enact") && shown.contains("authorize_upgrade"), "{shown}");
		assert!(Upgrade::of(Path::new("/nonexistent.wasm")).is_err());
	}

	#[test]
	fn file_that_is_no_runtime_should_not_be_voted_on() {
		let folder = tempfile::tempdir().unwrap();
		let file = folder.path().join("runtime.wasm");
		for bad in [&b""[..], b"{}", b"asm\0", &COMPRESSED[1..]] {
			fs::write(&file, bad).unwrap();
			assert!(Upgrade::of(&file).unwrap_err().to_string().contains("neither Wasm"), "{bad:?}");
		}
		fs::write(&file, [COMPRESSED, b"zstd"].concat()).unwrap();
		Upgrade::of(&file).unwrap();
	}

	#[test]
	fn name_that_the_chain_would_refuse_should_be_refused_before_the_vote() {
		let longest = "x".repeat(MAX_NAME);
		for good in ["Elbe Bank", "Žižkov Pojišťovna", &longest] {
			require_name(good).unwrap();
		}
		for (bad, words) in [("", "empty"), (&format!("{longest}x")[..], "65"), (&"é".repeat(33), "66")] {
			assert!(require_name(bad).unwrap_err().to_string().contains(words), "{bad:?}");
		}
	}
}
