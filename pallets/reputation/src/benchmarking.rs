//! Benchmarks of the calls. What drives their cost is how many members the consortium has: all but the author have voted, each
//! of whom is paid for with a vote, a pair and a judge's history to write. Who has not voted costs less: only reads. The record
//! is refuted, which also takes it out of the queue of what ends, and its author has many others open.

use super::*;
use crate::types::Rules;
use alloc::vec::Vec;
use cti_envelope::reader::{self, Statement};
use cti_primitives::{AuthorId, Credibility, Hash, MemberId, Peers, RecordId};
use cti_scoring::{Amount, Held, Scale, Side};
use frame::{benchmarking::prelude::*, traits::fungible::Mutate};

/// Puts up what the other pallets hold.
pub trait BenchmarkHelper<AccountId> {
	/// Admits members until `count` are active.
	fn members(count: u32);

	/// A new record of this member to the whole consortium, that ends some day, with this reader key; and its envelope's id.
	fn record(author: MemberId, reader_key: [u8; 32]) -> (RecordId, Hash);
}

/// Members that the chain has from the beginning: with fewer, some that have not voted would be left.
const LEAST_MEMBERS: u32 = 4;
/// Other open records of the author, each with votes.
const OPEN_RECORDS: u32 = 4_096;
const CEK: [u8; 32] = [1; 32];
const SALT: [u8; 32] = [2; 32];

/// A record on which all active members but its author and the last have voted, each of whom has voted on others of the
/// author's before; with the last member, and its proof.
struct Judged<T: Config> {
	record: RecordId,
	last: MemberId,
	account: T::AccountId,
	proof: [u8; 64],
}

fn judged<T: Config>(members: u32) -> Judged<T> {
	T::BenchmarkHelper::members(members);
	let mut active = T::Members::active();
	active.truncate(members as usize);
	let (author, _) = active.remove(0);
	let (last, account) = active.pop().expect("there are three members at least; qed");
	let (record, envelope) = T::BenchmarkHelper::record(author, reader::key(&CEK, &SALT));
	let evidence =
		cti_scoring::Evidence { alpha: Amount::fraction(1, core::num::NonZeroU32::MAX), ..Default::default() };
	for (voter, _) in &active {
		Pallet::<T>::judge_unheard(*voter, record, Credibility::Improbable);
	}
	for n in 1..=OPEN_RECORDS {
		let (other, case) = (RecordId { n: u32::MAX - n, ..record }, Case::new(Pallet::<T>::now()));
		Deadlines::<T>::insert(Deadline::from(case.closes), other, ());
		Cases::<T>::insert(other, case);
	}
	let held = Held::default().with(Side::For, evidence.alpha, Amount::ONE, 0);
	for voter in active.iter().map(|(voter, _)| *voter).chain([last]) {
		Pairs::<T>::insert(AuthorId::from(author), voter, held);
		Judges::<T>::insert(voter, evidence);
		Judgements::<T>::insert(voter, AuthorId::from(author), held);
	}
	Evidence::<T>::insert(AuthorId::from(author), evidence);
	let genesis: Hash = frame_system::Pallet::<T>::block_hash(BlockNumberFor::<T>::default()).into();
	let message = reader::message(Statement::Verdict, &genesis, record, &envelope, last);
	Judged { record, last, account, proof: reader::sign(&CEK, &SALT, &message) }
}

fn outcome<T: Config>(record: RecordId) -> Option<Outcome> {
	Cases::<T>::get(record).and_then(|case| case.outcome)
}

fn signed<T: Config>(account: &T::AccountId) -> T::RuntimeOrigin {
	frame_system::RawOrigin::Signed(account.clone()).into()
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn set_parameters() -> Result<(), BenchmarkError> {
		let origin = T::ParametersOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let old = Rules { scale: Scale { a: Scale::HIGHEST, ..Scale::default() }, quorum: 24 };
		Parameters::<T>::put(old);
		let new = Rules { scale: Scale { d: Scale::LOWEST, ..Scale::default() }, quorum: 2 };

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, new);

		assert_eq!(Parameters::<T>::get(), new);
		frame_system::Pallet::<T>::assert_last_event(Event::<T>::ParametersSet { old, new }.into());
		Ok(())
	}

	#[benchmark(pov_mode = Measured)]
	fn give_verdict(m: Linear<LEAST_MEMBERS, MAX_MEMBERS>) {
		let Judged { record, account, proof, .. } = judged::<T>(m);

		#[extrinsic_call]
		_(signed::<T>(&account), record, Credibility::Improbable, proof);

		assert_eq!(outcome::<T>(record), Some(Outcome::Refuted));
	}

	#[benchmark(pov_mode = Measured)]
	fn change_verdict(m: Linear<LEAST_MEMBERS, MAX_MEMBERS>) {
		let Judged { record, last, account, .. } = judged::<T>(m);
		Pallet::<T>::judge_unheard(last, record, Credibility::Confirmed);

		#[extrinsic_call]
		_(signed::<T>(&account), record, Credibility::Improbable);

		assert_eq!(outcome::<T>(record), Some(Outcome::Refuted));
	}

	#[benchmark(pov_mode = Measured)]
	fn report_malformed(m: Linear<LEAST_MEMBERS, MAX_MEMBERS>) {
		let Judged { record, account, .. } = judged::<T>(m);

		#[extrinsic_call]
		_(signed::<T>(&account), record);

		assert_eq!(outcome::<T>(record), Some(Outcome::Refuted));
	}

	#[benchmark(pov_mode = Measured)]
	fn close(m: Linear<LEAST_MEMBERS, MAX_MEMBERS>) {
		let Judged { record, last, account, .. } = judged::<T>(m);
		Pallet::<T>::judge_unheard(last, record, Credibility::Improbable);
		let mut case = Cases::<T>::get(record).expect("there are votes; qed");
		Deadlines::<T>::remove(Deadline::from(case.closes), record);
		case.closes = 0;
		Deadlines::<T>::insert(Deadline::from(0), record, ());
		Cases::<T>::insert(record, case);

		#[extrinsic_call]
		_(signed::<T>(&account), record);

		assert_eq!(outcome::<T>(record), Some(Outcome::Refuted));
	}

	#[benchmark(pov_mode = Measured)]
	fn reward(m: Linear<LEAST_MEMBERS, MAX_MEMBERS>) -> Result<(), BenchmarkError> {
		let origin = T::ParametersOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		T::BenchmarkHelper::members(m);
		let amount: u128 = 1 << 60;
		let amount: crate::functions::BalanceOf<T> = amount.saturated_into();
		T::Currency::set_balance(&T::Pot::get(), amount + amount);
		let active: Vec<MemberId> = T::Members::active().into_iter().map(|(member, _)| member).collect();
		for member in &active {
			let evidence = cti_scoring::Evidence { alpha: Amount::ONE, updated: 0, ..Default::default() };
			Evidence::<T>::insert(
				AuthorId::from(*member),
				evidence.at(Pallet::<T>::now()).confirmed(Amount::ONE, Pallet::<T>::now()),
			);
		}

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, amount);

		let rewarded = frame_system::Pallet::<T>::event_count();
		assert!(rewarded as usize > active.len());
		Ok(())
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
