//! A node that is killed at any operation, with or without its storage, with any part of its pages included: every
//! object is published, in order, and once.

use super::{
	chain::{config, Chain},
	server::*,
};
use cti_primitives::feed::{FeedConfig, FeedKind, FEEDS_KEY};
use proptest::prelude::*;

/// Objects of three markings, some refused, for several batches and pages.
fn mixed() -> Vec<Vec<u8>> {
	let markings = [Some(AMBER), None, Some(RED), Some(CLEAR), None, Some(GREEN), Some(AMBER)];
	(0..28).map(|n| object(n, markings[n % markings.len()], 20)).collect()
}

fn expected(all: &[Vec<u8>]) -> Vec<Vec<u8>> {
	let mut good: Vec<_> =
		all.iter().filter(|raw| !raw.windows(RED.len()).any(|bytes| bytes == RED.as_bytes())).collect();
	good.sort();
	good.into_iter().cloned().collect()
}

fn sorted(mut objects: Vec<Vec<u8>>) -> Vec<Vec<u8>> {
	objects.sort();
	objects
}

fn taxii() -> (FeedConfig, Chain) {
	let config = config(FeedKind::Taxii21);
	(config.clone(), Chain::new(config, TaxiiServer::new(mixed()).serve()))
}

/// Everything is kept but the operator's configuration.
fn forget(chain: &Chain) {
	chain.host.state().db.retain(|key, _| key == FEEDS_KEY);
}

/// Operations of a whole undisturbed import.
fn operations(make: impl Fn() -> Chain) -> usize {
	let mut chain = make();
	chain.settle();
	let operations = chain.host.state().operations;
	operations
}

fn survives(mut chain: Chain, kill_at: usize, loses_storage: bool, included: usize) {
	chain.host.state().fuse = Some(kill_at);
	for _ in 0..400 {
		chain.include(included);
		if chain.work_or_die() && loses_storage {
			forget(&chain);
		}
		let status = chain.status();
		if status.caught_up_ms > 0 && status.waiting == 0 && chain.host.state().pool.is_empty() {
			break;
		}
	}
	chain.blocks(25);
	assert_same(&sorted(chain.objects()), &expected(&mixed()));
}

#[test]
fn a_kill_at_any_operation_should_lose_nothing_and_double_nothing() {
	let all = operations(|| taxii().1);
	for kill_at in 0..all {
		survives(taxii().1, kill_at, kill_at % 2 == 0, 1 + kill_at % 4);
	}
}

#[test]
fn the_same_should_hold_for_a_file() {
	let make = || {
		let mut file = config(FeedKind::StixBundle);
		file.interval_ms = 100;
		let chain = Chain::new(file, FileServer::new(&mixed()).serve());
		chain.host.state().chunk = 500;
		chain
	};
	for kill_at in 0..operations(make) {
		survives(make(), kill_at, kill_at % 2 == 1, 1 + kill_at % 3);
	}
}

#[test]
fn an_empty_storage_in_the_middle_of_a_batch_should_go_on_there() {
	// All objects at one moment: the position counts, and the pages of a batch are included one at a time.
	let server = TaxiiServer::new(Vec::new());
	server.change(|collection| collection.objects = mixed().into_iter().map(|raw| (7, raw)).collect());
	let mut chain = Chain::new(config(FeedKind::Taxii21), server.serve());
	for _ in 0..60 {
		chain.work();
		chain.include(1);
		chain.host.state().pool.clear();
		forget(&chain);
	}
	assert_same(&sorted(chain.objects()), &expected(&mixed()));
}

#[test]
fn a_batch_under_way_should_go_on_whatever_the_size_of_the_servers_pages() {
	for (page, tokens) in [(3, true), (4, true), (4, false), (7, true), (30, true)] {
		let server = TaxiiServer::new(mixed());
		server.change(|collection| collection.tokens = tokens);
		let mut chain = Chain::new(config(FeedKind::Taxii21), server.serve());
		chain.work();
		// The chain stands in the middle of a batch of ten.
		chain.include(1);
		chain.host.state().pool.clear();
		forget(&chain);
		chain.configure(&[FeedConfig { page, ..config(FeedKind::Taxii21) }]);
		chain.settle();
		assert_same(&sorted(chain.objects()), &expected(&mixed()));
	}
}

#[test]
fn two_nodes_that_cut_the_source_into_other_batches_should_not_make_anything_twice() {
	let (_, mut chain) = taxii();
	let mut theirs = std::collections::BTreeMap::new();
	let other = FeedConfig { page: 7, ..config(FeedKind::Taxii21) };
	theirs.insert(FEEDS_KEY.to_vec(), serde_json::to_vec(&[other]).unwrap());
	for n in 0..90 {
		chain.include(1 + n % 3);
		chain.work();
		std::mem::swap(&mut chain.host.state().db, &mut theirs);
		chain.work();
		std::mem::swap(&mut chain.host.state().db, &mut theirs);
	}
	assert_same(&sorted(chain.objects()), &expected(&mixed()));
}

#[test]
fn counters_should_count_each_object_once_over_restarts() {
	let (_, mut chain) = taxii();
	for kill_at in [20, 15, 30, 8] {
		chain.host.state().fuse = Some(kill_at);
		(0..6).for_each(|_| {
			chain.include(2);
			chain.work_or_die();
		});
	}
	chain.host.state().fuse = None;
	chain.settle();
	chain.blocks(10);
	let status = chain.status();
	assert_eq!((status.fetched, status.published, status.refused["above-ceiling"], status.waiting), (28, 24, 4, 0));
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(24))]
	#[test]
	fn any_history_should_publish_every_object_once(
		steps in proptest::collection::vec((0usize..60, 0usize..4, any::<bool>(), any::<bool>()), 1..14),
		tie in 1u64..12,
	) {
		let server = TaxiiServer::new(Vec::new());
		let objects = mixed().into_iter().enumerate().map(|(n, raw)| (n as u64 / tie, raw)).collect();
		server.change(|collection| collection.objects = objects);
		let mut chain = Chain::new(config(FeedKind::Taxii21), server.serve());
		for (kill_at, included, loses_storage, loses_pool) in steps {
			chain.host.state().fuse = Some(kill_at);
			chain.include(included);
			let was_killed = chain.work_or_die();
			if was_killed && loses_storage {
				forget(&chain);
			}
			if loses_pool {
				chain.host.state().pool.clear();
			}
		}
		chain.host.state().fuse = None;
		chain.blocks(60);
		assert_same(&sorted(chain.objects()), &expected(&mixed()));
	}
}
