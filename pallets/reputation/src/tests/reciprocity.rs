use crate::{
	mock::{self, build_and_execute, Reputation, Test},
	Ledger, Ledgers, Reports, Tally,
};
use cti_primitives::{
	AuthorId, MemberId,
	SightingKind::{self, FalsePositive, Seen},
};
use cti_scoring::Millionths;

fn sight(author: u32, by: u32, kind: SightingKind, count: u32) {
	mock::sight(AuthorId(author), by, kind, count, None);
}

const fn tally(reports: u64, times: u64) -> Tally {
	Tally { reports, times }
}

#[test]
fn sighting_should_be_entered_on_both_sides() {
	build_and_execute(|| {
		sight(0, 1, Seen, 5);
		let seen = Reports { seen: tally(1, 5), ..Default::default() };
		assert_eq!(Ledgers::<Test>::get(AuthorId(0)), Ledger { received: seen, ..Default::default() });
		assert_eq!(Ledgers::<Test>::get(AuthorId(1)), Ledger { given: seen, ..Default::default() });
	});
}

#[test]
fn kinds_of_sightings_should_be_counted_apart() {
	build_and_execute(|| {
		sight(0, 1, Seen, 5);
		sight(0, 1, FalsePositive, 2);
		sight(0, 2, Seen, 7);
		sight(2, 0, FalsePositive, 1);
		let of = |n| {
			let info = Reputation::reciprocity(MemberId(n));
			(info.received, info.given)
		};
		let reports = |seen, false_positives| Reports { seen, false_positives };
		assert_eq!(of(0), (reports(tally(2, 12), tally(1, 2)), reports(tally(0, 0), tally(1, 1))));
		assert_eq!(of(1), (reports(tally(0, 0), tally(0, 0)), reports(tally(1, 5), tally(1, 2))));
		assert_eq!(of(2), (reports(tally(0, 0), tally(1, 1)), reports(tally(1, 7), tally(0, 0))));
	});
}

#[test]
fn later_report_should_take_the_place_of_the_earlier_one() {
	build_and_execute(|| {
		sight(0, 1, Seen, 9);
		mock::sight(AuthorId(0), 1, Seen, 4, Some(9));
		assert_eq!(Ledgers::<Test>::get(AuthorId(0)).received.seen, tally(1, 4));
		assert_eq!(Ledgers::<Test>::get(AuthorId(1)).given.seen, tally(1, 4));
	});
}

#[test]
fn organisation_that_came_back_should_keep_its_page() {
	build_and_execute(|| {
		sight(0, 1, Seen, 5);
		mock::Formers::set([(MemberId(4), MemberId(0)), (MemberId(3), MemberId(1))].into());
		sight(4, 3, Seen, 2);
		assert_eq!(Ledgers::<Test>::iter().count(), 2);
		assert_eq!(Reputation::reciprocity(MemberId(4)).received.seen, tally(2, 7));
		// What was its own record before is its own record still.
		sight(0, 4, Seen, 2);
		assert_eq!(Reputation::reciprocity(MemberId(4)).given.seen, tally(0, 0));
	});
}

#[test]
fn sighting_of_ones_own_record_should_leave_no_trace() {
	build_and_execute(|| {
		sight(1, 1, Seen, 5);
		assert_eq!(Ledgers::<Test>::iter().count(), 0);
	});
}

#[test]
fn sighting_of_no_time_at_all_should_leave_no_trace() {
	build_and_execute(|| {
		sight(0, 1, Seen, 0);
		assert_eq!(Ledgers::<Test>::iter().count(), 0);
	});
}

#[test]
fn sighting_of_a_pseudonyms_record_should_be_counted() {
	build_and_execute(|| {
		let pseudonym = AuthorId(1 << 31);
		mock::sight(pseudonym, 1, Seen, 3, None);
		assert_eq!(Ledgers::<Test>::get(pseudonym).received.seen, tally(1, 3));
		assert_eq!(Reputation::reciprocity(MemberId(1)).given.seen, tally(1, 3));
	});
}

#[test]
fn ratio_should_count_reports_and_not_times() {
	build_and_execute(|| {
		let ratio = |n| Reputation::reciprocity(MemberId(n)).ratio;
		assert_eq!(ratio(0), Millionths(1_000_000));
		sight(0, 1, Seen, 1);
		assert_eq!((ratio(0), ratio(1)), (Millionths(2_000_000), Millionths(500_000)));
		sight(1, 0, Seen, 1_000_000);
		sight(0, 2, Seen, 1);
		sight(0, 2, FalsePositive, 1);
		assert_eq!((ratio(0), ratio(1)), (Millionths(1_500_000), Millionths(1_000_000)));
		sight(3, 0, Seen, 1);
		sight(3, 0, Seen, 1);
		assert_eq!(ratio(0), Millionths(750_000));
		assert_eq!(<Reputation as cti_primitives::Reputations>::reciprocity(MemberId(0)), 750_000);
	});
}

#[test]
fn unknown_member_should_have_an_empty_page() {
	build_and_execute(|| {
		let info = Reputation::reciprocity(MemberId(77));
		assert_eq!((info.member, info.received, info.given), (MemberId(77), Reports::default(), Reports::default()));
		assert_eq!(info.ratio, Millionths(1_000_000));
	});
}

#[test]
fn tallies_should_saturate() {
	build_and_execute(|| {
		let full = Reports { seen: tally(u64::MAX, u64::MAX), ..Default::default() };
		Ledgers::<Test>::insert(AuthorId(0), Ledger { received: full, ..Default::default() });
		Ledgers::<Test>::insert(AuthorId(1), Ledger { given: full, ..Default::default() });
		sight(0, 1, Seen, 1);
		assert_eq!(Ledgers::<Test>::get(AuthorId(0)).received, full);
		assert_eq!(Ledgers::<Test>::get(AuthorId(1)).given, full);
	});
}
