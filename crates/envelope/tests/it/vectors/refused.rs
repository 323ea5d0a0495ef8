//! The vectors that must be refused, one and more for every refusal.

use super::{context, recipient, Vectors};
use crate::{
	fixtures::{object, request, Group, Member, ENTROPY, GENESIS},
	forge::{objects_root, plaintext, reader_key, Forge},
};
use codec::Encode;
use cti_envelope::{
	epoch::public_key_hash,
	open, parse,
	reader::{self, Statement},
	seal, verify, EpochSecret, OpenError, Recipient, SeedWrapContext,
};
use cti_primitives::{AuthorId, Epoch, GroupId, MemberId, RecordId, WRAP_LEN};
use serde_json::{json, Value};

/// An envelope that must not open: `error` is the name of the refusal.
fn refused(description: &str, payload: &[u8], by: &Recipient) -> (String, Value) {
	let error = error_name(&open(payload, by).unwrap_err());
	let vector = json!({
		"description": description,
		"payload": hex::encode(payload),
		"recipient": recipient(by),
		"error": error,
	});
	(error, vector)
}

/// The variant's name, of the header's error if it is one.
fn error_name(error: &OpenError) -> String {
	let printed = format!("{error:?}");
	let name = printed.strip_prefix("Header(").unwrap_or(&printed);
	name.chars().take_while(char::is_ascii_alphanumeric).collect()
}

fn honest() -> (Group, Forge) {
	let group = Group::new(1, 4);
	let forge = Forge::new(&group, &[object(1, 60), object(2, 80), object(3, 100)]);
	(group, forge)
}

fn insert_refused(vectors: &mut Vectors, file: &str, error: &str, description: &str, payload: &[u8], by: &Recipient) {
	let (actual, vector) = refused(description, payload, by);
	assert_eq!(actual, error, "{file}");
	assert!(vectors.insert(format!("refused-{file}"), vector).is_none(), "{file} is there twice");
}

pub(super) fn headers(vectors: &mut Vectors) {
	let (group, forge) = honest();
	let (header, _, wraps, body) = forge.parts();
	let mut insert = |file: &str, error: &str, description: &str, payload: &[u8]| {
		insert_refused(vectors, file, error, description, payload, &group.opener());
	};
	let honest = forge.finish();
	insert("header-cut", "Unreadable", "Ends inside the header.", &header[..header.len() - 1]);
	let mut tlp = honest.clone();
	tlp[2 + 32 + 5] = 5;
	insert("header-marking", "Unreadable", "A marking that there is not.", &tlp);
	let mut count = honest.clone();
	count[2 + 32 + 5 + 1] = 5 << 2;
	insert("groups-too-many", "TooManyGroups", "Says it is for five groups.", &count);
	insert("length-short", "WrongLength", "One byte is missing at the end.", &honest[..honest.len() - 1]);
	insert("length-long", "WrongLength", "One byte more than there should be.", &[&honest[..], &[0]].concat());

	type Change = fn(&mut cti_envelope::Header);
	let changes: [(&str, &str, &str, Change); 8] = [
		("version", "UnknownVersion", "Version 2.", |header| header.version = 2),
		("suite", "UnknownSuite", "Suite 2.", |header| header.suite = 2),
		("groups-twice", "AudienceNotAscending", "One group at two epochs.", |header| {
			header.audience = vec![(GroupId(1), Epoch(4)), (GroupId(1), Epoch(5))].try_into().unwrap();
		}),
		("groups-descending", "AudienceNotAscending", "Groups in the wrong order.", |header| {
			header.audience = vec![(GroupId(1), Epoch(4)), (GroupId(0), Epoch(5))].try_into().unwrap();
		}),
		("direct-too-many", "TooManyDirect", "Says it has 17 direct wraps.", |header| header.direct = 17),
		("nobody", "NoRecipient", "For no group and no member.", |header| header.audience = Default::default()),
		("leaves-form", "InvalidLeaves", "Three leaves.", |header| header.leaves = 3),
		("padded-len", "InvalidPaddedLen", "A length that padding does not make.", |header| header.padded_len = 4097),
	];
	for (file, error, description, change) in changes {
		let mut changed = forge.header.clone();
		change(&mut changed);
		insert(file, error, description, &[&changed.encode()[..], &wraps, &body].concat());
	}
}

pub(super) fn recipients(vectors: &mut Vectors) {
	let (group, forge) = honest();
	let honest = forge.finish();
	let member = Member::new(1, 1);
	let older = Group::new(1, 3);
	let mut insert = |file: &str, error: &str, description: &str, payload: &[u8], by: &Recipient| {
		insert_refused(vectors, file, error, description, payload, by);
	};
	insert("other-epoch", "NotAddressed", "Opened with the epoch before.", &honest, &older.opener());
	insert("other-member", "NotAddressed", "Opened by a member it is not for.", &honest, &member.opener());
	let claims = Recipient::Group { group: group.group, epoch: group.epoch, seed: &older.seed };
	insert("wrong-seed", "WrapRefused", "Opened with the seed of another epoch.", &honest, &claims);
	let mut genesis = honest.clone();
	genesis[2] ^= 1;
	insert("other-chain", "WrapRefused", "The header names another chain.", &genesis, &group.opener());
	let mut epoch = forge.header.clone();
	epoch.audience = vec![(group.group, Epoch(5))].try_into().unwrap();
	let (_, _, wraps, body) = forge.parts();
	let moved = [epoch.encode(), wraps, body].concat();
	let claims = Recipient::Group { group: group.group, epoch: Epoch(5), seed: &group.seed };
	insert("moved-to-other-epoch", "WrapRefused", "A wrap for epoch 4 under a header for 5.", &moved, &claims);
	let mut wrap = honest;
	let at = forge.header.encode().len();
	wrap[at + 1167] ^= 1;
	insert("wrap-changed", "WrapRefused", "The last byte of the wrap is changed.", &wrap, &group.opener());
	let (twice, descending) = unsorted_direct();
	insert("direct-twice", "DirectNotAscending", "One direct wrap twice.", &twice, &member.opener());
	insert("direct-descending", "DirectNotAscending", "The direct wraps not sorted.", &descending, &member.opener());
}

/// An envelope with one direct wrap twice, and one whose direct wraps descend.
fn unsorted_direct() -> (Vec<u8>, Vec<u8>) {
	let members = [Member::new(0, 0), Member::new(1, 1)];
	let direct = members.each_ref().map(Member::recipient);
	let object = object(1, 60);
	let sealed = seal(&request(&[], &direct, &[&object]), &ENTROPY).unwrap();
	let parsed = parse(&sealed).unwrap();
	let (first, second) = parsed.wraps.split_at(WRAP_LEN);
	let twice = [parsed.header_bytes, first, first, parsed.body].concat();
	(twice, [parsed.header_bytes, second, first, parsed.body].concat())
}

/// Proofs of objects and of readers that must not be believed.
pub(super) fn proofs() -> Value {
	let (group, forge) = honest();
	let opened = open(&forge.finish(), &group.opener()).unwrap();
	let header = &opened.header;
	let good = opened.prove(1).unwrap();
	type Change = fn(&mut cti_envelope::Proof);
	let changes: [(&str, Change); 6] = [
		("Another object.", |proof| proof.object[0] ^= 1),
		("Another leaf's salt.", |proof| proof.salt[31] ^= 1),
		("Another place.", |proof| proof.index = 0),
		("A place outside the tree.", |proof| proof.index = 4),
		("Another sibling.", |proof| proof.siblings[1][0] ^= 1),
		("A sibling too few.", |proof| proof.siblings.truncate(1)),
	];
	let objects = changes.map(|(description, change)| {
		let mut proof = good.clone();
		change(&mut proof);
		assert!(!verify(&proof, &header.objects_root, header.leaves), "{description}");
		let siblings: Vec<_> = proof.siblings.iter().map(hex::encode).collect();
		json!({ "description": description, "index": proof.index, "salt": hex::encode(proof.salt),
			"object": hex::encode(&proof.object), "siblings": siblings })
	});
	json!({
		"description": "Proofs of objects that must be refused.",
		"objects_root": hex::encode(header.objects_root),
		"leaves": header.leaves,
		"proofs": objects,
	})
}

/// Signatures of readers that must not be believed.
pub(super) fn reader_proofs() -> Value {
	let (cek, salt) = ([0xce; 32], [0x5a; 32]);
	let key = reader_key(&cek, &salt);
	let (record, id, voter) = (RecordId { author: AuthorId(3), n: 70_000 }, [0x1d; 32], MemberId(9));
	let message = reader::message(Statement::Verdict, &GENESIS, record, &id, voter);
	let signature = reader::sign(&cek, &salt, &message);
	let other = |n: u32| RecordId { author: AuthorId(3), n };
	let mut changed = signature;
	changed[0] ^= 1;
	let cases = [
		("Of another voter.", reader::message(Statement::Verdict, &GENESIS, record, &id, MemberId(8)), signature),
		("Of another statement.", reader::message(Statement::Sight, &GENESIS, record, &id, voter), signature),
		("Of another record.", reader::message(Statement::Verdict, &GENESIS, other(1), &id, voter), signature),
		("Of another envelope.", reader::message(Statement::Verdict, &GENESIS, record, &[0x1e; 32], voter), signature),
		("Of another chain.", reader::message(Statement::Verdict, &[0x48; 32], record, &id, voter), signature),
		("The signature is changed.", message, changed),
	]
	.map(|(description, message, signature)| {
		assert!(!reader::verify(&key, &signature, &message), "{description}");
		json!({ "description": description, "message": hex::encode(message), "signature": hex::encode(signature) })
	});
	json!({
		"description": "Readers' signatures that must be refused.",
		"reader_key": hex::encode(key),
		"proofs": cases,
	})
}

pub(super) fn contents(vectors: &mut Vectors) {
	let objects = [object(1, 60), object(2, 80), object(3, 100)];
	type Change<'a> = &'a dyn Fn(&mut Forge);
	let cases: [(&str, &str, &str, Change); 11] = [
		("commitment", "WrongCommitment", "Commits to another key.", &|forge| forge.header.commitment[0] ^= 1),
		("two-keys", "WrongCommitment", "The wrap holds another key.", &|forge| forge.wraps[0].2 = [1; 32]),
		("reader-key", "WrongReaderKey", "Another reader key.", &|forge| {
			forge.header.reader_key = reader_key(&[1; 32], &forge.header.salt);
		}),
		("body-key", "BodyRefused", "The body is sealed with another key.", &|forge| forge.cek = [1; 32]),
		("objects-none", "UnreadableObjects", "No objects.", &|forge| forge.plaintext.fill(0)),
		("objects-cut", "UnreadableObjects", "An object longer than the plaintext.", &|forge| {
			forge.plaintext[1..5].copy_from_slice(&[0xfe, 0xff, 0xff, 0xff]);
		}),
		("padding-not-zero", "WrongPadding", "The last byte of the padding is 1.", &|forge| {
			*forge.plaintext.last_mut().unwrap() = 1;
		}),
		("padding-too-long", "WrongPadding", "Padded further than it must be.", &|forge| {
			forge.plaintext = plaintext(&objects, 4352);
			forge.header.padded_len = 4352;
		}),
		("leaves", "WrongLeaves", "Eight leaves for three objects.", &|forge| {
			forge.header.leaves = 8;
			forge.header.objects_root = objects_root(&forge.cek, &forge.header.salt, &objects, 8);
		}),
		("root", "WrongObjectsRoot", "Another root.", &|forge| forge.header.objects_root[0] ^= 1),
		("root-order", "WrongObjectsRoot", "The root of the objects in another order.", &|forge| {
			let others = [objects[1].clone(), objects[0].clone(), objects[2].clone()];
			forge.header.objects_root = objects_root(&forge.cek, &forge.header.salt, &others, 4);
		}),
	];
	for (file, error, description, change) in cases {
		let (group, mut forge) = honest();
		change(&mut forge);
		insert_refused(vectors, file, error, description, &forge.finish(), &group.opener());
	}
	let (group, forge) = honest();
	let mut changed = forge.finish();
	*changed.last_mut().unwrap() ^= 1;
	insert_refused(vectors, "body-changed", "BodyRefused", "The last byte is changed.", &changed, &group.opener());
}

pub(super) fn epochs() -> Value {
	let (group, member) = (Group::new(7, 9), Member::new(5, 3));
	let said = group.secret.context(&GENESIS, group.group, group.epoch, 12);
	let wrap = group.secret.wrap_for(&said, member.owner, 3, &member.key).unwrap();
	let other_roster = SeedWrapContext { roster_version: 13, ..said.clone() };
	let other_wrap = EpochSecret::new([0x66; 32]).wrap_for(&said, member.owner, 3, &member.key).unwrap();
	let wraps = [
		("A wrap made for another version of the roster.", &other_roster, 3, wrap),
		("A wrap made for another version of the key.", &said, 4, wrap),
		("A secret that is not the one of the public key on chain.", &said, 3, other_wrap),
	]
	.map(|(description, said, key_version, wrap)| {
		let error = EpochSecret::unwrap(said, member.owner, key_version, &member.seed, &wrap).unwrap_err();
		json!({
			"description": description,
			"context": context(said),
			"member": { "member": member.owner, "key_version": key_version, "seed": hex::encode(member.seed.as_bytes()) },
			"wrap": hex::encode(wrap),
			"error": error_name(&error),
		})
	});
	let newer = EpochSecret::new([0x99; 32]);
	let link = newer.link(&GENESIS, group.group, group.epoch, &group.secret).unwrap();
	let mut changed = link;
	changed[47] ^= 1;
	let pk_hash = public_key_hash(&group.key);
	let links = [
		("The link is changed.", changed, pk_hash),
		("The link's secret is not the one of the public key on chain.", link, [0; 32]),
	]
	.map(|(description, link, pk_hash)| {
		let error = newer.open_link(&GENESIS, group.group, group.epoch, &link, &pk_hash).unwrap_err();
		json!({
			"description": description,
			"context": context(&SeedWrapContext { pk_hash, ..said.clone() }),
			"newer_secret": hex::encode(newer.as_bytes()),
			"link": hex::encode(link),
			"error": error_name(&error),
		})
	});
	json!({ "description": "Wraps of epoch secrets, and links, that must be refused.", "wraps": wraps, "links": links })
}
