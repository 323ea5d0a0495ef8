//! Objects of earlier batches raise those that refer to them later.

use super::{
	chain::{config, Chain},
	server::*,
};
use cti_primitives::{feed::FeedKind, Tlp};

/// A file of several batches: what the first and the last hold, padding between.
fn in_two_batches(first: &[Vec<u8>], last: &[Vec<u8>]) -> (Vec<Vec<u8>>, Chain) {
	let all = [first, &objects(100..160, None, 50_000), last].concat();
	let chain = Chain::new(config(FeedKind::StixBundle), FileServer::new(&all).serve());
	chain.host.state().chunk = 200_000;
	(all, chain)
}

/// Under which marking an object travels.
fn marking_of(chain: &mut Chain, raw: &[u8]) -> Vec<Tlp> {
	let records = chain.records().into_iter();
	records.filter(|(_, objects)| objects.iter().any(|object| object == raw)).map(|(tlp, _)| tlp).collect()
}

#[test]
fn an_object_of_an_earlier_batch_should_raise_what_refers_to_it() {
	let (strict, speaker, other) = (object(1, Some(AMBER), 10), relationship(2, 1), relationship(3, 100));
	let (all, mut chain) = in_two_batches(&[strict], &[speaker.clone(), other.clone()]);
	chain.settle();
	assert_eq!(chain.objects().len(), all.len());
	assert_eq!(marking_of(&mut chain, &speaker), [Tlp::Amber]);
	assert_eq!(marking_of(&mut chain, &other), [Tlp::Green]);
}

#[test]
fn an_object_that_was_refused_as_unresolved_should_raise_to_red() {
	let (unresolved, speaker) = (object(1, Some(OWN), 10), relationship(2, 1));
	let (all, mut chain) = in_two_batches(&[unresolved.clone()], &[speaker.clone()]);
	chain.settle();
	assert_eq!(chain.objects().len(), all.len() - 2);
	assert_eq!(chain.status().refused["unresolved-marking"], 1);
	assert_eq!(chain.status().refused["above-ceiling"], 1);
}

#[test]
fn a_batch_that_is_read_again_should_come_out_as_before() {
	// The first batch speaks of the last, and is under way when the last was read.
	let (speaker, strict) = (relationship(2, 1), object(1, Some(AMBER), 10));
	let (all, mut chain) = in_two_batches(&[speaker.clone()], &[strict]);
	chain.work();
	chain.include(3);
	chain.host.state().pool.clear();
	chain.settle();
	assert_eq!(marking_of(&mut chain, &speaker), [Tlp::Green]);
	assert_same(&sorted(chain.objects()), &sorted(all));
}

fn sorted(mut objects: Vec<Vec<u8>>) -> Vec<Vec<u8>> {
	objects.sort();
	objects
}
