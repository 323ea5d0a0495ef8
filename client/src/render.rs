//! Text for people: tables, and untrusted text made harmless for a terminal.

use comfy_table::{presets::NOTHING, ContentArrangement, Table, TableComponent};
use std::io::IsTerminal;

/// Columns of a table that does not go to a terminal: wide enough for every table to stay readable in a file.
const FILE_WIDTH: u16 = 160;

/// A table with these column names.
pub fn table<const N: usize>(columns: [&str; N], rows: impl IntoIterator<Item = [String; N]>) -> String {
	let mut table = Table::new();
	table
		.load_preset(NOTHING)
		.set_style(TableComponent::HeaderLines, '─')
		.set_content_arrangement(ContentArrangement::Dynamic)
		.set_header(columns);
	if !std::io::stdout().is_terminal() {
		table.set_width(FILE_WIDTH);
	}
	for row in rows {
		table.add_row(row);
	}
	let lines = table.to_string();
	lines.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}

/// Names and values below one another.
pub fn fields<const N: usize>(fields: [(&str, String); N]) -> String {
	let width = fields.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
	let lines = fields
		.iter()
		.map(|(name, value)| format!("{name:width$}  {}", value.replace('\n', &format!("\n{:1$}", "", width + 2))));
	lines.collect::<Vec<_>>().join("\n")
}

/// Text from others without what a terminal would obey: control characters, and marks that turn the direction of
/// writing.
pub fn clean(text: &str) -> String {
	text.chars().map(|c| if is_harmless(c) { c } else { '\u{fffd}' }).collect()
}

fn is_harmless(c: char) -> bool {
	let turns_direction = matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
	(!c.is_control() || matches!(c, '\n' | '\t')) && !turns_direction
}

/// A JSON text indented, its members in their order and its values as they were written.
pub fn indent(json: &str) -> String {
	let mut out = String::with_capacity(json.len() * 2);
	let (mut level, mut in_string, mut escaped) = (0usize, false, false);
	let mut characters = json.chars().peekable();
	while let Some(c) = characters.next() {
		if in_string {
			out.push(c);
			in_string = escaped || c != '"';
			escaped = !escaped && c == '\\';
			continue;
		}
		match c {
			'"' => {
				in_string = true;
				out.push(c);
			}
			'{' | '[' => {
				out.push(c);
				while characters.next_if(char::is_ascii_whitespace).is_some() {}
				match characters.next_if(|next| matches!(next, '}' | ']')) {
					Some(end) => out.push(end),
					None => new_line(&mut out, &mut level, 1),
				}
			}
			'}' | ']' => {
				new_line(&mut out, &mut level, -1);
				out.push(c);
			}
			',' => {
				out.push(c);
				new_line(&mut out, &mut level, 0);
			}
			':' => out.push_str(": "),
			c if c.is_ascii_whitespace() => {}
			c => out.push(c),
		}
	}
	out
}

fn new_line(out: &mut String, level: &mut usize, deeper: isize) {
	*level = level.saturating_add_signed(deeper);
	out.push('\n');
	out.extend(std::iter::repeat_n("  ", *level));
}

/// `1 record`, `2 records`.
pub fn count(number: u64, noun: &str) -> String {
	match number {
		1 => format!("1 {noun}"),
		_ => format!("{number} {noun}s"),
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn indented_json_should_mean_the_same_and_keep_its_order() {
		let text = r#"{"z": "a\"{[,:]}\\", "a":[ ], "m":{"b":[1,{"c":null}],"d":{ }}}"#;
		let indented = indent(text);
		let value = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
		assert_eq!(value(&indented), value(text));
		assert!(indented.find("\"z\"").unwrap() < indented.find("\"a\"").unwrap());
		assert_eq!(indent(r#"{"a":[1,{}]}"#), "{\n  \"a\": [\n    1,\n    {}\n  ]\n}");
	}

	#[test]
	fn terminal_commands_in_foreign_text_should_be_harmless() {
		let text = "good\u{1b}[31m\u{9b}2J\u{202e}evil\r\nnext";
		let cleaned = clean(text);
		assert!(!cleaned.contains(['\u{1b}', '\u{9b}', '\u{202e}', '\r']), "{cleaned:?}");
		assert!(cleaned.contains("good") && cleaned.contains('\n'));
	}

	#[test]
	fn table_should_hold_every_cell() {
		let text = table(["One", "Two"], [["a".into(), "b\nc".into()]]);
		for cell in ["One", "Two", "a", "b", "c"] {
			assert!(text.contains(cell), "{text}");
		}
	}

	#[test]
	fn fields_should_be_aligned_over_several_lines() {
		assert_eq!(
			fields([("Name", "x".into()), ("Techniques", "a\nb".into())]),
			"Name        x\nTechniques  a\n            b"
		);
	}
}
