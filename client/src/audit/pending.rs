//! Readers of a withdrawn record that have not said that they deleted it, whatever became of them since.

use super::{Audit, Entry, RecordInfo, View, What};
use crate::error::Error;
use cti_primitives::{GroupId, MemberId, RecordStatus, Standing};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// What became of a reader.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Became {
	/// Suspended.
	Suspended,
	/// It left the consortium.
	Left,
	/// Expelled.
	Expelled,
	/// It is in none of the groups any more that gave it the record.
	Removed,
}

impl Became {
	/// In a word, for people.
	pub const fn word(self) -> &'static str {
		match self {
			Became::Suspended => "suspended",
			Became::Left => "left the consortium",
			Became::Expelled => "expelled",
			Became::Removed => "removed from the group",
		}
	}

	/// Of a reader of that standing. `given` are the groups that gave it the record, `now` those it is in; what its author
	/// gave it by name no removal ends.
	fn of(standing: Standing, given: Option<&BTreeSet<GroupId>>, now: &BTreeSet<GroupId>) -> Option<Self> {
		match standing {
			Standing::Suspended => Some(Became::Suspended),
			Standing::Left => Some(Became::Left),
			Standing::Expelled => Some(Became::Expelled),
			Standing::Active => given.filter(|given| given.is_disjoint(now)).map(|_| Became::Removed),
		}
	}
}

/// The readers but the author that have not acknowledged; nobody unless the record was withdrawn.
pub(super) fn of(info: &RecordInfo, readers: &BTreeMap<MemberId, u32>, trail: &[Entry]) -> Vec<MemberId> {
	if *info.status != RecordStatus::Withdrawn {
		return Vec::new();
	}
	let author = info.record.author.member();
	let said = trail.iter().filter_map(|entry| match &entry.what {
		What::Acknowledged { by } => Some(*by),
		_ => None,
	});
	let settled: BTreeSet<MemberId> = said.chain(author).collect();
	readers.keys().filter(|reader| !settled.contains(reader)).copied().collect()
}

/// What became of those that have not acknowledged.
pub(super) async fn became(view: &View, audit: &Audit) -> Result<BTreeMap<MemberId, Became>, Error> {
	let mut found = BTreeMap::new();
	if audit.pending.is_empty() {
		return Ok(found);
	}
	let given = given_by_groups(&audit.trail);
	for info in view.members().await?.iter().filter(|info| audit.pending.contains(&info.member)) {
		let now = view.groups_of(*info.member).await?.into_iter().collect();
		let became = Became::of(*info.standing, given.get(&*info.member), &now);
		found.extend(became.map(|became| (*info.member, became)));
	}
	Ok(found)
}

/// The groups that gave each member the record; who was granted it by name is left out.
fn given_by_groups(trail: &[Entry]) -> BTreeMap<MemberId, BTreeSet<GroupId>> {
	let mut given: BTreeMap<MemberId, BTreeSet<GroupId>> = BTreeMap::new();
	for entry in trail {
		match &entry.what {
			What::Keyed { group, members: Some(members), .. } => {
				members.iter().for_each(|member| {
					given.entry(*member).or_default().insert(*group);
				});
			}
			What::Welcomed { group, member, .. } => {
				given.entry(*member).or_default().insert(*group);
			}
			_ => {}
		}
	}
	for entry in trail {
		if let What::Granted { to, .. } = &entry.what {
			to.iter().filter_map(|owner| owner.member()).for_each(|member| {
				given.remove(&member);
			});
		}
	}
	given
}

#[cfg(test)]
mod tests {
	use super::*;

	fn groups<const N: usize>(ids: [u32; N]) -> BTreeSet<GroupId> {
		ids.map(GroupId).into()
	}

	#[test]
	fn what_became_of_a_reader_should_be_told() {
		let given = groups([1, 2]);
		let of =
			|standing, now: &[u32]| Became::of(standing, Some(&given), &now.iter().copied().map(GroupId).collect());
		assert_eq!(of(Standing::Expelled, &[]), Some(Became::Expelled));
		assert_eq!(of(Standing::Left, &[]), Some(Became::Left));
		assert_eq!(of(Standing::Suspended, &[1]), Some(Became::Suspended));
		assert_eq!(of(Standing::Active, &[0, 2]), None, "one of its groups is enough");
		assert_eq!(of(Standing::Active, &[0]), Some(Became::Removed));
		assert_eq!(Became::of(Standing::Active, None, &groups([])), None, "it was granted by name");
	}
}
