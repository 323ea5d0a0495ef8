//! Going on with a node that has other newest blocks than those the store was brought up to.

use super::pruned::all_records;
use crate::{
	chain::{BlockHash, Chain},
	error::Error,
	store::{Store, Synced},
};

/// Takes back what was read from blocks that the chain does not have any more: a node that was killed may have lost its
/// newest ones, and made others since.
pub(super) async fn rejoin(chain: &Chain, store: &mut Store) -> Result<(), Error> {
	let kept = store.synced_blocks()?;
	let head = chain.finalized().await?.into();
	let is_on_chain = async |block: Synced| {
		let found = chain.block_hash(block.number).await?;
		Ok::<_, Error>(found == Some(BlockHash::from(block.hash)))
	};
	let Some(common) = common_block(store.name(), &kept, head, is_on_chain).await? else { return Ok(()) };
	if kept.first() == Some(&common) {
		return Ok(());
	}
	// Asked before anything is taken back: an interruption between the two would keep what is not so any more.
	let records = all_records(&chain.head().await?, common.number.saturating_add(1)).await?;
	store.batch(|batch| {
		batch.roll_back(common)?;
		for record in &records {
			batch.set_status_again(*record.record, *record.status)?;
			if let Some(end) = record.valid_until {
				batch.set_valid_until(*record.record, end)?;
			}
		}
		Ok(())
	})
}

/// The newest of the blocks that were `kept` (newest first) in the `store` that the chain, whose newest is `head`, has, too;
/// `None` where none was read yet.
async fn common_block(
	store: &str,
	kept: &[Synced],
	head: Synced,
	is_on_chain: impl AsyncFn(Synced) -> Result<bool, Error>,
) -> Result<Option<Synced>, Error> {
	let Some(newest) = kept.first().copied() else { return Ok(None) };
	if is_on_chain(newest).await? {
		return Ok(Some(newest));
	}
	let is_behind = head.number < newest.number && kept.contains(&head);
	// Every run of a development chain has the same block 0: it says nothing of the others.
	let shared = kept.iter().copied().filter(|block| (1..=head.number).contains(&block.number) && !is_behind);
	for block in shared {
		if is_on_chain(block).await? {
			return Ok(Some(block));
		}
	}
	Err(unknown_block(store, newest.number, head.number))
}

/// The node, whose newest block is `head`, does not know the block `number` that the store was brought up to.
fn unknown_block(store: &str, number: u32, head: u32) -> Error {
	if head < number {
		return Error::Behind { number, head };
	}
	Error::Store {
		store: store.into(),
		reason: format!(
			"the node does not know block {number}, up to which the store was brought: the chain was started anew"
		),
		advice: "empty the store and read the chain from its beginning with `testudo sync --restart`".into(),
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	/// Block `number` as the store knows it, or of another fork.
	fn block(number: u32, fork: u8) -> Synced {
		Synced { number, hash: [fork; 32] }
	}

	/// What a store that was brought up to `newest` has in common with a chain that left its blocks after `last`.
	async fn common(newest: u32, last: u32, head: u32) -> Result<Option<Synced>, Error> {
		let kept: Vec<Synced> = (0..=newest).rev().take(64).map(|number| block(number, 1)).collect();
		let on_chain = |number: u32| block(number, if number <= last { 1 } else { 2 });
		common_block("store.sqlite", &kept, on_chain(head), async |block: Synced| {
			Ok(block.number <= head && block == on_chain(block.number))
		})
		.await
	}

	#[tokio::test]
	async fn store_should_go_on_from_the_newest_block_that_the_node_did_not_lose() {
		assert_eq!(common(100, 120, 120).await.unwrap(), Some(block(100, 1)));
		assert_eq!(common(100, 97, 120).await.unwrap(), Some(block(97, 1)));
		assert_eq!(common(100, 97, 99).await.unwrap(), Some(block(97, 1)), "it made others already");
		assert_eq!(common(100, 37, 38).await.unwrap(), Some(block(37, 1)));
		assert_eq!(common_block("store.sqlite", &[], block(9, 1), async |_| Ok(false)).await.unwrap(), None);
	}

	#[tokio::test]
	async fn node_that_is_behind_should_be_waited_for() {
		for head in [97, 37, 20] {
			let behind = common(100, head, head).await.unwrap_err();
			assert!(behind.to_string().contains("behind") && behind.advice().contains("wait"), "{behind}");
		}
	}

	#[tokio::test]
	async fn chain_started_anew_should_be_refused_though_its_first_block_is_the_same() {
		for (newest, head) in [(100, 100), (100, 120), (20, 20)] {
			let anew = common(newest, 0, head).await.unwrap_err();
			assert!(anew.to_string().contains("started anew") && anew.advice().contains("--restart"), "{anew}");
		}
	}
}
