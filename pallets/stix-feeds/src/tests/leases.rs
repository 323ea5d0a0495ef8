use super::{
	chain::{config, Chain},
	host::{Fate, Reply},
	server::*,
};
use cti_primitives::feed::FeedKind;
use frame::testing_prelude::*;

fn lease_key() -> Vec<u8> {
	b"testudo/feed/0/lease".to_vec()
}

#[test]
fn two_runs_should_not_serve_one_feed() {
	let server = TaxiiServer::new(objects(0..5, None, 10));
	let mut chain = Chain::new(config(FeedKind::Taxii21), server.serve());
	let now = chain.host.state().now;
	chain.host.state().db.insert(lease_key(), (1u64, now + 2_000).encode());
	chain.work();
	assert!(chain.host.state().requests.is_empty());
	chain.blocks(3);
	assert!(!chain.host.state().requests.is_empty());
}

#[test]
fn a_lease_from_before_the_clock_was_set_back_should_not_count() {
	let server = TaxiiServer::new(objects(0..5, None, 10));
	let mut chain = Chain::new(config(FeedKind::Taxii21), server.serve());
	let now = chain.host.state().now;
	chain.host.state().db.insert(lease_key(), (1u64, now + 86_400_000).encode());
	chain.work();
	assert!(!chain.host.state().requests.is_empty());
}

#[test]
fn a_killed_node_should_not_block_its_restart_for_long() {
	let server = TaxiiServer::new(objects(0..5, None, 10));
	let mut chain = Chain::new(config(FeedKind::Taxii21), server.serve());
	chain.host.state().fuse = Some(4);
	assert!(chain.work_or_die());
	assert!(chain.host.state().db.contains_key(&lease_key()));
	chain.blocks(4);
	assert!(chain.status().fetched > 0);
}

#[test]
fn a_run_that_lost_its_lease_should_stop_without_a_word() {
	let mut chain = Chain::new(config(FeedKind::Taxii21), Box::new(|_| Reply::status(500).fate(Fate::Hangs)));
	// Another run takes the lease over while this one waits for a server that hangs.
	let begun = chain.host.state().now;
	chain.host.state().meanwhile = Some(Box::new(|db| {
		db.insert(lease_key(), (7u64, u64::MAX).encode());
	}));
	chain.work();
	assert!(chain.host.state().now - begun < 1_500);
	assert_eq!(chain.status(), Default::default());
	assert_eq!(chain.host.state().db[&lease_key()], (7u64, u64::MAX).encode());
}
