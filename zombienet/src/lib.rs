//! Starts a network that a TOML file describes, with separate processes on this machine.

include!(concat!(env!("OUT_DIR"), "/next_runtime.rs"));

mod scene;

pub use scene::{bytes, Scene};

use serde_json::{json, Value};
use std::{
	env,
	error::Error,
	fs,
	path::{Path, PathBuf},
};
use zombienet_sdk::{GlobalSettingsBuilder, LocalFileSystem, Network, NetworkConfig, NetworkConfigExt};

/// What went wrong, for who reads it.
pub type Failure = Box<dyn Error + Send + Sync>;

/// A running network: dropped, it ends.
pub type Running = Network<LocalFileSystem>;

/// What `scripts/network` sets: the programs, and the parachain's specification.
const NEEDED: [&str; 3] = ["POLKADOT", "COLLATOR", "CHAIN_SPEC"];

/// Seconds until all nodes answer: two cores compile a runtime for each of them.
const STARTING: u32 = 900;

/// Starts the network of this file, its databases and logs below `folder`, and writes what runs where to `network.json` there.
pub async fn start(file: &Path, folder: &Path) -> Result<Running, Failure> {
	for name in NEEDED {
		let path = env::var_os(name).map(PathBuf::from);
		if !path.as_ref().is_some_and(|path| path.exists()) {
			return Err(format!("{name} names no file: start it by scripts/network").into());
		}
	}
	let settings = GlobalSettingsBuilder::new()
		.with_base_dir(folder)
		.with_network_spawn_timeout(STARTING)
		.with_node_spawn_timeout(STARTING)
		// A node that is killed on purpose must not take the others along.
		.with_tear_down_on_failure(false)
		.build()
		.map_err(|errors| format!("settings: {errors:?}"))?;
	let text = file.to_str().ok_or("the file's name is no text")?;
	let network = NetworkConfig::load_from_toml_with_settings(text, &settings)?.spawn_native().await?;
	fs::write(folder.join("network.json"), describe(&network).to_string())?;
	Ok(network)
}

/// Names and addresses of all nodes.
fn describe(network: &Running) -> Value {
	let nodes = network.nodes();
	let nodes = nodes.iter().map(|node| json!({ "name": node.name(), "url": node.ws_uri() }));
	json!({ "nodes": nodes.collect::<Vec<_>>() })
}
