//! What a foreign node says of groups, members and keys, compared with the state of a block that others know, too.

use super::{
	api::{AnalystNumberedKey, NumberedKey},
	state::{self, Entry},
	trust::{StateRoot, Trust},
	types::{Acting, EpochInfo, GroupInfo, MemberInfo, RecordInfo, Roster, RosterEntry},
	Chain, Config, View,
};
use crate::error::Error;
use codec::DecodeAll;
use cti_envelope::EpochSecret;
use cti_primitives::{Epoch, GroupId, Hash, MemberId, Role, Standing};
use polkadot_sdk::{
	sp_core::{Blake2Hasher, H256},
	sp_crypto_hashing::blake2_256,
	sp_state_machine::{read_proof_check, StorageProof},
};
use std::collections::{BTreeSet, HashMap};
use subxt::{config::RpcConfigFor, rpcs::methods::legacy::LegacyRpcMethods, utils::AccountId32};

/// The state of a block, as far as the node proves it.
pub(super) struct Anchor {
	pub(super) methods: LegacyRpcMethods<RpcConfigFor<Config>>,
	pub(super) root: StateRoot,
	pub(super) genesis: Hash,
}

/// Entries of the state, proven.
struct Proven<'a> {
	values: HashMap<Vec<u8>, Option<Vec<u8>>>,
	view: &'a View,
}

impl Proven<'_> {
	/// The entry, if the chain has it.
	fn get<T: DecodeAll>(&self, entry: &Entry) -> Result<Option<T>, Error> {
		let Some(value) = self.values.get(&entry.key()).cloned().flatten() else { return Ok(None) };
		let decoded = T::decode_all(&mut &value[..]).map_err(|_| {
			Error::node(
				format!("reading {entry:?} of the state"),
				"its layout is none that this testudo knows: update it",
			)
		})?;
		Ok(Some(decoded))
	}

	fn require<T: DecodeAll>(&self, entry: &Entry) -> Result<T, Error> {
		self.get(entry)?.ok_or_else(|| self.view.untrue(format!("{entry:?} is not in the state")))
	}

	/// The node's answer must be what the state says.
	fn compare<T: PartialEq>(&self, what: impl Into<String>, said: T, proven: T) -> Result<(), Error> {
		match said == proven {
			true => Ok(()),
			false => Err(self.view.untrue(format!("what it says of {} is not what the state says", what.into()))),
		}
	}
}

impl Chain {
	/// The chain as of its newest finalised block, to seal by: of a node that is not one's own, what it says of groups,
	/// members and keys is proven.
	pub async fn sealing_head(&self) -> Result<View, Error> {
		let Trust::Foreign(pins) = &*self.trust else { return self.head().await };
		let (block, root) = pins.anchor(self).await?;
		let mut view = self.at(block).await?;
		view.anchor = Some(Anchor { methods: self.methods.clone(), root, genesis: self.genesis() });
		Ok(view)
	}
}

impl View {
	fn untrue(&self, what: impl Into<String>) -> Error {
		Error::untrue(&*self.url, what)
	}

	/// These entries, proven; `None` where the node is believed.
	async fn proven(&self, entries: impl IntoIterator<Item = Entry>) -> Result<Option<Proven<'_>>, Error> {
		let Some(anchor) = &self.anchor else { return Ok(None) };
		let keys: Vec<Vec<u8>> = entries.into_iter().map(|entry| entry.key()).collect();
		let proof = anchor.methods.state_get_read_proof(keys.iter().map(Vec::as_slice), Some(self.block().hash)).await;
		let proof = proof.map_err(|e| super::rpc::rpc_failed(&self.url, "state_getReadProof", e))?;
		let proof = StorageProof::new(proof.proof.into_iter().map(|node| node.0));
		let values = read_proof_check::<Blake2Hasher, _>(H256(anchor.root), proof, &keys)
			.map_err(|_| self.untrue("its storage proof does not belong to the block's state"))?;
		Ok(Some(Proven { values, view: self }))
	}

	/// What is to be said of a node that leaves a member out.
	pub fn leaves_out(&self, member: MemberId) -> Error {
		self.untrue(format!("it leaves out member {member}"))
	}

	/// What was found as an epoch's secret must be it: another would cut the group's history, or be handed on.
	pub async fn require_secret(&self, (group, epoch): (GroupId, Epoch), secret: &EpochSecret) -> Result<(), Error> {
		let Some(anchor) = &self.anchor else { return Ok(()) };
		let info = self.epoch(group, epoch).await?;
		let found = secret.context(&anchor.genesis, group, epoch, 0).pk_hash;
		match info.is_some_and(|info| info.pk_hash == found) {
			true => Ok(()),
			false => {
				Err(self.untrue(format!("what it gives as the secret of group {group} at epoch {epoch} is another")))
			}
		}
	}

	pub(super) async fn check_account(&self, account: &AccountId32, said: Option<&Acting>) -> Result<(), Error> {
		let entry = Entry::Account(*account);
		let Some(proven) = self.proven([entry.clone()]).await? else { return Ok(()) };
		let delegation: Option<state::Delegation> = proven.get(&entry)?;
		proven.compare(
			format!("whom the account {account} acts for"),
			said.map(|acting| (acting.member, acting.role)),
			delegation.map(|delegation| (delegation.member, delegation.role)),
		)
	}

	/// Everybody on the roster is in the group, active, with the key of that version; and nobody is left out.
	pub(super) async fn check_roster(&self, id: GroupId, said: &[RosterEntry]) -> Result<(), Error> {
		let entries = said.iter().flat_map(|entry| {
			let member = *entry.member;
			[Entry::GroupMember(id, member), Entry::Activity(member), Entry::MemberKey(member)]
		});
		let Some(proven) = self.proven(entries.chain([Entry::Group(id)])).await? else { return Ok(()) };
		let group: state::Group = proven.require(&Entry::Group(id))?;
		let mut counted = BTreeSet::new();
		for RosterEntry { member, key_version } in said {
			let key: state::KeyEntry = proven.require(&Entry::MemberKey(**member))?;
			let activity: state::Activity = proven.require(&Entry::Activity(**member))?;
			if group.roster == state::Roster::Open {
				proven.require::<()>(&Entry::GroupMember(id, **member))?;
			}
			counted.insert(**member);
			proven.compare(
				format!("member {} in group {id}", **member),
				(Standing::Active, *key_version),
				(activity.standing, key.version),
			)?;
		}
		proven.compare(format!("how many are in group {id}"), counted.len(), group.members.into())
	}

	pub(super) async fn check_group(&self, said: &GroupInfo) -> Result<(), Error> {
		let id = *said.group;
		let Some(proven) = self.proven([Entry::Group(id), Entry::Departures]).await? else { return Ok(()) };
		let group: state::Group = proven.require(&Entry::Group(id))?;
		let departures = proven.get(&Entry::Departures)?.unwrap_or_default();
		let roster = match said.roster {
			Roster::Everyone => state::Roster::Everyone,
			Roster::Open => state::Roster::Open,
			Roster::Hidden => state::Roster::Hidden,
		};
		let policy = state::Policy {
			ceiling: *said.policy.ceiling,
			techniques_required: said.policy.techniques_required,
			pass_on_to_clients: said.policy.pass_on_to_clients,
			history: said.policy.history,
			drop_box: said.policy.drop_box,
			min_reliability: said.policy.min_reliability.as_deref().copied(),
			min_reciprocity: said.policy.min_reciprocity,
		};
		let owner = said.owner.as_ref().map(|owner| **owner);
		let versions = (*said.epoch, said.roster_version, said.keyed_version, said.stale);
		let proven_versions =
			(group.epoch, group.next_roster_version(departures), group.keyed_version, group.is_stale(departures));
		proven.compare(
			format!("group {id}"),
			(owner, roster, policy, versions),
			(group.owner, group.roster, group.policy, proven_versions),
		)
	}

	pub(super) async fn check_group_key(&self, id: GroupId, said: Option<&NumberedKey>) -> Result<(), Error> {
		let epoch = Epoch(said.map_or(0, |key| key.number));
		let entries = [Entry::Group(id), Entry::GroupKey(id), Entry::Departures, Entry::Epoch(id, epoch)];
		let Some(proven) = self.proven(entries).await? else { return Ok(()) };
		let group: state::Group = proven.require(&Entry::Group(id))?;
		let departures = proven.get(&Entry::Departures)?.unwrap_or_default();
		let Some(said) = said else {
			return proven.compare(format!("group {id}: that it waits for a rekey"), true, group.is_stale(departures));
		};
		let key: [u8; cti_primitives::ENCRYPTION_KEY_LEN] = proven.require(&Entry::GroupKey(id))?;
		let made: state::EpochEntry = proven.require(&Entry::Epoch(id, epoch))?;
		proven.compare(
			format!("the key of group {id}"),
			(epoch, false, &*said.key, blake2_256(&*said.key)),
			(group.epoch, group.is_stale(departures), &key, made.pk_hash),
		)
	}

	pub(super) async fn check_epoch(&self, id: GroupId, epoch: Epoch, said: &EpochInfo) -> Result<(), Error> {
		let entry = Entry::Epoch(id, epoch);
		let Some(proven) = self.proven([entry.clone()]).await? else { return Ok(()) };
		let made: state::EpochEntry = proven.require(&entry)?;
		proven.compare(
			format!("epoch {epoch} of group {id}"),
			(said.at, said.pk_hash, said.auth, said.link),
			(made.at, made.pk_hash, made.auth, made.link),
		)
	}

	pub(super) async fn check_record(&self, said: &RecordInfo) -> Result<(), Error> {
		let entry = Entry::Record(*said.record);
		let Some(proven) = self.proven([entry.clone()]).await? else { return Ok(()) };
		let record: state::Record = proven.require(&entry)?;
		proven.compare(format!("record {}", *said.record), said.id, record.id)
	}

	pub(super) async fn check_members(&self, said: &[MemberInfo]) -> Result<(), Error> {
		let entries = said.iter().flat_map(|info| [Entry::Profile(*info.member), Entry::Activity(*info.member)]);
		let Some(proven) = self.proven(entries).await? else { return Ok(()) };
		for info in said {
			let profile: state::Profile = proven.require(&Entry::Profile(*info.member))?;
			let activity: state::Activity = proven.require(&Entry::Activity(*info.member))?;
			proven.compare(
				format!("member {}", *info.member),
				(info.controller.0, info.name.as_bytes(), *info.standing),
				(profile.controller, &*profile.name, activity.standing),
			)?;
		}
		Ok(())
	}

	pub(super) async fn check_member_key(&self, member: MemberId, said: Option<&NumberedKey>) -> Result<(), Error> {
		let entry = Entry::MemberKey(member);
		let Some(proven) = self.proven([entry.clone()]).await? else { return Ok(()) };
		let key: Option<state::KeyEntry> = proven.get(&entry)?;
		proven.compare(
			format!("the key of member {member}"),
			said.map(|key| (key.number, &*key.key)),
			key.as_ref().map(|entry| (entry.version, &entry.key)),
		)
	}

	pub(super) async fn check_analyst_keys(&self, member: MemberId, said: &[AnalystNumberedKey]) -> Result<(), Error> {
		let entries = said.iter().flat_map(|analyst| {
			let account = &analyst.account;
			let of = [Entry::Account, Entry::AnalystNumber, Entry::AnalystKey];
			of.map(|of| of(*account))
		});
		let Some(proven) = self.proven(entries).await? else { return Ok(()) };
		for AnalystNumberedKey { account, owner, key } in said {
			let delegation: state::Delegation = proven.require(&Entry::Account(*account))?;
			let number: state::Number = proven.require(&Entry::AnalystNumber(*account))?;
			let entry: state::KeyEntry = proven.require(&Entry::AnalystKey(*account))?;
			proven.compare(
				format!("the key of the analyst {account}"),
				(member, Role::Analyst, *owner, key.number, &*key.key),
				(delegation.member, delegation.role, number, entry.version, &entry.key),
			)?;
		}
		Ok(())
	}
}
