//! Which collections there are, and for whom.

use super::config::Account;
use crate::store::{Filter, Reader, Store, Version};
use crate::{error::Error, time};
use blake2::{digest::consts::U16, Blake2b, Digest};
use cti_primitives::{GroupId, Hash, Scope, Tlp};
use serde_json::{json, Value};
use std::collections::{BTreeMap, BTreeSet};

/// A part of what the member reads: a group's objects up to a marking, or everything.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Collection {
	/// A UUID that follows from the chain, the group and the ceiling: the same on every gateway of the consortium.
	pub id: String,
	/// The group; everything the account may see if there is none.
	pub group: Option<GroupId>,
	/// The strictest marking.
	pub ceiling: Tlp,
	/// What people call the group.
	name: Option<String>,
	/// May the account publish to it?
	pub can_write: bool,
}

impl Collection {
	fn new(genesis: &Hash, group: Option<(GroupId, Option<String>)>, ceiling: Tlp, can_write: bool) -> Self {
		let (group, name) = group.map_or((None, None), |(group, name)| (Some(group), name));
		Self { id: uuid(genesis, group, ceiling), group, ceiling, name, can_write }
	}

	/// Everything, then those of these groups, as far as the account's policy reaches.
	fn all(genesis: &Hash, groups: &[(GroupId, Option<String>)], account: &Account) -> Vec<Self> {
		let ceiling = ceiling(account);
		let mut collections = Vec::new();
		if account.groups.is_none() {
			collections.push(Self::new(genesis, None, ceiling, false));
		}
		for (group, name) in groups {
			if account.groups.as_ref().is_some_and(|these| !these.contains(group)) {
				continue;
			}
			for tlp in Tlp::ALL.into_iter().filter(|tlp| *tlp <= ceiling) {
				let can_write = account.write.contains(group);
				collections.push(Self::new(genesis, Some((*group, name.clone())), tlp, can_write));
			}
		}
		collections
	}

	/// Those that the account may see, or the one that is called so. Whether it may learn of a group is looked up for no
	/// more than these: it may mean to look through all of the group.
	pub fn find(store: &Store, genesis: &Hash, account: &Account, name: Option<&str>) -> Result<Vec<Self>, Error> {
		let mut found = Self::all(genesis, &groups(store, account)?, account);
		found.retain(|one| name.is_none_or(|name| one.is_called(name)));
		let groups: BTreeSet<GroupId> = found.iter().filter_map(|one| one.group).collect();
		let mut secret = BTreeSet::new();
		for group in groups {
			if !may_learn_of(store, account, group)? {
				secret.insert(group);
			}
		}
		found.retain(|one| one.group.is_none_or(|group| !secret.contains(&group)));
		Ok(found)
	}

	/// Who reads it, at this moment.
	pub fn reader(&self, account: &Account) -> Reader {
		Reader { scope: account.audience.scope(), ceiling: self.ceiling, group: self.group, now: time::now() }
	}

	/// As section 5.1 writes it.
	pub fn document(&self) -> Value {
		let (title, description, alias) = match self.group {
			None => (
				"Everything".to_string(),
				format!("All that this account may see: up to {}", self.ceiling),
				"everything".to_string(),
			),
			Some(group) => {
				let name = self.name.clone().unwrap_or_else(|| format!("group {group}"));
				let words = match self.can_write {
					true => {
						format!(" What is posted is published to it as {}, after the leak guard.", self.ceiling)
					}
					false => String::new(),
				};
				let tlp = self.ceiling.name().to_ascii_lowercase().replace('+', "-");
				(
					format!("{name}, up to {}", self.ceiling),
					format!("What members shared with group {group} ({name}) under {} or wider.{words}", self.ceiling),
					format!("group-{group}-{tlp}"),
				)
			}
		};
		json!({
			"id": self.id,
			"title": title,
			"description": description,
			"alias": alias,
			"can_read": true,
			"can_write": self.can_write,
			"media_types": [super::answer::STIX],
		})
	}

	/// Is it called so: by its id or its alias?
	pub fn is_called(&self, name: &str) -> bool {
		self.id == name || self.document()["alias"] == name
	}
}

/// The strictest marking that the account's readers may have anything of.
fn ceiling(account: &Account) -> Tlp {
	let permitted = match account.audience.scope() {
		Scope::OwnStaff => Tlp::AmberStrict,
		Scope::OwnClient => Tlp::Amber,
		Scope::Community => Tlp::Green,
		Scope::Anyone => Tlp::Clear,
	};
	permitted.min(account.ceiling)
}

/// Groups with something in them, and those that the account writes to; not all of them are for it to learn of.
fn groups(store: &Store, account: &Account) -> Result<Vec<(GroupId, Option<String>)>, Error> {
	let mut groups: BTreeMap<_, _> =
		store.filled_groups()?.into_iter().map(|(group, name)| (group, Some(name))).collect();
	for group in &account.write {
		groups.entry(*group).or_insert(None);
	}
	Ok(groups.into_iter().collect())
}

/// May the account learn of the group: does it write to it, or is there anything of it that it may see?
fn may_learn_of(store: &Store, account: &Account, group: GroupId) -> Result<bool, Error> {
	if account.write.contains(&group) {
		return Ok(true);
	}
	if account.groups.as_ref().is_some_and(|these| !these.contains(&group)) {
		return Ok(false);
	}
	let reader =
		Reader { scope: account.audience.scope(), ceiling: ceiling(account), group: Some(group), now: time::now() };
	let any = Filter { versions: vec![Version::All], strict: None, ..Filter::default() };
	Ok(!store.page(&reader, &any, 1, false)?.objects.is_empty())
}

/// A UUID of version 8 (RFC 9562): the hash of what the collection is.
fn uuid(genesis: &Hash, group: Option<GroupId>, ceiling: Tlp) -> String {
	let mut hash = Blake2b::<U16>::new();
	hash.update(b"testudo/taxii/collection");
	hash.update(genesis);
	if let Some(group) = group {
		hash.update(group.0.to_le_bytes());
		hash.update(ceiling.name());
	}
	super::inbox::as_uuid(hash.finalize().into(), 8)
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::gateway::config::AccountFor;

	fn account(audience: AccountFor, ceiling: Tlp) -> Account {
		Account {
			name: "siem".into(),
			password: None,
			token: None,
			audience,
			ceiling,
			groups: None,
			write: [GroupId(3)].into(),
			requests_per_minute: 1,
		}
	}

	fn listed(account: &Account) -> Vec<(Option<u32>, Tlp, bool)> {
		let groups = [(GroupId(0), Some("all".into())), (GroupId(3), None)];
		let all = Collection::all(&[7; 32], &groups, account);
		all.iter().map(|one| (one.group.map(|group| group.0), one.ceiling, one.can_write)).collect()
	}

	#[test]
	fn account_should_see_collections_within_its_policy() {
		let staff = listed(&account(AccountFor::OwnStaff, Tlp::AmberStrict));
		assert_eq!(staff.len(), 1 + 2 * 4);
		assert_eq!(staff[0], (None, Tlp::AmberStrict, false));
		assert!(staff.iter().all(|(group, _, can_write)| *can_write == (*group == Some(3))));
		let clients = listed(&account(AccountFor::OwnClient, Tlp::AmberStrict));
		assert!(clients.iter().all(|(_, tlp, _)| *tlp <= Tlp::Amber));
		assert_eq!(listed(&account(AccountFor::Anyone, Tlp::AmberStrict)).len(), 3);
		let green = listed(&account(AccountFor::OwnStaff, Tlp::Green));
		assert_eq!(green[0], (None, Tlp::Green, false));
		let one = Account { groups: Some([GroupId(3)].into()), ..account(AccountFor::OwnStaff, Tlp::Clear) };
		assert_eq!(listed(&one), [(Some(3), Tlp::Clear, true)]);
	}

	#[test]
	fn id_should_follow_from_what_the_collection_is() {
		let of =
			|genesis, group: u32, tlp| Collection::new(&[genesis; 32], Some((GroupId(group), None)), tlp, false).id;
		let id = of(1, 0, Tlp::Green);
		assert_eq!(id.len(), 36);
		assert_eq!((id.as_bytes()[14], id.matches('-').count()), (b'8', 4));
		assert_eq!(id, of(1, 0, Tlp::Green));
		let others = [of(2, 0, Tlp::Green), of(1, 1, Tlp::Green), of(1, 0, Tlp::Clear)];
		assert!(others.iter().all(|other| *other != id));
		let everything = |tlp| Collection::new(&[1; 32], None, tlp, false).id;
		assert_eq!(everything(Tlp::Green), everything(Tlp::Amber), "for each account what it may see");
		let one = Collection::new(&[1; 32], Some((GroupId(0), None)), Tlp::AmberStrict, false);
		assert!(one.is_called("group-0-amber-strict") && one.is_called(&one.id) && !one.is_called("group-0-amber"));
	}
}
