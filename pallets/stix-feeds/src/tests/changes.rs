//! Sources that change behind the feed's place, for good or for a moment: nothing is left out.

use super::{
	chain::{config, Chain},
	server::*,
};
use cti_primitives::feed::FeedKind;

/// Objects that were added at one moment.
fn at_once(server: &TaxiiServer, at: u64, numbers: std::ops::Range<usize>) {
	objects(numbers, None, 10).into_iter().for_each(|raw| server.add(at, raw));
}

fn taxii(server: &TaxiiServer) -> Chain {
	Chain::new(config(FeedKind::Taxii21), server.serve())
}

#[test]
fn a_file_that_is_broken_for_a_moment_should_not_be_published_again() {
	let all = objects(0..300, None, 900);
	let sound = bundle(&all);
	let half = sound[..sound.len() / 2].to_vec();
	let long = [b"<html>".as_slice(), &vec![b' '; sound.len()]].concat();
	let other = [bundle(&objects(50..400, None, 900)), b"x".to_vec()].concat();
	for broken in [b"{\"error\":1}".to_vec(), Vec::new(), half, long, other] {
		for etags in [false, true] {
			let server = FileServer::new(&all);
			let set = |body: &[u8], tag: &str| {
				let mut file = server.0.lock().unwrap();
				(file.body, file.etag, file.ranges) = (body.to_vec(), etags.then(|| tag.to_string()), etags);
			};
			set(&sound, "\"1\"");
			let mut chain = Chain::new(config(FeedKind::StixBundle), server.serve());
			chain.host.state().chunk = 50_000;
			chain.settle();
			set(&broken, "\"2\"");
			chain.blocks(12);
			assert!(!chain.error().is_empty());
			set(&sound, "\"1\"");
			chain.blocks(30);
			assert_eq!(chain.error(), "");
			assert_same(&chain.objects(), &all);
			set(&bundle(&objects(0..301, None, 900)), "\"3\"");
			chain.blocks(12);
			assert_same(&chain.objects(), &objects(0..301, None, 900));
		}
	}
}

#[test]
fn a_file_that_is_another_one_for_one_answer_should_not_be_published_again() {
	let all = objects(0..300, None, 900);
	let server = FileServer::new(&all);
	let mut chain = Chain::new(config(FeedKind::StixBundle), {
		let (mut well, mut count) = (server.serve(), 0);
		let other = bundle(&objects(700..702, None, 10));
		Box::new(move |request| {
			count += 1;
			let mut reply = well(request);
			if count == 3 {
				reply.body = other.clone().into();
				reply.headers.retain(|(name, _)| name == "content-type");
			}
			reply
		})
	});
	chain.host.state().chunk = 50_000;
	chain.blocks(40);
	assert_same(&chain.objects(), &all);
}

#[test]
fn an_object_added_while_the_last_one_was_deleted_should_be_published() {
	for tokens in [true, false] {
		for (gone, added) in [(8..9, 9..10), (5..9, 9..11), (8..9, 9..30)] {
			let server = TaxiiServer::new(Vec::new());
			server.change(|collection| collection.tokens = tokens);
			at_once(&server, 7, 0..9);
			let mut chain = taxii(&server);
			chain.settle();
			let left = 9 - gone.len();
			server.change(|collection| collection.objects.drain(gone).count());
			added.clone().for_each(|n| server.add(n as u64, object(n, None, 10)));
			chain.blocks(40);
			// What is left of those added at the same time comes once more.
			let expected = [objects(0..9, None, 10), objects(0..left, None, 10), objects(added, None, 10)].concat();
			assert_same(&chain.objects(), &expected);
		}
	}
}

#[test]
fn objects_deleted_before_the_last_one_should_not_hide_those_on_further_pages() {
	let server = TaxiiServer::new(Vec::new());
	at_once(&server, 7, 0..9);
	let mut chain = taxii(&server);
	chain.settle();
	server.change(|collection| collection.objects.drain(2..6).count());
	at_once(&server, 7, 9..40);
	chain.blocks(20);
	assert_same(&chain.objects(), &objects(0..40, None, 10));
}

#[test]
fn a_collection_that_is_empty_for_a_moment_should_not_be_published_again() {
	let server = TaxiiServer::new(Vec::new());
	at_once(&server, 7, 0..9);
	let mut chain = taxii(&server);
	chain.settle();
	let all = server.change(|collection| std::mem::take(&mut collection.objects));
	chain.blocks(12);
	server.change(|collection| collection.objects = all);
	server.add(8, object(9, None, 10));
	chain.blocks(12);
	assert_same(&chain.objects(), &objects(0..10, None, 10));
}

#[test]
fn what_is_added_with_the_time_of_the_last_object_soon_after_should_be_published() {
	let server = TaxiiServer::new(objects(0..3, None, 10));
	let mut chain = taxii(&server);
	chain.settle();
	chain.blocks(20);
	server.add(2, object(3, None, 10));
	chain.blocks(50);
	server.add(2, object(4, None, 10));
	chain.blocks(12);
	assert_same(&chain.objects(), &objects(0..5, None, 10));
}

#[test]
fn a_server_that_counts_added_after_itself_should_be_passed_over_up_to_the_last_object_done() {
	for tokens in [true, false] {
		let server = TaxiiServer::new(Vec::new());
		server.change(|collection| (collection.inclusive, collection.tokens) = (true, tokens));
		// Without tokens a server cannot give more of one moment than a page.
		let count = if tokens { 35 } else { 9 };
		at_once(&server, 7, 0..count);
		let mut chain = taxii(&server);
		chain.settle();
		chain.blocks(90);
		(count..count + 25).for_each(|n| server.add(n as u64, object(n, None, 10)));
		chain.blocks(90);
		assert_same(&chain.objects(), &objects(0..count + 25, None, 10));
	}
}

#[test]
fn where_such_a_server_deleted_the_last_object_done_nothing_should_be_left_out() {
	let server = TaxiiServer::new(Vec::new());
	server.change(|collection| collection.inclusive = true);
	at_once(&server, 7, 0..35);
	let mut chain = taxii(&server);
	chain.settle();
	chain.blocks(90);
	server.change(|collection| collection.objects.truncate(34));
	at_once(&server, 8, 35..40);
	chain.blocks(30);
	let expected = [objects(0..35, None, 10), objects(0..34, None, 10), objects(35..40, None, 10)].concat();
	assert_same(&chain.objects(), &expected);
}
