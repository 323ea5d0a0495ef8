//! How fast the chain goes: the consortium decides, collators ask.

use crate::pallet::*;
use cti_primitives::Rhythm;
use frame::prelude::*;

impl<T: Config> Pallet<T> {
	/// How fast the chain goes.
	pub fn rhythm() -> Rhythm {
		ChainRhythm::<T>::get()
	}

	pub(crate) fn do_set_rhythm(new: Rhythm) -> DispatchResult {
		ensure!(new.is_possible(), Error::<T>::InvalidRhythm);
		let old = ChainRhythm::<T>::mutate(|rhythm| core::mem::replace(rhythm, new));
		Self::deposit_event(Event::RhythmSet { old, new });
		Ok(())
	}
}
