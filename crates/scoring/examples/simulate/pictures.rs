//! What the simulation found, as pictures.

use crate::{
	chart::{Chart, Line},
	habits::Habit,
	report::Report,
	scenarios::{Course, Sample},
	tables::RingRow,
	world::DAY,
};
use cti_scoring::{score, Facts, Millionths, Tally};
use std::{error::Error, path::Path};

/// Days between two points of a line.
const STEP: usize = 5;

fn line(name: &str, samples: &[Sample], of: fn(&Sample) -> f64) -> Line {
	let points = samples.iter().enumerate().step_by(STEP).map(|(day, sample)| (day as f64, of(sample))).collect();
	Line { name: name.to_string(), points }
}

fn publish(images: &Path, report: &mut Report, file: &str, chart: &Chart) -> Result<(), Box<dyn Error>> {
	chart.write(&images.join(file))?;
	report.text(&format!("![{}](img/{file})", chart.title));
	Ok(())
}

pub fn standing(images: &Path, report: &mut Report, course: &Course) -> Result<(), Box<dyn Error>> {
	let lines =
		Habit::ALL.iter().zip(&course.samples).map(|(habit, samples)| line(habit.name(), samples, |s| s.standing));
	let title = "Standing of sources: A from 0.9, B from 0.75, C from 0.5, D from 0.3";
	let chart = Chart { title, x: "day", y: "standing", range: (0.0, 1.0), lines: lines.collect() };
	publish(images, report, "reputation-standing.svg", &chart)
}

pub fn judges(images: &Path, report: &mut Report, course: &Course) -> Result<(), Box<dyn Error>> {
	let lines =
		Habit::ALL.iter().zip(&course.samples).map(|(habit, samples)| line(habit.name(), samples, |s| s.weight));
	let title = "What the votes of judges weigh";
	let chart = Chart { title, x: "day", y: "weight of a vote", range: (0.0, 1.0), lines: lines.collect() };
	publish(images, report, "reputation-judges.svg", &chart)
}

pub fn rings(images: &Path, report: &mut Report, rows: &[RingRow]) -> Result<(), Box<dyn Error>> {
	let line = |name: &str, of: fn(&RingRow) -> f64| Line {
		name: name.to_string(),
		points: rows.iter().map(|row| (row.size as f64, of(row))).collect(),
	};
	let lines = vec![
		line("honest members", |row| row.honest.standing),
		line("ring, bound alone", RingRow::bound),
		line("ring, simulated", |row| row.ring.standing),
	];
	let title = "A ring among 24 members: standing after two years";
	let chart = Chart { title, x: "members of the ring", y: "standing", range: (0.0, 1.0), lines };
	publish(images, report, "reputation-rings.svg", &chart)
}

pub fn whitewash(
	images: &Path,
	report: &mut Report,
	restored: Vec<Sample>,
	forgotten: Vec<Sample>,
) -> Result<(), Box<dyn Error>> {
	let lines =
		vec![line("evidence restored", &restored, |s| s.standing), line("taken for new", &forgotten, |s| s.standing)];
	let title = "A bad source leaves on day 365 and comes back on day 379";
	let chart = Chart { title, x: "day", y: "standing", range: (0.0, 1.0), lines };
	publish(images, report, "reputation-whitewash.svg", &chart)
}

/// The score of a record that nobody has judged, of an author of standing 0.9.
pub fn decay(images: &Path, report: &mut Report) -> Result<(), Box<dyn Error>> {
	const TYPES: [&str; 6] = ["attack-pattern", "vulnerability", "malware", "indicator", "domain-name", "ipv4-addr"];
	let facts = Facts {
		tally: Tally::default(),
		standing: Millionths(900_000),
		is_live: true,
		valid_until: None,
		refreshed: 0,
	};
	let of = |object_type: &str| {
		let point = |day: u64| (day as f64, f64::from(score(&facts, object_type, day * DAY)));
		Line { name: object_type.to_string(), points: (0..=365).map(point).collect() }
	};
	report.text("### Records grow old");
	report.text("The score of a record without votes, of an author whose standing is 0.9, by the type of its object:");
	let title = "Score by age and type";
	let chart = Chart {
		title,
		x: "days since publication or the last sighting",
		y: "score",
		range: (0.0, 100.0),
		lines: TYPES.map(of).into(),
	};
	publish(images, report, "reputation-decay.svg", &chart)
}
