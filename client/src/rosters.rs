//! Who is in the hidden groups that this member runs: known here alone.

use crate::{error::Error, private};
use cti_primitives::{GroupId, MemberId};
use std::{
	collections::{BTreeMap, BTreeSet},
	fs, io,
	path::{Path, PathBuf},
};

/// The rosters, in a file that only its owner may read.
pub struct Rosters {
	path: PathBuf,
	groups: BTreeMap<GroupId, BTreeSet<MemberId>>,
}

impl Rosters {
	/// Those in `folder`; none if there is no file.
	pub fn open(folder: &Path) -> Result<Self, Error> {
		let path = folder.join("hidden-groups.json");
		let groups = match fs::read(&path) {
			Ok(json) => serde_json::from_slice(&json).map_err(|e| {
				Error::input(&path, e, "restore it from a copy: nobody else knows who is in the member's hidden groups")
			})?,
			Err(e) if e.kind() == io::ErrorKind::NotFound => BTreeMap::new(),
			Err(source) => return Err(Error::Io { doing: "read", path, source }),
		};
		Ok(Self { path, groups })
	}

	/// Who is in the group; `None` if this member never said.
	pub fn of(&self, group: GroupId) -> Option<&BTreeSet<MemberId>> {
		self.groups.get(&group)
	}

	/// Remembers who is in the group.
	pub fn set(&mut self, group: GroupId, members: BTreeSet<MemberId>) -> Result<(), Error> {
		self.groups.insert(group, members);
		let json = serde_json::to_vec_pretty(&self.groups).map_err(|e| Error::Internal(e.to_string()))?;
		if let Some(folder) = self.path.parent() {
			let path = folder.to_path_buf();
			fs::create_dir_all(folder).map_err(|source| Error::Io { doing: "make", path, source })?;
		}
		private::put(&self.path, |out| {
			let path = self.path.clone();
			out.write_all(&json).map_err(|source| Error::Io { doing: "write", path, source })
		})
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn roster_should_be_kept_for_its_owner_alone() {
		let folder = tempfile::tempdir().unwrap();
		let mut rosters = Rosters::open(folder.path()).unwrap();
		assert_eq!(rosters.of(GroupId(4)), None);
		rosters.set(GroupId(4), [MemberId(1), MemberId(0)].into()).unwrap();
		rosters.set(GroupId(5), [MemberId(2)].into()).unwrap();
		let again = Rosters::open(folder.path()).unwrap();
		assert_eq!(again.of(GroupId(4)), Some(&[MemberId(0), MemberId(1)].into()));
		assert_eq!(again.of(GroupId(5)), Some(&[MemberId(2)].into()));
		#[cfg(unix)]
		{
			use std::os::unix::fs::PermissionsExt;
			let mode = fs::metadata(folder.path().join("hidden-groups.json")).unwrap().permissions().mode();
			assert_eq!(mode & 0o777, 0o600);
		}
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
