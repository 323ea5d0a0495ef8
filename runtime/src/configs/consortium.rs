//! How the consortium decides: one organisation, one vote; two thirds carry.

use crate::*;
use frame_support::{parameter_types, traits::ConstU32};

/// The consortium's instance of the collective.
pub type ConsortiumCollective = pallet_collective::Instance1;
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
	type DefaultVote = pallet_collective::MoreThanMajorityThenPrimeDefaultVote;
	type WeightInfo = pallet_collective::weights::SubstrateWeight<Runtime>;
	// Seats follow membership; nobody sets them by hand.
	type SetMembersOrigin = frame_system::EnsureNever<()>;
	type MaxProposalWeight = MaxProposalWeight;
	type DisapproveOrigin = TwoThirds;
	type KillOrigin = TwoThirds;
	type Consideration = ();
}
