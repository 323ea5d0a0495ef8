//! Who was given a record, when and by whom: from the chain alone, for everybody.

use crate::{
	chain::{
		types::{RecordInfo, RecordOnly},
		BlockRef, Chain, Config, View,
	},
	error::Error,
};
use cti_primitives::{AuthorId, Epoch, GroupId, KeyOwnerId, MemberId, RecordId};
use futures::{stream, StreamExt, TryStreamExt};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use subxt::{
	events::Event,
	ext::scale_decode::{DecodeAsFields, DecodeAsType},
	utils::Static,
};

/// How many blocks are read at the same time.
const CONCURRENCY: usize = 16;

/// One thing that happened to a record, or to a group that can read it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum What {
	/// The author registered it.
	Published,
	/// An epoch was keyed to these members whose secret opens it: the one that it is sealed to, or a later one of a
	/// group that keeps history.
	Keyed {
		/// The group.
		group: GroupId,
		/// The epoch.
		epoch: Epoch,
		/// The members; `None` where the roster is hidden.
		members: Option<Vec<MemberId>>,
	},
	/// A member was handed the secret of an epoch that opens it.
	Welcomed {
		/// The group.
		group: GroupId,
		/// The epoch.
		epoch: Epoch,
		/// The member.
		member: MemberId,
		/// Who handed it over.
		by: MemberId,
	},
	/// The author gave more readers the key.
	Granted {
		/// To whom, by the author's word.
		to: Vec<KeyOwnerId>,
		/// How many more.
		hidden: u8,
	},
	/// A member asked for it.
	Requested {
		/// The member.
		by: MemberId,
	},
	/// The author gives it not to who asked.
	Declined {
		/// Who asked.
		member: MemberId,
	},
	/// The author withdrew it.
	Withdrawn,
	/// A member says that it deleted it.
	Acknowledged {
		/// The member.
		by: MemberId,
	},
}

/// When it happened.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Entry {
	/// The block.
	pub block: u32,
	/// What.
	pub what: What,
}

/// What the chain says of who can read a record.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Audit {
	/// In the order in which it happened.
	pub trail: Vec<Entry>,
	/// Members that were given it, each with the first block in which it was.
	pub readers: BTreeMap<MemberId, u32>,
	/// Keys of analysts that were given it.
	pub analysts: Vec<KeyOwnerId>,
	/// Direct wraps and grants whose readers are not named, padding included.
	pub unnamed: u32,
	/// Hidden groups that can read it.
	pub hidden_groups: Vec<GroupId>,
	/// Members of open groups that have not said that they deleted it, if it was withdrawn.
	pub pending: Vec<MemberId>,
}

/// `ThreatRegistry.AccessGranted`, as far as it is used.
#[derive(DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
struct Granted {
	record: Static<RecordId>,
	recipients: Static<Vec<KeyOwnerId>>,
	hidden: Static<u8>,
}

/// `ThreatRegistry.AccessRequested` and `ThreatRegistry.WithdrawalAcknowledged`, as far as it is used.
#[derive(DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
struct OfRecordBy {
	record: Static<RecordId>,
	by: Static<MemberId>,
}

/// `ThreatRegistry.AccessDeclined`, as far as it is used.
#[derive(DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
struct OfRecordMember {
	record: Static<RecordId>,
	member: Static<MemberId>,
}

/// `Membership.MemberWelcomed`, as far as it is used.
#[derive(DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
struct Welcomed {
	group: Static<GroupId>,
	epoch: Static<Epoch>,
	member: Static<MemberId>,
	by: Static<MemberId>,
}

/// Epochs whose secrets open the record.
type Opening = BTreeSet<(GroupId, Epoch)>;

/// Reads the chain from where the record's epochs were keyed to its newest block.
pub async fn audit(chain: &Chain, record: RecordId, progress: impl Fn(u32, u32)) -> Result<Audit, Error> {
	let view = chain.head().await?;
	let info = view.record(record).await?;
	let mut trail = vec![Entry { block: info.at.0, what: What::Published }];
	let mut first = info.at.0;
	let mut opening = BTreeSet::new();
	for (group, epoch) in info.audience.0.iter().copied() {
		for (epoch, at) in epochs_that_open(&view, group, epoch).await? {
			trail.push(keyed(chain, group, epoch, at).await?);
			first = first.min(at);
			opening.insert((group, epoch));
		}
	}
	let head = view.block().number;
	let blocks = stream::iter(first..=head).map(|number| {
		progress(number, head);
		entries(chain, number, &info, &opening)
	});
	let found: Vec<Vec<Entry>> = blocks.buffered(CONCURRENCY).try_collect().await?;
	trail.extend(found.into_iter().flatten());
	trail.sort_by_key(|entry| entry.block);
	let pending = view.pending_acknowledgements(record).await?;
	Ok(conclude(&info, trail, pending))
}

/// The epoch itself, and those after it as far as links lead back from them, each with the block that made it: the
/// secret of each opens what was sealed to the first.
async fn epochs_that_open(view: &View, group: GroupId, first: Epoch) -> Result<Vec<(Epoch, u32)>, Error> {
	let missing = || Error::node(format!("reading epoch {first} of group {group}"), "there is none");
	let info = view.epoch(group, first).await?.ok_or_else(missing)?;
	let mut opening = vec![(first, info.at.0)];
	for epoch in (first.0..u32::MAX).map(|before| Epoch(before.saturating_add(1))) {
		match view.epoch(group, epoch).await? {
			Some(info) if info.link.is_some() => opening.push((epoch, info.at.0)),
			_ => break,
		}
	}
	Ok(opening)
}

/// To whom the group's epoch was keyed in block `number`: its roster at that time.
async fn keyed(chain: &Chain, group: GroupId, epoch: Epoch, number: u32) -> Result<Entry, Error> {
	let hash = chain.block_hash(number).await?;
	let hash = hash.ok_or_else(|| Error::node(format!("reading block {number}"), "the chain does not have it"))?;
	if !chain.has_events(hash).await? {
		return Err(Error::node(
			format!("reading who was in group {group} when its epoch {epoch} was keyed, in block {number}"),
			"the node has dropped the state of that block: ask one that keeps all (--state-pruning archive)",
		));
	}
	let view = chain.at(BlockRef { number, hash }).await?;
	let is_hidden = view.group(group).await?.roster == crate::chain::types::Roster::Hidden;
	let roster = view.roster(group).await?;
	let members = (!is_hidden).then(|| roster.iter().map(|entry| *entry.member).collect());
	Ok(Entry { block: number, what: What::Keyed { group, epoch, members } })
}

/// What a block says of the record.
async fn entries(chain: &Chain, number: u32, info: &RecordInfo, opening: &Opening) -> Result<Vec<Entry>, Error> {
	let hash = chain.block_hash(number).await?;
	let hash = hash.ok_or_else(|| Error::node(format!("reading block {number}"), "the chain does not have it"))?;
	let encoded = chain.events(hash).await?;
	let view = chain.at(BlockRef { number, hash }).await?;
	let events = view.at().events().from_bytes(encoded);
	let mut entries = Vec::new();
	for event in events.iter() {
		let event = event.map_err(|e| Error::node(format!("reading the events of block {number}"), e))?;
		entries.extend(what(&event, info, opening)?.map(|what| Entry { block: number, what }));
	}
	Ok(entries)
}

fn what(event: &Event<'_, Config>, info: &RecordInfo, opening: &Opening) -> Result<Option<What>, Error> {
	let of = |record: &Static<RecordId>| **record == *info.record;
	Ok(match (event.pallet_name(), event.event_name()) {
		("ThreatRegistry", "AccessGranted") => {
			let granted: Granted = fields(event)?;
			of(&granted.record).then_some(What::Granted { to: granted.recipients.0, hidden: granted.hidden.0 })
		}
		("ThreatRegistry", "AccessRequested") => {
			let requested: OfRecordBy = fields(event)?;
			of(&requested.record).then(|| What::Requested { by: *requested.by })
		}
		("ThreatRegistry", "AccessDeclined") => {
			let declined: OfRecordMember = fields(event)?;
			of(&declined.record).then(|| What::Declined { member: *declined.member })
		}
		("ThreatRegistry", "RecordWithdrawn") => of(&fields::<RecordOnly>(event)?.record).then_some(What::Withdrawn),
		("ThreatRegistry", "WithdrawalAcknowledged") => {
			let said: OfRecordBy = fields(event)?;
			of(&said.record).then(|| What::Acknowledged { by: *said.by })
		}
		("Membership", "MemberWelcomed") => {
			let Welcomed { group, epoch, member, by } = fields(event)?;
			opening.contains(&(*group, *epoch)).then(|| What::Welcomed {
				group: *group,
				epoch: *epoch,
				member: *member,
				by: *by,
			})
		}
		_ => None,
	})
}

fn fields<E: DecodeAsFields>(event: &Event<'_, Config>) -> Result<E, Error> {
	let name = || format!("reading the event {}.{}", event.pallet_name(), event.event_name());
	event.decode_fields_unchecked_as().map_err(|e| Error::node(name(), e))
}

/// Who was given it, from all that happened.
fn conclude(info: &RecordInfo, trail: Vec<Entry>, pending: Vec<MemberId>) -> Audit {
	let mut audit = Audit {
		trail: Vec::new(),
		readers: BTreeMap::new(),
		analysts: Vec::new(),
		unnamed: info.direct.into(),
		hidden_groups: Vec::new(),
		pending,
	};
	let mut hidden = BTreeSet::new();
	if let Some(author) = AuthorId::member(info.record.author) {
		audit.readers.insert(author, info.at.0);
	}
	for Entry { block, what } in &trail {
		// Nobody reads it before it is there.
		let block = (*block).max(info.at.0);
		let mut give = |member: MemberId| {
			audit.readers.entry(member).or_insert(block);
		};
		match what {
			What::Keyed { members: Some(members), .. } => members.iter().copied().for_each(give),
			What::Keyed { group, members: None, .. } => {
				hidden.insert(*group);
			}
			What::Welcomed { member, .. } => give(*member),
			What::Granted { to, hidden } => {
				to.iter().filter_map(|owner| owner.member()).for_each(&mut give);
				audit.analysts.extend(to.iter().filter(|owner| owner.is_analyst()));
				audit.unnamed += u32::from(*hidden);
			}
			_ => {}
		}
	}
	audit.hidden_groups = hidden.into_iter().collect();
	audit.trail = trail;
	audit
}

#[cfg(test)]
mod tests {
	use super::*;
	use cti_primitives::{RecordStatus, Tlp};

	fn info(direct: u8) -> RecordInfo {
		RecordInfo {
			record: Static(RecordId { author: AuthorId(0), n: 7 }),
			id: [0; 32],
			objects_root: [0; 32],
			leaves: 1,
			bytes: 1,
			tlp: Static(Tlp::Amber),
			audience: Static(vec![(GroupId(1), Epoch(2))]),
			direct,
			at: (100, 1),
			published: 0,
			valid_until: None,
			revises: None,
			status: Static(RecordStatus::Open),
		}
	}

	#[test]
	fn everybody_who_was_given_a_record_should_be_named_with_the_first_time() {
		let keyed = What::Keyed { group: GroupId(1), epoch: Epoch(2), members: Some(vec![MemberId(0), MemberId(1)]) };
		let welcomed = |member| What::Welcomed { group: GroupId(1), epoch: Epoch(2), member, by: MemberId(0) };
		let analyst = KeyOwnerId::FIRST_ANALYST;
		let granted = What::Granted { to: vec![KeyOwnerId(3), analyst], hidden: 2 };
		let trail = [(40, keyed), (110, welcomed(MemberId(2))), (120, granted), (130, welcomed(MemberId(1)))];
		let trail: Vec<Entry> = trail.into_iter().map(|(block, what)| Entry { block, what }).collect();
		let audit = conclude(&info(4), trail, vec![]);
		let readers = [(MemberId(0), 100), (MemberId(1), 100), (MemberId(2), 110), (MemberId(3), 120)];
		assert_eq!(audit.readers, readers.into());
		assert_eq!((audit.analysts, audit.unnamed), (vec![analyst], 6));
	}

	#[test]
	fn members_of_hidden_groups_should_not_be_guessed() {
		let keyed = What::Keyed { group: GroupId(1), epoch: Epoch(2), members: None };
		let audit = conclude(&info(0), vec![Entry { block: 40, what: keyed }], vec![]);
		assert_eq!((audit.readers.len(), audit.hidden_groups), (1, vec![GroupId(1)]));
	}
}
