//! What clients read. Not for calls: these walk a whole domain.

use crate::{types::*, Catalogues, Config, Pallet, Tactics, TechniqueIndex, Techniques};
use alloc::{collections::BTreeMap, string::String, vec::Vec};
use cti_primitives::{
	catalogue::{find, text, IndexEntry, Tactic, TacticId, Tactics as TacticList},
	Domain, TechniqueId, TechniqueStatus,
};

impl<T: Config> Pallet<T> {
	pub(crate) fn read_versions() -> Vec<VersionInfo> {
		let info = |domain: Domain| {
			let Edition { version, techniques, .. } = Catalogues::<T>::get(domain)?;
			Some(VersionInfo { domain, version, techniques })
		};
		Domain::ALL.into_iter().filter_map(info).collect()
	}

	pub(crate) fn read_technique(id: TechniqueId) -> Option<TechniqueInfo> {
		let index = TechniqueIndex::<T>::get();
		let line = find(&index, id)?;
		let (generation, tactics) = Self::edition(line.domain)?;
		Self::info(line, generation, &tactics)
	}

	pub(crate) fn read_techniques(domain: Domain) -> Vec<TechniqueInfo> {
		let Some((generation, tactics)) = Self::edition(domain) else { return Vec::new() };
		let index = TechniqueIndex::<T>::get();
		let lines = index.iter().filter(|line| line.domain == domain);
		lines.filter_map(|line| Self::info(line, generation, &tactics)).collect()
	}

	pub(crate) fn read_matrix(domain: Domain) -> Vec<(TacticInfo, Vec<TechniqueId>)> {
		let Some((generation, tactics)) = Self::edition(domain) else { return Vec::new() };
		let mut cells: BTreeMap<TacticId, Vec<TechniqueId>> = BTreeMap::new();
		let index = TechniqueIndex::<T>::get();
		let active = |line: &&IndexEntry| line.domain == domain && line.status == TechniqueStatus::Active;
		for line in index.iter().filter(active) {
			let technique = Techniques::<T>::get((domain, generation, line.id));
			for tactic in technique.into_iter().flat_map(|technique| technique.tactics) {
				cells.entry(tactic).or_default().push(line.id);
			}
		}
		let column = |tactic: &Tactic| Some((TacticInfo::from(tactic), cells.remove(&tactic.id)?));
		tactics.iter().filter_map(column).collect()
	}

	fn edition(domain: Domain) -> Option<(Generation, TacticList)> {
		let generation = Catalogues::<T>::get(domain)?.generation;
		Some((generation, Tactics::<T>::get(domain, generation)?))
	}

	fn info(line: &IndexEntry, generation: Generation, tactics: &TacticList) -> Option<TechniqueInfo> {
		let IndexEntry { id, domain, status } = *line;
		let technique = Techniques::<T>::get((domain, generation, id))?;
		let shortname = |id: &TacticId| -> Option<String> {
			tactics.iter().find(|tactic| tactic.id == *id).map(|tactic| text(&tactic.shortname))
		};
		let tactics = technique.tactics.iter().filter_map(shortname).collect();
		Some(TechniqueInfo { id, domain, name: text(&technique.name), tactics, status })
	}
}
