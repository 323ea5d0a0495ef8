//! A network of a test's own, and the members' people at its collators.

use crate::{start, Failure, Running};
use serde_json::{json, Value};
use std::{
	path::Path,
	time::{Duration, Instant},
};
use testudo::identity::Identity;
use testudo_e2e::{checkout, http, Cli, Folder};
use zombienet_sdk::NetworkNode;

/// Time for whatever a network of six nodes on two cores does.
const PATIENCE: Duration = Duration::from_secs(900);

/// A running network in a folder of its own.
pub struct Scene {
	/// What the test writes.
	pub folder: Folder,
	network: Running,
}

impl Scene {
	/// Starts the network of `zombienet/FILE` and waits until its parachain has a final block.
	pub async fn start(name: &str, file: &str) -> Result<Self, Failure> {
		let folder = Folder::new(name);
		let network = start(&checkout().join("zombienet").join(file), Path::new(&folder.join("nodes"))).await?;
		let scene = Self { folder, network };
		scene.until("the parachain has a final block", || match scene.final_block("alice")? {
			0 => Err("none yet".into()),
			_ => Ok(()),
		});
		Ok(scene)
	}

	/// A node by its name.
	pub fn node(&self, name: &str) -> Result<&NetworkNode, Failure> {
		Ok(self.network.get_node(name)?)
	}

	/// An identity at a collator.
	pub fn person(&self, collator: &str, identity: &str) -> Result<Cli, Failure> {
		Ok(Cli::at(self.node(collator)?.ws_uri(), identity, &self.folder))
	}

	/// What a node answers to a JSON-RPC request.
	pub fn ask(&self, node: &str, method: &str, parameters: Value) -> Result<Value, Failure> {
		let request = json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": parameters }).to_string();
		let url = self.node(node)?.ws_uri().replace("ws://", "http://") + "/";
		let (_, body) = http::send("POST", &url, &["Content-Type: application/json"], request.as_bytes())?;
		let mut answer: Value = serde_json::from_slice(&body)?;
		match answer.get("error") {
			Some(error) => Err(format!("{node} {method}: {error}").into()),
			None => Ok(answer["result"].take()),
		}
	}

	/// Gives a collator the key with which its worker signs the pages of a member's feeds: `//Alice//feed` for `alice`.
	pub fn insert_feed_key(&self, collator: &str, member: &str) -> Result<(), Failure> {
		let public = Identity::load(&format!("{}/feed", member.to_lowercase()))?.account.public_key().0;
		let public: String = public.iter().map(|byte| format!("{byte:02x}")).collect();
		let parameters = json!(["feed", format!("//{member}//feed"), format!("0x{public}")]);
		self.ask(collator, "author_insertKey", parameters).map(drop)
	}

	/// The number of the newest final block at a node.
	pub fn final_block(&self, node: &str) -> Result<u64, Failure> {
		let hash = self.ask(node, "chain_getFinalizedHead", json!([]))?;
		let header = self.ask(node, "chain_getHeader", json!([hash]))?;
		let number = header["number"].as_str().ok_or("a header has a number")?;
		Ok(u64::from_str_radix(number.trim_start_matches("0x"), 16)?)
	}

	/// A value of the newest final state, by its key in hexadecimal.
	pub fn stored(&self, node: &str, key: &str) -> Result<Option<Vec<u8>>, Failure> {
		let hash = self.ask(node, "chain_getFinalizedHead", json!([]))?;
		let value = self.ask(node, "state_getStorage", json!([format!("0x{key}"), hash]))?;
		Ok(value.as_str().map(bytes).transpose()?)
	}

	/// Asks until it is so, and says how long that took. Panics when all patience is gone: then what the nodes wrote is kept.
	pub fn until<T>(&self, what: &str, ask: impl FnMut() -> Result<T, Failure>) -> T {
		self.until_within(what, PATIENCE, ask).0
	}

	/// The same with less patience; and the time it took.
	pub fn until_within<T>(
		&self,
		what: &str,
		patience: Duration,
		mut ask: impl FnMut() -> Result<T, Failure>,
	) -> (T, Duration) {
		let begun = Instant::now();
		loop {
			match ask() {
				Ok(found) => {
					eprintln!("{what}: after {:.1} s", begun.elapsed().as_secs_f64());
					return (found, begun.elapsed());
				}
				Err(complaint) if begun.elapsed() > patience => panic!("{what}: not within {patience:?}: {complaint}"),
				Err(_) => std::thread::sleep(Duration::from_millis(500)),
			}
		}
	}

	/// Ends the network.
	pub async fn end(self) -> Result<(), Failure> {
		Ok(self.network.destroy().await?)
	}
}

/// The bytes of hexadecimal digits after `0x`.
pub fn bytes(text: &str) -> Result<Vec<u8>, Failure> {
	let digits = text.trim_start_matches("0x");
	let pairs = (0..digits.len()).step_by(2).map(|at| digits.get(at..at + 2).ok_or("half a byte"));
	pairs.map(|pair| Ok(u8::from_str_radix(pair?, 16)?)).collect()
}
