//! A process beside the node that keeps a member's groups keyed and does what recalls ask.
//!
//! It rekeys what waits for it, answers members that were not given an epoch's secret, asks for those that this member was
//! not given, acknowledges withdrawals once the content is deleted, and grants what the operator's policy grants. Agents
//! of several members would all do the same at the same time: each waits for a number of blocks of its own, and whoever
//! comes first has done it for all.

mod recall;
mod stance;
mod task;

pub use stance::Stance;
pub use task::{Task, Waiting};

use crate::{
	chain::{
		types::{GroupInfo, Roster},
		Chain, View,
	},
	error::{Error, Exit},
	grants::{self, Asked, Policy},
	groups::{self, hidden_roster, keeps_history, keys_of, new_epoch, rekey_call, roster_keys, MemberKey},
	identity::Identity,
	keyring::Keyring,
	rosters::{Keyed, Rosters},
	store::Store,
	sync::Fetcher,
	time,
};
use cti_primitives::{Epoch, GroupId, MemberId, RecordId};
use std::{collections::BTreeSet, path::Path};
use subxt::{dynamic::tx, utils::Static};

/// The agent of one member.
pub struct Agent<'a> {
	/// The chain.
	pub chain: &'a Chain,
	/// Who signs: the controller or an analyst.
	pub identity: &'a Identity,
	/// The member.
	pub member: MemberId,
	/// Reads records, with the member's keys.
	pub fetcher: &'a Fetcher,
	/// The store.
	pub store: &'a Store,
	/// The folder beside the store, where the rosters of hidden groups are.
	pub folder: &'a Path,
	/// Which requests it grants by itself.
	pub policy: &'a Policy,
}

/// All that waits at a block, and what could not be looked at.
#[derive(Default)]
pub struct Found {
	/// What waits.
	pub tasks: BTreeSet<Task>,
	/// The groups and records that could not be looked at, and why.
	pub failures: Vec<(String, Error)>,
	/// Withdrawn records that this member has acknowledged, or never had to.
	pub settled: Vec<RecordId>,
}

impl Agent<'_> {
	/// All that waits at this block for a member of that stance. `settled` are withdrawn records that need not be looked at
	/// again. A group that cannot be looked at keeps the agent from no other.
	pub async fn tasks(&self, view: &View, stance: Stance, settled: &BTreeSet<RecordId>) -> Result<Found, Error> {
		let mut found = Found::default();
		if stance.acknowledges() {
			self.recalls(view, settled, &mut found).await?;
		}
		if !stance.acts() {
			return Ok(found);
		}
		let own: BTreeSet<GroupId> = view.groups_of(self.member).await?.into_iter().collect();
		for group in view.groups().await? {
			if !own.contains(&*group.group) && !self.runs(&group) {
				continue;
			}
			match self.tasks_of(view, &group).await {
				Ok(task) => found.tasks.extend(task),
				Err(lost @ Error::Unreachable { .. }) => return Err(lost),
				Err(failure) => found.failures.push((format!("group {}", *group.group), failure)),
			}
		}
		if *self.policy != Policy::default() {
			found.tasks.extend(self.grants(view).await?);
		}
		Ok(found)
	}

	/// The requests that the policy grants, of those for records in the store.
	async fn grants(&self, view: &View) -> Result<Vec<Task>, Error> {
		let (mut granted, active) = (Vec::new(), view.active_members().await?);
		for (record, member) in view.requests_to(self.member).await? {
			let row = match self.store.record(record) {
				Ok(row) if row.status(time::now()).is_live() && active.contains(&member) => row,
				Ok(_) => continue,
				// It will be there after another round.
				Err(missing) if missing.exit() == Exit::NotFound => continue,
				Err(error) => return Err(error),
			};
			let asked = Asked {
				tlp: row.announced.tlp,
				techniques: row.techniques.into_keys().collect(),
				groups: view.groups_of(member).await?.into_iter().collect(),
				reliability: *view.standing(member).await?.reliability,
			};
			if self.policy.permits(&asked) {
				granted.push(Task::Grant { record, member });
			}
		}
		Ok(granted)
	}

	fn keyring(&self) -> &Keyring<Chain> {
		&self.fetcher.keyring
	}

	/// Does this member rekey a hidden group?
	fn runs(&self, group: &GroupInfo) -> bool {
		let owns = group.owner.as_ref().is_some_and(|owner| **owner == self.member);
		group.roster == Roster::Hidden && (owns || group.deputies.iter().any(|deputy| **deputy == self.member))
	}

	async fn tasks_of(&self, view: &View, info: &GroupInfo) -> Result<Vec<Task>, Error> {
		let (group, epoch) = (*info.group, *info.epoch);
		if info.stale {
			return Ok(self.rekey_of(view, info).await?.into_iter().collect());
		}
		if info.roster == Roster::Hidden {
			return Ok(Vec::new());
		}
		let reports = view.bad_wraps(group).await?;
		if self.keyring().secret(group, epoch).await?.is_some() {
			let others = reports.into_iter().filter(|(member, of)| *member != self.member && *of == epoch);
			return Ok(others.map(|(member, _)| Task::Answer { group, epoch, member }).collect());
		}
		// A report that was not answered, or disputed by others too, gives the right to replace the epoch.
		if view.may_replace_epoch(group, self.member).await? {
			return Ok(vec![Task::Replace { group, epoch }]);
		}
		let is_asked = reports.contains(&(self.member, epoch));
		Ok(if is_asked { Vec::new() } else { vec![Task::Ask { group, epoch }] })
	}

	/// What a group calls for that waits for its next epoch.
	async fn rekey_of(&self, view: &View, info: &GroupInfo) -> Result<Option<Task>, Error> {
		let (group, epoch) = (*info.group, *info.epoch);
		// A group that was never keyed is its owner's to begin.
		if info.keyed_version == 0 && info.owner.as_ref().is_some_and(|owner| **owner != self.member) {
			return Ok(None);
		}
		let rosters = Rosters::open(self.folder)?;
		if info.roster == Roster::Hidden && hidden_roster(view, &rosters, info).await.is_err() {
			return Ok(Some(Task::NameRoster { group, epoch }));
		}
		let cuts_history = keeps_history(info) && self.keyring().secret(group, epoch).await?.is_none();
		Ok(Some(Task::Rekey { group, epoch, roster_version: info.roster_version, cuts_history }))
	}

	/// Does one of them.
	pub async fn perform(&self, task: &Task) -> Result<(), Error> {
		match task {
			Task::Rekey { group, epoch, .. } => self.rekey(*group, *epoch, false).await,
			Task::Replace { group, epoch } => self.rekey(*group, *epoch, true).await,
			Task::NameRoster { group, .. } => {
				let view = self.chain.head().await?;
				let info = view.group(*group).await?;
				hidden_roster(&view, &Rosters::open(self.folder)?, &info).await.map(drop)
			}
			Task::Answer { group, epoch, member } => self.answer(*group, *epoch, *member).await,
			Task::Ask { group, epoch } => {
				let call = tx("Membership", "report_bad_wrap", (Static(*group), Static(*epoch)));
				self.chain.execute(&self.identity.account, call).await.map(drop)
			}
			Task::Acknowledge { record } => {
				let call = tx("ThreatRegistry", "acknowledge", (Static(*record),));
				self.chain.execute(&self.identity.account, call).await.map(drop)
			}
			Task::Grant { record, member } => {
				let keys = grants::keys(&self.chain.sealing_head().await?, &[*member], &[]).await?;
				grants::give(self.chain, self.fetcher, &self.identity.account, *record, &keys, false).await
			}
		}
	}

	/// Makes the epoch after this one, unless another did. A fresh one only where it `replaces` it.
	async fn rekey(&self, group: GroupId, epoch: Epoch, replaces: bool) -> Result<(), Error> {
		let view = self.chain.sealing_head().await?;
		let info = view.group(group).await?;
		if *info.epoch != epoch || info.stale == replaces {
			return Ok(());
		}
		let members = self.members(&view, &info).await?;
		let previous = match info.keyed_version {
			0 => None,
			_ => groups::held_secret(&view, self.keyring(), (group, epoch)).await?,
		};
		let made = new_epoch(&self.chain.genesis(), &info, &members, previous.as_deref(), crate::entropy()?)?;
		let made_epoch = Epoch(made.expected.0.saturating_add(1));
		let keyed: BTreeSet<MemberId> = members.iter().map(|one| one.member).collect();
		let mut rosters = match info.roster {
			Roster::Hidden => Some(Rosters::open(self.folder)?),
			Roster::Everyone | Roster::Open => None,
		};
		if let Some(rosters) = &mut rosters {
			rosters.prepare(group, Keyed { epoch: made_epoch, members: keyed.clone() }, made.auth)?;
		}
		self.chain.execute(&self.identity.account, rekey_call(group, made)).await?;
		rosters.map_or(Ok(()), |mut rosters| rosters.set(group, made_epoch, keyed))
	}

	/// To whom the next epoch is keyed. A hidden group loses those who are active no more.
	async fn members(&self, view: &View, info: &GroupInfo) -> Result<Vec<MemberKey>, Error> {
		if info.roster != Roster::Hidden {
			return roster_keys(view, *info.group).await;
		}
		keys_of(view, &hidden_roster(view, &Rosters::open(self.folder)?, info).await?).await
	}

	async fn answer(&self, group: GroupId, epoch: Epoch, member: MemberId) -> Result<(), Error> {
		let view = self.chain.sealing_head().await?;
		let info = view.group(group).await?;
		// Who is in the group is given its secret, and nobody else, whoever is said to ask.
		let reads = view.roster(group).await?.iter().any(|entry| *entry.member == member);
		if info.stale || *info.epoch != epoch || !reads {
			return Ok(());
		}
		let Some(key) = view.encryption_key(member).await? else { return Ok(()) };
		let wrap = groups::welcome(&view, self.keyring(), (group, epoch), &MemberKey { member, key }).await?;
		let Some(wrap) = wrap else { return Ok(()) };
		let arguments = (Static(group), Static(epoch), Static(member), Static(wrap));
		self.chain.execute(&self.identity.account, tx("Membership", "welcome", arguments)).await.map(drop)
	}
}
