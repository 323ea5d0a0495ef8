//! Which calls count against a member's bucket of bytes. Given by the runtime to [`crate::QuotaOrFee`].

use alloc::vec::Vec;
use cti_primitives::{Actor, Standing};

/// What the state says of a metered call before it is dispatched.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Precheck {
	/// Nothing speaks against it.
	Ready,
	/// The call is number `at` of a stream in which the chain expects number `next`: a feed's pages, a group's epochs.
	/// Below `next` it is refused for good. Above, it waits in the pool until the numbers before it have landed. Two
	/// with the same number never land both.
	Numbered {
		/// Names the stream; unique among all streams of the runtime.
		stream: Vec<u8>,
		/// The call's number.
		at: u64,
		/// The number that lands next.
		next: u64,
	},
	/// Dispatch would refuse it, whatever else is in the pool. The code is reported as `InvalidTransaction::Custom`;
	/// the runtime gives codes below [`crate::extension::FIRST_RESERVED_CODE`] their meaning.
	Invalid(u8),
}

/// Says which calls are paid for out of the quota.
pub trait Metering<Call> {
	/// Is this call, itself and not what is nested in it, paid for out of the member's bucket? A batch or a proxy call is
	/// not: what is nested pays as the outer call pays.
	fn is_metered(call: &Call) -> bool;

	/// May a member of this standing make this metered call?
	fn is_for(_: &Call, standing: Standing) -> bool {
		standing == Standing::Active
	}

	/// Bytes that this metered call takes out of the bucket if it is shorter: what it costs beside its length.
	fn least_bytes(_: &Call) -> u32 {
		0
	}

	/// What the state says of a metered call. Cheap: it runs in the pool, again and again.
	fn precheck(call: &Call, actor: Actor) -> Precheck;
}

/// Nothing is metered.
impl<Call> Metering<Call> for () {
	fn is_metered(_: &Call) -> bool {
		false
	}
	fn precheck(_: &Call, _: Actor) -> Precheck {
		Precheck::Ready
	}
}
