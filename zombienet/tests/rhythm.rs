//! How fast the chain goes over a network, before and after the consortium votes for half-second blocks.

use serde_json::json;
use std::{
	collections::BTreeSet,
	time::{Duration, Instant},
};
use testudo_e2e::latency::{self, Pace};
use testudo_network::{bytes, Failure, Scene};

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

/// The consortium decides, at Alice's collator.
fn vote(scene: &Scene, blocks_per_slot: &str) -> Result<(), Failure> {
	let [alice, bob, charlie] = ["alice", "bob", "charlie"].map(|name| scene.person("alice", name));
	let (alice, voters) = (alice?, [bob?, charlie?]);
	let motion =
		alice.json(&["govern", "propose", "rhythm", "--blocks-per-slot", blocks_per_slot])["motion"].to_string();
	for voter in voters {
		voter.ok(&["govern", "vote", &motion, "aye"]);
	}
	alice.ok(&["govern", "close", &motion]);
	scene.until("the session begins with which it holds", || {
		let rate = scene.ask("alice", "state_call", json!(["TargetBlockRate_target_block_rate", "0x"]))?;
		(rate == json!("0x0c000000")).then_some(()).ok_or_else(|| rate.to_string().into())
	});
	Ok(())
}

/// The cores that the newest final blocks were made for, as their headers say.
fn cores(scene: &Scene) -> Result<BTreeSet<u8>, Failure> {
	let newest = scene.final_block("alice")?;
	let mut cores = BTreeSet::new();
	for block in newest.saturating_sub(40)..=newest {
		let hash = scene.ask("alice", "chain_getBlockHash", json!([block]))?;
		let header = scene.ask("alice", "chain_getHeader", json!([hash]))?;
		for log in header["digest"]["logs"].as_array().into_iter().flatten() {
			let log = bytes(log.as_str().unwrap_or_default())?;
			// A digest before the runtime's (6), of cumulus, with a length; of which the second kind is `CoreInfo`, its selector first.
			if let [6, b'C', b'M', b'L', b'S', _, 1, selector, ..] = log[..] {
				cores.insert(selector);
			}
		}
	}
	Ok(cores)
}

#[tokio::test(flavor = "multi_thread")]
async fn half_second_blocks_should_come_by_vote() -> Result<(), Failure> {
	let scene = Scene::start("network-rhythm", "two-collators.toml").await?;
	let slow = measure(&scene, "1 block a slot, 1 core").await?;
	vote(&scene, "12")?;
	let fast = measure(&scene, "12 blocks a slot, 1 core").await?;
	assert!(slow > 4 && fast > 2 * slow, "{fast} blocks a minute, {slow} before");
	assert_eq!(cores(&scene)?, BTreeSet::from([0]));
	scene.end().await
}

#[tokio::test(flavor = "multi_thread")]
async fn two_cores_should_be_shared_by_the_blocks_of_a_slot() -> Result<(), Failure> {
	let scene = Scene::start("network-elastic", "elastic.toml").await?;
	let slow = measure(&scene, "1 block a slot, 2 cores").await?;
	vote(&scene, "12")?;
	let fast = measure(&scene, "12 blocks a slot, 2 cores").await?;
	assert!(slow > 4 && fast > 2 * slow, "{fast} blocks a minute, {slow} before");
	assert_eq!(cores(&scene)?, BTreeSet::from([0, 1]));
	scene.end().await
}
