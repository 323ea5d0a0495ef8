//! The runtime APIs, one function each.

use super::{
	types::{
		Acting, AnalystKey, EpochInfo, FeedInfo, GroupInfo, ImportInfo, MemberInfo, RecordInfo, RosterEntry,
		TacticInfo, TechniqueInfo, VersionInfo,
	},
	View,
};
use crate::error::Error;
use cti_primitives::{
	AuthorId, Domain, Epoch, GroupId, KeyOwnerId, MemberId, RecordId, Rhythm, Role, Standing, TechniqueId,
	ENCRYPTION_KEY_LEN,
};
use futures::{stream, StreamExt, TryStreamExt};
use std::collections::{BTreeMap, BTreeSet};
use subxt::{
	dynamic::runtime_api_call,
	ext::{frame_decode::runtime_apis::IntoEncodableValues, scale_decode::DecodeAsType},
	utils::{AccountId32, Static},
};

/// How many keys are asked for at the same time.
const KEYS_AT_ONCE: usize = 16;

/// An X-Wing public key and the number that wraps to it name.
pub struct NumberedKey {
	/// A member key's version, or a group's epoch.
	pub number: u32,
	/// The key.
	pub key: Box<[u8; ENCRYPTION_KEY_LEN]>,
}

/// An analyst's key.
pub struct AnalystNumberedKey {
	/// The analyst's account.
	pub account: AccountId32,
	/// The number by which wraps name it.
	pub owner: KeyOwnerId,
	/// The key and its version.
	pub key: NumberedKey,
}

impl NumberedKey {
	fn read(found: Option<(u32, Vec<u8>)>, of: &str) -> Result<Option<Self>, Error> {
		let Some((number, key)) = found else { return Ok(None) };
		let key = key.into_boxed_slice().try_into();
		let key =
			key.map_err(|_| Error::node(format!("reading the encryption key of {of}"), "it has the wrong length"))?;
		Ok(Some(Self { number, key }))
	}
}

/// The active members that have a key: whoever is asked for all of them does not learn whose are wanted.
fn with_keys(members: &[MemberInfo]) -> BTreeSet<MemberId> {
	let active = members.iter().filter(|info| *info.standing == Standing::Active);
	active.filter(|info| info.encryption_key_version.is_some()).map(|info| *info.member).collect()
}

impl View {
	pub(super) async fn call<A: IntoEncodableValues, R: DecodeAsType>(
		&self,
		api: &'static str,
		method: &'static str,
		arguments: A,
	) -> Result<R, Error> {
		let call = runtime_api_call::<A, R>(api, method, arguments);
		let answer = self.at().runtime_apis().call(call).await;
		answer.map_err(|e| self.failed(format!("asking {api}.{method}"), e))
	}

	/// How fast the chain goes.
	pub async fn rhythm(&self) -> Result<Rhythm, Error> {
		let rhythm: Static<Rhythm> = self.call("MembershipApi", "rhythm", ()).await?;
		Ok(*rhythm)
	}

	/// All members, in order of their ids.
	pub async fn members(&self) -> Result<Vec<MemberInfo>, Error> {
		let members: Vec<MemberInfo> = self.call("MembershipApi", "members", ()).await?;
		self.check_members(&members).await?;
		Ok(members)
	}

	/// For whom an account acts.
	pub async fn member_of(&self, account: AccountId32) -> Result<Option<Acting>, Error> {
		let found: Option<(Static<MemberId>, Static<Role>)> =
			self.call("MembershipApi", "member_of", (account,)).await?;
		let acting = found.map(|(member, role)| Acting { member: *member, role: *role });
		self.check_account(&account, acting.as_ref()).await?;
		Ok(acting)
	}

	/// The accounts that act for a member, with their roles.
	pub async fn accounts_of(&self, member: MemberId) -> Result<Vec<(AccountId32, Role)>, Error> {
		let found: Vec<(AccountId32, Static<Role>)> =
			self.call("MembershipApi", "accounts_of", (Static(member),)).await?;
		Ok(found.into_iter().map(|(account, role)| (account, *role)).collect())
	}

	/// The pot that endowments and rewards come from.
	pub fn pot(&self) -> Result<AccountId32, Error> {
		let pot = subxt::dynamic::constant::<[u8; 8]>("Membership", "PotId");
		let id = self.at().constants().entry(pot).map_err(|e| Error::node("reading the pot's id", e))?;
		let mut account = [0; 32];
		account[..4].copy_from_slice(b"modl");
		account[4..12].copy_from_slice(&id);
		Ok(AccountId32(account))
	}

	/// All groups.
	pub async fn groups(&self) -> Result<Vec<GroupInfo>, Error> {
		self.call("MembershipApi", "groups", ()).await
	}

	/// Bytes that the member may publish without a fee now.
	pub async fn available_bytes(&self, member: MemberId) -> Result<u32, Error> {
		self.call("MembershipApi", "available_bytes", (Static(member),)).await
	}

	/// One group.
	pub async fn group(&self, group: GroupId) -> Result<GroupInfo, Error> {
		let found: Option<GroupInfo> = self.call("MembershipApi", "group", (Static(group),)).await?;
		let found =
			found.ok_or_else(|| Error::not_found(format!("there is no group {group}"), "see `testudo groups list`"))?;
		self.check_group(&found).await?;
		Ok(found)
	}

	/// The groups that the chain knows a member to be in, the consortium's among them.
	pub async fn groups_of(&self, member: MemberId) -> Result<Vec<GroupId>, Error> {
		let groups: Static<Vec<GroupId>> = self.call("MembershipApi", "groups_of", (Static(member),)).await?;
		Ok(groups.0)
	}

	/// To whom the next rekey of a group must wrap, in this order.
	pub async fn roster(&self, group: GroupId) -> Result<Vec<RosterEntry>, Error> {
		let roster: Vec<RosterEntry> = self.call("MembershipApi", "roster", (Static(group),)).await?;
		self.check_roster(group, &roster).await?;
		Ok(roster)
	}

	/// A member's encryption key and its version.
	pub async fn encryption_key(&self, member: MemberId) -> Result<Option<NumberedKey>, Error> {
		let found = self.call("MembershipApi", "encryption_key", (Static(member),)).await?;
		let key = NumberedKey::read(found, &format!("member {member}"))?;
		self.check_member_key(member, key.as_ref()).await?;
		Ok(key)
	}

	/// The encryption keys of these members, where they have one. A node that is not the member's own is asked for those of
	/// all active members: it does not learn to whom something is about to be sealed.
	pub async fn encryption_keys(&self, wanted: &BTreeSet<MemberId>) -> Result<BTreeMap<MemberId, NumberedKey>, Error> {
		let asked = match self.is_foreign() {
			false => wanted.clone(),
			true => with_keys(&self.members().await?),
		};
		let keys: Vec<_> = stream::iter(asked)
			.map(|member| async move { Ok::<_, Error>((member, self.encryption_key(member).await?)) })
			.buffered(KEYS_AT_ONCE)
			.try_collect()
			.await?;
		let keys = keys.into_iter().filter(|(member, _)| wanted.contains(member));
		Ok(keys.filter_map(|(member, key)| Some((member, key?))).collect())
	}

	/// Who said of a group's epoch that its wrap does not open, and was not answered.
	pub async fn bad_wraps(&self, group: GroupId) -> Result<Vec<(MemberId, Epoch)>, Error> {
		let found: Static<Vec<(MemberId, Epoch)>> = self.call("MembershipApi", "bad_wraps", (Static(group),)).await?;
		Ok(found.0)
	}

	/// May the member replace the group's newest epoch, because it was not given to it?
	pub async fn may_replace_epoch(&self, group: GroupId, member: MemberId) -> Result<bool, Error> {
		self.call("MembershipApi", "may_replace_epoch", (Static(group), Static(member))).await
	}

	/// The members that may act.
	pub async fn active_members(&self) -> Result<BTreeSet<MemberId>, Error> {
		let members = self.members().await?;
		let active = members.iter().filter(|member| *member.standing == Standing::Active);
		Ok(active.map(|member| *member.member).collect())
	}

	/// Who asks for a record, and since when, in unix seconds.
	pub async fn requests(&self, record: RecordId) -> Result<Vec<(MemberId, u64)>, Error> {
		let found: Static<Vec<(MemberId, u64)>> = self.call("ThreatRegistryApi", "requests", (Static(record),)).await?;
		Ok(found.0)
	}

	/// Who asks for which of the member's records, ascending.
	pub async fn requests_to(&self, member: MemberId) -> Result<Vec<(RecordId, MemberId)>, Error> {
		const PAGE: u32 = 256;
		let author = AuthorId::from(member);
		let mut all: Vec<(u32, MemberId)> = Vec::new();
		loop {
			let arguments = (Static(author), Static(all.last().copied()), PAGE);
			let page: Static<Vec<(u32, MemberId)>> = self.call("ThreatRegistryApi", "requests_to", arguments).await?;
			let is_last = page.0.len() < PAGE as usize;
			all.extend(page.0);
			if is_last {
				break;
			}
		}
		all.sort_unstable();
		Ok(all.into_iter().map(|(n, by)| (RecordId { author, n }, by)).collect())
	}

	/// The keys of a member's analysts, with whose each is, ascending by their numbers.
	pub async fn analyst_keys(&self, member: MemberId) -> Result<Vec<AnalystNumberedKey>, Error> {
		let found: Vec<AnalystKey> = self.call("MembershipApi", "analyst_keys", (Static(member),)).await?;
		let keys = found.into_iter().filter_map(|AnalystKey { account, owner, version, key }| {
			let read = NumberedKey::read(Some((version, key)), "an analyst").transpose()?;
			Some(read.map(|key| AnalystNumberedKey { account, owner: *owner, key }))
		});
		let keys: Vec<AnalystNumberedKey> = keys.collect::<Result<_, Error>>()?;
		self.check_analyst_keys(member, &keys).await?;
		Ok(keys)
	}

	/// A group's newest epoch and its key; `None` while it is stale or was never keyed.
	pub async fn group_key(&self, group: GroupId) -> Result<Option<NumberedKey>, Error> {
		let found = self.call("MembershipApi", "group_key", (Static(group),)).await?;
		let key = NumberedKey::read(found, &format!("group {group}"))?;
		self.check_group_key(group, key.as_ref()).await?;
		Ok(key)
	}

	/// One epoch of a group.
	pub async fn epoch(&self, group: GroupId, epoch: Epoch) -> Result<Option<EpochInfo>, Error> {
		let found: Vec<(Static<Epoch>, EpochInfo)> =
			self.call("MembershipApi", "epochs", (Static(group), Static(epoch), 1u32)).await?;
		let found = found.into_iter().find(|(number, _)| **number == epoch).map(|(_, info)| info);
		if let Some(info) = &found {
			self.check_epoch(group, epoch, info).await?;
		}
		Ok(found)
	}

	/// One record.
	pub async fn record(&self, record: RecordId) -> Result<RecordInfo, Error> {
		let found: Option<RecordInfo> = self.call("ThreatRegistryApi", "record", (Static(record),)).await?;
		let found = found.ok_or_else(|| {
			Error::not_found(format!("the chain has no record {record}"), "see `testudo sync` and `testudo records`")
		})?;
		self.check_record(&found).await?;
		Ok(found)
	}

	/// An author's records in order of their numbers, beginning with `from`; the chain gives at most 256.
	pub async fn records_by_author(&self, author: AuthorId, from: u32, limit: u32) -> Result<Vec<RecordInfo>, Error> {
		self.call("ThreatRegistryApi", "records_by_author", (Static(author), from, limit)).await
	}

	/// The whole catalogue on chain, all domains.
	pub async fn catalogue(&self) -> Result<BTreeMap<TechniqueId, TechniqueInfo>, Error> {
		let mut catalogue = BTreeMap::new();
		for domain in Domain::ALL {
			let techniques: Vec<TechniqueInfo> = self.call("AttckTaxonomyApi", "techniques", (Static(domain),)).await?;
			catalogue.extend(techniques.into_iter().map(|technique| (*technique.id, technique)));
		}
		Ok(catalogue)
	}

	/// The import of the domain that is under way.
	pub async fn import(&self, domain: Domain) -> Result<Option<ImportInfo>, Error> {
		self.call("AttckTaxonomyApi", "import", (Static(domain),)).await
	}

	/// A domain's matrix: its tactics in their order, each with its active techniques.
	pub async fn matrix(&self, domain: Domain) -> Result<Vec<(TacticInfo, Vec<Static<TechniqueId>>)>, Error> {
		self.call("AttckTaxonomyApi", "matrix", (Static(domain),)).await
	}

	/// The catalogue's version in each domain.
	pub async fn catalogue_versions(&self) -> Result<Vec<VersionInfo>, Error> {
		self.call("AttckTaxonomyApi", "versions", ()).await
	}

	/// All feeds.
	pub async fn feeds(&self) -> Result<Vec<FeedInfo>, Error> {
		self.call("StixFeedsApi", "feeds", ()).await
	}
}
