use super::*;
use cti_primitives::{RecordStatus, Tlp};

fn info(direct: u8) -> RecordInfo {
	RecordInfo {
		record: Static(RecordId { author: AuthorId(0), n: 7 }),
		id: [0; 32],
		objects_root: [0; 32],
		leaves: 1,
		bytes: 1,
		tlp: Static(Tlp::Amber),
		audience: Static(vec![(GroupId(1), Epoch(2))]),
		direct,
		at: (100, 1),
		published: 0,
		valid_until: None,
		revises: None,
		status: Static(RecordStatus::Open),
		sightings: 0,
		false_positives: 0,
	}
}

fn keyed(members: Option<Vec<MemberId>>) -> What {
	What::Keyed { group: GroupId(1), epoch: Epoch(2), members, by: Some(MemberId(0)) }
}

fn concluded(direct: u8, trail: Vec<(u32, What)>, whose: &[(KeyOwnerId, MemberId)]) -> Audit {
	let trail =
		trail.into_iter().map(|(block, what)| Entry { block, time: Some(6 * u64::from(block)), what }).collect();
	conclude(&info(direct), trail, &whose.iter().copied().collect())
}

#[test]
fn everybody_who_was_given_a_record_should_be_named_with_the_first_time() {
	let welcomed = |member| What::Welcomed { group: GroupId(1), epoch: Epoch(2), member, by: MemberId(0) };
	let granted = What::Granted { to: vec![KeyOwnerId(3)], hidden: 2 };
	let audit = concluded(
		4,
		vec![
			(40, keyed(Some(vec![MemberId(0), MemberId(1)]))),
			(110, welcomed(MemberId(2))),
			(120, granted),
			(130, welcomed(MemberId(1))),
		],
		&[],
	);
	let readers = [(MemberId(0), 100), (MemberId(1), 100), (MemberId(2), 110), (MemberId(3), 120)];
	assert_eq!(audit.readers, readers.into());
	assert_eq!((audit.analysts, audit.unnamed), (vec![], 6));
}

#[test]
fn analysts_keys_should_be_named_once_with_the_member_they_work_for() {
	let [known, gone] = [KeyOwnerId::FIRST_ANALYST, KeyOwnerId(KeyOwnerId::FIRST_ANALYST.0 + 1)];
	let granted = |to: &[KeyOwnerId]| What::Granted { to: to.to_vec(), hidden: 0 };
	let audit = concluded(0, vec![(120, granted(&[gone, known])), (121, granted(&[known]))], &[(known, MemberId(2))]);
	let expected = [(known, Some(MemberId(2))), (gone, None)].map(|(key, member)| Analyst { key, member });
	assert_eq!(audit.analysts, expected);
	assert_eq!(audit.readers.len(), 1, "a person is no member");
}

#[test]
fn members_of_hidden_groups_should_not_be_guessed() {
	let audit = concluded(0, vec![(40, keyed(None))], &[]);
	assert_eq!((audit.readers.len(), audit.hidden_groups), (1, vec![GroupId(1)]));
}

#[test]
fn readers_that_did_not_acknowledge_should_be_pending_and_nobody_else() {
	let withdrawn = RecordInfo { status: Static(RecordStatus::Withdrawn), ..info(0) };
	let entry = |block, what| Entry { block, time: None, what };
	let trail = vec![
		entry(40, keyed(Some([0, 1, 2, 3].map(MemberId).into()))),
		entry(120, What::Granted { to: vec![KeyOwnerId(5)], hidden: 0 }),
		entry(125, What::Requested { by: MemberId(6) }),
		entry(130, What::Withdrawn { reason: WithdrawalReason::Duplicate }),
		entry(131, What::Acknowledged { by: MemberId(2) }),
	];
	let pending = |info: &RecordInfo| conclude(info, trail.clone(), &BTreeMap::new()).pending;
	assert_eq!(pending(&withdrawn), [1, 3, 5].map(MemberId), "neither the author nor who only asked");
	assert_eq!(pending(&info(0)), [], "nobody is asked to delete what stands");
}
