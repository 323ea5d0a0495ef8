//! The published test vectors: made here with fixed entropy, compared with the files, so that no encoding changes
//! unnoticed.

use crate::{
	fixtures::{object, request, Group, Member, AUTHOR, ENTROPY, GENESIS},
	forge,
};
use cti_envelope::{
	open, open_with_cek, parse,
	reader::{self, Statement},
	seal, sealed_len, verify,
	wrap::{self, Purpose},
	Author, EpochSecret, Recipient, SealRequest, SeedWrapContext,
};
use cti_primitives::{AuthorId, Epoch, GroupId, KeyOwnerId, MemberId, RecordId, Tlp};
use serde_json::{json, Value};
use std::{
	collections::{BTreeMap, BTreeSet},
	fs,
	path::PathBuf,
};

mod refused;

type Vectors = BTreeMap<String, Value>;

/// In the package's folder, where Cargo runs tests. Not compiled in: clones share what is built.
pub fn folder() -> PathBuf {
	PathBuf::from("vectors")
}

#[test]
fn vectors_should_be_those_in_the_files() {
	let vectors = all();
	let files: BTreeSet<_> =
		fs::read_dir(folder()).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
	let names: BTreeSet<_> = vectors.keys().map(|name| format!("{name}.json")).collect();
	assert_eq!(files, names);
	for (name, vector) in vectors {
		let file = fs::read_to_string(folder().join(format!("{name}.json"))).unwrap();
		let file: Value = serde_json::from_str(&file).unwrap();
		assert!(file == vector, "{name}.json does not hold what this code makes: the format has changed");
	}
}

#[test]
#[ignore = "writes the vectors anew, after a deliberate change of format"]
fn rewrite_vectors() {
	fs::create_dir_all(folder()).unwrap();
	for file in fs::read_dir(folder()).unwrap() {
		fs::remove_file(file.unwrap().path()).unwrap();
	}
	for (name, vector) in all() {
		let text = serde_json::to_string_pretty(&vector).unwrap() + "\n";
		fs::write(folder().join(format!("{name}.json")), text).unwrap();
	}
}

fn all() -> Vectors {
	let mut vectors = Vectors::new();
	envelopes(&mut vectors);
	refused::headers(&mut vectors);
	refused::recipients(&mut vectors);
	refused::contents(&mut vectors);
	vectors.insert("wraps".into(), wraps());
	vectors.insert("keys".into(), keys());
	vectors.insert("epochs".into(), epochs());
	vectors.insert("refused-epochs".into(), refused::epochs());
	vectors.insert("grants".into(), grants());
	vectors.insert("reader-proofs".into(), reader_proofs());
	vectors.insert("proofs-refused".into(), refused::proofs());
	vectors.insert("reader-proofs-refused".into(), refused::reader_proofs());
	vectors.insert("lengths".into(), lengths());
	vectors
}

fn envelopes(vectors: &mut Vectors) {
	let groups: Vec<_> = [(0, 0), (1, 4), (2, 1), (9, 300)].map(|(group, epoch)| Group::new(group, epoch)).into();
	let members: Vec<_> = (0..5).map(|member| Member::new(member, member)).collect();
	let small: Vec<Vec<u8>> = vec![br#"{"type":"indicator","id":"indicator--1"}"#.to_vec(), Vec::new(), object(3, 700)];
	let large = vec![object(1, 20_000), object(2, 50_000), object(3, 100)];
	let group = [groups[1].recipient()];
	let all_groups: Vec<_> = groups.iter().map(Group::recipient).collect();
	let all_members: Vec<_> = members.iter().map(Member::recipient).collect();
	let cases: [(&str, &str, SealRequest, &[Vec<u8>]); 6] = [
		("envelope-group", "One group, three objects, one of them empty.", request(&group, &[], &[]), &small),
		(
			"envelope-consortium",
			"Group 0 at epoch 0, whose keys do not depend on the chain; one object.",
			SealRequest { tlp: Tlp::Clear, ..request(&all_groups[..1], &[], &[]) },
			&small[..1],
		),
		(
			"envelope-direct",
			"One member's key, marked RED.",
			SealRequest { tlp: Tlp::Red, ..request(&[], &all_members[1..2], &[]) },
			&small[..1],
		),
		(
			"envelope-hidden",
			"Four groups, three members hidden among four direct wraps, by a pseudonym.",
			SealRequest {
				author: Author::Pseudonym([0xa5; 32]),
				tlp: Tlp::AmberStrict,
				pad_direct: true,
				..request(&all_groups, &all_members[..3], &[])
			},
			&small[..2],
		),
		(
			"envelope-hidden-many",
			"Five members hidden among sixteen direct wraps.",
			SealRequest { pad_direct: true, ..request(&[], &all_members, &[]) },
			&small[..1],
		),
		("envelope-chunks", "Two chunks, the second one short.", request(&group, &[], &[]), &large),
	];
	for (name, description, request, objects) in cases {
		let slices: Vec<&[u8]> = objects.iter().map(Vec::as_slice).collect();
		let payload = seal(&SealRequest { objects: &slices, ..request }, &ENTROPY).unwrap();
		let named_groups = groups.iter().filter(|g| request.groups.iter().any(|r| r.group == g.group));
		let named_members = members.iter().filter(|m| request.direct.iter().any(|r| r.owner == m.owner.into()));
		let recipients = named_groups.map(Group::opener).chain(named_members.map(Member::opener)).collect();
		vectors.insert(name.into(), envelope(description, &payload, recipients, objects));
	}
}

/// An envelope that opens, everything in it and everything that comes of it.
fn envelope(description: &str, payload: &[u8], recipients: Vec<Recipient>, objects: &[Vec<u8>]) -> Value {
	let parsed = parse(payload).unwrap();
	let opened = open(payload, &recipients[0]).unwrap();
	for recipient in &recipients {
		assert_eq!(open(payload, recipient).unwrap().objects, objects);
	}
	let header = &parsed.header;
	let proofs: Vec<_> = (0..objects.len() as u32)
		.map(|index| {
			let proof = opened.prove(index).unwrap();
			assert!(verify(&proof, &header.objects_root, header.leaves));
			let siblings: Vec<_> = proof.siblings.iter().map(hex::encode).collect();
			json!({ "index": index, "salt": hex::encode(proof.salt), "siblings": siblings })
		})
		.collect();
	json!({
		"description": description,
		"payload": hex::encode(payload),
		"header_bytes": hex::encode(parsed.header_bytes),
		"header": {
			"version": header.version,
			"suite": header.suite,
			"genesis": hex::encode(header.genesis),
			"author": author(&header.author),
			"tlp": header.tlp as u8,
			"audience": header.audience.iter().map(|(group, epoch)| json!([group, epoch])).collect::<Vec<_>>(),
			"direct": header.direct,
			"salt": hex::encode(header.salt),
			"commitment": hex::encode(header.commitment),
			"reader_key": hex::encode(header.reader_key),
			"objects_root": hex::encode(header.objects_root),
			"leaves": header.leaves,
			"padded_len": header.padded_len,
		},
		"header_hash": hex::encode(parsed.header_hash()),
		"id": hex::encode(parsed.id()),
		"cek": hex::encode(opened.cek()),
		"recipients": recipients.iter().map(recipient).collect::<Vec<_>>(),
		"objects": objects.iter().map(hex::encode).collect::<Vec<_>>(),
		"proofs": proofs,
	})
}

fn author(author: &Author) -> Value {
	match author {
		Author::Member(member) => json!({ "member": member }),
		Author::Pseudonym(alias) => json!({ "pseudonym": hex::encode(alias) }),
	}
}

fn recipient(recipient: &Recipient) -> Value {
	match recipient {
		Recipient::Group { group, epoch, seed } => {
			json!({ "group": group, "epoch": epoch, "seed": hex::encode(seed.as_bytes()) })
		}
		Recipient::Direct { owner, key_version, seed } => {
			json!({ "owner": owner, "key_version": key_version, "seed": hex::encode(seed.as_bytes()) })
		}
	}
}

fn wraps() -> Value {
	let member = Member::new(5, 3);
	let purposes = [
		(0, 7, 9, Purpose::Group { group: GroupId(7), epoch: Epoch(9) }),
		(1, 5, 3, Purpose::Direct { owner: KeyOwnerId(5), key_version: 3 }),
		(2, 5, 3, Purpose::EpochSecret { member: MemberId(5), key_version: 3 }),
	];
	let wraps = purposes.map(|(kind, a, b, purpose)| {
		let (aad, secret, randomness) = ([0xaa; 32], [0x5e; 32], [0x10 + kind; 64]);
		let wrap = wrap::seal_to(&member.key, purpose, &GENESIS, &aad, &secret, &randomness).unwrap();
		assert_eq!(*wrap::open(&member.seed, purpose, &GENESIS, &aad, &wrap).unwrap(), secret);
		json!({
			"kind": kind, "a": a, "b": b,
			"genesis": hex::encode(GENESIS),
			"seed": hex::encode(member.seed.as_bytes()),
			"public_key": hex::encode(member.key),
			"aad": hex::encode(aad),
			"secret": hex::encode(secret),
			"randomness": hex::encode(randomness),
			"wrap": hex::encode(wrap),
		})
	});
	json!({ "description": "HPKE single shots with the encapsulation's randomness given.", "wraps": wraps })
}

/// A content key given to one more reader later.
fn grants() -> Value {
	let (group, reader) = (Group::new(1, 4), Member::new(5, 3));
	let content = object(3, 700);
	let payload = seal(&request(&[group.recipient()], &[], &[&content]), &ENTROPY).unwrap();
	let opened = open(&payload, &group.opener()).unwrap();
	let purpose = Purpose::Direct { owner: reader.owner.into(), key_version: reader.key_version };
	let header_hash = parse(&payload).unwrap().header_hash();
	let wrap = wrap::seal_to(&reader.key, purpose, &GENESIS, &header_hash, opened.cek(), &[0x60; 64]).unwrap();
	let cek = wrap::open(&reader.seed, purpose, &GENESIS, &header_hash, &wrap).unwrap();
	assert_eq!(open_with_cek(&payload, &cek).unwrap().objects, std::slice::from_ref(&content));
	json!({
		"description": "A grant: the content key sealed to one more reader, bound to the envelope's header.",
		"payload": hex::encode(&payload),
		"recipient": recipient(&reader.opener()),
		"randomness": hex::encode([0x60; 64]),
		"wrap": hex::encode(wrap),
		"cek": hex::encode(*cek),
		"objects": [hex::encode(content)],
	})
}

fn keys() -> Value {
	let valid = Member::new(0, 0).key;
	let change = |at: usize, bytes: &[u8]| {
		let mut key = valid;
		key[at..at + bytes.len()].copy_from_slice(bytes);
		assert!(!cti_envelope::is_valid_public_key(&key));
		hex::encode(key)
	};
	let mut one = [0; 32];
	one[0] = 1;
	let members = ["alice", "bob", "charlie", "dave"].map(|name| {
		let seed = cti_envelope::development::member_seed(name);
		json!({ "name": name, "seed": hex::encode(seed.as_bytes()), "public_key": hex::encode(seed.public_key()) })
	});
	json!({
		"description": "The development members' keys, and keys that must be refused.",
		"members": members,
		"invalid": [
			{ "description": "The first coefficient is 3329.", "public_key": change(0, &[0x01, 0x0d]) },
			{ "description": "The last coefficient is 4095.", "public_key": change(1150, &[0xf0, 0xff]) },
			{ "description": "The X25519 half is 0.", "public_key": change(1184, &[0; 32]) },
			{ "description": "The X25519 half is 1.", "public_key": change(1184, &one) },
		],
	})
}

fn context(context: &SeedWrapContext) -> Value {
	json!({
		"genesis": hex::encode(context.genesis),
		"group": context.group,
		"epoch": context.epoch,
		"roster_version": context.roster_version,
		"pk_hash": hex::encode(context.pk_hash),
		"auth": hex::encode(context.auth),
	})
}

fn epochs() -> Value {
	let member = Member::new(5, 3);
	let epochs = [Group::new(0, 0), Group::new(0, 1), Group::new(7, 9)].map(|group| {
		let said = group.secret.context(&GENESIS, group.group, group.epoch, 12);
		let wrap = group.secret.wrap_for(&said, member.owner, 3, &member.key).unwrap();
		assert!(EpochSecret::unwrap(&said, member.owner, 3, &member.seed, &wrap).is_ok());
		let newer = EpochSecret::new([0x99; 32]);
		let link = newer.link(&GENESIS, group.group, group.epoch, &group.secret).unwrap();
		json!({
			"secret": hex::encode(group.secret.as_bytes()),
			"context": context(&said),
			"kem_seed": hex::encode(group.seed.as_bytes()),
			"auth_signature": hex::encode(group.secret.auth_sign(&GENESIS, group.group, group.epoch, b"message")),
			"member": { "member": member.owner, "key_version": 3, "seed": hex::encode(member.seed.as_bytes()) },
			"wrap": hex::encode(wrap),
			"newer_secret": hex::encode(newer.as_bytes()),
			"link": hex::encode(link),
		})
	});
	json!({
		"description": "What comes of an epoch secret, its wrap for a member, a signature of \"message\" by its auth key, \
			and the link to it from the epoch after.",
		"epochs": epochs,
	})
}

fn reader_proofs() -> Value {
	let (cek, salt) = ([0xce; 32], [0x5a; 32]);
	let (record, id, voter) = (RecordId { author: AuthorId(3), n: 70_000 }, [0x1d; 32], MemberId(9));
	let proofs = [(Statement::Verdict, "verdict"), (Statement::Sight, "sight")].map(|(statement, name)| {
		let message = reader::message(statement, &GENESIS, record, &id, voter);
		let signature = reader::sign(&cek, &salt, &message);
		assert!(reader::verify(&forge::reader_key(&cek, &salt), &signature, &message));
		json!({ "statement": name, "message": hex::encode(&message), "signature": hex::encode(signature) })
	});
	json!({
		"description": "A reader's signatures over its statements.",
		"cek": hex::encode(cek),
		"salt": hex::encode(salt),
		"reader_key": hex::encode(forge::reader_key(&cek, &salt)),
		"genesis": hex::encode(GENESIS),
		"record": { "author": record.author, "n": record.n },
		"envelope_id": hex::encode(id),
		"voter": voter,
		"proofs": proofs,
	})
}

fn lengths() -> Value {
	let lengths: Vec<_> = [0, 1, 63, 64, 4_093, 4_094, 4_095, 16_383, 16_384, 65_531, 65_532, 65_533, 200_000, 1 << 20]
		.into_iter()
		.map(|len: usize| {
			let group = Group::new(1, 4);
			let object = object(1, len);
			let payload = seal(&request(&[group.recipient()], &[], &[&object]), &ENTROPY).unwrap();
			assert_eq!(payload.len(), sealed_len([len].into_iter(), 1));
			let header = parse(&payload).unwrap().header;
			assert_eq!(header.author, AUTHOR);
			json!({ "object": len, "padded_len": header.padded_len, "sealed_len": payload.len() })
		})
		.collect();
	json!({ "description": "Lengths of a member's envelope to one group with one object.", "lengths": lengths })
}
