//! `testudo feeds`

use super::{publishing::look_twice, Context, Output};
use crate::{
	chain::types::FeedRegistered,
	cli::{Feeds, RegisterFeed},
	error::Error,
	feeds, guard, member, render, time,
};
use cti_primitives::{feed::FeedStatus, FeedId};
use serde_json::json;
use std::{collections::BTreeSet, path::Path};
use subxt::utils::Static;

pub async fn run(context: &Context, command: Feeds) -> Result<Output, Error> {
	match command {
		Feeds::Apply { file } => apply(context, &file).await,
		Feeds::Register(options) => register(context, options).await,
		Feeds::List => list(context).await,
		Feeds::Status { feed } => status(context, feed).await,
	}
}

async fn apply(context: &Context, file: &Path) -> Result<Output, Error> {
	let feeds = feeds::read(file, |name| std::env::var(name).ok())?;
	let chain = context.chain().await?;
	let registered: BTreeSet<FeedId> = chain.head().await?.feeds().await?.iter().map(|feed| *feed.feed).collect();
	feeds::require_registered(&feeds.configs, &registered, file)?;
	feeds::apply(&chain, &feeds).await?;
	let ids: Vec<FeedId> = feeds.configs.iter().map(|config| config.id).collect();
	let mut text = format!("the node has {} now; see `testudo feeds status`", render::count(ids.len() as u64, "feed"));
	for name in &feeds.lists.left_out {
		text.push_str(&format!("\nthe warning list {name:?} is of regular expressions, which are not gone by"));
	}
	Output::report(json!({ "applied": ids, "warning_lists_left_out": feeds.lists.left_out }), text)
}

async fn register(context: &Context, options: RegisterFeed) -> Result<Output, Error> {
	super::require_name(&options.name)?;
	let identity = context.identity()?;
	let chain = context.chain().await?;
	let view = chain.head().await?;
	let owner = member::require_controller(&view, &identity, "register feeds").await?;
	let RegisterFeed { name, group, ceiling, default_marking, yes } = options;
	// A feed publishes without a person: here is where one looks at where to.
	look_twice(guard::unusual_feed(&view, owner, group, &context.rosters()?).await?, yes)?;
	let arguments = (Static(name.into_bytes()), Static(group), Static(ceiling), default_marking.map(Static));
	let call = subxt::dynamic::tx("StixFeeds", "register_feed", arguments);
	let events = chain.execute(&identity.account, call).await?;
	let registered: Option<FeedRegistered> = events.first("StixFeeds", "FeedRegistered")?;
	let feed = *registered.ok_or_else(|| Error::node("registering a feed", "the chain says nothing of it"))?.feed;
	let text = format!(
		"registered feed {feed}; say in a feeds file where it comes from (`id = {feed}`), and hand that to the node of \
		 your feed key with `testudo feeds apply`"
	);
	Output::report(json!({ "feed": feed }), text)
}

async fn list(context: &Context) -> Result<Output, Error> {
	let view = context.chain().await?.head().await?;
	let names = member::names(&view.members().await?);
	let mut found = view.feeds().await?;
	found.sort_by_key(|feed| *feed.feed);
	let (mut rows, mut documents) = (Vec::new(), Vec::new());
	for feed in &found {
		let owner = names.get(&*feed.owner).cloned().unwrap_or_default();
		let name = feed.name.clone();
		let default_marking = feed.default_marking.as_ref().map(|marking| **marking);
		documents.push(json!({
			"feed": *feed.feed,
			"name": name,
			"owner": *feed.owner,
			"owner_name": owner,
			"group": *feed.group,
			"ceiling": *feed.ceiling,
			"default_marking": default_marking,
			"enabled": feed.enabled,
			"pages": feed.sequence,
			"last_block": feed.last_block,
		}));
		rows.push([
			feed.feed.to_string(),
			render::clean(&name),
			render::clean(&owner),
			feed.group.to_string(),
			format!("up to {}", feed.ceiling.name()),
			feed.sequence.to_string(),
			feed.last_block.to_string(),
			if feed.enabled { "on".into() } else { "off".into() },
		]);
	}
	let columns = ["Feed", "Name", "Owner", "Group", "Markings", "Pages", "Newest in block", "State"];
	Output::report(json!({ "feeds": documents }), render::table(columns, rows))
}

async fn status(context: &Context, only: Option<FeedId>) -> Result<Output, Error> {
	let chain = context.chain().await?;
	let mut ids: Vec<FeedId> = match only {
		Some(feed) => vec![feed],
		None => chain.head().await?.feeds().await?.iter().map(|feed| *feed.feed).collect(),
	};
	ids.sort();
	let (mut rows, mut documents) = (Vec::new(), Vec::new());
	for id in ids {
		let status = feeds::status(&chain, id).await?;
		rows.push(row(id, status.as_ref()));
		documents.push(json!({ "feed": id, "status": status }));
	}
	let columns =
		["Feed", "Fetched", "Published", "Envelopes", "Refused", "Waiting", "Last look", "Caught up", "Last error"];
	Output::report(json!({ "feeds": documents }), render::table(columns, rows))
}

fn row(id: FeedId, status: Option<&FeedStatus>) -> [String; 9] {
	let Some(status) = status else {
		let mut row: [String; 9] = Default::default();
		row[0] = id.to_string();
		row[8] = "this node's worker has not run it".into();
		return row;
	};
	let mut refused: Vec<String> =
		status.refused.iter().map(|(reason, count)| format!("{count} {}", render::clean(reason))).collect();
	if status.left_behind > 0 {
		refused.push(format!("{} of them left behind by new settings", status.left_behind));
	}
	let moment = |ms: u64| if ms == 0 { "never".into() } else { time::readable(ms / 1_000) };
	[
		id.to_string(),
		status.fetched.to_string(),
		status.published.to_string(),
		status.envelopes.to_string(),
		if refused.is_empty() { "none".into() } else { refused.join("\n") },
		status.waiting.to_string(),
		moment(status.last_look_ms),
		moment(status.caught_up_ms),
		render::clean(status.last_error.as_deref().unwrap_or("none")),
	]
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn what_a_worker_says_should_be_harmless_for_a_terminal() {
		let status = FeedStatus {
			refused: [("un\u{1b}[2Jmarked".into(), 3)].into(),
			last_error: Some("\u{9b}2J".into()),
			..FeedStatus::default()
		};
		let cells = row(FeedId(0), Some(&status)).concat();
		assert!(cells.contains("3 un") && !cells.contains(['\u{1b}', '\u{9b}']), "{cells:?}");
	}
}
