//! What the simulation found, as tables.

use crate::{
	habits::{Habit, TURN},
	report::Report,
	scenarios::{by_habit, consortium, run, Course, Sample, DAYS, MEMBERS},
	world::{Former, Outcomes, Setting},
};

/// What a ring of a size reached.
pub struct RingRow {
	pub size: usize,
	/// Standing and letter of its members after two years.
	pub ring: Sample,
	pub honest: Sample,
	pub outcomes: Outcomes,
}

impl RingRow {
	/// Of the peers of one of its members, the part that stands with it.
	pub fn share(&self) -> f64 {
		(self.size - 1) as f64 / (MEMBERS - 1) as f64
	}

	/// To which the ring alone can lift a member.
	pub fn bound(&self) -> f64 {
		(24.0 * self.share() + 2.0) / (24.0 * self.share() + 4.0)
	}
}

fn cell(sample: &Sample) -> String {
	format!("{:.2} {}", sample.standing, sample.letter())
}

fn percent(part: u32, outcomes: &Outcomes) -> String {
	let all = outcomes.right + outcomes.wrong + outcomes.undecided;
	format!("{:.1} %", 100.0 * f64::from(part) / f64::from(all))
}

pub fn long_run(report: &mut Report, course: &Course) {
	const ON: [usize; 6] = [30, 90, 365, 425, 545, 730];
	let head = |first: &'static str| [first, "day 30", "90", "365", "425", "545", "730"];
	let rows = |show: fn(&Sample) -> String| {
		let cells = move |(habit, samples): (Habit, &Vec<Sample>)| {
			let [a, b, c, d, e, f] = ON.map(|day| show(&samples[day]));
			[habit.name().to_string(), a, b, c, d, e, f]
		};
		Habit::ALL.into_iter().zip(&course.samples).map(cells).collect::<Vec<_>>()
	};
	report.text("### Two years of 24 members");
	report.text(
		"14 honest members, 2 liars, a ring of 3, and one whitewasher, sleeper and slanderer each, 2 lazy voters; each but the\n\
		 last publishes a record a week. Averages of 20 runs. Standing and letter:",
	);
	report.table(head("source"), rows(cell));
	report.text("What a vote weighs:");
	report.table(head("judge"), rows(|sample| format!("{:.2}", sample.weight)));
	let outcomes = &course.outcomes;
	report.table(
		["records decided rightly", "wrongly", "not decided"],
		[[outcomes.right, outcomes.wrong, outcomes.undecided].map(|count| percent(count, outcomes))],
	);
}

/// How much of it depends on how much is published.
pub fn activity(report: &mut Report) {
	report.text("### How busy members are");
	report.text("24 honest members, nine in ten of whose records and verdicts are right, after two years:");
	let row = |weekly: f64| {
		let setting = Setting { habits: consortium(&[]), weekly, former: Former::Restored };
		let course = run(&setting, &by_habit(&setting, &[Habit::Honest]));
		let end = &course.samples[0][DAYS as usize];
		let outcomes = &course.outcomes;
		[
			format!("{weekly}"),
			cell(end),
			format!("{:.2}", end.weight),
			percent(outcomes.right, outcomes),
			percent(outcomes.wrong, outcomes),
			percent(outcomes.undecided, outcomes),
		]
	};
	report.table(
		["records a week and member", "standing", "weight of a vote", "decided rightly", "wrongly", "not"],
		[0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 7.0].map(row),
	);
}

pub fn rings() -> Vec<RingRow> {
	let row = |size: usize| {
		let setting = Setting { habits: consortium(&[(Habit::Ring, size)]), weekly: 1.0, former: Former::Restored };
		let course = run(&setting, &by_habit(&setting, &[Habit::Ring, Habit::Honest]));
		let end = |group: usize| course.samples[group][DAYS as usize];
		RingRow { size, ring: end(0), honest: end(1), outcomes: course.outcomes }
	};
	[1, 2, 3, 4, 5, 6, 8, 10, 12, 14, 16, 18].map(row).into()
}

pub fn ring_sizes(report: &mut Report, rows: &[RingRow]) {
	report.text("### Rings that praise their own");
	report.text(
		"Of 24 members, so many confirm at once whatever one of them publishes, of which three in ten records hold. *Bound*: what\n\
		 they alone can reach, with the others silent. After two years:",
	);
	let cells = |row: &RingRow| {
		[
			row.size.to_string(),
			format!("{:.3}", row.share()),
			format!("{:.2}", row.bound()),
			cell(&row.ring),
			format!("{:.2}", row.ring.weight),
			cell(&row.honest),
			format!("{:.2}", row.honest.weight),
			percent(row.outcomes.wrong, &row.outcomes),
		]
	};
	report.table(
		[
			"ring",
			"f",
			"bound",
			"its standing",
			"its votes",
			"honest standing",
			"their votes",
			"records decided wrongly",
		],
		rows.iter().map(cells),
	);
}

pub fn slander(report: &mut Report) {
	report.text("### Slander");
	report.text("Of 24 members, so many refute at once whatever one honest member publishes. After two years:");
	let row = |size: usize| {
		let setting =
			Setting { habits: consortium(&[(Habit::Slanderer, size)]), weekly: 1.0, former: Former::Restored };
		let others = (1..MEMBERS - size).collect();
		let course = run(&setting, &[vec![0], others, (MEMBERS - size..MEMBERS).collect()]);
		let end = |group: usize| &course.samples[group][DAYS as usize];
		let weight = |group| format!("{:.2}", end(group).weight);
		[size.to_string(), cell(end(0)), cell(end(1)), weight(1), weight(2)]
	};
	report.table(
		["slanderers", "their victim", "other honest members", "votes of these", "of the slanderers"],
		[1, 2, 3, 4, 6, 8, 10, 12].map(row),
	);
}

pub fn whitewash(report: &mut Report, restored: &[Sample], forgotten: &[Sample]) {
	report.text("### Leaving and coming back");
	report.text(
		"A member of whose records one in five holds leaves on day 365 and is admitted again on day 379, as a `former` member or\n\
		 as a new one:",
	);
	let row = |days: u64| {
		let day = (TURN + 14 + days) as usize;
		[days.to_string(), cell(&restored[day]), cell(&forgotten[day])]
	};
	report.table(
		["days after its return", "evidence restored", "taken for a new member"],
		[1, 14, 30, 60, 120, 240].map(row),
	);
}
