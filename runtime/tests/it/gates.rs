//! Groups that ask for reliability of who publishes, and for reciprocity of who is added.

use crate::{
	chain::{Chain, Refusal},
	judging::{publish, verdict, JUDGES},
	publishing,
};
use cti_envelope::reader::Statement;
use cti_primitives::{Credibility, GroupId, MemberId, Reliability, Sighting, SightingKind};
use pallet_cti_membership::{Call as Members, GroupPolicy, Visibility};
use pallet_threat_registry::Call as Registry;
use polkadot_sdk::{
	pallet_collective::{Instance1, RawOrigin},
	sp_runtime::traits::Dispatchable,
};
use testudo_runtime::{configs::code, RuntimeCall, RuntimeOrigin};

const OBJECT: &[u8] = br#"{"type":"malware","id":"malware--1"}"#;

fn vote(chain: &mut Chain, call: impl Into<RuntimeCall>) {
	let origin = RuntimeOrigin::from(RawOrigin::<_, Instance1>::Members(3, 4));
	let call = call.into();
	chain.read(|| call.dispatch(origin)).unwrap();
}

#[test]
fn group_should_take_records_of_who_peers_found_reliable_and_of_nobody_else() {
	let mut chain = Chain::new();
	let asking = |min_reliability| Members::set_group_policy {
		group: GroupId(0),
		policy: GroupPolicy { min_reliability, ..Default::default() },
	};
	for n in 0..4 {
		let (record, opened) = publish(&mut chain, n);
		for (by, who) in (1..3).zip(JUDGES) {
			assert_eq!(chain.submit(who, verdict(record, &opened, by, Credibility::Confirmed)), Ok(()));
		}
	}
	let standing = chain.read(|| testudo_runtime::Reputation::standing(MemberId(0).into()));
	assert_eq!(standing.reliability, Reliability::B, "{standing:?}");
	let attempt = |chain: &mut Chain, author: u32, who: &str| {
		let payload = chain.seal(author, 0, None, OBJECT);
		chain.submit(who, publishing::publish(payload))
	};
	vote(&mut chain, asking(Some(Reliability::B)));
	assert_eq!(attempt(&mut chain, 0, "//Alice"), Ok(()));
	assert_eq!(attempt(&mut chain, 1, "//Bob"), Err(Refusal::Code(code::BELOW_RELIABILITY)));
	vote(&mut chain, asking(Some(Reliability::A)));
	assert_eq!(attempt(&mut chain, 0, "//Alice"), Err(Refusal::Code(code::BELOW_RELIABILITY)));
	vote(&mut chain, asking(None));
	assert_eq!(attempt(&mut chain, 1, "//Bob"), Ok(()));
}

#[test]
fn group_should_add_who_gives_enough_and_nobody_else() {
	let mut chain = Chain::new();
	let (record, opened) = publish(&mut chain, 0);
	// Bob takes, and has given nothing.
	let now = chain.read(|| testudo_runtime::Timestamp::get() / 1_000);
	let sighting = Sighting { kind: SightingKind::Seen, count: 1, first_seen: now, last_seen: now };
	let proof = opened.sign(Statement::Sight, record, MemberId(1));
	assert_eq!(chain.submit("//Bob//analyst", Registry::sight { record, sighting, proof }), Ok(()));
	let policy = GroupPolicy { min_reciprocity: Some(1_000_000), ..Default::default() };
	let name = b"givers".to_vec().try_into().unwrap();
	assert_eq!(chain.submit("//Alice", Members::create_group { name, policy, visibility: Visibility::Open }), Ok(()));
	let add = |member| Members::add_to_group { group: GroupId(1), member: MemberId(member) };
	assert_eq!(chain.submit("//Alice", add(1)), Err(Refusal::Call("BelowReciprocity")));
	assert_eq!(chain.submit("//Alice", add(2)), Ok(()));
}
