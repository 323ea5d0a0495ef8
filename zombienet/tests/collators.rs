//! Members' collators come and go with the sessions, as the consortium decides.

use serde_json::json;
use std::time::{Duration, Instant};
use testudo_e2e::Cli;
use testudo_network::{bytes, Failure, Scene};

/// Time for a collator in the set to make some blocks.
const PATIENCE: Duration = Duration::from_secs(300);
/// `Session::CurrentIndex`
const SESSION: &str = "cec5070d609dd3497f72bde07fc96ba072763800a36a99fdfc7c10f6415f6ee6";

fn session(scene: &Scene) -> Result<u32, Failure> {
	let stored = scene.stored("alice", SESSION)?.unwrap_or_default();
	Ok(u32::from_le_bytes(stored.try_into().map_err(|_| "a session's number has four bytes")?))
}

/// The keys of those who make blocks now, as far as it is final.
fn authorities(scene: &Scene) -> Result<Vec<Vec<u8>>, Failure> {
	let final_hash = scene.ask("alice", "chain_getFinalizedHead", json!([]))?;
	let answer = scene.ask("alice", "state_call", json!(["AuraApi_authorities", "0x", final_hash]))?;
	let encoded = bytes(answer.as_str().ok_or("an answer is text")?)?;
	// A compact length of one byte: four collators at most.
	Ok(encoded.get(1..).unwrap_or_default().chunks(32).map(<[u8]>::to_vec).collect())
}

/// Blocks that a collator has made, as its log tells.
async fn made(scene: &Scene, collator: &str) -> Result<usize, Failure> {
	Ok(scene.node(collator)?.logs().await?.matches("[Parachain] 🎁 Prepared block").count())
}

#[tokio::test(flavor = "multi_thread")]
async fn collators_should_join_by_bond_and_keys_and_leave_with_their_members_rights() -> Result<(), Failure> {
	let scene = Scene::start("network-collators", "four-collators.toml").await?;
	let people: Vec<Cli> = ["alice", "bob", "charlie", "dave"]
		.into_iter()
		.map(|name| scene.person(name, name))
		.collect::<Result<_, _>>()?;
	let [alice, bob, charlie, dave] = &people[..] else { return Err("there are four".into()) };
	assert_eq!(authorities(&scene)?.len(), 2, "Alice and Bob begin");

	let mut keys = Vec::new();
	for newcomer in [charlie, dave] {
		let made = newcomer.json(&["collators", "keys"]);
		keys.push(bytes(made["session_keys"].as_str().ok_or("it says the keys")?)?);
		newcomer.ok(&["collators", "bond"]);
	}
	scene.until("four collators", || {
		let found = authorities(&scene)?;
		keys.iter().all(|key| found.contains(key)).then_some(()).ok_or_else(|| format!("{}", found.len()).into())
	});
	let before = made(&scene, "dave").await?;
	let begun = Instant::now();
	while made(&scene, "dave").await? < before + 3 {
		assert!(begun.elapsed() < PATIENCE, "Dave's collator makes no blocks");
		tokio::time::sleep(Duration::from_secs(2)).await;
	}

	let motion = alice.json(&["govern", "propose", "suspend", "Dynamo"])["motion"].to_string();
	for voter in [bob, charlie] {
		voter.ok(&["govern", "vote", &motion, "aye"]);
	}
	alice.ok(&["govern", "close", &motion]);
	let suspended = session(&scene)?;
	let last = scene.until("Dave's collator is out", || match authorities(&scene)?.contains(&keys[1]) {
		true => Err("he makes blocks".into()),
		false => session(&scene),
	});
	assert!(last <= suspended + 2, "suspended in session {suspended}, out in {last}");
	// Blocks that were under way may still come.
	tokio::time::sleep(Duration::from_secs(12)).await;
	let before = (made(&scene, "dave").await?, scene.final_block("alice")?);
	scene.until("the others go on", || match scene.final_block("alice")? {
		block if block >= before.1 + 5 => Ok(()),
		block => Err(format!("{block}").into()),
	});
	assert_eq!(made(&scene, "dave").await?, before.0, "a suspended member's collator makes no blocks");
	scene.end().await
}
