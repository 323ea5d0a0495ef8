//! What a block took when it was made, its proof being recorded, as a collator does.

use super::load::Taken;
use codec::{Compact, Decode};
use serde_json::json;
use std::{fs, path::Path, time::Duration};
use testudo_e2e::{wait_for, Node, PATIENCE};

/// `System::BlockWeight`
const BLOCK_WEIGHT: &str = "0x26aa394eea5630e07c48ae0c9558cef734abf5cb34d6244378cddbf18e849d96";
/// What a validator's machine may be slower than this one.
const SLOWER: f64 = 1.24;
/// What a core gives one block: time, and bytes of block and proof.
const CORE: (f64, f64) = (2.0, 8.5 * 1_048_576.0);
/// What of a core's weight normal calls may take: picoseconds, and bytes of proof with their own.
const NORMAL_WEIGHT: (f64, f64) = (1.5e12, 0.75 * 10.0 * 1_048_576.0);
/// Bytes that normal calls may take of a block.
const NORMAL_LENGTH: f64 = 7.0 * 1_048_576.0;

/// The fullest of the blocks that took a load.
pub struct Block {
	/// Records in it.
	pub records: usize,
	/// How long it took to make it.
	pub execution: Duration,
	/// Bytes of its proof.
	pub proof: u64,
	/// Bytes of the block itself.
	pub length: u64,
	/// What its normal calls weigh: picoseconds, and bytes of proof.
	weight: (u64, u64),
}

impl Block {
	/// Measures it.
	pub fn fullest(node: &Node, taken: &Taken) -> Self {
		let (number, records) = taken.fullest();
		let hash = node.block_hash(number);
		let logged = || built(&node.log(), number).ok_or_else(|| format!("the log says nothing of block {number}"));
		let (execution, proof) = wait_for("the node's log", PATIENCE, logged);
		let block = node.rpc("chain_getBlock", json!([hash]));
		let extrinsics = block["block"]["extrinsics"].as_array().expect("a block has extrinsics");
		let length = extrinsics.iter().filter_map(|one| one.as_str()).map(|text| text.len() as u64 / 2).sum();
		Self { records, execution, proof, length, weight: normal_weight(node, &hash) }
	}

	/// How many such records one core's block takes, by time, by bytes and by weight; and which of them is the bound.
	pub fn fit(&self) -> String {
		let of = |limit: f64, used: f64| self.records as f64 * limit / used;
		let bounds = [
			("time", of(CORE.0, self.execution.as_secs_f64() * SLOWER)),
			("proof and length", of(CORE.1, (self.proof + self.length) as f64)),
			("length", of(NORMAL_LENGTH, self.length as f64)),
			("weight", of(NORMAL_WEIGHT.0, self.weight.0 as f64)),
			("weight of proof", of(NORMAL_WEIGHT.1, self.weight.1 as f64)),
		];
		let (name, count) = bounds.into_iter().min_by(|one, other| one.1.total_cmp(&other.1)).expect("there are some");
		let heavy = self.weight.0 as f64 / 1e12 / self.execution.as_secs_f64();
		format!("{count:.0} ({name}); weighed {:.0} % of its time", heavy * 100.0)
	}
}

/// What a node's log says of a block: the time that making it took, and the bytes of its proof.
fn built(log: &str, number: u64) -> Option<(Duration, u64)> {
	let (_, after) = log.split_once(&format!("Prepared block for proposing at {number} ("))?;
	let (millis, after) = after.split_once(" ms)")?;
	let (_, after) = after.split_once("proof_size: ")?;
	let digits = after.split(|letter: char| !letter.is_ascii_digit()).next()?;
	Some((Duration::from_millis(millis.parse().ok()?), digits.parse().ok()?))
}

fn normal_weight(node: &Node, block: &serde_json::Value) -> (u64, u64) {
	let stored = node.rpc("state_getStorage", json!([BLOCK_WEIGHT, block]));
	let digits = stored.as_str().expect("a block has a weight").trim_start_matches("0x");
	let bytes = hex::decode(digits).expect("the node writes hexadecimal");
	let decoded = <(Compact<u64>, Compact<u64>)>::decode(&mut &bytes[..]);
	let (time, proof) = decoded.expect("the normal class comes first");
	(time.0, proof.0)
}

/// Bytes of a folder.
pub fn size(folder: &Path) -> u64 {
	let entries = fs::read_dir(folder).into_iter().flatten().flatten();
	let sizes = entries.map(|entry| match entry.metadata() {
		Ok(found) if found.is_dir() => size(&entry.path()),
		Ok(found) => std::os::unix::fs::MetadataExt::blocks(&found) * 512,
		Err(_) => 0,
	});
	sizes.sum()
}
