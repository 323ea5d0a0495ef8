//! What must hold between any two calls.

use crate::{
	pallet::*,
	types::{Deadline, Reports, Tally},
};
use cti_primitives::{AuthorId, Members};
use cti_scoring::{Amount, Side, Tally as Votes};
use frame::{deps::sp_runtime::TryRuntimeError, prelude::*};

/// By how much an author's evidence may differ from the sum of its parts: each decision and each decay rounds by some
/// 2^-48 records.
const ROUNDING: u64 = 1 << 20;

impl<T: Config> Pallet<T> {
	/// All invariants; the first that does not hold is the error.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		Self::parameters_are_usable()?;
		Self::evidence_is_sound()?;
		Self::evidence_has_sources()?;
		Self::cases_count_their_ballots()?;
		Self::open_cases_wait_for_their_end()?;
		Self::ledgers_belong_to_members()?;
		Self::ledgers_balance()
	}

	/// Every letter can be reached and records can be decided.
	fn parameters_are_usable() -> Result<(), TryRuntimeError> {
		Parameters::<T>::get().check().map_err(|_| "parameters leave a letter out of reach".into())
	}

	/// Evidence is about somebody and not from the future.
	fn evidence_is_sound() -> Result<(), TryRuntimeError> {
		let now = Self::now();
		for (author, evidence) in Evidence::<T>::iter() {
			ensure!(is_known::<T>(author), "evidence about nobody");
			ensure!(evidence.updated <= now, "evidence from the future");
		}
		for (judge, history) in Judges::<T>::iter() {
			ensure!(is_known::<T>(judge.into()), "a judge that nobody knows");
			ensure!(history.updated <= now, "a judge's history from the future");
			let parts = |side| Judgements::<T>::iter_prefix_values(judge).map(move |part| part.at(now).on(side));
			for side in [Side::For, Side::Against] {
				let sum = parts(side).fold(Amount::ZERO, Amount::saturating_add);
				let differs = history.at(now).on(side).to_bits().abs_diff(sum.to_bits());
				ensure!(differs <= ROUNDING, "a judge's history is not what its verdicts make");
			}
		}
		Ok(())
	}

	/// What is known of an author comes from its peers' votes, and from nowhere else.
	fn evidence_has_sources() -> Result<(), TryRuntimeError> {
		let now = Self::now();
		for (author, evidence) in Evidence::<T>::iter() {
			let whole = evidence.at(now);
			for side in [Side::For, Side::Against] {
				let parts = Pairs::<T>::iter_prefix_values(author).map(|pair| pair.at(now).on(side));
				let sum = parts.fold(Amount::ZERO, Amount::saturating_add);
				let differs = whole.on(side).to_bits().abs_diff(sum.to_bits());
				ensure!(differs <= ROUNDING, "an author's evidence is not what its peers' votes make");
			}
		}
		for (author, voter, pair) in Pairs::<T>::iter() {
			ensure!(Evidence::<T>::contains_key(author), "votes on an author without evidence");
			ensure!(author != AuthorId::from(voter), "an author's evidence comes from itself");
			ensure!(pair.updated() <= now, "a voter's evidence from the future");
		}
		Ok(())
	}

	/// An open case counts the ballots there are; a decided one has none.
	fn cases_count_their_ballots() -> Result<(), TryRuntimeError> {
		for (id, case) in Cases::<T>::iter() {
			let mut votes = Votes::default();
			Ballots::<T>::iter_prefix_values(id).filter_map(|cast| cast.vote()).for_each(|vote| votes.add(vote));
			match case.outcome {
				None => ensure!(votes == case.tally, "a case miscounts its votes"),
				Some(_) => {
					ensure!(Ballots::<T>::iter_key_prefix(id).next().is_none(), "a decided record keeps ballots");
				}
			}
		}
		for (id, by) in Ballots::<T>::iter_keys() {
			ensure!(Cases::<T>::contains_key(id), "a ballot without a case");
			ensure!(Self::source(id.author) != Self::source(by.into()), "an organisation votes on its own record");
		}
		Ok(())
	}

	/// The queue holds the open cases, each once, at its end.
	fn open_cases_wait_for_their_end() -> Result<(), TryRuntimeError> {
		let mut open = 0u32;
		for (id, case) in Cases::<T>::iter().filter(|(_, case)| case.outcome.is_none()) {
			ensure!(Deadlines::<T>::contains_key(Deadline::from(case.closes), id), "an open case waits for nothing");
			open = open.saturating_add(1);
		}
		let queued: u32 = Deadlines::<T>::iter_keys().count().saturated_into();
		ensure!(queued == open, "the queue holds what is decided");
		Ok(())
	}

	/// Every page of the ledger belongs to somebody.
	fn ledgers_belong_to_members() -> Result<(), TryRuntimeError> {
		ensure!(Ledgers::<T>::iter_keys().all(is_known::<T>), "a ledger of nobody");
		Ok(())
	}

	/// What all received is what all gave.
	fn ledgers_balance() -> Result<(), TryRuntimeError> {
		let (received, given) = Ledgers::<T>::iter_values().fold(Default::default(), |(received, given), ledger| {
			(sum(received, &ledger.received), sum(given, &ledger.given))
		});
		ensure!(received == given, "the ledger does not balance");
		Ok(())
	}
}

/// A pseudonym's author is known to nobody, by design.
fn is_known<T: Config>(author: AuthorId) -> bool {
	author.member().is_none_or(|member| T::Members::standing(member).is_some())
}

fn sum(sums: [u128; 4], reports: &Reports) -> [u128; 4] {
	let [a, b, c, d] = sums;
	let Reports { seen: Tally { reports: e, times: f }, false_positives: Tally { reports: g, times: h } } = *reports;
	[(a, e), (b, f), (c, g), (d, h)].map(|(sum, more)| sum.saturating_add(u128::from(more)))
}
