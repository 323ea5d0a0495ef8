//! Publishing by hand: a bundle is read, checked, packed, sealed and registered.

mod known;
pub mod pack;
mod quality;
mod recipients;

pub use known::known_places;
pub use pack::{read_bundle, Envelope, Packer, Plan, Refused};
pub use quality::Gate;
pub use recipients::{analysts_keys, members_keys, Recipients};

use crate::{
	anchored::Shelf,
	chain::{
		submit::{Landed, Pending, Signer},
		types::RecordPublished,
		BlockHash, Chain,
	},
	error::Error,
};
use cti_envelope::{parse, Anchor, EpochSecret};
use cti_primitives::{Epoch, GroupId, Hash, MemberId, RecordId, TechniqueId, Tlp};
use futures::{stream::FuturesUnordered, StreamExt};
use std::{
	collections::{BTreeMap, HashMap},
	future::Future,
	pin::Pin,
	sync::Arc,
};
use subxt::{
	dynamic::tx,
	ext::scale_encode::{EncodeAsFields, EncodeAsType},
	tx::DynamicPayload,
	utils::Static,
};
use subxt_signer::sr25519::Keypair;

/// Transactions of one account that are under way at the same time. The pool takes 64.
const WINDOW: usize = 32;

/// What the call `publish` says in public.
#[derive(EncodeAsType)]
#[encode_as_type(crate_path = "subxt::ext::scale_encode")]
struct Draft {
	techniques: Vec<Static<TechniqueId>>,
	disclose_techniques: bool,
	valid_until: Option<u64>,
	group_proofs: Vec<[u8; 64]>,
}

/// The secret of a hidden group's newest epoch: with it, somebody who is in the group signs what it publishes to it.
pub struct GroupSigner {
	/// The group, and the epoch.
	pub place: (GroupId, Epoch),
	/// The epoch's secret.
	pub secret: Arc<EpochSecret>,
}

/// What all envelopes of one publication have in common.
pub struct Publication<'a> {
	/// The chain.
	pub chain: &'a Chain,
	/// The account that signs.
	pub account: &'a Keypair,
	/// The member it acts for.
	pub author: MemberId,
	/// To whom.
	pub recipients: &'a Recipients,
	/// The author's flag that techniques of AMBER may be public.
	pub disclose: bool,
	/// Unix seconds after which the content is no longer valid.
	pub valid_until: Option<u64>,
	/// Tip, where fees are paid.
	pub tip: u128,
	/// For the hidden groups among the recipients, in their order.
	pub signers: &'a [GroupSigner],
	/// Where envelopes are put, if not into blocks.
	pub shelf: Option<&'a Shelf>,
}

/// A registered envelope.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Registered {
	/// Its place among the envelopes.
	pub envelope: usize,
	/// Its number.
	pub record: RecordId,
	/// Its id.
	pub id: Hash,
	/// Its marking.
	pub tlp: Tlp,
	/// How many objects are in it.
	pub objects: usize,
	/// Its bytes.
	pub bytes: usize,
}

/// What was registered, and what ended it early, if anything did.
pub struct Published {
	/// In the order of the envelopes.
	pub registered: Vec<Registered>,
	/// Why some are missing.
	pub failure: Option<Error>,
}

type Landing<'a> = Pin<Box<dyn Future<Output = (usize, Result<Landed, Error>)> + 'a>>;

impl Publication<'_> {
	/// Seals and registers all envelopes, several at a time.
	pub async fn publish(&self, envelopes: &[Envelope]) -> Published {
		let mut done = Registry {
			publication: self,
			envelopes,
			ids: HashMap::new(),
			blocks: HashMap::new(),
			found: BTreeMap::new(),
		};
		let failure = self.run(envelopes, &mut done).await.err();
		// Once one is handed to the node, a lost connection says nothing of it.
		let failure = failure.map(|error| match done.ids.is_empty() {
			true => error,
			false => error.under_way("ThreatRegistry.publish"),
		});
		Published { registered: done.found.into_values().collect(), failure }
	}

	async fn run(&self, envelopes: &[Envelope], done: &mut Registry<'_>) -> Result<(), Error> {
		let mut signer = self.chain.signer(self.account, self.tip).await?;
		let mut landing: FuturesUnordered<Landing> = FuturesUnordered::new();
		let mut failure = None;
		for (index, envelope) in envelopes.iter().enumerate() {
			match self.hand_over(&mut signer, index, envelope, done).await {
				Ok(pending) => landing.push(self.land(index, pending)),
				Err(error) => {
					failure = Some(error);
					break;
				}
			}
			if landing.len() >= WINDOW {
				let landed = landing.next().await;
				failure = done.note(landed).await.err();
			}
			if failure.is_some() {
				break;
			}
		}
		while let Some(landed) = landing.next().await {
			let noted = done.note(Some(landed)).await;
			failure = failure.or(noted.err());
		}
		failure.map_or(Ok(()), Err)
	}

	/// Seals one and hands it to the node.
	async fn hand_over(
		&self,
		signer: &mut Signer<'_>,
		index: usize,
		envelope: &Envelope,
		done: &mut Registry<'_>,
	) -> Result<Pending, Error> {
		if index > 0 && index.is_multiple_of(WINDOW) {
			signer.refresh().await?;
			self.look_again().await?;
		}
		let sealed = self.seal(envelope)?;
		let known = (sealed.id, sealed.payload.len());
		let Some(shelf) = self.shelf else {
			done.ids.insert(index, known);
			return signer.submit(&sealed.publish()).await;
		};
		let (anchor, location) = shelf.put(&sealed.payload).await?;
		// That may have taken longer than a transaction lives, or than a group's key.
		signer.refresh().await?;
		self.look_again().await?;
		done.ids.insert(index, known);
		signer.submit(&sealed.anchor(anchor, location)).await
	}

	/// At a foreign node, which may say that all goes well while the groups have other keys by now.
	async fn look_again(&self) -> Result<(), Error> {
		match self.chain.is_own() {
			true => Ok(()),
			false => self.recipients.require_current(&self.chain.sealing_head().await?).await,
		}
	}

	fn land(&self, index: usize, pending: Pending) -> Landing<'_> {
		Box::pin(async move { (index, self.chain.landed(pending).await) })
	}

	/// Seals one envelope.
	pub fn seal(&self, envelope: &Envelope) -> Result<Sealed, Error> {
		let payload = self.recipients.seal(self.chain.genesis(), self.author, envelope.tlp, &envelope.objects)?;
		let id = parse(&payload).map_err(|e| Error::Internal(format!("sealing: {e}")))?.id();
		Ok(Sealed { draft: self.draft(envelope, &id), payload, id })
	}

	fn draft(&self, envelope: &Envelope, id: &Hash) -> Draft {
		let genesis = self.chain.genesis();
		let proof = |signer: &GroupSigner| signer.secret.sign_publication(&genesis, signer.place, self.author, id);
		Draft {
			techniques: envelope.techniques.iter().copied().map(Static).collect(),
			disclose_techniques: self.disclose,
			valid_until: self.valid_until,
			group_proofs: self.signers.iter().map(proof).collect(),
		}
	}
}

/// A sealed envelope that waits to be registered.
pub struct Sealed {
	draft: Draft,
	/// The envelope.
	pub payload: Vec<u8>,
	/// Its id.
	pub id: Hash,
}

impl Sealed {
	/// The call that publishes it in a block.
	pub fn publish(self) -> DynamicPayload<impl EncodeAsFields> {
		tx("ThreatRegistry", "publish", (self.draft, Static(self.payload)))
	}

	/// The call that registers it where it lies.
	pub fn anchor(self, anchor: Anchor, location: String) -> DynamicPayload<impl EncodeAsFields> {
		let arguments = (self.draft, Static(anchor), Static(location.into_bytes()), Static(None::<u32>));
		tx("ThreatRegistry", "anchor", arguments)
	}
}

/// Finds the records of envelopes in the blocks they landed in.
struct Registry<'a> {
	publication: &'a Publication<'a>,
	envelopes: &'a [Envelope],
	ids: HashMap<usize, (Hash, usize)>,
	blocks: HashMap<BlockHash, Vec<(Hash, RecordId)>>,
	found: BTreeMap<usize, Registered>,
}

impl Registry<'_> {
	async fn note(&mut self, landed: Option<(usize, Result<Landed, Error>)>) -> Result<(), Error> {
		let Some((index, landed)) = landed else { return Ok(()) };
		let landed = landed?;
		let block = landed.block();
		if !self.blocks.contains_key(&block) {
			let records = records_around(self.publication.chain, &landed).await?;
			self.blocks.insert(block, records);
		}
		let Some((id, bytes)) = self.ids.get(&index).copied() else { return Ok(()) };
		let record = self.blocks.get(&block).into_iter().flatten().find(|(found, _)| *found == id);
		let Some((_, record)) = record.copied() else {
			self.publication.chain.succeeded(landed).await?;
			return Err(Error::node("publishing", "the chain took the call and registered no record"));
		};
		let envelope = &self.envelopes[index];
		let registered =
			Registered { envelope: index, record, id, tlp: envelope.tlp, objects: envelope.objects.len(), bytes };
		self.found.insert(index, registered);
		Ok(())
	}
}

/// Ids and records that the block of a transaction registered.
async fn records_around(chain: &Chain, landed: &Landed) -> Result<Vec<(Hash, RecordId)>, Error> {
	let mut records = Vec::new();
	for event in chain.events_around(landed).await?.iter() {
		let event = event.map_err(|e| Error::node("reading events", e))?;
		if (event.pallet_name(), event.event_name()) == ("ThreatRegistry", "RecordPublished") {
			let published: RecordPublished =
				event.decode_fields_unchecked_as().map_err(|e| Error::node("reading events", e))?;
			records.push((published.id, *published.record));
		}
	}
	Ok(records)
}
