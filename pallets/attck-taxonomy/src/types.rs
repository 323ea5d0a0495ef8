//! What the pallet keeps and what it answers.

use alloc::{string::String, vec::Vec};
use cti_primitives::{
	catalogue::{
		text, CatalogueVersion, IndexEntry, Name, Tactic, TacticId, MAX_INDEX, MAX_PAGES, MAX_TACTICS,
		MAX_TACTICS_OF_TECHNIQUE,
	},
	Domain, Hash, TechniqueId, TechniqueStatus,
};
use frame::{deps::frame_support::BoundedBTreeSet, prelude::*};
/// Where a catalogue is kept: each import writes to its own.
pub type Generation = u32;

/// Lines of the index, ascending by id.
pub type Index = BoundedVec<IndexEntry, ConstU32<MAX_INDEX>>;

/// Most replaced or aborted catalogues that may wait to be cleared.
pub const MAX_RETIRED: u32 = 8;

/// Catalogues that wait to be cleared, the oldest first.
pub type RetiredGenerations = BoundedVec<(Domain, Generation), ConstU32<MAX_RETIRED>>;

/// The catalogue that holds in a domain.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Edition {
	/// ATT&CK's version.
	pub version: CatalogueVersion,
	/// Where it is kept.
	pub generation: Generation,
	/// How many techniques it has.
	pub techniques: u32,
}

/// What is kept of a technique beside its id.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Technique {
	/// UTF-8.
	pub name: Name,
	/// In the order of the matrix.
	pub tactics: BoundedVec<TacticId, ConstU32<MAX_TACTICS_OF_TECHNIQUE>>,
	/// In use, deprecated or revoked.
	pub status: TechniqueStatus,
}

/// An import under way.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Import {
	/// ATT&CK's version.
	pub version: CatalogueVersion,
	/// Where it is kept.
	pub generation: Generation,
	/// The hashes that were voted for.
	pub pages: BoundedVec<Hash, ConstU32<MAX_PAGES>>,
	/// How many techniques were voted for.
	pub count: u32,
	/// A bit for each page that is there, the lowest for the first.
	pub received: u64,
	/// The tactics that techniques have named so far.
	pub served: BoundedBTreeSet<TacticId, ConstU32<MAX_TACTICS>>,
}

/// A page's bit cannot be set: there is no such page or it is there.
pub(crate) enum PageRefusal {
	NotFound,
	AlreadyImported,
	Mismatch,
}

impl Import {
	/// An import of which nothing is there yet.
	pub fn new(
		version: CatalogueVersion,
		generation: Generation,
		pages: BoundedVec<Hash, ConstU32<MAX_PAGES>>,
		count: u32,
	) -> Self {
		Self { version, generation, pages, count, received: 0, served: Default::default() }
	}

	fn bit(index: usize) -> u64 {
		u32::try_from(index).ok().and_then(|index| 1u64.checked_shl(index)).unwrap_or(0)
	}

	/// Is the page there?
	pub fn has(&self, index: usize) -> bool {
		self.received & Self::bit(index) != 0
	}

	/// Notes that the page is there, if it is the one that was voted for.
	pub(crate) fn receive(&mut self, index: u32, hash: Hash) -> Result<(), PageRefusal> {
		let index = index as usize;
		let expected = self.pages.get(index).ok_or(PageRefusal::NotFound)?;
		if self.has(index) {
			return Err(PageRefusal::AlreadyImported);
		}
		if *expected != hash {
			return Err(PageRefusal::Mismatch);
		}
		self.received |= Self::bit(index);
		Ok(())
	}

	/// Numbers of the pages that are not there.
	pub fn missing(&self) -> impl Iterator<Item = u32> + '_ {
		(0u32..).zip(&self.pages).map(|(index, _)| index).filter(|index| !self.has(*index as usize))
	}

	/// Are all pages there?
	pub fn is_complete(&self) -> bool {
		self.missing().next().is_none()
	}
}

/// The version that holds in a domain.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct VersionInfo {
	/// The domain.
	pub domain: Domain,
	/// ATT&CK's version.
	pub version: CatalogueVersion,
	/// How many techniques it has.
	pub techniques: u32,
}

/// A technique as the catalogue has it.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct TechniqueInfo {
	/// Its id.
	pub id: TechniqueId,
	/// The matrix it belongs to.
	pub domain: Domain,
	/// Its name; a sub-technique's is without its parent's.
	pub name: String,
	/// Shortnames of its tactics, as kill chain phases use them, in the order of the matrix.
	pub tactics: Vec<String>,
	/// In use, deprecated or revoked.
	pub status: TechniqueStatus,
}

/// A column of a matrix.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct TacticInfo {
	/// `TA0001`
	pub id: TacticId,
	/// `initial-access`
	pub shortname: String,
	/// `Initial Access`
	pub name: String,
}

impl From<&Tactic> for TacticInfo {
	fn from(tactic: &Tactic) -> Self {
		Self { id: tactic.id, shortname: text(&tactic.shortname), name: text(&tactic.name) }
	}
}

/// An import under way, for those who bring its pages.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct ImportInfo {
	/// ATT&CK's version.
	pub version: CatalogueVersion,
	/// The hashes that were voted for.
	pub pages: Vec<Hash>,
	/// How many techniques were voted for.
	pub count: u32,
	/// Numbers of the pages that are not there, counted from 0.
	pub missing: Vec<u32>,
}

impl From<Import> for ImportInfo {
	fn from(import: Import) -> Self {
		let missing = import.missing().collect();
		Self { version: import.version, pages: import.pages.into_inner(), count: import.count, missing }
	}
}

/// Checks that a call's worst case is at most a twelfth of a core's block, which blocks of 500 ms need.
#[cfg(feature = "std")]
pub(crate) fn check_worst_case(weight: Weight) {
	use frame::deps::frame_support::weights::constants::WEIGHT_REF_TIME_PER_MILLIS;
	let budget = Weight::from_parts(WEIGHT_REF_TIME_PER_MILLIS.saturating_mul(110), 600_000);
	assert!(budget.all_gte(weight), "the worst case, {weight:?}, is more than {budget:?}");
}
