use super::{
	chain::{config, Chain},
	host::{Reply, Request},
	server::*,
};
use crate::mock::*;
use cti_primitives::{
	feed::{Credentials, FeedKind},
	Tlp,
};

fn chain(server: &TaxiiServer) -> Chain {
	Chain::new(config(FeedKind::Taxii21), server.serve())
}

#[test]
fn a_collection_should_be_published_byte_for_byte_and_in_order() {
	let objects = objects(0..35, None, 40);
	let server = TaxiiServer::new(objects.clone());
	let mut chain = chain(&server);
	chain.settle();
	assert_eq!(chain.objects(), objects);
	assert!(chain.records().iter().all(|(tlp, _)| *tlp == Tlp::Green));
	let status = chain.status();
	assert_eq!((status.fetched, status.published, status.waiting), (35, 35, 0));
	assert_eq!(status.envelopes, chain.sequence());
	assert_eq!((status.refused.len(), status.last_error), (0, None));
}

#[test]
fn what_is_added_later_should_be_published_once() {
	let server = TaxiiServer::new(objects(0..3, None, 10));
	let mut chain = chain(&server);
	chain.settle();
	chain.blocks(20);
	assert_eq!(chain.objects().len(), 3);
	server.add(100, object(3, None, 10));
	chain.blocks(12);
	server.add(200, object(4, None, 10));
	chain.blocks(12);
	assert_same(&chain.objects(), &objects(0..5, None, 10));
}

#[test]
fn the_source_should_be_asked_at_its_interval() {
	let server = TaxiiServer::new(objects(0..1, None, 10));
	let mut chain = chain(&server);
	chain.settle();
	let before = chain.host.state().requests.len();
	chain.blocks(50);
	let asked = chain.host.state().requests.len() - before;
	assert!((9..=11).contains(&asked), "{asked} requests in 50 s at an interval of 5 s");
}

#[test]
fn once_nothing_followed_for_a_while_a_look_should_not_read_again_what_is_done() {
	let server = TaxiiServer::new(objects(0..8, None, 10));
	let mut chain = chain(&server);
	chain.settle();
	chain.blocks(75);
	let before = chain.host.state().read;
	chain.blocks(12);
	let read = chain.host.state().read - before;
	assert!(read < 10, "{read} bytes for nothing new");
}

#[test]
fn the_same_should_hold_for_many_pages_of_one_moment() {
	let server = TaxiiServer::new(Vec::new());
	server.change(|collection| collection.objects = objects(0..35, None, 10).into_iter().map(|raw| (7, raw)).collect());
	let mut chain = chain(&server);
	chain.settle();
	chain.blocks(75);
	let before = chain.host.state().read;
	chain.blocks(12);
	assert!(chain.host.state().read - before < 10);
	server.add(8, object(35, None, 10));
	chain.blocks(12);
	assert_same(&chain.objects(), &objects(0..36, None, 10));
}

#[test]
fn a_server_that_keeps_one_token_and_moves_its_meaning_should_be_read_on() {
	let mut given = 0;
	let server = Box::new(move |request: &Request| {
		let page = if request.url.contains("next=") { given..given + 4 } else { 0..4 };
		given = page.end;
		let raws: Vec<_> = objects(page, None, 10).into_iter().map(|raw| String::from_utf8(raw).unwrap()).collect();
		let body = format!("{{\"more\":{},\"next\":\"same\",\"objects\":[{}]}}", given < 12, raws.join(","));
		Reply::new(200, "application/taxii+json;version=2.1", body)
	});
	let mut chain = Chain::new(config(FeedKind::Taxii21), server);
	chain.settle();
	assert_same(&chain.objects(), &objects(0..12, None, 10));
}

#[test]
fn objects_added_at_one_moment_should_be_told_apart() {
	// The server's pages end in the middle of what was added at once, and more comes with the same time.
	let server = TaxiiServer::new(Vec::new());
	server.change(|collection| collection.objects = objects(0..25, None, 10).into_iter().map(|raw| (7, raw)).collect());
	let mut chain = chain(&server);
	chain.settle();
	server.add(7, object(25, None, 10));
	chain.blocks(12);
	assert_same(&chain.objects(), &objects(0..26, None, 10));
}

#[test]
fn a_server_without_tokens_should_be_asked_by_time() {
	let server = TaxiiServer::new(objects(0..25, None, 10));
	server.change(|collection| collection.tokens = false);
	let mut chain = chain(&server);
	chain.settle();
	assert_same(&chain.objects(), &objects(0..25, None, 10));
}

#[test]
fn a_server_without_dates_should_work_by_counting() {
	let server = TaxiiServer::new(objects(0..25, None, 10));
	server.change(|collection| collection.dates = false);
	let mut chain = chain(&server);
	chain.settle();
	server.add(100, object(25, None, 10));
	chain.blocks(12);
	assert_same(&chain.objects(), &objects(0..26, None, 10));
}

#[test]
fn a_server_that_counts_added_after_itself_should_not_make_anything_twice() {
	let server = TaxiiServer::new(objects(0..5, None, 10));
	server.change(|collection| collection.inclusive = true);
	let mut chain = chain(&server);
	chain.settle();
	chain.blocks(20);
	server.add(100, object(5, None, 10));
	chain.blocks(30);
	assert_same(&chain.objects(), &objects(0..6, None, 10));
}

#[test]
fn a_token_the_server_forgot_should_cost_a_reread_only() {
	let server = TaxiiServer::new(objects(0..35, None, 10));
	let mut chain = chain(&server);
	// The run ends between two pages.
	chain.host.state().pool_full = true;
	chain.block();
	chain.host.state().pool_full = false;
	server.change(|collection| collection.forgotten = 1_000);
	chain.host.state().db.retain(|key, _| !key.ends_with(b"lease"));
	server.change(|collection| collection.forgotten = 2);
	chain.settle();
	assert_same(&chain.objects(), &objects(0..35, None, 10));
}

#[test]
fn objects_deleted_from_the_collection_should_not_hide_new_ones() {
	let server = TaxiiServer::new(Vec::new());
	server.change(|collection| collection.objects = objects(0..9, None, 10).into_iter().map(|raw| (7, raw)).collect());
	let mut chain = chain(&server);
	chain.block();
	chain.block();
	// The position on chain counts nine objects; of those, two are gone.
	server.change(|collection| collection.objects.drain(2..4).count());
	server.add(7, object(9, None, 10));
	chain.blocks(12);
	assert_same(&chain.objects(), &objects(0..10, None, 10));
}

#[test]
fn another_collection_should_be_read_from_its_beginning() {
	let server = TaxiiServer::new(objects(0..5, None, 10));
	let mut chain = chain(&server);
	chain.settle();
	server.change(|collection| collection.objects = vec![(0, object(77, None, 10))]);
	let mut config = config(FeedKind::Taxii21);
	config.collection = "another".into();
	chain.configure(&[config]);
	chain.blocks(5);
	assert_eq!(chain.objects()[5..], [object(77, None, 10)]);
	assert_eq!(chain.objects().len(), 6);
}

#[test]
fn objects_of_several_markings_should_go_into_several_pages() {
	let marked = [Some(AMBER), Some(GREEN), None, Some(CLEAR), Some(AMBER), Some(RED), Some(GREEN)];
	let mut all: Vec<_> = marked.iter().enumerate().map(|(n, marking)| object(n, *marking, 10)).collect();
	// Raised to AMBER by what it refers to.
	all.push(relationship(7, 0));
	let server = TaxiiServer::new(all.clone());
	let mut chain = chain(&server);
	chain.settle();
	let pick = |places: &[usize]| places.iter().map(|n| all[*n].clone()).collect::<Vec<_>>();
	let expected = [(Tlp::Clear, pick(&[3])), (Tlp::Green, pick(&[1, 2, 6])), (Tlp::Amber, pick(&[0, 4, 7]))];
	assert_eq!(chain.records(), expected);
	let status = chain.status();
	assert_eq!(status.refused, [("above-ceiling".to_string(), 1)].into());
	assert_eq!((status.fetched, status.published), (8, 7));
}

#[test]
fn a_definition_should_be_fetched_by_its_id_and_go_with_the_objects() {
	let server = TaxiiServer::new(vec![object(0, Some(OWN), 10), object(1, None, 10)]);
	server.change(|collection| collection.by_id.push((OWN.to_string(), own_definition("amber"))));
	let mut chain = chain(&server);
	chain.settle();
	let expected = [
		(Tlp::Green, vec![object(1, None, 10)]),
		(Tlp::Amber, vec![object(0, Some(OWN), 10), own_definition("amber")]),
	];
	assert_eq!(chain.records(), expected);
	assert_eq!(chain.status().published, 2);
}

#[test]
fn a_definition_of_an_earlier_page_should_be_known() {
	let server = TaxiiServer::new(vec![own_definition("amber")]);
	let mut chain = chain(&server);
	chain.settle();
	server.add(100, object(0, Some(OWN), 10));
	chain.blocks(12);
	assert_eq!(chain.records()[1], (Tlp::Amber, vec![object(0, Some(OWN), 10), own_definition("amber")]));
	assert!(!chain.host.state().requests.iter().any(|request| request.url.contains(OWN)));
}

#[test]
fn what_cannot_be_resolved_should_be_refused_alone() {
	let mut config = config(FeedKind::Taxii21);
	config.default_marking = None;
	let all = vec![object(0, Some(OWN), 10), object(1, Some(GREEN), 10), object(2, None, 10), b"{\"type\":1}".to_vec()];
	let mut chain = Chain::new(config, TaxiiServer::new(all).serve());
	chain.settle();
	chain.blocks(20);
	assert_eq!(chain.objects(), [object(1, Some(GREEN), 10)]);
	let refused = chain.status().refused;
	assert_eq!((refused["unresolved-marking"], refused["unmarked"]), (1, 1));
	assert_eq!(refused.values().sum::<u64>(), 3);
}

#[test]
fn a_page_of_refused_objects_should_be_passed_once() {
	let mut all = objects(0..10, Some(RED), 10);
	all.extend(objects(10..12, Some(GREEN), 10));
	let server = TaxiiServer::new(all);
	let mut chain = chain(&server);
	chain.settle();
	chain.blocks(12);
	assert_same(&chain.objects(), &objects(10..12, Some(GREEN), 10));
	assert_eq!(chain.status().refused["above-ceiling"], 10);
	// Only refused ones: nothing to publish, nothing read again.
	(0..10).for_each(|n| server.add(100 + n, object(20 + n as usize, Some(RED), 10)));
	chain.blocks(30);
	assert_eq!(chain.status().refused["above-ceiling"], 20);
	assert_eq!(chain.status().fetched, 22);
}

#[test]
fn techniques_should_be_named_where_the_marking_permits_and_the_catalogue_knows_them() {
	let techniques = ["T1059", "T1059.001", "T9999"];
	let all: Vec<_> = techniques.iter().enumerate().map(|(n, technique)| attack_pattern(n, technique)).collect();
	let mut chain = Chain::new(config(FeedKind::Taxii21), TaxiiServer::new(all.clone()).serve());
	chain.settle();
	assert_same(&chain.objects(), &all);
	let named = chain.on_chain(|| Records::iter_values().next().unwrap().0.techniques);
	assert_eq!(named.iter().map(ToString::to_string).collect::<Vec<_>>(), ["T1059", "T1059.001"]);

	let mut config = config(FeedKind::Taxii21);
	config.default_marking = Some(Tlp::Amber);
	let mut chain = Chain::new(config, TaxiiServer::new(all.clone()).serve());
	chain.settle();
	assert_eq!(chain.records(), [(Tlp::Amber, all)]);
	assert!(chain.on_chain(|| Records::iter_values().next().unwrap().0.techniques).is_empty());
}

#[test]
fn more_techniques_than_a_record_names_should_be_split() {
	let all: Vec<_> = (0..80).map(|n| attack_pattern(n, &format!("T{}", 1_000 + n))).collect();
	let mut config = config(FeedKind::Taxii21);
	config.page = 100;
	let mut chain = Chain::new(config, TaxiiServer::new(all.clone()).serve());
	chain.settle();
	assert_same(&chain.objects(), &all);
	let named: usize = chain.on_chain(|| Records::iter_values().map(|(draft, _)| draft.techniques.len()).sum());
	assert_eq!((chain.sequence(), named), (3, 80));
}

#[test]
fn credentials_should_be_sent_and_never_be_seen() {
	let mut config = config(FeedKind::Taxii21);
	config.credentials = Credentials::Basic { username: "admin".into(), password: "hunter2".into() };
	let mut chain = Chain::new(
		config,
		Box::new(|request| {
			assert_eq!(request.headers["authorization"], "Basic YWRtaW46aHVudGVyMg==");
			assert_eq!(request.headers["accept"], "application/taxii+json;version=2.1");
			Reply::status(401)
		}),
	);
	chain.blocks(3);
	assert!(chain.error().contains("401"), "{}", chain.error());
	let state = chain.host.state();
	let leaks = state.db.iter().filter(|(_, value)| value.windows(7).any(|bytes| bytes == b"hunter2"));
	assert_eq!(leaks.count(), 1, "in the configuration itself and nowhere else");
}
