//! A node around the worker: local storage, clock, HTTP, pool; it can be killed at any operation.

use cti_primitives::FeedId;
use frame::deps::sp_core::offchain::{
	DbExternalities, Externalities, HttpError, HttpRequestId, HttpRequestStatus, OpaqueNetworkState, StorageKind,
	Timestamp, TransactionPool,
};
use frame::deps::sp_core::OpaquePeerId;
use std::{
	collections::BTreeMap,
	sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// What the worker asked a server.
#[derive(Clone, Debug, Default)]
pub struct Request {
	pub url: String,
	pub headers: BTreeMap<String, String>,
}

/// How a response comes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fate {
	Whole,
	/// After so many milliseconds.
	Late(u64),
	/// Never.
	Hangs,
	/// Nobody listens.
	Unreachable,
	/// After so many bytes nothing comes any more.
	SilentAfter(usize),
	/// After so many bytes the connection breaks.
	BreaksAfter(usize),
	/// One byte in so many milliseconds, without end.
	Drips(u64),
}

#[derive(Clone, Debug)]
pub struct Reply {
	pub status: u16,
	pub headers: Vec<(String, String)>,
	pub body: Arc<Vec<u8>>,
	pub fate: Fate,
}

impl Reply {
	pub fn new(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
		let headers = vec![("content-type".to_string(), content_type.to_string())];
		Self { status, headers, body: Arc::new(body.into()), fate: Fate::Whole }
	}

	pub fn status(status: u16) -> Self {
		Self::new(status, "text/html", "<html>secret</html>")
	}

	pub fn with(mut self, name: &str, value: impl ToString) -> Self {
		self.headers.push((name.to_string(), value.to_string()));
		self
	}

	pub fn fate(mut self, fate: Fate) -> Self {
		self.fate = fate;
		self
	}
}

pub type Server = Box<dyn FnMut(&Request) -> Reply + Send>;

pub struct HostState {
	pub db: BTreeMap<Vec<u8>, Vec<u8>>,
	pub now: u64,
	pub server: Server,
	pub requests: Vec<Request>,
	open: Vec<(Request, Option<Reply>, usize)>,
	pub pool: Vec<Vec<u8>>,
	/// The pool takes nothing.
	pub pool_full: bool,
	/// Decides whether the pool takes a transaction, and what it drops for it. Knows the feeds' next numbers.
	pub accepts: fn(&mut Vec<Vec<u8>>, &[u8], &BTreeMap<FeedId, u64>) -> bool,
	/// The feeds' next numbers.
	pub next: BTreeMap<FeedId, u64>,
	/// Operations until the node is killed.
	pub fuse: Option<usize>,
	pub operations: usize,
	/// Bytes of the body that one read gives at most.
	pub chunk: usize,
	/// Bytes of bodies read.
	pub read: usize,
	seeds: u64,
	/// What others do while the worker waits.
	pub meanwhile: Option<Box<dyn FnMut(&mut BTreeMap<Vec<u8>, Vec<u8>>) + Send>>,
}

impl HostState {
	fn wait_until(&mut self, deadline: Timestamp) {
		self.now = self.now.max(deadline.unix_millis());
		if let Some(meanwhile) = &mut self.meanwhile {
			meanwhile(&mut self.db);
		}
	}
}

/// Shared with the externalities.
#[derive(Clone)]
pub struct Host(Arc<Mutex<HostState>>);

impl Host {
	pub fn new(server: Server) -> Self {
		Self(Arc::new(Mutex::new(HostState {
			db: BTreeMap::new(),
			now: 1_800_000_000_000,
			server,
			requests: Vec::new(),
			open: Vec::new(),
			pool: Vec::new(),
			pool_full: false,
			accepts: |_, _, _| true,
			next: BTreeMap::new(),
			fuse: None,
			operations: 0,
			chunk: 1_000,
			read: 0,
			seeds: 0,
			meanwhile: None,
		})))
	}

	/// A kill leaves the lock poisoned, and what it holds whole.
	pub fn state(&self) -> MutexGuard<'_, HostState> {
		self.0.lock().unwrap_or_else(PoisonError::into_inner)
	}

	/// The state for an operation after which the outside world differs.
	fn operate(&self) -> MutexGuard<'_, HostState> {
		let mut state = self.state();
		state.operations += 1;
		match &mut state.fuse {
			Some(0) => {
				state.fuse = None;
				drop(state);
				std::panic::panic_any(Killed);
			}
			Some(left) => *left -= 1,
			None => {}
		}
		state
	}
}

/// What a killed node panics with.
pub struct Killed;

impl Externalities for Host {
	fn is_validator(&self) -> bool {
		true
	}
	fn network_state(&self) -> Result<OpaqueNetworkState, ()> {
		Err(())
	}
	fn timestamp(&mut self) -> Timestamp {
		Timestamp::from_unix_millis(self.state().now)
	}
	fn sleep_until(&mut self, deadline: Timestamp) {
		self.state().wait_until(deadline);
	}
	fn random_seed(&mut self) -> [u8; 32] {
		let mut state = self.state();
		state.seeds += 1;
		frame::deps::sp_io::hashing::blake2_256(&state.seeds.to_le_bytes())
	}

	fn http_request_start(&mut self, method: &str, uri: &str, _: &[u8]) -> Result<HttpRequestId, ()> {
		let mut state = self.operate();
		assert_eq!(method, "GET");
		if !uri.starts_with("http") {
			return Err(());
		}
		state.open.push((Request { url: uri.to_string(), ..Default::default() }, None, 0));
		Ok(HttpRequestId(state.open.len() as u16 - 1))
	}
	fn http_request_add_header(&mut self, id: HttpRequestId, name: &str, value: &str) -> Result<(), ()> {
		if value.contains('\n') {
			return Err(());
		}
		let previous = self.state().open[id.0 as usize].0.headers.insert(name.to_string(), value.to_string());
		assert_eq!(previous, None);
		Ok(())
	}
	fn http_request_write_body(
		&mut self,
		id: HttpRequestId,
		chunk: &[u8],
		_: Option<Timestamp>,
	) -> Result<(), HttpError> {
		assert!(chunk.is_empty());
		let mut state = self.operate();
		let request = state.open[id.0 as usize].0.clone();
		state.requests.push(request.clone());
		let reply = (state.server)(&request);
		state.open[id.0 as usize].1 = Some(reply);
		Ok(())
	}
	fn http_response_wait(&mut self, ids: &[HttpRequestId], deadline: Option<Timestamp>) -> Vec<HttpRequestStatus> {
		let mut state = self.state();
		let at = ids[0].0 as usize;
		let reply = state.open[at].1.clone().unwrap();
		vec![match reply.fate {
			Fate::Late(left) => {
				let waited = left.min(deadline.unwrap().unix_millis().saturating_sub(state.now));
				state.now += waited;
				state.open[at].1.as_mut().unwrap().fate = Fate::Late(left - waited);
				match left == waited {
					true => HttpRequestStatus::Finished(reply.status),
					false => HttpRequestStatus::DeadlineReached,
				}
			}
			Fate::Hangs => {
				state.wait_until(deadline.unwrap());
				HttpRequestStatus::DeadlineReached
			}
			Fate::Unreachable => HttpRequestStatus::IoError,
			_ => HttpRequestStatus::Finished(reply.status),
		}]
	}
	fn http_response_headers(&mut self, id: HttpRequestId) -> Vec<(Vec<u8>, Vec<u8>)> {
		let reply = self.state().open[id.0 as usize].1.clone().unwrap();
		reply.headers.into_iter().map(|(name, value)| (name.into_bytes(), value.into_bytes())).collect()
	}
	fn http_response_read_body(
		&mut self,
		id: HttpRequestId,
		buffer: &mut [u8],
		deadline: Option<Timestamp>,
	) -> Result<usize, HttpError> {
		let mut state = self.operate();
		let (_, reply, at) = state.open[id.0 as usize].clone();
		let reply = reply.unwrap();
		let end = match reply.fate {
			Fate::SilentAfter(bytes) if at >= bytes => {
				state.wait_until(deadline.unwrap());
				return Err(HttpError::DeadlineReached);
			}
			Fate::BreaksAfter(bytes) if at >= bytes => return Err(HttpError::IoError),
			Fate::SilentAfter(bytes) | Fate::BreaksAfter(bytes) => bytes.min(reply.body.len()),
			Fate::Drips(milliseconds) => {
				state.now += milliseconds;
				buffer[0] = b' ';
				return Ok(1);
			}
			_ => reply.body.len(),
		};
		let count = (end - at).min(buffer.len()).min(state.chunk);
		buffer[..count].copy_from_slice(&reply.body[at..at + count]);
		state.open[id.0 as usize].2 = at + count;
		state.read += count;
		Ok(count)
	}
	fn set_authorized_nodes(&mut self, _: Vec<OpaquePeerId>, _: bool) {
		unreachable!()
	}
}

impl DbExternalities for Host {
	fn local_storage_set(&mut self, kind: StorageKind, key: &[u8], value: &[u8]) {
		assert_eq!(kind, StorageKind::PERSISTENT);
		self.operate().db.insert(key.to_vec(), value.to_vec());
	}
	fn local_storage_clear(&mut self, _: StorageKind, key: &[u8]) {
		self.operate().db.remove(key);
	}
	fn local_storage_compare_and_set(&mut self, _: StorageKind, key: &[u8], old: Option<&[u8]>, new: &[u8]) -> bool {
		// The lease's release when a killed run unwinds must not count as an operation of the living.
		let mut state = if std::thread::panicking() { return false } else { self.operate() };
		let is_same = state.db.get(key).map(Vec::as_slice) == old;
		if is_same {
			state.db.insert(key.to_vec(), new.to_vec());
		}
		is_same
	}
	fn local_storage_get(&mut self, _: StorageKind, key: &[u8]) -> Option<Vec<u8>> {
		self.state().db.get(key).cloned()
	}
}

impl TransactionPool for Host {
	fn submit_transaction(&mut self, extrinsic: Vec<u8>) -> Result<(), ()> {
		let mut state = self.operate();
		let (accepts, next) = (state.accepts, state.next.clone());
		if state.pool_full || !accepts(&mut state.pool, &extrinsic, &next) {
			return Err(());
		}
		state.pool.push(extrinsic);
		Ok(())
	}
}
