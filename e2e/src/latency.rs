//! From "publish" to "a peer has read it", one record at a time, by the library that the command line uses.

use crate::data::indicators;
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
use tokio::sync::mpsc::{unbounded_channel, UnboundedReceiver};

/// When the next record is published.
#[derive(Clone, Copy)]
pub enum Pace {
	/// When Bob has stored the one before.
	OneByOne,
	/// So long after the one before, whatever became of that.
	Every(Duration),
}

/// Publishes so many records as Alice on the node at `author`, which Bob reads from the node at `reader`. The times each took;
/// Bob's store is made in `folder`.
pub fn measure(author: &str, reader: &str, folder: &Path, records: usize, pace: Pace) -> Result<Vec<Duration>, Error> {
	let runtime = tokio::runtime::Runtime::new().expect("the system has threads");
	runtime.block_on(publish_and_read(author, reader, folder, records, pace))
}

async fn publish_and_read(
	author: &str,
	reader: &str,
	folder: &Path,
	records: usize,
	pace: Pace,
) -> Result<Vec<Duration>, Error> {
	let chain = Chain::connect(author).await?;
	let mut readable = follow_as_bob(reader, folder).await?;
	let alice = Identity::load("alice")?;
	let view = chain.head().await?;
	let author = member::acting(&view, &alice).await?.member;
	let recipients = Recipients::find(&view, author, &[GroupId(0)], &[], &[]).await?;
	let publication = Publication {
		chain: &chain,
		account: &alice.account,
		author,
		recipients: &recipients,
		disclose: false,
		valid_until: None,
		tip: 0,
		signers: &[],
		shelf: None,
	};
	match pace {
		Pace::OneByOne => {
			let mut times = Vec::new();
			for object in indicators(0, records) {
				let reading = async { Ok(readable.recv().await.expect("the reader goes on")) };
				let (begun, read) = tokio::try_join!(publish(&publication, object), reading)?;
				times.push(read - begun);
			}
			Ok(times)
		}
		Pace::Every(pause) => {
			// One signer counts for itself: the node's pool may not tell of what it has just taken.
			let publishing = async {
				let mut signer = chain.signer(&alice.account, 0).await?;
				let mut begun = Vec::new();
				for object in indicators(0, records) {
					signer.refresh().await?;
					begun.push(Instant::now());
					signer.submit(&publication.seal(&envelope(object))?.publish()).await?;
					tokio::time::sleep(pause).await;
				}
				Ok(begun)
			};
			let reading = async {
				let mut read = Vec::new();
				while read.len() < records {
					read.push(readable.recv().await.expect("the reader goes on"));
				}
				Ok(read)
			};
			// One account's records are read in the order of its transactions.
			let (begun, read) = tokio::try_join!(publishing, reading)?;
			Ok(begun.into_iter().zip(read).map(|(begun, read)| read - begun).collect())
		}
	}
}

fn envelope(object: String) -> Envelope {
	Envelope { tlp: Tlp::Green, objects: vec![object.into_bytes()], techniques: BTreeSet::new(), len: 0 }
}

/// Publishes one object; when that began.
async fn publish(publication: &Publication<'_>, object: String) -> Result<Instant, Error> {
	let begun = Instant::now();
	let published = publication.publish(&[envelope(object)]).await;
	published.failure.map_or(Ok(begun), Err)
}

/// Bob, who follows the chain and says when he has stored a new record's content.
async fn follow_as_bob(url: &str, folder: &Path) -> Result<UnboundedReceiver<Instant>, Error> {
	let bob = Identity::load("bob")?;
	let mut session = Session::new(Chain::connect(url).await?, &bob, Store::open(folder.join("bob"))?, false).await?;
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
