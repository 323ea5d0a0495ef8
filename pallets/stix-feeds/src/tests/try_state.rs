use crate::{mock::*, Feeds, FeedsOf, NextFeedId, PositionBytes};
use cti_primitives::{FeedId, Tlp};
use frame::testing_prelude::*;

fn broken(corrupt: impl FnOnce()) -> bool {
	new_test_ext().execute_with(|| {
		assert_ok!(publish_next());
		StixFeeds::do_try_state().unwrap();
		corrupt();
		StixFeeds::do_try_state().is_err()
	})
}

#[test]
fn a_corrupted_state_should_be_noticed() {
	let change = |change: fn(&mut crate::Feed)| move || Feeds::<Test>::mutate_extant(FEED, change);
	assert!(broken(|| NextFeedId::<Test>::put(FEED)));
	assert!(broken(|| FeedsOf::<Test>::insert(ALICE, 2)));
	assert!(broken(|| FeedsOf::<Test>::insert(BOB, 0)));
	assert!(broken(|| Feeds::<Test>::remove(FEED)));
	assert!(broken(change(|feed| feed.owner = BOB)));
	assert!(broken(change(|feed| feed.sequence = 0)));
	assert!(broken(change(|feed| feed.position = PositionBytes::default())));
	assert!(broken(change(|feed| feed.settings.ceiling = Tlp::Red)));
	assert!(!broken(|| NextFeedId::<Test>::put(FeedId(5))));
}
