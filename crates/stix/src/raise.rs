//! Objects that say something of others are as strict as those.

use crate::object::{normal, Object, OBSERVABLES};
use alloc::{collections::BTreeMap, string::String, vec, vec::Vec};
use core::cmp::Reverse;
use cti_primitives::Tlp;

/// How strict objects of earlier pages were, as far as the caller remembers. Ids are in lower case.
pub trait Earlier {
	/// The strictest object with this id.
	fn of(&self, id: &str) -> Option<Tlp>;
	/// The strictest object that listed this id.
	fn listing(&self, id: &str) -> Option<Tlp>;
}

/// Nothing is remembered.
impl Earlier for () {
	fn of(&self, _: &str) -> Option<Tlp> {
		None
	}

	fn listing(&self, _: &str) -> Option<Tlp> {
		None
	}
}

impl Object {
	/// What objects of earlier pages raise it to.
	pub(crate) fn raised_by(&self, earlier: &impl Earlier) -> Option<Tlp> {
		let spoken_of = self.refs.iter().filter(|_| self.speaks_of_others()).filter_map(|id| earlier.of(&normal(id)));
		let listing = earlier.listing(&normal(&self.id)).filter(|_| self.is_observable());
		spoken_of.chain(listing).max()
	}

	/// Is it as strict as what it refers to?
	fn speaks_of_others(&self) -> bool {
		matches!(
			self.kind.as_str(),
			"relationship"
				| "sighting" | "note"
				| "opinion" | "report"
				| "grouping" | "observed-data"
				| "language-content"
		)
	}

	/// Is it a cyber-observable, also of a kind of one's own? Only those have no `created`; their ids follow from their values.
	pub fn is_observable(&self) -> bool {
		OBSERVABLES.contains(&self.kind.as_str()) || (self.created.is_none() && self.definition.is_none())
	}

	/// The ids its `*_refs` properties list.
	pub fn listed(&self) -> &[String] {
		self.refs.get(self.listed_from..).unwrap_or_default()
	}
}

/// The effective markings of the objects of one page, in order, from their own.
///
/// A relationship, sighting, note, opinion, report, grouping, observed-data or language-content is raised to the strictest
/// object of the page it refers to, an observable to the strictest that lists it; what was raised raises in its turn. Of
/// several objects with one id the strictest counts. Give refused objects too: what refers to one must not fall below it.
pub fn raise(page: &[(&Object, Tlp)]) -> Vec<Tlp> {
	let raised_by = Graph::of(page);
	let mut order: Vec<_> = page.iter().enumerate().map(|(at, (_, own))| (Reverse(*own), at)).collect();
	order.sort_unstable();
	let mut levels = vec![None; raised_by.0.len()];
	// The strictest go first, so that each node is reached at its final level and once.
	for (Reverse(level), start) in order {
		let mut reached = vec![start];
		while let Some(node) = reached.pop() {
			let Some(slot @ None) = levels.get_mut(node) else { continue };
			*slot = Some(level);
			reached.extend(raised_by.0.get(node).into_iter().flatten());
		}
	}
	page.iter().zip(levels).map(|((_, own), level)| level.unwrap_or(*own)).collect()
}

/// For each node, those it raises. The page's objects come first; each id on the page adds a node that stands for what
/// has this id and one for what lists it, so that the edges stay as few as the references.
struct Graph(Vec<Vec<usize>>);

impl Graph {
	fn of(page: &[(&Object, Tlp)]) -> Self {
		let mut ids = BTreeMap::new();
		for (object, _) in page {
			let next = page.len().saturating_add(ids.len().saturating_mul(2));
			ids.entry(normal(&object.id)).or_insert(next);
		}
		let nodes = page.len().saturating_add(ids.len().saturating_mul(2));
		let node_of = |id: &String| ids.get(&*normal(id)).copied();
		let mut graph = Self(vec![Vec::new(); nodes]);
		for (at, (object, _)) in page.iter().enumerate() {
			if let Some(has_id) = node_of(&object.id) {
				graph.edge(at, has_id);
				if object.is_observable() {
					graph.edge(has_id.saturating_add(1), at);
				}
			}
			if object.speaks_of_others() {
				object.refs.iter().filter_map(node_of).for_each(|has_id| graph.edge(has_id, at));
			}
			let lists = object.listed().iter().filter_map(node_of);
			lists.for_each(|has_id| graph.edge(at, has_id.saturating_add(1)));
		}
		graph
	}

	fn edge(&mut self, from: usize, to: usize) {
		if let Some(edges) = self.0.get_mut(from) {
			edges.push(to);
		}
	}
}
