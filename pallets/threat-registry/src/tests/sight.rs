use super::*;

fn sighting(kind: SightingKind, count: u32) -> Sighting {
	Sighting { kind, count, first_seen: NOON - DAY, last_seen: NOON }
}

const SEEN: SightingKind = SightingKind::Seen;
const FALSE_POSITIVE: SightingKind = SightingKind::FalsePositive;

/// Alice's record 0 and its envelope.
fn alices() -> (RecordId, Payload) {
	let envelope = Envelope::default();
	(published(&envelope, draft(&[], None)), envelope.seal())
}

fn sight(by: MemberId, sighting: Sighting) -> DispatchResult {
	let record = record_id(ALICE, 0);
	ThreatRegistry::sight(controller(by), record, sighting, proof(&Envelope::default().seal(), record, by))
}

#[test]
fn sight_should_count_the_member_and_tell_reputation() {
	build_and_execute(|| {
		let (record, _) = alices();
		let seen = sighting(SEEN, 12);
		assert_ok!(sight(BOB, seen));

		assert_eq!(Sightings::<Test>::get(record, BOB), Report { seen: 12, false_positives: 0 });
		assert_eq!((registered(record).sightings, registered(record).false_positives), (1, 0));
		assert_eq!(Heard::get(), [(record, BOB, seen, None)]);
		System::assert_last_event(
			ThreatRegistryEvent::RecordSighted { record, by: BOB, sighting: seen, previous: None }.into(),
		);
	});
}

#[test]
fn organisation_that_came_back_should_have_one_report_and_none_of_its_own_records() {
	build_and_execute(|| {
		let (record, _) = alices();
		Formers::insert(CHARLIE, BOB);
		assert_ok!(sight(BOB, sighting(SEEN, 3)));
		assert_ok!(sight(CHARLIE, sighting(SEEN, 5)));
		assert_eq!(registered(record).sightings, 1);
		assert_eq!(Sightings::<Test>::get(record, BOB).seen, 5);
		assert_eq!(Heard::get()[1], (record, CHARLIE, sighting(SEEN, 5), Some(3)));
		Formers::insert(CHARLIE, ALICE);
		assert_noop!(sight(CHARLIE, sighting(SEEN, 1)), Error::<Test>::OwnRecord);
	});
}

#[test]
fn sight_should_keep_both_kinds_apart() {
	build_and_execute(|| {
		let (record, _) = alices();
		assert_ok!(sight(BOB, sighting(SEEN, 3)));
		assert_ok!(sight(BOB, sighting(FALSE_POSITIVE, 2)));
		assert_ok!(sight(CHARLIE, sighting(FALSE_POSITIVE, 1)));

		assert_eq!(Sightings::<Test>::get(record, BOB), Report { seen: 3, false_positives: 2 });
		assert_eq!(Sightings::<Test>::get(record, CHARLIE), Report { seen: 0, false_positives: 1 });
		assert_eq!((registered(record).sightings, registered(record).false_positives), (1, 2));
		let heard = |by, kind, count| (record, by, sighting(kind, count), None);
		assert_eq!(
			Heard::get(),
			[heard(BOB, SEEN, 3), heard(BOB, FALSE_POSITIVE, 2), heard(CHARLIE, FALSE_POSITIVE, 1)]
		);
	});
}

#[test]
fn sight_should_take_the_place_of_the_members_earlier_report() {
	build_and_execute(|| {
		let (record, _) = alices();
		// The highest count in the middle: neither a sum nor a maximum gives the right answer.
		for (count, previous) in [(4, None), (u32::MAX, Some(4)), (7, Some(u32::MAX))] {
			assert_ok!(sight(BOB, sighting(SEEN, count)));
			System::assert_last_event(
				ThreatRegistryEvent::RecordSighted { record, by: BOB, sighting: sighting(SEEN, count), previous }
					.into(),
			);
		}
		assert_eq!(Sightings::<Test>::get(record, BOB).seen, 7);
		assert_eq!(registered(record).sightings, 1);
		let heard = |count, previous| (record, BOB, sighting(SEEN, count), previous);
		assert_eq!(Heard::get(), [heard(4, None), heard(u32::MAX, Some(4)), heard(7, Some(u32::MAX))]);
	});
}

#[test]
fn sight_should_not_let_a_count_overflow_the_record() {
	build_and_execute(|| {
		let (record, _) = alices();
		assert_ok!(sight(BOB, sighting(SEEN, u32::MAX)));
		assert_ok!(sight(CHARLIE, sighting(SEEN, u32::MAX)));
		assert_eq!(registered(record).sightings, 2);
	});
}

#[test]
fn sight_should_be_refused_when_the_proof_is_of_something_else() {
	build_and_execute(|| {
		let (record, payload) = alices();
		let another = Envelope { objects: vec![b"{}".to_vec()], ..Default::default() };
		let other_record = published(&another, draft(&[], None));
		let reader = read(&payload);
		let seen = sighting(SEEN, 1);
		let mut forged = proof(&payload, record, BOB);
		forged[0] ^= 1;
		let proofs = [
			("another member", proof(&payload, record, CHARLIE)),
			("another record", proof(&payload, other_record, BOB)),
			("another envelope", proof(&another.seal(), record, BOB)),
			("another statement", reader.sign(cti_envelope::reader::Statement::Verdict, record, BOB)),
			("a changed signature", forged),
			("nothing", [0; 64]),
		];
		for (of, proof) in proofs {
			let call = ThreatRegistry::sight(controller(BOB), record, seen, proof);
			assert_eq!(call, Err(Error::<Test>::InvalidProof.into()), "{of}");
		}
		assert_ok!(sight(BOB, seen));
	});
}

#[test]
fn sight_should_be_refused_to_the_author() {
	build_and_execute(|| {
		let (record, payload) = alices();
		for role in [Role::Controller, Role::Analyst] {
			let origin = RuntimeOrigin::signed(account(ALICE, role));
			let call = ThreatRegistry::sight(origin, record, sighting(SEEN, 1), proof(&payload, record, ALICE));
			assert_noop!(call, Error::<Test>::OwnRecord);
		}
	});
}

#[test]
fn sight_should_be_refused_to_other_roles_and_strangers() {
	build_and_execute(|| {
		let (record, payload) = alices();
		let by = |origin| ThreatRegistry::sight(origin, record, sighting(SEEN, 1), proof(&payload, record, BOB));
		for role in [Role::Feed, Role::Auditor] {
			let origin = RuntimeOrigin::signed(account(BOB, role));
			assert_noop!(by(origin), Error::<Test>::RoleMayNotSight);
		}
		assert_noop!(by(RuntimeOrigin::signed(777)), Error::<Test>::NotAMember);
		assert_noop!(by(RuntimeOrigin::root()), DispatchError::BadOrigin);
		assert_ok!(by(RuntimeOrigin::signed(account(BOB, Role::Analyst))));
	});
}

#[test]
fn sight_should_be_refused_when_member_is_not_active() {
	build_and_execute(|| {
		alices();
		for standing in [Standing::Suspended, Standing::Left, Standing::Expelled] {
			set_standing(BOB, standing);
			assert_noop!(sight(BOB, sighting(SEEN, 1)), Error::<Test>::NotActive);
		}
		assert_noop!(sight(NOBODY, sighting(SEEN, 1)), Error::<Test>::UnknownMember);
	});
}

#[test]
fn sight_should_be_refused_when_the_report_makes_no_sense() {
	build_and_execute(|| {
		alices();
		let report = |first_seen, last_seen, count| Sighting { kind: SEEN, count, first_seen, last_seen };
		assert_noop!(sight(BOB, report(NOON - 1, NOON, 0)), Error::<Test>::InvalidCount);
		assert_noop!(sight(BOB, report(NOON, NOON - 1, 1)), Error::<Test>::IntervalReversed);
		let ahead = NOON + crate::CLOCK_TOLERANCE;
		assert_noop!(sight(BOB, report(NOON, ahead + 1, 1)), Error::<Test>::SightingInFuture);
		assert_ok!(sight(BOB, report(ahead, ahead, 1)));
	});
}

#[test]
fn sight_should_be_refused_when_record_is_not_live() {
	build_and_execute(|| {
		let envelope = Envelope::default();
		let record = published(&envelope, draft(&[], Some(NOON + DAY)));
		let missing = record_id(ALICE, 1);
		let call =
			ThreatRegistry::sight(controller(BOB), missing, sighting(SEEN, 1), proof(&envelope.seal(), missing, BOB));
		assert_noop!(call, Error::<Test>::RecordNotFound);

		hypothetically!({
			assert_ok!(ThreatRegistry::withdraw(controller(ALICE), 0, WithdrawalReason::Incorrect));
			assert_noop!(sight(BOB, sighting(SEEN, 1)), Error::<Test>::RecordNotLive);
		});
		set_time(NOON + 2 * DAY);
		assert_noop!(sight(BOB, sighting(SEEN, 1)), Error::<Test>::RecordNotLive);
		assert_eq!(registered(record).status, RecordStatus::Open);
	});
}
