//! How clients read the registry.

use crate::types::{Place, RecordInfo};
use alloc::vec::Vec;
use cti_primitives::{AuthorId, MemberId, RecordId, TechniqueId};

frame::deps::sp_api::decl_runtime_apis! {
	/// Records, one by one and in pages of at most 256.
	pub trait ThreatRegistryApi {
		/// One record.
		fn record(record: RecordId) -> Option<RecordInfo>;

		/// The members of a withdrawn record's open groups, and those named in grants, that have not said that they deleted
		/// it; none if it was not withdrawn.
		fn pending_acknowledgements(record: RecordId) -> Option<Vec<MemberId>>;

		/// Who asks for a record, and since when, in unix seconds.
		fn requests(record: RecordId) -> Vec<(MemberId, u64)>;

		/// Who asks for which of the author's records, by their numbers, at most 256, in an order of the chain's own;
		/// `after` is the last one of the page before.
		fn requests_to(author: AuthorId, after: Option<(u32, MemberId)>, limit: u32) -> Vec<(u32, MemberId)>;

		/// Records that name the technique, oldest first, after the place `from`; and the place to go on from while
		/// there are more. Records that are no longer live are among them: their status says so.
		fn records_by_technique(
			technique: TechniqueId,
			from: Option<Place>,
			limit: u32,
		) -> (Vec<RecordInfo>, Option<Place>);

		/// The author's records, in order of their numbers, beginning with `from`.
		fn records_by_author(author: AuthorId, from: u32, limit: u32) -> Vec<RecordInfo>;
	}
}
