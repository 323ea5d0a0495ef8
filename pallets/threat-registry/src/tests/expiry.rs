use super::*;
use crate::MAX_EXPIRIES;
use frame::traits::Hooks;

const MIDNIGHT: u64 = NOON + DAY / 2;

fn on_idle(remaining: Weight) -> Weight {
	ThreatRegistry::on_idle(System::block_number(), remaining)
}

fn weight(expiries: u32) -> Weight {
	Weights::expire(expiries)
}

/// Publishes one record that ends at each of these times; the same envelope will do for all.
fn ending(times: impl IntoIterator<Item = u64>) {
	let payload = Envelope::default().seal();
	for time in times {
		assert_ok!(ThreatRegistry::publish(controller(ALICE), draft(&[], Some(time)), payload.clone()));
	}
}

fn expired() -> Vec<u32> {
	let mut numbers: Vec<_> = Records::<Test>::iter()
		.filter(|(_, record)| record.status == RecordStatus::Expired)
		.map(|(id, _)| id.n)
		.collect();
	numbers.sort();
	numbers
}

#[test]
fn records_should_expire_with_their_end_and_not_before() {
	build_and_execute(|| {
		ending([MIDNIGHT, MIDNIGHT + DAY]);
		set_time(MIDNIGHT - 1);
		assert_eq!(on_idle(Weight::MAX), weight(0));
		assert!(expired().is_empty());

		set_time(MIDNIGHT);
		assert_eq!(on_idle(Weight::MAX), weight(1));
		assert_eq!(expired(), [0]);
		System::assert_last_event(ThreatRegistryEvent::RecordExpired { record: record_id(ALICE, 0) }.into());

		set_time(MIDNIGHT + 9 * DAY);
		assert_eq!(on_idle(Weight::MAX), weight(1));
		assert_eq!(expired(), [0, 1]);
		assert_eq!(on_idle(Weight::MAX), weight(0));
	});
}

#[test]
fn records_should_expire_at_most_so_many_a_block() {
	build_and_execute(|| {
		ending((0..MAX_EXPIRIES + 2).map(|_| MIDNIGHT));
		set_time(MIDNIGHT);
		assert_eq!(on_idle(Weight::MAX), weight(MAX_EXPIRIES));
		assert_eq!(expired().len(), MAX_EXPIRIES as usize);
		assert_eq!(on_idle(Weight::MAX), weight(2));
		assert_eq!(expired().len(), MAX_EXPIRIES as usize + 2);
	});
}

#[test]
fn records_should_expire_within_the_weight_that_is_left() {
	build_and_execute(|| {
		ending([MIDNIGHT; 4]);
		set_time(MIDNIGHT);
		assert_eq!(on_idle(Weight::zero()), Weight::zero());
		assert_eq!(on_idle(weight(0)), weight(0));
		assert!(expired().is_empty());
		let nearly_three = weight(3).saturating_sub(Weight::from_parts(1, 0));
		assert_eq!(on_idle(nearly_three), weight(2));
		let nearly_one = weight(1).saturating_sub(Weight::from_parts(0, 1));
		assert_eq!(on_idle(nearly_one), weight(0));
		assert_eq!(expired().len(), 2);
		assert_eq!(on_idle(weight(2)), weight(2));
		assert_eq!(expired().len(), 4);
	});
}

#[test]
fn records_should_expire_in_order_of_their_ends() {
	build_and_execute(|| {
		// The order of the days must be that of numbers, not that of their little-endian bytes.
		let day = |n: u64| n * DAY;
		ending([day(65_536), day(20_737), day(20_736), day(20_735)]);
		set_time(day(70_000));
		for expected in [vec![3], vec![2, 3], vec![1, 2, 3], vec![0, 1, 2, 3]] {
			on_idle(weight(1));
			assert_eq!(expired(), expected);
		}
	});
}

#[test]
fn records_should_not_expire_when_they_are_no_longer_live() {
	build_and_execute(|| {
		ending([MIDNIGHT; 2]);
		assert_ok!(ThreatRegistry::withdraw(controller(ALICE), 0, WithdrawalReason::Duplicate));
		let payload = Envelope::default().seal();
		assert_ok!(ThreatRegistry::revise(controller(ALICE), 1, draft(&[], None), payload));
		set_time(MIDNIGHT);
		assert_eq!(on_idle(Weight::MAX), weight(0));
		assert!(expired().is_empty());
	});
}

#[test]
fn confirmed_records_should_expire_too() {
	build_and_execute(|| {
		ending([MIDNIGHT]);
		Records::<Test>::mutate_extant(record_id(ALICE, 0), |record| record.status = RecordStatus::Confirmed);
		set_time(MIDNIGHT);
		on_idle(Weight::MAX);
		assert_eq!(expired(), [0]);
	});
}
