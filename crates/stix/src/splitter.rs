//! Cuts objects out of a document as it arrives.

use crate::{
	document::{Members, Tail},
	refusal::{FatalError, Refusal},
	scan::{is_white, Progress, Scan},
	Limits,
};
use alloc::vec::Vec;

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// One object cut out of a document.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Cut {
	/// The object's bytes, from `{` to `}`, in UTF-8.
	pub raw: Vec<u8>,
	/// Bytes of the document up to and with the object's last.
	pub offset: u64,
}

/// Cuts the members of `objects` out of a bundle or a TAXII envelope, one at a time, byte for byte.
///
/// Push bytes as they come, take objects until there is none, push again; at the end [`finish`](Self::finish). It holds
/// what was pushed and not taken yet, and at most one unfinished object. It looks at brackets and strings only: whether
/// an object is JSON all through, [`read_object`](crate::read_object) says.
///
/// As an iterator it gives the objects that are complete; after `None` and a further push there may be more.
#[derive(Debug)]
pub struct Splitter {
	limits: Limits,
	/// What was pushed and is still needed.
	buffer: Vec<u8>,
	/// Bytes of the document before the buffer.
	base: u64,
	/// Bytes of the buffer that were looked at.
	position: usize,
	state: State,
	members: Members,
	/// Objects begun.
	objects: u64,
	/// Bytes up to and with the last object given.
	offset: u64,
	/// Bytes came beyond the limit and were not taken.
	overflown: bool,
	error: Option<FatalError>,
}

/// What comes next in the document.
#[derive(Clone, Copy, Debug)]
enum State {
	Start,
	FirstKey,
	Key,
	Colon,
	Value,
	AfterMember,
	FirstElement,
	Element,
	AfterElement,
	End,
	Inside(Part, Token),
}

/// Which part of the document a token is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Part {
	Key,
	Member,
	Element,
}

/// A value on its way by.
#[derive(Clone, Copy, Debug)]
struct Token {
	scan: Scan,
	first: u8,
	/// Where in the buffer it begins; `None` once its bytes are no longer kept.
	start: Option<usize>,
}

enum Step {
	/// More bytes are needed.
	Wait,
	/// The state moved.
	Moved,
	/// An object ended.
	Give(Result<Cut, Refusal>),
}

impl Splitter {
	/// An empty document so far.
	pub fn new(limits: Limits) -> Self {
		Self {
			limits,
			buffer: Vec::new(),
			base: 0,
			position: 0,
			state: State::Start,
			members: Members::default(),
			objects: 0,
			offset: 0,
			overflown: false,
			error: None,
		}
	}

	/// Adds what arrived. Bytes beyond [`Limits::total_bytes`] are not taken; [`error`](Self::error) tells once the
	/// objects before them are.
	pub fn push(&mut self, bytes: &[u8]) {
		if self.error.is_some() {
			return;
		}
		self.forget();
		let held = self.base.saturating_add(self.buffer.len() as u64);
		let room = usize::try_from(self.limits.total_bytes.saturating_sub(held)).unwrap_or(usize::MAX);
		match bytes.get(..room) {
			Some(taken) if taken.len() < bytes.len() => {
				self.buffer.extend_from_slice(taken);
				self.overflown = true;
			}
			_ => self.buffer.extend_from_slice(bytes),
		}
	}

	/// Bytes of the document up to and with what [`next`](Iterator::next) gave last, cut or refusal.
	pub fn offset(&self) -> u64 {
		self.offset
	}

	/// Why the document ended before its end, if it did: nothing more will come of it, so fetching can stop.
	pub fn error(&self) -> Option<&FatalError> {
		self.error.as_ref()
	}

	/// Ends the document and says what it was. Call it when `next` has nothing more: objects not taken are dropped.
	pub fn finish(&mut self) -> Result<Tail, FatalError> {
		while self.next().is_some() {}
		if let Some(error) = &self.error {
			return Err(error.clone());
		}
		match self.state {
			State::End => self.members.tail(self.objects),
			State::Start if self.position == self.buffer.len() => Err(FatalError::Empty),
			State::Start => Err(FatalError::NotJson),
			_ => Err(FatalError::Truncated { offset: self.at() }),
		}
	}

	/// Drops the bytes that are no longer needed.
	fn forget(&mut self) {
		let done = match &mut self.state {
			State::Inside(_, Token { start: Some(start), .. }) => core::mem::take(start),
			_ => self.position,
		};
		self.buffer.drain(..done);
		self.position = self.position.saturating_sub(done);
		self.base = self.base.saturating_add(done as u64);
	}

	/// Bytes of the document that were looked at.
	fn at(&self) -> u64 {
		self.base.saturating_add(self.position as u64)
	}

	fn rest(&self) -> &[u8] {
		self.buffer.get(self.position..).unwrap_or_default()
	}

	fn advance(&mut self, count: usize) {
		self.position = self.position.saturating_add(count);
	}

	fn step(&mut self) -> Result<Step, FatalError> {
		match self.state {
			State::Inside(part, token) => self.inside(part, token),
			_ => self.between(),
		}
	}

	/// Moves over one byte of the document's own structure.
	fn between(&mut self) -> Result<Step, FatalError> {
		if matches!(self.state, State::Start) && self.at() == 0 {
			match self.rest() {
				rest if rest.starts_with(BYTE_ORDER_MARK) => self.advance(BYTE_ORDER_MARK.len()),
				rest if BYTE_ORDER_MARK.starts_with(rest) => return Ok(Step::Wait),
				_ => {}
			}
		}
		let white = self.rest().iter().take_while(|byte| is_white(**byte)).count();
		self.advance(white);
		let Some(byte) = self.rest().first().copied() else { return Ok(Step::Wait) };
		let next = match (self.state, byte) {
			(State::Start, b'{') => State::FirstKey,
			(State::Start, _) => return Err(FatalError::NotJson),
			(State::FirstKey | State::Key, b'"') => return Ok(self.begin(Part::Key, byte)),
			(State::Colon, b':') => State::Value,
			(State::Value, b'[') if self.members.name() == "objects" => {
				self.members.begin_objects()?;
				State::FirstElement
			}
			(State::FirstElement | State::AfterElement, b']') => State::AfterMember,
			(State::AfterElement, b',') => State::Element,
			(State::AfterMember, b',') => State::Key,
			(State::FirstKey | State::AfterMember, b'}') => State::End,
			(State::Value, _) if begins_value(byte) => return Ok(self.begin(Part::Member, byte)),
			(State::FirstElement | State::Element, _) if begins_value(byte) => {
				if self.objects >= self.limits.objects {
					return Err(FatalError::TooManyObjects { limit: self.limits.objects });
				}
				self.objects = self.objects.saturating_add(1);
				return Ok(self.begin(Part::Element, byte));
			}
			(state, _) => return Err(self.misplaced(state)),
		};
		self.state = next;
		self.advance(1);
		Ok(Step::Moved)
	}

	fn begin(&mut self, part: Part, first: u8) -> Step {
		self.state = State::Inside(part, Token { scan: Scan::new(first), first, start: Some(self.position) });
		Step::Moved
	}

	fn misplaced(&self, state: State) -> FatalError {
		let expected = match state {
			State::End => return FatalError::TrailingData { offset: self.at() },
			State::FirstKey => "a member's name or '}'",
			State::Key => "a member's name",
			State::Colon => "':'",
			State::AfterMember => "',' or '}'",
			State::AfterElement => "',' or ']'",
			_ => "a value",
		};
		FatalError::Malformed { offset: self.at(), expected }
	}

	/// Moves over a token, or over what is there of it.
	fn inside(&mut self, part: Part, mut token: Token) -> Result<Step, FatalError> {
		let progress = token.scan.feed(self.rest());
		let ended = match progress {
			Progress::More => self.rest().len(),
			Progress::End(count) | Progress::Mismatch(count) => count,
		};
		self.advance(ended);
		if self.has_too_much(&token) {
			token.start = None;
		}
		match progress {
			Progress::More => {
				self.state = State::Inside(part, token);
				Ok(Step::Wait)
			}
			Progress::End(_) => self.end(part, token),
			Progress::Mismatch(_) => {
				let offset = self.at().saturating_sub(1);
				Err(FatalError::Malformed { offset, expected: "the bracket that closes the one opened last" })
			}
		}
	}

	/// Is the token beyond what is kept of one?
	fn has_too_much(&self, token: &Token) -> bool {
		let length = self.position.saturating_sub(token.start.unwrap_or(0));
		length > self.limits.object_bytes || token.scan.deepest() > self.limits.depth
	}

	fn end(&mut self, part: Part, token: Token) -> Result<Step, FatalError> {
		let raw = token.start.and_then(|start| self.buffer.get(start..self.position));
		match part {
			Part::Key => {
				let name = raw.and_then(|raw| self.members.begin(raw));
				name.ok_or(FatalError::Malformed { offset: self.at(), expected: "a member's name before this" })?;
				self.state = State::Colon;
			}
			Part::Member => {
				self.members.value(raw.ok_or_else(|| self.members.invalid())?)?;
				self.state = State::AfterMember;
			}
			Part::Element => {
				let object = self.cut(&token, raw);
				self.state = State::AfterElement;
				self.offset = self.at();
				return Ok(Step::Give(object));
			}
		}
		Ok(Step::Moved)
	}

	fn cut(&self, token: &Token, raw: Option<&[u8]>) -> Result<Cut, Refusal> {
		let Some(raw) = raw else {
			let Limits { object_bytes, depth, .. } = self.limits;
			return Err(if token.scan.deepest() > depth {
				Refusal::TooDeep { limit: depth }
			} else {
				Refusal::TooLarge { limit: object_bytes }
			});
		};
		if token.first != b'{' {
			return Err(Refusal::NotAnObject);
		}
		core::str::from_utf8(raw).map_err(|_| Refusal::InvalidUtf8)?;
		Ok(Cut { raw: raw.to_vec(), offset: self.at() })
	}
}

fn begins_value(byte: u8) -> bool {
	!matches!(byte, b',' | b':' | b']' | b'}')
}

impl Iterator for Splitter {
	type Item = Result<Cut, Refusal>;

	fn next(&mut self) -> Option<Self::Item> {
		while self.error.is_none() {
			match self.step() {
				Ok(Step::Moved) => {}
				Ok(Step::Give(object)) => return Some(object),
				Ok(Step::Wait) if self.overflown => {
					self.error = Some(FatalError::TooLarge { limit: self.limits.total_bytes });
				}
				Ok(Step::Wait) => return None,
				Err(error) => self.error = Some(error),
			}
		}
		None
	}
}
