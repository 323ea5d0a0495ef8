//! Marking definitions a source gave, kept for the objects that refer to them later.

use super::store;
use alloc::{
	collections::BTreeSet,
	string::{String, ToString},
	vec::Vec,
};
use cti_primitives::{feed::FeedConfig, guard::OwnNames, FeedId};
use cti_stix::{is_built_in, read_object, Limits, Markings, Object, Refusal};

/// Most bytes of definitions kept for one feed. The oldest go first: they can be fetched again.
const MAX_BYTES: usize = 256 << 10;

/// The definitions of one feed.
#[derive(Debug)]
pub(crate) struct Definitions {
	feed: FeedId,
	markings: Markings,
	/// What must not leave the house, and the ids, in lower case, of definitions that name it: they mark, and stay here.
	own: OwnNames,
	kept_back: BTreeSet<String>,
	/// As they are kept, the oldest first.
	kept: Vec<Vec<u8>>,
	/// They are not written down yet.
	is_new: bool,
	/// Ids that the source was asked for in this look.
	tried: BTreeSet<String>,
}

impl Definitions {
	/// What is kept for the feed, with the operator's map.
	pub(crate) fn load(config: &FeedConfig) -> Self {
		let kept: Vec<Vec<u8>> = store::get(&store::feed_key(config.id, "definitions")).unwrap_or_default();
		let mut definitions = Self {
			feed: config.id,
			markings: Markings::new(config.marking_map.clone()),
			own: config.own.clone(),
			kept_back: BTreeSet::new(),
			kept: Vec::new(),
			is_new: false,
			tried: BTreeSet::new(),
		};
		for raw in &kept {
			if let Ok(object) = read_object(raw.clone(), &Limits::default()) {
				// What was learnt once is learnt again.
				let _ = definitions.meet(&object);
			}
		}
		Self { kept, ..definitions }
	}

	pub(crate) fn markings(&self) -> &Markings {
		&self.markings
	}

	/// Learns a definition, to be kept with [`save`](Self::save); other objects pass.
	pub(crate) fn learn(&mut self, object: &Object) -> Result<(), Refusal> {
		if self.meet(object)? {
			self.keep(object.raw.clone());
		}
		Ok(())
	}

	/// Learns a definition; says whether it was new.
	fn meet(&mut self, object: &Object) -> Result<bool, Refusal> {
		let is_new = self.markings.learn(object)?;
		if is_new && object.names_own(&self.own).is_some() {
			self.kept_back.insert(object.id.to_ascii_lowercase());
		}
		Ok(is_new)
	}

	fn keep(&mut self, raw: Vec<u8>) {
		self.kept.push(raw);
		let mut bytes: usize = self.kept.iter().map(Vec::len).sum();
		let oldest = self.kept.iter().take_while(|raw| {
			let is_over = bytes > MAX_BYTES;
			bytes = bytes.saturating_sub(raw.len());
			is_over
		});
		let count = oldest.count();
		self.kept.drain(..count);
		self.is_new = true;
	}

	/// Writes down what was learnt: once for many, because it is all written anew.
	pub(crate) fn save(&mut self) {
		if core::mem::take(&mut self.is_new) {
			store::set(&store::feed_key(self.feed, "definitions"), &self.kept);
		}
	}

	/// Is the source to be asked for this definition? Once in a look.
	pub(crate) fn try_once(&mut self, id: &str) -> bool {
		self.tried.insert(id.to_string())
	}

	/// Markings of the object that nothing known defines.
	pub(crate) fn unresolved<'a>(&'a self, object: &'a Object) -> impl Iterator<Item = &'a str> {
		self.markings.unresolved(object)
	}

	/// Definitions that an envelope with the object has to carry: those it needs that not every reader knows, and that may
	/// leave the house.
	pub(crate) fn carried<'a>(&'a self, object: &'a Object) -> impl Iterator<Item = (&'a str, &'a [u8])> {
		let travels = |id: &str| !is_built_in(id) && !self.kept_back.contains(id);
		self.markings.needed_by(object).into_iter().filter(move |(id, _)| travels(id))
	}
}
