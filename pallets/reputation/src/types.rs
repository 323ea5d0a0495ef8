//! What the pallet keeps and what its views answer.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use cti_primitives::{AuthorId, Credibility, MemberId, RecordId, Reliability, SightingKind};
use cti_scoring::{
	Ballot, Evidence, Facts, InvalidScale, Millionths, Scale, Side, Tally as Votes, Vote, Weight, WINDOW,
};
use scale_info::TypeInfo;

/// What the consortium's vote sets.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Rules {
	/// Where the letters of reliability begin.
	pub scale: Scale,
	/// How many members must vote on a record for a decision, 2 to 24; all others if there are fewer.
	pub quorum: u8,
}

impl Default for Rules {
	fn default() -> Self {
		Self { scale: Scale::default(), quorum: 2 }
	}
}

/// Why [`Rules`] cannot be used.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum InvalidRules {
	/// Some letter could not be reached.
	Scale(InvalidScale),
	/// The quorum is not 2 to 24.
	Quorum,
}

impl Rules {
	/// Checks that every letter can be reached and that records can be decided.
	pub fn check(&self) -> Result<(), InvalidRules> {
		self.scale.check().map_err(InvalidRules::Scale)?;
		(2..=24).contains(&self.quorum).then_some(()).ok_or(InvalidRules::Quorum)
	}
}

/// What the votes on a record decided.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub enum Outcome {
	/// It holds.
	Confirmed,
	/// It does not.
	Refuted,
	/// Too few voted, or they did not agree.
	Undecided,
}

impl From<Option<Side>> for Outcome {
	fn from(side: Option<Side>) -> Self {
		match side {
			Some(Side::For) => Outcome::Confirmed,
			Some(Side::Against) => Outcome::Refuted,
			None => Outcome::Undecided,
		}
	}
}

/// What peers said of a record.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Case {
	/// The votes on it.
	pub tally: Votes,
	/// Unix seconds from which on nobody can vote.
	pub closes: u64,
	/// Unix seconds of the newest time at which it was reported as seen.
	pub sighted: Option<u64>,
	/// What was decided; none while it can be judged.
	pub outcome: Option<Outcome>,
	/// How many votes a decision needed when it was decided: later rules do not change what its credibility was. None while
	/// it can be judged.
	pub quorum: Option<u8>,
}

impl Case {
	/// The case of a record published at `published` (unix seconds), without votes.
	pub fn new(published: u64) -> Self {
		let closes = published.saturating_add(WINDOW);
		Self { tally: Votes::default(), closes, sighted: None, outcome: None, quorum: None }
	}
}

/// A member's ballot, and what its vote weighs since it was first cast.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Cast {
	/// What it says.
	pub ballot: Ballot,
	/// What a verdict of the member weighs.
	pub weight: Weight,
	/// Its verdict is a report of a malformed record, for which nobody showed that it could read it.
	pub is_report: bool,
}

impl Cast {
	/// The vote as it is counted.
	pub fn vote(&self) -> Option<Vote> {
		self.ballot.vote(self.weight)
	}
}

/// The end of a window in unix seconds, encoded so that a map under `Identity` is in the order of time.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Deadline([u8; 8]);

impl From<u64> for Deadline {
	fn from(seconds: u64) -> Self {
		Self(seconds.to_be_bytes())
	}
}

impl Deadline {
	/// Is it over at `now` (unix seconds)?
	pub fn has_passed(self, now: u64) -> bool {
		u64::from_be_bytes(self.0) <= now
	}
}

/// Reports of one kind.
#[derive(
	Clone, Copy, PartialEq, Eq, Debug, Default, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Tally {
	/// How many reports.
	pub reports: u64,
	/// How many times in all, by the reporters' own count.
	pub times: u64,
}

/// Reports of both kinds.
#[derive(
	Clone, Copy, PartialEq, Eq, Debug, Default, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Reports {
	/// Met in a reader's network.
	pub seen: Tally,
	/// Met and proved harmless.
	pub false_positives: Tally,
}

impl Reports {
	/// Counts a report of `count` times, in place of the one of `previous` times if there was one.
	pub fn add(&mut self, kind: SightingKind, count: u32, previous: Option<u32>) {
		let tally = match kind {
			SightingKind::Seen => &mut self.seen,
			SightingKind::FalsePositive => &mut self.false_positives,
		};
		tally.reports = tally.reports.saturating_add(u64::from(previous.is_none()));
		let before = tally.times.saturating_sub(u64::from(previous.unwrap_or_default()));
		tally.times = before.saturating_add(u64::from(count));
	}
}

/// One author's page of the reciprocity ledger. A report is entered twice: as received and as given.
#[derive(
	Clone, Copy, PartialEq, Eq, Debug, Default, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Ledger {
	/// What others reported of this author's records: its use to them.
	pub received: Reports,
	/// What this author reported of others' records: their use to it.
	pub given: Reports,
}

/// How far an author can be trusted today.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct StandingInfo {
	/// Whose.
	pub author: AuthorId,
	/// Its letter of the Admiralty code.
	pub reliability: Reliability,
	/// `(alpha + 2) / (alpha + beta + 4)`, in millionths.
	pub standing: Millionths,
	/// What is left of the evidence for it (alpha), in millionths of a record.
	pub confirmed: Millionths,
	/// What is left of the evidence against it (beta), in millionths of a record.
	pub refuted: Millionths,
}

impl StandingInfo {
	/// What `evidence`, as it stands, says of `author` on `scale`.
	pub fn new(author: AuthorId, evidence: &Evidence, scale: &Scale) -> Self {
		Self {
			author,
			reliability: scale.grade(evidence),
			standing: evidence.standing(),
			confirmed: evidence.alpha.to_millionths(),
			refuted: evidence.beta.to_millionths(),
		}
	}
}

/// The part of an author's evidence that comes of one member's votes, as it stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct EvidenceFrom {
	/// Who voted.
	pub voter: MemberId,
	/// Evidence for the author, in millionths of a record.
	pub confirmed: Millionths,
	/// Evidence against it, in millionths of a record.
	pub refuted: Millionths,
}

/// How credible a record is today, and why.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct CredibilityInfo {
	/// Which record.
	pub record: RecordId,
	/// Its author's standing.
	pub author: StandingInfo,
	/// The Admiralty code's number by the votes: their weighted median, 6 while fewer than the quorum voted.
	pub credibility: Credibility,
	/// 0 to 100, for the type of object that was asked for.
	pub score: u8,
	/// What the score is made of: with it [`cti_scoring::score`] gives that of any type of object at any time.
	pub facts: Facts,
	/// The block's time in unix seconds.
	pub now: u64,
	/// Unix seconds from which on nobody can vote.
	pub closes: u64,
	/// Unix seconds of the newest time at which it was reported as seen.
	pub sighted: Option<u64>,
	/// What was decided; none while it can be judged.
	pub outcome: Option<Outcome>,
}

/// One member's vote on a record that is not decided.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct VerdictInfo {
	/// Whose.
	pub by: MemberId,
	/// What it says.
	pub ballot: Ballot,
	/// What a verdict of the member weighs, in 64ths of a full vote.
	pub weight: u8,
}

/// What a member gave the others that was of use, and what it took.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct ReciprocityInfo {
	/// Whose.
	pub member: MemberId,
	/// What others reported of its records.
	pub received: Reports,
	/// What it reported of others' records.
	pub given: Reports,
	/// Reports of its records having been seen, for each of its own of others', one added to both, in millionths: what
	/// groups may ask for.
	pub ratio: Millionths,
}

impl ReciprocityInfo {
	/// `member`'s page of the ledger, summed up.
	pub fn new(member: MemberId, ledger: &Ledger) -> Self {
		let Ledger { received, given } = *ledger;
		let ratio = cti_scoring::reciprocity(received.seen.reports, given.seen.reports);
		Self { member, received, given, ratio }
	}
}
