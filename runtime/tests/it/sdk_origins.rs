//! The SDK's own calls that could undo what the pallets guard: who may make them, by a table.

use crate::{
	chain::genesis_state,
	frozen::{calls, metadata},
	invariants,
	origins::{is_refused, outcome, ORIGINS},
};
use polkadot_sdk::{
	frame_support::weights::Weight,
	frame_system::Call as SystemCall,
	pallet_balances::{AdjustmentDirection, Call as Payments},
	pallet_collective::{Call as Collective, Instance1},
	sp_core::H256,
	sp_runtime::MultiAddress,
};
use testudo_runtime::{genesis, Runtime, RuntimeCall};

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
	[motions(), of_the_system(), payments()].concat()
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

#[test]
fn every_motion_and_every_force_should_be_in_the_table() {
	let metadata = metadata();
	let named: Vec<&str> = rows().into_iter().map(|(_, name, _)| name).collect();
	// Any account may take back what it paid for a motion that is gone, and nobody pays for one here.
	let is_meant = |pallet: &str, name: &str| match pallet {
		"Balances" => name.starts_with("force_"),
		"System" => ["set_", "kill_", "authorize_"].iter().any(|verb| name.starts_with(verb)),
		_ => true,
	};
	for pallet in ["Consortium", "System", "Balances"] {
		for (_, name) in calls(&metadata, pallet) {
			let is_there =
				!is_meant(pallet, &name) || name == "release_proposal_cost" || named.contains(&name.as_str());
			assert!(is_there, "{pallet}.{name} is not in the table");
		}
	}
}
