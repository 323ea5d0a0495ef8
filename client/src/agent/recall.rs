//! Withdrawn records whose deletion this member is to acknowledge.

use super::{Agent, Found, Task};
use crate::{
	chain::{
		types::{RecordInfo, Roster},
		View,
	},
	error::Error,
};
use cti_primitives::{AuthorId, MemberId, RecordId};
use std::collections::BTreeSet;
use subxt::{dynamic::storage, utils::Static};

impl View {
	/// Is the member listed under the record in one of the registry's tables?
	async fn is_listed(&self, table: &str, record: RecordId, member: MemberId) -> Result<bool, Error> {
		let entry = storage::<(Static<RecordId>, Static<MemberId>), ()>("ThreatRegistry", table);
		let found = self.at().storage().try_fetch(entry, (Static(record), Static(member))).await;
		let found = found.map_err(|e| self.failed(format!("reading ThreatRegistry.{table} of record {record}"), e))?;
		Ok(found.is_some())
	}
}

impl Agent<'_> {
	/// Adds what is to be acknowledged, of what the store has deleted. A record that cannot be looked at keeps the agent from no
	/// other.
	pub(super) async fn recalls(
		&self,
		view: &View,
		settled: &BTreeSet<RecordId>,
		found: &mut Found,
	) -> Result<(), Error> {
		for record in self.store.deleted_records()?.into_iter().filter(|record| !settled.contains(record)) {
			match self.owes(view, record).await {
				Ok(true) => {
					found.tasks.insert(Task::Acknowledge { record });
				}
				Ok(false) => found.settled.push(record),
				Err(lost @ Error::Unreachable { .. }) => return Err(lost),
				Err(failure) => found.failures.push((format!("record {record}"), failure)),
			}
		}
		Ok(())
	}

	/// Was the record given to this member, as everybody can see, and its deletion not acknowledged yet? Today's rosters
	/// do not matter: who was removed or suspended since has read it all the same.
	async fn owes(&self, view: &View, record: RecordId) -> Result<bool, Error> {
		if record.author == AuthorId::from(self.member) || view.is_listed("Acknowledged", record, self.member).await? {
			return Ok(false);
		}
		if view.is_listed("Granted", record, self.member).await? {
			return Ok(true);
		}
		self.opens_by_group(view, &view.record(record).await?).await
	}

	/// Only an open group counts: to acknowledge for a hidden one, or a direct wrap, would name a reader.
	async fn opens_by_group(&self, view: &View, record: &RecordInfo) -> Result<bool, Error> {
		for (group, epoch) in record.audience.0.iter().copied() {
			let is_open = view.group(group).await?.roster != Roster::Hidden;
			if is_open && self.keyring().secret(group, epoch).await?.is_some() {
				return Ok(true);
			}
		}
		Ok(false)
	}
}
