//! Groups and their epochs.

use crate::{pallet::*, types::*};
use cti_primitives::{Epoch, GroupId, MemberId, Quality, Reputations, Standing, Tlp};
use frame::prelude::*;

impl<T: Config> Pallet<T> {
	fn group(group: GroupId) -> Result<Group, Error<T>> {
		Groups::<T>::get(group).ok_or(Error::<T>::UnknownGroup)
	}

	/// A group whose roster is kept by calls.
	fn open_group(group: GroupId) -> Result<Group, Error<T>> {
		let group = Self::group(group)?;
		match group.roster {
			Roster::Open => Ok(group),
			Roster::Everyone => Err(Error::<T>::RosterIsEveryone),
			Roster::Hidden => Err(Error::<T>::RosterIsHidden),
		}
	}

	/// How often somebody departed from the consortium.
	pub(crate) fn departures() -> u32 {
		Departures::<T>::get()
	}

	/// Is the member, active or not, known to be in the group? Of a hidden one its owner and its deputies are.
	pub(crate) fn is_in(member: MemberId, id: GroupId, group: &Group) -> bool {
		match group.roster {
			Roster::Hidden => group.owner == Some(member) || GroupDeputies::<T>::get(id).contains(&member),
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

	fn ensure_policy(policy: &GroupPolicy, roster: Roster) -> Result<(), Error<T>> {
		ensure!(policy.ceiling < Tlp::Red, Error::<T>::CeilingTooStrict);
		ensure!(policy.min_reciprocity.is_none() || roster == Roster::Open, Error::<T>::GateWithoutRoster);
		Ok(())
	}

	pub(crate) fn do_create_group(
		owner: MemberId,
		name: Name,
		policy: GroupPolicy,
		visibility: Visibility,
	) -> DispatchResult {
		ensure!(crate::functions::is_name(&name), Error::<T>::InvalidName);
		Self::ensure_policy(&policy, visibility.into())?;
		ensure!(EncryptionKeys::<T>::contains_key(KeyOwner::Member(owner)), Error::<T>::NoEncryptionKey);
		let group = GroupId(NextGroup::<T>::get());
		NextGroup::<T>::put(group.0.checked_add(1).ok_or(Error::<T>::Exhausted)?);
		Groups::<T>::insert(group, Group::new(Some(owner), visibility.into(), policy));
		GroupNames::<T>::insert(group, &name);
		Self::deposit_event(Event::GroupCreated { group, owner, visibility, name, policy });
		match visibility {
			Visibility::Open => Self::enter(group, owner),
			Visibility::Hidden => Ok(()),
		}
	}

	/// An open group's new owner is in it. The deputies were the old owner's choice, and end with it.
	pub(crate) fn do_set_group_owner(group: GroupId, new: MemberId) -> DispatchResult {
		let mut entry = Self::group(group)?;
		ensure!(entry.roster != Roster::Everyone, Error::<T>::RosterIsEveryone);
		ensure!(Self::standing_of(new)? == Standing::Active, Error::<T>::MemberNotActive);
		ensure!(EncryptionKeys::<T>::contains_key(KeyOwner::Member(new)), Error::<T>::NoEncryptionKey);
		let is_there = entry.roster == Roster::Hidden || GroupMembers::<T>::contains_key(group, new);
		ensure!(is_there, Error::<T>::NotInGroup);
		let old = entry.owner.replace(new);
		Groups::<T>::insert(group, entry);
		GroupDeputies::<T>::remove(group);
		Self::deposit_event(Event::GroupOwnerSet { group, old, new });
		Ok(())
	}

	pub(crate) fn do_set_deputies(owner: MemberId, group: GroupId, new: Deputies) -> DispatchResult {
		let entry = Self::group(group)?;
		match entry.roster {
			Roster::Hidden => {}
			Roster::Open => return Err(Error::<T>::RosterIsOpen.into()),
			Roster::Everyone => return Err(Error::<T>::RosterIsEveryone.into()),
		}
		ensure!(entry.owner == Some(owner), Error::<T>::NotOwner);
		ensure!(new.is_sorted_by(|a, b| a < b), Error::<T>::DeputiesNotAscending);
		for deputy in &new {
			ensure!(Self::standing_of(*deputy)? == Standing::Active, Error::<T>::MemberNotActive);
		}
		let old = GroupDeputies::<T>::take(group);
		if !new.is_empty() {
			GroupDeputies::<T>::insert(group, &new);
		}
		Self::deposit_event(Event::GroupDeputiesSet { group, old, new });
		Ok(())
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
		let old = Groups::<T>::try_mutate(group, |entry| {
			let entry = entry.as_mut().ok_or(Error::<T>::UnknownGroup)?;
			ensure!(entry.owner == owner, Error::<T>::NotOwner);
			Self::ensure_policy(&new, entry.roster)?;
			Ok::<_, Error<T>>(core::mem::replace(&mut entry.policy, new))
		})?;
		Self::deposit_event(Event::GroupPolicySet { group, old, new });
		Ok(())
	}

	pub(crate) fn do_set_group_quality(owner: Option<MemberId>, group: GroupId, quality: Quality) -> DispatchResult {
		ensure!(Self::group(group)?.owner == owner, Error::<T>::NotOwner);
		ensure!(quality.is_valid(), Error::<T>::InvalidQuality);
		match quality.is_empty() {
			true => GroupQuality::<T>::remove(group),
			false => GroupQuality::<T>::insert(group, &quality),
		}
		Self::deposit_event(Event::GroupQualitySet { group, quality });
		Ok(())
	}

	pub(crate) fn do_add_to_group(owner: MemberId, group: GroupId, member: MemberId) -> DispatchResult {
		let entry = Self::open_group(group)?;
		ensure!(entry.owner == Some(owner), Error::<T>::NotOwner);
		let activity = Activity::<T>::get(member).ok_or(Error::<T>::UnknownMember)?;
		ensure!(activity.standing == Standing::Active, Error::<T>::MemberNotActive);
		ensure!(EncryptionKeys::<T>::contains_key(KeyOwner::Member(member)), Error::<T>::NoEncryptionKey);
		let gives_enough = |least| T::Reputation::reciprocity(member) >= least;
		ensure!(entry.policy.min_reciprocity.is_none_or(gives_enough), Error::<T>::BelowReciprocity);
		let is_owners = |id: &GroupId| Groups::<T>::get(id).is_some_and(|entry| entry.owner == Some(owner));
		let of_owner = GroupsOf::<T>::get(member).iter().filter(|id| is_owners(id)).count();
		ensure!(of_owner < MAX_GROUPS_OF_ONE_OWNER, Error::<T>::TooManyGroups);
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
		ensure!(group.next_roster_version(Self::departures) == roster_version, Error::<T>::StaleRoster);
		let is_hidden = group.roster == Roster::Hidden;
		let fits = match is_hidden {
			true => HIDDEN_WRAPS.contains(&wraps) && wraps.is_power_of_two(),
			false => usize::from(group.members) == wraps,
		};
		ensure!(fits, Error::<T>::WrongNumberOfWraps);
		if link.is_some() {
			ensure!(group.policy.history, Error::<T>::HistoryClosed);
			ensure!(group.is_keyed(), Error::<T>::NothingToLink);
		}
		let refusal = if is_hidden { Error::<T>::NotDeputy } else { Error::<T>::NotInGroup };
		ensure!(Self::is_in(rekeyer, id, &group), refusal);
		let is_free = is_hidden || group.owner == Some(rekeyer) || group.is_stale(Self::departures);
		ensure!(is_free || Self::is_late(rekeyer, id, &group), Error::<T>::RekeyTooSoon);
		ensure!(is_hidden || Self::leaves_time(rekeyer, &group), Error::<T>::RekeyTooSoon);
		Ok(group)
	}

	/// May the member rekey a fresh group? When its epoch is a day old, or was not given to it.
	fn is_late(rekeyer: MemberId, id: GroupId, group: &Group) -> bool {
		Self::now() >= group.keyed_at.saturating_add(DAY) || Self::is_left_out(rekeyer, id, group)
	}

	/// Did nobody answer that the member's wrap is bad, or is it among those that dispute the epoch?
	fn is_left_out(rekeyer: MemberId, id: GroupId, group: &Group) -> bool {
		let is_over = |since: u32| Self::block() >= since.saturating_add(ANSWER_BLOCKS);
		let is_right = |report: BadWrap| match report.answer {
			Answer::Awaited => is_over(report.reported),
			Answer::Given => false,
			Answer::Disputed => Disputes::<T>::get(id).is_some_and(|dispute| {
				// What one member says does not overturn an epoch.
				dispute.epoch == group.epoch && dispute.members >= group.disputers() && is_over(dispute.since)
			}),
		};
		BadWraps::<T>::get(id, rekeyer).filter(|report| report.epoch == group.epoch).is_some_and(is_right)
	}

	/// Who made the group stale by a report of its key leaves its next epoch to others for a while: else it could take the
	/// group, in one block, before anybody else sees that it is stale.
	fn leaves_time(rekeyer: MemberId, group: &Group) -> bool {
		let is_alone = group.members <= 1 || group.owner == Some(rekeyer);
		let reported = || LastKeyReport::<T>::get(rekeyer);
		is_alone || reported().is_none_or(|at| Self::now() >= at.saturating_add(REPORT_PAUSE))
	}

	/// May the member replace the group's newest epoch, because it was not given to it? For its agent.
	pub fn may_replace_epoch(rekeyer: MemberId, id: GroupId) -> bool {
		let Some(group) = Groups::<T>::get(id) else { return false };
		let may_act = Self::is_active(rekeyer) && Self::is_in(rekeyer, id, &group);
		may_act && Self::is_left_out(rekeyer, id, &group) && Self::leaves_time(rekeyer, &group)
	}

	/// What `rekey` asks of the keys themselves.
	pub(crate) fn check_new_epoch(group: &Group, public_key: &EncryptionKey, wraps: &[Wrap]) -> Result<(), Error<T>> {
		if group.roster == Roster::Hidden {
			// Any other order could tell who is who.
			ensure!(wraps.is_sorted_by(|a, b| a < b), Error::<T>::WrapsNotAscending);
		}
		ensure!(cti_envelope::keys::is_valid_public_key(public_key), Error::<T>::InvalidPublicKey);
		Ok(())
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
		Self::check_new_epoch(&group, &public_key, &wraps)?;

		let epoch = Epoch(group.epoch.0.checked_add(1).ok_or(Error::<T>::Exhausted)?);
		group.epoch = epoch;
		group.keyed_version = group.roster_version;
		group.departures_seen = Self::departures();
		group.keyed_at = Self::now();
		let (at, pk_hash) = (Self::location(), blake2_256(&public_key[..]));
		let wraps = wraps.len().saturated_into();
		let info = EpochInfo { at, wraps, pk_hash, auth, link, rekeyer: Some(rekeyer) };
		Groups::<T>::insert(id, group);
		Epochs::<T>::insert(id, epoch, info);
		GroupKeys::<T>::insert(id, *public_key);
		Self::deposit_event(Event::GroupRekeyed { group: id, epoch, roster_version, wraps, rekeyer, pk_hash, at });
		Ok(())
	}

	/// Everything that `welcome` asks of the state.
	pub(crate) fn check_welcome(by: MemberId, id: GroupId, epoch: Epoch, member: MemberId) -> Result<(), Error<T>> {
		let group = Self::group(id)?;
		ensure!(group.roster != Roster::Hidden, Error::<T>::RosterIsHidden);
		// A report is not answered by who made it.
		ensure!(by != member, Error::<T>::RecipientNotInGroup);
		ensure!(!group.is_stale(Self::departures), Error::<T>::StaleGroup);
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
		let is_asked = |report: &BadWrap| report.epoch == epoch && report.answer == Answer::Awaited;
		if let Some(report) = BadWraps::<T>::get(group, member).filter(is_asked) {
			BadWraps::<T>::insert(group, member, BadWrap { answer: Answer::Given, ..report });
		}
		Self::deposit_event(Event::MemberWelcomed { group, epoch, member, by, at: Self::location() });
		Ok(())
	}

	/// Everything that `report_bad_wrap` asks of the state.
	pub(crate) fn check_report(member: MemberId, id: GroupId, epoch: Epoch) -> Result<(), Error<T>> {
		let group = Self::group(id)?;
		ensure!(group.roster != Roster::Hidden, Error::<T>::RosterIsHidden);
		ensure!(group.is_keyed() && group.epoch == epoch, Error::<T>::WrongEpoch);
		ensure!(Self::is_in(member, id, &group), Error::<T>::NotInGroup);
		let is_new = |report: BadWrap| report.epoch != epoch || report.answer == Answer::Given;
		ensure!(BadWraps::<T>::get(id, member).is_none_or(is_new), Error::<T>::AlreadyReported);
		Ok(())
	}

	pub(crate) fn do_report_bad_wrap(member: MemberId, id: GroupId, epoch: Epoch) -> DispatchResult {
		Self::check_report(member, id, epoch)?;
		let report = match BadWraps::<T>::get(id, member).filter(|report| report.epoch == epoch) {
			// The answer does not open either: every holder's agent answers now.
			Some(report) => {
				Self::count_dispute(id, epoch, Self::group(id)?.disputers());
				BadWrap { answer: Answer::Disputed, ..report }
			}
			None => BadWrap { epoch, reported: Self::block(), answer: Answer::Awaited },
		};
		BadWraps::<T>::insert(id, member, report);
		Self::deposit_event(Event::BadWrapReported { group: id, epoch, member });
		Ok(())
	}

	/// `enough` members let those who dispute rekey, some time after they became so many.
	fn count_dispute(id: GroupId, epoch: Epoch, enough: u16) {
		let (now, known) = (Self::block(), Disputes::<T>::get(id).filter(|dispute| dispute.epoch == epoch));
		let Dispute { members, since, .. } = known.unwrap_or(Dispute { epoch, members: 0, since: now });
		let since = if members < enough { now } else { since };
		Disputes::<T>::insert(id, Dispute { epoch, members: members.saturating_add(1), since });
	}
}
