//! Testudo's own pallets, joined: each meets the others only through the traits of `cti-primitives`.

use super::consortium::TwoThirds;
use crate::*;
use cti_envelope::{Anchor, Author, Header};
use cti_primitives::{Actor, Draft, FeedId, Groups, MemberId, RecordId, RecordStatus, Records, Refusal, Standing};
use cti_scoring::WINDOW;
use frame_support::traits::UnixTime;
use frame_support::{
	parameter_types,
	traits::{Contains, Get},
	PalletId,
};
use pallet_cti_membership::Call::set_encryption_key;
use pallet_cti_membership::{Metering, Precheck};
use pallet_reputation::Call::{change_verdict, close, give_verdict, report_malformed};
use pallet_threat_registry::Call::{
	acknowledge, anchor, decline, extend, grant, publish, request_access, revise, sight, withdraw,
};

parameter_types! {
	pub const PotId: PalletId = PalletId(*b"cti/pot0");
	pub const Endowment: Balance = 100 * UNIT;
	pub const CollatorBond: Balance = 50 * UNIT;
	/// Room for a large first import: the whole ATT&CK bundle is 34 MB.
	pub const BucketBytes: u32 = 128 * 1024 * 1024;
	/// Some 700 MB a day.
	pub const RefillBytesPerSecond: u32 = 8 * 1024;
}

/// The account of the consortium's pot.
pub struct Pot;

impl Get<AccountId> for Pot {
	fn get() -> AccountId {
		Membership::pot()
	}
}

/// Bytes that a call without an envelope takes out of the bucket: the state it may write and the time it takes are worth more
/// than its length.
pub const LEAST_BYTES: u32 = 4 * 1024;
/// Bytes that a change of an encryption key takes out of it: as many as the largest envelope has.
pub const KEY_BYTES: u32 = 256 * 1024;

/// The accounts with session keys.
pub struct HasSessionKeys;

impl Contains<AccountId> for HasSessionKeys {
	fn contains(account: &AccountId) -> bool {
		pallet_session::NextKeys::<Runtime>::contains_key(account)
	}
}

/// What two thirds may enact with the powers of the chain itself: the hash of a new runtime, which anybody then brings, and
/// payments from the pot.
pub struct Enactable;

impl Contains<RuntimeCall> for Enactable {
	fn contains(call: &RuntimeCall) -> bool {
		match call {
			RuntimeCall::System(frame_system::Call::authorize_upgrade { .. }) => true,
			RuntimeCall::Balances(pallet_balances::Call::force_transfer { source, .. }) => {
				*source == Membership::pot().into()
			}
			_ => false,
		}
	}
}

impl pallet_cti_membership::Config for Runtime {
	type AdmitOrigin = TwoThirds;
	type Seats = Consortium;
	type Decision = RuntimeCall;
	type Enactable = Enactable;
	type Currency = Balances;
	type RuntimeHoldReason = RuntimeHoldReason;
	type CollatorBond = CollatorBond;
	type CollatorKeys = HasSessionKeys;
	type PotId = PotId;
	type Endowment = Endowment;
	type Time = Timestamp;
	type Reputation = Reputation;
	type Metering = Quota;
	type BucketBytes = BucketBytes;
	type RefillBytesPerSecond = RefillBytesPerSecond;
	type WeightInfo = pallet_cti_membership::weights::SubstrateWeight<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::Helper;
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
	type Records = ThreatRegistry;
	type Currency = Balances;
	type Pot = Pot;
	type Time = Timestamp;
	type ParametersOrigin = TwoThirds;
	type WeightInfo = pallet_reputation::weights::SubstrateWeight<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::Helper;
}

impl pallet_stix_feeds::Config for Runtime {
	type AuthorityId = pallet_stix_feeds::crypto::FeedKey;
	type Members = Membership;
	type Groups = Membership;
	type Taxonomy = AttckTaxonomy;
	type Registry = ThreatRegistry;
	type BlocksPerSlot = super::BlocksPerSlot;
	type WeightInfo = pallet_stix_feeds::weights::SubstrateWeight<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::Helper;
}

/// Calls that carry envelopes and wraps are paid for out of the member's bucket of bytes.
pub struct Quota;

/// Why the pool refuses a publication: the number in `InvalidTransaction::Custom`. Those from 200 on are
/// [`pallet_cti_membership::extension::code`]'s, which name the same rules for all metered calls.
pub mod code {
	pub use pallet_cti_membership::extension::code::*;

	/// No feed of the signer's member has this id.
	pub const UNKNOWN_FEED: u8 = 1;
	/// The payload is no envelope.
	pub const MALFORMED_ENVELOPE: u8 = 2;
	/// The envelope was sealed for another chain.
	pub const OTHER_CHAIN: u8 = 3;
	/// The envelope names another author.
	pub const OTHER_AUTHOR: u8 = 4;
	/// A group's ceiling excludes the marking.
	pub const MARKING_TOO_STRICT: u8 = 5;
	/// A group asks for techniques.
	pub const TECHNIQUES_REQUIRED: u8 = 6;
	/// The feed's owner has switched it off.
	pub const FEED_DISABLED: u8 = 7;
	/// The member has no live record of this number.
	pub const NO_LIVE_RECORD: u8 = 8;
	/// The record was not withdrawn, or the member acknowledged it already.
	pub const NOTHING_TO_ACKNOWLEDGE: u8 = 9;
	/// The record is not there, not another member's, or not live.
	pub const NOTHING_TO_REQUEST: u8 = 10;
	/// The member did not ask for this record.
	pub const NOT_REQUESTED: u8 = 11;
	/// The member has no record of this number, or withdrew it already.
	pub const NOTHING_TO_WITHDRAW: u8 = 12;
	/// The record is not there, not another member's, or not live.
	pub const NOTHING_TO_SIGHT: u8 = 13;
	/// The member asked for the record already.
	pub const ALREADY_REQUESTED: u8 = 14;
	/// The record is not there, not another member's, decided, or its seven days are over; or who calls it malformed is not
	/// known to be able to read it.
	pub const NOTHING_TO_JUDGE: u8 = 15;
	/// The member gave its verdict already.
	pub const ALREADY_JUDGED: u8 = 16;
	/// The member gave no verdict on the record.
	pub const NOT_JUDGED: u8 = 17;
	/// The record is decided, nobody spoke of it, or its seven days are not over.
	pub const NOTHING_TO_DECIDE: u8 = 18;
	/// The member's reliability is below what a group asks for.
	pub const BELOW_RELIABILITY: u8 = 19;
}

fn code_of(refusal: Refusal) -> u8 {
	match refusal {
		Refusal::UnknownMember => code::NOT_MEMBER,
		Refusal::NotActive => code::NOT_ACTIVE,
		Refusal::UnknownGroup => code::UNKNOWN_GROUP,
		Refusal::NotInGroup => code::NOT_IN_GROUP,
		Refusal::StaleGroup => code::STALE_GROUP,
		Refusal::WrongEpoch => code::WRONG_EPOCH,
		Refusal::MarkingTooStrict => code::MARKING_TOO_STRICT,
		Refusal::TechniquesRequired => code::TECHNIQUES_REQUIRED,
		Refusal::BelowReliability => code::BELOW_RELIABILITY,
		Refusal::TechniquesNotPublic | Refusal::UnknownTechnique | Refusal::Exhausted => code::REFUSED,
	}
}

/// What keeps an envelope out of the pool: dispatch would refuse it too, at the price of its bytes in a block.
fn envelope(draft: &Draft, payload: &[u8], member: MemberId) -> Precheck {
	match cti_envelope::parse(payload) {
		Ok(parsed) => header_of(draft, &parsed.header, member),
		Err(_) => Precheck::Invalid(code::MALFORMED_ENVELOPE),
	}
}

fn header_of(draft: &Draft, header: &Header, member: MemberId) -> Precheck {
	if header.genesis != System::block_hash(0).0 {
		return Precheck::Invalid(code::OTHER_CHAIN);
	}
	if header.author != Author::Member(member) {
		return Precheck::Invalid(code::OTHER_AUTHOR);
	}
	let has_techniques = !draft.techniques.is_empty();
	let refusal = header.audience.iter().find_map(|(group, epoch)| {
		<Membership as Groups>::may_publish(member, *group, *epoch, header.tlp, has_techniques).err()
	});
	refusal.map_or(Precheck::Ready, |refusal| Precheck::Invalid(code_of(refusal)))
}

fn record(draft: &Draft, payload: &[u8], actor: Actor) -> Precheck {
	match actor.role.may_publish() {
		true => envelope(draft, payload, actor.member),
		false => Precheck::Invalid(code::WRONG_ROLE),
	}
}

fn anchored(draft: &Draft, envelope: &Anchor, actor: Actor) -> Precheck {
	match (actor.role.may_publish(), envelope.header.check()) {
		(false, _) => Precheck::Invalid(code::WRONG_ROLE),
		(true, Err(_)) => Precheck::Invalid(code::MALFORMED_ENVELOPE),
		(true, Ok(())) => header_of(draft, &envelope.header, actor.member),
	}
}

fn is_live(record: RecordId) -> bool {
	ThreatRegistry::record(record).is_some_and(|info| info.status.is_live())
}

/// What keeps the other calls about a record out of the pool; none that is not one of them.
fn about(call: &pallet_threat_registry::Call<Runtime>, actor: Actor) -> Option<Precheck> {
	let own = |n: u32| RecordId { author: actor.member.into(), n };
	let is_other = |record: &RecordId| record.author != actor.member.into();
	let is_asked = |record, member| pallet_threat_registry::Requests::<Runtime>::contains_key(record, member);
	let (is_right, refusal) = match call {
		grant { n, .. } | extend { n, .. } => (is_live(own(*n)), code::NO_LIVE_RECORD),
		withdraw { n, .. } => {
			let status = ThreatRegistry::record(own(*n)).map(|info| info.status);
			(status.is_some_and(|status| status != RecordStatus::Withdrawn), code::NOTHING_TO_WITHDRAW)
		}
		decline { n, member } => (is_asked(own(*n), *member), code::NOT_REQUESTED),
		request_access { record } if is_asked(*record, actor.member) => (false, code::ALREADY_REQUESTED),
		request_access { record } => (is_other(record) && is_live(*record), code::NOTHING_TO_REQUEST),
		sight { record, .. } => (is_other(record) && is_live(*record), code::NOTHING_TO_SIGHT),
		acknowledge { record } => (may_acknowledge(*record, actor.member), code::NOTHING_TO_ACKNOWLEDGE),
		_ => return None,
	};
	Some(match (actor.role.may_publish(), is_right) {
		(false, _) => Precheck::Invalid(code::WRONG_ROLE),
		(true, false) => Precheck::Invalid(refusal),
		(true, true) => Precheck::Ready,
	})
}

/// What keeps a judgement out of the pool; none of a call that is not one.
fn judgement(call: &pallet_reputation::Call<Runtime>, actor: Actor) -> Option<Precheck> {
	let is_other = |record: &RecordId| record.author != actor.member.into();
	let case = |record: &RecordId| pallet_reputation::Cases::<Runtime>::get(record);
	let now = Timestamp::now().as_secs();
	let is_open = |record: &RecordId| match case(record) {
		Some(case) => case.outcome.is_none() && now < case.closes,
		None => ThreatRegistry::record(*record).is_some_and(|info| now < info.published.saturating_add(WINDOW)),
	};
	let has_judged =
		|record: &RecordId| Reputation::ballot(*record, actor.member).is_some_and(|cast| cast.ballot.verdict.is_some());
	let may_read = |record: &RecordId| <ThreatRegistry as Records>::is_reader(*record, actor.member) == Some(true);
	let (is_right, refusal) = match call {
		give_verdict { record, .. } | report_malformed { record } if has_judged(record) => {
			(false, code::ALREADY_JUDGED)
		}
		change_verdict { record, .. } if !has_judged(record) => (false, code::NOT_JUDGED),
		report_malformed { record } if !may_read(record) => (false, code::NOTHING_TO_JUDGE),
		give_verdict { record, .. } | report_malformed { record } | change_verdict { record, .. } => {
			(is_other(record) && is_open(record), code::NOTHING_TO_JUDGE)
		}
		close { record } => {
			let is_due = case(record).is_some_and(|case| case.outcome.is_none() && case.closes <= now);
			(is_due, code::NOTHING_TO_DECIDE)
		}
		_ => return None,
	};
	Some(match (actor.role.may_judge(), is_right) {
		(false, _) => Precheck::Invalid(code::WRONG_ROLE),
		(true, false) => Precheck::Invalid(refusal),
		(true, true) => Precheck::Ready,
	})
}

fn may_acknowledge(record: RecordId, member: MemberId) -> bool {
	let is_withdrawn = ThreatRegistry::record(record).is_some_and(|info| info.status == RecordStatus::Withdrawn);
	is_withdrawn && !pallet_threat_registry::Acknowledged::<Runtime>::contains_key(record, member)
}

fn page(feed: FeedId, sequence: u64, draft: &Draft, payload: &[u8], actor: Actor) -> Precheck {
	if !actor.role.may_feed() {
		return Precheck::Invalid(code::WRONG_ROLE);
	}
	let known = pallet_stix_feeds::Feeds::<Runtime>::get(feed).filter(|known| known.owner == actor.member);
	let Some(known) = known else { return Precheck::Invalid(code::UNKNOWN_FEED) };
	if !known.enabled {
		return Precheck::Invalid(code::FEED_DISABLED);
	}
	match envelope(draft, payload, actor.member) {
		Precheck::Ready => Precheck::Numbered {
			stream: codec::Encode::encode(&(b"cti/feed", feed)),
			at: sequence,
			next: known.sequence,
		},
		refused => refused,
	}
}

impl Metering<RuntimeCall> for Quota {
	/// All that delegates do: they need no balance.
	fn is_metered(call: &RuntimeCall) -> bool {
		match call {
			RuntimeCall::ThreatRegistry(_) | RuntimeCall::Membership(set_encryption_key { .. }) => true,
			RuntimeCall::Reputation(
				give_verdict { .. } | change_verdict { .. } | report_malformed { .. } | close { .. },
			) => true,
			RuntimeCall::StixFeeds(pallet_stix_feeds::Call::publish_page { .. }) => true,
			RuntimeCall::Membership(inner) => Membership::is_metered(inner),
			_ => false,
		}
	}

	/// Recalling is not publishing; deleting is everybody's; and who holds a seat looks after its key.
	fn is_for(call: &RuntimeCall, standing: Standing) -> bool {
		match call {
			RuntimeCall::ThreatRegistry(withdraw { .. } | decline { .. }) => true,
			RuntimeCall::ThreatRegistry(acknowledge { .. }) | RuntimeCall::Membership(set_encryption_key { .. }) => {
				matches!(standing, Standing::Active | Standing::Suspended)
			}
			_ => standing == Standing::Active,
		}
	}

	/// A key changes the groups of its owner, and is to change seldom.
	fn least_bytes(call: &RuntimeCall) -> u32 {
		match call {
			RuntimeCall::Membership(set_encryption_key { .. }) => KEY_BYTES,
			_ => LEAST_BYTES,
		}
	}

	fn precheck(call: &RuntimeCall, actor: Actor) -> Precheck {
		match call {
			RuntimeCall::ThreatRegistry(publish { draft, payload } | revise { draft, payload, .. }) => {
				record(draft, payload, actor)
			}
			RuntimeCall::ThreatRegistry(anchor { draft, anchor, .. }) => anchored(draft, anchor, actor),
			RuntimeCall::ThreatRegistry(call) => about(call, actor).unwrap_or(Precheck::Ready),
			RuntimeCall::Reputation(call) => judgement(call, actor).unwrap_or(Precheck::Ready),
			// An auditor or a feed has no key of its own.
			RuntimeCall::Membership(set_encryption_key { .. }) if !actor.role.may_publish() => {
				Precheck::Invalid(code::WRONG_ROLE)
			}
			RuntimeCall::StixFeeds(pallet_stix_feeds::Call::publish_page {
				feed, sequence, draft, payload, ..
			}) => page(*feed, *sequence, draft, payload, actor),
			RuntimeCall::Membership(inner) => Membership::precheck(inner, actor),
			_ => Precheck::Ready,
		}
	}
}
