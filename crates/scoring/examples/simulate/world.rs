//! A consortium, day by day, with the crate's own functions.

use crate::habits::{Habit, View, TURN};
use cti_primitives::Reliability;
use cti_scoring::{
	credited, judged, pair_limit, share, Evidence, Held, Outstanding, Scale, Side, Tally, Vote, Weight, WINDOW,
};
use oorandom::Rand64;

/// Seconds of a day.
pub const DAY: u64 = 24 * 60 * 60;
/// Members that have to vote, as on a new chain.
const QUORUM: u8 = 2;
/// Days for which a whitewasher stays away.
const AWAY: u64 = 14;

/// A member.
#[derive(Clone)]
pub struct Member {
	pub habit: Habit,
	/// As a source.
	pub source: Evidence,
	/// As a source, by voter.
	pairs: Vec<Held>,
	/// As a judge.
	pub judge: Evidence,
	/// As a judge, by author.
	judged: Vec<Held>,
}

/// A record that is being judged.
struct Record {
	author: usize,
	holds: bool,
	published: u64,
	tally: Tally,
	votes: Vec<Option<Vote>>,
}

/// Who plays, and under which conditions.
#[derive(Clone)]
pub struct Setting {
	pub habits: Vec<Habit>,
	/// Records that each member publishes in a week.
	pub weekly: f64,
	/// Does a member that comes back keep its evidence (`admit(.., former)`)?
	pub former: Former,
}

/// What becomes of the evidence about a member that left.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Former {
	Restored,
	Forgotten,
}

/// How records ended.
#[derive(Clone, Copy, Default)]
pub struct Outcomes {
	pub right: u32,
	pub wrong: u32,
	pub undecided: u32,
}

pub struct World {
	pub day: u64,
	pub members: Vec<Member>,
	pub outcomes: Outcomes,
	setting: Setting,
	open: Vec<Record>,
	rng: Rand64,
}

impl World {
	pub fn new(setting: &Setting, seed: u128) -> Self {
		let newcomer = |habit: &Habit| Member {
			habit: *habit,
			source: Evidence::default(),
			pairs: vec![Held::default(); setting.habits.len()],
			judge: Evidence::default(),
			judged: vec![Held::default(); setting.habits.len()],
		};
		Self {
			day: 0,
			members: setting.habits.iter().map(newcomer).collect(),
			outcomes: Outcomes::default(),
			setting: setting.clone(),
			open: Vec::new(),
			rng: Rand64::new(seed),
		}
	}

	fn now(&self) -> u64 {
		self.day * DAY
	}

	/// Evidence about a member as of today.
	pub fn source(&self, member: usize) -> Evidence {
		self.members[member].source.at(self.now())
	}

	pub fn letter(&self, member: usize) -> Reliability {
		Scale::default().grade(&self.source(member))
	}

	/// What a member's vote weighs today.
	pub fn weight(&self, member: usize) -> Weight {
		Weight::of_judge(&self.members[member].judge.at(self.now()))
	}

	/// One day: who leaves, what is published, what is said, what is decided.
	pub fn step(&mut self) {
		if self.day == TURN + AWAY && self.setting.former == Former::Forgotten {
			self.forget();
		}
		self.publish();
		let mut open = core::mem::take(&mut self.open);
		for record in &mut open {
			self.vote(record);
		}
		open.retain(|record| !self.close(record));
		self.open = open;
		self.day += 1;
	}

	fn is_away(&self, member: usize) -> bool {
		self.members[member].habit == Habit::Whitewasher && (TURN..TURN + AWAY).contains(&self.day)
	}

	/// Whoever comes back is taken for somebody new, as a source, as a voter and as a judge.
	fn forget(&mut self) {
		let returned = |member: &Member| member.habit == Habit::Whitewasher;
		let names: Vec<usize> = (0..self.members.len()).filter(|i| returned(&self.members[*i])).collect();
		for name in names {
			self.members.iter_mut().for_each(|member| (member.pairs[name], member.judged[name]) = Default::default());
			let member = &mut self.members[name];
			(member.source, member.judge) = Default::default();
			member.pairs.fill(Held::default());
			member.judged.fill(Held::default());
		}
	}

	fn publish(&mut self) {
		for author in 0..self.members.len() {
			let Some(holding) = self.members[author].habit.holding(self.day) else { continue };
			// More than one a day is as many draws.
			let draws = self.setting.weekly.ceil().max(1.0);
			for _ in 0..draws as u32 {
				if self.rng.rand_float() < self.setting.weekly / 7.0 / draws && !self.is_away(author) {
					let holds = self.rng.rand_float() < holding;
					let votes = vec![None; self.members.len()];
					let (published, tally) = (self.day, Tally::default());
					self.open.push(Record { author, holds, published, tally, votes });
				}
			}
		}
	}

	fn vote(&mut self, record: &mut Record) {
		// The order of voters within a day must favour nobody.
		let first = self.rng.rand_range(0..self.members.len() as u64) as usize;
		for place in 0..self.members.len() {
			let voter = (first + place) % self.members.len();
			if voter == record.author || record.votes[voter].is_some() || self.is_away(voter) {
				continue;
			}
			let view = View {
				day: self.day,
				age: self.day - record.published,
				holds: record.holds,
				author: record.author,
				author_habit: self.members[record.author].habit,
				tally: &record.tally,
			};
			if let Some(credibility) = self.members[voter].habit.verdict(&view, &mut self.rng) {
				let vote = Vote { credibility, weight: self.weight(voter) };
				record.tally.add(vote);
				record.votes[voter] = Some(vote);
			}
		}
	}

	/// Closes a record that is decided or whose time is over.
	fn close(&mut self, record: &Record) -> bool {
		let is_over = (self.day + 1 - record.published) * DAY >= WINDOW;
		let missing = record.votes.iter().enumerate().filter(|(voter, vote)| vote.is_none() && *voter != record.author);
		let outstanding = missing.fold(Outstanding::default(), |sum, (voter, _)| sum.and(self.weight(voter)));
		let outstanding = if is_over { Outstanding::default() } else { outstanding };
		match record.tally.decided(QUORUM, outstanding) {
			Some(side) => self.decide(record, side),
			None if is_over => self.outcomes.undecided += 1,
			None => return false,
		}
		true
	}

	fn decide(&mut self, record: &Record, outcome: Side) {
		match record.holds == (outcome == Side::For) {
			true => self.outcomes.right += 1,
			false => self.outcomes.wrong += 1,
		}
		let (now, limit) = (self.now(), pair_limit(self.members.len() as u32));
		for (voter, vote) in record.votes.iter().enumerate() {
			let Some(vote) = vote else { continue };
			if vote.side() == Some(outcome) {
				let amount = share(&record.tally, outcome, vote.weight);
				let author = &mut self.members[record.author];
				let pair = &mut author.pairs[voter];
				(author.source, *pair) = credited(&author.source, pair, outcome, amount, limit, now);
			}
			let judge = &mut self.members[voter];
			let pair = &mut judge.judged[record.author];
			(judge.judge, *pair) = judged(&judge.judge, pair, vote.side(), outcome, limit, now);
		}
	}
}
