//! What every client can ask by `state_call`.

use crate::types::{ReciprocityInfo, StandingInfo};
use alloc::vec::Vec;
use cti_primitives::{AuthorId, MemberId};

frame::deps::sp_api::decl_runtime_apis! {
	/// How far authors can be trusted and who is of use to whom.
	pub trait ReputationApi {
		/// An author's standing as of the block's time. Who has no evidence, or is unknown, cannot be judged (F).
		fn standing(author: AuthorId) -> StandingInfo;

		/// Active members, the best standing first, at most `limit` and never more than 256.
		fn leaderboard(limit: u32) -> Vec<StandingInfo>;

		/// A member's sightings received and given, all zero for an unknown one.
		fn reciprocity(member: MemberId) -> ReciprocityInfo;
	}
}
