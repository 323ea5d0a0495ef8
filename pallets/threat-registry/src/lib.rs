//! # Threat registry
//!
//! Registers envelopes (`cti-envelope`) as records: who published what, to whom, under which marking and where it
//! lies. The envelope is the last argument of its call and stays in the body of its block, or it is anchored and lies
//! elsewhere; the state keeps its id
//! and what peers need to find it, to judge it and to prove single objects of it.
//!
//! A record is live from its publication on until its author withdraws it, a revision of the author's replaces it,
//! or its validity ends. Records are never deleted: what was shared can be asked of the chain for ever.
//!
//! * [`Config`] joins the pallet with the members, their groups, the ATT&CK catalogue and the reputation ledger.
//! * [`Call`] is what members send.
//! * [`runtime_api`] is how clients read.
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

mod access;
#[cfg(feature = "runtime-benchmarks")]
#[allow(clippy::expect_used, clippy::arithmetic_side_effects)]
pub mod benchmarking;
mod errors;
mod events;
mod functions;
mod judged;
#[cfg(test)]
mod mock;
mod rules;
pub mod runtime_api;
#[cfg(test)]
mod tests;
#[cfg(any(feature = "try-runtime", test))]
mod try_state;
pub mod types;
pub mod weights;

use frame::import_section;

pub use pallet::*;
pub use types::{
	Day, Grant, Grants, Location, Payload, Place, Recipient, Record, RecordInfo, Report, Url, WithdrawalReason, Wrap,
	MAX_GRANTS, MAX_URL,
};
pub use weights::WeightInfo;

// The macros expand to `expect`s; what is written here has none.
#[allow(clippy::expect_used)]
#[import_section(events::events)]
#[import_section(rules::rules)]
#[frame::pallet]
pub mod pallet {
	use super::*;
	use alloc::{boxed::Box, vec::Vec};
	use cti_envelope::{Anchor, Audience};
	use cti_primitives::{
		record::{Sighting, MAX_TECHNIQUES},
		AuthorId, Draft, Groups, Hash, KeyOwnerId, MemberId, Members, OnSighting, RecordId, Taxonomy, TechniqueId,
		TechniqueKey, Tlp,
	};
	use frame::{prelude::*, traits::UnixTime};

	/// Most records that one block expires.
	pub const MAX_EXPIRIES: u32 = 64;
	/// Most records that one answer of the runtime API or of a view function holds.
	pub const MAX_PAGE: u32 = 256;
	/// Seconds by which a reporter's clock may be ahead of the chain's.
	pub const CLOCK_TOLERANCE: u64 = 60;

	#[pallet::config]
	pub trait Config: frame_system::Config<Hash: Into<Hash>> {
		/// Who acts for whom, and the members' record numbers.
		type Members: Members<Self::AccountId>;

		/// Who may publish to which group.
		type Groups: Groups;

		/// The ATT&CK catalogue.
		type Taxonomy: Taxonomy;

		/// Hears of sightings.
		type OnSighting: OnSighting;

		/// The chain's clock.
		type Time: UnixTime;

		/// Weights of the calls.
		type WeightInfo: WeightInfo;

		/// Puts up the members, groups and techniques that the benchmarks need.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: benchmarking::BenchmarkHelper<Self::AccountId>;
	}

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// All records there ever were.
	#[pallet::storage]
	pub type Records<T: Config> = StorageMap<_, Identity, RecordId, Record>;

	/// The records that name a technique, in order of publication.
	#[pallet::storage]
	pub type ByTechnique<T: Config> = StorageDoubleMap<_, Identity, TechniqueKey, Identity, Place, RecordId>;

	/// The live records that have an end, by the day of it.
	#[pallet::storage]
	pub type ExpiryQueue<T: Config> = StorageDoubleMap<_, Identity, Day, Identity, RecordId, ()>;

	/// What a member reported of a record.
	#[pallet::storage]
	pub type Sightings<T: Config> = StorageDoubleMap<_, Identity, RecordId, Identity, MemberId, Report, ValueQuery>;

	/// Who asks for a record, and since when, in unix seconds.
	#[pallet::storage]
	pub type Requests<T> = StorageDoubleMap<_, Identity, RecordId, Identity, MemberId, u64>;

	/// The members that an author named when it gave them access to a record.
	#[pallet::storage]
	pub type Granted<T> = StorageDoubleMap<_, Identity, RecordId, Identity, MemberId, ()>;

	/// Records that were granted without saying to which member: who can read them is not known any more.
	#[pallet::storage]
	pub type GrantedUnnamed<T> = StorageMap<_, Identity, RecordId, ()>;

	/// Who says that it deleted what was withdrawn.
	#[pallet::storage]
	pub type Acknowledged<T> = StorageDoubleMap<_, Identity, RecordId, Identity, MemberId, ()>;

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn on_idle(_: BlockNumberFor<T>, remaining: Weight) -> Weight {
			Self::expire_within(remaining)
		}

		fn integrity_test() {
			Self::check_configuration();
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), frame::deps::sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call(weight = T::WeightInfo)]
	impl<T: Config> Pallet<T> {
		/// Register an envelope as the member's next record.
		///
		/// ## Dispatch origin
		///
		/// Signed by a controller or an analyst of an active member.
		///
		/// ## Details
		///
		/// `payload` is the sealed envelope: header, wraps and body. It stays in the block; the state keeps its id
		/// and its place. `draft` says in public what the header does not: the ATT&CK techniques to find the record
		/// by, and until when it is valid, rounded up to a day. Checks go from cheap to dear: the draft, the
		/// header, the marking, the member, the groups, the techniques, and only then the envelope is hashed. The
		/// weight of groups that were not named is given back.
		///
		/// ## Errors
		///
		/// One for each rule; those of the envelope's form begin at `PayloadTooLong`, those of its marking and
		/// audience at `RedToGroup`.
		///
		/// ## Events
		///
		/// `RecordPublished`
		#[pallet::call_index(0)]
		#[pallet::weight(Pallet::<T>::weight_of_publish(draft, payload))]
		pub fn publish(origin: OriginFor<T>, draft: Draft, payload: Payload) -> DispatchResultWithPostInfo {
			let member = Self::ensure_publisher(origin)?;
			let published = Self::do_publish(member, &draft, &payload, None)?;
			Ok(Some(T::WeightInfo::publish(published.bytes, published.techniques, published.groups, published.ends))
				.into())
		}

		/// Register an envelope that replaces the member's record `n`.
		///
		/// ## Dispatch origin
		///
		/// Signed by a controller or an analyst of the active member that published the record.
		///
		/// ## Details
		///
		/// Record `n` must be live and becomes superseded. The new record stands on its own: it may have another
		/// audience, other techniques, and another marking, also a lower one, since only the originator can revise.
		/// Nothing else is different from `publish`.
		///
		/// ## Errors
		///
		/// Those of `publish`; `RecordNotFound` and `RecordNotLive` of record `n`.
		///
		/// ## Events
		///
		/// `RecordPublished` with `revises`
		#[pallet::call_index(1)]
		#[pallet::weight(Pallet::<T>::weight_of_revise(draft, payload))]
		pub fn revise(origin: OriginFor<T>, n: u32, draft: Draft, payload: Payload) -> DispatchResultWithPostInfo {
			let member = Self::ensure_publisher(origin)?;
			let published = Self::do_publish(member, &draft, &payload, Some(n))?;
			Ok(Some(T::WeightInfo::revise(published.bytes, published.techniques, published.groups, published.ends))
				.into())
		}

		/// Ask everybody to delete the content of the member's record `n`.
		///
		/// ## Dispatch origin
		///
		/// Signed by a controller or an analyst of the member that published the record, be it active or not:
		/// recalling is not publishing.
		///
		/// ## Details
		///
		/// An instruction that clients follow, not a proof of deletion. It is final, and possible in every other
		/// state, since also what is superseded or expired may have to be deleted.
		///
		/// ## Errors
		///
		/// `NotAMember`, `RoleMayNotPublish`, `RecordNotFound`, `AlreadyWithdrawn`
		///
		/// ## Events
		///
		/// `RecordWithdrawn`
		#[pallet::call_index(2)]
		pub fn withdraw(origin: OriginFor<T>, n: u32, reason: WithdrawalReason) -> DispatchResult {
			let member = Self::ensure_publisher(origin)?;
			Self::do_withdraw(RecordId { author: member.into(), n }, reason)
		}

		/// Report that what a record describes was met, or met and found harmless.
		///
		/// ## Dispatch origin
		///
		/// Signed by a controller or an analyst of an active member other than the record's author.
		///
		/// ## Details
		///
		/// `proof` is a signature with the envelope's reader key over the record and the reporting member: only who
		/// could open the envelope can make it. Of each kind a member has one report of a record, and a later one
		/// takes its place. The record counts the members that reported, not the counts they claim, so that no
		/// member can inflate or overflow them.
		///
		/// ## Errors
		///
		/// `NotAMember`, `RoleMayNotSight`, `OwnRecord`, `InvalidCount`, `IntervalReversed`, `SightingInFuture`,
		/// `UnknownMember`, `NotActive`, `RecordNotFound`, `RecordNotLive`, `InvalidProof`
		///
		/// ## Events
		///
		/// `RecordSighted`
		#[pallet::call_index(3)]
		pub fn sight(origin: OriginFor<T>, record: RecordId, sighting: Sighting, proof: [u8; 64]) -> DispatchResult {
			let member = Self::ensure_reader(origin)?;
			Self::do_sight(member, record, sighting, &proof)
		}

		/// Prolong the validity of the member's record `n`.
		///
		/// ## Dispatch origin
		///
		/// Signed by a controller or an analyst of the active member that published the record.
		///
		/// ## Details
		///
		/// `valid_until` is in unix seconds, rounded up to a day, and later than the present end. To shorten the
		/// validity, revise or withdraw.
		///
		/// ## Errors
		///
		/// `NotAMember`, `RoleMayNotPublish`, `EndTooFar`, `UnknownMember`, `NotActive`, `RecordNotFound`,
		/// `RecordNotLive`, `NoEnd`, `EndNotLater`
		///
		/// ## Events
		///
		/// `RecordExtended`
		#[pallet::call_index(4)]
		pub fn extend(origin: OriginFor<T>, n: u32, valid_until: u64) -> DispatchResult {
			let member = Self::ensure_publisher(origin)?;
			Self::do_extend(member, n, valid_until)
		}

		/// Give more readers access to the member's record `n`.
		///
		/// ## Dispatch origin
		///
		/// Signed by a controller or an analyst of the active member that published the record.
		///
		/// ## Details
		///
		/// Each grant holds the record's content key, sealed to one reader; it stays in the block. Readers are named, by
		/// the author's word, or counted only. A record marked RED is granted to keys of analysts. A grant cannot be
		/// taken back. Requests of those named are answered with it.
		///
		/// ## Errors
		///
		/// `NotAMember`, `RoleMayNotPublish`, `NobodyToGrant`, `UnknownMember`, `NotActive` (the author, or a member
		/// named), `RecordNotFound`, `RecordNotLive`, `RedToMember`
		///
		/// ## Events
		///
		/// `AccessGranted`
		#[pallet::call_index(5)]
		#[pallet::weight(T::WeightInfo::grant(grants.len() as u32))]
		pub fn grant(origin: OriginFor<T>, n: u32, grants: Grants) -> DispatchResult {
			let member = Self::ensure_publisher(origin)?;
			Self::do_grant(member, n, &grants)
		}

		/// Ask the author of a record for access to it.
		///
		/// ## Dispatch origin
		///
		/// Signed by a controller or an analyst of an active member other than the record's author.
		///
		/// ## Details
		///
		/// Once; the author answers with `grant` or `decline`.
		///
		/// ## Errors
		///
		/// `NotAMember`, `RoleMayNotSight`, `OwnRecord`, `UnknownMember`, `NotActive`, `RecordNotFound`, `RecordNotLive`,
		/// `AlreadyRequested`
		///
		/// ## Events
		///
		/// `AccessRequested`
		#[pallet::call_index(6)]
		pub fn request_access(origin: OriginFor<T>, record: RecordId) -> DispatchResult {
			let member = Self::ensure_reader(origin)?;
			Self::do_request(member, record)
		}

		/// Decline a member's request for the member's record `n`.
		///
		/// ## Dispatch origin
		///
		/// Signed by a controller or an analyst of the member that published the record.
		///
		/// ## Details
		///
		/// The member may ask again.
		///
		/// ## Errors
		///
		/// `NotAMember`, `RoleMayNotPublish`, `NotRequested`
		///
		/// ## Events
		///
		/// `AccessDeclined`
		#[pallet::call_index(7)]
		pub fn decline(origin: OriginFor<T>, n: u32, member: MemberId) -> DispatchResult {
			let author = Self::ensure_publisher(origin)?;
			Self::do_decline(author, n, member)
		}

		/// State that what a withdrawn record held was deleted.
		///
		/// ## Dispatch origin
		///
		/// Signed by a controller or an analyst of an active or suspended member.
		///
		/// ## Details
		///
		/// A signed statement, not a proof. It names a reader: of a record for a hidden group, clients do not make it.
		///
		/// ## Errors
		///
		/// `NotAMember`, `RoleMayNotSight`, `NotActive`, `RecordNotFound`, `NotWithdrawn`, `AlreadyAcknowledged`
		///
		/// ## Events
		///
		/// `WithdrawalAcknowledged`
		#[pallet::call_index(8)]
		pub fn acknowledge(origin: OriginFor<T>, record: RecordId) -> DispatchResult {
			let member = Self::ensure_reader(origin)?;
			Self::do_acknowledge(member, record)
		}

		/// Register an envelope that lies elsewhere as the member's next record.
		///
		/// ## Dispatch origin
		///
		/// Signed by a controller or an analyst of an active member.
		///
		/// ## Details
		///
		/// For what is too large for a block. `anchor` is the envelope without wraps and body, of which it has the hashes:
		/// the chain checks it as `publish` does, and computes the same id. `location` is where readers fetch the bytes,
		/// `https://` or `ipfs://`: a hint that the chain cannot check, the id is the truth. `revises` is the number of
		/// the author's live record that this one replaces.
		///
		/// ## Errors
		///
		/// Those of `publish`; `InvalidLocation`; `RecordNotFound` and `RecordNotLive` of record `revises`.
		///
		/// ## Events
		///
		/// `RecordPublished`, `RecordAnchored`
		#[pallet::call_index(9)]
		#[pallet::weight(Pallet::<T>::weight_of_anchor(draft))]
		pub fn anchor(
			origin: OriginFor<T>,
			draft: Draft,
			anchor: Box<Anchor>,
			location: Url,
			revises: Option<u32>,
		) -> DispatchResultWithPostInfo {
			let member = Self::ensure_publisher(origin)?;
			let published = Self::do_anchor(member, &draft, *anchor, location, revises)?;
			Ok(Some(T::WeightInfo::anchor(published.techniques, published.groups, published.ends)).into())
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// One record.
		pub fn record(record: RecordId) -> Option<RecordInfo> {
			Self::info_of(record)
		}

		/// The members of a withdrawn record's open groups, and those named in grants, that have not said that they deleted it; none if it was not
		/// withdrawn.
		pub fn pending_acknowledgements(record: RecordId) -> Option<Vec<MemberId>> {
			Self::pending_of(record)
		}

		/// Who asks for a record, and since when.
		pub fn requests(record: RecordId) -> Vec<(MemberId, u64)> {
			Self::requests_of(record)
		}

		/// Who asks for which of the author's records, by their numbers, at most 256, in an order of the chain's own;
		/// `after` is the last one of the page before.
		pub fn requests_to(author: AuthorId, after: Option<(u32, MemberId)>, limit: u32) -> Vec<(u32, MemberId)> {
			Self::page_of_requests_to(author, after, limit)
		}

		/// Records that name the technique, oldest first, after the place `from`, at most 256; and the place to go
		/// on from while there are more.
		pub fn records_by_technique(
			technique: TechniqueId,
			from: Option<Place>,
			limit: u32,
		) -> (Vec<RecordInfo>, Option<Place>) {
			Self::page_by_technique(technique, from, limit)
		}

		/// The author's records in order of their numbers, beginning with `from`, at most 256.
		pub fn records_by_author(author: AuthorId, from: u32, limit: u32) -> Vec<RecordInfo> {
			Self::page_by_author(author, from, limit)
		}
	}
}
