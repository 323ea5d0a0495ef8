//! What the consortium decides, by the extrinsics that any client would send.

use crate::Node;
use subxt::{
	dynamic::{tx, Value},
	ext::scale_decode::DecodeAsType,
};
use testudo::{chain::Chain, error::Error, identity::Identity};

/// A motion as the chain announces it.
#[derive(DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
struct Proposed {
	proposal_index: u32,
	proposal_hash: [u8; 32],
}

/// More than any motion of the tests weighs or measures.
const WEIGHT: (u128, u128) = (50_000_000_000, 500_000);
const LENGTH: u32 = 10_000;

/// `Membership.suspend`
pub fn suspend(member: u32) -> Value {
	of_member("suspend", member)
}

/// `Membership.expel`
pub fn expel(member: u32) -> Value {
	of_member("expel", member)
}

fn of_member(call: &str, member: u32) -> Value {
	Value::unnamed_variant("Membership", [Value::named_variant(call, [("member", Value::u128(member.into()))])])
}

/// The first of `voters` proposes, all of them vote for it, the first closes.
pub fn decide(node: &Node, voters: &[&str], call: Value) {
	let runtime = tokio::runtime::Runtime::new().expect("the system has threads");
	runtime.block_on(vote(&node.url(), voters, call)).expect("the motion carries");
}

async fn vote(url: &str, voters: &[&str], call: Value) -> Result<(), Error> {
	let chain = Chain::connect(url).await?;
	let first = Identity::load(voters[0])?;
	let propose = tx("Consortium", "propose", (voters.len() as u32, call, LENGTH));
	let events = chain.execute(&first.account, propose).await?;
	let motion: Proposed = events.first("Consortium", "Proposed")?.expect("the motion is announced");
	let hash = Value::from_bytes(motion.proposal_hash);
	for voter in voters {
		let voter = Identity::load(voter)?;
		chain.execute(&voter.account, tx("Consortium", "vote", (hash.clone(), motion.proposal_index, true))).await?;
	}
	let weight = Value::named_composite([("ref_time", Value::u128(WEIGHT.0)), ("proof_size", Value::u128(WEIGHT.1))]);
	let close = tx("Consortium", "close", (hash, motion.proposal_index, weight, LENGTH));
	chain.execute(&first.account, close).await.map(drop)
}
