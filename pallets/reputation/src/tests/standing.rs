use crate::{mock::*, Evidence, StandingInfo};
use cti_primitives::{AuthorId, Reliability, SightingKind};
use cti_scoring::{Millionths, HALF_LIFE};

const AUTHOR: AuthorId = AuthorId(3);

fn judged(alpha: u16, beta: u16) {
	give_evidence(AUTHOR.0, alpha, beta, START);
}

#[test]
fn every_member_should_have_a_standing_from_the_start() {
	build_and_execute(|| {
		for n in 0..5 {
			let expected = StandingInfo {
				author: AuthorId(n),
				reliability: Reliability::F,
				standing: Millionths(500_000),
				confirmed: Millionths(0),
				refuted: Millionths(0),
			};
			assert_eq!(Reputation::standing(AuthorId(n)), expected);
		}
	});
}

#[test]
fn standing_should_follow_the_evidence() {
	build_and_execute(|| {
		judged(7, 1);
		let expected = StandingInfo {
			author: AUTHOR,
			reliability: Reliability::B,
			standing: Millionths(750_000),
			confirmed: Millionths(7_000_000),
			refuted: Millionths(1_000_000),
		};
		assert_eq!(Reputation::standing(AUTHOR), expected);
		assert_eq!(Reputation::standing(AuthorId(2)).reliability, Reliability::F);
	});
}

#[test]
fn standing_should_fade_with_the_clock_alone() {
	build_and_execute(|| {
		judged(0, 8);
		assert_eq!(Reputation::standing(AUTHOR).reliability, Reliability::E);
		assert_eq!(Reputation::standing(AUTHOR).standing, Millionths(166_666));

		set_time(START + HALF_LIFE);
		assert_eq!(Reputation::standing(AUTHOR).refuted, Millionths(4_000_000));
		assert_eq!(Reputation::standing(AUTHOR).standing, Millionths(250_000));

		set_time(START + 2 * HALF_LIFE);
		assert_eq!(Reputation::standing(AUTHOR).reliability, Reliability::F);
		assert_eq!(Reputation::standing(AUTHOR).refuted, Millionths(2_000_000));
	});
}

#[test]
fn standing_should_not_change_when_it_is_looked_at() {
	build_and_execute(|| {
		judged(8, 0);
		set_time(START + HALF_LIFE / 3);
		let first = Reputation::standing(AUTHOR);
		assert_eq!(Reputation::standing(AUTHOR), first);
		assert_eq!(Evidence::<Test>::get(AUTHOR).updated, START);
	});
}

#[test]
fn sightings_should_not_be_evidence() {
	build_and_execute(|| {
		judged(4, 0);
		let before = Reputation::standing(AUTHOR);
		for by in 0..3 {
			sight(AUTHOR, by, SightingKind::Seen, 1_000, None);
			sight(AUTHOR, by, SightingKind::FalsePositive, 1_000, None);
		}
		assert_eq!(Reputation::standing(AUTHOR), before);
	});
}
