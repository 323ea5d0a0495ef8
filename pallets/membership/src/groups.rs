//! Groups and their epochs.

use crate::{pallet::*, types::*};
use cti_primitives::{Epoch, GroupId, MemberId, Standing, Tlp};
use frame::prelude::*;

impl<T: Config> Pallet<T> {
	fn group(group: GroupId) -> Result<Group, Error<T>> {
		Groups::<T>::get(group).ok_or(Error::<T>::UnknownGroup)
	}

	/// A group whose roster is kept by hand.
	fn open_group(group: GroupId) -> Result<Group, Error<T>> {
		let group = Self::group(group)?;
		ensure!(group.roster == Roster::Open, Error::<T>::RosterIsEveryone);
		Ok(group)
	}

	/// Is the member, active or not, in the group?
	pub(crate) fn is_in(member: MemberId, id: GroupId, group: &Group) -> bool {
		match group.roster {
			Roster::Everyone => EncryptionKeys::<T>::contains_key(KeyOwner::Member(member)),
			Roster::Open => GroupMembers::<T>::contains_key(id, member),
		}
	}

	fn is_active(member: MemberId) -> bool {
		Activity::<T>::get(member).is_some_and(|activity| activity.standing == Standing::Active)
	}

	/// Makes one group follow a change of one of its members.
	pub(crate) fn change_group(group: GroupId, change: RosterChange) -> DispatchResult {
		Groups::<T>::try_mutate(group, |group| {
			let group = group.as_mut().ok_or(Error::<T>::UnknownGroup)?;
			group.apply(change).ok_or(Error::<T>::Exhausted.into())
		})
	}

	/// Makes all groups of a member follow a change, the consortium's too, which a member without a key is not in but
	/// which closes after every departure.
	pub(crate) fn change_groups(member: MemberId, change: RosterChange) -> DispatchResult {
		for group in GroupsOf::<T>::get(member) {
			Self::change_group(group, change)?;
		}
		if EncryptionKeys::<T>::contains_key(KeyOwner::Member(member)) {
			Self::change_group(CONSORTIUM, change)?;
		} else if change.stales_groups() {
			Self::change_group(CONSORTIUM, RosterChange::Stales)?;
		}
		if change.stales_groups() {
			Departures::<T>::try_mutate(|count| -> DispatchResult {
				*count = count.checked_add(1).ok_or(Error::<T>::Exhausted)?;
				Ok(())
			})?;
		}
		Ok(())
	}

	fn ensure_policy(policy: &GroupPolicy) -> Result<(), Error<T>> {
		ensure!(policy.ceiling < Tlp::Red, Error::<T>::CeilingTooStrict);
		Ok(())
	}

	pub(crate) fn do_create_group(owner: MemberId, name: Name, policy: GroupPolicy) -> DispatchResult {
		ensure!(crate::functions::is_name(&name), Error::<T>::InvalidName);
		Self::ensure_policy(&policy)?;
		ensure!(EncryptionKeys::<T>::contains_key(KeyOwner::Member(owner)), Error::<T>::NoEncryptionKey);
		let group = GroupId(NextGroup::<T>::get());
		NextGroup::<T>::put(group.0.checked_add(1).ok_or(Error::<T>::Exhausted)?);
		Groups::<T>::insert(group, Group::new(Some(owner), Roster::Open, policy));
		GroupNames::<T>::insert(group, &name);
		Self::deposit_event(Event::GroupCreated { group, owner, name, policy });
		Self::enter(group, owner)
	}

	/// Puts an active member that is not there yet into an open group.
	fn enter(group: GroupId, member: MemberId) -> DispatchResult {
		GroupsOf::<T>::try_mutate(member, |groups| -> DispatchResult {
			let place = groups.binary_search(&group).err().ok_or(Error::<T>::AlreadyInGroup)?;
			groups.try_insert(place, group).map_err(|_| Error::<T>::TooManyGroups)?;
			Ok(())
		})?;
		GroupMembers::<T>::insert(group, member, ());
		Self::change_group(group, RosterChange::Returns)?;
		Self::deposit_event(Event::MemberAddedToGroup { group, member });
		Ok(())
	}

	pub(crate) fn do_set_group_policy(owner: Option<MemberId>, group: GroupId, new: GroupPolicy) -> DispatchResult {
		Self::ensure_policy(&new)?;
		let old = Groups::<T>::try_mutate(group, |entry| {
			let entry = entry.as_mut().ok_or(Error::<T>::UnknownGroup)?;
			ensure!(entry.owner == owner, Error::<T>::NotOwner);
			Ok::<_, Error<T>>(core::mem::replace(&mut entry.policy, new))
		})?;
		Self::deposit_event(Event::GroupPolicySet { group, old, new });
		Ok(())
	}

	pub(crate) fn do_add_to_group(owner: MemberId, group: GroupId, member: MemberId) -> DispatchResult {
		let entry = Self::open_group(group)?;
		ensure!(entry.owner == Some(owner), Error::<T>::NotOwner);
		let activity = Activity::<T>::get(member).ok_or(Error::<T>::UnknownMember)?;
		ensure!(activity.standing == Standing::Active, Error::<T>::MemberNotActive);
		ensure!(EncryptionKeys::<T>::contains_key(KeyOwner::Member(member)), Error::<T>::NoEncryptionKey);
		Self::enter(group, member)
	}

	pub(crate) fn do_remove_from_group(by: MemberId, group: GroupId, member: MemberId) -> DispatchResult {
		let entry = Self::open_group(group)?;
		ensure!(entry.owner == Some(by) || member == by, Error::<T>::NotOwner);
		ensure!(entry.owner != Some(member), Error::<T>::OwnerStays);
		ensure!(GroupMembers::<T>::contains_key(group, member), Error::<T>::NotInGroup);
		GroupMembers::<T>::remove(group, member);
		GroupsOf::<T>::mutate(member, |groups| groups.retain(|other| *other != group));
		// A suspended member counts no longer.
		let change = if Self::is_active(member) { RosterChange::Leaves } else { RosterChange::Stales };
		Self::change_group(group, change)?;
		Self::deposit_event(Event::MemberRemovedFromGroup { group, member });
		Ok(())
	}

	/// Everything that `rekey` asks of the state, from cheap to dear.
	pub(crate) fn check_rekey(
		rekeyer: MemberId,
		id: GroupId,
		expected_epoch: Epoch,
		roster_version: u32,
		link: Option<&Link>,
		wraps: usize,
	) -> Result<Group, Error<T>> {
		let group = Self::group(id)?;
		ensure!(group.epoch == expected_epoch, Error::<T>::WrongEpoch);
		ensure!(group.roster_version == roster_version, Error::<T>::StaleRoster);
		ensure!(usize::from(group.members) == wraps, Error::<T>::WrongNumberOfWraps);
		if link.is_some() {
			ensure!(group.policy.history, Error::<T>::HistoryClosed);
			ensure!(group.is_keyed(), Error::<T>::NothingToLink);
		}
		ensure!(Self::is_in(rekeyer, id, &group), Error::<T>::NotInGroup);
		if !group.is_stale() && group.owner != Some(rekeyer) {
			ensure!(Self::now() >= group.keyed_at.saturating_add(DAY), Error::<T>::RekeyTooSoon);
		}
		Ok(group)
	}

	pub(crate) fn do_rekey(
		rekeyer: MemberId,
		id: GroupId,
		expected_epoch: Epoch,
		roster_version: u32,
		new: NewEpoch,
	) -> DispatchResult {
		let NewEpoch { public_key, auth, link, wraps } = new;
		let mut group = Self::check_rekey(rekeyer, id, expected_epoch, roster_version, link.as_ref(), wraps.len())?;
		ensure!(cti_envelope::keys::is_valid_public_key(&public_key), Error::<T>::InvalidPublicKey);

		let epoch = Epoch(group.epoch.0.checked_add(1).ok_or(Error::<T>::Exhausted)?);
		group.epoch = epoch;
		group.keyed_version = roster_version;
		group.departures_seen = Departures::<T>::get();
		group.keyed_at = Self::now();
		let (at, pk_hash) = (Self::location(), blake2_256(&public_key[..]));
		let info = EpochInfo { at, wraps: group.members, pk_hash, auth, link, rekeyer: Some(rekeyer) };
		Groups::<T>::insert(id, group);
		Epochs::<T>::insert(id, epoch, info);
		GroupKeys::<T>::insert(id, *public_key);
		Self::deposit_event(Event::GroupRekeyed { group: id, epoch, roster_version, rekeyer, pk_hash, at });
		Ok(())
	}

	/// Everything that `welcome` asks of the state.
	pub(crate) fn check_welcome(by: MemberId, id: GroupId, epoch: Epoch, member: MemberId) -> Result<(), Error<T>> {
		let group = Self::group(id)?;
		ensure!(!group.is_stale(), Error::<T>::StaleGroup);
		if epoch != group.epoch {
			ensure!(Epochs::<T>::contains_key(id, epoch), Error::<T>::WrongEpoch);
			ensure!(group.policy.history, Error::<T>::HistoryClosed);
		}
		ensure!(Self::is_in(by, id, &group), Error::<T>::NotInGroup);
		let reads = Self::is_in(member, id, &group) && Self::is_active(member);
		ensure!(reads, Error::<T>::RecipientNotInGroup);
		Ok(())
	}

	pub(crate) fn do_welcome(by: MemberId, group: GroupId, epoch: Epoch, member: MemberId) -> DispatchResult {
		Self::check_welcome(by, group, epoch, member)?;
		Self::deposit_event(Event::MemberWelcomed { group, epoch, member, by, at: Self::location() });
		Ok(())
	}
}
