//! From a record's envelope to objects that may be believed.

use crate::{
	error::Error,
	keyring::{EpochSource, Keyring, OwnKeys},
	store::{Content, NewObject, NewRecord, Sought},
	time,
};
use cti_envelope::{open, open_granted, parse, Author, Header, OpenError, Opened, Recipient, Wrap, MAX_PAYLOAD};
use cti_primitives::AuthorId;
use cti_stix::{read_object, Limits, Markings, Mode, Object, Timestamp, Tlp};

/// What became of an envelope.
#[derive(Debug)]
pub enum Outcome {
	/// Opened, and everything the envelope says of itself holds.
	Opened(Box<Opened>),
	/// Not for this member.
	Closed,
	/// Its author broke a rule.
	Malformed(String),
}

/// Opens an envelope with whatever key of the member opens it: a group's first, then its own.
pub async fn open_envelope<S: EpochSource>(keyring: &Keyring<S>, payload: &[u8]) -> Result<Outcome, Error> {
	let Ok(parsed) = parse(payload) else { return Ok(Outcome::Malformed("it is no envelope".into())) };
	for (group, epoch) in parsed.header.audience.iter().copied() {
		let Some(seed) = keyring.seed(group, epoch).await? else { continue };
		let recipient = Recipient::Group { group, epoch, seed: &seed };
		if let Some(outcome) = conclude(open(payload, &recipient)) {
			return Ok(outcome);
		}
	}
	if parsed.header.direct > 0 {
		for (owner, seed, key_version) in keyring.own.direct() {
			let recipient = Recipient::Direct { owner, key_version, seed };
			if let Some(outcome) = conclude(open(payload, &recipient)) {
				return Ok(outcome);
			}
		}
	}
	Ok(Outcome::Closed)
}

/// Opens an envelope with one of the wraps that its author gave out later.
pub fn open_with_grant(own: &OwnKeys, payload: &[u8], wraps: &[Wrap]) -> Option<Opened> {
	let mut tries = own.direct().flat_map(|key| wraps.iter().map(move |wrap| (key, wrap)));
	tries.find_map(|((owner, seed, version), wrap)| open_granted(payload, owner, version, seed, wrap).ok())
}

/// `None` where another key may still open it.
fn conclude(opened: Result<Opened, OpenError>) -> Option<Outcome> {
	match opened {
		Ok(opened) => Some(Outcome::Opened(Box::new(opened))),
		Err(error) if error.is_malformed() => Some(Outcome::Malformed(error.to_string())),
		Err(_) => None,
	}
}

/// Reads the objects of a record, if its envelope says of itself what the chain says of it.
pub fn read_announced(opened: Opened, announced: &NewRecord) -> Content {
	match mismatch(&opened.header, announced) {
		Some(what) => Content::Malformed(format!("its envelope names another {what} than the chain does")),
		None => read_content(opened),
	}
}

fn mismatch(header: &Header, announced: &NewRecord) -> Option<&'static str> {
	let author = match header.author {
		Author::Member(member) => AuthorId::from(member) == announced.record.author,
		// The chain takes none so far.
		Author::Pseudonym(_) => false,
	};
	let same = [
		("author", author),
		("marking", header.tlp == announced.tlp),
		("audience", *header.audience == announced.audience),
		("number of direct wraps", header.direct == announced.direct),
		("number of leaves", header.leaves == announced.leaves),
	];
	same.into_iter().find(|(_, same)| !same).map(|(what, _)| what)
}

/// Reads the objects of an opened envelope and checks that none is marked stricter than its header.
fn read_content(opened: Opened) -> Content {
	let tlp = opened.header.tlp;
	let limits = Limits { object_bytes: MAX_PAYLOAD, ..Limits::default() };
	let mut objects = Vec::with_capacity(opened.objects.len());
	for (place, raw) in opened.objects.into_iter().enumerate() {
		match read_object(raw, &limits) {
			Ok(object) => objects.push(object),
			Err(refusal) => return Content::Malformed(format!("object {place}: {refusal}")),
		}
	}
	match check_markings(&objects, tlp) {
		Ok(()) => Content::Open(objects.into_iter().map(NewObject::from).collect()),
		Err(problem) => Content::Malformed(problem),
	}
}

fn check_markings(objects: &[Object], tlp: Tlp) -> Result<(), String> {
	let mut markings = Markings::default();
	for object in objects {
		markings.learn(object).map_err(|refusal| format!("{}: {refusal}", object.id))?;
	}
	let resolved = markings.resolve_page(objects, Some(tlp), Mode::Reading);
	for (object, own) in objects.iter().zip(resolved) {
		match own {
			Ok(own) if own <= tlp => {}
			Ok(own) => return Err(format!("{} is {own}, above the record's {tlp}", object.id)),
			Err(refusal) => return Err(format!("{}: {refusal}", object.id)),
		}
	}
	Ok(())
}

impl From<Object> for NewObject {
	fn from(object: Object) -> Self {
		let version = object.modified.or(object.created).map(Timestamp::micros);
		Self {
			sought: object.observables().iter().flat_map(Sought::of).collect(),
			version,
			is_strict: crate::strict::lacks(&object).is_none(),
			modified: object.modified.map(|time| time::rfc3339(time.micros())),
			id: object.id,
			kind: object.kind,
			name: object.name,
			techniques: object.techniques,
			raw: object.raw,
		}
	}
}

#[cfg(test)]
#[path = "reading_tests.rs"]
mod tests;
