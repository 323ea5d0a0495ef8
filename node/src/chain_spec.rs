//! The chains that are built in.

use polkadot_sdk::{
	sc_chain_spec::{ChainSpecExtension, ChainSpecGroup, ChainType, GenericChainSpec},
	sc_service,
};
use serde::{Deserialize, Serialize};
use testudo_runtime::{genesis, WASM_BINARY};

/// What a collator's node wants to know beside the runtime, which has the parachain's id.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ChainSpecGroup, ChainSpecExtension)]
#[serde(deny_unknown_fields)]
pub struct Extensions {
	/// The relay chain to follow.
	pub relay_chain: String,
}

/// A chain specification.
pub type ChainSpec = GenericChainSpec<Extensions>;

/// The relay chain of a private network.
const RELAY_CHAIN: &str = "rococo-local";

fn properties() -> sc_service::Properties {
	let mut properties = sc_service::Properties::new();
	properties.insert("tokenSymbol".into(), "TUDO".into());
	properties.insert("tokenDecimals".into(), 12.into());
	properties.insert("ss58Format".into(), 42.into());
	properties
}

fn with_preset(name: &str, id: &str, kind: ChainType, preset: &str) -> Result<ChainSpec, String> {
	// The preset is taken natively: asking the blob for it would compile the blob once more, a third of the node's start.
	let preset = genesis::preset(&preset.into()).ok_or_else(|| format!("the runtime has no preset {preset}"))?;
	let preset =
		serde_json::from_slice(&preset).map_err(|error| format!("the runtime's preset is no JSON: {error}"))?;
	with_patch(name, id, kind, RELAY_CHAIN, preset)
}

/// A chain of this node's runtime that begins so.
pub fn with_patch(
	name: &str,
	id: &str,
	kind: ChainType,
	relay_chain: &str,
	patch: serde_json::Value,
) -> Result<ChainSpec, String> {
	let code = WASM_BINARY.ok_or("this node was built without the runtime's Wasm blob (SKIP_WASM_BUILD)")?;
	Ok(ChainSpec::builder(code, Extensions { relay_chain: relay_chain.into() })
		.with_name(name)
		.with_id(id)
		.with_protocol_id(id)
		.with_chain_type(kind)
		.with_properties(properties())
		.with_genesis_config_patch(patch)
		.build())
}

/// One machine, four member organisations on well-known keys.
pub fn development() -> Result<ChainSpec, String> {
	with_preset("Testudo Development", "testudo_dev", ChainType::Development, genesis::DEVELOPMENT)
}

/// Several machines under a private relay chain.
pub fn local_testnet() -> Result<ChainSpec, String> {
	with_preset("Testudo Local Testnet", "testudo_local", ChainType::Local, genesis::LOCAL_TESTNET)
}
