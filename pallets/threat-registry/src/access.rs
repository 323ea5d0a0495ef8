//! Access after publication: requests, grants, and the recall of what was withdrawn.

use crate::{pallet::*, types::*};
use alloc::vec::Vec;
use cti_primitives::{AuthorId, Groups, KeyOwnerId, MemberId, Members, RecordId, RecordStatus, Standing, Tlp};
use frame::{
	deps::frame_support::storage::{KeyPrefixIterator, StoragePrefixedMap},
	prelude::*,
};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_grant(author: MemberId, n: u32, grants: &Grants) -> DispatchResult {
		ensure!(!grants.is_empty(), Error::<T>::NobodyToGrant);
		Self::ensure_active(author)?;
		let id = RecordId { author: author.into(), n };
		let record = Self::live_record(id, Self::now())?;
		let mut recipients = BoundedVec::new();
		let mut hidden = 0u8;
		for grant in grants {
			match grant.recipient {
				Recipient::Hidden => {
					hidden = hidden.saturating_add(1);
					GrantedUnnamed::<T>::insert(id, ());
				}
				Recipient::Open(owner) => {
					Self::check_recipient(owner, record.tlp)?;
					match owner.member() {
						Some(member) => {
							Requests::<T>::remove(id, member);
							Granted::<T>::insert(id, member, ());
						}
						// Whose analyst it is, is not known here.
						None => GrantedUnnamed::<T>::insert(id, ()),
					}
					// As many as there are grants at most.
					recipients.try_push(owner).map_err(|_| Error::<T>::NobodyToGrant)?;
				}
			}
		}
		Self::deposit_event(Event::AccessGranted { record: id, recipients, hidden, at: Self::location()? });
		Ok(())
	}

	/// RED goes to persons; what goes to a member goes to an active one. Whose an analyst's number is, is not known here.
	fn check_recipient(owner: KeyOwnerId, tlp: Tlp) -> DispatchResult {
		let Some(member) = owner.member() else { return Ok(()) };
		ensure!(tlp != Tlp::Red, Error::<T>::RedToMember);
		Self::ensure_active(member)
	}

	pub(crate) fn do_request(member: MemberId, id: RecordId) -> DispatchResult {
		ensure!(id.author != AuthorId::from(member), Error::<T>::OwnRecord);
		Self::ensure_active(member)?;
		Self::live_record(id, Self::now())?;
		ensure!(!Requests::<T>::contains_key(id, member), Error::<T>::AlreadyRequested);
		Requests::<T>::insert(id, member, Self::now());
		Self::deposit_event(Event::AccessRequested { record: id, by: member });
		Ok(())
	}

	pub(crate) fn do_decline(author: MemberId, n: u32, member: MemberId) -> DispatchResult {
		let id = RecordId { author: author.into(), n };
		Requests::<T>::take(id, member).ok_or(Error::<T>::NotRequested)?;
		Self::deposit_event(Event::AccessDeclined { record: id, member });
		Ok(())
	}

	/// Also a suspended member may have read it.
	pub(crate) fn do_acknowledge(member: MemberId, id: RecordId) -> DispatchResult {
		let is_seated = matches!(T::Members::standing(member), Some(Standing::Active | Standing::Suspended));
		ensure!(is_seated, Error::<T>::NotActive);
		let record = Records::<T>::get(id).ok_or(Error::<T>::RecordNotFound)?;
		ensure!(record.status == RecordStatus::Withdrawn, Error::<T>::NotWithdrawn);
		ensure!(!Acknowledged::<T>::contains_key(id, member), Error::<T>::AlreadyAcknowledged);
		Acknowledged::<T>::insert(id, member, ());
		Self::deposit_event(Event::WithdrawalAcknowledged { record: id, by: member });
		Ok(())
	}

	/// Members of the record's open groups and those named in grants, its author left out, that have not acknowledged its
	/// withdrawal.
	pub(crate) fn pending_of(id: RecordId) -> Option<Vec<MemberId>> {
		let record = Records::<T>::get(id).filter(|record| record.status == RecordStatus::Withdrawn)?;
		let rosters = record.audience.iter().filter_map(|(group, _)| T::Groups::roster(*group));
		let named = Granted::<T>::iter_key_prefix(id)
			.filter(|member| matches!(T::Members::standing(*member), Some(Standing::Active | Standing::Suspended)));
		let mut pending: Vec<MemberId> = rosters.flatten().chain(named).collect();
		pending.sort_unstable();
		pending.dedup();
		pending.retain(|member| id.author != AuthorId::from(*member) && !Acknowledged::<T>::contains_key(id, member));
		Some(pending)
	}

	/// Who asks for a record, with when, ascending by member.
	pub(crate) fn requests_of(id: RecordId) -> Vec<(MemberId, u64)> {
		let mut requests: Vec<_> = Requests::<T>::iter_prefix(id).collect();
		requests.sort_unstable();
		requests
	}

	/// Who asks for which of the author's records, in the order of the keys, which begin with the author.
	pub(crate) fn page_of_requests_to(
		author: AuthorId,
		after: Option<(u32, MemberId)>,
		limit: u32,
	) -> Vec<(u32, MemberId)> {
		let prefix = [&Requests::<T>::final_prefix()[..], &author.encode()].concat();
		let start = [prefix.clone(), after.map(|after| after.encode()).unwrap_or_default()].concat();
		let keys = KeyPrefixIterator::new(prefix, start, |mut rest| <(u32, MemberId)>::decode(&mut rest));
		keys.take(limit.min(MAX_PAGE) as usize).collect()
	}
}
