//! Measures the product as its users meet it, and prints a table: `scripts/bench`, `scripts/bench-chain` and `scripts/bench-taxii`.

mod chain;
mod ingest;
mod latency;
mod path;
mod taxii;

use std::time::Duration;

/// Records per latency measurement.
const RECORDS: usize = 200;

/// One line of the table.
struct Row {
	what: String,
	measured: String,
	budget: &'static str,
}

impl Row {
	fn new(what: impl Into<String>, measured: impl Into<String>, budget: &'static str) -> Self {
		Self { what: what.into(), measured: measured.into(), budget }
	}
}

fn seconds(time: Duration) -> String {
	format!("{:.2} s", time.as_secs_f64())
}

/// Prints lines of the table as soon as they are known.
fn print(rows: Vec<Row>) {
	for Row { what, measured, budget } in rows {
		println!("| {what} | {measured} | {budget} |");
	}
}

fn main() {
	let arguments: Vec<String> = std::env::args().skip(1).collect();
	match arguments.first().map(String::as_str) {
		None => whole_path(),
		Some("chain") => match chain::Options::read(&arguments) {
			Some(options) => chain::run(&options),
			None => eprintln!("usage: testudo-bench chain [--grow-to RECORDS]"),
		},
		Some("taxii") => match taxii::Options::read(&arguments) {
			Some(options) => taxii::run(&options),
			None => eprintln!("usage: testudo-bench taxii --objects N --folder DIR"),
		},
		Some(other) => eprintln!("{other}: there are `chain` and `taxii`, or nothing for the whole path"),
	}
}

fn whole_path() {
	println!("| what | measured | budget |\n|---|---|---|");
	eprintln!("the Enterprise bundle through the whole path");
	print(path::rows());
	eprintln!("many objects by hand, and a first sync");
	print(ingest::rows());
	eprintln!("latency with instant sealing, {RECORDS} records");
	print(latency::rows("instant sealing", &["--sealing", "instant"], RECORDS, "p50 below 0.5 s"));
	eprintln!("latency with one-second blocks, {RECORDS} records");
	print(latency::rows("one-second blocks", &[], RECORDS, "p50 below 2.5 s"));
}
