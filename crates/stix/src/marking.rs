//! Under which TLP an object may travel.

use crate::{
	fields::Fields,
	object::{normal, Object},
	raise::{raise, Earlier},
	refusal::Refusal,
};
use alloc::{
	collections::BTreeMap,
	string::{String, ToString},
	vec,
	vec::Vec,
};
use cti_primitives::Tlp;

/// Most definitions kept from one source.
pub const MAX_DEFINITIONS: usize = 4_096;

/// Most bytes of definitions kept from one source.
const MAX_DEFINITION_BYTES: usize = 4 << 20;

/// Most markings that a definition itself may carry; one with more is as good as RED. They are looked up each time the
/// definition is.
const MAX_OWN_MARKINGS: usize = 16;

/// OpenCTI's AMBER+STRICT: its own definition calls itself a statement.
const OPENCTI_AMBER_STRICT: &str = "marking-definition--826578e1-40ad-459f-bc73-ede076f81f37";

/// What a marking definition means.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum MarkingDefinition {
	/// A statement, a licence: kept and shown, without effect on sharing.
	Other,
	/// A TLP, of version 1 or 2.
	Tlp(Tlp),
}

/// What to do about a marking that nothing defines.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mode {
	/// Refuse the object: it could be stricter than anything.
	Publishing,
	/// Take it for the default: what the record's author, who may have mapped it, vouches for. RED without one.
	Reading,
}

/// Definitions whose meaning is fixed, whatever a source says: TLP 2.0, TLP 1, OpenCTI's, MITRE's copyright.
fn fixed(id: &str) -> Option<MarkingDefinition> {
	let tlp = match id.strip_prefix("marking-definition--")? {
		"94868c89-83c2-464b-929b-a1a8aa3c8487" => Tlp::Clear,
		"bab4a63c-aed9-4cf5-a766-dfca5abac2bb" => Tlp::Green,
		"55d920b0-5e8b-4f79-9ee9-91f868d9b421" => Tlp::Amber,
		"939a9414-2ddd-4d32-a0cd-375ea402b003" => Tlp::AmberStrict,
		"e828b379-4e03-4974-9ac4-e53a884c97c1" => Tlp::Red,
		"613f2e26-407d-48c7-9eca-b8e91df99dc9" => Tlp::Clear,
		"34098fce-860f-48ae-8e50-ebd3cc5e41da" => Tlp::Green,
		"f88d31f6-486f-44da-b317-01333bde0b82" => Tlp::Amber,
		"5e57c739-391a-4eb3-b6be-7d15ca92d5ed" => Tlp::Red,
		"826578e1-40ad-459f-bc73-ede076f81f37" => Tlp::AmberStrict,
		"fa42a846-8d90-4e51-bc29-71d5b4802168" => return Some(MarkingDefinition::Other),
		_ => return None,
	};
	Some(MarkingDefinition::Tlp(tlp))
}

/// Is the meaning of this definition fixed, so that every reader knows it?
pub fn is_built_in(id: &str) -> bool {
	fixed(&normal(id)).is_some()
}

/// What a marking definition says it means, if that can be.
pub(crate) fn defined(id: &str, fields: &Fields) -> Result<MarkingDefinition, Refusal> {
	let invalid = || Refusal::InvalidDefinition { id: id.to_string() };
	let is_tlp_1 = fields.definition_type.as_ref().is_some_and(|kind| kind.eq_ignore_ascii_case("tlp"));
	let tlp_1 = fields.tlp_1.iter().filter(|_| is_tlp_1);
	let mut said = None;
	for name in tlp_1.chain(&fields.tlp_2) {
		let tlp: Tlp = name.as_ref().and_then(|name| name.parse().ok()).ok_or_else(invalid)?;
		if said.replace(tlp).is_some_and(|before| before != tlp) {
			return Err(invalid());
		}
	}
	if is_tlp_1 && said.is_none() {
		return Err(invalid());
	}
	let said = said.map_or(MarkingDefinition::Other, MarkingDefinition::Tlp);
	let id = normal(id);
	match fixed(&id) {
		Some(fixed) if said == fixed || (said == MarkingDefinition::Other && id == OPENCTI_AMBER_STRICT) => Ok(fixed),
		Some(_) => Err(Refusal::FalseDefinition { id: id.into_owned() }),
		None => Ok(said),
	}
}

/// A definition a source gave.
#[derive(Clone, Debug)]
struct Known {
	meaning: MarkingDefinition,
	raw: Vec<u8>,
	/// The markings it carries itself.
	own: Vec<String>,
}

/// What is known of markings: the fixed ones, those a source defined, those its operator mapped.
#[derive(Clone, Default, Debug)]
pub struct Markings {
	map: BTreeMap<String, Tlp>,
	known: BTreeMap<String, Known>,
	/// Of what is known.
	bytes: usize,
}

impl Markings {
	/// With the operator's `marking_map`, by the definition's id.
	pub fn new(map: BTreeMap<String, Tlp>) -> Self {
		let map = map.into_iter().map(|(id, tlp)| (normal(&id).into_owned(), tlp)).collect();
		Self { map, ..Self::default() }
	}

	/// Remembers a marking definition; any other object passes without effect. Of two with one id the stricter counts.
	/// Says whether there was something new in it.
	///
	/// A definition travels with whatever refers to it, under any marking: so one that is itself marked above CLEAR is
	/// refused, and one with a marking that nothing defines is not used before something does.
	pub fn learn(&mut self, object: &Object) -> Result<bool, Refusal> {
		let Some(meaning) = object.definition else { return Ok(false) };
		if let Some(tlp) = self.above_clear(&object.marking_refs) {
			return Err(Refusal::MarkedDefinition { id: object.id.clone(), tlp });
		}
		let id = normal(&object.id);
		let before = self.known.get(id.as_ref());
		if before.is_some_and(|known| known.meaning >= meaning) {
			return Ok(false);
		}
		let freed = before.map_or(0, |known| known.raw.len());
		let bytes = self.bytes.saturating_sub(freed).saturating_add(object.raw.len());
		if bytes > MAX_DEFINITION_BYTES || (before.is_none() && self.known.len() >= MAX_DEFINITIONS) {
			return Err(Refusal::TooManyDefinitions);
		}
		self.bytes = bytes;
		let known = Known { meaning, raw: object.raw.clone(), own: object.marking_refs.clone() };
		self.known.insert(id.into_owned(), known);
		Ok(true)
	}

	/// The bytes of a definition learnt before, for an envelope to carry along.
	pub fn definition(&self, id: &str) -> Option<&[u8]> {
		self.known.get(normal(id).as_ref()).filter(|known| self.may_travel(known)).map(|known| known.raw.as_slice())
	}

	/// The definitions learnt before that whoever reads the object needs: those its markings name, and those that these
	/// name in turn. Id in lower case, and bytes.
	pub fn needed_by(&self, object: &Object) -> Vec<(&str, &[u8])> {
		let mut needed: BTreeMap<&str, &[u8]> = BTreeMap::new();
		let mut open: Vec<&String> = object.marking_refs.iter().collect();
		while let Some(id) = open.pop() {
			let known = self.known.get_key_value(&*normal(id)).filter(|(_, known)| self.may_travel(known));
			let Some((id, known)) = known else { continue };
			if needed.insert(id, &known.raw).is_none() {
				open.extend(&known.own);
			}
		}
		needed.into_iter().collect()
	}

	/// The bytes of every definition learnt so far, to be learnt again later.
	pub fn definitions(&self) -> impl Iterator<Item = &[u8]> {
		self.known.values().map(|known| known.raw.as_slice())
	}

	/// The definitions that are missing to know the object's markings, to be fetched by id.
	pub fn unresolved<'a>(&'a self, object: &'a Object) -> impl Iterator<Item = &'a str> {
		let unknown = object.marking_refs.iter().filter(|id| self.meaning(id).is_none());
		unknown
			.flat_map(|id| match self.known.get(&*normal(id)) {
				// Known, but not used before the markings it carries are.
				Some(known) => known.own.iter().filter(|own| self.meaning_of_own(own).is_none()).collect(),
				None => vec![id],
			})
			.map(String::as_str)
	}

	/// The object's own marking: the strictest of all it refers to, `default` if none of them is a TLP. A marking
	/// definition without either is CLEAR: whoever reads what it marks must read it.
	///
	/// The objects it refers to may raise it further, see [`resolve_page`](Self::resolve_page).
	pub fn resolve(&self, object: &Object, default: Option<Tlp>, mode: Mode) -> Result<Tlp, Refusal> {
		let mut strictest = None;
		for id in &object.marking_refs {
			let meaning = match (self.meaning(id), mode) {
				(Some(MarkingDefinition::Other), _) => continue,
				(Some(MarkingDefinition::Tlp(tlp)), _) => tlp,
				(None, Mode::Reading) => default.unwrap_or(Tlp::Red),
				(None, Mode::Publishing) => return Err(Refusal::UnresolvedMarking { id: id.clone() }),
			};
			strictest = strictest.max(Some(meaning));
		}
		let definition = object.definition.map(|_| Tlp::Clear);
		strictest.or(default).or(definition).ok_or(Refusal::Unmarked)
	}

	/// The effective marking of each object of a page, in order: its own, raised by the objects around it ([`raise`]).
	///
	/// Definitions on the page must have been learnt. An object with an unresolved marking is refused, and raises those
	/// that refer to it to RED; an unmarked one is refused and raises nothing.
	pub fn resolve_page(&self, page: &[Object], default: Option<Tlp>, mode: Mode) -> Vec<Result<Tlp, Refusal>> {
		self.resolve_next_page(page, default, mode, &())
	}

	/// The same for a page that follows others of its source: what those were raises, too.
	pub fn resolve_next_page(
		&self,
		page: &[Object],
		default: Option<Tlp>,
		mode: Mode,
		earlier: &impl Earlier,
	) -> Vec<Result<Tlp, Refusal>> {
		let own: Vec<_> = page.iter().map(|object| self.resolve(object, default, mode)).collect();
		let level = |object: &Object, own: &Result<Tlp, Refusal>| {
			let own = match own {
				Ok(tlp) => *tlp,
				Err(Refusal::Unmarked) => Tlp::Clear,
				Err(_) => Tlp::Red,
			};
			object.raised_by(earlier).map_or(own, |raised| own.max(raised))
		};
		let levels: Vec<_> = page.iter().zip(&own).map(|(object, own)| (object, level(object, own))).collect();
		own.into_iter().zip(raise(&levels)).map(|(own, raised)| own.map(|_| raised)).collect()
	}

	/// The fixed ones first, then the stricter of what the source defined and the map: an operator may tighten a source's
	/// TLP, or say what a definition that is none means here.
	fn meaning(&self, id: &str) -> Option<MarkingDefinition> {
		self.meaning_among(id, |known| self.may_travel(known))
	}

	fn meaning_among(&self, id: &str, counts: impl Fn(&Known) -> bool) -> Option<MarkingDefinition> {
		let id = normal(id);
		if let Some(fixed) = fixed(&id) {
			return Some(fixed);
		}
		let known = self.known.get(id.as_ref()).filter(|known| counts(known)).map(|known| known.meaning);
		known.max(self.map.get(id.as_ref()).copied().map(MarkingDefinition::Tlp))
	}

	/// What a definition's own marking means. Those of that marking's definition in turn do not matter, so that this
	/// never goes deeper.
	fn meaning_of_own(&self, id: &str) -> Option<MarkingDefinition> {
		self.meaning_among(id, |_| true)
	}

	/// Are the definition's own markings known, and none of them stricter than CLEAR?
	fn may_travel(&self, known: &Known) -> bool {
		let clear = MarkingDefinition::Tlp(Tlp::Clear);
		known.own.iter().all(|id| self.meaning_of_own(id).is_some_and(|meaning| meaning <= clear))
	}

	/// The strictest TLP of a definition's own markings, as far as they are known, if it is above CLEAR.
	fn above_clear(&self, own: &[String]) -> Option<Tlp> {
		if own.len() > MAX_OWN_MARKINGS {
			return Some(Tlp::Red);
		}
		let tlps = own.iter().filter_map(|id| match self.meaning_of_own(id)? {
			MarkingDefinition::Tlp(tlp) => Some(tlp),
			MarkingDefinition::Other => None,
		});
		tlps.max().filter(|tlp| *tlp > Tlp::Clear)
	}
}

/// May an object whose effective marking is `tlp` go to a group that takes at most `ceiling`?
pub fn check_ceiling(tlp: Tlp, ceiling: Tlp) -> Result<(), Refusal> {
	if tlp.permits_group(ceiling) {
		Ok(())
	} else {
		Err(Refusal::AboveCeiling { tlp, ceiling })
	}
}
