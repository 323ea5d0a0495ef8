//! The bucket of bytes each active member publishes out of.

use crate::{pallet::*, types::MemberActivity};
use cti_primitives::{MemberId, Standing};
use frame::prelude::*;

/// The bucket holds less than was asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct QuotaExceeded;

/// How large a bucket is and how quickly it fills.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Bucket {
	/// Most bytes it holds.
	pub capacity: u32,
	/// Bytes it gains each second.
	pub per_second: u32,
}

impl Bucket {
	/// What the bucket holds at `now`. A clock that goes backwards takes nothing away.
	pub fn holds(self, activity: &MemberActivity, now: u64) -> u32 {
		let elapsed = now.saturating_sub(activity.refilled);
		let gained = elapsed.saturating_mul(u64::from(self.per_second));
		let full = u64::from(activity.tokens).saturating_add(gained).min(u64::from(self.capacity));
		u32::try_from(full).unwrap_or(self.capacity)
	}

	/// Takes `bytes` out.
	pub fn spend(self, activity: &mut MemberActivity, bytes: u32, now: u64) -> Result<(), QuotaExceeded> {
		activity.tokens = self.holds(activity, now).checked_sub(bytes).ok_or(QuotaExceeded)?;
		activity.refilled = now.max(activity.refilled);
		Ok(())
	}
}

impl<T: Config> Pallet<T> {
	pub(crate) fn bucket() -> Bucket {
		Bucket { capacity: T::BucketBytes::get(), per_second: T::RefillBytesPerSecond::get() }
	}

	/// How many bytes the member may publish now without a fee; 0 unless it is active.
	pub(crate) fn bytes_left(member: MemberId) -> u32 {
		match Activity::<T>::get(member) {
			Some(activity) if activity.standing == Standing::Active => Self::bucket().holds(&activity, Self::now()),
			_ => 0,
		}
	}

	/// Does the member's bucket hold `bytes`? The time is asked for only if it matters.
	pub(crate) fn covers(member: MemberId, bytes: u32) -> bool {
		Activity::<T>::get(member).is_some_and(|activity| {
			activity.tokens.min(T::BucketBytes::get()) >= bytes || Self::bucket().holds(&activity, Self::now()) >= bytes
		})
	}

	/// Takes `bytes` out of the member's bucket; nothing if it holds less.
	pub(crate) fn spend_bytes(member: MemberId, bytes: u32) -> Result<(), QuotaExceeded> {
		let now = Self::now();
		Activity::<T>::try_mutate(member, |activity| {
			let activity = activity.as_mut().ok_or(QuotaExceeded)?;
			Self::bucket().spend(activity, bytes, now)
		})
	}

	/// What must hold of the configuration for the pallet to do what it says.
	pub(crate) fn check_configuration() {
		assert!(T::RefillBytesPerSecond::get() > 0, "an empty bucket must fill again");
		let longest = *<T as frame_system::Config>::BlockLength::get().max.get(DispatchClass::Normal);
		assert!(T::BucketBytes::get() >= longest, "a full bucket must cover every extrinsic that fits a block");
		let heaviest = <T::WeightInfo as crate::WeightInfo>::rekey(crate::MAX_SEATS);
		let block = <T as frame_system::Config>::BlockWeights::get().max_block;
		let share = block.ref_time().checked_div(12).unwrap_or_default();
		assert!(heaviest.ref_time() <= share, "a rekey of the largest group must fit a twelfth of a block");
	}
}
