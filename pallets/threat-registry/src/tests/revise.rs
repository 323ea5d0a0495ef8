use super::*;

fn revise(author: MemberId, n: u32, envelope: &Envelope, draft: Draft) -> DispatchResultWithPostInfo {
	ThreatRegistry::revise(controller(author), n, draft, envelope.seal())
}

#[test]
fn revise_should_replace_the_record() {
	build_and_execute(|| {
		let old = published(&Envelope::default(), draft(&[TECHNIQUE], Some(NOON + DAY)));
		assert_ok!(revise(ALICE, 0, &Envelope::default(), draft(&[OTHER_TECHNIQUE], Some(NOON + 9 * DAY))));

		let new = record_id(ALICE, 1);
		assert_eq!(registered(old).status, RecordStatus::Superseded);
		assert_eq!(registered(new).status, RecordStatus::Open);
		assert_eq!(registered(new).revises, Some(0));
		assert_eq!(ExpiryQueue::<Test>::iter_keys().map(|(_, id)| id).collect::<Vec<_>>(), [new]);
		assert_eq!(ByTechnique::<Test>::iter_prefix_values(TechniqueKey::from(TECHNIQUE)).collect::<Vec<_>>(), [old]);
		assert_eq!(
			ByTechnique::<Test>::iter_prefix_values(TechniqueKey::from(OTHER_TECHNIQUE)).collect::<Vec<_>>(),
			[new]
		);
		assert!(System::events().iter().any(|entry| matches!(
			entry.event,
			RuntimeEvent::ThreatRegistry(Event::RecordPublished { record, revises: Some(0), .. }) if record == new
		)));
	});
}

#[test]
fn revise_should_lower_and_raise_the_marking() {
	build_and_execute(|| {
		let marked = |tlp| Envelope { tlp, ..Default::default() };
		published(&marked(Tlp::Amber), draft(&[], None));
		assert_ok!(revise(ALICE, 0, &marked(Tlp::Clear), draft(&[], None)));
		assert_ok!(revise(ALICE, 1, &marked(Tlp::AmberStrict), draft(&[], None)));
		assert_eq!(registered(record_id(ALICE, 0)).tlp, Tlp::Amber);
		assert_eq!(registered(record_id(ALICE, 1)).tlp, Tlp::Clear);
		assert_eq!(registered(record_id(ALICE, 2)).tlp, Tlp::AmberStrict);
	});
}

#[test]
fn revise_should_not_reach_another_members_record() {
	build_and_execute(|| {
		let record = published(&Envelope { tlp: Tlp::Amber, ..Default::default() }, draft(&[], None));
		let lowered = Envelope { author: BOB, tlp: Tlp::Clear, ..Default::default() };
		// Bob has no record 0, and Alice's cannot be named.
		assert_noop!(revise(BOB, 0, &lowered, draft(&[], None)), Error::<Test>::RecordNotFound);
		published(&lowered, draft(&[], None));
		assert_ok!(revise(BOB, 0, &lowered, draft(&[], None)));
		assert_eq!(registered(record).status, RecordStatus::Open);
	});
}

#[test]
fn revise_should_be_refused_to_feeds() {
	build_and_execute(|| {
		published(&Envelope::default(), draft(&[], None));
		for role in [Role::Feed, Role::Auditor] {
			let origin = RuntimeOrigin::signed(account(ALICE, role));
			let call = ThreatRegistry::revise(origin, 0, draft(&[], None), Envelope::default().seal());
			assert_noop!(call, Error::<Test>::RoleMayNotPublish);
		}
	});
}

#[test]
fn revise_should_be_refused_when_record_is_not_live() {
	build_and_execute(|| {
		let envelope = Envelope::default();
		for n in 0..3 {
			assert_eq!(published(&envelope, draft(&[], Some(NOON + DAY))).n, n);
		}
		assert_ok!(revise(ALICE, 0, &envelope, draft(&[], None)));
		assert_ok!(ThreatRegistry::withdraw(controller(ALICE), 1, WithdrawalReason::Other));
		set_time(NOON + 2 * DAY);
		// 0 is superseded, 1 withdrawn, 2 has ended though the chain has not noted it yet.
		for n in 0..3 {
			assert_noop!(revise(ALICE, n, &envelope, draft(&[], None)), Error::<Test>::RecordNotLive);
		}
		assert_noop!(revise(ALICE, 9, &envelope, draft(&[], None)), Error::<Test>::RecordNotFound);
	});
}

#[test]
fn revise_should_be_refused_when_record_was_refuted() {
	build_and_execute(|| {
		let id = published(&Envelope::default(), draft(&[], None));
		Records::<Test>::mutate_extant(id, |record| record.status = RecordStatus::Refuted);
		let call = revise(ALICE, 0, &Envelope::default(), draft(&[], None));
		assert_eq!(call.unwrap_err().error, Error::<Test>::RecordNotLive.into());
	});
}

#[test]
fn revise_should_replace_a_confirmed_record() {
	build_and_execute(|| {
		let id = published(&Envelope::default(), draft(&[], None));
		Records::<Test>::mutate_extant(id, |record| record.status = RecordStatus::Confirmed);
		assert_ok!(revise(ALICE, 0, &Envelope::default(), draft(&[], None)));
		assert_eq!(registered(id).status, RecordStatus::Superseded);
	});
}

#[test]
fn revise_should_never_name_itself_or_a_later_record() {
	build_and_execute(|| {
		published(&Envelope::default(), draft(&[], None));
		for n in [1, 2, u32::MAX] {
			let call = revise(ALICE, n, &Envelope::default(), draft(&[], None));
			assert_noop!(call, Error::<Test>::RecordNotFound);
		}
	});
}

#[test]
fn revise_should_leave_the_old_record_alone_when_the_new_one_is_refused() {
	build_and_execute(|| {
		let old = published(&Envelope::default(), draft(&[], Some(NOON + DAY)));
		let stale = Envelope { groups: vec![(STALE_GROUP, Epoch(0))], ..Default::default() };
		assert_noop!(revise(ALICE, 0, &stale, draft(&[], None)), Error::<Test>::StaleGroup);
		assert_noop!(
			revise(ALICE, 0, &Envelope::default(), draft(&[NO_TECHNIQUE], None)),
			Error::<Test>::UnknownTechnique
		);
		set_standing(ALICE, Standing::Suspended);
		assert_noop!(revise(ALICE, 0, &Envelope::default(), draft(&[], None)), Error::<Test>::NotActive);
		assert_eq!(registered(old).status, RecordStatus::Open);
	});
}

#[test]
fn revise_should_give_back_the_weight_of_groups_that_are_not_named() {
	build_and_execute(|| {
		published(&Envelope::default(), draft(&[], None));
		let payload = Envelope::default().seal();
		let bytes = payload.len() as u32;
		let drafted = draft(&[], None);
		let call =
			crate::Call::<Test>::revise { n: 0, draft: drafted.clone(), payload: payload.clone() }.get_dispatch_info();
		assert_eq!(call.call_weight, Weights::revise(bytes, 0, 4, 0));
		let post = ThreatRegistry::revise(controller(ALICE), 0, drafted, payload).unwrap();
		assert_eq!(post.actual_weight, Some(Weights::revise(bytes, 0, 1, 0)));
	});
}
