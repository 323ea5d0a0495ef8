//! How transactions of this chain are made: as on any Substrate chain, and, at a foreign node, bound to the metadata by which
//! they were encoded.
//!
//! The metadata is the node's word: one that lies could have a call signed that means another. The runtime knows the hash of
//! its own metadata (RFC 78) and takes a transaction that names a hash only if it is that one.

use super::{rpc, Chain};
use crate::error::Error;
use codec::{Decode, Encode};
use cti_primitives::Hash;
use merkleized_metadata::{generate_metadata_digest, ExtraInfo};
use scale_info::PortableRegistry;
use subxt::{
	config::{
		substrate::{AccountId32, MultiAddress, MultiSignature, SubstrateHeader, H256},
		transaction_extensions::{
			ChargeAssetTxPayment, ChargeTransactionPayment, CheckGenesis, CheckMetadataHashMode, CheckMortality,
			CheckNonce, CheckSpecVersion, CheckTxVersion, Params, VerifySignature,
		},
		ClientState, DefaultExtrinsicParamsBuilder, HashFor, SubstrateConfig, TransactionExtension,
		TransactionExtensions,
	},
	error::TransactionExtensionError,
	ext::{
		frame_decode::extrinsics::{TransactionExtension as Encoded, TransactionExtensionError as EncodingError},
		frame_metadata::{RuntimeMetadata, RuntimeMetadataPrefixed},
	},
	metadata::ArcMetadata,
	rpcs::rpc_params,
};

/// Name and decimals of the chain's token, as the runtime was built with (`runtime/build.rs`): both are in the hash.
const TOKEN: (&str, u8) = ("TUDO", 12);
/// The version of metadata that the hash is of.
const METADATA_VERSION: u32 = 15;

/// What of a Substrate chain is not in its metadata.
#[derive(Clone, Debug, Default)]
pub struct Config(SubstrateConfig);

impl subxt::Config for Config {
	type AccountId = AccountId32;
	type Address = MultiAddress<AccountId32, u32>;
	type Signature = MultiSignature;
	type Hasher = <SubstrateConfig as subxt::Config>::Hasher;
	type Header = SubstrateHeader<H256>;
	type AssetId = u32;
	type TransactionExtensions = (
		VerifySignature<Self>,
		CheckSpecVersion,
		CheckTxVersion,
		CheckNonce,
		CheckGenesis<Self>,
		CheckMortality<Self>,
		ChargeAssetTxPayment<Self>,
		ChargeTransactionPayment,
		CheckMetadataHash,
	);

	fn genesis_hash(&self) -> Option<HashFor<Self>> {
		self.0.genesis_hash()
	}

	fn metadata_for_spec_version(&self, spec_version: u32) -> Option<ArcMetadata> {
		self.0.metadata_for_spec_version(spec_version)
	}

	fn set_metadata_for_spec_version(&self, spec_version: u32, metadata: ArcMetadata) {
		self.0.set_metadata_for_spec_version(spec_version, metadata)
	}
}

/// What a transaction says beside its call.
pub type Parameters = <<Config as subxt::Config>::TransactionExtensions as TransactionExtensions<Config>>::Params;

/// The usual parameters, with the hash that binds the transaction to its metadata.
pub fn parameters(usual: DefaultExtrinsicParamsBuilder<Config>, metadata: MetadataHash) -> Parameters {
	let (signature, spec, version, nonce, genesis, mortality, asset, payment, ()) = usual.build();
	(signature, spec, version, nonce, genesis, mortality, asset, payment, metadata)
}

/// The hash of the metadata that a transaction is bound to; none at one's own node, whose metadata is believed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct MetadataHash(pub Option<Hash>);

impl Params<Config> for MetadataHash {}

/// The extension of that name: the transaction says that it names a hash, and the signature is over the hash.
pub struct CheckMetadataHash(MetadataHash);

impl TransactionExtension<Config> for CheckMetadataHash {
	type Decoded = CheckMetadataHashMode;
	type Params = MetadataHash;

	fn new(_: &ClientState<Config>, params: MetadataHash) -> Result<Self, TransactionExtensionError> {
		Ok(Self(params))
	}
}

impl Encoded<PortableRegistry> for CheckMetadataHash {
	const NAME: &str = "CheckMetadataHash";

	fn encode_value_to(&self, _: u32, _: &PortableRegistry, out: &mut Vec<u8>) -> Result<(), EncodingError> {
		u8::from(self.0 .0.is_some()).encode_to(out);
		Ok(())
	}

	fn encode_implicit_to(&self, _: u32, _: &PortableRegistry, out: &mut Vec<u8>) -> Result<(), EncodingError> {
		self.0 .0.encode_to(out);
		Ok(())
	}
}

impl Chain {
	/// The hash of the metadata that the node serves, to bind transactions to; none at one's own node.
	pub(super) async fn metadata_hash(&self) -> Result<MetadataHash, Error> {
		if self.is_own() {
			return Ok(MetadataHash(None));
		}
		let doing = || "reading the node's metadata";
		let version = self.methods.state_get_runtime_version(None).await;
		let version = version.map_err(|e| rpc::rpc_failed(&self.url, "state_getRuntimeVersion", e))?;
		let spec_name = version.other.get("specName").and_then(|name| name.as_str()).unwrap_or_default().to_string();
		let parameters =
			rpc_params!["Metadata_metadata_at_version", format!("0x{}", hex::encode(METADATA_VERSION.encode()))];
		let answer: Result<String, _> = self.rpc.request("state_call", parameters).await;
		let answer = answer.map_err(|e| rpc::rpc_failed(&self.url, "state_call", e))?;
		let metadata = decode(&answer).ok_or_else(|| Error::node(doing(), "it has none of version 15"))?;
		let base58_prefix = prefix(&metadata).ok_or_else(|| Error::node(doing(), "it names no prefix of addresses"))?;
		let info = ExtraInfo {
			spec_version: version.spec_version,
			spec_name,
			base58_prefix,
			decimals: TOKEN.1,
			token_symbol: TOKEN.0.into(),
		};
		let digest = generate_metadata_digest(&metadata, info).map_err(|e| Error::node(doing(), e))?;
		Ok(MetadataHash(Some(digest.hash())))
	}
}

fn decode(answer: &str) -> Option<RuntimeMetadata> {
	let bytes = hex::decode(answer.strip_prefix("0x")?).ok()?;
	let opaque = Option::<Vec<u8>>::decode(&mut &bytes[..]).ok().flatten()?;
	Some(RuntimeMetadataPrefixed::decode(&mut &opaque[..]).ok()?.1)
}

/// The number in front of the chain's addresses.
fn prefix(metadata: &RuntimeMetadata) -> Option<u16> {
	let RuntimeMetadata::V15(metadata) = metadata else { return None };
	let system = metadata.pallets.iter().find(|pallet| pallet.name == "System")?;
	let constant = system.constants.iter().find(|constant| constant.name == "SS58Prefix")?;
	u16::decode(&mut &constant.value[..]).ok()
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn extension_should_say_that_it_names_a_hash_and_sign_over_it() {
		let registry = PortableRegistry { types: Vec::new() };
		for (hash, value, implicit) in
			[(None, vec![0], vec![0]), (Some([7; 32]), vec![1], [vec![1], vec![7; 32]].concat())]
		{
			let extension = CheckMetadataHash(MetadataHash(hash));
			let (mut extra, mut signed) = (Vec::new(), Vec::new());
			extension.encode_value_to(0, &registry, &mut extra).unwrap();
			extension.encode_implicit_to(0, &registry, &mut signed).unwrap();
			assert_eq!((extra, signed), (value, implicit));
		}
	}
}
