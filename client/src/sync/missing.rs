//! Fetching what lies elsewhere, beside the blocks: a server that is slow or gone keeps nobody from anything else, and neither
//! do the other records of an author whose server is.

use super::Summary;
use crate::{
	error::Error,
	store::{Content, NewRecord, Store},
};
use cti_primitives::{AuthorId, RecordId};
use std::{
	collections::{BTreeMap, BTreeSet, VecDeque},
	future::Future,
	time::{Duration, Instant},
};
use tokio::task::JoinSet;

/// Envelopes that are fetched at the same time, each of another author.
const AT_ONCE: usize = 4;
/// Between an attempt and the next at what was not to be had; doubled each time, up to [`LONGEST`].
const BETWEEN: Duration = Duration::from_secs(30);
const LONGEST: Duration = Duration::from_secs(3_600);

/// What is being fetched.
#[derive(Default)]
pub(super) struct Missing {
	tasks: JoinSet<(NewRecord, Result<Content, Error>)>,
	/// Whose envelopes are under way.
	authors: BTreeSet<AuthorId>,
	waiting: VecDeque<NewRecord>,
	/// What waits or is under way.
	taken: BTreeSet<RecordId>,
	/// How often something was not to be had, and when it may be tried again.
	failed: BTreeMap<RecordId, (u32, Instant)>,
	/// When the store was asked last.
	asked: Option<Instant>,
}

impl Missing {
	/// Begins to fetch with `read` what is missing and was not tried a moment ago; looks for more if there is something new.
	pub fn begin<F>(&mut self, store: &Store, is_new: bool, read: impl Fn(NewRecord) -> F) -> Result<(), Error>
	where
		F: Future<Output = (NewRecord, Result<Content, Error>)> + Send + 'static,
	{
		let now = Instant::now();
		if is_new || self.asked.is_none_or(|asked| asked.elapsed() >= BETWEEN) {
			self.asked = Some(now);
			for record in store.missing_records()? {
				let rests = self.failed.get(&record.record).is_some_and(|(_, until)| *until > now);
				if !rests && self.taken.insert(record.record) {
					self.waiting.push_back(record);
				}
			}
		}
		while self.tasks.len() < AT_ONCE {
			let place = self.waiting.iter().position(|record| !self.authors.contains(&record.record.author));
			let Some(record) = place.and_then(|place| self.waiting.remove(place)) else { break };
			self.authors.insert(record.record.author);
			self.tasks.spawn(read(record));
		}
		Ok(())
	}

	/// Stores what has come; waits for one until `until`, if that is given. Is there more to come?
	pub async fn collect(
		&mut self,
		store: &mut Store,
		summary: &mut Summary,
		until: Option<Instant>,
	) -> Result<bool, Error> {
		let mut first = match until {
			Some(until) => tokio::time::timeout_at(until.into(), self.tasks.join_next()).await.unwrap_or_default(),
			None => None,
		};
		while let Some(done) = first.take().or_else(|| self.tasks.try_join_next()) {
			let (record, content) = done.map_err(|e| Error::Internal(format!("fetching an envelope: {e}")))?;
			let content = content.unwrap_or_else(|error| Content::Missing(error.to_string()));
			self.settled(record.record, &content);
			match &content {
				Content::Open(objects) => {
					summary.opened += 1;
					summary.objects += objects.len() as u64;
				}
				Content::Missing(_) => summary.missing += 1,
				Content::Malformed(_) => summary.malformed += 1,
				Content::Closed => summary.closed += 1,
			}
			store.batch(|batch| batch.put_record(&record, &content))?;
		}
		Ok(!self.tasks.is_empty() || !self.waiting.is_empty())
	}

	fn settled(&mut self, record: RecordId, content: &Content) {
		self.taken.remove(&record);
		self.authors.remove(&record.author);
		match content {
			Content::Missing(_) => {
				let times = self.failed.get(&record).map_or(0, |(times, _)| times + 1);
				let rest = BETWEEN.saturating_mul(1 << times.min(10)).min(LONGEST);
				self.failed.insert(record, (times, Instant::now() + rest));
			}
			_ => drop(self.failed.remove(&record)),
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::store::samples;

	fn soon() -> Option<Instant> {
		Some(Instant::now() + Duration::from_secs(60))
	}

	fn store_with_missing(records: u32) -> (tempfile::TempDir, Store) {
		let folder = tempfile::tempdir().unwrap();
		let mut store = Store::open(folder.path()).unwrap();
		let missing = || Content::Missing("not fetched yet".into());
		store
			.batch(|batch| (0..records).try_for_each(|n| batch.put_record(&samples::record(0, n), &missing())))
			.unwrap();
		(folder, store)
	}

	fn missing(store: &Store) -> Vec<u32> {
		store.missing_records().unwrap().iter().map(|one| one.record.n).collect()
	}

	/// Record 1 is not to be had, the others are.
	async fn read(record: NewRecord) -> (NewRecord, Result<Content, Error>) {
		let content = match record.record.n {
			1 => Content::Missing("the server does not answer".into()),
			_ => Content::Open(Vec::new()),
		};
		(record, Ok(content))
	}

	#[tokio::test]
	async fn all_that_is_to_be_had_should_come_and_the_rest_be_tried_again() {
		let (_folder, mut store) = store_with_missing(7);
		let (mut fetching, mut summary) = (Missing::default(), Summary::default());
		fetching.begin(&store, false, read).unwrap();
		while fetching.collect(&mut store, &mut summary, soon()).await.unwrap() {
			fetching.begin(&store, false, read).unwrap();
		}
		assert_eq!((summary.opened, summary.missing, missing(&store)), (6, 1, vec![1]));
		let kept = store.record("0/1".parse().unwrap()).unwrap();
		assert_eq!((kept.content.as_str(), kept.problem.as_deref()), ("missing", Some("the server does not answer")));
		fetching.begin(&store, true, |_| async { panic!("it was tried a moment ago") }).unwrap();
		assert!(!fetching.collect(&mut store, &mut summary, soon()).await.unwrap());
		// The next process does not know that.
		let mut fetching = Missing::default();
		let there = async |record: NewRecord| (record, Ok(Content::Open(Vec::new())));
		fetching.begin(&store, false, |record| Box::pin(there(record))).unwrap();
		fetching.collect(&mut store, &mut summary, soon()).await.unwrap();
		assert!(missing(&store).is_empty());
	}

	#[tokio::test]
	async fn slow_server_should_keep_nobody_waiting() {
		let (_folder, mut store) = store_with_missing(9);
		let of_another = samples::record(1, 0);
		let missing = Content::Missing("not fetched yet".into());
		store.batch(|batch| batch.put_record(&of_another, &missing)).unwrap();
		let (mut fetching, mut summary) = (Missing::default(), Summary::default());
		let slow = async |record: NewRecord| match record.record.author {
			AuthorId(0) => std::future::pending().await,
			_ => (record, Ok(Content::Open(Vec::new()))),
		};
		fetching.begin(&store, true, |record| Box::pin(slow(record))).unwrap();
		assert!(fetching.collect(&mut store, &mut summary, soon()).await.unwrap(), "others are still to come");
		assert_eq!(summary.opened, 1, "another author's does not wait for them");
		assert_eq!(fetching.tasks.len(), 1, "an author has one place");
		let until = Some(Instant::now() + Duration::from_millis(20));
		assert!(fetching.collect(&mut store, &mut summary, until).await.unwrap(), "nobody waits for ever");
	}
}
