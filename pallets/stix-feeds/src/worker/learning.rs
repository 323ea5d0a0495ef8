//! Reading a source again from its beginning, to know how strict its objects were.
//!
//! What raises later objects is kept by the node alone ([`Earlier`]). A node that lost it, or never had it because another
//! node published, would send out what speaks of a strict object of an earlier batch under a wider marking. So it first
//! reads all up to the feed's place once more, and publishes nothing meanwhile.
//!
//! It goes the way the feed went, over as many runs as it takes: the frontier's place is where it is, the place of the
//! frontier's position where it leads. Batches that are cut where they were cut then come out as they did then. Where the
//! source does not have the place any more, it is read to its end.

use super::{
	batch::Batch,
	definitions::Definitions,
	earlier::Earlier,
	file, nonces, now,
	serving::Serving,
	standing::Standing,
	store::{self, FileCache, Frontier, Next},
	LOG,
};
use crate::{
	pallet::Config,
	position::{Link, Place, Position},
};
use cti_primitives::feed::FeedKind;

/// What the status says meanwhile.
pub(crate) const WORDS: &str =
	"the source is read again from its beginning, to know how strict earlier objects were; the feed goes on after it";

impl<T: Config> Serving<T> {
	/// Has the source read again if this node does not know how strict the objects before the feed's place are.
	pub(crate) fn know_markings(&mut self) {
		let is_known = self.local.base.is_some() && Earlier::is_kept(self.config.id, self.local.identity);
		if !is_known && !self.local.learning {
			self.relearn();
		}
	}

	/// Forgets what is under way and how strict objects were, and begins to learn it.
	pub(crate) fn relearn(&mut self) {
		let id = self.config.id;
		nonces::release(&mut self.local, id);
		core::mem::take(&mut self.local.pages).iter().for_each(|page| store::clear_envelope(id, page.sequence));
		Earlier::forget(id);
		let (sequence, position) = (self.feed.sequence, self.feed.position.clone());
		self.local.file = FileCache::default();
		self.local.next_look = self.local.next_look.min(now());
		self.local.moved = self.run.block;
		self.local.learning = self.is_begun();
		if self.local.learning {
			log::info!(target: LOG, "feed {id}: {WORDS}");
			self.local.base = None;
			self.local.waiting = 0;
			self.local.frontier = Frontier { place: None, progress: None, ..Frontier::at(sequence, position, 1) };
		} else {
			self.local.base = Some(Link::to(&position));
			self.local.frontier = Frontier::at(sequence, position, 1);
			Earlier::load(id, self.local.identity, 1).save();
		}
	}

	/// Has the feed published anything of its source?
	fn is_begun(&self) -> bool {
		let place = Position::decode_from(&self.feed.position).map(|position| position.place);
		match self.config.kind {
			FeedKind::Taxii21 => Standing::new(place, &self.config.collection).0.is_begun(),
			FeedKind::StixBundle => file::is_begun(place),
		}
	}

	/// Moves the frontier to the chain's position.
	pub(crate) fn stand(&mut self, index: u64, is_covered: bool) {
		let (sequence, position) = (self.feed.sequence, self.feed.position.clone());
		if self.local.learning && sequence >= self.local.frontier.sequence {
			// What leads there stays; only the goal has moved on.
			(self.local.frontier.sequence, self.local.frontier.position) = (sequence, position);
			return;
		}
		self.local.frontier = Frontier::at(sequence, position, index);
		if !is_covered {
			(self.local.base, self.local.learning) = (None, false);
		}
	}

	/// The place to be reached while the source is read again.
	pub(crate) fn goal(&self) -> Option<Place> {
		let position = Position::decode_from(&self.local.frontier.position).filter(|_| self.local.learning);
		position.map(|position| position.place)
	}

	/// Was nothing read yet since the source is read again?
	pub(crate) fn has_learnt_nothing(&self) -> bool {
		self.local.learning && self.local.frontier.index <= 1
	}

	/// Remembers how strict a batch is and moves the frontier behind it. That is saved when the turn ends, or with the
	/// arrival: a node that died in between would go past the goal.
	pub(crate) fn learn(&mut self, batch: Batch, definitions: &Definitions, next: Next) {
		self.advanced = true;
		let index = self.local.frontier.index;
		let mut earlier = Earlier::load(self.config.id, self.local.identity, index);
		let marked = batch.mark(definitions, self.default_marking(), &mut earlier);
		earlier.save();
		self.local.move_to(next, index.saturating_add(marked.count.into()));
	}

	/// All is known: the feed goes on at its place.
	pub(crate) fn arrive(&mut self) {
		let (sequence, position) = (self.local.frontier.sequence, self.local.frontier.position.clone());
		let index = self.local.frontier.index;
		// Also where nothing was strict.
		Earlier::load(self.config.id, self.local.identity, index).save();
		self.local.base = Some(Link::to(&position));
		(self.local.anchor, self.local.counted) = ((sequence, index), index);
		self.local.frontier = Frontier::at(sequence, position, index);
		self.local.learning = false;
		self.save();
	}
}
