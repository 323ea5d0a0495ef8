//! Trying again what was closed, once the member has been given a key.

use super::Summary;
use crate::{
	error::Error,
	store::{Content, NewRecord, Retries, Store},
};

/// Reads the closed records again with `read` for which something changed since they were read, until all were read.
pub(super) async fn retry_closed(
	store: &mut Store,
	summary: &mut Summary,
	read: impl AsyncFn(&NewRecord, &Retries) -> Result<Content, Error>,
) -> Result<(), Error> {
	let retries = store.retries()?;
	if retries.is_empty() {
		return Ok(());
	}
	let mut complete = true;
	for record in store.closed_records()?.into_iter().filter(|record| retries.concern(record)) {
		match read(&record, &retries).await {
			Ok(Content::Closed) => {}
			Ok(content) => {
				// One of this round was counted as closed when it came.
				let first = summary.block.saturating_add(1).saturating_sub(summary.blocks);
				summary.closed -= u64::from(record.at.0 >= first && summary.closed > 0);
				if let Content::Open(objects) = &content {
					summary.opened += 1;
					summary.objects += objects.len() as u64;
				}
				store.batch(|batch| batch.put_record(&record, &content))?;
			}
			Err(lost @ Error::Unreachable { .. }) => return Err(lost),
			// A record that cannot be read keeps nobody from the others. The next round tries again.
			Err(_) => complete = false,
		}
	}
	match complete {
		true => store.batch(|batch| batch.clear_retry()),
		false => Ok(()),
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::store::Retry;
	use cti_primitives::{Epoch, GroupId};

	fn record(n: u32) -> NewRecord {
		NewRecord { audience: vec![(GroupId(n % 2), Epoch(1))], ..crate::store::samples::record(0, n) }
	}

	fn store_with_closed(records: u32) -> (tempfile::TempDir, Store) {
		let folder = tempfile::tempdir().unwrap();
		let mut store = Store::open(folder.path()).unwrap();
		let closed = |n| (record(n), Content::Closed);
		store
			.batch(|batch| {
				(0..2).map(GroupId).try_for_each(|group| batch.note_retry(Retry::Group(group)))?;
				(0..records).map(closed).try_for_each(|(record, content)| batch.put_record(&record, &content))
			})
			.unwrap();
		(folder, store)
	}

	fn still_closed(store: &Store) -> Vec<u32> {
		store.closed_records().unwrap().iter().map(|record| record.record.n).collect()
	}

	#[tokio::test]
	async fn interrupted_retry_should_be_made_up_for_by_the_next_session() {
		let (folder, mut store) = store_with_closed(2);
		// The record of block 1 came in this round and was counted as closed; that of block 0 was there before.
		let mut summary = Summary { block: 1, blocks: 1, closed: 1, ..Summary::default() };
		let lost =
			|_: &NewRecord, _: &Retries| async { Err(Error::Unreachable { url: "ws://x".into(), reason: "".into() }) };
		assert!(retry_closed(&mut store, &mut summary, lost).await.is_err());
		drop(store);
		let mut store = Store::open(folder.path()).unwrap();
		retry_closed(&mut store, &mut summary, async |_, _| Ok(Content::Open(Vec::new()))).await.unwrap();
		assert_eq!((still_closed(&store), summary.opened, summary.closed), (vec![], 2, 0));
		retry_closed(&mut store, &mut summary, async |_, _| panic!("nothing changed since")).await.unwrap();
	}

	#[tokio::test]
	async fn unreadable_record_should_not_keep_others_closed_and_be_tried_again() {
		let (_folder, mut store) = store_with_closed(3);
		let mut summary = Summary::default();
		let read = async |record: &NewRecord, _: &Retries| match record.record.n {
			1 => Err(Error::node("reading block 1", "the node does not keep its body")),
			_ => Ok(Content::Open(Vec::new())),
		};
		retry_closed(&mut store, &mut summary, read).await.unwrap();
		assert_eq!((still_closed(&store), summary.opened), (vec![1], 2));
		assert!(!store.retries().unwrap().is_empty());
	}

	#[tokio::test]
	async fn record_that_stays_closed_should_not_be_tried_again_until_a_key_comes() {
		let (_folder, mut store) = store_with_closed(1);
		let mut summary = Summary::default();
		retry_closed(&mut store, &mut summary, async |_, _| Ok(Content::Closed)).await.unwrap();
		assert_eq!(still_closed(&store), vec![0]);
		assert!(store.retries().unwrap().is_empty());
	}

	#[tokio::test]
	async fn change_in_one_group_should_not_call_for_another_look_at_others_records() {
		let (_folder, mut store) = store_with_closed(4);
		store.batch(|batch| batch.clear_retry().and_then(|()| batch.note_retry(Retry::Group(GroupId(1))))).unwrap();
		let mut summary = Summary::default();
		retry_closed(&mut store, &mut summary, async |_, _| Ok(Content::Open(Vec::new()))).await.unwrap();
		assert_eq!(still_closed(&store), vec![0, 2]);
	}
}
