//! How members behave.

use cti_primitives::Credibility;
use cti_scoring::{Side, Tally};
use oorandom::Rand64;

/// Of what a member that works honestly publishes and says, this much is right.
pub const ACCURACY: f64 = 0.9;
/// The day on which sleepers turn and whitewashers leave.
pub const TURN: u64 = 365;
/// A member that judges a record does so on some day of the window: half of them have by its end.
const DAILY_TURNOUT: f64 = 0.094;

/// What a member is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Habit {
	/// Publishes and judges as well as it can.
	Honest,
	/// Publishes what is wrong and says the opposite of what it thinks.
	Liar,
	/// Publishes mostly rubbish, confirms that of its ring at once, and judges all else honestly.
	Ring,
	/// Publishes mostly rubbish, leaves after a year and comes back two weeks later under another name.
	Whitewasher,
	/// As honest members, and better, for a year; then a liar.
	Sleeper,
	/// As honest members, but refutes whatever the first member publishes.
	Slanderer,
	/// Publishes nothing; waits and says what most have said.
	Lazy,
}

/// What a member sees when it may vote.
pub struct View<'a> {
	pub day: u64,
	/// Whole days since publication, 0 to 6.
	pub age: u64,
	pub holds: bool,
	pub author: usize,
	pub author_habit: Habit,
	pub tally: &'a Tally,
}

impl Habit {
	pub const ALL: [Self; 7] =
		[Self::Honest, Self::Liar, Self::Ring, Self::Whitewasher, Self::Sleeper, Self::Slanderer, Self::Lazy];

	pub fn name(self) -> &'static str {
		match self {
			Self::Honest => "honest",
			Self::Liar => "liar",
			Self::Ring => "praising ring",
			Self::Whitewasher => "whitewasher",
			Self::Sleeper => "sleeper",
			Self::Slanderer => "slanderer",
			Self::Lazy => "lazy voter",
		}
	}

	/// The part of its records that holds; nothing if it publishes none.
	pub fn holding(self, day: u64) -> Option<f64> {
		match self {
			Self::Honest | Self::Slanderer => Some(ACCURACY),
			Self::Sleeper if day < TURN => Some(0.95),
			Self::Liar | Self::Sleeper => Some(0.1),
			Self::Ring => Some(0.3),
			Self::Whitewasher => Some(0.2),
			Self::Lazy => None,
		}
	}

	/// What it says today, if anything.
	pub fn verdict(self, view: &View, rng: &mut Rand64) -> Option<Credibility> {
		let comes = rng.rand_float() < DAILY_TURNOUT;
		let thinks_it_holds = view.holds == (rng.rand_float() < ACCURACY);
		let is_unsure = rng.rand_float() < 0.1;
		let honestly = move || {
			let judged = if is_unsure { Credibility::PossiblyTrue } else { of(thinks_it_holds) };
			comes.then_some(judged)
		};
		match self {
			Self::Liar => comes.then_some(of(!thinks_it_holds)),
			Self::Sleeper if view.day >= TURN => comes.then_some(of(!thinks_it_holds)),
			Self::Ring if view.author_habit == Self::Ring => Some(Credibility::Confirmed),
			Self::Slanderer if view.author == 0 => Some(Credibility::Improbable),
			Self::Lazy => leading(view.tally).filter(|_| view.age >= 5),
			_ => honestly(),
		}
	}
}

fn of(holds: bool) -> Credibility {
	if holds {
		Credibility::ProbablyTrue
	} else {
		Credibility::Doubtful
	}
}

/// The side with more weight.
fn leading(tally: &Tally) -> Option<Credibility> {
	let ((_, confirming), (_, refuting)) = (tally.side(Side::For), tally.side(Side::Against));
	(confirming != refuting).then(|| of(confirming > refuting))
}
