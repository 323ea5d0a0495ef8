//! HTTP as the worker needs it: one GET, its headers, its body in pieces, every wait bounded.
//!
//! The node's client follows no redirects, so the worker never asks a host that is not in the operator's file.

use super::{
	headers::{media_type, retry_after},
	lease::Lease,
	now,
};
use alloc::{
	format,
	string::{String, ToString},
	vec,
	vec::Vec,
};
use cti_stix::FatalError;
use frame::deps::{
	sp_core::offchain::{HttpError, HttpRequestId, HttpRequestStatus, Timestamp},
	sp_io::offchain,
};

/// Milliseconds of one wait; between two the lease is renewed.
const SLICE_MS: u64 = 250;
/// Milliseconds a server may be silent in the middle of a body.
const SILENCE_MS: u64 = 3_000;
/// Milliseconds before a run's end at which it stops reading, to publish what it has read.
const RESERVE_MS: u64 = 1_000;
/// Most characters of what is said of a document.
const MAX_WORDS: usize = 300;
/// Bytes to ask of the host at first, and at most. The host copies the whole buffer each time.
const BUFFER: (usize, usize) = (64 << 10, 512 << 10);

/// Why a run stops here. What was done stays done, the next run goes on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Stop {
	/// The run's time is over.
	Time,
	/// Another run has the feed's lease.
	LeaseLost,
	/// As much is under way as may be.
	Full,
	/// The pool takes no more.
	Refused,
	/// The group was rekeyed, or waits for a rekey; the chain says why.
	Wait(String),
	/// The source is at fault.
	Fault(Fault),
}

impl From<Fault> for Stop {
	fn from(fault: Fault) -> Self {
		Self::Fault(fault)
	}
}

/// What is wrong with a source, in words for its operator; without secrets.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Fault {
	/// The HTTP status, if that is what is wrong.
	pub(crate) status: Option<u16>,
	/// As a stable word, where the fault refuses a whole document.
	pub(crate) reason: Option<&'static str>,
	pub(crate) words: String,
	/// Milliseconds the source asks to be left alone.
	pub(crate) retry_after: Option<u64>,
}

impl Fault {
	pub(crate) fn new(words: impl Into<String>) -> Self {
		Self { status: None, reason: None, words: words.into(), retry_after: None }
	}

	/// The document as a whole is refused.
	pub(crate) fn fatal(error: &FatalError) -> Self {
		let words = error.to_string().chars().take(MAX_WORDS).collect::<String>();
		Self { reason: Some(error.reason()), ..Self::new(words) }
	}
}

/// Watches a run's time and its right to go on.
#[derive(Debug)]
pub(crate) struct Watch {
	pub(crate) lease: Lease,
	/// Unix milliseconds at which the run ends.
	pub(crate) ends: u64,
	/// Milliseconds spent on waiting for the source.
	pub(crate) waited: u64,
}

impl Watch {
	/// The time, if there is any left for reading.
	fn tick_reading(&mut self) -> Result<u64, Stop> {
		let now = self.tick()?;
		if now >= self.reads_until() {
			return Err(Stop::Time);
		}
		Ok(now)
	}

	/// Takes note of a wait that began at `begun`.
	fn note_wait(&mut self, begun: u64) {
		self.waited = self.waited.saturating_add(now().saturating_sub(begun));
	}

	fn reads_until(&self) -> u64 {
		self.ends.saturating_sub(RESERVE_MS)
	}

	/// The time, if there is any left.
	pub(crate) fn tick(&mut self) -> Result<u64, Stop> {
		let now = now();
		if !self.lease.renew(now) {
			return Err(Stop::LeaseLost);
		}
		if now >= self.ends {
			return Err(Stop::Time);
		}
		Ok(now)
	}
}

/// One GET.
#[derive(Debug)]
pub(crate) struct Request<'a> {
	pub(crate) url: &'a str,
	pub(crate) accept: &'a str,
	/// Name and value. May hold secrets.
	pub(crate) headers: Vec<(&'static str, String)>,
}

/// A GET that is ready to be sent.
#[derive(Debug)]
pub(crate) struct Opened {
	id: HttpRequestId,
	/// Unix milliseconds.
	begun: u64,
}

/// A response whose body is still to be read.
#[derive(Debug)]
pub(crate) struct Response {
	id: HttpRequestId,
	pub(crate) status: u16,
	headers: Vec<(Vec<u8>, Vec<u8>)>,
	buffer: Vec<u8>,
	/// Bytes of the body so far.
	pub(crate) received: u64,
}

impl Request<'_> {
	/// Sends it and waits for the response's headers.
	pub(crate) fn send(self, watch: &mut Watch) -> Result<Response, Stop> {
		self.open(watch, 0)?.send(watch)
	}

	/// Gets ready to send it, if `needed` milliseconds are left for reading the answer.
	pub(crate) fn open(self, watch: &mut Watch, needed: u64) -> Result<Opened, Stop> {
		let begun = watch.tick_reading()?;
		if watch.reads_until().saturating_sub(begun) < needed {
			return Err(Stop::Time);
		}
		let id = offchain::http_request_start("GET", self.url, &[])
			.map_err(|()| Fault::new("the url cannot be asked: check it in feeds.toml"))?;
		let fixed = [("accept", self.accept.to_string()), ("user-agent", "testudo/0.1".to_string())];
		for (name, value) in fixed.into_iter().chain(self.headers) {
			offchain::http_request_add_header(id, name, &value)
				.map_err(|()| Fault::new(format!("the {name} header cannot be sent: check the credentials")))?;
		}
		Ok(Opened { id, begun })
	}
}

impl Opened {
	/// Sends it and waits for the response's headers.
	pub(crate) fn send(self, watch: &mut Watch) -> Result<Response, Stop> {
		let Self { id, begun } = self;
		offchain::http_request_write_body(id, &[], Some(Timestamp::from_unix_millis(watch.reads_until())))
			.map_err(|_| unreachable_source())?;
		let status = wait_for_status(id, begun, watch);
		watch.note_wait(begun);
		let status = status?;
		let headers = offchain::http_response_headers(id);
		Ok(Response { id, status, headers, buffer: vec![0; BUFFER.0], received: 0 })
	}
}

fn unreachable_source() -> Fault {
	Fault::new("the source cannot be reached: is it up, and is the url's host and port right?")
}

fn wait_for_status(id: HttpRequestId, begun: u64, watch: &mut Watch) -> Result<u16, Stop> {
	loop {
		let now = watch.tick_reading().map_err(|stop| match stop {
			// A feed that had no time of its own is not at fault.
			Stop::Time if watch.reads_until().saturating_sub(begun) >= SILENCE_MS => {
				let waited = watch.reads_until().saturating_sub(begun);
				Fault::new(format!("the source did not answer within {waited} ms")).into()
			}
			stop => stop,
		})?;
		let until = Timestamp::from_unix_millis(now.saturating_add(SLICE_MS));
		match offchain::http_response_wait(&[id], Some(until)).first() {
			Some(HttpRequestStatus::Finished(status)) => return Ok(*status),
			Some(HttpRequestStatus::DeadlineReached) => {}
			_ => return Err(unreachable_source().into()),
		}
	}
}

impl Response {
	/// A header's value, by its name in lower case.
	pub(crate) fn header(&self, name: &str) -> Option<&str> {
		let (_, value) = self.headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name.as_bytes()))?;
		core::str::from_utf8(value).ok()
	}

	/// Checks that this is a body to read: the status, the encoding, the type.
	pub(crate) fn check(&self, accepts: impl Fn(&str) -> bool) -> Result<(), Fault> {
		if !matches!(self.status, 200 | 206) {
			return Err(self.fault());
		}
		if self.header("content-encoding").is_some_and(|encoding| !encoding.eq_ignore_ascii_case("identity")) {
			return Err(Fault::new("the source sends its answer compressed, though it was not asked to"));
		}
		let kind = self.header("content-type").map(media_type).unwrap_or_default();
		if accepts(&kind) {
			return Ok(());
		}
		Err(Fault::new(match kind.as_str() {
			"text/html" | "application/xhtml+xml" => {
				"the source sent a web page, not STIX: is the url a login form or a portal?".to_string()
			}
			"" => "the source does not say of what type its answer is".to_string(),
			_ => "the source sent something else than TAXII, STIX or JSON: check the url".to_string(),
		}))
	}

	/// What the status says, in words.
	pub(crate) fn fault(&self) -> Fault {
		let status = self.status;
		let words = match status {
			301 | 302 | 303 | 307 | 308 => {
				"the source redirects, which is not followed: set url to where it leads".to_string()
			}
			401 => "the source does not accept the credentials (401): check username, password or token".to_string(),
			403 => "the credentials do not permit reading this source (403)".to_string(),
			404 => "the source is not there (404): check url and collection".to_string(),
			406 | 415 => format!("the source does not speak TAXII 2.1 ({status}): is it a server of TAXII 2.0 or 1?"),
			413 => "the source finds the page too large (413): set a smaller page".to_string(),
			429 => "the source asks to be asked less often (429): set a longer interval".to_string(),
			503 => "the source is not available (503)".to_string(),
			500..=599 => format!("the source failed ({status})"),
			_ => format!("the source answered with status {status}"),
		};
		let retry_after = self.header("retry-after").and_then(|value| retry_after(value, now()));
		Fault { status: Some(status), reason: None, words, retry_after }
	}

	/// The next bytes of the body; none at its end.
	pub(crate) fn read(&mut self, watch: &mut Watch) -> Result<&[u8], Stop> {
		let begun = watch.tick_reading()?;
		let count = self.fill(begun, watch);
		watch.note_wait(begun);
		let count = count?;
		self.received = self.received.saturating_add(count.into());
		Ok(self.taken(count as usize))
	}

	/// Waits for the next bytes; with their number.
	fn fill(&mut self, begun: u64, watch: &mut Watch) -> Result<u32, Stop> {
		loop {
			let now = watch.tick_reading()?;
			if now.saturating_sub(begun) >= SILENCE_MS {
				return Err(Fault::new(format!("the source fell silent after {} bytes", self.received)).into());
			}
			let until = Timestamp::from_unix_millis(now.saturating_add(SLICE_MS));
			match offchain::http_response_read_body(self.id, &mut self.buffer, Some(until)) {
				Ok(count) => return Ok(count),
				Err(HttpError::DeadlineReached) => {}
				Err(_) => {
					return Err(Fault::new(format!("the connection broke after {} bytes", self.received)).into());
				}
			}
		}
	}

	/// The buffer's first bytes. A full buffer is doubled for the next read.
	fn taken(&mut self, count: usize) -> &[u8] {
		let length = self.buffer.len();
		if count == length && length < BUFFER.1 {
			self.buffer.resize(length.saturating_mul(2), 0);
		}
		self.buffer.get(..count).unwrap_or_default()
	}
}
