//! What members and votes do.

use frame::pallet_section;

/// The pallet's calls.
#[pallet_section]
mod calls {
	#[pallet::call(weight = T::WeightInfo)]
	impl<T: Config> Pallet<T> {
		/// Admits a member: it gets a seat, and its controller an endowment from the pot.
		///
		/// ## Dispatch origin
		/// `AdmitOrigin`.
		///
		/// ## Details
		/// `encryption_key` may come later, by [`Call::set_encryption_key`]: until then the member is in no group.
		/// `former` names a departed member that this one, and no other, continues, so that it does not shed its reputation. The
		/// endowment is paid as far as the pot goes. No group becomes stale: holders of the epochs' secrets welcome the
		/// newcomer.
		///
		/// ## Errors
		/// `TooManyMembers`, `InvalidName`, `AccountInUse`, `AccountRetired`, `InvalidPublicKey`, `UnknownMember` and
		/// `WrongStanding` and `FormerTaken` (of `former`), `Exhausted`.
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

		/// Makes a group that the signer's member runs.
		///
		/// ## Dispatch origin
		/// Signed by the controller of an active member.
		///
		/// ## Details
		/// The group stands at epoch 0, never keyed: it waits for its first rekey. The owner of an open group is its
		/// first member. Of a hidden one the chain knows the owner and the name, and never who is in it: the owner
		/// seals each epoch to whom it will, and whoever publishes to it signs with the epoch's key.
		///
		/// ## Errors
		/// `NotMember`, `WrongRole`, `NotActive`, `InvalidName`, `CeilingTooStrict`, `GateWithoutRoster`, `NoEncryptionKey`,
		/// `TooManyGroups`, `Exhausted`.
		///
		/// ## Events
		/// [`Event::GroupCreated`], [`Event::MemberAddedToGroup`] (open groups).
		#[pallet::call_index(8)]
		pub fn create_group(
			origin: OriginFor<T>,
			name: Name,
			policy: GroupPolicy,
			visibility: Visibility,
		) -> DispatchResult {
			let owner = Self::ensure_active_controller(origin)?;
			Self::do_create_group(owner, name, policy, visibility)
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
		/// `NotMember`, `WrongRole`, `NotActive`, `UnknownGroup`, `NotOwner`, `CeilingTooStrict`, `GateWithoutRoster`.
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
		/// `MemberNotActive`, `NoEncryptionKey`, `AlreadyInGroup`, `TooManyGroups`, `BelowReciprocity`.
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
		/// owner may; others once the epoch is a day old, 50 blocks after they reported a bad wrap that nobody answered,
		/// or 50 blocks after a third of the members, two at least, themselves among them, said that the answer does not
		/// open either. Who reported
		/// its key leaves an open group that it does not own to others for ten minutes. A hidden group is rekeyed by its
		/// owner and its deputies, at any time.
		///
		/// ## Details
		/// `expected_epoch` is the newest epoch, `roster_version` the group's now: what was built on an older state
		/// never lands. Of a hidden group it is the count of departures. `wraps` holds one wrap for each active member,
		/// in order of member id; of a hidden group a power of two from 8 to 256, padding among them, ascending by
		/// their bytes. `link`, where the policy keeps history, opens the epoch before to holders of this one; it may
		/// be missing, as whoever rekeys may not hold the secret before.
		///
		/// ## Errors
		/// `NotMember`, `WrongRole`, `NotActive`, `UnknownGroup`, `NotInGroup`, `NotDeputy`, `WrongEpoch`,
		/// `StaleRoster`, `RekeyTooSoon`, `WrongNumberOfWraps`, `WrapsNotAscending`, `HistoryClosed`, `NothingToLink`,
		/// `InvalidPublicKey`, `Exhausted`.
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
		/// For the newest epoch; for an earlier one if the policy keeps history. Answers a report of a bad wrap. Of a
		/// hidden group nobody is welcomed: the owner makes a new epoch.
		///
		/// ## Errors
		/// `NotMember`, `WrongRole`, `NotActive`, `UnknownGroup`, `NotInGroup`, `StaleGroup`, `WrongEpoch`,
		/// `HistoryClosed`, `RecipientNotInGroup`, `RosterIsHidden`.
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

		/// Says that the wrap that the signer's member was given for the newest epoch does not open.
		///
		/// ## Dispatch origin
		/// Signed by the controller or an analyst of an active member of the group.
		///
		/// ## Details
		/// Nothing becomes stale. Any holder of the epoch's secret answers with [`Call::welcome`]; if nobody does within
		/// 50 blocks, the signer's member may rekey. It reports once again when the answer does not open either: then all
		/// holders' agents answer, and where a third of the members, two at least, say so, each of them may rekey after 50
		/// blocks.
		///
		/// ## Errors
		/// `NotMember`, `WrongRole`, `NotActive`, `UnknownGroup`, `RosterIsHidden`, `WrongEpoch`, `NotInGroup`,
		/// `AlreadyReported`.
		///
		/// ## Events
		/// [`Event::BadWrapReported`].
		#[pallet::call_index(14)]
		pub fn report_bad_wrap(origin: OriginFor<T>, group: GroupId, epoch: Epoch) -> DispatchResult {
			let member = Self::ensure_secret_holder(origin)?;
			Self::do_report_bad_wrap(member, group, epoch)
		}

		/// Gives a group another owner.
		///
		/// ## Dispatch origin
		/// `AdmitOrigin`: also a group whose owner departed can be run again.
		///
		/// ## Details
		/// The new owner is active and has an encryption key; of an open group it is a member. A hidden group's deputies
		/// are the new owner's to name.
		///
		/// ## Errors
		/// `UnknownGroup`, `RosterIsEveryone`, `UnknownMember`, `MemberNotActive`, `NoEncryptionKey`, `NotInGroup`.
		///
		/// ## Events
		/// [`Event::GroupOwnerSet`].
		#[pallet::call_index(15)]
		pub fn set_group_owner(origin: OriginFor<T>, group: GroupId, owner: MemberId) -> DispatchResult {
			T::AdmitOrigin::ensure_origin(origin)?;
			Self::do_set_group_owner(group, owner)
		}

		/// Says which members rekey a hidden group for its owner.
		///
		/// ## Dispatch origin
		/// Signed by the controller of the owner.
		///
		/// ## Details
		/// At most eight, ascending. They are known to everybody; what they may read is not.
		///
		/// ## Errors
		/// `NotMember`, `WrongRole`, `NotActive`, `UnknownGroup`, `RosterIsOpen`, `RosterIsEveryone`, `NotOwner`,
		/// `DeputiesNotAscending`, `UnknownMember`, `MemberNotActive`.
		///
		/// ## Events
		/// [`Event::GroupDeputiesSet`].
		#[pallet::call_index(16)]
		pub fn set_deputies(origin: OriginFor<T>, group: GroupId, deputies: Deputies) -> DispatchResult {
			let owner = Self::ensure_active_controller(origin)?;
			Self::do_set_deputies(owner, group, deputies)
		}

		/// Gives a member another controller, because it lost the key of the one it has, or somebody else has it.
		///
		/// ## Dispatch origin
		/// `AdmitOrigin`.
		///
		/// ## Details
		/// The seat and all rights go to the new account, and the old one never acts for a member again; its votes on
		/// open motions are void. The new controller gets an endowment, as far as the pot goes. `encryption_key` takes the
		/// place of the member's; with it or without, the member's groups become stale. `is_stolen` says that somebody else
		/// had the old account: then the key must be replaced, and all delegates end, for they may be that somebody's. A
		/// collator's bond is given back: the new controller bonds anew.
		///
		/// ## Errors
		/// `UnknownMember`, `WrongStanding` (it departed), `AccountInUse`, `AccountRetired`, `NoEncryptionKey` (none is
		/// named for a stolen account), `InvalidPublicKey`, `Exhausted`.
		///
		/// ## Events
		/// [`Event::ControllerReplaced`], [`Event::CollatorUnbonded`], [`Event::EncryptionKeySet`],
		/// [`Event::DelegateRemoved`].
		#[pallet::call_index(17)]
		pub fn replace_controller(
			origin: OriginFor<T>,
			member: MemberId,
			controller: T::AccountId,
			encryption_key: Option<Box<EncryptionKey>>,
			is_stolen: bool,
		) -> DispatchResult {
			T::AdmitOrigin::ensure_origin(origin)?;
			Self::do_replace_controller(member, controller, encryption_key, is_stolen)
		}

		/// Carries out a call with the powers of the chain itself.
		///
		/// ## Dispatch origin
		/// `AdmitOrigin`.
		///
		/// ## Details
		/// Only calls on the runtime's list: the authorisation of a runtime upgrade by its hash, payments from the pot,
		/// parameters. Never the upgrade itself: anybody brings what was authorised.
		///
		/// ## Errors
		/// `NotEnactable`, and those of the call.
		///
		/// ## Events
		/// [`Event::Enacted`], and those of the call.
		#[pallet::call_index(18)]
		#[pallet::weight(T::WeightInfo::enact().saturating_add(call.get_dispatch_info().call_weight))]
		pub fn enact(origin: OriginFor<T>, call: Box<T::Decision>) -> DispatchResultWithPostInfo {
			T::AdmitOrigin::ensure_origin(origin)?;
			Self::do_enact(*call)
		}

		/// Lets the signer's member run a collator.
		///
		/// ## Dispatch origin
		/// Signed by the controller of an active member.
		///
		/// ## Details
		/// Holds the bond. The collator takes part from the second session after this one on, if the controller has
		/// registered session keys.
		///
		/// ## Errors
		/// `NotMember`, `WrongRole`, `NotActive`, `AlreadyCollator`, `BondNotCovered`.
		///
		/// ## Events
		/// [`Event::CollatorBonded`].
		#[pallet::call_index(19)]
		pub fn bond_collator(origin: OriginFor<T>) -> DispatchResult {
			let member = Self::ensure_active_controller(origin)?;
			Self::do_bond(member)
		}

		/// Stops the collator of the signer's member, and gives its bond back.
		///
		/// ## Dispatch origin
		/// Signed by the controller of an active or suspended member.
		///
		/// ## Details
		/// It makes blocks until the session after this one has ended.
		///
		/// ## Errors
		/// `NotMember`, `WrongRole`, `NotActive`, `NotCollator`, `LastCollator`.
		///
		/// ## Events
		/// [`Event::CollatorUnbonded`].
		#[pallet::call_index(20)]
		pub fn unbond_collator(origin: OriginFor<T>) -> DispatchResult {
			let member = Self::ensure_seated_controller(origin)?;
			Self::do_unbond(member)
		}

		/// Sets what a group asks of objects before they are sealed to it.
		///
		/// ## Dispatch origin
		/// Signed by the controller of the owner; `AdmitOrigin` for the consortium's group.
		///
		/// ## Details
		/// The chain does not see the objects: the workers and clients of those who publish refuse what the group does not
		/// take, before they seal it. Nothing that was published is touched.
		///
		/// ## Errors
		/// `NotMember`, `WrongRole`, `NotActive`, `UnknownGroup`, `NotOwner`, `InvalidQuality`.
		///
		/// ## Events
		/// [`Event::GroupQualitySet`].
		#[pallet::call_index(21)]
		pub fn set_group_quality(origin: OriginFor<T>, group: GroupId, quality: Quality) -> DispatchResult {
			let owner = Self::ensure_group_authority(origin)?;
			Self::do_set_group_quality(owner, group, quality)
		}

		/// Sets how many blocks collators aim for in a slot, and how long a session is.
		///
		/// ## Dispatch origin
		/// `AdmitOrigin`.
		///
		/// ## Details
		/// More blocks in a slot come sooner; each may take that much less: together they share what the chain's cores can
		/// do. It holds from the next session on. A session's length decides how soon a collator that bonds or is suspended
		/// comes or goes: with the second session after.
		///
		/// ## Errors
		/// `InvalidRhythm`.
		///
		/// ## Events
		/// [`Event::RhythmSet`].
		#[pallet::call_index(22)]
		pub fn set_rhythm(origin: OriginFor<T>, rhythm: Rhythm) -> DispatchResult {
			T::AdmitOrigin::ensure_origin(origin)?;
			Self::do_set_rhythm(rhythm)
		}
	}
}
