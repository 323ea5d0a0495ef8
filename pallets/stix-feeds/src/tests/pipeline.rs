//! Pages under way: many at once, lost, refused, overtaken.

use super::{
	chain::{config, Chain},
	server::*,
};
use crate::{mock::*, worker};
use cti_primitives::{feed::FeedKind, Epoch, FeedId, Role, Tlp};
use frame::testing_prelude::*;

/// Ten pages.
fn many() -> (Vec<Vec<u8>>, Chain) {
	let all = objects(0..40, None, 50_000);
	let chain = Chain::new(config(FeedKind::StixBundle), FileServer::new(&all).serve());
	chain.host.state().chunk = 200_000;
	(all, chain)
}

#[test]
fn several_pages_should_be_submitted_for_one_block_within_a_bound() {
	let all = objects(0..300, None, 50_000);
	let mut chain = Chain::new(config(FeedKind::StixBundle), FileServer::new(&all).serve());
	chain.host.state().chunk = 200_000;
	chain.work();
	let submitted = chain.submitted();
	let bytes: usize = submitted.iter().map(|page| page.bytes.len()).sum();
	assert!(submitted.len() > 15 && bytes < (12 << 20) + (1 << 16), "{} pages, {bytes} bytes", submitted.len());
	for (n, page) in submitted.iter().enumerate() {
		assert_eq!((page.nonce, page.sequence), (n as u32, n as u64));
	}
	chain.settle();
	assert_same(&chain.objects(), &all);
}

#[test]
fn a_run_should_go_on_while_later_blocks_take_its_pages() {
	let all = objects(0..200, None, 50_000);
	let mut chain = Chain::new(config(FeedKind::StixBundle), FileServer::new(&all).serve());
	chain.host.state().chunk = 200_000;
	// Another run, at a later block, tells that everything landed.
	let genesis = chain.on_chain(genesis);
	chain.host.state().meanwhile = Some(Box::new(move |db| {
		let tip = (genesis, 9u64, 1_800_000_000_000u64, vec![(FEED, 9u64, 1_000u64, Some(Epoch(0)))]);
		db.insert(b"testudo/tip".to_vec(), tip.encode());
	}));
	chain.work();
	assert!(chain.submitted().len() > 40);
}

#[test]
fn blocks_that_take_little_should_lose_nothing() {
	let (all, mut chain) = many();
	for _ in 0..40 {
		chain.block_with(1);
	}
	assert_same(&chain.objects(), &all);
}

#[test]
fn a_pool_that_forgets_should_get_the_same_envelopes_again() {
	let (all, mut chain) = many();
	chain.work();
	let payload_of = |chain: &Chain| chain.submitted()[0].call.clone();
	let first = payload_of(&chain);
	chain.host.state().pool.clear();
	chain.blocks(2);
	assert!(chain.submitted().is_empty(), "it is not asked for again at once");
	chain.blocks(1);
	assert_eq!(payload_of(&chain), first);
	chain.settle();
	assert_same(&chain.objects(), &all);
}

#[test]
fn a_pool_that_loses_one_page_should_get_it_again() {
	let (all, mut chain) = many();
	chain.work();
	chain.host.state().pool.remove(2);
	chain.settle();
	assert_same(&chain.objects(), &all);
}

#[test]
fn a_pool_that_is_full_should_be_asked_again_at_the_next_block() {
	let (all, mut chain) = many();
	chain.host.state().pool_full = true;
	chain.blocks(15);
	assert!(chain.error().contains("pool"), "{}", chain.error());
	assert!(chain.status().waiting > 0);
	chain.host.state().pool_full = false;
	chain.settle();
	assert_eq!((chain.objects(), chain.error()), (all, String::new()));
}

#[test]
fn a_retraction_should_be_made_good() {
	let (all, mut chain) = many();
	chain.work();
	// The state before the block that takes the pages.
	let before = chain.on_chain(|| {
		let feed = crate::Feeds::<Test>::get(FEED).unwrap();
		(feed, Activity::get(ALICE))
	});
	chain.block();
	assert!(chain.status().published > 0);
	let account = chain.account.clone();
	chain.on_chain(|| {
		crate::Feeds::<Test>::insert(FEED, before.0);
		Activity::insert(ALICE, before.1.unwrap());
		frame_system::Account::<Test>::remove(&account);
	});
	chain.host.state().pool.clear();
	chain.work();
	assert_eq!(chain.status().published, 0);
	chain.settle();
	assert_same(&chain.objects(), &all);
	assert_eq!(chain.status().published, 40);
}

#[test]
fn a_rekey_should_seal_again_what_had_not_landed() {
	let (all, mut chain) = many();
	chain.work();
	chain.include(3);
	chain.on_chain(|| Policies::mutate(CONSORTIUM, |policy| policy.as_mut().unwrap().epoch = Epoch(1)));
	// Pages sealed to the old epoch stay in the pool and are refused when they are included.
	chain.careless = true;
	chain.settle();
	assert_same(&chain.objects(), &all);
	let epochs: Vec<_> = chain.on_chain(|| {
		let records = Records::iter_values();
		records.map(|(_, payload)| cti_envelope::parse(&payload).unwrap().header.audience[0].1).collect()
	});
	assert_eq!(epochs.iter().filter(|epoch| **epoch == Epoch(0)).count(), 3);
}

#[test]
fn a_stale_group_should_wait_and_lose_nothing() {
	let set_stale = |stale| move || Policies::mutate(CONSORTIUM, |policy| policy.as_mut().unwrap().stale = stale);
	// From the beginning: the source is looked at once, to say how much waits.
	let server = TaxiiServer::new(objects(0..8, None, 10));
	let mut chain = Chain::new(config(FeedKind::Taxii21), server.serve());
	chain.on_chain(set_stale(true));
	chain.blocks(20);
	assert!(chain.error().contains("waits for a rekey"), "{}", chain.error());
	assert_eq!((chain.status().waiting, chain.status().published), (8, 0));
	assert_eq!(chain.host.state().requests.len(), 1);
	chain.on_chain(set_stale(false));
	chain.settle();
	let status = chain.status();
	assert_eq!((status.fetched, status.published, status.waiting, status.last_error), (8, 8, 0, None));

	// In the middle, with pages under way.
	let (all, mut chain) = many();
	chain.work();
	chain.on_chain(set_stale(true));
	chain.blocks(30);
	assert!(chain.status().waiting > 0);
	chain.on_chain(|| {
		let policy = |policy: &mut Option<Policy>| {
			let policy = policy.as_mut().unwrap();
			(policy.stale, policy.epoch) = (false, Epoch(1));
		};
		Policies::mutate(CONSORTIUM, policy);
	});
	chain.settle();
	assert_same(&chain.objects(), &all);
}

#[test]
fn a_refusal_on_chain_should_be_known_before_it_is_paid_for() {
	let server = TaxiiServer::new(objects(0..8, None, 10));
	let mut chain = Chain::new(config(FeedKind::Taxii21), server.serve());
	chain.on_chain(|| Activity::insert(ALICE, (cti_primitives::Standing::Suspended, 0)));
	chain.blocks(20);
	assert!(chain.error().contains("NotActive"), "{}", chain.error());
	assert!(chain.submitted().is_empty());
	assert_eq!(chain.status().waiting, 8);
	chain.on_chain(|| Activity::insert(ALICE, (cti_primitives::Standing::Active, 0)));
	chain.settle();
	assert_eq!(chain.objects().len(), 8);
	assert_eq!(chain.status().fetched, 8);
}

#[test]
fn a_group_without_another_member_should_be_waited_for() {
	let server = TaxiiServer::new(objects(0..8, None, 10));
	let mut chain = Chain::new(config(FeedKind::Taxii21), server.serve());
	chain.on_chain(|| Rosters::insert(CONSORTIUM, vec![ALICE]));
	chain.blocks(20);
	assert!(chain.error().contains("no other member"), "{}", chain.error());
	assert!(chain.submitted().is_empty() && chain.objects().is_empty());
	chain.on_chain(|| Rosters::insert(CONSORTIUM, vec![ALICE, BOB]));
	chain.blocks(12);
	assert_eq!((chain.objects().len(), chain.error()), (8, String::new()));
}

#[test]
fn a_group_that_asks_for_techniques_should_get_what_names_some() {
	let all = [attack_pattern(0, "T1059"), object(1, Some(AMBER), 10)];
	let server = TaxiiServer::new(all.to_vec());
	let mut chain = Chain::new(config(FeedKind::Taxii21), server.serve());
	chain.on_chain(|| {
		let owner = signed(ALICE, Role::Controller);
		assert_ok!(StixFeeds::update_feed(owner, FEED, text("x"), TAGGED, Tlp::Green, None, true));
	});
	chain.settle();
	assert_eq!(chain.objects(), all[..1]);
	server.add(100, object(2, None, 10));
	chain.blocks(12);
	let refused = chain.status().refused;
	assert_eq!((refused["above-ceiling"], refused["techniques-required"]), (1, 1));
}

#[test]
fn a_second_node_with_the_same_key_should_not_make_anything_twice() {
	let all = objects(0..60, None, 10);
	let server = TaxiiServer::new(all.clone());
	let mut chain = Chain::new(config(FeedKind::Taxii21), server.serve());
	// The other node has its own storage, and splits the source into other pages.
	let mut theirs = std::collections::BTreeMap::new();
	let mut other = config(FeedKind::Taxii21);
	other.page = 7;
	theirs.insert(cti_primitives::feed::FEEDS_KEY.to_vec(), serde_json::to_vec(&[other]).unwrap());
	for n in 0..60 {
		chain.include(1 + n % 3);
		chain.work();
		std::mem::swap(&mut chain.host.state().db, &mut theirs);
		chain.work();
		std::mem::swap(&mut chain.host.state().db, &mut theirs);
	}
	assert_same(&chain.objects(), &all);
}

#[test]
fn feeds_of_one_account_should_share_its_nonces() {
	let all = objects(0..40, None, 10);
	let server = TaxiiServer::new(all.clone());
	let mut chain = Chain::new(config(FeedKind::Taxii21), server.serve());
	let mut second = config(FeedKind::Taxii21);
	second.id = FeedId(1);
	chain.configure(&[config(FeedKind::Taxii21), second]);
	chain.on_chain(|| {
		let owner = signed(ALICE, Role::Controller);
		assert_ok!(StixFeeds::register_feed(owner, text("second"), CONSORTIUM, Tlp::Green, None));
	});
	chain.work();
	let nonces: Vec<u32> = chain.submitted().iter().map(|page| page.nonce).collect();
	assert_eq!(nonces, (0..8).collect::<Vec<_>>());
}

#[test]
fn another_delegate_should_take_over_what_is_under_way() {
	let (all, mut chain) = many();
	chain.work();
	chain.include(2);
	// The node's key stays; its account was used for something else meanwhile, so that the pages' nonces are gone.
	chain.host.state().pool.clear();
	let account = chain.account.clone();
	chain.on_chain(|| (0..50).for_each(|_| System::inc_account_nonce(&account)));
	chain.blocks(3);
	chain.settle();
	assert_same(&chain.objects(), &all);
}

#[test]
fn the_stricter_default_should_count() {
	let server = TaxiiServer::new(objects(0..1, None, 10));
	let mut chain = Chain::new(config(FeedKind::Taxii21), server.serve());
	chain.on_chain(|| {
		let owner = signed(ALICE, Role::Controller);
		let default = Some(Tlp::Amber);
		assert_ok!(StixFeeds::update_feed(owner, FEED, text("x"), CONSORTIUM, Tlp::Amber, default, true));
	});
	chain.settle();
	assert_eq!(chain.records()[0].0, Tlp::Amber);
	let _ = worker::LOG;
}
