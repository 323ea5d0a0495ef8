//! Who makes blocks, and when: Aura under a relay chain, by the members' collators.

use crate::*;
use cumulus_pallet_parachain_system::block_weight::{DynamicMaxBlockWeightHooks, MaxParachainBlockWeight};
use frame_support::{
	parameter_types,
	traits::{ConstBool, ConstU32, ConstU64, Get},
};
use polkadot_sdk::sp_consensus_aura::sr25519::AuthorityId as AuraId;

/// At most so many blocks per relay chain slot, and so many that await inclusion.
pub type ConsensusHook = cumulus_pallet_aura_ext::FixedVelocityConsensusHook<
	Runtime,
	{ SLOT_DURATION as u32 },
	BLOCK_PROCESSING_VELOCITY,
	UNINCLUDED_SEGMENT_CAPACITY,
>;

impl pallet_timestamp::Config for Runtime {
	type Moment = u64;
	type OnTimestampSet = Aura;
	// All blocks of one slot carry the slot's time.
	type MinimumPeriod = ConstU64<0>;
	type WeightInfo = pallet_timestamp::weights::SubstrateWeight<Runtime>;
}

impl pallet_authorship::Config for Runtime {
	type FindAuthor = pallet_session::FindAccountFromAuthorIndex<Self, Aura>;
	type EventHandler = ();
}

impl pallet_aura::Config for Runtime {
	type AuthorityId = AuraId;
	type DisabledValidators = ();
	type MaxAuthorities = ConstU32<255>;
	type AllowMultipleBlocksPerSlot = ConstBool<true>;
	type SlotDuration = ConstU64<SLOT_DURATION>;
}

impl cumulus_pallet_aura_ext::Config for Runtime {}

/// The collators are the bonded, active members' controllers that have registered session keys. If there is none, those of the
/// last session go on: the set never becomes empty.
pub struct MembersCollate;

impl pallet_session::SessionManager<AccountId> for MembersCollate {
	fn new_session(_: u32) -> Option<Vec<AccountId>> {
		let mut collators = Membership::collators();
		collators.retain(|controller| pallet_session::NextKeys::<Runtime>::contains_key(controller));
		(!collators.is_empty()).then_some(collators)
	}

	fn start_session(_: u32) {
		Membership::on_session_start();
	}

	fn end_session(_: u32) {}
}

/// Blocks that the consortium wants in a slot.
pub struct BlocksPerSlot;

impl Get<u32> for BlocksPerSlot {
	fn get() -> u32 {
		Membership::rhythm().blocks_per_slot.into()
	}
}

/// What a block may take: its share of what the slot's cores can do. Where all of a core is one block's, what the first
/// extrinsics need decides.
pub type BlockWeight = MaxParachainBlockWeight<Runtime, BlocksPerSlot>;
/// Looks at what the beginning of a block took.
pub type BlockWeightHooks = DynamicMaxBlockWeightHooks<Runtime, BlocksPerSlot>;

parameter_types! {
	pub SessionPeriod: BlockNumber = Membership::rhythm().session_blocks();
	pub const SessionOffset: BlockNumber = 0;
	pub const KeyDeposit: Balance = 0;
}

impl pallet_session::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type ValidatorId = AccountId;
	type ValidatorIdOf = sp_runtime::traits::ConvertInto;
	type ShouldEndSession = pallet_session::PeriodicSessions<SessionPeriod, SessionOffset>;
	type NextSessionRotation = pallet_session::PeriodicSessions<SessionPeriod, SessionOffset>;
	type SessionManager = MembersCollate;
	type SessionHandler = <SessionKeys as sp_runtime::traits::OpaqueKeys>::KeyTypeIdProviders;
	type Keys = SessionKeys;
	type DisablingStrategy = ();
	type WeightInfo = pallet_session::weights::SubstrateWeight<Runtime>;
	type Currency = Balances;
	type KeyDeposit = KeyDeposit;
}

impl cumulus_pallet_parachain_system::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type OnSystemEvent = ();
	type SelfParaId = parachain_info::Pallet<Runtime>;
	type OutboundXcmpMessageSource = ();
	type DmpQueue = ();
	type ReservedDmpWeight = ();
	type XcmpMessageHandler = ();
	type ReservedXcmpWeight = ();
	type CheckAssociatedRelayNumber = cumulus_pallet_parachain_system::RelayNumberMonotonicallyIncreases;
	type WeightInfo = cumulus_pallet_parachain_system::weights::SubstrateWeight<Runtime>;
	type ConsensusHook = ConsensusHook;
	type RelayParentOffset = ConstU32<0>;
	type SchedulingSignatureVerifier = ();
}
