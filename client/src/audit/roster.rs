//! To whom an epoch was keyed: who was in the group when its rekey was carried out, in the middle of a block.

use super::{events_of, fields, view_of};
use crate::{
	chain::{
		types::{EncryptionKeySet, KeyOwner, Roster},
		Chain, Config,
	},
	error::Error,
};
use cti_primitives::{Epoch, GroupId, MemberId};
use std::collections::BTreeSet;
use subxt::{events::Event, ext::scale_decode::DecodeAsType, utils::Static};

/// The consortium's group, which every active member with a key is in.
const CONSORTIUM: GroupId = GroupId(0);

/// `Membership.MemberAddedToGroup` and `Membership.MemberRemovedFromGroup`.
#[derive(DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
struct OfGroup {
	group: Static<GroupId>,
	member: Static<MemberId>,
}

/// Events by which a member becomes active, or is active no longer, as far as they are used.
#[derive(DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
struct OfMember {
	member: Static<MemberId>,
}

/// `Membership.GroupRekeyed`, as far as it is used.
#[derive(DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
struct Rekeyed {
	group: Static<GroupId>,
	epoch: Static<Epoch>,
	wraps: u16,
}

/// What an event does to a group's roster.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Step {
	/// The member is in it from here on.
	Enters(MemberId),
	/// The member is active again, in its groups of before.
	Returns(MemberId),
	/// The member is in it no longer, or not active.
	Goes(MemberId),
	/// The epoch was made, with so many wraps.
	Keyed(u16),
}

/// The members that the group's epoch was keyed to in block `number`; `None` where the roster is hidden.
pub(super) async fn at_rekey(
	chain: &Chain,
	group: GroupId,
	epoch: Epoch,
	number: u32,
) -> Result<Option<Vec<MemberId>>, Error> {
	let doing = || format!("reading who was in group {group} when its epoch {epoch} was keyed, in block {number}");
	// What the block before left is what the block began with.
	let before = number.saturating_sub(1);
	let hash = chain.block_hash(before).await?;
	let hash = hash.ok_or_else(|| Error::node(doing(), format!("the chain does not have block {before}")))?;
	if !chain.has_events(hash).await? {
		let advice =
			"the node has dropped the state of the block before: ask one that keeps all (--state-pruning archive)";
		return Err(Error::node(doing(), advice));
	}
	let (before, view) = (view_of(chain, before).await?, view_of(chain, number).await?);
	if view.group(group).await?.roster == Roster::Hidden {
		return Ok(None);
	}
	let mut roster: BTreeSet<MemberId> = before.roster(group).await?.iter().map(|entry| *entry.member).collect();
	if number > 0 {
		let mut steps = Vec::new();
		for event in events_of(chain, &view).await?.iter() {
			steps.extend(step(&event.map_err(|e| Error::node(doing(), e))?, group, epoch)?);
		}
		let mut belong = BTreeSet::new();
		for step in &steps {
			if let Step::Returns(member) = step {
				belong.extend(before.groups_of(*member).await?.contains(&group).then_some(*member));
			}
		}
		roster = replay(roster, &steps, &belong).map_err(|reason| Error::node(doing(), reason))?;
	}
	Ok(Some(roster.into_iter().collect()))
}

fn step(event: &Event<'_, Config>, group: GroupId, epoch: Epoch) -> Result<Option<Step>, Error> {
	if event.pallet_name() != "Membership" {
		return Ok(None);
	}
	let of_group = |make: fn(MemberId) -> Step| -> Result<Option<Step>, Error> {
		let of: OfGroup = fields(event)?;
		Ok((*of.group == group).then(|| make(*of.member)))
	};
	let of_member = |make: fn(MemberId) -> Step| -> Result<Option<Step>, Error> {
		Ok(Some(make(*fields::<OfMember>(event)?.member)))
	};
	match event.event_name() {
		"MemberAddedToGroup" => of_group(Step::Enters),
		"MemberRemovedFromGroup" => of_group(Step::Goes),
		"MemberReinstated" => of_member(Step::Returns),
		"MemberSuspended" | "MemberExpelled" | "MemberLeft" => of_member(Step::Goes),
		"EncryptionKeySet" => {
			let set: EncryptionKeySet = fields(event)?;
			Ok(match set.owner {
				// With its first key a member enters the consortium's group.
				KeyOwner::Member(member) if set.version == 0 && group == CONSORTIUM => Some(Step::Enters(*member)),
				_ => None,
			})
		}
		"GroupRekeyed" => {
			let made: Rekeyed = fields(event)?;
			Ok(((*made.group, *made.epoch) == (group, epoch)).then_some(Step::Keyed(made.wraps)))
		}
		_ => Ok(None),
	}
}

/// The roster at the rekey, of the one that the block began with. The chain took one wrap for each member: another number
/// says that something is missing here. `belong` are those that are in the group when they return.
fn replay(
	mut roster: BTreeSet<MemberId>,
	steps: &[Step],
	belong: &BTreeSet<MemberId>,
) -> Result<BTreeSet<MemberId>, String> {
	for step in steps {
		match step {
			Step::Enters(member) => {
				roster.insert(*member);
			}
			Step::Returns(member) => roster.extend(belong.get(member)),
			Step::Goes(member) => {
				roster.remove(member);
			}
			Step::Keyed(wraps) if roster.len() == usize::from(*wraps) => return Ok(roster),
			Step::Keyed(wraps) => return Err(format!("it has {wraps} wraps, and {} members were in", roster.len())),
		}
	}
	Err("the block does not have its rekey".into())
}

#[cfg(test)]
mod tests {
	use super::*;

	fn members<const N: usize>(ids: [u32; N]) -> BTreeSet<MemberId> {
		ids.map(MemberId).into()
	}

	#[test]
	fn what_came_before_the_rekey_should_count_and_what_came_after_it_not() {
		let [one, three, four, five] = [1, 3, 4, 5].map(MemberId);
		let steps = [
			Step::Goes(one),
			Step::Enters(three),
			Step::Returns(four),
			Step::Returns(five),
			Step::Keyed(4),
			Step::Goes(MemberId(2)),
			Step::Enters(one),
		];
		assert_eq!(replay(members([0, 1, 2]), &steps, &members([4])), Ok(members([0, 2, 3, 4])));
	}

	#[test]
	fn other_number_of_wraps_and_no_rekey_should_be_told() {
		let error = replay(members([0, 1]), &[Step::Keyed(3)], &members([])).unwrap_err();
		assert!(error.contains("3 wraps") && error.contains("2 members"), "{error}");
		assert!(replay(members([0, 1]), &[Step::Goes(MemberId(1))], &members([])).is_err());
	}
}
