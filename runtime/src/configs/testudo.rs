//! Testudo's own pallets, joined: each meets the others only through the traits of `cti-primitives`.

use super::consortium::TwoThirds;
use crate::*;
use cti_primitives::{Actor, FeedId, Groups};
use frame_support::{parameter_types, PalletId};
use pallet_cti_membership::{Metering, Precheck};
use pallet_threat_registry::Call::{publish, revise};

parameter_types! {
	pub const PotId: PalletId = PalletId(*b"cti/pot0");
	pub const Endowment: Balance = 100 * UNIT;
	/// Room for a large first import: the whole ATT&CK bundle is 34 MB.
	pub const BucketBytes: u32 = 128 * 1024 * 1024;
	/// Some 700 MB a day.
	pub const RefillBytesPerSecond: u32 = 8 * 1024;
}

impl pallet_cti_membership::Config for Runtime {
	type AdmitOrigin = TwoThirds;
	type Seats = Consortium;
	type Currency = Balances;
	type PotId = PotId;
	type Endowment = Endowment;
	type Time = Timestamp;
	type Metering = Quota;
	type BucketBytes = BucketBytes;
	type RefillBytesPerSecond = RefillBytesPerSecond;
	type WeightInfo = pallet_cti_membership::weights::SubstrateWeight<Runtime>;
}

impl pallet_attck_taxonomy::Config for Runtime {
	type ImportOrigin = TwoThirds;
	type Members = Membership;
	type WeightInfo = pallet_attck_taxonomy::weights::SubstrateWeight<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::Helper;
}

impl pallet_threat_registry::Config for Runtime {
	type Members = Membership;
	type Groups = Membership;
	type Taxonomy = AttckTaxonomy;
	type OnSighting = Reputation;
	type Time = Timestamp;
	type WeightInfo = pallet_threat_registry::weights::SubstrateWeight<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::Helper;
}

impl pallet_reputation::Config for Runtime {
	type Members = Membership;
	type Time = Timestamp;
	type ParametersOrigin = TwoThirds;
	type WeightInfo = pallet_reputation::weights::SubstrateWeight<Runtime>;
}

impl pallet_stix_feeds::Config for Runtime {
	type AuthorityId = pallet_stix_feeds::crypto::FeedKey;
	type Members = Membership;
	type Groups = Membership;
	type Taxonomy = AttckTaxonomy;
	type Registry = ThreatRegistry;
	type WeightInfo = pallet_stix_feeds::weights::SubstrateWeight<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::Helper;
}

/// Calls that carry envelopes and wraps are paid for out of the member's bucket of bytes.
pub struct Quota;

/// `InvalidTransaction::Custom`: the signer's role does not allow the call.
const WRONG_ROLE: u8 = pallet_cti_membership::extension::code::WRONG_ROLE;
/// `InvalidTransaction::Custom`: no feed of the signer's member has this id.
pub const UNKNOWN_FEED: u8 = 1;
/// `InvalidTransaction::Custom`: the payload is no envelope.
pub const MALFORMED_ENVELOPE: u8 = 2;
/// `InvalidTransaction::Custom`: a group of the audience waits for a rekey.
pub const STALE_GROUP: u8 = pallet_cti_membership::extension::code::STALE_GROUP;

/// What keeps an envelope out of the pool, whoever brings it: dispatch would refuse it too.
fn envelope(payload: &[u8]) -> Precheck {
	match cti_envelope::parse(payload) {
		Err(_) => Precheck::Invalid(MALFORMED_ENVELOPE),
		Ok(parsed) if parsed.header.audience.iter().any(|(group, _)| <Membership as Groups>::is_stale(*group)) => {
			Precheck::Invalid(STALE_GROUP)
		}
		Ok(_) => Precheck::Ready,
	}
}

fn record(payload: &[u8], actor: Actor) -> Precheck {
	match actor.role.may_publish() {
		true => envelope(payload),
		false => Precheck::Invalid(WRONG_ROLE),
	}
}

fn page(feed: FeedId, sequence: u64, payload: &[u8], actor: Actor) -> Precheck {
	if !actor.role.may_feed() {
		return Precheck::Invalid(WRONG_ROLE);
	}
	if let refused @ Precheck::Invalid(_) = envelope(payload) {
		return refused;
	}
	match pallet_stix_feeds::Feeds::<Runtime>::get(feed) {
		Some(known) if known.owner == actor.member => Precheck::Numbered {
			stream: codec::Encode::encode(&(b"cti/feed", feed)),
			at: sequence,
			next: known.sequence,
		},
		_ => Precheck::Invalid(UNKNOWN_FEED),
	}
}

impl Metering<RuntimeCall> for Quota {
	fn is_metered(call: &RuntimeCall) -> bool {
		match call {
			RuntimeCall::ThreatRegistry(publish { .. } | revise { .. }) => true,
			RuntimeCall::StixFeeds(pallet_stix_feeds::Call::publish_page { .. }) => true,
			RuntimeCall::Membership(inner) => Membership::is_metered(inner),
			_ => false,
		}
	}

	fn precheck(call: &RuntimeCall, actor: Actor) -> Precheck {
		match call {
			RuntimeCall::ThreatRegistry(publish { payload, .. } | revise { payload, .. }) => record(payload, actor),
			RuntimeCall::StixFeeds(pallet_stix_feeds::Call::publish_page { feed, sequence, payload, .. }) => {
				page(*feed, *sequence, payload, actor)
			}
			RuntimeCall::Membership(inner) => Membership::precheck(inner, actor),
			_ => Precheck::Ready,
		}
	}
}
