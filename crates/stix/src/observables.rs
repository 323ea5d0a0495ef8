//! The values that an object speaks of: addresses, names, hashes.

use crate::object::Object;
use alloc::{
	collections::BTreeSet,
	string::{String, ToString},
	vec::Vec,
};
use serde_json::{Map, Value};

/// One value, and where STIX has it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Observable {
	/// Object type and property, as in a pattern: `ipv4-addr:value`, `file:hashes.'SHA-256'`.
	pub path: String,
	/// The value as the object has it.
	pub value: String,
}

/// Types of observables whose value is their `value`.
const VALUED: [&str; 6] = ["domain-name", "email-addr", "ipv4-addr", "ipv6-addr", "mac-addr", "url"];

impl Object {
	/// The values that it speaks of, without repeats: an observable's own, and those that a STIX pattern compares with.
	/// What a pattern excludes (`!=`, `NOT`) is none of them.
	pub fn observables(&self) -> Vec<Observable> {
		// The object was read before: it is JSON, and not deeper than the limits.
		let Ok(Value::Object(fields)) = serde_json::from_slice(&self.raw) else { return Vec::new() };
		let found = match self.kind.as_str() {
			"indicator" => of_indicator(&fields),
			kind => of_observable(kind, &fields),
		};
		let unrepeated: BTreeSet<Observable> = found.into_iter().collect();
		unrepeated.into_iter().collect()
	}
}

fn of_observable(kind: &str, fields: &Map<String, Value>) -> Vec<Observable> {
	let text = |name: &str| fields.get(name).and_then(Value::as_str);
	let mut found = Vec::new();
	let mut add = |path: String, value: &str| found.push(Observable { path, value: value.to_string() });
	if let Some(value) = text("value").filter(|_| VALUED.contains(&kind)) {
		add([kind, ":value"].concat(), value);
	}
	for (name, value) in fields.get("hashes").and_then(Value::as_object).into_iter().flatten() {
		if let Some(value) = value.as_str() {
			add([kind, ":hashes.'", name, "'"].concat(), value);
		}
	}
	if let Some(name) = text("name").filter(|_| matches!(kind, "file" | "mutex")) {
		add([kind, ":name"].concat(), name);
	}
	found
}

fn of_indicator(fields: &Map<String, Value>) -> Vec<Observable> {
	let text = |name: &str| fields.get(name).and_then(Value::as_str);
	match text("pattern_type").unwrap_or("stix") {
		"stix" => text("pattern").map(compared).unwrap_or_default(),
		_ => Vec::new(),
	}
}

/// What a pattern is made of, as far as its comparisons need it.
enum Token {
	/// Up to the next white space or mark of order, with the quoted steps of a path: `file:hashes.'SHA-256'`, `=`, `IN`.
	Word(String),
	/// A quoted text, without its escapes.
	Text(String),
	/// A parenthesis or a bracket.
	Mark(char),
}

/// The values that a STIX pattern compares objects with.
fn compared(pattern: &str) -> Vec<Observable> {
	let (mut path, mut excludes) = (String::new(), false);
	let mut found = Vec::new();
	for token in tokens(pattern) {
		match token {
			Token::Word(word) if word.contains(':') => (path, excludes) = (word, false),
			Token::Word(word) if word == "NOT" || word == "!=" => excludes = !excludes,
			Token::Text(value) if !excludes && !path.is_empty() => {
				found.push(Observable { path: path.clone(), value });
			}
			// A comparison has one path: what follows it in an observation's qualifiers is none of its values.
			Token::Mark(']') => path.clear(),
			Token::Word(_) | Token::Text(_) | Token::Mark(_) => {}
		}
	}
	found
}

fn tokens(pattern: &str) -> Vec<Token> {
	let mut tokens = Vec::new();
	let mut word = String::new();
	let mut letters = pattern.chars().peekable();
	while let Some(letter) = letters.next() {
		match letter {
			'\'' if is_step(&word) => {
				let step = quoted(&mut letters);
				word.extend(["'", &step, "'"]);
				continue;
			}
			'\'' => {
				flush(&mut word, &mut tokens);
				tokens.push(Token::Text(quoted(&mut letters)));
			}
			'/' if letters.peek() == Some(&'*') => {
				flush(&mut word, &mut tokens);
				skip_comment(&mut letters);
			}
			'<' if letters.peek() == Some(&'>') => {
				flush(&mut word, &mut tokens);
				letters.next();
				tokens.push(Token::Word("!=".into()));
			}
			'=' | '<' | '>' | '!' => {
				// `a:b='c'` has no white space.
				if !matches!(word.as_str(), "!" | "<" | ">") {
					flush(&mut word, &mut tokens);
				}
				word.push(letter);
				if letters.peek() != Some(&'=') {
					flush(&mut word, &mut tokens);
				}
			}
			'[' if word.contains(':') => word.push(letter),
			']' if word.contains('[') && !word.ends_with(']') => word.push(letter),
			'[' | ']' | '(' | ')' => {
				flush(&mut word, &mut tokens);
				tokens.push(Token::Mark(letter));
			}
			',' => flush(&mut word, &mut tokens),
			letter if letter.is_whitespace() => flush(&mut word, &mut tokens),
			letter => word.push(letter),
		}
	}
	flush(&mut word, &mut tokens);
	tokens
}

/// Goes behind a comment, whose `/` is taken already.
fn skip_comment(letters: &mut impl Iterator<Item = char>) {
	letters.next();
	let mut before = ' ';
	for letter in letters {
		if (before, letter) == ('*', '/') {
			break;
		}
		before = letter;
	}
}

/// Does a quote after `word` begin a step of its path, and not a value?
fn is_step(word: &str) -> bool {
	word.contains(':') && word.ends_with('.')
}

fn flush(word: &mut String, tokens: &mut Vec<Token>) {
	if !word.is_empty() {
		tokens.push(Token::Word(core::mem::take(word)));
	}
}

/// The text up to the closing quote, without escapes.
fn quoted(letters: &mut impl Iterator<Item = char>) -> String {
	let mut text = String::new();
	while let Some(letter) = letters.next() {
		match letter {
			'\'' => break,
			'\\' => text.extend(letters.next()),
			letter => text.push(letter),
		}
	}
	text
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::{read_object, Limits};
	use alloc::format;

	fn of(kind: &str, more: &str) -> Vec<(String, String)> {
		let raw = format!(r#"{{"type":"{kind}","id":"{kind}--00000001-0000-4000-8000-000000000000"{more}}}"#);
		let object = read_object(raw.into_bytes(), &Limits::default()).unwrap();
		object.observables().into_iter().map(|one| (one.path, one.value)).collect()
	}

	fn of_pattern(pattern: &str) -> Vec<(String, String)> {
		of("indicator", &format!(r#","pattern_type":"stix","pattern":{}"#, serde_json::to_string(pattern).unwrap()))
	}

	fn pair(path: &str, value: &str) -> (String, String) {
		(path.into(), value.into())
	}

	#[test]
	fn observables_should_give_their_own_values() {
		assert_eq!(of("ipv4-addr", r#","value":"198.51.100.7""#), [pair("ipv4-addr:value", "198.51.100.7")]);
		let file = of("file", r#","name":"a.exe","hashes":{"MD5":"aa","SHA-256":"bb"},"size":3"#);
		let expected =
			[pair("file:hashes.'MD5'", "aa"), pair("file:hashes.'SHA-256'", "bb"), pair("file:name", "a.exe")];
		assert_eq!(file, expected);
		assert_eq!(of("tool", r#","name":"nmap","value":"x""#), []);
	}

	#[test]
	fn patterns_should_give_what_they_compare_with() {
		let cases = [
			("[/*'*/ipv4-addr:value/**/='8.8.8.8'/* = 'x' */]", &[("ipv4-addr:value", "8.8.8.8")][..]),
			("[ipv4-addr:value = '198.51.100.7']", &[("ipv4-addr:value", "198.51.100.7")][..]),
			("[url:value='http://a/?b=c']", &[("url:value", "http://a/?b=c")]),
			(
				"[file:hashes.'SHA-256' = 'bb' OR file:hashes.MD5 = 'aa']",
				&[("file:hashes.'SHA-256'", "bb"), ("file:hashes.MD5", "aa")],
			),
			(
				"[domain-name:value IN ('a.example', 'b.example')]",
				&[("domain-name:value", "a.example"), ("domain-name:value", "b.example")],
			),
			("[file:name = 'it\\'s [a] \\\\ b']", &[("file:name", "it's [a] \\ b")]),
			("[a:b[*].c = 'x'] FOLLOWEDBY [d:e LIKE 'y%'] WITHIN 5 SECONDS", &[("a:b[*].c", "x"), ("d:e", "y%")]),
			(
				"([a:b = 'x'] AND [c:d = 'y']) START t'2020-01-01T00:00:00Z' STOP t'2021-01-01T00:00:00Z'",
				&[("a:b", "x"), ("c:d", "y")],
			),
		];
		for (pattern, expected) in cases {
			let mut expected: Vec<_> = expected.iter().map(|(path, value)| pair(path, value)).collect();
			expected.sort();
			assert_eq!(of_pattern(pattern), expected, "{pattern}");
		}
	}

	#[test]
	fn what_a_pattern_excludes_should_not_count() {
		for pattern in ["[a:b != 'x']", "[a:b NOT = 'x']", "[a:b<>'x']", "[a:b NOT IN ('x', 'y')]", "['x']", ""] {
			assert_eq!(of_pattern(pattern), [], "{pattern}");
		}
		assert_eq!(of_pattern("[a:b != 'x' AND a:c = 'y']"), [pair("a:c", "y")]);
	}

	#[test]
	fn patterns_of_other_languages_should_be_left_alone() {
		assert_eq!(of("indicator", r#","pattern_type":"yara","pattern":"rule a { strings: $a = 'x' }""#), []);
	}

	#[test]
	fn broken_patterns_should_end_somewhere() {
		for pattern in ["[a:b = 'x", "[a:b = '\\", "]]]['a:b'", "a:b.'", "[a:b = /*'x'", "/*"] {
			let _ = of_pattern(pattern);
		}
	}
}
