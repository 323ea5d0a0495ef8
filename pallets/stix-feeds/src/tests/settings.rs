//! An operator who corrects the settings: what they refused is looked at again.

use super::{
	chain::{config, Chain},
	server::*,
};
use cti_primitives::{
	feed::{FeedConfig, FeedKind},
	Tlp,
};

fn of(kind: FeedKind, default_marking: Option<Tlp>) -> FeedConfig {
	FeedConfig { default_marking, ..config(kind) }
}

fn serve(kind: FeedKind, all: &[Vec<u8>]) -> Chain {
	let server = match kind {
		FeedKind::StixBundle => {
			let server = FileServer::new(all);
			server.0.lock().unwrap().etag = Some("\"1\"".into());
			server.serve()
		}
		FeedKind::Taxii21 => TaxiiServer::new(all.to_vec()).serve(),
	};
	Chain::new(of(kind, None), server)
}

#[test]
fn feed_that_published_nothing_should_begin_anew() {
	for kind in [FeedKind::StixBundle, FeedKind::Taxii21] {
		let all = objects(0..20, None, 10);
		let mut chain = serve(kind, &all);
		chain.blocks(20);
		assert_eq!(chain.status().refused, [("unmarked".to_string(), 20)].into());
		assert!(chain.error().contains("most as unmarked: correct"), "{}", chain.error());
		// As long as nothing changes they are not fetched again and again.
		let requests = chain.host.state().requests.len();
		chain.configure(&[of(kind, None)]);
		chain.blocks(3);
		assert!(chain.host.state().requests.len() <= requests + 3 && chain.objects().is_empty());
		chain.configure(&[of(kind, Some(Tlp::Green))]);
		chain.settle();
		assert_same(&chain.objects(), &all);
		let status = chain.status();
		assert_eq!((status.fetched, status.published, status.refused.len()), (20, 20, 0));
		assert_eq!(chain.error(), "");
	}
}

#[test]
fn what_was_refused_behind_the_last_page_should_be_looked_at_again_and_nothing_be_published_twice() {
	for kind in [FeedKind::StixBundle, FeedKind::Taxii21] {
		let marked = objects(0..5, Some(AMBER), 10);
		// More than one batch: the unmarked ones come after the page that landed.
		let all = [marked.clone(), objects(100..3_000, None, 900)].concat();
		let mut chain = serve(kind, &all);
		chain.host.state().chunk = 200_000;
		chain.settle();
		assert_same(&chain.objects(), &marked);
		let refused = chain.status().refused["unmarked"];
		chain.configure(&[of(kind, Some(Tlp::Green))]);
		chain.settle();
		let objects = chain.objects();
		let distinct: std::collections::BTreeSet<_> = objects.iter().collect();
		assert_eq!(distinct.len(), objects.len(), "none twice");
		assert!(objects.len() > marked.len() + 500, "{} of {} published", objects.len(), all.len());
		let status = chain.status();
		assert_eq!(status.refused["unmarked"], refused, "what was counted stays counted");
		// Of the first batch: the operator is told how many, and brings them by hand.
		assert!(status.left_behind > 0 && objects.len() as u64 + status.left_behind == all.len() as u64, "{status:?}");
	}
}

#[test]
fn definition_alone_should_not_move_the_feed_past_what_the_settings_refuse() {
	for kind in [FeedKind::StixBundle, FeedKind::Taxii21] {
		let statement = br#"{"type":"marking-definition","id":"marking-definition--00000001-2222-4333-8444-555555555555","definition_type":"statement","definition":{"statement":"ours"}}"#;
		// The definition is in a later batch than most of them.
		let all = [objects(0..1_200, None, 900), vec![statement.to_vec()], objects(1_200..1_300, None, 10)].concat();
		let mut chain = serve(kind, &all);
		chain.blocks(40);
		let refused = chain.status().refused;
		assert_eq!(refused, [("lone-definition".to_string(), 1), ("unmarked".to_string(), 1_300)].into());
		assert!(chain.objects().is_empty() && chain.error().contains("most as unmarked"), "{}", chain.error());
		chain.configure(&[of(kind, Some(Tlp::Green))]);
		chain.settle();
		assert_eq!(chain.objects().len(), all.len(), "none lost");
		assert!(chain.status().refused.is_empty());
	}
}
