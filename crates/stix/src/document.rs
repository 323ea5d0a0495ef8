//! What the document around the objects says.

use crate::refusal::FatalError;
use alloc::string::String;
use serde::{de::IgnoredAny, Deserialize};

/// What kind of document the objects came in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DocumentKind {
	/// A STIX bundle.
	Bundle,
	/// A TAXII 2.1 envelope, one page of a collection.
	Envelope,
}

/// What is known of a document at its end.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Tail {
	/// Bundle or envelope.
	pub kind: DocumentKind,
	/// An envelope's `more`: the server has further pages.
	pub more: Option<bool>,
	/// An envelope's `next`: how to ask for the following page.
	pub next: Option<String>,
	/// Objects it had, the refused ones among them.
	pub objects: u64,
}

/// The document's members as far as they came.
#[derive(Debug, Default)]
pub struct Members {
	/// The one whose value comes.
	name: String,
	any: bool,
	bundle: bool,
	objects: bool,
	more: Option<Option<bool>>,
	next: Option<Option<String>>,
}

impl Members {
	/// Takes the name of the next member, a JSON string. `None` if it is none.
	pub fn begin(&mut self, raw: &[u8]) -> Option<()> {
		self.name = parse(raw)?;
		self.any = true;
		Some(())
	}

	/// The member whose value comes.
	pub fn name(&self) -> &str {
		&self.name
	}

	/// The list of objects begins.
	pub fn begin_objects(&mut self) -> Result<(), FatalError> {
		if core::mem::replace(&mut self.objects, true) {
			return Err(FatalError::DuplicateMember { name: self.name.clone() });
		}
		Ok(())
	}

	/// Takes the value of any other member.
	pub fn value(&mut self, raw: &[u8]) -> Result<(), FatalError> {
		let twice = match self.name.as_str() {
			"type" => {
				if self.required::<String>(raw)? != "bundle" {
					return Err(FatalError::NotStix);
				}
				core::mem::replace(&mut self.bundle, true)
			}
			"more" => {
				let more = self.required(raw)?;
				self.more.replace(more).is_some()
			}
			"next" => {
				let next = self.required(raw)?;
				self.next.replace(next).is_some()
			}
			"objects" => return Err(self.invalid()),
			_ => self.required::<IgnoredAny>(raw).map(|_| false)?,
		};
		if twice {
			return Err(FatalError::DuplicateMember { name: self.name.clone() });
		}
		Ok(())
	}

	/// The current member is not what it must be.
	pub fn invalid(&self) -> FatalError {
		FatalError::InvalidMember { name: self.name.clone() }
	}

	/// What the whole document was.
	pub fn tail(&mut self, objects: u64) -> Result<Tail, FatalError> {
		let envelope = self.objects || self.more.is_some() || self.next.is_some() || !self.any;
		let kind = match (self.bundle, envelope) {
			(true, _) => DocumentKind::Bundle,
			(false, true) => DocumentKind::Envelope,
			(false, false) => return Err(FatalError::NotStix),
		};
		Ok(Tail { kind, more: self.more.flatten(), next: self.next.take().flatten(), objects })
	}

	fn required<'a, T: Deserialize<'a>>(&self, raw: &'a [u8]) -> Result<T, FatalError> {
		parse(raw).ok_or_else(|| self.invalid())
	}
}

/// `serde_json` passes over bytes that are not UTF-8 in what it skips: so they are looked for first.
fn parse<'a, T: Deserialize<'a>>(raw: &'a [u8]) -> Option<T> {
	serde_json::from_str(core::str::from_utf8(raw).ok()?).ok()
}
