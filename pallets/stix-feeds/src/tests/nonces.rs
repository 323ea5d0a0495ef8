//! The numbers of an account's transactions, and what becomes of pages that use or lose theirs.

use super::{
	chain::{config, Chain},
	server::*,
};
use crate::{mock::*, Feeds};
use cti_primitives::{
	feed::{FeedConfig, FeedKind},
	Epoch, FeedId, Role, Tlp,
};
use frame::testing_prelude::*;

const SECOND: FeedId = FeedId(1);

/// Two feeds of one account to two groups, with four pages each.
fn two_feeds() -> Chain {
	let all = (0..40).map(|n| attack_pattern(n, &format!("T{}", 1_000 + n))).collect();
	let mut chain = Chain::new(config(FeedKind::Taxii21), TaxiiServer::new(all).serve());
	chain.configure(&[config(FeedKind::Taxii21), FeedConfig { id: SECOND, ..config(FeedKind::Taxii21) }]);
	chain.on_chain(|| {
		let owner = signed(ALICE, Role::Controller);
		assert_ok!(StixFeeds::register_feed(owner, text("second"), TAGGED, Tlp::Green, None));
	});
	chain
}

fn sequence(chain: &mut Chain, feed: FeedId) -> u64 {
	chain.on_chain(|| Feeds::<Test>::get(feed).unwrap().sequence)
}

fn set_group(stale: bool, epoch: Epoch) -> impl FnOnce() {
	move || {
		let policy = |policy: &mut Option<Policy>| {
			let policy = policy.as_mut().unwrap();
			(policy.stale, policy.epoch) = (stale, epoch);
		};
		Policies::mutate(CONSORTIUM, policy)
	}
}

fn set_enabled(enabled: bool) -> impl FnOnce() {
	move || {
		let owner = signed(ALICE, Role::Controller);
		assert_ok!(StixFeeds::update_feed(owner, FEED, text("x"), CONSORTIUM, Tlp::Amber, None, enabled));
	}
}

/// The first feed's pages leave the pool without using their numbers; the second one's come after them.
fn second_should_finish(stop: impl FnOnce(), go_on: impl FnOnce()) {
	let mut chain = two_feeds();
	chain.work();
	assert_eq!(chain.submitted().len(), 8);
	chain.on_chain(stop);
	chain.blocks(25);
	assert_eq!((sequence(&mut chain, FEED), sequence(&mut chain, SECOND)), (0, 4));
	chain.on_chain(go_on);
	chain.blocks(25);
	assert_eq!((sequence(&mut chain, FEED), sequence(&mut chain, SECOND)), (4, 4));
}

#[test]
fn a_feed_whose_group_is_stale_should_not_hold_up_another_of_its_account() {
	second_should_finish(set_group(true, Epoch(0)), set_group(false, Epoch(1)));
}

#[test]
fn a_feed_that_was_disabled_should_not_hold_up_another_of_its_account() {
	second_should_finish(set_enabled(false), set_enabled(true));
}

#[test]
fn a_feed_that_is_configured_no_more_should_not_hold_up_another_of_its_account() {
	let mut chain = two_feeds();
	chain.work();
	chain.on_chain(set_enabled(false));
	chain.configure(&[FeedConfig { id: SECOND, ..config(FeedKind::Taxii21) }]);
	chain.blocks(25);
	assert_eq!(sequence(&mut chain, SECOND), 4);
}

#[test]
fn a_page_the_chain_refused_should_be_seen_in_the_status() {
	let all = objects(0..8, None, 10);
	let mut chain = Chain::new(config(FeedKind::Taxii21), TaxiiServer::new(all.clone()).serve());
	chain.work();
	chain.careless = true;
	chain.on_chain(set_group(false, Epoch(1)));
	chain.block();
	assert!(chain.error().contains("refused"), "{}", chain.error());
	chain.settle();
	assert_eq!((chain.objects(), chain.error()), (all, String::new()));
}

#[test]
fn a_run_that_lost_its_lease_while_it_waited_for_the_account_should_not_submit() {
	let server = TaxiiServer::new(objects(0..8, None, 10));
	let mut chain = Chain::new(config(FeedKind::Taxii21), server.serve());
	let account = [b"testudo/account/".as_slice(), &chain.account.encode(), b"/lease"].concat();
	let until = chain.host.state().now + 1_500;
	chain.host.state().db.insert(account, (1u64, until).encode());
	// Another run takes the feed over meanwhile.
	chain.host.state().meanwhile = Some(Box::new(|db| {
		db.insert(b"testudo/feed/0/lease".to_vec(), (7u64, u64::MAX).encode());
	}));
	chain.work();
	assert!(chain.submitted().is_empty());
}
