//! Times of RFC 3339, without a calendar library.

use core::{fmt, str::FromStr};

const DAY: i64 = 86_400;
const MICROS: i64 = 1_000_000;
/// Days of 0000-03-01 to 1970-01-01.
const EPOCH: i64 = 719_468;

/// A moment, in microseconds since 1970 (UTC); earlier ones are negative.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Timestamp(i64);

impl Timestamp {
	/// Microseconds since 1970.
	pub const fn micros(self) -> i64 {
		self.0
	}

	/// Whole seconds since 1970, rounded down; 0 for what is earlier.
	pub fn seconds(self) -> u64 {
		u64::try_from(self.0.div_euclid(MICROS)).unwrap_or(0)
	}
}

/// Not a time of RFC 3339.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct InvalidTimestamp;

impl fmt::Display for InvalidTimestamp {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str("a time is written 2025-01-31T12:00:00Z")
	}
}

impl core::error::Error for InvalidTimestamp {}

impl FromStr for Timestamp {
	type Err = InvalidTimestamp;
	/// Reads `2025-01-31T12:00:00Z` with any number of decimals (kept to the microsecond) and with `+01:00` for `Z`. A
	/// leap second is the first moment of the following minute.
	fn from_str(s: &str) -> Result<Self, InvalidTimestamp> {
		parse(s.as_bytes()).map(Self).ok_or(InvalidTimestamp)
	}
}

fn parse(text: &[u8]) -> Option<i64> {
	let (date, rest) = text.split_at_checked(10)?;
	let [b'T' | b't', h1, h2, b':', m1, m2, b':', s1, s2, rest @ ..] = rest else { return None };
	let hour = number(&[*h1, *h2], 0, 23)?;
	let minute = number(&[*m1, *m2], 0, 59)?;
	let second = number(&[*s1, *s2], 0, 60)?;
	let (micros, zone) = decimals(rest)?;
	sum(&[(days(date)?, DAY), (hour, 3_600), (minute, 60), (second, 1), (offset(zone)?, -60)])?
		.checked_mul(MICROS)?
		.checked_add(micros)
}

/// Digits only, within the bounds.
fn number(digits: &[u8], least: i64, most: i64) -> Option<i64> {
	let value = digits.iter().try_fold(0i64, |value, digit| {
		let digit = char::from(*digit).to_digit(10)?;
		value.checked_mul(10)?.checked_add(digit.into())
	})?;
	(least..=most).contains(&value).then_some(value)
}

/// The sum of products.
fn sum(terms: &[(i64, i64)]) -> Option<i64> {
	terms.iter().try_fold(0i64, |sum, (count, unit)| sum.checked_add(count.checked_mul(*unit)?))
}

/// Days since 1970, counted in years that begin in March, so that the leap day is the last.
fn days(date: &[u8]) -> Option<i64> {
	let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = date else { return None };
	let year = number(&[*y1, *y2, *y3, *y4], 0, 9_999)?;
	let month = number(&[*m1, *m2], 1, 12)?;
	let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
	let last = match month {
		2 if leap => 29,
		2 => 28,
		4 | 6 | 9 | 11 => 30,
		_ => 31,
	};
	let day = number(&[*d1, *d2], 1, last)?;
	let (year, month) =
		if month < 3 { (year.checked_sub(1)?, month.checked_add(9)?) } else { (year, month.checked_sub(3)?) };
	let leap_days = sum(&[(year.div_euclid(4), 1), (year.div_euclid(100), -1), (year.div_euclid(400), 1)])?;
	let months = sum(&[(month, 153), (2, 1)])? / 5;
	sum(&[(year, 365), (leap_days, 1), (months, 1), (day, 1), (1, -1), (EPOCH, -1)])
}

/// Microseconds of the decimals, and what follows them.
fn decimals(text: &[u8]) -> Option<(i64, &[u8])> {
	let [b'.', digits @ ..] = text else { return Some((0, text)) };
	let count = digits.iter().take_while(|byte| byte.is_ascii_digit()).count();
	let (digits, rest) = digits.split_at_checked(count)?;
	let mut kept = [b'0'; 6];
	kept.iter_mut().zip(digits).for_each(|(kept, digit)| *kept = *digit);
	(count > 0).then_some((number(&kept, 0, i64::MAX)?, rest))
}

/// Minutes ahead of UTC.
fn offset(zone: &[u8]) -> Option<i64> {
	match zone {
		[b'Z' | b'z'] => Some(0),
		[sign @ (b'+' | b'-'), h1, h2, b':', m1, m2] => {
			let minutes = sum(&[(number(&[*h1, *h2], 0, 23)?, 60), (number(&[*m1, *m2], 0, 59)?, 1)])?;
			if *sign == b'+' {
				Some(minutes)
			} else {
				minutes.checked_neg()
			}
		}
		_ => None,
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use alloc::string::String;

	fn micros(text: &str) -> Option<i64> {
		text.parse::<Timestamp>().ok().map(Timestamp::micros)
	}

	#[test]
	fn known_times_should_be_read() {
		for (text, seconds, fraction) in [
			("1970-01-01T00:00:00Z", 0, 0),
			("2000-02-29T12:34:56.789Z", 951_827_696, 789_000),
			("2025-01-31T12:00:00.1234567890Z", 1_738_324_800, 123_456),
			("2024-12-31T23:59:60Z", 1_735_689_600, 0),
			("2025-01-31T13:00:00+01:00", 1_738_324_800, 0),
			("2025-01-31T06:30:00-05:30", 1_738_324_800, 0),
			("9999-12-31T23:59:59.999999Z", 253_402_300_799, 999_999),
			("1969-12-31T23:59:59.5Z", -1, 500_000),
			("0001-01-01T00:00:00Z", -62_135_596_800, 0),
		] {
			assert_eq!(micros(text), Some(seconds * MICROS + fraction), "{text}");
		}
	}

	#[test]
	fn every_day_of_four_centuries_should_follow_the_one_before() {
		let mut expected = micros("1900-01-01T00:00:00Z").unwrap();
		for year in 1900..2300 {
			let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
			for (month, days) in
				[31, if leap { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31].into_iter().enumerate()
			{
				for day in 1..=days {
					let text = alloc::format!("{year}-{:02}-{day:02}T00:00:00Z", month + 1);
					assert_eq!(micros(&text), Some(expected), "{text}");
					expected += DAY * MICROS;
				}
			}
		}
	}

	#[test]
	fn other_texts_should_be_refused() {
		for text in [
			"",
			"2025-01-31",
			"2025-01-31T12:00:00",
			"2025-01-31 12:00:00Z",
			"2025-02-29T12:00:00Z",
			"1900-02-29T12:00:00Z",
			"2025-13-01T12:00:00Z",
			"2025-00-01T12:00:00Z",
			"2025-01-00T12:00:00Z",
			"2025-01-31T24:00:00Z",
			"2025-01-31T12:60:00Z",
			"2025-01-31T12:00:61Z",
			"2025-01-31T12:00:00.Z",
			"2025-01-31T12:00:00ZZ",
			"2025-01-31T12:00:00+1:00",
			"2025-01-31T12:00:00+24:00",
			"+025-01-31T12:00:00Z",
			"２025-01-31T12:00:00Z",
		] {
			assert_eq!(micros(text), None, "{text}");
		}
		assert_eq!(micros(&String::from_utf8(alloc::vec![b'1'; 1 << 16]).unwrap()), None);
	}

	#[test]
	fn seconds_should_round_down_and_stop_at_1970() {
		assert_eq!("1970-01-01T00:00:01.999Z".parse::<Timestamp>().unwrap().seconds(), 1);
		assert_eq!("1969-01-01T00:00:01Z".parse::<Timestamp>().unwrap().seconds(), 0);
	}
}
