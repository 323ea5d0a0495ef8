//! What must not change without a migration or a new version of the interface.

use crate::{mock::*, Call, Case, Cast, Evidence, Ledger, Ledgers, Parameters, ReciprocityInfo, Rules, StandingInfo};
use codec::{Encode, MaxEncodedLen};
use cti_primitives::{AuthorId, MemberId, Reliability};
use cti_scoring::Millionths;
use frame::testing_prelude::*;

#[test]
fn call_should_keep_its_index() {
	let call = RuntimeCall::Reputation(Call::set_parameters { parameters: Rules::default() });
	assert_eq!(call.encode(), [53, 0, 3, 0x84, 3, 0xee, 2, 0xf4, 1, 0x2c, 1, 2]);
}

#[test]
fn storage_should_keep_its_keys() {
	let prefix = |item: &[u8]| [twox_128(b"Reputation"), twox_128(item)].concat();
	let key = |item: &[u8], author: AuthorId| {
		[prefix(item), author.using_encoded(twox_64).to_vec(), author.encode()].concat()
	};
	assert_eq!(Evidence::<Test>::hashed_key_for(AuthorId(7)), key(b"Evidence", AuthorId(7)));
	assert_eq!(Ledgers::<Test>::hashed_key_for(AuthorId(7)), key(b"Ledgers", AuthorId(7)));
	assert_eq!(Parameters::<Test>::hashed_key().to_vec(), prefix(b"Parameters"));
}

#[test]
fn entries_should_stay_small() {
	assert_eq!(cti_scoring::Evidence::max_encoded_len(), 24);
	assert_eq!(Ledger::max_encoded_len(), 64);
	assert_eq!(Case::max_encoded_len(), 45);
	assert_eq!(Cast::max_encoded_len(), 6);
	assert_eq!(cti_scoring::Held::max_encoded_len(), 32);
}

#[test]
fn answers_should_keep_their_encoding() {
	let standing = StandingInfo {
		author: AuthorId(1),
		reliability: Reliability::B,
		standing: Millionths(2),
		confirmed: Millionths(3),
		refuted: Millionths(4),
	};
	assert_eq!(standing.encode(), [1, 0, 0, 0, 1, 2, 0, 0, 0, 3, 0, 0, 0, 4, 0, 0, 0]);
	let reciprocity = ReciprocityInfo::new(MemberId(9), &Ledger::default());
	assert_eq!(reciprocity.encode(), [&[9, 0, 0, 0][..], &[0; 64], &1_000_000u32.to_le_bytes()].concat());
}
