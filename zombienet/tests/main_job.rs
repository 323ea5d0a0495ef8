//! The main job over a network: two members' collators under a relay chain, each with its member's feed.

use serde_json::Value;
use testudo_e2e::{
	data::{assert_same, bundle, indicators, objects},
	http::{Response, Server},
	medallion::Medallion,
	Feed,
};
use testudo_network::{Failure, Scene};

#[tokio::test(flavor = "multi_thread")]
async fn what_one_members_collator_publishes_should_be_read_at_anothers() -> Result<(), Failure> {
	let scene = Scene::start("network-main-job", "two-collators.toml").await?;
	let (alice, bob) = (scene.person("alice", "alice")?, scene.person("bob", "bob")?);

	// By hand.
	let report = scene.folder.write("report.json", bundle(&indicators(0, 3)));
	let record = alice.publish(&[&report, "--group", "0", "--marking", "green"]);
	scene.until("Bob reads at his collator what Alice published at hers", || {
		bob.try_run(&["sync"])?;
		let shown: Value = serde_json::from_str(&bob.try_run(&["--json", "show", &record])?)?;
		Ok(shown["objects"].as_array().filter(|objects| objects.len() == 3).map(drop).ok_or("not yet")?)
	});

	// By feeds: Alice's is on chain from the beginning, Bob registers his.
	scene.insert_feed_key("alice", "Alice")?;
	scene.insert_feed_key("bob", "Bob")?;
	let server = Medallion::start(&scene.folder.join("taxii"));
	server.feed().interval("5s").apply(&alice, &scene.folder);
	scene.until("Bob holds all objects of Alice's feed, byte for byte", || {
		bob.try_run(&["sync"])?;
		let found = bob.objects();
		if found < server.objects as u64 + 3 {
			return Err(format!("{found}; {}", testudo_e2e::feed::status(&alice)).into());
		}
		Ok(())
	});
	let theirs = objects(bob.ok(&["export", "--out", "-"]).as_bytes());
	let mut source = server.served();
	source.extend(objects(bundle(&indicators(0, 3)).as_bytes()));
	assert_same(&theirs, &source);

	let borealis = Server::start(|_| Response::ok("application/json", bundle(&indicators(1_000, 40))));
	let registered = bob.json(&["feeds", "register", "Borealis", "--group", "0", "--ceiling", "amber"]);
	let number = registered["feed"].as_u64().ok_or("it says the feed's number")?;
	Feed::bundle(&borealis.url()).number(number).interval("5s").apply(&bob, &scene.folder);
	scene.until("Alice holds what Bob's feed published", || {
		alice.try_run(&["sync"])?;
		let found = alice.objects();
		(found >= 40 + server.objects as u64).then_some(()).ok_or_else(|| format!("{found}").into())
	});

	scene.until("the chain is final on", || Ok((scene.final_block("bob")? > 10).then_some(()).ok_or("not yet")?));
	scene.end().await
}
