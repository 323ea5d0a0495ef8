//! Runs the binary: what it prints and with which code it ends.

use cti_envelope::{development::member_seed, open, seal, Author, DirectRecipient, Recipient, SealRequest};
use cti_primitives::{AuthorId, Epoch, GroupId, KeyOwnerId, MemberId, RecordId, Tlp};
use serde_json::Value;
use std::{
	net::TcpListener,
	path::Path,
	process::{Command, Output},
};
use testudo::{
	proof::ProofFile,
	store::{Content, NewObject, NewRecord, Store},
};

const OBJECT: &str = r#"{"type":"tool","spec_version":"2.1","id":"tool--03342581-f790-4f03-ba41-e82e67392e23","name":"Net","created":"2017-05-31T21:32:31.601Z","modified":"2024-11-27T22:38:29.394Z","note":"\u001b[2J"}"#;

fn testudo(home: &Path, arguments: &[&str]) -> Output {
	let mut command = Command::new(env!("CARGO_BIN_EXE_testudo"));
	for variable in
		["TESTUDO_URL", "TESTUDO_IDENTITY", "TESTUDO_STORE", "TESTUDO_PASSPHRASE", "XDG_CONFIG_HOME", "XDG_DATA_HOME"]
	{
		command.env_remove(variable);
	}
	command.env("HOME", home).args(arguments).stdin(std::process::Stdio::null()).output().unwrap()
}

fn with_passphrase(home: &Path, passphrase: &str, arguments: &[&str]) -> Output {
	let mut command = Command::new(env!("CARGO_BIN_EXE_testudo"));
	command.env("HOME", home).env_remove("XDG_CONFIG_HOME").env("TESTUDO_PASSPHRASE", passphrase);
	command.args(arguments).output().unwrap()
}

fn home() -> tempfile::TempDir {
	tempfile::tempdir().unwrap()
}

fn code(output: &Output) -> i32 {
	output.status.code().unwrap()
}

fn text(bytes: &[u8]) -> String {
	String::from_utf8(bytes.to_vec()).unwrap()
}

fn json(output: &Output) -> Value {
	serde_json::from_slice(&output.stdout).unwrap_or_else(|e| panic!("{e}: {}", text(&output.stdout)))
}

fn closed_port() -> String {
	let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
	format!("ws://127.0.0.1:{port}")
}

/// A store as `sync` leaves it, with one record.
fn fill(home: &Path) {
	let mut store = Store::open(home.join(".local/share/testudo/bob")).unwrap();
	let record = NewRecord {
		record: RecordId { author: AuthorId(0), n: 4 },
		id: [7; 32],
		tlp: Tlp::Green,
		audience: vec![(GroupId(0), Epoch(0))],
		direct: 0,
		at: (12, 2),
		bytes: 5_000,
		leaves: 1,
		published: 1_700_000_000,
		valid_until: None,
		revises: None,
		techniques: vec!["T1059.001".parse().unwrap()],
	};
	let object = NewObject {
		id: "tool--03342581-f790-4f03-ba41-e82e67392e23".into(),
		kind: "tool".into(),
		name: Some("Net\u{1b}[2J".into()),
		modified: None,
		version: None,
		is_strict: true,
		techniques: Vec::new(),
		sought: Vec::new(),
		raw: OBJECT.into(),
	};
	store
		.batch(|batch| {
			batch.put_record(&record, &Content::Open(vec![object]))?;
			batch.put_member(MemberId(0), "Aldgate Bank")?;
			let name = "Command and Scripting Interpreter: PowerShell";
			batch.put_technique_name("T1059.001".parse().unwrap(), name)
		})
		.unwrap();
}

#[test]
fn help_should_succeed_and_list_the_exit_codes() {
	let output = testudo(home().path(), &["--help"]);
	assert_eq!(code(&output), 0);
	let help = text(&output.stdout);
	for line in ["0  done", "3  node unreachable", "4  refused by the chain", "8  verification failed"] {
		assert!(help.contains(line), "{line} in {help}");
	}
	for command in [
		"keys", "members", "groups", "feeds", "publish", "sync", "records", "show", "export", "prove", "verify",
		"withdraw", "attack",
	] {
		assert!(help.contains(&format!("\n  {command} ")), "{command} in {help}");
		assert_eq!(code(&testudo(home().path(), &[command, "--help"])), 0, "{command}");
	}
}

#[test]
fn password_of_a_store_should_be_in_nothing_that_is_printed() {
	let home = home();
	let closed = closed_port().replace("ws://", "");
	for url in [format!("postgres://ann:s3cret@{closed}/cti"), "postgres://ann:x@s3cret@localhost/cti".into()] {
		for arguments in
			[&["records"][..], &["--json", "records"], &["--json", "records", "--author", "x"], &["--help"]]
		{
			let mut command = Command::new(env!("CARGO_BIN_EXE_testudo"));
			let output = command.env("HOME", home.path()).env("TESTUDO_STORE", &url).args(arguments).output().unwrap();
			let said = text(&output.stdout) + &text(&output.stderr);
			assert!(!said.is_empty() && !said.contains("s3cret"), "{said}");
		}
	}
	let output = testudo(home.path(), &["--store", &format!("postgres://ann:s3cret@{closed}/cti"), "records"]);
	assert_eq!(code(&output), 1);
	let said = text(&output.stderr);
	assert!(
		said.contains(&format!("local store postgres://ann@{closed}/cti: ")) && said.contains("the server runs"),
		"{said}"
	);
}

#[test]
fn wrong_command_lines_should_end_with_2() {
	let cases: [&[&str]; 7] = [
		&[],
		&["frobnicate"],
		&["publish", "bundle.json"],
		&["show", "not-a-record"],
		&["records", "--technique", "1059", "--identity", "bob"],
		&["records"],
		&["members", "--url", "http://127.0.0.1:9944"],
	];
	for arguments in cases {
		let output = testudo(home().path(), arguments);
		assert_eq!(code(&output), 2, "{arguments:?}: {}", text(&output.stderr));
	}
	let output = testudo(home().path(), &["--json", "show", "x"]);
	assert_eq!(json(&output)["error"]["code"], 2);
}

#[test]
fn node_that_is_down_should_end_with_3() {
	let url = closed_port();
	let cases: [&[&str]; 8] = [
		&["members"],
		&["sync"],
		&["groups", "list"],
		&["groups"],
		&["groups", "welcome", "0", "4", "--epoch", "1"],
		&["feeds"],
		&["feeds", "status"],
		&["withdraw", "0/1"],
	];
	for arguments in cases {
		let arguments = [&["--url", &url, "--identity", "bob"], arguments].concat();
		let output = testudo(home().path(), &arguments);
		assert_eq!(code(&output), 3, "{arguments:?}: {}", text(&output.stderr));
		assert!(text(&output.stderr).contains("start the node"), "{}", text(&output.stderr));
	}
	let output = testudo(home().path(), &["--json", "--url", &url, "members"]);
	assert_eq!(json(&output)["error"]["kind"], "node-unreachable");
}

#[test]
fn bad_input_files_should_end_with_5() {
	let home = home();
	let path = |name: &str| home.path().join(name).to_str().unwrap().to_string();
	std::fs::write(path("feeds.toml"), "[[feed]]\nid = 0\nkind = \"rss\"").unwrap();
	std::fs::write(path("page.html"), "<html>").unwrap();
	let (feeds, page) = (path("feeds.toml"), path("page.html"));
	let cases: [&[&str]; 6] = [
		&["feeds", "apply", &feeds],
		&["feeds", "apply", "/nonexistent"],
		&["--identity", "bob", "publish", &page, "--group", "0"],
		&["--identity", "bob", "publish", "/nonexistent", "--group", "0"],
		&["verify", &page],
		&["attack", "import", &page],
	];
	for arguments in cases {
		let output = testudo(home.path(), arguments);
		assert_eq!(code(&output), 5, "{arguments:?}: {}", text(&output.stderr));
	}
}

#[test]
fn seed_file_should_be_made_shown_and_locked_by_its_passphrase() {
	let home = home();
	let url = closed_port();
	let made = with_passphrase(home.path(), "correct horse", &["--identity", "work", "--json", "keys", "new"]);
	assert_eq!(code(&made), 0, "{}", text(&made.stderr));
	let arguments = ["--identity", "work", "--url", &url, "--json", "keys", "show"];
	let shown = with_passphrase(home.path(), "correct horse", &arguments);
	assert_eq!(code(&shown), 0, "{}", text(&shown.stderr));
	assert_eq!(json(&shown)["account"], json(&made)["account"]);
	let wrong = with_passphrase(home.path(), "wrong horse", &arguments);
	assert_eq!(code(&wrong), 6);
	assert!(text(&wrong.stderr).contains("wrong passphrase"), "{}", text(&wrong.stderr));
	let again = with_passphrase(home.path(), "correct horse", &["--identity", "work", "keys", "new"]);
	assert_eq!(code(&again), 6);
}

#[test]
fn missing_identity_and_missing_passphrase_should_end_with_6() {
	let output = testudo(home().path(), &["--identity", "nobody", "sync"]);
	assert_eq!(code(&output), 6);
	assert!(text(&output.stderr).contains("keys new"), "{}", text(&output.stderr));
	let home = home();
	let output = testudo(home.path(), &["--identity", "work", "keys", "new"]);
	assert_eq!(code(&output), 6);
	assert!(text(&output.stderr).contains("TESTUDO_PASSPHRASE"), "{}", text(&output.stderr));
}

#[test]
fn errors_should_be_harmless_for_a_terminal() {
	let output = testudo(home().path(), &["--identity", "no\u{1b}[2Jbody\u{202e}", "sync"]);
	let said = text(&output.stderr);
	assert_eq!(code(&output), 6, "{said:?}");
	assert!(said.contains("body") && !said.contains(['\u{1b}', '\u{202e}']), "{said:?}");
}

#[test]
fn records_should_be_listed_from_the_store_without_a_node() {
	let home = home();
	fill(home.path());
	let output = testudo(home.path(), &["--identity", "bob", "records"]);
	assert_eq!(code(&output), 0, "{}", text(&output.stderr));
	let table = text(&output.stdout);
	for cell in [
		"0/4",
		"Aldgate Bank",
		"GREEN",
		"T1059.001 Command and Scripting Interpreter: PowerShell",
		"2023-11-14 22:13:20",
		"open",
	] {
		assert!(table.contains(cell), "{cell} in {table}");
	}
	let filtered = ["--identity", "bob", "--json", "records", "--technique", "T1059", "--author", "aldgate"];
	let found = json(&testudo(home.path(), &filtered));
	assert_eq!(found["records"][0]["record"], "0/4");
	let other = json(&testudo(home.path(), &["--identity", "bob", "--json", "records", "--technique", "T1003"]));
	assert_eq!(other["records"].as_array().unwrap().len(), 0);
}

#[test]
fn objects_should_be_shown_in_full_raw_and_harmless() {
	let home = home();
	fill(home.path());
	let raw = testudo(home.path(), &["--identity", "bob", "show", "0/4", "0", "--raw"]);
	assert_eq!(text(&raw.stdout), OBJECT);
	let record = text(&testudo(home.path(), &["--identity", "bob", "show", "0/4"]).stdout);
	assert!(record.contains("tool--03342581") && record.contains("group 0 at epoch 0"), "{record}");
	assert!(!record.contains('\u{1b}'), "{record:?}");
	let full =
		testudo(home.path(), &["--identity", "bob", "show", "0/4", "tool--03342581-f790-4f03-ba41-e82e67392e23"]);
	assert!(text(&full.stdout).contains("\"name\": \"Net\""), "{}", text(&full.stdout));
	let document = json(&testudo(home.path(), &["--identity", "bob", "--json", "show", "0/4", "0"]));
	assert_eq!(document["raw"], OBJECT);
}

#[test]
fn what_is_not_there_should_end_with_7() {
	let home = home();
	assert_eq!(code(&testudo(home.path(), &["--identity", "bob", "records"])), 7);
	fill(home.path());
	for arguments in
		[&["show", "9/9"][..], &["show", "0/4", "17"], &["prove", "0/4", "17"], &["records", "--author", "zeta"]]
	{
		let output = testudo(home.path(), &[&["--identity", "bob"], arguments].concat());
		assert_eq!(code(&output), 7, "{arguments:?}: {}", text(&output.stderr));
	}
}

#[test]
fn export_should_write_a_bundle_as_the_marking_permits() {
	let home = home();
	fill(home.path());
	let out = home.path().join("out.json");
	let arguments =
		["--identity", "bob", "--json", "export", "--offline", "--out", out.to_str().unwrap(), "--for", "community"];
	let output = testudo(home.path(), &arguments);
	assert_eq!(code(&output), 0, "{}", text(&output.stderr));
	assert_eq!(json(&output)["exported"]["objects"], 1);
	let bundle = std::fs::read_to_string(&out).unwrap();
	assert!(bundle.contains(OBJECT));
	#[cfg(unix)]
	{
		use std::os::unix::fs::PermissionsExt;
		assert_eq!(std::fs::metadata(&out).unwrap().permissions().mode() & 0o777, 0o600);
	}
	assert_eq!(serde_json::from_str::<Value>(&bundle).unwrap()["type"], "bundle");
	let denied = testudo(home.path(), &["--identity", "bob", "export", "--offline", "--out", "-", "--for", "anyone"]);
	assert_eq!((code(&denied), denied.stdout.len()), (7, 0));
	let not_proven = testudo(home.path(), &["--identity", "bob", "prove", "0/4", "0", "--for", "anyone"]);
	assert_eq!(code(&not_proven), 4, "{}", text(&not_proven.stderr));
}

fn proof() -> ProofFile {
	let seed = member_seed("alice");
	let key = seed.public_key();
	let request = SealRequest {
		genesis: [2; 32],
		author: Author::Member(MemberId(0)),
		tlp: Tlp::Green,
		groups: &[],
		direct: &[DirectRecipient { owner: KeyOwnerId(0), key_version: 0, key: &key }],
		pad_direct: false,
		objects: &[OBJECT.as_bytes()],
	};
	let payload = seal(&request, &[6; 32]).unwrap();
	let opened = open(&payload, &Recipient::Direct { owner: KeyOwnerId(0), key_version: 0, seed: &seed }).unwrap();
	ProofFile::make("0/4".parse().unwrap(), &opened, 0).unwrap()
}

#[test]
fn proofs_should_be_verified_and_changed_ones_end_with_8() {
	let home = home();
	let path = home.path().join("proof.json");
	let write = |proof: &ProofFile| std::fs::write(&path, serde_json::to_vec(proof).unwrap()).unwrap();
	let path = path.to_str().unwrap();
	write(&proof());
	let good = testudo(home.path(), &["--json", "verify", path, "--offline"]);
	assert_eq!(code(&good), 0, "{}", text(&good.stderr));
	let said = json(&good);
	assert_eq!((&said["verified"], &said["consistent"]), (&false.into(), &true.into()), "nobody asked the chain");
	assert_eq!(said["object"], "tool--03342581-f790-4f03-ba41-e82e67392e23");
	assert_eq!(code(&testudo(home.path(), &["--url", &closed_port(), "verify", path])), 3);
	let mut changed = proof();
	changed.object = changed.object.replace("Net", "Not");
	write(&changed);
	let bad = testudo(home.path(), &["--json", "verify", path, "--offline"]);
	assert_eq!(code(&bad), 8);
	assert_eq!(json(&bad)["error"]["kind"], "verification");
}
