//! Blocks as the node stores them: hashes, events, bodies.

use super::{rpc, BlockHash, BlockRef, Chain};
use crate::error::Error;
use blake2::{
	digest::{consts::U32, Digest},
	Blake2b,
};
use cti_primitives::{FeedId, Hash};
use futures::{Stream, StreamExt};
use serde::Deserialize;
use serde_json::value::RawValue;
use subxt::{
	config::{substrate::SubstrateHeader, Header},
	rpcs::rpc_params,
};

/// Storage key of `System.Events`: the two halves are twox128 of either name.
const EVENTS_KEY: [u8; 32] = [
	0x26, 0xaa, 0x39, 0x4e, 0xea, 0x56, 0x30, 0xe0, 0x7c, 0x48, 0xae, 0x0c, 0x95, 0x58, 0xce, 0xf7, 0x80, 0xd4, 0x1e,
	0x5e, 0x16, 0x05, 0x67, 0x65, 0xbc, 0x84, 0x61, 0x85, 0x10, 0x72, 0xc9, 0xd7,
];

/// The part of `chain_getBlock`'s answer that is used. Extrinsics stay JSON until one is wanted.
#[derive(Deserialize)]
struct SignedBlock {
	block: Block,
}

#[derive(Deserialize)]
struct Block {
	extrinsics: Vec<Box<RawValue>>,
}

/// A block's extrinsics, each decoded when it is asked for.
pub struct Body {
	block: BlockHash,
	extrinsics: Vec<Box<RawValue>>,
}

impl Body {
	/// How many extrinsics there are.
	pub fn len(&self) -> u32 {
		u32::try_from(self.extrinsics.len()).unwrap_or(u32::MAX)
	}

	/// Are there none?
	pub fn is_empty(&self) -> bool {
		self.extrinsics.is_empty()
	}

	/// The extrinsic at `index`, with its length in front.
	pub fn extrinsic(&self, index: u32) -> Result<Vec<u8>, Error> {
		let doing = || format!("reading extrinsic {index} of block {:?}", self.block);
		let text = usize::try_from(index).ok().and_then(|index| self.extrinsics.get(index));
		let text = text.ok_or_else(|| Error::node(doing(), "there is no such extrinsic"))?;
		bytes_of(text.get()).map_err(|reason| Error::node(doing(), reason))
	}
}

impl Body {
	/// The index of the extrinsic with that hash.
	pub fn find(&self, hash: &Hash) -> Result<u32, Error> {
		for index in 0..self.len() {
			let found: Hash = Blake2b::<U32>::digest(self.extrinsic(index)?).into();
			if found == *hash {
				return Ok(index);
			}
		}
		Err(Error::node(
			format!("reading block {:?}", self.block),
			"the transaction is not in the block it is said to be in",
		))
	}
}

/// Bytes in JSON: nodes whose blocks are opaque to them write hexadecimal, others a list of numbers.
fn bytes_of(json: &str) -> Result<Vec<u8>, String> {
	match json.strip_prefix("\"0x").and_then(|rest| rest.strip_suffix('"')) {
		Some(digits) => hex::decode(digits).map_err(|e| e.to_string()),
		None => serde_json::from_str(json).map_err(|e| e.to_string()),
	}
}

impl Chain {
	/// The newest finalised block.
	pub async fn finalized(&self) -> Result<BlockRef, Error> {
		let hash = self.methods.chain_get_finalized_head().await;
		let hash = hash.map_err(|e| rpc::rpc_failed(&self.url, "chain_getFinalizedHead", e))?;
		let header = self.methods.chain_get_header(Some(hash)).await;
		let header = header.map_err(|e| rpc::rpc_failed(&self.url, "chain_getHeader", e))?;
		let header =
			header.ok_or_else(|| Error::node("calling chain_getHeader", "the finalised block has no header"))?;
		Ok(BlockRef { number: number(&header), hash })
	}

	/// The hash of a block on the best chain; `None` if the chain is not that long.
	pub async fn block_hash(&self, number: u32) -> Result<Option<BlockHash>, Error> {
		let hash = self.methods.chain_get_block_hash(Some(number.into())).await;
		hash.map_err(|e| rpc::rpc_failed(&self.url, "chain_getBlockHash", e))
	}

	/// The encoded events of a block.
	pub async fn events(&self, block: BlockHash) -> Result<Vec<u8>, Error> {
		let events = self.methods.state_get_storage(&EVENTS_KEY, Some(block)).await;
		Ok(events.map_err(|e| rpc::rpc_failed(&self.url, "state_getStorage", e))?.unwrap_or_default())
	}

	/// Does the node still have the events of a block? Most drop the state of old blocks.
	pub async fn has_events(&self, block: BlockHash) -> Result<bool, Error> {
		match self.methods.state_get_storage(&EVENTS_KEY, Some(block)).await {
			Ok(_) => Ok(true),
			Err(subxt::rpcs::Error::User(refused)) if is_discarded(&refused.message) => Ok(false),
			Err(e) => Err(rpc::rpc_failed(&self.url, "state_getStorage", e)),
		}
	}

	/// A block's extrinsics.
	pub async fn body(&self, block: BlockHash) -> Result<Body, Error> {
		let answer: Result<Option<SignedBlock>, _> = self.rpc.request("chain_getBlock", rpc_params![block]).await;
		let answer = answer.map_err(|e| rpc::rpc_failed(&self.url, "chain_getBlock", e))?;
		let answer = answer.ok_or_else(|| {
			Error::node(format!("reading block {block:?}"), "the node does not keep its body; ask one that keeps all")
		})?;
		Ok(Body { block, extrinsics: answer.block.extrinsics })
	}

	/// Finalised blocks as they come, by number. Several may be finalised at once: then only the newest is named.
	pub async fn finalized_blocks(&self) -> Result<impl Stream<Item = Result<u32, Error>> + use<>, Error> {
		let url = self.url.clone();
		let heads = self.methods.chain_subscribe_finalized_heads().await;
		let heads = heads.map_err(|e| rpc::rpc_failed(&url, "chain_subscribeFinalizedHeads", e))?;
		Ok(heads.map(move |header| {
			header.map(|header| number(&header)).map_err(|e| rpc::rpc_failed(&url, "chain_subscribeFinalizedHeads", e))
		}))
	}

	/// Writes into the persistent storage of the node's off-chain workers.
	pub async fn set_offchain(&self, key: &[u8], value: &[u8]) -> Result<(), Error> {
		const METHOD: &str = "offchain_localStorageSet";
		let params = rpc_params!["PERSISTENT", prefixed(key), prefixed(value)];
		let answer: Result<(), _> = self.rpc.request(METHOD, params).await;
		answer.map_err(|e| rpc::unsafe_failed(&self.url, METHOD, e))
	}

	/// Reads from the persistent storage of the node's off-chain workers.
	pub async fn get_offchain(&self, key: &[u8]) -> Result<Option<Vec<u8>>, Error> {
		const METHOD: &str = "offchain_localStorageGet";
		let params = rpc_params!["PERSISTENT", prefixed(key)];
		let answer: Result<Option<String>, _> = self.rpc.request(METHOD, params).await;
		let answer = answer.map_err(|e| rpc::unsafe_failed(&self.url, METHOD, e))?;
		let decode = |text: String| hex::decode(text.trim_start_matches("0x"));
		answer.map(decode).transpose().map_err(|e| Error::node(format!("calling {METHOD}"), e))
	}

	/// Has the node make new session keys, which stay in its keystore, and prove to `owner` that it holds them.
	pub async fn rotate_session_keys(&self, owner: &[u8; 32]) -> Result<SessionKeys, Error> {
		const METHOD: &str = "author_rotateKeysWithOwner";
		let answer: Result<GeneratedKeys, _> = self.rpc.request(METHOD, rpc_params![prefixed(owner)]).await;
		let GeneratedKeys { keys, proof } = answer.map_err(|e| rpc::unsafe_failed(&self.url, METHOD, e))?;
		let unproven = || Error::node(format!("calling {METHOD}"), "the node does not prove that it holds the keys");
		let bytes = |text: &str| hex::decode(text.trim_start_matches("0x"));
		let decoded = bytes(&keys).and_then(|keys| Ok(SessionKeys { keys, proof: bytes(&proof.unwrap_or_default())? }));
		let decoded = decoded.map_err(|e| Error::node(format!("calling {METHOD}"), e))?;
		(!decoded.proof.is_empty()).then_some(decoded).ok_or_else(unproven)
	}

	/// What the worker says of a feed, as JSON.
	pub async fn feed_status(&self, feed: FeedId) -> Result<Option<Vec<u8>>, Error> {
		self.get_offchain(&cti_primitives::feed::status_key(feed)).await
	}
}

/// Keys that a node made to sign blocks with.
pub struct SessionKeys {
	/// The public keys, SCALE encoded.
	pub keys: Vec<u8>,
	/// What shows the chain that the node holds the secret ones.
	pub proof: Vec<u8>,
}

/// The same as a node answers.
#[derive(Deserialize)]
struct GeneratedKeys {
	keys: String,
	proof: Option<String>,
}

/// Does the node say that it has dropped the block's state, or the block?
fn is_discarded(message: &str) -> bool {
	let message = message.to_ascii_lowercase();
	["state already discarded", "unknownblock", "unknown block"].iter().any(|words| message.contains(words))
}

fn prefixed(bytes: &[u8]) -> String {
	format!("0x{}", hex::encode(bytes))
}

fn number(header: &SubstrateHeader<BlockHash>) -> u32 {
	u32::try_from(header.number()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn extrinsics_should_be_decoded_by_index_and_missing_ones_named() {
		let answer = r#"{"block":{"header":{},"extrinsics":["0x0102",[3,255],"0xzz",[256],7]},"justifications":null}"#;
		let SignedBlock { block } = serde_json::from_str(answer).unwrap();
		let body = Body { block: BlockHash::zero(), extrinsics: block.extrinsics };
		assert_eq!(body.extrinsic(0).unwrap(), [1, 2]);
		assert_eq!(body.extrinsic(1).unwrap(), [3, 255]);
		let hash: Hash = Blake2b::<U32>::digest([3, 255]).into();
		assert_eq!(body.find(&hash).unwrap(), 1);
		for broken in 2..5 {
			assert!(body.extrinsic(broken).is_err());
		}
		assert!(body.extrinsic(5).unwrap_err().to_string().contains("no such extrinsic"));
	}
	#[test]
	fn dropped_state_should_be_told_apart_from_other_refusals() {
		for dropped in [
			"Client error: UnknownBlock: State already discarded for 0x12",
			"State already discarded for 0x12",
			"Client error: Api called for an unknown Block: Header was not found in the database",
		] {
			assert!(is_discarded(dropped), "{dropped}");
		}
		for other in ["Response is too big", "Method not found", "Too many requests", "Client error: Backend error"] {
			assert!(!is_discarded(other), "{other}");
		}
	}
}
