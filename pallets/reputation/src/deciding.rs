//! Decisions: when they are due, and what follows from them.

use crate::{pallet::*, types::*, weights::WeightInfo};
use cti_primitives::{Members, Peers, RecordId, Records};
use cti_scoring::{credited, judged, pair_limit, share, side_of, Outstanding, Side, Tally, LEAST_WINNERS};
use frame::{
	deps::frame_support::weights::{constants::WEIGHT_REF_TIME_PER_MILLIS, WeightMeter},
	prelude::*,
};

/// The most that one call may weigh: it fits a block of half a second.
const WORST_CASE: Weight = Weight::from_parts(110u64.saturating_mul(WEIGHT_REF_TIME_PER_MILLIS), 600_000);

impl<T: Config> Pallet<T> {
	/// Members that a decision looks at: those that are active now.
	pub(crate) fn peers() -> u32 {
		T::Members::active_members().min(MAX_MEMBERS)
	}

	/// How many members must vote: never more than can.
	pub(crate) fn quorum() -> u8 {
		let others = Self::peers().saturating_sub(1).max(u32::from(LEAST_WINNERS));
		Parameters::<T>::get().quorum.min(u8::try_from(others).unwrap_or(u8::MAX))
	}

	pub(crate) fn do_close(id: RecordId) -> Result<u32, DispatchError> {
		let case = Cases::<T>::get(id).ok_or(Error::<T>::NothingToDecide)?;
		ensure!(case.outcome.is_none(), Error::<T>::Decided);
		ensure!(case.closes <= Self::now(), Error::<T>::WindowOpen);
		Ok(Self::decide(id, case))
	}

	/// Decides the record if no outstanding vote can change the outcome, and gives the number of members or ballots that it
	/// looked at.
	pub(crate) fn decide_early(id: RecordId) -> u32 {
		let Some(case) = Cases::<T>::get(id) else { return 0 };
		let quorum = Self::quorum();
		// Most votes decide nothing even with nothing outstanding: then nobody else need be looked at.
		if case.tally.decided(quorum, Outstanding::default()).is_none() {
			return 0;
		}
		let ballots = if Self::is_certain(id, case.tally, quorum) { Self::decide(id, case) } else { 0 };
		ballots.max(Self::peers())
	}

	/// Can none of those that may read the record, and gave no verdict, change the outcome? Who gave half a vote by a sighting
	/// may still give a whole one for the other side.
	fn is_certain(id: RecordId, mut firm: Tally, quorum: u8) -> bool {
		let author = Self::source(id.author);
		let others = T::Members::active_ids().into_iter().filter(|member| Self::source((*member).into()) != author);
		let mut outstanding = Outstanding::default();
		for member in others {
			match Self::ballot(id, member) {
				Some(cast) if cast.ballot.verdict.is_some() => {}
				Some(cast) => {
					if let Some(vote) = cast.vote() {
						firm.remove(vote);
					}
					outstanding = outstanding.and(cast.weight);
				}
				None if T::Records::is_reader(id, member) == Some(false) => {}
				None => outstanding = outstanding.and(Self::weight_of(member)),
			}
		}
		firm.decided(quorum, outstanding).is_some()
	}

	/// Counts the votes, and gives the number of ballots. Evidence goes to the author and, where everybody could judge it, to those
	/// who did: friends who agree among themselves out of the others' sight do not become judges that weigh. The ballots are no
	/// longer needed.
	pub(crate) fn decide(id: RecordId, mut case: Case) -> u32 {
		let quorum = Self::quorum();
		let side = case.tally.decided(quorum, Outstanding::default());
		let (now, author) = (Self::now(), Self::source(id.author));
		let limit = pair_limit(T::Members::active_members());
		let mut whole = Evidence::<T>::get(author);
		let (mut ballots, makes_judges) = (0u32, side.is_some() && T::Records::is_for_all(id));
		for (voter, cast) in Ballots::<T>::drain_prefix(id) {
			ballots = ballots.saturating_add(1);
			let Some(side) = side else { continue };
			if let Some(vote) = cast.vote().filter(|vote| vote.side() == Some(side)) {
				let amount = share(&case.tally, side, vote.weight);
				Pairs::<T>::mutate(author, voter, |pair| {
					(whole, *pair) = credited(&whole, pair, side, amount, limit, now);
				});
			}
			let judgement = cast.ballot.verdict.and_then(side_of).filter(|_| makes_judges);
			if judgement.is_some() {
				let (history, part) = (Judges::<T>::get(voter), Judgements::<T>::get(voter, author));
				let (history, part) = judged(&history, &part, judgement, side, limit, now);
				Judges::<T>::insert(voter, history);
				Judgements::<T>::insert(voter, author, part);
			}
		}
		if let Some(side) = side {
			Evidence::<T>::insert(author, whole);
			T::Records::decide(id, side == Side::For);
		}
		Deadlines::<T>::remove(Deadline::from(case.closes), id);
		let outcome = side.into();
		(case.outcome, case.quorum) = (Some(outcome), Some(quorum));
		Self::deposit_event(Event::RecordDecided {
			record: id,
			outcome,
			confirming: case.tally.side(Side::For).1,
			refuting: case.tally.side(Side::Against).1,
			voters: case.tally.voters(),
			evidence: whole.at(now),
		});
		Cases::<T>::insert(id, case);
		ballots
	}

	/// Decides records whose windows have ended, as many as `limit` and [`MAX_DECISIONS`] allow, and gives the weight of it.
	pub(crate) fn decide_within(limit: Weight) -> Weight {
		let mut meter = WeightMeter::with_limit(limit);
		let (look, now) = (T::DbWeight::get().reads(3), Self::now());
		for _ in 0..MAX_DECISIONS {
			if meter.try_consume(look).is_err() {
				break;
			}
			let Some((deadline, id)) = Deadlines::<T>::iter_keys().next() else { break };
			if !deadline.has_passed(now) {
				break;
			}
			let Some(case) = Cases::<T>::get(id) else {
				Deadlines::<T>::remove(deadline, id);
				continue;
			};
			if meter.try_consume(T::WeightInfo::close(case.tally.voters().max(Self::peers()))).is_err() {
				break;
			}
			Self::decide(id, case);
		}
		meter.consumed()
	}

	/// What the configuration must keep to.
	pub(crate) fn check_configuration() {
		let worst = [
			("set_parameters", T::WeightInfo::set_parameters()),
			("give_verdict", T::WeightInfo::give_verdict(MAX_MEMBERS)),
			("change_verdict", T::WeightInfo::change_verdict(MAX_MEMBERS)),
			("report_malformed", T::WeightInfo::report_malformed(MAX_MEMBERS)),
			("close", T::WeightInfo::close(MAX_MEMBERS)),
			("reward", T::WeightInfo::reward(MAX_MEMBERS)),
		];
		for (name, weight) in worst {
			assert!(weight.all_lte(WORST_CASE), "{name} weighs {weight:?}, more than {WORST_CASE:?}");
		}
	}
}
