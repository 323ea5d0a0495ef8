//! Under which keys an observable is found again, however it was written.

use crate::observables::Observable;
use alloc::{
	collections::BTreeSet,
	string::{String, ToString},
	vec::Vec,
};
use core::net::IpAddr;
use cti_primitives::guard::{host_of, plain, Network};

/// Most bytes of a value that is found again: what is longer is no value that somebody looks up.
const MAX_VALUE: usize = 4_096;
/// The widest networks that are found by an address in them, in leading bits: IPv4, IPv6.
const WIDEST: (u8, u8) = (8, 16);

/// How a key follows from what was asked.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Likeness {
	/// It is the same value.
	Same,
	/// It is the host of the URL, or the domain of the e-mail address.
	Host,
	/// It is a network that the address lies in.
	Network,
}

impl Observable {
	/// The keys under which it is found: its value's, and of a URL or an e-mail address that of its host. None where the value is
	/// too long.
	pub fn keys(&self) -> Vec<String> {
		let Some(own) = key(&self.value) else { return Vec::new() };
		let host = ["url:", "email-addr:"].iter().any(|kind| self.path.starts_with(kind)).then(|| host_key(&own));
		let keys: BTreeSet<String> = host.flatten().into_iter().chain([own]).collect();
		keys.into_iter().collect()
	}
}

/// The keys of what somebody asks for, the likest first: an address, a name, a hash, a URL, defanged or not. None for what
/// holds no letter and no digit, or is too long.
pub fn asked(text: &str) -> Vec<(String, Likeness)> {
	let Some(own) = key(text) else { return Vec::new() };
	let host = host_key(&own);
	let address = host.as_ref().unwrap_or(&own).parse::<IpAddr>();
	let around = address.map(networks_around).unwrap_or_default();
	let mut keys: Vec<(String, Likeness)> = [(own, Likeness::Same)].into();
	keys.extend(host.map(|host| (host, Likeness::Host)));
	keys.extend(around.into_iter().map(|network| (network, Likeness::Network)));
	keys
}

/// One form for all the ways to write a value: lower case, not defanged, addresses as RFC 5952 has them, no dot or slash at
/// the end.
fn key(text: &str) -> Option<String> {
	if text.len() > MAX_VALUE {
		return None;
	}
	let plain = plain(text.trim().trim_matches(['<', '>', '"', '\'']));
	let web = ["hxxp", "meow"].iter().find_map(|scheme| plain.strip_prefix(scheme));
	let plain = web.map_or(plain.clone(), |rest| ["http", rest].concat());
	let plain = ["[at]", "(at)", "[@]"].iter().fold(plain, |text, at| text.replace(at, "@"));
	let plain = plain.trim_end_matches(['/', '.']);
	let key = network(plain).or_else(|| hardware(plain)).unwrap_or_else(|| plain.to_string());
	key.chars().any(char::is_alphanumeric).then_some(key)
}

/// An address, or a network whose bits behind the prefix are zero.
fn network(text: &str) -> Option<String> {
	let network: Network = text.trim_matches(['[', ']']).parse().ok()?;
	let (address, prefix) = network.parts();
	Some(masked(address, prefix))
}

fn masked(address: IpAddr, prefix: u8) -> String {
	let (address, all): (IpAddr, u8) = match address {
		IpAddr::V4(four) => {
			let mask = u32::MAX.checked_shl(32u32.saturating_sub(prefix.into())).unwrap_or(0);
			((four.to_bits() & mask).to_be_bytes().into(), 32)
		}
		IpAddr::V6(six) => {
			let mask = u128::MAX.checked_shl(128u32.saturating_sub(prefix.into())).unwrap_or(0);
			((six.to_bits() & mask).to_be_bytes().into(), 128)
		}
	};
	match prefix >= all {
		true => address.to_string(),
		false => [address.to_string().as_str(), "/", prefix.to_string().as_str()].concat(),
	}
}

fn networks_around(address: IpAddr) -> Vec<String> {
	let (widest, all) = if address.is_ipv4() { (WIDEST.0, 32) } else { (WIDEST.1, 128) };
	(widest..all).rev().map(|prefix| masked(address, prefix)).collect()
}

/// `00-1A-2b-..` is `00:1a:2b:..`.
fn hardware(text: &str) -> Option<String> {
	let octets: Vec<&str> = text.split('-').collect();
	let is_octet = |octet: &&str| octet.len() == 2 && octet.chars().all(|digit| digit.is_ascii_hexdigit());
	(octets.len() == 6 && octets.iter().all(is_octet)).then(|| octets.join(":"))
}

/// The host of a key that is a URL or an e-mail address.
fn host_key(key: &str) -> Option<String> {
	if !key.contains("://") && !key.contains('@') {
		return None;
	}
	let host = host_of(key);
	let host = network(host).unwrap_or_else(|| host.to_string());
	(!host.is_empty() && host != key).then_some(host)
}

#[cfg(test)]
mod tests {
	use super::*;

	fn observable(path: &str, value: &str) -> Observable {
		Observable { path: path.into(), value: value.into() }
	}

	/// Is what the path and value stand for found by the text, and as what?
	fn found(path: &str, value: &str, text: &str) -> Option<Likeness> {
		let keys = observable(path, value).keys();
		asked(text).into_iter().find(|(key, _)| keys.contains(key)).map(|(_, likeness)| likeness)
	}

	#[test]
	fn every_way_to_write_a_value_should_find_it() {
		let same = [
			("ipv4-addr:value", "198.51.100.7", "198[.]51[.]100[.]7"),
			("ipv4-addr:value", "198.51.100.7/32", " 198.51.100.7 "),
			("ipv6-addr:value", "2001:DB8:0:0::1", "2001:db8::1"),
			("domain-name:value", "Evil.Example.", "evil[dot]example"),
			("url:value", "http://evil.example/A", "hxxp://evil[.]example/a/"),
			("url:value", "https://evil.example", "hXXps://evil(.)example/"),
			("email-addr:value", "a@evil.example", "a[at]evil[.]example"),
			("mac-addr:value", "00:1a:2b:3c:4d:5e", "00-1A-2B-3C-4D-5E"),
			("file:hashes.MD5", "D41D8CD98F00B204E9800998ECF8427E", "d41d8cd98f00b204e9800998ecf8427e"),
		];
		for (path, value, text) in same {
			assert_eq!(found(path, value, text), Some(Likeness::Same), "{text}");
		}
	}

	#[test]
	fn hosts_and_networks_should_be_found_as_what_they_are() {
		let cases = [
			("url:value", "http://evil.example:8080/a?b=c", "evil.example", Some(Likeness::Same)),
			("domain-name:value", "evil.example", "http://evil.example/x", Some(Likeness::Host)),
			("email-addr:value", "a@evil.example", "b@evil.example", Some(Likeness::Host)),
			("ipv4-addr:value", "198.51.100.0/24", "198.51.100.7", Some(Likeness::Network)),
			("ipv4-addr:value", "198.51.100.9/24", "hxxp://198.51.100[.]7:80/", Some(Likeness::Network)),
			("ipv6-addr:value", "2001:db8::/32", "2001:db8::7", Some(Likeness::Network)),
			("ipv4-addr:value", "198.51.101.0/24", "198.51.100.7", None),
			("ipv4-addr:value", "0.0.0.0/0", "198.51.100.7", None),
			("domain-name:value", "not-evil.example", "evil.example", None),
			("file:name", "evil.example/x", "evil.example", None),
		];
		for (path, value, text, likeness) in cases {
			assert_eq!(found(path, value, text), likeness, "{value} by {text}");
		}
	}

	#[test]
	fn what_is_no_value_should_have_no_key() {
		for text in ["", " . ", "[.]", "-", &"a".repeat(MAX_VALUE + 1)] {
			assert_eq!(asked(text), [], "{text:.20}");
			assert!(observable("url:value", text).keys().is_empty(), "{text:.20}");
		}
	}
}
