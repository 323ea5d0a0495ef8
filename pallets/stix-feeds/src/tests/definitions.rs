//! Marking definitions: fetched, searched, kept.

use super::{
	chain::{config, Chain},
	host::{Reply, Server},
	server::*,
};
use cti_primitives::feed::{FeedKind, FEEDS_KEY};
use cti_primitives::Tlp;

fn own_id(n: usize) -> String {
	format!("marking-definition--{n:08x}-2222-4333-8444-555555555555")
}

/// The definition of the nth id.
fn definition(n: usize) -> Vec<u8> {
	String::from_utf8(own_definition("amber")).unwrap().replace(OWN, &own_id(n)).into_bytes()
}

/// So many objects, each with a marking of its own.
fn each_with_its_own(count: usize) -> Vec<Vec<u8>> {
	(0..count).map(|n| object(n, Some(&own_id(n)), 10)).collect()
}

/// Gives `reply` to the first requests for a definition.
fn failing(server: &TaxiiServer, times: usize, reply: Reply) -> Server {
	let (mut well, mut left) = (server.serve(), times);
	Box::new(move |request| match request.url.contains("marking-definition") && left > 0 {
		true => {
			left -= 1;
			reply.clone()
		}
		false => well(request),
	})
}

#[test]
fn a_definition_the_server_fails_to_give_should_be_waited_for() {
	let statuses = [401, 403, 429, 500, 502, 503, 504].map(Reply::status);
	let broken = ["<html>", "{\"error\":1}", "{\"objects\":["].map(|body| Reply::new(200, "application/json", body));
	for reply in statuses.into_iter().chain([Reply::status(200)]).chain(broken) {
		let server = TaxiiServer::new(vec![object(0, Some(OWN), 10), object(1, None, 10)]);
		server.change(|collection| collection.by_id.push((OWN.to_string(), own_definition("amber"))));
		let mut chain = Chain::new(config(FeedKind::Taxii21), failing(&server, 2, reply.clone()));
		chain.block();
		assert!(chain.error().contains("definition cannot be fetched"), "{reply:?}: {}", chain.error());
		chain.settle();
		let expected = [
			(Tlp::Green, vec![object(1, None, 10)]),
			(Tlp::Amber, vec![object(0, Some(OWN), 10), own_definition("amber")]),
		];
		assert_eq!(chain.records(), expected, "{reply:?}");
		assert_eq!(chain.status().refused.get("unresolved-marking"), None);
	}
}

#[test]
fn a_definition_the_server_does_not_have_should_refuse_what_refers_to_it() {
	for status in [404, 410] {
		let server = TaxiiServer::new(vec![object(0, Some(OWN), 10), object(1, None, 10)]);
		let mut chain = Chain::new(config(FeedKind::Taxii21), failing(&server, 9, Reply::status(status)));
		chain.settle();
		assert_eq!(chain.objects(), [object(1, None, 10)]);
		assert_eq!(chain.status().refused["unresolved-marking"], 1);
	}
}

#[test]
fn many_definitions_should_be_fetched_over_several_turns_and_each_asked_for_once() {
	let all = each_with_its_own(80);
	let server = TaxiiServer::new(all.clone());
	// Of every other one the server knows nothing.
	let known = (0..80).step_by(2).map(|n| (own_id(n), definition(n)));
	server.change(|collection| collection.by_id.extend(known));
	let mut config = config(FeedKind::Taxii21);
	config.page = 100;
	let mut chain = Chain::new(config, server.serve());
	chain.settle();
	let published: Vec<_> =
		chain.objects().into_iter().filter(|raw| raw.starts_with(b"{\"type\":\"x-test\"")).collect();
	let expected: Vec<_> = all.iter().step_by(2).cloned().collect();
	assert_same(&published, &expected);
	assert_eq!(chain.status().refused["unresolved-marking"], 40);
	let state = chain.host.state();
	assert_eq!(state.requests.iter().filter(|request| request.url.contains("marking-definition")).count(), 80);
}

#[test]
fn many_definitions_should_be_written_down_at_once() {
	let all: Vec<_> = (0..200).map(definition).collect();
	let mut chain = Chain::new(config(FeedKind::StixBundle), FileServer::new(&all).serve());
	chain.host.state().chunk = 1 << 20;
	chain.settle();
	assert_same(&chain.objects(), &all);
	assert!(chain.host.state().operations < 100, "{}", chain.host.state().operations);
}

#[test]
fn a_definition_before_the_place_should_be_found_again_by_a_node_that_lost_its_storage() {
	let mut all = objects(0..700, Some(OWN), 4_000);
	all.insert(0, own_definition("amber"));
	let mut config = config(FeedKind::StixBundle);
	config.default_marking = Some(Tlp::Clear);
	let mut chain = Chain::new(config, FileServer::new(&all).serve());
	chain.host.state().chunk = 100_000;
	chain.work();
	// The first batch is done, the second under way.
	chain.include(10);
	chain.host.state().pool.clear();
	chain.host.state().db.retain(|key, _| key == FEEDS_KEY);
	chain.settle();
	assert_eq!(chain.status().refused, Default::default());
	let published: Vec<_> = chain.objects().into_iter().filter(|raw| *raw != all[0]).collect();
	assert_same(&published, &all[1..]);
}

#[test]
fn a_search_that_did_not_reach_the_end_should_not_refuse_anything() {
	let mut all = objects(0..10, Some(OWN), 100);
	all.push(own_definition("amber"));
	let server = FileServer::new(&all);
	let mut chain = Chain::new(config(FeedKind::StixBundle), {
		let (mut well, mut count) = (server.serve(), 0);
		Box::new(move |request| {
			count += 1;
			let reply = well(request);
			if count < 9 {
				reply.fate(super::host::Fate::BreaksAfter(900))
			} else {
				reply
			}
		})
	});
	chain.blocks(300);
	assert_eq!(chain.status().refused, Default::default());
	assert_eq!(chain.status().published, 11);
}

/// A definition of the nth id: a statement that is itself marked with `own`.
fn statement(n: usize, own: &str) -> Vec<u8> {
	let id = own_id(n);
	format!(r#"{{"type":"marking-definition","id":"{id}","definition_type":"statement","definition":{{"statement":"ours"}},"object_marking_refs":["{own}"]}}"#)
		.into_bytes()
}

#[test]
fn a_definition_should_travel_with_those_it_is_marked_with() {
	let (first, second) = (statement(1, &own_id(2)), statement(2, CLEAR));
	let object = object(0, Some(&own_id(1)), 10);
	let server = TaxiiServer::new(vec![object.clone()]);
	server.change(|collection| {
		collection.by_id.extend([(own_id(1), first.clone()), (own_id(2), second.clone())]);
	});
	let mut chain = Chain::new(config(FeedKind::Taxii21), server.serve());
	chain.settle();
	assert_eq!(chain.records(), [(Tlp::Green, vec![object, first, second])]);
}

#[test]
fn a_definition_that_became_stricter_should_stay_so_on_a_node_that_was_started_again() {
	let mut config = config(FeedKind::Taxii21);
	config.default_marking = Some(Tlp::Green);
	let server = TaxiiServer::new(vec![own_definition("clear"), own_definition("amber"), object(0, Some(OWN), 10)]);
	let mut chain = Chain::new(config, server.serve());
	chain.settle();
	server.add(9_000, object(1, Some(OWN), 10));
	chain.blocks(8);
	let strict = chain.records().into_iter().filter(|(tlp, _)| *tlp == Tlp::Amber);
	let objects: Vec<_> = strict.flat_map(|(_, objects)| objects).collect();
	assert!(objects.contains(&object(1, Some(OWN), 10)), "{:?}", chain.records());
}
