//! Moments as people and STIX write them, in UTC.

use std::time::{SystemTime, UNIX_EPOCH};

const DAY: i64 = 86_400;
const MICROS: i64 = 1_000_000;

/// Unix seconds of this moment.
pub fn now() -> u64 {
	SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

/// Microseconds since 1970 of this moment.
pub fn now_micros() -> i64 {
	let since = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_micros());
	i64::try_from(since).unwrap_or(i64::MAX)
}

/// `2025-01-31T12:00:00.000Z`, from microseconds since 1970; with six decimals only where the last three are not zero.
pub fn rfc3339(micros: i64) -> String {
	let seconds = micros.div_euclid(MICROS);
	let fraction = micros.rem_euclid(MICROS);
	let (date, time) = (date(seconds.div_euclid(DAY)), clock(seconds.rem_euclid(DAY)));
	match fraction % 1_000 {
		0 => format!("{date}T{time}.{:03}Z", fraction / 1_000),
		_ => format!("{date}T{time}.{fraction:06}Z"),
	}
}

/// `2025-01-31 12:00:00`, from unix seconds.
pub fn readable(seconds: u64) -> String {
	let seconds = i64::try_from(seconds).unwrap_or(i64::MAX);
	format!("{} {}", date(seconds.div_euclid(DAY)), clock(seconds.rem_euclid(DAY)))
}

fn clock(second_of_day: i64) -> String {
	format!("{:02}:{:02}:{:02}", second_of_day / 3_600, second_of_day / 60 % 60, second_of_day % 60)
}

/// The Gregorian date of a day counted from 1970. Years are counted from March, so that the leap day comes last.
fn date(day: i64) -> String {
	let from_march_0000 = day + 719_468;
	let era = from_march_0000.div_euclid(146_097);
	let day_of_era = from_march_0000.rem_euclid(146_097);
	let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
	let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	let month_from_march = (5 * day_of_year + 2) / 153;
	let day_of_month = day_of_year - (153 * month_from_march + 2) / 5 + 1;
	let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
	let year = era * 400 + year_of_era + i64::from(month <= 2);
	format!("{year:04}-{month:02}-{day_of_month:02}")
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn moments_should_be_written_in_utc() {
		assert_eq!(readable(0), "1970-01-01 00:00:00");
		assert_eq!(readable(951_782_400), "2000-02-29 00:00:00");
		assert_eq!(readable(1_735_689_599), "2024-12-31 23:59:59");
		assert_eq!(readable(4_107_542_400), "2100-03-01 00:00:00");
		assert_eq!(rfc3339(1_738_324_800_123_000), "2025-01-31T12:00:00.123Z");
		assert_eq!(rfc3339(1_738_324_800_123_456), "2025-01-31T12:00:00.123456Z");
		assert_eq!(rfc3339(-1_000), "1969-12-31T23:59:59.999Z");
	}

	#[test]
	fn stix_times_should_survive_the_round_trip() {
		for text in ["2019-04-25T20:53:07.719Z", "1999-12-31T23:59:59.000Z", "2024-02-29T01:02:03.000004Z"] {
			assert_eq!(rfc3339(text.parse::<cti_stix::Timestamp>().unwrap().micros()), text);
		}
	}
}
