//! What is refused: one error for each rule.

use frame::pallet_section;

/// The pallet's errors.
#[pallet_section]
mod errors {
	#[pallet::error]
	#[derive(PartialEq, Eq)]
	pub enum Error<T> {
		/// The evidence from which a source is judged must be 1 to 24 records' worth.
		JudgedFromOutOfRange,
		/// A threshold lies where no source can come: A may begin at 928 thousandths at most, D at 72 at least.
		ThresholdOutOfRange,
		/// The thresholds do not strictly descend from A to D.
		ThresholdsNotDescending,
		/// The quorum must be 2 to 24 members.
		QuorumOutOfRange,
		/// The account acts for no member.
		NotAMember,
		/// The account's role judges nothing: only controllers and analysts do.
		RoleMayNotJudge,
		/// The member is suspended, left or was expelled.
		NotActive,
		/// An organisation does not judge its own records, under whichever number it published them.
		OwnRecord,
		/// There is no such record.
		RecordNotFound,
		/// The record was decided before.
		Decided,
		/// The seven days in which the record could be judged are over.
		WindowClosed,
		/// The seven days in which the record can be judged are not over.
		WindowOpen,
		/// The member gave its verdict on the record before: change it.
		AlreadyJudged,
		/// The member gave no verdict on the record.
		NotJudged,
		/// The member's verdict is this one already.
		SameVerdict,
		/// The signature is not by a reader of this record for this member.
		InvalidProof,
		/// The member is in no open group of the record's audience, nor named in a grant.
		NotInAudience,
		/// Nobody said anything about the record.
		NothingToDecide,
		/// No active member's record was confirmed.
		NobodyToReward,
		/// The pot does not hold that much beyond what keeps it alive.
		PotTooSmall,
	}
}
