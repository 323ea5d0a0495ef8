//! `testudo agent`

use super::{print_bytes, print_json, Context, Output};
use crate::{
	agent::{Agent, Stance, Task, Waiting},
	chain::{refusal, Chain},
	error::{Error, Exit},
	feeds,
	grants::Policy,
	identity::Identity,
	member,
	metrics::{self, AGENT, WORKER},
	render,
	store::Store,
	sync::Session,
};
use cti_primitives::{RecordId, Role};
use futures::StreamExt;
use serde_json::json;
use std::{
	collections::BTreeSet,
	net::SocketAddr,
	path::Path,
	time::{Duration, Instant},
};

/// How long to wait before a lost node is asked again.
const PATIENCE: Duration = Duration::from_secs(2);
/// How often its store and the worker's feeds are counted.
const COUNTING: Duration = Duration::from_secs(15);

pub async fn run(context: &Context, grants: Option<&Path>, listen: Option<SocketAddr>) -> Result<Output, Error> {
	if let Some(listen) = listen {
		metrics::serve(listen).await?;
	}
	let mut identity = context.identity()?;
	let folder = context.store_folder()?;
	let policy = grants.map_or_else(|| Ok(Policy::default()), Policy::read)?;
	let mut memory =
		Memory { waiting: Waiting::default(), settled: BTreeSet::new(), stance: Stance::Active, counted: None };
	let mut is_fresh = true;
	loop {
		match watch(context, &identity, (&folder, &policy), &mut memory).await {
			Err(error) if error.exit() == Exit::Unreachable => {
				eprintln!("{}; trying again", render::clean(&error.to_string()));
				tokio::time::sleep(PATIENCE).await;
				is_fresh = false;
			}
			// A key may have been registered while no node answered.
			Err(error) if error.exit() == Exit::Identity && !is_fresh => {
				identity = context.identity()?;
				is_fresh = true;
			}
			Err(error) => return Err(error),
			// Without the new seed it would ask for what its member was given, and replace what is sound.
			Ok(()) => {
				say(context, "a key was registered: the identity is read again", None);
				identity = context.identity()?;
				is_fresh = true;
			}
		}
	}
}

/// What the agent knows of earlier blocks.
struct Memory {
	waiting: Waiting,
	/// Withdrawn records that need not be looked at again, as long as one connection lasts.
	settled: BTreeSet<RecordId>,
	/// How its member stood. Only a change is told.
	stance: Stance,
	/// When its store was last counted.
	counted: Option<Instant>,
}

/// Brings the store up to every finalised block and does what is due, until the connection ends, or with success until a
/// key was registered that the identity may not hold as it was read.
async fn watch(
	context: &Context,
	identity: &Identity,
	(folder, policy): (&Path, &Policy),
	memory: &mut Memory,
) -> Result<(), Error> {
	let chain = context.chain().await?;
	require_able(&chain, identity).await?;
	if !chain.is_own() && *policy != Policy::default() {
		return Err(Error::usage(
			format!("{} is not your own node, and its word would decide who gets your records", chain.url()),
			"run the agent beside your own node, or leave --grants out and grant by hand",
		));
	}
	let mut session = Session::new(chain.clone(), identity, Store::open_to_write(context.place()?)?, false).await?;
	let heads = chain.finalized_blocks().await?;
	let mut heads = std::pin::pin!(heads);
	memory.settled.clear();
	say(context, "watching", None);
	loop {
		session.round().await?;
		memory.counted = count(&chain, session.store(), memory.counted).await?;
		if session.keys_changed() {
			return Ok(());
		}
		let (chain, fetcher, store) = (session.chain(), session.fetcher(), session.store());
		let member = fetcher.keyring.own.member;
		let agent = Agent { chain, identity, member, fetcher, store, folder, policy };
		act(context, &agent, memory).await?;
		match heads.next().await {
			Some(head) => head?,
			None => {
				return Err(Error::Unreachable { url: chain.url().into(), reason: "the connection ended".into() });
			}
		};
	}
}

/// An agent must be allowed to rekey, and hold the member's key: else it would ask for every secret, though the member
/// was given it.
async fn require_able(chain: &Chain, identity: &Identity) -> Result<(), Error> {
	let view = chain.head().await?;
	let acting = member::acting(&view, identity).await?;
	let refusal = |reason, advice: &str| Error::Identity { name: identity.name.clone(), reason, advice: advice.into() };
	if !matches!(acting.role, Role::Controller | Role::Analyst) {
		let reason = format!("it acts for member {} as {:?}, and may not rekey", acting.member, acting.role);
		return Err(refusal(reason, "run the agent with the controller's --identity or an analyst's"));
	}
	let stance = Stance::at(&view, identity.account_id(), acting.member).await?;
	if !stance.acknowledges() {
		// Nothing will ever be left to do: to go on would look as if it worked.
		let reason = format!("member {} is not in the consortium any more", acting.member);
		return Err(refusal(reason, "run no agent for it, or run it with the --identity of a member"));
	}
	let registered = view.encryption_key(acting.member).await?;
	let advice = match acting.role {
		Role::Controller => "run the agent with an --identity that does; `testudo keys register` registers this one's",
		_ => "run the agent with an --identity that does: an analyst is given the member's key with `testudo keys share` and `keys receive`",
	};
	match registered.is_some_and(|of| identity.seeds.iter().any(|seed| seed.public_key() == *of.key)) {
		true => Ok(()),
		false => Err(refusal(
			format!("it does not hold the encryption key that member {} registered", acting.member),
			advice,
		)),
	}
}

async fn act(context: &Context, agent: &Agent<'_>, memory: &mut Memory) -> Result<(), Error> {
	let view = agent.chain.head().await?;
	let now = view.block().number;
	let stance = Stance::at(&view, agent.identity.account_id(), agent.member).await?;
	if stance != memory.stance {
		memory.stance = stance;
		say(context, &stance.said_of(agent.member), None);
	}
	let found = agent.tasks(&view, stance, &memory.settled).await?;
	memory.settled.extend(found.settled);
	for (what, failure) in found.failures {
		eprintln!("{what}: {}", render::clean(&failure.to_string()));
	}
	for task in memory.waiting.due(found.tasks, now, agent.member) {
		match agent.perform(&task).await {
			Ok(()) => {
				memory.waiting.done(&task, now);
				AGENT.done.with_label_values(&[task.kind()]).inc();
				say(context, "done", Some(&task));
			}
			Err(error) if error.exit() == Exit::Unreachable => return Err(error),
			Err(error) => {
				memory.waiting.tried(&task, now);
				match refusal::came_second(&error) {
					// Its next look at the chain says whether anything is left to do.
					true => say(context, "another agent was first", Some(&task)),
					false => {
						AGENT.failed.with_label_values(&[task.kind()]).inc();
						eprintln!("{task}: {}", render::clean(&error.to_string()))
					}
				}
			}
		}
	}
	Ok(())
}

/// For Prometheus: the block each time, and what takes longer to count now and then.
async fn count(chain: &Chain, store: &Store, last: Option<Instant>) -> Result<Option<Instant>, Error> {
	if let Some(synced) = store.synced()? {
		AGENT.came_to(synced.number);
	}
	if last.is_some_and(|last| last.elapsed() < COUNTING) {
		return Ok(last);
	}
	AGENT.holds(&store.totals()?);
	let feeds = chain.head().await?.feeds().await?;
	for feed in feeds {
		// A node that serves no unsafe methods does not say; the agent has other things to do.
		if let Ok(Some(status)) = feeds::status(chain, *feed.feed).await {
			WORKER.says(*feed.feed, &status);
		}
	}
	Ok(Some(Instant::now()))
}

fn say(context: &Context, what: &str, task: Option<&Task>) {
	let task = task.map(Task::to_string);
	match context.global.json {
		true => print_json(&json!({ "agent": what, "task": task })),
		false => {
			print_bytes(format!("{what}{}\n", task.map(|task| format!(": {task}")).unwrap_or_default()).as_bytes())
		}
	}
}
