//! What is stored or signed keeps its form.

use crate::{
	mock::*,
	moment::Moment,
	position::{Link, Place, Position, PrefixHash, Progress},
	types::MAX_POSITION,
	Call, Feed, FeedSettings, Payload, PositionBytes, KEY_TYPE,
};
use cti_primitives::{Draft, FeedId, GroupId, MemberId, Tlp};
use frame::testing_prelude::*;
use proptest::prelude::*;

fn time(text: &str) -> Option<Moment> {
	text.parse().ok()
}

#[test]
fn positions_should_fit_the_chain() {
	// The version byte, and the longest encoding.
	assert!(1 + Position::max_encoded_len() <= MAX_POSITION as usize);
}

#[test]
fn positions_should_keep_their_encoding() {
	let collection = Position {
		follows: Link([1; 8]),
		place: Place::Collection {
			collection: [2; 4],
			added_after: time("2016-05-31T13:49:53.5Z"),
			skip: 3,
			last: [4; 8],
		},
		progress: Some(Progress { count: 5, tlp: Tlp::Amber, done: 6, markings: [7; 4] }),
	};
	let bytes = collection.encode_to();
	let expected: &[&[u8]] = &[
		&[1],
		&[1; 8],
		&[0],
		&[2; 4],
		&[1],
		&1_464_702_593_500_000_000u64.to_le_bytes(),
		&[1],
		&[3, 0, 0, 0],
		&[4; 8],
		&[1, 5, 0, 2, 6, 0],
		&[7; 4],
	];
	assert_eq!(bytes.as_slice(), expected.concat());
	assert_eq!(Position::decode_from(&bytes), Some(collection));

	let file = Position { follows: Link([1; 8]), place: Place::File { offset: 9, prefix: [8; 16] }, progress: None };
	let expected: &[&[u8]] = &[&[1], &[1; 8], &[1], &9u64.to_le_bytes(), &[8; 16], &[0]];
	assert_eq!(file.encode_to().as_slice(), expected.concat());
}

#[test]
fn calls_should_keep_their_indices() {
	let calls = [
		Call::<Test>::register_feed { name: text("x"), group: GroupId(0), ceiling: Tlp::Green, default_marking: None },
		Call::update_feed {
			feed: FeedId(0),
			name: text("x"),
			group: GroupId(0),
			ceiling: Tlp::Green,
			default_marking: None,
			enabled: true,
		},
		Call::remove_feed { feed: FeedId(0) },
		Call::publish_page {
			feed: FeedId(0),
			sequence: 0,
			position: PositionBytes::default(),
			draft: Draft::default(),
			payload: Payload::default(),
		},
	];
	for (n, call) in calls.into_iter().enumerate() {
		let encoded = RuntimeCall::from(call).encode();
		assert_eq!(encoded[..2], [54, n as u8]);
	}
	assert_eq!(KEY_TYPE.0, *b"feed");
}

#[test]
fn a_feed_should_stay_small() {
	assert_eq!(FeedSettings::max_encoded_len(), 66 + 4 + 1 + 2);
	assert_eq!(Feed::max_encoded_len(), MemberId::max_encoded_len() + 73 + 1 + 8 + 66 + 4);
}

proptest! {
	#[test]
	fn a_prefix_hash_should_not_depend_on_the_pieces(
		len in 0usize..200_000,
		cuts in proptest::collection::vec(0usize..200_000, 0..6),
	) {
		let bytes: Vec<u8> = (0..len).map(|n| (n * 31 % 251) as u8).collect();
		let mut whole = PrefixHash::default();
		whole.update(&bytes);
		prop_assert_eq!(whole.len(), len as u64);

		let mut pieces = PrefixHash::default();
		let mut cuts: Vec<usize> = cuts.into_iter().map(|cut| cut.min(len)).collect();
		cuts.sort_unstable();
		let mut from = 0;
		for to in cuts.into_iter().chain([len]) {
			pieces.update(&bytes[from..to]);
			from = to;
		}
		prop_assert_eq!(pieces.value(), whole.value());

		// Going on from the last whole block.
		let mut again = whole.at_block();
		again.update(&bytes[again.len() as usize..]);
		prop_assert_eq!(again.value(), whole.value());
		if len > 0 {
			let mut other = PrefixHash::default();
			other.update(&bytes[..len - 1]);
			prop_assert_ne!(other.value(), whole.value());
		}
	}

	#[test]
	fn any_bytes_should_be_a_position_or_not(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
		if let Some(position) = Position::decode_from(&bytes) {
			prop_assert_eq!(position.encode_to().into_inner(), bytes);
		}
	}
}
