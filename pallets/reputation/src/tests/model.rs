//! Random histories against a plain model in floating point, and against what the events alone tell.

use super::told::Told;
use crate::{mock::*, Cases, Evidence, Judges, Outcome, Pairs, Parameters};
use cti_primitives::{AuthorId, Credibility, MemberId, OnSighting, RecordId, Role, Sighting, SightingKind, Standing};
use cti_scoring::{HALF_LIFE, WINDOW};
use frame::testing_prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// Organisations, by the number that each had first. The last left and came back as [`RETURNED`].
const MEMBERS: u32 = 5;
const RETURNED: u32 = 5;
/// The numbers under which they act today.
const ACTING: [u32; 5] = [0, 1, 2, 3, RETURNED];
/// Who is suspended now and then.
const SUSPENDED: u32 = 3;

/// The organisation behind a number.
pub(super) fn first(member: u32) -> u32 {
	if member == RETURNED {
		MEMBERS - 1
	} else {
		member
	}
}

/// A small generator: the same histories every time.
struct Dice(u64);

impl Dice {
	fn below(&mut self, n: u64) -> u64 {
		self.0 ^= self.0 << 13;
		self.0 ^= self.0 >> 7;
		self.0 ^= self.0 << 17;
		self.0 % n
	}
}

/// For and against, as of a moment.
#[derive(Clone, Copy, Default)]
struct Sums {
	sides: [f64; 2],
	/// By the last decision that added to it.
	limit: f64,
	at: u64,
}

impl Sums {
	fn now(&self, now: u64) -> Self {
		let left = 0.5f64.powf((now - self.at) as f64 / HALF_LIFE as f64);
		Self { sides: self.sides.map(|sum| sum * left), at: now, ..*self }
	}
	/// Both sides by one factor, so that neither is above the limit.
	fn within(&self) -> Self {
		let factor = (self.limit / self.sides[0].max(self.sides[1])).min(1.0);
		Self { sides: self.sides.map(|sum| sum * factor), ..*self }
	}
	/// Sums of one moment are held to the limit when it is over.
	fn add(&mut self, side: usize, amount: f64, limit: f64, now: u64) {
		if now > self.at {
			*self = self.within().now(now);
		}
		self.sides[side] += amount;
		self.limit = limit;
	}
	fn held(&self, now: u64) -> Self {
		self.within().now(now)
	}
	/// The weight of a judge with this history.
	fn weight(&self) -> f64 {
		let [agreed, disagreed] = self.sides;
		let whole = 16.0 + (2.0 * (agreed - 3.0 * disagreed).max(0.0) + 1e-9).floor();
		whole.min(64.0)
	}
}

#[derive(Clone, Copy, Default)]
struct Ballot {
	verdict: Option<usize>,
	is_report: bool,
	seen: bool,
	harmless: bool,
	weight: f64,
}

impl Ballot {
	/// The side, if it takes one, and the weight; none if nothing counts.
	fn vote(&self) -> Option<(Option<usize>, f64)> {
		match (self.verdict, self.seen, self.harmless) {
			(Some(number), ..) => Some(([Some(0), Some(0), None, Some(1), Some(1), None][number], self.weight)),
			(None, true, false) => Some((Some(0), (self.weight / 2.0).floor())),
			(None, false, true) => Some((Some(1), (self.weight / 2.0).floor())),
			_ => None,
		}
	}
}

#[derive(Default)]
struct Model {
	now: u64,
	/// Whether [`SUSPENDED`] is.
	is_suspended: bool,
	/// How many must vote.
	quorum: usize,
	published: BTreeMap<RecordId, u64>,
	/// Of each record, by today's numbers; none where that is not known.
	readers: BTreeMap<RecordId, Option<BTreeSet<u32>>>,
	ballots: BTreeMap<RecordId, BTreeMap<u32, Ballot>>,
	decided: BTreeMap<RecordId, Outcome>,
	pairs: BTreeMap<(u32, u32), Sums>,
	/// By judge and author.
	judges: BTreeMap<(u32, u32), Sums>,
}

impl Model {
	fn active(&self) -> impl Iterator<Item = u32> + use<> {
		let is_suspended = self.is_suspended;
		ACTING.into_iter().filter(move |member| !(is_suspended && *member == SUSPENDED))
	}

	/// What one voter's part counts for at most.
	fn limit(&self) -> f64 {
		24.0 / (self.active().count() - 1) as f64
	}

	fn verdict(&self, record: RecordId, by: u32) -> Option<Ballot> {
		let ballot = self.ballots.get(&record).and_then(|all| all.get(&first(by))).copied();
		ballot.filter(|ballot| ballot.verdict.is_some())
	}

	fn ballot(&mut self, record: RecordId, by: u32) -> &mut Ballot {
		let by = first(by);
		let weight = self.judge(by).weight();
		self.ballots.entry(record).or_default().entry(by).or_insert(Ballot { weight, ..Ballot::default() })
	}

	/// What is known of a judge now.
	fn judge(&self, judge: u32) -> Sums {
		sum(self.judges.iter().filter(|((by, _), _)| *by == judge).map(|(_, part)| part), self.now)
	}

	/// The side that wins by these ballots with so much outstanding.
	fn winner(&self, ballots: impl Iterator<Item = Ballot>, outstanding: f64) -> Option<usize> {
		let votes: Vec<_> = ballots.filter_map(|ballot| ballot.vote()).collect();
		let weight = |side| votes.iter().filter(|vote| vote.0 == Some(side)).map(|vote| vote.1).sum::<f64>();
		let members = |side| votes.iter().filter(|vote| vote.0 == Some(side)).count();
		let cast = weight(0) + weight(1) + outstanding;
		(0..2).find(|side| {
			let (weight, members) = (weight(*side), members(*side));
			votes.len() >= self.quorum.min(self.active().count() - 1)
				&& members >= 2
				&& weight > 0.0
				&& weight * 3.0 >= cast * 2.0
		})
	}

	fn decide_early(&mut self, record: RecordId) {
		let others = self.active().filter(|member| first(record.author.0) != first(*member));
		let outstanding =
			others.map(|member| match self.ballots.get(&record).and_then(|ballots| ballots.get(&first(member))) {
				Some(Ballot { verdict: Some(_), .. }) => 0.0,
				Some(ballot) => ballot.weight,
				None if self.readers[&record].as_ref().is_some_and(|readers| !readers.contains(&member)) => 0.0,
				None => self.judge(first(member)).weight(),
			});
		let outstanding = outstanding.sum();
		let all = self.ballots.get(&record).into_iter().flatten();
		let ballots: Vec<Ballot> = all.clone().map(|(_, ballot)| *ballot).collect();
		// Half a vote of who cannot act any more stays as it is.
		let acts = |by: u32| self.active().any(|member| first(member) == by);
		let firm = all.filter(|(by, ballot)| ballot.verdict.is_some() || !acts(**by)).map(|(_, ballot)| *ballot);
		if self.winner(firm, outstanding).is_some() && self.winner(ballots.iter().copied(), 0.0).is_some() {
			self.decide(record);
		}
	}

	fn decide(&mut self, record: RecordId) {
		let ballots = self.ballots.remove(&record).unwrap_or_default();
		let side = self.winner(ballots.values().copied(), 0.0);
		let outcome = [Outcome::Confirmed, Outcome::Refuted, Outcome::Undecided][side.unwrap_or(2)];
		self.decided.insert(record, outcome);
		let Some(side) = side else { return };
		let winners = ballots.iter().filter(|(_, ballot)| ballot.vote().is_some_and(|vote| vote.0 == Some(side)));
		let winners: Vec<_> = winners.map(|(by, ballot)| (*by, ballot.vote().unwrap().1)).collect();
		let all: f64 = winners.iter().map(|winner| winner.1).sum();
		let (author, limit) = (first(record.author.0), self.limit());
		for (by, weight) in winners {
			self.pairs.entry((author, by)).or_default().add(side, weight / all, limit, self.now);
		}
		for (by, ballot) in ballots {
			let judged = ballot.verdict.and_then(|number| [Some(0), Some(0), None, Some(1), Some(1), None][number]);
			if let Some(judged) = judged.filter(|_| self.is_for_all(record)) {
				self.judges.entry((by, author)).or_default().add(usize::from(judged != side), 1.0, limit, self.now);
			}
		}
	}

	/// Who judges where others cannot look makes no history.
	fn is_for_all(&self, record: RecordId) -> bool {
		let reads = |member: u32| self.readers[&record].as_ref().is_some_and(|readers| readers.contains(&member));
		self.active().all(reads)
	}

	fn is_open(&self, record: RecordId) -> bool {
		!self.decided.contains_key(&record) && self.now < self.published[&record] + WINDOW
	}
}

/// What parts count for together.
fn sum<'a>(parts: impl Iterator<Item = &'a Sums>, now: u64) -> Sums {
	let parts = parts.map(|part| part.held(now).sides);
	let sides = parts.fold([0.0, 0.0], |all, part| [all[0] + part[0], all[1] + part[1]]);
	Sums { sides, at: now, ..Sums::default() }
}

fn near(exact: f64, amount: cti_scoring::Amount) -> bool {
	(exact - amount.to_bits() as f64 / (1u64 << 48) as f64).abs() < 1e-9
}

fn assert_same(model: &Model, now: u64) {
	for author in 0..MEMBERS {
		let evidence = Evidence::<Test>::get(AuthorId(author)).at(now);
		let expected = sum(model.pairs.iter().filter(|((about, _), _)| *about == author).map(|(_, part)| part), now);
		assert!(near(expected.sides[0], evidence.alpha) && near(expected.sides[1], evidence.beta), "author {author}");
		for voter in 0..MEMBERS {
			let pair = Pairs::<Test>::get(AuthorId(author), MemberId(voter)).at(now);
			let expected = model.pairs.get(&(author, voter)).copied().unwrap_or_default().held(now);
			assert!(near(expected.sides[0], pair.alpha) && near(expected.sides[1], pair.beta), "{author} by {voter}");
		}
		let judge = Judges::<Test>::get(MemberId(author)).at(now);
		let expected = model.judge(author);
		assert!(near(expected.sides[0], judge.alpha) && near(expected.sides[1], judge.beta), "judge {author}");
	}
	for record in model.published.keys() {
		let outcome = Cases::<Test>::get(record).and_then(|case| case.outcome);
		let late = outcome == Some(Outcome::Undecided) && !model.decided.contains_key(record);
		assert!(late || outcome == model.decided.get(record).copied(), "record {record}");
	}
}

/// Publishes a record that all can read, some, or nobody knows who.
fn publish_to_some(dice: &mut Dice, model: &mut Model, author: u32, n: u32) {
	let record = publish(author, n);
	let readers: Option<BTreeSet<u32>> = match dice.below(3) {
		0 => None,
		1 => Some(ACTING.into()),
		_ => Some(ACTING.into_iter().filter(|_| dice.below(2) == 0).collect()),
	};
	let listed: Option<Vec<u32>> = readers.clone().map(|readers| readers.into_iter().collect());
	set_readers(record, listed.as_deref());
	model.published.insert(record, model.now);
	model.readers.insert(record, readers);
}

/// Time passes, and what is due is decided.
fn wait(dice: &mut Dice, model: &mut Model) {
	model.now += dice.below(WINDOW);
	set_time(model.now);
	Reputation::on_idle(1, Weight::MAX);
	let due: BTreeSet<_> = model.ballots.keys().copied().filter(|record| !model.is_open(*record)).collect();
	due.into_iter().for_each(|record| model.decide(record));
}

fn sight_one(dice: &mut Dice, model: &mut Model, told: &mut Told, record: RecordId, by: u32) {
	let kind = [SightingKind::Seen, SightingKind::FalsePositive][dice.below(2) as usize];
	// The registry hears active members only.
	if !model.active().any(|member| member == by) {
		return;
	}
	let sighting = Sighting { kind, count: 1, first_seen: START, last_seen: START };
	let published = model.published[&record];
	Reputation::on_sighting(record, published, MemberId(by), &sighting, None);
	told.hear_sighting(record, published, by, kind, model.now);
	if model.is_open(record) && first(by) != first(record.author.0) {
		let ballot = model.ballot(record, by);
		match kind {
			SightingKind::Seen => ballot.seen = true,
			SightingKind::FalsePositive => ballot.harmless = true,
		}
	}
}

/// Asserts that the call did what the model says, and counts the verdict there.
fn vote(model: &mut Model, record: RecordId, by: u32, new: (usize, bool), may: bool, done: DispatchResultWithPostInfo) {
	assert_eq!(done.is_ok(), may, "{done:?}");
	if may {
		let ballot = model.ballot(record, by);
		(ballot.verdict, ballot.is_report) = (Some(new.0), new.1);
		model.decide_early(record);
	}
}

/// Anybody may have decided what is due.
fn close(model: &mut Model, origin: RuntimeOrigin, record: RecordId) {
	let is_due = model.ballots.contains_key(&record) && model.now >= model.published[&record] + WINDOW;
	assert_eq!(Reputation::close(origin, record).is_ok(), is_due);
	if is_due {
		model.decide(record);
	}
}

/// One step of a history, of the chain and of the model.
fn step(dice: &mut Dice, model: &mut Model, told: &mut Told) {
	let (author, by) = (dice.below(6) as u32, ACTING[dice.below(5) as usize]);
	let known: Vec<RecordId> = model.published.keys().copied().filter(|id| id.author.0 == author).collect();
	let origin = RuntimeOrigin::signed(account(by, Role::Analyst));
	let Some(record) = known.last().copied() else { return publish_to_some(dice, model, author, 0) };
	let earlier = model.verdict(record, by);
	let may = model.is_open(record) && model.active().any(|member| member == by) && first(by) != first(author);
	match dice.below(16) {
		14 => close(model, origin, record),
		15 => {
			model.quorum = 2 + dice.below(3) as usize;
			Parameters::<Test>::mutate(|rules| rules.quorum = model.quorum as u8);
		}
		0 => publish_to_some(dice, model, author, known.len() as u32),
		1 => wait(dice, model),
		2 => sight_one(dice, model, told, record, by),
		3 | 4 => {
			let number = dice.below(6) as usize;
			let may = may && earlier.is_some_and(|cast| cast.verdict != Some(number) && !cast.is_report);
			let done = Reputation::change_verdict(origin, record, Credibility::ALL[number]);
			vote(model, record, by, (number, false), may, done);
		}
		5 if dice.below(3) == 0 => {
			let is_named = model.readers[&record].as_ref().is_some_and(|readers| readers.contains(&by));
			let done = Reputation::report_malformed(origin, record);
			vote(model, record, by, (4, true), may && earlier.is_none() && is_named, done);
		}
		6 => {
			model.is_suspended = !model.is_suspended;
			let standing = if model.is_suspended { Standing::Suspended } else { Standing::Active };
			Admitted::mutate(|all| all[SUSPENDED as usize] = standing);
		}
		_ => {
			// Most say what is true of the author: even numbers are good.
			let number = match dice.below(5) {
				0 => dice.below(6) as usize,
				_ => (first(author) as usize % 2) * 3 + dice.below(2) as usize,
			};
			let done = Reputation::give_verdict(origin, record, Credibility::ALL[number], proof(record, by));
			vote(model, record, by, (number, false), may && earlier.is_none(), done);
		}
	}
}

#[test]
fn random_histories_should_agree_with_the_model_and_with_their_events() {
	let mut decided = [0usize; 3];
	for seed in 1..=40 {
		build_and_execute(|| {
			let mut dice = Dice(seed * 0x9E37_79B9_7F4A_7C15);
			let mut model = Model { now: START, quorum: 2, ..Model::default() };
			Parameters::<Test>::mutate(|rules| rules.quorum = 2);
			Admitted::set([[Standing::Active; 4].as_slice(), &[Standing::Left, Standing::Active]].concat());
			Formers::set([(MemberId(RETURNED), MemberId(MEMBERS - 1))].into());
			let mut told = Told::default();
			for _ in 0..250 {
				step(&mut dice, &mut model, &mut told);
				told.hear(model.now);
				Reputation::do_try_state().expect("the invariants hold after every step");
			}
			assert_same(&model, model.now);
			told.assert_same(model.now);
			for outcome in model.decided.values() {
				decided[*outcome as usize] += 1;
			}
		});
	}
	// The histories reach what they are to reach.
	assert!(decided.iter().all(|count| *count > 20), "{decided:?}");
}
