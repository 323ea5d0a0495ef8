//! A node that is not one's own: it may say what it likes, and nothing is sealed by what it cannot prove.

use serde_json::{json, Value};
use std::{
	collections::{BTreeMap, HashMap},
	sync::{Arc, Mutex},
};
use testudo_e2e::{Cli, Dev, Folder, Liar, Node};

const USAGE: i32 = 2;
const REFUSED: i32 = 4;
const UNTRUE: i32 = 8;
const NOT_TO_BE_BELIEVED: &[&str] = &["not to be believed"];

/// A chain, a liar before its node, and Alice, who has nothing else.
struct Foreign {
	chain: Dev,
	liar: Liar,
	genesis: String,
}

impl Foreign {
	fn start(name: &str) -> Self {
		let chain = Dev::start(name);
		let liar = Liar::before(&chain.node.url());
		let genesis = chain.node.block_hash(0).as_str().unwrap().into();
		Self { chain, liar, genesis }
	}

	fn alice(&self) -> Cli {
		self.chain.member("alice").at_url(&self.liar.url())
	}

	/// What makes her sure: the chain's first block, and another's node.
	fn pins(&self) -> [String; 4] {
		["--genesis".into(), self.genesis.clone(), "--witness".into(), self.chain.node.url()]
	}

	/// A command of hers, made sure.
	fn sure(&self, arguments: &[&str]) -> Vec<String> {
		arguments.iter().map(|argument| argument.to_string()).chain(self.pins()).collect()
	}

	fn ok(&self, arguments: &[&str]) -> String {
		let sure = self.sure(arguments);
		self.alice().ok(&sure.iter().map(String::as_str).collect::<Vec<_>>())
	}

	fn refused(&self, arguments: &[&str], code: i32, words: &[&str]) -> String {
		let sure = self.sure(arguments);
		self.alice().refused(&sure.iter().map(String::as_str).collect::<Vec<_>>(), code, words)
	}

	/// How many transactions the node was handed: what the chain refuses it has read all the same.
	fn handed(&self) -> usize {
		self.liar.handed()
	}

	/// The answer of a runtime API, as the honest node gives it.
	fn asks(&self, api: &str, arguments: &[u8]) -> String {
		let parameters = json!([api, format!("0x{}", hex::encode(arguments))]);
		self.chain.node.rpc("state_call", parameters).as_str().unwrap().into()
	}
}

/// Changes the answer of one runtime API.
fn of_api(api: &'static str, change: impl Fn(&str) -> String + Send) -> impl FnMut(&Value, &mut Value) + Send {
	move |request, result| {
		if request["method"] == "state_call" && request["params"][0] == api {
			*result = change(result.as_str().unwrap_or_default()).into();
		}
	}
}

/// Changes the answer of one method.
fn of_method(method: &'static str, change: impl Fn(&mut Value) + Send) -> impl FnMut(&Value, &mut Value) + Send {
	move |request, result| {
		if request["method"] == method {
			change(result);
		}
	}
}

#[test]
fn honest_foreign_node_should_serve_for_everything_that_is_sealed() {
	let foreign = Foreign::start("foreign-honest");
	let file = foreign.chain.file(1);
	// It says nothing of itself: an address that is not this machine's is not believed by itself.
	let publish = ["publish", &file, "--group", "0", "--marking", "green"];
	foreign.alice().refused(&publish, USAGE, &["not a node of your own", "--genesis", "--trust-node"]);
	let with_genesis = [&publish[..], &["--genesis", &foreign.genesis]].concat();
	foreign.alice().refused(&with_genesis, USAGE, &["--witness"]);

	foreign.ok(&publish);
	foreign.ok(&["publish", &file, "--to", "Borealis", "--marking", "amber"]);
	foreign.ok(&["grant", "0/1", "--to", "Cobalt"]);
	foreign.ok(&["groups", "create", "near"]);
	foreign.ok(&["groups", "add", "1", "Borealis"]);
	foreign.ok(&["groups", "rekey", "1"]);
	foreign.ok(&["groups", "create", "hidden", "--hidden"]);
	foreign.ok(&["groups", "add", "2", "Cobalt"]);
	for analyst in foreign.chain.members(["alice/analyst", "bob/analyst"]) {
		analyst.ok(&["keys", "register"]);
	}
	foreign.ok(&["publish", &file, "--to-analysts", "Borealis", "--marking", "red"]);
	let charlie = foreign.chain.member("charlie");
	assert_eq!(charlie.content("0/1"), "open");
	// A store knows its chain: the genesis need not be named again.
	foreign.alice().ok(&["sync"]);
	foreign.alice().ok(&[&publish[..], &["--witness", &foreign.chain.node.url()]].concat());
	// Another chain is refused at any node, one's own too.
	let near = foreign.chain.member("alice");
	near.refused(
		&[&publish[..], &["--genesis", &format!("0x{}", "11".repeat(32))]].concat(),
		UNTRUE,
		NOT_TO_BE_BELIEVED,
	);
}

#[test]
fn key_that_the_state_does_not_hold_should_be_refused_before_anything_is_sealed() {
	let foreign = Foreign::start("foreign-keys");
	let file = foreign.chain.file(1);
	// Dave runs the node. `Some((number, key))`: his key in the place of theirs.
	let of_dave = foreign.asks("MembershipApi_encryption_key", &3u32.to_le_bytes());
	let forge = move |said: &str| format!("{}{}", &said[..12], &of_dave[12..]);
	let to_group = ["publish", &file, "--group", "0", "--marking", "green"];
	let to_bob = ["publish", &file, "--to", "Borealis", "--marking", "green"];

	let before = foreign.handed();
	foreign.liar.tell(of_api("MembershipApi_group_key", forge.clone()));
	foreign.refused(&to_group, UNTRUE, &["not to be believed", "the key of group 0"]);
	foreign.liar.tell(of_api("MembershipApi_encryption_key", forge));
	foreign.refused(&to_bob, UNTRUE, &["not to be believed", "the key of member"]);
	foreign.refused(&["groups", "rekey", "0"], UNTRUE, NOT_TO_BE_BELIEVED);
	// Another member under Bob's name.
	let (bob, dave) = (hex::encode("Borealis CERT"), hex::encode("Dynamo Energy"));
	foreign.liar.tell(of_api("MembershipApi_members", move |said| {
		said.replace(&bob, "-").replace(&dave, &bob).replace('-', &dave)
	}));
	foreign.refused(&to_bob, UNTRUE, &["not to be believed", "member 1"]);
	// A tunnel's end on this machine looks like one's own node; a witness is what it takes not to believe it.
	let tunnel = foreign.chain.member("alice").at_url(&foreign.liar.local_url());
	let sure = foreign.sure(&to_bob);
	tunnel.refused(&sure.iter().map(String::as_str).collect::<Vec<_>>(), UNTRUE, NOT_TO_BE_BELIEVED);
	assert_eq!(foreign.handed(), before, "nothing was handed in");

	// The lie itself is a good one: who believes the node is taken in by it.
	foreign.ok(&["members"]);
	foreign.alice().ok(&[&to_bob[..], &["--trust-node"]].concat());
	assert!(foreign.handed() > before);
	let bob = foreign.chain.member("bob");
	assert_eq!(bob.content("0/0"), "closed");
	assert_eq!(foreign.chain.member("dave").content("0/0"), "open");
}

#[test]
fn readers_whom_the_state_does_not_know_should_be_given_nothing() {
	let foreign = Foreign::start("foreign-readers");
	let file = foreign.chain.file(1);
	let alice = foreign.chain.member("alice");
	alice.ok(&["groups", "create", "near"]);
	for member in ["Borealis", "Cobalt"] {
		alice.ok(&["groups", "add", "1", member]);
	}
	let before = foreign.handed();
	// Alice would act for Dave's member, and so be added as a reader of what she publishes.
	foreign.liar.tell(of_api("MembershipApi_member_of", |said| said.replace("0x0100000000", "0x0103000000")));
	foreign.refused(&["publish", &file, "--to", "Borealis", "--marking", "green"], UNTRUE, &["acts for"]);
	// Dave in the place of Charlie: as many as the chain counts, each with its own key.
	foreign.liar.tell(of_api("MembershipApi_roster", |said| said.replace("02000000", "03000000")));
	foreign.refused(&["groups", "rekey", "1"], UNTRUE, NOT_TO_BE_BELIEVED);
	foreign.refused(&["groups", "welcome", "1", "Dynamo"], UNTRUE, NOT_TO_BE_BELIEVED);
	// Dave was left out, the node says: `[(3, 1)]`. Her agent gives him nothing.
	foreign.liar.tell(of_api("MembershipApi_bad_wraps", |_| "0x040300000001000000".into()));
	let sure = foreign.sure(&["agent"]);
	let mut agent = foreign.alice().start(&sure.iter().map(String::as_str).collect::<Vec<_>>());
	// Longer than it lets others go first.
	foreign.chain.node.wait_for_blocks(24);
	assert_eq!(agent.ended(), None, "the agent goes on");
	assert_eq!(foreign.handed(), before, "nothing was handed in");
	let granting = foreign.sure(&[
		"agent",
		"--grants",
		&foreign.chain.folder.write("grants.toml", "[[grant]]\nceiling = \"green\"\n"),
	]);
	foreign.alice().with_store(foreign.chain.folder.join("granting")).refused(
		&granting.iter().map(String::as_str).collect::<Vec<_>>(),
		USAGE,
		&["not your own node", "--grants"],
	);
}

#[test]
fn proof_of_another_state_should_prove_nothing() {
	let foreign = Foreign::start("foreign-proofs");
	let file = foreign.chain.file(1);
	let publish = ["publish", &file, "--group", "0", "--marking", "green"];
	foreign.ok(&publish);
	let before = foreign.handed();
	foreign.liar.tell(of_method("state_getReadProof", |result| {
		result["proof"].as_array_mut().unwrap().pop();
	}));
	foreign.refused(&publish, UNTRUE, &["storage proof"]);
	foreign
		.liar
		.tell(of_method("chain_getHeader", |result| result["stateRoot"] = format!("0x{}", "22".repeat(32)).into()));
	foreign.refused(&publish, UNTRUE, &["header"]);
	assert_eq!(foreign.handed(), before, "nothing was handed in");
}

#[test]
fn node_should_not_hide_that_a_group_awaits_a_rekey() {
	let foreign = Foreign::start("foreign-stale");
	let file = foreign.chain.file(1);
	let alice = foreign.chain.member("alice");
	alice.ok(&["groups", "create", "near"]);
	alice.ok(&["groups", "add", "1", "Borealis"]);
	let publish = ["publish", &file, "--group", "1", "--marking", "green"];
	// What was so while Bob was in the group is said after he was removed.
	let mut then: HashMap<String, Value> = HashMap::new();
	for api in ["MembershipApi_group", "MembershipApi_group_key"] {
		then.insert(api.into(), foreign.asks(api, &1u32.to_le_bytes()).into());
	}
	alice.ok(&["groups", "remove", "1", "Borealis"]);
	foreign.refused(&publish, REFUSED, &["StaleGroup"]);
	foreign.liar.tell(move |request, result| {
		if request["method"] == "state_call" {
			if let Some(answer) = then.get(request["params"][0].as_str().unwrap_or_default()) {
				*result = answer.clone();
			}
		}
	});
	let before = foreign.handed();
	foreign.refused(&publish, UNTRUE, NOT_TO_BE_BELIEVED);
	// Nor by living in the past, which is proven and known to the witness, too.
	let past = foreign.chain.node.block_hash(foreign.chain.node.height() - 1);
	foreign.liar.tell(of_method("chain_getFinalizedHead", move |result| *result = past.clone()));
	foreign.refused(&publish, REFUSED, &["StaleGroup"]);
	assert_eq!(foreign.handed(), before, "nothing was handed in");
}

#[test]
fn metadata_that_names_things_otherwise_should_get_nothing_signed_that_counts() {
	let foreign = Foreign::start("foreign-metadata");
	let alice = foreign.chain.member("alice");
	let records = [1, 2].map(|number| foreign.chain.publish(&alice, number, "0", "green"));
	// Who withdraws for one reason would sign another.
	let [wrongly_shared, source_request] = ["WronglyShared", "SourceRequest"].map(hex::encode);
	let swap = move |said: &str| {
		said.replace(&wrongly_shared, "-").replace(&source_request, &wrongly_shared).replace('-', &source_request)
	};
	foreign.liar.tell(of_api("Metadata_metadata_at_version", swap));
	let withdraw = |record| ["withdraw", record, "--reason", "wrongly-shared"];
	foreign.refused(&withdraw(&records[0]), REFUSED, &["bad signature"]);
	// Who believes the node is taken in by it.
	foreign.alice().ok(&[&withdraw(&records[1])[..], &["--trust-node"]].concat());
	let bob = foreign.chain.member("bob");
	bob.ok(&["sync"]);
	let status = |record: &str| bob.json(&["show", record])["status"].clone();
	assert_eq!((status(&records[0]), status(&records[1])), (json!("open"), json!("withdrawn")));
}

#[test]
fn chain_that_the_witness_does_not_know_should_be_refused() {
	let folder = Folder::new("foreign-fork");
	// Theirs first: it is the longer one, however slowly the machine starts them.
	let [theirs, ours] = ["theirs", "ours"].map(|name| Node::start(&folder.join(name), &["--sealing", "instant"]));
	let file = folder.write("1.json", testudo_e2e::data::bundle(&testudo_e2e::data::indicators(1, 1)));
	let publish = ["publish", &file, "--group", "0", "--marking", "green"];
	// Two chains with one beginning: Dave has made his own.
	let alice = Cli::new(&ours, "alice", &folder);
	alice.ok(&publish);
	Cli::new(&theirs, "dave", &folder).ok(&publish);
	assert_eq!(ours.block_hash(0), theirs.block_hash(0));
	let genesis = ours.block_hash(0);
	let pins = ["--genesis", genesis.as_str().unwrap(), "--witness", &ours.url()].map(String::from);
	let sure: Vec<&str> = publish.into_iter().chain(pins.iter().map(String::as_str)).collect();
	let fresh = alice.with_store(folder.join("fresh"));
	fresh.at_url(&theirs.url()).refused(&sure, UNTRUE, &["unknown to the witness"]);
	// Nor is a node a witness of itself.
	fresh.refused(&sure, USAGE, &["not a node of your own", "--witness"]);
	fresh.ok(&publish);
}

#[test]
fn node_should_not_learn_whose_keys_are_wanted() {
	let foreign = Foreign::start("foreign-curious");
	let asked = Arc::new(Mutex::new(BTreeMap::<String, usize>::new()));
	let heard = asked.clone();
	foreign.liar.tell(move |request, _| {
		if request["method"] == "state_call" && request["params"][0] == "MembershipApi_encryption_key" {
			*heard.lock().unwrap().entry(request["params"][1].to_string()).or_default() += 1;
		}
	});
	foreign.ok(&["groups", "create", "hidden", "--hidden"]);
	let file = foreign.chain.file(1);
	let commands: [&[&str]; 2] =
		[&["groups", "add", "1", "Cobalt"], &["publish", &file, "--to", "Borealis", "--marking", "amber"]];
	for command in commands {
		asked.lock().unwrap().clear();
		foreign.ok(command);
		let asked = asked.lock().unwrap();
		// Alice's own key may be asked for once more.
		let of_others: Vec<usize> =
			asked.iter().filter(|(key, _)| !key.contains("0x00000000")).map(|(_, n)| *n).collect();
		assert!(of_others.len() == 3 && of_others.iter().all(|n| *n == of_others[0]), "{command:?}: {asked:?}");
	}
}
