//! No coalition below two thirds of the seats decides anything, whatever it moves and in whatever order: random sequences
//! against a model that knows who voted aye, and nothing of thresholds, defaults and origins.

use crate::{
	chain::{account, genesis_state},
	invariants,
	origins::origin,
};
use codec::Encode;
use cti_primitives::{MemberId, Standing};
use pallet_cti_membership::{Call as Members, NextMember};
use polkadot_sdk::{
	frame_support::{hypothetically, traits::UnfilteredDispatchable, weights::Weight},
	frame_system::RawOrigin,
	pallet_balances::Call as Payments,
	pallet_collective::{Call as Collective, Event, Instance1, Members as Seats, ProposalCount},
	pallet_utility::Call as Utility,
	sp_runtime::{
		traits::{BlakeTwo256, Dispatchable, Hash as _},
		DispatchError, DispatchResult,
	},
};
use std::collections::BTreeSet;
use testudo_runtime::{
	genesis, AccountId, Balance, Balances, Hash, Membership, Runtime, RuntimeCall, RuntimeEvent, System, DAY, UNIT,
};

type Motion = Collective<Runtime, Instance1>;

const SEQUENCES: u64 = 30;
const STEPS: usize = 200;

/// SplitMix64: the same sequences on every run.
struct Random(u64);

impl Random {
	fn next(&mut self) -> u64 {
		self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
		let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
		let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
		mixed ^ (mixed >> 31)
	}

	fn below(&mut self, bound: usize) -> usize {
		(self.next() % bound as u64) as usize
	}

	fn one_of<T: Clone>(&mut self, all: &[T]) -> T {
		all[self.below(all.len())].clone()
	}
}

/// What the consortium has decided so far.
#[derive(PartialEq, Debug)]
struct Decided {
	members: Vec<(AccountId, Standing)>,
	seats: Vec<AccountId>,
	pot: Balance,
}

fn decided() -> Decided {
	Decided {
		members: Membership::members().into_iter().map(|info| (info.controller, info.standing)).collect(),
		seats: seats(),
		pot: Balances::free_balance(Membership::pot()),
	}
}

fn seats() -> Vec<AccountId> {
	Seats::<Runtime, Instance1>::get()
}

fn signed(by: &AccountId, call: impl Into<RuntimeCall>) -> DispatchResult {
	let call: RuntimeCall = call.into();
	call.dispatch(RawOrigin::Signed(by.clone()).into()).map(|_| ()).map_err(|refusal| refusal.error)
}

/// What came of the motion that was carried last, since the events were reset.
fn executed() -> Option<DispatchResult> {
	System::events().into_iter().rev().find_map(|record| match record.event {
		RuntimeEvent::Consortium(Event::Executed { result, .. }) => Some(result),
		_ => None,
	})
}

/// A motion under way, and who is for it.
struct Open {
	hash: Hash,
	index: u32,
	ayes: BTreeSet<AccountId>,
}

/// One sequence.
struct Run {
	random: Random,
	open: Vec<Open>,
	/// Accounts that hold a seat, held one, or never will.
	known: Vec<AccountId>,
	/// Who votes aye and moves; whoever likes, if nobody is named.
	coalition: Option<Vec<AccountId>>,
	/// How many motions had two thirds when they were closed.
	carried: u32,
}

impl Run {
	fn new(seed: u64, coalition: Option<Vec<AccountId>>) -> Self {
		let known = seats().into_iter().chain(["//Ferdie", "//Alice//analyst"].map(account)).collect();
		Self { random: Random(seed), open: vec![], known, coalition, carried: 0 }
	}

	fn stranger(&mut self) -> AccountId {
		let account = AccountId::from([self.known.len() as u8; 32]);
		self.known.push(account.clone());
		account
	}

	/// Mostly somebody who may.
	fn somebody(&mut self) -> AccountId {
		let among = if self.random.below(4) > 0 { seats() } else { self.known.clone() };
		self.random.one_of(&among)
	}

	fn member(&mut self) -> MemberId {
		MemberId(self.random.below(NextMember::<Runtime>::get() as usize) as u32)
	}

	/// Something that takes two thirds.
	fn proposal(&mut self) -> RuntimeCall {
		let member = self.member();
		match self.random.below(10) {
			0..=3 => {
				let (controller, name) = (self.stranger(), b"Newcomer".to_vec().try_into().unwrap());
				Members::admit { controller, name, encryption_key: None, former: None }.into()
			}
			4 => Members::suspend { member }.into(),
			5 => Members::reinstate { member }.into(),
			6 => Members::expel { member }.into(),
			7 => {
				let controller = self.stranger();
				Members::replace_controller { member, controller, encryption_key: None, is_stolen: false }.into()
			}
			8 => {
				let (source, dest) = (Membership::pot().into(), account("//Ferdie").into());
				let payment = RuntimeCall::from(Payments::<Runtime>::force_transfer { source, dest, value: UNIT });
				Members::enact { call: Box::new(payment) }.into()
			}
			_ => {
				let both = [member, self.member()].map(|member| RuntimeCall::from(Members::suspend { member }));
				Utility::<Runtime>::batch_all { calls: both.to_vec() }.into()
			}
		}
	}

	fn propose(&mut self) {
		let by = match self.coalition.clone() {
			Some(coalition) => self.random.one_of(&coalition),
			None => self.somebody(),
		};
		let (call, seats, before) = (self.proposal(), seats(), decided());
		let (hash, length_bound) = (BlakeTwo256::hash_of(&call), call.encoded_size() as u32);
		// Too low ones among them, and too high.
		let threshold = self.random.below(seats.len() + 2) as u32;
		let moved = signed(&by, Motion::propose { threshold, proposal: Box::new(call), length_bound });
		let is_unanimous = seats.len() == 1 && seats.contains(&by);
		assert!(is_unanimous || decided() == before, "a motion that was only moved did something");
		if moved.is_ok() {
			assert!(seats.contains(&by), "somebody without a seat moved");
			if threshold >= 2 {
				let index = ProposalCount::<Runtime, Instance1>::get() - 1;
				self.open.push(Open { hash, index, ayes: BTreeSet::new() });
			}
		}
	}

	fn vote(&mut self) {
		if self.open.is_empty() {
			return;
		}
		let (by, place) = (self.somebody(), self.random.below(self.open.len()));
		let approve = match &self.coalition {
			Some(coalition) => coalition.contains(&by),
			None => self.random.below(5) > 0,
		};
		let motion = &mut self.open[place];
		if signed(&by, Motion::vote { proposal: motion.hash, index: motion.index, approve }).is_ok() {
			assert!(seats().contains(&by), "somebody without a seat voted");
			match approve {
				true => motion.ayes.insert(by),
				false => motion.ayes.remove(&by),
			};
		}
	}

	/// Anybody closes one, mostly one that has the most votes.
	fn close(&mut self) {
		let most = (0..self.open.len()).max_by_key(|place| self.open[*place].ayes.len());
		let Some(most) = most else { return };
		let place = if self.random.below(3) > 0 { most } else { self.random.below(self.open.len()) };
		let Open { hash: proposal_hash, index, .. } = self.open[place];
		let (seats, before) = (seats(), decided());
		let ayes = self.open[place].ayes.iter().filter(|voter| seats.contains(voter)).count();
		let is_enough = ayes >= (2 * seats.len()).div_ceil(3);

		System::reset_events();
		let by = self.random.one_of(&self.known);
		let close = Motion::close { proposal_hash, index, proposal_weight_bound: Weight::MAX, length_bound: u32::MAX };
		let is_closed = signed(&by, close).is_ok();
		let said = format!("{ayes} of {}", seats.len());
		assert!(is_enough && is_closed || decided() == before, "{said} decided");
		if is_closed {
			self.open.remove(place);
		}
		match executed() {
			None => {}
			Some(Err(DispatchError::BadOrigin)) => assert!(!is_enough, "{said} were not enough"),
			Some(result) => {
				assert!(is_enough, "{said} were enough: {result:?}");
				self.carried += 1;
			}
		}
	}

	fn step(&mut self) {
		match self.random.below(12) {
			0..=1 if self.open.len() < 4 => self.propose(),
			2..=3 => self.close(),
			4 => System::set_block_number(System::block_number() + DAY * self.random.below(6) as u32),
			5 if self.coalition.is_none() && self.random.below(4) == 0 => {
				let by = self.somebody();
				let _ = signed(&by, Members::leave {});
			}
			_ => self.vote(),
		}
	}
}

#[test]
fn motion_should_be_carried_by_two_thirds_of_the_seats_and_by_no_fewer() {
	let mut carried = 0;
	genesis_state(genesis::DEVELOPMENT).execute_with(|| {
		System::set_block_number(1);
		for seed in 0..SEQUENCES {
			carried += hypothetically!({
				let mut run = Run::new(seed, None);
				(0..STEPS).for_each(|_| run.step());
				invariants::check();
				run.carried
			});
		}
	});
	assert!(carried >= SEQUENCES as u32 / 2, "only {carried} motions were carried");
}

/// Admits a member as two thirds do.
fn admit(controller: AccountId) {
	let name = b"Newcomer".to_vec().try_into().unwrap();
	let call: RuntimeCall = Members::admit { controller, name, encryption_key: None, former: None }.into();
	call.dispatch_bypass_filter(origin("vote")).unwrap();
}

#[test]
fn coalition_below_two_thirds_should_change_nothing() {
	genesis_state(genesis::DEVELOPMENT).execute_with(|| {
		System::set_block_number(1);
		for seed in 0..SEQUENCES {
			hypothetically!({
				// From four seats to nine; the others vote against it, or not at all.
				(0..seed % 6).for_each(|n| admit(AccountId::from([200 + n as u8; 32])));
				let (seats, before) = (seats(), decided());
				let coalition = seats[..(2 * seats.len()).div_ceil(3) - 1].to_vec();
				let mut run = Run::new(seed, Some(coalition));
				(0..STEPS).for_each(|_| run.step());
				assert_eq!((decided(), run.carried), (before, 0));
			});
		}
	});
}
