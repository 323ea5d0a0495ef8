//! A development chain in memory.

use codec::Encode;
use cti_envelope::{Author, GroupRecipient, SealRequest};
use cti_primitives::{Epoch, GroupId, MemberId, TechniqueId, Tlp};
use pallet_cti_membership::SeatHolders;
use polkadot_sdk::{
	cumulus_client_parachain_inherent::MockValidationDataInherentDataProvider,
	cumulus_primitives_core::relay_chain::HeadData,
	frame_metadata_hash_extension::CheckMetadataHash,
	frame_support::{
		genesis_builder_helper::{build_state, get_preset},
		hypothetically,
		inherent::ProvideInherent,
	},
	frame_system,
	pallet_collective::{Instance1, Members as Collective},
	pallet_transaction_payment::ChargeTransactionPayment,
	sp_consensus_aura::AURA_ENGINE_ID,
	sp_core::{crypto::KeyTypeId, sr25519, Pair},
	sp_inherents::InherentDataProvider as _,
	sp_io::TestExternalities,
	sp_keystore::{testing::MemoryKeystore, Keystore, KeystoreExt},
	sp_runtime::{
		generic::Era,
		traits::Header as _,
		transaction_validity::{InvalidTransaction, TransactionSource, TransactionValidity, TransactionValidityError},
		ApplyExtrinsicResult, Digest, DigestItem, DispatchError,
	},
};
use serde_json::Value;
use testudo_runtime::{
	genesis, AccountId, Address, Balance, Executive, Header, Membership, Nonce, ParachainSystem, Runtime, RuntimeCall,
	RuntimeEvent, RuntimeGenesisConfig, Signature, SignedPayload, System, Timestamp, TxExtension, UncheckedExtrinsic,
	SLOT_DURATION,
};

/// What the chain's block 0 hashes to.
pub const GENESIS: [u8; 32] = [0x47; 32];
/// The slot of the block before the first: some day of the year 2026.
const FIRST_SLOT: u64 = 297_000_000;

/// Why a transaction came to nothing.
#[derive(Clone, PartialEq, Debug)]
pub enum Refusal {
	/// In the pool already: the code of `InvalidTransaction::Custom`.
	Code(u8),
	/// In the pool, by a rule of every chain.
	Invalid(TransactionValidityError),
	/// By the call: the error's name.
	Call(&'static str),
	/// By the call, with an error of no pallet.
	Other(DispatchError),
}

impl From<TransactionValidityError> for Refusal {
	fn from(error: TransactionValidityError) -> Self {
		match error {
			TransactionValidityError::Invalid(InvalidTransaction::Custom(code)) => Refusal::Code(code),
			error => Refusal::Invalid(error),
		}
	}
}

impl From<DispatchError> for Refusal {
	fn from(error: DispatchError) -> Self {
		match error {
			DispatchError::Module(module) => Refusal::Call(module.message.unwrap_or("?")),
			error => Refusal::Other(error),
		}
	}
}

/// The development chain, block by block.
pub struct Chain {
	state: TestExternalities,
	parent: Header,
	slot: u64,
}

fn merge(into: &mut Value, patch: Value) {
	match (into, patch) {
		(Value::Object(into), Value::Object(patch)) => {
			patch.into_iter().for_each(|(key, value)| merge(into.entry(key).or_insert(Value::Null), value))
		}
		(into, patch) => *into = patch,
	}
}

/// The state that a preset describes.
pub fn genesis_state(preset: &str) -> TestExternalities {
	let json = |bytes: Option<Vec<u8>>| serde_json::from_slice::<Value>(&bytes.expect("there is one")).unwrap();
	let mut config = json(get_preset::<RuntimeGenesisConfig>(&None, |_| None));
	merge(&mut config, json(genesis::preset(&preset.into())));
	let mut state = TestExternalities::default();
	state.execute_with(|| build_state::<RuntimeGenesisConfig>(config.to_string().into_bytes()).unwrap());
	state.commit_all().unwrap();
	state
}

impl Chain {
	/// Four member organisations, group 0 keyed, a feed registered; and a first block.
	pub fn new() -> Self {
		let parent = Header::new(0, Default::default(), Default::default(), Default::default(), Digest::default());
		let mut chain = Self { state: genesis_state(genesis::DEVELOPMENT), parent, slot: FIRST_SLOT };
		chain.block(vec![]);
		chain
	}

	/// Looks at the state after the newest block.
	pub fn read<T>(&mut self, look: impl FnOnce() -> T) -> T {
		self.state.execute_with(look)
	}

	/// Gives the node's keystore a key.
	pub fn keep_key(&mut self, kind: KeyTypeId, uri: &str) {
		let keystore = MemoryKeystore::new();
		keystore.sr25519_generate_new(kind, Some(uri)).unwrap();
		self.state.register_extension(KeystoreExt::new(keystore));
	}

	/// Lets so many seconds pass.
	pub fn wait(&mut self, seconds: u64) {
		self.slot += seconds * 1_000 / SLOT_DURATION;
		self.block(vec![]);
	}

	fn header(&self) -> Header {
		let parent = if *self.parent.number() == 0 { GENESIS.into() } else { self.parent.hash() };
		let slot = DigestItem::PreRuntime(AURA_ENGINE_ID, self.slot.encode());
		let digest = Digest { logs: vec![slot] };
		Header::new(self.parent.number() + 1, Default::default(), Default::default(), parent, digest)
	}

	fn inherents(&self) -> Vec<UncheckedExtrinsic> {
		let relay = MockValidationDataInherentDataProvider::<()> {
			current_para_block: self.parent.number() + 1,
			para_id: 2_000.into(),
			current_para_block_head: Some(HeadData(self.parent.encode())),
			relay_offset: self.slot as u32,
			para_blocks_per_relay_epoch: 10,
			..Default::default()
		};
		let mut data = polkadot_sdk::sp_inherents::InherentData::new();
		let time = polkadot_sdk::sp_timestamp::InherentDataProvider::new((self.slot * SLOT_DURATION).into());
		futures::executor::block_on(async {
			relay.provide_inherent_data(&mut data).await.unwrap();
			time.provide_inherent_data(&mut data).await.unwrap();
		});
		let calls: [RuntimeCall; 2] = [
			ParachainSystem::create_inherent(&data).unwrap().into(),
			Timestamp::create_inherent(&data).unwrap().into(),
		];
		calls.into_iter().map(UncheckedExtrinsic::new_bare).collect()
	}

	/// Makes a block of its own slot; what came of each extrinsic.
	pub fn block(&mut self, extrinsics: Vec<UncheckedExtrinsic>) -> Vec<ApplyExtrinsicResult> {
		self.slot += 1;
		let header = self.header();
		self.state.execute_with(|| Executive::initialize_block(&header));
		for inherent in self.inherents_in_state() {
			self.state.execute_with(|| Executive::apply_extrinsic(inherent)).unwrap().unwrap();
		}
		let applied = extrinsics
			.into_iter()
			.map(|extrinsic| self.state.execute_with(|| Executive::apply_extrinsic(extrinsic)))
			.collect();
		self.parent = self.state.execute_with(|| {
			assert_eq!(
				Collective::<Runtime, Instance1>::get(),
				SeatHolders::<Runtime>::get().into_inner(),
				"seats are members"
			);
			Executive::finalize_block()
		});
		self.state.commit_all().unwrap();
		applied
	}

	fn inherents_in_state(&mut self) -> Vec<UncheckedExtrinsic> {
		let mut state = std::mem::take(&mut self.state);
		let inherents = state.execute_with(|| self.inherents());
		self.state = state;
		inherents
	}

	/// What the pool says.
	pub fn validate(&mut self, extrinsic: &UncheckedExtrinsic) -> TransactionValidity {
		let (extrinsic, at) = (extrinsic.clone(), self.parent.hash());
		// A node's pool forgets what the runtime writes while it validates.
		self.state.execute_with(|| {
			hypothetically!(Executive::validate_transaction(TransactionSource::External, extrinsic, at))
		})
	}

	/// A call signed by a development key.
	pub fn sign(&mut self, uri: &str, call: impl Into<RuntimeCall>) -> UncheckedExtrinsic {
		self.sign_with(uri, call, 0, 0)
	}

	/// The same, so many nonces ahead and with a tip.
	pub fn sign_with(
		&mut self,
		uri: &str,
		call: impl Into<RuntimeCall>,
		ahead: Nonce,
		tip: Balance,
	) -> UncheckedExtrinsic {
		let pair = pair(uri);
		let (account, call) = (account(uri), call.into());
		self.state.execute_with(|| {
			let nonce = System::account_nonce(&account) + ahead;
			let payload = SignedPayload::new(call, extension(nonce, tip)).unwrap();
			let signature = payload.using_encoded(|bytes| pair.sign(bytes));
			let (call, extension, _) = payload.deconstruct();
			UncheckedExtrinsic::new_signed(call, Address::Id(account), Signature::from(signature), extension)
		})
	}

	/// Brings a signed call to the pool and into a block. What the pool refuses, a block refuses too.
	pub fn submit(&mut self, uri: &str, call: impl Into<RuntimeCall>) -> Result<(), Refusal> {
		let extrinsic = self.sign(uri, call);
		self.include(extrinsic)
	}

	/// Brings an extrinsic to the pool and into a block.
	pub fn include(&mut self, extrinsic: UncheckedExtrinsic) -> Result<(), Refusal> {
		let valid = self.validate(&extrinsic);
		let applied = self.block(vec![extrinsic]).remove(0);
		assert_eq!(valid.err(), applied.err(), "the pool and the block should agree");
		applied.map_err(Refusal::from)?.map_err(Refusal::from)
	}

	/// What the newest block's header says to nodes.
	pub fn digest(&self) -> &Digest {
		self.parent.digest()
	}

	/// The events of the newest block.
	pub fn events(&mut self) -> Vec<RuntimeEvent> {
		self.read(|| System::events().into_iter().map(|record| record.event).collect())
	}

	/// What an account has.
	pub fn balance(&mut self, uri: &str) -> Balance {
		self.read(|| System::account(account(uri)).data.free)
	}

	/// One object sealed by a member to a group's newest key, as of `epoch` or the newest.
	pub fn seal(&mut self, author: u32, group: u32, epoch: Option<u32>, object: &[u8]) -> Vec<u8> {
		let (group, newest) = (GroupId(group), self.read(|| Membership::group_key(GroupId(group))));
		let (found, key) = newest.expect("the group is keyed");
		let key: [u8; 1216] = key.try_into().unwrap();
		let epoch = epoch.map_or(found, Epoch);
		cti_envelope::seal(
			&SealRequest {
				genesis: GENESIS,
				author: Author::Member(MemberId(author)),
				tlp: Tlp::Green,
				groups: &[GroupRecipient { group, epoch, key: &key }],
				direct: &[],
				pad_direct: false,
				objects: &[object],
			},
			&[9; 32],
		)
		.unwrap()
	}
}

/// `T1059.001`
pub fn technique(id: &str) -> TechniqueId {
	id.parse().unwrap()
}

fn pair(uri: &str) -> sr25519::Pair {
	sr25519::Pair::from_string(uri, None).unwrap()
}

/// The account of a development key.
pub fn account(uri: &str) -> AccountId {
	pair(uri).public().0.into()
}

fn extension(nonce: Nonce, tip: Balance) -> TxExtension {
	let proofs = (
		frame_system::AuthorizeCall::new(),
		frame_system::CheckNonZeroSender::new(),
		frame_system::CheckSpecVersion::new(),
		frame_system::CheckTxVersion::new(),
		frame_system::CheckGenesis::new(),
		frame_system::CheckEra::from(Era::Immortal),
		pallet_cti_membership::CheckNonceWindow::from(frame_system::CheckNonce::<Runtime>::from(nonce)),
		frame_system::CheckWeight::new(),
		pallet_cti_membership::QuotaOrFee::from(ChargeTransactionPayment::from(tip)),
		CheckMetadataHash::new(false),
	);
	TxExtension::new(proofs.into())
}
