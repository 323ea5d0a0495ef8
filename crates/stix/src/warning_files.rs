//! Warning lists from files, in MISP's format.

use codec::Encode;
use cti_primitives::warning::{ReadList, WarningLists, MAX_WORKER_BYTES};
use std::{
	fs,
	path::{Path, PathBuf},
};

/// The lists that were read, and the names of those that are not gone by: regular expressions.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct WarningFiles {
	/// What to go by.
	pub lists: WarningLists,
	/// Names of lists of regular expressions.
	pub left_out: Vec<String>,
}

/// What a node's worker goes by.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct WorkerLists {
	/// SCALE-encoded [`WarningLists`], for [`WARNING_LISTS_KEY`](cti_primitives::warning::WARNING_LISTS_KEY).
	pub encoded: Vec<u8>,
	/// Names of lists of regular expressions.
	pub left_out: Vec<String>,
}

impl WarningFiles {
	/// Reads files, and of folders all that end in `.json`, at any depth. The error names the file and what is wrong.
	pub fn read(paths: &[PathBuf]) -> Result<Self, String> {
		let mut files = Vec::new();
		for path in paths {
			gather(path, &mut files)?;
		}
		let (mut lists, mut left_out) = (Vec::new(), Vec::new());
		for file in files {
			let text = fs::read_to_string(&file).map_err(|error| named(&file, error))?;
			match serde_json::from_str(&text).map_err(|error| named(&file, error))? {
				ReadList::List(list) => lists.push(list),
				ReadList::Expressions(name) => left_out.push(name),
			}
		}
		Ok(Self { lists: WarningLists::new(lists), left_out })
	}

	/// Reads what a feeds file in `folder` names, as the node's worker goes by it.
	pub fn for_worker(names: &[String], folder: &Path) -> Result<WorkerLists, String> {
		let paths: Vec<PathBuf> = names.iter().map(|name| folder.join(name)).collect();
		let Self { lists, left_out } = Self::read(&paths)?;
		let encoded = lists.encode();
		match encoded.len() <= MAX_WORKER_BYTES {
			true => Ok(WorkerLists { encoded, left_out }),
			false => Err(format!(
				"the warning lists take {} bytes and a node goes by at most {MAX_WORKER_BYTES}: leave out the largest",
				encoded.len()
			)),
		}
	}
}

fn named(path: &Path, error: impl core::fmt::Display) -> String {
	format!("the warning list {}: {error}", path.display())
}

fn gather(path: &Path, files: &mut Vec<PathBuf>) -> Result<(), String> {
	if !path.is_dir() {
		files.push(path.into());
		return Ok(());
	}
	let entries = fs::read_dir(path).map_err(|error| named(path, error))?;
	let mut entries: Vec<PathBuf> =
		entries.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>().map_err(|e| named(path, e))?;
	entries.sort();
	for entry in entries {
		if entry.is_dir() || entry.extension().is_some_and(|end| end == "json") {
			gather(&entry, files)?;
		}
	}
	Ok(())
}

#[cfg(test)]
mod tests {
	use super::*;

	const VALUES: &str = r#"{"name":"Values","type":"string","list":["a.example"]}"#;

	#[test]
	fn files_and_folders_should_be_read_and_expressions_named() {
		let folder = tempfile::tempdir().unwrap();
		let inner = folder.path().join("lists/values");
		fs::create_dir_all(&inner).unwrap();
		fs::write(inner.join("list.json"), VALUES).unwrap();
		fs::write(inner.join("README.md"), "no list").unwrap();
		fs::write(folder.path().join("lists/x.json"), r#"{"name":"Phones","type":"regex","list":["/1/"]}"#).unwrap();
		let WorkerLists { encoded, left_out } = WarningFiles::for_worker(&["lists".into()], folder.path()).unwrap();
		let read = WarningFiles::read(&[folder.path().join("lists")]).unwrap();
		assert_eq!((encoded, left_out), (read.lists.encode(), vec!["Phones".to_string()]));
		assert_eq!(read.lists.find("a.example"), Some("Values"));
		let one = WarningFiles::read(&[inner.join("list.json")]).unwrap();
		assert_eq!((one.lists, one.left_out.len()), (read.lists, 0));
	}

	#[test]
	fn files_that_are_no_lists_should_be_named() {
		let folder = tempfile::tempdir().unwrap();
		let file = folder.path().join("bad.json");
		for bad in ["[]", "{", r#"{"name":"n","type":"cidr","list":["10"]}"#] {
			fs::write(&file, bad).unwrap();
			let error = WarningFiles::read(&[folder.path().into()]).unwrap_err();
			assert!(error.contains("bad.json"), "{error}");
		}
		assert!(WarningFiles::read(&[folder.path().join("none.json")]).unwrap_err().contains("none.json"));
	}

	#[test]
	fn more_than_a_worker_goes_by_should_be_refused() {
		let folder = tempfile::tempdir().unwrap();
		let entries: Vec<String> = (0..MAX_WORKER_BYTES / 16).map(|n| format!("{n:016}")).collect();
		let list = serde_json::json!({ "name": "n", "type": "string", "list": entries });
		fs::write(folder.path().join("big.json"), list.to_string()).unwrap();
		let error = WarningFiles::for_worker(&["big.json".into()], folder.path()).unwrap_err();
		assert!(error.contains("leave out"), "{error}");
	}
}
