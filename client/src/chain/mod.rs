//! The chain behind a node: connecting, reading, submitting. Everything is looked up by name in the metadata that
//! the node serves.

pub mod api;
pub mod blocks;
pub mod config;
pub mod epochs;
mod proven;
pub mod refusal;
pub mod reputation;
pub mod rpc;
pub mod state;
pub mod submit;
pub mod trust;
pub mod types;
pub mod walk;

pub use config::Config;
pub use trust::{Pins, Trust};

use crate::error::Error;
use cti_primitives::Hash;
use proven::Anchor;
use std::sync::Arc;
use subxt::{
	backend::LegacyBackend,
	client::{OnlineClient, OnlineClientAtBlock},
	config::{substrate::H256, RpcConfigFor},
	rpcs::{methods::legacy::LegacyRpcMethods, RpcClient},
};

/// A block's hash.
pub type BlockHash = H256;
/// The chain as of one block.
pub type AtBlock = OnlineClientAtBlock<Config>;

/// A connection to a node. Cheap to clone.
#[derive(Clone)]
pub struct Chain {
	url: Arc<str>,
	rpc: RpcClient,
	methods: LegacyRpcMethods<RpcConfigFor<Config>>,
	client: OnlineClient<Config>,
	trust: Arc<Trust>,
}

/// A block's number and hash.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct BlockRef {
	/// Its number.
	pub number: u32,
	/// Its hash.
	pub hash: BlockHash,
}

impl Chain {
	/// Connects to one's own node at `url` and checks that it runs a Testudo chain.
	pub async fn connect(url: &str) -> Result<Self, Error> {
		Self::connect_with(url, Trust::Own).await
	}

	/// Connects to a node that is believed as far as `trust` says.
	pub async fn connect_with(url: &str, trust: Trust) -> Result<Self, Error> {
		let rpc = rpc::connect(url).await?;
		let backend = LegacyBackend::builder().build(rpc.clone());
		let client =
			OnlineClient::from_backend(Arc::new(backend)).await.map_err(|e| rpc::failed(url, "connecting", e))?;
		let methods = LegacyRpcMethods::new(rpc.clone());
		let chain = Self { url: url.into(), rpc, methods, client, trust: Arc::new(trust) };
		chain.head().await?.require_testudo()?;
		Ok(chain)
	}

	/// The node's address.
	pub fn url(&self) -> &str {
		&self.url
	}

	/// Hash of block 0.
	pub fn genesis(&self) -> Hash {
		self.client.genesis_hash().0
	}

	/// The chain as of its newest finalised block.
	pub async fn head(&self) -> Result<View, Error> {
		let at = self.client.at_current_block().await.map_err(|e| self.failed("reading the newest block", e))?;
		Ok(View { at, url: self.url.clone(), anchor: None })
	}

	/// Refuses another chain than the pinned one.
	pub fn require_genesis(&self, pinned: &Hash) -> Result<(), Error> {
		trust::require_genesis(&self.url, &self.genesis(), pinned)
	}

	/// Is the node the member's own?
	pub fn is_own(&self) -> bool {
		matches!(*self.trust, Trust::Own)
	}

	/// The chain as of a given block.
	pub async fn at(&self, block: BlockRef) -> Result<View, Error> {
		let at = self
			.client
			.at_block_hash_and_number(subxt::backend::BlockRef::from_hash(block.hash), block.number.into())
			.await
			.map_err(|e| self.failed(format!("reading block {}", block.number), e))?;
		Ok(View { at, url: self.url.clone(), anchor: None })
	}

	fn failed(&self, doing: impl Into<String>, error: impl Into<subxt::Error>) -> Error {
		rpc::failed(&self.url, doing, error)
	}
}

/// The chain as of one block.
pub struct View {
	at: AtBlock,
	url: Arc<str>,
	/// Of a foreign node, what proves its answers.
	anchor: Option<Anchor>,
}

impl View {
	/// The block.
	pub fn block(&self) -> BlockRef {
		BlockRef { number: u32::try_from(self.at.block_number()).unwrap_or(u32::MAX), hash: self.at.block_hash() }
	}

	/// When the block was made, in unix seconds; block 0 does not say.
	pub async fn time(&self) -> Result<Option<u64>, Error> {
		const DOING: &str = "reading the time of a block";
		let now = self.at.storage().try_fetch(subxt::dynamic::storage::<(), u64>("Timestamp", "Now"), ()).await;
		let Some(now) = now.map_err(|e| self.failed(DOING, e))? else { return Ok(None) };
		let millis = now.decode().map_err(|e| Error::node(DOING, e))?;
		Ok(Some(millis / 1_000).filter(|seconds| *seconds > 0))
	}

	/// Is its node somebody else's?
	pub(crate) fn is_foreign(&self) -> bool {
		self.anchor.is_some()
	}

	/// The underlying client.
	pub fn at(&self) -> &AtBlock {
		&self.at
	}

	fn require_testudo(&self) -> Result<(), Error> {
		match self.at.metadata_ref().pallet_by_name("ThreatRegistry") {
			Some(_) => Ok(()),
			None => Err(Error::node(format!("connecting to {}", self.url), "this is not a Testudo chain")),
		}
	}

	pub(crate) fn failed(&self, doing: impl Into<String>, error: impl Into<subxt::Error>) -> Error {
		rpc::failed(&self.url, doing, error)
	}
}
