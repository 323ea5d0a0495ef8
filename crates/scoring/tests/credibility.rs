//! A record's score: what it grows with, and how it fades.

use cti_scoring::{half_life, score, Count, Facts, Millionths, Side, Tally};
use num_bigint::BigUint;
use proptest::prelude::*;

const DAY: u64 = 24 * 60 * 60;

/// Every type of STIX 2.1 with its half-life in days.
const TYPES: [(&str, Option<u64>); 42] = [
	("attack-pattern", None),
	("campaign", Some(365)),
	("course-of-action", None),
	("grouping", None),
	("identity", None),
	("incident", Some(365)),
	("indicator", Some(90)),
	("infrastructure", Some(365)),
	("intrusion-set", Some(730)),
	("location", None),
	("malware", Some(365)),
	("malware-analysis", Some(365)),
	("note", None),
	("observed-data", Some(90)),
	("opinion", None),
	("report", Some(365)),
	("threat-actor", Some(730)),
	("tool", Some(365)),
	("vulnerability", Some(730)),
	("relationship", None),
	("sighting", Some(90)),
	("artifact", Some(365)),
	("autonomous-system", None),
	("directory", Some(365)),
	("domain-name", Some(60)),
	("email-addr", Some(60)),
	("email-message", Some(60)),
	("file", Some(365)),
	("ipv4-addr", Some(30)),
	("ipv6-addr", Some(30)),
	("mac-addr", Some(30)),
	("mutex", Some(365)),
	("network-traffic", Some(30)),
	("process", Some(365)),
	("software", Some(365)),
	("url", Some(60)),
	("user-account", Some(365)),
	("windows-registry-key", Some(365)),
	("x509-certificate", Some(365)),
	("extension-definition", None),
	("language-content", None),
	("marking-definition", None),
];

/// Votes for and against, in 64ths of a full one.
fn facts(confirming: u16, refuting: u16, standing: u32) -> Facts {
	let mut tally = Tally::default();
	tally.0[0] = Count { members: 1, weight: confirming };
	tally.0[3] = Count { members: 1, weight: refuting };
	Facts { tally, standing: Millionths(standing), is_live: true, valid_until: None, refreshed: 1_000 }
}

fn any_type() -> impl Strategy<Value = &'static str> {
	let other = ["x-custom", "", "Indicator"];
	let all: Vec<&str> = TYPES.iter().map(|(name, _)| *name).chain(other).collect();
	prop::sample::select(all)
}

fn count() -> impl Strategy<Value = Count> {
	(any::<u16>(), prop_oneof![Just(0), 0u16..2_000, any::<u16>()])
		.prop_map(|(members, weight)| Count { members, weight })
}

fn any_facts() -> impl Strategy<Value = Facts> {
	(prop::array::uniform6(count()), 0u32..=1_000_000, prop::option::of(any::<u32>()), any::<u32>()).prop_map(
		|(counts, standing, valid_until, refreshed)| Facts {
			tally: Tally(counts),
			standing: Millionths(standing),
			is_live: true,
			valid_until: valid_until.map(u64::from),
			refreshed: u64::from(refreshed),
		},
	)
}

/// `100 (confirming + 2 standing) / (confirming + refuting + 2) / 2^halvings` to the nearest, half upwards, exactly.
fn reference(facts: &Facts, halvings: u64) -> BigUint {
	let weight = |side| BigUint::from(facts.tally.side(side).1);
	let (confirming, refuting) = (weight(Side::For), weight(Side::Against));
	let good = &confirming * 1_000_000u32 + BigUint::from(128u8) * facts.standing.0;
	let all = ((confirming + refuting + 128u8) * 1_000_000u32) << halvings;
	(good * 200u8 + &all) / (all * 2u8)
}

#[test]
fn half_lives_should_follow_the_table() {
	for (object_type, days) in TYPES {
		assert_eq!(half_life(object_type), days.map(|days| days * DAY), "{object_type}");
	}
	assert_eq!(half_life("x-custom"), Some(180 * DAY));
	assert_eq!(half_life(""), Some(180 * DAY));
}

#[test]
fn score_should_follow_the_table() {
	// Confirming and refuting in 64ths of a vote, standing in millionths.
	let table = [
		(0, 0, 0, 0),
		(0, 0, 500_000, 50),
		(0, 0, 928_571, 93),
		(0, 0, 1_000_000, 100),
		(64, 0, 500_000, 67),
		(0, 64, 500_000, 33),
		(640, 0, 500_000, 92),
		(0, 640, 500_000, 8),
		(64, 64, 500_000, 50),
		(128, 0, 750_000, 88),
		(16, 0, 500_000, 56),
		(640, 0, 1_000_000, 100),
		(0, 0, 5_000, 1),
		(0, 0, 4_999, 0),
	];
	for (confirming, refuting, standing, expected) in table {
		let got = score(&facts(confirming, refuting, standing), "identity", 5_000);
		assert_eq!(got, expected, "{confirming} for, {refuting} against, {standing}");
	}
}

#[test]
fn score_should_fade_by_type() {
	let facts = facts(64, 0, 1_000_000);
	let after = |object_type, days: u64| score(&facts, object_type, 1_000 + days * DAY);
	assert_eq!([0, 15, 30, 60, 90, 365].map(|days| after("ipv4-addr", days)), [100, 71, 50, 25, 13, 0]);
	assert_eq!([0, 45, 90, 180, 365].map(|days| after("indicator", days)), [100, 71, 50, 25, 6]);
	assert_eq!([0, 365, 730].map(|days| after("vulnerability", days)), [100, 71, 50]);
	assert_eq!([0, 365, 36_500].map(|days| after("attack-pattern", days)), [100; 3]);
}

#[test]
fn what_has_ended_should_score_nothing() {
	let ending = Facts { valid_until: Some(2_000), ..facts(64, 0, 900_000) };
	assert_eq!(score(&ending, "indicator", 1_999), 93);
	assert_eq!(score(&ending, "indicator", 2_000), 0);
	let withdrawn = Facts { is_live: false, ..facts(64, 0, 900_000) };
	assert_eq!(score(&withdrawn, "indicator", 1_000), 0);
	assert_eq!(score(&facts(64, 0, 900_000), "indicator", u64::MAX), 0);
	assert_eq!(score(&facts(64, 0, 900_000), "identity", u64::MAX), 93);
}

/// A clock behind the record's makes it new, not better than new.
#[test]
fn what_lies_ahead_should_count_as_new() {
	let facts = facts(64, 0, 900_000);
	assert_eq!(score(&facts, "ipv4-addr", 0), score(&facts, "ipv4-addr", facts.refreshed));
}

proptest! {
	#[test]
	fn score_should_stay_between_0_and_100(mut facts in any_facts(), standing: u32, object_type in any_type(), now: u64) {
		facts.standing = Millionths(standing);
		prop_assert!(score(&facts, object_type, now) <= 100);
		facts.is_live = false;
		prop_assert_eq!(score(&facts, object_type, now), 0);
	}

	#[test]
	fn a_new_record_should_score_the_fraction_to_the_nearest(mut facts in any_facts(), object_type in any_type()) {
		facts.valid_until = None;
		let got = BigUint::from(score(&facts, object_type, facts.refreshed));
		prop_assert_eq!(got, reference(&facts, 0));
	}

	#[test]
	fn score_should_halve_at_each_half_life(mut facts in any_facts(), object_type in any_type(), halvings in 0u64..12) {
		facts.valid_until = None;
		let Some(half_life) = half_life(object_type) else { return Ok(()) };
		let got = score(&facts, object_type, facts.refreshed + halvings * half_life);
		prop_assert_eq!(BigUint::from(got), reference(&facts, halvings));
	}

	#[test]
	fn score_should_grow_with_what_confirms_and_fall_with_what_refutes(
		facts in any_facts(),
		object_type in any_type(),
		later in 0..800 * DAY,
		more in 1u16..1_000,
		place in 0usize..6,
	) {
		let now = facts.refreshed + later;
		let before = score(&facts, object_type, now);
		let mut after = facts;
		after.tally.0[place].weight = after.tally.0[place].weight.saturating_add(more);
		let after = score(&after, object_type, now);
		match place {
			0 | 1 => prop_assert!(after >= before),
			3 | 4 => prop_assert!(after <= before),
			_ => prop_assert_eq!(after, before),
		}
	}

	#[test]
	fn score_should_grow_with_standing_and_news_and_fall_with_time(
		facts in any_facts(),
		object_type in any_type(),
		later in 0..800 * DAY,
		more in 0u32..1_000_000,
	) {
		let now = facts.refreshed + later;
		let before = score(&facts, object_type, now);
		let better = Facts { standing: Millionths((facts.standing.0 + more).min(1_000_000)), ..facts };
		prop_assert!(score(&better, object_type, now) >= before);
		let newer = Facts { refreshed: facts.refreshed + u64::from(more), ..facts };
		prop_assert!(score(&newer, object_type, now) >= before);
		prop_assert!(score(&facts, object_type, now + u64::from(more)) <= before);
		let longer = Facts { valid_until: facts.valid_until.map(|end| end + u64::from(more)), ..facts };
		prop_assert!(score(&longer, object_type, now) >= before);
	}
}
