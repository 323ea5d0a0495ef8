//! A store of many objects, and the gateway over it: what `scripts/bench-taxii` compares with other servers.

use cti_primitives::{AuthorId, Epoch, GroupId, RecordId, Scope, Tlp};
use cti_stix::{read_object, Limits};
use serde_json::json;
use std::{
	fs::{self, File},
	io::{self, BufWriter, Read, Write},
	path::{Path, PathBuf},
	time::{Duration, Instant},
};
use testudo::store::{Batch, Content, Filter, NewObject, NewRecord, Reader, Store};
use testudo_e2e::{
	gateway::{Account, Gateway},
	Cli, Folder,
};

/// Objects of a record, as the worker packs small ones.
const PER_RECORD: usize = 100;
/// One record of so many is for everybody.
const RARE: u32 = 100;
/// Records of a transaction, as a sync has them.
const PER_BATCH: usize = 200;

/// So often a question is asked.
const ASKED: usize = 200;
const FOR_ANYONE: Reader = Reader { scope: Scope::Anyone, ceiling: Tlp::Clear, group: None, now: 1_770_000_000 };

/// `--objects N --folder DIR`
pub struct Options {
	objects: usize,
	folder: PathBuf,
}

impl Options {
	/// From the command line's rest.
	pub fn read(arguments: &[String]) -> Option<Self> {
		let value = |name: &str| {
			let place = arguments.iter().position(|argument| argument == name)?;
			arguments.get(place + 1)
		};
		Some(Self { objects: value("--objects")?.parse().ok()?, folder: value("--folder")?.into() })
	}
}

/// Fills the store, serves it, and stays until standard input ends.
pub fn run(options: &Options) {
	let scratch = Folder::new("bench-taxii");
	let alice = Cli::at("ws://127.0.0.1:1", "alice", &scratch);
	println!("{}", filled(alice.store(), options));
	println!("{}", asked(&Store::open_existing(alice.store()).expect("it is there"), options.objects));
	let account = Account::new(&alice, "bench", "for = \"own-staff\"\nrequests_per_minute = 1000000");
	let gateway = Gateway::start(&alice, &scratch, &[&account], "page = 10000", &[]);
	let collection = gateway.get(&account, "/testudo/collections/everything/").body["id"].clone();
	let said = json!({
		"url": format!("{}/testudo/", gateway.url),
		"collection": collection,
		"user": account.name,
		"password": account.password,
		"pid": gateway.pid(),
	});
	fs::write(options.folder.join("gateway.json"), said.to_string()).expect("the folder can be written");
	// Whoever started this ends it by closing the pipe.
	let _ = io::stdin().read_to_end(&mut Vec::new());
	gateway.stop();
}

/// Its row of the table that compares servers.
fn filled(folder: &Path, options: &Options) -> String {
	let mut store = Store::open_to_write(folder).expect("a new store");
	store.require_chain(&[7; 32]).expect("a new store is of no chain");
	store.batch(|batch| batch.put_group(GroupId(0), "all", true)).expect("it can be written");
	let lines = File::create(options.folder.join("objects.jsonl")).expect("the folder can be written");
	let mut lines = BufWriter::new(lines);
	let (mut number, mut took) = (0, Duration::ZERO);
	while number < options.objects {
		let until = options.objects.min(number + PER_RECORD * PER_BATCH);
		let raws: Vec<String> = (number..until).map(indicator).collect();
		raws.iter().for_each(|raw| writeln!(lines, "{raw}").expect("the disk has room"));
		let start = Instant::now();
		let put = |batch: &Batch| {
			let mut records = (number / PER_RECORD..).zip(raws.chunks(PER_RECORD));
			records.try_for_each(|(n, raws)| batch.put_record(&record(n as u32), &Content::Open(read(raws))))
		};
		store.batch(put).expect("it can be written");
		took += start.elapsed();
		number = until;
	}
	lines.flush().expect("the disk has room");
	let rate = options.objects as f64 / took.as_secs_f64();
	format!("| Testudo | {} objects read, indexed and stored | {rate:.0} a second |", options.objects)
}

/// Rows of what is asked of the store itself: a value that it knows, and pages for who may see one object of a hundred.
fn asked(store: &Store, objects: usize) -> String {
	let median = |mut times: Vec<Duration>| {
		times.sort();
		format!("{:.2} ms", times[times.len() / 2].as_secs_f64() * 1_000.0)
	};
	let timed = |ask: &dyn Fn(usize) -> usize| {
		let times = (0..ASKED).map(|number| {
			let start = Instant::now();
			assert_ne!(ask(number), 0);
			start.elapsed()
		});
		median(times.collect())
	};
	let spread = |number: usize| number * 7_919 % objects;
	let looked_up = timed(&|number| {
		let found = store.look_up(&address(spread(number)).replace('.', "[.]"), 100).expect("it can be read");
		found.matches.len()
	});
	let all = store.page(&FOR_ANYONE, &Filter::default(), objects, false).expect("it can be read").objects;
	let page = timed(&|number| {
		let after = Some(all[spread(number) % all.len() / 2].0.added);
		let filter = Filter { after, ..Filter::default() };
		store.page(&FOR_ANYONE, &filter, 1_000, true).expect("it can be read").objects.len()
	});
	format!("| Testudo | a value looked up among {objects} | {looked_up} |\n| Testudo | a page of 1,000 for who may see one of {RARE} | {page} |")
}

fn read(raws: &[String]) -> Vec<NewObject> {
	let read = |raw: &String| read_object(raw.clone().into_bytes(), &Limits::default()).map(NewObject::from);
	raws.iter().map(read).collect::<Result<_, _>>().expect("the objects are well formed")
}

fn record(n: u32) -> NewRecord {
	let mut id = [0; 32];
	id[..4].copy_from_slice(&n.to_le_bytes());
	NewRecord {
		record: RecordId { author: AuthorId(0), n },
		id,
		tlp: if n.is_multiple_of(RARE) { Tlp::Clear } else { Tlp::Green },
		audience: vec![(GroupId(0), Epoch(0))],
		direct: 0,
		at: (n + 1, 1),
		bytes: 65_536,
		leaves: PER_RECORD as u32,
		published: 1_760_000_000 + u64::from(n),
		valid_until: None,
		revises: None,
		techniques: Vec::new(),
	}
}

fn address(number: usize) -> String {
	let [a, b, c, d] = (number as u32).to_be_bytes();
	format!("{}.{b}.{c}.{d}", 11 + a)
}

/// An indicator of an address of its own, with what a feed's usually have.
fn indicator(number: usize) -> String {
	let address = address(number);
	json!({
		"type": "indicator",
		"spec_version": "2.1",
		"id": format!("indicator--{number:08x}-0000-4000-8000-000000000000"),
		"created": "2026-01-31T12:00:00.000Z",
		"modified": format!("2026-01-31T12:{:02}:{:02}.{:03}Z", number / 60_000 % 60, number / 1_000 % 60, number % 1_000),
		"name": format!("Command and control at {address}"),
		"description": "Seen in beacons of a loader; first reported by a member's own sensors.",
		"indicator_types": ["malicious-activity"],
		"pattern": format!("[ipv4-addr:value = '{address}']"),
		"pattern_type": "stix",
		"valid_from": "2026-01-31T12:00:00Z",
		"labels": ["c2", "loader"],
	})
	.to_string()
}
