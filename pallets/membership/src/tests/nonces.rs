use crate::{mock::*, nonces::CheckNonceWindow};
use codec::Encode;
use frame::{
	deps::{
		frame_support::dispatch::GetDispatchInfo,
		frame_system::CheckNonce,
		sp_runtime::transaction_validity::{TransactionSource, TransactionValidityError},
	},
	testing_prelude::*,
};

type Window = CheckNonceWindow<Test>;

fn call() -> RuntimeCall {
	RuntimeCall::System(frame_system::Call::remark { remark: vec![] })
}

fn validate(nonce: u32) -> Result<ValidTransaction, TransactionValidityError> {
	let (call, info) = (call(), call().get_dispatch_info());
	Window::from(CheckNonce::from(nonce))
		.validate_only(signed(ALICE_FEED), &call, &info, 0, TransactionSource::External, 0)
		.map(|(valid, _, _)| valid)
}

#[test]
fn nonce_should_be_at_most_64_ahead_of_the_chain() {
	build_and_execute(|| {
		System::inc_account_nonce(ALICE_FEED);
		assert_eq!(validate(0), Err(InvalidTransaction::Stale.into()));
		let due = validate(1).unwrap();
		assert_eq!((due.requires, due.provides), (vec![], vec![(ALICE_FEED, 1u32).encode()]));
		assert_eq!(validate(65).unwrap().requires, vec![(ALICE_FEED, 64u32).encode()]);
		assert_eq!(validate(66), Err(InvalidTransaction::Future.into()));
		assert_eq!(validate(u32::MAX), Err(InvalidTransaction::Future.into()));
	});
}

#[test]
fn block_should_take_the_next_nonce_only() {
	build_and_execute(|| {
		let apply = |nonce| {
			let info = call().get_dispatch_info();
			Window::from(CheckNonce::from(nonce))
				.dispatch_transaction(signed(ALICE_FEED), call(), &info, 0, 0)
				.map(|_| ())
		};
		assert_eq!(apply(1), Err(InvalidTransaction::Future.into()));
		assert_eq!(apply(0), Ok(()));
		assert_eq!(System::account_nonce(ALICE_FEED), 1);
		assert_eq!(apply(0), Err(InvalidTransaction::Stale.into()));
	});
}

#[test]
fn extension_should_look_like_check_nonce() {
	let (ours, theirs) = (
		<Window as TransactionExtension<RuntimeCall>>::metadata(),
		<CheckNonce<Test> as TransactionExtension<RuntimeCall>>::metadata(),
	);
	assert_eq!((ours[0].identifier, ours[0].ty), (theirs[0].identifier, theirs[0].ty));
	assert_eq!(<Window as TransactionExtension<RuntimeCall>>::IDENTIFIER, "CheckNonce");
	assert_eq!(Window::from(CheckNonce::from(300)).encode(), CheckNonce::<Test>::from(300).encode());
}
