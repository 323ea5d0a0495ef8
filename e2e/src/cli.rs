//! The `testudo` command line as one member's person would use it.

use crate::{process::Process, program, Node};
use serde_json::Value;
use std::{
	fs::File,
	path::{Path, PathBuf},
	process::{Command, Output, Stdio},
};

/// Variables by which the person at the keyboard could change what a test does.
const VARIABLES: [&str; 12] = [
	"TESTUDO_URL",
	"TESTUDO_IDENTITY",
	"TESTUDO_STORE",
	"TESTUDO_PASSPHRASE",
	"TESTUDO_SHARE_PASSPHRASE",
	"TESTUDO_OWN",
	"TESTUDO_GENESIS",
	"TESTUDO_WITNESSES",
	"TESTUDO_WARNING_LISTS",
	"TESTUDO_IPFS",
	"TESTUDO_IPFS_API",
	"TESTUDO_ANCHOR_TOKEN",
];

/// One identity with a store of its own.
#[derive(Clone)]
pub struct Cli {
	url: String,
	identity: String,
	store: PathBuf,
	environment: Vec<(String, String)>,
	/// What this person insists on.
	insists: &'static [&'static str],
}

impl Cli {
	/// `identity` at `node`, its store under `folder`.
	pub fn new(node: &Node, identity: &str, folder: &Path) -> Self {
		Self::at(&node.url(), identity, folder)
	}

	/// `identity` at any address.
	pub fn at(url: &str, identity: &str, folder: &Path) -> Self {
		// A seed file by its name; of a development identity its role, too.
		let stem = match identity.strip_suffix(".json") {
			Some(path) => path.rsplit('/').next().unwrap_or(path).to_string(),
			None => identity.replace('/', "-"),
		};
		let store = folder.join(format!("store-{stem}"));
		Self { url: url.into(), identity: identity.into(), store, environment: Vec::new(), insists: &["--yes"] }
	}

	/// Opens its seed file with a passphrase.
	pub fn with_passphrase(self, passphrase: &str) -> Self {
		self.with_environment(&[("TESTUDO_PASSPHRASE", passphrase)])
	}

	/// With more variables in its environment.
	pub fn with_environment(mut self, more: &[(&str, &str)]) -> Self {
		self.environment.extend(more.iter().map(|(name, value)| (name.to_string(), value.to_string())));
		self
	}

	/// Does not insist where the command line asks to look again.
	pub fn cautious(&self) -> Self {
		Self { insists: &[], ..self.clone() }
	}

	/// The same person at a node that listens elsewhere now.
	pub fn moved_to(&self, node: &Node) -> Self {
		Self { url: node.url(), ..self.clone() }
	}

	/// The same person at another address.
	pub fn at_url(&self, url: &str) -> Self {
		Self { url: url.into(), ..self.clone() }
	}

	/// The same person with another store.
	pub fn with_store(&self, store: PathBuf) -> Self {
		Self { store, ..self.clone() }
	}

	/// Where its store is.
	pub fn store(&self) -> &Path {
		&self.store
	}

	/// Starts the member's agent, which keeps a store of its own and logs beside it.
	pub fn agent(&self) -> Process {
		self.with_store(self.store.with_extension("agent")).agent_of_store(&[])
	}

	/// Starts the member's agent with this person's store, as one that runs hidden groups must.
	pub fn agent_of_store(&self, options: &[&str]) -> Process {
		self.start(&[&["agent"], options].concat())
	}

	/// Starts a command that stays, which logs beside the store.
	pub fn start(&self, arguments: &[&str]) -> Process {
		self.start_logging("log", arguments)
	}

	/// The same, with a log of another extension: for a second one over the same store.
	pub fn start_logging(&self, extension: &str, arguments: &[&str]) -> Process {
		let log = File::create(self.store.with_extension(extension)).expect("a log can be written");
		let said = log.try_clone().expect("a log can be written twice");
		Process::start(self.command(arguments).stdout(said).stderr(log))
	}

	/// Runs a command with more environment and returns what came of it.
	pub fn output_with(&self, arguments: &[&str], environment: &[(&str, &str)]) -> Output {
		let mut command = self.command(arguments);
		command.envs(environment.iter().copied()).stdin(Stdio::null()).output().expect("testudo starts")
	}

	fn command(&self, arguments: &[&str]) -> Command {
		let mut command = Command::new(program("testudo"));
		VARIABLES.iter().for_each(|variable| {
			command.env_remove(variable);
		});
		command
			.args(["--url", &self.url, "--identity", &self.identity, "--store"])
			.arg(&self.store)
			.args(arguments)
			.args(self.insists.iter().filter(|_| asks(arguments)))
			.envs(self.environment.iter().map(|(name, value)| (name, value)));
		command
	}

	/// What a command prints at a terminal: a pseudo-terminal of the program `script`.
	pub fn at_terminal(&self, arguments: &[&str]) -> String {
		let command = self.command(arguments);
		let words = std::iter::once(command.get_program()).chain(command.get_args());
		let quoted: Vec<String> = words.map(|word| format!("'{}'", word.to_string_lossy())).collect();
		let made = Command::new("script").args(["-qec", &quoted.join(" "), "/dev/null"]).stdin(Stdio::null()).output();
		text(&made.expect("script starts: it is part of every Debian").stdout)
	}

	/// Runs a command and returns what came of it.
	pub fn output(&self, arguments: &[&str]) -> Output {
		self.output_with(arguments, &[])
	}

	/// What a command that was started with this store has said so far.
	pub fn log(&self) -> String {
		std::fs::read_to_string(self.store.with_extension("log")).expect("it was started")
	}

	/// Runs a command that must succeed; its standard output.
	pub fn ok(&self, arguments: &[&str]) -> String {
		self.try_run(arguments).unwrap_or_else(|complaint| panic!("testudo {arguments:?}: {complaint}"))
	}

	/// Runs a command; its standard output, or its complaint.
	pub fn try_run(&self, arguments: &[&str]) -> Result<String, String> {
		let output = self.output(arguments);
		if output.status.success() {
			Ok(text(&output.stdout))
		} else {
			Err(format!("{}: {}", output.status, text(&output.stderr)))
		}
	}

	/// Runs a command that must end with `code`; its complaint, which must hold every one of `words`.
	pub fn refused(&self, arguments: &[&str], code: i32, words: &[&str]) -> String {
		let output = self.output(arguments);
		let complaint = text(&output.stderr);
		assert_eq!(output.status.code(), Some(code), "testudo {arguments:?}: {complaint}{}", text(&output.stdout));
		for word in words {
			assert!(complaint.contains(word), "testudo {arguments:?} should name {word:?}: {complaint}");
		}
		complaint
	}

	/// Runs a command with `--json`; its document.
	pub fn json(&self, arguments: &[&str]) -> Value {
		let text = self.ok(&[&["--json"], arguments].concat());
		serde_json::from_str(&text).unwrap_or_else(|error| panic!("testudo {arguments:?}: {error} in {text:?}"))
	}

	/// Publishes what comes to one record; the record.
	pub fn publish(&self, arguments: &[&str]) -> String {
		let made = self.json(&[&["publish"], arguments].concat());
		made["records"][0]["record"].as_str().expect("a record").into()
	}

	/// What its store says of a record after a sync: `open` or `closed`.
	pub fn content(&self, record: &str) -> String {
		self.ok(&["sync"]);
		self.json(&["show", record])["content"].as_str().expect("it is said whether the content is open").into()
	}

	/// The records in its store.
	pub fn records(&self) -> Vec<Value> {
		self.json(&["records"])["records"].as_array().expect("a list of records").clone()
	}

	/// How many objects of open records are in its store.
	pub fn objects(&self) -> u64 {
		self.records().iter().map(|record| record["objects"].as_u64().expect("objects are counted")).sum()
	}
}

/// Is it a command that asks a person to look twice?
fn asks(arguments: &[&str]) -> bool {
	arguments.contains(&"publish") || arguments.windows(2).any(|pair| pair == ["feeds", "register"])
}

fn text(bytes: &[u8]) -> String {
	String::from_utf8_lossy(bytes).into_owned()
}
