//! `testudo govern`, `testudo delegates` and `testudo collators` on the command line.

use super::{AttackDomain, PolicyChanges};
use clap::{Args, Subcommand, ValueEnum};
use cti_primitives::{catalogue::CatalogueVersion, GroupId, Role};
use std::path::PathBuf;
use subxt::utils::AccountId32;

/// `testudo govern`
#[derive(Subcommand, Debug, Default)]
pub enum Govern {
	/// List the open motions, with their votes.
	#[default]
	List,
	/// Put a motion up, and vote aye.
	#[command(subcommand)]
	Propose(Propose),
	/// Vote on an open motion.
	Vote {
		/// The motion's number.
		motion: u32,
		/// Your vote; it can be changed until the motion is closed.
		vote: Vote,
	},
	/// Bring the code of a runtime upgrade that was carried. Any account may.
	ApplyUpgrade {
		/// The runtime's Wasm file, the one that was voted for.
		code: PathBuf,
	},
	/// Close a motion that has its ayes, cannot get them any more, or whose time is over.
	Close {
		/// The motion's number.
		motion: u32,
		/// Also one whose call is going to be refused, since there are more seats than when it was put up.
		#[arg(long)]
		yes: bool,
	},
}

/// A vote.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Vote {
	/// For it.
	Aye,
	/// Against it.
	Nay,
}

/// `testudo govern propose`
#[derive(Subcommand, Debug)]
pub enum Propose {
	/// Admit a member.
	Admit {
		/// The account that will speak and vote for it.
		controller: AccountId32,
		/// Its name.
		name: String,
		/// Its encryption key in hexadecimal, as `testudo --json keys show` prints it, or `@FILE`; it can come later.
		#[arg(long, value_name = "HEX")]
		encryption_key: Option<String>,
		/// The departed member that it continues, so that it does not shed its reputation.
		#[arg(long, value_name = "MEMBER")]
		former: Option<String>,
	},
	/// Suspend an active member: it keeps its seat and may not act.
	Suspend {
		/// The member: number or name.
		member: String,
	},
	/// Reinstate a suspended member.
	Reinstate {
		/// The member: number or name.
		member: String,
	},
	/// Expel a member for good.
	Expel {
		/// The member: number or name.
		member: String,
	},
	/// Give a member another controller: it lost the key of the one it has, or somebody else has it.
	ReplaceController {
		/// The member: number or name.
		member: String,
		/// The new account.
		controller: AccountId32,
		/// The member's new encryption key, as for `admit`; without it the key stays, and the member's groups wait for a
		/// rekey all the same.
		#[arg(long, value_name = "HEX", required_if_eq("stolen", "true"))]
		encryption_key: Option<String>,
		/// Somebody else has the old account: all delegates end, for they may be that somebody's.
		#[arg(long)]
		stolen: bool,
	},
	/// Give a group another owner.
	SetGroupOwner {
		/// The group.
		group: GroupId,
		/// The member: number or name.
		member: String,
	},
	/// Import an ATT&CK catalogue by the hashes of its pages, which anybody then brings: `testudo attack bring`.
	Import {
		/// MITRE's bundle, plain or gzipped.
		file: PathBuf,
		/// ATT&CK's version, where the bundle does not say it.
		#[arg(long, value_name = "VERSION")]
		version: Option<CatalogueVersion>,
	},
	/// End an import that is under way: what was brought of it is cleared, and the catalogue stays as it is.
	AbortImport {
		/// ATT&CK's domain.
		#[arg(value_enum)]
		domain: AttackDomain,
	},
	/// Authorise a runtime upgrade by the hash of its code.
	Upgrade {
		/// The runtime's Wasm file.
		code: PathBuf,
	},
	/// Change the policy of the consortium's own group, 0: what you do not name stays as it is.
	Policy(PolicyChanges),
	/// Change where the letters of reliability begin, or how many votes a decision needs: what you do not name stays.
	Rules(NewRules),
	/// Change how many blocks collators aim for in a slot, or how long a session is: what you do not name stays.
	Rhythm {
		/// Blocks in a slot of six seconds: 1, 2, 3, 4, 6 or 12.
		#[arg(long, value_name = "BLOCKS")]
		blocks_per_slot: Option<u8>,
		/// Slots in a session, 4 at least: collators come and go with the second session after.
		#[arg(long, value_name = "SLOTS")]
		session_slots: Option<u16>,
	},
	/// Pay a reward from the pot to the members whose records peers confirmed.
	Reward {
		/// How much together, in the smallest unit.
		amount: u128,
	},
	/// Pay from the pot.
	Pay {
		/// To whom.
		account: AccountId32,
		/// How much, in the smallest unit.
		amount: u128,
	},
	/// Take down another motion that is open.
	Drop {
		/// Its number.
		motion: u32,
	},
}

/// `testudo govern propose rules`
#[derive(Args, Debug, Default)]
pub struct NewRules {
	/// Records' worth of evidence below which nobody is judged (F): 1 to 24.
	#[arg(long, value_name = "RECORDS")]
	pub judged_from: Option<u8>,
	/// Where A begins, in thousandths of a standing.
	#[arg(long, value_name = "THOUSANDTHS")]
	pub a: Option<u16>,
	/// Where B begins.
	#[arg(long, value_name = "THOUSANDTHS")]
	pub b: Option<u16>,
	/// Where C begins.
	#[arg(long, value_name = "THOUSANDTHS")]
	pub c: Option<u16>,
	/// Where D begins; E is below.
	#[arg(long, value_name = "THOUSANDTHS")]
	pub d: Option<u16>,
	/// How many members must vote on a record for a decision: 2 to 24.
	#[arg(long, value_name = "MEMBERS")]
	pub quorum: Option<u8>,
}

/// `testudo delegates`
#[derive(Subcommand, Debug, Default)]
pub enum Delegates {
	/// List the accounts that act for your member, with their roles.
	#[default]
	List,
	/// Let an account act for your member.
	Add {
		/// The account.
		account: AccountId32,
		/// As what.
		role: Delegate,
	},
	/// End an account's acting for your member, for good.
	Remove {
		/// The account.
		account: AccountId32,
	},
}

/// What a delegate may do.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Delegate {
	/// A person: publishes, judges, sights.
	Analyst,
	/// A machine: publishes pages of feeds.
	Feed,
	/// Reads; never publishes.
	Auditor,
}

impl From<Delegate> for Role {
	fn from(delegate: Delegate) -> Self {
		match delegate {
			Delegate::Analyst => Role::Analyst,
			Delegate::Feed => Role::Feed,
			Delegate::Auditor => Role::Auditor,
		}
	}
}

/// `testudo collators`
#[derive(Subcommand, Debug, Default)]
pub enum Collators {
	/// List the members that run collators.
	#[default]
	List,
	/// Bond, so that your member's collator takes part from the second session after this one on.
	Bond,
	/// Have the node at --url make keys that sign your collator's blocks, and set them on chain. Ask the collator itself, on its
	/// own machine: the keys never leave it.
	Keys,
	/// Stop your member's collator, and get the bond back.
	Unbond,
}
