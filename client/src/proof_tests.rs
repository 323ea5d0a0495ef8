use super::*;
use crate::error::Exit;
use cti_envelope::{development::member_seed, open, seal, Author, DirectRecipient, Recipient, SealRequest};
use cti_primitives::{KeyOwnerId, MemberId};

fn opened() -> Opened {
	let seed = member_seed("alice");
	let key = seed.public_key();
	let objects: Vec<String> =
		(0..3).map(|n| format!("{{\"id\":\"tool--{n}\",\"text\":\"\\u00e9 \\\\ é\"}}")).collect();
	let raw: Vec<&[u8]> = objects.iter().map(String::as_bytes).collect();
	let request = SealRequest {
		genesis: [2; 32],
		author: Author::Member(MemberId(0)),
		tlp: Tlp::Green,
		groups: &[],
		direct: &[DirectRecipient { owner: KeyOwnerId(0), key_version: 0, key: &key }],
		pad_direct: false,
		objects: &raw,
	};
	let payload = seal(&request, &[6; 32]).unwrap();
	open(&payload, &Recipient::Direct { owner: KeyOwnerId(0), key_version: 0, seed: &seed }).unwrap()
}

fn proof(index: u32) -> ProofFile {
	ProofFile::make("0/5".parse().unwrap(), &opened(), index).unwrap()
}

fn registered() -> Registered {
	let opened = opened();
	let header = &opened.header;
	Registered { genesis: header.genesis, id: opened.id, objects_root: header.objects_root, leaves: header.leaves }
}

#[test]
fn every_object_should_be_provable_through_a_file() {
	for index in 0..3 {
		let text = serde_json::to_vec_pretty(&proof(index)).unwrap();
		let read = ProofFile::read(&text, Path::new("p.json")).unwrap();
		assert_eq!(read.object.as_bytes(), opened().objects[index as usize]);
		assert_eq!(read.object_id(), Some(format!("tool--{index}")));
		read.check().unwrap();
		read.check_registered(&registered()).unwrap();
	}
	let missing = ProofFile::make("0/5".parse().unwrap(), &opened(), 3).unwrap_err();
	assert_eq!(missing.exit(), Exit::NotFound);
}

#[test]
fn any_change_should_break_the_proof() {
	let good = proof(1);
	let changes: [fn(&mut ProofFile); 7] = [
		|proof| proof.object.push(' '),
		|proof| proof.index = 0,
		|proof| proof.salt[0] ^= 1,
		|proof| proof.leaves = 8,
		|proof| proof.objects_root[31] ^= 1,
		|proof| drop(proof.siblings.pop()),
		|proof| proof.siblings[0] = "zz".into(),
	];
	for change in changes {
		let mut changed = good.clone();
		change(&mut changed);
		assert_eq!(changed.check().unwrap_err().exit(), Exit::Verification, "{changed:?}");
	}
}

#[test]
fn proof_should_count_only_for_what_the_chain_registered() {
	let good = registered();
	let others = [
		Registered { genesis: [9; 32], ..good },
		Registered { id: [9; 32], ..good },
		Registered { objects_root: [9; 32], ..good },
		Registered { leaves: 8, ..good },
	];
	for other in others {
		assert_eq!(proof(0).check_registered(&other).unwrap_err().exit(), Exit::Verification);
	}
}

#[test]
fn foreign_files_should_be_bad_input() {
	let mut other_format = serde_json::to_value(proof(0)).unwrap();
	other_format["format"] = "other".into();
	let mut extended = serde_json::to_value(proof(0)).unwrap();
	extended["extra"] = 1.into();
	for text in [b"{}".to_vec(), b"no json".to_vec(), other_format.to_string().into(), extended.to_string().into()] {
		assert_eq!(ProofFile::read(&text, Path::new("p.json")).unwrap_err().exit(), Exit::BadInput);
	}
}
