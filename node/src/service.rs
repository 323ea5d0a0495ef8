//! The node's parts, put together.

use crate::{
	cli::Sealing,
	feeds::{self, Feeds},
	rpc, sealing,
};
use futures::FutureExt;
use polkadot_sdk::{
	cumulus_primitives_core::GetParachainInfo,
	cumulus_primitives_proof_size_hostfunction::storage_proof_size,
	sc_chain_spec::ChainType,
	sc_client_api::Backend,
	sc_consensus_manual_seal,
	sc_executor::{HeapAllocStrategy, WasmExecutor, DEFAULT_HEAP_ALLOC_STRATEGY},
	sc_network::{
		config::FullNetworkConfiguration, service::traits::NetworkService, Litep2pNetworkBackend, NotificationMetrics,
	},
	sc_offchain,
	sc_service::{
		self, build_network, spawn_tasks, BuildNetworkParams, Configuration, Error, KeystoreContainer,
		SpawnTasksParams, TFullBackend, TFullClient, TaskManager,
	},
	sc_transaction_pool::{self, TransactionPoolHandle},
	sc_transaction_pool_api::OffchainTransactionPoolFactory,
	sp_api::ProvideRuntimeApi,
	sp_blockchain::HeaderBackend,
	sp_core::crypto::KeyTypeId,
	sp_io,
	sp_keystore::Keystore,
};
use std::sync::Arc;
use testudo_runtime::{apis::RuntimeApi, OpaqueBlock as Block};

/// What the runtime's Wasm may call.
pub type HostFunctions = (storage_proof_size::HostFunctions, sp_io::SubstrateHostFunctions);
/// The client.
pub type FullClient = TFullClient<Block, RuntimeApi, WasmExecutor<HostFunctions>>;
/// The database.
pub type FullBackend = TFullBackend<Block>;
/// The transaction pool.
pub type FullPool = TransactionPoolHandle<Block, FullClient>;

/// The key type the worker signs pages of feeds with.
const FEED_KEY_TYPE: KeyTypeId = KeyTypeId(*b"feed");
/// The feed delegate of the development chain's first member.
const DEVELOPMENT_FEED_KEY: &str = "//Alice//feed";

fn executor(config: &Configuration) -> WasmExecutor<HostFunctions> {
	let heap = config
		.executor
		.default_heap_pages
		.map_or(DEFAULT_HEAP_ALLOC_STRATEGY, |pages| HeapAllocStrategy::Static { extra_pages: pages as u32 });
	WasmExecutor::builder()
		.with_execution_method(config.executor.wasm_method)
		.with_max_runtime_instances(config.executor.max_runtime_instances)
		.with_runtime_cache_size(config.executor.runtime_cache_size)
		.with_onchain_heap_alloc_strategy(heap)
		.with_offchain_heap_alloc_strategy(heap)
		.build()
}

/// On the development chain the worker can sign for the first member at once.
fn insert_development_key(config: &Configuration, keystore: &KeystoreContainer) -> Result<(), Error> {
	if config.chain_spec.chain_type() == ChainType::Development {
		keystore
			.keystore()
			.sr25519_generate_new(FEED_KEY_TYPE, Some(DEVELOPMENT_FEED_KEY))
			.map_err(|error| Error::Other(format!("cannot store the feed key: {error}")))?;
	}
	Ok(())
}

fn store_feeds(backend: &FullBackend, feeds: Option<Feeds>) -> Result<(), Error> {
	let Some(feeds) = feeds else { return Ok(()) };
	let mut storage = backend.offchain_storage().ok_or("the database has no off-chain storage")?;
	feeds::store(&mut storage, &feeds).map_err(|error| Error::Other(format!("cannot store the feeds: {error}")))?;
	log::info!("📡 {} feed(s) handed to the off-chain worker", feeds.configs.len());
	for name in &feeds.lists.left_out {
		log::warn!("the warning list {name:?} is of regular expressions, which are not gone by");
	}
	Ok(())
}

/// Nobody to talk to: the whole chain is in this process.
fn isolate(config: &mut Configuration) {
	config.network.default_peers_set.in_peers = 0;
	config.network.default_peers_set.out_peers = 0;
	config.network.listen_addresses = vec!["/ip4/127.0.0.1/tcp/0".parse().expect("a valid multiaddress; qed")];
}

fn transaction_pool(config: &Configuration, client: &Arc<FullClient>, tasks: &TaskManager) -> Arc<FullPool> {
	Arc::from(
		sc_transaction_pool::Builder::new(
			tasks.spawn_essential_handle(),
			client.clone(),
			config.role.is_authority().into(),
		)
		.with_options(config.transaction_pool.clone())
		.with_prometheus(config.prometheus_registry())
		.build(),
	)
}

/// Runs the worker after each block.
fn spawn_offchain_worker(
	config: &Configuration,
	parts: (&Arc<FullClient>, &Arc<FullBackend>, &Arc<FullPool>),
	keystore: &KeystoreContainer,
	network: Arc<dyn NetworkService>,
	tasks: &TaskManager,
) -> Result<(), Error> {
	let (client, backend, pool) = parts;
	let workers = sc_offchain::OffchainWorkers::new(sc_offchain::OffchainWorkerOptions {
		runtime_api_provider: client.clone(),
		keystore: Some(keystore.keystore()),
		offchain_db: backend.offchain_storage(),
		transaction_pool: Some(OffchainTransactionPoolFactory::new(pool.clone())),
		network_provider: Arc::new(network),
		is_validator: config.role.is_authority(),
		enable_http_requests: true,
		custom_extensions: |_| vec![],
	})?;
	let run = workers.run(client.clone(), tasks.spawn_handle()).boxed();
	tasks.spawn_handle().spawn("offchain-workers-runner", "offchain-worker", run);
	Ok(())
}

/// Starts the node.
pub fn start(mut config: Configuration, sealing: Sealing, feeds: Option<Feeds>) -> Result<TaskManager, Error> {
	isolate(&mut config);
	let (client, backend, keystore_container, mut task_manager) =
		sc_service::new_full_parts::<Block, RuntimeApi, _>(&config, None, executor(&config), Default::default())?;
	let client = Arc::new(client);
	insert_development_key(&config, &keystore_container)?;
	store_feeds(&backend, feeds)?;

	let transaction_pool = transaction_pool(&config, &client, &task_manager);
	let registry = config.prometheus_registry();
	let (network, system_rpc_tx, tx_handler_controller, sync_service, _) = build_network(BuildNetworkParams {
		config: &config,
		net_config: FullNetworkConfiguration::<_, _, Litep2pNetworkBackend>::new(&config.network, registry.cloned()),
		client: client.clone(),
		transaction_pool: transaction_pool.clone(),
		spawn_handle: task_manager.spawn_handle(),
		spawn_essential_handle: task_manager.spawn_essential_handle(),
		import_queue: sc_consensus_manual_seal::import_queue(
			Box::new(client.clone()),
			&task_manager.spawn_essential_handle(),
			registry,
		),
		block_announce_validator_builder: None,
		warp_sync_config: None,
		block_relay: None,
		metrics: NotificationMetrics::new(None),
		gap_sync_body_policy: None,
	})?;
	if config.offchain_worker.enabled {
		let parts = (&client, &backend, &transaction_pool);
		spawn_offchain_worker(&config, parts, &keystore_container, network.clone(), &task_manager)?;
	}

	let para_id = client
		.runtime_api()
		.parachain_id(client.info().best_hash)
		.map_err(|error| Error::Other(format!("the runtime does not tell its parachain id: {error}")))?;
	sealing::start(
		sealing,
		client.clone(),
		backend.clone(),
		transaction_pool.clone(),
		&task_manager,
		para_id,
		config.prometheus_registry(),
	);

	let rpc_builder = {
		let (client, pool) = (client.clone(), transaction_pool.clone());
		Box::new(move |_| rpc::methods(client.clone(), pool.clone()))
	};
	spawn_tasks(SpawnTasksParams {
		config,
		client,
		backend,
		task_manager: &mut task_manager,
		keystore: keystore_container.keystore(),
		transaction_pool,
		rpc_builder,
		network,
		system_rpc_tx,
		tx_handler_controller,
		sync_service,
		telemetry: None,
		tracing_execute_block: None,
	})?;
	Ok(task_manager)
}
