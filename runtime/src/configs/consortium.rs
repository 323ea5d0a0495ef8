//! How the consortium decides: one organisation, one vote; two thirds carry.

use crate::*;
use codec::{Decode, Encode, MaxEncodedLen};
use frame_support::{
	parameter_types,
	traits::{Consideration, ConstU32, Contains, Get, MaybeConsideration},
};
use scale_info::TypeInfo;
use sp_runtime::DispatchError;

/// The consortium's instance of the collective.
pub type ConsortiumCollective = pallet_collective::Instance1;
/// The longest motion: large data is voted for by its hash.
pub const MAX_PROPOSAL_LENGTH: u32 = 16 * 1024;

/// Open motions of one account: no member takes all places for them.
pub const MAX_OPEN_MOTIONS: usize = 3;

/// Refuses motions that would fill the state or never be carried; and that session keys are purged: the last collator's would
/// leave nobody to make blocks, and whose a call is, is not known here. Who stops collating unbonds.
pub struct Permitted;

impl Contains<RuntimeCall> for Permitted {
	fn contains(call: &RuntimeCall) -> bool {
		match call {
			RuntimeCall::Consortium(pallet_collective::Call::propose { threshold, length_bound, .. }) => {
				*length_bound <= MAX_PROPOSAL_LENGTH && is_two_thirds(*threshold)
			}
			RuntimeCall::Session(pallet_session::Call::purge_keys { .. }) => false,
			_ => true,
		}
	}
}

/// A motion that fewer carry changes nothing, and stays until its time is over unless nearly all vote against it. One that
/// takes more would stand in the place of the same motion, which two thirds can carry.
fn is_two_thirds(threshold: u32) -> bool {
	let seats = pallet_collective::Members::<Runtime, ConsortiumCollective>::decode_len().unwrap_or_default();
	u64::from(threshold) == (seats as u64).saturating_mul(2).div_ceil(3)
}

/// Says of an open motion whose it is, and that this account has room for another one.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Proposer;

impl Consideration<AccountId, u32> for Proposer {
	fn new(who: &AccountId, _: u32) -> Result<Self, DispatchError> {
		// The new motion is the last one already. What closed motions have left here counts for nothing.
		let open = pallet_collective::Proposals::<Runtime, ConsortiumCollective>::get();
		let before = open.split_last().map_or(&[][..], |(_, before)| before);
		let costs = before.iter().filter_map(pallet_collective::CostOf::<Runtime, ConsortiumCollective>::get);
		match costs.filter(|(proposer, _)| proposer == who).count() < MAX_OPEN_MOTIONS {
			true => Ok(Self),
			false => Err(pallet_collective::Error::<Runtime, ConsortiumCollective>::TooManyProposals.into()),
		}
	}

	fn update(self, _: &AccountId, _: u32) -> Result<Self, DispatchError> {
		Ok(self)
	}

	fn drop(self, _: &AccountId) -> Result<(), DispatchError> {
		Ok(())
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn ensure_successful(_: &AccountId, _: u32) {}
}

impl MaybeConsideration<AccountId, u32> for Proposer {
	fn is_none(&self) -> bool {
		false
	}
}

/// Two thirds of all members.
pub type TwoThirds = pallet_collective::EnsureProportionAtLeast<AccountId, ConsortiumCollective, 2, 3>;

parameter_types! {
	/// Seven days, if the blocks come that are aimed for.
	pub MotionDuration: BlockNumber = DAY.saturating_mul(7).saturating_mul(super::BlocksPerSlot::get());
	pub const MaxProposalWeight: frame_support::weights::Weight = MAXIMUM_CALL_WEIGHT;
}

impl pallet_collective::Config<ConsortiumCollective> for Runtime {
	type RuntimeOrigin = RuntimeOrigin;
	type Proposal = RuntimeCall;
	type RuntimeEvent = RuntimeEvent;
	type MotionDuration = MotionDuration;
	type MaxProposals = ConstU32<20>;
	type MaxMembers = ConstU32<255>;
	// Nobody is prime: who does not vote has voted no. Otherwise a bare majority could carry what takes two thirds.
	type DefaultVote = pallet_collective::PrimeDefaultVote;
	type WeightInfo = pallet_collective::weights::SubstrateWeight<Runtime>;
	// Seats follow membership; nobody sets them by hand.
	type SetMembersOrigin = frame_system::EnsureNever<()>;
	type MaxProposalWeight = MaxProposalWeight;
	type DisapproveOrigin = TwoThirds;
	type KillOrigin = TwoThirds;
	type Consideration = Proposer;
}
