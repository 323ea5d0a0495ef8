//! Speed of sealing, opening, wrapping and rekeying.

use criterion::{criterion_group, criterion_main, Criterion, Throughput};
use cti_envelope::{
	open, parse, seal,
	wrap::{self, Purpose},
	Author, EpochSecret, GroupRecipient, Recipient, SealRequest, Seed,
};
use cti_primitives::{Epoch, GroupId, KeyOwnerId, MemberId, Tlp};
use std::{hint::black_box, time::Duration};

const GENESIS: [u8; 32] = [0x47; 32];
const GROUP: GroupId = GroupId(1);
const EPOCH: Epoch = Epoch(1);
/// About the mean size of an object of the Enterprise ATT&CK bundle.
const OBJECT_LEN: usize = 1_370;

fn objects(bytes: usize) -> Vec<Vec<u8>> {
	(0..bytes / OBJECT_LEN).map(|i| vec![i as u8; OBJECT_LEN]).collect()
}

fn envelopes(c: &mut Criterion) {
	let seed = EpochSecret::new([1; 32]).kem_seed(&GENESIS, GROUP, EPOCH);
	let key = seed.public_key();
	let groups = [GroupRecipient { group: GROUP, epoch: EPOCH, key: &key }];
	let recipient = Recipient::Group { group: GROUP, epoch: EPOCH, seed: &seed };
	for (name, bytes) in [("200 KiB", 200 << 10), ("1 MiB", 1 << 20)] {
		let objects = objects(bytes);
		let objects: Vec<&[u8]> = objects.iter().map(Vec::as_slice).collect();
		let request = SealRequest {
			genesis: GENESIS,
			author: Author::Member(MemberId(0)),
			tlp: Tlp::Green,
			groups: &groups,
			direct: &[],
			pad_direct: false,
			objects: &objects,
		};
		let payload = seal(&request, &[2; 32]).expect("the request is valid");
		let mut group = c.benchmark_group(name);
		group.throughput(Throughput::Bytes(bytes as u64));
		group.bench_function("seal", |b| b.iter(|| seal(black_box(&request), &[2; 32])));
		group.bench_function("open", |b| b.iter(|| open(black_box(&payload), &recipient)));
		group.bench_function("id", |b| b.iter(|| parse(black_box(&payload)).map(|parsed| parsed.id())));
		group.finish();
	}
}

fn wraps(c: &mut Criterion) {
	let seed = Seed::new([3; 32]);
	let key = seed.public_key();
	let purpose = Purpose::Direct { owner: KeyOwnerId(1), key_version: 1 };
	let (aad, secret, randomness) = ([4; 32], [5; 32], [6; 64]);
	let sealed = wrap::seal_to(&key, purpose, &GENESIS, &aad, &secret, &randomness).expect("the key is valid");
	let mut group = c.benchmark_group("wraps");
	group.throughput(Throughput::Elements(1));
	group.bench_function("seal", |b| {
		b.iter(|| wrap::seal_to(black_box(&key), purpose, &GENESIS, &aad, &secret, &randomness))
	});
	group.bench_function("open", |b| b.iter(|| wrap::open(&seed, purpose, &GENESIS, &aad, black_box(&sealed))));
	group.bench_function("check a public key", |b| b.iter(|| cti_envelope::is_valid_public_key(black_box(&key))));
	group.finish();
}

fn rekey(c: &mut Criterion) {
	let members: Vec<_> =
		(0..255u32).map(|member| (MemberId(member), Seed::new([member as u8; 32]).public_key())).collect();
	let (secret, previous) = (EpochSecret::new([7; 32]), EpochSecret::new([8; 32]));
	let mut group = c.benchmark_group("rekey");
	group.sample_size(10).measurement_time(Duration::from_secs(5));
	group.bench_function("255 members", |b| {
		b.iter(|| {
			let context = secret.context(&GENESIS, GROUP, Epoch(2), 3);
			let link = secret.link(&GENESIS, GROUP, EPOCH, &previous);
			let wraps: Result<Vec<_>, _> =
				members.iter().map(|(member, key)| secret.wrap_for(&context, *member, 0, key)).collect();
			(link, wraps.map(|wraps| wraps.len()))
		})
	});
	group.finish();
}

criterion_group!(benches, envelopes, wraps, rekey);
criterion_main!(benches);
