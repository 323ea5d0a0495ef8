use super::*;
use crate::{error::Exit, identity::file::Secrets};

const CHEAP: Cost = Cost { memory_kib: 64, iterations: 1, lanes: 1 };
const MEMBER: MemberId = MemberId(3);

fn seeds(bytes: &[u8]) -> Vec<[u8; 32]> {
	bytes.iter().map(|byte| [*byte; 32]).collect()
}

fn sealed() -> ShareFile {
	ShareFile::seal(([7; 32], MEMBER), &MemberSeeds(seeds(&[1, 2])), "battery staple", (CHEAP, [9; 44])).unwrap()
}

fn identity(bytes: &[u8]) -> Identity {
	let secrets = Secrets { account: "//Alice//work".into(), seeds: seeds(bytes) };
	Identity::from_secrets("work", &secrets).unwrap()
}

fn public_key(byte: u8) -> PublicKey {
	Seed::new([byte; 32]).public_key()
}

#[test]
fn shared_keys_should_open_with_their_passphrase_after_a_round_trip_through_the_disk() {
	let folder = tempfile::tempdir().unwrap();
	let path = folder.path().join("keys.json");
	sealed().write(&path).unwrap();
	let read = ShareFile::read(&path).unwrap();
	assert_eq!((read.genesis, read.member), ([7; 32], MEMBER));
	assert_eq!(read.open(&path, "battery staple").unwrap().0, seeds(&[1, 2]));
	assert_eq!(sealed().write(&path).unwrap_err().exit(), Exit::Usage, "nothing is overwritten");
}

#[test]
fn wrong_passphrase_and_changed_files_should_be_refused() {
	let path = Path::new("keys.json");
	let error = sealed().open(path, "Battery staple").unwrap_err();
	assert_eq!(error.exit(), Exit::Identity);
	assert!(error.advice().contains("TESTUDO_SHARE_PASSPHRASE"), "{}", error.advice());
	let mut other_content = sealed();
	other_content.sealed[0] ^= 1;
	let other_member = ShareFile { member: MemberId(4), ..sealed() };
	let other_chain = ShareFile { genesis: [8; 32], ..sealed() };
	let other_cost = ShareFile { argon2id: Cost { iterations: 2, ..CHEAP }, ..sealed() };
	for file in [other_content, other_member, other_chain, other_cost] {
		assert!(file.open(path, "battery staple").is_err(), "{file:?}");
	}
}

#[test]
fn file_that_is_none_or_would_eat_the_memory_should_be_refused() {
	let folder = tempfile::tempdir().unwrap();
	let path = folder.path().join("keys.json");
	assert_eq!(ShareFile::read(&path).unwrap_err().exit(), Exit::BadInput);
	let greedy = ShareFile { argon2id: Cost { memory_kib: u32::MAX, ..CHEAP }, ..sealed() };
	greedy.write(&path).unwrap();
	assert_eq!(ShareFile::read(&path).unwrap_err().exit(), Exit::BadInput);
}

#[test]
fn secrets_should_neither_be_printed_nor_lie_in_the_file() {
	let text = serde_json::to_string(&sealed()).unwrap();
	assert!(!text.contains(&hex::encode([1; 8])) && !text.contains(&hex::encode([2; 8])), "{text}");
	assert_eq!(format!("{:?}", MemberSeeds(seeds(&[1, 2]))), "MemberSeeds(2)");
}

#[test]
fn delegate_should_share_the_members_keys_and_not_its_own() {
	// The member's two, then the delegate's own.
	let held = |role, registered| {
		MemberSeeds::among(&identity(&[1, 2, 9]), role, &public_key(registered)).map(|found| found.0.clone())
	};
	assert_eq!(held(Role::Analyst, 2), Some(seeds(&[1, 2])));
	assert_eq!(held(Role::Auditor, 1), Some(seeds(&[1])));
	assert_eq!(held(Role::Controller, 2), Some(seeds(&[1, 2, 9])), "also one that it registers next");
	assert_eq!(held(Role::Controller, 5), None, "what it holds is not the member's");
}

#[test]
fn received_keys_should_come_before_ones_own_and_only_once() {
	let received = MemberSeeds(seeds(&[1, 2]));
	let mut fresh = seeds(&[9]);
	assert_eq!(received.add_to(&mut fresh), 2);
	assert_eq!(fresh, seeds(&[1, 2, 9]), "the newest is its holder's still");
	assert_eq!(received.add_to(&mut fresh), 0);
	assert_eq!(fresh, seeds(&[1, 2, 9]));
	let mut older = seeds(&[1, 9]);
	assert_eq!(received.add_to(&mut older), 1);
	assert_eq!(older, seeds(&[1, 2, 9]));
	assert!(received.hold(&public_key(2)) && !received.hold(&public_key(9)));
}
