//! What happened.

use frame::pallet_section;

/// The pallet's events.
#[pallet_section]
mod events {
	#[pallet::event]
	#[pallet::generate_deposit(pub(crate) fn deposit_event)]
	pub enum Event<T: Config> {
		/// An envelope was registered.
		RecordPublished {
			/// Author and number.
			record: RecordId,
			/// The envelope's id.
			id: Hash,
			/// How far the content may travel.
			tlp: Tlp,
			/// The groups that can open it, ascending, each with the epoch it was sealed to.
			audience: Audience,
			/// How many direct wraps it has, padding included.
			direct: u8,
			/// ATT&CK techniques to find it by.
			techniques: BoundedVec<TechniqueId, ConstU32<MAX_TECHNIQUES>>,
			/// Block and extrinsic that carry the envelope.
			at: Location,
			/// Bytes of the envelope.
			bytes: u32,
			/// Leaves of the Merkle tree over its objects.
			leaves: u32,
			/// Unix seconds of the registration.
			published: u64,
			/// Unix seconds at which the content ends to be valid.
			valid_until: Option<u64>,
			/// The number of the author's record that this one replaces, and which is no longer live.
			revises: Option<u32>,
		},
		/// The envelope of the record that was just published lies elsewhere.
		RecordAnchored {
			/// The record.
			record: RecordId,
			/// Where readers fetch it.
			location: Url,
		},
		/// The author asks everybody to delete the content of a record.
		RecordWithdrawn {
			/// The record.
			record: RecordId,
			/// Why.
			reason: WithdrawalReason,
		},
		/// A reader reported that it met what a record describes.
		RecordSighted {
			/// The record.
			record: RecordId,
			/// The reader's member.
			by: MemberId,
			/// What it met, how often and when.
			sighting: Sighting,
			/// The count of the member's earlier report of this kind, which this one replaces.
			previous: Option<u32>,
		},
		/// Peers decided on a record that was open.
		RecordJudged {
			/// The record.
			record: RecordId,
			/// Did they confirm it? If not they refuted it, and it is no longer live.
			confirmed: bool,
		},
		/// The validity of a record ended.
		RecordExpired {
			/// The record.
			record: RecordId,
		},
		/// The author prolonged the validity of a record.
		RecordExtended {
			/// The record.
			record: RecordId,
			/// Unix seconds at which it would have ended.
			previous: u64,
			/// Unix seconds at which it ends now.
			valid_until: u64,
		},
		/// The author gave more readers the key to a record. That is for good.
		AccessGranted {
			/// The record.
			record: RecordId,
			/// To whom, by the author's word.
			recipients: BoundedVec<KeyOwnerId, ConstU32<MAX_GRANTS>>,
			/// How many more, who are not named.
			hidden: u8,
			/// The extrinsic that holds the wraps.
			at: Location,
		},
		/// A member asks for a record that it cannot read.
		AccessRequested {
			/// The record.
			record: RecordId,
			/// The member.
			by: MemberId,
		},
		/// The author gives a record not to who asked for it.
		AccessDeclined {
			/// The record.
			record: RecordId,
			/// Who asked.
			member: MemberId,
		},
		/// A member says that it deleted what was withdrawn.
		WithdrawalAcknowledged {
			/// The record.
			record: RecordId,
			/// The member.
			by: MemberId,
		},
	}
}
