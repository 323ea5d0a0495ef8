//! A node that does not know how strict earlier objects were reads the source again before it goes on.

use super::{
	chain::{config, Chain},
	host::{Fate, Request},
	server::*,
};
use cti_primitives::{
	feed::{FeedConfig, FeedKind, FEEDS_KEY},
	Tlp,
};

/// Everything is kept but the operator's configuration.
fn forget(chain: &Chain) {
	chain.host.state().db.retain(|key, _| key == FEEDS_KEY);
}

/// Only how strict objects were is lost.
fn forget_markings(chain: &Chain) {
	chain.host.state().db.retain(|key, _| !key.ends_with(b"/strict"));
}

/// Under which markings an object travels.
fn markings_of(chain: &mut Chain, raw: &[u8]) -> Vec<Tlp> {
	let records = chain.records().into_iter();
	records.filter(|(_, objects)| objects.iter().any(|object| object == raw)).map(|(tlp, _)| tlp).collect()
}

/// A strict object, and others after it.
fn first_page() -> Vec<Vec<u8>> {
	[vec![object(1, Some(AMBER), 10)], objects(100..109, None, 10)].concat()
}

#[test]
fn an_object_of_a_collection_should_raise_though_the_node_lost_its_storage() {
	for loses in [forget, forget_markings] {
		for tokens in [true, false] {
			let server = TaxiiServer::new([first_page(), objects(200..215, None, 10)].concat());
			server.change(|collection| collection.tokens = tokens);
			let mut chain = Chain::new(config(FeedKind::Taxii21), server.serve());
			chain.settle();
			loses(&chain);
			let speaker = relationship(2, 1);
			server.add(900, speaker.clone());
			chain.blocks(12);
			assert_eq!(markings_of(&mut chain, &speaker), [Tlp::Amber]);
			assert_eq!((chain.objects().len(), chain.error()), (26, String::new()));
		}
	}
}

#[test]
fn the_same_should_hold_once_the_place_has_moved_to_the_last_objects_time() {
	let server = TaxiiServer::new(first_page());
	let mut chain = Chain::new(config(FeedKind::Taxii21), server.serve());
	chain.settle();
	chain.blocks(75);
	server.add(500, object(3, None, 10));
	chain.blocks(12);
	forget(&chain);
	let speaker = relationship(2, 1);
	server.add(900, speaker.clone());
	chain.blocks(12);
	assert_eq!(markings_of(&mut chain, &speaker), [Tlp::Amber]);
	assert_eq!(chain.objects().len(), 12);
}

#[test]
fn an_object_of_a_file_should_raise_though_the_node_lost_its_storage() {
	for loses in [forget, forget_markings] {
		// Two batches before the place, one after it.
		let mut all = [first_page(), objects(200..260, None, 50_000)].concat();
		let server = FileServer::new(&all);
		let mut chain = Chain::new(config(FeedKind::StixBundle), server.serve());
		chain.host.state().chunk = 200_000;
		chain.settle();
		loses(&chain);
		all.push(relationship(2, 1));
		server.set(bundle(&all));
		chain.blocks(12);
		assert_eq!(markings_of(&mut chain, &relationship(2, 1)), [Tlp::Amber]);
		assert_eq!((chain.objects().len(), chain.error()), (all.len(), String::new()));
	}
}

#[test]
fn what_another_node_published_should_raise_too() {
	let server = TaxiiServer::new(objects(100..103, None, 10));
	let mut chain = Chain::new(config(FeedKind::Taxii21), server.serve());
	chain.settle();
	let other = serde_json::to_vec(&[config(FeedKind::Taxii21)]).unwrap();
	let mut theirs = std::collections::BTreeMap::from([(FEEDS_KEY.to_vec(), other)]);
	std::mem::swap(&mut chain.host.state().db, &mut theirs);
	server.add(500, object(1, Some(AMBER), 10));
	chain.blocks(12);
	std::mem::swap(&mut chain.host.state().db, &mut theirs);
	let speaker = relationship(2, 1);
	server.add(900, speaker.clone());
	chain.blocks(12);
	assert_eq!(markings_of(&mut chain, &speaker), [Tlp::Amber]);
	assert_eq!(chain.objects().len(), 5);
}

#[test]
fn learning_should_go_on_over_several_runs_and_nothing_be_published_meanwhile() {
	let mut all = first_page();
	all.extend(objects(200..260, None, 10));
	let server = TaxiiServer::new(all.clone());
	let mut chain = Chain::new(config(FeedKind::Taxii21), server.serve());
	chain.settle();
	forget(&chain);
	let speaker = relationship(2, 1);
	server.add(900, speaker.clone());
	let mut well = server.serve();
	chain.host.state().server = Box::new(move |request: &Request| well(request).fate(Fate::Late(2_500)));
	chain.block();
	assert!(chain.error().contains("read again"), "{}", chain.error());
	assert_eq!(chain.objects().len(), all.len());
	chain.blocks(20);
	assert_eq!(markings_of(&mut chain, &speaker), [Tlp::Amber]);
	assert_eq!(chain.objects().len(), all.len() + 1);
}

#[test]
fn a_batch_under_way_should_come_out_as_before() {
	let all = [vec![object(1, Some(AMBER), 10)], objects(100..160, None, 50_000), vec![relationship(2, 1)]].concat();
	let mut chain = Chain::new(config(FeedKind::StixBundle), FileServer::new(&all).serve());
	chain.host.state().chunk = 200_000;
	for _ in 0..22 {
		chain.work();
		chain.include(1);
		chain.host.state().pool.clear();
		forget(&chain);
	}
	let sorted = |mut objects: Vec<Vec<u8>>| {
		objects.sort();
		objects
	};
	assert_same(&sorted(chain.objects()), &sorted(all));
	assert_eq!(markings_of(&mut chain, &relationship(2, 1)), [Tlp::Amber]);
}

#[test]
fn a_source_that_is_empty_for_a_moment_should_be_waited_for() {
	let server = TaxiiServer::new(first_page());
	let mut chain = Chain::new(config(FeedKind::Taxii21), server.serve());
	chain.settle();
	forget(&chain);
	let mut all = server.change(|collection| std::mem::take(&mut collection.objects));
	chain.block();
	assert!(chain.error().contains("empty"), "{}", chain.error());
	let speaker = relationship(2, 1);
	all.push((900, speaker.clone()));
	server.change(|collection| collection.objects = all);
	chain.blocks(20);
	assert_eq!(markings_of(&mut chain, &speaker), [Tlp::Amber]);
}

#[test]
fn a_source_that_is_being_filled_should_be_waited_for() {
	let server = TaxiiServer::new([objects(100..109, None, 10), vec![object(1, Some(AMBER), 10)]].concat());
	let mut chain = Chain::new(config(FeedKind::Taxii21), server.serve());
	chain.settle();
	forget(&chain);
	// The strict object is the one that is not there yet.
	let all = server.change(|collection| collection.objects.clone());
	server.change(|collection| collection.objects.truncate(5));
	chain.blocks(10);
	assert!(chain.error().contains("ends before"), "{}", chain.error());
	let speaker = relationship(2, 1);
	server.change(|collection| collection.objects = all);
	server.add(900, speaker.clone());
	chain.blocks(400);
	assert_eq!(markings_of(&mut chain, &speaker), [Tlp::Amber]);
}

#[test]
fn a_source_that_has_less_for_good_should_be_gone_on_with() {
	let server = TaxiiServer::new(first_page());
	let mut chain = Chain::new(config(FeedKind::Taxii21), server.serve());
	chain.settle();
	forget(&chain);
	server.change(|collection| collection.objects.truncate(5));
	chain.blocks(400);
	let later = object(700, None, 10);
	server.add(900, later.clone());
	chain.blocks(400);
	assert!(chain.objects().contains(&later), "{}", chain.error());
}

#[test]
fn a_file_that_does_not_have_the_place_any_more_should_be_read_from_its_beginning() {
	let server = FileServer::new(&first_page());
	let mut chain = Chain::new(config(FeedKind::StixBundle), server.serve());
	chain.settle();
	forget(&chain);
	let other = [object(7, Some(AMBER), 10), relationship(8, 7)];
	server.set(bundle(&other));
	chain.blocks(20);
	assert_eq!(chain.objects()[10..], other);
	assert_eq!(markings_of(&mut chain, &other[1]), [Tlp::Amber]);
}

#[test]
fn a_node_that_knows_should_not_read_again() {
	let server = TaxiiServer::new(first_page());
	let slow = FeedConfig { interval_ms: 3_600_000, ..config(FeedKind::Taxii21) };
	let mut chain = Chain::new(slow, server.serve());
	chain.settle();
	let before = chain.host.state().requests.len();
	chain.blocks(100);
	assert_eq!(chain.host.state().requests.len(), before);
}
