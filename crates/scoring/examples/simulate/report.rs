//! Tables in Markdown, and the document that holds them.

use std::{fs, io, path::Path};

/// Where the generated part of the document begins and ends.
const BEGIN: &str = "<!-- simulation: begin; written by the simulator -->\n";
const END: &str = "<!-- simulation: end -->\n";

pub struct Report(String);

impl Report {
	pub fn new() -> Self {
		Self(String::new())
	}

	pub fn text(&mut self, text: &str) {
		self.0.push_str(&format!("\n{text}\n"));
	}

	pub fn table<const N: usize>(&mut self, head: [&str; N], rows: impl IntoIterator<Item = [String; N]>) {
		self.0.push_str(&format!("\n| {} |\n|{}\n", head.join(" | "), "---|".repeat(N)));
		for row in rows {
			self.0.push_str(&format!("| {} |\n", row.join(" | ")));
		}
	}

	pub fn print(&self) {
		println!("{}", self.0.trim());
	}

	/// Puts the report between the document's markers.
	pub fn write(&self, document: &Path) -> io::Result<()> {
		let text = fs::read_to_string(document)?;
		let missing = || io::Error::other(format!("{} lacks the simulation's markers", document.display()));
		let (before, rest) = text.split_once(BEGIN).ok_or_else(missing)?;
		let (_, after) = rest.split_once(END).ok_or_else(missing)?;
		fs::write(document, format!("{before}{BEGIN}{}\n{END}{after}", self.0))
	}
}
