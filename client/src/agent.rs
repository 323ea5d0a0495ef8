//! A process beside the node that keeps a member's groups keyed and does what recalls ask.
//!
//! It rekeys what waits for it, answers members that were not given an epoch's secret, asks for those that this member was
//! not given, acknowledges withdrawals once the content is deleted, and grants what the operator's policy grants. Agents
//! of several members would all do the same at the same time: each waits for a number of blocks of its own, and whoever
//! comes first has done it for all.

use crate::{
	chain::{
		types::{GroupInfo, Roster},
		Chain, View,
	},
	error::{Error, Exit},
	govern::blake2_256,
	grants::{self, Asked, Policy},
	groups::{self, keeps_history, keys_of, new_epoch, rekey_call, roster_keys, MemberKey},
	identity::Identity,
	keyring::Keyring,
	rosters::Rosters,
	store::Store,
	sync::Fetcher,
	time,
};
use cti_primitives::{Epoch, GroupId, MemberId, RecordId};
use std::{
	collections::{BTreeMap, BTreeSet},
	path::Path,
};
use subxt::{dynamic::tx, utils::Static};

/// Blocks over which agents spread what all of them would do.
const SPREAD: u32 = 16;
/// Blocks more that a rekey waits which would cut a group's history: for one that would not.
const MERCY: u32 = 64;

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
		/// This member does not hold the newest epoch's secret: its rekey would cut the group's history.
		cuts_history: bool,
	},
	/// The newest epoch of a group is one that this member and others were given no key to: it may be replaced.
	Replace {
		/// The group.
		group: GroupId,
		/// The epoch.
		epoch: Epoch,
	},
	/// A hidden group of this member waits for its next epoch, and the store does not know for whom.
	NameRoster {
		/// The group.
		group: GroupId,
		/// The epoch it has.
		epoch: Epoch,
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
	/// A member asks for a record of this one, and the operator's policy grants it.
	Grant {
		/// The record.
		record: RecordId,
		/// Who asks.
		member: MemberId,
	},
}

impl Task {
	/// Blocks that `member`'s agent lets pass before it does what others might do: `H(member | what) mod 16`.
	fn patience(&self, member: MemberId) -> u32 {
		let (mut bytes, mut mercy) = (member.0.to_le_bytes().to_vec(), 0);
		match self {
			Task::Rekey { group, epoch, roster_version, cuts_history } => {
				bytes.extend([group.0, epoch.0, *roster_version].map(u32::to_le_bytes).concat());
				mercy = if *cuts_history { MERCY } else { 0 };
			}
			Task::Answer { group, epoch, member } => {
				bytes.extend([group.0, epoch.0, member.0].map(u32::to_le_bytes).concat());
			}
			Task::Replace { group, epoch } => bytes.extend([group.0, epoch.0].map(u32::to_le_bytes).concat()),
			// Nobody else does these.
			Task::NameRoster { .. } | Task::Ask { .. } | Task::Acknowledge { .. } | Task::Grant { .. } => return 0,
		}
		u32::from(blake2_256(&bytes)[0]) % SPREAD + mercy
	}
}

/// What waits, since when.
#[derive(Debug, Default)]
pub struct Waiting {
	since: BTreeMap<Task, u32>,
	/// When questions and answers were given. They may go on waiting: a question whose answer is not read yet or was bad,
	/// an answer that the member disputes.
	given: BTreeMap<Task, u32>,
}

impl Waiting {
	/// Takes note of all that waits at block `now`, and says what is due for `member`. What waits no longer is forgotten.
	pub fn due(&mut self, tasks: BTreeSet<Task>, now: u32, member: MemberId) -> Vec<Task> {
		self.since.retain(|task, _| tasks.contains(task));
		for task in tasks {
			self.since.entry(task).or_insert(now);
		}
		let is_due = |(task, since): &(&Task, &u32)| {
			now >= since.saturating_add(task.patience(member)) && !self.is_given(task, now)
		};
		self.since.iter().filter(is_due).map(|(task, _)| task.clone()).collect()
	}

	/// Was it answered before, or asked a short while ago?
	fn is_given(&self, task: &Task, now: u32) -> bool {
		self.given
			.get(task)
			.is_some_and(|at| matches!(task, Task::Answer { .. }) || now < at.saturating_add(2 * SPREAD))
	}

	/// Takes note that a task was done.
	pub fn done(&mut self, task: &Task, now: u32) {
		if matches!(task, Task::Ask { .. } | Task::Answer { .. }) {
			self.given.insert(task.clone(), now);
		}
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
	/// Reads records, with the member's keys.
	pub fetcher: &'a Fetcher,
	/// The store.
	pub store: &'a Store,
	/// The store's folder, where the rosters of hidden groups are.
	pub folder: &'a Path,
	/// Which requests it grants by itself.
	pub policy: &'a Policy,
}

/// All that waits at a block, and what could not be looked at.
#[derive(Default)]
pub struct Found {
	/// What waits.
	pub tasks: BTreeSet<Task>,
	/// The groups that could not be looked at, and why.
	pub failures: Vec<(GroupId, Error)>,
	/// Withdrawn records that this member has acknowledged, or never had to.
	pub settled: Vec<RecordId>,
}

impl Agent<'_> {
	/// All that waits at this block: nothing while the member may not act. `settled` are withdrawn records that need not be
	/// looked at again. A group that cannot be looked at keeps the agent from no other.
	pub async fn tasks(&self, view: &View, settled: &BTreeSet<RecordId>) -> Result<Found, Error> {
		let mut found = Found::default();
		if !view.active_members().await?.contains(&self.member) {
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
				Err(failure) => found.failures.push((*group.group, failure)),
			}
		}
		for record in self.store.deleted_records()?.into_iter().filter(|record| !settled.contains(record)) {
			if view.pending_acknowledgements(record).await?.contains(&self.member) {
				found.tasks.insert(Task::Acknowledge { record });
			} else {
				found.settled.push(record);
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
			return Ok(self.rekey_of(info).await?.into_iter().collect());
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
	async fn rekey_of(&self, info: &GroupInfo) -> Result<Option<Task>, Error> {
		let (group, epoch) = (*info.group, *info.epoch);
		// A group that was never keyed is its owner's to begin.
		if info.keyed_version == 0 && info.owner.as_ref().is_some_and(|owner| **owner != self.member) {
			return Ok(None);
		}
		if info.roster == Roster::Hidden && Rosters::open(self.folder)?.current(group, epoch).is_err() {
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
			Task::NameRoster { group, epoch } => Rosters::open(self.folder)?.current(*group, *epoch).map(drop),
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
		self.chain.execute(&self.identity.account, rekey_call(group, made)).await?;
		match info.roster {
			Roster::Hidden => {
				let keyed = members.iter().map(|one| one.member).collect();
				Rosters::open(self.folder)?.set(group, made_epoch, keyed)
			}
			Roster::Everyone | Roster::Open => Ok(()),
		}
	}

	/// To whom the next epoch is keyed. A hidden group loses those who are active no more.
	async fn members(&self, view: &View, info: &GroupInfo) -> Result<Vec<MemberKey>, Error> {
		if info.roster != Roster::Hidden {
			return roster_keys(view, *info.group).await;
		}
		keys_of(view, Rosters::open(self.folder)?.current(*info.group, *info.epoch)?).await
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

impl std::fmt::Display for Task {
	fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
		match self {
			Task::Rekey { group, epoch, cuts_history, .. } => {
				let cut = if *cuts_history { "; nobody came who holds its secret: its history is cut" } else { "" };
				write!(f, "rekey of group {group}, at epoch {epoch} so far{cut}")
			}
			Task::Replace { group, epoch } => {
				write!(f, "replacement of epoch {epoch} of group {group}, to which members were given no key")
			}
			Task::NameRoster { group, epoch } => write!(f, "rekey of hidden group {group}, at epoch {epoch} so far"),
			Task::Answer { group, epoch, member } => {
				write!(f, "welcome of member {member} to group {group} at epoch {epoch}")
			}
			Task::Ask { group, epoch } => write!(f, "request for the secret of group {group} at epoch {epoch}"),
			Task::Acknowledge { record } => write!(f, "acknowledgement that record {record} was deleted"),
			Task::Grant { record, member } => write!(f, "grant of record {record} to member {member}"),
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	fn rekey(roster_version: u32) -> Task {
		Task::Rekey { group: GroupId(1), epoch: Epoch(4), roster_version, cuts_history: false }
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
	fn rekey_that_would_cut_the_history_should_leave_time_for_one_that_would_not() {
		let cut = Task::Rekey { group: GroupId(1), epoch: Epoch(4), roster_version: 7, cuts_history: true };
		for member in (0..40).map(MemberId) {
			assert_eq!(cut.patience(member), rekey(7).patience(member) + MERCY);
			assert!(cut.patience(member) > SPREAD);
		}
		assert!(cut.to_string().contains("history is cut") && !rekey(7).to_string().contains("history"));
	}

	#[test]
	fn secret_should_be_asked_for_again_only_when_the_answer_was_read() {
		let (mut waiting, member) = (Waiting::default(), MemberId(3));
		let ask = |epoch| Task::Ask { group: GroupId(1), epoch: Epoch(epoch) };
		waiting.done(&ask(4), 500);
		// An answer takes the report away, and the secret is missing still.
		assert_eq!(waiting.due([ask(4)].into(), 500 + 2 * SPREAD - 1, member), []);
		assert_eq!(waiting.due([ask(4)].into(), 500 + 2 * SPREAD, member), [ask(4)]);
		assert_eq!(waiting.due([ask(5)].into(), 501, member), [ask(5)]);
	}

	#[test]
	fn answer_should_be_given_once_though_the_member_disputes_it() {
		let (mut waiting, member) = (Waiting::default(), MemberId(3));
		let answer = Task::Answer { group: GroupId(1), epoch: Epoch(4), member: MemberId(2) };
		let due = waiting.due([answer.clone()].into(), 5, member).len()
			+ waiting.due([answer.clone()].into(), 5 + SPREAD, member).len();
		assert!(due > 0);
		waiting.done(&answer, 30);
		assert_eq!(waiting.due([answer].into(), 5_000, member), []);
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
