//! Where a test writes.

use crate::target_folder;
use std::{
	fs,
	ops::Deref,
	path::{Path, PathBuf},
	process, thread,
};

/// A folder of the test's own. Dropped, it is deleted; after a failure it is kept and named.
pub struct Folder(PathBuf);

impl Folder {
	/// An empty folder under the target folder. What earlier runs left under the same name is deleted.
	pub fn new(name: &str) -> Self {
		let all = target_folder().join("e2e");
		fs::create_dir_all(&all).expect("the target folder can be written");
		let is_old = |entry: &fs::DirEntry| {
			let file_name = entry.file_name();
			let id = file_name.to_str().and_then(|text| text.strip_prefix(name)?.strip_prefix('.'));
			id.is_some_and(|id| !Path::new("/proc").join(id).exists())
		};
		for entry in fs::read_dir(&all).expect("the folder was just made").flatten().filter(is_old) {
			let _ = fs::remove_dir_all(entry.path());
		}
		let path = all.join(format!("{name}.{}", process::id()));
		fs::create_dir_all(&path).expect("the target folder can be written");
		Self(path)
	}

	/// Writes a file in it; its path as text.
	pub fn write(&self, name: &str, content: impl AsRef<[u8]>) -> String {
		let path = self.0.join(name);
		fs::write(&path, content).expect("the test's folder can be written");
		path.to_str().expect("the target folder's path is text").into()
	}

	/// A path in it as text.
	pub fn path_of(&self, name: &str) -> String {
		self.0.join(name).to_str().expect("the target folder's path is text").into()
	}
}

impl Deref for Folder {
	type Target = Path;

	fn deref(&self) -> &Path {
		&self.0
	}
}

impl Drop for Folder {
	fn drop(&mut self) {
		if thread::panicking() {
			eprintln!("what the test wrote is in {}", self.0.display());
		} else {
			let _ = fs::remove_dir_all(&self.0);
		}
	}
}
