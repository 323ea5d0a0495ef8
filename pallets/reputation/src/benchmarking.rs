//! Benchmarks of the calls.
#![allow(
	clippy::unwrap_used,
	clippy::expect_used,
	clippy::panic,
	clippy::indexing_slicing,
	clippy::arithmetic_side_effects
)]

use super::*;
use cti_scoring::Scale;
use frame::benchmarking::prelude::*;

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn set_parameters() -> Result<(), BenchmarkError> {
		let origin = T::ParametersOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let old = Scale { a: Scale::HIGHEST, ..Scale::default() };
		Parameters::<T>::put(old);
		let new = Scale { d: Scale::LOWEST, ..Scale::default() };

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, new);

		assert_eq!(Parameters::<T>::get(), new);
		frame_system::Pallet::<T>::assert_last_event(Event::<T>::ParametersSet { old, new }.into());
		Ok(())
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
