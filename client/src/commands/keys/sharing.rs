//! `testudo keys share` and `testudo keys receive`

use super::{own_name, Context, Output};
use crate::{
	error::{Error, Exit},
	identity::{
		self,
		file::{Cost, SeedFile},
		passphrase,
		share::{MemberSeeds, ShareFile},
		share_passphrase, Asking, Identity,
	},
	member, render,
};
use cti_primitives::{Hash, MemberId};
use serde_json::json;
use std::path::Path;

pub async fn share(context: &Context, out: &Path) -> Result<Output, Error> {
	let identity = context.identity()?;
	let chain = context.chain().await?;
	let view = chain.head().await?;
	let acting = member::acting(&view, &identity).await?;
	let registered = view.encryption_key(acting.member).await?;
	let held = registered.and_then(|registered| MemberSeeds::among(&identity, acting.role, &registered.key));
	let seeds = held.ok_or_else(|| Error::Identity {
		name: identity.name.clone(),
		reason: format!("it does not hold the encryption key that member {} registered", acting.member),
		advice: "run it with the --identity of who does: the controller, or a delegate that received the member's keys"
			.into(),
	})?;
	let phrase = share_passphrase(&identity.name, Asking::Twice)?;
	let of = (chain.genesis(), acting.member);
	ShareFile::seal(of, &seeds, &phrase, (Cost::default(), crate::entropy()?))?.write(out)?;
	let keys = render::count(seeds.0.len() as u64, "encryption key");
	let text = format!(
		"wrote {keys} of member {} to {}; whoever has the file and its passphrase reads what the member reads: hand them \
		 over on two different ways, and delete the file once `testudo keys receive` took it",
		acting.member,
		out.display()
	);
	Output::report(json!({ "member": acting.member, "file": out, "encryption_keys": seeds.0.len() }), text)
}

pub async fn receive(context: &Context, file: &Path) -> Result<Output, Error> {
	let name = own_name(context)?;
	let path = identity::seed_file(name)?;
	let shared = ShareFile::read(file)?;
	let own = SeedFile::read(&path, name)?;
	let phrase = passphrase(name, Asking::Once)?;
	let mut secrets = own.open(&path, &phrase)?;
	let seeds = shared.open(file, &share_passphrase(name, Asking::Once)?)?;
	let checked = check(context, &Identity::from_secrets(name, &secrets)?, (file, &shared), &seeds).await?;
	let added = seeds.add_to(&mut secrets.seeds);
	if added > 0 {
		SeedFile::seal(&secrets, &phrase, Cost::default(), crate::entropy()?)?.write(&path, true)?;
	}
	let keys = render::count(added as u64, "encryption key");
	let done = match added {
		0 => format!("nothing is new: {} holds these keys of member {} already", path.display(), shared.member),
		_ => format!("added {keys} of member {} to {}; `testudo sync` opens the rest", shared.member, path.display()),
	};
	let text = checked.note(shared.member).map_or(done.clone(), |note| format!("{done}\n{note}"));
	let json = json!({
		"identity": name,
		"file": path,
		"member": shared.member,
		"added": added,
		"encryption_keys": secrets.seeds.len(),
		"registered": checked.registered(),
	});
	Output::report(json, text)
}

/// What the chain says of the keys. Whatever it contradicts is refused before.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Checked {
	/// One of them is the one that the member registered.
	Registered,
	/// The member registered another since.
	Outdated,
	/// The account acts for no member yet.
	NoMember,
	/// No node answers.
	NoNode,
}

impl Checked {
	fn registered(self) -> Option<bool> {
		match self {
			Checked::Registered => Some(true),
			Checked::Outdated => Some(false),
			Checked::NoMember | Checked::NoNode => None,
		}
	}

	fn note(self, member: MemberId) -> Option<String> {
		match self {
			Checked::Registered => None,
			Checked::Outdated => Some(format!(
				"member {member} has registered another key since: ask for a new file, these keys open older records"
			)),
			Checked::NoMember => {
				Some("your account acts for no member yet: its controller adds it with `testudo delegates add`".into())
			}
			Checked::NoNode => Some("no node answers: whose keys they are was not compared with the chain".into()),
		}
	}
}

/// Keys of another chain or of another member than one's own are refused, where that can be told.
async fn check(
	context: &Context,
	identity: &Identity,
	(file, shared): (&Path, &ShareFile),
	seeds: &MemberSeeds,
) -> Result<Checked, Error> {
	let stored = context.store().ok().and_then(|store| store.genesis().ok().flatten());
	for known in [context.global.genesis, stored].into_iter().flatten() {
		require_chain(file, shared, known)?;
	}
	let chain = match context.chain().await {
		Ok(chain) => chain,
		Err(error) if error.exit() == Exit::Unreachable => return Ok(Checked::NoNode),
		Err(error) => return Err(error),
	};
	require_chain(file, shared, chain.genesis())?;
	let view = chain.head().await?;
	let Some(acting) = view.member_of(identity.account_id()).await? else { return Ok(Checked::NoMember) };
	require_member(file, shared, acting.member)?;
	let registered = view.encryption_key(acting.member).await?;
	match registered.is_some_and(|registered| seeds.hold(&registered.key)) {
		true => Ok(Checked::Registered),
		false => Ok(Checked::Outdated),
	}
}

fn require_chain(file: &Path, shared: &ShareFile, own: Hash) -> Result<(), Error> {
	match shared.genesis == own {
		true => Ok(()),
		false => Err(Error::input(
			file,
			format!("its keys are of another chain, whose first block is 0x{}", hex::encode(shared.genesis)),
			"check --url, --genesis and --store, or ask for a file made on this chain",
		)),
	}
}

fn require_member(file: &Path, shared: &ShareFile, own: MemberId) -> Result<(), Error> {
	match shared.member == own {
		true => Ok(()),
		false => Err(Error::input(
			file,
			format!("its keys are member {}'s, and your account acts for member {own}", shared.member),
			"check --identity, or ask your own member's controller for its keys",
		)),
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn keys_of_another_chain_or_member_should_be_refused() {
		let (seeds, cost) = (MemberSeeds(vec![[1; 32]]), Cost { memory_kib: 64, iterations: 1, lanes: 1 });
		let shared = ShareFile::seal(([7; 32], MemberId(3)), &seeds, "x", (cost, [9; 44])).unwrap();
		let file = Path::new("keys.json");
		require_chain(file, &shared, [7; 32]).unwrap();
		let refused = require_chain(file, &shared, [8; 32]).unwrap_err();
		assert!(refused.exit() == Exit::BadInput && refused.to_string().contains("another chain"), "{refused}");
		require_member(file, &shared, MemberId(3)).unwrap();
		let refused = require_member(file, &shared, MemberId(4)).unwrap_err();
		assert!(
			refused.to_string().contains("member 3's") && refused.to_string().contains("for member 4"),
			"{refused}"
		);
	}
}
