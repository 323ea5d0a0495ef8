//! Servers that answer slowly: what a run did not come to, the next one goes on with.

use super::{
	chain::{config, Chain},
	host::{Fate, Request},
	server::*,
};
use cti_primitives::feed::{FeedKind, FEEDS_KEY};

/// Objects of one moment on six pages, each of which takes so many milliseconds.
fn slow(milliseconds: u64) -> (TaxiiServer, Chain) {
	let server = TaxiiServer::new(Vec::new());
	objects(0..60, None, 10).into_iter().for_each(|raw| server.add(7, raw));
	let mut well = server.serve();
	let answer = Box::new(move |request: &Request| well(request).fate(Fate::Late(milliseconds)));
	let chain = Chain::new(config(FeedKind::Taxii21), answer);
	(server, chain)
}

#[test]
fn a_collection_of_one_moment_should_be_read_to_its_end() {
	for milliseconds in [900, 2_500, 2_900, 4_500, 6_500] {
		let (_, mut chain) = slow(milliseconds);
		chain.blocks(40);
		assert_same(&chain.objects(), &objects(0..60, None, 10));
	}
}

#[test]
fn no_page_should_be_asked_for_twice_on_the_way() {
	let (_, mut chain) = slow(2_500);
	chain.settle();
	let state = chain.host.state();
	let first = state.requests.iter().filter(|request| !request.url.contains("next=")).count();
	assert_eq!((first, state.requests.len()), (1, 6));
}

#[test]
fn what_is_done_should_be_passed_over_in_several_runs() {
	for milliseconds in [2_500, 4_500] {
		let (server, mut chain) = slow(milliseconds);
		chain.settle();
		server.add(8, object(60, None, 10));
		chain.blocks(40);
		assert_same(&chain.objects(), &objects(0..61, None, 10));
		assert_eq!(chain.status().refused, Default::default());
	}
}

#[test]
fn a_node_that_lost_its_storage_should_come_back_to_its_place() {
	let (_, mut chain) = slow(2_500);
	chain.blocks(2);
	let published = chain.objects().len();
	assert!((10..60).contains(&published), "{published}");
	chain.host.state().db.retain(|key, _| key == FEEDS_KEY);
	chain.blocks(60);
	assert_same(&chain.objects(), &objects(0..60, None, 10));
}
