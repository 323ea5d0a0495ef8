use super::*;
use cti_primitives::{KeyOwnerId, WRAP_LEN};

const ANALYST: KeyOwnerId = KeyOwnerId::FIRST_ANALYST;

fn to(owner: impl Into<KeyOwnerId>) -> Grant {
	Grant { recipient: Recipient::Open(owner.into()), wrap: [7; WRAP_LEN] }
}

fn hidden() -> Grant {
	Grant { recipient: Recipient::Hidden, wrap: [7; WRAP_LEN] }
}

fn grant(by: RuntimeOrigin, n: u32, grants: Vec<Grant>) -> DispatchResult {
	ThreatRegistry::grant(by, n, grants.try_into().unwrap())
}

/// A record for Alice alone.
fn direct(tlp: Tlp) -> RecordId {
	published(&Envelope { groups: vec![], direct: vec![ALICE], tlp, ..Default::default() }, draft(&[], None))
}

#[test]
fn grant_should_name_or_count_readers_and_answer_requests() {
	build_and_execute(|| {
		let record = direct(Tlp::Amber);
		assert_ok!(ThreatRegistry::request_access(controller(BOB), record));
		enter(7, 2);
		assert_ok!(grant(controller(ALICE), 0, vec![to(BOB), hidden(), to(ANALYST), hidden()]));
		System::assert_last_event(
			ThreatRegistryEvent::AccessGranted {
				record,
				recipients: vec![BOB.into(), ANALYST].try_into().unwrap(),
				hidden: 2,
				at: (7, 2),
			}
			.into(),
		);
		assert_eq!(ThreatRegistry::requests(record), vec![]);
	});
}

#[test]
fn red_should_be_granted_to_persons_only() {
	build_and_execute(|| {
		direct(Tlp::Red);
		assert_noop!(grant(controller(ALICE), 0, vec![to(BOB)]), Error::<Test>::RedToMember);
		assert_ok!(grant(controller(ALICE), 0, vec![to(ANALYST)]));
	});
}

#[test]
fn grant_should_be_refused_by_each_rule() {
	build_and_execute(|| {
		direct(Tlp::Amber);
		let by = |role| RuntimeOrigin::signed(account(ALICE, role));
		assert_noop!(grant(by(Role::Feed), 0, vec![to(BOB)]), Error::<Test>::RoleMayNotPublish);
		assert_noop!(grant(by(Role::Auditor), 0, vec![to(BOB)]), Error::<Test>::RoleMayNotPublish);
		assert_noop!(grant(RuntimeOrigin::signed(777), 0, vec![to(BOB)]), Error::<Test>::NotAMember);
		assert_noop!(grant(controller(BOB), 0, vec![to(CHARLIE)]), Error::<Test>::RecordNotFound);
		assert_noop!(grant(controller(ALICE), 0, vec![]), Error::<Test>::NobodyToGrant);
		assert_noop!(grant(controller(ALICE), 1, vec![to(BOB)]), Error::<Test>::RecordNotFound);
		assert_noop!(grant(controller(ALICE), 0, vec![to(NOBODY)]), Error::<Test>::UnknownMember);
		set_standing(BOB, Standing::Suspended);
		assert_noop!(grant(controller(ALICE), 0, vec![to(BOB)]), Error::<Test>::NotActive);
		set_standing(BOB, Standing::Active);
		set_standing(ALICE, Standing::Suspended);
		assert_noop!(grant(controller(ALICE), 0, vec![to(BOB)]), Error::<Test>::NotActive);
		set_standing(ALICE, Standing::Active);
		assert_ok!(ThreatRegistry::withdraw(controller(ALICE), 0, WithdrawalReason::Other));
		assert_noop!(grant(controller(ALICE), 0, vec![to(BOB)]), Error::<Test>::RecordNotLive);
	});
}
