use super::*;

fn decline(by: RuntimeOrigin, member: MemberId) -> DispatchResult {
	ThreatRegistry::decline(by, 0, member)
}

#[test]
fn decline_should_end_a_request_which_may_be_made_again() {
	build_and_execute(|| {
		let record = published(&Envelope::default(), draft(&[], None));
		assert_ok!(ThreatRegistry::request_access(controller(BOB), record));
		assert_ok!(decline(controller(ALICE), BOB));
		System::assert_last_event(ThreatRegistryEvent::AccessDeclined { record, member: BOB }.into());
		assert_noop!(decline(controller(ALICE), BOB), Error::<Test>::NotRequested);
		assert_ok!(ThreatRegistry::request_access(controller(BOB), record));
	});
}

#[test]
fn decline_should_be_the_authors() {
	build_and_execute(|| {
		let record = published(&Envelope::default(), draft(&[], None));
		assert_ok!(ThreatRegistry::request_access(controller(BOB), record));
		assert_noop!(decline(controller(BOB), BOB), Error::<Test>::NotRequested);
		let auditor = RuntimeOrigin::signed(account(ALICE, Role::Auditor));
		assert_noop!(decline(auditor, BOB), Error::<Test>::RoleMayNotPublish);
	});
}
