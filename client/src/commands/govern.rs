//! `testudo govern`

use super::{attack, Context, Output};
use crate::{
	chain::View,
	cli::{Govern, NewRules, PolicyChanges, Propose, Vote},
	error::Error,
	govern::{self, Insistence, Motion, Outcome, Proposal, Upgrade},
	member, policies, render,
};
use cti_primitives::{GroupId, MemberId, Rhythm};
use cti_scoring::Scale;
use serde_json::{json, Value};
use std::{collections::BTreeMap, fs};
use subxt::utils::AccountId32;

pub async fn run(context: &Context, command: Govern) -> Result<Output, Error> {
	match command {
		Govern::List => list(context).await,
		Govern::Propose(proposal) => propose(context, proposal).await,
		Govern::Vote { motion, vote } => {
			let identity = context.identity()?;
			let approve = vote == Vote::Aye;
			govern::vote(&context.chain().await?, &identity, motion, approve).await?;
			let word = if approve { "aye" } else { "nay" };
			Output::report(json!({ "motion": motion, "vote": word }), format!("voted {word} on motion {motion}"))
		}
		Govern::ApplyUpgrade { code } => {
			let identity = context.identity()?;
			govern::apply_upgrade(&context.chain().await?, &identity, &code).await?;
			Output::report(
				json!({ "applied": true }),
				"the code is on chain: it runs from the next blocks on; behind a relay chain once that has taken it, too",
			)
		}
		Govern::Close { motion, yes } => {
			let identity = context.identity()?;
			let insistence = if yes { Insistence::Insists } else { Insistence::Careful };
			let outcome = govern::close(&context.chain().await?, &identity, motion, insistence).await?;
			let carried = outcome == Outcome::Carried;
			let text = if carried { "carried, and its call is done" } else { "rejected" };
			Output::report(
				json!({ "motion": motion, "carried": carried }),
				format!("motion {motion} is closed: {text}"),
			)
		}
	}
}

/// Who controls which member.
async fn controllers(view: &View) -> Result<BTreeMap<AccountId32, String>, Error> {
	let members = view.members().await?;
	let names = member::names(&members);
	let named = |id: MemberId| names.get(&id).cloned().unwrap_or_default();
	Ok(members.iter().map(|member| (member.controller, named(*member.member))).collect())
}

async fn list(context: &Context) -> Result<Output, Error> {
	let view = context.chain().await?.head().await?;
	let (motions, names) = (view.motions().await?, controllers(&view).await?);
	let seats = view.seats().await?;
	let name = |account: &AccountId32| names.get(account).cloned().unwrap_or_else(|| account.to_string());
	let list = |accounts: &[AccountId32]| accounts.iter().map(name).collect::<Vec<_>>();
	let document = |motion: &Motion| {
		json!({
			"motion": motion.index,
			"call": motion.call,
			"hash": hex::encode(motion.hash),
			"threshold": motion.threshold,
			"ayes": list(&motion.ayes),
			"nays": list(&motion.nays),
			"ends_with_block": motion.end,
		})
	};
	let rows = motions.iter().map(|motion| {
		[
			motion.index.to_string(),
			render::clean(&motion.call),
			format!("{} of {}", motion.ayes.len(), motion.threshold),
			render::clean(&list(&motion.ayes).join("\n")),
			render::clean(&list(&motion.nays).join("\n")),
			motion.end.to_string(),
		]
	});
	let table = render::table(["Motion", "Call", "Ayes", "For", "Against", "Until block"], rows);
	let documents: Vec<Value> = motions.iter().map(document).collect();
	let holders: Vec<String> = list(&seats);
	let json = json!({ "motions": documents, "seats": holders, "threshold": govern::threshold(seats.len()) });
	let seats = format!("{} seats; two thirds are {}", seats.len(), govern::threshold(seats.len()));
	match motions.is_empty() {
		true => Output::report(json, format!("no motion is open; {seats}")),
		false => Output::report(json, format!("{table}\n{seats}")),
	}
}

async fn propose(context: &Context, options: Propose) -> Result<Output, Error> {
	if let Propose::Admit { name, .. } = &options {
		govern::require_name(name)?;
	}
	let identity = context.identity()?;
	let chain = context.chain().await?;
	let view = chain.sealing_head().await?;
	let proposal = proposal(&view, options).await?;
	let (index, threshold) = govern::propose(&chain, &identity, &proposal).await?;
	let json = json!({ "motion": index, "threshold": threshold });
	match index {
		Some(index) => Output::report(
			json,
			format!(
				"motion {index} is up, with your aye; it takes {threshold}: `testudo govern vote {index} aye`, then `testudo govern close {index}`"
			),
		),
		None => Output::report(json, "carried by your aye alone, and its call is done"),
	}
}

async fn proposal(view: &View, options: Propose) -> Result<Proposal, Error> {
	let known = view.members().await?;
	let find = |selector: &str| member::find(&known, selector);
	Ok(match options {
		Propose::Admit { controller, name, encryption_key, former } => {
			require_unused(view, &controller).await?;
			Proposal::Admit {
				controller,
				name,
				encryption_key: encryption_key.map(|text| key(&text)).transpose()?,
				former: former.map(|selector| member::find_departed(&known, &selector)).transpose()?,
			}
		}
		Propose::Suspend { member } => Proposal::Suspend(find(&member)?),
		Propose::Reinstate { member } => Proposal::Reinstate(member::find_suspended(&known, &member)?),
		Propose::Expel { member } => Proposal::Expel(find(&member)?),
		Propose::ReplaceController { member, controller, encryption_key, stolen } => {
			require_unused(view, &controller).await?;
			let encryption_key = encryption_key.map(|text| key(&text)).transpose()?;
			Proposal::ReplaceController(find(&member)?, controller, encryption_key, stolen)
		}
		Propose::SetGroupOwner { group, member } => Proposal::SetGroupOwner(group, find(&member)?),
		Propose::Import { file, version } => Proposal::Import(attack::catalogue(&file, version)?),
		Propose::AbortImport { domain } => Proposal::AbortImport(domain.into()),
		Propose::Upgrade { code } => Proposal::Upgrade(Upgrade::of(&code)?),
		Propose::Policy(changes) => policy(view, &changes).await?,
		Propose::Rules(changes) => rules(view, &changes).await?,
		Propose::Rhythm { blocks_per_slot, session_slots } => rhythm(view, blocks_per_slot, session_slots).await?,
		Propose::Reward { amount: 0 } => return Err(Error::usage("a reward of 0 pays nobody", "name an amount")),
		Propose::Reward { amount } => Proposal::Reward(amount),
		Propose::Pay { account, amount } => Proposal::Pay(view.pot()?, account, amount),
		Propose::Drop { motion } => Proposal::Drop(view.motion_number(motion).await?.hash),
	})
}

/// A motion for an account that acts for somebody would fail only after the vote.
async fn require_unused(view: &View, account: &AccountId32) -> Result<(), Error> {
	match view.member_of(*account).await? {
		None => Ok(()),
		Some(acting) => Err(Error::usage(
			format!("{account} acts for member {} already, and an account acts for one member", acting.member),
			"name an account of a key pair of its own: `testudo keys new` makes one",
		)),
	}
}

/// The two calls of a policy are two motions.
async fn policy(view: &View, changes: &PolicyChanges) -> Result<Proposal, Error> {
	let info = view.group(GroupId(0)).await?;
	let (policy, quality) =
		(policies::changed(&info.policy, changes), policies::changed_quality(&info.quality, changes)?);
	match (policy == info.policy, quality == *info.quality) {
		(false, true) => Ok(Proposal::GroupPolicy(policy)),
		(true, false) => Ok(Proposal::GroupQuality(quality)),
		(true, true) => Err(Error::usage(
			"that changes nothing in the policy of group 0",
			"name what is to change, such as --ceiling green; see `testudo groups show 0`",
		)),
		(false, false) => Err(Error::usage(
			"--require and --warning-lists are a motion of their own",
			"propose them, and then the rest",
		)),
	}
}

async fn rules(view: &View, changes: &NewRules) -> Result<Proposal, Error> {
	let old = view.rules().await?;
	let Scale { judged_from, a, b, c, d } = *old.scale;
	let scale = Scale {
		judged_from: changes.judged_from.unwrap_or(judged_from),
		a: changes.a.unwrap_or(a),
		b: changes.b.unwrap_or(b),
		c: changes.c.unwrap_or(c),
		d: changes.d.unwrap_or(d),
	};
	let quorum = changes.quorum.unwrap_or(old.quorum);
	const ADVICE: &str = "see docs/reputation.md for what the numbers mean";
	scale.check().map_err(|e| Error::usage(e.to_string(), ADVICE))?;
	if !(2..=24).contains(&quorum) {
		return Err(Error::usage(format!("a quorum of {quorum} is not 2 to 24 members"), ADVICE));
	}
	if (scale, quorum) == (*old.scale, old.quorum) {
		return Err(Error::usage("that changes no rule", "name what is to change, such as --quorum 3"));
	}
	Ok(Proposal::Rules(scale, quorum))
}

async fn rhythm(view: &View, blocks_per_slot: Option<u8>, session_slots: Option<u16>) -> Result<Proposal, Error> {
	let old = view.rhythm().await?;
	let new = Rhythm {
		blocks_per_slot: blocks_per_slot.unwrap_or(old.blocks_per_slot),
		session_slots: session_slots.unwrap_or(old.session_slots),
	};
	match (new.is_possible(), new == old) {
		(true, false) => Ok(Proposal::Rhythm(new)),
		(true, true) => Err(Error::usage(
			format!(
				"{} blocks in a slot and {} slots in a session are so already",
				old.blocks_per_slot, old.session_slots
			),
			"name what is to change, such as --blocks-per-slot 12",
		)),
		(false, _) => Err(Error::usage(
			format!(
				"{} blocks in a slot and {} slots in a session are not possible",
				new.blocks_per_slot, new.session_slots
			),
			"a slot has 1, 2, 3, 4, 6 or 12 blocks, and a session 4 slots at least",
		)),
	}
}

/// An X-Wing public key in hexadecimal, or in the file after `@`.
fn key(text: &str) -> Result<Vec<u8>, Error> {
	let text = match text.strip_prefix('@') {
		Some(path) => fs::read_to_string(path).map_err(|e| Error::input(path, e, "name the file with the key"))?,
		None => text.to_string(),
	};
	let key = hex::decode(text.trim().trim_start_matches("0x")).ok();
	let key = key.and_then(|key| cti_envelope::PublicKey::try_from(key.as_slice()).ok());
	match key.filter(cti_envelope::is_valid_public_key) {
		Some(key) => Ok(key.to_vec()),
		None => Err(Error::usage(
			"this is no X-Wing public key of 1,216 bytes in hexadecimal",
			"the member prints its own with `testudo --json keys show`, as encryption_key",
		)),
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use cti_envelope::development::member_seed;

	#[test]
	fn keys_should_be_taken_from_text_and_files_and_nothing_else() {
		let good = member_seed("eve").public_key();
		let text = hex::encode(good);
		assert_eq!(key(&text).unwrap(), good);
		assert_eq!(key(&format!("0x{text}")).unwrap(), good);
		let folder = tempfile::tempdir().unwrap();
		let file = folder.path().join("key");
		fs::write(&file, format!("{text}\n")).unwrap();
		assert_eq!(key(&format!("@{}", file.display())).unwrap(), good);
		for bad in ["", "00", &text[2..], &"ff".repeat(1216), "@/nonexistent"] {
			assert!(key(bad).is_err(), "{bad:.20}");
		}
	}
}
