//! The invariants.

use crate::{
	types::{Edition, Generation},
	Catalogues, Config, Imports, NextGeneration, Pallet, Retired, Staged, Tactics, TechniqueIndex, Techniques,
};
use alloc::{collections::BTreeSet, vec::Vec};
use cti_primitives::{
	catalogue::{check_ascending, check_index, IndexEntry},
	Domain, TechniqueId, TechniqueStatus,
};
use frame::{deps::sp_runtime::TryRuntimeError, prelude::*};

impl<T: Config> Pallet<T> {
	/// Checks every invariant.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		Self::try_state_index()?;
		Self::try_state_catalogues()?;
		Self::try_state_imports()?;
		Self::try_state_generations()
	}

	/// The index is ascending without repeats. Within a domain every sub-technique's parent is there and revocation chains
	/// end. Only domains that have a catalogue are in it, and each has as many techniques as its catalogue says.
	fn try_state_index() -> Result<(), TryRuntimeError> {
		let index = TechniqueIndex::<T>::get();
		ensure!(check_ascending(&index).is_ok(), "the index is not ascending");
		for domain in Domain::ALL {
			let lines: Vec<IndexEntry> = index.iter().filter(|line| line.domain == domain).copied().collect();
			ensure!(check_index(&lines).is_ok(), "a domain's index has orphans or endless revocations");
			let counted = Catalogues::<T>::get(domain).map_or(0, |edition| edition.techniques);
			ensure!(lines.len() as u32 == counted, "the index does not have as many techniques as the catalogue");
		}
		Ok(())
	}

	/// A catalogue and its part of the index have the same techniques with the same status, and techniques serve only
	/// tactics of their domain.
	fn try_state_catalogues() -> Result<(), TryRuntimeError> {
		let index = TechniqueIndex::<T>::get();
		for (domain, Edition { generation, .. }) in Catalogues::<T>::iter() {
			let lines = index.iter().filter(|line| line.domain == domain).map(|line| (line.id, line.status));
			ensure!(lines.eq(Self::stored(domain, generation)), "the index differs from the catalogue");
			let tactics = Tactics::<T>::get(domain, generation).ok_or("a catalogue has no tactics")?;
			let known: BTreeSet<_> = tactics.iter().map(|tactic| tactic.id).collect();
			let mut served = Techniques::<T>::iter_prefix_values((domain, generation)).flat_map(|t| t.tactics);
			ensure!(served.all(|id| known.contains(&id)), "a technique serves an unknown tactic");
		}
		Ok(())
	}

	/// An import under way has at least one page to come, and its staged index has the techniques that it has brought.
	/// Without an import nothing is staged.
	fn try_state_imports() -> Result<(), TryRuntimeError> {
		for domain in Domain::ALL {
			let staged = Staged::<T>::get(domain);
			let Some(import) = Imports::<T>::get(domain) else {
				ensure!(staged.is_empty(), "techniques are staged without an import");
				continue;
			};
			ensure!(!import.is_complete(), "an import waits though all its pages are there");
			let lines = staged.iter().map(|line| (line.id, line.status));
			ensure!(lines.eq(Self::stored(domain, import.generation)), "the staged index differs from the import");
		}
		Ok(())
	}

	/// Every technique belongs to a catalogue that holds, is being imported or waits to be cleared, tactics to one of the
	/// first two; no generation is used twice, and none is as high as the next.
	fn try_state_generations() -> Result<(), TryRuntimeError> {
		let holding = Catalogues::<T>::iter().map(|(domain, edition)| (domain, edition.generation));
		let importing = Imports::<T>::iter().map(|(domain, import)| (domain, import.generation));
		let living: Vec<(Domain, Generation)> = holding.chain(importing).collect();
		let all: Vec<_> = living.iter().copied().chain(Retired::<T>::get()).collect();
		let distinct: BTreeSet<_> = all.iter().map(|(_, generation)| *generation).collect();
		ensure!(distinct.len() == all.len(), "a generation is used twice");
		ensure!(distinct.iter().all(|generation| *generation < NextGeneration::<T>::get()), "a generation is too high");
		let mut techniques = Techniques::<T>::iter_keys();
		ensure!(techniques.all(|(domain, at, _)| all.contains(&(domain, at))), "a technique belongs to no catalogue");
		let mut tactics = Tactics::<T>::iter_keys();
		ensure!(tactics.all(|key| living.contains(&key)), "tactics belong to no catalogue");
		Ok(())
	}

	/// The techniques kept at a generation, ascending.
	fn stored(domain: Domain, generation: Generation) -> Vec<(TechniqueId, TechniqueStatus)> {
		let mut stored: Vec<_> =
			Techniques::<T>::iter_prefix((domain, generation)).map(|(id, technique)| (id, technique.status)).collect();
		stored.sort_by_key(|(id, _)| *id);
		stored
	}
}
