//! Who was given a record, when and by whom: from the chain alone, for everybody.

mod pending;
mod roster;
#[cfg(test)]
mod tests;

pub use pending::Became;

use crate::{
	chain::{
		types::{EpochInfo, RecordInfo, RecordWithdrawn, WithdrawalReason},
		BlockRef, Chain, Config, View,
	},
	error::Error,
};
use cti_primitives::{AuthorId, Epoch, GroupId, KeyOwnerId, MemberId, RecordId};
use futures::{stream, StreamExt, TryStreamExt};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use subxt::{
	events::{Event, Events},
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
	Published {
		/// The author.
		by: AuthorId,
	},
	/// An epoch was keyed to these members whose secret opens it: the one that it is sealed to, or a later one of a
	/// group that keeps history.
	Keyed {
		/// The group.
		group: GroupId,
		/// The epoch.
		epoch: Epoch,
		/// The members; `None` where the roster is hidden.
		members: Option<Vec<MemberId>>,
		/// Who made the epoch; nobody at genesis.
		by: Option<MemberId>,
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
	Withdrawn {
		/// Why.
		reason: WithdrawalReason,
	},
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
	/// The block's time in unix seconds; the first block has none.
	pub time: Option<u64>,
	/// What.
	pub what: What,
}

/// An analyst's key that was given the record.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Analyst {
	/// The number by which wraps name it.
	pub key: KeyOwnerId,
	/// Whose analyst it is; `None` if the analyst acts for no member any more.
	pub member: Option<MemberId>,
}

/// What the chain says of who can read a record.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Audit {
	/// In the order in which it happened.
	pub trail: Vec<Entry>,
	/// Members that were given it, each with the first block in which it was.
	pub readers: BTreeMap<MemberId, u32>,
	/// Keys of analysts that were given it.
	pub analysts: Vec<Analyst>,
	/// Direct wraps and grants whose readers are not named, padding included.
	pub unnamed: u32,
	/// Hidden groups that can read it.
	pub hidden_groups: Vec<GroupId>,
	/// Of the readers those that have not said that they deleted it, if it was withdrawn.
	pub pending: Vec<MemberId>,
	/// What became since of those of them that are readers no longer.
	pub became: BTreeMap<MemberId, Became>,
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
	let published = What::Published { by: info.record.author };
	let mut trail = vec![Entry { block: info.at.0, time: Some(info.published), what: published }];
	let mut first = info.at.0;
	let mut opening = BTreeSet::new();
	for (group, epoch) in info.audience.0.iter().copied() {
		for (epoch, made) in epochs_that_open(&view, group, epoch).await? {
			first = first.min(made.at.0);
			trail.push(keyed(chain, group, epoch, made).await?);
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
	let analysts = analysts(chain, &trail).await?;
	let mut found = conclude(&info, trail, &analysts);
	found.became = pending::became(&view, &found).await?;
	Ok(found)
}

/// Whose analysts the keys are that somebody was granted by; nothing is asked where nobody was.
async fn analysts(chain: &Chain, trail: &[Entry]) -> Result<BTreeMap<KeyOwnerId, MemberId>, Error> {
	let is_to_analyst = |entry: &Entry| match &entry.what {
		What::Granted { to, .. } => to.iter().any(|owner| owner.is_analyst()),
		_ => false,
	};
	let blocks: BTreeSet<u32> = trail.iter().filter(|entry| is_to_analyst(entry)).map(|entry| entry.block).collect();
	let mut found = BTreeMap::new();
	for block in blocks {
		// As it was then: who left since, or is a delegate no more, is told by nobody now.
		let view = view_of(chain, block).await?;
		for member in view.members().await? {
			let keys = view.analyst_keys(*member.member).await?;
			found.extend(keys.into_iter().map(|analyst| (analyst.owner, *member.member)));
		}
	}
	Ok(found)
}

/// The epoch itself, and those after it as far as links lead back from them: the secret of each opens what was sealed to
/// the first.
async fn epochs_that_open(view: &View, group: GroupId, first: Epoch) -> Result<Vec<(Epoch, EpochInfo)>, Error> {
	let missing = || Error::node(format!("reading epoch {first} of group {group}"), "there is none");
	let info = view.epoch(group, first).await?.ok_or_else(missing)?;
	let mut opening = vec![(first, info)];
	for epoch in (first.0..u32::MAX).map(|before| Epoch(before.saturating_add(1))) {
		match view.epoch(group, epoch).await? {
			Some(info) if info.link.is_some() => opening.push((epoch, info)),
			_ => break,
		}
	}
	Ok(opening)
}

/// To whom the group's epoch was keyed, and by whom.
async fn keyed(chain: &Chain, group: GroupId, epoch: Epoch, made: EpochInfo) -> Result<Entry, Error> {
	let block = made.at.0;
	let members = roster::at_rekey(chain, group, epoch, block).await?;
	let time = view_of(chain, block).await?.time().await?;
	let by = made.rekeyer.map(|member| *member);
	Ok(Entry { block, time, what: What::Keyed { group, epoch, members, by } })
}

/// The chain as of a block.
async fn view_of(chain: &Chain, number: u32) -> Result<View, Error> {
	let hash = chain.block_hash(number).await?;
	let hash = hash.ok_or_else(|| Error::node(format!("reading block {number}"), "the chain does not have it"))?;
	chain.at(BlockRef { number, hash }).await
}

/// The events of a block.
async fn events_of(chain: &Chain, view: &View) -> Result<Events<Config>, Error> {
	Ok(view.at().events().from_bytes(chain.events(view.block().hash).await?))
}

/// What a block says of the record.
async fn entries(chain: &Chain, number: u32, info: &RecordInfo, opening: &Opening) -> Result<Vec<Entry>, Error> {
	let view = view_of(chain, number).await?;
	let mut found = Vec::new();
	for event in events_of(chain, &view).await?.iter() {
		let event = event.map_err(|e| Error::node(format!("reading the events of block {number}"), e))?;
		found.extend(what(&event, info, opening)?);
	}
	if found.is_empty() {
		return Ok(Vec::new());
	}
	let time = view.time().await?;
	Ok(found.into_iter().map(|what| Entry { block: number, time, what }).collect())
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
		("ThreatRegistry", "RecordWithdrawn") => {
			let RecordWithdrawn { record, reason } = fields(event)?;
			of(&record).then_some(What::Withdrawn { reason })
		}
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

/// Who was given it, from all that happened; `whose` are the analysts' keys.
fn conclude(info: &RecordInfo, trail: Vec<Entry>, whose: &BTreeMap<KeyOwnerId, MemberId>) -> Audit {
	let mut unnamed = u32::from(info.direct);
	let (mut groups, mut keys) = (BTreeSet::new(), BTreeSet::new());
	for Entry { what, .. } in &trail {
		match what {
			What::Keyed { group, members: None, .. } => {
				groups.insert(*group);
			}
			What::Granted { to, hidden } => {
				keys.extend(to.iter().copied().filter(|owner| owner.is_analyst()));
				unnamed += u32::from(*hidden);
			}
			_ => {}
		}
	}
	let analysts = keys.into_iter().map(|key| Analyst { key, member: whose.get(&key).copied() });
	let readers = readers(info, &trail);
	Audit {
		pending: pending::of(info, &readers, &trail),
		became: BTreeMap::new(),
		readers,
		analysts: analysts.collect(),
		unnamed,
		hidden_groups: groups.into_iter().collect(),
		trail,
	}
}

/// The members that are known to have been given it, each with the first block in which it was.
fn readers(info: &RecordInfo, trail: &[Entry]) -> BTreeMap<MemberId, u32> {
	let mut readers = BTreeMap::new();
	if let Some(author) = info.record.author.member() {
		readers.insert(author, info.at.0);
	}
	for Entry { block, what, .. } in trail {
		let given: Vec<MemberId> = match what {
			What::Keyed { members: Some(members), .. } => members.clone(),
			What::Welcomed { member, .. } => vec![*member],
			What::Granted { to, .. } => to.iter().filter_map(|owner| owner.member()).collect(),
			_ => Vec::new(),
		};
		for member in given {
			// Nobody reads it before it is there.
			readers.entry(member).or_insert((*block).max(info.at.0));
		}
	}
	readers
}
