//! What every client can ask by `state_call`.

use crate::types::{CredibilityInfo, EvidenceFrom, ReciprocityInfo, Rules, StandingInfo, VerdictInfo};
use alloc::vec::Vec;
use cti_primitives::{AuthorId, MemberId, RecordId};

frame::deps::sp_api::decl_runtime_apis! {
	/// How far authors can be trusted, how credible records are, and who is of use to whom.
	pub trait ReputationApi {
		/// An author's standing as of the block's time. Who has no evidence, or is unknown, cannot be judged (F).
		fn standing(author: AuthorId) -> StandingInfo;

		/// Of whose votes an author's evidence is made, as it stands, ascending by member.
		fn evidence(author: AuthorId) -> Vec<EvidenceFrom>;

		/// Active members, the best standing first, at most `limit` and never more than 256.
		fn leaderboard(limit: u32) -> Vec<StandingInfo>;

		/// How credible a record is as of the block's time, with the score that it has for an object of this STIX type; none
		/// if there is no such record.
		fn credibility(record: RecordId, object_type: Vec<u8>) -> Option<CredibilityInfo>;

		/// The votes on a record that is not decided, ascending by member.
		fn verdicts(record: RecordId) -> Vec<VerdictInfo>;

		/// A member's sightings received and given, all zero for an unknown one.
		fn reciprocity(member: MemberId) -> ReciprocityInfo;

		/// Where the letters begin and how many votes a decision needs.
		fn rules() -> Rules;
	}
}
