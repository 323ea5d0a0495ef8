//! The Testudo parachain runtime: FRAME's pallets and Testudo's, composed.
//!
//! What each pallet is configured with is under [`configs`]; what clients may ask is in [`apis`]; how a chain begins is in
//! [`genesis`].
#![cfg_attr(not(feature = "std"), no_std)]
#![recursion_limit = "512"]

#[cfg(feature = "std")]
include!(concat!(env!("OUT_DIR"), "/wasm_binary.rs"));

extern crate alloc;

pub mod apis;
#[cfg(feature = "runtime-benchmarks")]
#[macro_use]
mod benchmarks;
pub mod configs;
pub mod constants;
pub mod genesis;
#[cfg(feature = "next-version")]
mod next;
mod transactions;

use alloc::vec::Vec;
use polkadot_sdk::{
	cumulus_pallet_parachain_system, cumulus_pallet_weight_reclaim, frame_executive, frame_metadata_hash_extension,
	frame_support, frame_system, pallet_transaction_payment, sp_api, sp_core, sp_runtime, sp_version,
	staging_parachain_info as parachain_info, *,
};
use sp_runtime::{
	generic, impl_opaque_keys,
	traits::{BlakeTwo256, IdentifyAccount, Verify},
	MultiAddress, MultiSignature,
};
use sp_version::RuntimeVersion;

pub use constants::*;
use cumulus_pallet_parachain_system::block_weight::DynamicMaxBlockWeight;

/// How an account signs.
pub type Signature = MultiSignature;
/// An account.
pub type AccountId = <<Signature as Verify>::Signer as IdentifyAccount>::AccountId;
/// How an extrinsic names an account.
pub type Address = MultiAddress<AccountId, ()>;
/// An amount, in 10^-12 TUDO.
pub type Balance = u128;
/// A block's number.
pub type BlockNumber = u32;
/// How many transactions an account has sent.
pub type Nonce = u32;
/// A block's hash.
pub type Hash = sp_core::H256;
/// A block's header.
pub type Header = generic::Header<BlockNumber, BlakeTwo256>;
/// A block.
pub type Block = generic::Block<Header, UncheckedExtrinsic>;

/// Blocks as a node sees them, which need not know what an extrinsic says: it shows them as hex.
#[cfg(feature = "std")]
pub type OpaqueBlock = generic::Block<Header, sp_runtime::OpaqueExtrinsic>;

/// What a signed extrinsic proves and pays, in order. The outermost gives back the weight and proof that were not used; the next
/// lets what is too large for a block's share of a core have all of it.
pub type TxExtension = cumulus_pallet_weight_reclaim::StorageWeightReclaim<
	Runtime,
	DynamicMaxBlockWeight<Runtime, Proofs, configs::BlocksPerSlot>,
>;

/// The extensions themselves.
pub type Proofs = (
	frame_system::AuthorizeCall<Runtime>,
	frame_system::CheckNonZeroSender<Runtime>,
	frame_system::CheckSpecVersion<Runtime>,
	frame_system::CheckTxVersion<Runtime>,
	frame_system::CheckGenesis<Runtime>,
	frame_system::CheckEra<Runtime>,
	pallet_cti_membership::CheckNonceWindow<Runtime>,
	frame_system::CheckWeight<Runtime>,
	pallet_cti_membership::QuotaOrFee<Runtime, pallet_transaction_payment::ChargeTransactionPayment<Runtime>>,
	frame_metadata_hash_extension::CheckMetadataHash<Runtime>,
);

/// An extrinsic as it arrives.
pub type UncheckedExtrinsic = generic::UncheckedExtrinsic<Address, RuntimeCall, Signature, TxExtension>;
/// What a signer signs.
pub type SignedPayload = generic::SignedPayload<RuntimeCall, TxExtension>;

/// Runs blocks.
pub type Executive =
	frame_executive::Executive<Runtime, Block, frame_system::ChainContext<Runtime>, Runtime, AllPalletsWithSystem>;

impl_opaque_keys! {
	/// What a collator signs blocks with.
	pub struct SessionKeys {
		/// Block authorship.
		pub aura: Aura,
	}
}

/// The runtime's version.
#[cfg(not(feature = "next-version"))]
#[sp_version::runtime_version]
pub const VERSION: RuntimeVersion = RuntimeVersion {
	spec_name: alloc::borrow::Cow::Borrowed("testudo"),
	impl_name: alloc::borrow::Cow::Borrowed("testudo"),
	authoring_version: 1,
	spec_version: 1,
	impl_version: 0,
	apis: apis::RUNTIME_API_VERSIONS,
	transaction_version: 1,
	system_version: 1,
};

/// The version of [`next`].
#[cfg(feature = "next-version")]
#[sp_version::runtime_version]
pub const VERSION: RuntimeVersion = RuntimeVersion {
	spec_name: alloc::borrow::Cow::Borrowed("testudo"),
	impl_name: alloc::borrow::Cow::Borrowed("testudo"),
	authoring_version: 1,
	spec_version: 2,
	impl_version: 0,
	apis: apis::RUNTIME_API_VERSIONS,
	transaction_version: 1,
	system_version: 1,
};

#[frame_support::runtime]
mod runtime {
	#[runtime::runtime]
	#[runtime::derive(
		RuntimeCall,
		RuntimeEvent,
		RuntimeError,
		RuntimeOrigin,
		RuntimeFreezeReason,
		RuntimeHoldReason,
		RuntimeSlashReason,
		RuntimeLockId,
		RuntimeTask,
		RuntimeViewFunction
	)]
	pub struct Runtime;

	#[runtime::pallet_index(0)]
	pub type System = frame_system;
	#[runtime::pallet_index(1)]
	pub type ParachainSystem = cumulus_pallet_parachain_system;
	#[runtime::pallet_index(2)]
	pub type Timestamp = pallet_timestamp;
	#[runtime::pallet_index(3)]
	pub type ParachainInfo = parachain_info;
	#[runtime::pallet_index(4)]
	pub type WeightReclaim = cumulus_pallet_weight_reclaim;

	#[runtime::pallet_index(10)]
	pub type Balances = pallet_balances;
	#[runtime::pallet_index(11)]
	pub type TransactionPayment = pallet_transaction_payment;

	#[runtime::pallet_index(20)]
	pub type Authorship = pallet_authorship;
	#[runtime::pallet_index(22)]
	pub type Session = pallet_session;
	#[runtime::pallet_index(23)]
	pub type Aura = pallet_aura;
	#[runtime::pallet_index(24)]
	pub type AuraExt = cumulus_pallet_aura_ext;

	#[runtime::pallet_index(30)]
	pub type Consortium = pallet_collective<Instance1>;
	#[runtime::pallet_index(31)]
	pub type Proxy = pallet_proxy;
	#[runtime::pallet_index(32)]
	pub type Multisig = pallet_multisig;
	#[runtime::pallet_index(33)]
	pub type Utility = pallet_utility;
	#[runtime::pallet_index(34)]
	pub type Migrations = pallet_migrations;

	#[runtime::pallet_index(50)]
	pub type Membership = pallet_cti_membership;
	#[runtime::pallet_index(51)]
	pub type AttckTaxonomy = pallet_attck_taxonomy;
	#[runtime::pallet_index(52)]
	pub type ThreatRegistry = pallet_threat_registry;
	#[runtime::pallet_index(53)]
	pub type Reputation = pallet_reputation;
	#[runtime::pallet_index(54)]
	pub type StixFeeds = pallet_stix_feeds;
}

cumulus_pallet_parachain_system::register_validate_block! {
	Runtime = Runtime,
	BlockExecutor = cumulus_pallet_aura_ext::BlockExecutor::<Runtime, Executive>,
}
