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
