//! Brings the local store up to the newest finalised block.

mod fetch;
mod missing;
mod pruned;
mod rejoin;
mod retry;
mod round;

pub use fetch::Fetcher;
pub use round::{follow, Summary};

use crate::{
	chain::{BlockRef, Chain},
	error::Error,
	identity::Identity,
	keyring::{Keyring, OwnKeys},
	member,
	store::{Store, Synced, WelcomeRow},
};
use cti_primitives::Role;
use missing::Missing;
use std::sync::Arc;

/// What a synchronisation works with.
pub struct Session {
	chain: Chain,
	store: Store,
	fetcher: Arc<Fetcher>,
	names_known: bool,
	keys_changed: bool,
	missing: Missing,
}

impl Session {
	/// Prepares to read for `identity` into `store`; `restart` empties the store first, once the chain has said for
	/// which member it is filled again.
	pub async fn new(chain: Chain, identity: &Identity, mut store: Store, restart: bool) -> Result<Self, Error> {
		let own = own_keys(&chain, identity).await?;
		if restart {
			store.clear()?;
		}
		store.require_chain(&chain.genesis())?;
		store.require_member(own.member)?;
		rejoin::rejoin(&chain, &mut store).await?;
		store.note_keys(&own.fingerprint())?;
		let keyring = Keyring::new(chain.clone(), chain.genesis(), own);
		for WelcomeRow { group, epoch, at } in store.welcomes()? {
			keyring.welcomed(group, epoch, at).await;
		}
		let fetcher = Fetcher::new(chain.clone(), keyring);
		for (record, at) in store.grants()? {
			fetcher.granted(record, at);
		}
		let fetcher = Arc::new(fetcher);
		Ok(Self { chain, store, fetcher, names_known: false, keys_changed: false, missing: Missing::default() })
	}

	/// The store.
	pub fn store(&self) -> &Store {
		&self.store
	}

	/// The chain.
	pub fn chain(&self) -> &Chain {
		&self.chain
	}

	/// Was a key registered since, of the member or of the account, that this session does not have? Then a new one is
	/// needed, with the identity as it is now.
	pub fn keys_changed(&self) -> bool {
		self.keys_changed
	}

	/// Is the newest key of the member, or of the analyst, one whose seed this session does not have?
	pub async fn lacks_newest_key(&self) -> Result<bool, Error> {
		let own = &self.fetcher.keyring.own;
		let view = self.chain.head().await?;
		let members = view.encryption_key(own.member).await?.map(|key| key.key);
		let analysts = view.analyst_keys(own.member).await?.into_iter().find(|key| key.account == own.account);
		let mut newest = members.into_iter().chain(analysts.map(|key| key.key.key));
		Ok(newest.any(|key| !own.seeds.iter().any(|seed| seed.public_key() == *key)))
	}

	/// What reads blocks, with the member's keys.
	pub fn fetcher(&self) -> &Fetcher {
		&self.fetcher
	}
}

/// The keys of the member that `identity` acts for.
pub async fn own_keys(chain: &Chain, identity: &Identity) -> Result<OwnKeys, Error> {
	let view = chain.head().await?;
	let acting = member::acting(&view, identity).await?;
	let newest_version = view.encryption_key(acting.member).await?.map_or(0, |key| key.number);
	let analysts = if acting.role == Role::Analyst { view.analyst_keys(acting.member).await? } else { Vec::new() };
	let own = analysts.into_iter().find(|key| key.account == identity.account_id());
	let analyst = own.map(|own| (own.owner, own.key.number));
	Ok(OwnKeys::new(identity, acting.member, newest_version, analyst))
}

impl From<BlockRef> for Synced {
	fn from(block: BlockRef) -> Self {
		Self { number: block.number, hash: block.hash.0 }
	}
}
