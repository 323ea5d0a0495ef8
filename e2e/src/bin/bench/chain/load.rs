//! The loader: accounts of all members, and what they have signed.

use cti_envelope::{parse, Anchor};
use cti_primitives::{GroupId, MemberId, Tlp};
use futures::future::try_join_all;
use std::{
	collections::{BTreeSet, VecDeque},
	fmt,
	ops::Range,
	str::FromStr,
	thread,
	time::{Duration, Instant},
};
use subxt::dynamic::{tx, Value};
use subxt_signer::{sr25519::Keypair, SecretUri};
use testudo::{
	chain::{submit::Signer, Chain},
	error::Error,
	publish::{Envelope, Publication, Recipients},
};
use testudo_e2e::{data::indicators, Node};

/// Who begins the development chain.
const MEMBERS: [&str; 4] = ["Alice", "Bob", "Charlie", "Dave"];
/// Analysts that each gets beside what it has: the pool takes 64 transactions of one account at a time.
const MORE: usize = 12;
/// Connections to the node.
const CONNECTIONS: usize = 8;
/// What each account may spend where its member's quota ends.
const FUNDS: u128 = 1_000_000_000_000_000;
/// How long the chain may take nothing.
const STANDSTILL: Duration = Duration::from_secs(60);

/// What is published.
#[derive(Clone, Copy)]
pub enum Kind {
	/// A record of one object.
	Single,
	/// A record of so many.
	Page(usize),
	/// A record of so many whose envelope lies elsewhere.
	Anchored(usize),
}

impl Kind {
	/// Objects in a record.
	pub fn objects(self) -> usize {
		match self {
			Kind::Single => 1,
			Kind::Page(objects) | Kind::Anchored(objects) => objects,
		}
	}
}

impl fmt::Display for Kind {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Kind::Single => f.write_str("single objects"),
			Kind::Page(objects) => write!(f, "pages of {objects} objects"),
			Kind::Anchored(objects) => write!(f, "anchored batches of {objects} objects"),
		}
	}
}

/// An account that publishes.
struct Author {
	member: MemberId,
	account: Keypair,
}

/// What one account signs.
struct Share<'a> {
	author: &'a Author,
	signer: Signer<'a>,
	/// The numbers of its records.
	records: Range<usize>,
}

/// What a chain took: the time of the whole, and of each block how many records there were after it.
pub struct Taken {
	records: usize,
	time: Duration,
	totals: Vec<(u64, usize)>,
}

impl Taken {
	/// Records a second.
	pub fn rate(&self) -> f64 {
		self.records as f64 / self.time.as_secs_f64()
	}

	/// Number and records of the fullest block.
	pub fn fullest(&self) -> (u64, usize) {
		let pairs = self.totals.iter().zip(self.totals.iter().skip(1));
		// A block that nobody saw would count as part of the next.
		let neighbours = pairs.filter(|((before, _), (block, _))| *block == before + 1);
		let gains = neighbours.map(|((_, before), (block, after))| (*block, after - before));
		gains.max_by_key(|(_, gain)| *gain).expect("the records came in some block")
	}
}

/// Everybody who publishes, and to whom.
pub struct Loader {
	chain: Chain,
	authors: Vec<Author>,
	recipients: Recipients,
	/// The number of the next object: none is published twice.
	next: usize,
}

impl Loader {
	/// Gives each member more analysts.
	pub async fn start(node: &Node) -> Result<Self, Error> {
		let chain = Chain::connect(&node.url()).await?;
		let members = MEMBERS.iter().enumerate().map(|(id, name)| author(id, &format!("//{name}")));
		let members: Vec<Author> = members.collect();
		try_join_all(members.iter().zip(MEMBERS).map(|(member, name)| recruit(&chain, member, name))).await?;
		let mut authors = members;
		for (id, name) in MEMBERS.iter().enumerate() {
			authors.extend((0..MORE).map(|n| author(id, &format!("//{name}//load//{n}"))));
		}
		let recipients = Recipients::find(&chain.head().await?, MemberId(0), &[GroupId(0)], &[], &[]).await?;
		Ok(Self { chain, authors, recipients, next: 0 })
	}

	/// Signs so many records, and then hands them over.
	pub async fn load(&mut self, node: &Node, kind: Kind, count: usize) -> Result<Taken, Error> {
		let mut signers = Vec::new();
		for author in &self.authors {
			signers.push((author, self.chain.signer(&author.account, 1).await?));
		}
		let (each, first) = (count.div_ceil(signers.len()), self.next);
		self.next = first + count.next_multiple_of(signers.len()) * kind.objects();
		let shares = signers.into_iter().enumerate().map(|(place, (author, signer))| {
			let (from, left) = (first + place * each, count.saturating_sub(place * each));
			Share { author, signer, records: from..from + each.min(left) }
		});
		let work = shares.collect();
		let queues = self.sign(kind, work)?;
		let before = records(&self.chain).await?;
		let begun = Instant::now();
		let submitting = async {
			let mut shares: Vec<Vec<VecDeque<Vec<u8>>>> = (0..CONNECTIONS).map(|_| Vec::new()).collect();
			for (place, queue) in queues.into_iter().enumerate() {
				shares[place % CONNECTIONS].push(queue);
			}
			try_join_all(shares.into_iter().map(|share| submit(node, share))).await
		};
		let watching = watch(&self.chain, before, before + count, begun);
		let (_, taken) = tokio::try_join!(submitting, watching)?;
		Ok(taken)
	}

	/// On all cores: nobody signs while the clock runs.
	fn sign(&self, kind: Kind, mut work: Vec<Share<'_>>) -> Result<Vec<VecDeque<Vec<u8>>>, Error> {
		let share = work.len().div_ceil(thread::available_parallelism().map_or(1, usize::from));
		let queues: Result<Vec<_>, Error> = thread::scope(|scope| {
			let threads: Vec<_> = work
				.chunks_mut(share)
				.map(|chunk| {
					scope.spawn(move || {
						let queues = chunk.iter_mut().map(|Share { author, signer, records }| {
							records.clone().map(|n| self.transaction(author, signer, kind, n)).collect()
						});
						queues.collect::<Result<Vec<VecDeque<Vec<u8>>>, Error>>()
					})
				})
				.collect();
			threads.into_iter().map(|thread| thread.join().expect("signing does not panic")).collect()
		});
		Ok(queues?.into_iter().flatten().collect())
	}

	fn transaction(&self, author: &Author, signer: &mut Signer<'_>, kind: Kind, n: usize) -> Result<Vec<u8>, Error> {
		let objects = indicators(n * kind.objects(), kind.objects()).into_iter().map(String::into_bytes).collect();
		let publication = Publication {
			chain: &self.chain,
			account: &author.account,
			author: author.member,
			recipients: &self.recipients,
			disclose: false,
			valid_until: None,
			tip: 1,
			signers: &[],
			shelf: None,
		};
		let envelope = Envelope { tlp: Tlp::Green, objects, techniques: BTreeSet::new(), len: 0 };
		let sealed = publication.seal(&envelope)?;
		match kind {
			Kind::Single | Kind::Page(_) => signer.sign(&sealed.publish()),
			Kind::Anchored(_) => {
				let parsed = parse(&sealed.payload).map_err(|e| Error::Internal(e.to_string()))?;
				let (anchor, location) = (Anchor::of(&parsed), format!("https://cti.example/{n}"));
				signer.sign(&sealed.anchor(anchor, location))
			}
		}
	}
}

fn author(member: usize, uri: &str) -> Author {
	let uri = SecretUri::from_str(uri).expect("a development key's path is well formed");
	let account = Keypair::from_uri(&uri).expect("a development key's path is well formed");
	Author { member: MemberId(member as u32), account }
}

/// A member's controller names analysts and gives them something to spend.
async fn recruit(chain: &Chain, member: &Author, name: &str) -> Result<(), Error> {
	let mut signer = chain.signer(&member.account, 0).await?;
	let mut last = None;
	for n in 0..MORE {
		let id = author(0, &format!("//{name}//load//{n}")).account.public_key().0;
		let role = Value::unnamed_variant("Analyst", []);
		signer.submit(&tx("Membership", "add_delegate", (Value::from_bytes(id), role))).await?;
		let to = Value::unnamed_variant("Id", [Value::from_bytes(id)]);
		last = Some(signer.submit(&tx("Balances", "transfer_allow_death", (to, FUNDS))).await?);
	}
	match last {
		Some(pending) => chain.succeeded(chain.landed(pending).await?).await.map(drop),
		None => Ok(()),
	}
}

/// Hands over what accounts have signed, each in its order, as fast as the pool takes it.
async fn submit(node: &Node, mut queues: Vec<VecDeque<Vec<u8>>>) -> Result<(), Error> {
	let chain = Chain::connect(&node.url()).await?;
	while queues.iter().any(|queue| !queue.is_empty()) {
		let mut moved = false;
		for queue in &mut queues {
			// Until the account has as many under way as the pool takes.
			while let Some(next) = queue.front() {
				if chain.hand_over(next).await.is_err() {
					break;
				}
				queue.pop_front();
				moved = true;
			}
		}
		if !moved {
			tokio::time::sleep(Duration::from_millis(50)).await;
		}
	}
	Ok(())
}

/// How many records there are, in the newest block.
async fn records(chain: &Chain) -> Result<usize, Error> {
	let members = chain.head().await?.members().await?;
	Ok(members.iter().map(|member| member.records as usize).sum())
}

/// Looks at each block until there are so many records.
async fn watch(chain: &Chain, before: usize, goal: usize, begun: Instant) -> Result<Taken, Error> {
	let mut totals = vec![(u64::from(chain.head().await?.block().number), before)];
	let mut moved = Instant::now();
	loop {
		let view = chain.head().await?;
		let (block, last) = (u64::from(view.block().number), totals[totals.len() - 1]);
		if block > last.0 {
			let members = view.members().await?;
			let total = members.iter().map(|member| member.records as usize).sum();
			if total > last.1 {
				moved = Instant::now();
			}
			totals.push((block, total));
			if total >= goal {
				return Ok(Taken { records: goal - before, time: begun.elapsed(), totals });
			}
		}
		if moved.elapsed() > STANDSTILL {
			return Err(Error::Internal(format!("{} of {goal} records, and no more for a minute", last.1)));
		}
		tokio::time::sleep(Duration::from_millis(20)).await;
	}
}
