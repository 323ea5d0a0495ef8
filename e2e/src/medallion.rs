//! The reference TAXII 2.1 server, with the reports that the demo shows.

use crate::{checkout, feed, free_port, http, process::Process, wait_for, Feed};
use serde_json::value::RawValue;
use std::{
	net::TcpStream,
	path::{Path, PathBuf},
	process::{Command, Stdio},
	time::Duration,
};

/// The collection's id.
pub const COLLECTION: &str = "365fed99-08fa-fdcd-a1b3-fb247eb41d01";
/// The password of [`feed::USER`].
pub const PASSWORD: &str = "a-secret-of-the-operator";

/// A running medallion. Dropped, it is killed.
pub struct Medallion {
	_process: Process,
	port: u16,
	/// How many objects it holds.
	pub objects: usize,
}

/// A program of the Python environment that `scripts/setup` makes.
pub fn python(name: &str) -> PathBuf {
	let home = std::env::var("HOME").expect("a user has a home");
	let path = Path::new(&home).join(".cache/testudo/python/bin").join(name);
	assert!(path.exists(), "{} is missing: run ./scripts/setup", path.display());
	path
}

impl Medallion {
	/// Starts it with its files under `folder`.
	pub fn start(folder: &Path) -> Self {
		let made = Command::new(python("python"))
			.arg(checkout().join("e2e/taxii/collection.py"))
			.arg(folder)
			.args(["--password", PASSWORD])
			.output()
			.expect("python starts");
		assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
		let objects = String::from_utf8_lossy(&made.stdout).trim().parse().expect("the script prints a number");
		let port = free_port();
		let process = Process::start(
			Command::new(python("medallion"))
				.args(["--port", &port.to_string()])
				.arg(folder.join("config.json"))
				.stdout(Stdio::null())
				.stderr(Stdio::null()),
		);
		wait_for("medallion", Duration::from_secs(60), || {
			TcpStream::connect(("127.0.0.1", port)).map(|_| ()).map_err(|error| error.to_string())
		});
		Self { _process: process, port, objects }
	}

	/// The feed that pulls it.
	pub fn feed(&self) -> Feed {
		Feed::taxii(&self.root(), COLLECTION).password(PASSWORD).page(100)
	}

	/// Its objects, byte for byte as any client gets them.
	pub fn served(&self) -> Vec<Box<RawValue>> {
		#[derive(serde::Deserialize)]
		struct Envelope {
			#[serde(default)]
			more: bool,
			next: Option<String>,
			objects: Vec<Box<RawValue>>,
		}
		let authorization = format!("Authorization: Basic {}", http::base64(&format!("{}:{PASSWORD}", feed::USER)));
		let headers = ["Accept: application/taxii+json;version=2.1", &authorization];
		let first = format!("{}collections/{COLLECTION}/objects/?limit=100", self.root());
		let mut url = first.clone();
		let mut objects = Vec::new();
		loop {
			let (status, body) = http::send("GET", &url, &headers, b"").expect("medallion answers");
			assert_eq!(status, 200, "{}", String::from_utf8_lossy(&body));
			let page: Envelope = serde_json::from_slice(&body).expect("an envelope");
			objects.extend(page.objects);
			match (page.more, page.next) {
				(true, Some(next)) => url = format!("{first}&next={next}"),
				_ => return objects,
			}
		}
	}

	fn root(&self) -> String {
		format!("http://127.0.0.1:{}/trustgroup1/", self.port)
	}
}
