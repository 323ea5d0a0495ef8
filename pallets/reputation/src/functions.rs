//! The rules behind the parameters, the rewards and the views.

use crate::{
	pallet::*,
	types::{Case, CredibilityInfo, EvidenceFrom, InvalidRules, ReciprocityInfo, Rules, StandingInfo, VerdictInfo},
};
use alloc::vec::Vec;
use core::{cmp::Reverse, marker::PhantomData};
use cti_primitives::{AuthorId, MemberId, Peers, RecordId, Records, Reliability, Reputations};
use cti_scoring::{divided, score, Facts, InvalidScale, Scale};
use frame::{
	prelude::*,
	traits::{
		fungible::{Inspect, Mutate},
		tokens::{Fortitude, Preservation},
		UnixTime,
	},
};

/// Most entries of a leaderboard.
pub const MAX_LEADERBOARD: u32 = 256;

/// What rewards are paid in.
pub type BalanceOf<T> = <<T as Config>::Currency as Inspect<<T as frame_system::Config>::AccountId>>::Balance;

/// What a call weighed that looked at so many members or ballots. One that failed had looked at none.
pub(crate) fn weighed(looked_at: Result<u32, DispatchError>, weight: fn(u32) -> Weight) -> DispatchResultWithPostInfo {
	match looked_at {
		Ok(count) => Ok(Some(weight(count)).into()),
		Err(error) => Err(DispatchErrorWithPostInfo { post_info: Some(weight(0)).into(), error }),
	}
}

/// The scale and the moment by which all authors of one answer are judged.
pub(crate) struct Standings<T> {
	scale: Scale,
	now: u64,
	_config: PhantomData<T>,
}

impl<T: Config> Standings<T> {
	/// `author`'s standing.
	pub(crate) fn of(&self, author: AuthorId) -> StandingInfo {
		StandingInfo::new(author, &Pallet::<T>::evidence_about(author, self.now), &self.scale)
	}

	/// The best of the active members. Of two with one standing the one with more evidence for it comes first, then the
	/// older member.
	pub(crate) fn best(&self, limit: u32) -> Vec<StandingInfo> {
		let active = T::Members::active().into_iter();
		let mut all: Vec<_> = active.map(|(member, _)| self.of(member.into())).collect();
		all.sort_unstable_by_key(|info| (Reverse((info.standing, info.confirmed)), info.author));
		all.truncate(usize::try_from(limit.min(MAX_LEADERBOARD)).unwrap_or_default());
		all
	}
}

impl<T> From<InvalidRules> for Error<T> {
	fn from(invalid: InvalidRules) -> Self {
		match invalid {
			InvalidRules::Scale(InvalidScale::JudgedFromOutOfRange) => Error::JudgedFromOutOfRange,
			InvalidRules::Scale(InvalidScale::ThresholdOutOfRange) => Error::ThresholdOutOfRange,
			InvalidRules::Scale(InvalidScale::ThresholdsNotDescending) => Error::ThresholdsNotDescending,
			InvalidRules::Quorum => Error::QuorumOutOfRange,
		}
	}
}

impl<T: Config> Reputations for Pallet<T> {
	fn reliability(member: MemberId) -> Reliability {
		Self::standing(member.into()).reliability
	}

	fn reciprocity(member: MemberId) -> u32 {
		Self::reciprocity_of(member).ratio.0
	}
}

impl<T: Config> Pallet<T> {
	pub(crate) fn now() -> u64 {
		T::Time::now().as_secs()
	}

	pub(crate) fn standings() -> Standings<T> {
		Standings { scale: Parameters::<T>::get().scale, now: Self::now(), _config: PhantomData }
	}

	pub(crate) fn do_set_parameters(new: Rules) -> DispatchResult {
		new.check().map_err(Error::<T>::from)?;
		let old = Parameters::<T>::get();
		Parameters::<T>::put(new);
		Self::deposit_event(Event::ParametersSet { old, new });
		Ok(())
	}

	/// What is known of an author at `now`. Members that came and went may make the parts count for more together than the
	/// whole may.
	pub(crate) fn evidence_about(author: AuthorId, now: u64) -> cti_scoring::Evidence {
		Evidence::<T>::get(Self::source(author)).at(now).within(cti_scoring::Evidence::LIMIT)
	}

	/// Divides `amount` among the active members in proportion to the evidence for each.
	pub(crate) fn do_reward(amount: BalanceOf<T>) -> DispatchResult {
		let (pot, now) = (T::Pot::get(), Self::now());
		let available = T::Currency::reducible_balance(&pot, Preservation::Preserve, Fortitude::Polite);
		ensure!(amount <= available, Error::<T>::PotTooSmall);
		let active = T::Members::active();
		let parts: Vec<u32> = active.iter().map(|(member, _)| Self::part_of(*member, now)).collect();
		ensure!(parts.iter().any(|part| *part > 0), Error::<T>::NobodyToReward);
		let mut paid = BalanceOf::<T>::zero();
		for ((member, controller), share) in active.into_iter().zip(divided(amount.saturated_into(), &parts)) {
			let share: BalanceOf<T> = share.saturated_into();
			let is_paid =
				!share.is_zero() && T::Currency::transfer(&pot, &controller, share, Preservation::Preserve).is_ok();
			if is_paid {
				paid = paid.saturating_add(share);
				Self::deposit_event(Event::MemberRewarded { member, controller, amount: share });
			}
		}
		Self::deposit_event(Event::RewardPaid { amount, paid });
		Ok(())
	}

	/// A member's part of a reward: the evidence for it in steps of 2^-24 records, which leaves room for the highest.
	fn part_of(member: MemberId, now: u64) -> u32 {
		let evidence = Self::evidence_about(member.into(), now);
		u32::try_from(evidence.alpha.to_bits() >> 24).unwrap_or(u32::MAX)
	}

	pub(crate) fn evidence_of(author: AuthorId) -> Vec<EvidenceFrom> {
		let now = Self::now();
		let mut from: Vec<_> = Pairs::<T>::iter_prefix(Self::source(author))
			.map(|(voter, pair)| (voter, pair.at(now)))
			.map(|(voter, pair)| EvidenceFrom {
				voter,
				confirmed: pair.alpha.to_millionths(),
				refuted: pair.beta.to_millionths(),
			})
			.collect();
		from.sort_unstable_by_key(|from| from.voter);
		from
	}

	pub(crate) fn credibility_of(id: RecordId, object_type: &[u8]) -> Option<CredibilityInfo> {
		let facts = T::Records::facts(id)?;
		let case = Cases::<T>::get(id).unwrap_or_else(|| Case::new(facts.published));
		let (author, now) = (Self::standing(id.author), Self::now());
		let facts = Facts {
			tally: case.tally,
			standing: author.standing,
			is_live: facts.status.is_live(),
			valid_until: facts.valid_until,
			refreshed: case.sighted.map_or(facts.published, |sighted| sighted.max(facts.published)),
		};
		Some(CredibilityInfo {
			record: id,
			author,
			credibility: case.tally.credibility(case.quorum.unwrap_or_else(Self::quorum)),
			score: score(&facts, core::str::from_utf8(object_type).unwrap_or_default(), now),
			facts,
			now,
			closes: case.closes,
			sighted: case.sighted,
			outcome: case.outcome,
		})
	}

	pub(crate) fn verdicts_on(id: RecordId) -> Vec<VerdictInfo> {
		let mut verdicts: Vec<_> = Ballots::<T>::iter_prefix(id)
			.map(|(by, cast)| VerdictInfo { by, ballot: cast.ballot, weight: cast.weight.get() })
			.collect();
		verdicts.sort_unstable_by_key(|verdict| verdict.by);
		verdicts
	}

	pub(crate) fn reciprocity_of(member: MemberId) -> ReciprocityInfo {
		ReciprocityInfo::new(member, &Ledgers::<T>::get(Self::source(member.into())))
	}
}
