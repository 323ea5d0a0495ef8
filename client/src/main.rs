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
		let message = before_usage(&error.to_string());
		commands::print_json(&Error::usage(message, "see `testudo --help`").to_json());
	}
	ExitCode::from(Exit::Usage.code())
}

/// What clap says, up to how the command is used, in one line.
fn before_usage(text: &str) -> String {
	let lines =
		text.lines().map(str::trim).take_while(|line| !line.starts_with("Usage:") && !line.starts_with("For more"));
	let said: Vec<&str> = lines.filter(|line| !line.is_empty()).collect();
	said.join(" ").trim_start_matches("error: ").to_string()
}

fn fail(error: &Error, json: bool) -> ExitCode {
	if json {
		commands::print_json(&error.to_json());
	}
	// What a node, a file or a name says may be in it.
	eprintln!("error: {}\n  {}", render::clean(&error.to_string()), render::clean(error.advice()));
	ExitCode::from(error.exit().code())
}

#[cfg(test)]
mod tests {
	use super::before_usage;

	#[test]
	fn what_is_wrong_on_the_command_line_should_be_told_whole() {
		let text = "error: the following required arguments were not provided:\n  <BUNDLE>\n\nUsage: testudo publish\n";
		assert_eq!(before_usage(text), "the following required arguments were not provided: <BUNDLE>");
	}
}
