//! `testudo agent`

use super::{print_bytes, print_json, Context, Output};
use crate::{
	agent::{Agent, Task, Waiting},
	error::{Error, Exit},
	identity::Identity,
	render,
	store::Store,
	sync::Session,
};
use cti_primitives::Role;
use futures::StreamExt;
use serde_json::json;
use std::{path::Path, time::Duration};

/// How long to wait before a lost node is asked again.
const PATIENCE: Duration = Duration::from_secs(2);

pub async fn run(context: &Context) -> Result<Output, Error> {
	let identity = context.identity()?;
	let folder = context.store_folder()?;
	let mut waiting = Waiting::default();
	loop {
		match watch(context, &identity, &folder, &mut waiting).await {
			Err(error) if error.exit() == Exit::Unreachable => {
				eprintln!("{}; trying again", render::clean(&error.to_string()));
				tokio::time::sleep(PATIENCE).await;
			}
			ended => return ended.map(|()| Output::Said),
		}
	}
}

/// Brings the store up to every finalised block and does what is due, until the connection ends.
async fn watch(context: &Context, identity: &Identity, folder: &Path, waiting: &mut Waiting) -> Result<(), Error> {
	let chain = context.chain().await?;
	require_role(&chain, identity).await?;
	let mut session = Session::new(chain.clone(), identity, Store::open_to_write(folder)?, false).await?;
	let heads = chain.finalized_blocks().await?;
	let mut heads = std::pin::pin!(heads);
	say(context, "watching", None);
	loop {
		session.round().await?;
		act(context, &session, identity, folder, waiting).await?;
		match heads.next().await {
			Some(head) => head?,
			None => {
				return Err(Error::Unreachable { url: chain.url().into(), reason: "the connection ended".into() });
			}
		};
	}
}

async fn require_role(chain: &crate::chain::Chain, identity: &Identity) -> Result<(), Error> {
	let acting = crate::member::acting(&chain.head().await?, identity).await?;
	match acting.role {
		Role::Controller | Role::Analyst => Ok(()),
		role => Err(Error::Identity {
			name: identity.name.clone(),
			reason: format!("it acts for member {} as {role:?}, and may not rekey", acting.member),
			advice: "run the agent with the controller's --identity or an analyst's".into(),
		}),
	}
}

async fn act(
	context: &Context,
	session: &Session,
	identity: &Identity,
	folder: &Path,
	waiting: &mut Waiting,
) -> Result<(), Error> {
	let (chain, keyring) = (session.chain(), session.keyring());
	let agent = Agent { chain, identity, member: keyring.own.member, keyring, folder: folder.into() };
	let view = chain.head().await?;
	let now = view.block().number;
	let tasks = agent.tasks(&view, &session.store().withdrawn_records()?).await?;
	for task in waiting.due(tasks, now, agent.member) {
		match agent.perform(&task).await {
			Ok(()) => say(context, "done", Some(&task)),
			Err(error) if error.exit() == Exit::Unreachable => return Err(error),
			// Another agent came first, or it cannot be done now.
			Err(error) => {
				waiting.tried(&task, now);
				eprintln!("{task}: {}", render::clean(&error.to_string()));
			}
		}
	}
	Ok(())
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
