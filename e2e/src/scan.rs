//! Looks for many words in many bytes at once.

use std::{collections::HashMap, fs, path::Path};

/// Words to look for, each of two bytes at least.
pub struct Scanner<'a> {
	by_beginning: HashMap<[u8; 2], Vec<&'a str>>,
	/// Does any word begin so?
	begins: Vec<bool>,
}

impl<'a> Scanner<'a> {
	/// Looks for `words`.
	pub fn new(words: impl IntoIterator<Item = &'a str>) -> Self {
		let mut by_beginning: HashMap<[u8; 2], Vec<&str>> = HashMap::new();
		let mut begins = vec![false; 1 << 16];
		for word in words {
			let beginning = [word.as_bytes()[0], word.as_bytes()[1]];
			begins[usize::from(u16::from_be_bytes(beginning))] = true;
			by_beginning.entry(beginning).or_default().push(word);
		}
		Self { by_beginning, begins }
	}

	/// The first word that is in `bytes`.
	pub fn find(&self, bytes: &[u8]) -> Option<&'a str> {
		(0..bytes.len().saturating_sub(1)).find_map(|at| {
			let beginning = [bytes[at], bytes[at + 1]];
			if !self.begins[usize::from(u16::from_be_bytes(beginning))] {
				return None;
			}
			self.by_beginning[&beginning].iter().find(|word| bytes[at..].starts_with(word.as_bytes())).copied()
		})
	}

	/// Asserts that no file under `folder` holds any of the words; how many bytes were looked at.
	pub fn assert_absent_under(&self, folder: &Path) -> usize {
		let mut looked_at = 0;
		for entry in fs::read_dir(folder).expect("a folder can be read").flatten() {
			let path = entry.path();
			if path.is_dir() {
				looked_at += self.assert_absent_under(&path);
			} else {
				let bytes = fs::read(&path).expect("a file can be read");
				assert_eq!(self.find(&bytes), None, "plaintext in {}", path.display());
				looked_at += bytes.len();
			}
		}
		looked_at
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_word_should_be_found_anywhere_and_nothing_else() {
		let scanner = Scanner::new(["malware--1", "malice", "Ugly Gorilla"]);
		assert_eq!(scanner.find(b"xxmalware--1"), Some("malware--1"));
		assert_eq!(scanner.find(b"\0\xffUgly Gorilla\0"), Some("Ugly Gorilla"));
		assert_eq!(scanner.find(b"malware--2 mal Ugly Gorill"), None);
		assert_eq!(scanner.find(b""), None);
	}
}
