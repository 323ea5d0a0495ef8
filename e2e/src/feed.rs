//! The operator's `feeds.toml`, and what the worker says of a feed.

use crate::{wait_for, Cli, Folder, Node, PATIENCE};
use cti_primitives::feed::FeedStatus;
use serde_json::Value;
use std::path::PathBuf;

/// The user that feeds with credentials name.
pub const USER: &str = "admin";
/// The environment variable with the password of feeds that have one.
pub const PASSWORD_VARIABLE: &str = "TESTUDO_E2E_PASSWORD";

/// One `[[feed]]`, feed 0 unless it is said otherwise, and those beside it.
#[derive(Clone)]
pub struct Feed {
	id: u64,
	source: String,
	password: Option<String>,
	interval: &'static str,
	page: u32,
	default_marking: Option<&'static str>,
	warning_lists: Vec<PathBuf>,
	beside: Vec<Feed>,
}

impl Feed {
	fn new(source: String) -> Self {
		Self {
			id: 0,
			source,
			password: None,
			interval: "1s",
			page: 1_000,
			default_marking: Some("green"),
			warning_lists: Vec::new(),
			beside: Vec::new(),
		}
	}

	/// A bundle at an address.
	pub fn bundle(url: &str) -> Self {
		Self::new(format!("kind = \"stix-bundle\"\nurl = \"{url}\"\n"))
	}

	/// A collection of a TAXII server.
	pub fn taxii(root: &str, collection: &str) -> Self {
		Self::new(format!("kind = \"taxii21\"\nurl = \"{root}\"\ncollection = \"{collection}\"\n"))
	}

	/// With the user [`USER`] and a password.
	pub fn password(self, password: &str) -> Self {
		Self { password: Some(password.into()), ..self }
	}

	/// Looks at the source so often.
	pub fn interval(self, interval: &'static str) -> Self {
		Self { interval, ..self }
	}

	/// Asks for so many objects at a time.
	pub fn page(self, page: u32) -> Self {
		Self { page, ..self }
	}

	/// Objects without a marking are refused.
	pub fn without_default_marking(self) -> Self {
		Self { default_marking: None, ..self }
	}

	/// On a node that goes by this warning list.
	pub fn warning_list(mut self, list: PathBuf) -> Self {
		self.warning_lists.push(list);
		self
	}

	/// As the feed of that number.
	pub fn number(self, id: u64) -> Self {
		Self { id, ..self }
	}

	/// With another feed, which needs no environment.
	pub fn beside(mut self, other: &Feed) -> Self {
		self.beside.push(other.clone());
		self
	}

	/// The file, and the environment that it needs.
	pub fn file(&self, folder: &Folder) -> (String, Vec<(&str, &str)>) {
		let environment = self.password.iter().map(|password| (PASSWORD_VARIABLE, password.as_str())).collect();
		let all: Vec<String> = [self].into_iter().chain(&self.beside).map(Self::toml).collect();
		let lists = format!("warning_lists = {:?}\n", self.warning_lists);
		(folder.write("feeds.toml", lists + &all.join("\n")), environment)
	}

	fn toml(&self) -> String {
		let Self { id, source, interval, page, .. } = self;
		let mut toml = format!("[[feed]]\nid = {id}\n{source}interval = \"{interval}\"\npage = {page}\n");
		if let Some(marking) = self.default_marking {
			toml += &format!("default_marking = \"{marking}\"\n");
		}
		if self.password.is_some() {
			toml += &format!("username = \"{USER}\"\npassword_env = \"{PASSWORD_VARIABLE}\"\n");
		}
		toml
	}

	/// Hands it to the node with `testudo feeds apply`, in the place of what the node had.
	pub fn apply(&self, operator: &Cli, folder: &Folder) {
		let (file, environment) = self.file(folder);
		let output = operator.output_with(&["feeds", "apply", &file], &environment);
		assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
	}
}

/// What `testudo feeds status` says of feed 0; null before its first run.
pub fn status(operator: &Cli) -> Value {
	status_of(operator, 0)
}

/// The same of any feed.
pub fn status_of(operator: &Cli, feed: u64) -> Value {
	operator.json(&["feeds", "status", &feed.to_string()])["feeds"][0]["status"].take()
}

/// What the worker itself keeps of feed 0, without a client in between.
pub fn kept_status(node: &Node) -> Option<FeedStatus> {
	let kept = node.local_storage(b"testudo/feed/0/status")?;
	Some(serde_json::from_slice(&kept).expect("the worker writes its status as JSON"))
}

/// How many pages of feed 0 are on chain.
pub fn pages(operator: &Cli) -> u64 {
	operator.json(&["feeds", "list"])["feeds"][0]["pages"].as_u64().expect("pages are counted")
}

/// Waits until so many pages of feed 0 are on chain.
pub fn wait_for_pages(operator: &Cli, count: u64) {
	wait_for("pages on chain", PATIENCE, || match pages(operator) {
		found if found >= count => Ok(()),
		found => Err(format!("{found} of {count}; status {}", status(operator))),
	});
}
