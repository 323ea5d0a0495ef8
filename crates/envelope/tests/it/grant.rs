//! A content key given to one more reader opens its own envelope for this reader, and nothing else.

use crate::fixtures::{object, request, Group, Member, ENTROPY};
use cti_envelope::{grant::open_granted, open, seal, OpenError};

#[test]
fn grant_should_open_its_record_for_its_reader_only() {
	let (group, reader, other) = (Group::new(1, 4), Member::new(5, 3), Member::new(6, 3));
	let content = object(3, 700);
	let payload = seal(&request(&[group.recipient()], &[], &[&content]), &ENTROPY).unwrap();
	let opened = open(&payload, &group.opener()).unwrap();
	let wrap = opened.grant(&reader.recipient(), &[9; 64]).unwrap();
	let open = |payload: &[u8], by: &Member, version| open_granted(payload, by.owner.into(), version, &by.seed, &wrap);
	assert_eq!(open(&payload, &reader, 3).unwrap(), opened);
	assert_eq!(open(&payload, &reader, 4), Err(OpenError::WrapRefused));
	assert_eq!(open(&payload, &other, 3), Err(OpenError::WrapRefused));
	let again = seal(&request(&[group.recipient()], &[], &[b"other"]), &[1; 32]).unwrap();
	assert_eq!(open(&again, &reader, 3), Err(OpenError::WrapRefused));
}
