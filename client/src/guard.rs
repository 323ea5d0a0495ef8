//! Looks twice before something leaves the house: at what it names, and at who will read it.

use crate::{
	chain::{
		types::{RecordInfo, Roster, RosterEntry},
		View,
	},
	error::Error,
	publish::{Plan, Recipients},
	render,
	rosters::Rosters,
	store::{Carrier, Store},
};
use cti_primitives::{guard::OwnNames, AuthorId, GroupId, MemberId, RecordStatus};
use cti_stix::{read_object, Limits, Markings, Mode, Object};
use std::{
	collections::BTreeSet,
	fs, io,
	path::{Path, PathBuf},
};

/// How many of the member's newest records are looked at for groups that it used before.
const LOOK_BACK: u32 = 1_024;
/// Records that the chain gives at a time.
const PAGE: u32 = 256;

/// Reads the operator's list of its own domains, networks and words. No file at the usual place is no list.
pub fn read_list(path: &Path, must_exist: bool) -> Result<OwnNames, Error> {
	match fs::read_to_string(path) {
		Ok(text) => toml::from_str(&text).map_err(|e: toml::de::Error| {
			Error::input(path, e.to_string().trim_end(), "write domains = [..], networks = [..], words = [..]")
		}),
		Err(e) if e.kind() == io::ErrorKind::NotFound && !must_exist => Ok(OwnNames::default()),
		Err(e) => Err(Error::input(path, e, "name the file with your own domains, networks and words")),
	}
}

/// Where the list usually is: beside the identities.
pub fn usual_list() -> Result<PathBuf, Error> {
	Ok(crate::identity::config_folder()?.join("own.toml"))
}

/// What in the plan names what is on the list: for each object its id and what it names.
pub fn names_own(plan: &Plan, own: &OwnNames) -> Vec<String> {
	let objects = plan.envelopes.iter().flat_map(|envelope| &envelope.objects);
	let read = objects.filter_map(|raw| read_object(raw.clone(), &Limits::default()).ok());
	read.filter_map(|object| Some(format!("{} names {}", object.id, object.names_own(own)?))).collect()
}

/// An object that others gave under a stricter marking than it would have.
pub struct Wider {
	/// Its bytes.
	pub raw: Vec<u8>,
	/// Which it is, and under which marking it was given.
	pub detail: String,
}

/// Refuses what others gave you under a stricter marking than it would have: an object that carries no TLP of its own does
/// not say so itself. What somebody, be it yourself, shared as widely may be, and what you were the first to share is yours.
/// It is known by its bytes, and, where they are new, by its id: who writes it anew does not make it another's.
pub fn require_as_strict(plan: &Plan, author: MemberId, store: &Store) -> Result<(), Error> {
	match wider(plan, author, store)?.as_slice() {
		[] => Ok(()),
		found @ [first, ..] => Err(Error::Marking {
			reason: format!(
				"{} wider than others gave it to you: {}",
				render::count(found.len() as u64, "object"),
				first.detail
			),
			advice: "publish it with their --marking or a stricter one, or ask its author".into(),
		}),
	}
}

/// What [`require_as_strict`] refuses.
pub fn wider(plan: &Plan, author: MemberId, store: &Store) -> Result<Vec<Wider>, Error> {
	let (mut found, known) = (Vec::new(), Markings::default());
	for envelope in &plan.envelopes {
		for raw in &envelope.objects {
			let Ok(object) = read_object(raw.clone(), &Limits::default()) else { continue };
			if object.definition.is_some() || known.resolve(&object, None, Mode::Publishing).is_ok() {
				continue;
			}
			let (is_same, carriers) = carriers(store, &object)?;
			let is_own = carriers.first().is_some_and(|first| first.record.author == AuthorId::from(author));
			// These bytes somebody shared as widely as the widest. Which bytes of its id new ones come from nobody knows.
			let given = match is_same {
				true => carriers.iter().min_by_key(|carrier| carrier.tlp),
				false => carriers.iter().max_by_key(|carrier| carrier.tlp),
			};
			let Some(given) = given else { continue };
			if !is_own && given.tlp > envelope.tlp {
				let detail = format!("{} is {} in record {}", object.id, given.tlp, given.record);
				found.push(Wider { raw: object.raw, detail });
			}
		}
	}
	Ok(found)
}

/// The records that carry the bytes, or, with `false`, others of the id.
fn carriers(store: &Store, object: &Object) -> Result<(bool, Vec<Carrier>), Error> {
	let same = store.carriers(&object.raw)?;
	// An observable's id follows from its value: two who met it have the same.
	match same.is_empty() && !object.is_observable() {
		true => Ok((false, store.carriers_of(&object.id)?)),
		false => Ok((true, same)),
	}
}

/// What is unusual about who will read it.
pub async fn unusual_audience(
	view: &View,
	author: MemberId,
	recipients: &Recipients,
	hidden: &Rosters,
) -> Result<Vec<String>, Error> {
	let mut found = Vec::new();
	if recipients.are_only(author) {
		found.push("nobody but you could read it".into());
	}
	let used = groups_used(view, author).await?;
	for group in recipients.group_ids() {
		found.extend(unused(&used, group));
		found.extend(deserted(view, author, group, hidden).await?);
	}
	Ok(found)
}

/// What is unusual about a feed to the group.
pub async fn unusual_feed(
	view: &View,
	owner: MemberId,
	group: GroupId,
	hidden: &Rosters,
) -> Result<Vec<String>, Error> {
	let unused = unused(&groups_used(view, owner).await?, group);
	Ok(unused.into_iter().chain(deserted(view, owner, group, hidden).await?).collect())
}

async fn deserted(view: &View, author: MemberId, group: GroupId, hidden: &Rosters) -> Result<Option<String>, Error> {
	let is_empty = match view.group(group).await?.roster {
		// Who is in a hidden group only those know who run it.
		Roster::Hidden => hidden.of(group).is_some_and(|keyed| keyed.members.iter().all(|member| *member == author)),
		Roster::Everyone | Roster::Open => reaches_nobody(author, view.roster(group).await?),
	};
	Ok(is_empty.then(|| format!("group {group} has nobody in it but you")))
}

fn unused(used: &BTreeSet<GroupId>, group: GroupId) -> Option<String> {
	(!used.contains(&group)).then(|| format!("group {group} was never published to before"))
}

/// Is nobody but the author on the roster?
fn reaches_nobody(author: MemberId, roster: Vec<RosterEntry>) -> bool {
	roster.iter().all(|entry| *entry.member == author)
}

/// Groups that the member's newest records went to and were not taken back from.
async fn groups_used(view: &View, author: MemberId) -> Result<BTreeSet<GroupId>, Error> {
	let members = view.members().await?;
	let records = members.iter().find(|member| *member.member == author).map_or(0, |member| member.records);
	let mut used = BTreeSet::new();
	let mut from = records.saturating_sub(LOOK_BACK);
	while from < records {
		let page = view.records_by_author(AuthorId::from(author), from, PAGE).await?;
		if page.is_empty() {
			break;
		}
		from = from.saturating_add(u32::try_from(page.len()).unwrap_or(PAGE));
		used.extend(page.iter().flat_map(audience));
	}
	Ok(used)
}

/// The record's groups; none if it was withdrawn: where it went may be just what was wrong with it.
fn audience(record: &RecordInfo) -> impl Iterator<Item = GroupId> + '_ {
	let stands = *record.status != RecordStatus::Withdrawn;
	record.audience.0.iter().filter(move |_| stands).map(|(group, _)| *group)
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::publish::Envelope;
	use cti_primitives::{Epoch, RecordId, Tlp};
	use subxt::utils::Static;

	#[test]
	fn author_should_be_told_where_nobody_else_is_in() {
		let roster = |members: &[u32]| -> Vec<RosterEntry> {
			members.iter().map(|id| RosterEntry { member: Static(MemberId(*id)), key_version: 0 }).collect()
		};
		assert!(reaches_nobody(MemberId(2), roster(&[2])) && reaches_nobody(MemberId(2), roster(&[])));
		assert!(!reaches_nobody(MemberId(2), roster(&[2, 3])) && !reaches_nobody(MemberId(2), roster(&[3])));
	}

	#[test]
	fn group_of_a_withdrawn_record_should_not_count_as_used() {
		let record = |status| RecordInfo {
			record: Static(RecordId { author: AuthorId(0), n: 7 }),
			id: [0; 32],
			objects_root: [0; 32],
			leaves: 1,
			bytes: 1,
			tlp: Static(Tlp::Amber),
			audience: Static(vec![(GroupId(3), Epoch(1)), (GroupId(4), Epoch(1))]),
			direct: 0,
			at: (100, 1),
			published: 0,
			valid_until: None,
			revises: None,
			status: Static(status),
			sightings: 0,
			false_positives: 0,
		};
		let groups = |status| audience(&record(status)).collect::<Vec<_>>();
		assert_eq!(groups(RecordStatus::Expired), [GroupId(3), GroupId(4)]);
		assert!(groups(RecordStatus::Withdrawn).is_empty());
	}

	#[test]
	fn objects_that_name_the_members_own_should_be_told() {
		let object = |n: u32, value: &str| {
			format!(
				r#"{{"type":"domain-name","id":"domain-name--0000000{n}-0000-4000-8000-000000000000","value":"{value}"}}"#
			)
			.into_bytes()
		};
		let objects = vec![object(1, "vpn.bank.example"), object(2, "evil.example")];
		let envelope = Envelope { tlp: Tlp::Green, objects, techniques: BTreeSet::new(), len: 0 };
		let plan = Plan { envelopes: vec![envelope], refused: Vec::new(), unknown: BTreeSet::new() };
		let own = OwnNames { domains: vec!["bank.example".into()], ..OwnNames::default() };
		let found = names_own(&plan, &own);
		assert_eq!(found.len(), 1);
		assert!(found[0].contains("domain-name--00000001") && found[0].contains("bank.example"), "{found:?}");
	}

	#[test]
	fn what_others_gave_under_a_stricter_marking_should_not_go_on_wider() {
		use crate::store::{Content, NewRecord, Store};
		let folder = tempfile::tempdir().unwrap();
		let mut store = Store::open(folder.path()).unwrap();
		let (me, other) = (MemberId(0), MemberId(1));
		let raw = |n: u32, more: &str| {
			format!(
				r#"{{"type":"url","id":"url--0000000{n}-0000-4000-8000-000000000000","value":"http://e.example"{more}}}"#
			)
			.into_bytes()
		};
		let mut put = |author: MemberId, n: u32, tlp, raw: &[u8]| {
			let record = NewRecord { tlp, audience: Vec::new(), ..crate::store::samples::record(author.0, n) };
			let object = crate::store::samples::object("url--1", raw);
			store.batch(|batch| batch.put_record(&record, &Content::Open(vec![object]))).unwrap();
		};
		let clear = r#","object_marking_refs":["marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487"]"#;
		put(other, 0, Tlp::AmberStrict, &raw(1, ""));
		put(me, 0, Tlp::AmberStrict, &raw(2, ""));
		put(other, 1, Tlp::AmberStrict, &raw(3, clear));
		put(other, 2, Tlp::AmberStrict, &raw(4, ""));
		put(other, 3, Tlp::Green, &raw(4, ""));
		// One's own that another gave out more strictly.
		put(me, 4, Tlp::Green, &raw(5, ""));
		put(other, 5, Tlp::AmberStrict, &raw(5, ""));
		let statement = r#","object_marking_refs":["marking-definition--fa42a846-8d90-4e51-bc29-71d5b4802168"]"#;
		put(other, 6, Tlp::AmberStrict, &raw(6, statement));
		let id = "tool--00000008-0000-4000-8000-000000000000";
		let times = r#""spec_version":"2.1","created":"2025-01-31T12:00:00Z","modified":"2025-01-31T12:00:00Z""#;
		let version = |name: &str| format!(r#"{{"type":"tool","id":"{id}",{times},"name":"{name}"}}"#).into_bytes();
		for (n, tlp, name) in [(7, Tlp::Amber, "one"), (8, Tlp::Green, "two")] {
			let record = NewRecord { tlp, audience: Vec::new(), ..crate::store::samples::record(other.0, n) };
			let object = crate::store::samples::object(id, &version(name));
			store.batch(|batch| batch.put_record(&record, &Content::Open(vec![object]))).unwrap();
		}
		let checked = |tlp, raw: Vec<u8>| {
			let envelope = Envelope { tlp, objects: vec![raw], techniques: BTreeSet::new(), len: 0 };
			let plan = Plan { envelopes: vec![envelope], refused: Vec::new(), unknown: BTreeSet::new() };
			require_as_strict(&plan, me, &store)
		};
		let refusal = checked(Tlp::Amber, raw(1, "")).unwrap_err();
		assert!(refusal.to_string().contains("record 1/0") && refusal.kind() == "marking", "{refusal}");
		assert!(checked(Tlp::AmberStrict, raw(1, "")).is_ok());
		assert!(checked(Tlp::Clear, raw(2, "")).is_ok(), "one's own to decide");
		assert!(checked(Tlp::Clear, raw(3, clear)).is_ok(), "it says itself that it may");
		assert!(checked(Tlp::Green, raw(4, "")).is_ok(), "somebody gave it as widely");
		assert!(checked(Tlp::Clear, raw(4, "")).is_err());
		assert!(checked(Tlp::Clear, raw(5, "")).is_ok(), "one's own, whatever another makes of it");
		assert!(checked(Tlp::Clear, raw(6, statement)).is_err(), "a copyright is no TLP");
		assert!(checked(Tlp::Clear, raw(7, "")).is_ok(), "nobody gave it");
		assert!(checked(Tlp::Green, version("two")).is_ok(), "just these bytes were given so widely");
		assert!(checked(Tlp::Green, version("of which?")).is_err(), "it may be made of the stricter one");
		assert!(checked(Tlp::Amber, version("of which?")).is_ok());
	}

	#[test]
	fn list_should_be_read_and_its_mistakes_named() {
		let folder = tempfile::tempdir().unwrap();
		let path = folder.path().join("own.toml");
		assert_eq!(read_list(&path, false).unwrap(), OwnNames::default());
		assert!(read_list(&path, true).is_err());
		fs::write(&path, "domains = [\"bank.example\"]\nnetworks = [\"10.0.0.0/8\"]\n").unwrap();
		assert!(read_list(&path, true).unwrap().find("10.1.2.3").is_some());
		fs::write(&path, "networks = [\"10.0.0\"]").unwrap();
		assert!(read_list(&path, true).unwrap_err().to_string().contains("10.0.0"));
	}
}
