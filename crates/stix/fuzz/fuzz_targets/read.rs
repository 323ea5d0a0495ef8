//! Splits any bytes in two ways, reads what comes out and resolves its markings.
//!
//! Beside not panicking: the chunks must not matter, a cut must be the document's bytes, and reading must not change it.
#![no_main]

use cti_stix::{read_object, Cut, FatalError, Limits, Markings, Mode, Object, Refusal, Splitter, Tail, Tlp};
use libfuzzer_sys::fuzz_target;

const LIMITS: Limits = Limits { object_bytes: 1 << 12, depth: 16, total_bytes: 1 << 16, objects: 64 };

type Outcome = (Vec<Result<Cut, Refusal>>, Result<Tail, FatalError>);

fn split(document: &[u8], chunk: usize) -> Outcome {
	let mut splitter = Splitter::new(LIMITS);
	let mut cuts = Vec::new();
	for chunk in document.chunks(chunk) {
		splitter.push(chunk);
		cuts.extend(splitter.by_ref());
	}
	(cuts, splitter.finish())
}

fn read(document: &[u8], cut: Cut) -> Option<Object> {
	let end = cut.offset as usize;
	assert_eq!(document[end - cut.raw.len()..end], cut.raw);
	let object = read_object(cut.raw.clone(), &LIMITS).ok()?;
	assert_eq!(object.raw, cut.raw);
	Some(object)
}

fuzz_target!(|input: &[u8]| {
	let Some((chunk, document)) = input.split_first() else { return };
	let whole = split(document, usize::MAX);
	assert_eq!(split(document, usize::from(*chunk).max(1)), whole);

	let page: Vec<_> = whole.0.into_iter().flatten().filter_map(|cut| read(document, cut)).collect();
	let mut markings = Markings::default();
	for object in &page {
		let _ = markings.learn(object);
	}
	for (object, raised) in page.iter().zip(markings.resolve_page(&page, Some(Tlp::Green), Mode::Publishing)) {
		assert!(raised.ok() >= markings.resolve(object, Some(Tlp::Green), Mode::Publishing).ok());
	}
	let _ = read_object(document.to_vec(), &LIMITS);
});
