//! How fast the chain goes: blocks share what a core can do, and periods follow.

use crate::{
	chain::{Chain, Refusal},
	governance::{decide, propose},
	publishing::publish,
};
use cti_primitives::Rhythm;
use pallet_cti_membership::Call as Members;
use polkadot_sdk::{
	cumulus_primitives_core::CumulusDigestItem,
	frame_support::{dispatch::DispatchClass, storage::unhashed, weights::Weight},
	frame_system::{Call as SystemCall, Config},
	pallet_collective::{Instance1, Voting},
	pallet_session,
	sp_runtime::transaction_validity::{InvalidTransaction, TransactionValidityError},
};
use testudo_runtime::{AccountId, Membership, Runtime, System, DAY, MAXIMUM_BLOCK_WEIGHT, MAXIMUM_CALL_WEIGHT};

/// Votes on a motion as the collective keeps them: number, threshold, ayes, nays, the block with which they end.
type Votes = (u32, u32, Vec<AccountId>, Vec<AccountId>, u32);

const VOTERS: [&str; 3] = ["//Alice", "//Bob", "//Charlie"];

/// The consortium decides, and the next session begins.
fn set(chain: &mut Chain, blocks_per_slot: u8, session_slots: u16) {
	let rhythm = Rhythm { blocks_per_slot, session_slots };
	let before = chain.read(Membership::rhythm);
	decide(chain, &VOTERS, Members::set_rhythm { rhythm }).unwrap();
	assert_eq!(chain.read(Membership::rhythm), before, "the blocks of a core are planned together");
	let session = chain.read(pallet_session::CurrentIndex::<Runtime>::get);
	while chain.read(pallet_session::CurrentIndex::<Runtime>::get) == session {
		chain.block(vec![]);
	}
	assert_eq!(chain.read(Membership::rhythm), rhythm);
	// The block with which a session begins has the whole core.
	chain.block(vec![]);
}

/// What a block may take, and what of it normal calls may.
fn room(chain: &mut Chain) -> (Weight, Weight) {
	chain.read(|| {
		let weights = <Runtime as Config>::BlockWeights::get();
		(weights.max_block, weights.get(DispatchClass::Normal).max_total.unwrap())
	})
}

/// A sealed object of 200,000 bytes, about.
fn large(chain: &mut Chain) -> Vec<u8> {
	let object = format!(r#"{{"type":"malware","id":"malware--1","name":"{}"}}"#, "x".repeat(199_000));
	chain.seal(0, 0, None, object.as_bytes())
}

#[test]
fn blocks_should_share_what_a_core_can_do_and_take_every_call() {
	let mut chain = Chain::new();
	assert_eq!(room(&mut chain).0, MAXIMUM_BLOCK_WEIGHT);
	for blocks in [2, 3, 4, 6, 12] {
		set(&mut chain, blocks, 100);
		let (all, normal) = room(&mut chain);
		assert_eq!(all, MAXIMUM_BLOCK_WEIGHT / u64::from(blocks));
		assert!(MAXIMUM_CALL_WEIGHT.all_lte(normal), "{normal:?} for the dearest call");
	}
	set(&mut chain, 1, 100);
	assert_eq!(room(&mut chain).0, MAXIMUM_BLOCK_WEIGHT);
}

#[test]
fn half_second_block_should_take_its_share_and_leave_the_rest_to_the_next() {
	let mut chain = Chain::new();
	let payload = large(&mut chain);
	let five = |chain: &mut Chain| {
		let extrinsics = (0..5).map(|ahead| chain.sign_with("//Alice", publish(payload.clone()), ahead, 0)).collect();
		let applied = chain.block(extrinsics);
		applied.iter().filter(|result| result.is_ok()).count()
	};
	assert_eq!(five(&mut chain), 5);
	set(&mut chain, 12, 100);
	assert_eq!(five(&mut chain), 2, "with its proof a third one is more than the normal part of a twelfth of 10 MiB");
	assert_eq!(five(&mut chain), 2);
}

#[test]
fn extrinsic_larger_than_a_blocks_share_should_get_the_whole_core() {
	let mut chain = Chain::new();
	let remark = || SystemCall::<Runtime>::remark { remark: vec![0; 2_000_000] };
	set(&mut chain, 12, 100);
	assert_eq!(chain.submit("//Alice", SystemCall::<Runtime>::remark { remark: vec![0; 1_000] }), Ok(()));
	assert!(!CumulusDigestItem::contains_use_full_core(chain.digest()));
	assert_eq!(chain.submit("//Alice", remark()), Ok(()));
	assert!(
		CumulusDigestItem::contains_use_full_core(chain.digest()),
		"nodes are told to end the core's blocks with it"
	);
	// What is larger than a core's block fits nowhere.
	let large = SystemCall::<Runtime>::remark { remark: vec![0; 9_000_000] };
	let exhausts = TransactionValidityError::Invalid(InvalidTransaction::ExhaustsResources);
	assert_eq!(chain.submit("//Alice", large), Err(Refusal::Invalid(exhausts)));
}

#[test]
fn sessions_and_motions_should_last_as_long_whatever_a_slot_holds() {
	let mut chain = Chain::new();
	set(&mut chain, 12, 4);
	let session = |chain: &mut Chain| chain.read(pallet_session::CurrentIndex::<Runtime>::get);
	let to_next = 48 - chain.read(System::block_number) % 48;
	(0..to_next).for_each(|_| drop(chain.block(vec![])));
	let begun = session(&mut chain);
	(0..47).for_each(|_| drop(chain.block(vec![])));
	assert_eq!(session(&mut chain), begun);
	chain.block(vec![]);
	assert_eq!(session(&mut chain), begun + 1);

	let proposed_at = chain.read(System::block_number) + 1;
	propose(&mut chain, 3, &["//Alice"], SystemCall::<Runtime>::remark { remark: vec![1] });
	let ends = chain.read(|| {
		let motion = Voting::<Runtime, Instance1>::iter_keys().next().expect("the motion is open");
		let votes = unhashed::get::<Votes>(&Voting::<Runtime, Instance1>::hashed_key_for(motion));
		votes.expect("votes are on it").4
	});
	assert_eq!(ends, proposed_at + 7 * DAY * 12);
}
