//! How many transactions of one account the pool holds.

use alloc::vec::Vec;
use frame::{
	deps::{
		frame_system::CheckNonce,
		sp_runtime::{
			traits::{AsSystemOriginSigner, Implication, TransactionExtensionMetadata},
			transaction_validity::{TransactionSource, TransactionValidityError},
		},
	},
	prelude::*,
	traits::{DispatchOriginOf, PostDispatchInfoOf},
};
use scale_info::StaticTypeInfo;

/// How far ahead of the account's nonce on chain a transaction's nonce may be.
pub const MAX_NONCES_AHEAD: u32 = 64;

/// `CheckNonce`, which takes no transaction more than [`MAX_NONCES_AHEAD`] nonces ahead of the chain: feeless
/// transactions of one account shall not fill the pool. The refusal is `InvalidTransaction::Future`.
///
/// From outside it *is* `CheckNonce`: same identifier, same encoding, same metadata.
#[derive(Encode, Decode, DecodeWithMemTracking, CloneNoBound, EqNoBound, PartialEqNoBound, DebugNoBound)]
#[codec(encode_bound())]
#[codec(decode_bound())]
#[codec(decode_with_mem_tracking_bound())]
pub struct CheckNonceWindow<T: frame_system::Config>(pub CheckNonce<T>);

impl<T: frame_system::Config> TypeInfo for CheckNonceWindow<T>
where
	CheckNonce<T>: StaticTypeInfo,
{
	type Identity = CheckNonce<T>;
	fn type_info() -> scale_info::Type {
		CheckNonce::<T>::type_info()
	}
}

impl<T: frame_system::Config> From<CheckNonce<T>> for CheckNonceWindow<T> {
	fn from(check: CheckNonce<T>) -> Self {
		Self(check)
	}
}

impl<T: frame_system::Config + Send + Sync> TransactionExtension<T::RuntimeCall> for CheckNonceWindow<T>
where
	CheckNonce<T>: TransactionExtension<T::RuntimeCall, Implicit = ()>,
	DispatchOriginOf<T::RuntimeCall>: AsSystemOriginSigner<T::AccountId>,
{
	const IDENTIFIER: &'static str = <CheckNonce<T> as TransactionExtension<T::RuntimeCall>>::IDENTIFIER;
	type Implicit = ();
	type Val = <CheckNonce<T> as TransactionExtension<T::RuntimeCall>>::Val;
	type Pre = <CheckNonce<T> as TransactionExtension<T::RuntimeCall>>::Pre;

	fn metadata() -> Vec<TransactionExtensionMetadata> {
		CheckNonce::<T>::metadata()
	}

	fn weight(&self, call: &T::RuntimeCall) -> Weight {
		self.0.weight(call)
	}

	fn validate(
		&self,
		origin: DispatchOriginOf<T::RuntimeCall>,
		call: &T::RuntimeCall,
		info: &DispatchInfoOf<T::RuntimeCall>,
		len: usize,
		self_implicit: (),
		inherited_implication: &impl Implication,
		source: TransactionSource,
	) -> ValidateResult<Self::Val, T::RuntimeCall> {
		if let Some(who) = origin.as_system_origin_signer() {
			let ahead = self.0 .0.saturating_sub(frame_system::Pallet::<T>::account_nonce(who));
			ensure!(ahead <= MAX_NONCES_AHEAD.into(), InvalidTransaction::Future);
		}
		self.0.validate(origin, call, info, len, self_implicit, inherited_implication, source)
	}

	fn prepare(
		self,
		val: Self::Val,
		origin: &DispatchOriginOf<T::RuntimeCall>,
		call: &T::RuntimeCall,
		info: &DispatchInfoOf<T::RuntimeCall>,
		len: usize,
	) -> Result<Self::Pre, TransactionValidityError> {
		self.0.prepare(val, origin, call, info, len)
	}

	fn post_dispatch_details(
		pre: Self::Pre,
		info: &DispatchInfoOf<T::RuntimeCall>,
		post_info: &PostDispatchInfoOf<T::RuntimeCall>,
		len: usize,
		result: &DispatchResult,
	) -> Result<Weight, TransactionValidityError> {
		CheckNonce::<T>::post_dispatch_details(pre, info, post_info, len, result)
	}
}
