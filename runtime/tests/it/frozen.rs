//! What wallets, nodes and stored extrinsics rely on: indices, extensions, names, presets, room in a block.

use crate::chain::genesis_state;
use codec::MaxEncodedLen;
use cti_envelope::MAX_PAYLOAD;
use cti_primitives::catalogue::{CataloguePage, MAX_PAGE_TECHNIQUES};
use frame_metadata::{v15::RuntimeMetadataV15, RuntimeMetadata, RuntimeMetadataPrefixed};
use polkadot_sdk::frame_support::{traits::PalletsInfoAccess, weights::Weight};
use std::collections::BTreeMap;
use testudo_runtime::{genesis, AllPalletsWithSystem, Membership, Runtime, StixFeeds, MAXIMUM_CALL_WEIGHT, VERSION};

pub fn metadata() -> RuntimeMetadataV15 {
	let bytes = genesis_state(genesis::DEVELOPMENT).execute_with(|| Runtime::metadata_at_version(15));
	let bytes = bytes.expect("version 15 is served");
	let prefixed: RuntimeMetadataPrefixed = codec::Decode::decode(&mut &bytes[..]).unwrap();
	match prefixed.1 {
		RuntimeMetadata::V15(metadata) => metadata,
		other => panic!("version {}", other.version()),
	}
}

/// Names and indices of a pallet's calls.
pub fn calls(metadata: &RuntimeMetadataV15, pallet: &str) -> Vec<(u8, String)> {
	let pallet = metadata.pallets.iter().find(|found| found.name == pallet).expect("it is there");
	let ty = metadata.types.resolve(pallet.calls.as_ref().expect("it has calls").ty.id).unwrap();
	let scale_info::TypeDef::Variant(calls) = &ty.type_def else { panic!("calls are variants") };
	calls.variants.iter().map(|call| (call.index, call.name.to_string())).collect()
}

#[test]
fn pallets_should_keep_their_indices() {
	let found: BTreeMap<usize, &str> =
		AllPalletsWithSystem::infos().into_iter().map(|pallet| (pallet.index, pallet.name)).collect();
	let expected = [
		(0, "System"),
		(1, "ParachainSystem"),
		(2, "Timestamp"),
		(3, "ParachainInfo"),
		(4, "WeightReclaim"),
		(10, "Balances"),
		(11, "TransactionPayment"),
		(20, "Authorship"),
		(22, "Session"),
		(23, "Aura"),
		(24, "AuraExt"),
		(30, "Consortium"),
		(31, "Proxy"),
		(32, "Multisig"),
		(33, "Utility"),
		(34, "Migrations"),
		(50, "Membership"),
		(51, "AttckTaxonomy"),
		(52, "ThreatRegistry"),
		(53, "Reputation"),
		(54, "StixFeeds"),
	];
	assert_eq!(found, BTreeMap::from(expected));
}

#[test]
fn calls_should_keep_their_indices() {
	let metadata = metadata();
	let named = |names: &[(u8, &str)]| names.iter().map(|(index, name)| (*index, name.to_string())).collect::<Vec<_>>();
	let registry = [
		(0, "publish"),
		(1, "revise"),
		(2, "withdraw"),
		(3, "sight"),
		(4, "extend"),
		(5, "grant"),
		(6, "request_access"),
		(7, "decline"),
		(8, "acknowledge"),
		(9, "anchor"),
	];
	assert_eq!(calls(&metadata, "ThreatRegistry"), named(&registry));
	let feeds = [(0, "register_feed"), (1, "update_feed"), (2, "remove_feed"), (3, "publish_page")];
	assert_eq!(calls(&metadata, "StixFeeds"), named(&feeds));
	let reputation = [
		(0, "set_parameters"),
		(1, "give_verdict"),
		(2, "change_verdict"),
		(3, "report_malformed"),
		(4, "close"),
		(5, "reward"),
	];
	assert_eq!(calls(&metadata, "Reputation"), named(&reputation));
	let membership = calls(&metadata, "Membership");
	for expected in named(&[(0, "admit"), (12, "rekey"), (13, "welcome"), (18, "enact"), (20, "unbond_collator")]) {
		assert!(membership.contains(&expected), "{expected:?} in {membership:?}");
	}
}

#[test]
fn every_call_should_say_who_may_make_it_and_what_goes_wrong() {
	let metadata = metadata();
	for name in ["Membership", "AttckTaxonomy", "ThreatRegistry", "Reputation", "StixFeeds"] {
		let pallet = metadata.pallets.iter().find(|pallet| pallet.name == name).unwrap();
		let ty = metadata.types.resolve(pallet.calls.as_ref().unwrap().ty.id).unwrap();
		let scale_info::TypeDef::Variant(calls) = &ty.type_def else { panic!("calls are variants") };
		for call in &calls.variants {
			let docs = call.docs.join("\n");
			for heading in ["## Dispatch origin", "## Errors", "## Events"] {
				assert!(docs.contains(heading), "{name}.{} has no {heading}", call.name);
			}
		}
	}
}

#[test]
fn wallets_should_see_the_extensions_they_know() {
	let found: Vec<_> =
		metadata().extrinsic.signed_extensions.into_iter().map(|extension| extension.identifier).collect();
	let expected = [
		"AuthorizeCall",
		"CheckNonZeroSender",
		"CheckSpecVersion",
		"CheckTxVersion",
		"CheckGenesis",
		"CheckMortality",
		"CheckNonce",
		"CheckWeight",
		"ChargeTransactionPayment",
		"CheckMetadataHash",
		"DynamicMaxBlockWeight",
		"StorageWeightReclaim",
	];
	assert_eq!(found, expected);
}

#[test]
fn collators_node_should_find_what_it_asks_of_a_parachain() {
	let metadata = metadata();
	let apis: Vec<_> = metadata.apis.iter().map(|api| api.name.as_str()).collect();
	for api in [
		"Core",
		"Metadata",
		"BlockBuilder",
		"TaggedTransactionQueue",
		"OffchainWorkerApi",
		"AuraApi",
		"AuraUnincludedSegmentApi",
		"CollectCollationInfo",
		"GetParachainInfo",
		"RelayParentOffsetApi",
		"SessionKeys",
		"AccountNonceApi",
		"TransactionPaymentApi",
		"GenesisBuilder",
		"RuntimeViewFunction",
		"TargetBlockRate",
	] {
		assert!(apis.contains(&api), "{api} in {apis:?}");
	}
	assert_eq!((VERSION.spec_name.as_ref(), VERSION.system_version), ("testudo", 1));
}

#[test]
fn presets_should_begin_a_chain() {
	for preset in [genesis::DEVELOPMENT, genesis::LOCAL_TESTNET] {
		genesis_state(preset).execute_with(|| {
			let names = Membership::members().into_iter().map(|member| member.name);
			let names: Vec<_> = names.collect();
			assert_eq!(names, ["Aldgate Bank", "Borealis CERT", "Cobalt ISAC", "Dynamo Energy"]);
			assert!(Membership::group_key(cti_primitives::GroupId(0)).is_some());
			assert_eq!(StixFeeds::feeds().len(), 1);
		});
	}
}

/// What each call weighs at its dearest, with the bytes that it brings beside the weight's own.
fn dearest() -> Vec<(&'static str, Weight, usize)> {
	use pallet_attck_taxonomy::WeightInfo as _;
	use pallet_cti_membership::WeightInfo as _;
	use pallet_reputation::{WeightInfo as _, MAX_MEMBERS};
	use pallet_stix_feeds::WeightInfo as _;
	use pallet_threat_registry::WeightInfo as _;
	type Members = <Runtime as pallet_cti_membership::Config>::WeightInfo;
	type Taxonomy = <Runtime as pallet_attck_taxonomy::Config>::WeightInfo;
	type Registry = <Runtime as pallet_threat_registry::Config>::WeightInfo;
	type Standing = <Runtime as pallet_reputation::Config>::WeightInfo;
	type Feeds = <Runtime as pallet_stix_feeds::Config>::WeightInfo;
	let (payload, page) = (MAX_PAYLOAD as u32, CataloguePage::max_encoded_len());
	vec![
		("admit", Members::admit(), 1_400),
		("suspend", Members::suspend(), 100),
		("reinstate", Members::reinstate(), 100),
		("expel", Members::expel(), 100),
		("leave", Members::leave(), 100),
		("add_delegate", Members::add_delegate(), 100),
		("remove_delegate", Members::remove_delegate(), 100),
		("set_encryption_key", Members::set_encryption_key(), 1_400),
		("create_group", Members::create_group(), 200),
		("set_group_policy", Members::set_group_policy(), 100),
		("set_group_quality", Members::set_group_quality(), 16 * 9 * 65 + 100),
		("add_to_group", Members::add_to_group(), 100),
		("remove_from_group", Members::remove_from_group(), 100),
		("rekey", Members::rekey(256), 256 * 1_168 + 1_400),
		("welcome", Members::welcome(), 1_400),
		("report_bad_wrap", Members::report_bad_wrap(), 100),
		("set_group_owner", Members::set_group_owner(), 100),
		("set_deputies", Members::set_deputies(), 200),
		("replace_controller", Members::replace_controller(), 100),
		// Without the call that it enacts, which the motion's own weight counts.
		("enact", Members::enact(), 16_384),
		("bond_collator", Members::bond_collator(), 100),
		("unbond_collator", Members::unbond_collator(), 100),
		("set_rhythm", Members::set_rhythm(), 100),
		("authorize_import", Taxonomy::authorize_import(64), 2_200),
		("import_page", Taxonomy::import_last_page(MAX_PAGE_TECHNIQUES), page),
		("abort_import", Taxonomy::abort_import(), 100),
		("publish", Registry::publish(payload, 32, 4, 1), MAX_PAYLOAD),
		("revise", Registry::revise(payload, 32, 4, 1), MAX_PAYLOAD),
		("withdraw", Registry::withdraw(), 100),
		("sight", Registry::sight(), 200),
		("extend", Registry::extend(), 100),
		("grant", Registry::grant(16), 16 * 1_200),
		("request_access", Registry::request_access(), 100),
		("decline", Registry::decline(), 100),
		("acknowledge", Registry::acknowledge(), 100),
		("anchor", Registry::anchor(32, 4, 1), 1_500),
		("set_parameters", Standing::set_parameters(), 100),
		("give_verdict", Standing::give_verdict(MAX_MEMBERS), 200),
		("change_verdict", Standing::change_verdict(MAX_MEMBERS), 100),
		("report_malformed", Standing::report_malformed(MAX_MEMBERS), 100),
		("close", Standing::close(MAX_MEMBERS), 100),
		("reward", Standing::reward(MAX_MEMBERS), 100),
		("register_feed", Feeds::register_feed(), 200),
		("update_feed", Feeds::update_feed(), 200),
		("remove_feed", Feeds::remove_feed(), 100),
		("publish_page", Feeds::publish_page(payload, 32, 1), MAX_PAYLOAD + 100),
	]
}

#[test]
fn every_call_should_fit_a_twelfth_of_a_cores_block() {
	for (call, weight, length) in dearest() {
		let total = weight.saturating_add(Weight::from_parts(0, length as u64));
		assert!(total.all_lte(MAXIMUM_CALL_WEIGHT), "{call} takes {total:?} of {MAXIMUM_CALL_WEIGHT:?}");
	}
	let metadata = metadata();
	let all = ["Membership", "AttckTaxonomy", "ThreatRegistry", "Reputation", "StixFeeds"];
	let there: usize = all.iter().map(|pallet| calls(&metadata, pallet).len()).sum();
	assert_eq!(dearest().len(), there, "a call is missing above");
}

#[test]
fn runtime_should_be_small_enough_to_upgrade() {
	let blob = testudo_runtime::WASM_BINARY.expect("the tests are built with the blob");
	assert!(blob.len() < 2_621_440, "{} bytes", blob.len());
}
