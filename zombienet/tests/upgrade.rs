//! The consortium upgrades the runtime of a network with data on it; clients go on.

use serde_json::{json, Value};
use testudo_e2e::{
	data::{assert_same, bundle, indicators, objects},
	medallion::Medallion,
	Cli,
};
use testudo_network::{bytes, Failure, Scene, WASM_BINARY};

/// How many records the migration has rewritten, as the runtime counts them: `twox_128(":Rewritten:")`.
const REWRITTEN: &str = "7f5f651e28539d169d9e56bdf69d2793";
/// `UpgradeCheckSelect::TryState`, SCALE encoded.
const TRY_STATE: &str = "0x03";

fn spec_version(scene: &Scene) -> Result<u64, Failure> {
	let hash = scene.ask("bob", "chain_getFinalizedHead", json!([]))?;
	let version = scene.ask("bob", "state_getRuntimeVersion", json!([hash]))?;
	Ok(version["specVersion"].as_u64().ok_or("a version is a number")?)
}

/// What must not change: records as any client shows them, and groups with their keys.
fn known(person: &Cli) -> (Vec<Value>, Value) {
	(person.records(), person.json(&["groups"]))
}

/// Waits until Bob's store has so many objects.
fn bob_holds(scene: &Scene, bob: &Cli, objects: u64) {
	scene.until("Bob holds what there is", || {
		bob.try_run(&["sync"])?;
		(bob.objects() >= objects).then_some(()).ok_or_else(|| format!("{}", bob.objects()).into())
	});
}

#[tokio::test(flavor = "multi_thread")]
async fn network_with_data_should_be_upgraded_by_vote() -> Result<(), Failure> {
	let code = WASM_BINARY.ok_or("built without SKIP_WASM_BUILD")?;
	let scene = Scene::start("network-upgrade", "two-collators.toml").await?;
	let file = scene.folder.write("next.wasm", code);
	let [alice, bob, charlie, dave] = ["alice", "bob", "charlie", "dave"].map(|name| scene.person("bob", name));
	let (alice, bob, charlie, dave) = (alice?, bob?, charlie?, dave?);

	// A page of five: more records than the migration rewrites in a block.
	scene.insert_feed_key("alice", "Alice")?;
	let server = Medallion::start(&scene.folder.join("taxii"));
	server.feed().page(5).apply(&scene.person("alice", "alice")?, &scene.folder);
	bob_holds(&scene, &bob, server.objects as u64);
	let before = known(&bob);
	assert!(before.0.len() > 16, "{} records", before.0.len());

	assert_eq!(spec_version(&scene)?, 1);
	let motion = alice.json(&["govern", "propose", "upgrade", &file])["motion"].to_string();
	for voter in [&bob, &charlie] {
		voter.ok(&["govern", "vote", &motion, "aye"]);
	}
	alice.ok(&["govern", "close", &motion]);
	// Nobody that the vote named: whoever has the code.
	dave.ok(&["govern", "apply-upgrade", &file]);
	scene.until("the new runtime makes blocks", || match spec_version(&scene)? {
		2 => Ok(()),
		other => Err(format!("{other}").into()),
	});
	scene.until("every record is migrated", || {
		let stored = scene.stored("bob", REWRITTEN)?.unwrap_or_default();
		let count = u32::from_le_bytes(stored.try_into().map_err(|_| "nothing is counted yet")?);
		(count as usize == before.0.len()).then_some(()).ok_or_else(|| format!("{count}").into())
	});
	let hash = scene.ask("bob", "chain_getFinalizedHead", json!([]))?;
	let checked = scene.ask("bob", "state_call", json!(["TryRuntime_on_runtime_upgrade", TRY_STATE, hash]))?;
	assert!(
		!bytes(checked.as_str().ok_or("an answer is text")?)?.is_empty(),
		"every pallet's state is as it should be"
	);

	// The store of before goes on, and a new one finds the same.
	bob.ok(&["sync"]);
	assert_eq!(known(&bob), before);
	alice.ok(&["groups", "rekey", "0"]);
	let report = scene.folder.write("after.json", bundle(&indicators(0, 2)));
	alice.publish(&[&report, "--group", "0", "--marking", "green"]);
	bob_holds(&scene, &bob, server.objects as u64 + 2);
	let anew = bob.with_store(scene.folder.join("anew"));
	bob_holds(&scene, &anew, server.objects as u64 + 2);
	let (found, _) = known(&anew);
	assert!(
		before.0.iter().all(|record| found.contains(record)),
		"a new store reads the records of before as they were"
	);
	let mut source = server.served();
	source.extend(objects(bundle(&indicators(0, 2)).as_bytes()));
	assert_same(&objects(anew.ok(&["export", "--out", "-"]).as_bytes()), &source);
	scene.end().await
}
