//! Entries of the chain's state that decide to whom something is sealed: their keys and layouts.
//!
//! Both are part of the protocol (docs/protocol.md) and are not looked up in the metadata, because that is the node's word,
//! too: who may say what a key means may put another in its place.

use codec::{Decode, Encode, Input};
use cti_primitives::{
	Epoch, GroupId, Hash, KeyOwnerId, MemberId, RecordId, Reliability, Role, Standing, Tlp, ENCRYPTION_KEY_LEN,
};
use polkadot_sdk::sp_crypto_hashing::{blake2_128, twox_128, twox_64};
use subxt::utils::AccountId32;

/// An entry.
#[derive(Clone, Debug)]
pub enum Entry {
	/// [`Group`].
	Group(GroupId),
	/// The X-Wing public key of a group's newest epoch.
	GroupKey(GroupId),
	/// [`EpochEntry`].
	Epoch(GroupId, Epoch),
	/// How many departures the consortium has seen: u32.
	Departures,
	/// [`Profile`].
	Profile(MemberId),
	/// [`Activity`].
	Activity(MemberId),
	/// [`KeyEntry`] of a member.
	MemberKey(MemberId),
	/// [`KeyEntry`] of an analyst.
	AnalystKey(AccountId32),
	/// The number by which wraps name an analyst's key.
	AnalystNumber(AccountId32),
	/// [`Delegation`].
	Account(AccountId32),
	/// [`Record`].
	Record(RecordId),
	/// There for each member of an open group: `()`.
	GroupMember(GroupId, MemberId),
}

impl Entry {
	/// Where it is in the state.
	pub fn key(&self) -> Vec<u8> {
		match self {
			Entry::Group(group) => place("Groups", &[twox(group)]),
			Entry::GroupKey(group) => place("GroupKeys", &[twox(group)]),
			Entry::Epoch(group, epoch) => place("Epochs", &[twox(group), twox(epoch)]),
			Entry::GroupMember(group, member) => place("GroupMembers", &[twox(group), twox(member)]),
			Entry::Departures => place("Departures", &[]),
			Entry::Profile(member) => place("Members", &[twox(member)]),
			Entry::Activity(member) => place("Activity", &[twox(member)]),
			Entry::MemberKey(member) => place("EncryptionKeys", &[blake2(&(0u8, member))]),
			Entry::AnalystKey(account) => place("EncryptionKeys", &[blake2(&(1u8, account.0))]),
			Entry::AnalystNumber(account) => place("AnalystNumbers", &[blake2(&account.0)]),
			Entry::Account(account) => place("Accounts", &[blake2(&account.0)]),
			Entry::Record(record) => {
				[twox_128(b"ThreatRegistry").as_slice(), &twox_128(b"Records"), &record.encode()].concat()
			}
		}
	}
}

fn place(item: &str, keys: &[Vec<u8>]) -> Vec<u8> {
	let mut place = [twox_128(b"Membership"), twox_128(item.as_bytes())].concat();
	place.extend(keys.concat());
	place
}

fn twox(key: &impl Encode) -> Vec<u8> {
	let key = key.encode();
	[twox_64(&key).as_slice(), &key].concat()
}

fn blake2(key: &impl Encode) -> Vec<u8> {
	let key = key.encode();
	[blake2_128(&key).as_slice(), &key].concat()
}

/// How a group knows its members.
#[derive(Decode, PartialEq, Eq, Debug)]
#[allow(missing_docs)]
pub enum Roster {
	Everyone,
	Open,
	Hidden,
}

/// What a group takes.
#[derive(Decode, PartialEq, Eq, Debug)]
#[allow(missing_docs)]
pub struct Policy {
	pub ceiling: Tlp,
	pub techniques_required: bool,
	pub pass_on_to_clients: bool,
	pub history: bool,
	pub drop_box: bool,
	pub min_reliability: Option<Reliability>,
	pub min_reciprocity: Option<u32>,
}

/// A group.
#[derive(Decode, Debug)]
#[allow(missing_docs)]
pub struct Group {
	pub owner: Option<MemberId>,
	pub roster: Roster,
	pub members: u16,
	pub epoch: Epoch,
	pub roster_version: u32,
	/// The roster version of the newest epoch; 0 if it was never keyed.
	pub keyed_version: u32,
	pub departures_seen: u32,
	pub keyed_at: u64,
	pub policy: Policy,
}

impl Group {
	/// Does it wait for a rekey? Whoever departed from the consortium may have been in a hidden group.
	pub fn is_stale(&self, departures: u32) -> bool {
		match self.roster {
			Roster::Hidden => self.keyed_version == 0 || self.departures_seen != departures,
			Roster::Everyone | Roster::Open => self.roster_version != self.keyed_version,
		}
	}

	/// What the next rekey must name as the roster version.
	pub fn next_roster_version(&self, departures: u32) -> u32 {
		match self.roster {
			Roster::Hidden => departures,
			Roster::Everyone | Roster::Open => self.roster_version,
		}
	}
}

/// A group's epoch.
#[derive(Decode, Debug)]
#[allow(missing_docs)]
pub struct EpochEntry {
	pub at: (u32, u32),
	pub wraps: u16,
	/// BLAKE2b-256 of the group's public key.
	pub pk_hash: Hash,
	pub auth: [u8; 32],
	pub link: Option<[u8; 48]>,
	pub rekeyer: Option<MemberId>,
}

/// A member, the part that seldom changes.
#[derive(Decode, Debug)]
#[allow(missing_docs)]
pub struct Profile {
	pub controller: [u8; 32],
	pub name: Vec<u8>,
	pub joined_block: u32,
	pub delegates: u16,
	pub former: Option<MemberId>,
}

/// A member, the part that every publication touches.
#[derive(Decode, Debug)]
#[allow(missing_docs)]
pub struct Activity {
	pub standing: Standing,
	pub records: u32,
	pub tokens: u32,
	pub refilled: u64,
	pub first: MemberId,
}

/// An X-Wing public key and its version.
#[derive(Decode, Debug)]
#[allow(missing_docs)]
pub struct KeyEntry {
	pub version: u32,
	pub key: [u8; ENCRYPTION_KEY_LEN],
}

/// On whose behalf an account acts.
#[derive(Decode, PartialEq, Eq, Debug)]
#[allow(missing_docs)]
pub struct Delegation {
	pub member: MemberId,
	pub role: Role,
}

/// A record's beginning: the rest says nothing of who reads it.
#[derive(Debug)]
#[allow(missing_docs)]
pub struct Record {
	pub id: Hash,
}

impl Decode for Record {
	fn decode<I: Input>(input: &mut I) -> Result<Self, codec::Error> {
		let id = Hash::decode(input)?;
		while input.read_byte().is_ok() {}
		Ok(Self { id })
	}
}

/// The number by which wraps name an analyst's key.
pub type Number = KeyOwnerId;
