//! A consortium begins: each member makes its own keys, hands in its card, and builds the chain by itself.

use std::{fs, process::Command};
use testudo_e2e::{data, program, Cli, Folder, Node};

const MEMBERS: [&str; 3] = ["Aldgate Bank", "Borealis CERT", "Cobalt ISAC"];

/// What the node's `key generate` says of a new session key.
fn session_key() -> String {
	let made = Command::new(program("testudo-node"))
		.args(["key", "generate", "--scheme", "sr25519", "--output-type", "json"])
		.output()
		.expect("the node starts");
	let said: serde_json::Value = serde_json::from_slice(&made.stdout).expect("it says JSON");
	said["ss58PublicKey"].as_str().expect("a public key").into()
}

/// The chain of this file, as one member's node builds it, or why it does not.
fn chain_of(file: &str, out: &str) -> Result<Vec<u8>, String> {
	let made = Command::new(program("testudo-node"))
		.args(["export-chain-spec", "--raw", "--chain", file, "--output", out])
		.output()
		.expect("the node starts");
	match made.status.success() {
		true => Ok(fs::read(out).expect("it was written")),
		false => Err(String::from_utf8_lossy(&made.stderr).into_owned()),
	}
}

#[test]
fn members_should_begin_a_chain_without_anybody_holding_anothers_key() {
	let folder = Folder::new("ceremony");
	let nowhere = "ws://127.0.0.1:1";
	let members = [0, 1, 2].map(|number| {
		let file = folder.path_of(&format!("member{number}.json"));
		Cli::at(nowhere, &file, &folder).with_passphrase("correct horse")
	});
	let mut cards = Vec::new();
	for (number, (member, name)) in members.iter().zip(MEMBERS).enumerate() {
		member.ok(&["keys", "new"]);
		let key = session_key();
		// The third runs no collator.
		let collates: &[&str] = if number < 2 { &["--session-key", &key] } else { &[] };
		cards.push(member.ok(&[&["keys", "card", "--name", name], collates].concat()));
	}
	let head = "name = \"Example\"\nid = \"example\"\npara_id = 2000\nrelay_chain = \"rococo-local\"\n\n";
	let file = folder.write("consortium.toml", format!("{head}{}", cards.join("\n")));
	let (first, second) = (folder.path_of("first.json"), folder.path_of("second.json"));
	assert_eq!(chain_of(&file, &first), chain_of(&file, &second), "everybody builds the same chain");
	let twice = folder.write("twice.toml", format!("{head}{}\n{}", cards.join("\n"), cards[0]));
	let refused = chain_of(&twice, &folder.path_of("twice.json")).unwrap_err();
	assert!(refused.contains("another member has this name"), "{refused}");

	let node = Node::start(&folder.join("node"), &["--chain", &first, "--sealing", "instant"]);
	let [bank, cert, isac] = members.map(|member| member.moved_to(&node));
	let known = bank.json(&["members"]);
	let names: Vec<_> = known["members"].as_array().unwrap().iter().map(|one| one["name"].clone()).collect();
	assert_eq!(names, MEMBERS);
	let bundle = folder.write("one.json", data::bundle(&data::indicators(0, 1)));
	let publish = ["publish", &bundle, "--group", "0", "--marking", "green"];
	bank.refused(&publish, 4, &["group 0"]);
	// Nobody knew its secret before there was a chain to hand it out by.
	bank.ok(&["groups", "rekey", "0"]);
	bank.publish(&publish[1..]);
	for reader in [cert, isac] {
		reader.ok(&["sync"]);
		assert_eq!(reader.objects(), 1);
	}
}
