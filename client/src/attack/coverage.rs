//! What the store's records say of each technique, in the order of ATT&CK's matrix.

use crate::{
	chain::types::{TechniqueInfo, VersionInfo},
	store::RecordRow,
};
use cti_primitives::{catalogue::CatalogueVersion, Domain, RecordId, TechniqueId, TechniqueStatus};
use std::collections::BTreeMap;

/// A domain's matrix as the chain has it.
pub struct Matrix {
	/// The domain.
	pub domain: Domain,
	/// ATT&CK's version.
	pub version: CatalogueVersion,
	/// Shortname and name of each tactic, and its techniques.
	pub tactics: Vec<(String, String, Vec<TechniqueId>)>,
	/// Everything that the chain knows of techniques, of all domains.
	pub catalogue: BTreeMap<TechniqueId, TechniqueInfo>,
}

/// A technique's part in the records.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Seen {
	/// The records that name it, the newest last.
	pub records: Vec<RecordId>,
	/// When the newest was published, in unix seconds.
	pub newest: u64,
}

/// A technique in the matrix.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Cell {
	/// Which.
	pub id: TechniqueId,
	/// Its name; a sub-technique's is without its parent's.
	pub name: String,
	/// What records say of it.
	pub seen: Seen,
}

/// A tactic, and its techniques in the order of the matrix.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Column {
	/// `initial-access`
	pub shortname: String,
	/// `Initial Access`
	pub name: String,
	/// Techniques, each followed by its sub-techniques.
	pub cells: Vec<Cell>,
}

/// A matrix with what records say.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Coverage {
	/// The domain.
	pub domain: Domain,
	/// ATT&CK's version.
	pub version: CatalogueVersion,
	/// Tactics in their order.
	pub columns: Vec<Column>,
	/// Records that name a technique of the matrix.
	pub records: usize,
	/// Techniques that records name and that have no place in a matrix any more, or in this domain's: deprecated ones, unknown
	/// ones.
	pub elsewhere: BTreeMap<TechniqueId, Seen>,
}

impl Matrix {
	/// The technique that an id means today: revoked ones lead to their successors.
	fn today(&self, id: TechniqueId) -> TechniqueId {
		let mut id = id;
		// As many steps as the catalogue has techniques: a ring of successors ends, too.
		for _ in 0..self.catalogue.len() {
			match self.catalogue.get(&id).map(|technique| *technique.status) {
				Some(TechniqueStatus::Revoked(Some(successor))) => id = successor,
				_ => break,
			}
		}
		id
	}

	/// Puts the records where their techniques are.
	pub fn cover(&self, records: &[RecordRow]) -> Coverage {
		let mut seen: BTreeMap<TechniqueId, Seen> = BTreeMap::new();
		for row in records {
			for id in row.techniques.keys() {
				let seen = seen.entry(self.today(*id)).or_default();
				// Two ids of a record may mean one technique today.
				if seen.records.last() != Some(&row.announced.record) {
					seen.records.push(row.announced.record);
				}
				seen.newest = seen.newest.max(row.announced.published);
			}
		}
		let name = |id: &TechniqueId| self.catalogue.get(id).map_or_else(|| id.to_string(), |found| found.name.clone());
		let cell = |id: &TechniqueId| Cell { id: *id, name: name(id), seen: seen.get(id).cloned().unwrap_or_default() };
		let column = |(shortname, name, ids): &(String, String, Vec<TechniqueId>)| Column {
			shortname: shortname.clone(),
			name: name.clone(),
			cells: ids.iter().map(cell).collect(),
		};
		let columns: Vec<Column> = self.tactics.iter().map(column).collect();
		let placed = || columns.iter().flat_map(|column| &column.cells);
		let records: std::collections::BTreeSet<RecordId> =
			placed().flat_map(|cell| cell.seen.records.clone()).collect();
		placed().for_each(|cell| {
			seen.remove(&cell.id);
		});
		Coverage { domain: self.domain, version: self.version, records: records.len(), columns, elsewhere: seen }
	}

	/// The domain's version, of those that the chain tells.
	pub fn version_in(domain: Domain, versions: &[VersionInfo]) -> Option<CatalogueVersion> {
		versions.iter().find(|info| *info.domain == domain).map(|info| *info.version)
	}
}

impl Coverage {
	/// The most records that one technique has.
	pub fn most(&self) -> usize {
		self.cells().map(|cell| cell.seen.records.len()).max().unwrap_or(0)
	}

	/// All cells; a technique under two tactics has two.
	pub fn cells(&self) -> impl Iterator<Item = &Cell> {
		self.columns.iter().flat_map(|column| &column.cells)
	}
}

/// A colour from pale to strong for a share of the most: `#rrggbb`. Told apart also by those who see few colours, and in grey.
pub fn colour(records: usize, most: usize) -> String {
	const PALE: [f64; 3] = [253.0, 224.0, 170.0];
	const STRONG: [f64; 3] = [178.0, 24.0, 43.0];
	// A few records must be told from none also where one technique has thousands.
	let share = (records as f64).ln_1p() / (most.max(1) as f64).ln_1p();
	let mixed = PALE.iter().zip(STRONG).map(|(pale, strong)| (pale + (strong - pale) * share).round() as u8);
	let [red, green, blue]: [u8; 3] = mixed.collect::<Vec<_>>().try_into().unwrap_or_default();
	format!("#{red:02x}{green:02x}{blue:02x}")
}

#[cfg(test)]
#[path = "coverage_tests.rs"]
mod tests;
