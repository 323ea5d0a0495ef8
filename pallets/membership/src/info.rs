//! What the runtime API shows.

use crate::types::{GroupPolicy, Roster};
use alloc::{string::String, vec::Vec};
use codec::{Decode, Encode};
use cti_primitives::{Epoch, GroupId, KeyOwnerId, MemberId, Quality, Standing};
use scale_info::TypeInfo;

/// A member as the runtime API shows it.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct MemberInfo<AccountId> {
	/// Its id.
	pub member: MemberId,
	/// The account that speaks and votes for it.
	pub controller: AccountId,
	/// Its name.
	pub name: String,
	/// May it act?
	pub standing: Standing,
	/// The block in which it was admitted.
	pub joined_block: u32,
	/// Version of its encryption key, if it has one.
	pub encryption_key_version: Option<u32>,
	/// How many records it has published.
	pub records: u32,
	/// The departed member that it continues.
	pub former: Option<MemberId>,
	/// Does it run a collator?
	pub collates: bool,
}

/// A group as the runtime API shows it.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct GroupInfo {
	/// Its id.
	pub group: GroupId,
	/// Its name.
	pub name: String,
	/// The member that runs it; the consortium's group has none.
	pub owner: Option<MemberId>,
	/// How it knows its members.
	pub roster: Roster,
	/// How many active members are in it: a rekey has one wrap for each. 0 where the roster is hidden.
	pub members: u16,
	/// The newest epoch.
	pub epoch: Epoch,
	/// What the next `rekey` must name.
	pub roster_version: u32,
	/// The roster version that the newest epoch was made for; 0 if the group was never keyed.
	pub keyed_version: u32,
	/// Does it wait for a rekey?
	pub stale: bool,
	/// What it takes and how it is used.
	pub policy: GroupPolicy,
	/// What it asks of objects.
	pub quality: Quality,
	/// Who rekeys a hidden group for its owner.
	pub deputies: Vec<MemberId>,
}

/// One wrap of the next rekey: to whom.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct RosterEntry {
	/// The member.
	pub member: MemberId,
	/// The version of its encryption key to seal to.
	pub key_version: u32,
}

/// An analyst's encryption key: whom RED is sealed to.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct AnalystKey<AccountId> {
	/// The analyst.
	pub account: AccountId,
	/// The number that a wrap names as its key's owner.
	pub owner: KeyOwnerId,
	/// The key's version.
	pub version: u32,
	/// X-Wing public key.
	pub key: Vec<u8>,
}
