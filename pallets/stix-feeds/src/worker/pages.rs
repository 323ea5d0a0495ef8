//! Pages under way: sealed, submitted, landed, lost, made anew.

use super::{
	batch::PagePlan,
	http::Stop,
	nonces::{self, Nonces},
	serving::Serving,
	sleep,
	store::{self, Next, Page},
	tip, LOG,
};
use crate::{
	pallet::{Call, Config, Feeds, Pallet},
	position::{Link, Position},
	types::Payload,
};
use alloc::{collections::BTreeSet, format, string::ToString, vec::Vec};
use cti_envelope::{Author, GroupRecipient, SealRequest, MAX_PAYLOAD};
use cti_primitives::{Draft, Epoch, Groups};
use frame::{
	deps::{
		frame_support::storage::with_transaction, sp_core::storage::well_known_keys::EXTRINSIC_INDEX, sp_io,
		sp_runtime::TransactionOutcome,
	},
	prelude::*,
};

/// Bytes of envelopes that may be under way for one feed: those of a block, and those that the next one will take.
const MAX_UNDER_WAY: usize = 12 << 20;
/// Pages that may be under way for one feed: fewer than the pool holds of one account.
const MAX_PAGES: usize = 48;
/// Milliseconds a run waits for pages to land before it ends.
const PATIENCE_MS: u64 = 2_500;
/// Slots' worth of blocks without a page landing after which pages are submitted again: the pool may have lost them.
const RESUBMIT_SLOTS: u64 = 3;
/// The same, after which pages are made anew from the chain's position.
const RESET_SLOTS: u64 = 10;
/// Slots' worth of blocks for which a landed page is kept, should its block be retracted.
const KEEP_SLOTS: u64 = 64;
/// Landed pages that are kept at most.
const KEEP_PAGES: usize = 64;

/// So many slots' worth of blocks.
fn blocks<T: Config>(slots: u64) -> u64 {
	slots.saturating_mul(T::BlocksPerSlot::get().into())
}

/// Where a page leads.
pub(crate) struct Step {
	/// The position to store on chain.
	pub(crate) position: Position,
	/// [`store::Frontier::index`] of its place.
	pub(crate) index: u64,
	/// The place after its batch, if the page is the batch's last.
	pub(crate) next: Option<Next>,
}

impl<T: Config> Serving<T> {
	/// Pages that have not landed in the state this run works on.
	fn under_way(&self) -> impl Iterator<Item = &Page> {
		self.local.pages.iter().filter(|page| page.landed.is_none())
	}

	/// Are pages under way?
	pub(crate) fn is_under_way(&self) -> bool {
		self.under_way().next().is_some()
	}

	/// Objects of the pages under way.
	pub(crate) fn objects_under_way(&self) -> u64 {
		self.under_way().map(|page| u64::from(page.objects)).sum()
	}

	/// Takes note of what landed, was retracted or failed since the last run, and goes back to the chain's position if
	/// the chain went another way than the pages under way.
	pub(crate) fn settle(&mut self) {
		self.note_landed();
		let nonce = self.nonce();
		if (self.local.seen != (self.feed.sequence, nonce)) || !self.is_under_way() {
			self.local.seen = (self.feed.sequence, nonce);
			self.local.moved = self.run.block;
		}
		let has_failed = self.has_failed(nonce);
		let is_lost =
			self.is_stuck(blocks::<T>(RESET_SLOTS)) && self.under_way().next().is_some_and(|page| page.nonce.is_some());
		let why = if !self.agrees() {
			"another node published, or the chain went back"
		} else if has_failed {
			"a page was included and refused"
		} else if self.is_outdated() {
			"the group has another key"
		} else if is_lost {
			"nothing landed"
		} else {
			return self.forget_old();
		};
		if self.is_under_way() {
			log::info!(target: LOG, "feed {}: {why}; going on from the chain's position", self.config.id);
		}
		self.reset();
		if has_failed {
			self.fail();
		} else if is_lost {
			self.clear_nonces();
		}
		self.forget_old();
	}

	/// Says that a page was included for nothing, and leaves the feed alone for a while.
	fn fail(&mut self) {
		let words = "a page was included and refused, or the feed key's account is used elsewhere; it is made anew";
		self.status.last_error = Some(words.into());
		self.back_off(None);
	}

	/// A number that the pool has lost keeps back those after it, whichever feed has them.
	fn clear_nonces(&self) {
		if let Some(mut nonces) = Nonces::lock(&self.local.signer, nonces::PATIENCE_MS) {
			nonces.clear(self.run.block, blocks::<T>(RESET_SLOTS));
		}
	}

	fn note_landed(&mut self) {
		let (sequence, block) = (self.feed.sequence, self.run.block);
		for page in &mut self.local.pages {
			let (published, envelopes) = (&mut self.status.published, &mut self.status.envelopes);
			let (waiting, objects) = (&mut self.local.waiting, u64::from(page.objects));
			match (page.sequence < sequence, page.landed) {
				(true, None) => {
					page.landed = Some(block);
					*waiting = waiting.saturating_sub(objects);
					*published = published.saturating_add(objects);
					*envelopes = envelopes.saturating_add(1);
					self.local.failures = 0;
					self.local.anchor = (page.sequence.saturating_add(1), page.index);
				}
				(false, Some(_)) => {
					page.landed = None;
					*waiting = waiting.saturating_add(objects);
					*published = published.saturating_sub(objects);
					*envelopes = envelopes.saturating_sub(1);
				}
				_ => {}
			}
		}
	}

	/// Do the pages under way lead from the chain's position to the frontier?
	fn agrees(&self) -> bool {
		let mut at = (self.feed.sequence, Link::to(&self.feed.position));
		for page in self.under_way() {
			let follows = page.position().map(|position| position.follows);
			if (page.sequence, follows) != (at.0, Some(at.1)) {
				return false;
			}
			at = (page.sequence.saturating_add(1), Link::to(&page.position));
		}
		at == (self.local.frontier.sequence, Link::to(&self.local.frontier.position))
	}

	/// Was a page's transaction included though the page did not land?
	fn has_failed(&self, nonce: u32) -> bool {
		self.under_way().any(|page| page.nonce.is_some_and(|used| used < nonce))
	}

	/// Are pages sealed to a key that is no longer the group's? While the group waits for a rekey they wait, too.
	fn is_outdated(&self) -> bool {
		let current = (self.feed.settings.group, self.epoch());
		self.under_way().any(|page| current.1.is_some_and(|epoch| (page.group, page.epoch) != (current.0, epoch)))
	}

	fn is_stuck(&self, blocks: u64) -> bool {
		self.epoch().is_some() && self.run.block >= self.local.moved.saturating_add(blocks)
	}

	fn epoch(&self) -> Option<Epoch> {
		T::Groups::sealing_key(self.feed.settings.group).map(|(epoch, _)| epoch)
	}

	/// Forgets the pages under way and goes on from the chain's position.
	pub(crate) fn reset(&mut self) {
		let id = self.config.id;
		let is_covered = self.local.covers(&self.feed.position);
		nonces::release(&mut self.local, id);
		let (landed, lost): (Vec<_>, Vec<_>) =
			core::mem::take(&mut self.local.pages).into_iter().partition(|page| page.landed.is_some());
		for page in &lost {
			store::clear_envelope(id, page.sequence);
			self.local.drop_page(page);
		}
		let before = landed.iter().find(|page| page.sequence.saturating_add(1) == self.feed.sequence);
		let index = match (before, self.local.anchor) {
			(Some(page), _) => page.index,
			(None, (sequence, index)) if sequence == self.feed.sequence => index,
			_ => self.local.counted.max(1),
		};
		self.local.pages = landed;
		self.stand(index, is_covered);
		self.local.file.complete = false;
		self.local.behind.since = 0;
		self.local.next_look = self.local.next_look.min(super::now());
		self.local.moved = self.run.block;
		self.save();
	}

	/// Drops landed pages that nobody will ask for again.
	fn forget_old(&mut self) {
		let landed = self.local.pages.iter().filter(|page| page.landed.is_some()).count();
		let mut surplus = landed.saturating_sub(KEEP_PAGES);
		let (id, block) = (self.config.id, self.run.block);
		self.local.pages.retain(|page| {
			let is_old =
				page.landed.is_some_and(|at| surplus > 0 || block > at.saturating_add(blocks::<T>(KEEP_SLOTS)));
			if is_old {
				surplus = surplus.saturating_sub(1);
				self.local.base = self.local.base.map(|_| Link::to(&page.position));
				store::clear_envelope(id, page.sequence);
			}
			!is_old
		});
	}

	/// Submits what no pool has taken yet, and everything under way again if nothing moves.
	pub(crate) fn submit_under_way(&mut self) -> Result<(), Stop> {
		let Some(epoch) = self.epoch() else {
			nonces::release(&mut self.local, self.config.id);
			return Err(self.stale());
		};
		let again = self.is_stuck(blocks::<T>(RESUBMIT_SLOTS))
			&& self.run.block >= self.local.resubmitted.saturating_add(blocks::<T>(RESUBMIT_SLOTS));
		if again {
			self.local.resubmitted = self.run.block;
		}
		let sequences: Vec<u64> =
			self.under_way().filter(|page| page.epoch == epoch).map(|page| page.sequence).collect();
		for sequence in sequences {
			let was_taken = self.page(sequence).is_some_and(|page| page.nonce.is_some());
			if was_taken && !again {
				continue;
			}
			self.watch.tick()?;
			let Some(payload) = store::envelope(self.config.id, sequence) else {
				self.reset();
				return Ok(());
			};
			match self.submit(sequence, payload) {
				// The pool has it still, and so those after it.
				Err(Stop::Refused) if was_taken => break,
				result => result?,
			}
		}
		Ok(())
	}

	fn page(&self, sequence: u64) -> Option<&Page> {
		self.local.pages.iter().find(|page| page.sequence == sequence)
	}

	/// Waits until another page may be under way.
	pub(crate) fn wait_for_room(&mut self) -> Result<(), Stop> {
		let mut newest = self.feed.sequence;
		let mut moved = super::now();
		loop {
			let now = self.watch.tick()?;
			if let Some(tip) = tip::of(self.run.genesis, self.config.id).filter(|tip| tip.block > self.run.block) {
				if self.key.as_ref().map(|(epoch, _)| *epoch) != tip.epoch {
					return Err(Stop::Full);
				}
				if tip.sequence > newest {
					(newest, moved) = (tip.sequence, now);
				}
			}
			let ahead = || self.under_way().filter(|page| page.sequence >= newest);
			let bytes: usize = ahead().map(|page| page.bytes as usize).sum();
			if bytes.saturating_add(MAX_PAYLOAD) <= MAX_UNDER_WAY && ahead().count() < MAX_PAGES {
				return Ok(());
			}
			if now > moved.saturating_add(PATIENCE_MS) {
				return Err(Stop::Full);
			}
			sleep(20);
		}
	}

	/// Seals a page, checks it as the chain will, keeps it and submits it. The frontier is behind it then.
	pub(crate) fn publish(&mut self, plan: &PagePlan, step: Step) -> Result<(), Stop> {
		self.wait_for_room()?;
		let Some((epoch, key)) = self.key.clone() else { return Err(self.stale()) };
		let group = self.feed.settings.group;
		let request = SealRequest {
			genesis: self.run.genesis,
			author: Author::Member(self.feed.owner),
			tlp: plan.tlp,
			groups: &[GroupRecipient { group, epoch, key: &key }],
			direct: &[],
			pad_direct: false,
			objects: &plan.objects,
		};
		let payload = cti_envelope::seal(&request, &sp_io::offchain::random_seed())
			.map_err(|error| Stop::Wait(format!("the next page cannot be sealed: {error}")))?;
		let techniques: Vec<_> = plan.techniques.iter().copied().collect();
		let draft = Draft { techniques: BoundedVec::truncate_from(techniques), ..Draft::default() };
		let page = Page {
			sequence: self.local.frontier.sequence,
			position: step.position.encode_to(),
			draft,
			group,
			epoch,
			bytes: payload.len().saturated_into(),
			objects: plan.places.len().saturated_into(),
			index: step.index,
			nonce: None,
			landed: None,
		};
		self.rehearse(&page, &payload)?;
		let sequence = page.sequence;
		self.keep(page, step, &payload);
		self.submit(sequence, payload)
	}

	/// Does what the chain will do with the page, on the state this run works on, and forgets it again.
	fn rehearse(&self, page: &Page, payload: &[u8]) -> Result<(), Stop> {
		let (id, owner) = (self.config.id, self.feed.owner);
		let before = self.local.frontier.position.clone();
		let result: DispatchResult = with_transaction(|| {
			sp_io::storage::set(EXTRINSIC_INDEX, &0u32.encode());
			Feeds::<T>::mutate_extant(id, |feed| {
				feed.sequence = page.sequence;
				feed.position = before;
			});
			let (position, draft) = (page.position.clone(), page.draft.clone());
			TransactionOutcome::Rollback(Pallet::<T>::do_publish_page(
				owner,
				id,
				page.sequence,
				position,
				draft,
				payload,
			))
		});
		result.map_err(|error| {
			let name: &'static str = error.into();
			Stop::Wait(format!("the chain refuses the next page: {name}"))
		})
	}

	/// Keeps the page and moves the frontier behind it: both or, if the node dies here, neither.
	fn keep(&mut self, page: Page, step: Step, payload: &[u8]) {
		store::set_envelope(self.config.id, page.sequence, payload);
		if !self.is_under_way() {
			self.local.moved = self.run.block;
		}
		let frontier = &mut self.local.frontier;
		frontier.sequence = page.sequence.saturating_add(1);
		frontier.position = page.position.clone();
		frontier.progress = step.position.progress;
		if let Some(next) = step.next {
			self.local.move_to(next, step.index);
		}
		self.local.pages.push(page);
		self.save();
	}

	/// The account's next number on chain.
	fn nonce(&self) -> u32 {
		frame_system::Pallet::<T>::account_nonce(&self.account.id).saturated_into()
	}

	/// Signs a page's transaction and gives it to the pool. Feeds of one account take turns.
	fn submit(&mut self, sequence: u64, payload: Vec<u8>) -> Result<(), Stop> {
		let Some(page) = self.page(sequence).cloned() else { return Ok(()) };
		let mut nonces = Nonces::lock(&self.local.signer, nonces::PATIENCE_MS).ok_or(Stop::Refused)?;
		// The wait may have cost the feed's own lease.
		self.watch.tick()?;
		let own: BTreeSet<u32> = self.under_way().filter_map(|page| page.nonce).collect();
		let nonce = nonces.choose(self.config.id, page.nonce, &own, self.nonce());
		let call = Call::<T>::publish_page {
			feed: self.config.id,
			sequence,
			position: page.position,
			draft: page.draft,
			payload: Payload::truncate_from(payload),
		};
		let Account { public, id, .. } = self.account.clone();
		let transaction = T::create_signed_transaction::<T::AuthorityId>(call.into(), public, id, nonce.into())
			.ok_or_else(|| Stop::Wait("the feed key could not sign".to_string()))?;
		SubmitTransaction::<T, Call<T>>::submit_transaction(transaction).map_err(|()| Stop::Refused)?;

		nonces.note(nonce, self.config.id);
		if let Some(page) = self.local.pages.iter_mut().find(|page| page.sequence == sequence) {
			page.nonce = Some(nonce);
		}
		self.save();
		Ok(())
	}

	/// Why nothing is published while the group has no key.
	pub(crate) fn stale(&self) -> Stop {
		let group = self.feed.settings.group;
		Stop::Wait(match T::Groups::is_stale(group) {
			true => format!("group {group} waits for a rekey; the feed goes on after it"),
			false => format!("group {group} has no key yet; the feed goes on once it is keyed"),
		})
	}
}
