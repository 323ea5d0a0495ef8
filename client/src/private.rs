//! Files that nobody but their owner may read, whoever may look into their folder.

use crate::error::Error;
use std::{
	fs::{self, File, OpenOptions},
	io::{self, BufWriter, Write},
	path::{Path, PathBuf},
};

/// Opens the file for writing, making it if there is none. What is in it stays.
pub fn open(path: &Path) -> io::Result<File> {
	options().create(true).truncate(false).open(path)
}

/// Writes a new file; one that exists already is left alone, and that is an error.
pub fn put_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
	let mut file = options().create_new(true).open(path)?;
	let written = file.write_all(bytes).and_then(|()| file.sync_all());
	if written.is_err() {
		let _ = fs::remove_file(path);
	}
	written
}

/// Writes beside the file and then puts it in place, so that a failure leaves no half of it.
pub fn put<T>(path: &Path, write: impl FnOnce(&mut dyn Write) -> Result<T, Error>) -> Result<T, Error> {
	let failed = |path: &Path| {
		let path = path.to_path_buf();
		move |source| Error::Io { doing: "write", path, source }
	};
	if fs::metadata(path).is_ok_and(|found| !found.is_file()) {
		// A pipe or a device: nothing could take its place.
		return write(&mut OpenOptions::new().write(true).open(path).map_err(failed(path))?);
	}
	let part = part_of(path)?;
	let file = options().create_new(true).open(&part).map_err(failed(&part))?;
	let mut out = BufWriter::new(file);
	let finish = |mut out: BufWriter<File>| out.flush().and_then(|()| out.get_ref().sync_all());
	let written = write(&mut out).and_then(|done| finish(out).map(|()| done).map_err(failed(&part)));
	let placed = written.and_then(|done| fs::rename(&part, path).map(|()| done).map_err(failed(path)));
	if placed.is_err() {
		let _ = fs::remove_file(&part);
	}
	placed
}

/// A name beside the file that is nobody's: what an interrupted run left must not be in the way of the next.
fn part_of(path: &Path) -> Result<PathBuf, Error> {
	let mut name = path.file_name().unwrap_or_default().to_os_string();
	name.push(format!(".{}.part", hex::encode(crate::entropy::<8>()?)));
	Ok(path.with_file_name(name))
}

/// May others than the owner read the file?
#[cfg(unix)]
pub fn is_readable_by_others(path: &Path) -> bool {
	use std::os::unix::fs::PermissionsExt;
	fs::metadata(path).is_ok_and(|found| found.permissions().mode() & 0o077 != 0)
}

/// Nothing is known of that here.
#[cfg(not(unix))]
pub fn is_readable_by_others(_: &Path) -> bool {
	false
}

#[cfg(unix)]
fn options() -> OpenOptions {
	use std::os::unix::fs::OpenOptionsExt;
	let mut options = OpenOptions::new();
	options.write(true).mode(0o600);
	options
}

#[cfg(not(unix))]
fn options() -> OpenOptions {
	let mut options = OpenOptions::new();
	options.write(true);
	options
}

#[cfg(test)]
mod tests {
	use super::*;

	fn text(text: &str) -> impl FnOnce(&mut dyn Write) -> Result<(), Error> + '_ {
		move |out| out.write_all(text.as_bytes()).map_err(|e| Error::Internal(e.to_string()))
	}

	#[cfg(unix)]
	#[test]
	fn file_should_be_private_even_where_a_public_one_was() {
		use std::os::unix::fs::PermissionsExt;
		let folder = tempfile::tempdir().unwrap();
		let path = folder.path().join("x.json");
		fs::write(&path, "old").unwrap();
		fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
		put(&path, text("new")).unwrap();
		assert_eq!(fs::read_to_string(&path).unwrap(), "new");
		assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
		assert!(!is_readable_by_others(&path));
		fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
		assert!(is_readable_by_others(&path));
	}

	#[test]
	fn failure_should_leave_the_old_file_and_no_half_of_the_new_one() {
		let folder = tempfile::tempdir().unwrap();
		let path = folder.path().join("x.json");
		fs::write(&path, "old").unwrap();
		let failed = put(&path, |out| {
			text("half")(out)?;
			Err::<(), _>(Error::Internal("no more".into()))
		});
		assert!(failed.is_err());
		assert_eq!(fs::read_to_string(&path).unwrap(), "old");
		assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
	}

	#[test]
	fn part_that_an_interrupted_run_left_should_be_in_nobodys_way() {
		let folder = tempfile::tempdir().unwrap();
		let path = folder.path().join("x.json");
		let left = [folder.path().join("x.json.part"), part_of(&path).unwrap()];
		left.iter().for_each(|part| fs::write(part, "another's").unwrap());
		put(&path, text("new")).unwrap();
		assert_eq!(fs::read_to_string(&path).unwrap(), "new");
		assert!(left.iter().all(|part| fs::read_to_string(part).unwrap() == "another's"));
		assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 3);
	}

	#[test]
	fn new_file_should_not_take_the_place_of_another() {
		let folder = tempfile::tempdir().unwrap();
		let path = folder.path().join("x.json");
		put_new(&path, b"first").unwrap();
		assert_eq!(put_new(&path, b"second").unwrap_err().kind(), io::ErrorKind::AlreadyExists);
		assert_eq!(fs::read_to_string(&path).unwrap(), "first");
	}
}
