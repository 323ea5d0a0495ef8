//! One round: every block since the last one, read side by side, written in order.

use super::{
	fetch::{BlockFacts, Fact, Fetcher},
	retry::retry_closed,
	Session,
};
use crate::{
	chain::{types::TechniqueInfo, AtBlock, BlockRef},
	error::Error,
	store::{Batch, Content, Retry, Totals, KEPT_BLOCKS},
};
use cti_primitives::{RecordStatus, TechniqueId};
use futures::{stream, StreamExt};
use serde::Serialize;
use std::{
	collections::BTreeMap,
	io::{IsTerminal, Write},
	time::{Duration, Instant},
};

/// How many blocks are read at the same time.
const CONCURRENCY: usize = 16;
/// Blocks between two looks at which runtime made them.
const STRETCH: u32 = 4_096;
/// Blocks in one transaction of the store, at most.
const BATCH_BLOCKS: usize = 256;
/// Bytes of envelopes in one transaction of the store, about.
const BATCH_BYTES: usize = 8 << 20;

/// How long a single round waits for what lies elsewhere.
const SETTLING: Duration = Duration::from_secs(600);

/// What a round brought.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Summary {
	/// The newest block that was read.
	pub block: u32,
	/// How many blocks were read.
	pub blocks: u32,
	/// New records.
	pub records: u64,
	/// Of them, or of earlier ones, opened now.
	pub opened: u64,
	/// New records that are not for this member.
	pub closed: u64,
	/// New records whose authors broke a rule.
	pub malformed: u64,
	/// Records that lie elsewhere and are not to be had from there.
	pub missing: u64,
	/// Objects of records opened now.
	pub objects: u64,
	/// Records withdrawn.
	pub withdrawn: u64,
}

impl Session {
	/// Reads every finalised block that was not read yet.
	pub async fn round(&mut self) -> Result<Summary, Error> {
		let head = self.chain.finalized().await?;
		let mut next = self.store.synced()?.map_or(0, |synced| synced.number.saturating_add(1));
		let mut progress = Progress::new(next, head);
		let mut changes = Changes::default();
		let (with_events, caught_up) = self.catch_up(next, head).await?;
		if let Some(block) = caught_up {
			changes.note(&block, &self.fetcher).await;
			self.fetcher.keyring.refresh().await;
			progress.count(&block);
			// Rekeys and keys of one's own are not among what such a node still says.
			let retry = self.store.has_closed()?;
			self.store.batch(|batch| {
				if retry {
					batch.note_retry(Retry::All)?;
				}
				Waiting { bytes: 0, blocks: vec![block] }.write(batch)
			})?;
			next = with_events;
		}
		while next <= head.number {
			let last = next.saturating_add(STRETCH - 1).min(head.number);
			self.stretch(next, last, &mut progress, &mut changes).await?;
			next = last.saturating_add(1);
		}
		self.keys_changed |= changes.keys;
		// What came back closed before this round's keys is tried with them.
		self.missing.collect(&mut self.store, &mut progress.summary, None).await?;
		let tried = self.retry_closed(&mut progress.summary).await?;
		self.fetch_missing(tried || progress.elsewhere)?;
		self.refresh_names(changes.membership).await?;
		if self.store.truncation_is_due()? {
			self.store.truncate_log()?;
		}
		progress.end();
		Ok(progress.summary)
	}

	async fn stretch(
		&mut self,
		first: u32,
		last: u32,
		progress: &mut Progress,
		changes: &mut Changes,
	) -> Result<(), Error> {
		let runtimes = self.runtimes(first, last).await?;
		let fetcher = &self.fetcher;
		let mut blocks = stream::iter(first..=last)
			.map(|number| {
				let (fetcher, runtimes) = (fetcher.clone(), runtimes.clone());
				// A task of its own, so that opening envelopes uses every core.
				tokio::spawn(async move {
					match runtimes {
						Some(metadata) => fetcher.block(number, &metadata).await,
						None => {
							let block = fetcher.numbered(number).await?;
							fetcher.block(number, fetcher.view(block).await?.at()).await
						}
					}
				})
			})
			.buffered(CONCURRENCY);
		let mut waiting = Waiting::default();
		while let Some(block) = blocks.next().await {
			let block = block.map_err(|e| Error::Internal(format!("reading blocks: {e}")))??;
			changes.note(&block, fetcher).await;
			progress.count(&block);
			if waiting.add(block) {
				self.store.batch(|batch| waiting.write(batch))?;
				waiting = Waiting::default();
			}
		}
		self.store.batch(|batch| waiting.write(batch))
	}

	/// The one runtime of all blocks from `first` to `last`; `None` if there were several. Versions only grow.
	async fn runtimes(&self, first: u32, last: u32) -> Result<Option<AtBlock>, Error> {
		let begin = self.fetcher.view(self.fetcher.numbered(first).await?).await?;
		let end = self.fetcher.view(self.fetcher.numbered(last).await?).await?;
		Ok((begin.at().spec_version() == end.at().spec_version()).then(|| end.at().clone()))
	}

	/// Tries what was closed once more, if the member was given a key since. Was there anything to try it with?
	async fn retry_closed(&mut self, summary: &mut Summary) -> Result<bool, Error> {
		let cut = self.fetcher.keyring.next_round().await;
		if !cut.is_empty() {
			self.store.batch(|batch| cut.iter().try_for_each(|group| batch.note_retry(Retry::Group(*group))))?;
		}
		let fetcher = self.fetcher.clone();
		let tries = !self.store.retries()?.is_empty();
		let retried = async |record: &_, retries: &_| fetcher.retried(record, retries).await;
		retry_closed(&mut self.store, summary, retried).await?;
		Ok(tries)
	}

	/// Goes on fetching what lies elsewhere; looks for more if there is something new.
	fn fetch_missing(&mut self, is_new: bool) -> Result<(), Error> {
		let fetcher = self.fetcher.clone();
		self.missing.begin(&self.store, is_new, |record| {
			let fetcher = fetcher.clone();
			async move {
				let content = fetcher.from_elsewhere(&record).await;
				(record, content)
			}
		})
	}

	/// Waits for what is being fetched, but not for ever.
	pub async fn settle(&mut self, summary: &mut Summary) -> Result<(), Error> {
		let until = Instant::now() + SETTLING;
		while Instant::now() < until && self.missing.collect(&mut self.store, summary, Some(until)).await? {
			self.fetch_missing(false)?;
		}
		Ok(())
	}

	/// Names of members, groups and techniques, so that records can be shown without a node.
	async fn refresh_names(&mut self, membership_changed: bool) -> Result<(), Error> {
		let unnamed = self.store.unnamed_techniques()?;
		if unnamed.is_empty() && self.names_known && !membership_changed {
			return Ok(());
		}
		let view = self.chain.head().await?;
		let (members, groups) = (view.members().await?, view.groups().await?);
		let techniques = match unnamed.is_empty() {
			true => Vec::new(),
			false => named(&unnamed, &view.catalogue().await?),
		};
		self.store.batch(|batch| {
			for member in &members {
				batch.put_member(*member.member, &member.name)?;
			}
			for group in &groups {
				batch.put_group(*group.group, &group.name, group.policy.pass_on_to_clients)?;
			}
			for (id, name) in &techniques {
				batch.put_technique_name(*id, name)?;
			}
			Ok(())
		})?;
		self.names_known = true;
		Ok(())
	}

	/// How much is in the store now.
	pub fn totals(&self) -> Result<Totals, Error> {
		self.store.totals()
	}
}

/// Runs a round for every finalised block until the connection ends or `report` says to stop, or with success until a key
/// was registered that this process does not have.
pub async fn follow(session: &mut Session, mut report: impl FnMut(&Summary) -> Result<(), Error>) -> Result<(), Error> {
	let heads = session.chain.finalized_blocks().await?;
	let mut heads = std::pin::pin!(heads);
	report(&session.round().await?)?;
	while let Some(head) = heads.next().await {
		if session.keys_changed() {
			return Ok(());
		}
		head?;
		let summary = session.round().await?;
		if summary.blocks > 0 {
			report(&summary)?;
		}
	}
	Err(Error::Unreachable { url: session.chain.url().into(), reason: "the connection ended".into() })
}

/// Techniques with the names that people know them by: a sub-technique's behind its parent's.
fn named(ids: &[TechniqueId], catalogue: &BTreeMap<TechniqueId, TechniqueInfo>) -> Vec<(TechniqueId, String)> {
	let name = |id: &TechniqueId| catalogue.get(id).map(|technique| technique.name.as_str());
	ids.iter()
		.map(|id| {
			let own = name(id).unwrap_or("not in the catalogue");
			let full = match id.parent().as_ref().and_then(name) {
				Some(parent) => format!("{parent}: {own}"),
				None => own.to_string(),
			};
			(*id, full)
		})
		.collect()
}

/// What the rounds after the blocks have to look at.
#[derive(Default)]
struct Changes {
	membership: bool,
	/// A key was registered that this process does not have yet.
	keys: bool,
}

impl Changes {
	async fn note(&mut self, block: &BlockFacts, fetcher: &Fetcher) {
		for fact in &block.facts {
			match fact {
				Fact::Welcomed(group, epoch, at) => fetcher.keyring.welcomed(*group, *epoch, *at).await,
				Fact::Granted(record, at) => fetcher.granted(*record, *at),
				Fact::OwnKey(version) => self.keys |= fetcher.keyring.own.registered(*version),
				Fact::AnalystKey(account, version) => self.keys |= fetcher.keyring.own.is_newer(account, *version),
				Fact::Rekeyed(group) => fetcher.keyring.rekeyed(*group).await,
				Fact::MembershipChanged => self.membership = true,
				Fact::Published(..) | Fact::Status(..) | Fact::Extended(..) | Fact::PassOn(..) => {}
			}
		}
	}
}

/// Blocks that wait for the next transaction of the store.
#[derive(Default)]
struct Waiting {
	blocks: Vec<BlockFacts>,
	bytes: usize,
}

impl Waiting {
	/// Adds a block; is it time to write?
	fn add(&mut self, block: BlockFacts) -> bool {
		let published = block.facts.iter().map(|fact| match fact {
			Fact::Published(record, _) => record.bytes as usize,
			_ => 0,
		});
		self.bytes = self.bytes.saturating_add(published.sum());
		self.blocks.push(block);
		self.blocks.len() >= BATCH_BLOCKS || self.bytes >= BATCH_BYTES
	}

	fn write(&self, batch: &Batch) -> Result<(), Error> {
		let facts = self.blocks.iter().flat_map(|block| block.facts.iter().map(|fact| (block.block.number, fact)));
		for (number, fact) in facts {
			match fact {
				Fact::PassOn(group, passes) => batch.set_pass_on(*group, *passes, i64::from(number) + 1)?,
				Fact::Published(record, content) => batch.put_record(record, content)?,
				Fact::Status(record, status) => batch.set_status(*record, *status)?,
				Fact::Extended(record, valid_until) => batch.set_valid_until(*record, *valid_until)?,
				Fact::Welcomed(group, epoch, at) => {
					batch.put_welcome(*group, *epoch, *at)?;
					batch.note_retry(Retry::Group(*group))?;
				}
				Fact::Granted(record, at) => {
					batch.put_grant(*record, *at)?;
					batch.note_retry(Retry::Record(*record))?;
				}
				Fact::Rekeyed(group) => batch.note_retry(Retry::Group(*group))?,
				Fact::OwnKey(_) => batch.note_retry(Retry::All)?,
				Fact::MembershipChanged | Fact::AnalystKey(..) => {}
			}
		}
		let mut kept = self.blocks.iter().skip(self.blocks.len().saturating_sub(KEPT_BLOCKS));
		kept.try_for_each(|block| batch.set_synced(block.block.into()))
	}
}

/// Counts, and shows where the round is where somebody looks.
struct Progress {
	summary: Summary,
	head: u32,
	shown: bool,
	/// Something lies elsewhere.
	elsewhere: bool,
}

impl Progress {
	fn new(next: u32, head: BlockRef) -> Self {
		let far = head.number.saturating_sub(next) > 8;
		Self {
			summary: Summary { block: head.number, ..Summary::default() },
			head: head.number,
			elsewhere: false,
			shown: far && std::io::stderr().is_terminal(),
		}
	}

	fn count(&mut self, block: &BlockFacts) {
		self.summary.blocks += 1;
		for fact in &block.facts {
			match fact {
				Fact::Published(_, content) => self.count_record(content),
				Fact::Status(_, RecordStatus::Withdrawn) => self.summary.withdrawn += 1,
				_ => {}
			}
		}
		if self.shown && self.summary.blocks.is_multiple_of(32) {
			let Summary { records, objects, .. } = self.summary;
			eprint!("\rblock {} of {}, {records} records, {objects} objects ", block.block.number, self.head);
			let _ = std::io::stderr().flush();
		}
	}

	fn count_record(&mut self, content: &Content) {
		self.summary.records += 1;
		match content {
			Content::Open(objects) => {
				self.summary.opened += 1;
				self.summary.objects += objects.len() as u64;
			}
			Content::Closed => self.summary.closed += 1,
			Content::Malformed(_) => self.summary.malformed += 1,
			Content::Missing(_) => self.elsewhere = true,
		}
	}

	fn end(&self) {
		if self.shown {
			eprint!("\r\x1b[K");
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::{
		chain::BlockHash,
		store::{Retries, Store},
	};
	use cti_primitives::{Epoch, GroupId, RecordId};

	fn block(number: u32, facts: Vec<Fact>) -> BlockFacts {
		BlockFacts { block: BlockRef { number, hash: BlockHash::zero() }, facts }
	}

	/// What a store retries once a block that says this was written.
	fn retries_after(facts: Vec<Fact>) -> Retries {
		let folder = tempfile::tempdir().unwrap();
		let mut store = Store::open(folder.path()).unwrap();
		let blocks = vec![block(3, facts)];
		store.batch(|batch| Waiting { bytes: 0, blocks }.write(batch)).unwrap();
		assert_eq!(store.synced().unwrap().map(|synced| synced.number), Some(3));
		store.retries().unwrap()
	}

	#[test]
	fn block_that_brings_a_key_should_be_written_together_with_the_retry_it_calls_for() {
		let welcomed = || Fact::Welcomed(GroupId(1), Epoch(2), (3, 1));
		let of_group = Retries { groups: [GroupId(1)].into(), ..Retries::default() };
		assert!(retries_after(vec![Fact::MembershipChanged]).is_empty());
		assert_eq!(retries_after(vec![Fact::Rekeyed(GroupId(1))]), of_group);
		let granted = Fact::Granted("0/4".parse().unwrap(), (3, 1));
		let of_record = Retries { records: ["0/4".parse::<RecordId>().unwrap()].into(), ..Retries::default() };
		assert_eq!(retries_after(vec![granted]), of_record, "it opens no other record");
		assert_eq!(retries_after(vec![welcomed()]), of_group);
		assert_eq!(retries_after(vec![Fact::OwnKey(1), welcomed()]), Retries { all: true, ..of_group });
	}

	#[test]
	fn every_one_of_the_last_blocks_should_be_remembered() {
		let folder = tempfile::tempdir().unwrap();
		let mut store = Store::open(folder.path()).unwrap();
		let blocks: Vec<BlockFacts> = (0..200).map(|number| block(number, Vec::new())).collect();
		store.batch(|batch| Waiting { bytes: 0, blocks }.write(batch)).unwrap();
		let kept: Vec<u32> = store.synced_blocks().unwrap().iter().map(|synced| synced.number).collect();
		assert_eq!(kept, (200 - 64..200).rev().collect::<Vec<_>>());
	}
}
