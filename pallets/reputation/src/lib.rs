//! # Reputation
//!
//! How far a source can be trusted, and who is of use to whom.
//!
//! * **Standing.** Evidence for and against every author, fading with a half-life of 180 days, makes its standing and its
//!   reliability, A to F. The arithmetic is [`cti_scoring`]'s. A member without evidence has a standing too: one half,
//!   reliability F, which means *cannot be judged*.
//! * **Reciprocity.** Every accepted sighting is entered in a ledger of two sides, as received by the record's author and
//!   as given by the reader. Sightings are never evidence: they count use, and use alone makes nobody reliable.
//!
//! The pallet emits no event for a sighting: the registry's own event carries all that the ledger is made of.
#![cfg_attr(not(feature = "std"), no_std)]
#![cfg_attr(
	not(test),
	deny(
		clippy::unwrap_used,
		clippy::expect_used,
		clippy::panic,
		clippy::indexing_slicing,
		clippy::arithmetic_side_effects
	)
)]

extern crate alloc;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod functions;
#[cfg(test)]
mod mock;
pub mod runtime_api;
#[cfg(test)]
mod tests;
#[cfg(any(feature = "try-runtime", test))]
mod try_state;
pub mod types;
pub mod weights;

pub use pallet::*;
pub use types::{Ledger, ReciprocityInfo, Reports, StandingInfo, Tally};
pub use weights::WeightInfo;

// The macros' own code expects that the runtime knows its pallets.
#[allow(clippy::expect_used)]
#[frame::pallet]
pub mod pallet {
	use super::{Ledger, ReciprocityInfo, StandingInfo, WeightInfo};
	use alloc::vec::Vec;
	use cti_primitives::{AuthorId, MemberId, Members};
	use cti_scoring::{InvalidScale, Scale};
	use frame::{prelude::*, traits::UnixTime};

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	#[pallet::config]
	pub trait Config: frame_system::Config {
		/// Who is a member.
		type Members: Members<Self::AccountId>;

		/// The time by which evidence fades.
		type Time: UnixTime;

		/// Who may set where the letters of reliability begin.
		type ParametersOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// Weights of the calls.
		type WeightInfo: WeightInfo;
	}

	/// Evidence for and against each author, as of its last change. An author without an entry has none.
	#[pallet::storage]
	pub type Evidence<T: Config> = StorageMap<_, Twox64Concat, AuthorId, cti_scoring::Evidence, ValueQuery>;

	/// Sightings received and given, by author.
	#[pallet::storage]
	pub type Ledgers<T: Config> = StorageMap<_, Twox64Concat, AuthorId, Ledger, ValueQuery>;

	/// Where the letters of reliability begin.
	#[pallet::storage]
	pub type Parameters<T: Config> = StorageValue<_, Scale, ValueQuery>;

	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// The letters of reliability begin elsewhere.
		ParametersSet {
			/// Where they began.
			old: Scale,
			/// Where they begin now.
			new: Scale,
		},
	}

	#[pallet::error]
	#[derive(PartialEq, Eq)]
	pub enum Error<T> {
		/// The evidence from which a source is judged must be 1 to 24 records' worth.
		JudgedFromOutOfRange,
		/// A threshold lies where no source can come: A may begin at 928 thousandths at most, D at 72 at least.
		ThresholdOutOfRange,
		/// The thresholds do not strictly descend from A to D.
		ThresholdsNotDescending,
	}

	impl<T> From<InvalidScale> for Error<T> {
		fn from(invalid: InvalidScale) -> Self {
			match invalid {
				InvalidScale::JudgedFromOutOfRange => Error::JudgedFromOutOfRange,
				InvalidScale::ThresholdOutOfRange => Error::ThresholdOutOfRange,
				InvalidScale::ThresholdsNotDescending => Error::ThresholdsNotDescending,
			}
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), frame::try_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call(weight = T::WeightInfo)]
	impl<T: Config> Pallet<T> {
		/// Sets where the letters of reliability begin.
		///
		/// ## Dispatch origin
		///
		/// `ParametersOrigin`: a vote of the consortium.
		///
		/// ## Details
		///
		/// Takes effect at once, for all authors. Evidence is not touched; its half-life is fixed.
		///
		/// ## Errors
		///
		/// * `JudgedFromOutOfRange`: `parameters.judged_from` is not 1 to 24.
		/// * `ThresholdsNotDescending`: two letters begin at the same standing, or the wrong way round.
		/// * `ThresholdOutOfRange`: a letter could not be reached by any evidence.
		///
		/// ## Events
		///
		/// * `ParametersSet`
		#[pallet::call_index(0)]
		pub fn set_parameters(origin: OriginFor<T>, parameters: Scale) -> DispatchResult {
			T::ParametersOrigin::ensure_origin(origin)?;
			Self::do_set_parameters(parameters)
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// An author's standing as of the block's time. Who has no evidence, or is unknown, cannot be judged (F).
		pub fn standing(author: AuthorId) -> StandingInfo {
			Self::standings().of(author)
		}

		/// Active members, the best standing first, at most `limit` and never more than 256.
		pub fn leaderboard(limit: u32) -> Vec<StandingInfo> {
			Self::standings().best(limit)
		}

		/// A member's sightings received and given, all zero for an unknown one.
		pub fn reciprocity(member: MemberId) -> ReciprocityInfo {
			ReciprocityInfo::new(member, &Ledgers::<T>::get(AuthorId::from(member)))
		}
	}
}
