//! Makes the blocks: at a steady pace, or at once when a transaction arrives.

use crate::{
	cli::Sealing,
	clock::{next_slot, SlotInfo},
	service::{FullBackend, FullClient, FullPool},
};
use codec::{Decode, Encode};
use futures::{stream, Stream, StreamExt};
use polkadot_sdk::{
	cumulus_client_parachain_inherent::MockValidationDataInherentDataProvider,
	cumulus_primitives_core::{relay_chain::HeadData, relay_chain::UpgradeGoAhead, CollectCollationInfo, ParaId},
	sc_basic_authorship,
	sc_client_api::StorageProvider,
	sc_consensus::LongestChain,
	sc_consensus_manual_seal::{self, consensus::aura::AuraConsensusDataProvider, EngineCommand},
	sc_service::TaskManager,
	sc_transaction_pool_api::TransactionPool,
	sp_api::ProvideRuntimeApi,
	sp_blockchain::HeaderBackend,
	sp_consensus_aura::SlotDuration,
	sp_core::storage::StorageKey,
	sp_io::hashing::twox_128,
	sp_timestamp,
	substrate_prometheus_endpoint::Registry,
};
use std::{
	pin::Pin,
	sync::Arc,
	time::{Duration, SystemTime, UNIX_EPOCH},
};
use testudo_runtime::{Hash, MAXIMUM_BLOCK_WEIGHT, SLOT_DURATION};
use tokio::time::{interval, MissedTickBehavior};

type BoxError = Box<dyn std::error::Error + Send + Sync>;
type Commands = Pin<Box<dyn Stream<Item = EngineCommand<Hash>> + Send>>;

/// Whether a block would be empty is for the caller to know: the sealing engine takes a block of one transaction for empty,
/// because it counts kinds of inherent data where it means inherent extrinsics.
fn seal() -> EngineCommand<Hash> {
	EngineCommand::SealNewBlock { create_empty: true, finalize: true, parent_hash: None, sender: None }
}

/// One command a tick. A block that took longer than a tick delays the next one; ticks never pile up.
fn ticks(period: Duration) -> impl Stream<Item = EngineCommand<Hash>> + Send {
	let mut interval = interval(period);
	interval.set_missed_tick_behavior(MissedTickBehavior::Delay);
	stream::unfold(interval, |mut interval| async move {
		interval.tick().await;
		Some((seal(), interval))
	})
}

/// When to seal. Instant sealing makes a block each second too, so that the off-chain worker runs and what waits for
/// finality goes on. It leaves what comes faster than the chain's clock allows to that block.
fn commands(sealing: Sealing, pool: Arc<FullPool>, client: Arc<FullClient>) -> Commands {
	match sealing {
		Sealing::Every(period) => ticks(period).boxed(),
		Sealing::Instant => {
			let arrivals = pool.import_notification_stream().filter_map(move |_| {
				let is_due = pool.status().ready > 0 && is_in_time(&client);
				futures::future::ready(is_due.then(seal))
			});
			stream::select(arrivals, ticks(Duration::from_secs(1))).boxed()
		}
	}
}

/// Would the next block stand in the slot that it really is?
fn is_in_time(client: &FullClient) -> bool {
	let last = slot_info(client, client.info().best_hash);
	now().is_ok_and(|now| last.is_ok_and(|last| next_slot(now, last) <= now / SLOT_DURATION))
}

/// Milliseconds since 1970.
fn now() -> Result<u64, BoxError> {
	Ok(SystemTime::now().duration_since(UNIX_EPOCH)?.as_millis() as u64)
}

fn slot_info(client: &FullClient, parent: Hash) -> Result<Option<SlotInfo>, BoxError> {
	let key = StorageKey([twox_128(b"AuraExt"), twox_128(b"RelaySlotInfo")].concat());
	let stored = StorageProvider::<_, FullBackend>::storage(client, parent, &key)?;
	stored.map(|data| SlotInfo::decode(&mut &data.0[..]).map_err(Into::into)).transpose()
}

/// What the relay chain would have said to a block on top of `parent`.
fn inherents(
	client: &FullClient,
	parent: Hash,
	para_id: ParaId,
) -> Result<(sp_timestamp::InherentDataProvider, MockValidationDataInherentDataProvider<()>), BoxError> {
	let head = client.header(parent)?.ok_or("the parent block is not in the database")?;
	let slot = next_slot(now()?, slot_info(client, parent)?);
	let upgrade = client.runtime_api().collect_collation_info(parent, &head)?.new_validation_code.is_some();
	let relay = MockValidationDataInherentDataProvider::<()> {
		current_para_block: head.number.saturating_add(1),
		para_id,
		current_para_block_head: Some(HeadData(head.encode())),
		// The relay chain's block number stands for its slot: one relay block a slot, however many blocks we make in it.
		relay_offset: u32::try_from(slot)?,
		relay_blocks_per_para_block: 0,
		para_blocks_per_relay_epoch: 10,
		upgrade_go_ahead: upgrade.then_some(UpgradeGoAhead::GoAhead),
		..Default::default()
	};
	Ok((sp_timestamp::InherentDataProvider::new((slot * SLOT_DURATION).into()), relay))
}

/// Starts making blocks.
pub fn start(
	sealing: Sealing,
	client: Arc<FullClient>,
	backend: Arc<FullBackend>,
	pool: Arc<FullPool>,
	task_manager: &TaskManager,
	para_id: ParaId,
	registry: Option<&Registry>,
) {
	let mut proposer = sc_basic_authorship::ProposerFactory::new(
		task_manager.spawn_handle(),
		client.clone(),
		pool.clone(),
		registry,
		None,
	);
	// As collators do, which leave some of the proof to what nobody foresees.
	proposer.set_default_block_size_limit(MAXIMUM_BLOCK_WEIGHT.proof_size() as usize / 100 * 85);
	let digests = AuraConsensusDataProvider::new_with_slot_duration(SlotDuration::from_millis(SLOT_DURATION));
	let inherent_client = client.clone();
	let params = sc_consensus_manual_seal::ManualSealParams {
		block_import: client.clone(),
		env: proposer,
		commands_stream: commands(sealing, pool.clone(), client.clone()),
		pool,
		select_chain: LongestChain::new(backend),
		consensus_data_provider: Some(Box::new(digests)),
		create_inherent_data_providers: move |parent: Hash, ()| {
			futures::future::ready(inherents(&inherent_client, parent, para_id))
		},
		client,
	};
	task_manager.spawn_essential_handle().spawn_blocking(
		"sealing",
		Some("block-authoring"),
		sc_consensus_manual_seal::run_manual_seal(params),
	);
}
