//! Looks at all that a member's person depends on, and says what to do where something is wrong.

use crate::{
	chain::{Chain, View},
	error::Error,
	feeds,
	identity::Identity,
	keyring::Keyring,
	member,
	store::Store,
	time,
};
use cti_primitives::{Epoch, MemberId, Role};
use serde::Serialize;

/// Seconds by which the clocks of chain and machine may differ, beyond the time of a block.
const CLOCKS: u64 = 60;
/// Blocks that a store may be behind before somebody should look.
const BEHIND: u32 = 100;
/// Milliseconds after which a feed's last look is long ago.
const LONG_AGO: u64 = 3_600_000;
/// Bytes of free quota below which the next bundle may not fit.
const LOW_QUOTA: u32 = 1 << 20;

/// How a thing is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Health {
	/// As it should be.
	Well,
	/// Somebody should look at it.
	Look,
	/// Something will not work.
	Ill,
}

/// What was looked at, and what was found.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Finding {
	/// The thing.
	pub what: String,
	/// How it is.
	pub health: Health,
	/// What was seen.
	pub seen: String,
	/// What to do.
	pub advice: Option<String>,
}

impl Finding {
	/// All is well.
	pub fn well(what: impl Into<String>, seen: impl Into<String>) -> Self {
		Self { what: what.into(), health: Health::Well, seen: seen.into(), advice: None }
	}

	/// Something to look at.
	pub fn look(what: impl Into<String>, seen: impl Into<String>, advice: impl Into<String>) -> Self {
		Self { what: what.into(), health: Health::Look, seen: seen.into(), advice: Some(advice.into()) }
	}

	/// Something is wrong.
	pub fn ill(what: impl Into<String>, seen: impl Into<String>, advice: impl Into<String>) -> Self {
		Self { what: what.into(), health: Health::Ill, seen: seen.into(), advice: Some(advice.into()) }
	}

	/// What failed says what to do itself.
	pub fn failed(what: impl Into<String>, error: &Error) -> Self {
		Self::ill(what, error.to_string(), error.advice())
	}
}

/// Node, clock and chain.
pub async fn node(chain: &Chain, view: &View) -> Result<Vec<Finding>, Error> {
	let believed =
		if chain.is_own() { "believed: your own" } else { "somebody else's: what it says is proved before you seal" };
	let block = view.block().number;
	let mut found = vec![Finding::well("node", format!("{} at block {block}, {believed}", chain.url()))];
	if let Some(chain) = view.time().await? {
		found.push(clock(time::now(), chain, block));
	}
	Ok(found)
}

fn clock(here: u64, chain: u64, block: u32) -> Finding {
	let apart = here.abs_diff(chain);
	match (apart <= CLOCKS, here > chain) {
		(true, _) => Finding::well("clock", format!("{apart} s from the newest block's time")),
		(false, true) => Finding::look(
			"clock",
			format!("block {block}, the newest final one, is {apart} s old by this machine's clock"),
			"if other members' nodes are further, this node is behind or cut off; else set the clock (NTP)",
		),
		(false, false) => Finding::ill(
			"clock",
			format!("this machine's clock is {apart} s behind the newest block's time"),
			"set the clock (NTP): expiry, credentials and TLS depend on it",
		),
	}
}

/// Identity, membership, keys, quota and groups.
pub async fn membership(
	view: &View,
	identity: &Identity,
	keyring: &Keyring<Chain>,
) -> Result<(Vec<Finding>, Option<MemberId>), Error> {
	let acting = match member::acting(view, identity).await {
		Ok(acting) => acting,
		Err(error) => return Ok((vec![Finding::failed("membership", &error)], None)),
	};
	let member = acting.member;
	let role = format!("acts for member {member} as {:?}", acting.role);
	let mut found = Vec::new();
	found.push(match member::require_active(view, member, "").await {
		Ok(()) => Finding::well("membership", role),
		Err(Error::Refused { explanation, advice, .. }) => {
			Finding::look("membership", format!("{role}; {explanation}"), advice)
		}
		Err(error) => return Err(error),
	});
	found.push(key(view, identity, member, acting.role).await?);
	let quota = view.available_bytes(member).await?;
	found.push(match quota < LOW_QUOTA {
		true => Finding::look(
			"quota",
			format!("{quota} bytes are free"),
			"it refills by itself; `publish --tip` pays fees meanwhile",
		),
		false => Finding::well("quota", format!("{quota} bytes are free")),
	});
	found.push(groups(view, member, keyring).await?);
	Ok((found, Some(member)))
}

async fn key(view: &View, identity: &Identity, member: MemberId, role: Role) -> Result<Finding, Error> {
	let what = "encryption key";
	let Some(registered) = view.encryption_key(member).await? else {
		return Ok(Finding::ill(
			what,
			"the member has none registered",
			"`testudo keys register` with the controller's --identity",
		));
	};
	let held = identity.seeds.iter().any(|seed| seed.public_key() == *registered.key);
	let version = registered.number;
	Ok(match (held, role) {
		(true, _) => Finding::well(what, format!("version {version} is registered, and this identity holds it")),
		(false, Role::Controller) => Finding::ill(
			what,
			format!("version {version} is registered, and this identity does not hold it: it reads nothing that is new"),
			"use the seed file that holds it, or register another: `testudo keys register --reason lost`",
		),
		(false, _) => Finding::look(
			what,
			format!("version {version} is registered, and this identity does not hold it: it reads what is sealed to itself"),
			"have the controller share the member's key: `testudo keys share`, then `testudo keys receive`",
		),
	})
}

async fn groups(view: &View, member: MemberId, keyring: &Keyring<Chain>) -> Result<Finding, Error> {
	let own = view.groups_of(member).await?;
	let (mut stale, mut closed) = (Vec::new(), Vec::new());
	for group in &own {
		match view.group_key(*group).await? {
			None => stale.push(group.to_string()),
			Some(key) if keyring.secret(*group, Epoch(key.number)).await?.is_none() => closed.push(group.to_string()),
			Some(_) => {}
		}
	}
	Ok(match (stale.as_slice(), closed.as_slice()) {
		([], []) => Finding::well("groups", format!("in {} whose roster is open, all of them keyed", own.len())),
		([], closed) => Finding::look(
			"groups",
			format!(
				"this identity holds no secret of {}: what is published there stays closed to it",
				closed.join(", ")
			),
			"run `testudo agent`: it asks the others' agents for the secret",
		),
		(stale, _) => Finding::look(
			"groups",
			format!("stale: {}: nothing can be published to them", stale.join(", ")),
			"members' agents rekey them; by hand: `testudo groups rekey N`",
		),
	})
}

/// The local store, and whether anybody keeps it up to date.
pub fn store(store: &Store, head: Option<u32>, is_locked: bool) -> Result<Finding, Error> {
	let what = "store";
	let Some(synced) = store.synced()? else {
		return Ok(Finding::look(what, "it is empty", "fill it with `testudo sync`, or run `testudo agent`"));
	};
	// Without a node nobody knows how far it is behind.
	let behind = head.map_or(0, |head| head.saturating_sub(synced.number));
	let seen = match head {
		Some(_) => format!("at block {}, {behind} behind the node", synced.number),
		None => format!("at block {}", synced.number),
	};
	Ok(match (behind <= BEHIND, is_locked) {
		(true, true) => Finding::well(what, format!("{seen}; an agent or sync keeps it up to date")),
		(_, false) => {
			Finding::look(what, format!("{seen}; nothing keeps it up to date"), "run `testudo agent` beside the node")
		}
		(false, true) => {
			Finding::look(what, format!("{seen}; it is catching up"), "wait; if it stays behind, see the agent's log")
		}
	})
}

/// The member's feeds, as this node's worker tells.
pub async fn feeds(chain: &Chain, view: &View, member: MemberId) -> Result<Vec<Finding>, Error> {
	let mut found = Vec::new();
	for feed in view.feeds().await?.iter().filter(|feed| *feed.owner == member) {
		let what = format!("feed {}", *feed.feed);
		found.push(match feeds::status(chain, *feed.feed).await {
			Ok(status) => worker(what, status, time::now().saturating_mul(1_000)),
			Err(error @ Error::UnsafeRpc { .. }) => {
				Finding::look(what, "only the node's own machine is told", error.advice())
			}
			Err(error) => Finding::failed(what, &error),
		});
	}
	Ok(found)
}

fn worker(what: String, status: Option<cti_primitives::feed::FeedStatus>, now_ms: u64) -> Finding {
	let Some(status) = status else {
		return Finding::look(
			what,
			"registered, and this node's worker has not run it",
			"hand it to the node that runs it: --feeds FILE, or `testudo feeds apply FILE`; run this beside that node",
		);
	};
	let refused: u64 = status.refused.values().sum();
	let seen = format!(
		"{} objects fetched, {} published, {refused} refused, {} wait",
		status.fetched, status.published, status.waiting
	);
	match &status.last_error {
		Some(error) => Finding::ill(
			what,
			format!("{seen}; the last run stopped: {error}"),
			"see docs/operators.md, and the node's log",
		),
		None if now_ms.saturating_sub(status.last_look_ms) > LONG_AGO => Finding::look(
			what,
			format!("{seen}; the source was last looked at more than an hour ago"),
			"see that the node makes blocks and that the feed is in its file",
		),
		None => Finding::well(what, seen),
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use cti_primitives::feed::FeedStatus;

	#[test]
	fn clock_should_be_judged_by_how_far_and_which_way_it_is_off() {
		assert_eq!(clock(1_000, 1_030, 7).health, Health::Well);
		assert_eq!(clock(1_000, 940, 7).health, Health::Well);
		let old = clock(2_000, 1_000, 7);
		assert_eq!(old.health, Health::Look);
		assert!(old.seen.contains("block 7") && old.seen.contains("1000 s"), "{old:?}");
		assert_eq!(clock(1_000, 2_000, 7).health, Health::Ill);
	}

	#[test]
	fn worker_should_be_judged_by_its_last_run() {
		let status = FeedStatus { fetched: 3, published: 2, last_look_ms: 5_000, ..FeedStatus::default() };
		let of = |status: &FeedStatus, now| worker("feed 0".into(), Some(status.clone()), now);
		assert_eq!(of(&status, 6_000).health, Health::Well);
		assert_eq!(of(&status, 5_001 + LONG_AGO).health, Health::Look);
		let failed = of(&FeedStatus { last_error: Some("401".into()), ..status }, 6_000);
		assert!(failed.health == Health::Ill && failed.seen.contains("401") && failed.advice.is_some());
		assert_eq!(worker("feed 0".into(), None, 0).health, Health::Look);
	}
}
