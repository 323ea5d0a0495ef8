//! What one member can take of what is everybody's, and what it needs no balance for.

use crate::{
	chain::{account, Chain, Refusal},
	governance::decide,
	publishing::publish,
};
use codec::Encode;
use cti_envelope::development;
use cti_primitives::{MemberId, RecordId, Role};
use pallet_cti_membership::{Call as Members, KeyChange};
use pallet_threat_registry::{Call as Registry, WithdrawalReason};
use polkadot_sdk::{
	frame_system::Call as SystemCall,
	pallet_collective::{Call as Collective, Instance1},
	pallet_session::{self, Call as Sessions},
	sp_consensus_aura::sr25519::AuthorityId as AuraId,
	sp_core::sr25519,
};
use testudo_runtime::{
	configs::{code, KEY_BYTES, LEAST_BYTES, MAX_OPEN_MOTIONS},
	Membership, Runtime, RuntimeCall, SessionKeys,
};

const OBJECT: &[u8] = br#"{"type":"malware","id":"malware--1"}"#;
const VOTERS: [&str; 3] = ["//Alice", "//Bob", "//Charlie"];

/// A motion to remark a number.
fn motion(threshold: u32, number: u8) -> Collective<Runtime, Instance1> {
	let remark = RuntimeCall::from(SystemCall::<Runtime>::remark { remark: vec![number] });
	let length_bound = remark.encoded_size() as u32;
	Collective::propose { threshold, proposal: Box::new(remark), length_bound }
}

fn record(author: u32, n: u32) -> RecordId {
	RecordId { author: author.into(), n }
}

fn withdraw(n: u32) -> Registry<Runtime> {
	Registry::withdraw { n, reason: WithdrawalReason::Other }
}

#[test]
fn one_member_should_not_take_all_places_for_motions() {
	let mut chain = Chain::new();
	for number in 0..MAX_OPEN_MOTIONS as u8 {
		assert_eq!(chain.submit("//Dave", motion(3, number)), Ok(()));
	}
	assert_eq!(chain.submit("//Dave", motion(3, 9)), Err(Refusal::Call("TooManyProposals")));
	assert_eq!(chain.submit("//Alice", motion(3, 9)), Ok(()));
	// What is decided makes room again.
	decide(&mut chain, &VOTERS, SystemCall::<Runtime>::remark { remark: vec![77] }).unwrap();
	decide(&mut chain, &VOTERS, SystemCall::<Runtime>::remark { remark: vec![78] }).unwrap();
	decide(&mut chain, &VOTERS, Members::suspend { member: MemberId(3) }).unwrap();
}

#[test]
fn motion_that_others_than_two_thirds_could_carry_should_be_refused() {
	let mut chain = Chain::new();
	for threshold in [0, 1, 2, 4, u32::MAX] {
		assert_eq!(chain.submit("//Alice", motion(threshold, 1)), Err(Refusal::Call("CallFiltered")));
	}
	assert_eq!(chain.submit("//Alice", motion(3, 1)), Ok(()));
}

#[test]
fn collators_should_keep_their_keys() {
	let mut chain = Chain::new();
	assert_eq!(chain.submit("//Alice", Sessions::<Runtime>::purge_keys {}), Err(Refusal::Call("CallFiltered")));
	assert_eq!(chain.submit("//Bob", Members::bond_collator {}), Ok(()));
	// Bob's bond alone makes no blocks.
	assert_eq!(chain.submit("//Alice", Members::unbond_collator {}), Err(Refusal::Call("LastCollator")));
	let keys = SessionKeys { aura: AuraId::from(sr25519::Public::from_raw([2; 32])) };
	chain.read(|| pallet_session::NextKeys::<Runtime>::insert(account("//Bob"), keys));
	assert_eq!(chain.submit("//Bob", Sessions::<Runtime>::purge_keys {}), Err(Refusal::Call("CallFiltered")));
	assert_eq!(chain.submit("//Alice", Members::unbond_collator {}), Ok(()), "that is the way to stop");
}

#[test]
fn delegate_should_do_all_its_work_without_a_balance() {
	let mut chain = Chain::new();
	let (fresh, role) = ("//Alice//fresh", Role::Analyst);
	assert_eq!(chain.submit("//Alice", Members::add_delegate { account: account(fresh), role }), Ok(()));
	let payload = chain.seal(1, 0, None, OBJECT);
	assert_eq!(chain.submit("//Bob", publish(payload)), Ok(()));
	let payload = chain.seal(0, 0, None, OBJECT);
	assert_eq!(chain.submit(fresh, publish(payload)), Ok(()));
	assert_eq!(chain.submit("//Bob", Registry::request_access { record: record(0, 0) }), Ok(()));

	let available = || Membership::available_bytes(MemberId(0));
	let full = chain.read(available);
	let key = Box::new(development::member_seed("eve").public_key());
	let calls: [(RuntimeCall, u32); 4] = [
		(Registry::decline { n: 0, member: MemberId(1) }.into(), LEAST_BYTES),
		(Registry::request_access { record: record(1, 0) }.into(), LEAST_BYTES),
		(withdraw(0).into(), LEAST_BYTES),
		(Members::set_encryption_key { key, reason: KeyChange::Routine }.into(), KEY_BYTES),
	];
	for (call, price) in calls {
		assert_eq!(chain.submit(fresh, call), Ok(()));
		// It has filled since the call before.
		assert_eq!(full - chain.read(available), price, "a short call costs more than its length");
	}
	assert_eq!(chain.balance(fresh), 0);
}

#[test]
fn calls_about_the_wrong_records_should_be_refused_in_the_pool() {
	let mut chain = Chain::new();
	let payload = chain.seal(0, 0, None, OBJECT);
	assert_eq!(chain.submit("//Alice", publish(payload)), Ok(()));
	let request = |author, n| Registry::<Runtime>::request_access { record: record(author, n) };
	let decline = || Registry::<Runtime>::decline { n: 0, member: MemberId(1) };
	let extend = |n| Registry::<Runtime>::extend { n, valid_until: 4_000_000_000 };
	assert_eq!(chain.submit("//Alice", request(0, 0)), Err(Refusal::Code(code::NOTHING_TO_REQUEST)));
	assert_eq!(chain.submit("//Bob", request(0, 1)), Err(Refusal::Code(code::NOTHING_TO_REQUEST)));
	assert_eq!(chain.submit("//Alice", decline()), Err(Refusal::Code(code::NOT_REQUESTED)));
	assert_eq!(chain.submit("//Bob", request(0, 0)), Ok(()));
	assert_eq!(chain.submit("//Bob", request(0, 0)), Err(Refusal::Code(code::ALREADY_REQUESTED)));
	assert_eq!(chain.submit("//Alice", decline()), Ok(()));
	assert_eq!(chain.submit("//Alice", extend(1)), Err(Refusal::Code(code::NO_LIVE_RECORD)));
	assert_eq!(chain.submit("//Bob", withdraw(0)), Err(Refusal::Code(code::NOTHING_TO_WITHDRAW)));
	assert_eq!(chain.submit("//Alice//feed", withdraw(0)), Err(Refusal::Code(code::WRONG_ROLE)));
	assert_eq!(chain.submit("//Alice", withdraw(0)), Ok(()));
	assert_eq!(chain.submit("//Alice", withdraw(0)), Err(Refusal::Code(code::NOTHING_TO_WITHDRAW)));
}

#[test]
fn suspended_and_departed_members_should_do_what_is_left_to_them() {
	let mut chain = Chain::new();
	for author in [0, 3] {
		let payload = chain.seal(author, 0, None, OBJECT);
		assert_eq!(chain.submit(if author == 0 { "//Alice" } else { "//Dave" }, publish(payload)), Ok(()));
	}
	decide(&mut chain, &VOTERS, Members::suspend { member: MemberId(3) }).unwrap();
	let request = Registry::<Runtime>::request_access { record: record(0, 0) };
	assert_eq!(chain.submit("//Dave", request), Err(Refusal::Code(code::NOT_ACTIVE)));
	assert_eq!(chain.submit("//Alice", withdraw(0)), Ok(()));
	let acknowledge = || Registry::<Runtime>::acknowledge { record: record(0, 0) };
	assert_eq!(chain.submit("//Dave", acknowledge()), Ok(()));
	let asked = Registry::<Runtime>::request_access { record: record(3, 0) };
	assert_eq!(chain.submit("//Bob", asked), Ok(()));
	assert_eq!(chain.submit("//Dave", Registry::<Runtime>::decline { n: 0, member: MemberId(1) }), Ok(()));
	let key = Box::new(development::member_seed("eve").public_key());
	let set_key = || Members::<Runtime>::set_encryption_key { key: key.clone(), reason: KeyChange::Routine };
	assert_eq!(chain.submit("//Dave", set_key()), Ok(()));

	decide(&mut chain, &VOTERS, Members::expel { member: MemberId(3) }).unwrap();
	assert_eq!(chain.submit("//Dave", set_key()), Err(Refusal::Code(code::NOT_ACTIVE)));
	assert_eq!(chain.submit("//Dave", withdraw(0)), Ok(()), "recalling is not publishing");
}
