//! What a node that has dropped the events of old blocks can still say of them: the records in its newest state,
//! and the extrinsics, which nodes keep longer.

use super::{
	fetch::{BlockFacts, Fact},
	Session,
};
use crate::{
	chain::{
		epochs::granted,
		types::RecordInfo,
		walk::{Call, Shape},
		BlockRef, View,
	},
	error::Error,
	keyring::OwnKeys,
	store::{Content, NewRecord},
};
use cti_primitives::{AuthorId, Epoch, GroupId, RecordId};
use futures::{stream, StreamExt, TryStreamExt};
use std::collections::{BTreeMap, BTreeSet};

/// How many blocks or records are read at the same time.
const CONCURRENCY: usize = 16;
/// Records that one question asks for.
const PAGE: u32 = 256;
/// Blocks whose events the node may drop while the first of them are read.
const MARGIN: u32 = 32;

/// Closed records by their numbers: who publishes and who grants is the same, but a call does not say who.
type Closed = BTreeMap<u32, BTreeSet<RecordId>>;

impl Session {
	/// Reads the blocks from `first` on whose events the node has dropped; says from which block on it has them.
	pub(super) async fn catch_up(&mut self, first: u32, head: BlockRef) -> Result<(u32, Option<BlockFacts>), Error> {
		if first > head.number || self.has_state(first).await? {
			return Ok((first, None));
		}
		let next = self.first_with_state(first, head.number).await?;
		let view = self.chain.head().await?;
		let mut facts = self.records_before(&view, first, next).await?;
		let closed = self.closed(&facts)?;
		if !closed.is_empty() || self.lacks_secret(&view).await? {
			facts.extend(self.handed_before(&view, first, next, &closed).await?);
		}
		let block = self.fetcher.numbered(next.saturating_sub(1)).await?;
		Ok((next, Some(BlockFacts { block, facts })))
	}

	/// Is the member in an open group whose newest secret it does not find? A welcome may be in the blocks that follow.
	async fn lacks_secret(&self, view: &View) -> Result<bool, Error> {
		for group in view.groups_of(self.fetcher.keyring.own.member).await? {
			let info = view.group(group).await?;
			if info.keyed_version > 0 && self.fetcher.keyring.secret(group, *info.epoch).await?.is_none() {
				return Ok(true);
			}
		}
		Ok(false)
	}

	async fn has_state(&self, number: u32) -> Result<bool, Error> {
		self.chain.has_events(self.fetcher.numbered(number).await?.hash).await
	}

	/// The first block with events, and some more, since the node goes on dropping them. `dropped` has none.
	async fn first_with_state(&self, mut dropped: u32, head: u32) -> Result<u32, Error> {
		let mut kept = head;
		while kept.saturating_sub(dropped) > 1 {
			let middle = dropped + (kept - dropped) / 2;
			match self.has_state(middle).await? {
				true => kept = middle,
				false => dropped = middle,
			}
		}
		Ok(kept.saturating_add(MARGIN).min(head))
	}

	/// The records that a key or a wrap of these blocks may open.
	fn closed(&self, facts: &[Fact]) -> Result<Closed, Error> {
		let known = [self.store.closed_records()?, self.store.missing_records()?].concat();
		let known = known.into_iter().map(|record| record.record);
		let new = facts.iter().filter_map(|fact| match fact {
			Fact::Published(record, Content::Closed | Content::Missing(_)) => Some(record.record),
			_ => None,
		});
		let mut closed = Closed::new();
		for record in known.chain(new) {
			closed.entry(record.n).or_default().insert(record);
		}
		Ok(closed)
	}

	/// Records registered in blocks `first..next`, and where all earlier ones stand now.
	async fn records_before(&self, view: &View, first: u32, next: u32) -> Result<Vec<Fact>, Error> {
		let records = all_records(view, next).await?;
		let published: Vec<Fact> = stream::iter(records.iter().filter(|record| record.at.0 >= first))
			.map(|record| async move {
				let record = NewRecord::from(record.clone());
				let content = self.fetcher.at_hand(&record).await?;
				Ok::<_, Error>(Fact::Published(Box::new(record), content))
			})
			.buffered(CONCURRENCY)
			.try_collect()
			.await?;
		let standing = records.iter().flat_map(|record| {
			let extended = record.valid_until.map(|end| Fact::Extended(*record.record, end));
			[Some(Fact::Status(*record.record, *record.status)), extended].into_iter().flatten()
		});
		Ok(published.into_iter().chain(standing).collect())
	}

	/// Wraps given to this member in blocks `first..next`, found in the extrinsics themselves. They may have failed: a
	/// wrap proves itself when it opens.
	async fn handed_before(&self, view: &View, first: u32, next: u32, closed: &Closed) -> Result<Vec<Fact>, Error> {
		let found: Vec<Vec<Fact>> = stream::iter(first..next)
			.map(|number| self.handed_in(view, number, closed))
			.buffered(CONCURRENCY)
			.try_collect()
			.await?;
		Ok(found.into_iter().flatten().collect())
	}

	async fn handed_in(&self, view: &View, number: u32, closed: &Closed) -> Result<Vec<Fact>, Error> {
		let body = self.chain.body(self.fetcher.numbered(number).await?.hash).await?;
		let Ok(shape) = Shape::of(view.at().metadata_ref()) else { return Ok(Vec::new()) };
		let mut found = Vec::new();
		for index in 0..body.len() {
			let extrinsic = body.extrinsic(index)?;
			let calls = shape.calls(&extrinsic).unwrap_or_default();
			found.extend(handed(&calls, &self.fetcher.keyring.own, closed, (number, index)));
		}
		Ok(found)
	}
}

/// What the calls of the extrinsic `at` hand to the holder of these keys, or may.
fn handed(calls: &[Call], own: &OwnKeys, closed: &Closed, at: (u32, u32)) -> Vec<Fact> {
	let welcomes = calls.iter().filter(|call| {
		(call.pallet, call.name) == ("Membership", "welcome") && call.argument("member") == Some(own.member)
	});
	let welcomes = welcomes.filter_map(|call| {
		let (group, epoch): (GroupId, Epoch) = (call.argument("group")?, call.argument("epoch")?);
		Some(Fact::Welcomed(group, epoch, at))
	});
	let records = granted(calls, own).into_iter().flat_map(|n| closed.get(&n).into_iter().flatten());
	welcomes.chain(records.map(|record| Fact::Granted(*record, at))).collect()
}

/// All records registered before block `next`, as the chain has them now.
pub(super) async fn all_records(view: &View, next: u32) -> Result<Vec<RecordInfo>, Error> {
	let mut records = Vec::new();
	for member in view.members().await? {
		let author = AuthorId::from(*member.member);
		for page in (0..member.records).step_by(PAGE as usize) {
			records.extend(view.records_by_author(author, page, PAGE).await?);
		}
	}
	records.retain(|record| record.at.0 < next);
	Ok(records)
}

impl From<RecordInfo> for NewRecord {
	/// The techniques it names in public are not among what the state's record says: those of its objects are found
	/// when it is opened.
	fn from(info: RecordInfo) -> Self {
		Self {
			record: *info.record,
			id: info.id,
			tlp: *info.tlp,
			audience: info.audience.0,
			direct: info.direct,
			at: info.at,
			bytes: info.bytes,
			leaves: info.leaves,
			published: info.published,
			valid_until: info.valid_until,
			revises: info.revises,
			techniques: Vec::new(),
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::chain::walk::Argument;
	use codec::Encode;
	use cti_primitives::{MemberId, WRAP_LEN};

	#[test]
	fn grant_in_an_old_extrinsic_should_be_found_for_every_closed_record_of_its_number() {
		let own = OwnKeys {
			member: MemberId(1),
			account: subxt::utils::AccountId32([1; 32]),
			newest_version: 0.into(),
			analyst: None,
			seeds: Vec::new(),
			genesis_epoch: None,
		};
		let [ours, others, another] = ["0/4", "3/4", "3/5"].map(|id| id.parse::<RecordId>().unwrap());
		let closed = Closed::from([(4, BTreeSet::from([ours, others])), (5, BTreeSet::from([another]))]);
		let (n, hidden) = (4u32.encode(), vec![(1u8, [7u8; WRAP_LEN])].encode());
		let argument = |name, encoded| Argument { name, encoded, is_bytes: false };
		let grant = Call {
			pallet: "ThreatRegistry",
			name: "grant",
			arguments: vec![argument("n", &n[..]), argument("grants", &hidden[..])],
		};
		let (group, epoch, member) = (GroupId(2).encode(), Epoch(3).encode(), MemberId(1).encode());
		let arguments =
			vec![argument("group", &group[..]), argument("epoch", &epoch[..]), argument("member", &member[..])];
		let welcome = Call { pallet: "Membership", name: "welcome", arguments };
		let facts = handed(&[grant, welcome], &own, &closed, (9, 1));
		assert!(matches!(facts[0], Fact::Welcomed(GroupId(2), Epoch(3), (9, 1))), "{facts:?}");
		let records: Vec<RecordId> = facts[1..]
			.iter()
			.map(|fact| match fact {
				Fact::Granted(record, (9, 1)) => *record,
				other => panic!("{other:?}"),
			})
			.collect();
		assert_eq!(records, [ours, others]);
	}
}
