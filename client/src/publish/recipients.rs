//! To whom an envelope is sealed, and what they take.

use crate::{
	chain::{api::NumberedKey, types::Roster, View},
	error::Error,
	member,
};
use cti_envelope::{seal, Author, DirectRecipient, GroupRecipient, SealRequest, MAX_AUDIENCE, MAX_DIRECT};
use cti_primitives::{Epoch, GroupId, Hash, KeyOwnerId, MemberId, Quality, Tlp};
use serde::{Serialize, Serializer};
use serde_json::{json, Value};
use std::{collections::BTreeSet, fmt};

/// The call that envelopes are for.
const PUBLISH: &str = "ThreatRegistry.publish";
/// The call that gives more readers the key.
const GRANT: &str = "ThreatRegistry.grant";

/// Groups and members with their keys of this moment.
pub struct Recipients {
	groups: Vec<(GroupId, NumberedKey)>,
	direct: Vec<(KeyOwnerId, NumberedKey)>,
	/// Those who are given it by a grant right after, which names them.
	pub granted: Vec<(KeyOwnerId, NumberedKey)>,
	/// Whose those keys are, their analysts' too.
	named: BTreeSet<MemberId>,
	/// The strictest marking all groups take; `None` without groups.
	pub ceiling: Option<Tlp>,
	/// Does a group ask for techniques?
	pub techniques_required: bool,
	/// What groups ask of objects, where they ask for anything.
	pub qualities: Vec<Quality>,
	/// Was the author added, because it is in none of the groups?
	pub author_added: bool,
	/// Hidden groups, ascending, that want a signature by somebody who is in them.
	pub signed: Vec<(GroupId, Epoch)>,
}

impl Recipients {
	/// Looks up the keys of `groups`, of `members`, and of the analysts of `analysts_of`. The author is added where it could
	/// not read its own record otherwise; where only persons read, its analysts are.
	pub async fn find(
		view: &View,
		author: MemberId,
		groups: &[GroupId],
		members: &[MemberId],
		analysts_of: &[MemberId],
	) -> Result<Self, Error> {
		let groups: BTreeSet<GroupId> = groups.iter().copied().collect();
		let mut members: BTreeSet<MemberId> = members.iter().copied().collect();
		let mut analysts_of: BTreeSet<MemberId> = analysts_of.iter().copied().collect();
		if groups.len() > MAX_AUDIENCE as usize {
			return Err(too_many());
		}
		let own: BTreeSet<GroupId> = view.groups_of(author).await?.into_iter().collect();
		let mut found = Self {
			groups: Vec::new(),
			direct: Vec::new(),
			granted: Vec::new(),
			named: BTreeSet::new(),
			ceiling: None,
			techniques_required: false,
			qualities: Vec::new(),
			author_added: false,
			signed: Vec::new(),
		};
		for group in &groups {
			found.add_group(view, author, *group, own.contains(group)).await?;
		}
		// Who can sign for a hidden group can read what is sealed to it.
		let reads = !own.is_disjoint(&groups) || !found.signed.is_empty();
		let persons_only = groups.is_empty() && members.is_empty();
		found.author_added = match persons_only {
			true => analysts_of.insert(author),
			false => !reads && members.insert(author),
		};
		found.named = members.union(&analysts_of).copied().collect();
		found.direct.extend(keys_of_members(view, &members, PUBLISH).await?);
		for member in analysts_of {
			found.direct.extend(keys_of_analysts(view, member, PUBLISH).await?);
		}
		match found.direct.len() <= usize::from(MAX_DIRECT) {
			true => Ok(found),
			false => Err(too_many()),
		}
	}

	/// The same groups, and these members and analysts by a grant that names them: the author alone is sealed to beside the groups.
	pub async fn find_named(
		view: &View,
		author: MemberId,
		groups: &[GroupId],
		members: &[MemberId],
		analysts_of: &[MemberId],
	) -> Result<Self, Error> {
		let own: &[MemberId] = if members.is_empty() || !groups.is_empty() { &[] } else { &[author] };
		let mut found = Self::find(view, author, groups, own, &[]).await?;
		found.granted = members_keys(view, &members.iter().copied().collect()).await?;
		for member in analysts_of {
			found.granted.extend(analysts_keys(view, *member).await?);
		}
		found.named.extend(members.iter().chain(analysts_of));
		Ok(found)
	}

	/// Do the keys of persons alone open it? Only then it may be RED.
	pub fn persons_only(&self) -> bool {
		let mut keys = self.direct.iter().chain(&self.granted);
		self.groups.is_empty() && keys.all(|(owner, _)| owner.member().is_none())
	}

	async fn add_group(&mut self, view: &View, author: MemberId, group: GroupId, is_in: bool) -> Result<(), Error> {
		let info = view.group(group).await?;
		let policy = info.policy;
		if info.roster == Roster::Open && !is_in && !policy.drop_box {
			return Err(Error::Refused {
				call: PUBLISH.into(),
				rule: "NotInGroup".into(),
				explanation: format!("your member is not in group {group}, and it is no drop box"),
				advice: "choose a group you are in, see `testudo groups list`, or ask its owner to add you".into(),
			});
		}
		if let Some(least) = policy.min_reliability.as_deref() {
			let own = *view.standing(author).await?.reliability;
			if !own.meets(*least) {
				return Err(Error::Refused {
					call: PUBLISH.into(),
					rule: "BelowReliability".into(),
					explanation: format!(
						"group {group} asks for a reliability of {least} at least, and yours is {own}"
					),
					advice: "see why with `testudo standing YOU`, and publish to another group meanwhile".into(),
				});
			}
		}
		let key = view.group_key(group).await?.ok_or_else(|| Error::Refused {
			call: PUBLISH.into(),
			rule: "StaleGroup".into(),
			explanation: format!("group {group} awaits a rekey"),
			advice: format!("rekey it with `testudo groups rekey {group}`, then publish again"),
		})?;
		self.ceiling = Some(self.ceiling.map_or(*policy.ceiling, |ceiling| ceiling.min(*policy.ceiling)));
		self.techniques_required |= policy.techniques_required;
		self.qualities.extend((!info.quality.is_empty()).then(|| info.quality.0.clone()));
		if info.roster == Roster::Hidden && !policy.drop_box {
			self.signed.push((group, Epoch(key.number)));
		}
		self.groups.push((group, key));
		Ok(())
	}

	/// Could nobody but the author, or its analysts, read what is sealed to them?
	pub fn are_only(&self, author: MemberId) -> bool {
		self.groups.is_empty() && self.named.iter().all(|member| *member == author)
	}

	/// Are others than the author named by themselves, or their analysts?
	pub fn names_others(&self, author: MemberId) -> bool {
		self.named.iter().any(|member| *member != author)
	}

	/// Are the groups still at the epochs that they were found at?
	pub async fn require_current(&self, view: &View) -> Result<(), Error> {
		for (group, key) in &self.groups {
			if view.group_key(*group).await?.map(|now| now.number) != Some(key.number) {
				return Err(Error::Refused {
					call: "ThreatRegistry.publish".into(),
					rule: "WrongEpoch".into(),
					explanation: format!("group {group} is not at epoch {} any more", key.number),
					advice: "publish what is left again".into(),
				});
			}
		}
		Ok(())
	}

	fn list_groups(&self) -> Vec<(GroupId, u32)> {
		self.groups.iter().map(|(group, key)| (*group, key.number)).collect()
	}

	fn list_members(&self) -> Vec<MemberId> {
		self.direct.iter().filter_map(|(owner, _)| owner.member()).collect()
	}

	fn list_analysts(&self) -> Vec<KeyOwnerId> {
		self.direct.iter().map(|(owner, _)| *owner).filter(|owner| owner.member().is_none()).collect()
	}

	/// The groups.
	pub fn group_ids(&self) -> Vec<GroupId> {
		self.groups.iter().map(|(group, _)| *group).collect()
	}

	/// The groups, each with its epoch.
	pub fn places(&self) -> Vec<(GroupId, Epoch)> {
		self.groups.iter().map(|(group, key)| (*group, Epoch(key.number))).collect()
	}

	/// Is there a wrap of its own for the member, or are only persons meant?
	pub fn has_wrap_for(&self, member: MemberId) -> bool {
		self.groups.is_empty() || self.direct.iter().any(|(owner, _)| owner.member() == Some(member))
	}

	/// How many groups, and how many direct wraps.
	pub fn counts(&self) -> (usize, usize) {
		(self.groups.len(), self.direct.len())
	}

	/// Seals one envelope.
	pub fn seal(&self, genesis: Hash, author: MemberId, tlp: Tlp, objects: &[Vec<u8>]) -> Result<Vec<u8>, Error> {
		let groups: Vec<_> = self
			.groups
			.iter()
			.map(|(group, key)| GroupRecipient { group: *group, epoch: Epoch(key.number), key: &key.key })
			.collect();
		let direct: Vec<_> = self
			.direct
			.iter()
			.map(|(owner, key)| DirectRecipient { owner: *owner, key_version: key.number, key: &key.key })
			.collect();
		let objects: Vec<&[u8]> = objects.iter().map(Vec::as_slice).collect();
		let request = SealRequest {
			genesis,
			author: Author::Member(author),
			tlp,
			groups: &groups,
			direct: &direct,
			pad_direct: false,
			objects: &objects,
		};
		seal(&request, &crate::entropy()?).map_err(|e| Error::Internal(format!("sealing: {e}")))
	}
}

impl fmt::Display for Recipients {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let groups = self.list_groups().into_iter().map(|(group, epoch)| format!("group {group} at epoch {epoch}"));
		let members = self.list_members().into_iter().map(|member| format!("member {member}"));
		let analysts = self.list_analysts().into_iter().map(|owner| format!("analyst's key {owner}"));
		f.write_str(&groups.chain(members).chain(analysts).collect::<Vec<_>>().join(", "))?;
		let granted = self
			.granted
			.iter()
			.map(|(owner, _)| owner.member().map_or(format!("key {owner}"), |id| format!("member {id}")));
		if !self.granted.is_empty() {
			write!(f, "; granted by name to {}", granted.collect::<Vec<_>>().join(", "))?;
		}
		match self.author_added {
			true if self.persons_only() => f.write_str(" (your own analysts' among them)"),
			true => f.write_str(" (yourself among them, since you are in none of the groups)"),
			false => Ok(()),
		}
	}
}

/// For `--json`.
impl Serialize for Recipients {
	fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
		let groups: Vec<Value> =
			self.list_groups().into_iter().map(|(group, epoch)| json!({ "group": group, "epoch": epoch })).collect();
		json!({
			"groups": groups,
			"members": self.list_members(),
			"analysts": self.list_analysts(),
			"author_added": self.author_added,
			"granted": self.granted.iter().map(|(owner, _)| owner).collect::<Vec<_>>(),
		})
		.serialize(serializer)
	}
}

fn too_many() -> Error {
	let limits = format!("at most {MAX_AUDIENCE} groups and {MAX_DIRECT} keys, the author's among them");
	Error::usage(
		format!("too many recipients: {limits}, fit one envelope"),
		"publish to fewer, such as your own analysts, and then give the record to the others: `testudo grant RECORD --to \
		 MEMBER` or `--to-analysts MEMBER`",
	)
}

/// The keys of an active member's analysts, to grant persons a record.
pub async fn analysts_keys(view: &View, member: MemberId) -> Result<Vec<(KeyOwnerId, NumberedKey)>, Error> {
	keys_of_analysts(view, member, GRANT).await
}

/// Active members' keys, to grant them a record, ascending by member.
pub async fn members_keys(view: &View, members: &BTreeSet<MemberId>) -> Result<Vec<(KeyOwnerId, NumberedKey)>, Error> {
	keys_of_members(view, members, GRANT).await
}

async fn keys_of_analysts(view: &View, member: MemberId, call: &str) -> Result<Vec<(KeyOwnerId, NumberedKey)>, Error> {
	member::require_active(view, member, call).await?;
	let keys = view.analyst_keys(member).await?;
	match keys.is_empty() {
		true => Err(Error::not_found(
			format!("no analyst of member {member} has an encryption key"),
			"an analyst registers one with `testudo --identity ANALYST keys register`",
		)),
		false => Ok(keys.into_iter().map(|analyst| (analyst.owner, analyst.key)).collect()),
	}
}

/// Also a grant that does not say for whom it is, which the chain could not refuse, goes to no suspended member.
async fn keys_of_members(
	view: &View,
	members: &BTreeSet<MemberId>,
	call: &str,
) -> Result<Vec<(KeyOwnerId, NumberedKey)>, Error> {
	if members.is_empty() {
		return Ok(Vec::new());
	}
	let mut found = view.encryption_keys(members).await?;
	let mut keys = Vec::new();
	for member in members.iter().copied() {
		member::require_active(view, member, call).await?;
		let key = found.remove(&member).ok_or_else(|| {
			Error::not_found(
				format!("member {member} has no encryption key"),
				"see `testudo members`; the member registers one with `testudo keys register`",
			)
		})?;
		keys.push((member.into(), key));
	}
	Ok(keys)
}

#[cfg(test)]
mod tests {
	use super::*;

	fn key(number: u32) -> NumberedKey {
		NumberedKey { number, key: Box::new([0; cti_primitives::ENCRYPTION_KEY_LEN]) }
	}

	#[test]
	fn recipients_should_be_named_for_people_and_machines() {
		let recipients = Recipients {
			groups: vec![(GroupId(3), key(2))],
			direct: vec![(MemberId(1).into(), key(0)), (KeyOwnerId::FIRST_ANALYST, key(0))],
			granted: vec![(MemberId(7).into(), key(0))],
			named: [MemberId(1), MemberId(2)].into(),
			ceiling: None,
			qualities: Vec::new(),
			techniques_required: false,
			author_added: true,
			signed: Vec::new(),
		};
		let said = recipients.to_string();
		for named in ["group 3 at epoch 2", "member 1", "analyst's key", "yourself", "by name to member 7"] {
			assert!(said.contains(named), "{said}");
		}
		let document = json!({
			"groups": [{ "group": 3, "epoch": 2 }],
			"members": [1],
			"analysts": [KeyOwnerId::FIRST_ANALYST],
			"author_added": true,
			"granted": [7],
		});
		assert_eq!(json!(recipients), document);
	}
}
