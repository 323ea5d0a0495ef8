//! The command line.

mod attack;
mod govern;
mod groups;
mod judging;
mod keys;
mod publishing;
mod serving;
mod tools;

pub use attack::{Attack, AttackDomain, Coverage, ImportAttack, Layer};
pub use govern::{Collators, Delegate, Delegates, Govern, NewRules, Propose, Vote};
pub use groups::{CreateGroup, Groups, Least, PolicyChanges, SetPolicy};
pub use judging::{Sight, Verdict};
pub use keys::{Card, KeyReason, Keys, NewKeys};
pub use publishing::{Decline, Grant, Publish, Withdraw};
pub use serving::Serve;
pub use tools::{Completions, Lookup, Man};

use crate::{error::Exit, store::Place};
use clap::{
	builder::{PathBufValueParser, TypedValueParser},
	Args, Parser, Subcommand, ValueEnum,
};
use cti_primitives::{FeedId, GroupId, Hash, RecordId, Scope, TechniqueId, Tlp};
use std::{fmt::Write, net::SocketAddr, path::PathBuf};

/// Share, read and judge cyber threat intelligence on a Testudo chain.
#[derive(Parser, Debug)]
#[command(name = "testudo", version, arg_required_else_help = true, after_help = exit_codes())]
pub struct Cli {
	/// What holds for every command.
	#[command(flatten)]
	pub global: Global,
	/// What to do.
	#[command(subcommand)]
	pub command: Command,
}

/// Options of every command.
#[derive(Args, Debug, Clone)]
pub struct Global {
	/// The node's WebSocket address.
	#[arg(long, global = true, env = "TESTUDO_URL", default_value = "ws://127.0.0.1:9944", value_name = "URL")]
	pub url: String,
	/// Who you are: the name or path of a seed file (`testudo keys new`), or a development identity: alice, bob,
	/// charlie, dave, with a role behind a slash (alice/analyst, alice/feed, alice/auditor) where it is a delegate.
	#[arg(long, global = true, env = "TESTUDO_IDENTITY", value_name = "NAME")]
	pub identity: Option<String>,
	/// Folder of the local store, or the URL of a PostgreSQL database for a team:
	/// postgres://USER:PASSWORD@HOST/DATABASE [default: ~/.local/share/testudo/<identity>].
	#[arg(long, global = true, env = "TESTUDO_STORE", hide_env_values = true, value_name = "DIR|URL")]
	#[arg(value_parser = place())]
	pub store: Option<Place>,
	/// The node is your own, or your organisation's: believe it. An address of this machine is taken for that.
	#[arg(long, global = true)]
	pub trust_node: bool,
	/// Hash of the chain's block 0, 0x and 64 digits: another chain is refused. A store remembers its own.
	#[arg(long, global = true, env = "TESTUDO_GENESIS", value_name = "HASH", value_parser = hash)]
	pub genesis: Option<Hash>,
	/// Another member's node, that must know the same blocks before you seal anything by the word of a node that is not
	/// your own; may be given more than once.
	#[arg(long = "witness", global = true, env = "TESTUDO_WITNESSES", value_name = "URL", value_delimiter = ',')]
	pub witnesses: Vec<String>,
	/// Print one JSON document instead of text.
	#[arg(long, global = true)]
	pub json: bool,
}

/// The commands.
#[derive(Subcommand, Debug)]
pub enum Command {
	/// Make, show, register, share and receive keys.
	#[command(subcommand)]
	Keys(Keys),
	/// Stay, keep the store up to date and your groups keyed, answer members without keys, acknowledge withdrawals.
	Agent {
		/// Which requests for your records it grants by itself: [[grant]] tables with ceiling, groups, reliability,
		/// techniques.
		#[arg(long, value_name = "FILE")]
		grants: Option<PathBuf>,
		/// Serve what it, the store and the node's worker count, for Prometheus, at this address.
		#[arg(long, value_name = "ADDRESS")]
		metrics: Option<SocketAddr>,
	},
	/// Serve what you may read, and publish what is posted: a TAXII 2.1 server over the local store, and the analysts' page.
	Serve(Serve),
	/// List the consortium's members.
	Members,
	/// Leave the consortium with your member, for good.
	Leave {
		/// Really: nobody can take it back.
		#[arg(long)]
		yes: bool,
	},
	/// The consortium's motions: list, propose, vote, close [default: list].
	Govern {
		/// What to do.
		#[command(subcommand)]
		command: Option<Govern>,
	},
	/// Accounts that act for your member [default: list].
	Delegates {
		/// What to do.
		#[command(subcommand)]
		command: Option<Delegates>,
	},
	/// Members that run collators [default: list].
	Collators {
		/// What to do.
		#[command(subcommand)]
		command: Option<Collators>,
	},
	/// Sharing groups: list, show, create, add and welcome members, rekey, change policies [default: list].
	Groups {
		/// What to do.
		#[command(subcommand)]
		command: Option<Groups>,
	},
	/// Feeds that a node pulls: hand them to the node, list them, see how they do [default: list].
	Feeds {
		/// What to do.
		#[command(subcommand)]
		command: Option<Feeds>,
	},
	/// Encrypt the objects of a STIX 2.1 bundle to groups or members and publish them.
	Publish(Publish),
	/// Bring the local store up to the newest finalised block.
	Sync(Sync),
	/// List the records in the local store.
	Records(Filter),
	/// What is known of a value: an address, a domain, a URL, a hash; defanged or not.
	Lookup(Lookup),
	/// Show a record and its objects, or one object in full.
	Show(Show),
	/// Write readable objects as one STIX 2.1 bundle, as their markings permit.
	Export(Export),
	/// Prove that one object is in a record, without showing the others.
	Prove(Prove),
	/// Check a proof against the chain.
	Verify(Verify),
	/// Withdraw a record of your own.
	Withdraw(Withdraw),
	/// Ask the author of a record for access to it.
	Request {
		/// The record, AUTHOR/N.
		record: RecordId,
	},
	/// Who asks for a record, or for any of your own.
	Requests {
		/// The record, AUTHOR/N [default: all of your own].
		record: Option<RecordId>,
	},
	/// Give members access to a record of your own; that cannot be taken back.
	Grant(Grant),
	/// Decline a member's request for a record of your own.
	Decline(Decline),
	/// Who was given a record, when and by whom, from the chain alone; needs no identity.
	Audit {
		/// The record, AUTHOR/N.
		record: RecordId,
	},
	/// Say how credible another member's record is, or change what you said.
	Verdict(Verdict),
	/// Report that what a record describes was met in your network, or met and found harmless.
	Sight(Sight),
	/// Print the proofs that you can read a record, for a program of your own that reports sightings or gives verdicts.
	ReaderProof {
		/// The record, AUTHOR/N.
		record: RecordId,
	},
	/// How credible a record is: its pair, its score, the votes on it.
	Credibility {
		/// The record, AUTHOR/N.
		record: RecordId,
	},
	/// Have a record decided whose seven days are over; blocks do it by themselves when they have time.
	Close {
		/// The record, AUTHOR/N.
		record: RecordId,
	},
	/// How reliable members are, and by whose verdicts.
	Standing {
		/// One member in full: number or name.
		member: Option<String>,
	},
	/// Who is of use to whom: what members gave and took.
	Reciprocity,
	/// The ATT&CK catalogue.
	#[command(subcommand)]
	Attack(Attack),
	/// Look at node, clock, keys, groups, feeds and store, and say what to do where something is wrong.
	Doctor,
	/// Write the completions of a shell to standard output.
	Completions(Completions),
	/// Write the manual pages.
	Man(Man),
}

/// `testudo feeds`
#[derive(Subcommand, Debug, Default)]
pub enum Feeds {
	/// Hand a feeds file to the node (needs its unsafe RPC, so run it on the node's machine).
	Apply {
		/// The TOML file.
		file: PathBuf,
	},
	/// Register a feed of your own on chain; its number is what the feeds file calls `id`.
	Register(RegisterFeed),
	/// List the feeds registered on chain.
	#[default]
	List,
	/// Show the worker's counters (needs the node's unsafe RPC).
	Status {
		/// Only this feed.
		feed: Option<FeedId>,
	},
}

/// `testudo feeds register`
#[derive(Args, Debug)]
pub struct RegisterFeed {
	/// What to call it.
	pub name: String,
	/// The group that can read it.
	#[arg(long, value_name = "N")]
	pub group: GroupId,
	/// The strictest marking that its objects may have; what is stricter is refused.
	#[arg(long, value_name = "MARKING")]
	pub ceiling: Tlp,
	/// Marking of objects that carry none; without it they are refused.
	#[arg(long, value_name = "MARKING")]
	pub default_marking: Option<Tlp>,
	/// Register it though nothing was ever published to the group.
	#[arg(long)]
	pub yes: bool,
}

/// `testudo sync`
#[derive(Args, Debug)]
pub struct Sync {
	/// Stay, and bring in every block as it is finalised.
	#[arg(long)]
	pub follow: bool,
	/// Empty the store first and read the chain from its beginning.
	#[arg(long)]
	pub restart: bool,
}

/// Which records.
#[derive(Args, Debug, Default, Clone)]
pub struct Filter {
	/// Only records about this technique (sub-techniques included).
	#[arg(long, value_name = "T")]
	pub technique: Option<TechniqueId>,
	/// Only records by this member: number or name.
	#[arg(long, value_name = "M")]
	pub author: Option<String>,
	/// Only so many, the newest, and those first.
	#[arg(long, value_name = "N")]
	pub newest: Option<u32>,
}

/// `testudo show`
#[derive(Args, Debug)]
pub struct Show {
	/// The record, AUTHOR/N.
	pub record: RecordId,
	/// One object: its STIX id, or its place in the record counted from 0.
	pub object: Option<String>,
	/// Print the object's original bytes and nothing else.
	#[arg(long, requires = "object", conflicts_with = "json")]
	pub raw: bool,
}

/// `testudo export`
#[derive(Args, Debug)]
pub struct Export {
	/// Which records.
	#[command(flatten)]
	pub filter: Filter,
	/// The file to write; `-` is standard output.
	#[arg(long, value_name = "FILE")]
	pub out: PathBuf,
	/// Leave out what the consortium holds of the records, and ask no node.
	#[arg(long)]
	pub offline: bool,
	/// For whom the bundle is: decides which markings may be in it.
	#[arg(long = "for", value_enum, default_value = "own-staff", value_name = "WHOM")]
	pub audience: Audience,
}

/// For whom something is handed out.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Audience {
	/// The member's own staff: all but RED.
	OwnStaff,
	/// The member's clients: CLEAR, GREEN, and AMBER where its group lets it.
	OwnClient,
	/// The community: CLEAR and GREEN.
	Community,
	/// Anyone: CLEAR.
	Anyone,
}

impl From<Audience> for Scope {
	fn from(audience: Audience) -> Self {
		match audience {
			Audience::OwnStaff => Scope::OwnStaff,
			Audience::OwnClient => Scope::OwnClient,
			Audience::Community => Scope::Community,
			Audience::Anyone => Scope::Anyone,
		}
	}
}

/// `testudo prove`
#[derive(Args, Debug)]
pub struct Prove {
	/// The record, AUTHOR/N.
	pub record: RecordId,
	/// The object: its STIX id, or its place in the record counted from 0.
	pub object: String,
	/// The file to write [default: standard output].
	#[arg(long, value_name = "FILE")]
	pub out: Option<PathBuf>,
	/// For whom the proof is: decides whether the marking permits it.
	#[arg(long = "for", value_enum, default_value = "own-staff", value_name = "WHOM")]
	pub audience: Audience,
}

/// `testudo verify`
#[derive(Args, Debug)]
pub struct Verify {
	/// The proof; `-` reads standard input.
	pub proof: PathBuf,
	/// Check the proof against itself only, without a node: says nothing of what the chain registered.
	#[arg(long)]
	pub offline: bool,
}

/// Takes every text: what is wrong with a URL is told later, and without its password.
fn place() -> impl TypedValueParser<Value = Place> {
	PathBufValueParser::new().map(Place::from)
}

fn hash(text: &str) -> Result<Hash, String> {
	let mut hash = Hash::default();
	let digits = text.strip_prefix("0x").unwrap_or(text);
	hex::decode_to_slice(digits, &mut hash).map_err(|_| "a block's hash is 0x and 64 hexadecimal digits")?;
	Ok(hash)
}

fn exit_codes() -> String {
	let mut text = String::from("Exit codes:\n");
	for exit in Exit::ALL {
		let _ = writeln!(text, "  {}  {}", exit.code(), exit.meaning());
	}
	text
}
