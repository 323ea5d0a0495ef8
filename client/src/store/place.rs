//! Where a store is.

use super::db;
use std::{
	fmt,
	path::{Path, PathBuf},
};

/// A folder, or a database of a PostgreSQL server. What begins with `postgres://` or `postgresql://` is a URL.
#[derive(Clone, PartialEq, Eq)]
pub enum Place {
	/// A folder, with SQLite's file in it.
	Folder(PathBuf),
	/// A database.
	Server(Url),
}

/// The URL of a database: nothing prints it, since a password may be in it.
#[derive(Clone, PartialEq, Eq)]
pub struct Url(String);

impl Url {
	pub(super) fn text(&self) -> &str {
		&self.0
	}
}

impl From<PathBuf> for Place {
	fn from(path: PathBuf) -> Self {
		match path.to_str() {
			Some(text) if db::is_url(text) => Place::Server(Url(text.into())),
			_ => Place::Folder(path),
		}
	}
}

impl From<&Path> for Place {
	fn from(path: &Path) -> Self {
		path.to_path_buf().into()
	}
}

impl From<&PathBuf> for Place {
	fn from(path: &PathBuf) -> Self {
		path.as_path().into()
	}
}

impl From<&Place> for Place {
	fn from(place: &Place) -> Self {
		place.clone()
	}
}

/// Without the password.
impl fmt::Display for Place {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Place::Folder(folder) => folder.display().fmt(f),
			Place::Server(url) => f.write_str(&db::shown(url.text())),
		}
	}
}

/// Without the password.
impl fmt::Debug for Place {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "Place({self})")
	}
}
