//! A feed's pages land in their order, each once.

use crate::{
	chain::{account, Chain, Refusal},
	publishing::draft,
};
use cti_primitives::{FeedId, RecordId, RecordStatus};
use pallet_stix_feeds::{
	crypto::{FeedKey, KEY_TYPE},
	position::{Link, Place, Position, PrefixHash},
	Call as Feeds, PositionBytes,
};
use polkadot_sdk::{
	frame_system::offchain::CreateSignedTransaction,
	sp_core::sr25519,
	sp_runtime::{
		transaction_validity::{InvalidTransaction, TransactionValidityError},
		MultiSigner,
	},
};
use testudo_runtime::{configs::code, Runtime, StixFeeds, ThreatRegistry, UncheckedExtrinsic};

const FEED: FeedId = FeedId(0);
const OBJECT: &[u8] = br#"{"type":"malware","id":"malware--1"}"#;

pub fn position(follows: &[u8], offset: u64) -> PositionBytes {
	let place = Place::File { offset, prefix: PrefixHash::default().value() };
	Position { follows: Link::to(follows), place, progress: None }.encode_to()
}

fn page(chain: &mut Chain, feed: FeedId, sequence: u64, position: PositionBytes) -> Feeds<Runtime> {
	let payload = chain.seal(0, 0, None, OBJECT).try_into().unwrap();
	Feeds::publish_page { feed, sequence, position, draft: draft(&["T1059.001"]), payload }
}

fn invalid(reason: InvalidTransaction) -> Result<(), Refusal> {
	Err(Refusal::Invalid(TransactionValidityError::Invalid(reason)))
}

/// A page's transaction as the worker makes it after the newest block.
fn by_worker(chain: &mut Chain, page: &Feeds<Runtime>) -> UncheckedExtrinsic {
	let signer = MultiSigner::Sr25519(sr25519::Public::from_raw(account("//Alice//feed").into()));
	let signed = chain.read(|| {
		<Runtime as CreateSignedTransaction<Feeds<Runtime>>>::create_signed_transaction::<FeedKey>(
			page.clone().into(),
			signer,
			account("//Alice//feed"),
			0,
		)
	});
	signed.expect("the keystore has the key")
}

#[test]
fn page_should_be_signed_anew_at_each_block_and_die_after_sixty_four() {
	let mut chain = Chain::new();
	chain.keep_key(KEY_TYPE, "//Alice//feed");
	chain.block(vec![]);
	let page = page(&mut chain, FEED, 0, position(&[], 10));
	let first = by_worker(&mut chain, &page);
	chain.block(vec![]);
	// The pool bans what it has seen: the same bytes would wait for half an hour.
	let second = by_worker(&mut chain, &page);
	assert_ne!(first, second);
	// The first's last block but one.
	for _ in 0..61 {
		assert!(chain.validate(&second).is_ok());
		chain.block(vec![]);
	}
	assert_eq!(chain.include(first), invalid(InvalidTransaction::AncientBirthBlock));
	let newest = by_worker(&mut chain, &page);
	assert_eq!(chain.include(newest), Ok(()));
}

#[test]
fn pages_should_land_in_order_and_once() {
	let mut chain = Chain::new();
	let first = position(&[], 10);
	let second = position(&first, 20);
	let one = page(&mut chain, FEED, 0, first);
	assert_eq!(chain.submit("//Alice//feed", one.clone()), Ok(()));
	assert_eq!(chain.submit("//Alice//feed", one), invalid(InvalidTransaction::Stale));
	let two = page(&mut chain, FEED, 1, second.clone());
	assert_eq!(chain.submit("//Alice//feed", two), Ok(()));

	let feed = chain.read(|| StixFeeds::feed(FEED)).unwrap();
	assert_eq!((feed.sequence, feed.position), (2, second.to_vec()));
	for n in 0..2 {
		let record = chain.read(|| ThreatRegistry::record(RecordId { author: 0.into(), n })).unwrap();
		assert_eq!(record.status, RecordStatus::Open);
	}
	assert_eq!(chain.read(|| ThreatRegistry::record(RecordId { author: 0.into(), n: 2 })), None);
}

#[test]
fn several_pages_should_land_in_one_block() {
	let mut chain = Chain::new();
	let first = position(&[], 10);
	let pages = [page(&mut chain, FEED, 0, first.clone()), page(&mut chain, FEED, 1, position(&first, 20))];
	let signed = pages
		.into_iter()
		.enumerate()
		.map(|(ahead, page)| chain.sign_with("//Alice//feed", page, ahead as u32, 0))
		.collect();
	assert!(chain.block(signed).into_iter().all(|applied| applied == Ok(Ok(()))));
	assert_eq!(chain.read(|| StixFeeds::next_sequence(FEED)), Some(2));
}

#[test]
fn page_that_comes_early_should_wait_in_the_pool_for_the_one_before() {
	let mut chain = Chain::new();
	let early = page(&mut chain, FEED, 1, position(&position(&[], 10), 20));
	let early = chain.sign("//Alice//feed", early);
	let valid = chain.validate(&early).unwrap();
	assert!(!valid.requires.is_empty());
	let applied = chain.block(vec![early]).remove(0);
	assert_eq!(applied.map_err(Refusal::from).err(), invalid(InvalidTransaction::Future).err());
}

#[test]
fn page_that_leaves_something_out_should_be_refused() {
	let mut chain = Chain::new();
	let first = page(&mut chain, FEED, 0, position(&[], 10));
	assert_eq!(chain.submit("//Alice//feed", first), Ok(()));
	let gap = page(&mut chain, FEED, 1, position(&[], 30));
	assert_eq!(chain.submit("//Alice//feed", gap), Err(Refusal::Call("PositionDoesNotFollow")));
}

#[test]
fn feed_should_be_fed_by_its_owners_feed_delegate_only() {
	let mut chain = Chain::new();
	let own = page(&mut chain, FEED, 0, position(&[], 10));
	assert_eq!(chain.submit("//Alice//analyst", own.clone()), Err(Refusal::Code(code::WRONG_ROLE)));
	assert_eq!(chain.submit("//Bob//feed", own.clone()), Err(Refusal::Code(code::UNKNOWN_FEED)));
	assert_eq!(chain.submit("//Eve", own), invalid(InvalidTransaction::Payment), "nobody has heard of her");
	let unknown = page(&mut chain, FeedId(7), 0, position(&[], 10));
	assert_eq!(chain.submit("//Alice//feed", unknown), Err(Refusal::Code(code::UNKNOWN_FEED)));
}

#[test]
fn feed_that_is_switched_off_should_be_refused_in_the_pool() {
	let mut chain = Chain::new();
	let settings = chain.read(|| pallet_stix_feeds::Feeds::<Runtime>::get(FEED)).unwrap().settings;
	let off = Feeds::update_feed {
		feed: FEED,
		name: settings.name,
		group: settings.group,
		ceiling: settings.ceiling,
		default_marking: settings.default_marking,
		enabled: false,
	};
	assert_eq!(chain.submit("//Alice", off), Ok(()));
	let refused = page(&mut chain, FEED, 0, position(&[], 10));
	assert_eq!(chain.submit("//Alice//feed", refused), Err(Refusal::Code(code::FEED_DISABLED)));
}
