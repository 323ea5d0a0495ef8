use crate::{mock::*, Feeds, FeedsOf, GenesisConfig, NextFeedId};
use cti_primitives::{FeedId, Tlp};
use frame::testing_prelude::*;

fn build(feeds: Vec<(u32, &str, Tlp, Option<Tlp>)>) {
	let feeds = feeds
		.into_iter()
		.map(|(owner, name, ceiling, default)| (owner.into(), name.to_string(), CONSORTIUM, ceiling, default))
		.collect();
	GenesisConfig::<Test> { feeds, _config: PhantomData }.build();
}

#[test]
fn feeds_should_be_numbered_in_order() {
	build_and_execute(|| {
		build(vec![(1, "one", Tlp::Green, None), (0, "two", Tlp::Amber, Some(Tlp::Green))]);
		let names: Vec<_> = (0..3).map(|id| Feeds::<Test>::get(FeedId(id)).unwrap().settings.name).collect();
		assert_eq!(names, [text("apt-reports"), text("one"), text("two")]);
		assert_eq!((FeedsOf::<Test>::get(ALICE), FeedsOf::<Test>::get(BOB)), (2, 1));
		assert_eq!(NextFeedId::<Test>::get(), FeedId(3));
	});
}

#[test]
#[should_panic(expected = "at most 64 bytes")]
fn a_name_that_is_too_long_should_be_refused() {
	build_and_execute(|| build(vec![(0, &"x".repeat(65), Tlp::Green, None)]));
}

#[test]
#[should_panic(expected = "settings agree")]
fn settings_should_be_checked() {
	build_and_execute(|| build(vec![(0, "x", Tlp::Red, None)]));
}
