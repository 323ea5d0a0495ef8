//! The whole Enterprise ATT&CK bundle, or the data in its place, from its server to Bob's store.

use crate::{seconds, Row};
use std::{
	sync::{Arc, Mutex},
	time::{Duration, Instant},
};
use testudo::store::Store;
use testudo_e2e::{
	data::{objects, threat_data},
	feed,
	http::{Response, Server},
	taxii, Cli, Feed, Folder, Node,
};

/// Time between two looks at the worker's counters.
const GLANCE: Duration = Duration::from_millis(50);

/// What came through, and when.
struct Passage {
	objects: usize,
	records: usize,
	/// The worker has fetched all.
	fetched: Duration,
	/// All is on chain.
	published: Duration,
	/// All is in Bob's store.
	stored: Duration,
}

/// The bundle as one file, and in pages of a TAXII server.
pub fn rows() -> Vec<Row> {
	let bytes = threat_data();
	let held: Vec<String> = objects(&bytes).iter().map(|raw| raw.get().to_string()).collect();
	let (count, blob) = (held.len(), Mutex::new(0));
	let file = Server::start(move |_| Response::ok("application/json", bytes.clone()));
	let pages = taxii::serve(Arc::new(Mutex::new(held)));
	let of_file = Feed::bundle(&format!("{}/bundle.json", file.url()));
	let of_pages = Feed::taxii(&pages.url(), taxii::COLLECTION).page(1_000);
	let mut rows = described("one file", &pass(&of_file, &[], count, &blob));
	rows.extend(described("TAXII pages of 1,000", &pass(&of_pages, &[], count, &blob)));
	let half_second = pass(&of_pages, &["--sealing", "500"], count, &blob);
	rows.extend(described("TAXII pages of 1,000, half-second blocks", &half_second));
	let blob = blob.into_inner().expect("nobody panics with the lock");
	rows.push(Row::new("runtime blob, compressed", format!("{:.2} MiB", blob as f64 / 1_048_576.0), "2.5 MiB"));
	rows
}

fn described(source: &str, passage: &Passage) -> Vec<Row> {
	let Passage { objects, records, fetched, published, stored } = *passage;
	let rate = |count: usize, time: Duration| format!("{:.0} a second", count as f64 / time.as_secs_f64());
	vec![
		Row::new(format!("{objects} objects from server to Bob's store, {source}"), seconds(stored), "below 30 s"),
		Row::new("the same, objects", rate(objects, stored), ""),
		Row::new("the same, records", rate(records, stored), ""),
		Row::new("the worker: fetched, checked and sealed", rate(objects, fetched), "5,000 a second"),
		Row::new("the worker: on chain", rate(objects, published), "5,000 a second"),
	]
}

/// The reader is one that stays, as an agent does. Whatever looks on costs the two next to nothing.
fn pass(feed: &Feed, arguments: &[&str], count: usize, blob: &Mutex<usize>) -> Passage {
	let folder = Folder::new("bench-path");
	let node = Node::start(&folder.join("node"), arguments);
	*blob.lock().expect("nobody panics with the lock") = node.runtime_blob().len();
	let (alice, bob) = (Cli::new(&node, "alice", &folder), Cli::new(&node, "bob", &folder));
	bob.ok(&["sync"]);
	let _reader = bob.start(&["sync", "--follow"]);
	let store = Store::open_existing(bob.store()).expect("the store is there");
	let begun = Instant::now();
	feed.apply(&alice, &folder);
	let (mut fetched, mut published) = (None, None);
	loop {
		let status = feed::kept_status(&node).unwrap_or_default();
		fetched = fetched.or((status.fetched >= count as u64).then(|| begun.elapsed()));
		published = published.or((status.published >= count as u64).then(|| begun.elapsed()));
		let totals = store.totals().expect("the store can be read");
		if let (Some(fetched), Some(published), true) = (fetched, published, totals.objects >= count as u64) {
			let stored = begun.elapsed();
			return Passage { objects: count, records: totals.records as usize, fetched, published, stored };
		}
		std::thread::sleep(GLANCE);
	}
}
