use crate::store::{
	db::{values, Db, Link},
	samples, schema,
	testing::Home,
	Content, Store, Synced,
};
use cti_primitives::{MemberId, RecordId, RecordStatus};
use rusqlite::Connection;
use std::{fs, time::Duration};

const SECRET: &[u8] = b"only in the withdrawn record";

fn connection(store: &Store) -> &Connection {
	match &store.db.link {
		Link::File(file) => &file.connection,
		Link::Server(_) => unreachable!("these tests have files"),
	}
}

fn fill(store: &mut Store) {
	let content = Content::Open(vec![samples::object("indicator--1", SECRET)]);
	store.batch(|batch| batch.put_record(&samples::record(0, 0), &content)).unwrap();
}

#[test]
fn log_that_somebody_reads_should_be_truncated_later() {
	let home = Home::folder();
	let mut store = home.open();
	fill(&mut store);
	let reader = home.open();
	connection(&reader).execute_batch("BEGIN; SELECT count(*) FROM records;").unwrap();
	connection(&store).busy_timeout(Duration::ZERO).unwrap();
	store.batch(|batch| batch.set_status("0/0".parse().unwrap(), RecordStatus::Withdrawn)).unwrap();
	store.truncate_log().unwrap();
	assert!(store.truncation_is_due().unwrap());
	assert!(store.deleted_records().unwrap().is_empty(), "its content is in the log still");
	drop(reader);
	store.truncate_log().unwrap();
	assert!(!store.truncation_is_due().unwrap());
	assert_eq!(store.deleted_records().unwrap(), ["0/0".parse::<RecordId>().unwrap()]);
	assert!(!home.holds(SECRET));
}

#[cfg(unix)]
#[test]
fn files_should_be_readable_by_their_owner_only_in_an_open_folder_too() {
	use std::os::unix::fs::PermissionsExt;
	let folder = tempfile::tempdir().unwrap();
	fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
	let mut store = Store::open_to_write(folder.path()).unwrap();
	fill(&mut store);
	let files: Vec<_> = fs::read_dir(folder.path()).unwrap().map(Result::unwrap).collect();
	assert!(files.len() > 2, "the database, its log and the lock: {files:?}");
	for file in files {
		assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600, "{file:?}");
	}
}

#[test]
fn deleted_content_should_be_overwritten() {
	let home = Home::folder();
	let store = home.open();
	let on: i64 = connection(&store).pragma_query_value(None, "secure_delete", |row| row.get(0)).unwrap();
	assert_eq!(on, 1);
	let mode: String = connection(&store).pragma_query_value(None, "journal_mode", |row| row.get(0)).unwrap();
	assert_eq!(mode, "wal");
}

#[test]
fn damaged_store_should_be_removed_when_it_is_built_anew_and_a_sound_one_stay() {
	let folder = tempfile::tempdir().unwrap();
	drop(Store::open(folder.path()).unwrap());
	Store::remove_if_damaged(folder.path()).unwrap();
	let file = folder.path().join("store.sqlite");
	assert!(file.exists());
	fs::write(&file, "garbage, and enough of it that nobody takes it for the beginning of a database".repeat(99))
		.unwrap();
	assert!(Store::open(folder.path()).is_err());
	Store::remove_if_damaged(folder.path()).unwrap();
	assert!(!file.exists());
	Store::open(folder.path()).unwrap();
}

#[test]
fn numbers_of_an_older_release_should_be_known_still() {
	let home = Home::folder();
	let block = Synced { number: 1, hash: [1; 32] };
	let older = Db::open(&home.place()).unwrap();
	older.define(schema::TABLES).unwrap();
	older.execute("INSERT INTO synced VALUES (?, ?)", &values![block.number, &block.hash]).unwrap();
	older.execute("INSERT INTO meta VALUES ('genesis', ?)", &values![&[7; 32]]).unwrap();
	older.execute_batch("INSERT INTO meta VALUES ('member', 3), ('truncate', 1), ('retry', 1)").unwrap();
	older.set_version(3).unwrap();
	drop(older);
	let mut store = home.open();
	store.require_chain(&[7; 32]).unwrap();
	store.require_member(MemberId(3)).unwrap();
	assert!(store.require_member(MemberId(4)).unwrap_err().to_string().contains("member 3 can read"));
	assert!(store.truncation_is_due().unwrap() && store.retries().unwrap().all);
	assert_eq!(store.synced().unwrap(), Some(block));
}
