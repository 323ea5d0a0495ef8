//! What is refused: one error for each rule.

use frame::pallet_section;

/// The pallet's errors.
#[pallet_section]
mod rules {
	#[pallet::error]
	pub enum Error<T> {
		/// The account acts for no member.
		NotAMember,
		/// The account's role publishes nothing: only controllers and analysts do.
		RoleMayNotPublish,
		/// The account's role reports no sightings: only controllers and analysts do.
		RoleMayNotSight,
		/// There is no such member.
		UnknownMember,
		/// The member is suspended, left or was expelled.
		NotActive,
		/// The member has used up its record numbers.
		RecordNumbersExhausted,
		/// Envelopes are registered by extrinsics only.
		OutsideExtrinsic,
		/// The techniques are not ascending, or one is there twice.
		TechniquesNotAscending,
		/// The marking forbids to name techniques in public; of AMBER they are public by the author's flag only.
		TechniquesNotPublic,
		/// A group asks for techniques and none are named.
		TechniquesRequired,
		/// A group asks for more reliability than the member has.
		BelowReliability,
		/// A technique is not in the catalogue, or was revoked without a successor.
		UnknownTechnique,
		/// The validity would end in the past.
		EndInPast,
		/// The validity would end beyond the calendar.
		EndTooFar,
		/// The envelope has more than 262,144 bytes.
		PayloadTooLong,
		/// The location is not an address of up to 256 letters that begins with `https://` or `ipfs://`.
		InvalidLocation,
		/// The envelope's header cannot be read.
		EnvelopeUnreadable,
		/// The envelope is of another version.
		UnknownVersion,
		/// The envelope uses another cipher suite.
		UnknownSuite,
		/// The envelope is sealed to more than four groups.
		TooManyGroups,
		/// The envelope's groups are not ascending, or one is there twice.
		AudienceNotAscending,
		/// The envelope has more than sixteen direct wraps.
		TooManyDirect,
		/// The envelope's direct wraps are not ascending by their bytes, or one is there twice.
		DirectNotAscending,
		/// The envelope is sealed to nobody.
		NoRecipient,
		/// The envelope's number of leaves is no power of two up to 65,536.
		InvalidLeaves,
		/// The length of the envelope's plaintext is not one that padding produces.
		InvalidPaddedLen,
		/// The envelope has more or fewer bytes than its header announces.
		WrongLength,
		/// The envelope was sealed for another chain.
		OtherChain,
		/// The envelope names another author.
		OtherAuthor,
		/// RED goes to persons by direct wraps, never to a group.
		RedToGroup,
		/// The marking is stricter than a group takes.
		MarkingTooStrict,
		/// There is no such group.
		UnknownGroup,
		/// The member is not in the group.
		NotInGroup,
		/// A group waits for a rekey.
		StaleGroup,
		/// The envelope was sealed to another epoch than a group's newest.
		WrongEpoch,
		/// There is one signature for each hidden group of the audience that is no drop box.
		WrongNumberOfGroupProofs,
		/// Nobody who is in a hidden group signed for this member and this envelope.
		InvalidGroupProof,
		/// A grant to nobody.
		NobodyToGrant,
		/// RED goes to persons: to the keys of analysts, not of members.
		RedToMember,
		/// The member asked for the record already.
		AlreadyRequested,
		/// The member did not ask for the record.
		NotRequested,
		/// The record was not withdrawn.
		NotWithdrawn,
		/// The member acknowledged the withdrawal already.
		AlreadyAcknowledged,
		/// There is no such record.
		RecordNotFound,
		/// The record was withdrawn, replaced or refuted, or its validity ended.
		RecordNotLive,
		/// The record was withdrawn before.
		AlreadyWithdrawn,
		/// The record is valid without end.
		NoEnd,
		/// The validity would not end later than it does.
		EndNotLater,
		/// A member does not report of its own records.
		OwnRecord,
		/// A report of nothing.
		InvalidCount,
		/// The last time lies before the first.
		IntervalReversed,
		/// The last time lies in the future.
		SightingInFuture,
		/// The signature is not by a reader of this record for this member.
		InvalidProof,
	}
}
