//! The catalogue's rules, and its encoding, which hashes that were voted for depend on.

use codec::{Decode, Encode};
use cti_primitives::{
	catalogue::{
		check_index, resolve, Catalogue, CatalogueEntry, CataloguePage, CatalogueVersion, Flaw, IndexEntry, Tactic,
		TacticId, MAX_PAGE_TECHNIQUES, MAX_REVOCATIONS,
	},
	Domain, TechniqueId, TechniqueStatus,
};
use proptest::prelude::*;
use std::collections::BTreeMap;
use TechniqueStatus::{Active, Deprecated, Revoked};

fn id(text: &str) -> TechniqueId {
	text.parse().unwrap()
}

fn name(text: &str) -> cti_primitives::catalogue::Name {
	text.as_bytes().to_vec().try_into().unwrap()
}

fn tactic(n: u16) -> Tactic {
	Tactic { id: TacticId(n), shortname: name("initial-access"), name: name("Initial Access") }
}

fn entry(text: &str, tactics: &[u16], status: TechniqueStatus) -> CatalogueEntry {
	let tactics = tactics.iter().map(|n| TacticId(*n)).collect::<Vec<_>>().try_into().unwrap();
	CatalogueEntry { id: id(text), name: name("Phishing"), tactics, status }
}

fn catalogue(tactics: Vec<Tactic>, entries: Vec<CatalogueEntry>) -> Result<Catalogue, Flaw> {
	Catalogue::new(Domain::Enterprise, CatalogueVersion { major: 18, minor: 1 }, tactics, entries)
}

fn index(entries: &[(&str, TechniqueStatus)]) -> Vec<IndexEntry> {
	entries.iter().map(|(text, status)| IndexEntry { id: id(text), domain: Domain::Ics, status: *status }).collect()
}

#[test]
fn encoding_is_pinned() {
	let page = CataloguePage {
		tactics: vec![tactic(1)].try_into().unwrap(),
		techniques: vec![entry("T1566.001", &[1], Revoked(Some(id("T1566"))))].try_into().unwrap(),
	};
	let mut bytes = vec![4, 1, 0, 14 * 4];
	bytes.extend(b"initial-access");
	bytes.push(14 * 4);
	bytes.extend(b"Initial Access");
	bytes.extend(b"\x04\x24T1566.001\x20Phishing");
	bytes.extend(b"\x04\x01\x00\x02\x01\x14T1566");
	assert_eq!(page.encode(), bytes);
	assert_eq!(CataloguePage::decode(&mut &bytes[..]).unwrap(), page);
	assert_eq!(
		hex(&CataloguePage::default().hash()),
		"9ee6dfb61a2fb903df487c401663825643bb825d41695e63df8af6162ab145a6",
		"BLAKE2b-256 of two zero bytes"
	);
}

fn hex(bytes: &[u8]) -> String {
	bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn versions_and_tactics_read_what_they_print() {
	assert_eq!("18.1".parse(), Ok(CatalogueVersion { major: 18, minor: 1 }));
	assert_eq!("18".parse(), Ok(CatalogueVersion { major: 18, minor: 0 }));
	assert_eq!(CatalogueVersion { major: 9, minor: 0 }.to_string(), "9.0");
	for wrong in ["", "18.", ".1", "+1.2", "18.1.0", "256.0", "v18"] {
		assert!(wrong.parse::<CatalogueVersion>().is_err(), "{wrong}");
	}
	assert_eq!("TA0043".parse(), Ok(TacticId(43)));
	assert_eq!(TacticId(43).to_string(), "TA0043");
	for wrong in ["TA043", "T0043", "TA+043", "TA00043", ""] {
		assert!(wrong.parse::<TacticId>().is_err(), "{wrong}");
	}
}

#[test]
fn new_should_sort_and_cut_into_pages_with_the_tactics_on_the_first() {
	let count = MAX_PAGE_TECHNIQUES + 1;
	let entries = (0..count).rev().map(|n| entry(&format!("T{:04}", n + 1), &[1], Active)).collect();
	let made = catalogue(vec![tactic(1)], entries).unwrap();
	assert_eq!(made.pages.iter().map(|page| page.techniques.len()).collect::<Vec<_>>(), [64, 1]);
	assert_eq!(made.pages.iter().map(|page| page.tactics.len()).collect::<Vec<_>>(), [1, 0]);
	assert_eq!(made.count(), count);
	assert!(made.techniques().map(|entry| entry.id).is_sorted());
	assert_eq!(made.page_hashes(), made.pages.iter().map(CataloguePage::hash).collect::<Vec<_>>());
}

#[test]
fn every_flaw_should_be_found() {
	let fine = || entry("T1566", &[1], Active);
	let cases = [
		(vec![tactic(1)], vec![], Flaw::Empty),
		(vec![], vec![entry("T1566", &[], Active)], Flaw::TacticsNotOnOnePage),
		(vec![tactic(1), tactic(1)], vec![fine()], Flaw::DuplicateTactic(TacticId(1))),
		(vec![tactic(2)], vec![fine()], Flaw::UnknownTactic(TacticId(1))),
		(vec![Tactic { name: name(""), ..tactic(1) }], vec![fine()], Flaw::InvalidTacticName(TacticId(1))),
		(
			vec![Tactic { shortname: vec![0xff].try_into().unwrap(), ..tactic(1) }],
			vec![fine()],
			Flaw::InvalidTacticName(TacticId(1)),
		),
		(vec![tactic(1)], vec![CatalogueEntry { name: name(""), ..fine() }], Flaw::InvalidName(id("T1566"))),
		(
			vec![tactic(1)],
			vec![CatalogueEntry { name: vec![0xff].try_into().unwrap(), ..fine() }],
			Flaw::InvalidName(id("T1566")),
		),
		(vec![tactic(1)], vec![fine(), fine()], Flaw::NotAscending(id("T1566"))),
		(vec![tactic(1)], vec![entry("T1566.001", &[], Active)], Flaw::OrphanSubTechnique(id("T1566.001"))),
		(vec![tactic(1)], vec![entry("T1566", &[], Revoked(Some(id("T1567"))))], Flaw::MissingSuccessor(id("T1566"))),
		(
			vec![tactic(1)],
			vec![entry("T1566", &[], Revoked(Some(id("T1567")))), entry("T1567", &[], Revoked(Some(id("T1566"))))],
			Flaw::EndlessRevocation(id("T1566")),
		),
		(vec![tactic(1); 33], vec![fine()], Flaw::TooLarge),
		(vec![tactic(1)], (1..=4097).map(|n| entry(&format!("T{n:04}"), &[], Active)).collect(), Flaw::TooLarge),
	];
	for (tactics, entries, flaw) in cases {
		assert_eq!(catalogue(tactics, entries), Err(flaw), "{flaw}");
	}
}

#[test]
fn tactics_on_two_pages_should_be_a_flaw() {
	let entries = (1..=65).map(|n| entry(&format!("T{n:04}"), &[], Active)).collect();
	let mut made = catalogue(vec![tactic(1)], entries).unwrap();
	made.pages.last_mut().unwrap().tactics = vec![tactic(2)].try_into().unwrap();
	assert_eq!(made.check(), Err(Flaw::TacticsNotOnOnePage));
}

#[test]
fn resolve_should_follow_revocations_to_what_holds() {
	let index = index(&[
		("T0001", Active),
		("T0002", Deprecated),
		("T0003", Revoked(Some(id("T0001")))),
		("T0004", Revoked(Some(id("T0003")))),
		("T0005", Revoked(Some(id("T0002")))),
		("T0006", Revoked(None)),
		("T0007", Revoked(Some(id("T0006")))),
	]);
	assert_eq!(check_index(&index), Ok(()));
	let resolved: Vec<_> =
		["T0001", "T0002", "T0003", "T0004", "T0005", "T0006", "T0007", "T9999"].map(|t| resolve(&index, id(t))).into();
	let (active, deprecated) = (Some((id("T0001"), Active)), Some((id("T0002"), Deprecated)));
	assert_eq!(resolved, [active, deprecated, active, active, deprecated, None, None, None]);
}

#[test]
fn longest_chain_should_resolve_and_one_more_should_not() {
	let chain = |length: usize| -> Vec<IndexEntry> {
		(0..=length)
			.map(|n| {
				let id = |n| TechniqueId { technique: n as u16 + 1, sub_technique: 0 };
				let status = if n == length { Active } else { Revoked(Some(id(n + 1))) };
				IndexEntry { id: id(n), domain: Domain::Ics, status }
			})
			.collect()
	};
	assert_eq!(check_index(&chain(MAX_REVOCATIONS)), Ok(()));
	assert_eq!(check_index(&chain(MAX_REVOCATIONS + 1)), Err(Flaw::EndlessRevocation(id("T0001"))));
}

fn any_status() -> impl Strategy<Value = TechniqueStatus> {
	let successor = (1u16..12).prop_map(|technique| Revoked(Some(TechniqueId { technique, sub_technique: 0 })));
	prop_oneof![Just(Active), Just(Deprecated), Just(Revoked(None)), successor]
}

proptest! {
	/// Against a walk over a map that remembers where it has been.
	#[test]
	fn resolve_should_agree_with_a_naive_walk(entries in prop::collection::btree_map(1u16..12, any_status(), 1..12)) {
		let key = |technique| TechniqueId { technique, sub_technique: 0 };
		let map: BTreeMap<_, _> = entries.into_iter().map(|(n, status)| (key(n), status)).collect();
		let index: Vec<_> =
			map.iter().map(|(id, status)| IndexEntry { id: *id, domain: Domain::Mobile, status: *status }).collect();
		let mut sound = true;
		for start in map.keys() {
			let (mut id, mut seen) = (*start, vec![]);
			let expected = loop {
				if seen.contains(&id) || !map.contains_key(&id) {
					sound = false;
					break None;
				}
				seen.push(id);
				match map[&id] {
					Revoked(Some(next)) => id = next,
					Revoked(None) => break None,
					status => break Some((id, status)),
				}
			};
			prop_assert_eq!(resolve(&index, *start), expected);
		}
		prop_assert_eq!(check_index(&index).is_ok(), sound);
	}
}
