//! What must not leave the house: a member's own domains, networks and words, in what it is about to publish.

use alloc::{
	format,
	string::{String, ToString},
	vec::Vec,
};
use core::{fmt, net::IpAddr, str::FromStr};
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

/// An operator's list of its own domains, networks and people.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct OwnNames {
	/// Domains, with all below them: `bank.example`.
	pub domains: Vec<String>,
	/// Networks: `10.20.0.0/16`, `2001:db8::/32`, or one address.
	pub networks: Vec<Network>,
	/// Words and names of people and projects, in any case.
	pub words: Vec<String>,
}

/// A range of addresses.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Network {
	address: IpAddr,
	/// Leading bits that count.
	prefix: u8,
}

/// Not an address, nor an address with a number of bits.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct InvalidNetwork(String);

impl fmt::Display for InvalidNetwork {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "{:?} is no network; write it like 10.20.0.0/16, 2001:db8::/32 or 192.0.2.7", self.0)
	}
}

impl core::error::Error for InvalidNetwork {}

impl FromStr for Network {
	type Err = InvalidNetwork;

	fn from_str(text: &str) -> Result<Self, InvalidNetwork> {
		let wrong = || InvalidNetwork(text.to_string());
		let (address, prefix) = text.split_once('/').map_or((text, None), |(address, prefix)| (address, Some(prefix)));
		let address: IpAddr = address.parse().map_err(|_| wrong())?;
		let most = if address.is_ipv4() { 32 } else { 128 };
		let prefix = prefix.map_or(Ok(most), |prefix| prefix.parse().map_err(|_| wrong()))?;
		match prefix <= most {
			true => Ok(Self { address, prefix }),
			false => Err(wrong()),
		}
	}
}

impl TryFrom<String> for Network {
	type Error = InvalidNetwork;

	fn try_from(text: String) -> Result<Self, InvalidNetwork> {
		text.parse()
	}
}

impl From<Network> for String {
	fn from(network: Network) -> Self {
		network.to_string()
	}
}

impl fmt::Display for Network {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "{}/{}", self.address, self.prefix)
	}
}

impl Network {
	/// An address in it, and how many of its leading bits count.
	pub const fn parts(&self) -> (IpAddr, u8) {
		(self.address, self.prefix)
	}

	/// Does the address lie in it, or the network of `other` bits around the address overlap it?
	fn overlaps(&self, address: IpAddr, other: u8) -> bool {
		let (own, its) = match (self.address, address) {
			(IpAddr::V4(own), IpAddr::V4(its)) => (u128::from(own.to_bits()), u128::from(its.to_bits())),
			(IpAddr::V6(own), IpAddr::V6(its)) => (own.to_bits(), its.to_bits()),
			_ => return false,
		};
		let all: u32 = if address.is_ipv4() { 32 } else { 128 };
		let shift = all.saturating_sub(self.prefix.min(other).into());
		own.checked_shr(shift).unwrap_or(0) == its.checked_shr(shift).unwrap_or(0)
	}
}

/// Ways to write a dot or a colon so that nobody follows the link, and a blank before a dot.
const DEFANGED: [(&str, &str); 12] = [
	("[.]", "."),
	("(.)", "."),
	("{.}", "."),
	("[.", "."),
	(".]", "."),
	("[dot]", "."),
	("(dot)", "."),
	("{dot}", "."),
	("\\\\.", "."),
	("\\.", "."),
	("[:]", ":"),
	(" .", "."),
];
/// How often a text is taken for percent-encoded: `%252E` is a dot, too.
const DECODINGS: usize = 2;

/// The text as it is compared: of compatible letters one form, in lower case, percent-decoded, not defanged, one blank between
/// words.
pub fn plain(text: &str) -> String {
	let decoded = (0..DECODINGS).fold(text.to_string(), |text, _| percent_decoded(&text));
	let folded: String = decoded.nfkc().flat_map(char::to_lowercase).map(dotted).collect();
	let words: Vec<&str> = folded.split_whitespace().collect();
	DEFANGED.iter().fold(words.join(" "), |text, (written, meant)| text.replace(written, meant))
}

/// The full stop of ideographic scripts separates the labels of a domain, too (UTS #46).
fn dotted(letter: char) -> char {
	match letter {
		'\u{3002}' => '.',
		other => other,
	}
}

fn percent_decoded(text: &str) -> String {
	let mut bytes = Vec::with_capacity(text.len());
	let mut rest = text.as_bytes();
	while let [first, after @ ..] = rest {
		let byte = match (first, after) {
			(b'%', [high, low, ..]) => hexadecimal(*high).zip(hexadecimal(*low)),
			_ => None,
		};
		match byte {
			Some((high, low)) => {
				bytes.push(high << 4 | low);
				rest = after.get(2..).unwrap_or_default();
			}
			None => {
				bytes.push(*first);
				rest = after;
			}
		}
	}
	String::from_utf8_lossy(&bytes).into_owned()
}

fn hexadecimal(digit: u8) -> Option<u8> {
	char::from(digit).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

/// The words of a text, without what stands between them.
fn words(text: &str) -> impl Iterator<Item = &str> {
	text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// Does the text hold the words one after another, whatever stands between them? Two also the other way round: `Doe, Jane`.
fn says(text: &str, sought: &str) -> bool {
	let sought: Vec<&str> = words(sought).collect();
	if sought.len() < 2 {
		return false;
	}
	let said: Vec<&str> = words(text).collect();
	let is_reversed = |window: &[&str]| sought.len() == 2 && window.iter().rev().eq(sought.iter());
	said.windows(sought.len()).any(|window| window == sought || is_reversed(window))
}

impl OwnNames {
	/// Is there nothing to look for?
	pub fn is_empty(&self) -> bool {
		self.domains.is_empty() && self.networks.is_empty() && self.words.is_empty()
	}

	/// What of the list the text names, in words. Defanged forms (`bank[.]example`, `bank[dot]example`, `hxxp`), those
	/// of regular expressions (`bank\.example`), percent-encoded ones (`bank%2Eexample`) and other forms of the same letters
	/// count too; of addresses also beginnings such as `10.20.`.
	pub fn find(&self, text: &str) -> Option<String> {
		let plain = plain(text);
		let is_said = |word: &&String| {
			let sought = self::plain(word);
			!sought.is_empty() && (plain.contains(&sought) || says(&plain, &sought))
		};
		if let Some(word) = self.words.iter().find(is_said) {
			return Some(format!("the word {word:?}"));
		}
		let part = |c: char| !(c.is_alphanumeric() || matches!(c, '.' | '-' | ':' | '/' | '_'));
		plain.split(part).find_map(|token| self.in_token(token))
	}

	fn in_token(&self, token: &str) -> Option<String> {
		let network = pieces(token, &['-', '_']).find_map(|piece| self.network_of(piece));
		// A hyphen is part of a name: `not-bank.example` is another's. No name that can be registered has a `_`.
		network.or_else(|| pieces(token, &['_']).find_map(|piece| self.domain_of(piece)))
	}

	fn network_of(&self, piece: &str) -> Option<String> {
		let (found, prefix) = address(piece)?;
		let network = self.networks.iter().find(|network| network.overlaps(found, prefix))?;
		Some(format!("the network {network}"))
	}

	fn domain_of(&self, piece: &str) -> Option<String> {
		let host = piece.trim_matches(['.', '-', '_']);
		let is_below = |domain: &&String| {
			let domain = domain.trim_matches('.').to_lowercase();
			let above = host.strip_suffix(domain.as_str());
			!domain.is_empty() && above.is_some_and(|above| above.is_empty() || above.ends_with('.'))
		};
		let domain = self.domains.iter().find(is_below)?;
		Some(format!("the domain {domain}"))
	}
}

/// The host of a URL or of an e-mail address; what is neither is a host itself, with a port or without.
pub fn host_of(value: &str) -> &str {
	let rest = value.split_once("://").map_or(value, |(_, rest)| rest);
	let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
	let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
	let bracketed = host.strip_prefix('[').and_then(|rest| rest.split_once(']')).map(|(address, _)| address);
	// More than one colon is an IPv6 address without a port.
	let named = || match host.split_once(':') {
		Some((name, port)) if !port.contains(':') => name,
		_ => host,
	};
	bracketed.unwrap_or_else(named).trim_end_matches('.')
}

/// What a token may be made of: several names or addresses, with one of `joints` between them, each of them a URL, a host
/// with a port, or an address with a prefix.
fn pieces<'a>(token: &'a str, joints: &'a [char]) -> impl Iterator<Item = &'a str> {
	let joined = core::iter::once(token).chain(token.split(joints));
	joined.flat_map(|one| core::iter::once(one).chain(one.split(['/', ':'])))
}

/// The address, and how many of its bits count.
fn address(text: &str) -> Option<(IpAddr, u8)> {
	let (address, prefix) = text.split_once('/').map_or((text, None), |(a, b)| (a, Some(b)));
	// `2001:db8::` ends in what else ends a sentence.
	let parsed = address.parse().or_else(|_| address.trim_matches(['.', ':']).parse());
	let Ok(address) = parsed else { return beginning(address) };
	let prefix: Option<u8> = prefix.and_then(|prefix| prefix.parse().ok());
	Some(match address {
		IpAddr::V4(_) => (address, prefix.unwrap_or(32)),
		IpAddr::V6(six) => match six.to_ipv4_mapped() {
			Some(four) => (four.into(), prefix.map_or(32, |prefix| prefix.saturating_sub(96))),
			None => (address, prefix.unwrap_or(128)),
		},
	})
}

/// The first two or three numbers of an IPv4 address and a dot: what patterns compare beginnings with.
fn beginning(text: &str) -> Option<(IpAddr, u8)> {
	let numbers = text.strip_suffix('.')?.split('.').map(|number| number.parse::<u8>().ok());
	let numbers: Vec<u8> = numbers.collect::<Option<_>>()?;
	let (octets, bits) = match numbers.as_slice() {
		[a, b] => ([*a, *b, 0, 0], 16),
		[a, b, c] => ([*a, *b, *c, 0], 24),
		_ => return None,
	};
	Some((octets.into(), bits))
}
