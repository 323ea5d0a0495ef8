//! # Reputation
//!
//! How far a source can be trusted, and who is of use to whom.
//!
//! * **Verdicts.** Analysts of other members say how credible a record is, 1 to 6 on the Admiralty scale, with a proof that
//!   they could read it. What the votes decide, at the end of the record's window or as soon as nothing outstanding can
//!   change it, is evidence about its author and about its judges.
//! * **Standing.** Evidence for and against every author, fading with a half-life of 180 days, makes its standing and its
//!   reliability, A to F. A member without evidence has a standing too: one half, reliability F, which means *cannot be
//!   judged*. What one voter says of one author counts up to a limit, however often it says so.
//! * **Credibility.** A record's votes and its author's standing make a score from 0 to 100 that fades with time.
//! * **Reciprocity.** Every accepted sighting is entered in a ledger of two sides, as received by the record's author and
//!   as given by the reader. Sightings are never evidence of their own: they count use, and half a vote in the record.
//!
//! The arithmetic is [`cti_scoring`]'s. The pallet emits no event for a sighting: the registry's own event carries all that
//! the ledger is made of.
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
#[allow(clippy::expect_used, clippy::arithmetic_side_effects)]
pub mod benchmarking;
mod deciding;
mod errors;
mod events;
mod functions;
mod judging;
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
pub use types::{
	Case, Cast, CredibilityInfo, Deadline, EvidenceFrom, Ledger, Outcome, ReciprocityInfo, Reports, Rules,
	StandingInfo, Tally, VerdictInfo,
};
pub use weights::WeightInfo;

use frame::import_section;

// The macros' own code expects that the runtime knows its pallets.
#[allow(clippy::expect_used)]
#[import_section(events::events)]
#[import_section(errors::errors)]
#[frame::pallet]
pub mod pallet {
	use super::{
		functions::{weighed, BalanceOf},
		types::*,
		WeightInfo,
	};
	use alloc::vec::Vec;
	use cti_primitives::{AuthorId, Credibility, MemberId, Peers, RecordId, Records};
	use cti_scoring::Held;
	use frame::{
		prelude::*,
		traits::{fungible, UnixTime},
	};

	/// Most members that the consortium has at once.
	pub const MAX_MEMBERS: u32 = 255;
	/// Most records that one block decides by itself.
	pub const MAX_DECISIONS: u32 = 16;

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	#[pallet::config]
	pub trait Config: frame_system::Config<Hash: Into<cti_primitives::Hash>> {
		/// Who is a member, and who is its peer.
		type Members: Peers<Self::AccountId>;

		/// The records that are judged.
		type Records: Records;

		/// What rewards are paid in.
		type Currency: fungible::Mutate<Self::AccountId>;

		/// The account that rewards are paid from.
		type Pot: Get<Self::AccountId>;

		/// The time by which evidence fades and windows close.
		type Time: UnixTime;

		/// Who may set the parameters and pay rewards.
		type ParametersOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// Weights of the calls.
		type WeightInfo: WeightInfo;

		/// Puts up the members and records that the benchmarks need.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: super::benchmarking::BenchmarkHelper<Self::AccountId>;
	}

	/// Evidence for and against each author, as of its last change: the sum of what its parts count for. An author without an
	/// entry has none.
	#[pallet::storage]
	pub type Evidence<T: Config> = StorageMap<_, Twox64Concat, AuthorId, cti_scoring::Evidence, ValueQuery>;

	/// The part of an author's evidence that comes of one member's votes, as of its last change.
	#[pallet::storage]
	pub type Pairs<T: Config> = StorageDoubleMap<_, Twox64Concat, AuthorId, Twox64Concat, MemberId, Held, ValueQuery>;

	/// How often each member's verdicts agreed (`alpha`) and disagreed (`beta`) with decisions, fading: it makes the weight of
	/// the member's votes and nothing else.
	#[pallet::storage]
	pub type Judges<T: Config> = StorageMap<_, Twox64Concat, MemberId, cti_scoring::Evidence, ValueQuery>;

	/// The part of a judge's history that comes of one author's records, as of its last change.
	#[pallet::storage]
	pub type Judgements<T: Config> =
		StorageDoubleMap<_, Twox64Concat, MemberId, Twox64Concat, AuthorId, Held, ValueQuery>;

	/// What peers said of each record that they spoke of.
	#[pallet::storage]
	pub type Cases<T: Config> = StorageMap<_, Twox64Concat, RecordId, Case>;

	/// The votes on records that are not decided, by each organisation's first number. Public while they are cast, and gone with the decision: the events keep them.
	#[pallet::storage]
	pub type Ballots<T: Config> = StorageDoubleMap<_, Twox64Concat, RecordId, Twox64Concat, MemberId, Cast>;

	/// When the windows of the records with votes end, the earliest first.
	#[pallet::storage]
	pub type Deadlines<T: Config> = StorageDoubleMap<_, Identity, Deadline, Identity, RecordId, ()>;

	/// Sightings received and given, by author.
	#[pallet::storage]
	pub type Ledgers<T: Config> = StorageMap<_, Twox64Concat, AuthorId, Ledger, ValueQuery>;

	/// Where the letters of reliability begin, and how many votes a decision needs.
	#[pallet::storage]
	pub type Parameters<T: Config> = StorageValue<_, Rules, ValueQuery>;

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn on_idle(_: BlockNumberFor<T>, remaining: Weight) -> Weight {
			Self::decide_within(remaining)
		}

		fn integrity_test() {
			Self::check_configuration();
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), frame::try_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call(weight = T::WeightInfo)]
	impl<T: Config> Pallet<T> {
		/// Set where the letters of reliability begin and how many members must vote on a record.
		///
		/// ## Dispatch origin
		///
		/// `ParametersOrigin`: a vote of the consortium.
		///
		/// ## Details
		///
		/// Takes effect at once, for all authors and all records that are not decided. Evidence is not touched; its
		/// half-life is fixed. A quorum of more members than can vote counts as one of all that can.
		///
		/// ## Errors
		///
		/// * `JudgedFromOutOfRange`: `parameters.scale.judged_from` is not 1 to 24.
		/// * `ThresholdsNotDescending`: two letters begin at the same standing, or the wrong way round.
		/// * `ThresholdOutOfRange`: a letter could not be reached by any evidence.
		/// * `QuorumOutOfRange`: `parameters.quorum` is not 2 to 24.
		///
		/// ## Events
		///
		/// `ParametersSet`
		#[pallet::call_index(0)]
		pub fn set_parameters(origin: OriginFor<T>, parameters: Rules) -> DispatchResult {
			T::ParametersOrigin::ensure_origin(origin)?;
			Self::do_set_parameters(parameters)
		}

		/// Say how credible another member's record is, 1 to 6 on the Admiralty scale.
		///
		/// ## Dispatch origin
		///
		/// Signed by a controller or an analyst of an active member other than the record's author.
		///
		/// ## Details
		///
		/// `proof` is a signature with the envelope's reader key over the record and the voting member: only who could open
		/// the envelope can make it. A member has one vote, in the seven days after publication; a sighting or a false
		/// positive that it reported before gives way to it. Also what its author withdrew or replaced meanwhile is judged: else
		/// an author could stop the votes. The vote weighs what the member's earlier verdicts earned. It
		/// is public at once. If no outstanding vote can change the outcome any more, the record is decided. The weight of
		/// members that the consortium does not have is given back.
		///
		/// ## Errors
		///
		/// `NotAMember`, `RoleMayNotJudge`, `NotActive`, `OwnRecord`, `RecordNotFound`, `Decided`, `WindowClosed`,
		/// `AlreadyJudged`, `InvalidProof`
		///
		/// ## Events
		///
		/// `VerdictGiven`, `RecordDecided`
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::give_verdict(MAX_MEMBERS))]
		pub fn give_verdict(
			origin: OriginFor<T>,
			record: RecordId,
			credibility: Credibility,
			proof: [u8; 64],
		) -> DispatchResultWithPostInfo {
			let member = Self::ensure_judge(origin)?;
			weighed(Self::do_give_verdict(member, record, credibility, &proof), T::WeightInfo::give_verdict)
		}

		/// Say something else of a record than before.
		///
		/// ## Dispatch origin
		///
		/// Signed by a controller or an analyst of an active member that gave a verdict on the record.
		///
		/// ## Details
		///
		/// Until the record is decided or its window ends. The vote keeps its weight.
		///
		/// ## Errors
		///
		/// `NotAMember`, `RoleMayNotJudge`, `NotActive`, `OwnRecord`, `RecordNotFound`, `Decided`, `WindowClosed`, `NotJudged`,
		/// `InvalidProof` (the verdict was a report of a malformed record), `SameVerdict`
		///
		/// ## Events
		///
		/// `VerdictChanged`, `RecordDecided`
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::change_verdict(MAX_MEMBERS))]
		pub fn change_verdict(
			origin: OriginFor<T>,
			record: RecordId,
			credibility: Credibility,
		) -> DispatchResultWithPostInfo {
			let member = Self::ensure_judge(origin)?;
			weighed(Self::do_change_verdict(member, record, credibility), T::WeightInfo::change_verdict)
		}

		/// Report that a record cannot be opened, or does not hold what its header says.
		///
		/// ## Dispatch origin
		///
		/// Signed by a controller or an analyst of an active member other than the author, that is in an open group of the
		/// record's audience or was named in a grant.
		///
		/// ## Details
		///
		/// Counts as a verdict of 5, *improbable*, and stays: who could read the record gives a verdict instead. It needs no proof by a reader: an author could
		/// name a reader key that only its friends have.
		///
		/// ## Errors
		///
		/// Those of `give_verdict`, with `NotInAudience` in place of `InvalidProof`
		///
		/// ## Events
		///
		/// `MalformedReported`, `RecordDecided`
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::report_malformed(MAX_MEMBERS))]
		pub fn report_malformed(origin: OriginFor<T>, record: RecordId) -> DispatchResultWithPostInfo {
			let member = Self::ensure_judge(origin)?;
			weighed(Self::do_report_malformed(member, record), T::WeightInfo::report_malformed)
		}

		/// Decide a record whose window has ended.
		///
		/// ## Dispatch origin
		///
		/// Signed by a controller or an analyst of an active member.
		///
		/// ## Details
		///
		/// Blocks with time to spare do the same by themselves. A side wins with two members at least and two thirds of the
		/// weight that takes sides, if the quorum voted; otherwise the record stays undecided for good. A record that was
		/// withdrawn or replaced meanwhile is decided all the same, since its author's standing depends on it.
		///
		/// ## Errors
		///
		/// `NotAMember`, `RoleMayNotJudge`, `NotActive`, `NothingToDecide`, `Decided`, `WindowOpen`
		///
		/// ## Events
		///
		/// `RecordDecided`
		#[pallet::call_index(4)]
		#[pallet::weight(T::WeightInfo::close(MAX_MEMBERS))]
		pub fn close(origin: OriginFor<T>, record: RecordId) -> DispatchResultWithPostInfo {
			Self::ensure_judge(origin)?;
			weighed(Self::do_close(record), T::WeightInfo::close)
		}

		/// Pay a reward from the pot to the active members whose records peers confirmed.
		///
		/// ## Dispatch origin
		///
		/// `ParametersOrigin`: a vote of the consortium.
		///
		/// ## Details
		///
		/// `amount` is divided in proportion to the evidence for each as it stands, to which one voter can add no more than
		/// its limit. Each share is rounded down. A controller that cannot be paid is left out.
		///
		/// ## Errors
		///
		/// `NobodyToReward`, `PotTooSmall`
		///
		/// ## Events
		///
		/// `MemberRewarded` for each, `RewardPaid`
		#[pallet::call_index(5)]
		#[pallet::weight(T::WeightInfo::reward(MAX_MEMBERS))]
		pub fn reward(origin: OriginFor<T>, #[pallet::compact] amount: BalanceOf<T>) -> DispatchResultWithPostInfo {
			T::ParametersOrigin::ensure_origin(origin)?;
			Self::do_reward(amount)?;
			Ok(Some(T::WeightInfo::reward(Self::peers())).into())
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// An author's standing as of the block's time. Who has no evidence, or is unknown, cannot be judged (F).
		pub fn standing(author: AuthorId) -> StandingInfo {
			Self::standings().of(author)
		}

		/// Of whose votes an author's evidence is made, as it stands, ascending by member.
		pub fn evidence(author: AuthorId) -> Vec<EvidenceFrom> {
			Self::evidence_of(author)
		}

		/// Active members, the best standing first, at most `limit` and never more than 256.
		pub fn leaderboard(limit: u32) -> Vec<StandingInfo> {
			Self::standings().best(limit)
		}

		/// How credible a record is as of the block's time, with the score that it has for an object of this STIX type; none
		/// if there is no such record.
		pub fn credibility(record: RecordId, object_type: Vec<u8>) -> Option<CredibilityInfo> {
			Self::credibility_of(record, &object_type)
		}

		/// The votes on a record that is not decided, ascending by member.
		pub fn verdicts(record: RecordId) -> Vec<VerdictInfo> {
			Self::verdicts_on(record)
		}

		/// A member's sightings received and given, all zero for an unknown one.
		pub fn reciprocity(member: MemberId) -> ReciprocityInfo {
			Self::reciprocity_of(member)
		}
	}
}
