//! From a bundle to envelopes: markings resolved, refusals named, objects packed.

use super::Gate;
use crate::error::Error;
use cti_envelope::{Author, Packing, MAX_PAYLOAD};
use cti_primitives::{record::MAX_TECHNIQUES, MemberId};
use cti_stix::{read_object, Limits, Markings, Mode, Object, Refusal, Splitter, TechniqueId, Tlp};
use serde::Serialize;
use std::{
	collections::{BTreeMap, BTreeSet},
	io::{self, Read},
	path::Path,
};

/// Bytes that are read of a bundle at a time.
const CHUNK: usize = 1 << 16;

/// An object that is not published.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Refused {
	/// Its id, or its place in the bundle.
	pub object: String,
	/// A word for machines.
	pub reason: &'static str,
	/// A sentence for people.
	pub detail: String,
}

/// Refusals that are about an object's marking and not about its form.
const ABOUT_MARKINGS: [&str; 4] = ["unmarked", "unresolved-marking", "above-ceiling", RED];
const RED: &str = "red";

impl Refused {
	/// Does its marking, and nothing else, keep it from being published?
	pub fn is_about_marking(&self) -> bool {
		ABOUT_MARKINGS.contains(&self.reason)
	}

	fn red(object: &str) -> Self {
		let detail = "TLP:RED goes to the keys of single persons and to nobody else: --to-analysts MEMBER, without --group and --to";
		Self { object: object.into(), reason: RED, detail: detail.into() }
	}

	fn new(object: impl Into<String>, refusal: &Refusal) -> Self {
		Self { object: object.into(), reason: refusal.reason(), detail: refusal.to_string() }
	}
}

/// The objects of one envelope.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Envelope {
	/// The marking of all of them.
	pub tlp: Tlp,
	/// Their original bytes.
	pub objects: Vec<Vec<u8>>,
	/// The techniques to name in public.
	pub techniques: BTreeSet<TechniqueId>,
	/// Bytes of the sealed envelope.
	pub len: usize,
}

/// What will be published, and what will not.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Plan {
	/// Envelopes, the widest marking first.
	pub envelopes: Vec<Envelope>,
	/// Objects that stay behind.
	pub refused: Vec<Refused>,
	/// Techniques that objects name and that the catalogue does not have.
	pub unknown: BTreeSet<TechniqueId>,
}

/// How to pack.
#[derive(Clone, Debug)]
pub struct Packer {
	/// Who publishes.
	pub author: MemberId,
	/// Marking of objects that carry none, and the widest anything is published under.
	pub marking: Option<Tlp>,
	/// The strictest marking the groups take; `None` for single members, who take all but RED, and for persons.
	pub ceiling: Option<Tlp>,
	/// Only the keys of persons open it: it may be RED.
	pub persons_only: bool,
	/// How many groups.
	pub groups: usize,
	/// How many direct wraps.
	pub direct: usize,
	/// Techniques that every envelope names.
	pub techniques: BTreeSet<TechniqueId>,
	/// Techniques of objects that may be named: those of the catalogue.
	pub catalogue: BTreeSet<TechniqueId>,
	/// The author's flag that techniques of AMBER may be public.
	pub disclose: bool,
	/// What the groups ask of objects.
	pub gate: Gate,
	/// Most bytes of an envelope. What is longer than a block takes lies elsewhere, and holds objects of more techniques than a
	/// record names: those that come first are named.
	pub limit: usize,
}

/// Reads the objects of a bundle. What is wrong with one object refuses that object, what is wrong with the
/// document is an error.
pub fn read_bundle(mut source: impl Read, path: &Path) -> Result<(Vec<Object>, Vec<Refused>), Error> {
	let limits = Limits::default();
	let mut splitter = Splitter::new(limits);
	let (mut objects, mut refused) = (Vec::new(), Vec::new());
	let mut buffer = vec![0; CHUNK];
	loop {
		let count = match source.read(&mut buffer) {
			Ok(count) => count,
			Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
			Err(e) => return Err(Error::input(path, e, "check that the file can be read")),
		};
		splitter.push(&buffer[..count]);
		for cut in splitter.by_ref() {
			let place = objects.len() + refused.len();
			match cut.and_then(|cut| read_object(cut.raw, &limits)) {
				Ok(object) => objects.push(object),
				Err(refusal) => refused.push(Refused::new(format!("object {place}"), &refusal)),
			}
		}
		if count == 0 || splitter.error().is_some() {
			break;
		}
	}
	splitter.finish().map_err(|e| Error::input(path, e, "give a STIX 2.1 bundle in JSON of at most 64 MiB"))?;
	Ok((objects, refused))
}

impl Packer {
	/// Resolves markings and packs.
	pub fn plan(&self, objects: &[Object]) -> Plan {
		self.plan_without(objects, &BTreeSet::new())
	}

	/// The same, and leaves out what is at these places. It raises what refers to it all the same.
	pub fn plan_without(&self, objects: &[Object], left_out: &BTreeSet<usize>) -> Plan {
		let mut plan = Plan::default();
		let (resolved, markings) = self.resolve(objects, &mut plan.refused);
		let definitions = Definitions::of(markings, objects, &resolved);
		let mut by_marking: BTreeMap<Tlp, Vec<&Object>> = BTreeMap::new();
		for (place, (object, tlp)) in objects.iter().zip(&resolved).enumerate() {
			match tlp {
				Some(_) if left_out.contains(&place) => {}
				Some(tlp) if !definitions.travels_along(object) => by_marking.entry(*tlp).or_default().push(object),
				_ => {}
			}
		}
		let named = by_marking.values().flatten().flat_map(|object| &object.techniques).copied();
		plan.unknown = named.filter(|id| !self.catalogue.contains(id)).collect();
		for (tlp, objects) in by_marking {
			self.fill(tlp, &objects, &definitions, &mut plan);
		}
		plan
	}

	/// Each object's effective marking, `None` for those that are refused; and what was learnt of markings.
	fn resolve(&self, objects: &[Object], refused: &mut Vec<Refused>) -> (Vec<Option<Tlp>>, Markings) {
		let mut markings = Markings::default();
		let learnt: Vec<_> = objects.iter().map(|object| markings.learn(object)).collect();
		let page = markings.resolve_page(objects, self.marking, Mode::Publishing);
		let admitted = |((learnt, own), object): ((Result<bool, Refusal>, _), &Object)| {
			let tlp = self.admit(learnt.and(own)?)?;
			self.gate.check(object).map(|()| tlp)
		};
		let results = learnt.into_iter().zip(page).zip(objects).map(admitted);
		let mut keep = |(object, result): (&Object, Result<Tlp, Refusal>)| match result {
			Ok(Tlp::Red) if !self.persons_only => {
				refused.push(Refused::red(&object.id));
				None
			}
			Ok(tlp) => Some(tlp),
			Err(refusal) => {
				refused.push(Refused::new(&object.id, &refusal));
				None
			}
		};
		(objects.iter().zip(results).map(&mut keep).collect(), markings)
	}

	fn admit(&self, own: Tlp) -> Result<Tlp, Refusal> {
		let tlp = self.marking.map_or(own, |floor| own.max(floor));
		match self.ceiling {
			Some(ceiling) if !tlp.permits_group(ceiling) => Err(Refusal::AboveCeiling { tlp, ceiling }),
			_ => Ok(tlp),
		}
	}

	fn fill(&self, tlp: Tlp, objects: &[&Object], definitions: &Definitions, plan: &mut Plan) {
		let mut open = self.empty(tlp);
		for object in objects {
			let techniques = self.techniques_of(tlp, object);
			if self.add(&mut open, object, &techniques, definitions) {
				continue;
			}
			let full = std::mem::replace(&mut open, self.empty(tlp));
			plan.envelopes.extend(full.finish());
			// An object's own techniques are never more than there is room for, so that what does not fit are its bytes.
			if !self.add(&mut open, object, &techniques, definitions) {
				plan.refused.push(Refused::new(&object.id, &Refusal::TooLarge { limit: self.limit }));
			}
		}
		plan.envelopes.extend(open.finish());
	}

	/// Adds the object and the definitions it needs, or nothing at all.
	fn add(
		&self,
		open: &mut Open,
		object: &Object,
		techniques: &BTreeSet<TechniqueId>,
		definitions: &Definitions,
	) -> bool {
		let mut missing = definitions.markings.needed_by(object);
		missing.retain(|(id, _)| !open.along.contains(*id));
		let added = || missing.iter().map(|(_, raw)| *raw).chain([object.raw.as_slice()]);
		let Some(packing) = added().try_fold(open.packing, |packing, raw| packing.with(raw.len(), self.limit)) else {
			return false;
		};
		let most = MAX_TECHNIQUES as usize;
		let room = most.saturating_sub(open.envelope.techniques.len());
		let new: Vec<TechniqueId> = techniques.difference(&open.envelope.techniques).copied().collect();
		if new.len() > room && self.limit <= MAX_PAYLOAD {
			return false;
		}
		open.packing = packing;
		open.envelope.techniques.extend(new.into_iter().take(room));
		open.envelope.objects.extend(added().map(<[u8]>::to_vec));
		open.along.extend(missing.iter().map(|(id, _)| id.to_string()));
		true
	}

	fn techniques_of(&self, tlp: Tlp, object: &Object) -> BTreeSet<TechniqueId> {
		match tlp.permits_public_techniques(self.disclose) {
			// An object that names more than a record may is found by the first of them.
			true => {
				object.techniques.iter().copied().filter(|id| self.catalogue.contains(id)).take(self.room()).collect()
			}
			false => BTreeSet::new(),
		}
	}

	fn room(&self) -> usize {
		(MAX_TECHNIQUES as usize).saturating_sub(self.techniques.len())
	}

	fn empty(&self, tlp: Tlp) -> Open {
		Open {
			packing: Packing::new(&Author::Member(self.author), self.groups, self.direct),
			along: BTreeSet::new(),
			envelope: Envelope { tlp, objects: Vec::new(), techniques: self.techniques.clone(), len: 0 },
		}
	}
}

/// The marking definitions of a bundle that objects of it refer to: they travel along in each envelope that needs them.
struct Definitions {
	markings: Markings,
	/// Ids of those that anything published needs, in lower case.
	needed: BTreeSet<String>,
}

impl Definitions {
	fn of(markings: Markings, objects: &[Object], resolved: &[Option<Tlp>]) -> Self {
		let published = objects.iter().zip(resolved).filter(|(_, tlp)| tlp.is_some()).map(|(object, _)| object);
		let others = published.filter(|object| object.definition.is_none());
		let needed = others.flat_map(|object| markings.needed_by(object)).map(|(id, _)| id.to_string()).collect();
		Self { markings, needed }
	}

	/// Is it one of them itself? A second definition with the same id and other bytes is not.
	fn travels_along(&self, object: &Object) -> bool {
		object.definition.is_some()
			&& self.needed.contains(&object.id.to_ascii_lowercase())
			&& self.markings.definition(&object.id) == Some(&object.raw)
	}
}

/// An envelope that is being filled.
struct Open {
	packing: Packing,
	along: BTreeSet<String>,
	envelope: Envelope,
}

impl Open {
	fn finish(mut self) -> Option<Envelope> {
		self.envelope.len = self.packing.sealed_len().unwrap_or(usize::MAX);
		(!self.envelope.objects.is_empty()).then_some(self.envelope)
	}
}

#[cfg(test)]
#[path = "pack_tests.rs"]
mod tests;
