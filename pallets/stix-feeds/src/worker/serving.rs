//! One feed's turn: what is under way, then a look at its source.

use super::{
	batch::{Batch, Gate, Rules},
	definitions::Definitions,
	earlier::Earlier,
	file,
	http::{Fault, Stop, Watch},
	keys, learning,
	lease::Lease,
	nonces, now,
	pages::Step,
	store::{self, Behind, LocalFeed, Next},
	taxii, Run, LOG,
};
use crate::{
	pallet::{Config, Feeds},
	position::{Link, Place, Position, Progress},
	types::Feed,
};
use alloc::{boxed::Box, format, string::String};
use cti_envelope::Author;
use cti_primitives::{
	feed::{FeedConfig, FeedKind, FeedStatus},
	warning::WarningLists,
	Epoch, Groups, Refusal, Taxonomy, Tlp, ENCRYPTION_KEY_LEN,
};
use frame::prelude::*;

/// Milliseconds to leave a source alone after its first failure; doubled with each further one.
const BACK_OFF_MS: u64 = 1_000;
/// Most milliseconds to leave a source alone by our own decision, and by the source's wish.
const MAX_BACK_OFF_MS: (u64, u64) = (300_000, 3_600_000);
/// Milliseconds in which a source must give something new, if it had as many.
const PATIENCE_MS: u64 = 3_000;

/// Was there something to do for a feed?
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Served {
	Yes,
	No,
}

/// What a turn came to, if nothing stopped it.
enum Outcome {
	/// It is not time to look at the source.
	NotYet,
	/// The source has nothing newer.
	CaughtUp,
}

/// One feed, while a run serves it.
pub(crate) struct Serving<T: Config> {
	pub(crate) config: FeedConfig,
	pub(crate) run: Run,
	/// As the chain knows it.
	pub(crate) feed: Feed,
	/// Who signs.
	pub(crate) account: Account<T>,
	/// The group's newest epoch and public key; none while it waits for a rekey.
	pub(crate) key: Option<(Epoch, Box<[u8; ENCRYPTION_KEY_LEN]>)>,
	/// What keeps objects back.
	pub(crate) gate: Gate,
	pub(crate) watch: Watch,
	pub(crate) local: LocalFeed,
	pub(crate) status: FeedStatus,
	/// The look gave something new.
	pub(crate) progressed: bool,
	/// It gave nothing new, and still got further.
	pub(crate) advanced: bool,
}

/// Serves the feed if there is something to do and no other run does it.
pub(crate) fn serve<T: Config>(config: FeedConfig, run: Run) -> Served {
	let id = config.id;
	let feed = Feeds::<T>::get(id);
	let kept = || LocalFeed::load(&config, run.genesis);
	if !is_due(kept().as_ref(), feed.as_ref()) {
		return Served::No;
	}
	let Some(lease) = Lease::take(store::feed_key(id, "lease")) else { return Served::No };
	// Another run may have served it a moment ago.
	let kept = kept();
	if !is_due(kept.as_ref(), feed.as_ref()) {
		return Served::No;
	}
	let (sequence, position) = feed.as_ref().map(|feed| (feed.sequence, feed.position.clone())).unwrap_or_default();
	let mut local = kept.unwrap_or_else(|| LocalFeed::begin(&config, run.genesis, sequence, position));
	let mut status = store::status(id);
	match ready::<T>(&config, feed) {
		Ok((feed, account)) => {
			let key = T::Groups::sealing_key(feed.settings.group);
			let watch = Watch { lease, ends: run.ends, waited: 0 };
			let gate = Gate::default();
			let (progressed, advanced) = (false, false);
			Serving { config, run, feed, account, key, gate, watch, local, status, progressed, advanced }.turn();
		}
		Err(words) => {
			if status.last_error.as_ref() != Some(&words) {
				log::warn!(target: LOG, "feed {id}: {words}");
			}
			status.last_error = Some(words);
			nonces::release(&mut local, id);
			local.next_look = now().saturating_add(config.interval_ms);
			local.save(id);
			store::set_status(id, &status);
		}
	}
	Served::Yes
}

/// Is it time to look at the source, or is something under way?
fn is_due(local: Option<&LocalFeed>, feed: Option<&Feed>) -> bool {
	local.is_none_or(|local| {
		let stands = feed.map(|feed| feed.sequence);
		now() >= local.next_look
			|| stands.is_some_and(|sequence| sequence != local.frontier.sequence || local.is_unsettled())
	})
}

/// The feed and the account that publishes for it, or what is missing.
fn ready<T: Config>(config: &FeedConfig, feed: Option<Feed>) -> Result<(Feed, Account<T>), String> {
	let id = config.id;
	let feed = feed.ok_or_else(|| format!("feed {id} is not registered on chain: its owner calls register_feed"))?;
	if !feed.enabled {
		return Err(format!("feed {id} is disabled on chain: its owner enables it with update_feed"));
	}
	let account = keys::signer::<T>(feed.owner)?;
	Ok((feed, account))
}

impl<T: Config> Serving<T> {
	fn turn(mut self) {
		self.know_signer();
		self.settle();
		self.look_again();
		let result = self.work();
		self.conclude(result);
	}

	/// Goes back to the chain's position where the operator changed something: new settings may take what was refused since
	/// then. Of a feed that never published that is all there is, and nothing is counted yet.
	fn look_again(&mut self) {
		if !self.local.again || self.is_under_way() {
			return;
		}
		self.local.again = false;
		if self.feed.sequence == 0 {
			(self.local.counted, self.local.anchor) = (0, (0, 1));
			self.status = FeedStatus::default();
			self.local.behind = Behind::default();
		} else {
			self.status.left_behind = self.local.behind.objects;
		}
		self.reset();
	}

	/// What another account submitted was not submitted by this one.
	fn know_signer(&mut self) {
		let signer = self.account.id.encode();
		if self.local.signer != signer {
			self.local.signer = signer;
			self.local.pages.iter_mut().for_each(|page| page.nonce = None);
		}
	}

	fn work(&mut self) -> Result<Outcome, Stop> {
		self.check_audience()?;
		if self.is_under_way() {
			self.submit_under_way()?;
		}
		self.know_markings();
		let now = now();
		if now < self.local.next_look {
			return Ok(Outcome::NotYet);
		}
		if self.local.waits && self.key.is_none() {
			return Err(self.stale());
		}
		self.open_gate()?;
		self.local.waits = false;
		self.status.last_look_ms = now;
		let mut definitions = Definitions::load(&self.config);
		let result = match self.config.kind {
			FeedKind::Taxii21 => taxii::look(self, &mut definitions),
			FeedKind::StixBundle => file::look(self, &mut definitions),
		};
		definitions.save();
		match result {
			Err(Stop::Time)
				if !self.progressed && !self.advanced && super::now().saturating_sub(now) >= PATIENCE_MS =>
			{
				Err(Fault::new("the source is too slow: it gave nothing new in the time of one run").into())
			}
			result => result.map(|()| Outcome::CaughtUp),
		}
	}

	/// Waits if the feed would publish to a group that has no other member than its owner. Where it is not known who is in
	/// the group, or it has no key yet, this says nothing.
	fn check_audience(&mut self) -> Result<(), Stop> {
		let (owner, group) = (self.feed.owner, self.feed.settings.group);
		let roster = self.key.as_ref().and_then(|_| T::Groups::roster(group));
		if roster.is_none_or(|members| members.iter().any(|member| *member != owner)) {
			return Ok(());
		}
		nonces::release(&mut self.local, self.config.id);
		Err(Stop::Wait(format!("group {group} has no other member to read the feed; it goes on once there is one")))
	}

	/// Finds out what keeps objects back. Waits where the group asks for warning lists and the operator has none: nothing
	/// goes out that nobody looked at.
	fn open_gate(&mut self) -> Result<(), Stop> {
		let quality = T::Groups::quality(self.feed.settings.group);
		let lists = if quality.warning_lists { store::warning_lists() } else { WarningLists::default() };
		if quality.warning_lists && lists.is_empty() {
			let group = self.feed.settings.group;
			return Err(Stop::Wait(format!(
				"group {group} asks for warning lists and this node has none: name some with warning_lists in feeds.toml"
			)));
		}
		self.gate = Gate { own: self.config.own.clone(), quality, lists };
		Ok(())
	}

	/// Publishes a batch and moves the frontier behind it.
	pub(crate) fn take(&mut self, batch: Batch, definitions: &Definitions, next: Next) -> Result<(), Stop> {
		if self.local.learning {
			self.learn(batch, definitions, next);
			return Ok(());
		}
		self.progressed = true;
		let mut earlier = Earlier::load(self.config.id, self.local.identity, self.local.frontier.index);
		let marked = batch.mark(definitions, self.default_marking(), &mut earlier);
		earlier.save();
		let (count, markings) = (marked.count, marked.markings);
		if self.local.frontier.progress.is_some_and(|begun| (begun.count, begun.markings) != (count, markings)) {
			let id = self.config.id;
			log::warn!(target: LOG, "feed {id}: a batch under way has changed; it is published from its beginning");
			self.local.frontier.progress = None;
		}
		let marked = marked.without(self.local.frontier.progress);
		let rules = self.rules(definitions);
		let (pages, refused) = marked.pages(&rules);

		if self.key.is_none() {
			// What the group takes is known when it is keyed: it is counted then.
			self.local.uncounted = pages.iter().map(|page| page.places.len() as u64).sum();
			return Err(self.stale());
		}
		let begin = self.local.frontier.index;
		let end = begin.saturating_add(count.into());
		self.count(begin, pages.iter().flat_map(|page| page.places.iter().copied()), &refused);
		self.local.counted = self.local.counted.max(end);
		let last = pages.len().checked_sub(1);
		for (n, page) in pages.iter().enumerate() {
			let progress = Progress { count, tlp: page.tlp, done: page.done, markings };
			let step = match Some(n) == last {
				true => self.step(next.place, None, end, Some(next.clone())),
				false => self.step(self.local.frontier.place.unwrap_or(next.place), Some(progress), begin, None),
			};
			self.publish(page, step)?;
		}
		match last {
			None => {
				self.local.behind.since = self.local.behind.since.saturating_add(refused.len() as u64);
				self.local.move_to(next, end);
			}
			Some(_) if end > self.local.behind.to => {
				let passed = self.local.behind.since.saturating_add(refused.len() as u64);
				self.local.behind =
					Behind { objects: self.local.behind.objects.saturating_add(passed), since: 0, to: end };
			}
			Some(_) => {}
		}
		self.save();
		Ok(())
	}

	/// The step from where the frontier is.
	fn step(&self, place: Place, progress: Option<Progress>, index: u64, next: Option<Next>) -> Step {
		let follows = Link::to(&self.local.frontier.position);
		Step { position: Position { follows, place, progress }, index, next }
	}

	/// What pages may hold. Whatever else keeps a page from the group is a reason to wait.
	fn rules<'a>(&self, definitions: &'a Definitions) -> Rules<'a> {
		let Feed { owner, settings, .. } = &self.feed;
		let epoch = self.key.as_ref().map(|(epoch, _)| *epoch).unwrap_or_default();
		let kinds = Tlp::ALL.into_iter().flat_map(|tlp| [(tlp, false), (tlp, true)]);
		let barred = kinds.filter_map(|(tlp, has_techniques)| {
			let reason = match T::Groups::may_publish(*owner, settings.group, epoch, tlp, has_techniques) {
				Err(Refusal::TechniquesRequired) => "techniques-required",
				Err(Refusal::MarkingTooStrict) => "above-ceiling",
				_ => return None,
			};
			Some(((tlp, has_techniques), reason))
		});
		Rules {
			author: Author::Member(*owner),
			definitions,
			ceiling: settings.ceiling,
			is_known: |technique| T::Taxonomy::resolve(technique).is_some(),
			barred: barred.collect(),
			is_first: self.feed.sequence == 0 && self.local.frontier.sequence == 0,
			has_refused: !self.status.refused.is_empty(),
		}
	}

	/// Counts what was not counted before: refusals by their reason, and what is to be sealed.
	fn count(&mut self, begin: u64, planned: impl Iterator<Item = u16>, refused: &[(u16, &'static str)]) {
		let counted = self.local.counted;
		let is_new = |place: u16| begin.saturating_add(place.into()) >= counted;
		let planned = planned.filter(|place| is_new(*place)).count() as u64;
		let mut fetched = planned;
		for (_, reason) in refused.iter().filter(|(place, _)| is_new(*place)) {
			fetched = fetched.saturating_add(1);
			self.refuse(reason);
		}
		self.local.waiting = self.local.waiting.saturating_add(planned);
		self.local.uncounted = 0;
		self.status.fetched = self.status.fetched.saturating_add(fetched);
	}

	/// Counts one refusal.
	pub(crate) fn refuse(&mut self, reason: &str) {
		log::debug!(target: LOG, "feed {}: refused: {reason}", self.config.id);
		let count = self.status.refused.entry(reason.into()).or_default();
		*count = count.saturating_add(1);
	}

	/// The stricter of the operator's and the owner's.
	pub(crate) fn default_marking(&self) -> Option<Tlp> {
		self.config.default_marking.max(self.feed.settings.default_marking)
	}

	pub(crate) fn save(&mut self) {
		self.local.save(self.config.id);
		self.status.waiting = self.local.waiting.saturating_add(self.local.uncounted);
		store::set_status(self.config.id, &self.status);
	}

	/// Leaves the source alone for a while, the longer the more often it failed.
	pub(crate) fn back_off(&mut self, wished: Option<u64>) {
		let doubled = BACK_OFF_MS.saturating_mul(1u64.checked_shl(self.local.failures).unwrap_or(u64::MAX));
		let own = doubled.min(MAX_BACK_OFF_MS.0).max(self.config.interval_ms);
		let pause = own.max(wished.unwrap_or(0).min(MAX_BACK_OFF_MS.1));
		self.local.failures = self.local.failures.saturating_add(1).min(32);
		self.local.next_look = now().saturating_add(pause);
	}

	/// Says so where all that the source has was refused: its settings are likely wrong.
	fn nothing_passed(&self) -> Option<String> {
		let refused = self.status.refused.iter().max_by_key(|(_, count)| **count);
		let (reason, _) = refused.filter(|_| self.feed.sequence == 0 && self.local.waiting == 0)?;
		let words = format!(
			"all that the source has was refused, most as {reason}: correct the feed's settings and apply them again"
		);
		Some(words)
	}

	/// Writes down what the turn came to, and when the next one is due.
	fn conclude(mut self, result: Result<Outcome, Stop>) {
		let id = self.config.id;
		let error = match result {
			Ok(Outcome::NotYet) => self.status.last_error.clone(),
			Ok(Outcome::CaughtUp) => {
				let now = now();
				self.status.caught_up_ms = now;
				self.local.failures = 0;
				// What settings that changed meanwhile refuse does not wait any more.
				self.local.waiting = self.objects_under_way();
				self.local.next_look = now.saturating_add(self.config.interval_ms);
				self.nothing_passed()
			}
			// Whoever has the lease now writes it down.
			Err(Stop::LeaseLost) => return,
			Err(Stop::Time | Stop::Full) => {
				self.local.next_look = 0;
				self.local.learning.then(|| learning::WORDS.into())
			}
			Err(Stop::Refused) => {
				self.local.next_look = 0;
				Some("the node's pool takes no further page: the member's quota is used up, or the pool is full".into())
			}
			Err(Stop::Wait(words)) => {
				self.local.waits = true;
				self.local.next_look = now().saturating_add(self.config.interval_ms);
				Some(words)
			}
			Err(Stop::Fault(fault)) => {
				// Once, also where pages of what came before the fault land meanwhile.
				let is_new = self.local.failures == 0 && self.status.last_error.as_ref() != Some(&fault.words);
				if let Some(reason) = fault.reason.filter(|_| is_new) {
					self.refuse(reason);
				}
				self.back_off(fault.retry_after);
				Some(fault.words)
			}
		};
		if let Some(words) = error.as_ref().filter(|words| self.status.last_error.as_ref() != Some(words)) {
			log::warn!(target: LOG, "feed {id}: {words}");
		}
		self.status.last_error = error;
		self.save();
	}
}
