//! Collators are members.

use crate::pallet::*;
use alloc::vec::Vec;
use cti_primitives::{MemberId, Standing};
use frame::{
	prelude::*,
	token::{fungible::MutateHold, Precision},
};

impl<T: Config> Pallet<T> {
	fn may_collate(member: MemberId) -> bool {
		Self::standing_of(member).is_ok_and(|standing| standing == Standing::Active)
	}

	/// Does it make blocks, or will it? A bond without session keys makes none.
	fn collates(member: MemberId) -> bool {
		let has_keys =
			|| Members::<T>::get(member).is_some_and(|profile| T::CollatorKeys::contains(&profile.controller));
		Self::may_collate(member) && has_keys()
	}

	/// The controllers of active members that run collators, ascending by member.
	pub fn collators() -> Vec<T::AccountId> {
		let mut members: Vec<MemberId> =
			Collators::<T>::iter_keys().filter(|member| Self::may_collate(*member)).collect();
		members.sort_unstable();
		members.into_iter().filter_map(Members::<T>::get).map(|profile| profile.controller).collect()
	}

	pub(crate) fn do_bond(member: MemberId) -> DispatchResult {
		ensure!(!Collators::<T>::contains_key(member), Error::<T>::AlreadyCollator);
		let controller = Members::<T>::get(member).ok_or(Error::<T>::UnknownMember)?.controller;
		let bond = T::CollatorBond::get();
		let reason = HoldReason::Collator.into();
		T::Currency::hold(&reason, &controller, bond).map_err(|_| Error::<T>::BondNotCovered)?;
		Collators::<T>::insert(member, bond);
		Self::deposit_event(Event::CollatorBonded { member, bond });
		Ok(())
	}

	pub(crate) fn do_unbond(member: MemberId) -> DispatchResult {
		ensure!(Collators::<T>::contains_key(member), Error::<T>::NotCollator);
		let others = Collators::<T>::iter_keys().any(|other| other != member && Self::collates(other));
		ensure!(others || !Self::collates(member), Error::<T>::LastCollator);
		let controller = Members::<T>::get(member).ok_or(Error::<T>::UnknownMember)?.controller;
		Self::release_bond(member, &controller)
	}

	/// Gives back what the member bonded, if it did. Its collator goes with the session after the next.
	pub(crate) fn release_bond(member: MemberId, controller: &T::AccountId) -> DispatchResult {
		let Some(bond) = Collators::<T>::take(member) else { return Ok(()) };
		let reason = HoldReason::Collator.into();
		T::Currency::release(&reason, controller, bond, Precision::BestEffort)?;
		Self::deposit_event(Event::CollatorUnbonded { member, bond });
		Ok(())
	}

	/// Collators hold seats, and what they bonded is held of their controllers' balances.
	#[cfg(any(feature = "try-runtime", test))]
	pub(crate) fn try_state_collators() -> Result<(), frame::deps::sp_runtime::TryRuntimeError> {
		use crate::functions::is_seated;
		use frame::token::fungible::InspectHold;
		for (member, bond) in Collators::<T>::iter() {
			ensure!(Self::standing_of(member).is_ok_and(is_seated), "a collator holds no seat");
			let controller = Members::<T>::get(member).ok_or("a collator is no member")?.controller;
			let held = T::Currency::balance_on_hold(&HoldReason::Collator.into(), &controller);
			ensure!(held >= bond, "a collator's bond is not held");
		}
		Ok(())
	}
}
