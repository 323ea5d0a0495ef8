//! What is frozen and what is bounded: bytes of state, accesses, encodings, indices.

use super::*;
use crate::{Call, Location};
use cti_primitives::record::MAX_TECHNIQUES;
use frame::{
	deps::{
		frame_support::weights::RuntimeDbWeight,
		sp_io::storage::{get, next_key},
	},
	traits::{GetCallIndex, GetCallName, Hooks, PalletInfoAccess},
};
use std::collections::BTreeMap;

/// All of the state but the block's own.
fn state() -> BTreeMap<Vec<u8>, Vec<u8>> {
	let system = frame::hashing::twox_128(b"System");
	std::iter::successors(next_key(&[]), |key| next_key(key))
		.filter(|key| !key.starts_with(&system) && !key.starts_with(b":"))
		.map(|key| (key.clone(), get(&key).unwrap().to_vec()))
		.collect()
}

/// The keys that `run` writes.
fn written(run: impl FnOnce()) -> Vec<Vec<u8>> {
	let before = state();
	run();
	state().into_iter().filter(|(key, value)| before.get(key) != Some(value)).map(|(key, _)| key).collect()
}

/// Bytes of keys and values that `run` adds to this pallet's state.
fn added(run: impl FnOnce()) -> usize {
	let bytes = || -> usize {
		let pallet = ThreatRegistry::name_hash();
		state().iter().filter(|(key, _)| key.starts_with(&pallet)).map(|(key, value)| key.len() + value.len()).sum()
	};
	let before = bytes();
	run();
	bytes() - before
}

/// Sealed to as many groups as there may be.
fn widest() -> Envelope {
	for group in [OTHERS_GROUP, STALE_GROUP] {
		Policies::mutate(group, |policy| policy.as_mut().unwrap().stale = false);
		Roster::insert(group, ALICE, ());
	}
	let groups =
		vec![(CONSORTIUM, Epoch(0)), (OPEN_GROUP, Epoch(3)), (OTHERS_GROUP, Epoch(0)), (STALE_GROUP, Epoch(0))];
	Envelope { groups, direct: vec![BOB], ..Default::default() }
}

#[test]
fn record_should_keep_to_its_budget_of_state() {
	build_and_execute(|| {
		let record = added(|| {
			published(&Envelope::default(), draft(&[], None));
		});
		assert_eq!(record, 176);

		// The worst case: four groups, an end and a revision. 40 bytes of key, 168 of value.
		let widest = widest();
		let ends = Some(NOON + DAY);
		let revision = added(|| {
			assert_ok!(ThreatRegistry::revise(controller(ALICE), 0, draft(&[], ends), widest.seal()));
		});
		let queued =
			ExpiryQueue::<Test>::iter_keys().map(|(day, id)| ExpiryQueue::<Test>::hashed_key_for(day, id)).next();
		let queued = queued.unwrap().len();
		assert_eq!(revision - queued, 208);
		assert!(revision - queued <= 210);
	});
}

#[test]
fn record_should_keep_to_its_budget_for_centuries() {
	// The time of publication is the one number that grows: a byte more from the year 2106 on, another from 36812 on.
	let key = 40;
	build_and_execute(|| {
		published(&widest(), draft(&[], Some(NOON + DAY)));
		let mut record = registered(record_id(ALICE, 0));
		record.revises = Some(u32::MAX);
		record.at = (u32::MAX, u32::MAX);
		for (published, bytes) in [(NOON, 208), (u64::from(u32::MAX), 208), ((1 << 40) - 1, 209), ((1 << 48) - 1, 210)]
		{
			record.published = published;
			assert_eq!(key + record.encoded_size(), bytes, "{published}");
		}
	});
}

#[test]
fn techniques_and_ends_should_keep_to_their_budgets_of_state() {
	build_and_execute(|| {
		let publish = |techniques: &[_], valid_until| {
			added(|| {
				published(&Envelope::default(), draft(techniques, valid_until));
			})
		};
		let plain = publish(&[], None);
		assert_eq!(publish(&[TECHNIQUE], None) - plain, 56);
		assert_eq!(publish(&[TECHNIQUE, SUB_TECHNIQUE], None) - plain, 2 * 56);
		assert_eq!(publish(&[], Some(NOON + DAY)) - plain, 48);
	});
}

#[test]
fn report_should_be_small_and_not_grow() {
	build_and_execute(|| {
		let envelope = Envelope::default();
		let record = published(&envelope, draft(&[], None));
		let sight = |kind, count| {
			let sighting = Sighting { kind, count, first_seen: NOON, last_seen: NOON };
			added(|| {
				let proof = proof(&envelope.seal(), record, BOB);
				assert_ok!(ThreatRegistry::sight(controller(BOB), record, sighting, proof));
			})
		};
		assert_eq!(sight(SightingKind::Seen, 1), 52);
		assert_eq!(sight(SightingKind::Seen, u32::MAX), 0);
		assert_eq!(sight(SightingKind::FalsePositive, u32::MAX), 0);
	});
}

#[test]
fn publish_should_write_no_more_than_its_budget() {
	build_and_execute(|| {
		let publish = |techniques: &[_], valid_until| {
			written(|| {
				published(&Envelope::default(), draft(techniques, valid_until));
			})
		};
		let record = Records::<Test>::hashed_key_for(record_id(ALICE, 0));
		let mut expected = vec![record, Activity::hashed_key_for(ALICE)];
		expected.sort();
		assert_eq!(publish(&[], None), expected);
		assert_eq!(publish(&[TECHNIQUE, SUB_TECHNIQUE], None).len(), 2 + 2);
		assert_eq!(publish(&[], Some(NOON + DAY)).len(), 2 + 1);
	});
}

/// Reads and writes of a weight as the benchmarks measured them.
fn accesses(weight: Weight) -> (u64, u64) {
	(weight.ref_time() % WRITE / READ, weight.ref_time() / WRITE)
}

#[test]
fn publish_should_keep_to_its_budget_of_accesses() {
	type Measured = crate::weights::SubstrateWeight<Test>;
	CountedAccesses::set(RuntimeDbWeight { read: READ, write: WRITE });
	// Of a budget of four reads and two writes.
	assert_eq!(accesses(Measured::publish_to_all()), (3, 2));
	let publish = |techniques, groups, ends| accesses(Measured::publish(262_144, techniques, groups, ends));
	let (reads, writes) = publish(0, 1, 0);
	// A record to a group with a gate on reliability, which looks at three values more, and with techniques, which one more tells.
	assert_eq!((reads, writes), (4 + 3 + 1, 2));
	assert_eq!(publish(32, 1, 0), (reads, writes + 32));
	assert_eq!(publish(0, 4, 0), (reads + 2 * 3, writes), "of each further group the group and its epoch");
	assert_eq!(publish(0, 1, 1), (reads, writes + 1));
}

#[test]
fn configuration_should_be_sound() {
	new_test_ext().execute_with(<ThreatRegistry as Hooks<u64>>::integrity_test);
}

#[test]
fn worst_case_should_be_what_the_bounds_say() {
	build_and_execute(|| {
		let drafted = Draft { techniques: vec![TECHNIQUE; 32].try_into().unwrap(), ..draft(&[], Some(1)) };
		assert_eq!(drafted.techniques.len() as u32, MAX_TECHNIQUES);
		let payload = Payload::try_from(vec![0; 262_144]).unwrap();
		assert!(Payload::try_from(vec![0; 262_145]).is_err());
		let call = Call::<Test>::publish { draft: drafted, payload }.get_dispatch_info();
		assert_eq!(call.call_weight, Weights::publish(262_144, 32, 4, 1));
	});
}

#[test]
fn names_and_indices_should_be_frozen() {
	assert_eq!(ThreatRegistry::name(), "ThreatRegistry");
	let names = Call::<Test>::get_call_names();
	let expected = [
		"publish",
		"revise",
		"withdraw",
		"sight",
		"extend",
		"grant",
		"request_access",
		"decline",
		"acknowledge",
		"anchor",
	];
	assert_eq!(names, expected);
	assert_eq!(Call::<Test>::get_call_indices(), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
}

#[test]
fn keys_should_sort_like_what_they_stand_for() {
	let places: Vec<(Location, u32)> =
		vec![((0, 0), 1), ((0, 0), 256), ((0, 1), 0), ((0, 256), 0), ((1, 0), 0), ((255, 9), 9), ((256, 0), 0)];
	let keys: Vec<_> = places.iter().map(|(at, order)| Place::new(*at, *order).encode()).collect();
	assert!(keys.is_sorted() && keys.iter().all(|key| key.len() == 12));
	assert!(places.iter().all(|(at, order)| Place::new(*at, *order).at() == *at));

	let days: Vec<_> = [0, 1, 255, 256, 65_536].map(|n: u64| Day::not_before(n * DAY).unwrap().encode()).to_vec();
	assert!(days.is_sorted() && days.iter().all(|day| day.len() == 4));
}
