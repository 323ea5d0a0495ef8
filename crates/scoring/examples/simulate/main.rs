//! A consortium over two years, by the crate's own functions: writes the tables and pictures of `docs/reputation.md`.
//!
//! `cargo run --release -p cti-scoring --example simulate`
//!
//! Deterministic: the same seeds, the same tables.

mod chart;
mod habits;
mod pictures;
mod report;
mod scenarios;
mod tables;
mod world;

use habits::Habit;
use report::Report;
use scenarios::{by_habit, mixed, run};
use std::path::Path;
use world::Former;

fn main() -> Result<(), Box<dyn std::error::Error>> {
	let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs");
	let images = docs.join("img");
	std::fs::create_dir_all(&images)?;

	let setting = mixed(Former::Restored);
	let long = run(&setting, &by_habit(&setting, &Habit::ALL));
	let without = mixed(Former::Forgotten);
	let forgotten = run(&without, &by_habit(&without, &[Habit::Whitewasher])).samples.remove(0);
	let restored = long.samples[3].clone();
	let rings = tables::rings();

	let mut report = Report::new();
	tables::long_run(&mut report, &long);
	pictures::standing(&images, &mut report, &long)?;
	pictures::judges(&images, &mut report, &long)?;
	tables::activity(&mut report);
	tables::ring_sizes(&mut report, &rings);
	pictures::rings(&images, &mut report, &rings)?;
	tables::slander(&mut report);
	tables::whitewash(&mut report, &restored, &forgotten);
	pictures::whitewash(&images, &mut report, restored, forgotten)?;
	pictures::decay(&images, &mut report)?;

	report.print();
	report.write(&docs.join("reputation.md"))?;
	Ok(())
}
