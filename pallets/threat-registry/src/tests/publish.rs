use super::*;

#[test]
fn publish_should_register_what_the_header_says() {
	build_and_execute(|| {
		enter(7, 2);
		let envelope = Envelope {
			groups: vec![(CONSORTIUM, Epoch(0)), (OPEN_GROUP, Epoch(3))],
			direct: vec![BOB],
			objects: vec![vec![b'x'; 5_000], vec![b'y'; 40], vec![]],
			..Default::default()
		};
		let payload = envelope.seal();
		let techniques = [TECHNIQUE, SUB_TECHNIQUE];
		let draft = draft(&techniques, Some(NOON + DAY));

		assert_ok!(ThreatRegistry::publish(controller(ALICE), draft.clone(), payload.clone()));

		let header = cti_envelope::parse(&payload).unwrap().header;
		let id = record_id(ALICE, 0);
		let record = registered(id);
		assert_eq!(
			record,
			Record {
				id: read(&payload).id,
				reader_key: header.reader_key,
				objects_root: header.objects_root,
				height: 2,
				bytes: payload.len() as u32,
				tlp: Tlp::Green,
				audience: header.audience.clone(),
				direct: 1,
				at: (7, 2),
				published: NOON,
				end: Day::not_before(NOON + DAY),
				revises: None,
				status: RecordStatus::Open,
				sightings: 0,
				false_positives: 0,
			}
		);
		System::assert_last_event(
			ThreatRegistryEvent::RecordPublished {
				record: id,
				id: record.id,
				tlp: Tlp::Green,
				audience: header.audience,
				direct: 1,
				techniques: draft.techniques,
				at: (7, 2),
				bytes: payload.len() as u32,
				leaves: 4,
				published: NOON,
				valid_until: Some(NOON + 3 * DAY / 2),
				revises: None,
			}
			.into(),
		);
		let indexed: Vec<_> = ByTechnique::<Test>::iter().map(|(technique, _, id)| (technique.into(), id)).collect();
		assert_eq!(indexed.len(), techniques.len());
		assert!(techniques.iter().all(|technique| indexed.contains(&(*technique, id))));
	});
}

#[test]
fn publish_should_register_the_id_that_the_envelope_crate_computes() {
	build_and_execute(|| {
		let envelope = Envelope { objects: vec![vec![b'x'; 200_000]], ..Default::default() };
		let id = published(&envelope, draft(&[], None));
		let payload = envelope.seal();
		assert_eq!(registered(id).id, cti_envelope::parse(&payload).unwrap().id());
	});
}

#[test]
fn publish_should_number_the_records_of_each_author() {
	build_and_execute(|| {
		let bobs = Envelope { author: BOB, ..Default::default() };
		for n in 0..3 {
			assert_eq!(published(&Envelope::default(), draft(&[], None)), record_id(ALICE, n));
			assert_eq!(published(&bobs, draft(&[], None)), record_id(BOB, n));
		}
		assert_eq!(Records::<Test>::iter().count(), 6);
	});
}

#[test]
fn publish_should_be_accepted_from_controllers_and_analysts_alone() {
	build_and_execute(|| {
		let payload = Envelope::default().seal();
		let publish = |role| {
			ThreatRegistry::publish(RuntimeOrigin::signed(account(ALICE, role)), draft(&[], None), payload.clone())
		};
		assert_ok!(publish(Role::Controller));
		assert_ok!(publish(Role::Analyst));
		assert_noop!(publish(Role::Feed), Error::<Test>::RoleMayNotPublish);
		assert_noop!(publish(Role::Auditor), Error::<Test>::RoleMayNotPublish);
	});
}

#[test]
fn publish_should_be_refused_without_a_signature() {
	build_and_execute(|| {
		let payload = Envelope::default().seal();
		for origin in [RuntimeOrigin::none(), RuntimeOrigin::root()] {
			assert_noop!(ThreatRegistry::publish(origin, draft(&[], None), payload.clone()), DispatchError::BadOrigin);
		}
	});
}

#[test]
fn publish_should_round_the_end_up_to_a_day() {
	build_and_execute(|| {
		let midnight = NOON + DAY / 2;
		for (valid_until, end) in
			[(NOON + 1, midnight), (midnight - 1, midnight), (midnight, midnight), (midnight + 1, midnight + DAY)]
		{
			let id = published(&Envelope::default(), draft(&[], Some(valid_until)));
			let day = registered(id).end.unwrap();
			assert_eq!(day.begins(), end, "{valid_until}");
			assert!(ExpiryQueue::<Test>::contains_key(day, id));
		}
	});
}

#[test]
fn publish_should_not_queue_a_record_without_end() {
	build_and_execute(|| {
		published(&Envelope::default(), draft(&[], None));
		assert_eq!(ExpiryQueue::<Test>::iter().count(), 0);
	});
}

#[test]
fn publish_should_index_every_record_of_one_extrinsic_in_order() {
	build_and_execute(|| {
		let bobs = Envelope { author: BOB, ..Default::default() };
		let ids = [
			published(&bobs, draft(&[TECHNIQUE], None)),
			published(&Envelope::default(), draft(&[TECHNIQUE], None)),
			published(&bobs, draft(&[TECHNIQUE], None)),
		];
		assert_eq!(ByTechnique::<Test>::iter_prefix_values(TechniqueKey::from(TECHNIQUE)).collect::<Vec<_>>(), ids);
	});
}

#[test]
fn publish_should_give_back_the_weight_of_groups_that_are_not_named() {
	build_and_execute(|| {
		let payload = Envelope::default().seal();
		let drafted = draft(&[TECHNIQUE], Some(NOON + DAY));
		let call =
			crate::Call::<Test>::publish { draft: drafted.clone(), payload: payload.clone() }.get_dispatch_info();
		let bytes = payload.len() as u32;
		assert_eq!(call.call_weight, Weights::publish(bytes, 1, 4, 1));

		let post = ThreatRegistry::publish(controller(ALICE), drafted, payload).unwrap();
		assert_eq!(post.actual_weight, Some(Weights::publish(bytes, 1, 1, 1)));
	});
}
