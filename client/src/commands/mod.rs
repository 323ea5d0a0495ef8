//! The command line's commands: they read options, call the library, and say what came of it.

mod access;
mod agent;
mod attack;
mod coverage;
mod delegates;
mod doctor;
mod feeds;
mod govern;
mod groups;
mod handing_in;
mod judging;
mod keys;
mod lookup;
mod members;
mod page;
mod proofs;
mod publishing;
mod records;
mod serve;
mod standing;
mod syncing;
mod tools;

use crate::{
	chain::{Chain, Pins, Trust},
	cli::{Cli, Command, Global},
	error::Error,
	identity::{self, Identity},
	keyring::Keyring,
	rosters::Rosters,
	store::{Place, Store, WelcomeRow},
	sync::{self, Fetcher},
};
use cti_envelope::Opened;
use cti_primitives::{Hash, RecordId};
use serde_json::Value;
use std::{
	io::{self, IsTerminal, Write},
	path::PathBuf,
	sync::{Arc, OnceLock},
};

/// What a command says when it is done.
pub enum Output {
	/// The same for machines and for people.
	Report {
		/// For `--json`.
		json: Value,
		/// For people.
		text: String,
	},
	/// These bytes and nothing else.
	Raw(Vec<u8>),
	/// Everything was said already.
	Said,
}

impl Output {
	fn report(json: Value, text: impl Into<String>) -> Result<Self, Error> {
		Ok(Output::Report { json, text: text.into() })
	}
}

/// What commands take from the options of every command.
#[derive(Clone)]
pub struct Context {
	global: Global,
	/// Where one process runs many commands: what one leaves for the next.
	kept: Option<Arc<Kept>>,
}

/// A connection, and the identity whose passphrase was asked for once.
#[derive(Default)]
struct Kept {
	chain: tokio::sync::Mutex<Option<Chain>>,
	identity: OnceLock<Identity>,
}

impl Context {
	fn of(global: Global) -> Self {
		Self { global, kept: None }
	}

	/// The same for a process that stays and runs many commands.
	fn staying(&self) -> Self {
		Self { kept: Some(Arc::default()), ..self.clone() }
	}

	/// Does a person read what is said, and no program?
	fn is_read_by_a_person(&self) -> bool {
		self.kept.is_none() && io::stdout().is_terminal()
	}

	async fn chain(&self) -> Result<Chain, Error> {
		let Some(kept) = &self.kept else { return self.connect().await };
		let mut known = kept.chain.lock().await;
		if let Some(chain) = known.as_ref() {
			if chain.head().await.is_ok() {
				return Ok(chain.clone());
			}
		}
		let chain = self.connect().await?;
		*known = Some(chain.clone());
		Ok(chain)
	}

	async fn connect(&self) -> Result<Chain, Error> {
		let Global { url, trust_node, genesis, witnesses, .. } = &self.global;
		let mut trust = Trust::of(url, *trust_node, Pins { genesis: *genesis, witnesses: witnesses.clone() });
		if let Trust::Foreign(Pins { genesis: pinned @ None, .. }) = &mut trust {
			// A store belongs to one chain: the one it was made with.
			*pinned = self.store().ok().and_then(|store| store.genesis().ok().flatten());
		}
		let chain = Chain::connect_with(url, trust).await?;
		if let Some(pinned) = genesis {
			chain.require_genesis(pinned)?;
		}
		Ok(chain)
	}

	fn identity_name(&self) -> Result<&str, Error> {
		self.global.identity.as_deref().ok_or_else(|| {
			Error::usage(
				"this needs to know who you are",
				"name a seed file or a development identity: --identity alice, or TESTUDO_IDENTITY",
			)
		})
	}

	fn identity(&self) -> Result<Identity, Error> {
		let Some(kept) = &self.kept else { return Identity::load(self.identity_name()?) };
		if let Some(identity) = kept.identity.get() {
			return Ok(identity.clone());
		}
		let identity = Identity::load(self.identity_name()?)?;
		Ok(kept.identity.get_or_init(|| identity).clone())
	}

	/// Where the store is.
	fn place(&self) -> Result<Place, Error> {
		match &self.global.store {
			Some(place) => Ok(place.clone()),
			None => Ok(Place::Folder(identity::store_folder(self.identity_name()?)?)),
		}
	}

	/// The folder for what is beside the store: with a store on a server, the one that would be the store's.
	fn store_folder(&self) -> Result<PathBuf, Error> {
		match self.place()? {
			Place::Folder(folder) => Ok(folder),
			Place::Server(_) => identity::store_folder(self.identity_name()?),
		}
	}

	/// The member's keys, and the welcomes that its store knows of, if it has one.
	async fn keyring(&self, chain: &Chain, identity: &Identity) -> Result<Keyring<Chain>, Error> {
		let keyring = Keyring::new(chain.clone(), chain.genesis(), sync::own_keys(chain, identity).await?);
		match self.store() {
			// Another chain's store says where on that chain.
			Ok(store) if store.genesis()? == Some(chain.genesis()) => {
				for WelcomeRow { group, epoch, at } in store.welcomes()? {
					keyring.welcomed(group, epoch, at).await;
				}
			}
			Ok(_) | Err(Error::NotFound { .. }) => {}
			Err(error) => return Err(error),
		}
		Ok(keyring)
	}

	/// The envelope of a record that the store knows, opened with the member's keys: for what only a reader can do.
	async fn opened(&self, chain: &Chain, identity: &Identity, record: RecordId) -> Result<Opened, Error> {
		let store = self.store()?;
		let row = store.record(record)?;
		let keyring = Keyring::new(chain.clone(), chain.genesis(), sync::own_keys(chain, identity).await?);
		for WelcomeRow { group, epoch, at } in store.welcomes()? {
			keyring.welcomed(group, epoch, at).await;
		}
		let fetcher = Fetcher::new(chain.clone(), keyring);
		for (granted, at) in store.grants()? {
			fetcher.granted(granted, at);
		}
		fetcher.open_record(record, &row.announced.id, row.announced.at).await
	}

	fn rosters(&self) -> Result<Rosters, Error> {
		Rosters::open(&self.store_folder()?)
	}

	fn store(&self) -> Result<Store, Error> {
		Store::open_existing(self.place()?)
	}

	/// The store, if there is one of this chain.
	fn store_of(&self, genesis: Hash) -> Result<Option<Store>, Error> {
		match self.store() {
			Ok(store) => Ok((store.genesis()? == Some(genesis)).then_some(store)),
			Err(Error::NotFound { .. }) => Ok(None),
			Err(error) => Err(error),
		}
	}
}

/// Runs the command and prints what it says.
pub async fn run(cli: Cli) -> Result<(), Error> {
	let context = Context::of(cli.global);
	match run_command(&context, cli.command).await? {
		Output::Report { json, .. } if context.global.json => print_json(&json),
		Output::Report { text, .. } => print_bytes(format!("{text}\n").as_bytes()),
		Output::Raw(bytes) => print_bytes(&bytes),
		Output::Said => {}
	}
	Ok(())
}

async fn run_command(context: &Context, command: Command) -> Result<Output, Error> {
	match command {
		Command::Keys(command) => keys::run(context, command).await,
		Command::Members => members::run(context).await,
		Command::Leave { yes } => members::leave(context, yes).await,
		Command::Agent { grants, metrics } => agent::run(context, grants.as_deref(), metrics).await,
		Command::Serve(options) => serve::run(context, &options).await,
		Command::Govern { command } => govern::run(context, command.unwrap_or_default()).await,
		Command::Delegates { command } => delegates::run(context, command.unwrap_or_default()).await,
		Command::Collators { command } => delegates::collators(context, command.unwrap_or_default()).await,
		Command::Groups { command } => groups::run(context, command.unwrap_or_default()).await,
		Command::Feeds { command } => feeds::run(context, command.unwrap_or_default()).await,
		Command::Publish(options) => publishing::publish(context, options).await,
		Command::Sync(options) => syncing::run(context, options).await,
		Command::Records(filter) => records::list(context, &filter),
		Command::Lookup(options) => lookup::run(context, &options),
		Command::Show(options) => records::show(context, &options),
		Command::Export(options) => records::export(context, &options).await,
		Command::Prove(options) => proofs::prove(context, &options).await,
		Command::Verify(options) => proofs::verify(context, &options).await,
		Command::Withdraw(options) => access::withdraw(context, &options).await,
		Command::Request { record } => access::request(context, record).await,
		Command::Requests { record } => access::requests(context, record).await,
		Command::Grant(options) => access::grant(context, &options).await,
		Command::Decline(options) => access::decline(context, &options).await,
		Command::Audit { record } => access::audit(context, record).await,
		Command::Verdict(options) => judging::verdict(context, &options).await,
		Command::Sight(options) => judging::sight(context, &options).await,
		Command::Credibility { record } => judging::credibility(context, record).await,
		Command::Close { record } => judging::close(context, record).await,
		Command::Standing { member } => standing::standing(context, member.as_deref()).await,
		Command::Reciprocity => standing::reciprocity(context).await,
		Command::ReaderProof { record } => judging::reader_proof(context, record).await,
		Command::Doctor => doctor::run(context).await,
		Command::Completions(options) => tools::completions(options),
		Command::Man(options) => tools::man(&options),
		Command::Attack(command) => attack::run(context, command).await,
	}
}

/// Refuses a name that the chain cannot take, before anything is signed.
fn require_name(name: &str) -> Result<(), Error> {
	const MOST: usize = 64;
	match name.len() {
		1..=MOST => Ok(()),
		0 => Err(Error::usage("a name is not empty", "give the name by which the others know it, in UTF-8")),
		length => Err(Error::usage(
			format!("a name has 1 to {MOST} bytes, and this one has {length}"),
			"take a shorter name; letters beyond ASCII have two bytes or more",
		)),
	}
}

/// Prints a document on one line.
pub fn print_json(document: &Value) {
	print_bytes(format!("{document}\n").as_bytes());
}

/// A reader that went away (`| head`) is no failure of the command.
fn print_bytes(bytes: &[u8]) {
	let mut out = io::stdout().lock();
	let _ = out.write_all(bytes).and_then(|()| out.flush());
}

/// Reads a file, or standard input for `-`.
fn read_input(path: &std::path::Path) -> Result<Box<dyn io::Read>, Error> {
	if path.as_os_str() == "-" {
		return Ok(Box::new(io::stdin().lock()));
	}
	let file = std::fs::File::open(path).map_err(|e| Error::input(path, e, "name a file that you may read"))?;
	Ok(Box::new(file))
}
