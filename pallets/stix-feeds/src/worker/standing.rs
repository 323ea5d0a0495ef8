//! Where a feed stands in a collection.

use crate::{
	moment::Moment,
	position::{Place, ShortHash},
};
use frame::deps::sp_io::hashing::blake2_128;

/// A [`Place::Collection`], taken apart.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Standing {
	pub(crate) collection: [u8; 4],
	pub(crate) added_after: Option<Moment>,
	pub(crate) skip: u32,
	pub(crate) last: ShortHash,
}

impl Standing {
	/// Where the feed stands in `collection`; at its beginning if it stood in another source.
	pub(crate) fn new(place: Option<Place>, collection: &str) -> (Self, bool) {
		let [a, b, c, d, ..] = blake2_128(collection.as_bytes());
		let tag = [a, b, c, d];
		match place {
			Some(Place::Collection { collection, added_after, skip, last }) if collection == tag => {
				(Self { collection, added_after, skip, last }, true)
			}
			_ => (Self { collection: tag, added_after: None, skip: 0, last: ShortHash::default() }, false),
		}
	}

	/// Is anything of the collection done?
	pub(crate) fn is_begun(self) -> bool {
		self.added_after.is_some() || self.skip > 0
	}

	/// Does it name the last object done?
	pub(crate) fn names_last(self) -> bool {
		self.last != ShortHash::default()
	}

	pub(crate) fn place(self) -> Place {
		let Self { collection, added_after, skip, last } = self;
		Place::Collection { collection, added_after, skip, last }
	}
}
