//! What clients and nodes may ask the runtime. Reads are here and not in custom RPC methods, so that every node serves them.
// It runs in blocks.
#![deny(
	clippy::unwrap_used,
	clippy::expect_used,
	clippy::panic,
	clippy::indexing_slicing,
	clippy::arithmetic_side_effects
)]

use crate::{configs::ConsensusHook, *};
use cti_primitives::{
	AuthorId, Domain, Epoch, FeedId, GroupId, MemberId, RecordId, Rhythm, Role, TechniqueId, TechniqueStatus,
};
use frame_support::{
	genesis_builder_helper::{build_state, get_preset},
	view_functions::{ViewFunctionDispatchError, ViewFunctionId},
	weights::Weight,
};
use pallet_attck_taxonomy::types::{ImportInfo, TacticInfo, TechniqueInfo, VersionInfo};
use pallet_cti_membership::{AnalystKey, EpochInfo, GroupInfo, MemberInfo, RosterEntry};
use pallet_reputation::types::{CredibilityInfo, EvidenceFrom, ReciprocityInfo, Rules, StandingInfo, VerdictInfo};
use pallet_stix_feeds::types::FeedInfo;
use pallet_threat_registry::{Place, RecordInfo};
use polkadot_sdk::{
	cumulus_primitives_aura, cumulus_primitives_core, frame_system_rpc_runtime_api,
	pallet_transaction_payment_rpc_runtime_api, sp_block_builder, sp_consensus_aura,
	sp_consensus_aura::sr25519::AuthorityId as AuraId,
	sp_core::{crypto::KeyTypeId, OpaqueMetadata},
	sp_genesis_builder, sp_inherents, sp_offchain, sp_session, sp_transaction_pool,
};
use sp_runtime::{
	traits::Block as BlockT,
	transaction_validity::{TransactionSource, TransactionValidity},
	ApplyExtrinsicResult, ExtrinsicInclusionMode,
};

sp_api::impl_runtime_apis! {
	impl sp_api::Core<Block> for Runtime {
		fn version() -> RuntimeVersion {
			VERSION
		}
		fn execute_block(block: <Block as BlockT>::LazyBlock) {
			Executive::execute_block(block)
		}
		fn initialize_block(header: &<Block as BlockT>::Header) -> ExtrinsicInclusionMode {
			Executive::initialize_block(header)
		}
	}

	impl sp_api::Metadata<Block> for Runtime {
		fn metadata() -> OpaqueMetadata {
			OpaqueMetadata::new(Runtime::metadata().into())
		}
		fn metadata_at_version(version: u32) -> Option<OpaqueMetadata> {
			Runtime::metadata_at_version(version)
		}
		fn metadata_versions() -> Vec<u32> {
			Runtime::metadata_versions()
		}
	}

	impl frame_support::view_functions::runtime_api::RuntimeViewFunction<Block> for Runtime {
		fn execute_view_function(id: ViewFunctionId, input: Vec<u8>) -> Result<Vec<u8>, ViewFunctionDispatchError> {
			Runtime::execute_view_function(id, input)
		}
	}

	impl sp_block_builder::BlockBuilder<Block> for Runtime {
		fn apply_extrinsic(extrinsic: <Block as BlockT>::Extrinsic) -> ApplyExtrinsicResult {
			Executive::apply_extrinsic(extrinsic)
		}
		fn finalize_block() -> <Block as BlockT>::Header {
			Executive::finalize_block()
		}
		fn inherent_extrinsics(data: sp_inherents::InherentData) -> Vec<<Block as BlockT>::Extrinsic> {
			data.create_extrinsics()
		}
		fn check_inherents(
			block: <Block as BlockT>::LazyBlock,
			data: sp_inherents::InherentData,
		) -> sp_inherents::CheckInherentsResult {
			data.check_extrinsics(&block)
		}
	}

	impl sp_transaction_pool::runtime_api::TaggedTransactionQueue<Block> for Runtime {
		fn validate_transaction(
			source: TransactionSource,
			tx: <Block as BlockT>::Extrinsic,
			block_hash: <Block as BlockT>::Hash,
		) -> TransactionValidity {
			Executive::validate_transaction(source, tx, block_hash)
		}
	}

	impl sp_offchain::OffchainWorkerApi<Block> for Runtime {
		fn offchain_worker(header: &<Block as BlockT>::Header) {
			Executive::offchain_worker(header)
		}
	}

	impl sp_consensus_aura::AuraApi<Block, AuraId> for Runtime {
		fn slot_duration() -> sp_consensus_aura::SlotDuration {
			sp_consensus_aura::SlotDuration::from_millis(SLOT_DURATION)
		}
		fn authorities() -> Vec<AuraId> {
			pallet_aura::Authorities::<Runtime>::get().into_inner()
		}
	}

	impl cumulus_primitives_aura::AuraUnincludedSegmentApi<Block> for Runtime {
		fn can_build_upon(included_hash: <Block as BlockT>::Hash, slot: cumulus_primitives_aura::Slot) -> bool {
			ConsensusHook::can_build_upon(included_hash, slot)
		}
	}

	impl cumulus_primitives_core::RelayParentOffsetApi<Block> for Runtime {
		fn relay_parent_offset() -> u32 {
			0
		}
		fn max_claim_queue_offset() -> u8 {
			ParachainSystem::max_claim_queue_offset()
		}
	}

	impl cumulus_primitives_core::TargetBlockRate<Block> for Runtime {
		fn target_block_rate() -> u32 {
			Membership::rhythm().blocks_per_slot.into()
		}
	}

	impl cumulus_primitives_core::CollectCollationInfo<Block> for Runtime {
		fn collect_collation_info(header: &<Block as BlockT>::Header) -> cumulus_primitives_core::CollationInfo {
			ParachainSystem::collect_collation_info(header)
		}
	}

	impl cumulus_primitives_core::GetParachainInfo<Block> for Runtime {
		fn parachain_id() -> cumulus_primitives_core::ParaId {
			ParachainInfo::parachain_id()
		}
	}

	impl sp_session::SessionKeys<Block> for Runtime {
		fn generate_session_keys(owner: Vec<u8>, seed: Option<Vec<u8>>) -> sp_session::OpaqueGeneratedSessionKeys {
			SessionKeys::generate(&owner, seed).into()
		}
		fn decode_session_keys(encoded: Vec<u8>) -> Option<Vec<(Vec<u8>, KeyTypeId)>> {
			SessionKeys::decode_into_raw_public_keys(&encoded)
		}
	}

	impl frame_system_rpc_runtime_api::AccountNonceApi<Block, AccountId, Nonce> for Runtime {
		fn account_nonce(account: AccountId) -> Nonce {
			System::account_nonce(account)
		}
	}

	impl pallet_transaction_payment_rpc_runtime_api::TransactionPaymentApi<Block, Balance> for Runtime {
		fn query_info(
			extrinsic: <Block as BlockT>::Extrinsic,
			len: u32,
		) -> pallet_transaction_payment_rpc_runtime_api::RuntimeDispatchInfo<Balance> {
			TransactionPayment::query_info(extrinsic, len)
		}
		fn query_fee_details(
			extrinsic: <Block as BlockT>::Extrinsic,
			len: u32,
		) -> pallet_transaction_payment::FeeDetails<Balance> {
			TransactionPayment::query_fee_details(extrinsic, len)
		}
		fn query_weight_to_fee(weight: Weight) -> Balance {
			TransactionPayment::weight_to_fee(weight)
		}
		fn query_length_to_fee(length: u32) -> Balance {
			TransactionPayment::length_to_fee(length)
		}
	}

	impl sp_genesis_builder::GenesisBuilder<Block> for Runtime {
		fn build_state(config: Vec<u8>) -> sp_genesis_builder::Result {
			build_state::<RuntimeGenesisConfig>(config)
		}
		fn get_preset(id: &Option<sp_genesis_builder::PresetId>) -> Option<Vec<u8>> {
			get_preset::<RuntimeGenesisConfig>(id, genesis::preset)
		}
		fn preset_names() -> Vec<sp_genesis_builder::PresetId> {
			genesis::preset_names()
		}
	}
	impl pallet_cti_membership::runtime_api::MembershipApi<Block, AccountId> for Runtime {
		fn members() -> Vec<MemberInfo<AccountId>> {
			Membership::members()
		}
		fn member_of(account: AccountId) -> Option<(MemberId, Role)> {
			Membership::member_of(account)
		}
		fn accounts_of(member: MemberId) -> Vec<(AccountId, Role)> {
			Membership::accounts_of(member)
		}
		fn available_bytes(member: MemberId) -> u32 {
			Membership::available_bytes(member)
		}
		fn groups() -> Vec<GroupInfo> {
			Membership::groups()
		}
		fn group(group: GroupId) -> Option<GroupInfo> {
			Membership::group_info(group)
		}
		fn groups_of(member: MemberId) -> Vec<GroupId> {
			Membership::groups_of(member)
		}
		fn roster(group: GroupId) -> Vec<RosterEntry> {
			Membership::roster(group)
		}
		fn encryption_key(member: MemberId) -> Option<(u32, Vec<u8>)> {
			Membership::encryption_key(member)
		}
		fn bad_wraps(group: GroupId) -> Vec<(MemberId, Epoch)> {
			Membership::bad_wraps(group)
		}
		fn may_replace_epoch(group: GroupId, member: MemberId) -> bool {
			Membership::may_replace_epoch(member, group)
		}
		fn analyst_keys(member: MemberId) -> Vec<AnalystKey<AccountId>> {
			Membership::analyst_keys(member)
		}
		fn analyst_key(account: AccountId) -> Option<(u32, Vec<u8>)> {
			Membership::analyst_key(account)
		}
		fn group_key(group: GroupId) -> Option<(Epoch, Vec<u8>)> {
			Membership::group_key(group)
		}
		fn epochs(group: GroupId, from: Epoch, limit: u32) -> Vec<(Epoch, EpochInfo)> {
			Membership::epochs(group, from, limit)
		}
		fn rhythm() -> Rhythm {
			Membership::rhythm()
		}
	}

	impl pallet_attck_taxonomy::runtime_api::AttckTaxonomyApi<Block> for Runtime {
		fn versions() -> Vec<VersionInfo> {
			AttckTaxonomy::versions()
		}
		fn technique(id: TechniqueId) -> Option<TechniqueInfo> {
			AttckTaxonomy::technique(id)
		}
		fn resolve(id: TechniqueId) -> Option<(TechniqueId, TechniqueStatus)> {
			<AttckTaxonomy as cti_primitives::Taxonomy>::resolve(id)
		}
		fn techniques(domain: Domain) -> Vec<TechniqueInfo> {
			AttckTaxonomy::techniques(domain)
		}
		fn matrix(domain: Domain) -> Vec<(TacticInfo, Vec<TechniqueId>)> {
			AttckTaxonomy::matrix(domain)
		}
		fn import(domain: Domain) -> Option<ImportInfo> {
			AttckTaxonomy::import(domain)
		}
	}

	impl pallet_threat_registry::runtime_api::ThreatRegistryApi<Block> for Runtime {
		fn record(record: RecordId) -> Option<RecordInfo> {
			ThreatRegistry::record(record)
		}
		fn pending_acknowledgements(record: RecordId) -> Option<Vec<MemberId>> {
			ThreatRegistry::pending_acknowledgements(record)
		}
		fn requests(record: RecordId) -> Vec<(MemberId, u64)> {
			ThreatRegistry::requests(record)
		}
		fn requests_to(author: AuthorId, after: Option<(u32, MemberId)>, limit: u32) -> Vec<(u32, MemberId)> {
			ThreatRegistry::requests_to(author, after, limit)
		}
		fn records_by_technique(
			technique: TechniqueId,
			from: Option<Place>,
			limit: u32,
		) -> (Vec<RecordInfo>, Option<Place>) {
			ThreatRegistry::records_by_technique(technique, from, limit)
		}
		fn records_by_author(author: AuthorId, from: u32, limit: u32) -> Vec<RecordInfo> {
			ThreatRegistry::records_by_author(author, from, limit)
		}
	}

	impl pallet_reputation::runtime_api::ReputationApi<Block> for Runtime {
		fn standing(author: AuthorId) -> StandingInfo {
			Reputation::standing(author)
		}
		fn evidence(author: AuthorId) -> Vec<EvidenceFrom> {
			Reputation::evidence(author)
		}
		fn credibility(record: RecordId, object_type: Vec<u8>) -> Option<CredibilityInfo> {
			Reputation::credibility(record, object_type)
		}
		fn verdicts(record: RecordId) -> Vec<VerdictInfo> {
			Reputation::verdicts(record)
		}
		fn rules() -> Rules {
			pallet_reputation::Parameters::<Runtime>::get()
		}
		fn leaderboard(limit: u32) -> Vec<StandingInfo> {
			Reputation::leaderboard(limit)
		}
		fn reciprocity(member: MemberId) -> ReciprocityInfo {
			Reputation::reciprocity(member)
		}
	}

	impl pallet_stix_feeds::runtime_api::StixFeedsApi<Block> for Runtime {
		fn feeds() -> Vec<FeedInfo> {
			StixFeeds::feeds()
		}
		fn feed(feed: FeedId) -> Option<FeedInfo> {
			StixFeeds::feed(feed)
		}
		fn next_sequence(feed: FeedId) -> Option<u64> {
			StixFeeds::next_sequence(feed)
		}
	}

	#[cfg(feature = "try-runtime")]
	impl frame_try_runtime::TryRuntime<Block> for Runtime {
		fn on_runtime_upgrade(checks: frame_try_runtime::UpgradeCheckSelect) -> (Weight, Weight) {
			// Its interface has no errors: what is wrong ends the call, with its reason.
			#[allow(clippy::expect_used)]
			let weight = Executive::try_runtime_upgrade(checks).expect("every pallet's state is as it should be");
			(weight, MAXIMUM_BLOCK_WEIGHT)
		}
		fn execute_block(
			block: <Block as BlockT>::LazyBlock,
			state_root_check: bool,
			signature_check: bool,
			select: frame_try_runtime::TryStateSelect,
		) -> Weight {
			let executed = Executive::try_execute_block(block, state_root_check, signature_check, select);
			#[allow(clippy::expect_used)]
			executed.expect("the block executes, and every pallet's state is as it should be")
		}
	}

	#[cfg(feature = "runtime-benchmarks")]
	impl frame_benchmarking::Benchmark<Block> for Runtime {
		fn benchmark_metadata(
			extra: bool,
		) -> (Vec<frame_benchmarking::BenchmarkList>, Vec<frame_support::traits::StorageInfo>) {
			use frame_benchmarking::BenchmarkList;
			let mut list = Vec::<BenchmarkList>::new();
			list_benchmarks!(list, extra);
			(list, <AllPalletsWithSystem as frame_support::traits::StorageInfoTrait>::storage_info())
		}
		fn dispatch_benchmark(
			config: frame_benchmarking::BenchmarkConfig,
		) -> Result<Vec<frame_benchmarking::BenchmarkBatch>, alloc::string::String> {
			use frame_benchmarking::BenchmarkBatch;
			let whitelist = <AllPalletsWithSystem as frame_support::traits::WhitelistedStorageKeys>::whitelisted_storage_keys();
			let mut batches = Vec::<BenchmarkBatch>::new();
			let params = (&config, &whitelist);
			add_benchmarks!(params, batches);
			Ok(batches)
		}
	}
}
