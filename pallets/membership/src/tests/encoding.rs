//! What clients and old blocks rely on must not move unnoticed.

use crate::mock::*;
use crate::*;
use codec::{Encode, MaxEncodedLen};
use cti_primitives::{Epoch, GroupId, Role};
use frame::deps::{frame_support::traits::GetCallName, sp_io::hashing::twox_128};

#[test]
fn calls_should_keep_their_indices() {
	let names = [
		"admit",
		"suspend",
		"reinstate",
		"expel",
		"leave",
		"add_delegate",
		"remove_delegate",
		"set_encryption_key",
		"create_group",
		"set_group_policy",
		"add_to_group",
		"remove_from_group",
		"rekey",
		"welcome",
		"report_bad_wrap",
		"set_group_owner",
		"set_deputies",
		"replace_controller",
		"enact",
		"bond_collator",
		"unbond_collator",
		"set_group_quality",
		"set_rhythm",
	];
	assert_eq!(Call::<Test>::get_call_names(), names);
	let first_bytes = [
		Call::<Test>::suspend { member: A }.encode()[0],
		Call::<Test>::leave {}.encode()[0],
		Call::<Test>::add_delegate { account: 1, role: Role::Feed }.encode()[0],
		Call::<Test>::add_to_group { group: G1, member: A }.encode()[0],
		Call::<Test>::remove_from_group { group: G1, member: A }.encode()[0],
	];
	assert_eq!(first_bytes, [1, 4, 5, 10, 11]);
}

#[test]
fn rekey_should_encode_as_readers_of_bodies_expect() {
	let call = Call::<Test>::rekey {
		group: GroupId(1),
		expected_epoch: Epoch(2),
		roster_version: 3,
		public_key: key(1),
		auth: [4; 32],
		link: None,
		wraps: wraps(2),
	};
	let bytes = call.encode();
	let fixed = 1 + 4 + 4 + 4 + 1216 + 32 + 1;
	assert_eq!(bytes.len(), fixed + 1 + 2 * 1168);
	assert_eq!(bytes[..13], [12, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0]);
	// The compact length of two wraps, then the wraps without lengths.
	assert_eq!(bytes[fixed], 2 << 2);
}

#[test]
fn storage_should_keep_its_places() {
	let prefix = |item: &str| [twox_128(b"Membership"), twox_128(item.as_bytes())].concat();
	let keys = [
		("Accounts", Accounts::<Test>::hashed_key_for(ALICE)),
		("Activity", Activity::<Test>::hashed_key_for(A)),
		("Departures", Departures::<Test>::hashed_key().to_vec()),
		("EncryptionKeys", EncryptionKeys::<Test>::hashed_key_for(KeyOwner::Member(A))),
		("Epochs", Epochs::<Test>::hashed_key_for(G1, Epoch(1))),
		("GroupKeys", GroupKeys::<Test>::hashed_key_for(G1)),
		("GroupMembers", GroupMembers::<Test>::hashed_key_for(G1, A)),
		("Groups", Groups::<Test>::hashed_key_for(G1)),
		("Members", Members::<Test>::hashed_key_for(A)),
	];
	for (item, key) in keys {
		assert_eq!(key[..32], prefix(item), "{item}");
	}
}

#[test]
fn hot_entries_should_stay_small() {
	assert_eq!(MemberActivity::max_encoded_len(), 21);
	assert_eq!(Delegation::max_encoded_len(), 5);
	assert_eq!(Group::max_encoded_len(), 44);
	assert_eq!(EpochInfo::max_encoded_len(), 128);
}
