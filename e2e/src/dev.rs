//! A development chain of a test's own that seals each transaction at once, and its members.

use crate::{
	data::{bundle, indicators},
	Cli, Folder, Node,
};

/// The chain, and the folder in which all of it lies.
pub struct Dev {
	/// For whatever a test writes.
	pub folder: Folder,
	/// The only node.
	pub node: Node,
}

impl Dev {
	/// Starts it in a new folder, `name` in its path.
	pub fn start(name: &str) -> Self {
		let folder = Folder::new(name);
		let node = Node::start(&folder.join("node"), &["--sealing", "instant"]);
		Self { folder, node }
	}

	/// A person of a member, by the name of an identity.
	pub fn member(&self, identity: &str) -> Cli {
		Cli::new(&self.node, identity, &self.folder)
	}

	/// Persons of several members.
	pub fn members<const N: usize>(&self, identities: [&str; N]) -> [Cli; N] {
		identities.map(|identity| self.member(identity))
	}

	/// Alice proposes by the command line, Bob and Charlie vote for it, Alice closes.
	pub fn vote(&self, proposal: &[&str]) {
		let [alice, bob, charlie] = self.members(["alice", "bob", "charlie"]);
		let motion = alice.json(&[&["govern", "propose"], proposal].concat())["motion"].to_string();
		for member in [&bob, &charlie] {
			member.ok(&["govern", "vote", &motion, "aye"]);
		}
		alice.ok(&["govern", "close", &motion]);
	}

	/// A bundle of one indicator, another one for each number; its path.
	pub fn file(&self, number: usize) -> String {
		self.folder.write(&format!("{number}.json"), bundle(&indicators(number, 1)))
	}

	/// Publishes that indicator to a group under a marking; its record.
	pub fn publish(&self, author: &Cli, number: usize, group: &str, marking: &str) -> String {
		author.publish(&[&self.file(number), "--group", group, "--marking", marking])
	}
}
