//! What the pallet gives to the others, and to clients.

use crate::{info::*, pallet::*, types::*};
use alloc::{boxed::Box, vec::Vec};
use cti_primitives::{
	Actor, Epoch, GroupId, Groups as GroupRules, MemberId, Members as MemberRules, Peers, Quality, Refusal,
	Reputations, Role, Standing, Tlp, ENCRYPTION_KEY_LEN,
};
use frame::prelude::*;

/// Most epochs that one query gives.
pub const MAX_EPOCHS_PER_QUERY: u32 = 256;

impl<T: Config> MemberRules<T::AccountId> for Pallet<T> {
	fn actor(account: &T::AccountId) -> Option<Actor> {
		Accounts::<T>::get(account).map(|Delegation { member, role }| Actor { member, role })
	}

	fn standing(member: MemberId) -> Option<Standing> {
		Activity::<T>::get(member).map(|activity| activity.standing)
	}

	fn take_record_number(member: MemberId) -> Result<u32, Refusal> {
		Activity::<T>::try_mutate(member, |activity| {
			let activity = activity.as_mut().ok_or(Refusal::UnknownMember)?;
			ensure!(activity.standing == Standing::Active, Refusal::NotActive);
			let number = activity.records;
			activity.records = number.checked_add(1).ok_or(Refusal::Exhausted)?;
			Ok(number)
		})
	}

	fn next_record_number(member: MemberId) -> u32 {
		Activity::<T>::get(member).map(|activity| activity.records).unwrap_or_default()
	}

	fn active_members() -> u32 {
		ActiveMembers::<T>::get()
	}

	fn first_identity(member: MemberId) -> MemberId {
		Activity::<T>::get(member).map_or(member, |activity| activity.first)
	}
}

impl<T: Config> Peers<T::AccountId> for Pallet<T> {
	fn active_ids() -> Vec<MemberId> {
		let seated = SeatedMembers::<T>::get().into_iter();
		seated.filter(|member| Self::standing(*member) == Some(Standing::Active)).collect()
	}

	fn active() -> Vec<(MemberId, T::AccountId)> {
		let seats = SeatHolders::<T>::get().into_iter();
		let members = seats.filter_map(|controller| Some((Self::actor(&controller)?.member, controller)));
		let is_active = |(member, _): &(MemberId, _)| Self::standing(*member) == Some(Standing::Active);
		let mut active: Vec<_> = members.filter(is_active).collect();
		active.sort_unstable_by_key(|(member, _)| *member);
		active
	}
}

impl<T: Config> GroupRules for Pallet<T> {
	/// One read, one more for an open or a hidden group, and another for a hidden one; three where the group asks for
	/// reliability. That the member is active is checked where its record number is taken.
	fn may_publish(
		member: MemberId,
		group: GroupId,
		epoch: Epoch,
		tlp: Tlp,
		has_techniques: bool,
	) -> Result<Option<[u8; 32]>, Refusal> {
		let entry = Groups::<T>::get(group).ok_or(Refusal::UnknownGroup)?;
		ensure!(tlp.permits_group(entry.policy.ceiling), Refusal::MarkingTooStrict);
		ensure!(has_techniques || !entry.policy.techniques_required, Refusal::TechniquesRequired);
		let is_reliable = |least| T::Reputation::reliability(member).meets(least);
		ensure!(entry.policy.min_reliability.is_none_or(is_reliable), Refusal::BelowReliability);
		let is_open = entry.roster == Roster::Everyone || entry.policy.drop_box;
		let is_outside = || entry.roster == Roster::Open && !GroupMembers::<T>::contains_key(group, member);
		ensure!(is_open || !is_outside(), Refusal::NotInGroup);
		// What a rekey mends comes last: who asks before it learns of all else.
		ensure!(!entry.is_stale(Departures::<T>::get), Refusal::StaleGroup);
		ensure!(entry.epoch == epoch, Refusal::WrongEpoch);
		if is_open || entry.roster == Roster::Open {
			return Ok(None);
		}
		// Who is in a hidden group is not known here: they sign with what all of them hold.
		let newest = Epochs::<T>::get(group, epoch).ok_or(Refusal::WrongEpoch)?;
		Ok(Some(newest.auth))
	}

	fn roster(group: GroupId) -> Option<Vec<MemberId>> {
		let entry = Groups::<T>::get(group).filter(|entry| entry.roster != Roster::Hidden);
		entry.map(|_| Self::roster(group).into_iter().map(|entry| entry.member).collect())
	}

	fn can_read(group: GroupId, epoch: Epoch, member: MemberId) -> Option<bool> {
		let entry = Groups::<T>::get(group)?;
		let is_in = match entry.roster {
			Roster::Everyone => Self::standing(member).is_some_and(crate::functions::is_seated),
			Roster::Open => GroupMembers::<T>::contains_key(group, member),
			Roster::Hidden => return None,
		};
		// Who left since then still has that epoch's key, and the chain does not keep who that was.
		let is_unchanged = || entry.epoch == epoch && !entry.is_stale(Departures::<T>::get);
		(is_in || is_unchanged()).then_some(is_in)
	}

	fn is_of_all(group: GroupId) -> bool {
		Groups::<T>::get(group).is_some_and(|entry| entry.roster == Roster::Everyone)
	}

	fn sealing_key(group: GroupId) -> Option<(Epoch, Box<[u8; ENCRYPTION_KEY_LEN]>)> {
		let entry = Groups::<T>::get(group).filter(|entry| !entry.is_stale(Departures::<T>::get))?;
		let key = GroupKeys::<T>::get(group)?;
		Some((entry.epoch, Box::new(key)))
	}

	fn is_stale(group: GroupId) -> bool {
		Groups::<T>::get(group).is_some_and(|entry| entry.is_stale(Departures::<T>::get))
	}

	fn quality(group: GroupId) -> Quality {
		GroupQuality::<T>::get(group)
	}
}

/// What [`crate::runtime_api::MembershipApi`] answers.
impl<T: Config> Pallet<T> {
	/// All members, departed ones too, in order of id.
	pub fn members() -> Vec<MemberInfo<T::AccountId>> {
		(0..NextMember::<T>::get()).filter_map(|id| Self::member(MemberId(id))).collect()
	}

	/// One member.
	pub fn member(member: MemberId) -> Option<MemberInfo<T::AccountId>> {
		let entry = Members::<T>::get(member)?;
		let activity = Activity::<T>::get(member)?;
		Some(MemberInfo {
			member,
			controller: entry.controller,
			name: entry.name.into(),
			standing: activity.standing,
			joined_block: entry.joined_block,
			encryption_key_version: EncryptionKeys::<T>::get(KeyOwner::Member(member)).map(|key| key.version),
			records: activity.records,
			former: entry.former,
			collates: Collators::<T>::contains_key(member),
		})
	}

	/// The accounts that act for a member, with their roles.
	pub fn accounts_of(member: MemberId) -> Vec<(T::AccountId, Role)> {
		Accounts::<T>::iter()
			.filter(|(_, delegation)| delegation.member == member)
			.map(|(account, delegation)| (account, delegation.role))
			.collect()
	}

	/// All groups, in order of id.
	pub fn groups() -> Vec<GroupInfo> {
		(0..NextGroup::<T>::get()).filter_map(|id| Self::group_info(GroupId(id))).collect()
	}

	/// One group.
	pub fn group_info(group: GroupId) -> Option<GroupInfo> {
		let entry = Groups::<T>::get(group)?;
		Some(GroupInfo {
			group,
			name: GroupNames::<T>::get(group).into(),
			owner: entry.owner,
			roster: entry.roster,
			members: entry.members,
			epoch: entry.epoch,
			roster_version: entry.next_roster_version(Self::departures),
			keyed_version: entry.keyed_version,
			stale: entry.is_stale(Self::departures),
			policy: entry.policy,
			quality: GroupQuality::<T>::get(group),
			deputies: GroupDeputies::<T>::get(group).into_inner(),
		})
	}

	/// The groups a member is in, the consortium's too; none if it departed.
	pub fn groups_of(member: MemberId) -> Vec<GroupId> {
		let in_consortium = EncryptionKeys::<T>::contains_key(KeyOwner::Member(member));
		in_consortium.then_some(CONSORTIUM).into_iter().chain(GroupsOf::<T>::get(member)).collect()
	}

	/// To whom the group's next rekey has its wraps, in their order; nobody where the roster is hidden.
	pub fn roster(group: GroupId) -> Vec<RosterEntry> {
		let Some(entry) = Groups::<T>::get(group) else { return Vec::new() };
		let mut members: Vec<MemberId> = match entry.roster {
			Roster::Everyone => Activity::<T>::iter_keys().collect(),
			Roster::Open => GroupMembers::<T>::iter_key_prefix(group).collect(),
			Roster::Hidden => Vec::new(),
		};
		members.sort_unstable();
		let active = |member: &MemberId| {
			Activity::<T>::get(member).is_some_and(|activity| activity.standing == Standing::Active)
		};
		members
			.into_iter()
			.filter(active)
			.filter_map(|member| {
				let key = EncryptionKeys::<T>::get(KeyOwner::Member(member))?;
				Some(RosterEntry { member, key_version: key.version })
			})
			.collect()
	}

	/// A member's encryption key and its version.
	pub fn encryption_key(member: MemberId) -> Option<(u32, Vec<u8>)> {
		EncryptionKeys::<T>::get(KeyOwner::Member(member)).map(|entry| (entry.version, entry.key.to_vec()))
	}

	/// Who said of a group's newest epoch that its wrap does not open, and was not answered or said so again; ascending by
	/// member.
	pub fn bad_wraps(group: GroupId) -> Vec<(MemberId, Epoch)> {
		let Some(newest) = Groups::<T>::get(group).map(|entry| entry.epoch) else { return Vec::new() };
		let mut reports: Vec<_> = BadWraps::<T>::iter_prefix(group)
			.filter(|(_, report)| report.epoch == newest && report.answer != Answer::Given)
			.map(|(member, report)| (member, report.epoch))
			.collect();
		reports.sort_unstable();
		reports
	}

	/// The keys of a member's analysts, ascending by number; none if it departed.
	pub fn analyst_keys(member: MemberId) -> Vec<AnalystKey<T::AccountId>> {
		let is_seated =
			Activity::<T>::get(member).is_some_and(|activity| crate::functions::is_seated(activity.standing));
		let analysts = Self::accounts_of(member).into_iter().filter(|(_, role)| is_seated && *role == Role::Analyst);
		let mut keys: Vec<_> = analysts
			.filter_map(|(account, _)| {
				let owner = AnalystNumbers::<T>::get(&account)?;
				let KeyEntry { version, key } = EncryptionKeys::<T>::get(KeyOwner::Analyst(account.clone()))?;
				Some(AnalystKey { account, owner, version, key: key.to_vec() })
			})
			.collect();
		keys.sort_by_key(|key| key.owner);
		keys
	}

	/// An analyst's encryption key and its version; none if its member departed.
	pub fn analyst_key(account: T::AccountId) -> Option<(u32, Vec<u8>)> {
		let delegation = Accounts::<T>::get(&account)?;
		let activity = Activity::<T>::get(delegation.member)?;
		let entry = EncryptionKeys::<T>::get(KeyOwner::Analyst(account))?;
		crate::functions::is_seated(activity.standing).then(|| (entry.version, entry.key.to_vec()))
	}

	/// The key to seal to the group, and its epoch; none while the group is stale.
	pub fn group_key(group: GroupId) -> Option<(Epoch, Vec<u8>)> {
		Self::sealing_key(group).map(|(epoch, key)| (epoch, key.to_vec()))
	}

	/// The group's epochs from `from` on, at most `limit` and at most 256.
	pub fn epochs(group: GroupId, from: Epoch, limit: u32) -> Vec<(Epoch, EpochInfo)> {
		let end = from.0.saturating_add(limit.min(MAX_EPOCHS_PER_QUERY));
		(from.0..end).filter_map(|epoch| Some((Epoch(epoch), Epochs::<T>::get(group, Epoch(epoch))?))).collect()
	}
}
