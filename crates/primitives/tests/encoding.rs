//! The SCALE form of every shared type, pinned: a change here is a change of the chain's storage and interface.

use codec::{Decode, DecodeAll, Encode, MaxEncodedLen};
use core::fmt::Debug;
use cti_primitives::{
	catalogue::IndexEntry, record::MAX_TECHNIQUES, AuthorId, Credibility, Domain, Draft, Epoch, FeedId, GroupId,
	MemberId, RecordId, RecordStatus, Reliability, Rhythm, Role, Sighting, SightingKind, Standing, TechniqueId,
	TechniqueKey, TechniqueStatus, Tlp, ENCRYPTION_KEY_LEN, WRAP_LEN,
};
use scale_info::TypeInfo;

#[track_caller]
fn pinned<T: Encode + DecodeAll + PartialEq + Debug>(value: T, bytes: &[u8]) {
	assert_eq!(value.encode(), bytes, "{value:?}");
	assert_eq!(T::decode_all(&mut &bytes[..]), Ok(value));
}

/// Each value is one byte, in this order from 0, and the byte after the last is none.
#[track_caller]
fn pinned_enum<T: Encode + DecodeAll + PartialEq + Debug + Copy>(values: &[T]) {
	for (index, value) in values.iter().enumerate() {
		pinned(*value, &[index as u8]);
	}
	assert!(T::decode_all(&mut &[values.len() as u8][..]).is_err());
}

const POWERSHELL: TechniqueId = TechniqueId { technique: 1059, sub_technique: 1 };

#[test]
fn ids_should_be_four_bytes_little_endian() {
	let bytes = [4, 3, 2, 1];
	pinned(MemberId(0x0102_0304), &bytes);
	pinned(GroupId(0x0102_0304), &bytes);
	pinned(Epoch(0x0102_0304), &bytes);
	pinned(FeedId(0x0102_0304), &bytes);
	pinned(AuthorId(0x0102_0304), &bytes);
}

#[test]
fn record_id_should_be_eight_bytes() {
	pinned(RecordId { author: AuthorId(1), n: 0x0203 }, &[1, 0, 0, 0, 3, 2, 0, 0]);
	assert_eq!(RecordId::max_encoded_len(), 8);
}

#[test]
fn rhythm_should_be_three_bytes() {
	pinned(Rhythm { blocks_per_slot: 12, session_slots: 3_600 }, &[12, 0x10, 0x0e]);
	assert_eq!(Rhythm::max_encoded_len(), 3);
}

#[test]
fn technique_id_should_be_its_text() {
	pinned(POWERSHELL, b"\x24T1059.001");
	pinned(TechniqueId { technique: 803, sub_technique: 0 }, b"\x14T0803");
	assert_eq!(TechniqueId::max_encoded_len(), 10);
	assert_eq!(TechniqueId::type_info(), str::type_info());
	for wrong in
		["", "T", "t1059", "T0000", "T10590", "T1059.", "T1059.000", "T1059.01", "T1059.0010", " T1059", "T105\u{e9}"]
	{
		assert!(TechniqueId::decode(&mut &wrong.encode()[..]).is_err(), "{wrong}");
	}
}

#[test]
fn technique_key_should_be_four_bytes() {
	pinned(TechniqueKey::from(POWERSHELL), &[0x23, 0x04, 1, 0]);
	assert_eq!(TechniqueKey::max_encoded_len(), 4);
}

#[test]
fn index_entry_should_be_short() {
	let entry = |status| IndexEntry { id: POWERSHELL, domain: Domain::Mobile, status };
	pinned(entry(TechniqueStatus::Active), &[0x23, 0x04, 1, 0, 1, 0]);
	let successor = Some(TechniqueId { technique: 1003, sub_technique: 2 });
	pinned(entry(TechniqueStatus::Revoked(successor)), &[0x23, 0x04, 1, 0, 1, 2, 1, 0xeb, 3, 2, 0]);
	assert_eq!(IndexEntry::max_encoded_len(), 11);
}

#[test]
fn technique_status_should_name_its_successor() {
	type Status = TechniqueStatus;
	pinned(Status::Active, &[0]);
	pinned(Status::Deprecated, &[1]);
	pinned(Status::Revoked(None), &[2, 0]);
	pinned(Status::Revoked(Some(POWERSHELL)), b"\x02\x01\x24T1059.001");
	assert_eq!(Status::max_encoded_len(), 12);
}

#[test]
fn enums_should_keep_their_order() {
	pinned_enum(&[Domain::Enterprise, Domain::Mobile, Domain::Ics]);
	pinned_enum(&[Tlp::Clear, Tlp::Green, Tlp::Amber, Tlp::AmberStrict, Tlp::Red]);
	pinned_enum(&[Role::Controller, Role::Analyst, Role::Feed, Role::Auditor]);
	pinned_enum(&[Standing::Active, Standing::Suspended, Standing::Left, Standing::Expelled]);
	pinned_enum(&[SightingKind::Seen, SightingKind::FalsePositive]);
	pinned_enum(&[Reliability::A, Reliability::B, Reliability::C, Reliability::D, Reliability::E, Reliability::F]);
	pinned_enum(&[
		Credibility::Confirmed,
		Credibility::ProbablyTrue,
		Credibility::PossiblyTrue,
		Credibility::Doubtful,
		Credibility::Improbable,
		Credibility::CannotBeJudged,
	]);
	pinned_enum(&[
		RecordStatus::Open,
		RecordStatus::Confirmed,
		RecordStatus::Refuted,
		RecordStatus::Withdrawn,
		RecordStatus::Superseded,
		RecordStatus::Expired,
	]);
}

#[test]
fn draft_should_be_four_bytes_when_it_says_nothing() {
	pinned(Draft::default(), &[0, 0, 0, 0]);
}

#[test]
fn draft_should_keep_its_field_order() {
	let draft = Draft {
		techniques: vec![TechniqueId { technique: 1003, sub_technique: 0 }, POWERSHELL].try_into().expect("two fit"),
		disclose_techniques: true,
		valid_until: Some(0x6800_0000),
		group_proofs: vec![[9; 64]].try_into().unwrap(),
	};
	let rest = [1, 1, 0, 0, 0, 0x68, 0, 0, 0, 0, 4];
	pinned(draft, &[b"\x08\x14T1003\x24T1059.001", &rest[..], &[9; 64]].concat());
}

#[test]
fn draft_should_hold_32_techniques_and_refuse_33() {
	assert_eq!(MAX_TECHNIQUES, 32);
	let encoded = |count: usize| (vec![POWERSHELL; count], false, None::<u64>, Vec::<[u8; 64]>::new()).encode();
	assert!(Draft::decode(&mut &encoded(32)[..]).is_ok());
	assert!(Draft::decode(&mut &encoded(33)[..]).is_err());
	assert_eq!(Draft::max_encoded_len(), 1 + 32 * 10 + 1 + 9 + 1 + 4 * 64);
}

#[test]
fn sighting_should_keep_its_field_order() {
	let sighting = Sighting { kind: SightingKind::FalsePositive, count: 2, first_seen: 3, last_seen: 4 };
	pinned(sighting, &[1, 2, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0]);
	assert_eq!(Sighting::max_encoded_len(), 21);
}

#[test]
fn key_and_wrap_should_have_the_sizes_of_x_wing() {
	// ML-KEM-768 encapsulation key and X25519 public key.
	assert_eq!(ENCRYPTION_KEY_LEN, 1184 + 32);
	// ML-KEM-768 ciphertext, X25519 share, 32-byte secret, tag.
	assert_eq!(WRAP_LEN, 1088 + 32 + 32 + 16);
}

#[test]
fn numbers_of_the_admiralty_code_should_be_1_to_6() {
	let all = (0u8..6).map(|byte| Credibility::decode(&mut &[byte][..]).expect("six of them"));
	assert_eq!(all.map(Credibility::number).collect::<Vec<_>>(), [1, 2, 3, 4, 5, 6]);
}

#[test]
fn upper_half_of_authors_should_be_no_members() {
	assert_eq!(AuthorId(0).member(), Some(MemberId(0)));
	assert_eq!(AuthorId((1 << 31) - 1).member(), Some(MemberId((1 << 31) - 1)));
	assert_eq!(AuthorId(1 << 31).member(), None);
	assert_eq!(AuthorId(u32::MAX).member(), None);
	assert_eq!(AuthorId::from(MemberId(7)), AuthorId(7));
}

#[test]
fn only_open_and_confirmed_records_should_be_live() {
	let all = (0u8..6).map(|byte| RecordStatus::decode(&mut &[byte][..]).expect("six of them"));
	assert_eq!(all.map(RecordStatus::is_live).collect::<Vec<_>>(), [true, true, false, false, false, false]);
}

#[test]
fn roles_should_permit_what_the_table_says() {
	// may_publish, may_feed, may_judge
	let table = [
		(Role::Controller, [true, true, true]),
		(Role::Analyst, [true, false, true]),
		(Role::Feed, [false, true, false]),
		(Role::Auditor, [false, false, false]),
	];
	for (role, expected) in table {
		assert_eq!([role.may_publish(), role.may_feed(), role.may_judge()], expected, "{role:?}");
	}
}
