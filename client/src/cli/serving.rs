//! Options of `testudo serve`.

use clap::Args;
use std::{net::SocketAddr, path::PathBuf};

/// `testudo serve`
#[derive(Args, Debug, Clone)]
pub struct Serve {
	/// The gateway's file: accounts, address, certificate.
	#[arg(long, env = "TESTUDO_GATEWAY", value_name = "FILE", required_unless_present_any = ["ui", "new_account"])]
	pub config: Option<PathBuf>,
	/// Listen here instead of where the file says [default: 127.0.0.1:8021].
	#[arg(long, value_name = "ADDRESS")]
	pub listen: Option<SocketAddr>,
	/// Also serve the analysts' page, to whoever has the address that is printed; it signs with --identity.
	#[arg(long)]
	pub ui: bool,
	/// Serve what is counted, for Prometheus, at this address.
	#[arg(long, value_name = "ADDRESS")]
	pub metrics: Option<SocketAddr>,
	/// Your own domains, networks and words, which must not leave the house [default: ~/.config/testudo/own.toml].
	#[arg(long, env = "TESTUDO_OWN", value_name = "FILE")]
	pub own: Option<PathBuf>,
	/// Warning lists in MISP's format, files or folders, for groups that ask for them; repeat for more [default:
	/// ~/.config/testudo/warning-lists].
	#[arg(long, env = "TESTUDO_WARNING_LISTS", value_name = "PATH", value_delimiter = ',')]
	pub warning_lists: Vec<PathBuf>,
	/// Make secrets for a new account: print them, and the lines for the gateway's file; serve nothing.
	#[arg(long, value_name = "NAME")]
	pub new_account: Option<String>,
}
