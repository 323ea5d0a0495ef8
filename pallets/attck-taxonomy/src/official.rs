//! The catalogues that a chain may start with: ATT&CK v18.1, made from MITRE's bundles by `testudo attack import`.
//! `official/LICENSE.txt` has MITRE's terms.

use alloc::vec::Vec;
use codec::DecodeAll;
use cti_primitives::catalogue::Catalogue;

const TABLES: [&[u8]; 3] = [
	include_bytes!("official/enterprise-18.1.scale"),
	include_bytes!("official/mobile-18.1.scale"),
	include_bytes!("official/ics-18.1.scale"),
];

/// The catalogue of each domain.
pub fn catalogues() -> Result<Vec<Catalogue>, codec::Error> {
	TABLES.iter().map(|table| Catalogue::decode_all(&mut &table[..])).collect()
}

/// Checks every rule of every table, and that no technique is in two domains.
#[cfg(feature = "std")]
pub fn check() {
	use cti_primitives::{catalogue::check_ascending, Domain};
	let catalogues = catalogues();
	assert!(catalogues.is_ok(), "a table does not decode: {catalogues:?}");
	let catalogues = catalogues.unwrap_or_default();
	assert!(catalogues.iter().map(|catalogue| catalogue.domain).eq(Domain::ALL), "one table per domain");
	for catalogue in &catalogues {
		assert_eq!(catalogue.check(), Ok(()), "the table of {}", catalogue.domain.name());
	}
	let mut index: Vec<_> = catalogues.iter().flat_map(Catalogue::index).collect();
	index.sort_by_key(|line| line.id);
	assert_eq!(check_ascending(&index), Ok(()), "a technique is in two domains");
}
