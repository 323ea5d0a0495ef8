//! The arguments of the taxonomy's calls, for transactions that are built from the chain's own metadata.

use cti_primitives::{
	catalogue::{Catalogue, CatalogueEntry, CataloguePage, Tactic},
	Domain, TechniqueId, TechniqueStatus,
};
use subxt::dynamic::Value;

/// The name of the pallet that keeps the catalogue.
pub const PALLET: &str = "AttckTaxonomy";

/// Arguments of `authorize_import`: the domain, the version, the hashes of all pages, the number of techniques.
pub fn authorize_import(catalogue: &Catalogue) -> Vec<Value> {
	let version = [("major", catalogue.version.major), ("minor", catalogue.version.minor)];
	vec![
		domain(catalogue.domain),
		Value::named_composite(version.map(|(name, number)| (name, Value::u128(number.into())))),
		Value::unnamed_composite(catalogue.page_hashes().iter().map(Value::from_bytes)),
		Value::u128(catalogue.count().into()),
	]
}

/// Arguments of `import_page`: the domain, the page's number counted from 0, the page.
pub fn import_page(of: Domain, number: u32, page: &CataloguePage) -> Vec<Value> {
	let page = [
		("tactics", Value::unnamed_composite(page.tactics.iter().map(tactic))),
		("techniques", Value::unnamed_composite(page.techniques.iter().map(entry))),
	];
	vec![domain(of), Value::u128(number.into()), Value::named_composite(page)]
}

/// Argument of `abort_import`: the domain.
pub fn abort_import(of: Domain) -> Vec<Value> {
	vec![domain(of)]
}

fn domain(domain: Domain) -> Value {
	let name = match domain {
		Domain::Enterprise => "Enterprise",
		Domain::Mobile => "Mobile",
		Domain::Ics => "Ics",
	};
	Value::unnamed_variant(name, [])
}

fn tactic(tactic: &Tactic) -> Value {
	Value::named_composite([
		("id", Value::u128(tactic.id.0.into())),
		("shortname", Value::from_bytes(&tactic.shortname)),
		("name", Value::from_bytes(&tactic.name)),
	])
}

fn entry(entry: &CatalogueEntry) -> Value {
	Value::named_composite([
		("id", technique_id(entry.id)),
		("name", Value::from_bytes(&entry.name)),
		("tactics", Value::unnamed_composite(entry.tactics.iter().map(|tactic| Value::u128(tactic.0.into())))),
		("status", status(entry.status)),
	])
}

fn technique_id(id: TechniqueId) -> Value {
	Value::string(id.to_string())
}

fn status(status: TechniqueStatus) -> Value {
	match status {
		TechniqueStatus::Active => Value::unnamed_variant("Active", []),
		TechniqueStatus::Deprecated => Value::unnamed_variant("Deprecated", []),
		TechniqueStatus::Revoked(successor) => {
			let successor = match successor {
				Some(id) => Value::unnamed_variant("Some", [technique_id(id)]),
				None => Value::unnamed_variant("None", []),
			};
			Value::unnamed_variant("Revoked", [successor])
		}
	}
}
