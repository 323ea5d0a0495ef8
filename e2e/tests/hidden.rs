//! A group whose roster only its owner knows: those who are in read and publish, and the chain says neither who nor how many.

use cti_envelope::development;
use cti_primitives::WRAP_LEN;
use serde_json::{json, Value};
use std::collections::{BTreeMap, BTreeSet};
use testudo::identity::Identity;
use testudo_e2e::{consortium, wait_for, Dev, Node, PATIENCE};

const IDENTITY: i32 = 6;
const NOT_FOUND: i32 = 7;

/// Storage key of a block's events.
const EVENTS: &str = "26aa394eea5630e07c48ae0c9558cef780d41e5e16056765bc8461851072c9d7";
/// Extrinsics that are in every block: the relay chain's data, and the time.
const INHERENTS: usize = 2;
/// As many wraps as a group of at most eight has. The four development members fill no more; that more members have the
/// next power of two is a test of the envelope's crate.
const WRAPS: usize = 8;
/// Where a wrap's X25519 public key ends, which comes after the 1088 bytes of ML-KEM.
const POINT_END: usize = 1_120;

#[test]
fn those_in_a_hidden_group_should_read_and_publish_and_a_removal_should_bite() {
	let chain = Dev::start("hidden");
	let [alice, bob, charlie] = chain.members(["alice", "bob", "charlie"]);
	let group = alice.json(&["groups", "create", "quiet", "--hidden", "--history"])["group"].to_string();
	alice.ok(&["groups", "add", &group, "bor"]);

	let first = chain.publish(&bob, 1, &group, "amber");
	for (member, expected) in [(&alice, "open"), (&bob, "open"), (&charlie, "closed")] {
		assert_eq!(member.content(&first), expected);
	}
	let by_charlie = ["publish", &chain.file(2), "--group", &group, "--marking", "amber"];
	charlie.refused(&by_charlie, IDENTITY, &["not in the hidden group"]);

	alice.ok(&["groups", "remove", &group, "bor"]);
	let second = chain.publish(&alice, 3, &group, "amber");
	assert_eq!((alice.content(&second), bob.content(&second)), ("open".into(), "closed".into()));
	let by_bob = ["publish", &chain.file(4), "--group", &group, "--marking", "amber"];
	bob.refused(&by_bob, IDENTITY, &["not in the hidden group"]);
}

#[test]
fn agent_should_key_a_hidden_group_anew_after_a_departure_without_who_departed() {
	let chain = Dev::start("hidden-agent");
	let [alice, bob, charlie] = chain.members(["alice", "bob", "charlie"]);
	let group = alice.json(&["groups", "create", "quiet", "--hidden"])["group"].to_string();
	alice.ok(&["groups", "rekey", &group, "--member", "1", "--member", "2"]);
	let before = chain.publish(&alice, 1, &group, "amber");
	assert_eq!((bob.content(&before), charlie.content(&before)), ("open".into(), "open".into()));

	consortium::decide(&chain.node, &["alice", "bob", "dave"], consortium::suspend(2));
	let shown = || alice.json(&["groups", "show", &group]);
	assert_eq!((shown()["stale"].clone(), shown()["epoch"].clone()), (true.into(), 2.into()));
	let agent = alice.agent_of_store(&[]);
	wait_for("the agent's rekey", PATIENCE, || match shown()["stale"] == false {
		true => Ok(()),
		false => Err("the group is stale".into()),
	});
	drop(agent);
	let after = chain.publish(&alice, 2, &group, "amber");
	assert_eq!((bob.content(&after), charlie.content(&after)), ("open".into(), "closed".into()));
}

#[test]
fn roster_that_somebody_else_changed_should_not_be_keyed_again() {
	let chain = Dev::start("deputy");
	let [alice, bob] = chain.members(["alice", "bob"]);
	let group = alice.json(&["groups", "create", "quiet", "--hidden"])["group"].to_string();
	alice.ok(&["groups", "rekey", &group, "--member", "1", "--member", "2"]);
	alice.ok(&["groups", "deputies", &group, "bor"]);
	// Bob leaves Charlie out, whom Alice's store still has in the group.
	bob.ok(&["groups", "rekey", &group, "--member", "0"]);
	alice.refused(&["groups", "add", &group, "3"], NOT_FOUND, &["keyed from another store", "--member"]);
	alice.refused(&["groups", "rekey", &group], NOT_FOUND, &["keyed from another store", "--member"]);
	alice.ok(&["groups", "rekey", &group, "--member", "1", "--member", "3"]);
	let record = chain.publish(&alice, 1, &group, "amber");
	let closed_to = |name: &str| chain.member(name).content(&record) == "closed";
	assert_eq!(["bob", "charlie", "dave"].map(closed_to), [false, true, false]);
}

/// What a validator keeps of a block: what came in, and what changed in the state, events among it.
struct Block {
	extrinsics: Vec<Vec<u8>>,
	written: BTreeMap<Vec<u8>, Vec<u8>>,
}

impl Block {
	fn holds(&self, word: &[u8]) -> bool {
		let state = self.written.iter().flat_map(|(key, value)| [key, value]);
		self.extrinsics.iter().chain(state).any(|bytes| contains(bytes, word))
	}
}

fn contains(bytes: &[u8], word: &[u8]) -> bool {
	bytes.windows(word.len()).any(|window| window == word)
}

fn unhex(value: &Value) -> Vec<u8> {
	let text = value.as_str().expect("the node writes bytes as text");
	hex::decode(text.trim_start_matches("0x")).expect("the node writes hexadecimal")
}

/// The whole state after a block, by its keys.
fn state_after(node: &Node, number: u64) -> BTreeMap<Vec<u8>, Vec<u8>> {
	let (hash, mut entries, mut last) = (node.block_hash(number), BTreeMap::new(), Value::Null);
	loop {
		let keys = node.rpc("state_getKeysPaged", json!(["0x", 500, last, hash]));
		let Some(newest) = keys.as_array().and_then(|keys| keys.last()) else { return entries };
		last = newest.clone();
		let changes = node.rpc("state_queryStorageAt", json!([keys, hash]));
		for pair in changes[0]["changes"].as_array().expect("a list of pairs") {
			entries.insert(unhex(&pair[0]), unhex(&pair[1]));
		}
	}
}

/// The blocks after `from`, until now.
fn blocks_after(node: &Node, from: u64) -> Vec<Block> {
	let mut before = state_after(node, from);
	let block = |number| {
		let after = state_after(node, number);
		let is_new = |(key, value): &(&Vec<u8>, &Vec<u8>)| before.get(*key) != Some(*value);
		let written = after.iter().filter(is_new).map(|(key, value)| (key.clone(), value.clone())).collect();
		before = after;
		let body = node.rpc("chain_getBlock", json!([node.block_hash(number)]));
		let extrinsics = body["block"]["extrinsics"].as_array().expect("a block has extrinsics");
		Block { extrinsics: extrinsics.iter().map(unhex).collect(), written }
	};
	(from + 1..=node.height()).map(block).collect()
}

/// Whatever tells of a member: its accounts, and both halves of its key.
fn traces_of(name: &str) -> Vec<Vec<u8>> {
	let accounts = ["", "/analyst", "/feed", "/auditor"].map(|role| {
		let identity = Identity::load(&format!("{name}{role}")).expect("a development identity");
		identity.account_id().0.to_vec()
	});
	let key = development::member_seed(name).public_key();
	accounts.into_iter().chain([key[..32].to_vec(), key[key.len() - 32..].to_vec()]).collect()
}

/// Nothing in the blocks names those who were added, neither by what the state knows of them nor by their numbers.
fn assert_untold(blocks: &[Block], state: &BTreeMap<Vec<u8>, Vec<u8>>) {
	let is_told = |word: &[u8]| blocks.iter().any(|block| block.holds(word));
	let owner = traces_of("alice");
	assert!(is_told(&owner[0]), "that the owner signs is seen");
	for name in ["bob", "charlie", "dave"] {
		for (n, trace) in traces_of(name).iter().enumerate() {
			let is_known = state.iter().any(|(key, value)| contains(key, trace) || contains(value, trace));
			assert!(is_known, "the state knows trace {n} of {name}");
			assert!(!is_told(trace), "trace {n} of {name} tells that it was added");
		}
	}
	let numbers: Vec<u8> = [1u32, 2, 3].iter().flat_map(|number| number.to_le_bytes()).collect();
	assert!(!is_told(&numbers), "a list of member numbers");
	let short: Vec<u8> = [1u16, 2, 3].iter().flat_map(|number| number.to_le_bytes()).collect();
	assert!(!is_told(&short), "a list of short member numbers");
}

/// The wraps of a rekey, which are its last argument.
fn wraps_of(rekey: &[u8]) -> Vec<&[u8]> {
	let (head, wraps) = rekey.split_at(rekey.len() - WRAPS * WRAP_LEN);
	assert_eq!(head.last(), Some(&((WRAPS as u8) << 2)), "they are counted in front");
	wraps.chunks(WRAP_LEN).collect()
}

/// Of no wrap can it be said that it is padding.
fn assert_alike(rekeys: &[&Vec<u8>]) {
	let mut all = BTreeSet::new();
	for rekey in rekeys {
		let wraps = wraps_of(rekey);
		assert!(wraps.is_sorted(), "their order is their bytes' own");
		for wrap in wraps {
			assert!(all.insert(wrap), "no wrap comes twice, of one epoch or of two");
			let is_plain = wrap.windows(8).any(|run| run.iter().all(|byte| *byte == run[0]));
			assert!(!is_plain, "a wrap that is not random all over");
			// Random bytes would set the bit every other time, a point of the curve never does.
			assert_eq!(wrap[POINT_END - 1] & 0x80, 0, "a wrap without a point of the curve");
		}
	}
}

/// What one group looks like, all but what is random: itself, the lengths of the extrinsics that made and keyed it and of
/// their blocks' events, and the entries of the state they wrote with the lengths of their values.
#[derive(PartialEq, Debug)]
struct View {
	group: Value,
	extrinsics: Vec<usize>,
	events: Vec<usize>,
	entries: BTreeMap<String, usize>,
}

fn view(group: Value, blocks: &[Block]) -> View {
	let pallet = |key: &[u8]| hex::encode(&key[..key.len().min(16)]);
	let (empty, busy): (Vec<&Block>, Vec<&Block>) =
		blocks.iter().partition(|block| block.extrinsics.len() == INHERENTS);
	// Pallets that write in every block follow the clock and the blocks' number.
	let clocks: BTreeSet<String> = empty.iter().flat_map(|block| block.written.keys()).map(|key| pallet(key)).collect();
	assert!(!clocks.is_empty(), "a block without transactions to compare with");
	let written = busy.iter().flat_map(|block| &block.written).filter(|(key, _)| !clocks.contains(&pallet(key)));
	let entries = written.map(|(key, value)| (hex::encode(key), value.len())).collect();
	let events_key = hex::decode(EVENTS).expect("the key is hexadecimal");
	View {
		group,
		extrinsics: busy.iter().flat_map(|block| &block.extrinsics[INHERENTS..]).map(Vec::len).collect(),
		events: busy.iter().map(|block| block.written[&events_key].len()).collect(),
		entries,
	}
}

/// Alice's hidden group as it is made by the book: keyed to herself, and then to all others at once.
fn view_of_group_with(others: &[&str]) -> View {
	let chain = Dev::start("curious");
	let alice = chain.member("alice");
	// The first block writes what no other does.
	chain.node.wait_for_blocks(1);
	let begin = chain.node.height();
	let group = alice.json(&["groups", "create", "quiet", "--hidden"])["group"].to_string();
	alice.ok(&[&["groups", "add", &group], others].concat());
	// More empty blocks than there are seconds in a slot: in one of them the clock moves.
	chain.node.wait_for_blocks(8);

	let blocks = blocks_after(&chain.node, begin);
	assert_untold(&blocks, &state_after(&chain.node, begin));
	let sent: Vec<&Vec<u8>> = blocks.iter().flat_map(|block| &block.extrinsics[INHERENTS..]).collect();
	assert_eq!(sent.len(), 3, "made, and keyed twice");
	assert_alike(&sent[1..]);
	let shown = chain.member("dave").json(&["groups", "show", &group]);

	chain.publish(&alice, 1, &group, "amber");
	let charlie = if others.len() > 1 { "open" } else { "closed" };
	assert_eq!(chain.member("bob").content("0/0"), "open");
	assert_eq!(chain.member("charlie").content("0/0"), charlie);
	view(shown, &blocks)
}

#[test]
fn groups_of_two_and_of_four_should_look_the_same() {
	let (two, four) = (view_of_group_with(&["1"]), view_of_group_with(&["1", "2", "3"]));
	assert_eq!([&two, &four].map(|seen| seen.group["epoch"].clone()), [2, 2], "each rekey is seen, whomever it adds");
	assert!(two.entries.len() > 4, "a group, its name, its key and its epochs: {:?}", two.entries);
	assert_eq!(two, four);
}
