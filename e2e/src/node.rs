//! A development node in a process of its own.

use crate::{free_port, http, process::Process, program, wait_for};
use serde_json::{json, Value};
use std::{
	fs::{self, File},
	path::{Path, PathBuf},
	process::{Command, Stdio},
	time::Duration,
};

/// Storage key of the chain's time: the pallet `Timestamp`, its value `Now`.
const NOW_KEY: &str = "0xf0c365c3cf59d671eb72da0e7a4113c49f1f0515f462cdcf84e0f1d6045dfcbb";
/// Where the keys of the pallet `ThreatRegistry` begin.
const REGISTRY_PREFIX: &str = "0x29e902b18d878a8ee78a0c407400ba1c";

/// A running `testudo-node --dev`. Dropped, it is killed.
pub struct Node {
	process: Process,
	arguments: Vec<String>,
	base: PathBuf,
	port: u16,
}

impl Node {
	/// Starts a node on the database under `base`, with more arguments.
	pub fn start(base: &Path, arguments: &[&str]) -> Self {
		Self::start_with(base, arguments, &[])
	}

	/// The same with more environment, which a later start does not have.
	pub fn start_with(base: &Path, arguments: &[&str], environment: &[(&str, &str)]) -> Self {
		let port = free_port();
		let arguments: Vec<String> = arguments.iter().map(|argument| argument.to_string()).collect();
		let process = spawn(base, port, &arguments, environment);
		let mut node = Self { process, arguments, base: base.into(), port };
		node.wait_until_ready();
		node
	}

	/// Where its RPC listens.
	pub fn url(&self) -> String {
		format!("ws://127.0.0.1:{}", self.port)
	}

	/// All it has logged, in all its lives.
	pub fn log(&self) -> String {
		fs::read_to_string(self.log_file()).unwrap_or_default()
	}

	/// Where it logs.
	pub fn log_file(&self) -> PathBuf {
		self.base.join("node.log")
	}

	/// Where its database and its keys are.
	pub fn database(&self) -> PathBuf {
		self.base.join("db")
	}

	/// Pulls the plug: SIGKILL.
	pub fn kill(&mut self) {
		assert_eq!(self.process.ended(), None, "the node should have run until now");
		self.process.kill();
	}

	/// Stops it as an operator does: SIGTERM.
	pub fn stop(&mut self) {
		assert!(self.process.stop().success(), "the node should end well when it is asked to");
	}

	/// Starts it again on the same database with the same arguments.
	pub fn restart(&mut self) {
		let arguments: Vec<String> = self.arguments.clone();
		let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
		self.restart_with(&arguments);
	}

	/// Starts it again on the same database with other arguments.
	pub fn restart_with(&mut self, arguments: &[&str]) {
		self.port = free_port();
		let arguments: Vec<String> = arguments.iter().map(|argument| argument.to_string()).collect();
		self.process = spawn(&self.base, self.port, &arguments, &[]);
		self.wait_until_ready();
	}

	/// Calls a JSON-RPC method.
	pub fn rpc(&self, method: &str, parameters: Value) -> Value {
		self.try_rpc(method, parameters).unwrap_or_else(|complaint| panic!("{method}: {complaint}"))
	}

	fn try_rpc(&self, method: &str, parameters: Value) -> Result<Value, String> {
		let body = json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": parameters }).to_string();
		let url = format!("http://127.0.0.1:{}/", self.port);
		let (_, answer) = http::send("POST", &url, &["Content-Type: application/json"], body.as_bytes())?;
		let mut answer: Value = serde_json::from_slice(&answer).map_err(|error| error.to_string())?;
		match answer.get("error") {
			Some(error) => Err(error.to_string()),
			None => Ok(answer["result"].take()),
		}
	}

	/// Number of its best block.
	pub fn height(&self) -> u64 {
		number(&self.rpc("chain_getHeader", json!([])))
	}

	/// Hash of a block; null if there is none of that number.
	pub fn block_hash(&self, number: u64) -> Value {
		self.rpc("chain_getBlockHash", json!([number]))
	}

	/// Waits until it has made so many further blocks.
	pub fn wait_for_blocks(&self, count: u64) {
		let goal = self.height() + count;
		wait_for("further blocks", Duration::from_secs(60), || match self.height() {
			height if height >= goal => Ok(()),
			height => Err(format!("block {height} of {goal}")),
		});
	}

	/// The chain's time in its best block, unix milliseconds.
	pub fn chain_time(&self) -> u64 {
		let bytes = unhex(&self.rpc("state_getStorage", json!([NOW_KEY])));
		u64::from_le_bytes(bytes.try_into().expect("the time has eight bytes"))
	}

	/// A value of the worker's local storage.
	pub fn local_storage(&self, key: &[u8]) -> Option<Vec<u8>> {
		let value = self.rpc("offchain_localStorageGet", json!(["PERSISTENT", hexed(key)]));
		(!value.is_null()).then(|| unhex(&value))
	}

	/// Deletes a value of the worker's local storage.
	pub fn clear_local_storage(&self, key: &[u8]) {
		self.rpc("offchain_localStorageClear", json!(["PERSISTENT", hexed(key)]));
	}

	/// Every extrinsic of every block.
	pub fn extrinsics(&self) -> Vec<Vec<u8>> {
		let blocks = (0..=self.height()).map(|number| {
			let block = self.rpc("chain_getBlock", json!([self.block_hash(number)]));
			block["block"]["extrinsics"].as_array().expect("a block has extrinsics").clone()
		});
		blocks.flatten().map(|extrinsic| unhex(&extrinsic)).collect()
	}

	/// The envelopes on the best chain: in an extrinsic, all from a version, a suite and the chain's genesis hash on.
	pub fn envelopes(&self) -> Vec<Vec<u8>> {
		let begin = [&[1, 1], &unhex(&self.block_hash(0))[..]].concat();
		let cut = |extrinsic: Vec<u8>| {
			let at = extrinsic.windows(begin.len()).position(|window| window == begin)?;
			Some(extrinsic[at..].to_vec())
		};
		self.extrinsics().into_iter().filter_map(cut).collect()
	}

	/// The runtime in its compressed form.
	pub fn runtime_blob(&self) -> Vec<u8> {
		unhex(&self.rpc("state_getStorage", json!([hexed(b":code")])))
	}

	/// Every key and value of the state at the best block.
	pub fn state(&self) -> Vec<Vec<u8>> {
		self.state_from("0x")
	}

	/// Every key and value of the pallet `ThreatRegistry`.
	pub fn registry_state(&self) -> Vec<Vec<u8>> {
		self.state_from(REGISTRY_PREFIX)
	}

	fn state_from(&self, prefix: &str) -> Vec<Vec<u8>> {
		let mut entries = Vec::new();
		let mut last = Value::Null;
		loop {
			let keys = self.rpc("state_getKeysPaged", json!([prefix, 500, last]));
			let Some(newest) = keys.as_array().and_then(|keys| keys.last()) else { return entries };
			last = newest.clone();
			let changes = self.rpc("state_queryStorageAt", json!([keys]));
			for pair in changes[0]["changes"].as_array().expect("a list of pairs") {
				entries.extend([&pair[0], &pair[1]].into_iter().filter(|part| part.is_string()).map(unhex));
			}
		}
	}

	fn wait_until_ready(&mut self) {
		wait_for("node", Duration::from_secs(300), || {
			if let Some(status) = self.process.ended() {
				panic!("the node ended with {status}:\n{}", self.log());
			}
			self.try_rpc("chain_getHeader", json!([]))
		});
	}
}

impl Drop for Node {
	fn drop(&mut self) {
		if std::thread::panicking() {
			let log = self.log();
			let tail: Vec<&str> = log.lines().rev().take(40).collect();
			eprintln!("last lines of the node's log:");
			tail.iter().rev().for_each(|line| eprintln!("  {line}"));
		}
	}
}

/// The number in a header.
fn number(header: &Value) -> u64 {
	let text = header["number"].as_str().expect("a header has a number");
	u64::from_str_radix(text.trim_start_matches("0x"), 16).expect("a number is hexadecimal")
}

fn hexed(bytes: &[u8]) -> String {
	format!("0x{}", hex::encode(bytes))
}

fn unhex(value: &Value) -> Vec<u8> {
	let text = value.as_str().unwrap_or_else(|| panic!("{value} should be hexadecimal"));
	hex::decode(text.trim_start_matches("0x")).expect("the node writes hexadecimal")
}

fn spawn(base: &Path, port: u16, arguments: &[String], environment: &[(&str, &str)]) -> Process {
	fs::create_dir_all(base).expect("the test's folder can be written");
	let measured = arguments.iter().any(|argument| argument == "--prometheus-port");
	let log = File::options().create(true).append(true).open(base.join("node.log")).expect("a log can be written");
	Process::start(
		Command::new(program("testudo-node"))
			.args((!arguments.iter().any(|argument| argument == "--chain")).then_some("--dev"))
			.arg("--base-path")
			.arg(base.join("db"))
			.args((!measured).then_some("--no-prometheus"))
			.args(["--rpc-port", &port.to_string()])
			.args(arguments)
			.envs(environment.iter().copied())
			.stdout(Stdio::null())
			.stderr(log),
	)
}
