//! What is simulated, and what is measured.

use crate::{
	habits::Habit,
	world::{Former, Outcomes, Setting, World},
};
use cti_primitives::Reliability;

/// Members of every consortium here.
pub const MEMBERS: usize = 24;
/// Two years.
pub const DAYS: u64 = 730;
/// Runs over which everything is averaged.
const RUNS: u32 = 20;

/// A habit's members on one day, on average.
#[derive(Clone, Copy, Default)]
pub struct Sample {
	/// 0 to 1.
	pub standing: f64,
	/// 0 to 1.
	pub weight: f64,
	letters: [u32; 6],
}

/// Averages by day.
pub struct Course {
	/// By habit, in the order in which they were asked for, then by day.
	pub samples: Vec<Vec<Sample>>,
	pub outcomes: Outcomes,
}

impl Sample {
	fn add(&mut self, world: &World, member: usize, part: f64) {
		self.standing += part * f64::from(world.source(member).standing().0) / 1e6;
		self.weight += part * f64::from(world.weight(member).get()) / 64.0;
		self.letters[world.letter(member) as usize] += 1;
	}

	/// The letter that most have.
	pub fn letter(&self) -> Reliability {
		use Reliability::*;
		let most = self.letters.iter().max().copied().unwrap_or(0);
		let place = self.letters.iter().position(|count| *count == most).unwrap_or(5);
		[A, B, C, D, E, F][place]
	}
}

/// `parts` members each, the rest honest. The first is always honest: it is whom slanderers slander.
pub fn consortium(parts: &[(Habit, usize)]) -> Vec<Habit> {
	let others = parts.iter().flat_map(|(habit, count)| core::iter::repeat_n(*habit, *count));
	let mut habits: Vec<Habit> = others.collect();
	let honest = MEMBERS.saturating_sub(habits.len());
	habits.splice(0..0, core::iter::repeat_n(Habit::Honest, honest));
	habits
}

/// The consortium of the long run.
pub fn mixed(former: Former) -> Setting {
	let habits = consortium(&[
		(Habit::Liar, 2),
		(Habit::Ring, 3),
		(Habit::Whitewasher, 1),
		(Habit::Sleeper, 1),
		(Habit::Slanderer, 1),
		(Habit::Lazy, 2),
	]);
	Setting { habits, weekly: 1.0, former }
}

/// Runs `setting` and samples the groups of members, every day.
pub fn run(setting: &Setting, groups: &[Vec<usize>]) -> Course {
	let mut samples = vec![vec![Sample::default(); DAYS as usize + 1]; groups.len()];
	let mut outcomes = Outcomes::default();
	for seed in 0..RUNS {
		let mut world = World::new(setting, u128::from(seed) + 1);
		for day in 0..=DAYS as usize {
			for (group, samples) in groups.iter().zip(&mut samples) {
				let part = 1.0 / (group.len() as f64 * f64::from(RUNS));
				group.iter().for_each(|member| samples[day].add(&world, *member, part));
			}
			world.step();
		}
		outcomes.right += world.outcomes.right;
		outcomes.wrong += world.outcomes.wrong;
		outcomes.undecided += world.outcomes.undecided;
	}
	Course { samples, outcomes }
}

/// The members of each habit.
pub fn by_habit(setting: &Setting, habits: &[Habit]) -> Vec<Vec<usize>> {
	let members = |habit: &Habit| (0..setting.habits.len()).filter(|i| setting.habits[*i] == *habit).collect();
	habits.iter().map(members).collect()
}
