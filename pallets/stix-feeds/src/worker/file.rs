//! A file with one STIX bundle as a source.
//!
//! The file is a stream: read in pieces, hashed as it goes by, never held. A place in it is the number of bytes done and
//! their hash, so that a file that only grew goes on where the feed stands, and one that changed is read from its
//! beginning. Where the server can, only what is new is asked for (`Range`), or nothing (`304`).

use super::{
	batch::{Batch, Gathered},
	definitions::Definitions,
	headers::{authorization, content_range},
	http::{Fault, Request, Response, Stop},
	serving::Serving,
	store::{FileCache, Next, Validator},
	trail::Trail,
	LOG,
};
use crate::{
	pallet::Config,
	position::{Place, PrefixHash},
};
use alloc::{format, string::ToString, vec::Vec};
use cti_stix::{read_object, FatalError, Limits, Splitter};

const MEDIA_TYPES: &str = "application/stix+json;version=2.1, application/json;q=0.9, */*;q=0.1";
/// What the splitter is given in place of the bytes that are done: it goes on behind an object.
const PRIMER: &[u8] = br#"{"objects":[{}"#;
/// How often the file is asked for in one look: once more if it changed, has definitions to search for, was read again.
const MAX_REQUESTS: u32 = 6;

/// What a request came to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum After {
	/// The file is not the one that the place is in.
	Changed,
	/// Objects refer to markings that nothing known defines.
	Undefined,
	/// The place was reached up to which the file is read again.
	Arrived,
	/// The file was read again to its end, without that place.
	Missed,
	/// The file's end was reached, or it has not changed.
	End,
}

/// Publishes what the file has after the frontier.
pub(crate) fn look<T: Config>(serving: &mut Serving<T>, definitions: &mut Definitions) -> Result<(), Stop> {
	let stood = |serving: &Serving<T>| (serving.local.frontier.sequence, serving.local.frontier.index);
	let (begun, before) = (stood(serving), serving.local.clone());
	let result = read(serving, definitions);
	// What a source gives while it is at fault says nothing of the file that the feed stands in.
	let is_same = stood(serving) == begun && serving.local.learning == before.learning;
	if matches!(result, Err(Stop::Fault(_))) && is_same {
		let frontier = &mut serving.local.frontier;
		(frontier.place, frontier.progress, serving.local.file) =
			(before.frontier.place, before.frontier.progress, before.file);
	}
	result
}

fn read<T: Config>(serving: &mut Serving<T>, definitions: &mut Definitions) -> Result<(), Stop> {
	for _ in 0..MAX_REQUESTS {
		match request(serving, definitions)? {
			After::End => return Ok(()),
			After::Changed => {
				let stands = standing(serving);
				match has_changed(serving, stands)? {
					true => restart(serving),
					// It was not for long; or what is kept of it leads astray.
					false => serving.local.file = FileCache::default(),
				}
			}
			After::Arrived => serving.arrive(),
			After::Missed => miss(serving)?,
			After::Undefined => search(serving, definitions)?,
		}
	}
	Err(Fault::new("the file changes faster than it can be read").into())
}

/// Asks for the whole file.
fn whole<T: Config>(serving: &mut Serving<T>) -> Result<Response, Stop> {
	let url = serving.config.url.clone();
	let headers = authorization(&serving.config.credentials).map(|value| ("authorization", value));
	let request = Request { url: &url, accept: MEDIA_TYPES, headers: headers.into_iter().collect() };
	let response = request.send(&mut serving.watch)?;
	response.check(is_json)?;
	Ok(response)
}

/// The place of the feed's position, while the file is read again.
fn goal<T: Config>(serving: &Serving<T>) -> Option<(u64, [u8; 16])> {
	match serving.goal() {
		Some(Place::File { offset, prefix }) => Some((offset, prefix)),
		_ => None,
	}
}

/// Is anything of the file done at this place?
pub(crate) fn is_begun(place: Option<Place>) -> bool {
	matches!(place, Some(Place::File { offset, .. }) if offset > 0)
}

/// The file was read again and did not have the feed's place. If it is another one, it will be read from its beginning;
/// if it was another one for one answer only, nothing was learnt.
fn miss<T: Config>(serving: &mut Serving<T>) -> Result<(), Stop> {
	if serving.has_learnt_nothing() {
		return Err(Fault::new("the source is empty, though the feed has published from it").into());
	}
	match goal(serving) {
		Some(place) if !has_changed(serving, place)? => serving.relearn(),
		_ => serving.arrive(),
	}
	Ok(())
}

/// Is there a whole sound file that is another one than that with this beginning? One that cannot be read in the time of
/// a run counts as such: it would never be read otherwise.
fn has_changed<T: Config>(serving: &mut Serving<T>, (offset, prefix): (u64, [u8; 16])) -> Result<bool, Stop> {
	let mut response = whole(serving)?;
	let mut splitter = Splitter::new(Limits::default());
	let mut hash = PrefixHash::default();
	loop {
		let chunk = match response.read(&mut serving.watch) {
			Err(Stop::Time) => return Ok(true),
			chunk => chunk?,
		};
		if chunk.is_empty() || splitter.error().is_some() {
			break;
		}
		let missing = usize::try_from(offset.saturating_sub(hash.len())).unwrap_or(usize::MAX);
		hash.update(chunk.get(..missing).unwrap_or(chunk));
		splitter.push(chunk);
		splitter.by_ref().for_each(drop);
	}
	splitter.finish().map_err(fault)?;
	Ok((hash.len(), hash.value()) != (offset, prefix))
}

fn request<T: Config>(serving: &mut Serving<T>, definitions: &mut Definitions) -> Result<After, Stop> {
	let (offset, prefix) = standing(serving);
	let cache = serving.local.file.clone();
	let mut headers: Vec<_> =
		authorization(&serving.config.credentials).map(|value| ("authorization", value)).into_iter().collect();
	let from = cache.hash.len();
	match &cache.validator {
		Some(Validator::Etag(tag)) if cache.complete => headers.push(("if-none-match", tag.clone())),
		Some(Validator::Modified(time)) if cache.complete => headers.push(("if-modified-since", time.clone())),
		Some(Validator::Etag(value) | Validator::Modified(value)) if from > 0 && from <= offset => {
			headers.push(("range", format!("bytes={from}-")));
			headers.push(("if-range", value.clone()));
		}
		_ => {}
	}
	let url = serving.config.url.clone();
	let mut response = Request { url: &url, accept: MEDIA_TYPES, headers }.send(&mut serving.watch)?;
	match response.status {
		304 if cache.complete => return Ok(After::End),
		// The file is shorter than what is done of it.
		416 => return Ok(After::Changed),
		_ => response.check(is_json)?,
	}
	let hash = match response.status {
		206 if response.header("content-range").and_then(content_range).is_some_and(|(first, _)| first == from) => {
			cache.hash
		}
		206 => return Err(Fault::new("the source gives another part of the file than was asked for").into()),
		_ => PrefixHash::default(),
	};
	let validator = validator(&response);
	let rest = match pass_over(&mut response, hash, offset, serving)? {
		Some((hash, rest)) if hash.value() == prefix => Reading::new(hash, rest, serving),
		_ => return Ok(After::Changed),
	};
	serving.local.file.complete = false;
	serving.local.file.validator = validator.or(serving.local.file.validator.take().filter(|_| response.status == 206));
	rest.read(serving, definitions, &mut response)
}

/// Where the feed stands in the file; at its beginning if it stood in another source.
fn standing<T: Config>(serving: &mut Serving<T>) -> (u64, [u8; 16]) {
	if let Some(Place::File { offset, prefix }) = serving.local.frontier.place {
		return (offset, prefix);
	}
	restart(serving);
	(0, PrefixHash::default().value())
}

/// Goes back to the file's beginning.
fn restart<T: Config>(serving: &mut Serving<T>) {
	log::info!(target: LOG, "feed {}: the file is read from its beginning", serving.config.id);
	let frontier = &mut serving.local.frontier;
	frontier.place = Some(Place::File { offset: 0, prefix: PrefixHash::default().value() });
	frontier.progress = None;
	serving.local.file = FileCache::default();
}

fn is_json(media_type: &str) -> bool {
	matches!(
		media_type,
		"" | "application/stix+json"
			| "application/json"
			| "application/taxii+json"
			| "application/vnd.oasis.stix+json"
			// How code hosts and object stores serve JSON files.
			| "text/plain"
			| "application/octet-stream"
			| "binary/octet-stream"
	)
}

/// The file's version in the server's words, strong ones only.
fn validator(response: &Response) -> Option<Validator> {
	let etag = response.header("etag").filter(|tag| tag.starts_with('"')).map(|tag| Validator::Etag(tag.to_string()));
	etag.or_else(|| response.header("last-modified").map(|time| Validator::Modified(time.to_string())))
}

fn too_large() -> Fault {
	Fault::fatal(&FatalError::TooLarge { limit: Limits::default().total_bytes })
}

/// The limit is the whole file's, wherever reading it began.
fn fault(error: FatalError) -> Fault {
	match error {
		FatalError::TooLarge { .. } => too_large(),
		error => Fault::fatal(&error),
	}
}

/// Hashes the bytes before `offset`, and gives what came beyond it. `None` if the file ends before.
fn pass_over<T: Config>(
	response: &mut Response,
	mut hash: PrefixHash,
	offset: u64,
	serving: &mut Serving<T>,
) -> Result<Option<(PrefixHash, Vec<u8>)>, Stop> {
	while hash.len() < offset {
		let chunk = response.read(&mut serving.watch)?;
		if chunk.is_empty() {
			return Ok(None);
		}
		let missing = usize::try_from(offset.saturating_sub(hash.len())).unwrap_or(usize::MAX);
		let (before, rest) = chunk.split_at_checked(missing).unwrap_or((chunk, &[]));
		hash.update(before);
		if !rest.is_empty() {
			return Ok(Some((hash, rest.to_vec())));
		}
	}
	Ok(Some((hash, Vec::new())))
}

/// The file while it is read, from an object's end on.
struct Reading {
	splitter: Splitter,
	/// To be added to the splitter's offsets: what was passed over, less the primer.
	passed: u64,
	trail: Trail,
	gathered: Gathered,
	/// Where reading it again ends.
	goal: Option<(u64, [u8; 16])>,
}

impl Reading {
	fn new<T: Config>(hash: PrefixHash, rest: Vec<u8>, serving: &Serving<T>) -> Self {
		let passed = hash.len();
		let mut limits = Limits::default();
		limits.total_bytes = limits.total_bytes.saturating_sub(passed);
		if passed > 0 {
			limits.total_bytes = limits.total_bytes.saturating_add(PRIMER.len() as u64);
		}
		let mut splitter = Splitter::new(limits);
		if passed > 0 {
			splitter.push(PRIMER);
			// The primer's own object.
			let _ = splitter.next();
		}
		splitter.push(&rest);
		let gathered = Gathered::new(serving.local.frontier.progress);
		Self { splitter, passed, trail: Trail::new(hash, rest), gathered, goal: goal(serving) }
	}

	/// Bytes of the file up to the last object's end.
	fn offset(&self) -> u64 {
		let primer = if self.passed > 0 { PRIMER.len() as u64 } else { 0 };
		self.passed.saturating_add(self.splitter.offset()).saturating_sub(primer)
	}

	fn read<T: Config>(
		mut self,
		serving: &mut Serving<T>,
		definitions: &mut Definitions,
		response: &mut Response,
	) -> Result<After, Stop> {
		let stopped = loop {
			if let Some(after) = self.cut(serving, definitions)? {
				return Ok(after);
			}
			if self.splitter.error().is_some() {
				break None;
			}
			self.trail.shrink();
			match response.read(&mut serving.watch) {
				Ok([]) => break None,
				Ok(chunk) => {
					self.trail.push(chunk);
					self.splitter.push(chunk);
				}
				Err(stop) => break Some(stop),
			}
		};
		let tail = match stopped {
			Some(stop) => Err(stop),
			None => self.splitter.finish().map_err(|error| fault(error).into()),
		};
		// What came whole is good. A batch that was begun before must be whole, unless the file has ended.
		let is_good = self.gathered.is_usable() || (tail.is_ok() && !self.gathered.is_empty());
		if is_good && self.take(serving, definitions)? == After::Undefined {
			return Ok(After::Undefined);
		}
		tail?;
		if self.goal.is_some() {
			return Ok(After::Missed);
		}
		serving.local.file.complete = true;
		serving.local.file.searched = false;
		serving.save();
		Ok(After::End)
	}

	/// Takes the objects that are there whole; says if they end the reading.
	fn cut<T: Config>(
		&mut self,
		serving: &mut Serving<T>,
		definitions: &mut Definitions,
	) -> Result<Option<After>, Stop> {
		while let Some(item) = self.splitter.next() {
			self.trail.advance(self.offset());
			self.gathered.push(item.map(|cut| cut.raw));
			let hash = &self.trail.hash;
			let has_arrived = self.goal.is_some_and(|(offset, prefix)| hash.len() == offset && hash.value() == prefix);
			if !has_arrived && !self.gathered.is_full() {
				continue;
			}
			if self.take(serving, definitions)? == After::Undefined {
				return Ok(Some(After::Undefined));
			}
			if has_arrived {
				return Ok(Some(After::Arrived));
			}
		}
		Ok(None)
	}

	/// Publishes what is gathered, unless it refers to markings that may be defined elsewhere in the file.
	fn take<T: Config>(&mut self, serving: &mut Serving<T>, definitions: &mut Definitions) -> Result<After, Stop> {
		let batch = Batch::read(core::mem::take(&mut self.gathered), definitions, &serving.gate);
		if !serving.local.file.searched && !batch.unresolved(definitions).is_empty() {
			return Ok(After::Undefined);
		}
		let hash = &self.trail.hash;
		let place = Place::File { offset: hash.len(), prefix: hash.value() };
		serving.take(batch, definitions, Next { place, token: None, hash: hash.at_block() })?;
		Ok(After::End)
	}
}

/// Learns the marking definitions in the whole file: also those before the place, which a node that lost its storage
/// does not know. Only a search that came to the file's end says that there are no others.
fn search<T: Config>(serving: &mut Serving<T>, definitions: &mut Definitions) -> Result<(), Stop> {
	let mut response = whole(serving)?;
	let mut splitter = Splitter::new(Limits::default());
	loop {
		for cut in splitter.by_ref().flatten() {
			let may_be_one = core::str::from_utf8(&cut.raw).is_ok_and(|text| text.contains("\"marking-definition\""));
			if let Some(object) = may_be_one.then(|| read_object(cut.raw, &Limits::default()).ok()).flatten() {
				// A definition that is refused is counted where it stands.
				let _ = definitions.learn(&object);
			}
		}
		let chunk = response.read(&mut serving.watch)?;
		if chunk.is_empty() || splitter.error().is_some() {
			break;
		}
		splitter.push(chunk);
	}
	definitions.save();
	splitter.finish().map_err(fault)?;
	serving.local.file.searched = true;
	serving.progressed = true;
	Ok(())
}
