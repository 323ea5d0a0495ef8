//! What happened. From these events and the registry's the state can be rebuilt.

use frame::pallet_section;

/// The pallet's events.
#[pallet_section]
mod events {
	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// The letters of reliability begin elsewhere, or decisions need another quorum.
		ParametersSet {
			/// What was.
			old: Rules,
			/// What is now.
			new: Rules,
		},
		/// A member said how credible a record is.
		VerdictGiven {
			/// The record.
			record: RecordId,
			/// Who.
			by: MemberId,
			/// The verdict.
			credibility: Credibility,
			/// What the vote weighs, in 64ths of a full one.
			weight: u8,
		},
		/// A member says something else of a record than before.
		VerdictChanged {
			/// The record.
			record: RecordId,
			/// Who.
			by: MemberId,
			/// The earlier verdict.
			old: Credibility,
			/// The verdict now.
			new: Credibility,
		},
		/// A member reports that a record cannot be opened or does not hold what its header says: a verdict of 5.
		MalformedReported {
			/// The record.
			record: RecordId,
			/// Who.
			by: MemberId,
			/// What the vote weighs, in 64ths of a full one.
			weight: u8,
		},
		/// The votes on a record were counted.
		RecordDecided {
			/// The record.
			record: RecordId,
			/// What they decided.
			outcome: Outcome,
			/// What the confirming votes weigh together, in 64ths of a full one.
			confirming: u32,
			/// What the refuting votes weigh together, in 64ths of a full one.
			refuting: u32,
			/// How many members voted.
			voters: u32,
			/// What is known of its author from now on.
			evidence: cti_scoring::Evidence,
		},
		/// A member was rewarded.
		MemberRewarded {
			/// Who.
			member: MemberId,
			/// To which account.
			controller: T::AccountId,
			/// How much.
			amount: BalanceOf<T>,
		},
		/// A reward was divided.
		RewardPaid {
			/// What was to be divided.
			amount: BalanceOf<T>,
			/// What was paid; the rest stayed in the pot.
			paid: BalanceOf<T>,
		},
	}
}
