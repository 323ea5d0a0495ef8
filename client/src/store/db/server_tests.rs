use crate::{
	error::Error,
	store::{
		samples,
		testing::{Home, Server, PASSWORD},
		Content, NewObject, Sought, Store, Synced,
	},
};
use cti_primitives::{RecordId, RecordStatus};
use std::{ops::ControlFlow, path::PathBuf, thread, time::Duration};

const SECRET: &[u8] = b"only in the withdrawn record";

fn put(store: &mut Store, n: u32, object: NewObject) {
	store.batch(|batch| batch.put_record(&samples::record(0, n), &Content::Open(vec![object]))).unwrap();
}

fn name(home: &Home) -> &str {
	match home {
		Home::Database(name) => name,
		Home::Folder(_) => unreachable!("these tests have databases"),
	}
}

fn open(url: &str) -> Result<Store, Error> {
	Store::open(PathBuf::from(url))
}

fn use_store(home: &Home) {
	let mut store = Store::open_to_write(home.place()).unwrap();
	put(&mut store, 0, samples::object("tool--1", SECRET));
	assert_eq!(store.totals().unwrap().objects, 1);
}

#[tokio::test]
async fn store_should_be_used_from_code_that_waits_in_one_thread() {
	use_store(&Home::database());
}

#[tokio::test(flavor = "multi_thread")]
async fn store_should_be_used_from_code_that_waits_in_several_threads() {
	let home = Home::database();
	use_store(&home);
	tokio::spawn(async { use_store(&Home::database()) }).await.unwrap();
	tokio::task::spawn_blocking(move || use_store(&home)).await.unwrap();
}

#[test]
fn rows_should_come_in_parts_while_others_are_asked_for() {
	let home = Home::database();
	let store = home.open();
	let numbers = "SELECT CAST(number AS BIGINT) FROM generate_series(1, 300) AS number ORDER BY 1";
	let mut seen = Vec::new();
	let ended = store.db.each(numbers, &[], |row| {
		let number: i64 = row.get(0)?;
		let mut others = 0;
		store.db.each(numbers, &[], |_| {
			others += 1;
			Ok(if others == 200 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
		})?;
		assert_eq!(others, 200);
		seen.push(number);
		Ok(ControlFlow::Continue(()))
	});
	ended.unwrap();
	assert_eq!(seen, (1..=300).collect::<Vec<_>>());
	let failed = store.db.each(numbers, &[], |_| Err(Error::Internal("no more".into())));
	assert_eq!(failed.unwrap_err().to_string(), "no more");
	assert!(store.synced().unwrap().is_none(), "it goes on after that");
}

#[test]
fn reader_should_see_what_stood_when_it_began() {
	let home = Home::database();
	let (mut store, reader) = (home.open(), home.open());
	let block = |number: u32| Synced { number, hash: [number as u8; 32] };
	store.batch(|batch| (0..2).map(block).try_for_each(|block| batch.set_synced(block))).unwrap();
	let mut counts = Vec::new();
	reader
		.db
		.each("SELECT number FROM synced", &[], |_| {
			store.batch(|batch| batch.set_synced(block(9 + counts.len() as u32)))?;
			counts.push(reader.synced_blocks()?.len());
			Ok(ControlFlow::Continue(()))
		})
		.unwrap();
	assert_eq!(counts, [2, 2]);
	assert_eq!(reader.synced_blocks().unwrap().len(), 4);
}

#[test]
fn batch_whose_failure_is_passed_over_should_keep_nothing_and_say_so() {
	let home = Home::database();
	let mut store = home.open();
	let passed_over = store.batch(|batch| {
		batch.put_record(&samples::record(0, 0), &Content::Closed)?;
		let _ = batch.transaction.execute("INSERT INTO nowhere VALUES (1)", &[]);
		Ok(())
	});
	assert!(passed_over.unwrap_err().to_string().contains("nothing of it was kept"));
	assert_eq!(store.totals().unwrap().records, 0);
	use_store(&home);
}

#[test]
fn what_postgres_cannot_index_or_keep_as_text_should_keep_nobody_from_the_rest() {
	let home = Home::database();
	let mut store = home.open();
	// Such that nothing makes it shorter.
	let value: String =
		(0..2_000u32).map(|n| format!("{:x}", n.wrapping_mul(2_654_435_761))).collect::<String>()[..4_000].into();
	let path = format!("file:hashes.'{value}{value}\0'");
	let object = NewObject {
		name: Some("a\0b".into()),
		sought: vec![Sought { key: value.clone(), path, value: value.clone() }],
		..samples::object("file--1", b"a\0b")
	};
	put(&mut store, 0, object);
	let found = store.look_up(&value, 10).unwrap().matches;
	assert_eq!((found.len(), found[0].object.name.as_deref()), (1, Some("a\u{fffd}b")));
	assert!(found[0].path.ends_with("\u{fffd}'"));
	assert_eq!(store.raw(&found[0].object).unwrap(), b"a\0b");
}

#[test]
fn place_of_deleted_content_should_be_given_free_once_nobody_reads_from_before() {
	let home = Home::database();
	let mut store = home.open();
	put(&mut store, 0, samples::object("indicator--1", SECRET));
	let reader = home.open();
	reader.db.execute_batch("BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM records;").unwrap();
	store.batch(|batch| batch.set_status("0/0".parse().unwrap(), RecordStatus::Withdrawn)).unwrap();
	store.truncate_log().unwrap();
	assert!(store.deleted_records().unwrap().is_empty(), "somebody could read it still");
	drop(reader);
	// The server may take its time to notice.
	while store.truncation_is_due().unwrap() {
		store.truncate_log().unwrap();
	}
	assert_eq!(store.deleted_records().unwrap(), ["0/0".parse::<RecordId>().unwrap()]);
	assert_eq!(Server::get().psql(name(&home), "SELECT pg_relation_size('contents')"), "0");
}

#[test]
fn who_may_only_read_should_read_and_be_told_that_it_is_all() {
	let home = Home::database();
	use_store(&home);
	let role = format!("reader_of_{}", name(&home));
	home.run(&format!("CREATE ROLE {role} LOGIN; GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role}"));
	let mut store = open(&Server::get().url(name(&home)).replace("testudo@", &format!("{role}@"))).unwrap();
	assert_eq!(store.totals().unwrap().objects, 1);
	let refused = store.batch(|batch| batch.set_synced(Synced { number: 1, hash: [1; 32] })).unwrap_err();
	assert!(refused.to_string().contains("permission denied for table synced"), "{refused}");
}

#[test]
fn stores_should_live_side_by_side_in_schemas_of_one_database() {
	let home = Home::database();
	home.run("CREATE SCHEMA ann; CREATE SCHEMA ben");
	let place =
		|schema: &str| PathBuf::from(format!("{}?options=-csearch_path%3D{schema}", Server::get().url(name(&home))));
	let (mut ann, ben) = (Store::open_to_write(place("ann")).unwrap(), Store::open_to_write(place("ben")).unwrap());
	put(&mut ann, 0, samples::object("tool--1", SECRET));
	assert_eq!((ann.totals().unwrap().objects, ben.totals().unwrap().objects), (1, 0));
	assert!(Store::open_to_write(place("ann")).is_err());
}

#[test]
fn connection_that_ends_should_be_an_error_and_no_waiting() {
	let home = Home::database();
	let mut store = Store::open_to_write(home.place()).unwrap();
	home.run(
		"SELECT pg_terminate_backend(pid) FROM pg_stat_activity
		WHERE application_name = 'testudo' AND datname = current_database()",
	);
	assert!(store.synced().is_err());
	let ended = store.batch(|batch| batch.set_synced(Synced { number: 1, hash: [1; 32] })).unwrap_err();
	assert!(ended.to_string().starts_with("local store postgres://testudo@"), "{ended}");
	drop(store);
	// The server says that it ends the connection before it gives its lock back.
	let is_free = (0..100).any(|_| {
		thread::sleep(Duration::from_millis(50));
		Store::open_to_write(home.place()).is_ok()
	});
	assert!(is_free, "its lock is gone, too");
}

#[test]
fn server_should_be_believed_by_its_certificate_only() {
	let home = Home::database();
	home.open();
	let server = Server::get();
	let url = |host: &str, options: &str| {
		format!("postgres://testudo:{PASSWORD}@{host}:{}/{}?{options}", server.port, name(&home))
	};
	let roots = format!("sslrootcert={}", server.folder.join("server.pem").display());
	let known = open(&url("localhost", &format!("sslmode=verify-full&{roots}"))).unwrap();
	let encrypted = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()";
	assert!(known.db.query_one::<bool>(encrypted, &[], |row| row.get(0)).unwrap());
	for (url, reason) in [
		(url("localhost", "sslmode=require"), "certificate"),
		(url("127.0.0.1", &format!("sslmode=require&{roots}")), "certificate"),
		(url("localhost", "sslmode=disable"), "no encryption"),
		(url("localhost", "sslmode=require&sslrootcert=/nowhere.pem"), "/nowhere.pem"),
		(
			url("localhost", &format!("sslmode=require&{roots}")).replace(PASSWORD, "wr0ng"),
			"password authentication failed",
		),
	] {
		let refused = open(&url).err().unwrap();
		let text = format!("{refused} {} {refused:?}", refused.advice());
		assert!(text.contains(reason), "{refused}");
		assert!(!text.contains(PASSWORD) && !text.contains("wr0ng"), "{refused}");
	}
}
