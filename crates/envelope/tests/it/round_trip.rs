//! What is sealed opens, for everybody it was sealed to and for nobody else.

use crate::{
	fixtures::{object, request, Group, Member, AUTHOR, ENTROPY, GENESIS},
	forge::{self, h, Forge},
};
use codec::{Decode, Encode};
use cti_envelope::{
	open, open_with_cek, parse,
	reader::{self, Statement},
	seal, verify, Anchor, Author, Header, OpenError, SealError, SealRequest,
};
use cti_primitives::{AuthorId, MemberId, RecordId, Tlp};
use proptest::prelude::*;

fn objects() -> impl Strategy<Value = Vec<Vec<u8>>> {
	let object = prop_oneof![
		8 => prop::collection::vec(any::<u8>(), 0..300),
		1 => (0usize..70_000).prop_map(|len| object(len, len)),
	];
	prop::collection::vec(object, 1..20)
}

fn tlp() -> impl Strategy<Value = Tlp> {
	prop::sample::select(&Tlp::ALL[..])
}

fn author() -> impl Strategy<Value = Author> {
	prop_oneof![any::<u32>().prop_map(|id| Author::Member(MemberId(id))), any::<[u8; 32]>().prop_map(Author::Pseudonym)]
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(32))]

	#[test]
	fn anchor_should_know_the_envelope_and_no_other(
		objects in objects(),
		author in author(),
		at in any::<prop::sample::Index>(),
		entropy in any::<[u8; 32]>(),
	) {
		let group = Group::new(1, 1);
		let groups = [group.recipient()];
		let raws: Vec<&[u8]> = objects.iter().map(Vec::as_slice).collect();
		let request = SealRequest { author, ..request(&groups, &[], &raws) };
		let mut payload = seal(&request, &entropy).unwrap();
		let parsed = parse(&payload).unwrap();
		let anchor = Anchor::of(&parsed);
		prop_assert_eq!((anchor.id(), anchor.envelope_len()), (parsed.id(), payload.len() as u64));
		prop_assert_eq!(Anchor::decode(&mut &anchor.encode()[..]), Ok(anchor.clone()));
		let at = at.index(payload.len());
		payload[at] ^= 1;
		prop_assert!(parse(&payload).map_or(true, |changed| changed.id() != anchor.id()));
	}

	#[test]
	fn sealed_should_open_for_every_recipient(
		objects in objects(),
		tlp in tlp(),
		author in author(),
		groups in prop::collection::btree_set(0u32..9, 0..=4),
		members in prop::collection::btree_set(0u32..9, 0..=6),
		pad_direct in any::<bool>(),
		entropy in any::<[u8; 32]>(),
	) {
		prop_assume!(!groups.is_empty() || !members.is_empty());
		let groups: Vec<_> = groups.into_iter().map(|group| Group::new(group, group + 1)).collect();
		let members: Vec<_> = members.into_iter().map(|member| Member::new(member, 2)).collect();
		// Whatever the order in which they are named.
		let group_recipients: Vec<_> = groups.iter().rev().map(Group::recipient).collect();
		let direct: Vec<_> = members.iter().map(Member::recipient).collect();
		let slices: Vec<&[u8]> = objects.iter().map(Vec::as_slice).collect();
		let request = SealRequest { author, tlp, pad_direct, ..request(&group_recipients, &direct, &slices) };
		let payload = seal(&request, &entropy).unwrap();

		let parsed = parse(&payload).unwrap();
		prop_assert_eq!(parsed.id(), parsed.id_with(|bytes| h(&[bytes])));
		prop_assert_eq!(parsed.header_hash(), parsed.header.hash());
		let header = &parsed.header;
		prop_assert_eq!((header.genesis, header.author, header.tlp), (GENESIS, author, tlp));
		let audience: Vec<_> = groups.iter().map(|group| (group.group, group.epoch)).collect();
		prop_assert_eq!(&header.audience[..], &audience[..]);
		let direct_wraps: Vec<_> = parsed.wraps.chunks(1168).skip(groups.len()).collect();
		prop_assert!(direct_wraps.is_sorted());

		for recipient in groups.iter().map(Group::opener).chain(members.iter().map(Member::opener)) {
			let opened = open(&payload, &recipient).unwrap();
			prop_assert_eq!(&opened.objects, &objects);
			prop_assert_eq!(opened.id, parsed.id());
			prop_assert_eq!(&opened.header, header);
			prop_assert_eq!(&open_with_cek(&payload, opened.cek()).unwrap(), &opened);
		}
		let stranger = Member::new(15, 0);
		prop_assert_eq!(open(&payload, &stranger.opener()), Err(OpenError::NotAddressed));
	}

	#[test]
	fn every_object_should_be_provable_and_no_other(objects in objects(), other in any::<u8>()) {
		let group = Group::new(1, 1);
		let slices: Vec<&[u8]> = objects.iter().map(Vec::as_slice).collect();
		let payload = seal(&request(&[group.recipient()], &[], &slices), &ENTROPY).unwrap();
		let opened = open(&payload, &group.opener()).unwrap();
		let (root, leaves) = (opened.header.objects_root, opened.header.leaves);
		for index in 0..objects.len() as u32 {
			let proof = opened.prove(index).unwrap();
			prop_assert!(verify(&proof, &root, leaves));
			prop_assert_eq!(&proof.object, &objects[index as usize]);
			for wrong in wrong_proofs(&proof, other) {
				prop_assert!(!verify(&wrong, &root, leaves), "{:?}", wrong);
			}
			prop_assert!(!verify(&proof, &root, leaves * 2));
			prop_assert!(!verify(&proof, &forge::h(&[&root]), leaves));
		}
		prop_assert_eq!(opened.prove(objects.len() as u32), None);
	}
}

fn wrong_proofs(proof: &cti_envelope::Proof, other: u8) -> Vec<cti_envelope::Proof> {
	let mut wrong = Vec::new();
	let mut changed = proof.clone();
	changed.object.push(other);
	wrong.push(changed);
	let mut changed = proof.clone();
	changed.salt[0] ^= 1;
	wrong.push(changed);
	let mut changed = proof.clone();
	changed.siblings.push([other; 32]);
	wrong.push(changed);
	let mut changed = proof.clone();
	changed.index = changed.index.wrapping_add(1 << proof.siblings.len());
	wrong.push(changed);
	if !proof.siblings.is_empty() {
		let mut changed = proof.clone();
		changed.index ^= 1;
		wrong.push(changed);
		let mut changed = proof.clone();
		changed.siblings[0][31] ^= 0x80;
		wrong.push(changed);
		let mut changed = proof.clone();
		changed.siblings.pop();
		wrong.push(changed);
	}
	wrong
}

#[test]
fn proof_should_survive_its_encoding() {
	let group = Group::new(1, 1);
	let payload = seal(&request(&[group.recipient()], &[], &[b"a", b"b", b"c"]), &ENTROPY).unwrap();
	let proof = open(&payload, &group.opener()).unwrap().prove(2).unwrap();
	assert_eq!(cti_envelope::Proof::decode(&mut &proof.encode()[..]), Ok(proof));
}

#[test]
fn a_second_implementation_should_make_what_this_one_opens() {
	let group = Group::new(2, 5);
	let objects = vec![object(1, 100), Vec::new(), object(2, 1500)];
	let forged = Forge::new(&group, &objects);
	let payload = forged.finish();
	let opened = open(&payload, &group.opener()).unwrap();
	assert_eq!(opened.objects, objects);
	assert_eq!(opened.header, forged.header);
	assert_eq!(opened.cek(), &forged.cek);
	let (_, header_hash, wraps, body) = forged.parts();
	assert_eq!(opened.id, h(&[b"cti/v1/id", &header_hash, &h(&[&wraps]), &h(&[&body])]));
}

#[test]
fn a_mebibyte_should_open() {
	let group = Group::new(0, 1);
	let object = object(1, 1 << 20);
	let payload = seal(&request(&[group.recipient()], &[], &[&object]), &ENTROPY).unwrap();
	assert_eq!(open(&payload, &group.opener()).unwrap().objects, [object]);
}

#[test]
fn as_many_objects_as_allowed_should_open() {
	let group = Group::new(0, 1);
	let many = vec![&b""[..]; 65_536];
	let payload = seal(&request(&[group.recipient()], &[], &many), &ENTROPY).unwrap();
	let opened = open(&payload, &group.opener()).unwrap();
	assert_eq!((opened.objects.len(), opened.header.leaves), (65_536, 65_536));
	let too_many = vec![&b""[..]; 65_537];
	let refused = seal(&request(&[group.recipient()], &[], &too_many), &ENTROPY);
	assert_eq!(refused, Err(SealError::TooManyObjects(65_537)));
}

#[test]
fn same_entropy_should_never_give_two_envelopes_the_same_key() {
	let (one, two) = (Group::new(1, 1), Group::new(1, 2));
	let cek = |group: &Group, tlp, author, object: &[u8]| {
		let groups = [group.recipient()];
		let objects = [object];
		let request = SealRequest { tlp, author, ..request(&groups, &[], &objects) };
		*open(&seal(&request, &ENTROPY).unwrap(), &group.opener()).unwrap().cek()
	};
	let keys = [
		cek(&one, Tlp::Green, AUTHOR, b"x"),
		cek(&one, Tlp::Green, AUTHOR, b"y"),
		cek(&one, Tlp::Clear, AUTHOR, b"x"),
		cek(&one, Tlp::Green, Author::Member(MemberId(4)), b"x"),
		cek(&two, Tlp::Green, AUTHOR, b"x"),
	];
	for (i, key) in keys.iter().enumerate() {
		assert!(!keys[..i].contains(key), "key {i}");
	}
	assert_eq!(cek(&one, Tlp::Green, AUTHOR, b"x"), keys[0]);
}

#[test]
fn padding_should_hide_how_many_recipients_there_are() {
	let members: Vec<_> = (0..16).map(|member| Member::new(member, 0)).collect();
	for (count, padded) in [(1, 4), (3, 4), (4, 4), (5, 16), (16, 16)] {
		let direct: Vec<_> = members.iter().take(count).map(Member::recipient).collect();
		let request = SealRequest { pad_direct: true, ..request(&[], &direct, &[b"x"]) };
		let payload = seal(&request, &ENTROPY).unwrap();
		assert_eq!(parse(&payload).unwrap().header.direct, padded);
		for member in &members {
			let named = direct.iter().any(|recipient| recipient.owner == member.owner.into());
			assert_eq!(open(&payload, &member.opener()).is_ok(), named);
		}
	}
	let group = Group::new(1, 1);
	let groups = [group.recipient()];
	let request = SealRequest { pad_direct: true, ..request(&groups, &[], &[b"x"]) };
	assert_eq!(parse(&seal(&request, &ENTROPY).unwrap()).unwrap().header.direct, 0);
}

#[test]
fn seal_should_name_what_it_refuses() {
	let groups: Vec<_> = (0..5).map(|group| Group::new(group, 1)).collect();
	let groups: Vec<_> = groups.iter().map(Group::recipient).collect();
	let member = Member::new(1, 0);
	let direct = vec![member.recipient(); 17];
	let seal = |request: SealRequest| seal(&request, &ENTROPY).unwrap_err();
	let objects: &[&[u8]] = &[b"x"];
	assert_eq!(seal(request(&groups[..1], &[], &[])), SealError::NoObjects);
	assert_eq!(seal(request(&[], &[], objects)), SealError::NoRecipient);
	assert_eq!(seal(request(&groups, &[], objects)), SealError::TooManyGroups(5));
	assert_eq!(seal(request(&[groups[2], groups[2]], &[], objects)), SealError::DuplicateGroup(groups[2].group));
	assert_eq!(seal(request(&[], &direct, objects)), SealError::TooManyDirect(17));
	let twice = [direct[2], direct[0], direct[2]];
	assert_eq!(seal(request(&[], &twice, objects)), SealError::DuplicateDirect(direct[2].owner));
	let padded = SealRequest { pad_direct: true, ..request(&[], &direct, objects) };
	assert_eq!(seal(padded), SealError::TooManyDirect(17));

	let invalid = [0xff; 1216];
	let group = cti_envelope::GroupRecipient { key: &invalid, ..groups[1] };
	assert_eq!(seal(request(&[group], &[], objects)), SealError::InvalidGroupKey(groups[1].group));
	let owner = cti_envelope::DirectRecipient { key: &invalid, ..direct[0] };
	assert_eq!(seal(request(&[], &[owner], objects)), SealError::InvalidDirectKey(member.owner.into()));
}

#[test]
fn reader_proof_should_hold_for_its_statement_and_no_other() {
	let group = Group::new(1, 1);
	let payload = seal(&request(&[group.recipient()], &[], &[b"x"]), &ENTROPY).unwrap();
	let opened = open(&payload, &group.opener()).unwrap();
	let (record, voter) = (RecordId { author: AuthorId(3), n: 7 }, MemberId(9));
	let signature = opened.sign(Statement::Sight, record, voter);
	let holds = |statement, genesis, record, id, voter| {
		reader::verify(&opened.header.reader_key, &signature, &reader::message(statement, genesis, record, id, voter))
	};
	assert!(holds(Statement::Sight, &GENESIS, record, &opened.id, voter));
	assert!(!holds(Statement::Verdict, &GENESIS, record, &opened.id, voter));
	assert!(!holds(Statement::Sight, &[0; 32], record, &opened.id, voter));
	assert!(!holds(Statement::Sight, &GENESIS, RecordId { n: 8, ..record }, &opened.id, voter));
	assert!(!holds(Statement::Sight, &GENESIS, record, &GENESIS, voter));
	assert!(!holds(Statement::Sight, &GENESIS, record, &opened.id, MemberId(10)));
	assert!(!reader::verify(&[0; 32], &signature, b""));
}

#[test]
fn secrets_should_not_be_printed() {
	let group = Group::new(1, 1);
	let payload = seal(&request(&[group.recipient()], &[], &[b"x"]), &ENTROPY).unwrap();
	let opened = open(&payload, &group.opener()).unwrap();
	let printed = format!("{opened:?} {:?} {:?}", group.secret, group.opener());
	let cek = format!("{:?}", opened.cek());
	assert!(!printed.contains(cek.trim_matches(['[', ']'])));
	assert!(printed.contains("EpochSecret(..)") && printed.contains("Seed(..)"));
}

#[test]
fn header_should_have_the_derived_encoding() {
	let group = Group::new(1, 1);
	let payload = seal(&request(&[group.recipient()], &[], &[b"x"]), &ENTROPY).unwrap();
	let parsed = parse(&payload).unwrap();
	assert_eq!(parsed.header.encode(), parsed.header_bytes);
	let mut bytes = parsed.header_bytes;
	assert_eq!(Header::decode(&mut bytes), Ok(parsed.header));
	assert!(bytes.is_empty());
}
