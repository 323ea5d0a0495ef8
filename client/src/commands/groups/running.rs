//! Running a group: its owner, its deputies, and who is in a hidden one.

use super::make_epoch;
use crate::{
	chain::{types::Roster, Chain},
	cli::SetPolicy,
	commands::{Context, Output},
	error::Error,
	groups::hidden_roster,
	identity::Identity,
	member, policies, render,
	rosters::Keyed,
};
use cti_primitives::{GroupId, MemberId};
use serde_json::json;
use std::collections::BTreeSet;
use subxt::{dynamic::tx, utils::Static};

/// Who is in a hidden group, as the command line says; who runs the command always is.
pub async fn named_roster(
	chain: &Chain,
	identity: &Identity,
	group: GroupId,
	selectors: &[String],
) -> Result<Keyed, Error> {
	let view = chain.sealing_head().await?;
	let info = view.group(group).await?;
	if info.roster != Roster::Hidden {
		return Err(Error::usage(
			format!("the members of group {group} are on chain"),
			"leave --member out: every member of the group gets the new epoch",
		));
	}
	let known = view.members().await?;
	let mut members =
		selectors.iter().map(|selector| member::find(&known, selector)).collect::<Result<BTreeSet<_>, _>>()?;
	for member in &members {
		member::require_active(&view, *member, "Membership.rekey").await?;
	}
	members.insert(member::acting(&view, identity).await?.member);
	Ok(Keyed { epoch: *info.epoch, members })
}

/// Adds members to a hidden group, with one rekey for all of them.
pub async fn add_hidden(
	context: &Context,
	chain: &Chain,
	identity: &Identity,
	group: GroupId,
	members: BTreeSet<MemberId>,
) -> Result<Output, Error> {
	let view = chain.sealing_head().await?;
	for member in &members {
		member::require_active(&view, *member, "Membership.rekey").await?;
	}
	let added = |roster: &mut BTreeSet<MemberId>| {
		let before = roster.len();
		roster.extend(members);
		roster.len() > before
	};
	change_hidden(context, chain, identity, group, added).await
}

/// Changes who is in a hidden group, and keys it to them.
pub async fn change_hidden(
	context: &Context,
	chain: &Chain,
	identity: &Identity,
	group: GroupId,
	change: impl FnOnce(&mut BTreeSet<MemberId>) -> bool,
) -> Result<Output, Error> {
	let view = chain.sealing_head().await?;
	let own = member::acting(&view, identity).await?.member;
	let info = view.group(group).await?;
	let epoch = *info.epoch;
	let mut members = hidden_roster(&view, &context.rosters()?, &info).await?;
	if !change(&mut members) {
		return Err(Error::usage(
			format!("that changes nothing: group {group} is keyed to {}", super::list_of(&members)),
			"see `testudo groups show`",
		));
	}
	if !members.contains(&own) {
		return Err(Error::usage(
			"who keys a hidden group is in it",
			"let the consortium give it another owner: `testudo govern propose set-group-owner`",
		));
	}
	let (epoch, count) = make_epoch(context, chain, identity, (group, Some(Keyed { epoch, members })), false).await?;
	let text = format!("group {group} is at epoch {epoch}, keyed to {}", render::count(count as u64, "member"));
	Output::report(json!({ "group": group, "epoch": epoch, "members": count }), text)
}

pub async fn deputies(context: &Context, group: GroupId, selectors: &[String]) -> Result<Output, Error> {
	let identity = context.identity()?;
	let chain = context.chain().await?;
	let known = chain.sealing_head().await?.members().await?;
	let deputies =
		selectors.iter().map(|selector| member::find(&known, selector)).collect::<Result<BTreeSet<_>, _>>()?;
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

/// Only what is named changes; the calls take the whole policy, and all that is asked of objects.
pub async fn set_policy(context: &Context, options: &SetPolicy) -> Result<Output, Error> {
	let identity = context.identity()?;
	let chain = context.chain().await?;
	let SetPolicy { group, changes } = options;
	let info = chain.sealing_head().await?.group(*group).await?;
	if info.roster == Roster::Everyone {
		return Err(Error::usage(
			format!("the policy of group {group} is the consortium's"),
			"it is set by vote: `testudo govern propose policy`",
		));
	}
	let policy = policies::changed(&info.policy, changes);
	let quality = policies::changed_quality(&info.quality, changes)?;
	let (is_same, asks_same) = (policy == info.policy, quality == *info.quality);
	if is_same && asks_same {
		return Err(Error::usage(
			format!("that changes nothing in the policy of group {group}"),
			"name what is to change, such as --ceiling green or --history true; see `testudo groups show`",
		));
	}
	let json = json!({ "group": group, "policy": policies::document(&policy, &quality) });
	if !is_same {
		chain.execute(&identity.account, tx("Membership", "set_group_policy", (Static(*group), policy))).await?;
	}
	if !asks_same {
		let call = tx("Membership", "set_group_quality", (Static(*group), policies::quality_value(&quality)));
		chain.execute(&identity.account, call).await?;
	}
	Output::report(json, format!("group {group} has another policy, for what is published from now on"))
}
