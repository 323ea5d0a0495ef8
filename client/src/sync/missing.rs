//! Fetching what lies elsewhere, beside the blocks: a server that is slow or gone keeps nobody from anything else.

use super::Summary;
use crate::{
	error::Error,
	store::{Content, NewRecord, Store},
};
use std::{
	collections::VecDeque,
	future::Future,
	time::{Duration, Instant},
};
use tokio::task::JoinSet;

/// Envelopes that are fetched at the same time.
const AT_ONCE: usize = 4;
/// Between two attempts at what was not to be had.
const BETWEEN: Duration = Duration::from_secs(30);

/// What is being fetched.
#[derive(Default)]
pub(super) struct Missing {
	tasks: JoinSet<(NewRecord, Result<Content, Error>)>,
	waiting: VecDeque<NewRecord>,
	/// When the last attempt began.
	last: Option<Instant>,
}

impl Missing {
	/// Begins to fetch with `read` what is missing, unless that is under way or was tried a moment ago; at once if there is
	/// something new.
	pub fn begin<F>(&mut self, store: &Store, is_new: bool, read: impl Fn(NewRecord) -> F) -> Result<(), Error>
	where
		F: Future<Output = (NewRecord, Result<Content, Error>)> + Send + 'static,
	{
		let is_due = is_new || self.last.is_none_or(|last| last.elapsed() >= BETWEEN);
		if is_due && self.tasks.is_empty() && self.waiting.is_empty() {
			self.waiting = store.missing_records()?.into();
			self.last = Some(Instant::now());
		}
		while self.tasks.len() < AT_ONCE {
			let Some(record) = self.waiting.pop_front() else { break };
			self.tasks.spawn(read(record));
		}
		Ok(())
	}

	/// Stores what has come; waits for one if `wait` says so. Is there more to come?
	pub async fn collect(&mut self, store: &mut Store, summary: &mut Summary, wait: bool) -> Result<bool, Error> {
		let mut first = if wait { self.tasks.join_next().await } else { None };
		while let Some(done) = first.take().or_else(|| self.tasks.try_join_next()) {
			let (record, content) = done.map_err(|e| Error::Internal(format!("fetching an envelope: {e}")))?;
			let content = content.unwrap_or_else(|error| Content::Missing(error.to_string()));
			match &content {
				Content::Open(objects) => {
					summary.opened += 1;
					summary.objects += objects.len() as u64;
				}
				Content::Missing(_) => summary.missing += 1,
				Content::Malformed(_) => summary.malformed += 1,
				Content::Closed => {}
			}
			store.batch(|batch| batch.put_record(&record, &content))?;
		}
		Ok(!self.tasks.is_empty() || !self.waiting.is_empty())
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::store::samples;

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
		while fetching.collect(&mut store, &mut summary, true).await.unwrap() {
			fetching.begin(&store, false, read).unwrap();
		}
		assert_eq!((summary.opened, summary.missing, missing(&store)), (6, 1, vec![1]));
		let kept = store.record("0/1".parse().unwrap()).unwrap();
		assert_eq!((kept.content.as_str(), kept.problem.as_deref()), ("missing", Some("the server does not answer")));
		fetching.begin(&store, false, |_| async { panic!("it was tried a moment ago") }).unwrap();
		assert!(!fetching.collect(&mut store, &mut summary, true).await.unwrap());
		let there = async |record: NewRecord| (record, Ok(Content::Open(Vec::new())));
		fetching.begin(&store, true, |record| Box::pin(there(record))).unwrap();
		fetching.collect(&mut store, &mut summary, true).await.unwrap();
		assert!(missing(&store).is_empty());
	}

	#[tokio::test]
	async fn slow_server_should_keep_nobody_waiting() {
		let (_folder, mut store) = store_with_missing(1);
		let (mut fetching, mut summary) = (Missing::default(), Summary::default());
		fetching.begin(&store, true, |_| std::future::pending()).unwrap();
		assert!(fetching.collect(&mut store, &mut summary, false).await.unwrap(), "it is still to come");
		fetching.begin(&store, true, |_| async { panic!("twice at the same time") }).unwrap();
		assert_eq!(missing(&store), [0]);
	}
}
