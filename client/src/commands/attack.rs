//! `testudo attack`

use super::{coverage, Context, Output};
use crate::{
	attack::{self, fields, ImportError},
	cli::{Attack, ImportAttack},
	error::Error,
	render,
};
use cti_primitives::{
	catalogue::{Catalogue, CatalogueVersion},
	TechniqueStatus,
};
use serde_json::json;
use std::path::Path;

pub async fn run(context: &Context, command: Attack) -> Result<Output, Error> {
	match command {
		Attack::Coverage(options) => coverage::coverage(context, &options).await,
		Attack::Layer(options) => coverage::layer(context, &options).await,
		Attack::Import(options) => import(&options),
		Attack::Bring { file, version } => bring(context, &file, version).await,
	}
}

/// The catalogue that an official bundle gives.
pub fn catalogue(file: &Path, version: Option<CatalogueVersion>) -> Result<Catalogue, Error> {
	let failed = |e: ImportError| {
		let advice = "give an ATT&CK bundle as MITRE publishes it; one cut down to its techniques needs --version";
		Error::input(file, e, advice)
	};
	attack::read(file, version).map_err(failed)
}

/// Brings the pages of an import that was voted for, one after the other; those that somebody brought already are left out.
async fn bring(context: &Context, file: &Path, version: Option<CatalogueVersion>) -> Result<Output, Error> {
	let catalogue = catalogue(file, version)?;
	let identity = context.identity()?;
	let chain = context.chain().await?;
	let import = chain.head().await?.import(catalogue.domain).await?;
	if import.as_ref().is_some_and(|import| import.pages != catalogue.page_hashes()) {
		let reason = "it is not the catalogue that the consortium voted for: its pages have other hashes";
		return Err(Error::input(
			file,
			reason,
			"compare `testudo attack import` with the motion, and bring the file that was voted for",
		));
	}
	let is_there = |number: u32| import.as_ref().is_some_and(|import| !import.missing.contains(&number));
	let pages: Vec<_> = (0u32..).zip(&catalogue.pages).filter(|(number, _)| !is_there(*number)).collect();
	for (number, page) in pages.iter().copied() {
		let arguments = fields::import_page(catalogue.domain, number, page);
		let call = subxt::dynamic::tx(fields::PALLET, "import_page", arguments);
		chain.execute(&identity.account, call).await?;
	}
	let (domain, version, count) = (catalogue.domain, catalogue.version, catalogue.count());
	let text = format!(
		"brought {} of {} {version}: {count} techniques",
		render::count(pages.len() as u64, "page"),
		domain.name()
	);
	Output::report(json!({ "domain": domain, "version": version, "pages": pages.len(), "techniques": count }), text)
}

fn import(options: &ImportAttack) -> Result<Output, Error> {
	let catalogue = catalogue(&options.file, options.version)?;
	if let Some(path) = &options.compare {
		compare(&catalogue, path)?;
	}
	if let Some(path) = &options.table {
		attack::write_table(&catalogue, path).map_err(|e| Error::input(path, e, "name a file that you may write"))?;
	}
	let hashes: Vec<String> = catalogue.page_hashes().iter().map(hex::encode).collect();
	let (mut deprecated, mut revoked) = (0u64, 0u64);
	for technique in catalogue.techniques() {
		match technique.status {
			TechniqueStatus::Active => {}
			TechniqueStatus::Deprecated => deprecated += 1,
			TechniqueStatus::Revoked(_) => revoked += 1,
		}
	}
	let json = json!({
		"domain": catalogue.domain,
		"version": catalogue.version,
		"techniques": catalogue.count(),
		"deprecated": deprecated,
		"revoked": revoked,
		"tactics": catalogue.tactics().count(),
		"pages": hashes,
		"table": options.table,
		"equals": options.compare,
	});
	let mut text = render::fields([
		("Domain", catalogue.domain.name().into()),
		("Version", catalogue.version.to_string()),
		("Techniques", format!("{}, of them {deprecated} deprecated and {revoked} revoked", catalogue.count())),
		("Tactics", catalogue.tactics().count().to_string()),
		("Page hashes", hashes.join("\n")),
	]);
	if let Some(path) = &options.table {
		text.push_str(&format!("\nwrote {}", path.display()));
	}
	if let Some(path) = &options.compare {
		text.push_str(&format!("\nequals {}", path.display()));
	}
	Output::report(json, text)
}

fn compare(catalogue: &Catalogue, path: &Path) -> Result<(), Error> {
	let table = attack::read_table(path).map_err(|e| Error::input(path, e, "make one with --table"))?;
	match table == *catalogue {
		true => Ok(()),
		false => Err(Error::Verification {
			reason: format!(
				"the bundle gives version {} with {} techniques, {} holds version {} with {}, and they differ",
				catalogue.version,
				catalogue.count(),
				path.display(),
				table.version,
				table.count()
			),
		}),
	}
}
