//! How fast a bundle is split and its objects are read: the whole Enterprise ATT&CK bundle, or one as large made up where
//! that is absent.

use criterion::{criterion_group, criterion_main, Criterion, Throughput};
use cti_stix::{read_object, Limits, Markings, Mode, Splitter, Tlp};
use flate2::read::GzDecoder;
use std::{fs::File, io::Read};

/// From the package's folder, where Cargo runs benchmarks.
const ENTERPRISE: &str = "../../../shared/data/attack-enterprise-18.1.json.gz";

/// What a worker reads at a time.
const CHUNK: usize = 1 << 16;

fn document() -> Vec<u8> {
	let mut document = Vec::new();
	match File::open(ENTERPRISE) {
		Ok(file) => {
			GzDecoder::new(file).read_to_end(&mut document).expect("the bundle is not damaged");
		}
		Err(_) => document = made_up(),
	}
	document
}

/// As many objects of about the same size as the Enterprise bundle has.
fn made_up() -> Vec<u8> {
	let objects: Vec<_> = (0..24_771)
		.map(|n| {
			format!(
				r#"{{"type":"indicator","spec_version":"2.1","id":"indicator--00000000-0000-4000-8000-{n:012x}","created":
"2025-01-01T00:00:00.000Z","modified":"2025-01-01T00:00:00.000Z","name":"Indicator {n}","description":"{}","pattern":
"[file:name = 'a\\b']","external_references":[{{"source_name":"mitre-attack","external_id":"T1059.001"}}]}}"#,
				"what it does, \\\"quoted\\\"; ".repeat(36)
			)
		})
		.collect();
	format!(r#"{{"type":"bundle","id":"bundle--1","objects":[{}]}}"#, objects.join(",")).into_bytes()
}

/// Runs a document through and hands each object's bytes on.
fn split(document: &[u8], mut take: impl FnMut(Vec<u8>)) -> u64 {
	let mut splitter = Splitter::new(Limits::default());
	for chunk in document.chunks(CHUNK) {
		splitter.push(chunk);
		splitter.by_ref().for_each(|cut| take(cut.expect("the bundle is good").raw));
	}
	splitter.finish().expect("the bundle is whole").objects
}

fn read(criterion: &mut Criterion) {
	let document = document();
	let objects = split(&document, drop);
	let limits = Limits::default();
	let markings = Markings::default();
	let read_all = || {
		let mut refused = 0u32;
		split(&document, |raw| {
			let resolved = read_object(raw, &limits)
				.and_then(|object| markings.resolve(&object, Some(Tlp::Green), Mode::Publishing));
			refused += u32::from(resolved.is_err());
		});
		assert_eq!(refused, 0);
	};
	let mut group = criterion.benchmark_group("bundle");
	group.sample_size(20);
	group.throughput(Throughput::Bytes(document.len() as u64));
	group.bench_function("split", |bencher| bencher.iter(|| split(&document, drop)));
	group.bench_function("split, read and resolve", |bencher| bencher.iter(read_all));
	group.throughput(Throughput::Elements(objects));
	group.bench_function("objects split, read and resolved", |bencher| bencher.iter(read_all));
	group.finish();
}

criterion_group!(benches, read);
criterion_main!(benches);
