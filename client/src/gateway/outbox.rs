//! What was posted, and what became of it, in files: a promise outlives the process that gave it.

use super::inbox::Status;
use crate::{error::Error, private};
use cti_primitives::{GroupId, Tlp};
use serde::{Deserialize, Serialize};
use std::{
	fs::{self, File},
	io,
	path::{Path, PathBuf},
};

/// An envelope, as its file has it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Posted {
	/// What is told of it.
	pub status: Status,
	/// What is still to be published.
	pub waiting: Option<Waiting>,
}

/// An envelope that is to be published.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Waiting {
	/// The group to publish to.
	pub group: GroupId,
	/// The marking of all of it.
	pub tlp: Tlp,
	/// As it was posted.
	pub body: String,
}

/// A folder of them, which only its owner can read and one gateway at a time uses.
pub struct Outbox {
	folder: PathBuf,
	/// Held until the gateway ends, whatever ends it.
	_lock: File,
}

impl Outbox {
	/// The one in this folder, which is made if there is none.
	pub fn open(folder: PathBuf) -> Result<Self, Error> {
		make_private(&folder).map_err(failed("make", &folder))?;
		let path = folder.join("lock");
		let lock = private::open(&path).map_err(failed("open", &path))?;
		lock.try_lock().map_err(|_| {
			Error::usage(
				format!("another gateway uses {}", folder.display()),
				"end it, or give this one a folder of its own: outbox = \"DIR\" in its file",
			)
		})?;
		Ok(Self { folder, _lock: lock })
	}

	/// Writes it down, in place of what was known of it.
	pub fn put(&self, posted: &Posted) -> Result<(), Error> {
		private::put(&self.path(&posted.status.id), |out| {
			serde_json::to_writer(out, posted)
				.map_err(|e| Error::Internal(format!("writing down what was posted: {e}")))
		})
	}

	/// Forgets it.
	pub fn remove(&self, id: &str) {
		let path = self.path(id);
		if let Err(error) = fs::remove_file(&path) {
			tracing::warn!(path = %path.display(), %error, "what became of an old envelope stays on disk");
		}
	}

	/// All that is here, the oldest first. A file that cannot be read is told of and left alone.
	pub fn all(&self) -> Result<Vec<Posted>, Error> {
		let mut all = Vec::new();
		for entry in fs::read_dir(&self.folder).map_err(failed("read", &self.folder))? {
			let path = entry.map_err(failed("read", &self.folder))?.path();
			if path.extension().is_none_or(|extension| extension != "json") {
				continue;
			}
			let read = fs::read(&path).map_err(|e| e.to_string());
			match read.and_then(|bytes| serde_json::from_slice::<Posted>(&bytes).map_err(|e| e.to_string())) {
				Ok(posted) => all.push(posted),
				Err(reason) => tracing::warn!(path = %path.display(), reason, "what was posted cannot be read"),
			}
		}
		all.sort_by_key(|posted| posted.status.requested);
		Ok(all)
	}

	fn path(&self, id: &str) -> PathBuf {
		self.folder.join(format!("{id}.json"))
	}
}

fn failed(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Error {
	let path = path.to_path_buf();
	move |source| Error::Io { doing, path, source }
}

fn make_private(folder: &Path) -> io::Result<()> {
	let mut builder = fs::DirBuilder::new();
	#[cfg(unix)]
	std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
	builder.recursive(true).create(folder)
}
