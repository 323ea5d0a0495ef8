//! Starts the real programs for the end-to-end tests and takes them down again.
//!
//! The binaries are those that `cargo build --release --workspace --bins` left beside the tests, or those in the folder
//! that the environment variable `TESTUDO_BIN` names. What a test wrote is kept, and named, when it fails.

pub mod cli;
pub mod consortium;
pub mod data;
pub mod dev;
pub mod feed;
pub mod folder;
pub mod gateway;
pub mod http;
pub mod latency;
pub mod liar;
pub mod medallion;
pub mod node;
pub mod npm;
pub mod process;
pub mod scan;
pub mod taxii;

pub use cli::Cli;
pub use dev::Dev;
pub use feed::Feed;
pub use folder::Folder;
pub use gateway::Gateway;
pub use liar::Liar;
pub use node::Node;

use std::{
	env,
	net::TcpListener,
	path::PathBuf,
	time::{Duration, Instant},
};

/// Long enough for anything that a slow machine does in some seconds.
pub const PATIENCE: Duration = Duration::from_secs(120);

/// A port nobody listens on.
pub fn free_port() -> u16 {
	let listener = TcpListener::bind("127.0.0.1:0").expect("loopback has a free port");
	listener.local_addr().expect("a bound socket has an address").port()
}

/// The folder in which cargo puts the programs of this workspace.
pub fn target_folder() -> PathBuf {
	let test = env::current_exe().expect("a test knows its own path");
	test.parent().and_then(|deps| deps.parent()).expect("tests lie in deps/").into()
}

/// The checkout that this runs in. Not compiled in: clones share what is built.
pub fn checkout() -> PathBuf {
	let here = env::current_dir().expect("there is a current folder");
	let found = here.ancestors().find(|folder| folder.join("e2e/taxii").is_dir());
	found.unwrap_or_else(|| panic!("{} is not in a checkout: change to one", here.display())).into()
}

/// A program of this workspace.
pub fn program(name: &str) -> PathBuf {
	let folder = env::var_os("TESTUDO_BIN").map_or_else(target_folder, PathBuf::from);
	let path = folder.join(name);
	assert!(path.exists(), "{} is missing: run cargo build --release --workspace --bins", path.display());
	path
}

/// Asks until the answer is there. Panics with the last complaint when `limit` is over.
pub fn wait_for<T>(what: &str, limit: Duration, mut ask: impl FnMut() -> Result<T, String>) -> T {
	let start = Instant::now();
	loop {
		match ask() {
			Ok(answer) => return answer,
			Err(complaint) if start.elapsed() > limit => panic!("{what}: not within {limit:?}: {complaint}"),
			Err(_) => std::thread::sleep(Duration::from_millis(200)),
		}
	}
}
