//! What long-running commands log: to standard error, as text or as one JSON document a line.

use tracing_subscriber::{fmt, EnvFilter};

/// Begins to log; `TESTUDO_LOG` says how much (`info`, `warn`, `testudo=debug`).
pub fn start(json: bool) {
	let filter = EnvFilter::try_from_env("TESTUDO_LOG").unwrap_or_else(|_| EnvFilter::new("warn,testudo=info"));
	let logs = fmt().with_env_filter(filter).with_writer(std::io::stderr).with_target(false);
	// Somebody who logs already, in a test, goes on.
	let _ = if json { logs.json().try_init() } else { logs.compact().with_ansi(false).try_init() };
}
