//! `testudo groups`

mod running;

use super::{Context, Output};
use crate::{
	chain::{
		types::{GroupCreated, GroupInfo, GroupPolicy, Roster},
		Chain,
	},
	cli::{CreateGroup, Groups},
	error::Error,
	groups::{self, held_secret, hidden_roster, keys_of, new_epoch, rekey_call, require_link, roster_keys, MemberKey},
	identity::Identity,
	member, policies, render,
	rosters::Keyed,
};
use cti_primitives::{Epoch, GroupId, MemberId, Quality};
use cti_scoring::Millionths;
use serde_json::{json, Value};
use std::{collections::BTreeSet, fmt::Display};
use subxt::utils::Static;

pub async fn run(context: &Context, command: Groups) -> Result<Output, Error> {
	match command {
		Groups::List => list(context).await,
		Groups::Show { group } => show(context, group).await,
		Groups::Create(options) => create(context, options).await,
		Groups::Add { group, members } => add(context, group, &members).await,
		Groups::Remove { group, member } => remove(context, group, &member).await,
		Groups::Welcome { group, member, epoch } => welcome(context, group, &member, epoch).await,
		Groups::Rekey { group, without_history, members } => rekey(context, group, without_history, &members).await,
		Groups::Policy(options) => running::set_policy(context, &options).await,
		Groups::Deputies { group, members } => running::deputies(context, group, &members).await,
		Groups::ReportBadWrap { group } => running::report_bad_wrap(context, group).await,
	}
}

fn document(group: &GroupInfo) -> Value {
	json!({
		"group": *group.group,
		"name": group.name,
		"owner": group.owner.as_ref().map(|owner| **owner),
		"members": group.members,
		"epoch": *group.epoch,
		"stale": group.stale,
		"hidden": group.roster == Roster::Hidden,
		"deputies": group.deputies.iter().map(|deputy| **deputy).collect::<Vec<_>>(),
		"policy": policies::document(&group.policy, &group.quality),
	})
}

fn state(group: &GroupInfo) -> String {
	match (group.stale, group.keyed_version) {
		(true, 0) => "never keyed".into(),
		(true, _) => format!("epoch {}, awaits a rekey", *group.epoch),
		(false, _) => format!("epoch {}", *group.epoch),
	}
}

fn members_of(group: &GroupInfo) -> String {
	match group.roster {
		Roster::Hidden => "hidden".into(),
		Roster::Everyone | Roster::Open => group.members.to_string(),
	}
}

async fn list(context: &Context) -> Result<Output, Error> {
	let view = context.chain().await?.head().await?;
	let names = member::names(&view.members().await?);
	let groups = view.groups().await?;
	let rows = groups.iter().map(|group| {
		let owner = group.owner.as_ref().map(|owner| names.get(&**owner).cloned().unwrap_or(owner.to_string()));
		[
			group.group.to_string(),
			render::clean(&group.name),
			render::clean(&owner.unwrap_or("the consortium".into())),
			members_of(group),
			state(group),
			format!("up to {}", group.policy.ceiling.name()),
		]
	});
	let text = render::table(["Group", "Name", "Owner", "Members", "Key", "Markings"], rows);
	Output::report(json!({ "groups": groups.iter().map(document).collect::<Vec<_>>() }), text)
}

async fn show(context: &Context, group: GroupId) -> Result<Output, Error> {
	let view = context.chain().await?.head().await?;
	let info = view.group(group).await?;
	let names = member::names(&view.members().await?);
	let roster: Vec<MemberId> = view.roster(group).await?.iter().map(|entry| *entry.member).collect();
	let name_of = |member: &MemberId| names.get(member).cloned().unwrap_or_default();
	let listed: Vec<String> =
		roster.iter().map(|member| format!("{member} {}", render::clean(&name_of(member)))).collect();
	let yes = |flag: bool| String::from(if flag { "yes" } else { "no" });
	let shown = render::fields([
		("Group", format!("{group} {}", render::clean(&info.name))),
		("Owner", info.owner.as_ref().map_or("the consortium".into(), |owner| render::clean(&name_of(owner)))),
		("Key", state(&info)),
		("Markings", format!("up to {}", info.policy.ceiling.name())),
		("Techniques required", yes(info.policy.techniques_required)),
		("AMBER to clients", yes(info.policy.pass_on_to_clients)),
		("History for new members", yes(info.policy.history)),
		("Drop box", yes(info.policy.drop_box)),
		("Reliability of publishers", at_least(info.policy.min_reliability.as_deref())),
		("Reciprocity of newcomers", at_least(info.policy.min_reciprocity.map(Millionths).as_ref())),
		("Asked of objects", asked(&info.quality)),
		("Members", if info.roster == Roster::Hidden { own_roster(context, &info) } else { listed.join("\n") }),
	]);
	let mut json = document(&info);
	json["roster"] = roster.iter().map(|member| json!({ "member": member, "name": name_of(member) })).collect();
	Output::report(json, shown)
}

fn at_least(least: Option<&impl Display>) -> String {
	least.map_or("any".into(), |least| format!("at least {least}"))
}

fn asked(quality: &Quality) -> String {
	let lists = quality.warning_lists.then(|| "no value on a warning list".to_string());
	let asked: Vec<String> = policies::required(quality).into_iter().chain(lists).collect();
	if asked.is_empty() {
		"nothing".into()
	} else {
		asked.join("\n")
	}
}

/// What this store knows of a hidden group's members.
fn own_roster(context: &Context, info: &GroupInfo) -> String {
	let known = context.rosters().ok().and_then(|rosters| rosters.of(*info.group).cloned());
	match known {
		Some(Keyed { epoch, members }) if epoch == *info.epoch => {
			format!("hidden; you keyed it to {}", list_of(&members))
		}
		Some(Keyed { epoch, members }) => {
			format!("hidden; at epoch {epoch} you keyed it to {}, and somebody else keyed it since", list_of(&members))
		}
		None => "hidden".into(),
	}
}

fn list_of(members: &BTreeSet<MemberId>) -> String {
	members.iter().map(MemberId::to_string).collect::<Vec<_>>().join(", ")
}

async fn create(context: &Context, options: CreateGroup) -> Result<Output, Error> {
	super::require_name(&options.name)?;
	let identity = context.identity()?;
	let chain = context.chain().await?;
	// Before the group is there: the node must be one to seal its first epoch by.
	let own = member::require_controller(&chain.sealing_head().await?, &identity, "create groups").await?;
	let CreateGroup { name, ceiling, techniques_required, pass_on_to_clients, history, drop_box, hidden } = options;
	let ceiling = Static(ceiling);
	let (min_reliability, min_reciprocity) = (None, None);
	let policy = GroupPolicy {
		ceiling,
		techniques_required,
		pass_on_to_clients,
		history,
		drop_box,
		min_reliability,
		min_reciprocity,
	};
	let visibility = subxt::dynamic::Value::unnamed_variant(if hidden { "Hidden" } else { "Open" }, []);
	let call = subxt::dynamic::tx("Membership", "create_group", (Static(name.into_bytes()), policy, visibility));
	let events = chain.execute(&identity.account, call).await?;
	let created: Option<GroupCreated> = events.first("Membership", "GroupCreated")?;
	let group = *created.ok_or_else(|| Error::node("creating a group", "the chain says nothing of it"))?.group;
	let roster = match hidden {
		true => Some(Keyed { epoch: Epoch(0), members: [own].into() }),
		false => None,
	};
	let (epoch, members) = make_epoch(context, &chain, &identity, (group, roster), false).await?;
	let json = json!({ "group": group, "epoch": epoch, "members": members });
	// One by one they could be counted: every rekey is there for all to see.
	let together = if hidden { ", all of them at once" } else { "" };
	Output::report(
		json,
		format!("created group {group}; add members with `testudo groups add {group} MEMBER…`{together}"),
	)
}

async fn add(context: &Context, group: GroupId, selectors: &[String]) -> Result<Output, Error> {
	let identity = context.identity()?;
	let chain = context.chain().await?;
	let view = chain.sealing_head().await?;
	member::require_controller(&view, &identity, "add to groups").await?;
	let known = view.members().await?;
	let members: BTreeSet<MemberId> =
		selectors.iter().map(|selector| member::find(&known, selector)).collect::<Result<_, _>>()?;
	if view.group(group).await?.roster == Roster::Hidden {
		return running::add_hidden(context, &chain, &identity, group, members).await;
	}
	let (mut said, mut welcomed) = (Vec::new(), Vec::new());
	for member in &members {
		let call = subxt::dynamic::tx("Membership", "add_to_group", (Static(group), Static(*member)));
		chain.execute(&identity.account, call).await?;
		let is_welcomed = welcome_added(context, &chain, &identity, group, *member).await?;
		said.push(match is_welcomed {
			true => format!("added member {member} to group {group} and handed it the newest epoch's secret"),
			false => format!("added member {member} to group {group}; it can read from the next rekey on: `testudo groups rekey {group}`"),
		});
		welcomed.push(is_welcomed);
	}
	let all = welcomed.iter().all(|is_welcomed| *is_welcomed);
	Output::report(json!({ "group": group, "members": members, "welcomed": all }), said.join("\n"))
}

/// Hands the newest secret to a member that was added, if this member has it.
async fn welcome_added(
	context: &Context,
	chain: &Chain,
	identity: &Identity,
	group: GroupId,
	member: MemberId,
) -> Result<bool, Error> {
	match hand_over(context, chain, identity, (group, None), member).await {
		Ok(_) => Ok(true),
		Err(Error::NotFound { .. }) => Ok(false),
		// It is in the group already: its secret is what is missing.
		Err(failure) => {
			eprintln!("member {member} is in group {group}; hand it the secret with `testudo groups welcome {group} {member}`");
			Err(failure)
		}
	}
}

async fn welcome(context: &Context, group: GroupId, selector: &str, epoch: Option<Epoch>) -> Result<Output, Error> {
	let identity = context.identity()?;
	let chain = context.chain().await?;
	let member = member::find(&chain.sealing_head().await?.members().await?, selector)?;
	let epoch = hand_over(context, &chain, &identity, (group, epoch), member).await?;
	let text = format!("handed member {member} the secret of group {group} at epoch {epoch}");
	Output::report(json!({ "group": group, "member": member, "epoch": epoch, "welcomed": true }), text)
}

/// Gives a member an epoch's secret, the newest's where none is named; says which. Not found is what this member has
/// not to give, or the other no key to take.
async fn hand_over(
	context: &Context,
	chain: &Chain,
	identity: &Identity,
	(group, epoch): (GroupId, Option<Epoch>),
	member: MemberId,
) -> Result<Epoch, Error> {
	let view = chain.sealing_head().await?;
	let info = view.group(group).await?;
	let epoch = epoch.unwrap_or(*info.epoch);
	if info.stale {
		return Err(Error::not_found(
			format!("group {group} awaits a rekey: it has no secret to hand over"),
			format!("rekey it with `testudo groups rekey {group}`: that hands its new secret to every member"),
		));
	}
	if info.roster != Roster::Hidden && !view.roster(group).await?.iter().any(|entry| *entry.member == member) {
		return Err(Error::not_found(
			format!("member {member} is no active member of group {group}"),
			"add it first: `testudo groups add`",
		));
	}
	let key = view.encryption_key(member).await?.ok_or_else(|| {
		Error::not_found(
			format!("member {member} has no encryption key to hand a secret to"),
			"the member registers one with `testudo keys register`",
		)
	})?;
	let keyring = context.keyring(chain, identity).await?;
	let wrap = groups::welcome(&view, &keyring, (group, epoch), &MemberKey { member, key }).await?;
	let wrap = wrap.ok_or_else(|| {
		Error::not_found(
			format!("you do not hold the secret of group {group} at epoch {epoch}"),
			"run `testudo sync` in case you were welcomed, or let a member hand it over that holds it",
		)
	})?;
	let arguments = (Static(group), Static(epoch), Static(member), Static(wrap));
	chain.execute(&identity.account, subxt::dynamic::tx("Membership", "welcome", arguments)).await?;
	Ok(epoch)
}

async fn remove(context: &Context, group: GroupId, selector: &str) -> Result<Output, Error> {
	let identity = context.identity()?;
	let chain = context.chain().await?;
	let view = chain.sealing_head().await?;
	let member = member::find(&view.members().await?, selector)?;
	if view.group(group).await?.roster == Roster::Hidden {
		return running::change_hidden(context, &chain, &identity, group, |roster| roster.remove(&member)).await;
	}
	let call = subxt::dynamic::tx("Membership", "remove_from_group", (Static(group), Static(member)));
	chain.execute(&identity.account, call).await?;
	let text =
		format!("removed member {member} from group {group}, which awaits a rekey: `testudo groups rekey {group}`");
	Output::report(json!({ "group": group, "member": member }), text)
}

async fn rekey(
	context: &Context,
	group: GroupId,
	without_history: bool,
	selectors: &[String],
) -> Result<Output, Error> {
	let identity = context.identity()?;
	let chain = context.chain().await?;
	let roster = match selectors {
		[] => None,
		_ => Some(running::named_roster(&chain, &identity, group, selectors).await?),
	};
	let (epoch, members) = make_epoch(context, &chain, &identity, (group, roster), without_history).await?;
	let text = format!("group {group} is at epoch {epoch}, keyed to {}", render::count(members as u64, "member"));
	Output::report(json!({ "group": group, "epoch": epoch, "members": members }), text)
}

/// Rekeys a group; gives its new epoch and the number of its members. A hidden group is keyed to `roster`, made for its
/// newest epoch, or to whom that one was keyed from here.
async fn make_epoch(
	context: &Context,
	chain: &Chain,
	identity: &Identity,
	(group, roster): (GroupId, Option<Keyed>),
	without_history: bool,
) -> Result<(Epoch, usize), Error> {
	let view = chain.sealing_head().await?;
	let info = view.group(group).await?;
	let members = match (info.roster, roster) {
		(Roster::Hidden, Some(roster)) if roster.epoch == *info.epoch => keys_of(&view, &roster.members).await?,
		(Roster::Hidden, Some(_)) => {
			return Err(Error::node(format!("rekeying group {group}"), "somebody else rekeyed it at the same time"));
		}
		(Roster::Hidden, None) => keys_of(&view, &hidden_roster(&view, &context.rosters()?, &info).await?).await?,
		(Roster::Everyone | Roster::Open, _) => roster_keys(&view, group).await?,
	};
	// What is keyed must be written down: whether it can be is known before.
	let mut rosters = context.rosters()?;
	let previous = match info.keyed_version {
		0 => None,
		_ => held_secret(&view, &context.keyring(chain, identity).await?, (group, *info.epoch)).await?,
	};
	require_link(&identity.name, &info, previous.as_deref(), without_history)?;
	let made = new_epoch(&chain.genesis(), &info, &members, previous.as_deref(), crate::entropy()?)?;
	let epoch = Epoch(made.expected.0 + 1);
	let keyed: BTreeSet<MemberId> = members.iter().map(|one| one.member).collect();
	if info.roster == Roster::Hidden {
		rosters.prepare(group, Keyed { epoch, members: keyed.clone() }, made.auth)?;
	}
	chain.execute(&identity.account, rekey_call(group, made)).await?;
	if info.roster == Roster::Hidden {
		rosters.set(group, epoch, keyed)?;
	}
	Ok((epoch, members.len()))
}
