//! What a node that has dropped the events of old blocks can still say of them: the records in its newest state,
//! and the extrinsics, which nodes keep longer.

use super::{
	fetch::{BlockFacts, Fact},
	Session,
};
use crate::{
	chain::{types::RecordInfo, walk::Shape, BlockRef, View},
	error::Error,
	store::{Content, NewRecord},
};
use cti_primitives::{AuthorId, Epoch, GroupId};
use futures::{stream, StreamExt, TryStreamExt};

/// How many blocks or records are read at the same time.
const CONCURRENCY: usize = 16;
/// Records that one question asks for.
const PAGE: u32 = 256;
/// Blocks whose events the node may drop while the first of them are read.
const MARGIN: u32 = 32;

impl Session {
	/// Reads the blocks from `first` on whose events the node has dropped; says from which block on it has them.
	pub(super) async fn catch_up(&mut self, first: u32, head: BlockRef) -> Result<(u32, Option<BlockFacts>), Error> {
		if first > head.number || self.has_state(first).await? {
			return Ok((first, None));
		}
		let next = self.first_with_state(first, head.number).await?;
		let view = self.chain.head().await?;
		let mut facts = self.records_before(&view, first, next).await?;
		let closed = facts.iter().any(|fact| matches!(fact, Fact::Published(_, Content::Closed)));
		if closed || self.store.has_closed()? {
			facts.extend(self.welcomes_before(&view, first, next).await?);
		}
		let block = self.fetcher.numbered(next.saturating_sub(1)).await?;
		Ok((next, Some(BlockFacts { block, facts })))
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

	/// Records registered in blocks `first..next`, and where all earlier ones stand now.
	async fn records_before(&self, view: &View, first: u32, next: u32) -> Result<Vec<Fact>, Error> {
		let mut records = Vec::new();
		for member in view.members().await? {
			let author = AuthorId::from(*member.member);
			for page in (0..member.records).step_by(PAGE as usize) {
				records.extend(view.records_by_author(author, page, PAGE).await?);
			}
		}
		records.retain(|record| record.at.0 < next);
		let published: Vec<Fact> = stream::iter(records.iter().filter(|record| record.at.0 >= first))
			.map(|record| async move {
				let record = NewRecord::from(record.clone());
				let content = self.fetcher.again(&record).await?;
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

	/// Wraps handed to this member in blocks `first..next`, found in the extrinsics themselves. They may have failed: a
	/// wrap proves itself when it opens.
	async fn welcomes_before(&self, view: &View, first: u32, next: u32) -> Result<Vec<Fact>, Error> {
		let found: Vec<Vec<Fact>> = stream::iter(first..next)
			.map(|number| self.welcomes_in(view, number))
			.buffered(CONCURRENCY)
			.try_collect()
			.await?;
		Ok(found.into_iter().flatten().collect())
	}

	async fn welcomes_in(&self, view: &View, number: u32) -> Result<Vec<Fact>, Error> {
		let body = self.chain.body(self.fetcher.numbered(number).await?.hash).await?;
		let Ok(shape) = Shape::of(view.at().metadata_ref()) else { return Ok(Vec::new()) };
		let mut found = Vec::new();
		for index in 0..body.len() {
			let extrinsic = body.extrinsic(index)?;
			let calls = shape.calls(&extrinsic).unwrap_or_default();
			let welcomes = calls.iter().filter(|call| {
				(call.pallet, call.name) == ("Membership", "welcome")
					&& call.argument("member") == Some(self.fetcher.keyring.own.member)
			});
			found.extend(welcomes.filter_map(|call| {
				let (group, epoch): (GroupId, Epoch) = (call.argument("group")?, call.argument("epoch")?);
				Some(Fact::Welcomed(group, epoch, (number, index)))
			}));
		}
		Ok(found)
	}
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
