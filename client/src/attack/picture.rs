//! The matrix as an SVG picture: what records name is large and coloured, the rest is thin.

use super::coverage::{colour, Cell, Column, Coverage};
use std::fmt::Write;

/// Width of a slide.
const WIDTH: usize = 1_920;
const MARGIN: usize = 24;
const HEAD: usize = 118;
const FOOT: usize = 60;
const GAP: usize = 4;
/// Height of a technique with records, and of one without.
const LARGE: usize = 46;
const THIN: usize = 5;
/// Width of a letter in the cells' type, about.
const LETTER: f64 = 7.0;

/// The picture; `title` and `subtitle` stand above it.
pub fn picture(coverage: &Coverage, title: &str, subtitle: &str) -> String {
	let most = coverage.most();
	let columns = coverage.columns.len().max(1);
	let width = (WIDTH - 2 * MARGIN - (columns - 1) * GAP) / columns;
	let tallest = coverage.columns.iter().map(|column| column.cells.iter().map(height).sum::<usize>()).max();
	let height = (MARGIN + HEAD + tallest.unwrap_or(0) + FOOT).max(WIDTH * 9 / 16);
	let mut svg = format!(
		"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" font-family=\"Helvetica, Arial, sans-serif\" \
		role=\"img\" aria-label=\"{}\">\n<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n",
		escaped(title)
	);
	text(&mut svg, (MARGIN, MARGIN + 22), 28, "#1d2430", "bold", title);
	text(&mut svg, (MARGIN, MARGIN + 48), 16, "#4a5262", "normal", subtitle);
	for (number, column) in coverage.columns.iter().enumerate() {
		draw(&mut svg, column, MARGIN + number * (width + GAP), width, most);
	}
	legend(&mut svg, height - FOOT / 2, most);
	svg.push_str("</svg>\n");
	svg
}

fn height(cell: &Cell) -> usize {
	GAP + if cell.seen.records.is_empty() { THIN } else { LARGE }
}

fn draw(svg: &mut String, column: &Column, x: usize, width: usize, most: usize) {
	let covered = column.cells.iter().filter(|cell| !cell.seen.records.is_empty()).count();
	let head = MARGIN + HEAD - 44;
	for (line, words) in wrapped(&column.name, width).into_iter().take(2).enumerate() {
		text(svg, (x, head + line * 16), 14, "#1d2430", "bold", &words);
	}
	text(svg, (x, head + 34), 12, "#4a5262", "normal", &format!("{covered} of {}", column.cells.len()));
	let mut y = MARGIN + HEAD;
	for cell in &column.cells {
		let records = cell.seen.records.len();
		let (fill, tall) = if records == 0 { ("#e6e8ec".to_string(), THIN) } else { (colour(records, most), LARGE) };
		let shown = format!("{} {}: {records} records", cell.id, cell.name);
		let _ = writeln!(
			svg,
			"<g><title>{}</title><rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{tall}\" rx=\"2\" fill=\"{fill}\"/>",
			escaped(&shown)
		);
		if records > 0 {
			// On strong colours white is read, on pale ones black.
			let ink = if (records as f64).ln_1p() / (most as f64).ln_1p() > 0.6 { "#ffffff" } else { "#1d2430" };
			text(svg, (x + 5, y + 14), 12, ink, "bold", &format!("{} · {records}", cell.id));
			for (line, words) in wrapped(&cell.name, width - 8).into_iter().take(2).enumerate() {
				text(svg, (x + 5, y + 28 + line * 13), 12, ink, "normal", &words);
			}
		}
		svg.push_str("</g>\n");
		y += tall + GAP;
	}
}

fn legend(svg: &mut String, y: usize, most: usize) {
	let mut x = MARGIN;
	for (label, fill) in [
		("no record".to_string(), "#e6e8ec".to_string()),
		("1 record".to_string(), colour(1, most)),
		(format!("{most} records"), colour(most, most)),
	] {
		let _ = writeln!(svg, "<rect x=\"{x}\" y=\"{}\" width=\"18\" height=\"18\" rx=\"2\" fill=\"{fill}\"/>", y - 14);
		text(svg, (x + 26, y), 14, "#1d2430", "normal", &label);
		x += 150;
	}
}

fn text(svg: &mut String, (x, y): (usize, usize), size: usize, ink: &str, weight: &str, words: &str) {
	let words = escaped(words);
	let _ = writeln!(
		svg,
		"<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\" font-weight=\"{weight}\" fill=\"{ink}\">{words}</text>"
	);
}

/// Lines that fit the width, broken between words; what is too long for a line is cut.
fn wrapped(words: &str, width: usize) -> Vec<String> {
	let most = (width as f64 / LETTER) as usize;
	let mut lines: Vec<String> = Vec::new();
	for word in words.split_whitespace() {
		let word: String = if word.chars().count() > most { cut(word, most) } else { word.into() };
		match lines.last_mut() {
			Some(line) if line.chars().count() + 1 + word.chars().count() <= most => {
				line.push(' ');
				line.push_str(&word);
			}
			_ => lines.push(word),
		}
	}
	lines
}

fn cut(word: &str, most: usize) -> String {
	word.chars().take(most.saturating_sub(1)).chain(['…']).collect()
}

fn escaped(text: &str) -> String {
	let clean = crate::render::clean(text);
	clean.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
