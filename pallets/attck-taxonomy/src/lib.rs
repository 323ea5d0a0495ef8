//! # ATT&CK taxonomy
//!
//! The official MITRE ATT&CK catalogue: ids, names, tactics and status of every technique of the three domains. Records name
//! techniques, and every node can say what a technique is, whether it still holds and what replaced it.
//!
//! A chain starts with the catalogue that is compiled in. A new version comes by vote and by pages: the consortium votes for
//! the hashes of all pages, then any member brings each page. Until the last page is there the old catalogue serves; then the
//! new one replaces it in one step, or, if it breaks a rule, not at all.
//!
//! * [`Config`] joins the pallet with the vote and the members.
//! * [`Call`] is what the consortium and its members send.
//! * [`runtime_api`] is how clients read.
//! * [`Pallet`] implements [`Taxonomy`](cti_primitives::Taxonomy) for the other pallets.
#![cfg_attr(not(feature = "std"), no_std)]
#![cfg_attr(
	not(test),
	deny(
		clippy::unwrap_used,
		clippy::expect_used,
		clippy::panic,
		clippy::indexing_slicing,
		clippy::arithmetic_side_effects
	)
)]

extern crate alloc;

#[cfg(feature = "runtime-benchmarks")]
pub mod benchmarking;
mod functions;
#[cfg(test)]
mod mock;
mod official;
pub mod runtime_api;
#[cfg(test)]
mod tests;
#[cfg(any(feature = "try-runtime", test))]
mod try_state;
pub mod types;
mod views;
pub mod weights;

pub use pallet::*;
pub use types::{Edition, Generation, Import, ImportInfo, TacticInfo, Technique, TechniqueInfo, VersionInfo};
pub use weights::WeightInfo;

// FRAME's macros expand to `expect`; what is written here only names things and passes calls on.
#[frame::pallet]
#[allow(clippy::expect_used)]
pub mod pallet {
	use super::*;
	use alloc::vec::Vec;
	use cti_primitives::{
		catalogue::{CataloguePage, CatalogueVersion, Tactics as TacticList, MAX_PAGES},
		Domain, Hash, MemberId, Members, TechniqueId, TechniqueStatus,
	};
	use frame::prelude::*;
	use types::{Index, RetiredGenerations};

	/// Most techniques of a replaced or aborted catalogue that one block clears.
	pub const CLEAR_STEP: u32 = 32;

	#[pallet::config]
	pub trait Config: frame_system::Config {
		/// Who decides which catalogue holds: a vote of the consortium.
		type ImportOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// Who may bring pages.
		type Members: Members<Self::AccountId>;

		/// Weights of the calls.
		type WeightInfo: WeightInfo;

		/// Puts up the member that the benchmarks need.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: benchmarking::BenchmarkHelper<Self::AccountId>;
	}

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// Which catalogue holds, for each domain that has one.
	#[pallet::storage]
	pub type Catalogues<T: Config> = StorageMap<_, Twox64Concat, Domain, Edition>;

	/// Every technique of every domain, ascending by id: all that is needed to check a record's techniques, in one read.
	#[pallet::storage]
	pub type TechniqueIndex<T: Config> = StorageValue<_, Index, ValueQuery>;

	/// The techniques of the catalogues that hold, that are being imported, and that wait to be cleared.
	#[pallet::storage]
	pub type Techniques<T: Config> = StorageNMap<
		_,
		(NMapKey<Twox64Concat, Domain>, NMapKey<Twox64Concat, Generation>, NMapKey<Twox64Concat, TechniqueId>),
		Technique,
	>;

	/// The tactics of the catalogues that hold and that are being imported, in the order of the matrix.
	#[pallet::storage]
	pub type Tactics<T: Config> = StorageDoubleMap<_, Twox64Concat, Domain, Twox64Concat, Generation, TacticList>;

	/// The imports that are under way.
	#[pallet::storage]
	pub type Imports<T: Config> = StorageMap<_, Twox64Concat, Domain, Import>;

	/// The part of the index that an import has brought so far.
	#[pallet::storage]
	pub type Staged<T: Config> = StorageMap<_, Twox64Concat, Domain, Index, ValueQuery>;

	/// The catalogues whose techniques wait to be cleared.
	#[pallet::storage]
	pub type Retired<T: Config> = StorageValue<_, RetiredGenerations, ValueQuery>;

	/// The generation that the next import writes to. Generations are never used twice, also after an abort.
	#[pallet::storage]
	pub type NextGeneration<T: Config> = StorageValue<_, Generation, ValueQuery>;

	#[pallet::genesis_config]
	#[derive(frame::derive::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// Start with ATT&CK v18.1 of all three domains, from the tables that are compiled in.
		pub official_catalogue: bool,
		#[serde(skip)]
		#[doc(hidden)]
		pub _config: PhantomData<T>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			if self.official_catalogue {
				Pallet::<T>::install_official().expect(
					"the tables are constants of this crate; the integrity test decodes them and checks every rule; qed",
				);
			}
		}
	}

	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// The consortium voted for a catalogue; its pages may now be brought.
		ImportAuthorized {
			/// The domain to get a new catalogue.
			domain: Domain,
			/// The version of ATT&CK.
			version: CatalogueVersion,
			/// Where the import is kept.
			generation: Generation,
			/// BLAKE2b-256 of each page.
			pages: BoundedVec<Hash, ConstU32<MAX_PAGES>>,
			/// How many techniques all pages have together.
			count: u32,
		},
		/// A page was brought.
		PageImported {
			/// The domain.
			domain: Domain,
			/// Where the import is kept.
			generation: Generation,
			/// The page's number, counted from 0.
			index: u32,
			/// How many techniques it had.
			techniques: u32,
			/// The member that brought it.
			by: MemberId,
		},
		/// The last page was brought: the new catalogue holds.
		CatalogueReplaced {
			/// The domain.
			domain: Domain,
			/// The version of ATT&CK that holds.
			version: CatalogueVersion,
			/// Where it is kept.
			generation: Generation,
			/// How many techniques it has.
			techniques: u32,
			/// The version that held before.
			previous: Option<CatalogueVersion>,
		},
		/// The consortium gave an import up.
		ImportAborted {
			/// The domain.
			domain: Domain,
			/// The version that is not imported.
			version: CatalogueVersion,
			/// Where it was kept.
			generation: Generation,
		},
		/// The last techniques of a replaced or aborted catalogue are gone.
		GenerationCleared {
			/// The domain.
			domain: Domain,
			/// Where they were kept.
			generation: Generation,
		},
	}

	#[pallet::error]
	pub enum Error<T> {
		/// The account acts for no member.
		NotMember,
		/// The member is suspended, left or was expelled.
		NotActive,
		/// An auditor's account only reads.
		NotAuthorized,
		/// An import of the domain is under way: finish or abort it first.
		ImportInProgress,
		/// No import of the domain is under way.
		ImportNotFound,
		/// A catalogue without pages or without techniques.
		EmptyImport,
		/// The import has no page of this number.
		PageNotFound,
		/// The page is there already.
		PageAlreadyImported,
		/// The page is not the one that was voted for: its hash is another.
		PageMismatch,
		/// A name is empty or not UTF-8.
		InvalidName,
		/// A technique is on the pages twice, or a page is not in ascending order.
		DuplicateTechnique,
		/// A tactic is on the page twice.
		DuplicateTactic,
		/// The tactics are on no page or on more than one.
		TacticsNotOnOnePage,
		/// A technique serves a tactic that the domain does not have.
		UnknownTactic,
		/// The parent of a sub-technique is missing.
		OrphanSubTechnique,
		/// A technique is revoked by one that is missing.
		MissingSuccessor,
		/// Revocations run in a circle, or too far.
		EndlessRevocation,
		/// The pages have not as many techniques as the vote said.
		CountMismatch,
		/// A technique is in the catalogue of another domain.
		TechniqueInTwoDomains,
		/// More techniques than the index of all domains can hold.
		TooManyTechniques,
		/// Too many replaced catalogues wait to be cleared: try again in some blocks.
		TooManyRetired,
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn on_idle(_: BlockNumberFor<T>, remaining: Weight) -> Weight {
			Self::clear_retired(remaining)
		}

		#[cfg(feature = "std")]
		fn integrity_test() {
			official::check();
			types::check_worst_case(T::WeightInfo::import_last_page(cti_primitives::catalogue::MAX_PAGE_TECHNIQUES));
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), frame::deps::sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call(weight = T::WeightInfo)]
	impl<T: Config> Pallet<T> {
		/// Names a new catalogue of a domain by the hashes of its pages.
		///
		/// ## Dispatch origin
		///
		/// The vote that [`Config::ImportOrigin`] stands for.
		///
		/// ## Details
		///
		/// `pages` has the BLAKE2b-256 hash of each page's SCALE encoding, `count` the number of techniques on all of them.
		/// The catalogue that holds goes on to serve until all pages are there. One import per domain at a time.
		///
		/// ## Errors
		///
		/// * [`Error::ImportInProgress`], [`Error::EmptyImport`]
		///
		/// ## Events
		///
		/// * [`Event::ImportAuthorized`]
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::authorize_import(pages.len() as u32))]
		pub fn authorize_import(
			origin: OriginFor<T>,
			domain: Domain,
			version: CatalogueVersion,
			pages: BoundedVec<Hash, ConstU32<MAX_PAGES>>,
			count: u32,
		) -> DispatchResult {
			T::ImportOrigin::ensure_origin(origin)?;
			Self::do_authorize_import(domain, version, pages, count)
		}

		/// Brings a page of the import under way.
		///
		/// ## Dispatch origin
		///
		/// Signed by an account of an active member; auditors' accounts only read.
		///
		/// ## Details
		///
		/// The page is accepted only if it hashes to what was voted for; pages may come in any order. An accepted page costs
		/// no fee. With the last one every rule of a catalogue is checked, and the new catalogue takes the place of the old in
		/// one step; if a rule is broken the call fails, the old catalogue holds and the import waits to be aborted.
		///
		/// ## Errors
		///
		/// * [`Error::NotMember`], [`Error::NotActive`], [`Error::NotAuthorized`]
		/// * [`Error::ImportNotFound`], [`Error::PageNotFound`], [`Error::PageAlreadyImported`], [`Error::PageMismatch`]
		/// * [`Error::InvalidName`], [`Error::DuplicateTechnique`], [`Error::DuplicateTactic`],
		///   [`Error::TacticsNotOnOnePage`], [`Error::TooManyTechniques`]
		/// * with the last page also [`Error::CountMismatch`], [`Error::UnknownTactic`], [`Error::OrphanSubTechnique`],
		///   [`Error::MissingSuccessor`], [`Error::EndlessRevocation`], [`Error::TechniqueInTwoDomains`],
		///   [`Error::TooManyRetired`]
		///
		/// ## Events
		///
		/// * [`Event::PageImported`], with the last page then [`Event::CatalogueReplaced`]
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::import_last_page(page.techniques.len() as u32))]
		pub fn import_page(
			origin: OriginFor<T>,
			domain: Domain,
			index: u32,
			page: CataloguePage,
		) -> DispatchResultWithPostInfo {
			let by = Self::ensure_member(origin)?;
			Self::do_import_page(by, domain, index, page)
		}

		/// Gives up the import under way; what it brought is cleared.
		///
		/// ## Dispatch origin
		///
		/// The vote that [`Config::ImportOrigin`] stands for.
		///
		/// ## Details
		///
		/// The catalogue that holds is not touched. Another import of the domain may be authorized at once.
		///
		/// ## Errors
		///
		/// * [`Error::ImportNotFound`], [`Error::TooManyRetired`]
		///
		/// ## Events
		///
		/// * [`Event::ImportAborted`]
		#[pallet::call_index(2)]
		pub fn abort_import(origin: OriginFor<T>, domain: Domain) -> DispatchResult {
			T::ImportOrigin::ensure_origin(origin)?;
			Self::do_abort_import(domain)
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// Which version holds in each domain.
		pub fn versions() -> Vec<VersionInfo> {
			Self::read_versions()
		}

		/// A technique as the catalogue has it.
		pub fn technique(id: TechniqueId) -> Option<TechniqueInfo> {
			Self::read_technique(id)
		}

		/// The technique that `id` means today and its status; `None` if it is unknown or was revoked without a successor.
		pub fn resolve(id: TechniqueId) -> Option<(TechniqueId, TechniqueStatus)> {
			<Self as cti_primitives::Taxonomy>::resolve(id)
		}

		/// All techniques of a domain, ascending.
		pub fn techniques(domain: Domain) -> Vec<TechniqueInfo> {
			Self::read_techniques(domain)
		}

		/// A domain's matrix: its tactics in order, each with its active techniques, ascending. Tactics that have none are
		/// left out.
		pub fn matrix(domain: Domain) -> Vec<(TacticInfo, Vec<TechniqueId>)> {
			Self::read_matrix(domain)
		}

		/// The import of the domain that is under way, and which of its pages are missing.
		pub fn import(domain: Domain) -> Option<ImportInfo> {
			Imports::<T>::get(domain).map(ImportInfo::from)
		}
	}
}
