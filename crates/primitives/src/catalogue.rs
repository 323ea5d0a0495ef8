//! The compact ATT&CK catalogue: what is kept of MITRE's bundles, how it is cut into pages that a vote can name by hash,
//! and the rules that every catalogue obeys. The importer and the chain check the same rules with the same code.

use crate::{
	ids::Hash,
	technique::{Domain, TechniqueId, TechniqueKey, TechniqueStatus},
};
use alloc::{collections::BTreeSet, string::String, vec::Vec};
use blake2::{digest::consts::U32, Blake2b, Digest};
use bounded_collections::{BoundedVec, ConstU32};
use codec::{Decode, DecodeWithMemTracking, Encode, EncodeLike, Input, MaxEncodedLen};
use core::{fmt, str::FromStr};
use scale_info::{Type, TypeInfo};
use serde::{de, Deserialize, Deserializer, Serialize, Serializer};

/// Most bytes of a name.
pub const MAX_NAME: u32 = 96;
/// Most tactics that one technique serves.
pub const MAX_TACTICS_OF_TECHNIQUE: u32 = 8;
/// Most tactics of a domain.
pub const MAX_TACTICS: u32 = 32;
/// Most techniques on a page.
pub const MAX_PAGE_TECHNIQUES: u32 = 64;
/// Most pages of a catalogue.
pub const MAX_PAGES: u32 = 64;
/// Most techniques of all domains together.
pub const MAX_INDEX: u32 = 4_096;
/// Most steps from a revoked technique to the one that holds today.
pub const MAX_REVOCATIONS: usize = 16;

/// UTF-8 text of a name.
pub type Name = BoundedVec<u8, ConstU32<MAX_NAME>>;
/// The tactics of a domain, in the order of its matrix.
pub type Tactics = BoundedVec<Tactic, ConstU32<MAX_TACTICS>>;

/// A name as text. Names are checked before they are kept, so nothing is lost.
pub fn text(name: &[u8]) -> String {
	String::from_utf8_lossy(name).into_owned()
}

/// ATT&CK's version, `18.1`.
#[derive(
	Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct CatalogueVersion {
	/// The number before the dot.
	pub major: u8,
	/// The number after the dot.
	pub minor: u8,
}

/// A tactic, `TA0001`.
#[derive(
	Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct TacticId(pub u16);

/// Not of the form `18.1`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct InvalidVersion;

/// Not of the form `TA0001`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct InvalidTacticId;

impl fmt::Display for CatalogueVersion {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "{}.{}", self.major, self.minor)
	}
}

impl FromStr for CatalogueVersion {
	type Err = InvalidVersion;
	/// Reads `18.1`, and `18` as `18.0`.
	fn from_str(s: &str) -> Result<Self, Self::Err> {
		let number = |s: &str| match s.bytes().all(|b| b.is_ascii_digit()) {
			true => s.parse().map_err(|_| InvalidVersion),
			false => Err(InvalidVersion),
		};
		let (major, minor) = s.split_once('.').unwrap_or((s, "0"));
		Ok(Self { major: number(major)?, minor: number(minor)? })
	}
}

impl fmt::Display for InvalidVersion {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str("a version of ATT&CK is written 18.1")
	}
}

impl fmt::Display for TacticId {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "TA{:04}", self.0)
	}
}

impl FromStr for TacticId {
	type Err = InvalidTacticId;
	fn from_str(s: &str) -> Result<Self, Self::Err> {
		let digits = s.strip_prefix("TA").ok_or(InvalidTacticId)?;
		if digits.len() != 4 || !digits.bytes().all(|b| b.is_ascii_digit()) {
			return Err(InvalidTacticId);
		}
		digits.parse().map(Self).map_err(|_| InvalidTacticId)
	}
}

impl fmt::Display for InvalidTacticId {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str("a tactic is written TA0001")
	}
}

impl core::error::Error for InvalidVersion {}
impl core::error::Error for InvalidTacticId {}

macro_rules! serde_as_text {
	($($name:ty),*) => {$(
		impl Serialize for $name {
			fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
				serializer.collect_str(self)
			}
		}

		impl<'de> Deserialize<'de> for $name {
			fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
				String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
			}
		}
	)*};
}
serde_as_text!(CatalogueVersion, TacticId);

/// A column of a domain's matrix.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Tactic {
	/// `TA0001`
	pub id: TacticId,
	/// The name that kill chain phases use: `initial-access`.
	pub shortname: Name,
	/// The name for people: `Initial Access`.
	pub name: Name,
}

/// A technique or sub-technique as the catalogue keeps it.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct CatalogueEntry {
	/// Its id.
	pub id: TechniqueId,
	/// Its name; a sub-technique's is without its parent's.
	pub name: Name,
	/// The tactics it serves, in the order of the matrix; old revoked techniques have none.
	pub tactics: BoundedVec<TacticId, ConstU32<MAX_TACTICS_OF_TECHNIQUE>>,
	/// In use, deprecated or revoked.
	pub status: TechniqueStatus,
}

/// A technique's line in the index of all domains. On chain it has the technique's short form: every record that names
/// techniques reads the whole index.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct IndexEntry {
	/// The technique.
	pub id: TechniqueId,
	/// The matrix it belongs to.
	pub domain: Domain,
	/// In use, deprecated or revoked.
	pub status: TechniqueStatus,
}

/// A line as it is kept.
#[derive(Encode, Decode, MaxEncodedLen, TypeInfo)]
struct StoredEntry {
	id: TechniqueKey,
	domain: Domain,
	status: TechniqueStatus<TechniqueKey>,
}

impl Encode for IndexEntry {
	fn size_hint(&self) -> usize {
		Self::max_encoded_len()
	}

	fn using_encoded<R, F: FnOnce(&[u8]) -> R>(&self, f: F) -> R {
		let Self { id, domain, status } = *self;
		StoredEntry { id: id.into(), domain, status: status.map(Into::into) }.using_encoded(f)
	}
}

impl EncodeLike for IndexEntry {}

impl Decode for IndexEntry {
	fn decode<I: Input>(input: &mut I) -> Result<Self, codec::Error> {
		let StoredEntry { id, domain, status } = StoredEntry::decode(input)?;
		Ok(Self { id: id.into(), domain, status: status.map(Into::into) })
	}
}

impl MaxEncodedLen for IndexEntry {
	fn max_encoded_len() -> usize {
		StoredEntry::max_encoded_len()
	}
}

impl TypeInfo for IndexEntry {
	type Identity = Self;

	fn type_info() -> Type {
		StoredEntry::type_info()
	}
}

/// What a vote names by its hash and a member then brings: some techniques, ascending, and, on one page of a catalogue,
/// all its tactics.
#[derive(Clone, PartialEq, Eq, Debug, Default, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct CataloguePage {
	/// All tactics of the domain on one page, none on the others.
	pub tactics: Tactics,
	/// Techniques, ascending by id.
	pub techniques: BoundedVec<CatalogueEntry, ConstU32<MAX_PAGE_TECHNIQUES>>,
}

/// One domain's catalogue.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Catalogue {
	/// The matrix.
	pub domain: Domain,
	/// ATT&CK's version.
	pub version: CatalogueVersion,
	/// Its techniques and tactics.
	pub pages: BoundedVec<CataloguePage, ConstU32<MAX_PAGES>>,
}

/// A rule that a catalogue breaks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Flaw {
	/// No technique at all.
	Empty,
	/// Techniques or tactics beyond the bounds.
	TooLarge,
	/// A technique's name is empty or not UTF-8.
	InvalidName(TechniqueId),
	/// A tactic's name or shortname is empty or not UTF-8.
	InvalidTacticName(TacticId),
	/// The technique is there twice, or before a smaller one.
	NotAscending(TechniqueId),
	/// The tactic is there twice.
	DuplicateTactic(TacticId),
	/// No page, or more than one, has the tactics.
	TacticsNotOnOnePage,
	/// A technique serves a tactic that the domain does not have.
	UnknownTactic(TacticId),
	/// The sub-technique's parent is missing.
	OrphanSubTechnique(TechniqueId),
	/// The technique is revoked by one that is missing.
	MissingSuccessor(TechniqueId),
	/// The technique's revocations run in a circle, or further than [`MAX_REVOCATIONS`].
	EndlessRevocation(TechniqueId),
}

impl fmt::Display for Flaw {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Flaw::Empty => f.write_str("there is no technique"),
			Flaw::TooLarge => write!(
				f,
				"there are more than {} techniques, {MAX_TACTICS} tactics, or {MAX_TACTICS_OF_TECHNIQUE} tactics of one technique",
				MAX_INDEX
			),
			Flaw::InvalidName(id) => write!(f, "the name of {id} is empty, not UTF-8, or above {MAX_NAME} bytes"),
			Flaw::InvalidTacticName(id) => write!(f, "a name of {id} is empty, not UTF-8, or above {MAX_NAME} bytes"),
			Flaw::NotAscending(id) => write!(f, "{id} is there twice or out of order"),
			Flaw::DuplicateTactic(id) => write!(f, "{id} is there twice"),
			Flaw::TacticsNotOnOnePage => f.write_str("the tactics are not on exactly one page"),
			Flaw::UnknownTactic(id) => write!(f, "a technique serves {id}, which is not a tactic of the domain"),
			Flaw::OrphanSubTechnique(id) => write!(f, "the parent of {id} is missing"),
			Flaw::MissingSuccessor(id) => write!(f, "{id} is revoked by a technique that is missing"),
			Flaw::EndlessRevocation(id) => write!(f, "the revocations of {id} do not end"),
		}
	}
}

impl core::error::Error for Flaw {}

/// Is it text to show?
fn is_text(name: &Name) -> bool {
	!name.is_empty() && core::str::from_utf8(name).is_ok()
}

impl CataloguePage {
	/// BLAKE2b-256 of the SCALE encoding: what a vote names.
	pub fn hash(&self) -> Hash {
		Blake2b::<U32>::digest(self.encode()).into()
	}

	/// Checks what can be seen on the page alone: names, order, no tactic twice.
	pub fn check(&self) -> Result<(), Flaw> {
		let mut tactics = BTreeSet::new();
		for tactic in &self.tactics {
			if !is_text(&tactic.shortname) || !is_text(&tactic.name) {
				return Err(Flaw::InvalidTacticName(tactic.id));
			}
			if !tactics.insert(tactic.id) {
				return Err(Flaw::DuplicateTactic(tactic.id));
			}
		}
		let mut last = None;
		for entry in &self.techniques {
			if last.is_some_and(|last| last >= entry.id) {
				return Err(Flaw::NotAscending(entry.id));
			}
			if !is_text(&entry.name) {
				return Err(Flaw::InvalidName(entry.id));
			}
			last = Some(entry.id);
		}
		Ok(())
	}

	/// The page's lines for the index.
	pub fn index(&self, domain: Domain) -> impl Iterator<Item = IndexEntry> + '_ {
		self.techniques.iter().map(move |entry| IndexEntry { id: entry.id, domain, status: entry.status })
	}
}

impl Catalogue {
	/// Sorts the techniques, cuts them into pages, the tactics on the first, and checks every rule.
	pub fn new(
		domain: Domain,
		version: CatalogueVersion,
		tactics: Vec<Tactic>,
		mut techniques: Vec<CatalogueEntry>,
	) -> Result<Self, Flaw> {
		techniques.sort_by_key(|entry| entry.id);
		let mut tactics = Tactics::try_from(tactics).map_err(|_| Flaw::TooLarge)?;
		let pages: Result<Vec<_>, _> = techniques
			.chunks(MAX_PAGE_TECHNIQUES as usize)
			.map(|chunk| {
				let techniques = chunk.to_vec().try_into().map_err(|_| Flaw::TooLarge)?;
				Ok(CataloguePage { tactics: core::mem::take(&mut tactics), techniques })
			})
			.collect();
		let catalogue = Self { domain, version, pages: pages?.try_into().map_err(|_| Flaw::TooLarge)? };
		catalogue.check()?;
		Ok(catalogue)
	}

	/// All techniques, ascending.
	pub fn techniques(&self) -> impl Iterator<Item = &CatalogueEntry> {
		self.pages.iter().flat_map(|page| &page.techniques)
	}

	/// All tactics, in the order of the matrix.
	pub fn tactics(&self) -> impl Iterator<Item = &Tactic> {
		self.pages.iter().flat_map(|page| &page.tactics)
	}

	/// How many techniques there are.
	pub fn count(&self) -> u32 {
		self.pages.iter().fold(0, |count, page| count.saturating_add(page.techniques.len() as u32))
	}

	/// The hashes that a vote names.
	pub fn page_hashes(&self) -> Vec<Hash> {
		self.pages.iter().map(CataloguePage::hash).collect()
	}

	/// Its lines for the index, ascending.
	pub fn index(&self) -> Vec<IndexEntry> {
		self.pages.iter().flat_map(|page| page.index(self.domain)).collect()
	}

	/// Checks every rule.
	pub fn check(&self) -> Result<(), Flaw> {
		if self.count() == 0 {
			return Err(Flaw::Empty);
		}
		self.pages.iter().try_for_each(CataloguePage::check)?;
		if self.pages.iter().filter(|page| !page.tactics.is_empty()).count() != 1 {
			return Err(Flaw::TacticsNotOnOnePage);
		}
		let known: BTreeSet<_> = self.tactics().map(|tactic| tactic.id).collect();
		let mut served = self.techniques().flat_map(|entry| entry.tactics.iter());
		if let Some(unknown) = served.find(|id| !known.contains(id)) {
			return Err(Flaw::UnknownTactic(*unknown));
		}
		check_index(&self.index())
	}
}

/// A technique's line in a sorted index.
pub fn find(index: &[IndexEntry], id: TechniqueId) -> Option<&IndexEntry> {
	index.get(index.binary_search_by_key(&id, |entry| entry.id).ok()?)
}

/// Where revocations lead.
enum End {
	/// To a technique that is not revoked.
	Holds(TechniqueId, TechniqueStatus),
	/// To a technique revoked without successor.
	NoSuccessor,
	/// To a technique that is not in the index.
	Missing,
	/// Nowhere within [`MAX_REVOCATIONS`] steps.
	Endless,
}

fn follow(index: &[IndexEntry], id: TechniqueId) -> End {
	let mut id = id;
	for _ in 0..=MAX_REVOCATIONS {
		id = match find(index, id).map(|entry| entry.status) {
			None => return End::Missing,
			Some(TechniqueStatus::Revoked(None)) => return End::NoSuccessor,
			Some(TechniqueStatus::Revoked(Some(successor))) => successor,
			Some(status) => return End::Holds(id, status),
		};
	}
	End::Endless
}

/// The technique that `id` means today, revocations followed, and its status; `None` if it is not in the sorted index or
/// was revoked without a successor.
pub fn resolve(index: &[IndexEntry], id: TechniqueId) -> Option<(TechniqueId, TechniqueStatus)> {
	match follow(index, id) {
		End::Holds(id, status) => Some((id, status)),
		End::NoSuccessor | End::Missing | End::Endless => None,
	}
}

/// Checks one domain's index: ascending, every sub-technique's parent is there, every revocation ends.
pub fn check_index(index: &[IndexEntry]) -> Result<(), Flaw> {
	check_ascending(index)?;
	for entry in index {
		if entry.id.parent().is_some_and(|parent| find(index, parent).is_none()) {
			return Err(Flaw::OrphanSubTechnique(entry.id));
		}
		match follow(index, entry.id) {
			End::Missing => return Err(Flaw::MissingSuccessor(entry.id)),
			End::Endless => return Err(Flaw::EndlessRevocation(entry.id)),
			End::Holds(..) | End::NoSuccessor => (),
		}
	}
	Ok(())
}

/// Checks that an index is ascending without repeats, which [`find`] and [`resolve`] need.
pub fn check_ascending(index: &[IndexEntry]) -> Result<(), Flaw> {
	let mut last = None;
	for entry in index {
		if last.is_some_and(|last| last >= entry.id) {
			return Err(Flaw::NotAscending(entry.id));
		}
		last = Some(entry.id);
	}
	Ok(())
}
