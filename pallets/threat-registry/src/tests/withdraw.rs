use super::*;

fn withdraw(author: MemberId, n: u32) -> DispatchResult {
	ThreatRegistry::withdraw(controller(author), n, WithdrawalReason::PersonalData)
}

#[test]
fn withdraw_should_be_final_and_typed() {
	build_and_execute(|| {
		let id = published(&Envelope::default(), draft(&[TECHNIQUE], Some(NOON + DAY)));
		assert_ok!(withdraw(ALICE, 0));

		assert_eq!(registered(id).status, RecordStatus::Withdrawn);
		assert_eq!(ExpiryQueue::<Test>::iter().count(), 0);
		System::assert_last_event(
			ThreatRegistryEvent::RecordWithdrawn { record: id, reason: WithdrawalReason::PersonalData }.into(),
		);
		assert_noop!(withdraw(ALICE, 0), Error::<Test>::AlreadyWithdrawn);
	});
}

#[test]
fn withdraw_should_reach_records_that_are_no_longer_live() {
	build_and_execute(|| {
		let envelope = Envelope::default();
		for valid_until in [None, Some(NOON + DAY), Some(NOON + DAY), None] {
			published(&envelope, draft(&[], valid_until));
		}
		assert_ok!(ThreatRegistry::revise(controller(ALICE), 0, draft(&[], None), envelope.seal()));
		set_time(NOON + 2 * DAY);
		assert_eq!(ThreatRegistry::expire_ended(1), 1);
		Records::<Test>::mutate_extant(record_id(ALICE, 3), |record| record.status = RecordStatus::Refuted);

		// Superseded, expired, ended but not noted, refuted.
		for n in 0..4 {
			assert_ok!(withdraw(ALICE, n));
			assert_eq!(registered(record_id(ALICE, n)).status, RecordStatus::Withdrawn);
		}
		assert_eq!(ThreatRegistry::expire_ended(9), 0);
	});
}

#[test]
fn withdraw_should_be_open_to_a_suspended_member() {
	build_and_execute(|| {
		let id = published(&Envelope::default(), draft(&[], None));
		set_standing(ALICE, Standing::Suspended);
		assert_ok!(withdraw(ALICE, 0));
		assert_eq!(registered(id).status, RecordStatus::Withdrawn);
	});
}

#[test]
fn withdraw_should_not_reach_another_members_record() {
	build_and_execute(|| {
		published(&Envelope::default(), draft(&[], None));
		assert_noop!(withdraw(BOB, 0), Error::<Test>::RecordNotFound);
		assert_noop!(withdraw(ALICE, 1), Error::<Test>::RecordNotFound);
	});
}

#[test]
fn withdraw_should_be_refused_to_other_roles_and_strangers() {
	build_and_execute(|| {
		published(&Envelope::default(), draft(&[], None));
		let by = |origin| ThreatRegistry::withdraw(origin, 0, WithdrawalReason::Other);
		for role in [Role::Feed, Role::Auditor] {
			let origin = RuntimeOrigin::signed(account(ALICE, role));
			assert_noop!(by(origin), Error::<Test>::RoleMayNotPublish);
		}
		assert_noop!(by(RuntimeOrigin::signed(777)), Error::<Test>::NotAMember);
		assert_noop!(by(RuntimeOrigin::root()), DispatchError::BadOrigin);
		assert_ok!(by(RuntimeOrigin::signed(account(ALICE, Role::Analyst))));
	});
}
