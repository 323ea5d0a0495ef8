use super::*;
use crate::gateway::config::{Account, AccountFor};
use std::fs;
use tempfile::TempDir;

fn account() -> Account {
	Account {
		name: "siem".into(),
		password: None,
		token: None,
		audience: AccountFor::OwnStaff,
		ceiling: Tlp::Green,
		groups: Some([GroupId(0)].into()),
		write: [GroupId(0)].into(),
		requests_per_minute: 1,
	}
}

fn collection() -> Collection {
	let account = account();
	let folder = tempfile::tempdir().unwrap();
	let store = crate::store::Store::open(folder.path()).unwrap();
	Collection::find(&store, &[0; 32], &account, None).unwrap().pop().unwrap()
}

fn envelope(numbers: &[u32]) -> Vec<u8> {
	let tool = |number: &u32| {
		format!(
			r#"{{"type":"tool","spec_version":"2.1","id":"tool--{number:08}-0000-4000-8000-000000000000","created":"2025-01-31T12:00:00Z","modified":"2025-01-31T12:00:00Z","name":"t"}}"#
		)
	};
	let tools: Vec<String> = numbers.iter().map(tool).collect();
	format!(r#"{{"objects":[{}]}}"#, tools.join(",")).into_bytes()
}

fn inbox(publisher: Publisher) -> (TempDir, Inbox) {
	let folder = tempfile::tempdir().unwrap();
	let inbox = inbox_in(&folder, publisher);
	(folder, inbox)
}

fn inbox_in(folder: &TempDir, publisher: Publisher) -> Inbox {
	let outbox = Arc::new(Outbox::open(folder.path().join("posted")).unwrap());
	Inbox::new(Some(Handover { publisher, outbox }), &[account()]).unwrap()
}

async fn settled(inbox: &Inbox, id: &str) -> Value {
	for _ in 0..500 {
		let status = inbox.status("siem", id).unwrap();
		if status["status"] == "complete" {
			return status;
		}
		tokio::time::sleep(std::time::Duration::from_millis(10)).await;
	}
	panic!("{id} stays pending");
}

#[tokio::test]
async fn status_should_say_what_became_of_each_object() {
	let publisher: Publisher = Arc::new(|posting: &Posting| {
		assert_eq!((posting.group, posting.tlp), (GroupId(0), Tlp::Green));
		let (first, rest) = posting.objects.split_first().unwrap();
		Ok(Handed {
			successes: vec![Told::of(first, "record 0/7")],
			failures: rest.iter().take(1).map(|object| Told::of(object, "names your own")).collect(),
		})
	});
	let (_folder, inbox) = inbox(publisher);
	let taken = inbox.take(&account(), &collection(), &envelope(&[1, 2, 3])).unwrap();
	assert_eq!((&taken["status"], &taken["pending_count"]), (&json!("pending"), &json!(3)));
	let id = taken["id"].as_str().unwrap();
	let status = settled(&inbox, id).await;
	assert_eq!((&status["success_count"], &status["failure_count"]), (&json!(1), &json!(2)));
	assert_eq!(status["successes"][0]["message"], "record 0/7");
	assert_eq!(status["successes"][0]["version"], "2025-01-31T12:00:00.000000Z");
	assert_eq!(status["failures"][0]["message"], "names your own");
	assert!(status["failures"][1]["message"].as_str().unwrap().contains("log"), "nobody told of it");
	assert!(inbox.status("other", id).is_none(), "another account's");
}

#[tokio::test]
async fn what_was_taken_should_be_published_before_the_end() {
	let count = Arc::new(std::sync::atomic::AtomicUsize::new(0));
	let counted = count.clone();
	let publisher: Publisher = Arc::new(move |_: &Posting| {
		std::thread::sleep(std::time::Duration::from_millis(50));
		counted.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
		Ok(Handed::default())
	});
	let (_folder, inbox) = inbox(publisher);
	for number in 0..5 {
		inbox.take(&account(), &collection(), &envelope(&[number])).unwrap();
	}
	inbox.empty().await;
	assert_eq!(count.load(std::sync::atomic::Ordering::SeqCst), 5);
}

#[tokio::test]
async fn what_was_taken_should_outlive_the_gateway() {
	let (end, ended) = std::sync::mpsc::channel::<()>();
	let ended = Mutex::new(ended);
	let (folder, first) = inbox(Arc::new(move |_: &Posting| {
		let _ = ended.lock().unwrap().recv();
		Ok(Handed::default())
	}));
	let taken = first.take(&account(), &collection(), &envelope(&[1, 2])).unwrap();
	let id = taken["id"].as_str().unwrap();
	let file = |folder: &TempDir| folder.path().join("posted").join(format!("{id}.json"));
	// What is on disk when the first is killed.
	let later = tempfile::tempdir().unwrap();
	fs::create_dir(later.path().join("posted")).unwrap();
	fs::copy(file(&folder), file(&later)).unwrap();
	let publisher: Publisher = Arc::new(|posting: &Posting| {
		assert_eq!((posting.group, posting.tlp), (GroupId(0), Tlp::Green));
		Ok(Handed {
			successes: posting.objects.iter().map(|one| Told::of(one, "late")).collect(),
			failures: Vec::new(),
		})
	});
	// Where its account may not publish any more, nobody does it for it.
	let revoked = tempfile::tempdir().unwrap();
	fs::create_dir(revoked.path().join("posted")).unwrap();
	fs::copy(file(&folder), file(&revoked)).unwrap();
	drop(end);
	let outbox = Arc::new(Outbox::open(revoked.path().join("posted")).unwrap());
	let handover = Handover { publisher: Arc::new(|_: &Posting| panic!("nobody may")), outbox };
	let none = Inbox::new(Some(handover), &[Account { write: Default::default(), ..account() }]).unwrap();
	let status = none.status("siem", id).unwrap();
	assert_eq!((&status["status"], &status["failure_count"]), (&json!("complete"), &json!(2)));
	let second = inbox_in(&later, publisher.clone());
	second.empty().await;
	let status = second.status("siem", id).unwrap();
	assert_eq!((&status["success_count"], &status["successes"][1]["message"]), (&json!(2), &json!("late")));
	let other = Outbox::open(later.path().join("posted")).err().unwrap().to_string();
	assert!(other.contains("another gateway"), "{other}");
	// The next one knows what became of it, and does not publish it again.
	let last = tempfile::tempdir().unwrap();
	fs::create_dir(last.path().join("posted")).unwrap();
	fs::copy(file(&later), file(&last)).unwrap();
	let third = inbox_in(&last, Arc::new(|_: &Posting| panic!("twice")));
	assert_eq!(third.status("siem", id), Some(status));
	assert!(third.status("other", id).is_none());
}

#[tokio::test]
async fn old_statuses_should_go_before_memory_does() {
	let (folder, inbox) = inbox(Arc::new(|_: &Posting| Ok(Handed::default())));
	let many = |from: u32| envelope(&(from..from + MOST_POSTED as u32).collect::<Vec<_>>());
	let mut ids = Vec::new();
	for number in 0..=MOST_KEPT / MOST_POSTED {
		let taken = inbox.take(&account(), &collection(), &many(number as u32 * MOST_POSTED as u32)).unwrap();
		ids.push(taken["id"].as_str().unwrap().to_string());
		inbox.empty().await;
	}
	assert!(inbox.status("siem", &ids[0]).is_none() && inbox.status("siem", &ids[1]).is_some());
	let files: Vec<_> =
		fs::read_dir(folder.path().join("posted")).unwrap().map(|one| one.unwrap().file_name()).collect();
	assert_eq!(files.len(), MOST_KEPT / MOST_POSTED + 1, "and the lock: {files:?}");
}

#[tokio::test]
async fn what_fails_as_a_whole_should_be_told_of_each() {
	let publisher: Publisher = Arc::new(|_: &Posting| Err(Error::usage("stale group", "rekey it")));
	let (_folder, inbox) = inbox(publisher);
	let taken = inbox.take(&account(), &collection(), &envelope(&[1, 2])).unwrap();
	let status = settled(&inbox, taken["id"].as_str().unwrap()).await;
	assert_eq!(status["failure_count"], 2);
	assert_eq!(status["failures"][1]["message"], "stale group; rekey it");
}

#[tokio::test]
async fn reasons_should_be_for_the_house_alone() {
	let publisher: Publisher = Arc::new(|_: &Posting| Err(Error::usage("ws://10.1.2.3 does not answer", "start it")));
	let (_folder, inbox) = inbox(publisher);
	let client = Account { audience: AccountFor::Community, ..account() };
	let taken = inbox.take(&client, &collection(), &envelope(&[1])).unwrap();
	let status = settled(&inbox, taken["id"].as_str().unwrap()).await;
	assert_eq!(status["failures"][0]["message"], UNTOLD);
}

#[tokio::test]
async fn unusable_envelopes_should_be_refused_and_too_many_wait() {
	let (block, blocked) = std::sync::mpsc::channel::<()>();
	let blocked = Mutex::new(blocked);
	let publisher: Publisher = Arc::new(move |_: &Posting| {
		let _ = blocked.lock().unwrap().recv();
		Ok(Handed::default())
	});
	let (_folder, inbox) = inbox(publisher);
	let status = |body: &[u8]| inbox.take(&account(), &collection(), body).unwrap_err().status;
	assert_eq!(status(b"{"), 400);
	assert_eq!(status(br#"{"objects":[]}"#), 422);
	let many = format!(r#"{{"objects":[{}5]}}"#, "5,".repeat(MOST_POSTED));
	assert_eq!(status(many.as_bytes()), 413, "each of them would be told of");
	for _ in 0..MOST_WAITING {
		inbox.take(&account(), &collection(), &envelope(&[1])).unwrap();
	}
	let busy = inbox.take(&account(), &collection(), &envelope(&[1])).unwrap_err();
	assert_eq!((busy.status.as_u16(), busy.retry_after), (503, Some(10)));
	drop(block);
	assert_eq!(
		Inbox::new(None, &[]).unwrap().take(&account(), &collection(), &envelope(&[1])).unwrap_err().status,
		403
	);
}
