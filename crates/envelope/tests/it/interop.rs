//! An independent implementation, in JavaScript, opens the vectors and makes envelopes that open here.
//!
//! Needs `node` (20.19 or newer) and `npm`, and the npm registry the first time.

use crate::vectors::folder;
use cti_envelope::{open, EpochSecret, OpenError, Recipient, Seed};
use cti_primitives::{Epoch, GroupId, KeyOwnerId, MemberId};
use serde::Deserialize;
use std::{fs, path::Path, process::Command};

#[derive(Deserialize)]
struct Sealed {
	genesis: String,
	envelopes: Vec<Envelope>,
	epoch: EpochKeys,
}

#[derive(Deserialize)]
struct Envelope {
	payload: String,
	id: String,
	tlp: u8,
	objects: Vec<String>,
	recipients: Vec<Key>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Key {
	Group { group: GroupId, epoch: Epoch, seed: String },
	Direct { owner: KeyOwnerId, key_version: u32, seed: String },
}

#[derive(Deserialize)]
struct EpochKeys {
	secret: String,
	roster_version: u32,
	group: GroupId,
	epoch: Epoch,
	member: MemberKey,
	wrap: String,
	newer_secret: String,
	link: String,
}

#[derive(Deserialize)]
struct MemberKey {
	member: MemberId,
	key_version: u32,
	seed: String,
}

#[test]
fn javascript_should_open_ours_and_we_its() {
	let interop = fs::canonicalize("interop").unwrap();
	let sealed_file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("sealed-by-javascript.json");
	let _ = fs::remove_file(&sealed_file);
	assert!(fs::read_dir(folder()).unwrap().count() > 30, "the vectors are there");
	install(&interop);
	run(Command::new("node").arg("--test").current_dir(&interop).env("SEALED_FILE", &sealed_file));

	let sealed: Sealed = serde_json::from_slice(&fs::read(&sealed_file).unwrap()).unwrap();
	assert_eq!(sealed.envelopes.len(), 3);
	for envelope in &sealed.envelopes {
		open_envelope(envelope, &array(&sealed.genesis));
	}
	open_epoch(&sealed.epoch, &array(&sealed.genesis));
}

fn open_envelope(envelope: &Envelope, genesis: &[u8; 32]) {
	let payload = hex::decode(&envelope.payload).unwrap();
	assert!(!envelope.recipients.is_empty());
	for key in &envelope.recipients {
		let opened = match key {
			Key::Group { group, epoch, seed } => {
				let seed = Seed::new(array(seed));
				open(&payload, &Recipient::Group { group: *group, epoch: *epoch, seed: &seed }).unwrap()
			}
			Key::Direct { owner, key_version, seed } => {
				let seed = Seed::new(array(seed));
				let stranger = Recipient::Direct { owner: *owner, key_version: key_version + 1, seed: &seed };
				assert_eq!(open(&payload, &stranger), Err(OpenError::NotAddressed));
				open(&payload, &Recipient::Direct { owner: *owner, key_version: *key_version, seed: &seed }).unwrap()
			}
		};
		assert_eq!(opened.objects.iter().map(hex::encode).collect::<Vec<_>>(), envelope.objects);
		assert_eq!(hex::encode(opened.id), envelope.id);
		assert_eq!((opened.header.tlp as u8, opened.header.genesis), (envelope.tlp, *genesis));
	}
}

fn open_epoch(keys: &EpochKeys, genesis: &[u8; 32]) {
	let secret = EpochSecret::new(array(&keys.secret));
	let context = secret.context(genesis, keys.group, keys.epoch, keys.roster_version);
	let MemberKey { member, key_version, seed } = &keys.member;
	let seed = Seed::new(array(seed));
	let wrap = array(&keys.wrap);
	assert_eq!(EpochSecret::unwrap(&context, *member, *key_version, &seed, &wrap).as_ref(), Ok(&secret));
	assert_eq!(secret.wrap_for(&context, *member, *key_version, &seed.public_key()), Ok(wrap));
	let newer = EpochSecret::new(array(&keys.newer_secret));
	let opened = newer.open_link(genesis, keys.group, keys.epoch, &array(&keys.link), &context.pk_hash);
	assert_eq!(opened.as_ref(), Ok(&secret));
}

fn array<const N: usize>(text: &str) -> [u8; N] {
	hex::decode(text).unwrap().try_into().unwrap()
}

/// `npm ci`, unless what is installed is what the lock file says.
fn install(interop: &Path) {
	let written = |file: &str| fs::metadata(interop.join(file)).and_then(|file| file.modified()).ok();
	let installed = written("node_modules/.package-lock.json");
	if installed.is_none() || installed < written("package-lock.json") {
		run(Command::new("npm").arg("ci").current_dir(interop));
	}
}

fn run(command: &mut Command) {
	let output = command.output().unwrap_or_else(|error| {
		panic!("{command:?} could not be started ({error}): install Node.js 20.19 or newer, with npm")
	});
	let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
	assert!(output.status.success(), "{command:?} failed:\n{out}\n{err}");
}
