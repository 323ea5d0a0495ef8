use crate::{mock::*, Error, Event, Feeds, FeedsOf};
use cti_primitives::{AuthorId, FeedId, RecordId, Role, Standing};
use frame::testing_prelude::*;

#[test]
fn a_removed_feed_should_leave_its_records() {
	build_and_execute(|| {
		assert_ok!(publish_next());
		assert_ok!(StixFeeds::remove_feed(signed(ALICE, Role::Controller), FEED));
		assert!(Feeds::<Test>::iter().next().is_none() && FeedsOf::<Test>::iter().next().is_none());
		assert!(Records::contains_key(RecordId { author: AuthorId(0), n: 0 }));
		System::assert_last_event(Event::FeedRemoved { feed: FEED, owner: ALICE, pages: 1 }.into());
	});
}

#[test]
fn only_the_owners_controller_should_remove() {
	build_and_execute(|| {
		let remove = |origin, id| StixFeeds::remove_feed(origin, id);
		assert_noop!(remove(signed(BOB, Role::Controller), FEED), Error::<Test>::NotTheOwner);
		assert_noop!(remove(signed(ALICE, Role::Feed), FEED), Error::<Test>::NotTheController);
		assert_noop!(remove(signed(ALICE, Role::Controller), FeedId(9)), Error::<Test>::FeedNotFound);
		assert_noop!(remove(RuntimeOrigin::signed(AccountId::new([0xee; 32])), FEED), Error::<Test>::NotAMember);
	});
}

#[test]
fn a_suspended_member_may_clean_up() {
	build_and_execute(|| {
		Activity::insert(ALICE, (Standing::Suspended, 0));
		assert_ok!(StixFeeds::remove_feed(signed(ALICE, Role::Controller), FEED));
	});
}
