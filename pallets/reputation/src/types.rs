//! What the pallet keeps and what its views answer.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use cti_primitives::{AuthorId, MemberId, Reliability, SightingKind};
use cti_scoring::{Evidence, Millionths, Scale};
use scale_info::TypeInfo;

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
	/// Counts one more report of `count` times.
	pub fn add(&mut self, kind: SightingKind, count: u32) {
		let tally = match kind {
			SightingKind::Seen => &mut self.seen,
			SightingKind::FalsePositive => &mut self.false_positives,
		};
		tally.reports = tally.reports.saturating_add(1);
		tally.times = tally.times.saturating_add(u64::from(count));
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

/// What a member gave the others that was of use, and what it took.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct ReciprocityInfo {
	/// Whose.
	pub member: MemberId,
	/// What others reported of its records.
	pub received: Reports,
	/// What it reported of others' records.
	pub given: Reports,
	/// Reports of its records having been seen, for each of its own of others', in millionths; none if it made none.
	/// A figure to look at: nothing depends on it.
	pub ratio: Option<Millionths>,
}

impl ReciprocityInfo {
	/// `member`'s page of the ledger, summed up.
	pub fn new(member: MemberId, ledger: &Ledger) -> Self {
		let Ledger { received, given } = *ledger;
		let ratio = Millionths::ratio(u128::from(received.seen.reports), u128::from(given.seen.reports));
		Self { member, received, given, ratio }
	}
}
