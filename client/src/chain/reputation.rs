//! What the chain answers about sources, records and judges.

use super::View;
use crate::error::Error;
use cti_primitives::{AuthorId, Credibility, MemberId, RecordId, Reliability};
use cti_scoring::{Ballot, Facts, Millionths, Scale};
use subxt::{ext::scale_decode::DecodeAsType, utils::Static};

/// How far an author has proved reliable.
#[derive(Clone, Debug, DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
pub struct StandingInfo {
	/// Whose.
	pub author: Static<AuthorId>,
	/// Its letter of the Admiralty code.
	pub reliability: Static<Reliability>,
	/// 0 to 1.
	pub standing: Static<Millionths>,
	/// What is left of the evidence for it, in records.
	pub confirmed: Static<Millionths>,
	/// What is left of the evidence against it, in records.
	pub refuted: Static<Millionths>,
}

impl StandingInfo {
	/// `B: 12.4 confirmed, 1.1 refuted`
	pub fn in_words(&self) -> String {
		format!("{}: {}", *self.reliability, self.evidence())
	}

	/// `12.4 confirmed, 1.1 refuted`
	pub fn evidence(&self) -> String {
		format!("{} confirmed, {} refuted", tenths(*self.confirmed), tenths(*self.refuted))
	}
}

/// A number with one decimal, rounded to the nearest: as people read evidence.
pub fn tenths(number: Millionths) -> String {
	let tenths = number.0.saturating_add(50_000) / 100_000;
	format!("{}.{}", tenths / 10, tenths % 10)
}

/// The part of an author's evidence that comes of one member's votes.
#[derive(Clone, Debug, DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
pub struct EvidenceFrom {
	/// Who voted.
	pub voter: Static<MemberId>,
	/// Evidence for the author, in records.
	pub confirmed: Static<Millionths>,
	/// Evidence against it, in records.
	pub refuted: Static<Millionths>,
}

/// What the votes on a record decided.
#[derive(Clone, Copy, PartialEq, Eq, Debug, DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
pub enum Outcome {
	/// It holds.
	Confirmed,
	/// It does not.
	Refuted,
	/// Too few voted, or they did not agree.
	Undecided,
}

/// How credible a record is today, and why.
#[derive(Clone, Debug, DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
pub struct CredibilityInfo {
	/// Its author's standing.
	pub author: StandingInfo,
	/// The Admiralty code's number by the votes.
	pub credibility: Static<Credibility>,
	/// What the score is made of.
	pub facts: Static<Facts>,
	/// The block's time in unix seconds.
	pub now: u64,
	/// Unix seconds from which on nobody can vote.
	pub closes: u64,
	/// Unix seconds of the newest time at which it was reported as seen.
	pub sighted: Option<u64>,
	/// What was decided; none while it can be judged.
	pub outcome: Option<Outcome>,
}

impl CredibilityInfo {
	/// Letter and number, `B2`.
	pub fn pair(&self) -> String {
		format!("{}{}", *self.author.reliability, *self.credibility)
	}

	/// 0 to 100: the score of an object of this STIX type in the record, as of the block's time.
	pub fn score(&self, object_type: &str) -> u8 {
		cti_scoring::score(&self.facts, object_type, self.now)
	}
}

/// One member's vote on a record that is not decided.
#[derive(Clone, Debug, DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
pub struct VerdictInfo {
	/// Whose.
	pub by: Static<MemberId>,
	/// What it says.
	pub ballot: Static<Ballot>,
	/// What a verdict of the member weighs, in 64ths of a full vote.
	pub weight: u8,
}

/// Reports of one kind.
#[derive(Clone, Debug, DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
pub struct Reported {
	/// How many reports.
	pub reports: u64,
	/// How many times in all.
	pub times: u64,
}

/// Reports of both kinds.
#[derive(Clone, Debug, DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
pub struct Reports {
	/// Met.
	pub seen: Reported,
	/// Met and found harmless.
	pub false_positives: Reported,
}

/// What others reported of a member's records, and what it reported of theirs.
#[derive(Clone, Debug, DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
pub struct ReciprocityInfo {
	/// Of its records.
	pub received: Reports,
	/// Of others' records.
	pub given: Reports,
	/// Received for each given, one added to both.
	pub ratio: Static<Millionths>,
}

/// What the consortium set.
#[derive(Clone, Debug, DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
pub struct Rules {
	/// Where the letters begin.
	pub scale: Static<Scale>,
	/// How many members must vote on a record.
	pub quorum: u8,
}

impl View {
	/// How far a member has proved reliable.
	pub async fn standing(&self, member: MemberId) -> Result<StandingInfo, Error> {
		self.call("ReputationApi", "standing", (Static(AuthorId::from(member)),)).await
	}

	/// By whose votes.
	pub async fn evidence(&self, member: MemberId) -> Result<Vec<EvidenceFrom>, Error> {
		self.call("ReputationApi", "evidence", (Static(AuthorId::from(member)),)).await
	}

	/// How credible a record is; none if there is no such record.
	pub async fn credibility(&self, record: RecordId) -> Result<Option<CredibilityInfo>, Error> {
		// The node's own score is for who cannot compute it.
		self.call("ReputationApi", "credibility", (Static(record), Vec::<u8>::new())).await
	}

	/// The votes on a record that is not decided.
	pub async fn verdicts(&self, record: RecordId) -> Result<Vec<VerdictInfo>, Error> {
		self.call("ReputationApi", "verdicts", (Static(record),)).await
	}

	/// A member's page of the ledger.
	pub async fn reciprocity(&self, member: MemberId) -> Result<ReciprocityInfo, Error> {
		self.call("ReputationApi", "reciprocity", (Static(member),)).await
	}

	/// Where the letters begin, and how many votes a decision needs.
	pub async fn rules(&self) -> Result<Rules, Error> {
		self.call("ReputationApi", "rules", ()).await
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn evidence_should_be_rounded_to_tenths() {
		let shown = [0, 49_999, 50_000, 999_999, 1_000_000, 12_449_999, 12_450_000].map(|n| tenths(Millionths(n)));
		assert_eq!(shown, ["0.0", "0.0", "0.1", "1.0", "1.0", "12.4", "12.5"]);
	}
}
