//! Benchmarks. What drives the cost of a publication is swept: bytes, techniques, groups, and whether it ends.

use crate::{pallet::*, types::*};
use alloc::{boxed::Box, vec, vec::Vec};
use cti_envelope::{
	open, reader::Statement, Anchor, Author, DirectRecipient, EpochSecret, GroupRecipient, Opened, Packing, Recipient,
	SealRequest, Seed, MAX_AUDIENCE, MAX_PAYLOAD,
};
use cti_primitives::{
	record::{Sighting, SightingKind, MAX_TECHNIQUES},
	Draft, Epoch, GroupId, Hash, KeyOwnerId, MemberId, RecordId, RecordStatus, TechniqueId, Tlp, WRAP_LEN,
};
use frame::{
	benchmarking::prelude::*,
	deps::{frame_support::storage::storage_prefix, sp_core::storage::well_known_keys},
};

/// Puts up what the other pallets hold.
pub trait BenchmarkHelper<AccountId> {
	/// The account of an active member's controller, and the member: another one for every `seed`.
	fn member(seed: u32) -> (AccountId, MemberId);

	/// The group that every member is in, and its newest epoch, which takes GREEN.
	fn group_of_all() -> (GroupId, Epoch);

	/// So many hidden groups, ascending, each with its newest epoch, which `secret` makes, that take GREEN.
	fn hidden_groups(count: u32, secret: &EpochSecret) -> Vec<(GroupId, Epoch)>;

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
		direct: &[DirectRecipient { owner: KeyOwnerId(0), key_version: 0, key: &key }],
		pad_direct: false,
		objects: &[&object],
	};
	cti_envelope::seal(&request, &[1; 32]).expect("the request is valid; qed").try_into().expect("it fits; qed")
}

fn read(payload: &Payload) -> Opened {
	let recipient = Recipient::Direct { owner: KeyOwnerId(0), key_version: 0, seed: &seed() };
	open(payload, &recipient).expect("it has a wrap for this key; qed")
}

fn draft<T: Config>(techniques: u32, ends: bool) -> Draft {
	let techniques = T::BenchmarkHelper::techniques(techniques).try_into().expect("not more than asked for; qed");
	Draft { techniques, valid_until: ends.then(|| Pallet::<T>::now() + 1), ..Draft::default() }
}

/// A new member's record 0, the smallest there is.
fn published<T: Config>(ends: bool) -> (T::AccountId, RecordId, Payload) {
	let (account, member) = T::BenchmarkHelper::member(0);
	let payload = seal::<T>(member, &[], 8_192);
	let record =
		Pallet::<T>::do_publish(member, &draft::<T>(0, ends), &payload, None).expect("it is valid; qed").record;
	(account, record, payload)
}

/// An envelope to hidden groups, which cost most, and its draft with the proofs that the member may publish to them.
fn for_hidden_groups<T: Config>(member: MemberId, count: u32, bytes: u32, mut draft: Draft) -> (Draft, Payload) {
	let secret = EpochSecret::new([3; 32]);
	let groups = T::BenchmarkHelper::hidden_groups(count, &secret);
	let payload = seal::<T>(member, &groups, bytes);
	let id = cti_envelope::parse(&payload).expect("it was just sealed; qed").id();
	let proofs = groups.iter().map(|place| secret.sign_publication(&genesis::<T>(), *place, member, &id));
	draft.group_proofs = proofs.collect::<Vec<_>>().try_into().expect("as many as groups; qed");
	(draft, payload)
}

/// A withdrawn record of a new member.
fn withdrawn<T: Config>() -> RecordId {
	let (_, record, _) = published::<T>(false);
	Pallet::<T>::do_withdraw(record, WithdrawalReason::Other).expect("it was published; qed");
	record
}

fn status<T: Config>(record: RecordId) -> Option<RecordStatus> {
	Records::<T>::get(record).map(|record| record.status)
}

#[benchmarks]
mod benchmarks {
	use super::*;

	/// With one group at least: what the first one costs, a record to single members pays, too.
	#[benchmark]
	fn publish(
		b: Linear<16_384, MAX_BYTES>,
		t: Linear<0, MAX_TECHNIQUES>,
		g: Linear<1, MAX_AUDIENCE>,
		e: Linear<0, 1>,
	) {
		whitelist_overhead::<T>();
		let (account, member) = T::BenchmarkHelper::member(0);
		let (draft, payload) = for_hidden_groups::<T>(member, g, b, draft::<T>(t, e > 0));

		#[extrinsic_call]
		_(RawOrigin::Signed(account), draft, payload);

		assert_eq!(status::<T>(RecordId { author: member.into(), n: 0 }), Some(RecordStatus::Open));
	}

	/// The usual case, which has a budget of its own: to the group of all, without techniques, without an end.
	#[benchmark]
	fn publish_to_all() {
		whitelist_overhead::<T>();
		let (account, member) = T::BenchmarkHelper::member(0);
		let payload = seal::<T>(member, &[T::BenchmarkHelper::group_of_all()], 16_384);

		#[extrinsic_call]
		publish(RawOrigin::Signed(account), draft::<T>(0, false), payload);

		assert_eq!(status::<T>(RecordId { author: member.into(), n: 0 }), Some(RecordStatus::Open));
	}

	/// What is replaced has an end, and leaves the expiry queue.
	#[benchmark]
	fn revise(b: Linear<16_384, MAX_BYTES>, t: Linear<0, MAX_TECHNIQUES>, g: Linear<1, MAX_AUDIENCE>, e: Linear<0, 1>) {
		whitelist_overhead::<T>();
		let (account, old, _) = published::<T>(true);
		let member = old.author.member().expect("a member published it; qed");
		let (draft, payload) = for_hidden_groups::<T>(member, g, b, draft::<T>(t, e > 0));

		#[extrinsic_call]
		_(RawOrigin::Signed(account), old.n, draft, payload);

		assert_eq!(status::<T>(old), Some(RecordStatus::Superseded));
	}

	/// What is replaced has an end, and leaves the expiry queue.
	#[benchmark]
	fn anchor(t: Linear<0, MAX_TECHNIQUES>, g: Linear<1, MAX_AUDIENCE>, e: Linear<0, 1>) {
		whitelist_overhead::<T>();
		let (account, old, _) = published::<T>(true);
		let member = old.author.member().expect("a member published it; qed");
		let (draft, payload) = for_hidden_groups::<T>(member, g, 16_384, draft::<T>(t, e > 0));
		let known = Anchor::of(&cti_envelope::parse(&payload).expect("it was just sealed; qed"));
		let longest = [b"https://".to_vec(), vec![b'a'; MAX_URL as usize - 8]].concat();
		let location = longest.try_into().expect("it has as many bytes as there may be; qed");

		#[extrinsic_call]
		_(RawOrigin::Signed(account), draft, Box::new(known), location, Some(old.n));

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

	/// All recipients are named members, each of whom asked for it.
	#[benchmark]
	fn grant(g: Linear<1, MAX_GRANTS>) {
		whitelist_overhead::<T>();
		let (account, record, _) = published::<T>(false);
		let grants: Vec<Grant> = (1..=g)
			.map(|seed| {
				let (_, reader) = T::BenchmarkHelper::member(seed);
				Pallet::<T>::do_request(reader, record).expect("it is live; qed");
				Grant { recipient: crate::Recipient::Open(reader.into()), wrap: [7; WRAP_LEN] }
			})
			.collect();
		let grants: Grants = grants.try_into().expect("not more than asked for; qed");

		#[extrinsic_call]
		_(RawOrigin::Signed(account), record.n, grants);

		assert_eq!(Requests::<T>::iter_prefix(record).count(), 0);
	}

	#[benchmark]
	fn request_access() {
		whitelist_overhead::<T>();
		let (_, record, _) = published::<T>(false);
		let (account, by) = T::BenchmarkHelper::member(1);

		#[extrinsic_call]
		_(RawOrigin::Signed(account), record);

		assert!(Requests::<T>::contains_key(record, by));
	}

	#[benchmark]
	fn decline() {
		whitelist_overhead::<T>();
		let (account, record, _) = published::<T>(false);
		let (_, by) = T::BenchmarkHelper::member(1);
		Pallet::<T>::do_request(by, record).expect("it is live; qed");

		#[extrinsic_call]
		_(RawOrigin::Signed(account), record.n, by);

		assert!(!Requests::<T>::contains_key(record, by));
	}

	#[benchmark]
	fn acknowledge() {
		whitelist_overhead::<T>();
		let record = withdrawn::<T>();
		let (account, by) = T::BenchmarkHelper::member(1);

		#[extrinsic_call]
		_(RawOrigin::Signed(account), record);

		assert!(Acknowledged::<T>::contains_key(record, by));
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
