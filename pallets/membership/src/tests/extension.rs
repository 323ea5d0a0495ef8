use crate::extension::{code, Pre, Val};
use crate::mock::*;
use crate::*;
use alloc::boxed::Box;
use codec::{Decode, Encode};
use cti_primitives::Epoch;
use frame::{
	deps::{
		frame_support::dispatch::{DispatchClass, DispatchInfo, GetDispatchInfo, Pays},
		sp_runtime::transaction_validity::{TransactionSource, TransactionValidityError},
	},
	testing_prelude::*,
};
use polkadot_sdk::{pallet_transaction_payment, pallet_transaction_payment::ChargeTransactionPayment, pallet_utility};

type Fee = ChargeTransactionPayment<Test>;

const LEN: usize = 1_000;

fn remark(bytes: &[u8]) -> RuntimeCall {
	RuntimeCall::System(frame_system::Call::remark { remark: bytes.to_vec() })
}

fn unmetered() -> RuntimeCall {
	RuntimeCall::System(frame_system::Call::remark_with_event { remark: vec![] })
}

/// Metered, and a signer cannot make it.
fn failing() -> RuntimeCall {
	RuntimeCall::System(frame_system::Call::set_heap_pages { pages: 1 })
}

fn extension(tip: u64) -> Extension {
	Fee::from(tip).into()
}

type Validated = Result<ValidTransaction, TransactionValidityError>;

/// What the pool hears.
fn validate(account: AccountId, call: &RuntimeCall, len: usize, tip: u64) -> Validated {
	let info = call.get_dispatch_info();
	extension(tip)
		.validate_only(signed(account), call, &info, len, TransactionSource::External, 0)
		.map(|(valid, _, _)| valid)
}

/// What a block does: pay, dispatch, correct.
fn apply(
	account: AccountId,
	call: RuntimeCall,
	len: usize,
	tip: u64,
) -> Result<DispatchResult, TransactionValidityError> {
	let info = call.get_dispatch_info();
	extension(tip)
		.dispatch_transaction(signed(account), call, &info, len, 0)
		.map(|result| result.map(|_| ()).map_err(|error| error.error))
}

fn refused_with(code: u8) -> TransactionValidityError {
	InvalidTransaction::Custom(code).into()
}

/// Leaves `bytes` in Alice's bucket.
fn leave_in_bucket(bytes: u32) {
	Activity::<Test>::mutate(A, |activity| {
		let activity = activity.as_mut().unwrap();
		activity.tokens = bytes;
		activity.refilled = START;
	});
}

#[test]
fn metered_call_should_be_feeless_within_the_quota() {
	build_and_execute(|| {
		let balance = Balances::free_balance(ALICE);
		assert_eq!(validate(ALICE, &remark(b"x"), LEN, 0).map(|_| ()), Ok(()));
		assert_eq!(Membership::available_bytes(A), BUCKET, "the pool spends nothing");
		assert_eq!(apply(ALICE, remark(b"x"), LEN, 0), Ok(Ok(())));
		assert_eq!(Membership::available_bytes(A), BUCKET - LEN as u32);
		assert_eq!(Balances::free_balance(ALICE), balance);
	});
}

#[test]
fn delegate_without_balance_should_spend_its_members_quota() {
	build_and_execute(|| {
		assert_eq!(apply(ALICE_FEED, remark(b"x"), LEN, 0), Ok(Ok(())));
		assert_eq!(apply(ALICE_ANALYST, remark(b"x"), LEN, 0), Ok(Ok(())));
		assert_eq!(Membership::available_bytes(A), BUCKET - 2 * LEN as u32);
		assert_eq!(Membership::available_bytes(B), BUCKET);
	});
}

#[test]
fn short_call_should_take_what_it_costs_and_a_long_one_its_length() {
	build_and_execute(|| {
		assert_eq!(apply(ALICE, remark(b"dear"), LEN, 0), Ok(Ok(())));
		assert_eq!(Membership::available_bytes(A), BUCKET - LEAST_BYTES);
		assert_eq!(apply(ALICE, remark(b"dear"), 2 * LEAST_BYTES as usize, 0), Ok(Ok(())));
		assert_eq!(Membership::available_bytes(A), BUCKET - 3 * LEAST_BYTES);
		leave_in_bucket(LEAST_BYTES - 1);
		assert_eq!(validate(ALICE, &remark(b"dear"), LEN, 0), Err(refused_with(code::QUOTA_EXCEEDED)));
		assert!(validate(ALICE, &remark(b"x"), LEN, 0).is_ok());
	});
}

#[test]
fn suspended_member_should_make_the_calls_that_are_for_it_and_no_others() {
	build_and_execute(|| {
		assert_ok!(Membership::suspend(root(), A));
		assert_eq!(apply(ALICE_ANALYST, remark(b"suspended"), LEN, 0), Ok(Ok(())));
		assert_eq!(validate(ALICE, &remark(b"x"), LEN, 0), Err(refused_with(code::NOT_ACTIVE)));
		assert_ok!(Membership::expel(root(), A));
		assert_eq!(validate(ALICE, &remark(b"suspended"), LEN, 0), Err(refused_with(code::NOT_ACTIVE)));
	});
}

#[test]
fn quota_should_give_the_priority_that_the_fee_would_have() {
	build_and_execute(|| {
		for class in [DispatchClass::Normal, DispatchClass::Operational] {
			let info = DispatchInfo {
				call_weight: Weight::from_parts(1_000_000, 0),
				extension_weight: Weight::zero(),
				class,
				pays_fee: Pays::Yes,
			};
			let source = TransactionSource::External;
			let call = remark(b"x");
			let fee = Fee::from(0).validate_only(signed(ALICE), &call, &info, LEN, source, 0).unwrap().0;
			assert!(fee.priority > 0);
			for tip in [0, 1_000] {
				let quota = extension(tip).validate_only(signed(ALICE), &call, &info, LEN, source, 0).unwrap().0;
				assert_eq!(quota.priority, fee.priority, "a tip that is not taken is not counted");
			}
		}
	});
}

#[test]
fn tip_should_not_be_taken_within_the_quota() {
	build_and_execute(|| {
		let balance = Balances::free_balance(ALICE);
		assert_eq!(apply(ALICE, remark(b"x"), LEN, 500), Ok(Ok(())));
		assert_eq!(Balances::free_balance(ALICE), balance);
	});
}

#[test]
fn quota_should_cover_exactly_what_the_bucket_holds() {
	build_and_execute(|| {
		leave_in_bucket(LEN as u32);
		assert_eq!(validate(ALICE, &remark(b"x"), LEN + 1, 0), Err(refused_with(code::QUOTA_EXCEEDED)));
		// A block that is being made leaves it in the pool.
		let waits = Err(InvalidTransaction::ExhaustsResources.into());
		assert_eq!(apply(ALICE, remark(b"x"), LEN + 1, 0), waits);
		assert_eq!(apply(ALICE, remark(b"x"), LEN, 0), Ok(Ok(())));
		assert_eq!(Membership::available_bytes(A), 0);
		assert_eq!(apply(ALICE, remark(b"x"), 1, 0), waits);
	});
}

#[test]
fn tip_should_pay_the_fee_beyond_the_quota() {
	build_and_execute(|| {
		leave_in_bucket(10);
		let balance = Balances::free_balance(ALICE);
		assert_eq!(apply(ALICE, remark(b"x"), LEN, 7), Ok(Ok(())));
		assert_eq!(Membership::available_bytes(A), 10, "who pays the fee spends no bytes");
		let info = remark(b"x").get_dispatch_info();
		let fee = pallet_transaction_payment::Pallet::<Test>::compute_fee(LEN as u32, &info, 7);
		assert!(fee > 7);
		assert_eq!(Balances::free_balance(ALICE), balance - fee);
	});
}

#[test]
fn tip_should_not_help_who_cannot_pay() {
	build_and_execute(|| {
		leave_in_bucket(10);
		let refusal = validate(ALICE_FEED, &remark(b"x"), LEN, 7);
		assert_eq!(refusal, Err(InvalidTransaction::Payment.into()));
	});
}

#[test]
fn failed_dispatch_should_still_spend() {
	build_and_execute(|| {
		assert_eq!(apply(ALICE, failing(), LEN, 0), Ok(Err(DispatchError::BadOrigin)));
		assert_eq!(Membership::available_bytes(A), BUCKET - LEN as u32);
	});
}

#[test]
fn bucket_should_refill_with_time_and_never_overflow() {
	build_and_execute(|| {
		leave_in_bucket(0);
		wait(1);
		assert_eq!(Membership::available_bytes(A), REFILL);
		wait(2);
		assert_eq!(apply(ALICE, remark(b"x"), 2 * REFILL as usize, 0), Ok(Ok(())));
		assert_eq!(Membership::available_bytes(A), REFILL);
		wait(1_000_000_000);
		assert_eq!(Membership::available_bytes(A), BUCKET);
		assert_eq!(apply(ALICE, remark(b"x"), BUCKET as usize, 0), Ok(Ok(())));
		assert_eq!(Membership::available_bytes(A), 0);
	});
}

#[test]
fn unmetered_call_should_pay_as_ever() {
	build_and_execute(|| {
		let balance = Balances::free_balance(ALICE);
		assert_eq!(apply(ALICE, unmetered(), LEN, 0), Ok(Ok(())));
		assert!(Balances::free_balance(ALICE) < balance);
		assert_eq!(Membership::available_bytes(A), BUCKET);
		assert_eq!(validate(ALICE_FEED, &unmetered(), LEN, 0), Err(InvalidTransaction::Payment.into()));
	});
}

#[test]
fn call_nested_in_a_batch_should_pay_as_the_batch_pays() {
	build_and_execute(|| {
		let batch = || RuntimeCall::Utility(pallet_utility::Call::batch { calls: vec![remark(b"x")] });
		let balance = Balances::free_balance(ALICE);
		assert_eq!(apply(ALICE, batch(), LEN, 0), Ok(Ok(())));
		assert!(Balances::free_balance(ALICE) < balance);
		assert_eq!(Membership::available_bytes(A), BUCKET);
		assert_eq!(validate(ALICE_FEED, &batch(), LEN, 0), Err(InvalidTransaction::Payment.into()));
	});
}

#[test]
fn metered_call_should_be_refused_from_who_acts_for_no_active_member() {
	build_and_execute(|| {
		assert_ok!(Balances::force_set_balance(root(), ERIN, 1_000_000));
		for tip in [0, 5] {
			assert_eq!(validate(ERIN, &remark(b"x"), LEN, tip), Err(refused_with(code::NOT_MEMBER)));
		}
		assert_ok!(Membership::suspend(root(), A));
		for tip in [0, 5] {
			assert_eq!(validate(ALICE, &remark(b"x"), LEN, tip), Err(refused_with(code::NOT_ACTIVE)));
			assert_eq!(apply(ALICE, remark(b"x"), LEN, tip), Err(refused_with(code::NOT_ACTIVE)));
		}
		assert_ok!(Membership::expel(root(), A));
		assert_eq!(validate(ALICE, &remark(b"x"), LEN, 0), Err(refused_with(code::NOT_ACTIVE)));
	});
}

#[test]
fn precheck_should_refuse_with_the_runtimes_code_whoever_pays() {
	build_and_execute(|| {
		assert_eq!(validate(ALICE, &remark(b"!\x07"), LEN, 0), Err(refused_with(7)));
		leave_in_bucket(0);
		assert_eq!(validate(ALICE, &remark(b"!\x07"), LEN, 5), Err(refused_with(7)));
	});
}

#[test]
fn numbered_call_should_land_in_its_turn_only() {
	build_and_execute(|| {
		let tag = |at: u64| (b"remark".to_vec(), at).encode();
		assert_eq!(NextRemark::get(), 5);

		assert_eq!(validate(ALICE, &remark(b"#\x04"), LEN, 0), Err(InvalidTransaction::Stale.into()));
		assert_eq!(apply(ALICE, remark(b"#\x04"), LEN, 0), Err(InvalidTransaction::Stale.into()));

		let due = validate(ALICE, &remark(b"#\x05"), LEN, 0).unwrap();
		assert_eq!((due.requires, due.provides), (vec![], vec![tag(5)]));

		// Early: it waits in the pool for the one before, and does not enter a block.
		let early = validate(ALICE, &remark(b"#\x06"), LEN, 0).unwrap();
		assert_eq!((early.requires, early.provides), (vec![tag(5)], vec![tag(6)]));
		assert_eq!(apply(ALICE, remark(b"#\x06"), LEN, 0), Err(InvalidTransaction::Future.into()));
		assert_eq!(Membership::available_bytes(A), BUCKET);

		assert_eq!(apply(ALICE, remark(b"#\x05"), LEN, 0), Ok(Ok(())));
		NextRemark::set(&6);
		assert_eq!(apply(ALICE, remark(b"#\x06"), LEN, 0), Ok(Ok(())));
	});
}

#[test]
fn numbered_call_should_keep_its_turn_when_the_fee_is_paid() {
	build_and_execute(|| {
		leave_in_bucket(0);
		let early = validate(ALICE, &remark(b"#\x06"), LEN, 5).unwrap();
		assert_eq!((early.requires.len(), early.provides.len()), (1, 1));
		assert_eq!(apply(ALICE, remark(b"#\x06"), LEN, 5), Err(InvalidTransaction::Future.into()));
	});
}

fn rekey_call(expected_epoch: u32, roster_version: u32, wraps_given: usize, link: Option<Link>) -> RuntimeCall {
	RuntimeCall::Membership(Call::rekey {
		group: CONSORTIUM,
		expected_epoch: Epoch(expected_epoch),
		roster_version,
		public_key: key(120),
		auth: [1; 32],
		link,
		wraps: wraps(wraps_given),
	})
}

#[test]
fn rekey_should_be_refused_in_the_pool_for_the_rule_it_breaks() {
	build_and_execute(|| {
		let refusal = |account, call: RuntimeCall| validate(account, &call, LEN, 0).err();
		assert_eq!(refusal(ALICE, rekey_call(0, 1, 4, None)), None);
		wait(0);
		Groups::<Test>::mutate(CONSORTIUM, |group| group.as_mut().unwrap().keyed_at = START);
		assert_eq!(refusal(ALICE, rekey_call(0, 1, 4, None)), Some(refused_with(code::REKEY_TOO_SOON)));
		assert_ok!(Membership::suspend(root(), D));
		assert_eq!(refusal(ALICE, rekey_call(1, 2, 3, None)), Some(refused_with(code::WRONG_EPOCH)));
		assert_eq!(refusal(ALICE, rekey_call(0, 1, 3, None)), Some(refused_with(code::STALE_ROSTER)));
		assert_eq!(refusal(ALICE, rekey_call(0, 2, 4, None)), Some(refused_with(code::WRONG_NUMBER_OF_WRAPS)));
		assert_eq!(refusal(ALICE_FEED, rekey_call(0, 2, 3, None)), Some(refused_with(code::WRONG_ROLE)));
		assert_ok!(Membership::admit(root(), ERIN, name("Eastgate Water"), None, None));
		assert_eq!(refusal(ERIN, rekey_call(0, 2, 3, None)), Some(refused_with(code::NOT_IN_GROUP)));
		let closed = GroupPolicy { history: false, ..policy() };
		assert_ok!(Membership::set_group_policy(root(), CONSORTIUM, closed));
		assert_eq!(refusal(ALICE, rekey_call(0, 2, 3, Some([1; 48]))), Some(refused_with(code::NO_HISTORY)));
		assert_eq!(refusal(ALICE, rekey_call(0, 2, 3, None)), None);
	});
}

#[test]
fn rekey_that_cannot_land_should_take_nobodys_place_in_the_pool() {
	build_and_execute(|| {
		let mut call = rekey_call(0, 1, 4, None);
		if let RuntimeCall::Membership(Call::rekey { public_key, .. }) = &mut call {
			*public_key = invalid_key();
		}
		assert_eq!(validate(ALICE, &call, LEN, 0), Err(refused_with(code::REFUSED)));
		hide_group();
		let call = |wraps| {
			RuntimeCall::Membership(Call::rekey {
				group: G1,
				expected_epoch: Epoch(1),
				roster_version: 0,
				public_key: key(120),
				auth: [1; 32],
				link: None,
				wraps,
			})
		};
		assert_eq!(validate(ALICE, &call(wraps(8)), LEN, 0), Err(refused_with(code::REFUSED)));
		assert!(validate(ALICE, &call(hidden_wraps(8)), LEN, 0).is_ok());
	});
}

#[test]
fn two_rekeys_of_one_epoch_should_compete_for_one_place_in_the_pool() {
	build_and_execute(|| {
		let first = validate(ALICE, &rekey_call(0, 1, 4, None), LEN, 0).unwrap();
		let second = validate(BOB, &rekey_call(0, 1, 4, None), LEN, 0).unwrap();
		assert_eq!((first.provides.len(), &first.provides), (1, &second.provides));
		assert_eq!(apply(ALICE_ANALYST, rekey_call(0, 1, 4, None), LEN, 0), Ok(Ok(())));
		assert_eq!(validate(BOB, &rekey_call(0, 1, 4, None), LEN, 0), Err(refused_with(code::WRONG_EPOCH)));
	});
}

#[test]
fn welcome_should_be_refused_in_the_pool_for_the_rule_it_breaks() {
	build_and_execute(|| {
		let welcome = |group, epoch, member| {
			RuntimeCall::Membership(Call::welcome { group, epoch: Epoch(epoch), member, wrap: Box::new([0; 1168]) })
		};
		let refusal = |group, epoch, member| validate(ALICE, &welcome(group, epoch, member), LEN, 0).err();
		assert_eq!(refusal(CONSORTIUM, 0, B), None);
		assert_eq!(refusal(G1, 0, B), Some(refused_with(code::UNKNOWN_GROUP)));
		assert_eq!(refusal(CONSORTIUM, 1, B), Some(refused_with(code::WRONG_EPOCH)));
		assert_eq!(refusal(CONSORTIUM, 0, E), Some(refused_with(code::RECIPIENT_NOT_IN_GROUP)));
		assert_ok!(Membership::suspend(root(), D));
		assert_eq!(refusal(CONSORTIUM, 0, B), Some(refused_with(code::STALE_GROUP)));
	});
}

#[test]
fn extension_should_look_like_the_one_it_wraps() {
	assert_eq!(<Extension as TransactionExtension<RuntimeCall>>::IDENTIFIER, "ChargeTransactionPayment");
	let (ours, theirs) = (
		<Extension as TransactionExtension<RuntimeCall>>::metadata(),
		<Fee as TransactionExtension<RuntimeCall>>::metadata(),
	);
	assert_eq!(ours.len(), 1);
	assert_eq!((ours[0].identifier, ours[0].ty), (theirs[0].identifier, theirs[0].ty));
	assert_eq!(extension(300).encode(), Fee::from(300).encode());
	assert_eq!(Extension::decode(&mut &extension(300).encode()[..]), Ok(extension(300)));
}

#[test]
fn weight_should_count_what_is_done() {
	build_and_execute(|| {
		let (metered, other) = (remark(b"x"), unmetered());
		let wrapped = Fee::from(0).weight(&metered);
		let own = <() as WeightInfo>::quota_or_fee();
		assert_eq!(extension(0).weight(&metered), wrapped.saturating_add(own));
		assert_eq!(extension(0).weight(&other), wrapped);

		// What the wrapped extension did not do is given back.
		let info = metered.get_dispatch_info();
		let (pre, _) = extension(0).validate_and_prepare(signed(ALICE), &metered, &info, LEN, 0).unwrap();
		assert!(matches!(pre, Pre::Quota { unspent } if unspent == wrapped));
		let unspent = Extension::post_dispatch_details(pre, &info, &Default::default(), LEN, &Ok(()));
		assert_eq!(unspent, Ok(wrapped));
	});
}

#[test]
fn origin_that_signs_nothing_should_be_the_wrapped_extensions_matter() {
	build_and_execute(|| {
		let call = remark(b"x");
		let info = call.get_dispatch_info();
		let implication = frame::deps::sp_runtime::traits::TxBaseImplication(&call);
		let (valid, val, _) = extension(0)
			.validate(RuntimeOrigin::none(), &call, &info, LEN, (), &implication, TransactionSource::External)
			.unwrap();
		assert_eq!(valid, ValidTransaction::default());
		assert!(matches!(val, Val::Fee { early: false, .. }));
	});
}
