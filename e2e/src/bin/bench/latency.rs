//! Latency, and the state that records take.

use crate::{seconds, Row};
use testudo_e2e::{
	latency::{self, Pace},
	Folder, Node,
};

/// Median and 99th percentile on a node with these arguments, and the state that a record takes.
pub fn rows(name: &str, arguments: &[&str], records: usize, budget: &'static str) -> Vec<Row> {
	let folder = Folder::new("bench-latency");
	let node = Node::start(&folder.join("node"), arguments);
	let before = state_bytes(&node);
	let mut times =
		latency::measure(&node.url(), &node.url(), &folder, records, Pace::OneByOne).expect("every record is read");
	let state = (state_bytes(&node) - before) as f64 / records as f64;
	times.sort_unstable();
	let percentile = |share: usize| seconds(times[(times.len() * share / 100).min(times.len() - 1)]);
	vec![
		Row::new(format!("publish to readable by a peer, {name}, p50"), percentile(50), budget),
		Row::new(format!("the same, p99 of {records}"), percentile(99), ""),
		Row::new(format!("state per record without techniques, {name}"), format!("{state:.0} bytes"), "210 bytes"),
	]
}

/// Bytes of all keys and values of the registry.
fn state_bytes(node: &Node) -> usize {
	node.registry_state().iter().map(Vec::len).sum()
}
