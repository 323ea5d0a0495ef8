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
fn an_object_below_the_default_should_raise_what_is_marked_less() {
	// The feed's default is GREEN.
	let green = format!("marking-definition--{}", "bab4a63c-aed9-4cf5-a766-dfca5abac2bb");
	let clear = format!("marking-definition--{}", "94868c89-83c2-464b-929b-a1a8aa3c8487");
	let speaker = String::from_utf8(relationship(2, 1)).unwrap();
	let marked = speaker.replacen('{', &format!("{{\"object_marking_refs\":[\"{clear}\"],"), 1).into_bytes();
	let (_, mut chain) = in_two_batches(&[object(1, Some(&green), 10)], std::slice::from_ref(&marked));
	chain.settle();
	assert_eq!(marking_of(&mut chain, &marked), [Tlp::Green]);
}

/// The file with `own` among what must not leave the house.
fn with_own(own: &str, first: &[Vec<u8>], last: &[Vec<u8>]) -> Chain {
	let all = [first, &objects(100..160, None, 50_000), last].concat();
	let mut config = config(FeedKind::StixBundle);
	config.own.words = vec![own.into()];
	let chain = Chain::new(config, FileServer::new(&all).serve());
	chain.host.state().chunk = 200_000;
	chain
}

#[test]
fn an_object_that_names_the_members_own_should_still_raise() {
	let own = |n: usize| {
		let text = String::from_utf8(object(n, Some(AMBER), 10)).unwrap();
		text.replace("\"text\": \"", "\"text\": \"heron ").into_bytes()
	};
	let (beside, later) = (relationship(3, 1), relationship(4, 1));
	let mut chain = with_own("heron", &[own(1), beside.clone()], std::slice::from_ref(&later));
	chain.settle();
	assert_eq!(chain.status().refused["names-own"], 1);
	assert_eq!(marking_of(&mut chain, &beside), [Tlp::Amber]);
	assert_eq!(marking_of(&mut chain, &later), [Tlp::Amber]);
}

#[test]
fn a_definition_that_names_the_members_own_should_not_travel() {
	let definition = String::from_utf8(own_definition("amber")).unwrap();
	let definition = definition.replacen('{', "{\"name\":\"heron\",", 1).into_bytes();
	let marked = object(1, Some(OWN), 10);
	let mut chain = with_own("heron", &[definition.clone()], std::slice::from_ref(&marked));
	chain.settle();
	// It marks all the same.
	assert_eq!(marking_of(&mut chain, &marked), [Tlp::Amber]);
	assert!(!chain.objects().contains(&definition));
	assert_eq!(chain.status().refused, [("names-own".to_string(), 1)].into());
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
