//! Benchmarks of the calls and of the clearing in idle time.
//!
//! The worst case of a page is the last of the largest catalogue, in place of another as large, in which every revocation
//! takes the most steps and every sub-technique's parent must be found.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

use crate::{types::*, *};
use alloc::{vec, vec::Vec};
use cti_primitives::{
	catalogue::{
		CatalogueEntry, CataloguePage, CatalogueVersion, IndexEntry, Tactic, TacticId, MAX_INDEX, MAX_NAME, MAX_PAGES,
		MAX_PAGE_TECHNIQUES, MAX_REVOCATIONS, MAX_TACTICS, MAX_TACTICS_OF_TECHNIQUE,
	},
	Domain, TechniqueId, TechniqueStatus,
};
use frame::{benchmarking::prelude::*, traits::EnsureOrigin};

/// Puts up what the benchmarks need of other pallets.
pub trait BenchmarkHelper<AccountId> {
	/// An account of an active member, not an auditor's.
	fn member() -> AccountId;
}

const DOMAIN: Domain = Domain::Enterprise;
/// A generation that was replaced, and that no genesis has.
const GONE: Generation = Generation::MAX;
const VERSION: CatalogueVersion = CatalogueVersion { major: 255, minor: 255 };

/// The `n`th line of the worst index: few techniques, all others their sub-techniques, in chains of revocations.
fn line(n: u32) -> IndexEntry {
	let id = |n: u32| TechniqueId { technique: 9_000 + (n / 1_000) as u16, sub_technique: (n % 1_000) as u16 };
	let ends = n % (MAX_REVOCATIONS as u32 + 1) == MAX_REVOCATIONS as u32 || n == MAX_INDEX - 1;
	let status = if ends { TechniqueStatus::Active } else { TechniqueStatus::Revoked(Some(id(n + 1))) };
	IndexEntry { id: id(n), domain: DOMAIN, status }
}

fn entry(line: IndexEntry) -> CatalogueEntry {
	let tactics: Vec<_> = (0..MAX_TACTICS_OF_TECHNIQUE).map(|n| TacticId(n as u16)).collect();
	CatalogueEntry {
		id: line.id,
		name: vec![b'n'; MAX_NAME as usize].try_into().unwrap(),
		tactics: tactics.try_into().unwrap(),
		status: line.status,
	}
}

/// The last `n` techniques of the worst catalogue, and all tactics.
fn last_page(n: u32) -> CataloguePage {
	let name = || vec![b'n'; MAX_NAME as usize].try_into().unwrap();
	let tactic = |id| Tactic { id: TacticId(id), shortname: name(), name: name() };
	let tactics: Vec<_> = (0..MAX_TACTICS as u16).map(tactic).collect();
	let techniques: Vec<_> = (MAX_INDEX - n..MAX_INDEX).map(|n| entry(line(n))).collect();
	CataloguePage { tactics: tactics.try_into().unwrap(), techniques: techniques.try_into().unwrap() }
}

/// An import of which all pages are there but `missing`, the last of which is `page`; and a catalogue that holds.
fn prepare<T: Config>(page: &CataloguePage, missing: u32) {
	let full: Index = (0..MAX_INDEX).map(line).collect::<Vec<_>>().try_into().unwrap();
	let here = MAX_INDEX - page.techniques.len() as u32;
	let pages = vec![page.hash(); MAX_PAGES as usize].try_into().unwrap();
	let mut import = Import::new(VERSION, 1, pages, MAX_INDEX);
	import.received = u64::MAX >> missing;
	import.served =
		(0..MAX_TACTICS as u16).map(TacticId).collect::<alloc::collections::BTreeSet<_>>().try_into().unwrap();
	Imports::<T>::insert(DOMAIN, import);
	Staged::<T>::insert(DOMAIN, Index::truncate_from(full[..here as usize].to_vec()));
	TechniqueIndex::<T>::put(full);
	Catalogues::<T>::insert(DOMAIN, Edition { version: VERSION, generation: 0, techniques: MAX_INDEX });
	Tactics::<T>::insert(DOMAIN, 0, &page.tactics);
	NextGeneration::<T>::put(2);
	let waiting: Vec<_> = (2..MAX_RETIRED + 1).map(|n| (DOMAIN, n)).collect();
	Retired::<T>::put(RetiredGenerations::try_from(waiting).unwrap());
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn authorize_import(p: Linear<1, MAX_PAGES>) -> Result<(), BenchmarkError> {
		let origin = T::ImportOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let pages = vec![[7; 32]; p as usize].try_into().unwrap();

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, DOMAIN, VERSION, pages, MAX_INDEX);

		assert_eq!(Imports::<T>::get(DOMAIN).unwrap().pages.len() as u32, p);
		Ok(())
	}

	#[benchmark]
	fn import_page(n: Linear<0, MAX_PAGE_TECHNIQUES>) {
		let page = last_page(n);
		prepare::<T>(&page, 2);
		let caller = T::BenchmarkHelper::member();

		#[extrinsic_call]
		_(RawOrigin::Signed(caller), DOMAIN, MAX_PAGES - 1, page);

		assert!(Imports::<T>::get(DOMAIN).unwrap().has(MAX_PAGES as usize - 1));
	}

	#[benchmark]
	fn import_last_page(n: Linear<1, MAX_PAGE_TECHNIQUES>) {
		let page = last_page(n);
		prepare::<T>(&page, 1);
		let caller = T::BenchmarkHelper::member();

		#[extrinsic_call]
		import_page(RawOrigin::Signed(caller), DOMAIN, MAX_PAGES - 1, page);

		assert_eq!(Catalogues::<T>::get(DOMAIN).unwrap().generation, 1);
	}

	#[benchmark]
	fn abort_import() -> Result<(), BenchmarkError> {
		let origin = T::ImportOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let page = last_page(1);
		prepare::<T>(&page, 1);
		Tactics::<T>::insert(DOMAIN, 1, page.tactics);

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, DOMAIN);

		assert!(!Imports::<T>::contains_key(DOMAIN));
		Ok(())
	}

	#[benchmark]
	fn clear_retired(n: Linear<0, CLEAR_STEP>) {
		Retired::<T>::put(RetiredGenerations::truncate_from(vec![(DOMAIN, GONE); MAX_RETIRED as usize]));
		for n in 0..n {
			let CatalogueEntry { id, name, tactics, status } = entry(line(n));
			Techniques::<T>::insert((DOMAIN, GONE, id), Technique { name, tactics, status });
		}

		#[block]
		{
			Pallet::<T>::clear_retired(Weight::MAX);
		}

		assert_eq!(Techniques::<T>::iter_prefix((DOMAIN, GONE)).count(), 0);
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
