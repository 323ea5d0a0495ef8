//! The right to work on something, held by one run at a time.

use super::now;
use crate::worker::store;
use alloc::vec::Vec;
use codec::{Decode, Encode};
use frame::deps::sp_io::offchain;

/// Milliseconds a lease lasts without renewal. A node that was killed waits so long after its restart, at most.
const LEASE_MS: u64 = 3_000;
/// Milliseconds after which a lease is renewed.
const RENEW_MS: u64 = 750;
/// Milliseconds between two looks at a lease that somebody else has.
const PAUSE_MS: u64 = 5;

#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
struct Holder {
	/// Tells one run from another, also over restarts.
	token: u64,
	/// Unix milliseconds.
	expires: u64,
}

impl Holder {
	/// A lease that ends later than any lease can end is from before the clock was set back.
	fn is_free(&self, now: u64) -> bool {
		now >= self.expires || self.expires > now.saturating_add(LEASE_MS.saturating_mul(2))
	}
}

/// A lease held. It ends when it is dropped, and by itself when it is not renewed.
#[derive(Debug)]
pub(crate) struct Lease {
	key: Vec<u8>,
	held: Holder,
}

impl Lease {
	/// Takes the lease if nobody has it.
	pub(crate) fn take(key: Vec<u8>) -> Option<Self> {
		let now = now();
		let stored = store::get_bytes(&key);
		let holder = stored.as_deref().and_then(|mut bytes| Holder::decode(&mut bytes).ok());
		if holder.is_some_and(|holder| !holder.is_free(now)) {
			return None;
		}
		let [a, b, c, d, e, f, g, h, ..] = offchain::random_seed();
		let held =
			Holder { token: u64::from_le_bytes([a, b, c, d, e, f, g, h]), expires: now.saturating_add(LEASE_MS) };
		store::replace(&key, stored, &held.encode()).then_some(Self { key, held })
	}

	/// Takes the lease, if need be after whoever has it; `None` after `patience` milliseconds.
	pub(crate) fn wait(key: Vec<u8>, patience: u64) -> Option<Self> {
		let gives_up = now().saturating_add(patience);
		loop {
			if let Some(lease) = Self::take(key.clone()) {
				return Some(lease);
			}
			if now() >= gives_up {
				return None;
			}
			super::sleep(PAUSE_MS);
		}
	}

	/// Extends the lease when it is time to; `false` if another run has it by now.
	pub(crate) fn renew(&mut self, now: u64) -> bool {
		let left = self.held.expires.saturating_sub(now);
		left > LEASE_MS.saturating_sub(RENEW_MS) || self.set_expiry(now.saturating_add(LEASE_MS))
	}

	fn set_expiry(&mut self, expires: u64) -> bool {
		let next = Holder { expires, ..self.held };
		let is_ours = store::replace(&self.key, Some(self.held.encode()), &next.encode());
		if is_ours {
			self.held = next;
		}
		is_ours
	}
}

impl Drop for Lease {
	fn drop(&mut self) {
		self.set_expiry(0);
	}
}
