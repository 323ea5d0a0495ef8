//! Benchmarks. What drives the cost of a publication is swept: bytes, techniques, groups, and whether it ends.

use crate::{pallet::*, types::*};
use alloc::{vec, vec::Vec};
use cti_envelope::{
	open, reader::Statement, Author, DirectRecipient, GroupRecipient, Opened, Packing, Recipient, SealRequest, Seed,
	MAX_AUDIENCE, MAX_PAYLOAD,
};
use cti_primitives::{
	record::{Sighting, SightingKind, MAX_TECHNIQUES},
	Draft, Epoch, GroupId, Hash, MemberId, RecordId, RecordStatus, TechniqueId, Tlp,
};
use frame::{
	benchmarking::prelude::*,
	deps::{frame_support::storage::storage_prefix, sp_core::storage::well_known_keys},
};

/// Puts up what the other pallets hold.
pub trait BenchmarkHelper<AccountId> {
	/// The account of an active member's controller, and the member: another one for every `seed`.
	fn member(seed: u32) -> (AccountId, MemberId);

	/// So many groups with an open roster, ascending, each with its newest epoch, that take GREEN and to which `member`
	/// may publish now.
	fn groups(member: MemberId, count: u32) -> Vec<(GroupId, Epoch)>;

	/// So many techniques of the catalogue, ascending.
	fn techniques(count: u32) -> Vec<TechniqueId>;
}

const MAX_BYTES: u32 = MAX_PAYLOAD as u32;

/// The key of everybody: the chain does not look into wraps.
fn seed() -> Seed {
	Seed::new([1; 32])
}

fn genesis<T: Config>() -> Hash {
	frame_system::Pallet::<T>::block_hash(BlockNumberFor::<T>::default()).into()
}

/// Leaves out of the count what every block and every signed extrinsic pays for before a call runs: the timestamp
/// inherent writes the time, the extensions that check genesis and era read the hash of block 0, and applying an
/// extrinsic sets its index.
fn whitelist_overhead<T: Config>() {
	add_to_whitelist(storage_prefix(b"Timestamp", b"Now").to_vec().into());
	add_to_whitelist(frame_system::BlockHash::<T>::hashed_key_for(BlockNumberFor::<T>::default()).into());
	add_to_whitelist(well_known_keys::EXTRINSIC_INDEX.to_vec().into());
	frame_system::Pallet::<T>::set_extrinsic_index(0);
}

/// The longest envelope of one object that is not longer than `bytes`, to these groups and to one member. Padding
/// leaves at most a sixty-fourth of a long envelope unused.
fn seal<T: Config>(author: MemberId, groups: &[(GroupId, Epoch)], bytes: u32) -> Payload {
	let key = seed().public_key();
	let groups: Vec<_> =
		groups.iter().map(|(group, epoch)| GroupRecipient { group: *group, epoch: *epoch, key: &key }).collect();
	let author = Author::Member(author);
	let empty = Packing::new(&author, groups.len(), 1);
	let fits = |length| empty.with(length, bytes as usize).is_some();
	let length = (0..18).rev().map(|bit| 1usize << bit).fold(0, |n, bit| if fits(n | bit) { n | bit } else { n });
	let object = vec![b' '; length];
	let request = SealRequest {
		genesis: genesis::<T>(),
		author,
		tlp: Tlp::Green,
		groups: &groups,
		direct: &[DirectRecipient { owner: MemberId(0), key_version: 0, key: &key }],
		pad_direct: false,
		objects: &[&object],
	};
	cti_envelope::seal(&request, &[1; 32]).expect("the request is valid; qed").try_into().expect("it fits; qed")
}

fn read(payload: &Payload) -> Opened {
	let recipient = Recipient::Direct { owner: MemberId(0), key_version: 0, seed: &seed() };
	open(payload, &recipient).expect("it has a wrap for this key; qed")
}

fn draft<T: Config>(techniques: u32, ends: bool) -> Draft {
	let techniques = T::BenchmarkHelper::techniques(techniques).try_into().expect("not more than asked for; qed");
	Draft { techniques, disclose_techniques: false, valid_until: ends.then(|| Pallet::<T>::now() + 1) }
}

/// A new member's record 0, the smallest there is.
fn published<T: Config>(ends: bool) -> (T::AccountId, RecordId, Payload) {
	let (account, member) = T::BenchmarkHelper::member(0);
	let payload = seal::<T>(member, &[], 8_192);
	let record =
		Pallet::<T>::do_publish(member, &draft::<T>(0, ends), &payload, None).expect("it is valid; qed").record;
	(account, record, payload)
}

fn status<T: Config>(record: RecordId) -> Option<RecordStatus> {
	Records::<T>::get(record).map(|record| record.status)
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn publish(
		b: Linear<16_384, MAX_BYTES>,
		t: Linear<0, MAX_TECHNIQUES>,
		g: Linear<0, MAX_AUDIENCE>,
		e: Linear<0, 1>,
	) {
		whitelist_overhead::<T>();
		let (account, member) = T::BenchmarkHelper::member(0);
		let payload = seal::<T>(member, &T::BenchmarkHelper::groups(member, g), b);
		let draft = draft::<T>(t, e > 0);

		#[extrinsic_call]
		_(RawOrigin::Signed(account), draft, payload);

		assert_eq!(status::<T>(RecordId { author: member.into(), n: 0 }), Some(RecordStatus::Open));
	}

	/// What is replaced has an end, and leaves the expiry queue.
	#[benchmark]
	fn revise(b: Linear<16_384, MAX_BYTES>, t: Linear<0, MAX_TECHNIQUES>, g: Linear<0, MAX_AUDIENCE>, e: Linear<0, 1>) {
		whitelist_overhead::<T>();
		let (account, old, _) = published::<T>(true);
		let member = old.author.member().expect("a member published it; qed");
		let payload = seal::<T>(member, &T::BenchmarkHelper::groups(member, g), b);
		let draft = draft::<T>(t, e > 0);

		#[extrinsic_call]
		_(RawOrigin::Signed(account), old.n, draft, payload);

		assert_eq!(status::<T>(old), Some(RecordStatus::Superseded));
	}

	/// What is withdrawn has an end, and leaves the expiry queue.
	#[benchmark]
	fn withdraw() {
		whitelist_overhead::<T>();
		let (account, record, _) = published::<T>(true);

		#[extrinsic_call]
		_(RawOrigin::Signed(account), record.n, WithdrawalReason::Other);

		assert_eq!(status::<T>(record), Some(RecordStatus::Withdrawn));
	}

	/// The member's first report of the record, which is counted and heard by reputation.
	#[benchmark]
	fn sight() {
		whitelist_overhead::<T>();
		let (_, record, payload) = published::<T>(false);
		let (account, by) = T::BenchmarkHelper::member(1);
		let now = Pallet::<T>::now();
		let sighting = Sighting { kind: SightingKind::Seen, count: 1, first_seen: now, last_seen: now };
		let proof = read(&payload).sign(Statement::Sight, record, by);

		#[extrinsic_call]
		_(RawOrigin::Signed(account), record, sighting, proof);

		assert_eq!(Records::<T>::get(record).map(|record| record.sightings), Some(1));
	}

	#[benchmark]
	fn extend() {
		whitelist_overhead::<T>();
		let (account, record, _) = published::<T>(true);
		let end = Records::<T>::get(record).and_then(|record| record.end).expect("it has an end; qed");

		#[extrinsic_call]
		_(RawOrigin::Signed(account), record.n, end.begins() + 1);

		assert!(Records::<T>::get(record).and_then(|record| record.end) > Some(end));
	}

	/// `n` records have ended, and one that has not stops the search.
	#[benchmark]
	fn expire(n: Linear<0, MAX_EXPIRIES>) {
		whitelist_overhead::<T>();
		let (_, live, _) = published::<T>(true);
		let ended = Day::not_before(0).expect("time began on a day; qed");
		let record = Records::<T>::get(live).expect("it was published; qed");
		for n in 1..=n {
			let id = RecordId { n, ..live };
			Records::<T>::insert(id, Record { end: Some(ended), ..record.clone() });
			ExpiryQueue::<T>::insert(ended, id, ());
		}
		let expired;

		#[block]
		{
			expired = Pallet::<T>::expire_ended(n.saturating_add(1));
		}

		assert_eq!((expired, status::<T>(live)), (n, Some(RecordStatus::Open)));
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
