//! A member's TAXII gateway, and what its clients ask.

use crate::{checkout, http, medallion::python, process::Process, wait_for, Cli, Folder};
use serde_json::Value;
use std::{
	fs,
	process::Command,
	time::{Duration, Instant},
};

/// What the gateway answers and is asked for.
pub const MEDIA_TYPE: &str = "application/taxii+json;version=2.1";

const LOG: &str = "gateway.log";

/// An account and its secrets.
pub struct Account {
	/// Its name.
	pub name: String,
	/// For basic authentication.
	pub password: String,
	/// For bearer authentication.
	pub token: String,
	/// Its lines in the gateway's file.
	lines: String,
}

impl Account {
	/// Made by the command line; `policy` takes the place of the policy that it suggests.
	pub fn new(cli: &Cli, name: &str, policy: &str) -> Self {
		let made = cli.json(&["serve", "--new-account", name]);
		let text = |field: &str| made[field].as_str().expect("a text").to_string();
		let lines = text("lines");
		let hashes = lines.split("for =").next().expect("a first part");
		let lines = format!("{hashes}{policy}\n");
		Self { name: name.into(), password: text("password"), token: text("token"), lines }
	}
}

/// A running gateway. Dropped, it is killed.
pub struct Gateway {
	process: Process,
	/// `http://127.0.0.1:PORT`
	pub url: String,
}

/// An answer.
#[derive(Debug)]
pub struct Answer {
	/// HTTP status.
	pub status: u16,
	/// Status line and headers, in lower case.
	pub head: String,
	/// The document.
	pub body: Value,
}

impl Answer {
	/// A header's value.
	pub fn header(&self, name: &str) -> Option<&str> {
		self.head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
	}

	/// Ids of its objects.
	pub fn ids(&self) -> Vec<String> {
		let objects = self.body["objects"].as_array().into_iter().flatten();
		objects.map(|object| object["id"].as_str().expect("an id").to_string()).collect()
	}
}

impl Gateway {
	/// Starts it over the store of `cli`, with these accounts, more lines before them, and more options.
	pub fn start(cli: &Cli, folder: &Folder, accounts: &[&Account], more: &str, options: &[&str]) -> Self {
		let accounts: String = accounts.iter().map(|account| account.lines.as_str()).collect();
		let file = folder.write("gateway.toml", format!("listen = \"127.0.0.1:0\"\n{more}\n{accounts}"));
		let process = cli.start_logging(LOG, &[&["--json", "serve", "--config", &file], options].concat());
		let url = wait_for("the gateway", Duration::from_secs(30), || {
			let log = fs::read_to_string(cli.store().with_extension(LOG)).expect("it was started");
			let said = log
				.lines()
				.find_map(|line| serde_json::from_str::<Value>(line).ok()?["taxii"].as_str().map(String::from));
			said.map(|url| url.trim_end_matches("/taxii2/").to_string()).ok_or(log)
		});
		Self { process, url }
	}

	/// Its process id.
	pub fn pid(&self) -> u32 {
		self.process.id()
	}

	/// Asks it to end, and waits until it has.
	pub fn stop(mut self) {
		assert!(self.process.stop().success());
	}

	/// Sends a request with basic authentication and more header lines.
	pub fn send(&self, account: &Account, method: &str, path: &str, headers: &[&str], body: &[u8]) -> Answer {
		let secret = http::base64(&format!("{}:{}", account.name, account.password));
		let authorization = format!("Authorization: Basic {secret}");
		self.send_plain(method, path, &[headers, &[&authorization]].concat(), body)
	}

	/// Sends a request as it is.
	pub fn send_plain(&self, method: &str, path: &str, headers: &[&str], body: &[u8]) -> Answer {
		let (head, body) = http::exchange(method, &format!("{}{path}", self.url), headers, body).expect("it answers");
		let head = head.to_lowercase();
		let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
		let body = serde_json::from_slice(&body).unwrap_or(Value::Null);
		Answer { status, head, body }
	}

	/// Gets as a client of TAXII 2.1 does.
	pub fn get(&self, account: &Account, path: &str) -> Answer {
		self.send(account, "GET", path, &[&format!("Accept: {MEDIA_TYPE}")], b"")
	}

	/// Posts an envelope and waits for what became of it.
	pub fn post(&self, account: &Account, collection: &str, envelope: &str) -> Value {
		let id = self.hand_in(account, collection, envelope);
		self.status(account, &id)
	}

	/// Posts an envelope; gives its status' id.
	pub fn hand_in(&self, account: &Account, collection: &str, envelope: &str) -> String {
		let path = format!("/testudo/collections/{collection}/objects/");
		let headers = [format!("Accept: {MEDIA_TYPE}"), format!("Content-Type: {MEDIA_TYPE}")];
		let headers: Vec<&str> = headers.iter().map(String::as_str).collect();
		let taken = self.send(account, "POST", &path, &headers, envelope.as_bytes());
		assert_eq!(taken.status, 202, "{taken:?}");
		taken.body["id"].as_str().expect("a status has an id").to_string()
	}

	/// Waits for what became of an envelope.
	pub fn status(&self, account: &Account, id: &str) -> Value {
		wait_for("the status", Duration::from_secs(60), || {
			let status = self.get(account, &format!("/testudo/status/{id}/")).body;
			if status["status"] == "complete" {
				Ok(status)
			} else {
				Err(status.to_string())
			}
		})
	}

	/// Everything of a collection, page by page.
	pub fn all(&self, account: &Account, collection: &str, limit: usize) -> Vec<String> {
		let path = format!("/testudo/collections/{collection}/objects/?limit={limit}");
		let (mut ids, mut next) = (Vec::new(), String::new());
		let start = Instant::now();
		loop {
			let page = self.get(account, &format!("{path}{next}"));
			assert_eq!(page.status, 200, "{page:?}");
			ids.extend(page.ids());
			match page.body["next"].as_str() {
				Some(place) if page.body["more"] == true => next = format!("&next={place}"),
				_ => return ids,
			}
			assert!(start.elapsed() < crate::PATIENCE, "the pages have no end");
		}
	}

	/// What the integrators' programs make of a collection.
	pub fn read_by_python(&self, collection: &str, options: &[&str]) -> Value {
		let made = Command::new(python("python"))
			.arg(checkout().join("e2e/taxii/client.py"))
			.args([&format!("{}/testudo/", self.url), collection])
			.args(options)
			.output()
			.expect("python starts");
		assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
		serde_json::from_slice(&made.stdout).expect("one document")
	}
}
