//! What networks do to nodes, under load: nothing that was final is lost, every page arrives exactly once.

use serde_json::json;
use std::{
	collections::BTreeMap,
	path::Path,
	process::Command,
	sync::{
		atomic::{AtomicBool, Ordering::SeqCst},
		Arc,
	},
	thread::{self, JoinHandle},
	time::{Duration, Instant},
};
use testudo_e2e::{
	data::{assert_same, bundle, indicators, objects},
	taxii::{self, Objects},
	Feed,
};
use testudo_network::{Failure, Scene};

/// Objects that the source gains each second.
const EACH_SECOND: usize = 5;
/// Time within which a network is whole again after any of these faults.
const RECOVERY: Duration = Duration::from_secs(300);
/// Final blocks by which a node shows that it goes on.
const GOES_ON: u64 = 3;

/// A source that grows, which the feed of Alice's collator pulls.
struct Load {
	objects: Objects,
	stop: Arc<AtomicBool>,
	growing: JoinHandle<()>,
}

impl Load {
	fn start(scene: &Scene) -> Result<Self, Failure> {
		let (objects, stop) = (Objects::default(), Arc::new(AtomicBool::new(false)));
		let (grown, ends) = (objects.clone(), stop.clone());
		let growing = thread::spawn(move || {
			while !ends.load(SeqCst) {
				let mut all = grown.lock().expect("nobody panics with the lock");
				let next = all.len();
				all.extend(indicators(next, EACH_SECOND));
				drop(all);
				thread::sleep(Duration::from_secs(1));
			}
		});
		let server = taxii::serve(objects.clone());
		scene.insert_feed_key("alice", "Alice")?;
		let alice = scene.person("alice", "alice")?;
		Feed::taxii(&format!("{}/", server.url()), taxii::COLLECTION).page(10).apply(&alice, &scene.folder);
		Ok(Self { objects, stop, growing })
	}

	/// Ends it; all that it ever had.
	fn end(self) -> Result<Vec<String>, Failure> {
		self.stop.store(true, SeqCst);
		self.growing.join().map_err(|_| "the source panicked")?;
		let all = self.objects.lock().map_err(|_| "the source panicked")?;
		Ok(all.clone())
	}
}

/// A network, what was final of its chain, and how long each fault took to heal.
struct Trial {
	scene: Scene,
	/// Hashes of final blocks, as both collators had them.
	remembered: BTreeMap<u64, serde_json::Value>,
}

impl Trial {
	fn hash(&self, node: &str, block: u64) -> Result<serde_json::Value, Failure> {
		self.scene.ask(node, "chain_getBlockHash", json!([block]))
	}

	/// Remembers the newest final block.
	fn remember(&mut self) -> Result<(), Failure> {
		let block = self.scene.final_block("alice")?;
		let hash = self.hash("alice", block)?;
		self.remembered.insert(block, hash);
		Ok(())
	}

	/// Waits until all collators go on, says how long that took, and looks whether they still have what was final.
	fn healed(&mut self, fault: &str) -> Result<(), Failure> {
		// Blocks from before the healing show nothing.
		let known = ["alice", "bob"].into_iter().filter_map(|node| self.scene.final_block(node).ok()).max();
		let goal = known.ok_or("no collator answers")? + GOES_ON;
		let begun = Instant::now();
		for node in ["alice", "bob"] {
			self.scene.until_within(&format!("{fault}: {node} goes on"), RECOVERY, || {
				match self.scene.final_block(node)? {
					block if block >= goal => Ok(()),
					block => Err(format!("final block {block} of {goal}").into()),
				}
			});
			for (block, hash) in &self.remembered {
				assert_eq!(&self.hash(node, *block)?, hash, "{fault}: {node} lost the final block {block}");
			}
		}
		eprintln!("| {fault} | {:.0} s |", begun.elapsed().as_secs_f64());
		self.remember()
	}

	/// A node's process: the one that has its folder in its command line.
	fn process(&self, node: &str) -> Result<String, Failure> {
		let folder = self.scene.node(node)?.base_dir().join("data");
		let found = Command::new("pgrep").args(["-f", &format!("base-path {}", folder.display())]).output()?;
		let text = String::from_utf8(found.stdout)?;
		Ok(text.lines().next().ok_or_else(|| format!("{node} does not run"))?.to_string())
	}

	/// Pulls a node's plug.
	fn kill(&self, node: &str) -> Result<(), Failure> {
		run("kill", &["-9", &self.process(node)?])
	}
}

fn run(program: &str, arguments: &[&str]) -> Result<(), Failure> {
	let made = Command::new(program).args(arguments).output()?;
	match made.status.success() {
		true => Ok(()),
		false => Err(format!("{program} {arguments:?}: {}", String::from_utf8_lossy(&made.stderr)).into()),
	}
}

/// Kills a node and starts it again ten seconds later.
async fn killed(trial: &mut Trial, node: &str) -> Result<(), Failure> {
	trial.kill(node)?;
	tokio::time::sleep(Duration::from_secs(10)).await;
	trial.scene.node(node)?.restart(None).await?;
	trial.healed(&format!("{node} is killed, and started 10 s later"))
}

/// A collator that nobody hears for a minute.
async fn cut_off(trial: &mut Trial, node: &str) -> Result<(), Failure> {
	trial.scene.node(node)?.pause().await?;
	tokio::time::sleep(Duration::from_secs(60)).await;
	trial.scene.node(node)?.resume().await?;
	trial.healed(&format!("{node} is cut off for 60 s"))
}

/// Clients that ask a collator for more than it can answer.
async fn flooded(trial: &mut Trial, node: &str) -> Result<(), Failure> {
	let url = trial.scene.node(node)?.ws_uri().replace("ws://", "http://") + "/";
	let until = Instant::now() + Duration::from_secs(30);
	let flood = move |url: String| {
		let request = r#"{"jsonrpc":"2.0","id":1,"method":"state_call","params":["Metadata_metadata","0x"]}"#;
		let mut asked = 0_u32;
		while Instant::now() < until {
			let sent = testudo_e2e::http::send("POST", &url, &["Content-Type: application/json"], request.as_bytes());
			asked += u32::from(sent.is_ok());
		}
		asked
	};
	let clients: Vec<_> = (0..32).map(|_| url.clone()).map(|url| thread::spawn(move || flood(url))).collect();
	let mut answered = 0;
	for client in clients {
		answered += client.join().map_err(|_| "a client panicked")?;
	}
	assert!(answered > 0, "the flood reached nobody");
	trial.healed(&format!("{node} answers {answered} requests of 32 clients in 30 s"))
}

/// A small disk over a folder, which a failure does not leave behind.
struct SmallDisk(String);

impl SmallDisk {
	fn over(folder: &str) -> Result<Self, Failure> {
		run("mount", &["-t", "tmpfs", "-o", "size=1g", "testudo-test", folder])
			.map_err(|failure| format!("a small disk takes root: {failure}"))?;
		Ok(Self(folder.into()))
	}
}

impl Drop for SmallDisk {
	fn drop(&mut self) {
		let _ = run("umount", &["--lazy", &self.0]);
	}
}

/// A collator whose disk is full: its folder moves to a small one, and back.
async fn full_disk(trial: &mut Trial, node: &str) -> Result<(), Failure> {
	let data = trial.scene.node(node)?.base_dir().join("data");
	let (data, beside) = (text(&data)?, trial.scene.folder.path_of("moved"));
	trial.kill(node)?;
	run("cp", &["-a", &data, &beside])?;
	let disk = SmallDisk::over(&data)?;
	run("cp", &["-a", &format!("{beside}/."), &data])?;
	// No byte is left.
	let filled = Command::new("dd").args(["if=/dev/zero", &format!("of={data}/filler"), "bs=1M"]).output()?;
	assert!(String::from_utf8_lossy(&filled.stderr).contains("No space left"), "the disk is not full");
	trial.scene.node(node)?.restart(None).await?;
	let goal = trial.scene.final_block("alice")? + GOES_ON;
	trial.scene.until_within("the others go on beside a full disk", RECOVERY, || {
		let block = trial.scene.final_block("alice")?;
		(block >= goal).then_some(()).ok_or_else(|| format!("{block} of {goal}").into())
	});
	let log = trial.scene.node(node)?.logs().await?;
	assert!(log.contains("No space left"), "{node} did not notice that its disk is full");
	// It may have given up by itself.
	let _ = trial.kill(node);
	drop(disk);
	trial.scene.node(node)?.restart(None).await?;
	trial.healed(&format!("{node}'s disk is full"))
}

fn text(path: &Path) -> Result<String, Failure> {
	Ok(path.to_str().ok_or("a path is no text")?.into())
}

/// A network under load.
async fn begin(name: &str) -> Result<(Trial, Load), Failure> {
	let scene = Scene::start(name, "two-collators.toml").await?;
	let load = Load::start(&scene)?;
	let mut trial = Trial { scene, remembered: BTreeMap::new() };
	trial.remember()?;
	trial.healed("nothing happens")?;
	Ok((trial, load))
}

/// Every object that the source ever had is at Bob, once.
async fn finish(trial: Trial, load: Load) -> Result<(), Failure> {
	let all = load.end()?;
	let bob = trial.scene.person("bob", "bob")?;
	trial.scene.until("Bob holds all that the source ever had", || {
		bob.try_run(&["sync"])?;
		let found = bob.objects();
		(found >= all.len() as u64).then_some(()).ok_or_else(|| format!("{found} of {}", all.len()).into())
	});
	assert_eq!(bob.objects(), all.len() as u64, "a page arrived twice");
	assert_same(&objects(bob.ok(&["export", "--out", "-"]).as_bytes()), &objects(bundle(&all).as_bytes()));
	trial.scene.end().await
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_final_should_be_lost_and_every_page_arrive_once_when_nodes_are_killed_cut_off_and_flooded(
) -> Result<(), Failure> {
	let (mut trial, load) = begin("network-faults").await?;
	for node in ["alice", "bob", "validator-1"] {
		killed(&mut trial, node).await?;
	}
	cut_off(&mut trial, "bob").await?;
	flooded(&mut trial, "alice").await?;
	finish(trial, load).await
}

#[tokio::test(flavor = "multi_thread")]
async fn full_disk_should_stop_one_node_and_lose_nothing() -> Result<(), Failure> {
	let (mut trial, load) = begin("network-disk").await?;
	full_disk(&mut trial, "bob").await?;
	finish(trial, load).await
}
