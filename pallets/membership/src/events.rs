//! What happened.

use frame::pallet_section;

/// The pallet's events.
#[pallet_section]
mod events {
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
		/// Another account speaks and votes for a member.
		ControllerReplaced {
			/// The member.
			member: MemberId,
			/// Which did before, and never will again.
			old: T::AccountId,
			/// Which does now.
			new: T::AccountId,
			/// What the pot paid to it.
			endowment: BalanceOf<T>,
		},
		/// A member's collator may make blocks from the second session after this one on.
		CollatorBonded {
			/// The member.
			member: MemberId,
			/// What is held of the controller's balance.
			bond: BalanceOf<T>,
		},
		/// A member's collator makes no blocks from the second session after this one on.
		CollatorUnbonded {
			/// The member.
			member: MemberId,
			/// What was given back.
			bond: BalanceOf<T>,
		},
		/// A call that two thirds decided on was carried out.
		Enacted {
			/// BLAKE2b-256 of the call's encoding.
			call_hash: Hash,
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
			/// How it keeps its roster.
			visibility: Visibility,
			/// UTF-8.
			name: Name,
			/// What it takes and how it is used.
			policy: GroupPolicy,
		},
		/// Another member runs a group.
		GroupOwnerSet {
			/// The group.
			group: GroupId,
			/// Which did before.
			old: Option<MemberId>,
			/// Which does now.
			new: MemberId,
		},
		/// Who rekeys a hidden group for its owner has changed.
		GroupDeputiesSet {
			/// The group.
			group: GroupId,
			/// Before.
			old: Deputies,
			/// Now.
			new: Deputies,
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
		/// What a group asks of objects changed.
		GroupQualitySet {
			/// The group.
			group: GroupId,
			/// What it asks for now.
			quality: Quality,
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
			/// The roster version that it was made for; the count of departures where the roster is hidden.
			roster_version: u32,
			/// How many wraps it has.
			wraps: u16,
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
		/// A member says that the wrap it was given does not open. Who holds the secret answers with a welcome.
		BadWrapReported {
			/// The group.
			group: GroupId,
			/// Which epoch's.
			epoch: Epoch,
			/// Who says so.
			member: MemberId,
		},
		/// The consortium decided that the chain goes faster or slower.
		RhythmSet {
			/// As it is.
			old: Rhythm,
			/// As it will be from the next session on.
			new: Rhythm,
		},
	}
}
