//! A process beside the node that keeps a member's groups keyed and does what recalls ask.
//!
//! It rekeys what waits for it, answers members that were not given an epoch's secret, asks for those that this member was
//! not given, and acknowledges withdrawals once the content is deleted. Agents of several members would all do the same at
//! the same time: each waits for a number of blocks of its own, and whoever comes first has done it for all.

use crate::{
	chain::{
		types::{GroupInfo, Roster},
		Chain, View,
	},
	error::Error,
	govern::blake2_256,
	groups::{self, keys_of, new_epoch, rekey_call, roster_keys, MemberKey},
	identity::Identity,
	keyring::Keyring,
	rosters::Rosters,
};
use cti_primitives::{Epoch, GroupId, MemberId, RecordId};
use std::{
	collections::{BTreeMap, BTreeSet},
	path::PathBuf,
};
use subxt::{dynamic::tx, utils::Static};

/// Blocks over which agents spread what all of them would do.
const SPREAD: u32 = 16;

/// Something that waits to be done, by this agent or by another.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Task {
	/// A group waits for its next epoch.
	Rekey {
		/// The group.
		group: GroupId,
		/// The epoch it has.
		epoch: Epoch,
		/// The roster that the next one is made for.
		roster_version: u32,
	},
	/// A member was not given the secret of a group's newest epoch.
	Answer {
		/// The group.
		group: GroupId,
		/// The epoch.
		epoch: Epoch,
		/// The member.
		member: MemberId,
	},
	/// This member was not given the secret of a group's newest epoch.
	Ask {
		/// The group.
		group: GroupId,
		/// The epoch.
		epoch: Epoch,
	},
	/// A withdrawn record was deleted from the store.
	Acknowledge {
		/// The record.
		record: RecordId,
	},
}

impl Task {
	/// Blocks that `member`'s agent lets pass before it does what others might do: `H(member | what) mod 16`.
	fn patience(&self, member: MemberId) -> u32 {
		let mut bytes = member.0.to_le_bytes().to_vec();
		match self {
			Task::Rekey { group, epoch, roster_version } => {
				bytes.extend([group.0, epoch.0, *roster_version].map(u32::to_le_bytes).concat());
			}
			Task::Answer { group, epoch, member } => {
				bytes.extend([group.0, epoch.0, member.0].map(u32::to_le_bytes).concat());
			}
			// Nobody else does these.
			Task::Ask { .. } | Task::Acknowledge { .. } => return 0,
		}
		u32::from(blake2_256(&bytes)[0]) % SPREAD
	}
}

/// What waits, since when.
#[derive(Debug, Default)]
pub struct Waiting {
	since: BTreeMap<Task, u32>,
}

impl Waiting {
	/// Takes note of all that waits at block `now`, and says what is due for `member`. What waits no longer is forgotten.
	pub fn due(&mut self, tasks: BTreeSet<Task>, now: u32, member: MemberId) -> Vec<Task> {
		self.since.retain(|task, _| tasks.contains(task));
		for task in tasks {
			self.since.entry(task).or_insert(now);
		}
		let is_due = |(task, since): &(&Task, &u32)| now >= since.saturating_add(task.patience(member));
		self.since.iter().filter(is_due).map(|(task, _)| task.clone()).collect()
	}

	/// Lets a task wait for another spread of blocks, because it was tried.
	pub fn tried(&mut self, task: &Task, now: u32) {
		self.since.insert(task.clone(), now.saturating_add(SPREAD));
	}
}

/// The agent of one member.
pub struct Agent<'a> {
	/// The chain.
	pub chain: &'a Chain,
	/// Who signs: the controller or an analyst.
	pub identity: &'a Identity,
	/// The member.
	pub member: MemberId,
	/// The member's keys.
	pub keyring: &'a Keyring<Chain>,
	/// The store's folder, where the rosters of hidden groups are.
	pub folder: PathBuf,
}

impl Agent<'_> {
	/// All that waits at this block. `withdrawn` are records of the store whose content was deleted.
	pub async fn tasks(&self, view: &View, withdrawn: &[RecordId]) -> Result<BTreeSet<Task>, Error> {
		let own: BTreeSet<GroupId> = view.groups_of(self.member).await?.into_iter().collect();
		let mut tasks = BTreeSet::new();
		for group in view.groups().await? {
			if self.runs(&group) || own.contains(&*group.group) {
				self.tasks_of(view, &group, &mut tasks).await?;
			}
		}
		for record in withdrawn {
			let pending = view.pending_acknowledgements(*record).await?;
			if pending.contains(&self.member) {
				tasks.insert(Task::Acknowledge { record: *record });
			}
		}
		Ok(tasks)
	}

	/// Does this member rekey a hidden group?
	fn runs(&self, group: &GroupInfo) -> bool {
		let owns = group.owner.as_ref().is_some_and(|owner| **owner == self.member);
		group.roster == Roster::Hidden && (owns || group.deputies.iter().any(|deputy| **deputy == self.member))
	}

	async fn tasks_of(&self, view: &View, info: &GroupInfo, tasks: &mut BTreeSet<Task>) -> Result<(), Error> {
		let (group, epoch) = (*info.group, *info.epoch);
		if info.stale {
			// A group that was never keyed is its owner's to begin.
			let is_begun = info.keyed_version > 0 || info.owner.as_ref().is_none_or(|owner| **owner == self.member);
			let is_known = info.roster != Roster::Hidden || Rosters::open(&self.folder)?.of(group).is_some();
			if is_begun && is_known {
				tasks.insert(Task::Rekey { group, epoch, roster_version: info.roster_version });
			}
			return Ok(());
		}
		if info.roster == Roster::Hidden {
			return Ok(());
		}
		let reports = view.bad_wraps(group).await?;
		match self.keyring.secret(group, epoch).await? {
			Some(_) => {
				let others = reports.into_iter().filter(|(member, of)| *member != self.member && *of == epoch);
				tasks.extend(others.map(|(member, _)| Task::Answer { group, epoch, member }));
			}
			None if !reports.contains(&(self.member, epoch)) => {
				tasks.insert(Task::Ask { group, epoch });
			}
			None => {}
		}
		Ok(())
	}

	/// Does one of them.
	pub async fn perform(&self, task: &Task) -> Result<(), Error> {
		match task {
			Task::Rekey { group, .. } => self.rekey(*group).await,
			Task::Answer { group, epoch, member } => self.answer(*group, *epoch, *member).await,
			Task::Ask { group, epoch } => {
				let call = tx("Membership", "report_bad_wrap", (Static(*group), Static(*epoch)));
				self.chain.execute(&self.identity.account, call).await.map(drop)
			}
			Task::Acknowledge { record } => {
				let call = tx("ThreatRegistry", "acknowledge", (Static(*record),));
				self.chain.execute(&self.identity.account, call).await.map(drop)
			}
		}
	}

	async fn rekey(&self, group: GroupId) -> Result<(), Error> {
		let view = self.chain.head().await?;
		let info = view.group(group).await?;
		if !info.stale {
			return Ok(());
		}
		let members = self.members(&view, &info).await?;
		let previous = match info.keyed_version {
			0 => None,
			_ => self.keyring.secret(group, *info.epoch).await?,
		};
		let made = new_epoch(&self.chain.genesis(), &info, &members, previous.as_deref(), crate::entropy()?)?;
		self.chain.execute(&self.identity.account, rekey_call(group, made)).await.map(drop)
	}

	/// To whom the next epoch is keyed. A hidden group loses those who are active no more.
	async fn members(&self, view: &View, info: &GroupInfo) -> Result<Vec<MemberKey>, Error> {
		if info.roster != Roster::Hidden {
			return roster_keys(view, *info.group).await;
		}
		let known = Rosters::open(&self.folder)?.of(*info.group).cloned().unwrap_or_default();
		let active = view.active_members().await?;
		keys_of(view, known.intersection(&active).copied()).await
	}

	async fn answer(&self, group: GroupId, epoch: Epoch, member: MemberId) -> Result<(), Error> {
		let Some(key) = self.chain.head().await?.encryption_key(member).await? else { return Ok(()) };
		let wrap = groups::welcome(self.chain, self.keyring, (group, epoch), &MemberKey { member, key }).await?;
		let Some(wrap) = wrap else { return Ok(()) };
		let arguments = (Static(group), Static(epoch), Static(member), Static(wrap));
		self.chain.execute(&self.identity.account, tx("Membership", "welcome", arguments)).await.map(drop)
	}
}

impl std::fmt::Display for Task {
	fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
		match self {
			Task::Rekey { group, epoch, .. } => write!(f, "rekey of group {group}, at epoch {epoch} so far"),
			Task::Answer { group, epoch, member } => {
				write!(f, "welcome of member {member} to group {group} at epoch {epoch}")
			}
			Task::Ask { group, epoch } => write!(f, "request for the secret of group {group} at epoch {epoch}"),
			Task::Acknowledge { record } => write!(f, "acknowledgement that record {record} was deleted"),
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	fn rekey(roster_version: u32) -> Task {
		Task::Rekey { group: GroupId(1), epoch: Epoch(4), roster_version }
	}

	#[test]
	fn agents_should_not_all_act_at_once() {
		let patience: BTreeSet<u32> = (0..40).map(|member| rekey(7).patience(MemberId(member))).collect();
		assert!(patience.len() > 8 && patience.iter().all(|blocks| *blocks < SPREAD), "{patience:?}");
		let others: BTreeSet<u32> = (0..40).map(|version| rekey(version).patience(MemberId(0))).collect();
		assert!(others.len() > 8, "one member should not always come first: {others:?}");
	}

	#[test]
	fn task_should_be_due_when_its_patience_is_over_and_forgotten_when_somebody_did_it() {
		let (mut waiting, member) = (Waiting::default(), MemberId(3));
		let patience = rekey(7).patience(member);
		for now in 100..100 + patience {
			assert_eq!(waiting.due([rekey(7)].into(), now, member), []);
		}
		assert_eq!(waiting.due([rekey(7)].into(), 100 + patience, member), [rekey(7)]);
		assert_eq!(waiting.due([].into(), 101 + patience, member), []);
		// It counts anew.
		let again = waiting.due([rekey(7)].into(), 102 + patience, member);
		assert_eq!(again.is_empty(), patience > 0);
	}

	#[test]
	fn task_that_failed_should_wait() {
		let (mut waiting, member) = (Waiting::default(), MemberId(3));
		let ask = Task::Ask { group: GroupId(1), epoch: Epoch(4) };
		assert_eq!(waiting.due([ask.clone()].into(), 5, member), [ask.clone()]);
		waiting.tried(&ask, 5);
		assert_eq!(waiting.due([ask.clone()].into(), 6, member), []);
		assert_eq!(waiting.due([ask.clone()].into(), 5 + SPREAD, member), [ask]);
	}
}
