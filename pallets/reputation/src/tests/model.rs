//! Random histories against a plain model in floating point, and against what the events alone tell.

use crate::{mock::*, Cases, Event, Evidence, Judges, Outcome, Pairs};
use cti_primitives::{AuthorId, Credibility, MemberId, OnSighting, RecordId, Role, Sighting, SightingKind};
use cti_scoring::{HALF_LIFE, WINDOW};
use frame::testing_prelude::*;
use std::collections::{BTreeMap, BTreeSet};

const MEMBERS: u32 = 5;
const LIMIT: f64 = 24.0 / (MEMBERS - 1) as f64;

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
	at: u64,
}

impl Sums {
	fn now(&self, now: u64) -> Self {
		let left = 0.5f64.powf((now - self.at) as f64 / HALF_LIFE as f64);
		Self { sides: self.sides.map(|sum| sum * left), at: now }
	}
	/// Both sides by one factor, so that neither is above the limit.
	fn within(&self, limit: f64) -> Self {
		let factor = (limit / self.sides[0].max(self.sides[1])).min(1.0);
		Self { sides: self.sides.map(|sum| sum * factor), at: self.at }
	}
	/// Sums of one moment are held to the limit when it is over.
	fn add(&mut self, side: usize, amount: f64, limit: f64, now: u64) {
		if now > self.at {
			*self = self.within(limit).now(now);
		}
		self.sides[side] += amount;
	}
	fn held(&self, limit: f64, now: u64) -> Self {
		self.within(limit).now(now)
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
	published: BTreeMap<RecordId, u64>,
	ballots: BTreeMap<RecordId, BTreeMap<u32, Ballot>>,
	decided: BTreeMap<RecordId, Outcome>,
	pairs: BTreeMap<(u32, u32), Sums>,
	/// By judge and author.
	judges: BTreeMap<(u32, u32), Sums>,
}

impl Model {
	fn ballot(&mut self, record: RecordId, by: u32) -> &mut Ballot {
		let weight = self.judge(by).weight();
		self.ballots.entry(record).or_default().entry(by).or_insert(Ballot { weight, ..Ballot::default() })
	}

	/// What is known of a judge now.
	fn judge(&self, judge: u32) -> Sums {
		sum(self.judges.iter().filter(|((by, _), _)| *by == judge).map(|(_, part)| part), self.now)
	}

	/// The side that wins by these ballots with so much outstanding.
	fn winner(ballots: impl Iterator<Item = Ballot>, outstanding: f64) -> Option<usize> {
		let votes: Vec<_> = ballots.filter_map(|ballot| ballot.vote()).collect();
		let weight = |side| votes.iter().filter(|vote| vote.0 == Some(side)).map(|vote| vote.1).sum::<f64>();
		let members = |side| votes.iter().filter(|vote| vote.0 == Some(side)).count();
		let cast = weight(0) + weight(1) + outstanding;
		(0..2).find(|side| {
			let (weight, members) = (weight(*side), members(*side));
			votes.len() >= 2 && members >= 2 && weight > 0.0 && weight * 3.0 >= cast * 2.0
		})
	}

	fn decide_early(&mut self, record: RecordId) {
		let outstanding = (0..MEMBERS).filter(|member| record.author.0 != *member).map(|member| {
			match self.ballots.get(&record).and_then(|ballots| ballots.get(&member)) {
				Some(Ballot { verdict: Some(_), .. }) => 0.0,
				Some(ballot) => ballot.weight,
				None => self.judge(member).weight(),
			}
		});
		let outstanding = outstanding.sum();
		let ballots: Vec<Ballot> =
			self.ballots.get(&record).into_iter().flat_map(|all| all.values().copied()).collect();
		let firm = ballots.iter().copied().filter(|ballot| ballot.verdict.is_some());
		if Self::winner(firm, outstanding).is_some() && Self::winner(ballots.iter().copied(), 0.0).is_some() {
			self.decide(record);
		}
	}

	fn decide(&mut self, record: RecordId) {
		let ballots = self.ballots.remove(&record).unwrap_or_default();
		let side = Self::winner(ballots.values().copied(), 0.0);
		let outcome = [Outcome::Confirmed, Outcome::Refuted, Outcome::Undecided][side.unwrap_or(2)];
		self.decided.insert(record, outcome);
		let Some(side) = side else { return };
		let winners = ballots.iter().filter(|(_, ballot)| ballot.vote().is_some_and(|vote| vote.0 == Some(side)));
		let winners: Vec<_> = winners.map(|(by, ballot)| (*by, ballot.vote().unwrap().1)).collect();
		let all: f64 = winners.iter().map(|winner| winner.1).sum();
		let author = record.author.0;
		for (by, weight) in winners {
			self.pairs.entry((author, by)).or_default().add(side, weight / all, LIMIT, self.now);
		}
		for (by, ballot) in ballots {
			let judged = ballot.verdict.and_then(|number| [Some(0), Some(0), None, Some(1), Some(1), None][number]);
			if let Some(judged) = judged {
				self.judges.entry((by, author)).or_default().add(usize::from(judged != side), 1.0, LIMIT, self.now);
			}
		}
	}

	fn is_open(&self, record: RecordId) -> bool {
		!self.decided.contains_key(&record) && self.now < self.published[&record] + WINDOW
	}
}

/// What parts count for together.
fn sum<'a>(parts: impl Iterator<Item = &'a Sums>, now: u64) -> Sums {
	let parts = parts.map(|part| part.held(LIMIT, now).sides);
	Sums { sides: parts.fold([0.0, 0.0], |all, part| [all[0] + part[0], all[1] + part[1]]), at: now }
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
			let expected = model.pairs.get(&(author, voter)).copied().unwrap_or_default().held(LIMIT, now);
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

/// One step of a history, of the chain and of the model.
fn step(dice: &mut Dice, model: &mut Model) {
	let (author, by) = (dice.below(5) as u32, dice.below(5) as u32);
	let known: Vec<RecordId> = model.published.keys().copied().filter(|id| id.author.0 == author).collect();
	let origin = RuntimeOrigin::signed(account(by, Role::Analyst));
	match (dice.below(12), known.last()) {
		(0, _) | (_, None) => {
			let record = publish(author, known.len() as u32);
			model.published.insert(record, model.now);
		}
		(1, _) => {
			model.now += dice.below(WINDOW);
			set_time(model.now);
			Reputation::on_idle(1, Weight::MAX);
			let due: BTreeSet<_> = model.ballots.keys().copied().filter(|record| !model.is_open(*record)).collect();
			due.into_iter().for_each(|record| model.decide(record));
		}
		(2, Some(record)) => {
			let kind = [SightingKind::Seen, SightingKind::FalsePositive][dice.below(2) as usize];
			if by == author {
				return;
			}
			let sighting = Sighting { kind, count: 1, first_seen: START, last_seen: START };
			let published = model.published[record];
			Reputation::on_sighting(*record, published, MemberId(by), &sighting, None);
			if model.is_open(*record) {
				let ballot = model.ballot(*record, by);
				match kind {
					SightingKind::Seen => ballot.seen = true,
					SightingKind::FalsePositive => ballot.harmless = true,
				}
			}
		}
		(3 | 4, Some(record)) => {
			let number = dice.below(6) as usize;
			let verdict = model.ballots.get(record).and_then(|all| all.get(&by)).and_then(|ballot| ballot.verdict);
			let may = model.is_open(*record) && verdict.is_some_and(|verdict| verdict != number);
			let done = Reputation::change_verdict(origin, *record, Credibility::ALL[number]);
			assert_eq!(done.is_ok(), may, "{done:?}");
			if may {
				model.ballot(*record, by).verdict = Some(number);
				model.decide_early(*record);
			}
		}
		(_, Some(record)) => {
			// Most say what is true of the author: even numbers are good.
			let number = match dice.below(5) {
				0 => dice.below(6) as usize,
				_ => (author as usize % 2) * 3 + dice.below(2) as usize,
			};
			let verdict = model.ballots.get(record).and_then(|all| all.get(&by)).and_then(|ballot| ballot.verdict);
			let may = by != author && model.is_open(*record) && verdict.is_none();
			let done = Reputation::give_verdict(origin, *record, Credibility::ALL[number], proof(*record, by));
			assert_eq!(done.is_ok(), may, "{done:?}");
			if may {
				model.ballot(*record, by).verdict = Some(number);
				model.decide_early(*record);
			}
		}
	}
}

/// The evidence about each author as the events alone tell it.
#[derive(Default)]
struct Told(BTreeMap<AuthorId, cti_scoring::Evidence>);

impl Told {
	fn hear(&mut self) {
		for event in System::read_events_for_pallet::<Event<Test>>() {
			if let Event::RecordDecided { record, outcome, evidence, .. } = event {
				if outcome != Outcome::Undecided {
					self.0.insert(record.author, evidence);
				}
			}
		}
		System::reset_events();
	}
}

#[test]
fn random_histories_should_agree_with_the_model_and_with_their_events() {
	let mut decided = [0usize; 3];
	for seed in 1..=40 {
		build_and_execute(|| {
			let mut dice = Dice(seed * 0x9E37_79B9_7F4A_7C15);
			let mut model = Model { now: START, ..Model::default() };
			let mut told = Told::default();
			for _ in 0..250 {
				step(&mut dice, &mut model);
				told.hear();
				Reputation::do_try_state().expect("the invariants hold after every step");
			}
			assert_same(&model, model.now);
			assert_eq!(told.0, Evidence::<Test>::iter().collect(), "the events tell another story");
			for outcome in model.decided.values() {
				decided[*outcome as usize] += 1;
			}
		});
	}
	// The histories reach what they are to reach.
	assert!(decided.iter().all(|count| *count > 20), "{decided:?}");
}
