//! The consortium decides by two thirds, and a departure closes its groups.

use crate::{
	chain::{account, Chain, Refusal},
	publishing::publish,
};
use codec::{Encode, MaxEncodedLen};
use cti_envelope::{development, EpochSecret};
use cti_primitives::{Epoch, GroupId, Hash, MemberId, Standing};
use pallet_cti_membership::{Call as Members, CONSORTIUM};
use polkadot_sdk::{
	frame_support::{dispatch::GetDispatchInfo, storage::unhashed, weights::Weight},
	frame_system::Call as SystemCall,
	pallet_collective::{Call as Collective, Instance1, Members as Seats, Voting},
	pallet_session,
	sp_consensus_aura::sr25519::AuthorityId as AuraId,
	sp_core::sr25519,
	sp_runtime::traits::{BlakeTwo256, Hash as _},
};
use std::collections::BTreeSet;
use testudo_runtime::{
	configs::code, AccountId, Balances, BlockNumber, Membership, Runtime, RuntimeCall, Session, SessionKeys, System,
	UNIT,
};

type Motion = Collective<Runtime, Instance1>;

const OBJECT: &[u8] = br#"{"type":"malware","id":"malware--1"}"#;

/// A motion under way.
pub struct Proposed {
	hash: testudo_runtime::Hash,
	index: u32,
	weight: Weight,
	length: u32,
}

/// The first voter proposes, and all of them vote aye.
pub fn propose(chain: &mut Chain, threshold: u32, voters: &[&str], call: impl Into<RuntimeCall>) -> Proposed {
	let proposal: RuntimeCall = call.into();
	let (length_bound, hash) = (proposal.encoded_size() as u32, BlakeTwo256::hash_of(&proposal));
	let weight = proposal.get_dispatch_info().call_weight;
	let motion = Motion::propose { threshold, proposal: Box::new(proposal), length_bound };
	chain.submit(voters[0], motion).unwrap();
	let index = chain.read(pallet_proposals) - 1;
	for voter in voters {
		chain.submit(voter, Motion::vote { proposal: hash, index, approve: true }).unwrap();
	}
	Proposed { hash, index, weight, length: length_bound }
}

pub fn close(chain: &mut Chain, by: &str, motion: &Proposed) -> Result<(), Refusal> {
	let Proposed { hash, index, weight, length } = *motion;
	chain.submit(by, Motion::close { proposal_hash: hash, index, proposal_weight_bound: weight, length_bound: length })
}

/// Three seats propose, vote and close.
pub fn decide(chain: &mut Chain, voters: &[&str], call: impl Into<RuntimeCall>) -> Result<(), Refusal> {
	let motion = propose(chain, 3, voters, call);
	close(chain, voters[0], &motion)
}

/// The time for votes is over.
fn end_voting(chain: &mut Chain, motion: &Proposed) {
	// The votes' last field is the block in which they end.
	let key = Voting::<Runtime, Instance1>::hashed_key_for(motion.hash);
	chain.read(|| {
		let mut votes = unhashed::get_raw(&key).unwrap();
		let end = votes.len() - BlockNumber::max_encoded_len();
		votes[end..].copy_from_slice(&0u32.encode());
		unhashed::put_raw(&key, &votes);
	});
}

fn pallet_proposals() -> u32 {
	polkadot_sdk::pallet_collective::ProposalCount::<Runtime, Instance1>::get()
}

pub fn admit(uri: &str) -> RuntimeCall {
	let key = development::member_seed("eve").public_key();
	let name = b"Eastern Exchange".to_vec().try_into().unwrap();
	Members::admit { controller: account(uri), name, encryption_key: Some(Box::new(key)), former: None }.into()
}

pub fn standing(chain: &mut Chain, uri: &str) -> Option<Standing> {
	chain.read(|| {
		let (member, _) = Membership::member_of(account(uri))?;
		Membership::member(member).map(|info| info.standing)
	})
}

/// Bob makes the consortium's next epoch, wrapped to everybody who is in.
fn rekey(chain: &mut Chain) {
	let group = chain.read(|| Membership::group_info(CONSORTIUM)).unwrap();
	let epoch = Epoch(group.epoch.0 + 1);
	let secret = EpochSecret::new([5; 32]);
	let genesis: Hash = crate::chain::GENESIS;
	let wraps = vec![[0; 1168]; usize::from(group.members)].try_into().unwrap();
	let call = Members::rekey {
		group: CONSORTIUM,
		expected_epoch: group.epoch,
		roster_version: group.roster_version,
		public_key: Box::new(secret.kem_seed(&genesis, CONSORTIUM, epoch).public_key()),
		auth: secret.auth_public(&genesis, CONSORTIUM, epoch),
		link: None,
		wraps,
	};
	assert_eq!(chain.submit("//Bob", call), Ok(()));
}

#[test]
fn three_of_four_should_admit_a_member_that_can_then_publish() {
	let mut chain = Chain::new();
	decide(&mut chain, &["//Alice", "//Bob", "//Charlie"], admit("//Eve")).unwrap();
	assert_eq!(standing(&mut chain, "//Eve"), Some(Standing::Active));
	assert_eq!(chain.read(|| Seats::<Runtime, Instance1>::get().len()), 5);
	let payload = chain.seal(4, 0, None, OBJECT);
	assert_eq!(chain.submit("//Eve", publish(payload)), Ok(()));
}

#[test]
fn two_of_four_should_decide_nothing() {
	let mut chain = Chain::new();
	let refused = decide(&mut chain, &["//Alice", "//Bob"], admit("//Eve"));
	assert_eq!(refused, Err(Refusal::Call("TooEarly")));
	assert_eq!(standing(&mut chain, "//Eve"), None);
}

#[test]
fn no_single_member_should_admit() {
	let mut chain = Chain::new();
	let refused = chain.submit("//Alice", admit("//Eve"));
	assert_eq!(refused, Err(Refusal::Other(polkadot_sdk::sp_runtime::DispatchError::BadOrigin)));
}

#[test]
fn suspension_should_close_the_consortiums_group_until_it_is_rekeyed() {
	let mut chain = Chain::new();
	let before = chain.seal(0, 0, None, OBJECT);
	let dave = MemberId(3);
	decide(&mut chain, &["//Alice", "//Bob", "//Charlie"], Members::suspend { member: dave }).unwrap();
	assert_eq!(chain.submit("//Alice", publish(before.clone())), Err(Refusal::Code(code::STALE_GROUP)));

	rekey(&mut chain);
	assert_eq!(chain.submit("//Alice", publish(before)), Err(Refusal::Code(code::WRONG_EPOCH)));
	let after = chain.seal(0, 0, None, OBJECT);
	assert_eq!(chain.submit("//Alice", publish(after)), Ok(()));
	let by_dave = chain.seal(3, 0, None, OBJECT);
	assert_eq!(chain.submit("//Dave", publish(by_dave)), Err(Refusal::Code(code::NOT_ACTIVE)));
}

#[test]
fn suspended_member_should_keep_its_vote() {
	let mut chain = Chain::new();
	decide(&mut chain, &["//Alice", "//Bob", "//Charlie"], Members::suspend { member: MemberId(3) }).unwrap();
	let reinstate = Members::reinstate { member: MemberId(3) };
	decide(&mut chain, &["//Alice", "//Bob", "//Dave"], reinstate).unwrap();
	assert_eq!(standing(&mut chain, "//Dave"), Some(Standing::Active));
}

#[test]
fn rekey_built_on_an_old_roster_should_be_refused_in_the_pool() {
	let mut chain = Chain::new();
	let group = chain.read(|| Membership::group_info(GroupId(0))).unwrap();
	let secret = EpochSecret::new([5; 32]);
	let key = secret.kem_seed(&crate::chain::GENESIS, CONSORTIUM, Epoch(1)).public_key();
	let call = Members::rekey {
		group: CONSORTIUM,
		expected_epoch: group.epoch,
		roster_version: group.roster_version,
		public_key: Box::new(key),
		auth: [0; 32],
		link: None,
		wraps: vec![[0; 1168]; usize::from(group.members)].try_into().unwrap(),
	};
	decide(&mut chain, &["//Alice", "//Bob", "//Charlie"], Members::suspend { member: MemberId(3) }).unwrap();
	assert_eq!(chain.submit("//Bob", call), Err(Refusal::Code(code::STALE_ROSTER)));
}

#[test]
fn seats_that_do_not_vote_should_count_against_a_motion() {
	let mut chain = Chain::new();
	decide(&mut chain, &["//Alice", "//Bob", "//Charlie"], admit("//Eve")).unwrap();
	// Three of five are more than half and less than two thirds.
	let motion = propose(&mut chain, 4, &["//Alice", "//Bob", "//Charlie"], Members::expel { member: MemberId(3) });
	end_voting(&mut chain, &motion);
	assert_eq!(close(&mut chain, "//Alice", &motion), Ok(()));
	assert_eq!(standing(&mut chain, "//Dave"), Some(Standing::Active));

	let voters = ["//Alice", "//Bob", "//Charlie", "//Eve"];
	let motion = propose(&mut chain, 4, &voters, Members::expel { member: MemberId(3) });
	assert_eq!(close(&mut chain, "//Alice", &motion), Ok(()));
	assert_eq!(standing(&mut chain, "//Dave"), Some(Standing::Expelled));
}

#[test]
fn motion_that_is_too_long_should_be_refused() {
	let mut chain = Chain::new();
	let remark = RuntimeCall::from(SystemCall::<Runtime>::remark { remark: vec![0; 17_000] });
	let length_bound = remark.encoded_size() as u32;
	let motion = Motion::propose { threshold: 3, proposal: Box::new(remark), length_bound };
	assert_eq!(chain.submit("//Alice", motion), Err(Refusal::Call("CallFiltered")));
}

fn session_keys(seed: u8) -> SessionKeys {
	SessionKeys { aura: AuraId::from(sr25519::Public::from_raw([seed; 32])) }
}

/// Who makes blocks after the second session boundary from now.
fn collators(chain: &mut Chain) -> BTreeSet<AccountId> {
	chain.read(|| (0..2).for_each(|_| Session::rotate_session()));
	chain.read(Session::validators).into_iter().collect()
}

#[test]
fn bonded_members_should_collate_and_be_out_at_the_second_session_boundary() {
	let mut chain = Chain::new();
	let (alice, bob) = (account("//Alice"), account("//Bob"));
	chain.read(|| pallet_session::NextKeys::<Runtime>::insert(account("//Bob"), session_keys(2)));
	assert_eq!(collators(&mut chain), [alice.clone()].into(), "who has not bonded makes no blocks");
	assert_eq!(chain.submit("//Bob", Members::bond_collator {}), Ok(()));
	assert_eq!(collators(&mut chain), [alice.clone(), bob.clone()].into());
	decide(&mut chain, &["//Bob", "//Charlie", "//Dave"], Members::suspend { member: MemberId(0) }).unwrap();
	assert_eq!(collators(&mut chain), [bob.clone()].into());
	// The last collator stays, suspended or not.
	assert_eq!(chain.submit("//Bob", Members::unbond_collator {}), Err(Refusal::Call("LastCollator")));
	rekey(&mut chain);
	decide(&mut chain, &["//Alice", "//Charlie", "//Dave"], Members::suspend { member: MemberId(1) }).unwrap();
	assert_eq!(collators(&mut chain), [bob].into());
}

fn enact(call: impl Into<RuntimeCall>) -> RuntimeCall {
	Members::enact { call: Box::new(call.into()) }.into()
}

#[test]
fn upgrade_should_be_authorised_by_vote_and_by_nothing_less() {
	let mut chain = Chain::new();
	let authorize = |byte| SystemCall::<Runtime>::authorize_upgrade { code_hash: [byte; 32].into() };
	let alone = chain.submit("//Alice", enact(authorize(1)));
	assert_eq!(alone, Err(Refusal::Other(polkadot_sdk::sp_runtime::DispatchError::BadOrigin)));
	let refused = decide(&mut chain, &["//Alice", "//Bob"], enact(authorize(1)));
	assert_eq!(refused, Err(Refusal::Call("TooEarly")));
	assert!(chain.read(System::authorized_upgrade).is_none());
	decide(&mut chain, &["//Alice", "//Bob", "//Charlie"], enact(authorize(2))).unwrap();
	assert!(chain.read(System::authorized_upgrade).is_some());
}

#[test]
fn vote_should_enact_only_what_is_on_the_list() {
	let mut chain = Chain::new();
	let voters = ["//Alice", "//Bob", "//Charlie"];
	let entry = || (b"consortium".to_vec(), vec![1]);
	decide(&mut chain, &voters, enact(SystemCall::<Runtime>::set_storage { items: vec![entry()] })).unwrap();
	assert_eq!(chain.read(|| unhashed::get_raw(b"consortium")), None, "state is not written by hand");
	let from = |source: AccountId| polkadot_sdk::pallet_balances::Call::<Runtime>::force_transfer {
		source: source.into(),
		dest: account("//Ferdie").into(),
		value: 7 * UNIT,
	};
	let ferdie = |chain: &mut Chain| chain.read(|| Balances::free_balance(account("//Ferdie")));
	decide(&mut chain, &voters, enact(from(account("//Dave")))).unwrap();
	assert_eq!(ferdie(&mut chain), 0, "nobody's balance is the consortium's");
	decide(&mut chain, &voters, enact(from(Membership::pot()))).unwrap();
	assert_eq!(ferdie(&mut chain), 7 * UNIT);
}

#[test]
fn replaced_controller_should_lose_its_vote_to_the_new_one() {
	let mut chain = Chain::new();
	let replace = Members::replace_controller {
		member: MemberId(3),
		controller: account("//Eve"),
		encryption_key: None,
		is_stolen: false,
	};
	decide(&mut chain, &["//Alice", "//Bob", "//Charlie"], replace).unwrap();
	assert!(chain.read(Seats::<Runtime, Instance1>::get).contains(&account("//Eve")));
	assert!(!chain.read(Seats::<Runtime, Instance1>::get).contains(&account("//Dave")));
	decide(&mut chain, &["//Eve", "//Bob", "//Charlie"], Members::suspend { member: MemberId(0) }).unwrap();
	assert_eq!(standing(&mut chain, "//Alice"), Some(Standing::Suspended));
}
