//! The state as it follows from events alone: this pallet's, the registry's (records and sightings) and membership's.

use super::model::first;
use crate::{mock::*, types::Cast, Event, Evidence, Judgements, Judges, Outcome, Pairs};
use codec::Decode;
use cti_primitives::{AuthorId, Credibility, MemberId, Members, RecordId, Records, SightingKind};
use cti_scoring::{
	credited, judged, pair_limit, share, side_of, Amount, Ballot, Evidence as Known, Held, Side, Tally, Weight, WINDOW,
};
use std::collections::{BTreeMap, BTreeSet};

/// What somebody knows who only listens.
#[derive(Default)]
pub struct Told {
	ballots: BTreeMap<RecordId, BTreeMap<MemberId, Cast>>,
	decided: BTreeSet<RecordId>,
	evidence: BTreeMap<AuthorId, Known>,
	pairs: BTreeMap<(AuthorId, MemberId), Held>,
	judges: BTreeMap<MemberId, Known>,
	judgements: BTreeMap<(MemberId, AuthorId), Held>,
}

impl Told {
	/// The registry tells of a sighting, of a record that was published at `published`.
	pub fn hear_sighting(&mut self, record: RecordId, published: u64, by: u32, kind: SightingKind, now: u64) {
		if self.decided.contains(&record) || now >= published + WINDOW || first(by) == first(record.author.0) {
			return;
		}
		let by = MemberId(first(by));
		let weight = Weight::of_judge(&self.judges.get(&by).copied().unwrap_or_default().at(now));
		let cast = self.ballot(record, by, weight);
		match kind {
			SightingKind::Seen => cast.ballot.seen = true,
			SightingKind::FalsePositive => cast.ballot.false_positive = true,
		}
	}

	/// This pallet tells what happened since it was heard last.
	pub fn hear(&mut self, now: u64) {
		for event in System::read_events_for_pallet::<Event<Test>>() {
			match event {
				Event::VerdictGiven { record, by, credibility, weight } => self.vote(record, by, credibility, weight),
				Event::MalformedReported { record, by, weight } => {
					self.vote(record, by, Credibility::Improbable, weight)
				}
				Event::VerdictChanged { record, by, old, new } => {
					let cast = self.ballots.get_mut(&record).unwrap().get_mut(&MemberId(first(by.0))).unwrap();
					assert_eq!(cast.ballot.verdict.replace(new), Some(old));
				}
				Event::RecordDecided { record, outcome, evidence, voters, .. } => {
					self.decide(record, outcome, voters, now);
					let author = AuthorId(first(record.author.0));
					let known = self.evidence.get(&author).copied().unwrap_or_default().at(now);
					assert!(is_near(&known, &evidence), "{record}: {known:?} is not {evidence:?}");
				}
				_ => {}
			}
		}
		System::reset_events();
	}

	fn ballot(&mut self, record: RecordId, by: MemberId, weight: Weight) -> &mut Cast {
		let fresh = Cast { ballot: Ballot::default(), weight, is_report: false };
		self.ballots.entry(record).or_default().entry(by).or_insert(fresh)
	}

	fn vote(&mut self, record: RecordId, by: MemberId, credibility: Credibility, weight: u8) {
		let weight = Weight::decode(&mut &[weight][..]).unwrap();
		let cast = self.ballot(record, MemberId(first(by.0)), weight);
		assert_eq!(cast.weight, weight, "a ballot keeps the weight that it was first cast with");
		cast.ballot.verdict = Some(credibility);
	}

	fn decide(&mut self, record: RecordId, outcome: Outcome, voters: u32, now: u64) {
		self.decided.insert(record);
		let ballots = self.ballots.remove(&record).unwrap_or_default();
		let mut tally = Tally::default();
		ballots.values().filter_map(Cast::vote).for_each(|vote| tally.add(vote));
		assert_eq!(tally.voters(), voters);
		let side = match outcome {
			Outcome::Confirmed => Side::For,
			Outcome::Refuted => Side::Against,
			Outcome::Undecided => return,
		};
		let (author, limit) = (AuthorId(first(record.author.0)), pair_limit(Roster::active_members()));
		let whole = self.evidence.entry(author).or_default();
		for (by, cast) in ballots {
			if let Some(vote) = cast.vote().filter(|vote| side_of(vote.credibility) == Some(side)) {
				let pair = self.pairs.entry((author, by)).or_default();
				(*whole, *pair) = credited(whole, pair, side, share(&tally, side, vote.weight), limit, now);
			}
			let verdict = cast.ballot.verdict.and_then(side_of).filter(|_| Shelf::is_for_all(record));
			if verdict.is_some() {
				let history = self.judges.entry(by).or_default();
				let part = self.judgements.entry((by, author)).or_default();
				(*history, *part) = judged(history, part, verdict, side, limit, now);
			}
		}
	}

	/// Is it what the state says?
	pub fn assert_same(&self, now: u64) {
		let same = |told: &Known, kept: &Known| is_near(&told.at(now), &kept.at(now));
		assert_eq!(self.evidence.len(), Evidence::<Test>::iter().count());
		for (author, told) in &self.evidence {
			assert!(same(told, &Evidence::<Test>::get(author)), "evidence about {author}");
		}
		assert_eq!(self.judges.len(), Judges::<Test>::iter().count());
		for (judge, told) in &self.judges {
			assert!(same(told, &Judges::<Test>::get(judge)), "judge {judge}");
		}
		assert_eq!(self.pairs.len(), Pairs::<Test>::iter().count());
		for ((author, by), told) in &self.pairs {
			assert!(is_near(&told.at(now), &Pairs::<Test>::get(author, by).at(now)), "{author} by {by}");
		}
		for ((judge, author), told) in &self.judgements {
			assert!(is_near(&told.at(now), &Judgements::<Test>::get(judge, author).at(now)), "{judge} of {author}");
		}
	}
}

/// Equal but for the order in which steps of 2^-48 were rounded.
fn is_near(one: &Known, other: &Known) -> bool {
	let differs = |one: Amount, other: Amount| one.to_bits().abs_diff(other.to_bits()) > 1 << 16;
	!differs(one.alpha, other.alpha) && !differs(one.beta, other.beta)
}
