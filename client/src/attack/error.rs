//! Why a bundle gives no catalogue, and what to do.

use cti_primitives::{
	catalogue::{CatalogueVersion, Flaw},
	Domain, TechniqueId,
};
use std::path::PathBuf;

/// Why a bundle gives no catalogue.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
	/// The file cannot be read.
	#[error("cannot read {}: {source}", path.display())]
	Unreadable {
		/// The file.
		path: PathBuf,
		/// Why.
		source: std::io::Error,
	},
	/// The table cannot be written.
	#[error("cannot write {}: {source}", path.display())]
	Unwritable {
		/// The file.
		path: PathBuf,
		/// Why.
		source: std::io::Error,
	},
	/// The file is no table of a catalogue.
	#[error("{} is not a catalogue table; make one with `testudo attack import BUNDLE --table FILE`", path.display())]
	NotATable {
		/// The file.
		path: PathBuf,
	},
	/// The file is not JSON, is cut off, or is not shaped like a bundle.
	#[error("the bundle is not valid STIX: {0}")]
	Malformed(#[from] serde_json::Error),
	/// The JSON is something else than a STIX bundle.
	#[error("this is not a STIX bundle: its type is not \"bundle\"")]
	NotABundle,
	/// There is no `x-mitre-matrix` of a known domain.
	#[error(
		"no ATT&CK matrix in the bundle; take enterprise-attack, mobile-attack or ics-attack as MITRE publishes it"
	)]
	NoMatrix,
	/// There are matrices of several domains.
	#[error("the bundle has matrices of {} and of {}; import one domain at a time", .0.name(), .1.name())]
	SeveralDomains(Domain, Domain),
	/// Neither the bundle nor the caller says which version this is.
	#[error(
		"the bundle does not say which version of ATT&CK it is; say it with --version, for example --version 18.1"
	)]
	NoVersion,
	/// The bundle's collection states something that is no version.
	#[error("the bundle's collection states version {0:?}, which is not of the form 18.1; say it with --version")]
	InvalidVersion(String),
	/// The bundle and the caller disagree.
	#[error("the bundle is version {stated} of ATT&CK, not {given}; leave --version out or take the other bundle")]
	VersionMismatch {
		/// In the bundle.
		stated: CatalogueVersion,
		/// By the caller.
		given: CatalogueVersion,
	},
	/// An attack-pattern of the domain has no usable ATT&CK id.
	#[error("{object} has no ATT&CK id of the form T1059 or T1059.001")]
	NoTechniqueId {
		/// The object's STIX id.
		object: String,
	},
	/// A tactic has no usable id.
	#[error("{object} has no ATT&CK id of the form TA0001, or no shortname")]
	InvalidTactic {
		/// The object's STIX id.
		object: String,
	},
	/// A matrix lists a tactic that is not in the bundle.
	#[error("the matrix lists {object}, which is not in the bundle; the bundle is incomplete")]
	MissingTactic {
		/// The object's STIX id.
		object: String,
	},
	/// A technique serves a kill chain phase that is no tactic of the bundle.
	#[error("{technique} serves {phase:?}, which is no tactic of the bundle; the bundle is incomplete")]
	UnknownPhase {
		/// The technique.
		technique: TechniqueId,
		/// The phase's name.
		phase: String,
	},
	/// A `revoked-by` relationship leads to an object that is not in the bundle.
	#[error("{technique} is revoked by {object}, which is not in the bundle; the bundle is incomplete")]
	MissingSuccessor {
		/// The revoked technique.
		technique: TechniqueId,
		/// The successor's STIX id.
		object: String,
	},
	/// The catalogue breaks a rule.
	#[error("the catalogue would be unsound: {0}")]
	Unsound(#[from] Flaw),
}
