//! `testudo keys`

mod sharing;

use super::{Context, Output};
use crate::{
	chain::{api::NumberedKey, types::Acting, Chain, View},
	cli::{Card, KeyReason, Keys, NewKeys},
	error::{Error, Exit},
	identity::{
		self,
		file::{Cost, Secrets, SeedFile},
		passphrase, Asking, Identity,
	},
	member, render,
};
use cti_envelope::{epoch::public_key_hash, PublicKey};
use cti_primitives::Role;
use serde_json::json;
use subxt::{dynamic::Value, utils::Static};
use zeroize::Zeroizing;

/// Bytes of a member's name.
const MOST_NAME: usize = 64;

pub async fn run(context: &Context, command: Keys) -> Result<Output, Error> {
	match command {
		Keys::New(options) if options.rotate => rotate(context),
		Keys::New(options) => new(context, &options),
		Keys::Show => show(context).await,
		Keys::Card(options) => card(context, &options),
		Keys::Register { reason, yes } => register(context, reason, yes).await,
		Keys::Share { out } => sharing::share(context, &out).await,
		Keys::Receive { file } => sharing::receive(context, &file).await,
	}
}

fn own_name(context: &Context) -> Result<&str, Error> {
	let name = context.identity_name()?;
	match identity::is_development(name) {
		true => Err(Error::usage(
			format!("{name} is a development identity: it has no seed file"),
			"choose another name with --identity",
		)),
		false => Ok(name),
	}
}

fn new(context: &Context, options: &NewKeys) -> Result<Output, Error> {
	let name = own_name(context)?;
	let path = identity::seed_file(name)?;
	if path.exists() {
		return Err(Error::Identity {
			name: name.into(),
			reason: format!("the seed file {} exists already", path.display()),
			advice: "choose another --identity, or add an encryption key with `keys new --rotate`".into(),
		});
	}
	let account = match &options.account_env {
		Some(variable) => std::env::var(variable).map_err(|_| {
			Error::usage(format!("the environment variable {variable} is not set"), "put the account's secret into it")
		})?,
		None => format!("0x{}", *Zeroizing::new(hex::encode(*Zeroizing::new(crate::entropy::<32>()?)))),
	};
	identity::keypair(name, &account)?;
	let secrets = Secrets { account, seeds: vec![crate::entropy()?] };
	let phrase = passphrase(name, Asking::Twice)?;
	let file = SeedFile::seal(&secrets, &phrase, Cost::default(), crate::entropy()?)?;
	file.write(&path, false)?;
	let json = json!({ "identity": name, "file": path, "account": file.account });
	let text = format!(
		"made {}\naccount {}\nKeep a copy of the file and the passphrase: without them, what is sealed to you is lost.",
		path.display(),
		file.account
	);
	Output::report(json, text)
}

fn rotate(context: &Context) -> Result<Output, Error> {
	let name = own_name(context)?;
	let path = identity::seed_file(name)?;
	let phrase = passphrase(name, Asking::Once)?;
	let mut secrets = SeedFile::read(&path, name)?.open(&path, &phrase)?;
	secrets.seeds.push(crate::entropy()?);
	SeedFile::seal(&secrets, &phrase, Cost::default(), crate::entropy()?)?.write(&path, true)?;
	let json = json!({ "identity": name, "file": path, "encryption_keys": secrets.seeds.len() });
	Output::report(json, "added an encryption key; make it known with `testudo keys register`")
}

/// What the member hands in for the chain's beginning.
fn card(context: &Context, Card { name, session_key }: &Card) -> Result<Output, Error> {
	if name.trim().is_empty() || name.len() > MOST_NAME {
		return Err(Error::usage(format!("{name:?} is no name of a member"), format!("take 1 to {MOST_NAME} bytes")));
	}
	own_name(context)?;
	let identity = context.identity()?;
	let account = identity.account_id().to_string();
	let key = format!("0x{}", hex::encode(identity.newest_seed()?.public_key()));
	let quoted = |text: &str| toml::Value::from(text).to_string();
	let lines = [("name", name), ("controller", &account), ("encryption_key", &key)].into_iter();
	let lines = lines.chain(session_key.as_ref().map(|key| ("session_key", key)));
	let lines: Vec<String> = lines.map(|(field, text)| format!("{field} = {}", quoted(text))).collect();
	let json = json!({ "name": name, "controller": account, "encryption_key": key, "session_key": session_key });
	Output::report(json, format!("[[member]]\n{}", lines.join("\n")))
}

async fn show(context: &Context) -> Result<Output, Error> {
	let identity = context.identity()?;
	let account = identity.account_id().to_string();
	let public_key = identity.newest_seed()?.public_key();
	// Without a node the keys themselves can still be shown.
	let known = match context.chain().await {
		Ok(chain) => on_chain(&chain, &identity).await?,
		Err(error) if error.exit() == Exit::Unreachable => json!({ "reachable": false }),
		Err(error) => return Err(error),
	};
	let member = match (known["member"].as_u64(), known["reachable"].as_bool()) {
		(Some(member), _) => {
			let name = render::clean(known["name"].as_str().unwrap_or_default());
			format!("{member} {name}, as {}", known["role"].as_str().unwrap_or_default())
		}
		(None, Some(false)) => "unknown: no node answers".into(),
		(None, _) => "none: the account acts for no member".into(),
	};
	let (registered, members) = (own_key_in_words(&known), members_key_in_words(&known));
	let shown = render::fields([
		("Identity", identity.name.clone()),
		("Account", account.clone()),
		("Member", member),
		(
			"Encryption key",
			format!("{registered}\nBLAKE2b {}\nin full with --json", hex::encode(public_key_hash(&public_key))),
		),
		("Member's key", members.into()),
	]);
	let json = json!({
		"identity": identity.name,
		"account": account,
		"encryption_key": hex::encode(public_key),
		"chain": known,
	});
	Output::report(json, shown)
}

/// Of the file's newest key. Only controllers and analysts have one to register.
fn own_key_in_words(known: &serde_json::Value) -> &'static str {
	match (known["registered"].as_bool(), known["role"].as_str()) {
		(Some(true), _) => "registered on chain",
		(Some(false), Some("feed" | "auditor")) => "its own, which nobody seals to",
		(Some(false), _) => "not registered on chain: `testudo keys register`",
		(None, _) => "unknown",
	}
}

/// Of the key that the member's records are sealed to.
fn members_key_in_words(known: &serde_json::Value) -> &'static str {
	match known["holds_members_key"].as_bool() {
		Some(true) => "held: it reads what the member reads",
		Some(false) => "not held: who holds it runs `testudo keys share`, then `testudo keys receive FILE`",
		None => "unknown",
	}
}

async fn on_chain(chain: &Chain, identity: &Identity) -> Result<serde_json::Value, Error> {
	let view = chain.head().await?;
	let Some(acting) = view.member_of(identity.account_id()).await? else {
		return Ok(json!({ "reachable": true, "member": null }));
	};
	let members = view.members().await?;
	let name = members.iter().find(|member| *member.member == acting.member).map(|member| member.name.clone());
	let key = on_record(&view, &acting, identity).await?;
	let registered = match &key {
		Some(key) => *key.key == identity.newest_seed()?.public_key(),
		None => false,
	};
	let of_member = view.encryption_key(acting.member).await?;
	let holds = of_member.map(|of| identity.seeds.iter().any(|seed| seed.public_key() == *of.key));
	Ok(json!({
		"reachable": true,
		"member": acting.member,
		"holds_members_key": holds,
		"name": name,
		"role": acting.role,
		"encryption_key_version": key.map(|key| key.number),
		"registered": registered,
	}))
}

/// The key that the chain has of an identity: an analyst's own, else the member's.
async fn on_record(view: &View, acting: &Acting, identity: &Identity) -> Result<Option<NumberedKey>, Error> {
	if acting.role != Role::Analyst {
		return view.encryption_key(acting.member).await;
	}
	let keys = view.analyst_keys(acting.member).await?;
	Ok(keys.into_iter().find(|key| key.account == identity.account_id()).map(|own| own.key))
}

/// Whose key it is, in words.
fn whose(acting: &Acting) -> String {
	match acting.role {
		Role::Analyst => "this analyst's encryption key".into(),
		_ => format!("member {}'s encryption key", acting.member),
	}
}

async fn register(context: &Context, reason: KeyReason, yes: bool) -> Result<Output, Error> {
	let identity = context.identity()?;
	let chain = context.chain().await?;
	let view = chain.head().await?;
	let acting = member::acting(&view, &identity).await?;
	if !matches!(acting.role, Role::Controller | Role::Analyst) {
		return Err(Error::Identity {
			name: identity.name,
			reason: format!("it acts for member {} as {:?}", acting.member, acting.role),
			advice: "the member's encryption key is registered by its controller, an analyst's own by the analyst"
				.into(),
		});
	}
	let key = identity.newest_seed()?.public_key();
	require_persons_own(&view, &acting, &identity.name, &key).await?;
	if let Some(known) = on_record(&view, &acting, &identity).await? {
		if *known.key == key {
			return registered_already(&identity.name, &acting, known.number, reason);
		}
		let is_held = identity.seeds.iter().any(|seed| seed.public_key() == *known.key);
		if reason == KeyReason::Routine && !is_held && !yes {
			return Err(locks_out(&identity.name, &acting));
		}
	}
	let reason = Value::unnamed_variant(reason.variant(), []);
	let call = subxt::dynamic::tx("Membership", "set_encryption_key", (Static(key), reason));
	chain.execute(&identity.account, call).await?;
	let version = on_record(&chain.head().await?, &acting, &identity).await?.map(|key| key.number);
	let text = match version {
		Some(version) => format!("registered as version {version} of {}", whose(&acting)),
		None => format!("registered as an encryption key of {}", identity.name),
	};
	Output::report(json!({ "member": acting.member, "version": version }), text)
}

/// Without the old seed nothing that was sealed to it opens, the groups' secrets among it.
fn locks_out(name: &str, acting: &Acting) -> Error {
	Error::Identity {
		name: name.into(),
		reason: format!(
			"it does not hold the key that {} has now, and with it would go what is sealed to that",
			whose(acting)
		),
		advice:
			"bring the old key with `testudo keys receive`, or say --reason lost; --yes registers it all the same, and \
			groups must welcome you again"
				.into(),
	}
}

/// What is sealed to an analyst is for a person. Whoever reads for the member holds the member's seed.
async fn require_persons_own(view: &View, acting: &Acting, name: &str, key: &PublicKey) -> Result<(), Error> {
	let of_member = view.encryption_key(acting.member).await?.is_some_and(|known| *known.key == *key);
	match acting.role == Role::Analyst && of_member {
		true => Err(Error::Identity {
			name: name.into(),
			reason: format!("its newest encryption key is member {}'s, which others hold", acting.member),
			advice: "make one of its own first with `testudo keys new --rotate`, then register that".into(),
		}),
		false => Ok(()),
	}
}

/// The newest key is the chain's already. To register it once more would make nothing better: who has the seed that
/// was compromised could read on, and a lost one is not back.
fn registered_already(name: &str, acting: &Acting, version: u32, reason: KeyReason) -> Result<Output, Error> {
	match reason {
		KeyReason::Routine => {
			let json = json!({ "member": acting.member, "version": version, "registered_already": true });
			Output::report(json, format!("registered already, as version {version} of {}", whose(acting)))
		}
		KeyReason::Compromised | KeyReason::Lost => Err(Error::Identity {
			name: name.into(),
			reason: format!("its newest encryption key is the one to be replaced: version {version} on chain"),
			advice: "make a new one first with `testudo keys new --rotate`, then register that".into(),
		}),
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use cti_primitives::MemberId;

	#[test]
	fn delegate_that_registers_nothing_should_be_sent_to_who_holds_the_key() {
		let known = |role: &str, holds: bool| json!({ "registered": false, "role": role, "holds_members_key": holds });
		assert!(own_key_in_words(&known("controller", false)).contains("keys register"));
		assert!(!own_key_in_words(&known("auditor", false)).contains("keys register"));
		assert!(members_key_in_words(&known("auditor", false)).contains("keys receive"));
		assert!(members_key_in_words(&known("auditor", true)).starts_with("held"));
	}

	#[test]
	fn key_on_chain_should_not_be_registered_in_its_own_place() {
		let acting = Acting { member: MemberId(1), role: Role::Controller };
		for reason in [KeyReason::Compromised, KeyReason::Lost] {
			let refused = registered_already("work", &acting, 2, reason).err().unwrap();
			assert_eq!(refused.exit(), Exit::Identity);
			assert!(refused.advice().contains("keys new --rotate"), "{}", refused.advice());
		}
		let Ok(Output::Report { json, text }) = registered_already("work", &acting, 2, KeyReason::Routine) else {
			panic!("it is there already")
		};
		assert!(text.contains("registered already"), "{text}");
		assert_eq!(json["version"], 2);
	}
}
