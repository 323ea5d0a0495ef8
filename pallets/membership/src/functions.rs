//! Origins, members, accounts and keys.

use crate::{pallet::*, types::*};
use alloc::boxed::Box;
use cti_primitives::{KeyOwnerId, MemberId, Members as _, Role, Standing};
use frame::{
	prelude::*,
	token::fungible::{Inspect, Mutate},
	traits::{Contains, Dispatchable, UnixTime},
};

/// Does a member of this standing hold a seat?
pub(crate) const fn is_seated(standing: Standing) -> bool {
	matches!(standing, Standing::Active | Standing::Suspended)
}

/// 1 byte or more of UTF-8; the type bounds the length.
pub(crate) fn is_name(name: &[u8]) -> bool {
	!name.is_empty() && core::str::from_utf8(name).is_ok()
}

impl<T: Config> Pallet<T> {
	/// The time in unix seconds.
	pub(crate) fn now() -> u64 {
		T::Time::now().as_secs()
	}

	/// The block number; its end is 800 years of six-second blocks away.
	pub(crate) fn block() -> u32 {
		frame_system::Pallet::<T>::block_number().saturated_into()
	}

	/// Where the extrinsic being applied is.
	pub(crate) fn location() -> Location {
		(Self::block(), frame_system::Pallet::<T>::extrinsic_index().unwrap_or_default())
	}

	/// The pot that endowments come from.
	pub fn pot() -> T::AccountId {
		T::PotId::get().into_account_truncating()
	}

	pub(crate) fn standing_of(member: MemberId) -> Result<Standing, Error<T>> {
		Activity::<T>::get(member).map(|activity| activity.standing).ok_or(Error::<T>::UnknownMember)
	}

	fn delegation_of(origin: OriginFor<T>) -> Result<(T::AccountId, Delegation), DispatchError> {
		let account = ensure_signed(origin)?;
		let delegation = Accounts::<T>::get(&account).ok_or(Error::<T>::NotMember)?;
		Ok((account, delegation))
	}

	/// Signed by the controller of a member that holds a seat.
	pub(crate) fn ensure_seated_controller(origin: OriginFor<T>) -> Result<MemberId, DispatchError> {
		let (_, Delegation { member, role }) = Self::delegation_of(origin)?;
		ensure!(role == Role::Controller, Error::<T>::WrongRole);
		ensure!(is_seated(Self::standing_of(member)?), Error::<T>::NotActive);
		Ok(member)
	}

	/// Signed by the controller of an active member.
	pub(crate) fn ensure_active_controller(origin: OriginFor<T>) -> Result<MemberId, DispatchError> {
		let (_, Delegation { member, role }) = Self::delegation_of(origin)?;
		ensure!(role == Role::Controller, Error::<T>::WrongRole);
		ensure!(Self::standing_of(member)? == Standing::Active, Error::<T>::NotActive);
		Ok(member)
	}

	/// Signed for an active member in a role that handles epoch secrets: whoever publishes by hand.
	pub(crate) fn ensure_secret_holder(origin: OriginFor<T>) -> Result<MemberId, DispatchError> {
		let (_, Delegation { member, role }) = Self::delegation_of(origin)?;
		ensure!(role.may_publish(), Error::<T>::WrongRole);
		ensure!(Self::standing_of(member)? == Standing::Active, Error::<T>::NotActive);
		Ok(member)
	}

	/// Signed by someone who has an encryption key to look after.
	pub(crate) fn ensure_key_owner(origin: OriginFor<T>) -> Result<KeyOwner<T::AccountId>, DispatchError> {
		let (account, Delegation { member, role }) = Self::delegation_of(origin)?;
		let owner = match role {
			Role::Controller => KeyOwner::Member(member),
			Role::Analyst => KeyOwner::Analyst(account),
			Role::Feed | Role::Auditor => return Err(Error::<T>::WrongRole.into()),
		};
		ensure!(is_seated(Self::standing_of(member)?), Error::<T>::NotActive);
		Ok(owner)
	}

	/// A vote (`None`), or signed by the controller of an active member.
	pub(crate) fn ensure_group_authority(origin: OriginFor<T>) -> Result<Option<MemberId>, DispatchError> {
		match T::AdmitOrigin::try_origin(origin) {
			Ok(_) => Ok(None),
			Err(origin) => Self::ensure_active_controller(origin).map(Some),
		}
	}

	fn ensure_unused(account: &T::AccountId) -> Result<(), Error<T>> {
		ensure!(!Accounts::<T>::contains_key(account), Error::<T>::AccountInUse);
		ensure!(!RetiredAccounts::<T>::contains_key(account), Error::<T>::AccountRetired);
		Ok(())
	}

	/// Lets an account act. The reference keeps it alive without a balance.
	pub(crate) fn attach(account: &T::AccountId, member: MemberId, role: Role) {
		Accounts::<T>::insert(account, Delegation { member, role });
		frame_system::Pallet::<T>::inc_sufficients(account);
	}

	/// Ends an account's acting for a member, for good.
	fn detach(account: &T::AccountId, member: MemberId) {
		Accounts::<T>::remove(account);
		RetiredAccounts::<T>::insert(account, member);
		frame_system::Pallet::<T>::dec_sufficients(account);
	}

	/// Gives a new member its id, seat and accounts. The collective is told by the caller.
	pub(crate) fn insert_member(
		controller: &T::AccountId,
		name: Name,
		former: Option<MemberId>,
		now: u64,
	) -> Result<MemberId, Error<T>> {
		let next = NextMember::<T>::get();
		ensure!(next < END_OF_MEMBER_IDS, Error::<T>::Exhausted);
		SeatHolders::<T>::try_mutate(|seats| {
			let place = seats.binary_search(controller).err().ok_or(Error::<T>::AccountInUse)?;
			seats.try_insert(place, controller.clone()).map_err(|_| Error::<T>::TooManyMembers)
		})?;
		let member = MemberId(next);
		let first = former.map_or(member, Self::first_identity);
		// The newest member has the highest number.
		SeatedMembers::<T>::try_append(member).map_err(|_| Error::<T>::TooManyMembers)?;
		NextMember::<T>::put(next.saturating_add(1));
		Self::attach(controller, member, Role::Controller);
		Members::<T>::insert(
			member,
			MemberProfile { controller: controller.clone(), name, joined_block: Self::block(), delegates: 0, former },
		);
		Activity::<T>::insert(
			member,
			MemberActivity {
				standing: Standing::Active,
				records: 0,
				tokens: T::BucketBytes::get(),
				refilled: now,
				first,
			},
		);
		ActiveMembers::<T>::mutate(|active| *active = active.saturating_add(1));
		Ok(member)
	}

	pub(crate) fn do_admit(
		controller: T::AccountId,
		name: Name,
		encryption_key: Option<Box<EncryptionKey>>,
		former: Option<MemberId>,
	) -> DispatchResult {
		ensure!(is_name(&name), Error::<T>::InvalidName);
		Self::ensure_unused(&controller)?;
		if let Some(former) = former {
			ensure!(!is_seated(Self::standing_of(former)?), Error::<T>::WrongStanding);
			ensure!(!Successors::<T>::contains_key(former), Error::<T>::FormerTaken);
		}
		if let Some(key) = &encryption_key {
			ensure!(cti_envelope::keys::is_valid_public_key(key), Error::<T>::InvalidPublicKey);
		}
		let member = Self::insert_member(&controller, name.clone(), former, Self::now())?;
		if let Some(former) = former {
			Successors::<T>::insert(former, member);
		}
		T::Seats::change_members_sorted(core::slice::from_ref(&controller), &[], &SeatHolders::<T>::get());
		let endowment = Self::endow(&controller);
		Self::deposit_event(Event::MemberAdmitted { member, controller, name, former, endowment });
		match encryption_key {
			Some(key) => Self::put_first_key(member, *key),
			None => Ok(()),
		}
	}

	/// Pays a new controller what the pot has, up to the endowment, and says how much. A poor pot keeps nobody out.
	fn endow(controller: &T::AccountId) -> BalanceOf<T> {
		let pot = Self::pot();
		let left = T::Currency::reducible_balance(&pot, Preservation::Preserve, Fortitude::Polite);
		let amount = left.min(T::Endowment::get());
		if amount.is_zero() {
			return amount;
		}
		T::Currency::transfer(&pot, controller, amount, Preservation::Preserve).unwrap_or_default()
	}

	/// The old account keeps nothing: whoever may have it shall act no more.
	pub(crate) fn do_replace_controller(
		member: MemberId,
		new: T::AccountId,
		encryption_key: Option<Box<EncryptionKey>>,
		is_stolen: bool,
	) -> DispatchResult {
		ensure!(is_seated(Self::standing_of(member)?), Error::<T>::WrongStanding);
		Self::ensure_unused(&new)?;
		if is_stolen {
			let has_key = EncryptionKeys::<T>::contains_key(KeyOwner::Member(member));
			ensure!(encryption_key.is_some() || !has_key, Error::<T>::NoEncryptionKey);
			Self::end_delegates(member)?;
		}
		Self::take_key_back(member, encryption_key)?;
		let old = Members::<T>::try_mutate(member, |profile| {
			let profile = profile.as_mut().ok_or(Error::<T>::UnknownMember)?;
			Ok::<_, Error<T>>(core::mem::replace(&mut profile.controller, new.clone()))
		})?;
		Self::release_bond(member, &old)?;
		Self::detach(&old, member);
		Self::attach(&new, member, Role::Controller);
		let seats = SeatHolders::<T>::try_mutate(|seats| {
			seats.retain(|holder| *holder != old);
			let place = seats.binary_search(&new).err().ok_or(Error::<T>::AccountInUse)?;
			seats.try_insert(place, new.clone()).map_err(|_| Error::<T>::TooManyMembers)?;
			Ok::<_, Error<T>>(seats.clone())
		})?;
		T::Seats::change_members_sorted(core::slice::from_ref(&new), core::slice::from_ref(&old), &seats);
		let endowment = Self::endow(&new);
		Self::deposit_event(Event::ControllerReplaced { member, old, new, endowment });
		Ok(())
	}

	/// Whoever had the old controller's key may have the member's, too, or have put its own in that place: what comes next is
	/// closed to it, and the new controller may report it at once.
	fn take_key_back(member: MemberId, key: Option<Box<EncryptionKey>>) -> DispatchResult {
		let owner = KeyOwner::Member(member);
		LastKeyReport::<T>::remove(member);
		match (EncryptionKeys::<T>::contains_key(&owner), key) {
			(true, Some(key)) => {
				Self::do_set_encryption_key(owner, key, KeyChange::Compromised)?;
				LastKeyReport::<T>::remove(member);
				Ok(())
			}
			(true, None) => Self::stale_by_key(&owner, KeyChange::Compromised),
			(false, Some(key)) => Self::do_set_encryption_key(owner, key, KeyChange::Routine),
			(false, None) => Ok(()),
		}
	}

	/// Carries out what two thirds decided on, with the powers of the chain itself.
	pub(crate) fn do_enact(call: T::Decision) -> DispatchResultWithPostInfo {
		ensure!(T::Enactable::contains(&call), Error::<T>::NotEnactable);
		let call_hash = blake2_256(&call.encode());
		let done = call.dispatch(frame_system::RawOrigin::Root.into())?;
		Self::deposit_event(Event::Enacted { call_hash });
		Ok(done)
	}

	/// Changes a member's standing and the count of active members; gives the standing before.
	fn change_standing(member: MemberId, from: &[Standing], to: Standing) -> Result<Standing, Error<T>> {
		let was = Activity::<T>::try_mutate(member, |activity| {
			let activity = activity.as_mut().ok_or(Error::<T>::UnknownMember)?;
			ensure!(from.contains(&activity.standing), Error::<T>::WrongStanding);
			Ok(core::mem::replace(&mut activity.standing, to))
		})?;
		ActiveMembers::<T>::mutate(|active| {
			*active = match (was, to) {
				(Standing::Active, _) => active.saturating_sub(1),
				(_, Standing::Active) => active.saturating_add(1),
				_ => *active,
			}
		});
		Ok(was)
	}

	pub(crate) fn do_suspend(member: MemberId) -> DispatchResult {
		Self::change_standing(member, &[Standing::Active], Standing::Suspended)?;
		Self::change_groups(member, RosterChange::Leaves)?;
		Self::deposit_event(Event::MemberSuspended { member });
		Ok(())
	}

	pub(crate) fn do_reinstate(member: MemberId) -> DispatchResult {
		Self::change_standing(member, &[Standing::Suspended], Standing::Active)?;
		Self::change_groups(member, RosterChange::Returns)?;
		Self::deposit_event(Event::MemberReinstated { member });
		Ok(())
	}

	pub(crate) fn do_expel(member: MemberId) -> DispatchResult {
		let was = Self::depart(member, Standing::Expelled)?;
		Self::deposit_event(Event::MemberExpelled { member, was });
		Ok(())
	}

	pub(crate) fn do_leave(member: MemberId) -> DispatchResult {
		let was = Self::depart(member, Standing::Left)?;
		Self::deposit_event(Event::MemberLeft { member, was });
		Ok(())
	}

	/// Ends a membership: seat, key and groups go; what remains is history.
	fn depart(member: MemberId, to: Standing) -> Result<Standing, DispatchError> {
		let was = Self::change_standing(member, &[Standing::Active, Standing::Suspended], to)?;
		let change = match was {
			Standing::Active => RosterChange::Leaves,
			_ => RosterChange::Stales,
		};
		Self::change_groups(member, change)?;
		for group in GroupsOf::<T>::take(member) {
			GroupMembers::<T>::remove(group, member);
		}
		EncryptionKeys::<T>::remove(KeyOwner::Member(member));
		LastKeyReport::<T>::remove(member);
		Self::free_seat(member)?;
		Ok(was)
	}

	fn free_seat(member: MemberId) -> DispatchResult {
		let controller = Members::<T>::get(member).ok_or(Error::<T>::UnknownMember)?.controller;
		Self::release_bond(member, &controller)?;
		let seats = SeatHolders::<T>::mutate(|seats| {
			seats.retain(|holder| *holder != controller);
			seats.clone()
		});
		ensure!(!seats.is_empty(), Error::<T>::LastSeat);
		SeatedMembers::<T>::mutate(|seated| seated.retain(|seat| *seat != member));
		T::Seats::change_members_sorted(&[], core::slice::from_ref(&controller), &seats);
		Ok(())
	}

	pub(crate) fn do_add_delegate(member: MemberId, account: T::AccountId, role: Role) -> DispatchResult {
		ensure!(role != Role::Controller, Error::<T>::ControllerIsFixed);
		Self::ensure_unused(&account)?;
		DelegatesOf::<T>::try_mutate(member, |delegates| {
			delegates.try_push(account.clone()).map_err(|_| Error::<T>::TooManyDelegates)
		})?;
		Self::count_delegates(member)?;
		Self::attach(&account, member, role);
		Self::deposit_event(Event::DelegateAdded { member, account, role });
		Ok(())
	}

	fn count_delegates(member: MemberId) -> Result<(), Error<T>> {
		Members::<T>::try_mutate(member, |entry| {
			let entry = entry.as_mut().ok_or(Error::<T>::UnknownMember)?;
			entry.delegates = DelegatesOf::<T>::decode_len(member).unwrap_or_default().saturated_into();
			Ok(())
		})
	}

	pub(crate) fn do_remove_delegate(member: MemberId, account: T::AccountId) -> DispatchResult {
		let delegation = Accounts::<T>::get(&account).ok_or(Error::<T>::NotDelegate)?;
		ensure!(delegation.member == member, Error::<T>::NotDelegate);
		ensure!(delegation.role != Role::Controller, Error::<T>::ControllerIsFixed);
		DelegatesOf::<T>::mutate(member, |delegates| delegates.retain(|other| *other != account));
		Self::count_delegates(member)?;
		Self::end_delegate(member, account, delegation.role);
		Ok(())
	}

	fn end_delegate(member: MemberId, account: T::AccountId, role: Role) {
		EncryptionKeys::<T>::remove(KeyOwner::Analyst(account.clone()));
		AnalystNumbers::<T>::remove(&account);
		Self::detach(&account, member);
		Self::deposit_event(Event::DelegateRemoved { member, account, role });
	}

	/// Ends all of them: whoever had the controller may have added some.
	fn end_delegates(member: MemberId) -> Result<(), Error<T>> {
		for account in DelegatesOf::<T>::take(member) {
			let role = Accounts::<T>::get(&account).ok_or(Error::<T>::NotDelegate)?.role;
			Self::end_delegate(member, account, role);
		}
		Self::count_delegates(member)
	}

	pub(crate) fn do_set_encryption_key(
		owner: KeyOwner<T::AccountId>,
		key: Box<EncryptionKey>,
		reason: KeyChange,
	) -> DispatchResult {
		let previous = EncryptionKeys::<T>::get(&owner).map(|entry| entry.version);
		ensure!(previous.is_some() || !reason.stales_groups(), Error::<T>::NoEncryptionKey);
		if let (KeyOwner::Member(member), true) = (&owner, reason.stales_groups()) {
			Self::note_key_report(*member)?;
		}
		ensure!(cti_envelope::keys::is_valid_public_key(&key), Error::<T>::InvalidPublicKey);
		match (&owner, previous) {
			(KeyOwner::Member(member), None) => Self::put_first_key(*member, *key),
			(_, previous) => {
				let version = match previous {
					Some(version) => version.checked_add(1).ok_or(Error::<T>::Exhausted)?,
					None => 0,
				};
				Self::stale_by_key(&owner, reason)?;
				Self::number_analyst(&owner)?;
				EncryptionKeys::<T>::insert(&owner, KeyEntry { version, key: *key });
				Self::deposit_event(Event::EncryptionKeySet { owner, version, reason });
				Ok(())
			}
		}
	}

	/// Wraps name the owner of a key by a number: an analyst's comes with its first key.
	fn number_analyst(owner: &KeyOwner<T::AccountId>) -> DispatchResult {
		let KeyOwner::Analyst(account) = owner else { return Ok(()) };
		if AnalystNumbers::<T>::contains_key(account) {
			return Ok(());
		}
		let number = NextAnalyst::<T>::get();
		NextAnalyst::<T>::put(number.checked_add(1).ok_or(Error::<T>::Exhausted)?);
		AnalystNumbers::<T>::insert(account, KeyOwnerId(number));
		Ok(())
	}

	/// Stores a member's first key: if it is active, it is in the consortium's group from now on.
	pub(crate) fn put_first_key(member: MemberId, key: EncryptionKey) -> DispatchResult {
		let owner = KeyOwner::Member(member);
		EncryptionKeys::<T>::insert(&owner, KeyEntry { version: 0, key });
		if Self::standing_of(member)? == Standing::Active {
			Self::change_group(CONSORTIUM, RosterChange::Returns)?;
		}
		Self::deposit_event(Event::EncryptionKeySet { owner, version: 0, reason: KeyChange::Routine });
		Ok(())
	}

	/// A key that somebody else may have closes the groups of an active member. A suspended one's were closed to it when
	/// it was suspended, and it shall not be able to close them again and again.
	fn stale_by_key(owner: &KeyOwner<T::AccountId>, reason: KeyChange) -> DispatchResult {
		match owner {
			KeyOwner::Member(member) if reason.stales_groups() && Self::standing_of(*member)? == Standing::Active => {
				Self::change_groups(*member, RosterChange::Stales)
			}
			_ => Ok(()),
		}
	}

	fn note_key_report(member: MemberId) -> DispatchResult {
		let now = Self::now();
		if let Some(last) = LastKeyReport::<T>::get(member) {
			ensure!(now >= last.saturating_add(DAY), Error::<T>::KeyReportedRecently);
		}
		LastKeyReport::<T>::insert(member, now);
		Ok(())
	}
}
