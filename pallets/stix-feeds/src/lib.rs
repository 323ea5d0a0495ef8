//! # STIX feeds
//!
//! A member registers a feed: which group it goes to, how strict its content may be at most. A node that holds a feed key
//! of that member runs the off-chain worker ([`worker`]): it pulls the source, checks and seals what is new and publishes
//! it with [`Call::publish_page`].
//!
//! **The chain is the log.** A page is accepted only if it has the feed's next number and says that it follows the
//! position the feed stands at, so that whatever crashes, restarts with an empty disk, or runs twice, the source's objects
//! are published in order, none left out, none twice. See [`position`].
//!
//! * [`Config`] joins the pallet with members, groups, the ATT&CK catalogue and the registry of records.
//! * [`Call`] is what members and their workers send.
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

#[cfg(feature = "runtime-benchmarks")]
pub mod benchmarking;
pub mod crypto;
mod functions;
#[cfg(test)]
mod mock;
pub mod moment;
pub mod position;
pub mod runtime_api;
#[cfg(test)]
mod tests;
#[cfg(any(feature = "try-runtime", test))]
mod try_state;
pub mod types;
pub mod weights;
pub mod worker;

pub use crypto::KEY_TYPE;
pub use pallet::*;
pub use types::{Feed, FeedInfo, FeedName, FeedSettings, Payload, PositionBytes};
pub use weights::WeightInfo;

// The macros expand to `expect`s; what is written here has none.
#[allow(clippy::expect_used)]
#[frame::pallet]
pub mod pallet {
	use super::*;
	use alloc::{string::String, vec::Vec};
	use cti_primitives::{Draft, FeedId, GroupId, Groups, Hash, MemberId, Members, RecordId, Registry, Taxonomy, Tlp};
	use frame::prelude::*;

	#[pallet::config]
	pub trait Config: frame_system::Config<Hash: Into<Hash>> + CreateSignedTransaction<Call<Self>> {
		/// The keys the worker signs with: [`crypto::FeedKey`].
		type AuthorityId: AppCrypto<Self::Public, Self::Signature>;

		/// Who acts for whom.
		type Members: Members<Self::AccountId>;

		/// Who may publish to which group, and the groups' public keys.
		type Groups: Groups;

		/// The ATT&CK catalogue: the worker names in public only techniques it knows.
		type Taxonomy: Taxonomy;

		/// Takes the envelopes.
		type Registry: Registry<Error = DispatchError>;

		/// Blocks that are aimed for in a slot of six seconds: the worker's patience is counted in blocks.
		type BlocksPerSlot: Get<u32>;

		/// Weights of the calls.
		type WeightInfo: WeightInfo;

		/// Puts up the member and the group that the benchmarks need.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: benchmarking::BenchmarkHelper<Self::AccountId>;
	}

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// The registered feeds.
	#[pallet::storage]
	pub type Feeds<T: Config> = StorageMap<_, Twox64Concat, FeedId, Feed>;

	/// The id the next registered feed gets. Ids are never used again.
	#[pallet::storage]
	pub type NextFeedId<T: Config> = StorageValue<_, FeedId, ValueQuery>;

	/// How many feeds a member has.
	#[pallet::storage]
	pub type FeedsOf<T: Config> = StorageMap<_, Twox64Concat, MemberId, u32, ValueQuery>;

	/// Feeds from the beginning.
	#[pallet::genesis_config]
	#[derive(DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// Owner, name, group, ceiling, default marking; numbered from 0 in this order.
		pub feeds: Vec<(MemberId, String, GroupId, Tlp, Option<Tlp>)>,
		#[serde(skip)]
		pub _config: PhantomData<T>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		#[allow(clippy::expect_used)]
		fn build(&self) {
			for (owner, name, group, ceiling, default_marking) in &self.feeds {
				let name = FeedName::try_from(name.clone().into_bytes()).expect("a feed's name has at most 64 bytes");
				let settings =
					FeedSettings { name, group: *group, ceiling: *ceiling, default_marking: *default_marking };
				Pallet::<T>::check_settings(&settings).expect("the feed's settings agree");
				Pallet::<T>::add_feed(*owner, settings).expect("there is room for the genesis' feeds");
			}
		}
	}

	#[pallet::event]
	#[pallet::generate_deposit(pub(crate) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A member registered a feed.
		FeedRegistered {
			/// The feed's id.
			feed: FeedId,
			/// Whose it is.
			owner: MemberId,
			/// What it is called, where it goes, how strict its content may be.
			settings: FeedSettings,
		},
		/// The owner changed a feed.
		FeedUpdated {
			/// The feed.
			feed: FeedId,
			/// What it was.
			previous: FeedSettings,
			/// What it is now.
			settings: FeedSettings,
			/// Whether pages are accepted from now on.
			enabled: bool,
		},
		/// The owner removed a feed. Its records stay.
		FeedRemoved {
			/// The feed.
			feed: FeedId,
			/// Whose it was.
			owner: MemberId,
			/// Pages it published.
			pages: u64,
		},
		/// A page of a feed was published.
		PagePublished {
			/// The feed.
			feed: FeedId,
			/// The page's number, counted from 0.
			sequence: u64,
			/// The record it became.
			record: RecordId,
			/// Where in its source the feed stands now: a [`position::Position`].
			position: PositionBytes,
			/// Objects in the envelope, rounded up to a power of two.
			leaves: u32,
		},
	}

	#[pallet::error]
	pub enum Error<T> {
		/// The account does not act for a member.
		NotAMember,
		/// Only the member's controller manages feeds.
		NotTheController,
		/// Only a member's feed delegates and its controller publish pages.
		RoleMayNotFeed,
		/// The member is suspended or has left.
		NotActive,
		/// There is no such feed.
		FeedNotFound,
		/// The feed is another member's.
		NotTheOwner,
		/// The feed's owner has disabled it.
		FeedDisabled,
		/// A feed needs a name.
		NameEmpty,
		/// The name is not UTF-8 or has control characters.
		NameNotText,
		/// RED goes to persons only, so it cannot be a feed's ceiling.
		CeilingRed,
		/// The default marking is stricter than the feed's ceiling.
		DefaultAboveCeiling,
		/// There is no such group.
		UnknownGroup,
		/// The member is not in the group.
		NotInGroup,
		/// The group does not take content as strict as the feed's ceiling.
		CeilingAboveGroups,
		/// A node holds no epoch's secret, so that it cannot sign for a hidden group: a feed goes to one that is a drop box.
		HiddenGroup,
		/// The member has as many feeds as it may have.
		TooManyFeeds,
		/// There are no feed ids left.
		FeedIdsExhausted,
		/// A page with this number was published before.
		SequenceTooOld,
		/// Pages before this one are missing.
		SequenceTooNew,
		/// The bytes are not a position.
		InvalidPosition,
		/// The position does not follow the one the feed stands at: another node published in between.
		PositionDoesNotFollow,
		/// The payload does not begin with an envelope's header, or its length is not what the header says.
		MalformedEnvelope,
		/// The envelope is marked stricter than the feed's ceiling.
		MarkingAboveCeiling,
		/// The envelope must be sealed to the feed's group, and to nobody else.
		WrongAudience,
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn offchain_worker(block: BlockNumberFor<T>) {
			worker::run::<T>(block);
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
		/// Registers a feed.
		///
		/// ## Dispatch origin
		///
		/// Signed by the controller of an active member that is in `group`.
		///
		/// ## Details
		///
		/// The feed gets the next free id and stands at the beginning of its source. `ceiling` is the strictest marking
		/// its pages may have; it cannot be RED, nor stricter than what the group takes. `default_marking` is for objects
		/// that carry no marking; without one, and without one in the operator's file, such objects are refused. Where
		/// the source is and how to log in there is said to the node only, never to the chain.
		///
		/// ## Errors
		///
		/// `NotAMember`, `NotTheController`, `NotActive`, `NameEmpty`, `NameNotText`, `CeilingRed`,
		/// `DefaultAboveCeiling`, `UnknownGroup`, `NotInGroup`, `HiddenGroup`, `CeilingAboveGroups`, `TooManyFeeds`,
		/// `FeedIdsExhausted`.
		///
		/// ## Events
		///
		/// [`Event::FeedRegistered`].
		#[pallet::call_index(0)]
		pub fn register_feed(
			origin: OriginFor<T>,
			name: FeedName,
			group: GroupId,
			ceiling: Tlp,
			default_marking: Option<Tlp>,
		) -> DispatchResult {
			let owner = Self::ensure_controller(origin)?;
			Self::do_register(owner, FeedSettings { name, group, ceiling, default_marking })
		}

		/// Changes a feed's settings, pauses it or lets it go on.
		///
		/// ## Dispatch origin
		///
		/// Signed by the controller of the feed's owner.
		///
		/// ## Details
		///
		/// The feed stays where it stands in its source. Pages the worker has under way that no longer agree with the
		/// settings are refused, and made again.
		///
		/// ## Errors
		///
		/// `NotAMember`, `NotTheController`, `NotActive`, `FeedNotFound`, `NotTheOwner`, `NameEmpty`, `NameNotText`,
		/// `CeilingRed`, `DefaultAboveCeiling`, `UnknownGroup`, `NotInGroup`, `HiddenGroup`, `CeilingAboveGroups`.
		///
		/// ## Events
		///
		/// [`Event::FeedUpdated`].
		#[pallet::call_index(1)]
		pub fn update_feed(
			origin: OriginFor<T>,
			feed: FeedId,
			name: FeedName,
			group: GroupId,
			ceiling: Tlp,
			default_marking: Option<Tlp>,
			enabled: bool,
		) -> DispatchResult {
			let owner = Self::ensure_controller(origin)?;
			Self::do_update(owner, feed, FeedSettings { name, group, ceiling, default_marking }, enabled)
		}

		/// Removes a feed. Its id is never used again, its records stay.
		///
		/// ## Dispatch origin
		///
		/// Signed by the controller of the feed's owner.
		///
		/// ## Errors
		///
		/// `NotAMember`, `NotTheController`, `FeedNotFound`, `NotTheOwner`.
		///
		/// ## Events
		///
		/// [`Event::FeedRemoved`].
		#[pallet::call_index(2)]
		pub fn remove_feed(origin: OriginFor<T>, feed: FeedId) -> DispatchResult {
			let owner = Self::ensure_controller(origin)?;
			Self::do_remove(owner, feed)
		}

		/// Publishes a page of a feed: registers an envelope as the owner's next record and moves the feed on.
		///
		/// ## Dispatch origin
		///
		/// Signed by a feed delegate, or the controller, of the feed's owner.
		///
		/// ## Details
		///
		/// `sequence` must be the feed's next number, and `position` must say that it follows the one the feed stands at:
		/// so of all nodes and retries that publish a page, one does. The envelope must be sealed to the feed's group
		/// alone, marked no stricter than the feed's ceiling. Everything else is checked as in `publish`.
		///
		/// ## Errors
		///
		/// `NotAMember`, `RoleMayNotFeed`, `FeedNotFound`, `NotTheOwner`, `FeedDisabled`, `SequenceTooOld`,
		/// `SequenceTooNew`, `InvalidPosition`, `PositionDoesNotFollow`, `MalformedEnvelope`, `MarkingAboveCeiling`,
		/// `WrongAudience`, and those of the registry.
		///
		/// ## Events
		///
		/// [`Event::PagePublished`], after the registry's own.
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::publish_page(
			payload.len().saturated_into(),
			draft.techniques.len().saturated_into(),
			draft.valid_until.is_some().into(),
		))]
		pub fn publish_page(
			origin: OriginFor<T>,
			feed: FeedId,
			sequence: u64,
			position: PositionBytes,
			draft: Draft,
			payload: Payload,
		) -> DispatchResult {
			let owner = Self::ensure_feeder(origin)?;
			Self::do_publish_page(owner, feed, sequence, position, draft, &payload)
		}
	}
}
