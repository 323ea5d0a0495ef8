//! Objects published by hand, and read by a store that begins with nothing.

use crate::Row;
use std::time::Instant;
use testudo_e2e::{
	data::{bundle, indicators},
	Cli, Folder, Node,
};

/// Some 50 MB.
const OBJECTS: usize = 150_000;

/// Publishing, and then a whole first sync: fetched, opened, checked, indexed and stored.
pub fn rows() -> Vec<Row> {
	let folder = Folder::new("bench-ingest");
	let node = Node::start(&folder.join("node"), &[]);
	let (alice, bob) = (Cli::new(&node, "alice", &folder), Cli::new(&node, "bob", &folder));
	let file = folder.write("many.json", bundle(&indicators(0, OBJECTS)));
	let rate = |begun: Instant| format!("{:.0} a second", OBJECTS as f64 / begun.elapsed().as_secs_f64());
	let begun = Instant::now();
	alice.ok(&["publish", &file, "--group", "0", "--marking", "green"]);
	let published = rate(begun);
	let begun = Instant::now();
	bob.ok(&["sync"]);
	let read = rate(begun);
	assert_eq!(bob.objects(), OBJECTS as u64);
	vec![
		Row::new(format!("{OBJECTS} objects published by hand, one-second blocks"), published, ""),
		Row::new("the same, read by the first sync of a new store", read, "20,000 a second"),
	]
}
