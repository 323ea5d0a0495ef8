//! A TAXII 2.1 collection as a source.
//!
//! A server gives a collection's objects in the order in which they were added, in pages. All versions of an object are
//! asked for: so the order only ever grows at its end, and "so many objects after that time" stays the same place. The
//! time of a place is moved on only where no further object can share it: before a page whose first object is later than
//! the last one before it, and at the end once a look found nothing new.

use super::{
	batch::{Batch, Gathered, Item},
	definitions::Definitions,
	headers::{authorization, percent},
	http::{Fault, Request, Response, Stop},
	serving::Serving,
	store::{Next, Token},
	LOG,
};
use crate::{
	moment::Moment,
	pallet::Config,
	position::{short_hash, Place, PrefixHash, ShortHash},
};
use alloc::{
	format,
	string::{String, ToString},
	vec::Vec,
};
use cti_primitives::feed::FeedConfig;
use cti_stix::{read_object, Limits, Splitter, Tail};
use frame::deps::sp_io::hashing::blake2_128;

const MEDIA_TYPE: &str = "application/taxii+json;version=2.1";
/// Bytes after which a run asks for no further page.
const ENOUGH_BYTES: u64 = 32 << 20;
/// Marking definitions fetched by their id for one batch, and bytes of the answer.
const MAX_DEFINITIONS: usize = 32;
const DEFINITION_BYTES: u64 = 1 << 20;

/// What follows a page.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum After {
	/// The same page, asked for another way.
	Same,
	/// Another page.
	More,
	/// Nothing: the collection's end.
	End,
}

/// Publishes what the collection has after the frontier.
pub(crate) fn look<T: Config>(serving: &mut Serving<T>, definitions: &mut Definitions) -> Result<(), Stop> {
	let mut bytes = 0u64;
	loop {
		let (after, length) = page(serving, definitions)?;
		bytes = bytes.saturating_add(length);
		match after {
			After::End => return Ok(()),
			After::More if bytes > ENOUGH_BYTES => return Err(Stop::Time),
			After::More | After::Same => {}
		}
	}
}

/// A [`Place::Collection`], taken apart.
#[derive(Clone, Copy, Debug)]
struct Standing {
	collection: [u8; 4],
	added_after: Option<Moment>,
	skip: u32,
	last: ShortHash,
}

impl Standing {
	/// Where the feed stands in `collection`; at its beginning if it stood in another source.
	fn new(place: Option<Place>, collection: &str) -> (Self, bool) {
		let [a, b, c, d, ..] = blake2_128(collection.as_bytes());
		let tag = [a, b, c, d];
		match place {
			Some(Place::Collection { collection, added_after, skip, last }) if collection == tag => {
				(Self { collection, added_after, skip, last }, true)
			}
			_ => (Self { collection: tag, added_after: None, skip: 0, last: ShortHash::default() }, false),
		}
	}

	fn place(self) -> Place {
		let Self { collection, added_after, skip, last } = self;
		Place::Collection { collection, added_after, skip, last }
	}
}

/// One page of the server's while it is read.
struct Reading {
	/// The place before what is gathered; while objects are passed over, the place to go on from.
	at: Standing,
	/// Objects since `added_after` that came, up to what is gathered.
	came: u32,
	/// The place is behind so many objects that are still to come.
	pass: u32,
	/// Objects done may come again: the server counts `added_after` itself.
	resync: bool,
	/// Short hash of the page's first object.
	first: Option<ShortHash>,
	/// Text of the `added_after` that was asked for.
	asked: Option<String>,
	limit: u32,
	/// The token that was asked for.
	token: Option<Token>,
	gathered: Gathered,
	/// When the page's last object was added.
	last_added: Option<Moment>,
}

/// Reads one page and publishes what is new on it; with the bytes it had.
fn page<T: Config>(serving: &mut Serving<T>, definitions: &mut Definitions) -> Result<(After, u64), Stop> {
	let frontier = &mut serving.local.frontier;
	let (at, is_known) = Standing::new(frontier.place, &serving.config.collection);
	if !is_known {
		(frontier.place, frontier.progress, frontier.token) = (Some(at.place()), None, None);
	}
	// A token is used once: some servers count under it what they have given. Whatever stops this page half-way, the next
	// look asks by time and passes over what is done.
	let token = frontier.token.take();
	let by_time = || at.added_after.map(|time| time.to_string());
	let asked = token.as_ref().map_or_else(by_time, |token| token.added_after.clone());
	let limit = token.as_ref().map_or(serving.config.page, |token| token.limit);
	let url = objects_url(&serving.config, asked.as_deref(), limit, token.as_ref());
	let mut response = get(serving, &url)?;
	if token.is_some() && matches!(response.status, 400 | 404 | 409 | 410 | 422) {
		log::debug!(target: LOG, "feed {}: the server knows its token no more", serving.config.id);
		return Ok((After::Same, 0));
	}
	response.check(is_json)?;
	let mut reading = Reading::new(at, token, &response, serving);
	(reading.asked, reading.limit) = (asked, limit);
	reading.read(serving, definitions, &mut response)
}

impl Reading {
	fn new<T: Config>(mut at: Standing, token: Option<Token>, response: &Response, serving: &mut Serving<T>) -> Self {
		let header = |name| response.header(name).and_then(|text| text.trim().parse::<Moment>().ok());
		let (first, last_added) = (header("x-taxii-date-added-first"), header("x-taxii-date-added-last"));
		let mut came = token.as_ref().map_or(0, |token| token.start);
		let before = token.as_ref().and_then(|token| token.before);
		if first.zip(before).is_some_and(|(first, before)| first.is_after(before)) {
			// Nothing on this page was added at the time of what is before it.
			(at.added_after, at.skip) = (before, at.skip.saturating_sub(came));
			came = 0;
			serving.local.frontier.place = Some(at.place());
		}
		let is_repeated = || first.zip(at.added_after).is_some_and(|(first, after)| !first.is_after(after));
		Self {
			pass: at.skip.saturating_sub(came),
			resync: token.is_none() && is_repeated(),
			at,
			came,
			first: None,
			asked: None,
			limit: 0,
			token,
			gathered: Gathered::new(serving.local.frontier.progress),
			last_added,
		}
	}

	fn read<T: Config>(
		mut self,
		serving: &mut Serving<T>,
		definitions: &mut Definitions,
		response: &mut Response,
	) -> Result<(After, u64), Stop> {
		let limits = Limits::default();
		let mut splitter = Splitter::new(limits);
		let mut bytes = 0u64;
		let stopped = loop {
			while let Some(item) = splitter.next() {
				self.accept(item.map(|cut| cut.raw), serving);
				if self.gathered.is_full() {
					self.take(serving, definitions)?;
				}
			}
			if splitter.error().is_some() {
				break None;
			}
			match response.read(&mut serving.watch) {
				Ok([]) => break None,
				Ok(chunk) => {
					bytes = bytes.saturating_add(chunk.len() as u64);
					splitter.push(chunk);
				}
				Err(stop) => break Some(stop),
			}
		};
		let tail = match stopped {
			Some(stop) => Err(stop),
			None => splitter.finish().map_err(|error| Fault::fatal(&error).into()),
		};
		match tail {
			Ok(tail) => self.end(tail, serving, definitions).map(|after| (after, bytes)),
			Err(stop) => {
				// What came whole is good.
				if self.gathered.is_usable() {
					self.take(serving, definitions)?;
				}
				Err(stop)
			}
		}
	}

	/// Takes the page's next object, or passes over it.
	fn accept<T: Config>(&mut self, item: Item, serving: &Serving<T>) {
		let hash = item.as_ref().map_or_else(|_| ShortHash::default(), |raw| short_hash(raw));
		self.first.get_or_insert(hash);
		let is_last = hash == self.at.last && hash != ShortHash::default();
		if self.pass > 0 {
			self.pass = self.pass.saturating_sub(1);
			self.came = self.came.saturating_add(1);
			if is_last {
				// Where objects before this one were deleted, it comes early.
				self.pass = 0;
			} else if self.pass == 0 && self.at.last != ShortHash::default() {
				let id = serving.config.id;
				log::warn!(target: LOG, "feed {id}: the collection has changed before the feed's place");
			}
		} else if self.resync && is_last {
			let known = u32::try_from(self.gathered.len()).unwrap_or(u32::MAX);
			self.came = self.came.saturating_add(known).saturating_add(1);
			self.gathered = Gathered::new(serving.local.frontier.progress);
			self.resync = false;
		} else {
			self.gathered.push(item);
		}
	}

	/// Publishes what is gathered.
	fn take<T: Config>(&mut self, serving: &mut Serving<T>, definitions: &mut Definitions) -> Result<(), Stop> {
		let batch = self.batch(serving, definitions)?;
		serving.take(batch, definitions, next(self.at, None))
	}

	/// Reads what is gathered. The place is behind it then.
	fn batch<T: Config>(&mut self, serving: &mut Serving<T>, definitions: &mut Definitions) -> Result<Batch, Stop> {
		self.resync = false;
		let gathered = core::mem::take(&mut self.gathered);
		let batch = Batch::read(gathered, &Limits::default(), definitions);
		fetch_definitions(serving, definitions, &batch)?;
		self.came = self.came.saturating_add(batch.count.into());
		(self.at.skip, self.at.last) = (self.came, batch.last);
		Ok(batch)
	}

	/// Publishes the page's last batch and moves the frontier to what follows the page.
	fn end<T: Config>(
		mut self,
		tail: Tail,
		serving: &mut Serving<T>,
		definitions: &mut Definitions,
	) -> Result<After, Stop> {
		let batch = match self.gathered.is_empty() {
			true => None,
			false => Some(self.batch(serving, definitions)?),
		};
		let is_quiet = batch.is_none() && !serving.progressed && self.last_added.is_some();
		let (after, token) = match (tail.more == Some(true), tail.next) {
			(true, Some(next)) => (After::More, Some(self.next_token(next)?)),
			(true, None) => {
				(self.at.added_after, self.at.skip) = (Some(self.later()?), self.pass);
				(After::More, None)
			}
			(false, _) if is_quiet => {
				(self.at.added_after, self.at.skip) = (self.last_added, 0);
				(After::End, None)
			}
			(false, _) => {
				self.at.skip = self.came;
				(After::End, None)
			}
		};
		let next = next(self.at, token);
		match batch {
			Some(batch) => serving.take(batch, definitions, next)?,
			None => {
				let (index, progress) = (serving.local.frontier.index, serving.local.frontier.progress);
				serving.local.move_to(next, index);
				serving.local.frontier.progress = progress.filter(|_| after == After::More);
				serving.save();
			}
		}
		Ok(after)
	}

	/// The way to the next page. A server that gives the same page again, or more of nothing, would be asked for ever; one
	/// that keeps a token and moves what it stands for would not.
	fn next_token(&self, next: String) -> Result<Token, Fault> {
		let first = self.first.ok_or_else(|| Fault::new("the server says that there is more and gives nothing"))?;
		if self.token.as_ref().is_some_and(|token| token.next == next && token.first == first) {
			return Err(Fault::new("the server gives the same page again and again"));
		}
		let (added_after, limit) = (self.asked.clone(), self.limit);
		Ok(Token { next, added_after, limit, start: self.came, before: self.last_added, first })
	}

	/// Where to go on when the server has more and no token for it: after the last object's time, as TAXII says.
	fn later(&self) -> Result<Moment, Fault> {
		self.last_added
			.filter(|last| self.first.is_some() && self.at.added_after.is_none_or(|after| last.is_after(after)))
			.ok_or_else(|| Fault::new("the server says that there is more, but not how to ask for it"))
	}
}

fn next(at: Standing, token: Option<Token>) -> Next {
	Next { place: at.place(), token, hash: PrefixHash::default() }
}

fn is_json(media_type: &str) -> bool {
	matches!(
		media_type,
		"application/taxii+json"
			| "application/stix+json"
			| "application/json"
			| "application/vnd.oasis.taxii+json"
			| "application/vnd.oasis.stix+json"
	)
}

fn collection_url(config: &FeedConfig) -> String {
	format!("{}collections/{}/objects/", config.url, percent(&config.collection))
}

fn objects_url(config: &FeedConfig, added_after: Option<&str>, limit: u32, token: Option<&Token>) -> String {
	let mut url = format!("{}?limit={limit}&match%5Bversion%5D=all", collection_url(config));
	for (name, value) in [("added_after", added_after), ("next", token.map(|token| token.next.as_str()))] {
		if let Some(value) = value {
			url.push_str(&format!("&{name}={}", percent(value)));
		}
	}
	url
}

fn get<T: Config>(serving: &mut Serving<T>, url: &str) -> Result<Response, Stop> {
	let headers = authorization(&serving.config.credentials).map(|value| ("authorization", value));
	Request { url, accept: MEDIA_TYPE, headers: headers.into_iter().collect() }.send(&mut serving.watch)
}

/// Asks the collection for the marking definitions that the batch refers to and nothing known defines.
fn fetch_definitions<T: Config>(
	serving: &mut Serving<T>,
	definitions: &mut Definitions,
	batch: &Batch,
) -> Result<(), Stop> {
	let missing: Vec<String> =
		batch.unresolved(definitions).into_iter().filter(|id| definitions.try_once(id)).collect();
	for id in missing.into_iter().take(MAX_DEFINITIONS) {
		let url = format!("{}{}/", collection_url(&serving.config), percent(&id));
		let mut response = get(serving, &url)?;
		match response.check(is_json) {
			Ok(()) => {}
			// What the server does not give stays unresolved.
			Err(fault) if fault.status.is_none_or(|status| !matches!(status, 429 | 503)) => continue,
			Err(fault) => return Err(fault.into()),
		}
		let limits = Limits { total_bytes: DEFINITION_BYTES, ..Limits::default() };
		let mut splitter = Splitter::new(limits);
		loop {
			let chunk = response.read(&mut serving.watch)?;
			splitter.push(chunk);
			let is_end = chunk.is_empty();
			for cut in splitter.by_ref().flatten() {
				if let Ok(object) = read_object(cut.raw, &limits) {
					let learnt = if object.id == id { definitions.learn(&object) } else { Ok(()) };
					learnt.unwrap_or_else(
						|refusal| log::debug!(target: LOG, "a definition is refused: {}", refusal.reason()),
					);
				}
			}
			if is_end || splitter.error().is_some() {
				break;
			}
		}
	}
	Ok(())
}
