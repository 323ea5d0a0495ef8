//! A chain whose blocks the tests make: a pool, nonces, and the worker after each block.

use super::host::{Host, Killed, Server};
use crate::{
	crypto::{FeedPublic, KEY_TYPE},
	mock::*,
	Call, Feeds,
};
use cti_primitives::{
	feed::{status_key, Credentials, FeedConfig, FeedKind, FeedStatus, FEEDS_KEY},
	AuthorId, Epoch, FeedId, GroupId, RecordId, Role, Tlp,
};
use frame::{
	deps::{
		sp_core::{
			crypto::ByteArray,
			offchain::{OffchainDbExt, OffchainWorkerExt, TransactionPoolExt},
		},
		sp_runtime::{generic::Preamble, traits::Dispatchable},
	},
	testing_prelude::*,
};
use polkadot_sdk::sp_keystore::{testing::MemoryKeystore, Keystore, KeystoreExt};
use std::{
	collections::BTreeMap,
	panic::{catch_unwind, resume_unwind, AssertUnwindSafe},
	sync::Arc,
};

pub struct Chain {
	ext: TestState,
	pub host: Host,
	pub block: u64,
	/// The feed key's account.
	pub account: AccountId,
	/// Includes pages whatever their number, as a pool without the quota's check would.
	pub careless: bool,
}

/// A page as it was submitted.
pub struct Submitted {
	pub nonce: u32,
	pub feed: FeedId,
	pub sequence: u64,
	pub call: RuntimeCall,
	pub bytes: Vec<u8>,
}

pub fn config(kind: FeedKind) -> FeedConfig {
	let (url, collection) = match kind {
		FeedKind::Taxii21 => ("http://taxii.example/root/", "91a7b528-80eb-42ed-a74d-c6fbd5a26116"),
		FeedKind::StixBundle => ("http://files.example/bundle.json", ""),
	};
	FeedConfig {
		id: FEED,
		kind,
		url: url.into(),
		collection: collection.into(),
		credentials: Credentials::None,
		interval_ms: 5_000,
		page: 10,
		default_marking: Some(Tlp::Green),
		marking_map: Default::default(),
		own: Default::default(),
	}
}

fn decode(bytes: &[u8]) -> Submitted {
	let extrinsic = Extrinsic::decode(&mut &*bytes).unwrap();
	let Preamble::Signed(_, _, extension) = &extrinsic.preamble else { panic!("an unsigned transaction") };
	let nonce = extension.0;
	let RuntimeCall::StixFeeds(Call::publish_page { feed, sequence, .. }) = &extrinsic.function else {
		panic!("another call than publish_page")
	};
	Submitted { nonce, feed: *feed, sequence: *sequence, call: extrinsic.function.clone(), bytes: bytes.to_vec() }
}

/// As a pool does: of two transactions with one nonce, the second is refused; unless the first waits for a page that is
/// not there.
fn accepts(pool: &mut Vec<Vec<u8>>, new: &[u8], next: &BTreeMap<FeedId, u64>) -> bool {
	let nonce = decode(new).nonce;
	let pages: Vec<_> = pool.iter().map(|known| decode(known)).map(|known| (known.feed, known.sequence)).collect();
	let first = |feed| next.get(&feed).copied().unwrap_or(0);
	let is_ready =
		|known: &Submitted| (first(known.feed)..known.sequence).all(|before| pages.contains(&(known.feed, before)));
	if pool.iter().map(|known| decode(known)).any(|known| known.nonce == nonce && is_ready(&known)) {
		return false;
	}
	pool.retain(|known| decode(known).nonce != nonce);
	true
}

/// Does the runtime's check of transactions keep the page out of the pool?
fn is_barred(page: &Submitted) -> bool {
	let RuntimeCall::StixFeeds(Call::publish_page { payload, .. }) = &page.call else { return true };
	let audience = cti_envelope::parse(payload).unwrap().header.audience;
	let is_open = |(group, epoch): &(GroupId, Epoch)| {
		Policies::get(group).is_some_and(|policy| !policy.stale && policy.epoch == *epoch)
	};
	Feeds::<Test>::get(page.feed).is_none_or(|feed| !feed.enabled) || !audience.iter().all(is_open)
}

impl Chain {
	pub fn new(config: FeedConfig, server: Server) -> Self {
		let mut chain = Self::without_key(server);
		chain.configure(&[config]);
		let account = chain.account.clone();
		chain.on_chain(|| Accounts::insert(account, (ALICE, Role::Feed)));
		chain
	}

	/// The node has a feed key, which nobody made a delegate.
	pub fn without_key(server: Server) -> Self {
		let host = Host::new(server);
		host.state().accepts = accepts;
		let keystore = MemoryKeystore::new();
		let public = keystore.sr25519_generate_new(KEY_TYPE, Some("//Alice//feed")).unwrap();
		let account = AccountId::from_slice(FeedPublic::from(public).as_slice()).unwrap();
		let mut ext = new_test_ext();
		ext.register_extension(KeystoreExt(Arc::new(keystore)));
		ext.register_extension(OffchainWorkerExt::new(host.clone()));
		ext.register_extension(OffchainDbExt::new(host.clone()));
		ext.register_extension(TransactionPoolExt::new(host.clone()));
		Self { ext, host, block: 1, account, careless: false }
	}

	pub fn configure(&self, configs: &[FeedConfig]) {
		self.host.state().db.insert(FEEDS_KEY.to_vec(), serde_json::to_vec(configs).unwrap());
	}

	pub fn on_chain<R>(&mut self, run: impl FnOnce() -> R) -> R {
		self.ext.execute_with(run)
	}

	/// A block with everything from the pool, and the worker after it.
	pub fn block(&mut self) {
		self.block_with(usize::MAX);
	}

	/// A block with at most `limit` of the pool's transactions.
	pub fn block_with(&mut self, limit: usize) {
		self.include(limit);
		self.work();
	}

	pub fn blocks(&mut self, count: usize) {
		(0..count).for_each(|_| self.block());
	}

	/// A block without the worker.
	pub fn include(&mut self, limit: usize) {
		self.block += 1;
		let block = self.block;
		let pool = std::mem::take(&mut self.host.state().pool);
		self.host.state().now += 1_000;
		let mut pool: Vec<Submitted> = pool.iter().map(|bytes| decode(bytes)).collect();
		pool.sort_by_key(|submitted| submitted.nonce);
		let (account, careless) = (self.account.clone(), self.careless);
		let left = self.on_chain(|| {
			System::set_block_number(block);
			System::reset_events();
			let (mut included, mut left) = (0, Vec::new());
			for submitted in pool {
				let nonce = System::account_nonce(&account);
				let next = StixFeeds::next_sequence(submitted.feed).unwrap_or(0);
				let is_refused = !careless && (submitted.sequence < next || is_barred(&submitted));
				let is_dead = submitted.nonce < nonce || is_refused;
				let is_early = submitted.nonce > nonce || (!careless && submitted.sequence > next);
				if is_dead {
					continue;
				}
				if is_early || included >= limit {
					left.push(submitted.bytes);
					continue;
				}
				System::set_extrinsic_index(included as u32);
				included += 1;
				System::inc_account_nonce(&account);
				let _ = submitted.call.dispatch(RuntimeOrigin::signed(account.clone()));
				StixFeeds::do_try_state().unwrap();
			}
			left
		});
		let next = self.on_chain(|| Feeds::<Test>::iter().map(|(id, feed)| (id, feed.sequence)).collect());
		let mut host = self.host.state();
		(host.pool, host.next) = (left, next);
	}

	/// The worker, after the newest block. It leaves the state as it is.
	pub fn work(&mut self) {
		let block = self.block;
		self.on_chain(|| {
			let _unchanged = StorageNoopGuard::default();
			StixFeeds::offchain_worker(block);
		});
	}

	/// The worker on a node that may be killed. Says whether it was; its pool is gone then.
	pub fn work_or_die(&mut self) -> bool {
		let result = catch_unwind(AssertUnwindSafe(|| self.work()));
		match result {
			Ok(()) => false,
			Err(cause) if cause.is::<Killed>() => {
				self.host.state().pool.clear();
				true
			}
			Err(cause) => resume_unwind(cause),
		}
	}

	pub fn status(&self) -> FeedStatus {
		self.status_of(FEED)
	}

	pub fn status_of(&self, feed: FeedId) -> FeedStatus {
		let state = self.host.state();
		state.db.get(&status_key(feed)).map_or_else(Default::default, |json| serde_json::from_slice(json).unwrap())
	}

	/// The last error's words.
	pub fn error(&self) -> String {
		self.status().last_error.unwrap_or_default()
	}

	pub fn submitted(&self) -> Vec<Submitted> {
		self.host.state().pool.iter().map(|bytes| decode(bytes)).collect()
	}

	pub fn sequence(&mut self) -> u64 {
		self.on_chain(|| Feeds::<Test>::get(FEED).unwrap().sequence)
	}

	/// Markings and objects of all records, in order.
	pub fn records(&mut self) -> Vec<(Tlp, Vec<Vec<u8>>)> {
		self.on_chain(|| {
			let ids = (0..).map(|n| RecordId { author: AuthorId(0), n });
			ids.map_while(|id| {
				let (_, payload) = Records::get(id)?;
				Some((cti_envelope::parse(&payload).unwrap().header.tlp, objects_of(id)))
			})
			.collect()
		})
	}

	/// Every object of every record.
	pub fn objects(&mut self) -> Vec<Vec<u8>> {
		self.records().into_iter().flat_map(|(_, objects)| objects).collect()
	}

	/// Makes blocks until the source has nothing newer and nothing is under way.
	pub fn settle(&mut self) {
		for _ in 0..200 {
			self.block();
			let status = self.status();
			if status.waiting == 0 && status.caught_up_ms > 0 && self.host.state().pool.is_empty() {
				return;
			}
		}
		panic!("the feed did not catch up: {:?}", self.status());
	}
}
