//! What can go wrong, what to do about it, and the exit code it ends with.

use crate::render;
use std::{fmt, io, path::PathBuf};

/// What the process returns to its caller.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Exit {
	/// Done.
	Success = 0,
	/// Something failed that no other code names.
	Failure = 1,
	/// The command line is wrong.
	Usage = 2,
	/// No node answers.
	Unreachable = 3,
	/// The chain or the node refused.
	Refused = 4,
	/// A file that was given is unusable.
	BadInput = 5,
	/// Wrong passphrase, or an identity that cannot do this.
	Identity = 6,
	/// No such record, object, member or group.
	NotFound = 7,
	/// A proof does not hold.
	Verification = 8,
}

impl Exit {
	/// All codes, in order.
	pub const ALL: [Exit; 9] = [
		Exit::Success,
		Exit::Failure,
		Exit::Usage,
		Exit::Unreachable,
		Exit::Refused,
		Exit::BadInput,
		Exit::Identity,
		Exit::NotFound,
		Exit::Verification,
	];

	/// The number.
	pub const fn code(self) -> u8 {
		self as u8
	}

	/// What the number means, for `--help`.
	pub const fn meaning(self) -> &'static str {
		match self {
			Exit::Success => "done",
			Exit::Failure => "failed for another reason",
			Exit::Usage => "wrong command line",
			Exit::Unreachable => "node unreachable",
			Exit::Refused => "refused by the chain, the node, or a marking",
			Exit::BadInput => "bad input file",
			Exit::Identity => "wrong passphrase or identity",
			Exit::NotFound => "not found",
			Exit::Verification => "verification failed: of a proof, or of what a foreign node says",
		}
	}
}

/// Everything a command can end with but success.
#[derive(Debug, thiserror::Error)]
pub enum Error {
	/// The command line is wrong in a way only the command can see.
	#[error("{message}")]
	Usage {
		/// What is wrong.
		message: String,
		/// What to do.
		advice: String,
	},
	/// No node answers at the address, or it stopped answering.
	#[error("cannot reach a node at {url}: {reason}")]
	Unreachable {
		/// The address.
		url: String,
		/// What the connection says.
		reason: String,
	},
	/// The node answers and has not come as far as it was before.
	#[error("the node at block {head} is behind block {number}, or lost its last blocks")]
	Behind {
		/// The block that was read last.
		number: u32,
		/// The node's newest.
		head: u32,
	},
	/// The connection ended after a call was handed to the node: nobody knows what became of it.
	#[error("it is not known what became of {call}: the connection to {url} was lost: {reason}")]
	Unsure {
		/// `Pallet.call`.
		call: String,
		/// The node's address.
		url: String,
		/// What the connection says.
		reason: String,
	},
	/// Some records were registered before it failed.
	#[error("{failure} ({})\n{} registered before that: {}", failure.advice(), render::count(registered.len() as u64, "record"), registered.join(", "))]
	Partial {
		/// `AUTHOR/N`, each.
		registered: Vec<String>,
		/// What ended it.
		failure: Box<Error>,
	},
	/// The node answered with something unusable.
	#[error("{doing}: {reason}")]
	Node {
		/// What was being done.
		doing: String,
		/// What the node or the decoder says.
		reason: String,
	},
	/// A foreign node said what is not so, or what nobody else knows.
	#[error("the node at {url} is not to be believed: {what}")]
	Untrue {
		/// The address.
		url: String,
		/// What it said.
		what: String,
	},
	/// The chain refused a call.
	#[error("the chain refused {call}: {rule}{}", Explained(.explanation))]
	Refused {
		/// `Pallet.call`.
		call: String,
		/// Name of the rule.
		rule: String,
		/// The rule's own documentation; may be empty.
		explanation: String,
		/// What to do.
		advice: String,
	},
	/// A marking does not permit it.
	#[error("{reason}")]
	Marking {
		/// What it does not permit.
		reason: String,
		/// What to do.
		advice: String,
	},
	/// Something would leave the house that perhaps should not.
	#[error("nothing was published: {}", findings.join("; "))]
	Leak {
		/// What gives pause.
		findings: Vec<String>,
	},
	/// The node does not serve unsafe methods to this client.
	#[error("the node does not allow {method} from here")]
	UnsafeRpc {
		/// The JSON-RPC method.
		method: &'static str,
	},
	/// A file that was given is unusable.
	#[error("{}: {reason}", path.display())]
	Input {
		/// The file.
		path: PathBuf,
		/// What is wrong with it.
		reason: String,
		/// What to do.
		advice: String,
	},
	/// The identity cannot be used, or not for this.
	#[error("identity {name}: {reason}")]
	Identity {
		/// The identity as given.
		name: String,
		/// What is wrong.
		reason: String,
		/// What to do.
		advice: String,
	},
	/// What was asked for does not exist.
	#[error("{what}")]
	NotFound {
		/// What does not exist.
		what: String,
		/// What to do.
		advice: String,
	},
	/// A proof does not hold.
	#[error("the proof does not hold: {reason}")]
	Verification {
		/// Which check failed.
		reason: String,
	},
	/// The local store cannot be used.
	#[error("local store {store}: {reason}")]
	Store {
		/// The store's file, or its URL without the password.
		store: String,
		/// What is wrong.
		reason: String,
		/// What to do.
		advice: String,
	},
	/// The file system refuses.
	#[error("cannot {doing} {}: {source}", path.display())]
	Io {
		/// What was being done: a verb.
		doing: &'static str,
		/// To what.
		path: PathBuf,
		/// What the system says.
		source: io::Error,
	},
	/// `testudo doctor` found what will not work.
	#[error("not well: {}", ill.join(", "))]
	Unwell {
		/// What.
		ill: Vec<String>,
	},
	/// Something inside failed that the user cannot have caused.
	#[error("{0}")]
	Internal(String),
}

/// A rule's documentation behind its name.
struct Explained<'a>(&'a str);

impl fmt::Display for Explained<'_> {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self.0 {
			"" => Ok(()),
			text => write!(f, " ({text})"),
		}
	}
}

impl Error {
	/// A usage error.
	pub fn usage(message: impl Into<String>, advice: impl Into<String>) -> Self {
		Error::Usage { message: message.into(), advice: advice.into() }
	}

	/// Something that does not exist.
	pub fn not_found(what: impl Into<String>, advice: impl Into<String>) -> Self {
		Error::NotFound { what: what.into(), advice: advice.into() }
	}

	/// An unusable file.
	pub fn input(path: impl Into<PathBuf>, reason: impl fmt::Display, advice: impl Into<String>) -> Self {
		Error::Input { path: path.into(), reason: reason.to_string(), advice: advice.into() }
	}

	/// An unusable answer.
	pub fn node(doing: impl Into<String>, reason: impl fmt::Display) -> Self {
		Error::Node { doing: doing.into(), reason: reason.to_string() }
	}

	/// A foreign node's answer that does not hold.
	pub fn untrue(url: impl Into<String>, what: impl Into<String>) -> Self {
		Error::Untrue { url: url.into(), what: what.into() }
	}

	/// The same error, of a call that was handed to the node before.
	pub fn under_way(self, call: &str) -> Self {
		match self {
			Error::Unreachable { url, reason } => Error::Unsure { call: call.into(), url, reason },
			other => other,
		}
	}

	/// The exit code.
	pub fn exit(&self) -> Exit {
		match self {
			Error::Usage { .. } => Exit::Usage,
			Error::Unreachable { .. } | Error::Behind { .. } | Error::Unsure { .. } => Exit::Unreachable,
			Error::Partial { failure, .. } => failure.exit(),
			Error::Refused { .. } | Error::Marking { .. } | Error::Leak { .. } | Error::UnsafeRpc { .. } => {
				Exit::Refused
			}
			Error::Input { .. } => Exit::BadInput,
			Error::Identity { .. } => Exit::Identity,
			Error::NotFound { .. } => Exit::NotFound,
			Error::Verification { .. } | Error::Untrue { .. } => Exit::Verification,
			Error::Node { .. } | Error::Store { .. } | Error::Io { .. } | Error::Unwell { .. } | Error::Internal(_) => {
				Exit::Failure
			}
		}
	}

	/// A name for machines.
	pub fn kind(&self) -> &'static str {
		match self {
			Error::Usage { .. } => "usage",
			Error::Unreachable { .. } => "node-unreachable",
			Error::Behind { .. } => "node-behind",
			Error::Unsure { .. } => "outcome-unknown",
			Error::Partial { failure, .. } => failure.kind(),
			Error::Node { .. } => "node-answer",
			Error::Untrue { .. } => "untrue-answer",
			Error::Refused { .. } => "refused-by-chain",
			Error::Marking { .. } => "marking",
			Error::Leak { .. } => "leak",
			Error::UnsafeRpc { .. } => "unsafe-rpc",
			Error::Input { .. } => "bad-input",
			Error::Identity { .. } => "identity",
			Error::NotFound { .. } => "not-found",
			Error::Verification { .. } => "verification",
			Error::Store { .. } => "store",
			Error::Io { .. } => "io",
			Error::Unwell { .. } => "unwell",
			Error::Internal(_) => "internal",
		}
	}

	/// What to do about it.
	pub fn advice(&self) -> &str {
		match self {
			Error::Usage { advice, .. }
			| Error::Refused { advice, .. }
			| Error::Marking { advice, .. }
			| Error::Input { advice, .. }
			| Error::Identity { advice, .. }
			| Error::NotFound { advice, .. }
			| Error::Store { advice, .. } => advice,
			Error::Leak { .. } => "look again at what it is and who will read it; --yes publishes it all the same",
			Error::Unreachable { .. } => "start the node, or name another with --url ws://HOST:PORT (or TESTUDO_URL)",
			Error::Behind { .. } => {
				"wait until the node has caught up, or name another with --url; only if the chain was started anew, read it \
				 from its beginning with `testudo sync --restart`"
			}
			Error::Unsure { .. } => {
				"it may have been registered: once the node answers, run `testudo sync` and look before you do it again"
			}
			Error::Partial { .. } => {
				"what is registered stays: run `testudo sync`, then this command again with --skip-known, which leaves it out"
			}
			Error::Node { .. } => {
				"check that --url is a node of this Testudo chain and that client and node are of one release"
			}
			Error::Untrue { .. } => {
				"nothing was sealed: take a node of your own, and tell the consortium whose node says so"
			}
			Error::UnsafeRpc { .. } => {
				"run this on the node's own machine, with --url ws://127.0.0.1:PORT, and start the node with \
				 --rpc-methods unsafe where it does not do so for localhost by itself"
			}
			Error::Verification { .. } => "do not rely on the object; ask whoever handed it to you for a new proof",
			Error::Io { .. } => {
				"check that the path exists, that there is space, and that you may read and write there"
			}
			Error::Unwell { .. } => "do what stands beside each of them, then look again",
			Error::Internal(_) => "run the command again; if it fails again, report it with its output",
		}
	}

	/// The error as a document for `--json`.
	pub fn to_json(&self) -> serde_json::Value {
		let mut document = serde_json::json!({ "error": {
			"code": self.exit().code(),
			"kind": self.kind(),
			"message": self.to_string(),
			"advice": self.advice(),
		}});
		if let Error::Partial { registered, .. } = self {
			document["published"] = registered.clone().into();
		}
		document
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn exit_codes_should_be_their_place_in_the_table() {
		for (place, exit) in Exit::ALL.into_iter().enumerate() {
			assert_eq!(usize::from(exit.code()), place);
		}
	}

	#[test]
	fn connection_lost_under_way_should_not_be_taken_for_nothing_done() {
		let lost = || Error::Unreachable { url: "ws://x".into(), reason: "reset".into() };
		assert!(!lost().advice().contains("nothing was changed"));
		let unsure = lost().under_way("ThreatRegistry.publish");
		assert_eq!((unsure.exit(), unsure.kind()), (Exit::Unreachable, "outcome-unknown"));
		assert!(unsure.to_string().contains("ThreatRegistry.publish"), "{unsure}");
		assert!(unsure.advice().contains("may have been registered"), "{}", unsure.advice());
		assert_eq!(Error::usage("x", "y").under_way("z").exit(), Exit::Usage);
	}

	#[test]
	fn partial_publication_should_name_what_is_registered_for_people_and_machines() {
		let failure = Box::new(Error::Marking { reason: "too strict".into(), advice: "widen it".into() });
		let error = Error::Partial { registered: vec!["0/4".into(), "0/5".into()], failure };
		assert_eq!((error.exit(), error.kind()), (Exit::Refused, "marking"));
		assert!(error.advice().contains("--skip-known"), "{}", error.advice());
		for part in ["too strict", "widen it", "0/4, 0/5"] {
			assert!(error.to_string().contains(part), "{error}");
		}
		assert_eq!(error.to_json()["published"], serde_json::json!(["0/4", "0/5"]));
		assert!(Error::usage("x", "y").to_json().get("published").is_none());
	}

	#[test]
	fn refusal_should_name_rule_documentation_and_advice() {
		let error = Error::Refused {
			call: "ThreatRegistry.publish".into(),
			rule: "ThreatRegistry.StaleGroup".into(),
			explanation: "The group awaits a rekey.".into(),
			advice: "rekey".into(),
		};
		assert_eq!(
			error.to_string(),
			"the chain refused ThreatRegistry.publish: ThreatRegistry.StaleGroup (The group awaits a rekey.)"
		);
		assert_eq!(error.to_json()["error"]["code"], 4);
		assert_eq!(error.to_json()["error"]["advice"], "rekey");
	}
}
