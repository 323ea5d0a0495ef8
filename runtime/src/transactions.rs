//! How the off-chain worker's calls become signed extrinsics.
// It runs in blocks.
#![deny(
	clippy::unwrap_used,
	clippy::expect_used,
	clippy::panic,
	clippy::indexing_slicing,
	clippy::arithmetic_side_effects
)]

use crate::*;
use codec::Encode;
use frame_support::traits::Get;
use frame_system::offchain::{
	AppCrypto, CreateSignedTransaction, CreateTransaction, CreateTransactionBase, SigningTypes,
};
use sp_runtime::{
	generic::Era,
	traits::{SaturatedConversion, StaticLookup, Verify},
};

/// Slots' worth of blocks in which an extrinsic of the worker may still be included.
const ERA_SLOTS: u64 = 64;

impl SigningTypes for Runtime {
	type Public = <Signature as Verify>::Signer;
	type Signature = Signature;
}

impl<C> CreateTransactionBase<C> for Runtime
where
	RuntimeCall: From<C>,
{
	type RuntimeCall = RuntimeCall;
	type Extrinsic = UncheckedExtrinsic;
}

impl<C> CreateTransaction<C> for Runtime
where
	RuntimeCall: From<C>,
{
	type Extension = TxExtension;

	fn create_transaction(call: RuntimeCall, extension: TxExtension) -> UncheckedExtrinsic {
		UncheckedExtrinsic::new_transaction(call, extension)
	}
}

/// The extension of an extrinsic of the worker: mortal from the newest block on, no tip.
fn extension(nonce: Nonce) -> TxExtension {
	let newest = System::block_number().saturated_into::<u64>().saturating_sub(1);
	let period = ERA_SLOTS.saturating_mul(configs::BlocksPerSlot::get().into());
	let proofs = (
		frame_system::AuthorizeCall::new(),
		frame_system::CheckNonZeroSender::new(),
		frame_system::CheckSpecVersion::new(),
		frame_system::CheckTxVersion::new(),
		frame_system::CheckGenesis::new(),
		frame_system::CheckEra::from(Era::mortal(period, newest)),
		pallet_cti_membership::CheckNonceWindow::from(frame_system::CheckNonce::from(nonce)),
		frame_system::CheckWeight::new(),
		pallet_cti_membership::QuotaOrFee::from(pallet_transaction_payment::ChargeTransactionPayment::from(0)),
		frame_metadata_hash_extension::CheckMetadataHash::new(false),
	);
	TxExtension::new(DynamicMaxBlockWeight::new(proofs))
}

impl<C> CreateSignedTransaction<C> for Runtime
where
	RuntimeCall: From<C>,
{
	fn create_signed_transaction<K: AppCrypto<Self::Public, Self::Signature>>(
		call: RuntimeCall,
		public: Self::Public,
		account: AccountId,
		nonce: Nonce,
	) -> Option<UncheckedExtrinsic> {
		let payload = SignedPayload::new(call, extension(nonce))
			.inspect_err(|error| log::error!(target: "runtime::stix-feeds", "cannot sign: {error:?}"))
			.ok()?;
		let signature = payload.using_encoded(|bytes| K::sign(bytes, public))?;
		let (call, extension, _) = payload.deconstruct();
		let address = <Runtime as frame_system::Config>::Lookup::unlookup(account);
		Some(UncheckedExtrinsic::new_signed(call, address, signature, extension))
	}
}
