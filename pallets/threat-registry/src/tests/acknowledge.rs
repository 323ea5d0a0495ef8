use super::*;

fn acknowledge(by: RuntimeOrigin, record: RecordId) -> DispatchResult {
	ThreatRegistry::acknowledge(by, record)
}

/// A withdrawn record for a group and the consortium.
fn withdrawn() -> RecordId {
	let record = published(&Envelope::default(), draft(&[], None));
	assert_ok!(ThreatRegistry::withdraw(controller(ALICE), 0, WithdrawalReason::Other));
	record
}

#[test]
fn those_who_have_not_acknowledged_should_be_told() {
	build_and_execute(|| {
		let live = published(&Envelope { objects: vec![b"{}".to_vec()], ..Default::default() }, draft(&[], None));
		assert_eq!(ThreatRegistry::pending_acknowledgements(live), None);
		assert_ok!(ThreatRegistry::withdraw(controller(ALICE), 0, WithdrawalReason::Other));
		assert_eq!(ThreatRegistry::pending_acknowledgements(live), Some(vec![BOB, CHARLIE]));
		assert_ok!(acknowledge(controller(BOB), live));
		System::assert_last_event(ThreatRegistryEvent::WithdrawalAcknowledged { record: live, by: BOB }.into());
		assert_eq!(ThreatRegistry::pending_acknowledgements(live), Some(vec![CHARLIE]));
		assert_noop!(acknowledge(controller(BOB), live), Error::<Test>::AlreadyAcknowledged);
	});
}

#[test]
fn those_named_in_grants_should_be_asked_to_delete_too() {
	build_and_execute(|| {
		let envelope = Envelope { groups: vec![], direct: vec![ALICE], tlp: Tlp::Amber, ..Default::default() };
		let record = published(&envelope, draft(&[], None));
		let grants = [Recipient::Open(BOB.into()), Recipient::Hidden];
		let grants = grants.map(|recipient| Grant { recipient, wrap: [7; cti_primitives::WRAP_LEN] });
		assert_ok!(ThreatRegistry::grant(controller(ALICE), 0, grants.to_vec().try_into().unwrap()));
		assert_ok!(ThreatRegistry::withdraw(controller(ALICE), 0, WithdrawalReason::Other));
		assert_eq!(ThreatRegistry::pending_acknowledgements(record), Some(vec![BOB]));
		assert_ok!(acknowledge(controller(BOB), record));
		assert_eq!(ThreatRegistry::pending_acknowledgements(record), Some(vec![]));
	});
}

#[test]
fn members_of_hidden_groups_should_not_be_told() {
	build_and_execute(|| {
		let envelope = Envelope { groups: vec![(HIDDEN_GROUP, Epoch(0))], ..Default::default() };
		let payload = envelope.seal();
		let proofs = vec![group_proof(&payload, ALICE)].try_into().unwrap();
		let draft = Draft { group_proofs: proofs, ..Default::default() };
		assert_ok!(ThreatRegistry::publish(controller(ALICE), draft, payload));
		assert_ok!(ThreatRegistry::withdraw(controller(ALICE), 0, WithdrawalReason::Other));
		assert_eq!(ThreatRegistry::pending_acknowledgements(record_id(ALICE, 0)), Some(vec![]));
	});
}

#[test]
fn suspended_member_should_acknowledge_too() {
	build_and_execute(|| {
		let record = withdrawn();
		set_standing(BOB, Standing::Suspended);
		assert_ok!(acknowledge(controller(BOB), record));
		set_standing(CHARLIE, Standing::Expelled);
		assert_noop!(acknowledge(controller(CHARLIE), record), Error::<Test>::NotActive);
	});
}

#[test]
fn acknowledgement_should_be_refused_by_each_rule() {
	build_and_execute(|| {
		let record = withdrawn();
		let feed = RuntimeOrigin::signed(account(BOB, Role::Feed));
		assert_noop!(acknowledge(feed, record), Error::<Test>::RoleMayNotSight);
		assert_noop!(acknowledge(RuntimeOrigin::signed(777), record), Error::<Test>::NotAMember);
		assert_noop!(acknowledge(controller(BOB), record_id(ALICE, 9)), Error::<Test>::RecordNotFound);
		let live = published(&Envelope { objects: vec![b"{}".to_vec()], ..Default::default() }, draft(&[], None));
		assert_noop!(acknowledge(controller(BOB), live), Error::<Test>::NotWithdrawn);
	});
}
