//! `parse` accepts what `seal` makes and names what is wrong with everything else.

use crate::{
	fixtures::{object, request, Group, Member, ENTROPY},
	forge::Forge,
};
use codec::Encode;
use cti_envelope::{parse, seal, Header, HeaderError};
use cti_primitives::{Epoch, GroupId};
use proptest::prelude::*;

fn refused(change: impl FnOnce(&mut Header)) -> HeaderError {
	let mut forged = Forge::new(&Group::new(1, 1), &[object(1, 50)]);
	let (_, _, wraps, body) = forged.parts();
	change(&mut forged.header);
	parse(&[forged.header.encode(), wraps, body].concat()).unwrap_err()
}

#[test]
fn unknown_version_should_be_refused() {
	assert_eq!(refused(|header| header.version = 0), HeaderError::UnknownVersion(0));
	assert_eq!(refused(|header| header.version = 2), HeaderError::UnknownVersion(2));
	// Whatever follows.
	assert_eq!(parse(&[2]), Err(HeaderError::UnknownVersion(2)));
}

#[test]
fn unknown_suite_should_be_refused() {
	assert_eq!(refused(|header| header.suite = 2), HeaderError::UnknownSuite(2));
	assert_eq!(parse(&[1, 0]), Err(HeaderError::UnknownSuite(0)));
}

#[test]
fn audience_should_be_refused_when_not_strictly_ascending() {
	let audience = |groups: &[(u32, u32)]| {
		let groups: Vec<_> = groups.iter().map(|(group, epoch)| (GroupId(*group), Epoch(*epoch))).collect();
		refused(|header| header.audience = groups.try_into().unwrap())
	};
	assert_eq!(audience(&[(2, 1), (1, 1)]), HeaderError::AudienceNotAscending);
	assert_eq!(audience(&[(1, 1), (1, 1)]), HeaderError::AudienceNotAscending);
	assert_eq!(audience(&[(1, 1), (1, 2)]), HeaderError::AudienceNotAscending);
	assert!(matches!(audience(&[(1, 1), (2, 0)]), HeaderError::WrongLength { .. }));
}

#[test]
fn audience_should_be_refused_when_too_large() {
	let forged = Forge::new(&Group::new(1, 1), &[object(1, 50)]);
	let payload = forged.finish();
	// version, suite, genesis, author, tlp, then the audience's count in compact form.
	let at = 2 + 32 + 5 + 1;
	assert_eq!(payload[at], 1 << 2);
	let mut payload = payload;
	payload[at] = 5 << 2;
	assert_eq!(parse(&payload), Err(HeaderError::TooManyGroups(5)));
	// The same count in a longer form is not the one encoding there is.
	payload[at] = 1 << 2 | 1;
	payload.insert(at + 1, 0);
	assert_eq!(parse(&payload), Err(HeaderError::Unreadable));
}

#[test]
fn envelope_for_nobody_should_be_refused() {
	assert_eq!(refused(|header| header.audience = Default::default()), HeaderError::NoRecipient);
}

#[test]
fn too_many_direct_wraps_should_be_refused() {
	assert_eq!(refused(|header| header.direct = 17), HeaderError::TooManyDirect(17));
	assert!(matches!(refused(|header| header.direct = 16), HeaderError::WrongLength { .. }));
}

#[test]
fn leaves_should_be_refused_when_no_power_of_two_in_range() {
	for leaves in [0, 3, 65_535, 131_072, u32::MAX] {
		assert_eq!(refused(|header| header.leaves = leaves), HeaderError::InvalidLeaves(leaves));
	}
}

#[test]
fn padded_len_should_be_refused_when_padding_does_not_make_it() {
	for len in [0, 1, 2048, 4095, 4097, 65_537, u32::MAX] {
		assert_eq!(refused(|header| header.padded_len = len), HeaderError::InvalidPaddedLen(len));
	}
	assert!(matches!(refused(|header| header.padded_len = 4352), HeaderError::WrongLength { .. }));
}

#[test]
fn every_other_length_should_be_refused() {
	let payload = Forge::new(&Group::new(1, 1), &[object(1, 50)]).finish();
	let header_len = parse(&payload).unwrap().header_bytes.len();
	for len in 0..payload.len() {
		let error = parse(&payload[..len]).unwrap_err();
		match len < header_len {
			true => assert_eq!(error, HeaderError::Unreadable, "{len} bytes"),
			false => {
				let (expected, actual) = (payload.len() as u64, len as u64);
				assert_eq!(error, HeaderError::WrongLength { expected, actual });
			}
		}
	}
	let longer = [&payload[..], &[0]].concat();
	let (expected, actual) = (payload.len() as u64, longer.len() as u64);
	assert_eq!(parse(&longer), Err(HeaderError::WrongLength { expected, actual }));
}

#[test]
fn unknown_author_kind_and_marking_should_be_refused() {
	let payload = Forge::new(&Group::new(1, 1), &[object(1, 50)]).finish();
	for (at, first_unknown) in [(2 + 32, 2), (2 + 32 + 5, 5)] {
		let mut changed = payload.clone();
		changed[at] = first_unknown;
		assert_eq!(parse(&changed), Err(HeaderError::Unreadable));
	}
}

#[test]
fn errors_should_read_like_sentences() {
	for (error, message) in [
		(HeaderError::UnknownVersion(9), "the envelope has version 9; this software knows version 1"),
		(HeaderError::TooManyGroups(5), "the envelope is sealed to 5 groups; at most 4 are allowed"),
		(
			HeaderError::WrongLength { expected: 10, actual: 9 },
			"the envelope has 9 bytes where its header announces 10",
		),
	] {
		assert_eq!(error.to_string(), message);
	}
}

proptest! {
	#[test]
	fn no_bytes_should_make_parse_panic(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
		let _ = parse(&bytes);
		let _ = parse(&[&[1, 1][..], &bytes].concat());
	}

	#[test]
	fn parse_should_accept_only_the_encoding_there_is(
		at in any::<prop::sample::Index>(), bit in 0u8..8, direct in 0usize..3,
	) {
		let (group, members) = (Group::new(1, 1), [Member::new(2, 0), Member::new(3, 0)]);
		let direct: Vec<_> = members.iter().take(direct).map(Member::recipient).collect();
		let mut payload = seal(&request(&[group.recipient()], &direct, &[b"x"]), &ENTROPY).unwrap();
		let at = at.index(payload.len());
		payload[at] ^= 1 << bit;
		if let Ok(parsed) = parse(&payload) {
			prop_assert_eq!(&parsed.header.encode()[..], parsed.header_bytes);
			let joined = [parsed.header_bytes, parsed.wraps, parsed.body].concat();
			prop_assert_eq!(joined, payload);
		}
	}
}
