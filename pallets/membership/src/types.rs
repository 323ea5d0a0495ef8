//! What the pallet stores, and the rules that live on it.

use alloc::{boxed::Box, string::String, vec::Vec};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use cti_primitives::{Epoch, Hash, MemberId, Reliability, Role, Standing, Text, Tlp, ENCRYPTION_KEY_LEN, WRAP_LEN};
use frame::{
	prelude::{BoundedVec, ConstU32},
	token::fungible::Inspect,
};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// Most members that hold a seat at one time, the suspended among them.
pub const MAX_SEATS: u32 = 255;
/// Most members that rekey a hidden group for its owner.
pub const MAX_DEPUTIES: u32 = 8;
/// Wraps of a hidden group's epoch: a power of two between these.
pub const HIDDEN_WRAPS: core::ops::RangeInclusive<usize> = 8..=256;
/// Blocks in which somebody may answer a report of a bad wrap before the reporter may rekey.
pub const ANSWER_BLOCKS: u32 = 50;
/// Members that must dispute a group's newest epoch before one of them may rekey: a third of its members, or so many, or all
/// but one where they are fewer.
pub const DISPUTERS: u16 = 2;
/// Seconds for which a member that reported its key leaves the rekey that follows to others.
pub const REPORT_PAUSE: u64 = 600;
/// Most open groups one member may be in.
pub const MAX_GROUPS: u32 = 64;
/// Most groups of one owner that another member may be in: no owner fills a member's places alone.
pub const MAX_GROUPS_OF_ONE_OWNER: usize = 32;
/// Most delegates one member may have at one time.
pub const MAX_DELEGATES: u16 = 16;
/// Most bytes in the name of a member or a group.
pub const MAX_NAME: u32 = 64;
/// Seconds in a day.
pub const DAY: u64 = 86_400;
/// The group of all active members.
pub const CONSORTIUM: cti_primitives::GroupId = cti_primitives::GroupId(0);
/// Member ids end here: the upper half of the numbers is for interned pseudonyms.
pub const END_OF_MEMBER_IDS: u32 = 1 << 31;

/// A name: 1 to 64 bytes.
pub type Name = Text<MAX_NAME>;
/// An X-Wing public key.
pub type EncryptionKey = [u8; ENCRYPTION_KEY_LEN];
/// An epoch secret sealed to one member.
pub type Wrap = [u8; WRAP_LEN];
/// A new epoch's wraps: one for each active member of the group, in order of member id; a hidden group's padded, sorted by
/// their bytes.
pub type Wraps = BoundedVec<Wrap, ConstU32<256>>;
/// Members that rekey a hidden group for its owner, ascending.
pub type Deputies = BoundedVec<MemberId, ConstU32<MAX_DEPUTIES>>;
/// The previous epoch's secret sealed under the next one's.
pub type Link = [u8; 48];
/// Where an extrinsic is: block number, and index in the block.
pub type Location = (u32, u32);
/// Balance of the pallet's currency.
pub type BalanceOf<T> =
	<<T as crate::Config>::Currency as Inspect<<T as frame::deps::frame_system::Config>::AccountId>>::Balance;

/// A member, the part that seldom changes.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct MemberProfile<AccountId> {
	/// The account that speaks and votes for the organisation.
	pub controller: AccountId,
	/// The organisation's name.
	pub name: Name,
	/// The block in which it was admitted.
	pub joined_block: u32,
	/// How many delegates act for it.
	pub delegates: u16,
	/// The departed member that this one continues, as the vote said.
	pub former: Option<MemberId>,
}

/// A member, the part that every publication touches.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct MemberActivity {
	/// May it act?
	pub standing: Standing,
	/// The number that its next record will have.
	pub records: u32,
	/// Bytes that were left in its bucket at `refilled`.
	pub tokens: u32,
	/// When `tokens` was computed, in unix seconds.
	pub refilled: u64,
	/// The number under which the organisation was first admitted: its own, unless it left and came back.
	pub first: MemberId,
}

/// On whose behalf an account acts.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Delegation {
	/// The member.
	pub member: MemberId,
	/// In which role.
	pub role: Role,
}

/// Whose encryption key.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub enum KeyOwner<AccountId> {
	/// A member's: groups are keyed to it.
	Member(MemberId),
	/// An analyst's: RED goes to it.
	Analyst(AccountId),
}

/// A public key that others seal to.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct KeyEntry {
	/// 0 for the first, one more for each that replaces another.
	pub version: u32,
	/// X-Wing public key.
	pub key: EncryptionKey,
}

/// Why an encryption key is replaced.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub enum KeyChange {
	/// Rotation, or the first key.
	Routine,
	/// Somebody else may have the seed: what was sealed to it must be sealed anew.
	Compromised,
	/// Nobody has the seed any more.
	Lost,
}

impl KeyChange {
	/// Must the owner's groups be rekeyed?
	pub const fn stales_groups(self) -> bool {
		matches!(self, KeyChange::Compromised | KeyChange::Lost)
	}
}

/// How a group knows its members.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub enum Roster {
	/// Every active member that has an encryption key: group 0.
	Everyone,
	/// Those the owner added, in public.
	Open,
	/// Those to whom the owner sealed the newest epoch: the chain does not know them.
	Hidden,
}

/// How the owner of a group keeps its roster.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub enum Visibility {
	/// In public: members are added and removed by calls.
	Open,
	/// By the wraps of its epochs alone.
	Hidden,
}

impl From<Visibility> for Roster {
	fn from(visibility: Visibility) -> Self {
		match visibility {
			Visibility::Open => Roster::Open,
			Visibility::Hidden => Roster::Hidden,
		}
	}
}

/// What a group takes and how it is used.
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
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GroupPolicy {
	/// The strictest marking it takes: at most AMBER+STRICT.
	pub ceiling: Tlp,
	/// A record must name a technique.
	pub techniques_required: bool,
	/// AMBER may be passed on to the members' own clients.
	pub pass_on_to_clients: bool,
	/// Each epoch may link to the one before, so that new members can read the past.
	pub history: bool,
	/// Members outside the group may publish to it.
	pub drop_box: bool,
	/// The least reliability of who publishes to it: F, and so a newcomer, meets E and nothing better.
	#[serde(default)]
	pub min_reliability: Option<Reliability>,
	/// The least reciprocity of who is added to it, uses given for each taken, in millionths.
	#[serde(default)]
	pub min_reciprocity: Option<u32>,
}

/// The consortium's policy at genesis, unless the chain's specification says otherwise.
impl Default for GroupPolicy {
	fn default() -> Self {
		Self {
			ceiling: Tlp::Amber,
			techniques_required: false,
			pass_on_to_clients: true,
			history: true,
			drop_box: false,
			min_reliability: None,
			min_reciprocity: None,
		}
	}
}

/// A sharing group.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Group {
	/// The member that runs it; the consortium's group has none.
	pub owner: Option<MemberId>,
	/// How it knows its members.
	pub roster: Roster,
	/// How many active members are in it: a rekey has one wrap for each. 0 where the roster is hidden.
	pub members: u16,
	/// The newest epoch.
	pub epoch: Epoch,
	/// Starts at 1, where a hidden roster stays; one more for each removal, departure, and compromised or lost key.
	pub roster_version: u32,
	/// The roster version that the newest epoch was made for; 0 if the group was never keyed.
	pub keyed_version: u32,
	/// How many departures the consortium had seen when the newest epoch was made.
	pub departures_seen: u32,
	/// When the newest epoch was made, in unix seconds.
	pub keyed_at: u64,
	/// What it takes and how it is used.
	pub policy: GroupPolicy,
}

impl Group {
	/// A group that nobody is in yet and that was never keyed.
	pub const fn new(owner: Option<MemberId>, roster: Roster, policy: GroupPolicy) -> Self {
		Self {
			owner,
			roster,
			members: 0,
			epoch: Epoch(0),
			roster_version: 1,
			keyed_version: 0,
			departures_seen: 0,
			keyed_at: 0,
			policy,
		}
	}

	/// Does it wait for a rekey? Nothing may be sealed to it until then. `departures` is asked for where the roster is hidden:
	/// whoever departed from the consortium may have been in it.
	pub fn is_stale(&self, departures: impl FnOnce() -> u32) -> bool {
		match self.roster {
			Roster::Hidden => !self.is_keyed() || self.departures_seen != departures(),
			Roster::Everyone | Roster::Open => self.roster_version != self.keyed_version,
		}
	}

	/// What the next rekey must name as the roster version.
	pub fn next_roster_version(&self, departures: impl FnOnce() -> u32) -> u32 {
		match self.roster {
			Roster::Hidden => departures(),
			Roster::Everyone | Roster::Open => self.roster_version,
		}
	}

	/// How many members must dispute its newest epoch before one of them may replace it.
	pub fn disputers(&self) -> u16 {
		self.members.div_ceil(3).max(DISPUTERS).min(self.members.saturating_sub(1))
	}

	/// Follows a change of one of its members; `None` if a counter is at its end.
	pub fn apply(&mut self, change: RosterChange) -> Option<()> {
		self.members = match change {
			RosterChange::Returns => self.members.checked_add(1)?,
			RosterChange::Leaves => self.members.checked_sub(1)?,
			RosterChange::Stales => self.members,
		};
		if change.stales_groups() {
			self.roster_version = self.roster_version.checked_add(1)?;
		}
		Some(())
	}

	/// Was it ever keyed?
	pub const fn is_keyed(&self) -> bool {
		self.keyed_version != 0
	}
}

/// What a change in the consortium does to the groups of the member concerned.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RosterChange {
	/// It counts again. What it missed comes by `welcome`.
	Returns,
	/// It counts no longer; what comes next must be closed to it.
	Leaves,
	/// It counts as before; what comes next must be closed to its old key, or to a member that counted no more.
	Stales,
}

impl RosterChange {
	/// Does it make the groups stale?
	pub const fn stales_groups(self) -> bool {
		!matches!(self, RosterChange::Returns)
	}
}

/// What `rekey` brings.
pub struct NewEpoch {
	/// The group's new X-Wing public key.
	pub public_key: Box<EncryptionKey>,
	/// Ed25519 public key of those who hold the epoch's secret.
	pub auth: [u8; 32],
	/// The previous epoch's secret under this one's.
	pub link: Option<Link>,
	/// One for each active member of the group; a hidden group's padded.
	pub wraps: Wraps,
}

/// A group's key epoch.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct EpochInfo {
	/// The extrinsic that holds its wraps; (0, 0) at genesis.
	pub at: Location,
	/// How many wraps.
	pub wraps: u16,
	/// BLAKE2b-256 of the group's X-Wing public key in this epoch.
	pub pk_hash: Hash,
	/// Ed25519 public key of those who hold the epoch's secret.
	pub auth: [u8; 32],
	/// The previous epoch's secret under this one's.
	pub link: Option<Link>,
	/// Who made it; none at genesis.
	pub rekeyer: Option<MemberId>,
}

/// A member's word that the wrap it was given for an epoch does not open.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct BadWrap {
	/// Which epoch's.
	pub epoch: Epoch,
	/// The block of the report, the first of this epoch.
	pub reported: u32,
	/// What was answered.
	pub answer: Answer,
}

/// Members that dispute an epoch of a group: what they were given twice does not open.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Dispute {
	/// Which epoch.
	pub epoch: Epoch,
	/// How many members.
	pub members: u16,
	/// The block in which they became enough.
	pub since: u32,
}

/// What became of a report of a bad wrap.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub enum Answer {
	/// Nothing yet.
	Awaited,
	/// A holder of the secret welcomed the member anew.
	Given,
	/// Nor did that wrap open, the member says: whoever holds the secret gives it another.
	Disputed,
}

/// A member at genesis.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GenesisMember<AccountId> {
	/// The account that speaks and votes for it.
	pub controller: AccountId,
	/// Its name, 1 to 64 bytes.
	pub name: String,
	/// Its X-Wing public key in hex, `0x` in front; empty for none.
	#[serde(with = "frame::deps::sp_core::bytes", default)]
	pub encryption_key: Vec<u8>,
	/// Its delegates.
	#[serde(default = "Vec::new")]
	pub delegates: Vec<(AccountId, Role)>,
	/// Does it run a collator? Then its controller's balance covers the bond.
	#[serde(default)]
	pub collates: bool,
}

/// The consortium's group key at epoch 0.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GenesisKey {
	/// X-Wing public key in hex, `0x` in front.
	#[serde(with = "frame::deps::sp_core::bytes")]
	pub public_key: Vec<u8>,
	/// Ed25519 public key in hex, `0x` in front.
	#[serde(with = "frame::deps::sp_core::bytes")]
	pub auth: Vec<u8>,
}
