//! Random sequences of operations, against a model that knows nothing of counters and versions: a group is the set of
//! those in it, and stale if somebody who could read its newest epoch may no longer. After each operation everybody tries to
//! publish everywhere.

use crate::mock::*;
use crate::*;
use alloc::collections::{BTreeMap, BTreeSet};
use cti_primitives::{Epoch, GroupId, Groups as _, MemberId, Members as _, Standing, Tlp};
use frame::testing_prelude::*;
use proptest::prelude::*;

#[derive(Clone, Debug)]
enum Op {
	Admit,
	Suspend(u32),
	Reinstate(u32),
	Expel(u32),
	Leave(u32),
	Report(u32),
	Create(u32),
	Hide(u32),
	SetPolicy(u32, u32, Tlp, bool),
	Deputise(u32, u32, u32),
	Add(u32, u32, u32),
	Remove(u32, u32, u32),
	Give(u32, u32),
	Replace(u32),
	Rekey(u32, u32),
	RekeyOnOldRoster(u32, u32),
}

/// Who publishes to which group what is sealed to which epoch and marked so.
#[derive(Clone, Copy, Debug)]
struct Publish(u32, u32, u32, Tlp);

#[derive(Clone, Debug, PartialEq, Eq)]
struct ModelGroup {
	owner: Option<u32>,
	/// Active or suspended; the consortium's is all of them.
	roster: BTreeSet<u32>,
	/// The roster is those who may rekey it; whoever departs anywhere makes it stale.
	hidden: bool,
	stale: bool,
	epoch: u32,
	/// The strictest marking it takes.
	ceiling: Tlp,
	drop_box: bool,
}

impl ModelGroup {
	/// A group that was never keyed, with the policy that all begin with.
	fn new(owner: u32, hidden: bool) -> Self {
		let GroupPolicy { ceiling, drop_box, .. } = policy();
		Self { owner: Some(owner), roster: [owner].into(), hidden, stale: true, epoch: 0, ceiling, drop_box }
	}

	fn consortium() -> Self {
		let GroupPolicy { ceiling, drop_box, .. } = GroupPolicy::default();
		Self { owner: None, roster: (0..4).collect(), hidden: false, stale: false, epoch: 0, ceiling, drop_box }
	}
}

#[derive(Debug)]
struct Model {
	standing: Vec<Standing>,
	groups: BTreeMap<u32, ModelGroup>,
}

impl Model {
	fn new() -> Self {
		Self { standing: vec![Standing::Active; 4], groups: [(0, ModelGroup::consortium())].into() }
	}

	fn is(&self, member: u32, standing: Standing) -> bool {
		self.standing.get(member as usize) == Some(&standing)
	}

	fn is_active(&self, member: u32) -> bool {
		self.is(member, Standing::Active)
	}

	fn is_seated(&self, member: u32) -> bool {
		self.is_active(member) || self.is(member, Standing::Suspended)
	}

	fn stale_groups_of(&mut self, member: u32) {
		for (id, group) in &mut self.groups {
			group.stale |= *id == 0 || group.hidden || group.roster.contains(&member);
		}
	}

	fn active_in(&self, group: u32) -> Vec<u32> {
		self.groups[&group].roster.iter().copied().filter(|member| self.is_active(*member)).collect()
	}

	fn depart(&mut self, member: u32, to: Standing) -> bool {
		let seats = (0..self.standing.len() as u32).filter(|member| self.is_seated(*member)).count();
		if !self.is_seated(member) || seats == 1 {
			return false;
		}
		self.stale_groups_of(member);
		self.standing[member as usize] = to;
		self.groups.values_mut().filter(|group| !group.hidden).for_each(|group| {
			group.roster.remove(&member);
		});
		true
	}

	/// Does the member run that open group?
	fn owns(&self, member: u32, group: u32) -> bool {
		group != 0 && self.groups.get(&group).is_some_and(|entry| !entry.hidden && entry.owner == Some(member))
	}

	fn set_policy(&mut self, by: u32, id: u32, ceiling: Tlp, drop_box: bool) -> bool {
		let Some(group) = self.groups.get_mut(&id).filter(|group| group.owner == Some(by)) else { return false };
		// RED goes to persons.
		if ceiling == Tlp::Red {
			return false;
		}
		(group.ceiling, group.drop_box) = (ceiling, drop_box);
		true
	}

	/// May it be published, and with which key must it be signed, if with any?
	fn publish(&self, Publish(member, id, epoch, tlp): Publish) -> Option<Option<[u8; 32]>> {
		let group = self.groups.get(&id)?;
		let is_taken = !group.stale && epoch == group.epoch && tlp <= group.ceiling && tlp != Tlp::Red;
		let is_in = id == 0 || group.drop_box || group.hidden || group.roster.contains(&member);
		let key = (group.hidden && !group.drop_box).then(|| auth(epoch));
		(self.is_active(member) && is_taken && is_in).then_some(key)
	}

	/// Does what the operation says, and says whether it may.
	fn apply(&mut self, op: &Op) -> bool {
		match *op {
			Op::Admit => {
				let member = self.standing.len() as u32;
				self.standing.push(Standing::Active);
				self.groups.get_mut(&0).unwrap().roster.insert(member);
				true
			}
			Op::Suspend(member) if self.is_active(member) => {
				self.stale_groups_of(member);
				self.standing[member as usize] = Standing::Suspended;
				true
			}
			Op::Reinstate(member) if self.is(member, Standing::Suspended) => {
				self.standing[member as usize] = Standing::Active;
				true
			}
			Op::Expel(member) => self.depart(member, Standing::Expelled),
			Op::Leave(member) => self.depart(member, Standing::Left),
			Op::Report(member) if self.is_seated(member) => {
				if self.is_active(member) {
					self.stale_groups_of(member);
				}
				true
			}
			Op::Create(owner) if self.is_active(owner) => {
				self.groups.insert(self.groups.len() as u32, ModelGroup::new(owner, false));
				true
			}
			Op::Hide(owner) if self.is_active(owner) => {
				self.groups.insert(self.groups.len() as u32, ModelGroup::new(owner, true));
				true
			}
			Op::SetPolicy(by, id, ceiling, drop_box) if self.is_active(by) => {
				self.set_policy(by, id, ceiling, drop_box)
			}
			Op::Deputise(by, id, deputy) if self.is_active(by) && self.is_active(deputy) => {
				let Some(group) = self.groups.get_mut(&id).filter(|group| group.hidden) else { return false };
				let allowed = group.owner == Some(by);
				if allowed {
					group.roster = [by, deputy].into();
				}
				allowed
			}
			Op::Add(by, id, member) if self.is_active(by) && self.owns(by, id) && self.is_active(member) => {
				self.groups.get_mut(&id).unwrap().roster.insert(member)
			}
			Op::Remove(by, id, member)
				if self.is_active(by) && id != 0 && self.groups.get(&id).is_some_and(|group| !group.hidden) =>
			{
				let allowed = self.owns(by, id) || by == member;
				let group = self.groups.get_mut(&id).unwrap();
				let removed = allowed && group.owner != Some(member) && group.roster.remove(&member);
				group.stale |= removed;
				removed
			}
			Op::Give(id, new) if self.is_active(new) && id != 0 => {
				let Some(group) = self.groups.get_mut(&id) else { return false };
				if group.hidden {
					// Its deputies go with the old owner.
					group.roster = [new].into();
				}
				let allowed = group.roster.contains(&new);
				if allowed {
					group.owner = Some(new);
				}
				allowed
			}
			Op::Replace(member) if self.is_seated(member) => {
				// Whoever had the old controller may have the member's key.
				if self.is_active(member) {
					self.stale_groups_of(member);
				}
				true
			}
			Op::Rekey(by, id) if self.is_active(by) && self.groups.contains_key(&id) => {
				let group = self.groups.get_mut(&id).unwrap();
				let allowed = group.roster.contains(&by);
				if allowed {
					group.stale = false;
					group.epoch += 1;
				}
				allowed
			}
			_ => false,
		}
	}
}

/// The controller of a member, and of the next one.
fn account(member: u32) -> AccountId {
	Members::<Test>::get(MemberId(member)).map_or(u64::from(member) + 1, |profile| profile.controller)
}

/// What those who hold the epoch's secret sign with.
fn auth(epoch: u32) -> [u8; 32] {
	[epoch as u8; 32]
}

/// As a record is registered: the group is asked first, and then the member for a number.
fn publish(Publish(member, id, epoch, tlp): Publish) -> Option<Option<[u8; 32]>> {
	let (member, id) = (MemberId(member), GroupId(id));
	let key = Membership::may_publish(member, id, Epoch(epoch), tlp, false).ok()?;
	Membership::take_record_number(member).ok().map(|_| key)
}

fn rekey_at(by: u32, id: u32, versions_behind: u32) -> DispatchResult {
	let Some(entry) = Groups::<Test>::get(GroupId(id)) else { return Err(PalletError::UnknownGroup.into()) };
	let newest = entry.next_roster_version(Departures::<Test>::get);
	let Some(version) = newest.checked_sub(versions_behind) else { return Err(PalletError::StaleRoster.into()) };
	let given = match entry.roster {
		Roster::Hidden => hidden_wraps(8),
		_ => wraps(entry.members.into()),
	};
	let auth = auth(entry.epoch.0 + 1);
	Membership::rekey(signed(account(by)), GroupId(id), entry.epoch, version, key(120), auth, None, given)
}

fn dispatch(op: &Op) -> DispatchResult {
	match *op {
		Op::Admit => {
			Membership::admit(root(), account(NextMember::<Test>::get()), name("Newcomer"), Some(key(60)), None)
		}
		Op::Suspend(member) => Membership::suspend(root(), MemberId(member)),
		Op::Reinstate(member) => Membership::reinstate(root(), MemberId(member)),
		Op::Expel(member) => Membership::expel(root(), MemberId(member)),
		Op::Leave(member) => Membership::leave(signed(account(member))),
		Op::Report(member) => Membership::set_encryption_key(signed(account(member)), key(61), KeyChange::Compromised),
		Op::Create(owner) => {
			Membership::create_group(signed(account(owner)), name("group"), policy(), Visibility::Open)
		}
		Op::Hide(owner) => {
			Membership::create_group(signed(account(owner)), name("hidden"), policy(), Visibility::Hidden)
		}
		Op::SetPolicy(by, id, ceiling, drop_box) => {
			let policy = GroupPolicy { ceiling, drop_box, ..policy() };
			Membership::set_group_policy(signed(account(by)), GroupId(id), policy)
		}
		Op::Deputise(by, id, deputy) => {
			let deputies = vec![MemberId(deputy)].try_into().unwrap();
			Membership::set_deputies(signed(account(by)), GroupId(id), deputies)
		}
		Op::Add(by, id, member) => Membership::add_to_group(signed(account(by)), GroupId(id), MemberId(member)),
		Op::Remove(by, id, member) => Membership::remove_from_group(signed(account(by)), GroupId(id), MemberId(member)),
		Op::Give(id, new) => Membership::set_group_owner(root(), GroupId(id), MemberId(new)),
		Op::Replace(member) => {
			Membership::replace_controller(root(), MemberId(member), account(member) + 1_000, None, false)
		}
		Op::Rekey(by, id) => rekey_at(by, id, 0),
		Op::RekeyOnOldRoster(by, id) => rekey_at(by, id, 1),
	}
}

fn assert_agreement(model: &Model) {
	for (id, expected) in &model.groups {
		let entry = group(GroupId(*id));
		let roster: Vec<u32> = Membership::roster(GroupId(*id)).into_iter().map(|entry| entry.member.0).collect();
		let in_public = if expected.hidden { vec![] } else { model.active_in(*id) };
		assert_eq!(roster, in_public, "group {id}");
		assert_eq!(usize::from(entry.members), roster.len(), "group {id}");
		assert_eq!(
			(entry.is_stale(Departures::<Test>::get), entry.epoch.0),
			(expected.stale, expected.epoch),
			"group {id}"
		);
		assert_eq!(Membership::sealing_key(GroupId(*id)).is_none(), expected.stale, "group {id}");
	}
	for (member, expected) in model.standing.iter().enumerate() {
		assert_eq!(standing(MemberId(member as u32)), *expected);
	}
	assert_publications(model);
}

/// Everybody, and the member to come, may publish what the model says, and nothing else.
fn assert_publications(model: &Model) {
	for (id, group) in &model.groups {
		for member in 0..=model.standing.len() as u32 {
			for attempt in attempts(member, *id, group.epoch) {
				assert_eq!(publish(attempt), model.publish(attempt), "{attempt:?}");
			}
		}
	}
}

/// Under every marking to the newest epoch, and under the widest to those around it.
fn attempts(member: u32, id: u32, newest: u32) -> impl Iterator<Item = Publish> {
	let marked = Tlp::ALL.into_iter().map(move |tlp| Publish(member, id, newest, tlp));
	let others = [newest.wrapping_sub(1), newest + 1];
	marked.chain(others.into_iter().map(move |epoch| Publish(member, id, epoch, Tlp::Clear)))
}

/// What every sequence begins with, so that each finds an open group, a hidden one and a drop box that are keyed, one that
/// is not, and a member that is suspended.
fn prelude() -> Vec<Op> {
	vec![
		Op::Create(0),
		Op::Add(0, 1, 1),
		Op::Rekey(0, 1),
		Op::Hide(1),
		Op::Rekey(1, 2),
		Op::Create(2),
		Op::SetPolicy(2, 3, Tlp::Amber, true),
		Op::Rekey(2, 3),
		Op::Create(1),
		Op::Suspend(3),
		Op::Rekey(0, 0),
		Op::Rekey(1, 2),
	]
}

fn tlp() -> impl Strategy<Value = Tlp> {
	proptest::sample::select(Tlp::ALL.to_vec())
}

fn op() -> impl Strategy<Value = Op> {
	let (member, group) = (0u32..6, 0u32..5);
	prop_oneof![
		1 => Just(Op::Admit),
		2 => member.clone().prop_map(Op::Suspend),
		2 => member.clone().prop_map(Op::Reinstate),
		1 => member.clone().prop_map(Op::Expel),
		1 => member.clone().prop_map(Op::Leave),
		2 => member.clone().prop_map(Op::Report),
		3 => member.clone().prop_map(Op::Create),
		2 => member.clone().prop_map(Op::Hide),
		2 => (member.clone(), group.clone(), tlp(), any::<bool>())
			.prop_map(|(by, id, ceiling, drop_box)| Op::SetPolicy(by, id, ceiling, drop_box)),
		2 => (member.clone(), group.clone(), member.clone()).prop_map(|(by, id, who)| Op::Deputise(by, id, who)),
		6 => (member.clone(), group.clone(), member.clone()).prop_map(|(by, id, who)| Op::Add(by, id, who)),
		3 => (member.clone(), group.clone(), member.clone()).prop_map(|(by, id, who)| Op::Remove(by, id, who)),
		2 => (group.clone(), member.clone()).prop_map(|(id, new)| Op::Give(id, new)),
		1 => member.clone().prop_map(Op::Replace),
		8 => (member.clone(), group.clone()).prop_map(|(by, id)| Op::Rekey(by, id)),
		2 => (member, group).prop_map(|(by, id)| Op::RekeyOnOldRoster(by, id)),
	]
}

proptest! {
	#![proptest_config(ProptestConfig { cases: 48, ..Default::default() })]

	#[test]
	fn every_sequence_should_agree_with_the_model(ops in proptest::collection::vec(op(), 1..40)) {
		build_and_execute(|| {
			let mut model = Model::new();
			for op in prelude().iter().chain(&ops) {
				// Time limits have tests of their own.
				wait(DAY);
				let (done, expected) = (dispatch(op), model.apply(op));
				assert_eq!(done.is_ok(), expected, "{op:?}: {done:?}");
				assert_agreement(&model);
			}
		});
	}
}
