//! Every call at its dearest: all seats taken, the member concerned in as many groups as it may be.

use crate::{pallet::*, types::*};
use alloc::{boxed::Box, vec, vec::Vec};
use cti_primitives::{
	quality::{Word, MAX_PROPERTIES, MAX_REQUIREMENTS, MAX_WORD},
	Epoch, GroupId, MemberId, Members as _, Quality, Requirement, Rhythm, Role, Standing, Tlp,
};
use frame::{
	benchmarking::prelude::*,
	token::fungible::{Inspect, Mutate},
};

const SEED: u32 = 0;

/// Puts up what the benchmarks need of the seats' keeper.
pub trait BenchmarkHelper<AccountId, RuntimeCall> {
	/// As many open motions as there may be, on which all of `voters` have voted: the keeper goes through them whenever a
	/// seat changes hands.
	fn open_motions(voters: &[AccountId]);

	/// A call that may be enacted.
	fn enactable() -> RuntimeCall;
}

fn open_motions<T: Config>() {
	T::BenchmarkHelper::open_motions(&SeatHolders::<T>::get());
}

fn key() -> Box<EncryptionKey> {
	Box::new(cti_envelope::development::member_seed("alice").public_key())
}

fn longest_name() -> Name {
	Name::truncate_from(&"x".repeat(MAX_NAME as usize))
}

fn policy() -> GroupPolicy {
	GroupPolicy { ceiling: Tlp::Green, history: true, ..Default::default() }
}

fn admit_origin<T: Config>() -> T::RuntimeOrigin {
	T::AdmitOrigin::try_successful_origin().unwrap()
}

/// Admits one more member with a key.
fn newcomer<T: Config>() -> (T::AccountId, MemberId) {
	let next = NextMember::<T>::get();
	let controller: T::AccountId = account("member", next, SEED);
	Pallet::<T>::do_admit(controller.clone(), longest_name(), Some(key()), None).unwrap();
	(controller, MemberId(next))
}

/// Admits members until `seats` are taken.
fn fill_seats<T: Config>(seats: u32) {
	while (SeatHolders::<T>::get().len() as u32) < seats {
		newcomer::<T>();
	}
}

/// Puts the member into `count` groups that other members own; gives the last group and its owner.
fn enter_groups<T: Config>(member: MemberId, count: u32) -> (T::AccountId, GroupId) {
	let (mut owner, mut id) = newcomer::<T>();
	for n in 0..count {
		if n > 0 && n % MAX_GROUPS_OF_ONE_OWNER as u32 == 0 {
			(owner, id) = newcomer::<T>();
		}
		Pallet::<T>::do_create_group(id, longest_name(), policy(), Visibility::Open).unwrap();
		Pallet::<T>::do_add_to_group(id, last_group::<T>(), member).unwrap();
	}
	(owner, last_group::<T>())
}

fn last_group<T: Config>() -> GroupId {
	GroupId(NextGroup::<T>::get() - 1)
}

/// Makes the group's next epoch.
fn rekey<T: Config>(by: MemberId, group: GroupId) {
	let entry = Groups::<T>::get(group).unwrap();
	let wraps = distinct_wraps(entry.members.into());
	let new = NewEpoch { public_key: key(), auth: [1; 32], link: None, wraps };
	Pallet::<T>::do_rekey(by, group, entry.epoch, entry.roster_version, new).unwrap();
}

/// Wraps that ascend by their bytes.
fn distinct_wraps(count: u32) -> Wraps {
	let wrap = |n: u32| {
		let mut wrap = [7; 1168];
		wrap[..4].copy_from_slice(&n.to_be_bytes());
		wrap
	};
	(0..count).map(wrap).collect::<Vec<_>>().try_into().unwrap()
}

/// Makes a hidden group of that member.
fn hide<T: Config>(owner: MemberId) -> GroupId {
	Pallet::<T>::do_create_group(owner, longest_name(), policy(), Visibility::Hidden).unwrap();
	last_group::<T>()
}

/// Pays the account enough to bond.
fn enrich<T: Config>(account: &T::AccountId) {
	let bond = T::CollatorBond::get();
	T::Currency::set_balance(account, bond + bond + T::Currency::minimum_balance());
}

fn last_event<T: Config>(event: Event<T>) {
	let event: <T as frame_system::Config>::RuntimeEvent = event.into();
	System::<T>::assert_last_event(event.into());
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn admit() {
		let (_, former) = newcomer::<T>();
		Pallet::<T>::do_expel(former).unwrap_or_else(|_| {
			newcomer::<T>();
			Pallet::<T>::do_expel(former).unwrap()
		});
		fill_seats::<T>(MAX_SEATS - 1);
		let rich = T::Endowment::get() + T::Endowment::get() + T::Currency::minimum_balance();
		T::Currency::set_balance(&Pallet::<T>::pot(), rich);
		let controller: T::AccountId = account("newcomer", 0, SEED);
		open_motions::<T>();
		#[extrinsic_call]
		_(admit_origin::<T>() as T::RuntimeOrigin, controller.clone(), longest_name(), Some(key()), Some(former));
		assert!(Accounts::<T>::contains_key(controller));
	}

	#[benchmark]
	fn suspend() {
		let (_, member) = newcomer::<T>();
		enter_groups::<T>(member, MAX_GROUPS);
		#[extrinsic_call]
		_(admit_origin::<T>() as T::RuntimeOrigin, member);
		last_event::<T>(Event::MemberSuspended { member });
	}

	#[benchmark]
	fn reinstate() {
		let (_, member) = newcomer::<T>();
		enter_groups::<T>(member, MAX_GROUPS);
		Pallet::<T>::do_suspend(member).unwrap();
		#[extrinsic_call]
		_(admit_origin::<T>() as T::RuntimeOrigin, member);
		last_event::<T>(Event::MemberReinstated { member });
	}

	#[benchmark]
	fn expel() {
		let (_, member) = newcomer::<T>();
		enter_groups::<T>(member, MAX_GROUPS);
		fill_seats::<T>(MAX_SEATS);
		open_motions::<T>();
		#[extrinsic_call]
		_(admit_origin::<T>() as T::RuntimeOrigin, member);
		assert_eq!(SeatHolders::<T>::get().len() as u32, MAX_SEATS - 1);
	}

	#[benchmark]
	fn leave() {
		let (controller, member) = newcomer::<T>();
		enter_groups::<T>(member, MAX_GROUPS);
		fill_seats::<T>(MAX_SEATS);
		open_motions::<T>();
		#[extrinsic_call]
		_(RawOrigin::Signed(controller));
		assert_eq!(SeatHolders::<T>::get().len() as u32, MAX_SEATS - 1);
	}

	#[benchmark]
	fn add_delegate() {
		let (controller, member) = newcomer::<T>();
		let delegate: T::AccountId = account("delegate", 0, SEED);
		#[extrinsic_call]
		_(RawOrigin::Signed(controller), delegate.clone(), Role::Analyst);
		last_event::<T>(Event::DelegateAdded { member, account: delegate, role: Role::Analyst });
	}

	#[benchmark]
	fn remove_delegate() {
		let (controller, member) = newcomer::<T>();
		let delegate: T::AccountId = account("delegate", 0, SEED);
		Pallet::<T>::do_add_delegate(member, delegate.clone(), Role::Analyst).unwrap();
		let owner = KeyOwner::Analyst(delegate.clone());
		Pallet::<T>::do_set_encryption_key(owner, key(), KeyChange::Routine).unwrap();
		#[extrinsic_call]
		_(RawOrigin::Signed(controller), delegate.clone());
		last_event::<T>(Event::DelegateRemoved { member, account: delegate, role: Role::Analyst });
	}

	#[benchmark]
	fn set_encryption_key() {
		let (controller, member) = newcomer::<T>();
		enter_groups::<T>(member, MAX_GROUPS);
		#[extrinsic_call]
		_(RawOrigin::Signed(controller), key(), KeyChange::Compromised);
		let owner = KeyOwner::Member(member);
		last_event::<T>(Event::EncryptionKeySet { owner, version: 1, reason: KeyChange::Compromised });
	}

	#[benchmark]
	fn create_group() {
		let (controller, member) = newcomer::<T>();
		enter_groups::<T>(member, MAX_GROUPS - 1);
		#[extrinsic_call]
		_(RawOrigin::Signed(controller), longest_name(), policy(), Visibility::Open);
		last_event::<T>(Event::MemberAddedToGroup { group: last_group::<T>(), member });
	}

	#[benchmark]
	fn set_group_policy() {
		let (_, member) = newcomer::<T>();
		let (owner, group) = enter_groups::<T>(member, 1);
		let new = GroupPolicy { drop_box: true, ..policy() };
		#[extrinsic_call]
		_(RawOrigin::Signed(owner), group, new);
		last_event::<T>(Event::GroupPolicySet { group, old: policy(), new });
	}

	#[benchmark]
	fn set_group_quality() {
		let (_, member) = newcomer::<T>();
		let (owner, group) = enter_groups::<T>(member, 1);
		let word = |n: u32| Word::truncate_from([&[b'a' + n as u8; MAX_WORD as usize - 1][..], b"x"].concat());
		let requirement = |n: u32| Requirement {
			object_type: word(n),
			properties: BoundedVec::truncate_from((0..MAX_PROPERTIES).map(word).collect()),
		};
		let requirements = BoundedVec::truncate_from((0..MAX_REQUIREMENTS).map(requirement).collect());
		let quality = Quality { requirements, warning_lists: true };
		#[extrinsic_call]
		_(RawOrigin::Signed(owner), group, quality.clone());
		last_event::<T>(Event::GroupQualitySet { group, quality });
	}

	#[benchmark]
	fn add_to_group() {
		let (_, member) = newcomer::<T>();
		enter_groups::<T>(member, MAX_GROUPS - 1);
		let (owner, id) = newcomer::<T>();
		let policy = GroupPolicy { min_reciprocity: Some(1), ..policy() };
		Pallet::<T>::do_create_group(id, longest_name(), policy, Visibility::Open).unwrap();
		let group = last_group::<T>();
		#[extrinsic_call]
		_(RawOrigin::Signed(owner), group, member);
		last_event::<T>(Event::MemberAddedToGroup { group, member });
	}

	#[benchmark]
	fn remove_from_group() {
		let (_, member) = newcomer::<T>();
		let (owner, group) = enter_groups::<T>(member, MAX_GROUPS);
		#[extrinsic_call]
		_(RawOrigin::Signed(owner), group, member);
		last_event::<T>(Event::MemberRemovedFromGroup { group, member });
	}

	#[benchmark]
	fn rekey(w: Linear<1, 256>) {
		let (controller, member) = newcomer::<T>();
		let (_, group) = enter_groups::<T>(member, 1);
		super::rekey::<T>(member, group);
		Groups::<T>::mutate(group, |entry| {
			let entry = entry.as_mut().unwrap();
			entry.apply(RosterChange::Stales).unwrap();
			entry.members = w as u16;
		});
		let wraps = distinct_wraps(w);
		#[extrinsic_call]
		_(RawOrigin::Signed(controller), group, Epoch(1), 2, key(), [1; 32], Some([8; 48]), wraps);
		assert_eq!(Groups::<T>::get(group).unwrap().epoch, Epoch(2));
	}

	#[benchmark]
	fn welcome() {
		let (controller, by) = newcomer::<T>();
		let (_, group) = enter_groups::<T>(by, 1);
		super::rekey::<T>(by, group);
		Groups::<T>::mutate(group, |entry| entry.as_mut().unwrap().apply(RosterChange::Stales).unwrap());
		super::rekey::<T>(by, group);
		let member = Groups::<T>::get(group).unwrap().owner.unwrap();
		#[extrinsic_call]
		_(RawOrigin::Signed(controller), group, Epoch(1), member, Box::new([7; 1168]));
		assert_eq!(Groups::<T>::get(group).unwrap().epoch, Epoch(2));
	}

	#[benchmark]
	fn report_bad_wrap() {
		let (controller, member) = newcomer::<T>();
		let (_, group) = enter_groups::<T>(member, 1);
		super::rekey::<T>(member, group);
		Pallet::<T>::do_report_bad_wrap(member, group, Epoch(1)).unwrap();
		let owner = Groups::<T>::get(group).unwrap().owner.unwrap();
		Pallet::<T>::do_welcome(owner, group, Epoch(1), member).unwrap();
		#[extrinsic_call]
		_(RawOrigin::Signed(controller), group, Epoch(1));
		last_event::<T>(Event::BadWrapReported { group, epoch: Epoch(1), member });
	}

	#[benchmark]
	fn set_group_owner() {
		let (_, member) = newcomer::<T>();
		let (_, group) = enter_groups::<T>(member, 1);
		let old = Groups::<T>::get(group).unwrap().owner;
		#[extrinsic_call]
		_(admit_origin::<T>() as T::RuntimeOrigin, group, member);
		last_event::<T>(Event::GroupOwnerSet { group, old, new: member });
	}

	#[benchmark]
	fn set_rhythm() {
		let (old, new) = (Rhythm::default(), Rhythm { blocks_per_slot: 12, session_slots: 100 });
		#[extrinsic_call]
		_(admit_origin::<T>() as T::RuntimeOrigin, new);
		last_event::<T>(Event::RhythmSet { old, new });
	}

	#[benchmark]
	fn set_deputies() {
		let (controller, owner) = newcomer::<T>();
		let group = hide::<T>(owner);
		let some = || (0..MAX_DEPUTIES).map(|_| newcomer::<T>().1).collect::<Vec<_>>();
		let (old, new): (Deputies, Deputies) = (some().try_into().unwrap(), some().try_into().unwrap());
		Pallet::<T>::do_set_deputies(owner, group, old.clone()).unwrap();
		#[extrinsic_call]
		_(RawOrigin::Signed(controller), group, new.clone());
		last_event::<T>(Event::GroupDeputiesSet { group, old, new });
	}

	#[benchmark]
	fn replace_controller() {
		let (old, member) = newcomer::<T>();
		enter_groups::<T>(member, MAX_GROUPS);
		fill_seats::<T>(MAX_SEATS);
		enrich::<T>(&old);
		Pallet::<T>::do_bond(member).unwrap();
		for n in 0..u32::from(MAX_DELEGATES) {
			let delegate: T::AccountId = account("delegate", n, SEED);
			Pallet::<T>::do_add_delegate(member, delegate.clone(), Role::Analyst).unwrap();
			let owner = KeyOwner::Analyst(delegate);
			Pallet::<T>::do_set_encryption_key(owner, key(), KeyChange::Routine).unwrap();
		}
		let rich = T::Endowment::get() + T::Endowment::get() + T::Currency::minimum_balance();
		T::Currency::set_balance(&Pallet::<T>::pot(), rich);
		let new: T::AccountId = account("newcomer", 0, SEED);
		open_motions::<T>();
		#[extrinsic_call]
		_(admit_origin::<T>() as T::RuntimeOrigin, member, new.clone(), Some(key()), true);
		assert_eq!(Members::<T>::get(member).unwrap().controller, new);
	}

	/// Without the call that is enacted.
	#[benchmark]
	fn enact() {
		let call = T::BenchmarkHelper::enactable();
		#[extrinsic_call]
		_(admit_origin::<T>() as T::RuntimeOrigin, Box::new(call));
	}

	#[benchmark]
	fn bond_collator() {
		let (controller, member) = newcomer::<T>();
		enrich::<T>(&controller);
		#[extrinsic_call]
		_(RawOrigin::Signed(controller));
		last_event::<T>(Event::CollatorBonded { member, bond: T::CollatorBond::get() });
	}

	#[benchmark]
	fn unbond_collator() {
		fill_seats::<T>(MAX_SEATS);
		let members: Vec<MemberId> = Members::<T>::iter_keys().collect();
		for member in &members {
			let controller = Members::<T>::get(member).unwrap().controller;
			if Pallet::<T>::standing(*member) == Some(Standing::Active) && !Collators::<T>::contains_key(member) {
				enrich::<T>(&controller);
				Pallet::<T>::do_bond(*member).unwrap();
			}
		}
		let (member, bond) = Collators::<T>::iter().next().unwrap();
		let controller = Members::<T>::get(member).unwrap().controller;
		#[extrinsic_call]
		_(RawOrigin::Signed(controller));
		last_event::<T>(Event::CollatorUnbonded { member, bond });
	}

	/// What [`crate::QuotaOrFee`] does itself, beside the precheck, which is the runtime's.
	#[benchmark]
	fn quota_or_fee() {
		let (controller, member) = newcomer::<T>();
		let before = Pallet::<T>::bytes_left(member);
		#[block]
		{
			let actor = Pallet::<T>::actor(&controller).unwrap();
			assert!(Pallet::<T>::standing(actor.member).is_some());
			assert!(Pallet::<T>::covers(actor.member, 1_000));
			Pallet::<T>::spend_bytes(actor.member, 1_000).unwrap();
		}
		assert_eq!(Pallet::<T>::bytes_left(member), before - 1_000);
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::state(crate::mock::genesis()), crate::mock::Test);
}
