//! `testudo-node`: the whole chain in one process, over the real parachain runtime.
// The SDK's own error is that large.
#![allow(clippy::result_large_err)]

mod chain_spec;
mod cli;
mod clock;
mod command;
mod consortium;
mod feeds;
mod rpc;
mod sealing;
mod service;

fn main() -> polkadot_sdk::sc_cli::Result<()> {
	command::run()
}
