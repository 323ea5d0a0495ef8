//! Real threat data, and made-up data of a given size.

use flate2::read::GzDecoder;
use serde_json::value::RawValue;
use std::{
	fs::File,
	io::{stderr, Read, Write},
	path::Path,
};

/// The whole Enterprise ATT&CK bundle as its file has it; `None`, with a word on standard error, where the data folder
/// beside the checkout is absent.
pub fn enterprise_bundle() -> Option<Vec<u8>> {
	let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/attack-enterprise-18.1.json.gz");
	let Ok(file) = File::open(&path) else {
		// Past the test harness, which shows what a test prints only if it fails.
		let _ = writeln!(stderr(), "{} is absent: made-up objects take its place", path.display());
		return None;
	};
	let mut bytes = Vec::new();
	GzDecoder::new(file).read_to_end(&mut bytes).expect("the bundle is a gzip file");
	Some(bytes)
}

/// The objects of a bundle, byte for byte, cut by another parser than the product's.
pub fn objects(bundle: &[u8]) -> Vec<Box<RawValue>> {
	#[derive(serde::Deserialize)]
	struct Bundle {
		objects: Vec<Box<RawValue>>,
	}
	serde_json::from_slice::<Bundle>(bundle).expect("a bundle has objects").objects
}

/// `count` indicators, numbered from `first`, each valid STIX 2.1.
pub fn indicators(first: usize, count: usize) -> Vec<String> {
	(first..first + count)
		.map(|n| {
			format!(
				r#"{{"type":"indicator","spec_version":"2.1","id":"indicator--{n:08x}-0000-4000-8000-{n:012x}","created":"2026-01-01T00:00:00.000Z","modified":"2026-01-01T00:00:00.000Z","pattern":"[ipv4-addr:value = '198.51.100.{}']","pattern_type":"stix","valid_from":"2026-01-01T00:00:00Z"}}"#,
				n % 256
			)
		})
		.collect()
}

/// A bundle of objects.
pub fn bundle(objects: &[String]) -> String {
	format!(
		r#"{{"type":"bundle","id":"bundle--5f0e7b1c-8d3a-4c5e-9a57-0d6a1f2b3c4d","objects":[{}]}}"#,
		objects.join(",")
	)
}

/// Objects' bytes in an order of their own, to compare what two sides have: none lost, none twice.
pub fn sorted(objects: &[Box<RawValue>]) -> Vec<&str> {
	let mut all: Vec<&str> = objects.iter().map(|object| object.get()).collect();
	all.sort_unstable();
	all
}

/// Asserts that two sides have the same objects, byte for byte and as often.
pub fn assert_same(found: &[Box<RawValue>], expected: &[Box<RawValue>]) {
	let (found, expected) = (sorted(found), sorted(expected));
	let differs = found.iter().zip(&expected).find(|(found, expected)| found != expected);
	assert_eq!(differs, None, "{} objects found, {} expected", found.len(), expected.len());
	assert_eq!(found.len(), expected.len());
}
