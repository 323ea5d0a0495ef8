//! Running a group: its owner, its deputies, and who is in a hidden one.

use super::make_epoch;
use crate::{
	chain::{types::Roster, Chain},
	commands::{Context, Output},
	error::Error,
	identity::Identity,
	member, render,
};
use cti_primitives::{GroupId, MemberId};
use serde_json::json;
use std::collections::BTreeSet;
use subxt::{dynamic::tx, utils::Static};

/// Who is in a hidden group, as this store knows.
pub fn known_roster(context: &Context, group: GroupId) -> Result<BTreeSet<MemberId>, Error> {
	let known = context.rosters()?.of(group).cloned();
	known.ok_or_else(|| {
		Error::not_found(
			format!("this store does not know who is in the hidden group {group}"),
			format!("say who: `testudo groups rekey {group} --member A --member B`; take the owner's own list"),
		)
	})
}

/// Remembers who is in a hidden group; who runs the command always is.
pub async fn set_roster(
	context: &Context,
	chain: &Chain,
	identity: &Identity,
	group: GroupId,
	selectors: &[String],
) -> Result<(), Error> {
	let view = chain.head().await?;
	if view.group(group).await?.roster != Roster::Hidden {
		return Err(Error::usage(
			format!("the members of group {group} are on chain"),
			"leave --member out: every member of the group gets the new epoch",
		));
	}
	let names = member::names(&view.members().await?);
	let mut members =
		selectors.iter().map(|selector| member::find(&names, selector)).collect::<Result<BTreeSet<_>, _>>()?;
	members.insert(member::acting(&view, identity).await?.member);
	context.rosters()?.set(group, members)
}

/// Changes who is in a hidden group, and keys it to them.
pub async fn change_hidden(
	context: &Context,
	chain: &Chain,
	identity: &Identity,
	group: GroupId,
	change: impl FnOnce(&mut BTreeSet<MemberId>) -> bool,
) -> Result<Output, Error> {
	let own = member::acting(&chain.head().await?, identity).await?.member;
	let before = known_roster(context, group)?;
	let mut members = before.clone();
	if !change(&mut members) {
		return Err(Error::usage(
			format!("that changes nothing: group {group} is keyed to {}", super::list_of(&before)),
			"see `testudo groups show`",
		));
	}
	if !members.contains(&own) {
		return Err(Error::usage(
			"who keys a hidden group is in it",
			"give it another owner with `testudo groups owner`",
		));
	}
	context.rosters()?.set(group, members)?;
	let keyed = make_epoch(context, chain, identity, group, false).await;
	if keyed.is_err() {
		// What is not keyed so is not so.
		context.rosters()?.set(group, before)?;
	}
	let (epoch, count) = keyed?;
	let text = format!("group {group} is at epoch {epoch}, keyed to {}", render::count(count as u64, "member"));
	Output::report(json!({ "group": group, "epoch": epoch, "members": count }), text)
}

pub async fn deputies(context: &Context, group: GroupId, selectors: &[String]) -> Result<Output, Error> {
	let identity = context.identity()?;
	let chain = context.chain().await?;
	let names = member::names(&chain.head().await?.members().await?);
	let deputies =
		selectors.iter().map(|selector| member::find(&names, selector)).collect::<Result<BTreeSet<_>, _>>()?;
	let list: Vec<MemberId> = deputies.iter().copied().collect();
	chain.execute(&identity.account, tx("Membership", "set_deputies", (Static(group), Static(list.clone())))).await?;
	let text = match list.is_empty() {
		true => format!("group {group} has no deputies"),
		false => {
			format!("members {} rekey group {group} beside you; tell them who is in it", super::list_of(&deputies))
		}
	};
	Output::report(json!({ "group": group, "deputies": list }), text)
}

pub async fn owner(context: &Context, group: GroupId, selector: &str) -> Result<Output, Error> {
	let identity = context.identity()?;
	let chain = context.chain().await?;
	let member = member::find(&member::names(&chain.head().await?.members().await?), selector)?;
	chain.execute(&identity.account, tx("Membership", "set_group_owner", (Static(group), Static(member)))).await?;
	Output::report(json!({ "group": group, "owner": member }), format!("group {group} is run by member {member} now"))
}

pub async fn report_bad_wrap(context: &Context, group: GroupId) -> Result<Output, Error> {
	let identity = context.identity()?;
	let chain = context.chain().await?;
	let epoch = *chain.head().await?.group(group).await?.epoch;
	let call = tx("Membership", "report_bad_wrap", (Static(group), Static(epoch)));
	chain.execute(&identity.account, call).await?;
	let text = format!(
		"reported that your wrap of group {group} at epoch {epoch} does not open: who holds the secret answers with a \
		 welcome; after 50 blocks without an answer you may rekey"
	);
	Output::report(json!({ "group": group, "epoch": epoch }), text)
}
