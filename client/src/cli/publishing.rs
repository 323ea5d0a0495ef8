//! `testudo publish`, `withdraw`, `grant` and `decline` on the command line.

use crate::chain::types::WithdrawalReason;
use clap::{ArgGroup, Args};
use cti_primitives::{GroupId, RecordId, TechniqueId, Tlp};
use std::path::PathBuf;

/// `testudo publish`
#[derive(Args, Debug)]
#[command(group(ArgGroup::new("audience").required(true).multiple(true).args(["groups", "to", "to_analysts"])))]
pub struct Publish {
	/// A STIX 2.1 bundle; `-` reads standard input.
	pub bundle: PathBuf,
	/// Seal to this group; repeat for more, at most four.
	#[arg(long = "group", value_name = "N")]
	pub groups: Vec<GroupId>,
	/// Seal to this member (number or name); repeat for more.
	#[arg(long, value_name = "MEMBER")]
	pub to: Vec<String>,
	/// Seal to the keys of this member's analysts (number or name); repeat for more. The only audience of TLP:RED.
	#[arg(long, value_name = "MEMBER")]
	pub to_analysts: Vec<String>,
	/// Say on chain who those members and analysts are: they are given the record by a grant in the next block, and `testudo audit`
	/// names them, also when they are to delete it.
	#[arg(long)]
	pub named: bool,
	/// Marking of objects that carry none, and the widest marking anything is published under.
	#[arg(long, value_name = "MARKING")]
	pub marking: Option<Tlp>,
	/// Also name this technique in public; repeat for more.
	#[arg(long = "technique", value_name = "T")]
	pub techniques: Vec<TechniqueId>,
	/// Name the techniques of AMBER records in public too.
	#[arg(long)]
	pub disclose_techniques: bool,
	/// Days for which the content is valid.
	#[arg(long, value_name = "DAYS")]
	pub valid_days: Option<u32>,
	/// Check, resolve and pack, and say what would be published; publish nothing.
	#[arg(long)]
	pub dry_run: bool,
	/// Publish what can be published even if some objects are refused.
	#[arg(long)]
	pub skip_refused: bool,
	/// Leave out what your own live records to the same groups hold byte for byte already, as far as the local store knows:
	/// `testudo sync` first.
	#[arg(long)]
	pub skip_known: bool,
	/// Publish though it names your own domains, networks or words, goes to a group for the first time, or reaches nobody.
	/// Never insists against a marking. Without it, and where nobody can be asked, such a publication ends with exit code 4.
	#[arg(long)]
	pub yes: bool,
	/// Your own domains, networks and words, which must not leave the house [default: ~/.config/testudo/own.toml].
	#[arg(long, env = "TESTUDO_OWN", value_name = "FILE")]
	pub own: Option<PathBuf>,
	/// Warning lists in MISP's format, files or folders, for groups that ask for them; repeat for more [default:
	/// ~/.config/testudo/warning-lists].
	#[arg(long, env = "TESTUDO_WARNING_LISTS", value_name = "PATH", value_delimiter = ',')]
	pub warning_lists: Vec<PathBuf>,
	/// Put the envelopes below this address and only their ids on chain, for what is large: https://HOST/FOLDER/, a server that
	/// takes PUT (a token in TESTUDO_ANCHOR_TOKEN), or ipfs:// (the RPC of a node in TESTUDO_IPFS_API). Readers fetch and check them.
	#[arg(long, value_name = "URL")]
	pub anchor: Option<String>,
	/// Put them into this folder, which a web server shows at --anchor.
	#[arg(long, value_name = "DIR", requires = "anchor")]
	pub anchor_folder: Option<PathBuf>,
	/// Pay fees with this tip where the member's free quota is used up.
	#[arg(long, default_value_t = 0, value_name = "AMOUNT")]
	pub tip: u128,
}

/// `testudo withdraw`
#[derive(Args, Debug)]
pub struct Withdraw {
	/// The record, AUTHOR/N.
	pub record: RecordId,
	/// Why.
	#[arg(long, value_enum, default_value = "other")]
	pub reason: WithdrawalReason,
}

/// `testudo grant`
#[derive(Args, Debug)]
pub struct Grant {
	/// The record, AUTHOR/N.
	pub record: RecordId,
	/// To whom: number or name; repeat for more.
	#[arg(long, value_name = "MEMBER", required_unless_present = "to_analysts")]
	pub to: Vec<String>,
	/// To the keys of this member's analysts; repeat for more. The only readers of TLP:RED.
	#[arg(long, value_name = "MEMBER")]
	pub to_analysts: Vec<String>,
	/// Do not say on chain to whom.
	#[arg(long)]
	pub hidden: bool,
}

/// `testudo decline`
#[derive(Args, Debug)]
pub struct Decline {
	/// The record, AUTHOR/N.
	pub record: RecordId,
	/// Who asked: number or name.
	pub member: String,
}
