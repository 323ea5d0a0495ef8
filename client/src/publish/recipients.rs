//! To whom an envelope is sealed, and what they take.

use crate::{
	chain::{api::NumberedKey, View},
	error::Error,
};
use cti_envelope::{seal, Author, DirectRecipient, GroupRecipient, SealRequest, MAX_AUDIENCE, MAX_DIRECT};
use cti_primitives::{Epoch, GroupId, Hash, MemberId, Tlp};
use std::collections::BTreeSet;

/// Groups and members with their keys of this moment.
pub struct Recipients {
	groups: Vec<(GroupId, NumberedKey)>,
	direct: Vec<(MemberId, NumberedKey)>,
	/// The strictest marking all groups take; `None` without groups.
	pub ceiling: Option<Tlp>,
	/// Does a group ask for techniques?
	pub techniques_required: bool,
	/// Was the author added, because it is in none of the groups?
	pub author_added: bool,
}

impl Recipients {
	/// Looks up the keys of `groups` and `members`. The author is added where it could not read its own record
	/// otherwise.
	pub async fn find(view: &View, author: MemberId, groups: &[GroupId], members: &[MemberId]) -> Result<Self, Error> {
		let groups: BTreeSet<GroupId> = groups.iter().copied().collect();
		let mut members: BTreeSet<MemberId> = members.iter().copied().collect();
		if groups.len() > MAX_AUDIENCE as usize || members.len() >= usize::from(MAX_DIRECT) {
			let limits = format!("at most {MAX_AUDIENCE} groups and {} members", MAX_DIRECT - 1);
			return Err(Error::usage(
				format!("too many recipients: {limits} fit one envelope"),
				"publish more than once",
			));
		}
		let own: BTreeSet<GroupId> = view.groups_of(author).await?.into_iter().collect();
		let author_added = own.is_disjoint(&groups) && members.insert(author);
		let mut found =
			Self { groups: Vec::new(), direct: Vec::new(), ceiling: None, techniques_required: false, author_added };
		for group in groups {
			found.add_group(view, group).await?;
		}
		for member in members {
			found.direct.push((member, member_key(view, member).await?));
		}
		Ok(found)
	}

	async fn add_group(&mut self, view: &View, group: GroupId) -> Result<(), Error> {
		let policy = view.group(group).await?.policy;
		let key = view.group_key(group).await?.ok_or_else(|| Error::Refused {
			call: "ThreatRegistry.publish".into(),
			rule: "StaleGroup".into(),
			explanation: format!("group {group} awaits a rekey"),
			advice: format!("rekey it with `testudo groups rekey {group}`, then publish again"),
		})?;
		self.ceiling = Some(self.ceiling.map_or(*policy.ceiling, |ceiling| ceiling.min(*policy.ceiling)));
		self.techniques_required |= policy.techniques_required;
		self.groups.push((group, key));
		Ok(())
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

/// A member's key, for which somebody asks to seal to it.
async fn member_key(view: &View, member: MemberId) -> Result<NumberedKey, Error> {
	view.encryption_key(member).await?.ok_or_else(|| {
		Error::not_found(
			format!("member {member} has no encryption key"),
			"see `testudo members`; the member registers one with `testudo keys register`",
		)
	})
}
