//! The node's chain and clock over restarts, and instant sealing.

use std::{
	fs,
	process::Command,
	sync::{Arc, Mutex},
	thread,
	time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};
use testudo_e2e::{
	data::{bundle, indicators},
	feed,
	http::{base64, Response, Server},
	latency::{self, Pace},
	program, wait_for, Cli, Feed, Folder, Node, PATIENCE,
};

/// Milliseconds of a slot: a block's time is its slot's beginning.
const SLOT: u64 = 6_000;

fn now() -> u64 {
	SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis() as u64
}

fn assert_clock_is_right(node: &Node) {
	let (chain, real) = (node.chain_time(), now());
	assert_eq!(chain % SLOT, 0);
	assert!(real.abs_diff(chain) <= 2 * SLOT, "the chain's time is {chain}, it is {real}");
}

#[test]
fn killed_node_should_go_on_with_its_chain_its_clock_and_its_feeds() {
	let folder = Folder::new("restart");
	let first = indicators(0, 10);
	let served = Arc::new(Mutex::new(bundle(&first)));
	let answer = served.clone();
	let password = format!("Basic {}", base64("admin:hunter2"));
	let server = Server::start(move |request| {
		// The password reached the node through the environment of its first start only.
		if request.headers.get("authorization") == Some(&password) {
			Response::ok("application/json", answer.lock().unwrap().clone())
		} else {
			Response::status("401 Unauthorized")
		}
	});
	let feed = Feed::bundle(&format!("{}/bundle.json", server.url())).password("hunter2");
	let (file, environment) = feed.file(&folder);
	let mut node = Node::start_with(&folder.join("node"), &["--sealing", "500", "--feeds", &file], &environment);
	let mut bob = Cli::new(&node, "bob", &folder);
	let mut alice = Cli::new(&node, "alice", &folder);
	let wait_for_objects = |bob: &Cli, alice: &Cli, count: u64| {
		wait_for("objects at Bob", PATIENCE, || {
			bob.try_run(&["sync"])?;
			match bob.objects() {
				found if found == count => Ok(()),
				found => Err(format!("{found} of {count}; status {}", feed::status(alice))),
			}
		})
	};
	wait_for_objects(&bob, &alice, 10);
	node.wait_for_blocks(1);
	assert_clock_is_right(&node);

	let height = node.height();
	// The newest blocks may not have reached the disk when the plug is pulled.
	let kept = height - 1;
	let hash = node.block_hash(kept);
	node.kill();
	*served.lock().unwrap() = bundle(&[first, indicators(10, 5)].concat());
	thread::sleep(Duration::from_millis(1_500));
	node.restart_with(&["--sealing", "500"]);
	bob = bob.moved_to(&node);
	alice = alice.moved_to(&node);
	node.wait_for_blocks(4);
	assert_eq!(node.block_hash(kept), hash, "the chain should be the one from before");
	assert!(node.height() > height);
	assert_clock_is_right(&node);
	// Bob's store goes on too: fifteen objects, none of the ten twice.
	wait_for_objects(&bob, &alice, 15);
	assert!(!node.log().contains("panicked"), "{}", node.log());
}

#[test]
fn store_ahead_of_a_node_that_lost_its_newest_blocks_should_go_on_from_what_both_know() {
	let folder = Folder::new("rejoin");
	let mut node = Node::start(&folder.join("node"), &["--sealing", "instant"]);
	let (mut alice, mut bob) = (Cli::new(&node, "alice", &folder), Cli::new(&node, "bob", &folder));
	let publish = |alice: &Cli, number| {
		let file = folder.write(&format!("{number}.json"), bundle(&indicators(number, 1)));
		alice.publish(&[&file, "--group", "0", "--marking", "green"])
	};
	let ids = |bob: &Cli| {
		bob.ok(&["sync"]);
		let objects = bob.records().into_iter().map(|record| {
			let shown = bob.json(&["show", record["record"].as_str().unwrap()]);
			shown["objects"][0]["id"].as_str().unwrap().to_string()
		});
		objects.collect::<Vec<_>>()
	};
	publish(&alice, 1);
	let known = ids(&bob);
	node.stop();
	let copy = |from: &std::path::Path, to: &std::path::Path| {
		assert!(Command::new("cp").arg("-a").args([from, to]).status().unwrap().success());
	};
	copy(&node.database(), &folder.join("early"));
	node.restart();
	(alice, bob) = (alice.moved_to(&node), bob.moved_to(&node));
	publish(&alice, 2);
	assert_eq!(ids(&bob).len(), 2);
	let height = node.height();

	node.kill();
	fs::remove_dir_all(node.database()).unwrap();
	copy(&folder.join("early"), &node.database());
	node.restart();
	(alice, bob) = (alice.moved_to(&node), bob.moved_to(&node));
	wait_for("another chain as long", PATIENCE, || match node.height() {
		now if now > height => Ok(()),
		now => Err(format!("block {now} of {height}")),
	});
	let other = publish(&alice, 3);
	assert_eq!(other, "0/1", "the number that the lost record had");
	let found = ids(&bob);
	assert_eq!((found.len(), found.contains(&known[0])), (2, true), "{found:?}");
	assert!(found.iter().any(|id| id.starts_with("indicator--00000003")), "{found:?}");
}

/// The clock alone seals a block each second, and no more than that however slow the machine is.
#[test]
fn instant_sealing_should_make_blocks_between_the_clocks() {
	let folder = Folder::new("instant");
	let node = Node::start(&folder.join("node"), &["--sealing", "instant"]);
	let (begun, before) = (Instant::now(), node.height());
	latency::measure(&node.url(), &node.url(), &folder, 8, Pace::OneByOne).unwrap();
	let (made, by_the_clock) = (node.height() - before, begun.elapsed().as_secs() + 1);
	assert!(made >= by_the_clock + 3, "{made} blocks, of which the clock made {by_the_clock} at most");
	assert_clock_is_right(&node);
}

#[test]
fn wrong_feeds_file_should_be_told_before_the_node_starts() {
	let folder = Folder::new("wrong-feeds");
	let file = folder.write("feeds.toml", "[[feed]]\nid = 0\nkind = \"rss\"\n");
	let output = Command::new(program("testudo-node"))
		.args(["--dev", "--feeds", &file, "--base-path"])
		.arg(folder.join("db"))
		.output()
		.unwrap();
	let said = String::from_utf8_lossy(&output.stderr);
	assert!(!output.status.success());
	assert!(said.contains("feeds.toml") && said.contains("rss"), "{said}");
	assert!(fs::read_dir(folder.join("db")).is_err(), "no database should have been made");
}
