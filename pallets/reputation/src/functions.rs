//! The rules behind the calls, the views and the hook.

use crate::{
	pallet::{Config, Error, Event, Evidence, Ledgers, Pallet, Parameters},
	types::StandingInfo,
};
use alloc::vec::Vec;
use core::{cmp::Reverse, marker::PhantomData};
use cti_primitives::{AuthorId, MemberId, Members, OnSighting, SightingKind, Standing};
use cti_scoring::Scale;
use frame::{prelude::*, traits::UnixTime};

/// Most entries of a leaderboard.
pub const MAX_LEADERBOARD: u32 = 256;

/// A leaderboard looks at members with numbers below this: sixteen times as many as can be in at once.
const MAX_NUMBERED: u32 = 4_096;

/// The scale and the moment by which all authors of one answer are judged.
pub(crate) struct Standings<T> {
	scale: Scale,
	now: u64,
	_config: PhantomData<T>,
}

impl<T: Config> Standings<T> {
	/// `author`'s standing.
	pub(crate) fn of(&self, author: AuthorId) -> StandingInfo {
		StandingInfo::new(author, &Evidence::<T>::get(author).at(self.now), &self.scale)
	}

	/// The best of the active members. Of two with one standing the one with more evidence for it comes first, then the
	/// older member.
	pub(crate) fn best(&self, limit: u32) -> Vec<StandingInfo> {
		let mut all: Vec<_> = active_members::<T>().map(|member| self.of(member.into())).collect();
		all.sort_unstable_by_key(|info| (Reverse((info.standing, info.confirmed)), info.author));
		all.truncate(usize::try_from(limit.min(MAX_LEADERBOARD)).unwrap_or_default());
		all
	}
}

/// Members are numbered without gaps and keep their number when they go: the first unknown one ends the list.
fn active_members<T: Config>() -> impl Iterator<Item = MemberId> {
	(0..MAX_NUMBERED)
		.map(MemberId)
		.map_while(|member| T::Members::standing(member).map(|standing| (member, standing)))
		.filter(|(_, standing)| *standing == Standing::Active)
		.map(|(member, _)| member)
}

impl<T: Config> Pallet<T> {
	pub(crate) fn standings() -> Standings<T> {
		Standings { scale: Parameters::<T>::get(), now: T::Time::now().as_secs(), _config: PhantomData }
	}

	pub(crate) fn do_set_parameters(new: Scale) -> DispatchResult {
		new.check().map_err(Error::<T>::from)?;
		let old = Parameters::<T>::get();
		Parameters::<T>::put(new);
		Self::deposit_event(Event::ParametersSet { old, new });
		Ok(())
	}
}

/// Enters the report on both sides of the ledger: two reads and two writes. A member's report of its own record, and one
/// of no time at all, are of no use to anybody and leave no trace.
impl<T: Config> OnSighting for Pallet<T> {
	fn on_sighting(author: AuthorId, by: MemberId, kind: SightingKind, count: u32) {
		let reader = AuthorId::from(by);
		if author == reader || count == 0 {
			return;
		}
		Ledgers::<T>::mutate(author, |ledger| ledger.received.add(kind, count));
		Ledgers::<T>::mutate(reader, |ledger| ledger.given.add(kind, count));
	}
}
