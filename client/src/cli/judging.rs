//! Options of the commands by which readers judge.

use clap::Args;
use cti_primitives::RecordId;

/// `testudo verdict`
#[derive(Args, Debug)]
pub struct Verdict {
	/// The record, AUTHOR/N.
	pub record: RecordId,
	/// On the Admiralty scale: 1 confirmed by other sources, 2 probably true, 3 possibly true, 4 doubtful, 5 improbable, 6
	/// cannot be judged.
	#[arg(value_parser = clap::value_parser!(u8).range(1..=6), required_unless_present = "malformed")]
	pub credibility: Option<u8>,
	/// The record cannot be opened, or does not hold what its header says: counts as 5 and needs no proof, but a place in an open
	/// group of its audience or a grant that names you.
	#[arg(long, conflicts_with = "credibility")]
	pub malformed: bool,
	/// Also where it shows that you can read what was sealed to a hidden group or to single members.
	#[arg(long)]
	pub yes: bool,
}

/// `testudo sight`
#[derive(Args, Debug)]
pub struct Sight {
	/// The record, AUTHOR/N.
	pub record: RecordId,
	/// It was met and proved harmless.
	#[arg(long)]
	pub false_positive: bool,
	/// How many times.
	#[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
	pub count: u32,
	/// When it was first seen, like 2026-11-27T08:00:00Z [default: when last].
	#[arg(long, value_name = "TIME", value_parser = moment)]
	pub first: Option<u64>,
	/// When it was last seen [default: now].
	#[arg(long, value_name = "TIME", value_parser = moment)]
	pub last: Option<u64>,
	/// Also where it shows that you can read what was sealed to a hidden group or to single members.
	#[arg(long)]
	pub yes: bool,
}

/// Unix seconds of a time as STIX writes it.
fn moment(text: &str) -> Result<u64, String> {
	let moment = text.parse::<cti_stix::Timestamp>();
	let micros = moment.map_err(|_| "a time is written like 2026-11-27T08:00:00Z")?.micros();
	u64::try_from(micros / 1_000_000).map_err(|_| "the time lies before 1970".into())
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn moments_should_be_read_as_stix_writes_them() {
		assert_eq!(moment("1970-01-02T00:00:01.999Z"), Ok(86_401));
		for text in ["", "yesterday", "1969-12-31T23:59:58Z", "2026-11-27"] {
			assert!(moment(text).is_err(), "{text}");
		}
	}
}
