//! Benchmarks of the calls, each in its worst case.

use crate::{
	position::{Link, Place, Position, PrefixHash},
	types::{FeedName, FeedSettings, MAX_NAME},
	Call, Config, Event, Feeds, FeedsOf, Pallet, Payload,
};
use alloc::{vec, vec::Vec};
use cti_envelope::{Author, DirectRecipient, GroupRecipient, Recipient, SealRequest, Seed, MAX_PAYLOAD};
use cti_primitives::{
	record::MAX_TECHNIQUES, Actor, Draft, FeedId, GroupId, Groups, KeyOwnerId, MemberId, Members, TechniqueId, Tlp,
};
use frame::{
	benchmarking::prelude::*,
	deps::{frame_support::storage::storage_prefix, sp_core::storage::well_known_keys},
};

/// Unix seconds after which nothing is valid any more: late enough for every clock, early enough for every calendar.
const END: u64 = 4_000_000_000;
/// The seed of a reader that is nobody's.
const SEED: [u8; 32] = [1; 32];

/// What the benchmarks need to be there.
pub trait BenchmarkHelper<AccountId> {
	/// The controller of an active member.
	fn controller() -> AccountId;

	/// A keyed group with a roster to look up, in which the member may publish up to AMBER+STRICT.
	fn group(member: MemberId) -> GroupId;

	/// So many techniques of the catalogue, ascending.
	fn techniques(count: u32) -> Vec<TechniqueId>;
}

/// An active member's controller, the member, and its group. Leaves out of the count what every block and every signed
/// extrinsic pays for before a call runs: the time, the hash of block 0, the extrinsic's index.
fn member<T: Config>() -> Result<(T::AccountId, MemberId, GroupId), BenchmarkError> {
	add_to_whitelist(storage_prefix(b"Timestamp", b"Now").to_vec().into());
	add_to_whitelist(frame_system::BlockHash::<T>::hashed_key_for(BlockNumberFor::<T>::zero()).into());
	add_to_whitelist(well_known_keys::EXTRINSIC_INDEX.to_vec().into());
	frame_system::Pallet::<T>::set_extrinsic_index(0);
	let controller = T::BenchmarkHelper::controller();
	let Actor { member, .. } = T::Members::actor(&controller).ok_or("the controller acts for no member")?;
	Ok((controller, member, T::BenchmarkHelper::group(member)))
}

fn settings(group: GroupId) -> FeedSettings {
	let name = FeedName::truncate_from(&"n".repeat(MAX_NAME as usize));
	FeedSettings { name, group, ceiling: Tlp::AmberStrict, default_marking: Some(Tlp::Green) }
}

/// Registers a feed, beside another of the same member.
fn feed<T: Config>(member: MemberId, group: GroupId) -> Result<FeedId, BenchmarkError> {
	Pallet::<T>::add_feed(member, settings(group))?;
	Ok(Pallet::<T>::add_feed(member, settings(group))?)
}

/// An envelope of at most `bytes` bytes, as close to them as padding allows.
fn envelope<T: Config>(member: MemberId, group: GroupId, bytes: u32) -> Result<Payload, BenchmarkError> {
	let (epoch, key) = T::Groups::sealing_key(group).ok_or("the group is not keyed")?;
	let mut size = bytes as usize;
	loop {
		let object = vec![b'x'; size];
		let request = SealRequest {
			genesis: frame_system::Pallet::<T>::block_hash(BlockNumberFor::<T>::zero()).into(),
			author: Author::Member(member),
			tlp: Tlp::Green,
			groups: &[GroupRecipient { group, epoch, key: &key }],
			direct: &[],
			pad_direct: false,
			objects: &[&object],
		};
		let payload = cti_envelope::seal(&request, &[7; 32]).map_err(|_| "the envelope is not sealed")?;
		if payload.len() <= bytes as usize {
			return Ok(Payload::truncate_from(payload));
		}
		size = size.saturating_sub(2_048);
	}
}

/// Objects of the mean size in the Enterprise ATT&CK bundle.
fn mebibyte() -> Vec<Vec<u8>> {
	vec![vec![b'x'; 1_370]; (1 << 20) / 1_370 + 1]
}

/// Seals to one member, whoever that is.
fn seal_for_all(objects: &[Vec<u8>]) -> Result<Vec<u8>, BenchmarkError> {
	let key = Seed::new(SEED).public_key();
	let objects: Vec<&[u8]> = objects.iter().map(Vec::as_slice).collect();
	let request = SealRequest {
		genesis: [0; 32],
		author: Author::Member(MemberId(0)),
		tlp: Tlp::Green,
		groups: &[],
		direct: &[DirectRecipient { owner: KeyOwnerId(0), key_version: 0, key: &key }],
		pad_direct: false,
		objects: &objects,
	};
	cti_envelope::seal(&request, &[7; 32]).map_err(|_| "the envelope is not sealed".into())
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn register_feed() -> Result<(), BenchmarkError> {
		let (controller, owner, group) = member::<T>()?;
		feed::<T>(owner, group)?;
		let settings = settings(group);
		let FeedSettings { name, group, ceiling, default_marking } = settings.clone();
		#[extrinsic_call]
		_(RawOrigin::Signed(controller), name, group, ceiling, default_marking);

		let feed = FeedId(crate::NextFeedId::<T>::get().0.saturating_sub(1));
		let event: <T as frame_system::Config>::RuntimeEvent =
			Event::<T>::FeedRegistered { feed, owner, settings }.into();
		frame_system::Pallet::<T>::assert_last_event(event.into());
		Ok(())
	}

	#[benchmark]
	fn update_feed() -> Result<(), BenchmarkError> {
		let (controller, owner, group) = member::<T>()?;
		let feed = feed::<T>(owner, group)?;
		let FeedSettings { name, group, ceiling, default_marking } = settings(group);
		#[extrinsic_call]
		_(RawOrigin::Signed(controller), feed, name, group, ceiling, default_marking, false);

		assert!(!Feeds::<T>::get(feed).ok_or("the feed is gone")?.enabled);
		Ok(())
	}

	#[benchmark]
	fn remove_feed() -> Result<(), BenchmarkError> {
		let (controller, owner, group) = member::<T>()?;
		let feed = feed::<T>(owner, group)?;
		let count = FeedsOf::<T>::get(owner);
		#[extrinsic_call]
		_(RawOrigin::Signed(controller), feed);

		assert_eq!(FeedsOf::<T>::get(owner), count.saturating_sub(1));
		Ok(())
	}

	#[benchmark]
	fn publish_page(
		b: Linear<8_192, { MAX_PAYLOAD as u32 }>,
		t: Linear<0, MAX_TECHNIQUES>,
		e: Linear<0, 1>,
	) -> Result<(), BenchmarkError> {
		let (controller, owner, group) = member::<T>()?;
		let feed = feed::<T>(owner, group)?;
		let position = Position {
			follows: Link::to(&[]),
			place: Place::File { offset: 1, prefix: PrefixHash::default().value() },
			progress: None,
		};
		let draft = Draft {
			techniques: BoundedVec::truncate_from(T::BenchmarkHelper::techniques(t)),
			valid_until: (e > 0).then_some(END),
			..Draft::default()
		};
		let payload = envelope::<T>(owner, group, b)?;
		#[extrinsic_call]
		_(RawOrigin::Signed(controller), feed, 0, position.encode_to(), draft, payload);

		assert_eq!(Feeds::<T>::get(feed).ok_or("the feed is gone")?.sequence, 1);
		Ok(())
	}

	/// A mebibyte sealed as the worker does it, in the runtime's Wasm. Behind no call.
	#[benchmark(extra)]
	fn seal_mebibyte() {
		let objects = mebibyte();
		let sealed;
		#[block]
		{
			sealed = seal_for_all(&objects);
		}

		assert!(sealed.is_ok_and(|sealed| sealed.len() > 1 << 20));
	}

	/// The same opened again.
	#[benchmark(extra)]
	fn open_mebibyte() -> Result<(), BenchmarkError> {
		let objects = mebibyte();
		let sealed = seal_for_all(&objects)?;
		let seed = Seed::new(SEED);
		let opened;
		#[block]
		{
			opened =
				cti_envelope::open(&sealed, &Recipient::Direct { owner: KeyOwnerId(0), key_version: 0, seed: &seed });
		}

		assert!(opened.map_err(|_| "the envelope does not open")?.objects == objects);
		Ok(())
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
