use super::{
	testing::{on_both, Home},
	*,
};
use cti_primitives::{AuthorId, Epoch, GroupId, MemberId, RecordId, RecordStatus, Tlp};

on_both! {
	records_should_come_in_the_order_of_the_chain_with_names,
	filters_should_match_author_technique_and_sub_techniques,
	equal_objects_should_name_their_first_publisher_and_count_once,
	objects_should_be_found_by_place_and_by_id_with_their_bytes,
	withdrawal_should_delete_content_from_file_and_log_but_for_what_others_carry,
	withdrawn_record_should_not_get_its_content_back,
	withdrawn_content_should_not_stay_for_the_sake_of_ones_own_superseded_record,
	what_another_author_shared_should_survive_every_withdrawal_but_its_own,
	reading_a_block_twice_should_change_nothing,
	closed_record_should_open_later_and_keep_its_status,
	failed_batch_should_leave_nothing,
	validity_should_end_before_the_chain_notes_it,
	store_of_another_chain_should_be_refused_until_cleared,
	store_of_another_member_should_be_refused_until_cleared,
	second_writer_should_be_refused_as_long_as_the_first_is_there,
	tables_that_another_process_made_meanwhile_should_be_taken_over,
	new_keys_should_call_for_another_try_at_all_closed_records,
	retry_should_concern_the_records_of_its_group_and_granted_ones_only,
	last_blocks_should_be_remembered_and_earlier_ones_forgotten,
	roll_back_should_take_back_what_came_later_and_nothing_else,
	record_whose_withdrawal_is_taken_back_should_be_read_again,
	missing_store_and_unknown_version_should_be_told,
}

const SECRET: &[u8] = br#"{"type":"indicator","marker":"only-in-the-withdrawn-record"}"#;
const SHARED: &[u8] = br#"{"type":"malware","marker":"in-two-records"}"#;

fn record(author: u32, n: u32, block: u32) -> NewRecord {
	NewRecord {
		tlp: Tlp::AmberStrict,
		audience: vec![(GroupId(0), Epoch(3))],
		at: (block, 2),
		techniques: vec!["T1059".parse().unwrap()],
		..samples::record(author, n)
	}
}

fn object(id: &str, raw: &[u8]) -> NewObject {
	NewObject { name: Some("n".into()), techniques: vec!["T1566.001".parse().unwrap()], ..samples::object(id, raw) }
}

fn fill(store: &mut Store) {
	store
		.batch(|batch| {
			batch.put_record(&record(1, 0, 9), &Content::Open(vec![object("malware--1", SHARED)]))?;
			let both = vec![object("indicator--1", SECRET), object("malware--1", SHARED)];
			batch.put_record(&record(0, 0, 8), &Content::Open(both))?;
			batch.put_record(&record(0, 1, 10), &Content::Closed)?;
			batch.put_record(&record(0, 2, 10), &Content::Malformed("marked wider than its objects".into()))?;
			batch.put_member(MemberId(0), "Aldgate Bank")?;
			batch.put_technique_name("T1059".parse().unwrap(), "Command and Scripting Interpreter")?;
			batch.set_synced(Synced { number: 10, hash: [1; 32] })
		})
		.unwrap();
}

fn ids(rows: &[RecordRow]) -> Vec<String> {
	rows.iter().map(|row| row.announced.record.to_string()).collect()
}

fn records_should_come_in_the_order_of_the_chain_with_names(home: &Home) {
	let mut store = home.open();
	fill(&mut store);
	let rows = store.records(RecordFilter::default()).unwrap();
	assert_eq!(ids(&rows), ["0/0", "1/0", "0/1", "0/2"]);
	assert_eq!(rows[0].author_name.as_deref(), Some("Aldgate Bank"));
	assert_eq!(rows[0].objects, 2);
	assert_eq!(rows[0].announced.tlp, Tlp::AmberStrict);
	assert_eq!(rows[0].announced.audience, [(GroupId(0), Epoch(3))]);
	let technique = rows[0].techniques.get(&"T1059".parse().unwrap()).unwrap();
	assert_eq!(technique.as_deref(), Some("Command and Scripting Interpreter"));
	assert_eq!(rows[3].problem.as_deref(), Some("marked wider than its objects"));
	assert_eq!(store.synced().unwrap(), Some(Synced { number: 10, hash: [1; 32] }));
}

fn filters_should_match_author_technique_and_sub_techniques(home: &Home) {
	let mut store = home.open();
	fill(&mut store);
	let by_author = RecordFilter { author: Some(AuthorId(1)), ..RecordFilter::default() };
	assert_eq!(ids(&store.records(by_author).unwrap()), ["1/0"]);
	for (technique, expected) in [("T1566", 2), ("T1566.001", 2), ("T1566.002", 0), ("T1059", 4), ("T1059.001", 0)] {
		let filter = RecordFilter { technique: Some(technique.parse().unwrap()), ..RecordFilter::default() };
		assert_eq!(store.records(filter).unwrap().len(), expected, "{technique}");
	}
	let newest = store.records(RecordFilter { newest: Some(2), ..RecordFilter::default() }).unwrap();
	assert_eq!(ids(&newest), ["0/2", "0/1"]);
	assert!(newest.iter().all(|row| row.techniques.keys().eq(&["T1059".parse().unwrap()])));
}

fn equal_objects_should_name_their_first_publisher_and_count_once(home: &Home) {
	let mut store = home.open();
	fill(&mut store);
	let objects = store.objects("1/0".parse().unwrap()).unwrap();
	assert_eq!(objects[0].first, Some("0/0".parse().unwrap()));
	assert!(store.objects("0/0".parse().unwrap()).unwrap().iter().all(|object| object.first.is_none()));
	let totals = store.totals().unwrap();
	assert_eq!((totals.records, totals.open, totals.objects, totals.distinct), (4, 2, 3, 2));
}

fn objects_should_be_found_by_place_and_by_id_with_their_bytes(home: &Home) {
	let mut store = home.open();
	fill(&mut store);
	let record = "0/0".parse().unwrap();
	for selector in ["1", "malware--1"] {
		let found = store.object(record, selector).unwrap();
		assert_eq!(store.raw(&found).unwrap(), SHARED);
	}
	assert_eq!(store.object(record, "2").unwrap_err().exit(), crate::error::Exit::NotFound);
	assert_eq!(store.record("7/7".parse().unwrap()).unwrap_err().exit(), crate::error::Exit::NotFound);
}

fn withdrawal_should_delete_content_from_file_and_log_but_for_what_others_carry(home: &Home) {
	let mut store = home.open();
	fill(&mut store);
	assert!(home.holds(SECRET));
	let record = "0/0".parse().unwrap();
	store.batch(|batch| batch.set_status(record, RecordStatus::Withdrawn)).unwrap();
	store.truncate_log().unwrap();
	assert!(!home.holds(SECRET));
	assert!(home.holds(SHARED));
	let row = store.record(record).unwrap();
	assert_eq!((row.noted_status, row.objects), (RecordStatus::Withdrawn, 0));
	assert!(!row.techniques.contains_key(&"T1566.001".parse().unwrap()));
	assert!(row.techniques.contains_key(&"T1059".parse().unwrap()));
	store.batch(|batch| batch.set_status("1/0".parse().unwrap(), RecordStatus::Withdrawn)).unwrap();
	store.truncate_log().unwrap();
	assert!(!home.holds(SHARED));
}

fn withdrawn_record_should_not_get_its_content_back(home: &Home) {
	let mut store = home.open();
	let content = Content::Open(vec![object("indicator--1", SECRET)]);
	let id = record(0, 0, 8).record;
	store.batch(|batch| batch.put_record(&record(0, 0, 8), &content)).unwrap();
	store.batch(|batch| batch.set_status(id, RecordStatus::Withdrawn)).unwrap();
	store.batch(|batch| batch.put_record(&record(0, 0, 8), &content)).unwrap();
	store.truncate_log().unwrap();
	assert_eq!(store.record(id).unwrap().objects, 0);
	assert!(!home.holds(SECRET));
}

fn withdrawn_content_should_not_stay_for_the_sake_of_ones_own_superseded_record(home: &Home) {
	let mut store = home.open();
	let content = || Content::Open(vec![object("indicator--1", SECRET), object("malware--1", SHARED)]);
	let (old, new) = (record(0, 0, 8), record(0, 1, 9));
	store
		.batch(|batch| {
			batch.put_record(&old, &content())?;
			batch.set_status(old.record, RecordStatus::Superseded)?;
			batch.put_record(&new, &content())?;
			batch.put_record(&record(1, 0, 10), &Content::Open(vec![object("malware--1", SHARED)]))
		})
		.unwrap();
	store.batch(|batch| batch.set_status(new.record, RecordStatus::Withdrawn)).unwrap();
	store.truncate_log().unwrap();
	assert!(!home.holds(SECRET));
	let left = store.objects(old.record).unwrap();
	assert_eq!(left.len(), 1, "what a live record carries stays");
	assert_eq!(store.raw(&left[0]).unwrap(), SHARED);
}

fn what_another_author_shared_should_survive_every_withdrawal_but_its_own(home: &Home) {
	let status = [RecordStatus::Superseded, RecordStatus::Expired, RecordStatus::Refuted, RecordStatus::Open];
	for status in status {
		let mut store = home.open();
		store.clear().unwrap();
		let content = || Content::Open(vec![object("malware--1", SHARED)]);
		let (archived, copied) = (record(0, 0, 8), record(1, 0, 9));
		store
			.batch(|batch| {
				batch.put_record(&archived, &content())?;
				batch.set_status(archived.record, status)?;
				batch.put_record(&copied, &content())?;
				batch.set_status(copied.record, RecordStatus::Withdrawn)
			})
			.unwrap();
		let left = store.objects(archived.record).unwrap();
		assert_eq!(left.len(), 1, "{status:?}");
		assert_eq!(store.raw(&left[0]).unwrap(), SHARED);
		store.batch(|batch| batch.set_status(archived.record, RecordStatus::Withdrawn)).unwrap();
		store.truncate_log().unwrap();
		assert!(!home.holds(SHARED));
	}
}

fn reading_a_block_twice_should_change_nothing(home: &Home) {
	let mut store = home.open();
	fill(&mut store);
	let before = (store.records(RecordFilter::default()).unwrap(), store.totals().unwrap());
	fill(&mut store);
	assert_eq!((store.records(RecordFilter::default()).unwrap(), store.totals().unwrap()), before);
}

fn closed_record_should_open_later_and_keep_its_status(home: &Home) {
	let mut store = home.open();
	fill(&mut store);
	let closed = store.closed_records().unwrap();
	assert_eq!(closed.len(), 1);
	let id = closed[0].record;
	store.batch(|batch| batch.set_status(id, RecordStatus::Superseded)).unwrap();
	store.batch(|batch| batch.put_record(&closed[0], &Content::Open(vec![object("tool--1", b"{}")]))).unwrap();
	let row = store.record(id).unwrap();
	assert_eq!((row.content.as_str(), row.objects, row.noted_status), ("open", 1, RecordStatus::Superseded));
	assert!(store.closed_records().unwrap().is_empty());
}

fn failed_batch_should_leave_nothing(home: &Home) {
	let mut store = home.open();
	let failed: Result<(), Error> = store.batch(|batch| {
		batch.put_record(&record(0, 0, 8), &Content::Closed)?;
		Err(Error::Internal("the disk is full".into()))
	});
	assert!(failed.is_err());
	assert_eq!(store.totals().unwrap().records, 0);
}

fn validity_should_end_before_the_chain_notes_it(home: &Home) {
	let mut store = home.open();
	fill(&mut store);
	let id = "0/0".parse().unwrap();
	store.batch(|batch| batch.set_valid_until(id, 2_000)).unwrap();
	let row = store.record(id).unwrap();
	assert_eq!(row.status(1_999), RecordStatus::Open);
	assert_eq!(row.status(2_000), RecordStatus::Expired);
}

fn store_of_another_chain_should_be_refused_until_cleared(home: &Home) {
	let mut store = home.open();
	store.require_chain(&[1; 32]).unwrap();
	store.require_chain(&[1; 32]).unwrap();
	assert!(store.require_chain(&[2; 32]).unwrap_err().to_string().contains("another chain"));
	fill(&mut store);
	store.clear().unwrap();
	assert_eq!(store.totals().unwrap().records, 0);
	store.require_chain(&[2; 32]).unwrap();
}

fn store_of_another_member_should_be_refused_until_cleared(home: &Home) {
	let mut store = home.open();
	store.require_member(MemberId(1)).unwrap();
	store.require_member(MemberId(1)).unwrap();
	let refused = store.require_member(MemberId(2)).unwrap_err();
	assert!(refused.to_string().contains("member 1") && refused.to_string().contains("member 2"), "{refused}");
	assert!(refused.advice().contains("--store"), "{}", refused.advice());
	store.clear().unwrap();
	store.require_member(MemberId(2)).unwrap();
}

fn second_writer_should_be_refused_as_long_as_the_first_is_there(home: &Home) {
	let first = Store::open_to_write(home.place()).unwrap();
	let refused = Store::open_to_write(home.place()).err().unwrap();
	assert!(refused.to_string().contains("another `testudo sync`"), "{refused}");
	let reader = home.open();
	assert!(reader.is_being_written().unwrap(), "reading should go on, and know it");
	drop(first);
	assert!(!reader.is_being_written().unwrap());
	assert!(Store::open_to_write(home.place()).is_ok());
}

fn tables_that_another_process_made_meanwhile_should_be_taken_over(home: &Home) {
	let mut store = home.open();
	fill(&mut store);
	schema::bring_up_to_date(&store.db).unwrap();
	assert_eq!(store.totals().unwrap().records, 4);
}

fn new_keys_should_call_for_another_try_at_all_closed_records(home: &Home) {
	let mut store = home.open();
	store.note_keys(&[0; 32]).unwrap();
	assert!(store.retries().unwrap().is_empty(), "nothing was read yet");
	fill(&mut store);
	store.note_keys(&[1; 32]).unwrap();
	assert!(store.retries().unwrap().all);
	store.batch(|batch| batch.clear_retry()).unwrap();
	store.note_keys(&[1; 32]).unwrap();
	assert!(store.retries().unwrap().is_empty());
	store.note_keys(&[2; 32]).unwrap();
	store.batch(|batch| batch.note_retry(Retry::Group(GroupId(1)))).unwrap();
	assert!(store.retries().unwrap().all);
}

fn retry_should_concern_the_records_of_its_group_and_granted_ones_only(home: &Home) {
	let mut store = home.open();
	let (of_group, granted) = (record(0, 0, 8), NewRecord { audience: Vec::new(), ..record(0, 1, 9) });
	let concerned = |store: &Store| {
		let retries = store.retries().unwrap();
		[&of_group, &granted].map(|record| retries.concern(record))
	};
	for (retry, expected) in [
		(Retry::Group(GroupId(7)), [false, false]),
		(Retry::Group(GroupId(0)), [true, false]),
		(Retry::Record(granted.record), [false, true]),
		(Retry::All, [true, true]),
	] {
		store.batch(|batch| batch.note_retry(retry).and_then(|()| batch.note_retry(retry))).unwrap();
		assert_eq!(concerned(&store), expected, "{retry:?}");
		store.batch(|batch| batch.clear_retry()).unwrap();
		assert!(store.retries().unwrap().is_empty());
	}
}

fn last_blocks_should_be_remembered_and_earlier_ones_forgotten(home: &Home) {
	let mut store = home.open();
	let block = |number: u32| Synced { number, hash: [number as u8; 32] };
	store.batch(|batch| (0..100).map(block).try_for_each(|block| batch.set_synced(block))).unwrap();
	assert_eq!(store.synced().unwrap(), Some(block(99)));
	assert_eq!(store.synced_blocks().unwrap(), (36..100).rev().map(block).collect::<Vec<_>>());
}

fn roll_back_should_take_back_what_came_later_and_nothing_else(home: &Home) {
	let mut store = home.open();
	let later = record(1, 1, 11);
	let common = Synced { number: 10, hash: [1; 32] };
	fill(&mut store);
	store
		.batch(|batch| {
			let objects = vec![object("tool--1", b"only in a lost block"), object("malware--1", SHARED)];
			batch.put_record(&later, &Content::Open(objects))?;
			for block in [10, 11] {
				batch.put_welcome(GroupId(0), Epoch(3), (block, 1))?;
				batch.put_grant("0/1".parse().unwrap(), (block, 1))?;
			}
			batch.set_synced(Synced { number: 11, hash: [2; 32] })
		})
		.unwrap();
	store.batch(|batch| batch.roll_back(common)).unwrap();
	assert!(store.truncation_is_due().unwrap());
	store.truncate_log().unwrap();
	assert_eq!(store.synced_blocks().unwrap(), [common]);
	assert_eq!(ids(&store.records(RecordFilter::default()).unwrap()), ["0/0", "1/0", "0/1", "0/2"]);
	assert!(!home.holds(b"only in a lost block"));
	assert_eq!(store.objects("1/0".parse().unwrap()).unwrap().len(), 1);
	assert!(home.holds(SHARED));
	assert_eq!(store.welcomes().unwrap().iter().map(|row| row.at).collect::<Vec<_>>(), [(10, 1)]);
	assert_eq!(store.grants().unwrap().iter().map(|row| row.1).collect::<Vec<_>>(), [(10, 1)]);
	store.batch(|batch| batch.put_record(&later, &Content::Closed)).unwrap();
	let again = store.record(later.record).unwrap();
	assert_eq!((again.content.as_str(), again.objects, again.techniques.len()), ("closed", 0, 1));
}

fn record_whose_withdrawal_is_taken_back_should_be_read_again(home: &Home) {
	let mut store = home.open();
	fill(&mut store);
	let [withdrawn, superseded] = ["0/0", "1/0"].map(|id| id.parse::<RecordId>().unwrap());
	store
		.batch(|batch| {
			batch.set_status(withdrawn, RecordStatus::Withdrawn)?;
			batch.set_status(superseded, RecordStatus::Superseded)
		})
		.unwrap();
	store
		.batch(|batch| {
			batch.roll_back(Synced { number: 10, hash: [1; 32] })?;
			batch.set_status_again(withdrawn, RecordStatus::Open)?;
			batch.set_status_again(superseded, RecordStatus::Open)
		})
		.unwrap();
	assert_eq!(store.retries().unwrap().records.into_iter().collect::<Vec<_>>(), [withdrawn]);
	assert!(store.closed_records().unwrap().iter().any(|record| record.record == withdrawn));
	let row = store.record(superseded).unwrap();
	assert_eq!((row.content.as_str(), row.objects, row.noted_status), ("open", 1, RecordStatus::Open));
}

fn missing_store_and_unknown_version_should_be_told(home: &Home) {
	let missing = Store::open_existing(home.place()).err().unwrap();
	assert_eq!(missing.exit(), crate::error::Exit::NotFound);
	let store = home.open();
	store.db.set_version(99).unwrap();
	drop(store);
	for told in [Store::open(home.place()), Store::open_existing(home.place())] {
		assert!(told.err().unwrap().to_string().contains("version 99"));
	}
}
