//! Programs that talk to the chain by other people's libraries: the examples in `e2e/clients`, and what Polkadot.js apps shows
//! and sends.
//!
//! Needs `node` (20.19 or newer) and `npm`, and the npm registry the first time.

use serde_json::Value;
use std::{
	fs,
	fs::File,
	path::{Path, PathBuf},
	process::{Command, Output, Stdio},
	sync::LazyLock,
};
use testudo_e2e::{free_port, medallion::python, npm, process::Process, wait_for, Cli, Dev, PATIENCE};

/// The examples beside the packages they need.
static EXAMPLES: LazyLock<PathBuf> = LazyLock::new(|| npm::installed("e2e/clients", "clients"));

/// One of the examples that do the same by different libraries.
#[derive(Clone, Copy)]
struct Example {
	file: &'static str,
	/// How its library names the pallet's error.
	invalid_proof: &'static str,
}

const BY_LIBRARY: [Example; 3] = [
	Example { file: "polkadot-js.js", invalid_proof: "threatRegistry.InvalidProof: The signature is not by a reader" },
	Example { file: "polkadot-api.js", invalid_proof: "ThreatRegistry.InvalidProof" },
	Example { file: "substrate-interface.py", invalid_proof: "InvalidProof: The signature is not by a reader" },
];

/// A file of the examples, run by what its name asks for.
fn example(file: &str) -> Command {
	let path = EXAMPLES.join(file);
	let mut command = match file.ends_with(".py") {
		true => Command::new(python("python")),
		false => Command::new("node"),
	};
	command.arg(path).env_remove("SIGNER");
	command
}

fn output(command: &mut Command) -> Output {
	command.stdin(Stdio::null()).output().unwrap_or_else(|error| {
		panic!("{command:?} could not be started ({error}): install Node.js 20.19 or newer, with npm")
	})
}

fn text(bytes: &[u8]) -> String {
	String::from_utf8_lossy(bytes).into_owned()
}

impl Example {
	fn command(self, chain: &Dev, arguments: &[&str]) -> Command {
		let mut command = example(self.file);
		command.arg(chain.node.url()).args(arguments);
		command
	}

	/// What it prints; it must end well.
	fn ok(self, chain: &Dev, arguments: &[&str]) -> Vec<String> {
		succeeded(&mut self.command(chain, arguments))
	}

	/// Reports a sighting as an account says it.
	fn sight(self, chain: &Dev, signer: &str, record: &str, proof: &str) -> Command {
		let mut command = self.command(chain, &["sight", record, proof]);
		command.env("SIGNER", signer);
		command
	}

	/// Prints the next published record into a file, once it says that it follows.
	fn follow(self, chain: &Dev) -> (Process, PathBuf) {
		let [said, told] = ["out", "err"].map(|name| chain.folder.join(format!("{}.{name}", self.file)));
		let open = |path: &Path| File::create(path).expect("the test's folder can be written");
		let mut command = self.command(chain, &["follow", "1"]);
		let process = Process::start(command.stdout(open(&said)).stderr(open(&told)));
		wait_for(self.file, PATIENCE, || match fs::read_to_string(&told) {
			Ok(told) if told.contains("following") => Ok(()),
			told => Err(format!("{told:?}")),
		});
		(process, said)
	}
}

fn succeeded(command: &mut Command) -> Vec<String> {
	let output = output(command);
	let (out, err) = (text(&output.stdout), text(&output.stderr));
	assert!(output.status.success(), "{command:?}: {err}{out}");
	out.lines().map(str::to_string).collect()
}

/// Runs a command that must fail; it must name every one of `words`.
fn refused(mut command: Command, code: i32, words: &[&str]) {
	let output = output(&mut command);
	let complaint = text(&output.stderr);
	assert_eq!(output.status.code(), Some(code), "{command:?}: {complaint}{}", text(&output.stdout));
	for word in words {
		assert!(complaint.contains(word), "{command:?} should name {word:?}: {complaint}");
	}
}

/// What the store of a member holds of a record.
fn stored(reader: &Cli, record: &str) -> Value {
	reader.ok(&["sync"]);
	reader.records().into_iter().find(|stored| stored["record"] == record).expect("the record is there")
}

#[test]
fn records_should_be_followed_listed_and_sighted_by_every_library() {
	let chain = Dev::start("chain-clients");
	let [alice, bob] = chain.members(["alice", "bob"]);
	for (number, example) in BY_LIBRARY.into_iter().enumerate() {
		let (mut following, said) = example.follow(&chain);
		let file = chain.file(number);
		let techniques = ["--technique", "T1059.001", "--technique", "T1566"];
		let record = alice.publish(&[&[&*file, "--group", "0", "--marking", "green"], &techniques[..]].concat());
		let id = format!("0x{}", stored(&bob, &record)["id"].as_str().expect("a record has an id"));

		let status = wait_for(example.file, PATIENCE, || following.ended().ok_or("it follows still".to_string()));
		let said = fs::read_to_string(said).unwrap();
		assert!(status.success(), "{said}");
		assert_eq!(said, format!("{record} Green T1059.001,T1566 {id} Aldgate Bank\n"), "{}", example.file);

		let listed = |technique: &str| example.ok(&chain, &["records", technique]);
		let last = |lines: Vec<String>| lines.last().cloned().expect("there is a record");
		assert_eq!(["T1059.001", "T1566", "T1059"].map(|id| listed(id).len()), [number + 1, number + 1, 0]);
		assert_eq!(example.ok(&chain, &["records", "T1059.001", "1"]), listed("T1059.001"), "page by page");
		let line = last(listed("T1059.001"));
		assert!(line.starts_with(&format!("{record} Green Open seen by 0 20")), "{line}");
		assert!(line.ends_with(" Aldgate Bank"), "{line}");

		let proofs = bob.json(&["reader-proof", &record]);
		let [proof, other] = ["sight", "verdict"].map(|statement| proofs[statement].as_str().expect("a proof"));
		refused(example.sight(&chain, "//Bob//analyst", &record, other), 1, &[example.invalid_proof]);
		refused(example.sight(&chain, "//Alice", &record, proof), 1, &["your own, or not live"]);
		assert_eq!(alice.json(&["credibility", &record])["sightings"], 0);
		let said = succeeded(&mut example.sight(&chain, "//Bob//analyst", &record, proof));
		assert_eq!(said, [format!("RecordSighted {record} by 1 Seen")], "{}", example.file);
		assert_eq!(alice.json(&["credibility", &record])["sightings"], 1);
		assert!(last(listed("T1059.001")).contains(" seen by 1 "));
	}
}

#[test]
fn mistakes_should_be_named_by_every_library() {
	let chain = Dev::start("chain-clients-mistakes");
	let proof = format!("0x{}", "00".repeat(64));
	for example in BY_LIBRARY {
		refused(example.command(&chain, &["records", "1059"]), 1, &["1059 is no technique"]);
		refused(example.command(&chain, &["sight", "0/0", &proof]), 1, &["SIGNER is not set"]);
		refused(example.sight(&chain, "//Bob", "0", &proof), 1, &["0 is no record"]);
		refused(example.sight(&chain, "//Bob", "0/0", "0x00"), 1, &["the proof is a signature"]);
		refused(example.sight(&chain, "//Bob//auditor", "0/0", &proof), 1, &["the account's role does not allow it"]);
		let mut elsewhere = self::example(example.file);
		elsewhere.arg(format!("ws://127.0.0.1:{}", free_port())).args(["records", "T1059"]);
		refused(elsewhere, 1, &[example.file]);
	}
}

#[test]
fn calls_events_and_errors_should_be_readable_in_apps() {
	let chain = Dev::start("chain-clients-decoding");
	let said = succeeded(example("decoding.js").arg(chain.node.url()));
	assert_eq!(said, ["5 pallets, 0 things that cannot be read"]);
}

#[test]
fn motion_should_be_carried_by_the_calls_that_apps_sends() {
	let chain = Dev::start("chain-clients-voting");
	let alice = chain.member("alice");
	let said = succeeded(example("voting.js").arg(chain.node.url()).arg("3"));
	let events: Vec<&str> = said.iter().filter_map(|line| line.split(' ').next()).collect();
	assert_eq!(events, ["Proposed", "Voted", "Voted", "Voted", "Closed", "Approved", "Executed"], "{said:?}");
	assert_eq!(alice.json(&["members"])["members"][3]["standing"], "suspended");
}
