//! The SDK's own calls that could undo what the pallets guard: who may make them, by a table.

use crate::{
	chain::genesis_state,
	frozen::{calls, metadata},
	invariants,
	origins::{is_refused, outcome, ORIGINS},
};
use polkadot_sdk::{
	cumulus_pallet_parachain_system::Call as Upward,
	frame_support::weights::Weight,
	frame_system::{Call as SystemCall, RawOrigin},
	pallet_balances::{AdjustmentDirection, Call as Payments},
	pallet_collective::{Call as Collective, Instance1},
	pallet_migrations::{Call as Migrate, HistoricCleanupSelector},
	pallet_utility::Call as Tools,
	sp_core::H256,
	sp_runtime::MultiAddress,
};
use testudo_runtime::{genesis, OriginCaller, Runtime, RuntimeCall};

type Motion = Collective<Runtime, Instance1>;

const SIGNED: &[&str] = &["outsider", "//Alice", "//Alice//analyst", "//Alice//feed", "//Alice//auditor"];
/// Nobody on this chain is root: what these calls do is done by a vote through `Membership.enact`, or by nobody.
const NOBODY: &[&str] = &[];

fn remark() -> RuntimeCall {
	SystemCall::remark { remark: vec![] }.into()
}

/// A call, its name, and those of [`ORIGINS`] but root that get past the question who asks.
type Row = (RuntimeCall, &'static str, &'static [&'static str]);

fn rows() -> Vec<Row> {
	[motions(), of_the_system(), payments(), of_others()].concat()
}

fn motions() -> Vec<Row> {
	let (hash, seat): (H256, &[&str]) = (H256::zero(), &["//Alice"]);
	let close = Motion::close { proposal_hash: hash, index: 0, proposal_weight_bound: Weight::MAX, length_bound: 100 };
	vec![
		(Motion::propose { threshold: 3, proposal: Box::new(remark()), length_bound: 100 }.into(), "propose", seat),
		(Motion::vote { proposal: hash, index: 0, approve: true }.into(), "vote", seat),
		(Motion::execute { proposal: Box::new(remark()), length_bound: 100 }.into(), "execute", seat),
		// Whether a motion is decided its votes say, whoever closes it.
		(close.into(), "close", SIGNED),
		(Motion::set_members { new_members: vec![], prime: None, old_count: 4 }.into(), "set_members", NOBODY),
		(Motion::disapprove_proposal { proposal_hash: hash }.into(), "disapprove_proposal", &["vote"]),
		(Motion::kill { proposal_hash: hash }.into(), "kill", &["vote"]),
	]
}

fn of_the_system() -> Vec<Row> {
	let hash = H256::zero();
	vec![
		(SystemCall::set_code { code: vec![] }.into(), "set_code", NOBODY),
		(SystemCall::set_code_without_checks { code: vec![] }.into(), "set_code_without_checks", NOBODY),
		(SystemCall::set_storage { items: vec![] }.into(), "set_storage", NOBODY),
		(SystemCall::kill_storage { keys: vec![] }.into(), "kill_storage", NOBODY),
		(SystemCall::kill_prefix { prefix: vec![], subkeys: 0 }.into(), "kill_prefix", NOBODY),
		(SystemCall::set_heap_pages { pages: 1 }.into(), "set_heap_pages", NOBODY),
		(SystemCall::authorize_upgrade { code_hash: hash }.into(), "authorize_upgrade", NOBODY),
		(
			SystemCall::authorize_upgrade_without_checks { code_hash: hash }.into(),
			"authorize_upgrade_without_checks",
			NOBODY,
		),
	]
}

fn payments() -> Vec<Row> {
	let who = || MultiAddress::Id([7; 32].into());
	vec![
		(Payments::force_transfer { source: who(), dest: who(), value: 1 }.into(), "force_transfer", NOBODY),
		(Payments::force_unreserve { who: who(), amount: 1 }.into(), "force_unreserve", NOBODY),
		(Payments::force_set_balance { who: who(), new_free: 1 }.into(), "force_set_balance", NOBODY),
		(
			Payments::force_adjust_total_issuance { direction: AdjustmentDirection::Increase, delta: 1 }.into(),
			"force_adjust_total_issuance",
			NOBODY,
		),
	]
}

fn of_others() -> Vec<Row> {
	let root = || Box::new(OriginCaller::system(RawOrigin::Root));
	let call = || Box::new(remark());
	vec![
		(Upward::sudo_send_upward_message { message: vec![] }.into(), "sudo_send_upward_message", NOBODY),
		(Tools::dispatch_as { as_origin: root(), call: call() }.into(), "dispatch_as", NOBODY),
		(Tools::dispatch_as_fallible { as_origin: root(), call: call() }.into(), "dispatch_as_fallible", NOBODY),
		(Tools::with_weight { call: call(), weight: Weight::zero() }.into(), "with_weight", NOBODY),
		(Migrate::force_set_cursor { cursor: None }.into(), "force_set_cursor", NOBODY),
		(
			Migrate::force_set_active_cursor { index: 0, inner_cursor: None, started_at: None }.into(),
			"force_set_active_cursor",
			NOBODY,
		),
		(Migrate::force_onboard_mbms {}.into(), "force_onboard_mbms", NOBODY),
		(
			Migrate::clear_historic { selector: HistoricCleanupSelector::Specific(vec![]) }.into(),
			"clear_historic",
			NOBODY,
		),
	]
}

#[test]
fn calls_of_the_sdk_should_be_made_by_those_who_may_and_by_nobody_else() {
	let mut state = genesis_state(genesis::DEVELOPMENT);
	state.execute_with(invariants::check);
	for (call, name, permitted) in rows() {
		for who in ORIGINS.into_iter().filter(|who| *who != "root") {
			let result = outcome(&mut state, &call, who);
			assert_eq!(!is_refused(&result), permitted.contains(&who), "{name} by {who}: {result:?}");
		}
	}
}

/// Calls with which an account does something to what is its own, or with what others let it: by pallet. Those of System, and
/// `set_validation_data` and `set` of inherents, change nothing that a signed origin could name.
const OF_ONES_OWN: [(&str, &[&str]); 9] = [
	("System", &["remark", "remark_with_event", "apply_authorized_upgrade"]),
	("ParachainSystem", &["set_validation_data"]),
	("Timestamp", &["set"]),
	("Balances", &["transfer_allow_death", "transfer_keep_alive", "transfer_all", "upgrade_accounts", "burn"]),
	("Session", &["set_keys", "purge_keys"]),
	// What it paid for a motion that is gone; nobody pays for one here.
	("Consortium", &["release_proposal_cost"]),
	(
		"Proxy",
		&[
			"proxy",
			"add_proxy",
			"remove_proxy",
			"remove_proxies",
			"create_pure",
			"kill_pure",
			"announce",
			"remove_announcement",
			"reject_announcement",
			"proxy_announced",
			"poke_deposit",
		],
	),
	("Multisig", &["as_multi_threshold_1", "as_multi", "approve_as_multi", "cancel_as_multi", "poke_deposit"]),
	("Utility", &["batch", "as_derivative", "batch_all", "force_batch", "if_else"]),
];
/// The consortium's own pallets, whose calls are in the table of `origins`.
const OWN: [&str; 5] = ["Membership", "AttckTaxonomy", "ThreatRegistry", "Reputation", "StixFeeds"];

#[test]
fn every_call_of_the_sdk_should_be_in_a_table() {
	let metadata = metadata();
	let named: Vec<&str> = rows().into_iter().map(|(_, name, _)| name).collect();
	let mut seen = 0;
	let with_calls = metadata.pallets.iter().filter(|pallet| pallet.calls.is_some()).map(|pallet| pallet.name.as_str());
	for pallet in with_calls.filter(|name| !OWN.contains(name)) {
		let of_ones_own = OF_ONES_OWN.iter().find(|(name, _)| *name == pallet).map_or(&[][..], |(_, calls)| calls);
		for (_, name) in calls(&metadata, pallet) {
			seen += 1;
			let is_there = of_ones_own.contains(&name.as_str()) || named.contains(&name.as_str());
			assert!(is_there, "{pallet}.{name} is in no table");
		}
	}
	assert_eq!(seen, named.len() + OF_ONES_OWN.iter().map(|(_, calls)| calls.len()).sum::<usize>());
}
