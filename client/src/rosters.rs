//! Who is in the hidden groups that this member runs: known here alone.

use crate::{error::Error, private};
use cti_primitives::{Epoch, GroupId, MemberId};
use serde::{Deserialize, Serialize};
use std::{
	collections::{BTreeMap, BTreeSet},
	fs::{self, File},
	io,
	path::{Path, PathBuf},
};

/// To whom an epoch of a hidden group was keyed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Keyed {
	/// The epoch.
	pub epoch: Epoch,
	/// The members that were given its secret.
	pub members: BTreeSet<MemberId>,
}

/// What is known of a group.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
struct Known {
	/// The newest epoch that was keyed from here.
	#[serde(flatten)]
	keyed: Option<Keyed>,
	/// One that was handed to the chain, which may have taken it before whoever waited for that was interrupted.
	#[serde(default, skip_serializing_if = "Option::is_none")]
	next: Option<Next>,
}

/// An epoch on its way.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
struct Next {
	keyed: Keyed,
	/// The Ed25519 key of the secret's holders: of all epochs that could have this number, no other has it.
	#[serde(with = "hex")]
	auth: [u8; 32],
}

/// The rosters, in a file that only its owner may read.
pub struct Rosters {
	path: PathBuf,
	groups: BTreeMap<GroupId, Known>,
}

impl Rosters {
	/// Those in `folder`; none if there is no file.
	pub fn open(folder: &Path) -> Result<Self, Error> {
		let path = folder.join("hidden-groups.json");
		let groups = read(&path)?;
		Ok(Self { path, groups })
	}

	/// The newest epoch that was keyed from here.
	pub fn of(&self, group: GroupId) -> Option<&Keyed> {
		self.groups.get(&group)?.keyed.as_ref()
	}

	/// Who is in the group, whose newest epoch is `newest` and has this key of its holders. A roster of an earlier epoch is not
	/// taken for it: whoever keyed a later one may have left somebody out, who would be let in again.
	pub fn current(&self, group: GroupId, newest: Epoch, auth: &[u8; 32]) -> Result<&BTreeSet<MemberId>, Error> {
		if let Some(next) = self.groups.get(&group).and_then(|known| known.next.as_ref()) {
			if next.keyed.epoch == newest && next.auth == *auth {
				return Ok(&next.keyed.members);
			}
		}
		let what = match self.of(group) {
			Some(keyed) if keyed.epoch == newest => return Ok(&keyed.members),
			Some(keyed) => format!(
				"hidden group {group} is at epoch {newest}, which was keyed from another store: this one knows who is in \
				 at epoch {}",
				keyed.epoch
			),
			None => format!("this store does not know who is in the hidden group {group}"),
		};
		Err(Error::not_found(
			what,
			format!("say who: `testudo groups rekey {group} --member A --member B`; ask who keyed it last"),
		))
	}

	/// Remembers to whom an epoch is keyed that is about to be handed to the chain: an interruption after that loses nothing.
	pub fn prepare(&mut self, group: GroupId, keyed: Keyed, auth: [u8; 32]) -> Result<(), Error> {
		self.change(group, |known| known.next = Some(Next { keyed, auth }))
	}

	/// Remembers to whom the group's epoch was keyed.
	pub fn set(&mut self, group: GroupId, epoch: Epoch, members: BTreeSet<MemberId>) -> Result<(), Error> {
		self.change(group, |known| *known = Known { keyed: Some(Keyed { epoch, members }), next: None })
	}

	/// What others, such as the member's agent, wrote of other groups meanwhile stays.
	fn change(&mut self, group: GroupId, change: impl FnOnce(&mut Known)) -> Result<(), Error> {
		if let Some(folder) = self.path.parent() {
			let path = folder.to_path_buf();
			fs::create_dir_all(folder).map_err(|source| Error::Io { doing: "make", path, source })?;
		}
		// Held until it is dropped.
		let _lock = self.lock()?;
		self.groups = read(&self.path)?;
		change(self.groups.entry(group).or_default());
		let json = serde_json::to_vec_pretty(&self.groups).map_err(|e| Error::Internal(e.to_string()))?;
		private::put(&self.path, |out| {
			let path = self.path.clone();
			out.write_all(&json).map_err(|source| Error::Io { doing: "write", path, source })
		})
	}

	/// Waits until nobody else writes.
	fn lock(&self) -> Result<File, Error> {
		let path = self.path.with_extension("lock");
		let failed = |source| Error::Io { doing: "lock", path: path.clone(), source };
		let lock = private::open(&path).map_err(failed)?;
		lock.lock().map_err(failed)?;
		Ok(lock)
	}
}

fn read(path: &Path) -> Result<BTreeMap<GroupId, Known>, Error> {
	match fs::read(path) {
		Ok(json) => serde_json::from_slice(&json).map_err(|e| {
			Error::input(path, e, "restore it from a copy: nobody else knows who is in the member's hidden groups")
		}),
		Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(BTreeMap::new()),
		Err(source) => Err(Error::Io { doing: "read", path: path.into(), source }),
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	const AUTH: [u8; 32] = [7; 32];

	#[test]
	fn roster_should_be_kept_for_its_owner_alone() {
		let folder = tempfile::tempdir().unwrap();
		let mut rosters = Rosters::open(folder.path()).unwrap();
		assert_eq!(rosters.of(GroupId(4)), None);
		rosters.set(GroupId(4), Epoch(1), [MemberId(1), MemberId(0)].into()).unwrap();
		rosters.set(GroupId(5), Epoch(3), [MemberId(2)].into()).unwrap();
		let again = Rosters::open(folder.path()).unwrap();
		assert_eq!(again.current(GroupId(4), Epoch(1), &AUTH).unwrap(), &[MemberId(0), MemberId(1)].into());
		assert_eq!(again.current(GroupId(5), Epoch(3), &AUTH).unwrap(), &[MemberId(2)].into());
		#[cfg(unix)]
		{
			use std::os::unix::fs::PermissionsExt;
			let mode = fs::metadata(folder.path().join("hidden-groups.json")).unwrap().permissions().mode();
			assert_eq!(mode & 0o777, 0o600);
		}
	}

	#[test]
	fn what_another_process_wrote_meanwhile_should_stay() {
		let folder = tempfile::tempdir().unwrap();
		let mut command = Rosters::open(folder.path()).unwrap();
		let mut agent = Rosters::open(folder.path()).unwrap();
		agent.set(GroupId(4), Epoch(2), [MemberId(1)].into()).unwrap();
		command.set(GroupId(5), Epoch(1), [MemberId(0)].into()).unwrap();
		let again = Rosters::open(folder.path()).unwrap();
		assert_eq!(again.current(GroupId(4), Epoch(2), &AUTH).unwrap(), &[MemberId(1)].into());
		assert_eq!(again.current(GroupId(5), Epoch(1), &AUTH).unwrap(), &[MemberId(0)].into());
	}

	#[test]
	fn roster_of_another_epoch_should_not_be_taken_for_the_newest() {
		let folder = tempfile::tempdir().unwrap();
		let mut rosters = Rosters::open(folder.path()).unwrap();
		let unknown = rosters.current(GroupId(4), Epoch(1), &AUTH).unwrap_err();
		assert!(unknown.to_string().contains("does not know"), "{unknown}");
		rosters.set(GroupId(4), Epoch(1), [MemberId(1)].into()).unwrap();
		let outdated = rosters.current(GroupId(4), Epoch(2), &AUTH).unwrap_err();
		assert!(outdated.to_string().contains("another store") && outdated.advice().contains("--member"), "{outdated}");
	}

	#[test]
	fn epoch_that_the_chain_took_from_an_interrupted_process_should_be_known() {
		let folder = tempfile::tempdir().unwrap();
		let mut rosters = Rosters::open(folder.path()).unwrap();
		rosters.set(GroupId(4), Epoch(1), [MemberId(1)].into()).unwrap();
		let next = Keyed { epoch: Epoch(2), members: [MemberId(1), MemberId(2)].into() };
		rosters.prepare(GroupId(4), next.clone(), AUTH).unwrap();
		let again = Rosters::open(folder.path()).unwrap();
		assert_eq!(again.current(GroupId(4), Epoch(2), &AUTH).unwrap(), &next.members);
		assert!(again.current(GroupId(4), Epoch(2), &[8; 32]).is_err(), "another's epoch came first");
		assert_eq!(again.current(GroupId(4), Epoch(1), &AUTH).unwrap(), &[MemberId(1)].into(), "it was not taken");
	}

	#[test]
	fn broken_file_should_be_told_and_left_alone() {
		let folder = tempfile::tempdir().unwrap();
		let path = folder.path().join("hidden-groups.json");
		fs::write(&path, b"{").unwrap();
		assert!(Rosters::open(folder.path()).is_err());
		assert_eq!(fs::read(&path).unwrap(), b"{");
	}
}
