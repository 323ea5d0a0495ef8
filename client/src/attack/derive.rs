//! The catalogue of a bundle.

use super::{
	bundle::{Bundle, Matrix, Pattern, RawTactic},
	ImportError,
};
use cti_primitives::{
	catalogue::{Catalogue, CatalogueEntry, CatalogueVersion, Flaw, Name, Tactic, TacticId},
	Domain, TechniqueId, TechniqueStatus,
};
use std::collections::{BTreeMap, BTreeSet};

/// Derives the compact catalogue: every technique of the bundle's domain, active, deprecated or revoked, with its tactics
/// in the order of the matrix, cut into pages.
pub fn derive(bundle: Bundle, version: Option<CatalogueVersion>) -> Result<Catalogue, ImportError> {
	let domain = domain(&bundle.matrices)?;
	let version = agreed_version(bundle.version.as_deref(), version)?;
	let tactics = tactics(&bundle.matrices, bundle.tactics)?;
	let patterns: Vec<(TechniqueId, &Pattern)> = bundle
		.patterns
		.iter()
		.filter(|pattern| pattern.domains.is_empty() || pattern.domains.iter().any(|name| name == domain.name()))
		.map(|pattern| Ok((technique_id(pattern)?, pattern)))
		.collect::<Result<_, ImportError>>()?;
	let context = Context {
		order: tactics
			.iter()
			.enumerate()
			.map(|(place, tactic)| (tactic.shortname.to_vec(), (place, tactic.id)))
			.collect(),
		by_stix_id: patterns.iter().map(|(id, pattern)| (pattern.stix_id.as_str(), *id)).collect(),
		revoked_by: &bundle.revoked_by,
	};
	let entries =
		patterns.iter().map(|(id, pattern)| context.entry(*id, pattern)).collect::<Result<_, ImportError>>()?;
	Ok(Catalogue::new(domain, version, tactics, entries)?)
}

/// The one domain of the bundle's matrices.
fn domain(matrices: &[Matrix]) -> Result<Domain, ImportError> {
	let named = |matrix: &Matrix| {
		let name = matrix.attack_id.as_deref()?;
		Domain::ALL.into_iter().find(|domain| domain.name() == name)
	};
	let mut domains = matrices.iter().filter_map(named);
	let first = domains.next().ok_or(ImportError::NoMatrix)?;
	match domains.find(|other| *other != first) {
		Some(other) => Err(ImportError::SeveralDomains(first, other)),
		None => Ok(first),
	}
}

fn agreed_version(stated: Option<&str>, given: Option<CatalogueVersion>) -> Result<CatalogueVersion, ImportError> {
	let parsed = stated.map(str::parse::<CatalogueVersion>);
	match (parsed, given) {
		(Some(Ok(stated)), Some(given)) if stated != given => Err(ImportError::VersionMismatch { stated, given }),
		(Some(Ok(version)), _) | (Some(Err(_)) | None, Some(version)) => Ok(version),
		(Some(Err(_)), None) => Err(ImportError::InvalidVersion(stated.unwrap_or_default().into())),
		(None, None) => Err(ImportError::NoVersion),
	}
}

/// Tactics in the order of the matrix in use, then those of retired matrices, then those of none.
fn tactics(matrices: &[Matrix], known: BTreeMap<String, RawTactic>) -> Result<Vec<Tactic>, ImportError> {
	let retired_last = [false, true].map(|retired| matrices.iter().filter(move |matrix| matrix.retired == retired));
	let listed = retired_last.into_iter().flatten().flat_map(|matrix| &matrix.tactics);
	let mut taken = BTreeSet::new();
	let mut ordered = Vec::new();
	for stix_id in listed {
		let raw = known.get(stix_id).ok_or_else(|| ImportError::MissingTactic { object: stix_id.clone() })?;
		if taken.insert(stix_id) {
			ordered.push(tactic(stix_id, raw)?);
		}
	}
	let mut unlisted = known
		.iter()
		.filter(|(stix_id, _)| !taken.contains(stix_id))
		.map(|(stix_id, raw)| tactic(stix_id, raw))
		.collect::<Result<Vec<_>, _>>()?;
	unlisted.sort_by_key(|tactic| tactic.id);
	ordered.append(&mut unlisted);
	Ok(ordered)
}

fn tactic(stix_id: &str, raw: &RawTactic) -> Result<Tactic, ImportError> {
	let id: Option<TacticId> = raw.attack_id.as_deref().and_then(|id| id.parse().ok());
	let id = id
		.filter(|_| !raw.shortname.is_empty())
		.ok_or_else(|| ImportError::InvalidTactic { object: stix_id.into() })?;
	let name = |text: &str| name(text).ok_or(Flaw::InvalidTacticName(id));
	Ok(Tactic { id, shortname: name(&raw.shortname)?, name: name(&raw.name)? })
}

fn technique_id(pattern: &Pattern) -> Result<TechniqueId, ImportError> {
	let id = pattern.attack_id.as_deref().and_then(|id| id.parse().ok());
	id.ok_or_else(|| ImportError::NoTechniqueId { object: pattern.stix_id.clone() })
}

fn name(text: &str) -> Option<Name> {
	text.as_bytes().to_vec().try_into().ok()
}

/// What a technique's entry needs to know of the others.
struct Context<'a> {
	/// A tactic's place in the matrix and its id, by its shortname.
	order: BTreeMap<Vec<u8>, (usize, TacticId)>,
	by_stix_id: BTreeMap<&'a str, TechniqueId>,
	revoked_by: &'a BTreeMap<String, (String, String)>,
}

impl Context<'_> {
	fn entry(&self, id: TechniqueId, pattern: &Pattern) -> Result<CatalogueEntry, ImportError> {
		Ok(CatalogueEntry {
			id,
			name: name(&pattern.name).ok_or(Flaw::InvalidName(id))?,
			tactics: self.tactics(id, &pattern.phases)?.try_into().map_err(|_| Flaw::TooLarge)?,
			status: self.status(id, pattern)?,
		})
	}

	fn tactics(&self, technique: TechniqueId, phases: &[String]) -> Result<Vec<TacticId>, ImportError> {
		let found = phases.iter().map(|phase| {
			let tactic = self.order.get(phase.as_bytes());
			tactic.ok_or_else(|| ImportError::UnknownPhase { technique, phase: phase.clone() })
		});
		let in_order = found.collect::<Result<BTreeSet<_>, _>>()?;
		Ok(in_order.into_iter().map(|(_, id)| *id).collect())
	}

	/// A technique that is both revoked and deprecated is revoked: that says what to use instead.
	fn status(&self, technique: TechniqueId, pattern: &Pattern) -> Result<TechniqueStatus, ImportError> {
		if !pattern.revoked {
			return Ok(if pattern.deprecated { TechniqueStatus::Deprecated } else { TechniqueStatus::Active });
		}
		let Some((successor, _)) = self.revoked_by.get(&pattern.stix_id) else {
			return Ok(TechniqueStatus::Revoked(None));
		};
		match self.by_stix_id.get(successor.as_str()) {
			Some(id) => Ok(TechniqueStatus::Revoked(Some(*id))),
			None => Err(ImportError::MissingSuccessor { technique, object: successor.clone() }),
		}
	}
}
