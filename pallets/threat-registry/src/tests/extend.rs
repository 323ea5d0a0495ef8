use super::*;

fn extend(author: MemberId, n: u32, valid_until: u64) -> DispatchResult {
	ThreatRegistry::extend(controller(author), n, valid_until)
}

const MIDNIGHT: u64 = NOON + DAY / 2;

#[test]
fn extend_should_move_the_end() {
	build_and_execute(|| {
		let id = published(&Envelope::default(), draft(&[], Some(MIDNIGHT)));
		assert_ok!(extend(ALICE, 0, MIDNIGHT + DAY + 1));

		let end = MIDNIGHT + 2 * DAY;
		assert_eq!(ThreatRegistry::record(id).unwrap().valid_until, Some(end));
		assert_eq!(ExpiryQueue::<Test>::iter_keys().collect::<Vec<_>>(), [(Day::not_before(end).unwrap(), id)]);
		System::assert_last_event(
			ThreatRegistryEvent::RecordExtended { record: id, previous: MIDNIGHT, valid_until: end }.into(),
		);
	});
}

#[test]
fn extend_should_be_refused_when_the_end_is_not_later() {
	build_and_execute(|| {
		published(&Envelope::default(), draft(&[], Some(MIDNIGHT + DAY)));
		for valid_until in [0, NOON + 1, MIDNIGHT, MIDNIGHT + DAY - 1, MIDNIGHT + DAY] {
			assert_noop!(extend(ALICE, 0, valid_until), Error::<Test>::EndNotLater);
		}
		assert_ok!(extend(ALICE, 0, MIDNIGHT + DAY + 1));
	});
}

#[test]
fn extend_should_be_refused_beyond_the_calendar() {
	build_and_execute(|| {
		published(&Envelope::default(), draft(&[], Some(MIDNIGHT)));
		assert_noop!(extend(ALICE, 0, u64::MAX), Error::<Test>::EndTooFar);
	});
}

#[test]
fn extend_should_be_refused_when_there_is_no_end() {
	build_and_execute(|| {
		published(&Envelope::default(), draft(&[], None));
		assert_noop!(extend(ALICE, 0, MIDNIGHT), Error::<Test>::NoEnd);
	});
}

#[test]
fn extend_should_not_bring_back_what_ended() {
	build_and_execute(|| {
		for _ in 0..2 {
			published(&Envelope::default(), draft(&[], Some(MIDNIGHT)));
		}
		assert_ok!(ThreatRegistry::withdraw(controller(ALICE), 0, WithdrawalReason::Other));
		assert_noop!(extend(ALICE, 0, MIDNIGHT + DAY), Error::<Test>::RecordNotLive);

		set_time(MIDNIGHT);
		assert_noop!(extend(ALICE, 1, MIDNIGHT + DAY), Error::<Test>::RecordNotLive);
		assert_eq!(ThreatRegistry::expire_ended(1), 1);
		assert_noop!(extend(ALICE, 1, MIDNIGHT + DAY), Error::<Test>::RecordNotLive);
	});
}

#[test]
fn extend_should_be_refused_when_member_is_not_active() {
	build_and_execute(|| {
		published(&Envelope::default(), draft(&[], Some(MIDNIGHT)));
		set_standing(ALICE, Standing::Suspended);
		assert_noop!(extend(ALICE, 0, MIDNIGHT + DAY), Error::<Test>::NotActive);
		assert_noop!(extend(NOBODY, 0, MIDNIGHT + DAY), Error::<Test>::UnknownMember);
	});
}

#[test]
fn extend_should_not_reach_another_members_record() {
	build_and_execute(|| {
		published(&Envelope::default(), draft(&[], Some(MIDNIGHT)));
		assert_noop!(extend(BOB, 0, MIDNIGHT + DAY), Error::<Test>::RecordNotFound);
	});
}

#[test]
fn extend_should_be_refused_to_other_roles_and_strangers() {
	build_and_execute(|| {
		published(&Envelope::default(), draft(&[], Some(MIDNIGHT)));
		let by = |origin| ThreatRegistry::extend(origin, 0, MIDNIGHT + DAY);
		for role in [Role::Feed, Role::Auditor] {
			let origin = RuntimeOrigin::signed(account(ALICE, role));
			assert_noop!(by(origin), Error::<Test>::RoleMayNotPublish);
		}
		assert_noop!(by(RuntimeOrigin::signed(777)), Error::<Test>::NotAMember);
		assert_noop!(by(RuntimeOrigin::none()), DispatchError::BadOrigin);
	});
}
