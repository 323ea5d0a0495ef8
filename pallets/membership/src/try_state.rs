//! The invariants, each in words and in code.

use crate::{functions::is_seated, pallet::*, types::*};
use alloc::{collections::BTreeMap, vec::Vec};
use cti_primitives::{GroupId, MemberId, Members as _, Role, Standing};
use frame::{deps::sp_runtime::TryRuntimeError, prelude::*};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_try_state() -> Result<(), TryRuntimeError> {
		Self::try_state_members()?;
		Self::try_state_accounts()?;
		Self::try_state_seats()?;
		Self::try_state_keys()?;
		Self::try_state_rosters()?;
		Self::try_state_counts()?;
		Self::try_state_epochs()?;
		Self::try_state_hidden()?;
		Self::try_state_gates()?;
		Self::try_state_disputes()?;
		Self::try_state_successors()?;
		Self::try_state_collators()?;
		let next = NextRhythm::<T>::get();
		let possible = Self::rhythm().is_possible() && next.is_none_or(|next| next.is_possible());
		ensure!(possible, "the chain's rhythm is none that the consortium may set");
		Self::try_state_consortium()
	}

	/// Disputes count all that are in them, and are of epochs that are there.
	fn try_state_disputes() -> Result<(), TryRuntimeError> {
		for (group, dispute) in Disputes::<T>::iter() {
			let members = BadWraps::<T>::iter_prefix_values(group)
				.filter(|report| (report.epoch, report.answer) == (dispute.epoch, Answer::Disputed));
			ensure!(members.count() <= dispute.members.into(), "a dispute does not count all that are in it");
			ensure!(Epochs::<T>::contains_key(group, dispute.epoch), "a dispute is of no epoch");
		}
		Ok(())
	}

	/// Only groups with rosters of their own ask for reciprocity; what groups ask of objects is something, in words of STIX.
	fn try_state_gates() -> Result<(), TryRuntimeError> {
		for group in Groups::<T>::iter_values().filter(|group| group.roster != Roster::Open) {
			ensure!(group.policy.min_reciprocity.is_none(), "a group that adds nobody asks for reciprocity");
		}
		for (group, quality) in GroupQuality::<T>::iter() {
			ensure!(Groups::<T>::contains_key(group), "a quality is of no group");
			ensure!(quality.is_valid() && !quality.is_empty(), "a quality is invalid, or asks for nothing");
		}
		Ok(())
	}

	/// Only hidden groups have deputies, ascending; no roster of theirs is kept.
	fn try_state_hidden() -> Result<(), TryRuntimeError> {
		for (group, deputies) in GroupDeputies::<T>::iter() {
			let entry = Groups::<T>::get(group).ok_or("deputies of no group")?;
			ensure!(entry.roster == Roster::Hidden, "a group that is not hidden has deputies");
			ensure!(deputies.is_sorted_by(|a, b| a < b), "deputies do not ascend");
		}
		for (id, group) in Groups::<T>::iter().filter(|(_, group)| group.roster == Roster::Hidden) {
			let is_bare = group.members == 0 && GroupMembers::<T>::iter_key_prefix(id).next().is_none();
			ensure!(is_bare, "the roster of a hidden group is on chain");
		}
		Ok(())
	}

	/// Who continues a departed member names it, and analysts with keys are numbered.
	fn try_state_successors() -> Result<(), TryRuntimeError> {
		for (former, successor) in Successors::<T>::iter() {
			let named = Members::<T>::get(successor).and_then(|profile| profile.former);
			ensure!(named == Some(former), "a departed member is continued by one that does not say so");
			let is_same = Self::first_identity(successor) == Self::first_identity(former);
			ensure!(is_same, "a member that continues another has a first identity of its own");
		}
		for (member, activity) in Activity::<T>::iter() {
			let former = Members::<T>::get(member).and_then(|profile| profile.former);
			let is_sound = if former.is_some() { activity.first < member } else { activity.first == member };
			ensure!(is_sound, "a member that continues nobody has another's first identity");
		}
		for owner in EncryptionKeys::<T>::iter_keys() {
			if let KeyOwner::Analyst(account) = owner {
				ensure!(AnalystNumbers::<T>::contains_key(account), "an analyst's key has no number");
			}
		}
		Ok(())
	}

	/// Ids are given in order: both halves of a member exist for every id below the next and for no other. The count of
	/// active members is right, and no bucket holds more than it may.
	fn try_state_members() -> Result<(), TryRuntimeError> {
		let next = NextMember::<T>::get();
		ensure!(Members::<T>::iter_keys().count() == next as usize, "a member's id is not below the next");
		ensure!(Activity::<T>::iter_keys().count() == next as usize, "a member's activity has no member");
		let mut active = 0u32;
		for id in 0..next {
			let activity = Activity::<T>::get(MemberId(id)).ok_or("a member has no activity")?;
			ensure!(Members::<T>::contains_key(MemberId(id)), "an activity has no member");
			ensure!(activity.tokens <= T::BucketBytes::get(), "a bucket holds more than it may");
			active = active.saturating_add(u32::from(activity.standing == Standing::Active));
		}
		ensure!(ActiveMembers::<T>::get() == active, "the count of active members is wrong");
		Ok(())
	}

	/// Every account belongs to an existing member; a member's controller is its only account in that role; delegates
	/// are counted; an account that acts was not retired and holds a sufficient reference.
	fn try_state_accounts() -> Result<(), TryRuntimeError> {
		let mut delegates = BTreeMap::<MemberId, u16>::new();
		for (account, Delegation { member, role }) in Accounts::<T>::iter() {
			let entry = Members::<T>::get(member).ok_or("an account's member does not exist")?;
			ensure!((entry.controller == account) == (role == Role::Controller), "a member has another controller");
			ensure!(!RetiredAccounts::<T>::contains_key(&account), "a retired account acts");
			ensure!(frame_system::Pallet::<T>::sufficients(&account) > 0, "an account has no sufficient reference");
			let count = delegates.entry(member).or_default();
			*count = count.saturating_add(u16::from(role != Role::Controller));
		}
		for (member, entry) in Members::<T>::iter() {
			let controls = Accounts::<T>::get(&entry.controller).map(|delegation| delegation.member);
			ensure!(controls == Some(member), "a controller does not act for its member");
			ensure!(delegates.get(&member) == Some(&entry.delegates), "the count of delegates is wrong");
			let listed = DelegatesOf::<T>::get(member);
			ensure!(listed.len() == usize::from(entry.delegates), "a member's delegates are not listed");
			let all_act = listed.iter().all(|account| {
				Accounts::<T>::get(account)
					.is_some_and(|delegation| delegation.member == member && delegation.role != Role::Controller)
			});
			ensure!(all_act, "an account is listed as a delegate and is none");
		}
		Ok(())
	}

	/// The seats are those of the controllers of active and suspended members, ascending.
	fn try_state_seats() -> Result<(), TryRuntimeError> {
		let is_seated = |member: &MemberId| Activity::<T>::get(member).is_some_and(|known| is_seated(known.standing));
		let seated = Members::<T>::iter().filter(|(member, _)| is_seated(member));
		let (mut members, mut expected): (Vec<_>, Vec<_>) =
			seated.map(|(member, entry)| (member, entry.controller)).unzip();
		members.sort();
		expected.sort();
		ensure!(SeatHolders::<T>::get().into_inner() == expected, "the seats are not those of the seated members");
		ensure!(SeatedMembers::<T>::get().into_inner() == members, "the list of seated members is wrong");
		Ok(())
	}

	/// A member with a key holds a seat; an analyst with a key acts for somebody; only who has a key reported one.
	fn try_state_keys() -> Result<(), TryRuntimeError> {
		for owner in EncryptionKeys::<T>::iter_keys() {
			let seated = match &owner {
				KeyOwner::Member(member) => {
					Activity::<T>::get(member).is_some_and(|activity| is_seated(activity.standing))
				}
				KeyOwner::Analyst(account) => {
					Accounts::<T>::get(account).is_some_and(|delegation| delegation.role == Role::Analyst)
				}
			};
			ensure!(seated, "an encryption key has no owner");
		}
		for member in LastKeyReport::<T>::iter_keys() {
			ensure!(EncryptionKeys::<T>::contains_key(KeyOwner::Member(member)), "a reported key does not exist");
		}
		Ok(())
	}

	/// `GroupsOf` mirrors `GroupMembers`. Who is in an open group holds a seat and has a key; an owner that holds a seat
	/// is in its open group; nobody is in the roster of the consortium's group.
	fn try_state_rosters() -> Result<(), TryRuntimeError> {
		let mut rows = 0usize;
		for (member, groups) in GroupsOf::<T>::iter() {
			ensure!(groups.is_sorted_by(|a, b| a < b), "a member's groups are not in order");
			rows = rows.saturating_add(groups.len());
			let mirrored = groups.iter().all(|group| GroupMembers::<T>::contains_key(group, member));
			ensure!(mirrored, "a member's group does not know it");
			let seated = Activity::<T>::get(member).is_some_and(|activity| is_seated(activity.standing));
			ensure!(groups.is_empty() || seated, "a departed member is in a group");
			let keyed = EncryptionKeys::<T>::contains_key(KeyOwner::Member(member));
			ensure!(groups.is_empty() || keyed, "a member without a key is in a group");
		}
		ensure!(GroupMembers::<T>::iter_keys().count() == rows, "a group's member does not know the group");
		for (id, group) in Groups::<T>::iter() {
			ensure!(id.0 < NextGroup::<T>::get(), "a group's id is not below the next");
			ensure!(group.policy.ceiling < cti_primitives::Tlp::Red, "a group takes RED");
			ensure!((group.roster == Roster::Everyone) == (id == CONSORTIUM), "only the consortium has everyone");
			ensure!(group.owner.is_none() == (id == CONSORTIUM), "only the consortium has no owner");
			if let Some(owner) = group.owner.filter(|_| group.roster == Roster::Open) {
				let seated = Activity::<T>::get(owner).is_some_and(|activity| is_seated(activity.standing));
				ensure!(!seated || GroupMembers::<T>::contains_key(id, owner), "an owner is not in its group");
			}
		}
		Ok(())
	}

	/// `Group.members` counts the active members of the roster; in the consortium's group, those with a key.
	fn try_state_counts() -> Result<(), TryRuntimeError> {
		let active =
			|member: MemberId| Activity::<T>::get(member).is_some_and(|activity| activity.standing == Standing::Active);
		for (id, group) in Groups::<T>::iter() {
			let members = match group.roster {
				Roster::Open => GroupMembers::<T>::iter_key_prefix(id).filter(|member| active(*member)).count(),
				Roster::Everyone => EncryptionKeys::<T>::iter_keys()
					.filter(|owner| matches!(owner, KeyOwner::Member(member) if active(*member)))
					.count(),
				Roster::Hidden => 0,
			};
			ensure!(members == usize::from(group.members), "a group's count of members is wrong");
		}
		Ok(())
	}

	/// A keyed group has a key and the epoch it stands at, which name the same key; a group that was never keyed has
	/// neither. No version runs ahead, no epoch lies beyond the newest.
	fn try_state_epochs() -> Result<(), TryRuntimeError> {
		for (id, group) in Groups::<T>::iter() {
			ensure!(group.keyed_version <= group.roster_version, "a group was keyed for a roster to come");
			ensure!(group.departures_seen <= Departures::<T>::get(), "a group has seen departures to come");
			let newest = Epochs::<T>::get(id, group.epoch).map(|info| info.pk_hash);
			let key = GroupKeys::<T>::get(id).map(|key| blake2_256(&key));
			ensure!(newest == key, "a group's key is not its newest epoch's");
			ensure!(key.is_some() == group.is_keyed(), "a group's key and its versions disagree");
		}
		for (group, epoch) in Epochs::<T>::iter_keys() {
			let newest = Groups::<T>::get(group).ok_or("an epoch has no group")?.epoch;
			ensure!(epoch <= newest, "an epoch lies beyond the newest");
		}
		let known = |group: GroupId| Groups::<T>::contains_key(group);
		ensure!(GroupKeys::<T>::iter_keys().all(known), "a key has no group");
		ensure!(GroupNames::<T>::iter_keys().all(known), "a name has no group");
		Ok(())
	}

	/// The consortium's group is stale exactly when it has not seen every departure.
	fn try_state_consortium() -> Result<(), TryRuntimeError> {
		let group = Groups::<T>::get(CONSORTIUM).ok_or("the consortium has no group")?;
		let departures = Departures::<T>::get();
		ensure!(group.roster_version == departures.saturating_add(1), "a departure left the consortium's group as is");
		if group.is_keyed() {
			let fresh = group.departures_seen == departures;
			ensure!(fresh != group.is_stale(Departures::<T>::get), "the consortium's group has not seen a departure");
		}
		Ok(())
	}
}
