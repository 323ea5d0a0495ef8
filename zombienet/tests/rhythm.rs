//! How fast the chain goes over a network, before and after the consortium votes for half-second blocks.

use std::time::{Duration, Instant};
use testudo_e2e::latency::{self, Pace};
use testudo_network::{Failure, Scene};

/// Records from Alice's collator to Bob's store.
const RECORDS: usize = 40;
/// Between two of them.
const PAUSE: Duration = Duration::from_secs(2);
/// How long blocks are counted.
const COUNTED: Duration = Duration::from_secs(60);

/// Final blocks in that time; says how long records take.
async fn measure(scene: &Scene, rhythm: &str) -> Result<u64, Failure> {
	let (from, begun) = (scene.final_block("bob")?, Instant::now());
	tokio::time::sleep(COUNTED).await;
	let blocks = scene.final_block("bob")? - from;
	let minutes = begun.elapsed().as_secs_f64() / 60.0;
	let (alice, bob) = (scene.node("alice")?.ws_uri().to_string(), scene.node("bob")?.ws_uri().to_string());
	let folder = scene.folder.join(rhythm);
	// The measurement has a runtime of its own.
	let measured = std::thread::spawn(move || {
		latency::measure(&alice, &bob, &folder, RECORDS, Pace::Every(PAUSE)).map_err(|e| e.to_string())
	});
	let mut times = measured.join().map_err(|_| "the measurement panicked")??;
	times.sort();
	assert_eq!(times.len(), RECORDS);
	let at = |part: usize| times[(times.len() - 1) * part / 100].as_secs_f64();
	let rate = blocks as f64 / minutes;
	eprintln!("| {rhythm} | {rate:.0} blocks a minute | p50 {:.1} s, p99 {:.1} s of {RECORDS} |", at(50), at(99));
	Ok(blocks)
}

#[tokio::test(flavor = "multi_thread")]
async fn half_second_blocks_should_come_by_vote() -> Result<(), Failure> {
	let scene = Scene::start("network-rhythm", "two-collators.toml").await?;
	let mut slower = measure(&scene, "1 block a slot").await?;
	for blocks in ["3", "12"] {
		let people = ["alice", "bob", "charlie"].map(|name| scene.person("alice", name));
		let [alice, bob, charlie] = people.map(|person| person.expect("Alice's collator is there"));
		let motion = alice.json(&["govern", "propose", "rhythm", "--blocks-per-slot", blocks])["motion"].to_string();
		for voter in [&bob, &charlie] {
			voter.ok(&["govern", "vote", &motion, "aye"]);
		}
		alice.ok(&["govern", "close", &motion]);
		let faster = measure(&scene, &format!("{blocks} blocks a slot")).await?;
		assert!(faster * 2 > slower * 3, "{faster} blocks a minute, {slower} before");
		slower = faster;
	}
	scene.end().await
}
