use crate::{mock::*, types::MAX_FEEDS, Error, Event, FeedName, FeedSettings, Feeds, FeedsOf, NextFeedId};
use cti_primitives::{FeedId, GroupId, Role, Standing, Tlp};
use frame::testing_prelude::*;

fn register(group: GroupId, ceiling: Tlp, default_marking: Option<Tlp>) -> DispatchResult {
	StixFeeds::register_feed(signed(ALICE, Role::Controller), text("reports"), group, ceiling, default_marking)
}

#[test]
fn a_controller_should_register_a_feed_at_the_beginning_of_its_source() {
	build_and_execute(|| {
		System::set_block_number(7);
		assert_ok!(register(CONSORTIUM, Tlp::Amber, Some(Tlp::Green)));
		let settings = FeedSettings {
			name: text("reports"),
			group: CONSORTIUM,
			ceiling: Tlp::Amber,
			default_marking: Some(Tlp::Green),
		};
		let feed = Feeds::<Test>::get(FeedId(1)).unwrap();
		assert_eq!((feed.owner, feed.enabled, feed.sequence, feed.last_block), (ALICE, true, 0, 7));
		assert!(feed.position.is_empty());
		assert_eq!(feed.settings, settings);
		assert_eq!(FeedsOf::<Test>::get(ALICE), 2);
		System::assert_last_event(Event::FeedRegistered { feed: FeedId(1), owner: ALICE, settings }.into());
	});
}

#[test]
fn ids_should_not_be_used_again() {
	build_and_execute(|| {
		assert_ok!(register(CONSORTIUM, Tlp::Amber, None));
		assert_ok!(StixFeeds::remove_feed(signed(ALICE, Role::Controller), FeedId(1)));
		assert_ok!(register(CONSORTIUM, Tlp::Amber, None));
		assert!(!Feeds::<Test>::contains_key(FeedId(1)) && Feeds::<Test>::contains_key(FeedId(2)));
	});
}

#[test]
fn only_a_controller_should_register() {
	build_and_execute(|| {
		for role in [Role::Analyst, Role::Feed, Role::Auditor] {
			let call = StixFeeds::register_feed(signed(ALICE, role), text("x"), CONSORTIUM, Tlp::Green, None);
			assert_noop!(call, Error::<Test>::NotTheController);
		}
		let stranger = RuntimeOrigin::signed(AccountId::new([0xee; 32]));
		assert_noop!(
			StixFeeds::register_feed(stranger, text("x"), CONSORTIUM, Tlp::Green, None),
			Error::<Test>::NotAMember
		);
		assert_noop!(
			StixFeeds::register_feed(RuntimeOrigin::root(), text("x"), CONSORTIUM, Tlp::Green, None),
			DispatchError::BadOrigin
		);
	});
}

#[test]
fn a_suspended_member_should_not_register() {
	build_and_execute(|| {
		Activity::insert(ALICE, (Standing::Suspended, 0));
		assert_noop!(register(CONSORTIUM, Tlp::Amber, None), Error::<Test>::NotActive);
	});
}

#[test]
fn a_name_should_be_a_text() {
	build_and_execute(|| {
		let register = |name: &[u8]| {
			let name = FeedName::try_from(name.to_vec()).expect("it is short");
			StixFeeds::register_feed(signed(ALICE, Role::Controller), name, CONSORTIUM, Tlp::Green, None)
		};
		assert_noop!(register(b""), Error::<Test>::NameEmpty);
		assert_noop!(register(b"\xff"), Error::<Test>::NameNotText);
		assert_noop!(register(b"two\nlines"), Error::<Test>::NameNotText);
		assert_ok!(register("Berichte für alle".as_bytes()));
	});
}

#[test]
fn red_should_not_be_a_ceiling() {
	build_and_execute(|| {
		assert_noop!(register(CONSORTIUM, Tlp::Red, None), Error::<Test>::CeilingRed);
	});
}

#[test]
fn the_default_should_not_be_stricter_than_the_ceiling() {
	build_and_execute(|| {
		assert_noop!(register(CONSORTIUM, Tlp::Green, Some(Tlp::Amber)), Error::<Test>::DefaultAboveCeiling);
		assert_ok!(register(CONSORTIUM, Tlp::Amber, Some(Tlp::Amber)));
	});
}

#[test]
fn the_group_should_exist_and_take_the_ceiling_from_this_member() {
	build_and_execute(|| {
		assert_noop!(register(NO_GROUP, Tlp::Green, None), Error::<Test>::UnknownGroup);
		assert_noop!(register(TAGGED, Tlp::Amber, None), Error::<Test>::CeilingAboveGroups);
		assert_noop!(
			StixFeeds::register_feed(signed(BOB, Role::Controller), text("x"), TAGGED, Tlp::Green, None),
			Error::<Test>::NotInGroup
		);
		assert_ok!(register(TAGGED, Tlp::Green, None));
	});
}

#[test]
fn a_feed_may_be_registered_while_its_group_waits_for_a_rekey() {
	build_and_execute(|| {
		Policies::mutate(CONSORTIUM, |policy| policy.as_mut().unwrap().stale = true);
		assert_ok!(register(CONSORTIUM, Tlp::Amber, None));
	});
}

#[test]
fn a_member_should_have_a_bounded_number_of_feeds() {
	build_and_execute(|| {
		for _ in 1..MAX_FEEDS {
			assert_ok!(register(CONSORTIUM, Tlp::Amber, None));
		}
		assert_noop!(register(CONSORTIUM, Tlp::Amber, None), Error::<Test>::TooManyFeeds);
		assert_ok!(StixFeeds::remove_feed(signed(ALICE, Role::Controller), FEED));
		assert_ok!(register(CONSORTIUM, Tlp::Amber, None));
	});
}

#[test]
fn ids_should_end_before_they_overflow() {
	build_and_execute(|| {
		NextFeedId::<Test>::put(FeedId(u32::MAX));
		assert_noop!(register(CONSORTIUM, Tlp::Amber, None), Error::<Test>::FeedIdsExhausted);
	});
}
