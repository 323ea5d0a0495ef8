//! The command `testudo`.

use clap::Parser;
use std::{ffi::OsStr, process::ExitCode};
use testudo::{
	cli::Cli,
	commands,
	error::{Error, Exit},
	render,
};

fn main() -> ExitCode {
	let cli = match Cli::try_parse() {
		Ok(cli) => cli,
		Err(error) => return refuse(&error),
	};
	let json = cli.global.json;
	let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
		Ok(runtime) => runtime,
		Err(error) => return fail(&Error::Internal(format!("no threads: {error}")), json),
	};
	match runtime.block_on(commands::run(cli)) {
		Ok(()) => ExitCode::SUCCESS,
		Err(error) => fail(&error, json),
	}
}

/// Help and version are not failures; everything else clap says is a usage error.
fn refuse(error: &clap::Error) -> ExitCode {
	let _ = error.print();
	if !error.use_stderr() {
		return ExitCode::SUCCESS;
	}
	if std::env::args_os().any(|argument| argument == OsStr::new("--json")) {
		let message = error.to_string().lines().next().unwrap_or_default().trim_start_matches("error: ").to_string();
		commands::print_json(&Error::usage(message, "see `testudo --help`").to_json());
	}
	ExitCode::from(Exit::Usage.code())
}

fn fail(error: &Error, json: bool) -> ExitCode {
	if json {
		commands::print_json(&error.to_json());
	}
	// What a node, a file or a name says may be in it.
	eprintln!("error: {}\n  {}", render::clean(&error.to_string()), render::clean(error.advice()));
	ExitCode::from(error.exit().code())
}
