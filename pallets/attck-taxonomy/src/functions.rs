//! Imports: what the calls do, and genesis, which goes the same way.

use crate::{
	official,
	types::{Edition, Generation, Import, Index, PageRefusal, Technique},
	Catalogues, Config, Error, Event, Imports, NextGeneration, Pallet, Retired, Staged, Tactics, TechniqueIndex,
	Techniques, WeightInfo, CLEAR_STEP,
};
use cti_primitives::{
	catalogue::{self, check_ascending, check_index, Catalogue, CataloguePage, CatalogueVersion, Flaw, MAX_PAGES},
	Domain, Hash, MemberId, Members, Role, Standing, Taxonomy, TechniqueId, TechniqueStatus,
};
use frame::prelude::*;

impl<T: Config> Taxonomy for Pallet<T> {
	fn resolve(id: TechniqueId) -> Option<(TechniqueId, TechniqueStatus)> {
		catalogue::resolve(&TechniqueIndex::<T>::get(), id)
	}

	fn check_all(ids: &[TechniqueId]) -> Result<(), TechniqueId> {
		if ids.is_empty() {
			return Ok(());
		}
		let index = TechniqueIndex::<T>::get();
		ids.iter().try_for_each(|id| catalogue::resolve(&index, *id).map(|_| ()).ok_or(*id))
	}
}

impl<T> From<Flaw> for Error<T> {
	fn from(flaw: Flaw) -> Self {
		match flaw {
			Flaw::Empty => Error::EmptyImport,
			Flaw::TooLarge => Error::TooManyTechniques,
			Flaw::InvalidName(_) | Flaw::InvalidTacticName(_) => Error::InvalidName,
			Flaw::NotAscending(_) => Error::DuplicateTechnique,
			Flaw::DuplicateTactic(_) => Error::DuplicateTactic,
			Flaw::TacticsNotOnOnePage => Error::TacticsNotOnOnePage,
			Flaw::UnknownTactic(_) => Error::UnknownTactic,
			Flaw::OrphanSubTechnique(_) => Error::OrphanSubTechnique,
			Flaw::MissingSuccessor(_) => Error::MissingSuccessor,
			Flaw::EndlessRevocation(_) => Error::EndlessRevocation,
		}
	}
}

impl<T> From<PageRefusal> for Error<T> {
	fn from(refusal: PageRefusal) -> Self {
		match refusal {
			PageRefusal::NotFound => Error::PageNotFound,
			PageRefusal::AlreadyImported => Error::PageAlreadyImported,
			PageRefusal::Mismatch => Error::PageMismatch,
		}
	}
}

impl<T: Config> Pallet<T> {
	/// The active member for whom a signed account acts, and not only reads.
	pub(crate) fn ensure_member(origin: OriginFor<T>) -> Result<MemberId, DispatchError> {
		let who = ensure_signed(origin)?;
		let actor = T::Members::actor(&who).ok_or(Error::<T>::NotMember)?;
		ensure!(actor.role != Role::Auditor, Error::<T>::NotAuthorized);
		ensure!(T::Members::standing(actor.member) == Some(Standing::Active), Error::<T>::NotActive);
		Ok(actor.member)
	}

	pub(crate) fn do_authorize_import(
		domain: Domain,
		version: CatalogueVersion,
		pages: BoundedVec<Hash, ConstU32<MAX_PAGES>>,
		count: u32,
	) -> DispatchResult {
		ensure!(!pages.is_empty() && count > 0, Error::<T>::EmptyImport);
		ensure!(!Imports::<T>::contains_key(domain), Error::<T>::ImportInProgress);
		let generation = Self::take_generation()?;
		Imports::<T>::insert(domain, Import::new(version, generation, pages.clone(), count));
		Self::deposit_event(Event::ImportAuthorized { domain, version, generation, pages, count });
		Ok(())
	}

	pub(crate) fn do_import_page(
		by: MemberId,
		domain: Domain,
		index: u32,
		page: CataloguePage,
	) -> DispatchResultWithPostInfo {
		let mut import = Imports::<T>::get(domain).ok_or(Error::<T>::ImportNotFound)?;
		import.receive(index, page.hash()).map_err(Error::<T>::from)?;
		page.check().map_err(Error::<T>::from)?;
		let techniques = page.techniques.len() as u32;
		Self::stage(domain, &mut import, page)?;
		Self::deposit_event(Event::PageImported { domain, generation: import.generation, index, techniques, by });
		if import.is_complete() {
			Self::finish(domain, import)?;
			Imports::<T>::remove(domain);
			return Ok(Pays::No.into());
		}
		Imports::<T>::insert(domain, import);
		Ok((Some(T::WeightInfo::import_page(techniques)), Pays::No).into())
	}

	pub(crate) fn do_abort_import(domain: Domain) -> DispatchResult {
		let Import { version, generation, received, .. } =
			Imports::<T>::take(domain).ok_or(Error::<T>::ImportNotFound)?;
		Staged::<T>::remove(domain);
		Tactics::<T>::remove(domain, generation);
		if received != 0 {
			Self::retire(domain, generation)?;
		}
		Self::deposit_event(Event::ImportAborted { domain, version, generation });
		Ok(())
	}

	/// Starts a chain with the tables that are compiled in.
	pub(crate) fn install_official() -> DispatchResult {
		let catalogues = official::catalogues().map_err(|_| DispatchError::Corruption)?;
		catalogues.into_iter().try_for_each(Self::install)
	}

	/// Imports a whole catalogue at once.
	pub(crate) fn install(catalogue: Catalogue) -> DispatchResult {
		let (domain, count) = (catalogue.domain, catalogue.count());
		let mut import = Import::new(catalogue.version, Self::take_generation()?, BoundedVec::default(), count);
		for page in catalogue.pages {
			page.check().map_err(Error::<T>::from)?;
			Self::stage(domain, &mut import, page)?;
		}
		Self::finish(domain, import)
	}

	fn take_generation() -> Result<Generation, DispatchError> {
		NextGeneration::<T>::try_mutate(|next| {
			let generation = *next;
			*next = generation.checked_add(1).ok_or(ArithmeticError::Overflow)?;
			Ok(generation)
		})
	}

	/// Keeps a page beside the catalogue that holds.
	fn stage(domain: Domain, import: &mut Import, page: CataloguePage) -> DispatchResult {
		let generation = import.generation;
		let mut staged = Staged::<T>::get(domain);
		for line in page.index(domain) {
			staged.try_push(line).map_err(|_| Error::<T>::TooManyTechniques)?;
		}
		staged.sort_by_key(|line| line.id);
		check_ascending(&staged).map_err(Error::<T>::from)?;
		Staged::<T>::insert(domain, staged);

		if !page.tactics.is_empty() {
			ensure!(!Tactics::<T>::contains_key(domain, generation), Error::<T>::TacticsNotOnOnePage);
			Tactics::<T>::insert(domain, generation, page.tactics);
		}
		for entry in page.techniques {
			for tactic in &entry.tactics {
				// A domain has at most as many tactics as the set can hold: one more cannot be known.
				import.served.try_insert(*tactic).map_err(|_| Error::<T>::UnknownTactic)?;
			}
			let technique = Technique { name: entry.name, tactics: entry.tactics, status: entry.status };
			Techniques::<T>::insert((domain, generation, entry.id), technique);
		}
		Ok(())
	}

	/// Checks what can be seen only of the whole, and puts the import in the place of the catalogue that holds.
	fn finish(domain: Domain, import: Import) -> DispatchResult {
		let Import { version, generation, count, served, .. } = import;
		let staged = Staged::<T>::take(domain);
		ensure!(staged.len() as u32 == count, Error::<T>::CountMismatch);
		let tactics = Tactics::<T>::get(domain, generation).ok_or(Error::<T>::TacticsNotOnOnePage)?;
		let is_known = |id| tactics.iter().any(|tactic| tactic.id == id);
		ensure!(served.into_iter().all(is_known), Error::<T>::UnknownTactic);
		check_index(&staged).map_err(Error::<T>::from)?;
		Self::swap_index(domain, staged)?;

		let previous = Catalogues::<T>::get(domain);
		Catalogues::<T>::insert(domain, Edition { version, generation, techniques: count });
		if let Some(old) = previous {
			Tactics::<T>::remove(domain, old.generation);
			Self::retire(domain, old.generation)?;
		}
		let previous = previous.map(|old| old.version);
		Self::deposit_event(Event::CatalogueReplaced { domain, version, generation, techniques: count, previous });
		Ok(())
	}

	fn swap_index(domain: Domain, staged: Index) -> DispatchResult {
		let mut index = TechniqueIndex::<T>::get().into_inner();
		index.retain(|line| line.domain != domain);
		index.extend(staged);
		index.sort_by_key(|line| line.id);
		check_ascending(&index).map_err(|_| Error::<T>::TechniqueInTwoDomains)?;
		TechniqueIndex::<T>::put(Index::try_from(index).map_err(|_| Error::<T>::TooManyTechniques)?);
		Ok(())
	}

	fn retire(domain: Domain, generation: Generation) -> Result<(), Error<T>> {
		Retired::<T>::try_append((domain, generation)).map_err(|_| Error::TooManyRetired)
	}

	/// Clears a step of the oldest retired catalogue, if the block has room for it, and says what that took.
	pub(crate) fn clear_retired(remaining: Weight) -> Weight {
		if !remaining.all_gte(T::WeightInfo::clear_retired(CLEAR_STEP)) {
			return Weight::zero();
		}
		let mut retired = Retired::<T>::get();
		let Some((domain, generation)) = retired.first().copied() else {
			return T::DbWeight::get().reads(1);
		};
		let cleared = Techniques::<T>::clear_prefix((domain, generation), CLEAR_STEP, None);
		if cleared.maybe_cursor.is_none() {
			retired.retain(|waiting| *waiting != (domain, generation));
			Retired::<T>::put(retired);
			Self::deposit_event(Event::GenerationCleared { domain, generation });
		}
		T::WeightInfo::clear_retired(cleared.loops)
	}
}
