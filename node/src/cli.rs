//! What the command line takes.

use polkadot_sdk::sc_cli;
use std::{path::PathBuf, str::FromStr, time::Duration};

/// When blocks are made.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Sealing {
	/// As soon as a transaction arrives, and an empty block every second.
	Instant,
	/// At a steady pace.
	Every(Duration),
}

impl FromStr for Sealing {
	type Err = String;

	fn from_str(text: &str) -> Result<Self, Self::Err> {
		if text == "instant" {
			return Ok(Sealing::Instant);
		}
		match text.parse::<u64>() {
			Ok(ms) if (500..=60_000).contains(&ms) => Ok(Sealing::Every(Duration::from_millis(ms))),
			_ => Err(format!("{text:?} must be `instant` or milliseconds from 500 (the chain's clock allows twelve blocks in six seconds) to 60000")),
		}
	}
}

/// The Testudo node.
#[derive(Debug, clap::Parser)]
#[command(propagate_version = true, args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
// Nobody else makes blocks of this chain: its pool has no forks to be aware of. A tenth of the pool is for transactions that
// come before their predecessors; the usual 20 MiB would drop a feed's pages there, which then wait to be sent again.
#[command(mut_arg("pool_type", |arg| arg.default_value("single-state")))]
#[command(mut_arg("pool_kbytes", |arg| arg.default_value("262144")))]
pub struct Cli {
	#[command(subcommand)]
	pub subcommand: Option<Subcommand>,

	/// When to make blocks: `instant`, or every so many milliseconds.
	#[arg(long, value_name = "instant|MS", default_value = "1000")]
	pub sealing: Sealing,

	/// Feeds for the off-chain worker to pull (feeds.toml). Their secrets are read from the environment now.
	#[arg(long, value_name = "FILE")]
	pub feeds: Option<PathBuf>,

	#[command(flatten)]
	pub run: sc_cli::RunCmd,
}

/// What else the node does.
#[derive(Debug, clap::Subcommand)]
pub enum Subcommand {
	/// Write the chain specification, plain or raw.
	#[command(alias = "build-spec")]
	ExportChainSpec(sc_cli::ExportChainSpecCmd),

	/// Delete the chain's database.
	PurgeChain(sc_cli::PurgeChainCmd),

	/// Make, inspect and insert keys.
	#[command(subcommand)]
	Key(sc_cli::KeySubcommand),

	/// Measure what the runtime's calls cost.
	#[cfg(feature = "runtime-benchmarks")]
	#[command(subcommand)]
	Benchmark(polkadot_sdk::frame_benchmarking_cli::BenchmarkCmd),
}

#[cfg(test)]
mod tests {
	use super::*;
	use clap::CommandFactory;

	#[test]
	fn command_line_should_be_consistent() {
		Cli::command().debug_assert();
	}

	#[test]
	fn pool_should_hold_pages_of_feeds_unless_it_is_told_otherwise() {
		use clap::Parser;
		let pool = |arguments: &[&str]| {
			let cli = Cli::try_parse_from([&["testudo-node"], arguments].concat()).unwrap();
			(cli.run.pool_config.pool_kbytes, format!("{:?}", cli.run.pool_config.pool_type))
		};
		assert_eq!(pool(&[]), (262_144, "SingleState".into()));
		assert_eq!(pool(&["--pool-kbytes", "9", "--pool-type", "fork-aware"]), (9, "ForkAware".into()));
	}

	#[test]
	fn sealing_should_be_instant_or_a_bounded_pace() {
		assert_eq!("instant".parse(), Ok(Sealing::Instant));
		assert_eq!("500".parse(), Ok(Sealing::Every(Duration::from_millis(500))));
		for wrong in ["", "0", "499", "60001", "fast", "-1", "1s"] {
			assert!(wrong.parse::<Sealing>().is_err(), "{wrong}");
		}
	}
}
