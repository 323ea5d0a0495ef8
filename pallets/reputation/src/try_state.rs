//! What must hold between any two calls.

use crate::{
	pallet::{Config, Evidence, Ledgers, Pallet, Parameters},
	types::{Reports, Tally},
};
use cti_primitives::{AuthorId, Members};
use frame::{deps::sp_runtime::TryRuntimeError, prelude::*, traits::UnixTime};

impl<T: Config> Pallet<T> {
	/// All invariants; the first that does not hold is the error.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		Self::parameters_are_usable()?;
		Self::evidence_is_sound()?;
		Self::ledgers_belong_to_members()?;
		Self::ledgers_balance()
	}

	/// Every letter can be reached.
	fn parameters_are_usable() -> Result<(), TryRuntimeError> {
		Parameters::<T>::get().check().map_err(|_| "parameters leave a letter out of reach".into())
	}

	/// Evidence is about somebody, within its bounds and not from the future.
	fn evidence_is_sound() -> Result<(), TryRuntimeError> {
		let now = T::Time::now().as_secs();
		for (author, evidence) in Evidence::<T>::iter() {
			ensure!(is_known::<T>(author), "evidence about nobody");
			ensure!(evidence.is_bounded(), "evidence beyond its limit");
			ensure!(evidence.updated <= now, "evidence from the future");
		}
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
