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
	sync::{
		atomic::{AtomicU32, Ordering},
		Arc,
	},
};
use tokio::sync::Mutex;

/// Most epochs that are followed back over history links for one record.
const MAX_LINKS: u32 = 4_096;

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
		Self { member, newest_version: newest_version.into(), analyst, seeds, genesis_epoch }
	}

	/// Notes that the chain has a key of this version.
	pub fn registered(&self, version: u32) {
		self.newest_version.fetch_max(version, Ordering::Relaxed);
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

#[derive(Default)]
struct Found {
	secrets: BTreeMap<(GroupId, Epoch), Arc<EpochSecret>>,
	missing: BTreeSet<(GroupId, Epoch)>,
	welcomes: BTreeMap<(GroupId, Epoch), Vec<Welcome>>,
}

impl<S: EpochSource> Keyring<S> {
	/// An empty keyring.
	pub fn new(source: S, genesis: Hash, own: OwnKeys) -> Self {
		Self { source, genesis, own, found: Mutex::default() }
	}

	/// Notes where a wrap for this member was handed over, and looks again for what was not found before.
	pub async fn welcomed(&self, group: GroupId, epoch: Epoch, at: Welcome) {
		let mut found = self.found.lock().await;
		found.welcomes.entry((group, epoch)).or_default().push(at);
		found.missing.clear();
	}

	/// Looks again for what was not found before: there is a new epoch.
	pub async fn refresh(&self) {
		self.found.lock().await.missing.clear();
	}

	/// The seed that opens what is sealed to the group's epoch; `None` if this member was not given it.
	pub async fn seed(&self, group: GroupId, epoch: Epoch) -> Result<Option<Seed>, Error> {
		let secret = self.secret(group, epoch).await?;
		Ok(secret.map(|secret| secret.kem_seed(&self.genesis, group, epoch)))
	}

	/// The secret of the group's epoch; `None` if this member was not given it.
	pub async fn secret(&self, group: GroupId, epoch: Epoch) -> Result<Option<Arc<EpochSecret>>, Error> {
		let mut found = self.found.lock().await;
		if let Some(secret) = found.secrets.get(&(group, epoch)) {
			return Ok(Some(secret.clone()));
		}
		if found.missing.contains(&(group, epoch)) {
			return Ok(None);
		}
		let secret = self.search(&mut found, group, epoch).await?;
		if secret.is_none() {
			found.missing.insert((group, epoch));
		}
		Ok(secret)
	}

	/// Looks for the secret itself, then for one of a later epoch from which links lead back to it.
	async fn search(&self, found: &mut Found, group: GroupId, epoch: Epoch) -> Result<Option<Arc<EpochSecret>>, Error> {
		let mut passed = Vec::new();
		let mut at = epoch;
		for _ in 0..MAX_LINKS {
			let Some(facts) = self.source.facts(group, at).await? else { return Ok(None) };
			if at > epoch && facts.link.is_none() {
				return Ok(None);
			}
			let known = match found.secrets.get(&(group, at)).cloned() {
				Some(secret) => Some(secret),
				None => self.own_secret(found, &facts).await?.map(Arc::new),
			};
			passed.push(facts);
			if let Some(secret) = known {
				found.secrets.insert((group, at), secret.clone());
				return Ok(self.follow(found, secret, &passed));
			}
			let Some(next) = at.0.checked_add(1) else { return Ok(None) };
			at = Epoch(next);
		}
		Ok(None)
	}

	async fn own_secret(&self, found: &Found, facts: &EpochFacts) -> Result<Option<EpochSecret>, Error> {
		let context = &facts.context;
		if let Some(secret) = self.own.genesis(context).or_else(|| self.own.unwrap(context, &facts.wraps)) {
			return Ok(Some(secret));
		}
		for at in found.welcomes.get(&(context.group, context.epoch)).into_iter().flatten() {
			let wraps = self.source.welcome(context.group, context.epoch, self.own.member, *at).await?;
			if let Some(secret) = self.own.unwrap(context, &wraps) {
				return Ok(Some(secret));
			}
		}
		Ok(None)
	}

	/// From the secret of the newest of `passed` (ascending epochs) back over the links to the oldest.
	fn follow(&self, found: &mut Found, newest: Arc<EpochSecret>, passed: &[EpochFacts]) -> Option<Arc<EpochSecret>> {
		let mut secret = newest;
		for (older, newer) in passed.iter().zip(passed.iter().skip(1)).rev() {
			let SeedWrapContext { group, epoch, pk_hash, .. } = &older.context;
			let opened = secret.open_link(&self.genesis, *group, *epoch, &newer.link?, pk_hash).ok()?;
			secret = Arc::new(opened);
			found.secrets.insert((*group, *epoch), secret.clone());
		}
		Some(secret)
	}
}

#[cfg(test)]
#[path = "keyring_tests.rs"]
mod tests;
