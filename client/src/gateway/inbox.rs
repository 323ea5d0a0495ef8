//! What clients post, and what became of it (sections 4.3 and 5.5).

use super::{
	answer::{moment_text, Refusal},
	config::Account,
	outbox::{Outbox, Posted, Waiting},
	Collection,
};
use crate::{
	error::Error,
	publish::{read_bundle, Refused},
	time,
};
use axum::http::StatusCode;
use cti_primitives::{GroupId, Tlp};
use cti_stix::{Object, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::{json, Value};
use std::{
	collections::{HashMap, HashSet, VecDeque},
	sync::{Arc, Mutex, PoisonError},
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// What is said of what was not published, where the reason is not for who asks.
pub const UNTOLD: &str = "it was not published: the server's log says why";

/// Envelopes that wait to be published.
const MOST_WAITING: usize = 16;
/// What became of so many objects is kept, the oldest envelopes forgotten first.
const MOST_KEPT: usize = 200_000;
/// Objects of one envelope.
pub const MOST_POSTED: usize = 10_000;

/// An envelope to be published.
pub struct Posting {
	/// The objects that could be read.
	pub objects: Vec<Object>,
	/// The group to publish to.
	pub group: GroupId,
	/// The marking of all of it; what is stricter itself is refused.
	pub tlp: Tlp,
	/// Is it of the member's own staff, who may be told what the leak guard found?
	pub of_staff: bool,
	/// An earlier gateway took it, and may have handed some of it to a node.
	pub resumed: bool,
}

/// An object, and what is said of it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Told {
	/// Its id, or its place in the envelope.
	pub id: String,
	/// When it was last changed, in microseconds since 1970.
	pub version: Option<i64>,
	/// What became of it.
	pub message: String,
}

impl Told {
	/// Of this object.
	pub fn of(object: &Object, message: impl Into<String>) -> Self {
		let version = object.modified.or(object.created).map(Timestamp::micros);
		Self { id: object.id.clone(), version, message: message.into() }
	}

	/// Of one that was refused.
	pub fn refused(refused: &Refused) -> Self {
		Self { id: refused.object.clone(), version: None, message: format!("{}: {}", refused.reason, refused.detail) }
	}

	/// What has no version of its own has that of the request (section 4.3.1 wants one).
	fn document(&self, requested: i64) -> Value {
		let version = moment_text(self.version.unwrap_or(requested));
		json!({ "id": self.id, "version": version, "message": self.message })
	}
}

/// What became of an envelope.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Handed {
	/// Published, or known to the group already.
	pub successes: Vec<Told>,
	/// Not published.
	pub failures: Vec<Told>,
}

/// Publishes; runs in a thread that may wait.
pub type Publisher = Arc<dyn Fn(&Posting) -> Result<Handed, Error> + Send + Sync>;

/// What is told of an envelope.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Status {
	/// A UUID.
	pub id: String,
	account: String,
	/// Microseconds since 1970.
	pub requested: i64,
	total: usize,
	pending: Vec<Told>,
	handed: Handed,
}

impl Status {
	fn document(&self) -> Value {
		let list = |told: &[Told]| told.iter().map(|one| one.document(self.requested)).collect::<Vec<_>>();
		let mut document = json!({
			"id": self.id,
			"status": if self.pending.is_empty() { "complete" } else { "pending" },
			"request_timestamp": moment_text(self.requested),
			"total_count": self.total,
			"success_count": self.handed.successes.len(),
			"failure_count": self.handed.failures.len(),
			"pending_count": self.pending.len(),
		});
		for (name, told) in
			[("successes", &self.handed.successes), ("failures", &self.handed.failures), ("pendings", &self.pending)]
		{
			if !told.is_empty() {
				document[name] = list(told).into();
			}
		}
		document
	}
}

#[derive(Default)]
struct Kept {
	by_id: HashMap<String, Status>,
	in_order: VecDeque<String>,
	/// Objects of all of them.
	objects: usize,
}

/// Publishes, and where what was taken is written down until then.
#[derive(Clone)]
pub struct Handover {
	/// Publishes.
	pub publisher: Publisher,
	/// What was taken, and what became of it.
	pub outbox: Arc<Outbox>,
}

/// Takes envelopes and publishes one after the other.
pub struct Inbox {
	handover: Option<Handover>,
	kept: Arc<Mutex<Kept>>,
	waiting: Arc<Semaphore>,
	/// One account signs: two at once would take each other's place in the pool.
	turn: Arc<tokio::sync::Mutex<()>>,
}

impl Inbox {
	/// One that publishes so, and first what an earlier gateway took of these accounts and did not come to; without, nothing is
	/// taken.
	pub fn new(handover: Option<Handover>, accounts: &[Account]) -> Result<Self, Error> {
		let earlier = handover.as_ref().map_or(Ok(Vec::new()), |handover| handover.outbox.all())?;
		let inbox = Self {
			handover,
			kept: Arc::default(),
			waiting: Arc::new(Semaphore::new(MOST_WAITING)),
			turn: Arc::default(),
		};
		for Posted { status, waiting } in earlier {
			inbox.keep(status.clone());
			if let Some(waiting) = waiting {
				let account = accounts.iter().find(|account| account.name == status.account);
				inbox.resume(status, &waiting, account.filter(|account| account.write.contains(&waiting.group)));
			}
		}
		Ok(inbox)
	}

	/// Publishes what an earlier gateway took, or notes why not.
	fn resume(&self, status: Status, waiting: &Waiting, account: Option<&Account>) {
		let Some(handover) = self.handover.clone() else { return };
		let id = status.id.clone();
		let read = read_bundle(waiting.body.as_bytes(), "the envelope".as_ref());
		match (read, account) {
			(Ok((objects, _)), Some(account)) => {
				tracing::info!(id, objects = objects.len(), "publishes what was posted before the gateway ended");
				let Waiting { group, tlp, .. } = *waiting;
				let posting = Posting { objects, group, tlp, of_staff: account.is_staff(), resumed: true };
				// There were never more of them than may wait.
				self.publish(handover, id, posting, self.waiting.clone().try_acquire_owned().ok());
			}
			(read, _) => {
				let reason =
					read.err().map_or("its account does not publish there any more".into(), |error| error.to_string());
				tracing::warn!(id, reason, "what was posted before the gateway ended is not published");
				let failed = |one: Told| Told { message: format!("it was not published: {reason}"), ..one };
				let failures = status.pending.into_iter().map(failed).collect();
				note(&self.kept, &handover.outbox, &id, Handed { successes: Vec::new(), failures });
			}
		}
	}

	/// Waits until all that was taken is published, and what was resumed.
	pub async fn empty(&self) {
		let _all = self.waiting.acquire_many(MOST_WAITING as u32).await;
	}

	/// Takes an envelope; its status says what becomes of it.
	pub fn take(&self, account: &Account, collection: &Collection, body: &[u8]) -> Result<Value, Refusal> {
		let (Some(handover), Some(group)) = (self.handover.clone(), collection.group) else {
			return Err(Refusal::new(StatusCode::FORBIDDEN, "nothing is published through this gateway"));
		};
		let (objects, refused) = read_bundle(body, "the envelope".as_ref()).map_err(|e| Refusal::bad(e.to_string()))?;
		if objects.len() + refused.len() > MOST_POSTED {
			let reason = format!("an envelope has at most {MOST_POSTED} objects here: post the rest in others");
			return Err(Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, reason));
		}
		if objects.is_empty() && refused.is_empty() {
			return Err(Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, "there are no objects in the envelope"));
		}
		let turn = self.waiting.clone().try_acquire_owned();
		let turn = turn.map_err(|_| {
			Refusal::busy(StatusCode::SERVICE_UNAVAILABLE, format!("{MOST_WAITING} envelopes wait to be published"), 10)
		})?;
		let id = crate::entropy().map(|bytes| as_uuid(bytes, 4)).map_err(|e| Refusal::failed(&e))?;
		let status = Status {
			id: id.clone(),
			account: account.name.clone(),
			requested: time::now_micros(),
			total: objects.len() + refused.len(),
			pending: objects.iter().map(|object| Told::of(object, "waits to be published")).collect(),
			handed: Handed { successes: Vec::new(), failures: refused.iter().map(Told::refused).collect() },
		};
		let (document, tlp) = (status.document(), collection.ceiling);
		// A status that was given is a promise.
		let waiting = Waiting { group, tlp, body: String::from_utf8_lossy(body).into_owned() };
		let posted = Posted { status, waiting: Some(waiting) };
		handover.outbox.put(&posted).map_err(|e| Refusal::failed(&e))?;
		self.keep(posted.status);
		let posting = Posting { objects, group, tlp, of_staff: account.is_staff(), resumed: false };
		self.publish(handover, id, posting, Some(turn));
		Ok(document)
	}

	/// Publishes when its turn comes, and notes what became of it.
	fn publish(&self, handover: Handover, id: String, posting: Posting, turn: Option<OwnedSemaphorePermit>) {
		let (kept, order) = (self.kept.clone(), self.turn.clone());
		tokio::spawn(async move {
			let _first_come = order.lock().await;
			let Handover { publisher, outbox } = handover;
			let published = tokio::task::spawn_blocking(move || publish(&publisher, &posting));
			let handed = published.await.unwrap_or_else(|error| {
				tracing::error!(%error, "publishing what was posted ended early");
				Handed::default()
			});
			note(&kept, &outbox, &id, handed);
			drop(turn);
		});
	}

	/// What became of an envelope that this account posted.
	pub fn status(&self, account: &str, id: &str) -> Option<Value> {
		let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
		kept.by_id.get(id).filter(|status| status.account == account).map(Status::document)
	}

	fn keep(&self, status: Status) {
		let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
		kept.in_order.push_back(status.id.clone());
		kept.objects += status.total;
		kept.by_id.insert(status.id.clone(), status);
		while kept.objects > MOST_KEPT && kept.in_order.len() > 1 {
			let oldest = kept.in_order.pop_front().and_then(|oldest| kept.by_id.remove(&oldest));
			kept.objects -= oldest.as_ref().map_or(0, |oldest| oldest.total);
			// What waits has its file until it was published.
			if let (Some(oldest), Some(handover)) = (oldest.filter(|oldest| oldest.pending.is_empty()), &self.handover)
			{
				handover.outbox.remove(&oldest.id);
			}
		}
	}
}

/// Notes what became of an envelope, also on disk.
fn note(kept: &Mutex<Kept>, outbox: &Outbox, id: &str, handed: Handed) {
	let Some(status) = settle(kept, id, handed) else { return outbox.remove(id) };
	if let Err(error) = outbox.put(&Posted { status, waiting: None }) {
		tracing::error!(%error, id, "what became of an envelope could not be written down: it will be published again");
	}
}

/// An error concerns all of it. Those who are not of the house learn no more than that there was one.
fn publish(publisher: &Publisher, posting: &Posting) -> Handed {
	publisher(posting).unwrap_or_else(|error| {
		let message = match posting.of_staff {
			true => format!("{error}; {}", error.advice()),
			false => UNTOLD.into(),
		};
		tracing::warn!(%error, advice = error.advice(), "what was posted was not published");
		let failed = |object| Told::of(object, message.clone());
		Handed { successes: Vec::new(), failures: posting.objects.iter().map(failed).collect() }
	})
}

/// Says how it stands now, if it is not forgotten.
fn settle(kept: &Mutex<Kept>, id: &str, handed: Handed) -> Option<Status> {
	let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
	let status = kept.by_id.get_mut(id)?;
	let pending = std::mem::take(&mut status.pending);
	status.handed.successes.extend(handed.successes);
	status.handed.failures.extend(handed.failures);
	// Whatever nobody told of was not published.
	let told = status.handed.successes.iter().chain(&status.handed.failures);
	let told: HashSet<(String, Option<i64>)> = told.map(|one| (one.id.clone(), one.version)).collect();
	let untold = pending.into_iter().filter(|one| !told.contains(&(one.id.clone(), one.version)));
	let message = UNTOLD;
	status.handed.failures.extend(untold.map(|one| Told { message: message.into(), ..one }));
	Some(status.clone())
}

/// Sixteen bytes as a UUID of this version (RFC 9562).
pub(super) fn as_uuid(mut bytes: [u8; 16], version: u8) -> String {
	bytes[6] = (bytes[6] & 0x0f) | (version << 4);
	bytes[8] = (bytes[8] & 0x3f) | 0x80;
	let digits = hex::encode(bytes);
	let parts = [&digits[..8], &digits[8..12], &digits[12..16], &digits[16..20], &digits[20..]];
	parts.join("-")
}

#[cfg(test)]
#[path = "inbox_tests.rs"]
mod tests;
