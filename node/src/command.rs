//! From the command line to the work.

use crate::{
	chain_spec,
	cli::{Cli, Subcommand},
	consortium, feeds, service,
};
use polkadot_sdk::{
	sc_cli::{self, Cors, OffchainWorkerEnabled, SubstrateCli},
	sc_service::{self, PruningMode},
};

impl SubstrateCli for Cli {
	fn impl_name() -> String {
		"Testudo Node".into()
	}

	fn impl_version() -> String {
		env!("CARGO_PKG_VERSION").into()
	}

	fn description() -> String {
		env!("CARGO_PKG_DESCRIPTION").into()
	}

	fn author() -> String {
		"the Testudo consortium".into()
	}

	fn support_url() -> String {
		"see docs/operators.md".into()
	}

	fn copyright_start_year() -> i32 {
		2026
	}

	fn load_spec(&self, id: &str) -> Result<Box<dyn sc_service::ChainSpec>, String> {
		Ok(match id {
			"" | "dev" | "development" => Box::new(chain_spec::development()?),
			"local" | "local_testnet" => Box::new(chain_spec::local_testnet()?),
			path if path.ends_with(".toml") => Box::new(consortium::read(path.as_ref())?.chain_spec()?),
			path => Box::new(chain_spec::ChainSpec::from_json_file(path.into())?),
		})
	}
}

/// Does what the command line asks.
pub fn run() -> sc_cli::Result<()> {
	let mut cli = Cli::from_args();
	match &cli.subcommand {
		Some(Subcommand::Key(command)) => command.run(&cli),
		Some(Subcommand::ExportChainSpec(command)) => command.run(cli.load_spec(&command.chain)?),
		Some(Subcommand::PurgeChain(command)) => {
			let runner = cli.create_runner(command)?;
			runner.sync_run(|config| command.run(config.database))
		}
		#[cfg(feature = "runtime-benchmarks")]
		Some(Subcommand::Benchmark(command)) => benchmark(&cli, command),
		None => run_node(&mut cli),
	}
}

#[cfg(feature = "runtime-benchmarks")]
fn benchmark(cli: &Cli, command: &polkadot_sdk::frame_benchmarking_cli::BenchmarkCmd) -> sc_cli::Result<()> {
	use polkadot_sdk::{frame_benchmarking_cli::BenchmarkCmd, sp_runtime::traits::HashingFor};
	let runner = cli.create_runner(command)?;
	match command {
		BenchmarkCmd::Pallet(command) => runner.sync_run(|config| {
			command.run_with_spec::<HashingFor<testudo_runtime::OpaqueBlock>, service::HostFunctions>(Some(
				config.chain_spec,
			))
		}),
		_ => Err("only `benchmark pallet` is built in".into()),
	}
}

/// Pages that may talk to the node from a browser. A development node, too, holds its operator's passwords: not every page
/// that the operator opens may ask for them.
fn restrict_origins(cli: &mut Cli) {
	let pages = Cors::List(vec!["https://polkadot.js.org".into()]);
	cli.run.rpc_params.rpc_cors.get_or_insert(pages);
}

fn run_node(cli: &mut Cli) -> sc_cli::Result<()> {
	restrict_origins(cli);
	// A wrong feeds file is told before the chain is opened.
	let feeds = cli.feeds.as_deref().map(feeds::read).transpose()?;
	let sealing = cli.sealing;
	let worker = !matches!(cli.run.offchain_worker_params.enabled, OffchainWorkerEnabled::Never);
	let runner = cli.create_runner(&cli.run)?;
	runner.run_node_until_exit(|mut config| async move {
		config.offchain_worker.enabled = worker;
		// The chain's history answers who was given what, and clients read events of old blocks.
		config.state_pruning.get_or_insert(PruningMode::ArchiveAll);
		service::start(config, sealing, feeds).map_err(sc_cli::Error::Service)
	})
}
