//! `testudo attack`

use super::Output;
use crate::{
	attack::{self, ImportError},
	cli::{Attack, ImportAttack},
	error::Error,
	render,
};
use cti_primitives::{catalogue::Catalogue, TechniqueStatus};
use serde_json::json;
use std::path::Path;

pub fn run(command: Attack) -> Result<Output, Error> {
	match command {
		Attack::Import(options) => import(&options),
	}
}

fn import(options: &ImportAttack) -> Result<Output, Error> {
	let failed = |e: ImportError| Error::input(&options.file, e, "give an ATT&CK bundle as MITRE publishes it");
	let catalogue = attack::read(&options.file, options.version).map_err(failed)?;
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
