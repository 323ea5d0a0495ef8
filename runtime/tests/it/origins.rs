//! Every call of Testudo's pallets against every origin: who may make it comes from this table, and the calls from the
//! metadata, so that a new one cannot be forgotten.

use crate::{
	chain::{account, genesis_state},
	frozen::{calls, metadata},
};
use codec::{Decode, Encode};
use frame_metadata::v15::RuntimeMetadataV15;
use polkadot_sdk::{
	frame_support::traits::UnfilteredDispatchable,
	frame_system::RawOrigin,
	sp_runtime::{DispatchError, ModuleError},
};
use scale_info::{form::PortableForm, PortableRegistry, TypeDef, TypeDefPrimitive};
use testudo_runtime::{genesis, RuntimeCall, RuntimeOrigin};

/// Who signs, or what else.
const ORIGINS: [&str; 8] =
	["none", "root", "vote", "outsider", "//Alice", "//Alice//analyst", "//Alice//feed", "//Alice//auditor"];

/// For each call those of [`ORIGINS`] that get past the question who asks.
const PERMITTED: &[(&str, &str, &[&str])] = &[
	("Membership", "admit", &["vote"]),
	("Membership", "suspend", &["vote"]),
	("Membership", "reinstate", &["vote"]),
	("Membership", "expel", &["vote"]),
	("Membership", "leave", &["//Alice"]),
	("Membership", "add_delegate", &["//Alice"]),
	("Membership", "remove_delegate", &["//Alice"]),
	("Membership", "set_encryption_key", &["//Alice", "//Alice//analyst"]),
	("Membership", "create_group", &["//Alice"]),
	("Membership", "set_group_policy", &["vote"]),
	("Membership", "add_to_group", &["//Alice"]),
	("Membership", "remove_from_group", &["//Alice"]),
	("Membership", "rekey", &["//Alice", "//Alice//analyst"]),
	("Membership", "welcome", &["//Alice", "//Alice//analyst"]),
	("Membership", "report_bad_wrap", &["//Alice", "//Alice//analyst"]),
	("Membership", "set_group_owner", &["vote"]),
	("Membership", "set_deputies", &["//Alice"]),
	("Membership", "replace_controller", &["vote"]),
	("Membership", "enact", &["vote"]),
	("Membership", "bond_collator", &["//Alice"]),
	("Membership", "unbond_collator", &["//Alice"]),
	("AttckTaxonomy", "authorize_import", &["vote"]),
	("AttckTaxonomy", "import_page", &["//Alice", "//Alice//analyst", "//Alice//feed"]),
	("AttckTaxonomy", "abort_import", &["vote"]),
	("ThreatRegistry", "publish", &["//Alice", "//Alice//analyst"]),
	("ThreatRegistry", "revise", &["//Alice", "//Alice//analyst"]),
	("ThreatRegistry", "withdraw", &["//Alice", "//Alice//analyst"]),
	("ThreatRegistry", "sight", &["//Alice", "//Alice//analyst"]),
	("ThreatRegistry", "extend", &["//Alice", "//Alice//analyst"]),
	("ThreatRegistry", "grant", &["//Alice", "//Alice//analyst"]),
	("ThreatRegistry", "request_access", &["//Alice", "//Alice//analyst"]),
	("ThreatRegistry", "decline", &["//Alice", "//Alice//analyst"]),
	("ThreatRegistry", "acknowledge", &["//Alice", "//Alice//analyst"]),
	("Reputation", "set_parameters", &["vote"]),
	("StixFeeds", "register_feed", &["//Alice"]),
	("StixFeeds", "update_feed", &["//Alice"]),
	("StixFeeds", "remove_feed", &["//Alice"]),
	("StixFeeds", "publish_page", &["//Alice", "//Alice//feed"]),
];

/// Refusals of who asks, whatever is asked for.
const WHO: [&str; 13] = [
	"NotMember",
	"NotAMember",
	"NotTheController",
	"WrongRole",
	"RoleMayNotPublish",
	"RoleMayNotSight",
	"RoleMayNotFeed",
	"NotTheOwner",
	"NotOwner",
	"NotDeputy",
	"NotInGroup",
	"NotActive",
	"NotAuthorized",
];

fn origin(name: &str) -> RuntimeOrigin {
	match name {
		"none" => RawOrigin::None.into(),
		"root" => RawOrigin::Root.into(),
		"vote" => {
			polkadot_sdk::pallet_collective::RawOrigin::<_, polkadot_sdk::pallet_collective::Instance1>::Members(3, 4)
				.into()
		}
		"outsider" => RawOrigin::Signed(account("//Ferdie")).into(),
		uri => RawOrigin::Signed(account(uri)).into(),
	}
}

/// The smallest value of a type: zeros, first variants, nothing in lists.
fn smallest(types: &PortableRegistry, id: u32, out: &mut Vec<u8>) {
	let zeros = |out: &mut Vec<u8>, count: usize| out.extend(std::iter::repeat_n(0, count));
	match &types.resolve(id).expect("the metadata is whole").type_def {
		TypeDef::Composite(composite) => composite.fields.iter().for_each(|field| smallest(types, field.ty.id, out)),
		TypeDef::Variant(variants) => {
			let first = variants.variants.iter().min_by_key(|variant| (variant.fields.len(), variant.index)).unwrap();
			out.push(first.index);
			first.fields.iter().for_each(|field| smallest(types, field.ty.id, out));
		}
		TypeDef::Sequence(_) | TypeDef::Compact(_) => out.push(0),
		TypeDef::Array(array) => (0..array.len).for_each(|_| smallest(types, array.type_param.id, out)),
		TypeDef::Tuple(tuple) => tuple.fields.iter().for_each(|field| smallest(types, field.id, out)),
		TypeDef::Primitive(primitive) => match primitive {
			TypeDefPrimitive::Bool | TypeDefPrimitive::U8 | TypeDefPrimitive::I8 | TypeDefPrimitive::Str => {
				zeros(out, 1)
			}
			TypeDefPrimitive::U16 | TypeDefPrimitive::I16 => zeros(out, 2),
			TypeDefPrimitive::U32 | TypeDefPrimitive::I32 | TypeDefPrimitive::Char => zeros(out, 4),
			TypeDefPrimitive::U64 | TypeDefPrimitive::I64 => zeros(out, 8),
			TypeDefPrimitive::U128 | TypeDefPrimitive::I128 => zeros(out, 16),
			TypeDefPrimitive::U256 | TypeDefPrimitive::I256 => zeros(out, 32),
		},
		TypeDef::BitSequence(_) => out.push(0),
	}
}

/// The call with the smallest arguments.
fn call(metadata: &RuntimeMetadataV15, pallet: &str, name: &str) -> RuntimeCall {
	let found = metadata.pallets.iter().find(|found| found.name == pallet).unwrap();
	let kind = metadata.types.resolve(found.calls.as_ref().unwrap().ty.id).unwrap();
	let TypeDef::Variant(variants) = &kind.type_def else { panic!("calls are variants") };
	let variant: &scale_info::Variant<PortableForm> =
		variants.variants.iter().find(|variant| variant.name == name).unwrap();
	let mut bytes = vec![found.index, variant.index];
	match name {
		// The smallest of all calls would be one inside another without end.
		"enact" => {
			bytes.extend(RuntimeCall::System(polkadot_sdk::frame_system::Call::remark { remark: vec![] }).encode())
		}
		_ => variant.fields.iter().for_each(|field| smallest(&metadata.types, field.ty.id, &mut bytes)),
	}
	RuntimeCall::decode(&mut &bytes[..]).unwrap_or_else(|e| panic!("{pallet}.{name}: {e}"))
}

/// Was it refused because of who asks?
fn is_refused(result: Result<(), DispatchError>) -> bool {
	match result {
		Err(DispatchError::BadOrigin) => true,
		Err(DispatchError::Module(ModuleError { message: Some(message), .. })) => WHO.contains(&message),
		_ => false,
	}
}

#[test]
fn every_call_should_be_made_by_those_who_may_and_by_nobody_else() {
	let metadata = metadata();
	for (pallet, name, permitted) in PERMITTED {
		let call = call(&metadata, pallet, name);
		for who in ORIGINS {
			let result = genesis_state(genesis::DEVELOPMENT).execute_with(|| {
				testudo_runtime::System::set_extrinsic_index(0);
				call.clone().dispatch_bypass_filter(origin(who)).map(|_| ()).map_err(|refusal| refusal.error)
			});
			assert_eq!(!is_refused(result), permitted.contains(&who), "{pallet}.{name} by {who}: {result:?}");
		}
	}
}

#[test]
fn table_should_name_every_call_there_is() {
	let metadata = metadata();
	for pallet in ["Membership", "AttckTaxonomy", "ThreatRegistry", "Reputation", "StixFeeds"] {
		let there: Vec<String> = calls(&metadata, pallet).into_iter().map(|(_, name)| name).collect();
		let named: Vec<&str> = PERMITTED.iter().filter(|row| row.0 == pallet).map(|row| row.1).collect();
		assert_eq!(there, named, "{pallet}");
	}
}
