//! What is refused.

use frame::pallet_section;

/// The pallet's errors.
#[pallet_section]
mod errors {
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
		/// Another member continues the departed one already.
		FormerTaken,
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
		/// Nobody is added by a call to this group, so that it cannot ask for reciprocity.
		GateWithoutRoster,
		/// The member gives too little for what it takes: the group asks for more.
		BelowReciprocity,
		/// The requirements are not ascending by type, their properties not ascending, or a word is none of STIX's.
		InvalidQuality,
		/// Every active member is in the consortium's group: nobody is added, removed, or its owner.
		RosterIsEveryone,
		/// The group's roster is hidden: its owner seals the next epoch to whom it will.
		RosterIsHidden,
		/// The group's roster is open: any active member of it rekeys it, so that it has no deputies.
		RosterIsOpen,
		/// The deputies are not ascending, or one is there twice.
		DeputiesNotAscending,
		/// The member to be added is suspended or departed.
		MemberNotActive,
		/// The member is in the group already.
		AlreadyInGroup,
		/// The member is in as many groups, or in as many of this owner, as it may be.
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
		/// A fresh group is rekeyed by its owner at any time, by others when its epoch is a day old; a stale one not by who
		/// reported its key a moment ago.
		RekeyTooSoon,
		/// There must be one wrap for each active member of the group; of a hidden one a power of two from 8 to 256.
		WrongNumberOfWraps,
		/// A hidden group's wraps are ascending by their bytes, each there once.
		WrapsNotAscending,
		/// Only the owner and its deputies rekey a hidden group.
		NotDeputy,
		/// The member reported its wrap of this epoch already.
		AlreadyReported,
		/// The group's first epoch has none to link to.
		NothingToLink,
		/// The group's policy is that the past stays closed to new members.
		HistoryClosed,
		/// The member to be welcomed is not an active member of the group.
		RecipientNotInGroup,
		/// A counter is at its end.
		Exhausted,
		/// The member runs a collator already.
		AlreadyCollator,
		/// The member runs no collator.
		NotCollator,
		/// The last collator of an active member cannot stop: nobody would make blocks.
		LastCollator,
		/// The controller's balance does not cover the bond beside the existential deposit.
		BondNotCovered,
		/// Not one of the calls that the consortium may enact.
		NotEnactable,
		/// A slot has 1, 2, 3, 4, 6 or 12 blocks, and a session at least 4 slots.
		InvalidRhythm,
	}
}
