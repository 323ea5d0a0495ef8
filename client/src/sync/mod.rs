//! Brings the local store up to the newest finalised block.

mod fetch;
mod pruned;
mod round;

pub use fetch::Fetcher;
pub use round::{follow, Summary};

use crate::{
	chain::{BlockHash, BlockRef, Chain},
	error::Error,
	identity::Identity,
	keyring::{Keyring, OwnKeys},
	member,
	store::{Store, Synced, WelcomeRow},
};
use std::sync::Arc;

/// What a synchronisation works with.
pub struct Session {
	chain: Chain,
	store: Store,
	fetcher: Arc<Fetcher>,
	names_known: bool,
}

impl Session {
	/// Prepares to read for `identity` into `store`; `restart` empties the store first.
	pub async fn new(chain: Chain, identity: &Identity, mut store: Store, restart: bool) -> Result<Self, Error> {
		if restart {
			store.clear()?;
		}
		store.require_chain(&chain.genesis())?;
		require_same_run(&chain, &store).await?;
		let own = own_keys(&chain, identity).await?;
		let keyring = Keyring::new(chain.clone(), chain.genesis(), own);
		for WelcomeRow { group, epoch, at } in store.welcomes()? {
			keyring.welcomed(group, epoch, at).await;
		}
		let fetcher = Arc::new(Fetcher::new(chain.clone(), keyring));
		Ok(Self { chain, store, fetcher, names_known: false })
	}

	/// The store.
	pub fn store(&self) -> &Store {
		&self.store
	}
}

/// The keys of the member that `identity` acts for.
pub async fn own_keys(chain: &Chain, identity: &Identity) -> Result<OwnKeys, Error> {
	let view = chain.head().await?;
	let acting = member::acting(&view, identity).await?;
	let newest_version = view.encryption_key(acting.member).await?.map_or(0, |key| key.number);
	Ok(OwnKeys::new(identity, acting.member, newest_version))
}

/// A development chain that was started anew has the same genesis, but not the same blocks.
async fn require_same_run(chain: &Chain, store: &Store) -> Result<(), Error> {
	let Some(Synced { number, hash }) = store.synced()? else { return Ok(()) };
	match chain.block_hash(number).await? {
		Some(found) if found == BlockHash::from(hash) => Ok(()),
		_ => Err(Error::Store {
			path: "store.sqlite".into(),
			reason: format!(
				"the node does not know block {number}, up to which the store was brought: the chain was started anew"
			),
			advice: "empty the store and read the chain from its beginning with `testudo sync --restart`".into(),
		}),
	}
}

impl From<BlockRef> for Synced {
	fn from(block: BlockRef) -> Self {
		Self { number: block.number, hash: block.hash.0 }
	}
}
