//! The whole Enterprise ATT&CK bundle, 24,771 objects, from its source to Bob's store, byte for byte, whatever happens to
//! the node on the way. Without the data folder beside the checkout the tests take two reports many times over.

use serde_json::value::RawValue;
use std::{
	sync::{Arc, Mutex},
	time::Instant,
};
use testudo::identity::Identity;
use testudo_e2e::{
	data::{assert_same, objects, threat_data},
	feed,
	http::{Response, Server},
	taxii, wait_for, Cli, Feed, Folder, Node, PATIENCE,
};

/// A node, its operator and who reads.
struct Chain {
	folder: Folder,
	node: Node,
	alice: Cli,
	bob: Cli,
}

impl Chain {
	fn start(name: &str) -> Self {
		let folder = Folder::new(name);
		let node = Node::start(&folder.join("node"), &[]);
		let (alice, bob) = (Cli::new(&node, "alice", &folder), Cli::new(&node, "bob", &folder));
		Self { folder, node, alice, bob }
	}

	fn kill_and_restart(&mut self) {
		self.node.kill();
		self.node.restart();
		self.alice = self.alice.moved_to(&self.node);
		self.bob = self.bob.moved_to(&self.node);
	}

	/// Deletes all that the worker keeps, while no worker runs.
	fn lose_local_storage(&mut self) {
		self.node.kill();
		self.node.restart_with(&["--offchain-worker", "never"]);
		let pages = feed::pages(&self.alice.moved_to(&self.node));
		let page_keys = (0..pages + 100).map(|n| format!("testudo/feed/0/page/{n}"));
		let keys = [
			"feeds",
			"turn",
			"tip",
			"feed/0/state",
			"feed/0/status",
			"feed/0/lease",
			"feed/0/definitions",
			"feed/0/strict",
		];
		for key in keys.into_iter().map(|key| format!("testudo/{key}")).chain(page_keys) {
			self.node.clear_local_storage(key.as_bytes());
		}
		let account = Identity::load("alice/feed").unwrap().account_id();
		let nonces = [b"testudo/account/".as_slice(), &account.0].concat();
		self.node.clear_local_storage(&nonces);
		self.node.clear_local_storage(&[nonces.as_slice(), b"/lease"].concat());
		self.node.stop();
		self.node.restart();
		self.alice = self.alice.moved_to(&self.node);
		self.bob = self.bob.moved_to(&self.node);
		assert_eq!(self.node.local_storage(b"testudo/feeds"), None);
	}

	/// Waits until the worker has seen the source's end, and compares what Bob got with what the source has.
	fn assert_all_at_bob(&self, source: &[Box<RawValue>]) {
		wait_for("all objects at Bob", PATIENCE * 3, || {
			self.bob.try_run(&["sync"])?;
			match self.bob.objects() {
				count if count >= source.len() as u64 => Ok(()),
				count => Err(format!("{count} of {}; status {}", source.len(), feed::status(&self.alice))),
			}
		});
		wait_for("the worker to catch up", PATIENCE, || {
			let status = feed::status(&self.alice);
			if status["waiting"] == 0 && status["caught_up_ms"].as_u64() > Some(0) {
				Ok(())
			} else {
				Err(status.to_string())
			}
		});
		self.bob.ok(&["sync"]);
		assert_eq!(self.bob.objects(), source.len() as u64, "an object came twice");
		assert!(self.bob.records().iter().all(|record| record["content"] == "open"));
		let exported = self.bob.ok(&["export", "--out", "-"]);
		assert_same(&objects(exported.as_bytes()), source);
		assert_eq!(feed::status(&self.alice)["refused"], serde_json::json!({}));
	}
}

/// Five moments on the way, in tenths of it.
const MOMENTS: [u64; 5] = [1, 3, 5, 7, 9];

/// Kills the node whenever another two tenths of the pages are on chain; says how many there were each time.
fn kill_five_times(chain: &mut Chain, bytes: usize) -> Vec<u64> {
	let pages = bytes as u64 / 262_144;
	let mut at_restarts = Vec::new();
	for tenths in MOMENTS {
		feed::wait_for_pages(&chain.alice, pages * tenths / 10);
		chain.kill_and_restart();
		at_restarts.push(feed::pages(&chain.alice));
		eprintln!("killed after {tenths} tenths: {}", feed::status(&chain.alice));
	}
	at_restarts
}

/// Were all kills on the way, and not after the last page?
fn assert_in_the_middle(at_restarts: &[u64], alice: &Cli) {
	let all = feed::pages(alice);
	assert!(at_restarts.iter().all(|pages| *pages < all), "{at_restarts:?} of {all} pages: a kill came too late");
}

#[test]
#[ignore = "takes minutes: scripts/soak"]
fn bundle_from_a_web_server_should_survive_five_kills() {
	let bytes = threat_data();
	let (expected, len) = (objects(&bytes), bytes.len());
	let server = Server::start(move |_| Response::ok("application/json", bytes.clone()));
	let mut chain = Chain::start("soak-bundle");
	Feed::bundle(&format!("{}/enterprise-attack.json", server.url())).apply(&chain.alice, &chain.folder);
	let at_restarts = kill_five_times(&mut chain, len);
	chain.assert_all_at_bob(&expected);
	assert_in_the_middle(&at_restarts, &chain.alice);
}

#[test]
#[ignore = "takes minutes: scripts/soak"]
fn pages_from_a_taxii_server_should_survive_five_kills() {
	let bytes = threat_data();
	let expected = objects(&bytes);
	let held: Vec<String> = expected.iter().map(|raw| raw.get().to_string()).collect();
	let server = taxii::serve(Arc::new(Mutex::new(held)));
	let mut chain = Chain::start("soak-pages");
	Feed::taxii(&server.url(), taxii::COLLECTION).page(1_000).apply(&chain.alice, &chain.folder);
	let at_restarts = kill_five_times(&mut chain, bytes.len());
	chain.assert_all_at_bob(&expected);
	assert_in_the_middle(&at_restarts, &chain.alice);
}

#[test]
fn bundle_from_a_web_server_should_reach_bob_though_the_node_is_killed_early() {
	let bytes = threat_data();
	let expected = objects(&bytes);
	let server = Server::start(move |_| Response::ok("application/json", bytes.clone()));
	let mut chain = Chain::start("attack-bundle");
	let begun = Instant::now();
	Feed::bundle(&format!("{}/enterprise-attack.json", server.url())).apply(&chain.alice, &chain.folder);

	feed::wait_for_pages(&chain.alice, 3);
	chain.kill_and_restart();
	let at_restart = feed::pages(&chain.alice);
	chain.assert_all_at_bob(&expected);
	assert!(at_restart < feed::pages(&chain.alice), "the kill should have come in the middle");
	eprintln!("{} objects as a bundle: {:?} with a restart", expected.len(), begun.elapsed());
}

#[test]
fn pages_from_a_taxii_server_should_reach_bob_though_the_node_is_killed_and_forgets() {
	let bytes = threat_data();
	let expected = objects(&bytes);
	let held: Vec<String> = expected.iter().map(|raw| raw.get().to_string()).collect();
	let server = taxii::serve(Arc::new(Mutex::new(held)));
	let mut chain = Chain::start("attack-pages");
	let begun = Instant::now();
	let feed = Feed::taxii(&server.url(), taxii::COLLECTION).page(1_000);
	feed.apply(&chain.alice, &chain.folder);

	let half = bytes.len() as u64 / (2 * 262_144);
	feed::wait_for_pages(&chain.alice, half.max(1));
	chain.kill_and_restart();
	feed::wait_for_pages(&chain.alice, half * 3 / 2);
	chain.lose_local_storage();
	let at_restart = feed::pages(&chain.alice);
	feed.apply(&chain.alice, &chain.folder);
	chain.assert_all_at_bob(&expected);
	assert!(at_restart < feed::pages(&chain.alice), "the losses should have come in the middle");
	eprintln!("{} objects in pages: {:?} with three restarts", expected.len(), begun.elapsed());
}
