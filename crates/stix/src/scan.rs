//! Finds where a JSON value ends, without understanding it.

use memchr::memchr2;

/// Brackets deeper than this are counted, not matched by kind.
const MATCHED_LEVELS: usize = 64;

/// What came of some bytes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Progress {
	/// The value goes on.
	More,
	/// The value ends after so many of the bytes.
	End(usize),
	/// After so many of the bytes, a bracket closes what another kind opened.
	Mismatch(usize),
}

/// A value on its way by, in chunks of any size.
#[derive(Clone, Copy, Default, Debug)]
pub struct Scan {
	/// Levels open.
	depth: usize,
	/// Most levels that were open at once.
	deepest: usize,
	/// The open levels' kinds, the innermost lowest: 1 for a list.
	kinds: u64,
	in_string: bool,
	/// The next byte belongs to an escape.
	escaped: bool,
	/// A number or a word: anything up to a byte that cannot be part of one.
	scalar: bool,
}

impl Scan {
	/// Before a value that begins with `first`; the value's bytes, `first` among them, are fed afterwards.
	pub fn new(first: u8) -> Self {
		Self { scalar: !matches!(first, b'"' | b'{' | b'['), ..Self::default() }
	}

	/// The most levels of nesting `value` has.
	pub fn depth_of(value: &[u8]) -> usize {
		let mut scan = Self::default();
		scan.feed(value);
		scan.deepest()
	}

	/// The most levels of nesting so far.
	pub fn deepest(&self) -> usize {
		self.deepest
	}

	/// Goes on to the end of the value or of the bytes.
	pub fn feed(&mut self, bytes: &[u8]) -> Progress {
		if self.scalar {
			return bytes.iter().position(|byte| ends_scalar(*byte)).map_or(Progress::More, Progress::End);
		}
		let consumed = |rest: &[u8]| bytes.len().saturating_sub(rest.len());
		let mut rest = bytes;
		loop {
			if self.in_string {
				rest = self.skip_string(rest);
				if self.in_string {
					return Progress::More;
				}
				if self.depth == 0 {
					return Progress::End(consumed(rest));
				}
			}
			let Some((byte, after)) = from_first(rest, is_structural) else { return Progress::More };
			rest = after;
			match byte {
				b'"' => self.in_string = true,
				b'{' | b'[' => self.open(byte == b'['),
				_ => {
					if !self.close(byte == b']') {
						return Progress::Mismatch(consumed(rest));
					}
					if self.depth == 0 {
						return Progress::End(consumed(rest));
					}
				}
			}
		}
	}

	fn open(&mut self, list: bool) {
		if self.depth < MATCHED_LEVELS {
			self.kinds = self.kinds.wrapping_shl(1) | u64::from(list);
		}
		self.depth = self.depth.saturating_add(1);
		self.deepest = self.deepest.max(self.depth);
	}

	/// Is it the bracket that was to close?
	fn close(&mut self, list: bool) -> bool {
		let Some(depth) = self.depth.checked_sub(1) else { return false };
		self.depth = depth;
		if depth >= MATCHED_LEVELS {
			return true;
		}
		let matches = self.kinds & 1 == u64::from(list);
		self.kinds = self.kinds.wrapping_shr(1);
		matches
	}

	/// What follows the string's closing quote; nothing if the string goes on.
	fn skip_string<'a>(&mut self, mut rest: &'a [u8]) -> &'a [u8] {
		loop {
			if self.escaped {
				let Some((_, after)) = rest.split_first() else { return rest };
				self.escaped = false;
				rest = after;
			}
			let Some((byte, after)) = memchr2(b'"', b'\\', rest).and_then(|at| rest.get(at..)?.split_first()) else {
				return &[];
			};
			rest = after;
			if *byte == b'"' {
				self.in_string = false;
				return rest;
			}
			self.escaped = true;
		}
	}
}

/// The first byte that `wanted` accepts, and what follows it.
fn from_first(bytes: &[u8], wanted: fn(u8) -> bool) -> Option<(u8, &[u8])> {
	let mut rest = bytes;
	while let Some((byte, after)) = rest.split_first() {
		rest = after;
		if wanted(*byte) {
			return Some((*byte, rest));
		}
	}
	None
}

#[inline(always)]
fn is_structural(byte: u8) -> bool {
	matches!(byte, b'"' | b'{' | b'}' | b'[' | b']')
}

fn ends_scalar(byte: u8) -> bool {
	is_structural(byte) || is_white(byte) || matches!(byte, b',' | b':')
}

/// Is it JSON's white space?
pub fn is_white(byte: u8) -> bool {
	matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}

#[cfg(test)]
mod tests {
	use super::*;

	fn scan(value: &str) -> Progress {
		Scan::new(value.as_bytes()[0]).feed(value.as_bytes())
	}

	#[test]
	fn value_should_end_at_its_own_bracket() {
		assert_eq!(scan(r#"{"a":[1,{"b":"]}"}]},{"#), Progress::End(20));
		assert_eq!(scan(r#""a\"b" , "#), Progress::End(6));
		assert_eq!(scan(r#""a\\" "#), Progress::End(5));
		assert_eq!(scan("-1.5e3, "), Progress::End(6));
		assert_eq!(scan("null}"), Progress::End(4));
	}

	#[test]
	fn value_should_go_on_without_its_bracket() {
		for open in [r#"{"a":"}"#, r#"{"a":"\"#, r#"[[]"#, r#""a\""#, "12"] {
			assert_eq!(scan(open), Progress::More, "{open}");
		}
	}

	#[test]
	fn bracket_of_another_kind_should_be_a_mismatch() {
		assert_eq!(scan(r#"{"a":[1}"#), Progress::Mismatch(8));
		assert_eq!(scan("[}"), Progress::Mismatch(2));
	}

	#[test]
	fn depth_should_count_open_levels() {
		assert_eq!(Scan::depth_of(b"{}"), 1);
		assert_eq!(Scan::depth_of(br#"{"a":[{}],"b":{}}"#), 3);
		assert_eq!(Scan::depth_of(br#"{"a":"[[[["}"#), 1);
		let deep = [vec![b'['; 10_000], vec![b']'; 10_000]].concat();
		assert_eq!(Scan::depth_of(&deep), 10_000);
		assert_eq!(Scan::new(b'[').feed(&deep), Progress::End(20_000));
	}

	#[test]
	fn kinds_should_match_again_after_levels_that_are_only_counted() {
		let deep = |last: &str| format!("{}{}{}{last}", "{\"a\":", "[".repeat(100), "]".repeat(100));
		assert_eq!(scan(&deep("}")), Progress::End(206));
		assert_eq!(scan(&deep("]")), Progress::Mismatch(206));
	}
}
