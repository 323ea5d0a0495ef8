//! A corrupted state is rejected, each corruption by the invariant it breaks.

use super::*;
use frame::deps::sp_runtime::TryRuntimeError;

/// Alice's records 0 (superseded by 1) and 1 (open, with a technique, an end and Bob's report), and Bob's record 0.
fn build() {
	let envelope = Envelope::default();
	published(&envelope, draft(&[], Some(NOON + DAY)));
	let drafted = draft(&[TECHNIQUE], Some(NOON + DAY));
	assert_ok!(ThreatRegistry::revise(controller(ALICE), 0, drafted, envelope.seal()));
	let sighting = Sighting { kind: SightingKind::Seen, count: 1, first_seen: NOON, last_seen: NOON };
	let proof = proof(&envelope.seal(), LATEST, BOB);
	assert_ok!(ThreatRegistry::sight(controller(BOB), LATEST, sighting, proof));
	published(&Envelope { author: BOB, ..envelope }, draft(&[], None));
}

const OLD: RecordId = RecordId { author: cti_primitives::AuthorId(0), n: 0 };
const LATEST: RecordId = RecordId { author: cti_primitives::AuthorId(0), n: 1 };
const BOBS: RecordId = RecordId { author: cti_primitives::AuthorId(1), n: 0 };

fn rejected(corrupt: impl FnOnce(), invariant: &'static str) {
	new_test_ext().execute_with(|| {
		build();
		assert_ok!(ThreatRegistry::do_try_state());
		corrupt();
		assert_eq!(ThreatRegistry::do_try_state(), Err(TryRuntimeError::Other(invariant)));
	});
}

fn change(id: RecordId, change: impl FnOnce(&mut Record)) {
	Records::<Test>::mutate_extant(id, change);
}

#[test]
fn numbers_should_be_checked() {
	rejected(|| Activity::insert(BOB, (Standing::Active, 0)), "a record's number is not below its author's next");
	rejected(
		|| {
			Activity::insert(BOB, (Standing::Active, 9));
			Records::<Test>::insert(record_id(BOB, 2), registered(BOBS));
		},
		"an author's numbers have a gap",
	);
	rejected(
		|| {
			let author = cti_primitives::AuthorId(u32::MAX);
			Records::<Test>::insert(RecordId { author, n: 0 }, registered(BOBS));
		},
		"a record is by a pseudonym",
	);
}

#[test]
fn envelopes_should_be_checked() {
	rejected(|| change(BOBS, |record| record.audience = Default::default()), "a record is for nobody");
	rejected(
		|| {
			change(BOBS, |record| {
				record.audience = vec![(OPEN_GROUP, Epoch(3)), (CONSORTIUM, Epoch(0))].try_into().unwrap();
			})
		},
		"a record's audience is not ascending",
	);
	rejected(|| change(BOBS, |record| record.tlp = Tlp::Red), "a group was given a record marked RED");
	rejected(|| change(BOBS, |record| record.height = 17), "a record's tree is too high");
	rejected(|| change(BOBS, |record| record.at = (2, 0)), "a record is of the future");
	rejected(|| change(BOBS, |record| record.published = NOON + 1), "a record is of the future");
	rejected(|| change(LATEST, |record| record.end = Day::not_before(NOON - DAY)), "a record ended before it began");
}

#[test]
fn revisions_should_be_checked() {
	rejected(|| change(LATEST, |record| record.revises = Some(1)), "a record revises a later one");
	rejected(
		|| {
			Activity::insert(ALICE, (Standing::Active, 3));
			let again = Record { end: None, sightings: 0, ..registered(LATEST) };
			Records::<Test>::insert(record_id(ALICE, 2), again);
		},
		"a record was revised twice",
	);
	rejected(
		|| {
			change(OLD, |record| {
				record.status = RecordStatus::Open;
				record.end = None;
			})
		},
		"a revised record is still live",
	);
	rejected(|| change(LATEST, |record| record.revises = None), "a superseded record has no revision");
}

#[test]
fn index_should_be_checked() {
	rejected(
		|| {
			ByTechnique::<Test>::insert(
				TechniqueKey::from(OTHER_TECHNIQUE),
				Place::new((1, 0), 0),
				record_id(CHARLIE, 0),
			)
		},
		"the index points to no record",
	);
	rejected(
		|| ByTechnique::<Test>::insert(TechniqueKey::from(OTHER_TECHNIQUE), Place::new((1, 1), 0), LATEST),
		"an entry of the index is not at the place of its record",
	);
}

#[test]
fn queue_should_be_checked() {
	let day = Day::not_before(NOON + DAY).unwrap();
	rejected(|| ExpiryQueue::<Test>::insert(day, record_id(CHARLIE, 0), ()), "the expiry queue points to no record");
	for id in [OLD, BOBS] {
		rejected(|| ExpiryQueue::<Test>::insert(day, id, ()), "the expiry queue holds what is not to end then");
	}
	rejected(
		|| ExpiryQueue::<Test>::insert(Day::not_before(NOON + 9 * DAY).unwrap(), LATEST, ()),
		"the expiry queue holds what is not to end then",
	);
	rejected(|| ExpiryQueue::<Test>::remove(day, LATEST), "a live record with an end is not in the expiry queue");
}

#[test]
fn sightings_should_be_checked() {
	let report = Report { seen: 1, false_positives: 0 };
	rejected(|| Sightings::<Test>::insert(record_id(CHARLIE, 0), BOB, report), "a report is of no record");
	rejected(|| Sightings::<Test>::insert(LATEST, ALICE, report), "a report is by the author");
	rejected(|| Sightings::<Test>::insert(LATEST, CHARLIE, Report::default()), "a report says nothing");
	rejected(|| Sightings::<Test>::insert(LATEST, CHARLIE, report), "a record miscounts its reporters");
	rejected(|| change(LATEST, |record| record.sightings = 0), "a record miscounts its reporters");
	rejected(|| change(LATEST, |record| record.false_positives = 1), "a record miscounts its reporters");
}
