//! The traits through which pallets meet. Each has `()` as its null implementation; the runtime joins the real ones.

use crate::{
	admiralty::Reliability,
	ids::{Epoch, GroupId, Hash, MemberId, RecordId, ENCRYPTION_KEY_LEN},
	quality::Quality,
	record::{Draft, RecordStatus, Sighting},
	technique::{TechniqueId, TechniqueStatus},
	tlp::Tlp,
};
use alloc::{boxed::Box, vec::Vec};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// What an account may do for its member.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
)]
#[scale_info(capture_docs = "always")]
#[serde(rename_all = "lowercase")]
pub enum Role {
	/// Speaks for the organisation: votes, names delegates, publishes.
	Controller,
	/// A person: publishes, judges, sights.
	Analyst,
	/// A machine: publishes pages of feeds.
	Feed,
	/// Reads; never publishes.
	Auditor,
}

impl Role {
	/// May it publish records by hand?
	pub const fn may_publish(self) -> bool {
		matches!(self, Role::Controller | Role::Analyst)
	}

	/// May it publish pages of a feed?
	pub const fn may_feed(self) -> bool {
		matches!(self, Role::Controller | Role::Feed)
	}

	/// May it report sightings and false positives?
	pub const fn may_judge(self) -> bool {
		matches!(self, Role::Controller | Role::Analyst)
	}
}

/// A member's standing in the consortium.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
)]
#[scale_info(capture_docs = "always")]
#[serde(rename_all = "lowercase")]
pub enum Standing {
	/// In.
	Active,
	/// Keeps its seat; may not publish, judge or receive new epochs.
	Suspended,
	/// Left by itself.
	Left,
	/// Voted out.
	Expelled,
}

/// On whose behalf an account acts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Actor {
	/// The member.
	pub member: MemberId,
	/// In which role.
	pub role: Role,
}

/// Why one pallet refuses what another asks: the exact rule, for the asker to name in its own error.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Refusal {
	/// No such member.
	UnknownMember,
	/// The member is suspended, left or expelled.
	NotActive,
	/// No such group.
	UnknownGroup,
	/// The member is not in the group.
	NotInGroup,
	/// The group awaits a rekey.
	StaleGroup,
	/// The envelope was sealed to another epoch than the group's newest.
	WrongEpoch,
	/// The group's ceiling, or the marking's own rule, excludes this marking.
	MarkingTooStrict,
	/// The group asks for techniques and none are named.
	TechniquesRequired,
	/// The marking forbids naming techniques in public.
	TechniquesNotPublic,
	/// Not in the catalogue, or revoked without successor.
	UnknownTechnique,
	/// The member's reliability is below what the group asks for.
	BelowReliability,
	/// The counter is at its end.
	Exhausted,
}

/// Who acts, and whether they may. Given by membership.
pub trait Members<AccountId> {
	/// The member and role behind an account: one read.
	fn actor(account: &AccountId) -> Option<Actor>;

	/// A member's standing: one read.
	fn standing(member: MemberId) -> Option<Standing>;

	/// Checks that the member is active and takes its next record number: one read and one write.
	fn take_record_number(member: MemberId) -> Result<u32, Refusal>;

	/// The number the member's next record will have.
	fn next_record_number(member: MemberId) -> u32;

	/// How many members are active.
	fn active_members() -> u32;

	/// The number under which the organisation was first admitted, if it left and came back: what is known of it as a source,
	/// as a judge and as one that uses records belongs to that. One read.
	fn first_identity(member: MemberId) -> MemberId {
		member
	}
}

/// Who judges whom. Given by membership to reputation.
pub trait Peers<AccountId>: Members<AccountId> {
	/// The active members, ascending: a read for each seat of the consortium, and one.
	fn active_ids() -> Vec<MemberId>;

	/// The active members with their controllers, ascending by member: two reads for each seat of the consortium, and one.
	fn active() -> Vec<(MemberId, AccountId)>;
}

/// The audience rule. Given by membership.
pub trait Groups {
	/// May `member` publish to `group` something sealed to `epoch`, marked `tlp`, naming techniques or not? Where it is not
	/// known who is in the group, if it shows a signature by the Ed25519 key given back.
	fn may_publish(
		member: MemberId,
		group: GroupId,
		epoch: Epoch,
		tlp: Tlp,
		has_techniques: bool,
	) -> Result<Option<[u8; 32]>, Refusal>;

	/// The active members of the group; `None` where they are not known, or there is no such group.
	fn roster(group: GroupId) -> Option<Vec<MemberId>>;

	/// Can the member read what was sealed to that epoch of the group? `Some(true)` if it is in the group now; `None` where
	/// that is not known: the roster is hidden, somebody left it since, or there is no such group. At most three reads.
	fn can_read(group: GroupId, epoch: Epoch, member: MemberId) -> Option<bool>;

	/// Is every member of the consortium in the group? One read.
	fn is_of_all(group: GroupId) -> bool;

	/// The newest epoch and its X-Wing public key; `None` while the group is stale, unkeyed or unknown.
	fn sealing_key(group: GroupId) -> Option<(Epoch, Box<[u8; ENCRYPTION_KEY_LEN]>)>;

	/// Is the group waiting for a rekey? False for an unknown group.
	fn is_stale(group: GroupId) -> bool;

	/// What the group asks of objects: nothing for an unknown group. One read.
	fn quality(_: GroupId) -> Quality {
		Quality::default()
	}
}

/// What peers' votes made of members. Given by reputation to membership.
pub trait Reputations {
	/// How reliable the member is as a source: three reads.
	fn reliability(member: MemberId) -> Reliability;

	/// Uses given for each use taken, in millionths: two reads.
	fn reciprocity(member: MemberId) -> u32;
}

/// The ATT&CK catalogue. Given by attck-taxonomy.
pub trait Taxonomy {
	/// The technique that `id` means today (revocations followed) and its status; `None` if it is not in the catalogue
	/// or was revoked without a successor.
	fn resolve(id: TechniqueId) -> Option<(TechniqueId, TechniqueStatus)>;

	/// Resolves all with one read of the index; the first that does not resolve is the error.
	fn check_all(ids: &[TechniqueId]) -> Result<(), TechniqueId> {
		ids.iter().try_for_each(|id| Self::resolve(*id).map(|_| ()).ok_or(*id))
	}
}

/// Registers envelopes. Given by threat-registry to stix-feeds.
pub trait Registry {
	/// What a refusal is reported as.
	type Error;

	/// Registers an envelope as the member's next record, with all the checks of `publish`.
	fn publish(member: MemberId, draft: Draft, payload: &[u8]) -> Result<RecordId, Self::Error>;
}

/// What of a record its judges depend on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RecordFacts {
	/// The envelope's id.
	pub envelope: Hash,
	/// Ed25519 key with which whoever can read the envelope signs.
	pub reader_key: [u8; 32],
	/// Unix seconds of its registration.
	pub published: u64,
	/// Unix seconds at which its validity ends.
	pub valid_until: Option<u64>,
	/// Where it stands now.
	pub status: RecordStatus,
}

/// The records that are judged. Given by threat-registry to reputation.
pub trait Records {
	/// The record: one read.
	fn facts(record: RecordId) -> Option<RecordFacts>;

	/// Can the member read the record? `Some(true)` if it is in one of its open groups or was named in a grant; `None` if it
	/// may be in a hidden group, have been in one that somebody left since, have a direct wrap or one of a hidden grant, or
	/// its analysts may have one: which the chain cannot tell.
	fn is_reader(record: RecordId, member: MemberId) -> Option<bool>;

	/// Was it sealed to a group that every member is in? One read, and one for each of its groups.
	fn is_for_all(record: RecordId) -> bool;

	/// Peers confirmed the record, or refuted it. Changes a record that is live and not decided, and no other.
	fn decide(record: RecordId, confirmed: bool);
}

/// Hears of every accepted sighting. Given by reputation to threat-registry.
pub trait OnSighting {
	/// `by` reported to have met what `record`, published at `published` (unix seconds), describes. `previous` is the count
	/// of its earlier report of this kind, which this one replaces.
	fn on_sighting(record: RecordId, published: u64, by: MemberId, sighting: &Sighting, previous: Option<u32>);
}

impl<AccountId> Members<AccountId> for () {
	fn actor(_: &AccountId) -> Option<Actor> {
		None
	}
	fn standing(_: MemberId) -> Option<Standing> {
		None
	}
	fn take_record_number(_: MemberId) -> Result<u32, Refusal> {
		Err(Refusal::UnknownMember)
	}
	fn next_record_number(_: MemberId) -> u32 {
		0
	}
	fn active_members() -> u32 {
		0
	}
}

impl<AccountId> Peers<AccountId> for () {
	fn active_ids() -> Vec<MemberId> {
		Vec::new()
	}
	fn active() -> Vec<(MemberId, AccountId)> {
		Vec::new()
	}
}

impl Groups for () {
	fn may_publish(_: MemberId, _: GroupId, _: Epoch, _: Tlp, _: bool) -> Result<Option<[u8; 32]>, Refusal> {
		Err(Refusal::UnknownGroup)
	}
	fn roster(_: GroupId) -> Option<Vec<MemberId>> {
		None
	}
	fn can_read(_: GroupId, _: Epoch, _: MemberId) -> Option<bool> {
		None
	}
	fn is_of_all(_: GroupId) -> bool {
		false
	}
	fn sealing_key(_: GroupId) -> Option<(Epoch, Box<[u8; ENCRYPTION_KEY_LEN]>)> {
		None
	}
	fn is_stale(_: GroupId) -> bool {
		false
	}
}

/// Nobody can be judged, and nobody has given or taken.
impl Reputations for () {
	fn reliability(_: MemberId) -> Reliability {
		Reliability::F
	}
	fn reciprocity(_: MemberId) -> u32 {
		1_000_000
	}
}

impl Taxonomy for () {
	fn resolve(_: TechniqueId) -> Option<(TechniqueId, TechniqueStatus)> {
		None
	}
}

impl Registry for () {
	type Error = Refusal;
	fn publish(_: MemberId, _: Draft, _: &[u8]) -> Result<RecordId, Refusal> {
		Err(Refusal::UnknownMember)
	}
}

impl Records for () {
	fn facts(_: RecordId) -> Option<RecordFacts> {
		None
	}
	fn is_reader(_: RecordId, _: MemberId) -> Option<bool> {
		None
	}
	fn is_for_all(_: RecordId) -> bool {
		false
	}
	fn decide(_: RecordId, _: bool) {}
}

impl OnSighting for () {
	fn on_sighting(_: RecordId, _: u64, _: MemberId, _: &Sighting, _: Option<u32>) {}
}
