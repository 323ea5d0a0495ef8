//! The records as peers judge them.

use crate::{pallet::*, types::Day};
use cti_primitives::{Groups, MemberId, RecordFacts, RecordId, RecordStatus, Records as Judged};

impl<T: Config> Judged for Pallet<T> {
	fn facts(record: RecordId) -> Option<RecordFacts> {
		let now = Self::now();
		Records::<T>::get(record).map(|record| RecordFacts {
			envelope: record.id,
			reader_key: record.reader_key,
			published: record.published,
			valid_until: record.end.map(Day::begins),
			status: record.status_at(now),
		})
	}

	/// Three reads, and at most three more for each group.
	fn is_reader(id: RecordId, member: MemberId) -> Option<bool> {
		if Granted::<T>::contains_key(id, member) {
			return Some(true);
		}
		let record = Records::<T>::get(id)?;
		let mut is_known = record.direct == 0 && !GrantedUnnamed::<T>::contains_key(id);
		for (group, epoch) in &record.audience {
			match T::Groups::can_read(*group, *epoch, member) {
				Some(true) => return Some(true),
				Some(false) => {}
				None => is_known = false,
			}
		}
		is_known.then_some(false)
	}

	fn is_for_all(id: RecordId) -> bool {
		Records::<T>::get(id)
			.is_some_and(|record| record.audience.iter().any(|(group, _)| T::Groups::is_of_all(*group)))
	}

	fn decide(id: RecordId, confirmed: bool) {
		let Some(mut record) =
			Records::<T>::get(id).filter(|record| record.status_at(Self::now()) == RecordStatus::Open)
		else {
			return;
		};
		match confirmed {
			true => record.status = RecordStatus::Confirmed,
			false => Self::retire(id, &mut record, RecordStatus::Refuted),
		}
		Records::<T>::insert(id, record);
		Self::deposit_event(Event::RecordJudged { record: id, confirmed });
	}
}
