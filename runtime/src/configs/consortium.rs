//! How the consortium decides: one organisation, one vote; two thirds carry.

use crate::*;
use frame_support::{
	parameter_types,
	traits::{ConstU32, Contains},
};

/// The consortium's instance of the collective.
pub type ConsortiumCollective = pallet_collective::Instance1;
/// The longest motion: large data is voted for by its hash.
pub const MAX_PROPOSAL_LENGTH: u32 = 16 * 1024;

/// Refuses motions that would fill the state.
pub struct ShortMotions;

impl Contains<RuntimeCall> for ShortMotions {
	fn contains(call: &RuntimeCall) -> bool {
		match call {
			RuntimeCall::Consortium(pallet_collective::Call::propose { length_bound, .. }) => {
				*length_bound <= MAX_PROPOSAL_LENGTH
			}
			_ => true,
		}
	}
}

/// Two thirds of all members.
pub type TwoThirds = pallet_collective::EnsureProportionAtLeast<AccountId, ConsortiumCollective, 2, 3>;

parameter_types! {
	pub const MotionDuration: BlockNumber = 7 * DAY;
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
	type Consideration = ();
}
