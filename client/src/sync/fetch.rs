//! What one block says, with its envelopes opened.

use crate::{
	anchored::Sources,
	chain::{
		blocks::Body,
		epochs::grants,
		types::{
			AccessGranted, EncryptionKeySet, GroupPolicySet, GroupRekeyed, KeyOwner, MemberWelcomed, RecordExtended,
			RecordJudged, RecordOnly, RecordPublished,
		},
		walk::{find_envelope, Found, Shape},
		AtBlock, BlockRef, Chain, View,
	},
	error::Error,
	keyring::{Keyring, Welcome},
	reading::{open_envelope, open_with_grant, read_announced, Outcome},
	store::{Content, NewRecord, Retries},
};
use cti_envelope::{Header, Opened};
use cti_primitives::{AuthorId, Epoch, GroupId, Hash, RecordId, RecordStatus};
use std::{
	collections::BTreeMap,
	sync::{Mutex, PoisonError},
};
use subxt::{events::Event, ext::scale_decode::DecodeAsFields, utils::AccountId32};

/// One thing a block says that the store keeps.
#[derive(Debug)]
pub enum Fact {
	/// A record was registered.
	Published(Box<NewRecord>, Content),
	/// A record stands elsewhere now.
	Status(RecordId, RecordStatus),
	/// A record is valid longer.
	Extended(RecordId, u64),
	/// Wraps of a record's content key were given out, one of which may be for this member.
	Granted(RecordId, (u32, u32)),
	/// A wrap was handed to this member.
	Welcomed(GroupId, Epoch, Welcome),
	/// The group has a new epoch.
	Rekeyed(GroupId),
	/// This member's encryption key has a new version.
	OwnKey(u32),
	/// An analyst registered a key of its own, of this version.
	AnalystKey(AccountId32, u32),
	/// From the block after this one on, AMBER of the group may, or may not, be passed on to clients.
	PassOn(GroupId, bool),
	/// Members or groups changed in another way.
	MembershipChanged,
}

/// What one block says.
#[derive(Debug)]
pub struct BlockFacts {
	/// The block.
	pub block: BlockRef,
	/// In its order.
	pub facts: Vec<Fact>,
}

/// Reads blocks and opens envelopes. Shared by the tasks that read blocks at the same time.
pub struct Fetcher {
	chain: Chain,
	/// The member's keys.
	pub keyring: Keyring<Chain>,
	/// What lies elsewhere comes from there.
	sources: Sources,
	/// Where wraps of records' content keys were given out.
	grants: Mutex<BTreeMap<RecordId, Vec<(u32, u32)>>>,
}

/// When what does not lie in a block is fetched.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Elsewhere {
	Now,
	Later,
}

/// What became of the bytes of an envelope.
enum Envelope {
	Bytes(Vec<u8>),
	/// Elsewhere, and no key of this member opens it.
	NotForUs,
	/// Not to be had from where it lies, and why.
	Missing(String),
	/// Not in the extrinsic, nor does that say where.
	Nowhere,
}

/// A block whose extrinsics are fetched once, when the first is needed.
struct Bodies<'a> {
	chain: &'a Chain,
	block: BlockRef,
	body: Option<Body>,
}

impl Bodies<'_> {
	async fn extrinsic(&mut self, index: u32) -> Result<Vec<u8>, Error> {
		let body = match self.body.take() {
			Some(body) => body,
			None => self.chain.body(self.block.hash).await?,
		};
		self.body.insert(body).extrinsic(index)
	}
}

impl Fetcher {
	/// Reads for the member whose keys these are.
	pub fn new(chain: Chain, keyring: Keyring<Chain>) -> Self {
		Self { chain, keyring, sources: Sources::new(), grants: Mutex::default() }
	}

	/// Notes where a wrap of the record's content key may be.
	pub fn granted(&self, record: RecordId, at: (u32, u32)) {
		self.grants.lock().unwrap_or_else(PoisonError::into_inner).entry(record).or_default().push(at);
	}

	fn grants_of(&self, record: RecordId) -> Vec<(u32, u32)> {
		let grants = self.grants.lock().unwrap_or_else(PoisonError::into_inner);
		grants.get(&record).cloned().unwrap_or_default()
	}

	/// Reads block `number`. `metadata` is the chain at a block of the same runtime.
	pub async fn block(&self, number: u32, metadata: &AtBlock) -> Result<BlockFacts, Error> {
		let block = self.numbered(number).await?;
		let encoded = self.chain.events(block.hash).await?;
		let events = metadata.events().from_bytes(encoded);
		let mut bodies = Bodies { chain: &self.chain, block, body: None };
		let mut facts = Vec::new();
		for event in events.iter() {
			let event = event.map_err(|e| Error::node(format!("reading the events of block {number}"), e))?;
			match event.pallet_name() {
				"ThreatRegistry" => self.registry_event(&event, &mut bodies, metadata, &mut facts).await?,
				"Membership" => self.membership_event(&event, &mut facts)?,
				_ => {}
			}
		}
		Ok(BlockFacts { block, facts })
	}

	async fn registry_event(
		&self,
		event: &Event<'_, crate::chain::Config>,
		bodies: &mut Bodies<'_>,
		metadata: &AtBlock,
		facts: &mut Vec<Fact>,
	) -> Result<(), Error> {
		match event.event_name() {
			"RecordPublished" => {
				let published: RecordPublished = fields(event)?;
				let record = NewRecord::from(published);
				if let Some(n) = record.revises {
					facts.push(Fact::Status(RecordId { n, ..record.record }, RecordStatus::Superseded));
				}
				let extrinsic = bodies.extrinsic(record.at.1).await?;
				let content = self.content(&record, &extrinsic, metadata, Elsewhere::Later).await?;
				facts.push(Fact::Published(Box::new(record), content));
			}
			"RecordWithdrawn" => {
				facts.push(Fact::Status(*fields::<RecordOnly>(event)?.record, RecordStatus::Withdrawn))
			}
			"RecordJudged" => {
				let judged: RecordJudged = fields(event)?;
				let status = if judged.confirmed { RecordStatus::Confirmed } else { RecordStatus::Refuted };
				facts.push(Fact::Status(*judged.record, status));
			}
			"RecordExpired" => facts.push(Fact::Status(*fields::<RecordOnly>(event)?.record, RecordStatus::Expired)),
			"AccessGranted" => {
				let granted: AccessGranted = fields(event)?;
				if granted.hidden > 0 || granted.recipients.iter().any(|owner| self.keyring.own.is_own(*owner)) {
					facts.push(Fact::Granted(*granted.record, granted.at));
				}
			}
			"RecordExtended" => {
				let extended: RecordExtended = fields(event)?;
				facts.push(Fact::Extended(*extended.record, extended.valid_until));
			}
			_ => {}
		}
		Ok(())
	}

	fn membership_event(&self, event: &Event<'_, crate::chain::Config>, facts: &mut Vec<Fact>) -> Result<(), Error> {
		match event.event_name() {
			"MemberWelcomed" => {
				let welcomed: MemberWelcomed = fields(event)?;
				if *welcomed.member == self.keyring.own.member {
					facts.push(Fact::Welcomed(*welcomed.group, *welcomed.epoch, welcomed.at));
				}
			}
			"GroupRekeyed" => {
				let rekeyed: GroupRekeyed = fields(event)?;
				facts.push(Fact::Rekeyed(*rekeyed.group));
			}
			"EncryptionKeySet" => {
				let set: EncryptionKeySet = fields(event)?;
				match set.owner {
					KeyOwner::Member(member) if *member == self.keyring.own.member => {
						facts.push(Fact::OwnKey(set.version));
					}
					KeyOwner::Member(_) => {}
					KeyOwner::Analyst(account) => facts.push(Fact::AnalystKey(account, set.version)),
				}
			}
			"GroupPolicySet" => {
				let set: GroupPolicySet = fields(event)?;
				if set.old.pass_on_to_clients != set.new.pass_on_to_clients {
					facts.push(Fact::PassOn(*set.group, set.new.pass_on_to_clients));
				}
				facts.push(Fact::MembershipChanged);
			}
			_ => facts.push(Fact::MembershipChanged),
		}
		Ok(())
	}

	/// Finds the envelope of a record in an extrinsic, or fetches it from where that says it lies.
	async fn envelope(
		&self,
		record: RecordId,
		id: &Hash,
		extrinsic: &[u8],
		metadata: &AtBlock,
		elsewhere: Elsewhere,
	) -> Result<Envelope, Error> {
		let calls = Shape::of(metadata.metadata_ref()).ok();
		let calls = calls.as_ref().and_then(|shape| shape.calls(extrinsic).ok()).unwrap_or_default();
		match find_envelope(&calls, id) {
			None => Ok(Envelope::Nowhere),
			Some(Found::Here(bytes)) => Ok(Envelope::Bytes(bytes.to_vec())),
			Some(Found::Elsewhere(anchor, _)) if !self.may_open(record, &anchor.header).await? => {
				Ok(Envelope::NotForUs)
			}
			Some(Found::Elsewhere(..)) if elsewhere == Elsewhere::Later => {
				Ok(Envelope::Missing("not fetched yet".into()))
			}
			Some(Found::Elsewhere(anchor, location)) => Ok(match self.sources.fetch(&location, &anchor).await {
				Ok(bytes) => Envelope::Bytes(bytes),
				Err(reason) => Envelope::Missing(reason),
			}),
		}
	}

	/// May a key of this member open it? Nobody fetches what is not for it.
	async fn may_open(&self, record: RecordId, header: &Header) -> Result<bool, Error> {
		for (group, epoch) in header.audience.iter().copied() {
			if self.keyring.seed(group, epoch).await?.is_some() {
				return Ok(true);
			}
		}
		Ok(header.direct > 0 || !self.grants_of(record).is_empty())
	}

	/// Finds and opens the envelope of a record in an extrinsic.
	async fn content(
		&self,
		record: &NewRecord,
		extrinsic: &[u8],
		metadata: &AtBlock,
		elsewhere: Elsewhere,
	) -> Result<Content, Error> {
		let payload = match self.envelope(record.record, &record.id, extrinsic, metadata, elsewhere).await? {
			Envelope::Bytes(payload) => payload,
			Envelope::NotForUs => return Ok(Content::Closed),
			Envelope::Missing(reason) => return Ok(Content::Missing(reason)),
			Envelope::Nowhere => return Ok(Content::Malformed("its envelope is not where the chain says".into())),
		};
		Ok(match open_envelope(&self.keyring, &payload).await? {
			Outcome::Opened(opened) => read_announced(*opened, record),
			Outcome::Closed => Content::Closed,
			Outcome::Malformed(problem) => Content::Malformed(problem),
		})
	}

	/// Reads a record from wherever it lies; once more if a key of it came while it was under way.
	pub async fn from_elsewhere(&self, record: &NewRecord) -> Result<Content, Error> {
		let keys = async || -> Result<_, Error> {
			let groups = self.has_key(&record.audience, &Retries { all: true, ..Retries::default() }).await?;
			Ok((groups, self.grants_of(record.record).len()))
		};
		let before = keys().await?;
		let content = self.read(record, Elsewhere::Now).await?;
		match content == Content::Closed && keys().await? != before {
			true => self.read(record, Elsewhere::Now).await,
			false => Ok(content),
		}
	}

	/// Reads a record, and leaves what lies elsewhere for later.
	pub async fn at_hand(&self, record: &NewRecord) -> Result<Content, Error> {
		self.read(record, Elsewhere::Later).await
	}

	async fn read(&self, record: &NewRecord, elsewhere: Elsewhere) -> Result<Content, Error> {
		let (view, extrinsic) = self.chain.extrinsic(record.at).await?;
		match self.content(record, &extrinsic, view.at(), elsewhere).await? {
			Content::Closed => self.granted_content(record, &extrinsic, view.at(), elsewhere).await,
			content => Ok(content),
		}
	}

	/// Opens a record with a wrap that its author gave out later.
	async fn granted_content(
		&self,
		record: &NewRecord,
		extrinsic: &[u8],
		at: &AtBlock,
		elsewhere: Elsewhere,
	) -> Result<Content, Error> {
		let places = self.grants_of(record.record);
		if places.is_empty() {
			return Ok(Content::Closed);
		}
		let payload = match self.envelope(record.record, &record.id, extrinsic, at, elsewhere).await? {
			Envelope::Bytes(payload) => payload,
			Envelope::Missing(reason) => return Ok(Content::Missing(reason)),
			Envelope::NotForUs | Envelope::Nowhere => return Ok(Content::Closed),
		};
		for place in places {
			let (view, grant) = self.chain.extrinsic(place).await?;
			let wraps = grants(&view, &grant, record.record.n);
			if let Some(opened) = open_with_grant(&self.keyring.own, &payload, &wraps) {
				return Ok(read_announced(opened, record));
			}
		}
		Ok(Content::Closed)
	}

	/// Reads a record again that was closed before, if a key of now may open it.
	pub async fn retried(&self, record: &NewRecord, retries: &Retries) -> Result<Content, Error> {
		// Nothing but the member's own keys opens a direct wrap, and nothing but a grant brings a wrap later.
		let is_granted = || !self.grants_of(record.record).is_empty();
		let own_keys_may =
			retries.records.contains(&record.record) || (retries.all && (record.direct > 0 || is_granted()));
		match own_keys_may || self.has_key(&record.audience, retries).await? {
			true => self.at_hand(record).await,
			false => Ok(Content::Closed),
		}
	}

	async fn has_key(&self, audience: &[(GroupId, Epoch)], retries: &Retries) -> Result<bool, Error> {
		for (group, epoch) in audience.iter().filter(|(group, _)| retries.concern_group(*group)) {
			if self.keyring.seed(*group, *epoch).await?.is_some() {
				return Ok(true);
			}
		}
		Ok(false)
	}

	/// Opens a record's envelope, with its content key, from the chain.
	pub async fn open_record(&self, record: RecordId, id: &Hash, at: (u32, u32)) -> Result<Opened, Error> {
		let (view, extrinsic) = self.chain.extrinsic(at).await?;
		let payload = match self.envelope(record, id, &extrinsic, view.at(), Elsewhere::Now).await? {
			Envelope::Bytes(payload) => payload,
			Envelope::NotForUs => return Err(self.not_sealed(record)),
			Envelope::Missing(reason) => {
				return Err(Error::not_found(
					format!("record {record} is not to be had from where it lies: {reason}"),
					"try again later, or ask its author to mend that",
				));
			}
			Envelope::Nowhere => {
				return Err(Error::node(
					format!("reading record {record}"),
					"its envelope is not where the chain says",
				));
			}
		};
		match open_envelope(&self.keyring, &payload).await? {
			Outcome::Opened(opened) => return Ok(*opened),
			Outcome::Malformed(problem) => {
				return Err(Error::Verification { reason: format!("record {record}: {problem}") });
			}
			Outcome::Closed => {}
		}
		for place in self.grants_of(record) {
			let (view, grant) = self.chain.extrinsic(place).await?;
			let wraps = grants(&view, &grant, record.n);
			if let Some(opened) = open_with_grant(&self.keyring.own, &payload, &wraps) {
				return Ok(opened);
			}
		}
		Err(self.not_sealed(record))
	}

	fn not_sealed(&self, record: RecordId) -> Error {
		Error::Identity {
			name: format!("of member {}", self.keyring.own.member),
			reason: format!("record {record} is not sealed to it"),
			advice: "use an --identity of a member that the record was sealed to, or ask for it: `testudo request`"
				.into(),
		}
	}

	/// The block of that number.
	pub async fn numbered(&self, number: u32) -> Result<BlockRef, Error> {
		let hash = self.chain.block_hash(number).await?;
		let hash = hash.ok_or_else(|| Error::node(format!("reading block {number}"), "the chain does not have it"))?;
		Ok(BlockRef { number, hash })
	}

	/// The chain at a block, for its metadata.
	pub async fn view(&self, block: BlockRef) -> Result<View, Error> {
		self.chain.at(block).await
	}
}

fn fields<E: DecodeAsFields>(event: &Event<'_, crate::chain::Config>) -> Result<E, Error> {
	let name = || format!("reading the event {}.{}", event.pallet_name(), event.event_name());
	event.decode_fields_unchecked_as().map_err(|e| Error::node(name(), e))
}

impl From<RecordPublished> for NewRecord {
	fn from(event: RecordPublished) -> Self {
		Self {
			record: RecordId { author: AuthorId(event.record.author.0), n: event.record.n },
			id: event.id,
			tlp: *event.tlp,
			audience: event.audience.0,
			direct: event.direct,
			at: event.at,
			bytes: event.bytes,
			leaves: event.leaves,
			published: event.published,
			valid_until: event.valid_until,
			revises: event.revises,
			techniques: event.techniques.0,
		}
	}
}
