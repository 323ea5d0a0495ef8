//! From an official ATT&CK bundle to the compact catalogue that the chain keeps: ids, names, tactics, status.
//!
//! [`read`] takes a file in STIX 2.0 or 2.1, plain or gzipped; [`fields`] has the arguments of the calls that bring a
//! catalogue onto a chain; [`write_table`] makes the tables that genesis starts from.

mod bundle;
pub mod coverage;
mod derive;
mod error;
pub mod fields;
pub mod layer;
pub mod picture;
#[cfg(test)]
mod tests;

pub use bundle::Bundle;
pub use derive::derive;
pub use error::ImportError;

use codec::{DecodeAll, Encode};
use cti_primitives::catalogue::{Catalogue, CatalogueVersion};
use flate2::bufread::MultiGzDecoder;
use std::{
	fs::File,
	io::{BufRead, BufReader},
	path::Path,
};

/// Derives the catalogue from a bundle in a file, `.json` or `.json.gz` (told apart by content, not by name).
///
/// `version` is needed if the bundle does not state ATT&CK's version in an `x-mitre-collection`; if both are there they
/// must agree.
pub fn read(path: &Path, version: Option<CatalogueVersion>) -> Result<Catalogue, ImportError> {
	let unreadable = |source| ImportError::Unreadable { path: path.into(), source };
	let mut file = BufReader::with_capacity(1 << 16, File::open(path).map_err(unreadable)?);
	let zipped = file.fill_buf().map_err(unreadable)?.starts_with(&[0x1f, 0x8b]);
	let bundle = match zipped {
		true => Bundle::read(BufReader::with_capacity(1 << 16, MultiGzDecoder::new(file)))?,
		false => Bundle::read(file)?,
	};
	derive(bundle, version)
}

/// Writes a catalogue as the SCALE table that genesis reads.
pub fn write_table(catalogue: &Catalogue, path: &Path) -> Result<(), ImportError> {
	std::fs::write(path, catalogue.encode()).map_err(|source| ImportError::Unwritable { path: path.into(), source })
}

/// Reads a table that [`write_table`] wrote and checks every rule of it.
pub fn read_table(path: &Path) -> Result<Catalogue, ImportError> {
	let bytes = std::fs::read(path).map_err(|source| ImportError::Unreadable { path: path.into(), source })?;
	let catalogue = Catalogue::decode_all(&mut &bytes[..]).map_err(|_| ImportError::NotATable { path: path.into() })?;
	catalogue.check()?;
	Ok(catalogue)
}
