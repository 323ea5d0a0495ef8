//! Whose word counts: that of one's own node, or only what others know, too.

use super::{rpc, BlockHash, BlockRef, Chain, Config};
use crate::error::Error;
use codec::Encode;
use cti_primitives::Hash;
use polkadot_sdk::sp_crypto_hashing::blake2_256;
use std::{net::IpAddr, time::Duration};
use subxt::{config::RpcConfigFor, ext::jsonrpsee::client_transport::ws::Url, rpcs::methods::legacy::LegacyRpcMethods};

/// How often the node is asked for a block that the witnesses have finalised.
const PATIENCE: u32 = 60;
/// Between two looks.
const PAUSE: Duration = Duration::from_millis(500);

/// Is the node's word enough?
#[derive(Clone, Debug, Default)]
pub enum Trust {
	/// The node is the member's own.
	#[default]
	Own,
	/// It is somebody else's: before anything is sealed, what it says is checked.
	Foreign(Pins),
}

/// What ties a foreign node's answers to the consortium's chain.
#[derive(Clone, Debug, Default)]
pub struct Pins {
	/// Hash of the chain's block 0.
	pub genesis: Option<Hash>,
	/// WebSocket addresses of nodes of others that must know the same blocks.
	pub witnesses: Vec<String>,
}

impl Trust {
	/// A node of this machine is taken for one's own, unless witnesses are named: it may be a tunnel. Who says that it is its
	/// own is believed, whatever the environment names.
	pub fn of(url: &str, is_own: bool, pins: Pins) -> Self {
		match is_own || (pins.witnesses.is_empty() && is_local(url)) {
			true => Trust::Own,
			false => Trust::Foreign(pins),
		}
	}
}

fn is_local(url: &str) -> bool {
	let Ok(url) = Url::parse(url) else { return false };
	let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
	host == "localhost" || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

/// The root of a block's state, by the block's hash.
pub(super) type StateRoot = [u8; 32];

impl Pins {
	/// The newest block that all witnesses have finalised, and the root of its state. The chain is the pinned one, and the
	/// node knows the block, too. That the witnesses name it keeps the node from answering out of the past, when somebody who
	/// is gone was still there.
	pub(super) async fn anchor(&self, chain: &Chain) -> Result<(BlockRef, StateRoot), Error> {
		let url = chain.url();
		let Some(genesis) = self.genesis else {
			return Err(missing(url, "the consortium's chain", "--genesis HASH"));
		};
		if self.witnesses.iter().all(|witness| witness == url) {
			return Err(missing(url, "nodes of other members that must know the same blocks", "--witness URL"));
		}
		require_genesis(url, &chain.genesis(), &genesis)?;
		let mut witnesses = Vec::new();
		for witness in &self.witnesses {
			witnesses.push(Witness::ask(witness, &genesis).await?);
		}
		let newest = witnesses.iter().map(|witness| witness.head).min_by_key(|head| head.number);
		let block = newest.ok_or_else(|| Error::Internal("no witness was asked".into()))?;
		for witness in &witnesses {
			if witness.block_hash(block.number).await? != Some(block.hash) {
				return Err(Error::node(format!("asking the witnesses for block {}", block.number), "they disagree"));
			}
		}
		Ok((block, header_of(chain, block).await?))
	}
}

/// The root of the state of a block that the witnesses name, as the node has it.
async fn header_of(chain: &Chain, block: BlockRef) -> Result<StateRoot, Error> {
	for _ in 0..PATIENCE {
		match chain.block_hash(block.number).await? {
			Some(known) if known == block.hash => {}
			Some(_) => {
				let what = format!("its block {} is unknown to the witness", block.number);
				return Err(Error::untrue(chain.url(), what));
			}
			None => {
				tokio::time::sleep(PAUSE).await;
				continue;
			}
		}
		let header = chain.methods.chain_get_header(Some(block.hash)).await;
		let header = header.map_err(|e| rpc::rpc_failed(chain.url(), "chain_getHeader", e))?;
		let header = header.filter(|header| blake2_256(&header.encode()) == block.hash.0);
		return header.map(|header| header.state_root.0).ok_or_else(|| {
			Error::untrue(chain.url(), format!("the header of block {} is not the one its hash is of", block.number))
		});
	}
	Err(Error::node(
		format!("reading block {}, which the witnesses have finalised", block.number),
		format!("the node at {} does not have it after 30 seconds", chain.url()),
	))
}

/// Another member's node.
struct Witness<'a> {
	url: &'a str,
	methods: LegacyRpcMethods<RpcConfigFor<Config>>,
	/// Its newest finalised block.
	head: BlockRef,
}

impl<'a> Witness<'a> {
	async fn ask(url: &'a str, genesis: &Hash) -> Result<Self, Error> {
		let methods = LegacyRpcMethods::<RpcConfigFor<Config>>::new(rpc::connect(url).await?);
		let failed = |method: &'static str| move |e| rpc::rpc_failed(url, method, e);
		let first = methods.genesis_hash().await.map_err(failed("chain_getBlockHash"))?;
		require_genesis(url, &first.0, genesis)?;
		let hash = methods.chain_get_finalized_head().await.map_err(failed("chain_getFinalizedHead"))?;
		let header = methods.chain_get_header(Some(hash)).await.map_err(failed("chain_getHeader"))?;
		let number = header.and_then(|header| u32::try_from(header.number).ok());
		let number =
			number.ok_or_else(|| Error::node(format!("asking the witness {url}"), "its newest block has no header"))?;
		Ok(Self { url, methods, head: BlockRef { number, hash } })
	}

	async fn block_hash(&self, number: u32) -> Result<Option<BlockHash>, Error> {
		let hash = self.methods.chain_get_block_hash(Some(number.into())).await;
		hash.map_err(|e| rpc::rpc_failed(self.url, "chain_getBlockHash", e))
	}
}

/// The node's chain must be the pinned one.
pub(super) fn require_genesis(url: &str, found: &Hash, pinned: &Hash) -> Result<(), Error> {
	match found == pinned {
		true => Ok(()),
		false => Err(Error::untrue(
			url,
			format!("its chain begins with block 0x{}, and not with 0x{}", hex::encode(found), hex::encode(pinned)),
		)),
	}
}

fn missing(url: &str, what: &str, option: &str) -> Error {
	Error::usage(
		format!("{url} is not a node of your own: before anything is sealed it takes {what}"),
		format!("name them with {option}; or say with --trust-node that the node is yours"),
	)
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::error::Exit;

	fn is_own(url: &str, is_own: bool, witnesses: &[&str]) -> bool {
		let witnesses = witnesses.iter().map(|url| String::from(*url)).collect();
		matches!(Trust::of(url, is_own, Pins { genesis: None, witnesses }), Trust::Own)
	}

	#[test]
	fn node_of_this_machine_should_be_ones_own_and_no_other() {
		for url in ["ws://127.0.0.1:9944", "ws://localhost:9944", "ws://[::1]:9944", "ws://127.8.8.8:1"] {
			assert!(is_own(url, false, &[]), "{url}");
		}
		for url in ["ws://10.0.0.1:9944", "wss://localhost.example.org", "wss://127.0.0.1.example.org", "nonsense"] {
			assert!(!is_own(url, false, &[]), "{url}");
			assert!(is_own(url, true, &[]), "{url}");
		}
		assert!(!is_own("ws://127.0.0.1:9944", false, &["ws://b"]), "a tunnel");
		assert!(is_own("wss://example.org", true, &["ws://b"]), "said by whom it belongs to");
	}

	#[test]
	fn another_chain_should_not_pass_for_the_pinned_one() {
		assert!(require_genesis("ws://x", &[1; 32], &[1; 32]).is_ok());
		let error = require_genesis("ws://x", &[1; 32], &[2; 32]).unwrap_err();
		assert_eq!((error.exit(), error.kind()), (Exit::Verification, "untrue-answer"));
		assert!(error.to_string().contains("0x0101") && error.to_string().contains("0x0202"), "{error}");
	}
}
