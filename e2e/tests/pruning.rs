//! A node that keeps few bodies: after the window it serves an envelope no more, and stores that have its content keep it.

use serde_json::{json, Value};
use testudo_e2e::{
	data::{bundle, indicators},
	Cli, Folder, Node,
};

const WINDOW: u64 = 32;
/// `testudo`'s exit code where no other fits.
const FAILURE: i32 = 1;

#[test]
fn body_should_be_gone_after_the_window_and_content_stay_where_it_was_read() {
	let folder = Folder::new("pruning");
	let window = WINDOW.to_string();
	let node = Node::start(&folder.join("node"), &["--sealing", "500", "--blocks-pruning", &window]);
	let [alice, bob, charlie] = ["alice", "bob", "charlie"].map(|name| Cli::new(&node, name, &folder));
	let file = folder.write("1.json", bundle(&indicators(1, 1)));
	let record = alice.publish(&[&file, "--group", "0", "--marking", "green"]);
	assert_eq!(bob.content(&record), "open");
	let at = bob.json(&["show", &record])["block"].as_u64().expect("its block is told");
	let body = || node.rpc("chain_getBlock", json!([node.block_hash(at)]));
	assert_ne!(body(), Value::Null);

	node.wait_for_blocks(WINDOW * 3 / 2);
	assert_eq!(body(), Value::Null);
	assert_eq!(bob.content(&record), "open");
	charlie.refused(&["sync"], FAILURE, &["does not keep its body"]);
}
