//! What clients post to the gateway, published as `testudo publish` does, with nobody there to be asked.

use super::{
	publishing::{check, packer, recipients, signers},
	Context,
};
use crate::{
	chain::Chain,
	cli::Publish,
	error::Error,
	gateway::{Handed, Posting, Told, UNTOLD},
	guard, member,
	publish::{known_places, Plan, Publication, Published},
	store::Store,
};
use blake2::{digest::consts::U32, Blake2b, Digest};
use cti_primitives::{guard::OwnNames, GroupId, Hash, RecordId};
use cti_stix::Object;
use std::{
	collections::{BTreeSet, HashMap},
	path::PathBuf,
	sync::{Mutex, PoisonError},
	time::{Duration, Instant},
};

/// How long the store may take to come to the chain's newest block.
const CATCHING_UP: Duration = Duration::from_secs(30);
/// Blocks in which what was handed to a node a moment ago is.
const UNDER_WAY: u32 = 3;
/// And how long they may take.
const SETTLING: Duration = Duration::from_secs(60);
/// So many objects are remembered until the store has them.
const REMEMBERED: usize = 100_000;

/// Publishes what is posted.
pub struct Desk {
	context: Context,
	/// Own names, if they are not at the usual place.
	own: Option<PathBuf>,
	warning_lists: Vec<PathBuf>,
	/// What was published and may not have come back from the chain yet: a client that got no answer posts again.
	recent: Mutex<HashMap<(GroupId, Hash), RecordId>>,
}

/// Why objects of a posting stay behind, by their places.
#[derive(Default)]
struct Kept(HashMap<usize, String>);

impl Desk {
	/// One that acts for the context's identity.
	pub fn new(context: Context, own: Option<PathBuf>, warning_lists: Vec<PathBuf>) -> Self {
		Self { context, own, warning_lists, recent: Mutex::default() }
	}

	/// Publishes what may be, and says of each object what became of it. What a person would be asked about stays behind.
	pub async fn hand_in(&self, posting: &Posting) -> Result<Handed, Error> {
		let context = &self.context;
		let identity = context.identity()?;
		let chain = context.chain().await?;
		if posting.resumed {
			// What was in the pool when the earlier gateway ended comes into a block, and is known then.
			self.blocks_after(&chain, UNDER_WAY).await?;
		}
		let view = chain.sealing_head().await?;
		let store = self.store_at(view.block().number).await?;
		let acting = member::acting(&view, &identity).await?;
		let author = acting.member;
		member::require_active(&view, author, "ThreatRegistry.publish").await?;
		member::require_publisher(acting.role)?;
		let options = self.options(posting);
		let recipients = recipients(&view, author, &options).await?;
		require_usual(guard::unusual_audience(&view, author, &recipients, &context.rosters()?).await?)?;
		let mut known = known_places(&posting.objects, author, &recipients, Some(&store))?;
		known.extend(self.under_way(posting, &store));
		let mut kept = Kept::default();
		kept.own_names(posting, &self.own_names()?);
		let mut packer = packer(&view, author, &recipients, &options).await?;
		packer.ceiling = Some(packer.ceiling.map_or(posting.tlp, |ceiling| ceiling.min(posting.tlp)));
		let mut plan = packer.plan_without(&posting.objects, &kept.and(&known));
		if kept.wider(posting, guard::wider(&plan, author, &store)?) {
			plan = packer.plan_without(&posting.objects, &kept.and(&known));
		}
		if plan.envelopes.is_empty() {
			return Ok(told(posting, &known, &kept, &plan, &Published { registered: Vec::new(), failure: None }));
		}
		check(&plan, &recipients, &options, known.len() as u64)?;
		let signers = signers(context, &chain, &identity, &recipients).await?;
		let publication = Publication {
			chain: &chain,
			account: &identity.account,
			author,
			recipients: &recipients,
			disclose: false,
			valid_until: None,
			tip: 0,
			signers: &signers,
			shelf: None,
		};
		let published = publication.publish(&plan.envelopes).await;
		self.remember(posting.group, &plan, &published);
		Ok(told(posting, &known, &kept, &plan, &published))
	}

	/// Waits for so many more blocks to be final.
	async fn blocks_after(&self, chain: &Chain, count: u32) -> Result<(), Error> {
		let goal = chain.finalized().await?.number.saturating_add(count);
		let start = Instant::now();
		while chain.finalized().await?.number < goal && start.elapsed() < SETTLING {
			tokio::time::sleep(Duration::from_millis(500)).await;
		}
		Ok(())
	}

	/// The store once it knows what the chain did at this block: what others gave and what was published is looked up in it.
	async fn store_at(&self, block: u32) -> Result<Store, Error> {
		let start = Instant::now();
		loop {
			let store = self.context.store()?;
			let synced = store.synced()?.map_or(0, |synced| synced.number);
			if synced >= block {
				return Ok(store);
			}
			if start.elapsed() > CATCHING_UP {
				return Err(Error::usage(
					format!("nothing was published: the gateway's store is at block {synced} and the chain at {block}"),
					"run `testudo agent` beside the gateway, and post again",
				));
			}
			tokio::time::sleep(Duration::from_millis(200)).await;
		}
	}

	fn options(&self, posting: &Posting) -> Publish {
		Publish {
			bundle: "the envelope".into(),
			groups: vec![posting.group],
			to: Vec::new(),
			to_analysts: Vec::new(),
			named: false,
			marking: Some(posting.tlp),
			techniques: Vec::new(),
			disclose_techniques: false,
			valid_days: None,
			dry_run: false,
			skip_refused: true,
			skip_known: true,
			yes: false,
			anchor: None,
			anchor_folder: None,
			own: self.own.clone(),
			warning_lists: self.warning_lists.clone(),
			tip: 0,
		}
	}

	fn own_names(&self) -> Result<OwnNames, Error> {
		match &self.own {
			Some(path) => guard::read_list(path, true),
			None => guard::read_list(&guard::usual_list()?, false),
		}
	}

	/// Places of what was published to the group a moment ago, and whose record the store does not have yet.
	fn under_way(&self, posting: &Posting, store: &Store) -> Vec<usize> {
		let recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
		let is_under_way = |object: &Object| {
			let record = recent.get(&(posting.group, digest(&object.raw)));
			record.is_some_and(|record| store.record(*record).is_err())
		};
		let places = posting.objects.iter().enumerate().filter(|(_, object)| is_under_way(object));
		places.map(|(place, _)| place).collect()
	}

	fn remember(&self, group: GroupId, plan: &Plan, published: &Published) {
		let mut recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
		if recent.len() > REMEMBERED {
			recent.clear();
		}
		for one in &published.registered {
			let objects = plan.envelopes.get(one.envelope).into_iter().flat_map(|envelope| &envelope.objects);
			recent.extend(objects.map(|raw| ((group, digest(raw)), one.record)));
		}
	}
}

impl Kept {
	fn own_names(&mut self, posting: &Posting, own: &OwnNames) {
		for (place, object) in posting.objects.iter().enumerate() {
			if let Some(what) = object.names_own(own) {
				self.0.insert(place, format!("it names your own {what}"));
			}
		}
	}

	/// Was any object given more strictly by others?
	fn wider(&mut self, posting: &Posting, found: Vec<guard::Wider>) -> bool {
		let details: HashMap<Vec<u8>, String> = found.into_iter().map(|wider| (wider.raw, wider.detail)).collect();
		for (place, object) in posting.objects.iter().enumerate() {
			if let Some(detail) = details.get(&object.raw) {
				self.0.insert(place, format!("others gave it to you more strictly: {detail}"));
			}
		}
		!details.is_empty()
	}

	fn and(&self, known: &BTreeSet<usize>) -> BTreeSet<usize> {
		self.0.keys().chain(known).copied().collect()
	}
}

/// A person would be asked.
fn require_usual(findings: Vec<String>) -> Result<(), Error> {
	match findings.is_empty() {
		true => Ok(()),
		false => Err(Error::usage(
			format!("nothing was published: {}", findings.join("; ")),
			"a gateway can ask nobody: publish something to it by hand first, with `testudo publish`",
		)),
	}
}

/// Of each object what became of it.
fn told(posting: &Posting, known: &BTreeSet<usize>, kept: &Kept, plan: &Plan, published: &Published) -> Handed {
	let mut records: HashMap<&[u8], RecordId> = HashMap::new();
	for one in &published.registered {
		let objects = plan.envelopes.get(one.envelope).into_iter().flat_map(|envelope| &envelope.objects);
		records.extend(objects.map(|raw| (raw.as_slice(), one.record)));
	}
	let refused: HashMap<&str, String> =
		plan.refused.iter().map(|one| (one.object.as_str(), format!("{}: {}", one.reason, one.detail))).collect();
	let failure = published.failure.as_ref().map(|error| format!("{error}; {}", error.advice()));
	let mut handed = Handed::default();
	for (place, object) in posting.objects.iter().enumerate() {
		if known.contains(&place) {
			handed.successes.push(Told::of(object, "the group has it from you already"));
		} else if let Some(record) = records.get(object.raw.as_slice()) {
			handed.successes.push(Told::of(object, format!("published in record {record}")));
		} else {
			let kept = kept.0.get(&place).map(|reason| told_to(posting, object, reason));
			let reason = kept.as_ref().or_else(|| refused.get(object.id.as_str())).or(failure.as_ref());
			let reason = reason.map_or("no object that was published needs it", String::as_str);
			handed.failures.push(Told::of(object, reason));
		}
	}
	handed
}

/// What the leak guard found tells what it guards, and what others gave.
fn told_to(posting: &Posting, object: &Object, reason: &str) -> String {
	if !posting.of_staff {
		tracing::warn!(object = object.id, reason, "the leak guard kept back what was posted");
		return UNTOLD.into();
	}
	reason.into()
}

fn digest(raw: &[u8]) -> Hash {
	Blake2b::<U32>::digest(raw).into()
}
