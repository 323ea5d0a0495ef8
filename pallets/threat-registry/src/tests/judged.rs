use super::*;
use cti_primitives::{GroupId, Records as Judged, WRAP_LEN};

fn alices(audience: &[(GroupId, Epoch)], end: Option<u64>) -> RecordId {
	let envelope = Envelope { groups: audience.to_vec(), ..Envelope::default() };
	published(&envelope, draft(&[], end))
}

#[test]
fn facts_should_be_those_of_the_record_as_it_stands() {
	build_and_execute(|| {
		let record = alices(&Envelope::default().groups, Some(NOON + 1));
		let stored = registered(record);
		let facts = <ThreatRegistry as Judged>::facts(record).unwrap();
		assert_eq!(
			(facts.envelope, facts.reader_key, facts.published),
			(stored.id, stored.reader_key, stored.published)
		);
		assert_eq!((facts.valid_until, facts.status), (stored.end.map(Day::begins), RecordStatus::Open));
		set_time(NOON + DAY);
		assert_eq!(<ThreatRegistry as Judged>::facts(record).unwrap().status, RecordStatus::Expired);
		assert_eq!(<ThreatRegistry as Judged>::facts(record_id(ALICE, 9)), None);
	});
}

#[test]
fn decide_should_confirm_or_refute_what_is_open_and_nothing_else() {
	build_and_execute(|| {
		for (n, confirmed, status) in [(0, true, RecordStatus::Confirmed), (1, false, RecordStatus::Refuted)] {
			let record = alices(&Envelope::default().groups, Some(NOON + 1));
			assert_eq!(record.n, n);
			ThreatRegistry::decide(record, confirmed);
			assert_eq!(registered(record).status, status);
			System::assert_last_event(ThreatRegistryEvent::RecordJudged { record, confirmed }.into());
			// Once.
			ThreatRegistry::decide(record, !confirmed);
			assert_eq!(registered(record).status, status);
		}
		let withdrawn = alices(&Envelope::default().groups, None);
		assert_ok!(ThreatRegistry::withdraw(controller(ALICE), withdrawn.n, WithdrawalReason::Other));
		let events = System::event_count();
		ThreatRegistry::decide(withdrawn, true);
		assert_eq!(System::event_count(), events);
		assert_eq!(registered(withdrawn).status, RecordStatus::Withdrawn);
		ThreatRegistry::decide(record_id(ALICE, 9), true);
	});
}

#[test]
fn readers_should_be_those_of_open_groups_and_grants_as_far_as_the_chain_can_tell() {
	build_and_execute(|| {
		let reader = <ThreatRegistry as Judged>::is_reader;
		let everybodys = alices(&Envelope::default().groups, None);
		assert_eq!([BOB, NOBODY].map(|member| reader(everybodys, member)), [Some(true), Some(false)]);
		let envelope = Envelope { groups: vec![], direct: vec![ALICE], ..Default::default() };
		let direct = published(&envelope, draft(&[], None));
		assert_eq!(reader(direct, BOB), None);
		let grant = Grant { recipient: Recipient::Open(BOB.into()), wrap: [7; WRAP_LEN] };
		assert_ok!(ThreatRegistry::grant(controller(ALICE), direct.n, vec![grant].try_into().unwrap()));
		assert_eq!([BOB, CHARLIE].map(|member| reader(direct, member)), [Some(true), None]);
		assert_eq!(reader(record_id(ALICE, 9), BOB), None);
	});
}

#[test]
fn after_a_rekey_only_who_is_in_should_be_known_as_a_reader() {
	build_and_execute(|| {
		let reader = <ThreatRegistry as Judged>::is_reader;
		let record = alices(&Envelope::default().groups, None);
		let (group, _) = Envelope::default().groups[0];
		Policies::mutate(group, |policy| policy.as_mut().unwrap().epoch.0 += 1);
		assert_eq!([BOB, NOBODY].map(|member| reader(record, member)), [Some(true), None]);
	});
}
