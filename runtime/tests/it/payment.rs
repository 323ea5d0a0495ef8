//! Publishing is free within the quota, whatever comes of it; everything else pays its fee.

use crate::{
	chain::{account, Chain, Refusal},
	publishing::{draft, publish},
};
use codec::Encode;
use cti_primitives::{MemberId, RecordId, Role};
use pallet_cti_membership::{extension::code, Activity, Call as Members};
use pallet_threat_registry::Call as Registry;
use polkadot_sdk::{
	frame_system::Call as SystemCall,
	pallet_balances::Call as Transfer,
	pallet_proxy::Call as Proxy,
	pallet_utility::Call as Utility,
	sp_runtime::transaction_validity::{InvalidTransaction, TransactionValidityError},
};
use testudo_runtime::{configs::ProxyType, Membership, Runtime, RuntimeCall, ThreatRegistry, Timestamp, UNIT};

const OBJECT: &[u8] = br#"{"type":"malware","id":"malware--1"}"#;
const ALICE: MemberId = MemberId(0);

fn available(chain: &mut Chain) -> u32 {
	chain.read(|| Membership::available_bytes(ALICE))
}

/// Empties Alice's bucket; it begins to fill again after so many seconds.
fn drain(chain: &mut Chain, after: u64) {
	chain.read(|| {
		let now = Timestamp::get() / 1_000;
		Activity::<Runtime>::mutate(ALICE, |activity| {
			let activity = activity.as_mut().unwrap();
			(activity.tokens, activity.refilled) = (0, now + after);
		})
	});
}

#[test]
fn publication_should_cost_no_fee_and_its_length_of_the_bucket() {
	let mut chain = Chain::new();
	let (balance, before) = (chain.balance("//Alice"), available(&mut chain));
	let payload = chain.seal(0, 0, None, OBJECT);
	let extrinsic = chain.sign("//Alice", publish(payload));
	let length = extrinsic.encoded_size() as u32;
	assert_eq!(chain.include(extrinsic), Ok(()));
	assert_eq!(chain.balance("//Alice"), balance);
	assert_eq!(before - available(&mut chain), length);
}

#[test]
fn failing_publication_should_take_from_the_bucket_too() {
	let mut chain = Chain::new();
	let before = available(&mut chain);
	let payload = chain.seal(0, 0, None, OBJECT).try_into().unwrap();
	let extrinsic = chain.sign("//Alice", Registry::publish { draft: draft(&["T9999"]), payload });
	let length = extrinsic.encoded_size() as u32;
	assert_eq!(chain.include(extrinsic), Err(Refusal::Call("UnknownTechnique")));
	assert_eq!(before - available(&mut chain), length);
}

#[test]
fn beyond_the_quota_a_tip_should_pay_and_nothing_else() {
	let mut chain = Chain::new();
	drain(&mut chain, 3_600);
	let payload = chain.seal(0, 0, None, OBJECT);
	let without = chain.sign("//Alice", publish(payload.clone()));
	assert_eq!(chain.validate(&without).map_err(Refusal::from).err(), Some(Refusal::Code(code::QUOTA_EXCEEDED)));

	let balance = chain.balance("//Alice");
	let with = chain.sign_with("//Alice", publish(payload), 0, 1);
	assert_eq!(chain.include(with), Ok(()));
	assert!(chain.balance("//Alice") < balance);
}

#[test]
fn bucket_should_fill_with_time() {
	let mut chain = Chain::new();
	drain(&mut chain, 0);
	assert_eq!(available(&mut chain), 0);
	chain.wait(60);
	let filled = available(&mut chain);
	// The block itself is a slot later.
	assert_eq!(filled, (60 + 6) * 8 * 1024);
}

#[test]
fn publication_in_a_batch_should_pay_as_the_batch_pays() {
	let mut chain = Chain::new();
	let (balance, before) = (chain.balance("//Alice"), available(&mut chain));
	let payload = chain.seal(0, 0, None, OBJECT);
	let batch = Utility::<Runtime>::batch_all { calls: vec![publish(payload)] };
	assert_eq!(chain.submit("//Alice", batch), Ok(()));
	assert!(chain.balance("//Alice") < balance);
	assert!(available(&mut chain) >= before);
}

#[test]
fn other_calls_should_pay_their_fee() {
	let mut chain = Chain::new();
	let balance = chain.balance("//Bob");
	let remark = RuntimeCall::from(SystemCall::<Runtime>::remark { remark: vec![1] });
	assert_eq!(chain.submit("//Bob", remark.clone()), Ok(()));
	assert!(chain.balance("//Bob") < balance);
	let poor = Err(Refusal::Invalid(TransactionValidityError::Invalid(InvalidTransaction::Payment)));
	assert_eq!(chain.submit("//Nobody", remark), poor);
}

#[test]
fn pool_should_hold_no_more_than_64_nonces_ahead() {
	let mut chain = Chain::new();
	let payload = chain.seal(0, 0, None, OBJECT);
	let near = chain.sign_with("//Alice", publish(payload.clone()), 64, 0);
	assert!(chain.validate(&near).is_ok());
	let far = chain.sign_with("//Alice", publish(payload), 65, 0);
	let refused = Err(TransactionValidityError::Invalid(InvalidTransaction::Future));
	assert_eq!(chain.validate(&far), refused);
}

#[test]
fn delegate_without_a_balance_should_publish() {
	let mut chain = Chain::new();
	let (fresh, role) = ("//Alice//fresh", Role::Analyst);
	assert_eq!(chain.submit("//Alice", Members::add_delegate { account: account(fresh), role }), Ok(()));
	assert_eq!(chain.balance(fresh), 0);
	let payload = chain.seal(0, 0, None, OBJECT);
	assert_eq!(chain.submit(fresh, publish(payload)), Ok(()));
}

#[test]
fn publication_that_empties_the_bucket_should_leave_the_next_in_the_pool() {
	let mut chain = Chain::new();
	let payload = chain.seal(0, 0, None, OBJECT);
	let signed: Vec<_> = (0..2).map(|ahead| chain.sign_with("//Alice", publish(payload.clone()), ahead, 0)).collect();
	let length = signed[0].encoded_size() as u32;
	drain(&mut chain, 3_600);
	chain.read(|| Activity::<Runtime>::mutate(ALICE, |activity| activity.as_mut().unwrap().tokens = length));
	let applied = chain.block(signed);
	assert_eq!(applied[0], Ok(Ok(())));
	let waits = TransactionValidityError::Invalid(InvalidTransaction::ExhaustsResources);
	assert_eq!(applied[1], Err(waits));
}

#[test]
fn publication_through_a_proxy_should_pay_as_the_proxy_call_pays() {
	let mut chain = Chain::new();
	let add =
		Proxy::<Runtime>::add_proxy { delegate: account("//Bob").into(), proxy_type: ProxyType::NonTransfer, delay: 0 };
	assert_eq!(chain.submit("//Alice", add), Ok(()));
	let (balance, before) = (chain.balance("//Bob"), available(&mut chain));
	let payload = chain.seal(0, 0, None, OBJECT);
	let through = |call| Proxy::<Runtime>::proxy { real: account("//Alice").into(), force_proxy_type: None, call };
	assert_eq!(chain.submit("//Bob", through(Box::new(publish(payload)))), Ok(()));
	assert!(chain.balance("//Bob") < balance);
	assert!(available(&mut chain) >= before);
	let record = RecordId { author: 0.into(), n: 0 };
	assert!(chain.read(|| ThreatRegistry::record(record)).is_some());
}

#[test]
fn removed_delegate_should_not_come_back_by_an_old_transaction() {
	let mut chain = Chain::new();
	let (fresh, role) = ("//Alice//fresh", Role::Analyst);
	chain.submit("//Alice", Members::add_delegate { account: account(fresh), role }).unwrap();
	let payload = chain.seal(0, 0, None, OBJECT);
	let old = chain.sign(fresh, publish(payload));
	assert_eq!(chain.include(old.clone()), Ok(()));
	chain.submit("//Alice", Members::remove_delegate { account: account(fresh) }).unwrap();
	// Its account is gone and its nonce with it. With a balance it exists again, and the old signature is good.
	let gift = Transfer::<Runtime>::transfer_allow_death { dest: account(fresh).into(), value: UNIT };
	chain.submit("//Bob", gift).unwrap();
	assert_eq!(chain.validate(&old).map_err(Refusal::from).err(), Some(Refusal::Code(code::NOT_MEMBER)));
	let again = chain.submit("//Alice", Members::add_delegate { account: account(fresh), role });
	assert_eq!(again, Err(Refusal::Call("AccountRetired")));
}
