//! Votes on records.

use crate::{pallet::*, types::*};
use cti_envelope::reader::{self, Statement};
use cti_primitives::{
	AuthorId, Credibility, MemberId, Members, OnSighting, RecordFacts, RecordId, Records, Role, Sighting, SightingKind,
	Standing,
};
use cti_scoring::{Ballot, Weight as VoteWeight};
use frame::{
	deps::{sp_core::ed25519, sp_io},
	prelude::*,
};

impl<T: Config> Pallet<T> {
	/// The active member for which the origin judges.
	pub(crate) fn ensure_judge(origin: OriginFor<T>) -> Result<MemberId, DispatchError> {
		let account = ensure_signed(origin)?;
		let actor = T::Members::actor(&account).ok_or(Error::<T>::NotAMember)?;
		ensure!(Role::may_judge(actor.role), Error::<T>::RoleMayNotJudge);
		ensure!(T::Members::standing(actor.member) == Some(Standing::Active), Error::<T>::NotActive);
		Ok(actor.member)
	}

	/// The author under which what is known of a member, or of a pseudonym, is kept.
	pub(crate) fn source(author: AuthorId) -> AuthorId {
		author.member().map_or(author, |member| T::Members::first_identity(member).into())
	}

	/// What a member's votes weigh now.
	pub(crate) fn weight_of(member: MemberId) -> VoteWeight {
		VoteWeight::of_judge(&Judges::<T>::get(T::Members::first_identity(member)).at(Self::now()))
	}

	/// A member's ballot, and that of its organisation under an earlier number: it has one vote.
	pub fn ballot(id: RecordId, by: MemberId) -> Option<Cast> {
		Ballots::<T>::get(id, T::Members::first_identity(by))
	}

	/// Gives the number of members and ballots that it looked at, as the other two that follow.
	pub(crate) fn do_give_verdict(
		by: MemberId,
		id: RecordId,
		credibility: Credibility,
		proof: &[u8; 64],
	) -> Result<u32, DispatchError> {
		let facts = Self::judgeable(id, by)?;
		let case = Self::open_case(id, &facts)?;
		ensure!(Self::is_reader(by, id, &facts, proof), Error::<T>::InvalidProof);
		let weight = Self::first_verdict(id, case, by, credibility, false)?;
		Self::deposit_event(Event::VerdictGiven { record: id, by, credibility, weight: weight.get() });
		Ok(Self::decide_early(id))
	}

	pub(crate) fn do_report_malformed(by: MemberId, id: RecordId) -> Result<u32, DispatchError> {
		let facts = Self::judgeable(id, by)?;
		let case = Self::open_case(id, &facts)?;
		ensure!(T::Records::is_reader(id, by) == Some(true), Error::<T>::NotInAudience);
		let weight = Self::first_verdict(id, case, by, Credibility::Improbable, true)?;
		Self::deposit_event(Event::MalformedReported { record: id, by, weight: weight.get() });
		Ok(Self::decide_early(id))
	}

	pub(crate) fn do_change_verdict(by: MemberId, id: RecordId, new: Credibility) -> Result<u32, DispatchError> {
		let facts = Self::judgeable(id, by)?;
		let mut case = Self::open_case(id, &facts)?;
		let cast = Self::ballot(id, by).ok_or(Error::<T>::NotJudged)?;
		let old = cast.ballot.verdict.ok_or(Error::<T>::NotJudged)?;
		// Nobody showed that it could read the record: it says no more of it than that.
		ensure!(!cast.is_report, Error::<T>::InvalidProof);
		ensure!(old != new, Error::<T>::SameVerdict);
		Self::cast(id, &mut case, by, |cast| cast.ballot.verdict = Some(new));
		Self::put_case(id, &case);
		Self::deposit_event(Event::VerdictChanged { record: id, by, old, new });
		Ok(Self::decide_early(id))
	}

	/// The record, if `by` may judge it.
	fn judgeable(id: RecordId, by: MemberId) -> Result<RecordFacts, Error<T>> {
		let facts = T::Records::facts(id).ok_or(Error::RecordNotFound)?;
		ensure!(Self::source(id.author) != Self::source(by.into()), Error::OwnRecord);
		Ok(facts)
	}

	/// The case of a record that can still be judged, whatever its author did with it since: it shall not escape by a withdrawal.
	fn open_case(id: RecordId, facts: &RecordFacts) -> Result<Case, Error<T>> {
		let case = Cases::<T>::get(id).unwrap_or_else(|| Case::new(facts.published));
		ensure!(case.outcome.is_none(), Error::Decided);
		ensure!(Self::now() < case.closes, Error::WindowClosed);
		Ok(case)
	}

	fn first_verdict(
		id: RecordId,
		mut case: Case,
		by: MemberId,
		credibility: Credibility,
		is_report: bool,
	) -> Result<VoteWeight, Error<T>> {
		let earlier = Self::ballot(id, by).and_then(|cast| cast.ballot.verdict);
		ensure!(earlier.is_none(), Error::AlreadyJudged);
		let weight = Self::cast(id, &mut case, by, |cast| {
			(cast.ballot.verdict, cast.is_report) = (Some(credibility), is_report);
		});
		Self::put_case(id, &case);
		Ok(weight)
	}

	/// A member's vote without its proof and without a decision.
	#[cfg(feature = "runtime-benchmarks")]
	#[allow(clippy::expect_used)]
	pub(crate) fn judge_unheard(by: MemberId, id: RecordId, credibility: Credibility) {
		let facts = T::Records::facts(id).expect("the record is there; qed");
		let case = Self::open_case(id, &facts).expect("it can be judged; qed");
		Self::first_verdict(id, case, by, credibility, false).expect("it has not voted; qed");
	}

	/// Changes a member's ballot and counts it anew, at the weight that it had when it was first cast.
	fn cast(id: RecordId, case: &mut Case, by: MemberId, change: impl FnOnce(&mut Cast)) -> VoteWeight {
		let cast = Self::ballot(id, by);
		let mut cast = cast.unwrap_or_else(|| {
			let (ballot, weight) = (Ballot::default(), Self::weight_of(by));
			Cast { ballot, weight, is_report: false }
		});
		if let Some(vote) = cast.vote() {
			case.tally.remove(vote);
		}
		change(&mut cast);
		if let Some(vote) = cast.vote() {
			case.tally.add(vote);
		}
		Ballots::<T>::insert(id, T::Members::first_identity(by), cast);
		cast.weight
	}

	/// Keeps a case, and its place in the queue while it is open.
	fn put_case(id: RecordId, case: &Case) {
		if case.outcome.is_none() {
			Deadlines::<T>::insert(Deadline::from(case.closes), id, ());
		}
		Cases::<T>::insert(id, case);
	}

	/// Did somebody who could open the record sign for `by`?
	fn is_reader(by: MemberId, id: RecordId, facts: &RecordFacts, proof: &[u8; 64]) -> bool {
		let genesis = frame_system::Pallet::<T>::block_hash(BlockNumberFor::<T>::default()).into();
		let message = reader::message(Statement::Verdict, &genesis, id, &facts.envelope, by);
		sp_io::crypto::ed25519_verify(
			&ed25519::Signature::from_raw(*proof),
			&message,
			&ed25519::Public::from_raw(facts.reader_key),
		)
	}
}

impl<T: Config> OnSighting for Pallet<T> {
	/// Enters the report on both sides of the ledger, and as half a vote while the record can be judged. A member's report of
	/// a record of its own, and one of no time at all, are of no use to anybody and leave no trace.
	fn on_sighting(id: RecordId, published: u64, by: MemberId, sighting: &Sighting, previous: Option<u32>) {
		let (author, reader) = (Self::source(id.author), Self::source(by.into()));
		if author == reader || sighting.count == 0 {
			return;
		}
		Ledgers::<T>::mutate(author, |ledger| ledger.received.add(sighting.kind, sighting.count, previous));
		Ledgers::<T>::mutate(reader, |ledger| ledger.given.add(sighting.kind, sighting.count, previous));

		let now = Self::now();
		let mut case = Cases::<T>::get(id).unwrap_or_else(|| {
			let case = Case::new(published);
			// Of what nobody spoke of in its window there is nothing to decide any more.
			let outcome = (case.closes <= now).then_some(Outcome::Undecided);
			Case { outcome, ..case }
		});
		if sighting.kind == SightingKind::Seen {
			case.sighted = case.sighted.max(Some(sighting.last_seen.min(now)));
		}
		if case.outcome.is_none() && now < case.closes {
			Self::cast(id, &mut case, by, |cast| match sighting.kind {
				SightingKind::Seen => cast.ballot.seen = true,
				SightingKind::FalsePositive => cast.ballot.false_positive = true,
			});
		}
		Self::put_case(id, &case);
	}
}
