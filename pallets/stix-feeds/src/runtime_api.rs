//! How clients read feeds.

use crate::types::FeedInfo;
use alloc::vec::Vec;
use cti_primitives::FeedId;

frame::deps::sp_api::decl_runtime_apis! {
	/// The registered feeds. What a node's worker does with them is in that node's local storage, see
	/// `cti_primitives::feed::FeedStatus`.
	pub trait StixFeedsApi {
		/// All feeds, in no particular order.
		fn feeds() -> Vec<FeedInfo>;

		/// One feed.
		fn feed(feed: FeedId) -> Option<FeedInfo>;

		/// The number the feed's next page must have.
		fn next_sequence(feed: FeedId) -> Option<u64>;
	}
}
