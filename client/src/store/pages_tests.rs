use super::*;
use crate::store::{
	db::{values, Db},
	samples, schema,
	testing::{on_both, Home},
	Content, NewObject, NewRecord,
};
use cti_primitives::{Epoch, RecordStatus};

on_both! {
	nothing_should_be_lost_or_told_twice_while_records_come_and_go,
	markings_groups_and_ends_should_decide_what_a_reader_sees,
	filters_should_match_ids_types_and_what_lacks_something,
	versions_should_be_chosen_among_those_that_the_reader_sees,
	what_comes_to_light_later_should_be_new_to_who_was_there_before,
	older_store_should_be_brought_up_to_date,
	store_of_the_release_before_should_keep_what_it_shows,
}

const NOW: u64 = 1_000;
/// Whose AMBER goes to clients.
const OPEN: GroupId = GroupId(0);

struct Sample {
	store: Store,
}

impl Sample {
	fn new(home: &Home) -> Self {
		let mut store = home.open();
		store.batch(|batch| batch.put_group(OPEN, "all", true)).unwrap();
		Self { store }
	}

	fn put(&mut self, record: &NewRecord, objects: &[NewObject]) {
		self.store.batch(|batch| batch.put_record(record, &Content::Open(objects.to_vec()))).unwrap();
	}

	fn set(&mut self, record: &str, status: RecordStatus) {
		self.store.batch(|batch| batch.set_status(record.parse().unwrap(), status)).unwrap();
	}

	fn page(&self, reader: &Reader, filter: &Filter, limit: usize) -> Page {
		self.store.page(reader, filter, limit, true).unwrap()
	}

	/// Texts of all that the reader sees, from page to page.
	fn texts(&self, reader: &Reader, filter: &Filter) -> Vec<String> {
		let (mut filter, mut texts) = (filter.clone(), Vec::new());
		loop {
			let page = self.page(reader, &filter, 2);
			texts.extend(page.objects.iter().map(|(_, raw)| String::from_utf8(raw.clone()).unwrap()));
			match page.objects.last() {
				Some((last, _)) if page.more => filter.after = Some(last.added),
				_ => return texts,
			}
		}
	}

	fn newest(&self) -> Filter {
		let all = self.page(&everything(), &Filter { versions: vec![Version::All], ..Filter::default() }, 1_000);
		Filter { after: all.objects.last().map(|(placed, _)| placed.added), ..Filter::default() }
	}
}

fn everything() -> Reader {
	Reader { scope: Scope::OwnStaff, ceiling: Tlp::AmberStrict, group: None, now: NOW }
}

fn record(n: u32) -> NewRecord {
	samples::record(0, n)
}

/// A version of a tool.
fn tool(number: u32, version: i64, text: &str) -> NewObject {
	NewObject { version: Some(version), ..samples::object(&format!("tool--{number}"), text.as_bytes()) }
}

fn nothing_should_be_lost_or_told_twice_while_records_come_and_go(home: &Home) {
	let mut sample = Sample::new(home);
	let text = |n: u32| format!("object {n}");
	for n in 0..20 {
		sample.put(&record(n), &[tool(2 * n, 1, &text(2 * n)), tool(2 * n + 1, 1, &text(2 * n + 1))]);
	}
	let (mut filter, mut told, mut next) = (Filter::default(), Vec::new(), 20);
	let mut withdrawn = Vec::new();
	loop {
		let page = sample.page(&everything(), &filter, 3);
		told.extend(page.objects.iter().map(|(_, raw)| String::from_utf8(raw.clone()).unwrap()));
		filter.after = page.objects.last().map(|(placed, _)| placed.added).or(filter.after);
		if next < 26 {
			// One that was told, and one that was not.
			for n in [next - 20, 39 - next] {
				sample.set(&format!("0/{n}"), RecordStatus::Withdrawn);
				withdrawn.push(n);
			}
			sample.put(&record(next), &[tool(2 * next, 1, &text(2 * next))]);
			next += 1;
		} else if !page.more {
			break;
		}
	}
	let mut unrepeated = told.clone();
	unrepeated.sort();
	unrepeated.dedup();
	assert_eq!(unrepeated.len(), told.len(), "twice: {told:?}");
	for n in (0..20).filter(|n| !withdrawn.contains(n)) {
		assert!(told.contains(&text(2 * n)) && told.contains(&text(2 * n + 1)), "lost: {n}");
	}
	for n in 20..26 {
		assert!(told.contains(&text(2 * n)), "lost: {n}");
	}
	let left = sample.texts(&everything(), &Filter::default());
	assert_eq!(left.len(), 2 * (20 - withdrawn.len()) + 6, "the withdrawn should be gone");
}

fn markings_groups_and_ends_should_decide_what_a_reader_sees(home: &Home) {
	let mut sample = Sample::new(home);
	let closed = GroupId(7);
	let of = |n: u32, tlp: Tlp, group: GroupId| NewRecord { tlp, audience: vec![(group, Epoch(1))], ..record(n) };
	for (n, tlp) in [(0, Tlp::Clear), (1, Tlp::Green), (2, Tlp::Amber), (3, Tlp::AmberStrict), (4, Tlp::Red)] {
		sample.put(&of(n, tlp, OPEN), &[tool(n, 1, tlp.name())]);
	}
	sample.put(&of(5, Tlp::Amber, closed), &[tool(5, 1, "AMBER of a closed group")]);
	sample.put(&NewRecord { valid_until: Some(NOW), ..record(6) }, &[tool(6, 1, "no longer valid")]);
	sample.put(&of(7, Tlp::Clear, OPEN), &[tool(7, 1, "CLEAR, the last")]);
	let seen = |reader: Reader| sample.texts(&reader, &Filter::default());
	let of_scope = |scope| Reader { scope, ..everything() };
	assert_eq!(seen(of_scope(Scope::Anyone)), ["CLEAR", "CLEAR, the last"]);
	assert_eq!(seen(of_scope(Scope::Community)), ["CLEAR", "GREEN", "CLEAR, the last"]);
	assert_eq!(seen(of_scope(Scope::OwnClient)), ["CLEAR", "GREEN", "AMBER", "CLEAR, the last"]);
	let staff = ["CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "AMBER of a closed group", "CLEAR, the last"];
	assert_eq!(seen(everything()), staff);
	assert_eq!(seen(Reader { ceiling: Tlp::Green, ..everything() }), ["CLEAR", "GREEN", "CLEAR, the last"]);
	assert_eq!(seen(Reader { group: Some(closed), ..everything() }), ["AMBER of a closed group"]);
	assert_eq!(seen(Reader { group: Some(OPEN), ..everything() }), [&staff[..4], &staff[5..]].concat());
	let tools = Filter { types: vec!["tool".into(), "malware".into()], ..Filter::default() };
	assert_eq!(sample.texts(&Reader { group: Some(closed), ..everything() }, &tools), ["AMBER of a closed group"]);
	assert_eq!(sample.texts(&of_scope(Scope::Community), &tools), ["CLEAR", "GREEN", "CLEAR, the last"]);
}

fn filters_should_match_ids_types_and_what_lacks_something(home: &Home) {
	let mut sample = Sample::new(home);
	let malware = NewObject { kind: "malware".into(), ..samples::object("malware--1", b"malware") };
	let lax = NewObject { is_strict: false, ..tool(3, 1, "lax") };
	sample.put(&record(0), &[tool(1, 1, "one"), malware, tool(2, 1, "two"), lax]);
	let texts = |filter: Filter| sample.texts(&everything(), &filter);
	let ids = |ids: &[&str]| ids.iter().map(ToString::to_string).collect::<Vec<_>>();
	let types = |types: &[&str]| types.iter().map(ToString::to_string).collect::<Vec<_>>();
	assert_eq!(texts(Filter::default()), ["one", "malware", "two"]);
	assert_eq!(texts(Filter { strict: Some(false), ..Filter::default() }), ["lax"]);
	assert_eq!(texts(Filter { types: types(&["tool"]), ..Filter::default() }), ["one", "two"]);
	assert_eq!(texts(Filter { types: types(&["tool", "malware"]), ..Filter::default() }), ["one", "malware", "two"]);
	assert_eq!(texts(Filter { ids: ids(&["tool--2", "malware--1"]), ..Filter::default() }), ["malware", "two"]);
	let both = Filter { ids: ids(&["tool--2", "malware--1"]), types: types(&["tool"]), ..Filter::default() };
	assert_eq!(texts(both), ["two"]);
}

fn versions_should_be_chosen_among_those_that_the_reader_sees(home: &Home) {
	let mut sample = Sample::new(home);
	sample.put(&record(0), &[tool(1, 10, "v1")]);
	sample.put(&NewRecord { tlp: Tlp::Amber, ..record(1) }, &[tool(1, 20, "v2")]);
	sample.put(&record(2), &[tool(1, 10, "v1")]);
	let texts =
		|reader: &Reader, version| sample.texts(reader, &Filter { versions: vec![version], ..Filter::default() });
	let community = Reader { scope: Scope::Community, ..everything() };
	assert_eq!(texts(&everything(), Version::Last), ["v2"]);
	assert_eq!(texts(&everything(), Version::First), ["v1"]);
	assert_eq!(texts(&everything(), Version::All), ["v1", "v2"], "equal ones count once");
	assert_eq!(texts(&everything(), Version::At(20)), ["v2"]);
	assert_eq!(texts(&everything(), Version::At(15)), [""; 0]);
	assert_eq!(texts(&community, Version::Last), ["v1"], "what it must not see hides nothing");
	let several = Filter { versions: vec![Version::First, Version::Last], ..Filter::default() };
	assert_eq!(sample.texts(&everything(), &several), ["v1", "v2"]);
}

fn what_comes_to_light_later_should_be_new_to_who_was_there_before(home: &Home) {
	let mut sample = Sample::new(home);
	let late = GroupId(3);
	sample.put(&NewRecord { tlp: Tlp::Amber, audience: vec![(late, Epoch(1))], ..record(0) }, &[tool(1, 1, "amber")]);
	sample.put(&record(1), &[tool(2, 1, "first")]);
	sample.put(&record(2), &[tool(2, 1, "other bytes of the same version")]);
	sample.put(&NewRecord { valid_until: Some(1), ..record(3) }, &[tool(3, 1, "extended")]);
	sample.put(&record(4), &[tool(4, 1, "judged")]);
	sample.set("0/4", RecordStatus::Refuted);
	let news = sample.newest();
	let clients = Reader { scope: Scope::OwnClient, ..everything() };
	assert_eq!(sample.texts(&clients, &news), [""; 0]);
	sample.store.batch(|batch| batch.put_group(late, "late", true)).unwrap();
	assert_eq!(sample.texts(&clients, &news), ["amber"]);
	assert_eq!(sample.texts(&Reader { group: Some(late), ..clients }, &news), ["amber"]);
	// A policy that is loosened later is for what is published from then on.
	let strict = GroupId(5);
	let amber = |n: u32, block: u32| {
		let groups = vec![(strict, Epoch(1))];
		NewRecord { tlp: Tlp::Amber, audience: groups, at: (block, 1), ..record(n) }
	};
	sample.store.batch(|batch| batch.put_group(strict, "strict", false)).unwrap();
	sample.put(&amber(5, 20), &[tool(5, 1, "before")]);
	sample.store.batch(|batch| batch.set_pass_on(strict, true, 21)).unwrap();
	sample.store.batch(|batch| batch.put_group(strict, "strict", true)).unwrap();
	sample.put(&amber(6, 21), &[tool(6, 1, "after")]);
	let of_strict = Reader { group: Some(strict), ..clients };
	assert_eq!(sample.texts(&of_strict, &Filter::default()), ["after"]);
	sample.store.batch(|batch| batch.set_pass_on(strict, false, 22)).unwrap();
	assert_eq!(sample.texts(&of_strict, &Filter::default()), [""; 0]);
	sample.store.batch(|batch| batch.set_pass_on(strict, true, 30)).unwrap();
	assert_eq!(sample.texts(&of_strict, &Filter::default()), [""; 0], "it was not so all the time");
	assert_eq!(sample.texts(&everything(), &Filter { ids: vec!["tool--5".into()], ..Filter::default() }), ["before"]);
	sample.set("0/1", RecordStatus::Refuted);
	assert_eq!(sample.texts(&clients, &news), ["amber", "other bytes of the same version"]);
	sample.store.batch(|batch| batch.set_valid_until("0/3".parse().unwrap(), NOW + 1)).unwrap();
	assert_eq!(sample.texts(&clients, &news), ["amber", "other bytes of the same version", "extended"]);
	sample.set("0/4", RecordStatus::Confirmed);
	assert_eq!(sample.texts(&clients, &news), ["amber", "other bytes of the same version", "extended", "judged"]);
}

fn store_of_the_release_before_should_keep_what_it_shows(home: &Home) {
	let older = Db::open(&home.place()).unwrap();
	for definitions in [schema::TABLES, schema::STEP_4, schema::STEP_4_INDEXES] {
		older.define(definitions).unwrap();
	}
	let raw = br#"{"type":"ipv4-addr","id":"ipv4-addr--ff26c055-6336-5bc5-b98d-13d6226742dd","value":"198.51.100.3"}"#;
	let content =
		older.insert("INSERT INTO contents (digest, raw) VALUES (?, ?)", "content", &values![&[0], raw]).unwrap();
	older.execute("INSERT INTO groups (id, name, pass_on_to_clients) VALUES (0, 'all', 1)", &[]).unwrap();
	for (n, tlp) in [(0i64, "GREEN"), (1, "AMBER")] {
		let record =
			"INSERT INTO records VALUES (0, ?, ?, ?, '[[0,1]]', 0, 9, 1, 1, 1, 1, NULL, NULL, 'open', 'open', NULL)";
		older.execute(record, &values![n, &[n as u8; 32], tlp]).unwrap();
		let id = format!("ipv4-addr--{n}");
		let object = "INSERT INTO objects (author, n, position, id, type, content, added, version, strict)
			VALUES (0, ?, 0, ?, 'ipv4-addr', ?, ?, 1, 0)";
		older.execute(object, &values![n, &id, content, 10 + n]).unwrap();
		let place = "INSERT INTO object_groups (group_id, added, author, n, position) VALUES (0, ?, 0, ?, 0)";
		older.execute(place, &values![10 + n, n]).unwrap();
	}
	older.set_version(5).unwrap();
	drop(older);
	let store = home.open();
	let types = vec!["ipv4-addr".to_string()];
	for (scope, seen) in [(Scope::Anyone, 0), (Scope::Community, 1), (Scope::OwnClient, 2)] {
		for (group, types) in [(None, vec![]), (Some(OPEN), vec![]), (None, types.clone())] {
			let filter = Filter { types, ..Filter::default() };
			let page = store.page(&Reader { scope, group, ..everything() }, &filter, 10, false).unwrap();
			assert_eq!(page.objects.len(), seen, "{scope:?} {group:?}: it has all that STIX 2.1 requires, too");
		}
	}
}

fn older_store_should_be_brought_up_to_date(home: &Home) {
	let (id, raw) = (
		"ipv4-addr--ff26c055-6336-5bc5-b98d-13d6226742dd",
		br#"{"type":"ipv4-addr","id":"ipv4-addr--ff26c055-6336-5bc5-b98d-13d6226742dd","value":"198.51.100.3"}"#,
	);
	let older = Db::open(&home.place()).unwrap();
	older.define(schema::TABLES).unwrap();
	let contents = "INSERT INTO contents (digest, raw) VALUES (?, ?)";
	let content = older.insert(contents, "content", &values![&[0], raw]).unwrap();
	let record =
		"INSERT INTO records VALUES (0, 4, ?, 'GREEN', '[[0,1]]', 0, 1, 1, 1, 1, 1, NULL, NULL, 'open', 'open', NULL)";
	older.execute(record, &values![&[0; 32]]).unwrap();
	let object = "INSERT INTO objects VALUES (0, 4, 0, ?, 'ipv4-addr', NULL, NULL, ?)";
	older.execute(object, &values![id, content]).unwrap();
	older.set_version(3).unwrap();
	drop(older);
	let store = home.open();
	let page = store.page(&Reader { group: Some(OPEN), ..everything() }, &Filter::default(), 10, true).unwrap();
	assert_eq!(page.objects.len(), 1);
	assert_eq!(page.objects[0].1, raw);
	for (scope, seen) in [(Scope::Anyone, 0), (Scope::Community, 1)] {
		for group in [None, Some(OPEN)] {
			let reader = Reader { scope, group, ..everything() };
			assert_eq!(store.page(&reader, &Filter::default(), 10, false).unwrap().objects.len(), seen);
		}
	}
	assert_eq!(page.objects[0].0.version, page.objects[0].0.added);
	assert_eq!(store.look_up("198.51.100.3", 10).unwrap().matches.len(), 1);
	drop(store);
	assert!(Store::open(home.place()).is_ok());
}
