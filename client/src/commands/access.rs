//! `testudo request`, `grant`, `decline`, `requests` and `audit`

use super::{Context, Output};
use crate::{
	audit::{self, Audit, Entry, What},
	chain::View,
	cli::{Decline, Grant},
	error::Error,
	grants,
	identity::Identity,
	member, render,
	sync::Fetcher,
};
use cti_primitives::{AuthorId, MemberId, RecordId};
use serde_json::json;
use std::{
	collections::{BTreeMap, BTreeSet},
	io::{IsTerminal, Write},
};
use subxt::{dynamic::tx, utils::Static};

pub async fn request(context: &Context, record: RecordId) -> Result<Output, Error> {
	let identity = context.identity()?;
	let chain = context.chain().await?;
	chain.execute(&identity.account, tx("ThreatRegistry", "request_access", (Static(record),))).await?;
	let text = format!("asked the author for record {record}; `testudo sync` opens it once it is granted");
	Output::report(json!({ "record": record.to_string(), "requested": true }), text)
}

pub async fn decline(context: &Context, options: &Decline) -> Result<Output, Error> {
	let identity = context.identity()?;
	let chain = context.chain().await?;
	let view = chain.head().await?;
	let member = member::find(&member::names(&view.members().await?), &options.member)?;
	own_record(&view, &identity, options.record).await?;
	let call = tx("ThreatRegistry", "decline", (options.record.n, Static(member)));
	chain.execute(&identity.account, call).await?;
	let text = format!("declined: member {member} does not get record {}", options.record);
	Output::report(json!({ "record": options.record.to_string(), "member": member, "declined": true }), text)
}

/// Only the author grants and declines; the number in the call is among its own.
async fn own_record(view: &View, identity: &Identity, record: RecordId) -> Result<(), Error> {
	view.record(record).await?;
	let author = member::acting(view, identity).await?.member;
	match record.author == AuthorId::from(author) {
		true => Ok(()),
		false => Err(Error::Identity {
			name: identity.name.clone(),
			reason: format!("record {record} is not by member {author}"),
			advice: "only its author grants or declines access to a record: use the author's --identity".into(),
		}),
	}
}

pub async fn grant(context: &Context, options: &Grant) -> Result<Output, Error> {
	let identity = context.identity()?;
	let chain = context.chain().await?;
	let view = chain.head().await?;
	own_record(&view, &identity, options.record).await?;
	let names = member::names(&view.members().await?);
	let found = |selectors: &[String]| -> Result<Vec<MemberId>, Error> {
		selectors.iter().map(|selector| member::find(&names, selector)).collect()
	};
	let (members, analysts_of) = (found(&options.to)?, found(&options.to_analysts)?);
	let keys = grants::keys(&view, &members, &analysts_of).await?;
	let fetcher = Fetcher::new(chain.clone(), context.keyring(&chain, &identity).await?);
	grants::give(&chain, &fetcher, &identity.account, options.record, &keys, options.hidden).await?;
	let members = members.iter().map(|member| format!("member {member}"));
	let analysts = analysts_of.iter().map(|member| format!("the analysts of member {member}"));
	let list = members.chain(analysts).collect::<Vec<_>>().join(", ");
	let text = format!("granted record {} to {list}: that cannot be taken back", options.record);
	let granted: Vec<_> = keys.iter().map(|(owner, _)| owner).collect();
	Output::report(json!({ "record": options.record.to_string(), "granted": granted, "named": !options.hidden }), text)
}

/// Who asks for a record, or for any of one's own.
pub async fn requests(context: &Context, record: Option<RecordId>) -> Result<Output, Error> {
	let view = context.chain().await?.head().await?;
	let names = member::names(&view.members().await?);
	let asked: BTreeSet<RecordId> = match record {
		Some(record) => [record].into(),
		None => {
			let own = member::acting(&view, &context.identity()?).await?.member;
			view.requests_to(own).await?.into_iter().map(|(record, _)| record).collect()
		}
	};
	let name = |id: &MemberId| names.get(id).cloned().unwrap_or_default();
	let (mut documents, mut rows) = (Vec::new(), Vec::new());
	for record in asked {
		for (id, since) in view.requests(record).await? {
			let record = record.to_string();
			documents.push(json!({ "record": record, "member": id, "name": name(&id), "since": since }));
			rows.push([record, id.to_string(), render::clean(&name(&id)), crate::time::readable(since)]);
		}
	}
	let table = render::table(["Record", "Member", "Name", "Since (UTC)"], rows);
	Output::report(json!({ "requests": documents }), table)
}

pub async fn audit(context: &Context, record: RecordId) -> Result<Output, Error> {
	let chain = context.chain().await?;
	let shown = std::io::stderr().is_terminal();
	let found = audit::audit(&chain, record, |block, head| {
		if shown && block.is_multiple_of(64) {
			eprint!("\rblock {block} of {head} ");
			let _ = std::io::stderr().flush();
		}
	});
	let found = found.await?;
	if shown {
		eprint!("\r\x1b[K");
	}
	let names = member::names(&chain.head().await?.members().await?);
	Output::report(json!(found), text(record, &found, &names))
}

fn text(record: RecordId, found: &Audit, names: &BTreeMap<MemberId, String>) -> String {
	let name = |id: &MemberId| format!("{id} {}", render::clean(names.get(id).map_or("", String::as_str)));
	let list = |ids: &[MemberId]| ids.iter().map(name).collect::<Vec<_>>().join(", ");
	let rows = found.trail.iter().map(|Entry { block, what }| {
		let what = match what {
			What::Published => "published".into(),
			What::Keyed { group, epoch, members: Some(members) } => {
				format!("group {group} at epoch {epoch} was keyed to {}", list(members))
			}
			What::Keyed { group, epoch, members: None } => {
				format!("group {group} at epoch {epoch} was keyed; its roster is hidden")
			}
			What::Welcomed { group, epoch, member, by } => {
				format!("{} was handed the secret of group {group} at epoch {epoch} by {}", name(member), name(by))
			}
			What::Granted { to, hidden } => {
				let mut readers: Vec<String> = to
					.iter()
					.map(|owner| owner.member().map_or(format!("analyst's key {owner}"), |member| name(&member)))
					.collect();
				if *hidden > 0 {
					readers.push(format!("{hidden} not named"));
				}
				format!("granted to {}", readers.join(", "))
			}
			What::Requested { by } => format!("{} asked for it", name(by)),
			What::Declined { member } => format!("declined to {}", name(member)),
			What::Withdrawn => "withdrawn".into(),
			What::Acknowledged { by } => format!("{} says that it deleted it", name(by)),
		};
		[block.to_string(), what]
	});
	let mut lines = vec![render::table(["Block", "What"], rows)];
	let readers: Vec<MemberId> = found.readers.keys().copied().collect();
	lines.push(format!("record {record} was given to: {}", list(&readers)));
	if found.unnamed > 0 {
		lines.push(format!("and to at most {} keys that are not named", found.unnamed));
	}
	if !found.hidden_groups.is_empty() {
		let groups: Vec<String> = found.hidden_groups.iter().map(ToString::to_string).collect();
		lines.push(format!("and to the members of the hidden groups {}, whom their owners know", groups.join(", ")));
	}
	if !found.pending.is_empty() {
		lines.push(format!("withdrawn; not acknowledged by: {}", list(&found.pending)));
	}
	lines.join("\n")
}
