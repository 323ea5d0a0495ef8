//! `testudo sync`

use super::{print_bytes, print_json, Context, Output};
use crate::{
	cli::Sync,
	error::{Error, Exit},
	identity::Identity,
	render,
	store::{Place, Store, Totals},
	sync::{follow, Session, Summary},
};
use serde_json::{json, Value};
use std::time::Duration;

/// How long to wait before a lost node is asked again.
const PATIENCE: Duration = Duration::from_secs(2);

pub async fn run(context: &Context, options: Sync) -> Result<Output, Error> {
	let mut identity = context.identity()?;
	let place = context.place()?;
	let mut session = open(context, &identity, &place, options.restart).await?;
	if !options.follow {
		let mut summary = session.round().await?;
		session.settle(&mut summary).await?;
		let totals = session.totals()?;
		return Output::report(document(&summary, &totals), text(&summary, &totals));
	}
	loop {
		let json = context.global.json;
		let ended = follow(&mut session, |summary| {
			match json {
				true => print_json(&json!(summary)),
				false if summary.records > 0 || summary.withdrawn > 0 => {
					print_bytes(format!("{}\n", line(summary)).as_bytes())
				}
				false => {}
			}
			Ok(())
		});
		match ended.await {
			Err(error) if error.exit() == Exit::Unreachable => {
				eprintln!("{}; trying again", render::clean(&error.to_string()));
			}
			Err(error) => return Err(error),
			Ok(()) => identity = context.identity()?,
		}
		// It holds the store's lock.
		drop(session);
		session = reopen(context, &identity, &place).await?;
		// A key may have been registered while no node answered.
		if session.lacks_newest_key().await? {
			drop(session);
			identity = context.identity()?;
			session = reopen(context, &identity, &place).await?;
		}
	}
}

async fn open(context: &Context, identity: &Identity, place: &Place, restart: bool) -> Result<Session, Error> {
	let chain = context.chain().await?;
	if restart {
		Store::remove_if_damaged(place)?;
	}
	Session::new(chain, identity, Store::open_to_write(place)?, restart).await
}

/// Waits until the node answers again.
async fn reopen(context: &Context, identity: &Identity, place: &Place) -> Result<Session, Error> {
	loop {
		tokio::time::sleep(PATIENCE).await;
		match open(context, identity, place, false).await {
			Err(error) if error.exit() == Exit::Unreachable => {}
			opened => return opened,
		}
	}
}

fn document(summary: &Summary, totals: &Totals) -> Value {
	json!({
		"new": summary,
		"store": {
			"records": totals.records,
			"open": totals.open,
			"objects": totals.objects,
			"distinct_objects": totals.distinct,
		},
	})
}

fn line(summary: &Summary) -> String {
	let Summary { block, records, opened, closed, malformed, missing, objects, withdrawn, .. } = summary;
	let mut parts = vec![format!(
		"{}, {opened} opened with {}",
		render::count(*records, "new record"),
		render::count(*objects, "object")
	)];
	let mut note = |number: &u64, what: &str| {
		if *number > 0 {
			parts.push(format!("{number} {what}"));
		}
	};
	note(closed, "not for you");
	note(malformed, "malformed");
	note(missing, "not to be had from where they lie");
	note(withdrawn, "withdrawn");
	format!("block {block}: {}", parts.join(", "))
}

fn text(summary: &Summary, totals: &Totals) -> String {
	format!(
		"{}\nthe store holds {}, {} of them open, with {} ({} distinct)",
		line(summary),
		render::count(totals.records, "record"),
		totals.open,
		render::count(totals.objects, "object"),
		totals.distinct
	)
}
