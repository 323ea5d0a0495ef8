//! `testudo-network FILE FOLDER`: starts the network and stays until it is told to end.

use std::{env, path::Path, process::ExitCode};
use testudo_network::{start, Failure};
use tokio::signal::unix::{signal, SignalKind};

#[tokio::main]
async fn main() -> ExitCode {
	match run().await {
		Ok(()) => ExitCode::SUCCESS,
		Err(failure) => {
			eprintln!("error: {failure}");
			ExitCode::FAILURE
		}
	}
}

async fn run() -> Result<(), Failure> {
	let arguments: Vec<String> = env::args().skip(1).collect();
	let [file, folder] = &arguments[..] else { return Err("usage: testudo-network FILE FOLDER".into()) };
	// Before the first process is there.
	let (mut interrupted, mut ended) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
	let network = tokio::select! {
		started = start(Path::new(file), Path::new(folder)) => started?,
		_ = interrupted.recv() => return Ok(()),
		_ = ended.recv() => return Ok(()),
	};
	tokio::select! { _ = interrupted.recv() => {}, _ = ended.recv() => {} }
	network.destroy().await?;
	Ok(())
}
