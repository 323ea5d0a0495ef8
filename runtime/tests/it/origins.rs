//! Every call of Testudo's pallets against every origin: who may make it comes from this table, and the calls from the
//! metadata, so that a new one cannot be forgotten.

use crate::{
	chain::{account, genesis_state},
	feeds::position,
	frozen::{calls, metadata},
	invariants,
	publishing::{draft, publish},
};
use codec::{Decode, Encode};
use cti_envelope::{development, Author, GroupRecipient, SealRequest};
use cti_primitives::{
	record::{Sighting, SightingKind},
	Epoch, FeedId, GroupId, MemberId, RecordId, Tlp, WRAP_LEN,
};
use frame_metadata::v15::RuntimeMetadataV15;
use pallet_stix_feeds::Call as Feeds;
use pallet_threat_registry::{Call as Registry, Grant, Recipient};
use polkadot_sdk::{
	frame_support::{hypothetically, traits::UnfilteredDispatchable},
	frame_system::RawOrigin,
	sp_io::TestExternalities,
	sp_runtime::{DispatchError, ModuleError},
};
use scale_info::{form::PortableForm, PortableRegistry, TypeDef, TypeDefPrimitive};
use testudo_runtime::{genesis, RuntimeCall, RuntimeOrigin, System};

/// Who signs, or what else.
pub const ORIGINS: [&str; 8] =
	["none", "root", "vote", "outsider", "//Alice", "//Alice//analyst", "//Alice//feed", "//Alice//auditor"];

/// For each call those of [`ORIGINS`] that get past the question who asks.
pub const PERMITTED: &[(&str, &str, &[&str])] = &[
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
	("Membership", "set_group_quality", &["vote"]),
	("Membership", "set_rhythm", &["vote"]),
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
	("ThreatRegistry", "anchor", &["//Alice", "//Alice//analyst"]),
	("Reputation", "set_parameters", &["vote"]),
	("Reputation", "give_verdict", &["//Alice", "//Alice//analyst"]),
	("Reputation", "change_verdict", &["//Alice", "//Alice//analyst"]),
	("Reputation", "report_malformed", &["//Alice", "//Alice//analyst"]),
	("Reputation", "close", &["//Alice", "//Alice//analyst"]),
	("Reputation", "reward", &["vote"]),
	("StixFeeds", "register_feed", &["//Alice"]),
	("StixFeeds", "update_feed", &["//Alice"]),
	("StixFeeds", "remove_feed", &["//Alice"]),
	("StixFeeds", "publish_page", &["//Alice", "//Alice//feed"]),
];

/// Refusals of who asks, whatever is asked for.
const WHO: [&str; 14] = [
	"NotMember",
	"NotAMember",
	"NotTheController",
	"WrongRole",
	"RoleMayNotPublish",
	"RoleMayNotSight",
	"RoleMayNotJudge",
	"RoleMayNotFeed",
	"NotTheOwner",
	"NotOwner",
	"NotDeputy",
	"NotInGroup",
	"NotActive",
	"NotAuthorized",
];

/// What block 0 is taken to hash to as long as there is no block 1.
const NO_BLOCK: [u8; 32] = [69; 32];
const OBJECT: &[u8] = br#"{"type":"malware","id":"malware--1"}"#;

pub fn origin(name: &str) -> RuntimeOrigin {
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
fn smallest_call(metadata: &RuntimeMetadataV15, pallet: &str, name: &str) -> RuntimeCall {
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

/// The member for which an account acts, or acted: its feed has the same number.
fn member_behind(who: &str) -> u32 {
	["//Alice", "//Bob", "//Charlie", "//Dave"].iter().position(|uri| who.starts_with(uri)).unwrap_or_default() as u32
}

/// An envelope to the consortium by the member for which the account acts, or acted.
pub fn envelope(who: &str) -> Vec<u8> {
	let key = development::epoch_secret().kem_seed(&[0; 32], GroupId(0), Epoch(0)).public_key();
	let request = SealRequest {
		genesis: NO_BLOCK,
		author: Author::Member(MemberId(member_behind(who))),
		tlp: Tlp::Green,
		groups: &[GroupRecipient { group: GroupId(0), epoch: Epoch(0), key: &key }],
		direct: &[],
		pad_direct: false,
		objects: &[OBJECT],
	};
	cti_envelope::seal(&request, &[9; 32]).unwrap()
}

/// Registers a feed to the consortium.
pub fn register_feed() -> RuntimeCall {
	let name = b"reports".to_vec().try_into().unwrap();
	Feeds::register_feed { name, group: GroupId(0), ceiling: Tlp::Green, default_marking: None }.into()
}

/// The call with the smallest arguments that are in order, about what is the asker's own: so that nothing stands in its way
/// but who asks.
pub fn call(metadata: &RuntimeMetadataV15, pallet: &str, name: &str, who: &str) -> RuntimeCall {
	let (feed, record) = (FeedId(member_behind(who)), RecordId { author: 0.into(), n: 0 });
	match (pallet, name) {
		("ThreatRegistry", "publish") => publish(envelope(who)),
		("ThreatRegistry", "revise") => {
			Registry::revise { n: 0, draft: draft(&[]), payload: envelope(who).try_into().unwrap() }.into()
		}
		("ThreatRegistry", "anchor") => {
			let (sealed, location) = (envelope(who), b"https://a.example/1".to_vec().try_into().unwrap());
			let anchor = Box::new(cti_envelope::Anchor::of(&cti_envelope::parse(&sealed).unwrap()));
			Registry::anchor { draft: draft(&[]), anchor, location, revises: None }.into()
		}
		("ThreatRegistry", "sight") => {
			let sighting = Sighting { kind: SightingKind::Seen, count: 1, first_seen: 0, last_seen: 0 };
			Registry::sight { record, sighting, proof: [0; 64] }.into()
		}
		("ThreatRegistry", "grant") => {
			let given = Grant { recipient: Recipient::Open(MemberId(0).into()), wrap: [0; WRAP_LEN] };
			Registry::grant { n: 0, grants: vec![given].try_into().unwrap() }.into()
		}
		("StixFeeds", "register_feed") => register_feed(),
		("StixFeeds", "update_feed") => {
			let (name, group, ceiling) = (b"reports".to_vec().try_into().unwrap(), GroupId(0), Tlp::Green);
			Feeds::update_feed { feed, name, group, ceiling, default_marking: None, enabled: true }.into()
		}
		("StixFeeds", "remove_feed") => Feeds::remove_feed { feed }.into(),
		("StixFeeds", "publish_page") => {
			let (position, draft, payload) = (position(&[], 1), draft(&[]), envelope(who).try_into().unwrap());
			Feeds::publish_page { feed, sequence: 0, position, draft, payload }.into()
		}
		_ => smallest_call(metadata, pallet, name),
	}
}

/// What comes of a call. Whatever comes of it, the invariants hold after it; and nothing of it stays.
pub fn outcome(state: &mut TestExternalities, call: &RuntimeCall, who: &str) -> Result<(), DispatchError> {
	state.execute_with(|| {
		hypothetically!({
			System::set_extrinsic_index(0);
			let result = call.clone().dispatch_bypass_filter(origin(who));
			invariants::check();
			result.map(|_| ()).map_err(|refusal| refusal.error)
		})
	})
}

/// Was it refused because of who asks?
pub fn is_refused(result: &Result<(), DispatchError>) -> bool {
	match result {
		Err(DispatchError::BadOrigin) => true,
		Err(DispatchError::Module(ModuleError { message: Some(message), .. })) => WHO.contains(message),
		_ => false,
	}
}

#[test]
fn every_call_should_be_made_by_those_who_may_and_by_nobody_else() {
	let metadata = metadata();
	let mut state = genesis_state(genesis::DEVELOPMENT);
	state.execute_with(invariants::check);
	for (pallet, name, permitted) in PERMITTED {
		for who in ORIGINS {
			let result = outcome(&mut state, &call(&metadata, pallet, name, who), who);
			assert_eq!(!is_refused(&result), permitted.contains(&who), "{pallet}.{name} by {who}: {result:?}");
		}
	}
}

/// The SDK's pallets that have calls: those that matter are in a table of their own. Any other pallet is the project's.
pub const OF_THE_SDK: [&str; 11] = [
	"System",
	"ParachainSystem",
	"Timestamp",
	"ParachainInfo",
	"Balances",
	"Session",
	"Consortium",
	"Proxy",
	"Multisig",
	"Utility",
	"Migrations",
];

#[test]
fn table_should_name_every_call_there_is() {
	let metadata = metadata();
	let with_calls = metadata.pallets.iter().filter(|pallet| pallet.calls.is_some());
	let ours: Vec<&str> =
		with_calls.map(|pallet| pallet.name.as_str()).filter(|name| !OF_THE_SDK.contains(name)).collect();
	for pallet in &ours {
		let there: Vec<String> = calls(&metadata, pallet).into_iter().map(|(_, name)| name).collect();
		let named: Vec<&str> = PERMITTED.iter().filter(|row| row.0 == *pallet).map(|row| row.1).collect();
		assert_eq!(there, named, "{pallet}");
	}
	for (pallet, ..) in PERMITTED {
		assert!(ours.contains(pallet), "{pallet} is no pallet of the project with calls");
	}
}
