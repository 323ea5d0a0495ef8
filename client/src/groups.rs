//! Making epochs: a new secret, wrapped to every member of the group.

use crate::{
	chain::{
		api::NumberedKey,
		types::{GroupInfo, Roster},
		Chain, View,
	},
	error::Error,
	keyring::Keyring,
	rosters::Rosters,
};
use cti_envelope::{EpochSecret, PublicKey, SeedWrapContext, Wrap};
use cti_primitives::{Epoch, GroupId, Hash, MemberId, Standing};
use futures::{stream, StreamExt, TryStreamExt};
use std::{
	collections::{BTreeMap, BTreeSet},
	sync::Arc,
};
use subxt::{ext::scale_encode::EncodeAsFields, tx::DynamicPayload, utils::Static};

/// How many keys are asked for at the same time.
const CONCURRENCY: usize = 16;

/// A member's key, to wrap to.
pub struct MemberKey {
	/// The member.
	pub member: MemberId,
	/// Its newest key.
	pub key: NumberedKey,
}

/// Everything the call `rekey` needs.
pub struct NewEpoch {
	/// The newest epoch so far.
	pub expected: Epoch,
	/// The roster it was made for.
	pub roster_version: u32,
	/// The group's new public key.
	pub public_key: Box<PublicKey>,
	/// The Ed25519 key of the secret's holders.
	pub auth: [u8; 32],
	/// The secret of the epoch before, under the new one.
	pub link: Option<[u8; 48]>,
	/// One for each member, in order of member id.
	pub wraps: Vec<Wrap>,
}

/// Who is in a hidden group, as far as it was keyed from this store last.
pub async fn hidden_roster(view: &View, rosters: &Rosters, info: &GroupInfo) -> Result<BTreeSet<MemberId>, Error> {
	let (group, epoch) = (*info.group, *info.epoch);
	let auth = view.epoch(group, epoch).await?.map_or([0; 32], |made| made.auth);
	rosters.current(group, epoch, &auth).cloned()
}

/// Keys of all members that the next rekey of a group must wrap to, in its order.
pub async fn roster_keys(view: &View, group: GroupId) -> Result<Vec<MemberKey>, Error> {
	let roster = view.roster(group).await?;
	stream::iter(roster)
		.map(|entry| async move {
			let member = *entry.member;
			let key = view.encryption_key(member).await?;
			let key = key
				.ok_or_else(|| Error::node(format!("rekeying group {group}"), format!("member {member} has no key")))?;
			Ok(MemberKey { member, key })
		})
		.buffered(CONCURRENCY)
		.try_collect()
		.await
}

/// Keys of those of these members that are active, to wrap to: who was suspended or departed gets no new epoch. An
/// active member without a key has nothing to be wrapped to, and is named.
pub async fn keys_of(view: &View, members: &BTreeSet<MemberId>) -> Result<Vec<MemberKey>, Error> {
	let known: BTreeMap<MemberId, Standing> =
		view.members().await?.iter().map(|info| (*info.member, *info.standing)).collect();
	let mut found = view.encryption_keys(members).await?;
	let mut keys = Vec::new();
	for member in members.iter().copied() {
		match known.get(&member) {
			Some(Standing::Active) => {}
			Some(_) => continue,
			// Members are never forgotten: who leaves one out would have it lose the group.
			None => return Err(view.leaves_out(member)),
		}
		let key = found.remove(&member).ok_or_else(|| {
			Error::not_found(
				format!("member {member} has no encryption key"),
				"take it out with `testudo groups remove`, or let it register a key",
			)
		})?;
		keys.push(MemberKey { member, key });
	}
	Ok(keys)
}

/// The secret of a group's epoch, if it is held and is the one that the chain has.
pub async fn held_secret(
	view: &View,
	keyring: &Keyring<Chain>,
	(group, epoch): (GroupId, Epoch),
) -> Result<Option<Arc<EpochSecret>>, Error> {
	let Some(secret) = keyring.secret(group, epoch).await? else { return Ok(None) };
	view.require_secret((group, epoch), &secret).await?;
	Ok(Some(secret))
}

/// Would a rekey without the newest epoch's secret cut the group's history?
pub fn keeps_history(group: &GroupInfo) -> bool {
	group.policy.history && group.keyed_version > 0
}

/// Makes the epoch after the newest. `previous` is that epoch's secret, for a link back where the group keeps history.
pub fn new_epoch(
	genesis: &Hash,
	group: &GroupInfo,
	members: &[MemberKey],
	previous: Option<&EpochSecret>,
	entropy: [u8; 32],
) -> Result<NewEpoch, Error> {
	let (id, expected) = (*group.group, *group.epoch);
	let epoch = Epoch(expected.0.checked_add(1).ok_or_else(|| Error::Internal("the group has no epochs left".into()))?);
	let secret = EpochSecret::new(entropy);
	let context = secret.context(genesis, id, epoch, group.roster_version);
	let wraps = wraps(group, &secret, &context, members)?;
	let link = previous.filter(|_| keeps_history(group));
	Ok(NewEpoch {
		expected,
		roster_version: group.roster_version,
		public_key: Box::new(secret.kem_seed(genesis, id, epoch).public_key()),
		auth: context.auth,
		link: link.and_then(|previous| secret.link(genesis, id, expected, previous)),
		wraps,
	})
}

/// The secret for each member. A hidden group's are made so that nobody sees for whom, nor how many.
fn wraps(
	group: &GroupInfo,
	secret: &EpochSecret,
	context: &SeedWrapContext,
	members: &[MemberKey],
) -> Result<Vec<Wrap>, Error> {
	let failed = |e: String| Error::node(format!("rekeying group {}", *group.group), e);
	if group.roster == Roster::Hidden {
		let keys: Vec<_> = members.iter().map(|one| (one.member, one.key.number, &*one.key.key)).collect();
		return secret.hidden_wraps(context, &keys, &crate::entropy()?).map_err(|e| failed(e.to_string()));
	}
	let wrap = |MemberKey { member, key }: &MemberKey| {
		let wrap = secret.wrap_for(context, *member, key.number, &key.key);
		wrap.map_err(|e| failed(format!("member {member}: {e}")))
	};
	members.iter().map(wrap).collect()
}

/// The call that makes the epoch.
pub fn rekey_call(group: GroupId, new: NewEpoch) -> DynamicPayload<impl EncodeAsFields> {
	let NewEpoch { expected, roster_version, public_key, auth, link, wraps } = new;
	let arguments = (
		Static(group),
		Static(expected),
		roster_version,
		Static(public_key),
		Static(auth),
		Static(link),
		Static(wraps),
	);
	subxt::dynamic::tx("Membership", "rekey", arguments)
}

/// A group that keeps history loses it with a rekey by somebody who does not hold the newest epoch's secret.
pub fn require_link(
	identity: &str,
	group: &GroupInfo,
	previous: Option<&EpochSecret>,
	without_history: bool,
) -> Result<(), Error> {
	let cuts = keeps_history(group) && previous.is_none();
	match cuts && !without_history {
		true => Err(Error::Identity {
			name: identity.into(),
			reason: format!(
				"it does not hold the secret of group {} at epoch {}: a rekey would cut the group's history",
				*group.group, *group.epoch
			),
			advice: "run `testudo sync` in case you were welcomed, or let a member rekey that holds it; \
				--without-history cuts the history"
				.into(),
		}),
		false => Ok(()),
	}
}

/// An epoch's secret, wrapped for a member that has none; `None` if this member does not hold it itself.
pub async fn welcome(
	view: &View,
	keyring: &Keyring<Chain>,
	place: (GroupId, Epoch),
	member: &MemberKey,
) -> Result<Option<Wrap>, Error> {
	let Some(secret) = held_secret(view, keyring, place).await? else { return Ok(None) };
	let Some(context) = keyring.context(place).await? else { return Ok(None) };
	let wrap = secret.wrap_for(&context, member.member, member.key.number, &member.key.key);
	wrap.map(Some).map_err(|e| Error::node(format!("welcoming member {}", member.member), e))
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::chain::types::GroupPolicy;
	use cti_envelope::{development::member_seed, Seed};
	use cti_primitives::{Quality, Tlp};

	const GENESIS: Hash = [5; 32];

	fn group(history: bool, keyed_version: u32) -> GroupInfo {
		let ceiling = Static(Tlp::Amber);
		GroupInfo {
			group: Static(GroupId(4)),
			name: "g".into(),
			owner: None,
			roster: Roster::Open,
			members: 2,
			epoch: Static(Epoch(6)),
			roster_version: 3,
			keyed_version,
			stale: true,
			quality: Static(Quality::default()),
			policy: GroupPolicy {
				ceiling,
				techniques_required: false,
				pass_on_to_clients: false,
				history,
				drop_box: false,
				min_reliability: None,
				min_reciprocity: None,
			},
			deputies: Vec::new(),
		}
	}

	fn members() -> Vec<(Seed, MemberKey)> {
		["alice", "bob"]
			.into_iter()
			.enumerate()
			.map(|(id, name)| {
				let seed = member_seed(name);
				let key = NumberedKey { number: 2, key: Box::new(seed.public_key()) };
				(seed, MemberKey { member: MemberId(id as u32), key })
			})
			.collect()
	}

	#[test]
	fn every_member_should_open_its_wrap_and_the_link_should_lead_back() {
		let previous = EpochSecret::new([8; 32]);
		let (seeds, keys): (Vec<_>, Vec<_>) = members().into_iter().unzip();
		let made = new_epoch(&GENESIS, &group(true, 1), &keys, Some(&previous), [1; 32]).unwrap();
		let secret = EpochSecret::new([1; 32]);
		let context = secret.context(&GENESIS, GroupId(4), Epoch(7), 3);
		for ((seed, key), wrap) in seeds.iter().zip(&keys).zip(&made.wraps) {
			assert_eq!(EpochSecret::unwrap(&context, key.member, 2, seed, wrap).unwrap(), secret);
		}
		assert_eq!((made.expected, made.roster_version, made.auth), (Epoch(6), 3, context.auth));
		let before = previous.context(&GENESIS, GroupId(4), Epoch(6), 2).pk_hash;
		let opened = secret.open_link(&GENESIS, GroupId(4), Epoch(6), &made.link.unwrap(), &before).unwrap();
		assert_eq!(opened, previous);
	}

	#[test]
	fn rekey_without_the_previous_secret_should_need_leave_to_cut_the_history() {
		let previous = EpochSecret::new([8; 32]);
		let refused = require_link("bob", &group(true, 1), None, false).unwrap_err();
		assert!(refused.to_string().contains("group 4 at epoch 6"), "{refused}");
		assert!(refused.advice().contains("--without-history"), "{}", refused.advice());
		for (history, keyed, previous, leave) in
			[(true, 1, Some(&previous), false), (true, 1, None, true), (true, 0, None, false), (false, 1, None, false)]
		{
			assert!(require_link("bob", &group(history, keyed), previous, leave).is_ok(), "{history} {keyed} {leave}");
		}
	}

	#[test]
	fn hidden_group_should_not_show_how_many_are_in() {
		let (seeds, keys): (Vec<_>, Vec<_>) = members().into_iter().unzip();
		let hidden = GroupInfo { roster: Roster::Hidden, ..group(true, 1) };
		let made = new_epoch(&GENESIS, &hidden, &keys, None, [1; 32]).unwrap();
		assert_eq!(made.wraps.len(), 8);
		let context = EpochSecret::new([1; 32]).context(&GENESIS, GroupId(4), Epoch(7), 3);
		for (seed, key) in seeds.iter().zip(&keys) {
			let open = |wrap| EpochSecret::unwrap(&context, key.member, 2, seed, wrap).is_ok();
			assert_eq!(made.wraps.iter().filter(|wrap| open(wrap)).count(), 1);
		}
	}

	#[test]
	fn link_should_be_made_only_where_the_group_keeps_history_and_was_keyed() {
		let previous = EpochSecret::new([8; 32]);
		let link = |group: GroupInfo| new_epoch(&GENESIS, &group, &[], Some(&previous), [1; 32]).unwrap().link;
		assert!(link(group(true, 1)).is_some());
		assert!(link(group(false, 1)).is_none());
		assert!(link(group(true, 0)).is_none());
	}
}
