//! From "publish" to "a peer reads it", one record at a time, by the library that the command line uses.

use crate::{seconds, Row};
use cti_primitives::{GroupId, Tlp};
use std::{
	collections::BTreeSet,
	path::Path,
	time::{Duration, Instant},
};
use testudo::{
	chain::Chain,
	error::Error,
	identity::Identity,
	member,
	publish::{Envelope, Publication, Recipients},
	store::Store,
	sync::{follow, Session},
};
use testudo_e2e::{data::indicators, Folder, Node};
use tokio::sync::mpsc::{unbounded_channel, UnboundedReceiver};

/// Median and 99th percentile on a node with these arguments, and the state that a record takes.
pub fn rows(name: &str, arguments: &[&str], records: usize, budget: &'static str) -> Vec<Row> {
	let folder = Folder::new("bench-latency");
	let node = Node::start(&folder.join("node"), arguments);
	let before = state_bytes(&node);
	let runtime = tokio::runtime::Runtime::new().expect("the system has threads");
	let mut times = runtime.block_on(measure(&node.url(), &folder, records)).expect("every record is read");
	let state = (state_bytes(&node) - before) as f64 / records as f64;
	times.sort_unstable();
	let percentile = |share: usize| seconds(times[(times.len() * share / 100).min(times.len() - 1)]);
	vec![
		Row::new(format!("publish to readable by a peer, {name}, p50"), percentile(50), budget),
		Row::new(format!("the same, p99 of {records}"), percentile(99), ""),
		Row::new(format!("state per record without techniques, {name}"), format!("{state:.0} bytes"), "210 bytes"),
	]
}

/// Bytes of all keys and values of the registry.
fn state_bytes(node: &Node) -> usize {
	node.registry_state().iter().map(Vec::len).sum()
}

async fn measure(url: &str, folder: &Path, records: usize) -> Result<Vec<Duration>, Error> {
	let chain = Chain::connect(url).await?;
	let mut readable = reader(url, folder).await?;
	let alice = Identity::load("alice")?;
	let view = chain.head().await?;
	let author = member::acting(&view, &alice).await?.member;
	let recipients = Recipients::find(&view, author, &[GroupId(0)], &[]).await?;
	let publication = Publication {
		chain: &chain,
		account: &alice.account,
		author,
		recipients: &recipients,
		disclose: false,
		valid_until: None,
		tip: 0,
	};
	let mut times = Vec::new();
	for object in indicators(0, records) {
		let objects = vec![object.into_bytes()];
		let envelope = Envelope { tlp: Tlp::Green, objects, techniques: BTreeSet::new(), len: 0 };
		let begun = Instant::now();
		let (published, read) = tokio::join!(publication.publish(std::slice::from_ref(&envelope)), readable.recv());
		if let Some(failure) = published.failure {
			return Err(failure);
		}
		times.push(read.expect("the reader goes on") - begun);
	}
	Ok(times)
}

/// Bob, who follows the chain and says when he has stored a new record's content.
async fn reader(url: &str, folder: &Path) -> Result<UnboundedReceiver<Instant>, Error> {
	let bob = Identity::load("bob")?;
	let mut session = Session::new(Chain::connect(url).await?, &bob, Store::open(&folder.join("bob"))?, false).await?;
	session.round().await?;
	let (sender, receiver) = unbounded_channel();
	std::thread::spawn(move || {
		let runtime = tokio::runtime::Runtime::new().expect("the system has threads");
		runtime.block_on(follow(&mut session, |summary| {
			let done = (0..summary.opened).try_for_each(|_| sender.send(Instant::now()));
			done.map_err(|_| Error::Internal("the measurement has ended".into()))
		}))
	});
	Ok(receiver)
}
