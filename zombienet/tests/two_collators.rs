//! Two members' collators under a relay chain: `scripts/network test`.

use serde_json::Value;
use std::{
	env, fs,
	path::{Path, PathBuf},
	time::{Duration, Instant},
};
use testudo_network::{start, Cli, Failure, Running};

/// Time for the parachain to get its core and for what is waited for to be final.
const PATIENCE: Duration = Duration::from_secs(600);

/// A network of its own, in a folder of its own.
struct Scene {
	network: Running,
	folder: PathBuf,
}

impl Scene {
	async fn start(name: &str) -> Result<Self, Failure> {
		let folder = env::temp_dir().join(format!("testudo-network-{name}.{}", std::process::id()));
		fs::create_dir_all(&folder)?;
		let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("two-collators.toml");
		Ok(Self { network: start(&file, &folder.join("nodes")).await?, folder })
	}

	/// A person of that name at the collator of that name.
	fn at(&self, collator: &str, identity: &str) -> Result<Cli, Failure> {
		Ok(Cli::new(self.network.get_node(collator)?.ws_uri(), identity, &self.folder))
	}

	async fn end(self) -> Result<(), Failure> {
		self.network.destroy().await?;
		Ok(fs::remove_dir_all(self.folder)?)
	}
}

/// Asks until it is so.
async fn wait_for<T>(what: &str, mut ask: impl FnMut() -> Result<Option<T>, Failure>) -> Result<T, Failure> {
	let begun = Instant::now();
	let mut last = String::new();
	while begun.elapsed() < PATIENCE {
		match ask() {
			Ok(Some(found)) => {
				eprintln!("{what}: after {:.0} s", begun.elapsed().as_secs_f64());
				return Ok(found);
			}
			Ok(None) => {}
			Err(failure) => last = failure.to_string(),
		}
		tokio::time::sleep(Duration::from_secs(2)).await;
	}
	Err(format!("{what}: not within {} s; {last}", PATIENCE.as_secs()).into())
}

fn block(cli: &Cli) -> Result<u64, Failure> {
	cli.json(&["sync"])?["new"]["block"].as_u64().ok_or_else(|| "sync says no block".into())
}

fn objects(cli: &Cli) -> Result<u64, Failure> {
	let records = cli.json(&["records"])?;
	let counts = records["records"].as_array().into_iter().flatten().filter_map(|one| one["objects"].as_u64());
	Ok(counts.sum())
}

fn report(folder: &Path) -> Result<String, Failure> {
	let objects: Vec<String> = (0..3)
		.map(|n| {
			format!(
				r#"{{"type":"indicator","spec_version":"2.1","id":"indicator--{n:08x}-0000-4000-8000-000000000000","created":"2026-01-01T00:00:00.000Z","modified":"2026-01-01T00:00:00.000Z","pattern":"[ipv4-addr:value = '198.51.100.{n}']","pattern_type":"stix","valid_from":"2026-01-01T00:00:00Z"}}"#
			)
		})
		.collect();
	let path = folder.join("report.json");
	let id = "bundle--5f0e7b1c-8d3a-4c5e-9a57-0d6a1f2b3c4d";
	fs::write(&path, format!(r#"{{"type":"bundle","id":"{id}","objects":[{}]}}"#, objects.join(",")))?;
	Ok(path.to_str().ok_or("the folder's name is no text")?.into())
}

#[tokio::test(flavor = "multi_thread")]
async fn record_of_one_members_collator_should_be_read_at_anothers() -> Result<(), Failure> {
	let scene = Scene::start("two").await?;
	let (alice, bob) = (scene.at("alice", "alice")?, scene.at("bob", "bob")?);
	let first =
		wait_for("the parachain has a final block", || Ok(Some(block(&alice)?).filter(|block| *block > 0))).await?;
	let report = report(&scene.folder)?;
	let published: Value = alice.json(&["publish", &report, "--group", "0", "--marking", "green", "--yes"])?;
	assert_eq!(published["records"].as_array().map(Vec::len), Some(1), "{published}");
	wait_for("Bob reads at his collator what Alice published at hers", || {
		bob.run(&["sync"])?;
		Ok((objects(&bob)? == 3).then_some(()))
	})
	.await?;
	let later = wait_for("the chain goes on", || Ok(Some(block(&bob)?).filter(|block| *block >= first + 5))).await?;
	assert!(later > first);
	scene.end().await
}
