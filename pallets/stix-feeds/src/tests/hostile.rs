//! Each misbehaviour of a source has its own words, costs nothing that is good, and no other feed its pace.

use super::{
	chain::{config, Chain},
	host::{Fate, Reply},
	server::*,
};
use crate::{mock::*, worker::RUN_MS};
use cti_primitives::{
	feed::{Credentials, FeedConfig, FeedKind},
	FeedId, Role, Tlp,
};
use frame::testing_prelude::*;

fn taxii_with(reply: impl Fn() -> Reply + Send + 'static) -> Chain {
	Chain::new(config(FeedKind::Taxii21), Box::new(move |_| reply()))
}

fn file_with(reply: impl Fn() -> Reply + Send + 'static) -> Chain {
	Chain::new(config(FeedKind::StixBundle), Box::new(move |_| reply()))
}

fn json(body: impl Into<Vec<u8>>) -> Reply {
	Reply::new(200, "application/json", body)
}

/// Runs the worker once and gives the error and the milliseconds it took.
fn error_of(mut chain: Chain) -> (String, u64) {
	let begun = chain.host.state().now;
	chain.work();
	let took = chain.host.state().now - begun;
	assert!(took <= RUN_MS + 500, "{took} ms");
	(chain.error(), took)
}

#[test]
fn each_status_should_have_its_words() {
	for (status, words) in [
		(301, "redirects"),
		(302, "redirects"),
		(308, "redirects"),
		(401, "credentials"),
		(403, "permit"),
		(404, "not there"),
		(406, "TAXII 2.0"),
		(413, "smaller page"),
		(418, "418"),
		(429, "less often"),
		(500, "failed (500)"),
		(502, "failed (502)"),
		(503, "not available"),
		(204, "204"),
		(304, "304"),
	] {
		let reply = move || Reply::status(status).with("location", "http://internal.example/secret");
		for (error, _) in [error_of(taxii_with(reply)), error_of(file_with(reply))] {
			assert!(error.contains(words), "{status}: {error}");
			assert!(!error.contains("secret"), "{error}");
		}
	}
}

#[test]
fn a_redirect_should_not_be_followed() {
	let chain = taxii_with(|| Reply::status(302).with("location", "http://internal.example/"));
	let host = chain.host.clone();
	error_of(chain);
	assert_eq!(host.state().requests.len(), 1);
}

#[test]
fn what_is_no_stix_should_be_named() {
	let typed = |kind: &'static str, body: &'static str| move || Reply::new(200, kind, body);
	for (reply, words) in
		[(typed("text/html; charset=utf-8", "<html>"), "web page"), (typed("image/png", "x"), "something else")]
	{
		assert!(error_of(taxii_with(reply)).0.contains(words));
		assert!(error_of(file_with(reply)).0.contains(words));
	}
	assert!(error_of(taxii_with(typed("text/plain", "{}"))).0.contains("something else"));
	assert!(error_of(taxii_with(typed("", "{}"))).0.contains("of what type"));
	assert!(error_of(file_with(typed("text/plain", "{\"type\":\"bundle\",\"objects\":[]}"))).0.is_empty());
	let zipped = || json("x").with("content-encoding", "gzip");
	assert!(error_of(file_with(zipped)).0.contains("compressed"));
}

#[test]
fn a_broken_document_should_be_refused_once_with_a_reason() {
	for (body, reason) in [
		("", "empty-document"),
		("<html>", "not-json"),
		("[]", "not-json"),
		("{\"objects\":[}", "malformed-document"),
		("{\"objects\":[", "truncated-document"),
		("{\"objects\":[]}x", "trailing-data"),
		("{\"a\":1}", "not-stix"),
		("{\"objects\":7}", "invalid-member"),
	] {
		let mut chain = file_with(move || json(body));
		chain.blocks(40);
		assert_eq!(chain.status().refused, [(reason.to_string(), 1)].into(), "{body}");
		assert!(!chain.error().is_empty(), "{body}");
	}
}

#[test]
fn what_came_whole_before_the_break_should_be_published() {
	let body = bundle(&objects(0..10, None, 100));
	let half = body.len() / 2;
	for fate in [Fate::BreaksAfter(half), Fate::SilentAfter(half)] {
		let body = body.clone();
		let mut chain = file_with(move || json(body.clone()).fate(fate));
		chain.blocks(30);
		let objects = chain.objects();
		assert!((3..7).contains(&objects.len()), "{}", objects.len());
		assert_eq!(objects, super::server::objects(0..objects.len(), None, 100));
		let error = chain.error();
		assert!(error.contains("broke") || error.contains("silent"), "{error}");
	}
}

#[test]
fn a_broken_download_should_go_on_once_the_source_is_well() {
	let server = FileServer::new(&objects(0..10, None, 100));
	let mut chain = Chain::new(config(FeedKind::StixBundle), {
		let (mut well, mut count) = (server.serve(), 0);
		Box::new(move |request| {
			count += 1;
			let reply = well(request);
			if count < 3 {
				reply.fate(Fate::BreaksAfter(800 * count))
			} else {
				reply
			}
		})
	});
	chain.blocks(60);
	assert_same(&chain.objects(), &objects(0..10, None, 100));
	assert_eq!(chain.error(), "");
}

#[test]
fn a_server_that_hangs_should_cost_one_run() {
	let (error, took) = error_of(taxii_with(|| json("").fate(Fate::Hangs)));
	assert!(error.contains("did not answer") && took < RUN_MS, "{error}");
	let (error, _) = error_of(taxii_with(|| json("").fate(Fate::Unreachable)));
	assert!(error.contains("cannot be reached"), "{error}");
	let (error, took) = error_of(file_with(|| json("{\"objects\":[").fate(Fate::SilentAfter(5))));
	assert!(error.contains("silent") && took < 4_000, "{error}");
}

#[test]
fn a_server_that_drips_should_be_left_alone_for_a_while() {
	let mut chain = file_with(|| json("x").fate(Fate::Drips(200)));
	chain.work();
	assert!(chain.error().contains("too slow"), "{}", chain.error());
	let before = chain.host.state().requests.len();
	chain.block();
	assert_eq!(chain.host.state().requests.len(), before);
}

#[test]
fn what_a_bundle_holds_before_it_grows_too_large_should_be_published() {
	let good = objects(0..3, None, 10);
	let mut body = bundle(&good);
	body.truncate(body.iter().rposition(|byte| *byte == b']').unwrap());
	body.extend(vec![b' '; 70 << 20]);
	let length = body.len();
	let body = std::sync::Arc::new(body);
	let mut chain = file_with(move || {
		let mut reply = json("").with("content-length", length);
		reply.body = body.clone();
		reply
	});
	chain.host.state().chunk = 1 << 20;
	// The second look comes after the pages of the first have landed.
	chain.blocks(12);
	assert_same(&chain.objects(), &good);
	assert_eq!(chain.status().refused, [("document-too-large".to_string(), 1)].into());
	assert!(chain.error().contains("67108864"), "{}", chain.error());
}

#[test]
fn a_body_without_end_should_be_read_up_to_the_limit() {
	let endless = vec![b' '; 70 << 20];
	let body = std::sync::Arc::new([b"{\"objects\":[".as_slice(), &endless].concat());
	let mut chain = file_with(move || {
		let mut reply = json("");
		reply.body = body.clone();
		reply
	});
	chain.host.state().chunk = 1 << 20;
	chain.work();
	assert!(chain.error().contains("67108864"), "{}", chain.error());
	assert!(chain.host.state().read <= (65 << 20) + (1 << 19));
}

#[test]
fn a_server_that_turns_in_a_circle_should_be_noticed() {
	let page = |objects: &str, next: &str| {
		let body = format!("{{\"more\":true{next},\"objects\":[{objects}]}}");
		Reply::new(200, "application/taxii+json;version=2.1", body)
	};
	let raw = String::from_utf8(object(0, None, 10)).unwrap();
	let same = raw.clone();
	let mut chain = taxii_with(move || page(&same, ",\"next\":\"1\""));
	chain.block();
	assert!(chain.error().contains("again and again"), "{}", chain.error());
	assert!(error_of(taxii_with(move || page("", ",\"next\":\"1\""))).0.contains("gives nothing"));
	assert!(error_of(taxii_with(move || page(&raw, ""))).0.contains("not how to ask"));
}

#[test]
fn failures_should_be_repeated_ever_more_rarely() {
	let mut chain = taxii_with(|| Reply::status(500));
	chain.blocks(1_200);
	let asked = chain.host.state().requests.len();
	assert!((8..=14).contains(&asked), "{asked} requests in 20 minutes");
}

#[test]
fn retry_after_should_be_kept_to_and_bounded() {
	for (header, seconds) in [("60", 60), ("Fri, 15 Jan 2027 08:01:01 GMT", 60), ("99999999", 3_600)] {
		let mut chain = taxii_with(move || Reply::status(429).with("retry-after", header));
		chain.host.state().now = 1_800_000_000_000;
		chain.block();
		chain.blocks(seconds - 2);
		assert_eq!(chain.host.state().requests.len(), 1, "{header}");
		chain.blocks(4);
		assert_eq!(chain.host.state().requests.len(), 2, "{header}");
	}
}

#[test]
fn what_the_operator_corrects_should_count_at_once() {
	let mut good = TaxiiServer::new(objects(0..3, None, 10)).serve();
	let with = |token: &str| FeedConfig {
		credentials: Credentials::Bearer { token: token.into() },
		..config(FeedKind::Taxii21)
	};
	let mut chain = Chain::new(
		with("wrong"),
		Box::new(move |request| match request.headers["authorization"].as_str() {
			"Bearer right" => good(request),
			_ => Reply::status(401).with("retry-after", 3_600),
		}),
	);
	chain.blocks(3);
	assert!(chain.error().contains("credentials"), "{}", chain.error());
	chain.configure(&[with("right")]);
	chain.blocks(3);
	assert_eq!((chain.objects().len(), chain.error()), (3, String::new()));
}

#[test]
fn a_healthy_feed_should_keep_its_pace_beside_a_hostile_one() {
	let good = TaxiiServer::new(objects(0..30, None, 10));
	let other = FeedConfig { id: FeedId(1), url: "http://hostile.example/".into(), ..config(FeedKind::Taxii21) };
	let mut chain = Chain::new(config(FeedKind::Taxii21), {
		let mut good = good.serve();
		Box::new(move |request| match request.url.contains("hostile") {
			true => json("").fate(Fate::Hangs),
			false => good(request),
		})
	});
	chain.configure(&[config(FeedKind::Taxii21), other]);
	chain.on_chain(|| {
		let owner = signed(ALICE, Role::Controller);
		assert_ok!(StixFeeds::register_feed(owner, text("hostile"), CONSORTIUM, Tlp::Green, None));
	});
	chain.blocks(6);
	assert_same(&chain.objects(), &objects(0..30, None, 10));
	assert!(chain.status_of(FeedId(1)).last_error.unwrap().contains("did not answer"));
	let asked = |chain: &Chain| {
		let state = chain.host.state();
		state.requests.iter().filter(|request| !request.url.contains("hostile")).count()
	};
	let before = asked(&chain);
	chain.blocks(30);
	assert!(asked(&chain) - before >= 5);
}

#[test]
fn what_is_missing_on_chain_should_be_said() {
	let server = TaxiiServer::new(objects(0..1, None, 10));
	let mut chain = Chain::without_key(server.serve());
	chain.configure(&[config(FeedKind::Taxii21)]);
	chain.block();
	let account = chain.account.clone();
	let words = format!("0x{}", account.encode().iter().map(|byte| format!("{byte:02x}")).collect::<String>());
	assert!(chain.error().contains(&words) && chain.error().contains("add_delegate"), "{}", chain.error());
	// An auditor of the owner, a feed delegate of another member: neither may.
	for actor in [(ALICE, Role::Auditor), (BOB, Role::Feed)] {
		chain.on_chain(|| Accounts::insert(&account, actor));
		chain.blocks(6);
		assert!(chain.error().contains(&words));
	}
	chain.on_chain(|| Accounts::insert(&account, (ALICE, Role::Feed)));
	chain.blocks(8);
	assert_eq!((chain.objects().len(), chain.error()), (1, String::new()));

	chain.on_chain(|| {
		let owner = signed(ALICE, Role::Controller);
		assert_ok!(StixFeeds::update_feed(owner, FEED, text("x"), CONSORTIUM, Tlp::Amber, None, false));
	});
	chain.blocks(8);
	assert!(chain.error().contains("disabled"), "{}", chain.error());
	chain.on_chain(|| StixFeeds::remove_feed(signed(ALICE, Role::Controller), FEED).unwrap());
	chain.blocks(8);
	assert!(chain.error().contains("not registered"), "{}", chain.error());
}

#[test]
fn an_unreadable_configuration_should_stop_nothing_else() {
	let mut chain = taxii_with(|| unreachable!());
	for json in ["", "[", "{}", "[{\"id\":\"hunter2\"}]", "[]"] {
		let key = cti_primitives::feed::FEEDS_KEY.to_vec();
		chain.host.state().db.insert(key, json.into());
		chain.block();
	}
}

#[test]
fn a_url_or_a_secret_that_cannot_be_sent_should_be_said() {
	let mut wrong = config(FeedKind::StixBundle);
	wrong.url = "ftp://files.example/".into();
	assert!(error_of(Chain::new(wrong, Box::new(|_| unreachable!()))).0.contains("url"));
	let mut wrong = config(FeedKind::StixBundle);
	wrong.credentials = Credentials::Bearer { token: "a\nb".into() };
	assert!(error_of(Chain::new(wrong, Box::new(|_| unreachable!()))).0.contains("authorization"));
}

#[test]
fn what_names_the_members_own_should_be_refused_and_the_rest_published() {
	let mut config = config(FeedKind::StixBundle);
	config.own.domains = vec!["bank.example".into()];
	let named = |n: usize, value: &str| {
		let text = String::from_utf8(object(n, None, 10)).unwrap();
		text.replace("\"n\":", &format!("\"value\":\"{value}\",\"n\":")).into_bytes()
	};
	let all = [object(0, None, 10), named(1, "vpn.bank.example"), named(2, "vpn.otherbank.example")];
	let mut chain = Chain::new(config, FileServer::new(&all).serve());
	chain.settle();
	assert_same(&chain.objects(), &[all[0].clone(), all[2].clone()]);
	assert_eq!(chain.status().refused["names-own"], 1);
}
