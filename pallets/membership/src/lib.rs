//! # Membership
//!
//! Who is in the consortium, on whose behalf an account acts, the keys others seal to, and the sharing groups with
//! their key epochs.
//!
//! * **Members** are admitted, suspended, reinstated and expelled by vote. Each has one *controller* and may name
//!   *delegates*: analysts, feeds, auditors. A suspended member keeps its seat in the collective, so that a minority
//!   cannot suspend its way to a majority, but may not publish and gets no new epochs.
//! * **Accounts** hold a sufficient reference while they act for a member. An account that was removed is never added
//!   again: its nonce may have been reaped, and then its old extrinsics could be replayed.
//! * **Groups** are keyed in epochs. A removal, departure, or compromised or lost key makes a group *stale*: nothing is
//!   accepted for it until somebody in it made a new epoch with [`Call::rekey`]. A newcomer makes no group stale; any
//!   holder of the epoch's secret passes it on with [`Call::welcome`].
//! * **Quota or fee**: publishing is paid for out of a bucket of bytes per member, refilled by time. See [`QuotaOrFee`].
//!
//! Wraps are never state: they live in the block body, and [`EpochInfo::at`] says where.
#![cfg_attr(not(feature = "std"), no_std)]
#![cfg_attr(
	not(any(test, feature = "runtime-benchmarks")),
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
pub mod extension;
mod functions;
mod genesis;
mod groups;
mod metering;
#[cfg(test)]
mod mock;
pub mod nonces;
mod provided;
mod quota;
pub mod runtime_api;
#[cfg(test)]
mod tests;
#[cfg(any(feature = "try-runtime", test))]
mod try_state;
mod types;
pub mod weights;

pub use extension::{Payment, QuotaOrFee};
pub use metering::{Metering, Precheck};
pub use nonces::CheckNonceWindow;
pub use pallet::*;
pub use types::*;
pub use weights::WeightInfo;

// What the macros generate for metadata uses `expect`.
#[allow(clippy::expect_used)]
#[frame::pallet]
pub mod pallet {
	use super::*;
	use alloc::{boxed::Box, vec::Vec};
	use cti_primitives::{Epoch, GroupId, Hash, MemberId, Role, Standing};
	use frame::{prelude::*, traits::UnixTime};

	/// The storage version of this release.
	const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	#[pallet::config]
	pub trait Config: frame_system::Config {
		/// Admits, suspends, reinstates, expels, and sets the consortium's own policy: two thirds of the collective.
		type AdmitOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// The collective: one seat per controller of an active or suspended member.
		type Seats: ChangeMembers<Self::AccountId> + InitializeMembers<Self::AccountId>;

		/// Pays a new controller its endowment.
		type Currency: fungible::Mutate<Self::AccountId>;

		/// The pot that endowments come from.
		#[pallet::constant]
		type PotId: Get<PalletId>;

		/// What a new controller gets from the pot, as far as the pot goes: enough to pay for its first votes.
		#[pallet::constant]
		type Endowment: Get<BalanceOf<Self>>;

		/// The time, in steps of at least a second.
		type Time: UnixTime;

		/// Which calls are paid for out of the quota.
		type Metering: Metering<Self::RuntimeCall>;

		/// Most bytes a member's bucket holds.
		#[pallet::constant]
		type BucketBytes: Get<u32>;

		/// Bytes that a bucket gains each second.
		#[pallet::constant]
		type RefillBytesPerSecond: Get<u32>;

		/// Weights of the calls and of [`QuotaOrFee`].
		type WeightInfo: WeightInfo;

		/// Puts up what the benchmarks need of the seats' keeper.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: benchmarking::BenchmarkHelper<Self::AccountId>;
	}

	/// The id of the next member.
	#[pallet::storage]
	pub type NextMember<T> = StorageValue<_, u32, ValueQuery>;

	/// The members, departed ones too: the part that seldom changes.
	#[pallet::storage]
	pub type Members<T: Config> = StorageMap<_, Twox64Concat, MemberId, MemberProfile<T::AccountId>>;

	/// The members, departed ones too: the part that every publication touches.
	#[pallet::storage]
	pub type Activity<T> = StorageMap<_, Twox64Concat, MemberId, MemberActivity>;

	/// How many members are active.
	#[pallet::storage]
	pub type ActiveMembers<T> = StorageValue<_, u32, ValueQuery>;

	/// The controllers of active and suspended members, ascending: what the collective's members must be.
	#[pallet::storage]
	pub type SeatHolders<T: Config> = StorageValue<_, BoundedVec<T::AccountId, ConstU32<MAX_SEATS>>, ValueQuery>;

	/// On whose behalf an account acts. The accounts of departed members stay, with nothing left that they may do.
	#[pallet::storage]
	pub type Accounts<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, Delegation>;

	/// Accounts that acted for a member once and never may again.
	#[pallet::storage]
	pub type RetiredAccounts<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, MemberId>;

	/// The public keys that others seal to.
	#[pallet::storage]
	pub type EncryptionKeys<T: Config> = StorageMap<_, Blake2_128Concat, KeyOwner<T::AccountId>, KeyEntry>;

	/// When a member last reported its key compromised or lost, in unix seconds.
	#[pallet::storage]
	pub type LastKeyReport<T> = StorageMap<_, Twox64Concat, MemberId, u64>;

	/// The id of the next group; 0 is the consortium's.
	#[pallet::storage]
	pub type NextGroup<T> = StorageValue<_, u32, ValueQuery, ConstU32<1>>;

	/// The groups.
	#[pallet::storage]
	pub type Groups<T> = StorageMap<_, Twox64Concat, GroupId, Group>;

	/// The groups' names.
	#[pallet::storage]
	pub type GroupNames<T> = StorageMap<_, Twox64Concat, GroupId, Name, ValueQuery>;

	/// Who is in an open group; a suspended member stays and counts for nothing.
	#[pallet::storage]
	pub type GroupMembers<T> = StorageDoubleMap<_, Twox64Concat, GroupId, Twox64Concat, MemberId, ()>;

	/// The open groups a member is in, ascending.
	#[pallet::storage]
	pub type GroupsOf<T> = StorageMap<_, Twox64Concat, MemberId, BoundedVec<GroupId, ConstU32<MAX_GROUPS>>, ValueQuery>;

	/// The groups' epochs.
	#[pallet::storage]
	pub type Epochs<T> = StorageDoubleMap<_, Twox64Concat, GroupId, Twox64Concat, Epoch, EpochInfo>;

	/// The X-Wing public keys of the groups' newest epochs.
	#[pallet::storage]
	pub type GroupKeys<T> = StorageMap<_, Twox64Concat, GroupId, EncryptionKey>;

	/// Counts every suspension, expulsion, leaving, and compromised or lost key of an active member.
	#[pallet::storage]
	pub type Departures<T> = StorageValue<_, u32, ValueQuery>;

	#[pallet::genesis_config]
	#[derive(DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// The first members, in order of id.
		pub members: Vec<GenesisMember<T::AccountId>>,
		/// The consortium's group key at epoch 0. Without it the group waits for its first rekey.
		pub consortium_key: Option<GenesisKey>,
		/// The policy of the consortium's group.
		pub consortium_policy: GroupPolicy,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			Pallet::<T>::build_genesis(self);
		}
	}

	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A member was admitted.
		MemberAdmitted {
			/// Its id.
			member: MemberId,
			/// The account that speaks and votes for it.
			controller: T::AccountId,
			/// UTF-8.
			name: Name,
			/// The departed member that it continues.
			former: Option<MemberId>,
			/// What the pot paid to the controller.
			endowment: BalanceOf<T>,
		},
		/// A member was suspended: it keeps its seat and may not act.
		MemberSuspended {
			/// Its id.
			member: MemberId,
		},
		/// A suspended member is active again.
		MemberReinstated {
			/// Its id.
			member: MemberId,
		},
		/// A member was voted out.
		MemberExpelled {
			/// Its id.
			member: MemberId,
			/// Its standing before.
			was: Standing,
		},
		/// A member left by itself.
		MemberLeft {
			/// Its id.
			member: MemberId,
			/// Its standing before.
			was: Standing,
		},
		/// An account acts for a member.
		DelegateAdded {
			/// The member.
			member: MemberId,
			/// The account.
			account: T::AccountId,
			/// In which role.
			role: Role,
		},
		/// An account no longer acts for a member, and never will again.
		DelegateRemoved {
			/// The member.
			member: MemberId,
			/// The account.
			account: T::AccountId,
			/// In which role it acted.
			role: Role,
		},
		/// An encryption key was set or replaced.
		EncryptionKeySet {
			/// Whose.
			owner: KeyOwner<T::AccountId>,
			/// 0 for the first.
			version: u32,
			/// Why.
			reason: KeyChange,
		},
		/// A group was made; it waits for its first rekey.
		GroupCreated {
			/// Its id.
			group: GroupId,
			/// The member that runs it, and its first.
			owner: MemberId,
			/// UTF-8.
			name: Name,
			/// What it takes and how it is used.
			policy: GroupPolicy,
		},
		/// A group's policy changed.
		GroupPolicySet {
			/// The group.
			group: GroupId,
			/// Before.
			old: GroupPolicy,
			/// Now.
			new: GroupPolicy,
		},
		/// A member was added to an open group.
		MemberAddedToGroup {
			/// The group.
			group: GroupId,
			/// The member.
			member: MemberId,
		},
		/// A member was removed from an open group, or left it.
		MemberRemovedFromGroup {
			/// The group.
			group: GroupId,
			/// The member.
			member: MemberId,
		},
		/// A group has a new epoch.
		GroupRekeyed {
			/// The group.
			group: GroupId,
			/// The new epoch.
			epoch: Epoch,
			/// The roster version that it was made for.
			roster_version: u32,
			/// Who made it.
			rekeyer: MemberId,
			/// BLAKE2b-256 of the group's new public key.
			pk_hash: Hash,
			/// The extrinsic that holds the wraps.
			at: Location,
		},
		/// A member was given an epoch's secret by another.
		MemberWelcomed {
			/// The group.
			group: GroupId,
			/// Which epoch's.
			epoch: Epoch,
			/// To whom.
			member: MemberId,
			/// By whom.
			by: MemberId,
			/// The extrinsic that holds the wrap.
			at: Location,
		},
	}

	#[pallet::error]
	pub enum Error<T> {
		/// The signer acts for no member.
		NotMember,
		/// The signer's member is suspended or departed.
		NotActive,
		/// The signer's role does not allow this.
		WrongRole,
		/// No member has this id.
		UnknownMember,
		/// The member's standing is not one that this changes.
		WrongStanding,
		/// The account already acts for a member.
		AccountInUse,
		/// The account acted for a member once and was removed.
		AccountRetired,
		/// A member has one controller, who is neither added nor removed as a delegate.
		ControllerIsFixed,
		/// The account is no delegate of the signer's member.
		NotDelegate,
		/// The member has as many delegates as it may have.
		TooManyDelegates,
		/// All seats of the consortium are taken.
		TooManyMembers,
		/// The last seat cannot be given up: nobody could vote any more.
		LastSeat,
		/// A name is 1 to 64 bytes of UTF-8.
		InvalidName,
		/// Not a valid X-Wing public key: nobody could seal to it.
		InvalidPublicKey,
		/// There is no encryption key.
		NoEncryptionKey,
		/// A key was reported compromised or lost within the last day.
		KeyReportedRecently,
		/// No group has this id.
		UnknownGroup,
		/// Only the owner may do this; for the consortium's group, a vote.
		NotOwner,
		/// RED goes to persons, never to a group: the ceiling is at most AMBER+STRICT.
		CeilingTooStrict,
		/// Every active member is in the consortium's group: nobody is added or removed.
		RosterIsEveryone,
		/// The member to be added is suspended or departed.
		MemberNotActive,
		/// The member is in the group already.
		AlreadyInGroup,
		/// The member is in as many groups as it may be.
		TooManyGroups,
		/// The member is not in the group.
		NotInGroup,
		/// The owner stays in its group.
		OwnerStays,
		/// The epoch named is not the group's newest.
		WrongEpoch,
		/// The roster version named is not the group's: somebody departed since.
		StaleRoster,
		/// The group waits for a rekey.
		StaleGroup,
		/// A fresh group is rekeyed by its owner at any time, by others when its epoch is a day old.
		RekeyTooSoon,
		/// There must be one wrap for each active member of the group.
		WrongNumberOfWraps,
		/// The group's first epoch has none to link to.
		NothingToLink,
		/// The group's policy is that the past stays closed to new members.
		HistoryClosed,
		/// The member to be welcomed is not an active member of the group.
		RecipientNotInGroup,
		/// A counter is at its end.
		Exhausted,
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
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
		/// Admits a member: it gets a seat, and its controller an endowment from the pot.
		///
		/// ## Dispatch origin
		/// `AdmitOrigin`.
		///
		/// ## Details
		/// `encryption_key` may come later, by [`Call::set_encryption_key`]: until then the member is in no group.
		/// `former` names a departed member that this one continues, so that it does not shed its reputation. The
		/// endowment is paid as far as the pot goes. No group becomes stale: holders of the epochs' secrets welcome the
		/// newcomer.
		///
		/// ## Errors
		/// `TooManyMembers`, `InvalidName`, `AccountInUse`, `AccountRetired`, `InvalidPublicKey`, `UnknownMember` and
		/// `WrongStanding` (of `former`), `Exhausted`.
		///
		/// ## Events
		/// [`Event::MemberAdmitted`], [`Event::EncryptionKeySet`].
		#[pallet::call_index(0)]
		pub fn admit(
			origin: OriginFor<T>,
			controller: T::AccountId,
			name: Name,
			encryption_key: Option<Box<EncryptionKey>>,
			former: Option<MemberId>,
		) -> DispatchResult {
			T::AdmitOrigin::ensure_origin(origin)?;
			Self::do_admit(controller, name, encryption_key, former)
		}

		/// Suspends a member: it may not publish, judge or receive new epochs.
		///
		/// ## Dispatch origin
		/// `AdmitOrigin`.
		///
		/// ## Details
		/// It keeps its seat and its vote, its delegates, and its place in groups for the day it is reinstated. Its
		/// groups become stale.
		///
		/// ## Errors
		/// `UnknownMember`, `WrongStanding` (it is not active), `Exhausted`.
		///
		/// ## Events
		/// [`Event::MemberSuspended`].
		#[pallet::call_index(1)]
		pub fn suspend(origin: OriginFor<T>, member: MemberId) -> DispatchResult {
			T::AdmitOrigin::ensure_origin(origin)?;
			Self::do_suspend(member)
		}

		/// Makes a suspended member active again.
		///
		/// ## Dispatch origin
		/// `AdmitOrigin`.
		///
		/// ## Details
		/// It is back in its groups; their holders welcome it to the epochs it missed.
		///
		/// ## Errors
		/// `UnknownMember`, `WrongStanding` (it is not suspended).
		///
		/// ## Events
		/// [`Event::MemberReinstated`].
		#[pallet::call_index(2)]
		pub fn reinstate(origin: OriginFor<T>, member: MemberId) -> DispatchResult {
			T::AdmitOrigin::ensure_origin(origin)?;
			Self::do_reinstate(member)
		}

		/// Votes a member out for good.
		///
		/// ## Dispatch origin
		/// `AdmitOrigin`.
		///
		/// ## Details
		/// Its seat, its encryption key and its place in groups go; its groups become stale. Its accounts stay
		/// registered without rights, so that their nonces are never reaped.
		///
		/// ## Errors
		/// `UnknownMember`, `WrongStanding` (it departed before), `LastSeat`, `Exhausted`.
		///
		/// ## Events
		/// [`Event::MemberExpelled`].
		#[pallet::call_index(3)]
		pub fn expel(origin: OriginFor<T>, member: MemberId) -> DispatchResult {
			T::AdmitOrigin::ensure_origin(origin)?;
			Self::do_expel(member)
		}

		/// Leaves the consortium for good.
		///
		/// ## Dispatch origin
		/// Signed by the controller of an active or suspended member.
		///
		/// ## Details
		/// As for [`Call::expel`].
		///
		/// ## Errors
		/// `NotMember`, `WrongRole`, `NotActive` (it departed before), `LastSeat`, `Exhausted`.
		///
		/// ## Events
		/// [`Event::MemberLeft`].
		#[pallet::call_index(4)]
		pub fn leave(origin: OriginFor<T>) -> DispatchResult {
			let member = Self::ensure_seated_controller(origin)?;
			Self::do_leave(member)
		}

		/// Lets an account act for the signer's member.
		///
		/// ## Dispatch origin
		/// Signed by the controller of an active or suspended member.
		///
		/// ## Details
		/// The account needs no balance: it gets a sufficient reference. One account acts for one member, in one role,
		/// once.
		///
		/// ## Errors
		/// `NotMember`, `WrongRole`, `NotActive`, `ControllerIsFixed`, `AccountInUse`, `AccountRetired`,
		/// `TooManyDelegates`.
		///
		/// ## Events
		/// [`Event::DelegateAdded`].
		#[pallet::call_index(5)]
		pub fn add_delegate(origin: OriginFor<T>, account: T::AccountId, role: Role) -> DispatchResult {
			let member = Self::ensure_seated_controller(origin)?;
			Self::do_add_delegate(member, account, role)
		}

		/// Ends an account's acting for the signer's member, for good.
		///
		/// ## Dispatch origin
		/// Signed by the controller of an active or suspended member.
		///
		/// ## Details
		/// An analyst's encryption key goes with it.
		///
		/// ## Errors
		/// `NotMember`, `WrongRole`, `NotActive`, `NotDelegate`, `ControllerIsFixed`.
		///
		/// ## Events
		/// [`Event::DelegateRemoved`].
		#[pallet::call_index(6)]
		pub fn remove_delegate(origin: OriginFor<T>, account: T::AccountId) -> DispatchResult {
			let member = Self::ensure_seated_controller(origin)?;
			Self::do_remove_delegate(member, account)
		}

		/// Sets or replaces an encryption key: the member's if a controller signs, its own if an analyst signs.
		///
		/// ## Dispatch origin
		/// Signed by the controller or an analyst of an active or suspended member.
		///
		/// ## Details
		/// A routine change leaves everything else as it is. When an active member's key is compromised or lost, its
		/// groups and the consortium's become stale; so it may be reported once a day. With its first key a member
		/// enters the consortium's group.
		///
		/// ## Errors
		/// `NotMember`, `WrongRole`, `NotActive`, `NoEncryptionKey` (there is none to report), `KeyReportedRecently`,
		/// `InvalidPublicKey`, `Exhausted`.
		///
		/// ## Events
		/// [`Event::EncryptionKeySet`].
		#[pallet::call_index(7)]
		pub fn set_encryption_key(origin: OriginFor<T>, key: Box<EncryptionKey>, reason: KeyChange) -> DispatchResult {
			let owner = Self::ensure_key_owner(origin)?;
			Self::do_set_encryption_key(owner, key, reason)
		}

		/// Makes an open group with the signer's member as owner and first member.
		///
		/// ## Dispatch origin
		/// Signed by the controller of an active member.
		///
		/// ## Details
		/// The group stands at epoch 0, never keyed: it waits for its first rekey.
		///
		/// ## Errors
		/// `NotMember`, `WrongRole`, `NotActive`, `InvalidName`, `CeilingTooStrict`, `NoEncryptionKey`,
		/// `TooManyGroups`, `Exhausted`.
		///
		/// ## Events
		/// [`Event::GroupCreated`], [`Event::MemberAddedToGroup`].
		#[pallet::call_index(8)]
		pub fn create_group(origin: OriginFor<T>, name: Name, policy: GroupPolicy) -> DispatchResult {
			let owner = Self::ensure_active_controller(origin)?;
			Self::do_create_group(owner, name, policy)
		}

		/// Changes a group's policy.
		///
		/// ## Dispatch origin
		/// Signed by the controller of the owner; `AdmitOrigin` for the consortium's group.
		///
		/// ## Details
		/// Holds for what is published from now on. Closing the history does not take back links that exist.
		///
		/// ## Errors
		/// `NotMember`, `WrongRole`, `NotActive`, `UnknownGroup`, `NotOwner`, `CeilingTooStrict`.
		///
		/// ## Events
		/// [`Event::GroupPolicySet`].
		#[pallet::call_index(9)]
		pub fn set_group_policy(origin: OriginFor<T>, group: GroupId, policy: GroupPolicy) -> DispatchResult {
			let owner = Self::ensure_group_authority(origin)?;
			Self::do_set_group_policy(owner, group, policy)
		}

		/// Adds a member to an open group.
		///
		/// ## Dispatch origin
		/// Signed by the controller of the owner.
		///
		/// ## Details
		/// The group does not become stale: any holder of the epoch's secret welcomes the newcomer. A member that was
		/// added against its will leaves by [`Call::remove_from_group`].
		///
		/// ## Errors
		/// `NotMember`, `WrongRole`, `NotActive`, `UnknownGroup`, `RosterIsEveryone`, `NotOwner`, `UnknownMember`,
		/// `MemberNotActive`, `NoEncryptionKey`, `AlreadyInGroup`, `TooManyGroups`.
		///
		/// ## Events
		/// [`Event::MemberAddedToGroup`].
		#[pallet::call_index(10)]
		pub fn add_to_group(origin: OriginFor<T>, group: GroupId, member: MemberId) -> DispatchResult {
			let owner = Self::ensure_active_controller(origin)?;
			Self::do_add_to_group(owner, group, member)
		}

		/// Removes a member from an open group.
		///
		/// ## Dispatch origin
		/// Signed by the controller of the owner, or of the member itself.
		///
		/// ## Details
		/// The group becomes stale.
		///
		/// ## Errors
		/// `NotMember`, `WrongRole`, `NotActive`, `UnknownGroup`, `RosterIsEveryone`, `NotOwner`, `OwnerStays`,
		/// `NotInGroup`, `Exhausted`.
		///
		/// ## Events
		/// [`Event::MemberRemovedFromGroup`].
		#[pallet::call_index(11)]
		pub fn remove_from_group(origin: OriginFor<T>, group: GroupId, member: MemberId) -> DispatchResult {
			let by = Self::ensure_active_controller(origin)?;
			Self::do_remove_from_group(by, group, member)
		}

		/// Makes a group's next epoch.
		///
		/// ## Dispatch origin
		/// Signed by the controller or an analyst of an active member of the group. While the group is fresh only the
		/// owner may, others once the epoch is a day old.
		///
		/// ## Details
		/// `expected_epoch` is the newest epoch, `roster_version` the group's now: what was built on an older state
		/// never lands. `wraps` holds one wrap for each active member, in order of member id. `link`, where the policy
		/// keeps history, opens the epoch before to holders of this one; it may be missing, as whoever rekeys may not
		/// hold the secret before.
		///
		/// ## Errors
		/// `NotMember`, `WrongRole`, `NotActive`, `UnknownGroup`, `NotInGroup`, `WrongEpoch`, `StaleRoster`,
		/// `RekeyTooSoon`, `WrongNumberOfWraps`, `HistoryClosed`, `NothingToLink`, `InvalidPublicKey`, `Exhausted`.
		///
		/// ## Events
		/// [`Event::GroupRekeyed`].
		#[pallet::call_index(12)]
		#[pallet::weight(T::WeightInfo::rekey(wraps.len() as u32))]
		#[allow(clippy::too_many_arguments)]
		pub fn rekey(
			origin: OriginFor<T>,
			group: GroupId,
			expected_epoch: Epoch,
			roster_version: u32,
			public_key: Box<EncryptionKey>,
			auth: [u8; 32],
			link: Option<Link>,
			wraps: Wraps,
		) -> DispatchResult {
			let rekeyer = Self::ensure_secret_holder(origin)?;
			Self::do_rekey(rekeyer, group, expected_epoch, roster_version, NewEpoch { public_key, auth, link, wraps })
		}

		/// Passes an epoch's secret on to a member of the group that has none.
		///
		/// ## Dispatch origin
		/// Signed by the controller or an analyst of an active member of the group.
		///
		/// ## Details
		/// For the newest epoch; for an earlier one if the policy keeps history.
		///
		/// ## Errors
		/// `NotMember`, `WrongRole`, `NotActive`, `UnknownGroup`, `NotInGroup`, `StaleGroup`, `WrongEpoch`,
		/// `HistoryClosed`, `RecipientNotInGroup`.
		///
		/// ## Events
		/// [`Event::MemberWelcomed`].
		#[pallet::call_index(13)]
		pub fn welcome(
			origin: OriginFor<T>,
			group: GroupId,
			epoch: Epoch,
			member: MemberId,
			wrap: Box<Wrap>,
		) -> DispatchResult {
			// The wrap stays in the block body; only its reader can judge it.
			drop(wrap);
			let by = Self::ensure_secret_holder(origin)?;
			Self::do_welcome(by, group, epoch, member)
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// The member and role behind an account.
		pub fn member_of(account: T::AccountId) -> Option<(MemberId, Role)> {
			Accounts::<T>::get(account).map(|delegation| (delegation.member, delegation.role))
		}

		/// Does the group wait for a rekey? None if there is no such group.
		pub fn group_is_stale(group: GroupId) -> Option<bool> {
			Groups::<T>::get(group).map(|group| group.is_stale())
		}

		/// How many bytes the member may publish now without a fee; 0 unless it is active.
		pub fn available_bytes(member: MemberId) -> u32 {
			Self::bytes_left(member)
		}
	}
}
