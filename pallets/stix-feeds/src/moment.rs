//! Times as TAXII servers write them: kept exactly, compared as numbers, written back as they came.

use alloc::{format, string::String};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use core::{fmt, str::FromStr};
use scale_info::TypeInfo;

const NANOS: u64 = 1_000_000_000;
const DAY: u64 = 86_400;
/// Days from 0000-03-01 to 1970-01-01.
const EPOCH_DAYS: u64 = 719_468;
/// Days in 400 years.
const ERA_DAYS: u64 = 146_097;

/// A moment between 1970 and 2554 with the number of decimals it was written with.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Moment {
	/// Nanoseconds since 1970 (UTC).
	nanos: u64,
	/// Decimals of the second, at most 9.
	decimals: u8,
}

impl Moment {
	/// Is it later than `other`, however many decimals either has?
	pub fn is_after(self, other: Self) -> bool {
		self.nanos > other.nanos
	}

	/// Whole seconds since 1970.
	pub fn seconds(self) -> u64 {
		self.nanos / NANOS
	}
}

/// Seconds since 1970 of a date and a time of day; `None` before 1970 or for a day that does not exist.
pub fn seconds_of(date: (u64, u64, u64), time: (u64, u64, u64)) -> Option<u64> {
	let ((year, month, day), (hour, minute, second)) = (date, time);
	// A leap second counts as the last second of its minute.
	let second = if second == 60 { 59 } else { second };
	if !(1970..=2553).contains(&year) || !(1..=12).contains(&month) || hour > 23 || minute > 59 || second > 59 {
		return None;
	}
	let days = days_of(year, month, day)?;
	(date_of(days)? == date).then_some(())?;
	let of_day = hour.checked_mul(3_600)?.checked_add(minute.checked_mul(60)?)?.checked_add(second)?;
	days.checked_mul(DAY)?.checked_add(of_day)
}

/// Days since 1970 in the Gregorian calendar, with years that begin in March.
fn days_of(year: u64, month: u64, day: u64) -> Option<u64> {
	let (year, month) =
		if month > 2 { (year, month.checked_sub(3)?) } else { (year.checked_sub(1)?, month.checked_add(9)?) };
	let (era, of_era) = (year / 400, year % 400);
	let of_year = month.checked_mul(153)?.checked_add(2)? / 5;
	let of_year = of_year.checked_add(day)?.checked_sub(1)?;
	let days = of_era.checked_mul(365)?.checked_add(of_era / 4)?.checked_sub(of_era / 100)?.checked_add(of_year)?;
	era.checked_mul(ERA_DAYS)?.checked_add(days)?.checked_sub(EPOCH_DAYS)
}

/// Year, month and day of a number of days since 1970.
fn date_of(days: u64) -> Option<(u64, u64, u64)> {
	let days = days.checked_add(EPOCH_DAYS)?;
	let (era, of_era) = (days / ERA_DAYS, days % ERA_DAYS);
	// Without the leap days before it, every year has 365.
	let leap_days = (of_era / 1_460).checked_sub(of_era / 36_524)?.checked_add(of_era / 146_096)?;
	let year = of_era.checked_sub(leap_days)? / 365;
	let of_year = of_era.checked_sub(year.checked_mul(365)?.checked_add(year / 4)?.checked_sub(year / 100)?)?;
	let month = of_year.checked_mul(5)?.checked_add(2)? / 153;
	let day = of_year.checked_sub(month.checked_mul(153)?.checked_add(2)? / 5)?.checked_add(1)?;
	let year = era.checked_mul(400)?.checked_add(year)?;
	Some(if month < 10 {
		(year, month.checked_add(3)?, day)
	} else {
		(year.checked_add(1)?, month.checked_sub(9)?, day)
	})
}

/// Not a UTC time of RFC 3339 in the years 1970 to 2553 with at most nine decimals.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct InvalidMoment;

/// The number that all of `text` is.
fn number(text: Option<&str>) -> Option<u64> {
	let text = text?;
	(!text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok())?
}

fn parse(text: &str) -> Option<Moment> {
	if !text.is_ascii() {
		return None;
	}
	let text = text.strip_suffix(['Z', 'z']).or_else(|| text.strip_suffix("+00:00"))?;
	let (whole, decimals) = text.split_once('.').map_or((text, None), |(whole, decimals)| (whole, Some(decimals)));
	if whole.len() != 19 {
		return None;
	}
	let separators = [(4, b'-'), (7, b'-'), (13, b':'), (16, b':')];
	let bytes = whole.as_bytes();
	if separators.iter().any(|(at, byte)| bytes.get(*at) != Some(byte)) || !matches!(bytes.get(10), Some(b'T' | b't')) {
		return None;
	}
	let field = |from: usize, to: usize| number(whole.get(from..to));
	let seconds =
		seconds_of((field(0, 4)?, field(5, 7)?, field(8, 10)?), (field(11, 13)?, field(14, 16)?, field(17, 19)?))?;
	let (fraction, decimals) = match decimals {
		None => (0, 0),
		Some(digits) if digits.len() <= 9 => (number(Some(&format!("{digits:0<9}")))?, digits.len()),
		Some(_) => return None,
	};
	if text.ends_with('.') {
		return None;
	}
	Some(Moment { nanos: seconds.checked_mul(NANOS)?.checked_add(fraction)?, decimals: u8::try_from(decimals).ok()? })
}

impl FromStr for Moment {
	type Err = InvalidMoment;
	fn from_str(text: &str) -> Result<Self, Self::Err> {
		parse(text).ok_or(InvalidMoment)
	}
}

impl fmt::Display for Moment {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let seconds = self.seconds();
		let (year, month, day) = date_of(seconds / DAY).ok_or(fmt::Error)?;
		let of_day = seconds % DAY;
		let (hour, minute, second) = (of_day / 3_600, of_day % 3_600 / 60, of_day % 60);
		write!(f, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")?;
		let fraction: String = format!("{:09}", self.nanos % NANOS);
		match fraction.get(..usize::from(self.decimals)) {
			None | Some("") => f.write_str("Z"),
			Some(decimals) => write!(f, ".{decimals}Z"),
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use alloc::string::ToString;
	use proptest::prelude::*;

	#[test]
	fn times_of_servers_should_be_kept_as_they_came() {
		for text in [
			"1970-01-01T00:00:00Z",
			"2016-05-31T13:49:53.935382Z",
			"2024-02-29T23:59:59.000Z",
			"2000-02-29T00:00:00.1Z",
			"2553-12-31T23:59:59.999999999Z",
		] {
			assert_eq!(text.parse::<Moment>().unwrap().to_string(), text);
		}
		assert_eq!("2016-05-31T13:49:53+00:00".parse::<Moment>().unwrap().to_string(), "2016-05-31T13:49:53Z");
		assert_eq!("2024-05-31T13:49:53Z".parse::<Moment>().unwrap().seconds(), 1_717_163_393);
	}

	#[test]
	fn what_is_no_time_should_be_refused() {
		for text in [
			"",
			"Z",
			"2016-05-31",
			"2016-05-31T13:49:53",
			"2016-05-31T13:49:53.Z",
			"2016-05-31T13:49:53.1234567890Z",
			"2016-02-30T13:49:53Z",
			"2023-02-29T13:49:53Z",
			"2016-13-01T13:49:53Z",
			"2016-05-31T24:00:00Z",
			"1969-12-31T23:59:59Z",
			"9999-12-31T23:59:59Z",
			"2016-05-31T13:49:53+02:00",
			"+016-05-31T13:49:53Z",
			"2016-05-31T13:49:53.-1Z",
			"２016-05-31T13:49:53Z",
		] {
			assert_eq!(text.parse::<Moment>(), Err(InvalidMoment), "{text}");
		}
	}

	#[test]
	fn decimals_should_not_matter_when_comparing() {
		let short: Moment = "2016-05-31T13:49:53.1Z".parse().unwrap();
		let long: Moment = "2016-05-31T13:49:53.100001Z".parse().unwrap();
		assert!(long.is_after(short) && !short.is_after(long));
		assert!(!"2016-05-31T13:49:53.100Z".parse::<Moment>().unwrap().is_after(short));
	}

	proptest! {
		#[test]
		fn every_moment_should_read_back(nanos in 0..18_400_000_000_000_000_000u64, decimals in 0u8..=9) {
			let unit = 10u64.pow(u32::from(9 - decimals));
			let moment = Moment { nanos: nanos / unit * unit, decimals };
			prop_assert_eq!(moment.to_string().parse::<Moment>(), Ok(moment));
		}

		#[test]
		fn any_text_should_be_read_or_refused(text in ".{0,40}") {
			let _ = text.parse::<Moment>();
		}
	}
}
