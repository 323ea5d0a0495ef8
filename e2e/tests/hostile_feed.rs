//! Servers that refuse, hang, lie and send garbage. Each gets its own clear word in the feed's status, costs the node no
//! block, and once the server is sound again at the same address all that was good is published.

use serde_json::Value;
use std::{
	collections::BTreeSet,
	sync::{
		atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst},
		Arc, LazyLock, Mutex, MutexGuard, PoisonError,
	},
	time::{Duration, Instant},
};
use testudo_e2e::{
	data::{bundle, indicators, objects},
	feed, free_port,
	http::{base64, Request, Response, Server},
	scan::Scanner,
	taxii, wait_for, Cli, Feed, Folder, Node, PATIENCE,
};

const JSON: &str = "application/json";
/// Ids of objects that must be refused.
const HOSTILE: [&str; 2] = ["x-deep--5f0e7b1c", "x-wrong--5f0e7b1c"];
const PASSWORD: &str = "Zwiebelfisch-4711";

/// A node, its operator and a reader.
struct Chain {
	folder: Folder,
	node: Node,
	alice: Cli,
	bob: Cli,
	neighbour: Neighbour,
}

/// Another feed of the same node, from a sound server that goes on getting objects.
struct Neighbour {
	feed: Feed,
	id: u64,
	held: Arc<Mutex<Vec<String>>>,
	_server: Server,
}

impl Neighbour {
	fn new(alice: &Cli) -> Self {
		let registered = alice.json(&["feeds", "register", "Beside", "--group", "0", "--ceiling", "amber"]);
		let id = registered["feed"].as_u64().unwrap();
		let held = Arc::new(Mutex::new(Vec::new()));
		let server = taxii::serve(held.clone());
		let feed = Feed::taxii(&server.url(), taxii::COLLECTION).number(id);
		Self { feed, id, held, _server: server }
	}

	/// Another object at its server; how many it has now.
	fn add(&self) -> u64 {
		let mut held = self.held.lock().unwrap();
		let next = indicators(500_000 + held.len(), 1);
		held.extend(next);
		held.len() as u64
	}
}

/// The tests take turns: all of them configure feed 0.
static CHAIN: LazyLock<Mutex<Chain>> = LazyLock::new(|| {
	let folder = Folder::new("hostile-feed");
	let node = Node::start(&folder.join("node"), &["--sealing", "500"]);
	let (alice, bob) = (Cli::new(&node, "alice", &folder), Cli::new(&node, "bob", &folder));
	let neighbour = Neighbour::new(&alice);
	Mutex::new(Chain { folder, node, alice, bob, neighbour })
});

fn chain() -> MutexGuard<'static, Chain> {
	CHAIN.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Chain {
	/// Waits until the feed's status is as it should be; that status.
	fn wait_for_status(&self, what: &str, is_so: impl Fn(&Value) -> bool) -> Value {
		wait_for(what, Duration::from_secs(40), || {
			let status = feed::status(&self.alice);
			if is_so(&status) {
				Ok(status)
			} else {
				Err(status.to_string())
			}
		})
	}

	/// Waits until the other feed has published so much.
	fn wait_for_neighbour(&self, count: u64) {
		wait_for("the feed beside the hostile one", Duration::from_secs(40), || {
			let status = feed::status_of(&self.alice, self.neighbour.id);
			match status["published"].as_u64() {
				Some(published) if published >= count => Ok(()),
				_ => Err(format!("{count} expected: {status}")),
			}
		});
	}

	fn refused(&self, reason: &str) -> u64 {
		feed::status(&self.alice)["refused"][reason].as_u64().unwrap_or(0)
	}

	/// What Bob can read, byte for byte.
	fn read_by_bob(&self) -> BTreeSet<String> {
		self.bob.ok(&["sync"]);
		let exported = self.bob.ok(&["export", "--out", "-"]);
		objects(exported.as_bytes()).iter().map(|raw| raw.get().to_string()).collect()
	}
}

/// One way to be hostile.
struct Case {
	name: &'static str,
	/// What the status says of it; nothing if single objects are refused and the rest goes on.
	says: Option<&'static str>,
	/// The reason under which a refusal is counted.
	counts: Option<&'static str>,
	is_taxii: bool,
	/// The hostile answer; it is given the sound objects.
	answer: fn(&[String], &Request) -> Response,
}

impl Case {
	const fn fault(name: &'static str, says: &'static str, answer: fn(&[String], &Request) -> Response) -> Self {
		Self { name, says: Some(says), counts: None, is_taxii: false, answer }
	}

	const fn document(
		name: &'static str,
		says: &'static str,
		counts: &'static str,
		answer: fn(&[String], &Request) -> Response,
	) -> Self {
		Self { name, says: Some(says), counts: Some(counts), is_taxii: false, answer }
	}

	const fn object(name: &'static str, counts: &'static str, answer: fn(&[String], &Request) -> Response) -> Self {
		Self { name, says: None, counts: Some(counts), is_taxii: false, answer }
	}

	const fn taxii(self) -> Self {
		Self { is_taxii: true, ..self }
	}
}

/// A bundle with one more object in the middle.
fn with(good: &[String], bad: impl Into<String>) -> String {
	let mut all = good.to_vec();
	all.insert(2, bad.into());
	bundle(&all)
}

fn deep(good: &[String], _: &Request) -> Response {
	let (open, close) = ("[".repeat(10_000), "]".repeat(10_000));
	let id = "x-deep--5f0e7b1c-8d3a-4c5e-9a57-0d6a1f2b3c4e";
	Response::ok(JSON, with(good, format!(r#"{{"type":"x-deep","spec_version":"2.1","id":"{id}","x":{open}{close}}}"#)))
}

fn invalid_utf8(good: &[String], _: &Request) -> Response {
	let id = "x-wrong--5f0e7b1c-8d3a-4c5e-9a57-0d6a1f2b3c4e";
	let text = with(good, format!(r#"{{"type":"x-wrong","spec_version":"2.1","id":"{id}","name":"@"}}"#));
	let bytes: Vec<u8> = text.into_bytes().into_iter().map(|byte| if byte == b'@' { 0xff } else { byte }).collect();
	Response::ok(JSON, bytes)
}

fn endless(_: &[String], _: &Request) -> Response {
	let head = br#"{"type":"bundle","id":"bundle--5f0e7b1c-8d3a-4c5e-9a57-0d6a1f2b3c4d","objects":["#.to_vec();
	Response::Endless { content_type: JSON, head, piece: vec![b' '; 1 << 16], limit: 100 << 20 }
}

fn hundred_megabytes(good: &[String], _: &Request) -> Response {
	let mut body = bundle(good).into_bytes();
	body.resize(100 << 20, b' ');
	Response::ok(JSON, body)
}

const CASES: [Case; 20] = [
	Case::fault("unauthorized", "does not accept the credentials (401)", |_, _| Response::status("401 Unauthorized")),
	Case::fault("unauthorized-taxii", "credentials (401)", |_, _| Response::status("401 Unauthorized")).taxii(),
	Case::fault("forbidden", "do not permit reading this source (403)", |_, _| Response::status("403 Forbidden")),
	Case::fault("absent", "is not there (404)", |_, _| Response::status("404 Not Found")).taxii(),
	Case::fault("too-often", "asked less often (429)", |_, _| Response::status("429 Too Many Requests")).taxii(),
	Case::fault("broken", "failed (500)", |_, _| Response::status("500 Internal Server Error")).taxii(),
	Case::fault("hanging", "did not answer within", |_, _| Response::Hang(Duration::from_secs(30))).taxii(),
	Case::fault("stalling", "fell silent after", |good, _| Response::Stalled {
		content_type: JSON,
		body: bundle(good).into(),
		time: Duration::from_secs(30),
	}),
	Case::fault("web-page", "a web page, not STIX", |_, _| Response::ok("text/html; charset=utf-8", "<html>Log in"))
		.taxii(),
	Case::fault("picture", "something else than TAXII, STIX or JSON", |_, _| Response::ok("image/png", "\u{89}PNG")),
	Case::fault("compressed", "compressed", |good, _| {
		Response::ok(JSON, bundle(good)).with("Content-Encoding", "gzip")
	}),
	Case::fault("cut-off", "the connection broke after", |good, _| Response::Truncated {
		content_type: JSON,
		body: bundle(good).into(),
	}),
	Case::document("not-json", "no JSON object", "not-json", |_, _| Response::ok(JSON, "<html>Log in")),
	Case::document("ends-early", "ends in the middle", "truncated-document", |good, _| {
		let whole = bundle(good);
		Response::ok(JSON, &whole[..whole.len() - 20])
	}),
	Case::document("garbled", "is not JSON at byte", "malformed-document", |good, _| {
		Response::ok(JSON, bundle(good).replace("\"objects\":", "\"objects\";"))
	}),
	Case::document("huge", "is larger than 67108864 bytes", "document-too-large", hundred_megabytes),
	Case::document("endless", "is larger than 67108864 bytes", "document-too-large", endless),
	Case::object("deep", "too-deep", deep),
	Case::object("invalid-utf8", "invalid-utf8", invalid_utf8),
	Case::object("no-object", "malformed-json", |good, _| Response::ok(JSON, with(good, r#"{"type":,}"#))),
];

/// Lets the server be hostile and then sound, at one address; the objects that are good.
fn try_out(chain: &Chain, number: usize, case: &Case) -> Vec<String> {
	let good = indicators(number * 10, 5);
	let is_sound = Arc::new(AtomicBool::new(false));
	let (held, sound) = (good.clone(), is_sound.clone());
	let (answer, is_taxii) = (case.answer, case.is_taxii);
	let server = Server::start(move |request| match (sound.load(SeqCst), is_taxii) {
		(false, _) => answer(&held, request),
		(true, true) => taxii::page(&held, request),
		(true, false) => Response::ok(JSON, bundle(&held)),
	});
	let feed = match case.is_taxii {
		// A collection of its own: in one that it knows the feed would go on where it stands.
		true => Feed::taxii(&server.url(), &format!("91a7b528-80eb-42ed-a74d-{number:012}")),
		false => Feed::bundle(&format!("{}/{}.json", server.url(), case.name)),
	};
	let counted = case.counts.map_or(0, |reason| chain.refused(reason));
	let before = chain.node.height();
	let beside = chain.neighbour.add();
	feed.password(PASSWORD).beside(&chain.neighbour.feed).apply(&chain.alice, &chain.folder);

	let what = format!("the word for {}", case.name);
	let status = chain.wait_for_status(&what, |status| match (case.says, case.counts) {
		(Some(words), _) => status["last_error"].as_str().is_some_and(|error| error.contains(words)),
		(None, reason) => status["last_error"].is_null() && status["refused"][reason.unwrap()].as_u64() > Some(counted),
	});
	if let Some(reason) = case.counts {
		assert_eq!(status["refused"][reason], counted + 1, "{}: {status}", case.name);
	}
	chain.wait_for_neighbour(beside);
	is_sound.store(true, SeqCst);
	let flipped = status["last_look_ms"].as_u64().expect("a look was made");
	chain.wait_for_status(&format!("recovery from {}", case.name), |status| {
		let later = |field: &str| status[field].as_u64() > Some(flipped);
		later("last_look_ms") && later("caught_up_ms") && status["last_error"].is_null() && status["waiting"] == 0
	});
	assert!(chain.node.height() > before, "the node should go on making blocks");
	good
}

#[test]
fn each_hostile_answer_should_get_its_own_word_and_harm_nothing_else() {
	let chain = chain();
	let (begun, first) = (Instant::now(), chain.node.height());
	let mut good = BTreeSet::new();
	for (number, case) in CASES.iter().enumerate() {
		let case_begun = Instant::now();
		good.extend(try_out(&chain, number, case));
		eprintln!("{}: {:?}", case.name, case_begun.elapsed());
	}
	let read = chain.read_by_bob();
	let lost: Vec<&String> = good.difference(&read).collect();
	assert!(lost.is_empty(), "something good was lost: {lost:#?}");
	assert!(!read.iter().any(|raw| HOSTILE.iter().any(|id| raw.contains(id))), "something hostile was published");
	let (made, expected) = (chain.node.height() - first, begun.elapsed().as_millis() as u64 / 500);
	assert!(made * 2 > expected, "the node made {made} of {expected} blocks");

	// The password was sent to each of them, encoded, and is nowhere else.
	let encoded = base64(&format!("{}:{PASSWORD}", feed::USER));
	let scanner = Scanner::new([PASSWORD, &encoded]);
	let said = chain.alice.ok(&["feeds", "status"]) + &chain.alice.ok(&["feeds", "list"]) + &chain.node.log();
	for bytes in chain.node.extrinsics().into_iter().chain(chain.node.state()).chain([said.into_bytes()]) {
		assert_eq!(scanner.find(&bytes), None);
	}
	assert!(!chain.node.log().contains("panicked"));
}

#[test]
fn server_should_be_left_alone_for_as_long_as_it_asks() {
	let chain = chain();
	let asked = Arc::new(Mutex::new(Vec::<Instant>::new()));
	let (log, good) = (asked.clone(), indicators(1_000, 5));
	let server = Server::start(move |request| {
		let mut log = log.lock().unwrap();
		log.push(Instant::now());
		match log.len() {
			1 => Response::status("429 Too Many Requests").with("Retry-After", "4"),
			_ => taxii::page(&good, request),
		}
	});
	Feed::taxii(&server.url(), taxii::COLLECTION).apply(&chain.alice, &chain.folder);
	wait_for("the second request", PATIENCE, || match asked.lock().unwrap().len() {
		count if count > 1 => Ok(()),
		_ => Err(feed::status(&chain.alice).to_string()),
	});
	let asked = asked.lock().unwrap();
	let pause = asked[1].duration_since(asked[0]);
	assert!(pause >= Duration::from_millis(3_900), "the server was left alone for {pause:?}");
}

#[test]
fn redirect_should_not_be_followed() {
	let chain = chain();
	let visits = Arc::new(AtomicUsize::new(0));
	let counter = visits.clone();
	let other = Server::start(move |_| {
		counter.fetch_add(1, SeqCst);
		Response::ok(JSON, bundle(&indicators(2_000, 5)))
	});
	let elsewhere = format!("{}/stolen.json", other.url());
	let server = Server::start(move |_| Response::status("302 Found").with("Location", &elsewhere));
	let feed = Feed::bundle(&format!("{}/moved.json", server.url())).password(PASSWORD);
	feed.apply(&chain.alice, &chain.folder);
	chain.wait_for_status("the word for a redirect", |status| says(status, "redirects, which is not followed"));
	chain.node.wait_for_blocks(4);
	assert_eq!(visits.load(SeqCst), 0, "the other host should never be asked");
}

#[test]
fn closed_port_should_be_named() {
	let chain = chain();
	Feed::bundle(&format!("http://127.0.0.1:{}/x.json", free_port())).apply(&chain.alice, &chain.folder);
	chain.wait_for_status("the word for a closed port", |status| says(status, "cannot be reached"));
}

#[test]
fn objects_without_a_marking_should_be_refused_where_the_feed_has_no_default() {
	let chain = chain();
	let server = Server::start(|_| Response::ok(JSON, bundle(&indicators(3_000, 7))));
	let before = chain.refused("unmarked");
	let feed = Feed::bundle(&format!("{}/unmarked.json", server.url())).without_default_marking();
	feed.apply(&chain.alice, &chain.folder);
	chain.wait_for_status("seven refusals", |status| status["refused"]["unmarked"] == before + 7);
	assert!(!chain.read_by_bob().iter().any(|raw| raw.contains(&format!("{:08x}-0000", 3_003))));
}

#[test]
fn server_that_gives_the_same_page_again_should_not_be_asked_for_ever() {
	let chain = chain();
	let server = Server::start(|_| {
		let page = format!(r#"{{"more":true,"next":"again","objects":[{}]}}"#, indicators(4_000, 2).join(","));
		Response::ok(taxii::MEDIA_TYPE, page)
	});
	Feed::taxii(&server.url(), taxii::COLLECTION).apply(&chain.alice, &chain.folder);
	chain.wait_for_status("the word for a loop", |status| says(status, "the same page again and again"));
}

fn says(status: &Value, words: &str) -> bool {
	status["last_error"].as_str().is_some_and(|error| error.contains(words))
}
