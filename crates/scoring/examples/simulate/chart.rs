//! Line charts as SVG, readable on white and on dark pages.

use plotters::prelude::*;
use std::path::Path;

/// One line and its name.
pub struct Line {
	pub name: String,
	pub points: Vec<(f64, f64)>,
}

/// A picture.
pub struct Chart<'a> {
	pub title: &'a str,
	pub x: &'a str,
	pub y: &'a str,
	pub range: (f64, f64),
	pub lines: Vec<Line>,
}

const SIZE: (u32, u32) = (860, 440);
const PAPER: RGBColor = RGBColor(252, 252, 250);
const INK: RGBColor = RGBColor(40, 44, 52);
const GRID: RGBColor = RGBColor(222, 222, 216);
/// Told apart also by those who see few colours.
const COLOURS: [RGBColor; 7] = [
	RGBColor(0, 114, 178),
	RGBColor(213, 94, 0),
	RGBColor(0, 140, 105),
	RGBColor(170, 80, 140),
	RGBColor(214, 150, 0),
	RGBColor(70, 170, 225),
	RGBColor(60, 60, 60),
];

impl Chart<'_> {
	pub fn write(&self, path: &Path) -> Result<(), Box<dyn std::error::Error>> {
		let area = SVGBackend::new(path, SIZE).into_drawing_area();
		area.fill(&PAPER)?;
		let (left, right) = self.width();
		let font = |size: u32| ("sans-serif", size).into_font().color(&INK);
		let mut chart = ChartBuilder::on(&area)
			.caption(self.title, font(20))
			.margin(14)
			.margin_right(170)
			.x_label_area_size(44)
			.y_label_area_size(58)
			.build_cartesian_2d(left..right, self.range.0..self.range.1)?;
		chart
			.configure_mesh()
			.x_desc(self.x)
			.y_desc(self.y)
			.x_label_formatter(&|x| format!("{x:.0}"))
			.y_label_formatter(&|y| if self.range.1 > 1.0 { format!("{y:.0}") } else { format!("{y:.1}") })
			.axis_style(INK)
			.bold_line_style(GRID)
			.light_line_style(TRANSPARENT)
			.label_style(font(13))
			.axis_desc_style(font(14))
			.draw()?;
		for (line, colour) in self.lines.iter().zip(COLOURS) {
			chart.draw_series(LineSeries::new(line.points.iter().copied(), colour.stroke_width(2)))?;
		}
		self.legend(&area)?;
		area.present()?;
		Ok(())
	}

	/// Beside the lines, where it hides none of them.
	fn legend(&self, area: &DrawingArea<SVGBackend, plotters::coord::Shift>) -> Result<(), Box<dyn std::error::Error>> {
		let left = SIZE.0 as i32 - 160;
		for (place, (line, colour)) in self.lines.iter().zip(COLOURS).enumerate() {
			let y = 60 + 24 * place as i32;
			area.draw(&PathElement::new(vec![(left, y), (left + 22, y)], colour.stroke_width(3)))?;
			let font = ("sans-serif", 13).into_font().color(&INK);
			area.draw(&Text::new(line.name.clone(), (left + 29, y - 6), font))?;
		}
		Ok(())
	}

	fn width(&self) -> (f64, f64) {
		let xs = self.lines.iter().flat_map(|line| line.points.iter().map(|point| point.0));
		xs.fold((f64::MAX, f64::MIN), |(left, right), x| (left.min(x), right.max(x)))
	}
}
