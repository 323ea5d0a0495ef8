//! How clients read the catalogue.

use crate::types::{ImportInfo, TacticInfo, TechniqueInfo, VersionInfo};
use alloc::vec::Vec;
use cti_primitives::{Domain, TechniqueId, TechniqueStatus};

frame::deps::sp_api::decl_runtime_apis! {
	/// The ATT&CK catalogue.
	pub trait AttckTaxonomyApi {
		/// Which version holds in each domain.
		fn versions() -> Vec<VersionInfo>;

		/// A technique as the catalogue has it.
		fn technique(id: TechniqueId) -> Option<TechniqueInfo>;

		/// The technique that `id` means today and its status; `None` if it is unknown or was revoked without a successor.
		fn resolve(id: TechniqueId) -> Option<(TechniqueId, TechniqueStatus)>;

		/// All techniques of a domain, ascending.
		fn techniques(domain: Domain) -> Vec<TechniqueInfo>;

		/// A domain's matrix: its tactics in order, each with its active techniques, ascending. Tactics that have none are
		/// left out.
		fn matrix(domain: Domain) -> Vec<(TacticInfo, Vec<TechniqueId>)>;

		/// The import of the domain that is under way, and which of its pages are missing.
		fn import(domain: Domain) -> Option<ImportInfo>;
	}
}
