//! The TAXII 2.1 gateway: what the member may read, for the programs it has already; and what they post, published.
//!
//! TAXII says what is asked and answered (OASIS, *TAXII Version 2.1*); sections are named where a rule comes from it. The
//! gateway reads the local store and nothing else: `testudo agent` keeps that up to date. What is posted goes to a
//! [`Publisher`], which is the command line's own way through the leak guard.

pub mod accounts;
mod answer;
mod collections;
pub mod config;
mod inbox;
mod outbox;
mod query;
mod routes;
mod server;
mod stores;

pub use collections::Collection;
pub use config::Config;
pub use inbox::{Handed, Handover, Posting, Told, UNTOLD};
pub use outbox::Outbox;
pub use query::unescaped;
pub use server::{serve, Ready};
pub use stores::Stores;

use crate::error::Error;
use accounts::Accounts;
use cti_primitives::Hash;
use inbox::Inbox;

/// All that answers requests.
pub struct Gateway {
	/// What the operator wrote down.
	pub config: Config,
	accounts: Accounts,
	stores: Stores,
	inbox: Inbox,
	genesis: Hash,
	/// Requests that are answered at the same time.
	turns: tokio::sync::Semaphore,
}

/// More requests than these wait, and those that wait for long are sent away.
const AT_ONCE: usize = 64;

impl Gateway {
	/// One over the store of the chain with this genesis.
	pub fn new(config: Config, stores: Stores, genesis: Hash, handover: Option<Handover>) -> Result<Self, Error> {
		let accounts = Accounts::new(&config.accounts)?;
		Ok(Self {
			accounts,
			stores,
			inbox: Inbox::new(handover, &config.accounts)?,
			genesis,
			turns: tokio::sync::Semaphore::new(AT_ONCE),
			config,
		})
	}
}
