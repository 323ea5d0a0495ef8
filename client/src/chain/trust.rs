//! Whose word counts: that of one's own node, or only what others know, too.

use super::{rpc, BlockRef, Chain, Config};
use crate::error::Error;
use codec::Encode;
use cti_primitives::Hash;
use polkadot_sdk::sp_crypto_hashing::blake2_256;
use std::{net::IpAddr, time::Duration};
use subxt::{config::RpcConfigFor, ext::jsonrpsee::client_transport::ws::Url, rpcs::methods::legacy::LegacyRpcMethods};

/// How long a witness may take to finalise what the node has finalised.
const WITNESS_PATIENCE: u32 = 60;
/// Between two looks.
const WITNESS_PAUSE: Duration = Duration::from_millis(500);

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
	/// A node of this machine is taken for one's own, unless witnesses are named: it may be a tunnel.
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
	/// The root of a finalised block's state. The chain is the pinned one, and every witness has finalised the same block.
	pub(super) async fn state_root(&self, chain: &Chain, block: BlockRef) -> Result<StateRoot, Error> {
		let Some(genesis) = self.genesis else {
			return Err(missing(chain.url(), "the consortium's chain", "--genesis HASH"));
		};
		if self.witnesses.is_empty() {
			return Err(missing(chain.url(), "nodes of other members that must know the same blocks", "--witness URL"));
		}
		require_genesis(chain.url(), &chain.genesis(), &genesis)?;
		let header = chain.methods.chain_get_header(Some(block.hash)).await;
		let header = header.map_err(|e| rpc::rpc_failed(chain.url(), "chain_getHeader", e))?;
		let header = header
			.filter(|header| header.number == u64::from(block.number) && blake2_256(&header.encode()) == block.hash.0);
		let header = header.ok_or_else(|| {
			Error::untrue(chain.url(), format!("the header of block {} is not the one its hash is of", block.number))
		})?;
		for witness in &self.witnesses {
			attest(witness, chain.url(), &genesis, block).await?;
		}
		Ok(header.state_root.0)
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

/// Has the witness finalised this block?
async fn attest(witness: &str, url: &str, genesis: &Hash, block: BlockRef) -> Result<(), Error> {
	let methods = LegacyRpcMethods::<RpcConfigFor<Config>>::new(rpc::connect(witness).await?);
	let failed = |method: &'static str| move |e| rpc::rpc_failed(witness, method, e);
	let first = methods.genesis_hash().await.map_err(failed("chain_getBlockHash"))?;
	require_genesis(witness, &first.0, genesis)?;
	for _ in 0..WITNESS_PATIENCE {
		let head = methods.chain_get_finalized_head().await.map_err(failed("chain_getFinalizedHead"))?;
		let header = methods.chain_get_header(Some(head)).await.map_err(failed("chain_getHeader"))?;
		if header.is_none_or(|header| header.number < u64::from(block.number)) {
			tokio::time::sleep(WITNESS_PAUSE).await;
			continue;
		}
		let known = methods.chain_get_block_hash(Some(block.number.into())).await;
		return match known.map_err(failed("chain_getBlockHash"))? == Some(block.hash) {
			true => Ok(()),
			false => Err(Error::untrue(url, format!("its block {} is unknown to the witness {witness}", block.number))),
		};
	}
	Err(Error::node(
		format!("asking the witness {witness}"),
		format!("it has not finalised block {} within 30 seconds", block.number),
	))
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
	}

	#[test]
	fn another_chain_should_not_pass_for_the_pinned_one() {
		assert!(require_genesis("ws://x", &[1; 32], &[1; 32]).is_ok());
		let error = require_genesis("ws://x", &[1; 32], &[2; 32]).unwrap_err();
		assert_eq!((error.exit(), error.kind()), (Exit::Verification, "untrue-answer"));
		assert!(error.to_string().contains("0x0101") && error.to_string().contains("0x0202"), "{error}");
	}
}
