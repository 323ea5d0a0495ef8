//! A TAXII 2.1 collection as a source.
//!
//! A server gives a collection's objects in the order in which they were added, in pages. All versions of an object are
//! asked for: so the order only ever grows at its end, and "so many objects after that time" stays the same place. The
//! time of a place is moved on only where no further object can share it: before a page whose first object is later than
//! the last one before it, and at the end once nothing followed for a while.
//!
//! A place names the last object done. Where that one does not come any more, objects were deleted, and counting could
//! pass over new ones: then everything since the place's time is published again. A reader recognises what it has by its
//! bytes; what is lost nobody sees.

use super::{
	batch::{Batch, Gathered, Item},
	collection::{is_json, objects_url, open},
	definitions::Definitions,
	fetch::fetch,
	http::{Fault, Response, Stop},
	now,
	serving::Serving,
	standing::Standing,
	store::{Frontier, Next, Token},
	LOG,
};
use crate::{
	moment::Moment,
	pallet::Config,
	position::{short_hash, PrefixHash, ShortHash},
};
use alloc::string::{String, ToString};
use cti_stix::{Limits, Splitter, Tail};

/// Bytes after which a run asks for no further page.
const ENOUGH_BYTES: u64 = 32 << 20;
/// Milliseconds without a further object after which none is expected with the time of the last one.
const QUIET_MS: u64 = 60_000;
/// Milliseconds that must be left of a run to ask for a page, at least; and at most, however slow the server is.
const NEEDED_MS: (u64, u64) = (500, 5_000);

/// What follows a page.
enum After {
	/// The same page, asked for another way.
	Same,
	/// Another page, to be read with what this one gave of a batch.
	More(Option<Carried>),
	/// Nothing: the collection's end.
	End,
}

/// The beginning of a batch that was begun before and goes on with the server's next page. It is kept by no run: the
/// place stays before it.
struct Carried {
	gathered: Gathered,
	came: u32,
	token: Token,
}

/// Publishes what the collection has after the frontier.
pub(crate) fn look<T: Config>(serving: &mut Serving<T>, definitions: &mut Definitions) -> Result<(), Stop> {
	let mut bytes = 0u64;
	let mut carried = None;
	loop {
		let waited = serving.watch.waited;
		let result = page(serving, definitions, carried.take());
		serving.local.note_pace(serving.watch.waited.saturating_sub(waited));
		let (after, length) = result?;
		bytes = bytes.saturating_add(length);
		match after {
			After::End => return Ok(()),
			After::More(_) if bytes > ENOUGH_BYTES => return Err(Stop::Time),
			After::More(next) => carried = next,
			After::Same => {}
		}
	}
}

/// What ended the reading of a page.
enum Read {
	/// Its end.
	End(Tail),
	/// The last object done is lost.
	Lost,
	/// The place was reached up to which the collection is read again.
	Arrived,
}

/// One page of the server's while it is read.
struct Reading {
	/// The place before what is gathered; while objects are passed over, the place to go on from.
	at: Standing,
	/// Objects since `added_after` that came, up to what is gathered.
	came: u32,
	/// The place is behind so many objects that are still to come.
	pass: u32,
	/// Objects done come again, up to the last one done: the server counts `added_after` itself.
	resync: bool,
	/// All objects that the place counts came, and the last one done was not among them.
	is_lost: bool,
	/// The place up to which the collection is read again, and whether it was reached.
	goal: Option<Standing>,
	has_arrived: bool,
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
fn page<T: Config>(
	serving: &mut Serving<T>,
	definitions: &mut Definitions,
	carried: Option<Carried>,
) -> Result<(After, u64), Stop> {
	let frontier = &mut serving.local.frontier;
	let (at, is_known) = Standing::new(frontier.place, &serving.config.collection);
	if !is_known {
		(frontier.place, frontier.progress, frontier.token) = (Some(at.place()), None, None);
	}
	let (token, gathered) = match carried {
		Some(Carried { gathered, came, token }) => (Some(token), Some((gathered, came))),
		None => (frontier.token.clone(), None),
	};
	let by_time = || at.added_after.map(|time| time.to_string());
	let asked = token.as_ref().map_or_else(by_time, |token| token.added_after.clone());
	let limit = token.as_ref().map_or(serving.config.page, |token| token.limit);
	let url = objects_url(&serving.config, asked.as_deref(), limit, token.as_ref());
	let pace = serving.local.pace;
	// What was carried here is lost in any case if the page does not come.
	let needed = if gathered.is_some() { 0 } else { pace.saturating_add(pace / 2).clamp(NEEDED_MS.0, NEEDED_MS.1) };
	let request = open(serving, &url, needed)?;
	// A token is used once: some servers count under it what they have given. Whatever stops this page half-way, the next
	// look asks by time and passes over what is done. One that was not sent is kept.
	serving.local.frontier.token = None;
	let mut response = request.send(&mut serving.watch)?;
	if token.is_some() && matches!(response.status, 400 | 404 | 409 | 410 | 422) {
		log::debug!(target: LOG, "feed {}: the server knows its token no more", serving.config.id);
		return Ok((After::Same, 0));
	}
	response.check(is_json)?;
	let mut reading = Reading::new(at, token, asked, &response, serving);
	reading.limit = limit;
	match gathered {
		Some((gathered, came)) => {
			(reading.gathered, reading.came, reading.pass, reading.resync) = (gathered, came, 0, false);
		}
		None => reading.advance(serving, &response),
	}
	reading.read(serving, definitions, &mut response)
}

/// A time from one of the server's headers.
fn time_of(response: &Response, name: &str) -> Option<Moment> {
	response.header(name).and_then(|text| text.trim().parse().ok())
}

impl Reading {
	fn new<T: Config>(
		at: Standing,
		token: Option<Token>,
		asked: Option<String>,
		response: &Response,
		serving: &Serving<T>,
	) -> Self {
		let came = token.as_ref().map_or(0, |token| token.start);
		let first = time_of(response, "x-taxii-date-added-first");
		let after = asked.as_deref().and_then(|text| text.parse::<Moment>().ok());
		let by_time = token.as_ref().is_none_or(|token| token.next.is_none());
		let is_repeated = by_time && first.zip(after).is_some_and(|(first, after)| !first.is_after(after));
		let goal = serving.goal().map(|place| Standing::new(Some(place), &serving.config.collection).0);
		let resync = is_repeated || token.as_ref().is_some_and(|token| token.resync);
		Self {
			pass: at.skip.saturating_sub(came),
			resync: resync && at.names_last(),
			is_lost: false,
			goal,
			has_arrived: false,
			at,
			came,
			first: None,
			asked,
			limit: 0,
			token,
			gathered: Gathered::new(serving.local.frontier.progress),
			last_added: time_of(response, "x-taxii-date-added-last"),
		}
	}

	/// Moves the place's time on to this page, if all before it is done and nothing on it was added at the time of that.
	fn advance<T: Config>(&mut self, serving: &mut Serving<T>, response: &Response) {
		let first = time_of(response, "x-taxii-date-added-first");
		let before = self.token.as_ref().and_then(|token| token.before);
		let is_later = first.zip(before).is_some_and(|(first, before)| first.is_after(before));
		if is_later && self.pass == 0 && !self.resync {
			(self.at.added_after, self.at.skip) = (before, 0);
			self.came = 0;
			serving.local.frontier.place = Some(self.at.place());
		}
	}

	fn read<T: Config>(
		mut self,
		serving: &mut Serving<T>,
		definitions: &mut Definitions,
		response: &mut Response,
	) -> Result<(After, u64), Stop> {
		let after = match self.stream(serving, definitions, response) {
			Ok(Read::End(tail)) => self.end(tail, serving, definitions)?,
			Ok(Read::Lost) => self.reread(serving),
			Ok(Read::Arrived) => {
				self.take(serving, definitions)?;
				serving.arrive();
				After::Same
			}
			Err(stop) => {
				// What came whole is good.
				if self.gathered.is_usable() {
					self.take(serving, definitions)?;
				}
				return Err(stop);
			}
		};
		Ok((after, response.received))
	}

	/// Takes the page's objects as they come.
	fn stream<T: Config>(
		&mut self,
		serving: &mut Serving<T>,
		definitions: &mut Definitions,
		response: &mut Response,
	) -> Result<Read, Stop> {
		let mut splitter = Splitter::new(Limits::default());
		loop {
			for item in splitter.by_ref() {
				self.accept(item.map(|cut| cut.raw));
				if self.is_lost {
					return Ok(Read::Lost);
				}
				if self.has_arrived {
					return Ok(Read::Arrived);
				}
				if self.gathered.is_full() {
					self.take(serving, definitions)?;
				}
			}
			if splitter.error().is_some() {
				break;
			}
			match response.read(&mut serving.watch)? {
				[] => break,
				chunk => splitter.push(chunk),
			}
		}
		splitter.finish().map(Read::End).map_err(|error| Fault::fatal(&error).into())
	}

	/// Takes the page's next object, or passes over it.
	fn accept(&mut self, item: Item) {
		let hash = item.as_ref().map_or_else(|_| ShortHash::default(), |raw| short_hash(raw));
		self.first.get_or_insert(hash);
		if self.pass == 0 && !self.resync {
			self.gathered.push(item);
			self.has_arrived = self.is_goal(hash);
			return;
		}
		self.came = self.came.saturating_add(1);
		self.pass = self.pass.saturating_sub(1);
		if self.at.names_last() && hash == self.at.last {
			// Where objects before this one were deleted, it comes early.
			(self.pass, self.resync) = (0, false);
			self.at.skip = self.came;
		} else if self.pass == 0 && !self.resync {
			self.is_lost = self.at.names_last();
		}
	}

	/// Is the object taken last, with this hash, the last one before the goal? It is looked for as one that is passed over:
	/// by its bytes, after the goal's time; or by counting. Where it is not there, the collection is read to its end.
	fn is_goal(&self, hash: ShortHash) -> bool {
		let Some(goal) = self.goal else { return false };
		if goal.names_last() {
			let is_before = |after: Moment| self.last_added.is_some_and(|last| after.is_after(last));
			return hash == goal.last && !goal.added_after.is_some_and(is_before);
		}
		let count = self.came.saturating_add(u32::try_from(self.gathered.len()).unwrap_or(u32::MAX));
		(goal.added_after, self.at.added_after) == (None, None) && count == goal.skip
	}

	/// Goes back to the place's time.
	fn reread<T: Config>(self, serving: &mut Serving<T>) -> After {
		let id = serving.config.id;
		log::warn!(target: LOG, "feed {id}: the last object published is gone from the collection; those added with it and \
			later are published again, so that none is left out");
		let frontier = &mut serving.local.frontier;
		let at = Standing { skip: 0, last: ShortHash::default(), ..self.at };
		(frontier.place, frontier.progress, frontier.token) = (Some(at.place()), None, None);
		serving.save();
		After::Same
	}

	/// Publishes what is gathered.
	fn take<T: Config>(&mut self, serving: &mut Serving<T>, definitions: &mut Definitions) -> Result<(), Stop> {
		let batch = self.batch(serving, definitions)?;
		serving.take(batch, definitions, next(self.at, None))
	}

	/// Reads what is gathered. The place is behind it then.
	fn batch<T: Config>(&mut self, serving: &mut Serving<T>, definitions: &mut Definitions) -> Result<Batch, Stop> {
		let gathered = core::mem::take(&mut self.gathered);
		let batch = Batch::read(gathered, definitions, &serving.gate);
		fetch(serving, definitions, &batch)?;
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
		let has_more = tail.more == Some(true);
		let misses_last = (self.pass > 0 || self.resync) && self.at.names_last();
		// A server that gives nothing at all may have lost its collection for a moment only.
		if misses_last && !has_more && self.first.is_some() {
			return Ok(self.reread(serving));
		}
		if has_more && self.gathered.is_partial() {
			let token = self.next_token(tail.next)?;
			return Ok(After::More(Some(Carried { gathered: self.gathered, came: self.came, token })));
		}
		let batch = if self.gathered.is_empty() { None } else { Some(self.batch(serving, definitions)?) };
		let token = if !has_more {
			self.stay(batch.is_none(), serving);
			None
		} else if tail.next.is_some() || misses_last {
			Some(self.next_token(tail.next)?)
		} else {
			(self.at.added_after, self.at.skip) = (Some(self.later()?), self.pass);
			None
		};
		let next = next(self.at, token);
		match batch {
			Some(batch) => serving.take(batch, definitions, next)?,
			None => self.go_on(next, has_more, serving),
		}
		if has_more {
			Ok(After::More(None))
		} else {
			end_of_collection(serving)
		}
	}

	/// Moves the frontier on where the page had nothing to take.
	fn go_on<T: Config>(&self, next: Next, has_more: bool, serving: &mut Serving<T>) {
		let Frontier { index, progress, passed, .. } = serving.local.frontier;
		serving.local.move_to(next, index);
		let frontier = &mut serving.local.frontier;
		frontier.progress = progress.filter(|_| has_more || self.first.is_none());
		// A look that passes over the same again gets nowhere.
		frontier.passed = if has_more { passed.max(self.came) } else { 0 };
		serving.advanced |= has_more && self.came > passed;
		serving.save();
	}

	/// The place at the collection's end. Its time is moved on to the last object's only once nothing followed for a
	/// while: until then more may come with that very time.
	fn stay<T: Config>(&mut self, is_nothing_new: bool, serving: &mut Serving<T>) {
		if self.goal.is_some() {
			return;
		}
		let (now, known) = (now(), serving.local.quiet);
		let last = self.last_added.filter(|_| is_nothing_new && self.pass == 0 && !serving.progressed);
		serving.local.quiet = last.map(|last| known.filter(|(of, _)| *of == last).unwrap_or((last, now)));
		match serving.local.quiet {
			Some((last, since)) if now >= since.saturating_add(QUIET_MS) => {
				(self.at.added_after, self.at.skip) = (Some(last), 0);
			}
			_ if self.first.is_some() => self.at.skip = self.came,
			_ => {}
		}
	}

	/// The way to the next page. A server that gives the same page again, or more of nothing, would be asked for ever; one
	/// that keeps a token and moves what it stands for would not.
	fn next_token(&self, next: Option<String>) -> Result<Token, Fault> {
		let first = self.first.ok_or_else(|| Fault::new("the server says that there is more and gives nothing"))?;
		let added_after = match &next {
			Some(_) => self.asked.clone(),
			None => Some(self.later()?.to_string()),
		};
		let is_same = |token: &Token| (&token.next, &token.added_after, token.first) == (&next, &added_after, first);
		if self.token.as_ref().is_some_and(is_same) {
			return Err(Fault::new("the server gives the same page again and again"));
		}
		let (limit, start, before, resync) = (self.limit, self.came, self.last_added, self.resync);
		Ok(Token { next, added_after, limit, start, before, first, resync })
	}

	/// Where to go on when the server has more and no token for it: after the last object's time, as TAXII says.
	fn later(&self) -> Result<Moment, Fault> {
		let asked = self.asked.as_deref().and_then(|text| text.parse().ok());
		let is_later = |last: &Moment| self.at.added_after.into_iter().chain(asked).all(|after| last.is_after(after));
		self.last_added
			.filter(|last| self.first.is_some() && is_later(last))
			.ok_or_else(|| Fault::new("the server says that there is more, but not how to ask for it"))
	}
}

/// What follows the collection's end. One that is read again up to it does not have the goal any more, if it ends there for
/// some time: a server that is being filled has less for a while.
fn end_of_collection<T: Config>(serving: &mut Serving<T>) -> Result<After, Stop> {
	if !serving.local.learning {
		return Ok(After::End);
	}
	// A server that gives nothing at all may have lost its collection for a moment only.
	if serving.has_learnt_nothing() {
		return Err(Fault::new("the source is empty, though the feed has published from it").into());
	}
	let (index, now) = (serving.local.frontier.index, now());
	let known = serving.local.ended.filter(|(known, _)| *known == index);
	if known.is_some_and(|(_, since)| now >= since.saturating_add(QUIET_MS)) {
		serving.local.ended = None;
		serving.arrive();
		return Ok(After::Same);
	}
	serving.relearn();
	serving.local.ended = Some((index, known.map_or(now, |(_, since)| since)));
	Err(Fault::new("the source ends before what the feed has published from it; it is looked at again").into())
}

fn next(at: Standing, token: Option<Token>) -> Next {
	Next { place: at.place(), token, hash: PrefixHash::default() }
}
