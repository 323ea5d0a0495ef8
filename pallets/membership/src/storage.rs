//! What the chain keeps.

use frame::pallet_section;

/// The pallet's storage.
#[pallet_section]
mod storage {
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

	/// Those members, ascending.
	#[pallet::storage]
	pub type SeatedMembers<T> = StorageValue<_, BoundedVec<MemberId, ConstU32<MAX_SEATS>>, ValueQuery>;

	/// On whose behalf an account acts. The accounts of departed members stay, with nothing left that they may do.
	#[pallet::storage]
	pub type Accounts<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, Delegation>;

	/// The accounts that act for a member beside its controller.
	#[pallet::storage]
	pub type DelegatesOf<T: Config> =
		StorageMap<_, Twox64Concat, MemberId, BoundedVec<T::AccountId, ConstU32<{ MAX_DELEGATES as u32 }>>, ValueQuery>;

	/// Accounts that acted for a member once and never may again.
	#[pallet::storage]
	pub type RetiredAccounts<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, MemberId>;

	/// The public keys that others seal to.
	#[pallet::storage]
	pub type EncryptionKeys<T: Config> = StorageMap<_, Blake2_128Concat, KeyOwner<T::AccountId>, KeyEntry>;

	/// The numbers by which wraps name analysts' keys.
	#[pallet::storage]
	pub type AnalystNumbers<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, KeyOwnerId>;

	/// The number of the next analyst's key: the upper half of the numbers is theirs.
	#[pallet::storage]
	pub type NextAnalyst<T> = StorageValue<_, u32, ValueQuery, ConstU32<{ KeyOwnerId::FIRST_ANALYST.0 }>>;

	/// When a member last reported its key compromised or lost, in unix seconds.
	#[pallet::storage]
	pub type LastKeyReport<T> = StorageMap<_, Twox64Concat, MemberId, u64>;

	/// The id of the next group; 0 is the consortium's.
	#[pallet::storage]
	pub type NextGroup<T> = StorageValue<_, u32, ValueQuery, ConstU32<1>>;

	/// The groups.
	#[pallet::storage]
	pub type Groups<T> = StorageMap<_, Twox64Concat, GroupId, Group>;

	/// What groups ask of objects, where they ask for anything.
	#[pallet::storage]
	pub type GroupQuality<T> = StorageMap<_, Twox64Concat, GroupId, Quality, ValueQuery>;

	/// Who rekeys a hidden group beside its owner.
	#[pallet::storage]
	pub type GroupDeputies<T> = StorageMap<_, Twox64Concat, GroupId, Deputies, ValueQuery>;

	/// Who said of a group's epoch that its wrap does not open.
	#[pallet::storage]
	pub type BadWraps<T> = StorageDoubleMap<_, Twox64Concat, GroupId, Twox64Concat, MemberId, BadWrap>;

	/// The groups whose newest epoch is disputed.
	#[pallet::storage]
	pub type Disputes<T> = StorageMap<_, Twox64Concat, GroupId, Dispute>;

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

	/// The departed members that others continue, each with the one that does.
	#[pallet::storage]
	pub type Successors<T> = StorageMap<_, Twox64Concat, MemberId, MemberId>;

	/// How fast the chain goes.
	#[pallet::storage]
	pub type ChainRhythm<T> = StorageValue<_, Rhythm, ValueQuery>;

	/// How fast it goes from the next session on, if the consortium decided.
	#[pallet::storage]
	pub type NextRhythm<T> = StorageValue<_, Rhythm>;

	/// The members that run collators, with what each has bonded.
	#[pallet::storage]
	pub type Collators<T: Config> = StorageMap<_, Twox64Concat, MemberId, BalanceOf<T>>;
}
