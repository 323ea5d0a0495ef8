//! What the chain answers. Fields are found by name, so that fields added later do no harm. The identifiers and
//! markings inside are those of `cti-primitives`, whose encodings are frozen.

use clap::ValueEnum;
use cti_primitives::{
	catalogue::CatalogueVersion, Domain, Epoch, FeedId, GroupId, Hash, KeyOwnerId, MemberId, Quality, RecordId,
	RecordStatus, Reliability, Role, Standing, TechniqueId, TechniqueStatus, Tlp,
};
use serde::Serialize;
use subxt::{
	ext::{scale_decode::DecodeAsType, scale_encode::EncodeAsType},
	utils::{AccountId32, Static},
};

/// Block and extrinsic index.
pub type Location = (u32, u32);

/// A member.
#[derive(Clone, Debug, DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
pub struct MemberInfo {
	/// Its id.
	pub member: Static<MemberId>,
	/// The account that speaks for it.
	pub controller: AccountId32,
	/// Its name.
	pub name: String,
	/// May it act?
	pub standing: Static<Standing>,
	/// The block in which it was admitted.
	pub joined_block: u32,
	/// Version of its encryption key.
	pub encryption_key_version: Option<u32>,
	/// How many records it has published.
	pub records: u32,
	/// The departed member that it continues.
	pub former: Option<Static<MemberId>>,
	/// Does it run a collator?
	pub collates: bool,
}

/// What an account may do, and for whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Acting {
	/// The member.
	pub member: MemberId,
	/// In which role.
	pub role: Role,
}

/// How a group knows its members.
#[derive(Clone, Copy, PartialEq, Eq, Debug, DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
pub enum Roster {
	/// Every active member that has an encryption key.
	Everyone,
	/// Those the owner added.
	Open,
	/// Known to the owner alone.
	Hidden,
}

/// What a group takes, as the chain tells it and as calls set it.
#[derive(Clone, PartialEq, Eq, Debug, DecodeAsType, EncodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
#[encode_as_type(crate_path = "subxt::ext::scale_encode")]
pub struct GroupPolicy {
	/// The strictest marking it takes.
	pub ceiling: Static<Tlp>,
	/// A record must name a technique.
	pub techniques_required: bool,
	/// AMBER may be passed on to the members' own clients.
	pub pass_on_to_clients: bool,
	/// Epochs may link to the one before.
	pub history: bool,
	/// Members outside may publish to it.
	pub drop_box: bool,
	/// The least reliability of who publishes to it.
	pub min_reliability: Option<Static<Reliability>>,
	/// The least reciprocity of who is added to it, in millionths.
	pub min_reciprocity: Option<u32>,
}

/// A sharing group.
#[derive(Clone, Debug, DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
pub struct GroupInfo {
	/// Its id.
	pub group: Static<GroupId>,
	/// Its name.
	pub name: String,
	/// Who runs it.
	pub owner: Option<Static<MemberId>>,
	/// How it knows its members.
	pub roster: Roster,
	/// How many active members are in it.
	pub members: u16,
	/// The newest epoch.
	pub epoch: Static<Epoch>,
	/// What the next rekey must name.
	pub roster_version: u32,
	/// The roster version of the newest epoch; 0 if it was never keyed.
	pub keyed_version: u32,
	/// Does it wait for a rekey?
	pub stale: bool,
	/// What it takes.
	pub policy: GroupPolicy,
	/// What it asks of objects.
	pub quality: Static<Quality>,
	/// Who rekeys a hidden group beside its owner.
	pub deputies: Vec<Static<MemberId>>,
}

/// One wrap of the next rekey: to whom.
#[derive(Clone, Debug, DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
pub struct RosterEntry {
	/// The member.
	pub member: Static<MemberId>,
	/// The version of its encryption key.
	pub key_version: u32,
}

/// A group's key epoch.
#[derive(Clone, Debug, DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
pub struct EpochInfo {
	/// The extrinsic that holds its wraps; (0, 0) at genesis.
	pub at: Location,
	/// BLAKE2b-256 of the group's public key.
	pub pk_hash: Hash,
	/// Ed25519 key of those who hold the epoch's secret.
	pub auth: [u8; 32],
	/// The previous epoch's secret under this one's.
	pub link: Option<[u8; 48]>,
	/// Who made it.
	pub rekeyer: Option<Static<MemberId>>,
}

/// A registered record.
#[derive(Clone, Debug, DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
pub struct RecordInfo {
	/// Author and number.
	pub record: Static<RecordId>,
	/// The envelope's id.
	pub id: Hash,
	/// Merkle root over its objects.
	pub objects_root: Hash,
	/// Leaves of that tree.
	pub leaves: u32,
	/// Bytes of the envelope.
	pub bytes: u32,
	/// How far it may travel.
	pub tlp: Static<Tlp>,
	/// Groups and epochs.
	pub audience: Static<Vec<(GroupId, Epoch)>>,
	/// Direct wraps.
	pub direct: u8,
	/// Where the envelope is.
	pub at: Location,
	/// Unix seconds.
	pub published: u64,
	/// Unix seconds at which it ends to be valid.
	pub valid_until: Option<u64>,
	/// The author's record it replaces.
	pub revises: Option<u32>,
	/// Where it stands.
	pub status: Static<RecordStatus>,
	/// How many members have met what it describes.
	pub sightings: u32,
	/// How many members have met it and found it harmless.
	pub false_positives: u32,
}

/// A technique as the catalogue knows it.
#[derive(Clone, Debug, DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
pub struct TechniqueInfo {
	/// Its id.
	pub id: Static<TechniqueId>,
	/// Its name; a sub-technique's is without its parent's.
	pub name: String,
	/// In use, deprecated or revoked.
	pub status: Static<TechniqueStatus>,
}

impl TechniqueInfo {
	/// May a record name it? Not if it was revoked without a successor.
	pub fn is_usable(&self) -> bool {
		*self.status != TechniqueStatus::Revoked(None)
	}
}

/// An import of a catalogue that is under way.
#[derive(Clone, Debug, DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
pub struct ImportInfo {
	/// The hashes of its pages that were voted for.
	pub pages: Vec<Hash>,
	/// Numbers of the pages that are not there, counted from 0.
	pub missing: Vec<u32>,
}

/// A column of ATT&CK's matrix.
#[derive(Clone, Debug, DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
pub struct TacticInfo {
	/// `initial-access`
	pub shortname: String,
	/// `Initial Access`
	pub name: String,
}

/// The catalogue's version in one domain.
#[derive(Clone, Debug, DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
pub struct VersionInfo {
	/// The domain.
	pub domain: Static<Domain>,
	/// ATT&CK's version.
	pub version: Static<CatalogueVersion>,
	/// How many techniques it has.
	pub techniques: u32,
}

/// The key of a member's analyst.
#[derive(Clone, Debug, DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
pub struct AnalystKey {
	/// The analyst.
	pub account: AccountId32,
	/// The number that wraps name.
	pub owner: Static<KeyOwnerId>,
	/// The key's version.
	pub version: u32,
	/// X-Wing public key.
	pub key: Vec<u8>,
}

/// A feed registered on chain.
#[derive(Clone, Debug, DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
pub struct FeedInfo {
	/// Its id.
	pub feed: Static<FeedId>,
	/// Whose it is.
	pub owner: Static<MemberId>,
	/// Its name.
	pub name: String,
	/// To which group it publishes.
	pub group: Static<GroupId>,
	/// The strictest marking it publishes.
	pub ceiling: Static<Tlp>,
	/// For objects that carry none.
	pub default_marking: Option<Static<Tlp>>,
	/// Is it on?
	pub enabled: bool,
	/// Number of its next page.
	pub sequence: u64,
	/// Block of its newest page.
	pub last_block: u32,
}

/// Event `ThreatRegistry.RecordPublished`.
#[derive(Clone, Debug, DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
pub struct RecordPublished {
	/// Author and number.
	pub record: Static<RecordId>,
	/// The envelope's id.
	pub id: Hash,
	/// How far it may travel.
	pub tlp: Static<Tlp>,
	/// Groups and epochs.
	pub audience: Static<Vec<(GroupId, Epoch)>>,
	/// Direct wraps.
	pub direct: u8,
	/// Techniques to find it by.
	pub techniques: Static<Vec<TechniqueId>>,
	/// Where the envelope is.
	pub at: Location,
	/// Bytes of the envelope.
	pub bytes: u32,
	/// Leaves of the tree over its objects.
	pub leaves: u32,
	/// Unix seconds.
	pub published: u64,
	/// Unix seconds at which it ends to be valid.
	pub valid_until: Option<u64>,
	/// The author's record it replaces.
	pub revises: Option<u32>,
}

/// An event of which only the record matters: `RecordWithdrawn`, `RecordExpired`.
#[derive(Clone, Debug, DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
pub struct RecordOnly {
	/// The record.
	pub record: Static<RecordId>,
}

/// Why a record was withdrawn.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, DecodeAsType, EncodeAsType, ValueEnum)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
#[encode_as_type(crate_path = "subxt::ext::scale_encode")]
#[serde(rename_all = "kebab-case")]
pub enum WithdrawalReason {
	/// The content is wrong.
	Incorrect,
	/// It was published wider than its marking or its source allow.
	WronglyShared,
	/// It holds personal data that should not be in it.
	PersonalData,
	/// Who it came from asked for it.
	SourceRequest,
	/// The same content is in another record.
	Duplicate,
	/// None of the above.
	Other,
}

impl WithdrawalReason {
	/// In words.
	pub const fn words(self) -> &'static str {
		match self {
			WithdrawalReason::Incorrect => "its content is wrong",
			WithdrawalReason::WronglyShared => "it was shared wider than it may be",
			WithdrawalReason::PersonalData => "it holds personal data",
			WithdrawalReason::SourceRequest => "its source asked for it",
			WithdrawalReason::Duplicate => "the same is in another record",
			WithdrawalReason::Other => "for another reason",
		}
	}
}

/// Event `ThreatRegistry.RecordWithdrawn`.
#[derive(Clone, Debug, DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
pub struct RecordWithdrawn {
	/// The record.
	pub record: Static<RecordId>,
	/// Why.
	pub reason: WithdrawalReason,
}

/// Event `ThreatRegistry.RecordJudged`.
#[derive(Clone, Debug, DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
pub struct RecordJudged {
	/// The record.
	pub record: Static<RecordId>,
	/// Did peers confirm it?
	pub confirmed: bool,
}

/// Event `ThreatRegistry.RecordExtended`.
#[derive(Clone, Debug, DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
pub struct RecordExtended {
	/// The record.
	pub record: Static<RecordId>,
	/// Unix seconds at which it ends to be valid.
	pub valid_until: u64,
}

/// Whose encryption key.
#[derive(Clone, Debug, DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
pub enum KeyOwner {
	/// A member's.
	Member(Static<MemberId>),
	/// An analyst's.
	Analyst(AccountId32),
}

/// Event `Membership.EncryptionKeySet`, as far as it is used.
#[derive(Clone, Debug, DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
pub struct EncryptionKeySet {
	/// Whose.
	pub owner: KeyOwner,
	/// 0 for the first.
	pub version: u32,
}

/// Event `Membership.GroupRekeyed`, as far as it is used.
#[derive(Clone, Debug, DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
pub struct GroupRekeyed {
	/// The group.
	pub group: Static<GroupId>,
	/// Its new epoch.
	pub epoch: Static<Epoch>,
}

/// Event `Membership.GroupPolicySet`, as far as it is used.
#[derive(Clone, Debug, DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
pub struct GroupPolicySet {
	/// The group.
	pub group: Static<GroupId>,
	/// Its policy before.
	pub old: GroupPolicy,
	/// And now.
	pub new: GroupPolicy,
}

/// Event `Membership.MemberWelcomed`, as far as it is used.
#[derive(Clone, Debug, DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
pub struct MemberWelcomed {
	/// The group.
	pub group: Static<GroupId>,
	/// The epoch whose secret was handed over.
	pub epoch: Static<Epoch>,
	/// To whom.
	pub member: Static<MemberId>,
	/// The extrinsic that holds the wrap.
	pub at: Location,
}

/// Event `ThreatRegistry.AccessGranted`.
#[derive(Clone, Debug, DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
pub struct AccessGranted {
	/// The record.
	pub record: Static<RecordId>,
	/// To whom, by the author's word.
	pub recipients: Static<Vec<KeyOwnerId>>,
	/// How many more.
	pub hidden: u8,
	/// The extrinsic that holds the wraps.
	pub at: Location,
}

/// Event `StixFeeds.FeedRegistered`, as far as it is used.
#[derive(Clone, Debug, DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
pub struct FeedRegistered {
	/// The feed.
	pub feed: Static<FeedId>,
}

/// Event `Membership.GroupCreated`, as far as it is used.
#[derive(Clone, Debug, DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
pub struct GroupCreated {
	/// The group.
	pub group: Static<GroupId>,
}
