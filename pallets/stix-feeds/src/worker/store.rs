//! What a node keeps of its feeds in its local storage: caches and counters, never the truth. What it lost it learns from
//! the chain and the source again, before it publishes anything that depends on it.

use crate::{
	moment::Moment,
	position::{short_hash, Link, Place, Position, PrefixHash, Progress, ShortHash},
	types::PositionBytes,
};
use alloc::{format, string::String, vec::Vec};
use codec::{Decode, Encode};
use cti_primitives::{
	feed::{status_key, FeedConfig, FeedKind, FeedStatus, FEEDS_KEY},
	warning::{WarningLists, WARNING_LISTS_KEY},
	Draft, Epoch, FeedId, GroupId, Hash,
};
use frame::deps::{sp_core::offchain::StorageKind::PERSISTENT, sp_io::offchain};

/// Changes when what is kept changes its form: what another version wrote is forgotten.
const FORM: u8 = 6;

/// Positions of pages given up that are kept: more than are ever under way.
const KEEP_DROPPED: usize = 64;

/// Which source of which chain something was kept for: [`FORM`], the chain, the source.
pub(crate) type Identity = (u8, Hash, ShortHash);

pub(crate) fn get_bytes(key: &[u8]) -> Option<Vec<u8>> {
	offchain::local_storage_get(PERSISTENT, key)
}

pub(crate) fn set_bytes(key: &[u8], value: &[u8]) {
	offchain::local_storage_set(PERSISTENT, key, value);
}

pub(crate) fn clear(key: &[u8]) {
	offchain::local_storage_clear(PERSISTENT, key);
}

/// Sets the value if it is still `old`.
pub(crate) fn replace(key: &[u8], old: Option<Vec<u8>>, new: &[u8]) -> bool {
	offchain::local_storage_compare_and_set(PERSISTENT, key, old, new)
}

pub(crate) fn get<V: Decode>(key: &[u8]) -> Option<V> {
	V::decode(&mut get_bytes(key)?.as_slice()).ok()
}

pub(crate) fn set(key: &[u8], value: &impl Encode) {
	set_bytes(key, &value.encode());
}

/// The operator's feeds, JSON.
pub(crate) fn configuration() -> Option<Vec<u8>> {
	get_bytes(FEEDS_KEY)
}

/// The operator's warning lists.
pub(crate) fn warning_lists() -> WarningLists {
	get(WARNING_LISTS_KEY).unwrap_or_default()
}

const TURN_KEY: &[u8] = b"testudo/turn";

/// The feed that was served last.
pub(crate) fn turn() -> Option<FeedId> {
	get(TURN_KEY)
}

pub(crate) fn set_turn(feed: FeedId) {
	set(TURN_KEY, &feed);
}

/// Key of something kept for a feed.
pub(crate) fn feed_key(feed: FeedId, what: &str) -> Vec<u8> {
	format!("testudo/feed/{feed}/{what}").into_bytes()
}

fn page_key(feed: FeedId, sequence: u64) -> Vec<u8> {
	feed_key(feed, &format!("page/{sequence}"))
}

/// The feed's counters; new ones if there are none yet.
pub(crate) fn status(feed: FeedId) -> FeedStatus {
	get_bytes(&status_key(feed)).and_then(|json| serde_json::from_slice(&json).ok()).unwrap_or_default()
}

pub(crate) fn set_status(feed: FeedId, status: &FeedStatus) {
	if let Ok(json) = serde_json::to_vec(status) {
		set_bytes(&status_key(feed), &json);
	}
}

/// A page that was sealed. Its envelope is kept beside it.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub(crate) struct Page {
	pub(crate) sequence: u64,
	pub(crate) position: PositionBytes,
	pub(crate) draft: Draft,
	pub(crate) group: GroupId,
	pub(crate) epoch: Epoch,
	/// Bytes of the envelope.
	pub(crate) bytes: u32,
	/// Objects of the source in it.
	pub(crate) objects: u32,
	/// [`Frontier::index`] of its position.
	pub(crate) index: u64,
	/// The nonce it was submitted with; `None` while no pool has taken it.
	pub(crate) nonce: Option<u32>,
	/// Block at which it was seen to have landed.
	pub(crate) landed: Option<u64>,
}

impl Page {
	/// The position it moves the feed to.
	pub(crate) fn position(&self) -> Option<Position> {
		Position::decode_from(&self.position)
	}
}

/// How a TAXII server wants to be asked for the following page: with the same parameters and its token.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub(crate) struct Token {
	/// The server's `next`; none where it is asked by time though the place stays where it is.
	pub(crate) next: Option<String>,
	/// Text of the `added_after` it belongs to.
	pub(crate) added_after: Option<String>,
	/// The `limit` it belongs to.
	pub(crate) limit: u32,
	/// Objects since the place's `added_after` that are before the page it asks for.
	pub(crate) start: u32,
	/// When the last object of the page before it was added.
	pub(crate) before: Option<Moment>,
	/// Short hash of the first object of the page before it.
	pub(crate) first: ShortHash,
	/// The last object done is still to come, and so are others done: the server counts `added_after` itself.
	pub(crate) resync: bool,
}

/// What makes asking for a file cheap.
#[derive(Clone, PartialEq, Eq, Debug, Default, Encode, Decode)]
pub(crate) struct FileCache {
	/// `ETag` or `Last-Modified` of the file under way, as a condition: the header's name and value.
	pub(crate) validator: Option<Validator>,
	/// Hash of the whole blocks before the frontier, to go on in the middle.
	pub(crate) hash: PrefixHash,
	/// The file was read to its end.
	pub(crate) complete: bool,
	/// The file was searched for marking definitions.
	pub(crate) searched: bool,
}

/// A file's version as the server names it.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub(crate) enum Validator {
	/// A strong `ETag`.
	Etag(String),
	/// `Last-Modified`.
	Modified(String),
}

/// Where the next page begins.
#[derive(Clone, PartialEq, Eq, Debug, Default, Encode, Decode)]
pub(crate) struct Frontier {
	/// Its number.
	pub(crate) sequence: u64,
	/// The position it follows.
	pub(crate) position: PositionBytes,
	/// The place of its batch. Ahead of the position's where objects were refused, or a look found nothing.
	pub(crate) place: Option<Place>,
	/// How far into that batch it begins.
	pub(crate) progress: Option<Progress>,
	/// Objects between the source's beginning, or where this node began, and the place; counted from 1.
	pub(crate) index: u64,
	/// A short way to the place.
	pub(crate) token: Option<Token>,
	/// In a collection: objects since the place's `added_after` that looks have passed over on the way to it.
	pub(crate) passed: u32,
}

impl Frontier {
	/// Where the chain says the feed stands.
	pub(crate) fn at(sequence: u64, position: PositionBytes, index: u64) -> Self {
		let decoded = Position::decode_from(&position);
		let place = decoded.map(|position| position.place);
		let progress = decoded.and_then(|position| position.progress);
		Self { sequence, position, place, progress, index, token: None, passed: 0 }
	}
}

/// Objects that were refused: which of them new settings do not reach.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Encode, Decode)]
pub(crate) struct Behind {
	/// Before the last page's end.
	pub(crate) objects: u64,
	/// After it.
	pub(crate) since: u64,
	/// [`Frontier::index`] of that page's batch's end.
	pub(crate) to: u64,
}

/// The place after a batch, and the ways to it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Next {
	pub(crate) place: Place,
	pub(crate) token: Option<Token>,
	/// In a file: the hash of what is before the place, at a block's beginning.
	pub(crate) hash: PrefixHash,
}

/// All that is kept of a feed but envelopes, marking definitions and the status.
#[derive(Clone, PartialEq, Eq, Debug, Default, Encode, Decode)]
pub(crate) struct LocalFeed {
	pub(crate) identity: Identity,
	/// Names the operator's configuration by its hash.
	settings: ShortHash,
	/// Pages under way and landed ones, ascending.
	pub(crate) pages: Vec<Page>,
	pub(crate) frontier: Frontier,
	pub(crate) file: FileCache,
	/// A number of the chain's and the index it stands for.
	pub(crate) anchor: (u64, u64),
	/// Objects up to this index were counted.
	pub(crate) counted: u64,
	/// Objects counted that have neither landed nor been refused.
	pub(crate) waiting: u64,
	/// Objects that wait uncounted for the group to be keyed.
	pub(crate) uncounted: u64,
	/// Unix milliseconds of the next look at the source.
	pub(crate) next_look: u64,
	/// Looks in a row that failed.
	pub(crate) failures: u32,
	/// Block at which a page last moved on.
	pub(crate) moved: u64,
	/// The feed's number and the account's nonce at that block.
	pub(crate) seen: (u64, u32),
	/// Block at which pages under way were last submitted again.
	pub(crate) resubmitted: u64,
	/// The account that submitted them.
	pub(crate) signer: Vec<u8>,
	/// The last run waited for the group.
	pub(crate) waits: bool,
	/// When the collection's last object was added, and the unix milliseconds since which nothing follows it.
	pub(crate) quiet: Option<(Moment, u64)>,
	/// Marking definitions, by the hash of their id, that the source does not have, while others are still to be asked for.
	pub(crate) absent: Vec<ShortHash>,
	/// How long the collection's slowest page of late kept a run waiting, in milliseconds.
	pub(crate) pace: u64,
	/// The position up to which this node knows how strict the source's objects are, pages after it apart; `None` while it
	/// has to learn that.
	pub(crate) base: Option<Link>,
	/// The source is read again from its beginning: the frontier's place is on the way to its position's.
	pub(crate) learning: bool,
	/// Behind how many objects the collection ended without the place, when it was read again, and since when it does.
	pub(crate) ended: Option<(u64, u64)>,
	/// The positions of the newest pages that this node gave up: they may land all the same.
	pub(crate) dropped: Vec<Link>,
	/// The operator changed something: what was refused since the chain's position is to be looked at again.
	pub(crate) again: bool,
	/// What was refused, by where the last page is.
	pub(crate) behind: Behind,
}

impl LocalFeed {
	fn identity(config: &FeedConfig, genesis: Hash) -> Identity {
		let kind = matches!(config.kind, FeedKind::Taxii21);
		(FORM, genesis, short_hash(&(kind, &config.url, &config.collection).encode()))
	}

	/// Changes with whatever the operator changes.
	fn settings(config: &FeedConfig) -> ShortHash {
		serde_json::to_vec(config).map(|json| short_hash(&json)).unwrap_or_default()
	}

	/// What is kept; nothing if it is of another chain or source. Where the operator changed anything, the source is to be
	/// asked at once.
	pub(crate) fn load(config: &FeedConfig, genesis: Hash) -> Option<Self> {
		let mut local = get::<Self>(&feed_key(config.id, "state"))?;
		let settings = Self::settings(config);
		if local.settings != settings {
			(local.settings, local.next_look, local.failures, local.again) = (settings, 0, 0, true);
		}
		(local.identity == Self::identity(config, genesis)).then_some(local)
	}

	/// Nothing kept yet of a feed that stands at `position` on chain.
	pub(crate) fn begin(config: &FeedConfig, genesis: Hash, sequence: u64, position: PositionBytes) -> Self {
		let frontier = Frontier::at(sequence, position, 1);
		let (identity, settings) = (Self::identity(config, genesis), Self::settings(config));
		Self { identity, settings, frontier, anchor: (sequence, 1), ..Self::default() }
	}

	/// Are pages under way?
	pub(crate) fn is_unsettled(&self) -> bool {
		self.pages.iter().any(|page| page.landed.is_none())
	}

	/// Is it known how strict the objects before this position are? Where it is another node's, they may never have been
	/// read here.
	pub(crate) fn covers(&self, position: &PositionBytes) -> bool {
		let link = Link::to(position);
		let is_given_up = || self.dropped.contains(&link);
		self.base == Some(link) || self.pages.iter().any(|page| page.position == *position) || is_given_up()
	}

	/// Takes note of a page that is given up.
	pub(crate) fn drop_page(&mut self, page: &Page) {
		if self.dropped.len() >= KEEP_DROPPED {
			self.dropped.remove(0);
		}
		self.dropped.push(Link::to(&page.position));
	}

	/// Takes note of how long a page kept the run waiting.
	pub(crate) fn note_pace(&mut self, waited: u64) {
		if waited > 0 {
			self.pace = waited.max(self.pace.saturating_sub(self.pace / 8));
		}
	}

	/// Moves the frontier to the next batch.
	pub(crate) fn move_to(&mut self, next: Next, index: u64) {
		self.frontier.place = Some(next.place);
		self.frontier.progress = None;
		self.frontier.passed = 0;
		self.frontier.token = next.token;
		self.frontier.index = index;
		self.file.hash = next.hash;
	}

	pub(crate) fn save(&self, feed: FeedId) {
		set(&feed_key(feed, "state"), self);
	}
}

pub(crate) fn envelope(feed: FeedId, sequence: u64) -> Option<Vec<u8>> {
	get_bytes(&page_key(feed, sequence))
}

pub(crate) fn set_envelope(feed: FeedId, sequence: u64, payload: &[u8]) {
	set_bytes(&page_key(feed, sequence), payload);
}

pub(crate) fn clear_envelope(feed: FeedId, sequence: u64) {
	clear(&page_key(feed, sequence));
}
