//! Signing, submitting and waiting.

use super::{
	config::{parameters, MetadataHash},
	refusal, rpc, AtBlock, BlockHash, BlockRef, Chain, Config,
};
use crate::error::Error;
use cti_primitives::Hash;
use subxt::{
	client::OnlineClientAtBlockImpl,
	config::DefaultExtrinsicParamsBuilder,
	error::DispatchError,
	events::{Event, Phase},
	ext::{scale_decode::DecodeAsFields, scale_encode::EncodeAsFields, scale_value},
	rpcs::rpc_params,
	tx::{DynamicPayload, TransactionProgress, TransactionStatus},
	utils::AccountId32,
};
use subxt_signer::sr25519::Keypair;

/// How many blocks a transaction stays valid: two minutes at least, however many blocks a slot has.
const MORTALITY: u64 = 256;
/// How many blocks the pool of a node may be behind what the node tells.
const POOL_LAG: u32 = 4;

/// An account whose transactions follow one another without waiting for blocks.
pub struct Signer<'a> {
	chain: &'a Chain,
	at: AtBlock,
	birth: BlockRef,
	account: &'a Keypair,
	nonce: u64,
	tip: u128,
	metadata: MetadataHash,
}

/// A transaction under way.
pub struct Pending {
	call: String,
	progress: TransactionProgress<Config, OnlineClientAtBlockImpl<Config>>,
}

/// A transaction in a finalised block. Whether its call succeeded is not known yet.
pub struct Landed {
	call: String,
	block: BlockHash,
	hash: Hash,
}

/// The events of one successful transaction.
pub struct Events {
	block: subxt::events::Events<Config>,
	extrinsic: u32,
}

impl Chain {
	/// Prepares to sign for `account`; its transactions pay `tip` beside the fee, where they pay one.
	pub async fn signer<'a>(&'a self, account: &'a Keypair, tip: u128) -> Result<Signer<'a>, Error> {
		let (at, birth) = self.newest().await?;
		let id: AccountId32 = account.public_key().to_account_id();
		// The pool's answer counts what is under way already; the state's would not.
		let nonce = self.rpc.request("system_accountNextIndex", rpc_params![id]).await;
		let nonce = nonce.map_err(|e| rpc::rpc_failed(&self.url, "system_accountNextIndex", e))?;
		let metadata = self.metadata_hash().await?;
		Ok(Signer { chain: self, at, birth, account, nonce, tip, metadata })
	}

	/// The newest block to sign at, and one somewhat older from which on transactions are valid: the node's pool learns of a
	/// block after the node has told of it, and takes a transaction born later for one of the past.
	async fn newest(&self) -> Result<(AtBlock, BlockRef), Error> {
		let at = self.client.at_current_block().await.map_err(|e| self.failed("reading the newest block", e))?;
		let newest = u32::try_from(at.block_number()).map_err(|e| Error::node("reading the newest block", e))?;
		let number = newest.saturating_sub(POOL_LAG);
		let hash = self.block_hash(number).await?;
		let hash = hash.ok_or_else(|| Error::node("signing", format!("the node has no block {number}")))?;
		Ok((at, BlockRef { number, hash }))
	}

	/// The bytes of a call of this chain.
	pub async fn encoded_call(&self, call: &subxt::dynamic::Value) -> Result<Vec<u8>, Error> {
		let view = self.head().await?;
		let metadata = view.at().metadata_ref();
		let mut bytes = Vec::new();
		let kind = metadata.outer_enums().call_enum_ty();
		let encoded = scale_value::scale::encode_as_type(call, kind, metadata.types(), &mut bytes);
		encoded.map_err(|e| Error::node("encoding the call for this chain", e))?;
		Ok(bytes)
	}

	/// Signs and submits one call and waits until it succeeded in a finalised block.
	pub async fn execute<D: EncodeAsFields>(
		&self,
		account: &Keypair,
		call: DynamicPayload<D>,
	) -> Result<Events, Error> {
		let pending = self.signer(account, 0).await?.submit(&call).await?;
		let call = pending.call.clone();
		let succeeded = async { self.succeeded(self.landed(pending).await?).await };
		succeeded.await.map_err(|e| e.under_way(&call))
	}

	/// Hands a signed transaction to the node, and does not wait for more than that its pool takes it.
	pub async fn hand_over(&self, signed: &[u8]) -> Result<(), Error> {
		const METHOD: &str = "author_submitExtrinsic";
		let bytes = format!("0x{}", hex::encode(signed));
		let answer: Result<String, _> = self.rpc.request(METHOD, rpc_params![bytes]).await;
		answer.map(drop).map_err(|e| rpc::rpc_failed(&self.url, METHOD, e))
	}

	/// Waits until the transaction is in a finalised block.
	pub async fn landed(&self, mut pending: Pending) -> Result<Landed, Error> {
		let call = pending.call;
		while let Some(status) = pending.progress.next().await {
			match status.map_err(|e| self.failed(format!("waiting for {call}"), e))? {
				TransactionStatus::InFinalizedBlock(found) => {
					let (block, hash) = (found.block_hash(), found.extrinsic_hash().0);
					return Ok(Landed { call, block, hash });
				}
				TransactionStatus::Error { message }
				| TransactionStatus::Invalid { message }
				| TransactionStatus::Dropped { message } => return Err(refusal::dropped(&call, &message)),
				TransactionStatus::Validated
				| TransactionStatus::Broadcasted
				| TransactionStatus::NoLongerInBestBlock
				| TransactionStatus::InBestBlock(_) => {}
			}
		}
		Err(Error::Unreachable {
			url: self.url().into(),
			reason: format!("the connection ended while {call} was under way"),
		})
	}

	/// All events of the block that a transaction is in.
	pub async fn events_around(&self, landed: &Landed) -> Result<subxt::events::Events<Config>, Error> {
		let at = self.client.at_block(landed.block).await.map_err(|e| self.failed("reading a finalised block", e))?;
		at.events().fetch().await.map_err(|e| self.failed("reading the events of a finalised block", e))
	}

	/// The events of a transaction whose call succeeded; the refusal of one whose call did not.
	pub async fn succeeded(&self, landed: Landed) -> Result<Events, Error> {
		let extrinsic = self.body(landed.block).await?.find(&landed.hash)?;
		let at = self.client.at_block(landed.block).await.map_err(|e| self.failed("reading a finalised block", e))?;
		let block = at.events().fetch().await;
		let block = block.map_err(|e| self.failed("reading the events of a finalised block", e))?;
		let events = Events { block, extrinsic };
		let unreadable = |e: String| Error::node(format!("reading why {} failed", landed.call), e);
		for event in events.of_extrinsic() {
			let event = event?;
			if (event.pallet_name(), event.event_name()) == ("System", "ExtrinsicFailed") {
				let error = DispatchError::decode_from(event.field_bytes(), at.metadata());
				return Err(refusal::dispatched(&landed.call, &error.map_err(|e| unreadable(e.to_string()))?));
			}
		}
		Ok(events)
	}
}

impl Landed {
	/// The block it is in.
	pub fn block(&self) -> BlockHash {
		self.block
	}
}

impl Events {
	fn of_extrinsic(&self) -> impl Iterator<Item = Result<Event<'_, Config>, Error>> {
		let events = self.block.iter().map(|event| event.map_err(|e| Error::node("reading events", e)));
		events.filter(|event| match event {
			Ok(event) => event.phase() == Phase::ApplyExtrinsic(self.extrinsic),
			Err(_) => true,
		})
	}

	/// Is there an event of that name?
	pub fn has(&self, pallet: &str, name: &str) -> Result<bool, Error> {
		for event in self.of_extrinsic() {
			let event = event?;
			if (event.pallet_name(), event.event_name()) == (pallet, name) {
				return Ok(true);
			}
		}
		Ok(false)
	}

	/// The first event of that name, decoded.
	pub fn first<E: DecodeAsFields>(&self, pallet: &str, name: &str) -> Result<Option<E>, Error> {
		for event in self.of_extrinsic() {
			let event = event?;
			if (event.pallet_name(), event.event_name()) == (pallet, name) {
				let decoded = event.decode_fields_unchecked_as();
				return decoded.map(Some).map_err(|e| Error::node(format!("reading the event {pallet}.{name}"), e));
			}
		}
		Ok(None)
	}
}

/// A call with its signature.
type Signed = subxt::tx::SubmittableTransaction<Config, OnlineClientAtBlockImpl<Config>>;

impl Signer<'_> {
	/// Signs the call with the next nonce and hands it to the node.
	pub async fn submit<D: EncodeAsFields>(&mut self, call: &DynamicPayload<D>) -> Result<Pending, Error> {
		let (name, signed) = self.signed(call)?;
		let progress = signed.submit_and_watch().await.map_err(|e| refusal::pooled(self.chain.url(), &name, e))?;
		self.nonce += 1;
		Ok(Pending { call: name, progress })
	}

	/// Signs the call with the next nonce, for [`Chain::hand_over`]; its bytes.
	pub fn sign<D: EncodeAsFields>(&mut self, call: &DynamicPayload<D>) -> Result<Vec<u8>, Error> {
		let (_, signed) = self.signed(call)?;
		self.nonce += 1;
		Ok(signed.encoded().to_vec())
	}

	fn signed<D: EncodeAsFields>(&self, call: &DynamicPayload<D>) -> Result<(String, Signed), Error> {
		let name = format!("{}.{}", call.pallet_name(), call.call_name());
		let usual = DefaultExtrinsicParamsBuilder::<Config>::new()
			.nonce(self.nonce)
			.tip(self.tip)
			.mortal_from_unchecked(MORTALITY, u64::from(self.birth.number), self.birth.hash);
		let parameters = parameters(usual, self.metadata);
		let encoding = |e| Error::node(format!("encoding {name} for this chain"), e);
		let mut transaction = self.at.tx().create_signable_offline(call, parameters).map_err(encoding)?;
		let signed = transaction.sign(self.account).map_err(encoding)?;
		Ok((name, signed))
	}

	/// Moves to the newest block, so that transactions stay valid from now on.
	pub async fn refresh(&mut self) -> Result<(), Error> {
		(self.at, self.birth) = self.chain.newest().await?;
		Ok(())
	}
}
