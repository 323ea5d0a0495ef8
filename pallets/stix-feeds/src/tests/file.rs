use super::{
	chain::{config, Chain},
	server::*,
};
use cti_primitives::{feed::FeedKind, Tlp};

fn chain(server: &FileServer) -> Chain {
	let chain = Chain::new(config(FeedKind::StixBundle), server.serve());
	chain.host.state().chunk = 7_000;
	chain
}

#[test]
fn a_bundle_should_be_published_byte_for_byte_and_once() {
	let all = objects(0..300, None, 900);
	let server = FileServer::new(&all);
	let mut chain = chain(&server);
	chain.settle();
	chain.blocks(20);
	assert_same(&chain.objects(), &all);
	let status = chain.status();
	assert_eq!((status.fetched, status.published, status.last_error), (300, 300, None));
}

#[test]
fn pages_should_fill_their_envelopes() {
	let all = objects(0..1_000, None, 1_000);
	let mut chain = chain(&FileServer::new(&all));
	chain.settle();
	assert_same(&chain.objects(), &all);
	let sizes =
		chain.on_chain(|| crate::mock::Records::iter_values().map(|(_, payload)| payload.len()).collect::<Vec<_>>());
	assert!(sizes.len() <= 5 && sizes.iter().all(|size| *size <= 262_144), "{sizes:?}");
}

#[test]
fn an_unchanged_file_should_not_even_be_sent_where_the_server_can() {
	let server = FileServer::new(&objects(0..20, None, 100));
	for (etag, modified) in [(Some("\"v1\""), None), (None, Some("Wed, 21 Oct 2015 07:28:00 GMT"))] {
		let mut file = server.0.lock().unwrap();
		(file.etag, file.modified) = (etag.map(Into::into), modified.map(Into::into));
		drop(file);
		let mut chain = chain(&server);
		chain.settle();
		let before = chain.host.state().read;
		chain.blocks(20);
		assert_eq!(chain.host.state().read, before);
		assert_eq!(chain.objects().len(), 20);
	}
}

#[test]
fn a_changed_file_should_be_read_from_its_beginning() {
	let server = FileServer::new(&objects(0..5, None, 10));
	let mut chain = chain(&server);
	chain.settle();
	server.set(bundle(&objects(50..53, None, 10)));
	chain.blocks(12);
	assert_eq!(chain.objects()[5..], objects(50..53, None, 10));
	// Shorter than what was done.
	server.set(bundle(&objects(60..61, None, 10)));
	chain.blocks(12);
	assert_eq!(chain.objects()[8..], objects(60..61, None, 10));
}

#[test]
fn a_file_that_only_grew_should_go_on_where_it_ended() {
	let server = FileServer::new(&objects(0..5, None, 10));
	let mut chain = chain(&server);
	chain.settle();
	server.set(bundle(&objects(0..8, None, 10)));
	chain.blocks(12);
	assert_same(&chain.objects(), &objects(0..8, None, 10));
}

#[test]
fn a_large_file_should_be_asked_for_by_ranges() {
	let all = objects(0..2_600, None, 8_000);
	let server = FileServer::new(&all);
	{
		let mut file = server.0.lock().unwrap();
		(file.etag, file.ranges) = (Some("\"v1\"".into()), true);
	}
	let mut chain = chain(&server);
	chain.host.state().chunk = 100_000;
	chain.settle();
	assert_same(&chain.objects(), &all);
	let (read, length) = (chain.host.state().read, server.0.lock().unwrap().body.len());
	let ranges = chain.host.state().requests.iter().filter(|request| request.headers.contains_key("range")).count();
	assert!(ranges > 0 && read < length * 3 / 2, "{ranges} ranges, {read} bytes read of {length}");
}

#[test]
fn without_ranges_the_file_should_be_read_again_up_to_its_place() {
	let all = objects(0..2_600, None, 8_000);
	let mut chain = chain(&FileServer::new(&all));
	chain.host.state().chunk = 100_000;
	chain.settle();
	assert_same(&chain.objects(), &all);
}

#[test]
fn a_definition_may_come_after_its_use() {
	let mut all = objects(0..700, Some(OWN), 4_000);
	all.push(own_definition("amber"));
	let mut config = config(FeedKind::StixBundle);
	config.default_marking = Some(Tlp::Clear);
	let mut chain = Chain::new(config, FileServer::new(&all).serve());
	chain.host.state().chunk = 100_000;
	chain.settle();
	let (amber, clear): (Vec<_>, Vec<_>) = chain.records().into_iter().partition(|(tlp, _)| *tlp == Tlp::Amber);
	// Every envelope carries the definition its objects refer to.
	assert!(amber.iter().all(|(_, objects)| objects.last() == Some(&own_definition("amber"))));
	let objects: Vec<_> =
		amber.into_iter().flat_map(|(_, objects)| objects).filter(|raw| *raw != own_definition("amber")).collect();
	assert_eq!(objects, all[..700]);
	assert_eq!(clear, [(Tlp::Clear, vec![own_definition("amber")])]);
	assert_eq!((chain.status().fetched, chain.status().published), (701, 701));
}

#[test]
fn a_marking_the_file_does_not_define_should_be_refused() {
	let all = [object(0, Some(OWN), 10), object(1, None, 10)];
	let mut chain = chain(&FileServer::new(&all));
	chain.settle();
	assert_eq!(chain.objects(), all[1..]);
	assert_eq!(chain.status().refused["unresolved-marking"], 1);
}

#[test]
fn bad_objects_should_be_refused_alone() {
	let mut all = objects(0..3, None, 10);
	let deep = format!("{{\"type\":\"x-test\",\"a\":{}{}}}", "[".repeat(10_000), "]".repeat(10_000)).into_bytes();
	let large = object(8, None, 300_000);
	all.splice(1..1, [deep, large, b"17".to_vec(), b"{\"type\":\"x-test\"}".to_vec()]);
	let mut chain = chain(&FileServer::new(&all));
	chain.settle();
	chain.blocks(20);
	assert_same(&chain.objects(), &objects(0..3, None, 10));
	let refused = chain.status().refused;
	assert_eq!((refused["too-deep"], refused["too-large"], refused["not-an-object"], refused["no-id"]), (1, 1, 1, 1));
}

#[test]
fn an_endless_gap_should_be_followed_without_being_kept() {
	let mut body = bundle(&objects(0..2, None, 10));
	let end = body.len() - 4;
	body.splice(end..end, std::iter::repeat_n(b' ', 5 << 20));
	let server = FileServer::default();
	server.set(body.clone());
	let mut chain = chain(&server);
	chain.host.state().chunk = 60_000;
	chain.settle();
	// What follows the gap has its place behind it.
	let end = body.len() - 4;
	body.splice(end..end, [b",".as_slice(), &object(2, None, 10)].concat());
	server.set(body);
	chain.blocks(12);
	assert_same(&chain.objects(), &objects(0..3, None, 10));
}
