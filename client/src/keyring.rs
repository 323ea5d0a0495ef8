//! The secrets of group epochs: found in wraps, welcomes and history links, never stored.

use crate::{error::Error, identity::Identity};
use blake2::{
	digest::{consts::U32, Digest},
	Blake2b,
};
use cti_envelope::{EpochSecret, Seed, SeedWrapContext, Wrap};
use cti_primitives::{Epoch, GroupId, Hash, KeyOwnerId, MemberId};
use std::{
	collections::{BTreeMap, BTreeSet},
	future::Future,
	ops::Bound,
	sync::{
		atomic::{AtomicU32, Ordering},
		Arc,
	},
};
use subxt::utils::AccountId32;
use tokio::sync::Mutex;

/// Most epochs that one search follows to a later one whose secret the member holds.
const MAX_LINKS: u32 = 4_096;
/// Most epochs that are looked at in one round in the hope of such a later one.
const MAX_STEPS: u32 = 256;

/// What the chain says of an epoch, with the wraps of the extrinsic that made it.
#[derive(Clone, Debug)]
pub struct EpochFacts {
	/// What every wrap of its secret is bound to.
	pub context: SeedWrapContext,
	/// The secret of the epoch before, under this one's.
	pub link: Option<[u8; 48]>,
	/// The secret, wrapped to each member of that time.
	pub wraps: Vec<Wrap>,
}

/// Where a wrap that was handed over later is: block and extrinsic.
pub type Welcome = (u32, u32);

/// Where epochs are looked up: the chain, or a table in tests.
pub trait EpochSource: Send + Sync {
	/// An epoch; `None` if there is none.
	fn facts(&self, group: GroupId, epoch: Epoch) -> impl Future<Output = Result<Option<EpochFacts>, Error>> + Send;

	/// The group's newest epoch; `None` if it is not known.
	fn newest(&self, _: GroupId) -> impl Future<Output = Result<Option<Epoch>, Error>> + Send {
		std::future::ready(Ok(None))
	}

	/// The wraps for `member` in the extrinsic of a welcome.
	fn welcome(
		&self,
		group: GroupId,
		epoch: Epoch,
		member: MemberId,
		at: Welcome,
	) -> impl Future<Output = Result<Vec<Wrap>, Error>> + Send;
}

/// The member's own keys.
pub struct OwnKeys {
	/// The member.
	pub member: MemberId,
	/// The account that acts for it here.
	pub account: AccountId32,
	/// The version of its newest key on chain. It grows while the process runs.
	pub newest_version: AtomicU32,
	/// Whose key else these are: an analyst's, by its number, and the version of its newest key.
	pub analyst: Option<(KeyOwnerId, u32)>,
	/// Its seeds, the newest last.
	pub seeds: Vec<Seed>,
	/// The genesis epoch's secret, if known.
	pub genesis_epoch: Option<EpochSecret>,
}

impl OwnKeys {
	/// The keys of `identity`, which acts for `member`.
	pub fn new(identity: &Identity, member: MemberId, newest_version: u32, analyst: Option<(KeyOwnerId, u32)>) -> Self {
		let (seeds, genesis_epoch) = (identity.seeds.clone(), identity.genesis_epoch.clone());
		let account = identity.account_id();
		Self { member, account, newest_version: newest_version.into(), analyst, seeds, genesis_epoch }
	}

	/// Notes that the chain has a key of the member's of this version; says if that is news.
	pub fn registered(&self, version: u32) -> bool {
		self.newest_version.fetch_max(version, Ordering::Relaxed) < version
	}

	/// Is it news that the account registered a key of its own of this version?
	pub fn is_newer(&self, account: &AccountId32, version: u32) -> bool {
		*account == self.account && self.analyst.is_none_or(|(_, known)| known < version)
	}

	/// Changes whenever something may open that did not before.
	pub fn fingerprint(&self) -> Hash {
		let mut hash = Blake2b::<U32>::new();
		hash.update(self.newest_version.load(Ordering::Relaxed).to_le_bytes());
		if let Some((owner, version)) = self.analyst {
			hash.update([owner.0.to_le_bytes(), version.to_le_bytes()].concat());
		}
		for seed in &self.seeds {
			hash.update(seed.public_key());
		}
		hash.finalize().into()
	}

	/// Each seed with each version that the member's key could have, the likeliest pairs first.
	fn pairs(&self) -> impl Iterator<Item = (&Seed, u32)> {
		self.pairs_to(self.newest_version.load(Ordering::Relaxed))
	}

	fn pairs_to(&self, newest: u32) -> impl Iterator<Item = (&Seed, u32)> {
		(0..=newest).rev().flat_map(|version| self.seeds.iter().rev().map(move |seed| (seed, version)))
	}

	/// What may open a direct wrap: whose key, its seed, its version; the likeliest first.
	pub fn direct(&self) -> impl Iterator<Item = (KeyOwnerId, &Seed, u32)> {
		let of_member = self.pairs().map(|(seed, version)| (self.member.into(), seed, version));
		let of_analyst = self
			.analyst
			.into_iter()
			.flat_map(|(owner, newest)| self.pairs_to(newest).map(move |(seed, version)| (owner, seed, version)));
		of_member.chain(of_analyst)
	}

	/// Is it the member's key, or the analyst's?
	pub fn is_own(&self, owner: KeyOwnerId) -> bool {
		owner.member() == Some(self.member) || self.analyst.is_some_and(|(own, _)| own == owner)
	}

	fn unwrap(&self, context: &SeedWrapContext, wraps: &[Wrap]) -> Option<EpochSecret> {
		self.pairs().find_map(|(seed, version)| {
			wraps.iter().find_map(|wrap| EpochSecret::unwrap(context, self.member, version, seed, wrap).ok())
		})
	}

	fn genesis(&self, context: &SeedWrapContext) -> Option<EpochSecret> {
		let secret = self.genesis_epoch.as_ref().filter(|_| context.epoch == Epoch(0))?;
		let derived = secret.context(&context.genesis, context.group, context.epoch, context.roster_version);
		(derived.pk_hash == context.pk_hash).then(|| secret.clone())
	}
}

/// Finds epoch secrets and remembers them while the process runs.
pub struct Keyring<S> {
	source: S,
	genesis: Hash,
	/// The member's own keys.
	pub own: OwnKeys,
	found: Mutex<Found>,
}

/// A group's epoch.
type Place = (GroupId, Epoch);

/// An epoch whose wraps were tried: what of it leads to others.
#[derive(Clone)]
struct Seen {
	context: SeedWrapContext,
	link: Option<[u8; 48]>,
}

struct Found {
	secrets: BTreeMap<Place, Arc<EpochSecret>>,
	/// Each was fetched once, and its wraps were tried with every key of now.
	seen: BTreeMap<Place, Seen>,
	/// Neither their own wraps nor links of later epochs open them, as long as their group stays as it is.
	missing: BTreeSet<Place>,
	newest: BTreeMap<GroupId, Epoch>,
	welcomes: BTreeMap<Place, BTreeSet<Welcome>>,
	/// Welcomes that no key of now opens.
	refused: BTreeSet<(Place, Welcome)>,
	/// The version of the member's newest key with which all of it was tried.
	tried_with: u32,
	/// How many epochs may still be looked at in this round.
	steps: u32,
	/// Groups whose epochs were not followed to their end in this round.
	cut: BTreeSet<GroupId>,
}

impl Found {
	fn new(version: u32) -> Self {
		Self {
			secrets: BTreeMap::new(),
			seen: BTreeMap::new(),
			missing: BTreeSet::new(),
			newest: BTreeMap::new(),
			welcomes: BTreeMap::new(),
			refused: BTreeSet::new(),
			tried_with: version,
			steps: MAX_STEPS,
			cut: BTreeSet::new(),
		}
	}

	/// Forgets what other keys could not open.
	fn try_with(&mut self, version: u32) {
		if self.tried_with != version {
			self.tried_with = version;
			self.seen.clear();
			self.missing.clear();
			self.refused.clear();
		}
	}

	fn look_again(&mut self, group: GroupId) {
		self.missing.retain(|(of, _)| *of != group);
		self.newest.remove(&group);
	}

	/// Is the secret of a later epoch of the group held?
	fn holds_after(&self, place: Place) -> bool {
		self.secrets.range(after(place)).next().is_some()
	}

	/// Takes one of `links`, or, where there is none left, one of the round's steps.
	fn take_step(&mut self, links: &mut u32) -> bool {
		let left = if *links > 0 { links } else { &mut self.steps };
		let taken = left.checked_sub(1);
		*left = taken.unwrap_or(0);
		taken.is_some()
	}
}

fn after((group, epoch): Place) -> (Bound<Place>, Bound<Place>) {
	(Bound::Excluded((group, epoch)), Bound::Included((group, Epoch(u32::MAX))))
}

impl<S: EpochSource> Keyring<S> {
	/// An empty keyring.
	pub fn new(source: S, genesis: Hash, own: OwnKeys) -> Self {
		let found = Mutex::new(Found::new(own.newest_version.load(Ordering::Relaxed)));
		Self { source, genesis, own, found }
	}

	/// Notes where a wrap for this member was handed over, and looks again for what was not found of the group.
	pub async fn welcomed(&self, group: GroupId, epoch: Epoch, at: Welcome) {
		let mut found = self.found.lock().await;
		found.welcomes.entry((group, epoch)).or_default().insert(at);
		found.look_again(group);
	}

	/// Looks again for what was not found of the group: it has a new epoch.
	pub async fn rekeyed(&self, group: GroupId) {
		self.found.lock().await.look_again(group);
	}

	/// Looks again for everything that was not found: nobody knows which groups have new epochs.
	pub async fn refresh(&self) {
		let mut found = self.found.lock().await;
		found.missing.clear();
		found.newest.clear();
	}

	/// Begins a round. In these groups, searches that were cut short go on.
	pub async fn next_round(&self) -> BTreeSet<GroupId> {
		let mut found = self.found.lock().await;
		found.steps = MAX_STEPS;
		let cut = std::mem::take(&mut found.cut);
		for group in &cut {
			found.look_again(*group);
		}
		cut
	}

	/// What every wrap of the epoch's secret is bound to; `None` if there is no such epoch.
	pub async fn context(&self, place: (GroupId, Epoch)) -> Result<Option<SeedWrapContext>, Error> {
		let mut found = self.found.lock().await;
		Ok(self.visit(&mut found, place).await?.map(|seen| seen.context))
	}

	/// The seed that opens what is sealed to the group's epoch; `None` if this member was not given it.
	pub async fn seed(&self, group: GroupId, epoch: Epoch) -> Result<Option<Seed>, Error> {
		let secret = self.secret(group, epoch).await?;
		Ok(secret.map(|secret| secret.kem_seed(&self.genesis, group, epoch)))
	}

	/// The secret of the group's epoch; `None` if this member was not given it.
	pub async fn secret(&self, group: GroupId, epoch: Epoch) -> Result<Option<Arc<EpochSecret>>, Error> {
		let mut found = self.found.lock().await;
		found.try_with(self.own.newest_version.load(Ordering::Relaxed));
		if let Some(secret) = found.secrets.get(&(group, epoch)) {
			return Ok(Some(secret.clone()));
		}
		match found.missing.contains(&(group, epoch)) {
			true => Ok(None),
			false => self.search(&mut found, (group, epoch)).await,
		}
	}

	/// Looks for the secret itself, then for one of a later epoch from which links lead back to it.
	async fn search(&self, found: &mut Found, place: Place) -> Result<Option<Arc<EpochSecret>>, Error> {
		let Some(first) = self.visit(found, place).await? else {
			found.missing.insert(place);
			return Ok(None);
		};
		if !found.secrets.contains_key(&place) {
			self.visit_likely(found, place).await?;
			let passed = self.walk(found, place, first).await?;
			self.follow(found, &passed);
			let mut closed: Vec<Place> = passed.iter().map(Seen::place).collect();
			closed.retain(|passed| !found.secrets.contains_key(passed));
			found.missing.extend(closed);
		}
		Ok(found.secrets.get(&place).cloned())
	}

	/// Tries the epochs after `place` that are likeliest to open: those of welcomes, and the newest.
	async fn visit_likely(&self, found: &mut Found, place: Place) -> Result<(), Error> {
		let mut likely: Vec<Place> = found.welcomes.range(after(place)).map(|(welcomed, _)| *welcomed).collect();
		let newest = match found.newest.get(&place.0) {
			Some(newest) => Some(*newest),
			None => self.source.newest(place.0).await?,
		};
		if let Some(newest) = newest {
			found.newest.insert(place.0, newest);
			likely.extend((newest > place.1).then_some((place.0, newest)));
		}
		for likely in likely.into_iter().rev() {
			if found.holds_after(place) {
				break;
			}
			self.visit(found, likely).await?;
		}
		Ok(())
	}

	/// The epochs from `first` on over which links may lead back to it, up to one whose secret is held.
	async fn walk(&self, found: &mut Found, (group, epoch): Place, first: Seen) -> Result<Vec<Seen>, Error> {
		let mut links = if found.holds_after((group, epoch)) { MAX_LINKS } else { 0 };
		let mut passed = vec![first];
		let newest = found.newest.get(&group).map_or(u32::MAX, |newest| newest.0);
		for next in (epoch.0..newest).map(move |before| (group, Epoch(before + 1))) {
			if found.missing.contains(&next) {
				break;
			}
			if !found.seen.contains_key(&next) && !found.take_step(&mut links) {
				found.cut.insert(group);
				break;
			}
			match self.visit(found, next).await? {
				Some(seen) if seen.link.is_some() => passed.push(seen),
				_ => break,
			}
			if found.secrets.contains_key(&next) {
				break;
			}
		}
		Ok(passed)
	}

	/// Fetches an epoch and tries its wraps, unless that was done before, and the welcomes to it.
	async fn visit(&self, found: &mut Found, place: Place) -> Result<Option<Seen>, Error> {
		let seen = match found.seen.get(&place) {
			Some(seen) => seen.clone(),
			None => {
				let Some(facts) = self.source.facts(place.0, place.1).await? else { return Ok(None) };
				let EpochFacts { context, link, wraps } = facts;
				if let Some(secret) = self.own.genesis(&context).or_else(|| self.own.unwrap(&context, &wraps)) {
					found.secrets.insert(place, Arc::new(secret));
				}
				let seen = Seen { context, link };
				found.seen.insert(place, seen.clone());
				seen
			}
		};
		self.try_welcomes(found, place, &seen.context).await?;
		Ok(Some(seen))
	}

	async fn try_welcomes(&self, found: &mut Found, place: Place, context: &SeedWrapContext) -> Result<(), Error> {
		for at in found.welcomes.get(&place).cloned().unwrap_or_default() {
			if found.secrets.contains_key(&place) {
				break;
			}
			if found.refused.contains(&(place, at)) {
				continue;
			}
			let wraps = self.source.welcome(place.0, place.1, self.own.member, at).await?;
			if let Some(secret) = self.own.unwrap(context, &wraps) {
				found.secrets.insert(place, Arc::new(secret));
			} else {
				found.refused.insert((place, at));
			}
		}
		Ok(())
	}

	/// From the secret of the newest of `passed` (ascending epochs), if it is held, back over the links to the oldest.
	fn follow(&self, found: &mut Found, passed: &[Seen]) {
		let newest = passed.last().and_then(|newest| found.secrets.get(&newest.place()));
		let Some(mut secret) = newest.cloned() else { return };
		for (older, newer) in passed.iter().zip(passed.iter().skip(1)).rev() {
			let SeedWrapContext { group, epoch, pk_hash, .. } = &older.context;
			let opened = newer.link.map(|link| secret.open_link(&self.genesis, *group, *epoch, &link, pk_hash));
			let Some(Ok(opened)) = opened else { return };
			secret = Arc::new(opened);
			found.secrets.insert((*group, *epoch), secret.clone());
		}
	}
}

impl Seen {
	fn place(&self) -> Place {
		(self.context.group, self.context.epoch)
	}
}

#[cfg(test)]
#[path = "keyring_tests.rs"]
mod tests;
