//! What always holds of the registry's state, in words and in code.

use crate::{pallet::*, types::*};
use alloc::collections::BTreeSet;
use cti_primitives::{AuthorId, Members, RecordId, RecordStatus, Tlp};
use frame::{deps::sp_runtime::TryRuntimeError, prelude::*};

/// Height of the tree over the most objects an envelope holds.
const MAX_HEIGHT: u32 = cti_envelope::MAX_OBJECTS.trailing_zeros();

impl<T: Config> Pallet<T> {
	pub(crate) fn do_try_state() -> Result<(), TryRuntimeError> {
		Self::check_numbers()?;
		Self::check_envelopes()?;
		Self::check_revisions()?;
		Self::check_index()?;
		Self::check_queue()?;
		Self::check_sightings()?;
		Self::check_access()
	}

	/// Others ask for, and are given, records there are; what is acknowledged was withdrawn.
	fn check_access() -> Result<(), TryRuntimeError> {
		for (id, by) in Requests::<T>::iter_keys() {
			ensure!(Records::<T>::contains_key(id), "a request is for no record");
			ensure!(id.author != AuthorId::from(by), "an author asks for its own record");
		}
		for id in GrantedUnnamed::<T>::iter_keys() {
			ensure!(Records::<T>::contains_key(id), "a grant is of no record");
		}
		for (id, to) in Granted::<T>::iter_keys() {
			ensure!(Records::<T>::contains_key(id), "access was given to no record");
			ensure!(T::Members::standing(to).is_some(), "access was given to nobody");
		}
		for (id, _) in Acknowledged::<T>::iter_keys() {
			let withdrawn = Records::<T>::get(id).is_some_and(|record| record.status == RecordStatus::Withdrawn);
			ensure!(withdrawn, "a withdrawal is acknowledged that was none");
		}
		Ok(())
	}

	/// An author's records are numbered from 0 without gaps, below the number its next one will have.
	fn check_numbers() -> Result<(), TryRuntimeError> {
		for RecordId { author, n } in Records::<T>::iter_keys() {
			let member = author.member().ok_or("a record is by a pseudonym")?;
			ensure!(n < T::Members::next_record_number(member), "a record's number is not below its author's next");
			let previous = n.checked_sub(1).map(|n| RecordId { author, n });
			ensure!(previous.is_none_or(Records::<T>::contains_key), "an author's numbers have a gap");
		}
		Ok(())
	}

	/// A record keeps the rules of its envelope's form and marking, and was published in the past.
	fn check_envelopes() -> Result<(), TryRuntimeError> {
		let (block, now) = (frame_system::Pallet::<T>::block_number().saturated_into::<u32>(), Self::now());
		for record in Records::<T>::iter_values() {
			let wraps = record.audience.len().saturating_add(record.direct.into());
			ensure!(wraps > 0, "a record is for nobody");
			ensure!(record.audience.is_sorted_by(|(a, _), (b, _)| a < b), "a record's audience is not ascending");
			ensure!(record.tlp != Tlp::Red || record.audience.is_empty(), "a group was given a record marked RED");
			ensure!(u32::from(record.height) <= MAX_HEIGHT, "a record's tree is too high");
			ensure!(record.at.0 <= block && record.published <= now, "a record is of the future");
			ensure!(record.end.is_none_or(|end| end.begins() > record.published), "a record ended before it began");
		}
		Ok(())
	}

	/// A record revises an earlier one of its author, no other does, and that one is no longer live; what is
	/// superseded has its revision.
	fn check_revisions() -> Result<(), TryRuntimeError> {
		let mut revised = BTreeSet::new();
		for (RecordId { author, n }, record) in Records::<T>::iter() {
			let Some(earlier) = record.revises else { continue };
			ensure!(earlier < n, "a record revises a later one");
			let earlier = RecordId { author, n: earlier };
			ensure!(revised.insert(earlier), "a record was revised twice");
			let status = Records::<T>::get(earlier).ok_or("a record revises one that is not there")?.status;
			ensure!(
				matches!(status, RecordStatus::Superseded | RecordStatus::Withdrawn),
				"a revised record is still live"
			);
		}
		for (id, record) in Records::<T>::iter() {
			let superseded = record.status == RecordStatus::Superseded;
			ensure!(!superseded || revised.contains(&id), "a superseded record has no revision");
		}
		Ok(())
	}

	/// Every entry of the index points to a record, and stands at the place of its publication.
	fn check_index() -> Result<(), TryRuntimeError> {
		for (_, place, id) in ByTechnique::<T>::iter() {
			let record = Records::<T>::get(id).ok_or("the index points to no record")?;
			ensure!(place.at() == record.at, "an entry of the index is not at the place of its record");
		}
		Ok(())
	}

	/// The expiry queue holds the live records that have an end, each once, at its end.
	fn check_queue() -> Result<(), TryRuntimeError> {
		let is_queued = |record: &Record, end: Day| record.status.is_live() && record.end == Some(end);
		for (end, id) in ExpiryQueue::<T>::iter_keys() {
			let record = Records::<T>::get(id).ok_or("the expiry queue points to no record")?;
			ensure!(is_queued(&record, end), "the expiry queue holds what is not to end then");
		}
		for (id, record) in Records::<T>::iter() {
			let Some(end) = record.end.filter(|_| record.status.is_live()) else { continue };
			ensure!(ExpiryQueue::<T>::contains_key(end, id), "a live record with an end is not in the expiry queue");
		}
		Ok(())
	}

	/// Every report is by a member other than the author and says something; a record counts the members that reported.
	fn check_sightings() -> Result<(), TryRuntimeError> {
		for (id, by, report) in Sightings::<T>::iter() {
			ensure!(Records::<T>::contains_key(id), "a report is of no record");
			ensure!(Self::first_author(id.author) != AuthorId::from(by), "a report is by the author");
			ensure!(report != Report::default(), "a report says nothing");
		}
		for (id, record) in Records::<T>::iter() {
			let (mut sightings, mut false_positives) = (0u32, 0u32);
			for report in Sightings::<T>::iter_prefix_values(id) {
				sightings = sightings.saturating_add((report.seen > 0).into());
				false_positives = false_positives.saturating_add((report.false_positives > 0).into());
			}
			ensure!(
				(record.sightings, record.false_positives) == (sightings, false_positives),
				"a record miscounts its reporters"
			);
		}
		Ok(())
	}
}
