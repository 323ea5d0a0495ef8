use super::*;
use crate::MAX_PAGE;
use cti_primitives::{AuthorId, TechniqueId};

/// Publishes as often as that, each in a block of its own, from `first_block` on.
fn publish_in_blocks(count: u32, first_block: u64, technique: TechniqueId) {
	let payload = Envelope::default().seal();
	for block in first_block..first_block + u64::from(count) {
		enter(block, 0);
		assert_ok!(ThreatRegistry::publish(controller(ALICE), draft(&[technique], None), payload.clone()));
	}
}

fn numbers(page: &[RecordInfo]) -> Vec<u32> {
	page.iter().map(|info| info.record.n).collect()
}

#[test]
fn record_should_be_shown_as_registered() {
	build_and_execute(|| {
		enter(3, 1);
		let envelope = Envelope { objects: vec![vec![]; 3], direct: vec![BOB], ..Default::default() };
		let id = published(&envelope, draft(&[], Some(NOON + 1)));
		let record = registered(id);
		assert_eq!(
			ThreatRegistry::record(id),
			Some(RecordInfo {
				record: id,
				id: record.id,
				reader_key: record.reader_key,
				objects_root: record.objects_root,
				leaves: 4,
				bytes: envelope.seal().len() as u32,
				tlp: Tlp::Green,
				audience: vec![(CONSORTIUM, Epoch(0))],
				direct: 1,
				at: (3, 1),
				published: NOON,
				valid_until: Some(NOON + DAY / 2),
				revises: None,
				status: RecordStatus::Open,
				sightings: 0,
				false_positives: 0,
			})
		);
		assert_eq!(ThreatRegistry::record(record_id(ALICE, 1)), None);
		assert_eq!(ThreatRegistry::record(record_id(BOB, 0)), None);
	});
}

#[test]
fn record_should_be_shown_as_expired_as_soon_as_it_ended() {
	build_and_execute(|| {
		let id = published(&Envelope::default(), draft(&[], Some(NOON + 1)));
		let status = || ThreatRegistry::record(id).unwrap().status;
		set_time(NOON + DAY / 2 - 1);
		assert_eq!(status(), RecordStatus::Open);
		set_time(NOON + DAY / 2);
		assert_eq!(status(), RecordStatus::Expired);
		assert_ok!(ThreatRegistry::withdraw(controller(ALICE), 0, WithdrawalReason::Other));
		assert_eq!(status(), RecordStatus::Withdrawn);
	});
}

#[test]
fn records_by_technique_should_come_in_pages_oldest_first() {
	build_and_execute(|| {
		// Across a byte's end: the order must be that of numbers.
		publish_in_blocks(5, 254, TECHNIQUE);
		enter(300, 0);
		published(&Envelope::default(), draft(&[SUB_TECHNIQUE], None));

		let (page, next) = ThreatRegistry::records_by_technique(TECHNIQUE, None, 2);
		assert_eq!(numbers(&page), [0, 1]);
		let (page, next) = ThreatRegistry::records_by_technique(TECHNIQUE, next, 2);
		assert_eq!(numbers(&page), [2, 3]);
		assert!(next.is_some());
		let (page, next) = ThreatRegistry::records_by_technique(TECHNIQUE, next, 2);
		assert_eq!(numbers(&page), [4]);
		assert_eq!(next, None);

		let (page, next) = ThreatRegistry::records_by_technique(TECHNIQUE, None, 5);
		assert_eq!((page.len(), next), (5, None));
		let (page, _) = ThreatRegistry::records_by_technique(SUB_TECHNIQUE, None, 9);
		assert_eq!(numbers(&page), [5]);
		assert_eq!(ThreatRegistry::records_by_technique(OTHER_TECHNIQUE, None, 9), (vec![], None));
	});
}

#[test]
fn records_by_technique_should_go_on_from_a_place_that_holds_nothing() {
	build_and_execute(|| {
		publish_in_blocks(3, 10, TECHNIQUE);
		let (page, next) = ThreatRegistry::records_by_technique(TECHNIQUE, Some(Place::new((10, 1), 0)), 9);
		assert_eq!((numbers(&page), next), (vec![1, 2], None));
		let (page, _) = ThreatRegistry::records_by_technique(TECHNIQUE, Some(Place::new((99, 0), 0)), 9);
		assert!(page.is_empty());
	});
}

#[test]
fn records_by_author_should_come_from_a_number_on() {
	build_and_execute(|| {
		publish_in_blocks(4, 1, TECHNIQUE);
		published(&Envelope { author: BOB, ..Default::default() }, draft(&[], None));
		let by =
			|author: MemberId, from, limit| numbers(&ThreatRegistry::records_by_author(author.into(), from, limit));
		assert_eq!(by(ALICE, 0, 9), [0, 1, 2, 3]);
		assert_eq!(by(ALICE, 1, 2), [1, 2]);
		assert_eq!(by(BOB, 0, 9), [0]);
		assert!(by(ALICE, 4, 9).is_empty() && by(ALICE, u32::MAX, 9).is_empty() && by(CHARLIE, 0, 9).is_empty());
		assert!(ThreatRegistry::records_by_author(AuthorId(u32::MAX), 0, 9).is_empty());
	});
}

#[test]
fn pages_should_be_bounded() {
	build_and_execute(|| {
		publish_in_blocks(MAX_PAGE + 1, 1, TECHNIQUE);
		for (limit, size) in [(0, 1), (1, 1), (MAX_PAGE, 256), (MAX_PAGE + 1, 256), (u32::MAX, 256)] {
			let (page, next) = ThreatRegistry::records_by_technique(TECHNIQUE, None, limit);
			assert_eq!((page.len(), next.is_some()), (size, true), "{limit}");
			assert_eq!(ThreatRegistry::records_by_author(ALICE.into(), 0, limit).len(), size, "{limit}");
		}
	});
}
