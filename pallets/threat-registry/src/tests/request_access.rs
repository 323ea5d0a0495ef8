use super::*;

fn request(by: RuntimeOrigin, record: RecordId) -> DispatchResult {
	ThreatRegistry::request_access(by, record)
}

#[test]
fn request_should_be_kept_once() {
	build_and_execute(|| {
		let record = published(&Envelope::default(), draft(&[], None));
		assert_ok!(request(controller(BOB), record));
		System::assert_last_event(ThreatRegistryEvent::AccessRequested { record, by: BOB }.into());
		assert_eq!(ThreatRegistry::requests(record), vec![(BOB, NOON)]);
		assert_noop!(request(controller(BOB), record), Error::<Test>::AlreadyRequested);
		assert_ok!(request(RuntimeOrigin::signed(account(CHARLIE, Role::Analyst)), record));
	});
}

#[test]
fn requests_to_an_author_should_come_in_pages_that_miss_none() {
	build_and_execute(|| {
		let records = [0, 1, 2].map(|_| published(&Envelope::default(), draft(&[], None)));
		for record in records {
			assert_ok!(request(controller(BOB), record));
			assert_ok!(request(controller(CHARLIE), record));
		}
		let mut found = Vec::new();
		while let [one] = ThreatRegistry::requests_to(ALICE.into(), found.last().copied(), 1)[..] {
			found.push(one);
		}
		let expected = records.iter().flat_map(|record| [(record.n, BOB), (record.n, CHARLIE)]);
		assert_eq!(found, expected.collect::<Vec<_>>());
		assert_eq!(ThreatRegistry::requests_to(ALICE.into(), None, 9).len(), 6);
		assert_eq!(ThreatRegistry::requests_to(BOB.into(), None, 9), vec![]);
	});
}

#[test]
fn request_should_be_refused_by_each_rule() {
	build_and_execute(|| {
		let record = published(&Envelope::default(), draft(&[], None));
		let by = |role| RuntimeOrigin::signed(account(BOB, role));
		assert_noop!(request(by(Role::Feed), record), Error::<Test>::RoleMayNotSight);
		assert_noop!(request(by(Role::Auditor), record), Error::<Test>::RoleMayNotSight);
		assert_noop!(request(controller(ALICE), record), Error::<Test>::OwnRecord);
		assert_noop!(request(controller(NOBODY), record), Error::<Test>::UnknownMember);
		assert_noop!(request(controller(BOB), record_id(ALICE, 9)), Error::<Test>::RecordNotFound);
		set_standing(BOB, Standing::Suspended);
		assert_noop!(request(controller(BOB), record), Error::<Test>::NotActive);
		set_standing(BOB, Standing::Active);
		assert_ok!(ThreatRegistry::withdraw(controller(ALICE), 0, WithdrawalReason::Other));
		assert_noop!(request(controller(BOB), record), Error::<Test>::RecordNotLive);
	});
}
