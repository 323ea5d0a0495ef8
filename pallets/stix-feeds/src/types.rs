//! What the chain knows of a feed.

use alloc::{string::String, vec::Vec};
use cti_envelope::MAX_PAYLOAD;
use cti_primitives::{FeedId, GroupId, MemberId, Text, Tlp};
use frame::prelude::*;

/// Most feeds one member has.
pub const MAX_FEEDS: u32 = 64;
/// Most bytes of a feed's name.
pub const MAX_NAME: u32 = 64;
/// Most bytes of a position.
pub const MAX_POSITION: u32 = 64;

/// What a feed is called.
pub type FeedName = Text<MAX_NAME>;
/// A [`crate::position::Position`] in its encoding; empty for a feed that has not published.
pub type PositionBytes = BoundedVec<u8, ConstU32<MAX_POSITION>>;
/// An envelope: header, wraps, body.
pub type Payload = BoundedVec<u8, ConstU32<{ MAX_PAYLOAD as u32 }>>;

/// What the owner decides of a feed.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct FeedSettings {
	/// What it is called, UTF-8.
	pub name: FeedName,
	/// Who can read it.
	pub group: GroupId,
	/// The strictest marking its pages may have.
	pub ceiling: Tlp,
	/// For objects that carry no marking; without it they are refused.
	pub default_marking: Option<Tlp>,
}

/// A registered feed.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Feed {
	/// Whose it is.
	pub owner: MemberId,
	/// What the owner decided.
	pub settings: FeedSettings,
	/// Are pages accepted?
	pub enabled: bool,
	/// The number of its next page, which is how many it has published.
	pub sequence: u64,
	/// Where in its source it stands.
	pub position: PositionBytes,
	/// Block of its last page, or of its registration.
	pub last_block: u32,
}

/// A feed as the runtime API shows it.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct FeedInfo {
	/// The feed's id.
	pub feed: FeedId,
	/// Whose it is.
	pub owner: MemberId,
	/// What it is called.
	pub name: String,
	/// Who can read it.
	pub group: GroupId,
	/// The strictest marking its pages may have.
	pub ceiling: Tlp,
	/// For objects that carry no marking.
	pub default_marking: Option<Tlp>,
	/// Are pages accepted?
	pub enabled: bool,
	/// The number of its next page, which is how many it has published.
	pub sequence: u64,
	/// Where in its source it stands, see [`crate::position::Position`]; empty before the first page.
	pub position: Vec<u8>,
	/// Block of its last page, or of its registration.
	pub last_block: u32,
}

impl FeedInfo {
	/// Shows `feed` under its id.
	pub fn new(id: FeedId, feed: Feed) -> Self {
		let Feed { owner, settings, enabled, sequence, position, last_block } = feed;
		let FeedSettings { name, group, ceiling, default_marking } = settings;
		Self {
			feed: id,
			owner,
			name: name.into(),
			group,
			ceiling,
			default_marking,
			enabled,
			sequence,
			position: position.into_inner(),
			last_block,
		}
	}
}
