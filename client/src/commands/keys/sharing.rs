//! `testudo keys share` and `testudo keys receive`

use super::{own_name, Context, Output};
use crate::{
	error::Error,
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
	let phrase = passphrase(name, Asking::Once)?;
	let identity = Identity::from_secrets(name, &SeedFile::read(&path, name)?.open(&path, &phrase)?)?;
	let seeds = shared.open(file, &share_passphrase(name, Asking::Once)?)?;
	let is_newest = check(context, &identity, (file, &shared), &seeds).await?;
	// Read again: another command may have added a key while this one asked the person and the node.
	let mut secrets = SeedFile::read(&path, name)?.open(&path, &phrase)?;
	let added = seeds.add_to(&mut secrets.seeds);
	if added > 0 {
		SeedFile::seal(&secrets, &phrase, Cost::default(), crate::entropy()?)?.write(&path, true)?;
	}
	let keys = render::count(added as u64, "encryption key");
	let mut text = match added {
		0 => format!("nothing is new: {} holds these keys of member {} already", path.display(), shared.member),
		_ => format!("added {keys} of member {} to {}; `testudo sync` opens the rest", shared.member, path.display()),
	};
	if !is_newest {
		text += &format!(
			"\nmember {} has registered another key since: ask for a new file, these keys open older records",
			shared.member
		);
	}
	let json = json!({
		"identity": name,
		"file": path,
		"member": shared.member,
		"added": added,
		"encryption_keys": secrets.seeds.len(),
		"registered": is_newest,
	});
	Output::report(json, text)
}

/// Refuses keys of another chain or of another member than one's own, and keys of which that cannot be told: whoever holds them
/// hands them on as the member's. Is one of them the key that the member has registered?
async fn check(
	context: &Context,
	identity: &Identity,
	(file, shared): (&Path, &ShareFile),
	seeds: &MemberSeeds,
) -> Result<bool, Error> {
	let chain = context.chain().await?;
	let stored = context.store().ok().and_then(|store| store.genesis().ok().flatten());
	for known in [Some(chain.genesis()), context.global.genesis, stored].into_iter().flatten() {
		require_chain(file, shared, known)?;
	}
	let view = chain.head().await?;
	let acting = member::acting(&view, identity).await?;
	require_member(file, shared, acting.member)?;
	let registered = view.encryption_key(acting.member).await?;
	Ok(registered.is_some_and(|registered| seeds.hold(&registered.key)))
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
	use crate::error::Exit;

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
