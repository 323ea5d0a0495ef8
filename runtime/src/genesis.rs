//! How a chain begins: the presets a chain specification names.

use crate::{
	AccountId, AttckTaxonomyConfig, Balance, BalancesConfig, MembershipConfig, ParachainInfoConfig,
	RuntimeGenesisConfig, SessionConfig, SessionKeys, StixFeedsConfig, UNIT,
};
use alloc::{
	format,
	string::{String, ToString},
	vec,
	vec::Vec,
};
use cti_envelope::development;
use cti_primitives::{Epoch, GroupId, MemberId, Rhythm, Role, Tlp};
pub use pallet_cti_membership::{GenesisKey, GenesisMember};
use polkadot_sdk::{
	frame_support::build_struct_json_patch,
	sp_consensus_aura::sr25519::AuthorityId as AuraId,
	sp_core::{sr25519, Pair},
	sp_genesis_builder::{self, PresetId},
};
use serde_json::Value;

/// One machine, four member organisations on well-known keys.
pub const DEVELOPMENT: &str = sp_genesis_builder::DEV_RUNTIME_PRESET;
/// Several machines under a private relay chain, the same organisations.
pub const LOCAL_TESTNET: &str = sp_genesis_builder::LOCAL_TESTNET_RUNTIME_PRESET;

/// The parachain's id on the development relay chain.
const PARA_ID: u32 = 2_000;
/// What a controller has to vote and to pay with.
const ENDOWMENT: Balance = 1_000_000 * UNIT;

/// A bank, a CERT, an ISAC and an energy company: the name of each one's keys, and its own.
const ORGANISATIONS: [(&str, &str); 4] =
	[("Alice", "Aldgate Bank"), ("Bob", "Borealis CERT"), ("Charlie", "Cobalt ISAC"), ("Dave", "Dynamo Energy")];

fn public(uri: &str) -> sr25519::Public {
	sr25519::Pair::from_string(uri, None).expect("a development key's path is well formed; qed").public()
}

fn account(uri: &str) -> AccountId {
	public(uri).0.into()
}

fn delegates(key: &str) -> Vec<(AccountId, Role)> {
	[("analyst", Role::Analyst), ("feed", Role::Feed), ("auditor", Role::Auditor)]
		.into_iter()
		.map(|(name, role)| (account(&format!("//{key}//{name}")), role))
		.collect()
}

/// The members, of which those run collators.
fn members(collators: &[&str]) -> Vec<GenesisMember<AccountId>> {
	ORGANISATIONS
		.into_iter()
		.map(|(key, name)| GenesisMember {
			controller: account(&format!("//{key}")),
			name: name.to_string(),
			encryption_key: development::member_seed(&key.to_lowercase()).public_key().to_vec(),
			delegates: delegates(key),
			collates: collators.contains(&format!("//{key}").as_str()),
		})
		.collect()
}

fn consortium_key() -> GenesisKey {
	let secret = development::epoch_secret();
	let (group, epoch) = (GroupId(0), Epoch(0));
	// At epoch 0 the derivation takes no genesis hash: the state that holds the key cannot contain its own.
	let genesis = Default::default();
	GenesisKey {
		public_key: secret.kem_seed(&genesis, group, epoch).public_key().to_vec(),
		auth: secret.auth_public(&genesis, group, epoch).to_vec(),
	}
}

/// How a consortium begins.
pub struct Beginning {
	/// The parachain's id at its relay chain.
	pub para_id: u32,
	/// The first members, in order of their numbers.
	pub members: Vec<GenesisMember<AccountId>>,
	/// The accounts of those that run collators, each with the key that signs its blocks.
	pub collators: Vec<(AccountId, sr25519::Public)>,
	/// Accounts that pay fees, beside the members' controllers.
	pub funded: Vec<AccountId>,
	/// The key of the group of all; without it that waits for its first rekey.
	pub consortium_key: Option<GenesisKey>,
	/// Owner, name, group, ceiling and default marking of the first feeds.
	pub feeds: Vec<(MemberId, String, GroupId, Tlp, Option<Tlp>)>,
	/// How fast the chain goes.
	pub rhythm: Rhythm,
}

impl Beginning {
	/// As a patch of the runtime's genesis configuration, in JSON.
	pub fn patch(self) -> Value {
		let controllers: Vec<AccountId> = self.members.iter().map(|member| member.controller.clone()).collect();
		let pot = pallet_cti_membership::Pallet::<crate::Runtime>::pot();
		let funded = controllers.into_iter().chain(self.funded).chain([pot]);
		let keys = |(account, key): (AccountId, sr25519::Public)| {
			(account.clone(), account, SessionKeys { aura: AuraId::from(key) })
		};
		build_struct_json_patch!(RuntimeGenesisConfig {
			balances: BalancesConfig { balances: funded.map(|account| (account, ENDOWMENT)).collect::<Vec<_>>() },
			parachain_info: ParachainInfoConfig { parachain_id: self.para_id.into() },
			session: SessionConfig { keys: self.collators.into_iter().map(keys).collect::<Vec<_>>() },
			membership: MembershipConfig {
				members: self.members,
				consortium_key: self.consortium_key,
				rhythm: self.rhythm,
			},
			attck_taxonomy: AttckTaxonomyConfig { official_catalogue: true },
			stix_feeds: StixFeedsConfig { feeds: self.feeds },
		})
	}
}

/// The four organisations, with the given ones as collators.
fn consortium(collators: &[&str], rhythm: Rhythm) -> Value {
	let delegates = |(key, _): &(&str, &str)| [format!("//{key}//analyst"), format!("//{key}//feed")];
	Beginning {
		para_id: PARA_ID,
		members: members(collators),
		collators: collators.iter().map(|uri| (account(uri), public(uri))).collect(),
		funded: ORGANISATIONS.iter().flat_map(delegates).map(|uri| account(&uri)).collect(),
		consortium_key: Some(consortium_key()),
		feeds: vec![(MemberId(0), "apt-reports".to_string(), GroupId(0), Tlp::Amber, None)],
		rhythm,
	}
	.patch()
}

/// The preset of a name.
pub fn preset(id: &PresetId) -> Option<Vec<u8>> {
	let patch = match id.as_ref() {
		DEVELOPMENT => consortium(&["//Alice"], Rhythm::default()),
		// Who tries collators out does not wait six hours for the next ones: sessions of a minute.
		LOCAL_TESTNET => consortium(&["//Alice", "//Bob"], Rhythm { session_slots: 10, ..Default::default() }),
		_ => return None,
	};
	Some(patch.to_string().into_bytes())
}

/// The presets there are.
pub fn preset_names() -> Vec<PresetId> {
	vec![PresetId::from(DEVELOPMENT), PresetId::from(LOCAL_TESTNET)]
}
