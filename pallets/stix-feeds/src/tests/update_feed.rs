use crate::{mock::*, Error, Event, Feeds};
use cti_primitives::{FeedId, GroupId, MemberId, Role, Standing, Tlp};
use frame::testing_prelude::*;

fn update(by: MemberId, group: GroupId, ceiling: Tlp, enabled: bool) -> DispatchResult {
	StixFeeds::update_feed(signed(by, Role::Controller), FEED, text("renamed"), group, ceiling, None, enabled)
}

#[test]
fn the_owner_should_change_settings_and_the_feed_stays_where_it_stands() {
	build_and_execute(|| {
		assert_ok!(publish_next());
		let before = Feeds::<Test>::get(FEED).unwrap();
		assert_ok!(update(ALICE, TAGGED, Tlp::Green, false));
		let after = Feeds::<Test>::get(FEED).unwrap();
		assert_eq!((after.settings.group, after.settings.ceiling, after.enabled), (TAGGED, Tlp::Green, false));
		assert_eq!((after.sequence, after.position), (1, before.position));
		let (previous, settings) = (before.settings, after.settings);
		System::assert_last_event(Event::FeedUpdated { feed: FEED, previous, settings, enabled: false }.into());
	});
}

#[test]
fn a_disabled_feed_should_go_on_once_enabled() {
	build_and_execute(|| {
		assert_ok!(update(ALICE, CONSORTIUM, Tlp::Amber, false));
		assert_noop!(publish_next(), Error::<Test>::FeedDisabled);
		assert_ok!(update(ALICE, CONSORTIUM, Tlp::Amber, true));
		assert_ok!(publish_next());
	});
}

#[test]
fn only_the_owner_should_update() {
	build_and_execute(|| {
		assert_noop!(update(BOB, CONSORTIUM, Tlp::Amber, true), Error::<Test>::NotTheOwner);
		let feed = |origin, id| StixFeeds::update_feed(origin, id, text("x"), CONSORTIUM, Tlp::Green, None, true);
		assert_noop!(feed(signed(ALICE, Role::Controller), FeedId(9)), Error::<Test>::FeedNotFound);
		assert_noop!(feed(signed(ALICE, Role::Feed), FEED), Error::<Test>::NotTheController);
		assert_noop!(feed(RuntimeOrigin::signed(AccountId::new([0xee; 32])), FEED), Error::<Test>::NotAMember);
	});
}

#[test]
fn settings_should_be_checked_as_at_registration() {
	build_and_execute(|| {
		assert_noop!(update(ALICE, CONSORTIUM, Tlp::Red, true), Error::<Test>::CeilingRed);
		assert_noop!(update(ALICE, NO_GROUP, Tlp::Green, true), Error::<Test>::UnknownGroup);
		assert_noop!(update(ALICE, TAGGED, Tlp::Amber, true), Error::<Test>::CeilingAboveGroups);
		let call = |name, default| {
			StixFeeds::update_feed(
				signed(ALICE, Role::Controller),
				FEED,
				text(name),
				CONSORTIUM,
				Tlp::Green,
				default,
				true,
			)
		};
		assert_noop!(call("", None), Error::<Test>::NameEmpty);
		assert_noop!(call("\u{7}", None), Error::<Test>::NameNotText);
		assert_noop!(call("x", Some(Tlp::Amber)), Error::<Test>::DefaultAboveCeiling);
		assert_ok!(StixFeeds::register_feed(signed(BOB, Role::Controller), text("x"), CONSORTIUM, Tlp::Green, None));
		assert_noop!(
			StixFeeds::update_feed(signed(BOB, Role::Controller), FeedId(1), text("x"), TAGGED, Tlp::Green, None, true),
			Error::<Test>::NotInGroup
		);
	});
}

#[test]
fn a_suspended_member_should_not_update() {
	build_and_execute(|| {
		Activity::insert(ALICE, (Standing::Suspended, 0));
		assert_noop!(update(ALICE, CONSORTIUM, Tlp::Amber, true), Error::<Test>::NotActive);
	});
}
