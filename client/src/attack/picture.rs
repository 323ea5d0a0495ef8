//! The matrix as an SVG picture for a slide: what records name is large and coloured, the rest are small squares below it.

use super::coverage::{colour, Cell, Column, Coverage};
use crate::render::count;
use std::fmt::Write;

/// Width of a slide, and its height.
const WIDTH: usize = 1_920;
const SLIDE: usize = 1_080;
const MARGIN: usize = 24;
const HEAD: usize = 118;
const FOOT: usize = 60;
const GAP: usize = 4;
/// Height of a technique that records name, with its name in two lines below, or in one line where there is not the room.
const TALL: usize = 46;
const FLAT: usize = 20;
/// Side of the square of one that none names, with the gap behind it.
const SQUARE: usize = 7;
/// Width of a letter in the cells' type and in the headings', about.
const LETTER: f64 = 7.0;
const HEADING_LETTER: f64 = 9.0;
/// What no record names.
const PALE: &str = "#e6e8ec";

/// The picture; `title` and `subtitle` stand above it. Longer than a slide only where one tactic has dozens of techniques that
/// records name.
pub fn picture(coverage: &Coverage, title: &str, subtitle: &str) -> String {
	let columns = coverage.columns.len().max(1);
	let width = (WIDTH - 2 * MARGIN - (columns - 1) * GAP) / columns;
	let longest = |tall| coverage.columns.iter().map(|column| length(column, width, tall)).max().unwrap_or(0);
	let whole = |tall| MARGIN + HEAD + longest(tall) + FOOT;
	let tall = if whole(TALL) <= SLIDE { TALL } else { FLAT };
	let height = whole(tall).max(SLIDE);
	let mut svg = format!(
		"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" font-family=\"Helvetica, Arial, sans-serif\" \
		role=\"img\" aria-label=\"{}\">\n<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n",
		escaped(title)
	);
	text(&mut svg, (MARGIN, MARGIN + 22), 28, "#1d2430", "bold", title);
	text(&mut svg, (MARGIN, MARGIN + 48), 16, "#4a5262", "normal", subtitle);
	let most = coverage.most();
	for (number, column) in coverage.columns.iter().enumerate() {
		draw(&mut svg, column, MARGIN + number * (width + GAP), width, (tall, most));
	}
	legend(&mut svg, height - FOOT / 2, most);
	svg.push_str("</svg>\n");
	svg
}

fn is_named(cell: &&Cell) -> bool {
	!cell.seen.records.is_empty()
}

fn squares_in_a_row(width: usize) -> usize {
	(width / SQUARE).max(1)
}

fn length(column: &Column, width: usize, tall: usize) -> usize {
	let named = column.cells.iter().filter(is_named).count();
	let rows = (column.cells.len() - named).div_ceil(squares_in_a_row(width));
	named * (tall + GAP) + rows * SQUARE
}

fn draw(svg: &mut String, column: &Column, x: usize, width: usize, (tall, most): (usize, usize)) {
	let covered = column.cells.iter().filter(is_named).count();
	let head = MARGIN + HEAD - 44;
	for (line, words) in wrapped(&column.name, width, HEADING_LETTER).into_iter().take(2).enumerate() {
		text(svg, (x, head + line * 16), 14, "#1d2430", "bold", &words);
	}
	text(svg, (x, head + 34), 12, "#4a5262", "normal", &format!("{covered} of {}", column.cells.len()));
	let mut y = MARGIN + HEAD;
	for cell in column.cells.iter().filter(is_named) {
		rectangle(svg, cell, (x, y), (width, tall), &colour(cell.seen.records.len(), most));
		label(svg, cell, (x, y), (width, tall), most);
		y += tall + GAP;
	}
	for (place, cell) in column.cells.iter().filter(|cell| !is_named(cell)).enumerate() {
		let in_row = squares_in_a_row(width);
		let corner = (x + place % in_row * SQUARE, y + place / in_row * SQUARE);
		rectangle(svg, cell, corner, (SQUARE - 2, SQUARE - 2), PALE);
	}
}

fn rectangle(svg: &mut String, cell: &Cell, (x, y): (usize, usize), (width, height): (usize, usize), fill: &str) {
	let shown = escaped(&format!("{} {}: {}", cell.id, cell.name, count(cell.seen.records.len() as u64, "record")));
	let _ = writeln!(
		svg,
		"<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"2\" fill=\"{fill}\"><title>{shown}</title></rect>"
	);
}

fn label(svg: &mut String, cell: &Cell, (x, y): (usize, usize), (width, tall): (usize, usize), most: usize) {
	let records = cell.seen.records.len();
	// On strong colours white is read, on pale ones black.
	let ink = if (records as f64).ln_1p() / (most as f64).ln_1p() > 0.6 { "#ffffff" } else { "#1d2430" };
	let numbers = format!("{} · {records}", cell.id);
	text(svg, (x + 5, y + 14), 12, ink, "bold", &numbers);
	match tall {
		TALL => {
			for (line, words) in wrapped(&cell.name, width - 8, LETTER).into_iter().take(2).enumerate() {
				text(svg, (x + 5, y + 28 + line * 13), 12, ink, "normal", &words);
			}
		}
		_ => {
			let used = (numbers.chars().count() as f64 * LETTER) as usize + 14;
			let most = (width.saturating_sub(used) as f64 / LETTER) as usize;
			let name = if cell.name.chars().count() > most { cut(&cell.name, most) } else { cell.name.clone() };
			text(svg, (x + used, y + 14), 11, ink, "normal", &name);
		}
	}
}

fn legend(svg: &mut String, y: usize, most: usize) {
	let mut x = MARGIN;
	let marked = if most > 1 { vec![1, most] } else { vec![1] };
	let marked = marked.into_iter().map(|records| (count(records as u64, "record"), colour(records, most)));
	for (label, fill) in [("no record".to_string(), PALE.to_string())].into_iter().chain(marked) {
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
fn wrapped(words: &str, width: usize, letter: f64) -> Vec<String> {
	let most = (width as f64 / letter) as usize;
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
