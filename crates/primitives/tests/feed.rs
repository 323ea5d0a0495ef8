//! The operator's file: what is accepted, what is refused and in which words.

use cti_primitives::{
	feed::{status_key, Credentials, FeedConfig, FeedFile, FeedKind, FeedStatus, FEEDS_KEY},
	FeedId, Tlp,
};
use serde_json::{from_value, json, to_value, Value};

const SECRET: &str = "hunter2";
const DEFINITION: &str = "marking-definition--11111111-aaaa-4111-8111-111111111111";

/// A TAXII feed that is right as it stands.
fn taxii() -> Value {
	json!({
		"id": 3,
		"kind": "taxii21",
		"url": "https://taxii.example/api/",
		"collection": "365fed99-08fa-fdcd-a1b3-fb247eb41d01",
		"interval": "5s",
	})
}

/// A plain bundle that is right as it stands.
fn bundle() -> Value {
	json!({ "id": 4, "kind": "stix-bundle", "url": "http://intel.example/bundle.json", "interval": "1h" })
}

/// The feed with these keys set, or removed where the value is null.
fn with(mut feed: Value, changes: Value) -> Value {
	let object = feed.as_object_mut().expect("an object");
	for (key, value) in changes.as_object().expect("an object") {
		if value.is_null() {
			object.remove(key);
		} else {
			object.insert(key.clone(), value.clone());
		}
	}
	feed
}

fn file(feeds: &[Value]) -> FeedFile {
	from_value(json!({ "feed": feeds })).expect("the file's form is right")
}

/// Only `SET` is in the environment.
fn env(name: &str) -> Option<String> {
	(name == "SET").then(|| SECRET.to_string())
}

fn accepted(feed: Value) -> FeedConfig {
	file(&[feed]).resolve(env).expect("accepted").remove(0)
}

#[track_caller]
fn refused(feed: Value, reason: &str) {
	let id = FeedId(feed["id"].as_u64().expect("a number") as u32);
	let error = file(&[feed]).resolve(env).expect_err("refused");
	assert_eq!((error.id, error.reason.as_str()), (id, reason));
}

#[test]
fn taxii_feed_should_be_resolved() {
	let feed = accepted(with(
		taxii(),
		json!({
			"username": "admin",
			"password_env": "SET",
			"page": 100,
			"default_marking": "green",
			"marking_map": { DEFINITION: "amber+strict" },
		}),
	));
	let expected = FeedConfig {
		id: FeedId(3),
		kind: FeedKind::Taxii21,
		url: "https://taxii.example/api/".into(),
		collection: "365fed99-08fa-fdcd-a1b3-fb247eb41d01".into(),
		credentials: Credentials::Basic { username: "admin".into(), password: SECRET.into() },
		interval_ms: 5_000,
		page: 100,
		default_marking: Some(Tlp::Green),
		marking_map: [(DEFINITION.to_string(), Tlp::AmberStrict)].into(),
		own: Default::default(),
	};
	assert_eq!(feed, expected);
}

#[test]
fn bundle_feed_should_be_resolved_with_defaults() {
	let feed = accepted(bundle());
	assert_eq!((feed.kind, feed.collection.as_str(), feed.page), (FeedKind::StixBundle, "", 1_000));
	assert_eq!((feed.credentials, feed.default_marking, feed.marking_map.len()), (Credentials::None, None, 0));
	assert_eq!(feed.url, "http://intel.example/bundle.json");
}

#[test]
fn api_root_should_end_in_one_slash() {
	let url = |text: &str| accepted(with(taxii(), json!({ "url": text }))).url;
	assert_eq!(url("https://taxii.example/api"), "https://taxii.example/api/");
	assert_eq!(url("https://taxii.example/api/"), "https://taxii.example/api/");
}

#[test]
fn file_without_feeds_should_be_accepted() {
	let empty: FeedFile = from_value(json!({})).expect("feeds are optional");
	assert_eq!(empty.resolve(env), Ok(vec![]));
}

#[test]
fn feeds_should_keep_the_order_of_the_file() {
	let feeds = file(&[bundle(), taxii()]).resolve(env).expect("both are right");
	assert_eq!(feeds.iter().map(|feed| feed.id).collect::<Vec<_>>(), [FeedId(4), FeedId(3)]);
}

#[test]
fn feed_should_be_refused_when_it_is_in_the_file_twice() {
	let error = file(&[taxii(), with(bundle(), json!({ "id": 3 }))]).resolve(env).expect_err("refused");
	assert_eq!(error.to_string(), "feed 3: is in the file twice; keep one");
}

#[test]
fn first_wrong_feed_should_be_named() {
	let wrong = json!({ "page": 0 });
	let error = file(&[with(bundle(), wrong.clone()), with(taxii(), wrong)]).resolve(env).expect_err("refused");
	assert_eq!(error.id, FeedId(4));
}

#[test]
fn url_should_be_refused_without_http() {
	for url in
		["", "taxii.example/api/", "ftp://taxii.example/", "file:///etc/passwd", "HTTP://taxii.example/", " http://a"]
	{
		refused(with(taxii(), json!({ "url": url })), &format!("url {url:?} must begin with http:// or https://"));
	}
}

#[test]
fn url_should_be_refused_with_a_secret_and_not_be_repeated() {
	let reason = "url must not name a user or a password; set username and password_env instead";
	for url in [
		"https://user:hunter2@taxii.example/",
		"https://hunter2@taxii.example",
		"http://user:hunter2@taxii.example?x",
		"https:///user:hunter2@taxii.example/",
		"https://user:hunter2\\@taxii.example/",
		"HTTPS://user:hunter2@taxii.example/",
		"user:hunter2@taxii.example/",
	] {
		refused(with(taxii(), json!({ "url": url })), reason);
	}
	let url = "https://taxii.example/@api/?to=a@b#@";
	assert_eq!(accepted(with(bundle(), json!({ "url": url }))).url, url);
}

#[test]
fn marking_map_should_be_refused_with_anything_but_ids_of_definitions() {
	let upper = format!("marking-definition--{}", DEFINITION[20..].to_uppercase());
	assert_eq!(accepted(with(taxii(), json!({ "marking_map": { upper: "red" } }))).marking_map.len(), 1);
	let uuid = &DEFINITION[20..];
	for key in ["", "TLP:RED", uuid, "marking-definition--1", &format!("identity--{uuid}"), &format!("{DEFINITION} ")] {
		refused(
			with(taxii(), json!({ "marking_map": { DEFINITION: "green", key: "red" } })),
			&format!("marking_map has {key:?}; write the definition's id, marking-definition--UUID"),
		);
	}
}

#[test]
fn bundle_should_be_refused_with_a_collection() {
	refused(
		with(bundle(), json!({ "collection": "x" })),
		"a stix-bundle has no collection; remove it, or set kind = \"taxii21\"",
	);
}

#[test]
fn taxii_feed_should_be_refused_without_a_collection() {
	refused(with(taxii(), json!({ "collection": null })), "a taxii21 feed needs the id of a collection");
}

#[test]
fn page_should_be_refused_outside_its_range() {
	refused(with(taxii(), json!({ "page": 0 })), "page is 0, it must be 1 to 10,000");
	refused(with(taxii(), json!({ "page": 10_001 })), "page is 10001, it must be 1 to 10,000");
	assert_eq!(accepted(with(taxii(), json!({ "page": 1 }))).page, 1);
	assert_eq!(accepted(with(taxii(), json!({ "page": 10_000 }))).page, 10_000);
}

#[test]
fn secret_should_be_refused_when_its_variable_is_not_set() {
	let reason = "set the environment variable UNSET";
	refused(with(taxii(), json!({ "username": "admin", "password_env": "UNSET" })), reason);
	refused(with(taxii(), json!({ "token_env": "UNSET" })), reason);
}

#[test]
fn credentials_should_be_whole_and_of_one_kind() {
	let fields = ["username", "password_env", "token_env"];
	// Which of the fields are given; the other five combinations are refused.
	let allowed = [
		([false, false, false], Credentials::None),
		([true, true, false], Credentials::Basic { username: "SET".into(), password: SECRET.into() }),
		([false, false, true], Credentials::Bearer { token: SECRET.into() }),
	];
	for bits in 0u8..8 {
		let given = [bits & 1 != 0, bits & 2 != 0, bits & 4 != 0];
		let mut feed = taxii();
		for (field, _) in fields.iter().zip(given).filter(|(_, given)| *given) {
			feed[field] = json!("SET");
		}
		match allowed.iter().find(|(fields, _)| *fields == given) {
			Some((_, credentials)) => assert_eq!(accepted(feed).credentials, *credentials),
			None => refused(feed, "give username and password_env, or token_env, or none of them"),
		}
	}
}

#[test]
fn interval_should_be_read_in_its_unit() {
	for (text, ms) in [("100ms", 100), ("5s", 5_000), ("10m", 600_000), ("1h", 3_600_000), ("007s", 7_000)] {
		assert_eq!(accepted(with(taxii(), json!({ "interval": text }))).interval_ms, ms);
	}
}

#[test]
fn interval_should_be_refused_when_it_is_no_number_with_a_unit() {
	let too_long = ["99999999999999999999s", "18446744073709551615h"];
	for text in ["", "5", "s", "5d", "5 s", "-5s", "+5s", "5.5s", "5S", "5sec", "5é"].into_iter().chain(too_long) {
		let reason = format!("interval {text:?} must be a number and one of ms, s, m, h, for example \"5s\"");
		refused(with(taxii(), json!({ "interval": text })), &reason);
	}
}

#[test]
fn interval_should_be_refused_when_it_is_too_short() {
	for text in ["99ms", "0s", "0h"] {
		refused(with(taxii(), json!({ "interval": text })), "interval must be at least 100ms");
	}
}

#[test]
fn file_should_be_refused_when_its_form_is_wrong() {
	let form = |feed: Value| from_value::<FeedFile>(json!({ "feed": [feed] })).map_err(|error| error.to_string());
	for (changes, complaint) in [
		(json!({ "pasword_env": "SET" }), "unknown field `pasword_env`"),
		(json!({ "password": SECRET }), "unknown field `password`"),
		(json!({ "kind": "taxii20" }), "unknown variant `taxii20`"),
		(json!({ "default_marking": "purple" }), "unknown variant `purple`"),
		// serde_json says "invalid number" where another crate of the build asks for its arbitrary precision.
		(json!({ "id": -1 }), "invalid "),
		(json!({ "url": null }), "missing field `url`"),
		(json!({ "interval": null }), "missing field `interval`"),
	] {
		let error = form(with(taxii(), changes)).expect_err("refused");
		assert!(error.contains(complaint), "{error}");
	}
	assert!(from_value::<FeedFile>(json!({ "feeds": [] })).is_err());
}

#[test]
fn secrets_should_not_be_printed() {
	for changes in [json!({ "username": "admin", "password_env": "SET" }), json!({ "token_env": "SET" })] {
		let feed = accepted(with(taxii(), changes));
		assert!(to_value(&feed).expect("serialises").to_string().contains(SECRET));
		assert!(!format!("{feed:?} {feed:#?}").contains(SECRET));
	}
}

#[test]
fn config_should_survive_the_nodes_storage() {
	for changes in [json!({}), json!({ "username": "a", "password_env": "SET" }), json!({ "token_env": "SET" })] {
		let feed = accepted(with(taxii(), with(changes, json!({ "default_marking": "amber+strict" }))));
		assert_eq!(from_value::<FeedConfig>(to_value(&feed).expect("serialises")).expect("deserialises"), feed);
	}
}

#[test]
fn status_of_an_older_node_should_be_read() {
	let status: FeedStatus = from_value(json!({ "fetched": 7, "refused": { "unmarked": 2 } })).expect("the rest is 0");
	assert_eq!((status.fetched, status.refused["unmarked"], status.published), (7, 2, 0));
	assert_eq!(status.last_error, None);
}

#[test]
fn keys_of_the_nodes_storage_should_not_change() {
	assert_eq!(FEEDS_KEY, b"testudo/feeds");
	assert_eq!(status_key(FeedId(12)), b"testudo/feed/12/status");
}
