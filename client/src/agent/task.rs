//! What waits to be done, since when, and how long an agent leaves it to others.

use crate::govern::blake2_256;
use cti_primitives::{Epoch, GroupId, MemberId, RecordId};
use std::collections::{BTreeMap, BTreeSet};

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
	/// A word for counting.
	pub const fn kind(&self) -> &'static str {
		match self {
			Task::Rekey { .. } => "rekey",
			Task::Replace { .. } => "replace",
			Task::NameRoster { .. } => "name-roster",
			Task::Answer { .. } => "answer",
			Task::Ask { .. } => "ask",
			Task::Acknowledge { .. } => "acknowledge",
			Task::Grant { .. } => "grant",
		}
	}

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
		assert_eq!(waiting.due([ask.clone()].into(), 5, member), std::slice::from_ref(&ask));
		waiting.tried(&ask, 5);
		assert_eq!(waiting.due([ask.clone()].into(), 6, member), []);
		assert_eq!(waiting.due([ask.clone()].into(), 5 + SPREAD, member), [ask]);
	}
}
