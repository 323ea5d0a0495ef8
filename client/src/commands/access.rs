//! `testudo request`, `grant`, `decline`, `requests` and `audit`

use super::{Context, Output};
use crate::{
	audit::{self, Audit, Entry, What},
	chain::{Chain, View},
	cli::{Decline, Grant},
	error::Error,
	identity::Identity,
	member, render,
	sync::Fetcher,
};
use cti_envelope::{DirectRecipient, Wrap};
use cti_primitives::{AuthorId, KeyOwnerId, MemberId, RecordId, Tlp};
use serde_json::json;
use std::{
	collections::BTreeMap,
	io::{IsTerminal, Write},
};
use subxt::{dynamic::tx, ext::scale_encode::EncodeAsType, utils::Static};

/// To whom, as the call `grant` takes it.
#[derive(EncodeAsType)]
#[encode_as_type(crate_path = "subxt::ext::scale_encode")]
enum Recipient {
	Open(Static<KeyOwnerId>),
	Hidden,
}

/// One grant, as the call `grant` takes it.
#[derive(EncodeAsType)]
#[encode_as_type(crate_path = "subxt::ext::scale_encode")]
struct NewGrant {
	recipient: Recipient,
	wrap: Static<Wrap>,
}

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
	let members = options.to.iter().map(|selector| member::find(&names, selector)).collect::<Result<Vec<_>, _>>()?;
	give(context, &chain, &identity, options.record, &members, options.hidden).await?;
	let list = members.iter().map(MemberId::to_string).collect::<Vec<_>>().join(", ");
	let text = format!("granted record {} to member {list}: that cannot be taken back", options.record);
	Output::report(json!({ "record": options.record.to_string(), "granted": members, "named": !options.hidden }), text)
}

/// Gives members the key to a record of one's own.
pub async fn give(
	context: &Context,
	chain: &Chain,
	identity: &Identity,
	record: RecordId,
	members: &[MemberId],
	hidden: bool,
) -> Result<(), Error> {
	let view = chain.head().await?;
	let info = view.record(record).await?;
	if *info.tlp == Tlp::Red {
		return Err(Error::Marking {
			reason: format!("record {record} is TLP:RED, which goes to persons and not to members"),
			advice: "publish it to their analysts' keys".into(),
		});
	}
	let fetcher = Fetcher::new(chain.clone(), context.keyring(chain, identity).await?);
	let opened = fetcher.open_record(record, &info.id, info.at).await?;
	let mut grants = Vec::new();
	for member in members {
		let key = view.encryption_key(*member).await?.ok_or_else(|| {
			Error::not_found(
				format!("member {member} has no encryption key"),
				"the member registers one with `testudo keys register`",
			)
		})?;
		let to = DirectRecipient { owner: (*member).into(), key_version: key.number, key: &key.key };
		let wrap = opened.grant(&to, &crate::entropy()?);
		let wrap = wrap.map_err(|e| Error::node(format!("granting to member {member}"), e))?;
		let recipient = if hidden { Recipient::Hidden } else { Recipient::Open(Static((*member).into())) };
		grants.push(NewGrant { recipient, wrap: Static(wrap) });
	}
	chain.execute(&identity.account, tx("ThreatRegistry", "grant", (record.n, grants))).await.map(drop)
}

pub async fn requests(context: &Context, record: RecordId) -> Result<Output, Error> {
	let view = context.chain().await?.head().await?;
	let names = member::names(&view.members().await?);
	let requests = view.requests(record).await?;
	let name = |id: &MemberId| names.get(id).cloned().unwrap_or_default();
	let documents: Vec<_> =
		requests.iter().map(|(id, since)| json!({ "member": id, "name": name(id), "since": since })).collect();
	let rows =
		requests.iter().map(|(id, since)| [id.to_string(), render::clean(&name(id)), crate::time::readable(*since)]);
	let table = render::table(["Member", "Name", "Since (UTC)"], rows);
	Output::report(json!({ "record": record.to_string(), "requests": documents }), table)
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
