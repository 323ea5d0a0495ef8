//! `testudo request`, `grant`, `decline`, `requests`, `withdraw` and `audit`

use super::{Context, Output};
use crate::{
	audit::{self, Audit, What},
	chain::View,
	cli::{Decline, Grant, Withdraw},
	error::Error,
	grants,
	identity::Identity,
	member, render,
	sync::Fetcher,
};
use cti_primitives::{AuthorId, KeyOwnerId, MemberId, RecordId};
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
	let member = member::find(&view.members().await?, &options.member)?;
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
	let view = chain.sealing_head().await?;
	own_record(&view, &identity, options.record).await?;
	let known = view.members().await?;
	let found = |selectors: &[String]| -> Result<Vec<MemberId>, Error> {
		selectors.iter().map(|selector| member::find(&known, selector)).collect()
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

pub async fn withdraw(context: &Context, options: &Withdraw) -> Result<Output, Error> {
	let identity = context.identity()?;
	let chain = context.chain().await?;
	let view = chain.head().await?;
	let record = options.record;
	view.record(record).await?;
	let author = member::acting(&view, &identity).await?.member;
	if record.author != AuthorId::from(author) {
		return Err(Error::Identity {
			name: identity.name,
			reason: format!("record {record} is not by member {author}"),
			advice: "only its author withdraws a record: use the author's --identity".into(),
		});
	}
	let call = tx("ThreatRegistry", "withdraw", (record.n, options.reason));
	chain.execute(&identity.account, call).await?;
	Output::report(
		json!({ "record": record.to_string(), "withdrawn": true }),
		format!("withdrew record {record}: members' clients delete its content when they next sync"),
	)
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
	let members = member::names(&chain.head().await?.members().await?);
	let analysts = found.analysts.iter().filter_map(|analyst| Some((analyst.key, analyst.member?))).collect();
	Output::report(json!(found), text(record, &found, &Names { members, analysts }))
}

/// How people call members and the keys of their analysts.
struct Names {
	members: BTreeMap<MemberId, String>,
	analysts: BTreeMap<KeyOwnerId, MemberId>,
}

impl Names {
	fn member(&self, id: MemberId) -> String {
		format!("{id} {}", render::clean(self.members.get(&id).map_or("", String::as_str)))
	}

	fn members(&self, ids: &[MemberId]) -> String {
		ids.iter().map(|id| self.member(*id)).collect::<Vec<_>>().join(", ")
	}

	fn key(&self, owner: KeyOwnerId) -> String {
		match (owner.member(), self.analysts.get(&owner)) {
			(Some(member), _) => self.member(member),
			(None, Some(member)) => format!("an analyst of {} (key {owner})", self.member(*member)),
			(None, None) => format!("analyst's key {owner}, whose member is not known any more"),
		}
	}
}

/// What happened, and who did it.
fn said(what: &What, names: &Names) -> String {
	match what {
		What::Published { by } => {
			let by = by.member().map_or(format!("author {by}"), |member| names.member(member));
			format!("published by {by}")
		}
		What::Keyed { group, epoch, members, by } => {
			let by = by.map_or(String::new(), |by| format!(" by {}", names.member(by)));
			match members {
				Some(members) => format!("group {group} at epoch {epoch} was keyed{by} to {}", names.members(members)),
				None => format!("group {group} at epoch {epoch} was keyed{by}; its roster is hidden"),
			}
		}
		What::Welcomed { group, epoch, member, by } => {
			let (member, by) = (names.member(*member), names.member(*by));
			format!("{member} was handed the secret of group {group} at epoch {epoch} by {by}")
		}
		What::Granted { to, hidden } => {
			let mut readers: Vec<String> = to.iter().map(|owner| names.key(*owner)).collect();
			if *hidden > 0 {
				readers.push(format!("{hidden} not named"));
			}
			format!("granted by the author to {}", readers.join(", "))
		}
		What::Requested { by } => format!("{} asked for it", names.member(*by)),
		What::Declined { member } => format!("declined by the author to {}", names.member(*member)),
		What::Withdrawn { reason } => format!("withdrawn by the author: {}", reason.words()),
		What::Acknowledged { by } => format!("{} says that it deleted it", names.member(*by)),
	}
}

fn text(record: RecordId, found: &Audit, names: &Names) -> String {
	let moment = |time: Option<u64>| time.map_or(String::new(), iso_8601);
	let rows = found.trail.iter().map(|entry| [entry.block.to_string(), moment(entry.time), said(&entry.what, names)]);
	let mut lines = vec![render::table(["Block", "Time", "What"], rows)];
	let readers: Vec<MemberId> = found.readers.keys().copied().collect();
	lines.push(format!("record {record} was given to: {}", names.members(&readers)));
	if !found.analysts.is_empty() {
		let analysts: Vec<String> = found.analysts.iter().map(|analyst| names.key(analyst.key)).collect();
		lines.push(format!("and to persons: {}", analysts.join(", ")));
	}
	if found.unnamed > 0 {
		lines.push(format!("and to at most {} keys that are not named", found.unnamed));
	}
	if !found.hidden_groups.is_empty() {
		let groups: Vec<String> = found.hidden_groups.iter().map(ToString::to_string).collect();
		lines.push(format!("and to the members of the hidden groups {}, whom their owners know", groups.join(", ")));
	}
	if !found.pending.is_empty() {
		let pending = found.pending.iter().map(|id| match found.became.get(id) {
			Some(became) => format!("{} ({})", names.member(*id), became.word()),
			None => names.member(*id),
		});
		lines.push(format!("withdrawn; not acknowledged by: {}", pending.collect::<Vec<_>>().join(", ")));
	}
	lines.join("\n")
}

/// `2026-01-31T12:00:00Z`
fn iso_8601(seconds: u64) -> String {
	format!("{}Z", crate::time::readable(seconds).replace(' ', "T"))
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::audit::{Analyst, Became, Entry};
	use cti_primitives::{Epoch, GroupId};

	#[test]
	fn audit_should_say_who_did_what_and_when() {
		let key = KeyOwnerId::FIRST_ANALYST;
		let keyed = What::Keyed {
			group: GroupId(4),
			epoch: Epoch(2),
			members: Some(vec![MemberId(0), MemberId(1)]),
			by: Some(MemberId(1)),
		};
		let trail = vec![
			Entry { block: 3, time: Some(1_735_689_599), what: keyed },
			Entry { block: 4, time: Some(1_735_689_605), what: What::Published { by: AuthorId(0) } },
			Entry { block: 5, time: None, what: What::Granted { to: vec![key], hidden: 0 } },
		];
		let found = Audit {
			trail,
			readers: [(MemberId(0), 4), (MemberId(1), 4)].into(),
			analysts: vec![Analyst { key, member: Some(MemberId(1)) }],
			unnamed: 0,
			hidden_groups: vec![],
			pending: vec![MemberId(0), MemberId(1)],
			became: [(MemberId(1), Became::Expelled)].into(),
		};
		let members = [(MemberId(0), "Aldgate Bank".into()), (MemberId(1), "Borealis CERT".into())].into();
		let names = Names { members, analysts: [(key, MemberId(1))].into() };
		let sentences: Vec<String> = found.trail.iter().map(|entry| said(&entry.what, &names)).collect();
		assert_eq!(
			sentences,
			[
				"group 4 at epoch 2 was keyed by 1 Borealis CERT to 0 Aldgate Bank, 1 Borealis CERT",
				"published by 0 Aldgate Bank",
				"granted by the author to an analyst of 1 Borealis CERT (key 2147483648)",
			]
		);
		let shown = text(RecordId { author: AuthorId(0), n: 7 }, &found, &names);
		for words in [
			"2024-12-31T23:59:59Z",
			"record 0/7 was given to: 0 Aldgate Bank, 1 Borealis CERT",
			"and to persons: an analyst of 1 Borealis CERT",
			"not acknowledged by: 0 Aldgate Bank, 1 Borealis CERT (expelled)",
		] {
			assert!(shown.contains(words), "{words} in {shown}");
		}
	}
}
