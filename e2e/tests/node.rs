//! What else the node does: specifications, keys, metrics, a fresh start; and who may talk to it from a browser.

use serde_json::Value;
use std::process::Command;
use testudo_e2e::{free_port, http, program, Folder, Node};

/// Runs the node's program; what it printed.
fn run(arguments: &[&str]) -> String {
	let output = Command::new(program("testudo-node")).args(arguments).output().unwrap();
	assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
	String::from_utf8(output.stdout).unwrap()
}

fn parsed(text: &str) -> Value {
	serde_json::from_str(text).unwrap()
}

#[test]
fn specification_should_be_exported_plain_and_raw_and_begin_the_same_chain() {
	let folder = Folder::new("specification");
	let plain = parsed(&run(&["export-chain-spec", "--chain", "dev"]));
	assert_eq!((&plain["name"], &plain["relay_chain"]), (&"Testudo Development".into(), &"rococo-local".into()));
	assert_eq!(plain["genesis"]["runtimeGenesis"]["patch"]["membership"]["members"][1]["name"], "Borealis CERT");
	let local = parsed(&run(&["build-spec"]));
	assert_eq!(local["id"], "testudo_local");

	let raw = run(&["export-chain-spec", "--chain", "dev", "--raw"]);
	assert!(parsed(&raw)["genesis"]["raw"]["top"].as_object().unwrap().len() > 1_000);
	let file = folder.write("raw.json", raw);
	let of_file = Node::start(&folder.join("raw"), &["--chain", &file]).block_hash(0);
	let built_in = Node::start(&folder.join("dev"), &[]).block_hash(0);
	assert_eq!(of_file, built_in);
}

#[test]
fn purged_chain_should_begin_anew() {
	let folder = Folder::new("purge");
	let mut node = Node::start(&folder.join("node"), &["--sealing", "500"]);
	node.wait_for_blocks(4);
	let first = node.block_hash(1);
	node.stop();
	let database = node.database();
	let stored = database.join("chains/testudo_dev/paritydb");
	assert!(stored.exists(), "the database is ParityDB");
	run(&["purge-chain", "--dev", "-y", "--base-path", database.to_str().unwrap()]);
	assert!(!stored.join("full").exists());
	node.restart();
	node.wait_for_blocks(1);
	assert_ne!(node.block_hash(1), first);
}

#[test]
fn keys_should_be_made_and_inspected() {
	let inspected = parsed(&run(&["key", "inspect", "//Alice", "--output-type", "json"]));
	assert_eq!(inspected["ss58Address"], "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY");
	let generated = parsed(&run(&["key", "generate", "--output-type", "json"]));
	assert_eq!(generated["secretPhrase"].as_str().unwrap().split(' ').count(), 12);
}

#[test]
fn metrics_should_be_served() {
	let folder = Folder::new("metrics");
	let port = free_port().to_string();
	let node = Node::start(&folder.join("node"), &["--prometheus-port", &port]);
	node.wait_for_blocks(1);
	let (status, body) = http::send("GET", &format!("http://127.0.0.1:{port}/metrics"), &[], &[]).unwrap();
	assert_eq!(status, 200);
	assert!(String::from_utf8(body).unwrap().contains("substrate_block_height{"));
}

#[test]
fn other_pages_in_the_operators_browser_should_be_kept_out() {
	let folder = Folder::new("origins");
	let node = Node::start(&folder.join("node"), &[]);
	let url = node.url().replace("ws://", "http://") + "/";
	let ask = |origin: &str| {
		let headers = ["Content-Type: application/json", &format!("Origin: {origin}")];
		let body = br#"{"jsonrpc":"2.0","id":1,"method":"system_name","params":[]}"#;
		http::exchange("POST", &url, &headers, body).unwrap().0
	};
	let allowed = |origin: &str| ask(origin).to_lowercase().contains("access-control-allow-origin");
	assert!(allowed("https://polkadot.js.org"));
	assert!(!allowed("https://elsewhere.example"));
}
