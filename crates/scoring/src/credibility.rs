//! How credible a record is today, as one number.

use crate::{tally::Tally, Amount, Millionths, Side, HALF_LIFE};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

const DAY: u64 = 24 * 60 * 60;

/// Votes, in 64ths of a full one, by which the author's standing counts among its peers' votes: two.
const AUTHORS_VOTES: u32 = 128;

/// What the chain knows of a record that its score depends on.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Facts {
	/// The votes on it.
	pub tally: Tally,
	/// Its author's standing, 0 to 1.
	pub standing: Millionths,
	/// Is it neither withdrawn, replaced, refuted nor expired?
	pub is_live: bool,
	/// Unix seconds at which its validity ends.
	pub valid_until: Option<u64>,
	/// Unix seconds of its publication, or of the newest time at which it was reported as seen.
	pub refreshed: u64,
}

/// A record's score at `now` (unix seconds), 0 to 100, by the type of an object in it.
///
/// `100 · (confirming + 2 · standing) / (confirming + refuting + 2) · 2^(-age / half-life)`, with the two sides in full votes
/// and the age from `refreshed` on; rounded to the nearest, half upwards. 0 for what is not live or past its end. Without
/// votes it begins with the author's standing; each vote moves it towards what peers say. Grows with the confirming side,
/// with the standing and with `refreshed`; falls with the refuting side and with time.
pub fn score(facts: &Facts, object_type: &str, now: u64) -> u8 {
	if !facts.is_live || facts.valid_until.is_some_and(|end| end <= now) {
		return 0;
	}
	let ((_, confirming), (_, refuting)) = (facts.tally.side(Side::For), facts.tally.side(Side::Against));
	let standing = facts.standing.0.min(1_000_000);
	let good = u64::from(confirming)
		.saturating_mul(1_000_000)
		.saturating_add(u64::from(standing).saturating_mul(u64::from(AUTHORS_VOTES)));
	let all = u64::from(confirming.saturating_add(refuting).saturating_add(AUTHORS_VOTES)).saturating_mul(1_000_000);
	let hundredfold = (u128::from(good).saturating_mul(100) << Amount::FRACTION_BITS).checked_div(u128::from(all));
	let base = Amount::from_bits(hundredfold.and_then(|bits| u64::try_from(bits).ok()).unwrap_or(0));
	let left = match half_life(object_type) {
		Some(half_life) => base.decayed(aged(now.saturating_sub(facts.refreshed), half_life)),
		None => base,
	};
	let half = 1u64 << Amount::FRACTION_BITS.saturating_sub(1);
	let rounded = left.to_bits().saturating_add(half) >> Amount::FRACTION_BITS;
	u8::try_from(rounded).unwrap_or(100).min(100)
}

/// The age at which evidence would have lost what something of another half-life has lost at `age`.
fn aged(age: u64, half_life: u64) -> u64 {
	let scaled = u128::from(age).saturating_mul(u128::from(HALF_LIFE)).checked_div(u128::from(half_life));
	scaled.and_then(|age| u64::try_from(age).ok()).unwrap_or(u64::MAX)
}

/// Seconds in which the score of an object of a STIX 2.1 type halves; `None` for what does not grow old.
///
/// | days | types |
/// |---|---|
/// | 30 | addresses and traffic: what is leased anew every day |
/// | 60 | names and locations on the network, mail |
/// | 90 | indicators, what was observed |
/// | 365 | files, tools, malware, infrastructure, campaigns, incidents, reports, traces on a machine |
/// | 730 | vulnerabilities, actors |
/// | never | techniques, counter-measures, identities, places, numbers of networks, markings, links and remarks |
///
/// Of types that STIX does not define, 180.
pub fn half_life(object_type: &str) -> Option<u64> {
	let days = match object_type {
		"ipv4-addr" | "ipv6-addr" | "mac-addr" | "network-traffic" => 30,
		"domain-name" | "url" | "email-addr" | "email-message" => 60,
		"indicator" | "observed-data" | "sighting" => 90,
		"file"
		| "artifact"
		| "directory"
		| "mutex"
		| "process"
		| "software"
		| "user-account"
		| "windows-registry-key"
		| "x509-certificate"
		| "malware"
		| "malware-analysis"
		| "tool"
		| "infrastructure"
		| "campaign"
		| "incident"
		| "report" => 365,
		"vulnerability" | "threat-actor" | "intrusion-set" => 730,
		"attack-pattern"
		| "course-of-action"
		| "identity"
		| "location"
		| "marking-definition"
		| "relationship"
		| "grouping"
		| "note"
		| "opinion"
		| "language-content"
		| "extension-definition"
		| "autonomous-system" => return None,
		_ => 180,
	};
	Some(DAY.saturating_mul(days))
}
