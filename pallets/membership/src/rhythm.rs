//! How fast the chain goes: the consortium decides, collators ask.

use crate::pallet::*;
use cti_primitives::Rhythm;
use frame::prelude::*;

impl<T: Config> Pallet<T> {
	/// How fast the chain goes.
	pub fn rhythm() -> Rhythm {
		ChainRhythm::<T>::get()
	}

	/// It holds from the next session on: the blocks of a core were planned together, and none may take more than its share of
	/// that plan.
	pub(crate) fn do_set_rhythm(new: Rhythm) -> DispatchResult {
		ensure!(new.is_possible(), Error::<T>::InvalidRhythm);
		NextRhythm::<T>::put(new);
		Self::deposit_event(Event::RhythmSet { old: Self::rhythm(), new });
		Ok(())
	}

	/// A session begins: what was decided since the last one holds from now on.
	pub fn on_session_start() {
		if let Some(rhythm) = NextRhythm::<T>::take() {
			ChainRhythm::<T>::put(rhythm);
		}
	}
}
