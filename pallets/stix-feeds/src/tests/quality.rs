//! What groups ask of objects before they are sealed.

use super::{
	chain::{config, Chain},
	server::*,
};
use crate::mock::*;
use codec::Encode;
use cti_primitives::{
	feed::FeedKind,
	warning::{ReadList, WarningLists, WARNING_LISTS_KEY},
	Quality,
};

fn asking(requirements: &[&str], warning_lists: bool) -> Quality {
	let requirements: Vec<_> = requirements.iter().map(|text| text.parse().unwrap()).collect();
	Quality { requirements: requirements.try_into().unwrap(), warning_lists }
}

/// A domain that an object speaks of.
fn domain(n: usize, value: &str, more: &str) -> Vec<u8> {
	format!(
		r#"{{"type":"domain-name","id":"domain-name--{n:08}-0000-4000-8000-000000000000","value":"{value}"{more}}}"#
	)
	.into_bytes()
}

fn with(all: &[Vec<u8>], quality: Quality) -> Chain {
	let mut chain = Chain::new(config(FeedKind::StixBundle), FileServer::new(all).serve());
	chain.on_chain(|| Qualities::insert(CONSORTIUM, quality));
	chain
}

#[test]
fn objects_without_what_a_group_asks_for_should_be_counted_and_the_rest_published() {
	let good = domain(1, "a.example", r#","x_source":"sensor""#);
	let all = [good.clone(), domain(2, "b.example", ""), domain(3, "c.example", r#","x_source":"""#)];
	let mut chain = with(&all, asking(&["domain-name:x_source"], false));
	chain.settle();
	assert_same(&chain.objects(), &[good]);
	assert_eq!(chain.status().refused, [("missing-property".to_string(), 2)].into());
	assert_eq!((chain.status().fetched, chain.status().published), (3, 1));
}

#[test]
fn values_on_the_operators_warning_lists_should_be_counted_and_the_rest_published() {
	let all = [domain(1, "www.resolver.example", ""), domain(2, "evil.example", "")];
	let mut chain = with(&all, asking(&[], true));
	// Nothing goes out that nobody looked at.
	chain.blocks(10);
	assert!(chain.error().contains("warning_lists in feeds.toml"), "{}", chain.error());
	assert!(chain.submitted().is_empty() && chain.objects().is_empty());
	let list = ReadList::parse("Resolvers", "hostname", vec!["resolver.example".into()]).unwrap();
	let ReadList::List(list) = list else { panic!("it is a list") };
	chain.host.state().db.insert(WARNING_LISTS_KEY.to_vec(), WarningLists::new(vec![list]).encode());
	chain.settle();
	assert_same(&chain.objects(), &[all[1].clone()]);
	assert_eq!(chain.status().refused, [("warning-listed".to_string(), 1)].into());
	assert_eq!(chain.error(), "");
}

#[test]
fn lists_should_do_nothing_where_the_group_does_not_ask() {
	let all = [domain(1, "resolver.example", "")];
	let mut chain = with(&all, Quality::default());
	let list = ReadList::parse("Resolvers", "string", vec!["resolver.example".into()]).unwrap();
	let ReadList::List(list) = list else { panic!("it is a list") };
	chain.host.state().db.insert(WARNING_LISTS_KEY.to_vec(), WarningLists::new(vec![list]).encode());
	chain.settle();
	assert_same(&chain.objects(), &all);
}
