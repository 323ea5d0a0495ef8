//! What becomes of a batch of objects: which are refused, under which marking the others travel, in which pages.

use super::{definitions::Definitions, earlier::Earlier};
use alloc::{
	collections::{BTreeMap, BTreeSet},
	string::{String, ToString},
	vec::Vec,
};
use codec::Encode;
use cti_envelope::{Author, Packing, MAX_PAYLOAD};
use cti_primitives::{guard::OwnNames, record::MAX_TECHNIQUES, warning::WarningLists, Quality, TechniqueId, Tlp};
use cti_stix::{read_object, Limits, Mode, Object, Refusal};

use crate::position::{short_hash, Progress};

/// What keeps objects back whatever their markings.
#[derive(Default)]
pub(crate) struct Gate {
	/// What must not leave the house.
	pub(crate) own: OwnNames,
	/// What the group asks of objects.
	pub(crate) quality: Quality,
	/// The operator's, if the group asks for them.
	pub(crate) lists: WarningLists,
}

impl Gate {
	/// Why the object is kept back.
	fn keeps_back(&self, object: &Object) -> Option<&'static str> {
		match object.names_own(&self.own) {
			Some(_) => Some(NAMES_OWN),
			None => object.check_quality(&self.quality, &self.lists).err().map(|refusal| refusal.reason()),
		}
	}
}

/// Why an object is refused that names what the operator keeps in the house.
const NAMES_OWN: &str = "names-own";
/// Most objects of a batch.
pub(crate) const MAX_OBJECTS: u16 = 4_096;
/// Bytes at which a batch is closed.
const ENOUGH_BYTES: usize = 2 << 20;
/// Bytes at which a batch is closed though the chain's position says it has more objects.
const MOST_BYTES: usize = 8 << 20;

/// An object as it was cut from the source, or why it was not.
pub(crate) type Item = Result<Vec<u8>, Refusal>;

/// Objects on their way into a batch.
#[derive(Debug, Default)]
pub(crate) struct Gathered {
	items: Vec<Item>,
	bytes: usize,
	/// How many it must have: it was begun before.
	wanted: Option<u16>,
}

impl Gathered {
	/// For the batch that `progress` is in, or a new one.
	pub(crate) fn new(progress: Option<Progress>) -> Self {
		Self { wanted: progress.map(|progress| progress.count), ..Self::default() }
	}

	pub(crate) fn push(&mut self, item: Item) {
		self.bytes = self.bytes.saturating_add(item.as_ref().map_or(0, Vec::len));
		self.items.push(item);
	}

	pub(crate) fn is_empty(&self) -> bool {
		self.items.is_empty()
	}

	pub(crate) fn len(&self) -> usize {
		self.items.len()
	}

	/// Must no object be added?
	pub(crate) fn is_full(&self) -> bool {
		match self.wanted {
			Some(wanted) => self.items.len() >= usize::from(wanted) || self.bytes >= MOST_BYTES,
			None => self.items.len() >= usize::from(MAX_OBJECTS) || self.bytes >= ENOUGH_BYTES,
		}
	}

	/// Is it part of a batch that was begun before and had more objects?
	pub(crate) fn is_partial(&self) -> bool {
		!self.is_empty() && self.wanted.is_some() && !self.is_full()
	}

	/// May it be taken before it is full, because the source stopped in the middle?
	pub(crate) fn is_usable(&self) -> bool {
		self.wanted.is_none() && !self.is_empty()
	}
}

/// A batch whose objects were read.
#[derive(Debug)]
pub(crate) struct Batch {
	/// Objects it has, the refused ones among them.
	pub(crate) count: u16,
	objects: Vec<Object>,
	/// Place in the batch of each object.
	places: Vec<u16>,
	/// Place in the batch and reason of what is refused.
	refused: Vec<(u16, &'static str)>,
	/// Places of objects that name what must not leave the house, or are not good enough for the group, and why. They are not
	/// published, and raise others all the same.
	kept_back: BTreeMap<u16, &'static str>,
	/// Short hash of the last item, zeros if it has no bytes.
	pub(crate) last: [u8; 8],
}

impl Batch {
	/// Reads the objects, learns and keeps the definitions among them.
	pub(crate) fn read(gathered: Gathered, definitions: &mut Definitions, gate: &Gate) -> Self {
		let count = u16::try_from(gathered.items.len()).unwrap_or(u16::MAX);
		let last = gathered.items.last().and_then(|item| item.as_ref().ok()).map(|raw| short_hash(raw));
		let mut batch = Self {
			count,
			objects: Vec::new(),
			places: Vec::new(),
			refused: Vec::new(),
			kept_back: BTreeMap::new(),
			last: last.unwrap_or_default(),
		};
		for (place, item) in (0..count).zip(gathered.items) {
			let object = item.and_then(|raw| read_object(raw, &Limits::default())).and_then(|object| {
				definitions.learn(&object)?;
				Ok(object)
			});
			match object {
				Ok(object) => {
					if let Some(reason) = gate.keeps_back(&object) {
						batch.kept_back.insert(place, reason);
					}
					batch.objects.push(object);
					batch.places.push(place);
				}
				Err(refusal) => batch.refused.push((place, refusal.reason())),
			}
		}
		definitions.save();
		batch
	}

	/// Ids of markings that nothing known defines.
	pub(crate) fn unresolved(&self, definitions: &Definitions) -> BTreeSet<String> {
		self.objects.iter().flat_map(|object| definitions.unresolved(object)).map(ToString::to_string).collect()
	}

	/// Resolves the objects' markings.
	pub(crate) fn mark(self, definitions: &Definitions, default: Option<Tlp>, earlier: &mut Earlier) -> Marked {
		let known = definitions.markings();
		let markings = known.resolve_next_page(&self.objects, default, Mode::Publishing, earlier);
		for (object, marking) in self.objects.iter().zip(&markings) {
			let is_unmarked = || known.resolve(object, None, Mode::Publishing) == Err(Refusal::Unmarked);
			match marking {
				// Of a feed of unmarked objects that would be all of them.
				Ok(tlp) if default == Some(*tlp) && is_unmarked() => {}
				Ok(tlp) => earlier.remember(object, *tlp),
				Err(Refusal::Unmarked) => {}
				Err(_) => earlier.remember(object, Tlp::Red),
			}
		}
		let mut codes = alloc::vec![u8::MAX; usize::from(self.count)];
		let mut refused = self.refused;
		let mut objects = Vec::new();
		for ((place, object), marking) in self.places.into_iter().zip(self.objects).zip(markings) {
			match marking {
				Ok(tlp) => {
					// Also of what is kept back: what the group asks for may change while the batch is under way.
					if let Some(code) = codes.get_mut(usize::from(place)) {
						*code = tlp as u8;
					}
					match self.kept_back.get(&place) {
						Some(reason) => refused.push((place, *reason)),
						None => objects.push((place, tlp, object)),
					}
				}
				Err(refusal) => refused.push((place, refusal.reason())),
			}
		}
		let [a, b, c, d, ..] = short_hash(&codes.encode());
		Marked { count: self.count, objects, refused, markings: [a, b, c, d] }
	}
}

/// A batch whose objects' effective markings are known.
#[derive(Debug)]
pub(crate) struct Marked {
	pub(crate) count: u16,
	/// Place in the batch, effective marking.
	objects: Vec<(u16, Tlp, Object)>,
	pub(crate) refused: Vec<(u16, &'static str)>,
	/// First bytes of the hash of all markings, see [`Progress::markings`].
	pub(crate) markings: [u8; 4],
}

/// Who publishes the pages, and what may be in them.
pub(crate) struct Rules<'a> {
	pub(crate) author: Author,
	pub(crate) definitions: &'a Definitions,
	/// The strictest marking the feed takes.
	pub(crate) ceiling: Tlp,
	/// Is the technique in the catalogue?
	pub(crate) is_known: fn(TechniqueId) -> bool,
	/// Why the group does not take a page so marked, with techniques or without.
	pub(crate) barred: BTreeMap<(Tlp, bool), &'static str>,
	/// The feed has published nothing yet.
	pub(crate) is_first: bool,
	/// Objects of earlier batches were refused.
	pub(crate) has_refused: bool,
}

/// What goes into one envelope.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct PagePlan<'a> {
	pub(crate) tlp: Tlp,
	/// [`Progress::done`] after it.
	pub(crate) done: u16,
	/// Places in the batch of the source's objects in it.
	pub(crate) places: Vec<u16>,
	/// The objects' bytes, and after them those of definitions they refer to.
	pub(crate) objects: Vec<&'a [u8]>,
	pub(crate) techniques: BTreeSet<TechniqueId>,
}

impl Marked {
	/// The pages of the batch, without what `progress` says is done. What the rules refuse is added to the refused.
	pub(crate) fn pages<'a>(&'a self, rules: &'a Rules<'a>) -> (Vec<PagePlan<'a>>, Vec<(u16, &'static str)>) {
		let mut pages = Vec::new();
		let mut refused = self.refused.clone();
		for tlp in Tlp::ALL {
			let marked = self.objects.iter().filter(|(_, of, _)| *of == tlp);
			if !tlp.permits_group(rules.ceiling) {
				let reason = Refusal::AboveCeiling { tlp, ceiling: rules.ceiling }.reason();
				refused.extend(marked.map(|(place, ..)| (*place, reason)));
				continue;
			}
			let mut packer = Packer::new(tlp, rules);
			for (place, _, object) in marked {
				packer.add(*place, object);
			}
			for page in packer.finish() {
				match rules.barred.get(&(tlp, !page.techniques.is_empty())) {
					None => pages.push(page),
					Some(reason) => refused.extend(page.places.into_iter().map(|place| (place, *reason))),
				}
			}
		}
		// Where all else is refused the settings are likely wrong. Definitions alone would move the feed past it for good.
		let has_refused = rules.has_refused || !refused.is_empty();
		if rules.is_first && has_refused && pages.iter().all(|page| self.defines_only(&page.places)) {
			let places = pages.drain(..).flat_map(|page| page.places);
			refused.extend(places.map(|place| (place, "lone-definition")));
		}
		(pages, refused)
	}

	fn defines_only(&self, places: &[u16]) -> bool {
		let objects = self.objects.iter().filter(|(place, ..)| places.contains(place));
		objects.map(|(.., object)| object).all(|object| object.definition.is_some())
	}

	/// The same without what is done.
	pub(crate) fn without(mut self, progress: Option<Progress>) -> Self {
		if let Some(Progress { tlp, done, .. }) = progress {
			self.objects.retain(|(place, of, _)| (*of, *place) >= (tlp, done));
		}
		self
	}
}

/// Fills pages of one marking.
struct Packer<'a> {
	rules: &'a Rules<'a>,
	tlp: Tlp,
	full: Vec<PagePlan<'a>>,
	page: Open<'a>,
}

/// A page that is being filled.
struct Open<'a> {
	packing: Packing,
	places: Vec<u16>,
	objects: Vec<&'a Object>,
	definitions: BTreeMap<&'a str, &'a [u8]>,
	techniques: BTreeSet<TechniqueId>,
}

impl<'a> Open<'a> {
	fn new(author: &Author) -> Self {
		Self {
			packing: Packing::new(author, 1, 0),
			places: Vec::new(),
			objects: Vec::new(),
			definitions: BTreeMap::new(),
			techniques: BTreeSet::new(),
		}
	}
}

impl<'a> Packer<'a> {
	fn new(tlp: Tlp, rules: &'a Rules<'a>) -> Self {
		Self { rules, tlp, full: Vec::new(), page: Open::new(&rules.author) }
	}

	fn add(&mut self, place: u16, object: &'a Object) {
		if !self.fit(place, object, true) {
			self.close();
			// Alone in a page, an object fits, if need be without the definitions it refers to.
			let _ = self.fit(place, object, true) || self.fit(place, object, false);
		}
	}

	/// Adds the object to the page if there is room.
	fn fit(&mut self, place: u16, object: &'a Object, with_definitions: bool) -> bool {
		let public = self.tlp.permits_public_techniques(false);
		let named = object.techniques.iter().copied().filter(|id| public && (self.rules.is_known)(*id));
		let alone = self.page.objects.is_empty();
		let techniques: BTreeSet<TechniqueId> = self.page.techniques.iter().copied().chain(named).collect();
		if techniques.len() > MAX_TECHNIQUES as usize && !alone {
			return false;
		}
		let carried: Vec<_> = self
			.rules
			.definitions
			.carried(object)
			.filter(|(id, _)| {
				with_definitions && !object.id.eq_ignore_ascii_case(id) && !self.page.definitions.contains_key(id)
			})
			.collect();
		let lengths = core::iter::once(object.raw.len()).chain(carried.iter().map(|(_, raw)| raw.len()));
		let packing = lengths.into_iter().try_fold(self.page.packing, |packing, len| packing.with(len, MAX_PAYLOAD));
		let Some(packing) = packing else { return false };
		self.page.packing = packing;
		self.page.techniques = techniques.into_iter().take(MAX_TECHNIQUES as usize).collect();
		self.page.definitions.extend(carried);
		self.page.objects.push(object);
		self.page.places.push(place);
		true
	}

	fn close(&mut self) {
		let page = core::mem::replace(&mut self.page, Open::new(&self.rules.author));
		let Some(last) = page.places.last() else { return };
		// A definition that is an object of the page itself is there already.
		let is_there = |id: &str| page.objects.iter().any(|object| object.id.eq_ignore_ascii_case(id));
		let carried = page.definitions.iter().filter(|(id, _)| !is_there(id)).map(|(_, raw)| *raw);
		self.full.push(PagePlan {
			tlp: self.tlp,
			done: last.saturating_add(1),
			objects: page.objects.iter().map(|object| object.raw.as_slice()).chain(carried).collect(),
			places: page.places,
			techniques: page.techniques,
		});
	}

	fn finish(mut self) -> Vec<PagePlan<'a>> {
		self.close();
		self.full
	}
}
