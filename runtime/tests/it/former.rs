//! Who has lost a right has lost all of it: suspended and expelled members, replaced controllers, retired delegates.

use crate::{
	chain::{account, genesis_state},
	frozen::metadata,
	invariants,
	origins::{call, envelope, is_refused, origin, outcome, register_feed, ORIGINS, PERMITTED},
	publishing::publish,
};
use cti_primitives::{GroupId, MemberId};
use pallet_cti_membership::{Call as Members, GroupPolicy, Visibility};
use polkadot_sdk::{
	frame_support::traits::UnfilteredDispatchable,
	frame_system::Call as SystemCall,
	pallet_collective::{Call as Collective, Instance1},
	sp_io::TestExternalities,
};
use testudo_runtime::{genesis, Runtime, RuntimeCall, System};

/// Suspended; expelled; replaced, and retired.
const FORMER: [&str; 6] = ["//Dave", "//Dave//analyst", "//Charlie", "//Charlie//analyst", "//Bob", "//Bob//analyst"];

/// What is left to them: a suspended member looks after itself, and recalling is not publishing.
const KEPT: &[(&str, &str, &[&str])] = &[
	("Membership", "leave", &["//Dave"]),
	("Membership", "add_delegate", &["//Dave"]),
	("Membership", "remove_delegate", &["//Dave"]),
	("Membership", "set_encryption_key", &["//Dave", "//Dave//analyst"]),
	("Membership", "unbond_collator", &["//Dave"]),
	("ThreatRegistry", "withdraw", &["//Dave", "//Dave//analyst", "//Charlie", "//Charlie//analyst"]),
	("ThreatRegistry", "decline", &["//Dave", "//Dave//analyst", "//Charlie", "//Charlie//analyst"]),
	("ThreatRegistry", "acknowledge", &["//Dave", "//Dave//analyst"]),
	("StixFeeds", "remove_feed", &["//Dave", "//Charlie"]),
];

/// Alice's groups.
const OPEN: GroupId = GroupId(1);
const HIDDEN: GroupId = GroupId(2);

fn done(call: impl Into<RuntimeCall>, by: &str) {
	let call: RuntimeCall = call.into();
	call.dispatch_bypass_filter(origin(by)).unwrap_or_else(|refusal| panic!("by {by}: {refusal:?}"));
}

/// Everybody has a record and a feed, and is in Alice's open group. Then Bob's analyst is retired and Bob replaced by Eve,
/// Charlie is expelled and Dave suspended.
fn after_departures() -> TestExternalities {
	let mut state = genesis_state(genesis::DEVELOPMENT);
	state.execute_with(|| {
		System::set_extrinsic_index(0);
		for visibility in [Visibility::Open, Visibility::Hidden] {
			let (name, policy) = (b"banks".to_vec().try_into().unwrap(), GroupPolicy::default());
			done(Members::create_group { name, policy, visibility }, "//Alice");
		}
		for (member, uri) in [(1, "//Bob"), (2, "//Charlie"), (3, "//Dave")] {
			done(publish(envelope(uri)), uri);
			done(register_feed(), uri);
			done(Members::add_to_group { group: OPEN, member: MemberId(member) }, "//Alice");
		}
		done(Members::remove_delegate { account: account("//Bob//analyst") }, "//Bob");
		let (member, controller) = (MemberId(1), account("//Eve"));
		done(Members::replace_controller { member, controller, encryption_key: None, is_stolen: false }, "vote");
		done(Members::expel { member: MemberId(2) }, "vote");
		done(Members::suspend { member: MemberId(3) }, "vote");
		invariants::check();
	});
	state
}

#[test]
fn whoever_lost_a_right_should_make_no_call_but_those_left_to_it() {
	let metadata = metadata();
	let mut state = after_departures();
	for (pallet, name, _) in PERMITTED {
		let kept = KEPT.iter().find(|row| (row.0, row.1) == (*pallet, *name)).map_or(&[][..], |row| row.2);
		for who in FORMER {
			let result = outcome(&mut state, &call(&metadata, pallet, name, who), who);
			assert_eq!(!is_refused(&result), kept.contains(&who), "{pallet}.{name} by {who}: {result:?}");
		}
	}
}

#[test]
fn only_who_holds_a_seat_should_move() {
	let remark = SystemCall::<Runtime>::remark { remark: vec![] };
	let motion = Collective::<Runtime, Instance1>::propose {
		threshold: 3,
		proposal: Box::new(remark.into()),
		length_bound: 1_000,
	};
	let (motion, mut state) = (RuntimeCall::from(motion), after_departures());
	for who in FORMER.into_iter().chain(["//Alice", "//Alice//analyst", "//Eve", "outsider"]) {
		let has_seat = ["//Dave", "//Alice", "//Eve"].contains(&who);
		let result = outcome(&mut state, &motion, who);
		assert_eq!(result.is_ok(), has_seat, "by {who}: {result:?}");
	}
}

#[test]
fn groups_should_be_run_by_their_owner() {
	let (bob, policy) = (MemberId(1), GroupPolicy { drop_box: true, ..Default::default() });
	let deputies = vec![bob].try_into().unwrap();
	let rows: [(RuntimeCall, &[&str]); 6] = [
		(Members::set_group_policy { group: OPEN, policy }.into(), &["//Alice"]),
		(Members::set_group_policy { group: HIDDEN, policy }.into(), &["//Alice"]),
		(Members::add_to_group { group: OPEN, member: bob }.into(), &["//Alice"]),
		// Eve speaks for Bob's member, which goes when it will.
		(Members::remove_from_group { group: OPEN, member: bob }.into(), &["//Alice", "//Eve"]),
		(Members::set_deputies { group: HIDDEN, deputies }.into(), &["//Alice"]),
		(Members::set_group_owner { group: OPEN, owner: bob }.into(), &["vote"]),
	];
	let mut state = after_departures();
	for (call, permitted) in &rows {
		for who in ORIGINS.into_iter().chain(FORMER).chain(["//Eve"]) {
			let result = outcome(&mut state, call, who);
			assert_eq!(!is_refused(&result), permitted.contains(&who), "{call:?} by {who}: {result:?}");
		}
	}
}
