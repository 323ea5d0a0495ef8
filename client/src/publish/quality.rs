//! What the groups of a publication ask of its objects.

use crate::{error::Error, identity};
use cti_primitives::{warning::WarningLists, Quality};
use cti_stix::{Object, Refusal, WarningFiles};
use std::path::PathBuf;

/// Passes objects that are good enough for all groups.
#[derive(Clone, Debug, Default)]
pub struct Gate {
	/// What groups ask for, where they ask for anything.
	asked: Vec<Quality>,
	lists: WarningLists,
}

impl Gate {
	/// For groups that ask so. Reads warning lists only where one of them wants it: `paths`, or what is at the usual place.
	pub fn new(asked: Vec<Quality>, paths: &[PathBuf]) -> Result<Self, Error> {
		const ADVICE: &str =
			"name files or folders with --warning-lists, such as those of github.com/MISP/misp-warninglists";
		if !asked.iter().any(|quality| quality.warning_lists) {
			return Ok(Self { asked, lists: WarningLists::default() });
		}
		let usual = [identity::config_folder()?.join("warning-lists")];
		let paths = match paths {
			[] if usual[0].exists() => &usual,
			named => named,
		};
		let WarningFiles { lists, .. } = WarningFiles::read(paths).map_err(|e| Error::usage(e, ADVICE))?;
		if lists.is_empty() {
			let problem = "a group asks that values be held against warning lists, and there are none here";
			return Err(Error::usage(problem, ADVICE));
		}
		Ok(Self { asked, lists })
	}

	/// Is the object good enough?
	pub fn check(&self, object: &Object) -> Result<(), Refusal> {
		self.asked.iter().try_for_each(|quality| object.check_quality(quality, &self.lists))
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use std::fs;

	#[test]
	fn lists_should_be_read_where_a_group_asks_for_them_alone() {
		let folder = tempfile::tempdir().unwrap();
		let (file, none) = (folder.path().join("list.json"), folder.path().join("none.json"));
		fs::write(&file, r#"{"name":"n","type":"string","list":["a.example"]}"#).unwrap();
		let asked = |warning_lists| vec![Quality::default(), Quality { warning_lists, ..Quality::default() }];
		assert!(Gate::new(asked(false), std::slice::from_ref(&none)).unwrap().lists.is_empty());
		assert_eq!(Gate::new(asked(true), &[file]).unwrap().lists.find("a.example"), Some("n"));
		assert!(Gate::new(asked(true), &[none]).unwrap_err().to_string().contains("none.json"));
		let empty = folder.path().join("empty");
		fs::create_dir(&empty).unwrap();
		let error = Gate::new(asked(true), &[empty]).unwrap_err();
		assert!(
			error.to_string().contains("there are none here") && error.advice().contains("--warning-lists"),
			"{error}"
		);
	}
}
